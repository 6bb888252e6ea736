"""Who is who, and which event is which, across records and reports of one regime.

Automatic only where the evidence is safe; each answer says why. What is doubtful goes to a queue, and a
judgement overrules everything. The result is a function of the set of sources, not of their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ostraka.case import Case
from ostraka.errors import Level, Problem
from ostraka.read.reading import Reading
from ostraka.register.clusters import Clusters, Pair, doubt_rivals, join_all
from ostraka.register.directory import Directory
from ostraka.register.likeness import Answer, Likeness, compare_persons, compare_tellings
from ostraka.register.profiles import Profile, Telling, reading_profiles, record_profiles

_MARGIN_PERSONS = 2.0
_MARGIN_EVENTS = 1.0
_OPEN = "a judgement left it open"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that a person has to decide.

    Parameters
    ----------
    kind : str
        ``person`` or ``event``.
    a, b : str
        Their ids, to be named in a judgement.
    a_label, b_label : str
        What their sources call them.
    score : float
    why : tuple of str
    """

    kind: str
    a: str
    b: str
    a_label: str
    b_label: str
    score: float
    why: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The doubt as plain JSON values."""
        return {name: getattr(self, name) for name in ("kind", "a", "b", "a_label", "b_label", "score")} | {
            "why": list(self.why)
        }


@dataclass(frozen=True)
class Resolution:
    """Groups of profiles that are one person, and of tellings that are one event.

    Parameters
    ----------
    profiles, tellings : mapping
        By id.
    person_of, event_of : mapping
        For each profile or telling the smallest id of its group.
    reasons : mapping
        For a pair of ids the likeness that was found.
    doubts : tuple of Doubt
    problems : tuple of Problem
        Judgements that contradict each other.
    """

    profiles: Mapping[str, Profile]
    tellings: Mapping[str, Telling]
    person_of: Mapping[str, str]
    event_of: Mapping[str, str]
    reasons: Mapping[tuple[str, str], Likeness] = field(repr=False)
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()

    def persons(self, item: str) -> tuple[Profile, ...]:
        """All profiles of the person that a profile belongs to."""
        return tuple(self.profiles[other] for other in self._same_person[self.person_of[item]])

    def events(self, item: str) -> tuple[Telling, ...]:
        """All tellings of the event that a telling belongs to."""
        return tuple(self.tellings[other] for other in self._same_event[self.event_of[item]])

    @cached_property
    def _same_person(self) -> Mapping[str, list[str]]:
        return _members(self.person_of)

    @cached_property
    def _same_event(self) -> Mapping[str, list[str]]:
        return _members(self.event_of)


def _members(group_of: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Groups by their smallest id."""
    found: dict[str, list[str]] = defaultdict(list)
    for item, home in group_of.items():
        found[home].append(item)
    return found


