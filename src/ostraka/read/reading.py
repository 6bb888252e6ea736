"""What one report says: its statements, and the persons, events, ties and claims that they add up to.

The statements are the fact; everything else is assembled from them by :meth:`Reading.of` and holds nothing
that they do not. Labels (``Thae Yong-ho``, ``wife of Thae Yong-ho``, ``diplomat of the embassy in
Bulgaria``) are local to the report; who is who across reports is the register's question.

========  ==================================================================================================
kind      predicates (object)
========  ==================================================================================================
person    ``name`` · ``alias`` · ``native_name`` · ``title`` · ``role`` · ``organisation`` · ``place`` ·
          ``described`` (an unnamed person in the words of the report) · ``deed`` (what a child did)
event     ``type`` (an event kind; carries `when`, `status`, `attributed_to`) · ``person`` (label) · ``role`` ·
          ``organisation`` · ``post_place`` · ``origin_regime`` · ``destination`` · ``family_with`` ·
          ``kin_left`` · ``motive`` (code) · ``number`` (``8`` or ``5+``)
tie       a relation of :data:`ostraka.model.RELATIONS` (label of the other person)
claim     ``number`` (the words); always a :class:`ostraka.model.Claim`
motive    ``for`` or ``not`` (code): a motive said of defectors at large
policy    a kind of measure (the words): what a report says should be or was done
========  ==================================================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ostraka.dates import When
from ostraka.model import Claim, EventKind, Report, Span, Statement, Status


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """One person of one report; `name` is empty for an unnamed one."""

    label: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    native_name: str = ""
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTie:
    """What one person of a report is to another, by label."""

    ego: str
    relation: str
    alter: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """One event of one report. `fields` holds the span of each field that has one."""

    label: str
    kind: EventKind
    person: str
    named: bool
    statement: Statement
    role: str = ""
    organisation: str = ""
    post_place: str = ""
    origin_regime: str = ""
    destination: str = ""
    family_with: str = ""
    kin_left: str = ""
    motives: tuple[str, ...] = ()
    number: str = ""
    fields: Mapping[str, Span] = field(default_factory=dict)

    @property
    def when(self) -> When:
        """When it happened."""
        return self.statement.when

    @property
    def status(self) -> Status:
        """How the report puts it."""
        return self.statement.status


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as read: statements, and what they add up to.

    Examples
    --------
    >>> report = Report("A colonel has left.")
    >>> said = Statement(report.quote(2, 9), "person", "colonel", "described", "A colonel")
    >>> Reading.of(report, [said]).persons[0].label
    'colonel'
    """

    report: Report
    statements: tuple[Statement, ...]
    persons: tuple[ReadPerson, ...]
    events: tuple[ReadEvent, ...]
    ties: tuple[ReadTie, ...]
    claims: tuple[Claim, ...]

    @classmethod
    def of(cls, report: Report, statements: Iterable[Statement]) -> Reading:
        """Assemble statements; their order in the text is kept, the same statement counts once."""
        said = tuple(sorted({s.id: s for s in statements}.values(), key=lambda s: (s.span.start, s.span.end, s.id)))
        told = _by_subject(said)
        persons = tuple(_person(label, rows) for label, rows in told["person"].items())
        named = {person.label: person.name for person in persons}
        return cls(
            report=report,
            statements=said,
            persons=persons,
            events=tuple(event for label, rows in told["event"].items() if (event := _event(label, rows, named))),
            ties=tuple(ReadTie(s.subject, s.predicate, s.object, s) for s in said if s.kind == "tie"),
            claims=tuple(s for s in said if isinstance(s, Claim)),
        )


def _by_subject(statements: Iterable[Statement]) -> Mapping[str, dict[str, list[Statement]]]:
    """Statements of each kind by whom or what they are about."""
    groups: dict[str, dict[str, list[Statement]]] = defaultdict(dict)
    for statement in statements:
        groups[statement.kind].setdefault(statement.subject, []).append(statement)
    return groups


def _objects(rows: Iterable[Statement]) -> Mapping[str, Mapping[str, None]]:
    """What is said under each predicate, each thing once, in order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        found[row.predicate][row.object] = None
    return found


def _person(label: str, rows: list[Statement]) -> ReadPerson:
    said = _objects(rows)
    return ReadPerson(
        label=label,
        name=next(iter(said["name"]), ""),
        aliases=tuple(said["alias"]),
        native_name=next(iter(said["native_name"]), ""),
        titles=tuple(said["title"]),
        roles=tuple(said["role"]),
        organisations=tuple(said["organisation"]),
        spans=tuple(dict.fromkeys(row.span for row in rows)),
    )


def _event(label: str, rows: list[Statement], named: Mapping[str, str]) -> ReadEvent | None:
    types = [row for row in rows if row.predicate == "type"]
    if not types:
        return None
    single: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    names = ("role", "organisation", "post_place", "origin_regime", "destination", "family_with", "kin_left", "number")
    for row in rows:
        if row.predicate in names and row.predicate not in single:
            single[row.predicate] = row.object
            spans[row.predicate] = row.span
        elif row.predicate in {"person", "motive"}:
            spans.setdefault(row.predicate, row.span)
    said = _objects(rows)
    person = next(iter(said["person"]), "")
    return ReadEvent(
        label=label,
        kind=EventKind(types[0].object),
        person=person,
        named=bool(named.get(person)),
        statement=types[0],
        motives=tuple(said["motive"]),
        fields=spans,
        **single,
    )
