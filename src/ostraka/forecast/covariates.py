"""What is known about a country at the end of a year: values, units, and how old each value is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ostraka.errors import InputError
from ostraka.forecast.catalogue import COUNTRY, Covariate
from ostraka.forecast.codes import known_cow
from ostraka.forecast.sources import read_source

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LAST_LEADERS = 2020
"""Year for which leaders come from REIGN's list: its yearly table ends in 2019."""
LONGEST_CARRY = 5
"""Years for which an old value is carried forward before it counts as missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Covariates:
    """Values of country covariates by country and year, the last known carried forward, each with its age.

    Parameters
    ----------
    cow : ndarray of shape (n_countries,)
        Sorted COW codes.
    first_year : int
        Year of the first column.
    values : ndarray of shape (n_countries, n_years, n_covariates)
        NaN where nothing is known.
    age : ndarray of shape (n_countries, n_years, n_covariates)
        Years since the value was measured; 0 is of the same year.
    names : tuple of str
        Covariates, in order.
    """

    cow: Ints
    first_year: int
    values: Array
    age: Ints
    names: tuple[str, ...]

    def at(self, cow: Ints, year: Ints) -> tuple[Array, Ints]:
        """Values and ages known at the end of the given years, NaN where country or year is not covered.

        Parameters
        ----------
        cow, year : ndarray of shape (n_rows,)
            Country codes and years.

        Returns
        -------
        values, age : ndarray of shape (n_rows, n_covariates)
            Values, and years since each was measured.
        """
        row = np.searchsorted(self.cow, cow).clip(0, len(self.cow) - 1)
        column = np.asarray(year) - self.first_year
        inside = (self.cow[row] == cow) & (column >= 0) & (column < self.values.shape[1])
        column = column.clip(0, self.values.shape[1] - 1)
        return np.where(inside[:, None], self.values[row, column], np.nan), self.age[row, column]


def with_series(
    known: Covariates, table: pd.DataFrame, columns: Sequence[str], *, origin: int | None = None
) -> Covariates:
    """Covariates with columns of one's own, keyed by ``cow`` and ``year``, carried forward like the others.

    Parameters
    ----------
    known : Covariates
        Covariates so far.
    table : DataFrame
        Columns ``cow``, ``year`` and those named; a country may have a year once.
    columns : sequence of str
        Columns to add; each is dated at the end of its year.
    origin : int, optional
        Refuse rows dated after the end of this year.

    Raises
    ------
    InputError
        If a column is missing or already there, a country has a year twice, or a row is dated after the origin.
    """
    missing = [name for name in ("cow", "year", *columns) if name not in table]
    if missing:
        raise InputError(f"the series lacks columns {', '.join(missing)}")
    taken = [name for name in columns if name in known.names]
    if taken:
        raise InputError(f"there are covariates called {', '.join(taken)} already; choose other names")
    table = table.dropna(subset=["cow", "year"])
    table = table if origin is None else known_at(table, origin=origin)
    twice = np.flatnonzero(table.duplicated(["cow", "year"]).to_numpy())
    if twice.size:
        row = table.iloc[int(twice[0])]
        raise InputError(f"country {row['cow']:g} has the year {row['year']:g} twice in the series; keep one")
    own = tuple(Covariate(name, name, "as given", "own") for name in columns)
    years = (known.first_year, known.first_year + known.values.shape[1] - 1)
    added = dense({"own": table}, own, cow=known.cow, years=years)
    values, age = np.concatenate([known.values, added.values], 2), np.concatenate([known.age, added.age], 2)
    return Covariates(known.cow, known.first_year, values, age, (*known.names, *added.names))


def known_at(table: pd.DataFrame, *, origin: int, year_column: str = "year") -> pd.DataFrame:
    """Refuse a table of covariates with any row dated after the origin of a forecast.

    Raises
    ------
    InputError
        Naming the first such row.

    Examples
    --------
    >>> import pandas as pd
    >>> len(known_at(pd.DataFrame({"year": [2019, 2020]}), origin=2020))
    2
    """
    late = np.flatnonzero(table[year_column].to_numpy() > origin)
    if late.size:
        year = table[year_column].iloc[int(late[0])]
        raise InputError(
            f"row {int(late[0]) + 2}: a covariate of {year} cannot be used in a forecast made at the end of {origin}; "
            f"drop rows after {origin} or choose a later origin"
        )
    return table


@cache
def shipped_covariates() -> Covariates:
    """The shipped covariates of every country with a code, 1945 to 2024."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    tables = {
        "wdi": _economy(read_source("wdi")),
        "infant_mortality": _mortality(read_source("infant_mortality")),
        "reign_years": _leaders(
            pd.concat([read_source("reign_years"), in_office(read_source("reign_leaders"), LAST_LEADERS)])
        ),
        "vdem_indices": _openness(read_source("vdem_indices")),
        "vdem_items": read_source("vdem_items"),
        "lied": read_source("lied"),
        "anckar": _second_types(read_source("anckar")),
    }
    return dense(tables, COUNTRY, cow=np.array(sorted(known_cow())), years=(1945, 2024))


