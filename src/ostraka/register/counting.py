"""Whether an event that only reports tell is counted, and how well it is attested."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ostraka.model import Confidence, Status
from ostraka.register.claims import Chosen, Told, count_origins
from ostraka.register.copies import origins
from ostraka.register.likeness import SLACK_DAYS
from ostraka.register.places import fold

_NOT_COUNTED: Mapping[Status, str] = {
    Status.DENIED: "denied in the only reports there are",
    Status.REFUTED: "refuted in the only reports there are",
    Status.PLANNED: "told as a plan, not as done",
    Status.ATTEMPTED: "told as an attempt that failed",
}
_OFFICIAL = frozenset(
    {"ministry", "minister", "government", "service", "agency", "police", "parliament", "nis", "spokes", "official"}
)


def counting(told: list[Told], value: Chosen, may_be: tuple[str, ...]) -> tuple[bool, str]:
    """Whether an event that only reports tell is counted, and if not why."""
    some = [item.event for item in told if item.event.named or item.event.when]
    placed = any(item.event.post_place or item.event.organisation for item in told)
    in_passing = value.status is Status.MENTIONED and not any(item.event.when for item in told)
    vague = "neither a name, nor a date, nor a post is told: it may be one that is already counted"
    found = {
        _NOT_COUNTED.get(value.status, ""): value.status in _NOT_COUNTED,
        "mentioned in passing, without a date": in_passing,
        "no date is told and the report has none": not value.when,
        vague: not (some or placed),
        f"may be {', '.join(may_be)}, already counted; judge whether they are one": bool(may_be),
        "sums up events that its report tells one by one": all(map(_sums_up, told)),
    }
    reason = next((words for words, holds in found.items() if holds), "")
    return not reason, reason


def _sums_up(item: Told) -> bool:
    """Whether a group is told of whose members the same report tells one by one."""
    number = re.match(r"\d+", item.event.number)
    if item.event.named or not number or int(number[0]) < 2:
        return False
    singles = [
        other
        for other in item.reading.events
        if other.label != item.event.label and other.kind is item.event.kind and other.number in {"", "1"}
    ]
    near = [other for other in singles if other.when.overlaps(item.event.when, slack_days=SLACK_DAYS)]
    return len(near) >= int(number[0])


def confidence_of(told: list[Told]) -> Confidence:
    """Never high: a report is not yet a record."""
    firm = [item for item in told if item.event.status is Status.ASSERTED]
    voices = count_origins(firm, origins(item.reading.report for item in firm))
    official = any(not _OFFICIAL.isdisjoint(fold(item.event.statement.attributed_to).split()) for item in firm)
    return Confidence.MEDIUM if voices > 1 or official else Confidence.LOW
