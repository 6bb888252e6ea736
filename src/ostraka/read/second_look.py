"""A second look at every mention of a person: what a learned scorer takes from the grammar's events, and what it adds.

The grammar has the first word. What it tells stands unless the scorer holds it for unlikely; what the scorer is sure of is taken in,
whoever is concerned: it was taught on elites and on their look-alikes, and rules for who belongs to an elite made it no better.
Status, date and the other fields are read as for any other event.
"""

from __future__ import annotations

from dataclasses import dataclass

from ostraka.model import EventKind, Status
from ostraka.read import gate
from ostraka.read.arguments import Clause, chain_start, read_clause
from ostraka.read.bystanders import is_bystander, whose
from ostraka.read.clauses import make_event
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.grammar import BE
from ostraka.read.heirs import enthrone
from ostraka.read.look import Judged, Look
from ostraka.read.mentions import KINDS, told_by_words
from ostraka.read.noun import Noun
from ostraka.read.recogniser import recogniser
from ostraka.read.scene import Sentence
from ostraka.read.status import status_of
from ostraka.read.triggers import Rule, Trigger, alternatives
from ostraka.read.unreal import is_unreal

TAKE = 0.55
"""Share from which an event is taken in."""
BESIDE = 0.65
"""Where no word of the sentence is known to tell of it, an event must not be so much less sure than the surest of its kind: it may be that one."""
KEEP = 0.15
"""Share from which an event of the grammar stays."""
TELLS = 0.8
"""Share that some event must have for a report to be believed: most reports without an event of ours hold one that looks like it.
In others only that counts which grammar and scorer both tell."""
SNIPPET = 2
"""Sentences of a text so short that the grammar is not doubted."""
SURER = 0.85
"""Share from which "he" alone tells an event that no other mention tells, words that rules hold for only imagined, and a succession
of which no word of the sentence is known to tell: that somebody rules is no news."""

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


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention may tell: how likely, of which kind, and the word that says most of it."""

    share: float
    kind: EventKind
    word: int
    row: Judged


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
    told = [
        Told(share, kind, word, row)
        for row in look.judged
        if row.noun.label and row.noun.det != "no"
        for share, kind, word in zip(row.shares, KINDS, row.words, strict=True)
    ]
    most: dict[tuple[str, EventKind], float] = {}
    surest = dict.fromkeys(KINDS, 0.0)
    for one in told:
        surest[one.kind] = max(surest[one.kind], one.share)
        for label in {one.row.noun.label, _meant(one.row).label}:
            most[label, one.kind] = max(most.get((label, one.kind), 0.0), one.share)
    doubtful = bool(most) and max(*most.values(), _of_either(told)) < TELLS
    keep = TAKE if doubtful and len(story.scene.sentences) > SNIPPET else KEEP
    kept = [
        event
        for event in found
        if event.kind not in _JUDGED
        or most.get((event.label, event.kind), 1.0) >= keep
        or (not doubtful and _is_said(event))
    ]
    if doubtful:
        return kept
    known = {(event.label, event.kind) for event in kept}
    likely = [one for one in told if one.share >= TAKE and not _stands_beside(story, one, look)]
    for one in sorted(likely, key=lambda one: -one.share):
        noun = _meant(one.row)
        new = one.share >= _least(one, surest[one.kind]) and (noun.label, one.kind) not in known
        new = new and not _is_told_otherwise(one, found)
        event = _event(story, one) if new else None
        if event is not None:
            known.add((event.label, one.kind))
            kept.append(event)
    return enthrone(story, kept)


def _is_said(event: Found) -> bool:
    """Whether a relative clause right after the name tells it, so that grammar knows to whom it was done: "an ally of X, whom Y dismissed"."""
    sentence, noun = event.sentence, event.actor
    if noun is None or noun.kind != "person":
        return False
    at = noun.j + (sentence.lows(noun.j, noun.j + 1) == [","])
    suffers = sentence.lows(at, at + 1) == ["who"] and not BE.isdisjoint(sentence.lows(at + 1, at + 4))
    opens = suffers or sentence.lows(at, at + 1) == ["whom"]
    return opens and any(token.start == event.order for token in sentence.tokens[at + 1 : at + CLAUSE])


CLAUSE = 7
"""Words within which the verb of such a clause stands."""


def _stands_beside(story: Coreference, told: Told, look: Look) -> bool:
    """Whether grammar shows that it befell somebody else, or "the uncle of X" is surer than X."""
    sentence, noun = told.row.sentence, told.row.noun
    one = whose(sentence, noun)
    row = look.at(sentence, one) if one is not None and one.label != noun.label else None
    if row is not None and row.shares[KINDS.index(told.kind)] >= told.share:
        return True
    return is_bystander(story, sentence, noun, told.kind, told.word)


def _of_either(told: list[Told]) -> float:
    """How likely a word beside some mention tells of a break or of the loss of a post, where the scorer cannot say of which."""
    neither: dict[tuple[int, int, int], float] = {}
    for one in told:
        if one.kind in _RESIGNS:
            at = one.row.sentence.ix, one.row.noun.i, one.word
            neither[at] = neither.get(at, 1.0) * (1 - one.share)
    return 1 - min(neither.values(), default=1.0)


_RESIGNS = frozenset({EventKind.DEFECTION, EventKind.DISMISSAL})


def _meant(row: Judged) -> Noun:
    """The phrase that a mention stands beside, if it does: the name for "the consul, Ri Chol-su"."""
    return row.noun.same or row.noun


def _least(told: Told, surest: float) -> float:
    """The share from which a mention tells an event by itself; `surest` is the highest of its kind in the report."""
    if _meant(told.row).kind == "pron":
        return SURER
    by_words = any(KINDS[kind] is told.kind for _, kind in told_by_words(told.row.sentence))
    if by_words:
        return TAKE
    return SURER if told.kind is EventKind.SUCCESSION else max(TAKE, BESIDE * surest)


def _is_told_otherwise(told: Told, found: list[Found]) -> bool:
    """Whether the grammar reads a word as another of the kinds of which it tells one: "resigned" is a break or the loss of a post."""
    if told.kind not in _ONE_OF:
        return False
    token = told.row.sentence.tokens[told.word]
    others = {event.kind for event in found if event.order == token.start} & (_ONE_OF - {told.kind})
    if told.kind in _RESIGNS and not token.low.startswith(_LEAVES):
        others -= _RESIGNS
    return any(told.row.shares[KINDS.index(kind)] >= KEEP for kind in others)


_LEAVES = ("resign", "quit", "step")
"""How verbs begin that tell of a break or of the loss of a post; "retired" may stand for both at once."""
_ONE_OF = frozenset({EventKind.DEFECTION, EventKind.DISMISSAL, EventKind.PURGE})


def _event(story: Coreference, told: Told) -> Found | None:
    """The event of which a word tells most; None where the words seem to imagine it, unless the scorer is surer than they."""
    noun, sentence = _meant(told.row), told.row.sentence
    clause = _clause_at(sentence, told.kind, told.word, noun)
    status = status_of(sentence, clause)
    if (status is None and told.share < SURER) or is_unreal(sentence, clause):
        return None
    clause.subjects = [noun]
    return make_event(story, sentence, clause, noun, status or Status.ASSERTED)


def _clause_at(sentence: Sentence, kind: EventKind, word: int, noun: Noun) -> Clause:
    """The clause that tells it: one which the grammar reads of the same person, or at that word; else that word alone."""
    verbs = [trigger for fitting in alternatives(sentence) for trigger in fitting if trigger.rule.kind is kind]
    clauses = [read_clause(sentence, trigger) for trigger in verbs]
    own = (clause for clause in clauses if any(subject.label == noun.label for subject in clause.subjects))
    there = (clause for clause in clauses if clause.trigger.i <= word < clause.trigger.j)
    start = chain_start(sentence, word)
    alone = Trigger(Rule(kind, "learned", "elite", "", "learned"), word, word + 1)
    return next(own, None) or next(there, None) or Clause(alone, start, sentence.lows(start, word))
