"""Events told without a verb of their own: members of a group, entries of a list, "so has X", "after Y in 1997"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ostraka.model import EventKind, Status
from ostraka.read import gate
from ostraka.read.arguments import Clause
from ostraka.read.clauses import make_event
from ostraka.read.coreference import Coreference
from ostraka.read.dating import event_time
from ostraka.read.found import Found, span_of
from ostraka.read.grammar import AUXILIARIES, PREPOSITIONS, REPORTING
from ostraka.read.lexicon import personal_verbs
from ostraka.read.noun import Noun
from ostraka.read.scene import Dated, Sentence
from ostraka.read.subjects import with_joined
from ostraka.read.tokens import word_set
from ostraka.read.told_on import belongs_to_report
from ostraka.read.triggers import Trigger, find_triggers, firm_triggers

_OPENS = word_set("including : notably among like")
_FILL = word_set(", and a an the one as well another both also them was were is are namely two three - – —")


def members(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Such as "five defections, including a diplomat of the embassy": those of a group that are told apart."""
    at = next((k for k in sentence.where(_OPENS) if k > sentence.body_start + 1), None)
    group = _group(sentence, at, found) if at is not None else None
    if group is None or at is None:
        return
    whole = next((event for event in reversed(found) if event.sentence is sentence and event.number is not None), None)
    expected, told = at + 1, 0
    for noun in sentence.nouns:
        if noun.i < expected or not _may_be_item(sentence, at, noun):
            continue
        far = noun.i - expected > 3 and not _is_filled(sentence, expected, noun.i)
        if far and (sentence.tokens[at].low != ":" or not told or not _begins_item(sentence, noun)):
            break
        if noun.plural and noun.kind == "role" and noun.low is None:
            expected = noun.j
            continue
        if noun.kind == "pron" or noun.plural or not noun.label:
            break
        if sentence.tokens[at].low != ":" and ";" in sentence.lows(expected, noun.i):
            break
        if any(noun.j <= trigger.i <= noun.j + 1 for trigger in find_triggers(sentence)):
            break
        dated = own_date(sentence, noun)
        if gate.admits(story, sentence, group, noun):
            event = listed_event(story, sentence, group, noun, dated)
            event.when = whole.when if whole is not None and dated is None else event.when
            event.destination = event.destination or (whole.destination if whole is not None else None)
            yield event
            told += 1
        expected = dated.j if dated is not None else _end(sentence, noun)


def _may_be_item(sentence: Sentence, at: int, noun: Noun) -> bool:
    """Whether a phrase may be an item of a list that word `at` opens: no apposition, nobody told of beside another."""
    own = noun.is_person and noun.same is None and noun.text not in {"them", "all of them"}
    return own and not (sentence.tokens[at].low == ":" and _is_behind(sentence, noun))


def _begins_item(sentence: Sentence, noun: Noun) -> bool:
    """Whether a named person begins a further item of a list: after a semicolon or ", and", over a title."""
    start = min([noun.i, *(other.i for other in sentence.nouns if other.same is noun and other.j == noun.i)])
    before = sentence.lows(start - 2, start)
    return noun.kind == "person" and (before[-1:] == [";"] or before in ([",", "and"], [";", "and"]))


def _is_filled(sentence: Sentence, i: int, j: int) -> bool:
    """Whether only small words, places and dates stand between two items of a list."""
    known = sentence.dated.union(*(range(noun.i, noun.j) for noun in sentence.nouns if not noun.is_person))
    return all(
        k in known or sentence.tokens[k].low in _FILL or sentence.tokens[k].low in {";", "in", "on", "of", "at", "from"}
        for k in range(i, j)
    )


def _end(sentence: Sentence, noun: Noun) -> int:
    """Where a person with what is told beside the name ends."""
    return max([noun.j, *(other.j for other in sentence.nouns if other.same is noun)])


def own_date(sentence: Sentence, noun: Noun) -> Dated | None:
    """The date after a person before the next one or the next semicolon."""
    following = [
        other.i for other in sentence.nouns if other.i >= noun.j and other.is_person and other.same is not noun
    ]
    stop = min(following, default=len(sentence.tokens))
    for row in sentence.dates:
        if noun.j <= row.i < stop and not {";", "."} & set(sentence.lows(noun.j, row.i)):
            if sentence.lows(row.i - 3, row.i) == ["and", ",", "in"]:
                return None
            return row if not belongs_to_report(sentence, row) else None
    return None


