"""Duration and risk flags of a panel of events, built from the training window alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ostraka.errors import FitError, InputError

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Each unit's periods cut into spells that end with an event or are censored.

    Parameters
    ----------
    used : ndarray of shape (n_rows,)
        Whether the row is at stake: false for periods in which an event only goes on, and after the window.
    duration : ndarray of shape (n_rows,)
        Periods since the spell began, counting this one from 1; 0 where not used.
    event : ndarray of shape (n_rows,)
        1 where the spell ends with an event.
    last : ndarray of shape (n_rows,)
        1 in the last row of a spell, whether by event or by censoring.
    at_risk, cured : ndarray of shape (n_rows,)
        Whether the spell ends with an event inside the window, and the opposite. These flags know how the spell
        ended: made over a whole data set they leak the future into the past.
    """

    used: npt.NDArray[np.bool_]
    duration: Ints
    event: Ints
    last: Ints
    at_risk: Ints
    cured: Ints

    @property
    def entry(self) -> Ints:
        """Duration at the start of each period."""
        return np.maximum(self.duration - 1, 0)

    def frame(self) -> pd.DataFrame:
        """One row per row of the panel."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        return pd.DataFrame({name: getattr(self, name) for name in self.__dataclass_fields__})


def spells_of(
    happened: npt.ArrayLike,
    unit: npt.ArrayLike,
    time: npt.ArrayLike,
    *,
    until: int | None = None,
    ongoing: bool = True,
) -> Spells:
    """Cut a panel of events into spells.

    Parameters
    ----------
    happened : array_like of shape (n_rows,)
        0 or 1.
    unit : array_like of shape (n_rows,)
        Country, or whatever is observed.
    time : array_like of shape (n_rows,)
        Whole periods; one row per unit and period.
    until : int, optional
        End of the training window: later rows are not used, and no flag knows of them.
    ongoing : bool
        Whether ones in a row are one event that goes on (its later periods are not at stake) or one each.

    Returns
    -------
    Spells
        In the order of the rows given.

    Raises
    ------
    InputError
        If lengths differ, a value is neither 0 nor 1, or a unit has a period twice; the row is named.
    FitError
        If no event happened in the window.

    Examples
    --------
    >>> spells = spells_of([0, 0, 0, 1, 0], [1] * 5, range(2000, 2005))
    >>> spells.duration.tolist(), spells.at_risk.tolist(), spells.cured.tolist()
    ([1, 2, 3, 4, 1], [1, 1, 1, 1, 0], [0, 0, 0, 0, 1])
    """
    y, group, when = _checked(happened, unit, time)
    n_rows = len(y)
    columns = {name: np.zeros(n_rows, dtype=np.int64) for name in ("duration", "event", "last", "at_risk")}
    used = np.zeros(n_rows, dtype=bool)
    order = np.lexsort((when, group))
    if until is not None:
        order = order[when[order] <= until]
    if not y[order].any():
        raise FitError("no event happened in the window: nothing can be learned about durations")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        _cut(rows, y, used=used, columns=columns, ongoing=ongoing)
    cured = used.astype(np.int64) - columns["at_risk"]
    return Spells(used=used, cured=cured, **columns)


def _cut(
    rows: npt.NDArray[np.intp], y: Ints, *, used: npt.NDArray[np.bool_], columns: dict[str, Ints], ongoing: bool
) -> None:
    """Fill the columns for one unit, whose rows are in order of time."""
    spell: list[int] = []
    before = 0
    for row in rows.tolist():
        goes_on = ongoing and before == 1 and y[row] == 1
        before = int(y[row])
        if goes_on:
            continue
        spell.append(row)
        used[row] = True
        columns["duration"][row] = len(spell)
        columns["event"][row] = y[row]
        if y[row] == 1:
            columns["last"][row] = 1
            columns["at_risk"][spell] = 1
            spell = []
    if spell:
        columns["last"][spell[-1]] = 1


def _checked(happened: npt.ArrayLike, unit: npt.ArrayLike, time: npt.ArrayLike) -> tuple[Ints, Ints, Ints]:
    y, when = np.asarray(happened), np.asarray(list(time) if isinstance(time, range) else time)
    group = np.asarray(unit)
    if not (y.ndim == 1 and y.shape == when.shape == group.shape and len(y)):
        raise InputError(
            f"expected one event, unit and time per row, got shapes {y.shape}, {group.shape}, {when.shape}"
        )
    bad = np.flatnonzero(~np.isin(y.astype(float), (0.0, 1.0)))
    if bad.size:
        raise InputError(f"row {bad[0]}: {y[bad[0]]} is neither 0 nor 1; drop or fill missing values first")
    _, codes = np.unique(group, return_inverse=True)
    seen: dict[tuple[Any, Any], int] = {}
    for row, key in enumerate(zip(codes.tolist(), when.tolist(), strict=True)):
        if key in seen:
            raise InputError(
                f"row {row}: unit {group[row]} has period {when[row]} already in row {seen[key]}; keep one"
            )
        seen[key] = row
    return y.astype(np.int64), codes.astype(np.int64), when.astype(np.int64)
