"""Korean reports: names, events, posts, dates and counts by a small grammar of their own.

Words of a Korean sentence are stems with particles; the verb comes last. The grammar takes off the particle,
knows names by the title or age beside them, gathers words into phrases with a case, and gives an event to the
object, the subject or the head that the form of its verb asks for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ostraka.model import Report, Statement
from ostraka.read.dates_in_text import find_dates
from ostraka.read.korean_claims import find_claims
from ostraka.read.korean_clauses import bullets, day_told, find_stems
from ostraka.read.korean_events import Happening, Setting, find_events, listed
from ostraka.read.korean_fields import places
from ostraka.read.korean_foreign import Names
from ostraka.read.korean_merge import background, merge, take_back
from ostraka.read.korean_names import find_names
from ostraka.read.korean_persons import Actor, NamesAt, Phrase, find_phrases, may_act, name_starts
from ostraka.read.korean_ties import Tie, find_ties
from ostraka.read.korean_who import Scene
from ostraka.read.korean_words import WORD, Word, split_word, table
from ostraka.read.places import country_name, is_regime
from ostraka.read.sentences import split_sentences


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
    sentences = [(start, end) for start, end in split_sentences(report.text) if end > start]
    dates = find_dates(report.text, report.published, lang="ko")
    words = [split_word(match[0], match.start()) for match in WORD.finditer(report.text)]
    names = find_names(report.text, words)
    regime = main_regime(report)
    told = day_told(report, dates, sentences)
    breaks = regime != "KP" and _BREAKS.search(report.text) is not None
    roles: dict[str, list[tuple[int, int, str]]] = {}
    found: list[Happening] = []
    focus: list[Actor] = []
    spoken: list[Actor] = []
    ties: list[Tie] = []
    lines, heading = set(bullets(report.text, sentences)), ""
    at = 0
    for start, end in sentences:
        own_words: list[Word] = []
        while at < len(words) and words[at].start < end:
            own_words += [words[at]] if words[at].start >= start else []
            at += 1
        phrases = find_phrases(report.text, own_words, names)
        _note_roles(phrases, roles)
        _lend_roles(phrases, roles)
        ties += find_ties(report.text, phrases, spoken)
        spoken = _spoken(phrases) or spoken
        own = [d for d in dates if start <= d.start < end]
        if not regime:
            continue
        setting = Setting(report, regime, told, breaks)
        if (start, end) in lines and heading:
            entry = listed(setting, (start, end), phrases, heading, own)
            found += [entry] if entry is not None else []
            continue
        stems = find_stems(report.text, (start, end))
        heading = stems[-1].kind if stems else heading
        events = list(
            find_events(
                setting,
                (start, end),
                Scene(report.text, phrases, focus, quotes=_QUOTES.search(report.text, start, end) is not None),
                own,
            )
        )
        found += events
        focus = _next_focus(phrases, events, focus)
    merged = merge(found, told)
    take_back(report.text, sentences, merged)
    background(merged, report.published)
    statements: list[Statement] = []
    for n, event in enumerate(merged):
        statements += _tell(event, n, writer, _land(regime, report))
    statements += _persons(names, roles, writer)
    for tie in {(tie.ego, tie.relation, tie.alter): tie for tie in reversed(ties)}.values():
        statements.append(writer.say(tie.span, "tie", tie.ego, tie.relation, tie.alter))
    statements += find_claims(report, sentences, dates, writer)
    return statements


FICTION = 2
"""So many words of stage and page make a report one of fiction."""
_QUOTES = re.compile(r"[다라냐자]고 |것으로 |[다라]며 |[\"“”]|다는 ")
_BREAKS = re.compile(
    r"망명|반군|결별|정권을 이탈|정권에서 이탈|등을 돌|시위대|전쟁에 항의|전쟁에 반대|침공에 항의|침공을 비|학살에 항의|진압에 항의"
)


def main_regime(report: Report) -> str:
    """Code of the regime a report is about: North Korea where it is named, else the one named most; or empty."""
    counts: Counter[str] = Counter()
    for start, end, place in places(report.text, (0, len(report.text))):
        if is_regime(place.country):
            office = report.text[end : end + 8]
            weight = 1 if "주재" in office or "대사관" in office else 2
            counts[place.country] += weight + (2 if start < 60 else 0)
    for code, words in table()["regime"].items():
        for word in words:
            counts[code] += 2 * min(3, report.text.count(word))
    if not any(counts.values()) or sum(word in report.text for word in table()["fiction"]["words"]) >= FICTION:
        return ""
    if counts["KP"] >= 4 or counts["KP"] * 2 >= max(counts.values()):
        return "KP"
    return max(counts, key=lambda code: counts[code])


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


def _note_roles(phrases: list[Phrase], roles: dict[str, list[tuple[int, int, str]]]) -> None:
    for phrase in phrases:
        for actor in phrase.actors:
            if actor.named and actor.role and actor.role_at is not None:
                roles.setdefault(actor.label, []).append((*actor.role_at, actor.role))


def _lend_roles(phrases: list[Phrase], roles: dict[str, list[tuple[int, int, str]]]) -> None:
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


def _persons(names: Names, roles: dict[str, list[tuple[int, int, str]]], writer: Any) -> Iterator[Statement]:
    for name, rows in names.items():
        start, end = rows[0]
        yield writer.say((start, end), "person", name, "name", name)
        yield writer.say((start, end), "person", name, "native_name", name)
        for low, high, role in roles.get(name, ()):
            yield writer.say((low, high), "person", name, "role", role)
