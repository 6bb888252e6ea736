"""The default scenarios of a regime: calibrated to the record, labelled, paired."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

import ostraka.simulate
from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import Confidence, Event, EventKind
from ostraka.simulate import Policy, Roster, Scenario, collapse_surface, compare, default_scenarios, simulate
from ostraka.simulate.scenarios import DIPLOMATS, record_rate


def departures(counts: dict[int, int], **traits: object) -> list[Event]:
    kind = {"kind": EventKind.DEFECTION, "sector": "diplomatic", "confidence": Confidence.HIGH} | traits
    return [
        Event(when=When.on(date(year, 5, k + 1)), role=f"{year}-{k}", **kind)  # type: ignore[arg-type]
        for year, n in counts.items()
        for k in range(n)
    ]


def regime(events: list[Event], code: str = "") -> Case:
    return Case.make(
        "Ruritania", code=code, start=date(1991, 1, 1), end=date(2016, 8, 20), as_of=date(2016, 8, 20), events=events
    )


COUNTS = {1991: 1, 1996: 1, 1998: 1, 1999: 2, 2014: 1, 2015: 2, 2016: 2}


@pytest.fixture(scope="module")
def scenarios() -> tuple[Scenario, ...]:
    return default_scenarios(regime(departures(COUNTS)), members=500, rng=7)


def test_the_record_is_counted_once_per_episode_and_without_low_confidence() -> None:
    twice = departures({2000: 2}, episode="one departure")
    low = departures({2001: 3}, confidence=Confidence.LOW)
    other = departures({2002: 1}, sector="military")
    uncounted = departures({2003: 1}, counted=False, reason="disputed")
    case = regime([*twice, *low, *other, *uncounted])
    assert record_rate(case).n == 1
    assert record_rate(case, low_confidence=True).n == 4


def test_as_is_loses_diplomats_as_often_as_the_record_shows(scenarios: tuple[Scenario, ...]) -> None:
    as_is = scenarios[0]
    assert as_is.record is not None
    assert as_is.record.n == 10
    runs = simulate(as_is, replicates=600, rng=99)
    lost = runs.total((DIPLOMATS,))[:, -1] / as_is.years
    z = (lost.mean() - as_is.record.mean) / (lost.std() / np.sqrt(lost.size))
    assert abs(z) < 4  # the pilot has noise of its own, about half of this one's
    assert as_is.parameters["base"].basis == "estimated"


def test_a_burst_in_the_record_widens_the_posterior() -> None:
    even, burst = dict.fromkeys(range(1995, 2005), 1), {2010: 10}
    narrow, wide = (record_rate(regime(departures(counts))) for counts in (even, burst))
    assert narrow.mean == wide.mean
    assert wide.shape < narrow.shape / 3


def test_names_and_signs_of_the_scenarios(scenarios: tuple[Scenario, ...]) -> None:
    effects = compare(scenarios[0], scenarios[1:], replicates=200, rng=5)
    gap = {row.scenario: row for row in effects.of("exits")}
    for name in ("All diplomats called home", "Half of the diplomats called home", "Monitoring tightened"):
        assert gap[name].high < 0
    assert gap["All diplomats called home"].difference < gap["Half of the diplomats called home"].difference
    assert gap["Families kept home"].high < 0
    assert gap["Information opened"].low > 0
    assert gap["Succession"].low > 0
    assert next(row for row in effects.of("purges") if row.scenario == "Purge wave").low > 0
    assert "leave" in effects.summary()
    json.dumps(effects.to_json(), allow_nan=False)


def test_every_default_is_labelled_and_only_the_base_is_estimated(scenarios: tuple[Scenario, ...]) -> None:
    table = scenarios[0].parameters.frame()
    assert set(table["basis"]) <= {"estimated", "borrowed", "assumed"}
    assert table.loc[table["basis"] == "estimated", "name"].tolist() == ["base"]
    assert (table["source"].str.len() > 0).all()
    assert "assumed" in scenarios[0].note


def test_the_population_of_north_korea_is_documented() -> None:
    korea = default_scenarios(regime(departures(COUNTS), code="PRK"), members=500, rng=7)[0]
    assert "53 missions" in korea.note
    assert "assumed" in korea.note


def test_a_scenario_prints_its_epochs(scenarios: tuple[Scenario, ...]) -> None:
    wave = next(s for s in scenarios if s.name == "Purge wave")
    assert wave.timeline().text().splitlines()[0] == "2016-08-20 to 2017-08-20  purge wave (new)"


def test_an_empty_record_still_has_a_rate() -> None:
    quiet = default_scenarios(regime([]), members=300, rng=3)[0]
    assert quiet.record is not None
    assert quiet.record.mean == pytest.approx(0.5 / quiet.record.years)
    assert simulate(quiet, replicates=20, rng=1).replicates == 20


def test_the_surface_rises_with_its_assumptions_and_rules_out_the_extremes(scenarios: tuple[Scenario, ...]) -> None:
    surface = collapse_surface(
        scenarios[0], contagion=(0.0, 3.0), disaffection=(-3.0, 0.0, 3.0, 6.0), replicates=30, rng=3
    )
    half = surface.at(0.5)
    assert half[0, 0] == 0
    assert half[1, 3] > half[0, 1]
    assert surface.ruled_out[:, 3].all()
    assert not surface.ruled_out[0, 1]
    assert "not a forecast" in surface.summary()
    assert len(surface.frame()) == surface.p.size
    with pytest.raises(InputError, match="was not run"):
        surface.at(0.123)


def test_a_roster_without_foreign_service_is_refused() -> None:
    with pytest.raises(InputError, match="foreign service"):
        default_scenarios(regime([]), roster=Roster.make(3))


def test_the_module_can_be_called(scenarios: tuple[Scenario, ...]) -> None:
    assert callable(ostraka.simulate)
    runs = ostraka.simulate(scenarios[0], replicates=2, rng=1)
    assert runs.replicates == 2


def test_a_policy_for_nobody_is_refused(scenarios: tuple[Scenario, ...]) -> None:
    with pytest.raises(InputError, match="match nobody"):
        scenarios[0].under(Policy("none", "monitor", ranks=(77,)))


def test_contagion_wide_enough_shows_where_cascades_begin_and_the_record_rules_them_out(
    scenarios: tuple[Scenario, ...],
) -> None:
    surface = collapse_surface(scenarios[0], disaffection=(0.0,), replicates=30, rng=3)
    chance = surface.at(0.9)[:, 0]
    assert (np.diff(surface.exits_per_year[:, 0]) >= 0).all()
    assert abs(chance[1] - chance[0]) < 0.05  # as assumed, departures are too rare to draw others along
    assert chance[-1] > chance[0] + 0.2
    assert surface.ruled_out[-1, 0]
    assert not surface.ruled_out[:2, 0].any()
