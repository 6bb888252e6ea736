"""Data to stdout, talk to stderr; one shape for all JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from ostraka.errors import Level, Problem
from ostraka.provenance import Provenance


def say(message: str) -> None:
    """Talk to the person, on stderr."""
    click.echo(message, err=True)


def say_problems(problems: Iterable[Problem], *, notes: bool = True) -> None:
    """List problems on stderr, the gravest first; without notes only their number."""
    order = (Level.ERROR, Level.WARN, Level.NOTE)
    ranked = sorted(problems, key=lambda problem: order.index(problem.level))
    shown = [problem for problem in ranked if notes or problem.level is not Level.NOTE]
    for problem in shown:
        say(problem.line())
    if len(shown) < len(ranked):
        say(f"{len(ranked) - len(shown)} notes on the data stand at the end of the page")


def envelope(data: Any, problems: Iterable[Problem], provenance: Provenance | None) -> str:
    """The one shape of all JSON output."""
    body = {
        "data": data,
        "problems": [problem.to_json() for problem in problems],
        "provenance": provenance.to_json() if provenance else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=2)
