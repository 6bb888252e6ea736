"""For each field of an event or a person the values that records and reports give it, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ostraka.case import Case
from ostraka.model import Event, Source, Statement
from ostraka.register.claims import RULE, Claimed, Described, Told, claims_of, descriptions_of
from ostraka.register.places import compare_places, find_place, fold
from ostraka.register.profiles import event_mention, mention_id, person_mention
from ostraka.register.resolve import Resolution
from ostraka.register.sources import Sources
from ostraka.register.versions import superseded

_FIELDS: Mapping[str, str] = {
    "kind": "kind",
    "when": "when",
    "role": "role",
    "destination": "destination",
    "family_with": "company",
    "kin_left": "kin_left",
    "status": "status",
}


def conflicts_of(
    event_id: str, sources: Sources, resolution: Resolution, rule: Sequence[str] = RULE
) -> tuple[Claimed, ...]:
    """All values of all fields of an event or a person, those of one field together, the preferred first.

    Parameters
    ----------
    event_id : str
        Row of a record, event of a frozen case, or mention of an event or a person in a report.
    sources : Sources
    resolution : Resolution
    rule : sequence of str
        What decides between values; what a record says stands before what reports say.
    """
    known = (event_id, mention_id(event_id))
    person_id = next((item for item in known if item in resolution.person_of), "")
    telling_id = next((item for item in known if item in resolution.event_of), "")
    if person_id:
        return _of_person(person_id, sources, resolution, rule)
    if not telling_id:
        return ()
    members = {telling.id for telling in resolution.events(telling_id)}
    told = [
        Told(event, reading)
        for reading in sources.readings
        for event in reading.events
        if event_mention(reading.report.id, event.label) in members
    ]
    old = superseded(sources.readings)
    told, withdrawn = (
        [t for t in told if t.reading.report.id not in old],
        [t for t in told if t.reading.report.id in old],
    )
    rows = [(event, case) for _, case in sources.records for event in case.events if event.id in members]
    claims = claims_of(told, rule)
    for name, values in claims_of(withdrawn, rule).items():
        claims[name] = _after(claims.get(name, []), values)
    for event, case in reversed(rows):
        for claim in _of_record(event, case):
            claims[claim.field] = _put_first(claim, claims.get(claim.field, []))
    return _in_order(claims, _rejected(sources, lambda said: event_mention(said.span.report, said.subject) in members))


def _in_order(claims: dict[str, list[Claimed]], rejected: Iterable[Claimed]) -> tuple[Claimed, ...]:
    """All claims by field, those that were rejected last."""
    for claim in rejected:
        claims.setdefault(claim.field, []).append(claim)
    return tuple(claim for name in sorted(claims) for claim in claims[name])


def _rejected(sources: Sources, is_about: Callable[[Statement], bool]) -> Iterator[Claimed]:
    """What was said and rejected, with who rejected it and why."""
    for said in sources.rejected:
        if is_about(said):
            judged = sources.decisions.verdicts[said.id]
            typed = said.predicate == "type"
            yield Claimed(
                field="when" if typed and said.when else "kind" if typed else said.predicate,
                value=said.when.edtf() if typed and said.when else said.object,
                rank="deprecated",
                reason=f"rejected by {judged.by}: {judged.reason or 'no reason given'}",
                statements=(said.id,),
                quotes=(said.span,),
                sources=(said.span.report,),
            )


def _of_person(person_id: str, sources: Sources, resolution: Resolution, rule: Sequence[str]) -> tuple[Claimed, ...]:
    members = {profile.id for profile in resolution.persons(person_id)}
    described = [
        Described(person.label, reading, said)
        for reading in sources.readings
        for person in reading.persons
        if person_mention(reading.report.id, person.label) in members
        for said in reading.statements
        if said.kind == "person" and said.subject == person.label and said.object
    ]
    claims = descriptions_of(described, rule)
    for person in (person for _, case in reversed(sources.records) for person in case.people if person.id in members):
        for name, value in (("name", person.name), ("native_name", person.native_name)):
            if value:
                said_so = Claimed(name, value, "preferred", "what the record says", sources=person.sources)
                claims[name] = _put_first(said_so, claims.get(name, []))
        spellings = (
            Claimed("alias", other, "normal", "another spelling", sources=person.sources) for other in person.aliases
        )
        claims["alias"] = [*spellings, *claims.get("alias", [])]
    return _in_order(claims, _rejected(sources, lambda said: person_mention(said.span.report, said.subject) in members))


def _of_record(event: Event, case: Case) -> list[Claimed]:
    known: dict[str, Source] = {source.id: source for source in case.sources}
    printed = [known[item].published for item in event.sources if item in known]
    values = {name: str(getattr(event, own) or "") for name, own in _FIELDS.items()}
    values["when"] = event.when.edtf()
    values["post_place"] = ", ".join(filter(None, (event.city, event.country)))
    values["organisation"] = next((body.name for body in case.bodies if body.id == event.body), "")
    return [
        Claimed(
            field=name,
            value=value,
            rank="preferred",
            reason="what the record says; reports stand beside it",
            sources=event.sources,
            origins=max(1, len(event.sources)),
            printed=max((day for day in printed if day), default=None),
        )
        for name, value in values.items()
        if value
    ]


def _is_same(a: Claimed, b: Claimed) -> bool:
    """Whether two values say one thing; a city is one with or without its country."""
    if a.field == "post_place" and compare_places(find_place(a.value), find_place(b.value)) == "city":
        return True
    return fold(a.value) == fold(b.value)


def _after(current: list[Claimed], earlier: list[Claimed]) -> list[Claimed]:
    """What a page says now, and after it what only an earlier version of it said."""
    reason = "said by a version of the page that was changed since"
    gone = [claim for claim in earlier if not any(_is_same(claim, other) for other in current)]
    return [*current, *(replace(claim, rank="deprecated", reason=reason) for claim in gone)]


def _put_first(claim: Claimed, others: list[Claimed]) -> list[Claimed]:
    """A record's value before the others; one that says the same is joined to it."""
    twins = [other for other in others if _is_same(claim, other)]
    rest = [
        replace(other, rank="normal", reason="the record says otherwise") if other.rank == "preferred" else other
        for other in others
        if other not in twins
    ]
    for twin in twins:
        claim = replace(
            claim,
            statements=tuple(sorted({*claim.statements, *twin.statements})),
            quotes=tuple(sorted({*claim.quotes, *twin.quotes})),
            sources=tuple(dict.fromkeys((*claim.sources, *twin.sources))),
            origins=claim.origins + twin.origins,
        )
    return [claim, *rest]
