"""Names in a Korean report: Korean ones by their form and what stands beside them, foreign ones by their sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ostraka.read.korean_words import (
    AGE,
    LEADERS,
    NUMERALS,
    Word,
    is_verb,
    known_places,
    role_at_end,
    table,
    title_like,
    title_of,
)
from ostraka.read.titles import korean_families

Names = dict[str, list[tuple[int, int]]]
"""Names with the places where each stands."""

REACH = 7
"""Words after a name in which its title may stand."""
LONGEST = 4
"""Words of the longest foreign name."""


@cache
def common() -> frozenset[str]:
    """Words that only look like names: posts abroad, places, common nouns."""
    rows = table()
    posted = {word for words in rows["posted"].values() for word in words}
    return frozenset(posted) | frozenset(known_places()) | frozenset(rows["common"]["words"] + rows["common"]["more"])


@cache
def kin_words() -> frozenset[str]:
    """Words of kinship."""
    return frozenset(word for words in table()["kin"].values() for word in words)


@cache
def _syllables() -> frozenset[str]:
    return frozenset(table()["syllable"]["sino"])


_NO_NAME = re.compile(
    r"(?:에서|에게|으로|에는|에도|까지|부터|했다|된다|한다|하며|이며|으며|전하며|라며|했던|됐던|하던|되던|다고|라고|처럼|보다|조차|마저|만에|하게|되게|이라|인데|는데|[를을던된됐했려며게다])\Z"
)


def _is_korean_name(stem: str) -> bool:
    families = korean_families()
    if not 2 < len(stem) <= LONGEST or stem in common() or _NO_NAME.search(stem) is not None:
        return False
    hangul = all("가" <= char <= "힣" for char in stem) and stem[-1] not in "르키직"
    return hangul and ((len(stem) == 3 and stem[0] in families) or (len(stem) == 4 and stem[:2] in families))


@cache
def _chinese_families() -> frozenset[str]:
    return frozenset(table()["foreign"]["chinese"])


def _is_chinese_name(stem: str) -> bool:
    if not 2 <= len(stem) <= LONGEST or stem in common() or _NO_NAME.search(stem) is not None:
        return False
    return any(stem.startswith(family) and len(stem) > len(family) for family in _chinese_families())


_ANONYMOUS = re.compile(r"(?<![가-힣])([가-힣]모)(?= ?(?:\(\d{2}|씨))")
"""A family name with 모: "a certain Kim"."""


def find_names(text: str, words: list[Word]) -> Names:
    """Names with the places where they stand.

    Parameters
    ----------
    text : str
        The stored text.
    words : list of Word
        Its words, in order.
    """
    sure: Names = {}
    for match in _ANONYMOUS.finditer(text):
        if match[1][0] in korean_families():
            sure.setdefault(match[1], []).append((match.start(1), match.end(1)))
    chinese = "중국" in text and "북한" not in text
    maybe: dict[str, list[int]] = {}
    taken = _foreign(text, words, sure)
    count = cache(text.count)
    for k, word in enumerate(words):
        if k in taken:
            continue
        before = words[k - 1] if k and text[words[k - 1].end : word.start] == " " else None
        titled = before is not None and role_at_end(before.stem) is not None
        for name in _candidates(word, chinese=chinese, titled=titled):
            if _is_evident(words, k, name, text):
                sure.setdefault(name, []).append((word.start, word.start + len(name)))
                break
            if name != word.text or not word.particle or count(name) >= OFTEN:
                maybe.setdefault(name, []).append(k)
    _borne(text, words, maybe, sure)
    _borne(text, words, {name: places for name, places in maybe.items() if name not in sure}, sure)  # joined to those
    for k, word in enumerate(words):
        if _is_short(text, words, k, sure):
            sure.setdefault(word.stem, []).append((word.start, word.start + len(word.stem)))
    return sure


def _is_short(text: str, words: list[Word], k: int, sure: Names) -> bool:
    """Whether a word of two letters is a name: an age follows, or it is joined to a name: "박태성과 최휘를"."""
    word = words[k]
    if len(word.stem) != 2 or word.stem[0] not in korean_families() or word.stem in common():
        return False
    if AGE.match(text, word.start + 2):
        return True
    before = words[k - 1] if k else None
    return (
        before is not None
        and before.particle in {"와", "과"}
        and before.stem in sure
        and word.particle in {"이", "가", "을", "를", "은", "는"}
        and word.stem not in kin_words()
    )


def _candidates(word: Word, *, chinese: bool, titled: bool) -> Iterator[str]:
    """The names a word may begin with, the likelier first."""
    role = role_at_end(word.stem)
    if role is not None and _is_korean_name(word.stem[: -len(role[0])]):
        yield word.stem[: -len(role[0])]
    elif role is None and _is_korean_name(word.stem):
        yield word.stem
    elif role is None and len(word.text) == 3 and word.particle in _ONE_LETTER and _is_korean_name(word.text):
        yield word.text
    elif titled and len(word.text) == 4 and word.text.endswith("다") and _is_korean_name(word.text[:-1]):
        yield word.text[:-1]  # 새 총정치국장은 장길수다
    if role is not None and len(word.stem) == 3 and len(role[0]) == 2 and titled and _is_korean_name(word.stem):
        yield word.stem  # 국가보위상 김원수, where 원수 is no rank
    if chinese and role is None:
        if _is_chinese_name(word.stem) and not _is_korean_name(word.stem):
            yield word.stem
        if word.particle in _ONE_LETTER and _is_chinese_name(word.text) and not _is_korean_name(word.text):
            yield word.text


_ONE_LETTER = frozenset(("이", "은", "로", "도"))


def _is_evident(words: list[Word], k: int, name: str, text: str) -> bool:
    """Whether what stands beside a word shows that it is a name."""
    word = words[k]
    end = word.start + len(name)
    whole, rest = end == word.end, word.text[len(name) :]
    titled = not whole and role_at_end(word.stem) is not None and word.stem != name
    alone = name in LEADERS or AGE.match(text, end) is not None or rest.startswith("씨") or titled
    if alone or (whole and _title_after(words, k, text)):
        return True
    if k and text[words[k - 1].end : word.start] == " " and _is_announced(words, k, name, listed=text[end : end + 1]):
        return True
    return rest in {"은", "는", "이", "가"} and _takes_post(words, k)


def _is_announced(words: list[Word], k: int, name: str, *, listed: str) -> bool:
    """Whether the word before shows it: a title, a kin word, "대사에", "새 총정치국장은", "알려진"."""
    before, rest = words[k - 1], words[k].text[len(name) :]
    announces = before.stem in table()["announces"]["words"] and rest in _OF_SOMEBODY
    if announces or title_of(before) or (_BEARS.search(before.text) is not None and rest in _OF_NAMES):
        return True
    titled = role_at_end(before.stem) is not None and before.stem != "대사관"
    if not before.particle or before.text.endswith(("인", "이자", "이던")):
        kin = {before.stem, _FORMERLY.sub("", before.text)} & kin_words()
        return bool(kin) or (titled and (bool(rest) or not _is_title_of(words, k)))
    if titled and before.particle in {"에", "에는", "으로는", "은", "는"}:
        named = not rest and listed in {",", "("} and before.particle not in {"은", "는"}
        return named or rest in {"이", "가", "이다", "다", "을", "를", "과", "와"}
    return False


_FORMERLY = re.compile(r"(?:이자|이던|인)\Z")
_BEARS = re.compile(
    r"(?:알려진|지낸|맡은|불린|꼽힌|불리던|맡았던|맡던|이끌던|지냈던|일하던|있던|근무하던|활동하던|담당하던|꼽히던|출신의)\Z"
)


def _takes_post(words: list[Word], k: int) -> bool:
    """Whether somebody is said to get or hold a post: "최선희가 외무상에 올랐다"."""
    for word in words[k + 1 : k + 4]:
        if role_at_end(word.stem) is not None and word.particle in {"에", "에서", "으로", "로", "직을", "이", "을"}:
            return True
        if word.particle or is_verb(word):
            return False
    return False


def _is_title_of(words: list[Word], k: int) -> bool:
    """Whether the word is part of a longer title: 조직지도부 | 정치국 | 위원."""
    return words[k].stem[-1:] in "부당회처"


def _title_after(words: list[Word], k: int, text: str) -> bool:
    for m in range(k + 1, min(k + REACH, len(words))):
        if text[words[m - 1].end : words[m].start] != " " or is_verb(words[m]):
            return False
        if role_at_end(words[m].stem) is not None or words[m].stem in speakers() or title_like(words[m].stem):
            return not _is_title_of(words, k) or m > k + 1
        if words[m].particle and words[m].particle != "의":
            return False
    return False


@cache
def speakers() -> frozenset[str]:
    """Words for those who tell, not act: spokesman, lawmaker, source."""
    return frozenset(table()["role"]["speaker"])


@cache
def _acts() -> re.Pattern[str]:
    """What follows a name without a title: an event of theirs, a tie, a post."""
    deeds = {word for words in table()["event"].values() for word in words if " " not in word and len(word) <= DEED}
    told = "|".join(sorted(map(re.escape, deeds), key=len, reverse=True))
    kin = "|".join(sorted(kin_words(), key=len, reverse=True))
    return re.compile(
        rf"(?:[을를] (?:[가-힣\d]{{1,7}} ){{1,3}}(?:{told})(?:했|한|하|시)"
        rf"|(?:(?:의|을|를|이|가|은|는|도)? ?|(?:을|를|이|가|은|는|도) [가-힣\d]{{1,7}} )(?:공개 ?)?(?:{told})"
        rf"|의 (?:(?:{kin})(?:인|이자|이던)? |뒤를|후임|이름)|[은는] [가-힣]{{2,4}}의 (?:{kin})"
        r"|(?:이라는|라는) 가명|에서 [가-힣]{2,4}(?:으로|로) |(?:으로|로) (?:교체|바뀌|바꿨)|에게 (?:자리|돌아갔)| 대신|[을를] 대신"
        r"|[을를은는이가] [가-힣 ]{2,16}(?:으로|로|에) (?:소개|임명|불|호명|교체|바꿨|기용|발탁|선출))"
    )


DEED = 3
"""Letters of the longest word for an event that may show a name."""
_JOINED = re.compile(r"(?:\(\d{2}\))?(?:과 |와 |, |·)[가-힣]{3}")
OFTEN = 2
"""So often with different particles, a word that looks like a name is one."""
_OF_NAMES = frozenset({"은", "는", "이", "가", "의", "을", "를", "씨", "과", "와", "도"})


def _borne(text: str, words: list[Word], maybe: dict[str, list[int]], sure: Names) -> None:
    """Add words without a title beside them: something is done to them, or they come with several particles."""
    for name, places in maybe.items():
        ends = [(words[k].start, words[k].start + len(name)) for k in places]
        particles = {text[end : words[k].end] for k, (_, end) in zip(places, ends, strict=True)}
        acts = any(_acts().match(text, end) for _, end in ends)
        joined = any(k and words[k - 1].particle in {"와", "과"} and words[k - 1].stem in sure for k in places) or any(
            match is not None and text[match.end() - 3 : match.end()] in sure
            for match in (_JOINED.match(text, end) for _, end in ends)
        )
        three = len(name) == 3 and name[-1] not in "다돼된낸던한며고" and _is_korean_name(name)
        often = three and len(particles) >= OFTEN and bool(particles & _OF_NAMES)
        if name in sure or ((acts or joined) and particles <= _OF_SOMEBODY) or often:
            sure.setdefault(name, []).extend(ends)


_OF_SOMEBODY = _OF_NAMES | frozenset(
    ("", "도", "에서", "으로", "로", "에게", "씨는", "씨가", "까지", "만", "이라는", "라는")
)


def _is_strange(stem: str) -> bool:
    """Whether a word has a syllable that no Sino-Korean word has, and the form of no verb."""
    return (
        2 <= len(stem) <= 7
        and any(char not in _syllables() for char in stem)
        and all("가" <= char <= "힣" for char in stem)
    )


@cache
def _no_person() -> tuple[str, ...]:
    return tuple(table()["foreign"]["ends"])


def _may_be_foreign(word: Word, stem: str) -> bool:
    return not (
        stem in common()
        or stem in table()["foreign"]["lands"]
        or stem.removesuffix("인") in kin_words()
        or stem.endswith(_no_person())
        or _NO_NAME.search(stem) is not None
        or is_verb(word)
        or role_at_end(stem) is not None
        or stem in NUMERALS
        or _TELLS.search(stem) is not None
        or any(char.isdigit() or char.isascii() for char in stem)
    )


_TELLS = re.compile(
    r"(?:지\Z|밝힌|들어|숨지|가운데|지난|올해|이달|까닭|[가-힣]{2}하자|앞서|따르면|따라|비롯|망명|처형|총살|숙청|해임|임명|소환|싸인|있|없|했|됐|었|았|겠|명으|명이|차례|번째|스런|롭게|으며|[가-힣]들[은이의])"
)


def _foreign(text: str, words: list[Word], sure: Names) -> set[int]:
    """Foreign names: strange words before a title or, two together, before a particle; later one of them alone."""
    taken: set[int] = set()
    whole: dict[str, str] = {}
    k = 0
    while k < len(words):
        run = _with_last(text, words, k, _run(text, words, k))
        if run > k and _is_person(text, words, k, run):
            first, last = words[k], words[run - 1]
            stop = last.start + len(_whole(text, words, run - 1))
            name = text[first.start : stop]
            sure.setdefault(name, []).append((first.start, stop))
            alias = text[last.start : stop]
            whole[alias] = name if whole.get(alias, name) == name else ""
            taken.update(range(k, run))
            k = run
        else:
            k += 1
    known = {**{single: single for single in table()["foreign"]["leaders"]}, **whole}
    for k, word in enumerate(words):
        if k not in taken and known.get(word.stem) and word.stem not in common():
            sure.setdefault(known[word.stem], []).append((word.start, word.start + len(word.stem)))
            taken.add(k)
    return taken


def _run(text: str, words: list[Word], k: int) -> int:
    """Where the words of a foreign name that may begin at `k` end."""
    m = k
    while m < len(words) and m - k < LONGEST:
        word = words[m]
        if m > k and text[words[m - 1].end : word.start] != " ":
            break
        stem = _whole(text, words, m)
        linked = m > k and (
            words[m - 1].text in table()["foreign"]["small"] or word.text in table()["foreign"]["given"]
        )
        small = m > k and word.text in table()["foreign"]["small"] and m + 1 < len(words)
        if not small and (not _may_be_foreign(word, stem) or len(stem) < 2):
            break
        if not (small or linked or _is_strange(stem) or _strange_next(text, words, m, first=m == k)):
            break
        m += 1
        if stem != word.text:
            break
    return m


def _with_last(text: str, words: list[Word], k: int, run: int) -> int:
    """A run with one more word that sounds Sino-Korean, where a title or a country comes right after: 칼리드 아유비."""
    if run == k or run + 1 >= len(words) or run - k >= LONGEST or words[run - 1].particle:
        return run
    word, after = words[run], words[run + 1]
    if text[words[run - 1].end : word.start] != " " or not 2 <= len(word.stem) <= LONGEST:
        return run
    if word.stem[-1] in "부국성당회군원처실급" or not _may_be_foreign(word, word.stem) or word.text in {"당시", "주재"}:
        return run
    if word.particle:
        return (
            run + 1
            if run - k > 1 and _is_strange(words[k].stem) and word.particle in {"이", "가", "은", "는", "을", "를"}
            else run
        )
    titled = after.stem in known_places() or role_at_end(after.stem) is not None
    return run + 1 if titled and text[word.end : after.start] == " " else run


def _whole(text: str, words: list[Word], m: int) -> str:
    """A foreign word without its particle; what goes on with another one, or with an age, ends in none: 니콜라이."""
    word = words[m]
    if word.stem in known_places():
        return word.stem
    if text[word.end : word.end + 1] == "(" or word.text in table()["foreign"]["leaders"]:
        return word.text
    after = words[m + 1] if m + 1 < len(words) and text[word.end : words[m + 1].start] == " " else None
    letter = word.particle in {"로", "은", "가"}
    if after is not None and letter and _is_strange(word.text) and _may_be_foreign(after, after.stem):
        return word.text if _is_strange(after.stem) else word.stem
    return word.stem


def _strange_next(text: str, words: list[Word], m: int, *, first: bool) -> bool:
    """Whether a plain word opens a name whose next word is strange: 무사 | 쿠사, 호세 | 루이스."""
    after = words[m + 1] if m + 1 < len(words) else None
    short = len(words[m].stem) <= 3 and not words[m].particle
    fits = after is not None and _is_strange(after.stem) and _may_be_foreign(after, after.stem)
    before = words[m - 1] if m else None
    apart = before is None or text[before.end : words[m].start] != " " or bool(before.particle)
    opens = apart or (before is not None and role_at_end(before.stem) is not None)
    given = words[m].stem in table()["foreign"]["given"]
    return (
        short
        and fits
        and after is not None
        and text[words[m].end : after.start] == " "
        and (opens or given or not first)
    )


def _is_person(text: str, words: list[Word], k: int, run: int) -> bool:
    last = words[run - 1]
    if AGE.match(text, last.start + len(_whole(text, words, run - 1))):
        return True
    if not last.particle and _title_after(words, run - 1, text):
        return True
    before = words[k - 1] if k and text[words[k - 1].end : words[k].start] == " " else None
    titled = before is not None and not before.particle and role_at_end(before.stem) is not None
    if titled or (before is not None and before.text.removesuffix("인") in kin_words()):
        return bool(last.particle) or run - k > 1
    return run - k > 1 and bool(last.particle) and last.particle not in {"에", "에서", "로", "으로"}
