"""Reports as examples for the scorer: pieces, mentions of persons, the kinds that befell them and where fields stand."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from bonds import Bonds, bonds_of
from full import read_full
from press import Marked, read_press

from ostraka.model import Report, Status
from ostraka.read.coding import CodedEvent, coding_from_json, load_labelled
from ostraka.read.coreference import Coreference
from ostraka.read.describe import describe_event
from ostraka.read.events import find_events
from ostraka.read.extract import Writer
from ostraka.read.found import Found
from ostraka.read.matching import same_name, upright, words
from ostraka.read.mentions import KINDS, told_by_words
from ostraka.read.pieces import Pieces, numbered
from ostraka.read.places import country_code
from ostraka.read.pointing import FIELDS, STATUSES
from ostraka.read.recogniser import known_of
from ostraka.read.scene import Sentence, lay_out
from ostraka.read.ties import find_ties
from ostraka.read.tying import Where

HERE = Path(__file__).parent
LONGEST = 500
"""Pieces of a report that are learned from."""
Span = tuple[int, int]
NO_FIELDS: tuple[Span | None, ...] = (None,) * len(FIELDS)
STANDS = {
    "": {Status.ASSERTED, Status.MENTIONED},
    "confirmed": {Status.ASSERTED},
    "reported": {Status.ASSERTED},
    "rumoured": {Status.ASSERTED},
    "hedged": {Status.ASSERTED},
}
"""How an event may stand by its label or flag; by others as they say."""
LOOSE = {"denied": {Status.DENIED, Status.REFUTED}, "planned": {Status.PLANNED, Status.ATTEMPTED}}
"""What some flags of press reports leave open."""


@dataclass
class Mention:
    """A mention of a person: whom it means, its pieces and those of its sentence, what is known, what befell him there."""

    label: str
    sentence: int
    place: int
    own: Span
    said: Span
    known: np.ndarray
    words: Where
    kinds: set[int] = field(default_factory=set)
    counts: bool = True


@dataclass
class Point:
    """An event told at a mention, the pieces of each of its fields, (0, 0) where none is told and None where unknown, and which of `STATUSES` it may have."""

    mention: int
    kind: int
    fields: Sequence[Span | None]
    stands: tuple[bool, ...]


@dataclass
class Read:
    """A report: pieces, mentions, the events as coded (kind, labels that fit), each at a mention, those no phrase stands for.

    `rules` is what the grammar tells, `taught` what a larger net makes of each mention, shape (mentions, kinds).
    """

    id: str
    pieces: list[int]
    mentions: list[Mention]
    events: list[tuple[int, set[str]]]
    lost: int
    rules: set[tuple[str, int]]
    points: list[Point] = field(default_factory=list)
    each: list[Point] = field(default_factory=list)
    bonds: Bonds | None = None
    taught: np.ndarray | None = None


@dataclass
class Laid:
    """A report laid out: its story, its examples, mentions by sentence and place among the nouns, where words begin."""

    story: Coreference
    read: Read
    by_place: dict[Span, int]
    starts: dict[int, list[int]]

    def mention(self, place: Span) -> Mention | None:
        """The mention at a place."""
        return self.read.mentions[self.by_place[place]] if place in self.by_place else None


class Corpus:
    """Lays reports out with the pieces of a vocabulary."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._names = {
            key: (row["first"], row["family"], row["order"])
            for key, row in tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8")).items()
        }

    def lay(self, name: str, report: Report) -> Laid:
        """Examples of a report without labels."""
        story = Coreference(lay_out(report))
        found = find_events(story)
        sentences = story.scene.sentences
        rows, starts = [self._pieces.rows["[CLS]"]], dict[int, list[int]]()
        persons = numbered(sentences)
        for sentence in sentences:
            own, begins = self._pieces.of_sentence(sentence, persons)
            starts[sentence.ix] = [len(rows) + k for k in begins]
            rows += own
        rows = [*rows[: LONGEST - 1], self._pieces.rows["[SEP]"]]
        mentions, by_place = [], dict[Span, int]()
        told = {s.ix: told_by_words(s) for s in sentences}
        for sentence, at, noun, known in known_of(story, sentences, found, told):
            begins = starts[sentence.ix]
            own = begins[noun.i], begins[noun.j]
            if own[0] < own[1] < len(rows):
                by_place[sentence.ix, at] = len(mentions)
                label = noun.label or f"?{sentence.ix}.{at}"
                said = begins[0], min(begins[-1], len(rows) - 1)
                mentions.append(Mention(label, sentence.ix, at, own, said, known, (sentence.ix, noun.i, noun.j)))
        rules = {(event.label, KINDS.index(event.kind)) for event in found if event.kind in KINDS}
        return Laid(story, Read(name, rows, mentions, [], 0, rules), by_place, starts)

    def press(self, path: Path) -> Iterator[Read]:
        """The marked reports of a file."""
        for marked in read_press(path, self._names):
            yield self.mark(marked)

    def mark(self, marked: Marked) -> Read:
        """Examples of a marked report."""
        laid = self.lay(marked.id, Report(marked.text, published=marked.published, lang="en"))
        read = laid.read
        labels: dict[tuple[str, str], set[str]] = {}
        for start, end, keys in marked.marks:
            mention = laid.mention(_marked_noun(laid.story, start, end))
            for key in keys if mention is not None else ():
                kind, flag = KINDS.index(key[0]), marked.events[key].flag
                mention.kinds.add(kind)
                labels.setdefault(key, set()).add(mention.label)
                stands = _stands(LOOSE.get(flag) or STANDS.get(flag) or {Status(flag)})
                read.points.append(Point(read.mentions.index(mention), kind, NO_FIELDS, stands))
        read.events = [(KINDS.index(kind), hits) for (kind, _), hits in labels.items()]
        read.lost = len(marked.events) - len(labels)
        _discount(read)
        return read

    def full(self, path: Path) -> Iterator[Read]:
        """The reports of a file with all labels."""
        for name, told in read_full(path, self._names):
            report = Report(told["text"], published=date.fromisoformat(told["published"]), lang="en")
            yield self._labelled(name, report, told)

    def labelled(self, folder: Path) -> Iterator[Read]:
        """The English labelled reports of a folder; whom an event befell is known, in which sentence is not."""
        for item in load_labelled(folder)[0]:
            if not re.search("[가-힣]", item.report.text[:200]):
                told = json.loads((folder / item.report.path).with_suffix(".json").read_text(encoding="utf-8"))
                yield self._labelled(item.gold.id, item.report, told)

    def _labelled(self, name: str, report: Report, told: Mapping[str, Any]) -> Read:
        laid = self.lay(name, report)
        read = laid.read
        labels = {mention.label for mention in read.mentions}
        coding = coding_from_json(told, name)
        for row, event in zip(told["events"], coding.events, strict=True):
            if event.kind not in KINDS:
                continue
            kind, hits = KINDS.index(event.kind), _fitting(laid.story, event, labels)
            if not hits:
                read.lost += 1
                continue
            at = _first_told(read, hits, row.get("sentence"))
            home = at if at is not None else next(k for k, mention in enumerate(read.mentions) if mention.label in hits)
            read.events.append((kind, hits))
            fields = [_pointed(laid, home, row.get(name, ""), name) for name in FIELDS]
            point = Point(home, kind, fields, _stands(STANDS.get(event.status) or {Status(event.status)}))
            read.each.append(point)
            if at is not None:
                read.mentions[at].kinds.add(kind)
                read.points.append(point)
        read.bonds = _bonds(laid, coding.ties)
        befell = {label for _, hits in read.events for label in hits}
        for mention in read.mentions:
            mention.counts = bool(mention.kinds) or mention.label not in befell
        return read

    def sure(self, folder: Path) -> Iterator[Read]:
        """The sentences by which the grammar is tested, with what it tells of them: there it is right."""
        paths = sorted(folder.glob("test_*.py"))
        tables = [table for path in paths for table in _tables(ast.parse(path.read_text(encoding="utf-8")))]
        texts = dict.fromkeys(
            text for table in tables for text in _strings(table) if text.count(" ") > 5 and text[-1] in '."”'
        )
        for text in texts:
            if re.search("[가-힣]", text):
                continue
            laid = self.lay(text[:40], Report(text, published=date(2019, 8, 21), lang="en"))
            for event in find_events(laid.story):
                if event.kind in KINDS:
                    kind, nouns = KINDS.index(event.kind), event.sentence.nouns
                    places = [at for at, noun in enumerate(nouns) if noun.label == event.label]
                    acts = [at for at in places if event.actor is not None and nouns[at].i == event.actor.i]
                    for at in acts or places[:1]:
                        mention = laid.mention((event.sentence.ix, at))
                        if mention is not None:
                            mention.kinds.add(kind)
                            laid.read.points.append(_point_of_rules(laid, event, at))
                    laid.read.events.append((kind, {event.label}))
            _discount(laid.read)
            yield laid.read


