"""Contagion against a slow twin: one plain heap, the same stream of chance, the same times to the last bit."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.simulate.test_classic import Rows, complete, lattice, random_graph, rows_of

from ostraka.chance import stream
from ostraka.simulate import contagion

_ALL = 2**64 - 1


def units(root: int) -> Iterator[float]:
    """Blackman and Vigna's xoroshiro128+ in whole numbers of Python, as numbers in (0, 1)."""
    a, b = (int(word) for word in stream(root, "simulate.contagion").integers(0, _ALL, 2, np.uint64, endpoint=True))
    while True:
        yield (((a + b & _ALL) >> 11) + 0.5) * 2.0**-53
        b ^= a
        a, b = (a << 24 | a >> 40) & _ALL ^ b ^ b << 16 & _ALL, (b << 37 | b >> 27) & _ALL


def twin(rows: Rows, rate: float, until: float, recovery: float, root: int) -> NDArray[np.float64]:
    """Contagion from member 0, event by event."""
    draws, when, done = units(root), np.full(rows[0].size - 1, np.inf), set()
    when[0] = 0.0
    waiting = [(0.0, 0)]
    while waiting:
        now, i = heapq.heappop(waiting)
        if i in done:
            continue
        done.add(i)
        end = min(until, now - math.log(next(draws)) / recovery) if recovery else until
        for j in rows[1][rows[0][i] : rows[0][i + 1]].tolist():
            if j in done:
                continue
            u = next(draws)
            t = now - math.log1p(-u) / rate
            if u < -math.expm1(-rate * (end - now)) and t < when[j]:
                when[j] = t
                heapq.heappush(waiting, (t, j))
    return when


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(random_graph(3000, 8, 1), id="random"),
        pytest.param(lattice(40, moore=False), id="a lattice, where it takes far longer than usual"),
        pytest.param(rows_of(800, [(0, k) for k in range(1, 800)]), id="star"),
        pytest.param(complete(60), id="all with all"),
    ],
)
@pytest.mark.parametrize(
    ("rate", "until", "recovery"), [(1.0, 1.0, 0.0), (0.3, math.inf, 0.0), (2.0, 1e6, 0.5), (1e-4, math.inf, 1e-5)]
)
def test_contagion_is_its_slow_twin(rows: Rows, rate: float, until: float, recovery: float) -> None:
    for root in range(3):
        times = contagion(*rows, rate=rate, seeds=[0], until=until, recovery=recovery, rng=root)
        assert np.array_equal(times, twin(rows, rate, until, recovery, root))
