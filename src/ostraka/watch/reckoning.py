"""One way of counting: departures by year, the base rate, and whether the end of the record is crowded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np

from ostraka.dates import DAYS_PER_YEAR, from_day_number
from ostraka.watch.bins import year_edges
from ostraka.watch.bunching import EndScan, end_scan
from ostraka.watch.departures import Denominator, Departures
from ostraka.watch.imputation import draw_times
from ostraka.watch.inputs import Floats
from ostraka.watch.mixtures import GammaMixture, count_quantile
from ostraka.watch.nowcast import unreported
from ostraka.watch.rates import JEFFREYS, BaseRate, base_rate
from ostraka.watch.sight import Sight

END_YEARS = 5.0
"""Windows up to so many years long count as the end of the record."""

_SCAN_DRAWS = 24
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
    n_low, n_median, n_high : int
        Nowcast: departures with those not yet reported; median and 90 per cent.
    """

    year: int
    n_surely: int
    n_perhaps: int
    expected: float
    reported_share: float
    n_low: int
    n_median: int
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
        For the dates at the middle of their intervals.
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
            "end_scan": {**self.end_scan.to_json(), "p_range": list(self.end_scan_range)},
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
    scan, spread = _scan(found, sight, rng)
    return Reckoning(
        denominator=denominator,
        n_departures=len(found),
        years=_years(found, sight, edges, GammaMixture.single(len(found) + JEFFREYS, exposure)),
        base_rate=rate,
        end_scan=scan,
        end_scan_range=spread,
        status=EndStatus.of(scan.p, len(found)),
        without_duplicates=without_duplicates,
    )


def end_of_record(found: Departures, sight: Sight, days: Floats) -> tuple[EndScan, ...]:
    """End-scans on exposure, for windows up to five years.

    Parameters
    ----------
    found : Departures
    sight : Sight
    days : ndarray of float64, shape (d, n)
        Days of the departures, in d versions.
    """
    end = min(found.end_day, sight.now_day)
    edges = np.linspace(found.start_day, end, _FINE_BINS + 1)
    passed = np.concatenate([[0.0], np.cumsum(sight.seen(edges))])
    total = float(passed[-1])
    recent = total - float(np.interp(end - END_YEARS * DAYS_PER_YEAR, edges, passed))
    since = total - np.interp(np.minimum(days, end), edges, passed)
    return tuple(end_scan(row, total, longest=max(recent, total / _FINE_BINS)) for row in since)


def _scan(found: Departures, sight: Sight, rng: np.random.Generator) -> tuple[EndScan, tuple[float, float]]:
    """For the middle dates, and the spread of its p over dates drawn."""
    drawn = draw_times(found, _SCAN_DRAWS, rng)
    scan, *others = end_of_record(found, sight, np.vstack([found.middle_day, drawn]))
    p = [other.p for other in others]
    return scan, (float(np.quantile(p, 0.05)), float(np.quantile(p, 0.95)))


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
        low, median, high = (count_quantile(pmf, p) + round(expected) for p in (0.05, 0.5, 0.95))
        share = seen[i] / (seen[i] + hidden) if seen[i] + hidden > 0 else 1.0
        year = from_day_number(int(start)).year
        years.append(YearCount(year, surely, perhaps, expected, float(share), low, median, high))
    return tuple(years)


def _local(law: GammaMixture, expected: float, exposure: float) -> GammaMixture:
    """Rate of one year: half an event of prior at the mean of the record, then the year's own count."""
    mean = law.mean
    return GammaMixture.single(JEFFREYS + expected, JEFFREYS / mean + exposure)
