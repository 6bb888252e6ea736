"""Which phrases of a sentence are one person: appositions, titles, copulas, second roles; and whose kin is whose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ostraka.read.lexicon import kin_words
from ostraka.read.listed import group_members, lows
from ostraka.read.noun import Noun
from ostraka.read.tokens import Token, word_set
from ostraka.read.whose_men import give_states

Words = Sequence[tuple[int, int]]
"""Words that belong to dates."""


def link(nouns: list[Noun], tokens: Sequence[Token], dates: Words = ()) -> None:
    """Join appositions, copulas and owners of kin inside a sentence: sets `same` and `owner` of its phrases."""
    _possessors(nouns, tokens)
    for first, second in pairwise(nouns):
        if first.kind == "role" and second.kind == "person" and first.j == second.i and not first.plural:
            second.title = first
    _owners(nouns, tokens)
    give_states(nouns, tokens)
    for k, noun in enumerate(nouns):
        follower = _follower(nouns, tokens, k) if noun.is_person else None
        if follower is not None:
            subject = _over_aside(nouns[max(0, k - 4) : k], tokens, noun, follower)
            if subject is None:
                _join(tokens, noun, follower, dates)
            elif follower.kind in {"role", "kin"} and not follower.plural:
                follower.same = subject
    _further(nouns, tokens)
    _served(nouns, tokens)
    _one_of(nouns, tokens)
    for noun in nouns:
        other = noun.same
        if noun.kind in {"role", "kin"} and other is not None and other.kind == "role":
            noun.same = other.same or (None if other.i > noun.i and noun.kind == "role" else other)
    group_members(nouns, tokens)
    _free_offices(nouns)


def _free_offices(nouns: list[Noun]) -> None:
    """In "the sons of the late leader, A and B" the leader is none of those named."""
    for noun in nouns:
        office = noun.owner if noun.kind == "kin" and noun.members else None
        if office is not None and office.same is not None and office.same in noun.members:
            office.same = None


def _further(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Kin with an owner who are named after the owner, or are a second phrase about somebody."""
    for k, noun in enumerate(nouns):
        if noun.kind != "kin" or noun.same is not None:
            continue
        if noun.owner is not None:
            _named_of_office(tokens, noun)
            _name_after(tokens, noun, nouns[k + 1 : k + 4])
        if noun.owner is not None or noun.det in {"his", "her"}:
            _second(tokens, noun, nouns[max(0, k - 4) : k])


