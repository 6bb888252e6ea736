"""A learned scorer of what a report tells of the persons in it: how likely each kind of event befell whom a mention means.

An encoder reads the report, with stand-ins for the names of persons. For each mention the words of its sentence are weighed by how
much they say of it; these, the mention itself, the report, and what is known of the one concerned and told by the grammar make the
shares. The weights are fitted by ``training/fit.py`` to reports of our own and shipped as one table; nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from ostraka.read.coreference import Coreference
from ostraka.read.encoder import Encoder, Floats, Line, encoder_of, gelu, line_of
from ostraka.read.found import Found
from ostraka.read.look import Judged, Look, Seen
from ostraka.read.mentions import KINDS, N_TRAITS, by_rules, flags, told_by_words, traits
from ostraka.read.noun import Noun
from ostraka.read.pieces import Pieces, numbered
from ostraka.read.pointing import Pointer
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.tying import Binder

Told = dict[int, list[tuple[int, int]]]
"""By sentence: words and the kinds that the tables of triggers know them to tell of."""
N_KNOWN = N_TRAITS + 4 * len(KINDS)
"""What is known of a mention: its traits; kinds told by words of the sentence before and of the report; kinds told by rules of
the one it means, here and anywhere."""
_EMPTY = word_set(
    "a an the of in on at to by for with from as and or but who which that his her its their he she they it was were is are be been"
    " has have had could can would will may might should must did does do not n't"
)
"""Words that say nothing by themselves: never the ones that tell an event, unless there is no other."""
LONGEST = 100_000
"""Letters of a report that are looked at: a book would take minutes."""
KNOWN_WORD = 10.0
"""How many times the heed paid to a word counts that the tables know to tell of the kind."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Weights of the scorer; H numbers for each piece.

    Parameters
    ----------
    pieces : Pieces
    encoder : Encoder
    heed : Line, from H to H
        How a mention asks for the words that say something of it.
    first, last : Line, from 3 * H + N_KNOWN to 256 to 9
        From the mention, what is said of it, the report and what is known to the shares.
    pointer : Pointer
        Where the fields of events stand, and how events do.
    binder : Binder
        Which persons are tied.
    """

    pieces: Pieces
    encoder: Encoder
    heed: Line
    first: Line
    last: Line
    pointer: Pointer
    binder: Binder

    def see(self, sentences: Sequence[Sentence], wanted: Set[int], telling: Set[int]) -> dict[int, Seen]:
        """Those sentences of a report that are wanted, as the encoder sees them: run by run, where one of a run may tell something.

        Parameters
        ----------
        sentences : sequence of Sentence
        wanted, telling : set of int
            The numbers of those that mention a person, and of those with words that may tell an event.
        """
        seen: dict[int, Seen] = {}
        for rows, starts in self._runs([sentence for sentence in sentences if sentence.ix in wanted]):
            if not telling.isdisjoint(starts):
                features = self.encoder([rows])
                seen.update((ix, Seen(features, own)) for ix, own in starts.items())
        return seen

    def _runs(self, sentences: Sequence[Sentence]) -> Iterator[tuple[list[int], dict[int, list[int]]]]:
        """Pieces that are read together, as many sentences as the encoder takes, and where the words of each begin."""
        persons, most = numbered(sentences), self.encoder.longest - 1
        first, last = self.pieces.rows["[CLS]"], self.pieces.rows["[SEP]"]
        run, starts = [first], dict[int, list[int]]()
        for sentence in sentences:
            rows, begins = self.pieces.of_sentence(sentence, persons)
            if starts and len(run) + len(rows) > most:
                yield [*run, last], starts
                run, starts = [first], {}
            starts[sentence.ix] = [min(len(run) + k, most) for k in begins]
            run += rows[: most - len(run)]
        yield [*run, last], starts

    def look(self, story: Coreference, found: Sequence[Found]) -> Look:
        """Judge every mention of a person in a report.

        Parameters
        ----------
        story : Coreference
        found : sequence of Found
            What the grammar tells.
        """
        sentences = [s for s in story.scene.sentences if s.start < LONGEST]
        told = {s.ix: told_by_words(s) for s in sentences}
        mentions: dict[int, list[tuple[Noun, Floats]]] = {}
        for sentence, _, noun, known in known_of(story, sentences, found, told):
            mentions.setdefault(sentence.ix, []).append((noun, known))
        telling = {ix for ix, marks in told.items() if marks} | {event.sentence.ix for event in found}
        seen = self.see(sentences, mentions.keys(), telling)
        judged: list[Judged] = []
        for ix, own in mentions.items():
            whole = [(noun, known) for noun, known in own if ix in seen and seen[ix].holds(noun)]
            if whole:
                judged += self._judge(sentences[ix], seen[ix], whole, told[ix])
        return Look(judged, seen)

    def _judge(
        self, sentence: Sentence, seen: Seen, own: Sequence[tuple[Noun, Floats]], told: Sequence[tuple[int, int]]
    ) -> Iterator[Judged]:
        """Judge the mentions of one sentence."""
        mine = np.stack([seen.mean(noun) for noun, _ in own])
        known = np.stack([row for _, row in own])
        heed = self._heed(mine, seen.said)
        said = heed @ seen.said
        whole = np.broadcast_to(seen.features[0], mine.shape)
        inner = gelu(self.first(np.concatenate([mine, said, whole, known], axis=1)))
        shares = 1.0 / (1.0 + np.exp(-self.last(inner)))
        words = _telling(sentence, _by_word(heed, seen), told)
        for k, (noun, _) in enumerate(own):
            yield Judged(sentence, noun, tuple(shares[k].tolist()), tuple(words[k].tolist()), mine[k], said[k])

    def _heed(self, mine: Floats, said: Floats) -> Floats:
        """How much heed mentions pay to each piece of their sentence, shape (mentions, pieces); each row sums to 1."""
        heed = self.heed(mine) @ said.T * np.float32(mine.shape[1] ** -0.5)
        heed = np.exp(heed - heed.max(axis=1, keepdims=True))
        paid: Floats = heed / heed.sum(axis=1, keepdims=True)
        return paid


def _by_word(heed: Floats, seen: Seen) -> Floats:
    """Heed summed over the pieces of each word, shape (mentions, words)."""
    sums = np.concatenate([np.zeros((len(heed), 1), np.float32), np.cumsum(heed, axis=1)], axis=1)
    return np.diff(sums[:, np.array(seen.starts) - seen.starts[0]], axis=1)


def _telling(sentence: Sentence, heed: Floats, told: Sequence[tuple[int, int]]) -> npt.NDArray[np.intp]:
    """For each mention and kind the word that says most of it, shape (mentions, kinds)."""
    counts = np.ones((len(KINDS), heed.shape[1]), np.float32)
    for word, kind in told:
        counts[kind, word] = KNOWN_WORD
    counts[:, _tells_nothing(sentence)] = 0.0
    most: npt.NDArray[np.intp] = (heed[:, None, :] * counts).argmax(axis=2)
    return most


def _tells_nothing(sentence: Sentence) -> npt.NDArray[np.bool_]:
    """Words that tell no event: names, signs, and those that say nothing by themselves."""
    empty = np.array([low in _EMPTY or not low[0].isalpha() for low in sentence.low])
    for noun in sentence.nouns:
        if noun.kind == "person":
            empty[noun.head : noun.j] = True
    return empty


def known_of(
    story: Coreference, sentences: Sequence[Sentence], found: Sequence[Found], told: Told
) -> Iterator[tuple[Sentence, int, Noun, Floats]]:
    """Every mention of a person, its place among the nouns of its sentence, and what is known of it, shape (N_KNOWN,).

    Parameters
    ----------
    story : Coreference
    sentences : sequence of Sentence
        Those of the report that are looked at.
    found : sequence of Found
        What the grammar tells.
    told : mapping of int to list of (int, int)
        Words and kinds that the tables know them to tell, of each sentence.
    """
    kinds = {ix: {kind for _, kind in marks} for ix, marks in told.items()}
    heat = np.minimum(1.0, 0.2 * np.sum([flags(row) for row in kinds.values()], axis=0)) if kinds else ()
    ruled = by_rules(found)
    for sentence in sentences:
        earlier = flags(kinds.get(sentence.ix - 1, ()))
        for at, noun in enumerate(sentence.nouns):
            if noun.is_person:
                rules = flags(ruled.get((sentence.ix, noun.label), ())) + flags(ruled.get((-1, noun.label), ()))
                own = traits(story, sentence, noun)
                yield sentence, at, noun, np.array([*own, *earlier, *heat, *rules], np.float32)


@cache
def recogniser() -> Recogniser:
    """The shipped scorer."""
    with as_file(files("ostraka.read") / "tables" / "recogniser.npz") as path, np.load(path) as file:
        table = {name: file[name] for name in file.files}
    rows = {piece: row for row, piece in enumerate(str(table.pop("pieces")).split("\n"))}
    heed, first, last, ask, begin, end, stands, meet, bind = (
        line_of(table, name) for name in ("heed", "first", "last", "ask", "begin", "end", "stands", "meet", "bind")
    )
    kinds, gaps, ruled = (table[name].astype(np.float32) for name in ("kinds", "gaps", "ruled"))
    pointer, binder = Pointer(kinds, ask, begin, end, stands), Binder(meet, gaps, ruled, bind)
    encoder = encoder_of(table)
    if len(first.weights) != 3 * encoder.words.shape[1] + N_KNOWN or len(rows) != len(encoder.words):
        raise AssertionError("recogniser.npz was trained for other features; run training/fit.py again")
    return Recogniser(Pieces(rows), encoder, heed, first, last, pointer, binder)
