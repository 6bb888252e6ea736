"""Ties between the persons of a report: kin, comrades, patrons, advisers."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import Status
from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.deeds import find_deeds_done
from ostraka.read.kin_of_kin import bridged
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

Tie = tuple[tuple[int, int], str, str, str, Status]
"""Words, ego, relation, alter, status."""

_FEMALE = frozenset(
    {
        "actress",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "princess",
        "queen",
        "mother",
        "wife",
        "first lady",
        "consort",
        "daughter",
        "sister",
    }
)
_BESIDE_BOND = word_set(
    ", and a an the who was is also as once former fellow close one of had been old his trusted long-time longtime served worked acted known"
    " described for years most personal chief main senior"
)
"""Words between a person and what they are to somebody."""
_MUTUAL = frozenset({"sibling_of", "cousin_of", "in_law_of", "spouse_of"})
_CONNECTED = frozenset({"connected", "related", "linked", "kin"})


def find_ties(story: Coreference) -> list[Tie]:
    """All ties of a laid-out report; a tie told twice is given once."""
    found: dict[tuple[str, str, str], Tie] = {}
    for sentence in story.scene.sentences:
        for tie in (
            ()
            if not sentence.has_people
            else (
                *_kin(story, sentence),
                *_of_members(sentence),
                *_couples(sentence),
                *_connections(sentence),
                *_bonds(sentence),
                *_done(sentence),
            )
        ):
            _, ego, relation, alter, _ = tie
            if ego and alter and ego != alter:
                found.setdefault((ego, relation, alter), tie)
    told = {(ego, relation, alter): words for words, ego, relation, alter, _ in found.values()}
    for row in bridged(list(told), {label for label, profile in story.profiles.items() if profile.named}):
        words = next(span for (ego, _, alter), span in told.items() if row[0] in {ego, alter})
        found.setdefault(row, (words, *row, Status.ASSERTED))
    return list(found.values())


def _done(sentence: Sentence) -> Iterator[Tie]:
    """Such as "is married to", "served under"."""
    for (ego, relation, alter), status in find_deeds_done(sentence):
        yield _span(sentence, ego, alter), ego.label, relation, alter.label, status


def _span(sentence: Sentence, *nouns: Noun) -> tuple[int, int]:
    real = [noun for noun in nouns if noun.j > noun.i]
    return sentence.tokens[min(noun.i for noun in real)].start, sentence.tokens[max(noun.j for noun in real) - 1].end


def _kin(story: Coreference, sentence: Sentence) -> Iterator[Tie]:
    for noun in sentence.nouns:
        if (
            noun.kind != "kin"
            or noun.kin is None
            or noun.owner is None
            or not noun.kin.relation
            or not noun.owner.label
        ):
            continue
        if noun.owners and noun.kin.relation == "child_of" and noun.same is not None:
            for parent, word in zip(noun.owners, ("father_of", "mother_of"), strict=False):
                yield _span(sentence, noun, parent, noun.same), parent.label, word, noun.label, Status.ASSERTED
        many = noun.same is None and (noun.plural or (noun.low or 1) > 1)
        if noun.owners or many or (noun.kin.word.endswith("s") and noun.same is None):
            continue
        if noun.kin.relation in {"kin_of", "grandchild_of"} and noun.same is None:
            continue
        ego, alter = noun.label, noun.owner.label
        words = _span(sentence, noun, noun.owner, noun.same or noun)
        if noun.kin.relation == "child_of":
            yield words, alter, parent_word(story, alter), ego, Status.ASSERTED
        elif noun.kin.relation == "grandchild_of":
            yield words, alter, "grandparent_of", ego, Status.ASSERTED
        else:
            yield words, ego, noun.kin.relation, alter, Status.ASSERTED


def parent_word(story: Coreference, label: str) -> str:
    """``mother_of`` where the report calls the parent a woman, else ``father_of``."""
    profile = story.profiles.get(label)
    if profile is None:
        return "father_of"
    if profile.gender == "f":
        return "mother_of"
    for _, noun in profile.nouns:
        words = (
            {noun.titles.lower()}
            | ({noun.role.word} if noun.role else set())
            | ({noun.kin.word} if noun.kin else set())
        )
        if words & _FEMALE:
            return "mother_of"
    return "father_of"


def _of_members(sentence: Sentence) -> Iterator[Tie]:
    """Such as "two sons-in-law of X, A and B", "three associates of X: A, B and C"."""
    for noun in sentence.nouns:
        if noun.owner is None and noun.kin is not None and len(noun.members) == 2:
            if noun.kin.relation in {"sibling_of", "spouse_of"}:
                ego, alter = (member.label for member in noun.members)
                yield _span(sentence, noun), ego, noun.kin.relation, alter, Status.ASSERTED
            continue
        for member in noun.members:
            words = _span(sentence, noun, member)
            owner = noun.owner or _bonded_to(sentence, noun.head)
            if owner is None or not owner.label:
                continue
            if noun.kin is not None and noun.kin.relation == "child_of":
                yield words, owner.label, "father_of", member.label, Status.ASSERTED
            elif noun.kin is not None and noun.kin.relation:
                yield words, member.label, noun.kin.relation, owner.label, Status.ASSERTED
            elif noun.role is not None:
                yield from _bound(
                    words, member.label, lexicon.bonds().get(sentence.tokens[noun.head].low, ""), owner.label
                )


def _bound(words: tuple[int, int], ego: str, relation: str, alter: str) -> Iterator[Tie]:
    turned = {"protege_of": "patron_of", "subordinate_of": "superior_of"}.get(relation)
    if turned:
        yield words, alter, turned, ego, Status.ASSERTED
    elif relation:
        yield words, ego, relation, alter, Status.ASSERTED


def _couples(sentence: Sentence) -> Iterator[Tie]:
    """Such as "two envoys who are husband and wife: A and B"."""
    yield from _pairs(sentence)
    if not sentence.has("couple", "wife"):
        return
    text = " ".join(sentence.lows(0, len(sentence.tokens)))
    if "husband and wife" not in text and "married couple" not in text:
        return
    named = [noun for noun in sentence.nouns if noun.kind == "person"]
    if len(named) == 2:
        yield _span(sentence, *named), named[0].label, "spouse_of", named[1].label, Status.ASSERTED


def _pairs(sentence: Sentence) -> Iterator[Tie]:
    """Such as "A and B are brothers", "A and B were cousins"."""
    for noun in sentence.nouns:
        if noun.kind != "kin" or noun.kin is None or noun.kin.relation not in _MUTUAL or noun.owner is not None:
            continue
        be = noun.i - 1
        if not noun.kin.word.endswith("s") or sentence.lows(be, be + 1) not in (["are"], ["were"]):
            continue
        pair = subjects(sentence, be)
        if len(pair) == 2:
            yield _span(sentence, *pair, noun), pair[0].label, noun.kin.relation, pair[1].label, Status.ASSERTED


def _connections(sentence: Sentence) -> Iterator[Tie]:
    """Such as "His wife is connected to General X"."""
    tokens = sentence.tokens
    for k in sentence.where(_CONNECTED):
        if k + 1 >= len(tokens) or tokens[k + 1].low != "to":
            continue
        ego = next((noun for noun in reversed(sentence.nouns) if noun.j <= k and noun.is_person), None)
        alter = next((noun for noun in sentence.nouns if noun.i > k and noun.is_person), None)
        if ego is not None and alter is not None and alter.i - k < 8:
            main = alter.same or alter
            yield _span(sentence, ego, main), ego.label, "kin_of", main.label, Status.ASSERTED


def _bonds(sentence: Sentence) -> Iterator[Tie]:
    """Such as "a comrade of X", "X's adviser"."""
    tokens, bonds = sentence.tokens, lexicon.bond_phrases()
    for k in sentence.where(bonds.firsts()):
        found = bonds.longest(tokens, k)
        if found is None:
            continue
        stop, relation = found
        alter = _bonded_to(sentence, k, stop - 1) or _possessed(sentence, k)
        if relation == "staff_of":
            relation = "aide_of" if alter is not None and alter.kind == "person" else ""
        ego = _bearer(sentence, k, alter)
        if alter is None or ego is None or alter.label == ego.label:
            continue
        start, stop = min(ego.i, alter.i, k), max(ego.j, alter.j, k + 1)
        words = tokens[start].start, tokens[stop - 1].end
        yield from _bound(words, ego.label, relation, alter.label)


def _bonded_to(sentence: Sentence, k: int, last: int = -1) -> Noun | None:
    """The one whom the bond is to: before "'s", or after "of" or "to"."""
    tokens = sentence.tokens
    for m in range(k - 1, max(k - 5, 0), -1):
        if tokens[m].low == "'s":
            return next((noun for noun in sentence.nouns if noun.j == m and noun.kind == "person"), None)
        if tokens[m].low in {",", "and", "a", "an", "the"}:
            break
    k = max(k, last)
    if k + 1 < len(tokens) and tokens[k + 1].low in {"of", "to", "for"}:
        first = next((noun for noun in sentence.nouns if k + 2 <= noun.i <= k + 4 and noun.is_person), None)
        if first is None:
            return None
        return first.same or (first if first.kind == "person" else None)
    return None


def _possessed(sentence: Sentence, k: int) -> Noun | None:
    """The one whom "his aide" and "with him was an aide" speak of."""
    own = next((noun for noun in sentence.nouns if noun.i <= k < noun.j and noun.kind == "role"), None)
    if own is not None and own.owner is not None and own.owner.label:
        return own.owner
    if (
        own is not None
        and own.det in {"a", "an"}
        and sentence.lows(sentence.body_start, sentence.body_start + 3)
        in (["with", "him", "was"], ["with", "her", "was"])
    ):
        return next((noun for noun in sentence.nouns if noun.kind == "pron"), None)
    if own is not None and own.det in {"a", "an"} and sentence.lows(own.i - 1, own.i) == ["and"]:
        return next((noun for noun in sentence.nouns if noun.j < own.i and noun.kind == "person"), None)
    return None


def _bearer(sentence: Sentence, k: int, alter: Noun | None) -> Noun | None:
    """The one who is the comrade or adviser."""
    own = next((noun for noun in sentence.nouns if noun.i <= k < noun.j and noun.kind in {"role", "kin"}), None)
    if own is not None and own.same is not None:
        return own.same
    if own is not None and own.plural and not _is_one_of(sentence, own):
        return None
    limit = min(k, alter.i) if alter is not None else k
    title = next(
        (noun for noun in sentence.nouns if alter is not None and noun.j == alter.i and noun.kind == "role"), None
    )
    limit = min(limit, title.i) if title is not None else limit
    limit = min(limit, own.i) if own is not None else limit
    follower = next((noun for noun in sentence.nouns if noun.i == k + 1 and noun.kind == "person"), None)
    if follower is not None:
        return follower
    for noun in reversed(sentence.nouns):
        if noun.j > limit or not noun.is_person:
            continue
        main = noun.same or noun
        between = sentence.lows(noun.j, limit)
        if set(between) <= _BESIDE_BOND:
            return main if main.kind in {"person", "role", "kin"} else (main if main.label else None)
        return None
    return None


def _is_one_of(sentence: Sentence, noun: Noun) -> bool:
    """Whether "one of the closest aides" makes one of many."""
    start = next((other.i for other in sentence.nouns if other.j == noun.lead and other.kind == "role"), noun.lead)
    return sentence.lows(start - 2, start) == ["one", "of"] or sentence.lows(start - 3, start - 1) == ["one", "of"]
