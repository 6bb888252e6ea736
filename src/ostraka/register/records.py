"""Several records of one regime as one: the same person and the same event once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ostraka.case import Case
from ostraka.model import Event, Tie
from ostraka.register.resolve import Resolution


def merge_records(views: Sequence[tuple[str, Case]], resolution: Resolution, as_of: date) -> Case:
    """All rows of all records, those of the preferred record where two tell of one.

    Parameters
    ----------
    views : sequence of (str, Case)
        Records under their ids as knowable on the day, the preferred first.
    resolution : Resolution
    as_of : date
    """
    first = views[0][1]
    people = _homes([person.id for _, case in views for person in case.people], resolution.person_of)
    events = _homes([event.id for _, case in views for event in case.events], resolution.event_of)
    if len(views) == 1 and all(item == home for homes in (people, events) for item, home in homes.items()):
        return first
    tables: dict[str, dict[str, Any]] = {
        name: {} for name in ("sources", "people", "bodies", "ties", "events", "measures")
    }
    for _, case in views:
        for name, rows in tables.items():
            for row in getattr(case, name):
                moved = _moved(row, people, events)
                if moved is not None:
                    _keep(rows, moved)
    return first.remake(
        start=min(case.start for _, case in views),
        end=max(case.end for _, case in views),
        as_of=as_of,
        **{name: list(rows.values()) for name, rows in tables.items()},
    )


def _homes(ids: Sequence[str], group_of: Mapping[str, str]) -> dict[str, str]:
    """Each id to the first id of its group."""
    first: dict[str, str] = {}
    return {item: first.setdefault(group_of.get(item, item), item) for item in ids}


def _moved(row: Any, people: Mapping[str, str], events: Mapping[str, str]) -> Any:
    """A row pointing at the rows that are kept."""
    if isinstance(row, Event):
        others = tuple(dict.fromkeys(events.get(other, other) for other in row.may_be))
        home = events.get(row.id, row.id)
        return replace(
            row, id=home, person=people.get(row.person, row.person), may_be=tuple(o for o in others if o != home)
        )
    if isinstance(row, Tie):
        ego, alter = people.get(row.ego, row.ego), people.get(row.alter, row.alter)
        return replace(row, ego=ego, alter=alter) if ego != alter else None
    return replace(row, id=people[row.id]) if row.id in people else row


def _keep(rows: dict[str, Any], row: Any) -> None:
    """The first row of an id, with the sources of all."""
    if isinstance(row, Tie):
        twin = next((t for t in rows.values() if (t.ego, t.alter, t.role) == (row.ego, row.alter, row.role)), None)
        row = replace(row, id=twin.id) if twin else row
    kept = rows.setdefault(row.id, row)
    if kept is not row and hasattr(kept, "sources"):
        rows[row.id] = replace(kept, sources=tuple(dict.fromkeys((*kept.sources, *row.sources))))