def listed_event(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun, dated: Dated | None) -> Found:
    """The event of one listed person, on the date beside the name."""
    event = make_event(story, sentence, clause, noun, Status(clause.trigger.rule.status or Status.ASSERTED))
    if dated is not None:
        event.when = event_time(story, dated, event.status)
    return event


NOUN_KINDS = {
    "defections": EventKind.DEFECTION,
    "defectors": EventKind.DEFECTION,
    "fugitives": EventKind.DEFECTION,
    "deserters": EventKind.DEFECTION,
    "desertions": EventKind.DEFECTION,
    "purges": EventKind.PURGE,
    "executions": EventKind.EXECUTION,
    "recalls": EventKind.RECALL,
    "dismissals": EventKind.DISMISSAL,
    "appointments": EventKind.APPOINTMENT,
    "disappearances": EventKind.DISAPPEARANCE,
}


def _group(sentence: Sentence, at: int, found: list[Found]) -> Clause | None:
    """What is told, as a clause, of the group whose members are listed from word `at`."""
    for event in reversed(found):
        if event.sentence is not sentence:
            break
        if event.words[0] > sentence.tokens[at].start:
            continue
        later = any(event.order < sentence.tokens[t.i].start and t.i < at for t in firm_triggers(sentence))
        if event.number is not None and event.actor is not None and not later:
            return listed_clause(event.kind, at, event.status, sentence)
    for k in range(at - 1, sentence.body_start - 1, -1):
        kind = NOUN_KINDS.get(sentence.tokens[k].low)
        if kind is not None:
            return listed_clause(kind, k, Status.ASSERTED, sentence)
    if sentence.tokens[at].low == ":":
        for trigger in find_triggers(sentence):
            if trigger.i < at and {"those", "others", "who"} & set(sentence.lows(trigger.i - 4, trigger.i)):
                return listed_clause(trigger.rule.kind, trigger.i, Status.ASSERTED, sentence)
    return None


def listed_clause(kind: EventKind, at: int, status: Status, sentence: Sentence) -> Clause:
    """A clause without words of its own, as the group, the entry before or the heading has it."""
    rule = replace(gate.nominal_rule(kind), status=str(status))
    return Clause(Trigger(rule, at, min(at + 1, len(sentence.tokens))), at)


