"""Days, months, years and decades by name, and weekdays."""

from __future__ import annotations

import re
from datetime import date

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Resolver, Setting
from ostraka.read.date_words import (
    DASH,
    GAP,
    MONTH,
    ORDINAL_END,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR4,
    Atom,
    Rule,
    absolute,
    first_of,
    has_year,
    month_number,
    rule,
    with_year,
)


def _iso(match: re.Match[str]) -> Atom | None:
    year, month = int(match[1]), int(match[2])
    if match[3]:
        return absolute(match, "day", spans.day_span(year, month, int(match[3])))
    return absolute(match, "month", spans.month_span(year, month)) if 1 <= month <= 12 else None


def _iso_month(match: re.Match[str]) -> Atom | None:
    month = int(match[2])
    return absolute(match, "month", spans.month_span(int(match[1]), month)) if 1 <= month <= 12 else None


def _numeric(match: re.Match[str]) -> Atom | None:
    """Day before month, unless the calendar allows only the other order."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return absolute(match, "day", spans.day_span(year, second, first) or spans.day_span(year, first, second))


def _day(match: re.Match[str]) -> Atom | None:
    month, first, last = month_number(match["m"]), int(match["d"]), int(match["d2"] or match["d"])
    if not 1 <= first <= last <= 31:
        return None

    def use(setting: Setting) -> Interval | None:
        low, high = spans.recent_day(month, first, setting), spans.recent_day(month, last, setting)
        return (low[0], high[0]) if low and high and low[0] <= high[0] else None

    kind = "day" if first == last else "range"
    return Atom(match.start(), match.end(), kind, with_year(match, use), not has_year(match))


_PREPOSITION = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill?|[Bb]y|[Ll]ast|[Tt]his|[Nn]ext|of|[Ee]arly|[Ll]ate|[Mm]id|[Dd]uring|[Ff]rom|"
    r"[Bb]etween|[Bb]efore|[Aa]fter)[\s\u00a0-]{1,3}\Z"
)
_CONNECTIVE = re.compile(r"(?:\b(?:to|and|through|around|about)\s{1,3}|[(–—-]\s?)\Z")
_HEADS_LINE = re.compile(r"\s?[-–—:]\s")
_TO_MONTH = re.compile(rf"\s?[-–—]\s?{MONTH}")


def _month(match: re.Match[str]) -> Atom | None:
    word = match["m"]
    end = match.end() if has_year(match) or word.endswith(".") is False else match.end("m") - 1
    if not has_year(match) and not _plain_month(match):
        return None
    use = with_year(match, lambda setting: spans.recent_month(month_number(word), setting))
    return Atom(match.start(), end, "month", use, not has_year(match))


def _plain_month(match: re.Match[str]) -> bool:
    """Whether a month without day and year is one, not "may", "march" or a first name."""
    text, start = match.string, match.start()
    window = max(0, start - 12)
    if _HEADS_LINE.match(text, match.end()) and (
        start == 0 or text[start - 1] == "\n" or text[window:start].endswith("\n- ")
    ):
        return True
    if _PREPOSITION.search(text, window, start) or _TO_MONTH.match(text, match.end()):
        return True
    word = match["m"].rstrip(".").lower()
    rare = word in {"may", "march"} or (len(word) < 4 and word not in {"july", "june"})
    if rare and not _CONNECTIVE.search(text, window, start):
        return False
    return not re.match(r"\s[A-Z]", text[match.end() : match.end() + 2])


def _weekday(match: re.Match[str]) -> Atom | None:
    weekday, text = WEEKDAYS[match["w"].lower()], match.string
    if joined := _JOIN.match(text, match.end()):
        full = first_of(DAY_RULES, text, joined.end())
        if full is not None and full.kind == "day":
            end = full.end + text.startswith(")", full.end) * ("(" in joined[0])
            return Atom(match.start(), end, "day", full.resolve, full.lacks_year)
    if named := _THE_DAY.match(text, match.end()):
        return Atom(match.start(), named.end(), "day", _in_month_told(int(named[1])), lacks_year=True)
    if match["wk"]:
        step = {"last": -7, "this": 0, "next": 7}[match["wk"].lower()]
        return Atom(match.start(), match.end(), "weekday", _weekday_of_week(weekday, step))
    return Atom(match.start(), match.end(), "weekday", lambda setting: spans.recent_weekday(weekday, setting))


_THE_DAY = re.compile(r",?\sthe\s([1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b(?!\sof\b)")


def _weekday_of_week(weekday: int, step: int) -> Resolver:
    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        day = spans.add_days(spans.week_span(setting.anchor)[0], step + weekday)
        return day, day

    return use


_OF_MONTH = re.compile(
    r"\b(?:[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill?|[Bb]y|[Ff]rom|[Nn]ight\sof|[Ee]vening\sof|[Mm]orning\sof)\sthe\s\Z"
)
_THINGS_COUNTED = (
    r"floor|storey|story|level|deck|street|avenue|parallel|anniversary|birthday|congress|plenum|session|ballot|round|attempt"
    r"|try|day|night|hour|minute|page|line|list|place|time|century|of(?!\s(?:that|the\ssame|the)\s(?:same\s)?month)"
)
MONTHS_BACK = 4
"""A day without its month is of the last one that had it; further back no calendar needs to look."""


def _day_of_month(match: re.Match[str]) -> Atom | None:
    day = int(match[1])
    if not 1 <= day <= 31 or not _OF_MONTH.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    use = _in_month_told(day, same=bool(match["of"]))
    return Atom(match.start(), match.end(), "day", use, lacks_year=not match["of"])


def _in_month_told(day: int, *, same: bool = False) -> Resolver:
    """A day of the month last told of (`same`: in so many words), else the last such day up to the day of publication."""

    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        month = setting.told if same else setting.near
        found = spans.day_span(month[1].year, month[1].month, day) if month is not None else None
        if found and (same or found[0] <= setting.anchor or setting.future):
            return found
        if setting.future:
            return _next_such_day(setting.anchor, day)
        told = setting.last[1] if setting.last else setting.anchor
        if (setting.anchor - told).days > DAYS_OF_STORY:
            return spans.day_span(told.year, told.month, day)
        for back in range(MONTHS_BACK):
            first = spans.add_months(setting.anchor.replace(day=1), -back)
            found = spans.day_span(first.year, first.month, day)
            if found and found[0] <= setting.anchor:
                return found
        return None

    return use


def _next_such_day(anchor: date, day: int) -> Interval | None:
    """The next day of that number from the day of publication on."""
    months = (spans.add_months(anchor.replace(day=1), ahead) for ahead in range(MONTHS_BACK))
    days = (spans.day_span(first.year, first.month, day) for first in months)
    return next((found for found in days if found and found[0] >= anchor), None)


DAYS_OF_STORY = 62
"""A report that tells of a month so far back tells a story of then."""


_YEAR_CONTEXT = re.compile(
    r"(?:\b(?:[Ii]n|[Oo]f|[Ss]ince|[Dd]uring|[Ff]rom|to|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Bb]y|around|circa|and|or|through|"
    r"[Tt]he|[Ll]ate|[Ee]arly|[Mm]id|[Bb]etween|year|as|least|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|a|[Ii]n late|summer|winter|spring|autumn|fall)"
    r"[\s\u00a0-]{1,3}|[(–—,;:-]\s?|\A\s?|\n)\Z"
)
_COUNTED = re.compile(
    r"\s(?:(?:North|South|East|West)\s)?(?:people|men|women|persons|troops|[A-Z][a-z]{3,12}ans|[a-z]{3,20}(?:ers|ors|ans|ees|ists|ats|als|ves|ies|nts|lls|nds|ths|kms?|tons|won))\b"
)


def _year(match: re.Match[str]) -> Atom | None:
    text, start = match.string, match.start()
    context = _YEAR_CONTEXT.search(text, max(0, start - 12), start)
    if context is None or (_COUNTED.match(text, match.end()) and context[0].strip().lower() != "in"):
        return None
    return absolute(match, "year", spans.year_span(int(match[0])))


def year_named(match: re.Match[str]) -> Atom | None:
    """The year 2013."""
    return absolute(match, "year", spans.year_span(int(match[1])))


def _year_range(match: re.Match[str]) -> Atom | None:
    first, tail = int(match[1]), match[2]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    return absolute(match, "range", spans.year_span(first, last)) if first < last < first + 100 else None


def decade(match: re.Match[str]) -> Atom | None:
    """The 1990s, the '90s."""
    digits = match[1]
    if len(digits) == 4:
        return absolute(match, "decade", spans.year_span(int(digits), int(digits) + 9))
    year = (1900 if int(digits) >= 30 else 2000) + int(digits)
    return absolute(match, "decade", spans.year_span(year, year + 9))


