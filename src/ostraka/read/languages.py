"""A report in more than one language: which of its sentences are in none that is read here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ostraka.read.datelines import SCRIPTS, STOP_WORDS
from ostraka.read.tokens import word_set

NAMES = {
    "ar": "Arabic or Persian script",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Cyrillic script",
    "zh": "Chinese",
}
FEWEST_LETTERS = 8
"""A name in its own script beside an English one makes no foreign sentence."""
FEWEST_WORDS = 3
_WORD = re.compile(r"[a-z]+")
_SURE_ENGLISH = word_set("the and that with from said his were which who")
_OTHER_SCRIPT = re.compile("|".join(pattern.pattern for _, pattern in SCRIPTS))
_LATIN = {name: stops - STOP_WORDS["en"] for name, stops in STOP_WORDS.items() if name != "en"}
_ANY_LATIN = frozenset[str]().union(*_LATIN.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text in one language, by its ISO 639-1 code; a script shared by several has the commonest."""

    start: int
    end: int
    lang: str


def foreign_language(text: str, words: frozenset[str]) -> str:
    """The language of a sentence that is not English; empty if it is, or may be.

    Parameters
    ----------
    text : str
        The sentence.
    words : frozenset of str
        Its words in lower case.

    Examples
    --------
    >>> foreign_language("Консул бежал в мае.", frozenset()), foreign_language("The consul fled.", frozenset({"the"}))
    ('ru', '')
    """
    if not text.isascii() and _OTHER_SCRIPT.search(text):
        counts = {name: len(pattern.findall(text)) for name, pattern in SCRIPTS}
        script = max(counts, key=lambda name: counts[name])
        if counts[script] >= FEWEST_LETTERS and 2 * counts[script] > sum(map(str.isalpha, text)):
            return "ja" if script == "zh" and counts["ja"] > 1 else script
    if words.isdisjoint(_ANY_LATIN):
        return ""
    shares = {name: len(words & stops) for name, stops in _LATIN.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= FEWEST_WORDS and shares[best] > 2 * len(words & STOP_WORDS["en"]) else ""


def is_english(text: str) -> bool:
    """Whether the words of a sentence show that it is English.

    Examples
    --------
    >>> is_english("He left with his wife, it said."), is_english("Hij was in de stad en had een auto.")
    (True, False)
    """
    words = frozenset(_WORD.findall(text.lower()))
    return not words.isdisjoint(_SURE_ENGLISH) and len(words & STOP_WORDS["en"]) >= FEWEST_WORDS


def told(parts: Iterable[Part], length: int) -> str:
    """What of a text is left unread: the languages, how much, and where it begins.

    Examples
    --------
    >>> told([Part(10, 40, "ru")], 60)
    '50% of it is in Cyrillic script and not read; the first such sentence begins at character 10'
    """
    found = sorted(parts, key=lambda part: part.start)
    sizes = Counter[str]()
    for part in found:
        sizes[part.lang] += part.end - part.start
    names = ", ".join(NAMES[lang] for lang, _ in sizes.most_common())
    share = max(1, round(100 * sizes.total() / length))
    return f"{share}% of it is in {names} and not read; the first such sentence begins at character {found[0].start}"