def entries(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Such as "FRANCE: X, ambassador in Paris, on February 25": an entry without a verb, like those before it."""
    if not found or sentence.ix - found[-1].sentence.ix > 2 or _has_verb(sentence):
        return
    before = found[-1]
    if not sentence.dates and not (before.number or before.needs == "entry"):
        return
    people = [n for n in sentence.nouns if n.kind in {"person", "role"} and n.same is None and n.label]
    clause = listed_clause(before.kind, sentence.body_start, before.status, sentence)
    for noun in people:
        told = noun.kind == "person" or noun.det in {"a", "an"}
        if told and not _is_behind(sentence, noun) and gate.admits(story, sentence, clause, noun):
            dated = own_date(sentence, noun) or next(reversed(sentence.dates), None)
            event = listed_event(story, sentence, clause, noun, dated)
            event.needs = before.needs if before.needs == "resigns" else "entry"
            event.when = event.when if dated is not None else before.when
            yield event


def _is_behind(sentence: Sentence, noun: Noun) -> bool:
    """Whether a person is only told of beside another: after "of", before "'s"."""
    start = min([noun.i, *(other.i for other in sentence.nouns if other.same is noun and other.j == noun.i)])
    before = sentence.lows(start - 1, start)
    return sentence.lows(noun.j, noun.j + 1) == ["'s"] or before in (["of"], ["to"], ["by"], ["with"])


MAX_PLAIN = 4
"""So many plain words besides names, posts, places and dates make a sentence more than an entry."""


def _has_verb(sentence: Sentence) -> bool:
    """Whether a sentence has a verb, as far as its words show."""
    inside = sentence.dated.union(*(range(noun.i, noun.j) for noun in sentence.nouns))
    words = [t for k, t in enumerate(sentence.tokens) if k not in inside and t.text.isalpha() and t.text.islower()]
    if sum(token.low not in PREPOSITIONS and token.low not in _FILL for token in words) > MAX_PLAIN:
        return True
    acts = {noun.j for noun in sentence.nouns if noun.kind == "person"}
    if any(k in acts and token.low.endswith("ed") for k, token in enumerate(sentence.tokens)):
        return True
    return bool(find_triggers(sentence)) or any(
        token.low in AUXILIARIES or token.low in REPORTING or token.low in personal_verbs()
        for k, token in enumerate(sentence.tokens)
        if k not in inside
    )


_SO = word_set("has have did does do is are was were had")
_GOES = word_set("died vanished go flee defect went came fled left was were is are has have defected")


def echoes(story: Coreference, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
    """Such as "so has the general", "and with him his deputy": what was told just before, of one more."""
    if not found or sentence.ix - found[-1].sentence.ix > 1:
        return
    for k in sentence.where(_ECHOES):
        if not sentence.body_start <= k < len(sentence.tokens) - 2:
            continue
        start = _echo_at(sentence, k)
        before = _told_before(sentence, k, found)
        if before is None:
            continue
        noun = next((n for n in sentence.nouns if start <= n.i <= start + 1 and n.is_person), None) if start else None
        if noun is None and before.number is not None:
            noun = _among(sentence, k)
        if noun is None or noun.kind in {"pron", "kin"}:
            continue
        clause = listed_clause(before.kind, k, before.status, sentence)
        for main in with_joined(sentence, noun.same or noun):
            if main.label and main.label != before.label and gate.admits(story, sentence, clause, main):
                dated = own_date(sentence, noun) or _first_date(sentence, before)
                event = listed_event(story, sentence, clause, main, dated)
                event.when = event.when if dated is not None else before.when
                yield event


def _told_before(sentence: Sentence, k: int, found: list[Found]) -> Found | None:
    """The last event told before word `k`, in this sentence or the one before."""
    start = sentence.tokens[k].start
    last = next((event for event in reversed(found) if event.order < start), None)
    return last if last is not None and sentence.ix - last.sentence.ix <= 1 else None


def _first_date(sentence: Sentence, before: Found) -> Dated | None:
    """The date of a sentence of its own; what shares a sentence shares its date."""
    own = sentence is not before.sentence
    return next((row for row in sentence.dates if row.i >= sentence.body_start), None) if own else None


def _among(sentence: Sentence, k: int) -> Noun | None:
    """The person of whom "among them" is said just before word `k`, or just after."""
    words = sentence.lows(k, k + 3)
    if words[:2] != ["among", "them"]:
        return None
    stop = k + 2
    before = next((n for n in reversed(sentence.nouns) if n.j <= k and k - n.j <= 2 and n.is_person), None)
    after = next((n for n in sentence.nouns if stop <= n.i <= stop + 2 and n.is_person), None)
    return before or after


_ECHOES = word_set("so as with along together among")
"""What "so has", "with him", "along with", "among them" begin with."""


def _echo_at(sentence: Sentence, k: int) -> int:
    """The word after "so has", "as did", "with him was"; 0 if nothing of the kind begins at word `k`."""
    first, second, third = [*sentence.lows(k, k + 3), "", ""][:3]
    if first in {"so", "as"} and second in _SO:
        return k + 2
    if first == "with" and second in {"him", "her", "them"}:
        at = k + 3 if third in _GOES or third.endswith("ed") else k + 2
        return at + 2 if sentence.lows(at + 1, at + 2) == ["or"] else at if second != "her" or at > k + 2 else 0
    return k + 2 if first in {"along", "together"} and second == "with" else 0


_LEFT = word_set(
    "defect defected defects defector defection leave left flee fled flees escape escaped abandon abandoned desert deserted break"
    " go gone quit resign resigned come"
)
_RECORD = word_set(
    "first second third fourth fifth most highest highest-ranking highest-level senior latest rank ranked such last"
)


_BE = frozenset({"was", "were"})


def comparisons(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "the most senior to leave since X in 1997": X left in 1997."""
    tokens = sentence.tokens
    words = sentence.words
    if not words & {"since", "after"} or not words & _LEFT:
        return
    cues = {"since", "after"} if words & _RECORD else {"since"}
    for noun in sentence.nouns:
        if noun.kind not in {"person", "role"} or noun.i == 0 or (noun.kind == "role" and noun.det not in {"a", "an"}):
            continue
        before = tokens[noun.i - 1].low
        if before not in cues:
            prior = next((o for o in sentence.nouns if o.j == noun.i and o.same is noun), None)
            before = tokens[prior.i - 1].low if prior is not None and prior.i else before
        profile = story.profile(noun.label)
        if before not in cues or not (profile.tier < 5 if noun.kind == "role" else gate.is_named_elite(story, profile)):
            continue
        if any(trigger.i >= noun.j and trigger.i - noun.j < 3 for trigger in find_triggers(sentence)):
            continue
        if not _LEFT & set(sentence.lows(sentence.body_start, noun.i)) or _BE & set(sentence.lows(noun.j, len(tokens))):
            continue
        dated = next((row for row in sentence.dates if row.i >= noun.j), None)
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
