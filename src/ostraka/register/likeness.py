"""How alike two persons, or two events, are as their sources tell them, and why.

The weights are judgements, not estimates: a name opens the question, posts, kin and dates answer it. What
they lead to is measured in ``docs/reference/exchange.md`` and by the test set of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.register.places import compare_places
from ostraka.register.posts import Post
from ostraka.register.profiles import Profile, Telling
from ostraka.register.spelling import compare_spellings


class Answer(StrEnum):
    """Whether two are one."""

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whether two persons or events are one, how strongly, and why.

    Parameters
    ----------
    verdict : Answer
    score : float
        Sum of the weights of the evidence; comparable within one kind of question only.
    why : tuple of str
        The evidence in words.
    """

    verdict: Answer
    score: float
    why: tuple[str, ...]


SLACK_DAYS = 62
"""Dates of one departure told by two sources may lie this far apart."""

_SAFE = 2.0
_ONCE = (
    frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE}),
    frozenset({EventKind.EXECUTION}),
    frozenset({EventKind.ASSASSINATION}),
)
_ALIKE = (*_ONCE, frozenset({EventKind.PURGE, EventKind.DISMISSAL}))


def compare_persons(a: Profile, b: Profile) -> Likeness:
    """Whether two sources speak of one person.

    Returns
    -------
    Likeness
        ``same`` only where names agree and something beside the name agrees too, or nothing else is known.
    """
    name, said = compare_spellings(a.spellings, b.spellings)
    if name == "different":
        return Likeness(Answer.DIFFERENT, -9.0, (said,))
    evidence = [*_posts(a, b), *_departures(a, b), *_kin(a, b)]
    score = sum(weight for weight, _ in evidence)
    why = (said, *(words for weight, words in evidence if weight))
    against = any(weight < 0 for weight, _ in evidence)
    if name == "ambiguous":
        verdict = Answer.SAME if score >= 5 else Answer.UNSURE if score >= _SAFE else Answer.DIFFERENT
    elif score >= _SAFE or (not against and score >= 0):
        verdict = Answer.SAME
    else:
        verdict = Answer.UNSURE if score > -4 else Answer.DIFFERENT
    return Likeness(verdict, score, why if len(why) > 1 else (*why, "nothing else is known to compare"))


def _posts(a: Profile, b: Profile) -> list[tuple[float, str]]:
    """Evidence of the pair of posts that agrees best; none if either is unknown."""
    pairs = [_compare_posts(one, other) for one, other in product(a.posts, b.posts)]
    return max(pairs, key=lambda found: sum(weight for weight, _ in found), default=[])


@lru_cache(maxsize=65536)
def _compare_posts(a: Post, b: Post) -> list[tuple[float, str]]:
    return [item for item in (_place(a, b), *_roles(a, b)) if item[0]]


def _roles(a: Post, b: Post) -> list[tuple[float, str]]:
    found = []
    if a.sector and b.sector:
        alike = a.sector == b.sector
        found.append((1.0, f"both {a.sector}") if alike else (-1.0, f"one {a.sector}, the other {b.sector}"))
    shared = a.words & b.words
    if shared:
        found.append((min(2.0, float(len(shared))), f"posts share {', '.join(sorted(shared)[:3])}"))
    return found


def _place(a: Post, b: Post) -> tuple[float, str]:
    how = compare_places(a.where, b.where)
    here, there = (
        ", ".join(sorted(a.where.countries or a.where.regions)),
        ", ".join(sorted(b.where.countries or b.where.regions)),
    )
    return {
        "city": (3.0, f"both in {', '.join(sorted(a.where.cities & b.where.cities))}"),
        "country": (2.5, f"both in {here}"),
        "region": (0.5, f"{here} may be {there}"),
        "different": (-2.0, f"one in {here}, the other in {there}"),
        "unknown": (0.0, ""),
    }[how]


def _departures(a: Profile, b: Profile) -> list[tuple[float, str]]:
    """Evidence of the dates of what happened to both."""
    found = [
        _dates(one.when, other.when)
        for one, other in product(a.tellings, b.tellings)
        if alike(one.kind, other.kind) and one.when and other.when
    ]
    return [max(found)] if found else []


