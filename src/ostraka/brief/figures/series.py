"""Numbers through time: cumulative counts, rates, fans of scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ostraka.brief.figures.svg import (
    LINE,
    Scale,
    band,
    element,
    group,
    label,
    line,
    lines_of,
    path,
    percent_text,
    picture,
    stack,
    ticks,
    time_axis,
    value_axis,
)

Numbers = Sequence[float]
_BOLD = 0.88  # a character of 12 px text is so much narrower than one of a bold name


def draw_cumulative(
    days: Numbers, earliest: Numbers, latest: Numbers, *, band_days: Numbers, band_low: Numbers, band_high: Numbers,
    width: int, marked: Sequence[bool] = (), at_least: Sequence[bool] = (),
) -> Markup:  # fmt: skip
    """Cumulative count against what a constant rate would give.

    Parameters
    ----------
    days, earliest, latest : sequence of float, length n
        For each event in order the middle and the ends of its interval, in day numbers.
    band_days, band_low, band_high : sequence of float
        Pointwise band of a constant rate with the same total.
    marked : sequence of bool, length n
        Events of the report.
    at_least : sequence of bool, length n
        Entries that stand for one event or more; the step is left open above them.
    """
    left, height = 42.0, 300.0
    x = Scale(band_days[0], band_days[-1], left, width - 14.0)
    y = Scale(0, max(len(days), max(band_high, default=1)) * 1.04, height, 16)
    steps = [(x(band_days[0]), y(0))]
    for number, day in enumerate(days):
        steps += [(x(day), y(number)), (x(day), y(number + 1))]
    steps.append((x(band_days[-1]), y(len(days))))
    flags = list(marked) or [False] * len(days)
    bars = [
        line(x(low), y(number + 1), x(high), y(number + 1), class_="interval told" if told else "interval")
        for number, (low, high, told) in enumerate(zip(earliest, latest, flags, strict=True))
    ]
    children = [
        time_axis(x, height, top=16, at_most=10 if width > 600 else 5),
        value_axis(y, left, right=width - 14.0),
        band([x(d) for d in band_days], [y(v) for v in band_low], [y(v) for v in band_high], class_="band"),
        path(steps, class_="line"),
        *bars,
        *(_open_step(x(days[number]), y(number + 1)) for number, more in enumerate(at_least) if more),
    ]
    more = f"{sum(at_least)} of them lower bounds, left open above; " if any(at_least) else ""
    text = f"{len(days)} events; {more}the grey band is where 90 of 100 records with a constant rate and the same total would run"
    return picture("Events so far", text, width=width, height=height + 26, children=children)


def _open_step(x: float, y: float) -> Markup:
    """An arrow upwards: so many at least."""
    tip = max(y - 34, 4.0)
    return group(
        element("title", "at least so many"),
        line(x, y, x, tip, class_="open"),
        path([(x - 5, tip + 8), (x, tip), (x + 5, tip + 8)], class_="open head"),
    )


def draw_rate(
    days: Numbers,
    *,
    median: Numbers,
    inner: tuple[Numbers, Numbers],
    outer: tuple[Numbers, Numbers],
    unit: str,
    width: int,
    title: str = "Rate through time",
    percent: bool = False,
) -> Markup:
    """The rate through time with its 50 and 90 per cent bands.

    Parameters
    ----------
    days : sequence of float
        Day numbers.
    median : sequence of float
    inner, outer : pair of sequences
        Lower and upper ends of the 50 and the 90 per cent interval.
    """
    left, height = 42.0, 240.0
    x = Scale(days[0], days[-1], left, width - 14.0)
    y = Scale(0, max([*outer[1], 1e-9]) * 1.05, height, 22)
    xs = [x(day) for day in days]
    children = [
        time_axis(x, height, top=22, at_most=10 if width > 600 else 5),
        value_axis(y, left, right=width - 14.0, unit=unit, percent=percent),
        band(xs, [y(v) for v in outer[0]], [y(v) for v in outer[1]], class_="band"),
        band(xs, [y(v) for v in inner[0]], [y(v) for v in inner[1]], class_="band inner"),
        path(list(zip(xs, [y(v) for v in median], strict=True)), class_="line"),
    ]
    write = percent_text if percent else "{:.2g}".format
    text = f"{write(median[-1])} {unit} at the end, 90% interval {write(outer[0][-1])} to {write(outer[1][-1])}"
    return picture(title, text, width=width, height=height + 26, children=children)


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles through time of one scenario."""

    name: str
    times: Numbers
    low: Numbers
    middle: Numbers
    high: Numbers


def draw_fans(fans: Sequence[Fan], *, title: str, unit: str, x_unit: str, width: int) -> Markup:
    """Small multiples: the first fan is repeated in grey behind each other one."""
    columns = 4 if width > 600 else 2
    panel, tall = (width - 40.0) / columns, 128.0
    names = [lines_of(fan.name, (panel - 16) * _BOLD, at_most=3) for fan in fans]
    heads = [11 + LINE * max(map(len, names[k : k + columns])) for k in range(0, len(fans), columns)]
    tops = [sum(heads[: row + 1]) + (tall + 18) * row for row in range(len(heads))]
    top = max(max(fan.high) for fan in fans) * 1.05 or 1.0
    last = max(max(fan.times) for fan in fans)
    children: list[Markup] = []
    for number, fan in enumerate(fans):
        row, column = divmod(number, columns)
        x0, y0 = 34 + column * panel, tops[row]
        x, y = Scale(0, last, x0 + 4, x0 + panel - 12), Scale(0, top, y0 + tall, y0)
        children.append(stack(x0 + 4, y0 - 8, names[number], class_="row-name small"))
        children.append(line(x.start, y(0), x.end, y(0), class_="axis"))
        children += [line(x.start, y(v), x.end, y(v), class_="grid") for v in ticks(0, top, at_most=4)]
        if column == 0:
            children += [
                label(x0 - 2, y(v) + 4, f"{v:g}", class_="tick", text_anchor="end") for v in ticks(0, top, at_most=4)
            ]
        children += [
            label(x(v), y0 + tall + 14, f"{v:g}", class_="tick", text_anchor="middle")
            for v in ticks(0, last, at_most=4)
        ]
        if number:
            children.append(_fan(fans[0], x, y, "band"))
        children.append(_fan(fan, x, y, "band strong"))
        children.append(path([(x(t), y(v)) for t, v in zip(fan.times, fan.middle, strict=True)], class_="line"))
    text = "; ".join(
        f"{fan.name}: {fan.middle[-1]:.3g} ({fan.low[-1]:.3g} to {fan.high[-1]:.3g}) {unit}" for fan in fans
    )
    bottom = tops[-1] + tall + 38
    children.append(label(width / 2, bottom, f"{x_unit}; {unit} upwards", class_="tick", text_anchor="middle"))
    return picture(title, text, width=width, height=bottom + 8, children=children)


def _fan(fan: Fan, x: Scale, y: Scale, css: str) -> Markup:
    return band([x(t) for t in fan.times], [y(v) for v in fan.low], [y(v) for v in fan.high], class_=css)
