"""The phrases that tell the post of somebody at the time of an event, the best first."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read import lexicon
from ostraka.read.found import Found, Words
from ostraka.read.noun import Noun, join, number_at
from ostraka.read.places import Place, country_name
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_RECORDS = frozenset({"most", "highest", "first", "highest-ranking", "highest-level", "second", "third"})


def rows_of(event: Found, profile: Profile) -> list[tuple[Sentence, Noun]]:
    """Role phrases, the one that acts first, then those of its sentence, then in order; records are no posts."""
    rows = [(s, n) for s, n in profile.roles() if n.role is not None and not _is_later(event, s, n, profile.country)]
    rows.sort(key=lambda row: (row[1] is not event.actor, row[0].ix != event.sentence.ix, row[0].ix))
    group = group_of(event) if not rows else None
    rows = new_post(event) + _as_role(event) + rows + ([(event.sentence, group)] if group is not None else [])
    plain = [row for row in rows if not _is_record(*row)]
    if plain and not _is_past(*plain[0]):
        plain = [row for row in plain if not _is_past(*row)]
    if plain and plain[0][1].place is None and plain[0][1].body is None:
        _lend_place(plain[0], rows)
    told = [row for row in plain if row[1].role is not None and row[1].role.tier > 0] or plain
    if told and _is_vague(*told[0]):
        told = sorted(told, key=lambda row: _is_vague(*row))
    if told and _is_past(*told[0]):
        beside = [row for row in told if row[0] is told[0][0] and not _is_past(*row) and not _is_loose(*row)]
        told = beside[:1] + told
    return told


def _is_later(event: Found, sentence: Sentence, noun: Noun, home: str) -> bool:
    """Whether a post was taken after the flight: "now a lawmaker in Seoul"."""
    if event.kind is not EventKind.DEFECTION or noun.place is None or not noun.place.country:
        return False
    now = bool({"now", "today", "currently"} & set(sentence.lows(noun.i - 2, noun.i)))
    goal = event.destination[0] if event.destination is not None else ""
    there = country_name(noun.place.country) == goal or (home in {"", "KP"} and noun.place.country == "KR")
    return now and there


def _lend_place(row: tuple[Sentence, Noun], rows: list[tuple[Sentence, Noun]]) -> None:
    """Give a bare post the place of a record told in one breath: "chargé and the most senior diplomat in London"."""
    sentence, noun = row
    for other_sentence, other in rows:
        if other_sentence is sentence and _is_record(sentence, other) and other.place is not None:
            noun.place, noun.place_at = other.place, other.place_at
            return


_PAST = word_set("former formerly once ex ex- previously earlier one-time onetime sometime predecessor")


def _is_past(sentence: Sentence, noun: Noun) -> bool:
    """Whether a post was given up before: "former oil minister", "once oil minister", "had been consul"."""
    before = sentence.lows(noun.i - 8, noun.head)
    last = max((k for k, low in enumerate(before) if low in _RESETS), default=-1)
    return bool(_PAST & set(before[last + 1 :]))


_RESETS = frozenset({",", ";", "now", "(", "since", "currently", "is", "was", "who"})


_LOOSE = word_set("diplomat official officer envoy aide member insider cadre defector emissary")


def _is_loose(sentence: Sentence, noun: Noun) -> bool:
    """Whether a phrase is a word for the walk of life alone: "the diplomat"."""
    bare = noun.body is None and noun.place is None and noun.j == noun.head + 1
    return bare and sentence.tokens[noun.head].low in _LOOSE


_RANKS = word_set("general colonel brigadier major captain lieutenant marshal admiral commodore sergeant officer")
_VAGUE = word_set("figure member man insider official")


def _is_vague(sentence: Sentence, noun: Noun) -> bool:
    """Whether a phrase is a bare rank or "a senior figure", beside which an office tells more."""
    bare = noun.body is None and noun.place is None and noun.j == noun.head + 1
    word = sentence.tokens[noun.head].low
    return (bare and word in _RANKS) or word in _VAGUE


def group_before(event: Found) -> Noun | None:
    """The group whose members are named after it: "two deputies of the department, A and B"."""
    actor, sentence = event.actor, event.sentence
    if actor is None or actor.kind != "person":
        return None
    for noun in reversed(sentence.nouns):
        if noun.j > actor.i:
            continue
        if noun.kind == "role" and noun.plural:
            inside = {k for other in sentence.nouns for k in range(other.i, other.j) if other.kind != "org"}
            gap = [k for k in range(noun.j, actor.i) if k not in inside]
            return noun if all(sentence.tokens[k].low in {",", "and", ":", "'s"} for k in gap) else None
        if noun.kind not in {"person", "place"} and not (noun.kind == "kin" and noun.same is not None):
            return None
    return None


def group_of(event: Found) -> Noun | None:
    """The group that somebody is named in: before it, or after it ("A and B, ambassadors in X and Y")."""
    return group_before(event) or _group_after(event)


def _group_after(event: Found) -> Noun | None:
    actor, sentence = event.actor, event.sentence
    if actor is None or actor.kind != "person":
        return None
    for noun in sentence.nouns:
        if noun.i < actor.j:
            continue
        if noun.kind == "role" and noun.plural:
            return noun if sentence.lows(noun.i - 1, noun.i) == [","] else None
        if noun.kind not in {"person", "kin"}:
            return None
    return None


def place_in_list(event: Found, group: Noun) -> tuple[Place, Words] | None:
    """The place of one of a group told in one list: "ambassadors to Tunisia and Canada, A and B"."""
    sentence, actor = event.sentence, event.actor
    if actor is None:
        return None
    after = group.i < actor.i
    persons = [n for n in sentence.nouns if n.kind == "person" and (n.i >= group.j if after else n.j < group.i)]
    persons = [noun for noun in persons if sentence.lows(noun.j, noun.j + 1) != ["'s"]]
    first = persons[0].i if persons and after else group.j + MAX_PLACES
    places: list[tuple[Place | None, tuple[int, int] | None]] = []
    if group.place is not None:
        places.append((group.place, group.place_at))
    places += [(n.place, (n.i, n.j)) for n in sentence.nouns if n.kind == "place" and group.j <= n.i < first]
    rank = next((k for k, noun in enumerate(persons) if noun is actor), -1)
    if not places or rank < 0:
        return None
    place, at = places[rank] if len(places) > 1 and rank < len(places) else places[0]
    return (place, span_at(sentence, *at)) if place is not None and at is not None else None


MAX_PLACES = 8
"""Words after a group in which the places of its members stand."""


_ROVING = frozenset({"special", "nuclear", "peace", "roving", "presidential", "personal", "climate"})


def is_roving(sentence: Sentence, noun: Noun) -> bool:
    """Whether an envoy is sent to talks and has no post: "nuclear envoy to the United States"."""
    return bool(_ROVING & set(sentence.lows(noun.i, noun.head)))


def singular(sentence: Sentence, start: int, head: int) -> str:
    """One of a group: "two former ambassadors" is "former ambassador"."""
    while start < head and number_at(sentence.tokens, start) is not None:
        start += 1
    last = sentence.tokens[head].text
    one = f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s")
    return f"{join(sentence.tokens[start:head])} {one}".strip()


def new_post(event: Found) -> list[tuple[Sentence, Noun]]:
    """The post that somebody was given: "named ambassador in Vienna", "becomes foreign minister"."""
    if event.kind not in {EventKind.APPOINTMENT, EventKind.SUCCESSION}:
        return []
    sentence = event.sentence
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.order), len(sentence.tokens))
    stop = next(
        (k for k in range(at, len(sentence.tokens)) if sentence.tokens[k].low in {";", "after", "when"}), at + 12
    )
    near = [n for n in sentence.nouns if n.kind == "role" and n.role is not None and at <= n.head < min(stop, at + 12)]
    near = [n for n in near if n.same is None or n.same is event.actor or n.label == event.label]
    near = [n for n in near if not _OTHERS & set(sentence.lows(n.i - 1, n.i))]
    after = [n for n in near if event.actor is not None and n.i >= event.actor.j]
    return [(sentence, noun) for noun in (after or near)[:1]]


_OTHERS = word_set("by under with for from succeeding replacing after before behind of")
"""Words after which a role is not the one that somebody was given."""


def _is_record(sentence: Sentence, noun: Noun) -> bool:
    """Whether "the first diplomat to", "the most senior" is said; a first secretary, a second man is a post."""
    if noun.role is not None and noun.role.word.partition(" ")[0] in _RECORDS:
        return False
    words = sentence.lows(noun.i, noun.head)
    posts = {"secretary", "secretaries", "deputy", "vice", "man", "lieutenant"}
    ranked = words[:] if sentence.tokens[noun.head].low in posts else words[-1:] if noun.det in {"a", "an"} else []
    return bool(_RECORDS & set(words) - ({"first", "second", "third"} if ranked or posts & set(words) else set()))


def _as_role(event: Found) -> list[tuple[Sentence, Noun]]:
    """The post somebody resigned from or was removed from: "resigned as ambassador to the Netherlands"."""
    sentence = event.sentence
    if event.kind not in {EventKind.DEFECTION, EventKind.DISMISSAL, EventKind.APPOINTMENT}:
        return []
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.order), len(sentence.tokens))
    return [
        (sentence, noun)
        for noun in sentence.nouns
        if noun.kind == "role"
        and at <= noun.i <= at + 8
        and "as" in sentence.lows(max(at, noun.i - 2), noun.head)
        and noun.role is not None
    ][:1]


def span_at(sentence: Sentence, i: int, j: int) -> Words:
    """Offsets of words `i` to `j` of a sentence."""
    return sentence.tokens[i].start, sentence.tokens[j - 1].end


def role_text(sentence: Sentence, noun: Noun) -> str:
    """The role without determiner, country and what follows its head."""
    return noun.counted or join(sentence.tokens[role_start(sentence, noun) : noun.head + 1])


def role_start(sentence: Sentence, noun: Noun) -> int:
    """The first word of a role, without determiner and country."""
    tokens = sentence.tokens
    width = len(noun.role.word.split()) if noun.role is not None else 1
    start = max(noun.head - width + 1, noun.i)
    floor = noun.i + (1 if noun.det and noun.det != "'s" else 0)
    while start > floor and (tokens[start - 1].text[0].islower() or tokens[start - 1].low in lexicon.modifiers()):
        start -= 1
    return start + (start < noun.head and tokens[start].low in {"appointed", "named"})
