"""Keys under which persons, events and pages are filed, so that only those are compared that may be one.

Whatever lets :func:`~ostraka.register.likeness.compare_persons` or
:func:`~ostraka.register.likeness.compare_tellings` call two one is a key of both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import combinations

from ostraka.model import EventKind
from ostraka.read.names_keys import NameKeys, keys_of
from ostraka.register.likeness import kinds_alike
from ostraka.register.places import Place
from ostraka.register.posts import Post
from ostraka.register.profiles import Telling

KEYS = 1
"""Version of the keys, kept in every register: one whose file was made with other keys is filed anew when opened.

Raise it by one whenever a name or a post gets other keys than before, be it by a rule or by a table of names.
"""

_keys_of = lru_cache(maxsize=65_536)(keys_of)


def name_keys(spellings: Iterable[str]) -> NameKeys:
    """The keys of all spellings of one person."""
    filed = [_keys_of(name) for name in spellings]
    return NameKeys(
        frozenset().union(*(keys.whole for keys in filed)), frozenset().union(*(keys.heads for keys in filed))
    )


def post_keys(telling: Telling) -> Iterator[str]:
    """Keys under which an event is filed: its places, each two of the words of its role, its body or number."""
    post = telling.post
    yield from _post_keys(telling, post.where, post.words)


def open_post_keys(telling: Telling) -> Iterator[str]:
    """Keys of an event of no said regime: those it has whichever regime asks."""
    post = telling.post
    for where in (post.where, Post(post.role, post.organisation).where):
        yield from _post_keys(telling, where, post.all_words)


def _post_keys(telling: Telling, where: Place, words: Collection[str]) -> Iterator[str]:
    kind = _kind_of(telling.kind)
    yield from (f"{kind} country {country}" for country in where.countries)
    yield from (f"{kind} region {region}" for region in where.regions)
    yield from (f"{kind} around {region}" for region in where.around)
    yield from (f"{kind} words {one} {other}" for one, other in combinations(sorted(words), 2))
    yield from (f"{kind} body {body}" for body in (telling.post.body,) if body)
    yield from (f"{kind} number {number}" for number in (telling.n_low,) if number > 1)


def asked_keys(telling: Telling) -> Iterator[str]:
    """Keys under which an event is looked for."""
    kind, where = _kind_of(telling.kind), telling.post.where
    yield from post_keys(telling)
    if not where.countries:
        yield from (f"{kind} around {region}" for region in where.regions)
    else:
        yield from (f"{kind} region {region}" for region in where.around)


@cache
def _kind_of(kind: EventKind) -> EventKind:
    """The first of the kinds that can be tellings of one event."""
    return min(other for other in EventKind if kinds_alike(kind, other))


def hashed(country: str, drawer: str, keys: Iterable[str]) -> set[int]:
    """Keys of a drawer of a regime as 64-bit numbers; two that meet by chance only add a candidate."""
    head = blake2b(f"{country}\0{drawer}\0".encode(), digest_size=8)
    found = set()
    for key in keys:
        own = head.copy()
        own.update(key.encode("utf-8", "surrogatepass"))
        found.add(int.from_bytes(own.digest(), "big", signed=True))
    return found
