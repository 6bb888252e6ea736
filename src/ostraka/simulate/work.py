"""The work of an ensemble: replicates cut into pieces that any thread, process or cluster may run, in any order."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ostraka.errors import InputError
from ostraka.simulate import kernel
from ostraka.simulate import layout as at
from ostraka.simulate.roster import most_bytes
from ostraka.simulate.scenario import Scenario, compile_elite

MapLike = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
Progress = Callable[[int, int], None]
"""Told how many replicates are done, and of how many."""
WHOLE = np.array([0.0, np.inf])
CHUNK = 64


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What all pieces of work of a scenario share: the kernel's tables, and what to keep."""

    elite: at.Elite
    orders: at.Orders
    n_organs: int
    n_rules: int = 0
    keep_left: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A piece of work: some replicates of a world, one row of parameters each. Plain arrays, so that it can travel."""

    world: World
    rows: NDArray[np.float64]
    root: int
    numbers: NDArray[np.int64]


def check_replicates(replicates: int) -> int:
    """The number of replicates as a whole number."""
    if isinstance(replicates, bool) or not 1 <= replicates < math.inf or int(replicates) != replicates:
        raise InputError(f"replicates is a whole number from 1 on, not {replicates!r}")
    return int(replicates)


def world_of(scenario: Scenario, *, keep_left: bool = False, blocked: int = -1) -> World:
    """Compile a scenario to the tables of the kernel; one for which there is no memory is refused."""
    elite, orders = compile_elite(scenario, blocked=blocked)
    world = World(elite, orders, len(scenario.roster.organs), len(scenario.rules), keep_left)
    needed = bytes_of_state(world)
    if needed > most_bytes():
        raise InputError(
            f"{scenario.roster.n} members whom policies and rules cut into {orders.concerns.shape[1]} groups need about "
            f"{needed / 2**30:.1f} GiB on each thread, more than {most_bytes() / 2**30:.1f}; aim policies at fewer "
            "different groups, or run a smaller elite"
        )
    return world


def chunks_of(world: World, rows: Iterable[NDArray[np.float64]], root: int, *, size: int = CHUNK) -> Iterator[Chunk]:
    """Number the replicates from 0 and cut them into pieces of work; `rows` are tables of rows, one after the other."""
    first = 0
    for table in rows:
        for low in range(0, len(table), size):
            piece = table[low : low + size]
            yield Chunk(world, piece, root, np.arange(first, first + len(piece)))
            first += len(piece)


def run_chunk(chunk: Chunk) -> at.Output:
    """Run the replicates of a chunk; the rows are the same wherever and in whatever order chunks run."""
    world = chunk.world
    out = empty_output(world, len(chunk.rows))
    kernel.run(world.elite, world.orders, empty_state(world), chunk.rows, chunk.root, chunk.numbers, out, WHOLE)
    return out


def empty_state(world: World, *, log: int = 0) -> at.State:
    """Scratch space for one replicate at a time, with room for a log of so many events."""
    n, classes = world.elite.code.shape[0], world.orders.rule_concerns.shape[1]
    queues = 2 * int((world.orders.rule_code[:, at.RULE_QUEUE] >= 0).sum())
    return at.State(
        real=_in_lines(n, at.N_REAL),
        whole=_in_lines(n, at.N_WHOLE // 2).view(np.int32),
        heap=np.zeros((classes + 1, n + 1), np.int32),
        due=np.zeros((classes + 1, n + 1)),
        place=np.zeros((4, n), np.int32),
        clock=np.zeros((classes, 4)),
        lever=np.ones((2, at.N_LEVERS, classes)),
        scalar=np.zeros(at.N_SCALAR + world.orders.cuts.size),
        tally=np.zeros(at.BY_GROUP + world.n_organs, np.int64),
        log=np.zeros((log, 5)),
        rule=np.zeros((world.orders.rule_code.shape[0], at.N_RULE)),
        rule_heap=np.zeros((queues, n + 1), np.int32),
        rule_due=np.zeros((queues, n + 1)),
        rule_place=np.zeros((queues, n), np.int32),
    )


def _in_lines(rows: int, columns: int) -> NDArray[np.float64]:
    """A table of zeros that begins where a line of memory (64 bytes) does."""
    room = np.zeros(rows * columns + 8)
    skip = -room.ctypes.data % 64 // 8
    return room[skip : skip + rows * columns].reshape(rows, columns)


def empty_output(world: World, replicates: int) -> at.Output:
    """Room for the rows of so many replicates."""
    n, times = world.elite.code.shape[0], world.orders.edges.size
    return at.Output(
        exits=np.zeros((replicates, times, world.n_organs), np.int32),
        course=np.zeros((replicates, times, at.N_COURSE), np.int64),
        causes=np.zeros((replicates, len(at.CAUSES)), np.int32),
        times=np.zeros((replicates, at.N_TIMES + world.orders.cuts.size)),
        left=np.zeros((replicates if world.keep_left else 0, n), np.uint8),
        ruled=np.zeros((replicates, world.n_rules, 2)),
    )


def bytes_of_state(world: World) -> int:
    """Scratch space of one thread: every class of members has a queue, and every rule that acts on members two."""
    classes, acting = world.orders.rule_concerns.shape[1], int((world.orders.rule_code[:, at.RULE_QUEUE] >= 0).sum())
    per_member = 8 * at.N_REAL + 4 * at.N_WHOLE + 16 + 12 * (classes + 1) + 32 * acting
    return int(world.elite.code.shape[0] * per_member)


def do_all(work: Iterable[Chunk], *, threads: int | None, map: MapLike | None) -> Iterator[at.Output]:  # noqa: A002
    """Run pieces of work on threads or on what is given as `map`; hands them over in order, few at a time."""
    n = threads if threads is not None else os.cpu_count() or 1
    if n < 1:
        raise InputError(f"threads is at least 1, not {n}")
    if map is not None:
        yield from map(run_chunk, work)
        return
    if n == 1:
        for chunk in work:
            yield run_chunk(chunk)
        return
    waiting: deque[Future[at.Output]] = deque()
    with ThreadPoolExecutor(n) as pool:
        try:
            for chunk in work:
                waiting.append(pool.submit(run_chunk, chunk))
                if len(waiting) > 2 * n:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def gather(done: Iterable[at.Output], wanted: int, progress: Progress | None = None) -> at.Output:
    """Put pieces together in the order of replicates; an interruption (Ctrl-C) keeps what is done, if anything is."""
    return gather_worlds(done, 1, wanted, progress)[0]


def gather_worlds(
    done: Iterable[at.Output], worlds: int, wanted: int, progress: Progress | None = None
) -> list[at.Output]:
    """The same where pieces of several worlds take turns; interrupted, each has the replicates that the last has."""
    parts: list[list[at.Output]] = [[] for _ in range(worlds)]
    n = [0] * worlds
    try:
        for k, part in enumerate(done):
            world = k % worlds
            check_done(part, n[world])
            parts[world].append(part)
            n[world] += len(part.times)
            if progress is not None:
                progress(sum(n), worlds * wanted)
    except KeyboardInterrupt:
        if not parts[-1]:
            raise
    common = n[-1]
    return [at.Output(*(np.concatenate(columns)[:common] for columns in zip(*pieces, strict=True))) for pieces in parts]


def check_done(part: at.Output, first: int) -> None:
    """A replicate that failed is an error, never a gap in a mean."""
    failed = np.flatnonzero(part.times[:, at.T_FAILED])
    if failed.size:
        raise InputError(
            f"replicate {first + int(failed[0])} failed: one of its hazards is not a finite number; "
            "its parameters, offsets or the level of a policy are too large. No mean was taken over the others"
        )
