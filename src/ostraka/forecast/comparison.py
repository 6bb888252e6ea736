"""The regimes most like one regime, and what became of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ostraka.forecast.design import Rows, Scaling
from ostraka.forecast.lookup import display_name
from ostraka.forecast.panel import Panel
from ostraka.forecast.sources import read_source

Array = npt.NDArray[np.float64]
N_NEAREST_YEARS = 100
N_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Likeness:
    """A regime like the one asked about, in the year when it was most like it.

    Parameters
    ----------
    country, case, kind : str
        Country, regime and regime type.
    year : int
        Year at risk of the nearest row.
    distance : float
        Root mean squared difference in standard deviations over the model's covariates.
    since : int
        Calendar year in which it came to power.
    ended : int or None
        Year of its end; None if it lasted to the end of the training window.
    followed_by : str
        Type of what came next, as REIGN codes it; empty where it lasted or nothing is coded.
    """

    country: str
    case: str
    kind: str
    year: int
    distance: float
    since: int
    ended: int | None
    followed_by: str

    def fate(self) -> str:
        """What became of it, in words.

        Examples
        --------
        >>> Likeness("Cuba", "Cuba 52-59", "personal", 1958, 0.5, 1952, 1959, "party-personal").fate()
        'ended 1959, then party-personal rule'
        """
        if self.ended is None:
            return "lasted"
        return f"ended {self.ended}" + (f", then {_rule(self.followed_by)}" if self.followed_by else "")


@dataclass(frozen=True, slots=True)
class Profile:
    """Regime-years of other countries that share three plain traits with the one asked about.

    Parameters
    ----------
    kind : str
        Same regime type.
    years_in_power : tuple of (int, int)
        Years in power from and to: within a factor of one and a half.
    economy_missing : bool
        Whether, as here, there are no economic data (or, as here, there are some).
    n_years, n_events : int
        Such regime-years in the training window, and how many of them ended.
    """

    kind: str
    years_in_power: tuple[int, int]
    economy_missing: bool
    n_years: int
    n_events: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the regime-years most like the one asked about, other countries only.

    Parameters
    ----------
    nearest : tuple of Likeness
        The most similar regimes, nearest first.
    n_years : int
        Number of most similar regime-years looked at.
    n_events : int
        How many of these ended in the year at risk.
    n_expected : float
        How many would have at the base rate of the training window.
    median_distance : float
        Typical distance of a regime-year to the end of a regime nearest to it, over the training window.
    nearest_event_distance : float
        Distance from the regime asked about to the nearest end of a regime.
    share_closer : float
        Share of training regime-years that have an end of a regime nearer to them than it has.
    profile : Profile
        Regime-years of the same type, of like duration and with the same gap in the data.
    """

    nearest: tuple[Likeness, ...]
    n_years: int
    n_events: int
    n_expected: float
    median_distance: float
    nearest_event_distance: float
    share_closer: float
    profile: Profile

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return asdict(self)


def compare(window: Panel, rows: Rows, scaling: Scaling, *, now: Panel, known: Rows) -> Comparison:
    """Rank the training window by likeness to one regime.

    Parameters
    ----------
    window : Panel
        Training regime-years.
    rows : Rows
        What was known about them.
    scaling : Scaling
        Of the model; distance is measured in its standard deviations.
    now, known : Panel, Rows
        The one row of the regime asked about, and what is known about it; its country is left out.
    """
    design, target, cow = scaling.design(rows), scaling.design(known), now.cow[0]
    distance = np.sqrt(((design - target) ** 2)[:, 1:].mean(axis=1))
    other = window.cow != cow
    order = np.flatnonzero(other)[np.argsort(distance[other], kind="stable")]
    closest = order[:N_NEAREST_YEARS]
    nearest_event = float(distance[other & (window.fail == 1)].min(initial=np.inf))
    typical = _distance_to_nearest_event(design, window)
    return Comparison(
        nearest=_nearest_regimes(window, distance, order),
        n_years=len(closest),
        n_events=int(window.fail[closest].sum()),
        n_expected=float(len(closest) * window.fail.mean()),
        median_distance=float(np.median(typical)),
        nearest_event_distance=nearest_event,
        share_closer=float((typical < nearest_event).mean()),
        profile=_profile(window, rows, now=now, known=known),
    )


def _profile(window: Panel, rows: Rows, *, now: Panel, known: Rows) -> Profile:
    long = float(now.duration[0])
    low, high = int(np.ceil(long / 1.5)), int(long * 1.5)
    missing = bool(np.isnan(known.pick(("log_gdp_pc",)))[0, 0])
    same = (window.kind == now.kind[0]) & (window.cow != now.cow[0])
    same &= (window.duration >= low) & (window.duration <= high)
    same &= np.isnan(rows.pick(("log_gdp_pc",))[:, 0]) == missing
    return Profile(str(now.kind[0]), (low, high), missing, int(same.sum()), int(window.fail[same].sum()))


def _nearest_regimes(window: Panel, distance: Array, order: npt.NDArray[np.intp]) -> tuple[Likeness, ...]:
    found: dict[str, Likeness] = {}
    ends = dict(zip(window.case[window.fail == 1], window.year[window.fail == 1].tolist(), strict=True))
    for ix in order:
        case = str(window.case[ix])
        if case not in found:
            ended = ends.get(case)
            found[case] = Likeness(
                display_name(str(window.country[ix])),
                case,
                str(window.kind[ix]),
                int(window.year[ix]),
                round(float(distance[ix]), 3),
                int(window.year[ix] - window.duration[ix]),
                ended,
                followed_by(case) if ended else "",
            )
        if len(found) == N_SHOWN:
            break
    return tuple(found.values())


def _distance_to_nearest_event(design: Array, window: Panel) -> Array:
    """For every training row, the distance to the nearest end of a regime in another country."""
    events = np.flatnonzero(window.fail == 1)
    square = (design**2)[:, 1:].sum(axis=1)
    cross = square[:, None] + square[events] - 2 * (design[:, 1:] @ design[events, 1:].T)
    cross = np.where(window.cow[:, None] == window.cow[events], np.inf, cross)
    return np.asarray(np.sqrt(cross.min(axis=1).clip(0) / (design.shape[1] - 1)))


def _rule(kind: str) -> str:
    """A type of regime as a phrase."""
    own = {
        "presidential": "a presidential democracy",
        "parliamentary": "a parliamentary democracy",
        "provisional": "a provisional government",
        "civilian provisional": "a provisional government",
        "foreign-occupied": "foreign occupation",
    }
    plain = ("monarchy", "oligarchy", "warlordism")
    return own.get(kind, kind if kind in plain else f"{kind} rule")


def followed_by(case: str) -> str:
    """What REIGN codes as the next regime of the country; empty where it codes none.

    Examples
    --------
    >>> followed_by("Cuba19063")
    'party-personal'
    """
    return _successors().get(case, "")


@cache
def _successors() -> dict[str, str]:
    """Type of the next regime of the same country, by regime."""
    spells = read_source("reign_spells").sort_values(["cow", "start"])
    columns = (spells[name].tolist() for name in ("cow", "gwf_casename", "gwf_regimetype", "start", "end"))
    rows = list(zip(*columns, strict=True))
    found = {}
    for ix, (cow, case, _, _, end) in enumerate(rows):
        later = (row for row in rows[ix + 1 : ix + 6] if row[0] == cow and row[3] >= end)
        following = next(later, None)
        if following:
            found[case] = str(following[2])
    return found
