"""A small learned scorer: how likely each kind of event befell the one whom a mention means.

Each word of a sentence gets features from its neighbours, which are weighed by where a mention stands; what is known of the
one concerned and what the grammar found come to it. The weights are fitted by ``training/fit.py`` to reports of our
own and shipped as one table; its word vectors come from GloVe (public domain). Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.mentions import (
    KINDS,
    N_TRAITS,
    N_TYPES,
    N_VIEWS,
    NAME,
    by_rules,
    flags,
    told_by_words,
    traits,
    views,
    word_types,
)
from ostraka.read.noun import Noun
from ostraka.read.places import is_regime
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

Floats = npt.NDArray[np.float32]
Told = dict[int, list[tuple[int, int]]]
"""By sentence: words and the kinds that the tables of triggers know them to tell of."""
N_KNOWN = N_TRAITS + 4 * len(KINDS)
"""What is known of a mention: its traits; kinds told by words of the sentence before and of the report; kinds told by rules of
the one it means, here and anywhere."""
MAX_WORDS = 90
"""Words of a sentence that are looked at; what stands further on is not."""
MAX_BEFORE, MAX_ALL = 60, 300
"""Words of the sentence before and of the report that give the drift."""
NOTHING = 100.0
"""Taken from the score of a word that tells nothing, so that another one is named as the one that tells most."""
_EMPTY = word_set(
    "a an the of in on at to by for with from as and or but who which that his her its their he she they it was were is are be been"
    " has have had could can would will may might should must did does do not n't"
)
"""Words that say nothing by themselves: never the ones that tell an event, unless there is no other."""
APART = 4
"""Empty rows between two sentences, as many as a word's features reach to either side at most in one layer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How likely each kind befell the one a mention means, in the order of `KINDS`, and the word that says most of it."""

    sentence: Sentence
    noun: Noun
    shares: tuple[float, ...]
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Weights of the scorer; F features of a word, V numbers of its vector.

    Parameters
    ----------
    words : mapping of str to int
        Rows of `vectors`; row 0 stands for unknown words and for names.
    vectors : array, shape (words, V)
    types : array, shape (N_TYPES, 8)
    near, wide, wider : arrays, shapes (5 * (V + 17), F), (3 * F, F), (3 * F, F)
        Weights of a word with its neighbours, in three layers; each with its bias of shape (F,).
    gates : array, shape (N_VIEWS, F)
        How much each feature counts from where a word is seen.
    kinds, heed : arrays, shape (F, 9)
        What a feature tells of each kind, and how much heed is paid to its word.
    seen : array, shape (N_VIEWS, 9)
    known : array, shape (N_KNOWN, 9)
        What is known of the one concerned, with a bias of shape (9,).
    first, last : arrays, shapes (2 * F + 2 * V + N_KNOWN, 96), (96, 9)
        A second opinion on all of it, each with a bias.
    """

    words: dict[str, int]
    vectors: Floats
    types: Floats
    near: Floats
    near_bias: Floats
    wide: Floats
    wide_bias: Floats
    wider: Floats
    wider_bias: Floats
    gates: Floats
    kinds: Floats
    heed: Floats
    seen: Floats
    known: Floats
    bias: Floats
    first: Floats
    first_bias: Floats
    last: Floats
    last_bias: Floats

    def row(self, word: str) -> int:
        """The row of a word's vector; 0 if unknown."""
        return self.words.get(word) or self.words.get(word.rpartition("-")[2], 0)

    def rows(self, sentence: Sentence, types: Sequence[int]) -> list[int]:
        """The rows of the words of a sentence."""
        return [
            0 if kind == NAME else self.row(low.replace("’", "'"))
            for low, kind in zip(sentence.low, types, strict=False)
        ]

    def judge(self, story: Coreference, found: Sequence[Found]) -> Iterator[Judged]:
        """Judge every mention of a person in a report who may be of a regime.

        Parameters
        ----------
        story : Coreference
        found : sequence of Found
            What the grammar tells.
        """
        scene = story.scene.sentences
        mentions: dict[int, list[tuple[Noun, Floats]]] = {}
        told = {s.ix: told_by_words(s) for s in scene}
        for sentence, _, noun, known in known_of(story, found, told):
            profile = story.profiles.get(noun.label)
            if not is_regime((profile.country if profile is not None else "") or story.regime):
                continue
            mentions.setdefault(sentence.ix, []).append((noun, known))
        if not mentions:
            return
        types = {s.ix: word_types(s)[:MAX_WORDS] for s in scene}
        rows = {s.ix: self.rows(s, types[s.ix]) for s in scene}
        drift = self._mean([row for s in scene for row in rows[s.ix] if row][:MAX_ALL])
        features = self._features(types, rows, {ix: told[ix] for ix in mentions})
        for ix, own in mentions.items():
            before = self._mean([row for row in rows.get(ix - 1, []) if row][:MAX_BEFORE])
            nouns = [noun for noun, _ in own]
            known = np.stack([row for _, row in own])
            yield from self._judge(scene[ix], nouns, features[ix], known, np.concatenate([before, drift]))

    def _mean(self, rows: Sequence[int]) -> Floats:
        total: Floats = self.vectors[list(rows)].sum(axis=0)
        return total / np.float32(len(rows) + 1)

    def _features(self, types: dict[int, list[int]], rows: dict[int, list[int]], told: Told) -> dict[int, Floats]:
        """Features of the words of each sentence told of, shape (words, F); all in one go, empty rows between."""
        starts, n = {}, APART
        for ix in told:
            starts[ix] = n
            n += len(rows[ix]) + APART
        own = np.zeros((n, self.vectors.shape[1] + self.types.shape[1] + len(KINDS)), np.float32)
        real = np.zeros((n, 1), np.float32)
        for ix, marks in told.items():
            start, stop = starts[ix], starts[ix] + len(rows[ix])
            own[start:stop, : -len(KINDS)] = np.concatenate([self.vectors[rows[ix]], self.types[types[ix]]], axis=1)
            real[start:stop] = 1.0
            for word, kind in marks:
                if start + word < stop:
                    own[start + word, kind - len(KINDS)] = 1.0
        layer = np.maximum(_around(own, self.near, 1) + self.near_bias, 0.0) * real
        layer += np.maximum(_around(layer, self.wide, 1) + self.wide_bias, 0.0) * real
        layer += np.maximum(_around(layer, self.wider, 2) + self.wider_bias, 0.0) * real
        return {ix: layer[start : start + len(rows[ix])] for ix, start in starts.items()}

    def _judge(
        self, sentence: Sentence, nouns: Sequence[Noun], features: Floats, known: Floats, drift: Floats
    ) -> Iterator[Judged]:
        """Judge the mentions of one sentence; arrays are (mentions, words, ...)."""
        seen = np.array([views(sentence, noun)[: len(features)] for noun in nouns])
        shown = features * self.gates[seen]
        scores = shown @ self.kinds + self.seen[seen]
        heed = (shown @ self.heed + self.seen[seen]).max(axis=2)
        heed = np.exp(heed - heed.max(axis=1, keepdims=True))
        heed /= heed.sum(axis=1, keepdims=True)
        drawn = (heed[:, None, :] @ shown)[:, 0]
        own = [features[noun.i : noun.j].sum(axis=0) / np.float32(noun.j - noun.i + 0.01) for noun in nouns]
        all_known = np.concatenate([drawn, own, np.tile(drift, (len(nouns), 1)), known], axis=1)
        second = np.maximum(all_known @ self.first + self.first_bias, 0.0)
        most = scores.max(axis=1)
        logits = most + np.log(np.exp(scores - most[:, None]).sum(axis=1)) + known @ self.known + self.bias
        logits += second @ self.last + self.last_bias
        shares = 1.0 / (1.0 + np.exp(-logits))
        scores[:, _tells_nothing(sentence)[: len(features)]] -= NOTHING
        for noun, share, words in zip(nouns, shares.tolist(), scores.argmax(axis=1).tolist(), strict=True):
            yield Judged(sentence, noun, tuple(share), tuple(words))


