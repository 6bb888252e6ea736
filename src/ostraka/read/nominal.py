"""Events told by nouns: "the defection of the consul", "his execution in 2013"."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import EventKind
from ostraka.read import gate, thrones
from ostraka.read.arguments import Clause
from ostraka.read.clauses import make_event
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.grammar import BE
from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.scene import Sentence
from ostraka.read.status import status_of
from ostraka.read.subjects import is_governed
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger, nominal_rules, nominal_words


def nominal_events(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "The defection of the consul", "his execution in 2013"."""
    for at in sentence.where(nominal_words()):
        for kind, rest, firm in nominal_rules()[sentence.low[at]] if at >= sentence.body_start else ():
            stop = at + 1 + len(rest)
            if tuple(sentence.lows(at + 1, stop)) == rest:
                event = _nominal_event(story, sentence, kind, (at, stop), firm=firm)
                if event is not None:
                    yield event
                    break


def _nominal_event(
    story: Coreference, sentence: Sentence, kind: EventKind, at: tuple[int, int], *, firm: bool
) -> Found | None:
    """The event that a noun tells of its owner; a weak noun needs a report on such events around it."""
    owner = _owner_of_noun(story, sentence, *at)
    if _means_other(sentence, kind, at[0]) or _is_record(sentence, owner, at[0]):
        return None
    firm = firm or (sentence.lows(at[1], at[1] + 1) == ["of"] and sentence.tokens[at[0]].low == "flight")
    accepted = kind is EventKind.DISMISSAL and not _ACCEPTS.isdisjoint(sentence.lows(at[0] - 4, at[0]))
    if owner is None or not (firm or accepted or (kind is EventKind.DEFECTION and sentence.heat >= 0.5)):
        return None
    clause = Clause(Trigger(gate.nominal_rule(kind), *at), at[0], subjects=[owner])
    if kind is EventKind.SUCCESSION and not thrones.is_succession(story, sentence, clause):
        return None
    profile = story.profile(owner.label)
    known = profile.named or owner.det in {"a", "an"} or len(profile.nouns) > 1
    if not known or not gate.admits(story, sentence, clause, owner):
        return None
    status = status_of(sentence, clause)
    if status is None:
        return None
    event = make_event(story, sentence, clause, owner, status)
    if kind is EventKind.APPOINTMENT and not _ENDED.isdisjoint(sentence.lows(at[1], at[1] + 5)):
        event.kind = EventKind.DISMISSAL
    event.background = kind not in {EventKind.SUCCESSION, EventKind.DISAPPEARANCE}
    return event


def _is_record(sentence: Sentence, owner: Noun | None, at: int) -> bool:
    """Whether only a rank among others is told: "the first desertion of a general since 1983"."""
    return owner is not None and owner.det in {"a", "an"} and not _RECORD.isdisjoint(sentence.lows(at - 3, at))


def _means_other(sentence: Sentence, kind: EventKind, at: int) -> bool:
    """Whether a noun tells nothing here: whereabouts that are known, a murder somebody is charged with."""
    if sentence.tokens[at].low == "whereabouts":
        return not sentence.has(*_UNKNOWN)
    return kind is EventKind.ASSASSINATION and not _CHARGES.isdisjoint(sentence.lows(at - 5, at))


def newcomers(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "X is the new foreign minister", "the army has a new chief: X": somebody has been appointed."""
    for noun in sentence.nouns if sentence.has("new", "newly") else ():
        if noun.kind != "role" or noun.role is None or noun.role.tier not in {1, 2, 3}:
            continue
        if not {"new", "newly"} & set(sentence.lows(noun.i - 2, noun.head)):
            continue
        person = _holder(sentence, noun)
        clause = Clause(Trigger(gate.nominal_rule(EventKind.APPOINTMENT), noun.i, noun.j), noun.i)
        if person is None or not gate.admits(story, sentence, clause, person):
            continue
        status = status_of(sentence, clause)
        if status is not None:
            yield make_event(story, sentence, clause, person, status)


def _holder(sentence: Sentence, noun: Noun) -> Noun | None:
    """Who is said to be the new holder of an office: before "is", after "is" or a colon."""
    if BE & set(sentence.lows(noun.j, noun.j + 1)) or sentence.lows(noun.j, noun.j + 1) == [":"]:
        return next((n for n in sentence.nouns if noun.j < n.i <= noun.j + 2 and n.kind == "person"), None)
    before = sentence.lows(noun.lead - 4, noun.i)
    if BE & set(before) or "becomes" in before:
        return noun.same if noun.same is not None and noun.same.kind == "person" else None
    return None


_RECORD = word_set("first second third fourth latest highest only last")
_UNKNOWN = word_set("unknown unclear mystery uncertain undisclosed known unaware")
_SOUGHT = word_set(
    "sought seek seeks seeking wants want wanted demanded demands demand warrant warrants requested urged"
)
"""What makes an arrest or a removal a wish: "sought his arrest"."""
_ACCEPTS = frozenset({"accepted", "accepts", "accept", "approved"})
_ENDED = word_set("ended expired revoked cancelled withdrawn terminated over annulled")
_CHARGES = word_set(
    "suspected suspects suspect accused accuses accuse charged charges convicted guilty tried for complicity"
)


def _owner_of_noun(story: Coreference, sentence: Sentence, at: int, stop: int) -> Noun | None:
    tokens = sentence.tokens
    at -= sentence.lows(at - 1, at) == ["own"]
    if at >= 1 and tokens[at - 1].low in {"his", "her", "their", "my"}:
        label = next(
            (
                noun.label
                for noun in reversed(sentence.nouns)
                if noun.j <= at
                and noun.is_person
                and noun.label
                and not noun.plural
                and noun.label not in leaders()
                and not is_governed(sentence, noun)
            ),
            "",
        ) or story_focus(story, sentence)
        return Noun("pron", at - 1, at, at - 1, text=tokens[at - 1].low, label=label) if label else None
    is_dated = any(row.j in {at - 1, at} for row in sentence.dates)
    if at >= 2 and tokens[at - 1].low == "'s" and not is_dated:
        return next((noun for noun in sentence.nouns if noun.j == at - 1 and noun.is_person), None)
    k = stop
    if k < len(tokens) and tokens[k].low in {"last", "in", "this", "on"}:
        dated = next((row for row in sentence.dates if row.i in {k, k + 1}), None)
        k = dated.j if dated is not None else k
    if k < len(tokens) and tokens[k].low in {"of", "by"}:
        pool = [noun for noun in sentence.nouns if k + 1 <= noun.i <= k + 2 and noun.is_person]
        if pool:
            main = pool[0]
            if sentence.lows(main.j, main.j + 1) == ["'s"]:
                main = next((noun for noun in sentence.nouns if noun.i == main.j + 1 and noun.is_person), main)
            if main.det == "'s" and main.owner is not None:
                return main.same or main
            return main.same or main
        owned = next((noun for noun in sentence.nouns if noun.i <= k + 4 and noun.i > k and noun.kind == "role"), None)
        return (owned.same or owned) if owned is not None else None
    return None


def story_focus(story: Coreference, sentence: Sentence) -> str:
    """The one the sentence before was about."""
    for earlier in reversed(story.scene.sentences[: sentence.ix]):
        for noun in earlier.nouns:
            if noun.is_person and noun.label and not noun.plural:
                return noun.label
    return ""
