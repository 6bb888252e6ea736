"""Adding rows: whole or not at all, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.model import Judgement, Statement
from ostraka.provenance import content_hash
from ostraka.read.reading import Reading
from ostraka.register import audit, tables
from ostraka.register.profiles import event_mention, people_of, person_mention
from ostraka.register.rows import (
    content_of,
    fact_rows,
    judgement_row,
    record_row,
    report_row,
    statement_row,
)

_BATCH = 500


def add_reading(connection: Connection, reading: Reading, at: str) -> int:
    """A report and its statements; how many statements were new."""
    check_reading(reading)
    reports = missing(connection, tables.report, tables.report.c.hash, [report_row(reading.report)])
    rows = missing(connection, tables.statement, tables.statement.c.id, [statement_row(s) for s in reading.statements])
    if not reports and not rows:
        return 0
    body = {
        "report": reading.report.id,
        "rows": {"report": [row["hash"] for row in reports], "statement": [row["id"] for row in rows]},
        "sha256": reading.report.sha256,
        "text_sha256": content_hash(reading.report.text),
    }
    entry = audit.append(connection, "reading", body, at)
    insert(connection, tables.report, reports, entry)
    insert(connection, tables.statement, rows, entry)
    mentions = missing(connection, tables.mention, tables.mention.c.id, list(_mentions(reading)))
    insert(connection, tables.mention, mentions, entry)
    return len(rows)


def _mentions(reading: Reading) -> Iterable[dict[str, Any]]:
    """Persons and events of a report under the ids that judgements name."""
    report = reading.report.id
    for person in people_of(reading):
        yield {"id": person_mention(report, person.label), "report": report, "kind": "person", "label": person.label}
    for event in reading.events:
        yield {"id": event_mention(report, event.label), "report": report, "kind": "event", "label": event.label}


def check_reading(reading: Reading) -> None:
    """Refuse statements that do not quote their report, or whose id is not the hash of what they say.

    Raises
    ------
    InputError
    """
    report = reading.report
    for statement in reading.statements:
        span = statement.span
        if span.report != report.id or report.text[span.start : span.end] != span.quote:
            raise InputError(f"statement {statement.id} does not quote report {report.id} at {span.start}:{span.end}")
        if content_of(statement) != statement.id:
            raise InputError(f"statement {statement.id} is not what its id says; leave the id empty when making one")


def add_case(connection: Connection, case: Case, at: str) -> int:
    """A record; how many of its rows were new."""
    heads = missing(connection, tables.record, tables.record.c.id, [record_row(case)])
    if not heads:
        return 0
    facts = fact_rows(case)
    new = missing(connection, tables.fact, tables.fact.c.hash, facts)
    body = {
        "record": case.digest,
        "regime": case.regime,
        "rows": {"record": [case.digest], "fact": [row["hash"] for row in new]},
        "holds": content_hash(sorted(row["hash"] for row in facts)),
    }
    entry = audit.append(connection, "record", body, at)
    insert(connection, tables.record, heads, entry)
    insert(connection, tables.fact, new, entry)
    insert(connection, tables.holding, [{"record": case.digest, "fact": row["hash"]} for row in facts], entry)
    return len(new)


def add_judgement(connection: Connection, judgement: Judgement, saw: str, at: str) -> bool:
    """A judgement; whether it was new."""
    rows = missing(connection, tables.judgement, tables.judgement.c.id, [judgement_row(judgement, saw)])
    if rows:
        entry = audit.append(connection, "judgement", {"rows": {"judgement": [judgement.id]}, "saw": saw}, at)
        insert(connection, tables.judgement, rows, entry)
    return bool(rows)


def add_correction(connection: Connection, statement: Statement, at: str) -> bool:
    """A statement beside those of its report; whether it was new."""
    rows = missing(connection, tables.statement, tables.statement.c.id, [statement_row(statement)])
    if rows:
        entry = audit.append(connection, "correction", {"rows": {"statement": [statement.id]}}, at)
        insert(connection, tables.statement, rows, entry)
    return bool(rows)


def missing(
    connection: Connection, table: Table, key: Column[Any], rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows whose key the table does not have, each once."""
    unique = {row[key.name]: row for row in rows}
    keys = list(unique)
    for batch in _batches(keys):
        for found in connection.execute(select(key).select_from(table).where(key.in_(batch))).scalars():
            del unique[found]
    return list(unique.values())


def insert(connection: Connection, table: Table, rows: list[dict[str, Any]], entry: int) -> None:
    """Add rows under an entry of the log."""
    if rows:
        connection.execute(table.insert(), [{**row, "entry": entry} for row in rows])


def _batches(keys: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
