"""What leaves the house by default: a case in which private persons, minors and those in danger have no names.

Public is who held a post or did something that is counted. Kin without either are private. Minors, and
persons of whom an attempt failed, whose fate is not known or who may still be inside, are sealed: their rows
keep the kind of event and the month, and lose name, place, free text and sources.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ostraka.case import Case
from ostraka.dates import When, month_end
from ostraka.errors import InputError
from ostraka.model import Event, Person, Status, Tie, TieKind
from ostraka.register.places import find_place

_MINOR = re.compile(
    r"\((?:1[0-7]|\d)\)|\b(?:1[0-7]|\d)[- ]year[- ]old\b|\baged? (?:1[0-7]|\d)\b|\bage (?:1[0-7]|\d)\b|\bteenage|\bminor\b",
    re.I,
)
_IN_DANGER = re.compile(
    r"whereabouts|fate (?:is |was |later )?(?:not|un)|later fate|missing|held at|seized|caught|returned to north|"
    r"still inside|failed|in hiding|under protection",
    re.I,
)
_KIN = re.compile(
    r"\b(?:(?:two|three|four|five|\d) )?(?:wife|husband|spouse|sons?|daughters?|child(?:ren)?|parents?|mother|father|"
    r"brothers?|sisters?|siblings|nephews?|nieces?|uncles?|aunts?|relatives|family|bodyguard|aides?)\b",
    re.I,
)
_UNFINISHED = frozenset({Status.PLANNED, Status.ATTEMPTED})


@dataclass(frozen=True)
class Redaction:
    """A case as it may leave the house, and what stood for whom.

    Parameters
    ----------
    case : Case
    hidden : mapping
        Spellings that may appear in no text, to the pseudonym that stands for them.
    sealed : frozenset of str
        Ids, as they were, of persons and events that lost more than a name.
    """

    case: Case
    hidden: Mapping[str, str] = field(repr=False)
    sealed: frozenset[str] = field(repr=False)

    def clean(self, text: str) -> str:
        """A text with pseudonyms in the place of hidden names."""
        for name in sorted(self.hidden, key=len, reverse=True):
            if name in text:
                text = text.replace(name, self.hidden[name])
        return text

    def tells(self, text: str) -> bool:
        """Whether a text names somebody hidden or speaks of a minor."""
        return any(name in text for name in self.hidden) or bool(_MINOR.search(text))


def redact(case: Case, *, key: bytes | None = None) -> Redaction:
    """A case in which private persons, minors and those in danger have pseudonyms and dates are months.

    Parameters
    ----------
    case : Case
    key : bytes, optional
        Secret of at least 16 bytes that makes the pseudonyms: the same key gives the same ones. None makes
        a fresh one that nobody keeps, so that two exports cannot be joined.

    Raises
    ------
    InputError
        If the key is too short to protect anybody.

    Notes
    -----
    A pseudonym is HMAC-SHA-256 of the id under the key, cut to 12 hexadecimal digits (RFC 2104).
    """
    if key is not None and len(key) < 16:
        raise InputError(f"a key of {len(key)} bytes protects nobody; give at least 16 random bytes")
    return _Redactor(case, key or secrets.token_bytes(32)).done()


class _Redactor:
    def __init__(self, case: Case, key: bytes) -> None:
        self.case = case
        self.key = key
        self.sealed_events = {event.id for event in case.events if _is_sealed(event)}
        self.sealed = {event.person for event in case.events if event.id in self.sealed_events and event.person}
        self.sealed |= {person.id for person in case.people if _MINOR.search(person.note)}
        public = {event.person for event in case.events} | {tie.ego for tie in case.ties if tie.kind is TieKind.HOLDS}
        self.pseudonyms = {
            person.id: self._mark("person", person.id)
            for person in case.people
            if person.id in self.sealed or person.id not in public
        }
        self.hidden = dict(self._hidden())
        self.events = {
            event.id: self._mark("event", event.id)
            for event in case.events
            if event.id in self.sealed_events or event.person in self.sealed
        }

    def _mark(self, kind: str, item: str) -> str:
        return f"{kind}-{hmac.new(self.key, item.encode(), hashlib.sha256).hexdigest()[:12]}"

    def _hidden(self) -> Iterable[tuple[str, str]]:
        for person in self.case.people:
            if person.id in self.pseudonyms:
                names = (person.name, *person.aliases, *person.native_name.split(), person.id)
                yield from ((name, self.pseudonyms[person.id]) for name in names if len(name) > 1)

    def done(self) -> Redaction:
        redaction = Redaction(self.case, self.hidden, frozenset(self.sealed | self.sealed_events))
        events = [self._event(event, redaction) for event in self.case.events]
        ties = [self._tie(tie, redaction) for tie in self.case.ties]
        people = [self._person(person, redaction) for person in self.case.people]
        rows: tuple[Any, ...] = (*events, *ties, *people, *self.case.bodies, *self.case.measures)
        used = {source for row in rows for source in row.sources}
        case = self.case.remake(
            people=people,
            events=events,
            ties=ties,
            bodies=[replace(body, name=redaction.clean(body.name)) for body in self.case.bodies],
            measures=[
                replace(row, name=redaction.clean(row.name), note=redaction.clean(row.note))
                for row in self.case.measures
            ],
            sources=[
                replace(source, title=redaction.clean(source.title))
                for source in self.case.sources
                if source.id in used
            ],
        )
        return replace(redaction, case=case)

    def _person(self, person: Person, redaction: Redaction) -> Person:
        if person.id not in self.pseudonyms:
            return replace(person, note=redaction.clean(person.note))
        return Person(id=self.pseudonyms[person.id], name=self.pseudonyms[person.id])

    def _event(self, event: Event, redaction: Redaction) -> Event:
        may_be = tuple(self.events.get(other, other) for other in event.may_be)
        person = self.pseudonyms.get(event.person, event.person)
        company, kin_left = _kin_words(event.company), _kin_words(event.kin_left)
        if event.id in self.events:
            return Event(
                id=self.events[event.id],
                kind=event.kind,
                person=person,
                country=event.country,
                sector=event.sector,
                tier=event.tier,
                when=coarse(event.when),
                reported=coarse(event.reported),
                n_low=event.n_low,
                n_high=event.n_high,
                status=event.status,
                confidence=event.confidence,
                counted=event.counted,
                reason="sealed" if event.reason else "",
                may_be=may_be,
            )
        texts: dict[str, Any] = {
            name: redaction.clean(getattr(event, name)) for name in ("role", "conflict", "outcome", "note", "reason")
        }
        return replace(
            event,
            person=person,
            when=coarse(event.when),
            destination=_country_of(event.destination),
            company=company,
            kin_left=kin_left,
            may_be=may_be,
            **texts,
        )

    def _tie(self, tie: Tie, redaction: Redaction) -> Tie:
        ego, alter = self.pseudonyms.get(tie.ego, tie.ego), self.pseudonyms.get(tie.alter, tie.alter)
        if (ego, alter) == (tie.ego, tie.alter):
            return replace(tie, note=redaction.clean(tie.note), role=redaction.clean(tie.role))
        role = "" if tie.kind is TieKind.HOLDS and tie.ego in self.sealed else redaction.clean(tie.role)
        sealed = {tie.ego, tie.alter} & self.sealed
        sources = () if sealed else tie.sources
        return replace(tie, id=self._mark("tie", tie.id), ego=ego, alter=alter, role=role, note="", sources=sources)


def _is_sealed(event: Event) -> bool:
    about = " ".join((event.role, event.outcome, event.reason, event.note))
    return event.status in _UNFINISHED or bool(_MINOR.search(event.role) or _IN_DANGER.search(about))


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


def _kin_words(text: str) -> str:
    """Who went along or stayed, without names, ages or places."""
    return ", ".join(dict.fromkeys(word.lower() for word in _KIN.findall(text)))


def _country_of(text: str) -> str:
    """Countries and regions of a destination; a city or address is no part of it."""
    place = find_place(text)
    return ", ".join(sorted(place.countries | place.regions)) or ("third country" if "third" in text else "")
