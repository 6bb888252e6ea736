"""What the watch would have said on past days, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from ostraka.case import Case, case_as_of
from ostraka.chance import RNG, root_seed, stream
from ostraka.dates import DAYS_PER_YEAR, day_number
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.watch.answers import Answers
from ostraka.watch.departures import Denominator, Departures, departures, departures_of
from ostraka.watch.inputs import probability
from ostraka.watch.mixtures import count_quantile
from ostraka.watch.reckoning import end_of_record
from ostraka.watch.seen import SeenCase

BUSY = 2.0
"""A day lies in a wave if, with hindsight, the rate then was so many times the mean of the record."""

DRAWS = 16


@dataclass(frozen=True, slots=True)
class Origin:
    """What would have been said on one day, and what came of it.

    Attributes
    ----------
    as_of : date
    n_known : int
        Departures known that day.
    p_end : float
        p of the end-scan.
    alarm : bool
        Whether it was below the threshold.
    busy : bool
        Whether, with hindsight, the day lay in a wave.
    unreported_low, unreported_high : int
        Interval of the number that had happened and was not yet reported.
    unreported_came : int
        How many did come out later.
    next_low, next_high : int
        Interval of the number of the next twelve months, explanations averaged.
    next_came : int or None
        How many are in the record as it is now; None if the record ends before.
    """

    as_of: date
    n_known: int
    p_end: float
    alarm: bool
    busy: bool
    unreported_low: int
    unreported_high: int
    unreported_came: int
    next_low: int
    next_high: int
    next_came: int | None


@dataclass(frozen=True, slots=True)
class WatchBacktest:
    """A backtest of the watch over many days.

    Attributes
    ----------
    regime : str
    denominator : Denominator
    level : float
        Nominal coverage of the intervals.
    threshold : float
        p of the end-scan below which there is an alarm.
    origins : tuple of Origin
    n_undated : int
        Departures without a known first report, left out of views and of outcomes.
    provenance : Provenance
    """

    regime: str
    denominator: Denominator
    level: float
    threshold: float
    origins: tuple[Origin, ...]
    n_undated: int
    provenance: Provenance

    @property
    def coverage_unreported(self) -> float:
        """Share of days on which the number still unreported lay in its interval."""
        return _share([o.unreported_low <= o.unreported_came <= o.unreported_high for o in self.origins])

    @property
    def coverage_next_year(self) -> float:
        """Share of days on which the next twelve months lay in their interval; NaN if none can be judged yet."""
        judged = [o for o in self.origins if o.next_came is not None]
        return _share([o.next_low <= (o.next_came or 0) <= o.next_high for o in judged])

    @property
    def false_alarms_per_decade(self) -> float:
        """Alarms that began outside any wave, per ten years."""
        days = [day_number(o.as_of) for o in self.origins]
        years = (days[-1] - days[0]) / DAYS_PER_YEAR if len(days) > 1 else 0.0
        begins = [after for before, after in pairwise(self.origins) if after.alarm and not before.alarm]
        return 10 * sum(not o.busy for o in begins) / years if years else float("nan")

    @property
    def alarm_outside_waves(self) -> float:
        """Share of the days outside any wave on which there was an alarm: an alarm outlives its wave."""
        return _share([o.alarm for o in self.origins if not o.busy])

    @property
    def detection_delays(self) -> tuple[float | None, ...]:
        """For each wave, years from its beginning to the first alarm in it; None if it was missed."""
        delays: list[float | None] = []
        began: date | None = None
        seen = False
        for before, now in pairwise((None, *self.origins)):
            if now is None:
                continue
            if now.busy and (before is None or not before.busy):
                began, seen = now.as_of, False
                delays.append(None)
            if now.busy and now.alarm and not seen and began is not None:
                delays[-1], seen = (now.as_of - began).days / DAYS_PER_YEAR, True
        return tuple(delays)

    def frame(self) -> Any:
        """One row per day (pandas DataFrame)."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        return pd.DataFrame([{name: getattr(o, name) for name in Origin.__slots__} for o in self.origins])

    def summary(self) -> str:
        """How it came out, in plain words."""
        waves = self.detection_delays
        caught = [delay for delay in waves if delay is not None]
        late = f", {np.mean(caught):.1f} years after they began on average" if caught else ""
        return (
            f"{self.regime}, {self.denominator}, {len(self.origins)} days from {self.origins[0].as_of} to {self.origins[-1].as_of}. "
            f"Intervals of {self.level:.0%} held {_percent(self.coverage_unreported)} of the numbers still unreported and "
            f"{_percent(self.coverage_next_year)} of the next twelve months. False alarms: {self.false_alarms_per_decade:.1f} per "
            f"decade; {_percent(self.alarm_outside_waves)} of the days outside waves were under alarm. Waves noticed: {len(caught)} of {len(waves)}{late}. "
            "The days overlap, so these are far fewer independent trials than days."
        )

    def to_json(self) -> dict[str, Any]:
        """The backtest as plain JSON values."""
        return {
            "regime": self.regime,
            "denominator": str(self.denominator),
            "level": self.level,
            "threshold": self.threshold,
            "coverage_unreported": _plain(self.coverage_unreported),
            "coverage_next_year": _plain(self.coverage_next_year),
            "false_alarms_per_decade": _plain(self.false_alarms_per_decade),
            "alarm_outside_waves": _plain(self.alarm_outside_waves),
            "detection_delays_years": list(self.detection_delays),
            "n_undated": self.n_undated,
            "origins": [
                {name: getattr(o, name) for name in Origin.__slots__} | {"as_of": o.as_of.isoformat()}
                for o in self.origins
            ],
        }


