from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.case import Case, shipped_case
from ostraka.dates import When
from ostraka.errors import InputError, RegisterError
from ostraka.model import Judgement, Verdict
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.judgements import decide

Make = Callable[..., Reading]
KWANG_JIN = {
    "kind": "appointment",
    "person": "Kim Kwang-jin",
    "role": "naval commander",
    "post_place": "Wonsan",
    "when": "2016-02",
}


@pytest.fixture
def clocked(record: Case) -> Iterator[Register]:
    tick = count()
    with Register(clock=lambda: f"2026-01-01T00:{next(tick):02}:00+00:00") as register:
        register.add_case(record)
        yield register


def doubt(register: Register) -> tuple[str, str]:
    (found,) = [item for item in register.queue("North Korea") if "Kim Kwang-jin" in item.b_label]
    return found.a, found.b


def test_a_doubt_is_settled_by_a_judgement_and_reopened_by_undoing_it(clocked: Register, make: Make) -> None:
    reading = make("x", events=[KWANG_JIN])
    clocked.add(reading)
    a, b = doubt(clocked)
    merge = clocked.judge(Judgement((a, b), Verdict.MERGE, "ana", "2026-01-02T00:00:00Z", "the same man"))
    assert [item for item in clocked.queue("North Korea") if b in {item.a, item.b}] == []
    (link,) = [link for link in clocked.links(reading.report.id) if link.kind == "person"]
    assert (link.target_id, link.verdict) == ("kim-kwang-jin", "same")
    clocked.undo(merge, by="ana", reason="I was wrong")
    assert doubt(clocked) == (a, b)


def test_a_pair_left_open_stays_in_the_queue_however_alike(clocked: Register, make: Make) -> None:
    reading = make("x", events=[{"person": "Tae Yong Ho", "post_place": "London", "when": "2016-08"}])
    clocked.add(reading)
    (link,) = [link for link in clocked.links(reading.report.id) if link.kind == "person"]
    assert link.verdict == "same"
    pair = (link.mention, link.target_id)
    merge = clocked.judge(Judgement(pair, Verdict.MERGE, "ana", "2026-01-02T00:00:00Z", "the same"))
    unsure = clocked.judge(Judgement(pair, Verdict.UNSURE, "ben", "2026-01-03T00:00:00Z", "no photograph"))
    (open_pair,) = [item for item in clocked.queue("North Korea") if link.mention in {item.a, item.b}]
    assert open_pair.why[-1] == "a judgement left it open"
    (now,) = [link for link in clocked.links(reading.report.id) if link.kind == "person"]
    assert now.verdict == "unsure"
    _, problems = clocked.freeze("North Korea")
    assert any("ana says merge, ben later says unsure" in problem.message for problem in problems)
    for made in (unsure, merge):
        clocked.undo(made, by="ben", reason="seen")
        assert [found.verdict for found in clocked.links(reading.report.id) if found.kind == "person"] == ["same"]


def test_only_a_judgement_can_be_undone(clocked: Register, make: Make) -> None:
    reading = make("x", events=[KWANG_JIN])
    clocked.add(reading)
    with pytest.raises(InputError, match="is no judgement"):
        clocked.undo(reading.statements[0].id, by="ana", reason="typed the wrong id")
    assert clocked.readings() == (reading,)


def test_the_later_judgement_holds_wherever_the_clocks_stood() -> None:
    seoul = Judgement(("st-1",), Verdict.REJECT, "ana", "2026-01-02T08:00:00+09:00", "a day before in UTC")
    london = Judgement(("st-1",), Verdict.ACCEPT, "ben", "2026-01-01T23:30:00Z", "half an hour later")
    assert decide([seoul, london]).verdicts["st-1"] == london


