"""The questions asked of a regime: what if all diplomats were called home, families kept, a purge begun, a leader lost."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ostraka.case import CONFIDENCES, KINDS, Case
from ostraka.chance import RNG, root_seed
from ostraka.dates import day_number
from ostraka.errors import InputError
from ostraka.model import SECTORS, Confidence, EventKind
from ostraka.simulate.cascade import simulate
from ostraka.simulate.elites import ELITES, GENERIC, KnownElite
from ostraka.simulate.parameters import Parameters
from ostraka.simulate.policy import Policy
from ostraka.simulate.population import DEFAULT_ORGANS, elite_roster
from ostraka.simulate.roster import Roster
from ostraka.simulate.scenario import RecordRate, Scenario

DIPLOMATS = "foreign service"


def record_rate(
    case: Case, *, sector: str = "diplomatic", organ: str = DIPLOMATS, low_confidence: bool = False
) -> RecordRate:
    """How often members of a sector left, as the record shows it.

    Parameters
    ----------
    case : Case
    sector : str
        One of the sectors of the model; empty for all.
    organ : str
        The organ of the roster whose departures these are.
    low_confidence : bool
        Whether to count events of low confidence too.

    Returns
    -------
    RecordRate
        Departures counted once per episode; the dispersion of the yearly counts widens the posterior.

    Notes
    -----
    The record holds what became public: the rate is one of visible departures.

    Examples
    --------
    >>> from datetime import date
    >>> quiet = Case.make("Ruritania", start=date(2000, 1, 1), end=date(2009, 12, 31), as_of=date(2010, 1, 1))
    >>> record_rate(quiet).n
    0
    """
    day, first, last = (
        departure_days(case, sector=sector, low_confidence=low_confidence),
        day_number(case.start),
        day_number(case.end) + 1,
    )
    per_year = np.bincount(((day - first) / 365.25).astype(int), minlength=max(math.ceil((last - first) / 365.25), 1))
    n, years = int(day.size), (last - first) / 365.25
    dispersion = float(per_year.var(ddof=1) / per_year.mean()) if n and per_year.size > 1 else 1.0
    return RecordRate(organ, n, years, max(dispersion, 1.0))


def departure_days(case: Case, *, sector: str = "diplomatic", low_confidence: bool = False) -> NDArray[np.float64]:
    """Day numbers of the departures of a sector (all if empty) in the window, one per episode, shape (departures,)."""
    return _departures(case, sector, low_confidence=low_confidence)[0]


def _departures(
    case: Case, sector: str, *, low_confidence: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Days of departures, and of their first reports, one per episode."""
    if sector and sector not in SECTORS:
        raise InputError(f"sector is one of {', '.join(SECTORS)}, not {sector!r}")
    events = case.arrays
    day = np.where(np.isnan(events.earliest_day), events.latest_day, events.earliest_day)
    day = (day + np.where(np.isnan(events.latest_day), day, events.latest_day)) / 2
    first, last = day_number(case.start), day_number(case.end) + 1
    keep = (events.kind_ix == KINDS.index(EventKind.DEFECTION)) & events.counted
    keep &= (day >= first) & (day < last)
    if sector:
        keep &= events.sector_ix == SECTORS.index(sector)
    if not low_confidence:
        keep &= events.confidence_ix != CONFIDENCES.index(Confidence.LOW)
    _, one = np.unique(events.episode_ix[keep], return_index=True)
    return day[keep][one], events.reported_day[keep][one]


