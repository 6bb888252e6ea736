"""Hindcast: what the simulator would have said month by month, from what was known then, beside what then came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.case import Case, case_as_of
from ostraka.chance import RNG, root_seed
from ostraka.dates import DAYS_PER_YEAR, day_number, from_day_number
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.simulate.cascade import simulate
from ostraka.simulate.parameters import Parameters
from ostraka.simulate.population import elite_roster
from ostraka.simulate.scenario import RecordRate, Scenario
from ostraka.simulate.scenarios import calibrate, changing_rate, departure_days, record_rate
from ostraka.simulate.surface import collapse_surface

if TYPE_CHECKING:
    import pandas as pd

_ELITE = "elite"


@dataclass(frozen=True, slots=True)
class Look:
    """What would have been said on one day.

    Parameters
    ----------
    as_of : date
    known : int
        Departures in the record as it was known on that day.
    low, middle, high : float
        5 %, 50 % and 95 % points of the departures said for the time ahead.
    seen : int
        Departures of that time in the record of today.
    p_low, p_high : float
        Least and greatest chance that the coalition breaks in that time, over the assumptions the record of that day
        did not rule out; NaN if it ruled out all that were tried.
    """

    as_of: date
    known: int
    low: float
    middle: float
    high: float
    seen: int
    p_low: float
    p_high: float


@dataclass(frozen=True, slots=True)
class Hindcast:
    """The looks of a hindcast in order of time.

    Parameters
    ----------
    looks : tuple of Look
    ahead : float
        How far each look goes, in years.
    threshold : float
        Coalition share below which it breaks.
    provenance : Provenance
    """

    looks: tuple[Look, ...]
    ahead: float
    threshold: float
    provenance: Provenance

    @property
    def score(self) -> float:
        """Mean interval score of the 90 % intervals, in departures: width, and 20 times what it missed by; small is good."""
        miss = [max(look.low - look.seen, look.seen - look.high, 0.0) for look in self.looks]
        return float(np.mean([look.high - look.low + 20.0 * m for look, m in zip(self.looks, miss, strict=True)]))

    @property
    def held(self) -> float:
        """Share of looks whose 90 % interval held what then came."""
        return float(np.mean([look.low <= look.seen <= look.high for look in self.looks]))

    def frame(self) -> pd.DataFrame:
        """One row per look."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        names = Look.__dataclass_fields__
        return pd.DataFrame([{name: getattr(look, name) for name in names} for look in self.looks])

    def summary(self) -> str:
        """How it did, in plain words."""
        missed = [look for look in self.looks if look.seen > look.high]
        worst = max(missed, key=lambda look: look.seen - look.high, default=None)
        tail = (
            f" The worst miss: on {worst.as_of} at most {worst.high:.0f} were said, {worst.seen} came."
            if worst
            else " None came out above its interval."
        )
        return (
            f"{len(self.looks)} looks of {self.ahead:g} years ahead: the 90 % interval held what came in {self.held:.0%} "
            f"of them; interval score {self.score:.0f} departures.{tail}"
        )

    def to_json(self) -> dict[str, Any]:
        """The looks as plain JSON values."""
        rows = self.frame().astype({"as_of": str}).astype(object)
        return {
            "looks": rows.where(rows.notna(), None).to_dict("records"),
            "ahead": self.ahead,
            "threshold": self.threshold,
            "held": self.held,
            "score": self.score,
            "provenance": self.provenance.to_json(),
        }


