"""Rates and records: "less than once a year", "the highest since 1997", "the first since", "no envoy has ever"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ostraka.dates import When
from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.counted import CASES, unit_at
from ostraka.read.noun import number_at
from ostraka.read.numbers import bounds, operator_before, read_number
from ostraka.read.periods import lapse_at
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import Token, word_set

_RATE = {
    "year": "year",
    "month": "month",
    "week": "week",
    "annum": "year",
    "decade": "decade",
    "day": "day",
}
_RATED = frozenset({"a", "per", "each", "every"})
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_LOOK = 14
_RECENT = frozenset({"recent", "since", "past"})
_NO_ACTS = word_set("become before best party the a an his her its")
_SO_FAR = (["so", "far"], ["to", "date"], ["on", "record"], ["until", "now"])
_APART = word_set("earlier before ago later old after")
_SUPERLATIVES = word_set(
    "widest highest largest biggest most greatest highest-ranking highest-level most-senior top-ranking highest-profile fewest lowest worst"
    " deadliest bloodiest longest heaviest gravest youngest oldest highest-ranked latest closest boldest"
)
_RECORDS = _SUPERLATIVES | {"first", "only"}
_WEAK = word_set("latest youngest oldest longest closest lowest worst gravest")
_PLAIN_AFTER_MOST = word_set("of are have likely recent probably importantly notably powerful")
_ACTS = (
    *("defect", "fle", "leav", "left", "desert", "com", "came", "abandon", "quit", "break", "broke", "chang", "switch"),
    *("cross", "join", "resign", "go", "gone", "execut", "purg", "recall", "dismiss", "remov", "fall", "fell", "escap"),
    *(
        "seek",
        "sought",
        "ask",
        "stay",
        "turn",
        "arriv",
        "die",
        "shot",
        "disappear",
        "vanish",
        "expel",
        "sack",
        "arrest",
    ),
    *(
        "surrender",
        "happen",
        "return",
        "reach",
        "replac",
        "lose",
        "lost",
        "depart",
        "walk",
        "denounc",
        "slip",
        "fly",
        "flown",
    ),
    *(
        "bolt",
        "part",
        "run",
        "ran",
        "make",
        "made",
        "enter",
        "request",
        "appl",
        "rebel",
        "swap",
        "leap",
        "be",
        "do",
        "give",
    ),
)
_TIMES_OF = word_set("days weeks months years half quarter hours minutes place round step stage weekend")
_ROLES_LIKE_FIRSTS = word_set(
    "secretary lady deputy vice vice-premier lieutenant counsellor minister class bureau department"
)
_SINCE = frozenset({"since"})
_NEVER = word_set("no nobody none never not neither")
_DOERS = word_set("one man woman person soldier guard member defector defectors envoy official rank")
_ANYONE = word_set("anyone anybody any so such")
_NOT_FIRST = word_set("was is were came , it he she they")
_OF_A = (["of", "a"], ["of", "an"], ["of", "its"], ["over", "the"])
_UNMATCHED = word_set("unmatched unprecedented unequalled unequaled unparalleled unseen unknown")
_NO_RECORDS = _RECORDS | word_set(
    "eldest west east north-west north-east rest arrest interest request protest test guest forest harvest conquest contest priest nest"
    " quest breast chest unrest nearest earliest manifest"
)
_LIKENESS = word_set("parallel precedent equal equivalent")
_BOUNDS = word_set("since ever before yet until previously")


_WHO = CASES | _DOERS


@cache
def _human() -> frozenset[str]:
    return _WHO | lexicon.role_words()


def rates(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "less than once a year", "two a month", "ten per year", "one every nine months"."""
    tokens = sentence.tokens
    for k in sentence.where(_RATED):
        if not 0 < k < len(tokens) - 1:
            continue
        stop, per = k + 2, _RATE.get(tokens[k + 1].low)
        gap = number_at(tokens, k + 1) if tokens[k].low == "every" else None
        if gap is not None and k + 2 < len(tokens):
            stop, per = k + 3, _RATE.get(tokens[k + 2].low.removesuffix("s"))
        value, at = _rate_value(tokens, k) if per is not None else (None, k)
        if value is None or not _counts_people(sentence, at, k) or _APART & set(sentence.lows(stop, stop + 1)):
            continue
        start, operator = operator_before(tokens, at)
        unit = next((row[1] for m in range(at + 1, k) if (row := unit_at(tokens, m))), "")
        told = {"unit": unit or ("defections" if _is_leaving(sentence) else ""), "per": per}
        years = _stretch(sentence, start, stop)
        within = {"period": years.mention.when} if years is not None else {}
        yield start, stop, bounds(operator, value / (gap or 1)) | told | within


