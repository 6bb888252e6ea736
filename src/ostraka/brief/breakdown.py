"""How near the regime is to breaking: the forecast as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ostraka.brief.figures.forest import Row, draw_forest
from ostraka.brief.figures.lives import Life, draw_lives
from ostraka.brief.figures.reliability import draw_reliability
from ostraka.brief.figures.series import draw_rate
from ostraka.brief.figures.svg import both_widths, percent_text
from ostraka.brief.notes import Notes
from ostraka.dates import day_number
from ostraka.forecast import Forecast
from ostraka.forecast.wording import in_peaks, what_follows, years_old
from ostraka.forecast.wording import number as in_digits


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What the section on breakdown shows."""

    lines: tuple[Markup, ...]
    rests_on: str
    horizons: Markup
    history: Markup
    reliability: Markup
    track: str
    peaks: str
    lives: Markup
    like: tuple[dict[str, str], ...]
    compared: str
    follows: str
    moves: tuple[dict[str, str], ...]


def breakdown(outlook: Forecast, notes: Notes) -> Breakdown:
    """The section on breakdown."""
    other = outlook.comparison
    return Breakdown(
        lines=tuple(_line(outlook, number, notes) for number in range(len(outlook.horizons))),
        rests_on=outlook.rests_on,
        horizons=both_widths(lambda width: _horizons(outlook, width)),
        history=both_widths(lambda width: _history(outlook, width)) if len(outlook.history) > 2 else Markup(""),
        reliability=both_widths(lambda width: _reliability(outlook, width)) if outlook.track else Markup(""),
        track=" ".join(each.sentence() for each in outlook.tracks),
        lives=both_widths(lambda width: _lives(outlook, width)),
        like=tuple(
            {"country": regime.country, "kind": regime.kind, "year": str(regime.year), "end": regime.fate()}
            for regime in other.nearest
        ),
        peaks=in_peaks(outlook.history),
        follows=what_follows(outlook.aftermath),
        compared=(
            f"Of the {other.n_years} regime-years elsewhere most like it, {other.n_events} ended within the year; "
            f"at the average rate {other.n_expected:.1f} would have."
        ),
        moves=tuple(_move(outlook, number) for number in range(len(outlook.effects))),
    )


def headline(outlook: Forecast, notes: Notes) -> tuple[Markup, str]:
    """The shortest answer: the longest horizon, with its interval."""
    item = outlook.horizons[-1]
    shown = notes.figure(percent_text(item.probability), _how(outlook, len(outlook.horizons) - 1))
    text = f"{outlook.level:.0%} interval {percent_text(item.low)} to {percent_text(item.high)}; an average autocracy {percent_text(item.base_rate)}."
    return Markup("{} within {} years").format(shown, item.years), text


def _how(outlook: Forecast, number: int) -> str:
    item = outlook.horizons[number]
    models = ", ".join(f"{name} {percent_text(p)}" for name, p in item.by_model.items())
    return (
        f"Mixture of hazard models fitted to {outlook.n_rows} autocracy-years with {outlook.n_events} ends, from the end of "
        f"{outlook.origin} to the end of {item.until} ({models}). Assumed to hold after the data end; no event of this record enters it."
    )


def _line(outlook: Forecast, number: int, notes: Notes) -> Markup:
    item = outlook.horizons[number]
    shown = notes.figure(percent_text(item.probability), _how(outlook, number))
    return Markup("Within {} year{} of the end of {}: {} ({} to {}); an average autocracy {}, one of the last twenty years {}.").format(
        item.years, "s" if item.years > 1 else "", outlook.origin, shown, percent_text(item.low), percent_text(item.high),
        percent_text(item.base_rate), percent_text(item.recent_rate),
    )  # fmt: skip


def _horizons(outlook: Forecast, width: int) -> Markup:
    rows = []
    for item in outlook.horizons:
        name = f"within {item.years} year{'s' * (item.years > 1)}"
        rows.append(Row(f"{outlook.country}, {name}", item.low, item.probability, item.high))
        rows.append(Row(f"average autocracy, {name}", item.base_rate, item.base_rate, item.base_rate))
    return draw_forest(rows, title="Probability that the regime ends", unit="probability", width=width, percent=True)


def _history(outlook: Forecast, width: int) -> Markup:
    past = outlook.history
    days = [float(day_number(date(item.year, 7, 1))) for item in past]
    low, middle, high = ([getattr(item, name) for item in past] for name in ("low", "probability", "high"))
    return draw_rate(
        days,
        median=middle,
        inner=(middle, middle),
        outer=(low, high),
        unit="one-year probability",
        width=width,
        title="One-year probability of breakdown through time",
        percent=True,
    )


def _reliability(outlook: Forecast, width: int) -> Markup:
    if outlook.track is None:
        return Markup("")
    curve = outlook.track.scores.reliability
    return draw_reliability(curve.said.tolist(), curve.happened.tolist(), n=curve.n.tolist(), width=width)


def _lives(outlook: Forecast, width: int) -> Markup:
    lives = [Life(one.country, one.since, one.ended, one.year, one.fate()) for one in outlook.comparison.nearest]
    own = Life(outlook.country, outlook.origin - outlook.years_in_power, None, outlook.origin, "still in power")
    return draw_lives([own, *lives], last=outlook.origin, width=width)


def _move(outlook: Forecast, number: int) -> dict[str, str]:
    effect = outlook.effects[number]
    age = years_old(effect.age_years) if effect.source else ""
    return {
        "label": effect.label,
        "value": in_digits(effect.value),
        "typical": in_digits(effect.typical),
        "odds": f"{effect.odds_ratio:.2f} ({effect.low:.2f} to {effect.high:.2f}) per {effect.unit}",
        "moves": f"{100 * effect.moves:+.2f} points",
        "age": "; ".join(filter(None, (age, "coded with hindsight" if effect.hindsight else ""))),
    }
