"""The page: a dossier rendered as one HTML file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from ostraka.brief import breakdown, pace, policies
from ostraka.brief.dossier import Dossier
from ostraka.brief.figures.network import draw_network
from ostraka.brief.figures.svg import both_widths
from ostraka.brief.figures.timeline import draw_timeline
from ostraka.brief.happenings import conflicts, departures, event_lines, event_names, in_words, told_ids
from ostraka.brief.limits import limits
from ostraka.brief.notes import Notes, marked, report_name, shorten
from ostraka.brief.numbers import claim_cards
from ostraka.brief.people import PersonLine, has_left, network, person_lines
from ostraka.brief.said import said_lines
from ostraka.dates import When
from ostraka.model import Source

CONTENTS = (
    ("claims", "Numbers claimed"),
    ("people", "Persons and ties"),
    ("events", "Events"),
    ("rates", "More than usual?"),
    ("policies", "Policies"),
    ("regime", "Breakdown"),
    ("limits", "Limits"),
    ("notes", "Evidence"),
    ("provenance", "How it was made"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One of the answers at the top."""

    question: str
    answer: Markup
    detail: str
    tone: str = ""


def render(dossier: Dossier) -> str:
    """The whole page as text."""
    notes = Notes({reading.report.id: reading.report for reading in dossier.readings})
    loader = PackageLoader("ostraka.brief", "templates")
    environment = Environment(
        loader=loader,
        autoescape=select_autoescape(["html.j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    style, script = (_asset(environment, name) for name in ("style.css", "script.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    content = _content(dossier, notes)
    return environment.get_template("brief.html.j2").render(
        **content, notes=_notes(notes), style=style, script=script, script_hash=digest
    )


def _asset(environment: Environment, name: str) -> Markup:
    source, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    return Markup(source)  # noqa: S704 - our own file


def _content(dossier: Dossier, notes: Notes) -> dict[str, Any]:
    case, record, readings = dossier.case, dossier.record, dossier.readings
    told = told_ids(dossier.links)
    nodes, edges = network(readings, dossier.links, dossier.compiled)
    events = departures(record)
    names = event_names(record)
    return {
        "cards": _cards(dossier, notes),
        "title": _title(dossier),
        "lede": _lede(dossier),
        "regime": case.regime,
        "as_of": in_words(When.on(case.as_of)),
        "contents": CONTENTS,
        "report_names": [report_name(reading.report) for reading in readings],
        "claims": claim_cards(dossier.checks, notes),
        "people": [_person(line, notes) for line in person_lines(readings, dossier.links, dossier.compiled)],
        "network": both_widths(lambda width: draw_network(nodes, edges, width=width)) if nodes else "",
        "events": event_lines(readings, dossier.links, notes),
        "timeline": both_widths(
            lambda width: draw_timeline(events, names=names, start=record.start, end=record.end, told=told, width=width)
        ),
        "conflicts": conflicts(record, told),
        "said": said_lines(readings, notes),
        "pace": pace.pace(dossier.alarms, dossier.hindsight, notes, told=told),
        "policies": policies.policies(dossier.effects, dossier.surface, dossier.one, notes=notes),
        "breakdown": breakdown.breakdown(dossier.outlook, notes) if dossier.outlook else None,
        "limits": limits(dossier),
        "reports": [_report(dossier, number) for number in range(len(readings))],
        "record_note": record.note,
        "sources": [_source(source) for source in record.sources],
        "problems": dossier.problems,
        "command": dossier.provenance.command,
        "provenance": dossier.provenance,
        "record_digest": record.digest,
    }


def _title(dossier: Dossier) -> str:
    if len(dossier.readings) == 1 and dossier.readings[0].report.title:
        return dossier.readings[0].report.title
    return f"{dossier.case.regime}: who left, and is it more than usual?"


def _lede(dossier: Dossier) -> str:
    events = [event for reading in dossier.readings for event in reading.events if has_left(event)]
    met = len(told_ids(dossier.links))
    n, claims = len(events), len(dossier.checks)
    reports = "The report tells" if len(dossier.readings) == 1 else f"{len(dossier.readings)} reports tell"
    return (
        f"{reports} of {_count(n, 'departure')} and makes {_count(claims, 'claim')} about numbers. "
        f"{_count(met, 'event')} {'is' if met == 1 else 'are'} in the record already and {'is' if met == 1 else 'are'} not counted twice. "
        f"Below, each sentence that can be checked is checked against {len(departures(dossier.record))} recorded departures from {dossier.case.regime}."
    )


def _count(n: int, noun: str) -> str:
    return f"{n if n else 'no'} {noun}{'' if n == 1 else 's'}"


def _cards(dossier: Dossier, notes: Notes) -> list[Card]:
    left = [event for reading in dossier.readings for event in reading.events if has_left(event)]
    who = Markup("; ").join(
        notes.figure(e.person or e.role or "somebody", f"Told as a {e.kind}:", quotes=[e.statement.span])
        for e in left[:3]
    )
    more = Markup(" and {} more").format(len(left) - 3) if len(left) > 3 else ""
    verdicts = [str(check.verdict) for check in dossier.checks]
    words = "; ".join(
        f"{verdict} ({verdicts.count(verdict)} of {len(verdicts)})" for verdict in dict.fromkeys(verdicts)
    )
    words = words[:1].upper() + words[1:]
    cards = [
        Card("Who left?", who + more if left else Markup("Nobody, as the reports tell it"), _motives(dossier)),
        Card("Do the numbers hold?", escape(words or "No number is claimed"), _claim_words(dossier), "warm"),
        Card("Is it more than usual?", *pace.headline(dossier.alarms, notes)),
        Card("Did one bring on the next?", *pace.why_headline(dossier.alarms, notes)),
        Card("What is not yet known?", *pace.late_headline(dossier.alarms, notes)),
        Card("What would a policy change?", *policies.headline(dossier.effects, notes), "plain"),
    ]
    if dossier.outlook:
        cards.append(Card("How near is the regime to breaking?", *breakdown.headline(dossier.outlook, notes), "plain"))
    return cards


def _motives(dossier: Dossier) -> str:
    codes = {
        code.replace("_", " ") for reading in dossier.readings for event in reading.events for code in event.motives
    }
    general = {
        s.object.replace("_", " ")
        for r in dossier.readings
        for s in r.statements
        if s.kind == "motive" and s.predicate == "for"
    }
    return f"Motives given: {', '.join(sorted(codes | general))}." if codes | general else "No motive is given."


def _claim_words(dossier: Dossier) -> str:
    if not dossier.checks:
        return "The reports give no number of departures."
    return " ".join(f"{check.question} {check.verdict.sentence}" for check in dossier.checks[:2])


def _person(line: PersonLine, notes: Notes) -> dict[str, Any]:
    evidence = notes.figure("quote", f"{line.name}:", quotes=line.spans) if line.spans else "–"
    return {"name": line.name, "described": line.described, "met": line.met, "why": line.why, "evidence": evidence}


def _report(dossier: Dossier, number: int) -> dict[str, Any]:
    reading = dossier.readings[number]
    marks = [(s.span, "claim-mark" if s.kind == "claim" else "said") for s in reading.statements]
    return {
        "name": report_name(reading.report),
        "url": _web(reading.report.url),
        "sha256": reading.report.sha256,
        "text": marked(reading.report, marks),
    }


def _source(source: Source) -> dict[str, str]:
    day = f", {source.published}" if source.published else ""
    return {"name": f"{source.title or source.publisher or source.url or source.id}{day}", "url": _web(source.url)}


def _web(url: str) -> str:
    """An address that may be linked: http and https alone."""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def _notes(notes: Notes) -> Sequence[dict[str, Any]]:
    return [
        {
            "number": note.number,
            "how": note.how,
            "sources": [(words, _web(url)) for words, url in note.sources],
            "quotes": [
                {"text": shorten(span.quote), "where": notes.name_of(span), "start": span.start, "end": span.end}
                for span in note.quotes
            ],
        }
        for note in notes.rows
    ]
