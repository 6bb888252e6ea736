"""How a record is seen: the delay law of its sectors, the effort, and today, joined for each way of counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ostraka.dates import DAYS_PER_YEAR
from ostraka.watch.delay import DelayLaw, reporting_delay
from ostraka.watch.delay_groups import DelayChange, delay_change, reporting_delay_by_group
from ostraka.watch.departures import Departures
from ostraka.watch.effort import CONSTANT, Effort
from ostraka.watch.exposure import bin_exposure, unseen_exposure
from ostraka.watch.inputs import Floats

_POINTS = 48
_PER_BIN = 8
_AGES = np.linspace(0, np.sqrt(80 * DAYS_PER_YEAR), 500) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """How much of what happened can be seen: the delay law, the effort, and today.

    Parameters
    ----------
    delay : DelayLaw
    now_day : float
        End of what can have been reported, in days since 1970-01-01.
    effort : Effort
    """

    delay: DelayLaw
    now_day: float
    effort: Effort = CONSTANT
    _reported: Floats = field(init=False, repr=False, compare=False, default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reported", self.delay.cdf(_AGES))

    def seen(self, edges: Sequence[float] | Floats) -> Floats:
        """Exposure of each bin in years."""

        def reported(age_days: Floats) -> Floats:
            share: Floats = np.interp(age_days, _AGES, self._reported)
            return share

        return bin_exposure(edges, now_day=self.now_day, reported=reported, effort=self.effort)

    def unseen(self, start_day: float, end_day: float) -> Floats:
        """Years of a span whose departures are not yet reported, for each delay law."""
        return unseen_exposure(self.delay, start_day, end_day, now_day=self.now_day, effort=self.effort)

    def unseen_by_bin(self, edges: Sequence[float] | Floats) -> Floats:
        """The same for each bin and delay law, shape (n, k)."""
        ends = np.asarray(edges, dtype=np.float64)
        lows, highs = ends[:-1], np.minimum(ends[1:], self.now_day)
        middle = lows[:, None] + (np.arange(_PER_BIN) + 0.5) / _PER_BIN * (highs - lows)[:, None]
        years = self.effort.at(middle) * np.clip(highs - lows, 0.0, None)[:, None] / _PER_BIN / DAYS_PER_YEAR
        share = 1 - self.delay.cdf_each(np.clip(self.now_day - middle, 0.0, None))
        unseen: Floats = np.einsum("bp,bpk->bk", years, np.maximum(share, 0.0))  # a share may round to just below 0
        return unseen


@dataclass(frozen=True, slots=True)
class Delays:
    """What is known of the reporting delays of a record.

    Attributes
    ----------
    by_sector : dict of str to DelayLaw
        Partially pooled; the empty name is the unknown sector.
    late : DelayLaw
        One law from the later half of the departures.
    change : DelayChange
        Whether the later half differs from the earlier.
    n_delays : int
    """

    by_sector: Mapping[str, DelayLaw]
    late: DelayLaw
    change: DelayChange
    n_delays: int

    @classmethod
    def of(cls, found: Departures, now_day: float, *, never_reported: float, rng: np.random.Generator) -> Delays:
        """From all departures of a record."""
        day, delay, longest, sectors = known_delays(found, now_day)
        names = dict.fromkeys((*sorted(set(found.sectors)), ""), 1.0)
        _, laws = reporting_delay_by_group(delay, longest, sectors, share=names, rng=rng)
        later = day >= np.median(day) if day.size else np.zeros(0, dtype=bool)
        late = reporting_delay(delay[later], longest[later])
        return cls(
            by_sector={name: replace(law, never_reported=never_reported) for name, law in laws.items()},
            late=replace(late, never_reported=never_reported),
            change=delay_change(day, delay, longest),
            n_delays=delay.size,
        )

    def law_for(self, found: Departures, now_day: float) -> DelayLaw:
        """The mixture of sector laws for the sectors of some departures, seen or unseen."""
        ages = now_day - np.linspace(found.start_day, min(found.end_day, now_day), _POINTS)
        seen = Counter(found.sectors) or Counter(list(self.by_sector))
        grown = {name: n / max(float(self.by_sector[name].cdf(ages).mean()), 1e-3) for name, n in seen.items()}
        total = sum(grown.values())
        laws = [self.by_sector[name] for name in grown]
        return replace(
            laws[0],
            log_median=np.concatenate([law.log_median for law in laws], axis=1),
            spread=np.concatenate([law.spread for law in laws], axis=1),
            share=np.array([value / total for value in grown.values()]),
            n_delays=sum(law.n_delays for law in laws),
        )


def known_delays(found: Departures, now_day: float) -> tuple[Floats, Floats, Floats, tuple[str, ...]]:
    """Day, delay and longest possible delay in days, and sector, of the departures with a known first report.

    A delay counts from the middle of the interval of the departure, or from its end if reported before that.

    Parameters
    ----------
    found : Departures
    now_day : float
        End of the record, in days since 1970-01-01.
    """
    known = np.isfinite(found.reported_day) & (found.reported_day <= now_day)
    day = np.minimum(found.middle_day, found.reported_day)[known]
    delay = found.reported_day[known] - day
    sectors = tuple(sector for sector, keep in zip(found.sectors, known, strict=True) if keep)
    return day, delay, np.maximum(now_day - day, delay), sectors
