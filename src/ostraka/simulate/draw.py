"""Chance inside the kernel: numbers made from counters, so that no event shifts the numbers of another.

The k-th event of a kind of a member of a replicate has one *resistance*, a unit exponential. It is computed
from (root, replicate, member, kind, k) by Philox4x32-10, so that it is the same whatever happened before, on any
number of workers, and under every policy. The classic models, which are compared with nothing, draw from one running
stream (`next_unit`). Nothing else in the simulator makes random numbers.

References
----------
Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11.
doi:10.1145/2063384.2063405
"""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate.compiling import compiled, inlined, open_door

Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]

# The table of streams. Numbers are never reused: a new use of chance gets a new number, so old draws never move.
EXIT, PURGE, POSTING, RETIRE, EXPOSE, FORGET, REFILL, LAPSE, CALM = range(9)
N_CLOCKED = 9
DISAFFECTION, EXPOSURE_AT_START, RECALL, ASSOCIATION, SUCCESSION, SUCCESSION_LENGTH, PUBLICITY, COUP = range(16, 24)
CONTAGION, RECOVERY = 24, 25
DETAIN, RESIST, RULED = 26, 27, 28
RELEASE = 29  # no draw of its own: it names the end of a detention in the log
PROMOTE = 30

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_KEEP_53 = np.uint64(11)
_TO_UNIT = 2.0**-53


@open_door
def philox(c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64) -> Words:
    """Philox4x32-10: four 32-bit words from a counter of four and a key of two (all uint64 below 2**32)."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@open_door
def uniform(root: int, replicate: int, member: int, kind: int, k: int) -> float:
    """A number in (0, 1), never 0 and never 1, from its address."""
    word = np.uint64(root)
    a, b, _, _ = philox(
        np.uint64(member), np.uint64(kind), np.uint64(k), np.uint64(replicate), word & _LOW, word >> _SHIFT
    )
    return (np.float64(((a << _SHIFT) | b) >> _KEEP_53) + 0.5) * _TO_UNIT


@open_door
def exponential(root: int, replicate: int, member: int, kind: int, k: int) -> float:
    """A resistance: a unit exponential from its address."""
    return -math.log(uniform(root, replicate, member, kind, k))


@compiled
def erlang(root: int, replicate: int, member: int, kind: int, k: int, abreast: int, stages: float) -> float:
    """The mean of some unit exponentials, the stages of one span; `abreast` of them stand beside each other at `k`."""
    count = max(int(stages + 0.5), 1)
    total = 0.0
    for stage in range(count):
        total += exponential(root, replicate, member, kind, k + stage % abreast + ((stage // abreast) << 24))
    return total / count


@open_door
def normal(root: int, replicate: int, member: int, kind: int, k: int) -> float:
    """A standard normal from its address (Box and Muller)."""
    word = np.uint64(root)
    a, b, c, d = philox(
        np.uint64(member), np.uint64(kind), np.uint64(k), np.uint64(replicate), word & _LOW, word >> _SHIFT
    )
    u = (np.float64(((a << _SHIFT) | b) >> _KEEP_53) + 0.5) * _TO_UNIT
    v = (np.float64(((c << _SHIFT) | d) >> _KEEP_53) + 0.5) * _TO_UNIT
    return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)


@open_door
def rule_lot(root: int, replicate: int, member: int, who: int, holder: int, rule: int) -> float:
    """The lot of a member under a rule that a holder of a seat set off, never that of another.

    Sixteen holders of 2^20 seats and 256 rules have an address each in the counter; the rest of each stands beside
    the kind: 2^32 seats, 1,024 holders, 16,384 rules.
    """
    beside = ((who >> 20) << 8) | (((rule >> 8) & 63) << 20) | (((holder >> 4) & 63) << 26)
    key = (((who & 0xFFFFF) * 16 + holder % 16) * 256 + rule % 256) & 0xFFFFFFFF
    return uniform(root, replicate, member, RULED | beside, key)


@open_door
def poisson(root: int, replicate: int, member: int, kind: int, k: int, mean: float) -> int:
    """A Poisson number by inversion of one uniform: it never falls when the mean rises."""
    u = uniform(root, replicate, member, kind, k)
    term = math.exp(-mean)
    below, count = term, 0
    while u > below and count < 1000:
        count += 1
        term *= mean / count
        below += term
    return count


_ROT_A, _ROT_B, _SHIFT_C = np.uint64(24), np.uint64(37), np.uint64(16)
_ROT_A_BACK, _ROT_B_BACK = np.uint64(40), np.uint64(27)
_ONE, _TEN, _LOW_63 = np.uint64(1), np.uint64(10), np.uint64(2**63 - 1)


@inlined
def unit_and_next(a: np.uint64, b: np.uint64) -> tuple[float, np.uint64, np.uint64]:
    """The number in (0, 1) that a sequential stream (xoroshiro128+) gives in a state, and its next state."""
    half = (a >> _ONE) + (b >> _ONE) + (a & b & _ONE)  # of a + b, which plain Python would warn overflows
    b ^= a
    u = (np.float64((half & _LOW_63) >> _TEN) + 0.5) * 2.0**-53
    return u, ((a << _ROT_A) | (a >> _ROT_A_BACK)) ^ b ^ (b << _SHIFT_C), (b << _ROT_B) | (b >> _ROT_B_BACK)


@compiled
def next_unit(words: NDArray[np.uint64]) -> float:
    """The next number in (0, 1) of a sequential stream."""
    u, words[0], words[1] = unit_and_next(words[0], words[1])
    return u
