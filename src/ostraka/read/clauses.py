"""Events of one clause: who, how it is put, when, where to, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read import gate, hands, thrones
from ostraka.read.arguments import Clause
from ostraka.read.company import companions, company_of, family_of, kin_left, number_of
from ostraka.read.coreference import Coreference
from ostraka.read.dating import before_next, bound_of, by_then, event_time, governing_date, is_since_then
from ostraka.read.destination import destination
from ostraka.read.found import Found, Words
from ostraka.read.grammar import SAYING
from ostraka.read.heirs import ENDING, ENDS
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.speakers import speaker
from ostraka.read.status import status_of
from ostraka.read.subjects import subjects
from ostraka.read.successors import successors, takes_the_place
from ostraka.read.tokens import word_set
from ostraka.read.told_on import report_date, speech_date, tells_himself
from ostraka.read.unreal import is_unreal


def clause_events(story: Coreference, sentence: Sentence, clause: Clause, told: list[Found]) -> Iterator[Found]:
    """Events of one clause; `told` are those found so far, for "did the same"."""
    if not (clause.subjects or sentence.has_people) or not _frame_holds(story, sentence, clause, told):
        return
    status = status_of(sentence, clause)
    if status is None or _is_reason(clause, status) or is_unreal(sentence, clause):
        return
    for noun in _actors(story, sentence, clause):
        if noun.label and gate.admits(story, sentence, clause, noun):
            event = make_event(story, sentence, clause, noun, status)
            if clause.trigger.rule.frame == "same":
                event.kind, event.destination = told[-1].kind, told[-1].destination
            _weigh_absence(sentence, clause, event)
            event.kind = hands.kind_by_hand(story, sentence, clause, event)
            if event.kind is EventKind.APPOINTMENT and thrones.is_top_office(story, sentence, clause):
                event.kind = EventKind.SUCCESSION
            yield event
    for noun, kind in successors(story, sentence, clause):
        event = make_event(story, sentence, clause, noun, status)
        event.kind = kind
        if kind is EventKind.DISMISSAL:
            event.needs, event.background = "replaced", True
        yield event


def _is_reason(clause: Clause, status: Status) -> bool:
    """Whether a clause only tells why something else was done: "when he was to be recalled", "because they had won him over"."""
    kind, frame = clause.trigger.rule.kind, clause.trigger.rule.frame
    if kind is EventKind.DEFECTION:
        feared = frame == "notback" and not _MAY.isdisjoint(clause.chain) and "have" not in clause.chain
        return feared or (clause.subordinate == "because" and frame == "done")
    return kind is EventKind.RECALL and status is Status.PLANNED and bool(clause.subordinate)


def _actors(story: Coreference, sentence: Sentence, clause: Clause) -> list[Noun]:
    """Those to whom it happened: the subjects without mere company, and men of rank who went along."""
    if takes_the_place(story, sentence, clause):
        return []
    company = company_of(sentence, clause)
    actors = [noun for noun in _expanded(story, sentence, clause.subjects) if noun not in company]
    return [*actors, *companions(sentence, clause)] if actors and clause.trigger.rule.kind in _AWAY else actors


_LODGINGS = word_set("flat apartment house hotel office room work duty leave villa")
_ORDERED = frozenset({"ignore", "defy", "disobey", "disregard"})


def _weigh_absence(sentence: Sentence, clause: Clause, event: Found) -> None:
    """Make it a flight if somebody vanished with money, a disappearance if he did not come back to his flat."""
    rule = clause.trigger.rule
    if event.kind is EventKind.DISAPPEARANCE and _takes_along(sentence, clause):
        event.kind = EventKind.DEFECTION
    elif event.kind is EventKind.DEFECTION and (
        rule.frame == "notback" or rule.verb in _ORDERED or rule.needs == "leaving"
    ):
        event.needs = "left" if rule.needs == "leaving" else "stays"
        near = sentence.lows(clause.start - 16, clause.trigger.j)
        if rule.frame == "notback" and not _LODGINGS.isdisjoint(near):
            event.kind = EventKind.DISAPPEARANCE


_LOOT = word_set("money funds cash dollars euros million millions $ gold documents files secrets papers archive")


def _takes_along(sentence: Sentence, clause: Clause) -> bool:
    """Whether somebody vanished with money or papers, which is a flight."""
    near = sentence.lows(clause.trigger.j, clause.trigger.j + 14)
    at = next((k for k, word in enumerate(near) if word in {"with", "taking", "took", "carrying"}), len(near))
    return not _LOOT.isdisjoint(near[at : at + 7])


_NOT = frozenset({"not", "n't", "never", "nor", "without", "no"})


_NEGATED = frozenset({"notback", "unseen", "nolonger"})


def _frame_holds(story: Coreference, sentence: Sentence, clause: Clause, told: list[Found]) -> bool:
    """Whether the words around the verb make it what its frame says ("did not return", "no longer serves")."""
    frame, chain = clause.trigger.rule.frame, set(clause.chain)
    if frame in _NEGATED:
        clause.chain = [word for word in clause.chain if word not in _NOT | _UNDONE]
    if (frame == "same" and not _has_precedent(sentence, clause, told)) or ("asked" in chain and _NOT & chain):
        return False
    if clause.trigger.rule.verb == "happen" and "same" not in sentence.lows(clause.start - 3, clause.trigger.i):
        return False
    kind = clause.trigger.rule.kind
    return kind is not EventKind.SUCCESSION or thrones.is_succession(story, sentence, clause)


_MAY = frozenset({"may", "might"})
_UNDONE = frozenset({"longer", "failed", "fails", "failing", "could", "can", "want", "wants", "wanted"})
_AWAY = frozenset({EventKind.DEFECTION, EventKind.DISAPPEARANCE})
PRECEDENT = 3
"""Sentences within which "did the same", "came too" finds what was done."""


_SAME = frozenset({"do", "follow", "take", "meet", "suffer", "share", "find", "undergo", "fare", "happen"})


def _has_precedent(sentence: Sentence, clause: Clause, told: list[Found]) -> bool:
    """Whether something told just before is what "did the same", "left in the same month" means."""
    if not told or sentence.ix - told[-1].sentence.ix > PRECEDENT:
        return False
    return clause.trigger.rule.verb in _SAME or told[-1].kind in _AWAY


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
        if SAYING.isdisjoint(sentence.lows(noun.j, noun.j + 1))
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
    if event.kind is EventKind.SUCCESSION and trigger.rule.frame in ENDING:
        event.needs = ENDS
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
    told = spoke = None
    if dated is None and status is not Status.PLANNED:
        spoke = speech_date(sentence, clause)
        told = spoke or report_date(sentence, clause)
    several = noun.plural or (len(clause.subjects) > 1 and clause.trigger.rule.kind not in _AWAY)
    when = event_time(story, dated, status, single=not several)
    if dated is not None:
        gone = clause.trigger.rule.kind is EventKind.DISAPPEARANCE or not is_since_then(
            sentence, dated, clause.trigger.i
        )
        return when if gone else When(when.earliest, story.scene.report.published, when.text)
    bound = bound_of(sentence, clause) or by_then(sentence, clause) or before_next(sentence, clause)
    if bound is not None and when.latest is not None:
        return When(None, min(bound, when.latest))
    if told is None or told.mention.when.latest is None:
        return when
    said_on = event_time(story, told, status)
    deed = spoke is not None or _is_deed(sentence, clause, noun)
    return said_on if deed else When(None, said_on.latest)


_STANDS = frozenset({"stand", "support", "side", "recognise", "recognize", "reject", "back"})
_STILL = frozenset({"had", "has", "have", "is", "was", "are", "were", "can", "will", "would"})
"""Words that make what somebody says of himself the deed itself: "he said that he had broken with", "was leaving"."""


def _is_deed(sentence: Sentence, clause: Clause, noun: Noun) -> bool:
    """Whether telling it is doing it: of the one who breaks with the regime by saying so."""
    rule = clause.trigger.rule
    refuses = rule.frame in _NEGATED and "had" not in clause.chain
    lasting = refuses or rule.form == "state" or rule.verb in _STANDS or not _STILL.isdisjoint(clause.chain)
    told = (lasting and tells_himself(sentence, noun.label)) or _announces(sentence, clause, noun.label)
    return bool(noun.label) and (told or _in_own_words(sentence))


def _announces(sentence: Sentence, clause: Clause, label: str) -> bool:
    """Whether somebody makes his own deed known: "announced his defection in August"."""
    at = clause.trigger.i - 2
    if sentence.lows(at, at + 1) not in (["announced"], ["declared"]) or sentence.low[at + 1] not in _OWN:
        return False
    return any(noun.label == label for noun in subjects(sentence, at))


_OWN = frozenset({"his", "her", "their"})


def _in_own_words(sentence: Sentence) -> bool:
    """Whether it is told in a video or a letter of the one concerned: "broke with the regime in a video posted on Saturday"."""
    return any(
        token.low in _WORDS
        and sentence.lows(k - 1, k) in (["a"], ["an"], ["his"], ["her"])
        and "in" in sentence.lows(k - 3, k)
        for k, token in enumerate(sentence.tokens)
    )


_WORDS = frozenset({"video", "film", "letter", "statement", "interview", "post", "message", "tweet"})


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
