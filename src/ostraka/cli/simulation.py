"""The verb ``simulate``: what follows under which policy, those of the regime or those of scenario files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ostraka.cli.options import DAY, FILE, FOLDER, with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.talk import Bar, envelope, say, say_problems
from ostraka.config import Settings

if TYPE_CHECKING:
    from ostraka.simulate import Scenario


@click.command()
@click.argument("case", default="")
@click.option(
    "--scenario",
    "files",
    multiple=True,
    type=FILE,
    help="A scenario file (TOML) to compare with as is; may be given again. [the scenarios of the regime]",
)
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day; time 0 of the simulation.")
@click.option(
    "--years", type=click.FloatRange(min=0, min_open=True, max=50), default=5.0, show_default=True, help="Horizon."
)
@click.option(
    "--replicates",
    type=click.IntRange(min=2),
    default=400,
    show_default=True,
    help="Simulated futures for each policy.",
)
@click.option("--out", type=FOLDER, default=None, help="Folder for the tables: effects, replicates, course, events.")
@click.option("--form", type=click.Choice(["csv", "parquet", "arrow"]), default="csv", help="Form of the tables. [csv]")
@click.option(
    "--tornado",
    type=FILE,
    default=None,
    help="Draw which assumption moves departures most into this file (.svg or .png).",
)
@with_json
@with_settings
def simulate(
    settings: Settings,
    case: str,
    files: tuple[Path, ...],
    as_of: date | None,
    years: float,
    replicates: int,
    out: Path | None,
    form: str,
    tornado: Path | None,
    as_json: bool,
) -> None:
    """What follows under which policy: paired simulations of the elite; CASE is a folder or regime."""
    from ostraka.chance import root_seed
    from ostraka.simulate import compare, default_scenarios, load_scenario, save_effects

    loaded, problems = open_case(case or settings.regime, as_of)
    root = root_seed(settings.seed)
    base, *others = default_scenarios(loaded, years=years, rng=root)
    if files:
        others = [load_scenario(file, base) for file in files]
    with Bar("runs") as bar:
        effects = compare(base, others, replicates=replicates, rng=root, progress=bar.show)
    say_problems(problems)
    if out is not None:
        say("; ".join(str(path) for path in save_effects(effects, out, form=form)))
    if tornado is not None:
        _draw_tornado(base, tornado, root)
    if as_json:
        click.echo(envelope(effects.to_json(), problems, effects.provenance))
        return
    if files:
        for scenario in others:
            click.echo(f"{scenario.name}, epoch by epoch:\n{scenario.timeline().text()}\n")
    click.echo(effects.summary())
    click.echo("\n".join(run.how_it_breaks() for run in (effects.baseline, *effects.scenarios)))
    say(f"seed {root}; {base.note}")


def _draw_tornado(base: Scenario, file: Path, root: int) -> None:
    from ostraka.brief.figures.forest import draw_tornado
    from ostraka.brief.figures.sheet import sheet, write_picture
    from ostraka.brief.figures.svg import WIDE
    from ostraka.simulate import sensitivity

    found = sensitivity(base, rng=root)
    drawing = draw_tornado(found, width=WIDE)
    say(
        f"{found.summary()} Picture: {write_picture(file, sheet([('What moves departures', drawing)], title='Sensitivity', note=found.summary()))}"
    )


@click.command()
@click.argument("case", default="")
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day.")
@click.option("--all", "everything", is_flag=True, help="List the assumed parameters too.")
@with_json
@with_settings
def fit(settings: Settings, case: str, as_of: date | None, everything: bool, as_json: bool) -> None:
    """What the record tells about the model: each parameter estimated, borrowed or assumed; CASE is a folder or regime."""
    from ostraka.simulate import fit_case

    loaded, problems = open_case(case or settings.regime, as_of)
    fitted = fit_case(loaded, rng=settings.seed)
    say_problems(problems)
    if as_json:
        click.echo(envelope(fitted.to_json(), problems, fitted.provenance))
        return
    click.echo(fitted.summary())
    click.echo(f"\n{fitted.rate_frame().to_string(index=False, float_format='{:.2f}'.format)}")
    if everything:
        columns = ["name", "value", "low", "high", "unit", "basis", "contraction", "source"]
        click.echo(f"\n{fitted.frame()[columns].to_string(index=False, float_format='{:.2f}'.format)}")
