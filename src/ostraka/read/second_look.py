"""A second look at every mention of a person: what a learned scorer takes from the grammar's events, and what it adds.

The grammar has the first word. What it tells stands unless the scorer holds it for unlikely; what the scorer is sure of is taken in
if the one concerned may belong to an elite. Status, date and the other fields are read as for any other event.
"""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read import gate
from ostraka.read.arguments import Clause, chain_start, read_clause
from ostraka.read.clauses import make_event
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.look import Judged, Look
from ostraka.read.mentions import KINDS, told_by_words
from ostraka.read.noun import Noun
from ostraka.read.recogniser import recogniser
from ostraka.read.scene import Sentence
from ostraka.read.status import status_of
from ostraka.read.triggers import Rule, Trigger, alternatives

SURE = 0.5
"""Share from which an event is taken in."""
SURER = 0.6
"""The same for somebody named where no word of the sentence is known to tell of it: nobody is called a defector on a guess."""
UNLIKELY = 0.15
"""Share under which an event of the grammar is left out."""
RIVAL = 0.7
"""An event is not taken in whose share is below so much of that with which the same word tells it of somebody else."""


_JUDGED = frozenset(KINDS) - {EventKind.SUCCESSION}
"""Kinds that the scorer may take out; it holds "since he took power" for no news, which is right, but it happened."""


def take_a_look(story: Coreference, found: list[Found]) -> Look:
    """What the scorer makes of a report; nothing where no regime is in sight.

    Parameters
    ----------
    story : Coreference
    found : list of Found
        What the grammar tells, not yet merged.
    """
    if not story.regime or gate.is_other_matter(story.scene.report.text):
        return Look()
    return recogniser().look(story, found)


def second_look(story: Coreference, found: list[Found], look: Look) -> list[Found]:
    """The events of a report after the scorer's say.

    Parameters
    ----------
    story : Coreference
    found : list of Found
        What the grammar tells, not yet merged.
    look : Look
        What the scorer makes of the report.
    """
    judged = [row for row in look.judged if row.noun.label and row.noun.det != "no"]
    told = [
        (share, kind, word, row)
        for row in judged
        for share, kind, word in zip(row.shares, KINDS, row.words, strict=True)
    ]
    most: dict[tuple[str, EventKind], float] = {}
    by_word: dict[tuple[int, EventKind, int], float] = {}
    for share, kind, word, row in told:
        for label in {row.noun.label, _meant(row).label}:
            most[label, kind] = max(most.get((label, kind), 0.0), share)
        place = (row.sentence.ix, kind, word)
        by_word[place] = max(by_word.get(place, 0.0), share)
    kept = [
        event for event in found if event.kind not in _JUDGED or most.get((event.label, event.kind), 1.0) >= UNLIKELY
    ]
    known = {(event.label, event.kind) for event in kept}
    sure = [
        (share, kind, word, row)
        for share, kind, word, row in told
        if share >= max(_limit(story, row, kind), RIVAL * by_word[row.sentence.ix, kind, word])
    ]
    for _, kind, word, row in sorted(sure, key=lambda given: -given[0]):
        told_apart = _meant(row).plural and any(e.kind is kind and e.sentence is row.sentence for e in kept)
        new = (_meant(row).label, kind) not in known and not told_apart
        event = _event(story, row, kind, word) if new else None
        if event is not None:
            known.add((event.label, kind))
            kept.append(event)
    return kept


def _limit(story: Coreference, row: Judged, kind: EventKind) -> float:
    """The share from which an event is taken in: higher for somebody named where no word of the sentence is known to tell of it."""
    named = story.profile(_meant(row).label).named
    return SURE if not named or any(KINDS[k] is kind for _, k in told_by_words(row.sentence)) else SURER


def _meant(row: Judged) -> Noun:
    """The phrase that a mention stands beside, if it does: the name for "the consul, Ri Chol-su"."""
    return row.noun.same or row.noun


def _event(story: Coreference, row: Judged, kind: EventKind, word: int) -> Found | None:
    """The event of which a word tells most; None where the words only imagine it, or of somebody of no elite."""
    noun, sentence = _meant(row), row.sentence
    clause = _clause_at(sentence, kind, word, noun)
    status = status_of(sentence, clause)
    if status is None or not gate.may_concern(story, sentence, clause, noun):
        return None
    clause.subjects = [noun]
    return make_event(story, sentence, clause, noun, status)


def _clause_at(sentence: Sentence, kind: EventKind, word: int, noun: Noun) -> Clause:
    """The clause that tells it: one which the grammar reads of the same person, or at that word; else that word alone."""
    verbs = [trigger for fitting in alternatives(sentence) for trigger in fitting if trigger.rule.kind is kind]
    clauses = [read_clause(sentence, trigger) for trigger in verbs]
    own = (clause for clause in clauses if any(subject.label == noun.label for subject in clause.subjects))
    there = (clause for clause in clauses if clause.trigger.i <= word < clause.trigger.j)
    start = chain_start(sentence, word)
    alone = Trigger(Rule(kind, "learned", "elite", "", "learned"), word, word + 1)
    return next(own, None) or next(there, None) or Clause(alone, start, sentence.lows(start, word))
