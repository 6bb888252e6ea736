from __future__ import annotations

import json
import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from ostraka.cli import main
from ostraka.forecast import shipped_panel

REPORT = str(files("ostraka.data") / "examples" / "london-2016.txt")


@pytest.fixture
def register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    assert main(["read", REPORT, "--register", url, "--json"]) == 0
    envelope = json.loads(capsys.readouterr().out)
    assert set(envelope) == {"data", "problems", "provenance"}
    assert {"Thae Yong-ho", "Hwang Jang-yop"} <= {person["name"] for person in envelope["data"][0]["persons"]}
    return url


def test_a_judgement_is_kept_and_verified(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", REPORT, "--json"]) == 0
    statement = json.loads(capsys.readouterr().out)["data"][0]["statements"][0]["id"]
    assert main(["judge", statement, "accept", "--reason", "read it", "--by", "me", "--register", register]) == 0
    assert capsys.readouterr().out.startswith("ju-")
    assert main(["verify", "--register", register, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert data["sound"] is True
    assert main(["verify", "--register", register, "--head", data["head"]]) == 0


def test_a_row_changed_behind_the_back_is_found(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = register.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'")]
        for name in names:
            connection.execute(f'drop trigger "{name}"')
        changed = connection.execute("update report set text = replace(text, 'London', 'Berlin')").rowcount
    connection.close()
    assert changed == 1
    assert main(["verify", "--register", register]) == 1
    assert "error" in capsys.readouterr().out


@pytest.mark.parametrize("verb", [["queue"], ["verify"], ["judge", "st-1", "accept", "--reason", "x"]])
def test_verbs_of_the_register_need_one(
    verb: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(verb) == 3
    assert "--register sqlite:///FILE" in capsys.readouterr().err
    assert main([*verb, "--register", f"sqlite:///{tmp_path / 'none.db'}"]) == 4
    assert "no register" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_judging_what_is_not_there_is_refused(register: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "st-nothing", "accept", "--reason", "x", "--register", register]) == 3
    assert "st-nothing" in capsys.readouterr().err


def test_answers_are_repeatable_and_plain(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        assert main(["simulate", "North Korea", "--replicates", "10", "--years", "2", "--seed", "3", "--json"]) == 0
        outputs.append(json.loads(capsys.readouterr().out))
    assert outputs[0] == outputs[1]
    assert outputs[0]["provenance"]["seed"] == 3
    assert main(["data", "--json"]) == 0
    assert all(len(row["sha256"]) == 64 for row in json.loads(capsys.readouterr().out)["data"])
    assert main(["forecast", "--regime", "Syria", "--horizon", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["data"]["country"] == "Syria"


def test_a_forecast_is_shown_with_all_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", "--regime", "Cuba", "--horizon", "1", "--origin", "2010", "--level", "0.5"]) == 0
    shown = capsys.readouterr().out
    for said in (
        "as known at the end of 2010",
        "50% interval",
        "What it rests on",
        "Regimes most like it",
        "years old",
    ):
        assert said in shown


def test_how_it_would_end_is_learned_from_a_file_of_ones_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"cow": "gwf_cowcode", "country": "gwf_country", "case": "gwf_casename", "duration": "gwf_duration"}
    table = shipped_panel().frame().rename(columns=names | {"fail": "gwf_fail"}).drop(columns="type")
    military = (shipped_panel().family == "military").astype(int)
    table = table.assign(gwf_military=military, gwf_party=1 - military, gwf_personal=0, gwf_monarch=0)
    table = table.assign(
        gwf_fail_type=table["gwf_fail"] * (4 + military)
    )  # military rule falls to coups, others to crowds
    table.to_csv(tmp_path / "gwf.csv", index=False)
    call = ["forecast", "--regime", "Cuba", "--ends", str(tmp_path / "gwf.csv")]
    assert main(call) == 0
    shown = capsys.readouterr().out
    assert "If it ended within the next year, how, by ends coded in the file you gave: uprising" in shown
    assert main([*call, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert [way["kind"] for way in data["ways"]] == ["uprising", "coup"]
    assert sum(way["share"] for way in data["ways"]) == pytest.approx(1)
    assert data["next_year"] == data["horizons"][0]["probability"]


def test_data_of_ones_own_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("cow,year,value\n731,1990,1\n731,1991,2\n", encoding="utf-8")
    assert main(["data", str(path), "--kind", "series"]) == 0
    assert "2 rows can be used, 1990 to 1991" in capsys.readouterr().out
    path.write_text("cow,year,value\n731,1990,1\n731,1990,2\n", encoding="utf-8")
    assert main(["data", str(path), "--kind", "series"]) == 1
    assert "row 3, column year" in capsys.readouterr().err
    assert main(["data", str(path), "--kind", "oracle"]) == 3


def test_the_comparison_fixed_in_advance_is_a_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["defections"]) == 0
    assert "cannot be scored yet" in capsys.readouterr().out
    panel = shipped_panel()
    known = panel.where((panel.year > 2005) & (panel.duration > 1))
    lines = [f"{cow},{year - 1},{5 * fail}" for cow, year, fail in zip(known.cow, known.year, known.fail, strict=True)]
    (tmp_path / "series.csv").write_text("\n".join(["cow,year,value", *lines]), encoding="utf-8")
    assert main(["defections", str(tmp_path / "series.csv"), "--seed", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["data"]
    assert found["verdict"] == "adds"
    assert found["plan_id"].startswith("plan-")
    navco = "campaign,year,outcome,nonviol,defect\nA,1990,1,1,1\nB,1991,0,1,0\nC,1992,0,1,1\nD,1993,1,1,0\n"
    (tmp_path / "navco.csv").write_text(navco, encoding="utf-8")
    assert main(["defections", str(tmp_path / "navco.csv"), "--kind", "navco"]) == 0
    assert "1 of 2 campaigns with defections" in capsys.readouterr().out


def test_any_dated_list_can_be_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("date,count\n2001-02,1\n2009,≥2\n2015-03-04,1\nsoon,1\n", encoding="utf-8")
    assert main(["watch", "--csv", str(tmp_path / "list.csv"), "--seed", "1", "--json"]) == 0
    envelope = json.loads(capsys.readouterr().out)
    assert any("row 5" in problem["where"] for problem in envelope["problems"])
    assert envelope["data"]["reckonings"]


def test_a_record_and_a_report_meet_and_are_passed_on(
    register: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "North Korea", "--register", register]) == 0
    assert main(["events", "--register", register, "--json"]) == 0
    events = json.loads(capsys.readouterr().out)["data"]
    assert len({event["id"] for event in events}) == len(events) > 130
    assert main(["people", "North Korea"]) == 0
    assert "thae-yong-ho\tThae Yong-ho (태영호" in capsys.readouterr().out
    assert main(["show", "NK-2016-THAEYONGHO", "--register", register]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"city +London", shown)
    assert "his wife and two sons" in shown
    assert "  english.hani.co.kr, 2016-08-18" in shown
    assert main(["show", "nobody", "--register", register]) == 3
    assert main(["export", "csv", str(tmp_path / "out.csv"), "--register", register]) == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("id,kind,")
    assert main(["export", "csv", str(tmp_path / "all.csv"), "--full", "--register", register]) == 3
    assert "reason" in capsys.readouterr().err
    assert not (tmp_path / "all.csv").exists()


def test_exported_entities_come_in_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, other, file = (str(tmp_path / name) for name in ("r.db", "other.db", "syria.ftm.json"))
    assert main(["import", "Syria", "--register", url]) == 0
    assert main(["export", "ftm", file, "--regime", "Syria", "--register", url]) == 0
    assert main(["import", file, "--regime", "Syria", "--register", other]) == 0
    capsys.readouterr()
    counts = []
    for address in (url, other):
        assert main(["events", "Syria", "--register", address]) == 0
        counts.append(capsys.readouterr().out.count("defection"))
    assert counts[0] == counts[1] > 30


def test_a_spreadsheet_comes_in_by_its_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sheet.csv").write_text(
        "Who,Date,Link\nA. B.,2011-05-03,https://example.org/a\nC. D.,soon,\n", encoding="utf-8"
    )
    url = f"sqlite:///{tmp_path / 'r.db'}"
    call = ["import", str(tmp_path / "sheet.csv"), "--register", url, "--regime", "Ruritania", "--as-of", "2012-01-01"]
    assert main(call) == 2
    assert main([*call, "--column", "name=Who", "--column", "when=Date", "--column", "url=Link"]) == 0
    assert "row 3" in capsys.readouterr().err
    assert main(["events", "Ruritania", "--register", url]) == 0
    assert "2011-05-03" in capsys.readouterr().out


def test_looking_back_scores_what_would_have_been_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["score", "--first", "2010", "--last", "2012", "--model", "base", "--model", "type", "--seed", "1"]
    assert main([*call, "--archive", str(tmp_path / "archive")]) == 0
    printed = capsys.readouterr()
    assert "rolling constant" in printed.out
    assert "6 tables in" in printed.err
    assert len(list((tmp_path / "archive" / "ostraka-type").iterdir())) == 3
    assert main([*call, "--no-archive"]) == 0
    assert "tables in" not in capsys.readouterr().err
    assert main(["score", "--first", "2012", "--last", "2010"]) == 3
    window = ["--since", "2012-10-01", "--until", "2013-03-31", "--every", "2"]
    assert main(["score", "Syria", "--watch", *window, "--seed", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["provenance"]["seed"] == 1
