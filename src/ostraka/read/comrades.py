"""Ties that are no kin: comrades, aides, patrons, by the noun that says what one is to the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ostraka.model import Status
from ostraka.read import lexicon
from ostraka.read.kin_ends import KinEnds
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

Tie = tuple[tuple[int, int], str, str, str, Status]
"""Words, ego, relation, alter, status."""

BESIDE_BOND = word_set(
    ", in and a an the who was is also as once former fellow close one of had been old his trusted long-time longtime served worked acted known"
    " described for years decades long most personal chief main senior thought considered regarded seen held closest nearest top key among"
)
"""Words between a person and what they are to somebody."""
_BEFORE_BOSS = word_set("his her their 's former old the then a one-time own")
"""Before "boss", "superior" of somebody; an "intelligence boss" is the boss of no one named."""
_SWEET = frozenset({"girl", "boy", "lady"})


def find_bonds(ends: KinEnds, sentence: Sentence) -> Iterator[Tie]:
    """Such as "a comrade of X", "X's adviser"."""
    tokens, bonds = sentence.tokens, lexicon.bond_phrases()
    for k in sentence.where(bonds.firsts()):
        found = bonds.longest(tokens, k)
        before = sentence.low[k - 1] if k else ""
        if found is None or before in _SWEET or (found[1] == "superior_of" and before not in _BEFORE_BOSS):
            continue
        stop, relation = found
        own = next((noun for noun in sentence.nouns if noun.i <= k < noun.j and noun.kind in {"role", "kin"}), None)
        of_his = _of_his(ends, sentence, (k, stop))
        own = of_his or own or _owned(ends, sentence, (k, stop))
        alter = None if of_his else bonded_to(sentence, k, stop - 1)
        alter = alter or _possessed(sentence, own) or _by_office(ends, sentence, stop)
        kin = joined_kin(sentence, own) if own is not None and alter is None else None
        if kin is not None and own is not None and (label := ends.owner(sentence, kin)):
            own, alter = replace(own, same=own.same or kin.same), Noun("person", kin.i, kin.i, kin.i, label=label)
        if alter is None and relation == "served_with" and _leaves_unsaid(sentence, (k, stop), own):
            alter = Noun("person", k, k, k, label=ends.lead)
        if relation == "staff_of":
            told = alter is not None and alter.kind == "person" and (own is None or own.det not in {"a", "an"})
            relation = "aide_of" if told else ""
        ego = _bearer(sentence, (k, own), alter)
        if alter is None or ego is None or alter.label == ego.label or not ends.is_named(ends.now(ego.label)):
            continue
        start, stop = min(ego.i, alter.i, k), max(ego.j, alter.j, k + 1)
        words = tokens[start].start, tokens[stop - 1].end
        label = ends.owner(sentence, own) if own is not None and alter is own.owner else alter.label
        yield from bound(words, ends.now(ego.label), relation, ends.now(label))


def joined_kin(sentence: Sentence, own: Noun) -> Noun | None:
    """The kin who are also aides: "his brother and adviser X"."""
    if own.det or sentence.lows(own.i - 1, own.i) != ["and"]:
        return None
    return next((n for n in sentence.nouns if n.j == own.i - 1 and n.kind == "kin" and n.det), None)


def _of_his(ends: KinEnds, sentence: Sentence, words: tuple[int, int]) -> Noun | None:
    """The phrase "an adviser of his, X" with the one it belongs to."""
    k, stop = words
    if sentence.lows(stop, stop + 3) not in (["of", "his", ","], ["of", "hers", ","]):
        return None
    name = next((n for n in sentence.nouns if n.i == stop + 3 and n.kind in {"person", "role"}), None)
    name = name.same if name is not None and name.kind == "role" else name
    own = Noun("role", k, stop, k, same=name)
    label = ends.owner(sentence, own) if name is not None and name.kind == "person" else ""
    own.owner = Noun("person", k, k, k, text=label, label=label) if label else None
    return own if label else None


def _by_office(ends: KinEnds, sentence: Sentence, at: int) -> Noun | None:
    """The one named elsewhere to whose office somebody is bound: "an adviser to the minister", "an aide of the general"."""
    at -= sentence.lows(at - 1, at) in (["of"], ["to"])
    office = next((n for n in sentence.nouns if n.i == at + 1 and n.kind == "role" and n.det == "the"), None)
    bound_to = sentence.lows(at, at + 1) in (["of"], ["to"], ["for"]) and office is not None and not office.plural
    label = ends.now(office.label) if office is not None and bound_to else ""
    return Noun("person", at + 1, at + 2, at + 1, label=label) if ends.is_named(label) else None


def _owned(ends: KinEnds, sentence: Sentence, words: tuple[int, int]) -> Noun | None:
    """The phrase "his old comrade" with the one it belongs to, where "comrade" is no role of its own."""
    k, stop = words
    first = next((m for m in range(k - 1, max(k - 4, -1), -1) if sentence.low[m] in {"his", "her"}), None)
    if first is None or not all(low.isalpha() for low in sentence.lows(first, k)):
        return None
    after = stop + (sentence.lows(stop, stop + 1) == [","])
    following = next((n for n in sentence.nouns if n.i == after and n.kind in {"person", "role"}), None)
    name = following.same if following is not None and following.kind == "role" else following
    before = next((n for n in sentence.nouns if n.j == first - 1 and sentence.low[n.j] == ","), None)
    own = Noun("role", first, stop, k, det=sentence.low[first], same=name if before is None else before)
    label = ends.owner(sentence, own)
    own.owner = Noun("person", first, first, first, text=label, label=label) if label else None
    return own


def bonded_to(sentence: Sentence, k: int, last: int = -1) -> Noun | None:
    """The one whom the bond is to: before "'s", or after "of" or "to"."""
    tokens = sentence.tokens
    for m in range(k - 1, max(k - 5, 0), -1):
        if tokens[m].low == "'s":
            return next((noun for noun in sentence.nouns if noun.j == m and noun.kind == "person"), None)
        if tokens[m].low in {",", "and", "a", "an", "the"}:
            break
    k = max(k, last)
    k -= tokens[k].low in {"of", "to"}
    if k + 1 < len(tokens) and tokens[k + 1].low in {"of", "to", "for"}:
        first = next((noun for noun in sentence.nouns if k + 2 <= noun.i <= k + 4 and noun.is_person), None)
        if first is None:
            return None
        return first.same or (first if first.kind == "person" else None)
    return None


def _possessed(sentence: Sentence, own: Noun | None) -> Noun | None:
    """The one whom "his aide", "X and an aide" and "with him was an aide" speak of."""
    if own is None or own.kind != "role":
        return None
    if own.owner is not None and own.owner.label:
        return own.owner
    if own.det not in {"a", "an"}:
        return None
    if sentence.lows(sentence.body_start, sentence.body_start + 3) in (["with", "him", "was"], ["with", "her", "was"]):
        return next((noun for noun in sentence.nouns if noun.kind == "pron"), None)
    beside = sentence.lows(own.i - 1, own.i) == ["and"]
    return next((noun for noun in sentence.nouns if beside and noun.j == own.i - 1 and noun.kind == "person"), None)


def _bearer(sentence: Sentence, bond: tuple[int, Noun | None], alter: Noun | None) -> Noun | None:
    """The one who is the comrade or adviser."""
    k, own = bond
    if own is not None and own.same is not None:
        return own.same
    if own is not None and own.plural and not _is_one_of(sentence, own):
        return None
    limit = _lead(sentence, bond, alter)
    said = _told_to_be(sentence, limit)
    if said is None and own is not None and own.det and sentence.lows(own.i - 1, own.i) == ["and"]:
        return own
    first = sentence.body_start + (sentence.lows(sentence.body_start, sentence.body_start + 1) in _ONCE)
    opens = own is not None and own.i <= first and alter is not None and alter.i > k
    if opens and alter is not None and sentence.lows(alter.j, alter.j + 1) == [","]:
        return _named_at(sentence, alter.j + 1)
    return _named_after(sentence, k) or said or _named_before(sentence, limit)


_ONCE = (["once"], ["formerly"], ["previously"])
_IS = word_set("is was been be became")


def _told_to_be(sentence: Sentence, limit: int) -> Noun | None:
    """The one of whom a verb says it, over an office: "he was army chief and a confidant of X", "X held a rank and was thought an aide of Y"."""
    office = next((n for n in sentence.nouns if n.j == limit - 1 and n.kind == "role"), None)
    if office is not None and sentence.low[limit - 1] == "and":
        limit = office.i
    reach = range(limit - 1, max(limit - _REACH, sentence.body_start), -1)
    be = next((k for k in reach if sentence.low[k] in _IS), None)
    if be is None or sentence.low[be - 1] == "who" or not all(low in BESIDE_BOND for low in sentence.lows(be, limit)):
        return None
    told = subjects(sentence, be)
    return told[0] if len(told) == 1 and told[0].label else None


_REACH = 8


def _named_after(sentence: Sentence, k: int) -> Noun | None:
    """The name after a bond, over a comma and an office: "X's friend, the publisher Y"."""
    after = k + 1 + (sentence.lows(k + 1, k + 2) == [","])
    name = _named_at(sentence, after)
    if name is None:
        return None
    closed = after == k + 1 or sentence.lows(name.j, name.j + 1) in ([","], ["."], [";"], [":"])
    return name if closed else None


def _named_at(sentence: Sentence, at: int) -> Noun | None:
    """The one whose name, or office and name, begin at a word."""
    noun = next((n for n in sentence.nouns if n.i == at and n.kind in {"person", "role"}), None)
    name = noun.same if noun is not None and noun.kind == "role" else noun
    return name if name is not None and name.kind == "person" and name.i >= at else None


def _leaves_unsaid(sentence: Sentence, words: tuple[int, int], own: Noun | None) -> bool:
    """Whether "a colleague", "another friend" leaves unsaid whose: that of the one a report is about."""
    k, stop = words
    first = own.i if own is not None else k
    det = {own.det} if own is not None and own.det else set(sentence.lows(first - 3, first))
    named = sentence.lows(stop, stop + 1) not in (["of"], ["to"], ["'s"])
    opens = k <= sentence.body_start + 1 and sentence.lows(sentence.body_start, k + 1)[0] in {"former", "ex-colleague"}
    return (opens or not det.isdisjoint({"a", "an", "another"})) and named


def _lead(sentence: Sentence, bond: tuple[int, Noun | None], alter: Noun | None) -> int:
    """Where the phrase with the bond and the one whom it is to begin."""
    k, own = bond
    limit = min(k, alter.i if alter is not None else k, own.i if own is not None else k)
    titles = (noun.i for noun in sentence.nouns if alter is not None and noun.j == alter.i and noun.kind == "role")
    return min(limit, next(titles, limit))


def _named_before(sentence: Sentence, limit: int) -> Noun | None:
    """The one of whom it is said: the last before it, over "a", "is", "his old"."""
    noun = next((noun for noun in reversed(sentence.nouns) if noun.j <= limit and noun.is_person), None)
    if noun is None or not all(low in BESIDE_BOND or low.isdigit() for low in sentence.lows(noun.j, limit)):
        return None
    main = noun.same or noun
    return main if main.kind in {"person", "role", "kin"} or main.label else None


def _is_one_of(sentence: Sentence, noun: Noun) -> bool:
    """Whether "one of the closest aides" makes one of many."""
    start = next((other.i for other in sentence.nouns if other.j == noun.lead and other.kind == "role"), noun.lead)
    led = sentence.lows(start - 3, start)
    return ["one", "of"] in (led[1:], led[:2]) or "among" in led[1:]


def bound(words: tuple[int, int], ego: str, relation: str, alter: str) -> Iterator[Tie]:
    """One tie, a protégé or a subordinate told from the side of the patron or superior."""
    turned = {"protege_of": "patron_of", "subordinate_of": "superior_of"}.get(relation)
    if turned:
        yield words, alter, turned, ego, Status.ASSERTED
    elif relation:
        yield words, ego, relation, alter, Status.ASSERTED
