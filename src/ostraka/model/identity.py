"""Spine values as plain JSON, and the ids that follow from their content."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from ostraka.dates import When
from ostraka.provenance import content_id

_PLAIN = frozenset({str, int, float, bool})


def plain(value: Any) -> Any:
    """A spine value as plain JSON values; times become EDTF text, frozen values become dictionaries."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, When):
        return value.edtf()
    if isinstance(value, date | StrEnum):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def give_id(value: Any, prefix: str) -> None:
    """Fill an empty id with the hash of everything else."""
    if not value.id:
        content = {name: text for name, text in plain(value).items() if name != "id"}
        object.__setattr__(value, "id", content_id(prefix, content))
