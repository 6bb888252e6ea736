from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostraka.case import Case, case_as_of
from ostraka.errors import InputError
from ostraka.model import Confidence, Judgement, Person, Source, Verdict
from ostraka.read.reading import Reading
from ostraka.register import Register

Make = Callable[..., Reading]
THAE = {"person": "Tae Yong Ho", "role": "consul", "post_place": "London", "when": "2016-08", "destination": "China"}
BULGARIA = {
    "person": "diplomat of the embassy in Bulgaria",
    "named": False,
    "role": "diplomat",
    "organisation": "North Korean embassy in Bulgaria",
    "when": "2016-02-01/2016-08-17",
}


def new_events(case: Case, record: Case) -> list[Any]:
    known = {event.id for event in record.events}
    return [event for event in case.events if event.id not in known]


def test_the_record_alone_freezes_to_itself_as_knowable_on_a_day(held: Register, record: Case) -> None:
    day = date(2016, 8, 18)
    assert held.freeze("North Korea", as_of=day)[0] == case_as_of(record, day)[0]


def test_a_person_of_the_record_told_again_is_not_counted_twice(held: Register, record: Case, make: Make) -> None:
    held.add(make("Thae has left.", events=[THAE]))
    case, _ = held.freeze("North Korea")
    assert new_events(case, record) == []
    met = next(event for event in case.events if event.id == "NK-2016-THAEYONGHO")
    assert any(source.startswith("re-") for source in met.sources)


def test_an_unnamed_diplomat_of_the_record_told_again_is_not_counted_twice(
    held: Register, record: Case, make: Make
) -> None:
    held.add(make("One from Bulgaria.", "2016-12-01", events=[BULGARIA]))
    assert new_events(held.freeze("North Korea")[0], record) == []


def test_what_the_record_learned_later_is_not_used_but_shown_as_hindsight(
    held: Register, record: Case, make: Make
) -> None:
    reading = make("One from Bulgaria.", "2016-08-18", events=[BULGARIA])
    held.add(reading)
    case, _ = held.freeze("North Korea", as_of=date(2016, 8, 18))
    assert not any(event.id == "NK-2016-BULGARIA" for event in case.events)
    (new,) = new_events(case, record)
    assert (new.country, new.sector, new.confidence, new.counted) == ("Bulgaria", "diplomatic", Confidence.LOW, True)
    assert new.reported.edtf() == "2016-08-18"
    (link,) = [link for link in held.links(reading.report.id) if link.kind == "event"]
    assert (link.target_id, link.verdict, link.hindsight) == ("NK-2016-BULGARIA", "same", True)


def test_a_new_defection_is_a_new_row_with_its_report_as_source(held: Register, record: Case, make: Make) -> None:
    event = {
        "person": "Han Ryong-su",
        "role": "counsellor",
        "post_place": "Hanoi",
        "when": "2016-08-10",
        "destination": "South Korea",
    }
    held.add(make("Han has left.", events=[event], ties=[("Han Ryong-su", "comrade_of", "Tae Yong-ho")]))
    case, _ = held.freeze("North Korea", as_of=date(2016, 8, 20))
    (new,) = new_events(case, record)
    person = case.person(new.person)
    assert person is not None
    assert person.name == "Han Ryong-su"
    assert (new.city, new.country, new.tier, new.when.edtf()) == ("Hanoi", "Vietnam", 3, "2016-08-10")
    assert case.events[case.events.index(new)].sources == tuple(s.id for s in case.sources if s.id.startswith("re-"))


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"status": "denied", "when": "2016-08"}, "denied"),
        ({"status": "refuted", "when": "2016-08"}, "refuted"),
        ({"status": "planned", "when": "2016-09"}, "plan"),
        ({"status": "attempted", "when": "2016-08"}, "attempt"),
        ({"status": "mentioned"}, "without a date"),
    ],
)
def test_what_did_not_happen_is_kept_but_not_counted(
    held: Register, record: Case, make: Make, event: dict[str, str], reason: str
) -> None:
    held.add(
        make("It is said.", events=[{"person": "Han Ryong-su", "role": "counsellor", "post_place": "Hanoi", **event}])
    )
    case, problems = held.freeze("North Korea", as_of=date(2016, 8, 20))
    (new,) = new_events(case, record)
    assert not new.counted
    assert reason in new.reason
    assert any(new.reason in problem.message for problem in problems)


