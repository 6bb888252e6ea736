"""Verbs of the record: read, check, case."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostraka.cli.options import DAY, FILE, FOLDER, PATH, with_json, with_settings
from ostraka.cli.talk import envelope, say, say_problems
from ostraka.config import Settings
from ostraka.errors import InputError, Level, Problem

if TYPE_CHECKING:
    from ostraka.case import Case
    from ostraka.provenance import Provenance
    from ostraka.read.llm import ModelCoder

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
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--manifest",
    type=FILE,
    default=None,
    help="CSV: path, published, url, title, publisher, lang.",
)
@click.option("--published", type=DAY, default=None, help="Day the reports were printed, where they do not say.")
@click.option("--register", default=None, help="Register to add the statements to (sqlite:///FILE).")
@click.option("--model", default="", help="Read by this language model instead of the grammar; needs --model-url.")
@click.option("--model-url", default="", help="Its OpenAI-compatible address; the reports are sent there.")
@with_json
@with_settings
def read(
    settings: Settings,
    paths: tuple[Path, ...],
    manifest: Path | None,
    published: date | None,
    model: str,
    model_url: str,
    as_json: bool,
    **_: Any,
) -> None:
    """Read reports into sourced statements; PATHS are files or folders."""
    from ostraka.provenance import Provenance
    from ostraka.read import read_paths, reading_json
    from ostraka.register import Register

    if not paths and manifest is None:
        raise click.UsageError("give at least one file or folder, or --manifest FILE.csv")
    problems: list[Problem] = []
    coder = _model_coder(model, model_url)
    printer = _ReadPrinter(as_json=as_json)
    with Register(settings.register) if settings.register else nullcontext() as register:
        for name, reading, found in read_paths(paths, manifest=manifest, published=published, coder=coder):
            problems.extend(found)
            if reading is None:
                continue
            if register is not None:
                register.add(reading)
            printer.add(name, reading_json(reading))
    printer.close(
        problems,
        Provenance("read", {"paths": [str(path) for path in paths], "published": str(published or ""), "model": model}),
    )
    if printer.count == 0:
        raise InputError("no report could be read; the problems above say why")


def _model_coder(model: str, url: str) -> ModelCoder | None:
    """The model that reads, if one is asked for; its key comes from OSTRAKA_MODEL_KEY."""
    if bool(model) != bool(url):
        raise click.UsageError("--model NAME and --model-url URL go together: who reads, and where it is asked")
    if not model:
        return None
    from ostraka.read.llm import ModelCoder, OpenAIEndpoint

    return ModelCoder(OpenAIEndpoint(url, model, os.environ.get("OSTRAKA_MODEL_KEY", "")), model)


class _ReadPrinter:
    """Writes readings as they come, so that a folder of any size runs in flat memory."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.count = 0
        self.shows_progress = sys.stderr.isatty() and not sys.stdout.isatty()

    def add(self, name: str, reading: dict[str, Any]) -> None:
        self.count += 1
        if self.shows_progress:
            click.echo(f"\r{self.count} reports read", nl=False, err=True)
        if self.as_json:
            sys.stdout.write(("," if self.count > 1 else '{"data": [') + "\n" + json.dumps(reading, ensure_ascii=False))
            return
        click.echo(
            f"{name}: {len(reading['persons'])} persons, {len(reading['events'])} events, {len(reading['ties'])} ties, {len(reading['claims'])} number claims"
        )
        for event in reading["events"]:
            who = event["person"] or event["role"] or "somebody"
            when = " to ".join(dict.fromkeys(filter(None, (event["date_earliest"], event["date_latest"])))) or "undated"
            click.echo(f"  {event['type']}: {who}; {when}; {event['status']}")
            click.echo(f"    \u201c{' '.join(event['quote'].split())}\u201d [{event['start']}:{event['end']}]")

    def close(self, problems: list[Problem], provenance: Provenance) -> None:
        if self.shows_progress:
            say("")
        if self.as_json:
            tail = json.dumps(
                {"problems": [p.to_json() for p in problems], "provenance": provenance.to_json()}, ensure_ascii=False
            )
            sys.stdout.write(("" if self.count else '{"data": [') + "\n], " + tail[1:] + "\n")
        else:
            say_problems(problems)


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
        click.echo(envelope(agreed.to_json(), (), agreed.provenance) if as_json else agreed.summary())
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
