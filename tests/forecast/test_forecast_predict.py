"""The forecast of one regime."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import ostraka.forecast
from ostraka.errors import FitError, InputError
from ostraka.forecast import Forecast, forecast
from ostraka.forecast.covariates import shipped_covariates
from ostraka.forecast.design import MODELS, learn_scaling, rows_of
from ostraka.forecast.hazard import fit_hazard
from ostraka.forecast.lookup import at_risk
from ostraka.forecast.panel import shipped_panel
from ostraka.forecast.sheet import sheet
from ostraka.forecast.wording import in_peaks


@pytest.fixture(scope="module")
def north_korea() -> Forecast:
    return forecast("North Korea")


def test_the_module_is_the_function(north_korea: Forecast) -> None:
    again = ostraka.forecast("DPRK")  # type: ignore[operator]
    assert again.horizons == north_korea.horizons


def test_north_korea_is_below_the_base_rate_and_inside_its_interval(north_korea: Forecast) -> None:
    for item in north_korea.horizons:
        assert 0 < item.low < item.probability < item.high < 1
        assert item.probability < item.base_rate
    one, five = north_korea.horizons
    assert (one.years, five.years, five.until) == (1, 5, 2025)
    assert one.probability < five.probability
    assert one.low < one.by_model["openness"] < one.by_model["type"] < one.high


def test_it_says_what_north_koreas_number_rests_on(north_korea: Forecast) -> None:
    assert "None of the 256 ends of regimes in the training set resembles North Korea" in north_korea.rests_on
    assert "shrinkage" in north_korea.rests_on
    assert "no economic data" in north_korea.rests_on
    assert north_korea.comparison.profile.n_events == 0


def test_a_common_kind_of_regime_is_not_called_unlike_all_others() -> None:
    assert "It rests on" in forecast("Sudan", origin=2018, horizon=1).rests_on


def test_comparison_names_other_countries_and_how_they_ended(north_korea: Forecast) -> None:
    nearest = north_korea.comparison.nearest
    assert all(item.country != "North Korea" for item in nearest)
    assert [item.distance for item in nearest] == sorted(item.distance for item in nearest)
    bulgaria = next(item for item in nearest if item.country == "Bulgaria")
    assert (bulgaria.since, bulgaria.ended, bulgaria.followed_by) == (1944, 1990, "parliamentary")
    assert bulgaria.fate() == "ended 1990, then a parliamentary democracy"
    assert next(item for item in nearest if item.country == "Cuba").fate() == "lasted"


def test_effects_carry_unit_age_and_hindsight(north_korea: Forecast) -> None:
    effects = {effect.name: effect for effect in north_korea.effects}
    assert effects["log_gdp_pc"].value is None
    assert effects["log_gdp_pc"].age_years is None
    assert effects["leader_age"].value == 37
    assert effects["leader_age"].age_years == 0
    assert effects["log_since_election"].age_years == 1
    assert effects["log_tenure"].value == pytest.approx(109)
    assert effects["log_duration"].value == pytest.approx(73)
    assert not any(effect.unit.startswith("per ") for effect in north_korea.effects)
    assert effects["polyarchy"].hindsight
    assert not effects["leader_age"].hindsight
    assert all(effect.low < effect.odds_ratio < effect.high and effect.unit for effect in north_korea.effects)
    moves = [abs(effect.moves) for effect in north_korea.effects]
    assert moves == sorted(moves, reverse=True)


def test_history_spans_the_regime(north_korea: Forecast) -> None:
    years = [past.year for past in north_korea.history]
    assert years == list(range(1951, 2021))
    assert all(past.low < past.probability < past.high for past in north_korea.history)


def test_years_far_above_the_usual_say_what_lifts_them(north_korea: Forecast) -> None:
    usual = np.median([past.probability for past in north_korea.history])
    assert all(bool(past.because) == (past.probability > 2 * usual) for past in north_korea.history)
    elections = in_peaks(north_korea.history)
    assert "2014, 2019: irregular election for the leadership expected" in elections
    assert in_peaks(past for past in north_korea.history if not past.because) == ""


def test_the_sheet_shows_what_a_reader_of_the_number_needs(north_korea: Forecast) -> None:
    text = sheet(north_korea)
    one = north_korea.horizons[0]
    for said in (
        f"within 1 year, to the end of 2021   {one.probability:.1%}  90% interval {one.low:.1%} to {one.high:.1%}",
        f"average autocracy {one.base_rate:.1%}, of the last twenty years {one.recent_rate:.1%}",
        north_korea.rests_on,
        "ended 1990, then a parliamentary democracy",
        "at the base rate 4.6 would have",
        "per ten years",
        "1 year old",
        "coded with hindsight",
        "If it ended within the next year, what would follow: ",
        "cannot be scored yet",
    ):
        assert said in text
    assert all(effect.label in text for effect in north_korea.effects)


def test_json_frame_and_summary(north_korea: Forecast) -> None:
    plain = json.loads(json.dumps(north_korea.to_json(), allow_nan=False))
    assert plain["provenance"]["parameters"]["origin"] == 2020
    assert plain["horizons"][0]["probability"] == north_korea.horizons[0].probability
    assert north_korea.frame()["years"].tolist() == [1, 5]
    assert "within 1 year (to the end of 2021)" in north_korea.summary()


def test_intervals_widen_with_level_and_models() -> None:
    wide = forecast("Cuba", horizon=1, level=0.99).horizons[0]
    narrow = forecast("Cuba", horizon=1, level=0.5).horizons[0]
    one = forecast("Cuba", horizon=1, models=("type",)).horizons[0]
    usual = forecast("Cuba", horizon=1).horizons[0]
    assert wide.low < usual.low < narrow.low < narrow.high < usual.high < wide.high
    assert one.high - one.low < usual.high - usual.low


def test_a_later_origin_assumes_the_regime_still_stands_and_says_what_is_stale() -> None:
    late = forecast("North Korea", origin=2025, horizon=1)
    assert late.horizons[0].until == 2026
    assert late.years_in_power == 77
    assert "that the regime of North Korea still stands in 2025 is assumed" in late.rests_on
    assert "Not known at all" in late.rests_on
    assert late.n_events == 256


def test_what_would_follow_adds_up(north_korea: Forecast) -> None:
    shares = [item.share for item in north_korea.aftermath]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert all(item.low < item.share < item.high for item in north_korea.aftermath)


def test_the_track_record_is_what_was_known_at_the_origin(north_korea: Forecast) -> None:
    assert north_korea.track is not None
    assert (north_korea.track.first_year, north_korea.track.last_year) == (1991, 2020)
    assert north_korea.track.scores.n_events == 88
    assert "said 4.7% on average and 4.1% came true (88 of 2153; AUC 0.77, that of a rolling constant 0.53)" in (
        north_korea.track.sentence()
    )
    five = north_korea.tracks[1]
    assert (five.horizon, five.first_year, five.last_year) == (5, 1995, 2020)
    assert five.scores.calibration_ratio > 1.3
    assert "Forecasts over 5 years" in north_korea.summary()
    assert len(north_korea.track.scores.reliability.said) > 100
    earlier = forecast("Tunisia", origin=2010, horizon=1).track
    assert earlier is not None
    assert earlier.last_year == 2010
    assert forecast("Tunisia", origin=1976, horizon=1).track is None


@pytest.mark.parametrize(
    ("regime", "options", "said"),
    [
        ("Nort Corea", {}, "near names are North Korea"),
        ("Atlantis Xyzzy", {}, "no autocracy called"),
        ("Tunisia", {}, "choose an origin before its end"),
        ("Cuba", {"horizon": 0}, "horizons of 1 to 10"),
        ("Cuba", {"horizon": ()}, "horizons of 1 to 10"),
        ("Cuba", {"horizon": 11}, "horizons of 1 to 10"),
        ("Cuba", {"level": 1.0}, "level between 0 and 1"),
        ("Cuba", {"origin": 1900}, "expected an origin"),
        ("Cuba", {"origin": 2050}, "expected an origin"),
        ("Cuba", {"models": ("oracle",)}, "expected a model of"),
        ("Cuba", {"models": ()}, "at least one model"),
    ],
)
def test_bad_calls_say_what_to_do(regime: str, options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        forecast(regime, **options)  # type: ignore[arg-type]


def test_an_origin_before_any_end_cannot_be_answered() -> None:
    with pytest.raises(FitError, match="choose a later origin"):
        forecast("Spain", origin=1949, horizon=1)


def test_nothing_after_the_origin_changes_a_forecast() -> None:
    panel, known, origin = shipped_panel(), shipped_covariates(), 1995
    late_values = known.values.copy()
    late_values[:, origin + 1 - known.first_year :] = 1e6
    spoiled = replace(known, values=late_values)
    flipped = replace(panel, fail=np.where(panel.year > origin, 1 - panel.fail, panel.fail))
    for lead in (1, 5):
        clean = fit_hazard(panel, known, last_year=origin, lead=lead)
        dirty = fit_hazard(flipped, spoiled, last_year=origin, lead=lead)
        assert np.array_equal(clean.fit.coef, dirty.fit.coef)
        now = at_risk(panel, origin, lead=lead)
        clean_odds = clean.log_odds(rows_of(now, known, lead=lead))[0]
        assert np.array_equal(clean_odds, dirty.log_odds(rows_of(now, spoiled, lead=lead))[0])


def test_regimes_at_risk_carry_no_outcome_and_the_right_clock() -> None:
    panel = shipped_panel()
    for origin, lead in ((1990, 1), (1990, 5), (2020, 3)):
        now = at_risk(panel, origin, lead=lead)
        assert not now.fail.any()
        assert (now.year == origin + lead).all()
        cuba = now.where(now.country == "Cuba")
        assert cuba.duration.tolist() == [origin + lead - 1959]
    ended = panel.where((panel.year == 2020) & (panel.fail == 1))
    assert not set(ended.case) & set(at_risk(panel, 2020).case)


def test_a_column_constant_in_training_is_dropped_and_named() -> None:
    panel, known = shipped_panel(), shipped_covariates()
    early = panel.where((panel.year >= 1951) & (panel.year <= 1985))
    scaling = learn_scaling(rows_of(early, known), MODELS["openness"])
    assert scaling.dropped == ("cold_war",)
    design = scaling.design(rows_of(early, known))
    assert np.isfinite(design).all()
    assert design[:, 1:].mean(axis=0) == pytest.approx(np.zeros(design.shape[1] - 1), abs=1e-9)
