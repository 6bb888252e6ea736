"""Country codes: which code of another system stands for which state, and in which years.

A state can change its code without leaving the map (Yemen after 1990), and a code can outlive its state (the
World Bank's Russia before 1992 is a part of the Soviet Union). ``codes.csv`` holds the spans of years in
which a code of a system means a code of the Correlates of War (COW) list, which all panels here use.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from ostraka.errors import InputError

SYSTEMS = ("cow", "gw", "iso3", "vdem", "vdem_id")
"""Correlates of War; Gleditsch and Ward; ISO 3166-1 alpha-3 (present territory); V-Dem text id and number."""


@cache
def _book() -> dict[tuple[str, str], tuple[tuple[int, int, int], ...]]:
    """Spans ``(first year, last year, COW code)`` by system and code."""
    book: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for row in _rows():
        span = (int(row["first_year"]), int(row["last_year"]), int(row["cow"]))
        book.setdefault((row["system"], row["code"]), []).append(span)
    return {key: tuple(sorted(spans)) for key, spans in book.items()}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (files("ostraka.data") / "regimes" / "codes.csv").open("r", encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


@cache
def known_cow() -> frozenset[int]:
    """Every COW code that any system maps to."""
    return frozenset(int(row["cow"]) for row in _rows())


@cache
def country_names() -> dict[str, int]:
    """Names and ISO codes of countries with the COW code they have today."""
    return {text: int(row["cow"]) for row in _rows() for text in (row["name"], row["code"]) if not text.isdigit()}


def cow_code(system: str, code: str | int, year: int) -> int | None:
    """The COW code of a state in a year, or None where the code meant no state of its own.

    Parameters
    ----------
    system : str
        ``cow``, ``gw``, ``iso3``, ``vdem`` or ``vdem_id``.
    code : str or int
        The code in that system.
    year : int
        Calendar year.

    Raises
    ------
    InputError
        If the system is unknown.

    Examples
    --------
    >>> cow_code("gw", 678, 1985), cow_code("gw", 678, 1995), cow_code("iso3", "RUS", 1985)
    (678, 679, None)
    """
    if system not in SYSTEMS:
        raise InputError(f"expected a code system of {', '.join(SYSTEMS)}, got {system!r}")
    if system == "cow":
        return int(code) if int(code) in known_cow() else None
    spans = _book().get((system, str(code)), ())
    return next((cow for first, last, cow in spans if first <= year <= last), None)