_STRETCHES = frozenset({"range", "decade", "since", "past"})
NEAR = 4
"""Words after a rate within which its years are told."""


def _stretch(sentence: Sentence, start: int, stop: int) -> Dated | None:
    """The years of which a rate is told: "Between 2000 and 2013 less than one a year", "once a year since 1994"."""
    near = (row for row in sentence.dates if 0 <= row.i - stop <= NEAR)
    after = [row for row in near if all(low.isalpha() for low in sentence.lows(stop, row.i))]
    ahead = [row for row in sentence.dates if row.i <= sentence.body_start + 2 and 0 <= start - row.j <= 3]
    return next((row for row in (*after, *ahead) if row.mention.kind in _STRETCHES), None)


def _counts_people(sentence: Sentence, at: int, k: int) -> bool:
    """Whether what happens so often is a departure, or told of people: not "one outing a week"."""
    if k - at <= 1:
        return operator_before(sentence.tokens, at)[0] < at or _is_leaving(sentence) or sentence.has(*CASES)
    tokens, human = sentence.tokens, _human()
    return any(unit_at(tokens, m) or tokens[m].low in human for m in range(at + 1, k))


def _rate_value(tokens: list[Token], k: int) -> tuple[float | None, int]:
    for m in range(k - 1, max(k - 6, -1), -1):
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


def acts_at(sentence: Sentence, k: int) -> int:
    """Where a verb that tells of a departure or a fall ends, from word `k`: "to have fled", "to be recalled"; 0 if none."""
    tokens, at = sentence.tokens, k
    while k < len(tokens) and tokens[k].low in {"have", "be", "been", "publicly", "openly", "ever", "actually"}:
        k += 1
    passive = at < k < len(tokens) and tokens[k - 1].low in {"be", "been"} and tokens[k].low.endswith("ed")
    passive = passive and sentence.lows(at - 1, at) == ["to"]
    told = k < len(tokens) and (tokens[k].low.startswith(_ACTS) or passive or _is_done_by(sentence, at))
    if not told or tokens[k].low in _NO_ACTS:
        return 0
    return k + 1 + (sentence.lows(k + 1, k + 2) == ["so"])


def _is_done_by(sentence: Sentence, k: int) -> bool:
    """Whether any verb after "to" says what a person did: "the highest officer to turn", not "close to the top"."""
    role = lexicon.roles().longest(sentence.tokens, k - 2) if k > 1 else None
    plain = sentence.tokens[k].low.isalpha() and sentence.tokens[k].text[0].islower()
    return sentence.lows(k - 1, k) == ["to"] and role is not None and plain


