"""The verb simulate: scenario files, tables, the picture of what matters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ostraka.brief.figures.forest import draw_tornado
from ostraka.cli import main
from ostraka.simulate import Effects, Parameters, Roster, Scenario, compare, sensitivity

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


@pytest.mark.parametrize(("text", "says"), [("nonsense = 1", "unknown key 'nonsense'"), ("years = 3", "runs 3 years")])
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


def test_a_rule_is_printed_with_the_epochs_and_how_often_it_took_effect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ruled.toml"
    path.write_text(
        'name = "Ruled"\n[[rule]]\nname = "missions watched"\non = "purge"\nthen = "monitor"\ndays = 90\ncost = 1\n',
        encoding="utf-8",
    )
    assert run(path, "--precision", "0.5") == 0
    out = capsys.readouterr().out
    assert "whenever there is a purge: missions watched, at once, for 90 days" in out
    assert "Its rules took effect, on average: missions watched" in out
    assert "Its policies cost" in out
    assert "Runs still needed to tell each difference within ±0.5: Ruled" in out


def test_one_departure_and_the_surface_are_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--one", "--surface", "--json") == 0
    told = json.loads(capsys.readouterr().out)["data"]
    assert told["one"]["low"] <= told["one"]["mean"] <= told["one"]["high"]
    assert any(out for row in told["surface"]["ruled_out"] for out in row)


GRAPH = """<graphml><key id="o" attr.name="organ"/><key id="p" attr.name="post"/><graph>
{nodes}<edge source="n0" target="n1"/></graph></graphml>"""


def test_a_roster_from_graphml_is_used_and_a_bad_one_names_the_node(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "elite.graphml"
    node = '<node id="n{k}"><data key="o">foreign service</data><data key="p">{post}</data></node>'
    nodes = "".join(node.format(k=k, post="abroad" if k % 2 else "home") for k in range(40))
    graph.write_text(GRAPH.format(nodes=nodes), encoding="utf-8")
    assert run(file, "--roster", str(graph), "--json") == 0
    told = json.loads(capsys.readouterr().out)["data"]
    assert told["baseline"]["scenario"]["roster"]["members"] == 40
    graph.write_text(GRAPH.format(nodes=nodes.replace("abroad", "moon", 1)), encoding="utf-8")
    assert run(file, "--roster", str(graph)) == 3
    assert "node 'n1', post: 'moon' is unknown" in capsys.readouterr().err


def test_an_interruption_tells_what_is_done_and_ends_as_interrupted(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pieces = 0

    def until_stopped(function: Callable[[Any], Any], work: Iterable[Any]) -> Iterator[Any]:
        nonlocal pieces
        for chunk in work:
            pieces += 1
            if pieces > 3:  # two pieces each, by turns: before the second of the policy
                raise KeyboardInterrupt
            yield function(chunk)

    def compare_until_stopped(base: Scenario, others: list[Scenario], **options: Any) -> Effects:
        return compare(base, others, **(options | {"map": until_stopped}))

    monkeypatch.setattr("ostraka.simulate.compare", compare_until_stopped)
    assert main(["simulate", "North Korea", "--scenario", str(file), "--replicates", "70", "--years", "1", "--seed", "3"]) == 130  # fmt: skip
    said = capsys.readouterr()
    assert "interrupted: 64 of 70 runs and 1 of 1 policies were done" in said.err
    assert "Watched: fewer leave" in said.out or "Watched: no difference seen" in said.out


@pytest.mark.slow
def test_what_would_have_been_said_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", "Syria", "--hindcast", "--seed", "3"]) == 0
    assert "27 looks of 0.5 years ahead" in capsys.readouterr().out
