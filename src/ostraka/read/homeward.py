"""Whether the way leads home: of those who are called there, and of those who go while others are called."""

from __future__ import annotations

from ostraka.read.flight import Case
from ostraka.read.tokens import word_set

_HOMEWARD = frozenset({"home", "back", "return", "come", "due", "capital"})
_CALLED = frozenset({"order", "summon", "call", "command", "instruct", "tell"})


def goes_home(case: Case) -> bool:
    """Whether somebody is called or taken home: by the words, or to a place of the own country."""
    trigger = case.trigger
    if _HOMEWARD & set(case.sentence.lows(trigger.i, trigger.j)):
        return True
    return trigger.rule.verb in _CALLED and any(
        noun.kind == "place" and noun.country == case.origin and trigger.i < noun.i < trigger.j
        for noun in case.sentence.nouns
    )


_RECALLS = word_set("recalled recall recalls recalling summoned summons")
_HOME = frozenset({"home", "back"})
_CALLS = word_set("calling called ordered ordering calls orders")


def is_called_home(case: Case) -> bool:
    """Whether somebody goes home because diplomats are called home: so the sentence or the one before says."""
    near = case.story.scene.sentences[max(0, case.sentence.ix - 1) : case.sentence.ix + 1]
    called = any(
        token.low in _RECALLS or (token.low in _CALLS and not _HOME.isdisjoint(other.lows(k + 1, k + 4)))
        for other in near
        for k, token in enumerate(other.tokens)
    )
    unwilling = {"refused", "not", "n't", "never", "failed", "would", "to"} & set(case.clause.chain)
    home = "home" in case.sentence.lows(case.trigger.i, case.trigger.j) or any(
        noun.country == case.origin for noun in case.sentence.nouns if case.trigger.i < noun.i < case.trigger.j + 1
    )
    return called and home and not unwilling and case.profile.tier < 5
