"""Verbs of the register: queue, judge, verify."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from typing import Any

import click

from ostraka.cli.options import with_json, with_settings
from ostraka.cli.talk import envelope, printable, say
from ostraka.config import Settings
from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import Judgement, Status, Verdict
from ostraka.provenance import Provenance

EXIT_FOUND = 1
_MAY_CHANGE = ("subject", "predicate", "object", "when", "status", "attributed_to")


def address(settings: Settings) -> str:
    """The register named by flag or settings."""
    if not settings.register:
        raise InputError("no register is named: give --register sqlite:///FILE, or set it in ostraka.toml")
    return settings.register


@click.command()
@click.option("--register", default=None, help="Register (sqlite:///FILE).")
@click.option("--regime", default=None, help="Which regime. [North Korea]")
@with_json
@with_settings
def queue(settings: Settings, as_json: bool, **_: Any) -> None:
    """List the pairs of persons and events that a person has to decide."""
    from ostraka.register import Register

    with Register.open(address(settings)) as register:
        doubts = register.queue(settings.regime)
        saw = [register.view(doubt.a, doubt.b)["sha256"] for doubt in doubts]
    if as_json:
        data = [doubt.to_json() | {"saw": seen} for doubt, seen in zip(doubts, saw, strict=True)]
        click.echo(envelope(data, (), Provenance("queue", {"regime": settings.regime})))
        return
    for doubt, seen in zip(doubts, saw, strict=True):
        click.echo(printable(f"{doubt.kind}: {doubt.a_label} = {doubt.b_label}? {'; '.join(doubt.why)}"))
        click.echo(f"    ostraka judge {doubt.a} {doubt.b} merge|split|unsure --reason WHY --saw {seen}")
    say(f"{len(doubts)} to decide")


@click.command()
@click.argument("ids", nargs=-1, required=True)
@click.argument("verdict", type=click.Choice([*map(str, Verdict), "correct", "undo"]))
@click.option(
    "--set", "changes", multiple=True, help="For correct: FIELD=VALUE, such as object=consul; may be repeated."
)
@click.option("--reason", required=True, help="Why; kept with the judgement.")
@click.option("--by", default=None, help="Who decides. [the user of this machine]")
@click.option("--saw", default="", help="Hash of what was seen, so that a stale view is refused.")
@click.option("--register", default=None, help="Register (sqlite:///FILE).")
@with_json
@with_settings
def judge(
    settings: Settings,
    ids: tuple[str, ...],
    verdict: str,
    changes: tuple[str, ...],
    reason: str,
    by: str | None,
    saw: str,
    as_json: bool,
    **_: Any,
) -> None:
    """Decide about a statement (IDS: one id), a pair (two ids) or an earlier judgement; each decision is a new row.

    \b
    accept, reject  a statement
    correct         a statement: another is put beside it, see --set
    merge, split    two persons, or two events, are one or not
    unsure          a statement, or a pair: left open, it stays in the queue
    seal            a person, an event or ID#FIELD: in no case and in no export
    undo            a judgement
    """  # noqa: D301 - click wants the character, not a backslash
    from ostraka.register import Register

    by = by or getuser()
    if not reason.strip():
        raise click.UsageError("--reason says why; a judgement without a reason convinces nobody later")
    with Register.open(address(settings)) as register:
        if verdict in {"correct", "undo"} and len(ids) != 1:
            raise click.UsageError(f"{verdict} names one id, not {len(ids)}")
        if verdict == "correct":
            made = register.correct(ids[0], by=by, reason=reason, saw=saw, **_changes(changes)).id
        elif verdict == "undo":
            made = register.undo(ids[0], by=by, reason=reason)
        else:
            at = datetime.now(UTC).isoformat(timespec="microseconds")
            made = register.judge(Judgement(ids, Verdict(verdict), by, at, reason), saw=saw)
    click.echo(
        envelope({"id": made}, (), Provenance("judge", {"ids": list(ids), "verdict": verdict})) if as_json else made
    )


def _changes(changes: tuple[str, ...]) -> dict[str, Any]:
    """What is set right, as fields of a statement."""
    if not changes or any("=" not in change for change in changes):
        raise click.UsageError("say what is right: --set object=consul, --set when=2016-07, --set status=denied")
    made: dict[str, Any] = dict(change.split("=", 1) for change in changes)
    if unknown := made.keys() - set(_MAY_CHANGE):
        raise click.UsageError(f"{', '.join(sorted(unknown))} cannot be set; what can is {', '.join(_MAY_CHANGE)}")
    if "when" in made:
        made["when"] = When.parse(made["when"])
    if "status" in made:
        if made["status"] not in set(map(str, Status)):
            raise click.UsageError(f"a status is one of {', '.join(map(str, Status))}, not {made['status']!r}")
        made["status"] = Status(made["status"])
    return made


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--word", "words", multiple=True, help="What else tells who it is, such as a surname; may be repeated.")
@click.option("--reason", required=True, help="Why, without the name; kept for ever.")
@click.option("--by", default=None, help="Who erases. [the user of this machine]")
@click.option("--register", default=None, help="Register (sqlite:///FILE).")
@with_json
@with_settings
def erase(
    settings: Settings,
    ids: tuple[str, ...],
    words: tuple[str, ...],
    reason: str,
    by: str | None,
    as_json: bool,
    **_: Any,
) -> None:
    """Take a person, a statement or a report (IDS) out for good; hashes stay, so that the log still verifies."""
    from ostraka.register import Register

    if not ids and not words:
        raise click.UsageError("name what is to be erased: an id, or --word")
    with Register.open(address(settings)) as register:
        rows = register.erase(*ids, by=by or getuser(), reason=reason, words=words)
    say(f"{rows} rows were written over; copies of the register made earlier still hold the words: erase them too")
    click.echo(envelope({"rows": rows}, (), Provenance("erase", {"n_ids": len(ids)})) if as_json else str(rows))


@click.command()
@click.option("--register", default=None, help="Register (sqlite:///FILE).")
@click.option("--head", default="", help="End of the log as noted earlier; finds a log that was cut off.")
@click.option("--refile", is_flag=True, help="Make the file of names anew from the rows first.")
@with_json
@with_settings
def verify(settings: Settings, head: str, refile: bool, as_json: bool, **_: Any) -> None:
    """Find rows changed, deleted or reordered behind the back of the register; exit 1 if there are any."""
    from ostraka.register import Register

    with Register.open(address(settings)) as register:
        if refile:
            register.refile()
        problems = register.verify(head)
        end = register.head()
    if as_json:
        click.echo(envelope({"head": end, "sound": not problems}, problems, Provenance("verify", {"head": head})))
    else:
        for problem in problems:
            click.echo(problem.line())
        click.echo(end)
        say(
            "something is wrong with the register" if problems else "the log is whole; note its end to find a cut later"
        )
    if problems:
        raise SystemExit(EXIT_FOUND)
