"""Who went along, who stayed behind, how many they were."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.found import Field, Found, span_of
from ostraka.read.noun import Noun, join
from ostraka.read.scene import Sentence
from ostraka.read.subjects import with_joined
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger

_THEIRS = frozenset({"his", "her", "their"})


def company_of(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Kin among the subjects, who go along with the first; those of rank act for themselves."""
    if len(clause.subjects) < 2 or clause.subjects[0].kind == "kin":
        return []
    own = clause.subjects[1:]
    return [noun for noun in own if (noun.kind == "kin" and noun.det in _THEIRS) or _is_mere_kin(sentence, noun)]


def _is_mere_kin(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody is named only as kin of another: "her son Park Kwon Ju", not "his brother, Colonel X"."""
    if noun.kind != "person" or noun.titles:
        return False
    told = [other for other in sentence.nouns if other.same is noun]
    return any(other.kind == "kin" and other.det in _THEIRS for other in told) and not any(
        other.kind == "role" for other in told
    )


def companions(sentence: Sentence, clause: Clause) -> list[Noun]:
    """Men of rank told to go along: "with his brother, Lt Col X", "together with X, the consul".

    Parameters
    ----------
    sentence : Sentence
    clause : Clause
        What the first of them did.
    """
    first = min([clause.start, *(noun.i for noun in clause.subjects if noun.i < clause.start)])
    stop = min(len(sentence.low), clause.trigger.j + REACH)
    stop = next((k for k in range(clause.trigger.j, stop) if sentence.low[k] in _ENDS), stop)
    for noun in sentence.nouns:
        beside = sentence.lows(noun.lead - 1, noun.lead) == ["with"] or sentence.lows(noun.lead - 2, noun.lead) == [
            "accompanied",
            "by",
        ]
        if noun.is_person and first < noun.i < stop and beside:
            joined = with_joined(sentence, noun.same or noun)
            return [one for one in joined if one not in clause.subjects and _has_rank(sentence, one)]
    return []


REACH = 14
"""Words after the verb in which those who go along are told."""
_ENDS = frozenset({";", ":", "said", "says", "who", "whom", "but", "while", "when", "after"})


def _has_rank(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody named has a rank or a post of his own, or kin have a post."""
    told = [other for other in sentence.nouns if other.same is noun]
    post = any(other.role is not None and other.role.tier > 0 for other in told)
    if noun.kind == "person":
        wed = any(other.kin is not None and other.kin.relation == "spouse_of" for other in told)
        return not wed and (bool(noun.titles) or post)
    return noun.kind == "kin" and noun.det in _THEIRS and post and not noun.plural


def family_of(sentence: Sentence, clause: Clause, noun: Noun) -> Field | None:
    """Such as "with his wife and two sons", or kin among the subjects."""
    tokens, trigger = sentence.tokens, clause.trigger
    if trigger.rule.kind not in _TRAVELS:
        return None
    company = company_of(sentence, clause)
    if company:
        return join(tokens[company[0].i : company[-1].j]), span_of(sentence, company[0].i, company[-1].j)
    for start in range(noun.i, len(tokens) - 1):
        low = tokens[start].low
        if low not in {"with", "alongside", "accompanied", "by", "and"} or start < clause.start - 12:
            continue
        if low == "by" and tokens[start - 1].low != "accompanied":
            continue
        first = next((other for other in sentence.nouns if other.i == start + 1), None)
        if first is None or not _may_go_along(clause, noun, first, low):
            continue
        if _is_anothers(sentence, noun, start) or first.text in _DISTANT or _is_apart(sentence, start, first):
            continue
        return _party(sentence, first)
    return None


def _may_go_along(clause: Clause, noun: Noun, first: Noun, low: str) -> bool:
    """Whether a phrase after "with" or "and" is of those who go along: kin, or a counted group who defect too."""
    if first.kind != "kin":
        counted = low != "and" and first.plural and first.low is not None and first.i > clause.trigger.i
        return counted and clause.trigger.rule.kind is EventKind.DEFECTION
    return low != "and" or first.det in {"his", "her", "their"} or _is_bare_family(noun, first)


def _is_bare_family(noun: Noun, first: Noun) -> bool:
    """Whether "X and family" is told: the word alone, right after the one concerned."""
    beside = noun.j == first.i - 1 or (noun.same is not None and noun.same.j == first.i - 1)
    return first.text == "family" and first.det == "" and beside


def _is_apart(sentence: Sentence, at: int, first: Noun) -> bool:
    """Whether kin are told who stayed: "his wife stayed behind with their son", "who lived with his wife, fled without her"."""
    stayed = next((k for k in range(at - 1, at - 10, -1) if k > 0 and sentence.tokens[k].low in _STAYED), None)
    kin = stayed is not None and any(n.kind == "kin" and stayed - 6 < n.i < stayed for n in sentence.nouns)
    alone = any(sentence.lows(k, k + 2) in _WITHOUT for k in range(first.j, min(first.j + FAR, len(sentence.tokens))))
    return alone or kin


FAR = 40
"""Words after kin within which "without her" may stand."""
_WITHOUT = (["without", "her"], ["without", "him"], ["without", "them"])
_STAYED = frozenset({"stayed", "remained", "behind", "remains", "stays", "lived", "lives"})
_DISTANT = frozenset({"relatives", "relative"})
"""Those one stays with, not those one takes along."""


def _is_anothers(sentence: Sentence, noun: Noun, at: int) -> bool:
    """Whether "with his family" is said of somebody else than the one concerned: of whom "who" or the phrase before tells."""
    end = at - (sentence.low[at - 1] == ",")
    beside = next((n for n in sentence.nouns if noun.j < n.j == end and n.is_person and n.kind != "pron"), None)
    if beside is not None and beside.label not in {"", noun.label} and not beside.plural:
        return True
    opened = max((k for k in range(noun.j, at) if sentence.tokens[k].low == "who"), default=-1)
    holder = next((other for other in reversed(sentence.nouns) if other.j <= opened and other.is_person), None)
    return (
        opened > 0 and holder is not None and holder is not noun and holder.same is not noun and noun.same is not holder
    )


def _party(sentence: Sentence, first: Noun) -> Field:
    """Those who go along, from the first of them on: "his wife Rula and two sons"."""
    stop = _past_name(sentence, first.j)
    for other in sentence.nouns:
        gap = sentence.lows(stop, other.i) if other.i >= stop else ["-"]
        kin = other.kind == "kin" and gap in ([], ["and"], [","], [",", "and"], ["and", "a"], [",", "a"])
        if kin or (other.kind in {"role", "person"} and gap in ([], ["and"], ["and", "a"])):
            stop = _past_name(sentence, other.j)
    return join(sentence.tokens[first.i : stop]), span_of(sentence, first.i, stop)


LATER = 4
"""Sentences in which "he and his wife vanished" may tell who went along."""
_GOING = word_set(
    "left fled came come arrived crossed flew went gone travelled vanished disappeared missing escaped defected sight stayed"
    " stay staying lives live drove seen boarded asylum reached along driven sailed walked moved with"
)
_TAKES = word_set("taking took brought bringing takes")


def later_family(story: Coreference, event: Found) -> Field | None:
    """Those who went along, told by this or a later sentence: "He and his wife dropped out of sight"."""
    if event.kind not in _TRAVELS:
        return None
    for sentence in story.scene.sentences[event.sentence.ix : event.sentence.ix + LATER]:
        if (party := _with_him(sentence, event)) is not None:
            return party
        for noun in sentence.nouns:
            own = (
                noun.kind == "kin"
                and noun.text not in _DISTANT
                and not _is_apart(sentence, noun.i, noun)
                and noun.det in {"his", "her", "their"}
            )
            if own and (_goes_along(sentence, noun, event) or _follows(sentence, noun, event)):
                return _party(sentence, noun)
    return None


def _with_him(sentence: Sentence, event: Found) -> Field | None:
    """Those of "With him was his secretary X", "with him went two aides"."""
    lead = sentence.lows(sentence.body_start, sentence.body_start + 3)
    if lead[:1] != ["with"] or lead[1:2] not in (["him"], ["her"]) or lead[2:] not in _CAME:
        return None
    first = next((noun for noun in sentence.nouns if noun.i == sentence.body_start + 3), None)
    if first is None or not first.is_person or first.kind == "pron" or sentence.ix != event.sentence.ix + 1:
        return None
    return _party(sentence, first)


_CAME = (["was"], ["were"], ["came"], ["went"], ["is"], ["are"])


def _goes_along(sentence: Sentence, noun: Noun, event: Found) -> bool:
    """Whether kin are told beside the one concerned: "he and his wife vanished", "accompanied by his sons"."""
    before = sentence.lows(noun.i - 1, noun.i)
    opened = sentence.lows(noun.i - 2, noun.i) in (["accompanied", "by"], ["joined", "by"])
    holder = next((o for o in reversed(sentence.nouns) if o.j <= noun.i and o.is_person and o.kind != "kin"), None)
    if holder is None and opened:
        holder = next((o for o in sentence.nouns if o.i >= noun.j and o.is_person and o.kind != "kin"), None)
    if holder is None or holder.label != event.label:
        return False
    near = set(sentence.lows(noun.i - 8, noun.i)) | set(sentence.lows(noun.j, noun.j + 9))
    joined = before == ["and"] and holder.j == noun.i - 1
    listed = before == [","] and holder.j == noun.i - 1 and sentence.lows(noun.j, noun.j + 1) in (["and"], [","])
    is_with = sentence.lows(noun.i - 2, noun.i) in (["is", "with"], ["was", "with"], ["are", "with"], ["were", "with"])
    with_him = is_with or sentence.lows(noun.i - 2, noun.i) in (["with", "him"], ["with", "her"])
    beside = with_him or before in (["with"], ["alongside"]) or (bool(_TAKES & set(before)) and noun.i > holder.j)
    carried = bool(_TAKES & set(before)) and "to" in sentence.lows(noun.j, noun.j + 4)
    return opened or carried or is_with or ((joined or listed or beside) and bool(near & _GOING))


def _follows(sentence: Sentence, noun: Noun, event: Found) -> bool:
    """Whether kin are told to have gone too: "his wife went with him", "their children followed"."""
    after = sentence.lows(noun.j, noun.j + 14)
    too = "followed" in after or any(after[k : k + 2] in _WITH for k in range(len(after)))
    return too and noun.owner is not None and noun.owner.label == event.label and "not" not in after


_WITH = (
    ["accompanied", "him"],
    ["accompanied", "her"],
    ["along", "too"],
    ["left", "too"],
    ["with", "him"],
    ["with", "her"],
    ["with", "them"],
    ["joined", "him"],
    ["joined", "her"],
)
_TRAVELS = frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE, EventKind.RECALL})


def _past_name(sentence: Sentence, at: int) -> int:
    """Over one capitalised word after a kin word: "his wife Rula"."""
    named = at < len(sentence.tokens) and sentence.tokens[at].text[0].isupper()
    return at + 1 if named and not any(noun.i == at for noun in sentence.nouns) else at


def kin_left(sentence: Sentence, trigger: Trigger) -> Field | None:
    """Such as "leaving behind his children", "his parents stayed in Pyongyang"."""
    for noun in sentence.nouns:
        if noun.kind != "kin":
            continue
        before = sentence.lows(max(0, noun.i - 3), noun.i)
        after = sentence.lows(noun.j, noun.j + 2)
        if ({"leaving", "left"} & set(before) and noun.i > trigger.i) or {
            "remain",
            "remained",
            "stayed",
            "behind",
        } & set(after):
            return join(sentence.tokens[noun.i : noun.j]), span_of(sentence, noun.i, noun.j)
    return None


def number_of(sentence: Sentence, noun: Noun) -> Field:
    """How many a group is: "8", or "2+" where the report does not say."""
    low = noun.low
    text = f"{int(low)}" if low is not None else "2+"
    return text, span_of(sentence, noun.i, noun.j)
