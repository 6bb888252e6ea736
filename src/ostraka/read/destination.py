"""Where somebody went: after "to", at an embassy, "asylum in", and where later sentences say that he is now."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.found import Field, Found, span_of
from ostraka.read.noun import Noun
from ostraka.read.places import Place, PlaceKind, country_name
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_AFTER_TO = frozenset({"to", "into", "toward", "for", "reached"})
_STOPS = frozenset({";", "said", "says", "who", "according"})


def destination(story: Coreference, clause: Clause, event: Found) -> Field | None:
    """Where somebody went: the first place after "to" that is not the regime's own; home for a recall."""
    home = home_of(story, event.label)
    if event.kind is EventKind.RECALL:
        return country_name(home), event.words
    if event.kind is not EventKind.DEFECTION:
        return None
    sentence = event.sentence
    first, stop = _reach(sentence, clause)
    mission: Field | None = None
    for noun in sentence.nouns:
        if noun.j <= first or noun.i >= stop or noun.kind not in {"place", "org"}:
            continue
        land = _land(sentence, noun)
        if land is None or land.country == home or _is_mission(noun):
            mission = mission or _mission(sentence, noun, home)
        elif _is_goal(sentence, clause, noun):
            return _went_on(sentence, noun, home) or (place_name(land), span_of(sentence, noun.i, noun.j))
    return (
        mission
        or _given_up_to(sentence, clause, home)
        or _stayed_in(sentence, clause, home)
        or _across(event, clause, home)
    )


_GROUND = word_set(
    "town city village port border capital side soil territory government authorities police army navy troops soldiers custody"
    " hands coast island province camp waters base airport airbase officials intelligence protection"
)


def _land(sentence: Sentence, noun: Noun) -> Place | None:
    """The place that a phrase leads to: a land, a town, "the Lebanese town of", "the Italian government", a base in a town."""
    place = noun.place
    if noun.kind == "place" and place is not None:
        on_it = place.kind is not PlaceKind.DEMONYM or bool(_GROUND & set(sentence.lows(noun.j, noun.j + 2)))
        return place if on_it else None
    if noun.kind != "org" or _is_mission(noun):
        return None
    if place is not None and place.country:
        return place
    governs = noun.country and bool(_GROUND & set(noun.text.lower().split()))
    return Place(country_name(noun.country), noun.country, PlaceKind.COUNTRY) if governs else None


def _is_mission(noun: Noun) -> bool:
    return noun.kind == "org" and bool(_MISSIONS & set(noun.text.lower().split()))


_ONWARD = word_set("arrived went flew came moved continued travelled traveled on brought taken flown crossed made got")


def _went_on(sentence: Sentence, first: Noun, home: str) -> Field | None:
    """Where the way led in the end: "to China in March and reached Seoul in June", "to Turkey and on to France"."""
    last: Field | None = None
    end = first.j
    for noun in sentence.nouns:
        gap = sentence.lows(end, noun.i)
        if noun.i < end or (noun.kind == "pron" and "and" in gap):
            continue
        land = _land(sentence, noun)
        words = [word for word in gap if word not in _SLOW]
        onward = words[-1:] in (["to"], ["in"], ["into"]) and bool(_ONWARD & set(words[-4:-1]))
        if land is None or land.country == home or not _THEN & set(gap) or (_DENIED | _STOPS) & set(gap):
            break
        if onward or words[-1:] in (["reached"], ["reaching"], ["entered"], ["entering"]):
            last, end = (place_name(land), span_of(sentence, noun.i, noun.j)), noun.j
    return last


_THEN = frozenset({"and", "then", "later", "before"})
_SLOW = word_set("the finally eventually south safely")


def _across(event: Found, clause: Clause, home: str) -> Field | None:
    """The South, for those of the North who "arrived" without a place."""
    if home != "KP":
        return None
    rule, sentence = clause.trigger.rule, event.sentence
    arrives = rule.needs == "flight" and rule.verb in {"arrive", "come"}
    over = (
        not event.background
        and "over" in sentence.lows(clause.trigger.i, clause.trigger.j + 1)
        and rule.verb in {"come", "cross", "go"}
    )
    border = sentence.has("across") and sentence.has("border", "line", "zone", "dmz")
    return (country_name("KR"), event.words) if arrives or over or (border and not sentence.has("chinese")) else None


