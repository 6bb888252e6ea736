"""Is it more than usual: base rates, the end of the record, what made it so, what is not yet reported."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from scipy.stats import binom

from ostraka.brief.figures.bars import draw_counts, draw_shares
from ostraka.brief.figures.forest import Row, draw_forest
from ostraka.brief.figures.lateness import day_grid, draw_delay, draw_years
from ostraka.brief.figures.series import draw_cumulative, draw_rate
from ostraka.brief.figures.svg import both_widths, percent_text
from ostraka.brief.happenings import in_words
from ostraka.brief.notes import Notes
from ostraka.dates import When
from ostraka.watch import Alarms, Reckoning, Variant


@dataclass(frozen=True, slots=True)
class RateLine:
    """One way of counting, then and today."""

    name: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """What the section on rates shows."""

    lines: tuple[str, ...]
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[RateLine, ...]
    rates: Markup
    cumulative: Markup
    through_time: Markup
    shares: Markup
    next_year: Markup
    years: Markup
    delay: Markup
    variants: tuple[dict[str, str], ...]
    counted: str
    as_of: str
    notes: tuple[str, ...]


def pace(alarms: Alarms, hindsight: Alarms, notes: Notes, *, told: Collection[str]) -> Pace:
    """The section on rates: as known then, today's record beside it where that differs."""
    views = [alarms] if alarms.as_of == hindsight.as_of else [alarms, hindsight]
    return Pace(
        lines=tuple(line for line in alarms.summary().splitlines() if line.startswith("(")),
        groups=tuple(f"record of {in_words(When.on(view.as_of))}" for view in views),
        columns=("departures", "a year", "crowded end, p"),
        rows=tuple(_line(number, views, notes) for number in range(len(alarms.reckonings))),
        rates=both_widths(lambda width: _rates(alarms, width)),
        cumulative=_both(alarms, lambda width: _cumulative(alarms, told, width)),
        through_time=_both(alarms, lambda width: _through_time(alarms, width)),
        shares=_both(alarms, lambda width: _shares(alarms, width)),
        next_year=_both(alarms, lambda width: _next_year(alarms, width)),
        years=_both(alarms, lambda width: _years(alarms, width)),
        delay=both_widths(lambda width: _delay(alarms, width)) if alarms.delay.n_delays else Markup(""),
        variants=tuple(_variant(variant) for variant in alarms.variants),
        counted=alarms.denominator.sentence,
        as_of=in_words(When.on(alarms.as_of)),
        notes=alarms.notes,
    )


def _both(alarms: Alarms, draw: object) -> Markup:
    """A picture, or nothing where there is nothing to draw."""
    return both_widths(draw) if len(alarms.departures) and alarms.band is not None else Markup("")  # type: ignore[arg-type]


def _line(number: int, views: Sequence[Alarms], notes: Notes) -> RateLine:
    cells: list[Markup] = []
    for view in views:
        cells += _cells(view.reckonings[number], view, notes)
    return RateLine(str(views[0].reckonings[number].denominator), tuple(cells))


def _cells(mine: Reckoning, view: Alarms, notes: Notes) -> list[Markup]:
    rate, scan = mine.base_rate, mine.end_scan
    low, high = rate.jeffreys
    seed = f" Seed {view.provenance.seed}."
    counted = f"Counted: {mine.denominator.sentence}, {view.start} to {view.end}, as known on {view.as_of}; rows of one departure once."
    doubles = (
        ""
        if mine.without_duplicates == mine.n_departures
        else f" {mine.without_duplicates} if possible duplicates are counted once."
    )
    per_year = f"{counted} Gamma–Poisson with Jeffreys prior; {view.level:.0%} interval {low:.2f} to {high:.2f} a year; exact (Garwood) {rate.garwood[0]:.2f} to {rate.garwood[1]:.2f}."
    end = (
        f"{counted} The most crowded end is {scan.n_run} in the last {scan.span:.2f} years. p with the window left free "
        f"{scan.p:.2g} ({mine.end_scan_range[0]:.2g} to {mine.end_scan_range[1]:.2g} as vague dates are drawn); had the window been chosen in advance {scan.p_run:.2g}.{seed}"
    )
    return [
        notes.figure(mine.n_departures, counted + doubles),
        notes.figure(f"{rate.rate:.2f}", per_year),
        notes.figure(p_text(scan.p), end) if scan.n_run else Markup("–"),
    ]


def p_text(p: float) -> str:
    """A p-value as it is printed: two figures, never zero.

    Examples
    --------
    >>> p_text(0.0371), p_text(0.00004)
    ('0.037', '<0.0001')
    """
    return "<0.0001" if p < 1e-4 else f"{p:.2g}"


def _rates(alarms: Alarms, width: int) -> Markup:
    rows = [
        Row(str(each.denominator), each.base_rate.jeffreys[0], each.base_rate.rate, each.base_rate.jeffreys[1])
        for each in alarms.reckonings
    ]
    return draw_forest(rows, title="Base rate by what is counted", unit="departures a year", width=width)


def _cumulative(alarms: Alarms, told: Collection[str], width: int) -> Markup:
    found = alarms.departures
    order = np.argsort(found.middle_day, kind="stable")
    grid = np.linspace(found.start_day, found.end_day, 80)
    share = (grid - grid[0]) / (grid[-1] - grid[0])
    n = len(found)
    return draw_cumulative(
        found.middle_day[order].tolist(),
        found.low_day[order].tolist(),
        found.high_day[order].tolist(),
        band_days=grid.tolist(),
        band_low=binom.ppf(0.05, n, share).tolist(),
        band_high=binom.ppf(0.95, n, share).tolist(),
        marked=[found.ids[i] in told for i in order],
        width=width,
    )


