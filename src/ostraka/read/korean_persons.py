"""Persons of a Korean report: names by the title, age or kin word beside them, roles, ties of kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ostraka.model import Report, Statement
from ostraka.read.korean_words import AGE, LEADERS, NUMBER, NUMERALS, SUBJECT, WORD, Word, roles, split_word, table
from ostraka.read.places import korean_places
from ostraka.read.titles import korean_families

Names = dict[str, list[tuple[int, int, str, int]]]
"""Names with the places where each stands and the role told beside it: start, end, role, tier."""


@dataclass(slots=True)
class Actor:
    """Somebody a sentence speaks of."""

    label: str
    start: int
    end: int
    named: bool = False
    role: str = ""
    role_at: tuple[int, int] | None = None
    tier: int = 9
    subject: bool = False


def _is_name(stem: str) -> bool:
    families = korean_families()
    return (
        2 < len(stem) <= 4
        and all("가" <= char <= "힣" for char in stem)
        and ((len(stem) == 3 and stem[0] in families) or (len(stem) == 4 and stem[:2] in families))
    )


def _role_at_end(stem: str) -> tuple[str, int] | None:
    return next(((word, tier) for word, tier in roles() if " " not in word and stem.endswith(word)), None)


@cache
def speakers() -> frozenset[str]:
    """Words for those who tell, not act: spokesman, lawmaker, source."""
    return frozenset(table()["role"]["speaker"])


@cache
def _neverfind_names() -> frozenset[str]:
    """Words that only look like names: posts abroad, places, common nouns."""
    posted = {word for words in table()["posted"].values() for word in words}
    return frozenset(posted) | frozenset(korean_places()) | frozenset(table()["common"]["words"])


@cache
def _kin_words() -> frozenset[str]:
    return frozenset(word for words in table()["kin"].values() for word in words)


def find_names(text: str) -> Names:
    """Names with the places where they stand and the role told beside each: start, end, role, tier."""
    words = [split_word(match[0], match.start()) for match in WORD.finditer(text)]
    sure: Names = {}
    maybe: dict[str, list[Word]] = {}
    for k, word in enumerate(words):
        name, attached = _bare_name(word)
        if not name:
            continue
        role = attached or _beside(words, k, text)
        if role is None and k and words[k - 1].stem in _kin_words() and not words[k - 1].particle:
            role = ("", 9)
        joined = k and words[k - 1].particle in {"와", "과"} and words[k - 1].stem in sure
        if role is None and k and words[k - 1].particle == "에":
            role = _role_at_end(words[k - 1].stem)
        evident = (
            role is not None
            or joined
            or name in LEADERS
            or AGE.match(text, word.start + len(name))
            or word.particle.startswith("씨")
        )
        if evident:
            sure.setdefault(name, []).append((word.start, word.start + len(name), *(role or ("", 9))))
        else:
            maybe.setdefault(name, []).append(word)
    for name, rows in maybe.items():
        if name in sure:
            sure[name] += [(word.start, word.start + len(name), "", 9) for word in rows]
    return sure


def _bare_name(word: Word) -> tuple[str, tuple[str, int] | None]:
    """The name in a word, and a role written on to it ("태영호공사")."""
    if word.stem in _neverfind_names() or word.text in _neverfind_names():
        return "", None
    if _is_name(word.stem) and _role_at_end(word.stem) is None:
        return word.stem, None
    if _is_name(word.text) and word.particle in {"이", "은", "로", "도"} and not _is_name(word.stem):
        return word.text, None
    role = _role_at_end(word.stem)
    if role is not None and _is_name(word.stem[: -len(role[0])]):
        return word.stem[: -len(role[0])], role
    return "", None


def _beside(words: list[Word], k: int, text: str) -> tuple[str, int] | None:
    """The role in the words after or before a name: "태영호 주영 북한대사관 공사", "3등서기관 김동수"."""
    for m in range(k + 1, min(k + 5, len(words))):
        if text[words[m - 1].end : words[m].start].strip():
            break
        role = _role_at_end(words[m].stem)
        if role is not None and words[m].stem != "대사관":
            return role
        if words[m].stem in speakers():
            return words[m].stem, 9
        if words[m].particle in SUBJECT or words[m - 1].particle:
            break
    if k and not text[words[k - 1].end : words[k].start].strip():
        role = _role_at_end(words[k - 1].stem) if not words[k - 1].particle else None
        if role is not None:
            return role
        if words[k - 1].stem in speakers() or words[k - 1].stem in {"위원장", "주석", "총비서", "국방위원장"}:
            return words[k - 1].stem, 9
    return None


def find_actors(text: str, words: list[Word], names: Names) -> list[Actor]:
    """Everybody a sentence speaks of, by name or by role, in order."""
    if not words:
        return []
    first, last = words[0].start, words[-1].end
    actors = []
    for name, rows in names.items():
        told = next(((role, tier) for _, _, role, tier in rows if role), ("", 9))
        for start, end, _, _ in rows:
            if first <= start < last:
                actors.append(
                    Actor(
                        name,
                        start,
                        end,
                        named=True,
                        role=told[0],
                        tier=told[1],
                        subject=_is_subject(words, text, start),
                    )
                )
    covered = [(actor.start - 30, actor.end + 30) for actor in actors]
    for word in words:
        role = _role_at_end(word.stem)
        if role is None or any(low <= word.start <= high for low, high in covered):
            continue
        label = _phrase(words, word)
        actors.append(
            Actor(
                label,
                word.start,
                word.end,
                role=role[0],
                role_at=(word.start, word.start + len(word.stem)),
                tier=role[1],
                subject=word.particle in SUBJECT or _counted_subject(words, word),
            )
        )
    return sorted(actors, key=lambda actor: actor.start)


def _phrase(words: list[Word], word: Word) -> str:
    """The role with the two words before it: "로마 북한대표부 외교관"."""
    k = words.index(word)
    start = k
    while start > 0 and k - start < 2 and words[start - 1].particle in {"", "의"}:
        start -= 1
    return " ".join(w.stem for w in words[start : k + 1])


def _counted_subject(words: list[Word], word: Word) -> bool:
    """Such as "외교관 한 명이": a number between the role and its particle."""
    k = words.index(word)
    return any(
        w.particle in SUBJECT
        for w in words[k + 1 : k + 3]
        if NUMBER.match(w.text) or w.stem in {"명", "한", "두"} or w.stem in NUMERALS
    )


def _is_subject(words: list[Word], text: str, start: int) -> bool:
    """Whether the phrase that begins with a name ends in a topic or subject particle."""
    k = next((k for k, word in enumerate(words) if word.start <= start < word.end), None)
    if k is None:
        return False
    for m in range(k, min(k + 5, len(words))):
        tail = text[words[m].end : words[m].end + 8]
        if words[m].particle in SUBJECT or re.match(r"\([^)]{1,5}\)\s?(?:씨)?(?:은|는|이|가)", tail):
            return True
        if words[m].particle and words[m].particle != "씨":
            return False
    return False


def find_ties(report: Report, names: Names, writer: Any) -> Iterator[Statement]:
    """Such as "김정은의 고모부 장성택": a name, a kin word, a name."""
    text = report.text
    for owner, rows in names.items():
        for _, end, _, _ in rows:
            match = re.compile(r"\s?(?:[가-힣]{1,6} )?(?:[가-힣]{1,4})?의\s([가-힣]{1,6})(?:인|이자|,)?\s").match(
                text, end
            )
            if match is None:
                continue
            relation = next((r for r, words in table()["kin"].items() if match[1] in words), "")
            follower = next(
                (
                    (name, row)
                    for name, others in names.items()
                    for row in others
                    if match.end() <= row[0] <= match.end() + 1
                ),
                None,
            )
            if not relation or follower is None or follower[0] == owner:
                continue
            ego, alter = follower[0], owner
            if relation == "child_of":
                ego, alter, relation = owner, follower[0], "father_of"
            yield writer.say(
                (rows[0][0] if rows[0][1] == end else end - len(owner), follower[1][1]), "tie", ego, relation, alter
            )
