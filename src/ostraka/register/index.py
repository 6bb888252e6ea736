"""The file of names, posts and pages in the database: kept by the writes that add rows, and at any time made anew.

It holds nothing that the rows do not give, so its tables have no guard and the log does not speak of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import attrgetter, xor
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from ostraka.errors import Level, Problem
from ostraka.register import fetch
from ostraka.register.filing import Entry, entries_of_reading, entries_of_record
from ostraka.register.judgements import decide
from ostraka.register.tables import filed, filed_under, record, report

_AT_ONCE = 500
_MANY = 10_000
_CONTENT = ("id", "origin", "kind", "names", "low", "high", "body")
_content_of = attrgetter(*_CONTENT)


def add(connection: Connection, entries: Iterable[Entry]) -> None:
    """File what is not filed yet."""
    number = connection.execute(select(func.max(filed.c.number))).scalar() or 0
    waiting = iter(entries)
    while batch := list(islice(waiting, _AT_ONCE)):
        numbered = list(enumerate(batch, number + 1))
        number += len(batch)
        rows = [{name: getattr(entry, name) for name in _CONTENT} | {"number": place} for place, entry in numbered]
        connection.execute(insert(filed), rows)
        under = [{"key": key, "number": place} for place, entry in numbered for key in sorted(entry.keys)]
        if under:
            connection.execute(insert(filed_under), under)


def file_again(connection: Connection, reports: Collection[str] = (), records: Collection[str] = ()) -> None:
    """Put in order what is filed of some reports and records, as their rows now have it."""
    for origins in _batches(sorted({*reports, *records})):
        numbers = list(connection.execute(select(filed.c.number).where(filed.c.origin.in_(origins))).scalars())
        for some in _batches(numbers):
            connection.execute(delete(filed_under).where(filed_under.c.number.in_(some)))
        connection.execute(delete(filed).where(filed.c.origin.in_(origins)))
    add(connection, _made(connection, sorted(reports), sorted(records)))


def file_all(connection: Connection) -> None:
    """Make the whole file anew."""
    connection.execute(delete(filed_under))
    connection.execute(delete(filed))
    add(connection, _made(connection, _ids(connection, report), _ids(connection, record)))


def check(connection: Connection) -> Iterator[Problem]:
    """Where the file is not what the rows give."""
    sums = _sums(connection)
    content = select(*(filed.c[name] for name in _CONTENT), filed.c.number)
    reports, records = _ids(connection, report), _ids(connection, record)
    batches = [(some, (some, ())) for some in _batches(reports)] + [(some, ((), some)) for some in _batches(records)]
    for origins, of_each_sort in batches:
        made: dict[str, set[Any]] = defaultdict(set)
        held: dict[str, set[Any]] = defaultdict(set)
        for entry in _made(connection, *of_each_sort):
            made[entry.origin].add((*_content_of(entry), len(entry.keys), reduce(xor, entry.keys, 0)))
        for row in connection.execute(content.where(filed.c.origin.in_(origins))).all():
            held[row.origin].add((*row[:-1], *sums.pop(row.number, (0, 0))))
        for origin in origins:
            if made[origin] != held[origin]:
                yield _wrong(f"of {origin}")
    strangers = set(connection.execute(select(filed.c.origin).distinct()).scalars()).difference(reports, records)
    if sums or strangers:
        yield _wrong("of what is not in the register")


def _sums(connection: Connection) -> dict[int, tuple[int, int]]:
    """For each number filed how many keys it has, and their sum without carry."""
    counts: dict[int, int] = defaultdict(int)
    sums: dict[int, int] = defaultdict(int)
    for part in connection.execute(select(filed_under.c.key, filed_under.c.number)).partitions(_MANY):
        for key, number in part:
            counts[number] += 1
            sums[number] ^= key
    return {number: (count, sums[number]) for number, count in counts.items()}


def _wrong(what: str) -> Problem:
    message = "is not what the rows give; who-is-who would miss somebody: run `ostraka verify --refile`"
    return Problem(f"file of names {what}", message, Level.ERROR)


def _ids(connection: Connection, table: Any) -> list[str]:
    """Ids as they came: what came together lies together."""
    return list(dict.fromkeys(connection.execute(select(table.c.id).order_by(table.c.entry, table.c.id)).scalars()))


def _made(connection: Connection, reports: Sequence[str], records: Sequence[str]) -> Iterator[Entry]:
    """What is to be filed of some reports and records."""
    rejected = decide(fetch.judgements(connection)).rejected_ids if reports else ()
    for some in _batches(reports):
        for reading in fetch.readings(connection, rejected, some):
            yield from entries_of_reading(reading)
    for origin in records:
        yield from entries_of_record(origin, fetch.record_of(connection, origin))


def _batches(ids: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield list(ids[start : start + _AT_ONCE])
