"""Standing on past days, other versions of the record, a window asked about."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from ostraka.case import Case, case_as_of, shipped_case
from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import Confidence, Event
from ostraka.watch import Departures, backtest, compare, watch
from ostraka.watch.comparison import Why, _why


def left(day: str, reported: str | None = None, **fields: Any) -> Event:
    told = When.parse(reported or day)
    return Event(**{"id": f"EV-{day}", "when": When.parse(day), "reported": told, "tier": 3, **fields})


def record(*events: Event) -> Case:
    return Case.make(
        "Ruritania", start=date(2000, 1, 1), end=date(2019, 12, 31), as_of=date(2020, 6, 30), events=events
    )


STEADY = [left(f"{year}-0{month}-15") for year in range(2000, 2020) for month in (3, 9)]
WAVE = [left(f"2012-{month:02}-{day:02}") for month in (5, 6, 7, 8) for day in (2, 9, 20, 27)]


def test_a_wave_is_noticed_and_a_steady_record_is_not() -> None:
    days = [date(year, month, 28) for year in range(2008, 2018) for month in (2, 8)]
    calm = backtest(record(*STEADY), days, rng=1)
    assert not any(origin.alarm for origin in calm.origins)
    assert calm.false_alarms_per_decade == 0.0
    stormy = backtest(record(*STEADY, *WAVE), days, rng=1)
    assert next(o.as_of for o in stormy.origins if o.alarm) == date(2012, 8, 28)
    assert stormy.detection_delays[0] is not None
    assert "Waves noticed: 1 of 1" in stormy.summary()
    json.dumps(stormy.to_json(), allow_nan=False)
    assert len(stormy.frame()) == len(days)


def test_only_what_was_reported_is_known() -> None:
    late = left("2005-01-05", "2009-01-05")
    seen = backtest(record(*STEADY, late), [date(2006, 6, 30), date(2010, 6, 30)], rng=1)
    assert seen.origins[0].unreported_came == 1
    assert seen.origins[1].unreported_came == 0
    assert seen.origins[0].next_came == 2


def test_departures_without_a_report_day_are_left_out_and_counted() -> None:
    unknown = left("2005-01-05", reported="..")
    assert backtest(record(*STEADY, unknown), [date(2006, 6, 30)], rng=1).n_undated == 1


@pytest.mark.parametrize("days", [[], [date(2012, 1, 1), date(2010, 1, 1)], [date(1990, 1, 1)], [date(2030, 1, 1)]])
def test_days_outside_the_record_are_refused(days: list[date]) -> None:
    with pytest.raises(InputError, match="days in order"):
        backtest(record(*STEADY), days, rng=1)


def test_other_versions_are_shown_beside() -> None:
    doubtful = left("2011-02-01", id="D", may_be=("EV-2011-03-15",), confidence=Confidence.LOW)
    rumour = left("2014-02-01", id="R", confidence=Confidence.LOW)
    alarms = watch(record(*STEADY, doubtful, rumour), rng=1, n_draws=5)
    numbers = {variant.name: variant.n_departures for variant in alarms.variants}
    assert numbers["as it stands"] == 42
    assert numbers["possible duplicates counted once"] == 41
    assert numbers["without low confidence"] == 40
    assert "without both" not in numbers
    rates = {variant.name: variant.rate for variant in alarms.variants}
    assert rates["effort grown"] > rates["as it stands"]


def test_a_window_asked_about() -> None:
    then, _ = case_as_of(shipped_case("North Korea"), date(2016, 8, 17))
    asked = watch(then, since=date(2016, 2, 1), rng=1, n_draws=10).asked
    assert asked is not None
    assert asked.n_perhaps == 3
    assert asked.as_asked.conditional <= (asked.p_any_window or 1.0)
    assert asked.rate_if_at_least[1] > asked.rate_if_exactly[1]
    with pytest.raises(InputError, match="within the record"):
        watch(then, since=date(1980, 1, 1), rng=1, n_draws=2)


def test_a_share_never_reported_raises_the_rate() -> None:
    plain, half = (watch(record(*STEADY), never_reported=x, rng=1, n_draws=2) for x in (0.0, 0.5))
    assert half.reckoning().base_rate.rate == pytest.approx(2 * plain.reckoning().base_rate.rate, rel=1e-6)
    with pytest.raises(InputError, match="from 0 to below 1"):
        watch(record(), never_reported=1.0)


@pytest.mark.parametrize(
    ("log_evidence", "why"),
    [
        ([0.0, 1.0, 0.5, 0.0, 0.0, 1.0], Why.CONSTANT),
        ([0.0, 9.0, 5.0, 4.0, 3.0, 4.0], Why.CHANGED),
        ([0.0, 9.0, 5.0, 4.0, 3.0, 8.0], Why.BUNCHED),
        ([0.0, 4.0, 5.0, 4.0, 3.0, 7.9], Why.BUNCHED),
        ([0.0, 4.0, 5.0, 4.0, 3.0, 8.1], Why.CONTAGION),
    ],
)
def test_contagion_is_named_above_twenty_to_one_only(log_evidence: list[float], why: Why) -> None:
    assert _why(30, np.array(log_evidence)) is why
    assert _why(4, np.array(log_evidence)) is Why.TOO_FEW
    assert ("contagion" in why.sentence) == (why is Why.CONTAGION)


def test_bursts_with_quiet_between_are_called_contagion() -> None:
    draw = np.random.default_rng(2)
    parents = np.sort(draw.random(12)) * 30 * 365.25
    times = np.concatenate([parents, *(parents + 5 + 10 * i for i in range(4))])
    found = Departures.of_days(times, start_day=0.0, end_day=30.5 * 365.25)
    edges = np.linspace(0, 30.5 * 365.25, 62)
    comparison = compare(found, edges, np.full(61, 0.5), rng=draw)
    assert comparison.why is Why.CONTAGION
    low, high = comparison.base_rate_interval()
    assert low < 2 < high
