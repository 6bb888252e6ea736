"""FollowTheMoney: a case as entities and as statements (MIT data model of OCCRP and OpenSanctions, version 4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from ostraka.case import Case
from ostraka.case.columns import csv_line, escape_cell
from ostraka.dates import When
from ostraka.model import Body, Event, Person, Source, Tie, TieKind
from ostraka.provenance import content_id, software
from ostraka.read.places import countries, country_name
from ostraka.register.places import find_place

Entity = dict[str, Any]

STATEMENT_COLUMNS = (
    *("id", "entity_id", "canonical_id", "prop", "prop_type", "schema", "value", "dataset"),
    *("lang", "original_value", "external", "first_seen", "last_seen", "origin"),
)
_PROP_TYPES = {
    **dict.fromkeys(("name", "alias"), "name"),
    **dict.fromkeys(("startDate", "endDate", "publishedAt", "modifiedAt"), "date"),
    **dict.fromkeys(("country",), "country"),
    **dict.fromkeys(("sourceUrl",), "url"),
    **dict.fromkeys(("involved", "proof", "holder", "post", "person", "relative", "associate"), "entity"),
    **dict.fromkeys(("document", "entity", "organization", "member"), "entity"),
    **dict.fromkeys(("summary", "notes", "description"), "text"),
}


def ftm_entities(case: Case) -> list[Entity]:
    """A case as FollowTheMoney entities: Person, Organization, Position, Occupancy, Family, Associate, Event, Article.

    Parameters
    ----------
    case : Case

    Returns
    -------
    list of dict
        ``id``, ``schema`` and ``properties`` (each a list of text), one for each line of a ``.ftm.json`` file.
    """
    proofs = {source.id: f"{source.id}" for source in case.sources}
    made = [
        *map(_article, case.sources),
        *map(_person, case.people),
        *map(_organisation, case.bodies),
        *(entity for tie in case.ties for entity in _tie(tie, case)),
        *(_event(event, proofs) for event in case.events),
    ]
    return list({entity["id"]: entity for entity in made if entity["properties"]}.values())


def ftm_json(case: Case) -> str:
    """One entity a line."""
    return "".join(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n" for entity in ftm_entities(case))


def ftm_statements(case: Case) -> str:
    """The same as statements, one value a row, in the CSV that FollowTheMoney and nomenklatura read.

    A value that a spreadsheet would run as a formula begins with an apostrophe, also in what its id is made of.
    """
    dataset = content_id("ds", case.regime) if not case.regime.isascii() else case.regime.lower().replace(" ", "_")
    made = (row for entity in ftm_entities(case) for row in _statements(entity, dataset, case.as_of.isoformat()))
    rows = ([row.get(name, "") for name in STATEMENT_COLUMNS] for row in made)
    return "".join(map(csv_line, (STATEMENT_COLUMNS, *rows)))


def _statements(entity: Entity, dataset: str, seen: str) -> Iterator[dict[str, str]]:
    for prop, values in [("id", [entity["id"]]), *sorted(entity["properties"].items())]:
        for value in map(escape_cell, values):
            key = f"{dataset}.{entity['id']}.{prop}.{value}"
            yield {
                "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
                "entity_id": entity["id"],
                "canonical_id": entity["id"],
                "prop": prop,
                "prop_type": "id" if prop == "id" else _PROP_TYPES.get(prop, "string"),
                "schema": entity["schema"],
                "value": value,
                "dataset": dataset,
                "external": "f",
                "first_seen": seen,
                "last_seen": seen,
                "origin": software(),
            }


def _entity(entity_id: str, schema: str, **properties: str | Iterable[str]) -> Entity:
    values = {name: [given] if isinstance(given, str) else list(given) for name, given in properties.items()}
    kept = {name: [value for value in found if value] for name, found in values.items()}
    return {"id": entity_id, "schema": schema, "properties": {name: found for name, found in kept.items() if found}}


def _article(source: Source) -> Entity:
    published = source.published.isoformat() if source.published else ""
    url = source.url if source.url.startswith(("http://", "https://")) else ""
    title = source.title or source.url or source.id
    return _entity(source.id, "Article", title=title, publisher=source.publisher, publishedAt=published, sourceUrl=url)


def _person(person: Person) -> Entity:
    name = person.name or person.note
    return _entity(person.id, "Person", name=name, alias=(*person.aliases, person.native_name), notes=person.note)


def _organisation(body: Body) -> Entity:
    place = ", ".join(filter(None, (body.city, body.country)))
    return _entity(body.id, "Organization", name=body.name, country=_countries(body.country), notes=place)


def _tie(tie: Tie, case: Case) -> Iterator[Entity]:
    dates = {"startDate": _first(tie.start), "endDate": _last(tie.end)}
    if tie.kind is TieKind.HOLDS:
        body = next((body for body in case.bodies if body.id == tie.alter), None)
        post = content_id("po", [tie.role, tie.alter])
        yield _entity(
            post,
            "Position",
            name=tie.role or "member",
            country=_countries(body.country) if body else (),
            organization=tie.alter,
        )
        yield _entity(tie.id, "Occupancy", holder=tie.ego, post=post, **dates)
    elif tie.kind is TieKind.KIN:
        yield _entity(tie.id, "Family", person=tie.alter, relative=tie.ego, relationship=_words(tie.role), **dates)
    else:
        yield _entity(tie.id, "Associate", person=tie.alter, associate=tie.ego, relationship=_words(tie.role), **dates)


def _event(event: Event, proofs: dict[str, str]) -> Entity:
    who = event.role or event.person or "an unnamed person"
    summary = (
        f"{event.status}; confidence {event.confidence}; when {_edtf(event.when)}; reported {_edtf(event.reported)}"
    )
    return _entity(
        event.id,
        "Event",
        name=f"{str(event.kind).capitalize()}: {who}",
        startDate=_first(event.when),
        endDate=_last(event.when),
        involved=event.person,
        country=_countries(event.country),
        location=", ".join(filter(None, (event.city, event.country))),
        summary=summary + ("" if event.counted else f"; not counted: {event.reason}"),
        description="; ".join(
            filter(None, (event.destination and f"to {event.destination}", event.conflict, event.note))
        ),
        proof=[proofs[source] for source in event.sources if source in proofs],
    )


def _countries(text: str) -> list[str]:
    """Countries by ISO 3166-1 code, as FollowTheMoney has them; a region or a country not named is none."""
    return sorted(_codes()[name] for name in find_place(text).countries if name in _codes())


@cache
def _codes() -> dict[str, str]:
    return {country_name(code): code.lower() for code in countries()}


def _edtf(when: When) -> str:
    return when.edtf() or "unknown"


def _first(when: When) -> str:
    return when.earliest.isoformat() if when.earliest else ""


def _last(when: When) -> str:
    return when.latest.isoformat() if when.latest else ""


def _words(role: str) -> str:
    return role.replace("_", " ")
