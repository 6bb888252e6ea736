"""What later sentences of a report make of an event: denied by those concerned, or refuted."""

from __future__ import annotations

from ostraka.model import EventKind, Status
from ostraka.read.coreference import Coreference
from ostraka.read.denials import takes_back
from ostraka.read.found import Found
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.still_there import is_correction, is_quoted_error, is_still_there
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
    mends = is_correction(story.scene.report.text)
    for event in events:
        if event.status not in {Status.ASSERTED, Status.HEDGED, Status.ATTEMPTED}:
            continue
        if (mends and is_quoted_error(event)) or is_still_there(story, event):
            event.status = Status.REFUTED
        elif turns:
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
        if status is Status.DENIED and _denies_another_thing(sentence, event):
            continue
        if status is Status.HEDGED and not _leaves_open(sentence, event):
            continue
        unsure = status in {Status.DENIED, Status.HEDGED}
        if unsure and event.status is Status.ASSERTED and _is_confirmed(story, event, sentence.ix):
            return
        event.status = status
        return


def _denies_another_thing(sentence: Sentence, event: Found) -> bool:
    """Whether what is denied is not the event: "denied knowing of it", "denied that there was a plot", the charges."""
    low = sentence.low
    if event.kind in _FALLEN and (not _CHARGES.isdisjoint(sentence.words) or _is_his_own_denial(sentence, event)):
        return True
    for at in sentence.where(_DENIES):
        after = low[at + 1] if at + 1 < len(low) else ""
        if not _OTHER_THINGS.isdisjoint(low[at + 1 : at + 4]) and after != "that":
            return True
        if after == "that" and at + 2 < len(low) and low[at + 2] not in _HIM:
            noun = next((noun for noun in sentence.nouns if at + 2 <= noun.i <= at + 5), None)
            return noun is None or noun.label != event.label
    return False


def _is_his_own_denial(sentence: Sentence, event: Found) -> bool:
    """Whether the one who was arrested denies "it": what he is accused of."""
    at = next((k for k, low in enumerate(sentence.low) if low in _DENIES), 0)
    noun = next((noun for noun in sentence.nouns if noun.j == at), None)
    return noun is not None and noun.label == event.label


_DENIES = word_set("denied denies denying")
_HIM = word_set("he she they his her their such anything this")
_OTHER_THINGS = word_set(
    "knowing knowledge involvement wrongdoing responsibility him them role part identity link links guilt"
)
_CHARGES = word_set("charge charges accusation accusations allegation allegations")


def _leaves_open(sentence: Sentence, event: Found) -> bool:
    """Whether the next sentence says that nobody confirms an event, and not only where or why, or another matter."""
    if sentence.ix != event.sentence.ix + 1 or sentence.has("where", "when", "how", "why", "who"):
        return False
    doubt = next((k for k, low in enumerate(sentence.low) if low.startswith(_CONFIRM)), 0)
    return ";" not in sentence.low[:doubt] and doubt - sentence.body_start <= MAX_DENIER


_CONFIRM = ("confirm", "verif", "knowledge", "den")
MAX_DENIER = 16
"""Words within which it is said that nobody confirms what was told."""


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
    follows = any(telling.sentence.ix + 1 == sentence.ix for telling in (event, *event.retold))
    return follows and not others
