"""GraphML: the persons, bodies and ties of a case, for Gephi, igraph and networkx."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ostraka.case import Case

_KEYS = {
    "node": {"name": "string", "sort": "string", "aliases": "string", "sector": "string", "country": "string"},
    "edge": {
        **dict.fromkeys(("kind", "role", "start", "end", "reported"), "string"),
        "tier": "int",
        "weight": "double",
    },
}


def graphml(case: Case) -> str:
    """The network of a case as GraphML text: directed, from ego to alter.

    Parameters
    ----------
    case : Case

    Examples
    --------
    >>> from datetime import date
    >>> case = Case.make("Ruritania", start=date(1991, 1, 1), end=date(2016, 1, 1), as_of=date(2016, 1, 1))
    >>> graphml(case).count("<key ")
    12
    """
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for owner, keys in _KEYS.items():
        for name, kind in keys.items():
            ET.SubElement(root, "key", {"id": f"{owner}.{name}", "for": owner, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", edgedefault="directed", id=case.digest[:16])
    for person in case.people:
        _put(
            graph,
            "node",
            {"id": person.id},
            name=person.name or person.note,
            sort="person",
            aliases="; ".join(person.aliases),
        )
    for body in case.bodies:
        _put(graph, "node", {"id": body.id}, name=body.name, sort="body", sector=body.kind, country=body.country)
    for tie in case.ties:
        ends = {"id": tie.id, "source": tie.ego, "target": tie.alter}
        facts = {"kind": str(tie.kind), "role": tie.role, "start": tie.start.edtf(), "end": tie.end.edtf()}
        tier = str(tie.tier) if tie.tier else ""
        _put(graph, "edge", ends, **facts, reported=tie.reported.edtf(), tier=tier, weight=repr(tie.weight))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _put(graph: ET.Element, owner: str, attributes: dict[str, str], **facts: str) -> None:
    made = ET.SubElement(graph, owner, {name: _xml(value) for name, value in attributes.items()})
    for name, value in facts.items():
        if value:
            ET.SubElement(made, "data", key=f"{owner}.{name}").text = _xml(value)


def _xml(text: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "￾￿"))
