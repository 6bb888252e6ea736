"""Feasts by which news dates things: Christmas, New Year, Easter and what is counted from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Setting
from ostraka.read.date_words import GAP, YEAR, Atom, Rule, has_year, rule, with_year

_FIXED = {
    "christmas": ((12, 24), (12, 26)),
    "christmas eve": ((12, 24), (12, 24)),
    "christmas day": ((12, 25), (12, 25)),
    "new year's day": ((1, 1), (1, 1)),
    "new year's eve": ((12, 31), (12, 31)),
    "new year": ((1, 1), (1, 1)),
    "epiphany": ((1, 6), (1, 6)),
}
_FROM_EASTER = {
    "palm sunday": (-7, -7),
    "good friday": (-2, -2),
    "easter": (-2, 1),
    "easter sunday": (0, 0),
    "easter monday": (1, 1),
    "ascension day": (39, 39),
    "whitsun": (49, 50),
    "whit sunday": (49, 49),
    "whit monday": (50, 50),
    "pentecost": (49, 50),
}
_PARTS = r"(?P<part>morning|night|afternoon|evening)"
_AFTER_TIME = re.compile(
    r"\b(?:[Aa]t|[Ss]ince|[Uu]ntil|[Tt]ill?|[Bb]y|[Bb]efore|[Aa]fter|[Oo]ver|[Aa]round|[Ll]ast|[Tt]his|[Oo]n)"
    r"(?:\s[Tt]he)?[\s\u00a0]{1,3}\Z"
)


def easter_sunday(year: int) -> date:
    """The day of Easter in the Gregorian calendar.

    References
    ----------
    Anonymous (1876). To find Easter. Nature 13, 487.

    Examples
    --------
    >>> easter_sunday(1985), easter_sunday(2016)
    (datetime.date(1985, 4, 7), datetime.date(2016, 3, 27))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + shift - 7 * ((a + 11 * h + 22 * shift) // 451) + 114, 31)
    return date(year, month, day + 1)


def _span(name: str, year: int) -> Interval:
    """The days of a feast in a year."""
    if name in _FROM_EASTER:
        first, last = _FROM_EASTER[name]
        return spans.add_days(easter_sunday(year), first), spans.add_days(easter_sunday(year), last)
    first_day, last_day = _FIXED[name]
    return date(year, *first_day), date(year, *last_day)


def _recent(name: str) -> Callable[[Setting], Interval | None]:
    """The last such feast begun by the day of publication, the next one if what is to come is told."""

    def use(setting: Setting) -> Interval | None:
        if setting.year is not None:
            return _span(name, setting.year)
        if setting.anchor is None:
            return None
        now = _span(name, setting.anchor.year)
        if setting.future:
            return now if now[1] >= setting.anchor else _span(name, setting.anchor.year + 1)
        return now if now[0] <= setting.anchor else _span(name, setting.anchor.year - 1)

    return use


def feast(match: re.Match[str]) -> Atom | None:
    """Christmas Day 2014; New Year's Eve; at Easter."""
    name = " ".join(match["feast"].lower().replace("’", "'").split())
    if name == "christmas" and match["part"]:
        name = "christmas day"
    name = name if name in _FIXED or name in _FROM_EASTER else name.removesuffix("'s")
    plain = not match["part"] and name in {"christmas", "easter", "new year"} and not has_year(match)
    start = match.start()
    if plain and not _AFTER_TIME.search(match.string, max(0, start - 16), start):
        return None
    first, last = _span(name, 2001)
    kind = "day" if first == last else "feast"
    return Atom(start, match.end(), kind, with_year(match, _recent(name)), not has_year(match))


_NAMES = {
    "christmas": rf"Christmas(?:{GAP}(?:Day|Eve))?",
    "new": rf"[Nn]ew{GAP}[Yy]ear(?:[’']s(?:{GAP}(?:Day|Eve)|(?={GAP}(?:morning|night|afternoon|evening))))?(?![’'])",
    "easter": rf"Easter(?:{GAP}(?:Sunday|Monday))?",
    "good": rf"Good{GAP}Friday",
    "palm": rf"Palm{GAP}Sunday",
    "whit": rf"Whit{GAP}(?:Sunday|Monday)",
    "whitsun": r"Whitsun",
    "pentecost": r"Pentecost",
    "ascension": rf"Ascension{GAP}Day",
    "epiphany": r"Epiphany",
}
FEAST_RULES: dict[str, tuple[Rule, ...]] = {
    word: (rule(rf"(?P<feast>{names})\b(?:{GAP}{_PARTS}\b)?(?:,?{GAP}{YEAR})?", feast),)
    for word, names in _NAMES.items()
}
FEAST_LOOK_AHEAD = {
    "new": rf"(?={GAP}[Yy]ear)",
    "good": rf"(?={GAP}Friday)",
    "palm": rf"(?={GAP}Sunday)",
    "whit": rf"(?={GAP}(?:Sun|Mon)day)",
    "ascension": rf"(?={GAP}Day)",
}
