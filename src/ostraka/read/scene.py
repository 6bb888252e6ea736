"""A report laid out for the reader: sentences with their words, dates and noun phrases, and who each one is.

Who is who inside a report is decided here and only where it is safe: a name and its apposition, a family name
alone, "the diplomat" after a diplomat, "he" after one man, "his wife".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ostraka.model import Report
from ostraka.read import lexicon
from ostraka.read.asides import read_asides
from ostraka.read.bodies import Ground
from ostraka.read.dates_english import triggers_in
from ostraka.read.dates_in_text import DateMention, dates_at
from ostraka.read.far_names import read_far_names
from ostraka.read.languages import Part, foreign_language
from ostraka.read.links import link
from ostraka.read.noun import Noun
from ostraka.read.nouns import NounFinder
from ostraka.read.persons import Cast, Run, begins_korean, find_runs
from ostraka.read.places import Place, gazetteer
from ostraka.read.sentences import split_sentences
from ostraka.read.titles import is_korean_family
from ostraka.read.tokens import Token, tokenize, word_set
from ostraka.read.wordmarks import BODY, DATE, HEAD, NAME, PLACE, TITLE, wordmarks

_LOWER = re.compile(r"\b[a-z][a-z]+\b")


@dataclass(slots=True)
class Dated:
    """A date in a sentence: words `i` to `j`."""

    i: int
    j: int
    mention: DateMention


@dataclass(slots=True)
class Sentence:
    """One sentence, its words, dates and noun phrases.

    `low` are its words in lower case, `words` the same as a set, `marks` what each may begin, `dated` the words of dates.
    """

    ix: int
    start: int
    end: int
    tokens: list[Token]
    nouns: list[Noun] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    mentions: list[Noun] = field(default_factory=list)
    body_start: int = 0
    triggers: list[list[Any]] | None = None
    starts: frozenset[int] | None = None
    media: list[tuple[int, int]] = field(default_factory=list)
    heat: float = 0.0
    low: list[str] = field(init=False)
    words: frozenset[str] = field(init=False)
    marks: list[int] = field(init=False)
    dated: set[int] = field(init=False, default_factory=set)
    _marked: list[tuple[int, int]] = field(init=False)
    _any: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.low = [token.low for token in self.tokens]
        self.words = frozenset(self.low)
        known = wordmarks()
        self.marks = [known[token.text] for token in self.tokens]
        self._marked = [(k, marks) for k, marks in enumerate(self.marks) if marks]
        for _, marks in self._marked:
            self._any |= marks

    def noun_before(self, at: int) -> Noun | None:
        """The last noun phrase that ends at or before word `at`."""
        return next((noun for noun in reversed(self.nouns) if noun.j <= at), None)

    def has(self, *words: str) -> bool:
        """Whether any of the words stands in the sentence."""
        return not self.words.isdisjoint(words)

    def marked(self, mark: int) -> list[int]:
        """Words with one of the marks."""
        return [k for k, marks in self._marked if marks & mark] if self._any & mark else []

    def may_hold(self, mark: int) -> bool:
        """Whether a word has one of the marks."""
        return self._any & mark > 0

    @property
    def has_people(self) -> bool:
        """Whether a phrase speaks of a person."""
        return any(noun.is_person for noun in self.nouns)

    def lead_of(self, noun: Noun) -> int:
        """First word of a phrase with what stands in apposition before it: "its" of "its envoy, X"."""
        return min((other.lead for other in self.nouns if other.same is noun and other.i < noun.i), default=noun.lead)

    def where(self, words: Set[str]) -> list[int]:
        """Where one of the words stands."""
        if self.words.isdisjoint(words):
            return []
        return [k for k, low in enumerate(self.low) if low in words]

    def lows(self, i: int, j: int) -> list[str]:
        """Lower-case words of a stretch."""
        return self.low[i if i > 0 else 0 : j]


@dataclass(slots=True)
class Scene:
    """A whole report laid out."""

    report: Report
    sentences: list[Sentence]
    cast: Cast
    regime: str = ""
    foreign: list[Part] = field(default_factory=list)


def lay_out(report: Report) -> Scene:
    """Lay out an English report.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Scene
    """
    text = report.text
    sentences, foreign = _sentences(text)
    cast = Cast(frozenset(_LOWER.findall(text)))
    grounds = [_places_and_bodies(sentence) for sentence in sentences]
    runs = []
    for sentence, (places, bodies) in zip(sentences, grounds, strict=True):
        taken = _taken(sentence, places, bodies)
        found = [cast.trimmed(run) for run in find_runs(sentence.tokens, taken, sentence.marked(NAME))]
        if found:
            cast.weigh(sentence.tokens, found, [row[1] if row else None for row in places])
        runs.append(found)
    cast.settle()
    _place_dates(sentences, dates_at(text, report.published, _date_starts(text, sentences)))
    for sentence, found, (places, bodies) in zip(sentences, runs, grounds, strict=True):
        names = {}
        for run in found:
            titled = _is_titled(sentence.tokens, run)
            alone = titled and len(run.words) == 1 and _is_only_name(sentence.tokens, run)
            who = cast.who(run.words, at=sentence.tokens[run.i].start, titled=titled, alone=alone)
            if who is not None:
                names[run.i] = (run, who.name)
        sentence.media = [(at, row[0]) for at in sentence.marked(BODY) if (row := bodies[at]) is not None and row[1]]
        bodily = sentence.may_hold(HEAD | BODY)
        ground = Ground(sentence.tokens, places, bodies, names, sentence.dated, sentence.marks, bodily)
        sentence.nouns = NounFinder(ground).find()
        covered = {noun.head for noun in sentence.nouns if noun.kind == "person"}
        sentence.mentions = [
            Noun("person", i, run.j, i, text=name, name=name, name_stop=run.j)
            for i, (run, name) in names.items()
            if i not in covered
        ]
        link(sentence.nouns, sentence.tokens, [(row.i, row.j) for row in sentence.dates])
        read_far_names(sentence.nouns, sentence.tokens)
        read_asides(sentence.nouns, sentence.tokens)
        sentence.body_start = _after_dateline(sentence, report.published)
    return Scene(report, sentences, cast, foreign=foreign)


def _sentences(text: str) -> tuple[list[Sentence], list[Part]]:
    """The English sentences of a text, and the parts in other languages."""
    sentences: list[Sentence] = []
    foreign: list[Part] = []
    for start, end in split_sentences(text):
        sentence = Sentence(len(sentences), start, end, tokenize(text, start, end))
        lang = foreign_language(text[start:end], sentence.words)
        if lang:
            foreign.append(Part(start, end, lang))
        else:
            sentences.append(sentence)
    return sentences, foreign


def _is_titled(tokens: Sequence[Token], run: Run) -> bool:
    """Whether a rank, a kin word or "named" before it makes a single word a name: "his wife Hana", "named only as Pak"."""
    before = [token.low for token in tokens[max(0, run.i - 3) : run.i]]
    if not before:
        return _is_kin(tokens, run)
    paired = before[-1] == "and" and (
        (len(before) > 2 and before[0] in lexicon.kin_words()) or _lists_kin(tokens, run.i - 1)
    )
    told = before[-1] == "," and len(before) > 1 and before[-2] in lexicon.kin_words()
    return (
        before[-1] in _NAME_TITLES
        or before[-1] in lexicon.kin_words()
        or _is_named(tokens, run)
        or paired
        or told
        or _is_kin(tokens, run)
    )


def _is_only_name(tokens: Sequence[Token], run: Run) -> bool:
    """Whether a single word is all that is given of a name: "named only as Kim", "known as Kim"."""
    before = [token.low for token in tokens[max(0, run.i - 3) : run.i]]
    if before[-1:] == ["surnamed"] or (before and before[-1] in _CROWNED):
        return True
    borne = len(before) > 1 and (before[-2] in lexicon.role_words() or before[-2] in {",", "only", "just", "is", "was"})
    called = (borne and before[-1] in {"called", "named"}) or (
        before[-1:] == ["as"] and not {"only", "just", "known"}.isdisjoint(before)
    )
    return called and is_korean_family(run.words[0])


_CROWNED = frozenset({"king", "queen", "emir", "sultan", "shah", "pope"})


def _is_named(tokens: Sequence[Token], run: Run) -> bool:
    """Whether the name of somebody is told by a word: "named only as Pak", "surnamed Park"."""
    before = [token.low for token in tokens[max(0, run.i - 3) : run.i]]
    if before[-2:] == ["name", "of"]:
        return True
    told = {"surnamed", "named", "called", "identified", "known", "given"} & set(before)
    return bool(told) and before[-1] in {"as", "named", "called", "surnamed"}


def _lists_kin(tokens: Sequence[Token], at: int) -> bool:
    """Whether brothers, daughters ... named one after the other end at word `at`: "his brothers, Lt Col A and B"."""
    for k in range(at - 1, max(at - MAX_KIN_LIST, 0), -1):
        if tokens[k].low in lexicon.kin_words():
            return tokens[k].low.endswith("s")
        if not (tokens[k].text[0].isupper() or tokens[k].low == ","):
            return False
    return False


MAX_KIN_LIST = 10
"""Words before the last of kin that are named together."""


def _is_kin(tokens: Sequence[Token], run: Run) -> bool:
    """Whether kin are told in an aside after one or two names: "Raghad and Rana, the daughters of"."""
    after = [token.low for token in tokens[run.j : run.j + 6]]
    if after[:1] == ["and"] and run.j + 1 < len(tokens) and tokens[run.j + 1].text[0].isupper():
        after = after[2:]
    plural = after[2:3] and after[2] in lexicon.kin_words() and after[3:4] == ["of"]
    return bool(plural and after[0] == "," and after[1] in {"the", "a", "two"})


_NAME_TITLES = word_set(
    "gen gen. gens. lt. maj. majs. cols. brig. col. col capt. adm. mr mr. mrs mrs. ms ms. dr dr. general colonel major captain brigadier"
    " president chancellor senator judge pope king queen secretary-general vice-president minister ambassador marshal"
    " comrade admiral premier sheikh chairman secretary consul"
)


def _date_starts(text: str, sentences: Iterable[Sentence]) -> Iterator[int]:
    """Offsets at which a time phrase may begin."""
    for sentence in sentences:
        for at in sentence.marked(DATE):
            yield from triggers_in(text, sentence.tokens[at].start, sentence.tokens[at].end)


def _places_and_bodies(
    sentence: Sentence,
) -> tuple[list[tuple[int, Place] | None], list[tuple[int, bool] | None]]:
    """Places and known bodies that begin at each word."""
    tokens, n, reach = sentence.tokens, len(sentence.tokens), 0
    places: list[tuple[int, Place] | None] = [None] * n
    bodies: list[tuple[int, bool] | None] = [None] * n
    places_table, bodies_table = gazetteer(), lexicon.known_bodies()
    for at in sentence.marked(PLACE | BODY):
        if at < reach:
            continue
        body = bodies_table.longest(tokens, at)
        place = places_table.longest(tokens, at)
        beyond = places_table.longest(tokens, at + 1) if place is not None and at + 1 < n else None
        if place is not None and _is_given_name(tokens, at, place):
            place = None
        if place is not None and beyond is not None and beyond[0] > place[0]:
            place = None
        if body is not None and (place is None or body[0] >= place[0]):
            bodies[at] = body
            reach = body[0]
        elif place is not None:
            places[at] = place
            reach = place[0]
    return places, bodies


def _is_given_name(tokens: Sequence[Token], at: int, place: tuple[int, Place]) -> bool:
    """Whether a word like "German" or "Jordan" begins a name: after a role, before a capitalised word."""
    if place[0] != at + 1 or tokens[at].text not in lexicon.given_names() or at + 1 >= len(tokens):
        return False
    follower = tokens[at + 1].text
    if follower in lexicon.family_names():
        return True
    capital = follower[0].isupper() and follower not in lexicon.never_names()
    return capital and at > 0 and tokens[at - 1].low in lexicon.role_or_kin()


def _taken(
    sentence: Sentence, places: Sequence[tuple[int, Place] | None], bodies: Sequence[tuple[int, bool] | None]
) -> list[object]:
    """For each word what else it means: part of a place, a body or a title; None for the others."""
    tokens = sentence.tokens
    taken: list[object] = [None] * len(tokens)
    titles = lexicon.titles()
    for at in sentence.marked(PLACE | BODY):
        row = places[at] or bodies[at]
        if row is not None:
            for k in range(at, row[0]):
                taken[k] = row[1] if row[1] is not False else True
    for at in sentence.marked(TITLE):
        if taken[at] is None:
            token, found = tokens[at], titles.longest(tokens, at)
            if found is not None and token.text not in lexicon.given_names() and not begins_korean(tokens, at):
                for k in range(at, found[0]):
                    taken[k] = True
    return taken


def _place_dates(sentences: Sequence[Sentence], mentions: Iterable[DateMention]) -> None:
    ix = 0
    for mention in mentions:
        while ix < len(sentences) and sentences[ix].end <= mention.start:
            ix += 1
        if ix == len(sentences):
            return
        tokens = sentences[ix].tokens
        inside = [k for k, token in enumerate(tokens) if token.start < mention.end and token.end > mention.start]
        if inside:
            sentences[ix].dates.append(Dated(inside[0], inside[-1] + 1, mention))
            sentences[ix].dated.update(inside)


_DASHES = frozenset({"-", "–", "—"})


def _after_dateline(sentence: Sentence, published: date | None) -> int:
    """First word after "SEOUL, July 16, 2024 -"; 0 where there is no dateline."""
    if sentence.words.isdisjoint(_DASHES):
        return 0
    for k, token in enumerate(sentence.tokens[:16]):
        if token.text in {"-", "–", "—"} and k > 0:
            dated = any(row.i < k for row in sentence.dates)
            first = sentence.tokens[0].text
            today = any(row.i == 0 and row.mention.when.latest == published for row in sentence.dates)
            placed = first[0].isupper() or (first.isdigit() and today and sentence.ix == 0)
            plain = all(t.text[0].isupper() or not t.text[0].isalpha() for t in sentence.tokens[:k])
            return k + 1 if placed and (dated or plain) and plain else 0
        if token.text in {"-", "–", "—"}:
            return 0
    return 0
