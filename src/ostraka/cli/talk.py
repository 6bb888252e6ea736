"""Data to stdout, talk to stderr; one shape for all JSON."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any, Self

import click

from ostraka.errors import Level, Problem
from ostraka.provenance import Provenance


def say(message: str) -> None:
    """Talk to the person, on stderr."""
    click.echo(message, err=True)


def printable(text: str) -> str:
    """A text from outside, without what would move the cursor of a terminal or turn the direction of reading."""
    return "".join(c if c.isprintable() else " " for c in text)


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


class Stop:
    """Lets Ctrl-C end long work after the piece in hand, so that nothing is left half written; a second one ends it at once."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._ask) if _is_main_thread() else None
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


class Bar:
    """How far long work has come and how long it will still take, on a terminal; nothing in a pipe.

    Parameters
    ----------
    of_what : str
        What is counted: "runs", "files read".
    beside_data : bool
        Whether it may be drawn: not where the data are written to the same terminal.
    """

    PAUSE = 0.1
    """Seconds between two drawings."""

    def __init__(self, of_what: str, *, beside_data: bool = True) -> None:
        self.of_what, self.began, self.drawn = of_what, time.monotonic(), 0.0
        self.shown = sys.stderr.isatty() and beside_data

    def __enter__(self) -> Self:
        self.began = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)

    def show(self, done: int, total: int) -> None:
        """Draw the bar anew."""
        now = time.monotonic()
        if not self.shown or (now - self.drawn < self.PAUSE and done < total):
            return
        self.drawn = now
        left = (now - self.began) * (total - done) / max(done, 1)
        full = 30 * done // max(total, 1)
        text = f"{'█' * full}{'░' * (30 - full)} {done} of {total} {self.of_what}, {left:.0f} s left (Ctrl-C keeps what is done)"
        click.echo(f"\r\x1b[K{text}", err=True, nl=False)
