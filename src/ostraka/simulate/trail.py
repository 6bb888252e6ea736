"""One history in which others followed: who left because one did, and the ties between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ostraka.simulate.replay import replay
from ostraka.simulate.roster import TIE_KINDS
from ostraka.simulate.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Leaver:
    """A seat of the made-up elite that was left: its organ and rank, when, and what moved its holder most."""

    seat: int
    organ: str
    rank: int
    year: float
    cause: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A trigger, those who left only because of it in one history, and the ties between all of them.

    Parameters
    ----------
    leavers : tuple of Leaver
        The trigger first, then its followers in order of time.
    ties : tuple of (int, int, str)
        Seats and the kind of tie.
    replicate : int
        Which history.
    """

    leavers: tuple[Leaver, ...]
    ties: tuple[tuple[int, int, str], ...]
    replicate: int

    def to_json(self) -> dict[str, Any]:
        """The trail as plain JSON values."""
        names = Leaver.__dataclass_fields__
        return {
            "leavers": [{name: getattr(leaver, name) for name in names} for leaver in self.leavers],
            "ties": [list(tie) for tie in self.ties],
            "replicate": self.replicate,
        }


def trail_of(plain: Scenario, triggered: Scenario, seat: int, replicate: int, root: int) -> Trail:
    """Play one history with and without a trigger and keep those who left only with it."""
    without, log = (replay(world, replicate, root=root) for world in (plain, triggered))
    left = log[log["event"] == "leaves"].drop_duplicates("member")
    stayed = ~left["member"].isin(set(without.loc[without["event"] == "leaves", "member"]))
    mine = left[(left["member"] == seat) | stayed].copy()
    mine["later"] = mine["member"] != seat
    roster = plain.roster
    leavers = tuple(
        Leaver(int(m), roster.organs[roster.organ[m]], int(roster.rank[m]), float(year), str(cause))
        for m, year, cause in mine.sort_values(["later", "year"])[["member", "year", "cause"]].to_numpy()
    )
    inside = {leaver.seat for leaver in leavers}
    ties = {
        (min(i, int(j)), max(i, int(j)), TIE_KINDS[kind])
        for i in inside
        for j, kind in roster.tie[roster.start[i] : roster.start[i + 1]]
        if int(j) in inside
    }
    return Trail(leavers, tuple(sorted(ties)), replicate)


def longest(gaps: list[np.ndarray[Any, Any]]) -> tuple[int, int] | None:
    """Which trigger and which history had most followers; None if there were none."""
    last = np.stack([gap[:, -1] for gap in gaps])
    if last.max() < 1:
        return None
    which, replicate = np.unravel_index(int(last.argmax()), last.shape)
    return int(which), int(replicate)
