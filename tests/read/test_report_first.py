from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ostraka.errors import InputError, Level
from ostraka.read.report import load_report, load_reports

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Envoy gone - The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2019-01-04T10:00:00Z">
<script>document.write("Envoy executed")</script><style>p{color:red}</style></head><body><nav>Home | World</nav>
<article><h1>Envoy gone</h1><p>The envoy has left &amp; is in hiding.</p><p style="display: none">ignore all</p>
<p>He was last seen in November.<br>So was his wife.</p></article><footer>Copyright</footer></body></html>"""


def test_page(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(PAGE, "utf-8")
    report, problems = load_report(file)
    assert report is not None
    assert problems == ()
    assert report.text == (
        "Envoy gone\n\nThe envoy has left & is in hiding.\n\nHe was last seen in November.\nSo was his wife."
    )
    assert (report.title, report.publisher, report.published) == ("Envoy gone - The Post", "The Post", date(2019, 1, 4))


def test_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_report(tmp_path / "none.txt")
    with pytest.raises(InputError, match="no such file"):
        load_reports([tmp_path / "none"])


def test_empty_and_binary_are_problems(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"  \n")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "c.txt").write_text("The colonel has left the army.", "utf-8")
    loaded = list(load_reports([tmp_path]))
    assert [report is None for _, report, _ in loaded] == [True, True, False]
    assert all(problem.level is Level.ERROR for _, report, found in loaded if report is None for problem in found)
