"""Verbs of the answers: demo, brief, simulate; and config."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from ostraka.cli.options import DAY, FILE, FOLDER, PATH, with_json, with_settings
from ostraka.cli.talk import envelope, say, say_problems
from ostraka.config import Settings, load_settings


@click.command()
@click.argument("folder", type=FOLDER, default=Path("ostraka-demo"))
@with_settings
def demo(settings: Settings, folder: Path) -> None:
    """Run the main job on the shipped example report; print where the brief is.

    FOLDER receives the brief (default: ostraka-demo).
    """
    from importlib.resources import files

    examples = Path(str(files("ostraka.data") / "examples"))
    seed = 20160819 if settings.seed is None else settings.seed
    _brief(
        replace(settings, regime="North Korea", register="", seed=seed),
        [examples / "london-2016.txt"],
        output=folder / "brief.html",
        manifest=examples / "manifest.csv",
    )


@click.command()
@click.argument("reports", nargs=-1, required=True, type=PATH)
@click.option("--regime", default=None, help="Regime of the record: a shipped one, or a case folder. [North Korea]")
@click.option("-o", "--output", required=True, type=FILE, help="The HTML file to write.")
@click.option("--published", type=DAY, default=None, help="Day the reports were printed, where they do not say.")
@click.option("--as-of", type=DAY, default=None, help="Use only what was printed by this day. [day of the last report]")
@click.option(
    "--manifest",
    type=FILE,
    default=None,
    help="CSV: path, published, url, title, publisher, lang.",
)
@click.option("--register", default=None, help="Register to keep the statements in (sqlite:///FILE). [temporary]")
@click.option("--level", type=float, default=None, help="Probability that printed intervals hold. [0.9]")
@click.option("--replicates", type=click.IntRange(min=1), default=None, help="Simulated futures for each policy.")
@with_json
@with_settings
def brief(
    settings: Settings,
    reports: tuple[Path, ...],
    output: Path,
    published: date | None,
    as_of: date | None,
    manifest: Path | None,
    replicates: int | None,
    as_json: bool,
    **_: Any,
) -> None:
    """Turn REPORTS (text, HTML, PDF; files or folders) into one HTML brief."""
    _brief(
        settings, list(reports), output=output, published=published, as_of=as_of, manifest=manifest,
        replicates=replicates, as_json=as_json,
    )  # fmt: skip


def _brief(
    settings: Settings,
    reports: list[Path],
    *,
    output: Path,
    published: date | None = None,
    as_of: date | None = None,
    manifest: Path | None = None,
    replicates: int | None = None,
    as_json: bool = False,
) -> None:
    from ostraka.brief import make_brief
    from ostraka.brief.output import write_whole

    made = make_brief(
        reports,
        regime=settings.regime,
        register=settings.register,
        published=published,
        as_of=as_of,
        manifest=manifest,
        level=settings.level,
        replicates=replicates,
        rng=settings.seed,
        command=shlex.join(["ostraka", *sys.argv[1:]]),
        progress=say if sys.stderr.isatty() else None,
    )
    write_whole(output, made.html)
    say_problems(made.problems, notes=False)
    click.echo(envelope(made.to_json(), made.problems, made.provenance) if as_json else str(output.resolve()))


@click.command(name="config")
@with_json
def show_config(as_json: bool) -> None:
    """Show each setting, its value and where the value comes from."""
    from ostraka.provenance import Provenance

    settings, origin = load_settings({}, os.environ, Path.cwd())
    rows = {name: {"value": getattr(settings, name), "origin": origin[name]} for name in origin}
    if as_json:
        click.echo(envelope(rows, (), Provenance("config")))
        return
    for name, row in rows.items():
        click.echo(f"{name} = {row['value'] if row['value'] is not None else ''!s}  ({row['origin']})")
