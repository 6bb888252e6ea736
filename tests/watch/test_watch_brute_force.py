"""Every closed form against a slow way that shares no code with it, on numbers nobody chose."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from ostraka.errors import FitError
from ostraka.watch import (
    GammaMixture,
    any_window,
    base_rate,
    cusum_arl,
    exceedance,
    fit_hawkes,
    hawkes_log_likelihood,
    nowcast,
    rate_at_least,
    rate_changes,
    reverse_hazards,
    run_lengths,
    uniformity,
    unreported,
)

counts_and_exposure = st.tuples(st.integers(0, 200), st.floats(0.01, 1000))


@given(counts_and_exposure, st.floats(0.5, 0.999))
def test_intervals_are_quantiles_of_scipys_laws(seen: tuple[int, float], level: float) -> None:
    (n, exposure), tail = seen, (1 - level) / 2
    found = base_rate(n, exposure, level=level)
    jeffreys = stats.gamma.ppf([tail, 1 - tail], n + 0.5, scale=1 / exposure)
    garwood = [
        stats.chi2.ppf(tail, 2 * n) / 2 / exposure if n else 0.0,
        stats.chi2.ppf(1 - tail, 2 * n + 2) / 2 / exposure,
    ]
    assert list(found.jeffreys) == pytest.approx(jeffreys, rel=1e-9)
    assert list(found.garwood) == pytest.approx(garwood, rel=1e-9)


@given(st.integers(0, 30), st.floats(0.05, 20), st.integers(0, 60), st.floats(0.05, 50))
def test_exceedances_are_scipys_tails(n: int, span: float, before: int, exposure: float) -> None:
    found = exceedance(n, span, n_before=before, exposure_before=exposure)
    share = span / (span + exposure)
    assert found.conditional == pytest.approx(stats.binom.sf(n - 1, n + before, share), rel=1e-7, abs=1e-14)
    assert found.predictive == pytest.approx(stats.nbinom.sf(n - 1, before + 0.5, 1 - share), rel=1e-7, abs=1e-14)
    assert found.at_rate == pytest.approx(stats.poisson.sf(n - 1, before * span / exposure), rel=1e-7, abs=1e-14)


@given(st.floats(0.3, 40), st.floats(0.1, 30), st.floats(0.05, 5))
def test_the_predictive_is_scipys(shape: float, rate: float, exposure: float) -> None:
    pmf = GammaMixture.single(shape, rate).count_pmf(exposure)
    assert pmf == pytest.approx(
        stats.nbinom.pmf(np.arange(pmf.size), shape, rate / (rate + exposure)), rel=1e-8, abs=1e-15
    )
    hidden = unreported(GammaMixture.single(shape, rate), [exposure, exposure / 3], [3.0, 1.0])
    half = [stats.nbinom.pmf(np.arange(hidden.size), shape, rate / (rate + x)) for x in (exposure, exposure / 3)]
    assert hidden == pytest.approx(0.75 * half[0] + 0.25 * half[1], abs=1e-6)


@given(st.integers(0, 20), st.lists(st.floats(0.05, 1), min_size=1, max_size=5), st.floats(0.3, 5), st.floats(0.01, 3))
def test_a_nowcast_is_a_mixture_of_scipys(n: int, shares: list[float], shape: float, rate: float) -> None:
    pmf = nowcast(n, shares, shape=shape, rate=rate)
    more = np.arange(pmf.size - n)
    slow = np.mean([stats.nbinom.pmf(more, shape + n, (rate + f) / (rate + 1)) for f in shares], axis=0)
    assert pmf[n:] == pytest.approx(slow, abs=1e-9)


@given(st.integers(0, 12), st.floats(0.1, 4), st.floats(0.3, 3), st.floats(0.1, 4))
@settings(max_examples=30, deadline=None)
def test_a_lower_bound_is_an_integral(n: int, exposure: float, shape: float, rate: float) -> None:
    found = rate_at_least(n, exposure, shape=shape, rate=rate)
    prior = stats.gamma(shape, scale=1 / rate)

    def tail(x: float) -> float:
        return float(stats.poisson.sf(n - 1, x * exposure))

    p = prior.expect(tail, epsabs=1e-12, limit=200)
    assert found.p_at_least == pytest.approx(p, rel=1e-4, abs=1e-9)
    if p > 1e-6:
        assert found.law.mean == pytest.approx(
            prior.expect(lambda x: x * tail(x), epsabs=1e-12, limit=200) / p, rel=1e-3
        )


def slow_run_length(mean: float, k: Fraction, h: Fraction, start: Fraction) -> float:
    """Sum of the probabilities of no alarm yet, the law of S carried along in a dictionary."""
    law, total = {start: 1.0}, 0.0
    pmf = stats.poisson.pmf(np.arange(60), mean)
    while (alive := sum(law.values())) > 1e-13:
        total += alive
        after: dict[Fraction, float] = {}
        for level, weight in law.items():
            for count in range(60):
                now = max(Fraction(0), level + count - k)
                if now >= h:
                    break
                after[now] = after.get(now, 0.0) + weight * pmf[count]
        law = after
    return total


@pytest.mark.parametrize(
    ("mean", "k", "h"), [(1.3, "1", "3"), (0.9, "3/2", "5/2"), (2.2, "2/3", "4"), (0.4, "1/4", "7/4"), (3.7, "4", "5")]
)
def test_run_lengths_of_any_chart(mean: float, k: str, h: str) -> None:
    step, limit = Fraction(k), Fraction(h)
    slow = slow_run_length(mean, step, limit, Fraction(0))
    assert cusum_arl(mean, k=float(step), h=float(limit)) == pytest.approx(slow, rel=1e-9)
    head = slow_run_length(mean, step, limit, Fraction(int(limit / 2)))
    assert cusum_arl(mean, k=float(step), h=float(limit), fast_start=True) == pytest.approx(head, rel=1e-9)


def slow_hawkes(times: np.ndarray, end: float, mu: float, n: float, beta: float) -> float:
    """Log intensities summed, the intensity integrated by quadrature between events."""

    def intensity(t: float) -> float:
        return float(mu + sum(n * beta * np.exp(-beta * (t - s)) for s in times if s < t))

    area = sum(integrate.quad(intensity, a, b, limit=200)[0] for a, b in pairwise([0.0, *times, end]))
    return float(sum(np.log(intensity(t)) for t in times) - area)


@given(
    st.lists(st.floats(0.1, 9.9), min_size=1, max_size=8, unique=True),
    st.floats(0.1, 3),
    st.floats(0, 1.5),
    st.floats(0.2, 6),
)
@settings(max_examples=15, deadline=None)
def test_a_hawkes_likelihood_is_what_quadrature_gives(times: list[float], mu: float, n: float, beta: float) -> None:
    seen = np.sort(np.array(times))
    fast = hawkes_log_likelihood(seen, 0.0, 10.0, mu=mu, branching=n, decay=beta)
    assert fast == pytest.approx(slow_hawkes(seen, 10.0, mu, n, beta), rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_no_search_finds_a_better_hawkes(seed: int) -> None:
    draw = np.random.default_rng(seed)
    parents = draw.random(9) * 40
    times = np.sort(
        np.concatenate([parents, *(parents + draw.exponential(0.4 + seed / 3, 9) for _ in range(1 + seed % 3))])
    )
    times = times[times < 40]
    try:
        fit = fit_hawkes(times, 0, 40)
    except FitError:
        assert uniformity(times, 0, 40).trend > 0
        return
    assert fit.log_likelihood == pytest.approx(
        hawkes_log_likelihood(times, 0, 40, mu=fit.mu, branching=fit.branching, decay=fit.decay), abs=1e-7
    )

    def minus(logs: np.ndarray) -> float:
        mu, n, beta = np.exp(np.clip(logs, -12, 8))
        return -hawkes_log_likelihood(times, 0, 40, mu=mu, branching=n, decay=beta)

    for start in ([0.2, 0.3, 1.0], [0.6, 0.1, 0.1], [0.1, 0.8, 5.0]):
        other = optimize.minimize(minus, np.log(start), method="Nelder-Mead", options={"maxiter": 400})
        assert fit.log_likelihood >= -other.fun - 1e-6


@given(st.lists(st.integers(0, 5), min_size=1, max_size=7), st.floats(0.05, 0.9), st.floats(0.3, 3), st.floats(0.3, 3))
@settings(max_examples=30, deadline=None)
def test_run_lengths_are_sums_over_all_histories(counts: list[int], hazard: float, shape: float, rate: float) -> None:
    n = len(counts)

    def piece(part: list[int]) -> float:
        found = rate_changes(part, shape=shape, rate=rate, max_changes=0)
        return float(np.exp(found.log_evidence[0]))

    mass = np.zeros(n + 1)
    for history in range(2**n):
        cuts = [i for i in range(n) if history >> i & 1]
        pieces = [counts[a:b] for a, b in pairwise([0, *[i + 1 for i in cuts], n]) if b > a]
        prior = hazard ** len(cuts) * (1 - hazard) ** (n - len(cuts))
        last = max((i + 1 for i in cuts), default=0)
        mass[n - last] += prior * float(np.prod([piece(part) for part in pieces]))
    assert run_lengths(counts, hazard=hazard, shape=shape, rate=rate)[-1] == pytest.approx(mass / mass.sum(), abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_distance_from_evenness_is_scipys(times: list[float]) -> None:
    known = stats.kstest(times, "uniform", method="exact")
    found = uniformity(times, 0, 1)
    assert found.distance == pytest.approx(known.statistic, abs=1e-12)
    assert found.p_distance == pytest.approx(known.pvalue, abs=1e-9)


def test_reverse_hazards_maximise_the_truncated_likelihood() -> None:
    draw = np.random.default_rng(8)
    event = draw.integers(0, 30, 300)
    delay = np.minimum(draw.geometric(0.25, 300) - 1, 6)
    seen = event + delay <= 29
    event, delay = event[seen], delay[seen]
    cdf = reverse_hazards(event, delay, now_day=29, longest=6).cdf
    age = np.minimum(29 - event, 6)

    def log_likelihood(f: np.ndarray) -> float:
        p = np.diff(np.concatenate([[0.0], f]))
        return float(np.log(p[delay]).sum() - np.log(f[age]).sum())

    best = log_likelihood(cdf)
    for _ in range(300):
        p = np.abs(np.diff(np.concatenate([[0.0], cdf])) * (1 + 0.05 * draw.standard_normal(7)))
        assert log_likelihood(p.cumsum() / p.sum()) <= best + 1e-9


@pytest.mark.parametrize(("k", "n", "share"), [(5, 8, 0.2), (4, 7, 0.4), (3, 4, 0.15), (6, 10, 0.3)])
def test_scans_by_simulation(k: int, n: int, share: float) -> None:
    times = np.sort(np.random.default_rng(k).random((40_000, n)), axis=1)
    hits = (times[:, k - 1 :] - times[:, : n - k + 1] <= share).any(axis=1).mean()
    assert any_window(k, n, share) == pytest.approx(hits, abs=4 * np.sqrt(hits * (1 - hits) / 40_000))


def test_a_rate_that_drifts_upwards_is_no_triggering() -> None:
    times = 40 * np.sqrt(np.linspace(0.02, 0.999, 24))
    with pytest.raises(FitError, match="drifts upwards"):
        fit_hawkes(times, 0, 40)
