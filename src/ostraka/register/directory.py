"""Persons and events filed so that only those are compared that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations

from ostraka.model import EventKind
from ostraka.read.names_keys import NameKeys, keys_of
from ostraka.register.likeness import kinds_alike
from ostraka.register.profiles import Profile, Telling


class Directory:
    """Profiles by name and by post; what :func:`~ostraka.register.likeness.compare_persons` may call one is filed together.

    Examples
    --------
    >>> directory = Directory()
    >>> directory.add(Profile("p1", "record", "Thae Yong-ho", "DPRK", of_record=True, spellings=("Thae Yong-ho",)))
    >>> directory.near(Profile("p2", "re-1", "태영호", "DPRK", of_record=False, spellings=("태영호",)))
    {'p1'}
    """

    def __init__(self) -> None:
        self.profiles: dict[str, Profile] = {}
        self.tellings: dict[str, Telling] = {}
        self._whole: dict[str, list[str]] = defaultdict(list)
        self._heads: dict[str, list[str]] = defaultdict(list)
        self._of_person: dict[str, list[str]] = defaultdict(list)
        self._named: dict[Hashable, list[str]] = defaultdict(list)
        self._unnamed: dict[Hashable, list[str]] = defaultdict(list)
        self._keys: dict[str, NameKeys] = {}

    def add(self, profile: Profile) -> None:
        """File a person; one whose id is filed already is not filed again."""
        if profile.id in self.profiles:
            return
        self.profiles[profile.id] = profile
        keys = self._keys[profile.id] = _name_keys(profile)
        for key in keys.whole:
            self._whole[key].append(profile.id)
        for key in keys.heads:
            self._heads[key].append(profile.id)

    def add_telling(self, telling: Telling) -> None:
        """File an event; one whose id is filed already is not filed again."""
        if telling.id in self.tellings:
            return
        self.tellings[telling.id] = telling
        self._of_person[telling.person].append(telling.id)
        filed = self._named if telling.named else self._unnamed
        for key in _post_keys(telling):
            filed[key].append(telling.id)

    def near(self, profile: Profile) -> set[str]:
        """Persons filed under a name that the person's may equal, the person left out."""
        asked = self._keys.get(profile.id) or _name_keys(profile)
        found = {item for key in asked.whole | asked.heads for item in self._whole.get(key, ())}
        found.update(item for key in asked.whole for item in self._heads.get(key, ()))
        return found - {profile.id}

    def near_telling(self, telling: Telling) -> set[str]:
        """Events that may be this one although one of the two names nobody."""
        files = (self._unnamed,) if telling.named else (self._unnamed, self._named)
        found = {item for key in _asked_keys(telling) for filed in files for item in filed.get(key, ())}
        return found - {telling.id}

    def around(self, persons: Iterable[str], tellings: Iterable[str]) -> Directory:
        """The part of it that these persons and events may meet, and what that part may meet by name."""
        people, events = set(persons), set(tellings)
        for person in list(people):
            people |= self.near(self.profiles[person])
        events |= {other for item in list(events) for other in self.near_telling(self.tellings[item])}
        people |= {self.tellings[item].person for item in events} - {""}
        events |= {item for person in people for item in self.told_of(person)}
        found = Directory()
        for person in sorted(people):
            found.add(self.profiles[person])
        for item in sorted(events):
            found.add_telling(self.tellings[item])
        return found

    def told_of(self, person: str) -> list[str]:
        """Events told of a person."""
        return self._of_person.get(person, []) if person else []

    def person_pairs(self) -> Iterator[tuple[str, str]]:
        """Pairs of named persons that may be one, each once, sorted."""
        pairs = {(min(a, b), max(a, b)) for a, profile in self.profiles.items() for b in self.near(profile)}
        yield from sorted(pairs)

    def telling_pairs(self, groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
        """Pairs of events that may be one, each once, sorted; `groups` are persons that are one."""
        pairs = {(min(a, b), max(a, b)) for a, telling in self.tellings.items() for b in self.near_telling(telling)}
        for group in groups:
            told = sorted(item for person in group for item in self.told_of(person))
            pairs.update(combinations(told, 2))
        yield from sorted(pairs)


_keys_of = lru_cache(maxsize=65_536)(keys_of)


def _name_keys(profile: Profile) -> NameKeys:
    filed = [_keys_of(name) for name in profile.spellings]
    return NameKeys(
        frozenset().union(*(keys.whole for keys in filed)), frozenset().union(*(keys.heads for keys in filed))
    )


@cache
def _kind_of(kind: EventKind) -> EventKind:
    """The first of the kinds that can be tellings of one event."""
    return min(other for other in EventKind if kinds_alike(kind, other))


def _post_keys(telling: Telling) -> Iterator[Hashable]:
    """Keys under which an event is filed: its places, each two of the words of its role, its body or number."""
    kind, where = _kind_of(telling.kind), telling.post.where
    yield from ((kind, "country", country) for country in where.countries)
    yield from ((kind, "region", region) for region in where.regions)
    yield from ((kind, "around", region) for region in where.around)
    yield from ((kind, *pair) for pair in combinations(sorted(telling.post.words), 2))
    yield from ((kind, "body", body) for body in (telling.post.body,) if body)
    yield from ((kind, "number", number) for number in (telling.n_low,) if number > 1)


def _asked_keys(telling: Telling) -> Iterator[Hashable]:
    """Keys under which an event is looked for."""
    kind, where = _kind_of(telling.kind), telling.post.where
    yield from _post_keys(telling)
    if not where.countries:
        yield from ((kind, "around", region) for region in where.regions)
    else:
        yield from ((kind, "region", region) for region in where.around)
