"""The words that name a time in a Korean report, with the particles that follow them.

Korean puts its operators behind: "2월 이후" (since February), "2013년까지" (until 2013). A day without a month
is the last of that number up to the day of publication, as Korean wires write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Setting
from ostraka.read.date_words import Atom, Rule, anchored, first_of, from_anchor, rule

_YEAR_WORDS = {
    "지난해": -1,
    "작년": -1,
    "재작년": -2,
    "올해": 0,
    "올": 0,
    "금년": 0,
    "내년": 1,
    "그해": 0,
    "이듬해": 1,
    "같은 해": 0,
}
_MONTH_WORDS = {"지난달": -1, "지난 달": -1, "이달": 0, "이번 달": 0, "이번달": 0, "다음 달": 1, "다음달": 1, "내달": 1}
_WEEK_WORDS = {"지난주": -1, "지난 주": -1, "이번 주": 0, "이번주": 0, "다음 주": 1, "다음주": 1}
_DAY_WORDS = {"오늘": 0, "어제": -1, "그제": -2, "그저께": -2, "내일": 1, "모레": 2}
_STORY_DAYS = {"같은 날": 0, "당일": 0, "이날": 0, "다음 날": 1, "다음날": 1, "이튿날": 1, "전날": -1}
_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15}
_NATIVE = "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열"
_NUMBERS = {
    **{word: float(number) for number, word in enumerate(_NATIVE.split(), start=1)},
    "석": 3.0,
    "넉": 4.0,
    "일": 1.0,
    "십": 10.0,
    "반": 0.5,
}
_UNITS = {
    "년": "year",
    "해": "year",
    "개월": "month",
    "달": "month",
    "주": "week",
    "주일": "week",
    "일": "day",
    "세기": "century",
}
_PARTS = {
    **dict.fromkeys(("초", "초반", "초순", "상순", "초기"), "early"),
    **dict.fromkeys(("중순", "중반", "중"), "mid"),
    **dict.fromkeys(("말", "후반", "하순", "말기", "하반", "말께"), "late"),
    "상반기": "first half",
    "하반기": "second half",
}
_TENTHS = {"중순": (11, 20), "하순": (21, 0)}  # the middle and last ten days of a month, by the meaning of the words
_SEASONS = {"봄": "spring", "여름": "summer", "가을": "autumn", "겨울": "winter"}
_WEEKDAYS = "월화수목금토일"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_G = r"[\s\u00a0]{0,2}"
_YEAR = (
    rf"(?:(?:지난{_G})?(?P<y>(?:1[5-9]|20)\d\d)년(?!생|산|식|형|차|간|째)|(?P<yw>지난해|작년|재작년|올해|금년|내년|그해|이듬해|같은 해|올(?=\s(?:\d|초|봄|여름|가을|겨울|상|하)))"
    rf"|주체{_G}(?P<j>\d{{1,3}}){_G}(?:\(\d{{4}}\){_G})?년?)"
)
_PART = r"(?P<part>상반기|하반기|초반|초순|초기|상순|초(?![가-힣](?<![에부까쯤의인이로]))|중순|중반|말기|말께|말(?![가-힣](?<![에부까쯤의인이로]))|하순|후반)(?!\w{0,1}대)"
_TAIL_OF_DAY = r"(?:\([월화수목금토일]\))?"


def _year_of(match: re.Match[str], setting: Setting) -> int | None:
    if match["y"]:
        return int(match["y"])
    if match["j"]:
        return spans.JUCHE_EPOCH + int(match["j"])
    if match["yw"] in {"그해", "같은 해", "이듬해"}:
        return setting.last[0].year + _YEAR_WORDS.get(match["yw"], 0) if setting.last else None
    return setting.anchor.year + _YEAR_WORDS[match["yw"]] if setting.anchor else None


def _part(span: Interval | None, match: re.Match[str]) -> Interval | None:
    """The part of a span that a match names, not beyond the day it names itself."""
    if span is None or not match["part"]:
        return span
    if match["part"] in {"말", "말께"} and span[0].month != span[1].month:
        return span[1].replace(day=1), span[1]  # the end of a year is its December
    if match["part"] == "초" and span[0].month != span[1].month:
        return spans.quarter_span(span[0].year, 1)
    if match["part"] in _TENTHS and span[0].month == span[1].month:
        low, high = _TENTHS[match["part"]]
        return span[0].replace(day=low), span[0].replace(day=high) if high else span[1]
    return spans.part_of(span, _PARTS[match["part"]])


def _days(match: re.Match[str], setting: Setting) -> Interval | None:
    """The days of a named month; a month without a year is the last one begun."""
    month, day = int(match["m"]), int(match["d"])
    low = spans.recent_day(month, day, setting)
    high = spans.recent_day(month, int(match["d2"]), setting) if match["d2"] else low
    return (low[0], high[1]) if low and high and low[0] <= high[1] else None


def _calendar(match: re.Match[str]) -> Atom | None:
    if match["m"] and not 1 <= int(match["m"]) <= 12:
        return None

    def use(setting: Setting) -> Interval | None:
        year = _year_of(match, setting)
        if year is None or not 1 <= year <= 9998:
            return None
        lent = setting.lend(year)
        if match["d"]:
            return _days(match, lent)
        if match["m"]:
            return _part(spans.month_span(year, int(match["m"])), match)
        if match["q"]:
            return spans.quarter_span(year, int(match["q"]))
        if match["s"]:
            return _part(spans.season_span(year, _SEASONS[match["s"]]), match)
        return _capped(_part(spans.year_span(year), match), match, setting)

    kind = (
        "day"
        if match["d"]
        else "month"
        if match["m"]
        else "quarter"
        if match["q"]
        else "season"
        if match["s"]
        else "year"
    )
    return Atom(match.start(), match.end(), "part" if match["part"] else "range" if match["d2"] else kind, use)


def _capped(span: Interval | None, match: re.Match[str], setting: Setting) -> Interval | None:
    """Early this year, told early this year, ends today."""
    anchor = setting.anchor
    if span and match["part"] and anchor and span[0] <= anchor < span[1]:
        return span[0], anchor
    return span


def _month_day(match: re.Match[str]) -> Atom | None:
    month = int(match["m"])
    if not 1 <= month <= 12:
        return None
    if match["d"]:
        return Atom(
            match.start(), match.end(), "range" if match["d2"] else "day", lambda s: _days(match, s), lacks_year=True
        )

    def use(setting: Setting) -> Interval | None:
        return _capped(_part(spans.recent_month(month, setting), match), match, setting)

    return Atom(match.start(), match.end(), "part" if match["part"] else "month", use, lacks_year=True)


def _month_word(match: re.Match[str]) -> Atom | None:
    step, day = _MONTH_WORDS[match["mw"]], match["d"]

    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        first = spans.add_months(setting.anchor.replace(day=1), step)
        if day:
            return spans.day_span(first.year, first.month, int(day))
        return _capped(_part(spans.month_span(first.year, first.month), match), match, setting)

    return Atom(match.start(), match.end(), "day" if day else "part" if match["part"] else "month", use)


def _day_alone(match: re.Match[str]) -> Atom | None:
    """The 4th: of this month, or of the last one if it has not come yet."""
    day, last = int(match["d"]), int(match["d2"] or match["d"])

    def use(setting: Setting) -> Interval | None:
        anchor = setting.anchor
        for back in range(3) if anchor else ():
            first = spans.add_months(anchor.replace(day=1), -back) if anchor else None
            low = spans.day_span(first.year, first.month, day) if first else None
            high = spans.day_span(first.year, first.month, last) if first else None
            if low and high and anchor and low[0] <= anchor:
                return low[0], high[1]
        return None

    return Atom(match.start(), match.end(), "range" if match["d2"] else "day", use) if 1 <= day <= last <= 31 else None


def _years(match: re.Match[str]) -> Atom | None:
    """2011∼2013년."""
    first, last = int(match[1]), int(match[2])
    last = last if last > 99 else first // 100 * 100 + last
    span = spans.year_span(first, last) if first < last < first + 100 else None
    return Atom(match.start(), match.end(), "range", lambda _: span) if span else None


def _decade(match: re.Match[str]) -> Atom | None:
    year = int(match[1])
    year = year if year > 99 else (1900 if year >= 30 else 2000) + year
    span = _part(spans.year_span(year, year + 9), match)
    return Atom(match.start(), match.end(), "part" if match["part"] else "decade", lambda _: span)


def _day_word(match: re.Match[str]) -> Atom | None:
    step = _DAY_WORDS[match[0]]
    return anchored(match, "day", lambda setting: from_anchor(setting, step, step))


A_FEW = 3
"""Days of a span that may still be meant by "the same day"."""


def _story_day(match: re.Match[str]) -> Atom | None:
    """The same day, the next day, the day before: of the date last mentioned."""
    step = _STORY_DAYS[match[0]]

    def use(setting: Setting) -> Interval | None:
        base = setting.last or ((setting.anchor, setting.anchor) if setting.anchor else None)
        if base is not None and (base[1] - base[0]).days > A_FEW:
            return None  # the same day as a month names none
        return spans.shifted(base, step, "day") if base else None

    return Atom(match.start(), match.end(), "offset", use)


def _same_month(match: re.Match[str]) -> Atom | None:
    """같은 달, 같은 달 10일: of the month that the text named last."""

    def use(setting: Setting) -> Interval | None:
        if setting.last is None or setting.last[0].replace(day=1) != setting.last[1].replace(day=1):
            return None
        year, month = setting.last[0].year, setting.last[0].month
        return spans.day_span(year, month, int(match["d"])) if match["d"] else spans.month_span(year, month)

    return Atom(match.start(), match.end(), "day" if match["d"] else "month", use)


def _week(match: re.Match[str]) -> Atom | None:
    step, weekday = _WEEK_WORDS[match["w"]], match["wd"]

    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        monday, sunday = spans.week_span(spans.add_days(setting.anchor, 7 * step))
        if weekday:
            day = spans.add_days(monday, _WEEKDAYS.index(weekday))
            return day, day
        return (spans.add_days(monday, 5), sunday) if match["end"] else (monday, sunday)

    return Atom(match.start(), match.end(), "weekday" if weekday else "weekend" if match["end"] else "week", use)


def _weekday(match: re.Match[str]) -> Atom | None:
    index = _WEEKDAYS.index(match[1])
    return Atom(match.start(), match.end(), "weekday", lambda setting: spans.recent_weekday(index, setting))


def _amount(match: re.Match[str]) -> tuple[tuple[float, float], str] | None:
    """Number and unit of a distance."""
    if match["days"]:
        return (float(_DAYS[match["days"]]), float(_DAYS[match["days"]])), "day"
    if match["few"] == "며칠":
        return spans.FEW, "day"
    unit = _UNITS[match["u"]]
    if match["n"] in {"몇", "수"}:
        return spans.FEW, unit
    number = float(match["n"]) if match["n"].isdigit() else _NUMBERS.get(match["n"], 0.0)
    return ((number, number), unit) if number else None


_AMOUNT = (
    rf"(?P<about>약{_G}|거의{_G})?(?:(?P<days>{_any(_DAYS)})|(?P<few>며칠)|(?P<n>\d{{1,3}}|{_any(_NUMBERS)}|몇|수)(?P<over>여)?{_G}"
    rf"(?P<u>개월|주일|년|해|달|주|일))(?P<more>{_G}(?:여|이상|넘게))?"
)


def _distance(match: re.Match[str]) -> Atom | None:
    """3년 전 (ago), 사흘 뒤 (later)."""
    found = _amount(match)
    if found is None:
        return None
    amount, unit = found
    how = "more" if match["over"] or match["more"] else "about" if match["about"] else ""
    if match["way"] == "전":
        return anchored(match, "ago", lambda s: spans.ago(s.anchor, amount, unit, how=how) if s.anchor else None)

    def use(setting: Setting) -> Interval | None:
        if setting.last is None:
            return None
        low, high = spans.shifted(setting.last, amount[0], unit), spans.shifted(setting.last, amount[1], unit)
        return low[0], high[1]

    return Atom(match.start(), match.end(), "offset", use)


def _past(match: re.Match[str]) -> Atom | None:
    """최근 5년간, 지난 5년 동안."""
    found = _amount(match)
    if found is None:
        return None
    amount, unit = found
    most = 5.0 if amount == spans.FEW and unit != "day" else amount[1]
    return anchored(match, "past", lambda s: spans.past(s.anchor, most, unit) if s.anchor else None)


def _recently(match: re.Match[str]) -> Atom | None:
    return anchored(match, "recent", lambda s: (spans.FIRST_DAY, s.anchor) if s.anchor else None)


def _end_of_year(match: re.Match[str]) -> Atom | None:
    """연초, 연말: of this year, or of the last one where it is still to come."""

    def use(setting: Setting) -> Interval | None:
        anchor = setting.anchor
        if anchor is None:
            return None
        if match[0] == "연초":
            span = spans.part_of(spans.year_span(anchor.year), "early")
            return span[0], min(span[1], anchor)
        year = anchor.year if anchor.month == 12 else anchor.year - 1
        return spans.month_span(year, 12)

    return anchored(match, "part", use)


def _last_season(match: re.Match[str]) -> Atom | None:
    season = _SEASONS[match[1]]
    return Atom(match.start(), match.end(), "season", lambda s: spans.recent_season(season, s, over=True))


_CALENDAR = rule(
    rf"{_YEAR}(?:{_G}(?P<m>\d{{1,2}})월(?:{_G}(?P<d>\d{{1,2}})(?:[∼~-](?P<d2>\d{{1,2}}))?일(?!{_G}(?:간|동안|째)){_TAIL_OF_DAY})?"
    rf"|{_G}(?P<q>[1-4])(?:/4)?{_G}분기|{_G}(?P<s>봄|여름|가을|겨울))?(?:{_G}{_PART})?",
    _calendar,
)
_MONTH_DAY = rule(
    rf"(?:지난{_G})?(?P<m>\d{{1,2}})월(?:{_G}(?P<d>\d{{1,2}})(?:[∼~-](?P<d2>\d{{1,2}}))?일(?!{_G}(?:간|동안|째)){_TAIL_OF_DAY})?"
    rf"(?:{_G}{_PART})?",
    _month_day,
)
_MONTH_WORD = rule(
    rf"(?P<mw>{_any(_MONTH_WORDS)})(?:{_G}(?P<d>\d{{1,2}})일{_TAIL_OF_DAY}|{_G}{_PART})?",
    _month_word,
)
_NO_NOUN = r"(?!체|임|보|했|해|하|한|달|격|쟁|역|국|당|략|문|날|원|군|투|시|사|화|자|기|속|면|용|계|세)"
"""What makes a noun or a verb of 전 and 후: "8일 전했다", "4일 전격 경질", "사흘 후임"."""
_RULES: tuple[Rule, ...] = (
    rule(rf"(?:최근|지난){_G}{_AMOUNT}{_G}(?:간|동안|새|사이)", _past),
    rule(
        rf"{_AMOUNT}{_G}(?P<way>전|뒤|후){_NO_NOUN}",
        _distance,
    ),
    rule(r"((?:1[5-9]|20)\d\d)년?\s?[∼~–-]\s?((?:1[5-9]|20)?\d\d)년(?!간)", _years),
    rule(rf"(\d{{4}}|\d0)년대(?:{_G}{_PART})?", _decade),
    _CALENDAR,
    _MONTH_DAY,
    _MONTH_WORD,
    rule(
        rf"(?:지난{_G})?(?P<d>\d{{1,2}})(?:[∼~-](?P<d2>\d{{1,2}}))?일(?!{_G}(?:간|동안|째|만에|정도|이내|전{_NO_NOUN}|후{_NO_NOUN}|뒤|이상)|치|자){_TAIL_OF_DAY}",
        _day_alone,
    ),
    rule(rf"(?P<w>{_any(_WEEK_WORDS)})(?:{_G}(?P<wd>[{_WEEKDAYS}])요일|(?P<end>말))?", _week),
    rule(rf"(?:지난{_G})?([{_WEEKDAYS}])요일", _weekday),
    rule(rf"같은 달(?:{_G}(?P<d>\d{{1,2}})일{_TAIL_OF_DAY})?", _same_month),
    rule(_any(_STORY_DAYS), _story_day),
    rule(rf"(?:{_any(_DAY_WORDS)})(?![가-힣]{{0,1}}날)", _day_word),
    rule(r"최근", _recently),
    rule(r"연초|연말", _end_of_year),
    rule(rf"지난{_G}(봄|여름|가을|겨울)", _last_season),
)

TRIGGER = re.compile(
    r"(?<![\d.,])\d|(?<![가-힣])(?:지난|작년|재작년|올|금년|내년|그해|이듬해|같은|주체|이달|이번|다음|내달|오늘|어제|그제|그저께|내일|모레|당일|이날"
    rf"|이튿날|전날|최근|연초|연말|며칠|몇|수년|약|거의|[{_WEEKDAYS}]요일|{_any(_DAYS)}|(?:{_any(_NUMBERS)}){_G}(?:년|해|개월|달|주))"
)
"""Where a Korean time phrase may begin."""

SUFFIX = re.compile(
    rf"{_G}(?P<op>부터|이후|이래|들어|까지|이전|전까지|직후|(?:전|후)(?=[\s에의,.)]|$))",
)
OPERATORS = {
    **dict.fromkeys(("부터", "이후", "이래", "들어"), "since"),
    **dict.fromkeys(("까지", "전까지"), "until"),
    **dict.fromkeys(("이전", "전"), "before"),
    **dict.fromkeys(("후", "직후"), "after"),
}
"""What the particles behind a time make of it."""


def atom_at(text: str, at: int) -> Atom | None:
    """The time named by the words that begin at an offset, or None."""
    return first_of(_RULES, text, at)
