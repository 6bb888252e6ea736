"""Chinese names: Han characters, pinyin and Wade-Giles brought to the same syllables.

Every pinyin syllable is turned into its Wade-Giles form by rule, so that a Latin syllable is known by the
pinyin it may stand for. Without apostrophes Wade-Giles does not tell p from p' (Piao: 彪 biao or 飘 piao);
such a syllable keeps both, at a cost when the name has no other sign of Wade-Giles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from math import inf

from ostraka.read.names_han import pinyin_readings, syllables
from ostraka.read.titles import fold

_WADE_INITIAL = {
    "b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k", "k": "k'", "j": "ch", "q": "ch'", "zh": "ch", "ch": "ch'",
    "x": "hs", "r": "j", "z": "ts", "c": "ts'",
}  # fmt: skip
_WADE_FINAL = {
    "ong": "ung",
    "ian": "ien",
    "ie": "ieh",
    "ue": "üeh",
    "ve": "üeh",
    "v": "ü",
    "uo": "o",
    "e": "e",
    "er": "erh",
}
_WADE_WHOLE = {
    "zi": "tzu", "ci": "tz'u", "si": "ssu", "zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "ju": "chü",
    "qu": "ch'ü", "xu": "hsü", "jun": "chün", "qun": "ch'ün", "xun": "hsün", "juan": "chüan", "quan": "ch'üan",
    "xuan": "hsüan", "yu": "yü", "yun": "yün", "yuan": "yüan", "yue": "yüeh", "ye": "yeh", "yan": "yen", "you": "yu",
    "yong": "yung", "ge": "ko", "ke": "k'o", "he": "ho", "e": "o", "gui": "kuei", "kui": "k'uei", "guo": "kuo",
    "kuo": "k'uo", "huo": "huo", "shuo": "shuo", "yi": "i", "xiong": "hsiung", "qiong": "ch'iung", "jiong": "chiung",
    "xue": "hsüeh", "jue": "chüeh", "que": "ch'üeh", "er": "erh",
}  # fmt: skip
_MOST_SEGMENTATIONS = 12
_UNMARKED = 0.25
_LONGEST_GIVEN = 3
_LONGEST_TOKEN = 24

Syllable = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ChineseReading:
    """One way to read a name as Chinese: pinyin options of each syllable, the family name first."""

    syllables: tuple[Syllable, ...]
    cost: float = 0.0


@cache
def _pinyin() -> frozenset[str]:
    return frozenset(p for p in syllables("pinyin") if len(p) > 1 or p in "aeo")


def wade_giles(pinyin: str) -> str:
    """The Wade-Giles form of one pinyin syllable (v = ü).

    Examples
    --------
    >>> wade_giles("zhou"), wade_giles("xiao"), wade_giles("deng"), wade_giles("dong")
    ('chou', 'hsiao', 'teng', 'tung')
    """
    if pinyin in _WADE_WHOLE:
        return _WADE_WHOLE[pinyin]
    initial = pinyin[:2] if pinyin[:2] in {"zh", "ch", "sh"} else pinyin[:1]
    initial = "" if initial in "aeowy" else initial
    final = pinyin[len(initial) :]
    if final in {"ong", "ian", "ie", "ue", "ve", "v"} or (
        final == "uo" and initial in {"d", "t", "n", "l", "z", "c", "zh", "ch", "r", "s"}
    ):
        final = _WADE_FINAL[final]
    return _WADE_INITIAL.get(initial, initial) + final


@cache
def _wade() -> Mapping[str, Syllable]:
    """Wade-Giles syllables, exact and with the apostrophe or the dots left out, to pinyin."""
    found: dict[str, dict[str, float]] = {}
    for pinyin in _pinyin():
        exact = wade_giles(pinyin)
        plain = fold(exact)
        for written in {exact, exact.replace("ü", "u"), plain, plain + "h" if plain.endswith("e") else plain}:
            cost = 0.0 if written == exact else 0.1
            known = found.setdefault(written, {})
            known[pinyin] = min(cost, known.get(pinyin, 9.0))
    return found


def read_chinese(tokens: tuple[str, ...], script: str) -> tuple[ChineseReading, ...]:
    """Every way to read the words of a name as Chinese; none if it cannot be Chinese.

    Parameters
    ----------
    tokens : tuple of str
        Words of the name, without titles, lower case; hyphens kept.
    script : str
        ``latin`` or ``han``.

    Returns
    -------
    tuple of ChineseReading

    Examples
    --------
    >>> chinese_cost(read_chinese(("mao", "tse-tung"), "latin"), read_chinese(("毛泽东",), "han")) < 1
    True
    """
    if script == "han":
        options = [pinyin_readings().get(c, ()) for c in "".join(tokens)]
        fits = 2 <= len(options) <= _LONGEST_GIVEN + 1 and all(options)
        return (ChineseReading(tuple(dict.fromkeys(o, 0.0) for o in options)),) if fits else ()
    if not 2 <= len(tokens) <= _LONGEST_GIVEN + 1 or any(len(token) > _LONGEST_TOKEN for token in tokens):
        return ()
    words = tuple(part for token in tokens for part in token.split("-") if part)
    pinyin, wade = ([_segment(word, wade=is_wade) for word in words] for is_wade in (False, True))
    is_pinyin = all(pinyin) and not any("'" in word for word in words)
    readings = list(_readings(pinyin, wade=False, cost=0.0)) if is_pinyin else []
    if not _marks_pinyin(words):
        unmarked = is_pinyin and len(words) == len(tokens)
        readings += _readings(wade, wade=True, cost=_UNMARKED if unmarked else 0.0)
    return tuple(readings)


def _marks_pinyin(words: Iterable[str]) -> bool:
    """A beginning or an ending that Wade-Giles does not have."""
    return any(word.startswith(tuple("bdgqxz")) or "ong" in word for word in words)


def _readings(per_word: list[tuple[tuple[str, ...], ...]], *, wade: bool, cost: float) -> Iterator[ChineseReading]:
    for choice in islice(product(*per_word), _MOST_SEGMENTATIONS):
        syllables = [syllable for word in choice for syllable in word]
        if 2 <= len(syllables) <= _LONGEST_GIVEN + 1:
            yield ChineseReading(tuple(_options(syllable, wade=wade) for syllable in syllables), cost)


def _options(syllable: str, *, wade: bool) -> Syllable:
    return _wade()[syllable] if wade else {fold(syllable.replace("ü", "v")): 0.0}


def syllables_of(word: str) -> tuple[str, ...]:
    """The fewest pinyin syllables that a word in small letters is made of; none if it is not.

    Examples
    --------
    >>> syllables_of("weidong"), syllables_of("became")
    (('wei', 'dong'), ())
    """
    return next(iter(_segment(word, wade=False)), ()) if len(word) <= _LONGEST_TOKEN else ()


@cache
def _segment(word: str, *, wade: bool) -> tuple[tuple[str, ...], ...]:
    known = _wade() if wade else _pinyin()
    plain = word if wade else fold(word.replace("ü", "v"))
    found: list[tuple[str, ...]] = []

    def cut(rest: str, done: tuple[str, ...]) -> None:
        if not rest:
            found.append(done)
        elif len(done) < _LONGEST_GIVEN:
            for n in range(1, min(len(rest), 7) + 1):
                if rest[:n] in known:
                    cut(rest[n:], (*done, rest[:n]))

    cut(plain, ())
    return tuple(sorted(found, key=len)[:4])


def chinese_cost(a: Iterable[ChineseReading], b: Iterable[ChineseReading]) -> float:
    """What it costs to take two names for spellings of one Chinese name; infinite if they cannot be.

    Examples
    --------
    >>> lijun = read_chinese(("wang", "lijun"), "latin")
    >>> chinese_cost(lijun, read_chinese(("wang", "li-chün"), "latin")) < 1
    True
    >>> chinese_cost(lijun, read_chinese(("wang", "lijuan"), "latin"))
    inf
    """
    return min((_reading_cost(x, y) for x, y in product(a, b)), default=inf)


def _reading_cost(a: ChineseReading, b: ChineseReading) -> float:
    if len(a.syllables) != len(b.syllables):
        return inf
    total = a.cost + b.cost
    for x, y in zip(a.syllables, b.syllables, strict=True):
        total += min((cost + y[syllable] for syllable, cost in x.items() if syllable in y), default=inf)
    return total
