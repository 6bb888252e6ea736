"""Whether a journey is a flight: where it leads, who goes along, how it is done, and what the report is about.

The words of travel ("came to", "has left", "is in") say nothing by themselves. Each sign of a flight adds to a
weight, each sign of official business takes from it; see :func:`weight`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference
from ostraka.read.grammar import PREPOSITIONS, REPORTING
from ostraka.read.noun import Noun
from ostraka.read.places import PlaceKind, is_regime, leaders
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger

ENOUGH = 2.0
"""Weight from which a journey is a flight."""
REACH = 16
"""Words after the verb in which its circumstances stand."""

MANY = 3
"""More sentences that faintly speak of flight than this make it the theme of a report."""

_THEME = word_set(
    "defect defects defected defecting defection defections defector defectors asylum fled flee flees fleeing fugitive fugitives"
    " desertion desertions deserter deserters deserted turncoat turncoats renegade renegades exile exiles exiled escape escaped escapes"
    " escapee escapees traitor traitors treason betrayed betrayal refuge sanctuary allegiance loyalties sides rebels uprising revolt"
    " disloyal scum runaway runaways debriefed interrogators"
)
_FAINT_THEME = word_set(
    "loyal loyalty resign resigns resigned resigning protest protesters opposition revolution missing vanished disappeared coup"
)
_AIRCRAFT = word_set(
    "mig migs mig-15 mig-17 mig-19 mig-21 mig-23 mig-25 mig-29 mirage mirages sukhoi jet jets plane aircraft helicopter fighter fighters bomber"
)
_STEALTH = _AIRCRAFT | word_set(
    "secretly quietly overnight night disguise disguised boat dinghy raft speedboat smuggled smuggler smugglers hidden stolen commandeered"
    " forged false unnoticed darkness dark foot minders guards guard swimming protection protected lorry truck trunk boot cash dollars documents files family families"
)
_FALLEN = word_set(
    "deposed ousted removed dismissed sacked toppled exile asylum rebels fleeing fled resigned disgraced recalled recall purge purged"
    " resigning resign resigns quit quits fear fearing feared arrest punishment execution overthrown fired"
)
_BUSINESS = word_set(
    "visit visits visited visiting talks summit meeting meetings trip tour conference delegation negotiations ceremony session inspect"
    " inspection attend attended attending congress festival funeral olympics games school studied study studies holiday holidays hearing"
    " lecture concert match tournament negotiate talk posted appointed posting inaugurate opening anniversary"
    " letter met meets deal truce bought medal returned hosts counterpart summer-school accompanied accompany interview guest guests honeymoon conscript born grew visitors"
)
_ELSEWHERE = word_set(
    "rebels opposition asylum border frontier exile abroad dmz demilitarized demilitarised west south safety freedom"
)
_LEADS = word_set("to into in for at towards toward via reached through by inside over on out")
_FURTIVE = word_set(
    "cross slip swim sneak steal wade crawl hike climb paddle drift parachute hijack escape smuggle trek surface resurface emerge turn"
)
_CARRIED = frozenset({"fly", "take", "bring", "drive", "smuggle", "move", "escape"})
_SETTLED = frozenset({"live", "be", "settle", "stay", "remain", "hide", "shelter", "lodge"})


@dataclass(frozen=True, slots=True)
class Case:
    """What a need is judged on: the report, the sentence, the clause, what is known of the actor."""

    story: Coreference
    sentence: Sentence
    clause: Clause
    profile: Profile

    @property
    def origin(self) -> str:
        """Code of the regime of the actor."""
        return self.profile.country or self.story.regime

    @property
    def trigger(self) -> Trigger:
        """The words that say it."""
        return self.clause.trigger

    @property
    def stop(self) -> int:
        """Where the circumstances of the verb end."""
        tokens, first = self.sentence.tokens, self.trigger.j
        last = min(len(tokens), first + REACH)
        return next((k for k in range(first, last) if tokens[k].low in _ENDS), last)


_ENDS = (REPORTING - {"that", "learned", "knew", "thought", "believed"}) | {";", ":", "but", "while", "whereas"}


def warm(story: Coreference) -> None:
    """Note beside each sentence how much it and its neighbours speak of flight."""
    levels = [_level(sentence) for sentence in story.scene.sentences]
    everywhere = 0.5 if max(levels, default=0.0) >= 1.0 or sum(level > 0 for level in levels) > MANY else 0.0
    for at, sentence in enumerate(story.scene.sentences):
        sentence.heat = max(everywhere, *levels[max(0, at - 1) : at + 2])


def _level(sentence: Sentence) -> float:
    words = sentence.words
    if not words.isdisjoint(_THEME):
        return 1.0
    return 0.0 if words.isdisjoint(_FAINT_THEME) else 0.5


def is_flight(case: Case) -> bool:
    """Whether a journey by somebody is a flight."""
    return weight(case) >= ENOUGH


def weight(case: Case) -> float:
    """How much speaks for a flight.

    Parameters
    ----------
    case : Case

    Returns
    -------
    float
        Points: one each for a foreign goal, kin along, stealth, a fall from power before, the theme of the
        report near by; one more for the South where the regime is the North; two against for official business
        and for a way home, one against for somebody of whom nothing is known.
    """
    sentence, trigger, profile = case.sentence, case.trigger, case.profile
    words = set(sentence.lows(max(case.clause.start - 4, sentence.body_start), case.stop))
    if trigger.rule.verb in _ALSO_OTHER and not _moves(case):
        return 0.0
    led = max(_leads(case, words), _goes_out(case))
    points = (
        led + sentence.heat + 1.0 * ("way" in sentence.lows(trigger.i, trigger.i + 5) and trigger.rule.verb == "be")
    )
    points += (
        1.0 * _has_kin_along(case)
        + 1.0 * (bool(words & _STEALTH) or _has_aircraft(list(words)))
        + 1.0 * sentence.has(*_FALLEN)
    )
    points -= 2.0 * bool(words & _BUSINESS) + 3.0 * _leads_home(case)
    points -= 1.0 * (not profile.country and profile.tier > 4 and not profile.elite)
    points += 0.5 * (trigger.rule.verb == "be" and profile.tier < 4 and _is_since(case))
    points += 0.5 * (trigger.rule.verb == "be" and sentence.has("vanished", "disappeared", "missing"))
    points -= 2.0 * (profile.label in leaders() and not sentence.has(*_FALLEN))
    points += 1.0 * (trigger.rule.verb in _FURTIVE or (case.clause.passive and trigger.rule.verb in _CARRIED))
    points += 0.5 * (profile.tier < 4) + 0.5 * (profile.sector in {"military", "security"})
    if trigger.rule.verb in _SETTLED:
        points -= 1.0 * (not profile.named and profile.tier > 3) + 0.5 * (led < 2)
    if trigger.rule.verb == "live" and not _SINCE & set(sentence.lows(case.clause.start - 3, case.stop)):
        points -= 0.5
    secret = bool(words & _STEALTH) and _has_kin_along(case)
    return points if led or secret or {"off", "away"} & words else 0.0


def _is_since(case: Case) -> bool:
    """Whether somebody has been somewhere since a month or a year: no visit lasts so long."""
    rows = (row for row in case.sentence.dates if case.trigger.i < row.i < case.stop)
    return any(row.mention.kind == "since" and not _WEEKDAYS & set(case.sentence.lows(row.i, row.j)) for row in rows)


_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday yesterday today")
_SINCE = word_set("now since where today who hidden hiding")
_ALSO_OTHER = frozenset({"run", "show", "make", "steal", "set", "move", "pass", "turn", "end", "row", "jump", "take"})
_PARTICLES = word_set("out away off up back across over along down home north south west east")


def _moves(case: Case) -> bool:
    """Whether a verb that can mean other things is one of motion here: a preposition or a particle follows."""
    at = case.trigger.i + 1
    if case.trigger.j > at:
        return True
    named = any(noun.i == at and noun.kind in {"place", "org"} for noun in case.sentence.nouns)
    return not named and bool((PREPOSITIONS | _PARTICLES) & set(case.sentence.lows(at, at + 1)))


def _leads(case: Case, words: set[str]) -> float:
    """One for a goal that is not the regime's own, two for the South if that is where the regime's people flee to."""
    for noun in case.sentence.nouns:
        if noun.i < case.trigger.i or noun.i >= case.stop or noun.kind not in {"place", "org"}:
            continue
        if _is_goal(case, noun):
            return 2.0 if noun.country == "KR" and case.origin == "KP" else 1.0
    if _is_where(case):
        return 1.0
    third = "third" in words and bool({"country", "nation"} & words)
    if third:
        return 1.5
    if _ELSEWHERE & set(case.sentence.lows(case.trigger.i, case.stop)):
        return 1.0
    return _comes_where_spoken_of(case) or 0.75 * _goes_to_unknown(case)


def _is_where(case: Case) -> bool:
    """Whether it is told of a foreign place: "in Saudi Arabia, where X had surfaced"."""
    sentence, start = case.sentence, case.clause.start
    at = next((k for k in range(start - 1, max(start - 14, -1), -1) if sentence.tokens[k].low == "where"), None)
    if at is None:
        return False
    place = next((noun for noun in reversed(sentence.nouns) if noun.j <= at and noun.kind == "place"), None)
    return place is not None and at - place.j <= 1 and place.country not in {"", case.origin}


def _goes_to_unknown(case: Case) -> bool:
    """Whether a capitalised word that we have no place for stands where a goal would."""
    tokens = case.sentence.tokens
    known = case.sentence.dated.union(*(range(noun.i, noun.j) for noun in case.sentence.nouns))
    return any(
        tokens[k].text[0].isupper()
        and k not in known
        and (tokens[k - 1].low in {"to", "into"} or (k == case.trigger.j and case.trigger.rule.verb == "reach"))
        for k in range(case.trigger.j, case.stop)
    )


_MODEL = re.compile(r"(?:mig|mi|il|yak|su|an|tu|ka|f|j)-?\d+\w*|cessna|antonov|ilyushin|yak|boeing")


def _has_aircraft(words: list[str]) -> bool:
    """Whether an aircraft is named, by kind or by model."""
    return any(word in _AIRCRAFT or _MODEL.fullmatch(word) for word in words)


def _goes_out(case: Case) -> float:
    """One for "walked out of the embassy", "has gone" near talk of flight."""
    sentence, trigger = case.sentence, case.trigger
    near = sentence.lows(trigger.i + 1, trigger.i + 6)
    if trigger.rule.verb == "cross" and sentence.heat >= 1 and near[:1] != ["the"]:
        return 1.0
    if "out" in near[:2] and "country" in near:
        return 2.0
    if trigger.rule.verb in {"fly", "land"} and _has_aircraft(sentence.lows(trigger.i, case.stop)):
        return 1.0
    if near[:1] in (["out"], ["away"], ["from"]) and _POSTS & set(near):
        return 1.0
    gone = trigger.rule.verb == "go" and trigger.rule.form == "part" and near[:1] != ["to"]
    return 1.0 if gone and sentence.heat >= 1 and case.profile.tier < 4 else 0.0


def _is_goal(case: Case, noun: Noun) -> bool:
    place = noun.place
    if noun.country in {"", case.origin} or (
        noun.kind == "place" and place is not None and place.kind is PlaceKind.DEMONYM
    ):
        return False
    if noun.kind == "org" and not _is_mission(noun):
        return False
    k = noun.i - 1
    while k > case.trigger.i and (
        case.sentence.tokens[k].low.endswith("ern")
        or case.sentence.tokens[k].low
        in {
            "the",
            "a",
            "an",
            "nearby",
            "neighbouring",
            "neighboring",
        }
    ):
        k -= 1
    leads = k == case.trigger.i or case.sentence.tokens[k].low in _LEADS
    return leads and not _is_posted_to(case.profile, noun.country)


def _is_mission(noun: Noun) -> bool:
    return bool({"embassy", "consulate", "mission", "legation"} & set(noun.text.lower().split()))


def _is_posted_to(profile: Profile, country: str) -> bool:
    """Whether somebody serves in a country: to be there is then no flight."""
    return country != "KR" and any(
        noun.place is not None and noun.place.country == country for _, noun in profile.nouns if noun.kind != "place"
    )


def _leads_home(case: Case) -> bool:
    """Whether the way leads to the regime's own country."""
    lows = case.sentence.lows(case.trigger.i, case.stop)
    if "home" in lows[1:4]:
        return True
    return any(
        noun.kind == "place"
        and noun.country == case.origin
        and case.sentence.lows(noun.i - 1, noun.i) in (["to"], ["into"])
        for noun in case.sentence.nouns
        if case.trigger.i < noun.i < case.stop
    )


