"""Words of a sentence with their places in the text, and tables of phrases to look up in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_TOKEN = re.compile(
    r"[a-z]++(?![\w'’`‘ʼ.-])"  # most words, at the first try
    r"|[NS]\. ?Koreans?\b"
    r"|(?:[A-Za-z]\.){2,}"
    r"|[A-Z]\.(?= [A-Z][a-z])"
    r"|\d+(?:[.,]\d+)*(?:-[^\W\d_]+(?:-[^\W\d_]+)*|st\b|nd\b|rd\b|th\b)?"
    r"|[^\W\d_]+(?:['’`‘ʼ.-][^\W\d_]+|-\d+)*"
    r"|\S"
)
_POSSESSIVE = ("'s", "’s")
_OPEN_END = re.compile(r"[A-Z]\.\Z")
"""An initial: what stands after the space tells whether the full stop belongs to it."""
MANY_WORDS = 50_000
LONGEST_WORD = 40
"""Letters of a word that is kept, so that words made up to fill the memory do not."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set; long lists of words are easier to read without quotes and commas.

    Examples
    --------
    >>> sorted(word_set("who whom"))
    ['who', 'whom']
    """
    return frozenset(text.split())


_ABBREVIATED = word_set(
    "gen lt col maj brig capt cmdr adm sgt pres sen rep gov mr mrs ms dr prof rev st no jan feb mar apr jun jul aug sep"
    " sept oct nov dec hon supt gens lts cols majs capts"
)


@dataclass(slots=True)
class Token:
    """One word or mark; `low` is its lower-case form with plain apostrophes."""

    text: str
    low: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words and marks of a stretch of text, in order.

    Parameters
    ----------
    text : str
    start, end : int
        Offsets of the stretch.

    Returns
    -------
    list of Token
        A possessive ending is a token of its own; the full stop of ``Gen.`` belongs to the word.

    Examples
    --------
    >>> [token.text for token in tokenize("Gen. Oh's aide left.")]
    ['Gen.', 'Oh', "'s", 'aide', 'left', '.']
    """
    stop = len(text) if end is None else end
    at, find, known = start, text.find, _chunks()
    tokens: list[Token] = []
    for chunk in text[start:stop].split():
        parts = known[chunk]
        if parts is None:
            return _taken_apart(text, start, stop)
        at = find(chunk, at)
        for word, low, i, j in parts:
            tokens.append(Token(word, low, at + i, at + j))
        at += len(chunk)
    return tokens


class Seen(dict[str, Any]):
    """What is found of each word at first sight; all is forgotten when the words become too many."""

    def __init__(self, judge: Callable[[str], Any]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, text: str) -> Any:
        found = self._judge(text)
        if len(text) <= LONGEST_WORD:
            if len(self) >= MANY_WORDS:
                self.clear()
            self[text] = found
        return found


@cache
def _chunks() -> Mapping[str, tuple[tuple[str, str, int, int], ...] | None]:
    """The words and marks in each run of text without a space; None where they depend on what stands after it."""
    return Seen(lambda chunk: None if _OPEN_END.search(chunk) else _parts(chunk))


def _parts(chunk: str) -> tuple[tuple[str, str, int, int], ...]:
    return tuple((token.text, token.low, token.start, token.end) for token in _taken_apart(chunk, 0, len(chunk)))


def _taken_apart(text: str, start: int, stop: int) -> list[Token]:
    """Words and marks of a stretch of text by the pattern."""
    found = (Token(match[0], match[0].lower(), *match.span()) for match in _TOKEN.finditer(text, start, stop))
    return _regrouped(found)


def _regrouped(found: Iterable[Token]) -> list[Token]:
    """Words with possessive endings set apart, and full stops joined to what they shorten."""
    tokens: list[Token] = []
    for token in found:
        word, begin, finish = token.text, token.start, token.end
        if word == "." and tokens and tokens[-1].end == begin and tokens[-1].low in _ABBREVIATED:
            last = tokens.pop()
            tokens.append(Token(last.text + ".", last.low + ".", last.start, finish))
        elif word[-2:] in _POSSESSIVE and len(word) > 2:
            tokens += (
                Token(word[:-2], plain(word[:-2]), begin, finish - 2),
                Token(word[-2:], "'s", finish - 2, finish),
            )
        elif word in "'’" and tokens and tokens[-1].end == begin and tokens[-1].low.endswith("s"):
            tokens.append(Token(word, "'s", begin, finish))
        else:
            token.low = plain(word)
            tokens.append(token)
    return tokens


def plain(word: str) -> str:
    """A word in lower case with plain apostrophes: the form in which the tables have it."""
    return word.lower().replace("’", "'").replace("‘", "'")


class Phrases:
    """A table of phrases with values; the longest that begins at a word is found in one look.

    Parameters
    ----------
    exact : bool
        Whether capitals matter.

    Examples
    --------
    >>> table = Phrases()
    >>> table.add("chief of staff", 2)
    >>> table.longest(tokenize("the chief of staff left"), 1)
    (4, 2)
    """

    def __init__(self, *, exact: bool = False) -> None:
        self._exact = exact
        self._by_first: dict[str, tuple[list[Any], dict[str, list[tuple[tuple[str, ...], Any]]]]] = {}
        self._firsts: frozenset[str] = frozenset()

    def _word(self, token: Token) -> str:
        return token.text if self._exact else token.low

    def add(self, phrase: str, value: Any) -> None:
        """Enter a phrase; of two values the first stays."""
        words = tuple(map(self._word, tokenize(phrase)))
        alone, by_second = self._by_first.setdefault(words[0], ([], {}))
        if len(words) == 1:
            alone[:] = alone or [value]
            return
        rows = by_second.setdefault(words[1], [])
        rest = words[2:]
        if all(row[0] != rest for row in rows):
            rows.append((rest, value))
            rows.sort(key=lambda row: -len(row[0]))

    def add_all(self, phrases: Iterable[str], value: Any) -> None:
        """Enter several phrases with one value."""
        for phrase in phrases:
            self.add(phrase, value)

    def firsts(self) -> frozenset[str]:
        """First words of all phrases."""
        if len(self._firsts) != len(self._by_first):
            self._firsts = frozenset(self._by_first)
        return self._firsts

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[int, Any] | None:
        """Where the longest phrase that begins at word `at` ends, and its value."""
        found = self._by_first.get(tokens[at].text if self._exact else tokens[at].low)
        if found is None:
            return None
        alone, by_second = found
        rows = by_second.get(self._word(tokens[at + 1])) if by_second and at + 1 < len(tokens) else None
        for rest, value in rows or ():
            stop = at + 2 + len(rest)
            if stop <= len(tokens) and all(wanted == self._word(tokens[k]) for k, wanted in enumerate(rest, at + 2)):
                return stop, value
        return (at + 1, alone[0]) if alone else None


@cache
def number_words() -> dict[str, int]:
    """English number words up to a hundred, and the loose ones reports count with."""
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    names = {word: value for value, word in enumerate(f"{ones} seventeen eighteen nineteen".split())}
    tens = dict(
        zip(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
            range(20, 100, 10),
            strict=True,
        )
    )
    small = {word: value for word, value in names.items() if 0 < value < 10}
    joined = {f"{ten}-{one}": high + low for ten, high in tens.items() for one, low in small.items()}
    return names | tens | joined | {"hundred": 100, "thousand": 1000, "dozen": 12, "a dozen": 12, "couple": 2}
