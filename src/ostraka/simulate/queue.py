"""A queue of members by the time of their next event: a binary heap that knows where each member stands.

The last entry of a heap is how many members stand in it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate.draw import inlined


@inlined
def rise(heap: NDArray[np.int64], place: NDArray[np.int64], key: NDArray[np.float64], at: int) -> None:
    """Move the member at a place up to where its key belongs."""
    member = heap[at]
    own = key[member]
    while at > 0:
        above = (at - 1) >> 1
        other = heap[above]
        if key[other] <= own:
            break
        heap[at] = other
        place[other] = at
        at = above
    heap[at] = member
    place[member] = at


@inlined
def sink(heap: NDArray[np.int64], place: NDArray[np.int64], key: NDArray[np.float64], at: int, size: int) -> None:
    """Move the member at a place down to where its key belongs."""
    member = heap[at]
    own = key[member]
    child = 2 * at + 1
    while child < size:
        if child + 1 < size and key[heap[child + 1]] < key[heap[child]]:
            child += 1
        other = heap[child]
        if key[other] >= own:
            break
        heap[at] = other
        place[other] = at
        at = child
        child = 2 * at + 1
    heap[at] = member
    place[member] = at


@inlined
def take_out(heap: NDArray[np.int64], place: NDArray[np.int64], key: NDArray[np.float64], member: int) -> None:
    """Remove a member, if it stands in the queue."""
    at = place[member]
    if at < 0:
        return
    place[member] = -1
    size = heap[-1] - 1
    heap[-1] = size
    if at < size:
        last = heap[size]
        heap[at] = last
        place[last] = at
        rise(heap, place, key, at)
        sink(heap, place, key, place[last], size)


@inlined
def put(heap: NDArray[np.int64], place: NDArray[np.int64], key: NDArray[np.float64], member: int) -> None:
    """Insert a member, or move it to where its changed key belongs."""
    at = place[member]
    if at < 0:
        at = heap[-1]
        heap[at] = member
        place[member] = at
        heap[-1] = at + 1
        rise(heap, place, key, at)
    else:
        rise(heap, place, key, at)
        sink(heap, place, key, place[member], heap[-1])
