"""Ask a case the six questions."""

from __future__ import annotations

from datetime import date

import numpy as np

from ostraka.case import Case
from ostraka.chance import RNG, root_seed, stream
from ostraka.provenance import Provenance
from ostraka.watch.alarms import Alarms, MonthlyWatch, RateBand
from ostraka.watch.answers import Answers
from ostraka.watch.asked import ask_since
from ostraka.watch.bins import month_edges, year_edges
from ostraka.watch.bunching import Evenness, evenness
from ostraka.watch.comparison import DRAWS, FEWEST_EFFECTIVE, Comparison
from ostraka.watch.delay import MIN_DELAYS
from ostraka.watch.departures import Denominator, Departures, departures, departures_of, told_apart
from ostraka.watch.effort import CONSTANT, Effort, effort_alternatives
from ostraka.watch.inputs import probability
from ostraka.watch.online import cusum, tuned_cusum
from ostraka.watch.ratepath import RatePath
from ostraka.watch.reckoning import Reckoning, reckon
from ostraka.watch.seen import SeenCase
from ostraka.watch.sight import Delays, Sight
from ostraka.watch.variants import variants, versions_of

ARL_YEARS = 30
"""The monthly CUSUM cries wolf once in so many years, on average."""

MOST_MONTHS, MOST_PER_MONTH = 2400, 12.0


def watch(
    case: Case,
    *,
    denominator: Denominator | str = Denominator.ALL,
    level: float = 0.90,
    effort: Effort = CONSTANT,
    never_reported: float = 0.0,
    since: date | None = None,
    n_draws: int = DRAWS,
    rng: RNG = None,
) -> Alarms:
    """Is it more than usual: base rate, end of the record, changes, contagion, not yet reported, next year.

    Parameters
    ----------
    case : Case
        Its as-of day is "now".
    denominator : Denominator or str
        What is counted in the answers (b) to (f); the base rate is given for every denominator that the case can
        tell apart (no diplomats in a record without sectors).
    level : float
        Probability of the intervals of rates.
    effort : Effort
        Reporting effort as a step function; constant if not given. What other efforts would change is shown.
    never_reported : float
        Share of departures that are never reported, from 0 to below 1: a number of yours, for no record tells it.
    since : date, optional
        First day of a window to be asked about.
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
    root, kind = root_seed(rng), departures_of(denominator)
    counted = tuple(each for each in Denominator if each in {*told_apart(case), kind})
    seen = SeenCase.of(case, root=root, effort=effort, never_reported=never_reported, denominators=counted)
    mine, sight, delays = seen.found[kind], seen.sights[kind], seen.delays
    answers = Answers.of(mine, sight, n_draws=n_draws, root=root)
    late = Sight(delays.late, seen.now_day, effort) if delays.change.warns else None
    efforts = _efforts(case, effort)
    parameters = {
        "denominator": str(kind),
        "level": level,
        "effort": effort.name,
        "never_reported": never_reported,
        "since": None if since is None else since.isoformat(),
        "n_draws": n_draws,
    }
    return Alarms(
        regime=case.regime,
        start=case.start,
        end=case.end,
        as_of=case.as_of,
        denominator=kind,
        level=level,
        departures=mine,
        reckonings=_reckonings(seen, level=level, root=root),
        asked=None if since is None else ask_since(mine, since, sight, rng=root),
        band=None if answers.path is None else _band(answers.path, answers),
        comparison=answers.comparison,
        evenness=_evenness(mine, sight, root) if len(mine) else None,
        monthly=_monthly(mine, sight),
        delay=sight.delay,
        delays=delays,
        unreported=answers.unreported(),
        unreported_late=None if late is None else answers.unreported(late),
        outlooks=answers.outlooks(),
        variants=variants(versions_of(case, kind), delays, seen.now_day, known=answers, efforts=efforts, root=root),
        notes=_notes(effort, delays, answers.comparison, mine),
        problems=mine.problems,
        provenance=Provenance("watch", parameters, seed=root, case_digest=case.digest),
    )


def _reckonings(seen: SeenCase, *, level: float, root: int) -> tuple[Reckoning, ...]:
    return tuple(
        reckon(
            found,
            each,
            seen.sights[each],
            without_duplicates=len(departures(seen.case, each, duplicates=False)),
            level=level,
            rng=stream(root, f"watch.end_scan.{each}"),
        )
        for each, found in seen.found.items()
    )


def _efforts(case: Case, effort: Effort) -> dict[str, Effort]:
    """The effort assumed, then the named alternatives to it."""
    others = effort_alternatives(case.start, case.end)
    return {effort.name: effort} | {name: other for name, other in others.items() if other != effort}


def _monthly(mine: Departures, sight: Sight) -> MonthlyWatch | None:
    """A CUSUM over months at the mean of the record, tuned to a five-fold rise and a false alarm in 30 years."""
    edges = month_edges(mine.start_day, min(mine.end_day, sight.now_day), 1)
    counts, _ = np.histogram(np.minimum(mine.middle_day, edges[-1]), edges)
    mean = max(len(mine), 0.5) / counts.size
    if counts.size > MOST_MONTHS or mean > MOST_PER_MONTH:
        return None
    k, h = tuned_cusum(mean, arl=ARL_YEARS * 12)
    return MonthlyWatch(edges, cusum(counts, mean=mean, k=k, h=h))


def _band(path: RatePath, answers: Answers) -> RateBand:
    low90, low50, median, high50, high90 = (path.quantiles(p) for p in (0.05, 0.25, 0.5, 0.75, 0.95))
    now = answers.constant if answers.comparison is None else answers.comparison.changed_rate_now()
    if_changed = (now.quantile(0.05), now.quantile(0.5), now.quantile(0.95))
    return RateBand(answers.edges, median, low50, high50, low90, high90, path.p_change_after(), if_changed)


def _evenness(mine: Departures, sight: Sight, root: int) -> Evenness:
    """On calendar years, for the middle dates."""
    edges = year_edges(mine.start_day, min(mine.end_day, sight.now_day))
    counts, _ = np.histogram(np.minimum(mine.middle_day, edges[-1]), edges)
    return evenness(counts, sight.seen(edges), rng=int(stream(root, "watch.evenness.root").integers(1 << 62)))


def _notes(effort: Effort, delays: Delays, comparison: Comparison | None, mine: Departures) -> tuple[str, ...]:
    notes = [f"Reporting effort: {effort.name}."]
    never = next(iter(delays.by_sector.values())).never_reported
    if never:
        notes.append(f"{never:.0%} of departures are taken to be never reported, as you said.")
    else:
        notes.append("Departures that are never reported are not in any number; no record tells their share.")
    if delays.n_delays < MIN_DELAYS:
        notes.append(f"Only {delays.n_delays} reporting delays are known; their law is mostly an assumption.")
    if delays.change.warns:
        notes.append(
            f"The delay of reports seems to have changed (median {delays.change.median_early_days:.0f} days in the "
            f"earlier half, {delays.change.median_late_days:.0f} in the later); see the number not yet reported under the later law."
        )
    if mine.open_ended.any():
        notes.append(
            f"Entries that are lower bounds (at least so many): {int(mine.open_ended.sum())}; so are the counts."
        )
    if comparison is not None and comparison.n_draws > 1 and comparison.n_effective.min() < FEWEST_EFFECTIVE:
        notes.append("The vague dates matter: few of the dates drawn carry the comparison, which is rough.")
    return tuple(notes)
