"""The main job: reports in, everything a brief needs out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ostraka.brief.people import Links
from ostraka.case import Case, load_case, shipped_folder
from ostraka.chance import RNG, root_seed
from ostraka.errors import InputError, Problem
from ostraka.forecast import Forecast, forecast, last_year_known
from ostraka.provenance import Provenance
from ostraka.read import Reading, read_paths
from ostraka.register import Register
from ostraka.simulate import (
    CollapseSurface,
    Effects,
    Followers,
    collapse_surface,
    compare,
    default_scenarios,
    followers,
)
from ostraka.simulate.scenarios import DIPLOMATS
from ostraka.watch import Alarms, ClaimCheck, check_claims, watch

REPLICATES = 400
"""Simulated futures for each policy, unless the user says otherwise."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that one brief shows.

    Parameters
    ----------
    readings : tuple of Reading
        The reports as read.
    links : mapping
        For each report (by id) what its persons and events met in the record, by kind and label.
    case : Case
        What was knowable on the day of the report, the report itself included.
    record : Case
        The same with today's record.
    compiled : Case
        Today's record alone, without the reports.
    alarms, hindsight : Alarms
        Watch on `case` and on `record`.
    checks : tuple of ClaimCheck
    effects : Effects
    surface : CollapseSurface
        Where the coalition would break, over what nobody can measure.
    one : Followers
        What the departure of one diplomat sets off.
    outlook : Forecast or None
        None where no cross-national data know the regime; `problems` says so.
    problems : tuple of Problem
    provenance : Provenance
    """

    readings: tuple[Reading, ...]
    links: Links
    case: Case
    record: Case
    compiled: Case
    alarms: Alarms
    hindsight: Alarms
    checks: tuple[ClaimCheck, ...]
    effects: Effects
    surface: CollapseSurface
    one: Followers
    outlook: Forecast | None
    problems: tuple[Problem, ...]
    provenance: Provenance


def collect(
    paths: Sequence[Path],
    *,
    regime: str,
    register: str = "",
    published: date | None = None,
    as_of: date | None = None,
    manifest: Path | None = None,
    level: float = 0.90,
    replicates: int | None = None,
    rng: RNG = None,
    command: str = "",
    progress: Progress | None = None,
) -> Dossier:
    """Read, register, freeze, watch, simulate, forecast."""
    tell = progress or _silent
    root = root_seed(rng)
    record, problems = _record(regime)
    tell("reading")
    readings, found = _read(paths, manifest=manifest, published=published)
    tell("matching with the record")
    day = as_of or max((r.report.published for r in readings if r.report.published), default=None)
    frozen = _freeze(register, record, readings, as_of=day)
    case = frozen.case
    claims = [claim for reading in readings for claim in reading.claims]
    tell("watching")
    alarms, hindsight = (watch(each, level=level, rng=root) for each in (case, frozen.record))
    checks = check_claims(case, claims, hindsight=frozen.record, level=level, rng=root)
    tell("simulating policies")
    scenarios = default_scenarios(case, rng=root)
    effects = compare(scenarios[0], scenarios[1:], replicates=replicates or REPLICATES, rng=root)
    surface = collapse_surface(scenarios[0], rng=root)
    one = followers(scenarios[0], organ=DIPLOMATS, rng=root)
    tell("forecasting")
    outlook, unknown = _outlook(case, level)
    parameters = {
        "regime": case.regime,
        "as_of": str(case.as_of),
        "level": level,
        "replicates": effects.baseline.replicates,
        "reports": [reading.report.sha256 for reading in readings],
        "record": record.digest,
    }
    return Dossier(
        readings=readings,
        links=frozen.links,
        case=case,
        record=frozen.record,
        compiled=record,
        alarms=alarms,
        hindsight=hindsight,
        checks=checks,
        effects=effects,
        surface=surface,
        one=one,
        outlook=outlook,
        problems=tuple(dict.fromkeys([*problems, *found, *frozen.problems, *unknown])),
        provenance=Provenance(command or "ostraka.make_brief", parameters, seed=root, case_digest=case.digest),
    )


@dataclass(frozen=True, slots=True)
class _Frozen:
    """Reports and record met: what was knowable on the day, and today."""

    case: Case
    record: Case
    links: Links
    problems: tuple[Problem, ...]


def _freeze(register: str, record: Case, readings: Sequence[Reading], *, as_of: date | None) -> _Frozen:
    with Register(register) as store:
        store.add_case(record)
        for reading in readings:
            store.add(reading)
        case, problems = store.freeze(record.regime, as_of=as_of)
        full, _ = store.freeze(record.regime)
        links = {
            reading.report.id: {(link.kind, link.label): link for link in store.links(reading.report.id)}
            for reading in readings
        }
    return _Frozen(case, full, links, problems)


def _silent(_: str) -> None:
    """No progress wanted."""


def _record(regime: str) -> tuple[Case, list[Problem]]:
    """The case folder or shipped record a brief starts from."""
    folder = Path(regime)
    case, problems = load_case(folder if folder.is_dir() else shipped_folder(regime))
    return case, list(problems)


def _read(
    paths: Sequence[Path], *, manifest: Path | None, published: date | None
) -> tuple[tuple[Reading, ...], list[Problem]]:
    readings: dict[str, Reading] = {}
    problems: list[Problem] = []
    for _, reading, found in read_paths(paths, manifest=manifest, published=published):
        problems += found
        if reading is not None:
            readings.setdefault(reading.report.id, reading)
    if not readings:
        said = "; ".join(problem.line() for problem in problems) or "the folders hold no text, HTML or PDF files"
        raise InputError(f"no report could be read: {said}")
    return tuple(readings.values()), problems


def _outlook(case: Case, level: float) -> tuple[Forecast | None, list[Problem]]:
    """The forecast from data that end before the day of the case; None where no data know the regime."""
    try:
        return forecast(case.regime, origin=min(case.as_of.year - 1, last_year_known()), level=level), []
    except InputError as error:
        return None, [Problem("forecast", str(error))]
