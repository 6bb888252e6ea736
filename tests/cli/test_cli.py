from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ostraka.cli import main


def run(*arguments: str) -> int:
    return main(list(arguments))


def test_help_imports_nothing_heavy() -> None:
    imported = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ostraka", "--help"], check=True, capture_output=True, text=True
    ).stderr
    assert not [
        name for name in ("numpy", "scipy", "pandas", "sqlalchemy", "numba", "jinja2") if f" {name}\n" in imported
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["check", "Ruritania"], 3, "no record of 'Ruritania' is shipped; known are North Korea, Syria"),
        (["check", "Korea"], 3, "no record of 'Korea'"),
        (["nothing"], 2, "No such command"),
        (["brief", "x.txt"], 2, "Missing option '-o'"),
        (["read"], 2, "at least one file or folder"),
        (["read", "missing.txt"], 3, "missing.txt"),
        (["read", "missing.txt", "--json"], 3, "missing.txt"),
        (["watch", "--as-of", "yesterday"], 2, "write it as 2016-08-17"),
        (["watch", "--as-of", "1900-01-01"], 3, "lies before"),
        (["watch", "--level", "90"], 3, "between 0 and 1"),
        (["watch", "--effort", "loud"], 3, "constant, grown, fallen"),
        (["watch", "--effort", "1991-01-01:0"], 3, "above 0 and at most 1"),
        (["watch", "--never-reported", "1"], 3, "from 0 to below 1"),
        (["watch", "--counting", "colonels"], 3, "confirmed departures"),
        (["watch", "--start", "1991-01-01"], 3, "go with --csv"),
        (["watch", "--seed", "-3"], 3, "a seed is"),
        (["forecast", "--regime", "Ruritania"], 3, "Ruritania"),
        (["forecast", "--horizon", "one"], 2, "no list of whole numbers"),
    ],
)
def test_wrong_calls_say_what_to_do_and_exit_with_their_code(
    arguments: list[str],
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == code
    output = capsys.readouterr()
    assert message in output.err
    assert output.out == ""
    assert not list(tmp_path.iterdir())


def test_check_finds_nothing_in_the_shipped_records_and_something_in_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "North Korea") == 0
    assert run("check", "syria", "--json") == 0
    capsys.readouterr()
    (tmp_path / "case.toml").write_text("regime='R'\nstart=1991-01-01\nend=2020-12-31\nas_of=2021-01-01\n")
    (tmp_path / "events.csv").write_text("id,kind,earliest,latest\ne1,defection,2016-02-01,2016-01-01\n")
    assert run("check", str(tmp_path), "--json") == 1
    envelope = json.loads(capsys.readouterr().out)
    assert set(envelope) == {"data", "problems", "provenance"}
    assert [problem["where"] for problem in envelope["problems"] if problem["level"] == "error"] == [
        "events.csv, row 2"
    ]


def test_a_frozen_case_is_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("case", "DPRK", "--as-of", "2016-08-17", "-o", str(tmp_path / "case")) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "case")
    assert run("check", str(tmp_path / "case"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["data"]["regime"] == "North Korea"


def test_settings_show_their_origin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OSTRAKA_SEED", "5")
    (tmp_path / "ostraka.toml").write_text('regime = "Syria"\n')
    assert run("config", "--json") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert data["seed"] == {"value": 5, "origin": "environment"}
    assert data["regime"]["value"] == "Syria"
    assert run("config") == 0
    assert "level = 0.9  (default)" in capsys.readouterr().out
