"""By whose hand: the regime's own, a host's, a stranger's, or one that hides; it decides what a deed is called."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.grammar import REPORTING
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

REACH = 8
"""Words within which "by" and who does it follow a verb."""
_STEALTH = word_set("gunmen gunman assassin assassins unknown unidentified masked hitman hitmen assailants")
_SHOTS = frozenset({"shoot", "kill"})
_BY_STATES = frozenset({EventKind.PURGE, EventKind.EXECUTION, EventKind.APPOINTMENT})
"""What only the own regime does to its men."""


def kind_by_hand(story: Coreference, sentence: Sentence, clause: Clause, event: Found) -> EventKind:
    """The kind of an event in the light of who does it and where: shot abroad or by gunmen, sent home by the host."""
    if event.kind is EventKind.EXECUTION and (
        _is_abroad(story, sentence, clause, event.label) or _is_by_stealth(sentence, clause)
    ):
        return EventKind.ASSASSINATION
    if event.kind is EventKind.RECALL and _is_foreign(story, sentence, clause, event.label):
        return EventKind.DISMISSAL
    return event.kind


def is_strange(story: Coreference, sentence: Sentence, clause: Clause, label: str) -> bool:
    """Whether what only a regime does to its own is done by another state."""
    return clause.trigger.rule.kind in _BY_STATES and _is_foreign(story, sentence, clause, label)


def _home(story: Coreference, label: str) -> str:
    return story.profile(label).country or story.regime


def _is_foreign(story: Coreference, sentence: Sentence, clause: Clause, label: str) -> bool:
    """Whether the one who does it belongs to another state than the one to whom it is done."""
    hand = doer(sentence, clause)
    return hand is not None and hand.country not in {"", _home(story, label)}


def doer(sentence: Sentence, clause: Clause) -> Noun | None:
    """The state, body or office that does what a clause tells, where it stands right beside the verb."""
    trigger = clause.trigger
    if trigger.rule.frame != "done" or not REPORTING.isdisjoint(clause.chain):
        return None
    if clause.passive:
        words = sentence.lows(trigger.i, trigger.j + REACH)
        at = trigger.i + words.index("by") if "by" in words else None
        return None if at is None else next((n for n in sentence.nouns if at < n.i <= at + 2 and n.country), None)
    before = [n for n in sentence.nouns if n.j <= clause.start]
    last = before[-1] if before else None
    near = last is not None and clause.start - last.j <= 1 and last.kind in {"place", "org", "role"}
    return last if near else None


def _is_abroad(story: Coreference, sentence: Sentence, clause: Clause, label: str) -> bool:
    """Whether somebody is shot in another country: a regime executes at home."""
    home, trigger = _home(story, label), clause.trigger
    return trigger.rule.verb in _SHOTS and any(
        place.kind == "place" and place.country not in {"", home}
        for place in sentence.nouns
        if trigger.i < place.i < trigger.j + 9
        and {"in", "near", "at", "outside"} & set(sentence.lows(place.i - 1, place.i))
    )


def _is_by_stealth(sentence: Sentence, clause: Clause) -> bool:
    """Whether somebody is shot by those who hide: no regime's execution."""
    trigger = clause.trigger
    after = sentence.lows(trigger.i, trigger.j + 12)
    by = after.index("by") if "by" in after else len(after)
    return trigger.rule.verb in _SHOTS and not _STEALTH.isdisjoint(after[by : by + 4])