def hindcast(
    case: Case,
    *,
    days: Sequence[date] = (),
    ahead: float = 0.5,
    threshold: float = 0.9,
    members: int = 400,
    replicates: int = 100,
    parameters: Parameters | None = None,
    pace: str = "changing",
    rng: RNG = None,
) -> Hindcast:
    """Calibrate on a record as it was known on each day, simulate what is ahead, and set beside it what came.

    Parameters
    ----------
    case : Case
        The record of today, with the days on which its events were first reported.
    days : sequence of date
        When to look; empty for the last day of every month that leaves room for what is ahead.
    ahead : float
        How far to look, in years.
    threshold : float
        Coalition share below which it breaks.
    members : int
        Size of the made-up elite.
    replicates : int
        Runs of each look.
    parameters : Parameters or None
        What is assumed, if not the defaults.
    pace : str
        ``changing``: the rate of departures may change from month to month, and some are reported late, both learned
        from what was known on the day (:func:`ostraka.hazard.pace.changing_pace`). ``steady``: one rate, as the
        scenarios of a regime use it.
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    Hindcast

    Raises
    ------
    InputError
        If a day leaves no record before it or no time after it, or `pace` is unknown.

    Notes
    -----
    All departures of the elite are counted, whatever the sector. A burst that begins after the day of the look for
    reasons outside of the record is not foreseen; a changing pace only makes the interval as wide as the record was
    restless.
    """
    if pace not in ("changing", "steady"):
        raise InputError(f"pace is changing or steady, not {pace!r}")
    root = root_seed(rng)
    chosen = tuple(days) or _month_ends(case, ahead)
    last = day_number(case.end) - ahead * DAYS_PER_YEAR
    for day in chosen:
        if not day_number(case.start) + 28 <= day_number(day) <= last + 1:
            raise InputError(f"{day} leaves no month of record before it or less than {ahead} years after it")
    when = departure_days(case, sector="")
    roster = elite_roster(
        members, organs={_ELITE: 1.0}, security=(), abroad={_ELITE: 0.15}, rng=root, note="Made up; no real persons."
    )
    looks = []
    for day in chosen:
        view, _ = case_as_of(case, day)
        scenario = Scenario(
            f"as known on {day}", roster, parameters or Parameters(), years=ahead, begin=day,
            n_edges=1, thresholds=(threshold,), record=_rate(view, pace, ahead, root), case_digest=view.digest,
        )  # fmt: skip
        looks.append(_look(calibrate(scenario, rng=root, pilot=60), day, when, replicates, root))
    facts = {"as_of": [str(day) for day in chosen], "ahead": ahead, "threshold": threshold, "members": members}
    facts["pace"] = pace
    return Hindcast(tuple(looks), ahead, threshold, Provenance("hindcast", facts, seed=root, case_digest=case.digest))


def _rate(view: Case, pace: str, ahead: float, root: int) -> RecordRate:
    if pace == "steady":
        return record_rate(view, sector="", organ=_ELITE)
    return changing_rate(view, ahead=ahead, sector="", organ=_ELITE, rng=root)


def _look(scenario: Scenario, day: date, when: NDArray[np.float64], replicates: int, root: int) -> Look:
    run = simulate(scenario, replicates=replicates, rng=root).whole()
    low, middle, high = run.fan((0.05, 0.5, 0.95))[:, -1]
    grid: dict[str, Any] = {"contagion": (0.0, 1.0, 2.0), "disaffection": (-1.0, 0.0, 1.0)}
    surface = collapse_surface(scenario, replicates=max(replicates // 4, 10), rng=root, **grid)
    left = surface.p[:, :, 0][~surface.ruled_out]
    start = day_number(day) + 1
    seen = int(((when >= start) & (when < start + scenario.years * DAYS_PER_YEAR)).sum())
    known = scenario.record.n if scenario.record else 0
    p = (float(left.min()), float(left.max())) if left.size else (float("nan"), float("nan"))
    return Look(day, known, float(low), float(middle), float(high), seen, *p)


def _month_ends(case: Case, ahead: float) -> tuple[date, ...]:
    last = day_number(case.end) - ahead * DAYS_PER_YEAR
    year, month, found = case.start.year, case.start.month, []
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = day_number(date(year, month, 1)) - 1
        if day > last:
            break
        if day >= day_number(case.start) + 28:
            found.append(from_day_number(day))
    if not found:
        raise InputError(f"the record of {case.regime} is too short for looks of {ahead} years ahead")
    return tuple(found)
