"""Countries, their cities and people, as reports name them; and the heads of regimes that stand for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ostraka.read.tokens import Phrases


class PlaceKind(StrEnum):
    """How a word names a place."""

    COUNTRY = "country"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    CITY = "city"
    REGION = "region"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named: the words we use for it, the code of its country, and how it was named."""

    name: str
    country: str
    kind: PlaceKind


@cache
def read_table(name: str) -> dict[str, Any]:
    """One of the package's tables."""
    return tomllib.loads((files("ostraka.read") / "tables" / name).read_text(encoding="utf-8"))


@cache
def countries() -> Mapping[str, Mapping[str, Any]]:
    """The table of countries by code."""
    table: dict[str, Mapping[str, Any]] = read_table("places.toml")["country"]
    return table


def country_name(code: str) -> str:
    """Our name for a country; empty for none.

    Examples
    --------
    >>> country_name("KP")
    'North Korea'
    """
    return str(countries()[code]["names"][0]) if code else ""


def is_regime(code: str) -> bool:
    """Whether the country was under an authoritarian regime in some of the years since 1945."""
    return bool(code) and bool(countries()[code].get("regime"))


SETTLED = 3
"""Years after the first free election and before the last in which a country is not yet, or no longer, told as free."""
_LAST = 2024
"""The last year of the table of free elections; what was free then is held for free since."""


@cache
def is_free(code: str, year: int) -> bool:
    """Whether those who ruled a country in a year had to win elections: well within a time of a lexical index of 4 or more.

    From Skaaning, Gerring & Bartusevičius (2015, doi:10.1177/0010414014546331), kept as spells of years in ``places.toml``.

    Examples
    --------
    >>> is_free("PL", 1981), is_free("PL", 2006)
    (False, True)
    """
    spells = countries()[code].get("free", ()) if code else ()
    return any(first + SETTLED <= year and (last == _LAST or year <= last - SETTLED) for first, last in spells)


@cache
def gazetteer() -> Phrases:
    """All names of places, with a :class:`Place` each; capitals matter."""
    table = read_table("places.toml")
    phrases = Phrases(exact=True)
    for name in table["ambiguous"]["names"]:
        phrases.add(name, Place(name, "", PlaceKind.AMBIGUOUS))
    for code, row in table["country"].items():
        first = row["names"][0]
        phrases.add_all(row["names"], Place(first, code, PlaceKind.COUNTRY))
        heads = (f"The {name[4:]}" for name in row["names"] if name.startswith("the "))
        phrases.add_all(heads, Place(first, code, PlaceKind.COUNTRY))
        phrases.add_all((name.title() for name in row["names"][:1]), Place(first, code, PlaceKind.COUNTRY))
        phrases.add_all((f"Republic of {name}" for name in row["names"]), Place(first, code, PlaceKind.COUNTRY))
        phrases.add_all(row["demonyms"], Place(first, code, PlaceKind.DEMONYM))
        for rank, city in enumerate(row["cities"]):
            place = Place(city, code, PlaceKind.CITY if rank else PlaceKind.CAPITAL)
            phrases.add(city, place)
            phrases.add(city.upper(), place)
    for name in table["region"]["names"]:
        phrases.add(name, Place(name.removeprefix("a ").removeprefix("the "), "", PlaceKind.REGION))
    return phrases


@cache
def leaders() -> Mapping[str, str]:
    """Country of each head of a regime, by full name and by the single word that means them."""
    return {
        name: code
        for code, row in read_table("leaders.toml").items()
        for name in (*row.get("full", ()), *row.get("single", ()))
    }


@cache
def korean_places() -> Mapping[str, Place]:
    """Korean names of countries and cities."""
    return {
        name: Place(country_name(code) if rank == 0 else name, code, PlaceKind.CITY if rank else PlaceKind.COUNTRY)
        for code, row in countries().items()
        for rank, name in enumerate(row.get("ko", ()))
    }


@cache
def _codes() -> Mapping[str, str]:
    return {
        name.casefold(): code for code, row in countries().items() for name in (*row["names"], *row.get("ko", ())[:1])
    }


def country_code(name: str) -> str:
    """The code of a country by its English or Korean name alone; empty for anything else.

    Examples
    --------
    >>> country_code("Italy"), country_code("이탈리아"), country_code("Rome")
    ('IT', 'IT', '')
    """
    return _codes().get(name.strip().casefold(), "")
