"""Word pieces: how the words of a report come to the scorer, with stand-ins for the names of persons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ostraka.read.scene import Sentence

_STAND_INS = (
    "smith jones brown taylor wilson davis evans thomas roberts johnson walker wright robinson thompson white hughes edwards green"
    " hall wood harris clark cooper ward"
)
STAND_INS = tuple(_STAND_INS.split())
"""What the scorer reads for the first, second, third person of a report: who is meant must not sway it."""
MAX_PIECES_OF_WORD = 12
_PART = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A vocabulary of word pieces.

    Parameters
    ----------
    rows : mapping of str to int
        The row of each piece; pieces that go on within a word begin with ``##``.

    Examples
    --------
    >>> pieces = Pieces({"[UNK]": 0, "de": 1, "##fect": 2, "##ed": 3})
    >>> pieces.of_word("Défected"), pieces.of_word("x")
    ((1, 2, 3), (0,))
    """

    rows: Mapping[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def of_word(self, word: str) -> tuple[int, ...]:
        """The rows of the pieces of a word, the longest pieces first (Wu et al., 2016)."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = tuple(self._taken_apart(word)) or (self.rows["[UNK]"],)
        return found

    def _taken_apart(self, word: str) -> list[int]:
        flat = unicodedata.normalize("NFD", word.replace("’", "'").lower())
        plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
        rows: list[int] = []
        for part in _PART.findall(plain):
            rows += self._of_part(part)
            if len(rows) > MAX_PIECES_OF_WORD:
                break
        return rows[:MAX_PIECES_OF_WORD]

    def _of_part(self, part: str) -> list[int]:
        rows: list[int] = []
        at = 0
        while at < len(part):
            begins = "##" if at else ""
            stops = range(min(len(part), at + 24), at, -1)
            stop = next((stop for stop in stops if begins + part[at:stop] in self.rows), 0)
            if not stop:
                return [*rows, self.rows["[UNK]"]]
            rows.append(self.rows[begins + part[at:stop]])
            at = stop
        return rows

    def of_sentence(self, sentence: Sentence, persons: Mapping[str, int]) -> tuple[list[int], list[int]]:
        """The rows of a sentence, and where each of its words begins among them (with the end as last).

        Parameters
        ----------
        sentence : Sentence
        persons : mapping of str to int
            The number of each person of the report, by label.
        """
        words: list[Sequence[int]] = [self.of_word(token.low) for token in sentence.tokens]
        for noun in sentence.nouns:
            if noun.kind == "person" and noun.label in persons:
                words[noun.head : noun.j] = [()] * (noun.j - noun.head)
                words[noun.head] = self.of_word(STAND_INS[persons[noun.label] % len(STAND_INS)])
        rows: list[int] = []
        starts = [0]
        for word in words:
            rows += word
            starts.append(len(rows))
        return rows, starts


def numbered(sentences: Sequence[Sentence]) -> dict[str, int]:
    """The persons of a report in the order in which they are named."""
    labels = (noun.label for sentence in sentences for noun in sentence.nouns if noun.kind == "person")
    return {label: number for number, label in enumerate(dict.fromkeys(labels))}