def _comes_where_spoken_of(case: Case) -> float:
    """Two if somebody "arrived" and the South was spoken of just before."""
    sentence, trigger = case.sentence, case.trigger
    if case.origin != "KP" or trigger.rule.verb not in {"arrive", "come"} or trigger.rule.form == "ing":
        return 0.0
    if any(noun.kind == "place" and noun.country and trigger.i < noun.i < trigger.i + 6 for noun in sentence.nouns):
        return 0.0
    before = case.story.scene.sentences[max(0, sentence.ix - 2) : sentence.ix + 1]
    return 2.0 * any(
        noun.kind in {"place", "org"} and noun.country == "KR" and (other is not sentence or noun.i < trigger.i)
        for other in before
        for noun in other.nouns
    )


def _has_kin_along(case: Case) -> bool:
    """Whether "with his wife", "and their children" stands after the verb, or kin are among the subjects."""
    if any(noun.kind == "kin" for noun in case.clause.subjects[1:]):
        return True
    return any(
        noun.kind == "kin"
        and case.trigger.i < noun.i < case.stop
        and bool({"with", "and", "by", "behind", "leaving", "taking"} & set(case.sentence.lows(noun.i - 3, noun.i)))
        for noun in case.sentence.nouns
    )


def leaves(case: Case) -> bool:
    """Whether somebody leaves a post or a country for good: by what is left, and the other signs of a flight."""
    sentence, trigger, profile = case.sentence, case.trigger, case.profile
    near = sentence.lows(trigger.j, trigger.j + 5)
    words = set(sentence.lows(max(case.clause.start - 4, sentence.body_start), case.stop))
    left = _left(case, near)
    plain = not words & (_STEALTH | _FALLEN) and not _has_kin_along(case)
    if left < 1 and near[:1] == ["for"] and plain and "asylum" not in words:
        return False
    points = left + sentence.heat + _leads(case, words) + 1.0 * _has_kin_along(case)
    points += 1.0 * bool(words & _STEALTH or "behind" in words) + 1.0 * bool(words & _FALLEN)
    points += 0.5 * any(n.place is not None and n.place.country not in {"", case.origin} for _, n in profile.nouns)
    points -= 2.0 * bool(words & _BUSINESS) + 2.0 * (profile.label in leaders() and not sentence.has(*_FALLEN))
    points += 0.5 * (case.clause.relative and profile.tier < 4)
    unknown = not profile.country and profile.tier > 4
    points -= (0.5 if profile.named and left > 1 else 1.0) * unknown
    return left > 0 and points >= ENOUGH


