"""Which departures are counted: the denominators, and one event for each departure told of several persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.case import Case
from ostraka.dates import DAYS_PER_YEAR, day_number, from_day_number
from ostraka.errors import InputError, Level, Problem
from ostraka.model import Confidence, Event, EventKind
from ostraka.watch.inputs import Floats, Ints, number, numbers

OPEN_DAYS = 365.0
"""Where nobody says how early or how late a departure was, it is sought within a year of the end that is known."""


class Denominator(StrEnum):
    """What counts as a departure; each member carries the words for it."""

    ALL = "all counted departures"
    CONFIRMED = "confirmed departures"
    DIPLOMATS = "diplomats"
    CONFIRMED_DIPLOMATS = "confirmed diplomats"
    TOP = "tiers 1 and 2"

    @property
    def sentence(self) -> str:
        """What is counted, in plain words."""
        return _SENTENCES[self]

    def counts(self, event: Event) -> bool:
        """Whether the event is one of these departures."""
        if event.kind is not EventKind.DEFECTION or not event.counted:
            return False
        confirmed = event.confidence in {Confidence.HIGH, Confidence.MEDIUM}
        diplomat = event.sector == "diplomatic"
        return {
            Denominator.ALL: True,
            Denominator.CONFIRMED: confirmed,
            Denominator.DIPLOMATS: diplomat,
            Denominator.CONFIRMED_DIPLOMATS: diplomat and confirmed,
            Denominator.TOP: event.tier in {1, 2},
        }[self]


_SENTENCES = {
    Denominator.ALL: "every departure that the record counts, however well attested",
    Denominator.CONFIRMED: "departures attested with high or medium confidence",
    Denominator.DIPLOMATS: "departures of diplomats, however well attested",
    Denominator.CONFIRMED_DIPLOMATS: "departures of diplomats attested with high or medium confidence",
    Denominator.TOP: "departures from the two highest tiers, however well attested",
}


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """Departures of one denominator within a window, ordered by their latest possible day.

    Attributes
    ----------
    name : str
        What is counted.
    start_day, end_day : float
        Window in days since 1970-01-01; the end is the midnight after its last day.
    low_day, high_day : ndarray of float64, shape (n,)
        A departure lies between the two; a day known exactly is one day long.
    reported_day : ndarray of float64, shape (n,)
        Last possible day of the first report; NaN where unknown.
    n_persons : ndarray of int64, shape (n,)
        How many persons left at least.
    open_ended : ndarray of bool, shape (n,)
        Whether a departure stands for that many or more.
    ids : tuple of str
        Of the first event of each departure.
    sectors : tuple of str
        Sector of each departure, empty if unknown.
    problems : tuple of Problem
        What was assumed or left out.
    """

    name: str
    start_day: float
    end_day: float
    low_day: Floats
    high_day: Floats
    reported_day: Floats
    n_persons: Ints
    open_ended: NDArray[np.bool_]
    ids: tuple[str, ...]
    sectors: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of_days(
        cls,
        low_day: ArrayLike,
        high_day: ArrayLike | None = None,
        *,
        start_day: float,
        end_day: float,
        reported_day: ArrayLike | None = None,
        name: str = "events",
    ) -> Departures:
        """Events of any kind from plain arrays, so that every question can be put to them without a case.

        Parameters
        ----------
        low_day, high_day : array_like of float, shape (n,)
            Each event lies between the two, in days; where no end is given the day is known.
        start_day, end_day : float
            Window in days.
        reported_day : array_like of float, shape (n,), optional
            Day of the first report; NaN where unknown.
        name : str
            What is counted.

        Raises
        ------
        InputError
            If an interval is empty, reversed or outside the window, or a number is not finite.

        Examples
        --------
        >>> len(Departures.of_days([10.0, 500.0], start_day=0.0, end_day=1000.0))
        2
        """
        low, start_day, end_day = (
            numbers("low_day", low_day).ravel(),
            number("start_day", start_day),
            number("end_day", end_day),
        )
        high = low + 1.0 if high_day is None else numbers("high_day", high_day).ravel()
        reported = np.full(low.size, np.nan) if reported_day is None else numbers("reported_day", reported_day).ravel()
        same = low.shape == high.shape == reported.shape
        if not same or not (np.isfinite(low) & np.isfinite(high)).all() or np.isinf(reported).any():
            raise InputError("give a finite earliest and latest day for each event, and one day of report each")
        if not end_day > start_day or (high <= low).any() or (high <= start_day).any() or (low >= end_day).any():
            raise InputError("each interval must end after it begins and touch the window, which must not be empty")
        order = np.lexsort((low, high))
        blank = ("",) * low.size
        return cls(
            name=name,
            start_day=float(start_day),
            end_day=float(end_day),
            low_day=np.maximum(low, start_day)[order],
            high_day=np.minimum(high, end_day)[order],
            reported_day=reported.ravel()[order],
            n_persons=np.ones(low.size, dtype=np.int64),
            open_ended=np.zeros(low.size, dtype=bool),
            ids=tuple(str(ix) for ix in order),
            sectors=blank,
        )

    def __len__(self) -> int:
        return self.low_day.size

    @property
    def years(self) -> float:
        """Length of the window in years of 365.25 days."""
        return (self.end_day - self.start_day) / DAYS_PER_YEAR

    @property
    def middle_day(self) -> Floats:
        """Middle of each interval."""
        middle: Floats = (self.low_day + self.high_day) / 2
        return middle

    def within(self, start_day: float, end_day: float) -> tuple[int, int]:
        """How many departures lie in a span for certain, and how many may."""
        surely = (self.low_day >= start_day) & (self.high_day <= end_day)
        perhaps = (self.low_day < end_day) & (self.high_day > start_day)
        return int(surely.sum()), int(perhaps.sum())

    def p_within(self, start_day: float, end_day: float) -> Floats:
        """Probability that each departure lies in a span if any moment of its interval is equally likely."""
        overlap = np.minimum(self.high_day, end_day) - np.maximum(self.low_day, start_day)
        share: Floats = np.clip(overlap, 0.0, None) / (self.high_day - self.low_day)
        return share

    def count_pmf(self, start_day: float, end_day: float) -> Floats:
        """Law of the number of departures in a span, dates uniform in their intervals and independent."""
        pmf = np.ones(1)
        for p in self.p_within(start_day, end_day):
            pmf = np.convolve(pmf, [1 - p, p])
        return pmf

    def clip(self, start_day: float, end_day: float) -> Departures:
        """The same departures in a shorter window; those that cannot lie in it drop out."""
        keep = (self.low_day < end_day) & (self.high_day > start_day)
        return Departures(
            name=self.name,
            start_day=start_day,
            end_day=end_day,
            low_day=np.maximum(self.low_day[keep], start_day),
            high_day=np.minimum(self.high_day[keep], end_day),
            reported_day=self.reported_day[keep],
            n_persons=self.n_persons[keep],
            open_ended=self.open_ended[keep],
            ids=tuple(np.array(self.ids, dtype=object)[keep]),
            sectors=tuple(np.array(self.sectors, dtype=object)[keep]),
            problems=self.problems,
        )

    def to_json(self) -> list[dict[str, Any]]:
        """One entry per departure, dates in ISO form."""
        return [
            {
                "id": self.ids[i],
                "earliest": from_day_number(int(self.low_day[i])).isoformat(),
                "latest": from_day_number(int(np.ceil(self.high_day[i])) - 1).isoformat(),
                "reported": None
                if np.isnan(self.reported_day[i])
                else from_day_number(int(self.reported_day[i])).isoformat(),
                "n_persons": int(self.n_persons[i]),
                "at_least": bool(self.open_ended[i]),
                "sector": self.sectors[i],
            }
            for i in range(len(self))
        ]


def departures(case: Case, denominator: Denominator | str = Denominator.ALL, *, duplicates: bool = True) -> Departures:
    """The departures of a case that a denominator counts, one per episode, within its window.

    Parameters
    ----------
    case : Case
    denominator : Denominator or str
        What counts as a departure.
    duplicates : bool
        Whether an event that may be another one of the same denominator is counted beside it; if not, the
        better attested of the two stays.

    Returns
    -------
    Departures

    Notes
    -----
    Rows of one episode are one departure: its interval is what their intervals have in common, or their
    hull if they have nothing in common. An unknown end of an interval is taken one year from the known one.

    Examples
    --------
    >>> from ostraka.case import shipped_case
    >>> found = departures(shipped_case("DPRK"), "confirmed diplomats")
    >>> len(found), found.within(found.start_day, found.end_day)
    (16, (16, 16))
    """
    kind = departures_of(denominator)
    rows = [event for event in case.events if kind.counts(event)]
    if not duplicates:
        rows = _without_duplicates(rows)
    problems: list[Problem] = []
    start, end = float(day_number(case.start)), float(day_number(case.end) + 1)
    found = []
    for episode in _episodes(rows):
        interval = _common([_interval(event, problems) for event in episode])
        if interval is None or interval[0] >= end or interval[1] <= start:
            continue
        found.append((interval, episode))
    found.sort(key=lambda item: (item[0][1], item[0][0], item[1][0].id))
    return Departures(
        name=str(kind),
        start_day=start,
        end_day=end,
        low_day=np.array([max(interval[0], start) for interval, _ in found], dtype=np.float64),
        high_day=np.array([min(interval[1], end) for interval, _ in found], dtype=np.float64),
        reported_day=np.array([_reported(episode) for _, episode in found], dtype=np.float64),
        open_ended=np.array([any(event.n_high is None for event in episode) for _, episode in found], dtype=bool),
        n_persons=np.array([sum(event.n_low for event in episode) for _, episode in found], dtype=np.int64),
        ids=tuple(episode[0].id for _, episode in found),
        sectors=tuple(next((e.sector for e in episode if e.sector), "") for _, episode in found),
        problems=tuple(problems),
    )


def told_apart(case: Case) -> tuple[Denominator, ...]:
    """The denominators that a case can tell apart: without any sector it has no diplomats to count, not none.

    Parameters
    ----------
    case : Case
        If it counts no departure at all, every denominator holds none.
    """
    rows = [event for event in case.events if Denominator.ALL.counts(event)]
    missing: set[Denominator] = set()
    if rows and not any(event.sector for event in rows):
        missing |= {Denominator.DIPLOMATS, Denominator.CONFIRMED_DIPLOMATS}
    if rows and all(event.tier is None for event in rows):
        missing.add(Denominator.TOP)
    return tuple(each for each in Denominator if each not in missing)


def departures_of(denominator: Denominator | str) -> Denominator:
    """The denominator of a name; an unknown one is refused with the names there are."""
    try:
        return Denominator(denominator)
    except ValueError:
        raise InputError(
            f"no denominator {denominator!r}; choose one of {', '.join(repr(str(d)) for d in Denominator)}"
        ) from None


def _episodes(rows: Iterable[Event]) -> list[list[Event]]:
    groups: dict[str, list[Event]] = {}
    for event in rows:
        groups.setdefault(event.episode or event.id, []).append(event)
    return list(groups.values())


def _without_duplicates(rows: Sequence[Event]) -> list[Event]:
    """Drop each event that may be a better attested one that stays."""
    order = list(Confidence)
    kept: list[Event] = []
    ids: set[str] = set()
    named: set[str] = set()
    for event in sorted(rows, key=lambda row: (order.index(row.confidence), row.id)):
        if event.id not in named and ids.isdisjoint(event.may_be):
            kept.append(event)
            ids.add(event.id)
            named.update(event.may_be)
    return kept


def _interval(event: Event, problems: list[Problem]) -> tuple[float, float] | None:
    """First moment and end of the interval of one event; what had to be assumed goes to `problems`."""
    low, high = _bound(event.when.earliest), _bound(event.when.latest)
    if low is None and high is None:
        message = "neither an earliest nor a latest day is known; the departure is left out of the watch"
        problems.append(Problem(f"event {event.id}", message, Level.ERROR))
        return None
    if low is None or high is None:
        assumed = "the earliest day is unknown" if low is None else "the latest day is unknown"
        problems.append(Problem(f"event {event.id}", f"{assumed}; taken within a year of the other", Level.NOTE))
    reported = _bound(event.reported.latest)
    if high is None:
        high = (low or 0.0) + OPEN_DAYS if reported is None else max(reported, low or reported)
    if low is None:
        low = high - OPEN_DAYS
    if reported is not None and reported < low:
        message = "the first report is earlier than the departure can have been; check both dates"
        problems.append(Problem(f"event {event.id}", message, Level.WARN))
    elif reported is not None:
        high = min(high, reported)
    return low, high + 1.0


def _bound(day: date | None) -> float | None:
    return None if day is None else float(day_number(day))


def _common(intervals: Sequence[tuple[float, float] | None]) -> tuple[float, float] | None:
    known = [interval for interval in intervals if interval is not None]
    if not known:
        return None
    low, high = max(interval[0] for interval in known), min(interval[1] for interval in known)
    return (low, high) if low < high else (min(i[0] for i in known), max(i[1] for i in known))


def _reported(episode: Sequence[Event]) -> float:
    days = [float(day_number(event.reported.latest)) for event in episode if event.reported.latest is not None]
    return min(days, default=float("nan"))
