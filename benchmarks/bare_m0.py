"""A bare kernel that can do nothing but the benchmark model M0, after the prototype of the design: a yardstick.

Its rates on the machine at hand show what the generality of the engine costs: both are run in turn, in one process.
One counter-based stream per member and kind of event, two binary heaps, no policies, no classes, no log.
"""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate.compiling import compiled, entry, inlined
from ostraka.simulate.draw import exponential
from ostraka.simulate.queue import put, take_out

Floats = NDArray[np.float64]
LEAVE, PURGE, MOVE = range(3)
EXIT_RATE, HOME, OUT, BACK, PURGES, MORE, MOST, YEARS = 0.02, 0.2, 0.10, 0.33, 0.01, math.log(1.5), 8, 10.0


class Bare(NamedTuple):
    """Members and scratch space: keys and rates (n, 3), counts of draws (n, 3), state, gone neighbours, two heaps."""

    trait: Floats
    start: NDArray[np.int64]
    alter: NDArray[np.int32]
    abroad_at_start: NDArray[np.uint8]
    weight: NDArray[np.int64]
    key: Floats
    rate: Floats
    drawn: NDArray[np.int32]
    abroad: NDArray[np.uint8]
    here: NDArray[np.uint8]
    gone: NDArray[np.int32]
    due: Floats
    heap: NDArray[np.int32]
    place: NDArray[np.int32]


def bare(
    trait: Floats,
    start: NDArray[np.int64],
    alter: NDArray[np.int32],
    abroad: NDArray[np.bool_],
    weight: NDArray[np.int64],
) -> Bare:
    """Room for one replicate at a time."""
    n = trait.size
    return Bare(
        trait, start, alter, abroad.astype(np.uint8), weight, np.zeros((n, 3)), np.zeros((n, 3)),
        np.zeros((n, 3), np.int32), np.zeros(n, np.uint8), np.zeros(n, np.uint8), np.zeros(n, np.int32),
        np.zeros((2, n)), np.zeros((2, n + 1), np.int32), np.zeros((2, n), np.int32),
    )  # fmt: skip


@inlined
def _first(b: Bare, i: int, kind: int, now: float, rate: float, root: int, replicate: int) -> None:
    b.rate[i, kind] = rate
    b.key[i, kind] = now + exponential(root, replicate, i, kind, b.drawn[i, kind]) / rate
    b.drawn[i, kind] += 1


@inlined
def _queue(b: Bare, i: int, which: int) -> None:
    due = b.key[i, LEAVE] if which == 0 else min(b.key[i, PURGE], b.key[i, MOVE])
    if due <= YEARS:
        put(b.heap[which], b.due[which], b.place[which], i, due)
    else:
        take_out(b.heap[which], b.due[which], b.place[which], i)


@inlined
def _hazard(b: Bare, i: int) -> float:
    access = 1.0 if b.abroad[i] else HOME
    return EXIT_RATE * access * math.exp(b.trait[i] + MORE * min(b.gone[i], MOST))


@inlined
def _rescale(b: Bare, i: int, now: float) -> None:
    rate = _hazard(b, i)
    b.key[i, LEAVE] = now + (b.key[i, LEAVE] - now) * b.rate[i, LEAVE] / rate
    b.rate[i, LEAVE] = rate
    _queue(b, i, 0)


@compiled
def _begin(b: Bare, root: int, replicate: int) -> None:
    b.heap[:, -1] = 0
    b.place[:] = -1
    b.drawn[:] = 0
    b.gone[:] = 0
    b.here[:] = 1
    for i in range(b.trait.size):
        b.abroad[i] = b.abroad_at_start[i]
        _first(b, i, LEAVE, 0.0, _hazard(b, i), root, replicate)
        _first(b, i, PURGE, 0.0, PURGES, root, replicate)
        _first(b, i, MOVE, 0.0, BACK if b.abroad[i] else OUT, root, replicate)
        _queue(b, i, 0)
        _queue(b, i, 1)


@compiled
def _go(b: Bare, i: int, now: float, left: bool) -> None:  # noqa: FBT001
    b.here[i] = 0
    take_out(b.heap[0], b.due[0], b.place[0], i)
    take_out(b.heap[1], b.due[1], b.place[1], i)
    if left:
        for e in range(b.start[i], b.start[i + 1]):
            j = b.alter[e]
            if b.here[j]:
                b.gone[j] += 1
                _rescale(b, j, now)


@entry
def run_bare(b: Bare, root: int, replicates: int, out: Floats) -> None:
    """Run replicates; writes (exits, purges, events, year the coalition fell below a half) of each."""
    for r in range(replicates):
        _begin(b, root, r)
        total = b.weight.sum()
        weight, exits, purges, events, fell = total, 0, 0, 0, math.inf
        while True:
            t0 = b.due[0, 0] if b.heap[0, -1] > 0 else math.inf
            t1 = b.due[1, 0] if b.heap[1, -1] > 0 else math.inf
            now = min(t0, t1)
            if now > YEARS:
                break
            events += 1
            i = b.heap[0, 0] if t0 < t1 else b.heap[1, 0]
            if t0 >= t1 and b.key[i, MOVE] < b.key[i, PURGE]:
                b.abroad[i] = 1 - b.abroad[i]
                _rescale(b, i, now)
                _first(b, i, MOVE, now, BACK if b.abroad[i] else OUT, root, r)
                _queue(b, i, 1)
                continue
            exits += 1 if t0 < t1 else 0
            purges += 0 if t0 < t1 else 1
            weight -= b.weight[i]
            if 2 * weight < total and fell == math.inf:
                fell = now
            _go(b, i, now, t0 < t1)
        out[r, 0], out[r, 1], out[r, 2], out[r, 3] = exits, purges, events, fell
