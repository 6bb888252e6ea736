"""Ties told by verbs: "is married to", "was promoted by", "served under", "fought beside", "studied together"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ostraka.model import Status
from ostraka.read.grammar import ADVERBS, AUXILIARIES
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

Deed = tuple[Noun, str, Noun]
"""Ego, relation, alter."""

_REACH = 7
"""Words between a verb and the one it is done to."""
_FILL = word_set(
    "the late former old then old his her their own general colonel major marshal minister president leader in at of to a an as and closely"
    " directly long for years under with once first later by marriage who two both had been dictator ruler premier king prince sheikh chairman"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Words after a verb that bind the subject to the person after them; `swap` makes the object the ego."""

    words: tuple[str, ...]
    relation: str
    swap: bool = False


def _rules() -> dict[str, list[_Rule]]:
    table: dict[str, list[_Rule]] = {}
    for line in _TABLE.strip().splitlines():
        relation, verbs, *tails = (part.strip() for part in line.split("|"))
        swap = relation.startswith("-")
        for verb in verbs.split():
            for tail in tails or [""]:
                table.setdefault(verb, []).append(_Rule(tuple(tail.split()), relation.removeprefix("-"), swap))
    for rules in table.values():
        rules.sort(key=lambda rule: -len(rule.words))
    return table


_TABLE = """
spouse_of | married wed | to
spouse_of | marries married
-father_of | born | to
kin_of | related linked connected kin | to | by marriage to | through marriage to | by blood to
adviser_of | advised advises advising counselled
adviser_of | served acted works worked | as an adviser to | as adviser to | as an advisor to | as senior adviser to
aide_of | guarded guards interpreted translated | for
aide_of | guarded guards
aide_of | worked works working drove cooked spied | for
-superior_of | served serves serving
aide_of | managed handled ran administered | the money of | the funds of | the accounts of | the wealth of | the household of
aide_of | looked | after the money of | after the funds of | after money for | after the accounts of | after the health of
patron_of | mentored groomed sponsored protected promoted favoured favored shielded
-patron_of | promoted groomed mentored sponsored protected favoured favored shielded elevated | by
-patron_of | owed owes | his rise to | his career to | his post to | her rise to | her career to | everything to | his position to
-adviser_of | advised | by
-aide_of | guarded served | by
-superior_of | served worked serving working | under | directly under
-superior_of | answered reported answers | to | directly to
superior_of | commanded supervised
-superior_of | commanded supervised | by
served_with | served worked serving working | with | alongside | beside | together with | side by side with | next to
comrade_of | studied trained roomed | with | alongside | beside | together with
comrade_of | went gone been was | to school with | to university with | to the academy with | to the same school as | at school with
comrade_of | shared | a room with | a cell with
served_with | shared | an office with | a desk with
comrade_of | fought fighting | with | alongside | beside | side by side with | together with
comrade_of | grew grown | up with | up beside | up together with
comrade_of | befriended
"""
_RULES = _rules()
_VERBS = frozenset(_RULES)
_TOGETHER = dict.fromkeys(("served", "worked"), "served_with") | dict.fromkeys(
    ("studied", "trained", "fought", "grew"), "comrade_of"
)
_PLAIN = word_set(
    "served serves serving worked works commanded supervised raised reported ran handled managed related linked connected"
)
"""Verbs that bind persons only where their object is one by name."""


def find_deeds_done(sentence: Sentence) -> Iterator[tuple[Deed, Status]]:
    """Ties that the verbs of a sentence tell."""
    for k in sentence.where(_VERBS):
        done = _together(sentence, k) or _done(sentence, k, _RULES[sentence.low[k]]) or _under(sentence, k)
        if done is not None:
            yield done, Status.ASSERTED


