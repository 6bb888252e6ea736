"""What a register answers from all it knows of a regime: a case, the values of each field, who may be named."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from ostraka.case import Case, case_as_of
from ostraka.errors import Problem
from ostraka.register.claims import Claimed
from ostraka.register.conflicts import conflicts_of
from ostraka.register.erasure import Erasure
from ostraka.register.freeze import merge_readings
from ostraka.register.profiles import mention_id
from ostraka.register.records import merge_records
from ostraka.register.resolve import Resolution, resolve
from ostraka.register.sealing import Seals
from ostraka.register.sources import Sources, empty_case, stretch


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage among values that all live: that takes a quarter of the time of a freeze."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def frozen(regime: str, sources: Sources, as_of: date | None, rule: Sequence[str]) -> tuple[Case, tuple[Problem, ...]]:
    """What record and reports add up to, as knowable on a day, less what is sealed."""
    day = as_of or sources.last_day()
    readings, unused = sources.known(as_of)
    views, problems = [], list(unused)
    for origin, case in sources.records or [("", empty_case(regime, readings, day))]:
        view, told = case_as_of(case, day)
        views.append((origin, view))
        problems.extend(told)
    resolution = resolve(regime, views, readings, sources.decisions.decided)
    merged = merge_records(views, resolution, day)
    merged, told = merge_readings(merged, readings, resolution, rule=rule)
    of_record = {event.id for _, view in views for event in view.events}
    merged, stretched = stretch(merged, frozenset(event.id for event in merged.events) - of_record)
    said = (*resolution.problems, *sources.decisions.problems)
    return Seals(sources.decisions, resolution).seal(merged), (*problems, *told, *stretched, *said)


def resolved(regime: str, sources: Sources) -> Resolution:
    """Who is who with everything known today."""
    return resolve(regime, sources.records, sources.readings, sources.decisions.decided)


def claimed(
    item: str, regime: str, sources: Sources, *, rule: Sequence[str], sealed: bool = False
) -> tuple[Claimed, ...]:
    """The values of each field of a person or event; with `sealed` also those that are sealed."""
    resolution = resolved(regime, sources)
    found = conflicts_of(item, sources, resolution, rule)
    return found if sealed else Seals(sources.decisions, resolution).open_claims(item, found)


def called(person: str, regime: str, sources: Sources) -> Erasure | None:
    """All that sources call a person, the ids of rows included; None if it is none of this regime."""
    resolution = resolved(regime, sources)
    known = next((item for item in (person, mention_id(person)) if item in resolution.person_of), None)
    if known is None:
        return None
    profiles = resolution.persons(known)
    names = {name for profile in profiles for name in profile.spellings}
    names |= {profile.label for profile in profiles if len(profile.label.split()) > 1}
    names |= {profile.id for profile in profiles if profile.of_record}
    return Erasure(frozenset(names), labels=frozenset((profile.origin, profile.label) for profile in profiles))
