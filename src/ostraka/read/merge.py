"""One event told several times in a report is one event; what other sentences deny or refute changes its status."""

from __future__ import annotations

from datetime import date

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.aftermath import take_back
from ostraka.read.company import later_family
from ostraka.read.coreference import Coreference
from ostraka.read.destination import later_destination
from ostraka.read.found import Found
from ostraka.read.later_dates import date_members, date_successors, later_date
from ostraka.read.still_there import is_hearsay
from ostraka.read.tokens import word_set
from ostraka.read.told_again import is_told_one_by_one, named_later, told_before

_AWAY = {EventKind.DEFECTION, EventKind.DISAPPEARANCE}
_ONCE = {EventKind.DEFECTION, EventKind.EXECUTION, EventKind.ASSASSINATION}
"""What happens to somebody once: told twice with two dates it is still one event."""
_RANK = {
    Status.ASSERTED: 0,
    Status.REFUTED: 1,
    Status.DENIED: 2,
    Status.HEDGED: 3,
    Status.ATTEMPTED: 4,
    Status.PLANNED: 5,
    Status.MENTIONED: 6,
}
MAX_TELLINGS = 50
"""So many events of one kind and person are looked back at to find the one told again."""
OLD_DAYS = 150
"""An event told in passing that lies further back than this is background."""


def merge(story: Coreference, found: list[Found]) -> list[Found]:
    """Join what is told of one person into one event, give background its status, apply denials.

    Parameters
    ----------
    story : Coreference
    found : list of Found

    Returns
    -------
    list of Found
        In the order of the text; no two of one kind and person with dates that overlap.
    """
    kept: list[Found] = []
    told: dict[tuple[str, EventKind], list[Found]] = {}
    for event in sorted(found, key=lambda event: event.order):
        before = told.setdefault((event.label, event.kind), [])
        known = next((other for other in before[-MAX_TELLINGS:] if _same(other, event)), None)
        if known is None:
            kept.append(event)
            before.append(event)
        else:
            _join(known, event)
    kept = [event for own in _by_person(kept) for event in _alone(own) if not _is_nobody(story, event)]
    kept = _once(story, kept)
    for event in kept:
        event.when = later_date(story, event) or event.when
        event.family_with = event.family_with or later_family(story, event)
        _pass_by(story, event)
        if event.kind is EventKind.DEFECTION and event.destination is None:
            event.destination = later_destination(story, event)
    in_order = sorted(kept, key=lambda event: event.order)
    date_successors(story, in_order)
    date_members(story, in_order)
    take_back(story, kept)
    _background(story, kept)
    return sorted(kept, key=lambda event: event.order)


def _once(story: Coreference, events: list[Found]) -> list[Found]:
    """Events without those that the first ones of a report tell once more of the same person or the same group."""
    first, again = events[:MAX_TELLINGS], set[int]()
    for event in first:
        others = [other for other in first if id(other) not in again]
        named = named_later(story, event, others) or told_before(story, event, others)
        if named is not None:
            _join(named, event)
        if named is not None or is_told_one_by_one(story, event, first):
            again.add(id(event))
    return [event for event in events if id(event) not in again]


def _by_person(events: list[Found]) -> list[list[Found]]:
    """Events of each person together."""
    groups: dict[str, list[Found]] = {}
    for event in events:
        groups.setdefault(event.label, []).append(event)
    return list(groups.values())


def _alone(own: list[Found]) -> list[Found]:
    """Events of one person without those that are part of another one."""
    own = _fold_disappearances(own[:MAX_TELLINGS]) + own[MAX_TELLINGS:]
    return [event for event in own if not _is_part_of_another(event, own[:MAX_TELLINGS])]


def _is_part_of_another(event: Found, events: list[Found]) -> bool:
    """Whether one event is told within a graver one: "dismissed and expelled from the party", "sworn in, takes over"."""
    if event.needs == "replaced" and len(events) > 1:
        return True
    if event.kind is EventKind.RECALL and _is_expelled(event, events):
        return True
    if event.needs == "tried":
        return any(other.kind is EventKind.EXECUTION and other.sentence is event.sentence for other in events)
    graver = {EventKind.DISMISSAL: EventKind.PURGE, EventKind.APPOINTMENT: EventKind.SUCCESSION}.get(event.kind)
    return any(
        other.kind is graver
        and (other.sentence is event.sentence or graver is EventKind.SUCCESSION)
        and (event.background or not _is_in_aside(other, event))
        and (not (other.when and event.when) or other.when.overlaps(event.when))
        for other in events
    )


