"""Statements about one person and about one event, with the words of each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ostraka.model import Statement
from ostraka.read.coreference import Coreference
from ostraka.read.events import origin
from ostraka.read.found import Found, Words
from ostraka.read.noun import Noun, join
from ostraka.read.places import country_name
from ostraka.read.post_rows import role_text
from ostraka.read.posts import post_of
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.settled import settle


class Writer(Protocol):
    """Whoever writes statements."""

    def say(self, words: Words, kind: str, subject: str, predicate: str, value: str = "", **more: object) -> Statement:
        """One statement."""


def words_of(sentence: Sentence, i: int, j: int) -> Words:
    """Offsets of words `i` to `j` of a sentence."""
    return sentence.tokens[i].start, sentence.tokens[j - 1].end


def describe_person(profile: Profile, writer: Writer) -> Iterator[Statement]:
    """Name, aliases, titles, roles, bodies of one person."""
    first = True
    for sentence, noun in profile.nouns:
        if noun.kind == "person":
            yield from _named(sentence, noun, profile, writer, first=first)
            first = False
        elif noun.kind in {"role", "kin"}:
            start = noun.i + (1 if noun.det and noun.det != "'s" and not noun.counted else 0)
            if not profile.named and first:
                yield writer.say(
                    words_of(sentence, noun.i, noun.j),
                    "person",
                    profile.label,
                    "described",
                    join(sentence.tokens[noun.i : noun.j]),
                )
                first = False
            if noun.kind == "role" and noun.role is not None:
                yield writer.say(
                    words_of(sentence, start, noun.j), "person", profile.label, "role", role_text(sentence, noun)
                )
                if noun.body is not None:
                    yield writer.say(
                        words_of(sentence, *noun.body),
                        "person",
                        profile.label,
                        "organisation",
                        join(sentence.tokens[slice(*noun.body)]),
                    )
                if noun.place is not None and noun.place_at is not None:
                    yield writer.say(
                        words_of(sentence, *noun.place_at), "person", profile.label, "place", noun.place.name
                    )


def _named(sentence: Sentence, noun: Noun, profile: Profile, writer: Writer, *, first: bool) -> Iterator[Statement]:
    words = words_of(sentence, noun.head, noun.name_stop)
    written = join(sentence.tokens[noun.head : noun.name_stop])
    if first:
        yield writer.say(words, "person", profile.label, "name", profile.label)
    if written != profile.label:
        yield writer.say(words, "person", profile.label, "alias", written)
    if noun.i < noun.head:
        yield writer.say(
            words_of(sentence, noun.i, noun.head),
            "person",
            profile.label,
            "title",
            join(sentence.tokens[noun.i : noun.head]),
        )


def describe_event(story: Coreference, event: Found, writer: Writer) -> Iterator[Statement]:
    """All statements of one event."""
    profile = story.profile(event.label)
    label = f"{event.kind}: {event.label} @{event.order}"
    yield writer.say(
        event.words,
        "event",
        label,
        "type",
        str(event.kind),
        when=event.when,
        status=event.status,
        attributed_to=event.said_by,
    )
    actor = event.actor
    words = words_of(event.sentence, actor.i, actor.j) if actor is not None and actor.j > actor.i else event.words
    yield writer.say(words, "event", label, "person", event.label)
    rules = {**post_of(story, event, profile), "destination": event.destination, "family_with": event.family_with}
    told = {name: field for name, field in rules.items() if field is not None}
    for name, (value, span) in settle(story, event, told).items():
        yield writer.say(span, "event", label, name, value)
    home = origin(story, profile)
    if home:
        yield writer.say(event.words, "event", label, "origin_regime", country_name(home))
    for name in ("kin_left", "number"):
        value = getattr(event, name)
        if value is not None:
            yield writer.say(value[1], "event", label, name, value[0])
