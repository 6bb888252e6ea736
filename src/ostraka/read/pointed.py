"""Fields of an event and its day by where the scorer points; :mod:`ostraka.read.settled` weighs fields against those of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.dating import event_time, is_of_happening
from ostraka.read.destination import home_of, place_name
from ostraka.read.encoder import Floats
from ostraka.read.found import Field, Found, span_of
from ostraka.read.look import Look
from ostraka.read.mentions import KINDS
from ostraka.read.noun import DETERMINERS, join
from ostraka.read.places import PlaceKind, country_name, gazetteer
from ostraka.read.pointing import FIELDS
from ostraka.read.recogniser import recogniser
from ostraka.read.scene import Dated, Sentence
from ostraka.read.standing import stands
from ostraka.read.told_on import belongs_to_report

LONGEST = 12
"""Words that a field may have."""
SURE: Mapping[str, float] = {
    "role": 0.5,
    "organisation": 0.5,
    "post_place": 0.6,
    "destination": 0.7,
    "family_with": 0.6,
    "date_text": 0.9,
}
"""Fields that may be taken from the scorer, and the share from which they are where the rules read none."""
SURER_DAY = 0.7
"""Share from which a date takes the place of another one that the rules read, to which at most half as much points."""
SURER = 0.8
"""Share from which other fields stand in the place of other words of the rules, and against what is thought of somebody's home."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a sentence that may tell a field, and how likely."""

    share: float
    sentence: Sentence
    i: int
    j: int


def point(story: Coreference, event: Found, look: Look) -> None:
    """Take the fields and the status of an event from the scorer, where it is sure.

    Parameters
    ----------
    story : Coreference
    event : Found
        Its `offered` gets fields, its `shares` how sure the scorer is of each, and it a date if it has none.
    look : Look
    """
    row = look.at(event.sentence, event.actor) if event.actor is not None and event.kind in KINDS else None
    if row is None:
        return
    pointer, kind = recogniser().pointer, KINDS.index(event.kind)
    if not (event.background and event.status is Status.MENTIONED):
        event.status = stands(event.status, pointer.status(row, kind).tolist())
    so_far = np.pad(np.cumsum(pointer(look, row, kind), axis=2), ((0, 0), (0, 0), (1, 0)))
    features = look.seen[row.sentence.ix].features
    together = [s for s in story.scene.sentences if s.ix in look.seen and look.seen[s.ix].features is features]
    for k, name in enumerate(FIELDS):
        if name == "date_text":
            _date(story, event, _dates(look, together, so_far[:, k]))
            continue
        found = max(_spans(look, together, so_far[:, k]), key=lambda words: words.share, default=None)
        if found is None:
            continue
        event.shares[name] = found.share
        if found.share < SURE.get(name, 1.0) or _is_no_body(story, event, name, found):
            continue
        if not (name == "post_place" and _is_sent_from(story, event, found)):
            value = _value(name, found)
            if found.share >= SURER or not _is_home(story, event, name, value):
                event.offered[name] = value


def _spans(look: Look, sentences: list[Sentence], so_far: Floats) -> Iterator[_Words]:
    """The likeliest words of each sentence for a field; `so_far` are the shares of its edges up to each piece, shape (2, pieces + 1)."""
    for sentence in sentences:
        begins, ends = _by_word(so_far, look.seen[sentence.ix].starts)
        i = int(begins.argmax())
        stop = min(len(ends), i + LONGEST)
        if stop > i:
            j = i + int(ends[i:stop].argmax())
            yield _Words(float(begins[i] * ends[j]) ** 0.5, sentence, i, j + 1)


def _dates(look: Look, sentences: list[Sentence], so_far: Floats) -> Iterator[tuple[float, Sentence, Dated]]:
    """The dates of a report, each in its sentence, and how likely each is the one."""
    for sentence in sentences:
        if not sentence.dates:
            continue
        begins, ends = _by_word(so_far, look.seen[sentence.ix].starts)
        for row in sentence.dates:
            if sentence.lows(row.j, row.j + 1) == ["'s"] or is_of_happening(sentence, row):
                continue
            first = max(0, row.i - 2)
            yield float(begins[first : row.j].sum() * ends[row.i : row.j].sum()) ** 0.5, sentence, row


