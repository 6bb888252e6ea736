"""The logit of a person-period hazard, penalised: ridge for prediction, Firth against separation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from ostraka.errors import FitError, InputError

Array = npt.NDArray[np.float64]
Penalty = Literal["ridge", "firth", "none"]

_LARGEST_STEP = 4.0
"""Most that one Newton step may move any row on the log-odds scale."""
_BLOCK = 256
_NEGLIGIBLE = 6.0
"""Ridges this much less evident, in logs, are not tried further."""
_RIDGES = tuple(np.geomspace(1.0, 1000.0, 10))


@dataclass(frozen=True, slots=True, eq=False)
class LogitFit:
    """A fitted logit: coefficients, their covariance and how the fit went.

    Parameters
    ----------
    coef : ndarray of shape (n_columns,)
        Log odds per unit of each column.
    cov : ndarray of shape (n_columns, n_columns)
        Inverse of the penalised information: under a ridge, the posterior covariance, with the doubt about the ridge
        where it was not given.
    log_likelihood : float
        Without the penalty.
    log_evidence : float
        Laplace approximation to the log marginal likelihood; NaN without a ridge.
    ridge : float
        Precision of the Gaussian prior on every column but the first, that of largest evidence where not given; 0
        without.
    n_steps : int
        Newton steps taken.
    """

    coef: Array
    cov: Array
    log_likelihood: float
    log_evidence: float
    ridge: float
    n_steps: int


def expit(eta: Array) -> Array:
    """The logistic function, safe at both ends.

    Examples
    --------
    >>> expit(np.array([0.0, -800.0])).tolist()
    [0.5, 0.0]
    """
    return np.exp(-np.logaddexp(0.0, -eta))


def fit_logit(design: Array, outcome: Array, *, penalty: Penalty = "ridge", ridge: float | None = None) -> LogitFit:
    r"""Fit the log odds of an event in a period, with the first column as unpenalised intercept.

    Parameters
    ----------
    design : ndarray of shape (n_rows, n_columns)
        First column ones; under a ridge the others should be standardised.
    outcome : ndarray of shape (n_rows,)
        0 or 1.
    penalty : {"ridge", "firth", "none"}
        Gaussian prior; Jeffreys prior (bias-reduced, finite under separation); maximum likelihood.
    ridge : float, optional
        Prior precision; without it, fits on a grid from 1 to 1000 are averaged by their evidence.

    Raises
    ------
    InputError
        If shapes differ, values are not finite or not 0 and 1, or a column is constant.
    FitError
        If no event (or nothing but events) occurred, or, without a penalty, a column separates them.

    Notes
    -----
    Maximises :math:`\sum y\eta - \log(1+e^\eta) - \tfrac12\lambda|\beta_{1:}|^2` (ridge) or the likelihood plus
    :math:`\tfrac12\log|X'WX|` (Firth) by Newton steps of limited length. The evidence is
    :math:`\ell_p(\hat\beta) + \tfrac12 k\log\lambda - \tfrac12\log|H|`.

    References
    ----------
    Firth, D. (1993). Bias reduction of maximum likelihood estimates. Biometrika 80(1): 27-38.
    doi:10.1093/biomet/80.1.27

    Examples
    --------
    >>> x = np.column_stack([np.ones(4), [-1.0, -1.0, 1.0, 1.0]])
    >>> fit = fit_logit(x, np.array([0.0, 1.0, 1.0, 1.0]), penalty="firth")
    >>> bool(np.isfinite(fit.coef).all())
    True
    """
    check_design(design, outcome)
    if penalty == "ridge" and ridge is None:
        return _over_ridges(design, outcome)
    return _newton(design, outcome, penalty=penalty, ridge=(ridge or 0.0) * (penalty == "ridge"))


def check_design(design: Array, outcome: Array) -> None:
    """Refuse what cannot be fitted, saying why."""
    if design.ndim != 2 or outcome.shape != (len(design),):
        raise InputError(f"expected a matrix and one outcome per row, got shapes {design.shape} and {outcome.shape}")
    if not np.isfinite(design).all():
        row, column = np.argwhere(~np.isfinite(design))[0]
        raise InputError(f"row {row}, column {column} of the design is not finite; impute or drop it first")
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise InputError(f"row {int(np.flatnonzero(~np.isin(outcome, (0, 1)))[0])}: the outcome is neither 0 nor 1")
    constant = np.flatnonzero(np.ptp(design[:, 1:], axis=0) == 0) + 1
    if constant.size:
        raise InputError(f"columns {constant.tolist()} of the design are constant; drop them")
    if outcome.min() == outcome.max():
        what = "no event" if outcome.max() == 0 else "nothing but events"
        raise FitError(f"{what} in {len(outcome)} rows: a hazard cannot be estimated; use a longer window")


def _over_ridges(design: Array, outcome: Array) -> LogitFit:
    """Coefficients averaged over ridges by their evidence; the covariance holds the doubt about the ridge too."""
    fits: list[LogitFit] = []
    start: Array | None = None
    for ridge in reversed(_RIDGES):
        fits.append(_newton(design, outcome, penalty="ridge", ridge=float(ridge), start=start))
        start = fits[-1].coef
        if fits[-1].log_evidence < max(fit.log_evidence for fit in fits) - _NEGLIGIBLE:
            break
    best = max(fits, key=lambda fit: fit.log_evidence)
    weights = np.exp([fit.log_evidence - best.log_evidence for fit in fits])
    weights /= weights.sum()
    coef = weights @ np.array([fit.coef for fit in fits])
    apart = np.array([fit.coef for fit in fits]) - coef
    cov = np.einsum("m,mij->ij", weights, np.array([fit.cov for fit in fits])) + (apart.T * weights) @ apart
    return replace(best, coef=coef, cov=cov)


def _newton(design: Array, outcome: Array, *, penalty: Penalty, ridge: float, start: Array | None = None) -> LogitFit:
    n_columns = design.shape[1]
    prior = np.r_[0.0, np.full(n_columns - 1, ridge)]
    rate = outcome.mean()
    coef = np.r_[np.log(rate / (1 - rate)), np.zeros(n_columns - 1)] if start is None else start.copy()
    for step in range(1, 201):
        p = expit(_times(design, coef))
        information = _information(design, p * (1 - p)) + np.diag(prior)
        target = outcome + _firth_shift(design, p, information) if penalty == "firth" else outcome
        move = _solve(information, np.einsum("ij,i->j", design, target - p) - prior * coef)
        longest = float(np.abs(_times(design, move)).max())
        coef = coef + move * min(1.0, _LARGEST_STEP / longest if longest else 1.0)
        if np.abs(move).max() < 1e-9:
            return _finish(design, outcome, coef=coef, ridge=ridge, n_steps=step)
        if penalty == "none" and np.abs(_times(design, coef)).max() > 40:
            break
    raise FitError("the likelihood has no maximum: a column separates the events; use a ridge or Firth penalty", coef)


def _information(design: Array, weight: Array) -> Array:
    """Weighted cross product in blocks of rows: small products stay on one thread, which a busy machine rewards."""
    weighted = design * weight[:, None]
    whole = len(design) // _BLOCK * _BLOCK
    left = weighted[:whole].reshape(-1, _BLOCK, design.shape[1]).transpose(0, 2, 1)
    blocks = left @ design[:whole].reshape(-1, _BLOCK, design.shape[1])
    return np.asarray(blocks.sum(axis=0) + weighted[whole:].T @ design[whole:])


def _times(design: Array, vector: Array) -> Array:
    """A product on one thread."""
    return np.asarray(np.einsum("ij,j->i", design, vector))


def _firth_shift(design: Array, p: Array, information: Array) -> Array:
    leverage = np.einsum("ij,ji->i", design, np.linalg.solve(information, design.T)) * p * (1 - p)
    return np.asarray(leverage * (0.5 - p))


def _solve(information: Array, gradient: Array) -> Array:
    try:
        return np.asarray(np.linalg.solve(information, gradient), dtype=float)
    except np.linalg.LinAlgError as error:
        raise FitError("the columns of the design are linearly dependent; drop one or use a ridge") from error


def _finish(design: Array, outcome: Array, *, coef: Array, ridge: float, n_steps: int) -> LogitFit:
    eta = _times(design, coef)
    p = expit(eta)
    hessian = _information(design, p * (1 - p)) + np.diag(np.r_[0.0, np.full(len(coef) - 1, ridge)])
    log_likelihood = float((outcome * eta - np.logaddexp(0.0, eta)).sum())
    evidence = float("nan")
    if ridge > 0:
        log_det = float(np.linalg.slogdet(hessian)[1])
        penalised = log_likelihood - 0.5 * ridge * float(coef[1:] @ coef[1:])
        evidence = penalised + 0.5 * (len(coef) - 1) * float(np.log(ridge)) - 0.5 * log_det
    return LogitFit(coef, np.asarray(np.linalg.inv(hessian), float), log_likelihood, evidence, ridge, n_steps)
