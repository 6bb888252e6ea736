"""Number claims: "at least five since February", "less than once a year", "the highest since 1997", "10 of 196"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from ostraka.model import Claim, Operator
from ostraka.read import lexicon
from ostraka.read.changes import changes, multiples
from ostraka.read.coreference import Coreference
from ostraka.read.counted import (
    CASES,
    COUNTABLE,
    MEASURES,
    elliptic,
    is_company,
    plural_before,
    share_end,
    thing,
    unit_after,
)
from ostraka.read.grammar import REPORTING
from ostraka.read.numbers import NUMBER_WORDS, Quantity, quantity_at, read_number
from ostraka.read.ordinals import ordinals
from ostraka.read.periods import bound_after, bound_before, lapse_after, lapse_in
from ostraka.read.ranked import is_deed_told, is_people
from ostraka.read.rates import rates
from ostraka.read.records import comparisons, never_before, records
from ostraka.read.scene import Dated, Sentence
from ostraka.read.spread import spread
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report
from ostraka.read.wordmarks import FIGURE

Found = tuple[int, int, dict[str, Any]]
"""Words of a sentence, and the fields of the claim they make."""

MANY = 10
"""A smaller plain number of cases or posts, of no time and no whole, is told of in passing, and no claim."""
SEVERAL = 5
"""A smaller plain number of people is a group whose departure is told; a smaller one in a year is no count of that year."""
THREE = 3
OTHERS = 12
FAR = 24
"""A part is told so many words after its whole, or sooner."""
SHARES = 100
"""Shares are told of smaller wholes."""
_DEFINITE = word_set("the these those all both")
_OPENS = word_set(", ; : and but that - – — said says")
_PARTITIVES = frozenset({"of", "among"})
_CLOSES = word_set(", ; : and but - – —")
_PARTS = word_set(", ; : - – — who whom whose which that when while after before")
_COINS = word_set("$ £ € ¥")
_MODALS = word_set("will would may might must can could should shall")
_DUE = word_set("to due expected likely set")
_KILLED = word_set("killed kill killing killings died dead die perished massacred massacre")
_COUNTED = REPORTING | word_set("count counts counted put puts")
_ANYBODY = word_set("people persons civilians demonstrators protesters protestors marchers strikers bystanders")
_NEAR_DEATH = 8
_DAYS = frozenset({"weekday", "day", "offset"})
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
    before = 0
    for sentence in story.scene.sentences:
        taken: list[tuple[int, int]] = []
        for start, stop, fields in chain(
            rates(sentence),
            changes(sentence),
            _counts(sentence),
            spread(sentence),
            records(sentence),
            never_before(sentence),
            ordinals(sentence),
            _comparisons(sentence, taken),
        ):
            if any(i < stop and start < j for i, j in taken):
                continue
            taken.append((start, stop))
            if "per" not in fields and (within := lapse_in(sentence, (start, stop), story.scene.report.published)):
                fields.setdefault("period", within)
            words = sentence.tokens[start].start, sentence.tokens[stop - 1].end
            if not fields.get("unit"):
                fields["unit"] = _unit_told(found, (before, words[0]))
            found.append(_claim(story, words, fields, writer))
        before = sentence.tokens[0].start if sentence.tokens else before
    return found


def _unit_told(found: list[Claim], within: tuple[int, int]) -> str:
    """What the last claim in this sentence or the one before it counts: "196 people came. About ten of them"."""
    told = (claim for claim in found if within[0] <= claim.span.start < within[1] and claim.unit)
    last = max(told, key=lambda claim: claim.span.start, default=None)
    return last.unit if last is not None else ""


def _comparisons(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Comparisons and multiples, but for those that only add to a number already taken: "9,000 came, more than ever"."""
    for start, stop, fields in (*multiples(sentence), *comparisons(sentence)):
        adds = sentence.lows(start - 1, start)[:1] in ([","], ["-"], ["–"])
        if not (adds and taken):
            yield start, stop, fields


def _claim(story: Coreference, words: tuple[int, int], fields: dict[str, Any], writer: Any) -> Claim:
    span = story.scene.report.quote(*words)
    return Claim(span, "claim", fields.get("unit", ""), "number", span.quote, **fields, **writer.signature)


