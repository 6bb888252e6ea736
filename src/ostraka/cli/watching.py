"""The verb that asks whether it is more than usual."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ostraka.cli.options import DAY, FILE, with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.talk import envelope, say, say_problems
from ostraka.config import Settings
from ostraka.errors import InputError


@click.command()
@click.argument("case", default="")
@click.option("--csv", "dated_list", type=FILE, default=None, help="Any dated list instead of a case.")
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day.")
@click.option("--start", type=DAY, default=None, help="With --csv: first day on which events were looked for.")
@click.option("--end", type=DAY, default=None, help="With --csv: last day on which events were looked for.")
@click.option("--counting", default=None, help="What is counted, such as 'diplomats'. [all counted departures]")
@click.option("--since", type=DAY, default=None, help="Ask about the time since this day, too.")
@click.option(
    "--effort", default=None, help="Reporting effort: constant, grown, fallen, or steps 1991-01-01:0.4,2004-01-01:1."
)
@click.option("--never-reported", type=float, default=0.0, help="Share of departures that are never reported; yours.")
@click.option("--level", type=float, default=None, help="Probability that printed intervals hold. [0.9]")
@click.option("--plot", type=FILE, default=None, help="Draw the pictures into this file (.svg or .png).")
@with_json
@with_settings
def watch(
    settings: Settings,
    case: str,
    dated_list: Path | None,
    as_of: date | None,
    start: date | None,
    end: date | None,
    counting: str | None,
    since: date | None,
    effort: str | None,
    never_reported: float,
    plot: Path | None,
    as_json: bool,
    **_: Any,
) -> None:
    """Is it more than usual? Base rate, bunching, change, contagion, delay, next year; CASE is a folder or regime."""
    from ostraka.watch import Denominator, case_of_dated_list, effort_of
    from ostraka.watch import watch as run

    if dated_list is None and (start or end):
        raise InputError("--start and --end go with --csv; a case has its own window")
    if dated_list is not None:
        loaded, problems = case_of_dated_list(dated_list, as_of=as_of, start=start, end=end)
    else:
        loaded, problems = open_case(case or settings.regime, as_of)
    alarms = run(
        loaded,
        denominator=counting or Denominator.ALL,
        level=settings.level,
        effort=effort_of(effort or "constant", start=loaded.start, end=loaded.end),
        never_reported=never_reported,
        since=since,
        rng=settings.seed,
    )
    if plot is not None:
        from ostraka.brief.figures.sheet import write_picture
        from ostraka.brief.watch_pictures import draw_watch

        say(f"pictures in {write_picture(plot, draw_watch(alarms))}")
    problems = (*problems, *alarms.problems)
    say_problems(problems)
    click.echo(envelope(alarms.to_json(), problems, alarms.provenance) if as_json else alarms.summary())
