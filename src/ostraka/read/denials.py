"""Words with which what is told is denied, laughed at, taken back or left open."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.model import Status
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.wordings import Words, phrases


def waved_away(before: Sequence[str], after: Words) -> bool:
    """Whether a report of it is laughed at: "dismissed as fantasy a report that", "called a report that he ... a lie"."""
    told = next((k for k in range(len(before) - 1, 0, -1) if before[k] in _REPORT), None)
    if told is None or not {"that", "of"} & set(before[told + 1 :]):
        return False
    verb = next((k for k in range(told - 1, -1, -1) if before[k] in _WAVES), None)
    if verb is None:
        return False
    return before[verb] in _ENDS_A_TALE or before[verb + 1 : verb + 2] == ["as"] or not _NONSENSE.isdisjoint(after.row)


def is_denied_aside(after: Sequence[str]) -> bool:
    """Whether it closes with "which his family denies"."""
    at = next((k for k, word in enumerate(after) if word == "which"), None)
    return at is not None and not {"denies", "denied"}.isdisjoint(after[at + 1 : at + 6])


_REPORT = word_set("report reports claim claims rumour rumours rumor rumors story stories tale tales talk suggestion")
_WAVES = word_set("dismissed called calls branded ridiculed denounced described dismisses laughed rejected") | word_set(
    "buried scotched belied disproved quashed"
)
_ENDS_A_TALE = word_set("buried scotched belied disproved quashed")
_NONSENSE = word_set(
    "fabrication fabrications nonsense lie lies invention inventions slander smear false fantasy untrue baseless"
)


def takes_back(sentence: Sentence) -> Status | None:
    """Whether a sentence denies, refutes or leaves open what another one told."""
    words = Words(sentence.low, sentence.words)
    for name, status in (("hedged", Status.HEDGED), ("refuted", Status.REFUTED), ("denied", Status.DENIED)):
        if words.has(phrases("denial", name)):
            return status
    if any(at for at in sentence.where(_CALLS) if _NAMES_IT & set(sentence.lows(at + 1, at + 3))):
        return Status.DENIED if sentence.has(*_NONSENSE, *_SLURS) else None
    return None


_CALLS = frozenset({"called", "calls", "branded", "termed"})
_NAMES_IT = word_set("it this claim claims report reports story")
_SLURS = word_set(
    "propaganda provocation abduction kidnapping fairy rumour rumours rumor rumors trick hoax plot joke fake"
)
