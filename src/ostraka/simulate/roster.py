"""The members of an elite and what ties them: a table of persons or seats, and typed ties between them."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ostraka.errors import InputError
from ostraka.provenance import content_hash
from ostraka.simulate.layout import ABROAD, HOME, RECALLED

TIE_KINDS = ("kin", "patron", "comrade", "colleague")
POSTS = ("home", "abroad", "recalled")
_BYTES_PER_MEMBER, _MAX_BYTES = 1000, 8 * 2**30


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """Who is in the elite at the start.

    Every column has one entry per member; a single number stands for all.

    Parameters
    ----------
    organ : array of int, shape (n,)
        Index into `organs`.
    rank : array of int, shape (n,)
        0 the lowest.
    post : array of int, shape (n,)
        0 home, 1 abroad, 2 called home.
    weight : array of int, shape (n,)
        Weight in the coalition; whole numbers, so that thresholds are exact.
    offset : array of float, shape (n,)
        What else is known of a member's log rate of leaving.
    privilege, kin_held, children : array of float, shape (n,)
        Privilege in units of its spread; share of close kin held at home, 0 to 1; children abroad, 0 or 1.
    mobile : array of float, shape (n,)
        How often the member is posted abroad relative to others; 0 never.
    age : array of float, shape (n,)
        Age in years at the start; NaN where unknown. Who is of unknown age, and all who follow in his seat from outside,
        retire at the flat rate.
    ties : tuple of (kind, ego, alter, weight) or (kind, ego, alter, weight, from, to) arrays, shape (m,)
        Ties act in both directions. `kind` is an index into :data:`TIE_KINDS`; `from` and `to` are years of the run: a
        departure moves those to whom the tie stood on its day.
    organs : tuple of str
    security : tuple of str
        Which organs are the security organ.
    note : str
        Where the population comes from.

    Raises
    ------
    InputError
        If a column has another length, is not finite, or a tie is to oneself or to nobody.
    """

    organ: NDArray[np.int64]
    rank: NDArray[np.int64]
    post: NDArray[np.int64]
    weight: NDArray[np.int64]
    offset: NDArray[np.float64]
    privilege: NDArray[np.float64]
    kin_held: NDArray[np.float64]
    children: NDArray[np.float64]
    mobile: NDArray[np.float64]
    start: NDArray[np.int64]
    tie: NDArray[np.int32]
    tie_weight: NDArray[np.float64]
    tie_span: NDArray[np.float64]
    organs: tuple[str, ...]
    security: tuple[str, ...] = ()
    note: str = ""
    digest: str = field(default="", compare=False)
    age: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def make(
        cls,
        n: int,
        *,
        organ: ArrayLike = 0,
        rank: ArrayLike = 0,
        post: ArrayLike = HOME,
        weight: ArrayLike = 1,
        offset: ArrayLike = 0.0,
        privilege: ArrayLike = 0.0,
        kin_held: ArrayLike = 0.0,
        children: ArrayLike = 0.0,
        mobile: ArrayLike = 0.0,
        age: ArrayLike = math.nan,
        ties: tuple[ArrayLike, ...] | None = None,
        organs: Sequence[str] = ("elite",),
        security: Sequence[str] = (),
        note: str = "",
    ) -> Roster:
        """Build and check a roster of `n` members.

        Examples
        --------
        >>> pair = Roster.make(2, ties=([0], [0], [1], [1.0]))
        >>> pair.n, pair.n_ties
        (2, 1)
        """
        check_size(n)
        whole = {"organ": organ, "rank": rank, "post": post, "weight": weight}
        real = {"offset": offset, "privilege": privilege, "kin_held": kin_held, "children": children, "mobile": mobile}
        columns: dict[str, Any] = {name: _column(name, value, n, np.int64) for name, value in whole.items()}
        columns |= {name: _column(name, value, n, np.float64) for name, value in real.items()}
        _check(columns, len(organs))
        for name in security:
            if name not in organs:
                raise InputError(f"security organ {name!r} is not among the organs {', '.join(organs)}")
        start, tie, tie_weight, tie_span = _both_ways(n, ties)
        ages = _ages(age, n)
        arrays = [
            *columns.values(),
            start,
            tie,
            tie_weight,
            *(part for part in (tie_span, np.nan_to_num(ages, nan=-1.0)) if part.size),
        ]
        digest = content_hash([[a.tolist() for a in arrays] if n <= 5000 else [_hash(a) for a in arrays], list(organs)])
        return cls(
            **columns,
            start=start,
            tie=tie,
            tie_weight=tie_weight,
            tie_span=tie_span,
            organs=tuple(organs),
            security=tuple(security),
            note=note,
            digest=digest,
            age=ages,
        )

    @property
    def n(self) -> int:
        """Number of members."""
        return int(self.rank.size)

    @property
    def n_ties(self) -> int:
        """Number of ties, each counted once."""
        return int(self.tie.shape[0] // 2)

    @property
    def n_abroad(self) -> int:
        """Number of members abroad at the start."""
        return int(np.sum(self.post == ABROAD))

    def to_json(self) -> dict[str, Any]:
        """What is printed of a roster: sizes by organ, rank and post, ties by kind, and the note."""
        return {
            "members": self.n,
            "abroad": self.n_abroad,
            "organs": {name: int(np.sum(self.organ == ix)) for ix, name in enumerate(self.organs)},
            "ages_known": int(np.sum(~np.isnan(self.age))),
            "ranks": {str(r): int(np.sum(self.rank == r)) for r in np.unique(self.rank)},
            "ties": {name: int(np.sum(self.tie[:, 1] == ix) // 2) for ix, name in enumerate(TIE_KINDS)},
            "note": self.note,
            "digest": self.digest,
        }


def most_bytes() -> int:
    """How much memory a run may take: 8 GiB, or what the machine has if that is less and it says so."""
    try:
        return min(_MAX_BYTES, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return _MAX_BYTES


def check_size(n: int) -> None:
    """An elite has at least one member, and fits into memory; said before anything is made."""
    if n < 1:
        raise InputError(f"an elite has at least one member, not {n}")
    if n * _BYTES_PER_MEMBER > most_bytes():
        raise InputError(
            f"an elite of {n} members needs about {n * _BYTES_PER_MEMBER / 2**30:.0f} GiB, more than "
            f"{most_bytes() / 2**30:.0f}; the simulator is made for up to a million members"
        )


def _hash(array: NDArray[Any]) -> str:
    return content_hash([str(array.dtype), list(array.shape), array.tobytes().hex()])


def _column(name: str, value: ArrayLike, n: int, dtype: type) -> NDArray[Any]:
    given = np.asarray(value)
    if given.ndim > 1 or (given.ndim == 1 and given.size != n):
        raise InputError(f"{name} needs one value per member ({n}), got shape {given.shape}")
    if not np.all(np.isfinite(given.astype(float))):
        raise InputError(f"{name}, row {int(np.argmax(~np.isfinite(given.astype(float))))}: not a finite number")
    if dtype is np.int64 and np.any(given.astype(float) != np.floor(given.astype(float))):
        raise InputError(f"{name} needs whole numbers")
    column: NDArray[Any] = np.full(n, given, dtype=dtype) if given.ndim == 0 else given.astype(dtype)
    column.flags.writeable = False
    return column


def _ages(age: ArrayLike, n: int) -> NDArray[np.float64]:
    """Ages, NaN where unknown; no entries if none is known."""
    given = np.asarray(age, dtype=float)
    if given.ndim > 1 or (given.ndim == 1 and given.size != n):
        raise InputError(f"age needs one value per member ({n}), NaN where unknown, got shape {given.shape}")
    ages = np.full(n, given) if given.ndim == 0 else given.copy()
    wrong = (ages < 0) | (ages > 150)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(f"age, row {row}: {ages[row]} is not between 0 and 150; leave an unknown age NaN")
    ages.flags.writeable = False
    return np.zeros(0) if np.isnan(ages).all() else ages


def _check(columns: dict[str, NDArray[Any]], n_organs: int) -> None:
    bounds: dict[str, tuple[float, float]] = {
        "organ": (0, n_organs - 1),
        "rank": (0, 1000),
        "post": (HOME, RECALLED),
        "weight": (0, 2**40),
        "kin_held": (0, 1),
        "mobile": (0, np.inf),
    }
    for name, (low, high) in bounds.items():
        wrong = (columns[name] < low) | (columns[name] > high)
        if wrong.any():
            row = int(np.argmax(wrong))
            raise InputError(f"{name}, row {row}: {columns[name][row]} is not between {low} and {high}")
    if columns["weight"].sum() <= 0:
        raise InputError("weight: the coalition weighs nothing; give at least one member a weight above 0")


def _both_ways(
    n: int, ties: tuple[ArrayLike, ...] | None
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
    """Ties as compressed rows, each tie from both of its ends, in the order of ego, then as given."""
    if ties is None:
        return np.zeros(n + 1, np.int64), np.zeros((0, 2), np.int32), np.zeros(0), np.zeros((0, 2))
    if len(ties) not in (4, 6):
        raise InputError(
            f"ties need four columns (kind, ego, alter, weight) or six (from and to besides), not {len(ties)}"
        )
    kind, ego, alter = (np.asarray(column, dtype=np.int64) for column in ties[:3])
    weight = np.asarray(ties[3], dtype=float)
    _check_ties(n, kind, ego, alter, weight)
    src, dst = np.concatenate([ego, alter]), np.concatenate([alter, ego])
    order = np.argsort(src, kind="stable")
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(src, minlength=n), out=start[1:])
    tie = np.column_stack([dst, np.concatenate([kind, kind])])[order].astype(np.int32)
    span = _spans(ego, alter, *ties[4:]) if len(ties) == 6 else np.zeros((0, 2))
    both = np.ascontiguousarray(np.concatenate([span, span])[order]) if len(span) else span
    return start, np.ascontiguousarray(tie), np.concatenate([weight, weight])[order], both


def _spans(ego: NDArray[np.int64], alter: NDArray[np.int64], begins: ArrayLike, ends: ArrayLike) -> NDArray[np.float64]:
    """From when to when each tie stands, in years of the run."""
    span = np.column_stack([np.asarray(begins, dtype=float), np.asarray(ends, dtype=float)])
    wrong = ~(span[:, 0] < span[:, 1])
    if span.shape[0] != ego.size or wrong.any():
        row = int(np.argmax(wrong)) if wrong.size else 0
        raise InputError(
            f"ties, row {row} ({int(ego[row])} to {int(alter[row])}): ends before it begins, or has no dates"
        )
    return span


def _check_ties(
    n: int, kind: NDArray[np.int64], ego: NDArray[np.int64], alter: NDArray[np.int64], weight: NDArray[np.float64]
) -> None:
    if not kind.shape == ego.shape == alter.shape == weight.shape:
        raise InputError("ties need four columns of one length: kind, ego, alter, weight")
    wrongs = (
        ((ego < 0) | (ego >= n) | (alter < 0) | (alter >= n), f"names a member who is not among 0 to {n - 1}"),
        (ego == alter, "ties a member to himself"),
        ((kind < 0) | (kind >= len(TIE_KINDS)), f"has a kind that is not 0 to {len(TIE_KINDS) - 1}"),
        (~(weight > 0) | ~np.isfinite(weight), "needs a weight above 0"),
    )
    for wrong, message in wrongs:
        if wrong.any():
            row = int(np.argmax(wrong))
            raise InputError(f"ties, row {row} ({int(ego[row])} to {int(alter[row])}): {message}")
