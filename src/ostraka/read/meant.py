"""Whom "he" may mean in what follows: not who reports, not who is told of beside another, not who is only spoken of."""

from __future__ import annotations

from collections.abc import Iterable

from ostraka.model import EventKind
from ostraka.read.grammar import AUXILIARIES, PREPOSITIONS, REPORTING
from ostraka.read.lexicon import RoleHead
from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set
from ostraka.read.triggers import find_triggers

RANKS = word_set("general colonel captain major lieutenant admiral marshal brigadier commodore")
SPEAKERS = word_set("spokesman spokeswoman spokesperson lawmaker official analyst professor researcher expert member")
SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_TELLING = frozenset({"said", "told", "says", "tells", "announced", "declared"})


_HIGHEST = word_set("most highest-ranking highest first latest senior-most best-known")


def is_the_highest(sentence: Sentence, noun: Noun) -> bool:
    """Whether a rank among all is told of the one before: "X has gone over, the most senior envoy to do so"."""
    return (
        noun.det == "the"
        and sentence.lows(noun.i - 1, noun.i) == [","]
        and not _HIGHEST.isdisjoint(sentence.lows(noun.i, noun.head))
        and sentence.lows(noun.j, noun.j + 1) == ["to"]
    )


def says_after(sentence: Sentence, pronoun: Noun) -> str:
    """Who says what a pronoun at the head of the sentence is told: "He had gone to a mission, Ha said"."""
    if pronoun.i > sentence.body_start + 1:
        return ""
    for noun in sentence.nouns:
        told = noun.kind == "person" and not _TELLING.isdisjoint(sentence.lows(noun.j, noun.j + 1))
        if told and sentence.lows(noun.i - 1, noun.i) == [","]:
            return noun.label or noun.name
    return ""


_ANYBODY = word_set("neither none nobody each either")
_SAYS_OR_IS = AUXILIARIES | REPORTING | {"of"}


def is_anybody(sentence: Sentence, pronoun: Noun) -> bool:
    """Whether "he" is whoever was spoken of just before: "neither was charged before he fled"."""
    at = max((k for k in sentence.where(_ANYBODY) if k < pronoun.i), default=-1)
    if (
        at < 0
        or pronoun.text not in {"he", "she", "him", "her"}
        or _SAYS_OR_IS.isdisjoint(sentence.lows(at + 1, at + 2))
    ):
        return False
    return not any(noun.is_person and noun.kind != "pron" and at < noun.i < pronoun.i for noun in sentence.nouns)


_OPENS = word_set("after when while since before as because although though")


def says_of_himself(sentence: Sentence, pronoun: Noun) -> str:
    """Who says of himself, after a clause on another, or has it said: "After X got out, Y, a consul, announced that he had resigned"."""
    if label := _whose_men_say(sentence, pronoun):
        return label
    k = pronoun.i - 1 - (sentence.lows(pronoun.i - 1, pronoun.i) == ["that"])
    if k <= 0 or sentence.low[k] not in _TELLING or sentence.low[sentence.body_start] not in _OPENS:
        return ""
    found = subjects(sentence, k)
    return found[0].label if len(found) == 1 and found[0].kind == "person" else ""


def _whose_men_say(sentence: Sentence, pronoun: Noun) -> str:
    """Of whom his people at the head of a sentence tell: X in "X's friends say that he may leave"."""
    owner = next((noun for noun in sentence.nouns if noun.is_person and noun.i >= sentence.body_start), None)
    if owner is None or owner.j > pronoun.i or sentence.lows(owner.j, owner.j + 1) != ["'s"]:
        return ""
    men = next((noun for noun in sentence.nouns if noun.is_person and noun.i > owner.j), None)
    says = men is not None and men.plural and not _TELLS.isdisjoint(sentence.lows(men.j, men.j + 1))
    between = men is not None and any(noun.is_person and men.i < noun.i < pronoun.i for noun in sentence.nouns)
    return owner.label if says and not between else ""


