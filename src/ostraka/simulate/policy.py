"""Policies as data: what a regime does, to whom, from when to when, how strongly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ostraka.errors import InputError
from ostraka.simulate import layout as at
from ostraka.simulate.roster import POSTS

# Each channel pulls one or more levers: (lever or action, parameter that scales it or None, fixed log effect).
_Pull = tuple[int, str | None, float]
CHANNELS: Mapping[str, tuple[_Pull, ...]] = MappingProxyType(
    {
        "monitor": ((at.L_EXIT, "monitoring", 0.0),),
        "screen": ((at.L_SCREEN, None, 1.0),),
        "recall": ((at.A_RECALL, None, 0.0), (at.L_OUT, None, 0.0)),
        "hostage_kin": ((at.L_HOLD_KIN, None, 0.0),),
        "privilege": ((at.L_EXIT, "privilege", 0.0),),
        "terror": ((at.L_PURGE, "terror_purge", 0.0), (at.L_EXIT, "terror_exit", 0.0)),
        "information_control": ((at.L_EXPOSE, "information_control", 0.0),),
        "outside_option": ((at.L_EXIT, "outside_option", 0.0),),
        "coup_proofing": ((at.L_COUP, "coup_proofing", 0.0),),
        "publicise": ((at.L_PUBLICITY, None, math.log(2.0)),),
        "postings": ((at.L_OUT, None, math.log(2.0)),),
        "rotation": ((at.L_BACK, None, math.log(2.0)),),
        "exit_rate": ((at.L_EXIT, None, 1.0),),
        "purge_rate": ((at.L_PURGE, None, 1.0),),
        "succession": ((at.A_SUCCESSION, None, 0.0),),
        "departure": ((at.A_DEFECT, None, 0.0),),
        "accuracy": ((at.L_ACCURACY, None, math.log(2.0)),),
        "grievance": ((at.A_AGGRIEVE, None, 0.0),),
        "do_nothing": (),
    }
)
"""What a policy can do. `level` multiplies the log effect; for ``exit_rate`` and ``purge_rate`` it is the log effect;
for ``recall`` the share called home, for ``hostage_kin`` the share of kin held, for ``screen`` what is added to the
strength of screening. ``privilege`` falls in effect with the parameter of that name; ``publicise``, ``postings``,
``rotation`` and ``accuracy`` (how well purges hit the disaffected) double per level. ``departure`` lets one named seat
leave on that date: the trigger of an experiment. ``grievance`` adds its level to the private disaffection of those
concerned on its date (a cut of privileges, say). ``do_nothing`` does nothing: a policy may cost and change nothing."""

_SHARES = ("recall", "hostage_kin")
_INSTANT = ("succession", "departure", "grievance")


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy with its dates, its target and its strength.

    Parameters
    ----------
    name : str
        In plain words, as it is printed.
    channel : str
        One of :data:`CHANNELS`.
    start, end : float
        From when to when, in years from the start of the run; `end` may be infinite.
    level : float
        Strength: see :data:`CHANNELS`. Negative turns the effect round (information opened).
    organs, posts, ranks : tuple
        Whom it is for: names of organs, ``home``/``abroad``/``recalled``, ranks; empty means all.
    member : int
        For ``departure``: which seat.
    cost : float
        Cost per year in force (once, for what happens on its date only) in units of the regime's budget; added up in
        the ledger of the scenario.

    Raises
    ------
    InputError
        If the channel is unknown, the policy ends before it begins, a share is not one, or a number is not finite.

    Examples
    --------
    >>> Policy("half called home", "recall", level=0.5).channel
    'recall'
    """

    name: str
    channel: str
    start: float = 0.0
    end: float = math.inf
    level: float = 1.0
    organs: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    member: int = -1
    cost: float = 0.0

    def __post_init__(self) -> None:
        where = f"policy {self.name!r}"
        if self.channel not in CHANNELS:
            raise InputError(f"{where}: channel {self.channel!r} is unknown; write one of {', '.join(CHANNELS)}")
        if not (math.isfinite(self.start) and self.start >= 0 and not math.isnan(self.end)):
            raise InputError(f"{where}: start is a year from 0 on and end is not NaN; got {self.start} and {self.end}")
        if self.end <= self.start:
            raise InputError(f"{where} ends ({self.end}) before it begins ({self.start}); swap the two")
        check_level(where, self.channel, self.level, self.cost)
        if self.channel == "departure" and self.member < 0:
            raise InputError(f"{where}: a departure needs the number of the seat, member=0 or more")
        wrong = set(self.posts) - set(POSTS)
        if wrong:
            raise InputError(f"{where}: posts are home, abroad and recalled, not {', '.join(sorted(wrong))}")

    def pulls(self) -> list[tuple[int, str | None, float]]:
        """The levers it pulls: (lever, scaling parameter, fixed log effect per level)."""
        if self.channel == "recall":
            stop = math.log1p(-self.level) / self.level if 0 < self.level < 1 else -math.inf if self.level else 0.0
            return [(at.A_RECALL, None, 0.0), (at.L_OUT, None, stop)]
        return list(CHANNELS[self.channel])

    @property
    def lasts(self) -> bool:
        """Whether it holds over time, not only on its date."""
        return self.channel not in _INSTANT

    def spent(self, years: float) -> float:
        """What it costs within a horizon: per year in force, or once if it happens on its date only."""
        if not self.lasts:
            return self.cost if self.start <= years else 0.0
        return self.cost * max(min(self.end, years) - self.start, 0.0)

    def to_json(self) -> dict[str, Any]:
        """The policy as plain JSON values."""
        return {
            "name": self.name,
            "channel": self.channel,
            "start": self.start,
            "end": self.end if math.isfinite(self.end) else None,
            "level": self.level,
            "organs": list(self.organs),
            "posts": list(self.posts),
            "ranks": list(self.ranks),
            "member": self.member,
            "cost": self.cost,
        }


def check_level(where: str, channel: str, level: float, cost: float) -> None:
    """Level and cost are finite, and the level a share where it has to be one."""
    if not (math.isfinite(level) and math.isfinite(cost)):
        raise InputError(f"{where}: level and cost are finite numbers, not {level} and {cost}")
    if channel in _SHARES and not 0 <= level <= 1:
        raise InputError(f"{where}: the level of {channel} is a share from 0 to 1, not {level}")
