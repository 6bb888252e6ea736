"""The chain ladder: what is still to be reported of each cohort, with Mack's standard error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ostraka.errors import FitError, InputError
from ostraka.watch.inputs import LARGEST, Floats, numbers


@dataclass(frozen=True, slots=True, eq=False)
class ChainLadder:
    """What each cohort will come to.

    Attributes
    ----------
    factors : ndarray of float64, shape (d - 1,)
        Growth from each age to the next.
    ultimate : ndarray of float64, shape (n,)
        What each cohort comes to at the last age.
    reserve : ndarray of float64, shape (n,)
        The part of it that is still to be reported.
    standard_error : ndarray of float64, shape (n,)
        Mack's, of each reserve.
    total, total_standard_error : float
        Of all reserves together.
    """

    factors: Floats
    ultimate: Floats
    reserve: Floats
    standard_error: Floats
    total: float
    total_standard_error: float

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        return {
            **{name: getattr(self, name).tolist() for name in ("factors", "ultimate", "reserve", "standard_error")},
            "total": self.total,
            "total_standard_error": self.total_standard_error,
        }


def chain_ladder(triangle: ArrayLike) -> ChainLadder:
    """What is still to be reported of each cohort, from what has been reported at each age.

    Parameters
    ----------
    triangle : array_like of float, shape (n, d)
        Reported so far by cohort (rows, oldest first) and age (columns), cumulative; NaN where it lies in the
        future. Each row is known to an age not above that of the row before; at least one to the last.

    Returns
    -------
    ChainLadder

    Raises
    ------
    InputError
        If the triangle has gaps, is not cumulative-shaped, or holds a number that is none.
    FitError
        If fewer than two ages or cohorts leave nothing to estimate from, or a column sums to 0.

    Notes
    -----
    f_k = ΣC_{k+1}/ΣC_k; for counts the product of 1/f is Lawless's distribution function. σ²_k from the
    weighted squares of the growths; the last one, from one growth alone, is min(σ⁴_{k-1}/σ²_{k-2}, σ²_{k-1}, σ²_{k-2}).

    References
    ----------
    Mack, T. (1993). Distribution-free calculation of the standard error of chain ladder reserve estimates.
    ASTIN Bulletin 23, 213-225.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = chain_ladder([[10, 15, 16], [12, 18, nan], [11, nan, nan]])
    >>> found.reserve.round(2).tolist()
    [0.0, 1.2, 6.6]
    """
    paid = numbers("triangle", triangle)
    known = _known(paid)
    heads = [paid[known[:, k + 1], k] for k in range(paid.shape[1] - 1)]
    nexts = [paid[known[:, k + 1], k + 1] for k in range(paid.shape[1] - 1)]
    if any(head.sum() <= 0 for head in heads):
        raise FitError("not enough data: at some age nothing has been reported, so its growth is unknown")
    factors = np.array([after.sum() / head.sum() for head, after in zip(heads, nexts, strict=True)])
    spread = _spreads(heads, nexts, factors)
    full = paid.copy()
    for k, factor in enumerate(factors):
        full[~known[:, k + 1], k + 1] = full[~known[:, k + 1], k] * factor
    latest = np.array([row[mask][-1] for row, mask in zip(paid, known, strict=True)])
    ultimate = full[:, -1]
    future = (~known[:, 1:]) * spread * _inverse(factors) ** 2
    of_factors = ultimate**2 * (future / [head.sum() for head in heads]).sum(axis=1)
    errors = ultimate**2 * (future * _inverse(full[:, :-1])).sum(axis=1) + of_factors
    younger = ultimate.sum() - ultimate.cumsum()
    shared = 2 * (of_factors * _inverse(ultimate) * younger).sum()
    return ChainLadder(
        factors=factors,
        ultimate=ultimate,
        reserve=ultimate - latest,
        standard_error=np.sqrt(errors),
        total=float((ultimate - latest).sum()),
        total_standard_error=float(np.sqrt(errors.sum() + shared)),
    )


def _known(paid: Floats) -> Any:
    """Which cells are known; refused unless they make a staircase."""
    if paid.ndim != 2 or min(paid.shape) < 2:
        raise InputError(f"a triangle has two cohorts and two ages at least, not shape {paid.shape}")
    known = ~np.isnan(paid)
    ages = known.sum(axis=1)
    staircase = (known == (np.arange(paid.shape[1]) < ages[:, None])).all()
    if not (staircase and (paid[known] <= LARGEST).all() and (paid[known] >= 0).all()):
        raise InputError("what is known of a cohort must be numbers from 0 upwards without a gap from age 0 on")
    if ages[0] < paid.shape[1] or (np.diff(ages) > 0).any() or (ages == 0).any():
        raise InputError("cohorts go from the oldest, known to the last age, to the youngest, known to age 0 at least")
    return known


def _spreads(heads: list[Floats], nexts: list[Floats], factors: Floats) -> Floats:
    """σ² of each growth."""
    spread: list[float] = []
    for head, after, factor in zip(heads, nexts, factors, strict=True):
        grown = head > 0
        if grown.sum() > 1:
            spread.append(float((head[grown] * (after[grown] / head[grown] - factor) ** 2).sum() / (grown.sum() - 1)))
        elif len(spread) > 1 and spread[-2] > 0:
            spread.append(min(spread[-1] ** 2 / spread[-2], spread[-1], spread[-2]))
        else:
            spread.append(spread[-1] if spread else 0.0)
    return np.array(spread)


def _inverse(values: Floats) -> Floats:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 1e-50)
