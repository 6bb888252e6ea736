from __future__ import annotations

import resource
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from ostraka.errors import Level
from ostraka.read import pdf_child
from ostraka.read.pdf_text import pdf_text, unbroken
from ostraka.read.report import load_report

WORDS = "SEOUL, July 16, 2024 - The envoy has left his post."


def pdf(*streams: bytes, filters: str = "", extra: str = "") -> bytes:
    """A PDF of one page for each content stream, written by hand so that it may also be hostile."""
    n_pages = len(streams)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(n_pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, stream in enumerate(streams):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {resources} /MediaBox [0 0 600 800] /Contents {5 + 2 * index} 0 R {extra} >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} {filters} >>\nstream\n".encode() + stream + b"\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in offsets)
    return body + f"{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


def shown(text: str) -> bytes:
    return f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1")


def test_the_text_of_a_pdf_is_a_report(tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(pdf(shown(WORDS), shown("His wife went with him.")))
    report, problems = load_report(file)
    assert report is not None
    assert report.text == f"{WORDS}\n\nHis wife went with him."
    assert str(report.published) == "2024-07-16"
    assert problems == ()


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf(b"0 0 m 600 800 l S"))
    text, _, [problem] = pdf_text(file, "scan.pdf")
    assert text is None
    assert "no text (a scan?)" in problem.message
    assert problem.level is Level.ERROR


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"1 0 obj\n" * 50_000, b"%PDF-1.4\nxref\n0 9999999999\ntrailer"]
)
def test_rubbish_is_a_problem(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    text, _, [problem] = pdf_text(file, "a.pdf")
    assert text is None
    assert "cannot be read" in problem.message


def test_a_bomb_of_stacked_filters_is_refused(tmp_path: Path) -> None:
    bomb = zlib.compress(zlib.compress(b"\0" * 400_000_000, 9), 9)
    assert len(bomb) < 20_000
    file = tmp_path / "bomb.pdf"
    file.write_bytes(pdf(bomb, filters="/Filter [/FlateDecode /FlateDecode]"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    started = time.perf_counter()
    text, _, problems = pdf_text(file, "bomb.pdf")
    assert text is None
    assert problems[0].level is Level.ERROR
    assert time.perf_counter() - started < 60
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert max(before, after) * 1024 < pdf_child.MEMORY_BYTES


def test_pages_that_point_at_themselves_end(tmp_path: Path) -> None:
    looped = pdf(shown(WORDS)).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    file = tmp_path / "loop.pdf"
    file.write_bytes(looped)
    text, _, problems = pdf_text(file, "loop.pdf")
    assert text is None
    assert problems


def test_a_name_that_looks_like_an_option_is_a_name(tmp_path: Path) -> None:
    file = tmp_path / "-c print(1).pdf"
    file.write_bytes(pdf(shown(WORDS)))
    assert pdf_text(file, "a.pdf")[0] == WORDS


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on Windows")
def test_the_child_stays_under_its_limits(tmp_path: Path) -> None:
    greedy = tmp_path / "greedy.py"
    child = Path(pdf_child.__file__)
    greedy.write_text(
        f"import runpy\nm = runpy.run_path({str(child)!r})\nm['limit']()\nx = bytearray(3 * 1024**3)\n", "utf-8"
    )
    done = subprocess.run([sys.executable, str(greedy)], capture_output=True, text=True, check=False, timeout=60)
    assert "MemoryError" in done.stderr


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the defec-\ntion of", "the defection of"),
        ("Thae Yong-\nho fled", "Thae Yong-ho fled"),
        ("North-\nKorea", "North-Korea"),
        ("2011-\n2013", "2011-\n2013"),
        ("a - \nb", "a - \nb"),
    ],
)
def test_words_divided_at_a_line_end(broken: str, whole: str) -> None:
    assert unbroken(broken) == whole