def _point_of_rules(laid: Laid, event: Found, place: int) -> Point:
    """An event as the grammar tells it, at a mention of its sentence, with the fields it reads."""
    at = laid.by_place[event.sentence.ix, place]
    told = {s.predicate: s.object for s in describe_event(laid.story, event, Writer(laid.story.scene.report))}
    told["date_text"] = event.when.text
    fields = [_pointed(laid, at, told.get(name) or "", name) for name in FIELDS]
    return Point(at, KINDS.index(event.kind), fields, _stands(STANDS.get(event.status) or {event.status}))


def _stands(statuses: Set[Status]) -> tuple[bool, ...]:
    return tuple(status in statuses for status in STATUSES)


def _first_told(read: Read, hits: set[str], sentence: int | None) -> int | None:
    """The mention of one of those meant in the sentence (from 1) that tells it, or next to it; None where that is unknown."""
    if sentence is None:
        return None
    own = [k for k, mention in enumerate(read.mentions) if mention.label in hits]
    there = [k for k in own if read.mentions[k].sentence == sentence - 1]
    beside = [k for k in own if abs(read.mentions[k].sentence - sentence + 1) == 1]
    return next(iter(there or beside), None)


def _pointed(laid: Laid, at: int, value: str, name: str) -> Span | None:
    """First and last piece of the words of a field nearest to the mention."""
    if not value:
        return 0, 0
    text, home = laid.story.scene.report.text, laid.read.mentions[at].sentence
    spans = _spans(text, value)
    if not spans and name == "destination":
        code = country_code(value)
        nouns = [(s, n) for s in laid.story.scene.sentences for n in s.nouns if n.kind == "place"]
        spans = [(s.tokens[n.i].start, s.tokens[n.j - 1].end) for s, n in nouns if code and n.country == code]
    if not spans and name == "organisation":
        spans = _spans(text, re.split(r" (?:in|of|to|at) ", value)[0])
    found = [
        (abs(sentence.ix - home), pieces[0], pieces[-1])
        for start, end in spans
        for sentence in laid.story.scene.sentences
        if (pieces := _pieces_of(laid, sentence, start, end))
    ]
    return min(found)[1:] if found else None


