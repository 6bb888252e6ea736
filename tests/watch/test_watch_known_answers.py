"""Online watch, contagion and nowcast against figures printed by other programs (design page, B1 to B5)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ostraka.errors import FitError, InputError
from ostraka.watch import (
    GammaMixture,
    change_in_time,
    cusum_arl,
    fit_hawkes,
    hawkes_log_likelihood,
    nowcast,
    reverse_hazards,
    run_lengths,
    tuned_cusum,
    uniformity,
)
from ostraka.watch.contagion import excitation
from ostraka.watch.mixtures import count_quantile
from ostraka.watch.pieces import Pieces
from ostraka.watch.triggering import triggering


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def coal(shared: Path) -> Any:
    """Days of the disasters since 1851-01-01; the one tie split by half a day."""
    rows = rows_of(shared / "data" / "watch" / "coal_jarrett_dates.csv")
    days = np.array([(date.fromisoformat(row["date"]) - date(1851, 1, 1)).days for row in rows], dtype=float)
    days[np.flatnonzero(np.diff(days) == 0) + 1] += 0.5
    return days


@pytest.fixture(scope="module")
def self_excited(shared: Path) -> Any:
    return np.array([float(row["time"]) for row in rows_of(shared / "data" / "watch" / "sapp_SelfExcit.csv")])


@pytest.mark.parametrize(
    ("mean", "k", "h", "arl", "fast"),
    [
        (1.88, 2, 6, 37.20325417, 29.18782131),
        (2.4, 3, 10, 548.3622655, 513.6718725),
        (7, 5, 10, 5.594349316, 3.346948644),
        (0.83, 2, 4, 1742.626539, 1714.849202),
    ],
)
def test_cusum_run_lengths(mean: float, k: float, h: float, arl: float, fast: float) -> None:
    assert cusum_arl(mean, k=k, h=h) == pytest.approx(arl, rel=1e-6)
    assert cusum_arl(mean, k=k, h=h, fast_start=True) == pytest.approx(fast, rel=1e-6)


def test_an_alarm_at_more_than_h_needs_one_step_more() -> None:
    assert cusum_arl(1.88, k=2, h=7) == pytest.approx(50.45432819, rel=1e-8)
    assert cusum_arl(2.4, k=3, h=11) == pytest.approx(854.4519277, rel=1e-8)


@pytest.mark.parametrize(
    ("h", "years", "months"), [(2.0, 19.3, 9.4), (2.4, 33.7, 10.9), (3.0, 91.8, 13.8), (4.0, 440.0, 18.4)]
)
def test_monthly_cusum_for_one_event_a_year(h: float, years: float, months: float) -> None:
    assert cusum_arl(1 / 12, k=0.2, h=h) / 12 == pytest.approx(years, rel=3e-3)
    assert cusum_arl(5 / 12, k=0.2, h=h) == pytest.approx(months, abs=0.06)


def test_a_tuned_cusum_keeps_its_promise() -> None:
    for mean in (0.02, 1 / 12, 0.6, 3.0):
        k, h = tuned_cusum(mean, arl=360)
        assert cusum_arl(mean, k=k, h=h) >= 360


@pytest.mark.parametrize(("k", "h"), [(0.0, 2.0), (1.0, 0.0), (2**0.5, 3.0), (0.001, 50.0)])
def test_a_cusum_that_cannot_be_is_refused(k: float, h: float) -> None:
    with pytest.raises(InputError, match=r"must be|states"):
        cusum_arl(1.0, k=k, h=h)


@pytest.mark.slow
def test_cusum_by_simulation() -> None:
    draw = np.random.default_rng(11)
    level, length = np.zeros(4000), np.zeros(4000)
    running = np.ones(4000, dtype=bool)
    while running.any():
        level = np.maximum(0, level + draw.poisson(1.88, 4000) - 2)
        length += running
        running &= level < 6
    assert length.mean() == pytest.approx(37.203, abs=4 * length.std() / np.sqrt(4000))


def test_online_run_length_of_coal(coal: Any) -> None:
    counts = np.bincount(
        [
            (date(1851, 1, 1).toordinal() + int(day))
            and date.fromordinal(date(1851, 1, 1).toordinal() + int(day)).year - 1851
            for day in coal
        ],
        minlength=112,
    )
    law = run_lengths(counts, hazard=1 / 56, shape=1.0, rate=1.0)
    assert int(law[-1].argmax()) == 15
    assert law[-1].max() == pytest.approx(0.297856, abs=1e-6)
    assert law.sum(axis=1) == pytest.approx(np.ones(112))


def test_hawkes_of_sapp(self_excited: Any) -> None:
    fit = fit_hawkes(self_excited, 0, 20000)
    assert [fit.mu, fit.branching, fit.decay] == pytest.approx([0.004414090, 0.10826462, 0.3302727], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(-613.734352, rel=1e-6)
    assert fit.poisson_log_likelihood == pytest.approx(-624.528403, rel=1e-6)
    fixed = hawkes_log_likelihood(self_excited, 0, 20000, mu=0.1, branching=0.3, decay=0.2)
    assert fixed == pytest.approx(-2252.3335323809, rel=1e-10)


def test_hawkes_of_coal(coal: Any) -> None:
    years = coal / 365.25
    fit = fit_hawkes(years, 0, 112)
    assert [fit.mu, fit.branching, fit.decay] == pytest.approx([0.43523410, 0.74992203, 0.37635374], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(-64.564426, rel=1e-6)
    assert fit.poisson_log_likelihood == pytest.approx(-89.049060, rel=1e-6)
    fixed = hawkes_log_likelihood(years, 0, 112, mu=0.435, branching=0.75, decay=0.376)
    assert fixed == pytest.approx(-64.564430871186, rel=1e-9)


def test_coal_is_not_even(coal: Any) -> None:
    length = 112 * 365.25
    found = uniformity(coal, 0, length)
    assert found.distance == pytest.approx(0.304568, abs=1e-6)
    assert found.trend == pytest.approx(-7.679327, abs=5e-6)
    assert uniformity(length - coal, 0, length).trend == pytest.approx(-found.trend)
    with pytest.raises(FitError, match="not enough data"):
        uniformity([], 0, 1)


def test_hawkes_in_other_units_and_places_is_the_same(self_excited: Any) -> None:
    here, there = fit_hawkes(self_excited, 0, 20000), fit_hawkes(self_excited / 100 + 7, 7, 207)
    assert there.branching == pytest.approx(here.branching, rel=1e-6)
    assert there.decay == pytest.approx(100 * here.decay, rel=1e-6)
    assert there.log_likelihood == pytest.approx(here.log_likelihood + 99 * np.log(100), rel=1e-9)


def test_even_times_show_no_triggering() -> None:
    fit = fit_hawkes(np.arange(1.0, 40.0), 0, 40)
    assert fit.branching == pytest.approx(0.0, abs=1e-9)
    assert fit.log_likelihood == pytest.approx(fit.poisson_log_likelihood)


def test_ties_do_not_excite_each_other() -> None:
    assert excitation(np.array([1.0, 1.0, 2.0]), np.array([1.0]))[0] == pytest.approx([0, 0, 2 * np.exp(-1)])
    assert np.isfinite(fit_hawkes([1.0, 1.0, 1.0, 5.0, 5.0, 9.0], 0, 10).log_likelihood)


@pytest.mark.parametrize("times", [[], [1.0], [2.0, 2.0, 2.0]])
def test_too_few_times_for_triggering(times: list[float]) -> None:
    with pytest.raises(FitError, match="not enough data"):
        fit_hawkes(times, 0, 10)


@pytest.mark.parametrize("times", [[1.0, 11.0, 3.0], [1.0, float("nan"), 3.0]])
def test_bad_times_are_refused(times: list[float]) -> None:
    with pytest.raises(InputError, match=r"outside the window|finite"):
        fit_hawkes(times, 0, 10)


def test_excitation_is_the_double_sum() -> None:
    times = np.sort(np.random.default_rng(2).random((3, 12)), axis=1) * 5
    for decay in (0.3, 4.0):
        gap = times[:, :, None] - times[:, None, :]
        slow = np.where(gap > 0, np.exp(-decay * np.maximum(gap, 0)), 0.0).sum(axis=2)
        assert excitation(times, np.array([decay]))[0] == pytest.approx(slow)


def evidences(times: Any, length: float, lags: tuple[float, float]) -> tuple[float, float, float]:
    """Log evidence of a constant rate, one change and contagion; a = 1, unit information."""
    rate = length / times.size
    edges = np.linspace(0, length, 2001)
    counts = np.histogram(times, edges)[0]
    pieces = Pieces.of(counts, np.diff(edges), max_changes=1, shape=1.0, rate=rate, tails=False)
    whole = np.array([0.0, length])
    trigger = triggering(times[None], whole, share=np.ones(1), shape=1.0, rate=rate, lags=lags)
    return float(pieces.log_totals[0]), float(pieces.log_totals[1]), float(trigger.log_evidence[0])


def test_coal_changed_and_was_not_contagious(coal: Any) -> None:
    years = coal / 365.25
    constant, changed, contagion = evidences(years, 112.0, (0.1, 20.0))
    assert constant == pytest.approx(-91.758, abs=1e-3)
    assert changed == pytest.approx(-62.033, abs=0.115)
    assert contagion == pytest.approx(-69.341, abs=0.01)
    assert (contagion - constant) / np.log(10) == pytest.approx(9.74, abs=0.05)
    assert (changed - contagion) / np.log(10) == pytest.approx(3.17, abs=0.05)
    in_time = change_in_time(years, 0, 112, shape=1.0).log_bayes_factor
    assert in_time == pytest.approx(91.758 - 62.033, abs=0.01)


def test_sapp_is_contagious(self_excited: Any) -> None:
    constant, changed, contagion = evidences(self_excited, 20000.0, (0.1, 100.0))
    assert (changed - constant) / np.log(10) == pytest.approx(0.37, abs=0.05)
    assert (contagion - constant) / np.log(10) == pytest.approx(2.84, abs=0.05)


@pytest.mark.slow
def test_the_quadrature_of_contagion_has_converged(coal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    years, whole = coal[None] / 365.25, np.array([0.0, 112.0])
    rough = triggering(years, whole, share=np.ones(1), shape=0.5, rate=0.3).log_evidence
    for name, size in (("_BRANCHINGS", 40), ("_LAGS", 80), ("_RATES", 400)):
        monkeypatch.setattr(f"ostraka.watch.triggering.{name}", size)
    fine = triggering(years, whole, share=np.ones(1), shape=0.5, rate=0.3).log_evidence
    assert rough == pytest.approx(fine, abs=0.05 * np.log(10))


@pytest.fixture(scope="module")
def hospital(shared: Path) -> Any:
    """Day and delay of the cases reported by 10 June 2011, delays beyond 15 days set to 15."""
    rows = rows_of(shared / "data" / "watch" / "husO104Hosp.csv")
    event = np.array([date.fromisoformat(row["dHosp"]).toordinal() for row in rows])
    delay = np.minimum([date.fromisoformat(row["dReport"]).toordinal() for row in rows] - event, 15)
    known = event + delay <= date(2011, 6, 10).toordinal()
    return event[known], delay[known]


def test_lawless_of_the_hospital_cases(hospital: Any) -> None:
    event, delay = hospital
    assert event.size == 570
    law = reverse_hazards(event, delay, now_day=date(2011, 6, 10).toordinal(), longest=15)
    known = [0.005974, 0.029868, 0.083629, 0.153574, 0.248200, 0.343289, 0.435271, 0.511985]
    known += [0.591283, 0.666728, 0.725181, 0.765047, 0.813239, 0.830007, 0.860911, 1.0]
    assert law.cdf == pytest.approx(known, abs=5e-7)


def test_nowcast_of_the_hospital_cases(hospital: Any) -> None:
    event, delay = hospital
    now = date(2011, 6, 10).toordinal()
    cdf = reverse_hazards(event, delay, now_day=now, longest=15).draw(10_000, rng=1)
    printed = [(14, 4, 39), (24, 12, 46), (12, 5, 25), (9, 5, 19), (20, 13, 30)]
    printed += [(10, 6, 17), (22, 17, 31), (21, 16, 27), (29, 24, 36), (21, 17, 26)]
    for age, (median, low, high) in enumerate(printed, start=3):
        n_reported = int((event == now - age).sum())
        pmf = nowcast(n_reported, cdf[:, age], shape=50**2 / 3000, rate=50 / 3000)
        found = [count_quantile(pmf, p) for p in (0.5, 0.025, 0.975)]
        assert found == pytest.approx([median, low, high], abs=1)


def test_a_recent_window_follows_a_law_that_sped_up(shared: Path, hospital: Any) -> None:
    rows = rows_of(shared / "data" / "watch" / "husO104Hosp.csv")
    final = np.array([date.fromisoformat(row["dHosp"]).toordinal() for row in rows])
    event, delay = hospital
    now = date(2011, 6, 10).toordinal()

    def missed(recent: int | None) -> int:
        cdf = reverse_hazards(event, delay, now_day=now, longest=15, recent=recent).draw(10_000, rng=1)
        outside = 0
        for age in range(3, 13):
            pmf = nowcast(int((event == now - age).sum()), cdf[:, age], shape=50**2 / 3000, rate=50 / 3000)
            truth = int((final == now - age).sum())
            outside += not count_quantile(pmf, 0.025) <= truth <= count_quantile(pmf, 0.975)
        return outside

    assert missed(None) >= 3
    assert missed(10) <= 1


def test_chain_ladder_factors_are_reverse_hazards(shared: Path) -> None:
    triangle = [
        [float(cell) if cell else np.nan for cell in list(row.values())[1:]]
        for row in rows_of(shared / "data" / "watch" / "triangle_raa.csv")
    ]
    paid = np.array(triangle)
    event, delay = [], []
    for i, row in enumerate(np.diff(paid, prepend=0.0, axis=1)):
        for d, amount in enumerate(row):
            if np.isfinite(amount) and amount > 0:
                event += [i] * int(amount)
                delay += [d] * int(amount)
    cdf = reverse_hazards(event, delay, now_day=9, longest=9).cdf
    latest = np.array([row[np.isfinite(row)][-1] for row in paid])
    # One increment of the triangle is negative and cannot be a count, hence the width.
    assert (latest / cdf[::-1] - latest).sum() == pytest.approx(52_135.228, rel=0.003)


def test_salmonella_limits_are_the_predictive(shared: Path) -> None:
    observed = np.array([int(row["observed"]) for row in rows_of(shared / "data" / "watch" / "salmonella_agona.csv")])
    limits = []
    for week in range(281, 312):
        reference = [observed[week - 52 * back - 3 : week - 52 * back + 4] for back in range(1, 5)]
        own = [observed[week - 3 : week]]
        past = np.concatenate([*own, *reference])
        pmf = GammaMixture.single(past.sum() + 0.5, past.size).count_pmf(1.0, tail=1e-9)
        limits.append(count_quantile(pmf, 0.95))
    printed = [5, 5, 6, 7, 7, 8, 8, 8, *[9] * 10, 8, 8, 7, 7, 7, 6, 6, *[5] * 6]
    assert limits == printed
    assert [282 + i for i, week in enumerate(range(281, 312)) if observed[week] > limits[i]] == [284]
