"""Is it more than usual: base rates, the end of the record, what made it so, what is not yet reported."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from ostraka.brief import watch_pictures as pictures
from ostraka.brief.figures.svg import WIDE, Drawing, both_widths, percent_text
from ostraka.brief.happenings import in_words
from ostraka.brief.notes import Notes
from ostraka.dates import When
from ostraka.watch import Alarms, Denominator, Reckoning, Variant


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
        rows=tuple(_line(each.denominator, views, notes) for each in views[-1].reckonings),
        rates=both_widths(lambda width: pictures.rates(alarms, width)),
        cumulative=_both(lambda width: pictures.cumulative(alarms, told, width)),
        through_time=_both(lambda width: pictures.through_time(alarms, width)),
        shares=_both(lambda width: pictures.shares(alarms, width)),
        next_year=_both(lambda width: pictures.next_year(alarms, width)),
        years=_both(lambda width: pictures.years(alarms, width)),
        delay=_both(lambda width: pictures.delay(alarms, width)),
        variants=tuple(_variant(variant) for variant in alarms.variants),
        counted=alarms.denominator.sentence,
        as_of=in_words(When.on(alarms.as_of)),
        notes=alarms.notes,
    )


def _both(draw: Drawing) -> Markup:
    """A picture, or nothing where there is nothing to draw."""
    return both_widths(draw) if draw(WIDE) else Markup("")


def _line(kind: Denominator, views: Sequence[Alarms], notes: Notes) -> RateLine:
    cells: list[Markup] = []
    for view in views:
        mine = next((each for each in view.reckonings if each.denominator is kind), None)
        cells += [Markup("–")] * 3 if mine is None else _cells(mine, view, notes)
    return RateLine(str(kind), tuple(cells))


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
