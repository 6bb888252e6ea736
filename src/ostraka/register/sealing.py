"""What a person has sealed: it stays in the register and does not leave it, neither in a case nor in an export."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.model import Event, Person, Statement
from ostraka.provenance import content_id
from ostraka.read.reading import Reading
from ostraka.register.blackout import Blackout
from ostraka.register.claims import Claimed
from ostraka.register.judgements import Decisions
from ostraka.register.places import find_place
from ostraka.register.profiles import event_mention, mention_id, person_mention
from ostraka.register.rename import blackout, coarse, rename
from ostraka.register.resolve import Resolution

SEALABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "person": ("name", "aliases", "native_name", "note"),
        "event": (
            *("role", "body", "city", "country", "destination", "when", "company", "kin_left", "motives"),
            *("outcome", "conflict", "note"),
        ),
    }
)
"""Fields of a person and of an event that can be sealed; a `when` keeps its months."""

_TOLD_AS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("city", "country"), "post_place"),
        "body": "organisation",
        "company": "family_with",
        "aliases": "alias",
        "note": "described",
        "motives": "motive",
    }
)
"""What the fields are called in statements, where that is another word."""

_WHERE = frozenset({"post_place", "place", "organisation"})
"""What tells which post was meant, wherever it stands in a report."""

_PLACES = frozenset({"city", "country", "destination"})

AROUND = 32
"""Characters that an export shows of a report before and after a quote."""

_SEALED = "(sealed)"


def split_field(about: str, kind: str) -> tuple[str, ...]:
    """The fields that a seal names: one after ``#``, else all.

    Raises
    ------
    InputError
        If there is no such field.
    """
    _, mark, name = about.partition("#")
    if mark and name not in SEALABLE[kind]:
        raise InputError(f"{about}: a {kind} has no field {name!r} to seal; known are {', '.join(SEALABLE[kind])}")
    return (name,) if mark else SEALABLE[kind]


class Seals:
    """The sealed fields of the persons and events of a regime.

    Parameters
    ----------
    decisions : Decisions
    resolution : Resolution
        A seal on one mention or row holds for all that are the same person or event.
    hidden : iterable of str
        Rows of a case of which nothing at all is to be told.
    """

    def __init__(self, decisions: Decisions, resolution: Resolution, hidden: Iterable[str] = ()) -> None:
        self._resolution = resolution
        self._keys: dict[str, str] = {}
        self._fields: dict[str, set[str]] = defaultdict(set)
        self._hidden = self._hide(hidden)
        for about, made in sorted(decisions.sealed.items()):
            item = about.partition("#")[0]
            for kind, group_of in (("person", resolution.person_of), ("event", resolution.event_of)):
                if item in group_of:
                    self._fields[group_of[item]].update(split_field(about, kind))
                    self._keys.setdefault(group_of[item], made.id)

    def _hide(self, hidden: Iterable[str]) -> frozenset[str]:
        """The persons and events of some rows, and who the events happened to."""
        people, events = self._resolution.person_of, self._resolution.event_of
        ids = {known for item in hidden for known in (item, mention_id(item))}
        told = [telling for item in ids & events.keys() for telling in self._resolution.events(item)]
        persons = {people[item] for item in (ids | {telling.person for telling in told}) & people.keys()}
        for home in persons:
            self._fields[home].add("name")
        return frozenset(persons | {events[item] for item in ids & events.keys()})

    def __bool__(self) -> bool:
        return bool(self._fields or self._hidden)

    @cached_property
    def _names(self) -> Blackout:
        """All spellings of those whose name is sealed."""
        homes = [home for home, sealed in self._fields.items() if "name" in sealed]
        profiles = [profile for home in homes for profile in self._resolution.persons(home)]
        return Blackout(
            {name: _SEALED for profile in profiles for name in (profile.label, *profile.spellings) if len(name) > 1}
        )

    def of(self, item: str) -> Collection[str]:
        """The sealed fields of a row, of a person or event of a case, or of a mention."""
        known = (self._resolution.person_of, self._resolution.event_of)
        home = next((group[i] for group in known for i in (item, mention_id(item)) if i in group), "")
        return self._fields.get(home, ())

    def seal(self, case: Case) -> Case:
        """A case without what is sealed."""
        if not self:
            return case
        bodies = {row.id: f"{row.name}, {row.city}, {row.country}" for row in case.bodies}
        people = {row.id: self._mark("person", row.id) for row in case.people if "name" in self.of(row.id)}
        events = {row.id: self._mark("event", row.id) for row in case.events if row.person in people}
        case = case.remake(
            people=[row if row.id in people else _emptied(row, self.of(row.id)) for row in case.people],
            events=[self._event(row, bodies) for row in case.events],
        )
        return rename(case, people, events, blackout(case, people)) if people else case

    def _event(self, row: Event, bodies: Mapping[str, str]) -> Event:
        """An event without what is sealed of it, which its other words and the name of its body do not tell either."""
        sealed = self.of(row.id)
        if not sealed:
            return row
        told = _words(part for name in _PLACES & {*sealed} for part in _parts(getattr(row, name)))
        left: Event = _emptied(row, sealed)
        texts: dict[str, Any] = {
            name: told.clean(getattr(left, name)) for name in ("role", "company", "kin_left", "conflict", "outcome")
        }
        return replace(left, **texts, body="" if told.tells(bodies.get(row.body, "")) else left.body)

    def _mark(self, kind: str, item: str) -> str:
        """An id that cannot be guessed by who does not know the judgements."""
        return content_id(kind, [sorted(self._keys.values()), item])

    def open_claims(self, item: str, claims: Iterable[Claimed]) -> tuple[Claimed, ...]:
        """What sources claim, less what is sealed and the values and quotes that tell it."""
        if not self:
            return tuple(claims)
        closed = _told_as(self.of(item))
        if "name" in closed:
            return ()
        told = _words(part for claim in claims if claim.field in closed for part in _parts(claim.value))
        return tuple(
            replace(claim, quotes=tuple(quote for quote in claim.quotes if not self._tell(quote.quote, told)))
            for claim in claims
            if claim.field not in closed and not self._tell(claim.value, told)
        )

    def _tell(self, text: str, told: Blackout) -> bool:
        return self._names.tells(text) or told.tells(text)

    def open_reading(self, reading: Reading) -> Reading:
        """What a report says, less what is sealed and the statements whose words, or those around, tell it."""
        if not self:
            return reading
        closed = [said for said in reading.statements if self._is_closed(said)]
        if not closed:
            return reading
        told = _words(word for said in closed for word in self._telling(said))
        kept = [
            said for said in reading.statements if not _is_near(said, closed) and not told.tells(_shown(said, reading))
        ]
        return Reading.of(reading.report, kept)

    def _is_closed(self, said: Statement) -> bool:
        if self._homes(said) & self._hidden:
            return True
        if any(map(self._names.tells, (said.subject, said.object, said.span.quote))):
            return True
        closed = self._closed_fields(said)
        return said.predicate in closed or ("when" in closed and bool(said.when))

    def _homes(self, said: Statement) -> set[str]:
        """The persons and events that a statement speaks of."""
        report, known = said.span.report, {**self._resolution.person_of, **self._resolution.event_of}
        mentions = [event_mention(report, said.subject)]
        mentions += [person_mention(report, label) for label in (said.subject, said.object)]
        return {known[mention] for mention in mentions if mention in known}

    def _closed_fields(self, said: Statement) -> set[str]:
        mentions = (person_mention(said.span.report, said.subject), event_mention(said.span.report, said.subject))
        return {name for mention in mentions for name in _told_as(self.of(mention))}

    def _telling(self, said: Statement) -> Iterable[str]:
        """Words of a closed statement that may stand nowhere in what is told of its report."""
        if said.predicate in (self._closed_fields(said) | _WHERE):
            yield from (*_parts(said.object), said.span.quote)
        yield said.when.text


def _is_near(said: Statement, closed: Iterable[Statement]) -> bool:
    """Whether what an export shows of a statement reaches into the words of a closed one."""
    low, high = said.span.start - AROUND, said.span.end + AROUND
    return any(low < other.span.end and other.span.start < high for other in closed)


def _shown(said: Statement, reading: Reading) -> str:
    around = reading.report.text[max(0, said.span.start - AROUND) : said.span.end + AROUND]
    return "\n".join((said.subject, said.object, said.attributed_to, around, reading.report.url))


def _words(words: Iterable[str]) -> Blackout:
    return Blackout(dict.fromkeys((word for word in words if len(word) > 1), _SEALED))


def _parts(value: str) -> Iterable[str]:
    """A value and, of a place, its city and its country."""
    return (value, *re.split(r",\s*", value), *find_place(value).countries)


def _told_as(sealed: Iterable[str]) -> set[str]:
    return {_TOLD_AS.get(name, name) for name in sealed}


def _emptied(row: Any, sealed: Collection[str]) -> Any:
    """A person or event with empty fields where it is sealed."""
    if not sealed:
        return row
    empty = {item.name: item.default for item in fields(Event if isinstance(row, Event) else Person)}
    values: dict[str, Any] = {name: empty[name] for name in sealed}
    if "when" in values:
        values["when"] = coarse(row.when)
    if isinstance(row, Event):
        values["note"] = f"sealed: {', '.join(sorted(sealed))}"
    return replace(row, **values)
