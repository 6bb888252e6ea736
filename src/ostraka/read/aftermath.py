"""What later sentences of a report make of an event: denied by those concerned, or refuted."""

from __future__ import annotations

from ostraka.model import Status
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.scene import Sentence
from ostraka.read.status import takes_back
from ostraka.read.tokens import word_set

_OFFICIAL = word_set(
    "ministry minister ministries spokesman spokeswoman spokesperson government nis agency intelligence parliament"
)


def take_back(story: Coreference, events: list[Found]) -> None:
    """Give events the status that a later sentence gives them, if it names the person or follows directly.

    Parameters
    ----------
    story : Coreference
    events : list of Found
        Changed in place.

    Notes
    -----
    An official confirmation outweighs a denial by the regime; nothing outweighs a refutation.
    """
    if not events:
        return
    turns = [
        (sentence, status)
        for sentence in story.scene.sentences
        if (status := takes_back(sentence)) is not None and not sentence.has("accused", "accuses", "accusation")
    ]
    for event in events:
        if event.status in {Status.ASSERTED, Status.HEDGED, Status.ATTEMPTED} and turns:
            _turn(story, event, turns)


def _turn(story: Coreference, event: Found, turns: list[tuple[Sentence, Status]]) -> None:
    for sentence, status in turns:
        if sentence.ix <= event.sentence.ix or not _speaks_of(story, sentence, event):
            continue
        if status is Status.DENIED and event.status is Status.ASSERTED and _is_confirmed(story, event, sentence.ix):
            return
        event.status = status
        return


def _is_confirmed(story: Coreference, event: Found, stop: int) -> bool:
    """Whether an authority tells of an event, or it is confirmed before it is denied."""
    if event.sentence.has(*_OFFICIAL):
        return True
    nearby = story.scene.sentences[event.sentence.ix : min(stop, event.sentence.ix + 3)]
    return any(
        token.low == "confirmed" and _DOUBTS.isdisjoint(sentence.lows(k - 4, k))
        for sentence in nearby
        for k, token in enumerate(sentence.tokens)
    )


_DOUBTS = frozenset({"not", "n't", "never", "nobody", "neither", "if", "could", "nor"})


def _speaks_of(story: Coreference, sentence: Sentence, event: Found) -> bool:
    """Whether a sentence names the person of an event, or follows it directly and names nobody else."""
    labels = {noun.label for noun in sentence.nouns if noun.label}
    if event.label in labels:
        return True
    others = any(label in story.profiles and story.profiles[label].named for label in labels)
    return sentence.ix == event.sentence.ix + 1 and not others
