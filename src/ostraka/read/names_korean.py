"""Korean names: what Hangul a spelling may stand for, syllable by syllable.

A Korean name is read as a lattice: the family name and each syllable of the given name become the set of
Hangul syllables that the spelling allows, each with a cost (0 where a rule of a romanisation gives it,
more where it is only seen). Two spellings may write one name if at every place they share a syllable.
Hangul reads as itself and its other initial sound (리/이, 로/노), Han characters by their readings.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import inf

from ostraka.read.titles import fold, korean_families, table

Cell = Mapping[str, float]
"""Hangul syllables that one written syllable may stand for, with the cost of each."""

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3
_Y_VOWELS = "ㅑㅒㅕㅖㅛㅠㅣ"
_LONGEST_GIVEN = 4
_LONGEST_TOKEN = 24
_MOST_SEGMENTATIONS = 12
_INVERTED = 0.1
_SPLIT_PART = 0.3
_OTHER_INITIAL = {"family": 0.0, "first": 0.1, "later": 0.25}


@dataclass(frozen=True, slots=True)
class KoreanReading:
    """One way to read a name as Korean: `family` and the syllables of the `given` name; `cost` of so reading."""

    family: Cell
    given: tuple[Cell, ...]
    cost: float = 0.0


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
    return frozenset(found & _inventory()) if syllable in _inventory() else frozenset()


@cache
def han_readings() -> Mapping[str, tuple[str, ...]]:
    """Han character to its Korean readings."""
    return {row["char"]: tuple(row["hangul"].split("|")) for row in han_rows() if row["hangul"]}


@cache
def han_rows() -> tuple[dict[str, str], ...]:
    """Rows of the table of Han characters."""
    lines = [line for line in table("han.csv").splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(lines))


@cache
def _spellings() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, float]]]]:
    parsed: dict[str, dict[str, dict[str, dict[str, float]]]] = tomllib.loads(table("korean_spellings.toml"))
    return parsed


@cache
def _inventory() -> frozenset[str]:
    """Syllables that occur in names: readings of Han characters, families and native names."""
    read = {syllable for readings in han_readings().values() for syllable in readings if len(syllable) == 1}
    families = {c for hangul in korean_families().values() for word in hangul for c in word}
    native = set(tomllib.loads(table("korean_spellings.toml"))["syllables"]["native"].split())
    return frozenset(read | families | native)


@cache
def _cells(script: str) -> tuple[Mapping[str, Cell], Mapping[str, Cell]]:
    """Written syllable to cell: everywhere, and what assimilation adds before n, m, l, r."""
    plain: dict[str, dict[str, float]] = {}
    assimilated: dict[str, dict[str, float]] = {}
    spell = _spellings()
    for syllable in _inventory():
        initial, vowel, coda = split_syllable(syllable)
        codas = spell["coda"][script].get(coda)
        for (i, i_cost), (v, v_cost) in product(
            spell["initial"][script].get(initial, {}).items(), spell["vowel"][script].get(vowel, {}).items()
        ):
            onset = _onset(i, v, initial)
            extra = _open_vowel(v, vowel, coda)
            for c, c_cost in (codas or {}).items():
                _put(plain, onset + c, syllable, i_cost + v_cost + c_cost + extra)
            for c, c_cost in spell["assimilated"][script].get(coda, {}).items():
                _put(assimilated, onset + c, syllable, i_cost + v_cost + c_cost + extra)
    return plain, assimilated


def _onset(initial: str, vowel: str, letter: str) -> str:
    """``woo`` and ``wu`` stand for a bare u only; ``wh`` is a way to write hw."""
    if vowel in {"woo", "wu", "yi"} and letter not in "ㅇㄹ":
        return "\0"
    return initial + vowel


def _open_vowel(spelling: str, vowel: str, coda: str) -> float:
    """``u`` for ㅓ (Jung, Sung) is usual before a coda only."""
    return 0.3 if spelling in {"u", "yu"} and vowel in "ㅓㅕ" and not coda else 0.0


def _put(cells: dict[str, dict[str, float]], written: str, syllable: str, cost: float) -> None:
    if "\0" not in written:
        known = cells.setdefault(written, {})
        known[syllable] = min(cost, known.get(syllable, 9.0))


def read_korean(tokens: tuple[str, ...], script: str) -> tuple[KoreanReading, ...]:
    """Every way to read the words of a name as Korean; none if it cannot be Korean.

    Parameters
    ----------
    tokens : tuple of str
        Words of the name, without titles, lower case; hyphens kept.
    script : str
        ``latin``, ``cyrillic``, ``hangul`` or ``han``.

    Returns
    -------
    tuple of KoreanReading
        With the family name first or, at a cost, last.

    Examples
    --------
    >>> reading, *_ = read_korean(("thae", "yong-ho"), "latin")
    >>> sorted(reading.family), sorted(reading.given[1])
    (['태'], ['허', '호'])
    """
    if script in {"hangul", "han"}:
        return tuple(_read_native("".join(tokens), script))
    return tuple(_read_spelled(tokens, script))


def _read_native(text: str, script: str) -> Iterator[KoreanReading]:
    syllables = [_native_options(c, script) for c in text]
    if not all(syllables):
        return
    for n_family in (1, 2):
        n_given = len(text) - n_family
        families = _native_family(syllables[:n_family])
        if families and 0 < n_given <= _LONGEST_GIVEN:
            given = syllables[n_family:]
            cells = [_widen(given[0], "first"), *(_widen(options, "later") for options in given[1:])]
            yield KoreanReading(families, tuple(cells))


def _native_options(char: str, script: str) -> tuple[str, ...]:
    return (char,) if script == "hangul" else han_readings().get(char, ())


def _native_family(syllables: list[tuple[str, ...]]) -> Cell:
    written = {"".join(parts) for parts in product(*syllables)}
    known = {word for word in written if word in korean_families()}
    return _family_cell(known)


def _family_cell(words: Iterable[str]) -> Cell:
    cell = dict.fromkeys(words, 0.0)
    for word in list(cell):
        for other in other_initials(word[0]):
            if other + word[1:] in korean_families():
                cell.setdefault(other + word[1:], _OTHER_INITIAL["family"])
    return cell


def _widen(syllables: Iterable[str] | Cell, place: str) -> Cell:
    """Add the other initial sound of each syllable."""
    cell = dict(syllables) if isinstance(syllables, Mapping) else dict.fromkeys(syllables, 0.0)
    for syllable, cost in list(cell.items()):
        for other in other_initials(syllable) if is_hangul(syllable) else ():
            cell[other] = min(cell.get(other, 9.0), cost + _OTHER_INITIAL[place])
    return cell


def _read_spelled(tokens: tuple[str, ...], script: str) -> Iterator[KoreanReading]:
    if not 2 <= len(tokens) <= 2 + _LONGEST_GIVEN or any(len(token) > _LONGEST_TOKEN for token in tokens):
        return
    first, last = _spelled_family(tokens[0], script), _spelled_family(tokens[-1], script)
    if first:
        yield from _with_given(first, tokens[1:], script, 0.0)
    if last and "-" not in tokens[-1]:
        yield from _with_given(last, tokens[:-1], script, _INVERTED if not first else 3 * _INVERTED)


@cache
def _spelled_family(token: str, script: str) -> Cell:
    if script == "latin":
        return _family_cell(korean_families().get(fold(token), ()))
    cell = _cells(script)[0].get(token, {})
    return _widen({s: cost for s, cost in cell.items() if s in korean_families()}, "family")


def _with_given(family: Cell, tokens: tuple[str, ...], script: str, cost: float) -> Iterator[KoreanReading]:
    words = [part for token in tokens for part in token.split("-") if part]
    per_word = [_segment(word, script) for word in words]
    if not all(per_word):
        return
    for n, choice in enumerate(product(*per_word)):
        syllables = [syllable for word in choice for syllable in word]
        if n >= _MOST_SEGMENTATIONS:
            return
        if len(syllables) <= _LONGEST_GIVEN:
            split = _SPLIT_PART * (len(syllables) - len(words)) if len(words) > 1 else 0.0
            yield KoreanReading(family, _given_cells(syllables, script), cost + split)


def korean_cost(a: Iterable[KoreanReading], b: Iterable[KoreanReading]) -> float:
    """What it costs to take two names for spellings of one Korean name; infinite if they cannot be.

    Examples
    --------
    >>> thae = read_korean(("thae", "yong-ho"), "latin")
    >>> korean_cost(thae, read_korean(("태영호",), "hangul"))
    0.0
    >>> korean_cost(thae, read_korean(("태형철",), "hangul"))
    inf
    """
    return min((_reading_cost(x, y) for x, y in product(a, b)), default=inf)


def _reading_cost(a: KoreanReading, b: KoreanReading) -> float:
    if len(a.given) != len(b.given):
        return inf
    total = a.cost + b.cost + _cell_cost(a.family, b.family)
    for x, y in zip(a.given, b.given, strict=True):
        if total == inf:
            break
        total += _cell_cost(x, y)
    return total


def _cell_cost(a: Cell, b: Cell) -> float:
    if a is b or a == b:
        return 0.0
    return min((cost + b[syllable] for syllable, cost in a.items() if syllable in b), default=inf)


def _given_cells(syllables: list[str], script: str) -> tuple[Cell, ...]:
    plain, assimilated = _cells(script)
    cells = []
    for place, written in enumerate(syllables):
        following = syllables[place + 1] if place + 1 < len(syllables) else ""
        cell = dict(plain.get(written, {}))
        if following[:1] and following[0] in "nmlrнмлр":
            for syllable, cost in assimilated.get(written, {}).items():
                cell[syllable] = min(cost, cell.get(syllable, 9.0))
        cells.append(_widen(cell, "first" if place == 0 else "later"))
    return tuple(cells)


@cache
def _segment(word: str, script: str) -> tuple[tuple[str, ...], ...]:
    """Ways to cut a word into at most three syllables, fewest first."""
    plain, assimilated = _cells(script)
    found: list[tuple[str, ...]] = []

    def cut(rest: str, done: tuple[str, ...]) -> None:
        if not rest:
            found.append(done)
        elif len(done) < 3:
            for n in range(1, min(len(rest), 7) + 1):
                if rest[:n] in plain or (rest[n:] and rest[:n] in assimilated):
                    cut(rest[n:], (*done, rest[:n]))

    cut(word, ())
    return tuple(sorted(found, key=len)[:_MOST_SEGMENTATIONS])