def tells(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody named at the head of a sentence says or tells something: "he" is then the one who says it."""
    return noun.i <= sentence.body_start + 3 and not _TELLING.isdisjoint(sentence.lows(noun.j, noun.j + 1))


def tells_of_another(sentence: Sentence, pronoun: Noun, speaker: Profile) -> bool:
    """Whether a spokesman tells it, who does not speak of himself: "a spokesman confirmed only that he had left"."""
    opened = sentence.lows(pronoun.i - 1, pronoun.i)
    return not speaker.called.isdisjoint(SPOKESMEN) and not _SPOKEN.isdisjoint(opened)


_SPOKEN = frozenset({"that", "how", "why", "whether", "said"})
_AWAY = frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE})


def goes_away(sentence: Sentence, noun: Noun) -> bool:
    """Whether a sentence tells that this one has gone over or cannot be found."""
    away = (trigger for trigger in find_triggers(sentence) if trigger.rule.kind in _AWAY)
    return any(noun in subjects(sentence, trigger.i) for trigger in away)


_TOLD = word_set("citing quoting cited quoted told tells telling informed assured briefed")
"""Who stands after these is the one who hears it, or from whom it was heard."""
_TELLS = REPORTING - {"that", "reported", "believed", "thought"}


LEAD = 1
"""Sentences after the first in which a report may bring in the one it is about."""


def is_brought_in(sentence: Sentence, noun: Noun, profile: Profile) -> bool:
    """Whether a report opens with what somebody unnamed did: "Syria's ambassador in Baghdad has gone over"."""
    return sentence.ix <= LEAD and not profile.named and len(profile.nouns) == 1 and goes_away(sentence, noun)


def is_heard(roles: Iterable[RoleHead]) -> bool:
    """Whether one of the roles is of those who only tell: a spokesman, an analyst."""
    return any(role.word.rpartition(" ")[2] in SPEAKERS - {"official", "member"} for role in roles)


def may_be_meant(sentence: Sentence, noun: Noun) -> bool:
    """Whether "he" in what follows may mean this one: not after a preposition, not who reports."""
    main = noun.same or noun
    first = min(main.lead, noun.lead)
    if main.i and (sentence.tokens[main.i - 1].low in PREPOSITIONS or sentence.tokens[first - 1].low in _TOLD):
        return False
    if noun.det == "no" or sentence.lows(noun.j, noun.j + 1) == ["'s"] or _is_possessed_group(sentence, noun):
        return False
    stop = _past_aside(sentence, max(noun.j, main.j)) if main.kind == "person" else max(noun.j, main.j)
    following = sentence.tokens[stop].low if stop < len(sentence.tokens) else ""
    return following not in _TELLS


ASIDE = 16
"""Longest aside in words between a name and "said"."""


def _past_aside(sentence: Sentence, at: int) -> int:
    """Over ", an opposition member of the committee," after a name, if somebody who only reports says something then."""
    if sentence.lows(at, at + 1) == ["who"]:
        says = (k for k in range(at + 2, min(at + ASIDE, len(sentence.tokens))) if sentence.low[k] in {"says", "said"})
        k = next(says, None)
        return k if k is not None and "," not in sentence.lows(at, k) else at
    if sentence.lows(at, at + 1) != [","]:
        return at
    for k in range(at + 1, min(at + ASIDE, len(sentence.tokens) - 1)):
        if sentence.tokens[k].low == ",":
            reports = bool(SPEAKERS & set(sentence.lows(at, k))) and sentence.tokens[k + 1].low in _TELLING
            return k + 1 if reports else at
    return at


def _is_possessed_group(sentence: Sentence, noun: Noun) -> bool:
    """Whether the sentence opens with "two of his aides": what follows is told of those, not of him."""
    lead = sentence.lows(sentence.body_start, sentence.body_start + 4)
    return "of" in lead and bool({"his", "her", "their"} & set(lead)) and noun.i > sentence.body_start


_GENERIC = word_set("defector official man woman figure person escapee envoy diplomat ambassador officer")
_FIRST_SECTOR_WORDS = {
    "diplomat": "diplomatic",
    "envoy": "diplomatic",
    "ambassador": "diplomatic",
    "officer": "military",
}


def is_of_sector(word: str, profile: Profile) -> bool:
    """Whether a plain word for people fits the walk of life of somebody: "the envoy" for an ambassador; never for a ruler."""
    return (
        word in _GENERIC
        and profile.label not in leaders()
        and profile.sector == _FIRST_SECTOR_WORDS.get(word, profile.sector)
    )


def is_sole(word: str, profile: Profile, near: Iterable[Profile]) -> bool:
    """Whether somebody is the only one named of those in view to whom "the envoy" fits by walk of life."""
    sector = _FIRST_SECTOR_WORDS.get(word)
    return sector is not None and [p.label for p in near if p.named and p.sector == sector] == [profile.label]


MAX_OPENING = 14
"""Words of "A general of the guard and adviser to X, he fled"."""
_ONCE = word_set("once formerly originally long")
_VERBS = word_set("is was has had are were have who said")


def opens_for(sentence: Sentence, noun: Noun) -> str:
    """The pronoun that a sentence says to be what it opens with: "A colonel of the guard, he fled", "Once a minister, he"; empty for none."""
    once = sentence.low[sentence.body_start] in _ONCE
    if noun.i != sentence.body_start + once or noun.det not in {"a", "an", ""} or noun.plural:
        return ""
    for k in range(noun.j, min(noun.j + MAX_OPENING, len(sentence.tokens) - 1)):
        low = sentence.tokens[k].low
        if low in _VERBS or low in {";", ":"}:
            return ""
        if low == "," and sentence.tokens[k + 1].low in {"he", "she"}:
            return sentence.tokens[k + 1].low
    return ""


_OPENERS = frozenset({"when", "after", "since", "before", "while", "as", "although", "though"})
_OPENED = frozenset({",", "'s", "and"})


def leads_after(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody is the subject after an opening clause: "When X died, Y was chief of staff; he ..."."""
    opens = sentence.lows(sentence.body_start, sentence.body_start + 1)
    lead = noun.same.i if noun.same is not None and noun.same.j == noun.i else noun.i
    closed = sentence.lows(lead - 1, lead) == [","] and not _OPENED & set(sentence.lows(noun.j, noun.j + 1))
    first = "," not in sentence.lows(sentence.body_start, lead - 1)
    return bool(opens) and opens[0] in _OPENERS and closed and first
