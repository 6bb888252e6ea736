"""One name taken apart once: script, words, and its readings as Korean, as Chinese and by sound."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ostraka.read.names_chinese import ChineseReading, read_chinese
from ostraka.read.names_han import simplified
from ostraka.read.names_kana import kana_to_latin
from ostraka.read.names_korean import KoreanReading, read_korean
from ostraka.read.names_words import Words, words_of
from ostraka.read.titles import LONGEST_NAME, strip_titles

_SCRIPTS = (
    ("hangul", re.compile("[가-힣ᄀ-ᇿ]")),
    ("kana", re.compile("[\u3041-\u3096\u30a1-\u30fa]")),
    ("han", re.compile("[\u3400-\u9fff\uf900-\ufaff]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff]")),
)
_GAPS = {ord(gap): " " for gap in "\u200c\u30fb\uff1d=\u30a0"}
_HYPHENS = re.compile("[\u2010-\u2015\u2212\uff0d\u00ad_]")
_APOSTROPHES = re.compile("[‘’ʼʻ`´ʾʿʹ＇]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u0652\u0670]")
_JOINED_ARTICLE = re.compile("(?<=\\b[AE]l)(?=[A-Z][a-z])")
_RUN_TOGETHER = re.compile(r"(?<!\bMc)(?<!\bMac)(?<=[a-z]{2})(?=[A-Z][a-z])")
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u052f])\w+")
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЈѕаеокрсухіј", "ABEKMHOPCTYXIJsaeokpcyxij")
_KOREAN_SCRIPTS = frozenset(("latin", "cyrillic", "hangul", "han", "kana"))
_KEPT_MARKS = "ŏŭüşšçčćžżğıłđəßæø"


@dataclass(frozen=True)
class NameForm:
    """A name without titles: its `script`, the `words` it is made of and the plain text of them.

    `is_mixed` marks a word of Latin and Cyrillic letters, as in a forged spelling; it is read as Latin.
    """

    script: str
    words: tuple[str, ...]
    plain: str
    is_mixed: bool = False

    @cached_property
    def korean(self) -> tuple[KoreanReading, ...]:
        """Readings as a Korean name."""
        return read_korean(self.words, self.script) if self.script in _KOREAN_SCRIPTS else ()

    @cached_property
    def chinese(self) -> tuple[ChineseReading, ...]:
        """Readings as a Chinese name."""
        return read_chinese(self.words, self.script) if self.script in {"latin", "han"} else ()

    @cached_property
    def sounded(self) -> Words:
        """The name as words with sounds; without parts in a script that has no letters for sounds."""
        has_sounds = self.script in {"latin", "cyrillic", "arabic"}
        return words_of(self.words, self.script) if has_sounds else Words((), self.script)

    @property
    def is_east_asian(self) -> bool:
        """Whether the name is in an East Asian script or can be read as Korean or Chinese."""
        return self.script in {"hangul", "han", "kana"} or bool(self.korean or self.chinese)

    @cached_property
    def is_partial(self) -> bool:
        """A family name or a given name alone, with or without initials: not enough to be one person."""
        if self.script in {"hangul", "han"}:
            return len(self.plain) < 2 or (len(self.plain) == 2 and not self.korean and not self.chinese)
        return len(self.words) < 2 or (len(self.sounded.parts) < 2 and bool(self.sounded.initials) and not self.korean)

    @cached_property
    def as_family(self) -> tuple[KoreanReading, ...]:
        """A single word as a Korean family name."""
        given = {"hangul": "철", "han": "哲", "latin": "chol", "cyrillic": "чхоль", "kana": "choru"}.get(self.script)
        return self._completed("", given) if given else ()

    @cached_property
    def as_given(self) -> tuple[KoreanReading, ...]:
        """A single word as a Korean given name of two syllables."""
        family = {"hangul": "김", "han": "金", "latin": "kim", "cyrillic": "ким", "kana": "kimu"}.get(self.script)
        return tuple(r for r in self._completed(family, "") if len(r.given) == 2) if family else ()

    def _completed(self, before: str, after: str) -> tuple[KoreanReading, ...]:
        if not self.is_partial:
            return ()
        readings = read_korean(tuple(filter(None, (before, *self.words, after))), self.script)
        return tuple(reading for reading in readings if reading.cost == 0)

    @property
    def key(self) -> str:
        """The spelling without spaces and hyphens."""
        return self.plain.replace(" ", "").replace("-", "")


@lru_cache(maxsize=8192)
def form_of(name: str) -> NameForm:
    """Take one name apart.

    Parameters
    ----------
    name : str
        As a report has it; titles are taken off, ``Family, Given`` is turned round.

    Returns
    -------
    NameForm

    Examples
    --------
    >>> form_of("Deputy Ambassador THAE Yong Ho").words
    ('thae', 'yong', 'ho')
    >>> form_of("al-Assad, Bashar").words
    ('bashar', 'al-assad')
    """
    clean = _clean(name[:LONGEST_NAME])
    latin = _MIXED.sub(lambda word: word[0].translate(_LOOK_ALIKES), clean)
    bare, _ = strip_titles(latin)
    script = _script(bare)
    turned = _turn(bare, script)
    words = tuple(filter(None, (_word(word, script) for word in turned.split())))
    return NameForm(script, words, " ".join(words), is_mixed=latin != clean)


def _clean(name: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name).translate(_GAPS))
    text = _BRACKETED.sub(" ", text) if _BRACKETED.sub("", text).strip() else text
    text = _JOINED_ARTICLE.sub("-", _APOSTROPHES.sub("'", _HYPHENS.sub("-", text)))
    return text if " " in text.strip() else _RUN_TOGETHER.sub(" ", text)


def _script(text: str) -> str:
    counts = {script: len(pattern.findall(text)) for script, pattern in _SCRIPTS}
    script = max(counts, key=lambda key: counts[key])
    return script if counts[script] else ("other" if any(c.isalpha() for c in text) else "")


def _turn(bare: str, script: str) -> str:
    """``Assad, Bashar`` and ``ASSAD Bashar`` as ``Bashar Assad``; East Asian names keep their order."""
    family, comma, given = bare.partition(",")
    if comma and family.strip() and given.strip() and "," not in given:
        east = script != "latin" or "-" in given
        return f"{family} {given}" if east else f"{given} {family}"
    words = bare.split()
    if len(words) == 2 and words[0].isupper() and not words[1].isupper() and not _reads_east_asian(words):
        return f"{words[1]} {words[0]}"
    return bare


def _reads_east_asian(words: list[str]) -> bool:
    low = tuple(word.casefold() for word in words)
    return bool(read_chinese(low, "latin") or read_korean(low, "latin"))


def _word(word: str, script: str) -> str:
    if script == "kana":
        return kana_to_latin(word)
    if script in {"hangul", "han"}:
        word = "".join(c for c in word if c.isalpha())
        return word.translate(simplified()) if script == "han" else word
    lowered = unicodedata.normalize("NFC", word.casefold())
    kept = "".join(c if c in _KEPT_MARKS else _bare(c) for c in lowered)
    return re.sub(r"[^\w'-]|_|'s$", "", kept).strip("-'")


def _bare(char: str) -> str:
    if "\u0400" <= char <= "\u06ff":
        return char
    caron = {"ǒ": "ŏ", "ǔ": "ŭ"}.get(char)
    return caron or "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
