"""The case: one regime, one window, one as-of date, frozen. The only thing that passes between the wings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from ostraka.case.arrays import EventArrays
from ostraka.errors import InputError, Level, Problem
from ostraka.model import Body, Event, Measure, Person, Source, Tie, plain
from ostraka.provenance import content_hash

TABLE_NAMES = ("sources", "people", "bodies", "ties", "events", "measures")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything the science wing may know.

    Make one with :meth:`make`, :func:`ostraka.load_case` or ``Register.freeze``. Two cases are equal if
    their digests are: the digest does not depend on the order of rows.

    Parameters
    ----------
    regime : str
        Name of the regime.
    start, end : date
        First and last day of the window in which events are counted, both included.
    as_of : date
        Nothing printed after this day is in the case.
    code : str
        ISO 3166-1 alpha-3 code of the country, if it has one.
    note : str
        What the record holds and what it cannot show.
    people, bodies, ties, events, measures, sources : tuple
        Rows, sorted by id.
    arrays : EventArrays
        The events as read-only numbers.
    digest : str
        SHA-256 of all the above.
    """

    regime: str
    start: date
    end: date
    as_of: date
    code: str
    note: str
    sources: tuple[Source, ...]
    people: tuple[Person, ...]
    bodies: tuple[Body, ...]
    ties: tuple[Tie, ...]
    events: tuple[Event, ...]
    measures: tuple[Measure, ...]
    arrays: EventArrays
    digest: str

    @classmethod
    def make(
        cls,
        regime: str,
        *,
        start: date,
        end: date,
        as_of: date,
        code: str = "",
        note: str = "",
        sources: Iterable[Source] = (),
        people: Iterable[Person] = (),
        bodies: Iterable[Body] = (),
        ties: Iterable[Tie] = (),
        events: Iterable[Event] = (),
        measures: Iterable[Measure] = (),
    ) -> Case:
        """Freeze rows into a case.

        Raises
        ------
        InputError
            If the window ends before it begins or two rows of a table share an id.

        Examples
        --------
        >>> case = Case.make("Ruritania", start=date(1991, 1, 1), end=date(2016, 12, 31), as_of=date(2016, 12, 31))
        >>> case.years
        26.0
        """
        if end < start:
            raise InputError(f"the window cannot end ({end}) before it begins ({start}); swap the two dates")
        tables: dict[str, Any] = {
            name: _sorted(name, rows)
            for name, rows in zip(TABLE_NAMES, (sources, people, bodies, ties, events, measures), strict=True)
        }
        facts = {name: plain(rows) for name, rows in tables.items()}
        frame = [regime, start.isoformat(), end.isoformat(), as_of.isoformat(), code]
        return cls(
            regime=regime,
            start=start,
            end=end,
            as_of=as_of,
            code=code,
            note=note,
            **tables,
            arrays=EventArrays.of(tables["events"]),
            digest=content_hash([frame, facts]),
        )

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Case) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def years(self) -> float:
        """Length of the window in years of 365.25 days, rounded to the day."""
        return round(((self.end - self.start).days + 1) / 365.25, 2)

    def remake(self, **changes: Any) -> Case:
        """The same case with other rows, window or date, frozen anew."""
        names = (*TABLE_NAMES, "regime", "start", "end", "as_of", "code", "note")
        return Case.make(**{name: changes.get(name, getattr(self, name)) for name in names})

    def person(self, person_id: str) -> Person | None:
        """The person of an id, or None."""
        return next((person for person in self.people if person.id == person_id), None)


def _sorted(name: str, rows: Iterable[Any]) -> tuple[Any, ...]:
    ordered = sorted(rows, key=lambda row: row.id)
    for before, after in pairwise(ordered):
        if before.id == after.id:
            raise InputError(f"{name}: id {after.id!r} stands twice; give each row an id of its own")
    return tuple(ordered)


def case_as_of(case: Case, as_of: date) -> tuple[Case, tuple[Problem, ...]]:
    """What was knowable on a day: the rows first printed by then.

    A row whose first report is not known is taken to be known only from the day the record was compiled.
    The window ends on the day if it ended later.

    Parameters
    ----------
    case : Case
        The record as compiled.
    as_of : date
        The day; not before the window begins.

    Returns
    -------
    case : Case
    problems : tuple of Problem
        How many rows were left out because nobody knows when they were first printed.

    Raises
    ------
    InputError
        If the day lies before the window.
    """
    if as_of >= case.as_of:
        return (case.remake(as_of=as_of) if as_of > case.as_of else case), ()
    if as_of < case.start:
        raise InputError(f"the window of {case.regime} begins on {case.start}; {as_of} lies before it")
    kept: dict[str, Any] = {"as_of": as_of, "end": min(case.end, as_of)}
    undated = 0
    for name in ("events", "ties", "measures"):
        rows = getattr(case, name)
        kept[name] = [row for row in rows if row.reported.latest is not None and row.reported.latest <= as_of]
        undated += sum(row.reported.latest is None for row in rows) if name == "events" else 0
    kept["sources"] = [source for source in case.sources if source.published is None or source.published <= as_of]
    view = _prune(case.remake(**kept))
    message = f"{undated} events have no known first report and are left out of a view as of {as_of}; compare with the full record"
    return view, (Problem("events.csv", message, Level.NOTE),) if undated else ()


def _prune(case: Case) -> Case:
    """Drop people, bodies and sources that nothing refers to, and references to what is gone."""
    alive = {source.id for source in case.sources}
    events = tuple(_cited(event, alive) for event in case.events)
    ties = tuple(_cited(tie, alive) for tie in case.ties)
    used = {event.person for event in events} | {event.body for event in events}
    used |= {tie.ego for tie in ties} | {tie.alter for tie in ties}
    ids = {event.id for event in events}
    return case.remake(
        events=tuple(replace(event, may_be=tuple(other for other in event.may_be if other in ids)) for event in events),
        ties=ties,
        measures=tuple(_cited(measure, alive) for measure in case.measures),
        people=tuple(_cited(person, alive) for person in case.people if person.id in used),
        bodies=tuple(_cited(body, alive) for body in case.bodies if body.id in used),
        sources=case.sources,
    )


def _cited(row: Any, alive: set[str]) -> Any:
    return row if alive.issuperset(row.sources) else replace(row, sources=tuple(s for s in row.sources if s in alive))
