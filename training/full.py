"""Reports with all labels: texts of our own with placeholders for names, one JSON object a line.

The format is described in ``training/README.md``. Nothing in these texts happened; they are wordings, not facts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from press import filled


def read_full(path: Path, names: dict[str, tuple[list[str], list[str], str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The reports of a file with names put in: an id, and the object as read."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.strip():
            _, told = filled(line, json.loads(line)["culture"], names, random.Random(f"{path.name} {number}"))
            yield f"{path.stem}:{number}", json.loads(told)