_OWN = word_set("country homeland fatherland motherland nation")
_POSTS = word_set(
    "post posts cabinet government regime army job desk hospital ministry unit ship embassy consulate mission compound command barracks"
    " party service side ranks office station position residence island capital system junta leader ruler"
)


def _left(case: Case, near: list[str]) -> float:
    """Two for the country, one and a half for a post or a side, half where nothing is named; 0 for other things."""
    sentence, trigger = case.sentence, case.trigger
    for noun in sentence.nouns:
        if trigger.i < noun.i <= trigger.j + 1 and noun.kind == "place" and noun.place is not None:
            if noun.country == case.origin and noun.place.kind is not PlaceKind.DEMONYM:
                return 2.5 if noun.place.kind is PlaceKind.COUNTRY else 1.0
            if noun.place.kind is not PlaceKind.DEMONYM:
                return 1.0 if _is_posted_to(case.profile, noun.country) or not is_regime(noun.country) else 0.5
        if trigger.i < noun.i <= trigger.j + 1 and noun.name in leaders():
            return 2.0
    short = near[:4]
    ends = next(
        (k for k, word in enumerate(short) if word in {",", ".", ";", "and", "for", "with", "to", "in", "on"}), 4
    )
    told = set(short[:ends])
    if told & _OWN:
        return 2.5
    if told & _POSTS or (told == {"it"} and sentence.has("embassy", "mission", "post", "consulate", "ministry")):
        return 1.5
    return (
        0.5
        if not told - {"his", "her", "the", "some", "earlier", "last", "this", "secretly", "already", "together"}
        else 0.0
    )
