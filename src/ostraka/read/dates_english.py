"""The words that name a time in an English report, each read by one small rule.

:func:`atom_at` reads the phrase that begins at a trigger word; what stands before it ("since", "between",
"the night of") is put together in :mod:`ostraka.read.dates_in_text`. Every pattern has bounded repeats, so
that no text can make one slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Resolver, Setting


@dataclass(frozen=True, slots=True)
class Atom:
    """A phrase that names a time: where it stands, its kind, how to read it, and whether it lacks its year.

    `whole` reads the period of which "the end of" names the last part.
    """

    start: int
    end: int
    kind: str
    resolve: Resolver
    lacks_year: bool = False
    whole: Resolver | None = None


Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Atom | None]]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
NUMBERS: dict[str, tuple[float, float]] = {
    **{word: (float(n), float(n)) for n, word in enumerate(_SMALL.split(), start=1)},
    **{word: (float(n), float(n)) for n, word in enumerate(("eighteen", "nineteen", "twenty"), start=18)},
    **{word: (float(n), float(n)) for n, word in ((30, "thirty"), (40, "forty"), (50, "fifty"), (25, "twenty-five"))},
    **dict.fromkeys(("a", "an", "the", "1"), (1.0, 1.0)),
    **dict.fromkeys(("a few", "few", "the few", "some"), spans.FEW),
    **dict.fromkeys(("several", "the several"), spans.SEVERAL),
    **dict.fromkeys(("a couple of", "a couple", "the couple of", "couple of"), (2.0, 2.0)),
    **dict.fromkeys(("half a", "half-a"), (0.5, 0.5)),
    "a dozen": (12.0, 12.0),
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_G = r"[\s\u00a0]{1,3}"
_MONTH_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = (
    rf"(?:{_MONTH_FULL}|Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    rf"|{_MONTH_FULL.upper()}|SEPT|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
_UNIT = r"(?:day|week|month|year|decade)"
_NUM = (
    r"(?:\d{1,3}|half[ -]an?|an?(?: few| couple(?: of)?| dozen)?|(?:the )?(?:few|several|couple of)|some|the|"
    + "|".join(sorted((w for w in NUMBERS if w.isalpha() or "-" in w), key=len, reverse=True))
    + ")"
)
_Y4 = r"(?:1[5-9]|20)\d\d"
_YEAR = (
    rf"(?:(?P<y>{_Y4})(?!\d|[.,]\d|['’]?s\b)|['’](?P<yy>\d\d)(?!\d|['’]?s)"
    rf"|(?P<yrel>(?:of{_G}|in{_G})?(?:(?:last|this|next|that|the{_G}(?:same|previous|following|next)){_G}year"
    rf"|the{_G}year{_G}before))|Juche{_G}(?P<juche>\d{{1,3}}))"
)
_ORD = r"(?:st|nd|rd|th)?"
_DASH = rf"(?:\s?[-–—]\s?|{_G}(?:to|through|until|and){_G})"


def number(words: str) -> tuple[float, float] | None:
    """Low and high end of a number word.

    Examples
    --------
    >>> number("five"), number("a few"), number("12")
    ((5.0, 5.0), (1.0, 7.0), (12.0, 12.0))
    """
    clean = " ".join(words.lower().split())
    return (float(clean), float(clean)) if clean.isdigit() else NUMBERS.get(clean)


def _month_number(word: str) -> int:
    return MONTHS[word.rstrip(".").lower()]


def _named_year(match: re.Match[str], setting: Setting) -> int | None:
    """The year a match names, in figures or relative to the report or to the date last mentioned."""
    if match["y"]:
        return int(match["y"])
    if match["juche"]:
        return spans.JUCHE_EPOCH + int(match["juche"])
    if match["yy"]:
        now = setting.anchor.year if setting.anchor else 2049
        return (now // 100 - (int(match["yy"]) > now % 100)) * 100 + int(match["yy"])
    return _relative_year(match["yrel"].lower(), setting)


def _relative_year(words: str, setting: Setting) -> int | None:
    base = setting.last[0] if setting.last else setting.anchor
    if any(word in words for word in ("that", "same", "previous", "following", "before", "the next")):
        step = -1 if "previous" in words or "before" in words else int("following" in words or "next" in words)
        return base.year + step if base else None
    step = -1 if "last" in words else int("next" in words)
    return setting.anchor.year + step if setting.anchor else None


def _has_year(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("y", "yy", "yrel", "juche"))


def _with_year(match: re.Match[str], use: Resolver) -> Resolver:
    """`use` under the year the match names; as it is where it names none."""
    if not _has_year(match):
        return use

    def resolve(setting: Setting) -> Interval | None:
        year = _named_year(match, setting)
        return use(setting.lend(year)) if year is not None and 1 <= year <= 9998 else None

    return resolve


# --- days and months ---------------------------------------------------------------------------------------


def _absolute(match: re.Match[str], kind: str, span: Interval | None) -> Atom | None:
    return Atom(match.start(), match.end(), kind, lambda _: span) if span else None


def _iso(match: re.Match[str]) -> Atom | None:
    year, month = int(match[1]), int(match[2])
    if match[3]:
        return _absolute(match, "day", spans.day_span(year, month, int(match[3])))
    return _absolute(match, "month", spans.month_span(year, month)) if 1 <= month <= 12 else None


def _numeric(match: re.Match[str]) -> Atom | None:
    """Day before month, unless the calendar allows only the other order."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return _absolute(match, "day", spans.day_span(year, second, first) or spans.day_span(year, first, second))


