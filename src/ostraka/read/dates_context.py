"""What stands around a time phrase: whether it speaks of what is to come, and which date was told just before."""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"(?:\b(?:(?<!own\s)(?<!free\s)(?<!good\s)will|shall|plans? to|to be held)\b"
    r"|(?<!\bwas\s)(?<!\bwere\s)(?<!\bhad\s)(?<!\bbeen\s)\b(?:scheduled|slated|set to|expected to|planned for"
    r"|due (?:in|on|back|to (?:be|open|begin|start|arrive|leave|meet|return|take|visit|hold|come|travel|speak|stand|end)))\b)"
    r"[^.;:,\"“”]{0,50}\Z"
)


_AHEAD = re.compile("will|shall|plan|held|s(?:cheduled|lated|et to)|expected|due ")
"""One of these stands in every such phrase; looking for them takes a tenth of the time of the pattern."""


def speaks_of_future(text: str, start: int) -> bool:
    """Whether the words before speak of what is to come."""
    first = max(0, start - 70)
    return _AHEAD.search(text, first, start) is not None and _FUTURE.search(text, first, start) is not None


BESIDE = 60
"""Characters within which one date of a sentence is reckoned from another."""
NEAR = 250
"""Characters within which a day told without its month is of the month told before."""
_STOPS = re.compile(r"[.;!?]\s|\n")


def is_beside(text: str, end: int, start: int) -> bool:
    """Whether a phrase stands soon after another in its sentence."""
    return start - end <= BESIDE and not _STOPS.search(text, end, start)


def is_near(text: str, end: int, start: int) -> bool:
    """Whether a phrase stands in the paragraph of another, soon after it."""
    return start - end <= NEAR and "\n" not in text[end:start]
