"""Names out of texts, however they are written: with hyphens or without, in capitals, run together in an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from ostraka.read.date_words import MONTHS
from ostraka.register.places import fold

BLOCK = "█"
"""What stands for each character of erased words, so that places in a text stay where they were."""

_LONGEST = 300
_MONTHS = frozenset(name for name in MONTHS if len(name) > 3 or name == "may")
_ENOUGH_LETTERS = 8


class Blackout:
    """Names, each with what stands in its place.

    Parameters
    ----------
    marks : mapping
        For each name what stands for it.

    Examples
    --------
    >>> names = Blackout({"Sin Ok-ju": "person-1"})
    >>> names.clean("SIN Ok Ju, see https://example.org/sin-okju")
    'person-1, see https://example.org/person-1'
    >>> names.cover("Sin Okju came.")
    '████████ came.'
    """

    def __init__(self, marks: Mapping[str, str]) -> None:
        self._marks = {_key(name): mark for name, mark in marks.items() if len(_key(name)) > 1}
        self._long = sorted((name for name in marks if len(name) > _LONGEST), key=len, reverse=True)
        self._long_marks = {name: marks[name] for name in self._long}
        self._names = sorted((n for n in marks if len(n) <= _LONGEST and len(_key(n)) > 1), key=len, reverse=True)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_way_of_writing, self._names)) or r"(?!)", re.I)

    @cached_property
    def _keys(self) -> list[str]:
        return sorted({_key(name) for name in self._names})

    def _may_tell(self, text: str) -> bool:
        """Whether the letters of a short one stand in a text in a row: to know that costs a hundredth of a search."""
        letters = _key(text)
        return any(key in letters for key in self._keys)

    def tells(self, text: str) -> bool:
        """Whether a text names one of them."""
        return (self._may_tell(text) and bool(self._pattern.search(text))) or any(name in text for name in self._long)

    def clean(self, text: str) -> str:
        """The text with the marks in the place of the names."""
        for name in self._long:
            text = text.replace(name, self._long_marks[name])
        if not self._may_tell(text):
            return text
        return self._pattern.sub(lambda found: self._marks.get(_key(found[0]), BLOCK), text)

    def cover(self, text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
        """The text with the names, and what stands at some places, blacked out; its length stays."""
        for name in self._long:
            text = text.replace(name, BLOCK * len(name))
        if self._may_tell(text):
            text = self._pattern.sub(lambda found: BLOCK * len(found[0]), text)
        for start, end in spans:
            text = text[:start] + BLOCK * (end - start) + text[end:]
        return text


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def not_a_date(word: str) -> str:
    """A pattern for a word that may be a month: beside the number of a day or a year it is no name.

    Examples
    --------
    >>> [bool(re.search(not_a_date("May"), text)) for text in ("May 17", "17 May", "May, 2016", "Mrs May", "May, 61,")]
    [False, False, False, True, True]
    """
    own = re.escape(word)
    return rf"(?<!\d ){own}(?! \d|, (?:19|20)\d\d)" if word.casefold() in _MONTHS else own


def _word(word: str) -> str:
    """A pattern for a name of one word: in a sentence it has a capital, in an address or id it has not.

    Examples
    --------
    >>> names = Blackout({"May": "X"})
    >>> [names.clean(text) for text in ("May may go on 3 May", "https://e.org/may-leaves", "MAY LEAVES")]
    ['X may go on 3 May', 'https://e.org/X-leaves', 'X LEAVES']
    """
    if not word[:1].isupper():
        return re.escape(word)
    capitals = "|".join(map(not_a_date, dict.fromkeys((word, word.upper()))))
    small = re.escape(word.lower())
    return rf"(?-i:{capitals}|(?<=[/_.=-]){small}|{small}(?=[/_=-]))"


def _way_of_writing(name: str) -> str:
    """A pattern for a name; a short one in Latin letters must stand alone."""
    parts = re.findall(r"[^\W_]+", name)
    pattern = r"[\W_]{0,3}".join(map(re.escape, parts))
    if len(parts) > 1 and len(_key(name)) >= _ENOUGH_LETTERS:
        return pattern
    if not name.isascii():
        return pattern
    return rf"(?<![^\W_]){_word(parts[0]) if len(parts) == 1 else pattern}(?![^\W_])"
