"""Verbs of the record: evaluate, check, case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostraka.cli.options import DAY, FOLDER, with_json, with_settings
from ostraka.cli.talk import envelope, say, say_problems
from ostraka.config import Settings
from ostraka.errors import InputError, Level, Problem

if TYPE_CHECKING:
    from ostraka.case import Case

EXIT_FOUND = 1


def open_case(
    regime_or_folder: str, as_of: date | None = None, *, register: str = ""
) -> tuple[Case, tuple[Problem, ...]]:
    """A case by folder, a shipped record by the name of its regime, or what a register knows of it."""
    from ostraka.case import case_as_of, load_case, shipped_folder

    if register:
        from ostraka.register import Register

        with Register.open(register) as opened:
            return opened.freeze(regime_or_folder, as_of=as_of)

    folder = Path(regime_or_folder)
    case, problems = load_case(folder if folder.is_dir() else shipped_folder(regime_or_folder))
    if as_of is None:
        return case, problems
    view, more = case_as_of(case, as_of)
    return view, (*problems, *more)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--split", default="", help="Only reports labelled with this split (before, after).")
@click.option("--misses/--no-misses", default=False, help="List every miss.")
@click.option(
    "--compare", type=FOLDER, default=None, help="Another coder's labels of the same reports: how far the two agree."
)
@with_json
@with_settings
def evaluate(settings: Settings, folder: Path, split: str, misses: bool, compare: Path | None, as_json: bool) -> None:
    """Score the reader on a FOLDER of labelled reports (NNN.txt and NNN.json), or compare two coders."""
    from ostraka.read.compare import compare_coders
    from ostraka.read.evaluate import evaluate as run

    if compare is not None:
        agreed = compare_coders(folder, compare, rng=settings.seed)
        say_problems(agreed.problems)
        told = envelope(agreed.to_json(), agreed.problems, agreed.provenance) if as_json else agreed.summary()
        click.echo(told)
        return
    found = run(folder, split=split, rng=settings.seed)
    say_problems(found.problems)
    if as_json:
        click.echo(envelope(found.to_json(), found.problems, found.provenance))
        return
    click.echo(found.summary())
    for miss in found.misses if misses else ():
        click.echo(f"  {miss.report}: {miss.kind} {miss.what}: {miss.text}")


@click.command()
@click.argument("case", default="")
@click.option("--register", default=None, help="Register whose record and reports of that regime are checked.")
@with_json
@with_settings
def check(settings: Settings, case: str, as_json: bool, **_: Any) -> None:
    """List the problems of a CASE folder, shipped record or register; exit 1 if there are errors or warnings."""
    from ostraka.provenance import Provenance

    loaded, problems = open_case(case or settings.regime, register=settings.register)
    found = [problem for problem in problems if problem.level is not Level.NOTE]
    if as_json:
        data = {
            "regime": loaded.regime,
            "events": len(loaded.events),
            "people": len(loaded.people),
            "digest": loaded.digest,
        }
        click.echo(envelope(data, problems, Provenance("check", {"case": case}, case_digest=loaded.digest)))
    else:
        for problem in problems:
            click.echo(problem.line())
        say(
            f"{loaded.regime}: {len(loaded.events)} events, {len(loaded.people)} people, {len(loaded.ties)} ties; {len(found)} problems to mend"
        )
    if found:
        raise SystemExit(EXIT_FOUND)


@click.command(name="case")
@click.argument("regime")
@click.option("-o", "--output", required=True, type=FOLDER, help="Folder to write.")
@click.option("--as-of", type=DAY, default=None, help="Only what was printed by this day.")
@click.option("--register", default=None, help="Register to freeze (sqlite:///FILE). [the shipped record alone]")
@click.option(
    "--rule",
    default=None,
    help="What decides between competing values of a register, the weightiest first. [confidence,date,origins]",
)
@with_json
@with_settings
def freeze(
    settings: Settings, regime: str, output: Path, as_of: date | None, rule: str | None, as_json: bool, **_: Any
) -> None:
    """Freeze what is known of a REGIME into a case folder."""
    from ostraka.case import save_case
    from ostraka.provenance import Provenance
    from ostraka.register import RULE, Register

    if rule is not None and not settings.register:
        raise InputError("--rule decides between values in a register; name one with --register")
    ranks = RULE if rule is None else tuple(part.strip() for part in rule.split(","))
    if settings.register:
        with Register.open(settings.register) as register:
            frozen, problems = register.freeze(regime, as_of=as_of, rule=ranks)
    else:
        frozen, problems = open_case(regime, as_of)
    save_case(frozen, output)
    say_problems(problems)
    provenance = Provenance(
        "case", {"regime": regime, "as_of": str(as_of or ""), "rule": list(ranks)}, case_digest=frozen.digest
    )
    data = {"folder": str(output.resolve()), "digest": frozen.digest, "events": len(frozen.events)}
    click.echo(envelope(data, problems, provenance) if as_json else str(output.resolve()))
