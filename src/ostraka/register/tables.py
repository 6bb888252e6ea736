"""The tables of the register. Rows are added and never changed: triggers refuse every update and delete.

A report, its statements, the rows of a record and judgements are facts; what they add up to is computed.
Every row names the entry of the log that brought it. The file of names is made from them and may be made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

SCHEMA = 4
"""Version of the tables; a register of another version is refused or migrated, never guessed at."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

log = Table(
    "log",
    metadata,
    Column("entry", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("kind", String(20), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

_ENTRY = "log.entry"

report = Table(
    "report",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(40), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("url", Text, nullable=False, index=True),
    Column("published", String(10)),
    Column("retrieved", String(10)),
    Column("lang", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("text_sha256", String(64), nullable=False, index=True),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("report", String(40), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("predicate", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("earliest", String(10)),
    Column("latest", String(10)),
    Column("when_text", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("attributed_to", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("codebook", Text, nullable=False),
    Column("numbers", Text),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
)

mention = Table(
    "mention",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("report", String(40), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("label", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
    Index("ix_mention_report_kind", "report", "kind"),
    Index("ix_mention_kind_country_report", "kind", "country", "report"),
)

record = Table(
    "record",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("regime", Text, nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("start", String(10), nullable=False),
    Column("end", String(10), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("row_id", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
)

holding = Table(
    "holding",
    metadata,
    Column("id", String(140), primary_key=True),
    Column("record", ForeignKey("record.id"), nullable=False, index=True),
    Column("fact", ForeignKey("fact.hash"), nullable=False),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
)

judgement = Table(
    "judgement",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("verdict", String(20), nullable=False),
    Column("about", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("saw", Text, nullable=False),
    Column("entry", ForeignKey(_ENTRY), nullable=False),
)


filed = Table(
    "filed",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, index=True),
    Column("origin", String(64), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("names", Text, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("body", Text, nullable=False),
)

filed_under = Table(
    "filed_under",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

FILE = (filed, filed_under)
"""The file of names, posts and pages: made from the rows, and no fact."""


def key_of(table: Table) -> Column[Any]:
    """The column that tells the rows of a table apart."""
    return next(iter(table.primary_key.columns))


FACTS = (log, report, statement, mention, record, fact, holding, judgement)
"""Tables whose rows may never change."""

_CHANGES = ("UPDATE", "DELETE")
_SQLITE = """
CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION ostraka_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ostraka_append_only()
"""


def create_all(connection: Connection) -> None:
    """Make all tables and the triggers that keep their rows as they are."""
    metadata.create_all(connection)
    if connection.dialect.name != "sqlite":
        connection.execute(text(_POSTGRES_FUNCTION))
    for table in FACTS:
        _guard(connection, table)


def _guard(connection: Connection, table: Table) -> None:
    if connection.dialect.name == "sqlite":
        for what in _CHANGES:
            connection.execute(text(_SQLITE.format(table=table.name, what=what)))
    else:
        connection.execute(text(_POSTGRES.format(table=table.name)))


@contextmanager
def writing_over(connection: Connection, table: Table) -> Iterator[None]:
    """Lift the guard of a table within a transaction: for an erasure, and for nothing else."""
    if connection.dialect.name == "sqlite":
        for what in _CHANGES:
            connection.execute(text(f"DROP TRIGGER {table.name}_no_{what}"))
    else:
        connection.execute(text(f"DROP TRIGGER {table.name}_no_change ON {table.name}"))
    yield
    _guard(connection, table)
