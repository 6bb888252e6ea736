"""The verb that reads: reports come in one at a time, statements go out as they are found."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from ostraka.cli.options import DAY, FILE, PATH, with_json, with_settings
from ostraka.cli.talk import Bar, Stop, say
from ostraka.config import Settings
from ostraka.errors import InputError, Level, Problem

if TYPE_CHECKING:
    from ostraka.provenance import Provenance
    from ostraka.read import Reading
    from ostraka.read.llm import ModelCoder
    from ostraka.register import Register

IN_MEMORY = 1_000_000
"""Characters of problems kept in memory; of a folder with more of them they wait in a temporary file."""


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--manifest",
    type=FILE,
    default=None,
    help="CSV: path, published, url, title, publisher, lang, retrieved.",
)
@click.option("--published", type=DAY, default=None, help="Day the reports were printed, where they do not say.")
@click.option("--retrieved", type=DAY, default=None, help="Day they were fetched; orders the versions of a page.")
@click.option("--register", default=None, help="Register to add the statements to (sqlite:///FILE).")
@click.option("--quick", is_flag=True, help="Read by the grammar alone: some ten times as fast, and much is missed.")
@click.option("--model", default="", help="Read by this language model instead of the grammar; needs --model-url.")
@click.option("--model-url", default="", help="Its OpenAI-compatible address; the reports are sent there.")
@with_json
@with_settings
def read(
    settings: Settings,
    paths: tuple[Path, ...],
    manifest: Path | None,
    published: date | None,
    retrieved: date | None,
    quick: bool,
    model: str,
    model_url: str,
    as_json: bool,
    **_: Any,
) -> None:
    """Read reports into sourced statements; PATHS are files or folders."""
    from ostraka.provenance import Provenance
    from ostraka.read import read_paths, read_quickly, reading_json
    from ostraka.read.report import count_files
    from ostraka.register import Register

    if not paths and manifest is None:
        raise click.UsageError("give at least one file or folder, or --manifest FILE.csv")
    if quick and model:
        raise click.UsageError("--quick and --model are two readers; give one of them")
    coder = read_quickly if quick else _model_coder(model, model_url)
    incoming = read_paths(paths, manifest=manifest, published=published, retrieved=retrieved, coder=coder)
    with (
        tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as lines,
        Register(settings.register) if settings.register else nullcontext() as register,
    ):
        printer = _ReadPrinter(_Problems(lines), as_json=as_json)
        with Bar("files read", beside_data=not sys.stdout.isatty()) as bar, Stop() as stop:
            total = count_files(paths, manifest=manifest) if bar.shown else 0
            for done, (name, reading, found) in enumerate(incoming, start=1):
                printer.problems.add(found)
                if reading is not None:
                    if register is not None:
                        printer.problems.add(_refused(register, name, reading))
                    printer.add(name, reading_json(reading))
                bar.show(min(done, total), total)
                if stop.asked:
                    printer.problems.add([Problem(name, f"interrupted here, after {done}; the rest was not read")])
                    break
        asked = {
            "paths": [str(path) for path in paths],
            "published": str(published or ""),
            "model": model,
            "quick": quick,
        }
        printer.close(Provenance("read", asked))
    if stop.asked:
        raise click.Abort
    if printer.count == 0:
        raise InputError("no report could be read; the problems above say why")


def _refused(register: Register, name: str, reading: Reading) -> list[Problem]:
    """Keep a reading; a problem if the register cannot hold this one, which must not stop the others."""
    try:
        register.add(reading)
    except InputError as error:
        return [Problem(name, f"read, but not kept in the register: {error}", Level.ERROR)]
    return []


def _model_coder(model: str, url: str) -> ModelCoder | None:
    """The model that reads, if one is asked for; its key comes from OSTRAKA_MODEL_KEY."""
    if bool(model) != bool(url):
        raise click.UsageError("--model NAME and --model-url URL go together: who reads, and where it is asked")
    if not model:
        return None
    from ostraka.read.llm import ModelCoder, OpenAIEndpoint

    return ModelCoder(OpenAIEndpoint(url, model, os.environ.get("OSTRAKA_MODEL_KEY", "")), model)


class _Problems:
    """Problems in the order in which they came; many of them wait in a temporary file, so that memory stays flat."""

    def __init__(self, lines: IO[str]) -> None:
        self._lines = lines

    def add(self, problems: Iterable[Problem]) -> None:
        self._lines.writelines(json.dumps(problem.to_json()) + "\n" for problem in problems)

    def lines(self) -> Iterator[str]:
        """Each as JSON."""
        self._lines.seek(0)
        return (line.rstrip("\n") for line in self._lines)

    def say(self) -> None:
        """List them, the gravest first."""
        for level in (Level.ERROR, Level.WARN, Level.NOTE):
            for line in self.lines():
                row = json.loads(line)
                if row["level"] == level:
                    say(Problem(row["where"], row["message"], level).line())


class _ReadPrinter:
    """Writes readings as they come, so that a folder of any size runs in flat memory."""

    def __init__(self, problems: _Problems, *, as_json: bool) -> None:
        self.problems, self.as_json = problems, as_json
        self.count = 0

    def add(self, name: str, reading: dict[str, Any]) -> None:
        self.count += 1
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

    def close(self, provenance: Provenance) -> None:
        if not self.as_json:
            self.problems.say()
            return
        sys.stdout.write(("" if self.count else '{"data": [') + '\n], "problems": [')
        for k, line in enumerate(self.problems.lines()):
            sys.stdout.write(("," if k else "") + "\n" + line)
        sys.stdout.write('], "provenance": ' + json.dumps(provenance.to_json(), ensure_ascii=False) + "}\n")
