"""Who does what a verb says: the phrase it belongs to, back over asides, relative clauses and lists."""

from __future__ import annotations

from ostraka.read.grammar import AUXILIARIES, BE, PREPOSITIONS, REPORTING
from ostraka.read.noun import Noun, number_at
from ostraka.read.numbers import is_label
from ostraka.read.places import leaders
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

MAX_JOINED = 40
"""Longest chain of phrases joined by "and" that is followed back."""
_BOUNDARY = frozenset({";", ":"})


def subjects(sentence: Sentence, at: int, *, relative: bool = False) -> list[Noun]:
    """Those who do what the verb group at word `at` says.

    Parameters
    ----------
    sentence : Sentence
    at : int
        First word of the verb group.
    relative : bool
        Whether "who" stands before it.

    Returns
    -------
    list of Noun
        Coordinated subjects in order; empty if none is found safely.
    """
    pool = [noun for noun in sentence.nouns if noun.j <= at and noun.is_person]
    whom = bool(pool) and pool[-1].j == at and sentence.lows(pool[-1].i - 1, pool[-1].i) == ["whom"]
    if relative or whom:
        return _whom_who_means(sentence, pool, at)
    opened = _relative_opened(sentence, at) or _restrictive_opened(sentence, at)
    pool = [noun for noun in pool if noun.j <= opened] if opened else pool
    limit = max((k for k in range(sentence.body_start, at) if sentence.tokens[k].low in _BOUNDARY), default=-1)
    if at > 1 and sentence.tokens[at - 1].low in {"and", "but", "then", "or"}:
        head = _clause_head(sentence, at, pool)
        if (head is None or sentence.low[at] in _PLURAL) and (who := _last_who(sentence, at)):
            return _whom_who_means(sentence, [noun for noun in pool if noun.j <= who], at)
        if head is not None:
            alone = _coordinated(sentence, head)
            return with_joined(sentence, head) if alone == [head] else alone
    closed = None if opened else _before_aside(sentence, at, pool, limit)
    if closed is not None:
        return _coordinated(sentence, closed)
    for noun in reversed(pool):
        if noun.i < limit:
            break
        main = noun.same if noun.same is not None and noun.same.j <= at else noun
        if is_governed(sentence, main) or (main is not noun and is_governed(sentence, noun) and main.j > noun.i):
            continue
        return [] if _counted_between(sentence, noun.j, at) else _coordinated(sentence, main)
    return []


_PLURAL = frozenset({"have", "are", "were"})


def _last_who(sentence: Sentence, at: int) -> int:
    """Where "who" opened the clause that a verb after "and" goes on; 0 where something else was opened since."""
    for k in range(at - 2, max(sentence.body_start, at - 20), -1):
        if sentence.tokens[k].low in _OPENS_CLAUSE:
            return k if sentence.tokens[k].low == "who" else 0
    return 0


def _whom_who_means(sentence: Sentence, pool: list[Noun], at: int) -> list[Noun]:
    """Whom "who" before the verb at word `at` means: the last one told of, with the one whose kin it is: "X and her son Y, who left"."""
    if not pool:
        return []
    main = pool[-1].same or pool[-1]
    kin = next((noun for noun in pool if noun.kind == "kin" and (noun is main or noun.same is main)), None)
    if kin is not None and kin.det in {"his", "her", "their"} and sentence.lows(kin.i - 1, kin.i) == ["and"]:
        owner = kin.owner.label if kin.owner is not None else ""
        holder = next((noun for noun in reversed(pool) if noun.j < kin.i and noun.kind == "person"), None)
        if holder is not None and (
            holder.label == owner != "" or set(sentence.lows(holder.j, kin.i)) <= {",", "and"} | _AGES
        ):
            return [holder, main]
    return [main if _tells_of_rule(sentence, at) else _not_the_ruler(sentence, main)]


_AGES = frozenset(map(str, range(10, 100)))


_RULERS = word_set("president leader ruler dictator king emir sultan shah chairman")
_RULE = word_set("power throne helm ruled rules reigned reigns succeeded inherited")
CLAUSE = 6
"""Words after "who" that tell of a ruler that he rules."""


