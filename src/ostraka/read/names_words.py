"""Names written with an alphabet, word by word: articles dropped, servants joined, parts matched in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import inf

from ostraka.read.names_sounds import Sound, given_name, sounds, sounds_cost
from ostraka.read.titles import particles

MOST_COST = 1.0
"""Dearest match of two whole names that still counts as one name."""

MOST_PARTS = 8
"""Parts of a name beyond which it is no name of one person."""

_MOST_WORD_COST = 0.65
_KNOWN_NAME = 0.05
_REARRANGED = 0.05
_STEPS = ((1, 1), (1, 2), (2, 1))

_MAY_BE_JOINED = "/"
_JOINED = frozenset(("ben", "bin", "el", "al"))
_PARTICLE = re.compile(f"(?:{'|'.join(sorted(_JOINED))}){_MAY_BE_JOINED}")
_SHORT = 2
_ARABIC_ARTICLE = re.compile("^ال(?=..)")
_ARABIC_COMPOUND = re.compile("^(عبد|ابو|أبو)ال(?=...)")
_ARABIC_PREFIXES = {"عبد", "ابو", "أبو"}
_ARABIC_FILIATION = {"بن", "ابن", "بنت"}
_COMPOUND = re.compile(
    "^(?:(abd)(?:[aeiou](?:l|r(?=r)|s(?=s)|n(?=n)|d(?=d)|z(?=z)|t(?=t))?)?(?!.?l?lah)|(ab)(?:o|u|ou)l(?!lah))(.{3,})$"
)
_OF_FAITH = re.compile("^(.{2,})[aeiou][ld]d(?:i|ee|ie)ne?$")
_PATRONYMIC = re.compile("(?:[oe]vi[ct]?[chj]|[oe]vych|[oe]witsch|[oei][vc]h?na|iní[ct]h|о?вич|евич|ьич|[ое]вна|ична)$")
_SLAVIC_FAMILY = re.compile(
    "(?:[oe]va?|[oe]w|ina?|yn|sk[iy]y?|skij|skaya|enk[oa]|chuk|dze|shvili|yan|[оеё]ва?|ина?|ын|ский|ская|енко|чук|дзе|швили|ян)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: how it may be said, and which known given names it may be."""

    sounds: tuple[Sound, ...]
    given_names: frozenset[int]

    def meets(self, other: Part) -> bool:
        """Whether two words may be one."""
        return self.cost(other) <= _MOST_WORD_COST

    def cost(self, other: Part) -> float:
        """What it costs to take two words for one; two known given names are one only if they share a row."""
        if self.given_names and other.given_names:
            return _KNOWN_NAME if self.given_names & other.given_names else inf
        return sounds_cost(self.sounds, other.sounds)


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of one name in order, their script, and initials that stand for parts not spelled out."""

    parts: tuple[str, ...]
    script: str
    initials: frozenset[str] = frozenset()

    def part(self, start: int, end: int) -> Part:
        """The parts from `start` to `end` as one word."""
        return _part("-".join(self.parts[start:end]), self.script)

    def fits_initials(self, other: Words) -> bool:
        """Whether the other name has a part or an initial for each initial of this one."""
        return self.initials <= other.initials | {_bare(part)[0] for part in other.parts}

    def each(self) -> list[Part]:
        """Every part by itself."""
        return [self.part(i, i + 1) for i in range(len(self.parts))]


@lru_cache(maxsize=8192)
def _part(text: str, script: str) -> Part:
    """A word; one after Ben or El also as both run together, as in Benali and Elbaradei."""
    if _MAY_BE_JOINED not in text:
        return Part(sounds(text, script), given_name(text))
    alone, joined = _bare(text), text.replace(_MAY_BE_JOINED, "")
    return Part(tuple(dict.fromkeys((*sounds(alone, script), *sounds(joined, script)))), given_name(alone))


def _bare(text: str) -> str:
    """A part without the particle that may be joined to it."""
    return _PARTICLE.sub("", text)


def words_of(words: tuple[str, ...], script: str) -> Words:
    """Parts of a name as the sound rules want them.

    Parameters
    ----------
    words : tuple of str
        Lower case, without titles.
    script : str
        ``latin``, ``cyrillic`` or ``arabic``.

    Returns
    -------
    Words
        Without articles and filiation, but that some are marked, which may be run together with what follows;
        servants joined to whom they serve.

    Examples
    --------
    >>> words_of(("mustafa", "abdul", "jalil"), "latin").parts
    ('mustafa', 'abd-jalil')
    >>> words_of(("bashar", "al-assad"), "latin").parts
    ('bashar', 'al/assad')
    """
    split = [part for word in words for part in word.replace("'", "").split("-") if part]
    joined = _arabic_parts(split) if script == "arabic" else _latin_parts(split)
    initials = frozenset(part for part in joined if len(part) == 1)
    full = tuple(part for part in joined if len(part) > 1)
    return Words(full, script, initials) if full else Words(tuple(joined or split), script)


def _latin_parts(words: list[str]) -> list[str]:
    dropped = particles("article") | particles("filiation")
    parts: list[str] = []
    open_prefix, before = "", ""
    for word in words:
        if prefix := _prefix(word):
            open_prefix = prefix
        elif word not in dropped:
            mark = f"{before}{_MAY_BE_JOINED}" if parts and before in _JOINED and len(word) > _SHORT else ""
            parts.append(f"{open_prefix}-{word}" if open_prefix else mark + _compound(word))
            open_prefix = ""
        before = word
    return parts


def _prefix(word: str) -> str:
    """The first half of Abdul Halim or Abu Bakr, in one form."""
    if word in particles("servant"):
        return "abd"
    return "abu" if word in particles("father_of") else ""


def _compound(word: str) -> str:
    """Abdelatif is the servant of Latif, Abdelaziz that of Aziz; Abolhassan the father of Hassan; Nureddin Nur al-Din."""
    found = _COMPOUND.match(word)
    if not found:
        return _OF_FAITH.sub(r"\1-din", word)
    prefix, served = ("abd" if found[1] else "abu"), found[3]
    return f"{prefix}-" + (f"l{served}" if not given_name(served) and given_name(f"l{served}") else served)


def _arabic_parts(words: list[str]) -> list[str]:
    parts: list[str] = []
    for word in words:
        bare = _ARABIC_COMPOUND.sub(r"\1-", _ARABIC_ARTICLE.sub("", word))
        if parts and parts[-1] in _ARABIC_PREFIXES:
            parts[-1] += "-" + bare
        elif word not in _ARABIC_FILIATION:
            parts.append(bare)
    return parts


def words_cost(a: Words, b: Words) -> float:
    """What it costs to take two names for one, part by part in order; infinite if a part has no match.

    A patronymic may be missing, and a Slavic family name may stand first.

    Examples
    --------
    >>> boris = words_of(("boris", "yeltsin"), "latin")
    >>> words_cost(boris, words_of(("ельцин", "борис", "николаевич"), "cyrillic")) < 0.5
    True
    >>> words_cost(boris, words_of(("naina", "yeltsina"), "latin"))
    inf
    """
    if a.initials and b.initials and not a.initials & b.initials:
        return inf
    turned = [(a, other) for other in _arrangements(b)] + [(other, b) for other in _arrangements(a)]
    return min(_aligned(a, b), min((_aligned(x, y) + _REARRANGED for x, y in turned), default=inf))


def _arrangements(words: Words) -> Iterator[Words]:
    """Without the patronymic, and with a family name that stands first put last."""
    parts = words.parts
    if len(parts) == 3 and _PATRONYMIC.search(parts[2]) and _SLAVIC_FAMILY.search(parts[0]):
        yield Words((*parts[1:], parts[0]), words.script)
    short = tuple(part for place, part in enumerate(parts) if not place or not _PATRONYMIC.search(part))
    if 2 <= len(short) < len(parts):
        yield Words(short, words.script)
    if len(short) == 2 and _is_family_first(*short, script=words.script):
        yield Words(short[::-1], words.script)


def _is_family_first(first: str, second: str, *, script: str) -> bool:
    """Russian lists put the family name first; so may any name with a Slavic family name."""
    slavic = script == "cyrillic" or bool(_SLAVIC_FAMILY.search(first))
    return slavic and not given_name(first) and bool(given_name(second))


@lru_cache(maxsize=8192)
def _aligned(a: Words, b: Words) -> float:
    """Cheapest way to match all parts in order, two neighbours joined where that helps (Ali Reza, Alireza)."""
    n, m = len(a.parts), len(b.parts)
    if n > MOST_PARTS or m > MOST_PARTS:
        return inf
    best = {(0, 0): 0.0}
    for i, j in product(range(n + 1), range(m + 1)):
        here = best.get((i, j), inf)
        for di, dj in _STEPS if here <= MOST_COST else ():
            if i + di <= n and j + dj <= m:
                cost = a.part(i, i + di).cost(b.part(j, j + dj))
                if cost <= _MOST_WORD_COST:
                    best[i + di, j + dj] = min(best.get((i + di, j + dj), inf), here + cost)
    return best.get((n, m), inf)


def within(short: Words, long: Words) -> bool:
    """Whether each of at least two parts of one name has a part of its own in the other, in any order.

    Examples
    --------
    >>> kamel = words_of(("hussein", "kamel"), "latin")
    >>> within(kamel, words_of(("kamel", "hussein"), "latin")), within(kamel, words_of(("saddam", "kamel"), "latin"))
    (True, False)
    """
    if not short.fits_initials(long):
        return False
    if not 2 <= len(short.parts) <= len(long.parts) <= MOST_PARTS:
        return False
    free = long.each()
    for part in short.each():
        found = next((other for other in free if part.meets(other)), None)
        if found is None:
            return False
        free.remove(found)
    return True
