"""Names in Latin, Cyrillic and Arabic letters: consonants first, vowels between them second.

A word is read as every consonant skeleton that its letters allow (``ch`` is Spanish č, French š or German
x), with what stands in the gaps. Two words may be one name only if they share a skeleton; the vowels in the
gaps then say how near they are. Arabic script writes long vowels only, so a gap without a letter there
takes any short vowel.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from math import inf
from types import MappingProxyType

from ostraka.read.titles import fold, table

_MOST_READINGS = 24
_LONGEST_WORD = 32
_LONGEST_GAP = 6
_TWINS = re.compile(r"([bcdfghjklmnpqrtvwxz])\1+")
_DOUBLED = re.compile(r"([aeiouAWY])\1+")
_NATIVE = {"A": "a", "W": "u", "Y": "i"}

_NEAR = {
    "ae": 0.2, "ei": 0.1, "ai": 0.7, "ou": 0.1, "ao": 0.35, "au": 0.45, "iu": 0.4, "eo": 0.4, "eu": 0.5, "io": 0.7,
}  # fmt: skip
_LOST = {"e": 0.2, "a": 0.3, "i": 0.3, "u": 0.35, "o": 0.35}
_GLIDE = 0.1
_SHORT = 0.02
_LONG_LOST = 0.7
_LONG_NEAR = {"Ae": 0.15, "Ao": 0.25, "We": 0.9, "Wa": 0.7, "Ye": 0.05, "Ya": 0.6, "Wo": 0.0, "Ai": 0.9, "Au": 0.9}


@dataclass(frozen=True, slots=True)
class Sound:
    """One way to say a word: its consonants, the vowels in the gaps (one more than consonants), and a cost.

    `unvowelled` marks a script that leaves short vowels out.
    """

    skeleton: str
    gaps: tuple[str, ...]
    cost: float = 0.0
    unvowelled: bool = False


@cache
def _letters(script: str) -> tuple[re.Pattern[str], Mapping[str, tuple[tuple[str, float], ...]]]:
    parsed = tomllib.loads(table("sounds.toml"))[script]
    options = {letters: tuple((sounds, float(cost)) for sounds, cost in found) for letters, found in parsed.items()}
    pattern = re.compile("|".join(sorted(map(re.escape, options), key=len, reverse=True)))
    return pattern, options


@lru_cache(maxsize=8192)
def sounds(word: str, script: str) -> tuple[Sound, ...]:
    """Every way to say one word.

    Parameters
    ----------
    word : str
        Lower case, without apostrophes; a hyphen keeps letters apart; marks that :data:`tables/sounds.toml` knows may stay.
    script : str
        ``latin``, ``cyrillic`` or ``arabic``.

    Returns
    -------
    tuple of Sound
        The likeliest first; empty for a word without known letters.

    Examples
    --------
    >>> [(said.skeleton, said.gaps) for said in sounds("tlass", "latin")]
    [('TLS', ('', '', 'a', ''))]
    """
    pattern, options = _letters(script)
    spoken: list[tuple[str, float]] = [("", 0.0)]
    for place, letters in enumerate(pattern.findall(_TWINS.sub(r"\1", word[:_LONGEST_WORD]))):
        choices = options[letters][:1] if letters in {"h", "ه"} and place == 0 else options[letters]
        spoken = [(said + more, cost + price) for more, price in choices for said, cost in spoken][:_MOST_READINGS]
    return tuple(dict.fromkeys(_sound(said, cost, unvowelled=script == "arabic") for said, cost in spoken if said))


def _sound(said: str, cost: float, *, unvowelled: bool) -> Sound:
    said = re.sub("N(?=[BP])", "M", _DOUBLED.sub(r"\1", said))
    parts = re.split("([BCDFHJKLMNPQRSTVXZ])", said)
    skeleton, gaps = "", [parts[0]]
    for consonant, gap in zip(parts[1::2], parts[2::2], strict=True):
        if skeleton[-1:] == consonant and not gaps[-1] and not unvowelled:
            gaps[-1] = gap
        else:
            skeleton, gaps = skeleton + consonant, [*gaps, gap]
    return Sound(skeleton, tuple(gap[:_LONGEST_GAP] for gap in gaps), cost, unvowelled)


@cache
def _given_names() -> Mapping[str, frozenset[int]]:
    """Known given name, in any script and without marks, to the rows that have it."""
    rows = csv.DictReader(line for line in table("given_names.csv").splitlines() if not line.startswith("#"))
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for form in (row["native"] + " " + row["latin"]).split():
            found.setdefault(fold(form), set()).add(number)
    return MappingProxyType({form: frozenset(numbers) for form, numbers in found.items()})


def given_name(word: str) -> frozenset[int]:
    """Rows of the table of given names that a word belongs to; empty for another word.

    Examples
    --------
    >>> given_name("husayn") == given_name("حسين"), given_name("hassan") & given_name("hussein")
    (True, frozenset())
    """
    return _given_names().get(fold(word), frozenset())


@lru_cache(maxsize=8192)
def sounds_cost(a: tuple[Sound, ...], b: tuple[Sound, ...]) -> float:
    """What it costs to take two words for one by their sound; infinite if no skeleton is shared.

    Examples
    --------
    >>> sounds_cost(sounds("koussa", "latin"), sounds("kusa", "latin"))
    0.0
    >>> sounds_cost(sounds("bashar", "latin"), sounds("basil", "latin"))
    inf
    """
    return min((_cost(x, y) for x in a for y in b if x.skeleton == y.skeleton), default=inf)


def _cost(a: Sound, b: Sound) -> float:
    short_free = a.unvowelled != b.unvowelled
    gaps = [(x, y) for x, y in zip(a.gaps, b.gaps, strict=True) if x != y]
    if _are_akanye(a, b):
        gaps = [pair for pair in gaps if set(pair) != {"a", "o"}]
    return a.cost + b.cost + sum(_gap_cost(x, y, short_free=short_free) for x, y in gaps)


def _are_akanye(a: Sound, b: Sound) -> bool:
    """Whether one is the Belarusian form of a name in -enko: it writes each o without stress as a, to the end in -enka."""
    ends = {a.gaps[-1], b.gaps[-1]} == {"a", "o"}
    return ends and a.skeleton.endswith("NK") and {*a.gaps[-3:-1], *b.gaps[-3:-1]} == {"e", ""}


@lru_cache(maxsize=16384)
def _gap_cost(a: str, b: str, *, short_free: bool) -> float:
    """Cheapest way to turn the vowels of one gap into those of the other."""
    lost_a, lost_b = ([_lost(vowel, gap, short_free=short_free) for vowel in gap] for gap in (a, b))
    before = list(accumulate(lost_b, initial=0.0))
    for x, x_lost in zip(a, lost_a, strict=True):
        row = [before[0] + x_lost]
        for column, (y, y_lost) in enumerate(zip(b, lost_b, strict=True)):
            row.append(min(before[column] + _near(x, y), before[column + 1] + x_lost, row[column] + y_lost))
        before = row
    return before[-1]


def _lost(vowel: str, gap: str, *, short_free: bool) -> float:
    if vowel in _NATIVE:
        return _LONG_LOST
    if short_free:
        return _SHORT
    return _GLIDE if len(gap) > 1 and vowel in "iu" else _LOST[vowel]


def _near(a: str, b: str) -> float:
    if a == b or _NATIVE.get(a) == b or _NATIVE.get(b) == a:
        return 0.0
    if a in _NATIVE and b in _NATIVE:
        return 0.8
    if a in _NATIVE or b in _NATIVE:
        long, short = (a, b) if a in _NATIVE else (b, a)
        return _LONG_NEAR.get(long + short, 0.9)
    return _NEAR["".join(sorted(a + b))]
