"""The place of somebody's post, or where what happened to him happened."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.coreference import Coreference
from ostraka.read.found import Field, Found, Words
from ostraka.read.noun import Noun, join
from ostraka.read.places import Place, PlaceKind, country_code, country_name
from ostraka.read.post_rows import group_of, is_roving, place_in_list, span_at
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set


def place_of(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    """The place of a post: the city if the report tells it, else the country; else the scene of the event."""
    group = group_of(event)
    listed = place_in_list(event, group) if group is not None else None
    if listed is not None:
        return listed[0].name, listed[1]
    return (
        _told(story, rows, profile)
        or _headed(story, event, rows)
        or _name_of(story, expelled_from(story, event, rows))
        or _left_mission(event)
        or _scene_of(story, event)
        or next(filter(None, (_scene_of(story, told) for told in event.retold[:MAX_RETOLD])), None)
        or _left_from(story, event)
        or _at_united_nations(rows)
        or _entered_here(story, event)
        or _refuge(story, event, rows)
    )


MAX_RETOLD = 6
"""Further tellings of an event in which its place is looked for."""


def _name_of(story: Coreference, host: tuple[Place, Words] | None) -> Field | None:
    place, words = (_capital_told(story, host[0]) or host) if host is not None else (None, (0, 0))
    return (_written(place), words) if place is not None else None


def _written(place: Place) -> str:
    """A place by its name, without the capitals of a dateline."""
    return place.name.title() if place.name.isupper() else place.name


_EXPELS = word_set("has had expelled ordered gave gives declared told expels orders threw sent decided")


def expelled_from(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]]) -> tuple[Place, Words] | None:
    """The host that turns an envoy out: "Malaysia has given the ambassador two days to leave"."""
    envoy = any(noun.role is not None and noun.role.sector == "diplomatic" for _, noun in rows[:1])
    if event.kind is not EventKind.DISMISSAL or not envoy:
        return None
    home = story.profile(event.label).country or story.regime
    for sentence, _ in rows[:MAX_RETOLD]:
        for noun in sentence.nouns:
            place = noun.place if noun.kind == "place" and noun.i >= sentence.body_start else None
            if place is None or place.kind is not PlaceKind.COUNTRY or place.country in {"", home}:
                continue
            if _expels(sentence, noun):
                return place, span_at(sentence, noun.i, noun.j)
    return None


def _expels(sentence: Sentence, host: Noun) -> bool:
    """Whether a land does something to an envoy: "Spain on Monday ordered", not "sent to Spain has had"."""
    dated = {row.i: row.j for row in sentence.dates}
    at = host.j + (sentence.lows(host.j, host.j + 1) == ["on"])
    free = host.i == sentence.body_start or sentence.low[host.i - 1] not in _BEFORE_PLACES
    return free and bool(_EXPELS & set(sentence.lows(dated.get(at, host.j), dated.get(at, host.j) + 2)))


_BEFORE_PLACES = frozenset({"in", "to", "from", "of", "at", "for", "by", "with", "near", "and"})


def _headed(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]]) -> Field | None:
    """The land under whose name an envoy stands in a list: "CHINA: X, a senior diplomat, resigned"."""
    place = heading_of(story, event.sentence)
    envoy = any(noun.role is not None and noun.role.sector == "diplomatic" for _, noun in rows) or not rows
    home = story.profile(event.label).country or story.regime
    return (place[0].name, place[1]) if place is not None and envoy and place[0].country != home else None


def heading_of(story: Coreference, sentence: Sentence) -> tuple[Place, Words] | None:
    """The land that heads an entry of a list, before a colon."""
    for earlier in reversed(story.scene.sentences[max(0, sentence.ix - 1) : sentence.ix + 1]):
        for colon in (k for k, token in enumerate(earlier.tokens) if token.low == ":"):
            for start in range(max(0, colon - MAX_HEADING), colon):
                code = country_code(join(earlier.tokens[start:colon]))
                if code:
                    return Place(country_name(code), code, PlaceKind.COUNTRY), span_at(earlier, start, colon)
    return None


MAX_HEADING = 4
"""Words of a land's name before a colon."""


def _at_united_nations(rows: list[tuple[Sentence, Noun]]) -> Field | None:
    """New York for a mission to the United Nations of which no other town is told."""
    for sentence, noun in rows:
        told = sentence.lows(noun.i, noun.j)
        if noun.body is not None and ("united nations" in " ".join(told) or {"un", "u.n."} & set(told)):
            return "New York", span_at(sentence, *noun.body)
    return None


