"""Reporting delays by sector, partially pooled; and whether the law of the delay seems to have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ostraka.errors import InputError
from ostraka.watch.delay import (
    PRIOR_LOG_MEDIAN_SD,
    PRIOR_MEDIAN_DAYS,
    DelayLaw,
    checked_delays,
    log_prior_spread,
    truncated_log_likelihood,
)
from ostraka.watch.inputs import Floats, numbers
from ostraka.watch.pieces import log_sum

ODDS_OF_CHANGE = 10.0
"""Above these odds the watch warns that the law of the delay seems to have changed."""

_MEDIANS = np.linspace(np.log(0.25), np.log(30 * 365.25), 44)
_SPREADS = np.exp(np.linspace(np.log(0.3), np.log(5.0), 14))
_TAUS = (0.15, 0.5, 1.0, 1.75, 2.75)
_P_TAU = np.array([0.15, 0.25, 0.3, 0.2, 0.1])
_LAWS = 160
_FEWEST_TO_SPLIT = 8


def reporting_delay_by_group(
    delay_days: ArrayLike,
    longest_days: ArrayLike,
    group: Sequence[str],
    *,
    share: Mapping[str, float] | None = None,
    rng: np.random.Generator,
) -> tuple[DelayLaw, dict[str, DelayLaw]]:
    """Delay laws of sectors that learn from each other: few delays of a sector lean on the rest.

    Parameters
    ----------
    delay_days, longest_days : array_like of float, shape (n,)
        As for :func:`reporting_delay`.
    group : sequence of str, length n
        Sector of each departure.
    share : mapping, optional
        Share of each sector among departures; that among the delays if not given. Sectors that no delay is
        known of lean on the rest alone.
    rng : Generator
        For the laws drawn from the posterior.

    Returns
    -------
    together : DelayLaw
        The mixture over sectors.
    by_group : dict of str to DelayLaw
        The law of each sector.

    Raises
    ------
    InputError
        If the groups are not one for each delay, or a share is negative.

    Notes
    -----
    log median of sector g ~ N(m, τ²), one spread for all; m and τ with weak priors (τ from 0.15 to 2.75,
    mostly about 1). Right truncation as for one law. The posterior of (m, τ, spread) is summed on a grid
    with the sector medians summed out; laws are then drawn from it.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> _, laws = reporting_delay_by_group([1, 2, 1, 400, 900, 700], [9000] * 6, ["m"] * 3 + ["s"] * 3, rng=rng)
    >>> laws["m"].median_days < 10 < 100 < laws["s"].median_days
    True
    """
    log_delay, log_longest = checked_delays(delay_days, longest_days)
    if len(group) != log_delay.size:
        raise InputError(f"{log_delay.size} delays but {len(group)} sectors; give one for each")
    names = sorted(set(group) | set(share or {}))
    member = np.array(list(group), dtype=object)
    tables = [_table(log_delay[member == name], log_longest[member == name]) for name in names]
    medians, spreads = _draw(tables, rng)
    counts = np.array([float((member == name).sum()) for name in names])
    weight = counts if share is None else numbers("share", [share.get(name, 0.0) for name in names])
    if not (np.isfinite(weight).all() and (weight >= 0).all() and weight.sum() > 0):
        raise InputError("shares of sectors must not be negative nor all 0")
    even = np.full(_LAWS, 1 / _LAWS)
    longest = float(np.exp(log_longest.max())) if log_longest.size else 0.0
    together = DelayLaw(medians, spreads, even, weight / weight.sum(), log_delay.size, longest)
    by_group = {
        name: replace(
            together,
            log_median=medians[:, [i]],
            spread=spreads[:, [i]],
            share=np.ones(1),
            n_delays=int(counts[i]),
        )
        for i, name in enumerate(names)
    }
    return together, by_group


def _table(log_delay: Floats, log_longest: Floats) -> Floats:
    """Log likelihood of one sector for each log median and spread of the grid."""
    median, spread = np.meshgrid(_MEDIANS, _SPREADS, indexing="ij")
    return truncated_log_likelihood(log_delay, log_longest, median=median, spread=spread)


def _draw(tables: Sequence[Floats], rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Log medians and spreads of all sectors drawn from their joint posterior, each of shape (laws, sectors)."""
    taus = np.array(_TAUS)
    distance = (_MEDIANS[:, None, None] - _MEDIANS[None, :, None]) / taus
    log_normal = -0.5 * distance**2
    log_normal -= log_sum(log_normal, axis=0)
    log_hyper = -0.5 * ((_MEDIANS - np.log(PRIOR_MEDIAN_DAYS)) / PRIOR_LOG_MEDIAN_SD) ** 2
    log_post = log_hyper[:, None, None] + np.log(_P_TAU)[None, :, None] + log_prior_spread(_SPREADS)
    for table in tables:
        log_post = log_post + log_sum(log_normal[..., None] + table[:, None, None, :], axis=0)
    p = np.exp(log_post - log_post.max())
    centre, tau, spread = np.unravel_index(rng.choice(p.size, size=_LAWS, p=(p / p.sum()).ravel()), p.shape)
    columns = []
    for table in tables:
        log_p = log_normal[:, centre, tau] + table[:, spread]
        mass = np.exp(log_p - log_p.max(axis=0)).cumsum(axis=0)
        place = (mass < rng.random(_LAWS) * mass[-1]).sum(axis=0)
        columns.append(_MEDIANS[place])
    medians = np.stack(columns, axis=1)
    return medians, np.broadcast_to(_SPREADS[spread][:, None], medians.shape).copy()


