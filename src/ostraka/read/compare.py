"""How far two coders of the same reports agree: one alpha for each thing they had to decide."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError, Level, Problem
from ostraka.model import plain
from ostraka.provenance import Provenance
from ostraka.read.agreement import Metric, krippendorff_alpha
from ostraka.read.coding import TEXT_FIELDS, CodedEvent, Coding, load_codings
from ostraka.read.matching import pairs, same_case, same_claim, same_name, same_pair, same_tie, same_words

if TYPE_CHECKING:
    import pandas as pd

N_RESAMPLES = 500
_STATUS = {"confirmed": "asserted", "reported": "asserted", "hedged": "asserted"}

T = TypeVar("T")
_NONE = "none"
Unit = tuple[Any, Any]
"""What the two coders said of one thing; None where one said nothing."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Agreement on one thing.

    Parameters
    ----------
    what : str
        ``report holds an event``, ``event kind``, ``status``, ``date`` or a field of an event; ``person``,
        ``tie``, ``claim``; ``number of`` events, persons, ties and claims.
    n_units : int
        How many things both coders decided.
    alpha : float or None
        Krippendorff's alpha; None where there is no variation to agree on.
    low, high : float or None
        95% percentile bootstrap interval over reports.
    """

    what: str
    n_units: int
    alpha: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two coders; `n_reports` is how many reports both coded."""

    alphas: tuple[Alpha, ...]
    n_reports: int
    problems: tuple[Problem, ...]
    provenance: Provenance

    def frame(self) -> pd.DataFrame:
        """One row each, columns as in :class:`Alpha`."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only for who asks

        return pd.DataFrame([plain(row) for row in self.alphas])

    def summary(self) -> str:
        """Plain words: each alpha with its interval."""
        lines = [f"Krippendorff's alpha of two coders over {self.n_reports} reports (95% interval over reports)"]
        for row in self.alphas:
            alpha = "not enough variation" if row.alpha is None else f"{row.alpha:.3f}"
            interval = f" ({row.low:.3f} to {row.high:.3f})" if row.low is not None else ""
            lines.append(f"{row.what:<24}{row.n_units:>6}  {alpha}{interval}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "alphas": [plain(row) for row in self.alphas],
            "n_reports": self.n_reports,
            "problems": [problem.to_json() for problem in self.problems],
            "provenance": self.provenance.to_json(),
        }


def compare_coders(first: str | os.PathLike[str], second: str | os.PathLike[str], *, rng: RNG = None) -> Agreement:
    """Agreement of two coders of the same reports.

    Parameters
    ----------
    first, second : path
        A folder of JSON files for each coder, named alike: labels in the practice format, or readings.
    rng : int, Generator or None
        The chance of the bootstrap.

    Returns
    -------
    Agreement
        One alpha for each decision, with a 95% interval.

    Raises
    ------
    InputError
        If a folder holds no codings, or the two have no report in common.

    Notes
    -----
    Events of the two coders are paired by person (or role) and days. An event that only one coder has counts
    against the agreement on kinds, where the other's value is ``none``; fields are compared on paired events
    alone. Two phrases that say the same count as equal. Who says so is not part of the status here:
    ``confirmed``, ``reported`` and ``hedged`` are one value with ``asserted``.

    Each person and each number claim that a coder has is a unit, and its value is the person, or the words of the
    claim; the other coder's value is the same, or ``none``. The value of a tie is the relation, of each two persons
    that a coder ties. What neither coder has is no unit, so there is no credit for leaving out the same.
    Numbers per report are compared as far apart as the square of their difference, the rest as equal or not.
    """
    a, b = load_codings(first), load_codings(second)
    common = sorted(a.keys() & b.keys())
    if not common:
        raise InputError(f"{first} and {second} have no report in common; give both coders' files the same names")
    reports = [_units(a[name], b[name]) for name in common]
    root = root_seed(rng)
    draws = stream(root, "read.compare").integers(len(reports), size=(N_RESAMPLES, len(reports)))
    return Agreement(
        alphas=tuple(_alpha(what, reports, draws) for what in _WHAT),
        n_reports=len(common),
        problems=tuple(
            Problem(name, "coded by one coder only; left out", Level.NOTE) for name in sorted(a.keys() ^ b.keys())
        ),
        provenance=Provenance("compare", {"first": os.fspath(first), "second": os.fspath(second)}, seed=root),
    )


_FIELDS: dict[str, Callable[[CodedEvent], str]] = {
    "status": lambda event: _STATUS.get(event.status, event.status),
    "date": lambda event: event.when.edtf(),
    **{name: (lambda event, name=name: event.fields[name]) for name in TEXT_FIELDS},  # type: ignore[misc]
}
_COUNTED: dict[str, Callable[[Coding], Sequence[Any]]] = {
    "number of events": lambda coding: coding.events,
    "number of persons": lambda coding: coding.persons,
    "number of ties": lambda coding: coding.ties,
    "number of claims": lambda coding: coding.claims,
}
_WHAT = ("report holds an event", "event kind", *_FIELDS, "person", "tie", "claim", *_COUNTED)


def _units(a: Coding, b: Coding) -> dict[str, list[Unit]]:
    """What the two coders decided on one report."""
    matched = pairs(a.events, b.events, same_case)
    units: dict[str, list[Unit]] = {
        "report holds an event": [(bool(a.events), bool(b.events))],
        **{what: [(len(items(a)), len(items(b)))] for what, items in _COUNTED.items()},
        "event kind": _all((a.events, b.events), same_case, value=lambda event: event.kind),
        "person": _all((a.persons, b.persons), _same_person, value=str, same=_same_person),
        "tie": _all((a.ties, b.ties), same_pair, value=lambda tie: tie[1], same=same_tie),
        "claim": _all((a.claims, b.claims), same_claim, value=str, same=same_claim),
    }
    for name, value in _FIELDS.items():
        said = [(value(a.events[i]), value(b.events[j])) for i, j in matched]
        units[name] = [_levelled(x, y, exact=name in {"status", "date"}) for x, y in said if x or y]
    return units


def _all(
    sides: tuple[Sequence[T], Sequence[T]],
    score: Callable[[T, T], float],
    *,
    value: Callable[[T], str],
    same: Callable[[T, T], float] | None = None,
) -> list[Unit]:
    """The values of what the two coders have: one of those that are the same, and ``none`` where one has it alone."""
    first, second = sides
    matched = pairs(first, second, score)
    both = [(first[i], second[j]) for i, j in matched]
    left = set(range(len(first))) - {i for i, _ in matched}, set(range(len(second))) - {j for _, j in matched}
    return [
        *((value(x), value(x if same is not None and same(x, y) else y)) for x, y in both),
        *((value(first[i]), _NONE) for i in sorted(left[0])),
        *((_NONE, value(second[j])) for j in sorted(left[1])),
    ]


def _same_person(x: str, y: str) -> float:
    return float(same_name(x, y))


def _levelled(x: str, y: str, *, exact: bool) -> Unit:
    """Two phrases that say the same become one value; an empty one is a value of its own."""
    return (x, x) if not exact and same_words(x, y) else (x or "nothing", y or "nothing")


def _alpha(what: str, reports: Sequence[dict[str, list[Unit]]], draws: np.ndarray[Any, np.dtype[np.int64]]) -> Alpha:
    metric: Metric = "interval" if what in _COUNTED else "nominal"
    units = [report[what] for report in reports]
    alpha = krippendorff_alpha([unit for some in units for unit in some], metric=metric)
    resampled = (krippendorff_alpha([unit for index in draw for unit in units[index]], metric=metric) for draw in draws)
    values = [value for value in resampled if value is not None]
    enough = alpha is not None and len(reports) > 1 and len(values) > N_RESAMPLES // 2
    low, high = np.quantile(values, [0.025, 0.975]) if enough else (None, None)
    return Alpha(
        what,
        sum(map(len, units)),
        alpha,
        None if low is None else float(low),
        None if high is None else float(high),
    )
