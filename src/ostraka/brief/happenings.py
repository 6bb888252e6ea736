"""The events of the reports beside the record's, and where sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ostraka.brief.notes import Notes
from ostraka.brief.people import Links
from ostraka.case import Case
from ostraka.dates import When
from ostraka.model import Event, EventKind, Status
from ostraka.read import ReadEvent, Reading
from ostraka.register import Link

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_SAID = {
    Status.ASSERTED: "as a fact",
    Status.DENIED: "denied",
    Status.HEDGED: "with reserve",
    Status.PLANNED: "as a plan",
    Status.ATTEMPTED: "as an attempt",
    Status.REFUTED: "as refuted",
    Status.MENTIONED: "in passing",
}


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the table of events."""

    kind: str
    who: Markup
    when: str
    status: str
    met: str
    why: str


def in_words(when: When) -> str:
    """An interval as people write it.

    Examples
    --------
    >>> in_words(When.parse("2016-07")), in_words(When.parse("2016-07-15/2016-07-31")), in_words(When())
    ('July 2016', '15 to 31 July 2016', 'no date given')
    """
    low, high = when.earliest, when.latest
    if low is None or high is None:
        return f"by {_day(high)}" if high else f"from {_day(low)}" if low else "no date given"
    shapes = {
        "day": _day(low),
        "month": f"{_MONTHS[low.month - 1]} {low.year}",
        "year": str(low.year),
        "decade": f"{low.year}s",
    }
    if when.precision in shapes:
        return shapes[when.precision]
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day} to {_day(high)}"
    return f"{_day(low)} to {_day(high)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def event_lines(readings: Sequence[Reading], links: Links, notes: Notes) -> list[EventLine]:
    """The events of the reports in order of time."""
    rows = [
        (event, links.get(reading.report.id, {}).get(("event", event.label)))
        for reading in readings
        for event in reading.events
    ]
    rows.sort(key=lambda row: row[0].when.sort_key())
    return [
        EventLine(
            kind=str(event.kind),
            who=notes.figure(_who(event), _how(event), quotes=[event.statement.span]),
            when=in_words(event.when),
            status=_SAID[event.status] + (f", by {said}" if (said := event.statement.attributed_to) else ""),
            met=_met(link),
            why="; ".join(link.why) if link and link.target_id else "",
        )
        for event, link in rows
    ]


def _met(link: Link | None) -> str:
    if link is None or not link.target_id:
        return "new to the record"
    doubt = "perhaps " if link.verdict == "unsure" else ""
    late = " (first printed later)" if link.hindsight else ""
    return f"{doubt}{link.target_id}{late}"


def _who(event: ReadEvent) -> str:
    parts = [event.person or event.role or "somebody"]
    if event.role and event.role not in parts[0]:
        parts.append(event.role)
    place = event.organisation if event.post_place in event.organisation else f"{event.organisation} {event.post_place}"
    if place.strip() and place.strip() not in " ".join(parts):
        parts.append(place.strip())
    if event.destination:
        parts.append(f"to {event.destination}")
    if event.family_with:
        parts.append(f"with {event.family_with}")
    return ", ".join(parts)


def _how(event: ReadEvent) -> str:
    said = f" (in the report: {event.when.text})" if event.when.text else ""
    return f"Told as a {event.kind}{said}:"


def departures(case: Case) -> list[Event]:
    """Departures of a case, with those left out of counts."""
    return [event for event in case.events if event.kind is EventKind.DEFECTION]


def told_ids(links: Links) -> set[str]:
    """Ids of the events that the reports tell."""
    return {
        link.target_id for each in links.values() for link in each.values() if link.kind == "event" and link.target_id
    }


def event_names(case: Case) -> dict[str, str]:
    """What to call each event: the person, else the role and the body."""
    people = {person.id: person.name for person in case.people}
    bodies = {body.id: body.name for body in case.bodies}
    return {
        event.id: people.get(event.person) or ", ".join(filter(None, (event.role, bodies.get(event.body, ""))))
        for event in case.events
    }


def conflicts(case: Case, told: set[str]) -> list[dict[str, str]]:
    """Where the sources of the events told disagree."""
    names = event_names(case)
    return [
        {"who": names[event.id], "text": event.conflict} for event in case.events if event.id in told and event.conflict
    ]