def _day(match: re.Match[str]) -> Atom | None:
    month, first, last = _month_number(match["m"]), int(match["d"]), int(match["d2"] or match["d"])
    if not 1 <= first <= last <= 31:
        return None

    def use(setting: Setting) -> Interval | None:
        low, high = spans.recent_day(month, first, setting), spans.recent_day(month, last, setting)
        return (low[0], high[0]) if low and high and low[0] <= high[0] else None

    kind = "day" if first == last else "range"
    return Atom(match.start(), match.end(), kind, _with_year(match, use), not _has_year(match))


_NEEDS_PREPOSITION = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill?|[Bb]y|[Ll]ast|[Tt]his|[Nn]ext|of|[Ee]arly|[Ll]ate|[Mm]id|[Dd]uring|[Ff]rom|"
    r"to|[Bb]etween|and|[Bb]efore|[Aa]fter|through|around|about|in late|in early)[\s\u00a0-]{1,3}|[(–—-]\s?)\Z"
)


def _month(match: re.Match[str]) -> Atom | None:
    word = match["m"]
    end = match.end() if _has_year(match) or word.endswith(".") is False else match.end("m") - 1
    if not _has_year(match) and not _plain_month(match):
        return None
    use = _with_year(match, lambda setting: spans.recent_month(_month_number(word), setting))
    return Atom(match.start(), end, "month", use, not _has_year(match))


def _plain_month(match: re.Match[str]) -> bool:
    """Whether a month without day and year is one, not "may", "march" or a first name."""
    text, start = match.string, match.start()
    if _NEEDS_PREPOSITION.search(text, max(0, start - 12), start):
        return True
    word = match["m"].rstrip(".").lower()
    rare = word in {"may", "march"} or (len(word) < 4 and word not in {"july", "june"})
    return not rare and not re.match(r"\s[A-Z]", text[match.end() : match.end() + 2])


def _weekday(match: re.Match[str]) -> Atom | None:
    weekday, text = WEEKDAYS[match["w"].lower()], match.string
    if joined := _JOIN.match(text, match.end()):
        full = _first(_DAY_RULES, text, joined.end())
        if full is not None and full.kind == "day":
            end = full.end + text.startswith(")", full.end) * ("(" in joined[0])
            return Atom(match.start(), end, "day", full.resolve, full.lacks_year)
    if match["wk"]:
        step = {"last": -7, "this": 0, "next": 7}[match["wk"].lower()]
        return Atom(match.start(), match.end(), "weekday", _weekday_of_week(weekday, step))
    return Atom(match.start(), match.end(), "weekday", lambda setting: spans.recent_weekday(weekday, setting))


def _weekday_of_week(weekday: int, step: int) -> Resolver:
    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        day = spans.add_days(spans.week_span(setting.anchor)[0], step + weekday)
        return day, day

    return use


_OF_MONTH = re.compile(r"\b(?:[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom)\sthe\s\Z")


