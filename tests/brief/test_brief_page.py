from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from markupsafe import escape

from ostraka.brief import Brief, make_brief
from ostraka.brief.notes import Notes, marked, shorten
from ostraka.brief.output import write_whole
from ostraka.brief.pace import p_text
from ostraka.errors import InputError
from ostraka.model import EventKind, Report

EXAMPLES = Path(str(files("ostraka.data") / "examples"))
VOID = {"meta", "br", "hr", "img", "input", "link", "wbr"}


class Page(HTMLParser):
    """Tags that close, ids, links, scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            if name == "href":
                self.links.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_the_page_is_sound_and_alone(example: Brief) -> None:
    page = Page(example.html)
    assert page.wrong == []
    assert page.open == []
    assert [name for name, count in page.ids.items() if count > 1] == []
    assert page.handlers == []
    assert page.tags["script"] == page.tags["style"] == 1
    assert page.tags["img"] == page.tags["link"] == page.tags["iframe"] == 0
    assert "url(" not in example.html
    assert "@import" not in example.html


def test_every_link_leads_somewhere(example: Brief) -> None:
    page = Page(example.html)
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert all(link.startswith(("#", "http://", "https://")) for link in page.links)


def test_each_figure_has_a_note_and_each_note_a_quote_or_a_seed_or_a_count(example: Brief) -> None:
    figures = set(re.findall(r'<a href="#note-(\d+)"', example.html))
    notes = re.findall(r'<li id="note-(\d+)">(.*?)</li>', example.html, flags=re.S)
    assert figures == {number for number, _ in notes}
    assert len(notes) > 30
    for _, text in notes:
        assert re.search(r"<q>|[Ss]eed|[Cc]ounted|Mixture of hazard models|as known on", text), text


def test_quotes_on_the_page_stand_in_the_report(example: Brief) -> None:
    text = example.dossier.readings[0].report.text
    spans = [s.span for s in example.dossier.readings[0].statements]
    assert spans
    assert all(text[span.start : span.end] == span.quote for span in spans)


def test_the_same_seed_gives_the_same_page() -> None:
    path = EXAMPLES / "london-2016.txt"
    once, again = (make_brief([path], replicates=20, rng=5, command="x") for _ in range(2))
    assert once.html == again.html
    assert make_brief([path], replicates=20, rng=6, command="x").html != once.html


def test_nobody_is_counted_twice(example: Brief) -> None:
    dossier = example.dossier
    people = Counter(person.name for person in dossier.record.people)
    assert people["Thae Yong-ho"] == 1
    left = [
        e
        for e in dossier.record.events
        if e.kind is EventKind.DEFECTION and e.country in {"United Kingdom", "Bulgaria"}
    ]
    assert len(left) == 2
    told = {link.target_id for links in dossier.links.values() for link in links.values() if link.kind == "event"}
    assert {"NK-2016-THAEYONGHO", "NK-2016-BULGARIA", "NK-1997-HWANGJANGYOP"} <= told


def test_a_view_knows_nothing_younger_than_the_report(example: Brief) -> None:
    dossier = example.dossier
    assert dossier.case.as_of == date(2016, 8, 19)
    assert all(e.reported.latest and e.reported.latest <= date(2016, 8, 19) for e in dossier.case.events)
    assert dossier.outlook is not None
    assert dossier.outlook.origin == 2015
    assert len(dossier.case.events) < len(dossier.record.events)


def test_the_forecast_shows_its_likes_its_peaks_and_every_covariate_with_its_age(example: Brief) -> None:
    page = example.html
    assert "Regimes most like it. North Korea since 1948, still in power; " in page
    assert "irregular election for the leadership expected.</figcaption>" in page
    assert "If it ended within the next year, what would follow: " in page
    outlook = example.dossier.outlook
    assert outlook is not None
    assert outlook.origin == 2015
    assert all(f'data-name="what">{escape(effect.label)}<' in page for effect in outlook.effects)


def test_the_answers_are_plain_json(example: Brief) -> None:
    data = json.loads(json.dumps(example.to_json(), allow_nan=False))
    assert {"watch", "claims", "policies", "forecast", "links"} <= set(data)
    assert "a year" in example.summary()


def test_a_hostile_report_stays_text(tmp_path: Path) -> None:
    report = tmp_path / "x.txt"
    name = "<script>alert(1)</script>"
    report.write_text(
        f"Aug. 17, 2016 - {name} Colonel Ri Chol-su\u202e, an officer of the North Korean army <img src=x onerror=alert(1)>, "
        "defected to South Korea with his wife in July, 'javascript:alert(1)' the ministry said. At least 5 colonels have defected since May.\n",
        encoding="utf-8",
    )
    made = make_brief([report], regime="North Korea", replicates=10, rng=1)
    page = Page(made.html)
    assert page.tags["script"] == 1
    assert page.tags["img"] == 0
    assert page.handlers == []
    assert page.wrong == []


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "missing.txt"), (b"", "no report could be read"), (bytes(range(256)) * 40, "no report could be read")],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "missing.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        make_brief([path], regime="North Korea", rng=1)


def test_a_regime_without_a_record_is_refused_before_reading(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no record of 'Ruritania'"):
        make_brief([tmp_path], regime="Ruritania")


def test_an_unwritable_place_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        write_whole(tmp_path, "x")
    (tmp_path / "file").write_text("keep")
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path / "file" / "brief.html", "x")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert write_whole(tmp_path / "new" / "brief.html", "x").read_text() == "x"
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["brief.html"]


def test_marks_join_where_they_overlap() -> None:
    report = Report("abcdef")
    html = marked(report, [(report.quote(0, 3), "a"), (report.quote(2, 5), "b"), (report.quote(1, 2), "c")])
    assert str(html) == '<mark class="a">abc</mark><mark class="b">de</mark>f'


def test_notes_are_numbered_once_and_escaped() -> None:
    report = Report("five <b>men</b>")
    notes = Notes({report.id: report})
    first = notes.figure("<5>", "how <i>", quotes=[report.quote(0, 15)])
    assert notes.figure("6", "how <i>", quotes=[report.quote(0, 15)]).count("#note-1") == 1
    assert "&lt;5&gt;" in first
    assert "<b>" not in first
    assert "<i>" not in first
    assert len(notes.rows) == 1
    assert len(shorten("word " * 200)) < 280
    assert p_text(0) == "<0.0001"


SEED = {
    "the diplomat": r"Thae Yong-ho.*British Embassy London, to South Korea, with his family",
    "the diplomat in Bulgaria": r"diplomat .*embassy in Bulgaria",
    "the father": r"Thae Byong-ryol",
    "the vice chief of staff": r"Oh Kum-chol",
    "a motive that is not one": r"Not a motive, the report says: economic",
    "the policy": r"A policy \(recall\)",
    "a son": r"son of Thae Yong-ho: graduated from a university in Britain",
    "the succession": r"succession",
}


def test_the_seed_text_gives_its_brief(shared: Path) -> None:
    made = make_brief([shared / "seed/editorial.txt"], published=date(2016, 8, 18), replicates=20, rng=1)
    missing = [what for what, pattern in SEED.items() if not re.search(pattern, made.html, flags=re.S)]
    assert missing == []
    assert len(made.dossier.checks) == 2
    assert {str(check.verdict) for check in made.dossier.checks} == {"depends on the denominator"}
    told = {
        link.target_id for links in made.dossier.links.values() for link in links.values() if link.verdict == "same"
    }
    assert "NK-2016-THAEYONGHO" in told
