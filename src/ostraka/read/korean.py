"""Korean reports: names, events, posts, dates and counts by a small grammar of their own.

Words of a Korean sentence are stems with particles; the verb comes last. The grammar takes off the particle,
knows names by the title or age beside them, gathers words into phrases with a case, and gives an event to the
object, the subject or the head that the form of its verb asks for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ostraka.dates import When
from ostraka.model import Report, Statement, Status
from ostraka.read.dates_in_text import DateMention, find_dates
from ostraka.read.korean_actors import Actor, Phrase, may_act
from ostraka.read.korean_claims import find_claims
from ostraka.read.korean_clauses import bullets, day_told, find_stems
from ostraka.read.korean_events import Happening, Setting, find_events, listed
from ostraka.read.korean_fields import places
from ostraka.read.korean_foreign import Names
from ostraka.read.korean_merge import background, merge, take_back
from ostraka.read.korean_names import apart, find_names
from ostraka.read.korean_persons import NamesAt, find_phrases, name_starts
from ostraka.read.korean_ties import Tie, find_ties
from ostraka.read.korean_who import Scene
from ostraka.read.korean_words import WORD, Word, split_word, table
from ostraka.read.places import country_name, is_regime
from ostraka.read.sentences import split_sentences

Roles = dict[str, list[tuple[int, int, str]]]
"""The titles told of each name, and where they stand."""
Span = tuple[int, int]


@dataclass(slots=True)
class _Scan:
    """A report while it is read, sentence by sentence."""

    setting: Setting
    names: Names
    at: NamesAt
    roles: Roles = field(default_factory=dict)
    found: list[Happening] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    focus: list[Actor] = field(default_factory=list)
    spoken: list[Actor] = field(default_factory=list)
    heading: str = ""
    sitting: When | None = None
    when: When | None = None

    def read(self, span: Span, words: list[Word], dates: list[DateMention], *, listed_here: bool) -> None:
        """Take in one sentence."""
        text = self.setting.report.text
        phrases = find_phrases(text, words, self.names, at=self.at)
        _note_roles(phrases, self.roles)
        _lend_roles(phrases, self.roles)
        self.ties += find_ties(text, phrases, self.spoken)
        self.spoken = _spoken(phrases) or self.spoken
        if not self.setting.regime:
            return
        if listed_here and self.heading:
            entry = listed(self.setting, span, phrases, self.heading, dates)
            self.found += [entry] if entry is not None else []
            return
        stems = find_stems(text, span)
        self.heading = stems[-1].kind if stems else self.heading
        scene = Scene(text, phrases, self.focus, quotes=_QUOTES.search(text, *span) is not None)
        events = list(find_events(self.setting, span, scene, dates))
        self.when = _as_before(text[slice(*span)], events, self.when)
        self.sitting = _opened(text[slice(*span)], dates) or self.sitting
        self.sitting = _same_sitting(text, events, self, dated=bool(dates))
        self.found += events
        self.focus = _next_focus(phrases, events, self.focus)


def extract_korean(report: Report, writer: Any) -> list[Statement]:
    """Statements of a Korean report.

    Parameters
    ----------
    report : Report
    writer : object with ``say`` and ``signature``
        Writes and signs the statements.

    Returns
    -------
    list of Statement
    """
    text = report.text
    sentences = [(start, end) for start, end in split_sentences(text) if end > start]
    dates = find_dates(text, report.published, lang="ko")
    words = [split_word(word, at) for match in WORD.finditer(text) for word, at in apart(match[0], match.start())]
    regime, told = main_regime(report), day_told(report, dates, sentences)
    breaks = regime != "KP" and _BREAKS.search(text) is not None
    names = find_names(text, words)
    scan = _Scan(Setting(report, regime, told, breaks), names, name_starts(names))
    lines = set(bullets(text, sentences))
    at_word, at_date = [word.start for word in words], [row.start for row in dates]
    for span in sentences:
        own = words[bisect_left(at_word, span[0]) : bisect_left(at_word, span[1])]
        days = dates[bisect_left(at_date, span[0]) : bisect_left(at_date, span[1])]
        scan.read(span, own, days, listed_here=span in lines)
    events = merge(scan.found, told, text)
    take_back(text, sentences, events)
    background(events, report.published)
    statements: list[Statement] = []
    for n, event in enumerate(events):
        statements += _tell(event, n, writer, _land(regime, report))
    statements += _persons(scan.names, scan.roles, writer)
    for tie in {(tie.ego, tie.relation, tie.alter): tie for tie in reversed(scan.ties)}.values():
        statements.append(writer.say(tie.span, "tie", tie.ego, tie.relation, tie.alter))
    statements += find_claims(report, sentences, dates, writer)
    return statements


def _as_before(sentence: str, events: list[Happening], when: When | None) -> When | None:
    """Give what happened "at the same time" the date of what was told before it; then the date of the last."""
    for event in events:
        if event.when.earliest is None and when is not None and _SAME_TIME.search(sentence) is not None:
            event.when = when
        when = event.when if event.when.earliest is not None and event.status is not Status.MENTIONED else when
    return when


_SAME_TIME = re.compile(r"같은 (?:날|시기|무렵|때)|이날")


_OPENED = re.compile(r"(?:회의|당대회|대표자회|회기)[를을가이] ?(?:[가-힣]{1,8} )?(?:열|개최|소집|진행|개막)")


def _opened(sentence: str, dates: list[DateMention]) -> When | None:
    """The day on which a sentence says that an assembly met."""
    days = [row.when for row in dates if row.when and row.kind in {"day", "weekday"}]
    return days[0] if len(days) == 1 and _OPENED.search(sentence) is not None else None


def _same_sitting(text: str, events: list[Happening], scan: _Scan, *, dated: bool) -> When | None:
    """Give changes of post without a date the day of those told just before; then the day of the last of them."""
    told = [event for event in events if event.kind in _AT_SITTINGS and event.status is Status.ASSERTED]
    exact = next((event.when for event in told if event.when.earliest == event.when.latest is not None), None)
    exact = exact if exact is not None and _is_news(exact, scan.setting.report) else None
    day = exact or scan.sitting
    before = {(event.kind, event.actor.label) for event in scan.found}
    for event in told:
        seen = (
            _SEEN.search(text, event.words[0], event.words[1] + 8) is not None
            or (event.kind, event.actor.label) in before
        )
        if event.when.earliest is None and day is not None and (exact is not None or not dated) and not seen:
            event.when = day
    return day if told else None


_AT_SITTINGS = frozenset(("appointment", "dismissal", "succession"))
_SEEN = re.compile(r"로 (?:소개|불|호명|호칭)")


def _is_news(when: When, report: Report) -> bool:
    latest = when.latest
    return latest is not None and report.published is not None and (report.published - latest).days < A_MONTH


A_MONTH = 31
"""Days after which what a report tells in passing is no news."""
FICTION = 2
"""So many words of stage and page make a report one of fiction, so many of play one of sport."""
_QUOTES = re.compile(r"[다라냐자]고 |것으로 |[다라]며 |[\"“”]|다는 ")
_BREAKS = re.compile(
    r"망명|반군|결별|정권을 이탈|정권에서 이탈|대표하지 않|독재 정권|등을 돌|시위대|(?:전쟁|침공)[을에][^.]{0,14}(?:비판|비난|규탄|항의|반대)|학살에 항의|진압에 항의"
)


def main_regime(report: Report) -> str:
    """Code of the regime a report is about: North Korea where it is named, else the one named most; or empty."""
    counts: Counter[str] = Counter()
    hosts: Counter[str] = Counter()
    for start, end, place in places(report.text, (0, len(report.text))):
        if is_regime(place.country):
            posted = _POSTED_TO.match(report.text, end) is not None
            weight = 1 if posted else 2
            counts[place.country] += weight + (2 if start < 60 else 0)
            hosts[place.country] += posted * (3 if start < 60 else 1)
    for code, words in table()["regime"].items():
        for word in words:
            counts[code] += 2 * min(3, report.text.count(word))
    if not any(counts.values()) or any(
        sum(word in report.text for word in table()[matter]["words"]) >= FICTION for matter in ("fiction", "sport")
    ):
        return ""
    home = max(counts[code] - hosts[code] for code in counts if code != "KP") if len(counts) > 1 else 0
    if counts["KP"] >= 4 or (counts["KP"] and counts["KP"] * 2 >= home):
        return "KP"
    return max(counts, key=lambda code: counts[code])


_POSTED_TO = re.compile(r" ?(?:주재|[가-힣]{0,4} ?대사관|(?:(?:총|부|전)?(?:대사|공사|영사)|대표부|공관|참사관))")


def _land(regime: str, report: Report) -> str:
    """The regime as it was called when the report was published."""
    soviet = regime == "RU" and report.published is not None and report.published.year < 1992
    return country_name("SU" if soviet else regime)


def _next_focus(phrases: list[Phrase], events: list[Happening], focus: list[Actor]) -> list[Actor]:
    """Who is spoken of next: those concerned if the topic is not named, else the first one who acts."""
    acting = [a for phrase in phrases for a in phrase.actors if a.acts and may_act(a)]
    named = [actor for actor in acting if actor.named]
    concerned = [event.actor for event in events]
    if named and (not concerned or named[0].label in {actor.label for actor in concerned}):
        rest = [actor for actor in concerned if actor.label != named[0].label]
        return [named[0], *rest]
    if concerned:
        return concerned
    spoken = [a for phrase in phrases for a in phrase.actors if a.named and may_act(a)]
    return named[:1] or spoken[-1:] or [actor for actor in acting if actor.tier in {2, 3, 4}][:1] or focus


def _spoken(phrases: list[Phrase]) -> list[Actor]:
    """Those whom a sentence names, the first one who acts at the head."""
    named = [actor for phrase in phrases for actor in phrase.actors if actor.named]
    acting = [actor for actor in named if actor.acts and not actor.told]
    return [*acting[:1], *named]


def _note_roles(phrases: list[Phrase], roles: Roles) -> None:
    for phrase in phrases:
        for actor in phrase.actors:
            if actor.named and actor.role and actor.role_at is not None:
                roles.setdefault(actor.label, []).append((*actor.role_at, actor.role))


def _lend_roles(phrases: list[Phrase], roles: Roles) -> None:
    """Who is named without a title bears the one told before."""
    for phrase in phrases:
        for actor in phrase.actors:
            if actor.named and not actor.role and actor.label in roles:
                start, end, actor.role = roles[actor.label][0]
                actor.role_at = start, end


def _tell(event: Happening, n: int, writer: Any, land: str) -> Iterator[Statement]:
    label = f"{event.kind}: {event.actor.label} @{n}"
    yield writer.say(event.words, "event", label, "type", event.kind, when=event.when, status=event.status)
    yield writer.say((event.actor.start, event.actor.end), "event", label, "person", event.actor.label)
    if not event.actor.named:
        yield writer.say(
            (event.actor.start, event.actor.end), "person", event.actor.label, "described", event.actor.label
        )
    if event.actor.role:
        yield writer.say(
            event.actor.role_at or (event.actor.start, event.actor.end), "event", label, "role", event.actor.role
        )
    yield writer.say(event.words, "event", label, "origin_regime", land)
    for name, value in (
        ("destination", event.destination),
        ("family_with", event.family),
        ("post_place", event.place),
        ("organisation", event.body),
    ):
        if value is not None:
            yield writer.say(value[1], "event", label, name, value[0])


def _persons(names: Names, roles: Roles, writer: Any) -> Iterator[Statement]:
    for name, rows in names.items():
        start, end = rows[0]
        yield writer.say((start, end), "person", name, "name", name)
        yield writer.say((start, end), "person", name, "native_name", name)
        for low, high, role in roles.get(name, ()):
            yield writer.say((low, high), "person", name, "role", role)
