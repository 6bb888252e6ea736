"""To whom a thing is done that is told without an object: "had his uncle X shot", "his half-brother X, murdered in May"."""

from __future__ import annotations

from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence


def named_beside(sentence: Sentence, start: int) -> list[Noun]:
    """The one named just before a participle at word `start` that a comma sets off: "his brother X, murdered in May"."""
    if sentence.lows(start - 1, start) != [","]:
        return []
    noun = next((n for n in reversed(sentence.nouns) if n.j <= start - 1), None)
    return [noun] if noun is not None and noun.kind == "person" and noun.j == start - 1 else []


def is_caused(sentence: Sentence, at: int) -> bool:
    """Whether "had X shot" is told: somebody has it done to the phrase just before."""
    noun = next((noun for noun in sentence.nouns if noun.j == at and noun.is_person), None)
    while noun is not None:
        of = sentence.lows(noun.i - 1, noun.i) == ["of"]
        edges = {noun.i - 1} if of else {noun.i, noun.i - 1} if noun.kind == "person" else set()
        before = next(
            (n for n in reversed(sentence.nouns) if n.j in edges and n.is_person and (of or n.same is noun)), None
        )
        if before is None:
            break
        noun = before
    return noun is not None and sentence.lows(noun.i - 1, noun.i) in (["had"], ["have"], ["having"], ["has"])


def had_done(sentence: Sentence, start: int) -> list[Noun]:
    """To whom the subject of "had" has it done: the phrase that begins just after it."""
    for k in range(start - 2, max(start - 12, sentence.body_start), -1):
        if sentence.tokens[k].low in {"had", "having", "have"}:
            noun = next((n for n in sentence.nouns if n.i in {k + 1, k + 2} and n.is_person), None)
            led = noun is not None and _plain_between(sentence, noun, start)
            return [noun.same or noun] if led and noun is not None else []
    return []


def _plain_between(sentence: Sentence, noun: Noun, stop: int) -> bool:
    """Whether up to a verb only the phrase itself and its appositions stand."""
    inside = {k for n in sentence.nouns for k in range(n.i, n.j)}
    return all(k in inside or sentence.tokens[k].low in {",", "of", "and", "the"} for k in range(noun.j, stop))
