"""Hangul syllables, and every way in which Latin and Cyrillic letters write them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from math import inf
from typing import Any

from ostraka.read.names_han import syllables
from ostraka.read.titles import korean_families, table

Cell = Mapping[str, float]
"""Hangul syllables that one written syllable may stand for, with the cost of each."""

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3
_Y_VOWELS = "ㅑㅒㅕㅖㅛㅠㅣ"
_BARE_ONLY = {"woo", "wu", "yi"}  # spellings of a vowel without a consonant before it
_U_FOR_O = {"u", "yu"}  # usual for ㅓ (Jung, Sung) before a coda only
_OPEN_U = 0.3


def split_syllable(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and coda of one Hangul syllable.

    Examples
    --------
    >>> split_syllable("영"), split_syllable("리")
    (('ㅇ', 'ㅕ', 'ㅇ'), ('ㄹ', 'ㅣ', ''))
    """
    index = ord(syllable) - _FIRST
    return _INITIALS[index // 588], _VOWELS[index % 588 // 28], _CODAS[index % 28]


def join_syllable(initial: str, vowel: str, coda: str) -> str:
    """The Hangul syllable of three letters.

    Examples
    --------
    >>> join_syllable("ㅌ", "ㅐ", "")
    '태'
    """
    return chr(_FIRST + _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _CODAS.index(coda))


def is_hangul(text: str) -> bool:
    """Whether a text is Hangul syllables and nothing else.

    Examples
    --------
    >>> is_hangul("태영호"), is_hangul("Thae")
    (True, False)
    """
    return bool(text) and all(_FIRST <= ord(c) <= _LAST for c in text)


@cache
def other_initials(syllable: str) -> frozenset[str]:
    """The same syllable under the initial-sound rule of the other Korea.

    Examples
    --------
    >>> sorted(other_initials("리")), sorted(other_initials("노")), sorted(other_initials("여"))
    (['이'], ['로'], ['녀', '려'])
    """
    initial, vowel, coda = split_syllable(syllable)
    soft = vowel in _Y_VOWELS
    swaps = {"ㄹ": "ㅇ" if soft else "ㄴ", "ㄴ": "ㅇ" if soft else "ㄹ", "ㅇ": "ㄹㄴ" if soft else ""}
    found = {join_syllable(other, vowel, coda) for other in swaps.get(initial, "")}
    return frozenset(found & inventory()) if syllable in inventory() else frozenset()


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(table("korean_spellings.toml"))


@cache
def inventory() -> frozenset[str]:
    """Syllables that occur in names: readings of Han characters, families and native names."""
    read = {syllable for syllable in syllables("hangul") if len(syllable) == 1}
    families = {c for hangul in korean_families().values() for word in hangul for c in word}
    return frozenset(read | families | set(_rules()["syllables"]["native"].split()))


@cache
def rare_families() -> frozenset[str]:
    """Family names (Hangul) that are too like other words to be looked for in a text."""
    return frozenset(_rules()["syllables"]["rare_families"].split())


@cache
def spelling_cells(script: str) -> tuple[Mapping[str, Cell], Mapping[str, Cell]]:
    """Written syllables and the Hangul they may stand for.

    Parameters
    ----------
    script : str
        ``latin`` or ``cyrillic``.

    Returns
    -------
    tuple of two mappings
        What a syllable may stand for everywhere, and what assimilation adds before n, m, l and r.

    Examples
    --------
    >>> everywhere, assimilated = spelling_cells("latin")
    >>> sorted(everywhere["thae"]), sorted(everywhere["song"]), sorted(assimilated["kŭng"])
    (['태'], ['성', '송'], ['극'])
    """
    everywhere: dict[str, dict[str, float]] = {}
    assimilated: dict[str, dict[str, float]] = {}
    codas, changed, whole = (_rules()[part][script] for part in ("coda", "assimilated", "whole"))
    for syllable in inventory():
        initial, vowel, coda = split_syllable(syllable)
        onsets = _onsets(initial, vowel, script, is_open=not coda)
        _put(everywhere, syllable, onsets, codas.get(coda, {}))
        _put(assimilated, syllable, onsets, changed.get(coda, {}))
        _put(everywhere, syllable, whole.get(syllable, {}).items(), {"": 0.0})
    return everywhere, assimilated


@cache
def _onsets(initial: str, vowel: str, script: str, *, is_open: bool) -> tuple[tuple[str, float], ...]:
    """Spellings of the initial and the vowel of a syllable; an open one has no coda."""
    initials, vowels = _rules()["initial"][script].get(initial, {}), _rules()["vowel"][script].get(vowel, {})
    rare = _OPEN_U if vowel in "ㅓㅕ" and is_open else 0.0
    return tuple(
        (i + v, i_cost + v_cost + (rare if v in _U_FOR_O else 0.0))
        for (i, i_cost), (v, v_cost) in product(initials.items(), vowels.items())
        if v not in _BARE_ONLY or initial in "ㅇㄹ"
    )


def _put(
    cells: dict[str, dict[str, float]],
    syllable: str,
    onsets: Iterable[tuple[str, float]],
    codas: Mapping[str, float],
) -> None:
    """File a syllable under each beginning with each ending, at the least cost."""
    for onset, cost in onsets:
        for coda, more in codas.items():
            known = cells.setdefault(onset + coda, {})
            if cost + more < known.get(syllable, inf):
                known[syllable] = cost + more
