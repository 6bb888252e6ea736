from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostraka.case import Case, case_as_of, load_case, save_case
from ostraka.case.columns import escape_cell, join_list, split_list, unescape_cell
from ostraka.dates import When
from ostraka.errors import InputError, Level
from ostraka.model import (
    SECTORS,
    Body,
    Confidence,
    Event,
    EventKind,
    Measure,
    Person,
    Source,
    Status,
    Tie,
    TieKind,
)

START, END, AS_OF = date(1991, 1, 1), date(2025, 12, 31), date(2026, 1, 31)
text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12).map(str.strip)
word = text.filter(bool)
days = st.dates(date(1985, 1, 1), date(2025, 12, 31))


@st.composite
def intervals(draw: st.DrawFn) -> When:
    earliest, latest = sorted([draw(days), draw(days)])
    return When(earliest, latest)


maybe_when = st.just(When()) | intervals() | days.map(When.on)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    sources = [
        Source(id=f"s{i}", url=draw(text), published=draw(st.none() | days)) for i in range(draw(st.integers(1, 3)))
    ]
    cited = st.lists(st.sampled_from([source.id for source in sources]), unique=True, max_size=2).map(tuple)
    people = [
        Person(id=f"p{i}", name=draw(word), aliases=tuple(draw(st.lists(word, max_size=2))), sources=draw(cited))
        for i in range(draw(st.integers(2, 4)))
    ]
    bodies = [Body(id="b0", name=draw(word), kind=draw(st.sampled_from(["", *SECTORS])))]
    ties = [
        Tie(
            ego="p0",
            alter="p1",
            kind=TieKind.KIN,
            role=draw(text),
            start=draw(maybe_when),
            weight=draw(st.floats(0.1, 9)),
        ),
        Tie(
            ego="p1",
            alter="b0",
            kind=TieKind.HOLDS,
            tier=draw(st.sampled_from([None, 1, 2, 3, 4])),
            reported=draw(maybe_when),
        ),
    ]
    events = [
        Event(
            id=f"e{i}",
            kind=draw(st.sampled_from(EventKind)),
            person=draw(st.sampled_from(["", "p0", "p1"])),
            role=draw(text),
            sector=draw(st.sampled_from(["", *SECTORS])),
            when=draw(maybe_when),
            reported=draw(maybe_when),
            n_low=draw(st.integers(1, 3)),
            n_high=draw(st.none() | st.integers(3, 5)),
            motives=tuple(draw(st.lists(word, max_size=2))),
            status=draw(st.sampled_from(Status)),
            confidence=draw(st.sampled_from(Confidence)),
            counted=draw(st.booleans()),
            reason="because",
            conflict=draw(text),
            sources=draw(cited),
        )
        for i in range(draw(st.integers(0, 5)))
    ]
    measures = [Measure(id="m0", name=draw(word), start=draw(maybe_when), level=draw(st.floats(0, 2)))]
    return Case.make(
        "Ruritania", start=START, end=END, as_of=AS_OF, note=draw(text),
        sources=sources, people=people, bodies=bodies, ties=ties, events=events, measures=measures,
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(cases())
def test_a_folder_gives_the_case_back(tmp_path: Path, case: Case) -> None:
    folder = tmp_path / "case"
    shutil.rmtree(folder, ignore_errors=True)
    save_case(case, folder)
    again, problems = load_case(folder)
    assert again == case
    assert again.note == case.note
    assert not [p for p in problems if p.level is Level.ERROR]


@settings(deadline=None, max_examples=40)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_digest(case: Case, chance: random.Random) -> None:
    tables: dict[str, Any] = {}
    for name in ("people", "bodies", "ties", "events", "measures", "sources"):
        rows = list(getattr(case, name))
        chance.shuffle(rows)
        tables[name] = rows
    assert case.remake(**tables).digest == case.digest


@settings(deadline=None, max_examples=60)
@given(cases(), st.dates(START, AS_OF), st.dates(START, AS_OF))
def test_a_view_knows_only_what_was_printed_by_then(case: Case, day: date, other: date) -> None:
    early, late = sorted([day, other])
    view, _ = case_as_of(case, early)
    if early < case.as_of:
        assert all(event.reported.latest is not None and event.reported.latest <= early for event in view.events)
        assert all(source.published is None or source.published <= early for source in view.sources)
    assert case_as_of(case_as_of(case, late)[0], early)[0] == view


@settings(deadline=None, max_examples=40)
@given(cases(), st.dates(START, AS_OF - timedelta(1)))
def test_what_is_printed_later_does_not_change_an_earlier_view(case: Case, day: date) -> None:
    later = Event(id="later", when=When.on(START), reported=When.on(day + timedelta(1)))
    grown = case.remake(events=[*case.events, later])
    assert case_as_of(grown, day)[0] == case_as_of(case, day)[0]


@given(st.text())
def test_no_cell_is_a_formula_and_every_cell_is_read_back(cell: str) -> None:
    escaped = escape_cell(cell)
    assert unescape_cell(escaped) == cell
    assert not escaped.lstrip(" \ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@given(st.lists(word))
def test_lists_in_a_cell_are_read_back(items: list[str]) -> None:
    assert split_list(join_list(items)) == items


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    head = "regime = 'R'\nstart = 1991-01-01\nend = 2020-12-31\nas_of = 2021-01-01\n"
    for name, content in {"case.toml": head, "events.csv": "kind,earliest,latest\n", **files}.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("row", "where", "remedy"),
    [
        ("e1,defection,2016-02-01,2016-01-01,,", "row 2", "swap"),
        ("e1,defection,July,2016-07-31,,", "row 2, column earliest", "write it as"),
        ("e1,left,2016-07-01,2016-07-31,,", "row 2, column kind", "write one of"),
        ("e1,defection,2016-07-01,2016-07-31,9,", "row 2", "tier is"),
        ("e1,defection,2016-07-01,2016-07-31,x,", "row 2, column tier", "not a whole number"),
        ("e1,defection,2016-07-01", "row 2", "cells where the header has"),
        ('e1,defection,2016-07-01,"2016-07-31"x,,', "row 2", "left out"),
        ("e2,defection,2016-07-01,2016-07-31,,", "row 3, column id", "stands twice"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_survive(tmp_path: Path, row: str, where: str, remedy: str) -> None:
    good = "e2,defection,2016-07-01,2016-07-31,2,"
    rows = [row, good] if "row 2" in where else [good, row]
    events = "\n".join(["id,kind,earliest,latest,tier,sources", *rows, ""])
    case, problems = load_case(write(tmp_path / "c", {"events.csv": events}))
    assert [event.id for event in case.events] == ["e2"]
    errors = [p for p in problems if p.level is Level.ERROR]
    assert len(errors) == 1
    assert errors[0].where == f"events.csv, {where}"
    assert remedy in errors[0].message


def test_references_to_nowhere_are_left_out_and_said(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "c",
        {
            "people.csv": "id,name\np1,A\n",
            "ties.csv": "id,ego,alter,kind\nt1,p1,p9,kin\nt2,p1,p1,kin\n",
            "events.csv": "id,kind,earliest,latest,person,body,may_be,sources\ne1,defection,2016-01-01,,p1,b1,e7,s1\ne2,defection,2016-07-01,2016-07-31,p8,b1,e7,s1\n",
        },
    )
    case, problems = load_case(folder)
    said = {p.where: p.message for p in problems}
    assert "p9" in said["ties.csv, id t1"]
    assert "two different" in said["ties.csv, row 3"]
    assert "p8" in said["events.csv, id e2, column person"]
    assert "s1" in said["events.csv, id e2, column sources"]
    assert not case.ties
    assert case.events[1] == replace(case.events[1], person="", body="", may_be=(), sources=())


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (b"", "regime is missing"),
        (b"regime = ", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"regime='R'\nstart='1991'\n", "start must be a day"),
        (b"regime='R'\nstart=1991-01-01\nend=1990-01-01\nas_of=1990-01-01\n", "swap the two dates"),
        (b"regime='R'\nformat=9\n", "update ostraka"),
    ],
)
def test_an_unusable_head_is_refused(tmp_path: Path, toml: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_case(write(tmp_path / "c", {"case.toml": toml}))


def test_a_folder_that_is_no_case_is_refused_and_not_touched(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a case folder"):
        load_case(tmp_path)
    (tmp_path / "letter.txt").write_text("keep me")
    case = Case.make("R", start=START, end=END, as_of=AS_OF)
    with pytest.raises(InputError, match="is not a case folder"):
        save_case(case, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_saving_again_replaces_the_case_and_keeps_the_letter(tmp_path: Path) -> None:
    case = Case.make("R", start=START, end=END, as_of=AS_OF, events=[Event(id="e1", when=When.on(START))])
    save_case(case, tmp_path / "c")
    (tmp_path / "c" / "letter.txt").write_text("keep me")
    smaller = case.remake(events=[])
    save_case(smaller, tmp_path / "c")
    assert load_case(tmp_path / "c")[0] == smaller
    assert (tmp_path / "c" / "letter.txt").read_text() == "keep me"
    assert [p.name for p in tmp_path.iterdir()] == ["c"]


def test_a_character_that_is_no_text_leaves_nothing_half_written(tmp_path: Path) -> None:
    case = Case.make("R", start=START, end=END, as_of=AS_OF, people=[Person(id="p", name="\ud800")])
    with pytest.raises(InputError, match="no text"):
        save_case(case, tmp_path / "c")
    assert not list(tmp_path.iterdir())


def test_files_that_are_missing_badly_encoded_or_headless_are_said(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "c", {"events.csv": "id,when\n1,2\n", "people.csv": "id,name\n1,\xe9\n".encode("latin-1")}
    )
    _, problems = load_case(folder)
    said = {(p.where, p.level): p.message for p in problems}
    assert "kind, earliest, latest are missing" in said["events.csv, row 1", Level.ERROR]
    assert "save it as UTF-8" in said["people.csv", Level.ERROR]
    assert said["ties.csv", Level.NOTE] == "is missing; taken as empty"


def test_a_count_of_at_least_five_has_no_upper_end(tmp_path: Path) -> None:
    rows = "id,kind,earliest,latest,n_low,n_high\ne1,defection,2016-01-01,2016-12-31,5,\ne2,defection,2016-01-01,2016-12-31,,\n"
    case, _ = load_case(write(tmp_path / "c", {"events.csv": rows}))
    assert [(e.n_low, e.n_high) for e in case.events] == [(5, None), (1, 1)]


def test_the_arrays_are_read_only_and_in_the_order_of_events() -> None:
    events = [Event(id=i, when=When.on(START + timedelta(n)), episode="one") for n, i in enumerate("ba")]
    arrays = Case.make("R", start=START, end=END, as_of=AS_OF, events=events).arrays
    assert arrays.earliest_day.tolist() == [7671.0, 7670.0]
    assert arrays.episode_ix.tolist() == [0, 0]
    with pytest.raises(ValueError, match="read-only"):
        arrays.tier[0] = 3
