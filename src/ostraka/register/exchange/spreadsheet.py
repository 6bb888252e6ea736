"""A plain spreadsheet of events as a case: one row an event, the columns named by their owner."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ostraka.case import Case
from ostraka.case.columns import SEPARATOR, TABLES, CellError, read_row, unescape_cell
from ostraka.dates import When
from ostraka.errors import InputError, Level, Problem
from ostraka.model import Event, Person, Source
from ostraka.provenance import content_id

_EVENTS = next(table for table in TABLES if table.name == "events")
FIELDS = (*_EVENTS.columns, "when", "name", "url")
"""What a column can be: a column of ``events.csv``, or `when` (one EDTF date), `name` (of the person), `url` (several with blanks between)."""

_FLAT = {"name": "actor_name", "url": "sources"}
_OUR_SOURCE = re.compile(r"(?:so|re)-[0-9a-f]{16}")
"""What an exported table has in place of an address that is not known, or must not be told."""

_MOST_BYTES = 64 * 1024 * 1024


def read_spreadsheet(
    path: str | Path, columns: Mapping[str, str], *, regime: str, as_of: date, code: str = ""
) -> tuple[Case, tuple[Problem, ...]]:
    """Read a CSV file of events whose columns have names of their own.

    Parameters
    ----------
    path : path
        Saved from a spreadsheet as CSV, UTF-8; separated by commas, semicolons or tabs.
    columns : mapping
        For each of :data:`FIELDS` that the file has, the header of its column: ``{"name": "Who", "when":
        "Date", "url": "Link"}``. What is not named is left empty.
    regime, code : str
    as_of : date
        The day on which the sheet was closed; rows without `reported` count as known from then on.

    Returns
    -------
    case : Case
        The window is that of the dates told.
    problems : tuple of Problem
        Rows left out, and why.

    Raises
    ------
    InputError
        If the file cannot be read, or the map names a field or a header that is not there.
    """
    header, rows = _open(Path(path))
    _check_map(columns, header)
    problems: list[Problem] = []
    people: dict[str, Person] = {}
    sources: dict[str, Source] = {}
    events: dict[str, Event] = {}
    for number, cells in rows:
        where = f"{Path(path).name}, row {number}"
        try:
            event = _event({ours: cells.get(theirs, "") for ours, theirs in columns.items()}, people, sources)
        except CellError as error:
            column = columns.get(error.column, error.column)
            problems.append(Problem(f"{where}, column {column}", f"{error}; row left out", Level.ERROR))
        except InputError as error:
            problems.append(Problem(where, f"{error}; row left out", Level.ERROR))
        else:
            if event.id in events:
                problems.append(Problem(where, f"{event.id} stands twice; row left out", Level.WARN))
            events.setdefault(event.id, event)
    days = [day for event in events.values() for day in (event.when.earliest, event.when.latest) if day]
    start, end = min(days, default=as_of), max(days, default=as_of)
    case = Case.make(
        regime,
        start=start,
        end=max(start, min(end, as_of)),
        as_of=as_of,
        code=code,
        note=f"Read from the spreadsheet {Path(path).name}.",
        people=people.values(),
        sources=sources.values(),
        events=events.values(),
    )
    return case, tuple(problems)


def own_columns(path: str | Path) -> dict[str, str]:
    """The map of a sheet whose headers are ours, such as an exported ``csv``; empty if it has no date of ours.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    header, _ = _open(Path(path))
    found = {name: name for name in FIELDS if name in header} | {
        ours: theirs for ours, theirs in _FLAT.items() if theirs in header
    }
    return found if {"when", "earliest", "latest"} & found.keys() else {}


def _open(path: Path) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path} is larger than {_MOST_BYTES >> 20} MB; split it")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save the sheet as CSV UTF-8") from None
    line = text.partition("\n")[0]
    separator = max(",;\t", key=line.count)
    csv.field_size_limit(_MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [cell.strip() for cell in next(reader, [])]
    rows = (
        (number, dict(zip(header, cells, strict=False)))
        for number, cells in enumerate(reader, 2)
        if any(map(str.strip, cells))
    )
    return header, rows


def _check_map(columns: Mapping[str, str], header: list[str]) -> None:
    unknown = [ours for ours in columns if ours not in FIELDS]
    if unknown:
        raise InputError(f"{', '.join(unknown)}: no such field; known are {', '.join(FIELDS)}")
    missing = [theirs for theirs in columns.values() if theirs not in header]
    if missing:
        raise InputError(f"the sheet has no column {', '.join(missing)}; it has {', '.join(header)}")
    if not {"when", "earliest", "latest"} & set(columns):
        raise InputError("say which column holds the date: `when`, or `earliest` and `latest`")


def _event(cells: Mapping[str, str], people: dict[str, Person], sources: dict[str, Source]) -> Event:
    given: dict[str, Any] = {name: text for name, text in cells.items() if name in _EVENTS.columns}
    when = _when(cells.get("when", ""))
    given.setdefault("earliest", when.earliest.isoformat() if when.earliest else "")
    given.setdefault("latest", when.latest.isoformat() if when.latest else "")
    named = [
        Source(id=word) if _OUR_SOURCE.fullmatch(word) else Source(url=word) for word in cells.get("url", "").split()
    ]
    if named:
        sources.update({source.id: source for source in named})
        given["sources"] = SEPARATOR.join(source.id for source in named)
    person = None
    if name := unescape_cell(cells.get("name", "")).strip():
        person = Person(id=content_id("pe", name), name=name, sources=tuple(source.id for source in named))
        given["person"] = person.id
    made: Event = read_row(_EVENTS, given)
    if person is not None:
        people.setdefault(person.id, person)
    return made


def _when(text: str) -> When:
    try:
        return When.parse(text)
    except InputError as error:
        raise CellError("when", str(error)) from None
