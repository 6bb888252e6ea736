"""The comparison fixed in advance, the association within campaigns, and coverage of intervals."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ostraka.errors import InputError
from ostraka.forecast.coverage import simulated_coverage
from ostraka.forecast.defections import PLAN, campaign_association, compare_with_series
from ostraka.forecast.history import potential_defections
from ostraka.forecast.load import load_data
from ostraka.forecast.panel import shipped_panel
from ostraka.provenance import content_id


def series(seed: int, signal: float) -> pd.DataFrame:
    """Counts by country and year that rise before an end by `signal` on average."""
    panel = shipped_panel()
    counts = np.random.default_rng(seed).poisson(1 + signal * panel.fail)
    table = pd.DataFrame({"cow": panel.cow, "year": panel.year - 1, "value": counts.astype(float)})
    return table[table["year"] >= 1985].drop_duplicates(["cow", "year"])


def test_a_series_that_foretells_is_found_to_add() -> None:
    found = compare_with_series(series(1, 4.0), origins=range(1995, 2010), n_resamples=200, rng=1)
    assert found.verdict == "adds"
    assert found.brier_skill.low > 0
    assert found.with_series.auc > found.without.auc
    assert "The series adds" in found.summary()
    assert found.plan_id == content_id("plan", PLAN)
    assert json.dumps(found.to_json(), allow_nan=False)
    assert found.frame()["model"].tolist() == ["without", "with"]


def test_noise_is_not_found_to_add() -> None:
    found = compare_with_series(series(2, 0.0), origins=range(1995, 2010), n_resamples=200, rng=1)
    assert found.verdict in {"cannot be told", "harms"}
    assert abs(found.brier_skill.value) < 0.02


def test_by_the_plan_origins_begin_once_ten_ends_were_seen_with_the_series() -> None:
    table = series(3, 0.0)
    found = compare_with_series(table, n_resamples=50, rng=1)
    panel = shipped_panel()
    ends = np.sort(panel.year[(panel.fail == 1) & (panel.year >= 1986)])
    assert found.first_year == int(ends[9]) + 1
    assert found.last_year == 2020


def test_a_series_too_short_to_learn_from_is_refused() -> None:
    table = series(4, 0.0)
    with pytest.raises(InputError, match="known before 0 ends"):
        compare_with_series(table[table["cow"] == 731])
    with pytest.raises(InputError, match="lacks columns"):
        compare_with_series(table.drop(columns="value"))


def test_security_forces_defections_in_navco(shared: Path) -> None:
    path = shared / "data" / "regimes-unlicensed" / "navco1_defections_teaching_extract.csv"
    if not path.exists():
        pytest.skip("needs NAVCO's teaching extract beside the checkout")
    table, problems = load_data(path, "navco")
    assert problems == ()
    found = campaign_association(table)
    assert (found.successes_with, found.n_with, found.successes_without, found.n_without) == (31, 34, 26, 72)
    assert round(found.odds_ratio.value, 1) == 18.3
    assert 1 < found.odds_ratio.low < 18.3 < found.odds_ratio.high
    everyone = campaign_association(table, nonviolent=None)
    assert everyone.n_with + everyone.n_without + everyone.n_left_out == len(table)


def test_an_association_needs_both_groups() -> None:
    table = pd.DataFrame({"outcome": [1.0, 0.0], "nonviolent": [1, 1], "defection": [1.0, 1.0]})
    with pytest.raises(InputError, match="nothing to compare"):
        campaign_association(table)
    with pytest.raises(InputError, match="lack columns defection"):
        campaign_association(table.drop(columns="defection"))


def test_groups_that_change_sides_in_v_dem_make_a_series(tmp_path: Path) -> None:
    header = "country_text_id,year,v2regsupgroups_5,v2regoppgroupsact_5,v2regsupgroups_2,v2regoppgroupsact_2\n"
    rows = [
        "SYR,2009,0.9,0.0,0.8,0.1",
        "SYR,2010,0.9,0.0,0.8,0.1",
        "SYR,2011,0.5,0.3,0.7,0.1",  # the military loses 0.4 of support and gains 0.3 of opposition
        "SYR,2013,0.1,0.9,0.1,0.9",  # no year before: left out
        "PRK,2010,0.9,0.0,0.9,0.0",
        "PRK,2011,1.0,0.0,0.9,0.2",  # opposition without loss of support is no change of sides
    ]
    path = tmp_path / "vdem.csv"
    path.write_text(header + "\n".join(rows) + "\n", "utf-8")
    table, problems = load_data(path, "vdem")
    assert problems == ()
    found = potential_defections(table).set_index(["cow", "year"])["value"]
    assert found.to_dict() == pytest.approx({(652, 2010): 0.0, (652, 2011): 0.3, (731, 2011): 0.0})
    with pytest.raises(InputError, match="use the full file"):
        potential_defections(table[["cow", "year"]])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("truth", "models", "origin"),
    [
        ("openness", ("openness",), 2010),
        ("openness", ("openness",), 1990),
        ("type", ("type",), 2010),
        ("openness", ("type", "economy", "leader", "openness"), 2010),
    ],
)
def test_nine_intervals_in_ten_hold_the_truth(truth: str, models: tuple[str, ...], origin: int) -> None:
    found = simulated_coverage(truth=truth, models=models, origin=origin, n_replicates=40, rng=1)
    assert 0.84 < found.share < 0.96
    assert found.error < 0.04
    assert "promise 90%" in found.summary()


def test_coverage_grows_with_the_level_and_repeats_with_its_seed() -> None:
    half, again = (simulated_coverage(truth="type", models=("type",), level=0.5, n_replicates=8, rng=3) for _ in "ab")
    wide = simulated_coverage(truth="type", models=("type",), level=0.99, n_replicates=8, rng=3)
    assert half == again
    assert half.share < wide.share
    with pytest.raises(InputError, match="two replicates"):
        simulated_coverage(n_replicates=1)
