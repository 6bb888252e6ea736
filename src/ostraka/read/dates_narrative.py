"""The year of a day or month that names none, where the report tells a story of an earlier year.

News means the last July; but under a line that is a year, or after a sentence that opens with "In March 2009", the
months that follow belong to that year until the story goes back to the present.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ostraka.read.date_spans import Interval

SENTENCES = 3
"""So many sentences after one that opens with a day or month of a year still belong to its story; one after a bare year."""
DAYS_OF_MONTH = 31
_HEADING = re.compile(
    r"[ \t]{0,8}(?:[-*•–—#]{1,6}[ \t]{0,8})?(?:In\s|Year\s)?((?:1[89]|20)\d\d)[ \t]{0,8}[:.]?[ \t]{0,8}(?=\n|\Z)"
)
_OPENING = re.compile(
    r"(?:\A|\n\s{0,8}|[.!?:;][\"”’)]?\s{1,3})(?:[-*•–—]\s{0,3})?"
    r"(?:(?:[Ii]n|[Oo]n|[Bb]y|[Ee]arly|[Ll]ate|[Aa]t|the|end|beginning|of|[Ff]rom|[Tt]hat|[Aa]round|[Aa]bout)\s){0,4}\Z"
)
_FIGURES = re.compile(r"\d{4}")
_STOP = re.compile(r"[.!?](?=[\"”’)]?\s+[A-Z“\"])|\n")
_YEARLESS = frozenset({"day", "month", "part", "range", "until", "by", "before", "after", "night", "end"})
REACH = 1_500
"""Characters within which those sentences lie."""
_PARAGRAPH = "\n\n"


@dataclass(slots=True)
class Story:
    """The year in which what a report tells just now takes place.

    Parameters
    ----------
    text : str
    anchor : date or None
        When the report was printed; a story of that year or later needs no telling.
    """

    text: str
    anchor: date | None
    _year: int = 0
    _month: int = 0
    _at: int = 0
    _heads: bool = False
    _line: int = 0
    _sentences: int = SENTENCES

    def year_at(self, start: int, kind: str) -> int | None:
        """The year lent to a phrase without one that begins at an offset; None if it is read as news has it."""
        if self.anchor is None or kind not in _YEARLESS:
            return None
        self._take_heading(start)
        if not self._year or self._year >= self.anchor.year:
            return None
        if self._heads:
            return self._year
        if start - self._at > REACH:
            return None
        between = self.text[self._at : start]
        return None if _PARAGRAPH in between or len(_STOP.findall(between)) > self._sentences else self._year

    def hear(self, start: int, end: int, span: Interval | None) -> None:
        """Take note of a date that names its year in figures and opens a sentence; one inside it is background."""
        if span is None or span[0].year != span[1].year or not _FIGURES.search(self.text, start, end):
            return
        if self._heads:
            return
        if _OPENING.search(self.text, max(0, start - 48), start):
            self._year, self._month, self._at = span[0].year, span[0].month, start
            self._sentences = 1 if (span[1] - span[0]).days > DAYS_OF_MONTH else SENTENCES
        elif span[0].year != self._year:
            self._year = 0

    def fits(self, span: Interval | None) -> bool:
        """Whether a day in the lent year follows what was told before it."""
        return span is not None and (self._heads or span[1].month >= self._month)

    def _take_heading(self, start: int) -> None:
        """Read the lines that ended since the phrase before for one that is a year by itself."""
        while (stop := self.text.find("\n", self._line, start)) >= 0:
            found = _HEADING.match(self.text, self._line, stop + 1)
            if found:
                self._year, self._month, self._at, self._heads = int(found[1]), 1, self._line, True
            self._line = stop + 1
