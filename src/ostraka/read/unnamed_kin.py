"""Kin without a name: what one is called ("wife of X", "third brother of X"), and whether a tie to one is worth telling."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ostraka.model import RELATIONS, TieKind
from ostraka.read.noun import Noun
from ostraka.read.profile import Profile
from ostraka.read.tokens import word_set

MAX_LABEL = 80
"""Longest label of a person whose kin are named after it; kin of kin of kin ends here."""
_WHICH = word_set("first second third fourth fifth other another")
"""Words that tell one brother from another."""
_PARENTS = frozenset({"father_of", "mother_of", "parent_of"})
_TOPS = word_set(
    "leader president ruler dictator king queen emir sultan shah tsar emperor premier chairman founder"
) | {
    "prime minister",
    "supreme leader",
    "head of state",
}
"""Offices that say who is meant without a name: only one holds them."""


def kin_label(noun: Noun) -> str:
    """The label of kin whose owner is known; empty for other phrases, and for kin joined to a name.

    An office beside the kin word (*his brother, a judge*) is what he holds, not what he is called.
    """
    owner = noun.owner.label if noun.owner is not None else ""
    named = noun.same is not None and (noun.same.kind != "role" or noun.same.same is not None or noun.same.i < noun.j)
    if noun.kind != "kin" or noun.kin is None or not owner or len(owner) >= MAX_LABEL or named:
        return ""
    which = next((word for word in noun.text.lower().split() if word in _WHICH), "")
    return " ".join(part for part in (which, noun.kin.word, "of", owner) if part)


def is_told(profiles: Mapping[str, Profile], ends: tuple[str, str], relation: str, used: Collection[str]) -> bool:
    """Whether a tie of its first end is worth telling: of one named, or unnamed with a part of his own in the report.

    Such a part is an event or a tie in its own right, an office of unnamed kin (*his brother, a judge*), and the first
    office of a state. Of unnamed children, a wife at his side, nothing is told.
    """
    label, other = ends
    profile = profiles.get(label)
    if profile is None or profile.named or RELATIONS.get(relation) is not TieKind.KIN:
        return True
    kin = label.endswith(f" of {other}")
    offices = {
        noun.role.word: noun.role.tier for _, noun in profile.roles() if noun.role is not None and not noun.plural
    }
    if (kin and any(offices.values())) or not _TOPS.isdisjoint(offices):
        return True
    return label in used and (relation in _PARENTS or not kin)
