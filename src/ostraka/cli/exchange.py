"""Verbs that look into a record and pass it on: people, events, show, export, import."""

from __future__ import annotations

from datetime import date
from getpass import getuser
from pathlib import Path
from typing import Any

import click

from ostraka.cli.options import DAY, PATH, with_json, with_settings
from ostraka.cli.record import open_case
from ostraka.cli.show import show
from ostraka.cli.store import address
from ostraka.cli.talk import envelope, printable, say, say_problems
from ostraka.config import Settings
from ostraka.model import Event, plain
from ostraka.provenance import Provenance

_FORMS = ("case", "csv", "parquet", "ftm", "ftm-statements", "annotations", "prov", "graphml")


@click.command()
@click.argument("case", default="")
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day.")
@click.option("--register", default=None, help="Register to freeze (sqlite:///FILE).")
@with_json
@with_settings
def people(settings: Settings, case: str, as_of: date | None, as_json: bool, **_: Any) -> None:
    """List the persons of a CASE folder, regime or register, by name."""
    found, problems = open_case(case or settings.regime, as_of, register=settings.register)
    rows = sorted(found.people, key=lambda person: (person.name, person.id))
    if as_json:
        click.echo(envelope([plain(row) for row in rows], problems, Provenance("people", case_digest=found.digest)))
        return
    for row in rows:
        other = (
            f" ({', '.join(filter(None, (row.native_name, *row.aliases)))})" if row.native_name or row.aliases else ""
        )
        click.echo(f"{row.id}\t{printable((row.name or 'unnamed') + other)}")


@click.command()
@click.argument("case", default="")
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day.")
@click.option("--register", default=None, help="Register to freeze (sqlite:///FILE).")
@with_json
@with_settings
def events(settings: Settings, case: str, as_of: date | None, as_json: bool, **_: Any) -> None:
    """List the events of a CASE folder, regime or register, in order of time."""
    found, problems = open_case(case or settings.regime, as_of, register=settings.register)
    rows = sorted(found.events, key=lambda event: (event.when.sort_key(), event.id))
    if as_json:
        click.echo(envelope([plain(row) for row in rows], problems, Provenance("events", case_digest=found.digest)))
        return
    names = {person.id: person.name for person in found.people}
    for row in rows:
        click.echo(
            f"{row.id}\t{row.when}\t{row.kind}\t{_who(row, names)}\t{row.confidence}{'' if row.counted else ', not counted'}"
        )


def _who(event: Event, names: dict[str, str]) -> str:
    return printable(", ".join(filter(None, (names.get(event.person, ""), event.role))) or "somebody")


@click.command()
@click.argument("form", type=click.Choice(_FORMS))
@click.argument("output", type=PATH)
@click.option("--register", default=None, help="Register to export (sqlite:///FILE).")
@click.option("--regime", default=None, help="Which regime. [North Korea]")
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day.")
@click.option(
    "--full",
    is_flag=True,
    help="Leave nothing out: names of private persons too. Needs --reason; is written into the log.",
)
@click.option("--reason", default="", help="Why everything is exported.")
@click.option("--by", default=None, help="Who asks for it. [the user of this machine]")
@with_json
@with_settings
def export(
    settings: Settings,
    form: str,
    output: Path,
    as_of: date | None,
    full: bool,
    reason: str,
    by: str | None,
    as_json: bool,
    **_: Any,
) -> None:
    """Pass on what a register knows, redacted unless --full is given."""
    from ostraka.register import Register
    from ostraka.register.exchange import export as run

    with Register.open(address(settings)) as register:
        path = run(
            register, form, output, regime=settings.regime, as_of=as_of, full=full, reason=reason, by=by or getuser()
        )
    provenance = Provenance("export", {"form": form, "regime": settings.regime, "full": full})
    click.echo(envelope({"path": str(path.resolve())}, (), provenance) if as_json else str(path.resolve()))


@click.command(name="import")
@click.argument("source", type=PATH)
@click.option("--register", default=None, help="Register that receives it (sqlite:///FILE); made if there is none.")
@click.option("--regime", default=None, help="For a spreadsheet or entities: which regime. [North Korea]")
@click.option("--as-of", type=DAY, default=None, help="For a spreadsheet or entities: the day it was closed. [today]")
@click.option(
    "--column",
    "columns",
    multiple=True,
    help="For a spreadsheet: FIELD=HEADER, such as name=Who; may be repeated. [headers of an exported csv]",
)
@with_json
@with_settings
def import_(
    settings: Settings, source: Path, as_of: date | None, columns: tuple[str, ...], as_json: bool, **_: Any
) -> None:
    """Take in a case folder, a shipped record by its regime, a spreadsheet with a column map, or FollowTheMoney entities.

    SOURCE is a folder, the name of a regime, a CSV file, or a file with one entity a line.
    """
    from ostraka.register import Register
    from ostraka.register.exchange import is_ftm, own_columns, read_ftm, read_spreadsheet

    closed = as_of or date.today()  # noqa: DTZ011 - the user's own day
    if is_ftm(source) and not columns:
        case, problems = read_ftm(source, regime=settings.regime, as_of=closed)
    elif source.is_file():
        if any("=" not in column for column in columns):
            raise click.UsageError("a column is named as FIELD=HEADER: --column when=Date --column name=Who")
        fields = dict(column.split("=", 1) for column in columns) or own_columns(source)
        if not fields:
            raise click.UsageError("name the columns of a spreadsheet: --column when=Date --column name=Who")
        case, problems = read_spreadsheet(source, fields, regime=settings.regime, as_of=closed)
    else:
        case, problems = open_case(str(source))
    with Register(address(settings)) as register:
        new = register.add_case(case)
    say_problems(problems)
    say(f"{case.regime}: {new} new rows")
    if as_json:
        click.echo(
            envelope({"new": new, "digest": case.digest}, problems, Provenance("import", case_digest=case.digest))
        )


VERBS = (people, events, show, export, import_)