def test_a_split_keeps_apart_what_would_be_put_together(clocked: Register, make: Make) -> None:
    reading = make("x", events=[{"person": "Tae Yong Ho", "post_place": "London", "when": "2016-08"}])
    clocked.add(reading)
    (link,) = [link for link in clocked.links(reading.report.id) if link.kind == "person"]
    split = Judgement((link.mention, link.target_id), Verdict.SPLIT, "ana", "2026-01-02T00:00:00Z", "another man")
    clocked.judge(split)
    (link,) = [link for link in clocked.links(reading.report.id) if link.kind == "person"]
    assert link.verdict == "new"
    assert len(clocked.freeze("North Korea")[0].events) == len(shipped_case("North Korea").events) + 1


def test_events_are_merged_by_judgement(clocked: Register, make: Make) -> None:
    reading = make("x", events=[{"person": "an official", "named": False, "role": "official", "when": "2015"}])
    clocked.add(reading)
    (link,) = [link for link in clocked.links(reading.report.id) if link.kind == "event"]
    clocked.judge(Judgement((link.mention, "NK-2015-RGBCOLONEL"), Verdict.MERGE, "ana", "2026-01-02T00:00:00Z"))
    (link,) = [link for link in clocked.links(reading.report.id) if link.kind == "event"]
    assert (link.target_id, link.why) == ("NK-2015-RGBCOLONEL", ("a judgement says so",))


@pytest.mark.parametrize(
    ("pair", "fewer"),
    [(("NK-2014-MSSSENIOR", "NK-2015-MSSDIRECTOR"), (0, 1)), (("thae-yong-ho", "ri-il-kyu"), (1, 0))],
)
def test_two_rows_of_one_record_are_merged_by_judgement_and_told_apart_again(
    clocked: Register, record: Case, pair: tuple[str, str], fewer: tuple[int, int]
) -> None:
    made = clocked.judge(Judgement(pair, Verdict.MERGE, "ana", "2026-01-02T00:00:00Z", "one source says so"))
    case, _ = clocked.freeze("North Korea")
    assert (len(record.people) - len(case.people), len(record.events) - len(case.events)) == fewer
    before = {row.id: set(row.sources) for row in (*record.people, *record.events) if row.id in pair}  # type: ignore[attr-defined]
    after = [set(row.sources) for row in (*case.people, *case.events) if row.id in pair]  # type: ignore[attr-defined]
    assert after == [before[pair[0]] | before[pair[1]]]
    clocked.undo(made, by="ben", reason="it does not")
    assert clocked.freeze("North Korea")[0] == record


def test_nothing_of_two_regimes_is_merged_not_even_in_reports(clocked: Register, make: Make) -> None:
    clocked.add_case(shipped_case("Syria"))
    links = []
    for name, regime in (("Han Ryong-su", "North Korea"), ("Omar Nasser", "Syria")):
        reading = make(name, events=[{"person": name, "regime": regime, "when": "2016-08"}])
        clocked.add(reading)
        links.append(clocked.links(reading.report.id))
    for one, other in zip(*links, strict=True):
        with pytest.raises(InputError, match="two regimes"):
            clocked.judge(Judgement((one.mention, other.mention), Verdict.MERGE, "ana", "2026-01-02T00:00:00Z"))
    assert clocked.judgements() == ()


def test_a_corrected_statement_replaces_the_old_one_and_both_are_kept(clocked: Register, make: Make) -> None:
    reading = make("x", events=[{"person": "Han Ryong-su", "role": "consul", "when": "2016-08"}])
    clocked.add(reading)
    wrong = next(s for s in reading.statements if s.predicate == "role")
    new = clocked.correct(wrong.id, by="ana", reason="misread", object="counsellor")
    (now,) = clocked.readings()
    assert now.events[0].role == "counsellor"
    assert clocked.view(wrong.id)["about"][wrong.id]["content"]["object"] == "consul"
    assert (new.coder, new.span) == ("human: ana", wrong.span)
    (made,) = clocked.judgements()
    clocked.undo(made.id, by="ben", reason="it was right")
    assert {s.object for s in clocked.readings()[0].statements if s.predicate == "role"} == {"consul", "counsellor"}


