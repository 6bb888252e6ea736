"""Ties of kin that no rule tells and the learned judge of pairs holds for likely.

Ties of office are left to the rules: whom coders hold for somebody's man differs so much that of those the judge added to
sealed reports none was labelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ostraka.model import RELATIONS, Status, TieKind
from ostraka.read.comrades import Tie
from ostraka.read.coreference import Coreference
from ostraka.read.look import Judged, Look
from ostraka.read.recogniser import recogniser
from ostraka.read.rulers import opens_with_rule
from ostraka.read.ties import parent_word
from ostraka.read.tying import TIES, Told, by_rules, pairs_of

TAKE = 0.6
"""Share from which a tie is taken in."""
_KIN = [k for k, relation in enumerate(TIES) if RELATIONS.get(relation) is TieKind.KIN]


def likely_ties(story: Coreference, ruled: Sequence[Tie], look: Look) -> Iterator[Tie]:
    """The likeliest tie of kin of any two persons whom the rules do not tie, the likeliest pair first.

    Parameters
    ----------
    story : Coreference
    ruled : sequence of Tie
        What the rules tell.
    look : Look
    """
    tied = {frozenset((ego, alter)) for _, ego, _, alter, _ in ruled}
    for (ego, relation, alter), (_, words) in sorted(_likely(ruled, look).items(), key=lambda row: -row[1][0]):
        if frozenset((ego, alter)) not in tied and not (relation == "spouse_of" and _alike(story, ego, alter)):
            tied.add(frozenset((ego, alter)))
            word = parent_word(story, ego) if relation == "parent_of" else relation
            yield words, ego, word, alter, Status.ASSERTED


def _alike(story: Coreference, ego: str, alter: str) -> bool:
    """Whether two are both men or both women, as far as a report says."""
    one, other = (profile.gender if (profile := story.profiles.get(label)) else "" for label in (ego, alter))
    return bool(one) and one == other


def _likely(ruled: Sequence[Tie], look: Look) -> dict[Told, tuple[float, tuple[int, int]]]:
    """The highest share of each likely tie of two persons, and the words from one mention to the other."""
    rows = [row for row in look.judged if row.noun.label and not opens_with_rule(row.sentence)]
    best: dict[Told, tuple[float, tuple[int, int]]] = {}
    if not rows:
        return best
    labels = [row.noun.label for row in rows]
    pairs = pairs_of([(row.sentence.ix, row.noun.i, row.noun.j) for row in rows], labels)
    marks = by_rules([tie[1:4] for tie in ruled], pairs, labels)
    mentions = np.stack([np.concatenate([row.mine, row.told]) for row in rows])
    for (a, b, _), shares in zip(pairs, recogniser().binder(mentions, pairs, marks), strict=True):
        for tie in _KIN if shares[_KIN].max() >= TAKE else ():
            key = labels[a], TIES[tie], labels[b]
            if shares[tie] >= max(TAKE, best.get(key, (0.0,))[0]):
                best[key] = float(shares[tie]), _words(rows[a], rows[b])
    return best


def _words(one: Judged, other: Judged) -> tuple[int, int]:
    """From the first letter of two mentions to the last, with the name beside a title."""
    nouns = [
        (row.sentence.tokens, noun) for row in (one, other) for noun in (row.noun, row.noun.same) if noun is not None
    ]
    spans = [(tokens[noun.i].start, tokens[noun.j - 1].end) for tokens, noun in nouns if noun.j > noun.i]
    return min(start for start, _ in spans), max(end for _, end in spans)
