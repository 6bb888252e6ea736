"""Rolling origins: honesty in time, the shipped record, its scores, and the figures promised."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.errors import InputError, MissingExtra
from ostraka.forecast.calibrate import learn_calibration, recalibrate
from ostraka.forecast.covariates import Covariates, shipped_covariates
from ostraka.forecast.evaluation import Evaluation, evaluate, in_hindsight
from ostraka.forecast.panel import Panel, shipped_panel
from ostraka.forecast.record import join_records, read_record, shipped_record, write_record
from ostraka.forecast.resample import country_weights, weighted_auc, weighted_brier
from ostraka.forecast.rolling import AVERAGE, AVERAGED, add_average, walk
from ostraka.forecast.score import Scores, score_probabilities, skill
from ostraka.forecast.sources import data_version
from ostraka.forecast.stacking import best_weights, stack_weights


@pytest.fixture(scope="module")
def since_1991() -> Evaluation:
    return evaluate(shipped_record(), shipped_panel(), first_year=1991, last_year=2020, n_resamples=200, rng=1)


def test_the_shipped_record_is_what_the_models_say_today() -> None:
    origins = [1983, 2001, 2019]
    fresh = walk(origins, models=("base", "type", "openness", "items"), horizons=(1, 5))
    kept = shipped_record()
    for model in fresh.models():
        for horizon in (1, 5):
            now, then = fresh.of(model, horizon), kept.of(model, horizon)
            then = then.where(np.isin(then.origin, origins))
            assert now.case.tolist() == then.case.tolist()
            assert now.probability == pytest.approx(then.probability, rel=1e-4)
    assert f"data {data_version()}" in kept.version


def test_the_shipped_average_is_the_weighted_mean_of_its_models() -> None:
    kept = shipped_record()
    one = kept.where((kept.origin == 1999) & np.isin(kept.model, AVERAGED))
    weights = stack_weights(kept, shipped_panel(), origin=1999, models=AVERAGED)
    mean = weights @ np.array([one.of(model).probability for model in AVERAGED])
    average = kept.of(AVERAGE)
    assert average.where(average.origin == 1999).probability == pytest.approx(mean, rel=1e-3)


def test_promised_figures_with_open_covariates(since_1991: Evaluation) -> None:
    for model in ("openness", "average"):
        found = since_1991.of(model)
        assert found.scores.auc >= 0.76
        assert found.scores.average_precision >= 0.16
        assert found.brier_skill["base"].value >= 0.05
        assert found.scores.auc < 0.85, "look for the leak"
        assert found.hindsight == "index"
    assert since_1991.of("leader").hindsight == ""


def test_promised_figures_with_v_dems_items_marked_as_hindsight(since_1991: Evaluation) -> None:
    found = since_1991.of("items")
    assert 0.79 <= found.scores.auc < 0.85
    assert found.brier_skill["base"].value >= 0.07
    assert found.log_skill["base"] >= 0.14
    assert found.hindsight == "items"


def test_the_rolling_constant_is_shown_beside_every_auc(since_1991: Evaluation) -> None:
    assert since_1991.of("base").scores.auc != 0.5
    assert "rolling constant has AUC 0.532" in since_1991.summary()
    assert (since_1991.of("base").scores.n, since_1991.of("base").scores.n_events) == (2153, 88)


def test_the_last_decade_alone_is_scored_whatever_it_is() -> None:
    found = evaluate(shipped_record(), shipped_panel(), first_year=2011, last_year=2020, n_resamples=200, rng=1)
    assert (found.of("average").scores.n, found.of("average").scores.n_events) == (615, 17)
    gain = found.of("average").brier_skill["base"]
    assert gain.low < 0 < gain.value


def test_nothing_after_an_origin_moves_its_forecasts_or_weights() -> None:
    panel, known = shipped_panel(), shipped_covariates()
    values = known.values.copy()
    values[:, 1996 - known.first_year :] = -1e5
    later = (panel.year > 1995) & (panel.year < 2020)
    flipped = replace(panel, fail=np.where(later, 1 - panel.fail, panel.fail))
    for model in ("base", "duration", "economy", "items"):
        clean = walk([1995], models=(model,), horizons=(1, 3))
        dirty = walk([1995], models=(model,), horizons=(1, 3), panel=flipped, covariates=replace(known, values=values))
        assert np.array_equal(clean.probability, dirty.probability)
    clean_weights, dirty_weights = (
        stack_weights(shipped_record(), what, origin=1995, models=AVERAGED) for what in (panel, flipped)
    )
    assert np.array_equal(clean_weights, dirty_weights)


def scored(panel: Panel, known: Covariates, years: range) -> Scores:
    """The richest open model, scored row by row: a regime of a shuffled panel may end more than once."""
    said = walk(years, models=("openness",), panel=panel, covariates=known)
    ends = set(zip(panel.case[panel.fail == 1], panel.year[panel.fail == 1].tolist(), strict=True))
    outcome = [(case, origin + 1) in ends for case, origin in zip(said.case, said.origin.tolist(), strict=True)]
    return score_probabilities(outcome, said.probability)


def test_ends_given_to_other_regimes_of_the_year_cannot_be_foretold() -> None:
    panel, rng = shipped_panel(), np.random.default_rng(4)
    fail = panel.fail.copy()
    for year in np.unique(panel.year):
        rows = np.flatnonzero(panel.year == year)
        fail[rows] = rng.permutation(fail[rows])
    found = scored(replace(panel, fail=fail), shipped_covariates(), range(1990, 2020, 2))
    assert abs(found.auc - 0.53) < 0.12
    assert found.average_precision < 0.1
    assert skill(found.brier, found.uncertainty) < 0.01


def test_a_leak_made_on_purpose_would_be_seen() -> None:
    known = shipped_covariates()
    values = np.full_like(known.values, np.nan)
    values[:, :-1] = known.values[:, 1:]
    years = range(1990, 2020, 3)
    leaking = scored(shipped_panel(), replace(known, values=values), years)
    older = np.full_like(known.values, np.nan)
    older[:, 1:] = known.values[:, :-1]
    stale = scored(shipped_panel(), replace(known, values=older), years)
    honest = scored(shipped_panel(), known, years)
    assert leaking.auc > 0.95
    assert stale.auc < honest.auc < 0.85


def test_elections_are_expected_only_once_they_are_announced(shared: Path) -> None:
    path = shared / "data" / "regimes" / "reign_elections.csv"
    if not path.exists():
        pytest.skip("needs REIGN's list of elections beside the checkout")
    listed = pd.read_csv(path)
    number = {name: pd.to_numeric(listed[name], errors="coerce") for name in ("elec_year", "elec_month")}
    listed = listed.assign(**number, vote=listed["event"].str.startswith("Vote"))
    said = listed[listed["event"].str.contains("nnounce") & ~listed["vote"]].groupby("elecnum")["elec_year"].min()
    votes = listed[listed["vote"] & (listed["elec_month"] <= 6)]
    votes = votes.assign(late=votes["elecnum"].map(said) == votes["elec_year"])
    panel = shipped_panel()
    alive = set(zip(panel.cow, panel.year, strict=True))
    late = {
        key: group["late"].all()
        for key, group in votes.groupby(["ccode", "elec_year"])
        if group["late"].any() and key in alive
    }
    only_late = np.array([key for key, late_only in late.items() if late_only], dtype=np.int64)
    values, _ = shipped_covariates().at(only_late[:, 0], only_late[:, 1] - 1)
    expected = values[:, shipped_covariates().names.index("election_expected")] == 1
    assert len(only_late) > 40
    assert expected.mean() < 0.15


def test_an_open_horizon_has_no_outcome_even_when_the_end_came_early() -> None:
    five = shipped_record().of("base", 5)
    outcome = five.outcomes(shipped_panel())
    assert np.isnan(outcome[five.origin > 2015]).all()
    assert not np.isnan(outcome[five.origin <= 2015]).any()


def test_outcomes_agree_with_the_panel_one_year_ahead() -> None:
    panel, one = shipped_panel(), shipped_record().of("base")
    failed = {(case, year) for case, year, fail in zip(panel.case, panel.year, panel.fail, strict=True) if fail}
    expected = [float((case, year + 1) in failed) for case, year in zip(one.case, one.origin, strict=True)]
    assert one.outcomes(panel).tolist() == expected


def test_a_record_survives_writing_and_is_never_overwritten(tmp_path: Path) -> None:
    record = walk([1990, 1991], models=("base", "type"))
    for name in ("record.csv", "record.csv.gz"):
        path = tmp_path / name
        write_record(record, path)
        write_record(record, path)
        again = read_record(path)
        assert again.probability == pytest.approx(record.probability, rel=1e-4)
        assert again.version == record.version
        with pytest.raises(InputError, match="never overwritten"):
            write_record(record.renamed("type", record.probability / 2), path)
    (tmp_path / "bad.csv").write_text("model,origin\n")
    with pytest.raises(InputError, match="columns horizon"):
        read_record(tmp_path / "bad.csv")


def test_the_hubverse_table_is_long_and_its_masses_add_up() -> None:
    table = walk([2000], models=("type",), horizons=(1, 5)).hubverse()
    assert {
        "model_id",
        "origin_date",
        "horizon",
        "location",
        "target_end_date",
        "output_type",
        "output_type_id",
        "value",
    } <= set(table)
    masses = table.groupby(["model_id", "origin_date", "horizon", "location"])["value"].sum()
    assert masses.to_numpy() == pytest.approx(np.ones(len(masses)))
    assert set(table.loc[table["horizon"] == 5, "target_end_date"]) == {"2005-12-31"}
    assert table["version"].str.contains("data").all()


def test_bootstrap_resamples_whole_countries() -> None:
    cow = np.array([2, 2, 20, 40, 40, 40])
    weights = country_weights(cow, 300, rng=np.random.default_rng(1))
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, 3] == weights[:, 5]).all()
    assert (weights[:, [0, 2, 3]].sum(axis=1) == 3).all()
    y, p = np.array([0, 1, 0, 1, 0, 0.0]), np.array([0.1, 0.4, 0.4, 0.3, 0.2, 0.2])
    for w, auc, brier in zip(weights, weighted_auc(y, p, weights), weighted_brier(y, p, weights), strict=True):
        repeated = np.repeat(np.arange(6), w.astype(int))
        slow = score_probabilities(y[repeated], p[repeated])
        assert brier == pytest.approx(slow.brier)
        assert auc == pytest.approx(slow.auc, nan_ok=True)


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_stacked_weights_are_a_distribution_no_worse_than_equal_ones(seed: int, n_models: int) -> None:
    likelihood = np.random.default_rng(seed).uniform(0.05, 0.95, (n_models, 40))
    weights = best_weights(likelihood)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    equal = np.full(n_models, 1 / n_models)

    def objective(w: np.ndarray) -> float:
        return float(np.log(w @ likelihood).sum() + np.log(w).mean())

    assert objective(weights) >= objective(equal) - 1e-6


def test_weights_are_equal_before_enough_has_happened() -> None:
    assert stack_weights(shipped_record(), shipped_panel(), origin=1975, models=AVERAGED).tolist() == [0.25] * 4


def test_recalibration_mends_forecasts_that_were_twice_too_high() -> None:
    rng = np.random.default_rng(2)
    truth = rng.beta(1, 20, 4000)
    outcome = (rng.random(4000) < truth).astype(float)
    said = np.clip(2 * truth, 0.001, 0.98)
    mended = recalibrate(said, *learn_calibration(outcome, said))
    assert mended.mean() == pytest.approx(outcome.mean(), abs=0.004)
    assert score_probabilities(outcome, mended).brier < score_probabilities(outcome, said).brier


def test_recalibration_leaves_a_short_record_nearly_alone() -> None:
    intercept, slope = learn_calibration(np.array([1.0, 0, 0]), np.array([0.05, 0.04, 0.06]))
    assert abs(intercept) < 0.3
    assert abs(slope - 1) < 0.6


def test_the_average_needs_its_models_at_each_origin() -> None:
    record = walk([1990], models=AVERAGED)
    added = add_average(record, shipped_panel())
    assert len(added.of(AVERAGE)) == len(added.of("type"))
    assert added.of(AVERAGE).probability == pytest.approx(
        np.mean([record.of(model).probability for model in AVERAGED], axis=0)
    )


def test_bad_walks_and_scores_are_refused() -> None:
    with pytest.raises(InputError, match="at least one origin"):
        walk([])
    with pytest.raises(InputError, match="got oracle"):
        walk([1990], models=("oracle",))
    record = walk([1990], models=("base",))
    with pytest.raises(InputError, match="has been resolved"):
        evaluate(record, shipped_panel(), first_year=2021, last_year=2030)
    fewer = walk([1990], models=("type",)).where(np.arange(len(record)) > 0)
    with pytest.raises(InputError, match="different regimes"):
        evaluate(join_records([record, fewer]), shipped_panel(), first_year=1991, last_year=1991)


def test_the_forest_is_a_challenger_of_its_own_seed() -> None:
    pytest.importorskip("sklearn")
    first, again, other = (walk([1990], models=("forest",), rng=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.probability, again.probability)
    assert not np.array_equal(first.probability, other.probability)
    assert ((first.probability >= 0) & (first.probability <= 1)).all()


def test_without_scikit_learn_the_forest_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    with pytest.raises(MissingExtra, match=r"pip install 'ostraka\[forest\]'"):
        walk([1990], models=("forest",))


def test_hindsight_is_read_off_the_covariates() -> None:
    assert [in_hindsight(name) for name in ("base", "type", "leader", "openness", "items", "forest")] == [
        "",
        "",
        "",
        "index",
        "items",
        "index",
    ]


def test_evaluation_speaks_and_serialises(since_1991: Evaluation) -> None:
    plain = since_1991.to_json()
    assert plain["models"][0]["scores"]["n"] == 2153
    assert len(since_1991.frame()) == len(since_1991.models)
    assert "Brier skill" in since_1991.summary()
