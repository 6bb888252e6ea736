"""What is filed of a report or a record: under which keys each person, event and page of it is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ostraka.case import Case
from ostraka.dates import When, day_number
from ostraka.read.reading import Reading
from ostraka.register.bodies import profile_body, telling_body
from ostraka.register.freeze import restrict
from ostraka.register.keys import hashed, name_keys, open_post_keys, post_keys
from ostraka.register.places import regime_country
from ostraka.register.profiles import (
    Telling,
    event_mention,
    names_of,
    person_mention,
    record_profiles,
    tellings_of,
)
from ostraka.register.versions import page_of

PERSON, EVENT, PAGE = "person", "event", "page"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is filed of one person, event or page, and its keys.

    Parameters
    ----------
    id, origin : str
        Of the mention or row, and of its report or record.
    kind : str
    names : str
        The spellings of a person, one a line.
    low, high : int or None
        Day numbers between which an event was, as it is told.
    body : str
        For a row of a record what is compared, as JSON; a report is read again instead.
    keys : frozenset of int
    """

    id: str
    origin: str
    kind: str
    names: str = ""
    low: int | None = None
    high: int | None = None
    body: str = ""
    keys: frozenset[int] = frozenset()


def entries_of_reading(reading: Reading) -> tuple[Entry, ...]:
    """What is filed of a report: under each regime it speaks of, or under none said."""
    report = reading.report
    made = [Entry(report.id, report.id, PAGE, keys=page_keys(report.url))] if page_of(report.url) else []
    # as told, not cut off at the day of print: another version of the page may move that day
    told = {event_mention(report.id, event.label): event.when for event in reading.events}
    named = names_of(reading)
    for country in countries_of(reading):
        made += [_person(person_mention(report.id, label), report.id, names, country) for label, names in named.items()]
        tellings = tellings_of(restrict(reading, country), country, named)
        made += [_event(telling, country, told[telling.id]) for telling in tellings]
    return _once(made)


def countries_of(reading: Reading) -> tuple[str, ...]:
    """The countries whose regimes a report speaks of; an empty one where it says none."""
    said = {regime_country(event.origin_regime) for event in reading.events if event.origin_regime}
    return tuple(sorted(said)) or ("",)


def entries_of_record(origin: str, case: Case) -> tuple[Entry, ...]:
    """What is filed of a record: under the name of its regime, and under its code."""
    made: list[Entry] = []
    persons, tellings = record_profiles(case, origin)
    for country in sorted({regime_country(case.regime), case.code.casefold()} - {""}):
        for person in persons:
            filed = _person(person.id, origin, person.spellings, country)
            made.append(replace(filed, body=profile_body(person)))
        made += [_event(telling, country, telling.when, telling_body(telling)) for telling in tellings]
    return _once(made)


def page_keys(url: str) -> frozenset[int]:
    """The key of the page that an address leads to."""
    return frozenset(hashed("", PAGE, [page_of(url)]))


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each thing once, under all its keys."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        known = found.setdefault((entry.kind, entry.id), entry)
        if known is not entry:
            found[entry.kind, entry.id] = replace(known, keys=known.keys | entry.keys)
    return tuple(found.values())


def _person(item: str, origin: str, names: tuple[str, ...], country: str) -> Entry:
    return Entry(item, origin, PERSON, "\n".join(names), keys=_person_keys(names, country))


@lru_cache(maxsize=16_384)
def _person_keys(spellings: tuple[str, ...], country: str) -> frozenset[int]:
    """Keys of a name, made once for all reports that spell it so."""
    keys = name_keys(spellings)
    return frozenset(hashed(country, "whole", keys.whole) | hashed(country, "heads", keys.heads))


def _event(telling: Telling, country: str, when: When, body: str = "") -> Entry:
    keys = post_keys(telling) if country else open_post_keys(telling)
    low, high = (day_number(day) if day else None for day in (when.earliest, when.latest))
    drawer = "named" if telling.named else "unnamed"
    filed = frozenset(hashed(country, drawer, keys))
    return Entry(telling.id, telling.origin, EVENT, low=low, high=high, body=body, keys=filed)
