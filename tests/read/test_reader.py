from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ostraka.errors import InputError
from ostraka.model import Report
from ostraka.read import read_file, read_paths, read_report, read_text, reading_json
from ostraka.read.extract import extract

TEXT = "SEOUL, July 16, 2024 - Ri Sang-ok, a North Korean consul in Havana, defected to South Korea in May."


def test_the_dateline_dates_a_text() -> None:
    reading, problems = read_text(TEXT)
    assert reading.report.published == date(2024, 7, 16)
    assert problems == ()
    assert [str(event.kind) for event in reading.events] == ["defection"]


def test_what_the_caller_knows_goes_before_the_dateline() -> None:
    reading, _ = read_text(TEXT, published=date(2024, 7, 17), publisher="The Post", lang="en")
    assert (reading.report.published, reading.report.publisher) == (date(2024, 7, 17), "The Post")


def test_every_way_in_gives_the_same_statements(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    from_file, _ = read_file(file)
    [(where, from_path, _)] = list(read_paths([file]))
    from_report, _ = read_report(Report(TEXT, published=date(2024, 7, 16), lang="en"))
    assert where == str(file)
    assert from_file is not None
    assert from_path is not None
    assert from_file.statements == from_path.statements == from_report.statements != ()


def test_quotes_point_into_the_stored_text() -> None:
    reading, _ = read_text("\ufeffTh\u0065\u0301 envoy.\n" + TEXT)
    assert all(reading.report.text[s.span.start : s.span.end] == s.span.quote for s in reading.statements)


def test_a_bad_file_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    first, second = list(read_paths([tmp_path]))
    assert first[1] is None
    assert first[2] != ()
    assert second[1] is not None
    assert reading_json(second[1])["report"]["path"].endswith("b.txt")


def test_a_slip_of_ours_does_not_stop_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("fatal", "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")

    def slips(report: Report) -> object:
        if report.text == "fatal":
            raise ZeroDivisionError("no such word")
        return extract(report)

    monkeypatch.setattr("ostraka.read.reader.extract", slips)
    (_, lost, problems), (_, kept, _) = list(read_paths([tmp_path]))
    assert lost is None
    assert "ZeroDivisionError: no such word" in problems[-1].message
    assert kept is not None


def test_reading_is_lazy(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(TEXT, "utf-8")
    readings = read_paths([tmp_path])
    assert isinstance(readings, Iterator)
    next(readings)
    (tmp_path / "4.txt").write_text("", "utf-8")
    assert [reading is None for _, reading, _ in readings] == [False, False, False, True]


def test_a_wrong_path_is_a_wrong_call_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_paths([tmp_path / "none"])
    with pytest.raises(InputError, match="folder"):
        read_file(tmp_path)
