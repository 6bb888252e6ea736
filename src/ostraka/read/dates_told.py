"""Times told from the date last mentioned: that night, the same March, the following spring, within a week."""

from __future__ import annotations

import re

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import SEASONS, Interval, Setting
from ostraka.read.date_words import GAP, MONTHS, NUMBER, UNIT, WEEKDAYS, Atom, Rule, number, rule

_PARTS_OF_DAY = ("night", "evening", "morning", "afternoon")
_UNITS = ("day", "week", "month", "year")
_STEPS = {"following": 1, "next": 1, "previous": -1, "preceding": -1}
_WHICH = r"(?P<which>that(?:\s(?:same|very))?|same|next|following|previous|preceding)"
_NOUNS = "|".join((*_UNITS, *_PARTS_OF_DAY, "weekend", *SEASONS, *(m for m in MONTHS if len(m) > 3 or m == "may")))
_NOT_A_MONTH_OF_THAT = re.compile(rf"{GAP}\d")


def told(match: re.Match[str]) -> Atom | None:
    """The next day, that night, the same month, the following March, that winter."""
    which, noun = match["which"].lower(), match["noun"].lower()
    step = _STEPS.get(which, 0)
    if noun in MONTHS and (not match["noun"][0].isupper() or _NOT_A_MONTH_OF_THAT.match(match.string, match.end())):
        return None

    def use(setting: Setting) -> Interval | None:
        wide = step == 0 and noun not in {"day", *_PARTS_OF_DAY}
        base = (setting.told if wide else None) or setting.last or _point(setting)
        return _moved(base, step, noun) if base else None

    return Atom(match.start(), match.end(), "offset", use)


def _point(setting: Setting) -> Interval | None:
    return (setting.anchor, setting.anchor) if setting.anchor else None


def _moved(base: Interval, step: int, noun: str) -> Interval:
    """The unit, part of a day, month or season meant by a step from a date."""
    if noun in MONTHS:
        return _month_beside(base, step, MONTHS[noun])
    if noun in SEASONS:
        return _season_beside(base, step, noun)
    if noun == "weekend":
        saturday = spans.add_days(spans.week_span(base[0])[0], 5 + 7 * step)
        return saturday, spans.add_days(saturday, 1)
    if noun in _PARTS_OF_DAY and step == 0 and (base[1] - base[0]).days == 1:
        return base[0], base[0]
    unit = "day" if noun in _PARTS_OF_DAY else noun
    if spans.is_coarse(base) and unit in {"day", "week"}:
        return base
    return spans.widen(spans.shifted(base, step, unit), unit)


def _month_beside(base: Interval, step: int, month: int) -> Interval:
    """The month of that name in the year of a date, or the first after it or the last before it."""
    year = base[0].year
    if step > 0:
        year += month <= base[1].month
    elif step < 0:
        year -= month >= base[0].month
    return spans.month_span(min(max(year, 1), 9998), month)


def _season_beside(base: Interval, step: int, season: str) -> Interval:
    """The season of that name of a date, or the first after it or the last before it."""
    whole_year = (base[1] - base[0]).days > 300
    year = base[0].year - (season == "winter" and base[0].month < 3 and not whole_year)
    span = spans.season_span(min(max(year, 2), 9990), season)
    if step > 0 and span[0] <= base[1]:
        return spans.season_span(span[0].year + 1, season)
    return spans.season_span(span[0].year - 1, season) if step < 0 and span[1] >= base[0] else span


_PERFECT = re.compile(r"\b(?:has|have)\b[^.;]{0,60}\Z")


def within(match: re.Match[str]) -> Atom | None:
    """Within a week, within hours, within the month: from the date told before; of what is to come from publication."""
    amount = number(match["n"] or "one")
    if amount is None:
        return None
    unit = match["u"].lower()
    days = {"minute": 0, "hour": int(amount[1]) // 24, "day": 7 if not match["n"] else int(amount[1])}
    text, start = match.string, match.start()
    counted = (match["n"] or "the").lower() != "the" and unit not in {"minute", "hour"}
    perfect = counted and _PERFECT.search(text, max(0, start - 60), start)

    def use(setting: Setting) -> Interval | None:
        point = _point(setting)
        if not setting.future and counted and (perfect or setting.last is None):
            return spans.past(point[0], amount[1], unit) if point else None
        base = point if setting.future else setting.last
        if base is None or (spans.is_coarse(base) and unit in {*days, "week"}):
            return base
        end = spans.add_days(base[1], days[unit]) if unit in days else spans.add(base[1], amount[1], unit)
        return base[0], end

    return Atom(match.start(), match.end(), "within", use)


_UNSEEN = re.compile(
    r"\b(?:missing|absent|unseen|out\sof\s(?:public\s)?(?:sight|view)|(?:not|n['’]t|nobody|never)\b[^.;,]{0,24}\b(?:seen|shown|heard|appeared))"
    r"\b[^.;,]{0,30}\Z"
)


def missing_for(match: re.Match[str]) -> Atom | None:
    """Missing for two weeks, not seen for nine days: the day on which that began."""
    amount, start = number(match["n"]), match.start()
    if amount is None or not _UNSEEN.search(match.string, max(0, start - 80), start):
        return None
    unit = match["u"].lower()

    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        day = spans.add(setting.anchor, -amount[0], unit)
        return (day, day) if unit in {"day", "week"} else spans.ago(setting.anchor, amount, unit)

    return Atom(start, match.end(), "ago", use)


_WEEKDAY = "|".join(WEEKDAYS)


def weekday_told(match: re.Match[str]) -> Atom | None:
    """The following Tuesday, the Friday before: the first after, or the last before, the date told before."""
    weekday = WEEKDAYS[match["w"].lower()]
    back = (match["way"] or "").lower() == "before" or (match["which"] or "").lower() in {"previous", "preceding"}

    def use(setting: Setting) -> Interval | None:
        base = setting.last or _point(setting)
        if base is None or spans.is_coarse(base):
            return None
        ahead = (weekday - base[1].weekday()) % 7 or 7
        day = spans.add_days(base[0], -((base[0].weekday() - weekday) % 7 or 7)) if back else None
        day = day or spans.add_days(base[1], ahead)
        return day, day

    return Atom(match.start(), match.end(), "offset", use)


TOLD_RULE = rule(rf"(?:(?<=the\s)|(?=that\b)){_WHICH}{GAP}(?P<noun>{_NOUNS})\b", told, any_case=True)
WEEKDAY_RULE = rule(
    rf"(?<=the\s)(?P<which>following|previous|preceding){GAP}(?P<w>{_WEEKDAY})\b(?P<way>)", weekday_told, any_case=True
)
WEEKDAY_BEFORE_RULE = rule(
    rf"(?<=[Tt]he\s)(?P<which>)(?P<w>{_WEEKDAY}){GAP}(?P<way>before|after)\b(?=\s{{0,2}}(?:[.,;:)]|\Z|and\b|had\b))",
    weekday_told,
    any_case=True,
)
WITHIN_RULES: tuple[Rule, ...] = (
    rule(
        rf"within{GAP}(?:(?P<n>{NUMBER}){GAP})?(?P<u>minute|hour|{UNIT})s?\b(?!{GAP}(?:of|after)\b)",
        within,
        any_case=True,
    ),
)
FOR_RULE = rule(rf"for{GAP}(?P<n>{NUMBER}){GAP}(?P<u>{UNIT})s?\b", missing_for, any_case=True)
THAT_LOOK_AHEAD = rf"(?={GAP}(?:(?:same|very){GAP})?(?i:{_NOUNS})\b)"
