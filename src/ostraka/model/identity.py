"""Spine values as plain JSON, and the ids that follow from their content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from ostraka.dates import When
from ostraka.provenance import content_id

_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """A spine value as plain JSON values; times become EDTF text, frozen values become dictionaries."""
    return value if type(value) in _PLAIN else _WAYS[type(value)](value)


class _Ways(dict[type, Callable[[Any], Any]]):
    """How values of each type become plain ones, found at first sight of the type."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        found = self[kind] = _way(kind)
        return found


_WAYS = _Ways()


def _way(kind: type) -> Callable[[Any], Any]:
    if issubclass(kind, When):
        return When.edtf
    if issubclass(kind, date | StrEnum):
        return date.isoformat if issubclass(kind, date) else str
    if issubclass(kind, tuple | list):
        return _items
    return _fields if hasattr(kind, "__dataclass_fields__") else _itself


def _items(value: Any) -> list[Any]:
    return [plain(item) for item in value]


def _fields(value: Any) -> dict[str, Any]:
    found = {}
    for name in value.__dataclass_fields__:
        field = getattr(value, name)
        found[name] = field if type(field) in _PLAIN else _WAYS[type(field)](field)
    return found


def _itself(value: Any) -> Any:
    return value


def give_id(value: Any, prefix: str) -> None:
    """Fill an empty id with the hash of everything else."""
    if not value.id:
        content = _fields(value)
        del content["id"]
        object.__setattr__(value, "id", content_id(prefix, content))
