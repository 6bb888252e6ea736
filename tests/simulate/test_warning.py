"""Early-warning series against what a run itself says."""

from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.conftest import m0

from ostraka.errors import InputError
from ostraka.simulate import early_warning, replay, simulate


def test_the_series_add_up_to_the_run() -> None:
    run = simulate(m0(200, contagion_kin=0.6), replicates=4, rng=3)
    series = early_warning(run, 2, window=1.0, steps_per_window=4)
    whole = series.iloc[::4]
    assert whole["year"].tolist() == list(range(1, 11))
    assert whole["exits"].sum() == run.total()[2, -1]
    coalition = np.interp(whole["year"], run.edges, run.coalition[2])
    assert whole["coalition"].tolist() == pytest.approx(coalition)
    left = replay(run, 2).query("event == 'leaves'")
    share = left["cause"].str.endswith("left").mean()
    assert np.average(whole["tied"], weights=whole["exits"]) == pytest.approx(share)
    assert series["top"].is_monotonic_decreasing
    assert np.isfinite(series.drop(columns="broke").to_numpy()).all()
    assert series["broke"].iloc[-1] == np.isfinite(run.collapse[2])


@pytest.mark.parametrize("wrong", [{"replicate": 4}, {"window": 11.0}, {"steps_per_window": 2}])
def test_bad_questions_are_refused(wrong: dict[str, float]) -> None:
    run = simulate(m0(50), replicates=4, rng=3)
    with pytest.raises(InputError, match="got"):
        early_warning(run, **({"replicate": 0} | wrong))  # type: ignore[arg-type]