def changing_rate(
    case: Case, *, ahead: float, sector: str = "diplomatic", organ: str = DIPLOMATS, rng: RNG = None
) -> RecordRate:
    """How often members of a sector leave in the time ahead, where the pace may change and reports may come late.

    Parameters
    ----------
    case : Case
        As known on its as-of date.
    ahead : float
        The time ahead, in years; over much more than one it says next to nothing.
    sector, organ
        As in :func:`record_rate`.
    rng : int, SeedSequence, Generator or None

    Returns
    -------
    RecordRate
        With the quantiles of :func:`ostraka.hazard.pace.changing_pace`.

    Examples
    --------
    >>> from datetime import date
    >>> quiet = Case.make("Ruritania", start=date(2000, 1, 1), end=date(2009, 12, 31), as_of=date(2005, 1, 1))
    >>> changing_rate(quiet, ahead=0.5, rng=7).mean < 1
    True
    """
    from ostraka.hazard.pace import changing_pace  # noqa: PLC0415 - slow to import, and only needed here

    day, reported = _departures(case, sector)
    start, look = day_number(case.start), min(day_number(case.as_of), day_number(case.end)) + 1
    known = day < look
    pace = changing_pace(day[known], reported[known], start=start, look=look, ahead=ahead, rng=rng)
    return RecordRate(organ, int(known.sum()), (look - start) / 365.25, 1.0, pace.log_quantiles)


def default_population(case: Case, *, members: int = 1200, rng: RNG = None) -> Roster:
    """The elite assumed for a regime: documented where the record says something, generic and so labelled elsewhere."""
    elite = ELITES.get(case.code, KnownElite(DEFAULT_ORGANS, None, GENERIC))
    return elite_roster(members, organs=elite.organs, abroad=elite.abroad, rng=rng, note=elite.note)


def default_scenarios(
    case: Case,
    *,
    years: float = 5.0,
    members: int = 1200,
    rng: RNG = None,
    roster: Roster | None = None,
    parameters: Parameters | None = None,
) -> tuple[Scenario, ...]:
    """The scenarios of a regime, calibrated so that the first, "as is", loses diplomats as often as the record shows.

    Parameters
    ----------
    case : Case
        The record; time 0 is its as-of date.
    years : float
        Horizon.
    members : int
        Size of the elite that is made up where no `roster` is given.
    rng : int, SeedSequence, Generator or None
        Root of chance for the roster and the calibration.
    roster : Roster or None
        The elite, if known; needs an organ named ``foreign service``.
    parameters : Parameters or None
        What is assumed, if not the defaults; ``base`` is estimated here.

    Returns
    -------
    tuple of Scenario
        As is; all diplomats called home; half of them; families kept home; monitoring tightened; information opened;
        a purge wave; a succession; half called home and the rest watched; a succession amid a purge wave.

    Raises
    ------
    InputError
        If the roster has no foreign service.

    Notes
    -----
    The rate per year of the organ has a Gamma posterior (Jeffreys prior, widened by the dispersion of yearly counts).
    Each replicate draws one rate; the base hazard that gives it is found by pilot runs under "as is".
    """
    root = root_seed(rng)
    people = roster or default_population(case, members=members, rng=root)
    if DIPLOMATS not in people.organs:
        raise InputError(f"the roster needs an organ named {DIPLOMATS!r}; it has {', '.join(people.organs)}")
    as_is = Scenario(
        "As is",
        people,
        parameters or Parameters(),
        years=years,
        begin=case.as_of,
        record=record_rate(case),
        case_digest=case.digest,
        note=people.note,
    )
    return _variants(calibrate(as_is, rng=root))


def _variants(base: Scenario) -> tuple[Scenario, ...]:
    recall = Policy("all diplomats called home", "recall", organs=(DIPLOMATS,))
    half = Policy("half of the diplomats called home", "recall", level=0.5, organs=(DIPLOMATS,))
    family = Policy("families kept home", "hostage_kin", posts=("abroad",))
    watch = Policy("monitoring tightened", "monitor", posts=("abroad",))
    news = Policy("information opened", "information_control", level=-1.0)
    purge = Policy("purge wave", "terror", start=0.0, end=min(1.0, base.years))
    new_leader = Policy("succession", "succession", start=min(0.5, base.years / 2))
    return (
        base,
        base.under(recall, name="All diplomats called home"),
        base.under(half, name="Half of the diplomats called home"),
        base.under(family, name="Families kept home"),
        base.under(watch, name="Monitoring tightened"),
        base.under(news, name="Information opened"),
        base.under(purge, name="Purge wave"),
        base.under(new_leader, name="Succession"),
        base.under(half, watch, name="Half called home, the rest watched"),
        base.under(new_leader, purge, name="Succession amid a purge wave"),
    )


