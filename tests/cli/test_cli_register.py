"""The verbs of the register, as somebody uses them who has nothing but a shell."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ostraka.cli import main

FIRST = "SEOUL, Aug. 20, 2016 - Han Ryong-su, a counsellor at the North Korean embassy in Hanoi, has defected to South Korea, the ministry said on Saturday."
SECOND = "TOKYO, Aug. 22, 2016 - Han Ryong Su, the consul of North Korea in Hanoi, defected to Japan in August, a newspaper reported on Monday."


@pytest.fixture
def register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    url = str(tmp_path / "r.db")
    for number, text in enumerate((FIRST, SECOND)):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        assert main(["read", str(tmp_path / f"{number}.txt"), "--register", url]) == 0
    assert main(["import", "North Korea", "--register", url]) == 0
    capsys.readouterr()
    return url


def ask(capsys: pytest.CaptureFixture[str], *call: str) -> Any:
    assert main([*call, "--json"]) == 0
    envelope = json.loads(capsys.readouterr().out)
    assert set(envelope) == {"data", "problems", "provenance"}
    return envelope["data"]


def new_event(capsys: pytest.CaptureFixture[str], register: str) -> dict[str, Any]:
    (found,) = [e for e in ask(capsys, "events", "--register", register) if e["id"].startswith("ev-")]
    return dict(found)


def test_the_rule_decides_what_a_case_uses(register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    used = {}
    for rule in ("date", "confidence,date"):
        folder = tmp_path / rule.replace(",", "-")
        ask(capsys, "case", "North Korea", "--register", register, "--rule", rule, "-o", str(folder))
        events = (folder / "events.csv").read_text(encoding="utf-8").splitlines()
        used[rule] = next(line for line in events if line.startswith("ev-"))
    assert "Japan" in used["date"].partition("South Korea or")[0] or "consul" in used["date"]
    assert main(["case", "North Korea", "--rule", "beauty", "--register", register, "-o", str(tmp_path / "x")]) == 3
    assert "a rule orders" in capsys.readouterr().err
    assert main(["case", "North Korea", "--rule", "date", "-o", str(tmp_path / "x")]) == 3
    assert "--register" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_missing_register_is_not_made_by_freezing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "North Korea", "--register", str(tmp_path / "typo.db"), "-o", str(tmp_path / "x")]) == 4
    assert "there is no register" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_event_is_shown_with_what_each_source_says_and_how_to_judge_it(
    register: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    event = new_event(capsys, register)
    monkeypatch.setattr("shutil.get_terminal_size", lambda _: os.terminal_size((80, 24)))
    assert main(["show", event["id"], "--register", register]) == 0
    page = capsys.readouterr().out
    assert all(len(line) <= 80 for line in page.splitlines() if "--saw" not in line)
    for said in ("South Korea", "Japan", "counsellor", "consul", "origin", "from 2016-08-2"):
        assert said in page
    assert f"ostraka judge {event['id']} seal --reason" in page
    data = ask(capsys, "show", event["id"], "--register", register)
    assert {claim["value"] for claim in data["claimed"] if claim["field"] == "destination"} == {"South Korea", "Japan"}
    assert len(data["saw"]) == 64
    assert [source.rpartition("/")[2] for source in data["sources"]] == ["0.txt", "1.txt"]


def test_a_statement_is_corrected_shown_and_the_correction_undone(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    event = new_event(capsys, register)
    claims = ask(capsys, "show", event["id"], "--register", register)["claimed"]
    wrong = next(claim for claim in claims if claim["value"] == "Japan")["statements"][0]
    saw = ask(capsys, "show", wrong, "--register", register)["saw"]
    call = ["judge", wrong, "correct", "--reason", "misread", "--by", "ana", "--register", register, "--saw", saw]
    assert main(call) == 2
    assert main([*call, "--set", "beauty=1"]) == 2
    assert main([*call, "--set", "object=South Korea"]) == 0
    capsys.readouterr()
    assert main([*call, "--set", "object=France"]) == 4
    assert "changed after it was looked at" in capsys.readouterr().err
    claims = ask(capsys, "show", event["id"], "--register", register)["claimed"]
    ranks = {claim["value"]: claim["rank"] for claim in claims if claim["field"] == "destination"}
    assert ranks == {"South Korea": "preferred", "Japan": "deprecated"}
    (made,) = ask(capsys, "show", wrong, "--register", register)["judgements"]
    assert (made["by"], made["verdict"]) == ("ana", "reject")
    assert main(["judge", made["id"], "undo", "--reason", "it was right", "--register", register]) == 0
    capsys.readouterr()
    claims = ask(capsys, "show", event["id"], "--register", register)["claimed"]
    assert "Japan" in {claim["value"] for claim in claims}


def test_what_the_queue_proposes_can_be_done(register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "SEOUL, Oct. 3, 2016 - Kim Kwang-jin was appointed naval commander of North Korea in Wonsan in February 2016."
    )
    (tmp_path / "k.txt").write_text(text, encoding="utf-8")
    assert main(["read", str(tmp_path / "k.txt"), "--register", register]) == 0
    capsys.readouterr()
    assert main(["queue", "--register", register]) == 0
    call = capsys.readouterr().out.split("ostraka judge ")[1].splitlines()[0].split()
    assert call[2] == "merge|split|unsure"
    for verdict in ("unsure", "split"):
        call[2] = verdict
        call[-1] = next(
            d["saw"] for d in ask(capsys, "queue", "--register", register) if {d["a"], d["b"]} == {*call[:2]}
        )
        assert ask(capsys, "judge", *call, "--register", register)["id"].startswith("ju-")
    assert main(["judge", *call, "--register", register]) == 4
    assert main(["judge", call[0], call[1], "merge", "--reason", " ", "--register", register]) == 2
    capsys.readouterr()


def test_pages_of_a_statement_and_of_a_judgement_are_for_people(
    register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = ask(capsys, "show", new_event(capsys, register)["id"], "--register", register)["claimed"]
    said = next(claim for claim in claims if claim["value"] == "Japan")["statements"][0]
    assert main(["judge", said, "reject", "--reason", "misread", "--register", register]) == 0
    made = capsys.readouterr().out.strip()
    for item, words in (
        (said, ("“", "1.txt", "Japan", "accept|reject|unsure|correct")),
        (made, ("misread", "undo", said)),
    ):
        assert main(["show", item, "--register", register]) == 0
        page = capsys.readouterr().out
        assert "{" not in page
        assert all(word in page for word in words)


def test_help_of_judge_lists_one_verdict_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "--help"]) == 0
    page = capsys.readouterr().out
    assert "\n  undo            a judgement\n" in page


def test_a_seal_is_set_opened_with_a_reason_and_lifted(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    event = new_event(capsys, register)
    assert event["city"] == "Hanoi"
    call = ["judge", f"{event['id']}#city", f"{event['id']}#country", "seal", "--reason", "kin there"]
    assert main([*call, "--register", register]) == 0
    made = capsys.readouterr().out.strip()
    assert new_event(capsys, register)["city"] == ""
    assert main(["show", event["id"], "--register", register]) == 0
    assert "post place" not in capsys.readouterr().out
    assert main(["show", event["id"], "--register", register, "--sealed"]) == 3
    assert "why" in capsys.readouterr().err
    assert main(["show", event["id"], "--register", register, "--sealed", "--reason", "to check"]) == 0
    assert "Hanoi" in capsys.readouterr().out
    assert main(["judge", made, "undo", "--reason", "safe now", "--register", register]) == 0
    capsys.readouterr()
    assert new_event(capsys, register)["city"] == "Hanoi"


def test_a_person_is_erased_and_the_log_still_verifies(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    (person,) = [p for p in ask(capsys, "people", "--register", register) if p["name"].startswith("Han Ryong")]
    head = ask(capsys, "verify", "--register", register)["head"]
    assert main(["erase", "--reason", "x", "--register", register]) == 2
    assert main(["erase", person["id"], "--reason", "Han Ryong-su asked", "--register", register]) == 3
    capsys.readouterr()
    assert ask(capsys, "erase", person["id"], "--reason", "asked for", "--register", register)["rows"] > 5
    assert b"Han Ryong" not in Path(register).read_bytes()
    assert main(["verify", "--register", register, "--head", head]) == 0
    capsys.readouterr()
    assert new_event(capsys, register)["city"] == "Hanoi"


def test_the_problems_of_a_register_are_listed(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--register", register, "--json"]) in {0, 1}
    assert json.loads(capsys.readouterr().out)["data"]["events"] > 130


def test_names_that_would_move_the_cursor_are_shown_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sheet.csv").write_text("Who,Date\nEvil\x1b[2J \u202eName,2011-05-03\n", encoding="utf-8")
    url = str(tmp_path / "r.db")
    call = ["import", str(tmp_path / "sheet.csv"), "--register", url, "--regime", "Ruritania", "--as-of", "2012-01-01"]
    assert main([*call, "--column", "name=Who", "--column", "when=Date"]) == 0
    capsys.readouterr()
    assert main(["people", "Ruritania", "--register", url]) == 0
    listed = capsys.readouterr().out
    assert "\u202e" not in listed
    row = listed.split("\t")[0]
    assert main(["show", row, "Ruritania", "--register", url]) == 0
    page = capsys.readouterr().out
    assert "Evil" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