def test_what_was_rejected_is_shown_with_who_rejected_it_and_why(clocked: Register, make: Make) -> None:
    reading = make("x", events=[{"person": "Han Ryong-su", "role": "consul", "when": "2016-08"}])
    clocked.add(reading)
    wrong = next(s for s in reading.statements if s.predicate == "role")
    clocked.correct(wrong.id, by="ana", reason="misread", object="counsellor")
    (event,) = [link.mention for link in clocked.links(reading.report.id) if link.kind == "event"]
    roles = [claim for claim in clocked.conflicts(event) if claim.field == "role"]
    assert [(claim.value, claim.rank) for claim in roles] == [("counsellor", "preferred"), ("consul", "deprecated")]
    assert roles[1].reason.startswith("rejected by ana: misread")
    assert roles[1].statements == (wrong.id,)


def test_a_date_can_be_corrected(clocked: Register, make: Make) -> None:
    reading = make("x", events=[{"person": "Han Ryong-su", "when": "2016-08"}])
    clocked.add(reading)
    clocked.correct(reading.events[0].statement.id, by="ana", reason="July in the text", when=When.parse("2016-07"))
    assert clocked.readings()[0].events[0].when.edtf() == "2016-07"


def test_a_stale_view_is_refused_and_a_fresh_one_accepted(clocked: Register, make: Make) -> None:
    reading = make("x", events=[KWANG_JIN])
    clocked.add(reading)
    target = reading.statements[0].id
    seen = clocked.view(target)["sha256"]
    clocked.judge(Judgement((target,), Verdict.ACCEPT, "ben", "2026-01-02T00:00:00Z"), saw=seen)
    late = Judgement((target,), Verdict.REJECT, "ana", "2026-01-03T00:00:00Z")
    with pytest.raises(RegisterError, match="changed after it was looked at"):
        clocked.judge(late, saw=seen)
    clocked.judge(late, saw=clocked.view(target)["sha256"])
    assert len(clocked.judgements()) == 2


def test_contradictory_judgements_of_two_people_are_shown(clocked: Register, make: Make) -> None:
    reading = make("x", events=[KWANG_JIN])
    clocked.add(reading)
    a, b = doubt(clocked)
    clocked.judge(Judgement((a, b), Verdict.MERGE, "ana", "2026-01-02T00:00:00Z"))
    clocked.judge(Judgement((b, a), Verdict.SPLIT, "ben", "2026-01-03T00:00:00Z"))
    _, problems = clocked.freeze("North Korea")
    assert any("ana says merge, ben later says split" in problem.message for problem in problems)


def test_a_merge_that_a_split_forbids_is_refused_and_said(clocked: Register, make: Make) -> None:
    readings = [make(f"r{number}", events=[{**KWANG_JIN, "person": "Kim Kwang-jin"}]) for number in range(2)]
    mentions = []
    for reading in readings:
        clocked.add(reading)
        mentions += [link.mention for link in clocked.links(reading.report.id) if link.kind == "person"]
    one, other = mentions
    clocked.judge(Judgement(("kim-kwang-jin", one), Verdict.SPLIT, "ana", "2026-01-02T00:00:00Z"))
    clocked.judge(Judgement((one, other), Verdict.MERGE, "ana", "2026-01-03T00:00:00Z"))
    clocked.judge(Judgement((other, "kim-kwang-jin"), Verdict.MERGE, "ana", "2026-01-04T00:00:00Z"))
    _, problems = clocked.freeze("North Korea")
    assert any("cannot be merged" in problem.message for problem in problems)


def test_merges_in_a_circle_are_one_person(clocked: Register, make: Make) -> None:
    names = ["Han Ryong-su", "Mun Se-gwang", "Sin Sang-ok"]
    mentions = []
    for number, name in enumerate(names):
        reading = make(f"r{number}", events=[{"person": name, "when": "2016-08", "post_place": "Lima"}])
        clocked.add(reading)
        mentions += [link.mention for link in clocked.links(reading.report.id) if link.kind == "person"]
    for number in range(3):
        pair = (mentions[number], mentions[(number + 1) % 3])
        clocked.judge(Judgement(pair, Verdict.MERGE, "ana", f"2026-01-0{number + 1}T00:00:00Z"))
    case, _ = clocked.freeze("North Korea")
    assert sum(event.note.startswith("from report") for event in case.events) == 1


