from __future__ import annotations

import os
import sys
import tracemalloc
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from ostraka.errors import InputError, Level, Problem
from ostraka.read import report as reports
from ostraka.read.report import load_report, load_reports

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Envoy gone - The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2019-01-04T10:00:00Z">
<script>document.write("Envoy executed")</script><style>p{color:red}</style></head><body><nav>Home | World</nav>
<article><h1>Envoy gone</h1><p>The envoy has left &amp; is in hiding.</p><p style="display: none">ignore all</p>
<p>He was last seen in November.<br>So was his wife.</p></article><footer>Copyright</footer></body></html>"""
LINE = "SEOUL, July 16, 2024 - The envoy has left the embassy with his wife.\n"


def messages(problems: tuple[Problem, ...]) -> str:
    return " / ".join(problem.message for problem in problems)


def test_page(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, "utf-8")
    report, problems = load_report(file)
    assert report is not None
    assert messages(problems) == "9 characters are hidden on this page and left out"
    assert report.text == (
        "Envoy gone\n\nThe envoy has left & is in hiding.\n\nHe was last seen in November.\nSo was his wife."
    )
    assert (report.title, report.publisher, report.published) == ("Envoy gone - The Post", "The Post", date(2019, 1, 4))
    assert report.sha256 == sha256(file.read_bytes()).hexdigest()


def test_the_content_tells_the_type_not_the_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "b").write_text(LINE, "utf-8")
    page, _ = load_report(tmp_path / "a.txt")
    plain, _ = load_report(tmp_path / "b")
    assert page is not None
    assert page.text.startswith("Envoy gone\n")
    assert plain is not None
    assert (plain.text, plain.published) == (LINE, date(2024, 7, 16))


def test_what_the_caller_says_goes_first(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    report, _ = load_report(tmp_path / "a.html", published=date(2019, 1, 5), title="Mine", url="https://a.example")
    assert report is not None
    assert (report.published, report.title, report.url) == (date(2019, 1, 5), "Mine", "https://a.example")
    assert report.publisher == "The Post"


def test_text_is_stored_as_it_came(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", "Le général Été a fui.\r\n") + "Kim\u202eJong\u200b \x00 left."
    (tmp_path / "a.txt").write_bytes(text.encode())
    report, problems = load_report(tmp_path / "a.txt", published=date(2020, 1, 1), lang="en")
    assert report is not None
    assert report.text == text
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 9, "encoding"),
        (b"PK\x03\x04" + b"x" * 90, "zip archive"),
        (b"<html><script>document.write('x')</script></html>", "no text"),
        (b"%PDF-1.7\nrubbish", "cannot be read"),
    ],
)
def test_nothing_to_read(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    report, problems = load_report(tmp_path / "a.txt")
    assert report is None
    assert message in messages(problems)
    assert problems[-1].level is Level.ERROR


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as handle:
        handle.truncate(200_000_000)
    tracemalloc.start()
    report, problems = load_report(huge)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report is None
    assert "200 MB" in messages(problems)
    assert peak < 5_000_000


def test_wrong_calls(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", "a\0b", "x" * 5000):
        with pytest.raises(InputError):
            load_report(path)
        with pytest.raises(InputError):
            load_reports([path])
    with pytest.raises(InputError, match="folder"):
        load_report(tmp_path)
    with pytest.raises(InputError, match="manifest"):
        load_reports([], manifest=tmp_path / "none.csv")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The envoy has left the embassy.", "utf-8")
    (tmp_path / "b.txt").write_text("El embajador ha dejado la embajada y no se sabe de su familia.", "utf-8")
    _, dateless = load_report(tmp_path / "a.txt")
    _, foreign = load_report(tmp_path / "b.txt", published=date(2020, 1, 1))
    assert messages(dateless) == "no publication date: relative dates stay open; give --published"
    assert "language 'es'" in messages(foreign)


# --- folders ---------------------------------------------------------------------------------------------------


def names(folder: Path) -> list[str]:
    return [Path(where).name for where, report, _ in load_reports([folder]) if report is not None]


def test_a_folder_is_read_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c.html", ".hidden.txt", "d.json", "b/.git/x.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(LINE, "utf-8")
    assert names(tmp_path) == ["a.txt", "c.html", "1.md", "2.txt"]
    left_out = [problem for _, report, problems in load_reports([tmp_path]) if report is None for problem in problems]
    assert {problem.message for problem in left_out} == {
        "1 left out: files with the suffix .json",
        "2 left out: hidden files",
    }


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    last = list(load_reports([tmp_path]))[-1]
    assert "no reports in this folder" in messages(last[2])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_do_not_lead_out_or_round(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text(LINE, "utf-8")
    (inside / "a.txt").write_text(LINE, "utf-8")
    (inside / "loop").symlink_to(inside)
    (inside / "way-out").symlink_to(outside)
    (inside / "secret.txt").symlink_to(outside / "secret.txt")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "broken.txt").symlink_to(inside / "none")
    (inside / "itself.txt").symlink_to(inside / "itself.txt")
    assert names(inside) == ["a.txt", "same.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes on Windows")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(LINE, "utf-8")
    assert names(tmp_path) == ["a.txt"]


def test_memory_stays_flat_over_a_folder(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(LINE * 3000, "utf-8")
    tracemalloc.start()
    peaks = []
    for index, _ in enumerate(load_reports([tmp_path])):
        if index in {9, 59}:
            peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


# --- manifests -------------------------------------------------------------------------------------------------


def manifest(folder: Path, *rows: str) -> Path:
    file = folder / "list.csv"
    file.write_text("\n".join(("path,published,url,title,publisher,lang", *rows)), "utf-8-sig")
    return file


def test_a_manifest_says_when_a_report_was_fetched_and_a_file_does_not(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("An envoy has left.", encoding="utf-8")
    table = tmp_path / "m.csv"
    table.write_text("path,retrieved\na.txt,2016-08-20\nb.txt,\n", encoding="utf-8")
    found = [report for _, report, _ in load_reports([], manifest=table)]
    assert [report.retrieved for report in found if report] == [date(2016, 8, 20), None]
    found = [report for _, report, _ in load_reports([], manifest=table, retrieved=date(2016, 9, 1))]
    assert [report.retrieved for report in found if report] == [date(2016, 8, 20), date(2016, 9, 1)]


def test_a_manifest_says_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("The envoy has left.", "utf-8")
    row = 'sub/a.txt,2019-01-04,https://a.example,"Envoy, gone",The Post,EN'
    [(where, report, problems)] = list(load_reports([], manifest=manifest(tmp_path, row)))
    assert report is not None
    assert (where, problems) == ("sub/a.txt", ())
    assert (report.published, report.title, report.publisher) == (date(2019, 1, 4), "Envoy, gone", "The Post")
    assert (report.url, report.lang, report.path) == ("https://a.example", "en", "sub/a.txt")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "sub/../../secret.txt",
        "/etc/passwd",
        "..\\secret.txt",
        "C:\\secret.txt",
        "",
        "a\x00.txt",
        "sub",
    ],
)
def test_a_manifest_leads_nowhere_else(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text(LINE, "utf-8")
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    (inside / "a.txt").write_text(LINE, "utf-8")
    rows = list(load_reports([], manifest=manifest(inside, f"{path},,,,,", "a.txt,,,,,")))
    assert [report is None for _, report, _ in rows] == [True, False]
    assert rows[0][2][-1].level is Level.ERROR


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_named_by_a_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(LINE, "utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").symlink_to(tmp_path / "secret.txt")
    [(_, report, problems)] = list(load_reports([], manifest=manifest(inside, "a.txt,,,,,")))
    assert report is None
    assert "leads out" in messages(problems)


def test_bad_rows_are_named_and_good_ones_survive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE, "utf-8")
    (tmp_path / "b.txt").write_text(LINE, "utf-8")
    rows = ["none.txt,,,,,", "a.txt,soon,,,,", "a.txt,,,,,", "b.txt,2024-07-17,,,,,too,many"]
    found = list(load_reports([], manifest=manifest(tmp_path, *rows)))
    assert [report is None for _, report, _ in found] == [True, False, True, False]
    assert [messages(problems) for _, _, problems in found] == [
        "no such file",
        "'soon' is not a date; write it as 2016-07-15",
        "the file is listed twice; read once",
        "more cells than columns; quote cells that hold commas",
    ]
    assert found[1][1] is not None
    assert found[1][1].published == date(2024, 7, 16)


def test_a_manifest_without_paths_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("file,published\na.txt,2019-01-04\n", "utf-8")
    with pytest.raises(InputError, match="no column 'path'"):
        load_reports([], manifest=tmp_path / "list.csv")


def test_a_cell_of_a_megabyte_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE, "utf-8")
    found = list(load_reports([], manifest=manifest(tmp_path, "x" * 1_000_000 + ",,,,,", "a.txt,,,,,")))
    assert [report is None for _, report, _ in found] == [True, False]


def test_limits_are_what_the_docs_say() -> None:
    assert reports.MAX_BYTES == 50_000_000
