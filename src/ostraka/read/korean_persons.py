"""Who a Korean sentence speaks of: noun phrases up to a particle, each with its name or role and its case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ostraka.read.korean_actors import BARE, CASES, OWNER, SUBJECT, Actor, Phrase
from ostraka.read.korean_beside import common, kin_words, speakers
from ostraka.read.korean_foreign import Names
from ostraka.read.korean_joined import share_case
from ostraka.read.korean_words import LEADERS, NUMBER, NUMERALS, Word, is_verb, known_places, role_at_end, title_of

_ASIDE = re.compile(r"\s?(?:\([^()]{1,12}\)|\[[^\]]{1,12}\]|[\"'“”‘’北前現])?\s?\Z")
"""What may stand between two words of one phrase: a blank, an age, a quotation mark."""


NamesAt = dict[int, tuple[str, int]]
"""Names by where they begin: the name, and where it ends."""


def name_starts(names: Names) -> NamesAt:
    """Where each name of a report begins: the name, and where it ends."""
    return {start: (name, end) for name, rows in names.items() for start, end in rows}


def find_phrases(text: str, words: list[Word], names: Names, *, at: NamesAt | None = None) -> list[Phrase]:
    """The noun phrases of a sentence, in order, with whom they speak of.

    Parameters
    ----------
    text : str
        The stored text.
    words : list of Word
        The words of one sentence.
    names : dict
        Who is named in the report, and where.
    at : dict, optional
        The same by where each name begins, if it is at hand.
    """
    at = name_starts(names) if at is None else at
    words = _respell([word for word in words if not _is_aside(text, word)], at)
    phrases: list[Phrase] = []
    phrase = Phrase()
    for word in words:
        if phrase.words and not _ASIDE.match(text[phrase.words[-1].end : word.start]):
            phrases.append(phrase)
            phrase = Phrase()
        if word.start not in at and is_verb(word) and not title_of(word):
            phrases += [phrase] if phrase.words else []
            phrase = Phrase()
            continue
        phrase.words.append(word)
        if word.text in {"역시", "또한"} and len(phrase.words) > 1:
            phrase.words.pop()
            phrase.case = SUBJECT
            phrases.append(phrase)
            phrase = Phrase()
        elif word.particle:
            phrase.case = CASES.get(word.particle, BARE)
            phrases.append(phrase)
            phrase = Phrase()
        elif (aside := _AFTER_ASIDE.match(text, word.end)) is not None:
            phrase.case = CASES.get(aside[1], BARE)
            phrases.append(phrase)
            phrase = Phrase()
    phrases += [phrase] if phrase.words else []
    for one in phrases:
        one.actors = list(_actors(one, at, names))
    for before, one in zip([None, *phrases], phrases, strict=False):
        _name_by_kin(text, before, one)
    for before, one in pairwise(phrases):
        _name_by_post(text, before, one)
    share_case(text, phrases)
    return phrases


_HELD = re.compile(
    r" ?(?:을 |를 )?(?:지낸|지냈던|맡은|맡았던|맡던|맡아 ?온|일한|일하던|일했던|있던|있는|근무하던|근무한|활동하던|활동한|재직하던) ?\Z"
)


def _name_by_post(text: str, before: Phrase, phrase: Phrase) -> None:
    """Who bears no title is called by the post that a clause before says he held: "총영사를 지낸 | 김철수"."""
    actor = phrase.actors[0] if phrase.actors else None
    held = before.actors[-1] if before.actors else None
    if actor is None or held is None or not actor.named or actor.role or held.named:
        return
    if actor.start == phrase.start and _HELD.match(text, before.end, phrase.start) is not None:
        actor.role, actor.role_at, actor.tier = held.role, held.role_at, held.tier


def _name_by_kin(text: str, before: Phrase | None, phrase: Phrase) -> None:
    """Who bears no title is called by kin: "성혜랑의 아들 | 이한영"."""
    actor = phrase.actors[0] if phrase.actors else None
    if actor is None or not actor.named or actor.role:
        return
    kin = [word for word in phrase.words if word.end <= actor.start and word.stem in kin_words()]
    if kin:
        owned = before is not None and before.case == OWNER and bool(before.actors)
        start = before.start if owned and before is not None else kin[-1].start
        actor.role_at = start, kin[-1].start + len(kin[-1].stem)
        actor.role = text[start : actor.role_at[1]]


def _is_aside(text: str, word: Word) -> bool:
    """Whether a word only gives an age, or spells a name again, in brackets."""
    if word.start and text[word.start - 1] in _MARKS and _PARTICLE.match(word.text):
        return True
    close = text.find(")", word.end, word.end + 10)
    return text[word.start - 1 : word.start] == "(" and close >= 0 and "(" not in text[word.end : close]


_MARKS = frozenset(")'\"’”」』>")
_PARTICLE = re.compile(
    r"(?:씨)?(?:은|는|이|가|을|를|의|과|와|도|에게|에서는|에서|으로|로|에|라는|이라는|며|고|라며|라고|이라며|이라고|면서)?\Z"
)
_AFTER_ASIDE = re.compile(r"\([^()]{1,8}\)\s?(?:씨)?(은|는|이|가|을|를|의|과|와|도|에게|에서|로)(?![가-힣])")


def _respell(words: list[Word], at: dict[int, tuple[str, int]]) -> list[Word]:
    """The words with the particles of names taken off again: 김정은 ends in no particle."""
    spelled = []
    within = 0
    for word in words:
        row = at.get(word.start)
        within = row[1] if row is not None and " " in row[0] else within
        if word.start < within and word.particle:
            cut = word.end if word.end <= within else within
            rest = word.text[cut - word.start :] if word.end > within else ""
            spelled.append(replace(word, stem=word.text[: cut - word.start], particle=rest))
            continue
        if row is not None and row[1] <= word.end and word.text.startswith(row[0]) and " " not in row[0]:
            rest = word.text[len(row[0]) :]
            role = role_at_end(word.stem)
            titled = role is not None and len(word.stem) > len(row[0])
            spelled.append(word if titled else replace(word, stem=row[0], particle=rest))
        else:
            spelled.append(word)
    return spelled


def _actors(phrase: Phrase, at: dict[int, tuple[str, int]], names: Names) -> Iterator[Actor]:
    """Those whom one phrase speaks of: each name with the titles beside it; else the role in which it ends."""
    marks = [(k, *at[word.start]) for k, word in enumerate(phrase.words) if word.start in at]
    for n, (k, name, end) in enumerate(marks):
        last = marks[n + 1][0] if n + 1 < len(marks) else len(phrase.words)
        first = marks[n - 1][0] + 1 if n else 0
        yield _named(phrase, (first, k, last), (name, end))
    if not marks:
        called = _by_family(phrase, names)
        if called is not None:
            yield called
            return
        unnamed = _unnamed(phrase)
        if unnamed is not None:
            yield unnamed


def _named(phrase: Phrase, places: tuple[int, int, int], name: tuple[str, int]) -> Actor:
    first, k, last = places
    after = [word for word in phrase.words[k:last] if word.start >= name[1]]
    after = after[: next((n for n, word in enumerate(after) if word.stem == "등"), len(after))]
    before = phrase.words[first:k]
    attached = role_at_end(phrase.words[k].stem) if phrase.words[k].start + len(name[0]) < phrase.stop else None
    actor = Actor(name[0], phrase.words[k].start, name[1], named=True, case=phrase.case)
    actor.phrase = phrase.words[first].start, phrase.words[last - 1].end
    rows = [(n, role_at_end(word.stem)) for n, word in enumerate(after)]
    titles = [(n, role) for n, role in rows if role is not None]
    held = role_at_end(title_of(before[-1]) or before[-1].stem) if before else None
    ranked = bool(titles) and held is not None and titles[-1][1][0] in _RANKS and held[0] not in _RANKS
    if titles and not ranked:
        n, role = titles[-1]
        _entitle(actor, after[: n + 1], role)
    elif attached is not None:
        _entitle(actor, [phrase.words[k]], attached)
        actor.role = attached[0]
    elif held is not None:
        former = title_of(before[-1])
        _entitle(actor, [*before[:-1], replace(before[-1], stem=former)] if former else before, held)
    actor.told = any(word.stem in speakers() for word in after)
    return actor


_RANKS = frozenset(
    [
        "원수",
        "차수",
        "대장",
        "상장",
        "중장",
        "소장",
        "준장",
        "장군",
        "장성",
        "제독",
        "대좌",
        "상좌",
        "중좌",
        "소좌",
        "대령",
        "중령",
        "소령",
        "대위",
        "중위",
        "소위",
        "상위",
    ]
)
"""Ranks, which say less of somebody than the office told before the name."""
_PASSED = re.compile(
    r"(?:북한|전|현|당시|신임|새|주재|출신|담당|한|두|세|명|이|그|이미|지난달|지난해|올해|최근|현재|곧|또|또한|한편|같은|대한|위한|다른|여러|이른바|사실상|전격|공개|먼저|당|후임|전직|현직|핵심|최측근|측근|실세|특명전권|함께|나란히|동시에|각각|반면|그러나|앞서|이어)\Z"
)


def _lands(stem: str) -> list[str]:
    """The country with which a title begins: 시리아 | 대사."""
    return [stem[:end] for end in range(2, len(stem) - 1) if stem[:end] in known_places()]


def _entitle(actor: Actor, words: list[Word], role: tuple[str, int]) -> None:
    """Give somebody the title in which some words end, with the words of its body before it."""
    kept: list[Word] = []
    for word in reversed(words):
        if kept and (len(kept) >= 3 or not _belongs(word)):
            break
        kept.insert(0, word)
    first, last = kept[0], kept[-1]
    home = next((p for p in _lands(last.stem) if role[0] == last.stem.removeprefix(p)), "")
    home = home or ("북한" if last.stem.startswith("북한") and len(last.stem) > len("북한") + 1 else "")
    actor.role_at = first.start + len(home) * (first is last), last.start + len(last.stem)
    actor.role = " ".join([*(word.stem for word in kept[:-1]), last.stem.removeprefix(home)])
    actor.tier = role[1]


_BESIDE_TITLE = frozenset(
    (
        "주재",
        "전",
        "당시",
        "북한",
        "씨",
        "현",
        "신임",
        "새",
        "후임",
        "전임",
        "특명",
        "올해",
        "들어",
        "지난달",
        "지난해",
        "최근",
        "이달",
        "초",
        "말",
        "이미",
        "결국",
        "현재",
        "곧",
        "다시",
        "새로",
        "또",
        "함께",
        "나란히",
        "각각",
    )
)


def _belongs(word: Word) -> bool:
    """Whether a word before a title is part of it: a body at home, not a place, a mission or "former"."""
    return not (
        word.stem in _BESIDE_TITLE
        or word.stem in kin_words()
        or word.stem in common()
        or word.text.endswith(("인", "이자", "대사관", "대표부", "영사관"))
        or (word.stem[0].isdigit() and word.stem[-1] in "일월년")
    )


_HEAD_COUNT = re.compile(
    r"(?:\d[\d,]{0,8}(?:[~∼]\d+)?|여러|몇|수|수십|수백|너덧|두어|서너|[한두세네])(?:여)?\s?(?:명|사람)?\Z|(?:일가|부부|일행|가족)\Z"
)


_VAGUELY = frozenset(("다수", "일부", "상당수", "많은", "수많은"))
"""With these before it a role names nobody in particular."""
_LEARNED = frozenset(("연구원", "교수", "박사"))
"""Those who tell as a topic, and may be told of as a subject: "연구원이 사라졌다고"."""
_AMONG = frozenset(("등", "가운데", "중", "중에서"))
"""Between a group and how many of it are meant: "간부 가운데 2명"."""


def _is_among(phrase: Phrase, k: int, count: list[Word]) -> bool:
    """Whether a word only says of whom so many are: not "11명 중 9명", a mere total."""
    return bool(count) and phrase.words[k].stem in _AMONG and NUMBER.match(phrase.words[k - 1].text) is None


def _unnamed(phrase: Phrase) -> Actor | None:
    """Somebody without a name: the last role of a phrase, with the words before it and its number."""
    k = len(phrase.words) - 1
    count: list[Word] = []
    while k > 0 and (
        _HEAD_COUNT.match(phrase.words[k].stem)
        or phrase.words[k].stem in {*NUMERALS, "명", "여럿"}
        or _is_among(phrase, k, count)
    ):
        count.insert(0, phrase.words[k])
        k -= 1
    role = role_at_end(phrase.words[k].stem)
    if (
        role is None
        and phrase.words[k].stem == "인사"
        and k
        and phrase.words[k - 1].stem.endswith(("급", "고위", "핵심"))
    ):
        role = ("인사", 3)
    if role is None:
        return None
    if NUMBER.match(phrase.words[k].text):
        return None
    first = k
    while first > 0 and k - first < 3 and _describes(phrase.words[first - 1]):
        first -= 1
    if not count and any(word.stem in _VAGUELY for word in phrase.words[max(0, first - 1) : k]):
        return None
    words = [*phrase.words[first : k + 1], *count]
    label = " ".join(word.stem for word in words)
    start, stop = words[0].start, words[-1].start + len(words[-1].stem)
    body = phrase.words[first].start, phrase.words[k].start + len(phrase.words[k].stem)
    actor = Actor(label, start, stop, role=label, role_at=body, tier=role[1], case=phrase.case)
    actor.phrase = phrase.start, phrase.end
    learned = role[0] in _LEARNED and phrase.case == SUBJECT
    actor.told = not count and not learned and (role[0] in speakers() or phrase.words[k].stem in speakers())
    return actor


def _describes(word: Word) -> bool:
    return not (
        _PASSED.match(word.stem)
        or any(char.isdigit() for char in word.stem[:1])
        or word.text.endswith(("인", "이자", "이던"))
        or word.stem in kin_words()
    )


def _by_family(phrase: Phrase, names: Names) -> Actor | None:
    """Somebody called by family name and title: "현 서기관", "김씨"."""
    for k, word in enumerate(phrase.words):
        alone = len(word.stem) == 1 and not word.particle and k + 1 < len(phrase.words)
        if not alone and not (len(word.stem) == 2 and word.stem[1] == "씨"):
            continue
        bearers = [
            name
            for name, rows in names.items()
            if name[0] == word.stem[0] and name not in LEADERS and " " not in name and rows[0][0] < word.start
        ]
        title = phrase.words[-1] if alone else word
        if len(bearers) != 1 or (alone and role_at_end(title.stem) is None and title.stem not in {"씨", *speakers()}):
            continue
        actor = Actor(bearers[0], word.start, title.start + len(title.stem), named=True, case=phrase.case)
        actor.phrase = phrase.start, phrase.end
        actor.told = title.stem in speakers()
        role = role_at_end(title.stem)
        actor.tier = role[1] if role is not None else 9
        return actor
    return None
