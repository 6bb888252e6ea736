"""How likely one person of a report is tied to another: a learned judge of pairs of mentions.

It sees both mentions as the scorer does, how far apart they stand and what the rules tell of the two, and was fitted with the scorer by
``training/fit.py``. A tie of a report is as likely as its likeliest pair of mentions (as in Riedel et al., 2010, doi:10.1007/978-3-642-15939-8_10).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ostraka.read.encoder import Floats, Line, gelu
from ostraka.read.matching import upright

TIES = (
    "spouse_of",
    "sibling_of",
    "parent_of",
    "uncle_of",
    "cousin_of",
    "in_law_of",
    "kin_of",
    "comrade_of",
    "served_with",
    "superior_of",
    "aide_of",
    "adviser_of",
    "patron_of",
)
"""What one may be to another, in order; of a child, a nephew the other way round."""
REACH = 2
"""Sentences between two mentions that are looked at together."""
N_GAPS = 2 * REACH + 9
_STEPS = (1, 4, 10)
"""Words between two mentions of one sentence up to which they stand in one class."""
Where = tuple[int, int, int]
"""The sentence of a mention, its first word and the one after its last."""
Told = tuple[str, str, str]


def gap(one: Where, other: Where) -> int:
    """The class of how far and on which side another mention stands; below `N_GAPS`."""
    apart = other[0] - one[0]
    if apart:
        return apart + REACH - (apart > 0)
    first = 2 * REACH
    if other[1] >= one[2]:
        return first + 1 + sum(other[1] - one[2] > step for step in _STEPS)
    if one[1] >= other[2]:
        return first + 5 + sum(one[1] - other[2] > step for step in _STEPS)
    return first


def pairs_of(places: Sequence[Where], labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Mentions of two persons that stand near each other, and how: rows of one, other and class of gap, shape (pairs, 3)."""
    in_sentence: dict[int, list[int]] = {}
    for at, place in enumerate(places):
        in_sentence.setdefault(place[0], []).append(at)
    rows = [
        (a, b, gap(place, places[b]))
        for a, place in enumerate(places)
        for ix in range(place[0] - REACH, place[0] + REACH + 1)
        for b in in_sentence.get(ix, ())
        if labels[a] != labels[b]
    ]
    return np.array(rows, np.int64).reshape(-1, 3)


def by_rules(told: Collection[Told], pairs: npt.NDArray[np.int64], labels: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which ties the rules tell of the two of each pair, of one to the other and the other way round, shape (pairs, 2 * 13)."""
    known: dict[tuple[str, str], list[int]] = {}
    for ego, relation, alter in map(upright, told):
        if relation in TIES:
            known.setdefault((ego, alter), []).append(TIES.index(relation))
            known.setdefault((alter, ego), []).append(TIES.index(relation) + len(TIES))
    marks = np.zeros((len(pairs), 2 * len(TIES)), bool)
    for row, (a, b, _) in enumerate(pairs):
        marks[row, known.get((labels[a], labels[b]), [])] = True
    return marks


@dataclass(frozen=True, slots=True)
class Binder:
    """Weights by which two mentions are held to be tied; H numbers for each piece.

    Parameters
    ----------
    meet : Line, from 2 * H to 4 * 256
        What a mention and what is said of it bring as the one and as the other, to be added and to be multiplied.
    gaps : array, shape (13, 256)
    ruled : array, shape (26, 256)
        What it adds that the rules tell a tie.
    bind : Line, from 256 to 13
    """

    meet: Line
    gaps: Floats
    ruled: Floats
    bind: Line

    def __call__(
        self, mentions: Floats, pairs: npt.NDArray[np.int64], marks: npt.NDArray[np.bool_]
    ) -> Iterator[Floats]:
        """How likely each tie is, for each pair, rows of shape (13,).

        Parameters
        ----------
        mentions : array, shape (mentions, 2 * H)
        pairs : array, shape (pairs, 3)
        marks : array, shape (pairs, 26)
        """
        ones, others, as_one, as_other = np.split(self.meet(mentions), 4, axis=1)
        for start in range(0, len(pairs), AT_ONCE):
            a, b, apart = pairs[start : start + AT_ONCE].T
            inner = ones[a] + others[b] + as_one[a] * as_other[b] + self.gaps[apart]
            inner += marks[start : start + AT_ONCE].astype(np.float32) @ self.ruled
            yield from 1.0 / (1.0 + np.exp(-self.bind(gelu(inner))))


AT_ONCE = 4096
"""Pairs that are judged together."""
