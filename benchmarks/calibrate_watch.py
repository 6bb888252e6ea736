"""Do the answers of the watch keep their promises: coverage, size and power on simulated records.

Run ``python benchmarks/calibrate_watch.py`` for the full study (minutes on one core), with ``--short`` for a
quick look, with ``--only NAME`` for one table. The tables of docs/explanation/watch.md come from here.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ostraka.watch import Departures, base_rate, compare, end_scan, rate_changes, reporting_delay, unreported
from ostraka.watch.changes import pooled_prior
from ostraka.watch.comparison import Comparison, Explanation, Why
from ostraka.watch.delay import DelayLaw
from ostraka.watch.effort import Effort
from ostraka.watch.exposure import bin_exposure, seen_exposure, unseen_exposure
from ostraka.watch.mixtures import GammaMixture, count_quantile
from ostraka.watch.pieces import recent_places

YEAR = 365.25
YEARS = 30.0
RISE = (0.7, 3.5)
LAST = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)

Flags = NDArray[np.bool_]
Times = NDArray[np.float64]
Row = Sequence[object]
Table = tuple[str, Row, list[Row]]


def poisson_times(draw: np.random.Generator, rate: float, start: float, end: float) -> Times:
    return start + draw.random(draw.poisson(rate * (end - start))) * (end - start)


def step_times(draw: np.random.Generator, last: float) -> Times:
    """A record of 30 years whose rate rose five-fold so many years ago."""
    return np.concatenate(
        [poisson_times(draw, RISE[0], 0, YEARS - last), poisson_times(draw, RISE[1], YEARS - last, YEARS)]
    )


def hawkes_times(draw: np.random.Generator, rate: float, branching: float, lag: float) -> Times:
    """A self-exciting record in its long-run state: ten years of run-up are thrown away."""
    parents = poisson_times(draw, rate * (1 - branching), -10.0, YEARS)
    found = [parents]
    while parents.size:
        children = draw.poisson(branching, parents.size)
        parents = np.repeat(parents, children) + draw.exponential(lag, int(children.sum()))
        parents = parents[parents < YEARS]
        found.append(parents)
    times = np.concatenate(found)
    return np.sort(times[times >= 0])


def share(held: Sequence[bool] | Flags) -> str:
    return f"{np.mean(held):.3f}"


def base_rates(draw: np.random.Generator, n: int) -> Table:
    rows: list[Row] = []
    found = [base_rate(int(draw.poisson(YEARS)), YEARS) for _ in range(4 * n)]
    rows.append(("constant, 1 a year", "Jeffreys", share([r.jeffreys[0] <= 1 <= r.jeffreys[1] for r in found])))
    rows.append(("constant, 1 a year", "Garwood", share([r.garwood[0] <= 1 <= r.garwood[1] for r in found])))
    for branching in (0.0, 0.5, 0.7):
        plain, averaged = [], []
        for _ in range(n):
            times = hawkes_times(draw, 1.0, branching, 0.25)
            low, high = base_rate(times.size, YEARS).jeffreys
            plain.append(low <= 1 <= high)
            if times.size:
                low, high = compared(times, draw).base_rate_interval()
                averaged.append(low <= 1 <= high)
        rows.append((f"contagion {branching:g}, 1 a year", "Jeffreys", share(plain)))
        rows.append((f"contagion {branching:g}, 1 a year", "averaged over explanations", share(averaged)))
    return "Cover of the 90 % interval of the base rate", ("record", "interval", "cover"), rows


def compared(times: Times, draw: np.random.Generator, *, vague: bool = False, n_draws: int = 60) -> Comparison:
    """The comparison of explanations for times in years; dates known to the year only if vague."""
    low = np.floor(times) * YEAR if vague else times * YEAR
    high = (np.floor(times) + 1) * YEAR if vague else low + 0.5
    found = Departures.of_days(low, np.minimum(high, YEARS * YEAR), start_day=0.0, end_day=YEARS * YEAR)
    edges = np.linspace(0, YEARS * YEAR, 61)
    return compare(found, edges, np.full(60, 0.5), rng=draw, n_draws=n_draws)


def changes(draw: np.random.Generator, n: int) -> Table:
    rows: list[Row] = []
    records = (("no change", None), *((f"rise {x:g} years ago", x) for x in LAST))
    for near, (name, last) in ((near, record) for near in (False, True) for record in records):
        p, rate, given, careful, ahead = [], [], [], [], []
        for _ in range(2 * n if last is None else n):
            times = poisson_times(draw, 1.0, 0, YEARS) if last is None else step_times(draw, last)
            counts = np.histogram(times, np.linspace(0, YEARS, 121))[0]
            shape, b = pooled_prior(int(counts.sum()), YEARS)
            span = np.full(120, 0.25)
            found = rate_changes(counts, span, shape=shape, rate=b, place=recent_places(span) if near else None)
            p_changes = found.p_changes()
            truth = 1.0 if last is None else RISE[1]
            law, changed = found.current_rate(), found.current_rate([0.0, *[0.25] * 4])
            (low, high), (low_if, high_if) = law.interval(), changed.interval()
            p.append(1 - p_changes[0])
            rate.append(low <= truth <= high)
            given.append(low_if <= truth <= high_if)
            careful.append(min(low, low_if) <= truth <= max(high, high_if))
            pmf = law.count_pmf(1.0)
            ahead.append(count_quantile(pmf, 0.05) <= draw.poisson(truth) <= count_quantile(pmf, 0.95))
        above = [share(np.array(p) > x) for x in (0.5, 0.8, 0.9, 0.95)]
        rows.append(
            (
                name,
                "nearer is likelier" if near else "even",
                *above,
                share(rate),
                share(given),
                share(careful),
                share(ahead),
            )
        )
    head = (
        "record",
        "places",
        "P > .5",
        "P > .8",
        "P > .9",
        "P > .95",
        "rate now",
        "rate now, given a change",
        "hull of both",
        "next year",
    )
    return "Probability of a change, and cover of 90 % intervals (quarters, five-fold rise)", head, rows


def ends(draw: np.random.Generator, n: int) -> Table:
    rows: list[Row] = []

    def row(name: str, make: Callable[[], Times], size: int, longest: float | None) -> None:
        p = np.array([end_scan(np.maximum(YEARS - make(), 0.0), YEARS, longest=longest).p for _ in range(size)])
        rows.append(
            (name, "any" if longest is None else f"{longest:g} years", *(share(p < x) for x in (0.10, 0.05, 0.01)))
        )

    for longest in (None, 5.0):
        row("constant, 1 a year (size)", partial(poisson_times, draw, 1.0, 0, YEARS), 8 * n, longest)
        for last in LAST[:-1]:
            row(f"rise {last:g} years ago (power)", partial(step_times, draw, last), n, longest)
        for branching in (0.3, 0.5, 0.7):
            row(f"contagion {branching:g}", partial(hawkes_times, draw, 1.0, branching, 0.25), n, longest)
    return "End-scan: share of records with p below", ("record", "longest window", ".10", ".05", ".01"), rows


def wave_times(draw: np.random.Generator, n_waves: int, length: float, rate: float) -> Times:
    """A quiet record, half an event a year, with waves of a higher rate at random times: no contagion in it."""
    begins = draw.random(n_waves) * (YEARS - length)
    waves = [poisson_times(draw, rate - 0.5, begin, begin + length) for begin in begins]
    return np.sort(np.concatenate([poisson_times(draw, 0.5, 0, YEARS), *waves]))


EXPLAINED: tuple[tuple[str, Callable[[np.random.Generator], Times]], ...] = (
    ("constant", lambda draw: poisson_times(draw, 1.0, 0, YEARS)),
    ("rise 3 years ago", lambda draw: step_times(draw, 3.0)),
    ("rise 5 years ago", lambda draw: step_times(draw, 5.0)),
    ("two waves of 2 years at 4 a year", lambda draw: wave_times(draw, 2, 2.0, 4.0)),
    ("two waves of 1 year at 6 a year", lambda draw: wave_times(draw, 2, 1.0, 6.0)),
    ("three waves of 1 year at 6 a year", lambda draw: wave_times(draw, 3, 1.0, 6.0)),
    ("contagion .5, lag .1", lambda draw: hawkes_times(draw, 1.0, 0.5, 0.1)),
    ("contagion .5, lag .5", lambda draw: hawkes_times(draw, 1.0, 0.5, 0.5)),
    ("contagion .7, lag .25", lambda draw: hawkes_times(draw, 1.0, 0.7, 0.25)),
    ("contagion .3, lag .25", lambda draw: hawkes_times(draw, 1.0, 0.3, 0.25)),
)


def explanations(draw: np.random.Generator, n: int) -> Table:
    rows: list[Row] = []
    for vague, size in ((False, n), (True, max(n // 3, 10))):
        for name, make in EXPLAINED:
            p, words, effective, one_change, over_one = [], [], [], [], []
            for _ in range(size):
                times = make(draw)
                if times.size < 2:
                    continue
                found = compared(times, draw, vague=vague)
                p.append(list(found.p((0.5, 0.25, 0.25)).values()))
                words.append(found.why)
                log_odds = found.log_evidence[[0, 1, -1]] + np.log([0.5, 0.25, 0.25])
                one_change.append(float(np.exp(log_odds[2] - np.logaddexp.reduce(log_odds))))
                over_one.append(bool(found.log_evidence[-1] - found.log_evidence[:2].max() > np.log(20)))
                effective.append(found.n_effective[-1] / found.n_draws)
            mean = np.array(p).mean(axis=0)
            contagion = np.array(p)[:, list(Explanation).index(Explanation.TRIGGERED)]
            rows.append((
                name, "year" if vague else "day", *(f"{x:.2f}" for x in mean), share(contagion > 0.8),
                f"{np.mean(one_change):.2f}", share(np.array(one_change) > 0.8),
                share(over_one), share([w is Why.CONTAGION for w in words]), share([w is Why.CHANGED for w in words]), f"{np.mean(effective):.2f}",
            ))  # fmt: skip
    head = (
        "record",
        "dates",
        "constant",
        "changed",
        "contagion",
        "P(contagion) > .8",
        "contagion against one change",
        "the same > .8",
        "20:1 over one change",
        "says contagion",
        "says changed",
        "draws that count",
    )
    return "Mean probability of each explanation (prior .5/.25/.25), and what is said", head, rows


def delays(draw: np.random.Generator, n: int) -> Table:
    rows: list[Row] = []
    for name, rate, median, spread in (
        ("median .5 years, spread 1.2", 1.0, 0.5, 1.2),
        ("median 1.5 years, spread 1.2", 1.0, 1.5, 1.2),
        ("median .5 years, spread 1.8", 1.0, 0.5, 1.8),
        ("the first at .6 a year", 0.6, 0.5, 1.2),
    ):
        hidden, recent, naive = [], [], []
        for _ in range(n):
            event = poisson_times(draw, rate, 0, YEARS)
            report = event + median * np.exp(spread * draw.standard_normal(event.size))
            seen = report <= YEARS
            age = YEARS - event[seen]
            law = reporting_delay((report - event)[seen] * YEAR, age * YEAR)
            hidden.append(covers_unseen(law, int(seen.sum()), int((~seen).sum())))
            late = int((event[seen] > YEARS - 3).sum())
            exposure = seen_exposure(law, (YEARS - 3) * YEAR, YEARS * YEAR, now_day=YEARS * YEAR)
            corrected = GammaMixture.of(law.weight, np.full(law.weight.size, late + 0.5), exposure)
            low, high = corrected.interval()
            recent.append(low <= rate <= high)
            low, high = base_rate(late, 3.0).jeffreys
            naive.append(low <= rate <= high)
        rows.append((name, share(hidden), share(recent), share(naive)))
    head = ("delays", "number unreported", "rate of the last 3 years", "the same without correction")
    return "Cover of 90 % intervals under reporting delay", head, rows


def covers_unseen(law: DelayLaw, n_seen: int, n_hidden: int) -> bool:
    """Whether the interval of the number unreported holds it, the rate being constant."""
    end = YEARS * YEAR
    seen, unseen = seen_exposure(law, 0.0, end, now_day=end), unseen_exposure(law, 0.0, end, now_day=end)
    order = np.argsort(unseen)
    pmf = np.zeros(1)
    for group in np.array_split(order, 12):
        weight = law.weight[group].sum()
        rate = GammaMixture.single(n_seen + 0.5, float(law.weight[group] @ seen[group] / weight))
        part = weight * unreported(rate, [float(law.weight[group] @ unseen[group] / weight)])
        pmf = np.pad(pmf, (0, max(0, part.size - pmf.size)))
        pmf[: part.size] += part
    return count_quantile(pmf, 0.05) <= n_hidden <= count_quantile(pmf, 0.95)


def efforts(draw: np.random.Generator, n: int) -> Table:
    edges = np.linspace(0, YEARS * YEAR, 61)
    steps = Effort("as it was", (date(1970, 1, 1), date(1985, 1, 1)), (0.35, 0.9))
    known = bin_exposure(edges, now_day=YEARS * YEAR, effort=steps)
    p: dict[str, list[float]] = {"ignored": [], "in the exposure": []}
    for _ in range(2 * n):
        times = np.concatenate([poisson_times(draw, 2 * 0.35, 0, 15), poisson_times(draw, 2 * 0.9, 15, YEARS)])
        counts = np.histogram(times * YEAR, edges)[0]
        for name, exposure in (("ignored", np.full(60, 0.5)), ("in the exposure", known)):
            shape, rate = pooled_prior(int(counts.sum()), float(exposure.sum()))
            p[name].append(1 - rate_changes(counts, exposure, shape=shape, rate=rate).p_changes()[0])
    rows: list[Row] = [
        (name, share(np.array(values) > 0.5), share(np.array(values) > 0.9)) for name, values in p.items()
    ]
    return "Effort .35, then .9 half-way, true rate constant: false changes", ("effort", "P(change) > .5", "> .9"), rows


STUDIES = {
    "base": base_rates,
    "changes": changes,
    "ends": ends,
    "explanations": explanations,
    "delays": delays,
    "efforts": efforts,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a twentieth of the records")
    parser.add_argument("--only", choices=STUDIES, help="one table")
    parser.add_argument("--records", type=int, default=400, help="records per row, about")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    n = max(asked.records // 20, 10) if asked.short else asked.records
    for name, study in STUDIES.items():
        if asked.only in {None, name}:
            began = time.process_time()
            title, head, rows = study(np.random.default_rng([asked.seed, len(name)]), n)
            print(f"\n### {title}\n")
            for row in (head, ["---"] * len(head), *rows):
                print("| " + " | ".join(str(cell) for cell in row) + " |")
            print(
                f"\n{n} records per row or a multiple of it, seed {asked.seed}, {time.process_time() - began:.0f} s CPU."
            )


if __name__ == "__main__":
    main()
