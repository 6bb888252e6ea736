"""From rows to a case: what record and reports add up to, as knowable on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import Level, Problem
from ostraka.model import RELATIONS, Body, Event, Person, Source, Status, Tie, TieKind
from ostraka.provenance import content_id
from ostraka.read.reading import ReadEvent, Reading, ReadPerson
from ostraka.register.claims import RULE, Chosen, Told, choose
from ostraka.register.counting import confidence_of, counting
from ostraka.register.places import fold, regime_country
from ostraka.register.profiles import INVERSES, event_mention, people_of, person_mention
from ostraka.register.resolve import Resolution


def known_on(reading: Reading) -> date | None:
    """The day from which a report may be used: when it was printed, else when it was fetched."""
    return reading.report.published or reading.report.retrieved


def merge_readings(
    case: Case, readings: Sequence[Reading], resolution: Resolution, *, rule: Sequence[str] = RULE
) -> tuple[Case, tuple[Problem, ...]]:
    """A record with what reports add to it; nobody counted twice.

    Parameters
    ----------
    case : Case
        The record.
    readings : sequence of Reading
        Reports that may be used.
    resolution : Resolution
        Who is who and which event is which among them.
    rule : sequence of str
        What decides between competing values; see :data:`ostraka.register.claims.RULE`.

    Returns
    -------
    case : Case
        An event that only reports tell is a new row; one that the record has gains the reports as sources.
    problems : tuple of Problem
        Why an event is not counted, or could not be used.
    """
    return _Merge(case, readings, resolution, rule).done()


class _Merge:
    """The rows of a case while reports are added to them."""

    def __init__(self, case: Case, readings: Sequence[Reading], resolution: Resolution, rule: Sequence[str]) -> None:
        self.case = case
        self.rule = rule
        self.case_people = frozenset(person.id for person in case.people)
        self.case_events = frozenset(event.id for event in case.events)
        self.resolution = resolution
        self.readings = sorted(readings, key=lambda reading: (known_on(reading) or date.max, reading.report.id))
        self.people = {person.id: person for person in case.people}
        self.events = {event.id: event for event in case.events}
        self.ties = {tie.id: tie for tie in case.ties}
        self.tie_ids = {
            (tie.ego, tie.alter, tie.role): tie.id for tie in sorted(case.ties, key=lambda t: t.id, reverse=True)
        }
        self.bodies = {body.id: body for body in case.bodies}
        self.sources = {source.id: source for source in case.sources}
        self.problems: list[Problem] = []
        self.source_of = {reading.report.id: self._source(reading) for reading in self.readings}
        self.mentions = {
            person_mention(reading.report.id, person.label): (person, reading)
            for reading in self.readings
            for person in people_of(reading)
        }
        self.person_ids: dict[str, str] = {}
        self.doubted: dict[str, list[str]] = defaultdict(list)
        for doubt in resolution.doubts:
            for one, other in ((doubt.a, doubt.b), (doubt.b, doubt.a)):
                if doubt.kind == "event" and other in self.case_events:
                    self.doubted[one].append(other)

    def done(self) -> tuple[Case, tuple[Problem, ...]]:
        """All rows together, frozen."""
        for group in self._groups():
            self._add_event(group)
        for reading in self.readings:
            self._add_ties(reading)
        used = {
            source
            for rows in (self.people, self.events, self.ties, self.bodies)
            for row in rows.values()
            for source in row.sources
        }
        new = {source.id for source in self.source_of.values()} - {source.id for source in self.case.sources}
        sources = [source for source in self.sources.values() if source.id not in new or source.id in used]
        merged = self.case.remake(
            people=self.people.values(),
            events=self.events.values(),
            ties=self.ties.values(),
            bodies=self.bodies.values(),
            sources=sources,
        )
        return merged, tuple(self.problems)

    def _source(self, reading: Reading) -> Source:
        """The report as a source; the record's own row of that page if it has one."""
        report = reading.report
        known = [source for source in self.case.sources if report.url and source.url == report.url]
        made = (
            known[0]
            if known
            else Source(
                id=report.id,
                url=report.url,
                publisher=report.publisher,
                title=report.title,
                published=report.published,
                retrieved=report.retrieved,
                lang=report.lang,
            )
        )
        self.sources[made.id] = made
        return made

    def _groups(self) -> Iterable[tuple[str, list[Told]]]:
        """Tellings of reports by the event they belong to."""
        groups: dict[str, list[Told]] = defaultdict(list)
        for reading in self.readings:
            for event in reading.events:
                mention = event_mention(reading.report.id, event.label)
                if mention in self.resolution.event_of:
                    groups[self.resolution.event_of[mention]].append(Told(event, reading))
        return sorted(groups.items())

    def _add_event(self, group: tuple[str, list[Told]]) -> None:
        root, told = group
        rows = [self.events[telling.id] for telling in self.resolution.events(root) if telling.id in self.events]
        sources = tuple(dict.fromkeys(self.source_of[item.reading.report.id].id for item in told))
        if rows:
            row = rows[0]
            self.events[row.id] = replace(row, sources=tuple(dict.fromkeys((*row.sources, *sources))))
            for item in told:
                self._same_person(item, row.person)
            return
        event = self._new_event(told, sources)
        if event is not None:
            self.events[event.id] = event

    def _same_person(self, item: Told, person: str) -> None:
        if item.event.person and person:
            self.person_ids.setdefault(person_mention(item.reading.report.id, item.event.person), person)

    def _new_event(self, told: list[Told], sources: tuple[str, ...]) -> Event | None:
        first = told[0]
        where = f"report {first.reading.report.title or first.reading.report.path or first.reading.report.id}, event {first.event.label}"
        value = choose(told, self.rule)
        may_be = self._may_be(told)
        counted, reason = counting(told, value, may_be)
        if reason:
            level = Level.WARN if may_be and not counted else Level.NOTE
            self.problems.append(Problem(where, f"not counted: {reason}", level))
        reported = known_on(first.reading)
        body = self._body(value, sources)
        return Event(
            id=content_id("ev", [first.reading.report.id, first.event.label]),
            kind=value.kind,
            person=self._person_of(told),
            role=value.role or ("" if first.event.named else first.event.person or first.event.label),
            body=body,
            city=value.city,
            country=value.country,
            destination=value.destination,
            sector=value.sector,
            tier=value.tier,
            when=value.when,
            reported=When.on(reported) if reported else When(),
            n_low=value.n_low,
            n_high=value.n_high,
            company=value.company,
            kin_left=value.kin_left,
            motives=value.motives,
            status=value.status,
            confidence=confidence_of(told),
            counted=counted,
            reason=reason,
            may_be=may_be,
            conflict=value.conflict,
            note=_note(told, value.tier),
            sources=sources,
        )

    def _may_be(self, told: list[Told]) -> tuple[str, ...]:
        """Counted events that this one may be, as the queue has it."""
        mentions = {event_mention(item.reading.report.id, item.event.label) for item in told}
        return tuple(sorted({other for mention in mentions for other in self.doubted.get(mention, ())} - mentions))

    def _body(self, value: Chosen, sources: tuple[str, ...]) -> str:
        if not value.organisation:
            return ""
        for body in self.bodies.values():
            if fold(body.name) == fold(value.organisation):
                return body.id
        body = Body(name=value.organisation, kind=value.sector, city=value.city, country=value.country, sources=sources)
        self.bodies.setdefault(body.id, body)
        return body.id

    def _person_of(self, told: list[Told]) -> str:
        mentions = [person_mention(item.reading.report.id, item.event.person) for item in told if item.event.person]
        known = sorted(mention for mention in mentions if mention in self.mentions)
        named = [mention for mention in known if self.mentions[mention][0].name]
        chosen = next(iter(named or known), "")
        return self._person(chosen) if chosen and (named or self._has_ties(chosen)) else ""

    def _has_ties(self, mention: str) -> bool:
        person, reading = self.mentions[mention]
        return any(person.label in {tie.ego, tie.alter} for tie in reading.ties)

    def _person(self, mention: str) -> str:
        """The row of the person that a mention belongs to, made if there is none."""
        if mention in self.person_ids:
            return self.person_ids[mention]
        group = self.resolution.persons(mention) if mention in self.resolution.person_of else ()
        own = next((profile.id for profile in group if profile.id in self.case_people), "")
        row_id = own or next((self.person_ids[profile.id] for profile in group if profile.id in self.person_ids), "")
        members = [self.mentions[profile.id] for profile in group if profile.id in self.mentions] or [
            self.mentions[mention]
        ]
        made = self._new_person(members) if not row_id else self._enrich(self.people[row_id], members)
        self.people[made.id] = made
        self.person_ids.update(dict.fromkeys((profile.id for profile in group if profile.id in self.mentions), made.id))
        self.person_ids[mention] = made.id
        return made.id

    def _new_person(self, members: list[tuple[ReadPerson, Reading]]) -> Person:
        members = sorted(members, key=lambda item: (known_on(item[1]) or date.max, item[1].report.id, item[0].label))
        first, reading = members[0]
        names = list(dict.fromkeys(name for person, _ in members for name in (person.name, *person.aliases) if name))
        return Person(
            id=content_id("pe", [reading.report.id, first.label]),
            name=names[0] if names else "",
            aliases=tuple(sorted(names[1:])),
            native_name=next((person.native_name for person, _ in members if person.native_name), ""),
            note="" if names else first.label,
            sources=self._sources(members),
        )

    def _enrich(self, row: Person, members: list[tuple[ReadPerson, Reading]]) -> Person:
        known = {row.name, *row.aliases}
        names = {name for person, _ in members for name in (person.name, *person.aliases) if name}
        return replace(
            row,
            aliases=(*row.aliases, *sorted(names - known)),
            sources=tuple(dict.fromkeys((*row.sources, *self._sources(members)))),
        )

    def _sources(self, members: list[tuple[ReadPerson, Reading]]) -> tuple[str, ...]:
        return tuple(sorted({self.source_of[reading.report.id].id for _, reading in members}))

    def _add_ties(self, reading: Reading) -> None:
        known = known_on(reading)
        for tie in reading.ties:
            ends = [person_mention(reading.report.id, label) for label in (tie.ego, tie.alter)]
            if any(end not in self.mentions for end in ends) or tie.relation not in RELATIONS:
                continue
            if tie.statement.status in {Status.DENIED, Status.REFUTED}:
                continue
            if not reading.events and not any(self._is_known(end) for end in ends):
                continue
            ego, alter = map(self._person, ends)
            if ego != alter:
                self._add_tie(
                    ego, alter, tie.relation, When.on(known) if known else When(), self.source_of[reading.report.id].id
                )

    def _is_known(self, mention: str) -> bool:
        """Whether the person is in the record, so that a report without events is about its regime."""
        return any(profile.of_record for profile in self.resolution.persons(mention))

    def _add_tie(self, ego: str, alter: str, relation: str, reported: When, source: str) -> None:
        for told in ((ego, alter, relation), (alter, ego, INVERSES.get(relation, relation))):
            if told in self.tie_ids:
                tie = self.ties[self.tie_ids[told]]
                self.ties[tie.id] = replace(tie, sources=tuple(dict.fromkeys((*tie.sources, source))))
                return
        made = Tie(
            id=content_id("ti", [ego, alter, relation]),
            ego=ego,
            alter=alter,
            kind=TieKind(RELATIONS[relation]),
            role=relation,
            reported=reported,
            sources=(source,),
        )
        self.ties[made.id] = made
        self.tie_ids[ego, alter, relation] = made.id


def _note(told: list[Told], tier: int | None) -> str:
    reports = [item.reading.report for item in told]
    names = dict.fromkeys(report.publisher or report.title or report.url or report.id for report in reports)
    inferred = "; tier and sector inferred from the words of the role" if tier else ""
    return f"from report: {', '.join(names)}{inferred}"


def belongs(event: ReadEvent, reading: Reading, regime: str) -> bool:
    """Whether an event of a report is of a regime: said so, or the only regime that its report speaks of."""
    country = regime_country(regime)
    if event.origin_regime:
        return regime_country(event.origin_regime) == country
    return {regime_country(other.origin_regime) for other in reading.events if other.origin_regime} <= {country}


def restrict(reading: Reading, regime: str) -> Reading:
    """A reading with the events of one regime."""
    return replace(reading, events=tuple(event for event in reading.events if belongs(event, reading, regime)))


def about(readings: Iterable[Reading], regime: str) -> Iterator[Reading]:
    """Readings with the events of a regime, and those without any event."""
    for reading in readings:
        view = restrict(reading, regime)
        if view.events or not reading.events:
            yield view
