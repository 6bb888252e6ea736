"""The exact likelihood of person-spells: who was at risk for how long, under what, and whether it ended in the event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import FitError, InputError
from ostraka.provenance import Provenance

if TYPE_CHECKING:
    import pandas as pd

_Z95 = 1.959963984540054
_MAX_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Hazard:
    """A log-linear hazard: coefficients with their uncertainty.

    Attributes
    ----------
    names : tuple of str
        The first is the baseline: log events per unit of time with all covariates 0.
    coef : ndarray, shape (p,)
    cov : ndarray, shape (p, p)
        Inverse of the observed information (plus the prior, if there was one).
    n_events : int
    exposure : float
        Total time at risk.
    log_likelihood : float
        Of the spells, without the prior.
    log_evidence : float
        Laplace approximation of the marginal likelihood under the prior; NaN without a prior on every penalised
        coefficient.
    provenance : Provenance
    """

    names: tuple[str, ...]
    coef: NDArray[np.float64]
    cov: NDArray[np.float64]
    n_events: int
    exposure: float
    log_likelihood: float
    log_evidence: float
    provenance: Provenance

    def of(self, name: str) -> tuple[float, float, float]:
        """Estimate and 95 % interval of one coefficient.

        Raises
        ------
        InputError
            If there is no coefficient of that name.
        """
        if name not in self.names:
            raise InputError(f"no coefficient {name!r}; known: {', '.join(self.names)}")
        k = self.names.index(name)
        half = _Z95 * math.sqrt(self.cov[k, k])
        return float(self.coef[k]), float(self.coef[k] - half), float(self.coef[k] + half)

    def frame(self) -> pd.DataFrame:
        """One row per coefficient: name, estimate, se, low, high, ratio (its exponential)."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        se = np.sqrt(np.diag(self.cov))
        return pd.DataFrame(
            {
                "name": self.names,
                "estimate": self.coef,
                "se": se,
                "low": self.coef - _Z95 * se,
                "high": self.coef + _Z95 * se,
                "ratio": np.exp(self.coef),
            }
        )

    def summary(self) -> str:
        """The coefficients as ratios of hazards, in plain words."""
        parts = []
        for name in self.names[1:]:
            mid, low, high = (math.exp(x) for x in self.of(name))
            parts.append(f"{name}: hazard times {mid:.2f} ({low:.2f} to {high:.2f})")
        return f"{self.n_events} events in {self.exposure:.0f} of time at risk. " + "; ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """The hazard as plain JSON values."""
        return {
            "names": list(self.names),
            "coef": self.coef.tolist(),
            "cov": self.cov.tolist(),
            "n_events": self.n_events,
            "exposure": self.exposure,
            "log_likelihood": self.log_likelihood,
            "provenance": self.provenance.to_json(),
        }


def fit_spells(
    events: ArrayLike,
    exposure: ArrayLike,
    covariates: ArrayLike,
    *,
    names: Sequence[str],
    prior_sd: ArrayLike = np.inf,
) -> Hazard:
    """Fit a log-linear hazard to person-spells by maximum likelihood, or by maximum posterior under normal priors.

    Parameters
    ----------
    events : array of int, shape (n,)
        Events at the end of each spell (0 or 1; more where spells are added up).
    exposure : array of float, shape (n,)
        Length of each spell in units of time; above 0.
    covariates : array of float, shape (n, p)
        What holds during each spell.
    names : sequence of str
        Names of the p covariates.
    prior_sd : float or array, shape (p,)
        Spread of a normal prior around 0 for each coefficient; infinite for none.

    Returns
    -------
    Hazard

    Raises
    ------
    InputError
        If shapes differ, something is not finite, or an exposure is not above 0.
    FitError
        If there is no event, or no maximum exists (a covariate that parts events from the rest).

    Notes
    -----
    The log-likelihood is the sum over spells of ``d log(h) - h t`` with ``log h = b0 + x b``; Newton steps with halving.

    References
    ----------
    Holford (1980), The analysis of rates and of survivorship using log-linear models, Biometrics 36.

    Examples
    --------
    >>> found = fit_spells([1, 0, 1, 1], [2.0, 8.0, 1.0, 4.0], [[0], [0], [1], [1]], names=["abroad"])
    >>> [round(float(c), 3) for c in found.coef]
    [-2.303, 1.386]
    """
    d, time, x = (np.asarray(column, dtype=float) for column in (events, exposure, covariates))
    _check(d, time, x, names)
    design = np.column_stack([np.ones(d.size), x])
    precision = np.concatenate([[0.0], np.broadcast_to(1.0 / np.asarray(prior_sd, dtype=float) ** 2, (x.shape[1],))])
    if d.sum() == 0:
        raise FitError("no event in the record: the hazard has no estimate, only an upper bound")
    b = np.zeros(design.shape[1])
    b[0] = math.log(d.sum() / time.sum())
    b, information = _newton(design, d, time, b, precision)
    linear = design @ b
    likelihood = float(d @ linear - time @ np.exp(linear))
    return Hazard(
        names=("baseline", *names),
        coef=b,
        cov=np.linalg.inv(information).astype(np.float64),
        n_events=int(d.sum()),
        exposure=float(time.sum()),
        log_likelihood=likelihood,
        log_evidence=_evidence(likelihood, b, precision, information),
        provenance=Provenance("fit_spells", {"names": list(names), "spells": int(d.size)}),
    )


def _newton(
    design: NDArray[np.float64],
    d: NDArray[np.float64],
    time: NDArray[np.float64],
    b: NDArray[np.float64],
    precision: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    def height(at: NDArray[np.float64]) -> float:
        linear = np.minimum(design @ at, 700.0)
        return float(d @ linear - time @ np.exp(linear) - 0.5 * precision @ at**2)

    top = height(b)
    for _ in range(_MAX_STEPS):
        mean = time * np.exp(np.minimum(design @ b, 700.0))
        gradient = design.T @ (d - mean) - precision * b
        information = (design * mean[:, None]).T @ design + np.diag(precision)
        try:
            step = np.linalg.solve(information, gradient)
        except np.linalg.LinAlgError:
            raise FitError("covariates repeat each other: leave one out", b) from None
        if gradient @ step < 1e-12 * max(1.0, abs(top)) and np.abs(step).max() < 1e-6:
            return b, information
        scale = 1.0
        while (better := height(b + scale * step)) < top and scale > 1e-10:
            scale /= 2
        b, top = b + scale * step, max(better, top)
        if np.abs(b[1:]).max(initial=0.0) > 25:
            raise FitError("a covariate parts the events from the rest: no finite estimate; give a prior_sd", b)
    raise FitError(f"no maximum after {_MAX_STEPS} steps; give a prior_sd or leave a covariate out", b)


def _evidence(
    likelihood: float, b: NDArray[np.float64], precision: NDArray[np.float64], information: NDArray[np.float64]
) -> float:
    held = precision > 0
    if not held.any():
        return math.nan
    _, log_det = np.linalg.slogdet(information)
    prior = 0.5 * (np.log(precision[held]).sum() - precision[held] @ b[held] ** 2)
    return float(likelihood + prior - 0.5 * log_det)


def _check(d: NDArray[np.float64], time: NDArray[np.float64], x: NDArray[np.float64], names: Sequence[str]) -> None:
    if d.ndim != 1 or time.shape != d.shape or x.shape != (d.size, len(names)):
        raise InputError(
            f"events, exposure and covariates need shapes (n,), (n,), (n, {len(names)}); got {d.shape}, {time.shape}, {x.shape}"
        )
    for name, column in (("events", d), ("exposure", time), ("covariates", x.sum(axis=1) if x.size else time)):
        if not np.isfinite(column).all():
            raise InputError(f"{name}, row {int(np.argmax(~np.isfinite(column)))}: not a finite number")
    if (time <= 0).any() or (d < 0).any():
        raise InputError(
            f"row {int(np.argmax((time <= 0) | (d < 0)))}: a spell is longer than 0, with 0 or more events"
        )