def backtest(
    case: Case,
    as_of_dates: Sequence[date],
    *,
    denominator: Denominator | str = Denominator.ALL,
    level: float = 0.90,
    threshold: float = 0.05,
    n_draws: int = DRAWS,
    rng: RNG = None,
) -> WatchBacktest:
    """Walk the record through time: at each day only what had been printed by then.

    Parameters
    ----------
    case : Case
        The record as compiled.
    as_of_dates : sequence of date
        Days to stand on, in order, within the record.
    denominator : Denominator or str
    level : float
        Probability of the intervals.
    threshold : float
        An alarm is an end-scan with p below this.
    n_draws : int
        Sets of dates drawn at each day.
    rng : int, SeedSequence, Generator or None

    Returns
    -------
    WatchBacktest

    Raises
    ------
    InputError
        If there is no day, or the days are out of order or outside the record.

    Notes
    -----
    Departures whose first report is unknown are in no view and in no outcome. A day lies in a wave if the
    median rate of that time, from the record as it is now, is at least twice the mean rate: the judge is
    itself an estimate.

    Examples
    --------
    >>> from ostraka.case import shipped_case
    >>> days = [date(2012, 6, 30), date(2016, 8, 17)]
    >>> [o.alarm for o in backtest(shipped_case("DPRK"), days, rng=1).origins]
    [False, True]
    """
    probability("level", level)
    days = list(as_of_dates)
    if not days or days != sorted(set(days)) or days[0] <= case.start or days[-1] > case.as_of:
        raise InputError(f"give days in order, after {case.start} and up to {case.as_of}, each once")
    kind, root = departures_of(denominator), root_seed(rng)
    known = case.remake(events=[event for event in case.events if event.reported.latest is not None])
    judge = _Judge.of(known, kind, root=root, n_draws=n_draws)
    origins = tuple(
        _origin(known, day, kind, judge, level=level, threshold=threshold, n_draws=n_draws, root=root) for day in days
    )
    return WatchBacktest(
        regime=case.regime,
        denominator=kind,
        level=level,
        threshold=threshold,
        origins=origins,
        n_undated=len(departures(case, kind)) - len(judge.truth),
        provenance=Provenance(
            "backtest",
            {
                "denominator": str(kind),
                "level": level,
                "threshold": threshold,
                "n_draws": n_draws,
                "days": [d.isoformat() for d in days],
            },
            seed=root,
            case_digest=case.digest,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """The record as it is now, which says how things came out."""

    truth: Departures
    edges: Any
    busy: Any

    @classmethod
    def of(cls, case: Case, kind: Denominator, *, root: int, n_draws: int) -> _Judge:
        seen = SeenCase.of(case, root=root, denominators=(kind,))
        truth = seen.found[kind]
        answers = Answers.of(truth, seen.sights[kind], n_draws=n_draws, root=root)
        if answers.path is None:
            return cls(truth, answers.edges, np.zeros(answers.edges.size - 1, dtype=bool))
        return cls(truth, answers.edges, answers.path.quantiles(0.5) >= BUSY * answers.constant.mean)

    def in_wave(self, day: float) -> bool:
        place = int(np.searchsorted(self.edges, day, side="right")) - 1
        return bool(self.busy[min(max(place, 0), self.busy.size - 1)])

    def unreported(self, day: float) -> int:
        return int(((self.truth.middle_day < day) & (self.truth.reported_day >= day)).sum())

    def next_year(self, day: float) -> int | None:
        later = day + DAYS_PER_YEAR
        if later > self.truth.end_day:
            return None
        return int(((self.truth.middle_day >= day) & (self.truth.middle_day < later)).sum())


def _origin(
    case: Case, day: date, kind: Denominator, judge: _Judge, *, level: float, threshold: float, n_draws: int, root: int
) -> Origin:
    view, _ = case_as_of(case, day)
    seen = SeenCase.of(view, root=root, denominators=(kind,))
    found, now_day = seen.found[kind], seen.now_day
    answers = Answers.of(found, seen.sights[kind], n_draws=n_draws, root=root)
    scan = end_of_record(found, seen.sights[kind], stream(root, "watch.end_scan")).scan
    tail = (1 - level) / 2
    hidden, ahead = answers.unreported(), answers.average_outlook().pmf
    return Origin(
        as_of=day,
        n_known=len(found),
        p_end=scan.p,
        alarm=scan.p < threshold,
        busy=judge.in_wave(now_day),
        unreported_low=count_quantile(hidden, tail),
        unreported_high=count_quantile(hidden, 1 - tail),
        unreported_came=judge.unreported(now_day),
        next_low=count_quantile(ahead, tail),
        next_high=count_quantile(ahead, 1 - tail),
        next_came=judge.next_year(now_day),
    )


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else float("nan")


def _percent(share: float) -> str:
    return "none yet" if np.isnan(share) else f"{share:.0%}"


def _plain(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None
