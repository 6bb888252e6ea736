"""Whether a quote stands in a text: exactly, or not at all.

Somebody who codes by other means than our grammar, a program above all, must show the words. Spaces, quotation
marks and the forms of accented letters are forgiven through a map of offsets; nothing else is. A quote that
stands in the text more than once needs the words around it to say which is meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from ostraka.read.date_words import NUMBERS
from ostraka.read.tokens import word_set

_GLYPHS = {
    **dict.fromkeys("“”„‟«»＂", '"'),
    **dict.fromkeys("‘’‚‛`´ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Letters that show nothing and turn the writing round; a quote need not repeat them."""
NEGATORS = word_set(
    "no not never none nobody nor neither n't denied denies deny denial rejected rejects dismissed false untrue refuted wrong"
    " baseless groundless fabricated without cannot 부인 부인했다 아니 않았다 사실무근"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
CONTEXT = 200
"""Letters of prefix and suffix that are looked at."""


class UngroundedError(ValueError):
    """A quote or a coded value that the text does not bear out; the message says which and why."""


@dataclass(frozen=True)
class Ground:
    """A stored text as quotes are looked for in it.

    Parameters
    ----------
    text : str
        The stored text of a report.

    Examples
    --------
    >>> Ground("He said: “I  am free.”").find('"I am free."')
    (9, 22)
    """

    text: str

    @cached_property
    def _plain(self) -> tuple[str, list[int]]:
        return _simplified(self.text)

    def find(self, quote: str, *, prefix: str = "", suffix: str = "") -> tuple[int, int]:
        """Where a quote stands.

        Parameters
        ----------
        quote : str
            Words that must stand in the text as they are, but for spaces, quotation marks and composed letters.
        prefix, suffix : str, optional
            The words before and after, for a quote that occurs more than once.

        Returns
        -------
        tuple of int
            Offsets into the stored text, end excluded.

        Raises
        ------
        UngroundedError
            If it does not occur, or more than once and prefix and suffix do not tell which is meant.
        """
        plain, offsets = self._plain
        wanted, before, after = (_simplified(words)[0].strip() for words in (quote, prefix, suffix))
        if not wanted:
            raise UngroundedError("the quote is empty")
        found: list[int] = []
        at = plain.find(wanted)
        while at >= 0:
            if _fits(plain, at, at + len(wanted), before[-CONTEXT:], after[:CONTEXT]):
                found.append(at)
            at = plain.find(wanted, at + 1)
        if not found:
            raise UngroundedError("the quote does not stand in the text")
        if len(found) > 1:
            raise UngroundedError(
                f"the quote stands in the text {len(found)} times; prefix and suffix must say which is meant"
            )
        return offsets[found[0]], offsets[found[0] + len(wanted) - 1] + 1


def _fits(plain: str, i: int, j: int, before: str, after: str) -> bool:
    return plain[:i].rstrip().endswith(before) and plain[j:].lstrip().startswith(after)


def _simplified(text: str) -> tuple[str, list[int]]:
    """A text with composed letters, one space for many and plain quotation marks, and where each letter stood."""
    letters: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(text):
        stop = at + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        for letter in unicodedata.normalize("NFC", text[at:stop]):
            shown = " " if letter.isspace() else _GLYPHS.get(letter, letter)
            if _HIDDEN.match(letter) or (shown == " " and letters and letters[-1] == " "):
                continue
            letters.append(shown)
            offsets.append(at)
        at = stop
    return "".join(letters), offsets


def needs_words(quote: str, value: str, what: str) -> None:
    """Refuse a coded name or place whose words do not all stand in the quote.

    Raises
    ------
    UngroundedError
    """
    inside = {word.casefold() for word in _WORD.findall(_simplified(quote)[0])}
    missing = [word for word in _WORD.findall(_simplified(value)[0]) if word.casefold() not in inside]
    if missing:
        raise UngroundedError(f"{what} {value!r}: {' '.join(missing)!r} does not stand in the quote")


def needs_number(quote: str, value: float, what: str) -> None:
    """Refuse a coded number that the quote does not tell in figures or words.

    Raises
    ------
    UngroundedError
    """
    plain = _simplified(quote)[0]
    told = {float(match[0].replace(",", "")) for match in _FIGURE.finditer(plain)}
    for word in _WORD.findall(plain):
        low, high = NUMBERS.get(word.casefold(), (0.0, 0.0))
        told |= {float(low), float(high)} - {0.0}
    told |= {1.0} if {"once", "first", "a", "an"} & {word.casefold() for word in _WORD.findall(plain)} else set()
    if value not in told:
        raise UngroundedError(f"{what} {value:g} does not stand in the quote")


def needs_negator(quote: str, status: str) -> None:
    """Refuse a denial whose quote denies nothing.

    Raises
    ------
    UngroundedError
    """
    words = {word.casefold() for word in _WORD.findall(_simplified(quote)[0])}
    if not words & NEGATORS and not any(word.endswith("n't") for word in words):
        raise UngroundedError(f"status {status!r}, but the quote holds no word that denies")