def _is_in_aside(event: Found, main: Found) -> bool:
    """Whether an event is told in a clause that describes the one of another: "X, who is in jail, was dismissed", "X, jailed in May, was"."""
    at = next((k for k, token in enumerate(event.sentence.tokens) if token.start >= event.order), 0)
    participle = event.order < main.order and event.sentence.lows(at - 1, at) == [","]
    return participle or "who" in event.sentence.lows(at - RELATIVE, at)


RELATIVE = 4
"""Words between "who" and the verb of its clause."""


def _is_expelled(event: Found, events: list[Found]) -> bool:
    """Whether one who goes home, or is summoned, is sent away by his host in that sentence or beside it, and nobody calls him home."""
    if event.sentence.has("recalled", "recall", "recalls", "withdrew", "withdrawn"):
        return False
    return any(
        other.kind is EventKind.DISMISSAL
        and abs(other.sentence.ix - event.sentence.ix) <= 1
        and other.sentence.has("expelled", "expel", "expels", "grata", "unwelcome", "expulsion")
        for other in events
    )


def _background(story: Coreference, events: list[Found]) -> None:
    """What lies months before the news of the report is told as background."""
    published = story.scene.report.published
    dated = [event.when.earliest for event in events if event.when.earliest is not None]
    if published is None or not dated:
        return
    if story.is_timeline or is_list(story.scene.report.text):
        return
    by_label = {own[0].label: own for own in _by_person(events)}
    newest = max(event.when.earliest or published for event in events if not event.background or event.when.earliest)
    for event in events:
        latest = event.when.latest
        known = story.profile(event.label).named
        if not known or event.status is not Status.ASSERTED or latest is None or event.when.earliest is None:
            continue
        revealed = event.sentence.has("disclosed", "revealed", "reveals")
        if ((newest - latest).days > OLD_DAYS and (published - latest).days > OLD_DAYS and not revealed) or (
            event.kind in _CAREER and _has_later(event, by_label[event.label])
        ):
            event.status = Status.MENTIONED


MANY_LINES = 5
LINE = 220
"""So many lines of at most so many characters make a report a list, in which nothing is background."""


def is_list(text: str) -> bool:
    """Whether a report is a list: most of it stands in short lines.

    Examples
    --------
    >>> is_list(chr(10).join(["Who left:", "* the consul", "* the envoy", "* a colonel", "* a judge"]))
    True
    """
    return sum(0 < len(line.strip()) <= LINE for line in text.splitlines()) >= MANY_LINES


_CAREER = {EventKind.APPOINTMENT, EventKind.DISMISSAL}
CAREER_DAYS = 25
"""A post taken or lost so long before what the report tells of the same person is background."""


def _has_later(event: Found, own: list[Found]) -> bool:
    """Whether the same person has an event of another kind well after this one."""
    latest = event.when.latest
    return latest is not None and any(
        other.kind is not event.kind
        and (begun := other.when.earliest or other.when.latest) is not None
        and (begun - latest).days > CAREER_DAYS
        for other in own[:MAX_TELLINGS]
    )


def _is_nobody(story: Coreference, event: Found) -> bool:
    """Whether a denial is of nobody in particular: "no senior officer has left"."""
    return (
        event.status is Status.DENIED
        and not story.profile(event.label).named
        and (event.actor is None or event.actor.det not in {"a", "an", "the"})
    )


def _same(one: Found, other: Found) -> bool:
    if one.label != other.label or one.kind is not other.kind:
        return False
    if one.kind is EventKind.APPOINTMENT and _other_post(one, other):
        return False
    if one.kind in _ONCE and not (one.background and other.background):
        return True
    return not (one.when and other.when) or one.when.overlaps(other.when, slack_days=3) or _vague(one) or _vague(other)


SOON = 9
"""Words after the verb in which the post stands."""


def _other_post(one: Found, other: Found) -> bool:
    """Whether two appointments are to posts that have no word in common."""
    first, second = _post(one), _post(other)
    return bool(first and second and first.isdisjoint(second))


def _post(event: Found) -> set[str]:
    """The words of the posts and bodies told after the verb of an appointment."""
    sentence = event.sentence
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.order), 0)
    nouns = (
        n for n in sentence.nouns if at < n.i <= at + SOON and n.kind in {"role", "org"} and n.label != event.label
    )
    return {low for noun in nouns for low in sentence.lows(noun.i, noun.j) if low.isalpha() and len(low) > 3}


