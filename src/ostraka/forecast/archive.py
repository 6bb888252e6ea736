"""Forecasts put away before their outcome is looked at: hubverse tables, one for each model and origin, never rewritten.

The layout is that of a hub's ``model-output``: ``ostraka-MODEL/2019-12-31-ostraka-MODEL.csv``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ostraka.errors import InputError, Level, Problem
from ostraka.forecast.panel import Panel, shipped_panel
from ostraka.forecast.record import TARGET, Record, join_records

if TYPE_CHECKING:
    import pandas as pd

_PATTERN = re.compile(r"(\d{4})-12-31-ostraka-\w+\.csv")
_NEEDED = ("model_id", "origin_date", "horizon", "location", "cow", "output_type_id", "value", "version")


def put_away(record: Record, folder: str | Path) -> tuple[Path, ...]:
    """Write a record as one hubverse table for each model and origin.

    Parameters
    ----------
    record : Record
        Forecasts with the version of data and software that made them.
    folder : str or Path
        Archive; made if it is missing.

    Returns
    -------
    tuple of Path
        One file per model and origin, in the order of models.

    Raises
    ------
    InputError
        If a model and origin have been put away with other content, or the folder cannot be written.
    """
    paths = []
    for model in record.models():
        mine = record.where(record.model == model)
        name = "ostraka-" + re.sub(r"\W", "_", model)
        for origin in np.unique(mine.origin).tolist():
            table = mine.where(mine.origin == origin).hubverse()
            paths.append(_write(table, Path(folder) / name / f"{origin}-12-31-{name}.csv"))
    return tuple(paths)


def take_out(folder: str | Path) -> tuple[Record, tuple[Problem, ...]]:
    """Read an archive back.

    Parameters
    ----------
    folder : str or Path
        Archive.

    Returns
    -------
    record : Record
        All forecasts whose file could be read.
    problems : tuple of Problem
        Files that could not.

    Raises
    ------
    InputError
        If the folder holds no forecast.
    """
    records, problems = [], []
    for path in sorted(Path(folder).glob("*/*.csv")):
        if not _PATTERN.fullmatch(path.name):
            continue
        try:
            records.append(_read(path))
        except (InputError, ValueError, KeyError) as error:
            problems.append(Problem(path.name, f"cannot be used: {error}", Level.ERROR))
    if not records:
        raise InputError(f"{folder} holds no archived forecast; make some with put_away")
    return join_records(records), tuple(problems)


def read_back(record: Record, folder: str | Path) -> tuple[Record, tuple[Problem, ...]]:
    """A record as the archive holds it, in the order of its models: what is scored is what was put away.

    Parameters
    ----------
    record : Record
        Says which models and origins are wanted.
    folder : str or Path
        Archive.

    Returns
    -------
    record : Record
        The archived forecasts of those models and origins.
    problems : tuple of Problem
        Files that could not be read.
    """
    kept, problems = take_out(folder)
    parts = [
        kept.where((kept.model == model) & np.isin(kept.origin, record.origin[record.model == model]))
        for model in record.models()
    ]
    return join_records(parts), problems


def resolved(record: Record, panel: Panel | None = None) -> Record:
    """The forecasts whose outcome is known."""
    panel = shipped_panel() if panel is None else panel
    return record.where(~np.isnan(record.outcomes(panel)))


def _write(table: pd.DataFrame, path: Path) -> Path:
    shown = table.assign(value=[f"{value:.6g}" for value in table["value"]])
    content = shown.to_csv(index=False, lineterminator="\n")
    if path.exists() and path.read_text("utf-8") != content:
        raise InputError(
            f"{path} holds other forecasts of that origin; an archive is never rewritten: use another folder"
        )
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(content, "utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error}") from error
    return path


def _read(path: Path) -> Record:
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    table = pd.read_csv(path)
    missing = [name for name in _NEEDED if name not in table]
    if missing:
        raise InputError(f"columns {', '.join(missing)} are missing")
    ends = table[(table["output_type_id"] == "ends") & (table["target"] == TARGET)]
    if not ends["value"].between(0, 1).all():
        row = int(np.flatnonzero(~ends["value"].between(0, 1))[0])
        raise InputError(f"row {int(ends.index[row]) + 2}: the probability is not between 0 and 1")
    return Record(
        model=ends["model_id"].to_numpy(dtype=object),
        origin=np.array([int(text[:4]) for text in ends["origin_date"]], dtype=np.int64),
        horizon=ends["horizon"].to_numpy(dtype=np.int64),
        cow=ends["cow"].to_numpy(dtype=np.int64),
        case=ends["location"].to_numpy(dtype=object),
        probability=ends["value"].to_numpy(dtype=float),
        version="; ".join(dict.fromkeys(ends["version"].astype(str))),
    )


def years_put_away(folder: str | Path) -> list[int]:
    """Origins that the archive holds, in order."""
    found = (_PATTERN.fullmatch(path.name) for path in Path(folder).glob("*/*.csv"))
    return sorted({int(match[1]) for match in found if match})
