"""A list of reports with what is known of each: a CSV file beside them."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from ostraka.errors import InputError, Level, Problem

COLUMNS = ("path", "published", "url", "title", "publisher", "lang", "retrieved")
_MAX_FIELD = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a report before it is read; empty where unknown."""

    published: date | None = None
    url: str = ""
    title: str = ""
    publisher: str = ""
    lang: str = ""
    retrieved: date | None = None

    def or_else(self, other: Known) -> Known:
        """The same with its gaps filled from another."""
        gaps = {item.name: getattr(other, item.name) for item in fields(self) if not getattr(self, item.name)}
        return replace(self, **gaps)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the file (None if the row cannot be used), what is known of it, and what is wrong with the row."""

    where: str
    path: Path | None
    known: Known
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest whose head has been checked; its rows are read as they are asked for."""

    file: Path

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Manifest:
        """Check that the file is there and has the column ``path``.

        Raises
        ------
        InputError
            If it is not.
        """
        file = Path(path)
        try:
            with file.open(encoding="utf-8-sig", newline="") as handle:
                head = next(csv.reader(handle), [])
        except (OSError, UnicodeError, csv.Error, ValueError) as error:
            raise InputError(f"the manifest {path} cannot be read: {error}; it is a CSV file in UTF-8") from None
        if "path" not in head:
            raise InputError(f"the manifest {path} has no column 'path'; its columns are {', '.join(COLUMNS)}")
        return cls(file)

    def rows(self) -> Iterator[Entry]:
        """Rows in order; a bad one is an entry with a problem."""
        inside = self.file.parent.resolve()
        seen: set[Path] = set()
        with self.file.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
            rows = csv.DictReader(handle)
            number = 1
            while True:
                number += 1
                try:
                    row = next(rows, None)
                except csv.Error as error:
                    place = f"{self.file.name}, row {number}"
                    yield Entry(place, None, Known(), (Problem(place, f"not CSV: {error}", Level.ERROR),))
                    continue
                if row is None:
                    return
                entry = _entry(row, f"{self.file.name}, row {number}", inside)
                if entry.path is not None and entry.path in seen:
                    problem = Problem(f"{self.file.name}, row {number}", "the file is listed twice; read once")
                    yield Entry(entry.where, None, entry.known, (problem,))
                    continue
                if entry.path is not None:
                    seen.add(entry.path)
                yield entry


def _entry(row: dict[str, str | None], place: str, inside: Path) -> Entry:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    long = [name for name, value in cells.items() if len(value) > _MAX_FIELD]
    if long:
        return Entry(place, None, Known(), (Problem(f"{place}, column {long[0]}", "too long to be true", Level.ERROR),))
    published, problems = to_date(cells["published"], f"{place}, column published")
    retrieved, undated = to_date(cells["retrieved"], f"{place}, column retrieved")
    problems = (*problems, *undated)
    known = Known(published, cells["url"], cells["title"], cells["publisher"], cells["lang"].lower(), retrieved)
    if None in row:
        problems = (*problems, Problem(place, "more cells than columns; quote cells that hold commas"))
    path, wrong = _inside(cells["path"], place, inside)
    return Entry(cells["path"] or place, path, known, (*problems, *wrong))


def _inside(name: str, place: str, inside: Path) -> tuple[Path | None, tuple[Problem, ...]]:
    """The file a row names, if it lies below the folder of the manifest."""
    where = f"{place}, column path"
    if not name:
        return None, (Problem(where, "empty; name a file", Level.ERROR),)
    try:
        path = (inside / name).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        return None, (Problem(where, f"{name[:80]!r} cannot be a path: {error}", Level.ERROR),)
    if "\\" in name or not path.is_relative_to(inside):
        message = f"{name[:80]!r} leads out of the folder of the manifest; paths are relative to it, with /"
        return None, (Problem(where, message, Level.ERROR),)
    return path, ()


def to_date(text: str, where: str) -> tuple[date | None, tuple[Problem, ...]]:
    """A date written YYYY-MM-DD; None with a problem if it is something else, None without if it is empty."""
    if not text:
        return None, ()
    try:
        return date.fromisoformat(text[:10]), ()
    except ValueError:
        return None, (Problem(where, f"{text[:40]!r} is not a date; write it as 2016-07-15"),)
