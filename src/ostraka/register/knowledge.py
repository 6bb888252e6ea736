"""What a register knows of each regime, and of what is near a report."""

from __future__ import annotations

from sqlalchemy import Connection

from ostraka.errors import InputError
from ostraka.read.reading import Reading
from ostraka.register import fetch
from ostraka.register.database import Database
from ostraka.register.freeze import about
from ostraka.register.judgements import decide
from ostraka.register.neighbours import Neighbours
from ostraka.register.places import regime_country
from ostraka.register.resolve import Resolution, resolve_filed
from ostraka.register.sources import Sources
from ostraka.register.versions import dated


class Knowledge:
    """What is known of regimes; asked for by the register, answered from its tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        with self._database.reading() as connection:
            decisions = decide(fetch.judgements(connection))
            near = Neighbours(connection, regime, decisions).around(reading.report.id)
        return resolve_filed(near, decisions.decided)


def _sources(connection: Connection, regime: str) -> Sources:
    decisions = decide(fetch.judgements(connection))
    rejected = fetch.statements(connection, sorted(decisions.rejected_ids))
    speaking = fetch.speaking_of(connection, regime, {said.span.report for said in rejected})
    readings = fetch.readings(connection, decisions.rejected_ids, speaking)
    return Sources(tuple(fetch.records(connection, regime)), dated(about(readings, regime)), decisions, rejected)
