"""Events told by nouns, by examples of a group, and by comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from ostraka.model import EventKind, Status
from ostraka.read import gate, thrones
from ostraka.read.arguments import Clause, read_clause
from ostraka.read.clauses import make_event
from ostraka.read.coreference import Coreference
from ostraka.read.dating import event_time
from ostraka.read.found import Found, span_of
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.status import status_of
from ostraka.read.triggers import Trigger, find_triggers, nominal_rules


def nominal_events(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "The defection of the consul", "his execution in 2013"."""
    table, tokens = nominal_rules(), sentence.tokens
    for at in range(sentence.body_start, len(tokens)):
        row = table.get(tokens[at].low)
        if row is None or tuple(sentence.lows(at + 1, at + 1 + len(row[1]))) != row[1]:
            continue
        kind = row[0]
        owner = _owner_of_noun(story, sentence, at, at + 1 + len(row[1]))
        if owner is None:
            continue
        clause = Clause(Trigger(gate.nominal_rule(kind), at, at + 1), at, subjects=[owner])
        if kind is EventKind.SUCCESSION and not thrones.is_succession(story, sentence, clause):
            continue
        profile = story.profile(owner.label)
        if not gate.admits(story, sentence, clause, owner) or not (
            profile.named or owner.det in {"a", "an"} or len(profile.nouns) > 1
        ):
            continue
        status = status_of(sentence, clause)
        if status is None:
            continue
        event = make_event(story, sentence, clause, owner, status)
        event.background = kind is not EventKind.SUCCESSION
        yield event


_NOUN_KINDS = {
    "defections": EventKind.DEFECTION,
    "defectors": EventKind.DEFECTION,
    "purges": EventKind.PURGE,
    "executions": EventKind.EXECUTION,
    "recalls": EventKind.RECALL,
    "dismissals": EventKind.DISMISSAL,
    "disappearances": EventKind.DISAPPEARANCE,
    "desertions": EventKind.DEFECTION,
}


def examples(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "five defections, including a diplomat of the embassy": the members of a group that are told apart."""
    tokens = sentence.tokens
    at = next(
        (k for k, t in enumerate(tokens) if t.low in {"including", ":", "notably"} and k > sentence.body_start), None
    )
    if at is None:
        return
    clause = _group_clause(sentence, at)
    if clause is None:
        return
    status = status_of(sentence, clause)
    if status is None:
        return
    expected = at + 1
    for noun in sentence.nouns:
        if noun.i < expected or not noun.is_person or noun.same is not None:
            continue
        if noun.i - expected > 3 and not set(sentence.lows(expected, noun.i)) <= {
            ",",
            "and",
            "a",
            "an",
            "the",
            "one",
            "as",
            "well",
        }:
            break
        if noun.kind == "pron" or noun.plural or not noun.label:
            break
        if gate.admits(story, sentence, clause, noun):
            yield make_event(story, sentence, clause, noun, status)
        expected = noun.j


def _group_clause(sentence: Sentence, at: int) -> Clause | None:
    """The verb or noun before "including" whose actors are a group."""
    for trigger in reversed(find_triggers(sentence)):
        if trigger.i < at:
            clause = read_clause(sentence, trigger)
            if any(noun.plural for noun in clause.subjects):
                return clause
    for k in range(at - 1, sentence.body_start - 1, -1):
        kind = _NOUN_KINDS.get(sentence.tokens[k].low)
        if kind is not None:
            return Clause(Trigger(gate.nominal_rule(kind), k, k + 1), k)
    return None


def _owner_of_noun(story: Coreference, sentence: Sentence, at: int, stop: int) -> Noun | None:
    tokens = sentence.tokens
    if at >= 1 and tokens[at - 1].low in {"his", "her", "their"}:
        label = next(
            (
                noun.label
                for noun in reversed(sentence.nouns)
                if noun.j <= at and noun.is_person and noun.label and not noun.plural
            ),
            "",
        ) or story_focus(story, sentence)
        return Noun("pron", at - 1, at, at - 1, text=tokens[at - 1].low, label=label) if label else None
    if at >= 2 and tokens[at - 1].low == "'s":
        return next((noun for noun in sentence.nouns if noun.j == at - 1 and noun.is_person), None)
    k = stop
    if k < len(tokens) and tokens[k].low in {"last", "in", "this", "on"}:
        dated = next((row for row in sentence.dates if row.i in {k, k + 1}), None)
        k = dated.j if dated is not None else k
    if k < len(tokens) and tokens[k].low in {"of", "by"}:
        pool = [noun for noun in sentence.nouns if k + 1 <= noun.i <= k + 2 and noun.is_person]
        if pool:
            main = pool[0]
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


def comparisons(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "the most senior to leave since X in 1997": X left in 1997."""
    tokens = sentence.tokens
    words = {token.low for token in tokens}
    if "since" not in words or not words & {
        "defect",
        "defected",
        "leave",
        "flee",
        "left",
        "defector",
        "defection",
        "fled",
    }:
        return
    for noun in sentence.nouns:
        if noun.kind != "person" or noun.i == 0:
            continue
        before = tokens[noun.i - 1].low
        if before != "since":
            prior = next((o for o in sentence.nouns if o.j == noun.i and o.same is noun), None)
            before = tokens[prior.i - 1].low if prior is not None and prior.i else before
        if before != "since" or not gate.is_named_elite(story, story.profile(noun.label)):
            continue
        dated = next((row for row in sentence.dates if row.i > noun.j), None)
        yield Found(
            EventKind.DEFECTION,
            noun.label,
            sentence,
            span_of(sentence, noun.i - 1, dated.j if dated else noun.j),
            Status.MENTIONED,
            when=event_time(story, dated, Status.MENTIONED),
            actor=noun,
            background=True,
            order=tokens[noun.i].start,
        )
