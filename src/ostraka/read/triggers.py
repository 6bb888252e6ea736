"""The words that say that something happened to a member of an elite, inflected and found in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ostraka.model import EventKind
from ostraka.read.noun import Noun
from ostraka.read.places import is_regime, leaders, read_table
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

MAX_GAP = 6
LONGEST_WORD = 40
"""Letters of the longest word that a pattern may ask for, and then some."""
_VOWELS = frozenset("aeiou")


class Pattern(NamedTuple):
    """Words that must follow, and words that must not be among the three after them.

    One of the words of `key` must stand in the sentence, so that most patterns are passed over at one look.
    """

    parts: tuple[frozenset[str] | str, ...]
    unless: frozenset[str] = frozenset()
    key: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table for one form of one verb."""

    kind: EventKind
    frame: str
    needs: str
    verb: str
    form: str
    then: tuple[Pattern, ...] = ()
    status: str = ""


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
        third, past, participle, ing = listed.split()
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


_EVERYWHERE = word_set("the a of in to and for on by with from at as")
"""Words that stand in almost every sentence, and so tell nothing of it."""


def _pattern(text: str) -> Pattern:
    wanted, _, unless = text.partition("!")
    parts = tuple(part if part == ".." or part.startswith("@") else _choices(part) for part in wanted.split())
    choices = (part for part in parts if isinstance(part, frozenset))
    key = min(choices, key=lambda part: (not part.isdisjoint(_EVERYWHERE), len(part)), default=frozenset[str]())
    return Pattern(parts, frozenset(unless.strip().split("|")) if unless else frozenset(), key)


def _choices(part: str) -> frozenset[str]:
    """The words that a part like ``ranks|%side`` stands for."""
    classes = read_table_cached()["class"]
    names = part.lower().split("|")
    own = {word for name in names if name[0] == "%" for word in classes[name[1:]].split()}
    return frozenset(own.union(name for name in names if name[0] != "%"))


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Rules by the form of their first word; those that ask for more words come first."""
    found: dict[str, list[Rule]] = {}
    for family in read_table_cached()["family"]:
        kind, frame, needs = EventKind(family["kind"]), family["frame"], family["needs"]
        for row in family.get("rows", ()):
            verbs, _, after = row.partition(" : ")
            then = tuple(_pattern(part) for part in after.split(" / ")) if after else ()
            names, _, unless = verbs.partition(" ! ")
            if unless:
                then = (_pattern("!" + unless),)
            doomed = "to death" in after and kind is EventKind.EXECUTION and "sentence" in names
            for verb in names.strip().split("|"):
                offered = kind is EventKind.APPOINTMENT and verb in {"propose", "offer"}
                status = "planned" if doomed or offered else ""
                for form, word in _forms(verb):
                    found.setdefault(word, []).append(Rule(kind, frame, needs, verb, form, then, status))
        for words in family.get("phrases", ()):
            firsts, _, rest = words.partition(" ")
            for first in firsts.split("|"):
                found.setdefault(first, []).append(Rule(kind, frame, needs, first, "state", (_pattern(rest),)))
    return {word: tuple(sorted(rows, key=_rank)) for word, rows in found.items()}


@cache
def _verbs() -> frozenset[str]:
    return frozenset(rules())


class Candidate(NamedTuple):
    """A rule with those of its patterns that may hold; one of the words of `keys`, if any, must stand in the sentence."""

    rule: Rule
    patterns: tuple[Pattern, ...]
    keys: frozenset[str]


@lru_cache(maxsize=20_000)
def _candidates(word: str, following: str | None) -> tuple[Candidate, ...]:
    """Rules by a word that the word right after it does not rule out, in their order; None rules nothing out."""
    found = []
    for rule in rules()[word]:
        patterns = tuple(p for p in rule.then if following is None or _may_begin(p.parts, following))
        if patterns or not rule.then:
            keyed = bool(patterns) and all(pattern.key for pattern in patterns)
            keys = frozenset().union(*(p.key for p in patterns)) if keyed else frozenset[str]()
            found.append(Candidate(rule, patterns, keys))
    return tuple(found)


def _may_begin(parts: Sequence[frozenset[str] | str], word: str) -> bool:
    return not parts or isinstance(parts[0], str) or word in parts[0]


def _forms(verb: str) -> Iterator[tuple[str, str]]:
    """Each form of a verb once with its name; "be" has two for some."""
    named: dict[str, str] = {}
    for name, words in zip(("s", "past", "part", "ing"), inflect(verb), strict=True):
        for word in words.split("/"):
            named.setdefault(word, name)
    named.setdefault(verb, "base")
    return ((name, word) for word, name in named.items())


_WEIGHED = frozenset({"flight", "leaving", "homeward", "protest", "resigns"})


def _rank(rule: Rule) -> tuple[bool, bool, bool]:
    """Rules that are sure of their words come before those that are weighed, and more words before fewer."""
    return rule.needs in _WEIGHED, rule.needs != "partyexpel", not any(pattern.parts for pattern in rule.then)


@cache
def nominal_rules() -> dict[str, tuple[tuple[EventKind, tuple[str, ...], bool], ...]]:
    """Nouns that name an event, by their first word: kind, the rest of the phrase, whether it is told by it alone."""
    found: dict[str, list[tuple[EventKind, tuple[str, ...], bool]]] = {}
    for row in read_table_cached()["noun"]:
        for group in ("words", "weak"):
            for words in row.get(group, ()):
                first, *rest = words.split()
                found.setdefault(first, []).append((EventKind(row["kind"]), tuple(rest), group == "words"))
    return {word: tuple(sorted(rows, key=lambda row: (-len(row[1]), not row[2]))) for word, rows in found.items()}


@cache
def nominal_words() -> frozenset[str]:
    """First words of the nouns that name an event."""
    return frozenset(nominal_rules())


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Triggers of a sentence in order, the first that fits for each verb."""
    return [fitting[0] for fitting in alternatives(sentence)]


