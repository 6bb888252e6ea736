"""When two coders mean the same: names, events, ties and claims.

An event is the same if its kind is, if its person is (or, where one of the two leaves the person unnamed,
its role), and if the intervals of days overlap. Each is matched at most once, as many as possible.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from ostraka.read.coding import CodedEvent
from ostraka.read.names import compare_names
from ostraka.read.numbers import read_number
from ostraka.read.ordinals import ordinal_of
from ostraka.read.places import PlaceKind, country_code, gazetteer
from ostraka.read.tokens import tokenize

T = TypeVar("T")

_WORD = re.compile(r"\w+", re.UNICODE)
_EMPTY = frozenset("a an the of in to at for and or his her its their with by from on who was is".split())  # noqa: SIM905
_MODIFIERS = frozenset(
    ("senior", "former", "high", "mid", "top", "ranking", "deputy", "vice", "first", "second", "third")
)
MUTUAL = frozenset(("spouse_of", "sibling_of", "cousin_of", "in_law_of", "kin_of", "comrade_of", "served_with"))
_INVERSE = {"child_of": "parent_of", "nephew_of": "uncle_of", "niece_of": "uncle_of", "aunt_of": "uncle_of"}
_SAME = {
    "father_of": "parent_of",
    "mother_of": "parent_of",
    "child_in_law_of": "in_law_of",
    "fund_manager_of": "aide_of",
}


def pairs(gold: Sequence[T], found: Sequence[T], score: Callable[[T, T], float]) -> list[tuple[int, int]]:
    """The largest one-to-one matching between two lists, better scores first.

    Parameters
    ----------
    gold, found : sequence
        What is to be matched.
    score : callable
        Positive where two may be matched.

    Returns
    -------
    list of (int, int)
        Indices, in the order of `gold`.

    Notes
    -----
    Kuhn's augmenting paths, trying better scores first: the number of pairs is the largest possible, the sum
    of scores need not be.

    Examples
    --------
    >>> pairs(["a", "ab"], ["ab", "b"], lambda x, y: float(bool(set(x) & set(y))))
    [(0, 0), (1, 1)]
    """
    scores = [[score(x, y) for y in found] for x in gold]
    wishes = [sorted((j for j, s in enumerate(row) if s > 0), key=lambda j: -row[j]) for row in scores]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in wishes[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in sorted(range(len(gold)), key=lambda i: -max(scores[i], default=0.0)):
        place(i, set())
    return sorted((i, j) for j, i in taken.items())


def words(text: str) -> frozenset[str]:
    """The content words of a phrase, small letters without accents."""
    flat = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in flat if not unicodedata.combining(letter))
    composed = unicodedata.normalize("NFC", plain).casefold()
    return frozenset(_WORD.findall(composed)) - _EMPTY


@lru_cache(maxsize=20_000)
def same_name(a: str, b: str) -> bool:
    """Whether two names of one report are one person's; part of a name counts, as reports shorten names.

    Examples
    --------
    >>> same_name("Thae Yong-ho", "Tae Yong Ho"), same_name("Kim Jong-il", "Kim Jong-un")
    (True, False)
    """
    if not a or not b:
        return False
    x, y = words(a), words(b)
    if x == y or (x and y and (x < y or y < x)):
        return True
    return compare_names(a, b).verdict == "same"


def same_words(a: str, b: str) -> bool:
    """Whether two phrases of a field say the same: one holds the other, or they share half of their words.

    A country is the same in English and in Korean.

    Examples
    --------
    >>> same_words("the embassy in London", "London embassy"), same_words("Rome", "Cairo")
    (True, False)
    >>> same_words("Italy", "이탈리아")
    True
    """
    x, y = words(by_first_name(a)), words(by_first_name(b))
    if not x or not y:
        return False
    if (code := country_code(a)) and code == country_code(b):
        return True
    return x <= y or y <= x or 2 * len(x & y) >= len(x | y)


@lru_cache(maxsize=20_000)
def by_first_name(phrase: str) -> str:
    """A phrase with each country under one name: the embassy in Britain is the embassy in the United Kingdom.

    Examples
    --------
    >>> by_first_name("embassy in Britain")
    'embassy in United Kingdom'
    """
    tokens, parts, at = tokenize(phrase), [], 0
    while at < len(tokens):
        found = gazetteer().longest(tokens, at)
        country = found is not None and found[1].kind is PlaceKind.COUNTRY
        parts.append(found[1].name if found is not None and country else tokens[at].text)
        at = found[0] if found is not None and country else at + 1
    return " ".join(parts)


def same_event(gold: CodedEvent, found: CodedEvent) -> float:
    """How well two events fit: 0 if they are not the same event."""
    if gold.kind != found.kind:
        return 0.0
    return same_case(gold, found)


def same_case(gold: CodedEvent, found: CodedEvent) -> float:
    """As :func:`same_event`, but the kinds may differ."""
    if not gold.when.overlaps(found.when):
        return 0.0
    who = _same_actor(gold, found)
    agree = sum(same_words(value, found.fields.get(name, "")) for name, value in gold.fields.items())
    return who and who + 0.1 * agree + 0.5 * (gold.when == found.when) + 0.5 * (gold.kind == found.kind)


def _same_actor(gold: CodedEvent, found: CodedEvent) -> float:
    if gold.person and found.person:
        return 2.0 * same_name(gold.person, found.person)
    roles = [event.fields.get("role", "") or event.person for event in (gold, found)]
    if same_words(*roles):
        return 1.0
    return 0.5 * bool((words(roles[0]) & words(roles[1])) - _MODIFIERS)


def same_tie(gold: tuple[str, str, str], found: tuple[str, str, str]) -> float:
    """Whether two ties say the same, in either direction where the relation has an inverse.

    Examples
    --------
    >>> same_tie(("Kim A", "father_of", "Kim B"), ("Kim B", "child_of", "Kim A"))
    1.0
    """
    (ego, relation, alter), (other_ego, other_relation, other_alter) = upright(gold), upright(found)
    if relation != other_relation:
        return 0.0
    straight = _same_end(ego, other_ego) and _same_end(alter, other_alter)
    crossed = relation in MUTUAL and _same_end(ego, other_alter) and _same_end(alter, other_ego)
    return float(straight or crossed)


def same_pair(gold: tuple[str, str, str], found: tuple[str, str, str]) -> float:
    """Whether two ties join the same two, whatever they say of them; ties that say the same score higher.

    Examples
    --------
    >>> same_pair(("Kim A", "father_of", "Kim B"), ("Kim B", "aide_of", "Kim A"))
    1.0
    >>> same_pair(("Kim A", "father_of", "Kim B"), ("Kim B", "child_of", "Kim A"))
    2.0
    """
    (ego, _, alter), (other_ego, _, other_alter) = gold, found
    straight = _same_end(ego, other_ego) and _same_end(alter, other_alter)
    crossed = _same_end(ego, other_alter) and _same_end(alter, other_ego)
    return float(straight or crossed) and 1.0 + same_tie(gold, found)


def upright(tie: tuple[str, str, str]) -> tuple[str, str, str]:
    """A tie told from the side of the parent, uncle or aunt, by the one word for each relation.

    Examples
    --------
    >>> upright(("Kim A", "child_of", "Kim B"))
    ('Kim B', 'parent_of', 'Kim A')
    """
    ego, relation, alter = tie
    if relation in _INVERSE:
        return alter, _INVERSE[relation], ego
    return ego, _SAME.get(relation, relation), alter


def _same_end(a: str, b: str) -> bool:
    return same_name(a, b) or same_words(a, b)


_TIMES = {"once": 1.0, "twice": 2.0}
_VAGUE = frozenset(("few", "several", "couple"))
_NONE = frozenset(("no", "not"))
_YEARS = range(1900, 2101)
_STEM = 4
"""Letters by which two words of claims are held to be one: "deserted" and "to desert", "high" and "highest"."""


def same_claim(gold: str, found: str) -> float:
    """Whether two number claims are one: they share a number, or most of their words where there is none.

    Examples
    --------
    >>> same_claim("at least five since February", "five defections have occurred since February") > 0
    True
    """
    a, b = numbers(gold), numbers(found)
    stems = _stems(gold), _stems(found)
    shared = len(stems[0] & stems[1])
    if a and b:
        return float(bool(a & b)) * (1 + shared)
    return float(3 * shared >= len(stems[0]) or frozenset() < stems[1] <= stems[0])


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(text))


def numbers(text: str) -> frozenset[float]:
    """The numbers a phrase holds, in figures or words; years only where it holds no other but a first or a single one.

    Examples
    --------
    >>> sorted(numbers("forty-four of two hundred since 1997")), sorted(numbers("the highest since 1997"))
    ([44.0, 200.0], [1997.0])
    """
    tokens, found, at = tokenize(text), set[float](), 0
    while at < len(tokens):
        low = tokens[at].low
        none = at > 0 and tokens[at - 1].low in _NONE
        hit = read_number(tokens, at) if low not in _VAGUE and not none else None
        found |= {hit[1] if hit is not None else _TIMES.get(low) or float(ordinal_of(low))}
        at = hit[0] if hit is not None else at + 1
    years = {float(token.text) for token in tokens if token.text.isdecimal() and int(token.text) in _YEARS}
    return frozenset((found if found - {0.0, 1.0} else found | years) - {0.0})
