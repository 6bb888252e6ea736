"""One event told twice is one: what later sentences of a Korean report add, take back or leave in the past."""

from __future__ import annotations

import re
from datetime import date

from ostraka.dates import When
from ostraka.model import Status
from ostraka.read.korean_events import LONG_AGO, Happening
from ostraka.read.korean_words import NUMBER, number_of, table


def merge(found: list[Happening], told: date | None, text: str = "") -> list[Happening]:
    """One event told twice is one; an unnamed diplomat later named is the same person, unless he *too* is told of."""
    kept: list[Happening] = []
    for event in found:
        alike = [other for other in kept if other.kind == event.kind and _same(other, event)]
        another = event.actor.named and _TOO.match(text, event.actor.end) is not None
        known = next((other for other in alike if other.actor.named or not another), None)
        if known is None:
            kept.append(event)
        else:
            _join(known, event)
    kept = [event for event in kept if not _is_named_later(event, kept)]
    kept = [event for event in kept if not _is_career(event, told)]
    kept = [event for event in kept if not _is_part_of_purge(event, kept) and not _came_over(event, kept)]
    return [event for event in kept if not _did_not_obey(event, kept)]


def _is_named_later(event: Happening, events: list[Happening]) -> bool:
    """Whether a group of so many is told again by as many names: "간부 두 명을 내쳤다. 리만건과 박태덕이 해임됐다"."""
    count = NUMBER.search(event.actor.label) if not event.actor.named else None
    if count is None:
        return False
    after = [other for other in events if other.kind == event.kind and other.words[0] > event.words[0]]
    return len(after) == number_of(count[1]) > 1 and all(other.actor.named for other in after)


def _did_not_obey(event: Happening, events: list[Happening]) -> bool:
    """Whether the order home is told only as the cause of a flight, or an arrest as its end."""
    if event.kind == "purge":
        return any(
            other.status is Status.ATTEMPTED
            and other.kind == "defection"
            and other.actor.label == event.actor.label
            and abs(other.words[0] - event.words[0]) < TOGETHER
            for other in events
        )
    return event.kind == "recall" and any(
        other.kind in {"defection", "disappearance"}
        and other.actor.label == event.actor.label
        and 0 <= other.words[1] - event.words[1] < TOGETHER // 2
        for other in events
    )


CAREER = 400
"""Days after which an appointment told in passing is no event but a line of somebody's life."""


def _is_career(event: Happening, told: date | None) -> bool:
    latest = event.when.latest
    return event.kind == "appointment" and told is not None and latest is not None and (told - latest).days > CAREER


def _came_over(event: Happening, events: list[Happening]) -> bool:
    """Whether somebody who vanished is told in one breath to have come over; the flight began on that day."""
    for other in events:
        same = (
            other.kind == "defection" and other.actor.label == event.actor.label and other.status is not Status.PLANNED
        )
        if event.kind == "disappearance" and same and 0 <= other.words[1] - event.words[1] < TOGETHER:
            other.when = event.when if event.when.earliest is not None else other.when
            return True
    return False


def _is_part_of_purge(event: Happening, events: list[Happening]) -> bool:
    """Whether a loss of post is told in one breath with the punishment."""
    return event.kind == "dismissal" and any(
        other.kind == "purge"
        and other.actor.label == event.actor.label
        and other.status not in {Status.DENIED, Status.REFUTED}
        and other.when.overlaps(event.when, slack_days=40)
        and abs(other.words[0] - event.words[0]) < TOGETHER
        for other in events
    )


TOGETHER = 90
"""Letters within which a loss of post and a punishment are one."""


