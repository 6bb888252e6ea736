"""Whom "they", "both", "the brothers" mean: persons told of side by side just before."""

from __future__ import annotations

from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

REACH = 3
"""Sentences within which "they" finds those named side by side."""
MOST = 12
"""So many named side by side are kept in mind."""
_JOINS = word_set(", and with his her as well")
_ITEMS = ([","], [";"], ["and"], ["are"], ["were"], [":"])
_PLURALS = word_set("they them themselves") | {"all of them"}
_BARE = word_set("brothers sisters siblings couple pair twins two men women spouses")


def told_together(sentence: Sentence) -> list[str]:
    """Labels of those that a sentence names side by side, or says "they are"; empty if there are none."""
    return _enumerated(sentence) or _side_by_side(sentence)


def _enumerated(sentence: Sentence) -> list[str]:
    """Those of "They are A, 59, who built rockets, his son B and C, a nephew": names that begin an item."""
    lead = sentence.lows(sentence.body_start, sentence.body_start + 4)
    copula = next((k for k, low in enumerate(lead) if low in {"are", "were"}), None)
    if copula is None or lead[0] not in {"they", "these", "the", "among"}:
        return []
    named = (noun for noun in sentence.nouns if noun.kind == "person" and noun.i > sentence.body_start + copula)
    labels = [
        noun.label for noun in named if sentence.lows(_lead(sentence, noun) - 1, _lead(sentence, noun))[:1] in _ITEMS
    ]
    return list(dict.fromkeys(labels)) if len(labels) > 1 else []


def _lead(sentence: Sentence, noun: Noun) -> int:
    """First word of a name with the title or kin word before it."""
    return min([noun.i, *(other.i for other in sentence.nouns if other.same is noun and other.j == noun.i)])


def _side_by_side(sentence: Sentence) -> list[str]:
    """Labels of the last persons of a sentence that are joined by "and"; empty if there are none."""
    chain: list[Noun] = []
    best: list[str] = []
    end, joined = 0, False
    for noun in sentence.nouns:
        if not noun.is_person or (noun.plural and not _is_counted(noun)) or noun.kind == "pron" or not noun.label:
            continue
        if noun.label in [other.label for other in chain[-2:]]:
            end = noun.j
            continue
        gap = sentence.lows(end, noun.i)
        if chain and gap and set(gap) <= _JOINS and gap != [","]:
            chain.append(noun)
            joined = joined or "and" in gap
        elif chain and gap == [","] and noun.kind == "person":
            chain.append(noun)
        else:
            chain, joined = [noun], False
        chain = chain[-MOST:]
        end = noun.j
        kinds = {other.kind for other in chain}
        if joined and len(chain) > 1 and ("person" in kinds or "kin" not in kinds):
            best = [other.label for other in chain]
    return best


def _is_counted(noun: Noun) -> bool:
    """Whether a group of so many is told beside somebody: "the envoy and four officials"."""
    return noun.kind == "role" and noun.low is not None and noun.body is not None


def is_of_many(noun: Noun, n_named: int) -> bool:
    """Whether a phrase means several told of before: "they", "both men", "the brothers", "the three"."""
    if noun.kind == "pron":
        return noun.text in _PLURALS
    words = set(noun.text.lower().split())
    counted = noun.low in {None, float(n_named)}
    bare = noun.owner is None and noun.body is None and noun.j - noun.head == 1
    return counted and bare and noun.det in {"the", "both", "these"} and bool(words & _BARE)


def stand_ins(noun: Noun, labels: list[str]) -> list[Noun]:
    """One pronoun for each of those meant, where the phrase stands."""
    return [Noun("pron", noun.i, noun.j, noun.head, text=noun.text, label=label) for label in labels]
