"""What is let through as an event of an elite: who, of which regime, and not another matter altogether.

Ordinary refugees, members who change parties in a democracy, players who change clubs, cars called back to the
works and generals in novels use the same words; the gate keeps them out by who acts and by what else the
report speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.coreference import Coreference, Profile
from ostraka.read.noun import Noun
from ostraka.read.places import PlaceKind, is_regime, leaders, read_table
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Rule, Trigger

_WORD = re.compile(r"[a-z][a-z'-]+")
_MISSION = frozenset({"embassy", "consulate", "mission", "compound"})


@cache
def _matters() -> dict[str, frozenset[str]]:
    return {name: frozenset(row["words"]) for name, row in read_table("matters.toml").items()}


def is_other_matter(text: str) -> bool:
    """Whether a report is about sport, products, fiction or party life, in which our words mean something else.

    Examples
    --------
    >>> is_other_matter("The club's striker left after the season; the coach said fans of the league understood.")
    True
    """
    words = set(_WORD.findall(text[:20_000].lower()))
    limits = {name: row["least"] for name, row in read_table("matters.toml").items()}
    return any(len(words & own) >= limits[name] for name, own in _matters().items())


@cache
def nominal_rule(kind: EventKind) -> Rule:
    """The rule under which an event told by a noun passes the gate."""
    return Rule(kind, "noun", "elite", str(kind), "noun", (), "", "")


def is_named_elite(story: Coreference, profile: Profile) -> bool:
    """Whether somebody named may belong to an elite: of a regime, or of nobody's that is known."""
    return profile.named and (is_regime(profile.country) or not profile.country) and bool(story.regime)