@dataclass(frozen=True, slots=True)
class Decided:
    """What people have decided about pairs; pairs are sorted."""

    merged: frozenset[tuple[str, str]] = frozenset()
    split: frozenset[tuple[str, str]] = frozenset()
    left_open: frozenset[tuple[str, str]] = frozenset()

    def merged_with(self, ids: Iterable[str]) -> set[str]:
        """These ids and all that judgements put together with them."""
        others: dict[str, set[str]] = defaultdict(set)
        for a, b in self.merged:
            others[a].add(b)
            others[b].add(a)
        found = set(ids)
        waiting = list(found)
        while waiting:
            new = others[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return found


def resolve(
    regime: str, cases: Iterable[tuple[str, Case]], readings: Iterable[Reading], decided: Decided | None = None
) -> Resolution:
    """Ask of all sources of a regime who is who and which event is which.

    Parameters
    ----------
    regime : str
    cases : iterable of (str, Case)
        Records under their ids, the preferred first: where two have a row of one id, the first is taken.
    readings : iterable of Reading
    decided : Decided, optional
        Judgements on pairs.
    """
    return resolve_filed(file_sources(regime, cases, readings), decided)


def file_sources(regime: str, cases: Iterable[tuple[str, Case]], readings: Iterable[Reading]) -> Directory:
    """All persons and events of all sources, filed."""
    directory = Directory()
    sources = [record_profiles(case, origin) for origin, case in cases]
    sources += [reading_profiles(reading, regime) for reading in readings]
    for persons, told in sources:
        for person in persons:
            directory.add(person)
        for telling in told:
            directory.add_telling(telling)
    return directory


def resolve_filed(directory: Directory, decided: Decided | None = None) -> Resolution:
    """As :func:`resolve`, of what is filed."""
    profiles, tellings = directory.profiles, directory.tellings
    decided = decided or Decided()
    problems: list[Problem] = []
    people, person_pairs = _cluster_persons(directory, decided, problems)
    events, event_pairs = _cluster_events(directory, people, decided, problems)
    settled = decided.merged | decided.split
    doubts = [
        *_doubts("person", person_pairs, people, settled, {item.id: item.label for item in profiles.values()}),
        *_doubts("event", event_pairs, events, settled, {item.id: item.label for item in tellings.values()}),
    ]
    return Resolution(
        profiles=dict(sorted(profiles.items())),
        tellings=dict(sorted(tellings.items())),
        person_of={item: people.find(item) for item in sorted(profiles)},
        event_of={item: events.find(item) for item in sorted(tellings)},
        reasons={(pair.a, pair.b): pair.likeness for pair in (*person_pairs, *event_pairs)},
        doubts=tuple(doubts),
        problems=tuple(problems),
    )


def _cluster_persons(directory: Directory, decided: Decided, problems: list[Problem]) -> tuple[Clusters, list[Pair]]:
    profiles = directory.profiles
    pairs = [
        Pair(a, b, likeness)
        for a, b in directory.person_pairs()
        if not (profiles[a].of_record and profiles[a].origin == profiles[b].origin)
        and (likeness := compare_persons(profiles[a], profiles[b])).verdict is not Answer.DIFFERENT
    ]
    pairs = _left_open(doubt_rivals(pairs, lambda item: profiles[item].origin, _MARGIN_PERSONS), decided)
    clusters = Clusters(profiles, lambda item: profiles[item].origin if profiles[item].of_record else None)
    _obey(clusters, decided, profiles, problems)
    join_all(clusters, pairs)
    return clusters, pairs


def _cluster_events(
    directory: Directory, people: Clusters, decided: Decided, problems: list[Problem]
) -> tuple[Clusters, list[Pair]]:
    tellings = directory.tellings
    certain: list[Pair] = []
    likely: list[Pair] = []
    for one, other in directory.telling_pairs(people.groups().values()):
        a, b = tellings[one], tellings[other]
        one_person = bool(a.person and b.person) and people.find(a.person) == people.find(b.person)
        if a.origin == b.origin and (a.of_record or not one_person):
            continue
        likeness = compare_tellings(a, b, one_person=one_person)
        if likeness.verdict is not Answer.DIFFERENT:
            (certain if one_person else likely).append(Pair(one, other, likeness))
    clusters = Clusters(tellings, lambda item: _unmixable(tellings[item], people))
    _obey(clusters, decided, tellings, problems)
    certain = _left_open(certain, decided)
    join_all(clusters, certain)
    open_pairs = [pair for pair in likely if clusters.may_join(pair.a, pair.b)]
    likely = _left_open(doubt_rivals(open_pairs, lambda item: tellings[item].origin, _MARGIN_EVENTS), decided)
    join_all(clusters, likely)
    return clusters, certain + likely


def _left_open(pairs: Iterable[Pair], decided: Decided) -> list[Pair]:
    """Pairs of which those that somebody looked at and left open are in doubt, however alike they are."""
    return [
        replace(pair, likeness=Likeness(Answer.UNSURE, pair.likeness.score, (*pair.likeness.why, _OPEN)))
        if (pair.a, pair.b) in decided.left_open
        else pair
        for pair in pairs
    ]


def _unmixable(telling: Telling, people: Clusters) -> tuple[str, str] | None:
    """Two rows of a record are two events; two unnamed persons of a report are two persons."""
    if telling.of_record:
        return telling.origin, ""
    return None if telling.named else (telling.origin, people.find(telling.person) if telling.person else telling.id)


def _obey(clusters: Clusters, decided: Decided, known: Mapping[str, object], problems: list[Problem]) -> None:
    """Splits first, then merges; a merge that would undo a split is not obeyed, and said."""
    for a, b in sorted(decided.split):
        if a in known and b in known:
            clusters.split(a, b)
    for a, b in sorted(decided.merged):
        if a in known and b in known and not clusters.join(a, b, by_judgement=True):
            message = "cannot be merged: through other merges a judgement keeps them apart; undo one of them"
            problems.append(Problem(f"judgements on {a}, {b}", message, Level.WARN))


def _doubts(
    kind: str, pairs: Iterable[Pair], clusters: Clusters, settled: frozenset[tuple[str, str]], labels: Mapping[str, str]
) -> list[Doubt]:
    """Unsure pairs not settled otherwise, the most alike first."""
    open_pairs: dict[tuple[str, str], Pair] = defaultdict()
    for pair in sorted(pairs, key=lambda pair: (-pair.likeness.score, pair.a, pair.b)):
        roots = clusters.find(pair.a), clusters.find(pair.b)
        undecided = roots[0] != roots[1] and clusters.may_join(pair.a, pair.b) and (pair.a, pair.b) not in settled
        if undecided and pair.likeness.verdict is Answer.UNSURE:
            open_pairs.setdefault((min(roots), max(roots)), pair)
    return [
        Doubt(kind, pair.a, pair.b, labels[pair.a], labels[pair.b], round(pair.likeness.score, 2), pair.likeness.why)
        for pair in open_pairs.values()
    ]
