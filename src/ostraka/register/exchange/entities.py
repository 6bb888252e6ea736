"""FollowTheMoney entities of others as a case: persons, bodies, posts, kin, events and the pages they rest on.

What FollowTheMoney has no place for (tier, motives, measures, confidence) is left empty, and never guessed; an event
that this program wrote says its kind, status and confidence in its name and summary, and they are read back.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import InputError, Level, Problem
from ostraka.model import RELATIONS, Body, Confidence, Event, EventKind, Person, Source, Status, Tie, TieKind
from ostraka.read.places import countries, country_name
from ostraka.register.places import find_place

_MOST_BYTES = 64 * 1024 * 1024
_BODIES = frozenset({"Organization", "PublicBody", "Company", "LegalEntity"})
_POST = "Position"
_PAGES = frozenset({"Article", "Document", "HyperText", "Pages", "PlainText", "WebPage"})
_KIN: Mapping[str, str] = {
    **dict.fromkeys(("wife", "husband", "spouse"), "spouse_of"),
    **dict.fromkeys(("son", "daughter", "child"), "child_of"),
    **dict.fromkeys(("brother", "sister", "sibling"), "sibling_of"),
}
_SAID = re.compile(
    r"(?P<status>[a-z]+); confidence (?P<confidence>[a-z]+); when (?P<when>[^;]+); reported (?P<reported>[^;]+)"
    r"(?:; not counted: (?P<why>.*))?",
    re.S,
)
Entity = Mapping[str, Any]


def is_ftm(path: str | Path) -> bool:
    """Whether a file begins as one of FollowTheMoney entities does: with a JSON object."""
    with suppress(OSError), Path(path).open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return False


def read_ftm(path: str | Path, *, regime: str, as_of: date, code: str = "") -> tuple[Case, tuple[Problem, ...]]:
    """Read FollowTheMoney entities, one JSON object a line.

    Parameters
    ----------
    path : path
    regime, code : str
    as_of : date
        The day on which the file was made; an event none of whose pages has a day counts as known from then on.

    Returns
    -------
    case : Case
        Persons, bodies, ties (posts held, kin, and associates whose relation is one of ours), events and pages,
        with the ids they have. The window is that of the dates told.
    problems : tuple of Problem
        Lines and entities that could not be used, and how many were of a kind that a case does not hold.

    Raises
    ------
    InputError
        If the file cannot be read or holds no entity.
    """
    entities, problems = _entities(Path(path))
    if not entities:
        raise InputError(
            f"{path} holds no FollowTheMoney entity; write one JSON object with id, schema and properties a line"
        )
    rows = _Rows(entities, Path(path).name)
    rows.fill()
    days = [day for event in rows.events for day in (event.when.earliest, event.when.latest) if day]
    start, end = min(days, default=as_of), max(days, default=as_of)
    case = Case.make(
        regime,
        start=min(start, as_of),
        end=max(min(start, as_of), min(end, as_of)),
        as_of=as_of,
        code=code,
        note=f"Read from the FollowTheMoney entities {Path(path).name}.",
        people=rows.people,
        bodies=rows.bodies,
        ties=rows.ties,
        events=rows.events,
        sources=rows.sources,
    )
    return case, (*problems, *rows.problems)


def _entities(path: Path) -> tuple[dict[str, Entity], list[Problem]]:
    """Entities by id, the first of each, and the lines that are none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path} is larger than {_MOST_BYTES >> 20} MB; split it")
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text") from None
    found: dict[str, Entity] = {}
    problems = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        made = _entity(line)
        if made is None:
            message = "is no entity with id, schema and properties; line left out"
            problems.append(Problem(f"{path.name}, line {number}", message, Level.ERROR))
        elif found.setdefault(made["id"], made) != made:
            problems.append(
                Problem(f"{path.name}, line {number}", f"{made['id']} stands twice; line left out", Level.WARN)
            )
    return found, problems


def _entity(line: str) -> Entity | None:
    """An entity whose properties are lists of text; None if the line is none, or holds what no database stores."""
    try:
        made = json.loads(line)
        line.encode()
        properties = {str(name): [str(value) for value in values] for name, values in made["properties"].items()}
        json.dumps([made["id"], made["schema"], properties], ensure_ascii=False).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    named = isinstance(made["id"], str) and isinstance(made["schema"], str) and bool(made["id"])
    return {"id": made["id"], "schema": made["schema"], "properties": properties} if named else None


