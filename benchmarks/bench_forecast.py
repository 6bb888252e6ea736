"""Time of the forecast: one regime, the rolling evaluation, and the model that needs many starts.

Promises: the rolling evaluation (30 origins, 3 models, bootstrap of countries) in less than a minute on two cores,
and one forecast in less than a second once the shipped data are read. Seconds of the processor, then of the wall clock:
on a busy machine only the first tells.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from ostraka.forecast import (
    evaluate,
    fit_split_population,
    forecast,
    shipped_panel,
    simulated_coverage,
    spells_of,
    walk,
)
from ostraka.forecast.covariates import shipped_covariates
from ostraka.forecast.hazard import shipped_hazard
from ostraka.forecast.record import shipped_record

ORIGINS = range(1990, 2020)


def timed(label: str, job: Callable[[], object]) -> None:
    busy, began = time.process_time(), time.perf_counter()
    job()
    print(f"{label:<72}{time.process_time() - busy:>8.2f} s{time.perf_counter() - began:>8.2f} s")


def rolling(models: tuple[str, ...]) -> None:
    record = walk(ORIGINS, models=models, rng=1)
    evaluate(record, shipped_panel(), first_year=1991, last_year=2020, n_resamples=1000, rng=1)


def one_forecast() -> None:
    shipped_hazard.cache_clear()
    forecast("North Korea")


def split_population() -> None:
    rng = np.random.default_rng(1)
    unit, period = np.divmod(np.arange(170 * 32), 32)
    level = rng.normal(size=170)[unit]
    happened = rng.random(len(unit)) < 0.03 * (level > 0)
    spells = spells_of(happened.astype(int), unit, period)
    used = spells.used
    fit_split_population(
        spells.duration[used], spells.event[used], timing=level[used], risk=level[used], n_starts=40, rng=1
    )


def main() -> None:
    timed("read and join the shipped data", lambda: (shipped_panel(), shipped_covariates(), shipped_record()))
    timed("one forecast (North Korea, 1 and 5 years), nothing fitted before", one_forecast)
    timed("one forecast, models in memory", lambda: forecast("Cuba"))
    three = ("base", "type", "openness")
    timed("rolling evaluation, 30 origins, base + type + openness, 1,000 resamples", lambda: rolling(three))
    if find_spec("sklearn"):
        timed("the same with the forest as a third model", lambda: rolling(("base", "openness", "forest")))
    timed("coverage of the intervals, 50 simulated histories", lambda: simulated_coverage(n_replicates=50, rng=1))
    timed("split-population fit, about 5,000 rows, 40 starts", split_population)


if __name__ == "__main__":
    main()
