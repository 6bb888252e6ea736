"""Ties of a labelled report as examples: pairs of its mentions, and which of them may tell each tie."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ostraka.read.matching import MUTUAL
from ostraka.read.tying import TIES, Told, Where, by_rules, pairs_of

Coded = tuple[Collection[str], str, Collection[str]]
"""Labels that fit the one, the tie, labels that fit the other."""


@dataclass
class Bonds:
    """Pairs of mentions, shape (pairs, 3), what the rules tell of them, shape (pairs, 26), and rows of pair, tie and number of the tie in the report.

    A tie is told by at least one of its pairs.
    """

    pairs: np.ndarray
    marks: np.ndarray
    told: np.ndarray


def bonds_of(places: Sequence[Where], labels: Sequence[str], ruled: Collection[Told], coded: Sequence[Coded]) -> Bonds:
    """The pairs of a report, with its ties in both directions where they are mutual.

    Parameters
    ----------
    places : sequence of (sentence, first word, word after the last)
    labels : sequence of str
        Of each mention.
    ruled : collection of (ego, relation, alter)
        What the rules tell.
    coded : sequence of (labels, relation, labels)
    """
    pairs = pairs_of(places, labels)
    both = [(alter, relation, ego) for ego, relation, alter in coded if relation in MUTUAL]
    told = [
        (row, TIES.index(relation), number)
        for number, (ego, relation, alter) in enumerate([*coded, *both])
        for row, (a, b, _) in enumerate(pairs)
        if relation in TIES and labels[a] in ego and labels[b] in alter
    ]
    return Bonds(pairs, by_rules(ruled, pairs, labels), np.array(told, np.int64).reshape(-1, 3))
