"""Who takes over a regime, and whose death or fall it is: the head of it, or an officer of it."""

from __future__ import annotations

from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.places import is_regime, leaders
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_TOP = word_set("president ruler king emir sultan dictator strongman caliph shah emperor")
_TOP_PHRASES = (
    "head of state",
    "supreme leader",
    "first secretary",
    "general secretary",
    "party leader",
    "party chief",
    "chairman of the revolutionary",
    "country's leader",
    "new leader",
)


_CUTS = frozenset({"who", "which", ";", "said", "says", "place", "instead", "while", "because", "after", "when", "by"})


def _serves(words: list[str], k: int) -> bool:
    """Whether a ruler is only named beside the office: "an adviser to President X", "the president's adviser"."""
    before = words[max(k - 2, 0) : k]
    return words[k + 1 : k + 2] == ["'s"] or bool(
        before and ({"to", "of", "under", "by", "for"} & set(before)) and before[-1] != "as"
    )


def _of_body(sentence: Sentence, at: int) -> bool:
    """Whether a president is one of a body, not of a country: "president of the presidium"."""
    if sentence.lows(at + 1, at + 2) != ["of"] or "republic" in sentence.lows(at + 2, at + 5):
        return False
    return not any(noun.kind == "place" and at + 2 <= noun.i <= at + 3 for noun in sentence.nouns) and not any(
        noun.kind == "role" and noun.head == at and noun.country and noun.body is None for noun in sentence.nouns
    )


def is_top_office(story: Coreference, sentence: Sentence, clause: Clause) -> bool:
    """Whether the office taken is that of the head of the regime."""
    words = sentence.lows(clause.trigger.i, clause.trigger.j + 10)
    words = words[: next((k for k, word in enumerate(words) if k and word in _CUTS), len(words))]
    text = " ".join(words)
    if {"vice", "deputy", "assistant", "interim", "acting"} & set(words) or "'s president" in text:
        return False
    heads = [k for k, word in enumerate(words) if word in _TOP and not _serves(words, k)]
    if "leader" in words and any(leaders().get(noun.label) == story.regime for noun in clause.subjects):
        return True
    alone = any(not _of_body(sentence, clause.trigger.i + k) for k in heads)
    return (bool(heads) and alone and bool(story.regime)) or any(phrase in text for phrase in _TOP_PHRASES)


def is_succession(story: Coreference, sentence: Sentence, clause: Clause) -> bool:
    """Whether a death, a coming to power or a fall is that of the head of a regime."""
    if clause.subordinate in {"since", "before", "until"} or clause.relative:
        return False
    label = next((noun.label for noun in clause.subjects), "")
    frame = clause.trigger.rule.frame
    if label in leaders():
        return leaders()[label] in {story.regime, ""}
    profile = story.profiles.get(label)
    top = profile is not None and any(
        noun.role is not None
        and noun.role.word
        in {
            "president",
            "supreme leader",
            "leader",
            "dictator",
            "ruler",
            "king",
            "emir",
            "sultan",
            "strongman",
            "head of state",
            "emperor",
            "shah",
        }
        for _, noun in profile.nouns
    )
    if frame in {"dies", "noun"}:
        return top and is_regime(profile.country if profile else "")
    verb = clause.trigger.rule.verb
    words = set(sentence.lows(clause.trigger.i, clause.trigger.j + 8))
    if frame == "done":
        return top
    father = {"father", "brother"} & words or any(
        noun.name in leaders() for noun in sentence.nouns if noun.i >= clause.trigger.i
    )
    return bool(verb in {"succeed", "inherit"} and father) or (top and "power" in words)
