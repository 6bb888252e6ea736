"""The spine: the frozen values that every room shares.

Text side: a :class:`Report` is the only thing called a source; a :class:`Span` points at the words in it; a
:class:`Statement` is what those words say; a :class:`Claim` is a statement about numbers; a
:class:`Judgement` is what a person decided about any of them.

Science side: :class:`Person`, :class:`Body`, :class:`Tie`, :class:`Event`, :class:`Measure` are the rows of
a case. Their ids are whatever the record calls them; where it gives none, the id is a hash of the content.
"""

from ostraka.model.facts import Body, Event, Measure, Person, Source, Tie
from ostraka.model.identity import plain
from ostraka.model.kinds import RELATIONS, SECTORS, Confidence, EventKind, Operator, Status, TieKind, Verdict
from ostraka.model.text import Claim, Judgement, Report, Span, Statement

__all__ = [
    "RELATIONS",
    "SECTORS",
    "Body",
    "Claim",
    "Confidence",
    "Event",
    "EventKind",
    "Judgement",
    "Measure",
    "Operator",
    "Person",
    "Report",
    "Source",
    "Span",
    "Statement",
    "Status",
    "Tie",
    "TieKind",
    "Verdict",
    "plain",
]
