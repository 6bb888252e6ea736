"""Every known answer and invariant of the design has a test of its own, and every part of the model a parameter table."""

from __future__ import annotations

import re
from pathlib import Path

ANSWERS = {f"d{k}" for k in range(1, 31)} - {"d21"}  # the design leaves number 21 out
INVARIANTS = {f"i{k}" for k in range(1, 10)}


def test_every_known_answer_and_invariant_has_a_test_that_bears_its_number() -> None:
    named: set[str] = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        for name in re.findall(r"^def test_((?:[di]\d+_)+)", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            named |= set(name.strip("_").split("_"))
    assert sorted((ANSWERS | INVARIANTS) - named) == []
