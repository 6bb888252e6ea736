"""What the rules read of an event against where the scorer points, and the mission of an envoy of whom role and place are told."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read.coreference import Coreference
from ostraka.read.events import find_events
from ostraka.read.found import Field, Found
from ostraka.read.scene import lay_out
from ostraka.read.settled import settle


def told(fields: dict[str, str], at: int = 0) -> dict[str, Field]:
    """Fields as read, their words somewhere."""
    return {name: (value, (at, at + len(value))) for name, value in fields.items()}


def settled(rules: dict[str, str], offered: dict[str, str] | None = None, share: float = 0.95) -> dict[str, str]:
    """The fields of a flight from North Korea, of those of the rules and those that the scorer offers."""
    story = Coreference(lay_out(Report("Pak Myong-il of North Korea fled.", published=date(2019, 8, 1), lang="en")))
    event: Found = find_events(story)[0]
    event.offered = told(offered or {}, at=100)
    event.shares = dict.fromkeys(event.offered, share)
    return {name: value for name, (value, _) in settle(story, event, told(rules)).items()}


@pytest.mark.parametrize(("share", "body"), [(0.95, "air force"), (0.6, "army")])
def test_other_words_are_taken_where_the_scorer_is_sure(share: float, body: str) -> None:
    assert settled({"organisation": "army"}, {"organisation": "air force"}, share) == {"organisation": body}


def test_the_same_in_other_words_stays_as_the_rules_say_it() -> None:
    assert settled({"role": "deputy oil minister"}, {"role": "oil minister"})["role"] == "deputy oil minister"


def test_who_went_along_is_taken_for_want_of_others() -> None:
    assert settled({}, {"family_with": "wife"}, 0.7) == {"family_with": "wife"}
    assert settled({"family_with": "wife"}, {"family_with": "driver"}, 0.7) == {"family_with": "wife"}


def test_an_embassy_by_its_host_stands() -> None:
    house = {"organisation": "embassy in Italy"}
    assert settled(house, {"organisation": "foreign ministry"}) == house


def test_words_that_tell_no_role_are_no_role() -> None:
    assert settled({"role": "general"}, {"role": "armed forces"})["role"] == "general"


def test_the_body_of_a_role_goes_with_it() -> None:
    fields = settled({"role": "army colonel", "organisation": "army"}, {"role": "foreign minister"})
    assert fields == {"role": "foreign minister", "organisation": "foreign ministry"}


TWO = "Pak Myong-il of North Korea fled with Kim Chol-ho, head of the supply bureau. His deputy Ri Il-nam stayed."


def settled_of(text: str, role: str, body: str, rules: dict[str, str], share: float) -> dict[str, str]:
    """The fields of the first event of a text, where the scorer points at a role and a body in its words."""
    story = Coreference(lay_out(Report(text, published=date(2019, 8, 1), lang="en")))
    event = find_events(story)[0]
    event.offered = {
        name: at for name, value in (("role", role), ("organisation", body)) for at in [_at(text, value)] if value
    }
    event.shares = dict.fromkeys(event.offered, share)
    words = {name: _at(text, value) if value in text else (value, (0, 1)) for name, value in rules.items()}
    return {name: value for name, (value, _) in settle(story, event, words).items()}


def _at(text: str, value: str) -> Field:
    return value, (text.find(value), text.find(value) + len(value))


@pytest.mark.parametrize(
    ("role", "rules", "share", "body"),
    [
        ("", {"role": "consul"}, 0.7, None),
        ("", {"role": "consul"}, 0.9, "supply bureau"),
        ("head of the supply bureau", {}, 0.7, "supply bureau"),
        ("", {"role": "consul", "organisation": "consulate"}, 0.95, "consulate"),
        ("", {"role": "captain", "organisation": "army"}, 0.95, "supply bureau"),
    ],
)
def test_the_body_of_another_is_not_his(role: str, rules: dict[str, str], share: float, body: str | None) -> None:
    assert settled_of(TWO, role, "supply bureau", rules, share).get("organisation") == body


def test_a_deputy_serves_where_his_superior_does() -> None:
    text = "North Korea has dismissed Kim Chol-ho, head of the supply bureau, and his deputy Ri Il-nam."
    story = Coreference(lay_out(Report(text, published=date(2019, 8, 1), lang="en")))
    [event] = [event for event in find_events(story) if event.label == "Ri Il-nam"]
    event.offered = {"organisation": _at(text, "supply bureau")}
    event.shares = {"organisation": 0.7}
    assert settle(story, event, {})["organisation"][0] == "supply bureau"


@pytest.mark.parametrize(
    ("body", "place", "other", "told"),
    [
        ("embassy in Peru", "Lima", "Moscow", "Lima"),
        ("mission to the United Nations", "New York", "London", "New York"),
        ("foreign ministry", "Lima", "Moscow", "Moscow"),
    ],
)
def test_the_place_of_the_body_stands(body: str, place: str, other: str, told: str) -> None:
    assert settled({"organisation": body, "post_place": place}, {"post_place": other})["post_place"] == told


@pytest.mark.parametrize(
    ("role", "body", "place"),
    [
        ("ambassador", "embassy in Peru", "Peru"),
        ("former ambassador", "embassy in Peru", None),
        ("guest", "bank", None),
    ],
)
def test_a_place_that_the_body_names_is_not_doubted(role: str, body: str, place: str | None) -> None:
    story = Coreference(lay_out(Report("Pak Myong-il of North Korea fled.", published=date(2019, 8, 1), lang="en")))
    event = find_events(story)[0]
    event.shares = {"post_place": 0.05}
    fields = settle(story, event, told({"role": role, "organisation": body, "post_place": "Peru"}))
    assert fields.get("post_place", (None,))[0] == place


@pytest.mark.parametrize(
    ("role", "place", "body"),
    [
        ("ambassador to Peru", "Peru", "embassy in Peru"),
        ("ambassador to the United Kingdom", "United Kingdom", "embassy in the United Kingdom"),
        ("consul in Sydney", "Sydney", "consulate in Sydney"),
        ("former ambassador to Peru", None, None),
        ("widow of the ambassador to Peru", None, None),
        ("ambassador", None, None),
    ],
)
def test_a_role_names_the_place_of_an_envoy(role: str, place: str | None, body: str | None) -> None:
    fields = settled({"role": role})
    assert (fields.get("post_place"), fields.get("organisation")) == (place, body)


@pytest.mark.parametrize(
    ("role", "place", "body"),
    [
        ("first secretary", "Lima", "embassy"),
        ("permanent representative", "Lima", "mission"),
        ("ambassador", "Geneva", "mission"),
        ("cook", "Lima", "mission"),
    ],
)
def test_the_mission_of_an_ambassador_is_an_embassy(role: str, place: str, body: str) -> None:
    assert settled({"role": role, "post_place": place, "organisation": "mission"})["organisation"] == body


@pytest.mark.parametrize(("share", "place"), [(0.05, None), (0.3, "Dandong")])
def test_a_place_of_which_the_scorer_sees_nothing_is_no_post(share: float, place: str | None) -> None:
    story = Coreference(lay_out(Report("Pak Myong-il of North Korea fled.", published=date(2019, 8, 1), lang="en")))
    event = find_events(story)[0]
    event.shares = {"post_place": share}
    assert settle(story, event, told({"post_place": "Dandong"})).get("post_place", (None,))[0] == place


@pytest.mark.parametrize(
    ("role", "place", "body"),
    [
        ("third secretary", "Lima", "embassy in Peru"),
        ("counsellor for trade", "London", "embassy in the United Kingdom"),
        ("vice consul", "Shenyang", "consulate in Shenyang"),
        ("deputy high commissioner", "Nairobi", "high commission in Nairobi"),
        ("permanent representative", "New York", "mission to the United Nations"),
        ("ambassador", "Pyongyang", None),
        ("ambassador", "the mountains", None),
        ("minister", "Lima", "embassy in Peru"),
        ("widow of the ambassador", "Lima", None),
        ("waiter", "Lima", None),
        ("captain", "Lima", "army"),
    ],
)
def test_an_envoy_serves_in_the_mission_of_his_place(role: str, place: str, body: str | None) -> None:
    assert settled({"role": role, "post_place": place}).get("organisation") == body
