"""Whose superior somebody is by the unit he heads: "the delegation's head, X", "the director of his department, X"."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import Status
from ostraka.read.comrades import Tie
from ostraka.read.coreference import Coreference
from ostraka.read.kin_ends import KinEnds
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.staff import PLAIN, owner_of_post
from ostraka.read.tokens import word_set

_UNITS = word_set(
    "delegation mission department bureau section office group firm team squadron regiment brigade battalion expedition centre center unit"
    " crew laboratory staff"
)
"""Bodies so small that all know their head; "the delegation" in a report about one man is his."""
_HEADS = word_set("head chief director leader commander manager president chairman captain dean")
_OVER = word_set("superior chief boss commander head supervisor director manager leader colonel captain")
"""Who is over somebody when he is called his."""
_OWNING = frozenset({"his", "her", "'s"})
_LEADS = word_set("ambassador minister president premier chairman head director leader king ruler chief commander")
"""One called so is under no head of a small unit."""


def find_chiefs(story: Coreference, ends: KinEnds, sentence: Sentence) -> Iterator[Tie]:
    """Ties of superiors that no word like "his chief" tells by itself."""
    for noun in sentence.nouns:
        ego = noun.same
        if noun.kind != "role" or noun.role is None or noun.plural or ego is None or ego.kind != "person":
            continue
        alter = _under(story, ends, sentence, noun)
        fits = ends.is_named(alter) and alter != ego.label and not ends.rules(alter)
        if fits and len({story.profile(label).country for label in (ego.label, alter)} - {""}) < 2:
            words = sentence.tokens[min(noun.i, ego.i)].start, sentence.tokens[max(noun.j, ego.j) - 1].end
            yield words, ego.label, "superior_of", alter, Status.ASSERTED


def _under(story: Coreference, ends: KinEnds, sentence: Sentence, noun: Noun) -> str:
    """The label of the one under the holder of a post; empty where nobody is told."""
    head = sentence.low[noun.head]
    unit = sentence.lows(noun.body[1] - 1, noun.body[1]) if noun.body is not None else []
    in_unit = head in _HEADS and not _UNITS.isdisjoint(unit) and "new" not in sentence.lows(noun.i, noun.j)
    if noun.det in _OWNING:
        plain = noun.body is None and head in _OVER and (PLAIN | _UNITS).issuperset(sentence.lows(noun.i, noun.head))
        return owner_of_post(ends, sentence, noun) if in_unit or plain else ""
    if (noun.det == "their" and head in _OVER) or (head == "superior" and noun.det in {"a", "the", "another"}):
        return ends.lead
    if not in_unit or noun.body is None or noun.body[1] - noun.body[0] > 1 or noun.det != "the":
        return ""
    whose = sentence.lows(noun.body[0] - 1, noun.body[0])
    if whose in (["his"], ["her"]):
        at = noun.body[0] - 1
        return ends.owner(sentence, Noun("role", at, at + 1, at, det=whose[0], same=noun.same))
    lead = story.profiles.get(ends.lead)
    return lead.label if lead is not None and lead.called.isdisjoint(_LEADS) else ""
