"""Who does it and to whom it is done: the chain of words before a verb, its subject, its object."""

from __future__ import annotations

from dataclasses import dataclass, field

from ostraka.read.noun import Noun, number_at
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger, inflect

AUXILIARIES = word_set(
    "has have had is are was were be been being will would may might can could should must did does do having get got gets am 's"
    " shall cannot"
)
CONTROL = word_set(
    "decided decide chose choose choosing deciding planned plans plan planning tried tries try trying attempted attempts attempt attempting sought seeks seek"
    " seeking wanted wants want hoped hopes hope refused refuses refuse failed fails fail about ready prepared preparing prepares believed thought"
    " said reported feared rumoured rumored understood known expected due set likely ordered forced threatened threatens agreed managed began"
    " begun preparing alleged presumed assumed suspected claimed intended intends intend intending wishes wished unable able poised supposed"
    " unlikely certain appears appeared seems seemed continued vowed pledged offered offers asked going told way bid attempt plot"
    " urged begged persuaded convinced helped allowed called failing"
)
ADVERBS = word_set(
    "also already then since later now recently ever never not n't earlier just still both all soon once again subsequently first long only even"
    " together actually indeed perhaps probably possibly maybe instead himself herself themselves back too allegedly in order on the n't either"
    " no longer yet"
)
PREPOSITIONS = word_set(
    "of with to from by for in at against under about between among like than as including on over into despite toward towards via near through"
    " alongside besides behind without unlike beside around following per within onto upon except"
)
REPORTING = word_set(
    "said says say saying told tells reported reports report confirmed confirms announced announces claimed claims believe believes believed denied"
    " denies added adds insisted alleged alleges acknowledged disclosed revealed stated quoted quoting wrote writes argued suggested suggests that"
    " think thinks thought learned knew"
)
MAX_JOINED = 40
"""Longest chain of phrases joined by "and" that is followed back."""
_BOUNDARY = frozenset({";", ":"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "got", "gets", "'s"})


@dataclass(slots=True)
class Clause:
    """A verb with the words that govern it and its arguments."""

    trigger: Trigger
    start: int
    chain: list[str] = field(default_factory=list)
    subjects: list[Noun] = field(default_factory=list)
    relative: bool = False
    passive: bool = False
    subordinate: str = ""
    record: bool = False


def read_clause(sentence: Sentence, trigger: Trigger) -> Clause:
    """The clause of a trigger: chain of words before it, voice, subjects (those it happens to)."""
    start = _chain_start(sentence, trigger.i)
    chain = sentence.lows(start, trigger.i)
    clause = Clause(trigger, start, chain)
    if trigger.rule.frame == "done":
        _voice(sentence, clause)
    before = sentence.tokens[start - 1].low if start else ""
    clause.relative = before in {"who", "which", "that", "whom"} and _has_antecedent(sentence, start - 1)
    objects = _objects(sentence, clause)
    if trigger.rule.frame == "done" and not clause.passive:
        clause.subjects = objects
    else:
        clause.subjects = subjects(sentence, start, relative=clause.relative)
    clause.subordinate = _subordinator(sentence, clause)
    clause.subjects = [
        subject for subject in (_beneath_superlative(sentence, noun) for noun in clause.subjects) if subject
    ]
    clause.record = len(clause.subjects) > 0 and any(
        _is_superlative(sentence, noun)
        for noun in sentence.nouns
        if noun.j <= clause.start and clause.start - noun.j < 4
    )
    return clause


_RECORD = word_set("most highest first highest-ranking second third latest only highest-level highest-profile last")


def _is_superlative(sentence: Sentence, noun: Noun) -> bool:
    return (
        noun.kind == "role"
        and bool(_RECORD & set(sentence.lows(noun.i, noun.head)))
        and noun.det in {"the", "'s", "his", ""}
    )


def _beneath_superlative(sentence: Sentence, noun: Noun) -> Noun | None:
    """Whom "is the most senior diplomat to defect" is said of; nobody for "the first diplomat to defect" alone."""
    return (
        noun.same
        if _is_superlative(sentence, noun) and noun.same is not None
        else (None if _is_superlative(sentence, noun) else noun)
    )


def _chain_start(sentence: Sentence, at: int) -> int:
    """First word of the auxiliaries, adverbs and governing verbs before a verb."""
    k = at
    dated = {m for row in sentence.dates for m in range(row.i, row.j)}
    while k > sentence.body_start:
        low = sentence.tokens[k - 1].low
        if (
            low in AUXILIARIES
            or low in ADVERBS
            or low in CONTROL
            or low == "to"
            or k - 1 in dated
            or (low.endswith("ly") and not sentence.tokens[k - 1].text[0].isupper())
        ):
            k -= 1
        else:
            break
    while k < at and sentence.tokens[k].low in {"in", "on", "the", "way", "order", "both", "all", ","}:
        k += 1
    return k


