"""The events of a case as read-only columns of numbers, for the science wing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ostraka.dates import day_number
from ostraka.model import SECTORS, Confidence, Event, EventKind

KINDS = tuple(EventKind)
CONFIDENCES = tuple(Confidence)


def frozen_array(values: Sequence[object], dtype: type) -> NDArray[np.generic]:
    """A read-only array."""
    array: NDArray[np.generic] = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class EventArrays:
    """One entry per event, in the order of ``Case.events``. Days are float days since 1970-01-01.

    Attributes
    ----------
    earliest_day, latest_day : ndarray of float64, shape (n,)
        Bounds of the day it happened, in days; NaN where unknown.
    reported_day : ndarray of float64, shape (n,)
        Last possible day of the first report, in days; NaN where unknown.
    kind_ix, sector_ix, confidence_ix : ndarray of int32, shape (n,)
        Index into ``KINDS``, ``SECTORS`` (-1 unknown) and ``CONFIDENCES``.
    tier : ndarray of int32, shape (n,)
        1 to 4; 0 unknown.
    n_low : ndarray of int32, shape (n,)
        How many persons at least.
    counted : ndarray of bool, shape (n,)
        Whether the event enters counts.
    episode_ix : ndarray of int32, shape (n,)
        Same number, same departure; numbered by first appearance.
    """

    earliest_day: NDArray[np.float64]
    latest_day: NDArray[np.float64]
    reported_day: NDArray[np.float64]
    kind_ix: NDArray[np.int32]
    sector_ix: NDArray[np.int32]
    confidence_ix: NDArray[np.int32]
    tier: NDArray[np.int32]
    n_low: NDArray[np.int32]
    counted: NDArray[np.bool_]
    episode_ix: NDArray[np.int32]

    @classmethod
    def of(cls, events: Sequence[Event]) -> EventArrays:
        """The columns of some events."""
        episodes: dict[str, int] = {}
        episode_ix = [episodes.setdefault(event.episode or event.id, len(episodes)) for event in events]
        columns: dict[str, tuple[list[object], type]] = {
            "earliest_day": ([_day(event.when.earliest) for event in events], np.float64),
            "latest_day": ([_day(event.when.latest) for event in events], np.float64),
            "reported_day": ([_day(event.reported.latest) for event in events], np.float64),
            "kind_ix": ([KINDS.index(event.kind) for event in events], np.int32),
            "sector_ix": ([SECTORS.index(event.sector) if event.sector else -1 for event in events], np.int32),
            "confidence_ix": ([CONFIDENCES.index(event.confidence) for event in events], np.int32),
            "tier": ([event.tier or 0 for event in events], np.int32),
            "n_low": ([event.n_low for event in events], np.int32),
            "counted": ([event.counted for event in events], np.bool_),
            "episode_ix": (list(episode_ix), np.int32),
        }
        return cls(**{name: frozen_array(*column) for name, column in columns.items()})  # type: ignore[arg-type]


def _day(day: date | None) -> float:
    return float("nan") if day is None else float(day_number(day))
