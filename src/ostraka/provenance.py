"""Where a result comes from: software, command, parameters, seed and case; and the content hashes of ids."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from types import MappingProxyType
from typing import Any

_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces, so that equal values give equal text.

    Examples
    --------
    >>> canonical_json({"b": 1, "a": [None, "é"]})
    '{"a":[null,"é"],"b":1}'
    """
    return _ENCODER.encode(value)


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()


def content_id(prefix: str, value: Any) -> str:
    """A short id that depends on nothing but the content: ``prefix-`` and 16 hexadecimal digits.

    Examples
    --------
    >>> content_id("st", ["a", 1]) == content_id("st", ["a", 1]) != content_id("st", ["a", 2])
    True
    """
    return f"{prefix}-{content_hash(value)[:16]}"


@cache
def software() -> str:
    """Name and version of this package, as written into every result."""
    try:
        return f"ostraka {metadata.version('ostraka')}"
    except metadata.PackageNotFoundError:
        return "ostraka (not installed)"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is needed to make a result again.

    Parameters
    ----------
    command : str
        The function or command line that made it.
    parameters : mapping
        Its arguments, as plain JSON values.
    seed : int or None
        The root of chance, recorded even when it was made by us; None where no chance was used.
    case_digest : str
        SHA-256 of the case it was computed on; empty where there was none.
    software, python : str
        Versions of this package and of Python.

    Examples
    --------
    >>> Provenance("watch", {"level": 0.9}, seed=7).to_json()["seed"]
    7
    """

    command: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    case_digest: str = ""
    software: str = field(default_factory=software)
    python: str = field(default_factory=platform.python_version)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        return {
            "software": self.software,
            "python": self.python,
            "command": self.command,
            "parameters": dict(self.parameters),
            "seed": self.seed,
            "case_digest": self.case_digest,
        }