class _Rows:
    """The rows of a case, made from entities."""

    def __init__(self, entities: Mapping[str, Entity], name: str) -> None:
        self.entities, self.name = entities, name
        self.people: list[Person] = []
        self.bodies: list[Body] = []
        self.ties: list[Tie] = []
        self.events: list[Event] = []
        self.sources: list[Source] = []
        self.problems: list[Problem] = []

    def fill(self) -> None:
        """Make all rows; an entity that cannot be used is a problem."""
        unknown: Counter[str] = Counter()
        for entity in self.entities.values():
            make = self._maker(entity["schema"])
            if make is None:
                unknown[entity["schema"]] += entity["schema"] != _POST
                continue
            try:
                make(entity)
            except InputError as error:
                self.problems.append(Problem(f"{self.name}, {entity['id']}", f"{error}; left out", Level.ERROR))
        for schema, number in sorted((+unknown).items()):
            message = f"{number} of the schema {schema} left out: a case has no place for them"
            self.problems.append(Problem(self.name, message, Level.NOTE))

    def _maker(self, schema: str) -> Callable[[Entity], None] | None:
        if schema in _BODIES:
            return self._body
        if schema in _PAGES:
            return self._page
        own = {"Person": self._person, "Occupancy": self._post, "Family": self._kin, "Associate": self._associate}
        return {**own, "Event": self._event}.get(schema)

    def _person(self, entity: Entity) -> None:
        names = [*_all(entity, "name"), *_all(entity, "alias"), *_all(entity, "weakAlias")]
        others = tuple(dict.fromkeys(name for name in names[1:] if name != names[0]))
        self.people.append(
            Person(entity["id"], names[0] if names else "", others, note="; ".join(_all(entity, "notes")))
        )

    def _body(self, entity: Entity) -> None:
        name = _one(entity, "name") or entity["id"]
        self.bodies.append(Body(entity["id"], name, country=_country(entity)))

    def _page(self, entity: Entity) -> None:
        title, url = _one(entity, "title"), _one(entity, "sourceUrl")
        title = "" if title in {url, entity["id"]} else title
        published = _when(_one(entity, "publishedAt")).earliest
        self.sources.append(Source(entity["id"], url, _one(entity, "publisher"), title, published))

    def _post(self, entity: Entity) -> None:
        post = self.entities.get(_one(entity, "post"))
        if post is None:
            raise InputError("the post of this occupancy is not in the file")
        role, body = _one(post, "name"), _one(post, "organization")
        if not body:
            body = post["id"]
            if all(known.id != body for known in self.bodies):
                self.bodies.append(Body(body, role, country=_country(post)))
        self._tie(entity, (_one(entity, "holder"), body), TieKind.HOLDS, role)

    def _kin(self, entity: Entity) -> None:
        said = _one(entity, "relationship").casefold().strip()
        role = _KIN.get(said, said.replace(" ", "_"))
        role = role if role in RELATIONS else f"{role}_of"
        role = role if RELATIONS.get(role) is TieKind.KIN else "kin_of"
        self._tie(entity, (_one(entity, "relative"), _one(entity, "person")), TieKind.KIN, role)

    def _associate(self, entity: Entity) -> None:
        role = _one(entity, "relationship").casefold().strip().replace(" ", "_")
        if role not in RELATIONS:
            raise InputError(f"{role.replace('_', ' ') or 'an unnamed association'!r} is none of our relations")
        self._tie(entity, (_one(entity, "associate"), _one(entity, "person")), RELATIONS[role], role)

    def _tie(self, entity: Entity, ends: tuple[str, str], kind: TieKind, role: str) -> None:
        missing = [end for end in ends if end not in self.entities]
        if missing:
            raise InputError(f"its end {', '.join(missing) or 'without an id'} is not in the file")
        start, end = _when(_one(entity, "startDate")), _when(_one(entity, "endDate"))
        self.ties.append(Tie(entity["id"], *ends, kind, role, start=start, end=end))

    def _event(self, entity: Entity) -> None:
        label, colon, rest = _one(entity, "name").partition(": ")
        known = bool(colon) and label.casefold() in set(EventKind)
        person = next((item for item in _all(entity, "involved") if item in self.entities), "")
        words = rest if known else _one(entity, "name")
        start, end = _when(_one(entity, "startDate")), _when(_one(entity, "endDate"))
        said = _said(_one(entity, "summary"))
        proofs = tuple(item for item in _all(entity, "proof") if item in self.entities)
        days = sorted(filter(None, (_when(_one(self.entities[item], "publishedAt")).earliest for item in proofs)))
        city, country = _place(entity)
        made: dict[str, Any] = {
            "when": When(start.earliest, end.latest or start.latest),
            "reported": When(days[0], days[0]) if days else When(),
            **said,
        }
        self.events.append(
            Event(
                entity["id"],
                EventKind(label.casefold()) if known else EventKind.OTHER,
                person,
                "" if words in {person, "an unnamed person"} else words,
                city=city,
                country=country,
                note="; ".join(_all(entity, "description")),
                sources=proofs,
                **made,
            )
        )


def _said(summary: str) -> dict[str, Any]:
    """Status, confidence, times and whether it counts, as this program writes them; nothing from others."""
    found = _SAID.fullmatch(summary)
    if not found or found["status"] not in set(Status) or found["confidence"] not in set(Confidence):
        return {}
    made: dict[str, Any] = {"status": Status(found["status"]), "confidence": Confidence(found["confidence"])}
    for name in ("when", "reported"):
        made[name] = When() if found[name] == "unknown" else When.parse(found[name])
    return made | ({"counted": False, "reason": found["why"]} if found["why"] is not None else {})


def _all(entity: Entity, name: str) -> Iterator[str]:
    return (value.strip() for value in entity["properties"].get(name, ()) if value.strip())


def _one(entity: Entity, name: str) -> str:
    return next(_all(entity, name), "")


def _when(text: str) -> When:
    """A day, month or year; the time of day is not kept."""
    return When.parse(text.partition("T")[0].partition(" ")[0])


def _place(entity: Entity) -> tuple[str, str]:
    """City and country, the country in the words of the file where they are one."""
    place, country = _one(entity, "location"), _country(entity)
    if country and place.endswith(country):
        return place.removesuffix(country).rstrip(", "), country
    known = find_place(place)
    return ("", place) if not known.cities and (country or known.regions) else (place, country)


def _country(entity: Entity) -> str:
    """The first country by name, if its code is one."""
    code = _one(entity, "country").upper()
    return country_name(code) if code in countries() else ""
