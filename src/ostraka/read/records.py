"""Records: "the highest since 1997", "the first since", "no envoy has ever"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.dates import When
from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.counted import CASES, plural_before, unit_at
from ostraka.read.noun import TAIL_PREPOSITIONS
from ostraka.read.numbers import bounds
from ostraka.read.periods import bound_at, lapse_at
from ostraka.read.ranked import acts_at, deed_at, head_end, is_human, is_predicate
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_LOOK = 14
_RECENT = frozenset({"recent", "since", "past"})
_SO_FAR = (["so", "far"], ["to", "date"], ["on", "record"], ["until", "now"])
_THAN = frozenset({"than", "record"})
_MORE = word_set("more fewer less higher lower larger")
_BEFORE = word_set("ever before since")
_SAYS = word_set(", – — - is was set making")
_NEAR_THAN = 8
_SUPERLATIVES = word_set(
    "widest highest largest biggest most greatest highest-ranking highest-level most-senior top-ranking highest-profile fewest lowest worst"
    " deadliest bloodiest longest heaviest gravest youngest oldest highest-ranked latest closest boldest best-known best-connected best-placed"
)
_BEST_ONE = frozenset({"best"})
_BEST = word_set("known connected placed informed")
"""What officials are who are the best of their kind."""
_RECORDS = _SUPERLATIVES | {"first", "only"}
_WEAK = word_set("latest youngest oldest longest closest lowest worst gravest")
_PLAIN_AFTER_MOST = word_set("of are have likely recent recently probably importantly notably powerful")
_TIMES_OF = word_set(
    "days weeks months years half quarter hours minutes place round step stage weekend day week month term morning night"
)
_ROLES_LIKE_FIRSTS = word_set(
    "secretary secretaries lady deputy deputies vice vice-premier lieutenant counsellor minister class bureau department officer mate"
    " sergeant name"
)
_BEFORE_FIRST = word_set("the its their his her our 's a")
_SINCE = frozenset({"since"})
_LAPSES = word_set("year years month months week weeks decade decades quarter")
_BE = word_set("is was are were remains")
_STOPS = word_set("; : . ,")
_CLAUSE = word_set("he she they it we i that")
_NEVER = word_set("no nobody none never not neither")
DOERS = word_set("one man woman person soldier guard member defector defectors envoy official rank")
_ANYONE = word_set("anyone anybody any so such")
_NOT_FIRST = word_set("was is were came , it he she they")
_OF_A = (["of", "a"], ["of", "an"], ["of", "its"], ["over", "the"])
_UNMATCHED = word_set("unmatched unprecedented unequalled unequaled unparalleled unseen unknown")
_NO_RECORDS = _RECORDS | word_set(
    "eldest west east north-west north-east rest arrest interest request protest test guest forest harvest conquest contest priest nest"
    " quest breast chest unrest nearest earliest manifest"
)
_LIKENESS = word_set("parallel precedent equal equivalent")
_HELD = word_set("has have had")
_SORTS = word_set("kind sort rank ranks standing class level type grade office")
_OF_THAT = word_set("of in")
_NO_CLAUSES = word_set("on in for at by with and or but during after before when")
_BOUNDS = word_set("since ever before yet until previously")


_WHO = CASES | DOERS | word_set("family clan circle generation")


def records(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "the highest since 1997", "the most senior diplomat to defect", "the first since"."""
    tokens = sentence.tokens
    for k in sorted({*sentence.where(_RECORDS), *_superlatives(sentence), *_best(sentence)}):
        low = tokens[k].low
        top = low in _SUPERLATIVES or low not in _RECORDS
        first = low in {"first", "only"} and _is_first(sentence, k)
        if (
            k < sentence.body_start
            or sentence.lows(k + 1, k + 3) == ["in", "rank"]
            or not (top or first)
            or (low == "most" and _is_share(sentence, k))
        ):
            continue
        if (top and not _is_definite(sentence, k)) or (_is_among(sentence, k) and not _is_bounded(sentence, k)):
            continue
        found = _bounded(sentence, k, weak=low in _WEAK)
        if found is not None:
            stop, fields = found
            operator = Operator.FIRST_SINCE if first else Operator.HIGHEST_SINCE
            start = k - (k > 0 and tokens[k - 1].low in {"the", "its", "their"})
            start -= 2 * (sentence.lows(start - 2, start) == ["one", "of"])
            fields |= {"operator": operator, "unit": _record_unit(sentence, k)}
            if low == "first" and sentence.lows(start - 1, start) == ["not"]:
                start, fields = start - 1, fields | bounds(Operator.AT_LEAST, 2.0)
            yield start, stop, fields


def _best(sentence: Sentence) -> Iterator[int]:
    """Where "best" ranks people: "the best known of the ministers who left"."""
    return (k for k in sentence.where(_BEST_ONE) if _BEST & set(sentence.lows(k + 1, k + 2)))