def _day_of_month(match: re.Match[str]) -> Atom | None:
    day = int(match[1])
    if not 1 <= day <= 31 or not _OF_MONTH.search(match.string, max(0, match.start() - 12), match.start()):
        return None

    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        for back in range(4):
            first = spans.add_months(setting.anchor.replace(day=1), -back)
            found = spans.day_span(first.year, first.month, day)
            if found and found[0] <= setting.anchor:
                return found
        return None

    return Atom(match.start(), match.end(), "day", use)


# --- years and decades -------------------------------------------------------------------------------------

_YEAR_CONTEXT = re.compile(
    r"(?:\b(?:[Ii]n|[Oo]f|[Ss]ince|[Dd]uring|[Ff]rom|to|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Bb]y|around|circa|and|or|through|"
    r"[Tt]he|[Ll]ate|[Ee]arly|[Mm]id|[Bb]etween|year|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|a|[Ii]n late|summer|winter|spring|autumn|fall)"
    r"[\s\u00a0-]{1,3}|[(–—,;:-]\s?|\A\s?|\n)\Z"
)
_COUNTED = re.compile(
    r"\s(?:people|men|women|persons|troops|[a-z]{3,20}(?:ers|ors|ans|ees|ists|ats|als|ves|ies|nts|lls|nds|ths|kms?|tons|won))\b"
)


def _year(match: re.Match[str]) -> Atom | None:
    text, start = match.string, match.start()
    context = _YEAR_CONTEXT.search(text, max(0, start - 12), start)
    if context is None or (_COUNTED.match(text, match.end()) and context[0].strip().lower() != "in"):
        return None
    return _absolute(match, "year", spans.year_span(int(match[0])))


def _year_range(match: re.Match[str]) -> Atom | None:
    first, tail = int(match[1]), match[2]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    return _absolute(match, "range", spans.year_span(first, last)) if first < last < first + 100 else None


def _decade(match: re.Match[str]) -> Atom | None:
    digits = match[1]
    if len(digits) == 4:
        return _absolute(match, "decade", spans.year_span(int(digits), int(digits) + 9))
    year = (1900 if int(digits) >= 30 else 2000) + int(digits)
    return _absolute(match, "decade", spans.year_span(year, year + 9))


def _juche(match: re.Match[str]) -> Atom | None:
    return _absolute(match, "year", spans.year_span(spans.JUCHE_EPOCH + int(match[1])))


# --- relative to the report --------------------------------------------------------------------------------

_DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _anchored(match: re.Match[str], kind: str, use: Callable[[Setting], Interval | None]) -> Atom:
    return Atom(match.start(), match.end(), kind, lambda setting: use(setting) if setting.anchor else None)


def _from_anchor(setting: Setting, first: int, last: int) -> Interval | None:
    if setting.anchor is None:
        return None
    return spans.add_days(setting.anchor, first), spans.add_days(setting.anchor, last)


def _day_word(match: re.Match[str]) -> Atom | None:
    step = _DAY_WORDS[match[1].lower()]
    return _anchored(match, "day", lambda setting: _from_anchor(setting, step, step))


def _this(match: re.Match[str]) -> Atom | None:
    """Last, this or next week, month, year, weekday, named month or season."""
    which, noun = match["which"].lower(), match["noun"].lower().rstrip(".")
    if which in {"last", "past", "previous"} and noun in _PLAIN_UNITS and _after_the(match):
        return _anchored(match, "past", lambda setting: spans.past(setting.anchor, 1, noun) if setting.anchor else None)
    step = {"this": 0, "current": 0, "next": 1, "coming": 1}.get(which, -1)
    kind = "weekday" if noun in WEEKDAYS else "month" if noun in MONTHS else noun
    kind = "season" if noun in spans.SEASONS else "day" if noun in _PARTS_OF_DAY else kind
    return _anchored(match, kind, lambda setting: _stepped(noun, step, setting))


_PLAIN_UNITS = ("week", "month", "year", "decade")
_PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")


def _after_the(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 6) : match.start()].lower().split()
    return (bool(before) and before[-1] in {"the", "this"}) or match["which"].lower() == "past"


