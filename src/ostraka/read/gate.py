"""What is let through as an event of an elite: who, of which regime, and not another matter altogether.

Ordinary refugees, members who change parties in a democracy, players who change clubs, cars called back to the
works and generals in novels use the same words; the gate keeps them out by who acts and by what else the
report speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from ostraka.model import EventKind
from ostraka.read.arguments import Clause
from ostraka.read.careers import gets_post, is_for_health, resigns
from ostraka.read.coreference import Coreference
from ostraka.read.flight import Case, is_flight, leaves
from ostraka.read.grammar import BE
from ostraka.read.hands import is_strange
from ostraka.read.homeward import goes_home, is_called_home
from ostraka.read.meant import SPOKESMEN
from ostraka.read.noun import Noun
from ostraka.read.places import is_regime, leaders, read_table
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report
from ostraka.read.triggers import Rule

_WORD = re.compile(r"[a-z][a-z'-]+")


@cache
def _matters() -> dict[str, frozenset[str]]:
    return {name: frozenset(row["words"]) for name, row in read_table("matters.toml").items()}


@lru_cache(maxsize=1)
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
    return Rule(kind, "noun", "elite", str(kind), "noun")


def is_named_elite(story: Coreference, profile: Profile) -> bool:
    """Whether somebody named may belong to an elite: of a regime, or of nobody's that is known."""
    return profile.named and (is_regime(profile.country) or not profile.country) and bool(story.regime)