def _dates(a: When, b: When) -> tuple[float, str]:
    if not a.overlaps(b, slack_days=SLACK_DAYS):
        far = not a.overlaps(b, slack_days=365)
        return (-3.0 if far else -0.5), f"told of {a} and of {b}"
    known = None not in (a.earliest, a.latest, b.earliest, b.latest)
    return (2.0 if known else 0.5), f"told of {a} and of {b}, which agree"


def _kin(a: Profile, b: Profile) -> list[tuple[float, str]]:
    shared = [
        (role, name)
        for (role, name), (other_role, other) in product(a.kin, b.kin)
        if role == other_role and compare_spellings((name,), (other,))[0] == "same"
    ]
    return [(3.0, f"both {role.replace('_', ' ')} {name}") for role, name in dict.fromkeys(shared)][:2]


def alike(a: EventKind, b: EventKind) -> bool:
    """Whether two kinds can be two tellings of one event.

    Examples
    --------
    >>> alike(EventKind.DEFECTION, EventKind.DISAPPEARANCE), alike(EventKind.PURGE, EventKind.EXECUTION)
    (True, False)
    """
    return a is b or any({a, b} <= group for group in _ALIKE)


def compare_tellings(a: Telling, b: Telling, *, one_person: bool) -> Likeness:
    """Whether two sources tell of one event.

    Parameters
    ----------
    a, b : Telling
    one_person : bool
        Whether both are known to be about one person.
    """
    if not alike(a.kind, b.kind):
        return Likeness(Answer.DIFFERENT, -9.0, (f"one is a {a.kind}, the other a {b.kind}",))
    if one_person:
        return _of_one_person(a, b)
    if a.named and b.named:
        return Likeness(Answer.DIFFERENT, -9.0, ("they are told of two persons",))
    return _of_unnamed(a, b)


def _of_one_person(a: Telling, b: Telling) -> Likeness:
    near = a.when.overlaps(b.when, slack_days=SLACK_DAYS)
    dates = f"dates {a.when} and {b.when}" + ("" if near else " differ: both are kept")
    tried = {a.status, b.status} & {Status.PLANNED, Status.ATTEMPTED} and a.status is not b.status
    once = any({a.kind, b.kind} <= group for group in _ONCE)
    if near or (once and not tried):
        return Likeness(
            Answer.SAME,
            10.0 + near,
            ("the same person", f"{a.kind} in both" if a.kind is b.kind else f"{a.kind} and {b.kind}", dates),
        )
    return Likeness(Answer.DIFFERENT, -3.0, ("the same person", dates))


def _of_unnamed(a: Telling, b: Telling) -> Likeness:
    """A person without a name is known by post, place and time alone."""
    if not a.when.overlaps(b.when, slack_days=31):
        return Likeness(Answer.DIFFERENT, -9.0, (f"told of {a.when} and of {b.when}",))
    place = _place(a.post, b.post)
    if place[0] < 0:
        return Likeness(Answer.DIFFERENT, -9.0, (place[1],))
    evidence = [place, *_unnamed_roles(a, b), _closeness(a.when, b.when)]
    score = sum(weight for weight, _ in evidence)
    why = tuple(words for weight, words in evidence if weight)
    needed = 4.5 if a.named or b.named else 3.0
    verdict = Answer.SAME if score >= needed and place[0] > 1 else Answer.UNSURE if score >= 1.5 else Answer.DIFFERENT
    return Likeness(verdict, score, why or ("nothing to compare",))


def _unnamed_roles(a: Telling, b: Telling) -> list[tuple[float, str]]:
    found = [(weight * (2 if weight < 0 else 0.75), words) for weight, words in _roles(a.post, b.post)]
    if a.post.tier and b.post.tier and abs(a.post.tier - b.post.tier) > 1:
        found.append((-1.0, f"tier {a.post.tier} and tier {b.post.tier}"))
    if max(a.n_low, b.n_low) > 2 * min(a.n_low, b.n_low):
        found.append((-3.0, f"told of {a.n_low} and of {b.n_low} persons"))
    return found


def _closeness(a: When, b: When) -> tuple[float, str]:
    ends = [end for end in (a.earliest, b.earliest) if end], [end for end in (a.latest, b.latest) if end]
    if not (a and b) or not all(ends):
        return 0.0, ""
    span = (max(ends[1]) - min(ends[0])).days
    return (1.0 if span <= 124 else 0.5 if span <= 366 else 0.0), f"both between {min(ends[0])} and {max(ends[1])}"
