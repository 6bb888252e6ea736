"""Ties of office: whose deputy somebody is, and whose superior."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import Status
from ostraka.read import lexicon
from ostraka.read.comrades import Tie, bonded_to, joined_kin
from ostraka.read.kin_ends import KinEnds
from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_CHIEFS = frozenset({"boss", "chief", "head"})
"""An "intelligence boss" is the boss of no one named."""
PLAIN = word_set("his her their old former then own immediate direct new late one-time")
"""Words between "his" and "chief" that name no field."""
_OWNING = frozenset({"his", "her", "'s"})


def find_staff(ends: KinEnds, sentence: Sentence) -> Iterator[Tie]:
    """Such as "his deputy, X", "the general's orderly, X", "their superior, X"."""
    for noun in sentence.nouns:
        relation = _relation(sentence, noun)
        ego = _holder(noun) if relation else None
        kin = joined_kin(sentence, noun) if relation == "aide_of" else None
        ego = kin.same if kin is not None and ego is None else ego
        alter = _whose(ends, sentence, noun, relation) if ego is not None and kin is None else ""
        alter = ends.owner(sentence, kin) if kin is not None else alter
        if ego is None or not alter or ego.label == alter:
            continue
        relation = _under_rule(noun, relation) if ends.rules(alter) or alter in leaders() else relation
        if not relation:
            continue
        tokens = sentence.tokens
        words = tokens[min(noun.i, ego.i)].start, tokens[max(noun.j, ego.j) - 1].end
        yield words, ends.now(ego.label), relation, alter, Status.ASSERTED


def _under_rule(noun: Noun, relation: str) -> str:
    """What the holder of a post is to the head of a regime: his minister serves him, and his ambassador is nobody's superior."""
    minister = noun.role is not None and noun.role.word == "minister"
    return "aide_of" if minister else relation if relation != "superior_of" else ""


def _relation(sentence: Sentence, noun: Noun) -> str:
    """What the holder of a post is to the one to whom it belongs; empty if it ties nobody."""
    if noun.kind != "role" or noun.role is None or noun.plural:
        return ""
    if _guards(sentence, noun):
        return "aide_of"
    of_a_field = noun.role.word in _CHIEFS and not PLAIN.issuperset(sentence.lows(noun.i, noun.head))
    return "" if of_a_field else lexicon.posts_between().get(noun.role.word, "")


_HOUSE = word_set(
    "guard guards bodyguard bodyguards office cabinet staff secretariat escort security household entourage"
)


def _guards(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody heads what serves one man: "the chief of his office", "the commander of her guard"."""
    after = sentence.lows(noun.head + 1, noun.head + 4)
    return len(after) == 3 and after[0] == "of" and after[1] in {"his", "her"} and after[2] in _HOUSE


def _holder(noun: Noun) -> Noun | None:
    """The one who holds the post, by name."""
    return noun.same if noun.same is not None and noun.same.kind == "person" else None


def _whose(ends: KinEnds, sentence: Sentence, noun: Noun, relation: str) -> str:
    """The label of the one whose deputy or superior it is."""
    if noun.det in _OWNING:
        label = owner_of_post(ends, sentence, noun)
    elif _guards(sentence, noun):
        at = noun.head + 2
        label = ends.owner(sentence, Noun("role", at, at + 1, at, det=sentence.low[at], same=noun.same))
    elif sentence.lows(noun.i - 1, noun.i) == ["whose"]:
        label = _antecedent(sentence, noun.i - 1)
    elif relation != "aide_of":
        label = ""
    else:
        found = bonded_to(sentence, noun.head)
        label = ends.now(found.label) if found is not None else ""
    return label if label and ends.is_named(label) else ""


def owner_of_post(ends: KinEnds, sentence: Sentence, noun: Noun) -> str:
    """The label of the one to whom a post belongs by "his", "her" or a name before "'s"."""
    named = bonded_to(sentence, noun.head) if noun.det == "'s" else None
    return ends.now(named.label) if named is not None else ends.owner(sentence, noun)


def _antecedent(sentence: Sentence, at: int) -> str:
    """The label of the one whom "whose" at a word means: right before it, over a comma."""
    last = next((noun for noun in reversed(sentence.nouns) if noun.j <= at and noun.is_person), None)
    near = last is not None and not last.plural and sentence.lows(last.j, at) in ([], [","])
    return (last.same or last).label if near and last is not None else ""
