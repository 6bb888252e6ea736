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


def say_problems(problems: Iterable[Problem]) -> None:
    """List problems on stderr, the gravest first."""
    order = (Level.ERROR, Level.WARN, Level.NOTE)
    for problem in sorted(problems, key=lambda problem: order.index(problem.level)):
        say(problem.line())


def envelope(data: Any, problems: Iterable[Problem], provenance: Provenance | None) -> str:
    """The one shape of all JSON output."""
    body = {
        "data": data,
        "problems": [problem.to_json() for problem in problems],
        "provenance": provenance.to_json() if provenance else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=2)
