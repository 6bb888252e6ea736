"""Who stands beside a deed without being the one it befell: whose kin it was, by whose hand it was done, who only tells of it, the ruler."""

from __future__ import annotations

from collections.abc import Set

from ostraka.model import EventKind
from ostraka.read.arguments import read_clause
from ostraka.read.coreference import Coreference
from ostraka.read.grammar import SAYING
from ostraka.read.mentions import told_by_words
from ostraka.read.noun import DETERMINERS, POSSESSIVES, Noun
from ostraka.read.rulers import reigns
from ostraka.read.scene import Sentence
from ostraka.read.subjects import first_joined, subjects
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger, alternatives

_OF_SUBJECTS = frozenset({EventKind.DEFECTION, EventKind.PURGE, EventKind.EXECUTION, EventKind.RECALL})
"""What does not befall the one who reigns: his fall is a succession."""
_BY_A_HAND = _OF_SUBJECTS - {EventKind.DEFECTION} | {EventKind.DISMISSAL, EventKind.ASSASSINATION}
"""What another does to somebody: the one after "by" did it."""
_SOURCE = word_set("citing quoting according quotes cites cited quoted")
_FROM = word_set("learned learnt heard known")
_GOES_ON = frozenset({"who", "whose", "whom"})


def is_bystander(story: Coreference, sentence: Sentence, noun: Noun, kind: EventKind, word: int) -> bool:
    """Whether grammar shows that a mention is not of the one concerned.

    Parameters
    ----------
    story : Coreference
    sentence : Sentence
    noun : Noun
        The mention.
    kind : EventKind
        What is told.
    word : int
        The word that tells most of it.
    """
    return (
        (kind in _OF_SUBJECTS and reigns(story.profile(noun.label), story.regime))
        or _has_one(sentence, noun)
        or _does_it(sentence, noun, kind, word)
        or _tells_it(sentence, noun, word)
        or (kind is EventKind.DEFECTION and _feigns(sentence, noun))
        or _observes(sentence, noun, story.profile(noun.label).called)
    )


def _has_one(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody of his is spoken of: "Kim's uncle was shot"; but "X's lawyer said that he had fled" tells of X."""
    if sentence.lows(noun.j, noun.j + 1) != ["'s"]:
        return False
    stop = noun.j + 1
    own = next((one for one in sentence.nouns if one.is_person and one.lead <= stop <= one.head), None)
    return own is not None and SAYING.isdisjoint(sentence.lows(own.j, own.j + 1))


def _does_it(sentence: Sentence, noun: Noun, kind: EventKind, word: int) -> bool:
    """Whether it is done by somebody: "X dismissed his cabinet", "was arrested by X"."""
    first = sentence.lead_of(noun)
    if kind in _BY_A_HAND and word < first and sentence.lows(first - 1, first) == ["by"]:
        return _GOES_ON.isdisjoint(sentence.lows(noun.j, noun.j + 2))
    triggers = (trigger for fitting in alternatives(sentence) for trigger in fitting)
    return any(
        trigger.rule.kind is kind and trigger.i <= word < trigger.j and _is_hand(sentence, noun, trigger)
        for trigger in triggers
    )


def _is_hand(sentence: Sentence, noun: Noun, trigger: Trigger) -> bool:
    """Whether somebody is the subject of a verb that has an object of its own."""
    if trigger.rule.frame != "done" or noun.j > trigger.i:
        return False
    clause = read_clause(sentence, trigger)
    after = sentence.lows(trigger.j, trigger.j + 1)
    object_told = bool(clause.subjects) or (trigger.j not in sentence.dated and not _OPENS.isdisjoint(after))
    if (
        clause.passive
        or not object_told
        or any(one.label == noun.label or one.kind == "pron" for one in clause.subjects)
    ):
        return False
    return any(one.label == noun.label for one in subjects(sentence, clause.start, relative=clause.relative))


_OPENS = DETERMINERS | POSSESSIVES


def _tells_it(sentence: Sentence, noun: Noun, word: int) -> bool:
    """Whether somebody is only the source of what is told before: "X has fled, the paper learned from a former official"."""
    first = sentence.lead_of(first_joined(sentence, noun.same or noun))
    before = sentence.lows(first - 2, first)
    source = not _SOURCE.isdisjoint(before) or (before[-1:] == ["from"] and not _FROM.isdisjoint(before))
    if not source or word > first:
        return False
    return not any(at >= noun.j for at, _ in told_by_words(sentence))


def _feigns(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody only plays one who has fled: "came to Seoul posing as a defector"."""
    return any(noun.j <= k and sentence.low[k + 1 : k + 2] == ["as"] for k in sentence.where(_POSES))


_POSES = word_set("posing posed pose masquerading masqueraded disguised")


OBSERVED = 16
"""Words after an observer within which it stands that he says something."""
_OBSERVERS = word_set("analyst expert professor researcher scholar observer")
_TELLS = SAYING | {"put", "puts", "estimated", "estimates"}


def _observes(sentence: Sentence, noun: Noun, called: Set[str]) -> bool:
    """Whether a sentence opens with an expert who tells it of others: "X, a security expert, put the number at 13"."""
    if _OBSERVERS.isdisjoint(called) or sentence.lead_of(noun.same or noun) > sentence.body_start + 1:
        return False
    return not _TELLS.isdisjoint(sentence.lows(noun.j, noun.j + OBSERVED))


def whose(sentence: Sentence, noun: Noun) -> Noun | None:
    """The one who is told to be somebody of his: the uncle in "X, the uncle of Kim, who was shot" where the mention is Kim."""
    first = sentence.lead_of(noun)
    if sentence.lows(first - 1, first) != ["of"]:
        return None
    return next((one for one in sentence.nouns if one.is_person and one.j == first - 1 and not one.plural), None)
