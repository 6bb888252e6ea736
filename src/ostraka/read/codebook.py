"""The codebook: what each code means, with boundary cases, and how it reads in PLOVER and CAMEO.

The table is data (``codebook.toml``); statements carry its version, so that two codings can be compared.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook.

    Parameters
    ----------
    name : str
        The code as it stands in statements.
    definition : str
        What it means, in one or two sentences.
    examples, not_examples : tuple of str
        Sentences that get the code, and near ones that do not.
    crosswalk : mapping
        Its nearest codes in other schemes, by scheme.
    """

    name: str
    definition: str
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    crosswalk: Mapping[str, str] = ()  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All codes, by section, and the version that statements carry.

    Examples
    --------
    >>> book = codebook()
    >>> "defection" in book.events, book.version.count(".")
    (True, 1)
    """

    version: str
    events: Mapping[str, Code]
    statuses: Mapping[str, Code]
    motives: Mapping[str, Code]
    ties: Mapping[str, Code]
    tiers: Mapping[str, Code]
    policies: Mapping[str, Code]


@cache
def codebook() -> Codebook:
    """The codebook that this version of the reader codes by."""
    table = tomllib.loads((files("ostraka.read") / "codebook.toml").read_text(encoding="utf-8"))
    return Codebook(
        version=table["version"],
        **{name: _codes(table[key]) for name, key in _SECTIONS.items()},
    )


_SECTIONS = {
    "events": "event",
    "statuses": "status",
    "motives": "motive",
    "ties": "tie",
    "tiers": "tier",
    "policies": "policy",
}


def _codes(section: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Code]:
    return {
        name: Code(
            name,
            row["definition"],
            tuple(row.get("yes", ())),
            tuple(row.get("no", ())),
            dict(row.get("crosswalk", {})),
        )
        for name, row in section.items()
    }
