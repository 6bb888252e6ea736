"""Ties of a Korean report: "김정은의 고모부 장성택", "그의 측근 리룡하와 장수길", "전일춘의 사위인 류현우"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ostraka.read.korean_actors import GOAL, OWNER, TOPIC, Actor, Phrase
from ostraka.read.korean_words import LEADERS, Word, table

_FORMER = re.compile(r"(?:이자|이던|이었던|였던|인|이다|다)\Z")
_KNOWN_AS = re.compile(r" ?(?:알려진|불린|꼽히는|꼽히던|불리던|전해진)")


@dataclass(frozen=True, slots=True)
class Tie:
    """What one is to another, and from where to where the text says so."""

    ego: str
    relation: str
    alter: str
    span: tuple[int, int]


@cache
def _relations() -> dict[str, str]:
    return {word: relation for relation, words in table()["kin"].items() for word in words}


def _relation(word: Word) -> str:
    """The relation a word names: "매형인" in_law_of; empty for any other word."""
    rows = _relations()
    return rows.get(word.stem, "") or rows.get(_FORMER.sub("", word.text), "")


def find_ties(text: str, phrases: list[Phrase], before: list[Actor]) -> Iterator[Tie]:
    """Ties of kin and of service that one sentence tells.

    Parameters
    ----------
    text : str
        The stored text.
    phrases : list of Phrase
        The noun phrases of the sentence.
    before : list of Actor
        Those named in the sentence before: who was spoken of first, who was named last in the end.
    """
    owner: Actor | None = None
    relation = ""
    for k, phrase in enumerate(phrases):
        told = _kin_before_name(phrase)
        if told is not None:
            relation, actor = told
            owner = _owner(phrases, k, actor, before, owner)
            if owner is not None:
                yield _upright(actor, relation, owner)
        elif phrase.actors and k and phrases[k - 1].joined and relation == "aide_of" and owner is not None:
            yield _upright(phrase.actors[-1], relation, owner)
        else:
            relation = ""
            yield from _predicate(text, phrases, k)


def _kin_before_name(phrase: Phrase) -> tuple[str, Actor] | None:
    """A kin word and the one named next after it."""
    for actor in phrase.actors:
        words = [word for word in phrase.words if word.end <= actor.start]
        for word in reversed(words[-3:]):
            if actor.named and (relation := _relation(word)):
                return relation, actor
    return None


def _owner(phrases: list[Phrase], k: int, actor: Actor, before: list[Actor], last: Actor | None) -> Actor | None:
    """Whose kin: the name with 의, the one meant by "그의", the one before "and", the topic, who was spoken of."""
    inside = [other for other in phrases[k].actors if other.named and other.end < actor.start]
    if inside:
        return inside[-1]
    previous = phrases[k - 1] if k else None
    earlier = [a for phrase in phrases[:k] for a in phrase.actors if a.named and a.label != actor.label]
    if previous is not None and previous.case == OWNER:
        if previous.actors and previous.actors[-1].named:
            return previous.actors[-1]
        if previous.words[-1].stem == "그":
            return next(reversed(earlier or before), None)
    if last is not None and previous is not None and previous.joined:
        return last
    acting = [a for a in earlier if not a.told and a.acts and a.label not in LEADERS]
    spoken = [a for a in before if a.label != actor.label and not a.told]
    rulers = [a for a in earlier if a.label in LEADERS]
    return next(iter((*acting[-1:], *rulers[-1:], *spoken[:1], *earlier[-1:])), None)


def _predicate(text: str, phrases: list[Phrase], k: int) -> Iterator[Tie]:
    """Kin told after the name or far before it: "장성택은 김정은의 고모부다", "장 대사의 양아들로 알려진 장철민"."""
    phrase = phrases[k]
    previous = phrases[k - 1] if k else None
    relation = _relation(phrase.words[-1])
    if not relation or previous is None or previous.case != OWNER or not previous.actors:
        return
    owner = previous.actors[-1]
    if phrase.case == GOAL and _KNOWN_AS.match(text, phrase.end):
        later = [a for other in phrases[k + 1 : k + 2] for a in other.actors if a.named]
    elif phrase.case == TOPIC:
        later = [a for other in phrases[k + 1 :] for a in other.actors if a.named][-1:]
    else:
        later = [a for other in phrases[: k - 1] for a in other.actors if a.named and other.case == TOPIC][-1:]
    if later and owner.named and later[0].label != owner.label:
        yield _upright(later[0], relation, owner)


def _upright(actor: Actor, relation: str, owner: Actor) -> Tie:
    """A tie as told the other way round where somebody is a child: the parent comes first."""
    span = min(actor.start, owner.start), max(actor.end, owner.end)
    child = {"child_of": "father_of", "child_in_law_of": "in_law_of"}.get(relation)
    if child is not None:
        return Tie(owner.label, child, actor.label, span)
    return Tie(actor.label, relation, owner.label, span)
