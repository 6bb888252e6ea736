"""The words that say that something happened to a member of an elite, inflected and found in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ostraka.model import EventKind
from ostraka.read import lexicon
from ostraka.read.noun import Noun
from ostraka.read.places import leaders, read_table
from ostraka.read.scene import Sentence

MAX_GAP = 4
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table for one form of one verb."""

    kind: EventKind
    frame: str
    needs: str
    verb: str
    form: str
    then: tuple[tuple[frozenset[str] | str, ...], ...]
    also: str
    status: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that fits words `i` to `j` of a sentence."""

    rule: Rule
    i: int
    j: int
    between: Noun | None = None


def inflect(verb: str) -> tuple[str, str, str, str]:
    """Third person, past, participle and -ing form of a regular or listed verb.

    Examples
    --------
    >>> inflect("flee"), inflect("execute")
    (('flees', 'fled', 'fled', 'fleeing'), ('executes', 'executed', 'executed', 'executing'))
    """
    listed = read_table_cached()["irregular"].get(verb)
    if listed:
        third, past, participle, ing = listed
        return third, past, participle, ing
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"
    if len(verb) > 2 and verb[-1] not in _NOT_DOUBLED and verb[-2] in _VOWELS and (verb == "expel" or _is_short(verb)):
        verb_twice = verb + verb[-1]
        return verb + "s", verb_twice + "ed", verb_twice + "ed", verb_twice + "ing"
    sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
    return verb + ("es" if sibilant else "s"), verb + "ed", verb + "ed", verb + "ing"


_NOT_DOUBLED = frozenset("aeiouwxy")


def _is_short(verb: str) -> bool:
    """Whether a verb has one vowel only, so that its last consonant is doubled ("drum", "drummed")."""
    return sum(char in _VOWELS for char in verb) == 1


@cache
def read_table_cached() -> dict[str, Any]:
    """The table of triggers."""
    return read_table("triggers.toml")


def _pattern(text: str) -> tuple[frozenset[str] | str, ...]:
    return tuple(
        part if part == ".." or part.startswith("@") else frozenset(part.lower().split("|")) for part in text.split()
    )


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Rules by the form of their first word; those that ask for more words come first."""
    found: dict[str, list[Rule]] = {}
    for row in read_table_cached()["trigger"]:
        then = tuple(_pattern(text) for text in row.get("then", ()))
        for verb in row.get("verbs", ()):
            forms = dict(zip(("s", "past", "part", "ing"), inflect(verb), strict=True)) | {"base": verb}
            for form, word in forms.items():
                found.setdefault(word, []).append(_rule(row, verb, form, then))
        for words in row.get("words", ()):
            first, _, rest = words.partition(" ")
            found.setdefault(first, []).append(_rule(row, first, "state", (_pattern(rest),)))
    return {
        word: tuple(sorted(rows, key=lambda rule: (rule.needs != "partyexpel", not rule.then)))
        for word, rows in found.items()
    }


def _rule(row: dict[str, Any], verb: str, form: str, then: tuple[tuple[frozenset[str] | str, ...], ...]) -> Rule:
    return Rule(
        EventKind(row["kind"]),
        row["frame"],
        row.get("needs", ""),
        verb,
        form,
        then,
        row.get("also", ""),
        row.get("status", ""),
    )


@cache
def nominal_rules() -> dict[str, tuple[EventKind, tuple[str, ...]]]:
    """Nouns that name an event, by their first word, with the rest of the phrase."""
    found: dict[str, tuple[EventKind, tuple[str, ...]]] = {}
    for row in read_table_cached()["noun"]:
        for words in row["words"]:
            first, *rest = words.split()
            found.setdefault(first, (EventKind(row["kind"]), tuple(rest)))
    return found


