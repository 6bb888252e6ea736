"""Lists under a heading: the heading says what happened, each line to whom; a line may begin with its subject alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ostraka.model import EventKind, Status
from ostraka.read import gate
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.lists import NOUN_KINDS, listed_clause, listed_event, own_date
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.triggers import firm_triggers

_BULLETS = word_set(": , * - – — • · ‣ ▪ ○ ● ( ) . 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20")
MAX_LEAD = 6
"""Words before the one whom a line is about."""


@dataclass(slots=True)
class Page:
    """Where the reader is in a page of lists: the kind of event of the heading, and whom the line is about."""

    story: Coreference
    kind: EventKind | None = None
    subject: str = ""
    _begins: tuple[int, bool] = (-1, False)

    def turn_to(self, sentence: Sentence) -> None:
        """Take note of what a sentence is on the page: a heading, the head of a line, the end of a list."""
        head = _head(sentence) if self._begins_line(sentence) else None
        if self._begins_line(sentence):
            self.subject = head.label if head is not None else ""
        if sentence.tokens and sentence.tokens[-1].low == ":":
            self.kind = _kind_of_heading(sentence)
        elif self._begins_line(sentence) and head is None:
            self.kind = None

    def entry(self, sentence: Sentence, found: list[Found]) -> Iterator[Found]:
        """The event that the heading tells of the one whom this line is about."""
        head = _head(sentence) if self._begins_line(sentence) else None
        if self.kind is None or head is None or sentence.tokens[-1].low == ":":
            return
        if any(event.sentence is sentence and event.kind is self.kind for event in found):
            return
        clause = listed_clause(self.kind, sentence.body_start, Status.ASSERTED, sentence)
        if gate.admits(self.story, sentence, clause, head):
            dated = own_date(sentence, head) or next(iter(sentence.dates), None)
            yield listed_event(self.story, sentence, clause, head, dated)

    def stand_in(self, sentence: Sentence, at: int) -> list[Noun]:
        """The one whom the line is about, for a sentence of it that opens with "Executed in December"."""
        if not self.subject or self._begins_line(sentence) or at > sentence.body_start + 1:
            return []
        return [Noun("pron", at, at + 1, at, text="he", label=self.subject)]

    def _begins_line(self, sentence: Sentence) -> bool:
        if self._begins[0] != sentence.ix:
            text, at = self.story.scene.report.text, sentence.start
            while at and text[at - 1] in " \t":
                at -= 1
            self._begins = sentence.ix, sentence.ix > 0 and text[at - 1 : at] == "\n"
        return self._begins[1]


def _head(sentence: Sentence) -> Noun | None:
    """The person with whom a line begins, over a bullet, a title or a date."""
    for noun in sentence.nouns:
        if noun.i > MAX_LEAD:
            return None
        if noun.is_person and noun.kind != "pron" and not noun.plural and noun.label and _opens(sentence, noun):
            return noun.same if noun.same is not None and noun.same.i >= noun.i else noun
    return None


def _opens(sentence: Sentence, noun: Noun) -> bool:
    """Whether nothing but a bullet or a date stands before a phrase."""
    return all(k in sentence.dated or sentence.tokens[k].low in _BULLETS for k in range(noun.i))


def _kind_of_heading(sentence: Sentence) -> EventKind | None:
    """What a line that ends in a colon says happened to those listed under it."""
    plural = [noun for noun in sentence.nouns if noun.is_person and noun.plural]
    for trigger in reversed(firm_triggers(sentence)):
        if plural and plural[0].i < trigger.i:
            return trigger.rule.kind
    return next((NOUN_KINDS[token.low] for token in reversed(sentence.tokens) if token.low in NOUN_KINDS), None)
