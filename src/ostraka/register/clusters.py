"""Putting together what is the same: deterministic, whatever the order in which the pairs are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from ostraka.register.likeness import Answer, Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one; `a` sorts before `b`."""

    a: str
    b: str
    likeness: Likeness


class Clusters:
    """Groups of ids that are one, under the rule of what may never be together.

    Parameters
    ----------
    ids : iterable of str
    apart : callable
        The key of an id; ids with one key (not None) are never put together.
    """

    def __init__(self, ids: Iterable[str], apart: Callable[[str], Hashable | None]) -> None:
        self._root = {item: item for item in ids}
        self._members = {item: {item} for item in self._root}
        self._keys = {item: {key} - {None} for item in self._root for key in (apart(item),)}
        self._never: dict[str, set[str]] = defaultdict(set)

    def split(self, a: str, b: str) -> None:
        """Never put these two together."""
        self._never[a].add(b)
        self._never[b].add(a)

    def find(self, item: str) -> str:
        """The smallest id of the group."""
        return self._root[item]

    def may_join(self, a: str, b: str, *, by_judgement: bool = False) -> bool:
        """Whether no rule forbids putting two groups together."""
        one, other = self.find(a), self.find(b)
        if one == other:
            return True
        if self._never and any(self._never[item] & self._members[other] for item in self._members[one]):
            return False
        return by_judgement or not self._keys[one] & self._keys[other]

    def join(self, a: str, b: str, *, by_judgement: bool = False) -> bool:
        """Put two groups together; False if a rule forbids it."""
        if not self.may_join(a, b, by_judgement=by_judgement):
            return False
        one, other = sorted((self.find(a), self.find(b)))
        if one != other:
            self._members[one] |= self._members.pop(other)
            self._keys[one] |= self._keys.pop(other)
            self._root.update(dict.fromkeys(self._members[one], one))
        return True

    def groups(self) -> Mapping[str, Collection[str]]:
        """Each group under its smallest id, members sorted."""
        return {root: sorted(members) for root, members in sorted(self._members.items())}


def join_all(clusters: Clusters, pairs: Iterable[Pair]) -> None:
    """Join the safe pairs, the strongest first."""
    safe = (pair for pair in pairs if pair.likeness.verdict is Answer.SAME)
    for pair in sorted(safe, key=lambda pair: (-pair.likeness.score, pair.a, pair.b)):
        clusters.join(pair.a, pair.b)


def doubt_rivals(pairs: Iterable[Pair], origin: Callable[[str], str], margin: float) -> list[Pair]:
    """Turn a safe pair into a doubtful one where another of the same source fits nearly as well.

    Parameters
    ----------
    pairs : iterable of Pair
    origin : callable
        The source of an id.
    margin : float
        A pair is safe only if its score leads the next candidate of that source by this much.
    """
    pairs = list(pairs)
    contests: dict[tuple[str, str], list[Pair]] = {
        key: [] for pair in pairs if pair.likeness.verdict is Answer.SAME for key in _contests(pair, origin)
    }
    if not contests:
        return pairs
    for pair in pairs:
        for key in _contests(pair, origin):
            if key in contests:
                contests[key].append(pair)
    return [_doubted(pair, [contests.get(key, []) for key in _contests(pair, origin)], margin) for pair in pairs]


def _contests(pair: Pair, origin: Callable[[str], str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """For each of the two the source of the other, in which another may fit as well."""
    return (pair.a, origin(pair.b)), (pair.b, origin(pair.a))


def _doubted(pair: Pair, contests: Iterable[list[Pair]], margin: float) -> Pair:
    if pair.likeness.verdict is not Answer.SAME:
        return pair
    for contest in contests:
        best = max((other.likeness.score for other in contest if other is not pair), default=None)
        if best is not None and pair.likeness.score < best + margin:
            why = (*pair.likeness.why, f"{len(contest)} candidates of one source fit nearly as well")
            return replace(pair, likeness=Likeness(Answer.UNSURE, pair.likeness.score, why))
    return pair
