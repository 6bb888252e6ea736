"""The cross-national data that come with the package: what there is, where from, under which licence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ostraka.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_FOLDER = files("ostraka.data") / "regimes"


@dataclass(frozen=True, slots=True)
class DataSource:
    """One shipped file of cross-national data, with its origin, licence, checksum and last year.

    Parameters
    ----------
    name, file : str
        Short name, and file name inside the package.
    rows : int
        Number of rows.
    columns : tuple of str
        Header.
    first_year, last_year : int
        Years it covers; for spells and leaders the years of the first and last date.
    origin, path, commit : str
        Repository, path and commit it was taken from.
    licence, citation, changes : str
        Terms, how to cite, and what was done to it.
    sha256 : str
        Checksum of the shipped file.
    """

    name: str
    file: str
    rows: int
    columns: tuple[str, ...]
    first_year: int
    last_year: int
    origin: str
    path: str
    commit: str
    licence: str
    citation: str
    changes: str
    sha256: str

    def intact(self) -> bool:
        """Whether the file on this machine still has the checksum of the manifest."""
        return hashlib.sha256((_FOLDER / self.file).read_bytes()).hexdigest() == self.sha256

    def to_json(self) -> dict[str, Any]:
        """The entry as plain JSON values, with ``intact``."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return plain | {"columns": list(self.columns), "intact": self.intact()}


@cache
def list_data() -> tuple[DataSource, ...]:
    """What cross-national data there are, where each came from, its licence, checksum and last year.

    Returns
    -------
    tuple of DataSource
        In the order of the manifest.

    Examples
    --------
    >>> [source.last_year for source in list_data() if source.name == "reign_panel"]
    [2020]
    """
    rows = json.loads((_FOLDER / "manifest.json").read_text("utf-8"))
    return tuple(DataSource(**(row | {"columns": tuple(row["columns"])})) for row in rows)


def data_version() -> str:
    """Sixteen hexadecimal digits that change whenever any shipped file changes."""
    return hashlib.sha256("".join(source.sha256 for source in list_data()).encode()).hexdigest()[:16]


@cache
def read_source(name: str) -> pd.DataFrame:
    """The table of one shipped file; callers do not change it.

    Raises
    ------
    InputError
        If nothing of that name is shipped.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    known = {source.name: source for source in list_data()}
    if name not in known:
        raise InputError(f"no data called {name!r} are shipped; there are {', '.join(known)}")
    with (_FOLDER / known[name].file).open("rb") as packed:
        return pd.read_csv(packed, compression="gzip")