def _given_up_to(sentence: Sentence, clause: Clause, home: str) -> Field | None:
    """The state to whose men somebody gave himself up: "surrendered to Tunisian soldiers"."""
    for noun in sentence.nouns:
        housed = noun.kind == "role" and sentence.lows(noun.j, noun.j + 2)[1:] in (["residence"], ["house"], ["home"])
        if housed and clause.trigger.i < noun.i <= clause.trigger.j + 6 and noun.country not in {"", home}:
            return country_name(noun.country), span_of(sentence, noun.i, noun.j)
    if clause.trigger.rule.verb not in {"give", "surrender", "turn", "hand", "present", "go", "cross", "come"}:
        return None
    for noun in sentence.nouns:
        near = clause.trigger.i < noun.i <= clause.trigger.j + 4
        if (
            near
            and noun.kind == "role"
            and noun.country not in {"", home}
            and "to" in sentence.lows(noun.i - 2, noun.i)
        ):
            return country_name(noun.country), span_of(sentence, noun.i, noun.j)
    return None


def _stayed_in(sentence: Sentence, clause: Clause, home: str) -> Field | None:
    """Where somebody was who did not go home: "who was treated in Germany has not gone back"."""
    if clause.trigger.rule.frame != "notback":
        return None
    for noun in sentence.nouns:
        abroad = noun.kind == "place" and noun.country not in {"", home} and noun.i >= sentence.body_start
        if abroad and noun.place is not None and sentence.lows(noun.i - 1, noun.i) == ["in"]:
            return place_name(noun.place), span_of(sentence, noun.i, noun.j)
    return None


MAX_NOUNS = 200
"""Phrases about one person that are looked at."""
LATER = 4
"""Sentences after an event in which "he is in Qatar" tells where it led."""


def later_destination(story: Coreference, event: Found) -> Field | None:
    """Where somebody is said to be now or to have asylum, abroad: "both are in Qatar", "Britain granted him asylum"."""
    home = home_of(story, event.label)
    for sentence in story.scene.sentences[event.sentence.ix : event.sentence.ix + LATER]:
        for noun in sentence.nouns:
            place = _land(sentence, noun)
            if place is None or place.country == home or noun.i < sentence.body_start:
                continue
            if _holds(sentence, noun) and _is_his(sentence, noun, event):
                return place_name(place), span_of(sentence, noun.i, noun.j)
        here = _here(story, sentence, event)
        if here is not None and here[0].country not in {"", home}:
            return place_name(here[0]), here[1]
    return _host(story, event, home)


def _host(story: Coreference, event: Found, home: str) -> Field | None:
    """The country of post of an envoy who asks for asylum or stays, where the report names no other."""
    if not event.sentence.has("asylum", "refuge"):
        return None
    for sentence, noun in story.profile(event.label).nouns[:MAX_NOUNS]:
        envoy = noun.role is not None and noun.role.sector == "diplomatic"
        if envoy and noun.place is not None and noun.place_at is not None and noun.place.country not in {"", home}:
            return country_name(noun.place.country), span_of(sentence, *noun.place_at)
    first = story.scene.sentences[0]
    for noun in first.nouns:
        if noun.j <= first.body_start and noun.place is not None and noun.place.country not in {"", home}:
            return country_name(noun.place.country), span_of(first, noun.i, noun.j)
    return None


def home_of(story: Coreference, label: str) -> str:
    """The regime somebody belongs to; an envoy is not of the country in which he serves."""
    profile = story.profile(label)
    posts = {
        noun.place.country for _, noun in profile.nouns[:MAX_NOUNS] if noun.place is not None and noun.role is not None
    }
    return story.regime if not profile.country or (profile.country in posts and story.regime) else profile.country


_STAYS = word_set(
    "living lives lived live stay stays staying stayed remain remains remained hiding hidden arrived landed surfaced appeared"
    " settled safe exile is are was were been be now still shelter asylum refuge protection custody safety"
)
_TURNS_UP = word_set("lives living sheltered arrived landed surfaced settled turned living asylum refuge shelter")
_WENT = word_set(
    "fled flew flown taken moved went gone come came crossed escaped brought got headed defected slipped drove driven travelled"
    " sailed way made reached evacuated smuggled spirited transferred"
)
_ASYLUM = word_set("asylum refuge protection shelter custody care")
_GIVES = word_set("granted gave given offered grants gives accepted admitted")
_DENIED = word_set(
    "not n't never no may might could would will wants hopes refused whether if denied post ambassador embassy served"
)