def _one_of(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Join "one of three sons of Y" to the name before it."""
    for before, noun in pairwise(nouns):
        if noun.kind == "kin" and noun.same is None and before.kind == "person":
            noun.same = before if lows(tokens, before.j, noun.i) == [",", "one", "of"] else None


def _served(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Join a role after "as" to the one who served so: "X was posted to the embassy in Berlin as an attaché"."""
    for k, noun in enumerate(nouns):
        if noun.kind != "role" or noun.same is not None or noun.plural or lows(tokens, noun.i - 1, noun.i) != ["as"]:
            continue
        start = max(0, noun.i - MAX_SERVED)
        verb = next((m for m in range(noun.i - 2, start, -1) if tokens[m].low in _SERVES), None)
        if verb is None:
            continue
        holder = next((other for other in reversed(nouns[:k]) if other.j <= verb and other.is_person), None)
        between = [other for other in nouns[:k] if other.i > verb and other.is_person]
        lead = lows(tokens, holder.j, verb) if holder is not None else []
        if holder is None or between or not ("whom" in lead[:2] or set(lead) <= _BEFORE_SERVED):
            continue
        noun.same = holder.same or holder
        post = next((other for other in nouns[:k] if other.i > verb and other.kind == "place" and other.place), None)
        if post is not None and noun.place is None:
            noun.place, noun.place_at = post.place, (post.i, post.j)


MAX_SERVED = 16
"""Words before "as" among which the verb stands that says somebody served."""
_SERVES = word_set(
    "ran runs headed heads led served serving serves posted worked working works stationed assigned attached employed sent spent"
)
_BEFORE_SERVED = word_set(", who had has been was is also first long once then later previously and")


def _owners(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Whose kin: after "of", before "whose"."""
    for k, noun in enumerate(nouns):
        if noun.kind != "kin" or noun.owner is not None:
            continue
        if k + 1 < len(nouns):
            _owner(tokens, noun, nouns[k + 1 : k + 4])
        if k and noun.det == "whose":
            noun.owner = _antecedent(tokens, nouns[max(0, k - 3) : k], noun.i)


def _follower(nouns: list[Noun], tokens: Sequence[Token], k: int) -> Noun | None:
    """The next phrase; over the owner in "X, the leader's uncle", over a place in "a cousin in Erbil, X"."""
    after = [n for n in nouns[k + 1 : k + 4] if not _is_where(tokens, nouns[k], n)]
    if not after:
        return None
    follower = after[0]
    if len(after) > 1:
        beyond = after[1]
        if beyond.title is follower and nouns[k].kind in {"role", "kin"}:
            return beyond
        owned = beyond.lead <= follower.i or beyond.owner is follower
        if beyond.is_person and owned and beyond.det == "'s":
            return beyond
    return follower


def _is_where(tokens: Sequence[Token], kin: Noun, place: Noun) -> bool:
    """Whether a place says where kin live: "a cousin in Erbil, X"."""
    near = kin.kind == "kin" and place.kind == "place" and place.i - kin.j == 1
    return near and lows(tokens, place.j, place.j + 1) == [","]


def _over_aside(before: list[Noun], tokens: Sequence[Token], noun: Noun, follower: Noun) -> Noun | None:
    """The subject of a copula after an aside: "X, a general in the retinue of the leader, is his uncle" speaks of X."""
    gap = lows(tokens, noun.j, follower.i)
    governed = lows(tokens, noun.i - 1, noun.i)[:1] in (["of"], ["to"], ["for"], ["by"], ["with"])
    if gap[:1] != [","] or not governed or not _is_copula(gap):
        return None
    return next((x for x in reversed(before) if x.kind == "person" and lows(tokens, x.j, x.j + 1) == [","]), None)


def _start(noun: Noun) -> int:
    """First word of a phrase with its owner or its rank: "General X"."""
    return min(noun.lead, noun.title.i) if noun.title is not None else noun.lead


def _join(tokens: Sequence[Token], noun: Noun, follower: Noun, dates: Words) -> None:
    gap = lows(tokens, noun.j, _start(follower))
    gap = gap[3:] if gap[:1] == ["("] and gap[2:3] == [")"] else gap  # "member of the commission (CMC) and"
    known = noun.same is not None and noun.same.kind == "person" and noun.same.j <= noun.i
    if known and follower.kind == "person" and "and" in gap:
        return
    if known and noun.kind == "kin" and follower.kind == "role" and gap == [","] and not follower.plural:
        follower.same = noun.same
    elif (
        noun.kind == "kin"
        and follower.kind == "role"
        and gap in ([], [","])
        and not follower.plural
        and not noun.plural
    ) or _is_title(tokens, noun, follower, gap):
        noun.same = follower
    elif gap[:1] in ([","], ["("]) and _is_apposition(tokens, (noun, follower), gap, dates):
        if follower.kind == "person":
            noun.same = follower
        else:
            follower.same = noun
    elif _is_second_role(tokens, noun, follower, gap):
        follower.same = noun.same
    elif gap == ["and"] and follower.kind == "kin" and follower.owner is not None and follower.det in {"a", "the"}:
        follower.same = noun.same if noun.kind == "role" and not follower.plural else follower.same
    elif gap == ["and"] and noun.kind == follower.kind == "role" and noun.same is None and not noun.plural:
        noun.same = follower if follower.det == "" else None
    elif _is_said_of(noun, follower, gap):
        follower.same = follower.same if follower.plural else noun


def _is_said_of(noun: Noun, follower: Noun, gap: list[str]) -> bool:
    """Whether "is" or "was" joins what somebody is to him: "X is a consul", "X's wife is a niece of Y"."""
    if noun.kind == "kin":
        return follower.kind == "kin" and gap in (["is"], ["was"])
    return noun.kind in {"person", "role", "pron"} and _is_copula(gap) and follower.kind in {"role", "kin"}


def _is_title(tokens: Sequence[Token], noun: Noun, follower: Noun, gap: list[str]) -> bool:
    """Such as "Colonel X", "his wife, named as X"."""
    if follower.kind != "person":
        return False
    if not gap:
        return noun.kind in {"role", "kin"} and not noun.plural
    if noun.kind == "role":
        gap = gap[2:] if gap[:1] == ["of"] and gap[1:2] and gap[1].isdigit() else gap
        told = bool(gap) and set(gap) <= _NAMING and gap[-1] in _LEADS_NAME and bool(_NAMES & set(gap))
        return not noun.plural and (told or gap in (["by", "the", "name", "of"], [",", "by", "name"]))
    if noun.kind == "kin" and not noun.plural and _is_placed(tokens, follower, gap):
        return True
    told = noun.kind == "kin" and gap[-1] in {"named", "called", "as", "is", "was"} and set(gap) <= _NAMING
    return told and not (gap[0] in {"is", "was"} and lows(tokens, noun.i - 1, noun.i) == ["of"])


def _is_placed(tokens: Sequence[Token], name: Noun, gap: list[str]) -> bool:
    """Whether a place or a calling stands before the name: "a cousin in Erbil, X,", "a sister of his, X,", "his uncle, the imam X,"."""
    if lows(tokens, name.j, name.j + 1) not in ([","], ["."], [";"], [")"]):
        return gap[:2] == [",", "the"] and len(gap) == 3 and name.title is None and gap[2].isalpha()
    if gap in (["of", "his", ","], ["of", "hers", ","]):
        return True
    placed = gap[0] in {"in", "at", "from"} and gap[-1] == "," and 2 < len(gap) < 6 and gap.count(",") == 1
    called = gap[:2] in ([",", "the"], [",", "a"]) and len(gap) in {3, 4} and "," not in gap[1:]
    return placed or called


def _is_second_role(tokens: Sequence[Token], noun: Noun, follower: Noun, gap: list[str]) -> bool:
    """Such as "deputy head of intelligence and adviser to the president"."""
    chosen = gap[:1] == ["and"] and len(gap) == 2 and gap[1] in {"chosen", "designated", "presumed", "likely"}
    if not (gap == ["and"] or chosen) or not noun.kind == follower.kind == "role" or follower.plural:
        return False
    if noun.same is None or noun.same.i >= noun.i:
        return False
    after = lows(tokens, follower.j, follower.j + 1)
    return follower.det not in {"a", "an", "the", "his", "her"} or after in ([","], ["."], ["who"])


def _possessors(nouns: list[Noun], tokens: Sequence[Token]) -> None:
    """Give "the leader's uncle" its owner."""
    for first, second in pairwise(nouns):
        if (
            first.kind in {"role", "pron", "kin"}
            and second.kind in {"kin", "role"}
            and second.owner is None
            and first.j < second.i
        ) and lows(tokens, first.j, second.i) == ["'s"]:
            second.owner, second.det = first, "'s"


def _owner(tokens: Sequence[Token], kin: Noun, following: Sequence[Noun]) -> None:
    """The person after "of" in "son of the late general X"."""
    at = kin.j
    if lows(tokens, at, at + 1) == ["and"] and len(following) > 1 and following[0].kind == "role":
        beyond = following[1]
        if beyond.kind == "person" and lows(tokens, following[0].j, beyond.i) in (["of"], ["to"]):
            kin.owner = beyond
        return
    if at >= len(tokens) or tokens[at].low not in {"of", "to"} or "," in lows(tokens, at + 1, at + 3):
        return
    first = following[0]
    if not first.is_person or first.i - at > 4:
        return
    of_kin = next((other for other in following[1:] if other.kind == "kin" and other.i == first.j + 1), None)
    if of_kin is not None and of_kin.det == "'s":
        kin.owner = of_kin
        return
    two = len(following) > 1 and first.kind == following[1].kind == "person" and _is_child(kin)
    if two and lows(tokens, first.j, following[1].i) == ["and"]:
        kin.owners = [first, following[1]]
    if kin.j + 1 < len(tokens) and tokens[kin.j + 1].low == "both" and len(following) > 1:
        kin.owners = [first, following[1]]
    owned = next((n for n in following[1:] if n.det == "'s" and n.kind == "role" and n.lead <= first.i), None)
    if owned is not None:
        named = next((n for n in following if n.kind == "person" and n.i == owned.j), None)
        kin.owner = named or owned
        return
    kin.owner = (
        following[1]
        if first.kind == "role" and len(following) > 1 and following[1].i == first.j and following[1].kind == "person"
        else first
    )


def _is_child(kin: Noun) -> bool:
    return kin.kin is not None and kin.kin.relation == "child_of"


def _antecedent(tokens: Sequence[Token], before: Sequence[Noun], at: int) -> Noun | None:
    """The one whom "whose" means: right before it, over a comma."""
    last = next((noun for noun in reversed(before) if noun.is_person and not noun.plural), None)
    near = last is not None and lows(tokens, last.j, at + 1) in ([",", "whose"], ["whose"])
    return (last.same or last) if near and last is not None else None


def _name_after(tokens: Sequence[Token], kin: Noun, following: Sequence[Noun]) -> None:
    """Such as "the wife of X, Y, was ...": the name told after the owner."""
    owner = kin.owner
    if owner is None or owner.i < kin.j or kin.det != "the" or len(kin.owners) > 1 or kin.plural:
        return
    name = next((noun for noun in following if noun.kind == "person" and noun.i > owner.j), None)
    if (
        name is not None
        and lows(tokens, owner.j, name.i) == [","]
        and lows(tokens, name.j, name.j + 1) in ([","], ["."])
    ):
        kin.same = name


def _named_of_office(tokens: Sequence[Token], kin: Noun) -> None:
    """At the head of a sentence "A son of the governor, X, was ..." names the son, and no governor."""
    office, before = kin.owner, lows(tokens, kin.i - 1, kin.i)
    name = office.same if office is not None and office.kind == "role" else None
    if office is None or name is None or name.kind != "person" or name.i != office.j + 1 or kin.plural:
        return
    if kin.kin is not None and not kin.kin.word.endswith("s") and (kin.i == 0 or before in (["-"], ["–"], ["—"])):
        kin.same, office.same = name, None


def _is_of(tokens: Sequence[Token], noun: Noun, other: Noun) -> bool:
    """Whether a person stands after "of" or "to" behind a phrase: "a friend of President X"."""
    return lows(tokens, noun.j, noun.j + 1) in (["of"], ["to"]) and 0 < other.i - noun.j <= 4


def _second(tokens: Sequence[Token], kin: Noun, before: Sequence[Noun]) -> None:
    """Such as "daughter of X and wife of Y", "an envoy in Rome and a nephew of Y": one person by two phrases."""
    owned = kin.det in {"his", "her", "'s"} and _stands_alone(tokens, kin)
    if lows(tokens, kin.lead - 1, kin.lead) != ["and"] or not (owned or kin.det in {"a", "an", "the", ""}):
        return
    for noun in reversed(before):
        complement = next((x.j for x in before if x.kind == "person" and _is_of(tokens, noun, x)), noun.j)
        end = noun.owner.j if noun.owner is not None and noun.owner.i >= noun.j else complement
        if end == kin.lead - 1 and noun.kind in {"role", "kin"} and noun.same is not None and not noun.plural:
            kin.same = noun.same
            return


def _stands_alone(tokens: Sequence[Token], kin: Noun) -> bool:
    """Whether no name follows a kin word: "president of the court and his cousin," speaks of one told of before."""
    after = lows(tokens, kin.j, kin.j + 2)
    named = len(tokens) > kin.j + 1 and tokens[kin.j + 1].text[0].isupper()
    return after[:1] in ([","], ["."], [";"], ["and"]) and not named and not kin.plural


_INTO = word_set("in at to for with of on who from since until")
_NAMING = word_set(
    ", surnamed named called is was identified as who whose name given only known by family his her the surname just gave publicly has been alias"
)
_NAMES = word_set("surnamed named called identified given name known surname gave alias")
_LEADS_NAME = word_set("surnamed named called as is was alias")
_CLOSERS = frozenset(
    {"but", ",", ".", ";", ")", "who", ":", "-", "–", "—", "and", "has", "had", "was", "is", "were", "are"}
)


_AFTER_POST = _CLOSERS | _INTO | {"responsible", "known", "whose", "("}


def _is_apposition(tokens: Sequence[Token], pair: tuple[Noun, Noun], gap: list[str], dates: Words) -> bool:
    first, second = pair
    inside = [word for k, word in enumerate(gap) if k and not any(i <= first.j + k < j for i, j in dates)]
    another = second.det == "whose" or (second.kind == "person" and gap[:2] == [",", "and"])
    another = another or (second.kind == "role" and _is_another(tokens, first, second, gap))
    if another or not all(word in _APPOSED or word.isdigit() for word in inside):
        return False
    if first.plural or second.plural or {first.kind, second.kind} <= {"person"} or "pron" in {first.kind, second.kind}:
        return False
    after = tokens[second.j].low if second.j < len(tokens) else "."
    if second.kind == "kin" and ("and" in gap or second.text.endswith("s") or _lists_on(tokens, second)):
        return False
    if second.kind == "person":
        titled = first.kind == "kin" and second.title is not None and after == "in"
        return titled or after in ({",", ".", ";", ")", "and"} if first.kind == "kin" else _CLOSERS)
    if second.kind == "kin":
        told = first.same is not None and first.same.kind == "person" and after in {".", ";", ")"}
        return second.owner is not None or second.det in {"a", "the", ""} or first.kind == "person" or told
    return after in _AFTER_POST and (after != "and" or second.det in {"a", "an", "the", ""})


def _is_another(tokens: Sequence[Token], first: Noun, role: Noun, gap: list[str]) -> bool:
    """Whether a role goes on a list: "a pilot, a consul and a clerk have left", "X, an attaché, and a clerk"."""
    if role.det not in {"a", "an"}:
        return False
    after = [low for low in lows(tokens, role.j, role.j + 3) if low != ","]
    goes_on = after[:1] == ["and"] and after[1:2] in (["a"], ["an"])
    return "and" in gap or (first.kind == "role" and first.det in {"a", "an"} and goes_on)


def _lists_on(tokens: Sequence[Token], kin: Noun) -> bool:
    """Whether kin without an owner of their own go on as a list: "his sister X, a niece and a bodyguard"."""
    if kin.owner is not None or kin.det not in {"a", "an", "his", "her"}:
        return False
    after = lows(tokens, kin.j, kin.j + 2)
    return after[:1] == ["and"] and (not after[1:] or after[1] in _LISTED or after[1] in kin_words())


_LISTED = word_set("a an the two three four five six several some other")
_APPOSED = word_set(
    "presented as described introduced , until then once formerly late currently also still the now ) ( one himself herself and or for years lately a long"
)


def _is_copula(gap: list[str]) -> bool:
    gap = gap[1:] if gap[:1] == [","] else gap
    gap = gap[1:] if gap[:1] == ["who"] else gap
    if gap[:1] in (["had"], ["has"]) and "been" not in gap and "served" not in gap:
        return False
    return bool(gap) and gap[0] in _COPULAS and _ANY_COPULA.issuperset(gap)


_COPULAS = word_set("is was would becomes became has served as serves worked had grew raised known")
_HEDGED_COPULAS = word_set(
    "also once still then be to up thought believed been therefore said reported himself herself now for"
)
_ANY_COPULA = _COPULAS | _HEDGED_COPULAS
