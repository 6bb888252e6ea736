"""The record of forecasts: made at many origins, each by a named model, kept to be scored later."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ostraka.errors import InputError
from ostraka.forecast.panel import Panel

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]

COLUMNS = ("model", "origin", "horizon", "cow", "case", "probability")
TARGET = "end of the autocratic regime"


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Probabilities of the end of each regime at risk, by model, origin and horizon.

    Parameters
    ----------
    model : ndarray of shape (n_rows,)
        Name of the model.
    origin, horizon : ndarray of shape (n_rows,)
        Year at whose end the forecast was made; years ahead.
    cow, case : ndarray of shape (n_rows,)
        Country code and regime.
    probability : ndarray of shape (n_rows,)
        Of an end within the horizon.
    version : str
        Version of data and software it was made with.
    """

    model: Words
    origin: Ints
    horizon: Ints
    cow: Ints
    case: Words
    probability: Array
    version: str

    def __len__(self) -> int:
        return len(self.probability)

    def where(self, keep: npt.NDArray[np.bool_]) -> Record:
        """The rows for which `keep` is true."""
        return replace(self, **{name: getattr(self, name)[keep] for name in COLUMNS})

    def of(self, model: str, horizon: int = 1) -> Record:
        """The rows of one model and horizon."""
        return self.where((self.model == model) & (self.horizon == horizon))

    def renamed(self, model: str, probability: Array) -> Record:
        """The same regimes and origins as forecast by another model."""
        return replace(self, model=np.full(len(self), model, dtype=object), probability=probability)

    def models(self) -> tuple[str, ...]:
        """Names of the models, in order of appearance."""
        return tuple(dict.fromkeys(self.model.tolist()))

    def outcomes(self, panel: Panel) -> Array:
        """What happened: 1 if the regime ended within the horizon, 0 if not, NaN while the horizon is still open.

        An early end is known before its horizon closes, but counting it then would count ends and not survivals.
        """
        ended = dict(zip(panel.case[panel.fail == 1], panel.year[panel.fail == 1].tolist(), strict=True))
        until = self.origin + self.horizon
        end = np.array([ended.get(case, 10**6) for case in self.case])
        return np.where(until <= int(panel.year.max()), (end <= until).astype(float), np.nan)

    def frame(self) -> pd.DataFrame:
        """One row per model, origin, horizon and regime."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        return pd.DataFrame({name: getattr(self, name) for name in COLUMNS})

    def hubverse(self) -> pd.DataFrame:
        """The record as a hubverse long table of model output.

        Returns
        -------
        DataFrame
            Columns ``model_id, origin_date, target, horizon, location, target_end_date, output_type,
            output_type_id, value`` and ``version``: the probability mass of "ends" and "lasts".
        """
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        parts = []
        for word, value in (("ends", self.probability), ("lasts", 1 - self.probability)):
            columns = {
                "model_id": self.model,
                "origin_date": [f"{year}-12-31" for year in self.origin],
                "target": TARGET,
                "horizon": self.horizon,
                "location": self.case,
                "cow": self.cow,
                "target_end_date": [f"{year}-12-31" for year in self.origin + self.horizon],
                "output_type": "pmf",
                "output_type_id": word,
                "value": value,
                "version": self.version,
            }
            parts.append(pd.DataFrame(columns))
        return pd.concat(parts, ignore_index=True)


def join_records(records: Iterable[Record]) -> Record:
    """Several records as one; their versions are joined too."""
    parts = list(records)
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS}
    return Record(**columns, version="; ".join(dict.fromkeys(part.version for part in parts)))


def read_record(path: Traversable | Path) -> Record:
    """A record written by :func:`write_record`.

    Raises
    ------
    InputError
        If the file lacks a column.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    with path.open("rb") as packed:
        table = pd.read_csv(packed, compression="gzip" if path.name.endswith(".gz") else None)
    missing = [name for name in (*COLUMNS, "version") if name not in table]
    if missing:
        raise InputError(
            f"{path.name}: columns {', '.join(missing)} are missing; expected {', '.join(COLUMNS)}, version"
        )
    columns = {name: table[name].to_numpy() for name in COLUMNS}
    for name in ("model", "case"):
        columns[name] = columns[name].astype(object)
    return Record(**columns, version="; ".join(dict.fromkeys(table["version"].dropna().astype(str))))


def write_record(record: Record, path: Path) -> None:
    """Write a record as CSV (compressed by name), without clock, so that equal records give equal bytes.

    Raises
    ------
    InputError
        If the file exists with other content: what was said before is not overwritten.
    """
    table = record.frame()
    table["probability"] = [f"{value:.5g}" for value in record.probability]
    table["version"] = [record.version, *[""] * (len(table) - 1)]
    content = table.to_csv(index=False, lineterminator="\n").encode()
    if path.name.endswith(".gz"):
        buffer = io.BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
            packed.write(content)
        content = buffer.getvalue()
    if path.exists() and path.read_bytes() != content:
        raise InputError(f"{path} holds other forecasts; an archive is never overwritten: choose another name")
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


@cache
def shipped_record() -> Record:
    """The rolling-origin forecasts that come with the package: origins 1974 to 2019, one and five years ahead."""
    return read_record(files("ostraka.data") / "regimes" / "record.csv.gz")
