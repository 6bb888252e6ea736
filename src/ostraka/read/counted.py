"""What a number counts: the plural after it, a plural told before, or what is done by those counted."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.model import Operator
from ostraka.read import lexicon
from ostraka.read.crowds import crowd_end
from ostraka.read.noun import is_plural, number_at
from ostraka.read.numbers import Quantity
from ostraka.read.periods import bound_after, bound_at, bound_before, lapse_at
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
    " disappearances resignation resignations arrest changes switches transfers suspensions departees asylum-seekers applications expulsion expulsions killing killings murder murders assassination assassinations"
    " kidnappings abductions convictions sentences trials appointments promotions reshuffles"
)
PEOPLE = word_set("people persons families cadres elites arrivals citizens victims politicians figures individuals")
COUNTABLE = word_set("names posts seats missions embassies")
"""What else is counted where power is counted."""
MEASURES = word_set(
    "year years month months day days week weeks hour hours per kilometres kilometers km miles dollars won euros million billion metres meters"
    " minutes summits talks posts floors rooms pages times o'clock points degrees votes pounds crowns rubles roubles yuan rials"
    " francs marks pesos yen lira dinars schillings cordobas roubles pence guilders crores rupees dirhams riyals kyat dong baht manat tenge som"
    " shillings kwachas drachmas escudos pesetas soles sols bolivars reais hryvnias forints zlotys leva lei dram lari kopecks cents"
    " copies characters entries words lines kilograms kilos tons tonnes acres hectares books letters songs films pictures a.m p.m am pm hrs"
    " decades centuries seconds nights inches feet"
)
_QUOTES = word_set("\" ' ” ’")
_JOINTS = word_set("and or")
_ENDS = word_set(
    "and or who in from to had have was were has is are that which for with at by on as but than if when while since"
)
AUX = word_set("have had has were are was")
DONE = word_set(
    "shot fled come came went stood left gone hanged sent put lost taken given held fallen quit found seen beaten dead missing abroad returned being known"
    " served caught begun written told read sold bought built met paid kept won worn drawn driven stayed remained"
)
_BETWEEN = word_set("been being now since also so far then still already all")
_LEADS = word_set("in on since by during for from through until before after")
_SINGULAR = ("ss", "us", "is", "'s")
_FIELDS = word_set(
    "sports customs arms forces affairs news operations services communications relations sales politics overseas economics"
)
"""Words in -s that may stand before those counted: "nine customs officers"."""
_MANNED = word_set(
    "forces army navy cabinet politburo leadership membership parliament assembly corps guard elite command service committee"
    " council board population garrison company family household delegation station mission group whole latter former young"
)
_THEM = word_set("them whom these those")
_CLAUSE_HEADS = word_set(", ; : that and but while - – — as said says among whom where when")
_HOUSEHOLDS = word_set("household family")
_FIVE = 5
_LOOK = 6
_BACK = 60
THREE = 3
_PLURAL_VERBS = word_set("are were have remain remained stay stayed live lived belong belonged")
_BINDS = word_set(
    "remaining last other first these those all at aged of no no. number page article and with in on to between from under over than by the"
)
_RIVALS = word_set("to against")
_COUNTING = word_set(
    "counts counted count counting makes made making total totals totalled totaled number numbers numbered speaks"
)
_BESIDE = word_set("with and plus alongside")
_LEADING = word_set("led leads leading took takes taking commands commanded commanding")
_OTHERS = word_set("other others more fellow colleagues companions followers relatives")
_DEFINITE = word_set("the his her their its those our these all")


def unit_after(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """The plural that is counted: from the number, over adjectives, to the head."""
    tokens = sentence.tokens
    at = quantity.stop
    if sentence.lows(at, at + 1) == ["of"]:
        definite = bool(_DEFINITE & set(sentence.lows(at + 1, at + 2))) or _is_owned(sentence, at + 1)
        if not (quantity.loose or definite):
            return None
        at += 1 + definite + _is_owned(sentence, at + 1)
    at += at < len(tokens) and tokens[at].low in _QUOTES
    if sentence.lows(at, at + 1) == ["of"] and sentence.low[at - 1] in _QUOTES:
        at += 1
    for k in range(at, min(at + _LOOK, len(tokens))):
        low = tokens[k].low
        if low in MEASURES and not low.startswith("post"):
            return None
        if low in lexicon.kin_words():
            return (k + 1, low) if quantity.value >= MANY_KIN else None
        unit = (k + 1, low) if quantity.of is not None and low in _MANNED else unit_at(tokens, k)
        if unit is not None and (unit[1] not in CASES or is_plural(unit[1])):
            return unit
        then = tokens[min(k + 1, len(tokens) - 1)].low
        joined = low in _JOINTS and k > at and number_at(tokens, min(k + 1, len(tokens) - 1)) is None
        if not joined and then not in _JOINTS and not _may_stand_before(low, first=k == at):
            return None
    return None


def _is_owned(sentence: Sentence, at: int) -> bool:
    """Whether those counted are a country's: "thirty of Bolivia's envoys"."""
    return at + 1 < len(sentence.low) and sentence.tokens[at].text[0].isupper() and sentence.low[at + 1] == "'s"


