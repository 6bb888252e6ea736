"""Those who share a fate: "killed with his brothers A and B", "was shot, and several diplomats with him"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ostraka.model import EventKind
from ostraka.read import gate
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.lists import listed_clause, listed_event
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.subjects import with_joined
from ostraka.read.tokens import word_set

_SHARED = frozenset({EventKind.EXECUTION, EventKind.ASSASSINATION, EventKind.PURGE})
REACH = 12
"""Words after the verb within which "with" and those who share it stand."""
_CLOSES = word_set("; who which said says told because when while")
_HIM = frozenset({"him", "her", "them"})


def fellows(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Events of those to whom the same was done at the same time."""
    for event in [other for other in found if other.sentence is sentence and other.kind in _SHARED and other.actor]:
        told = {other.label for other in found if other.kind is event.kind}
        at = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.words[1]), len(sentence.tokens))
        for noun in (*_with(sentence, at), *_beside(sentence, at)):
            clause = listed_clause(event.kind, at, event.status, sentence)
            rule = replace(clause.trigger.rule, frame="done")
            clause = replace(clause, trigger=replace(clause.trigger, rule=rule), passive=True)
            plain = noun.plural and noun.body is None
            if noun.label and not plain and noun.label not in told and gate.admits(story, sentence, clause, noun):
                fellow = listed_event(story, sentence, clause, noun, None)
                fellow.when, fellow.status, fellow.background = event.when, event.status, event.background
                yield fellow


def _with(sentence: Sentence, at: int) -> list[Noun]:
    """Those named after "with", "along with", "together with"."""
    for k in range(at, min(at + REACH, len(sentence.tokens))):
        low = sentence.tokens[k].low
        if low in _CLOSES:
            return []
        if low in {"with", "alongside"}:
            noun = next((n for n in sentence.nouns if k < n.i <= k + 2 and n.is_person and n.kind != "pron"), None)
            return with_joined(sentence, noun.same or noun) if noun is not None else []
    return []


def _beside(sentence: Sentence, at: int) -> list[Noun]:
    """The group of whom "and several diplomats with him" is said."""
    for k in range(at, len(sentence.tokens) - 1):
        if sentence.tokens[k].low == "with" and sentence.tokens[k + 1].low in _HIM:
            noun = next((n for n in sentence.nouns if n.j == k and n.is_person), None)
            joined = noun is not None and sentence.lows(noun.i - 1, noun.i) == ["and"]
            return [noun] if joined and noun is not None else []
    return []