def alternatives(sentence: Sentence) -> list[list[Trigger]]:
    """For each verb of a sentence that may tell of an event, the rules that fit, the most telling first."""
    if sentence.triggers is None:
        low, words, dated = [*sentence.low, ""], sentence.words, sentence.dated
        people = {noun.i: noun for noun in reversed(sentence.nouns) if noun.is_person}
        sentence.triggers = []
        for at in sentence.where(_verbs()):
            if at < sentence.body_start or at in dated:
                continue
            owned = people.get(at + 1)
            rows = _candidates(low[at], low[at + 1][:LONGEST_WORD] if owned is None else None)
            here = [row for row in rows if not row.keys or not row.keys.isdisjoint(words)]
            if here and _is_noun(sentence, at):
                here = [row for row in here if row.rule.frame == "gets"]
            if here and (fitting := _fitting(sentence, here, at, owned)):
                sentence.triggers.append(fitting)
    return sentence.triggers


def _fitting(sentence: Sentence, here: Sequence[Candidate], at: int, owned: Noun | None) -> list[Trigger]:
    """The rules that fit the word `at`; `owned` is the phrase for a person right after it."""
    if any(row.rule.form in _NOUN_FORMS for row in here):
        inside = any(noun.i <= at < noun.j and noun.kind != "pron" for noun in sentence.nouns)
        here = [row for row in here if not (inside and row.rule.form in _NOUN_FORMS)]
    return [trigger for row in here if (trigger := _fit(sentence, row, at, owned)) is not None]


def firm_triggers(sentence: Sentence) -> list[Trigger]:
    """Triggers that say by their own words that something happened: journeys and the like left out."""
    return [trigger for trigger in find_triggers(sentence) if trigger.rule.needs not in _WEIGHED]