def admits(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether an event with this actor is one of ours."""
    profile = story.profile(noun.label)
    if noun.det == "no" or "no" in sentence.lows(noun.i - 2, noun.i) or not is_regime(profile.country or story.regime):
        return False
    suffers = clause.trigger.rule.frame == "done" and profile.sector in _ARMED | {"party"}
    comes = clause.trigger.rule.kind is EventKind.APPOINTMENT and profile.named and profile.called <= _PLAIN
    known = is_of_elite(story, profile) or (suffers and not profile.country) or comes
    if _is_mere_kin(clause, noun, profile) or not known:
        return False
    if clause.trigger.rule.kind in _AWAY and noun.kind == "pron" and not profile.called.isdisjoint(SPOKESMEN):
        return False
    if _is_another_matter(story, sentence, clause, noun):
        return False
    group = noun if noun.kind != "pron" or not profile.nouns else profile.nouns[0][1]
    if noun.kind != "pron" and (noun.plural or profile.plural) and _is_count(sentence, group, suffers=suffers):
        return False
    return _NEEDS[clause.trigger.rule.needs](Case(story, sentence, clause, profile))


_AWAY = frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE})
_ILL = word_set("cold flu illness sick surgery holiday vacation treatment")


def _is_another_matter(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether the words mean party life, a gesture between states, a fall of the ruler, an arrest abroad."""
    profile = story.profile(noun.label)
    return (
        _changes_party(sentence, clause, profile)
        or _is_consulted(sentence, clause)
        or _is_head_of_regime(story, sentence, clause, noun)
        or _is_held_abroad(story, sentence, clause, profile)
        or _asks_the_regime(story, sentence, clause, profile)
        or (clause.trigger.rule.kind is EventKind.DISAPPEARANCE and not _ILL.isdisjoint(sentence.words))
        or is_strange(story, sentence, clause, noun.label)
        or (
            clause.trigger.rule.verb in {"shoot", "stab"}
            and not _WOUNDS.isdisjoint(sentence.lows(clause.trigger.i, clause.trigger.i + 8))
        )
    )


_WOUNDS = word_set("leg legs arm foot shoulder knee wounded injured survived")
_PLAIN = word_set("man woman figure newcomer economist technocrat engineer successor") | {""}
"""Words for one who may come to an office from outside any elite."""
_POLITICIANS = word_set(
    "mp mps lawmaker lawmakers senator senators deputy legislator legislators governor mayor councillor councillors"
)
_PARTY_LIFE = word_set("party coalition bench benches caucus faction pdp apc akp")
_OUT = word_set(
    "opposition rebels resistance defector asylum fled exile rebels uprising abroad embassy regime refuge border revolt"
)


def _changes_party(sentence: Sentence, clause: Clause, profile: Profile) -> bool:
    """Whether a politician goes from party to party, which is no flight from a regime."""
    if clause.trigger.rule.kind is not EventKind.DEFECTION or (
        not profile.called & _POLITICIANS and not profile.plural
    ):
        return False
    words = sentence.words
    out = _OUT - {"opposition"} if "election" in words else _OUT
    return bool(words & _PARTY_LIFE) and not words & out


def _is_consulted(sentence: Sentence, clause: Clause) -> bool:
    """Whether an ambassador is called home for talks, a gesture between states."""
    called = clause.trigger.rule.kind is EventKind.RECALL
    return called and (
        sentence.has("consultation", "consultations")
        or "for talks" in " ".join(sentence.lows(clause.trigger.i, clause.trigger.j + 8))
    )


def _is_head_of_regime(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether the head of the regime himself flees or falls: that is a succession, no defection or dismissal."""
    if leaders().get(noun.label, "") != story.regime or not story.regime or sentence.has(*_NO_LONGER):
        return False
    kind, verb = clause.trigger.rule.kind, clause.trigger.rule.verb
    return kind is EventKind.DEFECTION or (
        kind is EventKind.DISMISSAL and verb in {"topple", "oust", "depose", "unseat"}
    )


_NO_LONGER = word_set("vice deputy former sacked dismissed fired deposed ousted once exiled ex-president expelled")
_HELD = frozenset({"arrest", "detain", "jail", "imprison", "hold", "seize", "charge", "indict", "convict", "sentence"})


def _is_held_abroad(story: Coreference, sentence: Sentence, clause: Clause, profile: Profile) -> bool:
    """Whether somebody is arrested or tried in another country: no purge by the regime."""
    trigger, home = clause.trigger, profile.country or story.regime
    return trigger.rule.verb in _HELD and any(
        noun.kind == "place"
        and noun.country not in {"", home}
        and sentence.lows(noun.i - 1, noun.i) in (["in"], ["at"])
        for noun in sentence.nouns
        if trigger.j <= noun.i <= trigger.j + 4
    )


def _asks_the_regime(story: Coreference, sentence: Sentence, clause: Clause, profile: Profile) -> bool:
    """Whether somebody asks the regime itself for asylum, and so comes from another state."""
    trigger, home = clause.trigger, profile.country or story.regime
    return (
        trigger.rule.kind is EventKind.DEFECTION
        and trigger.rule.verb in _ASKS
        and any(noun.kind == "place" and noun.country == home and noun.i == trigger.i + 1 for noun in sentence.nouns)
    )


_ASKS = frozenset({"ask", "beg", "petition"})


def _is_mere_kin(clause: Clause, noun: Noun, profile: Profile) -> bool:
    """Whether unnamed kin are arrested: that is punishment of the family, no purge of an elite."""
    kind = clause.trigger.rule.kind
    return kind is EventKind.PURGE and not profile.named and profile.tier > 4 and noun.kind == "kin"


_ARMED = frozenset({"military", "security", "diplomatic"})


def is_of_elite(story: Coreference, profile: Profile) -> bool:
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
    if any(noun.role is not None and noun.role.sector in _ARMED and noun.low for noun in roles) and not profile.country:
        return True
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


def _is_owned(sentence: Sentence, noun: Noun) -> bool:
    """Whether a group is the whole of one post: "Libya's ambassadors to India and Bangladesh"."""
    return "'s" in sentence.lows(noun.i, noun.head) and noun.role is not None and noun.role.tier in {1, 2}


def _is_count(sentence: Sentence, noun: Noun, *, suffers: bool = False) -> bool:
    """Whether a group is counted over a period rather than seen to act once."""
    before = sentence.lows(max(0, noun.i - 3), noun.i)
    kinds = {
        row.mention.kind
        for row in sentence.dates
        if row.i >= sentence.body_start
        and not belongs_to_report(sentence, row)
        and ";" not in sentence.lows(min(row.i, noun.i), max(row.i, noun.i))
    }
    since = "since" in sentence.lows(noun.j, noun.j + REACH) and noun.low is not None
    after = [row.mention.kind for row in sentence.dates if 0 <= row.i - noun.j <= REACH]
    if since or (after[:1] == ["year"] and (noun.low or 0) >= MANY):
        return True
    if (
        kinds & {"day", "weekday", "month", "week", "half", "quarter", "season"}
        and not kinds & {"since", "past", "recent", "decade", "range", "until", "by"}
        and noun.low is not None
    ):
        return False
    if suffers and noun.det == "several" and not kinds & {"since", "past", "recent", "decade", "range"}:
        return False
    if {"least", "over", "than", "some", "about", "around", "nearly", "almost", "approximately"} & set(
        before
    ) or noun.det in {"some", "many", "several"}:
        return True
    if noun.low is None:
        return not _is_owned(sentence, noun) and noun.det not in {"the", "his", "her", "its", "their", "these", "both"}
    return bool(kinds & {"since", "past", "recent", "decade", "range"})


MANY = 10
"""So many in a year are a sum over it, no party that left together."""
REACH = 10
"""Words after a group within which its year stands."""
_BREAKS = frozenset({"break", "split", "part", "cut", "sever", "turn", "end", "dissolve"})
_FROM = frozenset({"with", "from", "against", "on", "to", "away", "ranks", "for", "between"})
_SPEAKS = frozenset({"come", "give", "hand", "denounce", "condemn", "oppose", "defy", "speak", "make"})


def _plain(case: Case) -> bool:
    rule = case.trigger.rule
    last = case.sentence.tokens[case.trigger.j - 1].low
    if rule.kind is EventKind.DEFECTION and rule.verb in _BREAKS and last in _FROM:
        return _mentions_regime(case.sentence, case.trigger.i) or case.sentence.heat >= 1
    if rule.kind is EventKind.DEFECTION and rule.verb in _SPEAKS:
        return case.profile.tier < 5 or case.profile.elite or case.profile.named
    return True


def _expelled_by_party(case: Case) -> bool:
    ix = case.sentence.ix
    near = case.story.scene.sentences[max(0, ix - 2) : ix + 1]
    told = any(token.low == "party" for other in near for token in other.tokens)
    return told and case.profile.sector != "diplomatic"


_PROTEST = word_set(
    "protest protesters protests war killing killings violence crackdown coup dictatorship crime crimes shelling bloodshed uprising revolt rebels"
    " revolution ashamed disgrace dictator repression massacre invasion conscience rigged stolen tanks fraud opposition defected defection"
)


def _in_protest(story: Coreference, sentence: Sentence) -> bool:
    """Whether a resignation is told beside what it may be in protest at."""
    near = story.scene.sentences[max(0, sentence.ix - 3) : sentence.ix + 4]
    return any(not _PROTEST.isdisjoint(other.words) for other in near)


def _is_abroad(sentence: Sentence, at: int, origin: str) -> bool:
    """Whether a country that is not the regime's own, or a side against it, stands near the verb."""
    stop = at + 10
    if any(
        noun.kind == "place" and noun.country and noun.country != origin and at < noun.i < stop
        for noun in sentence.nouns
    ):
        return not sentence.lows(at, at + 1)[0].startswith(("live", "living")) or "since" in sentence.lows(at, stop)
    return _mentions_regime(sentence, at)


def _mentions_regime(sentence: Sentence, at: int) -> bool:
    """Whether what follows is the leader, the government, the rebels: a side that one can break with."""
    stop = min(len(sentence.tokens), at + 9)
    words = set(sentence.lows(at, stop))
    if sentence.heat >= 0.5 and words & {"them", "him"}:
        return True
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


_STEALTH = frozenset(read_table("triggers.toml")["class"]["killers"].split())


_CHANCE = word_set(
    "crash accident quake earthquake battle fighting combat clashes clash war front action strike strikes airstrike airstrikes duty"
    " raid raids shelling avalanche flood fire fall illness offensive"
)


_POISON = word_set("poison poisoned poisoning polonium novichok thallium ricin radioactive")


def _is_slain(case: Case) -> bool:
    """Whether somebody is killed by stealth: a bomb or agents do it, or somebody named was killed and no accident or war is told."""
    clause, words = case.clause, case.sentence.lows(0, len(case.sentence.tokens))
    if clause.passive:
        return case.profile.named and not case.profile.plural and _CHANCE.isdisjoint(words)
    return case.trigger.rule.form != "base" and not _STEALTH.isdisjoint(words[max(clause.start - 5, 0) : clause.start])


_NEEDS: Mapping[str, Callable[[Case], bool]] = {
    "": _plain,
    "elite": _plain,
    "tried": _plain,
    "protest": lambda case: (
        case.profile.tier < 5
        and not is_for_health(case.sentence)
        and (case.sentence.heat >= 1 or _in_protest(case.story, case.sentence))
    ),
    "abroad": lambda case: _is_abroad(case.sentence, case.trigger.i, case.origin),
    "partyexpel": _expelled_by_party,
    "flight": is_flight,
    "leaving": leaves,
    "home": lambda case: bool(case.trigger),
    "recalled": goes_home,
    "homeward": is_called_home,
    "resigns": resigns,
    "post": gets_post,
    "slain": _is_slain,
    "passive": lambda case: not BE.isdisjoint(case.clause.chain),
    "poisoned": lambda case: case.profile.named and not _POISON.isdisjoint(case.sentence.words),
    "leader": lambda case: bool(case.trigger),
}
"""What else each rule asks for, by the word in the table of triggers."""