def test_a_report_printed_later_or_without_a_date_is_not_used(held: Register, record: Case, make: Make) -> None:
    event = {"person": "Han Ryong-su", "when": "2016-08-10"}
    held.add(make("later", "2016-09-01", events=[event]))
    held.add(make("undated", None, events=[{**event, "person": "Mun Se-gwang"}]))
    case, problems = held.freeze("North Korea", as_of=date(2016, 8, 20))
    assert new_events(case, record) == []
    assert any("no date of publication" in problem.message for problem in problems)
    assert len(new_events(held.freeze("North Korea")[0], record)) == 2


def test_ten_papers_tell_one_event(held: Register, record: Case, make: Make) -> None:
    spellings = ["Han Ryong-su", "Han Ryong Su", "HAN Ryong-su", "Han Ryongsu"]
    for number in range(10):
        event = {
            "person": spellings[number % 4],
            "role": ("counsellor", "diplomat")[number % 2],
            "post_place": "Hanoi",
            "when": ("2016-08-10", "2016-07")[number % 2],
            "destination": ("South Korea", "a third country", "")[number % 3],
        }
        held.add(make(f"paper {number}", f"2016-08-{11 + number}", events=[event], publisher=f"paper {number}"))
    case, _ = held.freeze("North Korea", as_of=date(2016, 9, 1))
    (new,) = new_events(case, record)
    assert len(new.sources) == 10
    assert new.confidence is Confidence.MEDIUM
    assert "destination: South Korea or a third country" in new.conflict
    claims = [claim for claim in held.conflicts(new.id) if claim.field == "destination"]
    assert [claim.rank for claim in claims] == ["preferred", "normal"]
    assert sum(claim.origins for claim in claims) == 7
    assert all(claim.statements and claim.quotes for claim in claims)


def test_the_rule_decides_which_value_a_case_uses(held: Register, record: Case, make: Make) -> None:
    first = {"person": "Han Ryong-su", "role": "counsellor", "when": "2016-08-10"}
    held.add(make("a", "2016-08-11", events=[first], publisher="A"))
    held.add(make("b", "2016-08-12", events=[first], publisher="B"))
    held.add(make("c", "2016-08-13", events=[{**first, "role": "consul"}], publisher="C"))
    by_date, _ = held.freeze("North Korea", rule=("date",))
    by_origins, _ = held.freeze("North Korea", rule=("origins", "date"))
    assert new_events(by_date, record)[0].role == "consul"
    assert new_events(by_origins, record)[0].role == "counsellor"
    with pytest.raises(InputError, match="a rule orders"):
        held.freeze("North Korea", rule=("beauty",))


def test_a_refutation_takes_an_event_out_of_the_counts(held: Register, record: Case, make: Make) -> None:
    event = {"person": "Han Ryong-su", "post_place": "Hanoi", "when": "2016-08-10"}
    held.add(make("a", "2016-08-11", events=[event]))
    held.add(make("b", "2016-08-15", events=[{**event, "status": "refuted"}]))
    early, _ = held.freeze("North Korea", as_of=date(2016, 8, 12))
    late, _ = held.freeze("North Korea", as_of=date(2016, 8, 16))
    assert [new_events(case, record)[0].counted for case in (early, late)] == [True, False]


def test_a_rejected_statement_is_not_used_until_the_rejection_is_undone(
    held: Register, record: Case, make: Make
) -> None:
    reading = make("a", events=[{"person": "Han Ryong-su", "when": "2016-08-10"}])
    held.add(reading)
    no = Judgement((reading.events[0].statement.id,), Verdict.REJECT, "a", "2026-01-01T00:00:00Z", "a misprint")
    held.judge(no)
    assert new_events(held.freeze("North Korea")[0], record) == []
    held.judge(Judgement((no.id,), Verdict.REJECT, "a", "2026-01-02T00:00:00Z", "it was right"))
    assert len(new_events(held.freeze("North Korea")[0], record)) == 1


def test_an_unknown_regime_is_refused(held: Register) -> None:
    with pytest.raises(InputError, match="nothing is known"):
        held.freeze("Atlantis")


def test_a_regime_without_a_record_holds_what_its_reports_say(make: Make) -> None:
    with Register() as register:
        event = {"person": "Igor Leshchenya", "role": "ambassador", "regime": "Belarus", "when": "2020-08-16"}
        register.add(make("He left.", "2020-08-18", events=[event]))
        case, _ = register.freeze("Belarus")
    assert [event.role for event in case.events] == ["ambassador"]


def test_a_report_on_another_regime_changes_nothing(held: Register, record: Case, make: Make) -> None:
    held.add(make("Libya", events=[{"person": "Omran Abukraa", "regime": "Libya", "when": "2016-08-10"}]))
    assert held.freeze("North Korea")[0].events == record.events


