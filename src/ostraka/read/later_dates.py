"""The day of an event that a later sentence tells: "He left Brazzaville in May", "the dismissal took place in January"."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.arguments import read_clause
from ostraka.read.coded_days import coded_part
from ostraka.read.coreference import Coreference
from ostraka.read.dating import event_time, governing_date, is_of_happening, is_since_then
from ostraka.read.found import Found
from ostraka.read.scene import Dated, Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report
from ostraka.read.triggers import firm_triggers

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
        since = _since_when(sentence, event) if sentence is not event.sentence else None
        if since is not None:
            return When(since.mention.core.earliest, published, since.mention.when.text)
    return _end_of_post(story, event) or _days_of_meeting(story, event)


def _days_of_meeting(story: Coreference, event: Found) -> When | None:
    """The days of the meeting that decides on posts near by: "after a congress that sat from Monday to Friday"."""
    if event.kind not in {EventKind.APPOINTMENT, EventKind.DISMISSAL} or event.background:
        return None
    first = max(event.sentence.ix - LATER, 0)
    for sentence in story.scene.sentences[first : event.sentence.ix + 2]:
        for row in sentence.dates:
            if row.mention.kind == "range" and not _MEETINGS.isdisjoint(sentence.lows(row.i - MEETING, row.i)):
                return row.mention.core
    return None


_MEETINGS = word_set("meeting plenum session congress conference plenary")
MEETING = 14
"""Words before its days in which a meeting is told of."""


def _since_when(sentence: Sentence, event: Found) -> Dated | None:
    """Since when those did it of whom he is one: "He is among twenty who have left since the coup of May 3"."""
    first = next((noun for noun in sentence.nouns if noun.is_person), None)
    if first is None or first.i > sentence.body_start + 1 or first.label != event.label:
        return None
    if sentence.lows(first.j + 1, first.j + 3) != ["one", "of"] and sentence.lows(first.j + 1, first.j + 2) != [
        "among"
    ]:
        return None
    return next(
        (row for row in sentence.dates if row.mention.kind == "since" or is_since_then(sentence, row, first.j)), None
    )


def _end_of_post(story: Coreference, event: Found) -> When | None:
    """When a post ended that somebody held who left it: "until July the deputy ambassador in London", "served there until 1969"."""
    if event.kind not in _ENDS_POST:
        return None
    first = max(event.sentence.ix - 1, 0)
    for sentence in story.scene.sentences[first : event.sentence.ix + LATER]:
        for row in sentence.dates:
            if row.mention.kind == "until" and row.mention.core.earliest is not None and _is_his(sentence, row, event):
                return _last_of_post(story, sentence, row)
    return None


def _last_of_post(story: Coreference, sentence: Sentence, row: Dated) -> When | None:
    """The time until which somebody had a post, as the codebook counts it and not after the report; None for a post that still lasts."""
    core, published = row.mention.core, story.scene.report.published
    words = " ".join(sentence.lows(row.i, row.j)).partition("until ")[2].removeprefix("the ")
    when = coded_part(core, words)
    if published is not None and when.earliest is not None and when.earliest > published:
        return None
    late = published is not None and when.latest is not None and when.latest > published
    return When(when.earliest, published if late else when.latest, row.mention.when.text)


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
        if is_of_happening(sentence, row) or is_since_then(sentence, row, row.i):
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
_VERBS = {
    **dict.fromkeys(_GONE_AWAY, _LEFT),
    EventKind.PURGE: word_set("taken picked led marched dragged"),
    EventKind.SUCCESSION: word_set("died"),
}
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


def date_members(story: Coreference, events: list[Found]) -> None:
    """Give those told apart the day of the group told of just before: "Three were killed on Friday. X died when ...".

    Parameters
    ----------
    story : Coreference
    events : list of Found
        In the order of the text; changed in place.
    """
    group, last, kind = When(), -1, None
    for event in events:
        share = _may_share(event) and event.number is None
        if share and (kind is not event.kind or event.sentence.ix - last > MAX_BETWEEN):
            before = story.scene.sentences[max(0, event.sentence.ix - MAX_BETWEEN) : event.sentence.ix]
            group, last, kind = _day_of_group(story, before, event.kind), event.sentence.ix, event.kind
        if share and kind is event.kind and group.earliest is not None:
            event.when, last = group, event.sentence.ix
        elif event.number is not None and event.status is Status.ASSERTED and event.when.earliest is not None:
            group, last, kind = event.when, event.sentence.ix, event.kind


def _day_of_group(story: Coreference, sentences: list[Sentence], kind: EventKind) -> When:
    """The day of what several unnamed ones did: "Generals and envoys broke with him on Monday"; unknown if none is told."""
    for sentence in sentences:
        for trigger in firm_triggers(sentence):
            clause = read_clause(sentence, trigger) if trigger.rule.kind is kind else None
            if clause is not None and any(noun.plural and noun.kind == "role" for noun in clause.subjects):
                row = governing_date(sentence, clause)
                if row is not None and row.mention.kind in _KINDS:
                    return event_time(story, row, Status.ASSERTED)
    return When()


def date_fellows(events: list[Found]) -> None:
    """Give one told of together with another the day that is known of that one: "X was shot on Friday. They shot him and Y".

    Parameters
    ----------
    events : list of Found
        In the order of the text; changed in place.
    """
    for at, event in enumerate(events[:MAX_FELLOWS]):
        if event.actor is None or any(row.mention.kind in _KINDS for row in event.sentence.dates):
            continue
        others = events[max(0, at - BACK) : at + BACK]
        for other in sorted(others, key=lambda one: abs(one.sentence.ix - event.sentence.ix)):
            if other.kind is event.kind and other.when.earliest is not None and _is_fellow(event, other):
                event.when = other.when
                break


def _is_fellow(event: Found, other: Found) -> bool:
    """Whether somebody is told of in one sentence with another whose day is told elsewhere, or beside him soon after."""
    if event.sentence is other.sentence:
        return event.when.earliest is None and other.status is event.status is Status.ASSERTED
    near = 0 < event.sentence.ix - other.sentence.ix <= FELLOWS_NEAR
    return near and _may_share(event) and _is_beside(event, other.label)


def _may_share(event: Found) -> bool:
    """Whether an event has no day of its own and is told as news."""
    told = event.when.earliest is None and event.status is Status.ASSERTED and not event.background
    return told and not event.sentence.has("earlier", "before")


def _is_beside(event: Found, label: str) -> bool:
    """Whether somebody stands in a list with the one concerned, not as the owner of anything: "him, his brother Y", "X and Y"."""
    sentence, actor = event.sentence, event.actor
    return any(
        noun.label == label
        and noun.label != event.label
        and actor is not None
        and noun.j <= actor.i
        and not _LISTS.isdisjoint(sentence.lows(noun.j, noun.j + 1))
        and noun.det not in {"his", "her", "their"}
        for noun in sentence.nouns
    )


_LISTS = frozenset({",", "and", "with"})
MAX_FELLOWS = 50
"""So many events of a report are looked at for those told of together."""
BACK = 8
"""So many events before one are looked at for the one it was told of with."""
FELLOWS_NEAR = 2
"""Sentences between the day of one and the telling of both."""