@dataclass(frozen=True, slots=True)
class DelayChange:
    """Whether early and late departures were reported under different laws.

    Attributes
    ----------
    odds : float
        Evidence for two laws over one; 1 if there are too few delays to split.
    n_early, n_late : int
    median_early_days, median_late_days : float
        Medians of the two laws; NaN if not split.
    """

    odds: float
    n_early: int
    n_late: int
    median_early_days: float
    median_late_days: float

    @property
    def warns(self) -> bool:
        """Whether the watch should warn."""
        return self.odds > ODDS_OF_CHANGE

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        split = np.isfinite(self.median_early_days)
        return {
            "odds": self.odds,
            "n_early": self.n_early,
            "n_late": self.n_late,
            "median_early_days": self.median_early_days if split else None,
            "median_late_days": self.median_late_days if split else None,
            "warns": self.warns,
        }


def delay_change(event_day: ArrayLike, delay_days: ArrayLike, longest_days: ArrayLike) -> DelayChange:
    """Did the law of the reporting delay change between the earlier and the later half of the departures.

    Parameters
    ----------
    event_day : array_like of float, shape (n,)
        Day of each departure.
    delay_days, longest_days : array_like of float, shape (n,)
        As for :func:`reporting_delay`.

    Notes
    -----
    Ratio of marginal likelihoods, two lognormal laws to one, each right truncated, priors as for
    :func:`reporting_delay`. A nowcast made with one law misleads where two are needed; estimate it from the
    later half then.

    Examples
    --------
    >>> days = np.arange(40.0)
    >>> delay_change(days, np.where(days < 20, 300, 2), np.full(40, 9000.0)).warns
    True
    """
    days = numbers("event_day", event_day).ravel()
    if not np.isfinite(days).all() or days.size != np.size(delay_days):
        raise InputError("give one finite day for each delay")
    order = np.argsort(days, kind="stable")
    log_delay, log_longest = (values[order] for values in checked_delays(delay_days, longest_days))
    half = order.size // 2
    if half < _FEWEST_TO_SPLIT:
        return DelayChange(1.0, half, order.size - half, float("nan"), float("nan"))
    early, late = _table(log_delay[:half], log_longest[:half]), _table(log_delay[half:], log_longest[half:])
    prior = -0.5 * ((_MEDIANS[:, None] - np.log(PRIOR_MEDIAN_DAYS)) / PRIOR_LOG_MEDIAN_SD) ** 2
    prior = prior + log_prior_spread(_SPREADS)
    prior = prior - np.log(np.exp(prior).sum())

    def evidence(table: Floats) -> float:
        return float(log_sum((prior + table).ravel(), axis=0))

    def median(table: Floats) -> float:
        p = np.exp(prior + table - (prior + table).max()).sum(axis=1)
        return float(np.exp(p @ _MEDIANS / p.sum()))

    log_odds = evidence(early) + evidence(late) - evidence(early + late)
    return DelayChange(float(np.exp(min(log_odds, 700.0))), half, order.size - half, median(early), median(late))
