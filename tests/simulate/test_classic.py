"""Threshold cascades and contagion against published and analytic results (D1-D2, D4-D6, D11-D14, D18, D26-D27)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq

from ostraka.errors import InputError
from ostraka.simulate import contagion, threshold_cascade

Rows = tuple[NDArray[np.int64], NDArray[np.int64]]


def rows_of(n: int, pairs: Iterable[tuple[int, int]] | NDArray[np.int64]) -> Rows:
    both = np.array(list(pairs) if not isinstance(pairs, np.ndarray) else pairs).reshape(-1, 2)
    src, dst = np.concatenate([both[:, 0], both[:, 1]]), np.concatenate([both[:, 1], both[:, 0]])
    order = np.argsort(src, kind="stable")
    return np.concatenate([[0], np.cumsum(np.bincount(src, minlength=n))]), dst[order]


def complete(n: int) -> Rows:
    return rows_of(n, np.column_stack(np.triu_indices(n, 1)))


def random_graph(n: int, degree: float, seed: int) -> Rows:
    chance = np.random.default_rng(seed)
    pairs = chance.integers(0, n, (round(n * degree / 2), 2))
    return rows_of(n, pairs[pairs[:, 0] != pairs[:, 1]])


def lattice(side: int, *, moore: bool) -> Rows:
    place = np.arange(side * side).reshape(side, side)
    steps = ((0, 1), (1, 0), (1, 1), (1, -1)) if moore else ((0, 1), (1, 0))
    pairs = [
        (place[y, x], place[y + dy, x + dx])
        for y in range(side)
        for x in range(side)
        for dy, dx in steps
        if y + dy < side and 0 <= x + dx < side
    ]
    return rows_of(side * side, pairs)


@pytest.mark.parametrize(("second", "joined"), [(1, 100), (2, 1)])
def test_granovetter_1978(second: int, joined: int) -> None:
    thresholds = np.arange(100)
    thresholds[1] = second
    assert threshold_cascade(*complete(100), thresholds, [], absolute=True).sum() == joined


@pytest.mark.parametrize(
    ("percents", "before", "after"),
    [
        ((0, 20, 20, 30, 40, 50, 60, 70, 80, 100), 1, 9),
        ((0, 20, 30, 30, 40, 50, 60, 70, 80, 100), 1, 2),
        ((0, 20, 20, 20, 20, 20, 20, 20, 60, 100), 1, 9),
    ],
)
def test_kuran_1991(percents: tuple[int, ...], before: int, after: int) -> None:
    numbers = np.array(percents) // 10
    assert threshold_cascade(*complete(10), numbers, [], absolute=True).sum() == before
    numbers[1] = 1
    assert threshold_cascade(*complete(10), numbers, [], absolute=True).sum() == after


@pytest.mark.parametrize(("needed", "joined"), [(1, 10_000), (4, 10_000), (5, 9)])
def test_centola_macy_2007_on_a_ring(needed: int, joined: int) -> None:
    n = 10_000
    ring = rows_of(n, np.array([(i, (i + k) % n) for i in range(n) for k in range(1, 5)]))
    assert threshold_cascade(*ring, needed, np.arange(9), absolute=True).sum() == joined


@pytest.mark.parametrize(
    ("moore", "needed", "joined"), [(True, 3, 10_201), (True, 4, 121), (False, 1, 10_201), (False, 2, 121)]
)
def test_morris_2000_on_lattices(moore: bool, needed: int, joined: int) -> None:
    block = np.zeros((101, 101), bool)
    block[45:56, 45:56] = True
    assert threshold_cascade(*lattice(101, moore=moore), needed, block.ravel(), absolute=True).sum() == joined


def regular_graph(n: int, degree: int, seed: int) -> Rows:
    """A random regular graph: the configuration model, loops and double ties mended by swaps."""
    chance = np.random.default_rng(seed)
    stubs = chance.permutation(np.repeat(np.arange(n), degree)).reshape(-1, 2)
    while True:
        low, high = stubs.min(axis=1), stubs.max(axis=1)
        _, first = np.unique(low * n + high, return_index=True)
        bad = np.setdiff1d(np.arange(len(stubs)), first[low[first] != high[first]])
        if not bad.size:
            return rows_of(n, stubs)
        other = chance.integers(0, len(stubs), bad.size)
        for a, b in zip(bad, other, strict=True):
            stubs[a, 1], stubs[b, 1] = stubs[b, 1], stubs[a, 1]


def test_long_ties_do_not_carry_complex_contagion() -> None:
    for seed in range(3):
        rows = regular_graph(10_000, 8, seed)
        seeds = [0, *rows[1][rows[0][0] : rows[0][1]].tolist()]
        assert threshold_cascade(*rows, 1, seeds, absolute=True).sum() == 10_000
        assert threshold_cascade(*rows, 2, seeds, absolute=True).sum() <= 12


def test_the_benchmark_graph_is_taken_but_for_the_lonely() -> None:
    n = 10_000
    seeds = np.random.default_rng(2).choice(n, n // 100, replace=False)
    rows = random_graph(n, 8, 1)
    joined = threshold_cascade(*rows, 0.1211, seeds)
    lonely = np.diff(rows[0]) == 0
    assert joined.mean() > 0.999
    assert not joined[lonely & ~np.isin(np.arange(n), seeds)].any()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("z", "phi", "rho", "size"), [(8, 0.18, 0.01, 0.99967), (8, 0.18, 0.05, 0.99968), (6, 0.18, 0.001, 0.99749)]
)
def test_gleeson_cahalane_2007(z: float, phi: float, rho: float, size: float) -> None:
    n = 300_000
    chance = np.random.default_rng(4)
    joined = threshold_cascade(*random_graph(n, z, 5), phi, chance.random(n) < rho).mean()
    assert joined == pytest.approx(size, abs=8e-4)


def slow_cascade(rows: Rows, needed: NDArray[np.float64], seeds: NDArray[np.bool_]) -> NDArray[np.bool_]:
    joined = seeds | (needed <= 0)
    while True:
        watched = np.zeros(needed.size)
        for i in np.flatnonzero(joined):
            for j in rows[1][rows[0][i] : rows[0][i + 1]]:
                watched[j] += 1
        grown = joined | (watched >= needed)
        if (grown == joined).all():
            return joined
        joined = grown


def test_cascade_on_directed_random_graphs_equals_rounds() -> None:
    for seed in range(30):
        chance = np.random.default_rng(seed)
        n = 40
        out = [chance.choice(n, chance.integers(0, 6), replace=False) for _ in range(n)]
        rows = (np.concatenate([[0], np.cumsum([len(o) for o in out])]), np.concatenate(out).astype(np.int64))
        share, seeds = chance.random(n).round(1), chance.random(n) < 0.15
        watched = np.bincount(rows[1], minlength=n)
        needed = np.where((watched == 0) & (share > 0), np.inf, np.ceil(share * watched - 1e-9))
        assert (threshold_cascade(*rows, share, seeds) == slow_cascade(rows, needed, seeds)).all()


def test_si_on_the_complete_graph_takes_twice_the_harmonic_number() -> None:
    n, runs = 100, 400
    last = [contagion(*complete(n), rate=1 / n, seeds=[0], until=np.inf, rng=k).max() for k in range(runs)]
    z = (np.mean(last) - 10.354755) / np.sqrt(3.476863 / runs)
    assert abs(z) < 4


def test_si_on_a_random_graph_reaches_the_share_of_edge_based_compartments() -> None:
    n = 100_000
    seeds = np.random.default_rng(1).choice(n, n // 100, replace=False)
    times = contagion(*random_graph(n, 8, 3), rate=1.0, seeds=seeds, until=1.0, rng=7)
    assert np.isfinite(times).mean() == pytest.approx(0.8971, abs=0.006)
    assert (times[seeds] == 0).all()


def test_sir_final_size_on_a_dense_graph() -> None:
    r0, n = 2.0, 600
    rate = r0 / n
    runs = [contagion(*complete(n), rate=rate, seeds=range(12), until=np.inf, recovery=1.0, rng=k) for k in range(25)]
    share = np.mean([np.isfinite(run[12:]).mean() for run in runs])
    # With constant infection rates the final size solves z = 1 - s exp(-r0 z'), z' counting the seeds.
    seeded = 12 / n
    size = brentq(lambda z: z - (1 - (1 - seeded) * np.exp(-r0 * z)), 0.01, 1)
    assert share == pytest.approx((size - seeded) / (1 - seeded), abs=0.02)


def test_one_tie_one_delay() -> None:
    pair = rows_of(2, [(0, 1)])
    delays = [contagion(*pair, rate=2.0, seeds=[0], until=np.inf, rng=k)[1] for k in range(3000)]
    assert np.mean(delays) == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(3000))
    ended = [contagion(*pair, rate=2.0, seeds=[0], until=np.inf, recovery=1.0, rng=k)[1] for k in range(3000)]
    assert np.isfinite(ended).mean() == pytest.approx(2 / 3, abs=4 * np.sqrt(2 / 9 / 3000))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"indptr": [0, 1, 3]}, "indptr"),
        ({"indices": [1, 5]}, "entry 1: 5"),
        ({"thresholds": 1.5}, "row 0: 1.5"),
        ({"thresholds": [0.5, np.nan]}, "row 1"),
        ({"thresholds": [0.5, -0.1]}, "row 1: -0.1"),
        ({"thresholds": [0.5]}, "one value per member"),
        ({"seeds": [2]}, "seeds"),
        ({"seeds": [0.5]}, "seeds"),
        ({"seeds": np.array([True])}, "mask"),
    ],
)
def test_bad_input_names_what_is_wrong(change: dict[str, object], says: str) -> None:
    good: dict[str, object] = {"indptr": [0, 1, 2], "indices": [1, 0], "thresholds": 0.5, "seeds": [0]}
    with pytest.raises(InputError, match=says):
        threshold_cascade(*(good | change).values())  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"rate": -1.0}, {"until": np.nan}, {"recovery": np.inf}])
def test_bad_rates_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match=next(iter(change))):
        contagion([0, 1, 2], [1, 0], seeds=[0], **({"rate": 1.0, "until": 1.0} | change))  # type: ignore[arg-type]
