"""Whose kin: the one whom "his", "her", "their" before a kin word means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from ostraka.read.noun import Noun
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence

REACH = 40
"""Phrases and words looked back at for an owner."""
_WANTED = {"his": "m", "her": "f"}


def owner_label(sentence: Sentence, kin: Noun, in_view: Iterable[str], gender: Callable[[str], str]) -> str:
    """The label of the one who has the kin; empty if nobody fits.

    Parameters
    ----------
    sentence : Sentence
    kin : Noun
        Such as "his nephew", "her husband", "the brother-in-law".
    in_view : iterable of str
        Whom it may mean, the likeliest first.
    gender : callable
        ``m``, ``f`` or empty for a label.
    """
    at = bisect_left(sentence.nouns, kin.i, key=lambda noun: noun.i)
    before = sentence.nouns[max(0, at - REACH) : at]
    wanted = _WANTED.get(kin.det, "")
    own = {kin.label, kin.same.label or kin.same.name if kin.same is not None else ""}
    who = relative_owner(sentence, kin)
    told = (
        (who.label if who is not None else "")
        or _named_before(sentence, kin, before)
        or _told(sentence, kin, before)
        or _joined(sentence, kin, before)
        or _after_aside(sentence, kin, before)
        or _of_list(sentence, kin, before)
        or _beside(sentence, kin, before)
    )
    if wanted == "f":
        near = (n.label for n in reversed(before) if n.j <= kin.i and n.is_person and n.label not in own)
        told = next((label for label in near if gender(label) == "f"), "") or told
    fits = (
        label
        for label in (told, *in_view)
        if label and label not in own and (not wanted or gender(label) in {"", wanted})
    )
    return next(fits, "")


def relative_owner(sentence: Sentence, kin: Noun) -> Noun | None:
    """The one of whom a relative clause speaks: X in "X, who rose after the death of his father"; nobody where another is named in it."""
    first = max(sentence.body_start, kin.i - REACH)
    who = (
        next((k for k in range(kin.i - 1, first, -1) if sentence.low[k] in _CLOSES), None)
        if kin.det in _WANTED
        else None
    )
    if who is None or sentence.low[who] != "who":
        return None
    end = who - (sentence.low[who - 1] == ",")
    at = bisect_left(sentence.nouns, kin.i, key=lambda noun: noun.i)
    inside = sentence.nouns[max(0, at - REACH) : at]
    if any(noun.kind in {"person", "pron"} and noun.i > who for noun in inside):
        return None
    return next((noun for noun in inside if noun.j == end and noun.kind == "person"), None)


_CLOSES = frozenset({"who", ",", ";", ":", "-", "–", "—"})


def is_turned(first: Noun, second: Noun) -> bool:
    """Whether two phrases are father and son: after "X's father" X is "the son" himself."""
    relations = [noun.kin.relation for noun in (first, second) if noun.kin is not None]
    return len({relation == "child_of" for relation in relations}) == 2 and set(relations) <= _LINE


def namesake(label: str, word: str, wanted: str, known: Mapping[str, Profile]) -> str:
    """The label, or where it is of a woman who is said to have a wife, of the first man of that name: "Kim's wife" in a report about his aunt."""
    one = known.get(label)
    if not wanted or one is None or not one.named or one.gender in {"", wanted}:
        return label
    fits = (p.label for p in known.values() if p.named and p.gender in {"", wanted} and word in p.label.split())
    return next(fits, label)


_LINE = frozenset({"child_of", "father_of", "mother_of", "parent_of"})


def _joined(sentence: Sentence, kin: Noun, before: Sequence[Noun]) -> str:
    """Whose kin a plain kin word joined to another one is: "X's brother-in-law and a nephew"."""
    last = before[-1] if before else None
    if last is None or last.kind != "kin" or last.owner is None or kin.det not in {"", "a", "an", "the"}:
        return ""
    return last.owner.label if sentence.lows(last.j, kin.i) in (["and"], [","], [",", "and"]) else ""


def _named_before(sentence: Sentence, kin: Noun, before: Sequence[Noun]) -> str:
    """Whose kin one is who has just been named: in "helped X after Y, his father, died" X's."""
    name = next((noun for noun in reversed(before) if noun.j <= kin.i), None)
    if name is None or name is not kin.same or kin.det not in _WANTED or name.kind != "person":
        return ""
    if sentence.lows(name.j, kin.i) != [","] or sentence.lows(kin.j, kin.j + 1) not in ([","], ["."], []):
        return ""
    others = (
        noun for noun in reversed(before) if noun.j <= name.i and noun.kind == "person" and noun.label != name.label
    )
    return next((noun.label for noun in others), "")


_TELLS = frozenset({"told", "informed", "asked", "telephoned", "rang", "phoned", "wrote", "promised", "assured"})


def _told(sentence: Sentence, kin: Noun, before: Sequence[Noun]) -> str:
    """Whose kin are told something: X's in "X told his wife"."""
    last = next((noun for noun in reversed(before) if noun.j <= kin.i and noun.is_person), None)
    plain = last is not None and not last.plural and kin.det in _WANTED and kin.i - last.j == 1
    return last.label if last is not None and plain and sentence.low[last.j] in _TELLS else ""


def _beside(sentence: Sentence, kin: Noun, before: Sequence[Noun]) -> str:
    """Whose kin follow right after "and": X's in "X, 43, and her son", the leader's in "the leader's uncle X and his aunt"."""
    last = next((noun for noun in reversed(before) if noun.kind in {"person", "role"} and noun.j <= kin.i), None)
    if last is None or kin.det not in {"his", "her"}:
        return ""
    gap = sentence.lows(last.j, kin.i)
    if gap[-1:] not in (["and"], ["nor"]) or any(low.isalpha() for low in gap[:-1]):
        return ""
    owned = next((n for n in before if n.kind == "kin" and n.same is last and n.j == last.i and n.det == "'s"), None)
    return owned.owner.label if owned is not None and owned.owner is not None else last.label


def _after_aside(sentence: Sentence, kin: Noun, before: Sequence[Noun]) -> str:
    """Whose kin follow somebody told to be kin: X's in "X, the son-in-law, and his sons A and B"."""
    last = before[-1] if before else None
    named = last is not None and last.kind == "kin" and last.same is not None and last.same.j <= last.i
    if last is None or not named or last.det in {*_WANTED, "'s"} or kin.det not in _WANTED:
        return ""
    return last.same.label if last.same is not None and sentence.lows(last.j, kin.i) == [",", "and"] else ""


def _of_list(sentence: Sentence, kin: Noun, before: Sequence[Noun]) -> str:
    """Whose kin are listed after a colon: "the relatives of X were shot: A, his sister; B, his nephew"."""
    first = max(sentence.body_start, kin.i - REACH)
    colon = next((k for k in range(kin.i - 1, first, -1) if sentence.tokens[k].low == ":"), None)
    if colon is None:
        return ""
    heads = (noun for noun in reversed(before) if noun.j <= colon and noun.kind == "kin" and noun.owner)
    return next((noun.owner.label for noun in heads if noun.owner is not None and noun.owner.label), "")


def tells_of_dead(sentence: Sentence) -> bool:
    """Whether a sentence tells that somebody is dead, and not only speaks of "the dead man"."""
    return any(sentence.lows(k + 1, k + 2) not in (["man"], ["woman"]) for k in sentence.where(_DEAD))


_DEAD = frozenset({"dead"})
