"""A case as it can be seen on its as-of day: departures, delays and exposure for each way of counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ostraka.case import Case
from ostraka.chance import stream
from ostraka.dates import day_number
from ostraka.errors import InputError
from ostraka.watch.departures import Denominator, Departures, departures, told_apart
from ostraka.watch.effort import CONSTANT, Effort
from ostraka.watch.sight import Delays, Sight


@dataclass(frozen=True, slots=True, eq=False)
class SeenCase:
    """What a case shows.

    Attributes
    ----------
    case : Case
    now_day : float
        Midnight after the as-of day, in days since 1970-01-01.
    delays : Delays
        From all counted departures.
    found : mapping of Denominator to Departures
    sights : mapping of Denominator to Sight
    """

    case: Case
    now_day: float
    delays: Delays
    found: Mapping[Denominator, Departures]
    sights: Mapping[Denominator, Sight]

    @classmethod
    def of(
        cls,
        case: Case,
        *,
        root: int,
        effort: Effort = CONSTANT,
        never_reported: float = 0.0,
        denominators: Sequence[Denominator] = (),
    ) -> SeenCase:
        """Look at a case, for the denominators given and, if none is, for those it can tell apart.

        Raises
        ------
        InputError
            If the share never reported lies outside [0, 1), or the as-of day before the window.
        """
        if not 0 <= never_reported < 1:
            raise InputError(f"never_reported is a share from 0 to below 1, not {never_reported!r}")
        now_day = float(day_number(case.as_of) + 1)
        everything = departures(case)
        if now_day <= everything.start_day:
            raise InputError(f"the as-of day {case.as_of} lies before the window, which begins on {case.start}")
        drawn = stream(root, "watch.delays")
        delays = Delays.of(everything, now_day, never_reported=never_reported, rng=drawn)
        found = {each: departures(case, each) for each in denominators or told_apart(case)}
        sights = {each: Sight(delays.law_for(some, now_day), now_day, effort) for each, some in found.items()}
        return cls(case, now_day, delays, found, sights)
