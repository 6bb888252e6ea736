"""Whether what was learned from the first years of a record holds in the years held back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import RNG, root_seed
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate.calibration import Posterior
from ostraka.simulate.cascade import assemble
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import check_replicates, chunks_of, do_all, gather, world_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """Departures in the years held back: what was seen, and what the posterior of the years before said.

    Attributes
    ----------
    years : ndarray of int, shape (years,)
        The years held back, counted from 0.
    seen : ndarray of int, shape (years,)
    said : ndarray of int, shape (replicates, years)
    provenance : Provenance
    """

    years: NDArray[np.int64]
    seen: NDArray[np.int64]
    said: NDArray[np.int64]
    provenance: Provenance

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval said of the total."""
        low, high = np.quantile(self.said.sum(axis=1), (0.05, 0.95))
        return float(low), float(high)

    @property
    def score(self) -> float:
        """Interval score of the total (Gneiting & Raftery 2007): width, and 20 times by how much it was missed."""
        low, high = self.interval
        seen = float(self.seen.sum())
        return high - low + 20.0 * (max(low - seen, 0.0) + max(seen - high, 0.0))

    def frame(self) -> pd.DataFrame:
        """One row per year held back: seen, and the 5 %, 50 % and 95 % said."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        low, middle, high = np.quantile(self.said, (0.05, 0.5, 0.95), axis=0)
        return pd.DataFrame({"year": self.years, "seen": self.seen, "low": low, "middle": middle, "high": high})

    def summary(self) -> str:
        """The check in plain words."""
        low, high = self.interval
        seen = int(self.seen.sum())
        holds = "holds" if low <= seen <= high else "misses"
        return (
            f"In the {self.years.size} years held back {seen} left; the 90 % interval said of them, {low:.0f} to "
            f"{high:.0f}, {holds} that (interval score {self.score:.0f}, small is good)."
        )

    def to_json(self) -> dict[str, Any]:
        """The check as plain JSON values."""
        return {
            "years": self.frame().to_dict("records"),
            "interval": list(self.interval),
            "score": self.score,
            "provenance": self.provenance.to_json(),
        }


def held_out(
    scenario: Scenario, posterior: Posterior, log: pd.DataFrame, *, after: int, replicates: int = 400, rng: RNG = None
) -> HeldOut:
    """Set the years of a record that a posterior has not seen beside what it says of them.

    Ask it of two posteriors, one of :func:`learn` on the scenario and one on the same scenario with contagion set to 0,
    to see what contagion explains that the base rate does not.

    Parameters
    ----------
    scenario : Scenario
        Over the whole record; its horizon is a whole number of years.
    posterior : Posterior
        Of the record's first `after` years.
    log : DataFrame
        The record: year, member and event, as :func:`summaries_of` takes it.
    after : int
        How many years the posterior was learned from.
    replicates, rng
        As in :func:`simulate`; one draw of the posterior for each.

    Returns
    -------
    HeldOut

    Raises
    ------
    InputError
        If the horizon is no whole number of years, or `after` leaves no year to hold back.

    References
    ----------
    Gneiting & Raftery (2007), Strictly proper scoring rules, prediction, and estimation, Journal of the American
    Statistical Association 102. doi:10.1198/016214506000001437
    """
    years, root = round(scenario.years), root_seed(rng)
    if years != scenario.years or not 1 <= after < years:
        raise InputError(
            f"needs a horizon of whole years and a year to hold back, got {scenario.years:g} years of which {after} were used"
        )
    yearly = replace(scenario, n_edges=years)
    rows = posterior.rows(yearly, check_replicates(replicates), root)
    done = gather(do_all(chunks_of(world_of(yearly), [rows], root), threads=None, map=None), replicates)
    run = assemble(yearly, rows, done, root, wanted=replicates).whole()
    left = log.loc[log["event"] == "leaves", "year"]
    seen, _ = np.histogram(left, np.arange(years + 1))
    facts = {"digest": yearly.digest, "after": after, "replicates": replicates}
    return HeldOut(
        years=np.arange(after, years),
        seen=seen[after:],
        said=np.diff(run.total(), axis=1)[:, after:],
        provenance=Provenance("held_out", facts, seed=root, case_digest=scenario.case_digest),
    )
