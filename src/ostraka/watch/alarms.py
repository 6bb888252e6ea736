"""What the watch found: six answers kept apart, each with its interval and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from ostraka.dates import from_day_number
from ostraka.errors import Problem
from ostraka.provenance import Provenance
from ostraka.watch.bunching import Evenness
from ostraka.watch.comparison import Comparison
from ostraka.watch.delay import DelayLaw
from ostraka.watch.departures import Denominator, Departures
from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import count_quantile
from ostraka.watch.next_year import Outlook
from ostraka.watch.reckoning import EndStatus, Reckoning, YearCount


@dataclass(frozen=True, slots=True, eq=False)
class RateBand:
    """The rate through time with its bands.

    Attributes
    ----------
    day : ndarray of float64, shape (n + 1,)
        Ends of the bins, in days since 1970-01-01.
    median, low50, high50, low90, high90 : ndarray of float64, shape (n,)
        Departures a year, seen or unseen, in each bin.
    p_change : ndarray of float64, shape (n - 1,)
        Probability that the rate changed right after each bin but the last.
    """

    day: Floats
    median: Floats
    low50: Floats
    high50: Floats
    low90: Floats
    high90: Floats
    p_change: Floats

    def to_json(self) -> dict[str, Any]:
        """The bands as plain JSON values."""
        return {
            "start": [from_day_number(int(day)).isoformat() for day in self.day[:-1]],
            **{name: getattr(self, name).tolist() for name in self.__slots__[1:]},
        }


@dataclass(frozen=True, slots=True, eq=False)
class Alarms:
    """The answers of the watch for one case and one way of counting, the other ways beside it.

    Attributes
    ----------
    regime : str
    start, end, as_of : date
    denominator : Denominator
        What the answers (b) to (f) are about.
    level : float
    departures : Departures
        With the interval of each.
    reckonings : tuple of Reckoning
        (a) base rate and (b) the end of the record, for every denominator.
    band : RateBand or None
        (c) the rate through time; None if nothing is counted.
    comparison : Comparison or None
        (d) constant, changed or contagion.
    evenness : Evenness or None
        Whether the years differ more than chance makes them.
    delay : DelayLaw
        Law of the reporting delay.
    unreported : ndarray of float64
        (e) probability of 0, 1, 2, … departures that have happened and are not yet reported.
    outlooks : tuple of Outlook
        (f) the next year under each explanation.
    notes : tuple of str
        Assumptions, in plain words.
    problems : tuple of Problem
    provenance : Provenance
    """

    regime: str
    start: date
    end: date
    as_of: date
    denominator: Denominator
    level: float
    departures: Departures
    reckonings: tuple[Reckoning, ...]
    band: RateBand | None
    comparison: Comparison | None
    evenness: Evenness | None
    delay: DelayLaw
    unreported: Floats
    outlooks: tuple[Outlook, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    provenance: Provenance = field(repr=False)

    def reckoning(self, denominator: Denominator | None = None) -> Reckoning:
        """The reckoning of a denominator, by default of the one asked for."""
        return next(each for each in self.reckonings if each.denominator is (denominator or self.denominator))

    @property
    def status(self) -> EndStatus:
        """Whether the end of the record is unusual for the denominator asked for."""
        return self.reckoning().status

    def frame(self) -> Any:
        """One row per year and denominator (pandas DataFrame)."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        rows = [
            {"denominator": str(each.denominator), **{name: getattr(year, name) for name in YearCount.__slots__}}
            for each in self.reckonings
            for year in each.years
        ]
        return pd.DataFrame(rows)

    def summary(self) -> str:
        """The six answers in plain words, one line each."""
        return "\n".join(_lines(self))

    def to_json(self) -> dict[str, Any]:
        """All answers as plain JSON values."""
        return {
            "regime": self.regime,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "as_of": self.as_of.isoformat(),
            "denominator": str(self.denominator),
            "level": self.level,
            "status": str(self.status),
            "departures": self.departures.to_json(),
            "reckonings": [each.to_json() for each in self.reckonings],
            "evenness": None if self.evenness is None else self.evenness.to_json(),
            "rate_through_time": None if self.band is None else self.band.to_json(),
            "comparison": None if self.comparison is None else self.comparison.to_json(),
            "delay": self.delay.to_json(),
            "unreported": {
                "pmf": self.unreported.tolist(),
                "median": count_quantile(self.unreported, 0.5),
                "interval_90": [count_quantile(self.unreported, 0.05), count_quantile(self.unreported, 0.95)],
            },
            "next_year": [outlook.to_json() for outlook in self.outlooks],
            "notes": list(self.notes),
        }


def _lines(alarms: Alarms) -> list[str]:
    mine = alarms.reckoning()
    low, high = mine.base_rate.jeffreys
    percent = f"{100 * alarms.level:.0f} %"
    lines = [
        f"{alarms.regime}, {alarms.start} to {alarms.end}, as known on {alarms.as_of}. Counted: {mine.denominator.sentence}.",
        f"(a) Base rate: {mine.n_departures} departures, {mine.base_rate.rate:.2f} a year ({percent}: {low:.2f} to {high:.2f}).",
        f"(b) End of the record: {mine.status.sentence} {_end_words(mine)}".rstrip(),
    ]
    lines += _change_lines(alarms)
    late = alarms.unreported
    lines.append(
        f"(e) Not yet reported: {count_quantile(late, 0.5)} departures "
        f"(90 %: {count_quantile(late, 0.05)} to {count_quantile(late, 0.95)})."
    )
    words = [f"{o.name} {o.mean:.1f} ({o.interval()[0]} to {o.interval()[1]})" for o in alarms.outlooks]
    lines.append("(f) Next twelve months: " + ("; ".join(words) or "not enough data") + ".")
    return [*lines, *(f"Note: {note}" for note in alarms.notes)]


def _end_words(mine: Reckoning) -> str:
    scan = mine.end_scan
    if not scan.n_run:
        return ""
    return (
        f"Most crowded end: {scan.n_run} in the last {scan.span:.2f} years, p = {_p(scan.p)} with the window free "
        f"({_p(mine.end_scan_range[0])} to {_p(mine.end_scan_range[1])} as the dates are drawn), "
        f"{_p(scan.p_run)} had it been chosen in advance."
    )


def _change_lines(alarms: Alarms) -> list[str]:
    if alarms.comparison is None or alarms.band is None:
        return ["(c) Change of the rate: not enough data.", "(d) Contagion or rate: not enough data."]
    band, comparison = alarms.band, alarms.comparison
    likely = np.argsort(band.p_change)[::-1][:2]
    places = " and ".join(
        f"{from_day_number(int(band.day[i + 1]))} ({band.p_change[i]:.0%})"
        for i in sorted(likely)
        if band.p_change[i] > 0.01
    )
    now = f"the rate now is {band.median[-1]:.2f} a year (90 %: {band.low90[-1]:.2f} to {band.high90[-1]:.2f})"
    where = f"; likeliest places of a change: {places}" if places else ""
    return [
        f"(c) Change of the rate: {now}{where}.",
        f"(d) Contagion or rate: {comparison.why.sentence} {_shares(comparison.p_by_prior())}",
    ]


def _shares(p_by_prior: Mapping[str, Mapping[Any, float]]) -> str:
    return " ".join(
        f"Prior {name}: " + ", ".join(f"{explanation} {share:.0%}" for explanation, share in p.items()) + "."
        for name, p in p_by_prior.items()
    )


def _p(p: float) -> str:
    return f"{p:.2g}" if p >= 1e-4 else "below 0.0001"
