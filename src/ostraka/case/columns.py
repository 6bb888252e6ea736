"""The columns of the six tables: which field of a row stands where, and how it is written in a cell."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import (
    Body,
    Confidence,
    Event,
    EventKind,
    Measure,
    Person,
    Source,
    Status,
    Tie,
    TieKind,
)

SEPARATOR = "|"
_DANGEROUS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_YES, _NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a case folder.

    Parameters
    ----------
    name : str
        File name without ``.csv``, and the name of the case's field.
    row : type
        The spine type of its rows.
    columns : tuple of str
        Header, in order.
    required : tuple of str
        Columns that may not be missing from a file.
    """

    name: str
    row: type
    columns: tuple[str, ...]
    required: tuple[str, ...]


TABLES = (
    Table("sources", Source, ("id", "url", "publisher", "title", "published", "retrieved", "lang"), ("id",)),
    Table("people", Person, ("id", "name", "aliases", "native_name", "note", "sources"), ("id",)),
    Table("bodies", Body, ("id", "name", "kind", "city", "country", "sources"), ("id",)),
    Table(
        "ties",
        Tie,
        ("id", "ego", "alter", "kind", "role", "tier", "start", "end", "weight", "reported", "note", "sources"),
        ("ego", "alter", "kind"),
    ),
    Table(
        "events",
        Event,
        (
            *("id", "kind", "person", "role", "body", "city", "country", "destination", "sector", "tier"),
            *("earliest", "latest", "reported", "n_low", "n_high", "company", "kin_left", "motives", "status"),
            *("confidence", "counted", "reason", "episode", "may_be", "conflict", "outcome", "note", "sources"),
        ),
        ("kind", "earliest", "latest"),
    ),
    Table(
        "measures",
        Measure,
        ("id", "name", "kind", "start", "end", "level", "reported", "note", "sources"),
        ("name", "start"),
    ),
)


class CellError(InputError):
    """A cell that cannot be read; `column` says which."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def _choice(kind: Callable[[str], Any], values: Iterable[Any]) -> Callable[[str], Any]:
    known = [str(value) for value in values]

    def read(text: str) -> Any:
        if text not in known:
            raise InputError(f"{text!r} is unknown; write one of {', '.join(known)}")
        return kind(text)

    return read


def _yes(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise InputError(f"{text!r} is neither yes nor no")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputError(f"{text!r} is not a whole number") from None


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"{text!r} is not a number") from None
    if not math.isfinite(value):
        raise InputError(f"{text!r} is not a finite number")
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a day; write it as 2016-08-17") from None


_READERS: Mapping[str, Callable[[str], Any]] = {
    "tier": _whole,
    "n_low": _whole,
    "n_high": _whole,
    "weight": _number,
    "level": _number,
    "counted": _yes,
    "status": _choice(Status, Status),
    "confidence": _choice(Confidence, Confidence),
    "start": When.parse,
    "end": When.parse,
    "reported": When.parse,
    "published": _day,
    "retrieved": _day,
    "earliest": _day,
    "latest": _day,
}
_LISTS = frozenset({"aliases", "motives", "may_be", "sources"})
_KINDS: Mapping[type, Callable[[str], Any]] = {
    Tie: _choice(TieKind, TieKind),
    Event: _choice(EventKind, EventKind),
}


def read_row(table: Table, cells: Mapping[str, str]) -> Any:
    """A spine value from the cells of one row; empty cells take the default of the field.

    Raises
    ------
    CellError
        For a cell that cannot be read.
    InputError
        For a row that contradicts itself.
    """
    values: dict[str, Any] = {}
    for column in table.columns:
        text = unescape_cell(cells.get(column) or "").strip()
        if column == "n_high" and column in cells and not text and (cells.get("n_low") or "").strip():
            values[column] = None
        if text:
            values[column] = _read_cell(table, column, text)
    if "n_low" in values and "n_high" not in values:
        values["n_high"] = values["n_low"]
    if table.row is Event:
        values["when"] = When(values.pop("earliest", None), values.pop("latest", None))
    return table.row(**values)


def _read_cell(table: Table, column: str, text: str) -> Any:
    if column in _LISTS:
        return tuple(split_list(text))
    reader = _KINDS.get(table.row) if column == "kind" else _READERS.get(column)
    try:
        return reader(text) if reader else text
    except InputError as error:
        raise CellError(column, str(error)) from None


def write_row(table: Table, row: Any) -> list[str]:
    """The cells of a row in the order of the table's columns, safe to open in a spreadsheet."""
    return [escape_cell(_write_cell(row, column)) for column in table.columns]


def _write_cell(row: Any, column: str) -> str:
    if column in {"earliest", "latest"}:
        day = getattr(row.when, column)
        return day.isoformat() if day else ""
    value = getattr(row, column)
    if value is None:
        return ""
    if isinstance(value, tuple):
        return join_list(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value)
    return value.edtf() if isinstance(value, When) else str(value)


def join_list(items: Iterable[str]) -> str:
    """Several values in one cell, separated by ``|``."""
    return SEPARATOR.join(item.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for item in items)


def split_list(text: str) -> list[str]:
    """Inverse of :func:`join_list`; empty items are dropped."""
    items = [
        re.sub(r"\\(.)", r"\1", item, flags=re.S).strip() for item in re.findall(r"(?:\\.|[^|\\])+", text, flags=re.S)
    ]
    return [item for item in items if item]


def csv_line(cells: Iterable[str]) -> str:
    """Cells as a line of RFC 4180; the csv module leaves a lone carriage return bare, and a row would break there."""
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell


def escape_cell(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula (OWASP ASVS 5.0, 1.2.10).

    Examples
    --------
    >>> escape_cell("=1+1"), unescape_cell(escape_cell("=1+1")), escape_cell("Thae")
    ("'=1+1", '=1+1', 'Thae')
    """
    return "'" + text if _DANGEROUS.match(text.lstrip(" \ufeff")) else text


def unescape_cell(text: str) -> str:
    """Inverse of :func:`escape_cell`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text[1:].lstrip(" \ufeff")) else text
