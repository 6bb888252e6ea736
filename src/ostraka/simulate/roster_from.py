"""Rosters from elsewhere: a case, a graph of networkx or igraph, a GraphML file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np

from ostraka.case import Case
from ostraka.errors import InputError, Level, Problem
from ostraka.model import SECTORS, TieKind
from ostraka.simulate.roster import POSTS, TIE_KINDS, Roster

_CASE_TIES = {TieKind.KIN: 0, TieKind.PATRON: 1, TieKind.COMRADE: 2, TieKind.SERVED_WITH: 3}
_COLUMNS = ("rank", "weight", "offset", "privilege", "kin_held", "children", "mobile")
_MAX_GRAPHML_BYTES = 200 * 2**20


def roster_from_case(case: Case) -> tuple[Roster, tuple[str, ...], tuple[Problem, ...]]:
    """The persons a record names, with their ties; rank from the tier, organ from the sector of their events.

    Parameters
    ----------
    case : Case

    Returns
    -------
    roster : Roster
        Rank 3 for tier 1 down to 0 for tier 4 or unknown; all at home.
    ids : tuple of str
        Person of each seat.
    problems : tuple of Problem
        Ties that could not be used.

    Raises
    ------
    InputError
        If the case names nobody.

    Notes
    -----
    A record names those who left and their kin: it is no sample of the elite, and rates must not be read off it.
    """
    if not case.people:
        raise InputError(f"the record of {case.regime} names nobody; use a made-up roster")
    ids = tuple(person.id for person in case.people)
    place = {person: k for k, person in enumerate(ids)}
    organs = tuple(dict.fromkeys([*SECTORS, "unknown"]))
    organ, tier = np.full(len(ids), organs.index("unknown")), np.full(len(ids), 4)
    for event in case.events:
        if event.person in place:
            k = place[event.person]
            organ[k] = organs.index(event.sector or "unknown")
            tier[k] = min(tier[k], event.tier or 4)
    rows, problems = [], []
    for tie in case.ties:
        if tie.kind == TieKind.HOLDS:
            if tie.ego in place:
                tier[place[tie.ego]] = min(tier[place[tie.ego]], tie.tier or 4)
        elif tie.ego in place and tie.alter in place:
            rows.append((_CASE_TIES[tie.kind], place[tie.ego], place[tie.alter], tie.weight))
        else:
            message = f"tie {tie.id} names a person who is not in the record; it is left out"
            problems.append(Problem("ties.csv", message, Level.WARN))
    rank = 4 - tier
    note = f"The {len(ids)} persons named in the record of {case.regime}; no sample of its elite."
    roster = Roster.make(
        len(ids), organ=organ, rank=rank, weight=1 + rank, ties=_columns(rows), organs=organs,
        security=("security",), note=note,
    )  # fmt: skip
    return roster, ids, tuple(problems)


def roster_from_graph(graph: Any, *, note: str = "") -> tuple[Roster, tuple[Any, ...]]:
    """A roster from a graph of networkx or igraph.

    Parameters
    ----------
    graph : networkx.Graph or igraph.Graph
        Attributes of its nodes that are understood: organ, post, rank, weight, offset, privilege, kin_held, children,
        mobile, age (unknown if missing); of its edges: kind (one of kin, patron, comrade, colleague; kin if missing), weight.
    note : str
        Where the graph comes from.

    Returns
    -------
    roster : Roster
    names : tuple
        Name of the node of each seat.

    Raises
    ------
    InputError
        If the object is neither, or an attribute cannot be used; the message names the node or edge.
    """
    if hasattr(graph, "adjacency") and hasattr(graph, "nodes"):
        nodes = [(name, dict(data)) for name, data in graph.nodes(data=True)]
        edges = [(a, b, dict(data)) for a, b, data in graph.edges(data=True)]
    elif hasattr(graph, "vs") and hasattr(graph, "es"):
        nodes = [(vertex.index, vertex.attributes()) for vertex in graph.vs]
        edges = [(edge.source, edge.target, edge.attributes()) for edge in graph.es]
    else:
        raise InputError(f"a graph of networkx or igraph is needed, not {type(graph).__name__}")
    return _from_tables(nodes, edges, note)


def roster_from_graphml(path: Path | str, *, note: str = "") -> tuple[Roster, tuple[Any, ...]]:
    """A roster from a GraphML file; attributes as in :func:`roster_from_graph`.

    Raises
    ------
    InputError
        If the file is missing, too large, declares entities, or is not GraphML.
    """
    file = Path(path)
    try:
        if file.stat().st_size > _MAX_GRAPHML_BYTES:
            raise InputError(
                f"{path} is larger than {_MAX_GRAPHML_BYTES // 2**20} MiB; make a roster from arrays instead"
            )
        text = file.read_bytes()
        if b"<!ENTITY" in text or b"<!DOCTYPE" in text:
            raise InputError(f"{path} declares a document type or entities, which GraphML does not need; remove them")
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type, so no entities to expand
    except (OSError, ElementTree.ParseError) as error:
        raise InputError(f"{path} cannot be read as GraphML: {error}") from error
    names = {key.get("id"): key.get("attr.name", key.get("id")) for key in root.iter() if _tag(key) == "key"}
    nodes = [(node.get("id"), _data(node, names)) for node in root.iter() if _tag(node) == "node"]
    edges = [(e.get("source"), e.get("target"), _data(e, names)) for e in root.iter() if _tag(e) == "edge"]
    if not nodes:
        raise InputError(f"{path}: no node found; is it GraphML?")
    return _from_tables(nodes, edges, note or f"GraphML file {file.name}")


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _data(element: ElementTree.Element, names: Mapping[str | None, str | None]) -> dict[str, Any]:
    return {str(names.get(d.get("key"), d.get("key"))): d.text or "" for d in element if _tag(d) == "data"}


def _from_tables(
    nodes: list[tuple[Any, dict[str, Any]]], edges: Iterable[tuple[Any, Any, dict[str, Any]]], note: str
) -> tuple[Roster, tuple[Any, ...]]:
    if not nodes:
        raise InputError("the graph has no nodes")
    place = {name: k for k, (name, _) in enumerate(nodes)}
    organs = tuple(dict.fromkeys(str(data.get("organ", "elite")) for _, data in nodes))
    columns: dict[str, Any] = {
        name: [_number(data.get(name, 1 if name == "weight" else 0), f"node {node!r}, {name}") for node, data in nodes]
        for name in _COLUMNS
    }
    rows = []
    for a, b, data in edges:
        where = f"edge {a!r} to {b!r}"
        if a not in place or b not in place:
            raise InputError(f"{where}: names a node that does not exist")
        kind = str(data.get("kind", "kin"))
        if kind not in TIE_KINDS:
            raise InputError(f"{where}: kind {kind!r} is unknown; write one of {', '.join(TIE_KINDS)}")
        rows.append((TIE_KINDS.index(kind), place[a], place[b], _number(data.get("weight", 1.0), f"{where}, weight")))
    roster = Roster.make(
        len(nodes),
        organ=[organs.index(str(data.get("organ", "elite"))) for _, data in nodes],
        post=[_post(data.get("post", "home"), node) for node, data in nodes],
        ties=_columns(rows),
        organs=organs,
        security=tuple(name for name in organs if name == "security"),
        age=[_number(data.get("age", math.nan), f"node {node!r}, age") for node, data in nodes],
        note=note,
        **columns,
    )
    return roster, tuple(name for name, _ in nodes)


def _post(value: Any, node: Any) -> int:
    if str(value) not in POSTS:
        raise InputError(f"node {node!r}, post: {value!r} is unknown; write one of {', '.join(POSTS)}")
    return POSTS.index(str(value))


def _number(value: Any, where: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InputError(f"{where}: {value!r} is not a number") from None


def _columns(rows: list[tuple[int, int, int, float]]) -> tuple[Any, Any, Any, Any] | None:
    if not rows:
        return None
    kind, ego, alter, weight = zip(*rows, strict=True)
    return kind, ego, alter, weight
