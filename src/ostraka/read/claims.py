"""Number claims: "at least five since February", "less than once a year", "the highest since 1997", "10 of 196"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.dates import When
from ostraka.model import Claim, Operator
from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.dating import belongs_to_report
from ostraka.read.nouns import is_plural, number_at
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import Token, word_set

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
_DEFECTION_UNITS = word_set(
    "defection defections defectors defector escapees flights departures executions purges cases arrivals desertions recalls crossings"
)
_PEOPLE_UNITS = word_set(
    "people persons north koreans cars vehicles members cadres elites men women families refugees civilians deserters arrivals"
)
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
_MEASURES = word_set(
    "year years month months day days week weeks hour hours percent per kilometres kilometers km miles dollars won euros million billion metres meters minutes summits talks posts floors rooms pages times o'clock points degrees seats votes"
)


def find_claims(story: Coreference, writer: Any) -> list[Claim]:
    """All number claims of a report.

    Parameters
    ----------
    story : Coreference
    writer : object with ``signature``
        Signs the claims.
    """
    found: list[Claim] = []
    for sentence in story.scene.sentences:
        for start, stop, fields in (
            *_rates(sentence),
            *_counts(sentence),
            *_records(sentence),
            *_never_before(sentence),
            *_ordinals(sentence),
        ):
            words = sentence.tokens[start].start, sentence.tokens[stop - 1].end
            if any(claim.span.start < words[1] and words[0] < claim.span.end for claim in found):
                continue
            found.append(_claim(story, words, fields, writer))
    return found


def _claim(story: Coreference, words: tuple[int, int], fields: dict[str, Any], writer: Any) -> Claim:
    span = story.scene.report.quote(*words)
    return Claim(span, "claim", fields.get("unit", ""), "number", span.quote, **fields, **writer.signature)


def _operator(tokens: list[Token], at: int) -> tuple[int, Operator]:
    """Where the words of the operator before a number begin, and which it is."""
    for words, operator in _OPERATORS:
        start = at - len(words)
        if start >= 0 and tuple(token.low for token in tokens[start:at]) == words:
            return start, operator
    if at and tokens[at - 1].low in {"only", "just"}:
        return at - 1, Operator.EXACTLY
    return at, Operator.EXACTLY


def _bounds(operator: Operator, value: float) -> dict[str, Any]:
    low = value if operator not in {Operator.AT_MOST, Operator.LESS_THAN} else None
    high = value if operator not in {Operator.AT_LEAST, Operator.MORE_THAN} else None
    return {"low": low, "high": high, "operator": operator}


def _number(tokens: list[Token], at: int) -> tuple[int, float] | None:
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


def _counts(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    tokens = sentence.tokens
    dated = {k for row in sentence.dates for k in range(row.i, row.j)}
    at = sentence.body_start
    while at < len(tokens):
        hit = _number(tokens, at) if at not in dated else None
        if hit is None:
            at += 1
            continue
        stop, value = hit
        start, operator = _operator(tokens, at)
        unit = _unit(sentence, stop) or _elliptic(sentence, stop, value) or _thing(sentence, stop, value)
        if unit is None:
            at = stop
            continue
        unit_stop, name = unit if unit is not None else (stop, "")
        fields = _bounds(operator, value) | {"unit": name}
        if tokens[start].low in {"no", "not"} or not _telling(sentence, fields, value):
            at = max(stop, unit_stop)
            continue
        fields["of"], unit_stop = _whole(sentence, unit_stop)
        row = _period_row(sentence, start, unit_stop)
        if row is not None:
            fields["period"] = row.mention.when
        last = row.j if row is not None and 0 <= row.i - unit_stop <= 6 else unit_stop
        yield start, last, fields
        at = max(stop, unit_stop)


def _unit(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """The plural that is counted: from word `at`, over adjectives, to the head."""
    tokens = sentence.tokens
    for k in range(at, min(at + 6, len(tokens))):
        low = tokens[k].low
        if low in _MEASURES or low in lexicon.kin_words():
            return None
        found = lexicon.roles().longest(tokens, k)
        if found is not None and is_plural(found[1].word) and not _goes_on(tokens, found[0]):
            return found[0], " ".join(token.low for token in tokens[k : found[0]])
        if (
            low in _DEFECTION_UNITS
            or low in _PEOPLE_UNITS
            or tokens[k].text in {"Koreans", "Cubans", "Syrians", "Iranians"}
        ):
            return k + 1, low
        if (found is not None and is_plural(found[1].word)) or low.endswith("koreans"):
            return k + 1, low
        if not (low.isalpha() or "-" in low) or low in {
            "and",
            "or",
            "who",
            "in",
            "from",
            "to",
            "had",
            "have",
            "was",
            "were",
            "has",
            "is",
            "are",
        }:
            return None
        if low == "of" and tokens[min(k + 1, len(tokens) - 1)].low not in {"the", "its", "his", "kim"}:
            return None
    return None


def _elliptic(sentence: Sentence, at: int, value: float) -> tuple[int, str] | None:
    """Such as "1,276 of them", "67 in 2022", "eleven shot": the unit is told before."""
    tokens = sentence.tokens
    following = tokens[at].low if at < len(tokens) else "."
    then = tokens[at + 1].low if at + 1 < len(tokens) else ""
    done = following.endswith("ed") or following in {"shot", "fled", "came", "left"}
    dated = following == "in" and any(row.i in {at, at + 1} for row in sentence.dates)
    if (
        (following == "of" and then in {"them", "the", "whom"})
        or (done and value >= 3)
        or (dated and value >= 3)
        or (following == "," and value >= 100)
    ):
        told = [_unit(sentence, k + 1) for k in range(at - 2, -1, -1) if number_at(tokens, k) is not None]
        unit = next((row[1] for row in told if row is not None), "")
        return (at + 1, unit) if unit or done or following == "of" else None
    return None


def _thing(sentence: Sentence, at: int, value: float) -> tuple[int, str] | None:
    """A large number of anything: "41,000 strollers"."""
    tokens = sentence.tokens
    if value < 1000 or at >= len(tokens):
        return None
    low = tokens[at].low
    return (
        (at + 1, low)
        if low.isalpha() and low.endswith("s") and low not in _MEASURES | {"its", "was", "has", "is", "his"}
        else None
    )


def _goes_on(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low in lexicon.role_words() and is_plural(tokens[at].low)


def _telling(sentence: Sentence, fields: dict[str, Any], value: float) -> bool:
    """Whether a count is worth a claim: it has an operator, a period, a whole, or is not tiny."""
    words = {token.low for token in sentence.tokens}
    if fields["operator"] is not Operator.EXACTLY:
        return True
    if "among" in words or ("of" in words and "only" in words):
        return True
    return value >= 3 or any(row.mention.kind in {"since", "past", "recent", "year", "range"} for row in sentence.dates)


def _whole(sentence: Sentence, at: int) -> tuple[float | None, int]:
    """Such as "among the 196 who came": the whole, and where its words end."""
    tokens = sentence.tokens
    for k in range(at, min(at + 6, len(tokens))):
        if tokens[k].low in {"among", "of", "out"}:
            for m in range(k + 1, min(k + 5, len(tokens))):
                hit = _number(tokens, m)
                if hit is not None and hit[1] >= 2:
                    return hit[1], hit[0]
    return None, at


def _period_row(sentence: Sentence, start: int, stop: int) -> Dated | None:
    """The date that a count is about: the nearest after it, else before it, that no report verb owns."""
    rows = [row for row in sentence.dates if row.i >= sentence.body_start and not belongs_to_report(sentence, row)]
    after = [row for row in rows if row.i >= stop]
    before = [row for row in rows if row.j <= start]
    return after[0] if after else (before[-1] if before else None)


def _rates(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "less than once a year", "two a month", "ten per year"."""
    tokens = sentence.tokens
    for k in range(1, len(tokens) - 1):
        per = _RATE.get(tokens[k + 1].low) if tokens[k].low in {"a", "per", "each", "every"} else None
        if per is None:
            continue
        value, at = _rate_value(tokens, k)
        if value is None:
            continue
        start, operator = _operator(tokens, at)
        yield (
            start,
            k + 2,
            _bounds(operator, value) | {"unit": "defections" if _is_leaving(sentence) else "", "per": per},
        )


