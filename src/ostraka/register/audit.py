"""The log: every change is an entry that holds the hash of the one before, so that nothing can be slipped in or out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from ostraka.errors import InputError, Level, Problem
from ostraka.model import Judgement
from ostraka.provenance import canonical_json, content_hash
from ostraka.register import tables
from ostraka.register.profiles import event_mention, person_mention
from ostraka.register.rows import content_of, to_judgement, to_statement
from ostraka.register.tables import key_of, log

GENESIS = "0" * 64
"""What the first entry holds as the hash of the one before."""

ERASURE = "erasure"
"""Kind of an entry that says which rows were written over."""

_MOST_DAMAGE = 20
_AT_ONCE = 5_000
_NOTHING: Mapping[str, Any] = {"keys": [], "sha256": ""}
_LISTED = tuple(table for table in tables.FACTS if table is not log)


def chain_hash(row: Mapping[str, Any]) -> str:
    """The hash of an entry of the log."""
    return content_hash([row[name] for name in ("prev", "entry", "at", "kind", "body")])


def listing(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What an entry says of the rows it brought: their keys, and the hash of all they hold."""
    key = key_of(table).name
    ordered = sorted(rows, key=lambda row: str(row[key]))
    return {"keys": [row[key] for row in ordered], "sha256": content_hash(ordered)}


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "entry"}


def row_hash(row: Mapping[str, Any]) -> str:
    """The hash of all that a row holds."""
    return content_hash(_content(row))


def row_hashes(connection: Connection, table: Table, entry: int) -> dict[str, str]:
    """The hash of each row that an entry brought, by key."""
    key = key_of(table).name
    return {row[key]: row_hash(row) for row in _rows_of(connection, table, entry)}


def _rows_of(connection: Connection, table: Table, entry: int) -> list[dict[str, Any]]:
    """What the rows of an entry hold."""
    query = select(*_columns(table)).where(table.c.entry == entry).order_by(key_of(table))
    return list(map(dict, connection.execute(query).mappings()))


def _columns(table: Table) -> list[Column[Any]]:
    """All that a row holds; the entry that brought it is no part of that."""
    return [column for column in table.c if column.name != "entry"]


def check_entry(connection: Connection, table: Table, entry: int) -> list[Problem]:
    """Whether the rows that an entry brought are as the log has them."""
    body = str(connection.execute(select(log.c.body).where(log.c.entry == entry)).scalar())
    later = _erased(connection).get((table.name, entry))
    rows = _rows_of(connection, table, entry)
    if later is not None:
        return list(_check_erased(table, rows, later))
    return list(_check_group(connection, table, rows, _said(body).get(table.name, _NOTHING)))


def erased(connection: Connection) -> Mapping[str, frozenset[str]]:
    """For each table the keys of rows that were written over."""
    found: dict[str, set[str]] = defaultdict(set)
    for body in _erasures(connection):
        for name, rows in body["erased"].items():
            found[name].update(rows)
    return {name: frozenset(keys) for name, keys in found.items()}


def _erasures(connection: Connection) -> Iterator[dict[str, Any]]:
    bodies = connection.execute(select(log.c.body).where(log.c.kind == ERASURE).order_by(log.c.entry)).scalars()
    for body in bodies:
        with suppress(ValueError):  # one that was changed is found by its hash
            yield {"erased": {}, "after": {}, **json.loads(body)}


def _erased(connection: Connection) -> dict[tuple[str, int], Mapping[str, str]]:
    """For entries of which rows were written over, the hash that each of its rows has since."""
    return {
        (name, int(entry)): rows
        for body in _erasures(connection)
        for name, entries in body["after"].items()
        for entry, rows in entries.items()
    }


def append(connection: Connection, kind: str, body: Mapping[str, Any], at: str) -> int:
    """Add an entry to the log; its number."""
    entry, prev = last(connection)
    row = {"entry": entry + 1, "prev": prev, "at": at, "kind": kind, "body": canonical_json(body)}
    connection.execute(log.insert(), [{**row, "hash": chain_hash(row)}])
    return entry + 1