@cache
def trigger_words() -> frozenset[str]:
    """Every first word of a verb rule or a noun."""
    return (
        frozenset(rules()) | frozenset(nominal_rules()) | {"defections", "defectors", "executions", "purges", "since"}
    )


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Triggers of a sentence in order, the first that fits for each verb."""
    return [fitting[0] for fitting in alternatives(sentence)]


def alternatives(sentence: Sentence) -> list[list[Trigger]]:
    """For each verb of a sentence that may tell of an event, the rules that fit, the most telling first."""
    if sentence.triggers is None:
        table, tokens = rules(), sentence.tokens
        found = (
            [trigger for rule in table.get(tokens[at].low, ()) if (trigger := _fit(sentence, rule, at))]
            for at in range(sentence.body_start, len(tokens))
            if tokens[at].low in table and not _is_noun(sentence, at)
        )
        sentence.triggers = [fitting for fitting in found if fitting]
    return sentence.triggers


_BEFORE_NOUNS = frozenset({"the", "a", "an", "his", "her", "its", "their", "'s", "this", "no"})


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Whether a word that could be a verb stands after a determiner: "the name", "the ousted uncle"."""
    return (
        at > 0 and sentence.tokens[at - 1].low in _BEFORE_NOUNS and sentence.tokens[at - 1].text not in {"No", "This"}
    )


def _fit(sentence: Sentence, rule: Rule, at: int) -> Trigger | None:
    if not rule.then:
        return Trigger(rule, at, at + 1)
    for pattern in rule.then:
        stop = _match(sentence, pattern, at + 1)
        if stop is not None:
            return Trigger(rule, at, stop)
    if rule.frame != "done":
        return None
    owned = next((noun for noun in sentence.nouns if noun.i == at + 1 and noun.is_person), None)
    if owned is not None:
        end = _past_apposition(sentence, owned)
        for pattern in rule.then:
            stop = _match(sentence, pattern, end) if pattern else None
            if stop is not None:
                return Trigger(rule, at, stop, between=owned)
    return None


def _past_apposition(sentence: Sentence, noun: Noun) -> int:
    """Where an object with its apposition ends: "its ambassador, X," before "back home"."""
    end = noun.j
    for other in sentence.nouns:
        apposed = other.same is noun or noun.same is other
        if apposed and other.i >= end and sentence.lows(end, other.i) in ([","], []):
            end = other.j
    return end + 1 if end > noun.j and sentence.lows(end, end + 1) == [","] else end


def _match(sentence: Sentence, pattern: Sequence[frozenset[str] | str], at: int) -> int | None:
    """Where a pattern that begins at word `at` ends, or None."""
    tokens, k = sentence.tokens, at
    for position, part in enumerate(pattern):
        if part == "..":
            rest = pattern[position + 1 :]
            ends = (_match(sentence, rest, k + gap) for gap in range(MAX_GAP + 1) if k + gap < len(tokens))
            return next((end for end in ends if end is not None), None)
        if k >= len(tokens):
            return None
        if isinstance(part, str):
            stop = _special(sentence, part, k)
            if stop is None:
                return None
            k = stop
        elif tokens[k].low in part:
            k += 1
        else:
            return None
    return k


def _special(sentence: Sentence, part: str, at: int) -> int | None:
    """Where a place, a leader, a post ... that begins at word `at` ends; determiners are passed over."""
    tokens = sentence.tokens
    skip = at + 1 if at + 1 < len(tokens) and tokens[at].low in {"the", "a", "an", "his", "her", "their", "its"} else at
    noun = next((noun for noun in sentence.nouns if noun.i in {at, skip} and noun.j > at), None)
    if noun is None:
        return None
    fits = {
        "@place": noun.kind == "place",
        "@regime": noun.kind == "place",
        "@person": noun.is_person,
        "@post": noun.kind == "role" and noun.role is not None and noun.role.tier > 0,
        "@leader": noun.name in leaders()
        or (noun.role is not None and noun.role.word in {"president", "leader", "government", "regime"}),
        "@opposition": noun.kind == "person",
    }
    return noun.j if fits[part] else None


def has_role_words(sentence: Sentence) -> bool:
    """Whether a sentence speaks of anybody by role or kin."""
    words = {token.low for token in sentence.tokens}
    return bool(words & lexicon.role_words() or words & lexicon.kin_words())


def event_kinds() -> frozenset[EventKind]:
    """Event kinds that the grammar can give."""
    table = read_table_cached()
    return frozenset(EventKind(row["kind"]) for row in (*table["trigger"], *table["noun"]))
