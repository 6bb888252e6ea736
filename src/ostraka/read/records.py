"""Rates, records and ordinals: "less than once a year", "the highest since 1997", "the third this week"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.dates import When
from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.dating import belongs_to_report
from ostraka.read.numbers import bounds, operator_before, read_number
from ostraka.read.scene import Sentence
from ostraka.read.tokens import Token, word_set

_RATE = {
    "year": "year",
    "month": "month",
    "week": "week",
    "annum": "year",
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "decade": "decade",
    "day": "day",
}
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_SUPERLATIVES = word_set(
    "widest highest largest biggest most greatest highest-ranking highest-level most-senior senior top-ranking highest-profile"
)
_SO_FAR = (("so", "far"), ("to", "date"), ("on", "record"), ("until", "now"), ("up", "to", "now"))
_UNITS_OF_TIME = word_set("day days week weeks month months year years decade decades fortnight quarter")
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}


def rates(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "less than once a year", "two a month", "ten per year"."""
    tokens = sentence.tokens
    for k in range(1, len(tokens) - 1):
        per = _RATE.get(tokens[k + 1].low) if tokens[k].low in {"a", "per", "each", "every"} else None
        if per is None:
            continue
        value, at = _rate_value(tokens, k)
        if value is None:
            continue
        start, operator = operator_before(tokens, at)
        yield (
            start,
            k + 2,
            bounds(operator, value) | {"unit": "defections" if _is_leaving(sentence) else "", "per": per},
        )


_WORD_UNITS = {"months": "month", "years": "year", "weeks": "week", "days": "day"}