def _stepped(noun: str, step: int, setting: Setting) -> Interval | None:
    anchor = setting.anchor
    if anchor is None:
        return None
    if noun in WEEKDAYS:
        ahead = Setting(anchor, future=step > 0 or (step == 0 and setting.future))
        return spans.recent_weekday(WEEKDAYS[noun], ahead, strict=step != 0)
    if noun in MONTHS:
        return _stepped_month(MONTHS[noun], step, setting)
    if noun in spans.SEASONS:
        return _stepped_season(noun, step, setting)
    if noun in _PARTS_OF_DAY:
        return _from_anchor(setting, step, 0 if step < 0 and noun == "night" else step)
    return _stepped_unit(noun, step, setting)


def _stepped_unit(noun: str, step: int, setting: Setting) -> Interval | None:
    anchor = setting.anchor
    if anchor is None:
        return None
    if noun == "week":
        return spans.week_span(spans.add_days(anchor, 7 * step))
    if noun == "weekend":
        return _weekend(step, setting)
    if noun == "quarter":
        moved = spans.add_months(anchor, 3 * step)
        return spans.quarter_span(moved.year, (moved.month + 2) // 3)
    if noun == "month":
        moved = spans.add_months(anchor, step)
        return spans.month_span(moved.year, moved.month)
    year = anchor.year + step if noun == "year" else anchor.year // 10 * 10 + 10 * step
    return spans.year_span(year, year + 9 * (noun == "decade")) if 1 <= year <= 9989 else None


def _weekend(step: int, setting: Setting) -> Interval | None:
    if setting.anchor is None:
        return None
    saturday = spans.add_days(spans.week_span(setting.anchor)[0], 5 + 7 * step)
    return saturday, spans.add_days(saturday, 1)


def _stepped_month(month: int, step: int, setting: Setting) -> Interval | None:
    anchor = setting.anchor
    if anchor is None:
        return None
    if step == 0:
        return spans.month_span(anchor.year, month)
    past_one = step < 0
    year = anchor.year + (month <= anchor.month if not past_one else -(month >= anchor.month))
    return spans.month_span(year, month)


def _stepped_season(season: str, step: int, setting: Setting) -> Interval | None:
    if setting.anchor is None:
        return None
    if step < 0:
        return spans.recent_season(season, setting, over=True)
    return spans.season_span(setting.anchor.year + step, season)


def _past(match: re.Match[str]) -> Atom | None:
    amount = number(match["n"])
    if amount is None:
        return None
    few = {spans.FEW: 5.0, spans.SEVERAL: 7.0}.get(amount, amount[1])
    few = 7.0 if amount == spans.FEW and match["u"].lower() == "day" else few
    unit = match["u"].lower()
    return _anchored(match, "past", lambda setting: spans.past(setting.anchor, few, unit) if setting.anchor else None)


def _recent(match: re.Match[str]) -> Atom | None:
    unit = match["u"].lower()
    return _anchored(match, "recent", lambda setting: spans.recent(setting.anchor, unit) if setting.anchor else None)


def _recently(match: re.Match[str]) -> Atom | None:
    return _anchored(match, "recent", lambda setting: (spans.FIRST_DAY, setting.anchor) if setting.anchor else None)


# --- distances ---------------------------------------------------------------------------------------------

_AMOUNT = re.compile(
    rf"(?:\b(?P<how>more{_G}than|over|at{_G}least|less{_G}than|under|within|fewer{_G}than|nearly|almost|just{_G}under|about|"
    rf"around|some|roughly|approximately|just|only|exactly|barely){_G})?\b(?P<n>{_NUM})(?P<half>{_G}and{_G}a{_G}half)?[\s-]{{1,3}}\Z",
    re.IGNORECASE,
)
_HOW = {
    **dict.fromkeys(("more than", "over", "at least"), "more"),
    **dict.fromkeys(("less than", "under", "within", "fewer than"), "less"),
    **dict.fromkeys(("nearly", "almost", "just under"), "nearly"),
    **dict.fromkeys(("about", "around", "some", "roughly", "approximately"), "about"),
}
_BACKWARD = frozenset(("earlier", "before", "previously", "prior"))
_ENDS_PHRASE = re.compile(r"\s{0,3}(?:[.,;:)\]\n\"”’?!–—]|\Z|and\b|but\b|when\b|in\b|at\b|with\b|from\b|by\b|to\b)")


def _distance(match: re.Match[str]) -> Atom | None:
    """Two years ago; three days earlier; the day before; four days before Nov. 14."""
    text, way = match.string, match["way"].lower()
    if match["u"].lower() == "day" and way == "before" and text[match.end() : match.end() + 10] == " yesterday":
        return Atom(match.start(), match.end() + 10, "day", lambda setting: _from_anchor(setting, -2, -2))
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
    return _offset(match, found.start(), (amount[1], unit))


def _offset(match: re.Match[str], start: int, distance: tuple[float, str]) -> Atom:
    """A distance from the date that follows, from the one just before a comma, or from the one last mentioned."""
    text, way = match.string, match["way"].lower()
    amount, unit = distance
    sign = -1 if way in _BACKWARD else 1
    end = match.end()
    if way in {"before", "after"} and (gap := _TO_DATE.match(text, end)):
        base = atom_at(text, gap.end())
        if base is not None and base.kind in {"day", "weekday", "month", "year"}:
            return Atom(
                start, base.end, "offset", lambda s: _moved(base.resolve(s), sign * amount, unit), base.lacks_year
            )
    if way in {"before", "after"} and not _ENDS_PHRASE.match(text, end):
        close = bool(re.search(r"\d\)?,\s{1,2}\Z", text[max(0, start - 6) : start]))
        return Atom(start, end, "offset", lambda s: _moved(s.last, -sign * amount, unit) if close else None)
    return Atom(start, end, "offset", lambda s: _moved(s.last or _point(s), sign * amount, unit))


_TO_DATE = re.compile(r"\s{1,3}(?:on\s)?(?:the\s)?")


def _point(setting: Setting) -> Interval | None:
    return (setting.anchor, setting.anchor) if setting.anchor else None


def _moved(span: Interval | None, amount: float, unit: str) -> Interval | None:
    return spans.shifted(span, amount, unit) if span else None


def _narrative(match: re.Match[str]) -> Atom | None:
    """The next day, the same month, the previous year: told from the date last mentioned."""
    words = match[0].lower()
    step = -1 if "previous" in words or "preceding" in words else int("next" in words or "following" in words)
    unit = match["u"].lower()

    def use(setting: Setting) -> Interval | None:
        base = setting.last or _point(setting)
        return spans.widen(spans.shifted(base, step, unit), unit) if base else None

    return Atom(match.start(), match.end(), "offset", use)


# --- parts -------------------------------------------------------------------------------------------------

_PART_NAMES = {
    **dict.fromkeys(("early", "earlier"), "early"),
    **dict.fromkeys(("late", "later"), "late"),
    **dict.fromkeys(("mid", "middle"), "mid"),
    **dict.fromkeys(("beginning", "start", "outset", "dawn"), "start"),
    **dict.fromkeys(("end", "close"), "end"),
}
_DIVISIBLE = frozenset(("month", "year", "decade", "season", "week", "day", "weekday", "quarter"))


def _part(match: re.Match[str]) -> Atom | None:
    word = match[1].lower()
    whole = atom_at(match.string, match.end())
    if whole is None or whole.kind not in _DIVISIBLE or whole.start != match.end():
        return None
    if word in {"earlier", "later"}:
        return Atom(match.start(), whole.end, "part", _so_far(whole, later=word == "later"), whole.lacks_year)
    part = _PART_NAMES[word]

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        if span is None:
            return None
        low, high = spans.part_of(span, part)
        anchor = setting.anchor
        return (low, anchor) if anchor and low <= anchor < high and not setting.future else (low, high)

    kind = whole.kind if whole.kind in {"day", "weekday"} else "end" if part == "end" else "part"
    return Atom(match.start(), whole.end, kind, use, whole.lacks_year, whole.resolve)


def _so_far(whole: Atom, *, later: bool) -> Resolver:
    """Earlier this year is up to the report's date; later this year from it."""

    def use(setting: Setting) -> Interval | None:
        span, anchor = whole.resolve(setting), setting.anchor
        if span is None or anchor is None or not span[0] <= anchor <= span[1]:
            return span
        return (anchor, span[1]) if later else (span[0], anchor)

    return use


def _half(match: re.Match[str]) -> Atom | None:
    part = "first half" if match[1].lower() in {"first", "1st"} else "second half"
    whole = atom_at(match.string, match.end())
    if whole is None or whole.kind not in _DIVISIBLE:
        return None

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        return spans.part_of(span, part) if span else None

    return Atom(match.start(), whole.end, "half", use, whole.lacks_year)


def _quarter(match: re.Match[str]) -> Atom | None:
    word = (match["q"] or match["qn"]).lower()
    quarter = 4 if word in {"last", "final"} else ORDINALS.get(word) or int(word)
    use = _with_year(match, lambda setting: spans.recent_quarter(quarter, setting))
    return Atom(match.start(), match.end(), "quarter", use, not _has_year(match))


def _season(match: re.Match[str]) -> Atom | None:
    season = match["s"].lower()
    if not _has_year(match) and not (season != "fall" and _IN_SEASON.search(match.string[: match.start()][-14:])):
        return None
    if match["s2"]:
        first = int(match["y"] or 0)
        return _absolute(match, "season", spans.season_span(first, season)) if first else None
    use = _with_year(match, lambda setting: spans.recent_season(season, setting))
    return Atom(match.start(), match.end(), "season", use, not _has_year(match))


_IN_SEASON = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Oo]f)\s(?:the\s)?\Z")


