"""Korean names: what Hangul a spelling may stand for, syllable by syllable.

A Korean name is read as a lattice: the family name and each syllable of the given name become the set of
Hangul syllables that the spelling allows, each with a cost (0 where a rule of a romanisation gives it,
more where it is only seen). Two spellings may write one name if at every place they share a syllable.
Hangul reads as itself and its other initial sound (리/이, 로/노), Han characters by their readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import inf

from ostraka.read.names_han import hangul_readings
from ostraka.read.names_syllables import Cell, is_hangul, other_initials, rare_families, spelling_cells
from ostraka.read.titles import fold, korean_families

_LONGEST_GIVEN = 4
_LONGEST_TOKEN = 24
_MOST_SEGMENTATIONS = 12
_INVERTED = 0.1
_SPLIT_PART = 0.3
_NEAR = 0.5
_OTHER_INITIAL = {"family": 0.0, "first": 0.1, "later": 0.25}


@dataclass(frozen=True, slots=True)
class KoreanReading:
    """One way to read a name as Korean: `family` and the syllables of the `given` name; `cost` of so reading."""

    family: Cell
    given: tuple[Cell, ...]
    cost: float = 0.0


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
        families = _native_family(syllables[:n_family], rare=len(text) > 2)
        if families and 0 < n_given <= _LONGEST_GIVEN:
            given = syllables[n_family:]
            cells = [_widen(given[0], "first"), *(_widen(options, "later") for options in given[1:])]
            yield KoreanReading(families, tuple(cells))


def _native_options(char: str, script: str) -> tuple[str, ...]:
    return (char,) if script == "hangul" else hangul_readings().get(char, ())


def _native_family(syllables: list[tuple[str, ...]], *, rare: bool) -> Cell:
    written = sorted({"".join(parts) for parts in product(*syllables)})
    return _family_cell(word for word in written if word in korean_families() or (rare and word in rare_families()))


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
            cell[other] = min(cell.get(other, inf), cost + _OTHER_INITIAL[place])
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
    if script == "latin" and (known := korean_families().get(fold(token))):
        return _family_cell(known)
    cell = spelling_cells(script)[0].get(token, {})
    accepted = rare_families() if script == "latin" else rare_families() | korean_families().keys()
    return _widen({hangul: cost for hangul, cost in cell.items() if hangul in accepted}, "family")


def _with_given(family: Cell, tokens: tuple[str, ...], script: str, cost: float) -> Iterator[KoreanReading]:
    words = [part for token in tokens for part in token.split("-") if part]
    per_word = [_segment(word, script) for word in words]
    if not all(per_word):
        return
    for n, choice in enumerate(product(*per_word)):
        syllables = [syllable for word in choice for syllable in word]
        if n >= _MOST_SEGMENTATIONS:
            return
        cells = _given_cells(syllables, script)
        if len(syllables) <= _LONGEST_GIVEN and all(cells):
            split = _SPLIT_PART * (len(syllables) - len(words)) if len(words) > 1 else 0.0
            yield KoreanReading(family, cells, cost + split)


def begins(short: KoreanReading, long: KoreanReading) -> bool:
    """Whether a given name may be the beginning of a longer one in the same family (Kim Chol, Kim Chol-su)."""
    n = len(short.given)
    return n < len(long.given) and shares_family(short, long) and _given_cost(short.given, long.given[:n]) <= _NEAR


def shares_family(a: KoreanReading, b: KoreanReading) -> bool:
    """Whether two readings may be of one family."""
    return _cell_cost(a.family, b.family) <= _NEAR


def shares_given(a: KoreanReading, b: KoreanReading) -> bool:
    """Whether two readings may have one given name."""
    return len(a.given) == len(b.given) and _given_cost(a.given, b.given) <= _NEAR


def _given_cost(a: tuple[Cell, ...], b: tuple[Cell, ...]) -> float:
    return sum(_cell_cost(x, y) for x, y in zip(a, b, strict=True))


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
    return total + _given_cost(a.given, b.given) if total < inf else inf


def _cell_cost(a: Cell, b: Cell) -> float:
    if a is b or a == b:
        return 0.0
    return min((cost + b[syllable] for syllable, cost in a.items() if syllable in b), default=inf)


def _given_cells(syllables: list[str], script: str) -> tuple[Cell, ...]:
    plain, assimilated = spelling_cells(script)
    cells = []
    for place, written in enumerate(syllables):
        following = syllables[place + 1] if place + 1 < len(syllables) else ""
        cell = dict(plain.get(written, {}))
        if following[:1] and following[0] in "nmlrнмлр":
            for syllable, cost in assimilated.get(written, {}).items():
                cell[syllable] = min(cost, cell.get(syllable, inf))
        cells.append(_widen(cell, "first" if place == 0 else "later"))
    return tuple(cells)


@cache
def _segment(word: str, script: str) -> tuple[tuple[str, ...], ...]:
    """Ways to cut a word into at most three syllables, fewest first."""
    plain, assimilated = spelling_cells(script)
    found: list[tuple[str, ...]] = []

    def cut(rest: str, done: tuple[str, ...]) -> None:
        if not rest:
            found.append(done)
        elif len(done) < 3:
            for n in range(1, min(len(rest), 7) + 1):
                if rest[:n] in plain or rest[:n] in assimilated:
                    cut(rest[n:], (*done, rest[:n]))

    cut(word, ())
    return tuple(sorted(found, key=len)[:_MOST_SEGMENTATIONS])
