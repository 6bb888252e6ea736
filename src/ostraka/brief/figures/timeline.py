"""Events on a timeline: one lane for each sector, one bar for each event from its earliest to its latest day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from markupsafe import Markup

from ostraka.brief.figures.svg import Scale, clip, element, group, label, picture, rect, time_axis
from ostraka.dates import day_number
from ostraka.model import SECTORS, Event

_ROW = 9
_MIN_BAR = 5.0


def draw_timeline(
    events: Sequence[Event], *, names: dict[str, str], start: date, end: date, told: Collection[str], width: int
) -> Markup:
    """Departures between two days by sector.

    Parameters
    ----------
    events : sequence of Event
    names : dict
        What to write beside an event told by the report, by event id.
    start, end : date
    told : collection of str
        Ids of the events that the report tells.
    width : int
        In px.
    """
    wide = width > 600
    left = 92 if wide else 84
    x = Scale(day_number(start), day_number(end), left, width - 14)
    parts: list[Markup] = []
    y = 14.0
    lanes = [sector for sector in (*SECTORS, "") if any(event.sector == sector for event in events)]
    for sector in lanes:
        rows = _pack([event for event in events if event.sector == sector and event.when], x)
        height = _ROW * len(rows) + 10
        parts.append(rect(left, y, width - 14 - left, height, class_="lane"))
        parts.append(label(left - 8, y + height / 2 + 4, sector or "unknown", class_="lane-name", text_anchor="end"))
        for number, row in enumerate(rows):
            parts.extend(_bar(event, x, y + 5 + _ROW * number, names.get(event.id, event.role), told) for event in row)
        y += height + 5
    flags = [_flag(event, x, y, names, width) for event in events if event.id in told and event.when]
    axis = time_axis(x, y + 2, top=10, at_most=12 if wide else 5)
    text = f"{len(events)} events from {start.year} to {end.year} in {len(lanes)} lanes by sector; {len(flags)} of them are told by the report"
    return picture("Departures by sector", text, width=width, height=y + 30, children=[axis, *parts, *flags])


def _ends(event: Event, x: Scale) -> tuple[float, float]:
    low = event.when.earliest or event.when.latest
    high = event.when.latest or event.when.earliest
    first, last = (x(day_number(day)) for day in (low, high) if day is not None)
    spare = max(0.0, _MIN_BAR - (last - first)) / 2
    return first - spare, last + spare


def _pack(events: Sequence[Event], x: Scale) -> list[list[Event]]:
    """Rows in which no two bars overlap, first come first served."""
    rows: list[list[Event]] = []
    free: list[float] = []
    for event in sorted(events, key=lambda event: event.when.sort_key()):
        first, last = _ends(event, x)
        number = next((i for i, end in enumerate(free) if end + 2 <= first), len(free))
        if number == len(free):
            free.append(0.0)
            rows.append([])
        free[number] = last
        rows[number].append(event)
    return rows


def _bar(event: Event, x: Scale, y: float, name: str, told: Collection[str]) -> Markup:
    first, last = _ends(event, x)
    state = str(event.confidence) if event.counted else "left-out"
    css = f"bar {state}" + (" told" if event.id in told else "")
    hint = f"{name}: {event.when}; {event.confidence} confidence" + (
        "" if event.counted else f"; not counted: {event.reason}"
    )
    return element(
        "rect", element("title", hint), x=first, y=y, width=last - first, height=_ROW - 2.5, rx=2, class_=css
    )


def _flag(event: Event, x: Scale, bottom: float, names: dict[str, str], width: int) -> Markup:
    """A thin line through all lanes for an event of the report."""
    first, last = _ends(event, x)
    middle = (first + last) / 2
    return group(
        element("line", x1=middle, y1=8.0, x2=middle, y2=bottom, class_="flag"),
        element("title", clip(names.get(event.id, event.role), width)),
    )
