"""Persons and their ties as a drawn network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from ostraka.brief.figures.svg import Scale, clip, element, group, label, line, picture, rect

_STEPS = 400


@dataclass(frozen=True, slots=True)
class Node:
    """A person, or what the record says of one. `told` is true for those of the report."""

    id: str
    name: str
    told: bool = True
    left: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie; `told` is true where the report says it, false where only the record does."""

    ego: str
    alter: str
    kind: str
    role: str
    told: bool = True


def draw_network(
    nodes: Sequence[Node], edges: Sequence[Edge], *, width: int, title: str = "Persons and ties", text: str = ""
) -> Markup:
    """Persons as dots, ties as lines named by what they are; kin solid, comrades dashed, patrons dotted.

    Parameters
    ----------
    nodes : sequence of Node
    edges : sequence of Edge
        Between ids of nodes.
    width : int
        In px.
    title, text : str
        Of the picture; where the text is empty it counts the ties and names some.
    """
    wide = width > 600
    height = 90.0 + min(len(nodes), 24) * (20 if wide else 34)
    place = _layout(nodes, edges, aspect=(width - 120) / height)
    margin = 70.0 if wide else 56.0
    x, y = Scale(0, 1, margin, width - margin), Scale(0, 1, 26, height - 34)
    at = {node.id: (x(place[i, 0]), y(place[i, 1])) for i, node in enumerate(nodes)}
    lines = [_tie(edge, at) for edge in edges]
    dots = [_person(node, *at[node.id], room=width / 4 if wide else width / 3) for node in nodes]
    told = sum(edge.told for edge in edges)
    text = text or (
        f"{len(nodes)} persons; {told} ties told by the report and {len(edges) - told} from the record: "
        + "; ".join(
            f"{_name(nodes, edge.ego)} {edge.role.replace('_', ' ')} {_name(nodes, edge.alter)}" for edge in edges[:12]
        )
    )
    key = _key(height, wide=wide)
    return picture(title, text, width=width, height=height + 24, children=[*lines, *dots, key])


def _name(nodes: Sequence[Node], node_id: str) -> str:
    return next(node.name for node in nodes if node.id == node_id)


def _layout(nodes: Sequence[Node], edges: Sequence[Edge], *, aspect: float) -> NDArray[np.float64]:
    """Positions in the unit square by springs and repulsion (Fruchterman and Reingold 1991), from a fixed start."""
    n = len(nodes)
    angle = np.arange(n) * 2 * np.pi / max(n, 1)
    place = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 0.5
    if n < 2:
        return place * 0 + 0.5
    index = {node.id: i for i, node in enumerate(nodes)}
    pairs = np.array([(index[edge.ego], index[edge.alter]) for edge in edges], dtype=np.int64).reshape(-1, 2)
    ideal = 1.1 / np.sqrt(n)
    for step in range(_STEPS):
        apart = place[:, None, :] - place[None, :, :]
        apart[..., 1] *= 1.35  # names are wide: keep rows further apart than columns
        distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        push = np.where(distance < 4 * ideal, ideal**2 / distance**2, 0.0)
        force = (apart * push[..., None]).sum(axis=1)
        for a, b in pairs:
            pull = apart[a, b] * distance[a, b] / ideal
            force[a] -= pull
            force[b] += pull
        force -= place * 0.9
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        place += force / length * np.minimum(length, 0.12 * (1 - step / _STEPS))
    low, high = place.min(axis=0), place.max(axis=0)
    if aspect > 1 and (high - low)[1] > (high - low)[0]:
        place = place[:, ::-1]
        low, high = place.min(axis=0), place.max(axis=0)
    result: NDArray[np.float64] = (place - low) / np.maximum(high - low, 1e-9)
    return result


def _tie(edge: Edge, at: dict[str, tuple[float, float]]) -> Markup:
    (x1, y1), (x2, y2) = at[edge.ego], at[edge.alter]
    css = f"tie {edge.kind}" + ("" if edge.told else " recorded")
    words = edge.role.replace("_", " ")
    return group(
        element("title", f"{edge.ego} {words} {edge.alter}" + ("" if edge.told else " (from the record)")),
        line(x1, y1, x2, y2, class_=css),
        label((x1 + x2) / 2, (y1 + y2) / 2 - 3, words, class_="tie-name", text_anchor="middle") if edge.told else "",
    )


def _person(node: Node, x: float, y: float, *, room: float) -> Markup:
    css = "person" + (" told" if node.told else "") + (" left" if node.left else "")
    shape = (
        rect(x - 6, y - 6, 12, 12, rx=2, class_=css)
        if node.left
        else element("circle", cx=x, cy=y, r=6.0 if node.told else 4.5, class_=css)
    )
    return group(
        element("title", node.name),
        shape,
        label(x, y + 19, clip(node.name, room), class_="node-name", text_anchor="middle"),
    )


def _key(height: float, *, wide: bool) -> Markup:
    items = [
        ("kin", "kin", 70),
        ("comrade", "comrades", 106),
        ("patron", "patron", 88),
        ("served-with", "served together", 140),
    ]
    x, parts = 14.0, []
    for kind, name, room in items if wide else items[:3]:
        parts.append(line(x, height + 8, x + 24, height + 8, class_=f"tie {kind}"))
        parts.append(label(x + 29, height + 12, name, class_="tick"))
        x += room + (10 if wide else 0)
    parts.append(rect(x, height + 2, 11, 11, rx=2, class_="person told left"))
    parts.append(label(x + 16, height + 12, "has left", class_="tick"))
    return group(*parts)
