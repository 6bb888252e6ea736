"""Rows back as values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ostraka.case import Case
from ostraka.model import Judgement, Report, Statement
from ostraka.read.reading import Reading
from ostraka.register.places import regime_country
from ostraka.register.rows import STATEMENT, TYPES, statement_of, to_day, to_fact, to_judgement, to_report
from ostraka.register.tables import fact, holding, judgement, log, mention, record, report, statement

_BATCH = 500
_SAID = select(*(statement.c[name] for name in STATEMENT))


def judgements(connection: Connection) -> tuple[Judgement, ...]:
    """All judgements."""
    return tuple(
        to_judgement(dict(row)) for row in connection.execute(select(judgement).order_by(judgement.c.id)).mappings()
    )


def reports(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, Report]:
    """Reports by id; of several copies of one the earliest fetched."""
    rows = [row._mapping for row in _rows(connection, select(report), report.c.id, ids)]
    rows.sort(key=lambda row: (row["retrieved"] or "9999", row["hash"]), reverse=True)
    return {row["id"]: to_report(row) for row in rows}


def readings(
    connection: Connection, rejected: Iterable[str] = (), ids: Iterable[str] | None = None
) -> tuple[Reading, ...]:
    """What each report says: the statements of its latest reading and those that people made, less the rejected."""
    known = reports(connection, ids)
    left_out = set(rejected)
    said: dict[str, list[Statement]] = defaultdict(list)
    for row in _rows(connection, _SAID, statement.c.report, ids if ids is None else known):
        made, source = row[0], row[1]
        if source in known and made not in left_out:
            said[source].append(statement_of(row, known[source].text))
    return tuple(Reading.of(known[item], _latest(said.get(item, []))) for item in sorted(known))


def statements(connection: Connection, ids: Iterable[str]) -> tuple[Statement, ...]:
    """Statements by id, whatever was decided on them."""
    rows = list(_rows(connection, _SAID, statement.c.id, ids))
    known = reports(connection, sorted({row.report for row in rows}))
    return tuple(statement_of(row, known[row.report].text) for row in rows if row.report in known)


def _rows(connection: Connection, query: Any, key: Any, ids: Iterable[str] | None) -> Iterator[Any]:
    """Rows of all ids, or of some, in batches that any database takes."""
    if ids is None:
        yield from connection.execute(query)
        return
    wanted = list(ids)
    for start in range(0, len(wanted), _BATCH):
        yield from connection.execute(query.where(key.in_(wanted[start : start + _BATCH]))).all()


def speaking_of(connection: Connection, regime: str, judged: Iterable[str] = ()) -> list[str]:
    """Reports with an event of a regime or of none said, reports without events, and those that people changed.

    Parameters
    ----------
    connection : Connection
    regime : str
    judged : iterable of str
        Reports of which something was rejected: what they speak of may be another regime now, as in one corrected.
    """
    told = select(mention.c.report).where(mention.c.kind == "event")
    silent = ~told.where(mention.c.report == report.c.id).exists()
    some = connection.execute(told.where(mention.c.country.in_((regime_country(regime), ""))).distinct()).scalars()
    none = connection.execute(select(report.c.id).where(silent)).scalars()
    corrections = connection.execute(select(log.c.body).where(log.c.kind == CORRECTION)).scalars()
    return sorted({*some, *none, *judged, *(json.loads(body)["report"] for body in corrections)})


CORRECTION = "correction"
"""Kind of an entry of the log that brought a statement which a person made."""

HUMAN = "human"
"""Coder of statements that a person made; they stand beside every reading."""


def _latest(statements: list[Statement]) -> list[Statement]:
    """Statements of the newest codebook of each report, and those of people."""
    passes = {(s.codebook, s.coder) for s in statements if not s.coder.startswith(HUMAN)}
    if len(passes) < 2:
        return statements
    newest = max(passes, key=lambda item: (_natural(item[0]), item[1]))
    return [s for s in statements if s.coder.startswith(HUMAN) or (s.codebook, s.coder) == newest]


def _natural(version: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in version.replace("-", ".").split(".")]


def records(connection: Connection, regime: str) -> list[tuple[str, Case]]:
    """Records of a regime, the one compiled last first."""
    return [(row["id"], _case(connection, row)) for row in _heads(connection, regime)]


def record_ids(connection: Connection, regime: str) -> list[str]:
    """Records of a regime by id, the one compiled last first."""
    return [row["id"] for row in _heads(connection, regime)]


def record_of(connection: Connection, record_id: str) -> Case:
    """One record."""
    return _case(connection, connection.execute(select(record).where(record.c.id == record_id)).mappings().one())


def _heads(connection: Connection, regime: str) -> list[Any]:
    country = regime_country(regime)
    heads = [row for row in connection.execute(select(record)).mappings() if _is_of(row, country)]
    return sorted(heads, key=lambda row: (row["as_of"], row["id"]), reverse=True)


def _is_of(row: Any, country: str) -> bool:
    return regime_country(row["regime"]) == country or (row["code"] and row["code"].casefold() == country)


def _case(connection: Connection, head: Any) -> Case:
    tables: dict[str, list[Any]] = {kind: [] for kind in TYPES}
    query = (
        select(fact.c.kind, fact.c.body)
        .join(holding, holding.c.fact == fact.c.hash)
        .where(holding.c.record == head["id"])
    )
    for kind, body in connection.execute(query):
        tables[kind].append(to_fact(kind, body))
    start, end, as_of = (to_day(head[name]) or date.min for name in ("start", "end", "as_of"))
    return Case.make(head["regime"], start=start, end=end, as_of=as_of, code=head["code"], note=head["note"], **tables)


def regimes_told(connection: Connection) -> tuple[str, ...]:
    """Regimes that reports speak of, as they call them."""
    told = select(statement.c.object).where(statement.c.predicate == "origin_regime").distinct()
    return tuple(sorted(connection.execute(told).scalars()))


def regimes(connection: Connection) -> tuple[str, ...]:
    """Regimes that a record is held of."""
    return tuple(sorted(set(connection.execute(select(record.c.regime)).scalars())))
