"""FollowTheMoney entities come in: our own, those of others, and what is no entity."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.case import shipped_case
from ostraka.errors import InputError, Level, Problem
from ostraka.model import EventKind, TieKind
from ostraka.register import Register
from ostraka.register.exchange import is_ftm, read_ftm
from ostraka.register.exchange.entities import _entity
from ostraka.register.exchange.ftm import ftm_entities, ftm_json

DAY = date(2016, 12, 31)
OTHERS = [
    {"id": "p1", "schema": "Person", "properties": {"name": ["Mun Se-gwang", "Moon Se-gwang"], "alias": ["문세광"]}},
    {"id": "p2", "schema": "Person", "properties": {"name": ["Sin Ok-ju"]}},
    {"id": "o1", "schema": "PublicBody", "properties": {"name": ["Ministry of Harbours"], "country": ["kp"]}},
    {"id": "q1", "schema": "Position", "properties": {"name": ["minister"], "organization": ["o1"]}},
    {"id": "q2", "schema": "Position", "properties": {"name": ["Member of the Assembly"], "country": ["zz"]}},
    {"id": "h1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["q1"], "startDate": ["2011-05"]}},
    {
        "id": "h2",
        "schema": "Occupancy",
        "properties": {"holder": ["p1"], "post": ["q2"], "endDate": ["2015-06-01T00:00"]},
    },
    {"id": "h3", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["gone"]}},
    {"id": "f1", "schema": "Family", "properties": {"person": ["p1"], "relative": ["p2"], "relationship": ["Wife"]}},
    {"id": "f2", "schema": "Family", "properties": {"person": ["p1"], "relative": ["nobody"]}},
    {
        "id": "a1",
        "schema": "Associate",
        "properties": {"person": ["p1"], "associate": ["p2"], "relationship": ["friend"]},
    },
    {
        "id": "a2",
        "schema": "Associate",
        "properties": {"person": ["p1"], "associate": ["p2"], "relationship": ["aide of"]},
    },
    {"id": "d1", "schema": "Article", "properties": {"title": ["Gone"], "publishedAt": ["2016-04-02"]}},
    {
        "id": "e1",
        "schema": "Event",
        "properties": {
            "name": ["The minister vanishes"],
            "startDate": ["2016-03"],
            "involved": ["p1"],
            "proof": ["d1"],
        },
    },
    {"id": "e2", "schema": "Event", "properties": {"name": ["Feast"], "startDate": ["spring"]}},
    {"id": "v1", "schema": "Vessel", "properties": {"name": ["Chong Chon Gang"]}},
]


def file_of(folder: Path, *lines: Any) -> Path:
    path = folder / "made.ftm.json"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def said(problems: tuple[Problem, ...]) -> str:
    return "\n".join(problem.line() for problem in problems)


@pytest.mark.parametrize("regime", ["North Korea", "Syria"])
def test_what_was_exported_comes_back_but_for_what_the_format_loses(tmp_path: Path, regime: str) -> None:
    case = shipped_case(regime)
    path = tmp_path / "case.ftm.json"
    path.write_text(ftm_json(case), encoding="utf-8")
    back, problems = read_ftm(path, regime=regime, as_of=case.as_of)
    assert problems == ()
    kept = ("id", "kind", "person", "role", "when", "reported", "status", "confidence", "counted", "reason", "sources")
    for one, other in zip(case.events, back.events, strict=True):
        assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]
    assert [(p.id, p.name) for p in case.people] == [(p.id, p.name) for p in back.people]
    ties = [
        [(t.id, t.ego, t.alter, t.kind, t.role, t.start.earliest, t.end.latest) for t in made.ties]
        for made in (case, back)
    ]
    assert ties[0] == ties[1]
    with Register() as register:
        register.add_case(case)
        before = len(register.freeze(regime)[0].events)
        register.add_case(back)
        assert len(register.freeze(regime)[0].events) == before
        assert register.verify() == ()


def test_no_entity_is_written_twice() -> None:
    ids = [entity["id"] for entity in ftm_entities(shipped_case("Syria"))]
    assert len(ids) == len(set(ids))


def test_entities_of_others_become_rows_and_what_cannot_is_said(tmp_path: Path) -> None:
    path = file_of(tmp_path, *OTHERS, "{broken", '{"id": "x"}', OTHERS[0], {**OTHERS[1], "properties": {}})
    assert is_ftm(path)
    case, problems = read_ftm(path, regime="North Korea", as_of=DAY)
    person = next(person for person in case.people if person.id == "p1")
    assert (person.name, person.aliases) == ("Mun Se-gwang", ("Moon Se-gwang", "문세광"))
    ties = {tie.id: (tie.ego, tie.alter, tie.kind, tie.role) for tie in case.ties}
    assert ties == {
        "h1": ("p1", "o1", TieKind.HOLDS, "minister"),
        "h2": ("p1", "q2", TieKind.HOLDS, "Member of the Assembly"),
        "f1": ("p2", "p1", TieKind.KIN, "spouse_of"),
        "a2": ("p2", "p1", TieKind.PATRON, "aide_of"),
    }
    (event,) = case.events
    assert (event.kind, event.person, event.role) == (EventKind.OTHER, "p1", "The minister vanishes")
    assert (event.when.edtf(), event.reported.edtf(), event.sources) == ("2016-03", "2016-04-02", ("d1",))
    report = said(problems)
    for words in (
        "line 17",
        "line 18",
        "line 20: p2 stands twice",
        "h3",
        "f2",
        "'friend'",
        "'spring'",
        "1 of the schema Vessel",
    ):
        assert words in report
    assert "line 19" not in report
    assert sum(problem.level is Level.ERROR for problem in problems) == 6


def test_a_file_without_entities_is_refused(tmp_path: Path) -> None:
    for text in ("", "[]", '{"a": 1}', "id,name\n1,x", "\n"):
        with pytest.raises(InputError, match="no FollowTheMoney entity"):
            read_ftm(file_of(tmp_path, text), regime="Syria", as_of=DAY)
    (tmp_path / "binary").write_bytes(b"{\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read_ftm(tmp_path / "binary", regime="Syria", as_of=DAY)
    with pytest.raises(InputError, match="cannot be read"):
        read_ftm(tmp_path, regime="Syria", as_of=DAY)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(["id", "schema", "properties", "name"]), part)
    ),
    max_leaves=8,
)


@given(value=JSON)
def test_any_json_is_an_entity_or_none(value: object) -> None:
    made = _entity(json.dumps(value))
    assert made is None or all(isinstance(item, list) for item in made["properties"].values())


def test_lone_surrogates_and_deep_nesting_are_no_entities() -> None:
    assert _entity('{"id": "\\ud800", "schema": "Person", "properties": {}}') is None
    assert _entity("[" * 100_000) is None
