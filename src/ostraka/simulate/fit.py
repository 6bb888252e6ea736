"""What a complete record can tell about contagion, and the check without which the word is not used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError
from ostraka.hazard import Hazard, fit_spells
from ostraka.simulate.layout import ABROAD
from ostraka.simulate.roster import Roster

if TYPE_CHECKING:
    import pandas as pd

_BLOCK_SDS = (0.1, 0.3, 0.6, 1.0, 1.5)
_GONE = ("leaves", "purged", "retires")


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """A record as person-spells: stretches over which nothing about a member changed.

    Attributes
    ----------
    member : ndarray of int, shape (n,)
    exposure : ndarray, shape (n,)
        Length in years.
    left : ndarray of int, shape (n,)
        Whether the spell ended in leaving.
    away : ndarray of bool, shape (n,)
        Whether the member was abroad.
    departed : ndarray, shape (n,)
        Weighted number of those tied to the member who had left.
    """

    member: NDArray[np.int64]
    exposure: NDArray[np.float64]
    left: NDArray[np.int64]
    away: NDArray[np.bool_]
    departed: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TieEffect:
    """The effect of a departed tie on the log rate of leaving, without and with the check for likeness.

    Attributes
    ----------
    plain : Hazard
        Members alike but for what was observed.
    blocked : Hazard
        With a shared effect for each block, of the spread that explains the record best.
    block_sd : float
        That spread.
    """

    plain: Hazard
    blocked: Hazard
    block_sd: float

    @property
    def may_be_called_contagion(self) -> bool:
        """Whether the effect stands above 0 under both, so that likeness within blocks does not explain it."""
        return self.plain.of("departed ties")[1] > 0 and self.blocked.of("departed ties")[1] > 0

    def summary(self) -> str:
        """Both estimates in plain words, with the verdict."""
        (a, a_low, a_high), (b, b_low, b_high) = self.plain.of("departed ties"), self.blocked.of("departed ties")
        verdict = (
            "It stands with shared effects of blocks too, so likeness within these blocks does not explain it; "
            "likeness that cuts across them still could."
            if self.may_be_called_contagion
            else "It does not stand under both, so it must not be called contagion."
        )
        return (
            f"Per departed tie the log rate of leaving changes by {a:.2f} ({a_low:.2f} to {a_high:.2f}), and by {b:.2f} "
            f"({b_low:.2f} to {b_high:.2f}) with shared effects of blocks (spread {self.block_sd:g}). {verdict}"
        )

    def to_json(self) -> dict[str, Any]:
        """Both fits as plain JSON values."""
        return {
            "plain": self.plain.to_json(),
            "blocked": self.blocked.to_json(),
            "block_sd": self.block_sd,
            "may_be_called_contagion": self.may_be_called_contagion,
        }


def spells_of(log: pd.DataFrame, roster: Roster, *, years: float) -> Spells:
    """Cut a complete event log into person-spells.

    Parameters
    ----------
    log : DataFrame
        Columns year, member, event (``leaves``, ``purged``, ``retires``, ``posted``, ``called home``; others are
        passed over), in order of time; as :func:`replay` gives it.
    roster : Roster
        Who was there at the start, and the ties.
    years : float
        End of the record.

    Returns
    -------
    Spells
        First holders of seats only: successors are not followed.

    Raises
    ------
    InputError
        If an event lies outside the record or names no member.
    """
    book = _Book(roster)
    for t, i, event in zip(log["year"].to_numpy(), log["member"].to_numpy(), log["event"], strict=True):
        if not 0 <= t <= years or i >= roster.n:
            raise InputError(
                f"event {event!r} of member {i} at {t}: not in a record of {roster.n} members, {years} years"
            )
        if i >= 0 and book.here[i] and event in (*_GONE, "posted", "called home"):
            book.enter(int(i), float(t), event)
    for i in np.flatnonzero(book.here):
        book.close(int(i), years, left=0)
    columns = [np.array(column) for column in zip(*book.rows, strict=True)]
    return Spells(columns[0], columns[1], columns[2], columns[3].astype(bool), columns[4])


class _Book:
    """The spells written so far, and what holds for every member now."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.here, self.since = np.ones(roster.n, bool), np.zeros(roster.n)
        self.away, self.departed = roster.post == ABROAD, np.zeros(roster.n)
        self.rows: list[tuple[int, float, int, bool, float]] = []

    def close(self, i: int, t: float, *, left: int) -> None:
        """End the running spell of a member."""
        if t > self.since[i] or left:
            length = max(t - self.since[i], 1e-12)
            self.rows.append((i, length, left, bool(self.away[i]), float(self.departed[i])))
        self.since[i] = t

    def enter(self, i: int, t: float, event: str) -> None:
        """Enter one event: of the member himself, and of those tied to one who left."""
        self.close(i, t, left=int(event == "leaves"))
        if event in _GONE:
            self.here[i] = False
        else:
            self.away[i] = event == "posted" and not self.away[i]
        if event != "leaves":
            return
        for e in range(self.roster.start[i], self.roster.start[i + 1]):
            j = int(self.roster.tie[e, 0])
            if self.here[j]:
                self.close(j, t, left=0)
                self.departed[j] += self.roster.tie_weight[e]


