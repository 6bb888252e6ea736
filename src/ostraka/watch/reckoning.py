"""One way of counting: departures by year, the base rate, and whether the end of the record is crowded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np

from ostraka.dates import DAYS_PER_YEAR, from_day_number
from ostraka.watch.bins import year_edges
from ostraka.watch.bunching import EndScan, end_scan, most_surprising_run
from ostraka.watch.departures import Denominator, Departures
from ostraka.watch.imputation import draw_times
from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import GammaMixture, count_quantile
from ostraka.watch.nowcast import unreported
from ostraka.watch.rates import JEFFREYS, BaseRate, base_rate
from ostraka.watch.sight import Sight

END_YEARS = 5.0
"""Windows up to so many years long count as the end of the record."""

_SCAN_DRAWS = 25
_FINE_BINS = 200
_VISIBLE = 0.02
_GROUPS = 8


class EndStatus(StrEnum):
    """Whether the end of the record holds more than usual; each member carries its sentence."""

    USUAL = "usual"
    UNUSUAL = "unusual"
    EXTRAORDINARY = "extraordinary"
    TOO_FEW = "not enough data"

    @property
    def sentence(self) -> str:
        """The status in plain words."""
        return _SENTENCES[self]

    @classmethod
    def of(cls, p: float, n_events: int) -> EndStatus:
        """The status for the p of an end-scan."""
        if not n_events:
            return cls.TOO_FEW
        return cls.EXTRAORDINARY if p < 0.005 else cls.UNUSUAL if p < 0.05 else cls.USUAL


_SENTENCES = {
    EndStatus.USUAL: "The end of the record is no more crowded than chance makes it.",
    EndStatus.UNUSUAL: "The end of the record is more crowded than chance makes it in 19 of 20 records.",
    EndStatus.EXTRAORDINARY: "The end of the record is more crowded than chance makes it in 199 of 200 records.",
    EndStatus.TOO_FEW: "Not enough data: the record holds no such departure.",
}


@dataclass(frozen=True, slots=True)
class YearCount:
    """Departures of one calendar year.

    Attributes
    ----------
    year : int
    n_surely, n_perhaps : int
        Those that lie in it for certain, and those that may.
    expected : float
        With every moment of an interval equally likely.
    reported_share : float
        Share of its departures expected to be reported by now.
    n_low, n_low50, n_median, n_high50, n_high : int
        Nowcast: departures with those not yet reported; ends of 90 and 50 per cent, and the median.
    """

    year: int
    n_surely: int
    n_perhaps: int
    expected: float
    reported_share: float
    n_low: int
    n_low50: int
    n_median: int
    n_high50: int
    n_high: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One way of counting: the counts, the base rate, and the end of the record.

    Attributes
    ----------
    denominator : Denominator
    n_departures : int
    years : tuple of YearCount
    base_rate : BaseRate
        Per year of exposure.
    end_scan : EndScan
        The middle one, by its p, of those of the dates drawn.
    end_since : date
        Day of the first departure of its run.
    end_scan_range : tuple of float
        5th and 95th percentile of its p over the dates drawn.
    status : EndStatus
    without_duplicates : int
        Departures if possible duplicates are counted once.
    """

    denominator: Denominator
    n_departures: int
    years: tuple[YearCount, ...]
    base_rate: BaseRate
    end_scan: EndScan
    end_since: date
    end_scan_range: tuple[float, float]
    status: EndStatus
    without_duplicates: int

    def to_json(self) -> dict[str, Any]:
        """The reckoning as plain JSON values."""
        return {
            "denominator": str(self.denominator),
            "counts": self.denominator.sentence,
            "n_departures": self.n_departures,
            "without_duplicates": self.without_duplicates,
            "base_rate": self.base_rate.to_json(),
            "end_scan": {
                **self.end_scan.to_json(),
                "since": self.end_since.isoformat(),
                "p_range": list(self.end_scan_range),
            },
            "status": str(self.status),
            "sentence": self.status.sentence,
            "years": [{name: getattr(year, name) for name in YearCount.__slots__} for year in self.years],
        }


