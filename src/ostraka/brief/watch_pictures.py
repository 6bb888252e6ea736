"""The pictures of the watch: what is counted, the rate through time, what could have made it, what is seen late."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup
from scipy.stats import binom

from ostraka.brief.figures.bars import draw_counts, draw_shares
from ostraka.brief.figures.forest import Row, draw_forest
from ostraka.brief.figures.lateness import day_grid, draw_delay, draw_years
from ostraka.brief.figures.series import draw_cumulative, draw_rate
from ostraka.brief.figures.sheet import sheet
from ostraka.brief.figures.svg import WIDE

if TYPE_CHECKING:
    from ostraka.watch import Alarms


def draw_watch(alarms: Alarms, *, width: int = WIDE) -> str:
    """All pictures of one watch as an SVG file of its own.

    Parameters
    ----------
    alarms : Alarms
    width : int
        In px.

    Returns
    -------
    str
        A whole SVG document: base rates; cumulative count against a constant rate, with the interval of each date
        and lower bounds left open; rate through time; the explanations under two priors; each year with those
        not yet reported; delay law, its unknown tail shaded; next twelve months under each explanation.

    Examples
    --------
    >>> from ostraka import watch
    >>> from ostraka.case import shipped_case
    >>> str(draw_watch(watch(shipped_case("DPRK"), n_draws=5, rng=1)))[:4]
    '<svg'
    """
    drawn = [
        ("Base rate by what is counted", rates(alarms, width)),
        (f"Events so far: {alarms.denominator}", cumulative(alarms, (), width)),
        ("Rate through time, 50 and 90 %", through_time(alarms, width)),
        ("What could have made the record, under two priors", shares(alarms, width)),
        ("Each year, reported and (orange) with those still to be reported", years(alarms, width)),
        ("How late departures are reported; shaded: longer than could have been seen", delay(alarms, width)),
        ("Next twelve months under each explanation", next_year(alarms, width)),
    ]
    mine = alarms.reckoning()
    title = f"{alarms.regime}, {alarms.start} to {alarms.end}, as known on {alarms.as_of}"
    return sheet([(name, drawing) for name, drawing in drawn if drawing], title=title, note=mine.status.sentence)


def rates(alarms: Alarms, width: int) -> Markup:
    """The base rate under each denominator."""
    rows = [
        Row(str(each.denominator), each.base_rate.jeffreys[0], each.base_rate.rate, each.base_rate.jeffreys[1])
        for each in alarms.reckonings
    ]
    return draw_forest(rows, title="Base rate by what is counted", unit="departures a year", width=width)


def cumulative(alarms: Alarms, told: Collection[str], width: int) -> Markup:
    """Departures so far against a constant rate; those a report tells of are marked."""
    found = alarms.departures
    if not len(found):
        return Markup("")
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
        at_least=found.open_ended[order].tolist(),
        width=width,
    )


def through_time(alarms: Alarms, width: int) -> Markup:
    """The rate through time; nothing where nothing is counted."""
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


def shares(alarms: Alarms, width: int) -> Markup:
    """The probability of each explanation under two priors."""
    if alarms.comparison is None:
        return Markup("")
    by_prior = alarms.comparison.p_by_prior()
    names = list(next(iter(by_prior.values())))
    rows = [(str(name), [p[name] for p in by_prior.values()]) for name in names]
    series = [f"prior: {name}" for name in by_prior]
    return draw_shares(rows, series=series, title="What could have made the record", width=width)


def next_year(alarms: Alarms, width: int) -> Markup:
    """The next twelve months under each explanation."""
    series = []
    for outlook in alarms.outlooks if len(alarms.departures) else ():
        _, high = outlook.interval(0.98)
        series.append((f"{outlook.name}: {outlook.mean:.1f} expected", outlook.pmf[: min(high, 24) + 1].tolist()))
    return draw_counts(series, title="Departures in the next twelve months", width=width) if series else Markup("")


def years(alarms: Alarms, width: int) -> Markup:
    """Each year's count, with those not yet reported."""
    counted = alarms.reckoning().years
    if not len(alarms.departures):
        return Markup("")
    return draw_years(
        [each.year for each in counted],
        [each.expected for each in counted],
        low=[each.n_low for each in counted],
        middle=[each.n_median for each in counted],
        high=[each.n_high for each in counted],
        inner=([each.n_low50 for each in counted], [each.n_high50 for each in counted]),
        width=width,
    )


def delay(alarms: Alarms, width: int) -> Markup:
    """The delay law; nothing where no delay is known."""
    if not alarms.delay.n_delays:
        return Markup("")
    days = day_grid(alarms.delay.longest_days)
    low, high = alarms.delay.band(days, alarms.level)
    share = alarms.delay.cdf(days)
    return draw_delay(
        days, share.tolist(), low=low.tolist(), high=high.tolist(), longest=alarms.delay.longest_days, width=width
    )
