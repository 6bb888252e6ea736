"""Versions of a page: what an address said later takes the place of what it said before, from the day it was seen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ostraka.model import Report
from ostraka.read.reading import Reading


def page_of(url: str) -> str:
    """The page that an address leads to; empty for none.

    Examples
    --------
    >>> page_of("http://www.example.org/a/#top") == page_of("https://example.org/a")
    True
    """
    bare = re.sub(r"^https?://(www\.)?", "", url.strip(), flags=re.I).partition("#")[0].rstrip("/")
    host, slash, path = bare.partition("/")
    return host.lower() + slash + path


def dated(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings of which every later version of a page counts as printed on the day it was seen, not before."""
    found = tuple(readings)
    first = {page: min(map(_seen, versions)) for page, versions in _pages(found).items() if len(versions) > 1}
    return tuple(_as_seen(reading, first.get(page_of(reading.report.url))) for reading in found)


def _as_seen(reading: Reading, first: date | None) -> Reading:
    report = reading.report
    seen = _seen(reading)
    if first is None or seen == first or report.published is None or seen <= report.published:
        return reading
    return replace(reading, report=replace(report, published=seen))


def superseded(readings: Iterable[Reading]) -> frozenset[str]:
    """Ids of reports whose page was seen with another text later; two seen on one day both stand."""
    return frozenset(
        reading.report.id
        for versions in _pages(readings).values()
        for reading in versions
        if _seen(reading) < max(map(_seen, versions))
    )


def one_page(a: Report, b: Report) -> bool:
    """Whether two reports are versions of one page."""
    return bool(page_of(a.url)) and page_of(a.url) == page_of(b.url)


def _pages(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if page := page_of(reading.report.url):
            found[page].append(reading)
    return found


def _seen(reading: Reading) -> date:
    """The day on which a version was certainly there."""
    report = reading.report
    return max(filter(None, (report.retrieved, report.published)), default=date.min)
