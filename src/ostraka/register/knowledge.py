"""What a register knows of each regime, and a filing of it that grows with the log instead of being made anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ostraka.errors import InputError
from ostraka.read.reading import Reading
from ostraka.register import audit, fetch
from ostraka.register.database import Database
from ostraka.register.directory import Directory
from ostraka.register.freeze import restrict
from ostraka.register.judgements import Decisions, decide
from ostraka.register.places import regime_country
from ostraka.register.profiles import reading_profiles
from ostraka.register.resolve import Resolution, file_sources, resolve_filed
from ostraka.register.sources import Sources
from ostraka.register.tables import log, report, statement
from ostraka.register.versions import dated


@dataclass
class _Filed:
    """A directory as of an entry of the log, and the judgements of that moment."""

    head: tuple[int, str]
    directory: Directory
    decisions: Decisions


class Knowledge:
    """What is known of regimes; asked for by the register, answered from its tables."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._filed: dict[str, _Filed] = {}

    def sources(self, regime: str) -> Sources:
        """All records, reports and judgements of a regime.

        Raises
        ------
        InputError
            If there are none.
        """
        with self._database.reading() as connection:
            found = _sources(connection, regime)
            held = ", ".join(fetch.regimes(connection)) or "none"
        if not found.records and not any(reading.events for reading in found.readings):
            raise InputError(f"nothing is known of {regime!r}; records are held of: {held}; add a record or reports")
        return found

    def reading(self, report_id: str) -> Reading:
        """What a report says, less what was rejected.

        Raises
        ------
        InputError
            If there is no such report.
        """
        with self._database.reading() as connection:
            rejected = decide(fetch.judgements(connection)).rejected_ids
            found = fetch.readings(connection, rejected, [report_id])
        if not found:
            raise InputError(f"there is no report {report_id!r} in the register; add it first")
        return found[0]

    def regimes_of(self, reading: Reading) -> tuple[str, ...]:
        """The regimes that a report speaks of, or may speak of."""
        named = {
            regime_country(event.origin_regime): event.origin_regime for event in reading.events if event.origin_regime
        }
        with self._database.reading() as connection:
            held = {regime_country(regime): regime for regime in fetch.regimes(connection)}
        if not named:
            return tuple(sorted(held.values()))
        return tuple(sorted(held.get(country, regime) for country, regime in named.items()))

    def regimes(self) -> tuple[str, ...]:
        """Regimes that a record is held of or that reports speak of, each once."""
        with self._database.reading() as connection:
            held = fetch.regimes(connection)
            told = fetch.regimes_told(connection)
        names = {regime_country(regime): regime for regime in (*sorted(told), *held)}
        return tuple(sorted(names.values()))

    def neighbourhood(self, regime: str, reading: Reading) -> Resolution:
        """Who is who among the persons and events of one report and all that they may be."""
        filed = self._file(regime)
        persons, told = reading_profiles(restrict(reading, regime), regime)
        decided = filed.decisions.decided
        people = decided.merged_with({person.id for person in persons}) & filed.directory.profiles.keys()
        events = decided.merged_with({telling.id for telling in told}) & filed.directory.tellings.keys()
        return resolve_filed(filed.directory.around(people, events), decided)

    def _file(self, regime: str) -> _Filed:
        """The directory of a regime as of now: brought up to date by what was added, or made anew."""
        with self._database.reading() as connection:
            head = audit.last(connection)
            filed = self._filed.get(regime)
            if filed is not None and filed.head != head and not _extend(connection, regime, filed):
                filed = None
            if filed is None:
                found = _sources(connection, regime)
                directory = file_sources(regime, found.records, found.readings)
                filed = _Filed(head, directory, found.decisions)
            filed.head = head
        self._filed[regime] = filed
        return filed


def _sources(connection: Connection, regime: str) -> Sources:
    decisions = decide(fetch.judgements(connection))
    speaking = fetch.speaking_of(connection, regime)
    readings = fetch.readings(connection, decisions.rejected_ids, speaking)
    rejected = fetch.statements(connection, sorted(decisions.rejected_ids))
    return Sources(tuple(fetch.records(connection, regime)), dated(_about(readings, regime)), decisions, rejected)


def _about(readings: Iterable[Reading], regime: str) -> Iterable[Reading]:
    """Readings with the events of a regime, and those without any event."""
    for reading in readings:
        view = restrict(reading, regime)
        if view.events or not reading.events:
            yield view


def _extend(connection: Connection, regime: str, filed: _Filed) -> bool:
    """File reports added since; False if something else happened, or the log is not the one that was read."""
    entry, seen = filed.head
    kinds = set(connection.execute(select(log.c.kind).where(log.c.entry > entry)).scalars())
    before = connection.execute(select(log.c.hash).where(log.c.entry == entry)).scalar()
    if kinds - {"reading", "export"} or (entry and before != seen):
        return False
    new = set(connection.execute(select(report.c.id).where(report.c.entry > entry)).scalars())
    touched = set(connection.execute(select(statement.c.report).where(statement.c.entry > entry).distinct()).scalars())
    if touched - new:
        return False
    for reading in _about(fetch.readings(connection, filed.decisions.rejected_ids, sorted(new)), regime):
        persons, told = reading_profiles(reading, regime)
        for person in persons:
            filed.directory.add(person)
        for telling in told:
            filed.directory.add_telling(telling)
    return True
