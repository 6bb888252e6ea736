"""Marked press reports: texts of our own with placeholders for names and marks for whom each event befell.

The format is described in ``training/README.md``. Nothing in these texts happened; they are wordings, not facts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

MARK = re.compile(r"\[\[([^|\]]*)\|([^\]]*)\]\]")
_KIND = re.compile(r"([a-z]+)(?:#(\d+))?(?:!([a-z]+))?")
_NAME = re.compile(r"\{([NS])(\d+)(?::([a-z]{2}))?\}")
_HEAD = re.compile(r"# (\d{4}-\d\d-\d\d) ([a-z]{2})")


@dataclass
class Told:
    """An event of a marked report: its kind, the words for the one concerned, and whether it is denied, planned, rumoured."""

    kind: str
    mentions: list[tuple[int, int]] = field(default_factory=list)
    flag: str = ""
    name: str = ""


@dataclass
class Marked:
    """A marked report with names put in: `marks` are offsets with the keys of the events told there."""

    id: str
    text: str
    published: date
    marks: list[tuple[int, int, list[tuple[str, str]]]]
    events: dict[tuple[str, str], Told]


def read_press(path: Path, names: dict[str, tuple[list[str], list[str], str]]) -> Iterator[Marked]:
    """The reports of a file; `names` are first names, family names and their order by culture."""
    for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())):
        head, _, body = block.partition("\n")
        told = _HEAD.match(head)
        if told is None:
            raise ValueError(f"{path}: block {number} does not begin with '# YYYY-MM-DD xx' but with {head[:60]!r}")
        full, text = filled(body.strip(), told[2], names, random.Random(f"{path.name} {number}"))
        yield _unmarked(f"{path.stem}:{number}", text, date.fromisoformat(told[1]), full)


def filled(
    text: str, culture: str, names: dict[str, tuple[list[str], list[str], str]], rng: random.Random
) -> tuple[list[str], str]:
    """The text with names for its placeholders, and the full names."""
    cultures: dict[str, str] = {}
    for found in _NAME.finditer(text):
        cultures[found[2]] = cultures.get(found[2]) or found[3] or ""
    chosen: dict[str, tuple[str, str]] = {}
    for key, own in cultures.items():
        firsts, families, order = names.get(own or culture, names["en"])
        taken = {word for pair in chosen.values() for word in pair}
        for _ in range(200):
            first, family = rng.choice(firsts), rng.choice(families) if families else ""
            pair = {"family": (f"{first} {family}", first), "one": (first, first)}.get(
                order, (f"{first} {family}", family)
            )
            if taken.isdisjoint(pair):
                break
        chosen[key] = pair
    return [full for full, _ in chosen.values()], _NAME.sub(lambda found: chosen[found[2]][found[1] == "S"], text)


def _unmarked(name: str, text: str, published: date, full: list[str]) -> Marked:
    plain, marks, at = "", [], 0
    events: dict[tuple[str, str], Told] = {}
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        where = len(plain), len(plain) + len(mark[2])
        plain, at = plain + mark[2], mark.end()
        keys = []
        for part in mark[1].split("+"):
            kind, number, flag = _KIND.fullmatch(part).groups()
            keys.append((kind, number or f"at {where[0]}"))
            event = events.setdefault(keys[-1], Told(kind))
            event.mentions.append(where)
            event.flag = event.flag or flag or ""
            event.name = event.name or next((each for each in full if each in mark[2]), "")
        marks.append((*where, keys))
    return Marked(name, plain + text[at:], published, marks, events)
