"""Persons and events filed in memory, so that only those are compared that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from ostraka.read.names_keys import NameKeys
from ostraka.register.keys import asked_keys, name_keys, post_keys
from ostraka.register.profiles import Profile, Telling
from ostraka.register.spelling import compare_spellings

Names = tuple[str, ...]
"""All spellings that a source gives of one person."""


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
        self._names: dict[Names, NameKeys] = {}
        self._named_so: dict[Names, list[str]] = defaultdict(list)
        self._whole: dict[str, list[Names]] = defaultdict(list)
        self._heads: dict[str, list[Names]] = defaultdict(list)
        self._of_person: dict[str, list[str]] = defaultdict(list)
        self._named: dict[str, list[str]] = defaultdict(list)
        self._unnamed: dict[str, list[str]] = defaultdict(list)

    def add(self, profile: Profile) -> None:
        """File a person; one whose id is filed already is not filed again."""
        if profile.id in self.profiles:
            return
        self.profiles[profile.id] = profile
        self._named_so[profile.spellings].append(profile.id)
        if profile.spellings in self._names:
            return
        keys = self._names[profile.spellings] = name_keys(profile.spellings)
        for key in keys.whole:
            self._whole[key].append(profile.spellings)
        for key in keys.heads:
            self._heads[key].append(profile.spellings)

    def add_telling(self, telling: Telling) -> None:
        """File an event; one whose id is filed already is not filed again."""
        if telling.id in self.tellings:
            return
        self.tellings[telling.id] = telling
        self._of_person[telling.person].append(telling.id)
        filed = self._named if telling.named else self._unnamed
        for key in post_keys(telling):
            filed[key].append(telling.id)

    def near(self, profile: Profile) -> set[str]:
        """Persons filed under a name that the person's may equal, the person left out."""
        found = {item for names in self._near(profile.spellings) for item in self._named_so[names]}
        return found - {profile.id}

    def _near(self, names: Names) -> set[Names]:
        """Names that some names may equal."""
        asked = self._names.get(names) or name_keys(names)
        found = {item for key in asked.whole | asked.heads for item in self._whole.get(key, ())}
        found.update(item for key in asked.whole for item in self._heads.get(key, ()))
        return found

    def near_telling(self, telling: Telling) -> set[str]:
        """Events that may be this one although one of the two names nobody."""
        files = (self._unnamed,) if telling.named else (self._unnamed, self._named)
        found = {item for key in asked_keys(telling) for filed in files for item in filed.get(key, ())}
        return found - {telling.id}

    def told_of(self, person: str) -> list[str]:
        """Events told of a person."""
        return self._of_person.get(person, []) if person else []

    def person_pairs(self) -> Iterator[tuple[str, str]]:
        """Pairs of named persons that may be one by their names, each once, sorted."""
        pairs: set[tuple[str, str]] = set()
        for names, same in self._named_so.items():
            near = {names} | self._near(names) if names else set()
            alike = [other for other in near if compare_spellings(names, other)[0] != "different"]
            others = [item for other in alike for item in self._named_so[other]]
            for one in same:
                pairs.update((one, other) if one < other else (other, one) for other in others if other != one)
        yield from sorted(pairs)

    def telling_pairs(self, groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
        """Pairs of events that may be one, each once, sorted; `groups` are persons that are one."""
        pairs = {(min(a, b), max(a, b)) for a, telling in self.tellings.items() for b in self.near_telling(telling)}
        for group in groups:
            told = sorted(item for person in group for item in self.told_of(person))
            pairs.update(combinations(told, 2))
        yield from sorted(pairs)
