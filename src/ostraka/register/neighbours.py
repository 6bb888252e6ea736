"""The persons and events that those of one report may be, out of all that is filed: nothing else is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from ostraka.dates import day_number
from ostraka.read.reading import Reading
from ostraka.register import fetch
from ostraka.register.bodies import to_profile, to_telling, told_in
from ostraka.register.directory import Directory
from ostraka.register.filing import EVENT, PAGE, PERSON, page_keys
from ostraka.register.freeze import about
from ostraka.register.judgements import Decisions
from ostraka.register.keys import asked_keys, hashed, name_keys
from ostraka.register.likeness import SLACK_UNNAMED_DAYS
from ostraka.register.places import regime_country
from ostraka.register.profiles import Profile, Telling, reading_profiles
from ostraka.register.spelling import compare_spellings
from ostraka.register.tables import filed, filed_under
from ostraka.register.versions import dated

_AT_ONCE = 500
_MARK = "re-"  # how the id of a report begins


class Neighbours:
    """What of the file of a regime is near a report.

    Parameters
    ----------
    connection : Connection
    regime : str
    decisions : Decisions
        Of this moment; what was rejected is not compared, what was merged is near.
    """

    def __init__(self, connection: Connection, regime: str, decisions: Decisions) -> None:
        self._connection = connection
        self._regime = regime
        self._decisions = decisions
        self._countries = (regime_country(regime), "")
        self._ranks = {item: place for place, item in enumerate(fetch.record_ids(connection, regime))}
        self._read: set[str] = set()
        self._profiles: dict[str, Profile] = {}
        self._tellings: dict[str, Telling] = {}

    def around(self, report: str) -> Directory:
        """The persons and events of a report, all that they may be, and what is told of those.

        Parameters
        ----------
        report : str
            Id of a report of the register.
        """
        self._read_reports({report})
        merged = self._decisions.decided.merged_with
        own = [row.id for row in self._profiles.values() if row.origin == report]
        told = [row.id for row in self._tellings.values() if row.origin == report]
        persons, events = self._load(merged(own), merged(told))
        near = {item for person in persons for item in self._near(self._profiles[person])}
        near_events = {item for event in events for item in self._near_event(self._tellings[event])}
        others, other_events = self._load(near, near_events)
        persons, events = persons | others, events | other_events
        persons |= self._load({self._tellings[event].person for event in events} - {""}, ())[0]
        events |= self._load((), {told.id for person in persons for told in self._profiles[person].tellings})[1]
        found = Directory()
        for person in sorted(persons):
            found.add(self._profiles[person])
        for event in sorted(events):
            found.add_telling(self._tellings[event])
        return found

    def _near(self, person: Profile) -> Iterator[str]:
        """Persons whose names may be the person's."""
        asked = name_keys(person.spellings)
        drawers = {"whole": asked.whole | asked.heads, "heads": asked.whole}
        for row in self._filed_under(PERSON, drawers):
            if compare_spellings(person.spellings, tuple(row.names.split("\n")))[0] != "different":
                yield row.id

    def _near_event(self, event: Telling) -> Iterator[str]:
        """Events that may be this one although one of the two names nobody."""
        keys = set(asked_keys(event))
        drawers = {"unnamed": keys} if event.named else {"unnamed": keys, "named": keys}
        low, high = event.when.earliest, event.when.latest
        limits = []
        if low:
            limits.append(or_(filed.c.high.is_(None), filed.c.high >= day_number(low) - SLACK_UNNAMED_DAYS))
        if high:
            limits.append(or_(filed.c.low.is_(None), filed.c.low <= day_number(high) + SLACK_UNNAMED_DAYS))
        return (row.id for row in self._filed_under(EVENT, drawers, *limits))

    def _filed_under(self, kind: str, drawers: Mapping[str, Collection[str]], *limits: Any) -> Iterator[Any]:
        """Rows of the file under some keys of some drawers, of this regime or of none said."""
        keys = {
            key
            for drawer, own in drawers.items()
            for country in self._countries
            for key in hashed(country, drawer, own)
        }
        query = select(filed.c.id, filed.c.origin, filed.c.names).join(
            filed_under, filed_under.c.number == filed.c.number
        )
        yield from _in_batches(self._connection, query.where(filed.c.kind == kind, *limits), filed_under.c.key, keys)

    def _load(self, persons: Collection[str], events: Collection[str]) -> tuple[set[str], set[str]]:
        """Have some persons and events at hand; those of them that are of this regime."""
        unknown = set(persons).difference(self._profiles) | set(events).difference(self._tellings)
        rows = list(_in_batches(self._connection, select(filed).where(filed.c.kind != PAGE), filed.c.id, unknown))
        self._read_reports({row.origin for row in rows if row.origin.startswith(_MARK)})
        self._read_rows([row for row in rows if row.origin in self._ranks])
        return set(persons) & self._profiles.keys(), set(events) & self._tellings.keys()

    def _read_rows(self, rows: list[Any]) -> None:
        """Rows of records; where two records have a row of one id, the preferred one."""
        for row in sorted(rows, key=lambda row: self._ranks[row.origin]):
            if row.kind == EVENT and row.id not in self._tellings:
                self._tellings[row.id] = to_telling(row.body)
        own = [row for row in rows if row.kind == PERSON]
        if not own:
            return
        self._load((), {item for row in own for item in told_in(row.body)})
        for row in sorted(own, key=lambda row: self._ranks[row.origin]):
            if row.id not in self._profiles:
                told = tuple(self._tellings[item] for item in told_in(row.body))
                self._profiles[row.id] = to_profile(row.body, told)

    def _read_reports(self, ids: set[str]) -> None:
        """Reports, with all versions of their pages: the day of a version depends on the others."""
        new = ids - self._read
        if not new:
            return
        readings = list(self._readings(new))
        pages = {key for reading in readings if reading.report.url for key in page_keys(reading.report.url)}
        query = select(filed.c.id).join(filed_under, filed_under.c.number == filed.c.number)
        versions = {row.id for row in _in_batches(self._connection, query, filed_under.c.key, pages)}
        readings += self._readings(versions - new - self._read)
        self._read |= new | versions
        for reading in dated(about(readings, self._regime)):
            persons, tellings = reading_profiles(reading, self._regime)
            self._profiles.update((person.id, person) for person in persons)
            self._tellings.update((telling.id, telling) for telling in tellings)

    def _readings(self, ids: Collection[str]) -> Iterable[Reading]:
        return fetch.readings(self._connection, self._decisions.rejected_ids, sorted(ids)) if ids else ()


def _in_batches(connection: Connection, query: Any, column: Any, values: Collection[Any]) -> Iterator[Any]:
    """Rows in which a column has one of some values."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from connection.execute(query.where(column.in_(ordered[start : start + _AT_ONCE])))