def _counts(sentence: Sentence) -> Iterator[Found]:
    tokens, reach = sentence.tokens, sentence.body_start
    whole: Quantity | None = None
    held: Found | None = None
    those = ""
    for at in sorted({*sentence.where(NUMBER_WORDS), *sentence.marked(FIGURE)} - sentence.dated):
        quantity = quantity_at(tokens, at) if at >= reach else None
        if quantity is None:
            continue
        start, reach = quantity.start, quantity.stop
        if whole is not None and _is_part(sentence, quantity, whole):
            start, quantity = whole.start, replace(quantity, of=whole.value, head=whole.start)
            whole, held = None, None
        unit = _unit(sentence, quantity)
        if unit is not None and quantity.head is not None and unit_after(sentence, quantity) is None:
            unit = unit[0], those or unit[1]
        claim = _count(sentence, quantity, unit) if unit is not None else None
        reach = max(reach, unit[0]) if unit is not None else reach
        if _is_whole(sentence, quantity):
            whole, held, those = quantity, claim, unit[1] if unit is not None else ""
        elif claim is not None:
            yield min(start, claim[0]), *claim[1:]
    if held is not None:
        yield held


def _unit(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    if _is_age(sentence, quantity) or set(sentence.lows(quantity.start - 1, quantity.start)) & _COINS:
        return None
    found = unit_after(sentence, quantity) or _single(sentence, quantity)
    if found is None and quantity.of is not None:
        stop = share_end(sentence, quantity) if quantity.loose else quantity.stop
        return (stop, plural_before(sentence, quantity.start)) if stop else None
    return found or elliptic(sentence, quantity) or thing(sentence, quantity)


def _single(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Such as "one defector in five", "every third officer", "one Cuban pilot in ten": a share with its unit in the singular."""
    if quantity.value != 1:
        return None
    for at in range(quantity.stop, min(quantity.stop + 3, len(sentence.tokens))):
        role = lexicon.roles().longest(sentence.tokens, at)
        if role is not None and (quantity.of is not None or _one_in(sentence, role[0])[0] is not None):
            return role[0], str(role[1].word)
        if not sentence.low[at].isalpha() or sentence.low[at] in _PARTITIVES:
            return None
    return None


def _is_age(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is somebody's age: "a boy of 15", "Ri, 52,"."""
    before = sentence.lows(quantity.start - 1, quantity.start)
    noun = sentence.noun_before(quantity.start - 1)
    beside = noun is not None and noun.is_person and noun.j == quantity.start - 1 and quantity.value < 100
    closed = before == [","] and sentence.lows(quantity.stop, quantity.stop + 1) in ([","], [")"], ["."], ["and"], [])
    return beside and quantity.stop - quantity.start == 1 and (closed or before == ["of"])


def _count(sentence: Sentence, quantity: Quantity, unit: tuple[int, str]) -> Found | None:
    tokens = sentence.tokens
    stop, name = unit
    if quantity.of is None:
        whole, end = _whole(sentence, stop)
        if whole is not None and whole > quantity.value:
            stop, quantity = end, replace(quantity, of=whole)
    if _is_one_of_them(sentence, quantity) or _is_ahead(sentence, quantity, stop):
        return None
    if quantity.start and tokens[quantity.start - 1].low in {"no", "not"}:
        return None
    last, row, timed = _time(sentence, quantity, stop)
    counted = timed or quantity.of is not None
    if not _telling(quantity, name, timed=counted) or _is_known(sentence, quantity, timed=timed):
        return None
    if not counted and (_is_one_event(sentence, quantity, row) or is_company(sentence, quantity, (stop, name))):
        return None
    if not timed and (_are_victims(sentence, quantity, stop) or (not counted and _is_idle(sentence, quantity, stop))):
        return None
    fields: dict[str, Any] = quantity.fields() | {"unit": name}
    own = row is not None and _is_of_clause(sentence, (quantity.start, max(last, stop)), row)
    return quantity.start, max(last, stop), fields | ({"period": row.mention.when} if row is not None and own else {})


def _is_of_clause(sentence: Sentence, words: tuple[int, int], row: Dated) -> bool:
    """Whether a date is told in the clause of a count or opens its sentence, so that it says when: not ", recalled in May"."""
    start, stop = words
    if row.i >= start:
        return not _PARTS & set(sentence.lows(stop, row.i))
    between = set(sentence.lows(row.j, start))
    return not (_PARTS - {","} if row.i <= sentence.body_start + 2 else _PARTS) & between


def _time(sentence: Sentence, quantity: Quantity, stop: int) -> tuple[int, Dated | None, bool]:
    """Where the time of a count ends, its date, and whether it is one within which was counted."""
    row = _period_row(sentence, quantity, stop)
    bound = bound_after(sentence, stop) if quantity.value >= THREE or quantity.of is not None else None
    last = max(lapse_after(sentence, stop), bound[0] if bound is not None else stop)
    within = row is not None and _times(sentence, (quantity, stop), row)
    if bound is not None and not within:
        return last, bound[1], True
    if not within and (before := bound_before(sentence, quantity.start)) is not None and quantity.value >= THREE:
        return last, before[1], True
    beside = row is not None and 0 <= row.i - stop <= 6 and not _CLOSES & set(sentence.lows(stop, row.i))
    timed = last > stop or within or _so_far(sentence, stop)
    return row.j if row is not None and beside else last, row, timed


def _is_one_of_them(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether some are told of who belong to a few, or one of those told of before: "none of the three", "one of the six"."""
    words = sentence.lows(quantity.start, quantity.stop)
    if quantity.of is None or quantity.operator is not Operator.EXACTLY or words[0] == "only" or "of" not in words:
        return False
    return (quantity.of_value < SEVERAL and not quantity.loose) or (
        quantity.value == 1 and bool(_DEFINITE & set(words))
    )


def _is_ahead(sentence: Sentence, quantity: Quantity, stop: int) -> bool:
    """Whether a number is of what is still to come: "forty workers will lose their jobs", "is to free 60 men", "half are expected to go"."""
    then = sentence.lows(stop, stop + 2)
    if then[:1] in (["is"], ["are"]) and _DUE & set(then[1:]):
        return True
    ahead = bool(_MODALS & set(then[:1])) and then[1:] != ["have"]
    return (
        quantity.operator is Operator.EXACTLY
        and quantity.of is None
        and (ahead or _is_promised(sentence, quantity.start))
    )


def _is_promised(sentence: Sentence, at: int) -> bool:
    """Whether what is done to those counted lies ahead: "Havana is to release 61 prisoners"."""
    led = sentence.lows(at - 3, at)
    return led[:2] in (["is", "to"], ["are", "to"]) or (led[1:2] == ["will"] and led[2:] != ["have"])


def _are_victims(sentence: Sentence, quantity: Quantity, stop: int) -> bool:
    """Whether people of no rank were killed, and nobody says how many: "a war that killed some two million people"."""
    if not any(_is_anybody(sentence, k) for k in range(quantity.stop, stop)):
        return False
    lows, start = sentence.low, max(quantity.start - _NEAR_DEATH, sentence.body_start)
    first = next((k + 1 for k in range(quantity.start - 1, start - 1, -1) if lows[k] in _CLOSES), start)
    told = lows[first : stop + _NEAR_DEATH]
    return not _KILLED.isdisjoint(told) and _COUNTED.isdisjoint(told[: quantity.start - first])


def _is_anybody(sentence: Sentence, k: int) -> bool:
    """Whether a word means people of whom no rank is told: "people", "demonstrators", "South Koreans"."""
    role = lexicon.roles().longest(sentence.tokens, k)
    return (
        sentence.low[k] in _ANYBODY
        or (role is not None and not role[1].tier)
        or (role is None and is_people(sentence, k))
    )


def _is_one_event(sentence: Sentence, quantity: Quantity, row: Dated | None) -> bool:
    """Whether a few are told of with the day on which something befell them: "six officers fled on Monday"."""
    few = quantity.operator is Operator.EXACTLY and quantity.value < MANY
    if not few or row is None or row.mention.kind not in _DAYS:
        return False
    return not {";", ":"} & set(sentence.lows(quantity.stop, row.i) + sentence.lows(row.j, quantity.start))


def _is_idle(sentence: Sentence, quantity: Quantity, stop: int) -> bool:
    """Whether of a few, or of vague hundreds, nothing is told that befalls an elite: "five officials work there", "hundreds looked on"."""
    few = quantity.operator is Operator.EXACTLY and quantity.value < MANY
    vague = quantity.loose and quantity.of is None
    return (few or vague) and not is_deed_told(sentence, quantity.start, stop)


def _times(sentence: Sentence, counted: tuple[Quantity, int], row: Dated) -> bool:
    """Whether a date tells of the time within which was counted."""
    quantity, stop = counted
    ahead = 12 if row.mention.kind == "since" else 3
    near = 0 <= row.i - stop <= 8 or (row.i <= sentence.body_start + 2 and 0 <= quantity.start - row.j <= ahead)
    near = near and not (quantity.value < THREE and _CLOSES & set(sentence.lows(stop, row.i)))
    kind, lately = row.mention.kind, sentence.low[row.i] == "this" and quantity.value >= THREE
    return near and (lately or (kind in _PERIODS and (kind != "year" or quantity.value >= SEVERAL)))


def _so_far(sentence: Sentence, stop: int) -> bool:
    lows = sentence.lows(stop, stop + 8)
    return any(lows[k : k + 2] == ["so", "far"] and lows[k - 1] not in {"go", "gone", "went"} for k in range(len(lows)))


def _is_known(sentence: Sentence, quantity: Quantity, *, timed: bool) -> bool:
    """Whether a small number speaks of those told of before: "the five men"."""
    definite = bool(_DEFINITE & {*sentence.lows(quantity.start - 1, quantity.start), sentence.low[quantity.start]})
    small = quantity.operator is Operator.EXACTLY and quantity.value < OTHERS and quantity.of is None
    return definite and small and not timed


def _telling(quantity: Quantity, unit: str, *, timed: bool) -> bool:
    """Whether a count is worth a claim: it has an operator, a time, a whole, or is not tiny."""
    if quantity.value < 2 and quantity.of is None and quantity.operator is Operator.EXACTLY:
        return False
    if unit == "others":
        return quantity.value >= OTHERS or timed or quantity.operator in {Operator.AT_LEAST, Operator.MORE_THAN}
    many = MANY if unit in CASES or unit in COUNTABLE else SEVERAL
    return quantity.operator is not Operator.EXACTLY or timed or quantity.value >= many


def _whole(sentence: Sentence, at: int) -> tuple[float | None, int]:
    """Such as "among the 196 who came", "of 840": the whole, and where its words end."""
    tokens = sentence.tokens
    for k in range(at, min(at + 6, len(tokens))):
        if tokens[k].low in _PARTITIVES:
            m = k + 1 + bool(_DEFINITE & set(sentence.lows(k + 1, k + 2)))
            hit = read_number(tokens, m) if m < len(tokens) and m not in sentence.dated else None
            if hit is not None and hit[1] >= 2:
                return hit[1], hit[0]
    return _one_in(sentence, at)


def _one_in(sentence: Sentence, at: int) -> tuple[float | None, int]:
    """Such as "one defector in five": the whole after a part with its unit."""
    told = sentence.lows(at, at + 1) == ["in"] and at + 1 < len(sentence.low) and at + 1 not in sentence.dated
    hit = read_number(sentence.tokens, at + 1) if told else None
    if hit is None or not 2 <= hit[1] <= SHARES or MEASURES & set(sentence.lows(hit[0], hit[0] + 1)):
        return None, at
    return hit[1], hit[0]


def _is_whole(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number at the head of a clause is that of which a part follows: "Of the eleven officials, seven ..."."""
    at = quantity.start - bool(_DEFINITE & set(sentence.lows(quantity.start - 1, quantity.start)))
    lead = at - 1 - (sentence.lows(at - 2, at) == ["out", "of"])
    head = lead <= sentence.body_start or sentence.tokens[lead - 1].low in _OPENS
    return head and at > 0 and sentence.tokens[at - 1].low in _PARTITIVES and quantity.of is None


def _is_part(sentence: Sentence, quantity: Quantity, whole: Quantity) -> bool:
    """Whether a smaller number follows its whole in the same clause and tells neither a time nor a sum."""
    between = sentence.lows(whole.stop, quantity.start)
    near = len(between) <= FAR and not {";", ":"} & set(between)
    measure = MEASURES & set(sentence.lows(quantity.stop, quantity.stop + 1))
    return near and not measure and quantity.of is None and 2 <= quantity.value < whole.value


def _period_row(sentence: Sentence, quantity: Quantity, stop: int) -> Dated | None:
    """The date that a count is about: one that bounds it, else the nearest after it or before it, that no report verb owns."""
    rows = [row for row in sentence.dates if row.i >= sentence.body_start and not belongs_to_report(sentence, row)]
    after = [row for row in rows if row.i >= stop]
    ahead = quantity.start if quantity.head is None else quantity.head
    before = (row for row in rows if row.j <= ahead or (row.j <= quantity.start and _bounds(sentence, row)))
    nearest = [*after[:1], *[*before][-1:]]
    return next((row for row in nearest if _times(sentence, (quantity, stop), row)), nearest[0] if nearest else None)


def _bounds(sentence: Sentence, row: Dated) -> bool:
    """Whether a date says within which time a whole was counted: "of the 71 arrivals this year five"."""
    return row.mention.kind in _PERIODS - {"year"} or sentence.low[row.i] == "this"
