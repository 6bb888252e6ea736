"""How an event stands, by the words of doubt that rules know and by what the scorer makes of the whole report."""

from __future__ import annotations

from collections.abc import Sequence

from ostraka.model import Status
from ostraka.read.pointing import STATUSES

SURE = 0.6
"""Share from which an event that rules hold for told stands as the scorer has it: denied, refuted, planned, attempted."""
OLD = 0.7
"""Share from which it is known of old."""
NEWS = 0.9
"""Share from which it is news, though rules hold it for known of old."""


def stands(ruled: Status, shares: Sequence[float]) -> Status:
    """The status of an event; where words that rules know cast doubt on it, the doubt stands.

    Parameters
    ----------
    ruled : Status
        By the rules.
    shares : sequence of float
        How likely the scorer holds each of `STATUSES`.

    Examples
    --------
    >>> stands(Status.ASSERTED, (0.1, 0.1, 0.7, 0.1, 0.0, 0.0)).value
    'denied'
    >>> stands(Status.PLANNED, (0.9, 0.1, 0.0, 0.0, 0.0, 0.0)).value
    'planned'
    """
    share, likeliest = max(zip(shares, STATUSES, strict=True), key=lambda row: row[0])
    if ruled not in _TOLD or (ruled is Status.HEDGED and likeliest is Status.ASSERTED):
        return ruled
    return likeliest if share >= _LEAST.get(likeliest, SURE) else ruled


_TOLD = frozenset({Status.ASSERTED, Status.HEDGED, Status.MENTIONED})
_LEAST = {Status.ASSERTED: NEWS, Status.MENTIONED: OLD}
