"""What a number counts: the plural after it, a plural told before, or what is done by those counted."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.noun import is_plural, number_at
from ostraka.read.numbers import Quantity
from ostraka.read.periods import lapse_at
from ostraka.read.scene import Sentence
from ostraka.read.tokens import Token, word_set

MANY_KIN = 10
"""So many relatives are a count; fewer are somebody's family."""
MANY_PEOPLE = 100
"""So many "who ..." are a count without a noun."""
MANY_THINGS = 1000
"""So many of anything are a count."""

CASES = word_set(
    "group departure defection defector flight desertion execution case purge escape recall dismissal death disappearance defections defectors"
    " escapees flights departures executions purges cases arrivals desertions recalls crossings escapes dismissals arrests removals deaths"
    " disappearances resignation resignations arrest changes switches transfers suspensions departees asylum-seekers applications"
)
PEOPLE = word_set(
    "people persons cars vehicles members cadres elites men women families refugees civilians deserters arrivals personnel"
    " citizens nationals workers employees individuals prisoners victims names lawmakers politicians figures holders posts seats"
    " missions embassies fighters recruits conscripts cases relatives"
)
MEASURES = word_set(
    "year years month months day days week weeks hour hours per kilometres kilometers km miles dollars won euros million billion metres meters"
    " minutes summits talks posts floors rooms pages times o'clock points degrees votes pounds crowns rubles roubles yuan rials"
    " francs marks pesos yen lira dinars kilograms kilos tons tonnes acres hectares books letters songs films pictures a.m p.m am pm hrs"
    " decades centuries seconds nights inches feet"
)
_PEOPLES = frozenset({"Koreans", "Cubans", "Syrians", "Iranians", "Russians", "Chinese", "Vietnamese", "Libyans"})
_ENDS = word_set(
    "and or who in from to had have was were has is are that which for with at by on as but than if when while since"
)
AUX = word_set("have had has were are was")
DONE = word_set(
    "shot fled came left gone hanged sent put lost taken given held fallen quit found seen beaten dead missing abroad returned"
)
_LOOK = 6
_SPANS = frozenset({"since", "past", "recent", "range"})
_BACK = 60
_DEFINITE = word_set("the his her their its those our these all")


def unit_after(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """The plural that is counted: from the number, over adjectives, to the head."""
    tokens = sentence.tokens
    at = quantity.stop
    if sentence.lows(at, at + 1) == ["of"]:
        definite = bool(_DEFINITE & set(sentence.lows(at + 1, at + 2)))
        if not (quantity.loose or definite):
            return None
        at += 1 + definite
    for k in range(at, min(at + _LOOK, len(tokens))):
        low = tokens[k].low
        if low in MEASURES and not low.startswith("post"):
            return None
        if low in lexicon.kin_words():
            return (k + 1, low) if quantity.value >= MANY_KIN else None
        unit = unit_at(tokens, k)
        if unit is not None:
            return unit
        joined = low == "and" and k > at and number_at(tokens, min(k + 1, len(tokens) - 1)) is None
        if (
            not (low.isalpha() or "-" in low or (low == "'s" and k > at))
            or (low in _ENDS and not joined)
            or low == "of"
        ):
            return None
    return None


def unit_at(tokens: Sequence[Token], k: int) -> tuple[int, str] | None:
    """The plural that begins at word `k`."""
    low = tokens[k].low
    found = lexicon.roles().longest(tokens, k)
    if found is not None and is_plural(found[1].word):
        stop = found[0] if not _goes_on(tokens, found[0]) else k + 1
        return stop, " ".join(token.low for token in tokens[k:stop])
    counted = low in CASES or low in PEOPLE or tokens[k].text in _PEOPLES or low.endswith("koreans")
    if counted and _goes_on(tokens, k + 1):
        return None
    return (k + 1, low) if counted else None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low in lexicon.role_words() and is_plural(tokens[at].low)


def elliptic(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Such as "1,276 of them", "67 in 2022", "at least five have fled", "eleven shot": the unit is told elsewhere."""
    tokens, at = sentence.tokens, quantity.stop
    following = tokens[at].low if at < len(tokens) else "."
    then = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following == "of" and then in {"them", "the", "whom", "these", "those", "his", "its", "their"}:
        return at + 2 if then in {"them", "whom"} else at + 1, plural_before(sentence, quantity.start)
    told = quantity.operator is not Operator.EXACTLY
    if following == "who" and quantity.value >= MANY_PEOPLE:
        return at, plural_before(sentence, quantity.start) or "people"
    if told and (lapse := lapse_at(sentence, at)) is not None:
        return lapse[0], plural_before(sentence, quantity.start)
    if (told or _stands_alone(sentence, quantity.start)) and (stop := _predicate(sentence, at)):
        return stop, plural_before(sentence, quantity.start) or sentence.tokens[stop - 1].low
    dated = any(row.i in {at, at + 1} for row in sentence.dates)
    if quantity.value >= 3 and (dated or (following in {",", "-"} and quantity.value >= 100)):
        unit = plural_before(sentence, quantity.start)
        return (at, unit) if unit else None
    return None


def _stands_alone(sentence: Sentence, at: int) -> bool:
    """Whether a number may be a subject by itself: at the head of a clause."""
    before = sentence.lows(at - 1, at)
    return at <= sentence.body_start or before[0] in {
        ",",
        ";",
        ":",
        "that",
        "and",
        "while",
        "-",
        "–",
        "—",
        "as",
        "said",
    }


def _predicate(sentence: Sentence, at: int) -> int:
    """Where "have been executed", "were officers", "fled", "shot" end that say what those counted did or were."""
    tokens = sentence.tokens
    k = at
    while (
        k < len(tokens) and k - at < 4 and (tokens[k].low in AUX or tokens[k].low in {"been", "now", "since", "also"})
    ):
        k += 1
    if k >= len(tokens):
        return 0
    low = tokens[k].low
    done = low in DONE or (low.endswith("ed") and len(low) > 3 and low != "indeed")
    if done:
        return k + 1
    unit = unit_at(tokens, k) if k > at else None
    return unit[0] if unit else 0


def plural_before(sentence: Sentence, at: int) -> str:
    """The last plural of people or cases told before a word."""
    for k in range(at - 1, max(at - _BACK, -1), -1):
        unit = unit_at(sentence.tokens, k)
        if unit is not None and unit[0] <= at and is_plural(unit[1]):
            return unit[1]
    return ""


def thing(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """A large number of anything, or anything counted since a day: "41,000 strollers", "280 regimes since 1946"."""
    tokens, at = sentence.tokens, quantity.stop
    over = any(row.mention.kind in _SPANS and 0 <= row.i - at <= 4 for row in sentence.dates)
    if at >= len(tokens) or not (quantity.value >= MANY_THINGS or (quantity.value > 1 and over)):
        return None
    low = tokens[at].low
    plain = low.isalpha() and low.endswith("s") and low not in MEASURES | {"its", "was", "has", "is", "his"}
    return (at + 1, low) if plain else None