_BEFORE_NOUNS = frozenset({"the", "a", "an", "his", "her", "its", "their", "'s", "this", "that", "no"})


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Whether a word that could be a verb stands after a determiner: "the name", "the ousted uncle"."""
    if at == 0 or (at > 1 and sentence.tokens[at - 2].low == "among"):
        return False
    return sentence.tokens[at - 1].low in _BEFORE_NOUNS and sentence.tokens[at - 1].text not in {"No", "This"}


_NEEDED = {
    "notback": frozenset({"not", "n't", "never", "nor", "without", "neither", "failed", "fails", "failing"}),
    "unseen": frozenset(
        {"not", "n't", "never", "nor", "nobody", "no", "none", "neither", "hardly", "without", "nothing"}
    ),
    "nolonger": frozenset({"longer", "stopped", "ceased", "refuses", "refused"}),
}
"""Words of which one must stand before the verb, or within the words after it, by frame."""
MAX_BEFORE = 6


def _holds(sentence: Sentence, rule: Rule, at: int) -> bool:
    """Whether the words before a verb make it what its frame says ("did not return", "no longer serves")."""
    after = 4 if rule.frame == "nolonger" else 0
    first = max(at - MAX_BEFORE, 0)
    words = sentence.lows(first, at + after) + sentence.lows(sentence.body_start, sentence.body_start + 1)
    return not _NEEDED[rule.frame].isdisjoint(words)


_NOUN_FORMS = frozenset({"base", "s"})


def _fit(sentence: Sentence, row: Candidate, at: int, owned: Noun | None) -> Trigger | None:
    """A rule at the word `at`, if it fits; `owned` is the phrase for a person right after it."""
    rule = row.rule
    if rule.frame in _NEEDED and not _holds(sentence, rule, at):
        return None
    if not rule.then:
        return Trigger(rule, at, at + 1)
    words = sentence.words
    for pattern in row.patterns:
        if pattern.key and pattern.key.isdisjoint(words):
            continue
        stop = _match(sentence, pattern, at + 1)
        if stop is not None and _may_be_done(sentence, rule, at, stop):
            return Trigger(rule, at, stop)
    if rule.frame == "done" and owned is not None:
        end = _past_apposition(sentence, owned)
        for pattern in row.patterns:
            stop = _match(sentence, pattern, end) if pattern.parts else None
            if stop is not None:
                return Trigger(rule, at, stop, between=owned)
    return None


def _may_be_done(sentence: Sentence, rule: Rule, at: int, stop: int) -> bool:
    """Whether a verb that is done to somebody can be so here: an active form has its object near."""
    if rule.frame != "done" or rule.form in {"part", "ing"}:
        return True
    if rule.form == "past" and inflect(rule.verb)[1] == inflect(rule.verb)[2]:
        return True
    return any(noun.is_person and at < noun.i <= stop + 3 for noun in sentence.nouns)


MAX_ASIDE = 8
"""Words of an apposition after its head: "the minister of information, ...", "his brother and former spy chief, ..."."""


def _past_apposition(sentence: Sentence, noun: Noun) -> int:
    """Where an object with its apposition ends: "its ambassador, X," before "back home"."""
    end = noun.j
    for other in sentence.nouns:
        gap = sentence.lows(end, other.lead) if other.i >= end else ["-"]
        joined = (gap == ["and"] and other.is_person) or (gap == [] and other.kind == "person")
        if joined and noun.kind != "pron":
            end = other.j
            continue
        apposed = other.same is noun or noun.same is other
        if apposed and other.i >= end and sentence.lows(end, other.lead) in ([","], []):
            end = other.j
    if end == noun.j or sentence.lows(noun.j, noun.j + 1) != [","]:
        return end
    closed = next(
        (k for k in range(end, min(end + MAX_ASIDE, len(sentence.tokens))) if sentence.tokens[k].low == ","), end
    )
    return closed + 1 if sentence.lows(closed, closed + 1) == [","] else end


def _match(sentence: Sentence, pattern: Pattern, at: int) -> int | None:
    """Where a pattern that begins at word `at` ends, or None."""
    stop = _follow(sentence, pattern.parts, at)
    if stop is None or not pattern.unless.isdisjoint(sentence.lows(stop, stop + 3)):
        return None
    return stop


def _follow(sentence: Sentence, parts: Sequence[frozenset[str] | str], at: int) -> int | None:
    """Where the parts of a pattern end that begin at word `at`."""
    low, k = sentence.low, at
    for position, part in enumerate(parts):
        if part == "..":
            return _after_gap(sentence, parts[position + 1 :], k)
        if k >= len(low):
            return None
        if isinstance(part, str):
            stop = _special(sentence, part, k)
            if stop is None:
                return None
            k = stop
        elif low[k] in part:
            k += 1
        else:
            return None
    return k


_ENDS = frozenset(
    {";", ":", "(", "who", "which", "that", "because", "while", "although", "but", "said", "says", "if", "when"}
)


def _after_gap(sentence: Sentence, rest: Sequence[frozenset[str] | str], at: int) -> int | None:
    """Where the rest of a pattern ends that begins at most so many words later, in the same clause."""
    low = sentence.low
    first = rest[0] if rest and isinstance(rest[0], frozenset) else None
    for k in range(at, min(at + MAX_GAP + 1, len(low))):
        end = _follow(sentence, rest, k) if first is None or low[k] in first else None
        if end is not None:
            return end
        if low[k] in _ENDS:
            return None
    return None


def _special(sentence: Sentence, part: str, at: int) -> int | None:
    """Where a place, a leader, a post ... that begins at word `at` ends; determiners are passed over."""
    tokens = sentence.tokens
    skip = at + 1 if at + 1 < len(tokens) and tokens[at].low in {"the", "a", "an", "his", "her", "their", "its"} else at
    noun = next((noun for noun in sentence.nouns if noun.i in {at, skip} and noun.j > at), None)
    if noun is None:
        return None
    fits = {
        "@place": noun.kind == "place",
        "@regime": noun.kind == "place" and is_regime(noun.country),
        "@person": noun.is_person,
        "@post": noun.kind == "role" and noun.role is not None and noun.role.tier > 0,
        "@leader": noun.name in leaders()
        or (noun.role is not None and noun.role.word in {"president", "leader", "government", "regime"}),
        "@opposition": noun.kind == "person",
    }
    return noun.j if fits[part] else None


def event_kinds() -> frozenset[EventKind]:
    """Event kinds that the grammar can give."""
    table = read_table_cached()
    return frozenset(EventKind(row["kind"]) for row in (*table["family"], *table["noun"]))
