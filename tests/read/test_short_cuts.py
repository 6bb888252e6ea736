"""Passing over words early changes nothing that is read: the same reports read with every short cut closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.read import read_text, scene, tokens, triggers, wordmarks
from ostraka.read.dates_english import TRIGGER
from ostraka.read.tokens import tokenize

GOLD = sorted(path for path in (Path(__file__).parents[2] / "gold").glob("*.txt"))
REPORTS = [path.read_text(encoding="utf-8") for path in GOLD[::7]]


def test_nothing_is_lost_by_passing_over_words(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [read_text(text)[0].statements for text in REPORTS]
    rules = triggers._candidates.__wrapped__
    monkeypatch.setattr(scene.Sentence, "has_people", property(lambda _: True))
    monkeypatch.setattr(
        triggers, "_candidates", lambda word, _: tuple(row._replace(keys=frozenset()) for row in rules(word, None))
    )
    assert [read_text(text)[0].statements for text in REPORTS] == quick
    assert sum(map(len, quick)) > 300


def test_every_time_phrase_begins_in_a_marked_word() -> None:
    marks = wordmarks.wordmarks()
    for text in REPORTS:
        marked = [token for token in tokenize(text) if marks[token.text] & wordmarks.DATE]
        starts = {at for token in marked for at in range(token.start, token.end)}
        assert {match.start() for match in TRIGGER.finditer(text)} <= starts


def test_marks_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MANY_WORDS", 10)
    marks = wordmarks.wordmarks.__wrapped__()
    assert [marks["zq" * n] for n in range(1, 101)] == [0] * 100
    assert len(marks) <= 10
    assert marks["Vienna"] & wordmarks.PLACE


def test_words_made_up_to_fill_the_memory_are_not_kept() -> None:
    marks = wordmarks.wordmarks.__wrapped__()
    assert marks["z" * 5_000] == 0
    assert len(marks) == 0


PIECES = (
    "Gen.",
    "N.",
    "S.",
    " Korea",
    " Koreans",
    "U.S.",
    "'s",
    "’s",
    "'",
    "W.",
    " Smith",
    " ",
    "\n",
    "\x1c",
    "1,000",
    "ß",
    "é",
    "김",
    ".",
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join), st.integers(0, 4))
def test_words_kept_from_before_are_the_words_of_the_pattern(text: str, start: int) -> None:
    assert tokenize(text, start) == tokens._taken_apart(text, start, len(text))
