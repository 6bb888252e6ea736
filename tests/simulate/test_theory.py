"""Closed forms against the numbers of the design and against the simulators; `test_dN` is answer DN of the design."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize, stats
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


def test_d3_the_crowd_of_normals_jumps_at_the_published_spread() -> None:
    def touches(point: NDArray[np.float64]) -> list[float]:
        """Joiners by thresholds touch the diagonal: there the lower fixed point vanishes."""
        x, sd = point
        return [100 * stats.norm.cdf((x - 25) / sd) - x, 100 * stats.norm.pdf((x - 25) / sd) / sd - 1]

    x, sd = optimize.fsolve(touches, [6.0, 12.0], xtol=1e-12)
    assert (x, sd) == pytest.approx((6.195, 12.2221), abs=6e-3)
    low, high = 12.0, 12.5
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if crowd_of_normals(25, middle) < 50 else (low, middle)
    assert high == pytest.approx(sd, abs=2e-6)
    assert high == pytest.approx(12.2221, abs=1e-4)
    assert crowd_of_normals(25, sd - 1e-7) == pytest.approx(x, abs=1e-2)
    assert crowd_of_normals(25, sd + 1e-5) == pytest.approx(100.0, abs=1e-3)


@pytest.mark.parametrize(
    ("phi", "low", "high"),
    [(0.18, 1.020704, 5.764677), (0.12, 1.000083, 10.6574), (0.15, 1.0037, 7.4771), (0.25, 1.1141, 3.8631)],
)
def test_d7_the_window_of_global_cascades(phi: float, low: float, high: float) -> None:
    window = cascade_window(phi)
    half_of_the_last_digit = 5e-7 if phi == 0.18 else 5e-5  # the design prints the others to four digits
    assert window == pytest.approx((low, high), abs=half_of_the_last_digit)
    few = np.arange(int(1 / phi + 1e-9) - 1)  # other neighbours of one for whom one neighbour is enough
    for z in window:
        growth = z * (np.exp(-z) * z**few / np.cumprod(np.maximum(few, 1))).sum()
        assert growth == pytest.approx(1.0, abs=1e-9)


def test_no_window_where_one_neighbour_is_never_enough() -> None:
    assert np.isnan(cascade_window(0.6)).all()


@pytest.mark.parametrize(
    ("z", "p", "size"),
    [(1.5, 0.5489, 0.5802), (2, 0.7542, 0.7966), (3, 0.8735, 0.9405), (4, 0.8653, 0.9802), (5, 0.6953, 0.9930),
     (5.5, 0.3761, 0.9958), (6.5, 0.0, 0.0), (8, 0.0, 0.0)],
)  # fmt: skip
def test_d8_d9_chance_and_size_of_global_cascades_in_theory(z: float, p: float, size: float) -> None:
    assert global_cascade(z, 0.18) == pytest.approx((p, size), abs=6e-5)


@pytest.fixture(scope="module")
def single_seeds() -> dict[float, NDArray[np.float64]]:
    """By mean number of ties: sizes of the cascades that 900 single seeds set off on graphs of 100,000 members."""
    n, tries = 100_000, 900

    def sizes(z: float) -> NDArray[np.float64]:
        # On one graph of mean degree 1.5 the size of global cascades is off by .0026 as a rule: hence many there.
        graphs = 15 if z <= 2 else 3
        seeds = np.random.default_rng(int(10 * z)).integers(n, size=(graphs, tries // graphs))
        return np.array(
            [
                threshold_cascade(*rows, 0.18, [seed]).mean()
                for graph in range(graphs)
                for rows in [random_graph(n, z, int(1000 * z) + graph)]
                for seed in seeds[graph]
            ]
        )

    degrees = (1.5, 2.0, 3.0, 4.0, 5.0, 5.5, 6.5, 8.0)
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(degrees, pool.map(sizes, degrees), strict=True))


D8 = {1.5: 0.5489, 2.0: 0.7542, 3.0: 0.8735, 4.0: 0.8653, 5.0: 0.6953, 5.5: 0.3761, 6.5: 0.0, 8.0: 0.0}
D9 = {1.5: 0.5802, 2.0: 0.7966, 3.0: 0.9405, 4.0: 0.9802, 5.0: 0.9930, 5.5: 0.9958}


@pytest.mark.slow
@pytest.mark.parametrize("z", D8)
def test_d8_one_random_seed_sets_off_a_global_cascade_as_often_as_theory_says(
    single_seeds: dict[float, NDArray[np.float64]], z: float
) -> None:
    p, large = D8[z], single_seeds[z] > 0.1
    between_graphs = 0.01 / np.sqrt(3)
    assert abs(large.mean() - p) <= 4 * np.sqrt(p * (1 - p) / large.size + between_graphs**2 * (p > 0))


@pytest.mark.slow
@pytest.mark.parametrize("z", D9)
def test_d9_global_cascades_are_as_large_as_theory_says(
    single_seeds: dict[float, NDArray[np.float64]], z: float
) -> None:
    sizes = single_seeds[z]
    assert sizes[sizes > 0.1].mean() == pytest.approx(D9[z], abs=2e-3)


@pytest.mark.parametrize(
    ("r0", "share"),
    [(0.9, 0.0), (1.0, 0.0), (1.1, 0.176134), (1.2, 0.313698), (1.5, 0.582812), (2, 0.796812), (2.5, 0.892645),
     (3, 0.940480), (5, 0.993023)],
)  # fmt: skip
def test_d27_final_size(r0: float, share: float) -> None:
    assert final_size(r0) == pytest.approx(share, abs=1e-6)


def test_d28_cluster_sizes() -> None:
    law = cluster_sizes(0.5, 400)
    k = np.arange(1, 401)
    mean = law @ k
    assert law[:2] == pytest.approx([0.606531, 0.183940], abs=1e-6)
    assert (law.sum(), mean, law @ (k - mean) ** 2) == pytest.approx((1.0, 2.0, 4.0), abs=1e-9)
    assert cluster_sizes(0.0, 3).tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("ratio", [0.5, 0.8])
def test_d28_clusters_of_one_seed_follow_the_borel_law(ratio: float) -> None:
    # Each reached member can reach a Poisson number of others: the random graph of mean degree `ratio`, seen locally.
    n, tries = 100_000, 4000
    rows = random_graph(n, ratio, 11)
    seeds = np.random.default_rng(5).choice(n, tries, replace=False)
    sizes = np.array([threshold_cascade(*rows, 1, [int(seed)], absolute=True).sum() for seed in seeds])
    law = cluster_sizes(ratio, 60)
    seen = np.bincount(np.minimum(sizes, 60), minlength=61)[1:].astype(float)
    expected = np.append(law[:59], 1.0 - law[:59].sum()) * tries
    keep = expected > 8
    seen, expected = (np.append(x[keep], x[~keep].sum()) for x in (seen, expected))
    chi = ((seen - expected) ** 2 / expected).sum()
    assert stats.chi2(seen.size - 1).sf(chi) > 1e-3


def test_followers_that_feel_one_rate_are_a_busy_period() -> None:
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


def test_si_on_a_path_is_a_sum_of_delays_and_on_a_star_their_largest() -> None:
    path = (np.array([0, 1, 3, 5, 6]), np.array([1, 0, 2, 1, 3, 2]))
    ends = [contagion(*path, rate=2.0, seeds=[0], until=np.inf, rng=k)[3] for k in range(800)]
    assert stats.kstest(ends, stats.gamma(3, scale=0.5).cdf).pvalue > 1e-3
    star = (np.array([0, 5, 5, 5, 5, 5, 5]), np.arange(1, 6))
    last = [contagion(*star, rate=2.0, seeds=[0], until=np.inf, rng=k).max() for k in range(800)]
    assert stats.kstest(last, lambda t: (1 - np.exp(-2 * np.asarray(t))) ** 5).pvalue > 1e-3


@pytest.mark.parametrize("start", [1, 3])
def test_d17_yule(start: int) -> None:
    # Born at t, a member bears its first child after Exp(1), and its parent bears the next after Exp(1): contagion on
    # binary trees, where each is tied to its first child and to its next sibling. The roots have no sibling.
    depth, until, runs = 13, 1.2, 1500
    size = 2**depth - 1
    inside = np.arange(1, size)
    parents, children = (inside - 1) // 2, inside
    keep = children != 2
    pairs = np.concatenate([np.column_stack([parents[keep], children[keep]]) + k * size for k in range(start)])
    order = np.argsort(pairs[:, 0], kind="stable")
    rows = np.concatenate([[0], np.cumsum(np.bincount(pairs[:, 0], minlength=start * size))]), pairs[order, 1]
    roots = np.arange(start) * size
    counts = np.array(
        [np.isfinite(contagion(*rows, rate=1.0, seeds=roots, until=until, rng=k)).sum() for k in range(runs)]
    )
    grown = np.exp(until)
    variance = start * grown * (grown - 1)
    assert abs(counts.mean() - start * grown) < 4 * np.sqrt(variance / runs)
    assert counts.var() == pytest.approx(variance, rel=0.25)
    law = stats.nbinom(start, 1 / grown)
    edges = np.unique(np.maximum(law.ppf([0, 0.2, 0.4, 0.6, 0.8, 1 - 1e-9]).astype(int), 0))
    seen, _ = np.histogram(counts - start, [*edges[:-1], 10**6])
    expected = np.diff([*law.cdf(edges[:-1] - 1), 1.0]) * runs
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
