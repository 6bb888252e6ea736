"""From where on contagion matters, in words: what the surface shows and whether the record allows it."""

from __future__ import annotations

import numpy as np
import pytest

from ostraka.brief.policies import contagion_in_words
from ostraka.provenance import Provenance
from ostraka.simulate import CollapseSurface


def surface(chances: list[float], *, ruled_out: list[bool]) -> CollapseSurface:
    """Three strengths of contagion at today's disaffection, one threshold."""
    return CollapseSurface(
        contagion=np.array([0.0, 1.0, 8.0]),
        disaffection=np.array([0.0]),
        thresholds=np.array([0.9]),
        p=np.array(chances).reshape(3, 1, 1),
        exits_per_year=np.ones((3, 1)),
        ruled_out=np.array(ruled_out).reshape(3, 1),
        years=5.0,
        replicates=50,
        provenance=Provenance("collapse_surface", {}, seed=1),
    )


@pytest.mark.parametrize(
    ("chances", "ruled_out", "says"),
    [
        ([0.08, 0.08, 0.22], [False, False, True], "rate of leaving by 25; the record rules that out"),
        ([0.08, 0.08, 0.22], [False, False, False], "rate of leaving by 25; the record does not rule that out"),
        ([0.08, 0.2, 0.3], [False, False, True], "rate of leaving by 1.5; the record does not rule that out"),
        ([0.08, 0.1, 0.12], [False, False, True], "less than 5 points up to ×25"),
    ],
)
def test_where_contagion_begins_to_matter_is_said(chances: list[float], ruled_out: list[bool], says: str) -> None:
    assert says in contagion_in_words(surface(chances, ruled_out=ruled_out), [1.0, 1.5, 25.0])
