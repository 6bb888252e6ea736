"""Bodies by name: "the North Korean embassy in London", "Kim Jong-il's secretariat", "Room 39"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ostraka.read import lexicon
from ostraka.read.noun import MAX_TAIL, STOPPERS
from ostraka.read.persons import Run
from ostraka.read.places import Place, PlaceKind, country_name, leaders
from ostraka.read.tokens import Token, word_set

MAX_BODY = 9
MAX_NESTED = 2
_OWNERS = frozenset({"his", "her", "its", "their", "my", "our", "'s"})
_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})
_TOO_PLAIN = word_set(
    "state security front group unit school board service services station intelligence network union program fund company"
    " centre center restaurant"
)
_OF_KNOWN = frozenset({"mission", "delegation"})
"""What belongs to a body known by a short name: "the UN mission"."""
_OF_MATTERS = word_set(
    "ministry ministries department bureau directorate office committee commission institute academy school agency"
)
"""Bodies named by what they deal with: "the ministry of defence"."""
_SENT = _MISSIONS | {"delegation", "office", "representation", "section"}
"""Bodies that are sent to a place: "the embassy to Poland"; not "left the service to Switzerland"."""
_PLACING = frozenset({"in", "of", "to", "at", "for", ","})


@dataclass(slots=True)
class Ground:
    """What is known of the words of a sentence before its phrases are found.

    Parameters
    ----------
    tokens : sequence of Token
    places, known : sequence
        For each word, the end and the value of the place or known body that begins there, or None.
    names : dict
        Runs that are names of persons, by their first word.
    dates : set of int
        Words that belong to dates.
    marks : sequence of int
        What each word may begin (:mod:`ostraka.read.wordmarks`).
    bodies : bool
        Whether a word stands in the sentence that the name of a body needs.
    """

    tokens: Sequence[Token]
    places: Sequence[tuple[int, Place] | None]
    known: Sequence[tuple[int, bool] | None]
    names: dict[int, tuple[Run, str]]
    dates: set[int] = field(default_factory=set)
    marks: Sequence[int] = ()
    bodies: bool = True

    def low(self, at: int) -> str:
        """A word in lower case; empty outside the sentence."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""


@dataclass(slots=True)
class Body:
    """A body as found: its words, and the country and place that its name tells."""

    start: int
    stop: int
    name_stop: int
    country: str = ""
    place: Place | None = None
    place_at: tuple[int, int] | None = None


def body_at(ground: Ground, at: int, depth: int = 0) -> Body | None:
    """The body whose name begins at word `at`, determiners left out."""
    if at >= len(ground.tokens):
        return None
    known = ground.known[at]
    if known is not None:
        whole = known[0] + (ground.low(known[0]) in _OF_KNOWN)
        return None if known[1] else _described(ground, at, whole, depth)
    stop = _name_end(ground, at) if ground.bodies else None
    if stop is None or (stop == at + 1 and ground.low(at) in _TOO_PLAIN):
        return None
    return _described(ground, at, stop, depth)


_OF_BODIES = word_set("staff assembly secretariat committee reconnaissance")


def is_inside_body(ground: Ground, at: int, stop: int) -> bool:
    """``general staff``, ``General Reconnaissance Bureau``: a role word that belongs to the name of a body."""
    if (ground.low(stop) in _OF_BODIES and ground.low(at) in {"general", "people"}) or ground.known[at] is not None:
        return True
    capital = stop < len(ground.tokens) and ground.tokens[stop].text[0].isupper()
    return ground.low(at) == "general" and capital and stop not in ground.names and body_at(ground, at) is not None


def known_ending(ground: Ground, k: int) -> int | None:
    """First word of a body of two words or three known by that name that ends before word `k`."""
    rows = ((start, ground.known[start]) for start in range(max(0, k - 3), k - 1))
    return next((start for start, row in rows if row is not None and row[0] == k and not row[1]), None)


