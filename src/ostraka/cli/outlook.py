"""Verbs of the cross-national data: the forecast, and the data themselves."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostraka.cli.options import FILE, NUMBERS, with_json, with_settings
from ostraka.cli.talk import envelope, say_problems
from ostraka.config import Settings
from ostraka.errors import Level, Problem

if TYPE_CHECKING:
    from ostraka.forecast.modes import ModeShare


@click.command()
@click.option("--regime", default=None, help="Which regime. [North Korea]")
@click.option("--horizon", type=NUMBERS, default="1,5", show_default=True, help="Years ahead.")
@click.option("--origin", type=int, default=None, help="Year at whose end one looks ahead. [last year of the data]")
@click.option("--level", type=float, default=None, help="Probability that printed intervals hold. [0.9]")
@click.option("--ends", type=FILE, default=None, help="A copy of your own of data that code how regimes ended.")
@click.option(
    "--ends-kind", type=click.Choice(["gwf", "hrd", "vdem"]), default="gwf", show_default=True, help="What they are."
)
@with_json
@with_settings
def forecast(
    settings: Settings,
    horizon: tuple[int, ...],
    origin: int | None,
    ends: Path | None,
    ends_kind: str,
    as_json: bool,
    **_: Any,
) -> None:
    """How near is the regime to breaking: probability of breakdown, with its interval and what it rests on."""
    from ostraka.forecast import forecast as run
    from ostraka.forecast.sheet import sheet

    made = run(settings.regime, horizon=horizon, origin=origin, level=settings.level)
    ways, problems = _ways(settings, ends, ends_kind, origin) if ends else ((), ())
    say_problems(problems)
    if as_json:
        click.echo(envelope(made.to_json() | {"ways": [asdict(way) for way in ways]}, problems, made.provenance))
        return
    click.echo(sheet(made, ways=ways))


def _ways(
    settings: Settings, ends: Path, kind: str, origin: int | None
) -> tuple[tuple[ModeShare, ...], tuple[Problem, ...]]:
    """How the regime would end, learned from a file that codes how regimes ended."""
    from ostraka.forecast import gwf_panel, hrd_panel, vdem_panel, ways_to_end

    read = {"gwf": gwf_panel, "hrd": hrd_panel, "vdem": vdem_panel}[kind]
    panel, kinds, problems = read(ends)
    return ways_to_end(settings.regime, panel, kinds, origin=origin, level=settings.level), problems


@click.command()
@click.argument("file", type=FILE, default=None, required=False)
@click.option("--kind", default="", help="What FILE is: gwf, hrd, vdem, archigos, powell_thyne, navco or series.")
@with_json
def data(file: Path | None, kind: str, as_json: bool) -> int:
    """List the cross-national data that come with the package, or check a FILE of your own; exit 1 for errors.

    Each shipped file is shown with its origin, licence, checksum and last year.
    """
    from ostraka.forecast import list_data
    from ostraka.provenance import Provenance

    if file is not None:
        return _check_data(file, kind, as_json=as_json)
    sources = list_data()
    if as_json:
        click.echo(envelope([source.to_json() for source in sources], (), Provenance("data")))
    for source in () if as_json else sources:
        state = "" if source.intact() else "; DAMAGED: the file has another checksum, install the package again"
        click.echo(
            f"{source.name}: {source.rows} rows, {source.first_year} to {source.last_year}; {source.origin}{state}"
        )
        click.echo(f"    licence: {source.licence}")
        click.echo(f"    sha256: {source.sha256}")
    return 0 if all(source.intact() for source in sources) else 1


def _check_data(file: Path, kind: str, *, as_json: bool) -> int:
    from ostraka.forecast import load_data
    from ostraka.provenance import Provenance

    table, problems = load_data(file, kind)
    years = table["year"] if "year" in table else table["end"].dt.year
    found = {"file": file.name, "rows": len(table), "first_year": int(years.min()), "last_year": int(years.max())}
    say_problems(problems)
    text = f"{file.name}: {len(table)} rows can be used, {found['first_year']} to {found['last_year']}"
    click.echo(envelope(found, problems, Provenance("data")) if as_json else text)
    return 1 if any(problem.level is Level.ERROR for problem in problems) else 0
