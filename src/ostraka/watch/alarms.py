"""What the watch found: six answers kept apart, each with its interval and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from ostraka.dates import from_day_number
from ostraka.errors import Problem
from ostraka.provenance import Provenance
from ostraka.watch.asked import Asked
from ostraka.watch.bunching import Evenness
from ostraka.watch.comparison import PRIORS, Comparison, Explanation
from ostraka.watch.delay import DelayLaw
from ostraka.watch.departures import Denominator, Departures
from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import count_quantile
from ostraka.watch.next_year import Outlook
from ostraka.watch.online import Cusum
from ostraka.watch.reckoning import EndStatus, Reckoning, YearCount
from ostraka.watch.sight import Delays
from ostraka.watch.variants import Variant

_PLAUSIBLE = 0.2
"""Contagion with more of the probability than this makes the interval of the base rate wider."""


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
    if_changed : tuple of float
        The rate in the last bin if the rate did change: 5, 50 and 95 per cent. Right after a change the bands,
        which still doubt it, lie too near to the old rate; this does not.
    """

    day: Floats
    median: Floats
    low50: Floats
    high50: Floats
    low90: Floats
    high90: Floats
    p_change: Floats
    if_changed: tuple[float, float, float]

    def to_json(self) -> dict[str, Any]:
        """The bands as plain JSON values."""
        return {
            "start": [from_day_number(int(day)).isoformat() for day in self.day[:-1]],
            **{name: getattr(self, name).tolist() for name in self.__slots__[1:-1]},
            "now_if_changed": list(self.if_changed),
        }


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyWatch:
    """A CUSUM over the months of the record.

    Attributes
    ----------
    day : ndarray of float64, shape (n + 1,)
        Ends of the months, in days since 1970-01-01.
    cusum : Cusum
        With its false-alarm run length in months.
    """

    day: Floats
    cusum: Cusum

    def began(self) -> tuple[date, ...]:
        """First day of the month in which each alarm began."""
        alarm = self.cusum.alarm
        first = np.flatnonzero(alarm & ~np.concatenate([[False], alarm[:-1]]))
        return tuple(from_day_number(int(self.day[i])) for i in first)

    @property
    def years_to_false_alarm(self) -> float:
        """How long until it cries wolf, on average, if the rate stays as it was."""
        return self.cusum.arl / 12

    def to_json(self) -> dict[str, Any]:
        """The path as plain JSON values; run lengths in years."""
        return {
            "start": [from_day_number(int(day)).isoformat() for day in self.day[:-1]],
            "path": self.cusum.path.tolist(),
            "k": self.cusum.k,
            "h": self.cusum.h,
            "years_to_false_alarm": self.years_to_false_alarm,
            "alarms": [
                from_day_number(int(day)).isoformat()
                for day, alarm in zip(self.day[:-1], self.cusum.alarm, strict=True)
                if alarm
            ],
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
    asked : Asked or None
        The window asked about, if any.
    monthly : MonthlyWatch or None
        Online watch over months; None if the record is too long or too dense for it.
    delay : DelayLaw
        Law of the reporting delay, sectors mixed as in what is counted.
    delays : Delays
        The law of each sector, and whether it changed.
    unreported : ndarray of float64
        (e) probability of 0, 1, 2, … departures that have happened and are not yet reported.
    unreported_late : ndarray of float64 or None
        The same under the law of the later half, where the law seems to have changed.
    outlooks : tuple of Outlook
        (f) the next year under each explanation.
    variants : tuple of Variant
        Other versions of the record and other reporting efforts.
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
    asked: Asked | None
    monthly: MonthlyWatch | None
    delay: DelayLaw
    delays: Delays
    unreported: Floats
    unreported_late: Floats | None
    outlooks: tuple[Outlook, ...]
    variants: tuple[Variant, ...]
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
            "asked": None if self.asked is None else self.asked.to_json(),
            "monthly": None if self.monthly is None else self.monthly.to_json(),
            "delay": self.delay.to_json(),
            "delay_by_sector": {
                name or "unknown": {"n_delays": law.n_delays, "median_days": law.median_days}
                for name, law in self.delays.by_sector.items()
            },
            "delay_change": self.delays.change.to_json(),
            "unreported": _count_json(self.unreported),
            "unreported_late": None if self.unreported_late is None else _count_json(self.unreported_late),
            "next_year": [outlook.to_json() for outlook in self.outlooks],
            "variants": [variant.to_json() for variant in self.variants],
            "notes": list(self.notes),
        }


def _count_json(pmf: Floats) -> dict[str, Any]:
    return {
        "pmf": pmf.tolist(),
        "median": count_quantile(pmf, 0.5),
        "interval_90": [count_quantile(pmf, 0.05), count_quantile(pmf, 0.95)],
    }


def _lines(alarms: Alarms) -> list[str]:
    mine = alarms.reckoning()
    low, high = mine.base_rate.jeffreys
    percent, wider = f"{100 * alarms.level:.0f} %", _if_triggered(alarms.comparison, alarms.level)
    lines = [
        f"{alarms.regime}, {alarms.start} to {alarms.end}, as known on {alarms.as_of}. Counted: {mine.denominator.sentence}.",
        f"(a) Base rate: {mine.n_departures} departures, {mine.base_rate.rate:.2f} a year ({percent}: {low:.2f} to {high:.2f}{wider}).",
        f"(b) End of the record: {mine.status.sentence} {_end_words(mine)}".rstrip(),
    ]
    lines += _monthly_lines(alarms.monthly)
    lines += _asked_lines(alarms.asked)
    lines += _change_lines(alarms)
    lines.append(f"(e) Not yet reported: {_count_words(alarms.unreported)}.")
    if alarms.unreported_late is not None:
        lines[-1] += (
            f" If reports come as late as in the later half of the record: {_count_words(alarms.unreported_late)}."
        )
    lines += _delay_lines(alarms.delays)
    words = [f"{o.name} {o.mean:.1f} ({o.interval()[0]} to {o.interval()[1]})" for o in alarms.outlooks]
    lines.append("(f) Next twelve months: " + ("; ".join(words) or "not enough data") + ".")
    lines += _variant_lines(alarms.variants)
    return [*lines, *(f"Note: {note}" for note in alarms.notes)]