def _week_of(match: re.Match[str]) -> Atom | None:
    """The first, second or last week of a month; the week of a day."""
    whole = atom_at(match.string, match.end())
    nth = (match[1] or "").lower().strip()
    if whole is None or whole.kind != ("month" if nth else "day"):
        return None

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        if span is None or not nth:
            return spans.week_span(span[0]) if span else None
        if nth in {"last", "final"}:
            return spans.add_days(span[1], -6), span[1]
        first = spans.add_days(span[0], 7 * (ORDINALS[nth] - 1))
        return first, spans.add_days(first, 6)

    return Atom(match.start(), whole.end, "week", use, whole.lacks_year)


def _first_units(match: re.Match[str]) -> Atom | None:
    """The first three months of 2016; the last two weeks of July."""
    whole, amount = atom_at(match.string, match.end()), number(match["n"])
    if whole is None or whole.kind not in _DIVISIBLE or amount is None:
        return None
    first, unit = match[1].lower() == "first", match["u"].lower()

    def use(setting: Setting) -> Interval | None:
        span = whole.resolve(setting)
        if span is None:
            return None
        if first:
            return span[0], min(span[1], spans.add_days(spans.add(span[0], amount[1], unit), -1))
        after = spans.add_days(span[1], 1)
        return max(span[0], spans.add(after, -amount[1], unit)), span[1]

    return Atom(match.start(), whole.end, "part", use, whole.lacks_year)


