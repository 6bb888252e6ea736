from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.case import Case
from ostraka.model import Claim, Operator, Report, Statement
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.clusters import Clusters, Pair, join_all
from ostraka.register.copies import origins, share_copied
from ostraka.register.likeness import Answer, Likeness
from ostraka.register.places import compare_places, find_place
from ostraka.register.posts import Post, sector_of, tier_of
from ostraka.register.rows import content_of, statement_row, to_statement

Make = Callable[..., Reading]
WIRE = (
    "The minister at the embassy in London has come to the South with his wife and his sons, the ministry of "
    "unification said on Wednesday, naming as his motives his disgust with the regime and the future of his children."
)


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        ("Havana", "embassy in Cuba", "country"),
        ("British Embassy in London", "런던", "country"),
        ("London", "west London", "city"),
        ("St Petersburg", "Vladivostok", "different"),
        ("Hanoi", "Southeast Asia (country not named)", "region"),
        ("an African country", "Africa (country not named)", "regions"),
        ("Hong Kong", "China", "country"),
        ("Hong Kong", "Chinese-speaking country (not named)", "region"),
        ("South Africa", "Africa", "region"),
        ("Guinea-Bissau", "Guinea", "different"),
        ("", "Cuba", "unknown"),
        ("nowhere in particular", "Cuba", "unknown"),
        ("Chadwick, of the xOman", "Chad", "unknown"),
        ("the U.K. mission", "(United Kingdom)", "country"),
    ],
)
def test_places_are_compared_as_reports_name_them(a: str, b: str, how: str) -> None:
    assert compare_places(find_place(a), find_place(b)) == compare_places(find_place(b), find_place(a)) == how


def test_the_regimes_own_country_is_not_where_a_mission_stands() -> None:
    assert Post("diplomat", "North Korean embassy in Bulgaria", "", "North Korea").where.countries == {"Bulgaria"}
    assert not Post("general", "Korean People's Army", "North Korea", "DPRK").where


@pytest.mark.parametrize(
    ("role", "sector", "tier"),
    [
        ("ambassador to Egypt", "diplomatic", 2),
        ("third secretary", "diplomatic", 4),
        ("deputy ambassador", "diplomatic", 2),
        ("colonel", "military", 3),
        ("prime minister", "", 1),
        ("wife of a trade representative", "family", 4),
        ("poet", "", None),
    ],
)
def test_roles_have_sectors_and_tiers(role: str, sector: str, tier: int | None) -> None:
    assert (sector_of(role), tier_of(role)) == (sector, tier)


def test_wire_copy_is_one_voice_and_two_accounts_are_two() -> None:
    first = Report(WIRE, publisher="Wire", published=date(2016, 8, 17))
    copy = Report(f"SEOUL (Reuters) - {WIRE} He was number two there.", publisher="Paper", published=date(2016, 8, 18))
    other = Report("A colonel of the guards has left by the river, a missionary in the border town told us at night.")
    assert share_copied(first, copy) == 1.0
    assert origins([copy, other, first]) == {first.id: first.id, copy.id: first.id, other.id: other.id}


def test_copy_that_an_editor_went_over_is_still_copy() -> None:
    words = f"{WIRE} A defector who knew him at the academy said that the post had been a reward.".split()
    edited = " ".join(word if place % 10 else "else" for place, word in enumerate(words, 1))
    first, copy = Report(" ".join(words)), Report(edited)
    assert 0.3 < share_copied(first, copy) < 0.6
    assert set(origins([first, copy]).values()) == {min(first.id, copy.id)}


def test_republished_copy_does_not_raise_confidence(held: Register, make: Make, record: Case) -> None:
    event = {"person": "Han Ryong-su", "post_place": "Hanoi", "when": "2016-08-10"}
    for number in range(3):
        held.add(make(f"{WIRE} ({number})", f"2016-08-1{number + 1}", events=[event], publisher=f"paper {number}"))
    case, _ = held.freeze("North Korea")
    (new,) = [event for event in case.events if event.id not in {row.id for row in record.events}]
    assert (str(new.confidence), len(new.sources)) == ("low", 3)


PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), st.floats(0, 9)).filter(lambda p: p[0] < p[1]),
    max_size=15,
)


@given(pairs=PAIRS, never=st.sets(st.sampled_from("abcdefg"), max_size=2), data=st.data())
def test_clusters_do_not_depend_on_the_order_of_pairs(
    pairs: list[tuple[str, str, float]], never: set[str], data: st.DataObject
) -> None:
    results = []
    for order in (pairs, data.draw(st.permutations(pairs))):
        clusters = Clusters("abcdefg", lambda item: "record" if item in never else None)
        join_all(clusters, [Pair(a, b, Likeness(Answer.SAME, score, ())) for a, b, score in order])
        results.append(clusters.groups())
        roots = [clusters.find(item) for item in never]
        assert len(set(roots)) == len(roots)
    assert results[0] == results[1]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@given(subject=TEXT, value=TEXT, low=st.none() | st.floats(allow_nan=False, allow_infinity=False), claim=st.booleans())
def test_a_statement_comes_back_from_its_row_and_keeps_its_id(
    subject: str, value: str, low: float | None, claim: bool
) -> None:
    report = Report("At least five have left.")
    span = report.quote(0, 13)
    made = (
        Claim(span, "claim", subject, "number", value, low=low, operator=Operator.AT_LEAST, per="year")
        if claim
        else Statement(span, "person", subject, "name", value)
    )
    assert to_statement(statement_row(made), report.text) == made
    assert content_of(made) == made.id


def test_the_same_report_under_two_titles_gives_one_answer_in_either_order(make: Make) -> None:
    report = Report("x", title="One", retrieved=date(2020, 1, 2))
    other = Report("x", title="Two", retrieved=date(2020, 1, 1))
    assert report.id == other.id
    titles = set()
    for order in ((report, other), (other, report)):
        with Register() as register:
            for item in order:
                register.add(Reading.of(item, []))
            titles.add(register.readings()[0].report.title)
    assert titles == {"Two"}


def test_a_group_told_beside_its_members_is_not_counted(held: Register, record: Case, make: Make) -> None:
    group = {"person": "two officials", "named": False, "role": "officials", "number": "2", "when": "2016-05"}
    one = {"person": "a colonel", "named": False, "role": "colonel", "post_place": "Lima", "when": "2016-05"}
    two = {"person": "Mun Se-gwang", "role": "clerk", "post_place": "Quito", "when": "2016-05"}
    held.add(make("Two have left.", events=[group, one, two]))
    case, _ = held.freeze("North Korea")
    new = {event.role: event.counted for event in case.events if event.id not in {row.id for row in record.events}}
    assert new == {"officials": False, "colonel": True, "clerk": True}


def test_what_may_be_a_row_of_the_record_is_not_counted_until_judged(held: Register, record: Case, make: Make) -> None:
    event = {
        "person": "an officer",
        "named": False,
        "role": "officer",
        "when": "2015",
        "organisation": "Ministry of State Security",
    }
    held.add(make("He left.", events=[event]))
    case, problems = held.freeze("North Korea")
    (new,) = [event for event in case.events if event.id not in {row.id for row in record.events}]
    assert not new.counted
    assert new.may_be
    assert any("judge whether they are one" in problem.message for problem in problems)
