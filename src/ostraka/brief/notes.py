"""Each figure of the brief leads back to a sentence or a seed: the notes that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from markupsafe import Markup, escape

from ostraka.model import Report, Span

_LONG = 260


@dataclass(frozen=True, slots=True)
class Note:
    """What one or more figures rest on."""

    number: int
    how: str
    quotes: tuple[Span, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Notes:
    """The notes of one page, numbered as they are first used.

    Parameters
    ----------
    reports : mapping
        The reports quoted, by id.
    """

    reports: Mapping[str, Report]
    rows: list[Note] = field(default_factory=list)

    def figure(
        self, shown: object, how: str, *, quotes: Iterable[Span] = (), sources: Iterable[tuple[str, str]] = ()
    ) -> Markup:
        """A figure of the text with the note it rests on.

        Parameters
        ----------
        shown : object
            What the reader sees.
        how : str
            How it was found, in plain words.
        quotes : iterable of Span
            Sentences it rests on.
        sources : iterable of (str, str)
            Further sources: words and address (empty for none).
        """
        note = self._note(how, tuple(quotes), tuple(sources))
        pop = Markup('<span class="pop" role="note">{}{}</span>').format(note.how, self._quoted(note))
        return Markup(
            '<span class="fig"><a href="#note-{0}" data-note="{0}" aria-describedby="note-{0}">{1}</a>{2}</span>'
        ).format(note.number, shown, pop)

    def _note(self, how: str, quotes: tuple[Span, ...], sources: tuple[tuple[str, str], ...]) -> Note:
        for row in self.rows:
            if (row.how, row.quotes, row.sources) == (how, quotes, sources):
                return row
        self.rows.append(Note(len(self.rows) + 1, how, quotes, sources))
        return self.rows[-1]

    def _quoted(self, note: Note) -> Markup:
        return Markup("").join(Markup(" <q>{}</q>").format(shorten(span.quote)) for span in note.quotes[:3])

    def name_of(self, span: Span) -> str:
        """The report of a span in words."""
        report = self.reports.get(span.report)
        return report_name(report) if report else span.report


def report_name(report: Report) -> str:
    """How a report is called on the page: title or file, publisher, day."""
    parts = (
        report.title or PurePath(report.path).name,
        report.publisher,
        report.published.isoformat() if report.published else "undated",
    )
    return ", ".join(part for part in parts if part)


def shorten(text: str) -> str:
    """One line of a quote, cut in the middle if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[: _LONG // 2].rstrip()} […] {line[-_LONG // 2 :].lstrip()}"


def marked(report: Report, marks: Iterable[tuple[Span, str]]) -> Markup:
    """The text of a report with its quoted passages marked; overlapping marks join.

    Parameters
    ----------
    report : Report
    marks : iterable of (Span, str)
        A span of this report and its CSS class.
    """
    spans = sorted({(span.start, span.end, css) for span, css in marks if span.report == report.id})
    parts: list[Markup] = []
    at = 0
    for start, end, css in spans:
        start = max(start, at)  # noqa: PLW2901 - the part already marked is not marked twice
        if end <= start:
            continue
        parts.append(escape(report.text[at:start]))
        parts.append(Markup('<mark class="{}">{}</mark>').format(css, report.text[start:end]))
        at = end
    return Markup("").join([*parts, escape(report.text[at:])])
