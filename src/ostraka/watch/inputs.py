"""Numbers from outside, checked where they enter: a bad one is refused with what to do about it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def positive(name: str, value: float) -> float:
    """A finite number above zero."""
    if not (math.isfinite(value) and value > 0):
        raise InputError(f"{name} must be a finite number above 0, not {value!r}")
    return float(value)


def probability(name: str, value: float) -> float:
    """A number strictly between 0 and 1."""
    if not 0 < value < 1:
        raise InputError(f"{name} is a probability strictly between 0 and 1 (0.90, say), not {value!r}")
    return float(value)


def whole(name: str, value: float) -> int:
    """A count: a whole number from 0 upwards."""
    if isinstance(value, bool) or not (math.isfinite(value) and value >= 0 and value == int(value)):
        raise InputError(f"{name} must be a whole number from 0 upwards, not {value!r}")
    return int(value)


def whole_counts(name: str, values: ArrayLike) -> Ints:
    """Counts per bin, at least one bin."""
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if array.ndim != 1 or not array.size:
        raise InputError(f"{name} must be a list of counts, one per bin, not an array of shape {array.shape}")
    bad = np.flatnonzero(~(np.isfinite(array) & (array >= 0) & (array == np.floor(array))))
    if bad.size:
        raise InputError(f"{name}[{bad[0]}] must be a whole number from 0 upwards, not {array[bad[0]]}; leave no gaps")
    return array.astype(np.int64)


def exposures(values: ArrayLike | None, counts: Ints) -> Floats:
    """Exposure of each bin; 1 where none is given. A bin without exposure cannot hold events."""
    if values is None:
        return np.ones(counts.size)
    array = np.asarray(values, dtype=np.float64)
    if array.shape != counts.shape:
        raise InputError(f"exposure must have one value per bin ({counts.size}), not shape {array.shape}")
    if not (np.isfinite(array).all() and (array >= 0).all() and array.sum() > 0):
        raise InputError("exposure must be finite, not negative, and above 0 somewhere")
    blind = np.flatnonzero((array == 0) & (counts > 0))
    if blind.size:
        raise InputError(
            f"bin {blind[0]} has {counts[blind[0]]} events but no exposure; give it some or drop its events"
        )
    return array


def event_times(times: ArrayLike, start: float, end: float) -> Floats:
    """Times of events within a window, sorted."""
    if not (math.isfinite(start) and math.isfinite(end) and end > start):
        raise InputError(f"the window must end after it begins, not run from {start!r} to {end!r}")
    array = np.sort(np.atleast_1d(np.asarray(times, dtype=np.float64)))
    if array.ndim != 1 or not np.isfinite(array).all():
        raise InputError("times must be a list of finite numbers; give unknown dates as intervals or leave them out")
    outside = array[(array < start) | (array > end)]
    if outside.size:
        raise InputError(
            f"{outside.size} times lie outside the window {start:g} to {end:g} (first: {outside[0]:g}); "
            "widen the window or leave them out"
        )
    return array
