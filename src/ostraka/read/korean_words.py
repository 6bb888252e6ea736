"""Words of Korean reports: stems and particles, roles, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ostraka.read.places import Place, PlaceKind, korean_places, read_table
from ostraka.read.tokens import word_set

WORD = re.compile(r"(?:\d+[~∼](?=\d))?[가-힣A-Za-z0-9]+(?:·[가-힣]+)*")
_PARTICLES = word_set(
    "과의 와의 입니다 이었습니다 였습니다 이라는 라는 에는 에도 에게도 으로는 로는 에서의 으로서 로서 에게는 보다 처럼 마저 조차 씨도 씨에게 에서는 에게서 으로부터 에서 에게 으로 까지 부터 이라고 라고 이며 이자 이다 은 는 이 가 을 를 의 과 와 도 로 에 만 씨는 씨가 씨를 씨의 씨와 씨"
)
_LONGEST_PARTICLE = max(map(len, _PARTICLES))
SUBJECT = ("은", "는", "이", "가", "씨는", "씨가", "도")
LEADERS = {"김일성": "KP", "김정일": "KP", "김정은": "KP"}
NUMERALS = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
    "열두": 12,
    "열세": 13,
    "열다섯": 15,
    "열네": 14,
    "열여섯": 16,
    "열일곱": 17,
    "열여덟": 18,
    "열아홉": 19,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
    "백": 100,
    "수십": 20,
    "수백": 200,
}
NUMBER = re.compile(
    rf"((?<![\d,])\d[\d,]{{0,15}}(?:[만천백] ?\d[\d,천백]{{0,15}})?|{'|'.join(sorted(NUMERALS, key=len, reverse=True))})(여)? ?"
    r"(명|건|번째|가족|세대|차례|나라|곳|사람)"
)


def number_of(words: str) -> float:
    """The number that figures or numerals mean: "2만 3천" is 23,000.

    Examples
    --------
    >>> number_of("2만 3천"), number_of("2만8946"), number_of("3만 3천882"), number_of("열두")
    (23000.0, 28946.0, 33882.0, 12.0)
    """
    if words in NUMERALS:
        return float(NUMERALS[words])
    total = part = 0.0
    for match in _PARTS.finditer(words.replace(",", "")):
        figures, unit = match[1] or "", match[2] or match[4] or ""
        value = float(figures or 1)
        if unit == "만":
            total, part = (part + value if figures else part or 1.0) * 10_000, 0.0
        else:
            part += value * _SCALES.get(unit, 1.0)
    return total + part


_SCALES = {"천": 1_000.0, "백": 100.0}
_PARTS = re.compile(r"(\d+)\s?([만천백]?)|()([만천백])")


AGE = re.compile(r"\s?\(\s?(?:당시 )?\d{1,3}세?[·,) ]")


@cache
def table() -> dict[str, Any]:
    """The table of Korean words."""
    return read_table("korean.toml")


@cache
def word_list(section: str, key: str) -> frozenset[str]:
    """One list of the table as a set."""
    return frozenset(table()[section][key])


@cache
def known_places() -> Mapping[str, Place]:
    """Korean names of countries and cities, those of the table of places and our own."""
    found = dict(korean_places())
    for code, names in table()["city"].items():
        found |= {name: Place(name, code, PlaceKind.CITY) for name in names}
    return found | {name: Place(name, "", PlaceKind.REGION) for name in word_list("region", "names")}


@cache
def _roles() -> tuple[dict[str, int], tuple[int, ...]]:
    rows = {word: int(tier) for tier, words in table()["role"].items() if tier.isdigit() for word in words}
    return rows, tuple(sorted({len(word) for word in rows}, reverse=True))


@lru_cache(maxsize=1 << 14)
def role_at_end(stem: str) -> tuple[str, int] | None:
    """The longest role word in which a stem ends, with its tier.

    Examples
    --------
    >>> role_at_end("조직지도부장"), role_at_end("현장")
    (('부장', 2), None)
    """
    rows, lengths = _roles()
    for length in lengths:
        end = stem[-length:]
        if len(end) == length and end in rows:
            return None if stem in word_list("role", "none") or stem.endswith(_NO_ROLES) else (end, rows[end])
    return None


_NO_ROLES = (
    "비행장",
    "수용소장",
    "기자회견장",
    "회의장",
    "행사장",
    "공연장",
    "정거장",
    "경기장",
    "사격장",
    "처형장",
    "훈련장",
    "연회장",
)
_TITLE = re.compile(
    r"[가-힣\d]{1,8}(?:장|관|상|원|위원|의원|비서|총리|주석|교수|대표|감독|서기|책임자|관리|특사|차관|보좌관|연구원)\Z"
)


def title_like(stem: str) -> bool:
    """Whether a word has the form of a title, known or not: "수석연구위원", "국가보위상"."""
    return len(stem) > 2 and _TITLE.match(stem) is not None and stem not in word_list("role", "none")


_VERB = re.compile(
    r"(?:[했됐었았였왔갔있없겠이]다|한다|된다|다고|라고|다며|라며|다는|라는|면서|지만|는데|으나|[가-힣]고|[하되이됐했었았]며|[가-힣]으며|[하되]자|[하되]여"
    r"|[가-힣]던|[하되있없맡받]는|들리는|[받맡않같잃]은|오른|이른|따른|벌인|보인|높인|쓰인|[려혀어겨뤄아빠숨해]진|만든|[불열밀몰돌끌팔알살올걸흘달틀굴]린"
    r"|[어아나]온|[나떠러]난|[너어아나려녀]간|않[아고은는]|이끈|못한|[감갖맞]춘|[해보지꺼타]낸|나와|다가|[어아]져|려던|[한된할될]|되어|돼|해서|인용해|이끌던|둘러싼|[가-힣][해]"
    r"|[시당][켰한]|[가-힣]려|[아어]서)\Z"
)
_NOUNS_LIKE_VERBS = word_set(
    "북한 남한 권한 기한 제한 시한 역할 분할 관할 지난해 올해 그해 피해 이듬해 새해 동해 서해 남해 방해 손해 재해 수해 같은해 캐나다 한 창고 최고 보고 경고 광고 사고 신고 예고 선고 해고 재고 권고 국고 금고 참고 충고 원고 피고 중고"
)


_SHORT_VERBS = word_set("온 간 낸 준 본 된 할 될 산 진")


def title_of(word: Word) -> str:
    """The title in "제1비서였던", "대사이자"; empty where there is none."""
    bare = _FORMER.sub("", word.text)
    return bare if bare != word.text and role_at_end(bare) is not None else ""


def is_verb(word: Word) -> bool:
    """Whether a word has the ending of a verb, so that no noun phrase goes on across it."""
    if word.text.removeprefix("주") in known_places():
        return False
    return word.text in _SHORT_VERBS or (_VERB.search(word.text) is not None and word.text not in _NOUNS_LIKE_VERBS)


_AFTER_CONSONANT = frozenset(("은", "이", "을", "과", "으로", "이라는", "이라고", "이며", "이자", "이다"))
_AFTER_VOWEL = frozenset(("는", "가", "를", "와", "라는", "라고"))


def _agrees(text: str, particle: str) -> bool:
    """Whether a particle has the form that the letter before it asks for: 세르게이 ends in none.

    Examples
    --------
    >>> _agrees("장관이", "이"), _agrees("니콜라이", "이"), _agrees("서울로", "로")
    (True, False, True)
    """
    if len(text) <= len(particle):
        return True
    last = ord(text[-len(particle) - 1]) - _FIRST_LETTER
    if not 0 <= last < _LETTERS:
        return True
    final = last % _FINALS
    if particle == "로":
        return final in {0, _RIEUL}
    return final != 0 if particle in _AFTER_CONSONANT else final == 0 or particle not in _AFTER_VOWEL


_FIRST_LETTER, _LETTERS, _FINALS, _RIEUL = 0xAC00, 11_172, 28, 8
"""Hangul syllables begin here, so many, in blocks of so many final consonants; the place of ㄹ among them."""
_PROVINCES = (
    "경북도",
    "경남도",
    "안북도",
    "안남도",
    "해북도",
    "해남도",
    "청북도",
    "청남도",
    "라북도",
    "라남도",
    "상북도",
    "상남도",
    "양강도",
    "함경도",
    "강원도",
    "황해도",
    "평안도",
    "자강도",
    "태권도",
    "제주도",
)
_WHOLE = word_set(
    "속도 정도 제도 지도 보도 태도 시도 의도 인도 유도 용도 고도 강도 사이 아이 나이 높이 같이 많이 먹이 종이 평가 작가 증가 추가 휴가"
    " 참가 허가 대가 물가 주로 스스로 바로 서로 따로 새로 홀로 별로 대로 경로 통로 도로 진로 결과 효과 성과 경과 통과 초과 사과 최초로"
    " 국가 거의 회의 주의 외화벌이 돈벌이 어린이 늙은이 젊은이 본보기 아무도 아직도 이미 모두 함께"
)
"""Words that end like a particle and have none."""
_NOT_OWNERS = ("회의", "주의", "협의", "결의", "합의", "논의", "항의", "명의", "동의", "정의")
_ONE_LETTER = frozenset("등뒤그씨딸형처왕명곳건둘셋넷것당군북남끝")
"""Nouns of one letter that take a particle; others of that length are left whole."""


_FORMER = re.compile(r"(?:이었던|였던|이던|출신인|이자|인)\Z")


@dataclass(slots=True)
class Word:
    """One word: its stem without particle, the particle, and where it stands in the text."""

    text: str
    stem: str
    particle: str
    start: int
    end: int


def split_word(text: str, start: int) -> Word:
    """A word with its particle taken off.

    Examples
    --------
    >>> word = split_word("외교관이", 0)
    >>> word.stem, word.particle
    ('외교관', '이')
    """
    whole = Word(text, text, "", start, start + len(text))
    if text in _WHOLE or text.endswith(_PROVINCES):
        return whole
    if text[0].isdigit() and text.endswith("만"):
        return whole
    least = 1 if text[0] in _ONE_LETTER else 2
    for length in range(min(_LONGEST_PARTICLE, len(text) - least), 0, -1):
        particle = text[-length:]
        if particle == "의" and text.endswith(_NOT_OWNERS) and not text.endswith(("위원회의", "의회의", "국회의")):
            return whole
        stem = text[:-length]
        if particle in _PARTICLES and (len(stem) > 1 or length + 1 == len(text)) and _agrees(text, particle):
            return Word(text, stem, particle, start, start + len(text))
    return whole
