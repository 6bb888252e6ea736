"""The day by which an event had happened that another sentence tells: of the same source, or of how it became known.

"X has gone over, the agency reported on Saturday. It also said that Y had fled"; "The general has left. A channel first reported it
on Tuesday": in each both were over by then, whenever the report was printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.told_on import REPORT_VERBS, telling_dates

SENTENCES = 5
"""Sentences after one that dates what a source says in which more of it is told."""
NEXT = 2
"""Sentences after an event in which it is told when it became known."""


def bound_by_telling(story: Coreference, events: Sequence[Found]) -> None:
    """Give events without a day the one on which their source spoke or on which they became known as their latest.

    Parameters
    ----------
    story : Coreference
    events : sequence of Found
        In the order of the text; changed in place.
    """
    published = story.scene.report.published
    if published is None:
        return
    for event in events:
        latest = event.when.latest
        if event.when.earliest is None and latest is not None and event.status is not Status.PLANNED:
            spoke = _day_of_source(story, event) if latest == published else None
            known = _day_known(story, event, events)
            event.when = When(None, min(day for day in (latest, spoke, known) if day is not None), event.when.text)


def _day_of_source(story: Coreference, event: Found) -> date | None:
    """The day on which the one who tells an event spoke by the last sentence before that dates it."""
    tellers = list(_tellers(event.sentence))
    if not tellers or telling_dates(event.sentence):
        return None
    first = max(0, event.sentence.ix - SENTENCES)
    for sentence in reversed(story.scene.sentences[first : event.sentence.ix]):
        before = list(_tellers(sentence))
        rows = telling_dates(sentence)
        if len(rows) == 1 and any(_are_same(one, other) for one in before for other in tellers):
            return rows[0].mention.when.latest
        if rows:
            return None
    return None


def _tellers(sentence: Sentence) -> Iterator[frozenset[str]]:
    """The words for each one who says something in a sentence."""
    for k in sentence.where(_SAYS):
        at = k
        while at > sentence.body_start and sentence.low[at - 1] in _BETWEEN:
            at -= 1
        medium = next(((i, j) for i, j in sentence.media if j == at), None)
        noun = sentence.noun_before(at)
        if medium is not None:
            yield frozenset(sentence.lows(*medium)) - _SMALL
        elif noun is not None and noun.j == at:
            words = sentence.lows(noun.i, noun.j)
            yield frozenset(words if set(words) <= _POINTS else [*words, noun.label.lower()]) - _SMALL
        elif at > sentence.body_start and sentence.low[at - 1].isalpha():
            yield frozenset([sentence.low[at - 1]]) - _SMALL


def _are_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two tellers are one: by a common word, or since the second is only pointed to."""
    return bool(one) and (not one.isdisjoint(other) or (bool(other) and other <= _POINTS))


_SAYS = REPORT_VERBS | {"named", "adds", "listed"}
_BETWEEN = word_set("also later has have had further then ,")
_SMALL = word_set("the a an of in on") | {""}
_POINTS = word_set("it they he she agency paper newspaper daily broadcaster channel station website")


def _day_known(story: Coreference, event: Found, events: Sequence[Found]) -> date | None:
    """The day on which a sentence after an event says that it became known: "announced his arrival on Wednesday", "reported it"."""
    for sentence in story.scene.sentences[event.sentence.ix + 1 : event.sentence.ix + 1 + NEXT]:
        at = _where_told(sentence, event)
        if at is None:
            continue
        telling = sentence.dates if sentence.low[at] == "found" else telling_dates(sentence)
        rows = [row for row in telling if at < row.i <= at + NEAR]
        before = [other for other in events if other.sentence.ix < sentence.ix]
        return rows[0].mention.when.latest if rows and before and before[-1] is event else None
    return None


def _where_told(sentence: Sentence, event: Found) -> int | None:
    """Where it is said that "it", or "his" with a noun for what was done, was made known, or a body found."""
    for k in sentence.where(_MADE_KNOWN):
        what = sentence.lows(k + 1, k + 3)
        if what[:1] == ["it"] and sentence.ix == event.sentence.ix + 1:
            return k
        if what[:1] in (["his"], ["her"], ["their"]) and not _NOUNS.get(event.kind, frozenset()).isdisjoint(what[1:]):
            return k
    if event.kind is not EventKind.ASSASSINATION:
        return None
    return next((k for k in sentence.where({"found"}) if not _REMAINS.isdisjoint(sentence.lows(k - 4, k))), None)


NEAR = 6
"""Words after a verb within which its day stands."""
_REMAINS = word_set("body corpse remains")
_MADE_KNOWN = word_set("reported announced confirmed disclosed revealed")
_NOUNS = {
    EventKind.DEFECTION: word_set("defection flight escape arrival departure desertion resignation"),
    EventKind.DISMISSAL: word_set("dismissal removal sacking ouster replacement"),
    EventKind.EXECUTION: word_set("execution death"),
    EventKind.ASSASSINATION: word_set("death murder killing"),
    EventKind.PURGE: word_set("arrest purge detention expulsion"),
    EventKind.RECALL: word_set("recall return"),
    EventKind.APPOINTMENT: word_set("appointment promotion"),
    EventKind.DISAPPEARANCE: word_set("disappearance"),
}
