"""The case folder: six CSV files and ``case.toml``, readable without us."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ostraka.case.case import Case
from ostraka.case.columns import TABLES, CellError, Table, csv_line, read_row, write_row
from ostraka.case.references import check_references
from ostraka.errors import InputError, Level, Problem

TOML = "case.toml"
FORMAT = 1
_FIELD_LIMIT = 16 * 1024 * 1024


def load_case(folder: str | Path) -> tuple[Case, tuple[Problem, ...]]:
    """Read a case folder; bad rows become problems, good rows survive.

    Parameters
    ----------
    folder : path
        A folder with ``case.toml`` and up to six CSV files (``people``, ``bodies``, ``ties``, ``events``,
        ``measures``, ``sources``).

    Returns
    -------
    case : Case
    problems : tuple of Problem
        In the order of files and rows.

    Raises
    ------
    InputError
        If the folder or ``case.toml`` is missing or says nothing usable.
    """
    folder = Path(folder)
    head = _read_head(folder)
    problems: list[Problem] = []
    tables = {table.name: _read_table(folder / f"{table.name}.csv", table, problems) for table in TABLES}
    check_references(tables, problems)
    rows: dict[str, Any] = {name: list(table.values()) for name, table in tables.items()}
    case = Case.make(**head, **rows)
    problems.extend(_outside_window(case))
    return case, tuple(problems)


def save_case(case: Case, folder: str | Path) -> Path:
    """Write a case folder; an existing one is replaced only once the new one is complete.

    Parameters
    ----------
    case : Case
    folder : path
        Missing, empty, or a case folder.

    Raises
    ------
    InputError
        If the folder cannot be written or holds something that is not a case.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / TOML).is_file())):
        raise InputError(f"{folder} exists and is not a case folder; choose another place")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as staging:
            for name, text in case_files(case).items():
                Path(staging, name).write_bytes(text.encode("utf-8"))
            _swap(Path(staging), folder)
    except UnicodeEncodeError as error:
        raise InputError(f"{folder}: a row holds a character that is no text ({error.reason}); remove it") from None
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}; choose another place") from None
    return folder


def case_files(case: Case) -> dict[str, str]:
    """The files of a case folder as text, by name."""
    files = {TOML: _write_head(case)}
    for table in TABLES:
        lines = [table.columns, *(write_row(table, row) for row in getattr(case, table.name))]
        files[f"{table.name}.csv"] = "".join(map(csv_line, lines))
    return files


def _swap(staging: Path, folder: Path) -> None:
    """Move finished files into place; what else lies in the folder stays."""
    if not folder.exists():
        complete = staging.with_name(staging.name + ".new")
        shutil.copytree(staging, complete)
        complete.replace(folder)
        return
    for path in sorted(staging.iterdir()):
        path.replace(folder / path.name)


def _read_head(folder: Path) -> dict[str, Any]:
    path = folder / TOML
    if not path.is_file():
        raise InputError(f"{folder} is not a case folder: {TOML} is missing")
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    if head.get("format", FORMAT) != FORMAT:
        raise InputError(f"{path}: format {head['format']} is not known here (expected {FORMAT}); update ostraka")
    for key in ("regime", "start", "end", "as_of"):
        if key not in head:
            raise InputError(f"{path}: {key} is missing")
        if key != "regime" and type(head[key]) is not date:
            raise InputError(f"{path}: {key} must be a day without quotation marks, such as {key} = 2016-08-17")
    text = {key: str(head.get(key, "")) for key in ("regime", "code", "note")}
    return {**text, **{key: head[key] for key in ("start", "end", "as_of")}}


def _write_head(case: Case) -> str:
    lines = [f"format = {FORMAT}"]
    lines += [f"{key} = {_toml_text(getattr(case, key))}" for key in ("regime", "code", "note")]
    lines += [f"{key} = {getattr(case, key).isoformat()}" for key in ("start", "end", "as_of")]
    return "\n".join([*lines, f'digest = "{case.digest}"', ""])


def _toml_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _read_table(path: Path, table: Table, problems: list[Problem]) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for number, cells in _read_cells(path, table, problems):
        where = f"{path.name}, row {number}"
        try:
            row = read_row(table, cells)
        except CellError as error:
            problems.append(Problem(f"{where}, column {error.column}", f"{error}; row left out", Level.ERROR))
            continue
        except InputError as error:
            problems.append(Problem(where, f"{error}; row left out", Level.ERROR))
            continue
        if row.id in rows:
            problems.append(Problem(f"{where}, column id", f"{row.id!r} stands twice; row left out", Level.ERROR))
        else:
            rows[row.id] = row
    return rows


def _read_cells(path: Path, table: Table, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """Numbered rows of a CSV file as cells by column; row 1 is the header."""
    if not path.is_file():
        level = Level.ERROR if table.name == "events" else Level.NOTE
        problems.append(Problem(path.name, "is missing; taken as empty", level))
        return
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte {error.start}); save it as UTF-8; file left out"
        problems.append(Problem(path.name, message, Level.ERROR))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(f"{path.name}, row {number}", f"{error}; row left out", Level.ERROR))
            continue
        if number == 1:
            header = [cell.strip() for cell in cells]
            if not _check_header(path, table, header, problems):
                return
        elif len(cells) > len(header) or (len(cells) < len(header) and any(cells)):
            message = f"{len(cells)} cells where the header has {len(header)}; row left out"
            problems.append(Problem(f"{path.name}, row {number}", message, Level.ERROR))
        elif any(cell.strip() for cell in cells):
            yield number, dict(zip(header, cells, strict=False))


def _check_header(path: Path, table: Table, header: list[str], problems: list[Problem]) -> bool:
    unknown = [column for column in header if column and column not in table.columns]
    if unknown:
        message = f"columns {', '.join(unknown)} are not known and ignored; known are {', '.join(table.columns)}"
        problems.append(Problem(f"{path.name}, row 1", message, Level.WARN))
    missing = [column for column in table.required if column not in header]
    if missing:
        message = f"columns {', '.join(missing)} are missing; file left out"
        problems.append(Problem(f"{path.name}, row 1", message, Level.ERROR))
    return not missing


def _outside_window(case: Case) -> Iterator[Problem]:
    for event in case.events:
        low, high = event.when.earliest, event.when.latest
        if (high and high < case.start) or (low and low > case.end):
            message = f"lies outside the window {case.start} to {case.end}; kept, never counted"
            yield Problem(f"events.csv, id {event.id}", message, Level.NOTE)
