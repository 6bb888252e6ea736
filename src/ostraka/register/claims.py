"""Competing values of one event: each with who says it, in which words, and which of them a case will use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import EventKind, Span, Statement, Status
from ostraka.read.reading import ReadEvent, Reading
from ostraka.register.copies import origins
from ostraka.register.places import find_place, fold
from ostraka.register.posts import Post, sector_of, tier_of

RULE = ("confidence", "date", "origins")
"""What decides between competing values, the weightiest first: how firmly it is said, how lately, by how many."""

_FIRMNESS: Mapping[Status, int] = MappingProxyType(
    {
        Status.ASSERTED: 6,
        Status.MENTIONED: 5,
        Status.HEDGED: 4,
        Status.ATTEMPTED: 3,
        Status.PLANNED: 2,
        Status.DENIED: 1,
        Status.REFUTED: 0,
    }
)
_DENIALS = frozenset({Status.DENIED, Status.REFUTED})
TEXT_FIELDS = ("role", "organisation", "post_place", "destination", "family_with", "kin_left", "number")


@dataclass(frozen=True, slots=True)
class Told:
    """One event as one report tells it, with the report."""

    event: ReadEvent
    reading: Reading

    @property
    def printed(self) -> date:
        """The day from which it can be known; the far future if nobody knows."""
        report = self.reading.report
        return report.published or report.retrieved or date.max

    @property
    def status(self) -> Status:
        """How firmly it is told."""
        return self.event.status

    def saying(self, name: str, value: str) -> list[Statement]:
        """The statements of the report that give a field its value."""
        if name in {"when", "kind", "status"}:
            return [self.event.statement]
        return [
            said
            for said in self.reading.statements
            if (said.kind, said.subject, said.predicate) == ("event", self.event.label, name) and said.object == value
        ]

    def others(self) -> Iterator[tuple[str, str]]:
        """What else the report says of a field of which an event holds one value only."""
        own = [said for said in self.reading.statements if (said.kind, said.subject) == ("event", self.event.label)]
        for said in own:
            if said.predicate in TEXT_FIELDS and said.object not in {"", getattr(self.event, said.predicate)}:
                yield said.predicate, said.object

    @property
    def when(self) -> When:
        """When it happened, never after it was printed unless it is a plan."""
        when, printed = self.event.when, self.printed
        if self.event.status is Status.PLANNED or printed == date.max or (when.latest and when.latest <= printed):
            return when
        if when.earliest and when.earliest > printed:
            return when
        return When(when.earliest, printed, when.text)


@dataclass(frozen=True, slots=True)
class Described:
    """One person as one report describes them, with the report."""

    label: str
    reading: Reading
    statement: Statement

    @property
    def printed(self) -> date:
        """The day from which it can be known; the far future if nobody knows."""
        report = self.reading.report
        return report.published or report.retrieved or date.max

    @property
    def status(self) -> Status:
        """How firmly it is said."""
        return self.statement.status

    def saying(self, name: str, value: str) -> list[Statement]:
        """The statement itself."""
        return [self.statement] if (self.statement.predicate, self.statement.object) == (name, value) else []


@dataclass(frozen=True, slots=True)
class Claimed:
    """One value that sources give to one field.

    Parameters
    ----------
    field, value : str
    rank : str
        ``preferred`` (the case uses it), ``normal``, or ``deprecated`` (denied, refuted or rejected).
    reason : str
        Why it has that rank.
    statements : tuple of str
        Ids of the statements that say it; empty for a row of a record.
    quotes : tuple of Span
    sources : tuple of str
        Ids of reports or of sources of the record.
    origins : int
        How many independent origins say it.
    printed : date or None
        When it was last printed.
    """

    field: str
    value: str
    rank: str
    reason: str
    statements: tuple[str, ...] = ()
    quotes: tuple[Span, ...] = ()
    sources: tuple[str, ...] = ()
    origins: int = 1
    printed: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The claim as plain JSON values."""
        return {
            "field": self.field,
            "value": self.value,
            "rank": self.rank,
            "reason": self.reason,
            "statements": list(self.statements),
            "quotes": [span.quote for span in self.quotes],
            "sources": list(self.sources),
            "origins": self.origins,
            "printed": self.printed.isoformat() if self.printed else None,
        }