def calibrate(scenario: Scenario, *, rng: RNG = None, pilot: int = 200, rounds: int = 4) -> Scenario:
    """Find the base hazard under which a scenario loses members of the recorded organ as often as the record shows.

    Parameters
    ----------
    scenario : Scenario
        With a `record`.
    rng : int, SeedSequence, Generator or None
    pilot : int
        Replicates of each pilot run.
    rounds : int
        Pilot runs; each corrects the log of the base hazard by what the last one missed.

    Returns
    -------
    Scenario
        With ``base`` estimated: one draw of the posterior per replicate.
    """
    record = scenario.record
    if record is None:
        raise InputError(f"scenario {scenario.name!r} has no record to calibrate to")
    if record.organ not in scenario.roster.organs:
        raise InputError(f"the roster has no organ {record.organ!r}; it has {', '.join(scenario.roster.organs)}")
    if record.log_quantiles:
        return _calibrate_points(scenario, record, root_seed(rng), pilot)
    root = root_seed(rng)
    exposed = max(int(np.sum((scenario.roster.post == 1) & (scenario.roster.organ == _organ_ix(scenario)))), 1)
    value = math.log(record.mean / exposed)
    for _ in range(rounds):
        trial = _with_base(scenario, value)
        lost = simulate(trial, replicates=pilot, rng=root).whole().total((record.organ,))[:, -1].mean() / scenario.years
        if lost == 0.0:
            value += 1.0
            continue
        value += math.log(record.mean / lost)
    return _with_base(scenario, value)


def _organ_ix(scenario: Scenario) -> int:
    return scenario.roster.organs.index(scenario.record.organ) if scenario.record else 0


def _calibrate_points(scenario: Scenario, record: RecordRate, root: int, pilot: int) -> Scenario:
    """The base hazard for each quantile of the rate, read off pilot runs over the range they may need."""
    exposed = max(int(np.sum((scenario.roster.post == 1) & (scenario.roster.organ == _organ_ix(scenario)))), 1)
    low, high = (math.log(rate / exposed) for rate in record.between(0.0, 1.0))
    bases = np.linspace(low - 3.0, high + 0.5, 9)
    lost = [
        simulate(scenario.with_parameters(base=float(base)), replicates=pilot, rng=root)
        .whole()
        .total((record.organ,))[:, -1]
        .mean()
        for base in bases
    ]
    pace = np.log(np.maximum(np.maximum.accumulate(lost), 1e-3) / scenario.years) + 1e-9 * np.arange(bases.size)
    points = np.interp(record.log_quantiles, pace, bases)
    source = (
        f"{record.n} departures from the {record.organ} known by then, the pace let change: {record.mean:.2f} a year"
    )
    return _put_base(scenario, float(np.median(points)), (points[5], points[-6]), source, points=tuple(points.tolist()))


def _with_base(scenario: Scenario, value: float) -> Scenario:
    record = scenario.record
    if record is None:
        raise InputError(f"scenario {scenario.name!r} has no record to calibrate to")
    low, high = (value + math.log(rate / record.mean) for rate in record.between(0.05, 0.95))
    source = (
        f"{record.n} departures from the {record.organ} in {record.years:.1f} years of the record, dispersion "
        f"{record.dispersion:.1f}: {record.mean:.2f} a year"
    )
    return _put_base(scenario, value, (low, high), source, shape=record.shape)


def _put_base(
    scenario: Scenario, value: float, ends: tuple[float, float], source: str, *, shape: float = 0.0,
    points: tuple[float, ...] = (),
) -> Scenario:  # fmt: skip
    entry = replace(
        scenario.parameters["base"], value=value, low=float(ends[0]), high=float(ends[1]), basis="estimated",
        source=source, shape=shape, points=points,
    )  # fmt: skip
    return replace(scenario, parameters=scenario.parameters.put([entry]))
