"""One name taken apart once: script, words, and its readings as Korean, as Chinese and by sound."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ostraka.read.names_chinese import ChineseReading, read_chinese, simplified
from ostraka.read.names_korean import KoreanReading, read_korean
from ostraka.read.names_sounds import Sound, sounds
from ostraka.read.titles import fold, particles, strip_titles

_SCRIPTS = (
    ("hangul", re.compile("[가-힣ᄀ-ᇿ]")),
    ("han", re.compile("[\u3400-\u9fff\uf900-\ufaff]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff]")),
)
_HYPHENS = re.compile("[\u2010-\u2015\u2212\uff0d\u00ad_]")
_APOSTROPHES = re.compile("[‘’ʼʻ`´ʾʿʹ＇]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u0652\u0670]")
_ARABIC_ARTICLE = re.compile("^ال(?=..)")
_SERVANT = re.compile("^(abd)(?:[aeiou](?:l|r(?=r)|s(?=s)|n(?=n)|d(?=d)|z(?=z)|t(?=t))?)?(?!.?l?lah)(.{3,})$")
_KEPT_MARKS = "ŏŭüşšçčćžżğıłđəßæøñ"


@dataclass(frozen=True)
class NameForm:
    """A name without titles: its `script`, the `words` it is made of and the plain text of them."""

    script: str
    words: tuple[str, ...]
    plain: str

    @cached_property
    def korean(self) -> tuple[KoreanReading, ...]:
        """Readings as a Korean name."""
        return read_korean(self.words, self.script) if self.script in {"latin", "cyrillic", "hangul", "han"} else ()

    @cached_property
    def chinese(self) -> tuple[ChineseReading, ...]:
        """Readings as a Chinese name."""
        return read_chinese(self.words, self.script) if self.script in {"latin", "han"} else ()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Words as the sound rules want them: no article, no filiation, servants joined to whom they serve."""
        return _parts(self.words, self.script)

    def sounds(self, start: int, end: int) -> tuple[Sound, ...]:
        """Sounds of the parts from `start` to `end` as one word."""
        return sounds("-".join(self.parts[start:end]), self.script)

    @property
    def is_partial(self) -> bool:
        """A family name or a given name alone: not enough to be one person."""
        if self.script in {"hangul", "han"}:
            return len(self.plain) < 2
        return len(self.words) < 2


@lru_cache(maxsize=65536)
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
    >>> form_of("al-Assad, Bashar").parts
    ('bashar', 'assad')
    """
    bare, _ = strip_titles(_clean(name[:_LOOKED_AT]))
    script = _script(bare)
    turned = _turn(bare, script)
    words = tuple(filter(None, (_word(word, script) for word in turned.split())))
    return NameForm(script, words, " ".join(words))


_LOOKED_AT = 400


def _clean(name: str) -> str:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name).replace("\u200c", " "))
    return _APOSTROPHES.sub("'", _HYPHENS.sub("-", text))


def _script(text: str) -> str:
    counts = {script: len(pattern.findall(text)) for script, pattern in _SCRIPTS}
    script = max(counts, key=lambda key: counts[key])
    return script if counts[script] else ("other" if any(c.isalpha() for c in text) else "")


def _turn(bare: str, script: str) -> str:
    """``Family, Given`` and ``Given FAMILY`` as given name and family name in their own order."""
    family, comma, given = bare.partition(",")
    if comma and family.strip() and given.strip() and "," not in given:
        return f"{family} {given}" if script != "latin" or fold(given).count("-") else f"{given} {family}"
    return bare


def _word(word: str, script: str) -> str:
    if script in {"hangul", "han"}:
        word = "".join(c for c in word if c.isalpha())
        return word.translate(simplified()) if script == "han" else word
    lowered = unicodedata.normalize("NFC", word.casefold())
    kept = "".join(c if c in _KEPT_MARKS else _bare(c) for c in lowered)
    return re.sub(r"[^\w'-]|_", "", kept).strip("-'")


def _bare(char: str) -> str:
    if "\u0400" <= char <= "\u06ff":
        return char
    caron = {"ǒ": "ŏ", "ǔ": "ŭ"}.get(char)
    return caron or "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))


def _parts(words: tuple[str, ...], script: str) -> tuple[str, ...]:
    split = [part for word in words for part in word.replace("'", "").split("-") if part]
    if script == "arabic":
        return tuple(_arabic_parts(split))
    dropped = particles("article") | particles("filiation")
    parts: list[str] = []
    servant = False
    for part in split:
        if part in particles("servant"):
            servant = True
        elif part in dropped and len(split) > 1:
            continue
        elif servant:
            parts.append("abd-" + part)
            servant = False
        else:
            parts.append(_SERVANT.sub(r"\1-\2", part))
    return tuple(parts) if parts else tuple(split)


def _arabic_parts(words: list[str]) -> list[str]:
    parts: list[str] = []
    for word in words:
        bare = _ARABIC_ARTICLE.sub("", word)
        bare = re.sub("^عبدال(?=...)", "عبد", bare)
        if parts and parts[-1] == "عبد":
            parts[-1] += bare
        elif word not in {"بن", "ابن", "بنت"}:
            parts.append(bare)
    return parts
