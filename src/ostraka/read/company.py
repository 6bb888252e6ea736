"""Where somebody went, who went along, who stayed behind, how many they were."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.found import Field, Found, span_of
from ostraka.read.noun import Noun, join
from ostraka.read.places import Place, PlaceKind, country_name
from ostraka.read.scene import Sentence
from ostraka.read.triggers import Trigger

_AFTER_TO = frozenset({"to", "into", "toward", "for", "reached"})
_STOPS = frozenset({";", "said", "says", "who", "according"})


def destination(story: Coreference, clause: Clause, event: Found) -> Field | None:
    """Where somebody went: the first place after "to" that is not the regime's own; home for a recall."""
    home = story.profile(event.label).country or story.regime
    if event.kind is EventKind.RECALL:
        return country_name(home), event.words
    if event.kind is not EventKind.DEFECTION:
        return None
    sentence = event.sentence
    first, stop = _reach(sentence, clause)
    mission: Field | None = None
    for noun in sentence.nouns:
        if noun.j <= first or noun.i >= stop or noun.kind not in {"place", "org"}:
            continue
        entered = _mission(sentence, noun, home) if _enters(clause, sentence) else None
        if entered is not None:
            return entered
        place = noun.place
        if place is None or place.country == home or place.kind is PlaceKind.DEMONYM:
            mission = mission or _mission(sentence, noun, home)
        elif _is_goal(sentence, clause, noun):
            return _place_name(place), span_of(sentence, noun.i, noun.j)
    arrives = clause.trigger.rule.needs == "flight" and clause.trigger.rule.verb in {"arrive", "come"}
    return (country_name("KR"), event.words) if mission is None and arrives and home == "KP" else mission


_THERE = frozenset(
    {"is", "are", "was", "be", "been", "lives", "live", "living", "arrived", "appeared", "surfaced", "stays", "landed"}
)


def _is_there(before: list[str]) -> bool:
    """Whether the words before a place say that somebody is there: "is in", "is believed to be in", "lives in"."""
    if before[-1:] not in (["in"], ["to"]):
        return before[-1:] == ["reached"]
    return bool(_THERE & set(before[-4:-1])) if before[-1] == "in" else "fled" in before[-3:]


LATER = 3
"""Sentences after an event in which "he is in Qatar" tells where it led."""


def later_destination(story: Coreference, event: Found) -> Field | None:
    """Where somebody is said to be now, abroad: "both are in Qatar", "she is now in Panama"."""
    home = story.profile(event.label).country or story.regime
    for sentence in story.scene.sentences[event.sentence.ix : event.sentence.ix + LATER]:
        for noun in sentence.nouns:
            here = _is_there(sentence.lows(noun.i - 6, noun.i))
            place = noun.place if noun.kind == "place" else None
            if here and place is not None and place.country not in {"", home}:
                holders = [other for other in sentence.nouns if other.j <= noun.i and other.is_person]
                if holders and (holders[-1].label == event.label or holders[-1].text == "all of them"):
                    return _place_name(place), span_of(sentence, noun.i, noun.j)
    return None


def _reach(sentence: Sentence, clause: Clause) -> tuple[int, int]:
    """The words among which the destination of a verb stands."""
    tokens, trigger = sentence.tokens, clause.trigger
    stop = next((k for k in range(trigger.j, len(tokens)) if tokens[k].low in _STOPS), len(tokens))
    before = {"to"} & set(sentence.lows(trigger.i - 1, trigger.i))
    early = "way" in clause.chain or before or "for" in sentence.lows(trigger.i, trigger.j)
    return (max(0, clause.start - 4) if early else trigger.i), stop


_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})


def _enters(clause: Clause, sentence: Sentence) -> bool:
    """Whether the verb leads into a mission: "walked into the South Korean consulate"."""
    return not _MISSIONS.isdisjoint(sentence.lows(clause.trigger.i, clause.trigger.j))


def _mission(sentence: Sentence, noun: Noun, home: str) -> Field | None:
    """The state whose embassy somebody went to."""
    if noun.kind == "org" and noun.country not in {"", home} and _MISSIONS & set(noun.text.lower().split()):
        return country_name(noun.country), span_of(sentence, noun.i, noun.j)
    return None


