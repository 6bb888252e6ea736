"""When an event happened: the date that governs its verb, never the one on which it was said."""

from __future__ import annotations

from datetime import date, timedelta

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.noun import join
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import Token, word_set
from ostraka.read.triggers import firm_triggers

_REPORT_VERBS = word_set(
    "said says told reported announced confirmed added wrote quoted disclosed published claimed denied revealed learned"
)


def governing_date(sentence: Sentence, clause: Clause) -> Dated | None:
    """The date that governs a verb: the nearest after it, else the nearest before, that no report verb owns."""
    trigger = clause.trigger
    usable = [
        row
        for row in sentence.dates
        if row.i >= sentence.body_start
        and row.mention.kind not in {"until", "by"}
        and not belongs_to_report(sentence, row)
        and not _NAMED_AFTER & set(sentence.lows(row.j, row.j + 1))
        and not (row.mention.kind == "since" and trigger.rule.kind in _AT_ONCE)
    ]
    others = [t for t in _trigger_starts(sentence) if t >= trigger.j]
    stop = min(others, default=len(sentence.tokens))
    inside = [row for row in usable if clause.start <= row.i < trigger.j]
    after = [row for row in usable if trigger.j <= row.i < stop and not _breaks(sentence, trigger.j, row.i)]
    previous = max((t for t in _trigger_starts(sentence) if t < clause.start), default=-1)
    before = [
        row
        for row in usable
        if previous < row.i < clause.start
        and not _closed(sentence, row, clause)
        and _REPORT_VERBS.isdisjoint(sentence.lows(row.j, clause.start))
        and not (_is_aside(sentence, previous) and "," in sentence.lows(row.j, clause.start))
    ]
    for rows in (inside, after[:1], _plainest(before)):
        if rows:
            return rows[0]
    if sentence.ix == 0 and sentence.body_start:
        return None
    return next(
        (
            row
            for row in sentence.dates
            if row.i <= 1 and row.mention.kind in {"day", "month", "year", "part"} and _heads_line(sentence, row)
        ),
        None,
    )


_AT_ONCE = frozenset({EventKind.APPOINTMENT, EventKind.DISMISSAL, EventKind.EXECUTION, EventKind.RECALL})
"""What happens on a day: "since" beside it tells of something else."""
_NAMED_AFTER = word_set("revolution movement uprising coup brigade group article incident massacre generation")


_LOOSE = frozenset({"ago", "offset", "recent", "past"})


def _plainest(rows: list[Dated]) -> list[Dated]:
    """The last of the dates before a verb; of two side by side the calendar date: "on 16 May 1963, fifty years ago"."""
    told = rows[-1:]
    for row in reversed(rows[:-1]):
        if told[0].i - row.j > 1:
            break
        told = [row]
    return told


def _is_aside(sentence: Sentence, at: int) -> bool:
    """Whether a verb opens an aside: ", dismissed in March as a judge,"."""
    return (
        at > 0 and sentence.tokens[at - 1].low in {",", "(", "who", "was", "were"} and "," in sentence.lows(at - 2, at)
    )


def _trigger_starts(sentence: Sentence) -> list[int]:
    return [trigger.i for trigger in firm_triggers(sentence)]


def _heads_line(sentence: Sentence, row: Dated) -> bool:
    return row.j < len(sentence.tokens) and sentence.tokens[row.j].text in {":", "-", "–", "—", ","}


def belongs_to_report(sentence: Sentence, row: Dated) -> bool:
    """Whether a date says when it was said ("the ministry said at a press conference here on Monday")."""
    if row.mention.kind in {"weekday", "day"} and _CALLS & set(sentence.lows(row.j, row.j + 1)):
        return True
    for k in range(row.i - 1, max(row.i - 9, -1), -1):
        low = sentence.tokens[k].low
        if low in _REPORT_VERBS or (low == "public" and sentence.lows(k - 1, k) == ["made"]):
            return True
        if low not in _BESIDE_REPORT | _PRESS:
            return False
    return False


_CALLS = _REPORT_VERBS | word_set("called accused described briefed informed warned insisted listed")
_BESIDE_REPORT = word_set(
    "on in late early the him her parliament lawmakers reporters it earlier at a here there to and"
)
_PRESS = word_set(
    "press conference news briefing statement interview letter broadcast video television radio told session"
)


def _breaks(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a new thought begins between two words."""
    return any(
        token.low in {";", "said", "says", "who", "where", "whose", "that", "which"} for token in sentence.tokens[i:j]
    )


def _closed(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether a date before the verb belongs to a relative clause of somebody else."""
    words = sentence.lows(row.j, clause.start)
    return "who" in sentence.lows(max(0, row.i - 6), row.i) and not clause.relative and "," in words


def event_time(story: Coreference, dated: Dated | None, status: Status, *, single: bool = True) -> When:
    """The interval of an event; without a date, up to the day of publication for what has happened.

    Who is "missing since June" vanished in June; a group that has left since June left in all the time since.
    """
    published = story.scene.report.published
    if dated is not None and dated.mention.when:
        when = dated.mention.core if dated.mention.kind == "since" and single else dated.mention.when
        if status is Status.PLANNED and dated.mention.kind == "weekday":
            when = _next_week(when, published)
        elif status is not Status.PLANNED and published is not None:
            when = _not_after(when, published)
        return When(when.earliest, when.latest, join(dated_tokens(story, dated)))
    if published is not None and status is not Status.PLANNED:
        return When(None, published)
    return When()


def _next_week(when: When, published: date | None) -> When:
    """A weekday of something planned lies ahead."""
    first, last = when.earliest, when.latest
    if published is None or first is None or last is None or first >= published:
        return when
    return When(first + timedelta(7), last + timedelta(7), when.text)


def report_date(sentence: Sentence) -> Dated | None:
    """The day on which a sentence says that its news was told, before the verb of the event or after it."""
    rows = [row for row in sentence.dates if row.i >= sentence.body_start and belongs_to_report(sentence, row)]
    return rows[0] if len(rows) == 1 and rows[0].mention.kind in {"weekday", "day"} else None


def dated_tokens(story: Coreference, dated: Dated) -> list[Token]:
    """The words of a date."""
    mention = dated.mention
    return [t for s in story.scene.sentences if s.start <= mention.start < s.end for t in s.tokens[dated.i : dated.j]]


def _not_after(when: When, published: date) -> When:
    """What has happened by the day of publication did not happen later."""
    if when.latest is not None and when.latest > published and (when.earliest is None or when.earliest <= published):
        return When(when.earliest, published, when.text)
    return when
