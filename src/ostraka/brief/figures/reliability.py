"""How probabilities said in the past came true."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ostraka.brief.figures.svg import (
    Scale,
    element,
    label,
    line,
    path,
    percent_text,
    picture,
    ticks,
    value_axis,
)


def draw_reliability(said: Sequence[float], happened: Sequence[float], *, n: Sequence[int], width: int) -> Markup:
    """What was said against how often it then happened; on the dotted line the two agree.

    Parameters
    ----------
    said, happened : sequence of float
        Forecast probabilities, rising, and the recalibrated probability of each (isotonic regression).
    n : sequence of int
        Forecasts with that probability; drawn as ticks below.
    """
    left, height = 52.0, 260.0
    right = min(width - 14.0, left + 420.0)
    top = max(*said, *happened) * 1.04
    x, y = Scale(0, top, left, right), Scale(0, top, height, 24)
    rug = [
        line(x(p), height, x(p), height - 3 - min(count, 40) / 8, class_="rug")
        for p, count in zip(said, n, strict=True)
    ]
    points = [point for p, q in zip(said, happened, strict=True) for point in ((x(p), y(q)),)]
    children = [
        value_axis(y, left, right=right, unit="came true", percent=True),
        *(
            label(x(v), height + 16, percent_text(v), class_="tick", text_anchor="middle")
            for v in ticks(0, top, at_most=5)
        ),
        label((left + right) / 2, height + 34, "said", class_="tick", text_anchor="middle"),
        line(x(0), y(0), x(top), y(top), class_="zero"),
        *rug,
        path(points, class_="line"),
        *(element("circle", cx=px, cy=py, r=2.2, class_="dot") for px, py in points[:: max(len(points) // 60, 1)]),
    ]
    text = f"{sum(n)} forecasts; upwards how often it happened, across what was said; the highest said was {percent_text(max(said))}"
    return picture("What was said and what came true", text, width=width, height=height + 42, children=children)
