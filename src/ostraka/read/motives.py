"""Why they left, as the report gives it: of one event, or of defectors at large."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ostraka.model import Statement
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.places import read_table
from ostraka.read.scene import Sentence
from ostraka.read.tokens import Phrases, word_set

_OPENERS = word_set(
    "for because motive motives reason reasons fear feared fearing fears avoid escape disillusioned disgust disgusted tired driven over out after"
    " due cited citing named protest decided better future punishment to"
)
_LEAVING = word_set(
    "defect defected defects defection defections defectors defector fled flee fleeing flight left leave leaving escaped escape asylum resigned"
    " deserted abandoned broke joined motive motives reason reasons came"
)


@cache
def _cues() -> Phrases:
    phrases = Phrases()
    for code, row in read_table("motives.toml").items():
        phrases.add_all(row["words"], code)
    return phrases


def find_motives(story: Coreference, writer: Any, events: list[tuple[str, Found]] = ()) -> list[Statement]:  # type: ignore[assignment]
    """Motive statements: of an event told in the same or the last sentence, else of defectors at large."""
    found: list[Statement] = []
    for sentence in story.scene.sentences:
        words = sentence.words
        if not words & _OPENERS or not (words & _LEAVING):
            continue
        for i, j, code in _codes(sentence):
            span = sentence.tokens[i].start, sentence.tokens[j - 1].end
            negated = _negated(sentence, i)
            label = next((label for label, event in events if event.sentence.ix == sentence.ix), "")
            if not label and not negated:
                label = _recent(sentence, events)
            if label and not negated:
                found.append(writer.say(span, "event", label, "motive", code))
            found.append(writer.say(span, "motive", "defectors", "not" if negated else "for", code))
    return found


def _recent(sentence: Sentence, events: list[tuple[str, Found]]) -> str:
    """The one event of the persons this sentence speaks of."""
    labels = {noun.label for noun in sentence.nouns}
    owned = {f"family of {event.label}" for _, event in events}
    for label, event in reversed(events):
        if event.order < sentence.start and (
            event.label in labels or (owned & labels) or "family" in sentence.lows(0, len(sentence.tokens))
        ):
            return label
    return ""


def _codes(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    reach = 0
    for at in sentence.where(_cues().firsts()):
        hit = _cues().longest(sentence.tokens, at) if at >= reach else None
        if hit is not None:
            yield at, hit[0], hit[1]
            reach = hit[0]


def _negated(sentence: Sentence, at: int) -> bool:
    """Whether "not" governs the motive, as in "went not for money but for freedom"."""
    before = sentence.lows(max(0, at - 8), at)
    if "but" in before:
        before = before[len(before) - before[::-1].index("but") :]
    return bool({"not", "n't", "never", "nor", "rather"} & set(before)) and "only" not in before


def motive_codes() -> frozenset[str]:
    """Motive codes that the grammar can give."""
    return frozenset(read_table("motives.toml"))