def _voice(sentence: Sentence, clause: Clause) -> None:
    rule, chain = clause.trigger.rule, clause.chain
    forms = inflect(rule.verb)
    if rule.form == "past" and forms[1] != forms[2]:
        return
    if rule.form not in {"past", "part"}:
        clause.passive = False
        return
    verbs = [word for word in chain if word in AUXILIARIES]
    if verbs:
        clause.passive = verbs[-1] in _BE
        return
    stop = clause.trigger.j
    after = next((noun for noun in sentence.nouns if noun.i == clause.trigger.i + 1), None)
    if sentence.lows(stop, stop + 1) == [":"]:
        return
    has_object = clause.trigger.between is not None or (after is not None and after.is_person)
    following = sentence.tokens[stop].low if stop < len(sentence.tokens) else "."
    clause.passive = not has_object and (
        following in PREPOSITIONS | {",", ".", "after", "last", "and", ")", "when"}
        or stop > clause.trigger.i + 1
        or any(row.i == stop for row in sentence.dates)
    )


def _has_antecedent(sentence: Sentence, at: int) -> bool:
    noun = sentence.noun_before(at)
    return noun is not None and at - noun.j <= 1 and (sentence.tokens[at].low != "that" or noun.is_person)


def _objects(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Persons right after the verb."""
    if clause.trigger.between is not None:
        return [clause.trigger.between]
    starts = {clause.trigger.i + 1, clause.trigger.j}
    starts |= {
        at + 1 for at in starts if at < len(sentence.tokens) and sentence.tokens[at].low in {"the", "its", "his"}
    }
    first = next(
        (
            noun
            for noun in sentence.nouns
            if noun.i in starts
            or (
                noun.kind == "person"
                and 0 < noun.i - clause.trigger.i <= 3
                and _plainly_leads(sentence, clause.trigger.i + 1, noun.i)
            )
        ),
        None,
    )
    if first is None or not first.is_person:
        return []
    return first.members or _with_joined(sentence, first.same or first)


def _with_joined(sentence: Sentence, first: Noun) -> list[Noun]:
    """A phrase with those joined to it after it by commas and "and"; appositions are passed over."""
    found, end = [first], first.j
    for noun in sentence.nouns:
        if noun.i < end or not noun.is_person or sentence.lows(noun.j, noun.j + 1) == ["'s"]:
            continue
        if noun.same is found[-1]:
            end = noun.j
            continue
        gap = sentence.lows(end, noun.i)
        if gap == ["of"]:
            end = noun.j
            continue
        if noun.same is not None and noun.same.i >= noun.i:
            if gap in (["and"], [","], [",", "and"]):
                found.append(noun.same)
                end = noun.same.j
            elif noun.same not in found:
                break
            continue
        if gap not in (["and"], [","], [",", "and"]) or noun in found:
            break
        found.append(noun)
        end = noun.j
    return found


def _plainly_leads(sentence: Sentence, i: int, j: int) -> bool:
    """Whether words `i` to `j` are a determiner and a plain noun: "the economist"."""
    words = sentence.lows(i, j)
    return words[:1] in (["the"], ["a"], ["an"], ["its"], ["his"]) and all(
        word.isalpha() and word not in PREPOSITIONS for word in words
    )


def subjects(sentence: Sentence, at: int, *, relative: bool = False) -> list[Noun]:
    """Those who do what the verb group at word `at` says.

    Parameters
    ----------
    sentence : Sentence
    at : int
        First word of the verb group.
    relative : bool
        Whether "who" stands before it.

    Returns
    -------
    list of Noun
        Coordinated subjects in order; empty if none is found safely.
    """
    pool = [noun for noun in sentence.nouns if noun.j <= at and noun.is_person]
    if relative:
        if not pool:
            return []
        last = pool[-1]
        return [last.same or last]
    opened = _relative_opened(sentence, at)
    pool = [noun for noun in pool if noun.j <= opened] if opened else pool
    limit = max((k for k in range(sentence.body_start, at) if sentence.tokens[k].low in _BOUNDARY), default=-1)
    for noun in reversed(pool):
        if noun.i < limit:
            break
        main = noun.same if noun.same is not None and noun.same.j <= at else noun
        if _is_governed(sentence, main) or (main is not noun and _is_governed(sentence, noun) and main.j > noun.i):
            continue
        return [] if _counted_between(sentence, noun.j, at) else _coordinated(sentence, main)
    return []


def _counted_between(sentence: Sentence, i: int, j: int) -> bool:
    """Whether "31 holders of passports" or a bare "eleven" stands between: then that is the subject."""
    dated = {k for row in sentence.dates for k in range(row.i, row.j)}
    for k in range(i, j):
        value = number_at(sentence.tokens, k) if k not in dated else None
        if value is not None and value > 1 and sentence.tokens[k - 1].low not in {"aged", ",", "("}:
            following = sentence.lows(k + 1, k + 2)
            if k + 1 == j or (following and following[0].endswith("s") and following[0].isalpha()):
                return True
    return False


def _relative_opened(sentence: Sentence, at: int) -> int:
    """Where ", who ..., " before a verb was opened; 0 if the verb does not follow such a clause."""
    if at < 3 or sentence.tokens[at - 1].low != ",":
        return 0
    for k in range(at - 2, max(sentence.body_start, at - 45), -1):
        low = sentence.tokens[k].low
        if low in _BOUNDARY:
            return 0
        if low in {"who", "whose", "whom", "which"} and sentence.tokens[k - 1].low == ",":
            return k
    return 0


_TAKES_OBJECT = word_set("told met named made took left saw led whom shot put sent")


def _is_governed(sentence: Sentence, noun: Noun) -> bool:
    """Whether a phrase is the object of a preposition or of another verb."""
    if sentence.lows(noun.j, noun.j + 1) == ["'s"]:
        return True
    first = _first_joined(sentence, noun)
    if first.i == 0:
        return False
    before = sentence.tokens[first.i - 1].low
    if before in PREPOSITIONS or sentence.lows(first.i - 2, first.i) == ["among", "them"]:
        return True
    if before in REPORTING | AUXILIARIES:
        return False
    return before.endswith("ed") or before in _TAKES_OBJECT


def _first_joined(sentence: Sentence, noun: Noun) -> Noun:
    """The first of phrases joined by "and" that a phrase belongs to; a name goes back to its title."""
    for _ in range(MAX_JOINED):
        lead = next((other for other in sentence.nouns if other.j == noun.i and other.same is noun), None)
        if noun.kind == "person" and lead is not None:
            noun = lead
            continue
        joined = sentence.lows(noun.i - 1, noun.i) == ["and"]
        partner = next((other for other in sentence.nouns if other.j == noun.i - 1 and other.is_person), None)
        if not joined or partner is None:
            return noun
        noun = partner if partner.same is None or partner.same.i > partner.i else partner.same
    return noun


def _coordinated(sentence: Sentence, noun: Noun) -> list[Noun]:
    """A subject with those joined to it by commas and "and" before it; a group gives way to its members."""
    found = _joined_before(sentence, noun)
    if len(found) == 1 and noun.members:
        return noun.members
    if len(found) > 1 and found[0].plural and found[0].low == sum(other.low or 1 for other in found[1:]):
        return found[:1] if all(other.kind == "role" for other in found[1:]) else found[1:]
    members = [other for other in found if not (other.plural and other.kind in {"role", "kin"})]
    return members if len(members) > 1 else found


def _joined_before(sentence: Sentence, noun: Noun) -> list[Noun]:
    found = [noun]
    while True:
        first = found[0]
        before = next(
            (
                other
                for other in reversed(sentence.nouns)
                if other.j <= first.i - 1 and other.is_person and other is not first
            ),
            None,
        )
        if before is None:
            return found
        gap = sentence.lows(before.j, first.i)
        joined = gap in (["and"], [",", "and"], ["as", "well", "as"]) or (gap == [","] and len(found) > 1)
        main = before.same if before.same is not None and before.same.j <= first.i else before
        if gap == [",", "and"] and before.same is None and len(found) == 1 and first.kind != "kin":
            joined = len([t for t in sentence.lows(0, before.i) if t == ","]) > 0 or True
        if not joined or main in found or _is_governed(sentence, main):
            return found
        found.insert(0, main)


_SUBORDINATORS = word_set("after since before when because if unless although while like once whether despite")


def _subordinator(sentence: Sentence, clause: Clause) -> str:
    """The conjunction that opens the clause: "after", "if", "since" ...; empty for a main clause."""
    first = clause.subjects[0].i if clause.subjects else clause.start
    for k in range(min(first, clause.start) - 1, max(min(first, clause.start) - 4, -1), -1):
        low = sentence.tokens[k].low
        if low in _SUBORDINATORS:
            return low
        if low in {",", ".", ";"} or low in REPORTING - {"that"}:
            return ""
    return ""
