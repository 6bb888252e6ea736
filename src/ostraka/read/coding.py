"""What a coder, a person or a program, found in one report, in one form that can be compared.

Two kinds of files give a coding: labels in the practice format (``NNN.json`` beside ``NNN.txt``), and the
JSON of a reading.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ostraka.dates import When
from ostraka.errors import InputError, Level, Problem
from ostraka.model import Report
from ostraka.read.reading import Reading

TEXT_FIELDS = ("role", "organisation", "post_place", "origin_regime", "destination", "family_with")
"""Fields of an event that are compared word by word."""


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One event as a coder has it; `person` is empty for an unnamed one."""

    kind: str
    person: str
    when: When
    status: str
    fields: Mapping[str, str]

    def line(self) -> str:
        """The event in one line, for lists of misses."""
        who = self.person or self.fields.get("role", "") or "somebody"
        return f"{self.kind} of {who}, {self.when or 'no date'}, {self.status}"


@dataclass(frozen=True, slots=True)
class Coding:
    """All that one coder found in one report; a claim is its words."""

    id: str
    events: tuple[CodedEvent, ...] = ()
    persons: tuple[str, ...] = ()
    ties: tuple[tuple[str, str, str], ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report with its labels; `negative` says that it holds no event, `split` which part of a set it is in."""

    report: Report
    gold: Coding
    negative: bool = False
    split: str = ""


def coding_of(reading: Reading, name: str = "") -> Coding:
    """A reading as a coding, by way of nothing but what it shows to others."""
    named = {person.label: person.name for person in reading.persons}
    return Coding(
        id=name or reading.report.id,
        events=tuple(
            CodedEvent(
                kind=str(event.kind),
                person=event.person if event.named else "",
                when=event.when,
                status=str(event.status),
                fields={
                    **{field: getattr(event, field) for field in TEXT_FIELDS},
                    "role": event.role or ("" if event.named else event.person),
                },
            )
            for event in reading.events
        ),
        persons=tuple(person.name for person in reading.persons if person.name),
        ties=tuple((named.get(t.ego) or t.ego, t.relation, named.get(t.alter) or t.alter) for t in reading.ties),
        claims=tuple(claim.span.quote for claim in reading.claims),
    )


def coding_from_json(data: Mapping[str, Any], name: str) -> Coding:
    """A coding from labels in the practice format, or from the JSON of a reading.

    Raises
    ------
    InputError
        If a field has another type than the format says.
    """
    try:
        if "statements" in data:
            named = {row["label"]: row["name"] for row in data["persons"]}
            persons = tuple(row["name"] for row in data["persons"] if row["name"])
            ties = tuple(
                (named.get(t["ego"]) or t["ego"], t["relation"], named.get(t["alter"]) or t["alter"])
                for t in data["ties"]
            )
            claims = tuple(row["quote"] for row in data["claims"])
        else:
            persons = tuple(map(str, data.get("persons", ())))
            ties = tuple((str(ego), str(relation), str(alter)) for ego, relation, alter in data.get("ties", ()))
            claims = tuple(map(str, data.get("count_claims", ())))
        events = tuple(_event(row) for row in data.get("events", ()))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: not labels in the practice format ({type(error).__name__}: {error})") from None
    return Coding(name, events, persons, ties, claims)


def _event(row: Mapping[str, Any]) -> CodedEvent:
    named = bool(row.get("named", True))
    fields = {name: str(row.get(name) or "") for name in TEXT_FIELDS}
    if not named:
        fields["role"] = fields["role"] or str(row.get("person") or "")
    return CodedEvent(
        kind=str(row["type"]),
        person=str(row.get("person") or "") if named else "",
        when=When(_day(row.get("date_earliest")), _day(row.get("date_latest")), str(row.get("date_text") or "")),
        status=str(row.get("status") or ""),
        fields=fields,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def load_labelled(folder: str | os.PathLike[str]) -> tuple[list[Labelled], list[Problem]]:
    """The reports of a folder with their labels.

    Parameters
    ----------
    folder : path
        Holds ``NNN.txt`` and ``NNN.json`` side by side.

    Returns
    -------
    (list of Labelled, list of Problem)
        In the order of their names; a report without labels, or with labels that cannot be read, is a problem.

    Raises
    ------
    InputError
        If there is no such folder, or nothing labelled in it.
    """
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"no such folder: {folder}; it holds NNN.txt and NNN.json side by side")
    labelled: list[Labelled] = []
    problems: list[Problem] = []
    for text in sorted(root.glob("*.txt")):
        try:
            labelled.append(_labelled(text))
        except (InputError, OSError, ValueError) as error:
            problems.append(Problem(text.name, f"left out: {error}", Level.ERROR))
    if not labelled:
        raise InputError(f"{folder} holds no labelled reports; put NNN.txt and NNN.json side by side")
    return labelled, problems


def _labelled(text: Path) -> Labelled:
    data = json.loads(text.with_suffix(".json").read_text("utf-8"))
    gold = coding_from_json(data, text.stem)
    report = Report(
        text.read_bytes().decode("utf-8"),
        title=str(data.get("title") or ""),
        url=str(data.get("url") or ""),
        published=_day(data.get("published")),
        lang=str(data.get("lang") or "en"),
        path=text.name,
    )
    return Labelled(report, gold, bool(data.get("negative", not gold.events)), str(data.get("split") or ""))


def load_codings(folder: str | os.PathLike[str]) -> dict[str, Coding]:
    """The codings of a folder of JSON files, by the stem of their names, or of the reports that an envelope holds.

    Raises
    ------
    InputError
        If there is no such folder, no JSON file in it, or one of another form.
    """
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"no such folder: {folder}; it holds the JSON files of one coder")
    found = dict(_codings(root))
    if not found:
        raise InputError(f"{folder} holds no JSON files; it holds those of one coder, one for each report")
    return found


def _codings(root: Path) -> Iterator[tuple[str, Coding]]:
    for file in sorted(root.glob("*.json")):
        try:
            data = json.loads(file.read_text("utf-8"))
        except ValueError as error:
            raise InputError(f"{file.name} is not JSON: {error}") from None
        if isinstance(data, dict) and "events" in data:
            yield file.stem, coding_from_json(data, file.stem)
        elif isinstance(data, dict) and isinstance(data.get("data"), list):
            yield from _of_envelope(data["data"], file.stem)


def _of_envelope(rows: list[Any], stem: str) -> Iterator[tuple[str, Coding]]:
    """The readings in what ``ostraka read --json`` printed, each by the stem of its report's path."""
    for row in rows:
        if isinstance(row, dict) and "events" in row:
            path = str((row.get("report") or {}).get("path") or "")
            name = Path(path).stem if path else stem
            yield name, coding_from_json(row, name)
