"""Events of a Korean report: the stem of an event, the one it happens to, the end of the sentence for its status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ostraka.dates import When
from ostraka.model import Report, Status
from ostraka.read.dates_in_text import DateMention
from ostraka.read.korean_persons import Actor, speakers
from ostraka.read.korean_words import LEADERS, table
from ostraka.read.places import Place, PlaceKind, country_name, korean_places


@dataclass(slots=True)
class Happening:
    """An event as found."""

    kind: str
    actor: Actor
    words: tuple[int, int]
    status: Status
    when: When
    destination: tuple[str, tuple[int, int]] | None = None
    family: tuple[str, tuple[int, int]] | None = None
    place: tuple[str, tuple[int, int]] | None = None
    body: tuple[str, tuple[int, int]] | None = None


def find_events(
    report: Report, span: tuple[int, int], actors: list[Actor], focus: Actor | None, dates: list[DateMention]
) -> Iterator[Happening]:
    """Events of one sentence, one of each kind and person."""
    text = report.text
    start, end = span
    sentence = text[start:end]
    told: set[str] = set()
    for kind, stems in table()["event"].items():
        at = next((sentence.find(stem) for stem in stems if stem in sentence), -1)
        if at < 0 or kind in told or " 여부" in sentence[at : at + 8]:
            continue
        actor = _object(actors, text, start + at) if kind in _DONE_TO else None
        actor = actor or _who(actors, start + at, focus, sentence)
        if actor is None or actor.tier == 0 or not _is_elite(actor):
            continue
        told.add(kind)
        words = min(actor.start, start + at) if actor.start >= start else start + at, _verb_end(text, start + at, end)
        if kind == "appointment" and not actor.named:
            continue
        if kind == "recall" and "거부" in sentence[at : at + 14]:
            continue
        happening = Happening(kind, actor, words, _status(sentence, at), _when(report, dates, start + at))
        if (
            text[actor.end : actor.end + 14].split("이후")[0].count(" ") <= 2
            and "이후" in text[actor.end : actor.end + 14]
        ):
            happening.status = Status.MENTIONED
        happening.destination = _destination(text, span) if kind == "defection" else None
        happening.family = _family(text, span)
        happening.place, happening.body = _post_place(text, span), _body(text, span)
        yield happening
        yield from _joined(happening, actors, text)


def _joined(happening: Happening, actors: list[Actor], text: str) -> Iterator[Happening]:
    """The other one of "리룡하와 장수길은"."""
    for other in actors:
        if (
            other.named
            and other.label != happening.actor.label
            and text[other.end : happening.actor.start].strip() in {"와", "과", ",", "·"}
        ):
            yield replace(happening, actor=other)


_DONE_TO = frozenset({"execution", "purge", "dismissal", "recall", "appointment", "assassination"})


def _object(actors: list[Actor], text: str, at: int) -> Actor | None:
    """The one marked as object before an active verb: "장성택을 처형했다"."""
    marked = [
        actor
        for actor in actors
        if actor.start < at
        and actor.label not in LEADERS
        and re.match(r"(?:\([^)]{1,6}\))?\s?[가-힣]{0,8}?[을를]\s", text[actor.end : actor.end + 16])
    ]
    return marked[-1] if marked else None


def _is_elite(actor: Actor) -> bool:
    return actor.named or actor.tier in {2, 3, 4}


def _who(actors: list[Actor], at: int, focus: Actor | None, sentence: str) -> Actor | None:
    """The topic or subject before the verb; "망명을 요청한 사람은 X" names it after."""
    before = [
        actor for actor in actors if actor.start < at and actor.role not in speakers() and actor.label not in LEADERS
    ]
    subjects = [actor for actor in before if actor.subject]
    if subjects:
        return subjects[-1]
    if before:
        return before[-1]
    after = [
        actor for actor in actors if actor.start > at and actor.role not in speakers() and actor.label not in LEADERS
    ]
    named = next((actor for actor in after if actor.named), None)
    if named is not None and named.start - at < 40:
        return named
    return focus if "사람" not in sentence else None


def _verb_end(text: str, at: int, end: int) -> int:
    match = re.compile(r"[가-힣]*").match(text, at)
    return min(end, match.end()) if match else at


def _status(sentence: str, at: int) -> Status:
    """What the end of the sentence makes of the event."""
    rest = sentence[at:]
    for name in ("refuted", "denied", "attempted", "planned", "hedged"):
        if any(word in rest for word in table()["status"][name]):
            return Status(name)
    return Status.ASSERTED


def _when(report: Report, dates: list[DateMention], at: int) -> When:
    usable = [date for date in dates if date.when and date.kind not in {"until"}]
    before = [date for date in usable if date.start < at]
    chosen = before[-1] if before else (usable[0] if usable else None)
    if chosen is None:
        return When(None, report.published) if report.published else When()
    when = chosen.when
    if (
        report.published
        and when.latest
        and when.latest > report.published
        and (not when.earliest or when.earliest <= report.published)
    ):
        return When(when.earliest, report.published, when.text)
    return when


def _places(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int, Place]]:
    start, end = span
    table = korean_places()
    sentence = text[start:end]
    for name, place in table.items():
        at = sentence.find(name)
        while at >= 0:
            if at == 0 or not ("가" <= sentence[at - 1] <= "힣"):
                yield start + at, start + at + len(name), place
            at = sentence.find(name, at + len(name))


def _destination(text: str, span: tuple[int, int]) -> tuple[str, tuple[int, int]] | None:
    best = None
    for start, end, place in _places(text, span):
        if place.country == "KP":
            continue
        tail = text[end : end + 6]
        if re.match(r"(?:으로|로|에 |에|행|대사관|땅|정부에|을 향|를 향)", tail) and not tail.startswith(
            ("에서", "에 주재", "에 있")
        ):
            name = country_name(place.country)
            if best is None or place.country == "KR":
                best = (name, (start, end))
    return best


def _family(text: str, span: tuple[int, int]) -> tuple[str, tuple[int, int]] | None:
    """Kin words before "데리고", "함께"; "일가족"."""
    start, end = span
    sentence = text[start:end]
    if not any(word in sentence for word in table()["family"]["with"]) or any(
        word in sentence for word in table()["family"]["left"]
    ):
        return None
    kin = "|".join(sorted(table()["family"]["kin"], key=len, reverse=True))
    unit = rf"(?:두 |세 |한 )?(?:{kin})(?:\(\d+\))?"
    match = re.search(rf"(?<![가-힣]){unit}(?:(?:과|와|,| 및)\s?{unit}){{0,3}}", sentence)
    return (match[0], (start + match.start(), start + match.end())) if match else None


Field = tuple[str, tuple[int, int]]
"""What is told, and where its words stand."""


def _post_place(text: str, span: tuple[int, int]) -> Field | None:
    """Where somebody was posted: "주영", "로마의", "런던 주재"."""
    start, end = span
    sentence = text[start:end]
    for code, words in table()["posted"].items():
        for word in sorted(words, key=len, reverse=True):
            at = sentence.find(word)
            if at >= 0:
                return country_name(code), (start + at, start + at + len(word))
    for low, high, found in _places(text, span):
        tail = text[high : high + 5]
        abroad = found.country not in {"KP", "KR"}
        if abroad and tail.startswith(("의", " 주재", "주재", "에 있", " 북한", "에서 근무", "에서")):
            name = found.name if found.kind is not PlaceKind.COUNTRY else country_name(found.country)
            return name, (low, high)
    return None


def _body(text: str, span: tuple[int, int]) -> Field | None:
    """The body somebody served: "북한대사관", "FAO 북한대표부", "정찰총국"."""
    start, end = span
    sentence = text[start:end]
    for word in sorted(table()["body"]["words"], key=len, reverse=True):
        at = sentence.find(word)
        if at < 0 or sentence[max(0, at - 2) : at].endswith("한국"):
            continue
        left = max(sentence.rfind(mark, 0, at) for mark in " ,(\"'“‘") + 1
        lead = re.search(r"\(([A-Z]{2,6})\)\s?$", sentence[max(0, left - 12) : left])
        if lead:
            left = max(0, left - 12) + lead.start(1)
        elif sentence[:left].endswith(("FAO ", "UN ", "유엔 ")):
            left = sentence[:left].rstrip().rfind(" ") + 1
        right = at + len(word)
        return sentence[left:right].replace(")", ""), (start + left, start + right)
    return None


def merge(found: list[Happening]) -> list[Happening]:
    """One event told twice is one; an unnamed diplomat later named is the same person."""
    kept: list[Happening] = []
    for event in found:
        known = next((other for other in kept if other.kind == event.kind and _same(other, event)), None)
        if known is None:
            kept.append(event)
        else:
            _join(known, event)
    return [event for event in kept if not _is_part_of_purge(event, kept)]


def _is_part_of_purge(event: Happening, events: list[Happening]) -> bool:
    """Whether a loss of post is told in one breath with the punishment."""
    return event.kind == "dismissal" and any(
        other.kind == "purge" and other.actor.label == event.actor.label for other in events
    )


def take_back(text: str, spans: list[tuple[int, int]], events: list[Happening]) -> None:
    """A later sentence that shows somebody again refutes what was told of them."""
    for event in events:
        name = event.actor.label if event.actor.named else ""
        for start, end in spans:
            sentence = text[start:end]
            called = name and (name in sentence or f"{name[0]} {event.actor.role}" in sentence)
            if start > event.words[0] and called and any(word in sentence for word in table()["status"]["refuted"]):
                event.status = Status.REFUTED


def _join(known: Happening, event: Happening) -> None:
    """Take into a known event what another telling adds."""
    if event.actor.named and not known.actor.named:
        known.actor = event.actor
    for name in ("destination", "family", "place", "body"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(event, name))
    if _width(event.when) < _width(known.when):
        known.when = event.when
    firm = known.status is Status.HEDGED and event.status in {Status.ASSERTED, Status.DENIED}
    if firm or event.status is Status.REFUTED:
        known.status = event.status


def _width(when: When) -> int:
    """Days of an interval; more than any for an open one."""
    if when.earliest is None or when.latest is None:
        return 1 << 30
    return (when.latest - when.earliest).days


def _same(one: Happening, other: Happening) -> bool:
    if one.actor.named and other.actor.named:
        return one.actor.label == other.actor.label
    together = not (one.when.earliest and other.when.earliest)
    if one.actor.named != other.actor.named:
        return together or one.when.overlaps(other.when, slack_days=40)
    return one.actor.role == other.actor.role and (together or one.when.overlaps(other.when))
