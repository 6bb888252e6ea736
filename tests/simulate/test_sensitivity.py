"""Which assumption moves the answer, where the answer is known."""

from __future__ import annotations

import json
import math
import sys

import numpy as np
import pytest

from ostraka.errors import InputError, MissingExtra
from ostraka.simulate import Parameters, Roster, Scenario, sensitivity
from ostraka.simulate.parameters import Parameter


def lone(**ranges: float | tuple[float, float]) -> Scenario:
    return Scenario("lone", Roster.make(400, post=1), Parameters().neutral().set(**ranges), years=5.0, n_edges=1)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    with pytest.raises(MissingExtra, match=r"ostraka\[sensitivity\]"):
        sensitivity(lone(base=(-3.0, -2.0)), rng=1)


class TestIndices:
    pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:SALib", "ignore::DeprecationWarning:SALib")

    @pytest.fixture(autouse=True)
    def _salib(self) -> None:
        pytest.importorskip("SALib", reason="needs the extra ostraka[sensitivity]")

    def test_what_matters_is_found_and_what_does_not_is_not(self) -> None:
        # Members without ties: the base rate decides, the purge rate competes a little, contagion has nobody to reach.
        found = sensitivity(lone(base=(-3.5, -1.5), purge=(0.0, 0.1), contagion_kin=(0.0, 1.0)), samples=256, rng=3)
        total = dict(zip(found.names, found.total, strict=True))
        assert total["base"] > 0.8
        assert 0.005 < total["purge"] < 0.1
        assert total["contagion_kin"] == 0.0
        assert 0 < total["chance"] < 0.1
        assert found.frame()["name"][0] == "base"
        assert dict(zip(found.names, found.pawn, strict=True))["base"] == found.pawn.max()
        assert found.runs == 256 * 6 + 7 * 40
        assert json.loads(json.dumps(found.to_json()))["names"][-1] == "chance"
        assert found.summary().startswith("Of the variance of exits")

    def test_swings_are_those_of_the_closed_form(self) -> None:
        found = sensitivity(lone(base=(-3.5, -1.5)), samples=8, histories=300, rng=3)
        for value, base in ((found.low[0], -3.4), (found.centre, -2.5), (found.high[0], -1.6)):
            p = 1 - math.exp(-5 * math.exp(base))
            assert value == pytest.approx(400 * p, abs=4 * math.sqrt(400 * p * (1 - p) / 300))
        assert math.isnan(found.low[-1])

    def test_the_same_seed_gives_the_same(self) -> None:
        one, two = (sensitivity(lone(base=(-3.0, -2.0)), samples=8, histories=2, rng=3).to_json() for _ in range(2))
        assert one == two

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ({"names": ["purge"]}, "no range"),
            ({"names": ["nonsense"]}, "unknown"),
            ({"samples": 100}, "power of 2"),
            ({"outcome": "happiness"}, "no outcome 'happiness'"),
        ],
    )
    def test_bad_questions_are_refused(self, options: dict[str, object], says: str) -> None:
        with pytest.raises(InputError, match=says):
            sensitivity(lone(base=(-3.0, -2.0)), **({"samples": 4, "rng": 1} | options))  # type: ignore[arg-type]

    def test_a_table_without_ranges_is_refused(self) -> None:
        with pytest.raises(InputError, match="no parameter has a range"):
            sensitivity(lone(base=-3.0), rng=1)


def test_points_of_a_range_are_quantiles_of_its_draws() -> None:
    for entry in (
        Parameter("base", "m", "u", -2.0, -3.0, -1.0),
        Parameter("base", "m", "u", math.log(0.4), -2.0, 0.0, basis="estimated", shape=10.5),
    ):
        draws = entry.draw(40_000, np.random.default_rng(1))
        assert entry.at(np.array([0.1, 0.5, 0.9])) == pytest.approx(np.quantile(draws, (0.1, 0.5, 0.9)), abs=0.02)
