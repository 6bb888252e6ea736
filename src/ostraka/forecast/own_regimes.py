"""Regimes of other sources as an outcome: spells with dates, cut into the years in which they could end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ostraka.errors import InputError, Problem
from ostraka.forecast.load import load_data
from ostraka.forecast.panel import Panel, panel_from_frame

if TYPE_CHECKING:
    import pandas as pd

FIRST_YEAR = 1946
HRD_MODES = {
    0: "coup",
    1: "coup",
    2: "insiders change the rules",
    3: "other",
    4: "other",
    5: "war",
    6: "war",
    7: "war",
    8: "uprising",
    9: "insiders change the rules",
    10: "insiders change the rules",
    11: "other",
    12: "other",
}
"""HRD's and V-Dem's codes of how a regime ended: 2 self-coup, 3 assassination, 4 natural death, 5 to 7 civil war,
war between states and foreign intervention, 9 and 10 guided change, 11 unguided liberalisation."""
STILL_EXISTS = 13
CLOSED = 1
"""V-Dem's regimes of the world: 0 closed and 1 electoral autocracy."""
_INFO = r"^(?P<case>.*)\((?P<start>\d{1,2}/\d{1,2}/\d{4})\s*[-–—−―]\s*(?P<end>[\d/]+|\D*)\)\s*$"


