"""Early warning: what could be seen in the course of a run before its coalition breaks, window by window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ostraka.errors import InputError
from ostraka.simulate import layout as at
from ostraka.simulate.cascade import Cascades
from ostraka.simulate.replay import replay

if TYPE_CHECKING:
    import pandas as pd

_TIED = tuple(at.CAUSES[at.BY_TIE : at.BY_TIE + at.N_TIE_KINDS])


def early_warning(run: Cascades, replicate: int, *, window: float = 1.0, steps_per_window: int = 4) -> pd.DataFrame:
    """The early-warning series of one replicate.

    Parameters
    ----------
    run : Cascades
    replicate : int
        Which one, from 0.
    window : float
        Length of the moving window, in years; at most the horizon.
    steps_per_window : int
        How finely the window moves, and into how many parts it is cut, at least 3.

    Returns
    -------
    DataFrame
        One row per end of a window. ``year``; ``exits`` in the window; ``dispersion`` (variance over mean of the counts
        in the last eight parts; 1 for a steady rate); ``memory`` (correlation of these counts with the next; 0 where
        they do not vary); ``tied`` (share of the exits of the window moved most by a tie: an estimate of the branching
        ratio); ``coalition`` (share of the weight at the start); ``top`` (share of the ten heaviest seats held by who
        held them at the start); ``broke`` (whether the coalition has fallen below its threshold by then).

    Raises
    ------
    InputError
        If there is no such replicate, or the window does not fit.

    References
    ----------
    Scheffer et al. (2009), Early-warning signals for critical transitions, Nature 461. doi:10.1038/nature08227

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario, simulate
    >>> lone = Scenario("one", Roster.make(50, post=1), Parameters().neutral().set(base=-2.0), years=5)
    >>> series = early_warning(simulate(lone, replicates=3, rng=7), 1)
    >>> int(series["exits"].iloc[3::4].sum()) <= 50, set(series["tied"]) == {0.0}
    (True, True)
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

    years = run.scenario.years
    if not 0 <= replicate < run.replicates or not 0 < window <= years or steps_per_window < 3:
        raise InputError(
            f"replicate is between 0 and {run.replicates - 1}, window above 0 and at most {years}, steps_per_window at "
            f"least 3; got {replicate}, {window}, {steps_per_window}"
        )
    log = replay(run, replicate)
    part = window / steps_per_window
    ends: at.Floats = np.arange(steps_per_window, math.floor(years / part + 1e-9) + 1).astype(float) * part
    left = log[log["event"] == "leaves"]
    when, tied = left["year"].to_numpy(), left["cause"].isin(_TIED).to_numpy()
    counts, _ = np.histogram(when, np.arange(math.floor(years / part + 1e-9) + 1) * part)
    weight = _weights(run, log, ends)
    rows = []
    for k, end in enumerate(ends):
        inside = (when > end - window) & (when <= end)
        recent = counts[max(k + steps_per_window - 8, 0) : k + steps_per_window]
        rows.append(
            {
                "year": end,
                "exits": int(inside.sum()),
                "dispersion": float(recent.var(ddof=1) / recent.mean()) if recent.sum() else 1.0,
                "memory": _memory(recent),
                "tied": float(tied[inside].mean()) if inside.any() else 0.0,
                "coalition": weight[0, k],
                "top": weight[1, k],
                "broke": bool(run.collapse[replicate] <= end),
            }
        )
    return pd.DataFrame(rows)


def _memory(counts: at.Longs) -> float:
    """Correlation of counts with the next ones."""
    a, b = counts[:-1].astype(float), counts[1:].astype(float)
    if a.size < 2 or a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _weights(run: Cascades, log: pd.DataFrame, ends: at.Floats) -> at.Floats:
    """Share of the coalition's weight, and of the ten heaviest seats still with their first holder, at each end."""
    weight = run.scenario.roster.weight
    heavy = set(np.argsort(-weight, kind="stable")[:10].tolist())
    steps = {"leaves": -1, "purged": -1, "retires": -1, "replaced": 1}
    change = log["event"].map(steps).fillna(0).to_numpy() * weight[np.maximum(log["member"].to_numpy(), 0)]
    first = log[log["event"].isin(["leaves", "purged", "retires"]) & (log["holder"] == 0) & log["member"].isin(heavy)]
    out = np.empty((2, ends.size))
    for k, end in enumerate(ends):
        out[0, k] = 1.0 + change[(log["year"] <= end).to_numpy()].sum() / max(int(weight.sum()), 1)
        out[1, k] = 1.0 - (first["year"] <= end).sum() / len(heavy)
    return out
