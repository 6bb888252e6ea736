"""How regimes end: competing kinds of end, as the hazard of any end times the share of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from ostraka.errors import FitError, InputError
from ostraka.forecast.comparison import followed_by
from ostraka.forecast.covariates import Covariates, shipped_covariates
from ostraka.forecast.design import MODELS, Rows, Scaling, learn_scaling, rows_of
from ostraka.forecast.hazard import training_window
from ostraka.forecast.lookup import at_risk, find_regime
from ostraka.forecast.panel import Panel, last_year_known, shipped_panel

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FOLLOWED_BY = {
    "presidential": "democracy",
    "parliamentary": "democracy",
    "military": "military rule",
    "military personal": "military rule",
    "indirect military": "military rule",
    "provisional military": "military rule",
    "party-military": "military rule",
    "personal": "another autocracy",
    "party-based": "another autocracy",
    "party-personal": "another autocracy",
    "party-personal-military": "another autocracy",
    "oligarchy": "another autocracy",
    "monarchy": "another autocracy",
}
"""What came next, from REIGN's type of the next regime; the rest is ``interim, occupation or no state``."""
MODE_COLUMNS = (
    *MODELS["type"],
    "cold_war",
    "polyarchy",
    "irregular_expected",
    "election_expected",
    "military_career",
    "log_tenure",
    "log_conflict",
)
"""Few columns: there are a few hundred ends, and each kind has a coefficient for every column."""
UNSETTLED = "interim, occupation or no state"
_RIDGES = (100.0, 30.0, 10.0, 3.0)
_INTERCEPT_PRECISION = 0.01
"""Almost none: it only pins down the level that scores of kinds have in common."""


@dataclass(frozen=True, slots=True)
class ModeShare:
    """How likely one kind of end is, given that the regime ends in the year.

    Parameters
    ----------
    kind : str
        Kind of end, or what follows it.
    share, low, high : float
        Probability given an end, with its interval.
    base_share : float
        Share of this kind among all ends of the training window.
    n_events : int
        Ends of this kind in the training window.
    """

    kind: str
    share: float
    low: float
    high: float
    base_share: float
    n_events: int


@dataclass(frozen=True, slots=True, eq=False)
class ModeModel:
    """The share of each kind among ends; times the hazard of any end it is the hazard of that kind.

    Parameters
    ----------
    kinds : tuple of str
        Kinds of end.
    scaling : Scaling
        How columns are filled and scaled.
    coef : ndarray of shape (n_kinds, n_columns)
        Score of each kind; only differences between kinds matter.
    cov : ndarray of shape (n_kinds * n_columns, n_kinds * n_columns)
        Posterior covariance, kinds outermost.
    ridge, log_evidence : float
        Chosen prior precision and its log evidence.
    n_events : tuple of int
        Ends of each kind.
    """

    kinds: tuple[str, ...]
    scaling: Scaling
    coef: Array
    cov: Array
    ridge: float
    log_evidence: float
    n_events: tuple[int, ...]

    def shares(self, rows: Rows, *, level: float = 0.9) -> tuple[tuple[ModeShare, ...], ...]:
        r"""For each row, how likely each kind is given an end, with its interval.

        Notes
        -----
        The interval is that of the log odds of the share by the delta method:
        :math:`\partial\,\mathrm{logit}\,s_k/\partial\eta_j = 1` for j = k and :math:`-s_j/(1-s_k)` otherwise.
        """
        design = self.scaling.design(rows)
        return tuple(self._row(x, level) for x in design)

    def _row(self, x: Array, level: float) -> tuple[ModeShare, ...]:
        n_kinds = len(self.kinds)
        share = _softmax((self.coef @ x)[None])[0]
        blocks = self.cov.reshape(n_kinds, len(x), n_kinds, len(x))
        spread = np.einsum("j,ijkl,l->ik", x, blocks, x)
        reach = NormalDist().inv_cdf((1 + level) / 2)
        found = []
        for k, kind in enumerate(self.kinds):
            slope = -share / max(1 - share[k], 1e-12)
            slope[k] = 1.0
            middle = np.log(share[k] / max(1 - share[k], 1e-12))
            half = reach * float(np.sqrt(slope @ spread @ slope))
            low, high = (float(1 / (1 + np.exp(-(middle + sign * half)))) for sign in (-1, 1))
            base = self.n_events[k] / sum(self.n_events)
            found.append(ModeShare(kind, float(share[k]), low, high, base, self.n_events[k]))
        return tuple(found)


@cache
def _after(case: str) -> str:
    return FOLLOWED_BY.get(followed_by(case), UNSETTLED)


def aftermath(panel: Panel) -> dict[str, str]:
    """What came after each regime that ended, by regime: REIGN codes no mode of end, but the regime that followed.

    Examples
    --------
    >>> from ostraka.forecast.panel import shipped_panel
    >>> aftermath(shipped_panel())["Cuba19063"] in set(FOLLOWED_BY.values()) | {UNSETTLED}
    True
    """
    return {str(case): _after(str(case)) for case in panel.case[panel.fail == 1]}


