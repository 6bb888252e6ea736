"""One event told twice in a report: by a group and by its names, by a lead without a name and by the one it means."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.likeness import is_beside, may_be_one
from ostraka.read.noun import Noun
from ostraka.read.profile import is_second
from ostraka.read.scene import Sentence

MANY_NAMED = 20
"""A group of more is never named one by one."""
NEXT = 3
"""Sentences after one told of without a name in which he is named."""
LEAD = 1
"""Sentences after the first in which a report may bring somebody in by whatever he is called."""


def is_told_one_by_one(story: Coreference, event: Found, events: Sequence[Found]) -> bool:
    """Whether all of a group are named as well: "two generals were expelled: X was ..., Y, too, was ...".

    Parameters
    ----------
    story : Coreference
    event : Found
        What befell the group.
    events : sequence of Found
        Those among which the members are looked for.
    """
    group = event.actor
    if group is None or not group.plural or not group.low or group.low != group.high or group.low > MANY_NAMED:
        return False
    alike = (o for o in events if o.kind is event.kind and o.status is event.status and o.when.overlaps(event.when))
    named = [other for other in alike if story.profile(other.label).named]
    return group.low in {len(named), sum(_is_met_after(story, event, other) for other in named)}


def _is_met_after(story: Coreference, event: Found, other: Found) -> bool:
    """Whether somebody is told of only after the one of another event: "X and three others. They are A, B and C"."""
    nouns = story.profile(other.label).nouns
    return bool(nouns) and nouns[0][0].tokens[nouns[0][1].i].start > _start(event)


def named_later(story: Coreference, event: Found, events: Sequence[Found]) -> Found | None:
    """The event of somebody named next that one without a name tells too: "A diplomat has fled. X, 41, left in May.".

    Parameters
    ----------
    story : Coreference
    event : Found
        What befell somebody without a name.
    events : sequence of Found
        Those among which it is looked for.

    Returns
    -------
    Found or None
        The only one of its kind that may be meant.
    """
    actor = event.actor
    if actor is None or actor.role is None or actor.plural or story.profile(event.label).named:
        return None
    alike = [other for other in events if other.kind is event.kind and other is not event]
    beside = any(o.sentence is event.sentence and not story.profile(o.label).named for o in alike)
    close = beside or event.sentence.ix > LEAD
    fits = [other for other in alike if _may_be_meant(story, event, other, close=close)]
    heads = [other for other in fits if _is_next(story, event, other)]
    return next((meant[0] for meant in (heads, fits) if len(meant) == 1), None)


def told_before(story: Coreference, event: Found, events: Sequence[Found]) -> Found | None:
    """The event that is only confirmed of somebody without a name: "X has asked for asylum. The ministry confirmed that an official had".

    Parameters
    ----------
    story : Coreference
    event : Found
        What befell somebody without a name.
    events : sequence of Found
        Those among which it is looked for.

    Returns
    -------
    Found or None
        The only one of its kind told before.
    """
    actor, sentence = event.actor, event.sentence
    if actor is None or actor.role is None or actor.plural or actor.det not in {"a", "an", "one"}:
        return None
    opened = sentence.lows(actor.lead - 2, actor.lead)
    if story.profile(event.label).named or opened[-1:] != ["that"] or _CONFIRMS.isdisjoint(opened):
        return None
    before = [o for o in events if o.kind is event.kind and o.sentence.ix < sentence.ix and o.when.overlaps(event.when)]
    fits = before and may_be_one(story.profile(event.label), story.profile(before[0].label))
    return before[0] if fits and len(before) == 1 else None


_CONFIRMS = frozenset({"confirmed", "confirms", "confirm", "acknowledged", "admitted"})


def _is_next(story: Coreference, event: Found, other: Found) -> bool:
    """Whether the next sentence begins with the name."""
    sentence, noun = story.profile(other.label).nouns[0]
    return sentence.ix == event.sentence.ix + 1 and sentence.lead_of(noun) <= sentence.body_start + 1


def _may_be_meant(story: Coreference, event: Found, other: Found, *, close: bool) -> bool:
    """Whether an event of somebody named may be the one told of somebody without a name; `close` if only by the same word."""
    named, unnamed = story.profile(other.label), story.profile(event.label)
    if not named.named or not named.nouns or event.actor is None:
        return False
    known = not unnamed.called.isdisjoint(named.called)
    sentence, noun = named.nouns[0]
    if not 0 <= sentence.ix - event.sentence.ix <= NEXT or not _is_met_after(story, event, other):
        return False
    if (other.destination or event.destination or ("",))[0] != (event.destination or ("",))[0]:
        return False
    if (close and not known) or not other.when.overlaps(event.when) or not may_be_one(unnamed, named):
        return False
    office = _office_before(sentence, other.label)
    if office is not None and (not known if office.det in {"a", "an"} else is_second(office) != is_second(event.actor)):
        return False
    return not (is_beside(sentence, noun) or is_beside(other.sentence, other.actor))


def _office_before(sentence: Sentence, label: str) -> Noun | None:
    """The office with an article before a name: "a secretary in Rome, X", "the oil minister, X"."""
    own = [noun for noun in sentence.nouns if noun.label == label]
    told = own and own[0].kind == "role" and own[0].det in {"a", "an", "the"} and any(n.kind == "person" for n in own)
    return own[0] if told else None


def _start(event: Found) -> int:
    return event.sentence.tokens[event.actor.i].start if event.actor is not None else event.order
