"""What a report tells of kin: what each child did, what the fathers were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ostraka.model import Statement, Status
from ostraka.read.coreference import Coreference
from ostraka.read.noun import Noun, join
from ostraka.read.scene import Sentence

_ORDER = ("first", "second", "third", "fourth")
_FIGHTERS = frozenset(
    {"fighters", "guerrillas", "partisans", "revolutionaries", "fighter", "guerrilla", "partisan", "revolutionary"}
)


def find_deeds(story: Coreference, writer: Any) -> list[Statement]:
    """What children did: "One of his two sons studied abroad. The other ..."."""
    found: list[Statement] = []
    brood: tuple[str, str, int] | None = None
    for sentence in story.scene.sentences:
        lead = sentence.lows(0, 3)
        if lead[:2] != ["one", "of"] and (brood is None or lead[:1] != ["the"]):
            continue
        kin = next(
            (
                noun
                for noun in sentence.nouns
                if noun.kind == "kin"
                and noun.kin is not None
                and noun.kin.relation == "child_of"
                and noun.owner is not None
            ),
            None,
        )
        if lead[:2] == ["one", "of"] and kin is not None and kin.owner is not None:
            word = kin.kin.word.rstrip("s") if kin.kin else "child"
            brood = (word, kin.owner.label, 1)
            found += _deed(story, sentence, f"first {word} of {kin.owner.label}", kin.j, writer)
        elif (
            brood is not None
            and lead[:1] == ["the"]
            and lead[1:2] in (["other"], ["second"], ["younger"], ["elder"])
            and sentence.ix
        ):
            word, owner, n = brood
            label = f"{_ORDER[min(n, 3)]} {word} of {owner}"
            brood = (word, owner, n + 1)
            stop = kin.j if kin is not None and kin.i <= 2 else 2
            found += _deed(story, sentence, label, stop, writer)
    return found


def _deed(story: Coreference, sentence: Sentence, label: str, at: int, writer: Any) -> Iterator[Statement]:
    tokens = sentence.tokens
    stop = len(tokens) - (tokens[-1].text in {".", "!"})
    if stop <= at:
        return
    words = tokens[at].start, tokens[stop - 1].end
    yield writer.say((tokens[0].start, words[1]), "person", label, "described", join(tokens[:at]))
    yield writer.say(words, "person", label, "deed", story.scene.report.text[words[0] : words[1]])


def find_forebears(story: Coreference, writer: Any) -> list[Statement]:
    """Such as "The fathers of both X and his wife were independence fighters": each father, with his role."""
    found: list[Statement] = []
    for sentence in story.scene.sentences:
        for noun in sentence.nouns:
            if noun.kind != "kin" or noun.kin is None or len(noun.owners) < 2:
                continue
            role = _predicate(sentence, noun)
            for owner in noun.owners:
                found += _forebear(story, sentence, (noun, owner), role, writer)
    return found


def _predicate(sentence: Sentence, noun: Noun) -> tuple[int, int] | None:
    """Such as "were independence fighters" after the phrase: the words of what they were."""
    tokens = sentence.tokens
    start = next(
        (
            k
            for k in range(noun.owners[-1].j, min(noun.owners[-1].j + 3, len(tokens)))
            if tokens[k].low in {"were", "was", "are"}
        ),
        None,
    )
    if start is None:
        return None
    stop = next((k for k in range(start + 1, min(start + 6, len(tokens))) if tokens[k].low in _FIGHTERS), None)
    return (start + 1, stop + 1) if stop is not None else None


def _forebear(
    story: Coreference, sentence: Sentence, pair: tuple[Noun, Noun], role: tuple[int, int] | None, writer: Any
) -> Iterator[Statement]:
    noun, owner = pair
    if noun.kin is None:
        return
    word = noun.kin.word.rstrip("s")
    label = known_parent(story, owner.label, noun.kin.relation) or f"{word} of {owner.label}"
    words = sentence.tokens[noun.i].start, sentence.tokens[max(owner.j, noun.j) - 1].end
    yield writer.say(words, "tie", label, noun.kin.relation, owner.label, status=Status.ASSERTED)
    yield writer.say(words, "person", label, "described", story.scene.report.text[words[0] : words[1]])
    if role is not None:
        span = sentence.tokens[role[0]].start, sentence.tokens[role[1] - 1].end
        text = story.scene.report.text[span[0] : span[1]]
        yield writer.say(span, "person", label, "role", text[:-1] if text.endswith("s") else text)


_SEX = {"father_of": {"m", ""}, "parent_of": {"m", "f", ""}, "mother_of": {"f"}}
PARENTS = _SEX.keys()


def known_parent(story: Coreference, child: str, relation: str) -> str:
    """The named parent of somebody, if the report names one."""
    for sentence in story.scene.sentences:
        for noun in sentence.nouns:
            if (
                noun.kind == "kin"
                and noun.kin is not None
                and noun.kin.relation == "child_of"
                and noun.label == child
                and noun.owner is not None
            ):
                gender = story.profile(noun.owner.label).gender
                return noun.owner.label if gender in _SEX[relation] else ""
    return ""
