"""Contagion along ties, exactly and in continuous time (SI, SIR): shortest paths along exponential delays."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.simulate import ties
from ostraka.simulate.compiling import entry, inlined, wide
from ostraka.simulate.draw import unit_and_next
from ostraka.simulate.layout import Floats, Longs
from ostraka.simulate.queue import put, take_out


def contagion(
    indptr: ArrayLike,
    indices: ArrayLike,
    *,
    rate: float,
    seeds: ArrayLike,
    until: float,
    recovery: float = 0.0,
    rng: RNG = None,
) -> NDArray[np.float64]:
    """When each member is infected, if whoever is infectious passes it along each tie at a rate; exact.

    Parameters
    ----------
    indptr, indices : array of int, shapes (n + 1,) and (m,)
        Ties as compressed rows: row i lists those whom member i can infect.
    rate : float
        Per tie and unit of time, at least 0.
    seeds : array of int or of bool, shape (n,)
        Who is infectious at time 0: indices, or a mask.
    until : float
        End of observation, in units of time; may be infinite.
    recovery : float
        Rate at which the infectious recover for good (SIR); 0 for never (SI).
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    ndarray of float, shape (n,)
        Time of infection; 0 for seeds, inf for those never infected by `until`.

    Raises
    ------
    InputError
        If rows point to nobody, or a rate or time is negative or not a number.

    Notes
    -----
    Every infectious member has one infectious period, exponential with mean ``1 / recovery``, and every tie one
    delay, exponential with mean ``1 / rate``: times of infection are the shortest paths along delays that do not
    outlast the period.

    References
    ----------
    Kiss, Miller & Simon (2017), Mathematics of Epidemics on Networks, Springer. doi:10.1007/978-3-319-50806-1

    Examples
    --------
    >>> times = contagion([0, 1, 2], [1, 0], rate=1.0, seeds=[0], until=50.0, rng=7)
    >>> float(times[0]), bool(0 < times[1] < 50)
    (0.0, True)
    """
    start, alter = ties.rows(indptr, indices)
    for name, value in (("rate", rate), ("until", until), ("recovery", recovery)):
        if not value >= 0 or (name != "until" and math.isinf(value)):
            raise InputError(f"{name} is a number from 0 on, not {value}")
    n = start.size - 1
    when = np.where(ties.seed_mask(seeds, n), 0.0, np.inf)
    words = stream(root_seed(rng), "simulate.contagion").bit_generator.random_raw(2)
    if rate > 0 and until > 0:
        last = min(until, _USUAL / (rate * max(alter.size / max(n, 1), 1.0)))
        terms = (float(rate), float(until), float(recovery), _DRAWERS * n / last)
        _percolate(start, alter, terms, when, _empty_agenda(n), words)
    return when


_DRAWERS = 2
"""Drawers per member: more cost memory, fewer make longer heaps."""
_USUAL = 16.0
"""Drawers reach so many times as far as the mean time until a member passes it on; it only matters for speed."""


class Agenda(NamedTuple):
    """Who is to be infected next: a drawer for each stretch of time, and a heap of those in the drawers already opened.

    `first` is the first member in each drawer and `link` (n, 2) the one after and the one before each in its drawer
    (-1: nobody); the other three are the heap of :mod:`ostraka.simulate.queue`.
    """

    first: NDArray[np.int32]
    link: NDArray[np.int32]
    heap: NDArray[np.int32]
    due: Floats
    place: NDArray[np.int32]


def _empty_agenda(n: int) -> Agenda:
    return Agenda(
        np.full(_DRAWERS * n, -1, np.int32),
        np.empty((n, 2), np.int32),
        np.zeros(n + 1, np.int32),
        np.empty(n),
        np.full(n, -1, np.int32),
    )


@inlined
def _drawer(agenda: Agenda, t: float, per_unit: float) -> int:
    """The drawer for a time; the last is for all that comes later."""
    return int(min(t * per_unit, agenda.first.size - 1.0))


@inlined
def _open(agenda: Agenda, drawer: int, when: Floats) -> None:
    """Put all in a drawer into the heap."""
    i = agenda.first[drawer]
    while i >= 0:
        put(agenda.heap, agenda.due, agenda.place, wide(i), when[wide(i)])
        i = agenda.link[wide(i), 0]


@inlined
def _take_back(agenda: Agenda, drawer: int, j: int) -> None:
    """Take a member out of his drawer."""
    after, before = agenda.link[j, 0], agenda.link[j, 1]
    if before >= 0:
        agenda.link[wide(before), 0] = after
    else:
        agenda.first[drawer] = after
    if after >= 0:
        agenda.link[wide(after), 1] = before


@inlined
def _lay_in(agenda: Agenda, drawer: int, j: int) -> None:
    """Lay a member into a drawer."""
    after = agenda.first[drawer]
    agenda.link[j, 0], agenda.link[j, 1] = after, -1
    agenda.first[drawer] = j
    if after >= 0:
        agenda.link[wide(after), 1] = j


@entry
def _percolate(
    start: Longs,
    alter: NDArray[np.int32],
    terms: tuple[float, float, float, float],
    when: Floats,
    agenda: Agenda,
    words: NDArray[np.uint64],
) -> None:
    """Shortest paths along exponential delays, from all seeds at once, as far as the end."""
    opened = -1
    for i in range(when.size):
        if when[i] == 0.0:
            _infect(start, alter, i, terms, opened, when, agenda, words)
    while True:
        while agenda.heap[-1] == 0 and opened < agenda.first.size - 1:
            opened += 1
            _open(agenda, opened, when)
        if agenda.heap[-1] == 0:
            return
        i = wide(agenda.heap[0])
        take_out(agenda.heap, agenda.due, agenda.place, i)
        _infect(start, alter, i, terms, opened, when, agenda, words)


@inlined
def _infect(
    start: Longs,
    alter: NDArray[np.int32],
    i: int,
    terms: tuple[float, float, float, float],
    opened: int,
    when: Floats,
    agenda: Agenda,
    words: NDArray[np.uint64],
) -> None:
    """Offer the infection to everybody tied to a member; a delay is worked out only if it falls in time."""
    rate, until, recovery, per_unit = terms
    now = when[i]
    end = until
    a, b = words[0], words[1]
    if recovery > 0.0:
        u, a, b = unit_and_next(a, b)
        end = min(end, now - math.log(u) / recovery)
    in_time = -math.expm1(-rate * (end - now))
    for e in range(start[i], start[i + 1]):
        j = wide(alter[np.uint64(e)])
        open_to_it = when[j] > now
        u, next_a, next_b = unit_and_next(a, b)
        a, b = (next_a, next_b) if open_to_it else (a, b)
        if open_to_it & (u < in_time):  # one branch for both: nobody can foresee either
            t = now - math.log1p(-u) / rate
            if t < when[j]:
                _bring_forward(agenda, opened, per_unit, when, j, t)
    words[0], words[1] = a, b


@inlined
def _bring_forward(agenda: Agenda, opened: int, per_unit: float, when: Floats, j: int, t: float) -> None:
    """Let a member be infected at a time, sooner than he would have been."""
    new, old = _drawer(agenda, t, per_unit), opened
    if when[j] < math.inf:
        old = _drawer(agenda, when[j], per_unit)
    when[j] = t
    if old > opened and new != old:
        _take_back(agenda, old, j)
    if new <= opened:
        put(agenda.heap, agenda.due, agenda.place, j, t)
    elif new != old:
        _lay_in(agenda, new, j)
