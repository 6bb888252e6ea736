"""The codebook: what each code means, with boundary cases, and how it reads in PLOVER and CAMEO.

The table is data (``codebook.toml``); statements carry its version, so that two codings can be compared.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    crosswalk: Mapping[str, str] = field(default_factory=dict)


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


_TITLES = {
    "events": "Event kinds",
    "statuses": "Statuses",
    "motives": "Motives",
    "ties": "Kinds of tie",
    "tiers": "Tiers",
    "policies": "Measures",
}


def codebook_page() -> str:
    """The codebook as a page of the docs, in Markdown.

    Examples
    --------
    >>> codebook_page().splitlines()[0]
    '# The codebook'
    """
    book = codebook()
    lines = [
        "# The codebook",
        "",
        f"Version {book.version}. This page is written from `src/ostraka/read/codebook.toml` by",
        "`python -m ostraka.read.codebook > docs/codebook.md`; a test keeps the two equal. Every statement carries the",
        "version it was coded by.",
    ]
    for name, title in _TITLES.items():
        lines += ["", f"## {title}", ""]
        for code in getattr(book, name).values():
            lines += _entry(code)
    return "\n".join(lines) + "\n"


def _entry(code: Code) -> list[str]:
    """One code of the page: definition, boundary cases, crosswalk."""
    lines = [f"**{code.name}**: {code.definition}", ""]
    lines += [f"- yes: *{example}*" for example in code.examples]
    lines += [f"- no: *{example}*" for example in code.not_examples]
    lines += [f"- {scheme}: {value}" for scheme, value in code.crosswalk.items()]
    return [*lines, ""] if lines[-1] else lines


if __name__ == "__main__":
    sys.stdout.write(codebook_page())
