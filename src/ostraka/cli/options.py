"""What verbs have in common: kinds of values, ``--json``, the merged settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ostraka.config import load_settings


class Day(click.ParamType[date]):
    """A day written as 2016-08-17."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2016-08-17", param, ctx)


class Numbers(click.ParamType[tuple[int, ...]]):
    """Numbers separated by commas."""

    name = "NUMBERS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Read the numbers."""
        if isinstance(value, tuple):
            return value
        try:
            return tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no list of whole numbers such as 1,5", param, ctx)


DAY, NUMBERS = Day(), Numbers()
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
PATH = click.Path(path_type=Path)


def with_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb ``--json``: one envelope with data, problems and provenance on stdout."""
    return click.option("--json", "as_json", is_flag=True, help="Write one JSON object {data, problems, provenance}.")(
        command
    )


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the merged settings as its first argument."""

    @click.option("--seed", type=int, default=None, help="Root of chance, a whole number; recorded in every result.")
    @wraps(command)
    def wrapped(*args: Any, seed: int | None, **kwargs: Any) -> Any:
        flags = {"seed": seed, **{name: kwargs.get(name) for name in ("regime", "register", "level")}}
        settings, _ = load_settings(flags, os.environ, Path.cwd())
        return command(settings, *args, **kwargs)

    return wrapped
