"""What a person has sealed: it stays in the register and does not leave it, neither in a case nor in an export."""

from __future__ import annotations

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
    """

    def __init__(self, decisions: Decisions, resolution: Resolution) -> None:
        self._resolution = resolution
        self._keys: dict[str, str] = {}
        self._fields: dict[str, set[str]] = defaultdict(set)
        for about, made in sorted(decisions.sealed.items()):
            item = about.partition("#")[0]
            for kind, group_of in (("person", resolution.person_of), ("event", resolution.event_of)):
                if item in group_of:
                    self._fields[group_of[item]].update(split_field(about, kind))
                    self._keys.setdefault(group_of[item], made.id)

    def __bool__(self) -> bool:
        return bool(self._fields)

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
        people = {row.id: self._mark("person", row.id) for row in case.people if "name" in self.of(row.id)}
        events = {row.id: self._mark("event", row.id) for row in case.events if row.person in people}
        case = case.remake(
            people=[row if row.id in people else _emptied(row, self.of(row.id)) for row in case.people],
            events=[_emptied(row, self.of(row.id)) for row in case.events],
        )
        return rename(case, people, events, blackout(case, people)) if people else case

    def _mark(self, kind: str, item: str) -> str:
        """An id that cannot be guessed by who does not know the judgements."""
        return content_id(kind, [sorted(self._keys.values()), item])

    def open_claims(self, item: str, claims: Iterable[Claimed]) -> tuple[Claimed, ...]:
        """What sources claim, less what is sealed and the quotes that tell it."""
        if not self:
            return tuple(claims)
        closed = _told_as(self.of(item))
        kept = [claim for claim in claims if "name" not in closed and claim.field not in closed]
        return tuple(
            replace(claim, quotes=tuple(quote for quote in claim.quotes if not self._names.tells(quote.quote)))
            for claim in kept
            if not self._names.tells(claim.value)
        )

    def open_reading(self, reading: Reading) -> Reading:
        """What a report says, less what is sealed and the statements whose words tell it."""
        if not self:
            return reading
        kept = [said for said in reading.statements if not self._is_closed(said)]
        return reading if len(kept) == len(reading.statements) else Reading.of(reading.report, kept)

    def _is_closed(self, said: Statement) -> bool:
        if any(map(self._names.tells, (said.subject, said.object, said.span.quote))):
            return True
        mentions = (person_mention(said.span.report, said.subject), event_mention(said.span.report, said.subject))
        closed = {name for mention in mentions for name in _told_as(self.of(mention))}
        return said.predicate in closed or ("when" in closed and bool(said.when))


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
