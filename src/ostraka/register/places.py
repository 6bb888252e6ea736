"""Where a post stands: countries, their cities and regions, as reports name them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from ostraka.read.places import countries, country_name

_CITIES = frozenset({"HK", "MO"})
_ADJECTIVES = {
    "africa": "african",
    "asia": "asian",
    "europe": "european",
    "eastern europe": "eastern european",
    "western europe": "western european",
    "latin america": "latin american",
    "south america": "south american",
    "middle east": "middle eastern",
    "southeast asia": "southeast asian",
    "central asia": "central asian",
    "caribbean": "caribbean country",
}
_WORDS = frozenset({"us", "the west", "the north", "the south"})
_WORD = re.compile(r"\w+")
_LABEL = 200  # longer texts are folded once and not remembered


@dataclass(frozen=True, slots=True)
class Place:
    """What a report's words say about where a post stands; empty where they say nothing.

    Parameters
    ----------
    countries : frozenset of str
        Countries named, by their English name.
    cities, regions : frozenset of str
        Cities and world regions named, folded.
    """

    countries: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.countries or self.cities or self.regions)

    @property
    def around(self) -> frozenset[str]:
        """The regions that its countries lie in."""
        return frozenset().union(*(_gazetteer()[1][country] for country in self.countries))

    def words(self) -> str:
        """The narrowest names of it."""
        return ", ".join(sorted(city.title() for city in self.cities) or sorted(self.countries or self.regions))


def fold(text: str) -> str:
    """Lower case without accents, hyphens or doubled spaces, for comparing words.

    Examples
    --------
    >>> fold("  Côte-d'Ivoire ")
    "cote d'ivoire"
    """
    return _fold_label(text) if len(text) < _LABEL else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().replace("-", " ").split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().replace("’", "'").replace("-", " ").split())


_fold_label = lru_cache(maxsize=65_536)(_fold)


@cache
def _gazetteer() -> tuple[Mapping[str, tuple[str, str]], Mapping[str, frozenset[str]]]:
    """Folded name to (sort of name, country or region); country to its regions.

    The names are those that the reader knows; the table here adds the regions, which a reader does not need.
    """
    names: dict[str, tuple[str, str]] = {}
    around: dict[str, frozenset[str]] = {}
    text = (files("ostraka.register") / "regions.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        known = countries()[row["code"]]
        country = country_name(row["part_of"] or row["code"])
        regions = [fold(region) for region in row["regions"].split("|")]
        around[country] = around.get(country, frozenset()).union(regions)
        names.update({region: ("region", region) for region in regions})
        names.update({_ADJECTIVES[region]: ("region", region) for region in regions if region in _ADJECTIVES})
        cities = [*known["cities"], *row["cities"].split("|")]
        own = [*known["names"], *known["demonyms"], *known.get("ko", ()), *row["names"].split("|")]
        names.update({fold(city): ("city", country) for city in cities if city})
        names.update({fold(name): ("city" if row["code"] in _CITIES else "country", country) for name in own if name})
    return MappingProxyType({name: found for name, found in names.items() if name not in _WORDS}), MappingProxyType(
        around
    )


@cache
def _by_first_word() -> Mapping[str, list[str]]:
    """Known names by the word they begin with, the longest first, so that South Africa is not Africa."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(_gazetteer()[0], key=len, reverse=True):
        found[_WORD.findall(name)[0]].append(name)
    return found


def _named_in(text: str) -> Iterator[str]:
    """Known names in a folded text, in order; none within another."""
    names, end = _by_first_word(), 0
    for word in _WORD.finditer(text):
        start = word.start()
        for name in names.get(word[0], ()) if start >= end else ():
            if text.startswith(name, start) and not _WORD.match(text, start + len(name)):
                end = start + len(name)
                yield name
                break


@cache
def find_place(*texts: str) -> Place:
    """The countries, cities and regions that some words name.

    Examples
    --------
    >>> sorted(find_place("British Embassy in London").countries)
    ['United Kingdom']
    >>> find_place("Southeast Asia (country not named)").regions
    frozenset({'southeast asia'})
    """
    names, _ = _gazetteer()
    countries: set[str] = set()
    cities: set[str] = set()
    regions: set[str] = set()
    for match in _named_in(fold(" ; ".join(texts))):
        sort, place = names[match]
        if sort == "region":
            regions.add(place)
        else:
            countries.add(place)
            if sort == "city":
                cities.add(match)
    return Place(frozenset(countries), frozenset(cities), frozenset(regions))


def compare_places(a: Place, b: Place) -> str:
    """How two places lie: ``city``, ``country``, ``regions`` (one region), ``region`` (may be), ``different`` or ``unknown``.

    Examples
    --------
    >>> compare_places(find_place("Havana"), find_place("embassy in Cuba"))
    'country'
    >>> compare_places(find_place("Hanoi"), find_place("Southeast Asia"))
    'region'
    """
    if not a or not b:
        return "unknown"
    if a.countries and b.countries:
        if not a.countries & b.countries:
            return "different"
        if a.cities and b.cities:
            return "city" if a.cities & b.cities else "different"
        return "country"
    if not (a.countries or b.countries) and a.regions & b.regions:
        return "regions"
    return "region" if (a.regions | a.around) & (b.regions | b.around) else "different"


@lru_cache(maxsize=4096)
def regime_country(regime: str) -> str:
    """The country a regime's name stands for, folded; the name itself where no country is known.

    Examples
    --------
    >>> regime_country("DPRK") == regime_country("North Korea") == regime_country("N. Korea")
    True
    """
    text = re.sub(r"^n\.? ?korea(n)?$", "north korea", fold(regime))
    found = find_place(text).countries
    return fold(next(iter(found))) if len(found) == 1 else text
