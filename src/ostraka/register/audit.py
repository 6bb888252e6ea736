"""The log: every change is an entry that holds the hash of the one before, so that nothing can be slipped in or out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from ostraka.provenance import canonical_json, content_hash
from ostraka.register.tables import log

GENESIS = "0" * 64
"""What the first entry holds as the hash of the one before."""


def chain_hash(prev: str, entry: int, at: str, kind: str, body: str) -> str:
    """The hash of an entry of the log."""
    return content_hash([prev, entry, at, kind, body])


def append(connection: Connection, kind: str, body: dict[str, Any], at: str) -> int:
    """Add an entry to the log; its number."""
    last = connection.execute(select(log.c.entry, log.c.hash).order_by(log.c.entry.desc()).limit(1)).first()
    entry, prev = (last.entry + 1, last.hash) if last else (1, GENESIS)
    text = canonical_json(body)
    row = {"entry": entry, "prev": prev, "at": at, "kind": kind, "body": text}
    connection.execute(log.insert(), [{**row, "hash": chain_hash(prev, entry, at, kind, text)}])
    return int(entry)


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry: keep it elsewhere, and a cut-off end is found."""
    last = connection.execute(select(log.c.entry, log.c.hash).order_by(log.c.entry.desc()).limit(1)).first()
    return (int(last.entry), str(last.hash)) if last else (0, GENESIS)


def entries(connection: Connection) -> Iterator[dict[str, Any]]:
    """The log from its beginning."""
    for row in connection.execute(select(log).order_by(log.c.entry)).mappings():
        yield {**row, "body": json.loads(row["body"])}


def count(connection: Connection) -> int:
    """How many entries there are."""
    return int(connection.execute(select(func.count()).select_from(log)).scalar_one())
