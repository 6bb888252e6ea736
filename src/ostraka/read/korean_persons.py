"""Persons of a Korean report: names by the title, age or kin word beside them, roles, ties of kin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

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


_ENDINGS = ("에서", "에게", "으로", "에는", "에도", "까지", "부터", "했다", "된다", "한다")


def _is_name(stem: str) -> bool:
    families = korean_families()
    return (
        2 < len(stem) <= 4
        and not stem.endswith(_ENDINGS)
        and all("가" <= char <= "힣" for char in stem)
        and ((len(stem) == 3 and stem[0] in families) or (len(stem) == 4 and stem[:2] in families))
    )


def _role_at_end(stem: str) -> tuple[str, int] | None:
    return next(((word, tier) for word, tier in roles() if " " not in word and stem.endswith(word)), None)


_TITLE = re.compile(
    r"[가-힣\d]{1,8}(?:장|관|상|원|위원|의원|비서|총리|주석|교수|대표|감독|서기|책임자|관리|특사|차관|보좌관|연구원)"
)


def _is_title(word: Word) -> bool:
    """Whether a word has the form of a title, known or not: "수석연구위원", "국가보위상"."""
    return _TITLE.fullmatch(word.stem) is not None and word.stem not in _neverfind_names()


@cache
def speakers() -> frozenset[str]:
    """Words for those who tell, not act: spokesman, lawmaker, source."""
    return frozenset(table()["role"]["speaker"])


@cache
def _neverfind_names() -> frozenset[str]:
    """Words that only look like names: posts abroad, places, common nouns."""
    posted = {word for words in table()["posted"].values() for word in words}
    return (
        frozenset(posted)
        | frozenset(korean_places())
        | frozenset(table()["common"]["words"] + table()["common"]["more"])
    )


@cache
def _kin_words() -> frozenset[str]:
    return frozenset(word for words in table()["kin"].values() for word in words)


_ANONYMOUS = re.compile(r"(?<![가-힣])([가-힣]모)(?= ?(?:\(\d{2}|씨))")
"""A family name with 모: "a certain Kim"."""


def find_names(text: str) -> Names:
    """Names with the places where they stand and the role told beside each: start, end, role, tier."""
    words = [split_word(match[0], match.start()) for match in WORD.finditer(text)]
    sure: Names = {}
    maybe: dict[str, list[Word]] = {}
    for match in _ANONYMOUS.finditer(text):
        if match[1][0] in korean_families():
            sure.setdefault(match[1], []).append((match.start(1), match.end(1), "", 9))
    for k, word in enumerate(words):
        name, attached = _bare_name(word)
        if not name:
            continue
        role = attached or _beside(words, k, text) or _untold_title(words, k, text)
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
    for name, found in maybe.items():
        if name in sure or _is_borne(name, found, text):
            sure.setdefault(name, []).extend((word.start, word.start + len(name), "", 9) for word in found)
    return sure


_ACTS = re.compile(
    r"(?:이라는 가명|라는 가명|의 이름|의 뒤를|의 최측근|의 측근|의 처형|을 처형|를 처형|이 처형|가 처형|을 숙청|를 숙청|의 숙청|이 숙청|가 숙청)"
)
OFTEN = 2
"""So often with different particles, a word that looks like a name is one."""


def _is_borne(name: str, found: list[Word], text: str) -> bool:
    """Whether a word without a title beside it is a name: it comes with several particles, or something is done to it."""
    particles = {word.particle for word in found}
    acts = any(_ACTS.match(text, word.start + len(name)) for word in found)
    joined = any(re.match(r"(?:\(\d{2}\)|과 |와 |, )[가-힣]{3}", text[word.start + len(name) :][:8]) for word in found)
    plain = len(name) == 3 and name[-1] not in "다돼된낸던한며고"
    return plain and (acts or (len(particles) >= OFTEN and bool(particles & _OF_NAMES)) or (joined and acts))


_OF_NAMES = frozenset({"은", "는", "이", "가", "의", "을", "를", "씨", "과", "와"})


def _untold_title(words: list[Word], k: int, text: str) -> tuple[str, int] | None:
    """No role, but evidence: a word after the name has the form of a title that no table holds."""
    word = words[k]
    if k + 1 >= len(words) or word.particle or text[word.end : words[k + 1].start] != " ":
        return None
    return ("", 9) if any(_is_title(other) for other in words[k + 1 : k + 4]) else None


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
    for m in range(k + 1, min(k + 8, len(words))):
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
    actors += _by_family(text, words, names)
    covered = _titles_of(words, text, actors)
    for k, word in enumerate(words):
        role = _role_at_end(word.stem)
        if role is None or k in covered:
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


def _titles_of(words: list[Word], text: str, actors: list[Actor]) -> set[int]:
    """Words that belong to the names beside them: the posts before and after, up to a particle or a mark."""
    taken: set[int] = set()
    at = {actor.start: actor.end for actor in actors}
    for k, word in enumerate(words):
        if word.start not in at:
            continue
        taken.add(k)
        m = k
        closed = word.particle and word.end > at[word.start]
        while (
            m + 1 < len(words)
            and m - k < 7
            and not closed
            and (m == k or not words[m].particle)
            and not text[words[m].end : words[m + 1].start].strip(" ()0123456789세")
        ):
            m += 1
            taken.add(m)
        m = k
        while (
            m > 0
            and k - m < 6
            and words[m - 1].particle in {"", "의"}
            and not text[words[m - 1].end : words[m].start].strip()
        ):
            m -= 1
            taken.add(m)
    return taken


_CALLED = re.compile(r"(?<![가-힣])([가-힣])(?:씨| (?:전 )?([가-힣]{2,6}))")


def _by_family(text: str, words: list[Word], names: Names) -> list[Actor]:
    """Those called by family name and title: "현 서기관", "김씨"."""
    found = []
    for match in _CALLED.finditer(text, words[0].start, words[-1].end):
        bearers = [name for name in names if name[0] == match[1] and name not in LEADERS]
        title = split_word(match[2], match.start(2)) if match[2] else None
        if len(bearers) != 1 or (title is not None and _role_at_end(title.stem) is None and not _is_title(title)):
            continue
        stop = title.end if title is not None else match.end()
        particle = title.particle if title is not None else text[stop : stop + 1]
        told = next(((role, tier) for _, _, role, tier in names[bearers[0]] if role), ("", 9))
        found.append(
            Actor(bearers[0], match.start(), stop, named=True, role=told[0], tier=told[1], subject=particle in SUBJECT)
        )
    return found


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
