"""The words of the field that a value can only be one of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """How a source puts what it says."""

    ASSERTED = "asserted"
    DENIED = "denied"
    HEDGED = "hedged"
    PLANNED = "planned"
    ATTEMPTED = "attempted"
    REFUTED = "refuted"
    MENTIONED = "mentioned"


class EventKind(StrEnum):
    """What can happen to a member of an elite (the codebook defines each)."""

    DEFECTION = "defection"
    PURGE = "purge"
    EXECUTION = "execution"
    RECALL = "recall"
    DISMISSAL = "dismissal"
    APPOINTMENT = "appointment"
    SUCCESSION = "succession"
    DISAPPEARANCE = "disappearance"
    ASSASSINATION = "assassination"
    POLICY = "policy"
    OTHER = "other"


class TieKind(StrEnum):
    """What binds two persons, or a person to a body."""

    HOLDS = "holds"
    KIN = "kin"
    PATRON = "patron"
    COMRADE = "comrade"
    SERVED_WITH = "served-with"


RELATIONS: Mapping[str, TieKind] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("father_of", "mother_of", "parent_of", "child_of", "spouse_of", "sibling_of", "grandparent_of"),
                *("uncle_of", "aunt_of", "nephew_of", "niece_of", "cousin_of", "guardian_of"),
                *("in_law_of", "child_in_law_of", "kin_of"),
            ),
            TieKind.KIN,
        ),
        **dict.fromkeys(("patron_of", "superior_of", "adviser_of", "aide_of"), TieKind.PATRON),
        "comrade_of": TieKind.COMRADE,
        "served_with": TieKind.SERVED_WITH,
        "holds": TieKind.HOLDS,
    }
)
"""What ego is to alter, and the kind of tie that makes."""


class Confidence(StrEnum):
    """How well an event is attested."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SECTORS = ("diplomatic", "trade", "military", "security", "party", "family", "other")
"""Walks of life of an elite; empty means unknown."""


class Operator(StrEnum):
    """How a number is claimed."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    ABOUT = "about"
    BETWEEN = "between"
    HIGHEST_SINCE = "highest since"
    FIRST_SINCE = "first since"
    ORDINAL = "ordinal"


class Verdict(StrEnum):
    """What a person can decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"
    MERGE = "merge"
    SPLIT = "split"
    SEAL = "seal"