def intervals(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "one every nine months", "one in ten", "four of ten"."""
    tokens = sentence.tokens
    for k in range(1, len(tokens) - 1):
        if tokens[k].low not in {"every", "in", "of"}:
            continue
        value, over = read_number(tokens, k - 1), read_number(tokens, k + 1)
        if (
            value is None
            or over is None
            or value[0] != k
            or tokens[k - 1].text[0].isdigit() != tokens[k + 1].text[0].isdigit()
        ):
            continue
        start, operator = operator_before(tokens, k - 1)
        unit = _WORD_UNITS.get(tokens[over[0]].low, "") if over[0] < len(tokens) else ""
        if tokens[k].low == "every" and unit and over[1] > 0:
            yield start, over[0] + 1, bounds(operator, value[1] / over[1]) | {"unit": "", "per": unit}
        elif tokens[k].low != "every" and value[1] < over[1] and not unit:
            yield start, over[0], bounds(operator, value[1]) | {"unit": "", "of": over[1]}


def _rate_value(tokens: list[Token], k: int) -> tuple[float | None, int]:
    for m in range(k - 1, max(k - 5, -1), -1):
        if tokens[m].low in _TIMES:
            return _TIMES[tokens[m].low], m
        hit = read_number(tokens, m)
        if hit is not None:
            return hit[1], m
        if not tokens[m].text[0].isalpha():
            break
    return None, k


def _is_leaving(sentence: Sentence) -> bool:
    return any(token.low.startswith(("defect", "fle", "fled", "leav")) for token in sentence.tokens)


_LEAVE = word_set("defect defected flee leave desert come abandon quit do break change switch cross join resign")


def records(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "the highest since 1997", "the most senior diplomat to defect", "the first since"."""
    tokens = sentence.tokens
    for k in range(sentence.body_start, len(tokens)):
        low = tokens[k].low
        top = (
            low in _SUPERLATIVES
            and low != "senior"
            and not (low == "most" and k + 1 < len(tokens) and tokens[k + 1].low in {"of", "are", "have", "likely"})
        )
        first = low in {"first", "only"} and tokens[k - 1].low == "the" if k else False
        if not (top or first) or (
            k
            and tokens[k - 1].low not in {"the", "its", "his", ",", "'s", "be", "is", "second", "of"}
            and low != "highest-ranking"
        ):
            continue
        stop = _since(sentence, k)
        leaves = next(
            (
                m + (tokens[m].low == "to")
                for m in range(k + 1, min(k + 9, len(tokens)))
                if tokens[m].low in _LEAVE or _does(sentence, k, m)
            ),
            None,
        )
        years = next(
            (
                m
                for m in range(k + 1, min(k + 7, len(tokens)))
                if tokens[m].low in {"years", "decades"} and tokens[m - 1].low == "in"
            ),
            None,
        )
        if stop is None and leaves is None and years is None:
            continue
        if first and stop is None and leaves is None:
            continue
        unit = _record_unit(sentence, k)
        row = next((row for row in sentence.dates if row.j > (stop or leaves or k)), None) if stop is not None else None
        fields: dict[str, Any] = {"operator": Operator.FIRST_SINCE if first else Operator.HIGHEST_SINCE, "unit": unit}
        if row is not None:
            fields["period"] = (
                When(row.mention.when.earliest, None, row.mention.when.text)
                if row.mention.kind != "since"
                else row.mention.when
            )
        end = row.j if row is not None else max(m for m in (stop, leaves, years) if m is not None) + 1
        yield max(k - (tokens[k - 1].low == "the"), 0), end, fields


def _does(sentence: Sentence, k: int, m: int) -> bool:
    """Whether "to turn" at word `m` says what the one at word `k` did as the highest or first: "officer to turn"."""
    role = any(k < noun.head < m for noun in sentence.nouns if noun.role is not None) or sentence.lows(m - 1, m) == [
        "one"
    ]
    return sentence.tokens[m].low == "to" and role and sentence.lows(m + 1, m + 2) != ["the"]


def _since(sentence: Sentence, k: int) -> int | None:
    """Where "since", "ever", "so far" stands in the words after a superlative."""
    tokens = sentence.tokens
    for m in range(k + 1, min(k + 14, len(tokens))):
        if tokens[m].low in {"since", "ever"}:
            return m
        words = next((words for words in _SO_FAR if sentence.lows(m, m + len(words)) == list(words)), ())
        if words:
            return m + len(words) - 1
    return None


def never_before(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "no diplomat of higher rank has quit since", "no one so close to the top has ever fled"."""
    tokens = sentence.tokens
    lows = sentence.lows(0, len(tokens))
    at = next((k for k, low in enumerate(lows) if low == "no" and k + 1 < len(lows)), None)
    if at is None or not {"rank", "close", "higher", "senior", "old", "high", "guard"} & set(lows[at : at + 9]):
        return
    verb = next((k for k in range(at + 1, len(lows)) if lows[k] in _LEFT), None)
    if verb is None:
        return
    row = next(
        (row for row in sentence.dates if row.mention.kind == "since" or sentence.lows(row.i - 1, row.i) == ["since"]),
        None,
    )
    since = next((k for k in range(verb, len(lows)) if lows[k] == "since"), None)
    fields: dict[str, Any] = {"operator": Operator.HIGHEST_SINCE, "unit": _record_unit(sentence, at)}
    if row is not None:
        fields["period"] = row.mention.when
    yield at, row.j if row is not None else (since or verb) + 1, fields


_LEFT = word_set("fled defected broken left come gone quit deserted abandoned crossed joined resigned")


def _record_unit(sentence: Sentence, k: int) -> str:
    for m in range(k, min(k + 7, len(sentence.tokens))):
        found = lexicon.roles().longest(sentence.tokens, m)
        if found is not None and sentence.tokens[m].low not in {"senior", "elite"}:
            return str(found[1].word)
    return "defections"


def ordinals(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "the third such departure this week", "the fourth general to defect"."""
    tokens = sentence.tokens
    for k, token in enumerate(tokens):
        value = _ORDINALS.get(token.low)
        unit = _ordinal_unit(sentence, k) if value is not None and value >= 2 else None
        if value is None or unit is None:
            continue
        row = next((row for row in sentence.dates if row.i >= unit[0] and not belongs_to_report(sentence, row)), None)
        fields: dict[str, Any] = {
            "low": float(value),
            "high": float(value),
            "operator": Operator.ORDINAL,
            "unit": unit[1],
        }
        if row is not None:
            fields["period"] = row.mention.when
        yield k, row.j if row is not None and row.i - unit[0] < 8 else unit[0], fields


_CASES = word_set(
    "group departure defection defector flight desertion execution case purge escape recall dismissal death disappearance"
)


def _ordinal_unit(sentence: Sentence, k: int) -> tuple[int, str] | None:
    """What an ordinal counts and where it ends: a case, a person "to defect", or one "in less than a week"."""
    tokens = sentence.tokens
    person = ""
    for m in range(k + 1, min(k + 9, len(tokens))):
        low = tokens[m].low
        if low in _CASES:
            return _past_span(sentence, m + 1), low
        found = lexicon.roles().longest(tokens, m)
        if found is not None and tokens[m].low not in {"senior", "secretary", "elite"}:
            person = str(found[1].word)
        if low == "to" and sentence.lows(m + 1, m + 2) and (tokens[m + 1].low in _LEAVE or (m > k + 1 and person)):
            return _past_span(sentence, _verb_end(sentence, m + 2)), person
        stop = _past_span(sentence, m)
        if stop > m and (person or m == k + 1):
            return stop, person
        if low in {",", ".", ";", "and", "was", "is", "country", "countries", "nation", "party"} or tokens[m].text in {
            "(",
            ")",
        }:
            return None
    return None


def _verb_end(sentence: Sentence, at: int) -> int:
    """Over the few words after a verb to the span of time that follows it: "to change sides | in two years"."""
    for m in range(at, min(at + 4, len(sentence.tokens))):
        if _past_span(sentence, m) > m:
            return m
        if not sentence.tokens[m].low.isalpha():
            return at
    return at


def _past_span(sentence: Sentence, at: int) -> int:
    """Where "in less than a week", "within a year or so" ends that begins at a word; the word if none begins there."""
    tokens = sentence.tokens
    if at >= len(tokens) or tokens[at].low not in {"in", "within"}:
        return at
    for m in range(at + 1, min(at + 8, len(tokens))):
        if tokens[m].low in _UNITS_OF_TIME:
            return m + 1
        if tokens[m].text[0].isupper() or tokens[m].low in {",", ".", ";"}:
            return at
    return at
