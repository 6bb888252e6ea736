"""Drawing with plain SVG: elements, scales, axes.

Colours are CSS variables of the page, so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from ostraka.dates import day_number, from_day_number

NARROW, WIDE = 380, 860
CHARACTER = 6.6  # mean width of a character of 12 px text, in px
LINE = 15.0  # from one line of text to the next, in px

Drawing = Callable[[int], Markup]
"""Draws one picture at a width in px."""


def element(tag: str, *children: Markup | str, **attributes: object) -> Markup:
    """An SVG element; ``stroke_width`` becomes ``stroke-width``, ``class_`` becomes ``class``.

    Examples
    --------
    >>> element("text", "5 < 6", x=1.25, class_="tick")
    Markup('<text x="1.2" class="tick">5 &lt; 6</text>')
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = Markup("").join(escape(child) for child in children)
    return Markup(f"<{tag}{written}>{inner}</{tag}>") if inner else Markup(f"<{tag}{written}/>")  # noqa: S704 - every part is escaped above


def group(*children: Markup | str, **attributes: object) -> Markup:
    """An SVG group."""
    return element("g", *children, **attributes)


def picture(title: str, description: str, *, width: int, height: float, children: Iterable[Markup]) -> Markup:
    """A whole drawing with its alternative text."""
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *children,
        viewBox=f"0 0 {width} {_short(height)}",
        width=width,
        role="img",
        aria_label=f"{title}. {description}",
    )


def both_widths(draw: Drawing) -> Markup:
    """The drawing at desktop and at phone width; the page shows the one that fits."""
    wide = Markup('<div class="wide">') + draw(WIDE) + Markup("</div>")
    return wide + Markup('<div class="narrow" aria-hidden="true">') + draw(NARROW) + Markup("</div>")


def _short(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps data in [low, high] to pixels in [start, end]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value; values outside are drawn at the border."""
        span = (self.high - self.low) or 1.0
        share = min(max((value - self.low) / span, 0.0), 1.0)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, *, at_most: int) -> list[float]:
    """Round numbers in [low, high].

    Examples
    --------
    >>> ticks(0, 7, at_most=5)
    [0.0, 2.0, 4.0, 6.0]
    """
    span = max(high - low, 1e-12)
    rough = span / max(at_most, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(float(i * step), 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def year_ticks(start: date, end: date, *, at_most: int) -> list[date]:
    """First days of round years between two days."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (end.year - start.year) / step <= at_most)
    years = range(-(-(start.year + (start > date(start.year, 1, 1))) // step) * step, end.year + 1, step)
    return [date(year, 1, 1) for year in years]


def label(x: float, y: float, text: str, **attributes: object) -> Markup:
    """Text at a point."""
    return element("text", text, x=float(x), y=float(y), **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
    """A straight line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), **attributes)


def rect(x: float, y: float, width: float, height: float, **attributes: object) -> Markup:
    """A rectangle."""
    return element("rect", x=float(x), y=float(y), width=float(width), height=float(height), **attributes)


def path(points: Sequence[tuple[float, float]], *, close: bool = False, **attributes: object) -> Markup:
    """A line through points."""
    d = "M" + "L".join(f"{_short(float(x))} {_short(float(y))}" for x, y in points) + ("Z" if close else "")
    return element("path", d=d, **attributes)


def band(xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], **attributes: object) -> Markup:
    """The area between two lines, in pixels."""
    there = list(zip(xs, highs, strict=True))
    back = list(zip(reversed(xs), reversed(lows), strict=True))
    return path([*there, *back], close=True, **attributes)


def time_axis(scale: Scale, y: float, *, top: float, at_most: int) -> Markup:
    """Years below a drawing whose scale runs in day numbers, with faint lines up to `top`."""
    marks = year_ticks(from_day_number(int(scale.low)), from_day_number(int(scale.high)), at_most=at_most)
    return group(
        line(scale.start, y, scale.end, y, class_="axis"),
        *(line(scale(day_number(d)), y, scale(day_number(d)), top, class_="grid") for d in marks),
        *(label(scale(day_number(d)), y + 16, str(d.year), class_="tick", text_anchor="middle") for d in marks),
    )


def value_axis(
    scale: Scale, x: float, *, right: float, at_most: int = 5, unit: str = "", percent: bool = False
) -> Markup:
    """Numbers at the left of a drawing, with faint lines to `right`."""
    marks = ticks(scale.low, scale.high, at_most=at_most)
    return group(
        *(line(x, scale(v), right, scale(v), class_="grid") for v in marks),
        *(
            label(x - 6, scale(v) + 4, percent_text(v) if percent else f"{v:g}", class_="tick", text_anchor="end")
            for v in marks
        ),
        label(x - 6, min(scale.start, scale.end) - 10, unit, class_="tick", text_anchor="start")
        if unit
        else Markup(""),
    )


def percent_text(share: float) -> str:
    """A share as per cent, never a bare 0 or 100 for what is only nearly so.

    Examples
    --------
    >>> percent_text(0.0004), percent_text(0.25), percent_text(0.9999)
    ('0.04%', '25%', '>99.9%')
    """
    if share <= 0:
        return "0%"
    if share < 0.0001:
        return "<0.01%"
    if share > 0.999 and share < 1:
        return ">99.9%"
    digits = 2 if share < 0.001 else 1 if share < 0.0995 else 0
    text = f"{100 * share:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def lines_of(text: str, width: float, *, at_most: int = 2) -> list[str]:
    """The text broken into lines of a width in px, cut only if they are too many.

    Examples
    --------
    >>> lines_of("Half called home, the rest watched", 140)
    ['Half called home, the', 'rest watched']
    """
    return textwrap.wrap(text, max(int(width / CHARACTER), 4), max_lines=at_most, placeholder="…") or [""]


def stack(x: float, y: float, lines: Sequence[str], **attributes: object) -> Markup:
    """Lines of text, the last of them at a point."""
    return group(*(label(x, y - LINE * k, text, **attributes) for k, text in enumerate(reversed(lines))))


def clip(text: str, width: float) -> str:
    """The text cut to a width in px, with an ellipsis where something is gone."""
    room = max(int(width / CHARACTER), 4)
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