def fit_tie_effect(
    spells: Spells,
    *,
    blocks: ArrayLike,
    traits: ArrayLike | None = None,
    trait_names: Sequence[str] = (),
    saturation: float = 8.0,
) -> TieEffect:
    """Estimate what a departed tie does to the rate of leaving, without and with shared effects of blocks.

    Parameters
    ----------
    spells : Spells
    blocks : array of int, shape (members,)
        Groups whose members may be alike in ways nobody recorded: offices, cohorts, regions, communities of the ties.
    traits : array, shape (members, p), or None
        What was recorded of each member.
    trait_names : sequence of str
        Their names.
    saturation : float
        Beyond how many departed ties more do not count.

    Returns
    -------
    TieEffect

    Raises
    ------
    InputError
        If the blocks are missing or do not fit the members: without them nothing here may be called contagion.
    FitError
        If no estimate exists.

    Notes
    -----
    Likeness and contagion cannot be told apart in general; shared effects of blocks take out the likeness that
    follows the blocks. Their spread is chosen by the Laplace approximation of the marginal likelihood.

    References
    ----------
    Shalizi & Thomas (2011), Homophily and contagion are generically confounded in observational social network studies,
    Sociological Methods & Research 40.
    """
    label = np.asarray(blocks)
    if label.ndim != 1 or label.size <= spells.member.max() or not np.issubdtype(label.dtype, np.integer):
        raise InputError(
            "blocks need one whole number per member; without them the effect must not be called contagion"
        )
    table = np.zeros((label.size, 0)) if traits is None else np.asarray(traits, dtype=float).reshape(label.size, -1)
    if table.shape[1] != len(trait_names):
        raise InputError(f"{table.shape[1]} traits need as many names, got {len(trait_names)}")
    names = ["departed ties", *trait_names]
    columns = [np.minimum(spells.departed, saturation)[:, None], table[spells.member]]
    if spells.away.any() and not spells.away.all():
        names.append("at home")
        columns.append((~spells.away)[:, None].astype(float))
    known = np.column_stack(columns)
    plain = fit_spells(spells.left, spells.exposure, known, names=names)
    blocked, sd = _with_blocks(spells, known, names, label)
    return TieEffect(plain, blocked, sd)


def _with_blocks(
    spells: Spells, known: NDArray[np.float64], names: list[str], label: NDArray[np.int64]
) -> tuple[Hazard, float]:
    _, block = np.unique(label[spells.member], return_inverse=True)
    shared = np.zeros((block.size, int(block.max()) + 1))
    shared[np.arange(block.size), block] = 1.0
    design = np.column_stack([known, shared])
    labels = [*names, *(f"block {k}" for k in range(shared.shape[1]))]
    best: tuple[float, Hazard, float] | None = None
    for sd in _BLOCK_SDS:
        prior = np.concatenate([np.full(known.shape[1], np.inf), np.full(shared.shape[1], sd)])
        found = fit_spells(spells.left, spells.exposure, design, names=labels, prior_sd=prior)
        if best is None or found.log_evidence > best[0]:
            best = (found.log_evidence, found, sd)
    if best is None:
        raise InputError("no spread of blocks was tried")
    return best[1], best[2]
