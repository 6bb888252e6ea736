"""Closed forms against the numbers of the design (D3, D7, D8-D9, D27, D28) and against the simulators themselves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from tests.simulate.test_classic import complete, random_graph

from ostraka.errors import InputError
from ostraka.simulate import Parameters, Policy, Roster, Scenario, contagion, simulate, threshold_cascade
from ostraka.simulate.theory import (
    cascade_window,
    cluster_sizes,
    crowd,
    crowd_of_normals,
    final_size,
    global_cascade,
)


def test_a_crowd_is_a_cascade_where_all_see_all() -> None:
    for seed in range(20):
        thresholds = np.random.default_rng(seed).integers(0, 25, 30)
        assert crowd(thresholds) == threshold_cascade(*complete(30), thresholds, [], absolute=True).sum()


def test_the_crowd_of_normals_jumps_at_the_published_spread() -> None:
    assert crowd_of_normals(25, 12.2220) == pytest.approx(6.15, abs=0.05)
    assert crowd_of_normals(25, 12.2222) == pytest.approx(100.0, abs=0.05)
    low, high = 12.0, 12.5
    while high - low > 1e-5:
        middle = (low + high) / 2
        low, high = (middle, high) if crowd_of_normals(25, middle) < 50 else (low, middle)
    assert high == pytest.approx(12.2221, abs=1e-3)


@pytest.mark.parametrize(
    ("phi", "low", "high"),
    [(0.18, 1.020704, 5.764677), (0.12, 1.000083, 10.6574), (0.15, 1.0037, 7.4771), (0.25, 1.1141, 3.8631)],
)
def test_the_window_of_global_cascades(phi: float, low: float, high: float) -> None:
    assert cascade_window(phi) == pytest.approx((low, high), abs=6e-5)


def test_no_window_where_one_neighbour_is_never_enough() -> None:
    assert np.isnan(cascade_window(0.6)).all()


@pytest.mark.parametrize(
    ("z", "p", "size"),
    [(1.5, 0.5489, 0.5802), (2, 0.7542, 0.7966), (3, 0.8735, 0.9405), (4, 0.8653, 0.9802), (5, 0.6953, 0.9930),
     (5.5, 0.3761, 0.9958), (6.5, 0.0, 0.0), (8, 0.0, 0.0)],
)  # fmt: skip
def test_chance_and_size_of_global_cascades(z: float, p: float, size: float) -> None:
    assert global_cascade(z, 0.18) == pytest.approx((p, size), abs=6e-5)


@pytest.mark.slow
@pytest.mark.parametrize("z", [2.0, 4.0, 6.5])
def test_one_random_seed_sets_off_a_global_cascade_as_often_as_theory_says(z: float) -> None:
    n, tries = 30_000, 250
    rows = random_graph(n, z, 3)
    chance = np.random.default_rng(1)
    sizes = np.array([threshold_cascade(*rows, 0.18, [int(chance.integers(n))]).mean() for _ in range(tries)])
    large = sizes > 0.1
    p, size = global_cascade(z, 0.18)
    assert abs(large.mean() - p) < 4 * np.sqrt(p * (1 - p) / tries) + 0.02
    if p > 0:
        assert sizes[large].mean() == pytest.approx(size, abs=5e-3)


@pytest.mark.parametrize(
    ("r0", "share"),
    [(0.9, 0.0), (1.0, 0.0), (1.1, 0.176134), (1.2, 0.313698), (1.5, 0.582812), (2, 0.796812), (2.5, 0.892645),
     (3, 0.940480), (5, 0.993023)],
)  # fmt: skip
def test_final_size(r0: float, share: float) -> None:
    assert final_size(r0) == pytest.approx(share, abs=1e-6)


def test_cluster_sizes() -> None:
    law = cluster_sizes(0.5, 400)
    k = np.arange(1, 401)
    mean = law @ k
    assert law[:2] == pytest.approx([0.606531, 0.183940], abs=1e-6)
    assert (law.sum(), mean, law @ (k - mean) ** 2) == pytest.approx((1.0, 2.0, 4.0), abs=1e-9)
    assert cluster_sizes(0.0, 3).tolist() == [1.0, 0.0, 0.0]


def test_followers_of_one_departure_are_a_borel_cluster() -> None:
    # Many possible followers, each reached with a small chance before the departure lapses, and no memory of luck
    # shared between them: the number each departure causes is close to geometric with mean n * rate / memory.
    n, caused = 200, 0.5
    i, j = np.triu_indices(n, 1)
    roster = Roster.make(n, post=1, ties=(np.zeros(i.size, int), i, j, np.ones(i.size)))
    base = -60.0
    values = {"base": base, "contagion_kin": np.log(caused / n) - base, "complex_at": 1.0, "memory": 1.0}
    trigger = Policy("trigger", "departure", member=0)
    scenario = Scenario("cluster", roster, Parameters().neutral().set(**values), (trigger,), years=60.0, n_edges=1)
    total = simulate(scenario, replicates=250, rng=5).total()[:, -1].astype(float)
    # While anybody's departure is remembered all feel one rate (complex_at = 1): a busy period of an M/M/inf queue that
    # starts anew with each arrival: mean number of departures e**caused.
    assert abs((total.mean() - np.exp(caused)) / (total.std(ddof=1) / np.sqrt(total.size))) < 4


@pytest.mark.parametrize(("n", "mean", "variance"), [(10, 5.657937, 4.211123), (300, 12.558661, 1.834915**2)])
def test_si_takes_the_harmonic_time_at_every_size(n: int, mean: float, variance: float) -> None:
    runs = 300 if n < 100 else 120
    rows = complete(n)
    last = [contagion(*rows, rate=1 / n, seeds=[0], until=np.inf, rng=k).max() for k in range(runs)]
    assert abs(np.mean(last) - mean) / np.sqrt(variance / runs) < 4


def test_si_on_a_path_is_a_sum_of_delays_and_on_a_star_their_largest() -> None:
    path = (np.array([0, 1, 3, 5, 6]), np.array([1, 0, 2, 1, 3, 2]))
    ends = [contagion(*path, rate=2.0, seeds=[0], until=np.inf, rng=k)[3] for k in range(800)]
    assert stats.kstest(ends, stats.gamma(3, scale=0.5).cdf).pvalue > 1e-3
    star = (np.array([0, 5, 5, 5, 5, 5, 5]), np.arange(1, 6))
    last = [contagion(*star, rate=2.0, seeds=[0], until=np.inf, rng=k).max() for k in range(800)]
    assert stats.kstest(last, lambda t: (1 - np.exp(-2 * np.asarray(t))) ** 5).pvalue > 1e-3


@pytest.mark.parametrize("start", [1, 3])
def test_yule_growth_in_a_reservoir(start: int) -> None:
    # Each of the departed sets free others at one rate whoever is left: SI on a complete graph much larger than what
    # is reached is the Yule process, N(t) = sum of `start` geometric numbers with p = exp(-rate t).
    n, until, rate = 600, 2.0, 1.0
    rows = complete(n)
    counts = [
        np.isfinite(contagion(*rows, rate=rate / n, seeds=range(start), until=until, rng=k)).sum() for k in range(300)
    ]
    assert np.mean(counts) == pytest.approx(start * np.exp(2.0), rel=0.15)
    law = stats.nbinom(start, np.exp(-rate * until))
    edges = np.unique(law.ppf([0, 0.2, 0.4, 0.6, 0.8, 1 - 1e-9]).astype(int))
    seen, _ = np.histogram(np.array(counts) - start, [*edges[:-1], 10**6])
    expected = np.diff([*law.cdf(edges[:-1] - 1), 1.0]) * len(counts)
    assert stats.chi2(len(seen) - 1).sf(((seen - expected) ** 2 / expected).sum()) > 1e-3


@pytest.mark.parametrize(
    "call",
    [
        lambda: crowd([-1]),
        lambda: crowd_of_normals(25, 0),
        lambda: cascade_window(0.0),
        lambda: final_size(np.nan),
        lambda: cluster_sizes(1.5, 3),
        lambda: global_cascade(0, 0.2),
    ],
)
def test_bad_numbers_are_refused(call: object) -> None:
    with pytest.raises(InputError):
        call()  # type: ignore[operator]
