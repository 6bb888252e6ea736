"""Names in a Korean report: Korean ones by their form and what stands beside them, foreign ones by their sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ostraka.read.korean_beside import LONGEST, NO_NAME, common, is_title_of, kin_words, title_after
from ostraka.read.korean_foreign import Names, find_foreign
from ostraka.read.korean_words import AGE, LEADERS, Word, is_verb, known_places, role_at_end, table, title_of, word_list
from ostraka.read.titles import korean_families


def _is_korean_name(stem: str) -> bool:
    families = korean_families()
    if not 2 < len(stem) <= LONGEST or stem in common() or NO_NAME.search(stem) is not None:
        return False
    if stem[0] == "주" and stem[1:] in known_places():
        return False
    hangul = all("가" <= char <= "힣" for char in stem) and not _NO_SYLLABLES & set(stem) and stem[-1] not in "르키직고"
    return hangul and ((len(stem) == 3 and stem[0] in families) or (len(stem) == 4 and stem[:2] in families))


_NO_SYLLABLES = frozenset("튜브크트프츠즈까뜨쓰쪽들급")
"""Syllables of loan words and of plain Korean that no name of ours has."""


@cache
def _chinese_families() -> frozenset[str]:
    return frozenset(table()["foreign"]["chinese"])


def _is_chinese_name(stem: str) -> bool:
    if not 2 <= len(stem) <= LONGEST or stem in common() or NO_NAME.search(stem) is not None:
        return False
    return any(stem.startswith(family) and len(stem) > len(family) for family in _chinese_families())


_ANONYMOUS = re.compile(r"(?<![가-힣])([가-힣]모)(?= ?(?:\(\d{2}|씨))")
"""A family name with 모: "a certain Kim"."""


def apart(word: str, at: int) -> list[tuple[str, int]]:
    """A word, or the names that a point joins in it, with their offsets: 김용진·최영건."""
    parts = word.split("·")
    if len(parts) < 2 or not all(_is_korean_name(part) for part in parts[:-1]):
        return [(word, at)]
    starts = [at + sum(len(part) + 1 for part in parts[:n]) for n in range(len(parts))]
    return list(zip(parts, starts, strict=True))


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
    taken = find_foreign(text, words, sure)
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
    if _has_title_at_once(text, words, k):
        return True
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


def _has_title_at_once(text: str, words: list[Word], k: int) -> bool:
    """Whether two letters at the head of a phrase have a diplomat's or a minister's title right after: 강철 | 북한대사."""
    word, after = words[k], words[k + 1] if k + 1 < len(words) else None
    before = words[k - 1] if k else None
    if after is None or word.particle or len(word.stem) != 2 or text[word.end : after.start] != " ":
        return False
    if word.stem[0] not in korean_families() or word.stem in common() or role_at_end(word.stem) is not None:
        return False
    apart = before is None or bool(before.particle) or is_verb(before) or text[before.end : word.start] != " "
    return apart and _OFFICES.search(after.stem) is not None and word.stem not in kin_words()


_OFFICES = re.compile(
    r"(?:대사|공사|참사|서기관|대사대리|외무상|국방상|총참모장|총정치국장|제1부부장|국가보위상|차수)\Z"
)


def _candidates(word: Word, *, chinese: bool, titled: bool) -> Iterator[str]:
    """The names a word may begin with, the likelier first."""
    if not word.particle and word.text[-1:] in "한된던":
        return
    role = role_at_end(word.stem)
    if role is not None and _is_korean_name(word.stem[: -len(role[0])]):
        yield word.stem[: -len(role[0])]
    elif role is None and _is_korean_name(word.stem):
        yield word.stem
    elif role is None and _is_whole(word):
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


def _is_whole(word: Word) -> bool:
    """Whether the particle of a word of three letters may be the end of a name: 고영만, 김동도."""
    ends = word.particle in _ONE_LETTER or word.particle == "만"
    return len(word.text) == 3 and ends and word.stem not in common() and _is_korean_name(word.text)


def _is_evident(words: list[Word], k: int, name: str, text: str) -> bool:
    """Whether what stands beside a word shows that it is a name."""
    word = words[k]
    end = word.start + len(name)
    whole, rest = end == word.end, word.text[len(name) :]
    titled = not whole and role_at_end(word.stem) is not None and word.stem != name
    alone = name in LEADERS or AGE.match(text, end) is not None or rest.startswith("씨") or titled
    if alone or (whole and title_after(words, k, text)):
        return True
    if k and text[words[k - 1].end : word.start] == " " and _is_announced(words, k, name, listed=text[end : end + 1]):
        return True
    others = words[k + 1].text if k + 1 < len(words) and text[end : end + 1] == " " else ""
    if whole and name[-1] in _LAST and len(name) == len("김철수") and _AND_OTHERS.match(others) is not None:
        return True
    if rest in {"은", "는", "이", "가", "도"} and _heads(text, words, k, name):
        return True
    return rest in {"은", "는", "이", "가"} and _takes_post(words, k)


_AND_OTHERS = re.compile(r"등(?:은|이|을|도|의)?\Z")
_LAST = frozenset(
    "철호일수진길남선희혁학용춘만식준경현민기근봉룡림복금옥순숙화란천훈강규환승창형섭택헌배익성광욱심영정명률범렬걸삼묵찬덕국서휘익"
)
"""Letters in which given names of the North end."""
_OPENERS = frozenset(("북한", "또", "한편", "반면", "이어", "특히", "앞서", "이후"))


def _heads(text: str, words: list[Word], k: int, name: str) -> bool:
    """Whether a sentence that tells of a deed begins with a word that has the form of a name: "리병철이 해임됐다"."""
    if len(name) != 3 or name[-1] not in _LAST:
        return False
    before = text[: words[k].start].rstrip(" \"'“‘")
    last = words[k - 1] if k else None
    opens = (
        not before
        or before[-1] in ".\n:▲"
        or (last is not None and (last.text in _OPENERS or (is_verb(last) and last.text[-1] in "며고")))
    )
    stop = text.find(". ", words[k].end)
    return opens and _deeds().search(text, words[k].end, stop if stop >= 0 else len(text)) is not None


@cache
def _deeds() -> re.Pattern[str]:
    words = {word for rows in table()["event"].values() for word in rows if len(word) > 1}
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _is_announced(words: list[Word], k: int, name: str, *, listed: str) -> bool:
    """Whether the word before shows it: a title, a kin word, "대사에", "새 총정치국장은", "알려진"."""
    before, rest = words[k - 1], words[k].text[len(name) :]
    announces = (
        bool({before.stem, _FORMERLY.sub("", before.text)} & word_list("announces", "words")) and rest in _OF_SOMEBODY
    )
    if _befallen().search(before.text) is not None and rest in _OF_NAMES:
        return True
    if announces or title_of(before) or (_BEARS.search(before.text) is not None and rest in _OF_NAMES):
        return True
    titled = role_at_end(before.stem) is not None and before.stem != "대사관"
    if not before.particle or before.text.endswith(("인", "이자", "이던")):
        kin = {before.stem, _FORMERLY.sub("", before.text)} & kin_words()
        return bool(kin) or (titled and (bool(rest) or not is_title_of(words, k)))
    if titled and before.particle in {"에", "에는", "으로는", "은", "는", "이", "가"}:
        named = not rest and listed in {",", "("} and before.particle not in {"은", "는"}
        return named or rest in {"이", "가", "이다", "다", "을", "를", "과", "와", "에서"}
    return False


_FORMERLY = re.compile(r"(?:이자|이던|인)\Z")
_BEARS = re.compile(
    r"(?:알려진|지낸|맡은|불린|꼽힌|불리던|맡았던|맡던|이끌던|지냈던|일하던|있던|근무하던|활동하던|담당하던|꼽히던|출신의|돌던|(?:잃|물러났|쫓겨났|밀려났|사라졌|달아났|떠났)(?:었)?던|잃은|물러난|쫓겨난|밀려난|달아난)\Z"
)


_OF_POSTS = frozenset(("에", "에서", "으로", "로", "직을", "이", "을", "와", "과"))


@cache
def _befallen() -> re.Pattern[str]:
    """A word that tells what befell the one named next: "망명한 | 김철수", "처형된 | 리영호"."""
    deeds = {word for words in table()["event"].values() for word in words if " " not in word and 1 < len(word) <= DEED}
    told = "|".join(sorted(map(re.escape, deeds), key=len, reverse=True))
    return re.compile(rf"(?:{told})(?:한|된|당한|했던|됐던|받은|해온)\Z")


def _takes_post(words: list[Word], k: int) -> bool:
    """Whether somebody is said to get or hold a post: "최선희가 외무상에 올랐다"."""
    for word in words[k + 1 : k + 4]:
        if role_at_end(word.stem) is not None and word.particle in _OF_POSTS:
            return True
        if word.particle or is_verb(word):
            return False
    return False


@cache
def _acts() -> re.Pattern[str]:
    """What follows a name without a title: an event of theirs, a tie, a post."""
    deeds = {word for words in table()["event"].values() for word in words if " " not in word and len(word) <= DEED}
    told = "|".join(sorted(map(re.escape, deeds), key=len, reverse=True))
    kin = "|".join(sorted(kin_words(), key=len, reverse=True))
    return re.compile(
        rf"(?:[을를] (?:[가-힣\d]{{1,7}} ){{1,3}}(?:{told})(?:했|한|하|시|다|고)"
        rf"|(?:(?:의|을|를|이|가|은|는|도)? ?|(?:을|를|이|가|은|는|도) [가-힣\d]{{1,7}} )(?:공개 ?)?(?:{told})"
        rf"|의 (?:(?:{kin})(?:인|이자|이던)? |뒤를|후임|이름)|[은는] [가-힣]{{2,4}}의 (?:{kin})"
        r"|[은는이가도] (?:그(?:의)? )?뒤를 이|[이가] 맡(?:았|게|는)|[을를] (?:비롯|포함)"
        r"|(?:이라는|라는) 가명|에서 [가-힣]{2,4}(?: [가-힣\d]{2,10}){0,3}(?:으로|로) (?:교체|바뀌|바뀐|바꿨)| (?:이후|이래) (?:처음|첫|[가-힣\d]{1,4} ?번째|[가-힣\d]{1,4} 만)|(?:으로|로) (?:교체|바뀌|바꿨)|에게 (?:자리|돌아갔)| 대신|[을를] (?:대신|밀어내)"
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
        joined = any(
            k and words[k - 1].particle in {"와", "과", "에서"} and words[k - 1].stem in sure for k in places
        ) or any(
            match is not None and text[match.end() - 3 : match.end()] in sure
            for match in (_JOINED.match(text, end) for _, end in ends)
        )
        three = len(name) == 3 and name[-1] not in "다돼된낸던한며고" and _is_korean_name(name)
        often = three and len(particles) >= OFTEN and bool(particles & _OF_NAMES)
        if name in sure or ((acts or joined) and particles <= _OF_SOMEBODY) or often:
            sure.setdefault(name, []).extend(ends)


_OF_SOMEBODY = _OF_NAMES | frozenset(
    ("", "도", "에서", "으로", "로", "에게", "씨는", "씨가", "까지", "만", "이라는", "라는", "이다", "이라고")
)