def panel_from_spells(
    spells: pd.DataFrame, *, last_year: int, name: str = "spells"
) -> tuple[Panel, tuple[Problem, ...]]:
    """Regime-years from regime spells: in power on 1 January, ended in the calendar year of the last day.

    Parameters
    ----------
    spells : DataFrame
        Columns ``cow``, ``case``, ``start``, ``end`` (dates; no end where the regime lasts) and, where known,
        ``country`` and ``type``. Regimes without a type are ``untyped``.
    last_year : int
        Last year with outcomes; later ends are censored.
    name : str
        What to call the file in problems.

    Returns
    -------
    panel : Panel
        From 1946 on, each regime entering late with its true age.
    problems : tuple of Problem
        Faults found on the way; the rows they name are those of the regime-years.

    Raises
    ------
    InputError
        If a column is missing or nothing is left.

    Examples
    --------
    >>> import pandas as pd
    >>> spells = pd.DataFrame({"cow": [2.0], "case": ["A"], "start": pd.to_datetime(["1944-05-01"]),
    ...                        "end": pd.to_datetime(["1947-02-03"])})
    >>> panel, problems = panel_from_spells(spells, last_year=2020)
    >>> panel.year.tolist(), panel.duration.tolist(), panel.fail.tolist()
    ([1946, 1947], [2, 3], [0, 1])
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    missing = [column for column in ("cow", "case", "start", "end") if column not in spells]
    if missing:
        raise InputError(f"{name}: columns {', '.join(missing)} are missing; expected cow, case, start, end")
    known = spells.dropna(subset=["cow", "start"])
    begun = known["start"].dt.year.to_numpy(dtype=np.int64)
    ended = known["end"].dt.year.fillna(last_year + 1).to_numpy(dtype=np.int64)
    first, last = np.maximum(begun + 1, FIRST_YEAR), np.minimum(ended, last_year)
    length = np.maximum(last - first + 1, 0)
    if not length.any():
        raise InputError(f"{name}: no regime was in power on 1 January of a year from {FIRST_YEAR} to {last_year}")
    row = np.repeat(np.arange(len(known)), length)
    year = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
    columns = {
        "cow": known["cow"].to_numpy()[row].astype(np.int64),
        "country": known.get("country", known["case"]).to_numpy()[row],
        "case": known["case"].to_numpy()[row],
        "year": year,
        "duration": year - begun[row],
        "fail": (year == ended[row]).astype(np.int64),
        "type": known["type"].to_numpy()[row] if "type" in known else "untyped",
    }
    return panel_from_frame(pd.DataFrame(columns), name=name)


def hrd_panel(path: str | Path, *, last_year: int | None = None) -> tuple[Panel, dict[str, str], tuple[Problem, ...]]:
    """Historical Regimes Data as an outcome; every regime, democracies too.

    Parameters
    ----------
    path : str or Path
        HRD's regimes or country-years, saved as CSV.
    last_year : int, optional
        Last year that the file covers; by default that of the latest end.

    Returns
    -------
    panel : Panel
        Regime-years, untyped.
    modes : dict of str to str
        Mode of end by regime.
    problems : tuple of Problem
        Faults found on the way.

    Raises
    ------
    InputError
        If no regime ended and no last year is given.
    """
    table, problems = load_data(path, "hrd")
    spells = table.drop_duplicates(["code", "case", "start"])
    ends = table["end"].dropna()
    if last_year is None and ends.empty:
        raise InputError(f"{Path(path).name} has no regime that ended; say last_year=")
    covered = int(ends.dt.year.max()) if last_year is None else last_year
    return _outcome(spells, last_year=covered, name=Path(path).name, problems=problems)


def vdem_panel(path: str | Path) -> tuple[Panel, dict[str, str], tuple[Problem, ...]]:
    """V-Dem's autocratic regimes as an outcome: its regime spells, in countries that it rated autocracies the year before.

    Parameters
    ----------
    path : str or Path
        V-Dem's full country-year file as CSV, with ``v2reginfo`` and ``v2x_regime``.

    Returns
    -------
    panel : Panel
        Regime-years, untyped.
    modes : dict of str to str
        Mode of end by regime.
    problems : tuple of Problem
        Faults found on the way.

    Raises
    ------
    InputError
        If the file lacks the regimes.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    table, problems = load_data(path, "vdem")
    if not {"info", "regime"} <= set(table):
        raise InputError(f"{Path(path).name} lacks v2reginfo or v2x_regime; use V-Dem's full country-year file")
    told = table.dropna(subset=["info", "cow"]).reset_index(drop=True)
    parts = told["info"].str.extract(_INFO)
    dates = {name: pd.to_datetime(parts[name], errors="coerce", format="%d/%m/%Y") for name in ("start", "end")}
    told = told.assign(case=told["info"], **dates)
    unread = tuple(
        Problem(f"{Path(path).name}, regime {text!r}", "is not written as Name (01/02/1950 - 03/04/1960)")
        for text in told.loc[told["start"].isna(), "case"].unique()
    )
    # The mode of an end is coded in the regime's last year.
    spells = told.sort_values("year").drop_duplicates(["code", "case", "start"], keep="last")
    panel, modes, more = _outcome(
        spells, last_year=int(told["year"].max()), name=Path(path).name, problems=(*problems, *unread)
    )
    closed = {
        (int(cow), int(year) + 1)
        for cow, year, kind in zip(told["cow"], told["year"], told["regime"], strict=True)
        if kind <= CLOSED
    }
    return panel.where(np.array([key in closed for key in zip(panel.cow, panel.year, strict=True)])), modes, more


def _outcome(
    spells: pd.DataFrame, *, last_year: int, name: str, problems: tuple[Problem, ...]
) -> tuple[Panel, dict[str, str], tuple[Problem, ...]]:
    """Regimes with names of their own as a panel, and how each ended."""
    code = spells["end_type"] if "end_type" in spells else spells["start"].isna() * np.nan
    lasts = (code >= STILL_EXISTS) | spells["end"].isna()
    # Two countries may have a regime of one name from one day on.
    place = spells["country"] if "country" in spells else spells["code"].astype(str)
    case = place + ": " + spells["case"] + " " + spells["start"].dt.strftime("%Y-%m-%d")
    named = spells.assign(case=case, end=spells["end"].mask(lasts))
    panel, more = panel_from_spells(named, last_year=last_year, name=name)
    ends = named[named["end"].notna()]
    modes = {
        str(case): HRD_MODES.get(int(kind), "other") if np.isfinite(kind) else "other"
        for case, kind in zip(ends["case"], code[ends.index], strict=True)
    }
    return panel, modes, (*problems, *more)
