"""A person, and an event, as one source tells them: what is compared when asking who is who."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ostraka.case import Case
from ostraka.dates import When
from ostraka.model import Event, EventKind, Report, Status, TieKind
from ostraka.provenance import content_id
from ostraka.read.reading import ReadEvent, Reading, ReadPerson
from ostraka.register.posts import Post, post

_FEW_TIES = 5
_MANY_TIES = 4
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one source tells it.

    Parameters
    ----------
    id : str
        Of the row of the record, or of the mention in the report.
    origin : str
        The record's or the report's id; two tellings of one origin are told apart there.
    label : str
        What the source calls it.
    kind : EventKind
    person : str
        Id of the profile of its person; empty where there is none.
    named : bool
        Whether the source names the person.
    post : Post
    destination : str
    when : When
        When it happened; never after the source was printed.
    status : Status
    n_low : int
        How many persons it is told of.
    printed : date or None
        When the source was printed.
    of_record : bool
        Whether the source is a record, where different rows are different events.
    """

    id: str
    origin: str
    label: str
    kind: EventKind
    person: str
    named: bool
    post: Post
    destination: str
    when: When
    status: Status
    n_low: int = 1
    printed: date | None = None
    of_record: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One person as one source tells them.

    Parameters
    ----------
    id, origin, label : str
        As of a :class:`Telling`.
    of_record : bool
        Whether the source is a record, where different rows are different persons.
    spellings : tuple of str
        Full names in all spellings; empty for an unnamed person.
    posts : tuple of Post
    kin : tuple of (str, str)
        Ties with named persons: what this person is to whom.
    tellings : tuple of Telling
        What happened to the person.
    near : tuple of str
        In a record those tied to this person and to few others; in a report the others it names.
    well_known : bool
        Whether the name alone says who is meant: one who ruled, or to whom a record ties many.
    printed : date or None
        When the source first told of the person; None if nobody knows.
    """

    id: str
    origin: str
    label: str
    regime: str
    of_record: bool
    spellings: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    kin: tuple[tuple[str, str], ...] = ()
    tellings: tuple[Telling, ...] = field(default=(), repr=False)
    near: tuple[str, ...] = field(default=(), repr=False)
    well_known: bool = False
    printed: date | None = None


def spellings(*names: str) -> tuple[str, ...]:
    """Full names without notes in parentheses; surnames and letters alone are no names.

    Examples
    --------
    >>> spellings("Kim Kuk-song (pseudonym)", "Kang (surname only)", "이한영 (리일남)", "A")
    ('Kim Kuk-song', '이한영', '리일남')
    """
    found: dict[str, None] = {}
    for name in names:
        inside = [part for part in re.findall(r"\(([^)]*)\)", name) if not part.isascii()]
        for part in (*re.split(r"[;/]", _PARENTHESES.sub("", name)), *inside):
            clean = " ".join(part.split())
            if len(clean.split()) > 1 or (clean and not clean.isascii() and len(clean) > 1) or "-" in clean:
                found[clean] = None
    return tuple(found)


@lru_cache(maxsize=262_144)
def person_mention(report: str, label: str) -> str:
    """Id of a person of a report."""
    return content_id("pm", [report, label])


@lru_cache(maxsize=262_144)
def event_mention(report: str, label: str) -> str:
    """Id of an event of a report."""
    return content_id("em", [report, label])


def mention_id(item: str) -> str:
    """The mention after which a case calls a person or event that only reports tell; any other id as it is."""
    return {"pe-": "pm-", "ev-": "em-"}.get(item[:3], item[:3]) + item[3:]


def record_profiles(case: Case, origin: str) -> tuple[list[Profile], list[Telling]]:
    """Persons and events of a record."""
    names = {person.id: person.name for person in case.people}
    bodies = {body.id: body.name for body in case.bodies}
    tellings = [
        _record_telling(event, case.regime, origin, body=bodies.get(event.body, ""), name=names.get(event.person, ""))
        for event in case.events
    ]
    by_person: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_person[telling.person].append(telling)
    posts = _held_posts(case)
    for person, own in by_person.items():
        posts[person] = [*(telling.post for telling in own), *posts[person]]
    kin = _kin_of(((tie.ego, tie.role, tie.alter) for tie in case.ties if tie.kind is not TieKind.HOLDS), names)
    first = _first_told(case)
    ties_of = Counter(names[person] for person, held in kin.items() for _ in held if person in names)
    persons = [
        Profile(
            id=person.id,
            origin=origin,
            label=person.name or person.note,
            regime=case.regime,
            of_record=True,
            spellings=spellings(person.name, *person.aliases, person.native_name),
            posts=tuple(filter(None, (*posts[person.id], post(person.note, "", "", case.regime)))),
            kin=tuple(kin[person.id]),
            tellings=tuple(by_person[person.id]),
            near=tuple(name for _, name in kin[person.id] if ties_of[name] <= _FEW_TIES),
            well_known=ties_of[person.name] >= _MANY_TIES or _ruled(by_person[person.id]),
            printed=min(first[person.id], default=None),
        )
        for person in case.people
    ]
    return persons, tellings


def _ruled(tellings: Iterable[Telling]) -> bool:
    return any(telling.kind is EventKind.SUCCESSION for telling in tellings)


def _first_told(case: Case) -> dict[str, list[date]]:
    """For each person the days on which events and ties of theirs were first printed."""
    found: dict[str, list[date]] = defaultdict(list)
    told = [(event.person, event.reported) for event in case.events]
    told += [(end, tie.reported) for tie in case.ties for end in (tie.ego, tie.alter)]
    for person, reported in told:
        if reported.latest:
            found[person].append(reported.latest)
    return found


def _held_posts(case: Case) -> dict[str, list[Post]]:
    bodies = {body.id: body for body in case.bodies}
    posts: dict[str, list[Post]] = defaultdict(list)
    for tie in case.ties:
        if tie.kind is TieKind.HOLDS and (body := bodies.get(tie.alter)):
            place = ", ".join(filter(None, (body.city, body.country)))
            posts[tie.ego].append(post(tie.role, body.name, place, case.regime))
    return posts


def _kin_of(ties: Iterable[tuple[str, str, str]], names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """What each person is to whom by name, read both ways."""
    kin: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for ego, role, alter in ties:
        for one, what, other in ((ego, role, alter), (alter, INVERSES.get(role, role), ego)):
            if names.get(other):
                kin[one].append((what, names[other]))
    return kin


def _record_telling(event: Event, regime: str, origin: str, *, body: str, name: str) -> Telling:
    return Telling(
        id=event.id,
        origin=origin,
        label=event.role or event.id,
        kind=event.kind,
        person=event.person,
        named=bool(spellings(name)),
        post=post(event.role, body, ", ".join(filter(None, (event.city, event.country))), regime),
        destination=event.destination,
        when=event.when,
        status=event.status,
        n_low=event.n_low,
        printed=event.reported.latest,
        of_record=True,
    )


def people_of(reading: Reading) -> tuple[ReadPerson, ...]:
    """Persons of a report, also those that only an event or a tie speaks of."""
    labels = [event.person for event in reading.events if event.person]
    labels += [label for tie in reading.ties for label in (tie.ego, tie.alter)]
    bare = {label: ReadPerson(label) for label in labels}
    return tuple({**bare, **{person.label: person for person in reading.persons}}.values())


def names_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    """All spellings of each person of a report, by label."""
    return {person.label: spellings(person.name, *person.aliases, person.native_name) for person in people_of(reading)}


def tellings_of(reading: Reading, regime: str, named: Mapping[str, tuple[str, ...]]) -> list[Telling]:
    """Events of a report, given the names of its persons."""
    return [
        _read_telling(event, reading.report, regime, name=next(iter(named.get(event.person, ())), ""))
        for event in reading.events
    ]


def reading_profiles(reading: Reading, regime: str) -> tuple[list[Profile], list[Telling]]:
    """Persons and events of a report."""
    report = reading.report
    named = names_of(reading)
    tellings = tellings_of(reading, regime, named)
    by_person: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_person[telling.person].append(telling)
    names = {label: found[0] for label, found in named.items() if found}
    kin = _kin_of(((tie.ego, tie.relation, tie.alter) for tie in reading.ties), names)
    persons = [
        Profile(
            id=person_mention(report.id, person.label),
            origin=report.id,
            label=person.label,
            regime=regime,
            of_record=False,
            spellings=named[person.label],
            posts=tuple(_read_posts(person, reading, regime, by_person)),
            kin=tuple(kin.get(person.label, ())),
            tellings=tuple(by_person.get(person_mention(report.id, person.label), ())),
            near=tuple(name for label, name in names.items() if label != person.label),
            printed=report.published,
        )
        for person in people_of(reading)
    ]
    return persons, tellings


def _read_posts(
    person: ReadPerson, reading: Reading, regime: str, tellings: dict[str, list[Telling]]
) -> Iterator[Post]:
    yield from filter(
        None, (telling.post for telling in tellings.get(person_mention(reading.report.id, person.label), ()))
    )
    places = [
        s.object
        for s in reading.statements
        if s.kind == "person" and s.predicate == "place" and s.subject == person.label
    ]
    whole = post("; ".join((*person.titles, *person.roles)), "; ".join(person.organisations), "; ".join(places), regime)
    if whole:
        yield whole


def _read_telling(event: ReadEvent, report: Report, regime: str, *, name: str) -> Telling:
    number = re.match(r"\d+", event.number)
    role = event.role if name else event.role or event.person or event.label
    return Telling(
        id=event_mention(report.id, event.label),
        origin=report.id,
        label=event.label,
        kind=event.kind,
        person=person_mention(report.id, event.person) if event.person else "",
        named=bool(name),
        post=post(role, event.organisation, event.post_place, regime),
        destination=event.destination,
        when=_not_after(event.when, report.published, event.status),
        status=event.status,
        n_low=max(1, int(number[0])) if number else 1,
        printed=report.published,
    )


def _not_after(when: When, printed: date | None, status: Status) -> When:
    """What has happened happened before it was printed."""
    if printed is None or status is Status.PLANNED or (when.latest and when.latest <= printed):
        return when
    if when.earliest and when.earliest > printed:
        return when
    return When(when.earliest, printed, when.text)


INVERSES = {
    "father_of": "child_of",
    "mother_of": "child_of",
    "parent_of": "child_of",
    "child_of": "parent_of",
    "grandparent_of": "grandchild_of",
    "uncle_of": "nephew_of",
    "aunt_of": "nephew_of",
    "nephew_of": "uncle_of",
    "niece_of": "uncle_of",
    "guardian_of": "ward_of",
    "patron_of": "client_of",
    "superior_of": "aide_of",
    "aide_of": "superior_of",
    "adviser_of": "superior_of",
    "child_in_law_of": "in_law_of",
}
"""What alter is to ego, given what ego is to alter; a relation not listed is its own inverse."""
