"""Korean reports: names, events, posts, dates and counts by a small grammar of their own.

Words of a Korean sentence are stems with particles; the verb comes last. The grammar takes off the particle,
knows names by the title or age beside them, and gives an event to the topic or subject before its verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.model import Report, Statement
from ostraka.read.dates_in_text import find_dates
from ostraka.read.korean_claims import find_claims
from ostraka.read.korean_clauses import bullets, find_stems
from ostraka.read.korean_events import Happening, background, find_events, listed, merge, take_back
from ostraka.read.korean_persons import Actor, Names, find_actors, find_names, speakers
from ostraka.read.korean_ties import find_ties
from ostraka.read.korean_words import LEADERS, WORD, split_word
from ostraka.read.places import country_name
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
    names = find_names(report.text)
    found: list[Happening] = []
    focus: Actor | None = None
    lines, heading = set(bullets(report.text, sentences)), ""
    for start, end in sentences:
        words = [split_word(match[0], match.start()) for match in WORD.finditer(report.text, start, end)]
        actors = find_actors(report.text, words, names)
        own = [d for d in dates if start <= d.start < end]
        if (start, end) in lines and heading:
            entry = listed(report, (start, end), actors, heading, own)
            found += [entry] if entry is not None else []
            continue
        stems = find_stems(report.text, (start, end))
        heading = stems[-1].kind if stems else heading
        found += find_events(report, (start, end), actors, focus, own)
        acting = [a for a in actors if a.subject and a.role not in speakers() and a.label not in LEADERS]
        focus = next((a for a in acting if a.named), next((a for a in acting if a.tier in {2, 3, 4}), focus))
    merged = merge(found)
    take_back(report.text, sentences, merged)
    background(merged, report.published)
    statements: list[Statement] = []
    for n, event in enumerate(merged):
        statements += _tell(event, n, writer)
    statements += _persons(report, names, writer)
    statements += find_ties(report, names, writer)
    statements += find_claims(report, sentences, dates, writer)
    return statements


def _tell(event: Happening, n: int, writer: Any) -> Iterator[Statement]:
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
    yield writer.say(event.words, "event", label, "origin_regime", country_name("KP"))
    for name, value in (
        ("destination", event.destination),
        ("family_with", event.family),
        ("post_place", event.place),
        ("organisation", event.body),
    ):
        if value is not None:
            yield writer.say(value[1], "event", label, name, value[0])


def _persons(report: Report, names: Names, writer: Any) -> Iterator[Statement]:
    for name, rows in names.items():
        start, end, _, _ = rows[0]
        yield writer.say((start, end), "person", name, "name", name)
        yield writer.say((start, end), "person", name, "native_name", name)
        for start, end, role, _ in rows:
            if role:
                at = report.text.find(role, max(0, start - 20), end + 40)
                if at >= 0:
                    yield writer.say((at, at + len(role)), "person", name, "role", role)
