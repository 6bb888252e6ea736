"""Standing rules of a regime: when something happens, do this to those, after so many days, for so many days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ostraka.dates import DAYS_PER_YEAR
from ostraka.errors import InputError
from ostraka.simulate import layout as at
from ostraka.simulate.policy import CHANNELS, check_level
from ostraka.simulate.roster import POSTS, TIE_KINDS

TRIGGERS = ("departure", "known departure", "purge", "detention", "opposition", "succession")
ACTIONS = {"recall": at.A_RECALL, "purge": at.A_PURGE, "detain": at.A_DETAIN}
WHOM = (*TIE_KINDS, "organ", "everybody")
LASTING = tuple(name for name, pulls in CHANNELS.items() if pulls and all(pull[0] < at.N_LEVERS for pull in pulls))
"""Channels of policy that a rule may put in force for a while."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a regime does whenever something happens.

    Parameters
    ----------
    name : str
        In plain words, as it is printed.
    on : str
        What sets it off: ``departure``, ``known departure`` (publicised at home), ``purge``, ``detention``,
        ``opposition``, ``succession``.
    then : str
        What is done: ``recall``, ``purge`` or ``detain`` (members), or one of the channels of policy that hold over
        time, such as ``monitor``, ``terror``, ``hostage_kin``.
    whom : str
        For ``recall``, ``purge`` and ``detain``: those tied to the member who set the rule off (``kin``, ``patron``,
        ``comrade``, ``colleague``), those of his ``organ``, or ``everybody``. Colleagues abroad are his mission. Kin
        and comrades are known of the first holder of a seat only. Further narrowed by `organs`, `posts`, `ranks`.
    level : float
        Share hit, for ``recall``, ``purge`` and ``detain``; strength as in a policy otherwise.
    delay_days : float
        Days from the event until it takes effect.
    days : float
        Days it holds; another event while it holds makes it hold longer. Infinite for ever. A purge has none.
    from_organs, from_posts, from_rank
        Whose departure, purge, detention or opposition sets it off: organs and posts (empty for all), least rank.
    organs, posts, ranks : tuple
        Whom it is for, as in a policy. A purge or detention reaches only those at home unless posts are named.
    cost : float
        In units of the regime's budget: per year in force, or each time members are called home, purged or detained.

    Raises
    ------
    InputError
        If a word is unknown, a number of days is negative or NaN, or a share is not one.

    Examples
    --------
    >>> Rule("mission called home", "departure", "recall", whom="colleague", delay_days=14, days=365).level
    1.0
    """

    name: str
    on: str
    then: str
    whom: str = "everybody"
    level: float = 1.0
    delay_days: float = 0.0
    days: float = math.inf
    from_organs: tuple[str, ...] = ()
    from_posts: tuple[str, ...] = ()
    from_rank: int = 0
    organs: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    cost: float = 0.0

    def __post_init__(self) -> None:
        where = f"rule {self.name!r}"
        for key, value, known in (
            ("on", self.on, TRIGGERS),
            ("then", self.then, (*ACTIONS, *LASTING)),
            ("whom", self.whom, WHOM),
        ):
            if value not in known:
                raise InputError(f"{where}, {key}: {value!r} is unknown; write one of {', '.join(known)}")
        if not (math.isfinite(self.delay_days) and self.delay_days >= 0):
            raise InputError(f"{where}, delay_days: a number of days from 0 on, not {self.delay_days}")
        if not self.days > 0:
            raise InputError(f"{where}, days: a number of days above 0, not {self.days}")
        check_level(where, self.then if self.then not in ACTIONS else "recall", self.level, self.cost)
        if self.then not in ACTIONS and self.whom != "everybody":
            raise InputError(
                f"{where}: {self.then} is for whole groups; narrow it by organs, posts and ranks, not whom"
            )
        if self.on == "succession" and self.whom != "everybody":
            raise InputError(f"{where}: nobody sets a succession off; whom can only be everybody")
        for key in ("from_posts", "posts"):
            wrong = set(getattr(self, key)) - set(POSTS)
            if wrong:
                raise InputError(f"{where}, {key}: posts are {', '.join(POSTS)}, not {', '.join(sorted(wrong))}")

    @property
    def acts(self) -> bool:
        """Whether it acts on members rather than holding over time for groups."""
        return self.then in ACTIONS

    @property
    def reaches(self) -> tuple[str, ...]:
        """The posts in which it reaches those it is for; empty for all."""
        return ("home", "recalled") if self.then in ("purge", "detain") and not self.posts else self.posts

    def pulls(self) -> tuple[tuple[int, str | None, float], ...]:
        """The levers it pulls or the one action it takes: (lever or action, scaling parameter, fixed log effect)."""
        return ((ACTIONS[self.then], None, 0.0),) if self.acts else CHANNELS[self.then]

    def words(self) -> str:
        """The rule as one sentence."""
        who = [f"of rank {self.from_rank} or above"] if self.from_rank > 0 else []
        who += [f"from the {' or '.join(self.from_organs)}"] if self.from_organs else []
        who += [f"at post {' or '.join(self.from_posts)}"] if self.from_posts else []
        event = " ".join([{"opposition": "turn to opposition"}.get(self.on, self.on), *who])
        delay = f" after {self.delay_days:g} days" if self.delay_days else " at once"
        lasts = "" if math.isinf(self.days) or self.then in ("purge", "detain") else f", for {self.days:g} days"
        return f"whenever there is a {event}: {self.name},{delay}{lasts}"

    def to_json(self) -> dict[str, Any]:
        """The rule as plain JSON values."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        told = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
        return told | {"days": self.days if math.isfinite(self.days) else None, "words": self.words()}


def rows_of(rules: tuple[Rule, ...]) -> tuple[list[list[float]], list[list[int]], list[int]]:
    """The rows of the kernel's table of rules: numbers, codes, and which rule each row belongs to."""
    number: list[list[float]] = []
    code: list[list[int]] = []
    owner: list[int] = []
    queues = 0
    for k, rule in enumerate(rules):
        for first, (lever, name, fixed) in enumerate(rule.pulls()):
            level = -rule.level if name == "privilege" else rule.level
            number.append([level, fixed if level else 0.0, rule.delay_days / DAYS_PER_YEAR, rule.days / DAYS_PER_YEAR])
            column = at.PARAMETER_NAMES.index(name) if name else -1
            queue = queues if rule.acts else -1
            code.append(
                [TRIGGERS.index(rule.on), lever, column, WHOM.index(rule.whom), queue, k, 1 if first == 0 else 0]
            )
            queues += 1 if rule.acts else 0
            owner.append(k)
    return number, code, owner
