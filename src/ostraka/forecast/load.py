"""Reading a data set that a user points at, with every fault named by row, column and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ostraka.errors import InputError, Level, Problem
from ostraka.forecast.codes import cow_code
from ostraka.forecast.formats import Column, Format, format_called
from ostraka.forecast.panel import Panel, panel_from_frame

if TYPE_CHECKING:
    import pandas as pd

FIRST_CODED_YEAR = 1945
GWF_MODES = {
    1: "insiders change the rules",
    2: "elections",
    3: "elections",
    4: "uprising",
    5: "coup",
    6: "war",
    7: "war",
    8: "insiders change the rules",
    9: "state ends",
}
"""GWF's codes of how a regime failed, in six modes: 2 and 3 elections lost or open, 6 insurgents, 7 foreign force."""


def load_data(
    path: str | Path, kind: str, *, columns: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Read a file of a known data set and check it row by row.

    Parameters
    ----------
    path : str or Path
        File of values separated by commas, tabs or semicolons (may be ``.gz``), UTF-8, with a header.
    kind : str
        ``gwf``, ``powell_thyne``, ``archigos``, ``navco``, ``vdem``, ``hrd`` or ``series``.
    columns : mapping of str to str, optional
        Our name of a column to its name in the file, where the file calls it otherwise.

    Returns
    -------
    table : DataFrame
        Usable rows under our names, with ``cow`` where the data set has country codes and years.
    problems : tuple of Problem
        One per fault, naming row and column; rows with an error are left out.

    Raises
    ------
    InputError
        If the file is missing, is no such table, lacks a column, or the format is unknown.
    """
    found = format_called(kind)
    path = Path(path)
    raw = _read(path)
    table, missing = _renamed(raw, found, dict(columns or {}))
    if missing:
        wanted = "; ".join(f"{column.name} ({' or '.join(column.theirs)})" for column in missing)
        raise InputError(f"{path.name} lacks columns of {found.title}: {wanted}; say columns={{ours: theirs}}")
    faults: list[tuple[int, Problem]] = []
    for column in found.columns:
        if column.name in table:
            table[column.name] = _checked(table[column.name], column, path.name, faults)
    _order_of_dates(table, path.name, faults)
    _keys(table, found, path.name, faults)
    if found.system:
        table["cow"] = _codes(table, found, path.name, faults)
    bad = {row for row, problem in faults if problem.level is Level.ERROR}
    kept = table[[row not in bad for row in range(len(table))]].reset_index(drop=True)
    return kept, tuple(problem for _, problem in sorted(faults, key=lambda pair: pair[0]))


def gwf_panel(path: str | Path) -> tuple[Panel, dict[str, str], tuple[Problem, ...]]:
    """GWF's country-years as a panel, with the mode in which each regime ended.

    Parameters
    ----------
    path : str or Path
        GWF's file of autocratic country-years as CSV.

    Returns
    -------
    panel : Panel
        Regime-years; untyped where the file codes no types (that of "How Dictatorships Work" does not).
    modes : dict of str to str
        Mode of end by regime.
    problems : tuple of Problem
        Faults found on the way.
    """
    table, problems = load_data(path, "gwf")
    table["type"] = _types(table)
    panel, more = panel_from_frame(table, name=Path(path).name)
    failed = table[table["fail"] == 1]
    modes = {
        str(case): GWF_MODES.get(int(code), "other")
        for case, code in zip(failed["case"], failed["fail_type"], strict=True)
    }
    return panel, modes, (*problems, *more)


def _types(table: pd.DataFrame) -> pd.Series:
    """Regime types as spelled here; where GWF leaves the type empty (Iran after 1979), its family."""
    families = [name for name in ("party", "personal", "military", "monarchy") if name in table]
    by_family = table[families].idxmax(axis=1) if families else table["case"].mask(table["case"].notna(), "untyped")
    if "type" not in table:
        return by_family
    spelled = table["type"].str.replace("military-personal", "military personal")
    return spelled.where(spelled.notna(), by_family)


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    if not path.is_file():
        raise InputError(f"no file {path}; give the path of your own copy")
    try:
        header = pd.read_csv(path, nrows=1, header=None, sep="\0", engine="python", dtype=str).iloc[0, 0]
        separator = max(",\t;", key=str(header).count)
        table = pd.read_csv(path, dtype=str, keep_default_na=False, sep=separator)
    except (ValueError, OSError, EOFError) as error:
        raise InputError(
            f"{path.name} cannot be read as a table of comma-separated values in UTF-8: {error}"
        ) from error
    if table.empty:
        raise InputError(f"{path.name} has no rows")
    return table


def _renamed(raw: pd.DataFrame, found: Format, given: dict[str, str]) -> tuple[pd.DataFrame, list[Column]]:
    table, missing = {}, []
    for column in found.columns:
        names = (given[column.name],) if column.name in given else column.theirs
        here = next((name for name in names if name in raw), None)
        if here is not None:
            table[column.name] = raw[here].str.strip()
        elif column.required:
            missing.append(column)
    return raw[[]].assign(**table), missing


def _checked(cells: pd.Series, column: Column, file: str, faults: list[tuple[int, Problem]]) -> pd.Series:
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    empty = cells.isin(["", "NA", "NaN", "."]).to_numpy()
    if column.kind == "date":
        iso, day_first = (pd.to_datetime(cells, errors="coerce", format=how) for how in ("%Y-%m-%d", "%d/%m/%Y"))
        values = iso.fillna(day_first)
        wrong, said = values.isna().to_numpy(), "no date like 2011-03-21"
    elif column.kind == "word":
        values, wrong, said = cells.mask(empty), np.zeros(len(cells), dtype=bool), ""
    else:
        values = pd.to_numeric(cells.mask(empty), errors="coerce")
        wrong, said = _bad_numbers(values, column)
    for row in np.flatnonzero((wrong & ~empty) | (empty & column.required)):
        message = "is empty; fill it or drop the row" if empty[row] else f"{cells.iloc[row]!r} is {said}"
        faults.append((int(row), Problem(f"{file}, row {row + 2}, column {column.name}", message, Level.ERROR)))
    return values


def _bad_numbers(values: pd.Series, column: Column) -> tuple[np.ndarray, str]:
    numbers = values.to_numpy(dtype=float)
    wrong = ~np.isfinite(numbers) | (numbers < column.low) | (numbers > column.high)
    said = f"not a number from {column.low:g} to {column.high:g}"
    if column.allowed:
        wrong |= ~np.isin(numbers, column.allowed)
        said = f"none of {', '.join(f'{value:g}' for value in column.allowed)}"
    elif column.kind == "whole":
        wrong |= np.isfinite(numbers) & (numbers % 1 != 0)
        said = said.replace("a number", "a whole number")
    return wrong, said


def _order_of_dates(table: pd.DataFrame, file: str, faults: list[tuple[int, Problem]]) -> None:
    if {"start", "end"} <= set(table):
        for row in np.flatnonzero((table["end"] < table["start"]).to_numpy()):
            text = f"ends on {table['end'].iloc[row]:%Y-%m-%d} before it starts on {table['start'].iloc[row]:%Y-%m-%d}; swap them"
            faults.append((int(row), Problem(f"{file}, row {row + 2}, column end", text, Level.ERROR)))


def _keys(table: pd.DataFrame, found: Format, file: str, faults: list[tuple[int, Problem]]) -> None:
    if found.key:
        for row in np.flatnonzero(table.duplicated(list(found.key)).to_numpy()):
            same = " ".join(str(table[name].iloc[row]) for name in found.key)
            text = f"{' and '.join(found.key)} {same} occur twice; keep one row"
            faults.append((int(row), Problem(f"{file}, row {row + 2}, column {found.key[-1]}", text, Level.ERROR)))


def _codes(table: pd.DataFrame, found: Format, file: str, faults: list[tuple[int, Problem]]) -> list[float]:
    """COW codes by year, following splits and successions; unknown codes are kept without one."""
    years = table["year"] if "year" in table else table["end"].dt.year if "end" in table else None
    codes, early = [], []
    for row, code in enumerate(table["code"]):
        year = float("nan") if years is None else float(years.iloc[row])
        known = None
        if isinstance(code, str) or np.isfinite(code):
            plain = code if isinstance(code, str) else int(code)
            known = cow_code(found.system, plain, int(year) if np.isfinite(year) else 2000)
        if known is None and year < FIRST_CODED_YEAR:
            early.append(row)
        elif known is None:
            text = f"{code} is no state of the {found.system} list in {year:g}; nothing can be joined to it"
            faults.append((row, Problem(f"{file}, row {row + 2}, column code", text, Level.WARN)))
        codes.append(float("nan") if known is None else float(known))
    if early:
        text = f"{len(early)} rows before {FIRST_CODED_YEAR} have no code here; nothing can be joined to them"
        faults.append((early[0], Problem(f"{file}, row {early[0] + 2} on, column code", text, Level.NOTE)))
    return codes
