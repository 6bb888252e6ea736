"""Times told from the day a report was printed: yesterday, last month, the past five years, recently."""

from __future__ import annotations

import re
from datetime import date

from ostraka.read import date_spans as spans
from ostraka.read.date_spans import Interval, Setting
from ostraka.read.date_words import MONTHS, WEEKDAYS, Atom, anchored, from_anchor, number

DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_PLAIN_UNITS = ("week", "month", "year", "decade")
PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")


def day_word(match: re.Match[str]) -> Atom | None:
    """Yesterday, today, tonight, tomorrow."""
    step = DAY_WORDS[match[1].lower()]
    return anchored(match, "day", lambda setting: from_anchor(setting, step, step))


def this(match: re.Match[str]) -> Atom | None:
    """Last, this or next week, month, year, weekday, named month or season."""
    which, noun = match["which"].lower(), match["noun"].lower().rstrip(".")
    if which in {"last", "past", "previous"} and noun in _PLAIN_UNITS and _after_the(match):
        return anchored(match, "past", lambda setting: spans.past(setting.anchor, 1, noun) if setting.anchor else None)
    step = {"this": 0, "current": 0, "next": 1, "coming": 1}.get(which, -1)
    kind = "weekday" if noun in WEEKDAYS else "month" if noun in MONTHS else noun
    kind = "season" if noun in spans.SEASONS else "day" if noun in PARTS_OF_DAY else kind
    return anchored(match, kind, lambda setting: _stepped(noun, step, setting))


def _after_the(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 6) : match.start()].lower().split()
    return (bool(before) and before[-1] in {"the", "this"}) or match["which"].lower() == "past"


def _stepped(noun: str, step: int, setting: Setting) -> Interval | None:
    anchor = setting.anchor
    if anchor is None:
        return None
    if noun in WEEKDAYS:
        ahead = Setting(_for_weekday(anchor, noun, step), future=step > 0 or (step == 0 and setting.future))
        return spans.recent_weekday(WEEKDAYS[noun], ahead, strict=step != 0)
    if noun in MONTHS:
        return _stepped_month(MONTHS[noun], step, setting)
    if noun in spans.SEASONS:
        return _stepped_season(noun, step, setting)
    if noun in PARTS_OF_DAY:
        return from_anchor(setting, step, 0 if step < 0 and noun == "night" else step)
    return _stepped_unit(noun, step, setting)


def _for_weekday(anchor: date, noun: str, step: int) -> date:
    """The day from which a weekday is reckoned: yesterday is never called "last Tuesday"."""
    yesterday = spans.add_days(anchor, -1)
    return yesterday if step < 0 and yesterday.weekday() == WEEKDAYS[noun] else anchor


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


def weekend(match: re.Match[str]) -> Atom | None:
    """The Saturday and Sunday last begun."""

    def use(setting: Setting) -> Interval | None:
        if setting.anchor is None:
            return None
        saturday = spans.add_days(setting.anchor, -((setting.anchor.weekday() - 5) % 7))
        return saturday, spans.add_days(saturday, 1)

    return anchored(match, "weekend", use)


def overnight(match: re.Match[str]) -> Atom | None:
    """Overnight: the night that ended on the day of publication."""
    return anchored(match, "night", lambda setting: from_anchor(setting, -1, 0))


def running(match: re.Match[str]) -> Atom | None:
    """The year, the month, the week, where a part of it is told ("the end of the month")."""
    unit = match["u"].lower()
    return anchored(match, unit, lambda setting: _stepped_unit(unit, 0, setting))


def so_far(match: re.Match[str]) -> Atom | None:
    """So far this year: from its first day to the day of publication."""
    unit = match["u"].lower()

    def use(setting: Setting) -> Interval | None:
        span = _stepped_unit(unit, 0, setting)
        return (span[0], setting.anchor) if span and setting.anchor else None

    return anchored(match, "past", use)


def past(match: re.Match[str]) -> Atom | None:
    """The past five years."""
    amount = number(match["n"])
    if amount is None:
        return None
    few = {spans.FEW: 5.0, spans.SEVERAL: 7.0}.get(amount, amount[1])
    few = 7.0 if amount == spans.FEW and match["u"].lower() == "day" else few
    unit = match["u"].lower()
    return anchored(match, "past", lambda setting: spans.past(setting.anchor, few, unit) if setting.anchor else None)


def recent(match: re.Match[str]) -> Atom | None:
    """In recent weeks."""
    unit = match["u"].lower()
    return anchored(match, "recent", lambda setting: spans.recent(setting.anchor, unit) if setting.anchor else None)


def recently(match: re.Match[str]) -> Atom | None:
    """Recently has an end and no beginning."""
    return anchored(match, "recent", lambda setting: (spans.FIRST_DAY, setting.anchor) if setting.anchor else None)
