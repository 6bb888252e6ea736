"""Numbers in words and figures, and the words that say how they are meant: at least, dozens of, one in ten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ostraka.model import Operator
from ostraka.read.noun import number_at
from ostraka.read.tokens import Token, number_words, word_set

_OPERATORS: tuple[tuple[str, Operator], ...] = (
    *((words, Operator.AT_LEAST) for words in ("at least", "no fewer than", "no less than", "not less than")),
    *((words, Operator.AT_LEAST) for words in ("a minimum of", "not fewer than", "as few as")),
    *((words, Operator.AT_MOST) for words in ("as many as", "up to", "at most", "no more than", "not more than")),
    *((words, Operator.AT_MOST) for words in ("a maximum of", "at the most", "possibly as many as")),
    *((words, Operator.MORE_THAN) for words in ("more than", "over", "upwards of", "upward of", "in excess of")),
    *((words, Operator.MORE_THAN) for words in ("well over", "greater than", "above", "well above", "exceeding")),
    *((words, Operator.LESS_THAN) for words in ("less than", "fewer than", "under", "below", "short of")),
    *((words, Operator.ABOUT) for words in ("nearly", "almost", "about", "around", "some", "roughly", "approximately")),
    *((words, Operator.ABOUT) for words in ("an estimated", "estimated", "close to", "perhaps", "circa", "maybe")),
    *((words, Operator.ABOUT) for words in ("something like", "in the region of", "in the order of", "just about")),
    *((words, Operator.MORE_THAN) for words in ("just over", "a little over", "slightly more than")),
    *((words, Operator.LESS_THAN) for words in ("just under", "a little under", "slightly less than")),
    *((words, Operator.EXACTLY) for words in ("only", "just", "a total of", "in all", "exactly", "altogether", "all")),
)

_BY_LAST: dict[str, list[tuple[list[str], Operator]]] = {}
for _words, _operator in sorted(_OPERATORS, key=lambda row: -len(row[0])):
    _BY_LAST.setdefault(_words.split()[-1], []).append((_words.split(), _operator))

_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0, "score": 20.0}
_MANY = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0, "millions": 2e6}
_TENS_OF = {"tens": 10.0, "hundreds": 100.0, "dozens": 12.0, "thousands": 1000.0}
_FRACTIONS = {
    "half": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "tenth": 10.0,
    "thirds": 3.0,
    "quarters": 4.0,
    "fifths": 5.0,
    "sixths": 6.0,
    "tenths": 10.0,
}
MANY = 1000
"""Shares are told of smaller wholes: "one in ten"."""
NUMBER_WORDS = frozenset(
    {*number_words(), *_MANY, *_TENS_OF, *_FRACTIONS, "a", "an", "half", "none", "handful", "every"}
) | word_set("few several couple")
"""Words with which a number may begin."""
PERCENT = 100.0
_HALVES = word_set("other first second latter better former his her their its")
_PLACES = word_set("over under above below about around")
SMALL = 5
"""Before a smaller number "over" and "about" say what something is about: "a quarrel over two envoys"."""
_FEW = word_set("few several couple")
_NUMBERED = word_set(
    "office room bureau no no. aged article unit resolution flight highway route section department camp age page chapter number"
    " corps division brigade building platform gate line channel phase class type group"
)
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: words `start` to `stop`, operator included; `of` is the whole of a part, `loose` says that "of" and the plural follow.

    `head` is where the whole begins that is told before its part: "of the seven named in 2022 four".
    """

    start: int
    stop: int
    low: float | None
    high: float | None
    operator: Operator
    of: float | None = None
    loose: bool = False
    head: int | None = None

    @property
    def value(self) -> float:
        """The number itself."""
        return self.low if self.low is not None else self.high or 0.0

    @property
    def of_value(self) -> float:
        """The whole of a part; 0 if it is none."""
        return self.of or 0.0

    def fields(self) -> dict[str, Any]:
        """Its fields of a claim."""
        return {"low": self.low, "high": self.high, "operator": self.operator, "of": self.of}


