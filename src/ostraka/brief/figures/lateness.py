"""What is seen late: the delay law with its unknown tail, and each year's count with what is still to come."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from ostraka.brief.figures.svg import (
    Scale,
    band,
    element,
    group,
    label,
    line,
    path,
    picture,
    rect,
    value_axis,
)

Numbers = Sequence[float]
_MARKS = (
    (1, "day"),
    (7, "week"),
    (30, "month"),
    (182, "half a year"),
    (365, "year"),
    (1826, "5 years"),
    (7305, "20 years"),
)


def draw_delay(days: Numbers, share: Numbers, *, low: Numbers, high: Numbers, longest: float, width: int) -> Markup:
    """Share of departures reported within so many days, on a logarithmic scale of time.

    Parameters
    ----------
    days : sequence of float
        From a day on.
    share, low, high : sequence of float
        Distribution function and its 90 per cent band.
    longest : float
        Longest delay that could have been seen, in days; beyond it the law is extrapolated.
    """
    left, height = 50.0, 220.0
    x = Scale(math.log(days[0]), math.log(days[-1]), left, width - 14.0)
    y = Scale(0, 1, height, 16)
    xs = [x(math.log(day)) for day in days]
    edge = x(math.log(max(longest, days[0])))
    children = [
        rect(edge, 16, max(width - 14.0 - edge, 0), height - 16, class_="unseen"),
        value_axis(y, left, right=width - 14.0, percent=True),
        band(xs, [y(v) for v in low], [y(v) for v in high], class_="band"),
        path(list(zip(xs, [y(v) for v in share], strict=True)), class_="line"),
        line(left, height, width - 14.0, height, class_="axis"),
    ]
    wide = width > 600
    for day, name in _MARKS if wide else _MARKS[::2]:
        if days[0] <= day <= days[-1]:
            children.append(line(x(math.log(day)), 16, x(math.log(day)), height, class_="grid"))
            children.append(label(x(math.log(day)), height + 16, name, class_="tick", text_anchor="middle"))
    if width - 14.0 - edge > 60:
        children.append(label(edge + 6, 32, "never seen", class_="tick"))
    half = next((day for day, p in zip(days, share, strict=True) if p >= 0.5), days[-1])
    text = f"half are reported within about {half:.0f} days; beyond {longest:.0f} days nothing can have been seen"
    return picture("How late departures are reported", text, width=width, height=height + 26, children=children)


def draw_years(
    years: Sequence[int],
    counts: Numbers,
    *,
    low: Numbers,
    middle: Numbers,
    high: Numbers,
    inner: tuple[Numbers, Numbers],
    width: int,
) -> Markup:
    """Departures of each year as bars, with the nowcast of what is not yet reported as a step and a fan.

    Parameters
    ----------
    years : sequence of int
    counts : sequence of float
        Expected from the intervals of the dates.
    low, middle, high : sequence of float
        Nowcast: 90 per cent interval and median.
    inner : pair of sequences
        Lower and upper ends of the 50 per cent interval.
    """
    left, height = 42.0, 230.0
    y = Scale(0, max([*high, *counts, 1.0]) * 1.06, height, 16)
    step = (width - 14.0 - left) / len(years)
    children: list[Markup] = [value_axis(y, left, right=width - 14.0)]
    every = 1 if step > 34 else 5 if step > 8 else 10
    for number, year in enumerate(years):
        at = left + number * step
        words = (
            f"{year}: {counts[number]:.1f} reported; {middle[number]:.0f} ({low[number]:.0f} to {high[number]:.0f}) "
            "with those not yet reported"
        )
        fan = (low[number], inner[0][number], middle[number], inner[1][number], high[number])
        children.append(_year(words, counts[number], fan, (at, step), y))
        if year % every == 0:
            children.append(label(at + step / 2, height + 16, str(year), class_="tick", text_anchor="middle"))
    children.append(line(left, height, width - 14.0, height, class_="axis"))
    most = max(range(len(years)), key=lambda i: middle[i])
    text = f"{years[0]} to {years[-1]}; most in {years[most]}: {counts[most]:.0f} reported, {low[most]:.0f} to {high[most]:.0f} in all"
    return picture(
        "Departures a year, reported and still to come", text, width=width, height=height + 26, children=children
    )


def _year(
    words: str, count: float, fan: tuple[float, float, float, float, float], place: tuple[float, float], y: Scale
) -> Markup:
    low, low50, middle, high50, high = fan
    first, last = place[0] + place[1] * 0.14, place[0] + place[1] * 0.86
    box = {"x": first, "y": y(count), "width": last - first, "height": y(0) - y(count)}
    parts = [element("rect", element("title", words), **box, class_="share s0")]
    if high > count + 0.5:
        centre = (first + last) / 2
        parts.append(line(centre, y(low), centre, y(high), class_="whisker late"))
        parts.append(line(centre, y(low50), centre, y(high50), class_="whisker late inner"))
        parts.append(line(first, y(middle), last, y(middle), class_="late"))
    return group(*parts)


def day_grid(longest: float) -> list[float]:
    """Days from one to beyond the longest, evenly on a logarithmic scale."""
    last = max(longest * 1.6, 400.0)
    return [math.exp(math.log(last) * i / 80) for i in range(81)]
