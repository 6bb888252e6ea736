"""Ties of a Korean report: "김정은의 고모부 장성택", "부인 최수봉", "성혜랑의 아들 이한영"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ostraka.model import Report, Statement
from ostraka.read.korean_names import Names, speakers
from ostraka.read.korean_words import LEADERS, table

Roles = dict[str, list[tuple[int, int, str]]]
"""The titles told of each name, and where."""
REACH = 120
"""Letters looked back at for the one whose kin somebody is."""


@cache
def _kin() -> tuple[re.Pattern[str], dict[str, str]]:
    relations = {word: relation for relation, words in table()["kin"].items() for word in words}
    longest = "|".join(sorted(map(re.escape, relations), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣])(?:전 ?)?({longest})(?:인|이자|이던|였던)? (?:[가-힣\d]{{1,10}} )?\Z"), relations


def find_ties(report: Report, names: Names, roles: Roles, writer: Any) -> Iterator[Statement]:
    """Ties of kin and of service between those named: a kin word before a name, its owner before it.

    Parameters
    ----------
    report : Report
    names : dict
        Who is named, and where.
    roles : dict
        The titles told of each.
    writer : object with ``say``
    """
    text, (pattern, relations) = report.text, _kin()
    first = {name: rows[0][2] for name, rows in roles.items()}
    places = sorted((start, end, name, first.get(name, "")) for name, rows in names.items() for start, end in rows)
    told: set[tuple[str, str, str]] = set()
    for k, (start, end, name, _) in enumerate(places):
        found = pattern.search(text, max(0, start - 24), start)
        owner = _owner(text, places[:k], found.start(), name) if found is not None else None
        if found is None or owner is None:
            continue
        ego, relation, alter = _upright(name, relations[found[1]], owner[2])
        if (ego, relation, alter) not in told:
            told.add((ego, relation, alter))
            yield writer.say((owner[0], end), "tie", ego, relation, alter)


Place = tuple[int, int, str, str]


def _owner(text: str, before: list[Place], at: int, name: str) -> Place | None:
    """Whose kin: the name with 의 just before, else the one named last in the sentence who neither tells nor rules."""
    near = [row for row in before[-6:] if at - row[0] < REACH and row[2] != name]
    if near and re.fullmatch(r"(?:\(\d{1,3}세?\))?(?: ?[가-힣\d]{1,10}){0,6}?의 ", text[near[-1][1] : at]):
        return near[-1]
    stop = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at))
    acting = [row for row in near if row[3] not in speakers() and row[2] not in LEADERS]
    own = [row for row in acting if row[0] > stop]
    return own[-1] if own else acting[-1] if acting else None


def _upright(name: str, relation: str, owner: str) -> tuple[str, str, str]:
    """A tie as told the other way round where somebody is a child: the parent comes first."""
    return (owner, "father_of", name) if relation == "child_of" else (name, relation, owner)