# --- the table of rules --------------------------------------------------------------------------------------


def _rule(pattern: str, handler: Callable[[re.Match[str]], Atom | None], *, any_case: bool = False) -> Rule:
    return re.compile(pattern, re.IGNORECASE if any_case else 0), handler


_DAY_RULES: tuple[Rule, ...] = (
    _rule(rf"({_Y4})-(\d\d)-(\d\d)(?!\d)", _iso),
    _rule(rf"({_Y4})/(\d{{1,2}})/(\d{{1,2}})(?!\d)", _iso),
    _rule(rf"({_Y4})\.\s?(\d{{1,2}})\.\s?(\d{{1,2}})(?!\d)", _iso),
    _rule(rf"(\d{{1,2}})([/.])(\d{{1,2}})\2({_Y4})(?!\d)", _numeric),
    _rule(
        rf"(?P<d>\d{{1,2}}){_ORD}(?:{_DASH}(?P<d2>\d{{1,2}}){_ORD})?{_G}(?:of{_G})?(?P<m>{_MONTH})(?:,?{_G}{_YEAR})?"
        r"(?!\w)",
        _day,
    ),
    _rule(
        rf"(?P<m>{_MONTH}){_G}(?:the{_G})?(?P<d>\d{{1,2}}){_ORD}(?!\d|[.,]\d{{3}}(?!\d))"
        rf"(?:{_DASH}(?P<d2>\d{{1,2}}){_ORD}(?![\d:\w]))?(?:(?:,?{_G}|,){_YEAR})?",
        _day,
    ),
)
_DIGIT_RULES: tuple[Rule, ...] = (
    *_DAY_RULES,
    _rule(r"(\d{4})['’]?s\b", _decade),
    _rule(rf"({_Y4})\s?[–—/]\s?({_Y4}|\d\d)(?![\d–-])", _year_range),
    _rule(rf"({_Y4})\s?-\s?({_Y4})(?![\d–-])", _year_range),
    _rule(rf"({_Y4})-(\d\d)(?![\d–-])", lambda m: _year_range(m) if int(m[2]) > int(m[1]) % 100 else _iso_month(m)),
    _rule(r"(\d{1,2})(?:st|nd|rd|th)\b(?!\s[a-z])", _day_of_month),
    _rule(rf"{_Y4}(?!\d|[.,]\d|\w|/\d|%)", _year),
)


