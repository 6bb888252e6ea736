"""A queue of members by the time of their next event: a binary heap that knows where each member stands.

The last entry of a heap is how many members stand in it; `key` holds the times in the order of the heap, so that to
compare two of them costs no walk through memory, and `place` where each member stands (-1: not in it).
"""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate.compiling import inlined, wide

Members = NDArray[np.int32]
Times = NDArray[np.float64]


@inlined
def rise(heap: Members, key: Times, place: Members, at: int, member: int, due: float) -> None:
    """Move the gap at a place up to where a member with this time belongs, and put him there."""
    while at > 0:
        above = wide((at - 1) >> 1)
        if key[above] <= due:
            break
        heap[at], key[at] = heap[above], key[above]
        place[heap[at]] = at
        at = above
    heap[at], key[at] = member, due
    place[member] = at


@inlined
def sink(heap: Members, key: Times, place: Members, at: int, member: int, due: float) -> None:
    """Move the gap at a place down to where a member with this time belongs, and put him there."""
    size = heap[-1]
    child = wide(2 * at + 1)
    while child < size:
        other = wide(child + 1)
        if other < size and key[other] < key[child]:
            child = other
        if key[child] >= due:
            break
        heap[at], key[at] = heap[child], key[child]
        place[heap[at]] = at
        at = child
        child = wide(2 * at + 1)
    heap[at], key[at] = member, due
    place[member] = at


@inlined
def take_out(heap: Members, key: Times, place: Members, member: int) -> None:
    """Remove a member, if he stands in the queue."""
    if place[member] < 0:
        return
    at = wide(place[member])
    place[member] = -1
    size = wide(heap[-1] - 1)
    heap[-1] = size
    if at == size:
        return
    last, due = wide(heap[size]), key[size]
    if at > 0 and due < key[wide((at - 1) >> 1)]:
        rise(heap, key, place, at, last, due)
    else:
        sink(heap, key, place, at, last, due)


@inlined
def put(heap: Members, key: Times, place: Members, member: int, due: float) -> None:
    """Insert a member, or move him to where his changed time belongs."""
    if place[member] < 0:
        at = wide(heap[-1])
        heap[-1] = at + 1
        rise(heap, key, place, at, member, due)
        return
    at = wide(place[member])
    if due < key[at]:
        rise(heap, key, place, at, member, due)
    else:
        sink(heap, key, place, at, member, due)
