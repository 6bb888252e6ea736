"""Number claims: "at least five since February", "less than once a year", "the highest since 1997", "10 of 196"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ostraka.model import Claim, Operator
from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.dating import belongs_to_report
from ostraka.read.noun import is_plural, number_at
from ostraka.read.numbers import bounds, operator_before, read_number
from ostraka.read.records import intervals, never_before, ordinals, rates, records
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import Token, word_set

_DEFECTION_UNITS = word_set(
    "defection defections defectors defector escapees flights departures executions purges cases arrivals desertions recalls crossings"
)
_PEOPLE_UNITS = word_set(
    "people persons north koreans cars vehicles members cadres elites men women families refugees civilians deserters arrivals"
)
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
            *rates(sentence),
            *intervals(sentence),
            *_counts(sentence),
            *records(sentence),
            *never_before(sentence),
            *ordinals(sentence),
        ):
            words = sentence.tokens[start].start, sentence.tokens[stop - 1].end
            if any(claim.span.start < words[1] and words[0] < claim.span.end for claim in found):
                continue
            found.append(_claim(story, words, fields, writer))
    return found


def _claim(story: Coreference, words: tuple[int, int], fields: dict[str, Any], writer: Any) -> Claim:
    span = story.scene.report.quote(*words)
    return Claim(span, "claim", fields.get("unit", ""), "number", span.quote, **fields, **writer.signature)


def _counts(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    tokens = sentence.tokens
    dated = {k for row in sentence.dates for k in range(row.i, row.j)}
    at = sentence.body_start
    while at < len(tokens):
        hit = read_number(tokens, at) if at not in dated else None
        if hit is None:
            at += 1
            continue
        stop, value = hit
        start, operator = operator_before(tokens, at)
        unit = (
            _unit(sentence, stop)
            or _told_before(sentence, at, operator)
            or _elliptic(sentence, stop, value)
            or _thing(sentence, stop, value)
        )
        if unit is None:
            at = stop
            continue
        unit_stop, name = unit if unit is not None else (stop, "")
        fields = bounds(operator, value) | {"unit": name}
        if tokens[start].low in {"no", "not"} or not _telling(sentence, fields, value, elliptic=not name):
            at = max(stop, unit_stop)
            continue
        fields["of"], unit_stop = _whole(sentence, unit_stop)
        row = _period_row(sentence, start, unit_stop)
        if row is not None:
            fields["period"] = row.mention.when
        last = row.j if row is not None and 0 <= row.i - unit_stop <= 6 else unit_stop
        yield start, last, fields
        at = max(stop, unit_stop)


_ENDS_UNIT = word_set("and or who in from to had have was were has is are")
_PEOPLES = frozenset({"Koreans", "Cubans", "Syrians", "Iranians"})


def _unit(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """The plural that is counted: from word `at`, over adjectives, to the head."""
    tokens = sentence.tokens
    for k in range(at, min(at + 6, len(tokens))):
        low = tokens[k].low
        if low in _MEASURES or low in lexicon.kin_words():
            return None
        unit = _unit_at(tokens, k)
        if unit is not None:
            return unit
        partitive = low == "of" and tokens[min(k + 1, len(tokens) - 1)].low not in {"the", "its", "his", "kim"}
        if not (low.isalpha() or "-" in low) or low in _ENDS_UNIT or partitive:
            return None
    return None


def _unit_at(tokens: Sequence[Token], k: int) -> tuple[int, str] | None:
    """The plural that begins at word `k`."""
    low = tokens[k].low
    found = lexicon.roles().longest(tokens, k)
    if found is not None and is_plural(found[1].word):
        stop = found[0] if not _goes_on(tokens, found[0]) else k + 1
        return stop, " ".join(token.low for token in tokens[k:stop])
    counted = low in _DEFECTION_UNITS or low in _PEOPLE_UNITS or tokens[k].text in _PEOPLES or low.endswith("koreans")
    return (k + 1, low) if counted else None


def _elliptic(sentence: Sentence, at: int, value: float) -> tuple[int, str] | None:
    """Such as "1,276 of them", "67 in 2022", "eleven shot": the unit is told before."""
    tokens = sentence.tokens
    following = tokens[at].low if at < len(tokens) else "."
    then = tokens[at + 1].low if at + 1 < len(tokens) else ""
    done = following.endswith("ed") or following in {"shot", "fled", "came", "left"}
    done = done and sentence.lows(at - 2, at - 1) not in (["of"], ["aged"], ["in"], ["on"])
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


def _told_before(sentence: Sentence, at: int, operator: Operator) -> tuple[int, str] | None:
    """Such as "the number of officers who have fled at about 120": the plural before a number."""
    if operator is Operator.EXACTLY or "number" not in sentence.lows(0, at):
        return None
    plurals = [noun for noun in sentence.nouns if noun.j <= at and noun.role is not None and noun.plural]
    return (at + 1, plurals[-1].role.word) if plurals and plurals[-1].role is not None else None


def _thing(sentence: Sentence, at: int, value: float) -> tuple[int, str] | None:
    """A large number of anything, or anything counted since a day: "41,000 strollers", "280 regimes since 1946"."""
    tokens = sentence.tokens
    over = any(row.mention.kind in _SPANS and 0 <= row.i - at <= 8 for row in sentence.dates)
    if at >= len(tokens) or not (value >= 1000 or (value > 1 and over)):
        return None
    low = tokens[at].low
    return (
        (at + 1, low)
        if low.isalpha() and low.endswith("s") and low not in _MEASURES | {"its", "was", "has", "is", "his"}
        else None
    )


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low in lexicon.role_words() and is_plural(tokens[at].low)


_TALLIES = word_set("only total altogether tally brings bringing brought count counts counted number toll so")
_SPANS = frozenset({"since", "past", "recent", "range"})
MANY = 10
"""From so many on a bare count is a claim; fewer are those whose departure is told."""
SEVERAL = 5
"""From so many on a count of a year is a claim."""


def _telling(sentence: Sentence, fields: dict[str, Any], value: float, *, elliptic: bool) -> bool:
    """Whether a count is worth a claim: it has an operator, a period, a whole, or is no mere handful told of."""
    words = {token.low for token in sentence.tokens}
    if fields["operator"] is not Operator.EXACTLY:
        return True
    if "among" in words or ("of" in words and "only" in words):
        return True
    kinds = {row.mention.kind for row in sentence.dates}
    if kinds & _SPANS or (words & _TALLIES and value > 1):
        return True
    if elliptic and not (kinds & {"year"}):
        return False
    return value >= MANY or (value >= SEVERAL and "year" in kinds)


def _whole(sentence: Sentence, at: int) -> tuple[float | None, int]:
    """Such as "among the 196 who came": the whole, and where its words end."""
    tokens = sentence.tokens
    for k in range(at, min(at + 6, len(tokens))):
        if tokens[k].low in {"among", "of", "out"}:
            for m in range(k + 1, min(k + 5, len(tokens))):
                hit = read_number(tokens, m)
                if hit is not None and hit[1] >= 2:
                    return hit[1], hit[0]
    return None, at


def _period_row(sentence: Sentence, start: int, stop: int) -> Dated | None:
    """The date that a count is about: the nearest after it, else before it, that no report verb owns."""
    rows = [row for row in sentence.dates if row.i >= sentence.body_start and not belongs_to_report(sentence, row)]
    after = [row for row in rows if row.i >= stop]
    before = [row for row in rows if row.j <= start]
    return after[0] if after else (before[-1] if before else None)