def admits(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether an event with this actor is one of ours."""
    profile = story.profile(noun.label)
    if noun.det == "no" or not is_regime(profile.country or story.regime):
        return False
    if _is_mere_kin(clause, noun, profile) or not _is_elite(story, profile):
        return False
    if _changes_party(sentence, clause, profile) or _is_consulted(sentence, clause):
        return False
    group = noun if noun.kind != "pron" or not profile.nouns else profile.nouns[0][1]
    if (noun.plural or profile.plural) and _is_count(sentence, group):
        return False
    return _NEEDS[clause.trigger.rule.needs](Case(story, sentence, clause, profile))


_POLITICIANS = word_set(
    "mp mps lawmaker lawmakers senator senators deputy legislator legislators governor mayor councillor councillors"
)
_PARTY_LIFE = word_set("party coalition bench benches caucus faction pdp apc akp")
_OUT = word_set("asylum fled exile rebels uprising abroad embassy regime refuge border revolt")


def _changes_party(sentence: Sentence, clause: Clause, profile: Profile) -> bool:
    """Whether a politician goes from party to party, which is no flight from a regime."""
    if clause.trigger.rule.kind is not EventKind.DEFECTION or (
        not profile.called & _POLITICIANS and not profile.plural
    ):
        return False
    words = {token.low for token in sentence.tokens}
    return bool(words & _PARTY_LIFE) and not words & _OUT


def _is_consulted(sentence: Sentence, clause: Clause) -> bool:
    """Whether an ambassador is called home for talks, a gesture between states."""
    return clause.trigger.rule.kind is EventKind.RECALL and sentence.has("consultation", "consultations")


def _is_mere_kin(clause: Clause, noun: Noun, profile: Profile) -> bool:
    """Whether unnamed kin are arrested: that is punishment of the family, no purge of an elite."""
    kind = clause.trigger.rule.kind
    return kind is EventKind.PURGE and not profile.named and profile.tier > 4 and noun.kind == "kin"


_ARMED = frozenset({"military", "security", "diplomatic"})


def _is_elite(story: Coreference, profile: Profile) -> bool:
    """Whether somebody belongs to an elite: by a role, a body, a rank, kin, or as somebody named without any of these."""
    roles = [noun for _, noun in profile.nouns if noun.role is not None]
    if any(noun.elite or noun.body is not None for noun in roles) or (profile.offices and profile.elite):
        return profile.elite or any(noun.role is not None and noun.role.tier for noun in roles)
    if any(noun.role is not None and noun.role.tier and noun.country for noun in roles):
        told = (noun.role for noun in roles if noun.role is not None)
        return any(
            role.sector in _ARMED or (role.tier in {1, 2, 3} and not (role.plain and role.sector == "other"))
            for role in told
            if role.tier
        )
    if any(noun.kind == "kin" for _, noun in profile.nouns):
        return profile.named or _has_great_kin(story, profile)
    if roles:
        return profile.elite or (profile.named and any(noun.role is not None and noun.role.tier for noun in roles))
    return profile.named or profile.elite


def _has_great_kin(story: Coreference, profile: Profile) -> bool:
    """Whether somebody is kin of one of the elite."""
    for _, noun in profile.nouns:
        if noun.kind != "kin" or noun.owner is None:
            continue
        owner = story.profiles.get(noun.owner.label)
        if noun.owner.label in leaders() or (owner is not None and (owner.tier < 5 or owner.elite or owner.named)):
            return True
    return False


def _is_count(sentence: Sentence, noun: Noun) -> bool:
    """Whether a group is counted over a period rather than seen to act once."""
    before = sentence.lows(max(0, noun.i - 3), noun.i)
    kinds = {row.mention.kind for row in sentence.dates if row.i >= sentence.body_start}
    if (
        kinds & {"day", "weekday", "month", "week", "half", "quarter", "season"}
        and not kinds & {"since", "past", "recent", "decade", "range", "until", "by"}
        and noun.low is not None
    ):
        return False
    if {"least", "over", "than", "some", "about", "around", "nearly", "almost", "approximately"} & set(
        before
    ) or noun.det in {"some", "many", "several"}:
        return True
    if noun.low is None:
        return True
    return bool(kinds & {"since", "past", "recent", "decade", "range"})


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


def _plain(case: Case) -> bool:
    also = case.trigger.rule.also
    if also == "abroad":
        return case.profile.tier < 5 or case.profile.elite
    return also != "regime" or _mentions_regime(case.sentence, case.trigger.i)


def _expelled_by_party(case: Case) -> bool:
    ix = case.sentence.ix
    near = case.story.scene.sentences[max(0, ix - 2) : ix + 1]
    told = any(token.low == "party" for other in near for token in other.tokens)
    return told and case.profile.sector != "diplomatic"


def _comes_south(case: Case) -> bool:
    settled = case.trigger.rule.verb in {"live", "be", "settle", "stay"}
    if case.origin != "KP" or (settled and not (case.profile.named or case.profile.tier < 4)):
        return False
    return _reaches_south(case.story, case.sentence, case.trigger.i)


_RECORDS = frozenset({"first", "latest", "highest", "most", "second", "third"})


def _gets_post(case: Case) -> bool:
    trigger, sentence = case.trigger, case.sentence
    if trigger.rule.verb == "make" and not case.clause.passive:
        return False
    if _RECORDS & set(sentence.lows(trigger.i, trigger.j + 2)):
        return False
    posts = (noun for noun in sentence.nouns if noun.i >= trigger.i and noun.role is not None and noun.role.tier > 0)
    return case.profile.tier < 5 or any(True for _ in posts)


_PROTEST = word_set(
    "protest protesters protests war killing killings violence crackdown coup dictatorship crime crimes shelling bloodshed uprising revolt rebels"
    " revolution repression massacre invasion conscience rigged stolen tanks fraud opposition defected defection"
)


def _in_protest(story: Coreference, sentence: Sentence) -> bool:
    """Whether a resignation is told beside what it may be in protest at."""
    near = story.scene.sentences[max(0, sentence.ix - 3) : sentence.ix + 4]
    return any(_PROTEST & {token.low for token in other.tokens} for other in near)


def _is_abroad(sentence: Sentence, at: int, origin: str) -> bool:
    """Whether a country that is not the regime's own, or a side against it, stands near the verb."""
    stop = at + 10
    if any(
        noun.kind == "place" and noun.country and noun.country != origin and at < noun.i < stop
        for noun in sentence.nouns
    ):
        return not sentence.lows(at, at + 1)[0].startswith(("live", "living")) or "since" in sentence.lows(at, stop)
    return _mentions_regime(sentence, at)


def _goes_into_exile(case: Case) -> bool:
    """Whether an arrival abroad is a flight: with kin, by one already fallen, or by stealth."""
    sentence, clause, profile = case.sentence, case.clause, case.profile
    origin = case.origin
    if not any(
        noun.kind == "place" and noun.country not in {"", origin} and clause.trigger.i < noun.i < clause.trigger.j + 6
        for noun in sentence.nouns
    ):
        return False
    if case.story.is_timeline and profile.named:
        return True
    words = {token.low for token in sentence.tokens}
    kin = any(
        noun.kind == "kin"
        and clause.trigger.i < noun.i < clause.trigger.j + 12
        and {"with", "and"} & set(sentence.lows(noun.i - 2, noun.i))
        for noun in sentence.nouns
    )
    return (
        (kin or bool(words & _FALLEN))
        and (profile.named or profile.tier < 5)
        and not words & {"visit", "talks", "summit", "meeting", "trip"}
    )


_FALLEN = word_set(
    "deposed ousted removed dismissed sacked toppled exile asylum rebels fleeing fled speedboat secretly smuggled resigned disguise"
)


def _mentions_regime(sentence: Sentence, at: int) -> bool:
    """Whether what follows is the leader, the government, the rebels: a side that one can break with."""
    stop = min(len(sentence.tokens), at + 9)
    words = set(sentence.lows(at, stop))
    if words & {
        "regime",
        "government",
        "ruler",
        "leader",
        "president",
        "rebels",
        "opposition",
        "party",
        "authorities",
        "junta",
        "kremlin",
    }:
        return True
    return any(noun.name in leaders() for noun in sentence.nouns if at <= noun.i < stop)


def _place_after(sentence: Sentence, at: int, codes: set[str]) -> bool:
    return any(noun.kind == "place" and noun.country in codes and at < noun.i < at + 9 for noun in sentence.nouns)


def _reaches_south(story: Coreference, sentence: Sentence, at: int) -> bool:
    """Whether somebody comes to the South: told after the verb, or before it where only "arrived" is said."""
    if _place_after(sentence, at, {"KR"}):
        return True
    before = story.scene.sentences[max(0, sentence.ix - 2) : sentence.ix + 1]
    elsewhere = any(noun.kind == "place" and noun.country and at < noun.i < at + 6 for noun in sentence.nouns)
    return (
        not elsewhere
        and sentence.tokens[at].low.startswith("arriv")
        and any(
            noun.kind == "place" and noun.country == "KR" and (other is not sentence or noun.i < at)
            for other in before
            for noun in other.nouns
        )
    )


def _goes_away(case: Case) -> bool:
    """Whether a journey is a flight: out of the country or to the other side; by air only with kin or a war plane."""
    sentence, trigger = case.sentence, case.trigger
    stop = trigger.j + 10
    words = set(sentence.lows(trigger.i, stop))
    abroad = any(
        noun.kind == "place" and trigger.i < noun.i < stop and noun.country != case.origin for noun in sentence.nouns
    )
    flown = trigger.rule.verb in {"fly", "land"}
    fled = bool(_AIRCRAFT & words) or sentence.has("family", "families", "asylum")
    return (abroad or bool(words & _ELSEWHERE)) and (fled or not flown)


_ELSEWHERE = frozenset({"rebels", "opposition", "asylum", "border", "frontier"})
_AIRCRAFT = word_set(
    "mig migs mig-15 mig-19 mig-21 mig-25 mig-29 mirage mirages sukhoi jet jets plane aircraft helicopter fighter fighters"
    " bomber"
)


def _leaves(case: Case) -> bool:
    sentence, clause, profile = case.sentence, case.clause, case.profile
    origin = case.origin
    trigger = clause.trigger
    words = set(sentence.lows(trigger.i, trigger.j + 4))
    named = any(
        noun.kind == "place"
        and noun.country == origin
        and noun.place is not None
        and noun.place.kind is not PlaceKind.DEMONYM
        and trigger.i < noun.i <= trigger.j
        for noun in sentence.nouns
    )
    if named or "country" in words:
        return bool(words & {"family", "wife", "children", "behind", "secretly"}) or (
            profile.tier < 5 and "for" not in words
        )
    posts = words & {
        "post",
        "posts",
        "cabinet",
        "government",
        "regime",
        "army",
        "job",
        "desk",
        "hospital",
        "ministry",
        "unit",
        "ship",
    }
    return bool(words & _MISSION or posts) and (profile.tier < 5 or profile.elite) and "for" not in words - {"for good"}


_NEEDS: Mapping[str, Callable[[Case], bool]] = {
    "": _plain,
    "elite": _plain,
    "protest": lambda case: case.profile.tier < 5 and _in_protest(case.story, case.sentence),
    "abroad": lambda case: _is_abroad(case.sentence, case.trigger.i, case.origin),
    "exile": _goes_into_exile,
    "partyexpel": _expelled_by_party,
    "away": _goes_away,
    "south": _comes_south,
    "third": lambda case: case.sentence.lows(case.trigger.j, case.trigger.j + 1) == ["third"],
    "leaving": _leaves,
    "home": lambda case: bool(case.trigger),
    "post": _gets_post,
    "leader": lambda case: bool(case.trigger),
}
"""What else each rule asks for, by the word in the table of triggers."""
