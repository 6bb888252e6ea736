"""Posts gained and given up: what makes "became", "named", "resigned" a step in a career of the regime."""

from __future__ import annotations

from ostraka.read.flight import Case
from ostraka.read.noun import Noun
from ostraka.read.places import PlaceKind, leaders
from ostraka.read.scene import Sentence
from ostraka.read.subjects import is_governed
from ostraka.read.tokens import word_set

_POSTS = word_set(
    "commission council bureau assembly secretariat cabinet staff rank marshal seat post job office rank command portfolio chair place ministry politburo presidium committee"
)
_RECORDS = frozenset({"first", "latest", "highest", "highest-ranking", "highest-level", "most", "second", "third"})


def _is_called(words: list[str]) -> bool:
    """Whether somebody is named "as his source", "as a suspect"."""
    at = words.index("as") if "as" in words else len(words)
    return not _CALLED.isdisjoint(words[at : at + 4])


_STEAD = frozenset({"succeed", "replace", "stead"})
_CALLED = word_set("source sources witness suspect suspects spy spies traitor culprit author victim killer")
"""What somebody is named who gets no post."""
_SIDES = word_set("opposition rebel rebels resistance defector exile uprising revolt asylum")


def _is_named_by_regime(case: Case) -> bool:
    """Whether who names somebody is a state, a body or a leader, not a newspaper."""
    if {"stead", "place", "replace", "succeed"} & set(case.sentence.lows(case.trigger.i, case.trigger.j)):
        return True
    before = [noun for noun in case.sentence.nouns if noun.j <= case.clause.start]
    last = before[-1] if before else None
    if last is None or (last.kind == "role" and last.j == case.trigger.i):
        return False
    if last.name in leaders() or last.label in leaders() or (last.role is not None and last.role.tier == 1):
        return True
    if any(noun.name in leaders() and not is_governed(case.sentence, noun) for noun in before):
        return True
    states = (noun for noun in reversed(before) if noun.kind in {"place", "org"} and not _is_people(noun))
    namer = next(states, None)
    return namer is not None and (namer.country or case.origin) == case.origin


def _is_people(noun: Noun) -> bool:
    return noun.kind == "place" and noun.place is not None and noun.place.kind is PlaceKind.DEMONYM


def gets_post(case: Case) -> bool:
    """Whether somebody gets a post of the regime."""
    trigger, sentence = case.trigger, case.sentence
    if trigger.rule.verb == "swear":
        return True
    if _is_something_else(case) or _is_elsewhere(case):
        return False
    if sentence.lows(trigger.j - 2, trigger.j) == ["charge", "of"]:
        return any(noun.kind == "org" and 0 <= noun.i - trigger.j <= 3 for noun in sentence.nouns)
    if not _STEAD.isdisjoint(sentence.lows(trigger.i, trigger.j + 1)):
        return case.profile.named
    posts = any(noun.i >= trigger.i and noun.role is not None and noun.role.tier > 0 for noun in sentence.nouns)
    told = case.profile.named and not _POSTS.isdisjoint(sentence.lows(trigger.i, trigger.j + 6))
    return case.profile.tier < 5 or told or posts


_FOES = word_set("opposition rebels rebel exile exiled exiles dissidents")
_ENVOYS = word_set(
    "ambassador envoy consul attache attaché embassy mission consulate delegate representative chargé charge counsellor counselor secretary"
)


def _is_elsewhere(case: Case) -> bool:
    """Whether an office is one of another state, or given by those who oppose the regime."""
    trigger, sentence = case.trigger, case.sentence
    if not _FOES.isdisjoint(sentence.lows(case.clause.start - 6, trigger.j + 8)):
        return True
    if case.profile.label in leaders() and trigger.rule.verb == "take":
        return True
    if not _ENVOYS.isdisjoint(sentence.lows(trigger.i, trigger.j + 8)):
        return _is_foreign_seat(case) and trigger.rule.verb == "elect"
    return _is_foreign_seat(case)


def _is_foreign_seat(case: Case) -> bool:
    """Whether the words of the office tell a place of another state: "a council in Seoul", "South Korea's assembly"."""
    trigger, sentence = case.trigger, case.sentence
    return any(
        noun.kind == "place"
        and noun.country not in {"", case.origin}
        and trigger.i < noun.i <= trigger.j + 5
        and (sentence.lows(noun.i - 1, noun.i) in (["in"], ["at"]) or sentence.lows(noun.j, noun.j + 1) == ["'s"])
        for noun in sentence.nouns
    )


def _is_something_else(case: Case) -> bool:
    """Whether the words are of no appointment: "became the first to defect", "newspapers name", "heads a firm"."""
    trigger, sentence, verb = case.trigger, case.sentence, case.trigger.rule.verb
    after = sentence.lows(trigger.j, trigger.j + 3)
    unseen = {"last", "never"} & set(sentence.lows(trigger.i - 1, trigger.i))
    if verb == "name" and (unseen or _is_called(sentence.lows(trigger.i, trigger.j + 6))):
        return True
    if verb in {"head", "lead", "run", "command"}:
        return "now" not in (*case.clause.chain, *sentence.lows(trigger.i, trigger.j), *after)
    if trigger.rule.frame == "self" and verb == "make":
        return False
    if verb in {"make", "name"} and not case.clause.passive:
        return not _is_named_by_regime(case)
    if verb in {"replace", "succeed", "follow"} and case.profile.label in leaders():
        return True
    first = _RECORDS & set(sentence.lows(trigger.i, trigger.j + 2))
    deeds = {"to", "who"} & set(sentence.lows(trigger.j, trigger.j + 8))
    return bool(first and deeds) or bool(_SIDES & set(sentence.lows(trigger.i, trigger.j + 4)))


def is_for_health(sentence: Sentence) -> bool:
    """Whether somebody resigns for his health, which is no break with a regime."""
    return sentence.has("health", "illness")


def resigns(case: Case) -> bool:
    """Whether a resignation is from a post of the regime."""
    first = case.trigger.j
    told = any(
        noun.role is not None and noun.role.tier in {1, 2, 3} and first < noun.i <= first + 3
        for noun in case.sentence.nouns
    )
    if case.profile.label in leaders():
        return True
    return (case.profile.tier < 4 and bool(case.profile.country or case.profile.elite)) or (told and case.profile.named)
