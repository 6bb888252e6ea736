"""The post of somebody at the time of an event: role, body, place, each from the words that tell it best."""

from __future__ import annotations

import re

from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.found import Field, Found, Words
from ostraka.read.noun import Noun, join
from ostraka.read.places import Place, PlaceKind, country_name, gazetteer
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence

_RECORDS = frozenset({"most", "highest", "first", "highest-ranking", "highest-level", "second", "third"})


def post_of(story: Coreference, event: Found, profile: Profile) -> dict[str, Field]:
    """Role, organisation and post place of the one an event happened to; only what is told.

    Parameters
    ----------
    story : Coreference
    event : Found
    profile : Profile

    Returns
    -------
    dict
        Among ``role``, ``organisation`` and ``post_place``: the value and its words.
    """
    rows = _rows(event, profile)
    fields = {
        "role": _role(rows, profile),
        "organisation": _body(rows, profile),
        "post_place": _place(story, rows, profile) or _scene_of(event) or _seat(story, event, rows),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _rows(event: Found, profile: Profile) -> list[tuple[Sentence, Noun]]:
    """Role phrases, the one that acts first, then those of its sentence, then in order; records are no posts."""
    rows = [(s, n) for s, n in profile.roles() if n.role is not None]
    rows.sort(key=lambda row: (row[1] is not event.actor, row[0].ix != event.sentence.ix, row[0].ix))
    plain = [row for row in rows if not set(row[0].lows(row[1].i, row[1].head)) & _RECORDS]
    told = [row for row in plain if row[1].role is not None and row[1].role.tier > 0]
    return told or plain


def _span(sentence: Sentence, i: int, j: int) -> Words:
    return sentence.tokens[i].start, sentence.tokens[j - 1].end


def role_text(sentence: Sentence, noun: Noun) -> str:
    """The role without determiner, country and what follows its head."""
    return noun.counted or join(sentence.tokens[_role_start(sentence, noun) : noun.head + 1])


def _role_start(sentence: Sentence, noun: Noun) -> int:
    tokens = sentence.tokens
    width = len(noun.role.word.split()) if noun.role is not None else 1
    start = max(noun.head - width + 1, noun.i)
    floor = noun.i + (1 if noun.det and noun.det != "'s" else 0)
    while start > floor and (tokens[start - 1].text[0].islower() or tokens[start - 1].low in lexicon.modifiers()):
        start -= 1
    return start


def _role(rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    if rows and not (profile.offices and rows[0][1].role is not None and rows[0][1].role.tier == 0):
        sentence, noun = rows[0]
        if noun.counted:
            return noun.counted, _span(sentence, noun.i, noun.j)
        start = _role_start(sentence, noun)
        stop = noun.head + 1 if noun.body is not None or noun.place is not None else noun.j
        return join(sentence.tokens[start:stop]), _span(sentence, start, noun.j)
    if profile.offices:
        office = profile.offices[0]
        return join(office.sentence.tokens[office.i : office.j]), _span(office.sentence, office.i, office.j)
    for sentence, noun in profile.nouns:
        if noun.kind == "kin" and noun.kin is not None and noun.owner is not None and noun.owner.label:
            return f"{noun.kin.word} of {noun.owner.label}", _span(sentence, noun.i, noun.j)
    return None


def _body(rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    for sentence, noun in (*rows, *((s, n) for s, n in profile.nouns if n.kind == "person")):
        if noun.body is not None:
            return _hosted(sentence, noun) or _bare(sentence, noun.body), _span(sentence, *noun.body)
    for office in profile.offices:
        if office.noun is not None and office.noun.kind == "org" and office.noun.body is not None:
            told = _hosted(office.sentence, office.noun) or _bare(office.sentence, office.noun.body)
            return told, _span(office.sentence, *office.noun.body)
    for sentence, noun in rows:
        if noun.role is not None and noun.role.sector == "diplomatic" and noun.place is not None and noun.place.country:
            host = country_name(noun.place.country)
            if "consul" in role_text(sentence, noun).lower() and noun.place.kind in {PlaceKind.CITY, PlaceKind.CAPITAL}:
                return f"consulate in {noun.place.name}", _span(sentence, noun.i, noun.j)
            return f"embassy in {_with_article(host)}", _span(sentence, noun.i, noun.j)
    for sentence, noun in rows:
        armed = noun.role is not None and noun.role.sector in {"military", "security"}
        body = _implied(role_text(sentence, noun).lower(), armed=armed)
        if body:
            return body, _span(sentence, _role_start(sentence, noun), noun.j)
    return None


def _hosted(sentence: Sentence, noun: Noun) -> str:
    """An embassy or consulate by its host, where the report tells it."""
    if noun.body is None or noun.place is None or not noun.place.country:
        return ""
    named = (gazetteer().longest(sentence.tokens, k) for k in range(*noun.body))
    if any(found is not None and found[1].country == noun.place.country for found in named):
        return ""
    head = sentence.tokens[noun.body[1] - 1].text
    host = noun.place.name if head.lower() == "consulate" and noun.place.kind is not PlaceKind.COUNTRY else ""
    return f"{head} in {host or _with_article(country_name(noun.place.country))}" if head.lower() in _HOSTED else ""


_HOSTED = frozenset({"embassy", "consulate", "legation"})


def _with_article(country: str) -> str:
    return f"the {country}" if country.startswith(("United", "Netherlands", "Philippines")) else country


_SERVICES = {
    "air force": "air force",
    "pilot": "air force",
    "naval": "navy",
    "army": "army",
    "military intelligence": "military intelligence",
    "intelligence": "intelligence service",
    "police": "police",
    "general": "army",
    "colonel": "army",
    "central bank": "central bank",
}
_OFFICES = {
    "prime minister": "cabinet",
    "premier": "cabinet",
    "vice president": "presidency",
    "president": "presidency",
    "attorney general": "attorney general's office",
}


def _implied(role: str, *, armed: bool) -> str:
    """The body that a role names by itself: a foreign minister serves in the foreign ministry."""
    for office, body in _OFFICES.items():
        if role.endswith(office):
            return body
    for cue, body in _SERVICES.items():
        if armed and cue in role:
            return body
    of = re.search(r"minister of (?:the )?([a-z' ]+)", role)
    if of:
        return f"{of[1].strip()} ministry"
    words = [word for word in role.split() if word not in {"former", "deputy", "vice", "long-time", "then", "acting"}]
    return f"{words[-2]} ministry" if len(words) > 1 and words[-1] == "minister" and words[-2].isalpha() else ""


def _bare(sentence: Sentence, body: tuple[int, int]) -> str:
    """The name of a body without its determiner."""
    start = body[0] + (sentence.tokens[body[0]].low in {"the", "a", "an", "its", "his", "her", "their"})
    return join(sentence.tokens[start : body[1]])


_AT = frozenset({"in", "at", "from", "near", "outside"})
REACH = 14
"""Words after the verb in which the place of an event stands."""


def _scene_of(event: Found) -> Field | None:
    """The town where it happened, if it is not where the way led: "vanished from Shenyang", "shot in Benghazi"."""
    sentence, goal = event.sentence, event.destination[1] if event.destination is not None else (-1, -1)
    first = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.words[0]), 0)
    last = next((k for k, token in enumerate(sentence.tokens) if token.end >= event.words[1]), first)
    for noun in sentence.nouns:
        place, at = noun.place, noun.place_at or (noun.i, noun.j)
        if place is None or place.kind not in {PlaceKind.CITY, PlaceKind.CAPITAL} or not first <= at[0] <= last + REACH:
            continue
        words = _span(sentence, *at)
        if words[0] != goal[0] and _AT & set(sentence.lows(at[0] - 1, at[0])):
            return place.name, words
    return None


def _seat(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]]) -> Field | None:
    """The capital of the regime, if the report names it, for those who serve at home."""
    if any(noun.role is not None and noun.role.sector == "diplomatic" for _, noun in rows):
        return None
    home = story.profile(event.label).country or story.regime
    for sentence in story.scene.sentences:
        for noun in sentence.nouns:
            place = noun.place
            if noun.kind == "place" and place is not None and place.country == home and place.kind is PlaceKind.CAPITAL:
                return place.name.title() if place.name.isupper() else place.name, _span(sentence, noun.i, noun.j)
    return None


def _place(story: Coreference, rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    """The city of the post if the report tells it, else the country."""
    told: list[tuple[Place, Words]] = [
        (noun.place, _span(sentence, *noun.place_at))
        for sentence, noun in rows
        if noun.place is not None and noun.place_at is not None
    ]
    told += [
        (office.noun.place, _span(office.sentence, *office.noun.place_at))
        for office in profile.offices
        if office.noun is not None and office.noun.place is not None and office.noun.place_at is not None
    ]
    told.sort(key=lambda row: row[0].kind not in {PlaceKind.CITY, PlaceKind.CAPITAL})
    if not told:
        return None
    place, words = told[0]
    if place.kind is PlaceKind.COUNTRY:
        place, words = _capital_told(story, place) or (place, words)
    return place.name, words


def _capital_told(story: Coreference, country: Place) -> tuple[Place, Words] | None:
    """The capital of a country of post, where the report names it anywhere."""
    for sentence in story.scene.sentences:
        for noun in sentence.nouns:
            place = noun.place
            if (
                noun.i >= sentence.body_start
                and place is not None
                and place.country == country.country
                and place.kind is PlaceKind.CAPITAL
            ):
                at = noun.place_at or (noun.i, noun.j)
                return place, _span(sentence, *at)
    return None
