"""Ask a case the six questions."""

from __future__ import annotations

import numpy as np

from ostraka.case import Case
from ostraka.chance import RNG, root_seed, stream
from ostraka.dates import day_number
from ostraka.errors import InputError
from ostraka.provenance import Provenance
from ostraka.watch.alarms import Alarms, RateBand
from ostraka.watch.bins import record_edges, year_edges
from ostraka.watch.bunching import Evenness, evenness
from ostraka.watch.comparison import DRAWS, FEWEST_EFFECTIVE, Comparison, Explanation, compare
from ostraka.watch.delay import MIN_DELAYS, DelayLaw, poisson_mixture, unreported
from ostraka.watch.departures import Denominator, Departures, departures
from ostraka.watch.exposure import CONSTANT, Effort, Sight, delay_of
from ostraka.watch.inputs import Floats, probability
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.next_year import Outlook, outlook_of_contagion
from ostraka.watch.ratepath import RatePath
from ostraka.watch.rates import base_rate
from ostraka.watch.reckoning import reckon

_QUANTILES = 32


def watch(
    case: Case,
    *,
    denominator: Denominator | str = Denominator.ALL,
    level: float = 0.90,
    effort: Effort = CONSTANT,
    n_draws: int = DRAWS,
    rng: RNG = None,
) -> Alarms:
    """Is it more than usual: base rate, end of the record, changes, contagion, not yet reported, next year.

    Parameters
    ----------
    case : Case
        Its as-of day is "now".
    denominator : Denominator or str
        What is counted in the answers (b) to (f); the base rate is given for every denominator.
    level : float
        Probability of the intervals of rates.
    effort : Effort
        Reporting effort as a step function; constant if not given.
    n_draws : int
        Sets of dates drawn within the intervals.
    rng : int, SeedSequence, Generator or None
        For the dates drawn.

    Returns
    -------
    Alarms

    Raises
    ------
    InputError
        If the denominator is unknown, the level no probability, or the case ends before it begins.

    Examples
    --------
    >>> from ostraka.case import shipped_case
    >>> alarms = watch(shipped_case("DPRK"), n_draws=20, rng=1)
    >>> alarms.status.value, alarms.comparison.why.value
    ('usual', 'bunched, cannot tell why')
    """
    probability("level", level)
    root = root_seed(rng)
    all_found = {each: departures(case, each) for each in Denominator}
    mine = departures(case, denominator)
    now_day = float(day_number(case.as_of) + 1)
    if now_day <= mine.start_day:
        raise InputError(f"the as-of day {case.as_of} lies before the window, which begins on {case.start}")
    delay = delay_of(all_found[Denominator.ALL], now_day)
    sight = Sight(delay, now_day, effort)
    edges = record_edges(mine.start_day, min(mine.end_day, now_day))
    exposure = sight.seen(edges)
    comparison = _compare(mine, edges, exposure, n_draws=n_draws, root=root)
    path = None if comparison is None else comparison.rate_through_time()
    kind = Denominator(denominator)
    constant = base_rate(len(mine), float(exposure.sum()), level=level).law
    return Alarms(
        regime=case.regime,
        start=case.start,
        end=case.end,
        as_of=case.as_of,
        denominator=kind,
        level=level,
        departures=mine,
        reckonings=tuple(
            reckon(
                found,
                each,
                sight,
                without_duplicates=len(departures(case, each, duplicates=False)),
                level=level,
                rng=stream(root, f"watch.end_scan.{each}"),
            )
            for each, found in all_found.items()
        ),
        band=None if path is None else _band(path, edges),
        comparison=comparison,
        evenness=_evenness(mine, sight, root) if len(mine) else None,
        delay=delay,
        unreported=_unreported(path, sight, edges, constant),
        outlooks=_outlooks(constant, comparison, effort=float(effort.at(now_day)), root=root),
        notes=_notes(effort, delay, comparison),
        problems=mine.problems,
        provenance=Provenance(
            "watch",
            {"denominator": str(kind), "level": level, "effort": effort.name, "n_draws": n_draws},
            seed=root,
            case_digest=case.digest,
        ),
    )


def _compare(mine: Departures, edges: Floats, exposure: Floats, *, n_draws: int, root: int) -> Comparison | None:
    if not len(mine):
        return None
    known = bool((mine.high_day - mine.low_day <= 1.0).all())
    return compare(mine, edges, exposure, rng=stream(root, "watch.impute_dates"), n_draws=1 if known else n_draws)


def _band(path: RatePath, edges: Floats) -> RateBand:
    low90, low50, median, high50, high90 = (path.quantiles(p) for p in (0.05, 0.25, 0.5, 0.75, 0.95))
    return RateBand(edges, median, low50, high50, low90, high90, path.p_change_after())


def _evenness(mine: Departures, sight: Sight, root: int) -> Evenness:
    """On calendar years, for the middle dates."""
    edges = year_edges(mine.start_day, min(mine.end_day, sight.now_day))
    counts, _ = np.histogram(np.minimum(mine.middle_day, edges[-1]), edges)
    return evenness(counts, sight.seen(edges), rng=int(stream(root, "watch.evenness.root").integers(1 << 62)))


def _unreported(path: RatePath | None, sight: Sight, edges: Floats, constant: GammaMixture) -> Floats:
    """Law of the number not yet reported; the rates of all bins rise and fall together (the careful side)."""
    unseen = sight.unseen_by_bin(edges)
    if path is None:
        return unreported(constant, unseen.sum(axis=0), sight.delay.weight)
    steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    expected = np.stack([path.quantiles(p) for p in steps]) @ unseen
    weight = np.broadcast_to(sight.delay.weight / _QUANTILES, expected.shape)
    return poisson_mixture(expected.ravel(), weight.ravel())


def _outlooks(
    constant: GammaMixture, comparison: Comparison | None, *, effort: float, root: int
) -> tuple[Outlook, ...]:
    """The next twelve months, as far as they will become public."""
    found = [Outlook(str(Explanation.CONSTANT), constant.count_pmf(effort))]
    if comparison is not None:
        changed = comparison.changed_rate_now().count_pmf(effort)
        paths = stream(root, "watch.next_year")
        found.append(Outlook(str(Explanation.CHANGED), changed))
        found.append(
            Outlook(str(Explanation.CONTAGION), outlook_of_contagion(comparison.trigger, 1.0, paths, effort=effort))
        )
    return tuple(found)


def _notes(effort: Effort, delay: DelayLaw, comparison: Comparison | None) -> tuple[str, ...]:
    notes = [
        f"Reporting effort: {effort.name}.",
        "Departures that are never reported are not in any number; the share of them is not known.",
    ]
    if delay.n_delays < MIN_DELAYS:
        notes.append(f"Only {delay.n_delays} reporting delays are known; their law is mostly an assumption.")
    if comparison is not None and comparison.n_draws > 1 and comparison.n_effective.min() < FEWEST_EFFECTIVE:
        notes.append("The vague dates matter: few of the dates drawn carry the comparison, which is rough.")
    return tuple(notes)
