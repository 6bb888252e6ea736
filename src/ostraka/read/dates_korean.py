"""The words that name a time in a Korean report."""

from __future__ import annotations

import re

from ostraka.read.date_words import Atom

TRIGGER = re.compile(r"(?!)")


def atom_at(text: str, at: int) -> Atom | None:
    """The time named by the words that begin at an offset, or None."""
    return None if at < len(text) else None
