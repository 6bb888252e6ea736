"""Numbers in words and figures, and the words that say how they are meant: at least, fewer than, about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ostraka.model import Operator
from ostraka.read.noun import number_at
from ostraka.read.tokens import Token

_OPERATORS: tuple[tuple[tuple[str, ...], Operator], ...] = (
    (("at", "least"), Operator.AT_LEAST),
    (("no", "fewer", "than"), Operator.AT_LEAST),
    (("no", "less", "than"), Operator.AT_LEAST),
    (("not", "less", "than"), Operator.AT_LEAST),
    (("as", "many", "as"), Operator.AT_MOST),
    (("up", "to"), Operator.AT_MOST),
    (("at", "most"), Operator.AT_MOST),
    (("no", "more", "than"), Operator.AT_MOST),
    (("not", "more", "than"), Operator.AT_MOST),
    (("more", "than"), Operator.MORE_THAN),
    (("over",), Operator.MORE_THAN),
    (("upwards", "of"), Operator.MORE_THAN),
    (("in", "excess", "of"), Operator.MORE_THAN),
    (("less", "than"), Operator.LESS_THAN),
    (("fewer", "than"), Operator.LESS_THAN),
    (("under",), Operator.LESS_THAN),
    (("nearly",), Operator.ABOUT),
    (("almost",), Operator.ABOUT),
    (("about",), Operator.ABOUT),
    (("around",), Operator.ABOUT),
    (("some",), Operator.ABOUT),
    (("roughly",), Operator.ABOUT),
    (("approximately",), Operator.ABOUT),
    (("an", "estimated"), Operator.ABOUT),
    (("estimated",), Operator.ABOUT),
)


_BY_LAST: dict[str, list[tuple[tuple[str, ...], Operator]]] = {}
for _row in _OPERATORS:
    _BY_LAST.setdefault(_row[0][-1], []).append(_row)


def operator_before(tokens: Sequence[Token], at: int) -> tuple[int, Operator]:
    """Where the words of the operator before a number begin, and which it is."""
    if at == 0:
        return at, Operator.EXACTLY
    last = tokens[at - 1].low
    for words, operator in _BY_LAST.get(last, ()):
        start = at - len(words)
        if start >= 0 and tuple(token.low for token in tokens[start:at]) == words:
            return start, operator
    return (at - 1 if last in {"only", "just"} else at), Operator.EXACTLY


def bounds(operator: Operator, value: float) -> dict[str, Any]:
    """Bounds of a number claimed in a given way, as fields of a claim."""
    low = value if operator not in {Operator.AT_MOST, Operator.LESS_THAN} else None
    high = value if operator not in {Operator.AT_LEAST, Operator.MORE_THAN} else None
    return {"low": low, "high": high, "operator": operator}


def read_number(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """A number at a word and where it ends: "1.1 million", "two dozen", "a dozen"."""
    token = tokens[at]
    if token.low in {"a", "an"} and at + 1 < len(tokens) and tokens[at + 1].low in {"dozen", "hundred", "thousand"}:
        return at + 2, {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}[tokens[at + 1].low]
    if token.low.endswith("-odd") and token.low[:-4].isdigit():
        return at + 1, float(token.low[:-4])
    value = number_at(tokens, at)
    if (
        at
        and token.text.isdigit()
        and tokens[at - 1].low in {"office", "room", "bureau", "no.", "aged", "article", "unit"}
    ):
        return None
    if value is None or (token.text.isdigit() and len(token.text) == 4 and 1900 <= value <= 2100):
        return None
    scale = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "dozen": 12.0}.get(
        tokens[at + 1].low if at + 1 < len(tokens) else ""
    )
    return (at + 2, value * scale) if scale else (at + 1, value)
