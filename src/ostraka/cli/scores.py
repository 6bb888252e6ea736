"""Verbs that look back: how earlier answers of this kind would have fared."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import click

from ostraka.cli.options import DAY, FILE, FOLDER, with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.talk import envelope, say, say_problems
from ostraka.config import Settings
from ostraka.errors import InputError, Problem
from ostraka.provenance import Provenance

USUAL = ("base", "duration", "type", "economy", "leader", "openness")
"""The rolling constant, the simple references, and the models that are averaged."""


@click.command()
@click.argument("case", default="")
@click.option(
    "--watch", "the_watch", is_flag=True, help="Score the watch on the as-of days of a CASE instead of the forecasts."
)
@click.option("--first", type=int, default=1991, show_default=True, help="First year forecast.")
@click.option("--last", type=int, default=None, help="Last year forecast. [last year of the data]")
@click.option(
    "--model",
    "models",
    multiple=True,
    help="base, duration, type, economy, leader, openness, items or forest; may be repeated. [all but items, forest; and the average]",
)
@click.option(
    "--archive",
    type=FOLDER,
    default=Path("ostraka-forecasts"),
    show_default=True,
    help="Put the forecasts away here before they are scored, a hubverse table for each model and origin.",
)
@click.option("--no-archive", is_flag=True, help="Score without putting the forecasts away.")
@click.option(
    "--since", type=DAY, default=None, help="With --watch: first as-of day. [ten years or a third into the window]"
)
@click.option("--until", type=DAY, default=None, help="With --watch: last as-of day. [end of the window]")
@click.option(
    "--every", type=click.IntRange(1, 120), default=3, show_default=True, help="With --watch: months between days."
)
@click.option("--counting", default=None, help="With --watch: what is counted. [all counted departures]")
@with_json
@with_settings
def score(
    settings: Settings,
    case: str,
    the_watch: bool,
    first: int,
    last: int | None,
    models: tuple[str, ...],
    archive: Path,
    no_archive: bool,
    since: date | None,
    until: date | None,
    every: int,
    counting: str | None,
    as_json: bool,
) -> None:
    """Walk through the past: what would have been said then, and how it came out."""
    if the_watch:
        _score_watch(settings, case, counting, since=since, until=until, every=every, as_json=as_json)
        return
    from ostraka.forecast import add_average, evaluate, last_year_known, put_away, read_back, shipped_panel, walk
    from ostraka.forecast.rolling import AVERAGED

    last = last_year_known() if last is None else last
    if last < first:
        raise InputError(f"the last year ({last}) lies before the first ({first}); swap the two")
    record = walk(range(first - 1, last), models=models or USUAL, rng=settings.seed)
    if set(AVERAGED) <= set(record.models()):
        record = add_average(record, shipped_panel())
    problems: tuple[Problem, ...] = ()
    if not no_archive:
        say(f"{len(put_away(record, archive))} tables in {archive}")
        record, problems = read_back(record, archive)
        say_problems(problems)
    spans = [first] if last - first < 15 else [first, last - 9]
    scored = [evaluate(record, shipped_panel(), first_year=year, last_year=last, rng=settings.seed) for year in spans]
    if as_json:
        recent = scored[1].to_json() if len(scored) > 1 else None
        click.echo(envelope(scored[0].to_json() | {"last_ten_years": recent}, problems, scored[0].provenance))
    else:
        click.echo("\n\n".join(found.summary() for found in scored))


def _score_watch(
    settings: Settings,
    name: str,
    counting: str | None,
    *,
    since: date | None,
    until: date | None,
    every: int,
    as_json: bool,
) -> None:
    from ostraka.watch import Denominator, backtest

    case, problems = open_case(name or settings.regime)
    begin = since or case.start + min(timedelta(days=3653), (case.end - case.start) / 3)
    last = until or case.end
    months = range(begin.year * 12 + begin.month - 1, last.year * 12 + last.month, every)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    found = backtest(
        case,
        [day for day in days if begin <= day <= last],
        denominator=counting or Denominator.ALL,
        level=settings.level,
        rng=settings.seed,
    )
    say_problems(problems, notes=False)
    click.echo(envelope(found.to_json(), problems, found.provenance) if as_json else found.summary())


@click.command()
@click.argument("file", type=FILE, default=None, required=False)
@click.option(
    "--kind",
    type=click.Choice(["series", "vdem", "navco"]),
    default="series",
    show_default=True,
    help="What FILE is: cow, year, value; V-Dem's country-years; NAVCO's campaigns.",
)
@with_json
@with_settings
def defections(settings: Settings, file: Path | None, kind: str, as_json: bool) -> None:
    """Do defections foretell breakdown? Run the comparison fixed in advance on the series in FILE; without one, show it."""
    from ostraka.forecast import campaign_association, compare_with_series, load_data, potential_defections
    from ostraka.forecast.defections import NO_SERIES, PLAN, plan_id

    if file is None:
        plain = {"plan": PLAN, "plan_id": plan_id(), "scored": None, "why": NO_SERIES}
        click.echo(
            envelope(plain, (), Provenance("defections")) if as_json else f"{PLAN}\n\n{plan_id()}\n\n{NO_SERIES}"
        )
        return
    table, problems = load_data(file, kind)
    say_problems(problems)
    if kind == "navco":
        within = campaign_association(table)
        click.echo(envelope(asdict(within), problems, Provenance("defections")) if as_json else within.summary())
        return
    series = potential_defections(table) if kind == "vdem" else table
    found = compare_with_series(series, rng=settings.seed)
    click.echo(envelope(found.to_json(), problems, found.provenance) if as_json else found.summary())
