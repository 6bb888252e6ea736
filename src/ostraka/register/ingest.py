"""Adding rows: whole or not at all, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.model import Judgement, Statement
from ostraka.read.reading import Reading
from ostraka.register import audit, tables
from ostraka.register.places import regime_country
from ostraka.register.profiles import event_mention, people_of, person_mention
from ostraka.register.rows import (
    content_of,
    fact_rows,
    judgement_row,
    record_row,
    report_row,
    statement_row,
)
from ostraka.register.tables import key_of

_BATCH = 500


def add_readings(connection: Connection, readings: Sequence[Reading], at: str) -> int:
    """Reports and their statements under one entry of the log; how many statements were new.

    A report of which words were erased is left as it is: what it said would come back with it.
    """
    gone = audit.erased(connection).get(tables.report.name, frozenset())
    readings = [reading for reading in readings if not gone or report_row(reading.report)["hash"] not in gone]
    for reading in readings:
        check_reading(reading)
    added = {
        tables.report: [report_row(reading.report) for reading in readings],
        tables.statement: [statement_row(statement) for reading in readings for statement in reading.statements],
        tables.mention: [row for reading in readings for row in _mentions(reading)],
    }
    body = {"reports": {reading.report.id: reading.report.sha256 for reading in readings}}
    return _write(connection, "reading", body, added, at)[tables.statement]


def _mentions(reading: Reading) -> Iterable[dict[str, Any]]:
    """Persons and events of a report under the ids that judgements name; `country` is that of an event's regime."""
    report = reading.report.id
    for person in people_of(reading):
        mention = person_mention(report, person.label)
        yield {"id": mention, "report": report, "kind": "person", "label": person.label, "country": ""}
    for event in reading.events:
        country = regime_country(event.origin_regime) if event.origin_regime else ""
        mention = event_mention(report, event.label)
        yield {"id": mention, "report": report, "kind": "event", "label": event.label, "country": country}


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
    facts = fact_rows(case)
    added = {
        tables.record: [record_row(case)],
        tables.fact: facts,
        tables.holding: [
            {"id": f"{case.digest}:{row['hash']}", "record": case.digest, "fact": row["hash"]} for row in facts
        ],
    }
    return _write(connection, "record", {"record": case.digest, "regime": case.regime}, added, at)[tables.fact]


def add_judgement(connection: Connection, judgement: Judgement, saw: str, at: str) -> bool:
    """A judgement; whether it was new."""
    added = {tables.judgement: [judgement_row(judgement, saw)]}
    return bool(_write(connection, "judgement", {"by": judgement.by}, added, at)[tables.judgement])


def add_correction(connection: Connection, statement: Statement, at: str) -> bool:
    """A statement beside those of its report; whether it was new."""
    added = {tables.statement: [statement_row(statement)]}
    return bool(_write(connection, "correction", {"report": statement.span.report}, added, at)[tables.statement])


def _write(
    connection: Connection, kind: str, body: dict[str, Any], added: Mapping[Table, list[dict[str, Any]]], at: str
) -> dict[Table, int]:
    """Add the rows that are not there yet under one entry of the log, which lists them; how many were new."""
    new = {table: missing(connection, table, key_of(table), rows) for table, rows in added.items()}
    if any(new.values()):
        listed = {table.name: audit.listing(table, rows) for table, rows in new.items() if rows}
        entry = audit.append(connection, kind, {**body, "rows": listed}, at)
        for table, rows in new.items():
            if rows:
                connection.execute(table.insert(), [{**row, "entry": entry} for row in rows])
    return {table: len(rows) for table, rows in new.items()}


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


def _batches(keys: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