def _is_goal(sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether a place is where the verb leads, by the preposition before it."""
    trigger = clause.trigger
    before = sentence.lows(noun.i - 1, noun.i)
    if before in (["the"], ["a"], ["neighbouring"], ["neighboring"], ["nearby"]):
        before = sentence.lows(noun.i - 2, noun.i - 1)
    words = set(sentence.lows(trigger.i, trigger.j))
    preposition = before[0] if before else ""
    if preposition in _AFTER_TO:
        return True
    if {"asylum", "refuge"} & words:
        return preposition in {"in", "at"} or trigger.i <= noun.i <= trigger.j
    reached = trigger.rule.verb == "reach" and noun.i <= trigger.i + 2
    lands = preposition == "at" and trigger.rule.verb == "land"
    return reached or lands or (preposition == "in" and trigger.rule.needs in {"flight", "abroad"})


def _place_name(place: Place) -> str:
    """The country of a city; a region by its own name."""
    return place.name if place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION} else country_name(place.country)


def company_of(clause: Clause) -> list[Noun]:
    """Kin among the subjects, who go along with the first."""
    if len(clause.subjects) < 2:
        return []
    first = clause.subjects[0]
    return [
        noun
        for noun in clause.subjects[1:]
        if noun.kind == "kin" and noun.det in {"his", "her", "their"} and first.kind != "kin"
    ]


def family_of(sentence: Sentence, clause: Clause, noun: Noun) -> Field | None:
    """Such as "with his wife and two sons", or kin among the subjects."""
    tokens, trigger = sentence.tokens, clause.trigger
    company = company_of(clause)
    if company:
        return join(tokens[company[0].i : company[-1].j]), span_of(sentence, company[0].i, company[-1].j)
    for start in range(noun.i, len(tokens) - 1):
        low = tokens[start].low
        if low not in {"with", "alongside", "accompanied", "by", "and"} or start < clause.start - 12:
            continue
        if low == "by" and tokens[start - 1].low != "accompanied":
            continue
        first = next((other for other in sentence.nouns if other.i == start + 1), None)
        if (
            first is None
            or not (
                first.kind == "kin"
                or (
                    low != "and"
                    and first.plural
                    and first.low is not None
                    and start > trigger.i
                    and trigger.rule.kind is EventKind.DEFECTION
                )
            )
            or (low == "and" and start < trigger.i and first.det not in {"his", "her", "their"})
        ):
            continue
        if low == "and" and first.det not in {"his", "her", "their"}:
            continue
        stop = _past_name(sentence, first.j)
        for other in sentence.nouns:
            gap = sentence.lows(stop, other.i) if other.i >= stop else ["-"]
            if (other.kind == "kin" and gap in ([], ["and"], [","], [",", "and"], ["and", "a"])) or (
                other.kind in {"role", "person"} and gap in ([], ["and"])
            ):
                stop = _past_name(sentence, other.j)
        return join(tokens[start + 1 : stop]), span_of(sentence, start + 1, stop)
    return None


def _past_name(sentence: Sentence, at: int) -> int:
    """Over one capitalised word after a kin word: "his wife Rula"."""
    named = at < len(sentence.tokens) and sentence.tokens[at].text[0].isupper()
    return at + 1 if named and not any(noun.i == at for noun in sentence.nouns) else at


def kin_left(sentence: Sentence, trigger: Trigger) -> Field | None:
    """Such as "leaving behind his children", "his parents stayed in Pyongyang"."""
    for noun in sentence.nouns:
        if noun.kind != "kin":
            continue
        before = sentence.lows(max(0, noun.i - 3), noun.i)
        after = sentence.lows(noun.j, noun.j + 2)
        if ({"leaving", "left"} & set(before) and noun.i > trigger.i) or {
            "remain",
            "remained",
            "stayed",
            "behind",
        } & set(after):
            return join(sentence.tokens[noun.i : noun.j]), span_of(sentence, noun.i, noun.j)
    return None


def number_of(sentence: Sentence, noun: Noun) -> Field:
    """How many a group is: "8", or "2+" where the report does not say."""
    low = noun.low
    text = f"{int(low)}" if low is not None else "2+"
    return text, span_of(sentence, noun.i, noun.j)
