"""Who the persons of the reports are, their ties, and the rows of the record they met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ostraka.brief.figures.network import Edge, Node
from ostraka.case import Case
from ostraka.model import RELATIONS, EventKind, Span, Status, TieKind
from ostraka.read import ReadEvent, Reading, ReadPerson
from ostraka.register import Link

Links = Mapping[str, Mapping[tuple[str, str], Link]]
"""For each report (by id) what its persons and events met, by kind and label."""

_AT_MOST = 26
_GONE = {Status.ASSERTED, Status.HEDGED, Status.MENTIONED}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the table of persons."""

    name: str
    described: str
    met: str
    why: str
    spans: tuple[Span, ...]


def person_lines(readings: Sequence[Reading], links: Links, case: Case) -> list[PersonLine]:
    """The persons of the reports, those with events first.

    Parameters
    ----------
    readings : sequence of Reading
    links : mapping
        For each report its links by label.
    case : Case
        The record, for the names of rows.
    """
    names = {person.id: person.name for person in case.people}
    lines: dict[str, PersonLine] = {}
    for reading in readings:
        active = {event.person for event in reading.events}
        for person in sorted(reading.persons, key=lambda person: person.label not in active):
            link = links.get(reading.report.id, {}).get(("person", person.label))
            line = PersonLine(
                name=person.name or person.label,
                described=_described(person),
                met=_met(link, names),
                why="; ".join(link.why) if link and link.target_id else "",
                spans=person.spans[:3],
            )
            lines.setdefault(line.name, line)
    return list(lines.values())


def _met(link: Link | None, names: Mapping[str, str]) -> str:
    if link is None or not link.target_id:
        return ""
    name = names.get(link.target_id, link.target_id)
    return f"perhaps {name}" if link.verdict == "unsure" else name


def _described(person: ReadPerson) -> str:
    parts = dict.fromkeys([*person.titles, *person.roles, *person.organisations])
    return "; ".join(parts)


def network(readings: Sequence[Reading], links: Links, case: Case) -> tuple[list[Node], list[Edge]]:
    """Persons tied by the reports, and the record's ties of those among them whom it knows."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str], Edge] = {}
    known: dict[str, str] = {}
    for reading in readings:
        left = {event.person for event in reading.events if has_left(event)}
        of_label = {person.label: person for person in reading.persons}
        for tie in reading.ties:
            for label in (tie.ego, tie.alter):
                name = of_label[label].name or label if label in of_label else label
                nodes.setdefault(label, Node(label, name, left=label in left))
            sort = RELATIONS.get(tie.relation, TieKind.KIN)
            edges.setdefault((tie.ego, tie.relation, tie.alter), Edge(tie.ego, tie.alter, str(sort), tie.relation))
        for label in left:
            name = of_label[label].name or label if label in of_label else label
            nodes.setdefault(label, Node(label, name, left=True))
        for (kind, label), link in links.get(reading.report.id, {}).items():
            if kind == "person" and link.verdict == "same" and label in nodes:
                known[link.target_id] = label
    _add_recorded(case, known, nodes, edges)
    tied = {end for edge in edges.values() for end in (edge.ego, edge.alter)}
    return [node for node in nodes.values() if node.id in tied], list(edges.values())


def has_left(event: ReadEvent) -> bool:
    """Whether the report says that the person of an event has left."""
    return event.kind is EventKind.DEFECTION and event.status in _GONE


def _add_recorded(
    case: Case, known: dict[str, str], nodes: dict[str, Node], edges: dict[tuple[str, str, str], Edge]
) -> None:
    """Ties that only the record knows: between persons of the reports, and of those who left."""
    names = {person.id: person.name for person in case.people}
    left = {event.person for event in case.events if event.kind is EventKind.DEFECTION and event.counted}
    pairs = {frozenset((edge.ego, edge.alter)) for edge in edges.values()}
    for tie in case.ties:
        ego, alter = known.get(tie.ego, tie.ego), known.get(tie.alter, tie.alter)
        new = [end for end in (ego, alter) if end not in nodes]
        gone = any(end in nodes and nodes[end].left for end in (ego, alter))
        if tie.kind is TieKind.HOLDS or frozenset((ego, alter)) in pairs or len(new) > gone:
            continue
        if len(nodes) + len(new) > _AT_MOST:
            continue
        for end in new:
            nodes[end] = Node(end, names.get(end, end), told=False, left=end in left)
        edges[ego, tie.role, alter] = Edge(ego, alter, str(tie.kind), tie.role or str(tie.kind), told=False)