def _count_words(pmf: Floats) -> str:
    low, median, high = (count_quantile(pmf, p) for p in (0.05, 0.5, 0.95))
    return f"{median} {'departure' if median == 1 else 'departures'} (90 %: {low} to {high})"


def _delay_lines(delays: Delays) -> list[str]:
    """Median delay by sector, where there is more than one to tell apart."""
    known = {name or "unknown": law for name, law in delays.by_sector.items() if law.n_delays}
    if len(known) < 2:
        return []
    ordered = sorted(known.items(), key=lambda item: item[1].median_days)
    words = ", ".join(f"{name} {law.median_days:.0f} days ({law.n_delays} known)" for name, law in ordered)
    return [f"    Median delay of the first report, sectors with few leaning on the rest: {words}."]


def _between(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _if_triggered(comparison: Comparison | None, level: float) -> str:
    """The interval averaged over contagion, where that is plausible: the plain one is then too narrow."""
    if comparison is None or comparison.p(PRIORS["half for a constant rate"])[Explanation.TRIGGERED] < _PLAUSIBLE:
        return ""
    low, high = comparison.base_rate_interval(level)
    return f"; {low:.2f} to {high:.2f} if one departure may bring on the next"


def _monthly_lines(monthly: MonthlyWatch | None) -> list[str]:
    if monthly is None:
        return []
    cusum, began = monthly.cusum, ", ".join(f"{day:%B %Y}" for day in monthly.began()[-3:])
    found = f"the last began in {began}" if began else "there was none"
    years = f"{monthly.years_to_false_alarm:.0f} years"
    chart = f"CUSUM, k {cusum.k:g}, alarm at S ≥ {cusum.h:g}, a false one every {years}"
    return [f"    Alarms if watched month by month ({chart}): {found}."]


def _asked_lines(asked: Asked | None) -> list[str]:
    if asked is None:
        return []
    exactly, least = asked.rate_if_exactly, asked.rate_if_at_least
    anywhere = "" if asked.p_any_window is None else f", {_p(asked.p_any_window)} for any such window of the record"
    line = (
        f"    Since {asked.since}: {_between(asked.n_surely, asked.n_perhaps)} departures; at least {asked.number} so soon has "
        f"p = {_p(asked.as_asked.conditional)} as asked{anywhere}. The rate since, had it changed then: "
        f"{exactly[1]:.1f} a year ({exactly[0]:.1f} to {exactly[2]:.1f}); if the number is a lower bound "
        f"{least[1]:.1f} ({least[0]:.1f} to {least[2]:.1f})."
    )
    return [line]


def _variant_lines(variants: Sequence[Variant]) -> list[str]:
    if len(variants) < 2:
        return []
    lines = [
        "Other versions of the record and other assumptions (departures; a year; p of the end; changed; triggered):"
    ]
    return lines + [
        f"    {v.name}: {v.n_departures}; {v.rate:.2f}; {_p(v.p_end)}; {v.p_changed:.0%}; {v.p_contagion:.0%}"
        for v in variants
    ]


def _end_words(mine: Reckoning) -> str:
    scan = mine.end_scan
    if not scan.n_run:
        return ""
    return (
        f"Most crowded end: {scan.n_run} since {mine.end_since}, p = {_p(scan.p)} with the window free "
        f"({_p(mine.end_scan_range[0])} to {_p(mine.end_scan_range[1])} as the dates are drawn), "
        f"{_p(scan.p_run)} had it been chosen in advance."
    )


def _change_lines(alarms: Alarms) -> list[str]:
    if alarms.comparison is None or alarms.band is None:
        return [
            "(c) Change of the rate: not enough data.",
            "(d) A changed rate, or one departure bringing on the next: not enough data.",
        ]
    band, comparison = alarms.band, alarms.comparison
    likely = np.argsort(band.p_change)[::-1][:2]
    places = " and ".join(
        f"{from_day_number(int(band.day[i + 1]))} ({band.p_change[i]:.0%})"
        for i in sorted(likely)
        if band.p_change[i] > 0.01
    )
    low, middle, high = band.if_changed
    now = f"the rate now is {band.median[-1]:.2f} a year (90 %: {band.low90[-1]:.2f} to {band.high90[-1]:.2f})"
    now += f", and if it changed {middle:.2f} ({low:.2f} to {high:.2f})"
    where = f"; likeliest places of a change: {places}" if places else ""
    return [
        f"(c) Change of the rate: {now}{where}.",
        f"(d) A changed rate, or one departure bringing on the next: {comparison.why.sentence} {_shares(comparison.p_by_prior())}",
    ]


def _shares(p_by_prior: Mapping[str, Mapping[Any, float]]) -> str:
    return " ".join(
        f"Prior {name}: " + ", ".join(f"{explanation} {share:.0%}" for explanation, share in p.items()) + "."
        for name, p in p_by_prior.items()
    )


def _p(p: float) -> str:
    return f"{p:.2g}" if p >= 1e-4 else "below 0.0001"
