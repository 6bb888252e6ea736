"""The pictures of the watch: what must be seen in them, as SVG and as PNG."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ostraka.brief.figures.sheet import sheet, write_picture
from ostraka.brief.watch_pictures import draw_watch
from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import InputError, MissingExtra
from ostraka.model import Event
from ostraka.watch import Alarms, watch

SVG = "{http://www.w3.org/2000/svg}"


def record(*events: Event) -> Alarms:
    case = Case.make(
        "<Ruritania>", start=date(2000, 1, 1), end=date(2009, 12, 31), as_of=date(2009, 12, 31), events=events
    )
    return watch(case, n_draws=4, rng=1)


def left(when: str, **fields: object) -> Event:
    return Event(**{"id": when, "when": When.parse(when), "reported": When.parse("2009-06-01"), **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def drawn() -> ElementTree.Element:
    alarms = record(*(left(f"200{year}-03") for year in range(8)), left("2008", n_high=None))
    return ElementTree.fromstring(draw_watch(alarms))  # noqa: S314 - our own output


def of_class(drawing: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in drawing.iter() if name in each.attrib.get("class", "").split()]


def test_every_picture_lies_below_the_one_before(drawn: ElementTree.Element) -> None:
    inner = drawn.findall(f"{SVG}svg")
    assert len(inner) == 7
    bottom = 0.0
    for each in inner:
        assert float(each.attrib["y"]) >= bottom
        bottom = float(each.attrib["y"]) + float(each.attrib["height"])
    assert float(drawn.attrib["height"]) >= bottom
    assert "<Ruritania>" in (drawn.findtext(f"{SVG}title") or "")


def test_intervals_are_bars_and_lower_bounds_stay_open(drawn: ElementTree.Element) -> None:
    bars = of_class(drawn, "interval")
    assert len(bars) == 9
    widths = [float(bar.attrib["x2"]) - float(bar.attrib["x1"]) for bar in bars]
    assert max(widths) > 8 * min(widths)
    assert len(of_class(drawn, "open")) == 2


def test_the_part_of_the_delay_that_was_never_seen_is_shaded(drawn: ElementTree.Element) -> None:
    assert all(float(each.attrib["width"]) > 0 for each in of_class(drawn, "unseen"))
    assert of_class(drawn, "unseen")


def test_the_nowcast_is_a_fan(drawn: ElementTree.Element) -> None:
    late = [each.attrib["class"] for each in of_class(drawn, "whisker") if "late" in each.attrib["class"].split()]
    assert late.count("whisker late inner") == late.count("whisker late") > 0


def test_the_file_needs_no_page(drawn: ElementTree.Element) -> None:
    style = drawn.findtext(f"{SVG}style") or ""
    assert "var(" not in style
    assert ".band" in style


def test_nothing_counted_still_gives_a_picture() -> None:
    assert ElementTree.fromstring(draw_watch(record())).findall(f"{SVG}svg")  # noqa: S314 - our own output


def test_svg_and_png_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    svg = sheet([], title="T")
    assert write_picture(tmp_path / "a.svg", svg).read_text(encoding="utf-8") == svg
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        write_picture(tmp_path / "a.gif", svg)
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match="plot"):
        write_picture(tmp_path / "a.png", svg)
    monkeypatch.undo()
    pytest.importorskip("resvg_py", reason="PNG needs the extra plot")
    assert write_picture(tmp_path / "a.png", svg).read_bytes().startswith(b"\x89PNG")
