"""Spine values as rows and back: what is stored is exactly what an id was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import (
    Body,
    Claim,
    Confidence,
    Event,
    EventKind,
    Judgement,
    Measure,
    Operator,
    Person,
    Report,
    Source,
    Span,
    Statement,
    Status,
    Tie,
    TieKind,
    Verdict,
    plain,
)
from ostraka.provenance import canonical_json, content_hash, content_id

TYPES: Mapping[str, type] = {
    "sources": Source,
    "people": Person,
    "bodies": Body,
    "ties": Tie,
    "events": Event,
    "measures": Measure,
}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NUMBERS = ("low", "high", "operator", "unit", "period", "per", "of")
_STATUS: Mapping[str, Status] = {str(status): status for status in Status}
_KINDS: Mapping[type, Any] = {Tie: TieKind, Event: EventKind}


def day(value: date | None) -> str | None:
    """A day as it is stored."""
    return value.isoformat() if value else None


def to_day(text: str | None) -> date | None:
    """Inverse of :func:`day`."""
    return date.fromisoformat(text) if text else None


def check_text(where: str, values: Iterable[Any]) -> None:
    """Refuse characters that no database stores.

    Raises
    ------
    InputError
        For a NUL or half of a surrogate pair.
    """
    for value in values:
        if isinstance(value, str) and (found := _UNSTORABLE.search(value)):
            raise InputError(
                f"{where}: character U+{ord(found[0]):04X} at position {found.start()} is no text; remove it and read again"
            )


def report_row(report: Report) -> dict[str, Any]:
    """A report as a row of its table; where it lay on somebody's disk is no part of its hash."""
    row = {
        **{
            name: getattr(report, name)
            for name in ("id", "text", "title", "publisher", "url", "lang", "path", "sha256")
        },
        "published": day(report.published),
        "retrieved": day(report.retrieved),
        "text_sha256": content_hash(report.text),
    }
    row["hash"] = content_hash({name: value for name, value in row.items() if name != "path"})
    check_text(f"report {report.path or report.url or report.id}", row.values())
    return row


def to_report(row: Mapping[str, Any]) -> Report:
    """Inverse of :func:`report_row`."""
    values = {name: row[name] for name in ("id", "text", "title", "publisher", "url", "lang", "path", "sha256")}
    return Report(published=to_day(row["published"]), retrieved=to_day(row["retrieved"]), **values)


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement as a row of its table; the quote is in the report."""
    row: dict[str, Any] = {
        "id": statement.id,
        "report": statement.span.report,
        "start": statement.span.start,
        "end": statement.span.end,
        "earliest": day(statement.when.earliest),
        "latest": day(statement.when.latest),
        "when_text": statement.when.text,
        "status": str(statement.status),
        "numbers": None,
        **{
            name: getattr(statement, name)
            for name in ("kind", "subject", "predicate", "object", "attributed_to", "coder", "codebook")
        },
    }
    if isinstance(statement, Claim):
        row["numbers"] = canonical_json({name: plain(getattr(statement, name)) for name in _NUMBERS})
    check_text(f"statement {statement.id}", row.values())
    return row


STATEMENT = (
    *("id", "report", "start", "end", "kind", "subject", "predicate", "object", "earliest", "latest", "when_text"),
    *("status", "attributed_to", "coder", "codebook", "numbers"),
)
"""Columns of a statement in the order in which :func:`statement_of` takes them."""


def to_statement(row: Mapping[str, Any], text: str) -> Statement:
    """Inverse of :func:`statement_row`, given the text of the report."""
    return statement_of(tuple(row[name] for name in STATEMENT), text)


def statement_of(row: Sequence[Any], text: str) -> Statement:
    """As :func:`to_statement`, of the bare values: ten thousands of them are read for one case."""
    (
        made,
        report,
        start,
        end,
        kind,
        subject,
        predicate,
        object_,
        low,
        high,
        words,
        status,
        by,
        coder,
        codebook,
        numbers,
    ) = row
    span, when = Span(report, start, end, text[start:end]), _to_when(low, high, words)
    said = (span, kind, subject, predicate, object_, when, _STATUS[status], by, coder, codebook, made)
    if numbers is None:
        return Statement(*said)
    values = json.loads(numbers)
    values |= {"operator": Operator(values["operator"]), "period": When.parse(values["period"])}
    return Claim(*said, **values)


@lru_cache(maxsize=65_536)
def _to_when(earliest: str | None, latest: str | None, text: str) -> When:
    return When(to_day(earliest), to_day(latest), text)


def content_of(statement: Statement) -> str:
    """The id that the content of a statement demands; as the statement itself makes it, ten times as fast."""
    span = statement.span
    content: dict[str, Any] = {
        "span": {"report": span.report, "start": span.start, "end": span.end, "quote": span.quote},
        "kind": statement.kind,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "when": statement.when.edtf(),
        "status": str(statement.status),
        "attributed_to": statement.attributed_to,
        "coder": statement.coder,
        "codebook": statement.codebook,
    }
    if isinstance(statement, Claim):
        content |= {name: plain(getattr(statement, name)) for name in _NUMBERS}
    return content_id("st", content)


def fact_rows(case: Case) -> list[dict[str, Any]]:
    """The rows of a case as facts, each under the hash of its content."""
    rows = []
    for kind in TYPES:
        for value in getattr(case, kind):
            cells = plain(value)
            body = canonical_json(cells)
            rows.append({"hash": content_hash([kind, body]), "kind": kind, "row_id": value.id, "body": body})
            words = (word for cell in cells.values() for word in (cell if isinstance(cell, list) else [cell]))
            check_text(f"{kind}, id {value.id}", words)
    return rows


def to_fact(kind: str, body: str) -> Any:
    """The spine value of a fact."""
    made = TYPES[kind]
    values = json.loads(body)
    return made(**{item.name: _value(made, item.name, values[item.name]) for item in fields(made)})


def _value(made: type, name: str, value: Any) -> Any:
    if name in {"published", "retrieved"}:
        return to_day(value)
    if name in {"start", "end", "when", "reported"}:
        return When.parse(value)
    if name == "status":
        return Status(value)
    if name == "confidence":
        return Confidence(value)
    if name == "kind" and made in _KINDS:
        return _KINDS[made](value)
    return tuple(value) if isinstance(value, list) else value


def record_row(case: Case) -> dict[str, Any]:
    """What stands at the head of a case."""
    row = {
        "id": case.digest,
        "regime": case.regime,
        "code": case.code,
        "start": case.start.isoformat(),
        "end": case.end.isoformat(),
        "as_of": case.as_of.isoformat(),
        "note": case.note,
    }
    check_text(f"record of {case.regime}", row.values())
    return row


def judgement_row(judgement: Judgement, saw: str) -> dict[str, Any]:
    """A judgement as a row of its table."""
    row = {
        "id": judgement.id,
        "verdict": str(judgement.verdict),
        "about": canonical_json(list(judgement.about)),
        "by": judgement.by,
        "at": judgement.at,
        "reason": judgement.reason,
        "saw": saw,
    }
    check_text(f"judgement {judgement.id}", row.values())
    return row


def to_judgement(row: Mapping[str, Any]) -> Judgement:
    """Inverse of :func:`judgement_row`."""
    return Judgement(
        about=tuple(json.loads(row["about"])),
        verdict=Verdict(row["verdict"]),
        by=row["by"],
        at=row["at"],
        reason=row["reason"],
        id=row["id"],
    )
