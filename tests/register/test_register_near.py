"""What is near a report is found in the database as it is in memory, whatever was added, judged or erased before."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ostraka.case import Case
from ostraka.model import Judgement, Verdict
from ostraka.read.names import compare_names
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.bodies import profile_body, telling_body, to_profile, to_telling
from ostraka.register.directory import Directory
from ostraka.register.judgements import decide
from ostraka.register.keys import name_keys
from ostraka.register.likeness import SLACK_UNNAMED_DAYS
from ostraka.register.neighbours import Neighbours
from ostraka.register.profiles import record_profiles
from ostraka.register.resolve import file_sources
from ostraka.register.spelling import compare_spellings

Make = Callable[..., Reading]
REGIME = "North Korea"
NAMES = ("Tae Yong Ho", "Han Ryong-su", "한룡수", "Kim Yong-ho", "Ri Chol Su", "Mun Se-gwang", "a colonel")
EVENTS = st.fixed_dictionaries(
    {
        "person": st.sampled_from(NAMES),
        "role": st.sampled_from(("counsellor", "third secretary for trade", "colonel")),
        "post_place": st.sampled_from(("Hanoi", "Southeast Asia", "Pyongyang", "")),
        "organisation": st.sampled_from(("embassy in Bulgaria", "Reconnaissance General Bureau", "")),
        "regime": st.sampled_from((REGIME, REGIME, "DPRK", "", "Syria")),
        "when": st.sampled_from(("2016-07", "2016-08-10", "2014", "")),
        "url": st.sampled_from(("", "", "https://e.org/1", "http://www.e.org/1/")),
        "day": st.integers(1, 28),
    }
)


def near_in_memory(register: Register, report: str) -> Directory:
    """The same by filing everything in memory first."""
    sources = register._knowledge.sources(REGIME)
    whole = file_sources(REGIME, sources.records, sources.readings)
    merged = sources.decisions.decided.merged_with
    people = merged(item for item, row in whole.profiles.items() if row.origin == report) & whole.profiles.keys()
    events = merged(item for item, row in whole.tellings.items() if row.origin == report) & whole.tellings.keys()
    for one in [whole.profiles[item] for item in people]:
        others = (whole.profiles[item] for item in whole.near(one))
        people |= {o.id for o in others if compare_spellings(one.spellings, o.spellings)[0] != "different"}
    for told in [whole.tellings[item] for item in events]:
        near = (whole.tellings[item] for item in whole.near_telling(told))
        events |= {o.id for o in near if told.when.overlaps(o.when, slack_days=SLACK_UNNAMED_DAYS)}
    people |= {whole.tellings[item].person for item in events} - {""}
    events |= {item for person in people for item in whole.told_of(person)}
    found = Directory()
    for item in sorted(people):
        found.add(whole.profiles[item])
    for item in sorted(events):
        found.add_telling(whole.tellings[item])
    return found


def near_in_database(register: Register, report: str) -> Directory:
    with register._database.reading() as connection:
        return Neighbours(connection, REGIME, decide(register.judgements())).around(report)


def check(register: Register) -> None:
    assert register.verify() == ()
    for reading in register.readings():
        memory, database = (near(register, reading.report.id) for near in (near_in_memory, near_in_database))
        assert database.profiles == memory.profiles
        extra = {item: row for item, row in database.tellings.items() if item not in memory.tellings}
        assert {**memory.tellings, **extra} == database.tellings


def seen(make: Make, number: int, event: dict[str, Any]) -> Reading:
    fields = {name: value for name, value in event.items() if name not in {"url", "day"} and value}
    made = make(f"report {number}", f"2016-08-{event['day']:02}", events=[{"regime": "", **fields}], url=event["url"])
    return Reading.of(replace(made.report, retrieved=date(2016, 9, 30 - event["day"])), made.statements)


@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(events=st.lists(EVENTS, min_size=1, max_size=7), data=st.data())
def test_whatever_was_added_judged_and_erased(make: Make, record: Case, events: list[Any], data: st.DataObject) -> None:
    with Register() as register:
        register.add_case(record)
        readings = [seen(make, number, event) for number, event in enumerate(events)]
        for reading in readings:
            register.add(reading)
        check(register)
        said = data.draw(st.sampled_from([said for reading in readings for said in reading.statements]))
        no = register.judge(Judgement((said.id,), Verdict.REJECT, "ana", "2026-01-01T00:00:00Z", "wrong"))
        check(register)
        if data.draw(st.booleans()):
            register.undo(no, by="ana", reason="right")
        if data.draw(st.booleans()):
            right = "execution" if said.predicate == "type" else "Han Ryong Su"
            register.correct(said.id, by="ana", reason="misread", object=right)
        check(register)
        if any(event["person"] == "Tae Yong Ho" for event in events):
            register.erase(words=["Tae Yong Ho"], by="ana", reason="asked for")
            check(register)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres"))


def test_merges_page_versions_and_reports_of_no_regime(address: str, make: Make, record: Case) -> None:
    event = {"person": "Han Ryong-su", "role": "consul", "post_place": "Hanoi", "when": "2016-07"}
    with Register(address) as register:
        register.add_case(record)
        one = make("one", events=[event], url="https://e.org/1")
        two = make("two", "2016-08-20", events=[{**event, "person": "Mun Se-gwang"}], url="http://e.org/1/")
        three = make("three", "2016-08-20", events=[{"regime": "", "person": "a consul", "named": False, "role": "consul", "post_place": "Vietnam, North Korea", "organisation": "North Korean consulate"}])  # fmt: skip
        register.add_many([one, two, three])
        people = [next(link for link in register.links(r.report.id) if link.kind == "person") for r in (one, two)]
        register.judge(Judgement((people[0].mention, people[1].mention), Verdict.MERGE, "a", "2026-01-01T00:00:00Z"))
        check(register)
        assert [link.verdict for link in register.links(one.report.id) if link.kind == "person"] == ["same"]


def test_the_file_is_made_anew_as_the_writes_made_it(address: str, make: Make, record: Case) -> None:
    with Register(address) as register:
        register.add_case(record)
        register.add_many(
            make(f"report {n}", events=[{"person": name, "when": "2016-07"}]) for n, name in enumerate(NAMES)
        )
        before = [register.links(reading.report.id) for reading in register.readings()]
        register.refile()
        assert register.verify() == ()
        assert [register.links(reading.report.id) for reading in register.readings()] == before


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM filed_under WHERE number = (SELECT max(number) FROM filed_under)",
        "UPDATE filed SET names = 'Nobody' WHERE kind = 'person'",
        "INSERT INTO filed_under VALUES (7, 999999)",
        "INSERT INTO filed VALUES (999999, 'x', 'x', 'person', '', NULL, NULL, '')",
        "DELETE FROM filed WHERE number = 1",
    ],
)
def test_a_file_that_is_not_what_the_rows_give_is_found_and_mended(held: Register, make: Make, damage: str) -> None:
    held.add(make("one", events=[{"person": "Tae Yong Ho", "when": "2016-07"}]))
    with held._database.writing() as connection:
        connection.exec_driver_sql(damage)
    assert any("ostraka verify --refile" in problem.message for problem in held.verify())
    held.refile()
    assert held.verify() == ()


def test_what_is_filed_of_a_record_comes_back_as_it_was(record: Case) -> None:
    persons, tellings = record_profiles(record, "record")
    assert [to_telling(telling_body(telling)) for telling in tellings] == tellings
    assert [to_profile(profile_body(person), person.tellings) for person in persons] == persons


def spelled() -> Iterator[str]:
    for path in sorted(Path(__file__).parent.glob("who_is_who*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            yield from (row["name"] for row in csv.DictReader(rows) if row["name"])


@pytest.mark.slow
def test_names_that_are_not_different_share_a_key() -> None:
    names = sorted(set(spelled()))
    keys = {name: name_keys([name]) for name in names}
    for one in names:
        for other in names:
            if compare_names(one, other).score > 0 and str(compare_names(one, other).verdict) != "different":
                a, b = keys[one], keys[other]
                assert a.whole & (b.whole | b.heads) or a.heads & b.whole, (one, other)
