"""Events of a report: a trigger, the one it happened to, and what the words around tell of it."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read import gate
from ostraka.read.arguments import opens_with_verb, read_clause
from ostraka.read.careers import is_for_health
from ostraka.read.clauses import clause_events
from ostraka.read.coreference import Coreference
from ostraka.read.fellows import fellows, one_of_them, singled_out
from ostraka.read.flight import warm
from ostraka.read.found import Found
from ostraka.read.gapped import gapped
from ostraka.read.headings import Page
from ostraka.read.heirs import enthrone
from ostraka.read.lists import comparisons, echoes, entries, members
from ostraka.read.nominal import newcomers, nominal_events
from ostraka.read.noun import Noun
from ostraka.read.places import is_regime, leaders
from ostraka.read.profile import Profile
from ostraka.read.scene import Sentence
from ostraka.read.triggers import Trigger, alternatives


def find_events(story: Coreference) -> list[Found]:
    """All events of a laid-out report, one for each clause that tells of one; not yet merged."""
    found: list[Found] = []
    if not story.regime or gate.is_other_matter(story.scene.report.text):
        return found
    warm(story)
    page = Page(story)
    for sentence in story.scene.sentences:
        page.turn_to(sentence)
        last: list[Noun] = page.stand_in(sentence, sentence.body_start)
        for fitting in alternatives(sentence) if sentence.has_people or last or opens_with_verb(sentence) else ():
            if _is_within(fitting[0], sentence, found):
                continue
            last = _first_that_tells(story, sentence, fitting, last, found)
        found += nominal_events(story, sentence)
        if not sentence.has_people:
            continue
        found += newcomers(story, sentence)
        found = _with_members(found, list(members(story, sentence, found)), sentence)
        found += list(fellows(story, sentence, found))
        found += list(singled_out(story, sentence, found))
        found += list(one_of_them(story, sentence, found))
        found += comparisons(story, sentence)
        found += list(echoes(story, sentence, found)) or list(entries(story, sentence, found))
        found += page.entry(sentence, found)
        found += list(gapped(story, sentence, found))
    return enthrone(story, _without_groups(_in_their_light(story, found)))


def _is_within(trigger: Trigger, sentence: Sentence, found: list[Found]) -> bool:
    """Whether a verb belongs to the words of the event told just before: "found shot", "given a day to leave"."""
    start = sentence.tokens[trigger.i].start
    last = found[-1] if found else None
    return last is not None and last.sentence is sentence and last.order < start < last.words[1]


def _first_that_tells(
    story: Coreference, sentence: Sentence, fitting: list[Trigger], last: list[Noun], found: list[Found]
) -> list[Noun]:
    """Read the clause under each rule until one gives an event; returns its subjects for the next verb."""
    subjects_read = last
    for trigger in fitting:
        clause = read_clause(sentence, trigger)
        if not clause.subjects and (trigger.rule.frame != "done" or clause.start <= sentence.body_start + 1):
            clause.subjects = last
        elif not clause.subjects and clause.passive and clause.start <= sentence.body_start:
            clause.subjects = _entry_before(story, sentence, clause.start)
        subjects_read = clause.subjects or subjects_read
        events = list(clause_events(story, sentence, clause, found))
        if events:
            found += events
            return clause.subjects
    return subjects_read


ENTRY = 4
"""Sentences over which "Executed in December 2013." finds the name it is told of."""


def _entry_before(story: Coreference, sentence: Sentence, at: int) -> list[Noun]:
    """The one whose entry a sentence without a subject continues: "X. Minister of defence. Shot in April."."""
    for earlier in reversed(story.scene.sentences[max(0, sentence.ix - ENTRY) : sentence.ix]):
        first = next((noun for noun in earlier.nouns if noun.is_person), None)
        if first is not None and first.kind == "person" and first.i <= earlier.body_start and first.label:
            return [Noun("pron", at, at, at, text="he", label=first.label)]
    return []


def _in_their_light(story: Coreference, found: list[Found]) -> list[Found]:
    """A resignation in a report on those who break with the regime is a break with it, else the loss of a post."""
    breaks = any(event.kind is EventKind.DEFECTION for event in found)
    if breaks or any(sentence.heat >= 1 for sentence in story.scene.sentences):
        for event in found:
            stays = event.label in leaders() and not event.sentence.has("flew", "fled")
            if event.needs == "resigns" and not stays and not is_for_health(event.sentence):
                event.kind = EventKind.DEFECTION
    return found


def _without_groups(found: list[Found]) -> list[Found]:
    """A group whose members are told apart in the sentences after it gives way to them."""
    told = {(event.kind, event.sentence.ix) for event in found if event.needs == "entry"}
    found = [event for event in found if not _is_told_apart(event, found)]
    return [
        event
        for event in found
        if event.number is None or not any((event.kind, event.sentence.ix + k) in told for k in (1, 2))
    ]


def _is_told_apart(event: Found, found: list[Found]) -> bool:
    """Whether somebody unnamed before a colon is told of again after it: "Another diplomat is gone: a representative fled"."""
    sentence = event.sentence
    if event.actor is None or event.actor.kind != "role" or event.number is not None:
        return False
    colon = next(
        (t.start for t in sentence.tokens[sentence.body_start :] if t.low == ":" and t.start > event.order), None
    )
    others = (other for other in found if other.sentence is sentence and other.kind is event.kind)
    return colon is not None and any(other.order > colon and other.label != event.label for other in others)


def _with_members(found: list[Found], members: list[Found], sentence: Sentence) -> list[Found]:
    """Members told apart take the place of their group."""
    if members:
        kinds = {member.kind for member in members}
        found = [event for event in found if not (event.sentence is sentence and event.kind in kinds and event.number)]
    return found + members


def origin(story: Coreference, profile: Profile) -> str:
    """Code of the regime a person belongs to."""
    return profile.country if is_regime(profile.country) else story.regime