def check_rule(rule: Sequence[str]) -> tuple[str, ...]:
    """A rule as given, if it is one.

    Raises
    ------
    InputError
        If it names anything but confidence, date and origins, or one of them twice.
    """
    if not rule or not set(rule) <= set(RULE) or len(set(rule)) != len(rule):
        raise InputError(f"a rule orders some of {', '.join(RULE)}, not {', '.join(rule) or 'nothing'}")
    return tuple(rule)


def claims_of(told: Iterable[Told], rule: Sequence[str] = RULE) -> dict[str, list[Claimed]]:
    """For each field of an event the values told, the preferred one first.

    Parameters
    ----------
    told : iterable of Told
    rule : sequence of str
        Some of :data:`RULE`, the weightiest first.
    """
    rule, told = check_rule(rule), tuple(told)
    voices = origins(item.reading.report for item in told)
    found = _values_of(told, rule, voices)
    for item in told:
        for name, value in item.others():
            if value not in found[name]:
                found[name][value] = [item]
    return {name: _ranked(name, values, rule, voices) for name, values in found.items()}


def _values_of(
    told: Iterable[Told], rule: Sequence[str], voices: Mapping[str, str]
) -> dict[str, dict[str, Sequence[Told | Described]]]:
    """For each field the values told, with who tells them, in the order of the rule."""
    found: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for item in told:
        for name in TEXT_FIELDS:
            if text := getattr(item.event, name):
                found[name][text].append(item)
        if item.when:
            found["when"][item.when.edtf()].append(item)
        found["kind"][str(item.event.kind)].append(item)
        found["status"][str(item.event.status)].append(item)
    return {name: _ordered(values, rule, voices) for name, values in found.items()}


def descriptions_of(described: Iterable[Described], rule: Sequence[str] = RULE) -> dict[str, list[Claimed]]:
    """For each thing said of a person (name, title, role, organisation...) the values, the preferred one first."""
    rule = check_rule(rule)
    described = tuple(described)
    voices = origins(item.reading.report for item in described)
    found: dict[str, dict[str, list[Described]]] = defaultdict(lambda: defaultdict(list))
    for item in described:
        found[item.statement.predicate][item.statement.object].append(item)
    ordered = {name: _ordered(values, rule, voices) for name, values in found.items()}
    return {name: _ranked(name, values, rule, voices) for name, values in ordered.items()}


def _ordered(
    values: Mapping[str, Sequence[Told | Described]], rule: Sequence[str], voices: Mapping[str, str]
) -> dict[str, Sequence[Told | Described]]:
    """Values with who tells them, the one that the rule prefers first."""
    if len(values) == 1:
        return dict(values)
    ordered = sorted(values, key=lambda value: (_weight(values[value], rule, voices), value), reverse=True)
    return {value: values[value] for value in ordered}


def _ranked(
    name: str, values: Mapping[str, Sequence[Told | Described]], rule: Sequence[str], voices: Mapping[str, str]
) -> list[Claimed]:
    claims = {value: _claimed(name, value, told, voices) for value, told in values.items()}
    ordered = list(values)
    for place, value in enumerate(ordered):
        firm = any(item.status not in _DENIALS for item in values[value])
        if place == 0:
            reason = "the only value" if len(ordered) == 1 else f"first by {', '.join(rule)}"
            claims[value] = replace(claims[value], rank="preferred", reason=reason)
        elif not firm and name != "status":
            claims[value] = replace(claims[value], rank="deprecated", reason="told only in a denial")
    return [claims[value] for value in ordered]


def _weight(told: Sequence[Told | Described], rule: Sequence[str], voices: Mapping[str, str]) -> tuple[float, ...]:
    weights = {
        "confidence": max(_FIRMNESS[item.status] for item in told),
        "date": max((item.printed.toordinal() for item in told if item.printed != date.max), default=0),
        "origins": count_origins(told, voices),
    }
    return tuple(weights[name] for name in rule)


