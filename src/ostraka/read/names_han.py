"""Han characters in names: Korean and Chinese readings and the simplified form of each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from ostraka.read.titles import table


@cache
def _rows() -> tuple[dict[str, str], ...]:
    lines = [line for line in table("han.csv").splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(lines))


@cache
def hangul_readings() -> Mapping[str, tuple[str, ...]]:
    """Han character to the Hangul it is read with, in the initial of either Korea.

    Examples
    --------
    >>> hangul_readings()["李"], hangul_readings()["与"]
    (('리', '이'), ('여',))
    """
    return {row["char"]: tuple(row["hangul"].split("|")) for row in _rows() if row["hangul"]}


@cache
def pinyin_readings() -> Mapping[str, tuple[str, ...]]:
    """Han character to its pinyin without tones (v = ü), commonest first.

    Examples
    --------
    >>> pinyin_readings()["曾"]
    ('ceng', 'zeng')
    """
    return {row["char"]: tuple(row["pinyin"].split("|")) for row in _rows() if row["pinyin"]}


@cache
def simplified() -> Mapping[int, str]:
    """Translation of traditional to simplified characters, for :meth:`str.translate`.

    Examples
    --------
    >>> "毛澤東".translate(simplified())
    '毛泽东'
    """
    return {ord(row["char"]): row["simplified"] for row in _rows() if row["simplified"]}