def _by_word(so_far: Floats, starts: Sequence[int]) -> Floats:
    """The shares of each word of a sentence, shape (2, words)."""
    return np.diff(so_far[:, np.array(starts)], axis=1)


def _date(story: Coreference, event: Found, dates: Iterator[tuple[float, Sentence, Dated]]) -> None:
    """Date an event by the likeliest date of the report, if the rules read no day or one to which the scorer does not point.

    By a day on which it was only said an event had happened, unless it lies ahead.
    """
    single = event.actor is None or not event.actor.plural
    told = [
        (share, event_time(story, row, event.status, single=single), sentence, row) for share, sentence, row in dates
    ]
    if not told:
        return
    share, when, sentence, row = max(told, key=lambda found: found[0])
    undated = event.when.earliest is None and event.when.latest in {None, story.scene.report.published}
    if undated and not event.when.text:
        said = event.status is not Status.PLANNED and belongs_to_report(sentence, row)
        when = When(None, when.latest) if said else when
        event.when = when if share >= SURE["date_text"] else event.when
        return
    own = max((other for other, known, *_ in told if known == event.when), default=0.0)
    if when and share >= SURER_DAY and own <= share / 2 and not when.overlaps(event.when):
        event.when = when


def _is_no_body(story: Coreference, event: Found, name: str, words: _Words) -> bool:
    """Whether words for a body are another state's, the embassy into which somebody walked, or only say what he is."""
    if name != "organisation":
        return False
    home = home_of(story, event.label)
    own = [noun for noun in words.sentence.nouns if noun.i < words.j and words.i < noun.j]
    foreign = any(noun.kind == "org" and noun.country not in {"", home} for noun in own)
    ends = words.j - 1 if words.sentence.low[words.j - 1] not in lexicon.last_of_heads() else -1
    return foreign or any(n.is_person and n.head < words.j and (words.i <= n.i or n.head == ends) for n in own)


def _is_sent_from(story: Coreference, event: Found, words: _Words) -> bool:
    """Whether a place is that of the dateline alone, and no more than where the report of a flight was written: in the land left or the capital of the one reached."""
    if words.sentence.ix or words.i >= words.sentence.body_start:
        return False
    place = next(
        (n.place for n in words.sentence.nouns if words.i <= n.i < words.sentence.body_start and n.place), None
    )
    if place is None:
        return False
    roles = [noun.role for _, noun in story.profile(event.label).roles()]
    envoy = any(role is not None and role.sector == "diplomatic" for role in roles)
    if place.country in {home_of(story, event.label), story.regime}:
        return envoy or event.kind is EventKind.DEFECTION
    reached = event.destination is not None and event.destination[0] == country_name(place.country)
    return reached and place.kind is PlaceKind.CAPITAL and not envoy and event.kind is EventKind.DEFECTION


def _is_home(story: Coreference, event: Found, name: str, goal: Field) -> bool:
    """Whether the goal of a flight is the land that somebody left: nobody flees there."""
    home = home_of(story, event.label)
    flees = name == "destination" and event.kind is not EventKind.RECALL
    return flees and home == story.regime and goal[0] == country_name(home)


def _value(name: str, words: _Words) -> Field:
    """What a field says: a land or town by its name, else the words themselves without what points to them."""
    sentence, i, j = words.sentence, words.i, words.j
    while i < j - 1 and (sentence.low[i] in DETERMINERS or sentence.low[i] == "'s"):
        i += 1
    if name == "destination":
        place = next(
            (noun.place for noun in sentence.nouns if noun.kind == "place" and i <= noun.i < j and noun.place), None
        )
        named = (gazetteer().longest(sentence.tokens, k) for k in range(i, j))
        place = place or next((row[1] for row in named if row is not None and row[1].country), None)
        if place is not None:
            return place_name(place), span_of(sentence, i, j)
    return join(sentence.tokens[i:j]), span_of(sentence, i, j)