def _name_end(ground: Ground, at: int) -> int | None:
    """Where the name of a body that begins at word `at` ends: after its last head."""
    stop, k, last = None, at, min(at + MAX_BODY, len(ground.tokens))
    while k < last and k not in ground.dates:
        if k in ground.names or ground.places[k] is not None:
            after = _over_owner(ground, k)
            if after == k:
                break
            k = after
            continue
        known = ground.known[k]
        if _is_head(ground, at, k):
            stop = k + 1 + ground.low(k + 1).isdigit()
        elif known is not None and not known[1]:
            stop = known[0]
        elif not _is_inside(ground, k):
            break
        k += 1
    return stop


def _over_owner(ground: Ground, k: int) -> int:
    """Past a place or a person with "'s" that begins at word `k`; `k` itself for a person without."""
    place = ground.places[k] if k not in ground.names else None
    if place is not None:
        return place[0]
    stop = ground.names[k][0].j
    return stop + 1 if ground.low(stop) == "'s" else k


def _is_head(ground: Ground, at: int, k: int) -> bool:
    low, heads = ground.tokens[k].low, lexicon.org_heads()
    return low in heads or (k > at and low in lexicon.last_of_heads() and f"{ground.tokens[k - 1].low} {low}" in heads)


def _is_inside(ground: Ground, k: int) -> bool:
    token = ground.tokens[k]
    plain = token.low in lexicon.org_inner() or token.low in {"'s", "&"} or token.text.isdigit()
    return plain or token.text[0].isupper()


def _described(ground: Ground, at: int, stop: int, depth: int) -> Body:
    """A body with what its name and the words after it tell."""
    body = Body(at, stop, stop)
    body.country = _known_country(ground, at, stop)
    hosted = ground.low(at - 1) in _OWNERS and ground.low(stop - 1) in _MISSIONS
    for k in range(at, stop):
        found = ground.places[k]
        if found is None:
            continue
        end, place = found
        if hosted:
            host = country_name(place.country) or place.name
            body.place, body.place_at = Place(host, place.country, PlaceKind.COUNTRY), (k, end)
        elif place.kind is PlaceKind.DEMONYM or (place.kind is PlaceKind.COUNTRY and _is_owner(ground, k, end)):
            body.country = body.country or place.country
        elif body.place is None and place.kind is not PlaceKind.AMBIGUOUS:
            body.place, body.place_at = place, (k, end)
    return _placed(ground, body, depth)


def _is_owner(ground: Ground, at: int, end: int) -> bool:
    """Whether a land owns the body whose name it begins: "Spain's embassy", "the U.S. consulate"."""
    letters = [token.text for token in ground.tokens[at:end]]
    return ground.low(end) == "'s" or all(text.isupper() and len(text) < MAX_LETTERS for text in letters)


MAX_LETTERS = 5
"""Signs of a land's name in letters: U.S., UK, UAE; not the name of a headline."""


def _known_country(ground: Ground, at: int, stop: int) -> str:
    """Country of a body by its short name, or by the leader it belongs to."""
    table = lexicon.body_countries()
    for k in range(at, stop):
        known = ground.known[k]
        name = " ".join(token.text for token in ground.tokens[k : known[0]]) if known else ground.tokens[k].text
        name = name.replace(" 's", "'s").replace(" ’s", "'s")
        if name in table:
            return table[name]
        if k in ground.names and ground.names[k][1] in leaders():
            return leaders()[ground.names[k][1]]
    return ""


def _placed(ground: Ground, body: Body, depth: int) -> Body:
    """A body with the places and the larger body named after it: "in London", "of the Workers' Party"."""
    k = body.stop
    for _ in range(3):
        preposition = ground.low(k)
        if preposition not in _PLACING or k + 1 >= len(ground.tokens):
            return body
        start = k + 2 if ground.low(k + 1) in {"the", "an", "a"} and ground.places[k + 1] is None else k + 1
        start, found = _place_after(ground, body, start)
        if found is None:
            joins = preposition in {"of", "for"} or (preposition == "to" and ground.low(body.stop - 1) in _OF_KNOWN)
            return _nested(ground, body, start, depth) if joins else body
        end, place = found
        if ground.low(end) == "'s" or place.kind is PlaceKind.DEMONYM:
            return body
        if preposition == "to" and ground.low(body.name_stop - 1) not in _SENT:
            return body
        if preposition == ",":
            city = body.place is not None and body.place_at is not None and body.place_at[1] == k
            if not city or place.kind is not PlaceKind.COUNTRY:
                return body
        elif preposition == "of" and place.kind is PlaceKind.COUNTRY:
            body.country = body.country or place.country
        elif body.place is None or body.place.kind is not PlaceKind.CITY:
            body.place, body.place_at = place, (start, end)
        body.stop = k = end
    return body


