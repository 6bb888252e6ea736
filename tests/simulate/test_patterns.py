"""The patterns that the model must show (its ODD description, purpose and patterns), each with what it is compared to."""

from __future__ import annotations

import numpy as np
import pytest

from ostraka.simulate import Parameters, Policy, Scenario, elite_roster, replay, simulate, spells_of

TIES = ("contagion_kin", "contagion_patron", "contagion_comrade", "contagion_colleague")


@pytest.fixture(scope="module")
def elite() -> Scenario:
    table = Parameters().set(base=-3.2, succession=0.0, publicity=0.0, information=0.0)
    return Scenario("elite", elite_roster(300, rng=3), table, years=8.0, n_edges=16)


def drawn_along(elite: Scenario, strength: float) -> Scenario:
    return elite.with_parameters(**dict.fromkeys(TIES, strength))


def dispersion(scenario: Scenario) -> float:
    """Variance over mean of departures in half a year, over all times and runs."""
    counts = np.diff(simulate(scenario, replicates=150, rng=5).total(), axis=1)
    return float(counts.var() / counts.mean())


def test_single_departures_then_clusters(elite: Scenario) -> None:
    few, many = (dispersion(drawn_along(elite, strength)) for strength in (0.0, 1.2))
    assert few == pytest.approx(1.0, abs=0.1)  # as often as luck alone
    assert many > 1.5 * few


def test_departures_concentrate_abroad(elite: Scenario) -> None:
    left, away, time, time_away = 0, 0, 0.0, 0.0
    for r in range(12):
        spells = spells_of(replay(elite, r, root=5), elite.roster, years=8.0)
        left, away = left + spells.left.sum(), away + spells.left[spells.away].sum()
        time, time_away = time + spells.exposure.sum(), time_away + spells.exposure[spells.away].sum()
    assert away / left > 2 * time_away / time


@pytest.mark.parametrize(("strength", "moved"), [(0.0, False), (1.2, True)])
def test_tied_departures_are_close_in_time_if_ties_draw_along(elite: Scenario, strength: float, moved: bool) -> None:
    rates = np.zeros((2, 2))  # by whether a tie has left: departures and time, of those abroad
    for r in range(20):
        spells = spells_of(replay(drawn_along(elite, strength), r, root=5), elite.roster, years=8.0)
        for k in (0, 1):
            group = spells.away & ((spells.departed > 0) == k)
            rates[k] += spells.left[group].sum(), spells.exposure[group].sum()
    ratio = rates[1, 0] / rates[1, 1] / (rates[0, 0] / rates[0, 1])
    assert (ratio > 1.8) == moved


def test_terror_lowers_departures_at_once_and_raises_them_later(elite: Scenario) -> None:
    harsh = elite.with_parameters(purge=0.04, backlash=0.6, terror_exit=-1.0, fear_kin=0.0, fear_colleague=0.0)
    terror = harsh.under(Policy("terror", "terror", end=1.0))
    before, after = (simulate(s, replicates=150, rng=5).total() for s in (harsh, terror))
    gap = (after - before).mean(axis=0)
    assert gap[2] < -1  # within the year of terror
    assert gap[-1] - gap[2] > 1  # and made up for, and more, afterwards


def test_recall_lowers_departures_and_empties_missions(elite: Scenario) -> None:
    home = elite.under(Policy("home", "recall"))
    before, after = (simulate(s, replicates=60, rng=5) for s in (elite, home))
    assert after.total()[:, -1].mean() < 0.6 * before.total()[:, -1].mean()
    assert after.abroad[:, 1:].max() == 0 < before.abroad.min()


def test_succession_raises_the_spread(elite: Scenario) -> None:
    calm = elite.with_parameters(succession_exit=1.5)
    spread = [
        np.var(simulate(s, replicates=300, rng=5).total()[:, -1]) for s in (calm, calm.with_parameters(succession=0.1))
    ]
    assert spread[1] > 1.5 * spread[0]
