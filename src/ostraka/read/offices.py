"""Offices told by verbs: "who runs the oil sector", "was in charge of political affairs", "served as consul"."""

from __future__ import annotations

from dataclasses import dataclass

from ostraka.read.noun import STOPPERS, Noun, join
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

MAX_WORDS = 12
_VERBS = word_set(
    "runs ran running headed heads heading led leads leading oversaw oversees overseeing commanded commands commanding managed manages managing"
    " handled handles handling directed directs supervised supervises chaired chairs"
)
_PHRASES = (
    ("in", "charge", "of"),
    ("responsible", "for"),
    ("looked", "after"),
    ("worked", "for"),
    ("works", "for"),
    ("worked", "at"),
    ("worked", "in"),
    ("served", "in"),
    ("served", "at"),
    ("posted", "to"),
    ("posted", "in"),
    ("stationed", "in"),
    ("took", "care", "of"),
    ("kept", "the", "books", "of"),
    ("kept", "the", "accounts", "of"),
    ("did", "the", "accounts", "of"),
    ("did", "accounts", "for"),
    ("acted", "for"),
    ("represented",),
    ("been", "in"),
)


_BY_FIRST = {
    first: tuple(list(words) for words in _PHRASES if words[0] == first) for first in {words[0] for words in _PHRASES}
}
_FIRSTS = _VERBS | _BY_FIRST.keys()


_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody was in charge of: words `i` to `j` of a sentence, and the body or place named there."""

    sentence: Sentence
    i: int
    j: int
    noun: Noun | None


_HOLDERS = {
    verb: f"{noun} of"
    for verbs, noun in (
        ("runs ran running headed heads heading led leads leading", "head"),
        ("managed manages managing", "manager"),
        ("commanded commands commanding", "commander"),
        ("directed directs", "director"),
        ("chaired chairs", "chairman"),
        ("supervised supervises", "supervisor"),
    )
    for verb in verbs.split()
}


def name_of(office: Office) -> str:
    """An office as a role: who headed the bureau is head of it, who was in charge of trade at an embassy in charge of trade."""
    tokens, start = office.sentence.tokens, office.i
    charged = {"charge", "responsible"} & set(office.sentence.lows(start, start + 2))
    at = next((k for k in range(start + 3, office.j) if charged and tokens[k].low == "at"), office.j)
    holder = _HOLDERS.get(tokens[start].low)
    return f"{holder} {join(tokens[start + 1 : at])}" if holder else join(tokens[start:at])


def find_offices(sentence: Sentence) -> list[tuple[Noun, Office]]:
    """Offices told in a sentence, each with the phrase for the one who holds it."""
    found = []
    tokens = sentence.tokens
    for k in sentence.where(_FIRSTS):
        width = _width(sentence, k)
        if not width or k == 0 or (sentence.low[k] == "been" and not {"since", "for"} & set(sentence.lows(k, k + 7))):
            continue
        stop = _office_end(sentence, k + width)
        if stop <= k + width:
            continue
        relative = tokens[k - 1].low == "who" or (k > 1 and tokens[k - 2].low == "who")
        start = k - 1 if relative and tokens[k - 1].low in {"was", "is"} else k
        holders = subjects(sentence, start, relative=relative)
        told = [noun for noun in sentence.nouns if k < noun.i < stop and noun.kind in {"org", "place"}]
        body = next((noun for noun in told if _MISSIONS & set(noun.text.lower().split())), told[0] if told else None)
        if (holders and holders[-1].kind != "pron") or (holders and holders[-1].label):
            found.append((holders[-1], Office(sentence, k, stop, body)))
    return found


def _is_verb(sentence: Sentence, k: int) -> bool:
    """Whether a second verb begins after "and": "served in Zambia and came over", "runs it and gives his rank"."""
    low, following = next(iter(sentence.lows(k, k + 1)), ""), sentence.lows(k + 1, k + 2)
    return (
        low.endswith("ed") or low in _SECOND_VERBS or (low.endswith("s") and following in (["his"], ["her"], ["the"]))
    )


_SECOND_VERBS = word_set(
    "came went left fled was had has is then took became rose made led ran met spoke knew wrote flew"
)


def _width(sentence: Sentence, k: int) -> int:
    """How many words tell at word `k` that somebody is in charge; 0 if none, as in "it led to a quarrel"."""
    if sentence.low[k] in _VERBS:
        return int(sentence.lows(k + 1, k + 2) not in (["to"], ["into"]))
    return _phrase_at(sentence, k)


def _phrase_at(sentence: Sentence, k: int) -> int:
    """How many words of an office phrase begin at word `k`; 0 if none."""
    for words in _BY_FIRST.get(sentence.tokens[k].low, ()):
        if sentence.low[k : k + len(words)] == words:
            return len(words)
    return 0


def _office_end(sentence: Sentence, at: int) -> int:
    """Where the words of the office end: before a comma, a date or a new verb."""
    dated = {row.i for row in sentence.dates}
    k = at
    while k < len(sentence.tokens) and k - at < MAX_WORDS:
        token = sentence.tokens[k]
        plain = token.low in {"of", "in", "for", "at", "and", "to", "'s", "the"} or token.low not in STOPPERS
        if k in dated or not (token.text[0].isalnum() or token.low == "'s") or not plain:
            break
        if token.low == "from" or (token.low == "and" and _is_verb(sentence, k + 1)):
            break
        k += 1
    while k > at and sentence.tokens[k - 1].low in {"of", "in", "for", "at", "and", "to", "the"}:
        k -= 1
    return k