def _tells_of_rule(sentence: Sentence, at: int) -> bool:
    """Whether what is said of "who" is said of a ruler: "who took power in 2011", "who became leader"."""
    words = sentence.lows(at, at + CLAUSE)
    return not _RULE.isdisjoint(words) or ("became" in words and not _RULERS.isdisjoint(words))


def _not_the_ruler(sentence: Sentence, noun: Noun) -> Noun:
    """Whom "who" means after "X, son-in-law of the ruler,": X, for the ruler does not flee from himself."""
    if noun.name not in leaders() and (noun.role is None or noun.role.word not in _RULERS):
        return noun
    first = sentence.lead_of(noun)
    of = sentence.lows(first - 1, first) == ["of"]
    head = next((other for other in sentence.nouns if of and other.is_person and other.j == first - 1), None)
    head = head or next((other for other in sentence.nouns if other.owner is noun and other.j < noun.i), None)
    return (head.same or head) if head is not None and not head.plural and not head.members else noun


def with_joined(sentence: Sentence, first: Noun) -> list[Noun]:
    """A phrase with those joined to it after it by commas and "and"; appositions are passed over."""
    found, end, closed = [first], first.j, False
    for noun in sentence.nouns:
        if noun.i < end or not noun.is_person or sentence.lows(noun.j, noun.j + 1) == ["'s"]:
            continue
        if noun.same is found[-1]:
            end = noun.j
            continue
        gap = sentence.lows(end, noun.i)
        if gap == ["of"]:
            end = noun.j
            continue
        if gap == [","] and closed:
            break
        closed = closed or "and" in gap
        if noun.same is not None and noun.same.i >= noun.i:
            if gap in (["and"], [","], [",", "and"]):
                found.append(noun.same)
                end = noun.same.j
            elif noun.same not in found:
                break
            continue
        if gap not in (["and"], [","], [",", "and"]) or noun in found:
            break
        found.append(noun)
        end = noun.j
    return found


_OPENS_CLAUSE = (REPORTING | {"who", "which", ";", ":", "after", "while", "because", "when", "as"}) - {
    "learned",
    "knew",
}


def _clause_head(sentence: Sentence, at: int, pool: list[Noun]) -> Noun | None:
    """Whose second deed a verb after "and" tells: the first free phrase since the clause was opened."""
    opens = (k for k in range(sentence.body_start, at) if sentence.tokens[k].low in _OPENS_CLAUSE)
    opened = max((k for k in opens if not _is_closed_aside(sentence, k, at)), default=-1)
    free = [noun for noun in pool if noun.i > opened and not is_governed(sentence, noun)]
    if not free:
        return None
    first = free[0]
    return first.same if first.same is not None and first.same.j <= at else first


def _is_closed_aside(sentence: Sentence, k: int, at: int) -> bool:
    """Whether a relative clause that word `k` opens is closed by a comma before word `at`."""
    return sentence.tokens[k].low in {"who", "which"} and "," in sentence.lows(k, at)


def _before_aside(sentence: Sentence, at: int, pool: list[Noun], limit: int) -> Noun | None:
    """Whom a verb after a comma is said of, where an aside stands between: "X, the party's man in London, fled"."""
    if at < 3 or sentence.tokens[at - 1].low != ",":
        return None
    last = next((noun for noun in pool if noun.kind == "person" and noun.j == at - 1), None)
    for noun in reversed(pool):
        if noun.i < limit:
            return None
        if noun.j >= at - 1 or sentence.lows(noun.j, noun.j + 1) != [","] or is_governed(sentence, noun):
            continue
        if last is not None and "and" in sentence.lows(noun.j, last.i) and not _who(sentence, noun.j):
            return None
        if any(other.kind == "person" and other.i == noun.j + 1 and other.same is None for other in pool) and not (
            noun.members
        ):
            continue
        if noun.same is None or noun.same.i > noun.i:
            return noun.same if noun.same is not None and noun.same.j <= at else noun
    return None


