"""Which regimes are at risk after a year of origin, and which of them a name means."""

from __future__ import annotations

import difflib
from dataclasses import replace

import numpy as np

from ostraka.errors import InputError
from ostraka.forecast.codes import country_names
from ostraka.forecast.panel import Panel

_OTHER_NAMES = {
    "dprk": "north korea",
    "n korea": "north korea",
    "democratic people's republic of korea": "north korea",
    "prc": "china",
    "people's republic of china": "china",
    "ussr": "soviet union",
    "burma": "myanmar",
    "uae": "united arab emirates",
}


def display_name(country: str) -> str:
    """A country's name as people write it, from the panel's inverted form.

    Examples
    --------
    >>> display_name("Korea North"), display_name("Cuba")
    ('North Korea', 'Cuba')
    """
    *rest, last = country.split()
    return " ".join([last, *rest]) if rest and last in ("North", "South", "East", "West") else country


def at_risk(panel: Panel, origin: int, *, lead: int = 1) -> Panel:
    """Regimes in power at the end of the year of origin, as rows of the year `lead` years ahead.

    Parameters
    ----------
    panel : Panel
        Regime-years. After its last year the regimes then in power are taken to have lasted.
    origin : int
        Year at whose end one looks ahead.
    lead : int
        Years ahead.

    Returns
    -------
    Panel
        ``fail`` is 0 throughout: it is not known at the origin.

    Raises
    ------
    InputError
        If the origin lies before the panel.
    """
    last = int(panel.year.max())
    if not int(panel.year.min()) <= origin <= last + 10:
        raise InputError(f"expected an origin from {panel.year.min()} to {last + 10}, got {origin}")
    now = (
        panel.where(panel.year == origin + 1)
        if origin < last
        else panel.where((panel.year == last) & (panel.fail == 0))
    )
    ahead = origin + lead - now.year
    return replace(now, year=now.year + ahead, duration=now.duration + ahead, fail=np.zeros_like(now.fail))


def find_regime(panel: Panel, regime: str, *, origin: int) -> int:
    """The row, among those at risk, of the regime that a name means.

    Parameters
    ----------
    panel : Panel
        Regime-years.
    regime : str
        Country name, ISO code or regime name.
    origin : int
        Year at whose end one looks ahead.

    Raises
    ------
    InputError
        If no such regime is at risk; near names, or the years in which it was, are listed.

    Examples
    --------
    >>> from ostraka.forecast.panel import shipped_panel
    >>> str(at_risk(shipped_panel(), 2020).country[find_regime(shipped_panel(), "DPRK", origin=2020)])
    'Korea North'
    """
    now = at_risk(panel, origin)
    names = _names(now)
    asked = _plain(regime)
    asked = _OTHER_NAMES.get(asked, asked)
    if asked in names:
        return names[asked]
    years = sorted({int(panel.year[row]) for row in _rows_of(panel, asked)})
    if years:
        raise InputError(
            f"{regime!r} is no autocracy at the end of {origin} in the panel; it is one in {len(years)} of the years "
            f"{years[0]} to {years[-1]}: choose an origin before its end"
        )
    near = [
        display_name(str(now.country[names[name]]))
        for name in difflib.get_close_matches(asked, names, n=8, cutoff=0.55)
    ]
    listed = list(dict.fromkeys(near)) or sorted({display_name(str(country)) for country in now.country})
    raise InputError(
        f"no autocracy called {regime!r} at the end of {origin}; {'near names' if near else 'there'} are {', '.join(listed)}"
    )


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").replace(".", " ").replace("_", " ").split())


def _names(now: Panel) -> dict[str, int]:
    """Every name of every regime at risk, with its row."""
    names = {_plain(str(text)): ix for ix in range(len(now)) for text in (now.country[ix], now.case[ix])}
    names |= {_plain(display_name(str(country))): ix for ix, country in enumerate(now.country)}
    rows = {int(cow): ix for ix, cow in enumerate(now.cow)}
    for name, cow in country_names().items():
        if cow in rows:
            names.setdefault(_plain(name), rows[cow])
    return names


def _rows_of(panel: Panel, asked: str) -> list[int]:
    cow = {_plain(name): code for name, code in country_names().items()}.get(asked, -1)
    return [ix for ix in range(len(panel)) if panel.cow[ix] == cow or _plain(str(panel.country[ix])) == asked]