def test_kin_that_no_report_names_enter_without_a_name(held: Register, make: Make) -> None:
    persons = [{"label": "second son of Thae Yong-ho", "described": "the other"}]
    ties = [("Tae Yong Ho", "father_of", "second son of Thae Yong-ho")]
    held.add(make("x", events=[THAE], persons=persons, ties=ties))
    case, _ = held.freeze("North Korea")
    tie = next(
        tie for tie in case.ties if tie.id.startswith("ti-") and tie.ego == "thae-yong-ho" and tie.role == "father_of"
    )
    son = case.person(tie.alter)
    assert son is not None
    assert (son.name, son.note) == ("", "second son of Thae Yong-ho")


def test_a_colleagues_record_with_ids_of_its_own_meets_the_shipped_one(held: Register, record: Case) -> None:
    thae = next(event for event in record.events if event.id == "NK-2016-THAEYONGHO")
    theirs = Case.make(
        "DPRK",
        start=date(2010, 1, 1),
        end=date(2020, 12, 31),
        as_of=date(2020, 12, 31),
        people=[Person("p1", "Tae Yong Ho"), Person("p2", "Mun Se-gwang")],
        sources=[Source("s1", "https://example.org/")],
        events=[
            type(thae)(
                id="e1",
                person="p1",
                role="envoy",
                city="London",
                when=thae.when,
                reported=thae.reported,
                sources=("s1",),
            ),
            type(thae)(
                id="e2", person="p2", role="envoy", city="Lima", when=thae.when, reported=thae.reported, sources=("s1",)
            ),
        ],
    )
    held.add_case(theirs)
    case, _ = held.freeze("North Korea")
    assert len(case.events) == len(record.events) + 1
    assert "s1" in next(event for event in case.events if event.id == thae.id).sources


READINGS: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        person=st.sampled_from(["Tae Yong-ho", "Han Ryong-su", "Han Ryong Su", "Kim Kwang-jin", "Ri Yong-ho"]),
        role=st.sampled_from(["counsellor", "colonel", "diplomat"]),
        post_place=st.sampled_from(["Hanoi", "London", "Sofia", "Cuba"]),
        when=st.sampled_from(["2016-07", "2016-08-10", "2015", ""]),
        status=st.sampled_from(["asserted", "hedged", "denied", "refuted"]),
        day=st.integers(1, 28),
        page=st.sampled_from(["", "https://e.org/1", "http://www.e.org/1/"]),
    ),
    min_size=2,
    max_size=5,
)


@contextmanager
def copied(shipped: Path) -> Iterator[Register]:
    """A register of its own that holds the shipped record."""
    with TemporaryDirectory() as folder, Register(str(copyfile(shipped, Path(folder) / "r.db"))) as register:
        yield register


@settings(max_examples=10, deadline=None)
@given(fields=READINGS, data=st.data())
def test_the_case_does_not_depend_on_the_order_of_adding(
    make: Make, record: Case, shipped: Path, fields: list[dict[str, Any]], data: st.DataObject
) -> None:
    things: list[Reading | Case] = [
        make(f"report {number}", f"2016-08-{event['day']:02}", events=[event], url=event["page"])
        for number, event in enumerate(fields)
    ]
    things.append(record)
    digests = set()
    with copied(shipped) as register:
        register.add_many(thing for thing in things if not isinstance(thing, Case))
        digests.add(register.freeze("North Korea")[0].digest)
    with Register() as register:
        for thing in data.draw(st.permutations(things)):
            register.add_case(thing) if isinstance(thing, Case) else register.add(thing)
        digests.add(register.freeze("North Korea")[0].digest)
    assert len(digests) == 1


@settings(max_examples=10, deadline=None)
@given(fields=READINGS, day=st.integers(1, 28))
def test_a_view_of_a_day_does_not_change_when_later_reports_come_in(
    make: Make, shipped: Path, fields: list[dict[str, Any]], day: int
) -> None:
    as_of = date(2016, 8, day)
    readings = [
        make(f"report {n}", f"2016-08-{event['day']:02}", events=[event], url=event["page"])
        for n, event in enumerate(fields)
    ]
    known = [reading for reading in readings if reading.report.published and reading.report.published <= as_of]
    digests = set()
    with copied(shipped) as register:
        for come_in in (known, readings):
            register.add_many(come_in)
            digests.add(register.freeze("North Korea", as_of=as_of)[0].digest)
    assert len(digests) == 1


