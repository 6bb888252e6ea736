"""Events of a Korean report: the stem of an event, the one it happens to, the end of the sentence for its status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ostraka.dates import When
from ostraka.model import Report, Status
from ostraka.read.dates_in_text import DateMention
from ostraka.read.korean_clauses import NEAR, Stem, day_of, find_stems
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
    listed: bool = False


def find_events(
    report: Report, span: tuple[int, int], actors: list[Actor], focus: Actor | None, dates: list[DateMention]
) -> Iterator[Happening]:
    """Events of one sentence: one for each stem and the one it happens to in its clause."""
    text = report.text
    told: set[tuple[str, str]] = set()
    for stem in find_stems(text, span):
        actor = _actor(actors, stem, focus, text)
        if actor is None or not _is_elite(actor) or (stem.kind, actor.label) in told:
            continue
        if stem.kind == "appointment" and not actor.named:
            continue
        if stem.kind == "recall" and "거부" in text[stem.at : stem.at + 14]:
            continue
        told.add((stem.kind, actor.label))
        happening = _happening(report, span, stem, actor, dates)
        yield happening
        for other in (*_joined(actor, actors, text), *_beside(actor, actors, stem, text)):
            if (stem.kind, other.label) not in told:
                told.add((stem.kind, other.label))
                yield replace(happening, actor=other)


def _happening(report: Report, span: tuple[int, int], stem: Stem, actor: Actor, dates: list[DateMention]) -> Happening:
    text = report.text
    first = min(actor.start, stem.at) if actor.start >= span[0] else stem.at
    words = first, _verb_end(text, stem.at, span[1])
    status = _status(text[span[0] : span[1]], stem.at - span[0])
    after = text[actor.end : actor.end + 14]
    if "이후" in after and after.split("이후")[0].count(" ") <= 2:
        status = Status.MENTIONED
    happening = Happening(stem.kind, actor, words, status, day_of(report, dates, stem, span))
    happening.destination = _destination(text, span) if stem.kind == "defection" else None
    happening.family = _family(text, span)
    happening.place, happening.body = _post_place(text, span), _body(text, span)
    return happening


def _actor(actors: list[Actor], stem: Stem, focus: Actor | None, text: str) -> Actor | None:
    """The one to whom a stem happens: the object of an active verb, the subject of its clause, the topic, the focus."""
    if stem.kind in _DONE_TO:
        marked = _object(actors, text, stem)
        if marked is not None:
            return marked
    own = [actor for actor in actors if stem.clause <= actor.start < stem.at and _may_act(actor)]
    chosen = _last(own) or _who(actors, stem, focus, text)
    return chosen if chosen is None or chosen.tier else None


def _last(actors: list[Actor]) -> Actor | None:
    """The last subject of some actors, else the last one of them."""
    subjects = [actor for actor in actors if actor.subject]
    return subjects[-1] if subjects else actors[-1] if actors else None


def _may_act(actor: Actor) -> bool:
    return actor.role not in speakers() and actor.label not in LEADERS


def _joined(actor: Actor, actors: list[Actor], text: str) -> Iterator[Actor]:
    """The others of "리룡하와 장수길은", "쿠바 대사에 마철호, 라오스 대사에 리태웅"."""
    last = actor
    for other in sorted((a for a in actors if a.end <= actor.start), key=lambda a: -a.start):
        if other.label == last.label or not _LISTED.fullmatch(text[other.end : last.start]):
            if last.start - other.end > NEAR:
                return
            continue
        if other.named and actor.named:
            yield other
        last = other


def _beside(actor: Actor, actors: list[Actor], stem: Stem, text: str) -> Iterator[Actor]:
    """Those named who go along: "언니 성혜랑과 함께"."""
    for other in actors:
        if (
            other.named
            and actor.end <= other.start < stem.at
            and re.match(r"(?:와|과) (?:함께|같이|나란히)", text[other.end : other.end + 6])
        ):
            yield other


_LISTED = re.compile(
    r"(?:\(\d{1,3}세?\))?(?:씨)?(?: [가-힣\d]{2,12}){0,5}\s?(?:와|과|,|·|및|그리고)\s?(?:그의 |[가-힣\d]{1,12}(?:에는|에|의)? ?){0,4}"
)


def listed(
    report: Report, span: tuple[int, int], actors: list[Actor], kind: str, dates: list[DateMention]
) -> Happening | None:
    """The event that the heading of a list tells of the first one named in a line."""
    actor = next((actor for actor in actors if actor.named and actor.label not in LEADERS), None)
    if actor is None:
        return None
    stem = Stem(kind, span[1], span[1], span[0])
    words = span[0], actor.end
    row = next((row for row in dates if row.when), None)
    published = When(None, report.published) if report.published else When()
    found = Happening(kind, actor, words, Status.ASSERTED, row.when if row is not None else published, listed=True)
    found.destination = _destination(report.text, span) if stem.kind == "defection" else None
    found.place, found.body = _post_place(report.text, span), _body(report.text, span)
    return found


_DONE_TO = frozenset({"execution", "purge", "dismissal", "recall", "appointment", "assassination"})


def _object(actors: list[Actor], text: str, stem: Stem) -> Actor | None:
    """The one marked as object before an active verb: "장성택을 처형했다"."""
    marked = [
        actor
        for actor in actors
        if stem.clause <= actor.start < stem.at
        and actor.label not in LEADERS
        and re.match(r"(?:\([^)]{1,6}\))?\s?(?:[가-힣]{1,8} ?){0,2}?[을를]\s", text[actor.end : actor.end + 22])
    ]
    return marked[-1] if marked else None


def _is_elite(actor: Actor) -> bool:
    return actor.tier != 0 and (actor.named or actor.tier in {2, 3, 4})


def _who(actors: list[Actor], stem: Stem, focus: Actor | None, text: str) -> Actor | None:
    """The topic of the sentence before the verb; "망명을 요청한 사람은 X" names it after; else the one in focus."""
    before = [actor for actor in actors if actor.start < stem.at and _may_act(actor)]
    topic = _last(before)
    if topic is not None:
        return topic
    after = (actor for actor in actors if actor.start > stem.at and actor.named and _may_act(actor))
    named = next(after, None)
    if named is not None and named.start - stem.at < 40:
        return named
    return focus if "사람" not in text[stem.clause : stem.at] else None


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
        if abroad and tail.startswith(("의", " 주재", "주재", "에 있", " 북한", " 대사", " 대표부", "에서")):
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


_ONCE = frozenset({"defection", "execution", "assassination", "succession"})


def background(events: list[Happening], published: date | None) -> None:
    """What lies months before the newest event of the report is told as background, lines of a list apart."""
    days = [event.when.latest for event in events if event.when.latest is not None]
    if published is None or not days:
        return
    newest = max(days)
    for event in events:
        latest = event.when.latest
        old = latest is not None and min((newest - latest).days, (published - latest).days) > OLD_DAYS
        if old and event.status is Status.ASSERTED and not event.listed:
            event.status = Status.MENTIONED


OLD_DAYS = 150


def _same(one: Happening, other: Happening) -> bool:
    together = not (one.when.earliest and other.when.earliest)
    if one.actor.named and other.actor.named:
        again = one.kind in _ONCE or together or one.when.overlaps(other.when, slack_days=40)
        return one.actor.label == other.actor.label and again
    if one.actor.named != other.actor.named:
        return together or one.when.overlaps(other.when, slack_days=40)
    return one.actor.role == other.actor.role and (together or one.when.overlaps(other.when))
