"""Those who share a fate: "killed with his brothers A and B", "was shot, and several diplomats with him"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from ostraka.model import EventKind
from ostraka.read import gate
from ostraka.read.arguments import read_clause
from ostraka.read.clauses import make_event
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.grammar import BE
from ostraka.read.lists import listed_clause, listed_event, own_date
from ostraka.read.noun import Noun
from ostraka.read.scene import Dated, Sentence
from ostraka.read.status import status_of
from ostraka.read.subjects import joined_to, with_joined
from ostraka.read.tokens import word_set
from ostraka.read.triggers import alternatives

_SHARED = frozenset({EventKind.EXECUTION, EventKind.ASSASSINATION, EventKind.PURGE, EventKind.DISMISSAL})
REACH = 12
"""Words after the verb within which "with" and those who share it stand."""
_CLOSES = word_set("; who which said says told because when while")
_HIM = frozenset({"him", "her", "them"})


def fellows(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Events of those to whom the same was done at the same time."""
    own = list(takewhile(lambda other: other.sentence is sentence, reversed(found)))
    for event in [other for other in reversed(own) if other.kind in _SHARED and other.actor]:
        told = {other.label for other in found if other.kind is event.kind}
        at = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.words[1]), len(sentence.tokens))
        for noun in _apart((*_with(sentence, at, plain=event.kind is EventKind.DISMISSAL), *_beside(sentence, at))):
            clause = listed_clause(event.kind, at, event.status, sentence)
            rule = replace(clause.trigger.rule, frame="done")
            clause = replace(clause, trigger=replace(clause.trigger, rule=rule), passive=True)
            plain = noun.plural and noun.body is None
            if noun.label and not plain and noun.label not in told and gate.admits(story, sentence, clause, noun):
                fellow = listed_event(story, sentence, clause, noun, None)
                fellow.when, fellow.status, fellow.background = event.when, event.status, event.background
                yield fellow


