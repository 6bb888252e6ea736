"""A forecast as a sheet of text: the number, what it rests on, what it is compared with, what moves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ostraka.forecast.modes import ModeShare
from ostraka.forecast.result import Effect, Forecast, HorizonForecast
from ostraka.forecast.wording import how_it_would_end, in_peaks, number, what_follows, years_old

NOT_SCORED = (
    "Defections do not enter: no open cross-national series of them exists, so whether they foretell an end cannot be "
    "scored yet."
)


def sheet(found: Forecast, *, ways: Iterable[ModeShare] = ()) -> str:
    """Everything a reader of the number should see beside it.

    Parameters
    ----------
    found : Forecast
        From :func:`ostraka.forecast.predict.forecast`.
    ways : iterable of ModeShare
        How it would end, where a source codes it (:func:`ostraka.forecast.modes.ways_to_end`).

    Examples
    --------
    >>> from ostraka.forecast.predict import forecast
    >>> "Probability that the regime ends" in sheet(forecast("Cuba", horizon=1))
    True
    """
    head = (
        f"{found.country} ({found.kind}, {found.years_in_power} years in power), as known at the end of {found.origin}"
    )
    place = f"Place {found.rank[0]} of {found.rank[1]} by risk among the autocracies of that year."
    parts = [
        head,
        _block("Probability that the regime ends", [_horizon(item, found.level) for item in found.horizons], place),
        f"What it rests on\n{found.rests_on}",
        _block("Regimes most like it", _like(found), _ended(found)),
        _block("What moves the one-year number, against a usual autocracy", [_effect(item) for item in found.effects]),
        how_it_would_end(ways, found.next_year),
        what_follows(found.aftermath),
        in_peaks(found.history),
        "\n".join(each.sentence() for each in found.tracks),
        NOT_SCORED,
    ]
    return "\n\n".join(part for part in parts if part)


def _block(title: str, rows: Iterable[Sequence[str]], last: str = "") -> str:
    """A title and columns under each other."""
    table = [list(row) for row in rows]
    wide = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    lines = ["  " + "  ".join(cell.ljust(n) for cell, n in zip(row, wide, strict=True)).rstrip() for row in table]
    return "\n".join([title, *lines, *([last] if last else [])])


def _horizon(item: HorizonForecast, level: float) -> list[str]:
    return [
        f"within {item.years} year{'s' * (item.years > 1)}, to the end of {item.until}",
        f"{item.probability:.1%}",
        f"{level:.0%} interval {item.low:.1%} to {item.high:.1%}",
        f"average autocracy {item.base_rate:.1%}, of the last twenty years {item.recent_rate:.1%}",
    ]


def _like(found: Forecast) -> list[list[str]]:
    return [[one.country, one.kind, f"in {one.year}", one.fate()] for one in found.comparison.nearest]


def _ended(found: Forecast) -> str:
    other = found.comparison
    return (
        f"Of the {other.n_years} regime-years elsewhere most like it {other.n_events} ended in the year; at the base rate "
        f"{other.n_expected:.1f} would have."
    )


def _effect(item: Effect) -> list[str]:
    age = years_old(item.age_years) if item.source else ""
    return [
        item.label,
        f"{number(item.value)} (usual {number(item.typical)})",
        f"{100 * item.moves:+.2f} points",
        f"odds x{item.odds_ratio:.2f} ({item.low:.2f} to {item.high:.2f}) per {item.unit}",
        "; ".join(filter(None, (age, "coded with hindsight" if item.hindsight else ""))),
    ]
