"""What a record of departures is summed up to, so that simulated and real records can be compared; always finite."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate import layout as at
from ostraka.simulate.compiling import compiled, entry
from ostraka.simulate.draw import EXIT, POSTING, PURGE, RECALL
from ostraka.simulate.layout import Floats, Longs

_BINS = 10
SUMMARIES = (
    *(f"departures in tenth {k + 1} of the window" for k in range(_BINS)),
    "departures",
    "dispersion of the counts",
    "share abroad",
    "tied pairs",
    "tied pairs over expected",
    "tied departures before, mean",
    "tied departures before, most",
    "tied gaps under half a year",
    "tied gaps under two years",
    "longest quiet",
    "first departure",
    "purges",
    "largest number within a year",
    "degree of those who left",
)


@compiled
def _tied(start: Longs, alter: NDArray[np.int32], i: int, gone: Floats) -> tuple[float, float]:
    """How many tied to a member left before, and when the last of them did."""
    count, last = 0.0, -math.inf
    for e in range(start[i], start[i + 1]):
        when = gone[alter[e]]
        if when >= 0.0:
            count += 1.0
            last = max(last, when)
    return count, last


@entry
def summarise(
    log: Floats,
    posts: Longs,
    start: Longs,
    alter: NDArray[np.int32],
    years: float,
    gone: Floats,
    post: Longs,
    out: Floats,
) -> None:
    """Sum up an event log (time, member, kind, ...) of first holders; `gone` and `post` are scratch space."""
    n, mean_degree = posts.size, max(alter.size / posts.size, 1e-9)
    out[:] = 0.0
    gone[:] = -1.0
    for i in range(n):
        post[i] = posts[i]
    total, abroad, pairs, most, near, nearer, degree, purges, quiet = 0, 0, 0.0, 0.0, 0, 0, 0.0, 0, 0.0
    first, before = years, 0.0
    for k in range(log.shape[0]):
        t, i, kind = log[k, 0], int(log[k, 1]), int(log[k, 2])
        if kind == PURGE:
            purges += 1
        if i < 0 or log[k, 4] != 0.0:
            continue
        if kind == POSTING:
            post[i] = at.HOME if post[i] == at.ABROAD else at.ABROAD
        elif kind == RECALL:
            post[i] = at.RECALLED
        if kind != EXIT or gone[i] >= 0.0:
            continue
        tied, last = _tied(start, alter, i, gone)
        gone[i] = t
        out[min(int(t / years * _BINS), _BINS - 1)] += 1.0
        total += 1
        abroad += 1 if post[i] == at.ABROAD else 0
        pairs += tied
        most = max(most, tied)
        near += 1 if t - last < 2.0 else 0
        nearer += 1 if t - last < 0.5 else 0
        degree += start[i + 1] - start[i]
        quiet, first, before = max(quiet, t - before), min(first, t), t
    quiet = max(quiet, years - before)
    mean = total / _BINS
    spread = 0.0
    for b in range(_BINS):
        spread += (out[b] - mean) ** 2
        out[b] = math.sqrt(out[b])
    expected = 0.5 * total * (total - 1) * mean_degree / max(n - 1, 1)
    out[_BINS] = math.log1p(total)
    out[_BINS + 1] = math.log1p(spread / (_BINS - 1) / mean) if total > 0 else math.log1p(1.0)
    out[_BINS + 2] = (abroad + 0.5) / (total + 1.0)
    out[_BINS + 3] = math.log1p(pairs)
    out[_BINS + 4] = math.log((pairs + 0.5) / (expected + 0.5))
    out[_BINS + 5] = pairs / max(total, 1)
    out[_BINS + 6] = math.log1p(most)
    out[_BINS + 7], out[_BINS + 8] = math.log1p(nearer), math.log1p(near)
    out[_BINS + 9], out[_BINS + 10] = quiet / years, first / years
    out[_BINS + 11] = math.log1p(purges)
    out[_BINS + 13] = degree / mean_degree / total if total > 0 else 1.0
    _most_within_a_year(log, out, _BINS + 12)


@compiled
def _most_within_a_year(log: Floats, out: Floats, column: int) -> None:
    """The largest number of departures within one year."""
    low, inside, most = 0, 0, 0
    for k in range(log.shape[0]):
        if int(log[k, 2]) != EXIT:
            continue
        inside += 1
        while log[k, 0] - log[low, 0] > 1.0:
            inside -= 1 if int(log[low, 2]) == EXIT else 0
            low += 1
        most = max(most, inside)
    out[column] = math.log1p(most)
