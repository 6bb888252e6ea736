"""Ties between the persons of a report: kin, comrades, patrons, advisers."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import Status
from ostraka.read import lexicon
from ostraka.read.chiefs import find_chiefs
from ostraka.read.comrades import BESIDE_BOND, Tie, bonded_to, bound, find_bonds
from ostraka.read.coreference import Coreference
from ostraka.read.deeds import find_deeds_done
from ostraka.read.kin_ends import KinEnds
from ostraka.read.kin_of_kin import bridged
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.staff import find_staff
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

_ARE = frozenset({"are", "were"})
_EACH_OTHER = word_set(
    "brothers sisters siblings half-brothers half-sisters twins cousins brothers-in-law sisters-in-law in-laws spouses comrades friends"
    " classmates schoolmates roommates cellmates colleagues comrades-in-arms"
)
"""What two are to each other."""
_CONNECTED = frozenset({"connected", "related", "linked", "kin"})


def find_ties(story: Coreference) -> list[Tie]:
    """All ties of a laid-out report; a tie told twice is given once."""
    found: dict[tuple[str, str, str], Tie] = {}
    ends = KinEnds(story)
    for sentence in story.scene.sentences:
        for tie in (
            ()
            if not sentence.has_people
            else (
                *_kin(story, ends, sentence),
                *_of_members(story, ends, sentence),
                *_couples(sentence),
                *_connections(sentence),
                *find_bonds(ends, sentence),
                *find_staff(ends, sentence),
                *find_chiefs(story, ends, sentence),
                *_done(sentence),
            )
        ):
            words, ego, relation, alter, status = tie
            alter = _rather_the_lead(story, ends, alter) if relation in _OF_OFFICE else alter
            if ego and alter and ego != alter and (ends.is_named(ego) or ends.is_named(alter)):
                found.setdefault((ego, relation, alter), (words, ego, relation, alter, status))
    for tie in list(_shared(story, ends, list(found))):
        found.setdefault(tie[1:4], tie)
    told = {(ego, relation, alter): words for words, ego, relation, alter, _ in found.values()}
    for row in bridged(list(told), {label for label, profile in story.profiles.items() if profile.named}):
        words = next(span for (ego, _, alter), span in told.items() if row[0] in {ego, alter})
        found.setdefault(row, (words, *row, Status.ASSERTED))
    return list(found.values())


_OF_OFFICE = frozenset({"aide_of", "comrade_of", "adviser_of", "served_with"})


def _rather_the_lead(story: Coreference, ends: KinEnds, label: str) -> str:
    """The one a report is about in place of one man without a name: "the colonel" whose aide somebody is."""
    profile = story.profiles.get(label)
    unnamed = profile is not None and not profile.named and not profile.plural and not ends.rules(label)
    return ends.lead if unnamed else label


_PAIRS = frozenset({"spouse_of", "sibling_of"})
_SPOUSES = frozenset({"spouses"})


def _shared(story: Coreference, ends: KinEnds, told: list[tuple[str, str, str]]) -> Iterator[Tie]:
    """Kin of both of a pair: "their son X" after a man and his wife, "their father" of two brothers."""
    pairs = [(ego, alter) for ego, relation, alter in told if relation in _PAIRS]
    for sentence in story.scene.sentences:
        for noun in sentence.nouns:
            owner = noun.owner.label if noun.kind == "kin" and noun.det == "their" and noun.owner is not None else ""
            if not owner or noun.same is None or noun.same.i < noun.j or noun.kin is None or not noun.kin.relation:
                continue
            both = [pair for pair in pairs if owner in pair and all(ends.is_named(label) for label in pair)]
            for label in dict.fromkeys(both[-1]) if both else ():
                if label != noun.label:
                    yield _kin_tie(story, (_span(sentence, noun, noun.same), noun.label, noun.kin.relation, label))


def _done(sentence: Sentence) -> Iterator[Tie]:
    """Such as "is married to", "served under"."""
    for (ego, relation, alter), status in find_deeds_done(sentence):
        yield _span(sentence, ego, alter), ego.label, relation, alter.label, status


def _span(sentence: Sentence, *nouns: Noun) -> tuple[int, int]:
    real = [noun for noun in nouns if noun.j > noun.i]
    return sentence.tokens[min(noun.i for noun in real)].start, sentence.tokens[max(noun.j for noun in real) - 1].end


def _kin(story: Coreference, ends: KinEnds, sentence: Sentence) -> Iterator[Tie]:
    for noun in sentence.nouns:
        if noun.kind != "kin" or noun.kin is None or not noun.kin.relation:
            continue
        if noun.owners and noun.kin.relation == "child_of" and noun.same is not None:
            for parent, word in zip(noun.owners, ("father_of", "mother_of"), strict=False):
                yield _span(sentence, noun, parent, noun.same), parent.label, word, noun.label, Status.ASSERTED
        many = noun.same is None and (noun.plural or (noun.low or 1) > 1)
        if noun.owners or many or (noun.kin.word.endswith("s") and noun.same is None):
            continue
        ego, alter = ends.kin(sentence, noun), ends.owner(sentence, noun)
        if noun.owner is not None and alter != noun.owner.label and ego.endswith(f" of {noun.owner.label}"):
            continue
        if noun.kin.relation in {"kin_of", "grandchild_of"} and not ends.is_named(ego):
            continue
        words = _span(sentence, noun, noun.owner or noun, noun.same or noun)
        yield _kin_tie(story, (words, ego, noun.kin.relation, alter))


def _kin_tie(story: Coreference, row: tuple[tuple[int, int], str, str, str]) -> Tie:
    """A tie of kin, told from the side of the parent or grandparent."""
    words, ego, relation, alter = row
    if relation == "child_of":
        return words, alter, parent_word(story, alter), ego, Status.ASSERTED
    if relation == "grandchild_of":
        return words, alter, "grandparent_of", ego, Status.ASSERTED
    return words, ego, relation, alter, Status.ASSERTED


def parent_word(story: Coreference, label: str) -> str:
    """``mother_of`` where the report calls the parent a woman, else ``father_of``."""
    profile = story.profiles.get(label)
    return "mother_of" if profile is not None and profile.gender == "f" else "father_of"


def _of_members(story: Coreference, ends: KinEnds, sentence: Sentence) -> Iterator[Tie]:
    """Such as "two sons-in-law of X, A and B", "three associates of X: A, B and C"."""
    for noun in sentence.nouns:
        if not noun.members:
            continue
        owner = _possessing(sentence, noun) if noun.owner is None else None
        alter = owner.label if owner is not None else ends.owner(sentence, noun) if noun.owner is not None else ""
        if noun.kin is not None and not ends.is_named(alter):
            yield from _among(sentence, noun)
        if not alter and noun.kin is not None:
            continue
        bonded = None if alter else bonded_to(sentence, noun.head)
        alter = bonded.label if bonded is not None else alter or _understood(ends, noun)
        for member in noun.members if alter else ():
            words = _span(sentence, noun, member)
            if noun.kin is not None and noun.kin.relation:
                yield _kin_tie(story, (words, member.label, noun.kin.relation, alter))
            elif noun.role is not None:
                yield from bound(words, member.label, _bond(sentence, noun), alter)


def _among(sentence: Sentence, noun: Noun) -> Iterator[Tie]:
    """What two are to each other: "the brothers A and B", "the daughters, A and B", not "the wives A and B"."""
    relation = noun.kin.relation if noun.kin is not None else ""
    relation = "sibling_of" if relation == "child_of" else relation
    if noun.kin is not None and relation == "spouse_of" and noun.kin.word not in _SPOUSES:
        return
    if len(noun.members) == 2 and relation in _PAIRS:
        ego, other = (member.label for member in noun.members)
        yield _span(sentence, noun), ego, relation, other, Status.ASSERTED


def _bond(sentence: Sentence, noun: Noun) -> str:
    """What those of a group are to one: aides, deputies, friends."""
    post = lexicon.posts_between().get(noun.role.word, "") if noun.role is not None else ""
    return lexicon.bonds().get(sentence.tokens[noun.head].low, "") or (post if post == "aide_of" else "")


def _understood(ends: KinEnds, noun: Noun) -> str:
    """Whose "two aides, A and B" are where it is left unsaid: of the one a report is about."""
    counted = noun.role is not None and noun.role.word in lexicon.bonds() and noun.low is not None
    lead = ends.lead if counted and noun.body is None else ""
    return "" if lead in {member.label for member in noun.members} else lead


def _possessing(sentence: Sentence, noun: Noun) -> Noun | None:
    """The subject of "X has two sons: A and B"."""
    has = noun.kind == "kin" and sentence.lows(noun.i - 1, noun.i) in (["has"], ["had"])
    return next(iter(subjects(sentence, noun.i - 1)), None) if has else None


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
    """Such as "A and B are brothers", "A and B were classmates"."""
    tied = lexicon.bonds()
    for be in sentence.where(_ARE):
        near = range(be + 1, min(be + 4, len(sentence.tokens)))
        k = next((k for k in near if sentence.low[k] in _EACH_OTHER), None)
        pair = _pair_before(sentence, be) if k is not None else []
        if k is None or len(pair) != 2 or not all(low in BESIDE_BOND for low in sentence.lows(be + 1, k)):
            continue
        if sentence.lows(k + 1, k + 2) == ["of"]:
            continue
        found = lexicon.kin().longest(sentence.tokens, k)
        relation = found[1].relation if found is not None else tied[sentence.low[k]]
        yield _span(sentence, *pair), pair[0].label, relation, pair[1].label, Status.ASSERTED


def _pair_before(sentence: Sentence, be: int) -> list[Noun]:
    """The two of whom "are cousins" is said; over "who" those named side by side before it."""
    if sentence.lows(be - 1, be) != ["who"]:
        return subjects(sentence, be)
    end = be - 1 - (sentence.lows(be - 2, be - 1) == [","])
    last = next((noun for noun in sentence.nouns if noun.j == end and noun.kind == "person"), None)
    start = sentence.lead_of(last) if last is not None else 0
    first = next((n for n in sentence.nouns if n.j == start - 1 and n.kind == "person"), None)
    return [first, last] if first and last and sentence.low[start - 1] == "and" else []


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
