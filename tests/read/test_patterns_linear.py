"""Every pattern the room ships is found by itself and stays fast on hostile text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import ostraka.read

HOSTILE = ("a", " ", "1", "a ", "A. ", "(", "-", "'", "가", "1,", "the ", "at least ", "<", "\n", "éa", "May ", "1년 ")
N_SMALL, N_LARGE = 4_000, 32_000


def shipped() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Compiled patterns at the top of every module of the room, also inside lists, tuples and dicts."""
    for info in pkgutil.iter_modules(ostraka.read.__path__):
        if info.name == "pdf_child":  # runs in a process of its own
            continue
        module = importlib.import_module(f"ostraka.read.{info.name}")
        for name, value in vars(module).items():
            yield from ((f"{info.name}.{name}", pattern) for pattern in patterns(value))


def patterns(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from patterns(item, depth - 1)
    elif depth and isinstance(value, dict):
        yield from patterns(list(value.values()), depth)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in zip(range(len(text)), pattern.finditer(text), strict=False):
        pass
    return time.process_time() - start


SHIPPED = sorted({pattern.pattern: (name, pattern) for name, pattern in shipped()}.values(), key=lambda row: row[0])


def test_patterns_are_found() -> None:
    assert len(SHIPPED) > 100


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_pattern_grows_with_the_square_of_a_text(unit: str) -> None:
    small, large = ((unit * n)[:n] for n in (N_SMALL, N_LARGE))
    slow = []
    for name, pattern in SHIPPED:
        took = seconds(pattern, large)
        if took > 0.2 and took > 24 * max(seconds(pattern, small), 1e-4):  # a square would be 64 times as long
            slow.append((name, round(took, 2)))
    assert slow == []
