"""What the rows of judgements add up to: the last word on each statement and pair. A pure function of the set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ostraka.errors import Level, Problem
from ostraka.model import Judgement, Verdict
from ostraka.register.resolve import Decided

_JUDGEMENT = "ju-"
_STATEMENT = "st-"
_PAIRWISE = frozenset({Verdict.MERGE, Verdict.SPLIT})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Decisions:
    """The state of all judgements.

    Parameters
    ----------
    verdicts : mapping
        Statement id to the last judgement on it.
    pairs : mapping
        Sorted pair of ids to the last judgement on it.
    sealed : mapping
        What is sealed, a person or event or ``ID#FIELD``, to the last judgement that sealed it.
    problems : tuple of Problem
        Where two people decided differently.
    """

    verdicts: Mapping[str, Judgement] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], Judgement] = field(default_factory=dict)
    sealed: Mapping[str, Judgement] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def decided(self) -> Decided:
        """What is merged, what is kept apart and what is left open."""
        pairs: dict[Verdict, set[tuple[str, str]]] = defaultdict(set)
        for pair, last in self.pairs.items():
            pairs[last.verdict].add(pair)
        return Decided(*(frozenset(pairs[it]) for it in (Verdict.MERGE, Verdict.SPLIT, Verdict.UNSURE)))

    @property
    def rejected_ids(self) -> frozenset[str]:
        """Statements on which the last word is no."""
        return frozenset(about for about, last in self.verdicts.items() if last.verdict is Verdict.REJECT)


def is_pairwise(judgement: Judgement) -> bool:
    """Whether a judgement is about two persons or two events, and not about statements or judgements."""
    if judgement.verdict is not Verdict.UNSURE:
        return judgement.verdict in _PAIRWISE
    return len(judgement.about) == 2 and not any(item.startswith((_STATEMENT, _JUDGEMENT)) for item in judgement.about)


def moment(at: str) -> datetime | None:
    """The moment of a judgement, in UTC where no zone is said; None if the text gives none.

    Examples
    --------
    >>> moment("2026-11-23T10:00:00+09:00") < moment("2026-11-23T02:00:00Z")
    True
    """
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def decide(judgements: Iterable[Judgement]) -> Decisions:
    """The state that a set of judgements adds up to.

    The latest judgement on a statement or pair holds; at one moment, the one with the greater id. A
    judgement that was rejected in its turn is undone: it counts as if it had not been made.

    Examples
    --------
    >>> yes = Judgement(("st-1",), Verdict.ACCEPT, "a", "2026-01-01T00:00:00Z")
    >>> no = Judgement(("st-1",), Verdict.REJECT, "a", "2026-01-02T00:00:00Z")
    >>> len(decide([no, yes]).rejected_ids), len(decide([no, yes, undo(no, "a", "2026-01-03T00:00:00Z")]).rejected_ids)
    (1, 0)
    """
    ordered = sorted({item.id: item for item in judgements}.values(), key=_order)
    live = _live(ordered)
    verdicts: dict[str, Judgement] = {}
    pairs: dict[tuple[str, str], Judgement] = {}
    sealed: dict[str, Judgement] = {}
    problems: list[Problem] = []
    for item in live:
        if is_pairwise(item):
            key = (min(item.about), max(item.about))
            _note_conflict(pairs.get(key), item, problems)
            pairs[key] = item
        elif item.verdict is Verdict.SEAL:
            sealed.update(dict.fromkeys(item.about, item))
        else:
            for about in (about for about in item.about if not about.startswith(_JUDGEMENT)):
                _note_conflict(verdicts.get(about), item, problems)
                verdicts[about] = item
    return Decisions(verdicts, pairs, sealed, tuple(problems))


def _order(judgement: Judgement) -> tuple[datetime, str, str]:
    """By moment, wherever the clocks stood; what an earlier release took without one comes first."""
    return moment(judgement.at) or _LONG_AGO, judgement.at, judgement.id


def undo(judgement: Judgement, by: str, at: str, *, reason: str = "undone") -> Judgement:
    """The judgement that takes another back."""
    return Judgement((judgement.id,), Verdict.REJECT, by, at, reason)


def _live(ordered: list[Judgement]) -> list[Judgement]:
    """Judgements that no live judgement takes back; a judgement can only name one that was there before it."""
    against: dict[str, list[str]] = defaultdict(list)
    for item in ordered:
        if item.verdict is Verdict.REJECT:
            for about in item.about:
                against[about].append(item.id)
    alive: dict[str, bool] = {}

    def is_alive(start: str) -> bool:
        waiting = [start]
        while waiting:
            unknown = [other for other in against[waiting[-1]] if other not in alive]
            if unknown:
                waiting.extend(unknown)
            else:
                item = waiting.pop()
                alive[item] = not any(alive[other] for other in against[item])
        return alive[start]

    return [item for item in ordered if is_alive(item.id)]


def _note_conflict(before: Judgement | None, after: Judgement, problems: list[Problem]) -> None:
    if before is not None and before.by != after.by and before.verdict is not after.verdict:
        message = f"{before.by} says {before.verdict}, {after.by} later says {after.verdict}; the later holds until one of them undoes it"
        problems.append(Problem(f"judgements on {', '.join(after.about)}", message, Level.WARN))
