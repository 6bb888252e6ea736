"""Measures a report says were taken or should be: calling diplomats home, rules on families, watching, screening."""

from __future__ import annotations

from functools import cache
from typing import Any

from ostraka.dates import When
from ostraka.model import Statement, Status
from ostraka.read.coreference import Coreference
from ostraka.read.places import read_table
from ostraka.read.scene import Sentence
from ostraka.read.tokens import Token, word_set

_PEOPLE = word_set(
    "diplomats officials diplomat cadres staff workers missions embassies children families relatives citizens officers personnel kin elites"
    " students elite members"
)


@cache
def _verbs() -> dict[str, tuple[tuple[str, frozenset[str], frozenset[str]], ...]]:
    found: dict[str, list[tuple[str, frozenset[str], frozenset[str]]]] = {}
    for kind, row in read_table("policies.toml").items():
        for entry in row["measure"]:
            for word in entry["words"]:
                found.setdefault(word, []).append(
                    (kind, frozenset(entry.get("near", ())), frozenset(entry.get("of", _PEOPLE)))
                )
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def _openers() -> frozenset[str]:
    return frozenset(_verbs())


def find_policies(story: Coreference, writer: Any) -> list[Statement]:
    """Policy statements of a report: at most one of each kind in a sentence."""
    found: list[Statement] = []
    if not story.regime:
        return found
    for sentence in story.scene.sentences:
        told: set[str] = set()
        for k in sentence.where(_openers()):
            for kind, near, of in _verbs()[sentence.low[k]]:
                stop = _reach(sentence.tokens, k, near, of)
                if stop is None or kind in told:
                    continue
                told.add(kind)
                start = sentence.tokens[_clause_start(sentence, k)].start
                end = sentence.tokens[stop].end
                words = story.scene.report.text[start:end]
                found.append(
                    writer.say(
                        (start, end), "policy", "policy", kind, words, status=_status(sentence, k), when=_when(sentence)
                    )
                )
    return found


def _reach(tokens: list[Token], k: int, near: frozenset[str], of: frozenset[str]) -> int | None:
    """Last word of the measure, if it has the words it needs within ten words."""
    window = range(k + 1, min(len(tokens), k + 11))
    people = next((m for m in window if tokens[m].low in of), None)
    beside = next((m for m in window if tokens[m].low in near), None) if near else k
    if people is None or beside is None:
        return None
    return max(people, beside)


def _clause_start(sentence: Sentence, k: int) -> int:
    noun = next((noun for noun in reversed(sentence.nouns) if noun.j <= k and k - noun.j <= 3), None)
    start = noun.i if noun is not None else k
    if start and sentence.tokens[start - 1].low in {"unless", "if"}:
        start -= 1
    return start


def _status(sentence: Sentence, k: int) -> Status:
    words = set(sentence.lows(0, k))
    if words & {"unless", "if"} or words & {"should", "would", "must", "plans", "planned", "considering", "will"}:
        return Status.PLANNED
    if words & {"reportedly", "may", "might", "could", "believed"}:
        return Status.HEDGED
    return Status.ASSERTED


def _when(sentence: Sentence) -> Any:
    return sentence.dates[0].mention.when if sentence.dates else When()


def policy_kinds() -> frozenset[str]:
    """Kinds of measure that the grammar can give."""
    return frozenset(read_table("policies.toml"))