def _iso_month(match: re.Match[str]) -> Atom | None:
    month = int(match[2])
    return _absolute(match, "month", spans.month_span(int(match[1]), month)) if 1 <= month <= 12 else None


_MONTH_RULES: tuple[Rule, ...] = (
    _DAY_RULES[-1],
    _rule(rf"(?P<m>{_MONTH})(?:,?{_G}(?:of{_G}|in{_G})?{_YEAR})?", _month),
)
_JOIN = re.compile(r",?\s{0,2}\(?(?:the\s)?(?=[\dA-Z])")
_WEEKDAY_RULES: tuple[Rule, ...] = (
    _rule(
        rf"(?P<w>{_WEEKDAY})\b(?:{_G}(?:morning|afternoon|evening|night)\b)?(?:{_G}(?:of{_G})?(?P<wk>last|this|next){_G}week\b)?",
        _weekday,
    ),
)
_NOUN = rf"(?P<noun>weekend|week|month|year|decade|quarter|{'|'.join(spans.SEASONS)}|{'|'.join(_PARTS_OF_DAY)}|{'|'.join(WEEKDAYS)}|{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"
_THIS_RULES: tuple[Rule, ...] = (
    _rule(
        rf"(?:this{_G})?(?:past|last|previous|preceding){_G}(?P<n>{_NUM}){_G}(?P<u>{_UNIT})s?\b", _past, any_case=True
    ),
    _rule(rf"(first|last){_G}(?P<n>{_NUM}){_G}(?P<u>{_UNIT})s?{_G}of{_G}(?:the{_G})?", _first_units, any_case=True),
    _rule(rf"(last{_G}|final{_G}){'week'}{_G}of{_G}", _week_of, any_case=True),
    _rule(rf"(?P<q>last|final){_G}quarter{_G}of{_G}{_YEAR}(?P<qn>)", _quarter, any_case=True),
    _rule(rf"(?:this{_G}(?=past))?(?P<which>last|this|next|past|coming|current){_G}{_NOUN}", _this, any_case=True),
)
_PART_RULES: tuple[Rule, ...] = (
    _rule(rf"(early|earlier|later|late|mid)(?:{_G}|-)(?:in{_G}|on{_G})?(?:the{_G})?", _part, any_case=True),
    _rule(rf"(beginning|start|outset|dawn|middle|end|close){_G}of{_G}(?:the{_G})?", _part, any_case=True),
)
_ORDINAL_RULES: tuple[Rule, ...] = (
    _rule(rf"(first|second|latter|other){_G}half{_G}of{_G}(?:the{_G})?", _half, any_case=True),
    _rule(
        rf"(?P<q>first|second|third|fourth|last|final){_G}quarter(?:,?{_G}(?:of{_G})?{_YEAR})?(?P<qn>)",
        _quarter,
        any_case=True,
    ),
    _rule(rf"(first|last){_G}(?P<n>{_NUM}){_G}(?P<u>{_UNIT})s?{_G}of{_G}(?:the{_G})?", _first_units, any_case=True),
    _rule(rf"(first{_G}|second{_G}|third{_G}|fourth{_G}|final{_G})week{_G}of{_G}", _week_of, any_case=True),
)
_RULES_OF_WORD: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(MONTHS, _MONTH_RULES),
    **dict.fromkeys(WEEKDAYS, _WEEKDAY_RULES),
    **dict.fromkeys(_DAY_WORDS, (_rule(r"(\w+)\b", _day_word),)),
    **dict.fromkeys(("last", "this", "past", "coming", "current"), _THIS_RULES),
    **dict.fromkeys(
        ("next", "following", "same", "previous", "preceding", "that"),
        (
            *_THIS_RULES[:1],
            _rule(
                rf"(?<=the\s)(?:next|following|same|previous|preceding){_G}(?P<u>day|week|month|year)\b",
                _narrative,
                any_case=True,
            ),
            _rule(rf"that{_G}(?:same{_G})?(?P<u>day|week|month|year)\b", _narrative, any_case=True),
            _THIS_RULES[-1],
        ),
    ),
    **dict.fromkeys(("early", "earlier", "later", "late", "mid"), _PART_RULES[:1]),
    **dict.fromkeys(("beginning", "start", "outset", "dawn", "middle", "end", "close"), _PART_RULES[1:]),
    **dict.fromkeys(("first", "second", "third", "fourth", "final", "latter", "other"), _ORDINAL_RULES),
    **dict.fromkeys(
        spans.SEASONS,
        (
            _rule(
                rf"(?P<s>spring|summer|autumn|fall|winter)\b(?:(?:,?{_G}(?:of{_G}|in{_G})?){_YEAR}(?:[-–/](?P<s2>\d\d)\b)?)?",
                _season,
                any_case=True,
            ),
        ),
    ),
    "q": (_rule(rf"[QH](?P<qn>[1-4]){_G}(?:of{_G})?{_YEAR}(?P<q>)", _quarter),),
    "recent": (_rule(rf"recent{_G}(?P<u>{_UNIT})s\b", _recent, any_case=True),),
    "recently": (_rule(r"recently\b", _recently, any_case=True),),
    "lately": (_rule(r"lately\b", _recently, any_case=True),),
    "weekend": (
        _rule(r"(?<=the\s)weekend\b", lambda m: _anchored(m, "weekend", lambda s: _last_weekend(s)), any_case=True),
    ),
    "week": (
        _rule(rf"week{_G}of{_G}()", _week_of, any_case=True),
        _rule(
            rf"(?P<u>week)s?(?P<half>{_G}and{_G}a{_G}half)?{_G}(?P<way>ago|earlier|later|before|after|previously|prior)\b",
            _distance,
            any_case=True,
        ),
    ),
    "juche": (_rule(rf"Juche{_G}(?:year{_G})?(\d{{1,3}})\b(?:\s?\({_Y4}\))?", _juche, any_case=True),),
    **dict.fromkeys(
        ("day", "days", "weeks", "month", "months", "year", "years", "decade", "decades"),
        (
            _rule(
                rf"(?P<u>{_UNIT})s?(?P<half>{_G}and{_G}a{_G}half)?{_G}(?P<way>ago|earlier|later|before|after|afterwards?|previously|prior)\b",
                _distance,
                any_case=True,
            ),
        ),
    ),
}