def records(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "the highest since 1997", "the most senior diplomat to defect", "the first since"."""
    tokens = sentence.tokens
    for k in sorted({*sentence.where(_RECORDS), *_superlatives(sentence)}):
        low = tokens[k].low
        top = low in _SUPERLATIVES or low not in _RECORDS
        first = low in {"first", "only"} and _is_first(sentence, k)
        if k < sentence.body_start or not (top or first) or (low == "most" and _is_share(sentence, k)):
            continue
        if (top and not _is_definite(sentence, k)) or (
            _is_among(sentence, k)
            and not _RECENT & {row.mention.kind for row in sentence.dates}
            and not sentence.has("ever")
        ):
            continue
        found = _bounded(sentence, k, weak=low in _WEAK)
        if found is not None:
            stop, fields = found
            operator = Operator.FIRST_SINCE if first else Operator.HIGHEST_SINCE
            start = k - (k > 0 and tokens[k - 1].low in {"the", "its", "their"})
            yield start, stop, fields | {"operator": operator, "unit": _record_unit(sentence, k)}


def _superlatives(sentence: Sentence) -> Iterator[int]:
    """What else "since" bounds: "the best harvest since 1964", "unmatched since the war", "than in any year since"."""
    for since in sentence.where(_SINCE):
        if not sentence.lows(since + 1, since + 2) or not sentence.low[since + 1][0].isalnum():
            continue
        for k in range(max(since - _LOOK, sentence.body_start) + 1, since):
            low = sentence.tokens[k].low
            led = sentence.tokens[k - 1].low in {"the", "its"} and "," not in sentence.lows(k, since)
            any_other = low == "than" and "any" in sentence.lows(k + 1, k + 4)
            if any_other or low in _UNMATCHED or (led and low.endswith("est") and low not in _NO_RECORDS):
                yield k


def _is_share(sentence: Sentence, k: int) -> bool:
    """Whether "most" means the greater part, or only stresses: "most of them", "most officers", "most likely"."""
    loose = k == sentence.body_start or sentence.low[k - 1] not in {"the", "its", "their", "'s"}
    plural = loose and k + 1 < len(sentence.tokens) and unit_at(sentence.tokens, k + 1) is not None
    return plural or bool(_PLAIN_AFTER_MOST & set(sentence.lows(k + 1, k + 2)))


def _is_definite(sentence: Sentence, k: int) -> bool:
    before = sentence.lows(k - 1, k) if k else [","]
    low = sentence.tokens[k].low
    small = {"the", "its", "his", "their", "her", ",", "'s", "be", "is", "was", "second", "second-", "of", "at", "as"}
    return (
        before[0] in small
        or low in _UNMATCHED
        or low == "than"
        or low.startswith("highest-r")
        or k == sentence.body_start
    )


def _is_among(sentence: Sentence, k: int) -> bool:
    """Whether one is only among the highest: "one of the most senior", "among the highest"."""
    return "among" in sentence.lows(k - 2, k) or sentence.lows(k - 3, k - 1) == ["one", "of"]


def _is_first(sentence: Sentence, k: int) -> bool:
    """Whether "first" or "only" speaks of a case: "the first to flee", "the first envoy since", not "the first secretary"."""
    before = sentence.lows(k - 1, k) if k else ["the"]
    then = sentence.lows(k + 1, k + 2)
    if (
        sentence.tokens[k].text[0].isupper()
        and k + 1 < len(sentence.tokens)
        and sentence.tokens[k + 1].text[0].isupper()
    ):
        return False
    if _NOT_FIRST & set(then) or _TIMES_OF & set(sentence.lows(k + 1, k + 3)):
        return False
    if sentence.tokens[k].low == "only":
        return before == ["the"] and then[:1] not in (["one"], ["son"], ["daughter"])
    follows = set(then) & _ROLES_LIKE_FIRSTS and set(sentence.lows(k + 2, k + 3)) & {"of", "at", "in", "and", ",", "."}
    bare = before[0] in {"is", "was"} and bool({"to", "since", "in", "of"} & set(then))
    return (bare or before[0] in {"the", "its", "their", "'s", "a"}) and not follows


def _bounded(sentence: Sentence, k: int, *, weak: bool) -> tuple[int, dict[str, Any]] | None:
    """The end and the period of a record: bounded by "since", "ever", "in years", or by what those it excels do."""
    tokens = sentence.tokens
    end = min(k + _LOOK, len(tokens))
    limit = next((m for m in range(k + 1, end) if tokens[m].low in {";", ":", "."}), end)
    reach = range(k + 1, limit)
    since = next((m for m in reach if tokens[m].low == "since"), None)
    if since is not None:
        row = next((row for row in sentence.dates if row.i >= since - 1 and row.i - since < 8), None)
        if row is None:
            return min(since + _tail(sentence, since), len(tokens)), {}
        when = row.mention.when
        return row.j, {"period": when if row.mention.kind == "since" else When(when.earliest, None, when.text)}
    ever = next((m for m in reach if tokens[m].low in {"ever", "yet"} or sentence.lows(m, m + 2) in _SO_FAR), None)
    comma = next((m for m in reach if tokens[m].low == ","), limit)
    acts = next(
        (e for m in reach if m < comma and _leads_to_act(sentence, k, m) and (e := acts_at(sentence, m + 1))), None
    )
    lapse = next((found[0] for m in reach if m < comma and (found := lapse_at(sentence, m))), None)
    kind = next((m for m in reach if m < comma and sentence.lows(m, m + 3)[1:] in _OF_A), None)
    case = kind + 3 if kind is not None and kind == k + 1 and tokens[kind].low in CASES else None
    ends = [m for m in (ever and ever + 1, acts, lapse, case) if m]
    return (max(ends), {}) if ends and not (weak and acts is not None and len(ends) == 1 and not ever) else None


def _leads_to_act(sentence: Sentence, k: int, m: int) -> bool:
    """Whether word `m` joins those who excel to what they do: "officer to defect", "the first who fled"."""
    if sentence.tokens[m].low not in {"to", "who"}:
        return False
    between = sentence.lows(k + 1, m)
    human = any(unit_at(sentence.tokens, i) or lexicon.roles().longest(sentence.tokens, i) for i in range(k + 1, m))
    return not between or human or bool(set(between) & _WHO)


def _tail(sentence: Sentence, since: int) -> int:
    """How many words "since the war began" has: up to a mark, at most five."""
    stop = next(
        (m for m in range(since + 1, len(sentence.tokens)) if not sentence.tokens[m].text[0].isalnum()), since + 1
    )
    return max(min(stop - since, 6), 1)


def never_before(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "no diplomat has quit since 2016", "never before has an envoy fled", "nobody so high has yet fled"."""
    lows = sentence.low
    for at in sentence.where(_NEVER):
        if at < sentence.body_start or not _denies_someone(sentence, at):
            continue
        reach = range(at + 1, min(at + _LOOK, len(lows)))
        verb = next((end for m in reach if m > at + 1 and (end := acts_at(sentence, m))), 0)
        verb = verb or (at + 2 if lows[at + 1 : at + 2] and lows[at + 1] in _LIKENESS else 0)
        bound = next((m for m in range(at, min(at + _LOOK + 4, len(lows))) if lows[m] in _BOUNDS), None)
        ranked = {"rank", "close", "higher", "senior", "high"} & set(lows[at : at + 9])
        none = lows[at : at + 2] == ["not", "one"] or lows[at : at + 3] == ["not", "a", "single"]
        if not verb or (bound is None and not ranked and not none):
            continue
        row = next(
            (row for row in sentence.dates if row.i >= verb - 1 and bound is not None and row.i - bound < 8), None
        )
        fields: dict[str, Any] = {"operator": Operator.HIGHEST_SINCE, "unit": _record_unit(sentence, at)}
        if none:
            fields |= bounds(Operator.EXACTLY, 0.0)
        elif not ranked:
            fields["operator"] = Operator.FIRST_SINCE
        if row is not None:
            fields["period"] = row.mention.when
        yield at, row.j if row is not None else max(verb, (bound or 0) + 1), fields
        return


def _denies_someone(sentence: Sentence, at: int) -> bool:
    """Whether "no" and its like speak of persons: "no diplomat", "not one", "never before"."""
    low, then = sentence.tokens[at].low, sentence.lows(at + 1, at + 6)
    if low in {"nobody", "none", "never"}:
        return low != "never" or then[:1] == ["before"] or {"before"} & set(then) != set()
    if low == "not":
        return then[:1] in (["one"], ["a"]) or (then[:1] == ["since"] and sentence.has(*_ANYONE))
    human = lexicon.roles().longest(sentence.tokens, at + 1) if at + 1 < len(sentence.tokens) else None
    return (
        human is not None
        or bool(_LIKENESS & set(then[:1]))
        or bool(_DOERS & set(then[:2]))
        or bool(lexicon.role_words() & set(then[:4]))
    )


def _record_unit(sentence: Sentence, k: int) -> str:
    for m in range(k, min(k + 7, len(sentence.tokens))):
        found = lexicon.roles().longest(sentence.tokens, m)
        if found is not None and sentence.tokens[m].low not in {"senior", "elite"}:
            return str(found[1].word)
    return "defections"
