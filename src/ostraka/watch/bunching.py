"""Are events bunched: at the end of the record, in some window, or from year to year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammaln

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.watch.inputs import Floats, Ints, exposures, numbers, positive, probability, whole, whole_counts
from ostraka.watch.mixtures import binomial_tail

LONGEST_RUN = 200
"""The end-scan looks at runs of up to so many last events."""

_RECORDS = 5_000
_BATCH = 2_000_000
_MOST_DRAWN, _MOST_EVENTS = 200_000_000, 1_000_000


@dataclass(frozen=True, slots=True)
class EndScan:
    """Whether the end of the record holds more events than the rest, over all windows that end now.

    Attributes
    ----------
    p : float
        Probability of an end at least so crowded if events fell evenly; the choice of window is paid for.
    n_run : int
        How many last events make the most surprising run; 0 if there are no events.
    span : float
        Exposure from the first of them to the end.
    p_run : float
        Probability of so many in that span had it been chosen in advance.
    """

    p: float
    n_run: int
    span: float
    p_run: float

    def to_json(self) -> dict[str, Any]:
        """The scan as plain JSON values."""
        return {"p": self.p, "n_run": self.n_run, "span": self.span, "p_run": self.p_run}


def end_scan(exposure_since: ArrayLike, exposure: float, *, longest: float | None = None) -> EndScan:
    """Is the end of the record unusual, whatever window one would have chosen.

    Parameters
    ----------
    exposure_since : array_like of float, shape (n,)
        For each event, the exposure from it to the end of the record.
    exposure : float
        Exposure of the whole record.
    longest : float, optional
        Longest window that still counts as "the end"; the whole record if not given.

    Returns
    -------
    EndScan

    Raises
    ------
    InputError
        If an event lies outside the record.

    Notes
    -----
    With w_j the exposure since the j-th last event, s = min_j P(Bin(n, w_j/E) ≥ j). Given n, the w_j/E of
    evenly falling events are uniform order statistics, so P(s ≤ x) is one minus the probability that none
    of them lies below the x-quantile of its Beta(j, n-j+1) law (nor within `longest`); computed exactly by passing through those
    quantiles one after another, no simulation.

    References
    ----------
    Noé, M. (1972). The calculation of distributions of two-sided Kolmogorov-Smirnov type statistics.
    Annals of Mathematical Statistics 43, 58-64.

    Examples
    --------
    >>> scan = end_scan([0.1, 0.2, 0.3, 0.4, 0.5, 9.0, 17.0], 20.0)
    >>> scan.n_run, f"{scan.p_run:.1e} {scan.p:.1e}"
    (5, '2.0e-07 1.3e-06')
    """
    run = most_surprising_run(exposure_since, exposure, longest=longest)
    if not run.n_run:
        return run
    cap = 1.0 if longest is None else min(longest / exposure, 1.0)
    return replace(run, p=_end_scan_p(run.p_run, np.size(exposure_since), cap))


def most_surprising_run(exposure_since: ArrayLike, exposure: float, *, longest: float | None = None) -> EndScan:
    """The run that :func:`end_scan` judges, its p not yet paid for: `p` is `p_run`; for as many events the order of both is one.

    Parameters
    ----------
    exposure_since, exposure, longest
        See :func:`end_scan`.
    """
    positive("exposure", exposure)
    since = np.sort(numbers("exposure_since", exposure_since).ravel())
    if not np.isfinite(since).all() or (since.size and (since[0] < 0 or since[-1] > exposure * (1 + 1e-12))):
        raise InputError("every event must lie within the record: 0 ≤ exposure since it ≤ exposure of the record")
    cap = 1.0 if longest is None else min(positive("longest", longest) / exposure, 1.0)
    n_runs = min(int(np.searchsorted(since / exposure, cap, side="right")), LONGEST_RUN)
    if not n_runs:
        return EndScan(p=1.0, n_run=0, span=0.0, p_run=1.0)
    run = np.arange(1, n_runs + 1)
    p_run = betainc(run, since.size - run + 1, np.minimum(since[:n_runs] / exposure, 1.0))
    best = int(np.argmin(p_run))
    return EndScan(p=float(p_run[best]), n_run=best + 1, span=float(since[best]), p_run=float(p_run[best]))


def _end_scan_p(smallest: float, n_events: int, cap: float = 1.0) -> float:
    """Probability that the smallest of the run probabilities is at most this, for evenly falling events."""
    if smallest <= 0 or smallest >= 1:
        return 0.0 if smallest <= 0 else 1.0
    run = np.arange(1, min(n_events, LONGEST_RUN) + 1)
    bound = np.minimum(betaincinv(run, n_events - run + 1, smallest), cap)
    within = np.ones(1)
    crossed = 0.0
    last = 0.0
    for j, now in enumerate(bound):
        share = (now - last) / (1 - last)
        moved = _spread(within, n_events, share, j + 1)
        crossed += max(0.0, float(within.sum() - moved.sum()))
        within, last = moved, now
    return min(1.0, crossed)


def _spread(within: Floats, n_events: int, share: float, size: int) -> Floats:
    """Law of the number of events within the next bound, given its law within this one; numbers ≥ size drop out."""
    if share <= 0:
        return within
    before, after = np.arange(within.size)[:, None], np.arange(size)[None, :]
    new = after - before
    left = n_events - before
    log_p = gammaln(left + 1) - gammaln(np.maximum(new, 0) + 1) - gammaln(left - new + 1)
    log_p = log_p + new * np.log(share) + (left - new) * np.log1p(-share)
    moved: Floats = within @ np.where(new >= 0, np.exp(np.minimum(log_p, 0.0)), 0.0)
    return moved


def any_window(n_in_window: int, n_events: int, share: float, *, n_draws: int = 20_000, rng: RNG = None) -> float:
    """Probability that some window, anywhere in the record, holds at least so many of its events.

    Parameters
    ----------
    n_in_window : int
        Events in the most crowded window.
    n_events : int
        Events in the record.
    share : float
        Length of the window as a share of the record, in (0, 1).
    n_draws : int
        Records simulated where no formula is exact; fewer of them for more than 10,000 events.
    rng : int, SeedSequence, Generator or None

    Notes
    -----
    Exact where the window holds more than half of the events and half of the record at most:
    (k/w - n - 1) P(Bin = k) + 2 P(Bin > k) + P(Bin = k) with Bin(n, w), Naus's formula in the form of
    Wallenstein and Neff. Otherwise simulated records; with 20,000 the standard error is below 0.0036.

    References
    ----------
    Wallenstein, S. and Neff, N. (1987). An approximation for the distribution of the scan statistic.
    Statistics in Medicine 6, 197-207.

    Examples
    --------
    >>> round(any_window(5, 8, 1 / 6), 6)
    0.096738
    """
    k, n = whole("n_in_window", n_in_window), whole("n_events", n_events, at_most=_MOST_EVENTS)
    probability("share", share)
    if k > n:
        raise InputError(f"a window cannot hold {k} of {n} events")
    if k <= 1:
        return 1.0 if n >= k else 0.0
    if k > n / 2 and share <= 0.5:
        at_least = binomial_tail(k, n, share)
        exactly = at_least - binomial_tail(k + 1, n, share)
        return float(min(1.0, (k / share - n - 1) * exactly + 2 * at_least))
    n_draws = min(max(whole("n_draws", n_draws), 1), max(_MOST_DRAWN // n, 50))
    draw = stream(root_seed(rng), "watch.any_window")
    hits = 0
    done = 0
    while done < n_draws:
        size = min(n_draws - done, max(1, _BATCH // n))
        times = np.sort(draw.random((size, n)), axis=1)
        hits += int((times[:, k - 1 :] - times[:, : n - k + 1] <= share).any(axis=1).sum())
        done += size
    return hits / n_draws


@dataclass(frozen=True, slots=True)
class Evenness:
    """Whether counts per bin vary more than chance makes them, given their total.

    Attributes
    ----------
    dispersion : float
        Pearson's X² over its degrees of freedom; 1 for chance alone.
    p_dispersion : float
        Probability of so much or more variation.
    n_empty : int
        Bins without an event.
    p_empty : float
        Probability of so many or more empty bins.
    largest : int
        Largest count of a bin.
    p_largest : float
        Probability that some bin holds so many or more.
    """

    dispersion: float
    p_dispersion: float
    n_empty: int
    p_empty: float
    largest: int
    p_largest: float

    def to_json(self) -> dict[str, Any]:
        """The tests as plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


