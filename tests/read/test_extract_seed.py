"""What the reader must find in the text the project was born from; the text itself is not ours to ship."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ostraka.model import EventKind, Operator, Status
from ostraka.read import Reading, read_text


@pytest.fixture(scope="module")
def seed(shared: Path) -> Reading:
    path = shared / "seed" / "editorial.txt"
    if not path.is_file():
        pytest.skip("needs the seed text beside the checkout")
    reading, _ = read_text(path.read_text(encoding="utf-8"), published=date(2016, 8, 18))
    return reading


def test_the_diplomat_his_post_and_where_he_went(seed: Reading) -> None:
    [event] = [event for event in seed.events if event.person == "Thae Yong-ho"]
    assert event.kind is EventKind.DEFECTION
    assert event.status is Status.ASSERTED
    assert (event.post_place, event.origin_regime, event.destination) == ("London", "North Korea", "South Korea")
    assert "Embassy" in event.organisation
    assert "family" in event.family_with
    [person] = [person for person in seed.persons if person.name == "Thae Yong-ho"]
    assert "consul" in person.roles


def test_the_diplomat_of_the_embassy_in_bulgaria_is_an_event_of_its_own(seed: Reading) -> None:
    [event] = [event for event in seed.events if event.post_place == "Bulgaria"]
    assert event.kind is EventKind.DEFECTION
    assert event.role == "diplomat"
    assert not event.named
    assert event.when.earliest == date(2016, 2, 1)


def test_ties_of_the_diplomat_and_his_wife(seed: Reading) -> None:
    ties = {(tie.ego, tie.relation, tie.alter) for tie in seed.ties}
    assert ("Thae Byong-ryol", "father_of", "Thae Yong-ho") in ties
    assert ("Thae Byong-ryol", "comrade_of", "Kim Il Sung") in ties
    assert ("wife of Thae Yong-ho", "kin_of", "Oh Kum-chol") in ties
    assert ("Oh Kum-chol", "comrade_of", "Kim Il Sung") in ties
    assert ("father of wife of Thae Yong-ho", "father_of", "wife of Thae Yong-ho") in ties


def test_ranks_and_the_past_of_both_fathers(seed: Reading) -> None:
    by_label = {person.label: person for person in seed.persons}
    assert "four-star general" in by_label["Thae Byong-ryol"].roles
    assert "independence fighter" in by_label["Thae Byong-ryol"].roles
    assert "independence fighter" in by_label["father of wife of Thae Yong-ho"].roles
    assert "Gen." in by_label["Oh Kum-chol"].titles


def test_both_number_claims(seed: Reading) -> None:
    claims = {claim.operator: claim for claim in seed.claims}
    at_least = claims[Operator.AT_LEAST]
    assert (at_least.low, at_least.high, at_least.period.earliest) == (5, None, date(2016, 2, 1))
    rate = claims[Operator.LESS_THAN]
    assert (rate.low, rate.high, rate.per) == (None, 1, "year")


def test_motives_for_and_against(seed: Reading) -> None:
    motives = {(said.predicate, said.object) for said in seed.statements if said.kind == "motive"}
    assert {("for", "political_disillusion"), ("not", "economic"), ("for", "children_future")} <= motives
    assert ("for", "economic") not in motives


def test_the_two_sons_and_what_each_did(seed: Reading) -> None:
    deeds = {said.subject: said.object for said in seed.statements if said.predicate == "deed"}
    assert "graduated" in deeds["first son of Thae Yong-ho"]
    assert "enter" in deeds["second son of Thae Yong-ho"]


def test_the_policy_of_calling_diplomats_home(seed: Reading) -> None:
    [policy] = [said for said in seed.statements if said.kind == "policy" and said.predicate == "recall"]
    assert policy.status is Status.PLANNED
    assert "diplomats" in policy.object


def test_the_succession_of_2011(seed: Reading) -> None:
    [event] = [event for event in seed.events if event.kind is EventKind.SUCCESSION]
    assert event.person == "Kim Jong-il"
    assert event.when.edtf() == "2011"


def test_every_statement_quotes_the_text_and_is_signed(seed: Reading) -> None:
    for said in seed.statements:
        assert seed.report.text[said.span.start : said.span.end] == said.span.quote
        assert said.coder.startswith("reader ")
        assert said.codebook
