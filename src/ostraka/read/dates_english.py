"""The table of English time phrases: which rules may begin at which word.

:func:`atom_at` reads the phrase that begins at a trigger word; what stands before it ("since", "between",
"the night of") is put together in :mod:`ostraka.read.dates_in_text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ostraka.read import dates_absolute as absolute
from ostraka.read import dates_distance as distances
from ostraka.read import dates_feasts as feasts
from ostraka.read import dates_parts as parts
from ostraka.read import dates_relative as relative
from ostraka.read import dates_told as told
from ostraka.read.date_spans import SEASONS
from ostraka.read.date_words import (
    GAP,
    MONTHS,
    NUMBER,
    UNIT,
    WEEKDAYS,
    YEAR,
    YEAR4,
    Atom,
    Handler,
    Read,
    Rule,
    first_of,
    rule,
)

_Maker = Callable[[re.Match[str], Read], Atom | None]
_Composite = tuple[re.Pattern[str], _Maker]
_MAX_DEPTH = 3  # "the end of the first half of last year"


def _of(handler: Callable[[re.Match[str], Atom | None], Atom | None]) -> _Maker:
    """A rule about a part of the time that follows."""
    return lambda match, read: handler(match, read(match.string, match.end()))


def _composite(pattern: str, maker: _Maker) -> _Composite:
    return re.compile(pattern, re.IGNORECASE), maker


def _any_case(pattern: str, handler: Handler) -> Rule:
    return rule(pattern, handler, any_case=True)


_NAMES = "|".join(sorted((*WEEKDAYS, *MONTHS, *SEASONS, *relative.PARTS_OF_DAY), key=len, reverse=True))
_NOUN = rf"(?P<noun>weekend|week|month|year|decade|quarter|{_NAMES})\b"
_FIRST_UNITS = _composite(
    rf"(first|last){GAP}(?P<n>{NUMBER}){GAP}(?P<u>{UNIT})s?{GAP}of{GAP}(?:the{GAP})?", _of(parts.first_units)
)
_NTH_WEEK = _composite(
    rf"(first|second|third|fourth|last|final){GAP}(?P<u>week|fortnight){GAP}of{GAP}", _of(parts.week_of)
)
_LAST_DAY = _composite(rf"last{GAP}day{GAP}of{GAP}(?:the{GAP})?", _of(parts.last_day))
_DISTANCE = _composite(
    rf"(?P<u>{UNIT}|hour)s?(?P<half>{GAP}and{GAP}a{GAP}half)?{GAP}"
    r"(?P<way>ago|earlier|later|before|after|afterwards?|previously|prior)\b",
    distances.distance,
)
_PART = _composite(rf"(early|earlier|later|late|mid)(?:{GAP}|-)(?:in{GAP}|on{GAP})?(?:the{GAP})?", _of(parts.part))
_EDGE = _composite(
    rf"(beginning|start|outset|dawn|middle|end|close|first{GAP}days|last{GAP}days){GAP}of{GAP}(?:the{GAP})?",
    _of(parts.part),
)
_HALF = _composite(rf"(first|second|latter|other){GAP}half{GAP}of{GAP}(?:the{GAP})?", _of(parts.half))
_COMPOSITES: dict[str, tuple[_Composite, ...]] = {
    "last": (_EDGE, _LAST_DAY, _FIRST_UNITS, _NTH_WEEK),
    **dict.fromkeys(("early", "earlier", "later", "late", "mid"), (_PART,)),
    **dict.fromkeys(("beginning", "start", "outset", "dawn", "middle", "end", "close"), (_EDGE,)),
    **dict.fromkeys(("first", "second", "third", "fourth", "final"), (_HALF, _EDGE, _FIRST_UNITS, _NTH_WEEK)),
    **dict.fromkeys(("latter", "other"), (_HALF,)),
    "weekend": (_composite(rf"weekend{GAP}of{GAP}", _of(parts.weekend_of)),),
    "week": (_composite(rf"()(?P<u>week){GAP}of{GAP}", _of(parts.week_of)), _DISTANCE),
    **dict.fromkeys(
        (
            "day",
            "days",
            "weeks",
            "month",
            "months",
            "year",
            "years",
            "decade",
            "decades",
            "hour",
            "hours",
            "fortnight",
            "fortnights",
        ),
        (_DISTANCE,),
    ),
}

_PAST = _any_case(
    rf"(?:this{GAP})?(?:past|last|previous|preceding){GAP}(?P<n>{NUMBER}){GAP}(?P<u>{UNIT})s?\b", relative.past
)
_THIS = _any_case(rf"(?:this{GAP}(?=past))?(?P<which>last|this|next|past|coming|current){GAP}{_NOUN}", relative.this)
_QUARTER = _any_case(
    rf"(?P<q>first|second|third|fourth|last|final){GAP}quarter(?:,?{GAP}(?:of{GAP})?{YEAR})?(?P<qn>)", parts.quarter
)
_SEASON = _any_case(
    rf"(?P<s>{'|'.join(SEASONS)})\b(?:(?:,?{GAP}(?:of{GAP}|in{GAP})?){YEAR}(?:[-–/](?P<s2>\d\d)\b)?)?", parts.season
)
_RUNNING = _any_case(r"(?<=[oi][fn]\sthe\s)(?P<u>week|month|year)\b", relative.running)
_SHORT_DECADE = rule(r"['’](\d0)s\b", absolute.decade)
_SIMPLE: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(MONTHS, absolute.MONTH_RULES),
    **dict.fromkeys(WEEKDAYS, (told.WEEKDAY_BEFORE_RULE, *absolute.WEEKDAY_RULES)),
    **dict.fromkeys(relative.DAY_WORDS, (rule(r"(\w+)\b", relative.day_word),)),
    **dict.fromkeys(("last", "this", "past", "coming", "current"), (_PAST, _QUARTER, _THIS)),
    **dict.fromkeys(
        ("next", "following", "same", "previous", "preceding"), (_PAST, told.WEEKDAY_RULE, told.TOLD_RULE, _THIS)
    ),
    "that": (told.TOLD_RULE,),
    "within": told.WITHIN_RULES,
    "for": (told.FOR_RULE,),
    **dict.fromkeys(("first", "second", "third", "fourth", "final"), (_QUARTER,)),
    **dict.fromkeys(SEASONS, (_SEASON,)),
    **dict.fromkeys(absolute.DECADE_WORDS, (_any_case(r"(?<=the\s)\w+", absolute.decade_in_words),)),
    **feasts.FEAST_RULES,
    "h": (rule(rf"H(?P<qn>[12]){GAP}(?:of{GAP})?{YEAR}", parts.half_of_year),),
    "q": (rule(rf"Q(?P<qn>[1-4]){GAP}(?:of{GAP})?{YEAR}(?P<q>)", parts.quarter),),
    "recent": (_any_case(rf"recent{GAP}(?P<u>{UNIT})s\b", relative.recent),),
    **dict.fromkeys(("recently", "lately"), (_any_case(r"(?<!as\s)(?:recently|lately)\b", relative.recently),)),
    "so": (_any_case(rf"so{GAP}far{GAP}this{GAP}(?P<u>week|month|quarter|year)\b", relative.so_far),),
    "weekend": (_any_case(r"(?<=the\s)weekend\b", relative.weekend),),
    "year": (_any_case(rf"year{GAP}({YEAR4})(?!\w)", absolute.year_named), _RUNNING),
    **dict.fromkeys(("month", "week"), (_RUNNING,)),
    "overnight": (_any_case(r"overnight\b", relative.overnight),),
    "juche": (_any_case(rf"Juche{GAP}(?:year{GAP})?(\d{{1,3}})\b(?:\s?\({YEAR4}\))?", absolute.juche),),
}
_LOOK_AHEAD = {
    "so": rf"(?={GAP}far{GAP}this)",
    **feasts.FEAST_LOOK_AHEAD,
    "that": told.THAT_LOOK_AHEAD,
    "for": rf"(?={GAP}{NUMBER}{GAP}{UNIT})",
    "within": rf"(?={GAP}(?:{NUMBER}{GAP})?(?:minute|hour|{UNIT}))",
    "this": rf"(?={GAP}(?:past|{_NAMES}|week|month|year|decade|quarter))",
    **dict.fromkeys(
        ("first", "second", "third", "fourth", "final", "other"),
        rf"(?={GAP}(?:half|quarter|week|fortnight|days|{NUMBER}{GAP}))",
    ),
    **dict.fromkeys(("end", "start", "middle", "close", "beginning"), rf"(?={GAP}of)"),
    **dict.fromkeys(("day", "week", "month", "year"), rf"(?={GAP}(?:and|ago|of|earl|lat|bef|aft|prev|prior|\d))"),
    **dict.fromkeys(
        ("days", "weeks", "months", "years", "hour", "hours"), rf"(?={GAP}(?:and|ago|earl|lat|bef|aft|prev|prior))"
    ),
}


def _alternative(word: str) -> str:
    """The trigger of a word: months and weekdays have capitals, the commonest words look one word ahead."""
    if word in MONTHS or word in WEEKDAYS:
        return f"{word.capitalize()}|{word.upper()}"
    return f"[{word[0].upper()}{word[0]}]{word[1:]}{_LOOK_AHEAD.get(word, '')}"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(_alternative(word) for word in sorted(words, key=len, reverse=True) if word not in {"q", "h"})


TRIGGER = re.compile(
    rf"(?<!\w)(?:(?<![.,/-])\d|(?:{_alternatives({*_SIMPLE, *_COMPOSITES})})\b|Q(?=[1-4]\s)|H(?=[12]\s)|['’](?=\d0s\b))"
)
"""Where a time phrase may begin."""
_WORD = re.compile(r"[A-Za-z]+")
_PARTS = re.compile(r"[A-Za-z]+|\d+|['’]")
_TRIGGER_WORDS = frozenset((*_SIMPLE, *_COMPOSITES))


def may_begin_date(word: str) -> bool:
    """Whether a time phrase may begin in a word as :func:`~ostraka.read.tokens.tokenize` gives it."""
    return word in {"'", "’"} or any(part.isdigit() or part.lower() in _TRIGGER_WORDS for part in _PARTS.findall(word))


def triggers_in(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in a word at which a time phrase may begin, as :data:`TRIGGER` finds them in the text."""
    word = text[start:end]
    if word.isascii() and word.isalpha():
        if TRIGGER.match(text, start):
            yield start
        return
    for part in _PARTS.finditer(text, start, end):
        if TRIGGER.match(text, part.start()):
            yield part.start()


def atom_at(text: str, at: int, depth: int = _MAX_DEPTH) -> Atom | None:
    """The time named by the words that begin at an offset, or None; `depth` is how far parts may nest."""
    head = text[at : at + 1]
    if head.isdigit():
        return first_of(absolute.DIGIT_RULES, text, at)
    if head in {"'", "’"}:
        return first_of((_SHORT_DECADE,), text, at)
    word = _WORD.match(text, at)
    if word is None:
        return None
    name = word[0].lower()
    return (_composed(name, text, at, depth) if depth else None) or first_of(_SIMPLE.get(name, ()), text, at)


def _composed(name: str, text: str, at: int, depth: int) -> Atom | None:
    """A part of, or a distance from, a time that follows."""
    for pattern, make in _COMPOSITES.get(name, ()):
        match = pattern.match(text, at)
        atom = make(match, lambda text, at: atom_at(text, at, depth - 1)) if match else None
        if atom is not None:
            return atom
    return None
