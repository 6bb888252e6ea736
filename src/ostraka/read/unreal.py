"""What has not happened, or is no news, however a scorer reads it: on condition, on a list, a mere chance of a post, a career told in passing."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

CONDITION = 7
"""Words after a verb within which "if he returns" makes it depend on that."""
LIST = 6
"""Words before "to be removed" within which the list stands on which somebody was."""
POSTING = 10
"""Words after a journey within which it is told what office it led to."""
_MAY_COME = word_set("likely would will could may might can")
_RISKS = word_set("face risk await fear")
_STOPS = frozenset({",", ";", ".", "but"})
_LISTS = frozenset({"list", "lists"})
_WEIGHED = word_set("thought seen tipped believed considered regarded rumoured rumored")
_JOURNEYS = word_set("came arrived went moved sent travelled traveled flew")
_LED = (["led", "the"], ["headed", "the"], ["ran", "the"], ["led", "its"], ["headed", "its"])
_ENVOYS = word_set(
    "ambassador envoy consul attache attaché chargé charge counsellor counselor secretary correspondent representative diplomat"
)


def is_unreal(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells of something that did not happen or that is no news.

    Parameters
    ----------
    sentence : Sentence
    clause : Clause
    """
    return (
        _is_on_condition(sentence, clause)
        or _is_on_a_list(sentence, clause)
        or _is_retirement(sentence, clause)
        or _is_career(sentence, clause)
        or _is_posting(sentence, clause)
    )


def _is_on_condition(sentence: Sentence, clause: Clause) -> bool:
    """Whether it would only be done to somebody on condition: "is likely to be arrested if he returns"; what he would do himself is a plan."""
    if clause.trigger.rule.kind is EventKind.DEFECTION:
        return False
    after = sentence.lows(clause.trigger.j, clause.trigger.j + CONDITION)
    if "if" not in after or not _STOPS.isdisjoint(after[: after.index("if")]):
        return False
    return not _MAY_COME.isdisjoint(clause.chain) or clause.trigger.rule.verb in _RISKS


def _is_on_a_list(sentence: Sentence, clause: Clause) -> bool:
    """Whether a name only stood "on the lists of officials to be removed"."""
    before = sentence.lows(clause.start - LIST, clause.start)
    return clause.chain[:2] == ["to", "be"] and not _LISTS.isdisjoint(before)


def _is_retirement(sentence: Sentence, clause: Clause) -> bool:
    """Whether an ordinary end of a career lies ahead or tells when something else was: "was to retire in May", "after he retired"."""
    if clause.trigger.rule.kind is not EventKind.DISMISSAL or clause.passive:
        return False
    ahead = sentence.low[clause.trigger.i] == "retire" and "to" in clause.chain
    return ahead or (sentence.low[clause.trigger.i] == "retired" and clause.subordinate == "after")


def _is_career(sentence: Sentence, clause: Clause) -> bool:
    """Whether a post is only weighed or told to say what came before it: "thought likely to succeed X", "before he became consul"."""
    chain = set(clause.chain)
    if clause.trigger.rule.kind is not EventKind.APPOINTMENT:
        return False
    weighed = (
        "to" in chain
        and "have" not in chain
        and not _WEIGHED.isdisjoint(sentence.lows(clause.start - 2, clause.trigger.i))
    )
    return weighed or clause.subordinate == "before"


def _is_posting(sentence: Sentence, clause: Clause) -> bool:
    """Whether a journey led to a post abroad: "came to Rome in 2015 and led the mission", "arrived in May as consul"."""
    trigger = clause.trigger
    if trigger.rule.kind is not EventKind.DEFECTION or sentence.low[trigger.i] not in _JOURNEYS:
        return False
    after = sentence.lows(trigger.i, trigger.i + POSTING)
    for k, word in enumerate(after):
        if word == "and" and after[k + 1 : k + 3] in _LED:
            return True
        if word == "as" and not _ENVOYS.isdisjoint(after[k + 1 : k + 4]):
            return True
    return False
