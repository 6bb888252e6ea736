"""What an ordinal or a superlative ranks: where its noun ends, whom it is said of, and what those ranked did."""

from __future__ import annotations

from ostraka.read import lexicon
from ostraka.read.crowds import is_crowd
from ostraka.read.noun import DETERMINERS, TAIL_PREPOSITIONS
from ostraka.read.periods import bound_at
from ostraka.read.places import PlaceKind, gazetteer
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

_ACTS = tuple(
    word_set(
        "defect fle leav left desert com came abandon quit break broke chang switch cross join resign go gone execut purg"
        " recall dismiss remov fall fell escap seek sought ask stay turn arriv die shot disappear vanish expel sack arrest surrender"
        " happen return reach replac lose lost depart walk denounc slip fly flown bolt part run ran make made enter request"
        " appl rebel swap leap be do give"
    )
)
_NO_ACTS = word_set("become before best party the a an his her its")
_PERSONS = word_set("man woman person member exile fugitive chief head captain commander figure")
_SAYS_OF = word_set("'s is was are were be been makes marks made became becomes as , – — - :")
_LEADING = word_set("by under over from inside against after before among not")
STOPS = word_set(", ; : . and or but who which is was are were has have had said")
_FAR = 6
_BEFALLS = tuple(
    word_set(
        "abandon arrested arrests abscond called came chang come confess convicted counts counted crossed dead defect demot departed"
        " departure desert detained died dies disappear dismiss escap executed execution expel expulsion fail fled flee handed hanged"
        " imprison jailed killed leave leaving left lose losing lost missing purg questioned quit recall refus remain remov replac resign"
        " retire return sack sent shot stay stripped surrender swap switched tried trial vanish"
    )
)
"""How words begin that tell what befalls those counted."""
_BEFORE, _AFTER = 6, 8
_CLOSES = word_set(", ; : - – — .")


def head_end(sentence: Sentence, k: int) -> int:
    """Where the noun ranked by word `k` ends: before a preposition, a verb, a time or a mark."""
    at, dates = k + 1, {row.i for row in sentence.dates}
    while at < min(k + _FAR, len(sentence.tokens)) and at not in dates and _goes_on(sentence, at):
        at += 1
    return at


def _goes_on(sentence: Sentence, at: int) -> bool:
    low = sentence.low[at]
    ends = low in TAIL_PREPOSITIONS or low in STOPS or low in _LEADING or not (low[0].isalnum() or low == "'s")
    return not ends and bound_at(sentence, at) is None


def is_predicate(sentence: Sentence, k: int) -> bool:
    """Whether a rank is said of somebody told before: "it was his sixth purge", ", the third such case"."""
    before = sentence.lows(k - 1, k)
    at = k - 1 - (before[-1:] != [] and before[0] in DETERMINERS)
    return before in (["'s"], ["the"]) if at < sentence.body_start else sentence.low[at] in _SAYS_OF


def is_people(sentence: Sentence, k: int) -> bool:
    """Whether a people's name stands at a word: "the fourth Iranian diplomat"."""
    found = gazetteer().longest(sentence.tokens, k)
    return found is not None and found[1].kind is PlaceKind.DEMONYM


def is_human(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a word of a stretch means a person: "airman", "exile", "Cuban"."""
    tokens = sentence.tokens
    return any(
        tokens[k].low in _PERSONS
        or is_crowd(tokens[k].low + "s")
        or is_people(sentence, k)
        or lexicon.roles().longest(tokens, k) is not None
        for k in range(i, j)
    )


def deed_at(sentence: Sentence, noun: tuple[int, int], m: int) -> int:
    """Where "to defect", "to be in custody" ends that says what those ranked did; 0 if the "to" at word `m` leads elsewhere."""
    k, stop = noun
    human = stop <= k + 1 or sentence.low[k + 1] == "of" or is_human(sentence, k + 1, stop)
    done = any(low.endswith("ed") for low in sentence.lows(k + 1, m))
    if done or not is_predicate(sentence, k):
        return 0
    if not human:
        return m + 3 if sentence.lows(m + 1, m + 2) == ["be"] and m + 2 < len(sentence.low) else 0
    end = acts_at(sentence, m + 1)
    plain = m + 1 < len(sentence.tokens) and sentence.tokens[m + 1].text[0].islower() and sentence.low[m + 1].isalpha()
    verb = plain and sentence.low[m + 1] not in DETERMINERS and not lexicon.roles().longest(sentence.tokens, m + 1)
    return end or (m + 2 if verb and m > k + 1 else 0)


def acts_at(sentence: Sentence, k: int) -> int:
    """Where a verb that tells of a departure or a fall ends, from word `k`: "to have fled", "to be recalled"; 0 if none."""
    tokens, at = sentence.tokens, k
    while k < len(tokens) and tokens[k].low in {"have", "be", "been", "publicly", "openly", "ever", "actually"}:
        k += 1
    passive = at < k < len(tokens) and tokens[k - 1].low in {"be", "been"} and tokens[k].low.endswith("ed")
    passive = passive and sentence.lows(at - 1, at) == ["to"]
    told = k < len(tokens) and (tokens[k].low.startswith(_ACTS) or passive or _is_done_by(sentence, at))
    if not told or tokens[k].low in _NO_ACTS:
        return 0
    return k + 1 + (sentence.lows(k + 1, k + 2) == ["so"])


def _is_done_by(sentence: Sentence, k: int) -> bool:
    """Whether any verb after "to" says what a person did: "the highest officer to turn", not "close to the top"."""
    role = lexicon.roles().longest(sentence.tokens, k - 2) if k > 1 else None
    plain = sentence.tokens[k].low.isalpha() and sentence.tokens[k].text[0].islower()
    return sentence.lows(k - 1, k) == ["to"] and role is not None and plain


def is_deed_told(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a departure or a fall is told in the clause around words `i` to `j`: "five diplomats were expelled", not "work there"."""
    lows = sentence.low
    reach = range(i - 1, max(i - 1 - _BEFORE, sentence.body_start - 1), -1)
    first = next((k + 1 for k in reach if lows[k] in _CLOSES), max(i - _BEFORE, sentence.body_start))
    ends = _CLOSES - {","} if "who" in lows[i : j + 1] else _CLOSES
    last = next((k for k in range(j, min(j + _AFTER, len(lows))) if lows[k] in ends), min(j + _AFTER, len(lows)))
    return any(low.startswith(_BEFALLS) for low in lows[first:last])
