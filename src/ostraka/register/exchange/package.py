"""The case folder as a Frictionless data package: six CSV files that describe themselves."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ostraka.case import Case, case_files, save_case
from ostraka.case.columns import SEPARATOR, TABLES, Table
from ostraka.model import Confidence, EventKind, Status, TieKind

_NUMBERS = {"tier": "integer", "n_low": "integer", "n_high": "integer", "weight": "number", "level": "number"}
_DAYS = {"published", "retrieved", "earliest", "latest"}
_POINTS: dict[tuple[str, str], tuple[str, str]] = {
    ("events", "person"): ("people", "id"),
    ("events", "body"): ("bodies", "id"),
    ("ties", "ego"): ("people", "id"),
}
_CHOICES: dict[tuple[str, str], list[str]] = {
    ("events", "kind"): [str(kind) for kind in EventKind],
    ("events", "status"): [str(status) for status in Status],
    ("events", "confidence"): [str(level) for level in Confidence],
    ("ties", "kind"): [str(kind) for kind in TieKind],
}


def data_package(case: Case) -> dict[str, Any]:
    """The descriptor of a case folder (Data Package standard, version 1).

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict
        To be written as ``datapackage.json`` beside the files; every resource has its schema, its hash and
        its number of bytes.
    """
    files = case_files(case)
    return {
        "profile": "tabular-data-package",
        "name": "".join(c if c.isalnum() else "-" for c in case.regime.lower()).strip("-"),
        "title": f"Elite defections: {case.regime}",
        "description": case.note,
        "created": f"{case.as_of.isoformat()}T00:00:00Z",
        "ostraka": {
            "regime": case.regime,
            "code": case.code,
            "start": case.start.isoformat(),
            "end": case.end.isoformat(),
        },
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in TABLES],
    }


def save_package(case: Case, folder: str | Path) -> Path:
    """Write a case folder and its descriptor.

    Raises
    ------
    InputError
        If the folder cannot be written or holds something that is not a case.
    """
    written = save_case(case, folder)
    text = json.dumps(data_package(case), ensure_ascii=False, indent=1)
    (written / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return written


def _resource(table: Table, text: str) -> dict[str, Any]:
    fields = [_field(table.name, column, required=column in table.required) for column in table.columns]
    keys = [
        {"fields": column, "reference": {"resource": target, "fields": name}}
        for (owner, column), (target, name) in _POINTS.items()
        if owner == table.name
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(text.encode()),
        "hash": f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        "schema": {
            "fields": fields,
            "primaryKey": "id",
            "missingValues": [""],
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(table: str, column: str, *, required: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column, "type": _NUMBERS.get(column, "string")}
    if column in _DAYS:
        made["type"] = "date"
    if column == "counted":
        made |= {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    if column in {"aliases", "motives", "may_be", "sources"}:
        made["description"] = f"several values, separated by {SEPARATOR}"
    constraints: dict[str, Any] = {"required": True} if required and column not in _DAYS else {}
    if choices := _CHOICES.get((table, column)):
        constraints["enum"] = choices
    return made | ({"constraints": constraints} if constraints else {})
