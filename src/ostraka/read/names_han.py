"""Han characters in names: Korean and Chinese readings and the simplified form of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ostraka.read.titles import table

_COLUMNS = ("char", "hangul", "pinyin", "simplified")


@cache
def _columns() -> Mapping[str, list[str]]:
    """The columns of the table; it is long, so it is cut at once: no cell is quoted, none holds a comma."""
    rows = table("han.csv").partition(",".join(_COLUMNS) + "\n")[2]
    cells = rows.rstrip("\n").replace("\n", ",").split(",")
    return {name: cells[place :: len(_COLUMNS)] for place, name in enumerate(_COLUMNS)}


def _by_character(column: str) -> Iterator[tuple[str, str]]:
    """Each character that has something in a column, with it."""
    columns = _columns()
    return ((char, cell) for char, cell in zip(columns["char"], columns[column], strict=True) if cell)


@cache
def syllables(column: str) -> frozenset[str]:
    """All readings in a column of the table, from a list beside it: most names need nothing else of the table.

    Parameters
    ----------
    column : str
        ``hangul`` or ``pinyin``.

    Examples
    --------
    >>> "리" in syllables("hangul"), "zeng" in syllables("pinyin")
    (True, True)
    """
    rows = (line.partition(",") for line in table("han_syllables.csv").splitlines())
    return next(frozenset(listed.split("|")) for name, _, listed in rows if name == column)


@cache
def hangul_readings() -> Mapping[str, tuple[str, ...]]:
    """Han character to the Hangul it is read with, in the initial of either Korea.

    Examples
    --------
    >>> hangul_readings()["李"], hangul_readings()["与"]
    (('리', '이'), ('여',))
    """
    return {char: tuple(cell.split("|")) for char, cell in _by_character("hangul")}


@cache
def pinyin_readings() -> Mapping[str, tuple[str, ...]]:
    """Han character to its pinyin without tones (v = ü), commonest first.

    Examples
    --------
    >>> pinyin_readings()["曾"]
    ('ceng', 'zeng')
    """
    return {char: tuple(cell.split("|")) for char, cell in _by_character("pinyin")}


_JAPANESE = (
    "竜龙姫姬呉吴沢泽鉄铁栄荣恵惠渓溪広广徳德国国寿寿円圆真真斉齐斎斋浜滨辺边桜樱応应価价児儿実实収收従从証证乗乘浄净"
    "静静専专戦战浅浅蔵藏続续団团庁厅聴听鎮镇伝传転转灯灯当当闘斗独独読读脳脑発发抜拔仏佛並并変变宝宝豊丰満满黙默"
    "薬药与与誉誉様样来来頼赖両两緑绿励励霊灵歴历恋恋楼楼録录湾湾顕显厳严験验検检県县権权勲勋薫薰経经軽轻継继芸艺"
    "撃击剣剑献献巌岩楽乐関关観观気气帰归亀龟拠据挙举峡峡郷乡暁晓賛赞辞辞釈释粛肃緒绪叙叙称称奨奖縄绳譲让図图酔醉"
    "穂穗随随枢枢数数声声節节曽曾双双壮壮荘庄総总聡聪体体台台択择担担虫虫昼昼塩盐壱壹"
)
"""Pairs: a character as Japanese papers print it, and its simplified form."""


@cache
def simplified() -> Mapping[int, str]:
    """Translation of traditional and Japanese characters to simplified ones, for :meth:`str.translate`.

    Examples
    --------
    >>> "毛澤東".translate(simplified()), "崔竜海".translate(simplified())
    ('毛泽东', '崔龙海')
    """
    japanese = {ord(old): new for old, new in zip(_JAPANESE[::2], _JAPANESE[1::2], strict=True)}
    return {ord(char): cell for char, cell in _by_character("simplified")} | japanese
