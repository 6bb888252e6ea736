"""One seat of an elite, as the slow twin of the engine keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ostraka.simulate import layout as at


@dataclass
class Seat:
    """One seat of the elite and who holds it."""

    status: int = at.LOYAL
    post: int = at.HOME
    holder: int = 0
    theta: float = 0.0
    information: int = 0
    departed: dict[int, float] = field(default_factory=dict)
    purged: dict[int, float] = field(default_factory=dict)
    since: float = 0.0
    left_at: float = 0.0
    influence: tuple[int, int] | None = None
    public: bool = False
    association_draws: int = 0
    used: dict[int, float] = field(default_factory=dict)
    drawn: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