def _may_stand_before(low: str, *, first: bool) -> bool:
    """Whether a word may stand between a number and those counted: "senior", "North-Korean", "'s", not another plural."""
    if low == "'s":
        return not first
    other = low.endswith("s") and len(low) > 3 and not low.endswith(_SINGULAR) and low not in _FIELDS
    return (low.isalpha() or "-" in low) and low not in _ENDS and low != "of" and not other


def unit_at(tokens: Sequence[Token], k: int) -> tuple[int, str] | None:
    """The plural that begins at word `k`."""
    low = tokens[k].low
    found = lexicon.roles().longest(tokens, k)
    if found is not None and is_plural(found[1].word):
        stop = found[0] if not _goes_on(tokens, found[0]) else k + 1
        return stop, " ".join(token.low for token in tokens[k:stop])
    stop = k + 1 if low in CASES or low in PEOPLE or low in COUNTABLE else crowd_end(tokens, k)
    if not stop or _goes_on(tokens, stop):
        return None
    return stop, " ".join(token.low for token in tokens[k:stop])


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plural only belongs to another one: "police officers", "the militia's guards"."""
    if at >= len(tokens):
        return False
    return tokens[at].low == "'s" or (tokens[at].low in lexicon.role_words() and is_plural(tokens[at].low))


def elliptic(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Such as "1,276 of them", "67 in 2022", "at least five have fled", "eleven shot": the unit is told elsewhere."""
    if MEASURES & set(sentence.lows(quantity.stop, quantity.stop + 1)):
        return None
    return _of_those(sentence, quantity) or _subject(sentence, quantity) or _bare(sentence, quantity)