def dateline_of(story: Coreference) -> tuple[Place, Words] | None:
    """The place from which a report was sent, and its words."""
    first = story.scene.sentences[0]
    for noun in first.nouns:
        if noun.j <= first.body_start and noun.place is not None and noun.place.country:
            return noun.place, span_at(first, noun.i, noun.j)
    return None


_AT = frozenset({"in", "at", "from", "near", "outside"})
REACH = 14
"""Words after the verb in which the place of an event stands."""


def _scene_of(story: Coreference, event: Found) -> Field | None:
    """Where it happened, if that is not where the way led: "vanished from Shenyang", "shot in Benghazi"."""
    sentence, goal = event.sentence, event.destination[1] if event.destination is not None else (-1, -1)
    home = story.profile(event.label).country or story.regime
    first = next((k for k, token in enumerate(sentence.tokens) if token.start >= event.words[0]), 0)
    last = next((k for k, token in enumerate(sentence.tokens) if token.end >= event.words[1]), first)
    for noun in sentence.nouns:
        if noun.i > last and noun.is_person and noun.label and noun.label != event.label:
            return None
        if noun.is_person and noun.label != event.label:
            continue
        place, at = noun.place, noun.place_at or (noun.i, noun.j)
        if place is None or not first <= at[0] <= last + REACH or not _is_spot(place, sentence, at[0], event, home):
            continue
        words = span_at(sentence, *at)
        if words[0] != goal[0] and _is_at(sentence, at[0]) and not _is_goal_land(event, place, home):
            return place.name, words
    return None


def _is_goal_land(event: Found, place: Place, home: str) -> bool:
    """Whether a place lies in the land to which somebody went; for those of the North that is the South."""
    if event.kind is not EventKind.DEFECTION:
        return False
    led = event.destination is not None and event.destination[0] == country_name(place.country)
    return (led and bool(place.country)) or (home == "KP" and place.country == "KR")


_VANISHED = frozenset({EventKind.DISAPPEARANCE, EventKind.ASSASSINATION})
_JOURNEY = frozenset({"while", "mission", "trip", "visit", "stationed", "posted", "working", "serving"})
_PARTS = frozenset({"airport", "outskirts", "suburb", "port", "city", "town", "streets", "centre", "center"})


def _is_spot(place: Place, sentence: Sentence, at: int, event: Found, home: str) -> bool:
    """Whether a place is a town, or a land abroad where somebody was on a journey or disappeared."""
    if place.kind in {PlaceKind.CITY, PlaceKind.CAPITAL}:
        return True
    abroad = place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION} and place.country != home
    journey = _JOURNEY & set(sentence.lows(at - 4, at))
    away = place.kind is PlaceKind.REGION and "from" in sentence.lows(at - 2, at)
    within = sentence.lows(at - 2, at) in (["defected", "in"], ["quit", "in"], ["resigned", "in"])
    return abroad and (event.kind in _VANISHED or bool(journey) or away or within)


def _is_at(sentence: Sentence, at: int) -> bool:
    before = sentence.lows(at - 3, at)
    before = before[:-1] if before and before[-1] in {"a", "the"} else before
    return bool(_AT & set(before[-1:])) or (before[-1:] == ["of"] and bool(_PARTS & set(before[-2:-1])))


_LEFT = word_set(
    "leaving fleeing quitting left fled quit deserted abandoned disappeared vanished missing absconded escaped slipped"
)
LATER = 4
"""Sentences in which "he left Brazzaville in May" may stand."""


def _left_from(story: Coreference, event: Found) -> Field | None:
    """The town that somebody left, told by this or a later sentence."""
    if event.kind not in {EventKind.DEFECTION, EventKind.DISAPPEARANCE}:
        return None
    home = story.profile(event.label).country or story.regime
    for sentence in story.scene.sentences[event.sentence.ix : event.sentence.ix + LATER]:
        for noun in sentence.nouns:
            place = noun.place if noun.kind == "place" else None
            if place is None or place.kind in {PlaceKind.DEMONYM, PlaceKind.AMBIGUOUS}:
                continue
            if place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION} and place.country in {"", home}:
                continue
            verb = next((k for k in (noun.i - 1, noun.i - 2) if k >= 0 and sentence.tokens[k].low in _LEFT), None)
            joined = verb is not None and (
                verb == noun.i - 1 or sentence.lows(noun.i - 1, noun.i) in (["from"], ["in"])
            )
            abroad = place.country != home or sentence.lows(noun.i - 1, noun.i) != ["in"]
            if joined and abroad and verb is not None and any(n.label == event.label for n in subjects(sentence, verb)):
                return place.name, span_at(sentence, noun.i, noun.j)
    return None


