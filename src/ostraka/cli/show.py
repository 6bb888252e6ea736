"""The verb show: one person or event with all that is said of it, readable on a terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from getpass import getuser
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from ostraka.cli.options import with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.talk import envelope, printable
from ostraka.config import Settings
from ostraka.errors import InputError
from ostraka.model import plain
from ostraka.provenance import Provenance

if TYPE_CHECKING:
    from ostraka.case import Case
    from ostraka.register import Register

_EMPTY: tuple[Any, ...] = ("", [], None)
_VERDICTS = {"statement": "accept|reject|unsure|correct", "judgement": "undo", "person": "seal", "event": "seal"}
_RANKS = {"preferred": "*", "normal": "-", "deprecated": "x"}
Lines = Iterator[str]


@click.command()
@click.argument("row_id")
@click.argument("case", default="")
@click.option("--register", default=None, help="Register to look in (sqlite:///FILE).")
@click.option("--sealed", is_flag=True, help="Also what is sealed. Needs --reason; is written into the log.")
@click.option("--reason", default="", help="Why a seal is opened.")
@click.option("--by", default=None, help="Who opens it. [the user of this machine]")
@with_json
@with_settings
def show(
    settings: Settings, row_id: str, case: str, sealed: bool, reason: str, by: str | None, as_json: bool, **_: Any
) -> None:
    """Show a person or event by its id: every field, its ties, its sources; with a register also what each says.

    With a register other ids (a statement, a report's mention, a judgement) are shown too.
    """
    from ostraka.register import Register

    if not settings.register:
        found, _problems = open_case(case or settings.regime)
        data = _of_case(row_id, found)
        if not data:
            raise InputError(f"{found.regime}: no row has the id {row_id!r}; see ostraka people and ostraka events")
    else:
        with closing(Register.open(settings.register)) as register:
            data = _of_register(row_id, register, (case or settings.regime, *register.regimes()))
            if sealed:
                opened = register.open_seal(row_id, by=by or getuser(), reason=reason)
                data["claimed"] = [claim.to_json() for claim in opened]
    data["sources"] = list(data["sources"].values())
    if as_json:
        click.echo(envelope(data, (), Provenance("show", {"id": row_id}, case_digest=data.pop("digest", ""))))
        return
    click.echo("\n".join(_page(row_id, data)))


def _of_case(row_id: str, found: Case) -> dict[str, Any]:
    """All that a case says of a row; nothing if it has none of this id."""
    tables = (found.people, found.events, found.bodies, found.measures)
    row = next((row for table in tables for row in table if row.id == row_id), None)
    if row is None:
        return {}
    names = {person.id: person.name or person.id for person in found.people}
    names |= {body.id: body.name for body in found.bodies}
    ties = [
        {**plain(tie), "ego_name": names.get(tie.ego, tie.ego), "alter_name": names.get(tie.alter, tie.alter)}
        for tie in found.ties
        if row_id in {tie.ego, tie.alter}
    ]
    events = [plain(event) for event in found.events if event.person == row_id]
    known = {source.id: source for source in found.sources}
    return {
        "row": plain(row) | _named(row, names),
        "ties": ties,
        "events": events,
        "sources": {item: _source(known[item]) for item in row.sources if item in known},
        "claimed": [],
        "digest": found.digest,
    }


def _named(row: Any, names: Mapping[str, str]) -> dict[str, str]:
    """Person and body of an event by name."""
    ends = {"person": getattr(row, "person", ""), "body": getattr(row, "body", "")}
    return {f"{name}_name": names.get(item, item) for name, item in ends.items() if item}


def _of_register(row_id: str, register: Register, regimes: Iterable[str]) -> dict[str, Any]:
    """All that a register says of an id."""
    data: dict[str, Any] = {}
    for regime in dict.fromkeys(regimes):
        with suppress(InputError):
            data = data or _of_case(row_id, register.freeze(regime)[0])
    data = data or {"row": {}, "ties": [], "events": [], "sources": {}, "claimed": []}
    claims: tuple[Any, ...] = ()
    with suppress(InputError):
        claims = register.conflicts(row_id)
    data["claimed"] = [claim.to_json() for claim in claims]
    told = {item for claim in data["claimed"] for item in claim["sources"]} | data["sources"].keys()
    seen: dict[str, Any] = {}
    with suppress(InputError):
        seen = register.view(row_id)
    if not data["row"] and not claims:
        seen = seen or register.view(row_id)
        data["about"] = seen["about"]
        told |= {item["content"]["span"]["report"] for item in seen["about"].values() if item["kind"] == "statement"}
    kinds = [item["kind"] for item in seen.get("about", {}).values()]
    data["reports"] = {reading.report.id: _source(reading.report) for reading in register.readings(told)}
    data["sources"] |= {item: data["reports"][item] for item in data["sources"] if item in data["reports"]}
    data |= {"judgements": seen.get("judgements", []), "saw": seen.get("sha256", ""), "kind": "".join(kinds[:1])}
    return data


def _source(source: Any) -> str:
    """Who printed it, when, under which title, and where."""
    printed = source.published.isoformat() if source.published else ""
    where = source.url or getattr(source, "path", "")
    words = ", ".join(filter(None, (source.publisher, printed, source.title)))
    known = where or source.publisher or source.title
    return " ".join(filter(None, (words, where if known else source.id)))


def _page(row_id: str, data: Mapping[str, Any]) -> Lines:
    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))
    row = data["row"]
    title = row.get("person_name") or row.get("name") or row.get("role", "")
    yield printable("  ".join(filter(None, (row_id, str(row.get("kind") or data.get("kind", "")), title))))
    hidden = {"id", "sources", "kind", "person_name", "body" if "body_name" in row else ""}
    yield from _fields({name: value for name, value in row.items() if name not in hidden}, width)
    for item in data.get("about", {}).values():
        yield from _about(item["content"], data.get("reports", {}), width)
    yield from _section("events", (f"{e['when'] or 'undated'}  {e['kind']}  {e['id']}" for e in data["events"]), width)
    yield from _section("ties", map(_tie, data["ties"]), width)
    if data["claimed"]:
        yield from ("", "what sources say  (* used by the case, - another value, x only in a denial)")
        yield from _claims(data["claimed"], data.get("reports", {}), width)
    made = (f"{j['at']}  {j['by']}: {j['verdict']}  {j['reason']}  [{j['id']}]" for j in data.get("judgements", ()))
    yield from _section("judgements", made, width)
    yield from _section("sources", data["sources"], width)
    if data.get("saw"):
        call = f"ostraka judge {row_id} {_VERDICTS[data['kind']]} --reason WHY --saw {data['saw']}"
        yield from ("", f"to judge what is shown here: {call}")


def _about(content: Any, reports: Mapping[str, str], width: int) -> Lines:
    """A statement with its words and its report, or a judgement; of a mention the sources speak."""
    if not isinstance(content, dict):
        return
    if span := content.get("span"):
        yield from _wrapped(f"\u201c{span['quote']}\u201d [{span['start']}:{span['end']}]", "  ", 4, width)
        yield from _wrapped(reports.get(span["report"], span["report"]), "  from ", 7, width)
    yield from _fields({name: value for name, value in content.items() if name not in {"span", "id"}}, width)


def _fields(values: Mapping[str, Any], width: int) -> Lines:
    for name, value in values.items():
        if value not in _EMPTY:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield from _wrapped(text, f"  {name.removesuffix('_name').replace('_', ' '):<14}", 16, width)


def _wrapped(text: str, first: str, indent: int, width: int) -> list[str]:
    return textwrap.wrap(printable(text), width, initial_indent=first, subsequent_indent=" " * indent) or [first]


def _section(name: str, lines: Iterable[str], width: int) -> Lines:
    found = list(lines)
    if found:
        yield from ("", name)
        for line in found:
            yield from _wrapped(line, "  ", 6, width)


def _tie(tie: Mapping[str, Any]) -> str:
    role = (tie["role"] or tie["kind"]).replace("_", " ")
    when = "/".join(filter(None, (tie["start"], tie["end"])))
    return f"{tie['ego_name']}: {role} {tie['alter_name']}{f' ({when})' if when else ''}"


def _claims(claims: Iterable[Mapping[str, Any]], reports: Mapping[str, str], width: int) -> Lines:
    for name, values in groupby(claims, key=lambda claim: claim["field"]):
        yield f"  {name.replace('_', ' ')}"
        for claim in values:
            voices = f"{claim['origins']} origin{'s' if claim['origins'] != 1 else ''}"
            text = f"{claim['value']}  ({claim['reason']}; {voices})"
            yield from _wrapped(text, f"    {_RANKS.get(claim['rank'], '-')} ", 8, width)
            for quote in dict.fromkeys(claim["quotes"]):
                yield from _wrapped(f"\u201c{quote}\u201d", "        ", 10, width)
            for item in claim["sources"]:
                if item in reports:
                    yield from _wrapped(reports[item], "        from ", 13, width)
            if claim["statements"]:
                yield from _wrapped(" ".join(claim["statements"]), "        ", 10, width)
