"""Reporting effort through time: the share of departures that could ever become public, as somebody sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from ostraka.dates import day_number, from_day_number
from ostraka.errors import InputError
from ostraka.watch.inputs import Floats

_SHORTEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Effort:
    """Reporting effort as a step function: the share of departures that could ever become public.

    Parameters
    ----------
    name : str
        What is assumed, in plain words.
    since : tuple of date
        First day of each step, in order.
    level : tuple of float
        Effort from that day on, in (0, 1]; before the first step that of the first step holds.

    Raises
    ------
    InputError
        If the steps are out of order or a level lies outside (0, 1].

    Examples
    --------
    >>> press = Effort("few outlets before 2004", (date(1991, 1, 1), date(2004, 1, 1)), (0.4, 1.0))
    >>> press.at([float(day_number(date(2000, 1, 1)))]).tolist()
    [0.4]
    """

    name: str = "constant effort (none was given)"
    since: tuple[date, ...] = ()
    level: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if len(self.since) != len(self.level):
            raise InputError(
                f"effort has {len(self.since)} days but {len(self.level)} levels; give one level for each day"
            )
        if list(self.since) != sorted(set(self.since)):
            raise InputError("the steps of effort must be in order of time, each day once")
        for level in self.level:
            if not 0 < level <= 1:
                raise InputError(
                    f"effort must be above 0 and at most 1, not {level}; leave out years without any reporting"
                )

    def at(self, day: ArrayLike) -> Floats:
        """Effort on days since 1970-01-01."""
        days = np.asarray(day, dtype=np.float64)
        if not self.since:
            return np.ones(days.shape)
        steps = np.array([day_number(since) for since in self.since], dtype=np.float64)
        step = np.clip(np.searchsorted(steps, days, side="right") - 1, 0, None)
        level: Floats = np.array(self.level)[step]
        return level


CONSTANT = Effort()


def effort_alternatives(start: date, end: date) -> dict[str, Effort]:
    """Named guesses at the reporting effort, to see what it would change.

    Parameters
    ----------
    start, end : date
        Window of the record.

    Returns
    -------
    dict of str to Effort
        ``constant``; ``grown``, from a third to the whole in five equal steps; ``fallen``, the whole until
        three quarters of the window have passed and half of it since. Only the first for a window of less
        than a year.

    Examples
    --------
    >>> effort_alternatives(date(1991, 1, 1), date(2024, 12, 31))["fallen"].since[1]
    datetime.date(2016, 7, 2)
    """
    first, length = day_number(start), day_number(end) + 1 - day_number(start)
    if length < _SHORTEST_DAYS:
        return {"constant": CONSTANT}
    steps = tuple(from_day_number(first + length * i // 5) for i in range(5))
    late = from_day_number(first + length * 3 // 4)
    return {
        "constant": CONSTANT,
        "grown": Effort(
            "effort grew from a third to the whole in five steps", steps, (1 / 3, 1 / 2, 2 / 3, 5 / 6, 1.0)
        ),
        "fallen": Effort(f"effort fell to a half on {late}", (start, late), (1.0, 0.5)),
    }


def effort_of(text: str, *, start: date, end: date) -> Effort:
    """An effort from its name among the alternatives, or from its steps.

    Parameters
    ----------
    text : str
        ``constant``, ``grown`` or ``fallen``, or steps such as ``1991-01-01:0.4,2004-01-01:1``.
    start, end : date
        Window of the record.

    Raises
    ------
    InputError
        If it is none of these.

    Examples
    --------
    >>> effort_of("1991-01-01:0.4,2004-01-01:1", start=date(1991, 1, 1), end=date(2024, 12, 31)).level
    (0.4, 1.0)
    """
    named = effort_alternatives(start, end)
    if text in named:
        return named[text]
    steps = [part.partition(":") for part in text.split(",")]
    try:
        since = tuple(date.fromisoformat(day.strip()) for day, _, _ in steps)
        level = tuple(float(share) for _, _, share in steps)
    except ValueError:
        raise InputError(
            f"{text!r} is no effort; write {', '.join(named)}, or steps such as 1991-01-01:0.4,2004-01-01:1"
        ) from None
    return Effort(f"given as {text}", since, level)
