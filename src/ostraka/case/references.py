"""Rows may only point at rows that exist; what points nowhere is left out and said so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from ostraka.errors import Level, Problem
from ostraka.model import Event, Tie, TieKind


def check_references(tables: dict[str, dict[str, Any]], problems: list[Problem]) -> None:
    """Drop references to rows that do not exist, in place.

    Parameters
    ----------
    tables : dict
        For each table its rows by id.
    problems : list of Problem
        Receives one problem for each reference left out.
    """
    _check_ties(tables, problems)
    _check_events(tables, problems)
    for name in ("people", "bodies", "ties", "events", "measures"):
        _check_sources(name, tables[name], tables["sources"], problems)


def _check_ties(tables: dict[str, dict[str, Any]], problems: list[Problem]) -> None:
    ties: dict[str, Tie] = tables["ties"]
    for tie in list(ties.values()):
        alters = tables["bodies" if tie.kind is TieKind.HOLDS else "people"]
        lost = [end for end, known in ((tie.ego, tables["people"]), (tie.alter, alters)) if end not in known]
        if lost:
            message = f"{', '.join(lost)} is in no row of people.csv or bodies.csv; tie left out"
            problems.append(Problem(f"ties.csv, id {tie.id}", message, Level.ERROR))
            del ties[tie.id]


def _check_events(tables: dict[str, dict[str, Any]], problems: list[Problem]) -> None:
    events: dict[str, Event] = tables["events"]
    for event in list(events.values()):
        changes: dict[str, Any] = {}
        for column, table in (("person", "people"), ("body", "bodies")):
            target = getattr(event, column)
            if target and target not in tables[table]:
                changes[column] = ""
                problems.append(_dangling("events", event.id, column, [target]))
        lost = _missing(event.may_be, events)
        if lost:
            changes["may_be"] = tuple(other for other in event.may_be if other not in lost)
            problems.append(_dangling("events", event.id, "may_be", lost))
        if changes:
            events[event.id] = replace(event, **changes)


def _check_sources(name: str, rows: dict[str, Any], sources: Collection[str], problems: list[Problem]) -> None:
    for row in list(rows.values()):
        lost = _missing(row.sources, sources)
        if lost:
            problems.append(_dangling(name, row.id, "sources", lost))
            rows[row.id] = replace(row, sources=tuple(source for source in row.sources if source not in lost))
        elif name == "events" and not row.sources:
            message = "has no source; add one to sources.csv and name it here"
            problems.append(Problem(f"events.csv, id {row.id}, column sources", message, Level.WARN))


def _missing(references: Iterable[str], known: Collection[str]) -> list[str]:
    return [reference for reference in references if reference not in known]


def _dangling(table: str, row_id: str, column: str, targets: list[str]) -> Problem:
    message = f"points at a row that does not exist ({', '.join(targets)}); the reference is left out"
    return Problem(f"{table}.csv, id {row_id}, column {column}", message, Level.WARN)
