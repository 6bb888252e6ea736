"""Statements of a report: persons, events, ties, number claims, motives and policies, each with its own words.

One door: :func:`extract`. It lays the report out, decides who is who, reads what happened and what is claimed, and
writes each finding as statements that quote the report.
"""

from __future__ import annotations

from typing import Any

from ostraka.errors import Level, Problem
from ostraka.model import Report, Statement
from ostraka.read.claims import find_claims
from ostraka.read.codebook import codebook
from ostraka.read.coreference import Coreference
from ostraka.read.describe import describe_event, describe_person
from ostraka.read.events import find_events
from ostraka.read.kinsfolk import find_deeds, find_forebears
from ostraka.read.korean import extract_korean
from ostraka.read.languages import Part, is_english, told
from ostraka.read.later_dates import date_fellows
from ostraka.read.likely_ties import likely_ties
from ostraka.read.look import Look
from ostraka.read.merge import merge
from ostraka.read.motives import find_motives
from ostraka.read.pointed import point
from ostraka.read.policies import find_policies
from ostraka.read.recogniser import LONGEST
from ostraka.read.scene import Scene, lay_out
from ostraka.read.second_look import second_look, take_a_look
from ostraka.read.sentences import split_sentences
from ostraka.read.ties import find_ties
from ostraka.read.tokens import word_set
from ostraka.read.told_days import bound_by_telling
from ostraka.read.unnamed_kin import is_told

VERSION = "7"
"""Version of grammar and scorer; it is part of the coder's name in every statement."""

CODER = f"reader {VERSION}"
QUICK_CODER = f"grammar {VERSION}"
"""The reader without its second look."""


class Writer:
    """Writes statements of one report, signed with the coder and the codebook."""

    def __init__(self, report: Report, coder: str = CODER) -> None:
        self._report = report
        self.signature: dict[str, Any] = {"coder": coder, "codebook": codebook().version}

    def say(
        self,
        words: tuple[int, int],
        kind: str,
        subject: str,
        predicate: str,
        value: str = "",
        **more: Any,
    ) -> Statement:
        """One statement that quotes the words between two offsets."""
        return Statement(self._report.quote(*words), kind, subject, predicate, value, **more, **self.signature)


def extract(report: Report, *, quick: bool = False) -> tuple[list[Statement], list[Problem]]:
    """What a report says, as statements with exact quotes.

    Parameters
    ----------
    report : Report
        `published` anchors relative dates; `lang` decides the grammar, and is guessed where it is empty.
    quick : bool, optional
        Whether English is read by the grammar alone, without the second look.

    Returns
    -------
    tuple of (list of Statement, list of Problem)
        Statements in no particular order; a problem where the report is in a language without a grammar.

    Examples
    --------
    >>> from datetime import date
    >>> report = Report("North Korea's consul in Kuwait has defected to the South.", published=date(2016, 8, 17))
    >>> statements, problems = extract(report)
    >>> [s.object for s in statements if s.kind == "event" and s.predicate in {"type", "destination"}]
    ['defection', 'South Korea']
    """
    lang = report.lang or guess_language(report.text)
    where = report.path or report.id
    writer = Writer(report, QUICK_CODER if quick else CODER)
    if lang == "ko":
        return extract_korean(report, writer), _unread(where, _english_parts(report.text), report.text)
    if lang != "en" and not _english_parts(report.text):
        message = f"no grammar for language {lang!r}; only English and Korean reports are read"
        return [], [Problem(where, message, Level.WARN)]
    scene = lay_out(report)
    unread = _unread(where, scene.foreign, report.text)
    if quick:
        return _english(scene, writer, quick=True), unread
    return _english(scene, writer, quick=False), [*unread, *_not_looked_at(where, report.text)]


def _english_parts(text: str) -> list[Part]:
    """The sentences of a report in another language that are English."""
    spans = split_sentences(text)
    return [Part(start, end, "en") for start, end in spans if is_english(text[start:end])]


def _not_looked_at(where: str, text: str) -> list[Problem]:
    """A problem that says how far the second look went in a very long report."""
    message = f"read twice as far as letter {LONGEST:,}; what follows was read by the rules alone"
    return [Problem(where, message, Level.WARN)] if len(text) > LONGEST else []


def _unread(where: str, parts: list[Part], text: str) -> list[Problem]:
    """A problem that says which parts of a report are in a language that is not read."""
    return [Problem(where, told(parts, len(text)), Level.WARN)] if parts else []


def guess_language(text: str) -> str:
    """The language of a text by its script and its commonest words: ``en``, ``ko`` or ``und`` for anything else.

    Examples
    --------
    >>> guess_language("The consul has left."), guess_language("외교관이 망명했다."), guess_language("Le consul est parti.")
    ('en', 'ko', 'und')
    """
    sample = text[:20_000]
    letters = sum(char.isalpha() for char in sample)
    hangul = sum("가" <= char <= "힣" for char in sample)
    if letters and hangul / letters > 0.3:
        return "ko"
    words = sample.lower().split()
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    latin = sum(char < "ɐ" for char in sample if char.isalpha())
    return "en" if english >= foreign and (english or not foreign) and latin * 2 >= letters else "und"


_OWN_RIGHT = frozenset({"kin_of", "comrade_of", "adviser_of", "aide_of", "patron_of"})
_ENGLISH = word_set("the of and to in a an is was has have had that with his her from for on who by at as after said")
_FOREIGN = word_set(
    "le les des du une est et der die das und ist ein eine el los las una por que il di della che são uma não"
)


def _english(scene: Scene, writer: Writer, *, quick: bool) -> list[Statement]:
    story = Coreference(scene)
    found = find_events(story)
    look = Look() if quick else take_a_look(story, found)
    events = merge(story, second_look(story, found, look))
    for event in events:
        point(story, event, look)
    date_fellows(events)
    bound_by_telling(story, events)
    statements: list[Statement] = []
    ties = find_ties(story)
    ties += likely_ties(story, ties, look)
    actors = {event.label for event in events}
    bound = {label for _, ego, relation, alter, _ in ties if relation in _OWN_RIGHT for label in (ego, alter)}
    for event in events:
        statements += describe_event(story, event, writer)
    statements += find_claims(story, writer)
    for words, ego, relation, alter, status in ties:
        told = actors | bound
        if is_told(story.profiles, (ego, alter), relation, told) and is_told(
            story.profiles, (alter, ego), relation, told
        ):
            statements.append(writer.say(words, "tie", ego, relation, alter, status=status))
    used = (
        actors | {s.subject for s in statements if s.kind == "tie"} | {s.object for s in statements if s.kind == "tie"}
    )
    for profile in story.profiles.values():
        if profile.named or profile.label in used:
            statements += describe_person(profile, writer)
    statements += find_deeds(story, writer)
    statements += find_forebears(story, writer)
    statements += find_motives(story, writer)
    statements += find_policies(story, writer)
    return statements