def fit_modes(
    panel: Panel,
    covariates: Covariates,
    kinds: Mapping[str, str],
    *,
    last_year: int,
    columns: tuple[str, ...] = MODE_COLUMNS,
) -> ModeModel:
    r"""Fit competing kinds of end to what had happened by the end of a year.

    Parameters
    ----------
    panel : Panel
        Regime-years.
    covariates : Covariates
        Values by country and year.
    kinds : mapping of str to str
        Kind of end by regime (case).
    last_year : int
        End of the training window.
    columns : tuple of str
        Columns of the design.

    Raises
    ------
    InputError
        If a regime that ended has no kind.
    FitError
        If fewer than two kinds occurred.

    Notes
    -----
    The hazard of kind k is :math:`h(x)\,s_k(x)` with :math:`s_k = e^{x'\beta_k}/\sum_j e^{x'\beta_j}`. The likelihood of
    competing risks falls apart into one for *h* and one for *s*, so that *s* is learned from the ends alone. Every
    slope has a Gaussian prior whose precision is the one with the largest Laplace evidence.

    References
    ----------
    Prentice, R. L. et al. (1978). The analysis of failure times in the presence of competing risks. Biometrics
    34(4): 541-554.
    """
    window = training_window(panel, last_year=last_year, lead=1)
    ends = window.where(window.fail == 1)
    missing = sorted({str(case) for case in ends.case if str(case) not in kinds})
    if missing:
        raise InputError(f"no kind of end is given for {', '.join(missing[:5])}{' …' * (len(missing) > 5)}")
    words = [kinds[str(case)] for case in ends.case]
    names = tuple(sorted(set(words)))
    if len(names) < 2:
        raise FitError(f"only {', '.join(names)} occurred up to {last_year}: nothing competes")
    codes = np.array([names.index(word) for word in words])
    rows = rows_of(ends, covariates)
    scaling = learn_scaling(rows, columns)
    design = scaling.design(rows)
    fits: list[tuple[Array, Array, float, float]] = []
    for ridge in _RIDGES:
        fits.append(_fit(design, codes, len(names), ridge=ridge, start=fits[-1][0] if fits else None))
    coef, cov, ridge, evidence = max(fits, key=lambda fit: fit[3])
    n_events = tuple(int((codes == k).sum()) for k in range(len(names)))
    return ModeModel(names, scaling, coef, cov, ridge, evidence, n_events)


def ways_to_end(
    regime: str, panel: Panel, kinds: Mapping[str, str], *, origin: int | None = None, level: float = 0.9
) -> tuple[ModeShare, ...]:
    """How a regime would end, if it ended in the year after the origin, learned from regimes whose kind of end is coded.

    Parameters
    ----------
    regime : str
        Country name, ISO code or REIGN's name of the regime.
    panel : Panel
        Regime-years of a source that codes how regimes ended (:func:`ostraka.forecast.load.gwf_panel`,
        :func:`ostraka.forecast.own_regimes.hrd_panel`, :func:`ostraka.forecast.own_regimes.vdem_panel`).
    kinds : mapping of str to str
        Kind of end by regime of that panel.
    origin : int, optional
        Year at whose end one looks ahead; by default the last year of the shipped panel.
    level : float
        Coverage of the intervals.

    Returns
    -------
    tuple of ModeShare
        Most likely first. Times the probability of any end they are the probabilities of each kind.

    Raises
    ------
    InputError
        If the regime is unknown or an end has no kind.
    FitError
        If fewer than two kinds occurred by the origin.
    """
    at = last_year_known() if origin is None else origin
    row = find_regime(shipped_panel(), regime, origin=at)
    now = at_risk(shipped_panel(), at)
    rows = rows_of(now.where(np.arange(len(now)) == row), shipped_covariates())
    model = fit_modes(panel, shipped_covariates(), kinds, last_year=min(at, int(panel.year.max())))
    return tuple(sorted(model.shares(rows, level=level)[0], key=lambda item: -item.share))


def _softmax(eta: Array) -> Array:
    weights = np.exp(eta - eta.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _fit(
    design: Array, codes: Ints, n_kinds: int, *, ridge: float, start: Array | None
) -> tuple[Array, Array, float, float]:
    """Newton steps on all kinds at once; coefficients, covariance, ridge, evidence."""
    n_columns = design.shape[1]
    happened = (codes[:, None] == np.arange(n_kinds)).astype(float)
    prior = np.tile(np.r_[_INTERCEPT_PRECISION, np.full(n_columns - 1, ridge)], n_kinds)
    coef = np.zeros((n_kinds, n_columns)) if start is None else start
    for _ in range(100):
        p = _softmax(design @ coef.T)
        information = _information(design, p) + np.diag(prior)
        gradient = ((happened - p).T @ design).ravel() - prior * coef.ravel()
        move = np.linalg.solve(information, gradient).reshape(coef.shape)
        longest = float(np.abs(design @ move.T).max())
        coef = coef + move * min(1.0, 4.0 / max(longest, 1e-12))
        if longest < 1e-6:
            break
    p = _softmax(design @ coef.T)
    information = _information(design, p) + np.diag(prior)
    evidence = float(np.log(p[np.arange(len(codes)), codes]).sum()) - 0.5 * float(prior @ coef.ravel() ** 2)
    evidence += 0.5 * float(np.log(prior).sum()) - 0.5 * float(np.linalg.slogdet(information)[1])
    return coef, np.asarray(np.linalg.inv(information), dtype=float), ridge, evidence


def _information(design: Array, p: Array) -> Array:
    n_kinds, n_columns = p.shape[1], design.shape[1]
    blocks = np.empty((n_kinds, n_columns, n_kinds, n_columns))
    for j in range(n_kinds):
        for k in range(n_kinds):
            weight = p[:, j] * ((j == k) - p[:, k])
            blocks[j, :, k, :] = (design * weight[:, None]).T @ design
    return blocks.reshape(n_kinds * n_columns, n_kinds * n_columns)
