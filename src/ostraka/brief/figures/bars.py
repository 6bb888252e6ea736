"""Probabilities as bars and shaded cells."""

from __future__ import annotations

from collections.abc import Sequence

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
    rect,
    stack,
)

Numbers = Sequence[float]


def draw_shares(
    rows: Sequence[tuple[str, Sequence[float]]], *, series: Sequence[str], title: str, width: int
) -> Markup:
    """Bars of probabilities side by side.

    Parameters
    ----------
    rows : sequence of (str, sequence of float)
        Name and one probability for each series.
    series : sequence of str
        What the bars of a row are.
    """
    left = 190.0 if width > 600 else 120.0
    x = Scale(0, 1, left, width - 58.0)
    children: list[Markup] = []
    y = 8.0
    for name, values in rows:
        children.append(
            label(left - 8, y + 9 * len(values) + 4, clip(name, left - 8), class_="row-name", text_anchor="end")
        )
        for number, value in enumerate(values):
            hint = element("title", f"{name}, {series[number]}: {percent_text(value)}")
            children.append(
                element(
                    "rect", hint, x=left, y=y, width=max(x(value) - left, 1.0), height=14, class_=f"share s{number}"
                )
            )
            children.append(label(x(value) + 6, y + 11.5, percent_text(value), class_="value"))
            y += 18
        y += 10
    for number, name in enumerate(series if len(series) > 1 else ()):
        children.append(rect(left, y + 4, 11, 11, class_=f"share s{number}"))
        children.append(label(left + 17, y + 14, name, class_="tick"))
        y += 18
    text = "; ".join(f"{name}: {', '.join(percent_text(v) for v in values)}" for name, values in rows)
    return picture(title, text, width=width, height=y + 8, children=children)


def draw_counts(series: Sequence[tuple[str, Numbers]], *, title: str, width: int) -> Markup:
    """Probability of each count to come, one small chart for each model on one scale.

    Parameters
    ----------
    series : sequence of (str, sequence of float)
        Name of the model and the probability of 0, 1, 2, ... events.
    """
    longest = max(len(pmf) for _, pmf in series)
    columns = len(series) if width > 600 else 1
    panel = (width - 20.0) / columns
    top = max(max(pmf) for _, pmf in series)
    children: list[Markup] = []
    for number, (name, pmf) in enumerate(series):
        row, column = divmod(number, columns)
        x0, y0 = 10 + column * panel, 24 + row * 150.0
        x = Scale(-0.5, longest - 0.5, x0 + 6, x0 + panel - 10)
        y = Scale(0, top, y0 + 96, y0)
        bar = (x.end - x.start) / longest * 0.72
        children.append(label(x0 + 6, y0 - 8, clip(name, panel - 10), class_="row-name"))
        for count, p in enumerate(pmf):
            hint = element("title", f"{name}: {count} events {percent_text(p)}")
            children.append(
                element(
                    "rect",
                    hint,
                    x=x(count) - bar / 2,
                    y=y(p),
                    width=bar,
                    height=y(0) - y(p),
                    class_=f"share s{number % 4}",
                )
            )
            if longest <= 14 or count % 2 == 0:
                children.append(label(x(count), y0 + 110, str(count), class_="tick", text_anchor="middle"))
        children.append(line(x.start, y(0), x.end, y(0), class_="axis"))
    text = "; ".join(f"{name}: most likely {max(range(len(pmf)), key=pmf.__getitem__)}" for name, pmf in series)
    rows = -(-len(series) // columns)
    return picture(title, text, width=width, height=24 + 150.0 * rows - 20, children=children)


def draw_surface(
    values: Sequence[Numbers],
    *,
    struck: Sequence[Sequence[bool]],
    xs: Sequence[str],
    ys: Sequence[str],
    x_name: str,
    y_name: str,
    title: str,
    width: int,
) -> Markup:
    """A probability over two assumptions, as a table of shaded cells with the numbers written in.

    Parameters
    ----------
    values : sequence of sequences of float, shape (len(ys), len(xs))
        Probabilities.
    struck : sequence of sequences of bool, same shape
        Combinations that the record rules out; drawn pale.
    xs, ys : sequence of str
        Names of columns and rows.
    """
    left, cell = (120.0, 40.0) if width > 600 else (78.0, 34.0)
    step = (width - left - 10) / len(xs)
    heads, feet = lines_of(f"{y_name} ↓", width), lines_of(x_name, width - left)
    top = LINE * len(heads) + 11
    children = [stack(0.0, top - 10, heads, class_="tick")]
    for row, name in enumerate(ys):
        y0 = top + row * cell
        children.append(label(left - 8, y0 + cell / 2 + 4, name, class_="tick", text_anchor="end"))
        for column, p in enumerate(values[row]):
            box = (left + column * step + 1, y0 + 1, step - 2, cell - 2)
            hint = f"{y_name} {name}, {x_name} {xs[column]}: {percent_text(p)}"
            children.append(_cell(p, box, hint, struck=struck[row][column]))
    bottom = top + len(ys) * cell
    children += [
        label(left + (i + 0.5) * step, bottom + 16, name, class_="tick", text_anchor="middle")
        for i, name in enumerate(xs)
    ]
    low = bottom + 20 + LINE * len(feet)
    children.append(stack((left + width) / 2, low, feet, class_="tick", text_anchor="middle"))
    kept = [p for row, out in zip(values, struck, strict=True) for p, gone in zip(row, out, strict=True) if not gone]
    text = f"{y_name} down, {x_name} across; " + (
        f"from {percent_text(min(kept))} to {percent_text(max(kept))} where the record allows it"
        if kept
        else "the record rules every combination out"
    )
    return picture(title, text, width=width, height=low + 8, children=children)


def _cell(p: float, box: tuple[float, float, float, float], hint: str, *, struck: bool) -> Markup:
    x, y, wide, tall = box
    words = element("title", hint + (" (ruled out by the record)" if struck else ""))
    css = "cell struck" if struck else "cell"
    ink = "cell-text" + (" faint" if struck else " on-dark" if p > 0.5 else "")
    return group(
        element("rect", words, x=x, y=y, width=wide, height=tall, class_=css, style=f"--p:{p:.3f}"),
        label(x + wide / 2, y + tall / 2 + 4, percent_text(p), class_=ink, text_anchor="middle"),
    )