def _vague(event: Found) -> bool:
    return event.when.earliest is None


def _join(known: Found, event: Found) -> None:
    """Take into a known event what another telling adds."""
    known.retold.append(event)
    if (known.background and not event.background and event.when.earliest is not None) or (
        _sharper(event.when, known.when)
        and (known.when.earliest is None or known.when.overlaps(event.when, slack_days=3))
    ):
        known.when = event.when
    elif event.when.earliest is None and event.when.latest and not event.background:
        known.when = _clipped(known.when, event.when.latest)
    for name in ("destination", "family_with", "kin_left", "number", "place"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(event, name))
    if _RANK[event.status] < _RANK[known.status] and not _leaves_it(known, event):
        known.status, known.said_by = event.status, event.said_by or known.said_by
    known.background = known.background and event.background
    known.needs = event.needs if known.needs in {"stays", "left"} else known.needs


def _clipped(when: When, latest: date) -> When:
    """An interval up to a day by which it had happened, if it has begun by then."""
    late = when.latest is None or when.latest > latest
    return (
        When(when.earliest, latest, when.text) if late and (when.earliest is None or when.earliest <= latest) else when
    )


def _leaves_it(known: Found, event: Found) -> bool:
    """Whether a telling in passing, by hearsay or in the same breath leaves doubt, plan and denial as they are."""
    if known.status is Status.PLANNED and event.sentence is known.sentence and known.words[0] == event.words[0]:
        between = (t.low for t in event.sentence.tokens if known.words[1] <= t.start < event.words[1])
        return {",", "and", "but", ";"}.isdisjoint(between)
    if known.status is Status.HEDGED:
        return event.background
    heard = event.background or (event.sentence is not known.sentence and is_hearsay(event.sentence))
    return heard and known.status in _TAKEN_BACK and known.sentence.has(*_SAYS_NO)


_SAYS_NO = word_set("denied denies denying dismissed rejected truth untrue false lie invented never contrary")
_TAKEN_BACK = frozenset({Status.DENIED, Status.REFUTED})


def _sharper(one: When, other: When) -> bool:
    """Whether one interval tells more than the other."""
    if one.earliest is None or one.latest is None:
        return False
    if other.earliest is None or other.latest is None:
        return True
    return (one.latest - one.earliest) < (other.latest - other.earliest)


def _fold_disappearances(events: list[Found]) -> list[Found]:
    """Somebody who vanished and is told to have defected is one event: the defection, unless it is only planned."""
    kept: list[Found] = []
    for event in events:
        twin = next(
            (o for o in kept if o.label == event.label and {o.kind, event.kind} == _AWAY and _near(o.when, event.when)),
            None,
        )
        if twin is None:
            kept.append(event)
            continue
        flight, gone = (twin, event) if twin.kind is EventKind.DEFECTION else (event, twin)
        guess = gone.status is Status.ASSERTED and flight.status in {Status.HEDGED, Status.ATTEMPTED}
        alone = flight.needs == "left" or (flight.needs == "stays" and flight.destination is None)
        unsure = guess or alone or flight.status is Status.PLANNED
        keep, other = (gone, flight) if unsure else (flight, gone)
        status, told = keep.status, keep.when
        _join(keep, other)
        keep.status = status
        if keep is flight and gone.when.text.startswith(("since", "for")) and told.earliest is None and told.latest:
            keep.when = When(gone.when.earliest, told.latest, gone.when.text)
        kept[kept.index(twin)] = keep
    return kept


def _near(one: When, other: When) -> bool:
    return not (one.earliest and other.earliest) or one.overlaps(other, slack_days=62)


def _pass_by(story: Coreference, event: Found) -> None:
    """What a relative clause or a comparison tells is background if it is old or called earlier."""
    published, latest = story.scene.report.published, event.when.latest
    if not event.background or event.status is not Status.ASSERTED or is_list(story.scene.report.text):
        return
    named = story.profile(event.label).named
    begun = event.when.earliest if named and latest and published and latest.year < published.year else latest
    old = published is not None and begun is not None and (published - begun).days > OLD_DAYS
    if old or (event.when.earliest is None and event.sentence.has("earlier")):
        event.status = Status.MENTIONED
