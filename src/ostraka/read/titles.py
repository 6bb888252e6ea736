"""Words beside a name: ranks, honorifics, posts, kin; and the words that families and particles are made of.

The tables are data (``tables/titles.toml``, ``tables/families_ko.csv``, ``tables/particles.toml``); this
module only reads them. A title says what somebody is called, never who they are, so it is taken off before
two names are compared.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LONGEST_NAME = 400
"""Characters of a name that are looked at; what is longer is not a name."""
LONGEST_WORD = 40
MANY_WORDS = 20_000
"""Words whose form is kept, so that a report pays once for a word it repeats."""

_TABLES = files("ostraka.read") / "tables"
_WORD = re.compile(r"[^\s,;]+|,")
_EDGES = '.:;·"“”«»()[]'
_TITLE_KINDS = ("honorific", "comrade", "rank", "diplomatic", "state", "party", "security")
_ATTACHED = 2
_ASCII_MARKS = str.maketrans("", "", "'`-")


def table(name: str) -> str:
    """One of the package's tables as text."""
    return (_TABLES / name).read_text(encoding="utf-8")


@cache
def _parsed(name: str) -> Mapping[str, Any]:
    return tomllib.loads(table(name))


@cache
def _titles() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    kinds = {
        kind: {lang: tuple(words) for lang, words in langs.items()}
        for kind, langs in _parsed("titles.toml").items()
        if kind != "soft"
    }
    return MappingProxyType(kinds)


@cache
def _soft() -> frozenset[str]:
    return frozenset(_parsed("titles.toml")["soft"])


def lexicon(kind: str, lang: str = "en") -> tuple[str, ...]:
    """Words of one kind in one language, as the table has them.

    Parameters
    ----------
    kind : str
        ``honorific``, ``comrade``, ``rank``, ``diplomatic``, ``state``, ``party``, ``security`` or ``kin``.
    lang : str
        Two-letter code; a language without entries gives an empty tuple.

    Returns
    -------
    tuple of str
        English words in lower case and without full stops.

    Examples
    --------
    >>> "chargé d'affaires" in lexicon("diplomatic"), "부부장" in lexicon("party", "ko")
    (True, True)
    """
    return _titles().get(kind, {}).get(lang, ())


@cache
def particles(kind: str) -> frozenset[str]:
    """Small words inside names: ``article``, ``servant``, ``filiation``, ``father_of``, ``nobiliary``, ``suffix``.

    Examples
    --------
    >>> "al" in particles("article"), "bin" in particles("filiation")
    (True, True)
    """
    return frozenset(_parsed("particles.toml")[kind])


@cache
def korean_families() -> Mapping[str, frozenset[str]]:
    """Korean family names: a romanised form (folded) or the Hangul itself, to the Hangul it may stand for.

    Examples
    --------
    >>> sorted(korean_families()["lee"])
    ['리', '이']
    """
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(table("families_ko.csv").splitlines()):
        for form in (row["hangul"], *row["latin"].split()):
            found.setdefault(fold(form), set()).add(row["hangul"])
    return MappingProxyType({form: frozenset(hangul) for form, hangul in found.items()})


def fold(word: str) -> str:
    """Lower case without marks, apostrophes and hyphens: the form in which words are looked up.

    Examples
    --------
    >>> fold("Ch'oe"), fold("Sŏ"), fold("김")
    ('choe', 'so', '김')
    """
    return _kept_fold(word) if len(word) <= LONGEST_WORD else _fold(word)


def _fold(word: str) -> str:
    if word.isascii():
        return word.translate(_ASCII_MARKS).lower()
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return re.sub(r"['’‘ʼʻ`´ʾʿ-]", "", unicodedata.normalize("NFC", bare)).casefold()


_kept_fold = lru_cache(maxsize=MANY_WORDS)(_fold)


def is_korean_family(token: str) -> bool:
    """Whether a word is a Korean family name in Hangul or in any usual romanisation.

    Parameters
    ----------
    token : str
        One word, in any case, with or without the marks of McCune-Reischauer.

    Returns
    -------
    bool
        Homographs are families too (``Song``, ``So``, ``Son``): the words around them decide.

    Examples
    --------
    >>> [is_korean_family(word) for word in ("Thae", "CH'OE", "류", "Putin")]
    [True, True, True, False]
    """
    return fold(token) in korean_families()


@cache
def _phrases() -> frozenset[tuple[str, ...]]:
    words = {word for kind in _TITLE_KINDS for lang in _titles()[kind].values() for word in lang}
    return frozenset(tuple(_plain(part) for part in word.split()) for word in words)


