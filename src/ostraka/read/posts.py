"""The post of somebody at the time of an event: role, body, place, each from the words that tell it best."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.found import Field, Found
from ostraka.read.implied import office_of, service_of
from ostraka.read.noun import Noun, join
from ostraka.read.offices import name_of
from ostraka.read.places import Place, PlaceKind, country_code, country_name, gazetteer, leaders
from ostraka.read.post_places import dateline_of, expelled_from, heading_of, leaves, place_of
from ostraka.read.post_rows import (
    group_of,
    is_roving,
    new_post,
    place_in_list,
    role_start,
    role_text,
    rows_of,
    singular,
    span_at,
)
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set


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
    rows = rows_of(event, profile)
    told = (rows or profile.offices) and (event.kind is not EventKind.APPOINTMENT or new_post(event))
    if not told and (donor := _handed_on(story, event)) is not None:
        rows, profile = rows_of(event, donor), donor
    fields = {
        "role": _role(event, rows, profile) or _by_ministry(event),
        "organisation": _body(story, event, rows, profile),
        "post_place": place_of(story, event, rows, profile),
    }
    return {name: value for name, value in fields.items() if value is not None}


_SUCCEEDS = word_set("replaced replaces replacing replace succeeded succeeds succeeding successor predecessor")
_TAKES = word_set("took takes taken taking taking-over")


def _handed_on(story: Coreference, event: Found) -> Profile | None:
    """The one whose post somebody took over or handed on, where it is told of that one only."""
    told = (event.sentence, *(sentence for sentence, _ in story.profile(event.label).nouns[:MAX_TOLD]))
    return next((donor for sentence in told if (donor := _donor(story, event, sentence)) is not None), None)


MAX_TOLD = 6
"""Phrases about somebody in whose sentences the one before or after him in office is looked for."""


_STEAD = frozenset({"place", "places", "seat", "stead", "shoes", "chair"})
_HIS = (["his"], ["her"], ["their"])


def _donor(story: Coreference, event: Found, sentence: Sentence) -> Profile | None:
    taken = [
        k + 1 for k, token in enumerate(sentence.tokens) if token.low in _TAKES and "over" in sentence.lows(k, k + 2)
    ]
    over = any(
        not any(
            noun.kind == "org" and " " in noun.text.removeprefix("the ") and k < noun.i <= k + 3
            for noun in sentence.nouns
        )
        for k in taken
    )
    stead = any(token.low in _STEAD and sentence.lows(k - 1, k) in _HIS for k, token in enumerate(sentence.tokens))
    if not over and not stead and not sentence.has(*_SUCCEEDS):
        return None
    beside = (_SUCCEEDS | {"from"}) & {
        low
        for noun in sentence.nouns
        if noun.label == event.label
        for low in (*sentence.lows(noun.i - 2, noun.i), *sentence.lows(noun.j, noun.j + 3))
    }
    if sentence is not event.sentence and not beside:
        return None
    others = (noun.label for noun in sentence.nouns if noun.is_person and noun.label not in {"", event.label})
    held = (story.profile(label) for label in dict.fromkeys(others) if label not in leaders())
    return next((p for p in held if p.named and not p.plural and (p.offices or any(p.roles()))), None)


def _role(event: Found, rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    if rows and not (profile.offices and rows[0][1].role is not None and rows[0][1].role.tier == 0):
        sentence, noun = rows[0]
        start = role_start(sentence, noun)
        of_country = country_code(join(sentence.tokens[noun.head + 2 : noun.j]).removeprefix("the "))
        stop = noun.head + 1 if noun.body is not None or noun.place is not None or of_country else noun.j
        alone = noun.plural and event.number is None and not noun.counted
        one = singular(sentence, start, noun.head) if alone else ""
        told = noun.counted or one or join(sentence.tokens[start:stop])
        return told, span_at(sentence, noun.i if noun.counted else start, noun.j)
    office = profile.offices[0] if profile.offices else None
    weak = office is not None and office.noun is not None and office.noun.kind == "place"
    known = _rank(profile) or _kin_role(profile)
    if office is None or weak:
        return known
    return name_of(office), span_at(office.sentence, office.i, office.j)


def _kin_role(profile: Profile) -> Field | None:
    """Such as "nephew of Sung Hye Rim"."""
    for sentence, noun in profile.nouns:
        if noun.kind == "kin" and noun.kin is not None and noun.owner is not None and noun.owner.label:
            return f"{noun.kin.word} of {noun.owner.label}", span_at(sentence, noun.i, noun.j)
    return None


def _rank(profile: Profile) -> Field | None:
    """The title before a name: "Brig. Gen."."""
    for sentence, noun in profile.nouns:
        if noun.kind == "person" and noun.titles and not _COURTESY & set(noun.titles.lower().split()):
            return _in_full(noun.titles), span_at(sentence, noun.i, noun.head)
    return None


def service_by_rank(profile: Profile) -> Field | None:
    """The army, or another service, of one whose rank stands before his name."""
    for sentence, noun in profile.nouns:
        body = service_of(_in_full(noun.titles).lower()) if noun.kind == "person" and noun.titles else ""
        if body:
            return body, span_at(sentence, noun.i, noun.head)
    return None


_RANKS = {
    "gen": "general",
    "gens": "general",
    "lt": "lieutenant",
    "maj": "major",
    "brig": "brigadier",
    "col": "colonel",
    "capt": "captain",
    "cmdr": "commander",
    "adm": "admiral",
    "sgt": "sergeant",
}


def _in_full(titles: str) -> str:
    """A rank without abbreviations: "Brig. Gen." is a brigadier general."""
    return " ".join(_RANKS.get(word.lower().rstrip("."), word) for word in titles.split())


_COURTESY = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sheikh", "comrade", "sir", "lady", "madame"}
)


def _body(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    if (seat := _seat_lost(event)) is not None:
        return seat
    for sentence, noun in (*rows, *((s, n) for s, n in profile.nouns if n.kind == "person")):
        if noun.body is not None:
            return _hosted(story, sentence, noun) or _bare(sentence, noun.body), span_at(sentence, *noun.body)
        beside = _body_beside(sentence, noun)
        if beside is not None:
            return _bare(sentence, beside), span_at(sentence, *beside)
    for office in profile.offices:
        if office.noun is not None and office.noun.kind == "org" and office.noun.body is not None:
            told = _hosted(story, office.sentence, office.noun) or _bare(office.sentence, office.noun.body)
            return told, span_at(office.sentence, *office.noun.body)
    return (
        _mission(event, rows)
        or _headed_mission(story, event, rows)
        or _seat_of_service(rows, profile)
        or _left_body(story, event)
        or _by_role(rows, event)
        or _shared(story, event)
    )


_LOST = frozenset({"from", "on", "in"})
_SEATS = {EventKind.PURGE: _LOST, EventKind.DISMISSAL: _LOST, EventKind.APPOINTMENT: frozenset({"over"})}
"""Words before the body that somebody was put out of, or took over."""
_NO_SEATS = frozenset({"office", "prison", "jail", "camp", "court", "hospital"})


def _seat_lost(event: Found) -> Field | None:
    """The body that somebody was put out of or took over: "expelled from the party", "takes over the ministry"."""
    if event.kind not in _SEATS:
        return None
    sentence = event.sentence
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.order), len(sentence.tokens))
    for noun in sentence.nouns:
        if noun.kind != "org" or not at < noun.i <= at + 6 or noun.body is None:
            continue
        lead = sentence.lows(at, noun.i)
        led = _SEATS[event.kind]
        if led & set(lead[-2:]) and not {",", "by", "as"} & set(lead) and noun.text.lower() not in _NO_SEATS:
            return _bare(sentence, noun.body), span_at(sentence, *noun.body)
    return None


def _left_body(story: Coreference, event: Found) -> Field | None:
    """The body that somebody left: "fled the London embassy", "quit the ministry"."""
    if event.kind is not EventKind.DEFECTION:
        return None
    sentence = event.sentence
    for noun in sentence.nouns:
        near = noun.i > 1 and event.words[0] <= sentence.tokens[noun.i - 2].start and noun.kind == "org"
        if near and noun.body is not None and leaves(sentence, noun.i, event.label):
            return _hosted(story, sentence, noun) or _bare(sentence, noun.body), span_at(sentence, *noun.body)
    return None


def _body_beside(sentence: Sentence, noun: Noun) -> tuple[int, int] | None:
    """A body in or right after a role phrase: "director of planning of the air force", "a Taesong Bank official"."""
    if noun.role is None:
        return None
    after = next((other for other in sentence.nouns if other.kind == "org" and noun.j < other.i <= noun.j + 2), None)
    if after is not None and sentence.lows(noun.j, noun.j + 1) in (["of"], ["at"], ["in"], ["from"]):
        return after.body
    for k in range(noun.head - 1, noun.i - 1, -1):
        if sentence.tokens[k].text[0].isupper() and sentence.tokens[k].low in lexicon.org_heads():
            start = k
            while start > noun.i and sentence.tokens[start - 1].text[0].isupper():
                start -= 1
            return (start, k + 1) if start < k else None
    return None


def _mission(event: Found, rows: list[tuple[Sentence, Noun]]) -> Field | None:
    """The embassy or consulate of an envoy told by his place."""
    group = group_of(event)
    listed = place_in_list(event, group) if group is not None and _is_envoy(group) else None
    if listed is not None and listed[0].country:
        return f"embassy in {with_article(country_name(listed[0].country))}", listed[1]
    for sentence, noun in rows:
        if noun.role is None or noun.role.sector != "diplomatic" or noun.place is None or is_roving(sentence, noun):
            continue
        told = join(sentence.tokens[slice(*noun.place_at)]) if noun.place_at is not None else noun.place.name
        if noun.place.kind is PlaceKind.REGION and told == noun.place.name:
            continue
        if not noun.place.country:
            return f"embassy in {told}", span_at(sentence, noun.i, noun.j)
        if "consul" in role_text(sentence, noun).lower() and noun.place.kind is PlaceKind.CITY:
            return f"consulate in {noun.place.name}", span_at(sentence, noun.i, noun.j)
        return f"embassy in {with_article(country_name(noun.place.country))}", span_at(sentence, noun.i, noun.j)
    return None


def _headed_mission(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]]) -> Field | None:
    """The embassy of an envoy who stands under a land's name in a list."""
    place = heading_of(story, event.sentence) or expelled_from(story, event, rows)
    if place is None or place[0].country == story.regime or not any(_is_envoy(noun) for _, noun in rows[:1]):
        return None
    return f"embassy in {with_article(country_name(place[0].country))}", place[1]


