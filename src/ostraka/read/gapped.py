"""Deeds whose verb is told once: "X went home on Monday, and Y, ambassador to Sweden, last Friday", "X fled to Paris, Y to Rome"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ostraka.model import EventKind, Status
from ostraka.read import gate
from ostraka.read.coreference import Coreference
from ostraka.read.dating import event_time
from ostraka.read.found import Found
from ostraka.read.lists import listed_clause, listed_event
from ostraka.read.noun import Noun
from ostraka.read.scene import Dated, Sentence
from ostraka.read.triggers import find_triggers

_JOINS = frozenset({",", ";", "and", "but", "while"})
_CLOSES = frozenset({",", ".", ";", "and", ")", "while", "but"})
_WAY = frozenset({"to", "from", "in"})


def gapped(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Events of those who stand beside a date or a way of their own after the verb of another one.

    Parameters
    ----------
    story : Coreference
    sentence : Sentence
    found : list of Found
        Events told so far; those of this sentence have the verb.
    """
    told = [event for event in found if event.sentence is sentence and event.number is None]
    if not told:
        return
    yield from _from_elsewhere(story, sentence, told[-1])
    verb, known = told[-1], {event.label for event in told}
    after = [trigger.i for trigger in find_triggers(sentence)]
    for noun in sentence.nouns:
        if noun.kind != "person" or sentence.tokens[noun.i].start < verb.words[1] or noun.label in known:
            continue
        lead = min([noun.i, *(other.lead for other in sentence.nouns if other.same is noun and other.j <= noun.i)])
        end = _past_office(sentence, noun)
        dated = _own(sentence, end)
        office = verb.kind is EventKind.APPOINTMENT and _takes_office(sentence, noun)
        bare = dated is False and not office
        if sentence.low[lead - 1] not in _JOINS or bare or any(noun.j <= k < end + 3 for k in after):
            continue
        clause = listed_clause(verb.kind, lead, verb.status, sentence)
        if gate.admits(story, sentence, clause, noun):
            own = dated if isinstance(dated, Dated) else None
            event = listed_event(story, sentence, clause, noun, own)
            event.when = event.when if own else verb.when
            yield event


def _from_elsewhere(story: Coreference, sentence: Sentence, event: Found) -> Iterator[Found]:
    """The second time that a host sent somebody away: "expelled from Sweden in 1976, and from Russia in 1998"."""
    if event.kind is not EventKind.DISMISSAL or event.status is not Status.ASSERTED:
        return
    for place in sentence.nouns:
        after = place.kind == "place" and sentence.tokens[place.i].start > event.words[1]
        if not after or sentence.lows(place.i - 2, place.i) != ["and", "from"]:
            continue
        dated = next((row for row in sentence.dates if place.j <= row.i <= place.j + 1), None)
        if dated is not None:
            words = sentence.tokens[place.i - 1].start, sentence.tokens[place.j - 1].end
            when = event_time(story, dated, event.status)
            yield replace(event, when=when, words=words, order=words[0], actor=None, retold=[])


def _takes_office(sentence: Sentence, noun: Noun) -> bool:
    """Whether a bare office follows a name and ends the clause: "and Y finance minister"."""
    office = next((other for other in sentence.nouns if other.i == noun.j and other.kind == "role"), None)
    if office is None or office.det or office.role is None or not office.role.tier:
        return False
    after = sentence.lows(office.j, office.j + 1)
    return not after or after[0] in _CLOSES or any(row.i in {office.j, office.j + 1} for row in sentence.dates)


def _past_office(sentence: Sentence, noun: Noun) -> int:
    """Where a name with the office told after it ends, over the comma that closes the aside."""
    end = max([noun.j, *(other.j for other in sentence.nouns if other.same is noun)])
    return end + 1 if end > noun.j and sentence.lows(end, end + 1) == [","] else end


def _own(sentence: Sentence, end: int) -> Dated | bool:
    """The date that stands at a word, True for a way of one's own there, False for neither; nothing else may follow."""
    dated = next((row for row in sentence.dates if end <= row.i <= end + 2), None)
    if dated is not None and not set(sentence.lows(end, dated.i)) <= {",", "on", "in"}:
        return False
    if dated is not None:
        closed = dated.j >= len(sentence.low) or sentence.low[dated.j] in _CLOSES
        return dated if closed else False
    place = next((noun for noun in sentence.nouns if noun.i == end + 1 and noun.kind == "place"), None)
    if place is None or not sentence.lows(end, end + 1) or sentence.low[end] not in _WAY:
        return False
    return place.j >= len(sentence.low) or sentence.low[place.j] in _CLOSES
