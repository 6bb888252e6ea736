"""Look for the future in the forecasts of the past: what scores too well is placed beside what should not score at all.

Usage: ``python tools/hunt_leaks.py``. Takes about a minute. Writes a table to stdout; the page on the forecast quotes it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ostraka.forecast import score_probabilities, shipped_panel, skill, walk
from ostraka.forecast.covariates import Covariates, shipped_covariates
from ostraka.forecast.design import MODELS
from ostraka.forecast.panel import Panel

ORIGINS = range(1990, 2020)
EXPECTED = ("irregular_expected", "election_expected")


def shifted(known: Covariates, years: int) -> Covariates:
    """Covariates as known some years later (a leak on purpose) or, if negative, earlier."""
    values = np.full_like(known.values, np.nan)
    if years > 0:
        values[:, :-years] = known.values[:, years:]
    else:
        values[:, -years:] = known.values[:, :years]
    return replace(known, values=values)


def shuffled(panel: Panel, seed: int) -> Panel:
    """The ends of each year given to other regimes of that year: nothing can be known about them."""
    rng = np.random.default_rng(seed)
    fail = panel.fail.copy()
    for year in np.unique(panel.year):
        rows = np.flatnonzero(panel.year == year)
        fail[rows] = rng.permutation(fail[rows])
    return replace(panel, fail=fail)


def without(*names: str) -> tuple[str, ...]:
    """The columns of the richest open model but some."""
    return tuple(name for name in MODELS["openness"] if name not in names)


def show(label: str, columns: tuple[str, ...], *, panel: Panel | None = None, known: Covariates | None = None) -> None:
    """Walk the origins and print one row."""
    panel = panel or shipped_panel()
    record = walk(ORIGINS, models={"base": (), "it": columns}, panel=panel, covariates=known)
    base, it = record.of("base"), record.of("it")
    ends = set(zip(panel.case[panel.fail == 1], panel.year[panel.fail == 1].tolist(), strict=True))
    outcome = [(case, origin + 1) in ends for case, origin in zip(it.case, it.origin.tolist(), strict=True)]
    s, reference = score_probabilities(outcome, it.probability), score_probabilities(outcome, base.probability)
    print(f"| {label} | {s.auc:.3f} | {s.average_precision:.3f} | {skill(s.brier, reference.brier):+.3f} |")


def main() -> None:
    """Print the table."""
    known, full = shipped_covariates(), MODELS["openness"]
    print("| one year ahead, 1991-2020 | AUC | average precision | Brier skill |\n|---|---|---|---|")
    show("openness as it is", full)
    show("without irregular elections expected", without("irregular_expected"))
    show("without any election expected", without(*EXPECTED))
    show("without the flag of a missing economy", without("no_economy"))
    show("covariates one year older", full, known=shifted(known, -1))
    show("covariates three years older", full, known=shifted(known, -3))
    show("covariates of the year of the outcome (a leak on purpose)", full, known=shifted(known, 1))
    for seed in (1, 2, 3):
        show(f"ends given to other regimes of the year, draw {seed}", full, panel=shuffled(shipped_panel(), seed))


if __name__ == "__main__":
    main()
