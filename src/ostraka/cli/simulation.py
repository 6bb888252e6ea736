"""The verb ``simulate``: what follows under which policy, those of the regime or those of scenario files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostraka.cli.options import DAY, FILE, FOLDER, with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.talk import Bar, envelope, say, say_problems
from ostraka.config import Settings

if TYPE_CHECKING:
    from ostraka.simulate import CollapseSurface, Effects, Scenario


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
@click.option("--roster", "graph", type=FILE, default=None, help="Members and ties from a GraphML file. [made up]")
@click.option(
    "--precision",
    type=click.FloatRange(min=0, min_open=True),
    default=None,
    help="Say how many runs more would tell each difference within ± this many departures.",
)
@click.option("--one", is_flag=True, help="What one departure from the foreign service sets off.")
@click.option("--surface", is_flag=True, help="When the coalition would break, over what nobody can measure.")
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
    graph: Path | None,
    precision: float | None,
    one: bool,
    surface: bool,
    as_json: bool,
) -> None:
    """What follows under which policy: paired simulations of the elite; CASE is a folder or regime."""
    from ostraka.chance import root_seed
    from ostraka.simulate import compare, default_scenarios, load_scenario, roster_from_graphml, save_effects

    loaded, problems = open_case(case or settings.regime, as_of)
    root = root_seed(settings.seed)
    roster = roster_from_graphml(graph)[0] if graph else None
    base, *others = default_scenarios(loaded, years=years, rng=root, roster=roster)
    if files:
        others = [load_scenario(file, base) for file in files]
    with Bar("runs") as bar:
        effects = compare(base, others, replicates=replicates, rng=root, progress=bar.show)
    say_problems(problems)
    if out is not None:
        say("; ".join(str(path) for path in save_effects(effects, out, form=form)))
    if tornado is not None:
        _draw_tornado(base, tornado, root)
    more = _beside(base, one=one, surface=surface, root=root)
    needed = effects.needed(precision) if precision is not None else {}
    if as_json:
        told = effects.to_json() | {name: found.to_json() for name, found in more.items()}
        click.echo(envelope(told | ({"still_needed": needed} if needed else {}), problems, effects.provenance))
        _say_if_cut_short(effects, replicates, len(others))
        return
    if files:
        for scenario in others:
            click.echo(f"{scenario.name}, epoch by epoch:\n{scenario.timeline().text()}\n")
    _tell(effects, needed, precision)
    for found in more.values():
        click.echo(found.summary())
    if surface:
        click.echo(_surface_table(more["surface"]))
    say(f"seed {root}; {base.note}")
    _say_if_cut_short(effects, replicates, len(others))


def _say_if_cut_short(effects: Effects, replicates: int, policies: int) -> None:
    """Say what an interruption left out, and end as interrupted."""
    done, compared = effects.baseline.replicates, len(effects.scenarios)
    if done < replicates or compared < policies:
        say(
            f"interrupted: {done} of {replicates} runs and {compared} of {policies} policies were done, and are what is told"
        )
        click.get_current_context().exit(130)


def _tell(effects: Effects, needed: dict[str, int], precision: float | None) -> None:
    """What each policy changes, how surely, and how the coalition fares."""
    click.echo(effects.summary())
    if needed:
        runs = ", ".join(f"{name} {n}" for name, n in needed.items())
        click.echo(f"Runs still needed to tell each difference within ±{precision:g}: {runs}.")
    for run in (effects.baseline, *effects.scenarios):
        breaks = run.how_it_breaks()
        click.echo(f"{run.scenario.name}: {breaks[0].lower()}{breaks[1:]}{run.rules_and_cost()}")


def _beside(base: Scenario, *, one: bool, surface: bool, root: int) -> dict[str, Any]:
    """What else was asked about the baseline."""
    from ostraka.simulate import collapse_surface, followers

    found: dict[str, Any] = {}
    if one:
        found["one"] = followers(base, organ="foreign service", rng=root)
    if surface:
        found["surface"] = collapse_surface(base, rng=root)
    return found


def _surface_table(surface: CollapseSurface) -> str:
    """The surface at the threshold in the middle; in brackets what the record rules out."""
    threshold = float(surface.thresholds[surface.thresholds.size // 2])
    head = f"Falls below {threshold:.0%} of its weight; down: contagion times, across: disaffection added; [ruled out by the record]"
    rows = ["".join([" " * 6, *(f"{b:>+9g}" for b in surface.disaffection)])]
    for a, shares, out in zip(surface.contagion, surface.at(threshold), surface.ruled_out, strict=True):
        cells = (f"[{share:.0%}]" if bad else f"{share:.0%} " for share, bad in zip(shares, out, strict=True))
        rows.append("".join([f"×{a:<5g}", *(f"{cell:>9}" for cell in cells)]))
    return "\n".join([head, *rows])


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
@click.option("--hindcast", "back", is_flag=True, help="What would have been said month by month, beside what came.")
@with_json
@with_settings
def fit(settings: Settings, case: str, as_of: date | None, everything: bool, back: bool, as_json: bool) -> None:
    """What the record tells about the model: each parameter estimated, borrowed or assumed; CASE is a folder or regime."""
    from ostraka.simulate import fit_case, hindcast

    loaded, problems = open_case(case or settings.regime, as_of)
    if back:
        looks = hindcast(loaded, rng=settings.seed)
        say_problems(problems)
        if as_json:
            click.echo(envelope(looks.to_json(), problems, looks.provenance))
            return
        click.echo(looks.frame().to_string(index=False, float_format="{:.2f}".format))
        click.echo(looks.summary())
        return
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
