"""Where the scorer points: the words of a report that tell a field of an event.

For an event told at a mention each field is sought by the pieces on which its words begin and end, or on the first piece of the
report where nothing is told (Seo et al., 2017, arXiv:1611.01603; Levy et al., 2017, doi:10.18653/v1/K17-1034).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ostraka.model import Status
from ostraka.read.encoder import Floats, Line, gelu
from ostraka.read.look import Judged, Look

FIELDS = ("role", "organisation", "post_place", "destination", "family_with", "date_text")
"""What is pointed at, in order."""
STATUSES = (Status.ASSERTED, Status.MENTIONED, Status.DENIED, Status.REFUTED, Status.PLANNED, Status.ATTEMPTED)
"""How an event may stand, in order; a hedged one counts as asserted."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Weights by which the fields of an event are found; H numbers for each piece.

    Parameters
    ----------
    kinds : array, shape (9, 32)
    ask : Line, from 2 * H + 32 to 256
        What an event asks for, from its mention, what is said of it and its kind.
    begin, end : Line, from 256 to 6 * H
        How the first and the last piece of each field look.
    stands : Line, from 256 to 6
        How the event stands.
    """

    kinds: Floats
    ask: Line
    begin: Line
    end: Line
    stands: Line

    def status(self, row: Judged, kind: int) -> Floats:
        """How likely an event of a kind told at a mention has each of `STATUSES`, shape (6,)."""
        scores = self.stands(self._asked(row, kind))
        shares: Floats = np.exp(scores - scores.max())
        shares /= shares.sum()
        return shares

    def __call__(self, look: Look, row: Judged, kind: int) -> Floats:
        """How likely each field begins and ends at each piece of the run, shape (2, 6, pieces); the first piece stands for nothing.

        Parameters
        ----------
        look : Look
        row : Judged
            The mention at which the event is told.
        kind : int
            By its place in ``KINDS``.
        """
        features = look.seen[row.sentence.ix].features
        asked = self._asked(row, kind)
        edges = np.stack([self.begin(asked), self.end(asked)]).reshape(2, len(FIELDS), -1)
        scores = edges @ features.T * np.float32(features.shape[1] ** -0.5)
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        likely: Floats = shares / shares.sum(axis=2, keepdims=True)
        return likely

    def _asked(self, row: Judged, kind: int) -> Floats:
        """What an event of a kind told at a mention asks for, shape (256,)."""
        asked: Floats = gelu(self.ask(np.concatenate([row.mine, row.told, self.kinds[kind]])[None]))[0]
        return asked
