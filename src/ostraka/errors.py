"""Everything that can go wrong, in two channels that are never mixed.

The data is wrong: a :class:`Problem` is *returned* beside the result. The call is wrong, or cannot be
answered: one of these is *raised*::

    OstrakaError
    ├── InputError      what was asked or given cannot be used        (exit 3)
    ├── RegisterError   the register refuses, is damaged or is locked (exit 4)
    ├── FitError        an estimate does not exist or did not converge (exit 5)
    └── MissingExtra    an optional part is not installed             (exit 6)

A message says what was expected, what was got, where, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OstrakaError(Exception):
    """Base of every error raised on purpose by Ostraka."""


class InputError(OstrakaError):
    """What was asked or given cannot be used: a path, an option, an unknown regime."""


class RegisterError(OstrakaError):
    """The register refuses a row, is damaged, locked or of another version."""


class FitError(OstrakaError):
    """An estimate does not exist or did not converge.

    Attributes
    ----------
    found : object or None
        What could be found before the fit failed.
    """

    def __init__(self, message: str, found: object | None = None) -> None:
        super().__init__(message)
        self.found = found


class MissingExtra(OstrakaError):  # noqa: N818 - the name the design gives it
    """An optional part is not installed; the message says the pip command."""

    def __init__(self, extra: str, what_for: str) -> None:
        super().__init__(f"{what_for} needs an optional part: pip install 'ostraka[{extra}]'")
        self.extra = extra


class Level(StrEnum):
    """How grave a problem in the data is."""

    NOTE = "note"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong with the data: an error as a value, returned and shown, never dropped.

    Parameters
    ----------
    where : str
        File, and if known row and column (``events.csv, row 3, column latest``) or span.
    message : str
        What is wrong and what to do about it.
    level : Level
        ``note`` (for information), ``warn`` (used with a doubt) or ``error`` (left out).

    Examples
    --------
    >>> Problem("events.csv, row 3", "latest is before earliest; swap them", Level.ERROR).line()
    'error: events.csv, row 3: latest is before earliest; swap them'
    """

    where: str
    message: str
    level: Level = Level.WARN

    def line(self) -> str:
        """One line for a terminal."""
        return f"{self.level}: {self.where}: {self.message}"

    def to_json(self) -> dict[str, str]:
        """The problem as plain JSON values."""
        return {"where": self.where, "message": self.message, "level": str(self.level)}