def _seat_of_service(rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    """The embassy of an envoy whose place a verb tells: "served in Havana as deputy ambassador"."""
    if not any(_is_envoy(noun) and noun.place is None for _, noun in rows[:1]):
        return None
    for office in profile.offices:
        place = office.noun.place if office.noun is not None and office.noun.kind == "place" else None
        if place is not None and office.noun is not None and place.country not in {"", profile.country}:
            told = f"embassy in {with_article(country_name(place.country))}"
            return told, span_at(office.sentence, office.noun.i, office.noun.j)
    return None


_AIRCRAFT = frozenset({"jet", "plane", "aircraft", "helicopter", "fighter", "cockpit", "mig", "airliner"})


def _is_envoy(noun: Noun) -> bool:
    return noun.role is not None and noun.role.sector == "diplomatic"


def _by_role(rows: list[tuple[Sentence, Noun]], event: Found) -> Field | None:
    """What the role implies; a ministry before a rank, the air force of a pilot before the army of a captain."""
    texts = [
        (sentence, noun, join(sentence.tokens[role_start(sentence, noun) : noun.j]).lower()) for sentence, noun in rows
    ]
    for sentence, noun, text in texts:
        if body := office_of(text) or office_of(role_text(sentence, noun).lower()):
            return body, span_at(sentence, role_start(sentence, noun), noun.j)
    flown = {token.low.partition("-")[0] for token in event.sentence.tokens} & _AIRCRAFT
    served = [
        ("air force" if flown else service_of(text), span_at(sentence, role_start(sentence, noun), noun.j))
        for sentence, noun, text in texts
        if noun.role is not None and noun.role.sector in {"military", "security"}
    ]
    return min((field for field in served if field[0]), key=lambda field: field[0] == "army", default=None)


def _shared(story: Coreference, event: Found) -> Field | None:
    """The body told once for several: "A and B of the embassy in Pretoria"."""
    actor, end = event.actor, event.actor.j if event.actor is not None else 0
    if actor is None or actor.kind != "person":
        return None
    for noun in event.sentence.nouns:
        if noun.i < end:
            continue
        if noun.kind != "person" or event.sentence.lows(end, noun.i) not in (["and"], [","], [",", "and"]):
            return None
        if noun.body is not None:
            return _hosted(story, event.sentence, noun) or _bare(event.sentence, noun.body), span_at(
                event.sentence, *noun.body
            )
        end = noun.j
    return None


def _by_ministry(event: Found) -> Field | None:
    """The minister that the one is who took a ministry over: "takes over the defence ministry"."""
    seat = _seat_lost(event) if event.kind is EventKind.APPOINTMENT else None
    if seat is None or not seat[0].lower().endswith(" ministry"):
        return None
    return f"{seat[0][: -len(' ministry')]} minister", seat[1]


def _hosted(story: Coreference, sentence: Sentence, noun: Noun) -> str:
    """An embassy or consulate by its host, where the report tells it."""
    if noun.body is None:
        return ""
    told = sentence.lows(noun.body[0], noun.j)
    if "mission" in told and ("united nations" in " ".join(told) or {"un", "u.n."} & set(told)):
        return "mission to the United Nations"
    head = sentence.tokens[noun.body[1] - 1].text
    here = dateline_of(story) if sentence.lows(noun.j, noun.j + 1) == ["here"] else None
    place = here[0] if here is not None else noun.place
    if place is None or head.lower() not in _HOSTED or (here is None and _names_its_host(sentence, noun, place)):
        return ""
    town = not place.country or (head.lower() in {"consulate", "mission"} and place.kind in _TOWNS and here is None)
    return f"{head} in {place.name if town else with_article(country_name(place.country))}"


def _names_its_host(sentence: Sentence, noun: Noun, place: Place) -> bool:
    """Whether the name of a body holds the country itself ("the embassy of ..." told by a people's name)."""
    named = (gazetteer().longest(sentence.tokens, k) for k in range(*(noun.body or (0, 0))))
    return any(
        found is not None and bool(place.country) and found[1].country == place.country and found[1].kind not in _TOWNS
        for found in named
    )


_TOWNS = frozenset({PlaceKind.CITY, PlaceKind.CAPITAL})
_HOSTED = frozenset({"embassy", "consulate", "legation", "mission"})


_ARTICLE = (
    "United",
    "Netherlands",
    "Philippines",
    "Czech R",
    "Dominican R",
    "Democratic R",
    "Central African",
    "Ivory",
)


def with_article(country: str) -> str:
    """A land's name as it stands after "in": the United Kingdom."""
    return f"the {country}" if country.startswith(_ARTICLE) else country


def _bare(sentence: Sentence, body: tuple[int, int]) -> str:
    """The name of a body without its determiner."""
    start = body[0] + (sentence.tokens[body[0]].low in {"the", "a", "an", "its", "his", "her", "their"})
    return join(sentence.tokens[start : body[1]])
