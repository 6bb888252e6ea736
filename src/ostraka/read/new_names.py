"""Names that somebody told of without one bears: "he now uses the name X", "the man calls himself X", "the consul is X"."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.read.grammar import ADVERBS, AUXILIARIES
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

_VERBS = {
    "uses": ("the name",),
    "using": ("the name",),
    "used": ("the name",),
    "took": ("the name", "the name of"),
    "taken": ("the name", "the name of"),
    "adopted": ("the name",),
    "bears": ("the name",),
    "goes": ("by the name of", "by the name", "by"),
    "lives": ("as", "under the name of", "under the name"),
    **dict.fromkeys(("gives", "gave", "giving"), ("his name as", "her name as")),
    **dict.fromkeys(("identifies", "identified", "introduced", "introduces"), ("himself as", "herself as")),
    "calls": ("himself", "herself"),
    "called": ("himself", "herself"),
    "naming": ("her only as", "him only as", "her as", "him as"),
    "identifying": ("her only as", "him only as", "her as", "him as"),
    "calling": ("her only", "him only"),
    "known": ("as", "there as", "today as"),
}
"""Verbs that give a name, and what leads on to it."""
_SKIPS = word_set("now today since")


def new_names(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Labels of those who are told to bear a name, each with it.

    Parameters
    ----------
    sentence : Sentence
        Its phrases have their labels.
    """
    for noun in sentence.nouns:
        if noun.kind != "person" or noun.i < 2:
            continue
        start = noun.title.i if noun.title is not None else noun.i
        office = next((role for role in sentence.nouns if role.kind == "role" and role.j == start - 1), None)
        if office is not None and office.det == "the" and sentence.lows(start - 1, start) in (["is"], ["was"]):
            yield office.label, noun.name
            continue
        verb = _verb_before(sentence, noun.i)
        if verb is None:
            continue
        named = next((pron for pron in sentence.nouns if pron.i == verb + 1 and pron.kind == "pron"), None)
        if named is not None and named.text in {"her", "him"}:
            yield named.label, noun.name
            continue
        start = verb
        while start > 0 and sentence.tokens[start - 1].low in AUXILIARIES | ADVERBS | _SKIPS:
            start -= 1
        who = sentence.lows(start - 1, start) == ["who"]
        found = subjects(sentence, start, relative=who)
        if len(found) == 1 and found[0].label and not found[0].plural:
            yield found[0].label, noun.name


def _verb_before(sentence: Sentence, at: int) -> int | None:
    """The verb that leads on to a name at word `at`: "uses the name"."""
    for k in range(at - 1, max(at - 6, -1), -1):
        words = " ".join(sentence.lows(k + 1, at))
        if words in _VERBS.get(sentence.tokens[k].low, ()):
            return k
    return None