def _through_time(alarms: Alarms, width: int) -> Markup:
    band = alarms.band
    if band is None:
        return Markup("")
    days = np.repeat(band.day, 2)[1:-1].tolist()
    median, low50, high50, low90, high90 = (
        np.repeat(values, 2).tolist() for values in (band.median, band.low50, band.high50, band.low90, band.high90)
    )
    return draw_rate(
        days, median=median, inner=(low50, high50), outer=(low90, high90), unit="departures a year", width=width
    )


def _shares(alarms: Alarms, width: int) -> Markup:
    if alarms.comparison is None:
        return Markup("")
    by_prior = alarms.comparison.p_by_prior()
    names = list(next(iter(by_prior.values())))
    rows = [(str(name), [p[name] for p in by_prior.values()]) for name in names]
    series = [f"prior: {name}" for name in by_prior]
    return draw_shares(rows, series=series, title="What could have made the record", width=width)


def _next_year(alarms: Alarms, width: int) -> Markup:
    series = []
    for outlook in alarms.outlooks:
        _, high = outlook.interval(0.98)
        series.append((f"{outlook.name}: {outlook.mean:.1f} expected", outlook.pmf[: min(high, 24) + 1].tolist()))
    return draw_counts(series, title="Departures in the next twelve months", width=width) if series else Markup("")


def _years(alarms: Alarms, width: int) -> Markup:
    years = alarms.reckoning().years
    return draw_years(
        [each.year for each in years],
        [each.expected for each in years],
        low=[each.n_low for each in years],
        middle=[each.n_median for each in years],
        high=[each.n_high for each in years],
        width=width,
    )


def _delay(alarms: Alarms, width: int) -> Markup:
    days = day_grid(alarms.delay.longest_days)
    low, high = alarms.delay.band(days, alarms.level)
    share = alarms.delay.cdf(days)
    return draw_delay(
        days, share.tolist(), low=low.tolist(), high=high.tolist(), longest=alarms.delay.longest_days, width=width
    )


def _variant(variant: Variant) -> dict[str, str]:
    return {
        "name": variant.name,
        "n": str(variant.n_departures),
        "rate": f"{variant.rate:.2f}",
        "p": p_text(variant.p_end),
        "changed": percent_text(variant.p_changed),
        "contagion": percent_text(variant.p_contagion),
        "next": f"{variant.expected_next_year:.1f}",
    }


def headline(alarms: Alarms, notes: Notes) -> tuple[Markup, str]:
    """Is it more than usual: the status of the end under each way of counting."""
    words = {str(each.denominator): str(each.status) for each in alarms.reckonings}
    kinds = set(words.values())
    how = "; ".join(
        f"{name}: {status} (p {p_text(each.end_scan.p)})"
        for (name, status), each in zip(words.items(), alarms.reckonings, strict=True)
    )
    mine = alarms.reckoning()
    answer = mine.status if len(kinds) == 1 else "It depends on what is counted"
    shown = notes.figure(
        str(answer)[0].upper() + str(answer)[1:],
        f"End of the record as known on {alarms.as_of}, window left free: {how}. Seed {alarms.provenance.seed}.",
    )
    low, high = mine.base_rate.jeffreys
    text = f"Counted: {mine.denominator}. {mine.n_departures} in all, {mine.base_rate.rate:.1f} a year ({low:.1f} to {high:.1f}). {mine.status.sentence}"
    return shown, text


def why_headline(alarms: Alarms, notes: Notes) -> tuple[Markup, str]:
    """Chance, a changed rate, or one departure bringing on the next."""
    if alarms.comparison is None:
        return Markup("Not enough data"), "Too few departures to tell a change from chance."
    by_prior = alarms.comparison.p_by_prior()
    how = " ".join(
        f"Prior {name}: " + ", ".join(f"{k} {percent_text(v)}" for k, v in p.items()) + "."
        for name, p in by_prior.items()
    )
    why = alarms.comparison.why
    shown = notes.figure(
        str(why)[0].upper() + str(why)[1:],
        f"{how} That one brought on the next is said only at 20:1 over the best rate change; here {alarms.comparison.odds_of_contagion:.2g}:1. Seed {alarms.provenance.seed}.",
    )
    return shown, why.sentence


def late_headline(alarms: Alarms, notes: Notes) -> tuple[Markup, str]:
    """Happened and not yet reported; and the next year."""
    late = np.cumsum(alarms.unreported)
    low, middle, high = (int(np.searchsorted(late, q)) for q in (0.05, 0.5, 0.95))
    shown = notes.figure(
        f"{middle} ({low} to {high})",
        f"Departures that have happened by {alarms.as_of} and are not yet reported: lognormal delay fitted to {alarms.delay.n_delays} delays with right truncation; cases that are never reported come on top. Seed {alarms.provenance.seed}.",
    )
    words = "; ".join(f"{o.name} {o.mean:.1f} ({o.interval()[0]} to {o.interval()[1]})" for o in alarms.outlooks)
    return Markup("{} not yet reported").format(
        shown
    ), f"Next twelve months, by explanation: {words or 'not enough data'}."
