"""The database under the register: opening it, one writer at a time, and its errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from ostraka.errors import InputError, MissingExtra, RegisterError
from ostraka.register import migrations
from ostraka.register.tables import FACTS, FILE, SCHEMA, create_all, meta

_LOCK = 0x05712A4A  # an arbitrary number that every writer of a register on PostgreSQL asks for
_PATIENCE_S = 10.0
_WRITES = "ostraka_writes"
_CAUSES = (
    ("not a database", "is not a register: the file is damaged or of another kind; restore a backup"),
    ("malformed", "is damaged; restore a backup, or copy what can still be read with `sqlite3 FILE .recover`"),
    ("locked", "is locked by another writer; nothing was written; try again when it has finished"),
    ("lock timeout", "is locked by another writer; nothing was written; try again when it has finished"),
    ("readonly", "is read-only; nothing was written; change its permissions or choose another file"),
    ("read-only", "is read-only; nothing was written; connect to a server that accepts writes"),
    ("permission denied", "may not be used by this user; nothing was written; ask for the right to"),
    ("disk is full", "could not be written because the disk is full; nothing was written; free some space"),
    ("no space left", "could not be written because the disk is full; nothing was written; free some space"),
    ("disk i/o error", "could not be read or written by the disk; nothing was written; check the disk"),
    ("connection failed", "cannot be reached; check the address, and whether the server runs"),
    ("connection refused", "cannot be reached; check the address, and whether the server runs"),
    ("unable to open", "cannot be opened; check that the folder exists and may be written"),
    ("never changed or deleted", "refuses it: rows are never changed or deleted"),
)


def parse_url(address: str) -> URL:
    """The address of a register: a file name, ``sqlite:///FILE``, ``postgresql+psycopg://...`` or empty.

    Raises
    ------
    RegisterError
        If it is none of these.
    """
    if not address:
        return URL.create("sqlite")
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
    except ArgumentError:
        raise RegisterError(
            f"{address!r} is no address of a register; give a file or postgresql+psycopg://..."
        ) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise RegisterError(f"a register lives in SQLite or PostgreSQL, not in {url.get_backend_name()}")
    return url


class Database:
    """A connection to the tables; the only owner of an engine."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.name = url.database if url.get_backend_name() == "sqlite" and url.database else "the register"
        self.sqlite = url.get_backend_name() == "sqlite"
        self.engine = self._engine()

    def _engine(self) -> Engine:
        options: dict[str, Any] = {}
        if self.sqlite:
            options["connect_args"] = {"check_same_thread": False, "timeout": _PATIENCE_S}
            if not self.url.database:
                options["poolclass"] = StaticPool
        try:
            engine = create_engine(self.url, **options)
        except ModuleNotFoundError:
            raise MissingExtra("postgres", "a register on PostgreSQL") from None
        except (NoSuchModuleError, SQLAlchemyError) as error:
            raise RegisterError(f"{self.name} cannot be used: {error}") from None
        if self.sqlite:
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def exists(self) -> bool:
        """Whether there is anything at the address."""
        if self.sqlite:
            file = Path(str(self.url.database or ""))
            return file.is_file() and file.stat().st_size > 0
        with self.reading() as connection:
            return bool(inspect(connection).get_table_names())

    def create(self) -> None:
        """Make the tables, all of them or none."""
        with self.writing() as connection:
            if inspect(connection).has_table(meta.name):
                return
            create_all(connection)
            migrations.write_versions(connection)

    def make_ready(self, clock: Callable[[], str]) -> None:
        """Bring a register of an earlier version to this one, and refuse what is none or later.

        Parameters
        ----------
        clock : callable
            Gives the moment, for the log.
        """
        with self.reading() as connection:
            if not inspect(connection).has_table(meta.name):
                raise RegisterError(f"{self.name} is a database but no register; choose another, or an empty one")
            version, filed = migrations.version_of(connection), migrations.is_filed(connection)
        if version != SCHEMA and version not in migrations.STEPS:
            raise RegisterError(
                f"{self.name} is of version {version}, this ostraka reads version {SCHEMA}; install the release that wrote it"
            )
        if version == SCHEMA and filed:
            return
        try:
            with self.writing() as connection:
                migrations.migrate(connection, clock())
        except RegisterError as error:
            old = f"is of version {version} and must be brought to version {SCHEMA} first"
            other = "has its names filed by another version and must be filed anew first"
            raise RegisterError(f"{self.name} {other if version == SCHEMA else old}: {error}") from error

    def file_anew(self) -> None:
        """Make the file of names anew; it holds no fact, so the log does not speak of it."""
        with self.writing() as connection:
            migrations.file_anew(connection)

    def compact(self) -> None:
        """Write the rows anew without what was written over, so that no page keeps the old words."""
        try:
            if self.sqlite:
                with closing(self.engine.raw_connection()) as connection:
                    connection.cursor().execute("VACUUM")
                return
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in (*FACTS, *FILE):
                    connection.execute(text(f"VACUUM FULL {table.name}"))
        except (sqlite3.Error, SQLAlchemyError) as error:
            message = f"rows of {self.name} were written over, but its pages may still hold the old words ({error})"
            raise RegisterError(f"{message}; free some space and run VACUUM on it") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of all rows."""
        with self._plain_errors(), self._readable(), self.engine.connect() as connection:
            yield connection if self.sqlite else connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing. Writers take turns."""
        writes = {_WRITES: True}
        with self._plain_errors(), self.engine.execution_options(**writes).begin() as connection:
            if not self.sqlite:
                connection.execute(text(f"SET LOCAL lock_timeout = '{int(_PATIENCE_S * 1000)}ms'"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """A row that no value can be made of is damage, whatever it trips over."""
        try:
            yield
        except UnicodeEncodeError:
            raise  # of what was asked for, not of a row
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
            message = f"{self.name} holds a row that cannot be read ({error}): see `ostraka verify`; restore a backup"
            raise RegisterError(message) from error

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except UnicodeEncodeError as error:
            message = f"character U+{ord(error.object[error.start]):04X} at position {error.start} is no text"
            raise InputError(f"{message}; nothing was written; remove it") from error
        except IntegrityError as error:
            raise RegisterError(f"{self.name} refuses it: {_cause(error)}; nothing was written") from error
        except DBAPIError as error:
            words = str(error.orig).lower()
            plain = next((advice for cause, advice in _CAUSES if cause in words), f"failed: {_cause(error)}")
            raise RegisterError(f"{self.name} {plain}") from error


def is_there(address: str) -> bool:
    """Whether there is anything at an address."""
    database = Database(parse_url(address))
    try:
        return database.exists()
    finally:
        database.close()


def _cause(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Leave transactions to us; keep every commit through a crash."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