def dense(
    tables: dict[str, pd.DataFrame], covariates: tuple[Covariate, ...], *, cow: Ints, years: tuple[int, int]
) -> Covariates:
    """Lay tables keyed by ``cow`` and ``year`` out by country, year and covariate, and carry forward."""
    shape = (len(cow), years[1] - years[0] + 1, len(covariates))
    values = np.full(shape, np.nan)
    for ix, covariate in enumerate(covariates):
        table = tables[covariate.source]
        table = table[table["cow"].isin(cow) & table["year"].between(*years)]
        row = np.searchsorted(cow, table["cow"].to_numpy(dtype=np.int64))
        column = table["year"].to_numpy(dtype=np.int64) - years[0]
        values[row, column, ix] = table[covariate.name].to_numpy(dtype=float)
    carried, age = _carry_forward(values)
    names = tuple(covariate.name for covariate in covariates)
    if "no_economy" in names:
        flag = names.index("no_economy")
        carried[:, :, flag] = np.isnan(carried[:, :, names.index("log_gdp_pc")])
        age[:, :, flag] = 0
    return Covariates(cow, years[0], carried, age, names)


def _carry_forward(values: Array) -> tuple[Array, Ints]:
    carried, age = values.copy(), np.zeros(values.shape, dtype=np.int64)
    for column in range(1, values.shape[1]):
        stale = np.isnan(carried[:, column]) & (age[:, column - 1] < LONGEST_CARRY)
        carried[:, column] = np.where(stale, carried[:, column - 1], carried[:, column])
        age[:, column] = np.where(stale, age[:, column - 1] + 1, 0)
    return carried, age


def in_office(leaders: pd.DataFrame, year: int) -> pd.DataFrame:
    """Age, months in power and military career of whoever led each country at the end of a year.

    Parameters
    ----------
    leaders : DataFrame
        REIGN's list of leaders.
    year : int
        Calendar year; REIGN's own yearly table ends one year before its list of leaders does.

    Returns
    -------
    DataFrame
        Columns ``cow, year, age, militarycareer, tenure_months``, as in REIGN's yearly table.
    """
    there = leaders[(leaders["syear"] <= year) & (leaders["eyear"].isna() | (leaders["eyear"] > year))]
    last = there.sort_values(["cow", "syear", "smonth", "sdate"]).drop_duplicates("cow", keep="last")
    months = (year - last["syear"]) * 12 + 13 - last["smonth"]
    return last[["cow", "militarycareer"]].assign(year=year, age=year - last["birthyear"], tenure_months=months)


def _change(table: pd.DataFrame, column: str) -> pd.Series:
    """Difference to the year before, missing where that year is missing."""
    ordered = table.groupby("cow")
    step = ordered[column].diff()
    return step.where(ordered["year"].diff() == 1)


def _economy(wdi: pd.DataFrame) -> pd.DataFrame:
    log_income = (wdi["gdp"] / wdi["population"]).transform(_log)
    table = wdi[["cow", "year"]].assign(log_gdp_pc=log_income, log_population=_log(wdi["population"]))
    growth = _change(table, "log_gdp_pc")
    return table.assign(growth=growth, slump=growth.clip(upper=0), no_economy=0.0)


def _mortality(table: pd.DataFrame) -> pd.DataFrame:
    return table[["cow", "year"]].assign(log_infant_mortality=_log(table["infmort"]))


def _leaders(table: pd.DataFrame) -> pd.DataFrame:
    names = {
        "age": "leader_age", "militarycareer": "military_career", "anticipation": "election_expected",
        "irreg_lead_ant": "irregular_expected", "lastelection": "log_since_election", "loss": "log_since_loss",
        "irregular": "log_since_irregular",
    }  # fmt: skip
    logs = {"log_tenure": _log(table["tenure_months"]), "log_conflict": _log(1 + table["prev_conflict"])}
    return table.rename(columns=names).assign(**logs)


def _second_types(anckar: pd.DataFrame) -> pd.DataFrame:
    kind = anckar["regimenarrowcat"]
    flags = {"military_rule": kind == "Military rule", "single_party": kind == "Single-party rule"}
    return anckar[["cow", "year"]].assign(**{name: flag.astype(float) for name, flag in flags.items()})


def _openness(table: pd.DataFrame) -> pd.DataFrame:
    named = table.rename(columns={"v2x_polyarchy": "polyarchy"})
    return named.assign(polyarchy_change=_change(named, "polyarchy"))


_log: Callable[[pd.Series], pd.Series] = np.log
