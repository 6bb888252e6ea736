"""Events of one clause: who, how it is put, when, where to, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read import gate, thrones
from ostraka.read.arguments import Clause
from ostraka.read.company import company_of, family_of, kin_left, number_of
from ostraka.read.coreference import Coreference
from ostraka.read.dating import bound_of, event_time, governing_date
from ostraka.read.destination import destination
from ostraka.read.found import Found, Words
from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.post_places import dateline_of
from ostraka.read.scene import Dated, Sentence
from ostraka.read.status import speaker, status_of
from ostraka.read.subjects import subjects
from ostraka.read.told_on import report_date, tells_himself, tells_officially


def clause_events(story: Coreference, sentence: Sentence, clause: Clause, told: list[Found]) -> Iterator[Found]:
    """Events of one clause; `told` are those found so far, for "did the same"."""
    if not _frame_holds(story, sentence, clause, told):
        return
    status = status_of(sentence, clause)
    if status is None:
        return
    company = company_of(clause)
    for noun in _expanded(story, sentence, clause.subjects):
        if noun not in company and noun.label and gate.admits(story, sentence, clause, noun):
            event = make_event(story, sentence, clause, noun, status)
            if clause.trigger.rule.frame == "same":
                event.kind, event.destination = told[-1].kind, told[-1].destination
            if event.kind is EventKind.EXECUTION and _is_abroad(story, sentence, clause, noun):
                event.kind = EventKind.ASSASSINATION
            if event.kind is EventKind.APPOINTMENT and thrones.is_top_office(story, sentence, clause):
                event.kind = EventKind.SUCCESSION
            yield event
    yield from _successor(story, sentence, clause, status)


def _is_abroad(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether somebody is shot in another country: a regime executes at home."""
    home, trigger = story.profile(noun.label).country or story.regime, clause.trigger
    return trigger.rule.verb in {"shoot", "kill"} and any(
        place.kind == "place" and place.country not in {"", home}
        for place in sentence.nouns
        if trigger.i < place.i < trigger.j + 9
        and {"in", "near", "at", "outside"} & set(sentence.lows(place.i - 1, place.i))
    )


_NOT = frozenset({"not", "n't", "never", "nor", "without", "no"})


_NEGATED = frozenset({"notback", "unseen", "nolonger"})


def _frame_holds(story: Coreference, sentence: Sentence, clause: Clause, told: list[Found]) -> bool:
    """Whether the words around the verb make it what its frame says ("did not return", "no longer serves")."""
    frame, chain = clause.trigger.rule.frame, set(clause.chain)
    if frame in _NEGATED:
        clause.chain = [word for word in clause.chain if word not in _NOT | {"longer"}]
    if (frame == "same" and not told) or ("asked" in chain and _NOT & chain):
        return False
    kind = clause.trigger.rule.kind
    return kind is not EventKind.SUCCESSION or thrones.is_succession(story, sentence, clause)


def _successor(story: Coreference, sentence: Sentence, clause: Clause, status: Status) -> Iterator[Found]:
    """The one who comes: "was replaced by X", "X replaced him"."""
    trigger = clause.trigger
    if trigger.rule.kind is EventKind.APPOINTMENT and not thrones.is_top_office(story, sentence, clause):
        yield from _replaced(story, sentence, clause, status)
    if trigger.rule.verb != "replace":
        return
    if clause.passive:
        by = next(
            (k for k in range(trigger.j, min(trigger.j + 8, len(sentence.tokens))) if sentence.tokens[k].low == "by"),
            None,
        )
        comers = [noun for noun in sentence.nouns if by is not None and by < noun.i <= by + 3 and noun.is_person][:1]
    else:
        at = next(
            (
                k
                for k in range(trigger.j, min(trigger.j + 20, len(sentence.tokens)))
                if sentence.tokens[k].low == "with"
            ),
            None,
        )
        if at is not None:
            comers = [noun for noun in sentence.nouns if at < noun.i <= at + 4 and noun.kind == "person"][:1]
        else:
            comers = subjects(sentence, clause.start)[:1] if trigger.rule.form != "ing" else []
    for noun in comers:
        main = noun.same or noun
        if main.kind != "pron" and story.profile(main.label).named and main.label not in leaders():
            event = make_event(story, sentence, clause, main, status)
            event.kind = EventKind.APPOINTMENT
            yield event


_STEAD = (
    ("in", "place", "of"),
    ("instead", "of"),
    ("succeeding",),
    ("in", "succession", "to"),
    ("over", "from"),
    ("to", "replace"),
    ("to", "succeed"),
)


