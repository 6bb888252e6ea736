"""Walk the origins on the shipped data and write the record of forecasts and its page.

Usage: ``python tools/build_forecast_record.py``. Needs scikit-learn for the forest. Takes about a minute.
"""

from __future__ import annotations

from pathlib import Path

from ostraka.forecast.calibrate import add_recalibrated
from ostraka.forecast.design import MODELS
from ostraka.forecast.evaluation import Evaluation, evaluate
from ostraka.forecast.panel import shipped_panel
from ostraka.forecast.record import join_records, write_record
from ostraka.forecast.rolling import BASE, FOREST, add_average, walk

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "src" / "ostraka" / "data" / "regimes" / "record.csv.gz"
PAGE = ROOT / "docs" / "reference" / "forecast-record.md"
ORIGINS = range(1974, 2020)
SEED = 20
SPANS = ((1991, 2020, 1), (2011, 2020, 1), (1995, 2020, 5), (2015, 2020, 5))
HEAD = """# The record of the forecasts

At the end of each year from 1974 to 2019 the models were fitted to what had happened by then and asked about every
autocracy in power. This page is written by `tools/build_forecast_record.py`; the forecasts themselves are in
`ostraka/data/regimes/record.csv.gz`. Skill is the share of a simpler model's Brier score that was avoided; intervals are
95 %, from 1,000 resamples of countries. AUC is never shown without that of `base`, the rolling constant, which moves
with the base rate and is not 0.5. `average` is what `ostraka forecast` says; `recalibrated` is the average after
calibration on the fifteen years before. PR is by steps (average precision).

Read with care: the sets of covariates were chosen knowing these years; models marked "index" or "items" use V-Dem
values that experts coded years later. Both flatter the past. Five-year windows overlap, so their events repeat.

Version: {version}.
"""


def table(found: Evaluation) -> str:
    """One span as a table."""
    first = found.models[0].scores
    title = (
        f"\n## {found.horizon} year{'s' * (found.horizon > 1)} ahead, ending {found.first_year}–{found.last_year}: "
        f"{first.n_events} ends in {first.n} forecasts\n"
    )
    lines = [
        title,
        "| model | said | happened | Brier | log score | AUC | PR | top tenth | skill v base | v duration | v type | V-Dem |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in found.models:
        s = each.scores
        skills = [each.brier_skill.get(name) for name in ("base", "duration", "type")]
        shown = [f"{x.value:+.3f} ({x.low:+.3f}, {x.high:+.3f})" if x else "–" for x in skills]
        lines.append(
            f"| {each.model} | {s.mean_forecast:.2%} | {s.observed_rate:.2%} | {s.brier:.5f} | {s.log_score:.4f} | "
            f"{s.auc:.3f} ({each.auc.low:.3f}, {each.auc.high:.3f}) | {s.average_precision:.3f} | "
            f"{s.recall_top_decile:.0%} | {' | '.join(shown)} | {each.hindsight or '–'} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Walk, write, score."""
    panel = shipped_panel()
    record = walk(ORIGINS, models=(BASE, *MODELS), horizons=(1, 5), rng=SEED)
    record = add_recalibrated(add_average(record, panel), panel)
    record = join_records([record, walk(ORIGINS, models=(FOREST,), rng=SEED)])
    RECORD.unlink(missing_ok=True)
    write_record(record, RECORD)
    parts = [HEAD.format(version=record.version)]
    for first, last, horizon in SPANS:
        found = evaluate(record, panel, first_year=first, last_year=last, horizon=horizon, rng=SEED)
        print(found.summary())
        parts.append(table(found))
    PAGE.write_text("".join(parts), "utf-8")
    print(f"{RECORD.name}: {len(record)} rows, {RECORD.stat().st_size} bytes")


if __name__ == "__main__":
    main()