def _claimed(name: str, value: str, told: Sequence[Told | Described], voices: Mapping[str, str]) -> Claimed:
    statements = [statement for item in told for statement in item.saying(name, value)]
    printed = [item.printed for item in told if item.printed != date.max]
    return Claimed(
        field=name,
        value=value,
        rank="normal",
        reason="another value comes first",
        statements=tuple(sorted({statement.id for statement in statements})),
        quotes=tuple(sorted({statement.span for statement in statements})),
        sources=tuple(sorted({item.reading.report.id for item in told})),
        origins=count_origins(told, voices),
        printed=max(printed, default=None),
    )


def count_origins(told: Iterable[Told | Described], voices: Mapping[str, str]) -> int:
    """How many independent voices tell it."""
    return len({voices[item.reading.report.id] for item in told})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The values that a case uses for an event told only by reports."""

    kind: EventKind
    status: Status
    when: When
    role: str
    organisation: str
    city: str
    country: str
    destination: str
    sector: str
    tier: int | None
    company: str
    kin_left: str
    motives: tuple[str, ...]
    n_low: int
    n_high: int | None
    conflict: str


def choose(told: Sequence[Told], rule: Sequence[str] = RULE) -> Chosen:
    """The value of each field under a rule, and in words where reports disagree."""
    values = _values_of(told, rule, origins(item.reading.report for item in told))
    first = {name: next(iter(found)) for name, found in values.items()}
    regime = next((item.event.origin_regime for item in told if item.event.origin_regime), "")
    city, country = _city_and_country(first.get("post_place", ""), first.get("organisation", ""), regime)
    role, organisation = first.get("role", ""), first.get("organisation", "")
    n_low, n_high = _number(first.get("number", ""))
    return Chosen(
        kind=EventKind(first["kind"]),
        status=_status(told),
        when=When.parse(first.get("when", "")),
        role=role,
        organisation=organisation,
        city=city,
        country=country,
        destination=first.get("destination", ""),
        sector=sector_of(role, organisation),
        tier=tier_of(role),
        company=first.get("family_with", ""),
        kin_left=first.get("kin_left", ""),
        motives=tuple(sorted({code for item in told for code in item.event.motives})),
        n_low=n_low,
        n_high=n_high,
        conflict=_disagreement(values),
    )


def _status(told: Sequence[Told]) -> Status:
    """The firmest telling, unless what was told is refuted later."""
    refuted = [item.printed for item in told if item.event.status is Status.REFUTED]
    others = [item.printed for item in told if item.event.status not in _DENIALS]
    if refuted and max(refuted) >= max(others, default=date.min):
        return Status.REFUTED
    return max((item.event.status for item in told), key=lambda status: _FIRMNESS[status])


def _city_and_country(post_place: str, organisation: str, regime: str) -> tuple[str, str]:
    """City and country of a post; the words themselves where they name a region or what we do not know."""
    where = Post("", organisation, post_place, regime).where
    country = next(iter(where.countries)) if len(where.countries) == 1 else ""
    named = find_place(post_place)
    if not country or (named.regions and not named.countries):
        return "", post_place
    return (post_place if named.cities or not named else ""), country


def _number(text: str) -> tuple[int, int | None]:
    found = re.match(r"(\d+)(\+?)", text)
    if not found or int(found[1]) < 1:
        return 1, 1
    return int(found[1]), None if found[2] else int(found[1])


def _disagreement(told: Mapping[str, Collection[str]]) -> str:
    """Fields with several values, as one sentence each."""
    parts = []
    for name in sorted(name for name, given in told.items() if len(given) > 1):
        values = {fold(value): value for value in told[name]}
        if len(values) > 1:
            parts.append(f"{name.replace('_', ' ')}: {' or '.join(sorted(values.values()))}")
    return "; ".join(parts)
