"""What later sentences of a report make of an event: denied by those concerned, or refuted."""

from __future__ import annotations

from ostraka.model import EventKind, Status
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.noun import Noun
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
    for event in events:
        if event.kind in _FALLEN and event.status in _OPEN and _is_seen_again(story, event):
            event.status = Status.REFUTED
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


_FALLEN = frozenset({EventKind.PURGE, EventKind.EXECUTION})
_OPEN = frozenset({Status.ASSERTED, Status.HEDGED})
_SHOWN = word_set(
    "photograph photographs picture pictures image images footage television showed shows shown photo photos seen alive kcna media"
)
_PUBLIC = word_set(
    "sat sitting seated beside watched watching performance concert show attended appeared appears appearing reappeared alive waved"
    " smiled clapped guests company row gala"
)
_NO_SIGHT = word_set(
    "not n't last nobody never absent missing before previously no until doubts denied often usually once always used"
)


def _is_seen_again(story: Coreference, event: Found) -> bool:
    """Whether the one who is said to have fallen is shown in public in another sentence, or around a relative clause."""
    near = story.scene.sentences[max(0, event.sentence.ix - 2) : event.sentence.ix + 1]
    official = event.kind is EventKind.PURGE and any(sentence.has(*_OFFICIAL) for sentence in near)
    if official or not story.profile(event.label).named:
        return False
    for sentence in story.scene.sentences:
        own = sentence is event.sentence
        words = sentence.words
        if event.kind is EventKind.PURGE and "alive" in words:
            continue
        if _SHOWN.isdisjoint(words) or _PUBLIC.isdisjoint(words) or (own and not _is_aside(event)):
            continue
        if any(noun.label == event.label and _acts_in_public(sentence, noun) for noun in sentence.nouns):
            return True
    return False


def _is_aside(event: Found) -> bool:
    """Whether an event is told in a relative clause, so that the sentence may tell what came after it."""
    at = next((k for k, token in enumerate(event.sentence.tokens) if token.start >= event.order), 0)
    return event.background or "who" in event.sentence.lows(at - 14, at)


def _acts_in_public(sentence: Sentence, noun: Noun) -> bool:
    """Whether somebody named is the one who is seen: not one who saw him, nor one not seen."""
    if noun.kind == "pron" or sentence.lows(noun.j, noun.j + 1) == ["'s"]:
        return False
    before = sentence.lows(noun.i - 2, noun.i)
    with_him = {"with", "beside", "from", "near", "by", "of", "to"} & set(before)
    after = sentence.lows(noun.j, noun.j + 40)
    near = next((k for k, low in enumerate(after) if low in _PUBLIC), None)
    return not with_him and near is not None and _NO_SIGHT.isdisjoint(after[max(0, near - 4) : near + 1])


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
