"""Verbs that look back: how earlier answers of this kind would have fared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ostraka.cli.options import DAY, FOLDER, with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.talk import envelope, say, say_problems
from ostraka.config import Settings
from ostraka.errors import InputError


@click.command()
@click.argument("case", default="")
@click.option(
    "--watch", "the_watch", is_flag=True, help="Score the watch on the as-of days of a CASE instead of the forecasts."
)
@click.option("--first", type=int, default=1991, show_default=True, help="First year forecast.")
@click.option("--last", type=int, default=2020, show_default=True, help="Last year forecast.")
@click.option(
    "--model",
    "models",
    multiple=True,
    help="base, type, leader, openness, items, forest; may be repeated. [base, type, openness]",
)
@click.option("--archive", type=FOLDER, default=None, help="Put the forecasts away here, one table for each origin.")
@click.option("--since", type=DAY, default=None, help="With --watch: first as-of day. [ten years into the window]")
@with_json
@with_settings
def score(
    settings: Settings,
    case: str,
    the_watch: bool,
    first: int,
    last: int,
    models: tuple[str, ...],
    archive: Path | None,
    since: date | None,
    as_json: bool,
) -> None:
    """Walk through the past: what would have been said then, and how it came out."""
    if the_watch:
        _score_watch(settings, case, since, as_json=as_json)
        return
    from ostraka.forecast import evaluate, put_away, shipped_panel, walk

    if last < first:
        raise InputError(f"the last year ({last}) lies before the first ({first}); swap the two")
    record = walk(range(first - 1, last), models=models or ("base", "type", "openness"), rng=settings.seed)
    if archive is not None:
        say(f"{len(put_away(record, archive))} tables in {archive}")
    scored = evaluate(record, shipped_panel(), first_year=first, last_year=last, rng=settings.seed)
    click.echo(envelope(scored.to_json(), (), scored.provenance) if as_json else scored.summary())


def _score_watch(settings: Settings, name: str, since: date | None, *, as_json: bool) -> None:
    from ostraka.watch import backtest

    case, problems = open_case(name or settings.regime)
    begin = since or date(min(case.start.year + 10, case.end.year), 1, 1)
    days = [date(year, month, 1) for year in range(begin.year, case.end.year + 1) for month in (1, 4, 7, 10)]
    found = backtest(case, [day for day in days if begin <= day <= case.end], level=settings.level, rng=settings.seed)
    say_problems(problems, notes=False)
    click.echo(envelope(found.to_json(), problems, found.provenance) if as_json else found.summary())
