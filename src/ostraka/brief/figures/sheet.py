"""Drawings as a file of their own: several below each other as one SVG, and SVG as PNG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from ostraka.brief.figures.svg import WIDE, clip, element, label
from ostraka.brief.output import write_whole
from ostraka.errors import InputError, MissingExtra

_HEADING, _GAP, _MARGIN = 30.0, 26.0, 16.0
_ZOOM = 2.0
_VIEW = re.compile(r'viewBox="0 0 (\d+) ([\d.]+)"')
_USE = re.compile(r"var\(--([\w-]+)(?:,\s*([^)]+))?\)")
_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")


def sheet(pictures: Sequence[tuple[str, Markup]], *, title: str, note: str = "") -> str:
    """Pictures below each other in one SVG document with its own style.

    Parameters
    ----------
    pictures : sequence of (str, Markup)
        Heading and drawing.
    title, note : str
        First lines of the sheet.
    """
    views = [_VIEW.search(drawing) for _, drawing in pictures]
    sizes = [(int(view[1]), float(view[2])) if view else (WIDE, 0.0) for view in views]
    width = max((size[0] for size in sizes), default=WIDE) + 2 * _MARGIN
    top = 70.0 if note else 46.0
    parts = [
        element("title", title),
        Markup(f"<style>{figure_style()}</style>"),  # noqa: S704 - our own style sheet
        label(_MARGIN, 30, clip(title, width), class_="sheet-title"),
    ]
    parts += [label(_MARGIN, 54, clip(note, width), class_="tick")] if note else []
    for (heading, drawing), (wide, tall) in zip(pictures, sizes, strict=True):
        parts.append(label(_MARGIN, top + 16, clip(heading, wide), class_="row-name small"))
        place = f'<svg x="{_MARGIN:g}" y="{top + _HEADING:g}" height="{tall:g}" '
        parts.append(Markup(str(drawing).replace("<svg ", place, 1)))  # noqa: S704 - a drawing of ours, its box written in front
        top += _HEADING + tall + _GAP
    paper = element("rect", width=width, height=top, class_="sheet")
    return element(
        "svg",
        *parts[:2],
        paper,
        *parts[2:],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {top:g}",
        width=width,
        height=top,
        role="img",
        aria_label=title,
    )


def figure_style() -> str:
    """The rules of the page that are about drawings, in its light colours, for a file outside any page."""
    style = (files("ostraka.brief") / "templates" / "style.css").read_text(encoding="utf-8")
    colours = dict(_VARIABLE.findall(style[: style.index("}")]))
    rules = [line for line in style.splitlines() if line.startswith("svg ")]
    own = "svg .sheet { fill: var(--paper); } svg .sheet-title { font-size: 18px; font-weight: 600; }"
    text = _USE.sub(lambda match: str(colours.get(match[1], match[2] or "inherit")), "\n".join([*rules, own]))
    return text.replace("system-ui, -apple-system, ", "").replace(", sans-serif", ', "DejaVu Sans", sans-serif')


def write_picture(path: Path, svg: str) -> Path:
    """Write a drawing as SVG or, if the name ends so, as PNG.

    Raises
    ------
    InputError
        If the name ends in neither.
    MissingExtra
        If PNG is asked for and the part that makes it is not installed.
    """
    kind = path.suffix.lower()
    if kind == ".svg":
        return write_whole(path, svg)
    if kind != ".png":
        raise InputError(f"{path}: a picture is written as .svg or .png; give it one of these endings")
    try:
        resvg = import_module("resvg_py")
    except ImportError:
        raise MissingExtra("plot", "writing PNG") from None
    return write_whole(path, resvg.svg_to_bytes(svg_string=svg, zoom=_ZOOM))