def take_back(text: str, spans: list[tuple[int, int]], events: list[Happening]) -> None:
    """A later sentence that shows somebody again refutes what was told; one that denies it leaves it denied."""
    status = table()["status"]
    for start, end in spans:
        sentence = text[start:end]
        shown = any(word in sentence for word in status["refuted"])
        denies = _OF_THIS.search(sentence) is not None and any(word in sentence for word in status["denied_anywhere"])
        before = [event for event in events if event.words[0] < start]
        last = max((event.words[0] for event in before), default=-1)
        here = {event.actor.label for event in events if start <= event.words[0] < end}
        for event in before:
            name = event.actor.label if event.actor.named else ""
            called = bool(name) and (name in sentence or f"{name[0]} {event.actor.role}" in sentence)
            next_told = event.words[0] == last and start - event.words[1] < NEXT
            if (
                shown
                and event.actor.label not in here
                and event.kind not in _GAINS
                and (called or (next_told and sentence.lstrip().startswith(_BUT)))
            ):
                event.status = Status.REFUTED
            elif denies and next_told and event.status is Status.HEDGED:
                event.status = Status.DENIED


_GAINS = frozenset(("appointment", "succession"))
_OF_THIS = re.compile(r"이를|이에|보도|주장|소문|설[을은이]|의혹")
_BUT = ("그러나", "하지만", "그는", "그렇지만")
NEXT = 60
"""Letters after an event within which the next sentence begins."""


def _join(known: Happening, event: Happening) -> None:
    """Take into a known event what another telling adds."""
    if event.actor.named and (not known.actor.named or not known.actor.role):
        known.actor = event.actor
    for name in ("destination", "family", "place", "body"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(event, name))
    if known.when.earliest is None and _width(event.when) < _width(known.when):
        known.when = event.when
    firm = known.status is Status.HEDGED and event.status in {Status.ASSERTED, Status.DENIED}
    if firm or event.status is Status.REFUTED:
        known.status = event.status


def _width(when: When) -> int:
    """Days of an interval; more than any for an open one."""
    if when.earliest is None or when.latest is None:
        return 1 << 30
    return (when.latest - when.earliest).days


_FAMILY = re.compile(r" (?:부부|일가|일가족|가족)\Z")
_COUNTED = re.compile(r"\d|명|들\Z")
_TOO = re.compile(r"\s?(?:\(\d{1,3}\))?\s?씨?도(?![가-힣])")
_ONE = re.compile(r"\s?(?:한\s?(?:명|사람)|1\s?명)\Z")
"""A single one, who may be named later."""
_VAGUE = frozenset(("외교관", "간부", "인사", "고위간부", "관리"))
_ONCE = frozenset({"defection", "execution", "assassination"})


def background(events: list[Happening], published: date | None) -> None:
    """What lies months before the newest event of the report is told as background, lines of a list apart."""
    days = [event.when.latest for event in events if event.when.latest is not None]
    if published is None or not days:
        return
    newest = max(days)
    for event in events:
        latest = event.when.latest
        old = latest is not None and min((newest - latest).days, (published - latest).days) > LONG_AGO
        if old and event.status is Status.ASSERTED and not (event.listed or event.affirmed):
            event.status = Status.MENTIONED


_LEADS = frozenset(("defection", "recall", "disappearance", "purge", "execution"))
NEXT_SENTENCE = 90
"""Letters after a lead that names nobody within which the one it means is named."""


def _same(one: Happening, other: Happening) -> bool:
    together = not (one.when.earliest and other.when.earliest)
    roles = _FAMILY.sub("", one.actor.role).split(" ")[-1], _FAMILY.sub("", other.actor.role).split(" ")[-1]
    if one.kind == "appointment" and all(roles) and roles[0] != roles[1]:
        return False
    if one.kind == "succession" and bool(one.when.earliest) != bool(other.when.earliest):
        return False
    if one.actor.named and other.actor.named:
        again = one.kind in _ONCE or together or one.when.overlaps(other.when, slack_days=40)
        return one.actor.label == other.actor.label and again
    if one.actor.named != other.actor.named:
        counted = any(_COUNTED.search(_ONE.sub("", event.actor.label)) for event in (one, other))
        again = together or one.when.overlaps(other.when)
        lead = not one.actor.named and one.kind in _LEADS and 0 < other.words[0] - one.words[1] < NEXT_SENTENCE
        return again and not counted and (lead or roles[0] == roles[1] or not all(roles) or roles[1] in _VAGUE)
    return one.actor.role == other.actor.role and (together or one.when.overlaps(other.when))
