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
from dataclasses import dataclass, field, replace

from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.model import Event, Status, Tie, TieKind
from ostraka.register.blackout import Blackout
from ostraka.register.places import find_place
from ostraka.register.rename import blackout, coarse, rename

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
    """A case as it may leave the house, and who may not be named.

    Parameters
    ----------
    case : Case
    names : Blackout
        Spellings that may appear in no text, with the pseudonyms that stand for them.
    sealed : frozenset of str
        Ids, as they were, of persons and events that lost more than a name.
    """

    case: Case
    names: Blackout = field(repr=False)
    sealed: frozenset[str] = field(repr=False)

    def tells(self, text: str) -> bool:
        """Whether a text names somebody hidden or speaks of a minor."""
        return self.names.tells(text) or bool(_MINOR.search(text))


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
        self.people = {
            person.id: self._mark("person", person.id)
            for person in case.people
            if person.id in self.sealed or person.id not in public
        }
        self.events = {
            event.id: self._mark("event", event.id)
            for event in case.events
            if event.id in self.sealed_events or event.person in self.sealed
        }

    def _mark(self, kind: str, item: str) -> str:
        return f"{kind}-{hmac.new(self.key, item.encode(), hashlib.sha256).hexdigest()[:12]}"

    def done(self) -> Redaction:
        names = blackout(self.case, self.people)
        case = self.case.remake(
            events=[self._event(event) for event in self.case.events], ties=[self._tie(tie) for tie in self.case.ties]
        )
        case = rename(case, self.people, self.events, names)
        return Redaction(case, names, frozenset(self.sealed | self.sealed_events))

    def _event(self, event: Event) -> Event:
        if event.id in self.events:
            return _bare(event)
        return replace(
            event,
            when=coarse(event.when),
            destination=_country_of(event.destination),
            company=_kin_words(event.company),
            kin_left=_kin_words(event.kin_left),
        )

    def _tie(self, tie: Tie) -> Tie:
        if not {tie.ego, tie.alter} & self.sealed:
            return tie
        role = "" if tie.kind is TieKind.HOLDS and tie.ego in self.sealed else tie.role
        return replace(tie, role=role, sources=())


def _bare(event: Event) -> Event:
    """What is left of a sealed event."""
    return Event(
        id=event.id,
        kind=event.kind,
        person=event.person,
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
        may_be=event.may_be,
    )


def _is_sealed(event: Event) -> bool:
    about = " ".join((event.role, event.outcome, event.reason, event.note))
    return event.status in _UNFINISHED or bool(_MINOR.search(event.role) or _IN_DANGER.search(about))


def _kin_words(text: str) -> str:
    """Who went along or stayed, without names, ages or places."""
    return ", ".join(dict.fromkeys(word.lower() for word in _KIN.findall(text)))


def _country_of(text: str) -> str:
    """Countries and regions of a destination; a city or address is no part of it."""
    place = find_place(text)
    return ", ".join(sorted(place.countries | place.regions)) or ("third country" if "third" in text else "")