def reckon(
    found: Departures,
    denominator: Denominator,
    sight: Sight,
    *,
    without_duplicates: int,
    level: float,
    rng: np.random.Generator,
) -> Reckoning:
    """Count one way.

    Parameters
    ----------
    found : Departures
    denominator : Denominator
    sight : Sight
        How much of what happened can be seen.
    without_duplicates : int
        Departures if possible duplicates are counted once.
    level : float
        Probability of the intervals of the base rate.
    rng : Generator
        For the dates drawn.
    """
    end = min(found.end_day, sight.now_day)
    edges = year_edges(found.start_day, end)
    exposure = float(sight.seen(edges).sum())
    rate = base_rate(len(found), exposure, level=level)
    end_scans = end_of_record(found, sight, rng)
    return Reckoning(
        denominator=denominator,
        n_departures=len(found),
        years=_years(found, sight, edges, GammaMixture.single(len(found) + JEFFREYS, exposure)),
        base_rate=rate,
        end_scan=end_scans.scan,
        end_since=from_day_number(int(end_scans.since_day)),
        end_scan_range=end_scans.p_range,
        status=EndStatus.of(end_scans.scan.p, len(found)),
        without_duplicates=without_duplicates,
    )


@dataclass(frozen=True, slots=True)
class EndOfRecord:
    """The end-scan of dates drawn: the middle one of all by its p, and how far they spread.

    Attributes
    ----------
    scan : EndScan
    since_day : float
        Day of the first departure of its run; the end of the record if there is none.
    p_range : tuple of float
        5th and 95th percentile of p over the dates drawn.
    """

    scan: EndScan
    since_day: float
    p_range: tuple[float, float]


def end_of_record(found: Departures, sight: Sight, rng: np.random.Generator) -> EndOfRecord:
    """End-scans on exposure, for windows up to five years, of dates drawn within their intervals.

    Drawn dates, not the middles of intervals: those would heap events that share a vague date on one day.

    Parameters
    ----------
    found : Departures
    sight : Sight
    rng : Generator
    """
    end = min(found.end_day, sight.now_day)
    edges = np.linspace(found.start_day, end, _FINE_BINS + 1)
    passed = np.concatenate([[0.0], np.cumsum(sight.seen(edges))])
    total = float(passed[-1])
    recent = total - float(np.interp(end - END_YEARS * DAYS_PER_YEAR, edges, passed))
    days = np.minimum(draw_times(found, _SCAN_DRAWS, rng), end)
    longest = max(recent, total / _FINE_BINS)
    since = total - np.interp(days, edges, passed)
    runs = [most_surprising_run(row, total, longest=longest) for row in since]
    order = np.argsort([run.p_run for run in runs], kind="stable")
    low, middle, high = (int(order[round(p * (order.size - 1))]) for p in (0.05, 0.5, 0.95))
    scans = {draw: end_scan(since[draw], total, longest=longest) for draw in {low, middle, high}}
    scan = scans[middle]
    first = float(days[middle, -scan.n_run]) if scan.n_run else end
    return EndOfRecord(scan, first, (scans[low].p, scans[high].p))


def _years(found: Departures, sight: Sight, edges: Floats, law: GammaMixture) -> tuple[YearCount, ...]:
    """Counts by calendar year, with those still to be reported where that is more than a few."""
    unseen = sight.unseen_by_bin(edges)
    seen = sight.seen(edges)
    years = []
    for i, (start, end) in enumerate(pairwise(edges)):
        surely, perhaps = found.within(start, end)
        expected = float(found.p_within(start, end).sum())
        hidden = float(unseen[i] @ sight.delay.weight)
        pmf = np.ones(1)
        if hidden > _VISIBLE * (end - start) / DAYS_PER_YEAR:
            pmf = unreported(_local(law, expected, seen[i]), unseen[i], sight.delay.weight, groups=_GROUPS)
        fan = (count_quantile(pmf, p) + round(expected) for p in (0.05, 0.25, 0.5, 0.75, 0.95))
        share = seen[i] / (seen[i] + hidden) if seen[i] + hidden > 0 else 1.0
        year = from_day_number(int(start)).year
        years.append(YearCount(year, surely, perhaps, expected, float(share), *fan))
    return tuple(years)


def _local(law: GammaMixture, expected: float, exposure: float) -> GammaMixture:
    """Rate of one year: half an event of prior at the mean of the record, then the year's own count."""
    mean = law.mean
    return GammaMixture.single(JEFFREYS + expected, JEFFREYS / mean + exposure)
