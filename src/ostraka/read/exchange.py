"""A reading as JSON, in the shape that ``ostraka read --json`` prints and ``docs/reading.schema.json`` fixes."""

from __future__ import annotations

from datetime import date
from typing import Any

from ostraka.dates import When
from ostraka.model import Claim, Report, Span, Statement, plain
from ostraka.read.reading import ReadEvent, Reading, ReadPerson, ReadTie


def reading_json(reading: Reading) -> dict[str, Any]:
    """One reading as plain JSON values.

    Parameters
    ----------
    reading : Reading
        What one report says.

    Returns
    -------
    dict
        ``report``, ``persons``, ``events``, ``ties``, ``claims``, ``statements``; every quote with its offsets
        into the text of the report. Unknown words are empty strings, unknown numbers and dates null.

    Examples
    --------
    >>> report = Report("A colonel has left.")
    >>> sorted(reading_json(Reading.of(report, [])))
    ['claims', 'events', 'persons', 'report', 'statements', 'ties']
    """
    return {
        "report": _report(reading.report),
        "persons": [_person(person) for person in reading.persons],
        "events": [_event(event) for event in reading.events],
        "ties": [_tie(tie) for tie in reading.ties],
        "claims": [_claim(claim) for claim in reading.claims],
        "statements": [_statement(statement) for statement in reading.statements],
    }


def _report(report: Report) -> dict[str, Any]:
    names = ("id", "path", "title", "publisher", "url", "lang", "sha256")
    return {
        **{name: getattr(report, name) for name in names},
        "published": _day(report.published),
        "retrieved": _day(report.retrieved),
        "n_characters": len(report.text),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _dates(when: When) -> dict[str, Any]:
    return {"date_earliest": _day(when.earliest), "date_latest": _day(when.latest), "date_text": when.text}


def _place(span: Span) -> dict[str, Any]:
    return {"quote": span.quote, "start": span.start, "end": span.end}


def _person(person: ReadPerson) -> dict[str, Any]:
    return {
        "label": person.label,
        "name": person.name,
        "aliases": list(person.aliases),
        "native_name": person.native_name,
        "titles": list(person.titles),
        "roles": list(person.roles),
        "organisations": list(person.organisations),
        "spans": [_place(span) for span in person.spans],
    }


def _event(event: ReadEvent) -> dict[str, Any]:
    names = (
        *("role", "organisation", "post_place", "origin_regime", "destination", "family_with", "kin_left"),
        "number",
    )
    return {
        "label": event.label,
        "type": str(event.kind),
        "person": event.person,
        "named": event.named,
        **{name: getattr(event, name) for name in names},
        "motives": list(event.motives),
        **_dates(event.when),
        "status": str(event.status),
        "attributed_to": event.statement.attributed_to,
        **_place(event.statement.span),
        "fields": {name: _place(span) for name, span in event.fields.items()},
    }


def _tie(tie: ReadTie) -> dict[str, Any]:
    return {
        "ego": tie.ego,
        "relation": tie.relation,
        "alter": tie.alter,
        "status": str(tie.statement.status),
        **_place(tie.statement.span),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "low": claim.low,
        "high": claim.high,
        "operator": str(claim.operator),
        "unit": claim.unit,
        "per": claim.per,
        "of": claim.of,
        "period_earliest": _day(claim.period.earliest),
        "period_latest": _day(claim.period.latest),
        "period_text": claim.period.text,
        "status": str(claim.status),
        "attributed_to": claim.attributed_to,
        **_place(claim.span),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    names = ("id", "kind", "subject", "predicate", "object", "attributed_to", "coder", "codebook")
    return {
        **{name: plain(getattr(statement, name)) for name in names},
        "status": str(statement.status),
        **_dates(statement.when),
        **_place(statement.span),
    }
