"""Time of the watch: the whole North Korean answer, and its parts beside other programs where they are installed.

Peers: R with the package surveillance (nowcast ``bayes.trunc``), PyMC (one change by sampling; ``--pymc`` names a
Python that has it). Neither is a dependency; what is missing is said and left out. Times are CPU seconds of one process, best of several runs.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from ostraka.case import case_as_of, shipped_case
from ostraka.watch import fit_hawkes, nowcast, rate_changes, reverse_hazards, watch
from ostraka.watch.mixtures import count_quantile

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "watch"
NOW = date(2011, 6, 10)

R_NOWCAST = """
suppressMessages(library(surveillance)); data(husO104Hosp)
now <- as.Date("2011-06-10")
took <- system.time(found <- nowcast(now = now, when = seq(now - 12, now - 3, by = "1 day"), dEventCol = "dHosp",
  dReportCol = "dReport", data = husO104Hosp, D = 15, method = "bayes.trunc", control = list(
  N.tInf.max = 4000, nSamples = 10000, N.tInf.prior = structure("poisgamma", mean.lambda = 50, var.lambda = 3000))))
cat("\\nresult", took[["user.self"]] + took[["sys.self"]], tail(na.omit(as.vector(upperbound(found))), 10))
"""


PYMC_CHANGE = """
import sys, time
import numpy as np, pymc
counts = np.array([int(n) for n in sys.argv[1].split(",")])
began = time.process_time()
with pymc.Model():
    place = pymc.DiscreteUniform("place", lower=1, upper=counts.size - 1)
    before, after = pymc.Gamma("before", 1, 1), pymc.Gamma("after", 1, 1)
    pymc.Poisson("seen", pymc.math.switch(place > np.arange(counts.size), before, after), observed=counts)
    found = pymc.sample(1000, tune=1000, chains=2, cores=1, progressbar=False, random_seed=1).posterior
print("result", time.process_time() - began, *(float(found[name].mean()) for name in ("place", "before", "after")))
"""


def best(job: Callable[[], object], times: int = 5) -> float:
    took = []
    for _ in range(times):
        began = time.process_time()
        job()
        took.append(time.process_time() - began)
    return min(took)


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def hus_nowcast() -> list[int]:
    event = np.array([date.fromisoformat(row["dHosp"]).toordinal() for row in rows("husO104Hosp.csv")])
    report = np.array([date.fromisoformat(row["dReport"]).toordinal() for row in rows("husO104Hosp.csv")])
    now, delay = NOW.toordinal(), np.minimum(report - event, 15)
    known = event + delay <= now
    cdf = reverse_hazards(event[known], delay[known], now_day=now, longest=15).draw(10_000, rng=1)
    return [
        count_quantile(nowcast(int((event[known] == now - age).sum()), cdf[:, age], shape=5 / 6, rate=1 / 60), 0.5)
        for age in range(3, 13)
    ]


def line(job: str, own: float, peer: str = "", peers: float | None = None) -> None:
    ratio = "" if peers is None else f"{peers / own:,.0f}"
    print(f"| {job} | {own:.5f} | {peer} | {'' if peers is None else f'{peers:.2f}'} | {ratio} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pymc", default=sys.executable, help="a Python that has PyMC, if this one has not")
    asked = parser.parse_args()
    print("| job | ostraka, CPU s | peer | CPU s | ratio |\n| --- | --- | --- | --- | --- |")
    record = shipped_case("North Korea")
    then, _ = case_as_of(record, date(2016, 8, 17))
    began = time.process_time()
    watch(record, rng=1)
    line("whole North Korean answer, first call", time.process_time() - began)
    line("whole North Korean answer", best(lambda: watch(record, rng=1)))
    line("the same as known on 17 August 2016", best(lambda: watch(then, rng=1)))
    if not SHARED.is_dir():
        print("\nThe data sets of the other rows lie beside the checkout and are missing here.")
        return
    years = [date.fromisoformat(row["date"]) for row in rows("coal_jarrett_dates.csv")]
    counts = np.bincount([day.year - 1851 for day in years], minlength=112)
    sampled = peer("PyMC, 2 x (1000 + 1000)", [asked.pymc, "-c", PYMC_CHANGE, ",".join(map(str, counts))])
    one = best(lambda: rate_changes(counts, shape=1.0, rate=1.0, max_changes=1), 50)
    line("coal, one change", one, *sampled[:2])
    many = best(lambda: rate_changes(counts, shape=1.0, rate=1.0, max_changes=5), 20)
    line("coal, 0 to 5 changes", many, *sampled[:2])
    days = np.array([(day - date(1851, 1, 1)).days for day in years], dtype=float) / 365.25
    line("coal, Hawkes fit", best(lambda: fit_hawkes(days, 0, 112)))
    r = peer("surveillance bayes.trunc", [shutil.which("Rscript") or "Rscript", "-e", R_NOWCAST])
    line("HUS nowcast, 10 days, 10,000 draws", best(hus_nowcast), *r[:2])
    exact = rate_changes(counts, shape=1.0, rate=1.0, max_changes=1)
    mean = [float(exact.position @ np.arange(1, 112)), *exact.rates]
    print(f"\nPlace and rates of the change: ours {shown(mean)}; PyMC {shown(sampled[2])}.")
    print(f"Medians of the nowcast, oldest day first: ours {shown(hus_nowcast()[::-1])}; surveillance {shown(r[2])}.")


def shown(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:.4g}" for number in numbers) or "not run"


def peer(name: str, call: list[str]) -> tuple[str, float | None, list[float]]:
    """CPU seconds and results that another program prints; a message where it is missing."""
    try:
        ran = subprocess.run(call, capture_output=True, text=True, check=True)
        seconds, *found = (float(word) for word in ran.stdout.rpartition("result")[2].split())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return f"{name}: not installed", None, []
    return name, seconds, found


if __name__ == "__main__":
    main()
