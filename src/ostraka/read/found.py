"""An event as one clause of a report tells it, before tellings of one event are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence

Words = tuple[int, int]
"""Offsets of words in the text."""

Field = tuple[str, Words]
"""What is told, and where its words stand."""


@dataclass(slots=True)
class Found:
    """An event as found in one clause."""

    kind: EventKind
    label: str
    sentence: Sentence
    words: Words
    status: Status
    when: When = field(default_factory=When)
    said_by: str = ""
    destination: Field | None = None
    family_with: Field | None = None
    kin_left: Field | None = None
    number: Field | None = None
    place: Field | None = None
    actor: Noun | None = None
    background: bool = False
    needs: str = ""
    order: int = 0
    offered: dict[str, Field] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    retold: list[Found] = field(default_factory=list)


def span_of(sentence: Sentence, i: int, j: int) -> Words:
    """Offsets of words `i` to `j` of a sentence."""
    return sentence.tokens[i].start, sentence.tokens[j - 1].end
