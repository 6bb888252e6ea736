"""Whose man an officer or an envoy is: the state told of before "its ambassador"."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read.noun import Noun
from ostraka.read.tokens import Token

_GOVERNING = frozenset({"in", "to", "from", "at", "of", "with", "for", "against", "into"})


def give_states(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Give "its ambassador" the country of the state or body told of before: "Washington recalled its ambassador from X"."""
    for k, noun in enumerate(nouns):
        if noun.kind != "role" or noun.det not in {"its", "their"}:
            continue
        free = (n for n in reversed(nouns[:k]) if n.country and n.kind in {"place", "org"})
        state = next((n for n in free if n.i == 0 or tokens[n.i - 1].low not in _GOVERNING), None)
        if state is not None and (not noun.country or (noun.role is not None and noun.role.sector == "diplomatic")):
            noun.country = state.country
