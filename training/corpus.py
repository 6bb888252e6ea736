"""Reports as examples for the scorer: each sentence with the mentions of persons in it and the kinds that befell them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from press import Marked, read_press

from ostraka.model import Report
from ostraka.read.coding import CodedEvent, load_labelled
from ostraka.read.coreference import Coreference
from ostraka.read.events import find_events
from ostraka.read.matching import same_name, words
from ostraka.read.mentions import KINDS, told_by_words, views, word_types
from ostraka.read.recogniser import MAX_ALL, MAX_BEFORE, MAX_WORDS, known_of
from ostraka.read.scene import lay_out

HERE = Path(__file__).parent


@dataclass
class Mention:
    """A mention of a person: whom it means, from where words are seen, what is known, what befell him in this sentence."""

    label: str
    view: np.ndarray
    known: np.ndarray
    kinds: set[int] = field(default_factory=set)
    counts: bool = True


@dataclass
class Example:
    """A sentence with its words (those of the sentence before and of the whole report too) and its mentions."""

    report: int
    low: list[str]
    types: np.ndarray
    told: list[tuple[int, int]]
    before: list[str]
    drift: list[str]
    mentions: list[Mention]


@dataclass
class Read:
    """A report: its examples, the events as coded (kind, labels that fit), those that no phrase stands for, what rules tell."""

    id: str
    examples: list[Example]
    events: list[tuple[int, set[str]]]
    lost: int
    rules: set[tuple[str, int]]


def lay(name: str, number: int, report: Report) -> tuple[Coreference, Read, dict[tuple[int, int], Mention]]:
    """Examples of a report without labels; mentions by sentence and place among the nouns."""
    story = Coreference(lay_out(report))
    found = find_events(story)
    sentences = story.scene.sentences
    types = {s.ix: word_types(s)[:MAX_WORDS] for s in sentences}
    plain = {s.ix: [low if kind != 1 else "" for low, kind in zip(s.low, types[s.ix], strict=False)] for s in sentences}
    drift = [low for s in sentences for low in plain[s.ix] if low]
    marks = {s.ix: told_by_words(s) for s in sentences}
    by_place: dict[tuple[int, int], Mention] = {}
    examples = []
    for sentence, at, noun, known in known_of(story, found, marks):
        row = Mention(noun.label or f"?{sentence.ix}.{at}", np.array(views(sentence, noun)[:MAX_WORDS]), known)
        by_place[sentence.ix, at] = row
        if not examples or examples[-1][0] != sentence.ix:
            told = [pair for pair in marks[sentence.ix] if pair[0] < len(types[sentence.ix])]
            before = [low for low in plain.get(sentence.ix - 1, []) if low]
            own = Example(number, plain[sentence.ix], np.array(types[sentence.ix]), told, before, drift, [])
            examples.append((sentence.ix, own))
        examples[-1][1].mentions.append(row)
    rules = {(event.label, KINDS.index(event.kind)) for event in found if event.kind in KINDS}
    return story, Read(name, [row for _, row in examples], [], 0, rules), by_place


def press(path: Path, number: Callable[[], int]) -> Iterator[Read]:
    """The marked reports of a file."""
    names = {
        key: (row["first"], row["family"], row["order"])
        for key, row in tomllib.loads((HERE / "names.toml").read_text()).items()
    }
    for marked in read_press(path, names):
        yield mark(marked, number())


def mark(marked: Marked, number: int) -> Read:
    """Examples of a marked report."""
    story, read, by_place = lay(marked.id, number, Report(marked.text, published=marked.published, lang="en"))
    labels: dict[tuple[str, str], set[str]] = {}
    for start, end, keys in marked.marks:
        place = _marked_noun(story, start, end)
        for key in keys:
            if place in by_place:
                by_place[place].kinds.add(KINDS.index(key[0]))
                labels.setdefault(key, set()).add(by_place[place].label)
    read.events = [(KINDS.index(kind), hits) for (kind, _), hits in labels.items()]
    read.lost = len(marked.events) - len(labels)
    _discount(read)
    return read


def labelled(folder: Path, number: Callable[[], int]) -> Iterator[Read]:
    """The English labelled reports of a folder; whom an event befell is known, in which sentence is not."""
    for item in load_labelled(folder)[0]:
        if re.search("[가-힣]", item.report.text[:200]):
            continue
        story, read, by_place = lay(item.gold.id, number(), item.report)
        labels = {mention.label for mention in by_place.values()}
        for event in item.gold.events:
            hits = _fitting(story, event, labels) if event.kind in KINDS else set()
            if hits:
                read.events.append((KINDS.index(event.kind), hits))
            else:
                read.lost += 1
        yield read


def sure(folder: Path, number: Callable[[], int]) -> Iterator[Read]:
    """The sentences by which the grammar is tested, with what it tells of them: there it is right."""
    paths = sorted(folder.glob("test_*.py"))
    tables = [table for path in paths for table in _tables(ast.parse(path.read_text(encoding="utf-8")))]
    texts = dict.fromkeys(
        text for table in tables for text in _strings(table) if text.count(" ") > 5 and text[-1] in '."”'
    )
    for text in texts:
        if re.search("[가-힣]", text):
            continue
        story, read, by_place = lay(text[:40], number(), Report(text, published=date(2019, 8, 21), lang="en"))
        for event in find_events(story):
            if event.kind in KINDS:
                kind, nouns = KINDS.index(event.kind), event.sentence.nouns
                places = [at for at, noun in enumerate(nouns) if noun.label == event.label]
                for at in [at for at in places if event.actor is not None and nouns[at].i == event.actor.i] or places[
                    :1
                ]:
                    by_place[event.sentence.ix, at].kinds.add(kind)
                read.events.append((kind, {event.label}))
        _discount(read)
        yield read


def _discount(read: Read) -> None:
    """Let a mention of somebody not count whose event another one of the sentence tells."""
    for example in read.examples:
        told = {mention.label for mention in example.mentions if mention.kinds}
        for mention in example.mentions:
            mention.counts = bool(mention.kinds) or mention.label not in told


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
    if hits:
        return hits
    role = words(event.fields.get("role", "") or event.person)
    fits = {label: len(role & _described(story, label)) for label in labels if not (event.person and label in named)}
    most = max(fits.values(), default=0)
    return {label for label, fit in fits.items() if fit == most} if most else set()


def _described(story: Coreference, label: str) -> frozenset[str]:
    profile = story.profiles.get(label)
    told = " ".join(" ".join(s.low[n.i : n.j]) for s, n in profile.nouns[:6]) if profile is not None else ""
    return words(f"{label} {told}")


def _marked_noun(story: Coreference, start: int, end: int) -> tuple[int, int]:
    """The sentence and the noun that share most letters with the words between two offsets."""
    best, found = 0, (-1, -1)
    for sentence in story.scene.sentences:
        for at, noun in enumerate(sentence.nouns):
            shared = min(end, sentence.tokens[noun.j - 1].end) - max(start, sentence.tokens[noun.i].start)
            if noun.is_person and shared > best:
                best, found = shared, (sentence.ix, at)
    return found


def likeliest(read: Read, shares: Sequence[np.ndarray]) -> Read:
    """Mark, for each event of a labelled report, the mention of its person that a scorer thinks likeliest."""
    mentions = [mention for example in read.examples for mention in example.mentions]
    for kind, hits in read.events:
        own = [
            (float(share[kind]), at)
            for at, (mention, share) in enumerate(zip(mentions, shares, strict=True))
            if mention.label in hits
        ]
        most = max(own, default=(0.0, -1))[0]
        for share, at in own:
            if share == most or share > 0.5:
                mentions[at].kinds.add(kind)
    befell = {label for _, hits in read.events for label in hits}
    for mention in mentions:
        mention.counts = bool(mention.kinds) or mention.label not in befell
    return read


__all__ = ["MAX_ALL", "MAX_BEFORE", "Example", "Mention", "Read", "labelled", "likeliest", "press"]
