"""Statements about one person and about one event, with the words of each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ostraka.model import Statement
from ostraka.read import lexicon
from ostraka.read.coreference import Coreference, Profile
from ostraka.read.events import Found, Words, origin
from ostraka.read.nouns import Noun, join
from ostraka.read.places import PlaceKind, country_name
from ostraka.read.scene import Sentence


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
            start = noun.i + (1 if noun.det and noun.det != "'s" else 0)
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
    words = words_of(sentence, noun.head, noun.j)
    written = join(sentence.tokens[noun.head : noun.j])
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


def role_text(sentence: Sentence, noun: Noun) -> str:
    """The role without determiner, country and what follows its head."""
    tokens = sentence.tokens
    width = len(noun.role.word.split()) if noun.role is not None else 1
    start = max(noun.head - width + 1, noun.i)
    floor = noun.i + (1 if noun.det and noun.det != "'s" else 0)
    while start > floor and (tokens[start - 1].text[0].islower() or tokens[start - 1].low in lexicon.modifiers()):
        start -= 1
    return join(tokens[start : noun.head + 1])


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
    yield from _role_fields(event, profile, label, writer)
    home = origin(story, profile)
    if home:
        yield writer.say(event.words, "event", label, "origin_regime", country_name(home))
    for name in ("destination", "family_with", "kin_left", "number"):
        value = getattr(event, name)
        if value is not None:
            yield writer.say(value[1], "event", label, name, value[0])


def _role_fields(event: Found, profile: Profile, label: str, writer: Writer) -> Iterator[Statement]:
    """Role, body and place of the post: from the phrases about the person, the most telling first."""
    rows = [(s, n) for s, n in profile.roles() if n.role is not None]
    if event.actor is not None and event.actor.kind == "role":
        rows.sort(key=lambda row: row[1] is not event.actor)
    rows = [
        row
        for row in rows
        if not set(row[0].lows(row[1].i, row[1].head)) & {"most", "highest", "first", "highest-ranking"}
    ] or rows
    told = [row for row in rows if row[1].role is not None and row[1].role.tier > 0] or rows
    if told:
        sentence, noun = told[0]
        start = noun.i + (1 if noun.det and noun.det != "'s" else 0)
        yield writer.say(words_of(sentence, start, noun.j), "event", label, "role", role_text(sentence, noun))
    elif (kin := next(((s, n) for s, n in profile.nouns if n.kind == "kin" and n.owner is not None), None)) is not None:
        sentence, noun = kin
        yield writer.say(
            words_of(sentence, noun.i, noun.j),
            "event",
            label,
            "role",
            f"{noun.kin.word if noun.kin else 'kin'} of {noun.owner.label if noun.owner else ''}",
        )
    body = next(((s, n) for s, n in rows if n.body is not None), None)
    if body is not None and body[1].body is not None:
        yield writer.say(
            words_of(body[0], *body[1].body), "event", label, "organisation", join(body[0].tokens[slice(*body[1].body)])
        )
    placed = [(s, n) for s, n in rows if n.place is not None and n.place_at is not None]
    placed.sort(key=lambda row: row[1].place is None or row[1].place.kind not in {PlaceKind.CITY, PlaceKind.CAPITAL})
    if placed and placed[0][1].place is not None and placed[0][1].place_at is not None:
        sentence, noun = placed[0]
        yield writer.say(
            words_of(sentence, *placed[0][1].place_at), "event", label, "post_place", placed[0][1].place.name
        )