def _tells_nothing(sentence: Sentence) -> npt.NDArray[np.bool_]:
    """Words that tell no event: names, signs, and those that say nothing by themselves."""
    empty = np.array([low in _EMPTY or not low[0].isalpha() for low in sentence.low])
    for noun in sentence.nouns:
        if noun.kind == "person":
            empty[noun.head : noun.j] = True
    return empty


def known_of(story: Coreference, found: Sequence[Found], told: Told) -> Iterator[tuple[Sentence, int, Noun, Floats]]:
    """Every mention of a person, its place among the nouns of its sentence, and what is known of it, shape (N_KNOWN,).

    Parameters
    ----------
    story : Coreference
    found : sequence of Found
        What the grammar tells.
    told : mapping of int to list of (int, int)
        Words and kinds that the tables know them to tell, of each sentence.
    """
    kinds = {ix: {kind for _, kind in marks} for ix, marks in told.items()}
    heat = np.minimum(1.0, 0.2 * np.sum([flags(row) for row in kinds.values()], axis=0)) if kinds else ()
    ruled = by_rules(found)
    for sentence in story.scene.sentences:
        earlier = flags(kinds.get(sentence.ix - 1, ()))
        for at, noun in enumerate(sentence.nouns):
            if noun.is_person and noun.j <= MAX_WORDS:
                rules = flags(ruled.get((sentence.ix, noun.label), ())) + flags(ruled.get((-1, noun.label), ()))
                own = traits(story, sentence, noun)
                yield sentence, at, noun, np.array([*own, *earlier, *heat, *rules], np.float32)


def _around(rows: Floats, weights: Floats, step: int) -> Floats:
    """Each row and its neighbours, `step` rows apart, weighed and summed; beyond the edges are zeros."""
    taps = weights.reshape(-1, rows.shape[1], weights.shape[1])
    pad = len(taps) // 2 * step
    padded = np.zeros((len(rows) + 2 * pad, rows.shape[1]), np.float32)
    padded[pad : pad + len(rows)] = rows
    total: Floats = padded[: len(rows)] @ taps[0]
    for k, tap in enumerate(taps[1:], 1):
        total += padded[k * step : k * step + len(rows)] @ tap
    return total


@cache
def recogniser() -> Recogniser:
    """The shipped scorer."""
    with as_file(files("ostraka.read") / "tables" / "recogniser.npz") as path, np.load(path) as table:
        words = {word: row for row, word in enumerate(str(table["words"]).split("\n"), 1)}
        vectors = table["vectors"].astype(np.float32) * table["scale"]
        rest = {
            name: table[name].astype(np.float32) for name in table.files if name not in {"words", "vectors", "scale"}
        }
    if rest["types"].shape[0] != N_TYPES or rest["known"].shape[0] != N_KNOWN or rest["seen"].shape[0] != N_VIEWS:
        raise AssertionError("recogniser.npz was trained for other features; run training/fit.py again")
    return Recogniser(words=words, vectors=np.vstack([np.zeros((1, vectors.shape[1]), np.float32), vectors]), **rest)
