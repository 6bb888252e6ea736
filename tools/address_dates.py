"""Days that the address of a page itself carries."""

from __future__ import annotations

import calendar
import re
from datetime import date

from ostraka.dates import When

_YEAR = r"(?<!\d)(19[89]\d|20[0-2]\d)"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_CAPTURES = ("webarchive.", "web.archive.")  # these addresses carry the day of the copy, not of the page
_DAYS = (
    (re.compile(_YEAR + r"[/-](\d{1,2})[/-](\d{1,2})(?!\d)"), (1, 2, 3)),
    (re.compile(_YEAR + r"/(" + "|".join(_MONTHS) + r")/(\d{1,2})(?!\d)", re.I), (1, 2, 3)),
    (re.compile(_YEAR + r"(\d{2})(\d{2})"), (1, 2, 3)),
    (re.compile(r"-(\d{2})(\d{2})(20\d{2})\d{6}\.html"), (3, 1, 2)),
    (re.compile(r"/WORLD/(\d{2})(\d{2})/(\d{2})/"), (1, 2, 3)),
)
_MONTH = re.compile(_YEAR + r"/(0[1-9]|1[0-2])(?=/)")


def printed(url: str) -> When:
    """The day, or failing that the month, that an address carries; unknown if it carries none."""
    if any(mark in url for mark in _CAPTURES):
        return When()
    for pattern, (year, month, day) in _DAYS:
        for match in pattern.finditer(url):
            if found := _day(match[year], match[month], match[day]):
                return When.on(found)
    month_only = _MONTH.search(url)
    return When.parse(f"{month_only[1]}-{month_only[2]}") if month_only else When()


def _day(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower()) or int(month)
    century = 0 if len(year) == 4 else 1900
    try:
        return date(century + int(year), number, int(day))
    except ValueError:
        return None
