"""A case in which some persons and events have other ids and no names, and no text names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ostraka.case import Case
from ostraka.dates import When, month_end
from ostraka.model import Event, Person, Source, Tie
from ostraka.provenance import content_id
from ostraka.register.blackout import Blackout

_EVENT_TEXTS = ("role", "destination", "company", "kin_left", "conflict", "outcome", "note", "reason")


def names_of(person: Person) -> Iterable[str]:
    """All that a person may be recognised by in a text, the id included."""
    found = (person.name, *person.aliases, person.native_name, *person.native_name.split(), person.id)
    return (name for name in found if len(name) > 1)


def blackout(case: Case, marks: Mapping[str, str]) -> Blackout:
    """The names of some persons of a case, each with the mark of its person."""
    return Blackout({name: marks[row.id] for row in case.people if row.id in marks for name in names_of(row)})


def coarse(when: When) -> When:
    """The months that an interval touches.

    Examples
    --------
    >>> coarse(When.parse("2016-07-15/2016-07-31")).edtf()
    '2016-07'
    """
    low, high = when.earliest, when.latest
    first = date(low.year, low.month, 1) if low else None
    return When(first, month_end(high.year, high.month) if high else None)


def rename(case: Case, people: Mapping[str, str], events: Mapping[str, str], names: Blackout) -> Case:
    """A case whose persons and events are called by marks.

    Parameters
    ----------
    case : Case
    people, events : mapping
        For ids the marks that stand for them; a person with a mark keeps nothing else.
    names : Blackout
        What is taken out of all texts.
    """
    rows: dict[str, list[Any]] = {
        "people": [_person(row, people, names) for row in case.people],
        "events": [_event(row, people, events, names) for row in case.events],
        "ties": [_tie(row, people, names) for row in case.ties],
        "bodies": [replace(row, name=names.clean(row.name)) for row in case.bodies],
        "measures": [replace(row, name=names.clean(row.name), note=names.clean(row.note)) for row in case.measures],
    }
    used = {source for table in rows.values() for row in table for source in row.sources}
    sources = [_source(row, names) for row in case.sources if row.id in used]
    return case.remake(**rows, sources=sources)


def _person(row: Person, people: Mapping[str, str], names: Blackout) -> Person:
    if row.id in people:
        return Person(id=people[row.id], name=people[row.id])
    return replace(row, note=names.clean(row.note))


def _event(row: Event, people: Mapping[str, str], events: Mapping[str, str], names: Blackout) -> Event:
    texts: dict[str, Any] = {name: names.clean(getattr(row, name)) for name in _EVENT_TEXTS}
    may_be = tuple(events.get(other, other) for other in row.may_be)
    return replace(
        row, id=events.get(row.id, row.id), person=people.get(row.person, row.person), may_be=may_be, **texts
    )


def _tie(row: Tie, people: Mapping[str, str], names: Blackout) -> Tie:
    ego, alter = people.get(row.ego, row.ego), people.get(row.alter, row.alter)
    role = names.clean(row.role)
    if (ego, alter) == (row.ego, row.alter):
        return replace(row, note=names.clean(row.note), role=role)
    return replace(row, id=content_id("ti", [ego, alter, row.id]), ego=ego, alter=alter, role=role, note="")


def _source(row: Source, names: Blackout) -> Source:
    """A source under its title; an address that names somebody is left out."""
    return replace(row, title=names.clean(row.title), url="" if names.tells(row.url) else row.url)
