"""Numbers from outside, checked where they enter: a bad one is refused with what to do about it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGEST = 1e12
"""No count and no run of events is larger; a greater number is a mistake."""

_SCALES = (1e-50, 1e50)


def number(name: str, value: float) -> float:
    """A finite number."""
    if isinstance(value, bool | np.bool_ | str | bytes):
        raise InputError(f"{name} must be a number, not {value!r:.40}")
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{name} must be a number, not {value!r:.40}") from None
    if not np.isfinite(found):
        raise InputError(f"{name} must be a finite number, not {found!r}; leave out what is unknown")
    return found


def positive(name: str, value: float) -> float:
    """A finite number above zero, of a size that can be reckoned with."""
    try:
        found = number(name, value)
    except InputError:
        found = -1.0
    if not _SCALES[0] <= found <= _SCALES[1]:
        raise InputError(f"{name} must be a finite number above 0 (from 1e-50 to 1e50), not {value!r:.40}")
    return found


def probability(name: str, value: float) -> float:
    """A number strictly between 0 and 1."""
    found = number(name, value)
    if not 0 < found < 1:
        raise InputError(f"{name} is a probability strictly between 0 and 1 (0.90, say), not {found!r}")
    return found


def whole(name: str, value: float, *, at_most: float = LARGEST) -> int:
    """A count: a whole number from 0 upwards."""
    try:
        found = number(name, value)
    except InputError:
        found = -1.0
    if not (0 <= found <= at_most and found == int(found)):
        raise InputError(f"{name} must be a whole number from 0 upwards, {at_most:g} at most, not {value!r:.40}")
    return int(found)


def numbers(name: str, values: ArrayLike) -> Floats:
    """An array of floats; what is no number is refused, NaN and infinity are not."""
    try:
        given = np.asarray(values)
        if given.dtype.kind not in "SUMm":
            return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        pass
    raise InputError(f"{name} must be numbers in a list or array, not {values!r:.60}")


def whole_counts(name: str, values: ArrayLike) -> Ints:
    """Counts per bin, at least one bin."""
    array = np.atleast_1d(numbers(name, values))
    if array.ndim != 1 or not array.size:
        raise InputError(f"{name} must be a list of counts, one per bin, not an array of shape {array.shape}")
    with np.errstate(invalid="ignore"):
        bad = np.flatnonzero(~((array >= 0) & (array <= LARGEST) & (array == np.floor(array))))
    if bad.size:
        raise InputError(
            f"{name}[{bad[0]}] must be a whole number from 0 upwards, {LARGEST:g} at most, not {array[bad[0]]}; leave no gaps"
        )
    return array.astype(np.int64)


def exposures(values: ArrayLike | None, counts: Ints) -> Floats:
    """Exposure of each bin; 1 where none is given. A bin without exposure cannot hold events."""
    if values is None:
        return np.ones(counts.size)
    array = numbers("exposure", values)
    if array.shape != counts.shape:
        raise InputError(f"exposure must have one value per bin ({counts.size}), not shape {array.shape}")
    sound = np.isfinite(array) & (array >= 0) & (array <= _SCALES[1]) & ((array == 0) | (array >= _SCALES[0]))
    if not (sound.all() and array.sum() > 0):
        raise InputError("exposure must be finite, not negative, and above 0 somewhere")
    blind = np.flatnonzero((array == 0) & (counts > 0))
    if blind.size:
        raise InputError(
            f"bin {blind[0]} has {counts[blind[0]]} events but no exposure; give it some or drop its events"
        )
    return array


def event_times(times: ArrayLike, start: float, end: float) -> Floats:
    """Times of events within a window, sorted."""
    first, last = number("start", start), number("end", end)
    if not last > first:
        raise InputError(f"the window must end after it begins, not run from {start!r} to {end!r}")
    positive("the length of the window", last - first)
    array = np.sort(np.atleast_1d(numbers("times", times)))
    if array.ndim != 1 or not np.isfinite(array).all():
        raise InputError("times must be a list of finite numbers; give unknown dates as intervals or leave them out")
    outside = array[(array < first) | (array > last)]
    if outside.size:
        raise InputError(
            f"{outside.size} times lie outside the window {first:g} to {last:g} (first: {outside[0]:g}); "
            "widen the window or leave them out"
        )
    return array
