"""One event told several times in a report is one event; what other sentences deny or refute changes its status."""

from __future__ import annotations

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.status import takes_back
from ostraka.read.tokens import word_set

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
    for event in sorted(found, key=lambda event: event.order):
        known = next((other for other in kept if _same(other, event)), None)
        if known is None:
            kept.append(event)
        else:
            _join(known, event)
    kept = [event for event in _fold_disappearances(kept) if not _is_nobody(story, event)]
    kept = [event for event in kept if not _is_part_of_another(event, kept)]
    for event in kept:
        _settle(story, event)
    _background(story, kept)
    return kept


def _is_part_of_another(event: Found, events: list[Found]) -> bool:
    """Whether one event is told within a graver one: "dismissed and expelled from the party", "sworn in, takes over"."""
    graver = {EventKind.DISMISSAL: EventKind.PURGE, EventKind.APPOINTMENT: EventKind.SUCCESSION}.get(event.kind)
    return any(
        other.kind is graver
        and other.label == event.label
        and (other.sentence is event.sentence or graver is EventKind.SUCCESSION)
        for other in events
    )


def _background(story: Coreference, events: list[Found]) -> None:
    """What lies months before the news of the report is told as background."""
    published = story.scene.report.published
    dated = [event.when.earliest for event in events if event.when.earliest is not None]
    if published is None or not dated:
        return
    if story.is_timeline:
        return
    newest = max(event.when.earliest or published for event in events if not event.background or event.when.earliest)
    for event in events:
        latest = event.when.latest
        known = story.profile(event.label).named
        if not known or event.status is not Status.ASSERTED or latest is None or event.when.earliest is None:
            continue
        revealed = {"disclosed", "revealed", "reveals"} & set(event.sentence.lows(0, len(event.sentence.tokens)))
        if ((newest - latest).days > OLD_DAYS and (published - latest).days > OLD_DAYS and not revealed) or (
            event.kind in _CAREER and _has_later(event, events)
        ):
            event.status = Status.MENTIONED


_CAREER = {EventKind.APPOINTMENT, EventKind.DISMISSAL}
CAREER_DAYS = 40
"""A post taken or lost so long before what the report tells of the same person is background."""


def _has_later(event: Found, events: list[Found]) -> bool:
    latest = event.when.latest
    return latest is not None and any(
        other.label == event.label
        and other.kind is not event.kind
        and other.when.earliest is not None
        and (other.when.earliest - latest).days > CAREER_DAYS
        for other in events
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
    if one.kind in _ONCE and not (one.background and other.background):
        return True
    return not (one.when and other.when) or one.when.overlaps(other.when, slack_days=3) or _vague(one) or _vague(other)


def _vague(event: Found) -> bool:
    return event.when.earliest is None


def _join(known: Found, event: Found) -> None:
    """Take into a known event what another telling adds."""
    if _sharper(event.when, known.when) and (
        known.when.earliest is None or known.when.overlaps(event.when, slack_days=3)
    ):
        known.when = event.when
    for name in ("destination", "family_with", "kin_left", "number", "place"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(event, name))
    if _RANK[event.status] < _RANK[known.status] and not (known.status is Status.HEDGED and event.background):
        known.status, known.said_by = event.status, event.said_by or known.said_by
    known.background = known.background and event.background


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
        keep, other = (gone, flight) if flight.status is Status.PLANNED else (flight, gone)
        status = keep.status
        _join(keep, other)
        keep.status = status
        kept[kept.index(twin)] = keep
    return kept


def _near(one: When, other: When) -> bool:
    return not (one.earliest and other.earliest) or one.overlaps(other, slack_days=62)


def _settle(story: Coreference, event: Found) -> None:
    published = story.scene.report.published
    if event.background and event.status is Status.ASSERTED:
        latest = event.when.latest
        old = published is not None and latest is not None and (published - latest).days > OLD_DAYS
        dateless = event.when.earliest is None
        if old or (dateless and "earlier" in event.sentence.lows(0, len(event.sentence.tokens))):
            event.status = Status.MENTIONED
    if event.status in {Status.ASSERTED, Status.HEDGED}:
        _take_back(story, event)


_OFFICIAL = word_set(
    "ministry minister ministries spokesman spokeswoman spokesperson government nis agency intelligence parliament"
)


def _take_back(story: Coreference, event: Found) -> None:
    """A later sentence that denies or refutes it, naming the person or following it directly."""
    sentences = story.scene.sentences
    for sentence in sentences[event.sentence.ix + 1 :]:
        status = takes_back(sentence)
        if status is None:
            continue
        labels = {noun.label for noun in sentence.nouns if noun.label}
        near = sentence.ix - event.sentence.ix == 1 and not any(
            o in labels for o in story.profiles if o != event.label and story.profiles[o].named
        )
        if {"accused", "accuses", "accusation"} & set(sentence.lows(0, len(sentence.tokens))):
            continue
        if event.label in labels or near:
            official = _OFFICIAL & set(event.sentence.lows(0, len(event.sentence.tokens)))
            if status is Status.DENIED and official and event.status is Status.ASSERTED:
                return
            event.status = status
            return
