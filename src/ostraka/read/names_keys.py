"""Keys under which a name is filed, so that every name it may equal is found without comparing all.

Whatever lets two names meet is a key: a Korean or Chinese reading in coarse classes of syllables, two parts
of a name by their consonants, a known pair. A name has keys of its own (*whole*) and keys of what it begins
with or contains (*heads*): a family name alone is found by its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from ostraka.read.names import known_pairs
from ostraka.read.names_chinese import ChineseReading, wade_giles
from ostraka.read.names_form import NameForm, form_of
from ostraka.read.names_korean import KoreanReading
from ostraka.read.names_syllables import Cell, is_hangul, split_syllable
from ostraka.read.names_words import MOST_PARTS, Part, Words
from ostraka.read.titles import fold

_INITIAL = str.maketrans("ㄱㄲㅋㄴㄹㅇㄷㄸㅌㅂㅃㅍㅅㅆㅈㅉㅊㅁㅎ", "GGG000DDDBBBSSJJJMH")
_VOWEL = str.maketrans("ㅏㅐㅔㅒㅖㅓㅗㅜㅡㅕㅛㅠㅑㅘㅝㅚㅙㅞㅟㅢㅣ", "aeeeeoooouuuywvxxxziI")
_SOUND = str.maketrans({"H": "", "V": "", "Z": "S", "Q": "S"})
_TWINS = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class NameKeys:
    """Keys of one name: `whole` for the name itself, `heads` for what it begins with or contains."""

    whole: frozenset[str]
    heads: frozenset[str]


def keys_of(name: str) -> NameKeys:
    """File one name.

    Parameters
    ----------
    name : str
        In any script, with or without titles.

    Returns
    -------
    NameKeys
        Two names that :func:`~ostraka.read.names.compare_names` calls same share a whole key; two that it
        calls ambiguous with a score above 0 share a whole key, or a whole key of one is a head of the other.

    Examples
    --------
    >>> bool(keys_of("Thae Yong-ho").whole & keys_of("태영호").whole)
    True
    >>> bool(keys_of("Jang").whole & keys_of("Jang Song-thaek").heads)
    True
    """
    form = form_of(name)
    if not form.words:
        return NameKeys(frozenset(), frozenset())
    own = {f"={form.key}", *(f"?{row}" for row in _known_rows().get(form.key, ()))}
    if form.is_partial:
        return NameKeys(frozenset(own | set(_partial(form))), frozenset())
    whole = {*own, *_korean(form.korean), *_chinese(form.chinese)}
    heads = {*_korean_heads(form.korean), *_singles(form.sounded)}
    # two East Asian names are compared by syllables alone, so the sounds of one need not meet those of the other
    (heads if form.is_east_asian else whole).update(_pairs(form.sounded))
    return NameKeys(frozenset(whole), frozenset(heads))


@cache
def _known_rows() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for row, pair in enumerate(known_pairs()):
        for key in pair:
            found[key] = (*found.get(key, ()), row)
    return found


def _partial(form: NameForm) -> Iterator[str]:
    for reading in form.as_family:
        yield from (f"f{c}" for c in _family_classes(reading.family))
    for reading in form.as_given:
        yield from (f"g{given}" for given in _joined(reading.given))
    yield from _singles(form.sounded)


def _korean(readings: Iterable[KoreanReading]) -> Iterator[str]:
    for reading in readings:
        yield from (f"k{f}{g}" for f in _family_classes(reading.family) for g in _joined(reading.given))


def _korean_heads(readings: Iterable[KoreanReading]) -> Iterator[str]:
    for reading in readings:
        families = _family_classes(reading.family)
        yield from (f"f{family}" for family in families)
        yield from (f"g{given}" for given in _joined(reading.given))
        for n in range(1, len(reading.given)):
            yield from (f"k{family}{given}" for family in families for given in _joined(reading.given[:n]))


def _joined(cells: tuple[Cell, ...]) -> Iterator[str]:
    per_place = [sorted({_class(syllable) for syllable in cell}) for cell in cells]
    return ("".join(f".{c}" for c in choice) for choice in product(*per_place))


def _family_classes(cell: Cell) -> list[str]:
    return sorted({"".join(map(_class, word)) for word in cell})


@cache
def _class(syllable: str) -> str:
    """Coarse class of a Hangul syllable: no aspiration, no initial-sound rule, o = ŏ = u = ŭ."""
    if not is_hangul(syllable):
        return syllable
    initial, vowel, coda = split_syllable(syllable)
    return initial.translate(_INITIAL) + vowel.translate(_VOWEL) + coda


def _chinese(readings: Iterable[ChineseReading]) -> Iterator[str]:
    for reading in readings:
        per_place = [sorted({fold(wade_giles(pinyin)) for pinyin in options}) for options in reading.syllables]
        yield from ("c" + ".".join(choice) for choice in product(*per_place))


def _pairs(words: Words) -> Iterator[str]:
    """Every two parts of a name, neighbours also as one word; names of two parts as one word too."""
    n = len(words.parts)
    if n > MOST_PARTS:
        return
    segments = [(i, j, _skeletons(words.part(i, j))) for i in range(n) for j in (i + 1, i + 2) if j <= n]
    for (_, end, first), (start, _, second) in combinations(segments, 2):
        if start >= end:
            yield from ("s" + "+".join(sorted(pair)) for pair in product(first, second))
    if 1 <= n <= 2:
        yield from (f"w{skeleton}" for skeleton in _skeletons(words.part(0, n)))


def _singles(words: Words) -> Iterator[str]:
    for part in words.each():
        yield from (f"p{skeleton}" for skeleton in _skeletons(part))


def _skeletons(part: Part) -> list[str]:
    """Coarse consonants of a part, and the known given names that it may be."""
    return sorted(
        {_TWINS.sub(r"\1", s.skeleton.translate(_SOUND)) for s in part.sounds} | {f"#{row}" for row in part.given_names}
    )
