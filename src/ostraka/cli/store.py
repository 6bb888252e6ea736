"""Verbs of the register: queue, judge, verify."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from typing import Any

import click

from ostraka.cli.options import with_json, with_settings
from ostraka.cli.talk import envelope, say
from ostraka.config import Settings
from ostraka.errors import InputError
from ostraka.model import Judgement, Verdict
from ostraka.provenance import Provenance

EXIT_FOUND = 1


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
    if as_json:
        names = ("kind", "a", "b", "a_label", "b_label", "score")
        data = [{name: getattr(doubt, name) for name in names} | {"why": list(doubt.why)} for doubt in doubts]
        click.echo(envelope(data, (), Provenance("queue", {"regime": settings.regime})))
        return
    for doubt in doubts:
        click.echo(f"{doubt.kind}: {doubt.a_label} = {doubt.b_label}? {'; '.join(doubt.why)}")
        click.echo(f"    ostraka judge {doubt.a} {doubt.b} merge|split|unsure --reason WHY")
    say(f"{len(doubts)} to decide")


@click.command()
@click.argument("ids", nargs=-1, required=True)
@click.argument("verdict", type=click.Choice([str(verdict) for verdict in Verdict]))
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
    reason: str,
    by: str | None,
    saw: str,
    as_json: bool,
    **_: Any,
) -> None:
    """Decide about a statement (IDS: one id) or a pair (two ids): accept, reject, unsure, merge, split."""
    from ostraka.register import Register

    at = datetime.now(UTC).isoformat(timespec="seconds")
    decided = Judgement(ids, Verdict(verdict), by or getuser(), at, reason)
    with Register.open(address(settings)) as register:
        made = register.judge(decided, saw=saw)
    click.echo(
        envelope({"id": made}, (), Provenance("judge", {"ids": list(ids), "verdict": verdict})) if as_json else made
    )


@click.command()
@click.option("--register", default=None, help="Register (sqlite:///FILE).")
@click.option("--head", default="", help="End of the log as noted earlier; finds a log that was cut off.")
@with_json
@with_settings
def verify(settings: Settings, head: str, as_json: bool, **_: Any) -> None:
    """Find rows changed, deleted or reordered behind the back of the register; exit 1 if there are any."""
    from ostraka.register import Register

    with Register.open(address(settings)) as register:
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
