"""What stands beside a name in a Korean report, and what only looks like one."""

from __future__ import annotations

import re
from functools import cache

from ostraka.read.korean_words import Word, is_verb, known_places, role_at_end, table, title_like

REACH = 7
"""Words after a name in which its title may stand."""
LONGEST = 4
"""Words of the longest foreign name."""


@cache
def common() -> frozenset[str]:
    """Words that only look like names: posts abroad, places, common nouns."""
    rows = table()
    posted = {word for words in rows["posted"].values() for word in words}
    return (
        frozenset(posted)
        | frozenset(known_places())
        | frozenset(rows["common"]["words"] + rows["common"]["more"] + rows["announces"]["words"])
    )


@cache
def kin_words() -> frozenset[str]:
    """Words of kinship."""
    return frozenset(word for words in table()["kin"].values() for word in words)


NO_NAME = re.compile(
    r"(?:에서|에게|으로|에는|에도|까지|부터|했다|된다|한다|하며|이며|으며|전하며|라며|했던|됐던|하던|되던|다고|라고|처럼|보다|[으하]러|조차|마저|만에|하게|되게|이라|인데|는데|[를을던된됐했려며게다돼])\Z"
)


def is_title_of(words: list[Word], k: int) -> bool:
    """Whether the word is part of a longer title: 조직지도부 | 정치국 | 위원."""
    return words[k].stem[-1:] in "부당회처"


_GAPS = frozenset((" ", " 北", " 前", " 現"))
"""What stands between a name and its title, the North and "former" as headlines write them."""


def title_after(words: list[Word], k: int, text: str) -> bool:
    """Whether a title stands in the phrase after a word."""
    for m in range(k + 1, min(k + REACH, len(words))):
        if text[words[m - 1].end : words[m].start] not in _GAPS or is_verb(words[m]):
            return False
        if role_at_end(words[m].stem) is not None or words[m].stem in speakers() or title_like(words[m].stem):
            return not is_title_of(words, k) or m > k + 1
        if words[m].particle and words[m].particle != "의":
            return False
    return False


@cache
def speakers() -> frozenset[str]:
    """Words for those who tell, not act: spokesman, lawmaker, source."""
    return frozenset(table()["role"]["speaker"])
