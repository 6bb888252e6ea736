"""When an event happened: the date that governs its verb, never the one on which it was said."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.arguments import Clause
from ostraka.read.coded_days import coded_days
from ostraka.read.coreference import Coreference
from ostraka.read.grammar import PREPOSITIONS
from ostraka.read.noun import join
from ostraka.read.scene import Dated, Sentence
from ostraka.read.tokens import Token, word_set
from ostraka.read.told_on import REPORT_VERBS, belongs_to_report, opens_clause
from ostraka.read.triggers import Trigger, firm_triggers


def governing_date(sentence: Sentence, clause: Clause) -> Dated | None:
    """The date that governs a verb: the nearest after it, else the nearest before, that no report verb owns."""
    trigger = clause.trigger
    usable = _usable(sentence, clause)
    if apart := [row for row in usable if row.mention.kind == "apart" and row.mention.when]:
        return apart[-1]
    others = [t for t in _trigger_starts(sentence) if t >= trigger.j]
    stop = _after_joined(sentence, others)
    inside = [row for row in usable if clause.start <= row.i < trigger.j]
    after = [
        row
        for row in usable
        if trigger.j <= row.i < stop
        and not _breaks(sentence, trigger.j, row.i)
        and not _opens_next(sentence, row, others)
    ]
    previous = max((t for t in _trigger_starts(sentence) if t < clause.start), default=-1)
    before = [
        row
        for row in usable
        if previous < row.i < clause.start
        and not _closed(sentence, row, clause)
        and not (";" in sentence.lows(row.j, clause.start) and row.i > sentence.body_start + 1)
        and REPORT_VERBS.isdisjoint(sentence.lows(row.j, clause.start))
        and not (_is_aside(sentence, previous, row.i) and "," in sentence.lows(row.j, clause.start))
        and not _in_other_clause(sentence, row, clause)
        and not _in_his_clause(sentence, row, clause)
        and not _ends_another(sentence, row, clause)
    ]
    for rows in (inside, after[:1], _plainest(before), _shared(sentence, usable, clause)):
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


def _usable(sentence: Sentence, clause: Clause) -> list[Dated]:
    """The dates of a sentence that may tell when something happened: of no report, no thing and no post held until then.

    "In recent years" tells when several did it, not when one did.
    """
    trigger, several = clause.trigger, not clause.subjects or any(noun.plural for noun in clause.subjects)
    return [
        row
        for row in sentence.dates
        if row.i >= sentence.body_start
        and row.mention.kind not in ({"until", "by"} if several else {"until", "by", "recent"})
        and not belongs_to_report(sentence, row)
        and not _names_a_thing(sentence, row, trigger)
        and (not _belongs_to_noun(sentence, row, trigger) or is_since_then(sentence, row, trigger.i))
        and not _is_of_office(sentence, row)
        and not _is_since_other(sentence, row, trigger)
        and (row.mention.kind != "apart" or _opens_later_clause(sentence, row, clause))
    ]


def _is_since_other(sentence: Sentence, row: Dated, trigger: Trigger) -> bool:
    """Whether "since" tells of something else than what happens on a day."""
    at_once = row.mention.kind == "since" and trigger.rule.kind in _AT_ONCE
    return at_once and not _holds_since(sentence, row, trigger)


def _shared(sentence: Sentence, usable: list[Dated], clause: Clause) -> list[Dated]:
    """The date of the verb before one joined to it: "On Monday X resigned and left the country", "flew in May, then stayed"."""
    if not {"and", "then"} & set(sentence.lows(clause.start - 1, clause.start)):
        return []
    rows = [row for row in usable if row.j <= clause.start and _is_of_all(sentence, row, clause)][-1:]
    words = sentence.lows(rows[0].j, clause.start) if rows else []
    return rows if REPORT_VERBS.isdisjoint(words) and _OTHER_CLAUSE.isdisjoint(words) else []


def _is_of_all(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether a date opens the sentence, or stands after the subject of all its verbs."""
    if row.i <= sentence.body_start + 1:
        return True
    if not clause.subjects or clause.subjects[0].j > row.i or clause.subjects[0].kind == "pron":
        return False
    between = sentence.lows(clause.subjects[0].j, row.i)
    return between.count(",") % 2 == 0 and _OTHER_CLAUSE.isdisjoint(between)


_OTHER_CLAUSE = frozenset({";", "who", "which", "whom", "whose", "that", "after", "before", "when"})