def test_all_orders_of_three_conflicting_reports_give_one_case(make: Make, shipped: Path) -> None:
    event = {"person": "Han Ryong-su", "post_place": "Hanoi"}
    readings = [
        make("a", "2016-08-11", events=[{**event, "when": "2016-07"}]),
        make("b", "2016-08-11", events=[{**event, "when": "2016-08", "person": "Han Ryong Su"}]),
        make("c", "2016-08-11", events=[{**event, "when": "2016-08-10", "destination": "Japan"}]),
    ]
    digests = set()
    for order in permutations(readings):
        with copied(shipped) as register:
            for reading in order:
                register.add(reading)
            digests.add(register.freeze("North Korea")[0].digest)
    assert len(digests) == 1


def test_what_is_said_of_a_person_stands_side_by_side_with_its_quotes(held: Register, make: Make) -> None:
    for number, role in enumerate(("consul", "minister", "minister")):
        persons = [{"name": "Tae Yong Ho", "role": role}]
        held.add(make(f"report {number}", f"2016-08-1{number}", persons=persons, events=[THAE], publisher=f"p{number}"))
    claims = held.conflicts("thae-yong-ho")
    roles = [claim for claim in claims if claim.field == "role"]
    assert [(claim.value, claim.rank, claim.origins) for claim in roles] == [
        ("minister", "preferred", 2),
        ("consul", "normal", 1),
    ]
    assert all(claim.quotes and claim.statements for claim in roles)
    assert next(claim for claim in claims if claim.field == "name").value == "Thae Yong-ho"
    with pytest.raises(InputError, match="no event or person"):
        held.conflicts("nobody")


def seen(make: Make, words: str, retrieved: str | None, event: dict[str, Any] | None, url: str = "https://e.org/1") -> Reading:  # fmt: skip
    """A version of a page, printed on 11 August and fetched on a day."""
    made = make(words, "2016-08-11", events=[event] if event else [], url=url, publisher="A")
    day = date.fromisoformat(retrieved) if retrieved else None
    report = replace(made.report, retrieved=day)
    return Reading.of(report, made.statements)


def test_a_changed_page_is_a_new_version_of_one_source(held: Register, record: Case, make: Make) -> None:
    event = {"person": "Han Ryong-su", "post_place": "Hanoi", "when": "2016-08-10", "destination": "Japan"}
    first = seen(make, "He is in Japan.", "2016-08-11", event)
    second = seen(make, "He is in France.", "2016-08-20", {**event, "destination": "France"}, "http://www.e.org/1/")
    for reading in (second, first):
        held.add(reading)
    early, _ = held.freeze("North Korea", as_of=date(2016, 8, 15))
    late, problems = held.freeze("North Korea", as_of=date(2016, 8, 21))
    (was,), (now,) = new_events(early, record), new_events(late, record)
    assert (was.destination, now.destination, now.conflict) == ("Japan", "France", "")
    assert now.confidence is Confidence.LOW
    assert any("earlier version of a page" in problem.message for problem in problems)
    claims = [claim for claim in held.conflicts(now.id) if claim.field == "destination"]
    assert [(claim.value, claim.rank) for claim in claims] == [("France", "preferred"), ("Japan", "deprecated")]


def test_what_a_page_takes_back_is_no_longer_used_and_what_it_adds_is_known_from_then(
    held: Register, record: Case, make: Make
) -> None:
    event = {"person": "Han Ryong-su", "post_place": "Hanoi", "when": "2016-08-10"}
    held.add(seen(make, "He has left.", "2016-08-11", event))
    held.add(seen(make, "There is nothing in it.", "2016-08-20", None))
    held.add(seen(make, "Nothing yet.", "2016-08-11", None, "https://e.org/2"))
    held.add(seen(make, "Another has left.", "2016-08-20", {**event, "person": "Mun Se-gwang"}, "https://e.org/2"))
    by_day = {day: new_events(held.freeze("North Korea", as_of=date(2016, 8, day))[0], record) for day in (12, 21)}
    assert [event.reported.edtf() for event in by_day[12]] == ["2016-08-11"]
    assert [event.reported.edtf() for event in by_day[21]] == ["2016-08-20"]


def test_versions_of_which_nobody_knows_which_is_later_both_stand(held: Register, record: Case, make: Make) -> None:
    event = {"person": "Han Ryong-su", "post_place": "Hanoi", "when": "2016-08-10", "destination": "Japan"}
    held.add(seen(make, "He is in Japan.", None, event))
    held.add(seen(make, "He is in France.", None, {**event, "destination": "France"}))
    (new,) = new_events(held.freeze("North Korea")[0], record)
    assert new.conflict == "destination: France or Japan"
    assert new.confidence is Confidence.LOW