@cache
def _longest_phrase() -> int:
    return max(map(len, _phrases()))


@cache
def _attached_titles() -> tuple[str, ...]:
    """Korean and Chinese titles that are written on to a name, longest first."""
    words = {word for kind in _TITLE_KINDS for lang in ("ko", "zh") for word in lexicon(kind, lang)}
    attached = {word for word in words if " " not in word and len(word) >= _ATTACHED} | {"씨", "님"}
    return tuple(sorted(attached, key=lambda word: (-len(word), word)))


def _plain(token: str) -> str:
    return token.strip(_EDGES).replace(".", "").replace("’", "'").casefold()


def strip_titles(name: str) -> tuple[str, tuple[str, ...]]:
    """Take off the titles before and after a name.

    Parameters
    ----------
    name : str
        A name as a report has it: ``"Brig. Gen. Manaf Tlass"``, ``"태영호 공사"``, ``"Jo, ambassador"``.

    Returns
    -------
    tuple of (str, tuple of str)
        The bare name (empty if there is nothing but titles) and the titles as written, in order.

    Notes
    -----
    Words that are names as well (*Sultan*, *Major*) go only where two parts of a name remain.

    Examples
    --------
    >>> strip_titles("Brig. Gen. Manaf Tlass")
    ('Manaf Tlass', ('Brig. Gen.',))
    >>> strip_titles("김동수씨")
    ('김동수', ('씨',))
    """
    words = _trim(_WORD.findall(unicodedata.normalize("NFC", name[:LONGEST_NAME])))
    before: list[str] = []
    after: list[str] = []
    while words:
        n_titles = len(before) + len(after)
        words, leading = _strip_leading(words)
        words, trailing = _strip_trailing(words)
        words, attached = _strip_attached(_trim(words))
        before, after = [*before, *leading], [*attached, *trailing, *after]
        if len(before) + len(after) == n_titles:
            break
    return " ".join(words).replace(" ,", ","), (*before, *after)


def _trim(words: list[str]) -> list[str]:
    """Without the commas at either end."""
    while words[:1] == [","]:
        words = words[1:]
    while words[-1:] == [","]:
        words = words[:-1]
    return words


def _match(words: list[str], positions: Iterable[range]) -> range | None:
    for span in positions:
        if span and tuple(_plain(words[i]) for i in span) in _phrases():
            return span
    return None


def _is_soft(words: list[str], span: range) -> bool:
    rest = len(words) - len(span)
    return rest < 2 and len(span) == 1 and _plain(words[span[0]]) in _soft() and rest > 0


def _is_syllable(word: str) -> bool:
    """One Hangul syllable before a name is its family (전, 양), never a title."""
    return len(word) == 1 and _is_hangul(word)


def _strip_leading(words: list[str]) -> tuple[list[str], list[str]]:
    titles: list[str] = []
    while words:
        span = _match(words, (range(n) for n in range(min(len(words), _longest_phrase()), 0, -1)))
        if span is None or _is_soft(words, span) or _is_syllable(words[0]):
            return words, titles
        titles.append(" ".join(words[: len(span)]))
        words = words[len(span) :]
        words = _trim(words)
    return words, titles


def _strip_trailing(words: list[str]) -> tuple[list[str], list[str]]:
    titles: list[str] = []
    while words:
        span = _match(words, _tails(words))
        if span is None or len(span) == len(words):
            return words, titles
        titles.insert(0, " ".join(words[span.start :]))
        words = words[: span.start]
        words = _trim(words)
    return words, titles


def _tails(words: list[str]) -> Iterator[range]:
    """Latin titles follow a comma; Korean and Chinese ones follow the name at once."""
    for n in range(min(len(words) - 1, _longest_phrase()), 0, -1):
        start = len(words) - n
        if words[start - 1] == "," or not words[start].isascii():
            yield range(start, len(words))


def _strip_attached(words: list[str]) -> tuple[list[str], list[str]]:
    if not words or words[-1].isascii():
        return words, []
    for title in _attached_titles():
        bare = words[-1].removesuffix(title)
        if bare != words[-1] and _is_whole_name(bare):
            return [*words[:-1], bare], [title]
    return words, []


def _is_whole_name(word: str) -> bool:
    """Long enough to stand without what was written on to it."""
    return (len(word) >= 3 and _is_hangul(word) and is_korean_family(word[0])) or (len(word) >= 2 and _is_han(word))


def _is_han(word: str) -> bool:
    return all("\u3400" <= c <= "\u9fff" for c in word)


def _is_hangul(word: str) -> bool:
    return all("가" <= c <= "힣" for c in word)
