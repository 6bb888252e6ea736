"""What each person and event of a report met in the record and in other reports, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ostraka.read.reading import Reading
from ostraka.register.freeze import known_on
from ostraka.register.likeness import Likeness
from ostraka.register.profiles import Profile, Telling, event_mention, people_of, person_mention
from ostraka.register.resolve import Resolution

_NOTHING = ("nothing in the record or in other reports is like it",)


@dataclass(frozen=True, slots=True)
class Link:
    """What one person or event of a report met.

    Parameters
    ----------
    label : str
        What the report calls it.
    kind : str
        ``person`` or ``event``.
    target_id : str
        Row of the record, else the mention in another report; empty where nothing was met.
    verdict : str
        ``same``, ``unsure`` (it stands in the queue) or ``new``.
    why : tuple of str
        The evidence in words.
    hindsight : bool
        Whether the row was first printed after the report, so that the report could not have met it then.
    mention : str
        Id of the mention, to be named in a judgement.
    """

    label: str
    kind: str
    target_id: str
    verdict: str
    why: tuple[str, ...]
    hindsight: bool = False
    mention: str = ""

    def to_json(self) -> dict[str, Any]:
        """The link as plain JSON values."""
        names = ("label", "kind", "target_id", "verdict", "hindsight", "mention")
        return {name: getattr(self, name) for name in names} | {"why": list(self.why)}


def link(reading: Reading, resolution: Resolution) -> tuple[Link, ...]:
    """What a report's persons and events met.

    Parameters
    ----------
    reading : Reading
    resolution : Resolution
        Over the report and all that its persons and events may be.
    """
    linker = _Linker(resolution, known_on(reading))
    persons = [linker.person(reading, person.label) for person in people_of(reading)]
    events = {event.person: linker.event(reading, event.label) for event in reading.events}
    named = {person.label for person in reading.persons if person.name}
    through = [
        found if found.label in named else _through(found, events.get(found.label)) for found in filter(None, persons)
    ]
    return (*through, *filter(None, (linker.event(reading, event.label) for event in reading.events)))


def _through(found: Link, event: Link | None) -> Link:
    """An unnamed person is met in what happened to them."""
    if found.verdict != "new" or event is None or event.verdict == "new":
        return found
    why = (*event.why, "known by the event alone")
    return replace(event, label=found.label, kind="person", mention=found.mention, why=why)


@dataclass(frozen=True, slots=True)
class _Linker:
    """Finds what a mention met."""

    resolution: Resolution
    printed: date | None

    def person(self, reading: Reading, label: str) -> Link | None:
        mention = person_mention(reading.report.id, label)
        return self._link(Link(label, "person", "", "new", _NOTHING, mention=mention), self.resolution.person_of)

    def event(self, reading: Reading, label: str) -> Link | None:
        mention = event_mention(reading.report.id, label)
        return self._link(Link(label, "event", "", "new", _NOTHING, mention=mention), self.resolution.event_of)

    def _link(self, new: Link, group_of: Mapping[str, str]) -> Link | None:
        if new.mention not in group_of:
            return None
        home = group_of[new.mention]
        members = [other for other, group in group_of.items() if group == home and other != new.mention]
        if members:
            target = min([other for other in members if self._row(other).of_record] or members)
            why = _why(self.resolution, new.mention, target, members)
            return replace(new, target_id=target, verdict="same", why=why, hindsight=self._is_later(target))
        for doubt in self.resolution.doubts:
            if new.mention in {doubt.a, doubt.b}:
                other = doubt.b if doubt.a == new.mention else doubt.a
                return replace(new, target_id=other, verdict="unsure", why=doubt.why, hindsight=self._is_later(other))
        return new

    def _row(self, item: str) -> Profile | Telling:
        return self.resolution.profiles.get(item) or self.resolution.tellings[item]

    def _is_later(self, item: str) -> bool:
        """Whether a row of a record was not yet printed when the report was."""
        row = self._row(item)
        return row.of_record and self.printed is not None and (row.printed is None or row.printed > self.printed)


def _why(resolution: Resolution, mention: str, target: str, members: list[str]) -> tuple[str, ...]:
    direct = _reason(resolution, mention, target)
    if direct:
        return direct.why
    for other in members:
        through = _reason(resolution, mention, other)
        if through:
            return (*through.why, "met through another report")
    return ("a judgement says so",)


def _reason(resolution: Resolution, a: str, b: str) -> Likeness | None:
    return resolution.reasons.get((min(a, b), max(a, b)))
