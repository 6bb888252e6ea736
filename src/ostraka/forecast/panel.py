"""The person-period panel: one row per autocratic regime and year in which it could end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ostraka.errors import InputError, Level, Problem
from ostraka.forecast.codes import known_cow
from ostraka.forecast.sources import read_source

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]

FAMILIES = {
    "party-based": "party",
    "party-personal": "party",
    "party-military": "party",
    "party-personal-military": "party",
    "oligarchy": "party",
    "party": "party",
    "personal": "personal",
    "military": "military",
    "military personal": "military",
    "indirect military": "military",
    "monarchy": "monarchy",
    "untyped": "untyped",
}
"""The four families of regime types; hybrids go with the party that carries them, oligarchies too.

Regimes of a source that codes no type are untyped.
"""
COLUMNS = ("cow", "country", "case", "year", "duration", "fail", "type")


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Regime-years at risk: in power on 1 January, and whether the regime ended in the year.

    Parameters
    ----------
    cow, year, duration : ndarray of shape (n_rows,)
        COW country code; calendar year; years in power counting this one, from the true start even when that
        lies before the first row (delayed entry: earlier years are not at risk here).
    fail : ndarray of shape (n_rows,)
        1 in the year the regime ended, else 0; a regime that lasts is censored after its last row.
    country, case, kind : ndarray of shape (n_rows,)
        Country name, regime name, regime type as coded.
    """

    cow: Ints
    country: Words
    case: Words
    year: Ints
    duration: Ints
    fail: Ints
    kind: Words

    def __len__(self) -> int:
        return len(self.year)

    @property
    def family(self) -> Words:
        """The family of each row's regime type."""
        return np.array([FAMILIES[kind] for kind in self.kind], dtype=object)

    def where(self, keep: npt.NDArray[np.bool_]) -> Panel:
        """The rows for which `keep` is true."""
        return Panel(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))

    def until(self, year: int) -> Panel:
        """What had happened by the end of a year: the window from which duration and risk flags may be built."""
        return self.where(self.year <= year)

    def frame(self) -> pd.DataFrame:
        """One row per regime and year."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        columns = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return pd.DataFrame(columns).rename(columns={"kind": "type"})[list(COLUMNS)]


def panel_from_frame(rows: pd.DataFrame, *, name: str = "panel") -> tuple[Panel, tuple[Problem, ...]]:
    """Check regime-years row by row and keep those that can be used.

    Parameters
    ----------
    rows : DataFrame
        Columns ``cow, country, case, year, duration, fail, type``.
    name : str
        What to call the file in problems.

    Returns
    -------
    panel : Panel
        The usable rows, in the order of country and year.
    problems : tuple of Problem
        One per fault, with row and column; rows with an error are left out.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"cow": [2, 2], "country": "A", "case": "A 1", "year": [1950, 1950],
    ...                      "duration": [1, 1], "fail": [0, 0], "type": "personal"})
    >>> panel, problems = panel_from_frame(rows)
    >>> len(panel), problems[0].where
    (1, 'panel, row 3, column year')
    """
    missing = [column for column in COLUMNS if column not in rows]
    if missing:
        raise InputError(f"{name}: columns {', '.join(missing)} are missing; expected {', '.join(COLUMNS)}")
    faults = [*_faulty_cells(rows), *_faulty_spells(rows)]
    bad = {row for row, _, _, level in faults if level is Level.ERROR}
    problems = tuple(Problem(f"{name}, row {row + 2}, column {column}", text, lv) for row, column, text, lv in faults)
    kept = rows[[row not in bad for row in range(len(rows))]].sort_values(["cow", "year"], kind="stable")
    return _panel(kept), problems


@cache
def shipped_panel() -> Panel:
    """The shipped outcome: REIGN's autocratic regimes, 1946 to 2020.

    Examples
    --------
    >>> panel = shipped_panel()
    >>> len(panel), int(panel.fail.sum())
    (5805, 258)
    """
    panel, problems = panel_from_frame(read_source("reign_panel"), name="reign_panel.csv.gz")
    if any(problem.level is Level.ERROR for problem in problems):
        raise InputError(f"the shipped panel is damaged: {problems[0].line()}; install the package again")
    return panel


def last_year_known() -> int:
    """The last year of which the shipped panel knows the outcomes.

    Examples
    --------
    >>> last_year_known()
    2020
    """
    return int(shipped_panel().year.max())


def _panel(rows: pd.DataFrame) -> Panel:
    def ints(name: str) -> Ints:
        return rows[name].to_numpy(dtype=np.int64)

    def words(name: str) -> Words:
        return rows[name].astype(str).to_numpy(dtype=object)

    return Panel(
        ints("cow"), words("country"), words("case"), ints("year"), ints("duration"), ints("fail"), words("type")
    )


Fault = tuple[int, str, str, Level]


def _faulty_cells(rows: pd.DataFrame) -> Iterator[Fault]:
    """Cells that are wrong by themselves, and country-years given twice."""
    seen: dict[tuple[Any, Any], int] = {}
    for ix, (cow, year, duration, fail, kind) in enumerate(
        zip(rows["cow"], rows["year"], rows["duration"], rows["fail"], rows["type"], strict=True)
    ):
        for column, value in (("cow", cow), ("year", year), ("duration", duration)):
            if not _whole(value):
                yield ix, column, f"{value!r} is not a whole number; give one", Level.ERROR
        if _whole(duration) and duration < 1:
            yield (
                ix,
                "duration",
                f"the regime ends before it enters ({duration} years); count the first as 1",
                Level.ERROR,
            )
        if fail not in (0, 1):
            yield ix, "fail", f"{fail!r} is neither 0 nor 1", Level.ERROR
        if str(kind) not in FAMILIES:
            yield ix, "type", f"unknown regime type {kind!r}; known are {', '.join(FAMILIES)}", Level.ERROR
        if _whole(cow) and int(cow) not in known_cow():
            yield ix, "cow", f"unknown country code {cow}; no covariate can be joined", Level.WARN
        if (cow, year) in seen:
            yield ix, "year", f"country {cow} has {year} already in row {seen[cow, year] + 2}; keep one", Level.ERROR
        seen.setdefault((cow, year), ix)


def _faulty_spells(rows: pd.DataFrame) -> Iterator[Fault]:
    """Gaps in a spell, years after its end, and durations that do not count up."""
    last: dict[Any, tuple[Any, Any, Any]] = {}
    order = np.lexsort((rows["year"].to_numpy(), rows["case"].astype(str).to_numpy()))
    columns = [rows[name].to_numpy() for name in ("case", "year", "duration", "fail")]
    for ix in order:
        case, year, duration, fail = (column[ix] for column in columns)
        if case in last and year != last[case][0]:
            before, long, ended = last[case]
            if ended == 1:
                yield int(ix), "fail", f"{case} goes on in {year} after its end in {before}; drop the row", Level.ERROR
            elif year != before + 1:
                yield (
                    int(ix),
                    "year",
                    f"{case} has no row between {before} and {year}; add them or split it",
                    Level.WARN,
                )
            elif duration != long + 1:
                yield (
                    int(ix),
                    "duration",
                    f"{case}: {duration} years in {year} after {long} the year before",
                    Level.WARN,
                )
        last[case] = (year, duration, fail)


def _whole(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and float(value).is_integer()