def evenness(counts: ArrayLike, exposure: ArrayLike | None = None, *, rng: RNG = None) -> Evenness:
    """Do events fall evenly over the bins, given how many there are.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
        Events per bin, zeros included.
    exposure : array_like of float, shape (n,), optional
        Exposure per bin; equal if not given.
    rng : int, SeedSequence, Generator or None

    Notes
    -----
    Given their total, counts under one rate are multinomial with shares E_i/ΣE. 5,000 such records are
    drawn; each p is (1 + records at least so extreme) / (1 + records).

    Examples
    --------
    >>> evenness([0, 0, 6, 0, 1, 0, 0, 1], rng=1).p_dispersion < 0.01
    True
    """
    seen = whole_counts("counts", counts)
    weight = exposures(exposure, seen)
    share = weight / weight.sum()
    drawn = _multinomial(int(seen.sum()), share, stream(root_seed(rng), "watch.evenness"))
    bins = share > 0
    expected = seen.sum() * share[bins]

    def variation(rows: Ints) -> Floats:
        if not seen.sum() or bins.sum() < 2:
            return np.zeros(rows.shape[0])
        chi2: Floats = ((rows[:, bins] - expected) ** 2 / expected).sum(axis=1) / (bins.sum() - 1)
        return chi2

    def p_of(statistic: Floats | Ints, value: float) -> float:
        return float((1 + (statistic >= value - 1e-9).sum()) / (1 + statistic.size))

    empty_drawn, largest_drawn = (drawn[:, bins] == 0).sum(axis=1), drawn.max(axis=1)
    dispersion = float(variation(seen[None, :])[0])
    n_empty, largest = int((seen[bins] == 0).sum()), int(seen.max())
    return Evenness(
        dispersion=dispersion,
        p_dispersion=p_of(variation(drawn), dispersion),
        n_empty=n_empty,
        p_empty=p_of(empty_drawn, n_empty),
        largest=largest,
        p_largest=p_of(largest_drawn, largest),
    )


def _multinomial(total: int, share: Floats, draw: np.random.Generator) -> Ints:
    """5,000 records of so many events over bins; fewer if the bins are very many."""
    rows: Ints = draw.multinomial(total, share, size=min(_RECORDS, max(500, _BATCH // share.size)))
    return rows