def test_what_is_no_moment_or_no_pair_of_persons_is_refused(clocked: Register, make: Make) -> None:
    reading = make("x", events=[KWANG_JIN])
    clocked.add(reading)
    one, other = (said.id for said in reading.statements[:2])
    with pytest.raises(InputError, match="no moment"):
        clocked.judge(Judgement((one,), Verdict.ACCEPT, "ana", "yesterday"))
    with pytest.raises(InputError, match="not of statements"):
        clocked.judge(Judgement((one, other), Verdict.MERGE, "ana", "2026-01-02T00:00:00Z"))
    with pytest.raises(InputError, match="says something"):
        clocked.correct(one, by="ana", reason="wrong", object=" ")
    assert clocked.judgements() == ()


@pytest.mark.parametrize(
    ("about", "verdict", "message"),
    [
        (("st-nothing",), Verdict.ACCEPT, "no such statement"),
        (("kim-kwang-jin", "kim-kwang-jin"), Verdict.MERGE, "two different ids"),
        (("kim-kwang-jin", "nobody"), Verdict.MERGE, "neither a statement"),
        (("kim-kwang-jin", "NK-2016-BULGARIA"), Verdict.MERGE, "is a person"),
        (("kim-kwang-jin", "riyad-hijab"), Verdict.MERGE, "two regimes"),
        (("kim-kwang-jin", "riyad-hijab", "ri-gang"), Verdict.SPLIT, "two different ids"),
    ],
)
def test_judgements_that_make_no_sense_are_refused(
    clocked: Register, about: tuple[str, ...], verdict: Verdict, message: str
) -> None:
    clocked.add_case(shipped_case("Syria"))
    with pytest.raises(InputError, match=message):
        clocked.judge(Judgement(about, verdict, "ana", "2026-01-02T00:00:00Z"))
    assert clocked.judgements() == ()


JUDGEMENTS = st.lists(
    st.builds(
        Judgement,
        about=st.sampled_from([("st-1",), ("st-2",)]),
        verdict=st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE]),
        by=st.sampled_from(["ana", "ben"]),
        at=st.sampled_from([f"2026-01-0{day}T00:00:00Z" for day in range(1, 6)]),
    ),
    max_size=8,
)


@given(made=JUDGEMENTS, data=st.data())
def test_the_state_does_not_depend_on_the_order_of_judgements(made: list[Judgement], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(made))
    assert decide(made).verdicts == decide(shuffled).verdicts


@given(made=JUDGEMENTS)
def test_undoing_the_last_judgement_gives_the_state_before_it(made: list[Judgement]) -> None:
    last = Judgement(("st-1",), Verdict.REJECT, "ana", "2026-02-01T00:00:00Z")
    back = Judgement((last.id,), Verdict.REJECT, "ana", "2026-02-02T00:00:00Z")
    assert decide([*made, last, back]).verdicts == decide(made).verdicts


def test_an_event_is_not_corrected_into_a_kind_that_there_is_not(held: Register, make: Make) -> None:
    reading = make("a", events=[{"person": "Han Ryong-su", "when": "2016-08"}])
    held.add(reading)
    before = held.head()
    with pytest.raises(InputError, match="the type of an event is one of"):
        held.correct(reading.events[0].statement.id, by="ana", reason="wrong", object="a fall from grace")
    assert held.head() == before
    held.correct(reading.events[0].statement.id, by="ana", reason="wrong", object="purge")
    assert [str(event.kind) for event in held.readings()[0].events] == ["purge"]


def test_a_report_corrected_to_another_regime_is_in_the_case_of_that_one(held: Register, make: Make) -> None:
    reading = make("a", events=[{"person": "Han Ryong-su", "when": "2016-08", "regime": "Syria"}])
    held.add(reading)
    said = next(said for said in reading.statements if said.predicate == "origin_regime")
    held.correct(said.id, by="ana", reason="misread", object="North Korea")
    assert any(event.id.startswith("ev-") for event in held.freeze("North Korea")[0].events)
    assert held.verify() == ()
