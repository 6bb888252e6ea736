"""Those counted by the places they are in or come from: "ambassadors in three European countries", "envoys from 40 states"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.model import Operator
from ostraka.read.counted import unit_at
from ostraka.read.numbers import bounds, read_number
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_PLACES = word_set("countries capitals states nations missions embassies consulates provinces republics")
_WHERE = word_set("in at from to")
_FEWEST = 3
_BEFORE, _AFTER = 3, 3
"""Words that those counted may have, and words from the number to the places."""


def spread(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """At least as many people as the places told after them."""
    for places in sentence.where(_PLACES):
        for at in range(max(places - _AFTER, sentence.body_start), places):
            hit = read_number(sentence.tokens, at)
            if hit is None or hit[0] > places:
                continue
            those = _those(sentence, at - 1) if hit[1] >= _FEWEST else None
            if those is not None:
                start, unit = those
                yield start, places + 1, {"unit": unit} | bounds(Operator.AT_LEAST, hit[1])
            break


def _those(sentence: Sentence, where: int) -> tuple[int, str] | None:
    """The plural of people right before "in", and where it begins."""
    if where <= sentence.body_start or sentence.low[where] not in _WHERE:
        return None
    for k in range(max(where - _BEFORE, sentence.body_start), where):
        unit = unit_at(sentence.tokens, k)
        if unit is not None and unit[0] == where:
            return k, unit[1]
    return None
