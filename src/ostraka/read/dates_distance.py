"""Distances in time: two years ago, three days earlier, the next day, four days before Nov. 14."""

from __future__ import annotations

import re

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Setting
from ostraka.read.date_words import GAP, NUMBER, Atom, Read, from_anchor, number

_Distance = tuple[tuple[float, float], str]
_AMOUNT = re.compile(
    rf"(?:\b(?P<how>more{GAP}than|over|at{GAP}least|less{GAP}than|under|within|fewer{GAP}than|nearly|almost|just{GAP}under|about|"
    rf"around|some|roughly|approximately|just|only|exactly|barely){GAP})?\b(?P<n>{NUMBER})(?P<half>{GAP}and{GAP}a{GAP}half)?[\s-]{{1,3}}\Z",
    re.IGNORECASE,
)
_HOW = {
    **dict.fromkeys(("more than", "over", "at least"), "more"),
    **dict.fromkeys(("less than", "under", "within", "fewer than"), "less"),
    **dict.fromkeys(("nearly", "almost", "just under"), "nearly"),
    **dict.fromkeys(("about", "around", "some", "roughly", "approximately"), "about"),
}
_BACKWARD = frozenset(("earlier", "before", "previously", "prior"))
_ENDS_PHRASE = re.compile(
    r"\s{0,3}(?:[.,;:)\]\n\"”’?!–—]|\Z|and\b|but\b|when\b|in\b|at\b|with\b|from\b|by\b|to\b|him\b|her\b|them\b|that\b)"
)
_TO_DATE = re.compile(r"\s{1,3}(?:on\s)?(?:the\s)?")


def distance(match: re.Match[str], read: Read) -> Atom | None:
    """Two years ago; three days earlier; the day before; four days before Nov. 14."""
    text, way = match.string, match["way"].lower()
    if match["u"].lower() == "day" and way == "before" and text[match.end() : match.end() + 10] == " yesterday":
        return Atom(match.start(), match.end() + 10, "day", lambda setting: from_anchor(setting, -2, -2))
    found = _AMOUNT.search(text, max(0, match.start() - 40), match.start())
    amount = number(found["n"]) if found else None
    if found is None or amount is None:
        return None
    half = 0.5 if match["half"] or found["half"] else 0.0
    amount = amount[0] + half, amount[1] + half
    how = _HOW.get(" ".join((found["how"] or "").lower().split()), "")
    unit = match["u"].lower()
    if way == "ago":
        return Atom(
            found.start(),
            match.end(),
            "ago",
            lambda s: spans.ago(s.anchor, amount, unit, how=how) if s.anchor else None,
        )
    return _offset(match, found.start(), (amount, unit), read)


def _offset(match: re.Match[str], start: int, distance: _Distance, read: Read) -> Atom:
    """A distance from the date that follows, from the one just before a comma, or from the one last mentioned."""
    text, way = match.string, match["way"].lower()
    ahead = way not in _BACKWARD
    end = match.end()
    if way in {"before", "after"} and (gap := _TO_DATE.match(text, end)):
        base = read(text, gap.end())
        if base is not None and base.kind in {"day", "weekday", "month", "year"}:
            return Atom(
                start, base.end, "offset", lambda s: _moved(base.resolve(s), distance, ahead=ahead), base.lacks_year
            )
    if way in {"before", "after"} and not _ENDS_PHRASE.match(text, end):
        opens = _OPENS_REPORT.fullmatch(text, max(0, start - 1 - _HEAD), start) if start <= _HEAD else None
        return Atom(start, end, "apart", lambda s: _of_clause(s, distance, opens=bool(opens), ahead=not ahead))
    return Atom(start, end, "offset", lambda s: _moved(s.last or _point(s), distance, ahead=ahead))


_HEAD = 80
_OPENS_REPORT = re.compile(r"(?:[^\n.!?]{1,60}[-–—]\s?)?\s{0,3}")
"""What may stand before the first words of a report: nothing, or its dateline."""


def _of_clause(setting: Setting, distance: _Distance, *, opens: bool, ahead: bool) -> Interval | None:
    """The date of the clause that follows "two days after": reckoned from a date just before, or at the head from publication."""
    if setting.beside:
        return _moved(setting.beside, distance, ahead=ahead)
    span = _moved(_point(setting), distance, ahead=ahead) if opens else None
    return spans.widen(span, distance[1]) if span else None


def _point(setting: Setting) -> Interval | None:
    return (setting.anchor, setting.anchor) if setting.anchor else None


def _moved(span: Interval | None, distance: _Distance, *, ahead: bool) -> Interval | None:
    """The span moved; "some days later" is anywhere between a day and a week."""
    if span is None:
        return None
    (low, high), unit = distance
    if ahead:
        return spans.shifted(span, low, unit)[0], spans.shifted(span, high, unit)[1]
    return spans.shifted(span, -high, unit)[0], spans.shifted(span, -low, unit)[1]