def _who(sentence: Sentence, i: int) -> bool:
    """Whether a relative clause or what somebody is part of begins at word `i`."""
    return not {"who", "which", "whose", "of"}.isdisjoint(sentence.lows(i, i + 2))


def _counted_between(sentence: Sentence, i: int, j: int) -> bool:
    """Whether "31 holders of passports" or a bare "eleven" stands between: then that is the subject."""
    dated = sentence.dated
    for k in range(i, j):
        value = number_at(sentence.tokens, k) if k not in dated else None
        if (
            value is not None
            and value > 1
            and not is_label(sentence.tokens, k)
            and sentence.tokens[k - 1].low not in {"aged", ",", "(", "among"}
            and sentence.lows(k - 2, k) != ["one", "of"]
        ):
            following = sentence.lows(k + 1, k + 2)
            if following == ["of"] and sentence.lows(k + 2, k + 3) in (["them"], ["whom"]):
                return True
            if k + 1 == j or (following and following[0].endswith("s") and following[0].isalpha()):
                return True
    return False


def _relative_opened(sentence: Sentence, at: int) -> int:
    """Where ", who ..., " before a verb was opened; 0 if the verb does not follow such a clause."""
    if at < 3 or sentence.tokens[at - 1].low != ",":
        return 0
    for k in range(at - 2, max(sentence.body_start, at - 45), -1):
        low = sentence.tokens[k].low
        if low in _BOUNDARY:
            return 0
        if low in {"who", "whose", "whom", "which"} and sentence.tokens[k - 1].low == ",":
            joined = any(
                sentence.lows(noun.i - 2, noun.i) == [",", "and"] for noun in sentence.nouns if k < noun.i < at
            )
            return 0 if joined else k
    return 0


_NEW_CLAUSE = (
    REPORTING
    | word_set(
        "who whom whose which where when while after because as since before until if and but or , ; : - how why what to helped made let saw had"
    )
) - {"learned", "knew"}


def _restrictive_opened(sentence: Sentence, at: int) -> int:
    """Where "who" opened the clause that ends right before a verb: "the man who ran the embassy has fled"; 0 if none did."""
    for k in range(at - 1, max(sentence.body_start, at - 20), -1):
        low = sentence.tokens[k].low
        if low == "who":
            heads = any(noun.j == k and noun.is_person for noun in sentence.nouns)
            return k if heads and k + 1 < at - 1 else 0
        if low in _NEW_CLAUSE and not (low == "as" and _is_office_after(sentence, k)):
            return 0
    return 0


def _is_office_after(sentence: Sentence, k: int) -> bool:
    """Whether "as" leads on to an office: "ran the embassy as chargé"."""
    return any(noun.kind == "role" and k < noun.i <= k + 2 for noun in sentence.nouns)


_TAKES_OBJECT = word_set("told met named made took left saw led whom shot put sent")


def is_governed(sentence: Sentence, noun: Noun) -> bool:
    """Whether a phrase is the object of a preposition or of another verb."""
    if sentence.lows(noun.j, noun.j + 1) == ["'s"] or (noun.kind == "person" and _names_a_thing(sentence, noun)):
        return True
    first = first_joined(sentence, noun)
    if first.lead == 0 or sentence.tokens[first.lead].low == "that":
        return False
    before = sentence.tokens[first.lead - 1].low
    if before in BE - {"'s"} and any(other.j < first.i and other.is_person for other in sentence.nouns):
        return True
    if (before in PREPOSITIONS and not (before == "of" and _is_part(sentence, first.i - 2))) or sentence.lows(
        first.lead - 2, first.lead
    ) == ["among", "them"]:
        return True
    if before in REPORTING or before in AUXILIARIES:
        return False
    return before.endswith("ed") or before in _TAKES_OBJECT


_PARTS = word_set("several some many most all both few dozens hundreds thousands scores half")


def _is_part(sentence: Sentence, at: int) -> bool:
    """Whether a number opens a phrase: "two of his associates" are the ones spoken of."""
    return at >= 0 and (sentence.tokens[at].low in _PARTS or (number_at(sentence.tokens, at) or 1) > 1)


