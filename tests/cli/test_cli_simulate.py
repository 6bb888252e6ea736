"""The verb simulate: scenario files, tables, the picture of what matters."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from ostraka.brief.figures.forest import draw_tornado
from ostraka.cli import main
from ostraka.simulate import Parameters, Roster, Scenario, sensitivity

SCENARIO = """
name = "Watched"
[[policy]]
name = "embassies watched"
channel = "monitor"
start = 0.5
posts = ["abroad"]
cost = 2.0
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "watched.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def run(file: Path, *more: str) -> int:
    return main(["simulate", "North Korea", "--scenario", str(file), "--replicates", "6", "--years", "1", "--seed", "3", *more])  # fmt: skip


def test_scenario_files_are_compared_with_as_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--json") == 0
    told = json.loads(capsys.readouterr().out)["data"]
    assert [scenario["scenario"]["name"] for scenario in told["scenarios"]] == ["Watched"]
    assert told["scenarios"][0]["scenario"]["cost"] == 1.0
    assert {row["outcome"] for row in told["effects"]} >= {"exits", "collapse", "security_collapse", "coup"}


def test_epochs_and_the_three_ways_to_break_are_printed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file) == 0
    out = capsys.readouterr().out
    assert "embassies watched (new)" in out
    assert out.count("a coup comes in") == 2


def test_tables_are_written(file: Path, tmp_path: Path) -> None:
    assert run(file, "--out", str(tmp_path / "tables")) == 0
    names = {path.stem for path in (tmp_path / "tables").iterdir()}
    assert names == {"effects", "replicates", "course", "parameters", "events"}
    replicates = pd.read_csv(tmp_path / "tables" / "replicates.csv")
    assert len(replicates) == 12
    events = pd.read_csv(tmp_path / "tables" / "events.csv")
    first = replicates[(replicates.scenario == "Watched") & (replicates.replicate == 0)].iloc[0]
    assert len(events[events.scenario == "Watched"]) == first.events
    pytest.importorskip("pyarrow", reason="needs the extra ostraka[arrow]")
    for form, read in (("parquet", pd.read_parquet), ("arrow", pd.read_feather)):
        assert run(file, "--out", str(tmp_path / form), "--form", form) == 0
        table = read(tmp_path / form / f"replicates.{form}")
        assert table["exits"].tolist() == replicates["exits"].tolist()


@pytest.mark.parametrize(
    ("text", "says"), [("nonsense = 1", "unknown key 'nonsense'"), ("years = 3", "another roster or horizon")]
)
def test_a_bad_scenario_file_is_named(file: Path, capsys: pytest.CaptureFixture[str], text: str, says: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert run(file) == 3
    assert says in capsys.readouterr().err


def test_the_tornado_is_drawn(file: Path, tmp_path: Path) -> None:
    pytest.importorskip("SALib", reason="needs the extra ostraka[sensitivity]")
    table = Parameters().neutral().set(base=(-3.0, -1.0), purge=(0.0, 0.2))
    found = sensitivity(Scenario("x", Roster.make(50, post=1), table, years=3.0), samples=8, histories=20, rng=1)
    svg = str(draw_tornado(found, width=900))
    assert svg.index("base") < svg.index("purge")
    assert "chance" not in svg
