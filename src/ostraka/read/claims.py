"""Number claims: "at least five since February", "less than once a year", "the highest since 1997", "10 of 196"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.model import Claim, Operator
from ostraka.read import lexicon
from ostraka.read.changes import changes
from ostraka.read.coreference import Coreference
from ostraka.read.counted import elliptic, plural_before, thing, unit_after
from ostraka.read.numbers import NUMBER_WORDS, Quantity, quantity_at, read_number
from ostraka.read.ordinals import ordinals
from ostraka.read.periods import lapse_after
from ostraka.read.records import never_before, rates, records
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report
from ostraka.read.wordmarks import FIGURE

Found = tuple[int, int, dict[str, Any]]
"""Words of a sentence, and the fields of the claim they make."""

MANY = 10
"""A smaller plain number, of no time and no whole, is a group whose departure is told, and no claim."""
SEVERAL = 5
"""From so many on a count of a year, or of people by their office, is a claim."""
OTHERS = 12
_DEFINITE = word_set("the these those all both")
_CLOSES = word_set(", ; : and but - – —")
_PERIODS = frozenset({"since", "past", "recent", "year", "range", "half", "quarter"})


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
        taken: list[tuple[int, int]] = []
        for start, stop, fields in (
            *rates(sentence),
            *changes(sentence),
            *_counts(sentence, story),
            *records(sentence),
            *never_before(sentence),
            *ordinals(sentence),
        ):
            if any(i < stop and start < j for i, j in taken):
                continue
            taken.append((start, stop))
            words = sentence.tokens[start].start, sentence.tokens[stop - 1].end
            found.append(_claim(story, words, fields, writer))
    return found


def _claim(story: Coreference, words: tuple[int, int], fields: dict[str, Any], writer: Any) -> Claim:
    span = story.scene.report.quote(*words)
    return Claim(span, "claim", fields.get("unit", ""), "number", span.quote, **fields, **writer.signature)


def _counts(sentence: Sentence, story: Coreference) -> Iterator[Found]:
    tokens, reach = sentence.tokens, sentence.body_start
    dated = {k for row in sentence.dates for k in range(row.i, row.j)}
    for at in sorted({*sentence.where(NUMBER_WORDS), *sentence.marked(FIGURE)} - dated):
        quantity = quantity_at(tokens, at) if at >= reach else None
        if quantity is None:
            continue
        reach, unit = quantity.stop, _unit(sentence, quantity)
        if unit is None:
            continue
        claim = _count(sentence, story, quantity, unit)
        if claim is not None:
            yield claim
        reach = max(quantity.stop, unit[0])


def _unit(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    if _is_age(sentence, quantity):
        return None
    found = unit_after(sentence, quantity)
    if found is None and quantity.of is not None:
        return None if quantity.loose else (quantity.stop, plural_before(sentence, quantity.start))
    return found or elliptic(sentence, quantity) or thing(sentence, quantity)


def _is_age(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is somebody's age: "a boy of 15", "Ri, 52,"."""
    before = sentence.lows(quantity.start - 1, quantity.start)
    noun = sentence.noun_before(quantity.start - 1)
    beside = noun is not None and noun.is_person and noun.j == quantity.start - 1 and quantity.value < 100
    closed = before == [","] and sentence.lows(quantity.stop, quantity.stop + 1) in ([","], [")"], ["."], ["and"], [])
    return beside and quantity.stop - quantity.start == 1 and (closed or before == ["of"])


def _count(sentence: Sentence, story: Coreference, quantity: Quantity, unit: tuple[int, str]) -> Found | None:
    tokens = sentence.tokens
    stop, name = unit
    whole, stop = _whole(sentence, stop) if quantity.of is None else (quantity.of, stop)
    whole = whole or _whole_before(sentence, quantity)
    row = _period_row(sentence, quantity.start, stop)
    last, within = lapse_after(sentence, stop, story.scene.report.published)
    if quantity.start and tokens[quantity.start - 1].low in {"no", "not"}:
        return None
    timed = last > stop or _so_far(sentence, stop) or (row is not None and _times(sentence, (quantity, stop), row))
    if not _telling(quantity, name, timed=timed or whole is not None) or _is_known(sentence, quantity, timed=timed):
        return None
    fields: dict[str, Any] = quantity.fields() | {"unit": name, "of": whole}
    if row is not None:
        fields["period"] = row.mention.when
        last = row.j if 0 <= row.i - stop <= 6 and not _CLOSES & set(sentence.lows(stop, row.i)) else last
    elif within is not None:
        fields["period"] = within
    return quantity.start, max(last, stop), fields


def _times(sentence: Sentence, counted: tuple[Quantity, int], row: Dated) -> bool:
    """Whether a date tells of the time within which was counted."""
    quantity, stop = counted
    near = 0 <= row.i - stop <= 8 or (row.i <= sentence.body_start + 1 and 0 <= quantity.start - row.j <= 3)
    return near and row.mention.kind in _PERIODS and (row.mention.kind != "year" or quantity.value >= SEVERAL)


def _so_far(sentence: Sentence, stop: int) -> bool:
    lows = sentence.lows(stop, stop + 8)
    return any(lows[k : k + 2] == ["so", "far"] and lows[k - 1] not in {"go", "gone", "went"} for k in range(len(lows)))


def _is_known(sentence: Sentence, quantity: Quantity, *, timed: bool) -> bool:
    """Whether a small number speaks of those told of before: "the five men"."""
    definite = bool(_DEFINITE & set(sentence.lows(quantity.start - 1, quantity.start)))
    small = quantity.operator is Operator.EXACTLY and quantity.value < OTHERS and quantity.of is None
    return definite and small and not timed


def _telling(quantity: Quantity, unit: str, *, timed: bool) -> bool:
    """Whether a count is worth a claim: it has an operator, a time, a whole, or is not tiny."""
    if quantity.value < 2 and quantity.of is None and quantity.operator is Operator.EXACTLY:
        return False
    if unit == "others":
        return quantity.value >= OTHERS
    many = SEVERAL if unit.rpartition(" ")[2] in lexicon.role_words() else MANY
    return quantity.operator is not Operator.EXACTLY or timed or quantity.value >= many


def _whole(sentence: Sentence, at: int) -> tuple[float | None, int]:
    """Such as "among the 196 who came", "of 840": the whole, and where its words end."""
    tokens = sentence.tokens
    for k in range(at, min(at + 6, len(tokens))):
        if tokens[k].low in {"among", "of", "out"}:
            for m in range(k + 1, min(k + 5, len(tokens))):
                hit = read_number(tokens, m)
                if hit is not None and hit[1] >= 2:
                    return hit[1], hit[0]
    return None, at


def _whole_before(sentence: Sentence, quantity: Quantity) -> float | None:
    """Such as "Of the eleven officials, seven have resigned": the whole told first."""
    at = sentence.body_start
    if sentence.lows(at, at + 2) != ["of", "the"] or quantity.start < at + 4:
        return None
    hit = read_number(sentence.tokens, at + 2)
    return hit[1] if hit is not None and hit[1] > quantity.value else None


def _period_row(sentence: Sentence, start: int, stop: int) -> Dated | None:
    """The date that a count is about: the nearest after it, else before it, that no report verb owns."""
    rows = [row for row in sentence.dates if row.i >= sentence.body_start and not belongs_to_report(sentence, row)]
    after = [row for row in rows if row.i >= stop]
    before = [row for row in rows if row.j <= start]
    return after[0] if after else (before[-1] if before else None)
