"""One flat table of events, with the codes of PLOVER and CAMEO beside ours."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from ostraka.case import Case
from ostraka.case.columns import csv_line, escape_cell
from ostraka.errors import MissingExtra
from ostraka.read.codebook import codebook

COLUMNS = (
    *(
        "id",
        "kind",
        "plover",
        "cameo",
        "regime",
        "code",
        "actor",
        "actor_name",
        "role",
        "organisation",
        "sector",
        "tier",
    ),
    *(
        "city",
        "country",
        "destination",
        "earliest",
        "latest",
        "edtf",
        "reported",
        "n_low",
        "n_high",
        "company",
        "motives",
    ),
    *("status", "confidence", "counted", "reason", "conflict", "n_sources", "sources"),
)


def flat_rows(case: Case) -> list[dict[str, Any]]:
    """One row for each event.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of dict
        With the columns :data:`COLUMNS`; `plover` and `cameo` are the nearest codes of those schemes, which
        have no code of their own for most of what happens to an elite; times are days, EDTF or empty.
    """
    names = {person.id: person.name for person in case.people}
    bodies = {body.id: body.name for body in case.bodies}
    urls = {source.id: source.url or source.id for source in case.sources}
    codes = codebook().events
    return [
        {
            "id": event.id,
            "kind": str(event.kind),
            "plover": codes[str(event.kind)].crosswalk["PLOVER"] if str(event.kind) in codes else "",
            "cameo": codes[str(event.kind)].crosswalk["CAMEO"] if str(event.kind) in codes else "",
            "regime": case.regime,
            "code": case.code,
            "actor": event.person,
            "actor_name": names.get(event.person, ""),
            "role": event.role,
            "organisation": bodies.get(event.body, ""),
            "sector": event.sector,
            "tier": event.tier,
            "city": event.city,
            "country": event.country,
            "destination": event.destination,
            "earliest": event.when.earliest.isoformat() if event.when.earliest else "",
            "latest": event.when.latest.isoformat() if event.when.latest else "",
            "edtf": event.when.edtf(),
            "reported": event.reported.edtf(),
            "n_low": event.n_low,
            "n_high": event.n_high,
            "company": event.company,
            "motives": "|".join(event.motives),
            "status": str(event.status),
            "confidence": str(event.confidence),
            "counted": event.counted,
            "reason": event.reason,
            "conflict": event.conflict,
            "n_sources": len(event.sources),
            "sources": " ".join(urls[source] for source in event.sources if source in urls),
        }
        for event in case.events
    ]


def flat_csv(case: Case) -> str:
    """The table as CSV; no cell runs as a formula in a spreadsheet."""
    rows = ([_cell(row[name]) for name in COLUMNS] for row in flat_rows(case))
    return "".join(map(csv_line, (COLUMNS, *rows)))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape_cell(str(value))


def save_parquet(case: Case, path: str | Path) -> Path:
    """The table as a Parquet file.

    Raises
    ------
    MissingExtra
        If the optional part ``arrow`` is not installed.
    """
    try:
        pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise MissingExtra("arrow", "writing Parquet") from None
    rows = flat_rows(case)
    schema = pa.schema([(name, _arrow_type(name, pa)) for name in COLUMNS])
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return Path(path)


def _arrow_type(name: str, pa: Any) -> Any:
    if name in {"tier", "n_low", "n_high", "n_sources"}:
        return pa.int32()
    return pa.bool_() if name == "counted" else pa.string()
