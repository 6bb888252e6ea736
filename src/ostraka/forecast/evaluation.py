"""The record against what happened: scores of each model, and its skill over simpler ones with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.forecast.design import MODELS, described
from ostraka.forecast.panel import Panel
from ostraka.forecast.record import Record
from ostraka.forecast.resample import Interval, country_weights, interval_of, weighted_auc, weighted_brier
from ostraka.forecast.score import Scores, score_probabilities, skill
from ostraka.provenance import Provenance

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]
REFERENCES = ("base", "duration", "type")


@dataclass(frozen=True, slots=True)
class ModelScores:
    """One model's record in one span of years.

    Parameters
    ----------
    model : str
        Name.
    scores : Scores
        Calibration first, then proper scores, then discrimination.
    auc : Interval
        With its interval over resampled countries.
    brier_skill : dict of str to Interval
        Share of the Brier score of a simpler model that was avoided.
    log_skill : dict of str to float
        The same of the log score.
    hindsight : str
        Empty, ``index`` (uses V-Dem's index of electoral democracy) or ``items`` (uses thirteen of its items):
        values that experts coded years later, so that the scores are upper bounds.
    """

    model: str
    scores: Scores
    auc: Interval
    brier_skill: dict[str, Interval]
    log_skill: dict[str, float]
    hindsight: str


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """How each model fared in a span of target years, never without the rolling constant.

    Parameters
    ----------
    first_year, last_year : int
        Years in which the horizon ends.
    horizon : int
        Years ahead.
    models : tuple of ModelScores
        In the order of the record.
    level : float
        Coverage of the intervals.
    provenance : Provenance
        Version of the record, seed of the bootstrap.
    """

    first_year: int
    last_year: int
    horizon: int
    models: tuple[ModelScores, ...]
    level: float
    provenance: Provenance

    def of(self, model: str) -> ModelScores:
        """The scores of one model."""
        return next(each for each in self.models if each.model == model)

    def frame(self) -> pd.DataFrame:
        """One row per model."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        rows = []
        for each in self.models:
            row: dict[str, Any] = {"model": each.model, "hindsight": each.hindsight}
            plain = each.scores.to_json()
            row |= {name: value for name, value in plain.items() if name != "reliability"}
            row |= {"auc_low": each.auc.low, "auc_high": each.auc.high}
            for name, found in each.brier_skill.items():
                row |= {f"skill_{name}": found.value, f"skill_{name}_low": found.low, f"skill_{name}_high": found.high}
            row |= {f"log_skill_{name}": value for name, value in each.log_skill.items()}
            rows.append(row)
        return pd.DataFrame(rows)

    def summary(self) -> str:
        """The record in words: calibration first, every AUC beside that of the rolling constant."""
        constant = self.of("base").scores.auc if any(each.model == "base" for each in self.models) else float("nan")
        head = (
            f"{self.horizon}-year forecasts ending {self.first_year} to {self.last_year}, "
            f"{self.models[0].scores.n_events} ends in {self.models[0].scores.n} forecasts "
            f"(the rolling constant has AUC {constant:.3f}):"
        )
        return "\n".join([head, *(self._line(each) for each in self.models)])

    def _line(self, each: ModelScores) -> str:
        scores = each.scores
        note = f"; with V-Dem's {each.hindsight}, coded in hindsight" if each.hindsight else ""
        gains = ", ".join(
            f"over {name} {gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"
            for name, gain in each.brier_skill.items()
        )
        return (
            f"- {each.model}{note}: said {scores.mean_forecast:.2%}, happened {scores.observed_rate:.2%}; Brier "
            f"{scores.brier:.5f} (miscalibration {scores.miscalibration:.5f}, discrimination "
            f"{scores.discrimination:.5f}), log score {scores.log_score:.4f}; AUC {scores.auc:.3f} ({each.auc.low:.3f} "
            f"to {each.auc.high:.3f}), average precision {scores.average_precision:.3f} (by trapezoids "
            f"{scores.pr_trapezoid:.3f}), top tenth {scores.recall_top_decile:.0%} of ends"
            + (f"; Brier skill {gains}" if gains else "")
        )

    def to_json(self) -> dict[str, Any]:
        """The evaluation as plain JSON values."""
        return {
            "first_year": self.first_year,
            "last_year": self.last_year,
            "horizon": self.horizon,
            "level": self.level,
            "models": [_plain(each) for each in self.models],
            "provenance": self.provenance.to_json(),
        }


def in_hindsight(model: str) -> str:
    """Which of V-Dem's values, coded years later, a model of the record uses."""
    names = MODELS.get(model, MODELS["openness"] if model in ("forest", "average", "recalibrated") else ())
    if any(name.startswith("v2") for name in names):
        return "items"
    return "index" if any(described(name).hindsight for name in names) else ""


def _plain(each: ModelScores) -> dict[str, Any]:
    return {
        "model": each.model,
        "hindsight": each.hindsight,
        "scores": each.scores.to_json(),
        "auc": each.auc.to_json(),
        "brier_skill": {name: found.to_json() for name, found in each.brier_skill.items()},
        "log_skill": each.log_skill,
    }


def evaluate(
    record: Record,
    panel: Panel,
    *,
    first_year: int,
    last_year: int,
    horizon: int = 1,
    references: Sequence[str] = REFERENCES,
    n_resamples: int = 1000,
    level: float = 0.95,
    rng: RNG = None,
) -> Evaluation:
    """Score a record of forecasts against what happened.

    Parameters
    ----------
    record : Record
        Forecasts of one or more models for the same regimes and origins.
    panel : Panel
        What happened.
    first_year, last_year : int
        Span of years in which the horizon ends.
    horizon : int
        Years ahead.
    references : sequence of str
        Models to measure skill against; those missing from the record are passed over.
    n_resamples : int
        Bootstrap samples of countries.
    level : float
        Coverage of the intervals.
    rng : int, SeedSequence, Generator or None
        Chance of the bootstrap.

    Raises
    ------
    InputError
        If nothing in the record was resolved in that span, or models cover different forecasts.

    Examples
    --------
    >>> from ostraka.forecast.panel import shipped_panel
    >>> from ostraka.forecast.rolling import walk
    >>> record = walk(range(1990, 1995), models=("base", "type"))
    >>> found = evaluate(record, shipped_panel(), first_year=1991, last_year=1995, n_resamples=50, rng=1)
    >>> found.of("type").scores.n == found.of("base").scores.n
    True
    """
    root = root_seed(rng)
    until = record.origin + record.horizon
    span = record.where((record.horizon == horizon) & (until >= first_year) & (until <= last_year))
    outcome = span.outcomes(panel)
    known = ~np.isnan(outcome)
    if not known.any():
        raise InputError(f"no {horizon}-year forecast ending {first_year} to {last_year} has been resolved")
    span, outcome = span.where(known), outcome[known]
    parts = {model: span.model == model for model in span.models()}
    _same_forecasts(span, parts)
    first = next(iter(parts.values()))
    y, cow = outcome[first], span.cow[first]
    weights = country_weights(cow, n_resamples, rng=stream(root, "forecast.countries"))
    said = {model: span.probability[rows] for model, rows in parts.items()}
    models = tuple(_score(model, y, said, weights=weights, references=references, level=level) for model in said)
    parameters = {"first_year": first_year, "last_year": last_year, "horizon": horizon, "n_resamples": n_resamples}
    provenance = Provenance("forecast.evaluate", parameters | {"record": record.version}, seed=root)
    return Evaluation(first_year, last_year, horizon, models, level, provenance)


def _score(
    model: str, y: Array, said: dict[str, Array], *, weights: Array, references: Sequence[str], level: float
) -> ModelScores:
    scores, draws = score_probabilities(y, said[model]), weighted_brier(y, said[model], weights)
    skills, log_skills = {}, {}
    for other in (name for name in references if name in said and name != model):
        reference = score_probabilities(y, said[other])
        gain = 1 - draws / weighted_brier(y, said[other], weights)
        skills[other] = interval_of(skill(scores.brier, reference.brier), gain, level)
        log_skills[other] = skill(scores.log_score, reference.log_score)
    auc = interval_of(scores.auc, weighted_auc(y, said[model], weights), level)
    return ModelScores(model, scores, auc, skills, log_skills, in_hindsight(model))


def _same_forecasts(span: Record, parts: dict[str, npt.NDArray[np.bool_]]) -> None:
    keys = {model: (span.origin[rows].tolist(), span.case[rows].tolist()) for model, rows in parts.items()}
    first = next(iter(keys))
    for model, key in keys.items():
        if key != keys[first]:
            raise InputError(f"{model} and {first} forecast different regimes or origins; score them apart")