def _spans(text: str, value: str) -> list[Span]:
    plain = re.sub(r"^(the|a|an|his|her|its|their) ", "", value.strip(), flags=re.IGNORECASE)
    pattern = rf"(?<!\w){re.escape(plain)}(?!\w)"
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)] if plain else []


def _pieces_of(laid: Laid, sentence: Sentence, start: int, end: int) -> list[int]:
    """The pieces of a sentence that stand between two offsets, if they were kept."""
    begins, last = laid.starts[sentence.ix], len(laid.read.pieces) - 1
    own = [k for k, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
    pieces = [piece for k in own for piece in range(begins[k], begins[k + 1])]
    return pieces if pieces and pieces[-1] < last else []


def _bonds(laid: Laid, ties: Sequence[tuple[str, str, str]]) -> Bonds:
    """The ties of a labelled report among its mentions."""
    labels = [mention.label for mention in laid.read.mentions]
    ruled = [row[1:4] for row in find_ties(laid.story)]
    coded = [
        (_meant(laid.story, ego, labels), relation, _meant(laid.story, alter, labels))
        for ego, relation, alter in map(upright, ties)
    ]
    return bonds_of([mention.words for mention in laid.read.mentions], labels, ruled, coded)


def _meant(story: Coreference, end: str, labels: Sequence[str]) -> set[str]:
    """The labels that may be an end of a tie."""
    named = {label for label in labels if label in story.profiles and story.profiles[label].named}
    hits = {label for label in named if same_name(label, end)}
    return hits or _alike(story, words(end), set(labels) - named)


def _alike(story: Coreference, told: frozenset[str], labels: set[str]) -> set[str]:
    """The labels of which most of the words are told."""
    fits = {label: len(told & _described(story, label)) for label in labels}
    most = max(fits.values(), default=0)
    return {label for label, fit in fits.items() if fit == most} if most else set()


def _discount(read: Read) -> None:
    """Let a mention of somebody not count whose event another one of the sentence tells."""
    told = {(mention.sentence, mention.label) for mention in read.mentions if mention.kinds}
    for mention in read.mentions:
        mention.counts = bool(mention.kinds) or (mention.sentence, mention.label) not in told


def _tables(tree: ast.Module) -> Iterator[ast.AST]:
    """The tables of cases of a test module: lists in capitals and what tests are parametrized with."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            yield node.value
        if isinstance(node, ast.FunctionDef):
            yield from node.decorator_list


def _strings(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _fitting(story: Coreference, event: CodedEvent, labels: set[str]) -> set[str]:
    """The labels that may be the one to whom a coded event happened."""
    named = {label for label in labels if label in story.profiles and story.profiles[label].named}
    hits = {label for label in named if event.person and same_name(label, event.person)}
    rest = labels - named if event.person else labels
    return hits or _alike(story, words(event.fields.get("role", "") or event.person), rest)


def _described(story: Coreference, label: str) -> frozenset[str]:
    profile = story.profiles.get(label)
    told = " ".join(" ".join(s.low[n.i : n.j]) for s, n in profile.nouns[:6]) if profile is not None else ""
    return words(f"{label} {told}")


def _marked_noun(story: Coreference, start: int, end: int) -> Span:
    """The sentence and the noun that share most letters with the words between two offsets."""
    best, found = 0, (-1, -1)
    for sentence in story.scene.sentences:
        for at, noun in enumerate(sentence.nouns):
            shared = min(end, sentence.tokens[noun.j - 1].end) - max(start, sentence.tokens[noun.i].start)
            if noun.is_person and shared > best:
                best, found = shared, (sentence.ix, at)
    return found


def likeliest(read: Read, shares: np.ndarray) -> Read:
    """Mark, for each event of a labelled report, the mention of its person that a scorer thinks likeliest."""
    read.points = []
    for mention in read.mentions:
        mention.kinds = set()
    for (kind, hits), point in zip(read.events, read.each, strict=True):
        own = [(float(shares[at, kind]), at) for at, mention in enumerate(read.mentions) if mention.label in hits]
        most = max(own, default=(0.0, -1))[0]
        for share, at in own:
            if share == most or share > 0.5:
                read.mentions[at].kinds.add(kind)
            if share == most:
                read.points.append(replace(point, mention=at))
    befell = {label for _, hits in read.events for label in hits}
    for mention in read.mentions:
        mention.counts = bool(mention.kinds) or mention.label not in befell
    return read
