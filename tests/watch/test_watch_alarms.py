"""The six answers for whole cases: the shipped record, then and now; records with too little in them."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import numpy as np
import pytest

import ostraka.watch
from ostraka.case import Case, case_as_of, shipped_case
from ostraka.dates import When, day_number
from ostraka.errors import InputError
from ostraka.model import Event
from ostraka.watch import Alarms, Denominator, EndStatus, Why, departures


def record(*events: Event, start: date = date(1991, 1, 1), end: date = date(2010, 12, 31)) -> Case:
    return Case.make("Ruritania", start=start, end=end, as_of=end, events=events)


def left(day: str, **fields: Any) -> Event:
    return Event(**{"id": f"EV-{day}", "when": When.parse(day), "reported": When.parse(day), "tier": 3, **fields})


@pytest.fixture(scope="module")
def now() -> Alarms:
    return ostraka.watch.watch(shipped_case("North Korea"), rng=1)


@pytest.fixture(scope="module")
def then() -> Alarms:
    return ostraka.watch.watch(case_as_of(shipped_case("North Korea"), date(2016, 8, 17))[0], rng=1)


def test_the_module_can_be_called() -> None:
    case = record(left("2001-01-05"))
    called: Any = ostraka.watch
    assert called(case, rng=3).to_json() == ostraka.watch.watch(case, rng=3).to_json()
    assert sys.modules["ostraka.watch"] is ostraka.watch


def test_august_2016_was_extraordinary_as_known_then(then: Alarms) -> None:
    assert then.status is EndStatus.EXTRAORDINARY
    assert then.reckoning(Denominator.DIPLOMATS).end_scan.p < 0.005
    assert then.comparison is not None
    assert then.comparison.why is Why.BUNCHED


def test_the_quiet_since_2017_is_seen_today(now: Alarms) -> None:
    assert now.status is EndStatus.USUAL
    assert now.band is not None
    peak = np.searchsorted(now.band.day, day_number(date(2016, 6, 1)), side="right") - 1
    assert now.band.median[peak] > 3 * now.band.median[-1]


def test_contagion_is_not_claimed_for_the_record(now: Alarms, then: Alarms) -> None:
    for alarms in (now, then):
        assert alarms.comparison is not None
        assert alarms.comparison.why is not Why.CONTAGION
        assert "contagion" not in alarms.summary().lower()


def test_the_base_rate_is_wider_where_one_may_bring_on_the_next(now: Alarms) -> None:
    assert now.comparison is not None
    low, high = now.comparison.base_rate_interval(0.90)
    plain = now.reckoning().base_rate.jeffreys
    assert low < plain[0] < plain[1] < high
    assert f"{low:.2f} to {high:.2f} if one departure may bring on the next" in now.summary()
    steady = record(*(left(f"{year}-0{month}-15") for year in range(1991, 2011) for month in (2, 5, 8)))
    assert "may bring on the next" not in ostraka.watch.watch(steady, rng=1, n_draws=5).summary()


def test_bands_and_pmfs_are_laws(now: Alarms) -> None:
    band = now.band
    assert band is not None
    for low, high in ((band.low90, band.low50), (band.low50, band.median), (band.median, band.high50)):
        assert (low <= high + 1e-12).all()
    assert ((band.p_change >= 0) & (band.p_change <= 1 + 1e-9)).all()
    for outlook in now.outlooks:
        assert outlook.pmf.sum() == pytest.approx(1.0, abs=1e-4)
    assert now.unreported.sum() == pytest.approx(1.0, abs=1e-4)


def test_results_speak_and_serialise(now: Alarms) -> None:
    text = json.dumps(now.to_json(), allow_nan=False)
    assert json.loads(text)["regime"] == "North Korea"
    assert now.provenance.seed == 1
    assert all(f"({letter})" in now.summary() for letter in "abcdef")
    frame = now.frame()
    assert set(frame["denominator"]) == {str(each) for each in Denominator}
    assert frame[frame["denominator"] == "all counted departures"]["year"].tolist() == list(range(1991, 2025))


def test_the_seed_gives_the_same_again(now: Alarms) -> None:
    again = ostraka.watch.watch(shipped_case("North Korea"), rng=1)
    assert again.to_json() == now.to_json()


def test_the_monthly_watch_says_when_it_alarmed_and_how_often_it_cries_wolf(now: Alarms) -> None:
    monthly = now.monthly
    assert monthly is not None
    assert date(2014, 1, 1) <= monthly.began()[-1] <= date(2016, 12, 31)
    assert monthly.years_to_false_alarm >= 30
    assert f"a false one every {monthly.years_to_false_alarm:.0f} years" in now.summary()
    calm = ostraka.watch.watch(record(left("2001-01-05"), left("2008-01-05")), rng=1, n_draws=2)
    assert calm.monthly is not None
    assert calm.monthly.began() == ()
    assert "there was none" in calm.summary()


def test_one_episode_is_one_departure() -> None:
    pair = [left("2001-01", id=f"E{i}", episode="couple") for i in range(2)]
    assert len(departures(record(*pair))) == 1


def test_no_departures_is_an_answer() -> None:
    alarms = ostraka.watch.watch(record(), rng=1)
    assert alarms.status is EndStatus.TOO_FEW
    assert alarms.comparison is None
    assert "not enough data" in alarms.summary().lower()
    assert alarms.reckoning().base_rate.jeffreys[1] > 0
    json.dumps(alarms.to_json(), allow_nan=False)


def test_one_departure_cannot_show_a_change() -> None:
    alarms = ostraka.watch.watch(record(left("2001-01-05")), rng=1)
    assert alarms.comparison is not None
    assert alarms.comparison.why is Why.TOO_FEW
    json.dumps(alarms.to_json(), allow_nan=False)


def test_all_in_one_day() -> None:
    events = [left("2001-01-05", id=f"E{i}") for i in range(12)]
    alarms = ostraka.watch.watch(record(*events), rng=1)
    assert np.isfinite(alarms.band.median).all() if alarms.band is not None else False
    json.dumps(alarms.to_json(), allow_nan=False)


def test_departures_outside_the_window_are_left_out() -> None:
    assert len(departures(record(left("1980-01-05"), left("2001-01-05")))) == 1


def test_a_report_before_its_departure_is_a_problem() -> None:
    found = departures(record(left("2001-06-05", reported=When.parse("2001-01-01"))))
    assert any("earlier than the departure" in problem.message for problem in found.problems)


def test_an_interval_wider_than_the_window_is_clipped() -> None:
    wide = Event(id="W", when=When.parse("1950/2050"), tier=2)
    found = departures(record(wide))
    assert (found.low_day[0], found.high_day[0]) == (found.start_day, found.end_day)


def test_possible_duplicates_can_be_counted_once() -> None:
    twins = [left("2001-01-05", id="A", may_be=("B",)), left("2001-02-05", id="B")]
    assert len(departures(record(*twins))) == 2
    assert len(departures(record(*twins), duplicates=False)) == 1


def test_an_unknown_denominator_is_refused() -> None:
    with pytest.raises(InputError, match="all counted departures"):
        ostraka.watch.watch(record(), denominator="colonels")
