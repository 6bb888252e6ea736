"""What the reports say beside events and numbers: motives, what became of children, what should be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ostraka.brief.notes import Notes
from ostraka.model import Statement
from ostraka.read import Reading


@dataclass(frozen=True, slots=True)
class Said:
    """One line with its quote."""

    text: str
    evidence: Markup


def said_lines(readings: Sequence[Reading], notes: Notes) -> list[Said]:
    """Motives, deeds of kin and policies, each once."""
    lines: dict[str, Said] = {}
    for reading in readings:
        for statement in reading.statements:
            text = _line(statement)
            if text and text not in lines:
                lines[text] = Said(text, notes.figure("quoted", text, quotes=[statement.span]))
    return list(lines.values())


def _line(statement: Statement) -> str:
    said = statement.object.replace("_", " ")
    match statement.kind, statement.predicate:
        case "motive", "for":
            return f"A motive of those who leave: {said}."
        case "motive", "not":
            return f"Not a motive, the report says: {said}."
        case "event", "motive":
            return f"A motive of {statement.subject.partition(': ')[2] or statement.subject}: {said}."
        case "person", "deed":
            return f"{statement.subject}: {said}."
        case "policy", kind:
            return f"A policy ({kind.replace('_', ' ')}): {said}."
    return ""
