"""Ties as compressed rows, and seeds, as users hand them to the classic models: checked, and in the types of the kernels."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError
from ostraka.simulate.compiling import entry
from ostraka.simulate.layout import Longs


def shapes(indptr: ArrayLike, indices: ArrayLike) -> tuple[Longs, NDArray[np.int32]]:
    """The rows as arrays of the right shapes; where they point to is not yet checked."""
    start, alter = np.ascontiguousarray(indptr, dtype=np.int64), np.ascontiguousarray(indices)
    if start.ndim != 1 or alter.ndim != 1 or start.size < 1:
        raise InputError(f"indptr and indices are one row of numbers each, got shapes {start.shape} and {alter.shape}")
    if start[0] != 0 or start[-1] != alter.size:
        raise InputError(f"indptr rises from 0 to the number of ties ({alter.size}); got {start[0]} to {start[-1]}")
    if alter.size and alter.dtype.kind not in "iu":
        raise InputError(f"indices are whole numbers, not {alter.dtype}")
    if alter.dtype.itemsize > 4 and alter.size and not -(2**31) <= int(alter.min()) <= int(alter.max()) < 2**31:
        raise InputError(f"indices lie between 0 and {start.size - 2}")
    return start, alter.astype(np.int32, copy=False)


def rows(indptr: ArrayLike, indices: ArrayLike) -> tuple[Longs, NDArray[np.int32]]:
    """The rows, checked: they only rise and point to members."""
    start, alter = shapes(indptr, indices)
    if not _hold(start, alter.view(np.uint32)):
        explain(start, alter)
    return start, alter


def explain(start: Longs, alter: NDArray[np.int32]) -> None:
    """Say which entry of the rows is wrong, if one is."""
    n = start.size - 1
    if np.any(start[1:] < start[:-1]):
        raise InputError(f"indptr, entry {int(np.argmax(start[1:] < start[:-1])) + 1}: falls; it may only rise")
    if alter.size and (alter.min() < 0 or alter.max() >= n):
        row = int(np.argmax((alter < 0) | (alter >= n)))
        raise InputError(f"indices, entry {row}: {int(alter[row])} is not a member; members are 0 to {n - 1}")


def seed_mask(seeds: ArrayLike, n: int) -> NDArray[np.bool_]:
    """A mask of the seeds of its own, from indices or a mask."""
    given = np.asarray(seeds)
    if given.dtype == bool:
        if given.shape != (n,):
            raise InputError(f"a mask of seeds has one entry per member ({n}), got shape {given.shape}")
        return given.copy()
    mask = np.zeros(n, bool)
    if given.size == 0:
        return mask
    if given.dtype.kind not in "iu" or not _mark(given.ravel().astype(np.int64, copy=False).view(np.uint64), mask):
        raise InputError(
            f"seeds are members 0 to {n - 1}, as whole numbers or a mask; got {given.ravel()[:5].tolist()}"
        )
    return mask


@entry
def _hold(start: Longs, alter: NDArray[np.uint32]) -> bool:
    """Whether rows only rise and point to members (a negative number is a huge one here)."""
    n = start.size - 1
    wrong = 0
    for i in range(n):
        wrong += start[i + 1] < start[i]
    for e in range(alter.size):
        wrong += alter[e] >= n
    return wrong == 0


@entry
def _mark(seeds: NDArray[np.uint64], mask: NDArray[np.bool_]) -> bool:
    """Mark the seeds; False if one is nobody (a negative number is a huge one here)."""
    n = mask.size
    for k in range(seeds.size):
        if seeds[k] >= n:
            return False
        mask[seeds[k]] = True
    return True