def operator_before(tokens: Sequence[Token], at: int) -> tuple[int, Operator]:
    """Where the words of the operator before a number begin, and which it is."""
    if at == 0:
        return at, Operator.EXACTLY
    for words, operator in _BY_LAST.get(tokens[at - 1].low, ()):
        start = at - len(words)
        if start >= 0 and [token.low for token in tokens[start:at]] == words:
            return start, operator
    return at, Operator.EXACTLY


def bounds(operator: Operator, value: float) -> dict[str, Any]:
    """Bounds of a number claimed in a given way, as fields of a claim."""
    low = value if operator not in {Operator.AT_MOST, Operator.LESS_THAN} else None
    high = value if operator not in {Operator.AT_LEAST, Operator.MORE_THAN} else None
    return {"low": low, "high": high, "operator": operator}


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def read_number(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """A number at a word and where it ends: "1.1 million", "two dozen", "a dozen", "half a dozen"."""
    low, then = _low(tokens, at), _low(tokens, at + 1)
    if low == "half" and then == "a" and (scale := _SCALES.get(_low(tokens, at + 2))):
        return at + 3, scale / 2
    if low in {"a", "an"} and then in _SCALES:
        return _spelled(tokens, at + 2, _SCALES[then])
    if low.endswith("-odd") and low[:-4].isdigit():
        return at + 1, float(low[:-4])
    value = number_at(tokens, at)
    if value is None or is_label(tokens, at):
        return None
    if tokens[at].text.isdigit() and len(low) == 4 and 1900 <= value <= 2100:
        return None
    scale = _SCALES.get(then)
    return _spelled(tokens, at + 2, value * scale) if scale else (at + 1, value)


def _spelled(tokens: Sequence[Token], at: int, value: float) -> tuple[int, float]:
    """The rest of a number in words: "two hundred and eleven", "three thousand four hundred"."""
    k = at + (_low(tokens, at) == "and")
    rest = read_number(tokens, k) if k < len(tokens) and tokens[k].text.isalpha() and value % 100 == 0 else None
    smaller = rest is not None and number_at(tokens, k) is not None and rest[1] < min(value, 1000) and value != rest[1]
    return (rest[0], value + rest[1]) if rest is not None and smaller else (at, value)


def is_label(tokens: Sequence[Token], at: int) -> bool:
    """Whether figures name something: "Office 39", "G40", "Flight 207"."""
    if not at or not _DIGITS.match(tokens[at].text):
        return False
    before = tokens[at - 1]
    glued = before.end == tokens[at].start and (before.text.isalpha() or before.text in "-/+")
    return glued or (before.low in _NUMBERED and "," not in tokens[at].text)


def begins_number(low: str) -> bool:
    """Whether a number may begin at a word in lower case."""
    return low in NUMBER_WORDS or "0" <= low[0] <= "9"


def quantity_at(tokens: Sequence[Token], at: int) -> Quantity | None:
    """How many, where a number begins at word `at`: a range, a fraction, a share, a vague plural or a plain number."""
    low = tokens[at].low
    if not begins_number(low) or (low in {"a", "an"} and _low(tokens, at + 1) not in _SCALES):
        return None
    found = _share(tokens, at) or _many(tokens, at)
    first = read_number(tokens, at) if found is None else None
    return found if first is None else _range(tokens, at, first) or _made(tokens, at, *first)


def _made(
    tokens: Sequence[Token], at: int, stop: int, value: float, *, of: float | None = None, share: bool = False
) -> Quantity:
    start, operator = operator_before(tokens, at)
    if start == at - 1 and tokens[start].low in _PLACES and value < SMALL and of is None:
        start, operator = at, Operator.EXACTLY
    if _low(tokens, stop) == "or" and _low(tokens, stop + 1) in {"so", "more"}:
        operator = Operator.ABOUT if _low(tokens, stop + 1) == "so" else Operator.AT_LEAST
        stop += 2
    given = bounds(operator, value)
    return Quantity(start, stop, given["low"], given["high"], operator, of, share)


def _many(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Such as "dozens of", "hundreds", "tens of thousands", "a few dozen", "a handful of"."""
    low, then = _low(tokens, at), _low(tokens, at + 1)
    if low in _TENS_OF and then == "of" and _low(tokens, at + 2) in _MANY:
        value = 2 * _TENS_OF[low] * _MANY[_low(tokens, at + 2)] / 2
        return Quantity(at, at + 3, value, None, Operator.AT_LEAST, loose=True)
    if low in _MANY:
        return Quantity(at, at + 1, _MANY[low], None, Operator.AT_LEAST, loose=True)
    if low in _FEW and then in _SCALES:
        start = at - (_low(tokens, at - 1) == "a") if at else at
        return Quantity(start, at + 2, 2 * _SCALES[then], None, Operator.AT_LEAST, loose=True)
    if low == "handful" and then == "of":
        return Quantity(max(at - 1, 0), at + 1, 3.0, 6.0, Operator.BETWEEN, loose=True)
    return None


def _range(tokens: Sequence[Token], at: int, first: tuple[int, float]) -> Quantity | None:
    """Such as "between 15 and 20", "fifteen to 20", "four or five"; `first` is the number at the word."""
    joint = _low(tokens, first[0])
    if joint not in {"to", "and", "or", "-", "–"}:
        return None
    between = at > 0 and tokens[at - 1].low in {"between", "from"}
    second = read_number(tokens, first[0] + 1) if first[0] + 1 < len(tokens) else None
    fits = joint != "and" or (between and tokens[at - 1].low == "between")
    if second is None or not fits or not first[1] < second[1] or (joint == "to" and second[1] > 20 * first[1]):
        return None
    start = at - 1 if between else operator_before(tokens, at)[0]
    return Quantity(start, second[0], first[1], second[1], Operator.BETWEEN)


def _share(tokens: Sequence[Token], at: int) -> Quantity | None:
    """Such as "one in ten", "three out of four", "two thirds of", "half of", "20 percent of", "none of the 12"."""
    low, then = _low(tokens, at), _low(tokens, at + 1)
    if low == "every" and (every := 2.0 if then == "second" else _FRACTIONS.get(then)):
        return Quantity(at, at + 2, 1.0, 1.0, Operator.EXACTLY, every, loose=True)
    plain = low == "half" and _low(tokens, at - 1) not in _HALVES
    if low in _FRACTIONS and then == "of" and (plain or _low(tokens, at - 1) in {"a", "one"}):
        first = at - (low != "half")
        return _made(tokens, first, at + 1, 1.0, of=_FRACTIONS[low], share=True)
    if low == "none" and then == "of" and (whole := _number_after(tokens, at + 2)) is not None:
        return Quantity(at, whole[0], 0.0, 0.0, Operator.EXACTLY, whole[1])
    value = number_at(tokens, at)
    found = _whole(tokens, at, value) if value is not None and not is_label(tokens, at) else None
    if value is None or found is None or value >= found[1] + (found[1] == PERCENT):
        return None
    return _made(tokens, at, found[0], value, of=found[1], share=then != "of")


def _whole(tokens: Sequence[Token], at: int, value: float) -> tuple[int, float] | None:
    """The whole of which the number at word `at` is a part, and where its words end."""
    then, after = _low(tokens, at + 1), _low(tokens, at + 2)
    if then in {"percent", "%"} or (then == "per" and after == "cent"):
        return at + (3 if then == "per" else 2), PERCENT
    if then in _FRACTIONS and then.endswith("s") and value < _FRACTIONS[then]:
        return at + 2, _FRACTIONS[then]
    if then == "of":
        return _number_after(tokens, at + 2)
    rest = _number_after(tokens, at + 2 + (then == "out")) if then == "in" or (then, after) == ("out", "of") else None
    return rest if rest is not None and rest[1] <= MANY else None


def _number_after(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """The number at a word or after a determiner there: "the 840"."""
    at += _low(tokens, at) in {"the", "those", "these", "its", "their", "his", "only", "just"}
    return read_number(tokens, at) if at < len(tokens) else None
