"""What has just happened: coups in a country, ends of regimes around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ostraka.errors import InputError
from ostraka.forecast.formats import ELITE_GROUPS
from ostraka.forecast.panel import Panel

if TYPE_CHECKING:
    import pandas as pd

REGIONS = (
    (0, 199, "Americas"),
    (200, 399, "Europe"),
    (400, 599, "Africa"),
    (600, 699, "Middle East"),
    (700, 999, "Asia"),
)
"""Regions of the world by the hundreds of the COW codes."""


def region_of(cow: int) -> str:
    """The region of a COW code.

    Examples
    --------
    >>> region_of(731)
    'Asia'
    """
    return next((name for first, last, name in REGIONS if first <= cow <= last), "")


def regional_ends(panel: Panel) -> pd.DataFrame:
    """Share of a region's autocracies that ended in each year, by country and year.

    Parameters
    ----------
    panel : Panel
        Regime-years.

    Returns
    -------
    DataFrame
        Columns ``cow``, ``year``, ``regional_ends``; the value of a year is known at its end.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    regions = np.array([region_of(int(cow)) for cow in panel.cow], dtype=object)
    table = pd.DataFrame({"region": regions, "year": panel.year, "fail": panel.fail})
    share = table.groupby(["region", "year"])["fail"].mean().to_dict()
    years = range(int(panel.year.min()), int(panel.year.max()) + 1)
    rows = [
        (int(cow), year, float(share.get((region_of(int(cow)), year), 0.0)))
        for cow in np.unique(panel.cow)
        for year in years
    ]
    return pd.DataFrame(rows, columns=["cow", "year", "regional_ends"])


def recent_coups(events: pd.DataFrame, panel: Panel, *, years: int = 5) -> pd.DataFrame:
    """Whether a coup was tried in a country within some years, by country and year.

    Parameters
    ----------
    events : DataFrame
        One row per attempt with ``cow`` and ``year`` (:func:`ostraka.forecast.load.load_data`, ``powell_thyne``).
    panel : Panel
        Says which countries and years are wanted.
    years : int
        Length of the window, ending with the year itself.

    Returns
    -------
    DataFrame
        Columns ``cow``, ``year``, ``recent_coup`` (0 or 1); missing before the events begin.

    Raises
    ------
    InputError
        If the window is shorter than a year.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    if years < 1:
        raise InputError(f"expected a window of at least one year, got {years}")
    tried = {(int(cow), int(year)) for cow, year in events[["cow", "year"]].dropna().itertuples(index=False)}
    span = range(int(events["year"].min()), int(panel.year.max()) + 1)
    rows = [
        (int(cow), year, float(any((int(cow), year - back) in tried for back in range(years))))
        for cow in np.unique(panel.cow)
        for year in span
    ]
    return pd.DataFrame(rows, columns=["cow", "year", "recent_coup"])


def potential_defections(vdem: pd.DataFrame) -> pd.DataFrame:
    r"""Elite groups that went over from a regime's support to active opposition, by country and year.

    Parameters
    ----------
    vdem : DataFrame
        V-Dem's country-years (:func:`ostraka.forecast.load.load_data`, ``vdem``) with the shares of coders who name each
        elite group among the regime's supporters and among its active opponents.

    Returns
    -------
    DataFrame
        Columns ``cow, year, value``, ready for :func:`ostraka.forecast.defections.compare_with_series`; years without a
        year before are left out.

    Raises
    ------
    InputError
        If no elite group has both columns.

    Notes
    -----
    The value is :math:`\sum_g\min\{(S_{g,t-1}-S_{gt})_+,\,(O_{gt}-O_{g,t-1})_+\}` over party elites, business elites,
    bureaucracy and military: how much support each lost and opposition gained in the same year. Coders judged it years
    later, so it is no forecast's friend: a regime that fell may be seen in hindsight to have been left.
    """
    groups = [group for group in ELITE_GROUPS if {f"support_{group}", f"opposition_{group}"} <= set(vdem)]
    if not groups:
        raise InputError(
            "V-Dem's columns v2regsupgroups_2 to _5 and v2regoppgroupsact_2 to _5 are missing; use the full file"
        )
    table = vdem.dropna(subset=["cow", "year"]).sort_values(["cow", "year"])
    apart = table.groupby("cow")
    follows = apart["year"].diff() == 1
    value = sum(
        np.minimum(-apart[f"support_{group}"].diff().clip(upper=0), apart[f"opposition_{group}"].diff().clip(lower=0))
        for group in groups
    )
    found = table[["cow", "year"]].assign(value=value)
    return found[follows & found["value"].notna()].reset_index(drop=True)
