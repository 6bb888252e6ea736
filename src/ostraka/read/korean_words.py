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
    "이라는 라는 으로서 로서 에게는 보다 처럼 마저 조차 씨도 씨에게 에서는 에게서 으로부터 에서 에게 으로 까지 부터 이라고 라고 이며 이자 이다 은 는 이 가 을 를 의 과 와 도 로 에 만 씨는 씨가 씨를 씨의 씨와 씨"
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
    "열네": 14,
    "열여섯": 16,
    "열일곱": 17,
    "열여덟": 18,
    "열아홉": 19,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
    "백": 100,
    "수십": 20,
    "수백": 200,
}
NUMBER = re.compile(
    rf"((?<![\d,])\d[\d,]{{0,15}}(?:만 ?\d[\d,천]{{0,15}})?|{'|'.join(sorted(NUMERALS, key=len, reverse=True))})(여)? ?"
    r"(명|건|번째|가족|세대|차례|나라|곳|대|사람)"
)


def number_of(words: str) -> float:
    """The number that figures or numerals mean: "2만 3천" is 23,000.

    Examples
    --------
    >>> number_of("2만 3천"), number_of("2만8946"), number_of("3만 3천882"), number_of("열두")
    (23000.0, 28946.0, 33882.0, 12.0)
    """
    if words in NUMERALS:
        return float(NUMERALS[words])
    total = part = 0.0
    for match in _PARTS.finditer(words.replace(",", "")):
        figures, unit = match[1] or "", match[2] or match[4] or ""
        value = float(figures or 1)
        if unit == "만":
            total, part = (part + value if figures else part or 1.0) * 10_000, 0.0
        else:
            part += value * _SCALES.get(unit, 1.0)
    return total + part


_SCALES = {"천": 1_000.0, "백": 100.0}
_PARTS = re.compile(r"(\d+)\s?([만천백]?)|()([만천백])")


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