def _last_weekend(setting: Setting) -> Interval | None:
    """The Saturday and Sunday last begun."""
    if setting.anchor is None:
        return None
    saturday = spans.add_days(setting.anchor, -((setting.anchor.weekday() - 5) % 7))
    return saturday, spans.add_days(saturday, 1)


_CAPITAL = frozenset((*MONTHS, *WEEKDAYS))


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(
        f"{w.capitalize()}|{w.upper()}" if w in _CAPITAL else f"[{w[0].upper()}{w[0]}]{w[1:]}"
        for w in sorted(words, key=len, reverse=True)
        if w != "q"
    )


TRIGGER = re.compile(
    rf"(?<![\w])(?:(?<![.,/-])\d|(?:{_alternatives(_RULES_OF_WORD)})\b|[QH](?=[1-4]\s)|['’](?=\d0s\b))"
)
_SHORT_DECADE = _rule(r"['’](\d0)s\b", _decade)
_WORD = re.compile(r"[A-Za-z]+")


def _first(rules: Iterable[Rule], text: str, at: int) -> Atom | None:
    for pattern, handler in rules:
        match = pattern.match(text, at)
        atom = handler(match) if match else None
        if atom is not None:
            return atom
    return None


def atom_at(text: str, at: int) -> Atom | None:
    """The time named by the words that begin at an offset, or None."""
    head = text[at : at + 1]
    if head.isdigit():
        return _first(_DIGIT_RULES, text, at)
    if head in {"'", "’"}:
        return _first((_SHORT_DECADE,), text, at)
    word = _WORD.match(text, at)
    name = word[0].lower() if word else ""
    if name in {"q", "h"} or (word and len(name) == 1):
        name = "q"
    return _first(_RULES_OF_WORD.get(name, ()), text, at)