def _of_those(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Such as "1,276 of them", "thirty of those held", "half of the central committee", "300 who"."""
    at = quantity.stop
    following, then = [*sentence.lows(at, at + 2), ".", ""][:2]
    if following == "of" and then in _THEM:
        return at + 2, plural_before(sentence, quantity.start)
    if following == "of" and then in _DEFINITE and at + 2 < len(sentence.low) and number_at(sentence.tokens, at + 2):
        return at, plural_before(sentence, quantity.start)
    if following == "of" and then in _DEFINITE:
        body = next(
            (k for k in range(at + 2, min(at + 2 + _LOOK, len(sentence.low))) if sentence.low[k] in _MANNED), None
        )
        return (body + 1, sentence.low[body]) if body is not None and "of" not in sentence.lows(at + 1, body) else None
    if following == "who" and quantity.value >= MANY_PEOPLE:
        return at, plural_before(sentence, quantity.start) or "people"
    return None


def _subject(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Such as "at least five have fled", "eleven shot", "more than forty in two years", "By May 28 were in custody"."""
    told, at = quantity.operator is not Operator.EXACTLY, quantity.stop
    at += sentence.lows(at, at + 1) in (["more"], ["others"]) and quantity.value >= THREE
    if told and (lapse := lapse_at(sentence, at)) is not None:
        return lapse[0], plural_before(sentence, quantity.start)
    if (told or _stands_alone(sentence, quantity.start)) and (stop := predicate(sentence, at)):
        return stop, plural_before(sentence, quantity.start) or sentence.tokens[stop - 1].low
    if quantity.value >= THREE and (stop := _many_are(sentence, quantity)):
        return stop, plural_before(sentence, quantity.start)
    return None


def _many_are(sentence: Sentence, quantity: Quantity) -> int:
    """Where "were in custody", "have diplomas", "passed through" end after a number that can only be their subject; 0 if it is none."""
    lows, at = sentence.low, quantity.stop
    led = lows[quantity.start - 1] if quantity.start > sentence.body_start else ""
    free = led not in _BINDS and lows[quantity.start] != "all"
    then = [*sentence.lows(at, at + 2), "", ""]
    if free and then[0] in _PLURAL_VERBS and then[1][:1].isalpha():
        return at + 2
    dated = quantity.start - 1 in sentence.dated or quantity.value >= MANY_PEOPLE
    return predicate(sentence, at) if free and dated and quantity.of is None else 0


def _bare(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Such as "a household of 14", "67 in 2022", "1,047, and", "5,300 on Tuesday alone", "the office counts 22"."""
    at = quantity.stop
    if (body := _body_of(sentence, quantity)) is not None:
        return at, body
    led = at + bool(_LEADS & set(sentence.lows(at, at + 1)))
    dated = any(row.i in {at, led} for row in sentence.dates)
    ends = sentence.lows(at, at + 1) in ([","], ["-"]) and quantity.value >= MANY_PEOPLE
    unit = plural_before(sentence, quantity.start) if quantity.value >= THREE and (dated or ends) else ""
    many = quantity.value >= MANY_PEOPLE and (dated or bound_at(sentence, at) is not None)
    alone = many and not _RIVALS & set(sentence.lows(quantity.start - 1, quantity.start))
    counted = alone or (quantity.value >= THREE and _is_counted(sentence, quantity))
    return (at, unit or plural_before(sentence, quantity.start)) if unit or counted else None


def _is_counted(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a verb of counting leads to a number with no noun: "the office counts 22", "that makes 35", "there are eleven"."""
    led = sentence.lows(quantity.start - 3, quantity.start)
    led = led[:-1] if led[-1:] in (["at"], ["now"]) else led
    there = "there" in led and bool({"are", "were", "been"} & set(led[-1:]))
    ends = sentence.lows(quantity.stop, quantity.stop + 1)
    closed = not ends or not ends[0][0].isalnum() or ends[0] in _LEADS or quantity.stop in sentence.dated
    return closed and (there or bool(_COUNTING & set(led[-1:])))


def _body_of(sentence: Sentence, quantity: Quantity) -> str | None:
    """Such as "a household of 14": the family whose size is told; a crew or a council of nine tells of nobody who left."""
    body, of = [*sentence.lows(quantity.start - 2, quantity.start), "", ""][:2]
    then = [*sentence.lows(quantity.stop, quantity.stop + 1), "."][0]
    alone = not then.isalpha() or not then.endswith("s") or then in AUX
    return body if of == "of" and body in _HOUSEHOLDS and quantity.value >= _FIVE and alone else None


def _stands_alone(sentence: Sentence, at: int) -> bool:
    """Whether a number may be a subject by itself: at the head of a clause."""
    return at <= sentence.body_start or sentence.low[at - 1] in _CLAUSE_HEADS


def predicate(sentence: Sentence, at: int) -> int:
    """Where "have been executed", "were officers", "fled", "shot" end that say what those counted did or were."""
    tokens = sentence.tokens
    k = at
    while k < len(tokens) and k - at < 4 and (tokens[k].low in AUX or tokens[k].low in _BETWEEN):
        k += 1
    if k >= len(tokens):
        return 0
    low = tokens[k].low
    done = low in DONE or (low.endswith("ed") and len(low) > 3 and low != "indeed")
    if done:
        return k + 1
    unit = unit_at(tokens, k) if k > at else None
    return unit[0] if unit else 0


_TELLS = word_set(
    "never had came went left earn come go want leave know die think say said got grew still work live belong became knew"
)


def share_end(sentence: Sentence, quantity: Quantity) -> int:
    """Where a share ends that is said of those told before: "one in ten brought kin", "nearly two thirds are women"; 0 if it is of things."""
    tokens, at = sentence.tokens, quantity.stop
    if (stop := predicate(sentence, at)) or at >= len(tokens):
        return stop
    if tokens[at].low in AUX:
        return at + 2 if at + 1 < len(tokens) and tokens[at + 1].text[0].isalpha() else at + 1
    if tokens[at].low in _TELLS:
        return at + 2 if tokens[at].low in {"never", "still"} and at + 1 < len(tokens) else at + 1
    if tokens[at].low == "of" and tokens[min(at + 1, len(tokens) - 1)].low in _THEM:
        return at + 2
    in_all = "in" in sentence.lows(quantity.start, at) and quantity.value < quantity.of_value <= MANY_PEOPLE
    return at if in_all and tokens[at].low not in MEASURES else 0


def is_company(sentence: Sentence, quantity: Quantity, unit: tuple[int, str]) -> bool:
    """Whether a number only tells who went along or was led, which is no count: "with 3,000 men", "he and nine others"."""
    rough = quantity.operator is Operator.ABOUT and quantity.value < MANY_PEOPLE
    if not (rough or quantity.operator is Operator.EXACTLY) or unit[1] in CASES:
        return False
    led = sentence.low[quantity.start - 1] if quantity.start > sentence.body_start else ""
    along = led == "with" or led in _LEADING or (led == "and" and _is_person_before(sentence, quantity.start - 1))
    few = quantity.value < MANY_KIN
    return along or (few and (led in _BESIDE or bool(_OTHERS & set(sentence.lows(quantity.stop, unit[0])))))


def _is_person_before(sentence: Sentence, at: int) -> bool:
    """Whether one person is told of right before a word."""
    noun = sentence.noun_before(at)
    return noun is not None and noun.j == at and noun.is_person and not noun.plural


def plural_before(sentence: Sentence, at: int) -> str:
    """The last plural of people or cases told before a word."""
    for k in range(at - 1, max(at - _BACK, -1), -1):
        unit = unit_at(sentence.tokens, k)
        if unit is not None and unit[0] <= at and is_plural(unit[1]):
            return unit[1]
    return ""


def thing(sentence: Sentence, quantity: Quantity) -> tuple[int, str] | None:
    """Anything counted over a time, or a large number of what a report opens with: "280 regimes since 1946", "41,000 strollers"."""
    tokens, at = sentence.tokens, quantity.stop
    many = quantity.value >= MANY_THINGS
    if at >= len(tokens) or quantity.value < THREE:
        return None
    for k in range(at, min(at + _LOOK // 2, len(tokens))):
        low = tokens[k].low
        if not low[0].isalpha() or low in MEASURES | _ENDS or low in {"its", "his", "ones"}:
            return None
        if low.endswith("s") and not low.endswith(_SINGULAR):
            timed = bound_after(sentence, k + 1) or bound_before(sentence, quantity.start)
            return (k + 1, low) if many or timed else None
    return None
