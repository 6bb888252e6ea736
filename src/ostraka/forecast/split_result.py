"""What a split-population fit holds: every mode found, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from ostraka.forecast.split_likelihood import Sample, probability_in_period
from ostraka.provenance import Provenance

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]
Family = Literal["weibull", "loglogistic"]


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """One local maximum of the likelihood.

    Parameters
    ----------
    coef, error : ndarray of shape (n_coefficients,)
        Estimates and standard errors (NaN where the curvature does not give one).
    log_likelihood : float
        Its height.
    n_starts : int
        How many of the starting points led here.
    at_edge : bool
        Whether a coefficient has run off, so that the split says nothing (everyone or no one at risk).
    """

    coef: Array
    error: Array
    log_likelihood: float
    n_starts: int
    at_edge: bool


@dataclass(frozen=True, slots=True, eq=False)
class SplitPopulation:
    """A fitted split-population duration model, with every local maximum that was found.

    Parameters
    ----------
    names : tuple of str
        ``timing: …`` (longer durations where positive), ``risk: …`` (log odds of being at risk at all) and
        ``-log shape``.
    modes : tuple of Mode
        Highest first; the first is the estimate.
    family : {"weibull", "loglogistic"}
        Of the durations of those at risk.
    n_timing : int
        Number of timing coefficients, with the intercept.
    n_rows, n_events, n_starts : int
        Rows, events, starting points tried.
    provenance : Provenance
        With the seed of the starting points.
    """

    names: tuple[str, ...]
    modes: tuple[Mode, ...]
    family: Family
    n_timing: int
    n_rows: int
    n_events: int
    n_starts: int
    provenance: Provenance

    @property
    def coef(self) -> Array:
        """Estimates at the highest mode."""
        return self.modes[0].coef

    @property
    def log_likelihood(self) -> float:
        """Height of the highest mode."""
        return self.modes[0].log_likelihood

    def probability(self, timing: npt.ArrayLike, risk: npt.ArrayLike, *, entry: npt.ArrayLike) -> Array:
        """Probability of the event in the next period, given none so far.

        Parameters
        ----------
        timing, risk : array_like of shape (n_rows, n_covariates)
            Covariates without intercepts, in the order of the fit.
        entry : array_like of shape (n_rows,)
            Periods survived before this one.
        """
        before = np.asarray(entry, dtype=float)
        sample = Sample(with_ones(timing, len(before)), with_ones(risk, len(before)), before + 1, before, before * 0)
        return probability_in_period(self.coef, sample, self.family)

    def frame(self) -> pd.DataFrame:
        """One row per coefficient of each mode."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        parts = [
            pd.DataFrame(
                {
                    "mode": rank,
                    "name": self.names,
                    "coef": mode.coef,
                    "error": mode.error,
                    "log_likelihood": mode.log_likelihood,
                    "n_starts": mode.n_starts,
                    "at_edge": mode.at_edge,
                }
            )
            for rank, mode in enumerate(self.modes, start=1)
        ]
        return pd.concat(parts, ignore_index=True)

    def summary(self) -> str:
        """What was found, and how sure one can be that it is the highest."""
        best = self.modes[0]
        said = (
            f"Split-population {self.family} model, {self.n_events} events in {self.n_rows} rows. Highest of "
            f"{len(self.modes)} local maxima: log-likelihood {best.log_likelihood:.3f}, reached from {best.n_starts} of "
            f"{self.n_starts} starting points."
        )
        if len(self.modes) > 1:
            gap = best.log_likelihood - self.modes[1].log_likelihood
            said += f" The next lies {gap:.3f} lower: a single start can end there."
        if best.at_edge:
            said += " It lies at the edge of the model: the data do not tell who is at risk at all."
        return said

    def to_json(self) -> dict[str, Any]:
        """The fit as plain JSON values."""
        modes = [
            {
                "coef": mode.coef.tolist(),
                "error": [value if np.isfinite(value) else None for value in mode.error.tolist()],
                "log_likelihood": mode.log_likelihood,
                "n_starts": mode.n_starts,
                "at_edge": mode.at_edge,
            }
            for mode in self.modes
        ]
        return {
            "names": list(self.names),
            "modes": modes,
            "family": self.family,
            "n_rows": self.n_rows,
            "n_events": self.n_events,
            "n_starts": self.n_starts,
            "provenance": self.provenance.to_json(),
        }


def with_ones(values: npt.ArrayLike, n_rows: int) -> Array:
    """Covariates with a leading column of ones."""
    columns = np.asarray(values, dtype=float)
    columns = columns.reshape(n_rows, -1) if columns.size else np.zeros((n_rows, 0))
    return np.column_stack([np.ones(n_rows), columns])