def _rate_value(tokens: list[Token], k: int) -> tuple[float | None, int]:
    for m in range(k - 1, max(k - 5, -1), -1):
        if tokens[m].low in _TIMES:
            return _TIMES[tokens[m].low], m
        hit = _number(tokens, m)
        if hit is not None:
            return hit[1], m
        if not tokens[m].text[0].isalpha():
            break
    return None, k


def _is_leaving(sentence: Sentence) -> bool:
    return any(token.low.startswith(("defect", "fle", "fled", "leav")) for token in sentence.tokens)


def _records(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "the highest since 1997", "the most senior diplomat to defect", "the first since"."""
    tokens = sentence.tokens
    for k in range(sentence.body_start, len(tokens)):
        low = tokens[k].low
        top = (
            low in _SUPERLATIVES
            and low != "senior"
            and not (low == "most" and k + 1 < len(tokens) and tokens[k + 1].low in {"of", "are", "have", "likely"})
        )
        first = low == "first" and tokens[k - 1].low == "the" if k else False
        if not (top or first) or (
            k
            and tokens[k - 1].low not in {"the", "its", "his", ",", "'s", "be", "is", "second", "of"}
            and low != "highest-ranking"
        ):
            continue
        stop = next((m for m in range(k + 1, min(k + 14, len(tokens))) if tokens[m].low in {"since", "ever"}), None)
        leaves = next(
            (
                m
                for m in range(k + 1, min(k + 9, len(tokens)))
                if tokens[m].low in {"defect", "defected", "flee", "leave", "desert", "come", "abandon", "quit"}
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


def _never_before(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
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


def _ordinals(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
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
    """What an ordinal counts and where it ends: a case, or a person "to defect" or "to do so"."""
    tokens = sentence.tokens
    person = ""
    for m in range(k + 1, min(k + 7, len(tokens))):
        low = tokens[m].low
        if low in _CASES:
            return m + 1, low
        found = lexicon.roles().longest(tokens, m)
        if found is not None and tokens[m].low not in {"senior", "secretary", "elite"}:
            person = str(found[1].word)
        if (
            low == "to"
            and person
            and m + 1 < len(tokens)
            and tokens[m + 1].low
            in {"defect", "flee", "leave", "desert", "break", "do", "be", "abandon", "quit", "join"}
        ):
            return m + 2, person
    return None
