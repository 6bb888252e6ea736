"""Who comes where another goes, and who goes where another comes: "was replaced by X", "took office in place of X"."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import EventKind
from ostraka.read import gate, thrones
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects

_STEAD = (
    ("in", "place", "of"),
    ("instead", "of"),
    ("succeeding",),
    ("in", "succession", "to"),
    ("to", "replace"),
    ("to", "succeed"),
)
FAR = 20
"""Words after "replaced" within which "with" and the one who comes stand."""

WHOM = 7
"""Words before the verb within which "whom" makes the one beside it the one who replaces."""


def successors(story: Coreference, sentence: Sentence, clause: Clause) -> Iterator[tuple[Noun, EventKind]]:
    """The other one of a change in an office, with what befalls him."""
    kind = clause.trigger.rule.kind
    if kind is EventKind.APPOINTMENT and clause.subjects and not thrones.is_top_office(story, sentence, clause):
        gone = _predecessor(story, sentence, clause)
        if gone is not None:
            yield gone, EventKind.DISMISSAL
    comer = _comer(story, sentence, clause)
    if comer is not None:
        yield comer, EventKind.APPOINTMENT


def takes_the_place(story: Coreference, sentence: Sentence, clause: Clause) -> bool:
    """Whether "X replaced Y" tells of X: an officer who comes, not a ruler who puts others in the place of Y."""
    trigger = clause.trigger
    if trigger.rule.verb != "replace" or clause.passive or _after(sentence, trigger.j, "with"):
        return False
    return _comer(story, sentence, clause) is not None


def _comer(story: Coreference, sentence: Sentence, clause: Clause) -> Noun | None:
    trigger = clause.trigger
    if trigger.rule.kind is EventKind.DISMISSAL and "way" in sentence.lows(trigger.i, trigger.j):
        found = [noun for noun in sentence.nouns if trigger.j - 2 <= noun.i <= trigger.j + 3 and noun.is_person]
    elif trigger.rule.verb != "replace":
        return None
    elif clause.passive:
        by = _after(sentence, trigger.j, "by", 8)
        found = [noun for noun in sentence.nouns if by and by < noun.i <= by + 3 and noun.is_person]
    elif at := _after(sentence, trigger.j, "with"):
        found = [noun for noun in sentence.nouns if at < noun.i <= at + 4 and noun.kind == "person"]
    elif "whom" in sentence.lows(clause.start - WHOM, clause.start):
        found = [noun for noun in sentence.nouns if noun.j == clause.start and noun.is_person]
    else:
        beside = [noun for noun in sentence.nouns if noun.is_person and noun.j == clause.start]
        found = (beside or subjects(sentence, clause.start)) if trigger.rule.form != "ing" and clause.subjects else []
    main = (found[0].same or found[0]) if found else None
    fits = main is not None and main.label and story.profile(main.label).named and main.label not in leaders()
    return main if fits else None


def _after(sentence: Sentence, start: int, word: str, reach: int = FAR) -> int:
    """Where a word stands soon after word `start`; 0 if it does not."""
    stop = min(start + reach, len(sentence.tokens))
    return next((k for k in range(start, stop) if sentence.tokens[k].low == word), 0)


def _predecessor(story: Coreference, sentence: Sentence, clause: Clause) -> Noun | None:
    """The one who goes where another comes: "took office in place of X", "succeeding X"."""
    stop = min(clause.trigger.j + 16, len(sentence.tokens))
    for k in range(clause.trigger.i + 1, stop):
        words = next((words for words in _STEAD if sentence.lows(k, k + len(words)) == list(words)), ())
        if not words:
            continue
        at = k + len(words)
        noun = next((n for n in sentence.nouns if at <= n.i <= at + 2 and n.is_person), None)
        main = (noun.same or noun) if noun is not None else None
        told = main is not None and main.label and story.profile(main.label).named and main.label not in leaders()
        return main if told and main is not None and gate.admits(story, sentence, clause, main) else None
    return None
