"""The lives of regimes, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ostraka.brief.figures.svg import Scale, clip, element, group, label, line, picture, time_axis
from ostraka.dates import day_number

EARLIEST = 1940
"""Lives that began before are drawn from here."""


@dataclass(frozen=True, slots=True)
class Life:
    """One regime: the years it began and ended (None: it lasted), the year marked, and its fate in words."""

    name: str
    since: int
    ended: int | None
    marked: int
    fate: str


def draw_lives(lives: Sequence[Life], *, last: int, width: int) -> Markup:
    """Lines from start to end, the first regime apart from those it is compared with.

    Parameters
    ----------
    lives : sequence of Life
        The regime itself first.
    last : int
        Last year known.
    """
    wide = width > 600
    left, step, first = (190.0, 22.0, 20.0) if wide else (118.0, 22.0, 20.0)
    start = max(min(life.since for life in lives), EARLIEST)
    x = Scale(_day(start), _day(last + 1), left, width - 16.0)
    bottom = first + step * len(lives) + 10
    rows = [_life(life, x, first + step * n + 10 * (n > 0), own=n == 0) for n, life in enumerate(lives)]
    axis = time_axis(x, bottom, top=first - 12, at_most=9 if wide else 4)
    text = "; ".join(f"{life.name} since {life.since}, {life.fate}" for life in lives)
    return picture("Regimes most like it", text, width=width, height=bottom + 26, children=[axis, *rows])


def _day(year: int) -> float:
    return float(day_number(date(year, 1, 1)))


def _life(life: Life, x: Scale, y: float, *, own: bool) -> Markup:
    begin, mark = x(_day(life.since)), x(_day(life.marked) + 182)
    end = x.end if life.ended is None else x(_day(life.ended) + 182)
    css = "life own" if own else "life"
    stop = line(end, y - 6, end, y + 6, class_=css) if life.ended is not None else Markup("")
    return group(
        element("title", f"{life.name}, since {life.since}: {life.fate}"),
        label(x.start - 12, y + 4, clip(life.name, x.start - 12), class_="row-name", text_anchor="end"),
        line(begin, y, end, y, class_=css),
        stop,
        element("circle", cx=mark, cy=y, r=4, class_="ring"),
    )
