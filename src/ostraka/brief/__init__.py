"""One self-contained page that answers what a report says, each figure leading back to a sentence or a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ostraka.brief.dossier import Dossier, Progress, collect
from ostraka.brief.page import render
from ostraka.chance import RNG
from ostraka.errors import Problem
from ostraka.provenance import Provenance

__all__ = ["Brief", "Dossier", "make_brief"]


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """A brief: the page, and everything it was made from.

    Attributes
    ----------
    html : str
        The page; one file that loads nothing.
    dossier : Dossier
        Readings, links, cases, alarms, claims, effects, forecast.
    """

    html: str
    dossier: Dossier

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the data."""
        return self.dossier.problems

    @property
    def provenance(self) -> Provenance:
        """What is needed to make it again."""
        return self.dossier.provenance

    def summary(self) -> str:
        """The answers in plain words."""
        dossier = self.dossier
        parts = [dossier.alarms.summary(), *(check.summary() for check in dossier.checks), dossier.effects.summary()]
        return "\n\n".join([*parts, *([dossier.outlook.summary()] if dossier.outlook else [])])

    def to_json(self) -> dict[str, Any]:
        """The answers as plain JSON values."""
        dossier = self.dossier
        return {
            "regime": dossier.case.regime,
            "as_of": dossier.case.as_of.isoformat(),
            "links": [link.to_json() for links in dossier.links.values() for link in links.values()],
            "watch": dossier.alarms.to_json(),
            "watch_with_hindsight": dossier.hindsight.to_json(),
            "claims": [check.to_json() for check in dossier.checks],
            "policies": dossier.effects.to_json(),
            "one_departure": dossier.one.to_json(),
            "collapse": dossier.surface.to_json(),
            "forecast": dossier.outlook.to_json() if dossier.outlook else None,
        }


def make_brief(
    paths: Sequence[str | Path],
    *,
    regime: str = "North Korea",
    register: str = "",
    published: date | None = None,
    as_of: date | None = None,
    manifest: str | Path | None = None,
    level: float = 0.90,
    replicates: int | None = None,
    rng: RNG = None,
    command: str = "",
    progress: Progress | None = None,
) -> Brief:
    """The main job: reports in, a brief out.

    Reads the reports, meets them with the record, freezes what was knowable on the day of the last report,
    and asks: is it more than usual, do the numbers claimed hold, what follows under which policy, how near
    is the regime to breaking.

    Parameters
    ----------
    paths : sequence of path
        Text, HTML or PDF files, or folders of them.
    regime : str
        A shipped record by its regime, or a case folder.
    register : str
        Address of a register that keeps the statements; empty for a temporary one.
    published : date, optional
        Day the reports were printed, where they do not say.
    as_of : date, optional
        Use only what was printed by this day; by default the day of the last report.
    manifest : path, optional
        CSV with ``path, published, url, title, publisher, lang``.
    level : float
        Probability that printed intervals hold.
    replicates : int, optional
        Simulated futures for each policy.
    rng : int, SeedSequence, Generator or None
        Root of chance; recorded in the result.
    command : str
        How the page says it can be made again.
    progress : callable, optional
        Told the name of each stage as it begins.

    Returns
    -------
    Brief

    Raises
    ------
    InputError
        If no report can be read, the regime is unknown or a path is missing.

    Examples
    --------
    >>> from importlib.resources import files
    >>> examples = files("ostraka.data") / "examples"
    >>> brief = make_brief([str(examples / "london-2016.txt")], replicates=20, rng=7)
    >>> brief.html.startswith("<!doctype html>"), brief.provenance.seed
    (True, 7)
    """
    dossier = collect(
        [Path(path) for path in paths],
        regime=regime,
        register=register,
        published=published,
        as_of=as_of,
        manifest=Path(manifest) if manifest else None,
        level=level,
        replicates=replicates,
        rng=rng,
        command=command,
        progress=progress,
    )
    return Brief(render(dossier), dossier)
