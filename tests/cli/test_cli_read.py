from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import ostraka.read
from ostraka.cli import main, reading
from ostraka.register import Register

TEXT = "SEOUL, July 16, 2024 - Ri Sang-ok, a North Korean consul in Havana, defected to South Korea in May."
EXIT_INTERRUPTED = 130


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    for n in range(5):
        (made / f"{n}.txt").write_text(f"{TEXT} It was case {n}.", encoding="utf-8")
    (made / "empty.txt").write_bytes(b"")
    (made / "rubbish.pdf").write_bytes(bytes(range(256)) * 20)
    return made


GOLD = Path(__file__).parents[2] / "gold"
SCHEMA = json.loads((GOLD.parent / "docs" / "reading.schema.json").read_text("utf-8"))
ENVELOPE = Draft202012Validator({"$ref": "#/$defs/envelope", "$defs": SCHEMA["$defs"]})


def test_what_is_printed_follows_the_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every key of the schema is there in real output of our own reports, and the whole of it is as it says."""
    rows = [json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json")) if path.stem.isdigit()][::4]
    manifest = tmp_path / "manifest.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "published", "url", "title", "publisher", "lang"])
        for row in rows:
            shutil.copy(GOLD / f"{row['id']}.txt", tmp_path)
            told = row["published"], f"https://example.org/{row['id']}", f"Report {row['id']}", "An agency", row["lang"]
            writer.writerow([f"{row['id']}.txt", *told])
    assert main(["read", "--manifest", str(manifest), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [error.message for error in ENVELOPE.iter_errors(told)] == []
    for row, reading_ in zip(rows, told["data"], strict=True):
        report = reading_["report"]
        assert Path(report["path"]).name == f"{row['id']}.txt"
        assert (report["published"], report["lang"]) == (row["published"], row["lang"])
        assert (report["title"], report["publisher"]) == (f"Report {row['id']}", "An agency")
        assert report["url"] == f"https://example.org/{row['id']}"
    kinds = {"person": "persons", "event": "events", "tie": "ties", "claim": "claims", "statement": "statements"}
    for kind, name in kinds.items():
        found = [item for reading_ in told["data"] for item in reading_[name]]
        assert found
        assert {key for item in found for key in item} == set(SCHEMA["$defs"][kind]["properties"])


@pytest.mark.parametrize(
    ("text", "options", "published", "warned"),
    [
        ("HAVANA, May 3, 2012 - The consul fled in March.", [], "2012-05-03", False),
        ("HAVANA, May 3, 2012 - The consul fled in March.", ["--published", "2012-05-04"], "2012-05-04", False),
        ("The consul fled in March.", ["--published", "2012-05-04"], "2012-05-04", False),
        ("The consul fled in March.", [], None, True),
    ],
)
def test_where_the_day_of_print_comes_from(
    text: str,
    options: list[str],
    published: str | None,
    warned: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert main(["read", str(tmp_path), "--json", *options]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["data"][0]["report"]["published"] == published
    assert any("no publication date" in problem["message"] for problem in told["problems"]) is warned


@pytest.fixture
def _ctrl_c_at_the_third(monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = ostraka.read.reading_json, [0]

    def pressed(value: Any) -> dict[str, Any]:
        calls[0] += 1
        if calls[0] == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return real(value)

    monkeypatch.setattr(ostraka.read, "reading_json", pressed)


def test_bad_files_are_problems_and_the_rest_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["data"]) == 5
    assert {Path(problem["where"]).name for problem in told["problems"]} == {"empty.txt", "rubbish.pdf"}
    assert told["provenance"]["command"] == "read"


@pytest.mark.usefixtures("_ctrl_c_at_the_third")
def test_ctrl_c_keeps_what_is_done(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    address = f"sqlite:///{tmp_path / 'mine.db'}"
    assert main(["read", str(folder), "--register", address, "--json"]) == EXIT_INTERRUPTED
    told = json.loads(capsys.readouterr().out)
    assert len(told["data"]) == 3
    assert any("interrupted here" in problem["message"] for problem in told["problems"])
    with Register.open(address) as register:
        assert {Path(report.path).name for report in (reading.report for reading in register.readings())} == {
            "0.txt",
            "1.txt",
            "2.txt",
        }
    assert signal.getsignal(signal.SIGINT) == before


def test_a_report_that_the_register_refuses_does_not_stop_the_others(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "1.txt").write_text(f"{TEXT} \x00 It goes on.", encoding="utf-8")
    address = f"sqlite:///{tmp_path / 'mine.db'}"
    assert main(["read", str(folder), "--register", address, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    refused = [p["where"] for p in told["problems"] if "not kept in the register" in p["message"]]
    assert [Path(where).name for where in refused] == ["1.txt"]
    with Register.open(address) as register:
        assert {Path(reading.report.path).name for reading in register.readings()} == {
            *("0.txt", "2.txt", "3.txt", "4.txt")
        }


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_counts_the_files_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr("ostraka.cli.talk.Bar.PAUSE", 0.0)
    assert main(["read", str(folder)]) == 0
    assert "1 of 7 files read" in screen.getvalue()
    assert "7 of 7 files read" in screen.getvalue()


def test_the_gravest_problems_come_first(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "IN_MEMORY", 10)
    (folder / "0.txt").write_text("An envoy has left his post.", encoding="utf-8")
    assert main(["read", str(folder)]) == 0
    levels = [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()]
    assert levels == ["error", "error", "warn"]


def test_two_coders_are_compared_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    reports = [str(GOLD / f"00{n}.txt") for n in (1, 2, 3)]
    assert main(["read", "--json", *reports]) == 0
    (ours / "all.json").write_text(capsys.readouterr().out, encoding="utf-8")
    for n in (1, 2, 4):
        shutil.copy(GOLD / f"00{n}.json", theirs)
    assert main(["evaluate", str(theirs), "--compare", str(ours), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["data"]["n_reports"] == 2
    told = {row["what"] for row in printed["data"]["alphas"]}
    fields = {"role", "organisation", "post_place", "origin_regime", "destination", "family_with", "date", "status"}
    numbers = {f"number of {what}" for what in ("events", "persons", "ties", "claims")}
    assert {"report holds an event", "event kind", "person", "tie", "claim"} | numbers | fields == told
    assert [problem["where"] for problem in printed["problems"]] == ["003", "004"]


def test_quick_reads_by_the_grammar_and_not_beside_a_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(folder / "0.txt"), "--quick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["coder"] for row in told["data"][0]["statements"]} == {"grammar 7"}
    assert main(["read", str(folder / "0.txt"), "--quick", "--model", "m", "--model-url", "http://localhost:1"]) != 0
    assert "two readers" in capsys.readouterr().err