def last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry: kept elsewhere, they show a log whose end was cut off."""
    found = connection.execute(select(log.c.entry, log.c.hash).order_by(log.c.entry.desc()).limit(1)).first()
    return (int(found.entry), str(found.hash)) if found else (0, GENESIS)


def entries(connection: Connection) -> Iterator[dict[str, Any]]:
    """The log from its beginning."""
    for row in connection.execute(select(log).order_by(log.c.entry)).mappings():
        yield dict(row)


def verify(connection: Connection, head: str = "") -> tuple[Problem, ...]:
    """What has been changed, deleted, added, reordered or cut off behind the back of the register.

    Parameters
    ----------
    connection : Connection
    head : str
        ``NUMBER:HASH`` of an entry, as :meth:`Register.head` once gave it; empty if none was kept.
    """
    problems: list[Problem] = list(_damaged(connection))
    listed: dict[str, dict[int, Mapping[str, Any]]] = {table.name: {} for table in _LISTED}
    prev, number, seen = GENESIS, 0, {f"0:{GENESIS}"}
    for row in entries(connection):
        number += 1
        problems.extend(_check_entry(row, number, prev))
        number, prev = row["entry"], row["hash"]
        seen.add(f"{number}:{prev}")
        for name, said in _said(row["body"]).items():
            listed.setdefault(name, {})[row["entry"]] = said
    if head and head not in seen:
        message = f"does not hold entry {head.partition(':')[0]} as it once was: its end was cut off or written anew"
        problems.append(Problem("log", f"{message}; restore a backup", Level.ERROR))
    later = _erased(connection)
    for table in _LISTED:
        problems.extend(_check_table(connection, table, listed[table.name], later))
    return tuple(problems)


def _damaged(connection: Connection) -> Iterator[Problem]:
    """What is wrong with the pages of a file: an index that no row is read by hides rows from questions."""
    if connection.dialect.name == "sqlite":
        for (found,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_DAMAGE})"):
            if found != "ok":
                yield Problem("file", f"is damaged ({' '.join(found.split())}); restore a backup", Level.ERROR)


def _said(body: str) -> Mapping[str, Mapping[str, Any]]:
    """What an entry lists; nothing if it was changed into what is no listing."""
    try:
        rows = json.loads(body)["rows"]
        return {name: said for name, said in rows.items() if {"keys", "sha256"} <= said.keys()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _check_entry(row: Mapping[str, Any], number: int, prev: str) -> Iterator[Problem]:
    where = f"log, entry {row['entry']}"
    if row["entry"] != number:
        yield Problem(where, f"follows entry {number - 1}: entries between them were deleted", Level.ERROR)
    if row["hash"] != chain_hash(row):
        yield Problem(where, "was changed: it does not have the hash it says", Level.ERROR)
    if row["prev"] != prev:
        yield Problem(where, "does not follow the entry before it: one was changed, deleted or moved", Level.ERROR)


def _check_table(
    connection: Connection,
    table: Table,
    listed: Mapping[int, Mapping[str, Any]],
    later: Mapping[tuple[str, int], Mapping[str, str]],
) -> Iterator[Problem]:
    """Compare the rows of a table with what the log says of them."""
    settled = {entry for name, entry in later if name == table.name}
    whole, others = _unlike(connection, table, {entry: said for entry, said in listed.items() if entry not in settled})
    for entry, rows in sorted(others.items()):
        if entry in settled:
            yield from _check_erased(table, rows, later[table.name, entry])
        else:
            yield from _check_group(connection, table, rows, listed.get(entry, _NOTHING))
    for entry in sorted(listed.keys() - others.keys() - whole):
        yield from (Problem(f"{table.name} {item}", "was deleted", Level.ERROR) for item in listed[entry]["keys"])


def _unlike(
    connection: Connection, table: Table, listed: Mapping[int, Mapping[str, Any]]
) -> tuple[set[int], dict[int, list[dict[str, Any]]]]:
    """Entries whose rows are as the log lists them, and the rows of all others.

    The rows of an entry lie together: they are compared and forgotten as soon as all have come, so that a million
    are neither sorted nor held at once.
    """
    names = [column.name for column in _columns(table)]
    whole: set[int] = set()
    others: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for part in connection.execute(select(*_columns(table), table.c.entry)).partitions(_AT_ONCE):
        for row in part:
            entry = int(row[-1] or 0)
            group = others[entry]
            group.append(dict(zip(names, row, strict=False)))
            if entry in listed and len(group) == len(listed[entry]["keys"]) and listing(table, group) == listed[entry]:
                whole.add(entry)
                del others[entry]
    for entry in whole & others.keys():  # more came after all that are listed
        whole.remove(entry)
        others[entry] = _rows_of(connection, table, entry)
    return whole, others


def _check_erased(table: Table, rows: list[dict[str, Any]], said: Mapping[str, str]) -> Iterator[Problem]:
    """Compare the rows of an entry with the hashes that they had after an erasure."""
    key = key_of(table).name
    own = {row[key]: row_hash(row) for row in rows}
    for item in sorted(said.keys() | own.keys()):
        if item not in own:
            yield Problem(f"{table.name} {item}", "was deleted, or its id changed", Level.ERROR)
        elif item not in said:
            yield Problem(f"{table.name} {item}", "was added or moved without an entry in the log", Level.ERROR)
        elif own[item] != said[item]:
            yield Problem(f"{table.name} {item}", "was changed after words of its entry were erased", Level.ERROR)


def _check_group(
    connection: Connection, table: Table, rows: list[dict[str, Any]], said: Mapping[str, Any]
) -> Iterator[Problem]:
    key = key_of(table).name
    keys = {row[key] for row in rows}
    for item in said["keys"]:
        if item not in keys:
            yield Problem(f"{table.name} {item}", "was deleted, or its id changed", Level.ERROR)
    for item in sorted(keys.difference(said["keys"])):
        yield Problem(f"{table.name} {item}", "was added or moved without an entry in the log", Level.ERROR)
    whole = keys == set(said["keys"]) and listing(table, rows)["sha256"] == said["sha256"]
    changed = [] if whole else [row[key] for row in rows if not _is_readable(connection, table, row)]
    for item in changed:
        yield Problem(f"{table.name} {item}", "was changed: it is not what its id says", Level.ERROR)
    if not (whole or changed) and keys == set(said["keys"]):
        message = "one of these rows was changed in a field that is no part of its id"
        yield Problem(f"{table.name} {', '.join(sorted(map(str, keys))[:3])}...", message, Level.ERROR)


def _is_readable(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Whether a row still says what its key says; one that cannot even be read does not."""
    try:
        return _keeps_its_word(connection, table, row)
    except (TypeError, ValueError, KeyError, InputError):
        return False


def _keeps_its_word(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Whether the content of a row still gives its key, where the key is a hash of it."""
    if table is tables.report:
        own = {name: value for name, value in row.items() if name not in {"hash", "path", "entry"}}
        return bool(row["hash"] == content_hash(own) and row["text_sha256"] == content_hash(row["text"]))
    if table is tables.statement:
        return _is_quoted(connection, row)
    if table is tables.fact:
        return bool(row["hash"] == content_hash([row["kind"], row["body"]]))
    if table is tables.mention:
        made = person_mention if row["kind"] == "person" else event_mention
        return bool(row["id"] == made(row["report"], row["label"]))
    if table is tables.judgement:
        kept = to_judgement(dict(row))
        return kept.id == Judgement(kept.about, kept.verdict, kept.by, kept.at, kept.reason).id
    return True


def _is_quoted(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Whether a statement and the words of its report still give its id."""
    texts = connection.execute(select(tables.report.c.text).where(tables.report.c.id == row["report"])).scalars()
    return any(content_of(to_statement(row, text)) == row["id"] for text in texts if len(text) >= row["end"])