DECADE_WORDS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def decade_in_words(match: re.Match[str]) -> Atom | None:
    """The seventies: of the twentieth century."""
    year = 1920 + 10 * DECADE_WORDS.index(match[0].lower())
    return absolute(match, "decade", spans.year_span(year, year + 9))


def juche(match: re.Match[str]) -> Atom | None:
    """Juche 105 is 2016."""
    return absolute(match, "year", spans.year_span(spans.JUCHE_EPOCH + int(match[1])))


_JOIN = re.compile(r",?\s{0,2}\(?(?:the\s)?(?=[\dA-Z])")
DAY_RULES: tuple[Rule, ...] = (
    rule(rf"({YEAR4})-(\d\d)-(\d\d)(?!\d)", _iso),
    rule(rf"({YEAR4})/(\d{{1,2}})/(\d{{1,2}})(?!\d)", _iso),
    rule(rf"({YEAR4})\.\s?(\d{{1,2}})\.\s?(\d{{1,2}})(?!\d)", _iso),
    rule(rf"(\d{{1,2}})([/.])(\d{{1,2}})\2({YEAR4})(?!\d)", _numeric),
    rule(
        rf"(?P<d>\d{{1,2}}){ORDINAL_END}(?:{DASH}(?P<d2>\d{{1,2}}){ORDINAL_END})?{GAP}(?:of{GAP})?(?P<m>{MONTH})(?:,?{GAP}{YEAR})?"
        r"(?!\w)",
        _day,
    ),
    rule(
        rf"(?P<m>{MONTH}){GAP}(?:the{GAP})?(?P<d>\d{{1,2}}){ORDINAL_END}(?!\d|[.,]\d{{3}}(?!\d))"
        rf"(?:{DASH}(?P<d2>\d{{1,2}}){ORDINAL_END}(?![\d:\w]))?(?:(?:,?{GAP}|,){YEAR})?",
        _day,
    ),
)
DIGIT_RULES: tuple[Rule, ...] = (
    *DAY_RULES,
    rule(r"(\d{4})['’]?s\b", decade),
    rule(rf"({YEAR4})\s?[–—/]\s?({YEAR4}|\d\d)(?![\d–-])", _year_range),
    rule(rf"({YEAR4})\s?-\s?({YEAR4})(?![\d–-])", _year_range),
    rule(rf"({YEAR4})-(\d\d)(?![\d–-])", lambda m: _year_range(m) if int(m[2]) > int(m[1]) % 100 else _iso_month(m)),
    rule(
        rf"(\d{{1,2}})(?:st|nd|rd|th)\b(?P<of>{GAP}of{GAP}(?:that|the{GAP}same|the){GAP}(?:same{GAP})?month\b)?"
        rf"(?!{GAP}(?:{_THINGS_COUNTED})\b)",
        _day_of_month,
    ),
    rule(rf"{YEAR4}(?!\d|[.,]\d|\w|/\d|%)", _year),
)
MONTH_RULES: tuple[Rule, ...] = (
    DAY_RULES[-1],
    rule(rf"(?P<m>{MONTH})(?!{GAP}Day\b)(?:,?{GAP}(?:of{GAP}|in{GAP})?{YEAR})?", _month),
)
WEEKDAY_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<w>{WEEKDAY})\b(?:{GAP}(?:morning|afternoon|evening|night)\b)?(?:{GAP}(?:of{GAP})?(?P<wk>last|this|next){GAP}week\b)?",
        _weekday,
    ),
)
