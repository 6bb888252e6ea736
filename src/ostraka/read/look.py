"""What the scorer made of one report: every mention it judged, as it saw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ostraka.read.encoder import Floats
from ostraka.read.noun import Noun
from ostraka.read.scene import Sentence


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as the encoder sees it: the features of its run of pieces, and where its words begin among them."""

    features: Floats
    starts: Sequence[int]

    @property
    def said(self) -> Floats:
        """Features of the pieces of the sentence, shape (pieces, H)."""
        return self.features[self.starts[0] : self.starts[-1]]

    def holds(self, noun: Noun) -> bool:
        """Whether a mention was not cut off."""
        return self.starts[noun.j] > self.starts[noun.i]

    def mean(self, noun: Noun) -> Floats:
        """The features of a mention, shape (H,)."""
        own: Floats = self.features[self.starts[noun.i] : self.starts[noun.j]].mean(axis=0)
        return own


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A mention: how likely each kind befell the one it means, in the order of ``KINDS``, and the word that says most of each.

    `mine` are its features and `told` those of what its sentence says of it, shape (H,).
    """

    sentence: Sentence
    noun: Noun
    shares: tuple[float, ...]
    words: tuple[int, ...]
    mine: Floats = field(repr=False)
    told: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class Look:
    """All mentions of a report that were judged, in order, and the sentences as the encoder saw them, by their number."""

    judged: Sequence[Judged] = ()
    seen: Mapping[int, Seen] = field(default_factory=dict)

    def at(self, sentence: Sentence, noun: Noun) -> Judged | None:
        """The mention that a phrase is, or the one that means the same in its sentence."""
        own = [row for row in self.judged if row.sentence is sentence and row.noun.label == noun.label]
        return next((row for row in own if row.noun is noun or row.noun.i == noun.i), next(iter(own), None))
