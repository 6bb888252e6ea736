"""Who does it and to whom it is done: the chain of words before a verb, its subject, its object."""

from __future__ import annotations

from dataclasses import dataclass, field

from ostraka.model import EventKind
from ostraka.read.caused import had_done, is_caused, named_beside
from ostraka.read.grammar import ADVERBS, AUXILIARIES, BE, CONTROL, PREPOSITIONS, SAYING
from ostraka.read.noun import Noun
from ostraka.read.parties import one_of_many, owner_of_deed
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects, with_joined
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger, inflect, rules


@dataclass(slots=True)
class Clause:
    """A verb with the words that govern it and its arguments."""

    trigger: Trigger
    start: int
    chain: list[str] = field(default_factory=list)
    subjects: list[Noun] = field(default_factory=list)
    relative: bool = False
    relative_word: bool = False
    passive: bool = False
    subordinate: str = ""
    record: bool = False


def read_clause(sentence: Sentence, trigger: Trigger) -> Clause:
    """The clause of a trigger: chain of words before it, voice, subjects (those it happens to)."""
    start = chain_start(sentence, trigger.i)
    chain = sentence.lows(start, trigger.i)
    clause = Clause(trigger, start, chain)
    if trigger.rule.frame == "done":
        _voice(sentence, clause)
    start = _who_before_aside(sentence, start)
    before = sentence.tokens[start - 1].low if start else ""
    clause.relative_word = before in {"who", "which", "that", "whom"}
    clause.relative = clause.relative_word and _has_antecedent(sentence, _before_aside(sentence, start - 1))
    objects = _objects(sentence, clause) or _whom(sentence, clause)
    if trigger.rule.frame == "gets" or trigger.rule.verb == "happen":
        inside = [noun for noun in sentence.nouns if trigger.i < noun.i and noun.j <= trigger.j + 1 and noun.is_person]
        clause.subjects = [noun.same or noun for noun in inside[-1:]]
    elif trigger.rule.frame == "done" and not clause.passive:
        clause.subjects = objects
    else:
        beside = named_beside(sentence, start) if clause.passive and not chain else []
        found = _unheard_of(sentence, clause) or beside
        clause.subjects = found or subjects(sentence, start, relative=clause.relative)
    if trigger.rule.frame == "done" and clause.passive and not clause.chain:
        had = had_done(sentence, clause.start)
        if had or _has_it_done(sentence, clause):
            clause.subjects = had or [noun for noun in clause.subjects if noun.kind == "kin" or noun.plural]
            return clause
    clause.subjects = one_of_many(sentence, clause.start) or owner_of_deed(sentence, clause.start) or clause.subjects
    if not clause.subjects:
        clause.subjects = _inverted(sentence, clause)
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


_NOBODY = frozenset({"nobody", "nothing", "none", "no"})