def leaves(sentence: Sentence, at: int, label: str) -> bool:
    """Whether somebody leaves what stands at a word: "X, who fled the embassy"."""
    verb = next((k for k in range(at - 1, max(at - 4, -1), -1) if sentence.tokens[k].low in _LEFT), None)
    if verb is None:
        return False
    relative = sentence.lows(verb - 1, verb) == ["who"]
    who = subjects(sentence, verb - 1 if relative else verb, relative=relative)
    return not who or any(noun.label == label for noun in who)


def _left_mission(event: Found) -> Field | None:
    """The town of the embassy that somebody fled: "fled the London embassy"."""
    sentence = event.sentence
    for noun in sentence.nouns:
        near = noun.kind == "org" and noun.i > 1 and event.words[0] <= sentence.tokens[noun.i - 2].start
        if near and noun.place is not None and noun.place_at is not None and leaves(sentence, noun.i, event.label):
            return noun.place.name, span_at(sentence, *noun.place_at)
    return None


def _refuge(story: Coreference, event: Found, rows: list[tuple[Sentence, Noun]]) -> Field | None:
    """The town of the report for an envoy who stays in that land: LONDON for one of the Soviet embassy taken in by Britain."""
    line = dateline_of(story)
    if line is None or event.destination is None or country_name(line[0].country) != event.destination[0]:
        return None
    home = story.profile(event.label).country or story.regime
    envoy = any(noun.role is not None and noun.role.sector == "diplomatic" for _, noun in rows)
    if not envoy or line[0].country == home or (home == "KP" and line[0].country == "KR"):
        return None
    return _written(line[0]), line[1]


_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})


def _entered_here(story: Coreference, event: Found) -> Field | None:
    """The town of the report where somebody came to a third state's mission there: BEIJING, to the South's embassy."""
    line = dateline_of(story)
    home = story.profile(event.label).country or story.regime
    if line is None or event.kind is not EventKind.DEFECTION or line[0].country == home:
        return None
    for noun in event.sentence.nouns:
        mission = noun.kind == "org" and _MISSIONS & set(noun.text.lower().split()) and noun.place is None
        if mission and noun.country not in {"", home, line[0].country}:
            return _written(line[0]), line[1]
    return None


def _told(story: Coreference, rows: list[tuple[Sentence, Noun]], profile: Profile) -> Field | None:
    """The city of the post if the report tells it, else the country."""
    told: list[tuple[Place, Words]] = [
        (noun.place, span_at(sentence, *noun.place_at))
        for sentence, noun in rows
        if noun.place is not None and noun.place_at is not None and not is_roving(sentence, noun)
    ]
    told += [
        (office.noun.place, span_at(office.sentence, *(office.noun.place_at or (office.noun.i, office.noun.j))))
        for office in profile.offices
        if office.noun is not None
        and office.noun.place is not None
        and office.noun.place.kind is not PlaceKind.DEMONYM
        and not (office.noun.place.kind is PlaceKind.COUNTRY and office.noun.place.country == story.regime)
    ]
    told.sort(key=lambda row: row[0].kind not in {PlaceKind.CITY, PlaceKind.CAPITAL})
    if not told:
        here = any(sentence.lows(noun.j, noun.j + 1) == ["here"] for sentence, noun in rows)
        line = dateline_of(story) if here else None
        return (_written(line[0]), line[1]) if line else None
    place, words = told[0]
    if place.kind is PlaceKind.COUNTRY:
        place, words = _capital_told(story, place) or (place, words)
    return place.name, words


def _capital_told(story: Coreference, country: Place) -> tuple[Place, Words] | None:
    """The capital of a country of post, where the report names it anywhere."""
    for sentence in story.scene.sentences:
        for noun in sentence.nouns:
            place = noun.place
            if place is not None and place.country == country.country and place.kind is PlaceKind.CAPITAL:
                at = noun.place_at or (noun.i, noun.j)
                return place, span_at(sentence, *at)
    return None