def _done(sentence: Sentence, k: int, rules: list[_Rule]) -> Deed | None:
    tokens = sentence.tokens
    for rule in rules:
        stop = k + 1 + len(rule.words)
        if tuple(sentence.lows(k + 1, stop)) != rule.words:
            continue
        passive = bool({"was", "were", "is", "been", "being", "are"} & set(sentence.lows(k - 2, k)))
        if passive and not rule.words and rule.relation != "spouse_of":
            return None
        other = _object(sentence, stop)
        subject = _subject(sentence, k)
        if other is None or subject is None or subject is other:
            return None
        if tokens[k].low in _PLAIN and other.kind != "person":
            return None
        if rule.relation == "patron_of" and _is_kin_told(sentence, stop, other):
            return None
        return (other, rule.relation, subject) if rule.swap else (subject, rule.relation, other)
    return None


_SERVED = word_set("served serves serving worked works working trained fought")
_FAR = 12
"""Words between "served" and "under"."""
_ENDS_PLACE = word_set(", ; : . who that which and but when while until")


def _under(sentence: Sentence, k: int) -> Deed | None:
    """Such as "served for four years in Angola under General X"."""
    if sentence.low[k] not in _SERVED:
        return None
    stop = min(k + _FAR, len(sentence.tokens))
    at = next((m for m in range(k + 1, stop) if sentence.low[m] == "under" or sentence.low[m] in _ENDS_PLACE), None)
    if at is None or sentence.low[at] != "under":
        return None
    other, subject = _object(sentence, at + 1), _subject(sentence, k)
    if other is None or other.kind != "person" or subject is None or subject is other:
        return None
    return other, "superior_of", subject


def _is_kin_told(sentence: Sentence, at: int, other: Noun) -> bool:
    """Whether the one promoted is called kin: "promoted his sister, X"."""
    return any(noun.kind == "kin" and at <= noun.i <= at + 1 and noun.same is other for noun in sentence.nouns)


def _object(sentence: Sentence, at: int) -> Noun | None:
    """The person whom a verb is done to: the first after it, over titles and small words."""
    for noun in sentence.nouns:
        if noun.i < at or not noun.is_person:
            continue
        if noun.i - at > _REACH or not set(sentence.lows(at, noun.i)) <= _FILL or noun.plural:
            return None
        if noun.kind == "kin" and noun.owner is not None and noun.owner.j > noun.owner.i:
            return noun.same or noun
        owned = next(
            (kin for kin in sentence.nouns if kin.i == noun.j + 1 and kin.det == "'s" and kin.kind == "kin"), None
        )
        if owned is not None:
            return owned.same or owned
        if noun.kind == "role" and noun.same is None:
            return next((other for other in sentence.nouns if other.i == noun.j and other.kind == "person"), None)
        meant = noun.kind == "pron" and noun.text in {"him", "her"} and noun.i == at
        return noun.same or (noun if meant or noun.kind in {"person", "kin"} else None)
    return None


_LEADING = AUXILIARIES | ADVERBS


def _subject(sentence: Sentence, k: int) -> Noun | None:
    """Who did it: one person, over auxiliaries and adverbs."""
    at = k
    while at > 0 and sentence.low[at - 1] in _LEADING:
        at -= 1
    if "whose" in sentence.lows(k - 6, k):
        return next((noun for noun in sentence.nouns if noun.j == at and noun.kind == "kin"), None)
    relative = at > 0 and sentence.tokens[at - 1].low == "who"
    found = subjects(sentence, at - 1 if relative else at, relative=relative)
    return found[0] if len(found) == 1 and not found[0].plural else None


def _together(sentence: Sentence, k: int) -> Deed | None:
    """Such as "A and B studied together": what two did side by side."""
    relation = _TOGETHER.get(sentence.tokens[k].low)
    near = sentence.lows(k + 1, k + 4)
    if relation is None or not ({"together"} & set(near) or near[:3] == ["side", "by", "side"]):
        return None
    relative = sentence.lows(k - 1, k) == ["who"]
    pair = subjects(sentence, k - 1 if relative else k, relative=relative)
    pair = pair[0].members or pair if pair else pair
    return (pair[0], relation, pair[1]) if len(pair) == 2 and not any(noun.plural for noun in pair) else None