def _replaced(story: Coreference, sentence: Sentence, clause: Clause, status: Status) -> Iterator[Found]:
    """The one who goes where another comes: "took office in place of X", "succeeding X"."""
    stop = min(clause.trigger.j + 16, len(sentence.tokens))
    for k in range(clause.trigger.i + 1, stop):
        words = next((words for words in _STEAD if sentence.lows(k, k + len(words)) == list(words)), ())
        if not words:
            continue
        at = k + len(words)
        noun = next((n for n in sentence.nouns if at <= n.i <= at + 2 and n.is_person), None)
        main = (noun.same or noun) if noun is not None else None
        if main is not None and main.label and story.profile(main.label).named and main.label not in leaders():
            if gate.admits(story, sentence, clause, main):
                event = make_event(story, sentence, clause, main, status)
                event.kind, event.needs, event.background = EventKind.DISMISSAL, "replaced", True
                yield event
            return


def _expanded(story: Coreference, sentence: Sentence, nouns: list[Noun]) -> list[Noun]:
    """Those meant by "all four", "both", "they": the subject before and the named ones beside it."""
    if not nouns or nouns[0].text not in {"all of them", "they"}:
        return nouns
    if nouns[0].text == "they" and nouns[0].label:
        told = next((noun.members for _, noun in story.profile(nouns[0].label).nouns if noun.members), [])
        return [replace(nouns[0], label=member.label) for member in told if member.label] or nouns
    before = [
        noun
        for noun in sentence.nouns
        if noun.j <= nouns[0].i and noun.label and noun.kind in {"person", "pron"} and not noun.plural
    ]
    members: dict[str, Noun] = {}
    for noun in before:
        if story.profile(noun.label).named:
            members.setdefault(noun.label, noun)
    return list(members.values()) or nouns


def make_event(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun, status: Status) -> Found:
    """The event of one clause and one person, with what stands around it."""
    trigger = clause.trigger
    said_by = speaker(sentence, clause)
    event = Found(
        trigger.rule.kind,
        noun.label,
        sentence,
        _words(sentence, clause, noun),
        status,
        when=_when(story, sentence, clause, noun, status),
        said_by=said_by,
        actor=noun,
        needs=trigger.rule.needs,
        order=sentence.tokens[trigger.i].start,
    )
    event.background = clause.relative or clause.subordinate in {"since", "like"}
    event.destination = destination(story, clause, event)
    event.family_with = family_of(sentence, clause, noun)
    event.kin_left = kin_left(sentence, trigger)
    if noun.plural:
        event.number = number_of(sentence, noun)
    return event


def _when(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun, status: Status) -> When:
    """When it happened; without a date, by the day on which it was told, and on it if the one concerned tells it."""
    dated = None if _is_record(sentence, clause) else governing_date(sentence, clause)
    told = report_date(sentence) if dated is None and status is not Status.PLANNED else None
    when = event_time(story, dated, status, single=not noun.plural)
    bound = bound_of(sentence, clause) if dated is None else None
    if bound is not None and when.latest is not None:
        return When(None, min(bound, when.latest))
    if told is None or told.mention.when.latest is None:
        return when
    said_on = event_time(story, told, status)
    deed = _is_deed(story, sentence, clause, noun, told)
    return said_on if deed else When(None, said_on.latest)


_STILL = frozenset({"had", "has", "have", "is", "was", "are", "were", "can", "will", "would"})
"""Words that make what somebody says of himself the deed itself: "he said that he had broken with", "was leaving"."""
_BY_WORD = frozenset({EventKind.DISMISSAL, EventKind.APPOINTMENT, EventKind.PURGE})
"""What an authority does by saying so."""


def _is_deed(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun, told: Dated) -> bool:
    """Whether telling it is doing it: of the one who breaks with the regime, or of an authority over its own men."""
    kind = clause.trigger.rule.kind
    lasting = clause.trigger.rule.form == "state" or not _STILL.isdisjoint(clause.chain)
    if noun.label and lasting and tells_himself(sentence, noun.label):
        return True
    line = dateline_of(story)
    home = story.profile(noun.label).country or story.regime
    return kind in _BY_WORD and tells_officially(sentence, told, home, sent_from=line[0].country if line else "")


def _is_record(sentence: Sentence, clause: Clause) -> bool:
    """Whether "the first to defect since 1997" only compares; "becomes the first to defect" tells the event itself."""
    compared = clause.relative_word or clause.chain[:1] == ["to"]
    before = sentence.lows(clause.start - 12, clause.start)
    return clause.record and compared and not {"becomes", "became"} & set(before)


def _words(sentence: Sentence, clause: Clause, noun: Noun) -> Words:
    """The words that say it: from the subject, if it is near, to the end of the trigger."""
    first = min(noun.i, clause.start) if noun.i <= clause.trigger.i and clause.trigger.i - noun.i < 40 else clause.start
    last = max(clause.trigger.j, noun.j) if noun.i >= clause.trigger.i else clause.trigger.j
    return sentence.tokens[first].start, sentence.tokens[last - 1].end
