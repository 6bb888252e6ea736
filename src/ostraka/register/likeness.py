"""How alike two persons, or two events, are as their sources tell them, and why.

The weights are judgements, not estimates: a name opens the question, posts, kin and dates answer it. What
they lead to is measured in ``docs/reference/exchange.md`` and by the test set of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from operator import itemgetter

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

SLACK_UNNAMED_DAYS = 31
"""The same where one of the two names nobody."""

_FAR_DAYS = 365
_TELLING_NUMBER = 5
_SAFE = 2.0
_WEAK = 1.0
_IN_TIME = [(1.0, "something is told of both at the same time")]
_SAFE_IF_AMBIGUOUS = 5.0
_HOPELESS = -4.0
_ONCE = (
    frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE}),
    frozenset({EventKind.EXECUTION}),
    frozenset({EventKind.ASSASSINATION}),
)
_ALIKE = (
    *_ONCE,
    frozenset({EventKind.PURGE, EventKind.DISMISSAL}),
    frozenset({EventKind.RECALL, EventKind.DISMISSAL}),
)


def compare_persons(a: Profile, b: Profile) -> Likeness:
    """Whether two sources speak of one person.

    Returns
    -------
    Likeness
        ``same`` only where the names agree and something beside them agrees too, or where one of the
        sources gives nothing but the name.
    """
    name, said = compare_spellings(a.spellings, b.spellings)
    if name == "different":
        return Likeness(Answer.DIFFERENT, -9.0, (said,))
    dates = _departures(a, b)
    evidence = [item for item in (*_posts(a, b), *dates, *_kin(a, b), *_company(a, b)) if item[0]]
    score = sum(weight for weight, _ in evidence)
    why = (said, *(words for _, words in evidence))
    own = score - 1.0 if dates == _IN_TIME else score
    if name == "ambiguous":
        verdict = Answer.SAME if own >= _SAFE_IF_AMBIGUOUS else Answer.UNSURE if score >= _SAFE else Answer.DIFFERENT
    elif score >= _SAFE:
        verdict = Answer.SAME
    elif score < 0 or any(weight < 0 for weight, _ in evidence):
        verdict = Answer.UNSURE if score > _HOPELESS else Answer.DIFFERENT
    elif (
        own < _WEAK
        and _says_something(a)
        and _says_something(b)
        and not (a.well_known or b.well_known or (own > 0 and _in_two_scripts(a, b)))
    ):
        return Likeness(Answer.UNSURE, score, (*why, "what is told of the one is not told of the other"))
    else:
        verdict = Answer.SAME
    return Likeness(verdict, score, why if len(why) > 1 else (said, "nothing is told that speaks against it"))


def _in_two_scripts(a: Profile, b: Profile) -> bool:
    """Whether the posts of the one are told in other letters, so that words which differ say nothing."""
    one, other = (" ".join(f"{post.role} {post.organisation}" for post in row.posts) for row in (a, b))
    return one.isascii() is not other.isascii()


def _says_something(profile: Profile) -> bool:
    """Whether a source gives more than a name."""
    return bool(profile.kin or profile.tellings or any(post.where or post.words for post in profile.posts))


def _posts(a: Profile, b: Profile) -> list[tuple[float, str]]:
    """Evidence of the pair of posts that agrees best; none if either is unknown."""
    if not (a.posts and b.posts):
        return []
    return max((_compare_posts(one, other) for one, other in product(a.posts, b.posts)), key=itemgetter(0))[1]


@lru_cache(maxsize=65536)
def _compare_posts(a: Post, b: Post) -> tuple[float, list[tuple[float, str]]]:
    """The evidence of two posts, with the sum of its weights."""
    found = [item for item in (_place(a, b), *_roles(a, b)) if item[0]]
    return sum(weight for weight, _ in found), found


def _roles(a: Post, b: Post) -> list[tuple[float, str]]:
    found = []
    if a.sectors and b.sectors:
        both = a.sectors & b.sectors
        apart = f"one {'/'.join(sorted(a.sectors))}, the other {'/'.join(sorted(b.sectors))}"
        found.append((1.0, f"both {'/'.join(sorted(both))}") if both else (-1.0, apart))
    shared = a.words & b.words
    if shared:
        found.append((min(2.0, float(len(shared))), f"posts share {', '.join(sorted(shared)[:3])}"))
    if a.same_body(b):
        found.append((1.5, f"both of the {a.body}"))
    return found


def _place(a: Post, b: Post) -> tuple[float, str]:
    how = compare_places(a.where, b.where)
    if how == "unknown":
        return 0.0, ""
    if how == "region":
        return 0.5, f"{a.where.words()} may be {b.where.words()}"
    if how == "different":
        return -2.0, f"one in {a.where.words()}, the other in {b.where.words()}"
    return {"city": 3.0, "country": 2.5, "regions": 1.5}[how], f"both in {a.where.words()}"


def _departures(a: Profile, b: Profile) -> list[tuple[float, str]]:
    """Evidence of the dates of what happened to both."""
    if not (a.tellings and b.tellings):
        return []
    found = [
        _dates(one.when, other.when, one_kind=one.kind is other.kind)
        for one in a.tellings
        if one.when
        for other in b.tellings
        if other.when and kinds_alike(one.kind, other.kind)
    ]
    if found:
        return [max(found)]
    told = product(a.tellings, b.tellings)
    near = any(one.when.overlaps(other.when, slack_days=31) for one, other in told if _narrow(one) and _narrow(other))
    return _IN_TIME if near else []


def _narrow(telling: Telling) -> bool:
    low, high = telling.when.earliest, telling.when.latest
    return low is not None and high is not None and (high - low).days <= SLACK_DAYS


def _dates(a: When, b: When, *, one_kind: bool) -> tuple[float, str]:
    apart = a.days_apart(b)
    if apart > SLACK_DAYS:
        return (-3.0 if apart > _FAR_DAYS else -0.5), f"told of {a} and of {b}"
    known = None not in (a.earliest, a.latest, b.earliest, b.latest)
    weight = 0.5 if not known else 2.0 if one_kind else 0.75
    return weight, f"told of {a} and of {b}, which agree"


def _kin(a: Profile, b: Profile) -> list[tuple[float, str]]:
    if not (a.kin and b.kin):
        return []
    shared = [
        (role, name)
        for (role, name), (other_role, other) in product(a.kin, b.kin)
        if role == other_role and compare_spellings((name,), (other,))[0] == "same"
    ]
    return [(3.0, f"both {role.replace('_', ' ')} {name}") for role, name in dict.fromkeys(shared)][:2]


def _company(a: Profile, b: Profile) -> list[tuple[float, str]]:
    """Evidence that a report names somebody whom the record ties to the person."""
    if a.of_record == b.of_record:
        return []
    for one, other in product(a.near, b.near):
        if compare_spellings((one,), (other,))[0] == "same":
            return [(2.0, f"told together with {one if a.of_record else other}, to whom the record ties them")]
    return []


@lru_cache(maxsize=256)
def kinds_alike(a: EventKind, b: EventKind) -> bool:
    """Whether two kinds can be two tellings of one event.

    Examples
    --------
    >>> kinds_alike(EventKind.DEFECTION, EventKind.DISAPPEARANCE), kinds_alike(EventKind.PURGE, EventKind.EXECUTION)
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
    if not kinds_alike(a.kind, b.kind):
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
    if not a.when.overlaps(b.when, slack_days=SLACK_UNNAMED_DAYS):
        return Likeness(Answer.DIFFERENT, -9.0, (f"told of {a.when} and of {b.when}",))
    place = _place(a.post, b.post)
    if place[0] < 0:
        return Likeness(Answer.DIFFERENT, -9.0, (place[1],))
    evidence = [place, *_unnamed_roles(a, b), _closeness(a.when, b.when)]
    score = sum(weight for weight, _ in evidence)
    why = tuple(words for weight, words in evidence if weight)
    needed = 4.5 if a.named or b.named else 3.0
    roles = any(weight > 0 for weight, _ in _roles(a.post, b.post))
    many = a.n_low == b.n_low >= _TELLING_NUMBER
    telling = roles and (place[0] > 1 or many or len(a.post.words & b.post.words) > 2)
    worth_a_look = score >= 1.5 and (
        place[0] > 0 or many or len(a.post.words & b.post.words) > 1 or a.post.same_body(b.post)
    )
    verdict = Answer.SAME if score >= needed and telling else Answer.UNSURE if worth_a_look else Answer.DIFFERENT
    return Likeness(verdict, score, why or ("nothing to compare",))


def _unnamed_roles(a: Telling, b: Telling) -> list[tuple[float, str]]:
    found = [(weight * (2 if weight < 0 else 0.75), words) for weight, words in _roles(a.post, b.post)]
    if len(a.post.words & b.post.words) > 2:
        found.append((0.75, "and more words"))
    if a.post.tier and b.post.tier and abs(a.post.tier - b.post.tier) > 1:
        found.append((-1.0, f"tier {a.post.tier} and tier {b.post.tier}"))
    if a.n_low == b.n_low >= _TELLING_NUMBER:
        found.append((2.0, f"both told of {a.n_low} persons"))
    if max(a.n_low, b.n_low) > 2 * min(a.n_low, b.n_low):
        found.append((-3.0, f"told of {a.n_low} and of {b.n_low} persons"))
    return found


def _closeness(a: When, b: When) -> tuple[float, str]:
    ends = [end for end in (a.earliest, b.earliest) if end], [end for end in (a.latest, b.latest) if end]
    if not (a and b) or not all(ends):
        return 0.0, ""
    span = (max(ends[1]) - min(ends[0])).days
    return (1.0 if span <= 124 else 0.5 if span <= 366 else 0.0), f"both between {min(ends[0])} and {max(ends[1])}"