def _is_bounded(sentence: Sentence, k: int) -> bool:
    """Whether one of the highest is told with a time or with what those did: "one of the most senior officers to leave"."""
    timed = _RECENT & {row.mention.kind for row in sentence.dates} or sentence.has("ever")
    return bool(timed or _case_before(sentence, k) or _act_after(sentence, k, _clause_end(sentence, k)))


def _case_before(sentence: Sentence, k: int) -> bool:
    """Whether a departure is ranked: "his departure is one of the most prominent"."""
    be = next((m for m in range(k - 1, max(k - 5, sentence.body_start), -1) if sentence.low[m] in _BE), None)
    return be is not None and bool(CASES & set(sentence.lows(be - 1, be)))


def _clause_end(sentence: Sentence, k: int) -> int:
    """Where the clause of a superlative ends, or how far it is looked into."""
    limit = min(k + _LOOK, len(sentence.tokens))
    return next((m for m in range(k + 1, limit) if sentence.low[m] in _STOPS), limit)


def comparisons(sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Such as "more than ever", "fewer than in ten years before", "more than any other nation", ", a record"."""
    lows = sentence.low
    for k in sentence.where(_THAN):
        ends = (
            [m for m in range(k + 1, min(k + _NEAR_THAN, len(lows))) if lows[m] in _BEFORE] if lows[k] == "than" else []
        )
        other = sentence.lows(k + 1, k + 3) == ["any", "other"]
        more = k > sentence.body_start and lows[k - 1] in _MORE
        led = sentence.lows(k - 2, k)
        if lows[k] == "record" and led[-1:] == ["a"] and led[0] in _SAYS:
            low = sentence.lows(k + 1, k + 2)[:1] in (["low"], ["high"], ["number"])
            yield k - 1, k + 1 + low, _unmatched(sentence, k)
        elif more and ((ends and not _is_stretch(sentence, k, ends[-1])) or other):
            yield k - 1, k + 4 if other else ends[-1] + 1, _unmatched(sentence, k)


def _is_stretch(sentence: Sentence, than: int, end: int) -> bool:
    """Whether a time is told and nothing is compared with all before: "fewer than a year before", "more than four years since"."""
    return sentence.low[end - 1] in _LAPSES and sentence.low[than + 1] not in {"in", "at", "any"}


def _unmatched(sentence: Sentence, k: int) -> dict[str, Any]:
    return {"operator": Operator.HIGHEST_SINCE, "unit": plural_before(sentence, k) or "defections"}


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
    before = sentence.lows(k - 1, k) if k > sentence.body_start else ["the"]
    then = sentence.lows(k + 1, k + 2)
    named = (
        sentence.tokens[k].text[0].isupper() and sentence.tokens[min(k + 1, len(sentence.low) - 1)].text[0].isupper()
    )
    if named or _NOT_FIRST & set(then) or _TIMES_OF & set(sentence.lows(k + 1, k + 3)):
        return False
    if sentence.tokens[k].low == "only":
        return (
            before[0] in {"the", "'s"}
            and k > sentence.body_start
            and (then[:1] not in (["one"], ["son"], ["daughter"]) or sentence.lows(k + 1, k + 3) == ["one", "of"])
        )
    if set(then) & _ROLES_LIKE_FIRSTS or (then == ["of"] and sentence.lows(k + 3, k + 4) in (["month"], ["year"])):
        return False
    bare = before[0] in {"is", "was", ","} and bool({"since", "in", "of"} & set(then))
    return bare or before[0] in _BEFORE_FIRST


def _bounded(sentence: Sentence, k: int, *, weak: bool) -> tuple[int, dict[str, Any]] | None:
    """The end and the period of a record: bounded by "since", "ever", "in years", or by what those it excels do."""
    limit = min(k + _LOOK, len(sentence.tokens))
    limit = next((m for m in range(k + 1, limit) if sentence.low[m] in {";", ":", "."}), limit)
    since = next((m for m in range(k + 1, limit) if sentence.low[m] == "since"), None)
    if since is not None and not _HELD & set(sentence.lows(since - 1, since)):
        row = next((row for row in sentence.dates if row.i >= since - 1 and row.i - since < 8), None)
        if row is None:
            return min(since + _tail(sentence, since), len(sentence.tokens)), {}
        when = row.mention.when
        return row.j, {"period": when if row.mention.kind == "since" else When(when.earliest, None, when.text)}
    ever = next((m for m in range(k + 1, limit) if _is_ever(sentence, m)), None)
    comma = next((m for m in range(k + 1, limit) if sentence.low[m] == ","), limit)
    acts = _act_after(sentence, k, comma)
    ranked = head_end(sentence, k) if _case_before(sentence, k) else 0
    bound = _bound_after(sentence, k, comma)
    ends = [end for end in (ever and ever + 1, acts, bound, _kind(sentence, k, comma), ranked) if end]
    if ends and not (weak and acts and len(ends) == 1 and not ever):
        return max(ends), {}
    return (first, {}) if sentence.low[k] == "first" and (first := _first_of(sentence, k)) else None


def _is_ever(sentence: Sentence, m: int) -> bool:
    return sentence.low[m] in {"ever", "yet"} or sentence.lows(m, m + 2) in _SO_FAR


def _act_after(sentence: Sentence, k: int, limit: int) -> int:
    """Where what those do ends who are excelled: "the highest officer to turn"; 0 if nothing is told of it."""
    noun = k, head_end(sentence, k)
    for m in range(k + 1, limit):
        led = _leads_to_act(sentence, k, m)
        end = acts_at(sentence, m + 1) if led else 0
        if end or (sentence.low[m] == "to" and (end := deed_at(sentence, noun, m))):
            return end
    return 0


def _bound_after(sentence: Sentence, k: int, limit: int) -> int:
    """Where a time ends within which something excels: "in nine years", "this year"; 0 if there is none."""
    found = (bound_at(sentence, m) for m in range(k + 1, limit))
    return next((bound[0] for bound in found if bound is not None), 0)


def _kind(sentence: Sentence, k: int, limit: int) -> int:
    """Where the kind ends of which something is the first or the highest: "arrest of a former president", "of its kind"."""
    at = next((m for m in range(k + 1, limit) if sentence.lows(m, m + 3)[1:] in _OF_A), None)
    case = at is not None and at == k + 1 and sentence.low[at] in CASES
    sort = next(
        (m for m in range(k + 1, limit) if sentence.low[m] in _SORTS and _OF_THAT & set(sentence.lows(m - 2, m))), 0
    )
    return sort + 1 if sort else at + 3 if case and at is not None else 0


def _first_of(sentence: Sentence, k: int) -> int:
    """Where a first ends that is told of somebody without a bound: "it is the first such return", "the first time that"; 0 if none is."""
    if not is_predicate(sentence, k):
        return 0
    lows, end = sentence.low, head_end(sentence, k)
    if lows[k + 1 : k + 2] == ["time"]:
        return (
            k + 2
            if sentence.lows(k + 2, k + 3)[:1] and lows[k + 2][0].isalpha() and lows[k + 2] not in _NO_CLAUSES
            else 0
        )
    case = end > k + 1 and lows[end - 1] in CASES and (end > k + 2 or lows[end] in TAIL_PREPOSITIONS | {"under"})
    counted = case or (end > k + 1 and (lows[k + 1] == "such" or lows[end - 1] == "woman"))
    done = end > k + 2 and is_human(sentence, k + 1, end) and lows[end - 1].endswith("ed") and lows[end - 1] != "named"
    return end if counted or done else 0


def _leads_to_act(sentence: Sentence, k: int, m: int) -> bool:
    """Whether word `m` joins those who excel to what they do: "officer to defect", "the first who fled"."""
    if sentence.tokens[m].low not in {"to", "who"}:
        return False
    between = sentence.lows(k + 1, m)
    if _CLAUSE & set(between):
        return False
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
        bound = next((m for m in range(at, min(at + _LOOK + 4, len(lows))) if _is_bound(sentence, m)), None)
        ranked = _is_ranked(lows[at : at + 9])
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


def _is_ranked(lows: list[str]) -> bool:
    """Whether "no one" is told with a height: "nobody so high has", "no officer of that rank had"."""
    so = bool({"so", "higher"} & set(lows)) and bool({"close", "higher", "senior", "high"} & set(lows))
    return so or ("rank" in lows and not _HELD.isdisjoint(lows[lows.index("rank") :]))


def _is_bound(sentence: Sentence, m: int) -> bool:
    """Whether a time begins at a word within which nobody did it: "since", "before", "in two decades"."""
    low, then = sentence.low[m], sentence.lows(m + 1, m + 2)
    lapse = lapse_at(sentence, m) if low in {"in", "for"} else None
    return lapse is not None or (low in _BOUNDS and (low != "until" or then in (["now"], ["then"])))


def _denies_someone(sentence: Sentence, at: int) -> bool:
    """Whether "no" and its like speak of persons: "no diplomat", "not one", "never before"."""
    low, then = sentence.tokens[at].low, sentence.lows(at + 1, at + 6)
    if then[:1] == ["longer"]:
        return False
    if low in {"nobody", "none", "never"}:
        return low != "never" or then[:1] == ["before"] or {"before"} & set(then) != set()
    if low == "not":
        return then[:1] in (["one"], ["a"]) or (then[:1] == ["since"] and sentence.has(*_ANYONE))
    return (
        (at + 1 < len(sentence.low) and is_human(sentence, at + 1, at + 2))
        or bool(_LIKENESS & set(then[:1]))
        or bool(DOERS & set(then[:2]))
        or bool(lexicon.role_words() & set(then[:4]))
    )


def _record_unit(sentence: Sentence, k: int) -> str:
    for m in range(k, min(k + 7, len(sentence.tokens))):
        found = lexicon.roles().longest(sentence.tokens, m)
        if found is not None and sentence.tokens[m].low not in {"senior", "elite"}:
            return str(found[1].word)
    end = head_end(sentence, k)
    head = sentence.low[end - 1] if end > k + 1 else ""
    return head if head in CASES or "such" in sentence.lows(k + 1, end - 1) else "defections"
