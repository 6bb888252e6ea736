"""One seat of an elite, and one standing rule, as the slow twin of the engine keeps them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ostraka.simulate import layout as at
from ostraka.simulate.rule import Rule


@dataclass
class Seat:
    """One seat of the elite and who holds it."""

    rung: int = 0
    born: float | None = None
    status: int = at.LOYAL
    post: int = at.HOME
    holder: int = 0
    theta: float = 0.0
    raised: float = 0.0
    information: int = 0
    departed: dict[int, float] = field(default_factory=dict)
    purged: dict[int, float] = field(default_factory=dict)
    since: float = 0.0
    left_at: float = 0.0
    influence: tuple[int, int] | None = None
    public: bool = False
    association_draws: int = 0
    removals: int = 0
    used: dict[int, float] = field(default_factory=dict)
    drawn: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


@dataclass
class Standing:
    """One rule of the regime: when it begins and ends, or by trigger when it is to act and to be lifted."""

    rule: Rule
    active: bool = False
    begins: float = math.inf
    ends: float = math.inf
    acts: dict[int, float] = field(default_factory=dict)
    lifts: dict[int, float] = field(default_factory=dict)

    @property
    def due(self) -> float:
        """When it next does something."""
        if self.rule.acts:
            return min([*self.acts.values(), *self.lifts.values()], default=math.inf)
        return self.ends if self.active else self.begins
