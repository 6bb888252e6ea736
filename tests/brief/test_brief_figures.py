from __future__ import annotations

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from ostraka.brief.figures.bars import draw_counts, draw_shares, draw_surface
from ostraka.brief.figures.forest import Row, draw_forest
from ostraka.brief.figures.lateness import day_grid, draw_delay, draw_years
from ostraka.brief.figures.network import Edge, Node, draw_network
from ostraka.brief.figures.reliability import draw_reliability
from ostraka.brief.figures.series import Fan, draw_cumulative, draw_fans, draw_rate
from ostraka.brief.figures.svg import Scale, both_widths, clip, percent_text, ticks, year_ticks
from ostraka.brief.figures.timeline import draw_timeline
from ostraka.dates import When, day_number
from ostraka.model import Confidence, Event

HOSTILE = "</svg><script>alert('x')</script>&\"'"
DAYS = [float(day_number(date(year, 6, 1))) for year in range(1991, 2017)]
EVENTS = [
    Event(id="e1", role=HOSTILE, sector="diplomatic", when=When.parse("2016-07"), confidence=Confidence.HIGH),
    Event(id="e2", role="colonel", sector="military", when=When.parse("2015"), counted=False, reason="denied"),
    Event(id="e3", role="clerk", when=When.parse("../1999-05-01")),
]

PICTURES: dict[str, Callable[[int], Markup]] = {
    "timeline": lambda width: draw_timeline(
        EVENTS, names={"e1": HOSTILE}, start=date(1991, 1, 1), end=date(2016, 12, 31), told={"e1"}, width=width
    ),
    "network": lambda width: draw_network(
        [Node("a", HOSTILE, left=True), Node("b", "B"), Node("c", "C", told=False)],
        [Edge("a", "b", "kin", "father_of"), Edge("b", "c", "patron", "patron_of", told=False)],
        width=width,
    ),
    "lonely network": lambda width: draw_network([Node("a", "A")], [], width=width),
    "cumulative": lambda width: draw_cumulative(
        DAYS, DAYS, DAYS, band_days=DAYS, band_low=DAYS, band_high=DAYS, width=width, marked=[True] * len(DAYS)
    ),
    "rate": lambda width: draw_rate(DAYS, median=[1.0] * 26, inner=([0.5] * 26, [2.0] * 26), outer=([0.1] * 26, [3.0] * 26), unit="a year", width=width),
    "delay": lambda width: draw_delay(day_grid(300), [0.5] * 81, low=[0.2] * 81, high=[0.7] * 81, longest=300, width=width),
    "years": lambda width: draw_years(list(range(1991, 2017)), [1.0] * 26, low=[1] * 26, middle=[1] * 26, high=[3] * 26, inner=([1] * 26, [2] * 26), width=width),
    "reliability": lambda width: draw_reliability([0.01, 0.2], [0.02, 0.15], n=[5, 900], width=width),
    "shares": lambda width: draw_shares([(HOSTILE, [0.2, 0.00004]), ("B", [0.8, 1.0])], series=["one", "two"], title="T", width=width),
    "forest": lambda width: draw_forest([Row(HOSTILE, -1, 0.2, 3), Row("B", 0, 0, 0)], title="T", unit="people", zero=0.0, width=width),
    "counts": lambda width: draw_counts([(HOSTILE, [0.5, 0.5]), ("B", [0.1] * 10)], title="T", width=width),
    "fans": lambda width: draw_fans([Fan(HOSTILE, [0, 1], [0, 0], [0, 1], [0, 2])] * 5, title="T", unit="exits", x_unit="years", width=width),
    "surface": lambda width: draw_surface([[0.0, 0.1], [0.4, 1.0]], struck=[[True, False], [False, True]], xs=["1", "2"], ys=["3", "4"], x_name="x", y_name=HOSTILE, title="T", width=width),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("width", [380, 860])
def test_a_picture_is_sound_svg_with_alternative_text_and_fits(name: str, width: int) -> None:
    svg = ElementTree.fromstring(str(PICTURES[name](width)))  # noqa: S314 - our own output
    assert svg.attrib["viewBox"].startswith(f"0 0 {width} ")
    assert svg.attrib["role"] == "img"
    assert svg.findtext("title")
    assert len(svg.findtext("desc") or "") > 10
    assert not list(svg.iter("script"))
    for shape in svg.iter("rect"):
        x, wide = float(shape.attrib["x"]), float(shape.attrib["width"])
        assert wide >= 0
        assert -0.1 <= x <= x + wide <= width + 0.1


LONG = ("Half of the diplomats called home", "Half called home, the rest watched", "Succession amid a purge wave")


@pytest.mark.parametrize("width", [380, 860])
def test_names_of_policies_stand_whole_and_within_their_panel(width: int) -> None:
    fans = draw_fans(
        [Fan(name, [0, 1], [0, 0], [0, 1], [0, 2]) for name in LONG],
        title="T",
        unit="exits",
        x_unit="years",
        width=width,
    )
    forest = draw_forest([Row(name, -1, 0.2, 3) for name in LONG], title="T", unit="people", width=width)
    for drawing in (fans, forest):
        svg = ElementTree.fromstring(str(drawing))  # noqa: S314 - our own output
        lines = [text.text or "" for text in svg.iter("text") if text.attrib["class"].startswith("row-name")]
        assert all(word in " ".join(lines) for name in LONG for word in name.split())
        assert not any("…" in text for text in lines)
        assert max(map(len, lines)) * 6.6 < width


def test_the_same_people_are_drawn_at_the_same_place() -> None:
    assert PICTURES["network"](860) == PICTURES["network"](860)


def test_both_widths_are_on_the_page() -> None:
    html = both_widths(PICTURES["shares"])
    assert html.count("<svg") == 2
    assert 'class="narrow" aria-hidden="true"' in html


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_share_is_never_written_as_smaller(a: float, b: float) -> None:
    def read(text: str) -> float:
        return {"<0.01%": 0.005, ">99.9%": 99.95}.get(text) or float(text.rstrip("%"))

    low, high = sorted([a, b])
    assert read(percent_text(low)) <= read(percent_text(high))


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (1e-9, "<0.01%"), (0.0995, "10%"), (0.27, "27%"), (1, "100%")])
def test_shares_are_written_as_people_read_them(share: float, text: str) -> None:
    assert percent_text(share) == text


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 10))
def test_ticks_are_few_round_and_inside(low: float, span: float, at_most: int) -> None:
    marks = ticks(low, low + span, at_most=at_most)
    assert len(marks) <= at_most + 2
    slack = span * 1e-6 + 1e-9
    assert all(low - slack <= mark <= low + span + slack for mark in marks)


def test_years_are_marked_inside_the_window() -> None:
    marks = year_ticks(date(1991, 3, 1), date(2016, 8, 17), at_most=6)
    assert [mark.year for mark in marks] == [1995, 2000, 2005, 2010, 2015]


def test_scales_keep_inside_and_text_is_cut_with_a_sign() -> None:
    scale = Scale(0, 0, 10, 20)
    assert scale(0) == 10
    assert Scale(0, 1, 0, 100)(7) == 100
    assert clip("a" * 100, 66) == "a" * 9 + "…"
    assert clip("short", 66) == "short"