def singled_out(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Such as "hundreds of his men were detained; among them is X": one of a group too large to be told by itself."""
    start = sentence.body_start
    for k in sentence.where(_MARKS):
        if k < start:
            continue
        mark, names = named_among(sentence, k, 1)
        told_in = story.scene.sentences[sentence.ix - 1] if k <= start + 2 and sentence.ix else sentence
        whole = _whole(story, told_in, mark if told_in is sentence else len(told_in.tokens), names) if names else None
        if whole is None or any(event.sentence is told_in and event.order == whole.order for event in found):
            continue
        for noun in names:
            clause = listed_clause(whole.kind, k, whole.status, sentence)
            if noun.label and not noun.plural and gate.admits(story, sentence, clause, noun):
                dated = own_date(sentence, noun) or _date_before(sentence, noun)
                event = listed_event(story, sentence, clause, noun, dated)
                event.when = whole.when if dated is None else event.when
                event.destination, event.needs = whole.destination, whole.needs
                yield event


def _date_before(sentence: Sentence, noun: Noun) -> Dated | None:
    """The date just before one of a list: "and, in April last year, Defence Minister X"."""
    lead = min([noun.i, *(other.i for other in sentence.nouns if other.same is noun and other.j == noun.i)])
    return next((row for row in sentence.dates if row.j == lead - 1 and sentence.lows(row.j, lead) == [","]), None)


def one_of_them(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Such as "The former minister X was one of them": what was told of a group just before."""
    before = found[-1] if found else None
    if before is None or before.kind not in _SHARED or not 0 <= sentence.ix - before.sentence.ix <= 1:
        return
    for k in range(sentence.body_start + 1, len(sentence.tokens) - 2):
        words = sentence.lows(k, k + 4)
        if words[0] not in BE or words[1:] not in _OF_THEM:
            continue
        noun = next((n for n in reversed(sentence.nouns) if n.j in {k, k - 1} and n.is_person), None)
        main = (noun.same or noun) if noun is not None else None
        clause = listed_clause(before.kind, k, before.status, sentence)
        if main is None or not main.label or main.kind == "pron" or main.plural:
            continue
        for one in joined_to(sentence, main):
            if one.label and one.label != before.label and gate.admits(story, sentence, clause, one):
                event = listed_event(story, sentence, clause, one, None)
                event.when = before.when
                yield event


_OF_THEM = (["one", "of", "them"], ["among", "the", "dead"], ["among", "the", "victims"], ["among", "those", "shot"])


_MARKS = frozenset({"among", "including", "notably"})


def _whole(story: Coreference, sentence: Sentence, stop: int, names: list[Noun]) -> Found | None:
    """What is told last, before word `stop`, of a group as a whole."""
    before = [fitting for fitting in alternatives(sentence) if fitting[0].i < stop]
    for trigger in (trigger for fitting in reversed(before[-LOOK_BACK:]) for trigger in fitting):
        if trigger.rule.needs in _UNSURE:
            continue
        clause = read_clause(sentence, trigger)
        status = status_of(sentence, clause)
        fits = any(noun.label and gate.admits(story, sentence, clause, noun) for noun in names)
        if fits and clause.subjects and all(noun.plural for noun in clause.subjects) and status is not None:
            return make_event(story, sentence, clause, clause.subjects[0], status)
    return None


LOOK_BACK = 3
"""Verbs before "among them" in which the group may stand."""
_UNSURE = frozenset({"flight", "leaving", "protest", "resigns"})


def _apart(nouns: Iterable[Noun]) -> Iterator[Noun]:
    """Those named of a group ("his brothers, A and B") one by one."""
    for noun in nouns:
        yield from noun.members or [noun]


_AMONG = (["among", "them"], ["including"], ["notably"])


def named_among(sentence: Sentence, at: int, reach: int = 2 * REACH) -> tuple[int, list[Noun]]:
    """Where "among them X and Y" begins after word `at`, with those named there; none if it does not."""
    for k in range(at, min(at + reach, len(sentence.tokens))):
        words = next((words for words in _AMONG if sentence.lows(k, k + len(words)) == words), None)
        if words is not None:
            stop = k + len(words) + len(BE & set(sentence.lows(k + len(words), k + len(words) + 1)))
            noun = next(
                (n for n in sentence.nouns if stop <= n.i <= stop + 1 and n.is_person and n.kind != "pron"), None
            )
            return k, (with_joined(sentence, noun.same or noun) if noun is not None else [])
    return 0, []


def _with(sentence: Sentence, at: int, *, plain: bool) -> list[Noun]:
    """Those named after "with", "along with", "together with"."""
    for k in range(at, min(at + REACH, len(sentence.tokens))):
        low = sentence.tokens[k].low
        if low in _CLOSES:
            return []
        if low in {"with", "alongside"}:
            joined = sentence.lows(k - 1, k) in (["together"], ["along"])
            if not _is_bare(sentence, at, k) or (plain and not joined):
                return []
            among = named_among(sentence, k)[1]
            if among:
                return among
            noun = next((n for n in sentence.nouns if k < n.i <= k + 2 and n.is_person and n.kind != "pron"), None)
            return with_joined(sentence, noun.same or noun) if noun is not None else []
    return []


_SMALL = word_set("in on at near the a last together along and by of firing squad early late this")


def _is_bare(sentence: Sentence, i: int, j: int) -> bool:
    """Whether only places and dates stand between a verb and "with", not "after a quarrel with"."""
    known = sentence.dated | {k for noun in sentence.nouns if noun.kind == "place" for k in range(noun.i, noun.j)}
    return all(k in known or sentence.tokens[k].low in _SMALL for k in range(i, j))


def _beside(sentence: Sentence, at: int) -> list[Noun]:
    """The group of whom "and several diplomats with him" is said."""
    for k in range(at, len(sentence.tokens) - 1):
        if sentence.tokens[k].low == "with" and sentence.tokens[k + 1].low in _HIM:
            noun = next((n for n in sentence.nouns if n.j == k and n.is_person), None)
            joined = noun is not None and sentence.lows(noun.i - 1, noun.i) == ["and"]
            return [noun] if joined and noun is not None else []
    return []