def _holds(sentence: Sentence, noun: Noun) -> bool:
    """Whether the words around a place make it where somebody went or is."""
    words = sentence.lows(noun.i - 7, noun.i)
    while words and words[-1] in {"the", "a", "neighbouring", "neighboring", "nearby", "northern", "southern"}:
        words = words[:-1]
    while noun.kind == "org" and len(words) > 4 and words[-1] not in {"at", "in", "to", "by", "of"}:
        words = words[:-1]
    after = sentence.lows(noun.j, noun.j + 6)
    if any(after[k : k + 2] in _TAKES_IN for k in range(3)):
        return True
    if not words or _DENIED & set(words):
        return bool(_GIVES & set(after[:2]) and _ASYLUM & set(after))
    preposition, before = words[-1], set(words[-4:-1])
    return (
        (
            preposition in {"in", "at", "near", "outside"}
            and bool(_STAYS & set(words[-3:-1]) or _TURNS_UP & set(words[-6:-1]))
        )
        or (preposition in {"in", "by", "from", "of"} and bool(_ASYLUM & before))
        or (preposition in {"to", "into", "for"} and bool(_WENT & before))
        or (preposition in {"reached", "entered"})
        or (preposition == "asked" and "for" in after and bool(_ASYLUM & set(after)))
        or (bool(_GIVES & set(after[:2])) and bool(_ASYLUM & set(after)))
    )


_TAKES_IN = (["taken", "in"], ["took", "in"], ["let", "in"], ["admitted", "him"], ["sheltered", "him"])
_THEM = frozenset({"all of them", "they", "them", "both"})


def _is_his(sentence: Sentence, noun: Noun, event: Found) -> bool:
    """Whether the one concerned is the last spoken of before a place, or the only one in its sentence."""
    holders = [other for other in sentence.nouns if other.j <= noun.i and other.is_person and other.kind != "kin"]
    if holders:
        last = holders[-1]
        group = last.plural and last.kind == "role" and event.actor is not None and event.actor.i > last.i
        return last.label == event.label or last.text in _THEM or (group and sentence is event.sentence)
    others = {other.label for other in sentence.nouns if other.is_person and other.label}
    return others == {event.label}


def _here(story: Coreference, sentence: Sentence, event: Found) -> tuple[Place, tuple[int, int]] | None:
    """The place of the dateline, for "landed here", "arrived here", "is staying here"."""
    first = story.scene.sentences[0]
    place = next((noun.place for noun in first.nouns if noun.place is not None and noun.j <= first.body_start), None)
    if place is None:
        return None
    for k, token in enumerate(sentence.tokens):
        if token.low == "here" and (_STAYS | _WENT) & set(sentence.lows(k - 2, k)):
            holders = [other for other in sentence.nouns if other.j <= k and other.is_person]
            if holders and holders[-1].label == event.label:
                return place, (token.start, token.end)
    return None


def _reach(sentence: Sentence, clause: Clause) -> tuple[int, int]:
    """The words among which the destination of a verb stands."""
    tokens, trigger = sentence.tokens, clause.trigger
    stop = next((k for k in range(trigger.j, len(tokens)) if tokens[k].low in _STOPS), len(tokens))
    before = {"to"} & set(sentence.lows(trigger.i - 1, trigger.i))
    early = "way" in clause.chain or before or "for" in sentence.lows(trigger.i, trigger.j)
    return (max(0, clause.start - 4) if early else trigger.i), stop


_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation"})


def _mission(sentence: Sentence, noun: Noun, home: str) -> Field | None:
    """The state whose embassy somebody went to."""
    if noun.kind == "org" and noun.country not in {"", home} and _MISSIONS & set(noun.text.lower().split()):
        return country_name(noun.country), span_of(sentence, noun.i, noun.j)
    return None


def _is_goal(sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether a place is where the verb leads, by the preposition before it."""
    trigger = clause.trigger
    before = sentence.lows(noun.i - 1, noun.i)
    if before in (["the"], ["a"], ["neighbouring"], ["neighboring"], ["nearby"]):
        before = sentence.lows(noun.i - 2, noun.i - 1)
    words = set(sentence.lows(trigger.i, trigger.j))
    preposition = before[0] if before else ""
    if preposition in _AFTER_TO:
        return True
    if {"asylum", "refuge"} & words:
        return preposition in {"in", "at"} or trigger.i <= noun.i <= trigger.j
    reached = trigger.rule.verb == "reach" and noun.i <= trigger.i + 2
    lands = preposition == "at" and trigger.rule.verb == "land"
    return reached or lands or (preposition == "in" and trigger.rule.needs in {"flight", "abroad"})


def place_name(place: Place) -> str:
    """The country of a city; a region by its own name."""
    return place.name if place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION} else country_name(place.country)
