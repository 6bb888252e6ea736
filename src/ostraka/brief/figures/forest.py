"""Estimates with intervals, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from ostraka.brief.figures.svg import (
    LINE,
    Scale,
    clip,
    element,
    group,
    label,
    line,
    lines_of,
    percent_text,
    picture,
    stack,
    ticks,
)
from ostraka.simulate import Sensitivity

Numbers = Sequence[float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a forest plot."""

    name: str
    low: float
    middle: float
    high: float
    note: str = ""


def draw_forest(
    rows: Sequence[Row], *, title: str, unit: str, width: int, zero: float | None = None, percent: bool = False
) -> Markup:
    """Estimates with intervals, one below the other.

    Parameters
    ----------
    rows : sequence of Row
    unit : str
        Of the axis.
    zero : float or None
        Where to draw the line of no difference.
    """
    left = 236.0 if width > 600 else 16.0
    step = 30 if width > 600 else 44
    lows, highs = [row.low for row in rows], [row.high for row in rows]
    low, high = (
        min([*lows, *([zero] if zero is not None else [])]),
        max([*highs, *([zero] if zero is not None else [])]),
    )
    room = (high - low) * 0.04 or 0.5
    x = Scale(
        low - room if low < 0 else max(low - room, 0.0) if zero is None else low - room, high + room, left, width - 20.0
    )
    bottom = 14.0 + step * len(rows)
    write = percent_text if percent else "{:g}".format
    marks = ticks(x.low, x.high, at_most=6 if width > 600 else 4)
    children = [group(*(line(x(v), 6, x(v), bottom, class_="grid") for v in marks))]
    children += [label(x(v), bottom + 16, write(v), class_="tick", text_anchor="middle") for v in marks]
    children.append(label((left + width) / 2, bottom + 34, unit, class_="tick", text_anchor="middle"))
    if zero is not None:
        children.append(line(x(zero), 6, x(zero), bottom, class_="zero"))
    children += [_forest_row(row, x, 14.0 + step * number, left, width) for number, row in enumerate(rows)]
    text = "; ".join(
        f"{row.name}: {write(round(row.middle, 4))} ({write(round(row.low, 4))} to {write(round(row.high, 4))})"
        for row in rows
    )
    return picture(title, text, width=width, height=bottom + 44, children=children)


def draw_tornado(found: Sensitivity, *, width: int, most: int = 15) -> Markup:
    """How far each assumption, at the ends of its range, moves an outcome: the widest swing on top."""
    swing = np.nan_to_num(np.abs(found.high - found.low))
    order = np.argsort(-swing, kind="stable")[: min(most, swing.size)]
    rows = [
        Row(
            found.names[k],
            min(found.low[k], found.high[k]),
            found.centre,
            max(found.low[k], found.high[k]),
            f"total index {found.total[k]:.2f}",
        )
        for k in order
        if swing[k] > 0
    ]
    return draw_forest(rows, title=f"What moves {found.outcome} most", unit=f"mean {found.outcome}", width=width)


def _forest_row(row: Row, x: Scale, top: float, left: float, width: int) -> Markup:
    wide = width > 600
    y = top + (12 if wide else 30)
    lines = lines_of(row.name, left - 12 if wide else width)
    low = LINE / 2 * (len(lines) - 1)  # two lines stand around the middle of the row
    name = (
        stack(left - 12, y + 4 + low, lines, class_="row-name", text_anchor="end")
        if wide
        else label(left, top + 14, clip(row.name, width - left), class_="row-name")
    )
    return group(
        element("title", f"{row.name}: {row.middle:.3g} ({row.low:.3g} to {row.high:.3g}) {row.note}"),
        name,
        line(x(row.low), y, x(row.high), y, class_="whisker"),
        element("circle", cx=x(row.middle), cy=y, r=4.5, class_="dot"),
    )
