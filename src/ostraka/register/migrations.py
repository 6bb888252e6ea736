"""Bringing a register of an earlier version to this one: a copy first, then all steps in one transaction.

The file of names has a version of its own: it holds no fact, so it is made anew without a copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, delete, inspect, select, text

from ostraka.errors import RegisterError
from ostraka.register import audit, index
from ostraka.register.keys import KEYS
from ostraka.register.tables import FILE, SCHEMA, log, mention, meta, metadata, report

_FILED = "keys"  # of the meta table: the version of the keys under which names are filed


def _to_2(connection: Connection) -> None:
    """Indexes for erasures and for versions of a page; since 2 there are seals and erasures, which 1 cannot read."""
    for table in (log, report):
        for made in sorted(table.indexes, key=lambda made: str(made.name)):
            made.create(connection, checkfirst=True)


def _to_3(connection: Connection) -> None:
    """The file of names, posts and pages, so that a report meets its like without reading all others."""
    metadata.create_all(connection, tables=FILE)


def _to_4(connection: Connection) -> None:
    """Indexes that hold all that a freeze asks of mentions, in the place of two that did not."""
    for name in ("ix_mention_report", "ix_mention_country"):
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    for made in sorted(mention.indexes, key=lambda made: str(made.name)):
        made.create(connection, checkfirst=True)


STEPS: Mapping[int, Callable[[Connection], None]] = {1: _to_2, 2: _to_3, 3: _to_4}
"""For each version that was ever written, what brings it to the next."""


def version_of(connection: Connection) -> int:
    """The version of a register; 0 where what it says is no version."""
    return _number(connection, "schema")


def is_filed(connection: Connection) -> bool:
    """Whether the file of names was made with the keys of this version."""
    return _number(connection, _FILED) == KEYS


def write_versions(connection: Connection) -> None:
    """Say that tables and file are of this version."""
    connection.execute(delete(meta).where(meta.c.key.in_(("schema", _FILED))))
    rows = [{"key": "schema", "value": str(SCHEMA)}, {"key": _FILED, "value": str(KEYS)}]
    connection.execute(meta.insert(), rows)


def _number(connection: Connection, key: str) -> int:
    value = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return int(value) if value and value.isdecimal() else 0


def file_anew(connection: Connection) -> None:
    """Make the file of names with the keys of this version, within a transaction."""
    index.file_all(connection)
    write_versions(connection)


def migrate(connection: Connection, at: str) -> str:
    """Bring a register to this version, within a transaction; where the copy of the old one is.

    Raises
    ------
    RegisterError
        If no copy can be kept; then nothing was changed.
    """
    version = version_of(connection)
    if version == SCHEMA:
        if not is_filed(connection):
            file_anew(connection)
        return ""
    kept = _copy_file(connection, version) if connection.dialect.name == "sqlite" else _copy_tables(connection, version)
    for number in range(version, SCHEMA):
        STEPS[number](connection)
    file_anew(connection)
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
