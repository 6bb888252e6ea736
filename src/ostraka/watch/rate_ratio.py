"""Two counts compared: is one rate higher than the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betaincinv, gammaln, xlog1py, xlogy

from ostraka.watch.inputs import positive, probability, whole
from ostraka.watch.mixtures import binomial_tail

_SLACK, _MOST = 1e-7, 1e8


@dataclass(frozen=True, slots=True)
class RateRatio:
    """One rate over another.

    Attributes
    ----------
    ratio : float
        As counted; infinite if the second count is 0, NaN if both are.
    interval : tuple of float
        Exact interval of the ratio (from Clopper and Pearson's of the share); from 0 or to infinity where a count is 0.
    p : float
        Exact two-sided p: probability, given the total, of all splits no likelier than this one.
    p_higher : float
        Exact one-sided p that the first count is so high.
    """

    ratio: float
    interval: tuple[float, float]
    p: float
    p_higher: float

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values; what is not finite is null."""
        return {
            "ratio": _finite(self.ratio),
            "interval": [_finite(x) for x in self.interval],
            "p": self.p,
            "p_higher": self.p_higher,
        }


def rate_ratio(
    n_events: int, exposure: float, *, n_other: int, exposure_other: float, level: float = 0.90
) -> RateRatio:
    """Is the rate of one count higher than that of another; exact, given their total.

    Parameters
    ----------
    n_events, n_other : int
        The two counts.
    exposure, exposure_other : float
        Exposure each was counted in, above 0.
    level : float
        Probability of the interval.

    Notes
    -----
    Given the total, the first count is binomial with share E₁/(E₁ + E₂) if the rates are equal; so R's
    ``poisson.test`` does it.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series.
    Biometrika 31, 313-323.

    Examples
    --------
    >>> found = rate_ratio(11, 800, n_other=21, exposure_other=3011, level=0.95)
    >>> f"{found.p:.8f} {found.ratio:.6f} {found.interval[0]:.6f} {found.interval[1]:.6f}"
    '0.07966863 1.971488 0.858426 4.277266'
    """
    k, other = whole("n_events", n_events, at_most=_MOST), whole("n_other", n_other, at_most=_MOST)
    first, second = positive("exposure", exposure), positive("exposure_other", exposure_other)
    tail = (1 - probability("level", level)) / 2
    n, share = k + other, first / (first + second)
    low = float(betaincinv(k, n - k + 1, tail)) if k else 0.0
    high = float(betaincinv(k + 1, n - k, 1 - tail)) if k < n else 1.0
    scale = second / first
    return RateRatio(
        ratio=k / first * second / other if other else float("inf" if k else "nan"),
        interval=(low / (1 - low) * scale, high / (1 - high) * scale if high < 1 else float("inf")),
        p=_two_sided(k, n, share),
        p_higher=binomial_tail(k, n, share),
    )


def _two_sided(k: int, n: int, share: float) -> float:
    """Probability of all counts no likelier than k: the tail it lies in, and the one beyond the peak."""
    own, peak = _log_pmf(k, n, share) + _SLACK, int((n + 1) * share)
    if k >= peak:
        low, high = _crossing(-1, peak + 1, lambda j: _log_pmf(j, n, share) <= own)[0], k
    else:
        low, high = k, _crossing(peak - 1, n + 1, lambda j: _log_pmf(j, n, share) > own)[1]
    return min(1.0, binomial_tail(n - low, n, 1 - share) + binomial_tail(high, n, share))


def _crossing(low: int, high: int, first: Callable[[int], bool]) -> tuple[int, int]:
    """The last place of which something holds and the first of which it no longer does, strictly between the ends."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if first(middle) else (low, middle)
    return low, high


def _log_pmf(k: int, n: int, share: float) -> float:
    ways = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    return float(ways + xlogy(k, share) + xlog1py(n - k, -share))


def _finite(x: float) -> float | None:
    return x if np.isfinite(x) else None
