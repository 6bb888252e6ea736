"""Adding rows: whole or not at all, and nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.model import Judgement, Statement
from ostraka.read.reading import Reading
from ostraka.register import audit, fetch, index, tables
from ostraka.register.filing import entries_of_reading
from ostraka.register.judgements import decide
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
    counts = Counter(reading.report.id for reading in readings)
    known = {*existing(connection, tables.report.c.id, list(counts)), *(item for item, n in counts.items() if n > 1)}
    added = {
        tables.report: [report_row(reading.report) for reading in readings],
        tables.statement: [statement_row(statement) for reading in readings for statement in reading.statements],
        tables.mention: [row for reading in readings for row in _mentions(reading)],
    }
    body = {"reports": {reading.report.id: reading.report.sha256 for reading in readings}}
    new = _write(connection, "reading", body, added, at)
    touched = {row["report"] for table in (tables.statement, tables.mention) for row in new[table]}
    touched |= {row["id"] for row in new[tables.report]}
    fresh = (reading for reading in readings if reading.report.id in touched - known)
    index.add(connection, (entry for reading in fresh for entry in entries_of_reading(reading)))
    index.file_again(connection, touched & known)
    return len(new[tables.statement])


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
    new = _write(connection, "record", {"record": case.digest, "regime": case.regime}, added, at)
    if new[tables.record]:
        index.file_again(connection, records=[case.digest])
    return len(new[tables.fact])


def add_judgement(connection: Connection, judgement: Judgement, saw: str, at: str) -> bool:
    """A judgement; whether it was new."""
    before = fetch.judgements(connection)
    added = {tables.judgement: [judgement_row(judgement, saw)]}
    new = _write(connection, "judgement", {"by": judgement.by}, added, at)[tables.judgement]
    changed = decide(before).rejected_ids ^ decide((*before, judgement)).rejected_ids
    index.file_again(connection, {said.span.report for said in fetch.statements(connection, sorted(changed))})
    return bool(new)


def add_correction(connection: Connection, statement: Statement, at: str) -> bool:
    """A statement beside those of its report; whether it was new."""
    added = {tables.statement: [statement_row(statement)]}
    new = _write(connection, fetch.CORRECTION, {"report": statement.span.report}, added, at)[tables.statement]
    index.file_again(connection, {row["report"] for row in new})
    return bool(new)


def _write(
    connection: Connection, kind: str, body: dict[str, Any], added: Mapping[Table, list[dict[str, Any]]], at: str
) -> dict[Table, list[dict[str, Any]]]:
    """Add the rows that are not there yet under one entry of the log, which lists them; those that were new."""
    new = {table: missing(connection, key_of(table), rows) for table, rows in added.items()}
    if any(new.values()):
        listed = {table.name: audit.listing(table, rows) for table, rows in new.items() if rows}
        entry = audit.append(connection, kind, {**body, "rows": listed}, at)
        for table, rows in new.items():
            if rows:
                connection.execute(table.insert(), [{**row, "entry": entry} for row in rows])
    return new


def missing(connection: Connection, key: Column[Any], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows whose key the table does not have, each once."""
    unique = {row[key.name]: row for row in rows}
    for found in existing(connection, key, list(unique)):
        del unique[found]
    return list(unique.values())


def existing(connection: Connection, column: Column[Any], values: Sequence[Any]) -> set[Any]:
    """Those of some values that a column has."""
    return {
        found
        for batch in _batches(values)
        for found in connection.execute(select(column).where(column.in_(batch))).scalars()
    }


def _batches(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
