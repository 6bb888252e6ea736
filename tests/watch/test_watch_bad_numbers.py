"""What is no number, or none that means anything, is refused by every question with words; never a NaN, never a crash."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import ostraka.watch as w
from ostraka.errors import OstrakaError

NAN, INF = float("nan"), float("inf")
BAD = (NAN, INF, -INF, -1, 0, 1e300, 1e-300, 1e18, 10**400, "x", "3", None, True, 2.5, 3, [1, 2], np.array([]))
LAW = w.GammaMixture.single(3.5, 2.0)
CHANCE = np.random.default_rng(1)

ASKED: dict[str, Callable[[Any], Any]] = {
    "events of a base rate": lambda x: w.base_rate(x, 1.0),
    "exposure of a base rate": lambda x: w.base_rate(3, x),
    "level of a base rate": lambda x: w.base_rate(3, 1.0, level=x),
    "count exceeding": lambda x: w.exceedance(x, 1.0, n_before=3, exposure_before=2.0),
    "count before": lambda x: w.exceedance(3, 1.0, n_before=x, exposure_before=2.0),
    "exposure before": lambda x: w.exceedance(3, 1.0, n_before=3, exposure_before=x),
    "tail of a count": lambda x: w.poisson_tail(x, 1.0),
    "tail of a mean": lambda x: w.poisson_tail(3, x),
    "first of two counts": lambda x: w.rate_ratio(x, 1.0, n_other=2, exposure_other=3.0).p,
    "first of two exposures": lambda x: w.rate_ratio(3, x, n_other=2, exposure_other=3.0),
    "lower bound": lambda x: w.rate_at_least(x, 1.0, shape=0.5, rate=0.5).law.mean,
    "prior of a lower bound": lambda x: w.rate_at_least(3, 1.0, shape=x, rate=0.5).law.mean,
    "a count among counts": lambda x: w.rate_changes([1, x, 3], shape=1.0, rate=1.0, max_changes=1),
    "no list of counts": lambda x: w.rate_changes(x, shape=1.0, rate=1.0).rates,
    "an exposure among exposures": lambda x: w.rate_changes([1, 2, 3], [1, x, 2], shape=1.0, rate=1.0).rates,
    "shape of the prior": lambda x: w.rate_changes([1, 2, 3], shape=x, rate=1.0).rates,
    "rate of the prior": lambda x: w.rate_changes([1, 2, 3], shape=1.0, rate=x).rates,
    "number of changes": lambda x: w.rate_changes([1, 2, 3], max_changes=x, shape=1.0, rate=1.0).rates,
    "a time among times": lambda x: w.fit_hawkes([1, x, 3, 4], 0, 10),
    "start of a window": lambda x: w.fit_hawkes([1, 2, 3, 4], x, 10),
    "end of a window": lambda x: w.fit_hawkes([1, 2, 3, 4], 0, x),
    "untriggered rate": lambda x: w.hawkes_log_likelihood([1, 2], 0, 10, mu=x, branching=0.5, decay=1.0),
    "branching": lambda x: w.hawkes_log_likelihood([1, 2], 0, 10, mu=1.0, branching=x, decay=1.0),
    "pace": lambda x: w.hawkes_log_likelihood([1, 2], 0, 10, mu=1.0, branching=0.5, decay=x),
    "mean of a chart": lambda x: w.cusum_arl(x, k=1, h=3),
    "reference of a chart": lambda x: w.cusum_arl(1.0, k=x, h=3),
    "limit of a chart": lambda x: w.cusum_arl(1.0, k=1, h=x),
    "mean to tune for": lambda x: w.tuned_cusum(x, arl=100),
    "rise to tune for": lambda x: w.tuned_cusum(1.0, rise=x, arl=100),
    "run length to tune for": lambda x: w.tuned_cusum(0.1, arl=x),
    "a count to follow": lambda x: w.run_lengths([1, x], hazard=0.1, shape=1.0, rate=1.0),
    "hazard": lambda x: w.run_lengths([1, 2], hazard=x, shape=1.0, rate=1.0),
    "an event at the end": lambda x: w.end_scan([x, 1], 10.0),
    "exposure of the record": lambda x: w.end_scan([0.5, 1], x),
    "longest window": lambda x: w.end_scan([0.5, 1], 10.0, longest=x),
    "events in a window": lambda x: w.any_window(x, 5, 0.1, n_draws=100, rng=1),
    "events in a record": lambda x: w.any_window(3, x, 0.1, n_draws=100, rng=1),
    "share of a window": lambda x: w.any_window(3, 8, x, n_draws=100, rng=1),
    "an uneven count": lambda x: w.evenness([1, x, 2], rng=1),
    "a time to be even": lambda x: w.uniformity([1, x], 0, 10),
    "a time before a change": lambda x: w.change_in_time([1, x, 3], 0, 10).mean,
    "prior of a change in time": lambda x: w.change_in_time([1, 2, 3], 0, 10, rate=x).mean,
    "a count under an uncertain prior": lambda x: w.change_under_uncertain_prior([1, x, 3]),
    "a cell of a triangle": lambda x: w.chain_ladder([[1, x], [2, NAN]]),
    "a delay": lambda x: w.reporting_delay([1, x], [10, 10]).median_days,
    "a longest delay": lambda x: w.reporting_delay([1, 2], [10, x]).median_days,
    "median of the prior": lambda x: w.reporting_delay([1], [10], prior_median_days=x).median_days,
    "share of a sector": lambda x: w.reporting_delay_by_group([1], [9], ["a"], share={"a": x}, rng=CHANCE)[0].share,
    "day of a delay": lambda x: w.delay_change([x] * 20, [1] * 20, [10] * 20).odds,
    "a delay in whole days": lambda x: w.reverse_hazards([0, 1], [1, x], now_day=10, longest=3).cdf,
    "now": lambda x: w.reverse_hazards([0, 1], [1, 1], now_day=x, longest=3).cdf,
    "longest in whole days": lambda x: w.reverse_hazards([0, 1], [1, 1], now_day=10, longest=x).cdf,
    "reported so far": lambda x: w.nowcast(x, [0.5], shape=0.5, rate=0.1).sum(),
    "share reported": lambda x: w.nowcast(3, [x], shape=0.5, rate=0.1),
    "unseen exposure": lambda x: w.unreported(LAW, [x]),
    "weight of a law": lambda x: w.unreported(LAW, [1.0, 2.0], [x, 1.0]),
    "exposure ahead": LAW.count_pmf,
    "an interval": lambda x: w.one_change_of_intervals(
        [1, 2], [2, x], [5.0], exposure=([5.0], [5.0]), shape=0.5, rate=1.0
    ),
    "a place": lambda x: w.one_change_of_intervals([1], [2], [x], exposure=([5.0], [5.0]), shape=0.5, rate=1.0),
    "a day of a record": lambda x: w.Departures.of_days([1, x], start_day=0, end_day=10).low_day,
    "end of a record": lambda x: w.Departures.of_days([1, 2], start_day=0, end_day=x).low_day,
}


def figures(found: Any) -> Iterator[float]:
    """All numbers of a result."""
    if isinstance(found, float | np.floating):
        yield float(found)
    elif isinstance(found, np.ndarray):
        yield from (float(x) for x in found.ravel()[:5000] if found.dtype.kind == "f")
    elif isinstance(found, dict | list | tuple):
        for each in found.values() if isinstance(found, dict) else found:
            yield from figures(each)
    else:
        for name in getattr(found, "__dataclass_fields__", ()):
            if not name.startswith("_"):
                yield from figures(getattr(found, name))


@pytest.mark.parametrize("name", ASKED)
def test_a_bad_number_is_refused_or_has_a_meaning(name: str) -> None:
    for bad in BAD:
        try:
            found = ASKED[name](bad)
        except OstrakaError:
            continue
        bare = [x for x in figures(found) if not math.isfinite(x)]
        assert not bare, f"{bad!r:.20} gives {bare[:3]}"


@pytest.mark.parametrize("empty", [[], [[]], np.zeros((0, 3))])
def test_an_empty_list_is_refused_or_not_enough(empty: Any) -> None:
    asked: list[Callable[[], Any]] = [
        lambda: w.rate_changes(empty, shape=1.0, rate=1.0),
        lambda: w.fit_hawkes(empty, 0, 10),
        lambda: w.uniformity(empty, 0, 10),
        lambda: w.change_in_time(empty, 0, 10),
        lambda: w.chain_ladder(empty),
        lambda: w.nowcast(1, empty, shape=0.5, rate=0.1),
        lambda: w.unreported(LAW, empty),
        lambda: w.reverse_hazards(empty, empty, now_day=5, longest=3),
    ]
    for ask in asked:
        with pytest.raises(OstrakaError):
            ask()


def test_a_thousand_events_a_bin_are_summed_and_too_many_bins_refused() -> None:
    crowded = w.rate_changes([1000] * 40 + [3000] * 20, shape=0.5, rate=0.001)
    assert crowded.p_changes()[0] < 1e-9
    assert int(crowded.position.argmax()) == 39
    assert np.isfinite(crowded.current_rate().quantile(0.5))
    with pytest.raises(OstrakaError, match="one change"):
        w.rate_changes([1] * 5000, shape=1.0, rate=1.0)
    assert w.rate_changes([1] * 5000, shape=1.0, rate=1.0, max_changes=1).position.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("wild", [[0, 0, 900, 0, 0, 0], [5, 0, 0, 0, 0, 4000], [1, 2, 0, 3, 1, 0]])
def test_logs_and_products_give_the_same_sums(wild: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> tuple[Any, ...]:
        found = w.rate_changes(wild, [1.0, 0.5, 0.001, 2.0, 1.0, 0.2], shape=0.5, rate=0.3, max_changes=3)
        return found.log_evidence, found.p_change_after(), found.current_rate().mean, found.position

    usual = asked()
    monkeypatch.setattr("ostraka.watch.pieces._LARGEST_LOG", -1.0)
    for one, other in zip(usual, asked(), strict=True):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-12)
