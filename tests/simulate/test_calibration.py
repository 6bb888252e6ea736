"""Calibration with and without a roster, checks of calibration, and hindcasts."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from tests.simulate.conftest import m0

import ostraka
from ostraka.case import Case
from ostraka.errors import InputError, MissingExtra
from ostraka.simulate import (
    Scenario,
    fit_case,
    fit_tie_effect,
    held_out,
    hindcast,
    learn,
    replay,
    simulate,
    spells_of,
    summaries_of,
)
from ostraka.simulate.layout import PARAMETER_NAMES
from ostraka.simulate.parameters import Parameter
from ostraka.simulate.scenario import RecordRate
from ostraka.simulate.summaries import SUMMARIES


def world() -> Scenario:
    return m0(150).with_parameters(base=(-5.0, -2.0), contagion_kin=(0.0, 1.0))


def test_summaries_are_finite_and_count_what_they_say() -> None:
    scenario = m0(150)
    log = replay(scenario, 1, root=3)
    told = dict(zip(SUMMARIES, summaries_of(log, scenario.roster, years=10.0), strict=True))
    left = log[log["event"] == "leaves"]
    assert np.expm1(told["departures"]) == pytest.approx(len(left))
    assert sum(told[f"departures in tenth {k + 1} of the window"] ** 2 for k in range(10)) == pytest.approx(len(left))
    assert told["first departure"] == pytest.approx(left["year"].iloc[0] / 10)
    assert np.expm1(told["purges"]) == pytest.approx((log["event"] == "purged").sum())
    gaps = np.diff([0.0, *left["year"], 10.0])
    assert told["longest quiet"] == pytest.approx(gaps.max() / 10)
    within = max(((left["year"] >= t) & (left["year"] <= t + 1)).sum() for t in left["year"])
    assert np.expm1(told["largest number within a year"]) == pytest.approx(within)
    nothing = summaries_of(log.iloc[:0], scenario.roster, years=10.0)
    assert np.isfinite(nothing).all()


def test_an_event_outside_the_record_is_refused() -> None:
    log = pd.DataFrame({"year": [11.0], "member": [3], "event": ["leaves"]})
    with pytest.raises(InputError, match="member 3 at 11"):
        summaries_of(log, m0(150).roster, years=10.0)


@pytest.mark.slow
def test_the_learned_posterior_is_honest_and_says_what_it_learned() -> None:
    pytest.importorskip("sklearn", reason="needs the extra ostraka[calibrate]")
    calibrator = learn(world(), ("base", "contagion_kin"), records=20_000, rng=1)
    check = calibrator.check(1000, rng=2)
    assert ((check.coverage >= 0.87) & (check.coverage <= 0.93)).all()
    assert (check.p_uniform > 1e-3).all()
    assert check.histogram().sum(axis=1).tolist() == [1000, 1000]
    found = calibrator.posterior(calibrator.summaries[7], without=7)
    assert found.contraction[0] > 0.7
    assert found.contraction[0] > found.contraction[1]
    rows = found.rows(world(), 50, 3)
    base = rows[:, PARAMETER_NAMES.index("base")]
    assert np.isin(base, found.draws[:, 0]).all()
    assert "90 % intervals hold the truth" in check.summary()
    assert json.dumps(found.to_json())


@pytest.mark.slow
def test_years_held_back_are_foreseen_and_better_with_the_contagion_there_is() -> None:
    pytest.importorskip("sklearn", reason="needs the extra ostraka[calibrate]")
    truth = m0(150, years=20.0).with_parameters(base=-3.2, contagion_kin=0.9, memory=0.3)
    half = replace(truth, years=10.0).with_parameters(base=(-5.0, -2.0))
    worlds = (half.with_parameters(contagion_kin=(0.0, 1.5)), half.with_parameters(contagion_kin=0.0))
    names = (("base", "contagion_kin"), ("base",))
    learned = [learn(w, n, records=3000, keep=0.05, rng=1) for w, n in zip(worlds, names, strict=True)]
    found = []
    for r in range(25):
        log = replay(truth, r, root=3)
        seen = summaries_of(log[log["year"] < 10], truth.roster, years=10.0)
        found.append([held_out(truth, c.posterior(seen), log, after=10, replicates=200, rng=5 + r) for c in learned])
    held = [[low <= x.seen.sum() <= high for x in row for low, high in [x.interval]] for row in found]
    scores = np.array([[x.score for x in row] for row in found])
    assert np.mean(held, axis=0)[0] >= 0.8
    assert scores[:, 0].mean() < scores[:, 1].mean()
    one = found[0][0]
    assert one.seen.size == 10
    assert one.said.shape == (200, 10)
    assert "years held back" in one.summary()
    assert json.dumps(one.to_json(), allow_nan=False)
    with pytest.raises(InputError, match="a year to hold back"):
        held_out(truth, learned[1].posterior(seen), log, after=20)


def test_what_cannot_be_learned_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn", reason="needs the extra ostraka[calibrate]")
    for names, options in ((("purge",), {}), ((), {}), (("base",), {"records": 10}), (("base",), {"keep": 0.9})):
        with pytest.raises(InputError):
            learn(world(), names, **{"records": 600, "rng": 1, **options})  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "sklearn.neural_network", None)
    with pytest.raises(MissingExtra, match=r"ostraka\[calibrate\]"):
        learn(world(), ("base",), rng=1)


@pytest.fixture(scope="module")
def korea() -> Case:
    return ostraka.shipped_case("North Korea")


def test_every_parameter_of_a_fit_says_where_it_comes_from(korea: Case) -> None:
    fitted = fit_case(korea, rng=1)
    table = fitted.frame()
    assert set(table["basis"]) <= {"estimated", "borrowed", "assumed"}
    assert fitted.contraction("base") > 0.8
    assert (table.loc[table["basis"] != "estimated", "contraction"] == 0).all()
    assert "not called contagion" in fitted.summary()
    rates = {row["sector"]: row for row in fitted.to_json()["rates"]}
    assert fitted.scenario.record is not None
    assert rates["diplomatic"]["departures"] == fitted.scenario.record.n
    assert json.dumps(fitted.to_json(), allow_nan=False)
    rows = simulate(fitted.scenario, replicates=40, rng=2).rows
    assert np.unique(rows[:, PARAMETER_NAMES.index("base")]).size == 40


def test_a_tie_effect_that_fails_the_check_is_not_used(korea: Case) -> None:
    scenario = m0(400).with_parameters(contagion_kin=0.0)
    log = replay(scenario, 0, root=4)
    found = fit_tie_effect(spells_of(log, scenario.roster, years=10.0), blocks=np.arange(400) // 40)
    assert not found.may_be_called_contagion
    with pytest.raises(InputError, match="check of likeness"):
        fit_case(korea, ties=found, rng=1)


@pytest.mark.slow
def test_a_hindcast_knows_only_what_was_known_and_is_set_beside_what_came() -> None:
    case = ostraka.shipped_case("Syria")
    days = (date(2011, 6, 30), date(2012, 6, 30), date(2012, 12, 31))
    found = hindcast(case, days=days, members=150, replicates=30, rng=1)
    known = [look.known for look in found.looks]
    assert known == sorted(known)
    assert known[0] < known[2]
    steady = hindcast(case, days=days, members=150, replicates=30, pace="steady", rng=1)
    # The wave of the summer of 2012: out of reach for one steady rate, within that of a pace that may change.
    assert steady.looks[1].seen > steady.looks[1].high
    assert found.looks[1].seen < found.looks[1].high
    assert found.score < steady.score
    assert found.looks[2].middle > found.looks[0].middle
    assert found.held == pytest.approx(np.mean([x.low <= x.seen <= x.high for x in found.looks]))
    assert "worst miss" in steady.summary()
    assert json.dumps(found.to_json(), allow_nan=False)
    for day in (date(2011, 3, 16), date(2013, 12, 1)):
        with pytest.raises(InputError, match="leaves no month"):
            hindcast(case, days=(day,), rng=1)


def test_a_posterior_of_quantiles_is_drawn_from() -> None:
    points = tuple(np.log(np.random.default_rng(1).gamma(2.0, size=400)).tolist())
    entry = Parameter("base", "m", "u", 0.0, -3.0, 3.0, basis="estimated", points=tuple(sorted(points)))
    drawn = entry.draw(4000, np.random.default_rng(2))
    assert np.quantile(drawn, (0.1, 0.5, 0.9)) == pytest.approx(np.quantile(points, (0.1, 0.5, 0.9)), abs=0.1)
    rate = RecordRate("elite", 3, 2.0, 1.0, tuple(sorted(points)))
    assert rate.between(0.0, 1.0) == pytest.approx((np.exp(min(points)), np.exp(max(points))))


def test_a_hindcast_of_unknown_pace_is_refused() -> None:
    case = Case.make("R", start=date(2000, 1, 1), end=date(2003, 1, 1), as_of=date(2003, 1, 1))
    with pytest.raises(InputError, match="changing or steady"):
        hindcast(case, pace="wild")