def _ends_another(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether a date closes the clause of somebody else: "X got ten years in 2010, and Y is in prison"."""
    if not clause.subjects or opens_clause(sentence, row.i):
        return False
    first = sentence.lead_of(clause.subjects[0])
    return row.j <= first and sentence.lows(first - 2, first) == [",", "and"]


def _opens_next(sentence: Sentence, row: Dated, others: list[int]) -> bool:
    """Whether a date after "and" opens another clause: "removed X, and on Monday Y shot Z", "shot X and, in May, Y"."""
    if sentence.lows(row.i - 3, row.i - 1) == ["and", ","]:
        return True
    opened = "and" in sentence.lows(row.i - 2, row.i)
    return opened and any(row.j < start <= row.j + SOON for start in others)


def _opens_later_clause(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether "two days after" stands before a clause, of which it tells the day: "two days after the consul fled"."""
    first = min([clause.start, *(sentence.lead_of(noun) for noun in clause.subjects[:1])])
    return 0 <= first - row.j <= SOON and "," not in sentence.lows(row.j, first)


def _holds_since(sentence: Sentence, row: Dated, trigger: Trigger) -> bool:
    """Whether somebody holds a post since a day, on which he got it: "is minister since May", "since May he has sat there"."""
    first, last = min(row.i, trigger.i), max(row.j, trigger.j)
    words = sentence.lows(first - 2, last)
    return trigger.rule.kind is EventKind.APPOINTMENT and not _HOLDS.isdisjoint(words) and "," not in words


_HOLDS = frozenset({"is", "has", "have", "are"})
SOON = 6
"""Words after a date that opens a clause within which its verb stands."""
_AT_ONCE = frozenset({EventKind.APPOINTMENT, EventKind.DISMISSAL, EventKind.EXECUTION, EventKind.RECALL})
"""What happens on a day: "since" beside it tells of something else."""
_NAMED_AFTER = word_set("revolution movement uprising coup brigade group article incident massacre generation")


def _plainest(rows: list[Dated]) -> list[Dated]:
    """The last of the dates before a verb; of two side by side the calendar date: "on 16 May 1963, fifty years ago"."""
    told = rows[-1:]
    for row in reversed(rows[:-1]):
        if told[0].i - row.j > 1:
            break
        told = [row]
    return told


def _after_joined(sentence: Sentence, starts: list[int]) -> int:
    """Where what follows a verb ends: at the next verb, or the one after a verb joined by "and" ("resigned and flew")."""
    for start in starts:
        if not {"and"} & set(sentence.lows(start - 1, start)):
            return start
    return len(sentence.tokens)


BACK = 9
"""Words before a date within which "since" stands."""
OWN = 3
"""Words after "Wednesday's" within which the noun stands that tells the event itself."""


def _belongs_to_noun(sentence: Sentence, row: Dated, trigger: Trigger) -> bool:
    """Whether a date tells which thing somebody is of: "the vote of June 2009", "an architect of the reforms of the 1990s".

    Not so "in the purge of 1937", which tells the event itself.
    """
    if row.mention.kind in {"day", "month"}:
        return is_of_happening(sentence, row) and trigger.i != row.i - 2
    at = row.i - 1 - (sentence.lows(row.i - 1, row.i) == ["the"])
    if (
        row.mention.kind not in {"year", "decade"}
        or at < 1
        or sentence.low[at] != "of"
        or trigger.i <= at - 1 < trigger.j
    ):
        return False
    leads = [low for low in sentence.lows(at - OWN - 1, at - 1) if low in PREPOSITIONS]
    return leads[-1:] == ["of"]


def is_of_happening(sentence: Sentence, row: Dated) -> bool:
    """Whether a date only tells which vote or war is meant: "the vote of June 2009"."""
    before = sentence.lows(row.i - 2, row.i)
    return before[1:] == ["of"] and before[0] in _HAPPENINGS


_HAPPENINGS = word_set(
    "coup election elections vote ballot uprising revolt rising revolution protests protest war invasion attack massacre summit"
    " killings bombing raid test tests"
)


def is_since_then(sentence: Sentence, row: Dated, verb: int) -> bool:
    """Whether something else was done on a day since which it happened: "since tanks came on May 3", "after the coup of May 3"."""
    if row.mention.kind not in {"day", "month", "year", "weekday"}:
        return False
    first = max(row.i - BACK, sentence.body_start)
    words = sentence.lows(first, row.i)
    opens = {"since", "after"} if is_of_happening(sentence, row) else {"since"}
    at = max((k for k, low in enumerate(words) if low in opens), default=-1)
    return (
        at >= 0
        and not first + at < verb < row.i
        and _OTHER_CLAUSE.isdisjoint(words[at + 1 :])
        and "," not in words[at:]
    )


def _is_of_office(sentence: Sentence, row: Dated) -> bool:
    """Whether a date closes an aside that says who somebody is: ", head of the bureau since 2012,", ", president of the council in 2009,"."""
    if sentence.lows(row.j, row.j + 1) != [","]:
        return False
    opened = next((k for k in range(row.i - 1, row.i - ASIDE, -1) if sentence.lows(k, k + 1) == [","]), None)
    if opened is None or not {trigger.i for trigger in firm_triggers(sentence)}.isdisjoint(range(opened, row.i)):
        return False
    return any(noun.kind == "role" and noun.lead == opened + 1 and noun.j <= row.i for noun in sentence.nouns)


ASIDE = 16
"""Words that an aside which tells an office may have before its date."""


def _names_a_thing(sentence: Sentence, row: Dated, trigger: Trigger) -> bool:
    """Whether a date names an event ("the 2009 election"), or a weekday any such day ("on a Monday in May")."""
    if _NAMED_AFTER & set(sentence.lows(row.j, row.j + 1)):
        return True
    if sentence.lows(row.j, row.j + 1) == ["'s"] and not 0 < trigger.i - row.j <= OWN:
        return True
    return row.mention.kind == "weekday" and sentence.lows(row.i - 1, row.i) in (["a"], ["one"])


def _in_other_clause(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether "who" or "which" stands between a date and the verb: then the date is of the other verb."""
    opened = sentence.lows(max(row.j, clause.start - 3), clause.start)
    later = _LATER_CLAUSE & set(sentence.lows(row.j, clause.start))
    offset = row.mention.kind == "offset" and _LATER_CLAUSE & set(sentence.lows(row.j - 1, row.j))
    return bool(
        {"who", "which", "whom", "whose"} & set(opened) or ((later or offset) and clause.subordinate in _LATER_CLAUSE)
    )


def _in_his_clause(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether a date stands in a clause that describes the subject: "a general who was at the summit of 2007 is in Rome"."""
    if clause.relative or not clause.subjects or clause.subjects[0].j > row.i:
        return False
    if sentence.lows(clause.start - 1, clause.start) == ["and"] and "," not in sentence.lows(row.j, clause.start):
        return False
    between = sentence.lows(clause.subjects[0].j, row.i)
    return "who" in between and "," not in between[between.index("who") :]


_LATER_CLAUSE = frozenset({"after", "before"})


def bound_of(sentence: Sentence, clause: Clause) -> date | None:
    """The day of the main clause, by which what "after X left" tells had happened; None if it tells none."""
    if clause.subordinate != "after":
        return None
    rows = [row for row in sentence.dates if sentence.body_start <= row.i and row.j <= clause.start]
    rows = [row for row in rows if row.mention.kind not in {"offset", "since"} and not belongs_to_report(sentence, row)]
    return rows[-1].mention.when.latest if rows else None


def before_next(sentence: Sentence, clause: Clause) -> date | None:
    """The day of what the same one did next, by which this had happened: "was sacked, fled to Rome in 1995"; None if it tells none."""
    at = clause.trigger.j
    follows = [start for start in _trigger_starts(sentence) if start >= at]
    row = next((row for row in sentence.dates if row.i >= at), None)
    if (
        not follows
        or row is None
        or row.i < follows[0]
        or row.mention.kind not in _CALENDAR
        or row.i - follows[0] > MAX_BY
    ):
        return None
    between = sentence.lows(at, row.i)
    joined = {",", "and"} & set(sentence.lows(follows[0] - 1, follows[0]))
    other = any(noun.is_person and at <= noun.i < follows[0] for noun in sentence.nouns)
    apart = belongs_to_report(sentence, row) or not _BREAKS.isdisjoint(between) or not _OTHER_CLAUSE.isdisjoint(between)
    return None if other or apart or not joined else row.mention.when.latest


def by_then(sentence: Sentence, clause: Clause) -> date | None:
    """The day by which it had happened: "by the end of July he had been recalled"; None if none is told."""
    rows = [row for row in sentence.dates if row.mention.kind == "by" and row.i >= sentence.body_start]
    near = [row for row in rows if row.j <= clause.start or 0 <= row.i - clause.trigger.j <= MAX_BY]
    return near[0].mention.when.latest if len(near) == 1 else None


MAX_BY = 6
"""Words after the verb within which "by July" stands."""


def _is_aside(sentence: Sentence, at: int, stop: int) -> bool:
    """Whether a verb opens an aside that is still open at a word: ", dismissed in March as a judge,"."""
    words = sentence.lows(at - 2, at)
    return (
        at > 0 and words[-1] in {",", "(", "who", "was", "were"} and "," in words and ";" not in sentence.lows(at, stop)
    )


def _trigger_starts(sentence: Sentence) -> list[int]:
    return [trigger.i for trigger in firm_triggers(sentence)]


def _heads_line(sentence: Sentence, row: Dated) -> bool:
    return row.j < len(sentence.tokens) and sentence.tokens[row.j].text in {":", "-", "–", "—", ","}


def _breaks(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a new thought begins between two words."""
    return any(token.low in _BREAKS for token in sentence.tokens[i:j])


_BREAKS = frozenset({";", "said", "says", "who", "where", "whose", "that", "which", "because"})
_CALENDAR = frozenset({"day", "month", "year", "weekday", "part", "end"})


def _closed(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether a date before the verb belongs to a relative clause of somebody else."""
    words = sentence.lows(row.j, clause.start)
    opened = {"who", "whom", "whose"} & set(sentence.lows(max(0, row.i - 8), row.i))
    return bool(opened) and not clause.relative and "," in words


def event_time(story: Coreference, dated: Dated | None, status: Status, *, single: bool = True) -> When:
    """The interval of an event; without a date, up to the day of publication for what has happened.

    Who is "missing since June" vanished in June; a group that has left since June left in all the time since.
    """
    published = story.scene.report.published
    if dated is not None and dated.mention.when and dated.mention.kind != "until":
        when = dated.mention.core if dated.mention.kind == "since" and single else dated.mention.when
        when = coded_days(when, dated.mention.kind, join(dated_tokens(story, dated)).lower())
        if status is Status.PLANNED:
            when = when if _is_past_offer(story, dated) else _planned(when, dated, published)
        elif published is not None:
            when = _not_after(when, published)
            if when.earliest is not None and when.earliest > published and dated.mention.kind in _RECKONED:
                return When(None, published)
        return When(when.earliest, when.latest, join(dated_tokens(story, dated)))
    if published is not None and status is not Status.PLANNED:
        return When(None, published)
    return When()


def _planned(when: When, dated: Dated, published: date | None) -> When:
    """The day of a plan: a weekday lies ahead; of a month before and one to come the nearer ("was to go home in May")."""
    ahead = dated.mention.ahead
    if dated.mention.kind == "within" and ahead:
        return ahead
    if published is None or when.latest is None or when.latest >= published:
        return when
    if ahead.earliest is None or ahead.earliest <= published:
        return when
    nearer = ahead.earliest - published < published - when.latest
    return ahead if nearer or dated.mention.kind == "weekday" else when


_RECKONED = frozenset({"offset", "ago", "week", "weekday", "year"})
"""What is reckoned from another date; of what has happened, one that lies ahead is reckoned from the wrong one."""


def _is_past_offer(story: Coreference, dated: Dated) -> bool:
    """Whether the day is that of the offer or the order: "offered to step down on Sunday"."""
    before = story.scene.report.text[max(0, dated.mention.start - 60) : dated.mention.start].lower().split()
    return not _OFFERS.isdisjoint(before)


_OFFERS = frozenset(
    {"offered", "ordered", "threatened", "vowed", "urged", "sought", "voted", "announced", "asked", "told"}
)


def dated_tokens(story: Coreference, dated: Dated) -> list[Token]:
    """The words of a date."""
    sentences, start = story.scene.sentences, dated.mention.start
    at = bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1
    inside = at >= 0 and start < sentences[at].end
    return sentences[at].tokens[dated.i : dated.j] if inside else []


def _not_after(when: When, published: date) -> When:
    """What has happened by the day of publication did not happen later."""
    if when.latest is not None and when.latest > published and (when.earliest is None or when.earliest <= published):
        return When(when.earliest, published, when.text)
    return when