def _unheard_of(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Of whom nothing has been heard, whom nobody has seen: the one after the verb, or after "of" before "nothing"."""
    if clause.trigger.rule.frame != "unseen":
        return []
    near = [*range(clause.start - 1, max(clause.start - 4, -1), -1), sentence.body_start]
    at = next((k for k in near if sentence.tokens[k].low in _NOBODY), None)
    if at is None:
        return []
    stop = clause.trigger.i + 4
    after = [n for n in sentence.nouns if clause.trigger.i < n.i <= stop and n.is_person]
    after = [n for n in after if not {",", ";"} & set(sentence.lows(clause.trigger.i, n.i))]
    before = [n for n in sentence.nouns if n.j in {at, at - 1} and sentence.lows(n.lead - 1, n.lead) == ["of"]]
    return [n.same or n for n in [*after[:1], *before[:1]]][:1]


def _who_before_aside(sentence: Sentence, start: int) -> int:
    """The word after "who" where an aside stands between it and the verb: "who, their terms over, failed"."""
    if start < 3 or sentence.tokens[start - 1].low != ",":
        return start
    for k in range(start - 2, max(start - 12, sentence.body_start), -1):
        if sentence.tokens[k].low == ",":
            return k if sentence.tokens[k - 1].low == "who" else start
    return start


_OPENED = word_set("those others ones among including one two three")
MAX_INVERTED = 14
"""Words within which the one follows of whom "among those who fled was" is said."""


def _inverted(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Those who come after: "among those who fled was X", "promoted were X and Y", "Recalled: the consul", "fleeing, X"."""
    colon = sentence.lows(clause.trigger.j, clause.trigger.j + 1) == [":"]
    if clause.trigger.rule.frame == "done" and not clause.passive and not colon:
        return []
    first, stop = clause.trigger.j, min(clause.trigger.j + MAX_INVERTED, len(sentence.tokens))
    opens = clause.start <= sentence.body_start + 1
    among = "among" in sentence.lows(clause.start - 2, clause.start)
    if (
        not opens
        and not among
        and not (clause.relative_word and _OPENED & set(sentence.lows(clause.start - 4, clause.start)))
    ):
        return []
    marks = (
        BE
        | {":", "include", "included", "includes"}
        | ({","} if opens and (clause.passive or clause.trigger.rule.form == "ing") else set())
    )
    for k in range(first, stop):
        if sentence.tokens[k].low in marks:
            noun = next((n for n in sentence.nouns if k < n.i <= k + 2 and n.is_person), None)
            if noun is not None:
                return _with_items(sentence, with_joined(sentence, noun.same or noun))
    return []


def _with_items(sentence: Sentence, found: list[Noun]) -> list[Noun]:
    """Those found and the further named ones that a semicolon sets beside them."""
    for noun in sentence.nouns:
        lead = min([noun.i, *(other.i for other in sentence.nouns if other.same is noun and other.j == noun.i)])
        if noun.kind == "person" and noun.i > found[-1].j and sentence.lows(lead - 1, lead) == [";"]:
            found.append(noun)
    return found


_RECORD = word_set("most highest first highest-ranking second third latest only highest-level highest-profile last")


def _is_superlative(sentence: Sentence, noun: Noun) -> bool:
    return (
        noun.kind == "role"
        and bool(_RECORD & set(sentence.lows(noun.i, noun.head)))
        and (noun.role is None or noun.role.word.rpartition(" ")[0] not in _RECORD)
        and noun.det in {"the", "'s", "his", ""}
    )


def _beneath_superlative(sentence: Sentence, noun: Noun) -> Noun | None:
    """Whom "is the most senior diplomat to defect" is said of; nobody for "the first diplomat to defect" alone."""
    return (
        noun.same
        if _is_superlative(sentence, noun) and noun.same is not None
        else (None if _is_superlative(sentence, noun) else noun)
    )


def chain_start(sentence: Sentence, at: int) -> int:
    """First word of the auxiliaries, adverbs and governing verbs before a verb."""
    k = at
    dated = sentence.dated
    named = {m for noun in sentence.nouns if noun.kind == "person" for m in range(noun.i, noun.j)}
    while k > sentence.body_start and k - 1 not in named:
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


def opens_with_verb(sentence: Sentence) -> bool:
    """Whether a sentence may begin with its verb, so that whom it tells of was named before: "Was shot in May"."""
    at = sentence.body_start
    low = sentence.low[at] if at < len(sentence.low) else ""
    chain = low == "to" or low in AUXILIARIES or low in ADVERBS or low in CONTROL or low.endswith("ly")
    return chain or low in rules() or any(row.i <= at < row.j for row in sentence.dates)


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
        clause.passive = verbs[-1] in BE
        return
    caused = is_caused(sentence, clause.start)
    if caused or "whom" in sentence.lows(clause.start - 5, clause.start):
        clause.passive = caused
        return
    stop = clause.trigger.j
    ranged = sentence.lows(clause.trigger.i + 2, clause.trigger.i + 3) == ["to"]
    starts = {clause.trigger.i + 1, stop} | ({clause.trigger.i + 3} if ranged else set())
    after = next((noun for noun in sentence.nouns if noun.i in starts), None)
    if sentence.lows(stop, stop + 1) == [":"]:
        return
    has_object = clause.trigger.between is not None or (after is not None and after.is_person)
    has_object = has_object or _is_given_to(sentence, clause)
    office = after is not None and after.kind == "role" and rule.kind is EventKind.APPOINTMENT
    named = office and bool(named_beside(sentence, clause.start))
    has_object = has_object and not named and not _is_elliptic(sentence, clause, after)
    following = sentence.tokens[stop].low if stop < len(sentence.tokens) else "."
    clause.passive = not has_object and (
        following in _AFTER_DONE
        or (following in BE and clause.start <= sentence.body_start)
        or stop > clause.trigger.i + 1
        or any(row.i == stop for row in sentence.dates)
    )


_GIVES = word_set("grant give offer accord award afford promise deny refuse")


def _is_given_to(sentence: Sentence, clause: Clause) -> bool:
    """Whether something is given to somebody told after it: "Spain granted asylum to the consul"."""
    return clause.trigger.rule.verb in _GIVES and sentence.lows(clause.trigger.j, clause.trigger.j + 1) == ["to"]


_AFTER_DONE = PREPOSITIONS | word_set(
    ", . ; after last and ) when there here again too also together along because early late"
)
"""What follows a participle that has no object."""


def _has_it_done(sentence: Sentence, clause: Clause) -> bool:
    """Whether the subject has it done to somebody told of in plain words: "the leader had the relatives of X shot"."""
    if clause.chain or not clause.passive:
        return False
    for k in range(clause.start - 2, max(clause.start - 9, sentence.body_start), -1):
        if sentence.tokens[k].low in {"had", "having"}:
            return sentence.lows(k + 1, k + 2) in (["the"], ["his"], ["her"], ["their"], ["all"], ["some"])
    return False


_RAISES = frozenset({"make", "name", "appoint", "elect"})


def _is_elliptic(sentence: Sentence, clause: Clause, after: Noun | None) -> bool:
    """Whether "was" is left out: "X was elected to the presidium and Y made chief of staff"."""
    office = after is not None and after.kind == "role" and after.det in {"", "a", "an"}
    joined = sentence.lows(clause.start - 1, clause.start) == ["and"] and clause.trigger.rule.verb in _RAISES
    who = joined or any(noun.j == clause.start and noun.kind == "person" for noun in sentence.nouns)
    return office and who and not {"was", "were", "been"}.isdisjoint(sentence.lows(0, clause.start))


def _has_antecedent(sentence: Sentence, at: int) -> bool:
    noun = sentence.noun_before(at)
    near = noun is not None and all(low == "," or low.isdigit() for low in sentence.lows(noun.j, at))
    return noun is not None and near and (sentence.tokens[at].low != "that" or noun.is_person)


def _objects(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Persons right after the verb."""
    owned = clause.trigger.between
    if owned is not None:
        joined = owned.members or with_joined(sentence, owned.same or owned)
        inside = (noun for noun in joined if noun.j <= clause.trigger.j)
        return [noun for noun in inside if noun.kind == "person" or noun.det or noun.plural] or [owned]
    starts = {clause.trigger.i + 1, clause.trigger.j}
    starts |= {at + 2 for at in starts if sentence.lows(at + 1, at + 2) in (["to"], ["or"])}
    starts |= {_past_way(sentence, clause, at) for at in starts}
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
    if first is not None and sentence.lows(first.j, first.j + 1) == ["'s"]:
        owned = next((noun for noun in sentence.nouns if noun.i == first.j + 1), None)
        first = owned if owned is not None and owned.same is not None else first
    if first is None or not first.is_person:
        return []
    if sentence.lows(first.j, first.j + 1) == ["'s"]:
        owned = next((noun for noun in sentence.nouns if noun.owner is first and noun.i >= first.j), None)
        return with_joined(sentence, owned.same or owned) if owned is not None and not first.plural else []
    return first.members or with_joined(sentence, first.same or first)


ASIDE = 14
"""Longest aside in words between a name and "who"."""


def _before_aside(sentence: Sentence, at: int) -> int:
    """The comma after a name where an aside without a verb stands before "who": "X, once second in the state, who was shot"."""
    if sentence.lows(at - 1, at) != [","]:
        return at
    k = next((k for k in range(at - 2, max(at - ASIDE, sentence.body_start), -1) if sentence.low[k] == ","), at)
    named = any(noun.kind == "person" and noun.j == k for noun in sentence.nouns)
    inside = any(noun.kind == "person" and k < noun.i < at for noun in sentence.nouns)
    return k if named and not inside and AUXILIARIES.isdisjoint(sentence.lows(k, at)) else at


_WAY = word_set("from to at in")


def _past_way(sentence: Sentence, clause: Clause, at: int) -> int:
    """Over "to", "from Vilnius", "home" between a verb and its object: "recalls from Vilnius the consul", "gave asylum to X"."""
    if sentence.lows(at, at + 1) in (["home"], ["back"]):
        at += 1
    if sentence.lows(at, at + 1)[:1] and sentence.tokens[at].low in _WAY:
        place = next((noun for noun in sentence.nouns if noun.i == at + 1 and noun.kind == "place"), None)
        return place.j if place is not None else at + _is_given_to(sentence, clause)
    return at


def _whom(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Those of whom "whom it sent to camps" is said."""
    for k in range(clause.start - 1, max(clause.start - 6, sentence.body_start), -1):
        if sentence.tokens[k].low == "whom":
            noun = next((n for n in reversed(sentence.nouns) if n.j <= k and k - n.j <= 1 and n.is_person), None)
            one = one_of_many(sentence, k + 1) if noun is not None and noun.plural else []
            return one or ([noun.same if noun.same is not None and noun.same.i < noun.i else noun] if noun else [])
    return []


def _plainly_leads(sentence: Sentence, i: int, j: int) -> bool:
    """Whether words `i` to `j` are a determiner and a plain noun: "the economist"."""
    words = sentence.lows(i, j)
    return words[:1] in (["the"], ["a"], ["an"], ["its"], ["his"]) and all(
        word.isalpha() and word not in PREPOSITIONS for word in words
    )


_SUBORDINATORS = word_set("after since before when because if unless although while like once whether despite")


def _subordinator(sentence: Sentence, clause: Clause) -> str:
    """The conjunction that opens the clause: "after", "if", "since" ...; empty for a main clause."""
    first = clause.subjects[0].i if clause.subjects else clause.start
    for k in range(min(first, clause.start) - 1, max(min(first, clause.start) - 4, -1), -1):
        low = sentence.tokens[k].low
        if low in _SUBORDINATORS:
            return low
        if low in {",", ".", ";"} or low in SAYING:
            return ""
    return ""
