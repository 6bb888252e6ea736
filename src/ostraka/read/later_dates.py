"""The day of an event that a later sentence tells: "He left Brazzaville in May", "the dismissal took place in January"."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.coreference import Coreference
from ostraka.read.dating import event_time
from ostraka.read.found import Found
from ostraka.read.scene import Dated, Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report

LATER = 4
"""Sentences after an event in which its day may be told."""
NEAR = 9
"""Words between a verb and the date that belongs to it."""
MAX_DAYS = 400
"""A date further back than this is of another thing."""
_LEFT = word_set(
    "left disappeared vanished crossed fled drove slipped escaped boarded landed missing absconded walked flew went deserted"
    " quit resigned sailed swam"
)
_NOT_BACK = word_set("return report appear come board show turn")
_NOUNS = {
    EventKind.DEFECTION: word_set("defection flight escape departure disappearance desertion resignation"),
    EventKind.DISMISSAL: word_set(
        "dismissal removal sacking ouster replacement change changes reshuffle decision decree order"
    ),
    EventKind.EXECUTION: word_set("execution executions shooting hanging squad"),
    EventKind.PURGE: word_set("arrest purge detention"),
    EventKind.RECALL: word_set("recall return order note letter decree"),
    EventKind.APPOINTMENT: word_set("appointment promotion change changes reshuffle decision decree order"),
    EventKind.DISAPPEARANCE: word_set("disappearance"),
    EventKind.ASSASSINATION: word_set("killing murder attack"),
}
_HAPPENED = word_set("took happened occurred came dates dated was were place in made taken bears date")
_CLOSES = word_set("; who which when while after before because but said says")
_KINDS = frozenset({"day", "weekday", "week", "weekend", "month", "part", "end", "night", "ago", "offset", "season"})


def later_date(story: Coreference, event: Found) -> When | None:
    """The interval that a later sentence gives to an event of which only the latest day is known.

    Parameters
    ----------
    story : Coreference
    event : Found

    Returns
    -------
    When or None
    """
    published = story.scene.report.published
    if event.when.earliest is not None or event.status not in _TOLD or published is None:
        return None
    for sentence in story.scene.sentences[event.sentence.ix : event.sentence.ix + LATER + 1]:
        for row in _rows(sentence, event):
            when = event_time(story, row, event.status)
            if when.earliest is not None and (published - when.earliest).days <= MAX_DAYS:
                return when
    return _end_of_post(story, event)


def _end_of_post(story: Coreference, event: Found) -> When | None:
    """When a post ended that somebody held who left it: "until July the deputy ambassador in London", "served there until 1969"."""
    if event.kind not in _ENDS_POST:
        return None
    first = max(event.sentence.ix - 1, 0)
    for sentence in story.scene.sentences[first : event.sentence.ix + LATER]:
        for row in sentence.dates:
            if row.mention.kind == "until" and row.mention.core.earliest is not None and _is_his(sentence, row, event):
                core = row.mention.core
                return When(core.earliest, core.latest, row.mention.when.text)
    return None


def _is_his(sentence: Sentence, row: Dated, event: Found) -> bool:
    """Whether the person last told of before "until July", or else first after it, is the one concerned."""
    people = [noun for noun in sentence.nouns if noun.is_person and noun.label]
    before = [noun for noun in people if noun.j <= row.i and _CLAUSE_ENDS.isdisjoint(sentence.lows(noun.j, row.i))]
    after = [noun for noun in people if row.j <= noun.i <= row.j + NEAR]
    nearest = before[-1:] or after[:1]
    return bool(nearest) and nearest[0].label == event.label


_CLAUSE_ENDS = frozenset({";", "said", "says"})
_ENDS_POST = frozenset({EventKind.DEFECTION, EventKind.DISMISSAL, EventKind.RECALL, EventKind.DISAPPEARANCE})
_TOLD = frozenset({Status.ASSERTED, Status.HEDGED})


def _rows(sentence: Sentence, event: Found) -> Iterator[Dated]:
    """Dates that say when it happened."""
    for row in sentence.dates:
        if row.i < sentence.body_start or row.mention.kind not in _KINDS or belongs_to_report(sentence, row):
            continue
        later = sentence is not event.sentence
        if _after_noun(sentence, row, event) or (
            later and (_after_verb(sentence, row, event) or _was_done(sentence, row))
        ):
            yield row


def _was_done(sentence: Sentence, row: Dated) -> bool:
    """Whether the sentence says of what was told before when it was done: "It happened near the border on April 24"."""
    first = sentence.body_start
    done = sentence.lows(first, first + 2) in (
        ["it", "happened"],
        ["that", "was"],
        ["this", "was"],
        ["this", "happened"],
    )
    done = done or sentence.lows(first, first + 3) == ["it", "was", "done"]
    return done and row.i <= first + NEAR and _CLOSES.isdisjoint(sentence.lows(first, row.i))


_HELPING = (["had"], ["has"], ["been"], ["not"], ["was"])
_GONE_AWAY = frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE})
_VERBS = {**dict.fromkeys(_GONE_AWAY, _LEFT), EventKind.PURGE: word_set("taken picked led marched dragged")}
"""What is not told as an event by itself, but says when one happened."""


def _after_noun(sentence: Sentence, row: Dated, event: Found) -> bool:
    """Whether "the dismissal took place" stands before a date."""
    for k in range(row.i - 1, max(row.i - NEAR, sentence.body_start - 1), -1):
        low = sentence.tokens[k].low
        if low in _NOUNS.get(event.kind, ()):
            return bool(_HAPPENED & set(sentence.lows(k + 1, row.i)))
        if low in _CLOSES:
            return False
    return False


def _after_verb(sentence: Sentence, row: Dated, event: Found) -> bool:
    """Whether a verb of leaving, said of the one concerned, stands before a date or after one that opens its clause."""
    stop, away = len(sentence.tokens), event.kind in _GONE_AWAY
    opens = row.i - 1 <= sentence.body_start
    reach = range(row.j, min(row.j + NEAR, stop)) if opens else range(row.i - 1, max(row.i - NEAR, -1), -1)
    for k in reach:
        low = sentence.tokens[k].low
        seen = event.kind is EventKind.DISAPPEARANCE and low == "seen" and "last" in sentence.lows(k - 2, k)
        gone = (
            seen
            or low in _VERBS.get(event.kind, ())
            or (away and low in _NOT_BACK and "not" in sentence.lows(k - 2, k))
        )
        if gone:
            verb = k - 1 if seen else k
            at = verb - 1 if sentence.lows(verb - 1, verb) in _HELPING else verb
            at = at - 1 if sentence.lows(at - 1, at) in (["did"], ["had"], ["has"]) else at
            return any(noun.label == event.label for noun in subjects(sentence, at))
        if low in _CLOSES:
            return False
    return False


_GONE = {EventKind.DISMISSAL, EventKind.PURGE, EventKind.SUCCESSION, EventKind.DEFECTION, EventKind.APPOINTMENT}
_COME = {EventKind.APPOINTMENT, EventKind.SUCCESSION}
MAX_BETWEEN = 1
"""Sentences between one who goes and one who comes on the same day."""


def date_successors(story: Coreference, events: list[Found]) -> None:
    """Give one who comes the day of the one who goes: "removed X on Monday. Y becomes foreign minister".

    Parameters
    ----------
    story : Coreference
    events : list of Found
        In the order of the text; changed in place.
    """
    published = story.scene.report.published
    before: Found | None = None
    for event in events:
        undated = event.when.earliest is None and event.when.latest in {None, published} and not event.background
        if before is not None and undated and event.kind in _COME and event.status is Status.ASSERTED:
            near = 0 <= event.sentence.ix - before.sentence.ix <= MAX_BETWEEN
            if near and before.label != event.label:
                event.when = before.when
        day = event.when.earliest is not None and event.when.earliest == event.when.latest
        if event.kind in _GONE and day and event.status is Status.ASSERTED:
            before = event


def date_members(events: list[Found]) -> None:
    """Give one told apart the day of the group told of just before: "Three were killed on Friday. X died when ...".

    Parameters
    ----------
    events : list of Found
        In the order of the text; changed in place.
    """
    group: Found | None = None
    for event in events:
        undated = event.when.earliest is None and event.status is Status.ASSERTED and not event.background
        if (
            group is not None
            and undated
            and not event.sentence.has("earlier", "before")
            and event.kind is group.kind
            and event.number is None
        ):
            if 0 <= event.sentence.ix - group.sentence.ix <= MAX_BETWEEN:
                event.when = group.when
        elif event.number is not None and event.status is Status.ASSERTED and event.when.earliest is not None:
            group = event