_THINGS = word_set("air airport airbase base university hospital mosque street square stadium bridge prize avenue")


def _names_a_thing(sentence: Sentence, noun: Noun) -> bool:
    """Whether a name is that of an airport, a street ..."""
    return bool(_THINGS & set(sentence.lows(noun.j, noun.j + 1)))


def first_joined(sentence: Sentence, noun: Noun) -> Noun:
    """The first of phrases joined by "and" that a phrase belongs to; a name goes back to its title."""
    for _ in range(MAX_JOINED):
        start = noun.i - (sentence.lows(noun.i - 1, noun.i) in (["named"], ["called"]))
        lead = next((other for other in sentence.nouns if other.j == start and other.same is noun), None)
        if noun.kind == "person" and lead is not None:
            noun = lead
            continue
        joined = sentence.lows(noun.i - 1, noun.i) == ["and"]
        partner = next((other for other in sentence.nouns if other.j == noun.i - 1 and other.is_person), None)
        if not joined or partner is None:
            return noun
        noun = partner if partner.same is None or partner.same.i > partner.i else partner.same
    return noun


def _coordinated(sentence: Sentence, noun: Noun) -> list[Noun]:
    """A subject with those joined to it by commas and "and" before it; a group gives way to its members."""
    group = next((other for other in sentence.nouns if any(noun is member for member in other.members)), None)
    if group is not None and group is not noun:
        return [other for other in _joined_before(sentence, group) if other is not group] + group.members
    found = _joined_before(sentence, noun)
    if len(found) == 1 and noun.members:
        return noun.members
    if len(found) > 1 and found[0].plural and found[0].low == sum(other.low or 1 for other in found[1:]):
        return found[:1] if all(other.kind == "role" for other in found[1:]) else found[1:]
    told = [member for other in found for member in (other.members or [other])]
    members = list(
        {id(other): other for other in told if not (other.plural and other.kind in {"role", "kin"})}.values()
    )
    return members if len(members) > 1 else found


def _without_aside(gap: list[str]) -> list[str]:
    """What joins two persons when ", who ran the economy, and" stands between them."""
    if gap[:2] != [",", "who"] or ";" in gap:
        return gap
    stop = next((k for k in range(2, len(gap)) if gap[k] == ","), len(gap))
    return gap[stop:]


def _is_object(sentence: Sentence, noun: Noun) -> bool:
    """Whether a clause with a verb of its own ends with a phrase: "removed A and B, and the minister C was expelled"."""
    start = max((k + 1 for k in range(noun.i) if sentence.tokens[k].low in _BOUNDARY), default=sentence.body_start)
    words = sentence.lows(start, noun.i)
    if {"who", "which", "whose", "whom"} & set(words):
        return False
    inside = {k for other in sentence.nouns for k in range(other.i, other.j)}
    return any(
        k not in inside and (low in AUXILIARIES - {"'s"} or (low.endswith("ed") and low.isalpha()))
        for k, low in enumerate(words, start)
    )


def joined_to(sentence: Sentence, noun: Noun) -> list[Noun]:
    """A phrase with those joined to it before: "A and B were among the dead"."""
    return _coordinated(sentence, noun)


def _joined_before(sentence: Sentence, noun: Noun) -> list[Noun]:
    found, edge = [noun], noun.i
    while True:
        first = found[0]
        before = next((other for other in reversed(sentence.nouns) if other.j <= edge and other.is_person), None)
        if before is None:
            return found
        gap = sentence.lows(before.j, edge)
        if (before.same is first or first.same is before) and gap in ([], [","]):
            edge = before.i
            continue
        gap = _without_aside(gap)
        if gap[-1:] == ["of"] and _is_part(sentence, edge - 2):
            gap = gap[:-2]
        joined = gap in (["and"], [",", "and"], ["as", "well", "as"]) or (gap == [","] and len(found) > 1)
        joined = joined and not (gap == [",", "and"] and _is_object(sentence, before))
        main = before.same if before.same is not None and before.same.j <= edge else before
        if not joined or main in found or is_governed(sentence, main):
            return found
        found.insert(0, main)
        edge = min(main.i, before.i)
