"""Bringing a register of an earlier version to this one: a copy first, then all steps in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text, update

from ostraka.errors import RegisterError
from ostraka.register import audit, index
from ostraka.register.tables import FILE, SCHEMA, log, meta, metadata, report


def _to_2(connection: Connection) -> None:
    """Indexes for erasures and for versions of a page; since 2 there are seals and erasures, which 1 cannot read."""
    for table in (log, report):
        for made in sorted(table.indexes, key=lambda made: str(made.name)):
            made.create(connection, checkfirst=True)


def _to_3(connection: Connection) -> None:
    """The file of names, posts and pages, so that a report meets its like without reading all others."""
    metadata.create_all(connection, tables=FILE)
    index.file_all(connection)


STEPS: Mapping[int, Callable[[Connection], None]] = {1: _to_2, 2: _to_3}
"""For each version that was ever written, what brings it to the next."""


def version_of(connection: Connection) -> int:
    """The version of a register; 0 where what it says is no version."""
    value = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    return int(value) if value and value.isdecimal() else 0


def migrate(connection: Connection, at: str) -> str:
    """Bring a register to this version, within a transaction; where the copy of the old one is.

    Raises
    ------
    RegisterError
        If no copy can be kept; then nothing was changed.
    """
    version = version_of(connection)
    if version == SCHEMA:
        return ""
    kept = _copy_file(connection, version) if connection.dialect.name == "sqlite" else _copy_tables(connection, version)
    for number in range(version, SCHEMA):
        STEPS[number](connection)
    connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA)))
    audit.append(connection, "migration", {"from": version, "to": SCHEMA}, at)
    return kept


def _copy_file(connection: Connection, version: int) -> str:
    """A copy of the file beside it, whole or not at all."""
    file = Path(str(connection.exec_driver_sql("PRAGMA database_list").all()[0][2]))
    names = (file.with_name(f"{file.name}.schema{version}{f'.{number}' if number else ''}") for number in count())
    place = next(name for name in names if not name.exists())
    half = place.with_name(f".{place.name}-half")
    try:
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(half)) as new:
            old.backup(new)
        half.replace(place)
    except (OSError, sqlite3.Error) as error:
        half.unlink(missing_ok=True)
        raise RegisterError(f"{file} cannot be copied to {place}: {error}; nothing was changed") from error
    return str(place)


def _copy_tables(connection: Connection, version: int) -> str:
    """A copy of all tables in a schema of its own."""
    place = f"ostraka_schema{version}"
    connection.execute(text(f"CREATE SCHEMA {place}"))
    for table in (table for table in metadata.sorted_tables if inspect(connection).has_table(table.name)):
        connection.execute(text(f"CREATE TABLE {place}.{table.name} AS TABLE {table.name}"))
    return place
