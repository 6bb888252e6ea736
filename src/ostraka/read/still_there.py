"""What shows that a report was wrong: the one of whom it was told is at his desk, or the paper corrects itself."""

from __future__ import annotations

import re

from ostraka.model import EventKind, Status
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_CORRECTS = re.compile(
    r"\b(?:corrections?|corrigend|clarification|retract|errat|apolog|we regret|with regret|in error|was mistaken|were mistaken)",
    re.IGNORECASE,
)
_OWN_PRINT = re.compile(
    r"\b(?:we(?: also| had)? (?:wrote|written|reported|said|printed|quoted)|our (?:correspondent|issue|report|dispatch)"
    r"|this (?:newspaper|paper|page|agency)|the (?:article|bulletin|dispatch|desk)|edition (?:said|reported)|said on page"
    r"|a (?:report|dispatch|story) (?:in|from|on)\b)"
)


def is_correction(text: str) -> bool:
    """Whether a report takes back what its own paper printed.

    Examples
    --------
    >>> is_correction("Correction: on Monday we wrote that the consul had fled. He is at his post.")
    True
    """
    return bool(_CORRECTS.search(text))


def is_quoted_error(event: Found) -> bool:
    """Whether an event is what a paper that corrects itself had printed: "we wrote that X had been arrested"."""
    sentence = event.sentence
    stop = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.order), len(sentence.tokens))
    before = " ".join(sentence.low[sentence.body_start : stop])
    found = _OWN_PRINT.search(before)
    return found is not None and not _TOLD_AS.isdisjoint(before[found.start() :].split())


_TOLD_AS = word_set('that reported " “')

AFTER = 3
"""Sentences after a report in which somebody is shown to be where he always was."""
DAYS = 250
"""An event further back than this may be true of somebody who is in office now."""
_HEARSAY = word_set(
    "report reports reported reportedly claimed claims claim wrote writes rumour rumours rumor rumors rumoured rumored story"
    " tale newspaper newspapers papers daily sites site website blog channel channels exiles press rebels"
)
_UNDER_DOUBT = frozenset({Status.HEDGED, Status.ATTEMPTED})
_KINDS = frozenset(
    {
        EventKind.DEFECTION,
        EventKind.PURGE,
        EventKind.EXECUTION,
        EventKind.ASSASSINATION,
        EventKind.DISAPPEARANCE,
        EventKind.RECALL,
        EventKind.DISMISSAL,
    }
)
_IN_PLACE = tuple(
    f" {phrase} "
    for phrase in (
        "at his desk", "at her desk", "at his post", "at her post", "in his office", "in her office", "still in office",
        "remains in office", "remained in office", "is in office", "was in office", "at liberty", "is on leave", "was on leave",
        "been on leave", "on annual leave", "is on holiday", "was on holiday", "gone on holiday", "back at work", "has not left",
        "had not left", "never left", "came before the cameras", "answered the telephone", "answered the phone",
        "is not under arrest", "was not under arrest",
    )
)  # fmt: skip
_ACTS = tuple(
    f" {phrase} "
    for phrase in (
        "received a", "received reporters", "received journalists", "received the", "received visitors", "attended a",
        "attended the", "addressed a", "addressed the", "inspected", "gave a lecture", "gave a talk", "gave a speech",
        "gave a reception", "delivered a", "appeared on television", "appeared on state television", "appeared in public",
        "was shown on television", "met the press", "sat in court", "sat next to", "sat beside", "gave a dinner", "gave a press conference", "led a delegation",
        "led the delegation", "greeted", "lectured", "laid a wreath", "took a bow", "spoke on state television", "opened a", "opened his", "chaired a", "chaired the", "visited a",
    )
)  # fmt: skip
_AT_HOME = tuple(
    phrase
    for phrase in _ACTS
    if not phrase.startswith((" inspected", " addressed", " received the", " visited", " gave a press"))
)
"""What one who fled does not do; what he did before is often told of him too."""
_FALLEN = frozenset({EventKind.PURGE, EventKind.EXECUTION, EventKind.ASSASSINATION})
_OPENS = word_set("; who which whom whose while after because")


def is_hearsay(sentence: Sentence) -> bool:
    """Whether a sentence gives what papers, exiles or rumours have told."""
    return bool(sentence.media) or not _HEARSAY.isdisjoint(sentence.words)


def is_still_there(story: Coreference, event: Found) -> bool:
    """Whether a report on somebody is followed by news of him at his post: then it was wrong.

    Parameters
    ----------
    story : Coreference
    event : Found

    Returns
    -------
    bool
        False for what is told as sure, or of long ago.
    """
    if event.kind not in _KINDS or event.background or _is_old(story, event):
        return False
    sentences = story.scene.sentences
    heard = sentences[max(0, event.sentence.ix - 1) : event.sentence.ix + 1]
    if event.status not in _UNDER_DOUBT and not any(map(is_hearsay, heard)):
        return False
    last = max(telling.sentence.ix for telling in (event, *event.retold))
    return any(
        _is_in_place(sentence, noun, event)
        for sentence in sentences[event.sentence.ix : last + AFTER + 1]
        for noun in sentence.nouns
        if noun.label == event.label and sentence.tokens[noun.i].start >= event.words[0]
    )


def _is_old(story: Coreference, event: Found) -> bool:
    published, latest = story.scene.report.published, event.when.latest
    return published is not None and latest is not None and (published - latest).days > DAYS


def _is_in_place(sentence: Sentence, noun: Noun, event: Found) -> bool:
    """Whether somebody is said to be at his desk, or to do in public what nobody does who fell or fled."""
    after = sentence.lows(noun.j, len(sentence.tokens))
    start = 0
    if event.sentence is sentence:
        start = sum(token.start < event.words[1] for token in sentence.tokens[noun.j :])
    stop = next((k for k in range(start + 1, len(after)) if after[k] in _OPENS), len(after))
    if after[start : start + 1] == ["had"] or "first" in sentence.lows(sentence.body_start, noun.i):
        return False
    words = f" {' '.join(after[start:stop])} "
    if " not " in words.partition(" at ")[0] and " left " not in words and " arrest " not in words:
        return False
    found = [words.index(phrase) for phrase in (*_IN_PLACE, *_acts(event)) if phrase in words]
    return any(start == 0 or not _TURNS.isdisjoint(words[: at + 5].split()) for at in found)


_TURNS = frozenset({",", ";", "but", "is", "was", "are", "were", "stayed", "remains", "remained"})
"""What stands between the words that tell an event and those that show, in the same sentence, that it was none."""


def _acts(event: Found) -> tuple[str, ...]:
    """What nobody does in public to whom this has happened."""
    if event.kind is EventKind.DEFECTION:
        return _AT_HOME
    return _ACTS if event.kind in _FALLEN else ()