def _place_after(ground: Ground, body: Body, at: int) -> tuple[int, tuple[int, Place] | None]:
    """The place at a word after a body, and the word it begins at; a town in no table after "in" or "at"."""
    found = ground.places[at] if at < len(ground.tokens) else None
    if found is not None and ground.low(found[0]) == "'s":
        return _capital_after(ground, found[0] + 1) or (at, found)
    if found is None and ground.low(at - 1) in {"in", "at"} and body.place is None:
        found = town_at(ground, at)
    return at, found


def town_at(ground: Ground, at: int) -> tuple[int, Place] | None:
    """A town that stands in no table: capitalised words that are no name, body, date or word of an office."""
    k = at
    while k < len(ground.tokens) and k - at < MAX_TOWN and _is_town_word(ground, k):
        k += 1
    if k == at or (k < len(ground.tokens) and (ground.low(k) in lexicon.org_heads() or ground.low(k) == "'s")):
        return None
    return k, Place(" ".join(token.text for token in ground.tokens[at:k]), "", PlaceKind.CITY)


MAX_TOWN = 3
"""Words of a town's name."""


def _is_town_word(ground: Ground, k: int) -> bool:
    text, low = ground.tokens[k].text, ground.low(k)
    plain = len(text) > 2 and text[0].isupper() and not text.isupper()
    other = low in lexicon.org_heads() or low in lexicon.role_words() or low in lexicon.org_inner()
    marked = ground.known[k] is not None or ground.places[k] is not None or k in ground.names or k in ground.dates
    return plain and not other and not marked and text not in lexicon.never_names()


def _capital_after(ground: Ground, at: int) -> tuple[int, tuple[int, Place]] | None:
    """The town after "capital" in "in Ethiopia's capital, Addis Ababa", and the word it begins at."""
    for k in range(at, min(at + 4, len(ground.tokens))):
        found = ground.places[k]
        if found is not None:
            return (k, found) if ground.low(at) in {"capital", "city", "port"} else None
    return None


def _matter_end(ground: Ground, at: int) -> int | None:
    """Where the words end that tell what a ministry deals with: "defence", "public security", "National Unification"."""
    if ground.places[at] is not None or at in ground.names or at in ground.dates:
        return None
    first, k = ground.tokens[at], at + 1
    if not first.low.isalpha() or first.low in STOPPERS or first.low in lexicon.role_words():
        return None
    capital = first.text[0].isupper()
    while k < min(at + MAX_TAIL, len(ground.tokens)) and ground.low(k).isalpha() and k not in ground.names:
        if not (ground.tokens[k].text[0].isupper() if capital else ground.low(k) in lexicon.org_inner() | _MATTERS):
            break
        k += 1
    return k


_MATTERS = word_set("affairs relations planning culture research management studies cooperation strategy development")


def _nested(ground: Ground, body: Body, at: int, depth: int) -> Body:
    """A body with the larger one it is part of."""
    if depth >= MAX_NESTED or at in ground.names:
        return body
    inner = body_at(ground, at, depth + 1)
    if inner is None and ground.low(body.name_stop - 1) in _OF_MATTERS and at < len(ground.tokens):
        body.stop = body.name_stop = _matter_end(ground, at) or body.stop
    if inner is not None:
        body.stop = body.name_stop = inner.stop
        body.country = body.country or inner.country
        body.place, body.place_at = body.place or inner.place, body.place_at or inner.place_at
    return body
