"""Words of Korean reports: stems and particles, roles, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ostraka.read.places import read_table
from ostraka.read.tokens import word_set

WORD = re.compile(r"[가-힣A-Za-z0-9]+(?:·[가-힣]+)*")
_PARTICLES = word_set(
    "에서는 에게서 으로부터 에서 에게 으로 까지 부터 이라고 라고 이며 이자 이다 은 는 이 가 을 를 의 과 와 도 로 에 만 씨는 씨가 씨를 씨의 씨와 씨"
)
_PARTICLES_LONGEST = tuple(sorted(_PARTICLES, key=lambda particle: (-len(particle), particle)))
SUBJECT = ("은", "는", "이", "가", "씨는", "씨가", "도")
LEADERS = {"김일성": "KP", "김정일": "KP", "김정은": "KP"}
NUMERALS = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
    "열두": 12,
    "열세": 13,
    "열다섯": 15,
    "스무": 20,
}
NUMBER = re.compile(
    r"(\d[\d,]*|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열한|열두|열세|열다섯|열|스무)(여)? ?(명|건|번째|가족|차례|나라|곳)"
)
AGE = re.compile(r"\s?\(\s?(?:당시 )?\d{1,3}세?[·,) ]")


@cache
def table() -> dict[str, Any]:
    """The table of Korean words."""
    return read_table("korean.toml")


@cache
def roles() -> tuple[tuple[str, int], ...]:
    """Role words with their tier, longest first."""
    rows = [(word, int(tier)) for tier, words in table()["role"].items() if tier.isdigit() for word in words]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@dataclass(slots=True)
class Word:
    """One word: its stem without particle, the particle, and where it stands in the text."""

    text: str
    stem: str
    particle: str
    start: int
    end: int


def split_word(text: str, start: int) -> Word:
    """A word with its particle taken off.

    Examples
    --------
    >>> word = split_word("외교관이", 0)
    >>> word.stem, word.particle
    ('외교관', '이')
    """
    for particle in _PARTICLES_LONGEST:
        if text.endswith(particle) and len(text) > len(particle) + 1:
            return Word(text, text[: -len(particle)], particle, start, start + len(text))
    return Word(text, text, "", start, start + len(text))
