"""When a report was printed, from its own dateline; and in which language it is written."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from ostraka.read.dates_in_text import DateMention, dates_at

_HEAD = 1_500
_BEFORE = re.compile(
    r"[\W_]{0,5}(?:(?:first\s)?(?:published|posted|updated|last updated|issued|date|dated|입력|등록|승인|수정|발행|기사입력|송고시간|게시)"
    r"\s{0,3}(?:on|at|:|：)?\s{0,3}"
    r"|[A-Z가-힣][^\n.!?;]{0,60}[,=(（]\s{0,3}(?:[A-Z]\w{1,20}\s)?|\([^)\n]{0,40}\)\s{0,3}|by\s[^\n]{3,60}[,|]\s{0,3})?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s{0,3}(?:\([\w /.=-]{2,30}\)\s{0,3})?(?:$|\n|[-–—:|=)\]）]|at\s\d|,?\s?\d{1,2}:\d\d|[오전후]|,?\s\d{1,2}(?::\d\d)?\s?[ap]\.?m)"
)


def dateline_date(text: str, lang: str = "en") -> date | None:
    """The day of publication a report states at its head or foot; None if it states none.

    Examples
    --------
    >>> dateline_date("TOKYO, Feb. 13, 1996 - One of the wives has left.")
    datetime.date(1996, 2, 13)
    >>> dateline_date("He left on Feb. 13, 1996, with his wife.") is None
    True
    """
    for part in (text[:_HEAD], text[-200:] if len(text) > _HEAD else ""):
        for mention in dates_at(part, None, lang=lang):
            if _is_dateline(part, mention):
                return mention.when.earliest
    return None


def _is_dateline(text: str, mention: DateMention) -> bool:
    """Whether a day stands alone on its line, after a place, or after a word such as "published"."""
    if mention.kind != "day" or mention.when.precision != "day":
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    return bool(_BEFORE.fullmatch(text, line, mention.start) and _AFTER.match(text, mention.end))


SCRIPTS = (
    ("ko", re.compile(r"[가-힣]")),
    ("ja", re.compile(r"[ぁ-ヿ]")),
    ("ar", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
STOP_WORDS = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to in that was is for on with as his has by from at who said were had it he",
        "es": "el la los las de que y en un una por con del se su para al como fue",
        "fr": "le la les des et en un une du que qui dans pour par est au sur avec son ses",
        "de": "der die das und in den von zu mit dem des ist auf ein eine im sich nicht als auch",
        "it": "il lo gli di che e un una per con del della non si sono alla nel da",
        "pt": "o os as de que e um uma do da dos em no na por com para ao foi",
    }.items()
}
_LANGUAGES_OF = {
    stop: tuple(name for name, stops in STOP_WORDS.items() if stop in stops)
    for stop in frozenset[str]().union(*STOP_WORDS.values())
}
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]+")


def guess_language(text: str) -> str:
    """The ISO 639-1 code of a report's language, from its script and its commonest words; empty if unsure.

    Examples
    --------
    >>> guess_language("The colonel has left."), guess_language("그는 망명했다."), guess_language("El coronel de la guardia")
    ('en', 'ko', 'es')
    """
    sample = text[:20_000]
    latin = _LATIN_WORD.findall(sample)
    if not (latin if sample.isascii() else any(map(str.isalpha, sample))):
        return ""
    if script := "" if sample.isascii() else _script(sample):
        return script
    shares = dict.fromkeys(STOP_WORDS, 0)
    for stop, n in Counter(filter(_LANGUAGES_OF.__contains__, map(str.lower, latin))).items():
        for name in _LANGUAGES_OF[stop]:
            shares[name] += n
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] * 12 > len(latin) or len(latin) < 12 else ""


def _script(sample: str) -> str:
    """The language of the script other than Latin that a text is written in; empty if it is in none."""
    letters = sum(map(str.isalpha, sample))
    counts = {name: len(pattern.findall(sample)) for name, pattern in SCRIPTS}
    script = max(counts, key=lambda name: counts[name])
    if counts["ja"] > 0.05 * letters and script == "zh":
        return "ja"
    return script if counts[script] > 0.3 * letters else ""
