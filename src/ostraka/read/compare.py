"""How far two coders of the same reports agree: one alpha for each thing they had to decide."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError, Level, Problem
from ostraka.model import plain
from ostraka.provenance import Provenance
from ostraka.read.agreement import Metric, krippendorff_alpha
from ostraka.read.coding import TEXT_FIELDS, CodedEvent, Coding, load_codings
from ostraka.read.matching import pairs, same_case, same_words

if TYPE_CHECKING:
    import pandas as pd

N_RESAMPLES = 500
_STATUS = {"confirmed": "asserted", "reported": "asserted", "hedged": "asserted"}

Unit = tuple[Any, Any]
"""What the two coders said of one thing; None where one said nothing."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Agreement on one thing.

    Parameters
    ----------
    what : str
        ``report holds an event``, ``number of events``, ``event kind``, ``status``, ``date`` or a field.
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
_WHAT = ("report holds an event", "number of events", "event kind", *_FIELDS)


def _units(a: Coding, b: Coding) -> dict[str, list[Unit]]:
    """What the two coders decided on one report."""
    matched = pairs(a.events, b.events, same_case)
    units: dict[str, list[Unit]] = {
        "report holds an event": [(bool(a.events), bool(b.events))],
        "number of events": [(len(a.events), len(b.events))],
        "event kind": [(a.events[i].kind, b.events[j].kind) for i, j in matched],
    }
    alone_a = [event.kind for i, event in enumerate(a.events) if i not in {i for i, _ in matched}]
    alone_b = [event.kind for j, event in enumerate(b.events) if j not in {j for _, j in matched}]
    units["event kind"] += [(kind, "none") for kind in alone_a] + [("none", kind) for kind in alone_b]
    for name, value in _FIELDS.items():
        said = [(value(a.events[i]), value(b.events[j])) for i, j in matched]
        units[name] = [_levelled(x, y, exact=name in {"status", "date"}) for x, y in said if x or y]
    return units


def _levelled(x: str, y: str, *, exact: bool) -> Unit:
    """Two phrases that say the same become one value; an empty one is a value of its own."""
    return (x, x) if not exact and same_words(x, y) else (x or "nothing", y or "nothing")


def _alpha(what: str, reports: Sequence[dict[str, list[Unit]]], draws: np.ndarray[Any, np.dtype[np.int64]]) -> Alpha:
    metric: Metric = "interval" if what == "number of events" else "nominal"
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
