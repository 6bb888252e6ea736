"""Foreign names in a Korean report: known by syllables that no Sino-Korean word has, and by the title beside them."""

from __future__ import annotations

import re
from functools import cache

from ostraka.read.korean_beside import LONGEST, NO_NAME, common, kin_words, title_after
from ostraka.read.korean_words import AGE, NUMERALS, Word, is_verb, known_places, role_at_end, table, word_list

Names = dict[str, list[tuple[int, int]]]
"""Names with the places where each stands."""


@cache
def _syllables() -> frozenset[str]:
    return frozenset(table()["syllable"]["sino"])


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
        or stem.removeprefix("주") in known_places()
        or (stem[-1] == "성" and len(stem) > 2)
        or (stem[-1] in "어인산제시주" and stem[:-1] in known_places())
        or stem in word_list("foreign", "lands")
        or stem.removesuffix("인") in kin_words()
        or stem.endswith(_no_person())
        or NO_NAME.search(stem) is not None
        or is_verb(word)
        or role_at_end(stem) is not None
        or stem in NUMERALS
        or _TELLS.search(stem) is not None
        or any(char.isdigit() or char.isascii() for char in stem)
    )


_TELLS = re.compile(
    r"(?:지\Z|밝힌|들어|숨지|가운데|지난|올해|이달|까닭|[가-힣]{2}하자|앞서|따르면|따라|비롯|망명|처형|총살|숙청|해임|임명|소환|싸인|있|없|했|됐|었|았|겠|명으|명이|차례|번째|스런|롭게|으며|[가-힣]들[은이의])"
)


def find_foreign(text: str, words: list[Word], sure: Names) -> set[int]:
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
            if run == k + 1 and whole.get(name, name) != name and whole[name]:
                sure[whole[name]].append(sure.pop(name)[0])
                taken.add(k)
                k = run
                continue
            whole[alias] = name if whole.get(alias, name) == name else ""
            taken.update(range(k, run))
            k = run
        else:
            k += 1
    known = {**{single: single for single in word_list("foreign", "leaders")}, **whole}
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
            words[m - 1].text in word_list("foreign", "small") | word_list("foreign", "given")
            or word.text in word_list("foreign", "given")
        )
        small = m > k and word.text in word_list("foreign", "small") and m + 1 < len(words)
        if not small and (not _may_be_foreign(word, stem) or len(stem) < 2):
            break
        if not (small or linked or _is_strange(stem) or _strange_next(text, words, m, first=m == k)):
            break
        m += 1
        if stem != word.text:
            break
    return m


_SERVED = ("군", "대", "은행", "그룹", "부", "청", "국", "원", "당", "위원회", "사령부", "회사", "통신", "방송")
"""Ends of bodies that stand between a name and a title."""


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
    served = after.stem.endswith(_SERVED) and not after.particle and title_after(words, run, text)
    titled = titled or (served and word.stem not in word_list("foreign", "fields"))
    return run + 1 if titled and text[word.end : after.start] == " " else run


def _whole(text: str, words: list[Word], m: int) -> str:
    """A foreign word without its particle; what goes on with another one, or with an age, ends in none: 니콜라이."""
    word = words[m]
    if word.stem in known_places():
        return word.stem
    if text[word.end : word.end + 1] == "(" or word.text in word_list("foreign", "leaders"):
        return word.text
    if word.particle.startswith("로") and f"{word.stem}로" in word_list("foreign", "leaders"):
        return f"{word.stem}로"
    after = words[m + 1] if m + 1 < len(words) and text[word.end : words[m + 1].start] == " " else None
    letter = word.particle in {"로", "은", "가"}
    if after is not None and letter and _is_strange(word.text) and _may_be_foreign(after, after.stem):
        return word.text if _is_strange(after.stem) or word.text in word_list("foreign", "given") else word.stem
    return word.stem


_ARTICLES = frozenset(("알", "엘", "빈", "이븐"))


def _strange_next(text: str, words: list[Word], m: int, *, first: bool) -> bool:
    """Whether a plain word opens a name whose next word is strange: 무사 | 쿠사, 호세 | 루이스."""
    after = words[m + 1] if m + 1 < len(words) else None
    if after is not None and after.text in _ARTICLES and m + 2 < len(words) and not words[m].particle:
        return text[words[m].end : words[m + 2].start] == f" {after.text} "
    short = len(words[m].stem) <= 3 and not words[m].particle
    fits = after is not None and _is_strange(after.stem) and _may_be_foreign(after, after.stem)
    before = words[m - 1] if m else None
    apart = before is None or text[before.end : words[m].start] != " " or bool(before.particle) or is_verb(before)
    opens = apart or (before is not None and (role_at_end(before.stem) is not None or before.stem in kin_words()))
    given = words[m].stem in word_list("foreign", "given")
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
    if not last.particle and title_after(words, run - 1, text):
        return True
    before = words[k - 1] if k and text[words[k - 1].end : words[k].start] == " " else None
    titled = before is not None and not before.particle and role_at_end(before.stem) is not None
    if titled or (before is not None and before.text.removesuffix("인") in kin_words()):
        return bool(last.particle) or run - k > 1
    return run - k > 1 and bool(last.particle) and last.particle not in {"에", "에서", "로", "으로"}
