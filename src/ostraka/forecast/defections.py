"""Do defections foretell breakdown? A comparison fixed in advance, for whoever has a series to run it on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError
from ostraka.forecast.covariates import Covariates, shipped_covariates, with_series
from ostraka.forecast.design import MODELS
from ostraka.forecast.panel import Panel, shipped_panel
from ostraka.forecast.resample import Interval, country_weights, interval_of, weighted_auc, weighted_brier
from ostraka.forecast.rolling import walk
from ostraka.forecast.score import Scores, score_probabilities, skill
from ostraka.provenance import Provenance, content_id

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]

PLAN = (
    "Outcome: end of an autocratic regime in the next year. Models: the richest open one (openness) with and without "
    "the series, which enters as given at the end of the year before, missing values filled with the training median "
    "and flagged. Training: all years to the origin. Test: every origin from the year by which ten ends had happened "
    "with the series known, to the last year with outcomes. Measure: Brier skill of the model with the series over the "
    "model without, on the regime-years for which the series is known; interval: 95 %, 2,000 resamples of countries. "
    "Verdict: the series adds if the whole interval is above zero, harms if it is below, else nothing can be told."
)
"""What is compared, written down before any series was seen; its id is part of every result."""
NO_SERIES = (
    "No open series of elite defections covers many countries, so whether they foretell an end cannot be scored yet. Give "
    "one with the columns cow, year, value, and the comparison runs."
)
FEWEST_ENDS = 10
_SERIES, _FLAG = "defections", "no_defections"


@dataclass(frozen=True, slots=True, eq=False)
class SeriesComparison:
    """The same model with and without a series of defections, scored on the same forecasts.

    Parameters
    ----------
    first_year, last_year : int
        Years that were forecast.
    without, with_series : Scores
        Scores of the two models.
    brier_skill : Interval
        Share of the Brier score without the series that was avoided with it.
    auc_gain : Interval
        Difference of the AUCs.
    verdict : str
        ``adds``, ``harms`` or ``cannot be told``, by the plan's rule.
    plan_id : str
        Content id of the plan.
    provenance : Provenance
        With the seed of the bootstrap.
    """

    first_year: int
    last_year: int
    without: Scores
    with_series: Scores
    brier_skill: Interval
    auc_gain: Interval
    verdict: str
    plan_id: str
    provenance: Provenance

    def frame(self) -> pd.DataFrame:
        """One row per model."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        parts = [self.without.frame().assign(model="without"), self.with_series.frame().assign(model="with")]
        return pd.concat(parts, ignore_index=True)

    def summary(self) -> str:
        """The verdict in words."""
        gain = self.brier_skill
        said = {
            "adds": "The series adds to the forecast",
            "harms": "The series harms the forecast",
            "cannot be told": "Whether the series adds to the forecast cannot be told",
        }[self.verdict]
        return (
            f"{said}: over {self.without.n} forecasts with {self.without.n_events} ends, {self.first_year} to "
            f"{self.last_year}, Brier skill over the same model without it {gain.value:+.4f} ({gain.low:+.4f} to "
            f"{gain.high:+.4f}), AUC {self.with_series.auc:.3f} against {self.without.auc:.3f}. An association in a "
            f"forecast is no proof that defections bring regimes down."
        )

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return {
            "first_year": self.first_year,
            "last_year": self.last_year,
            "without": self.without.to_json(),
            "with": self.with_series.to_json(),
            "brier_skill": self.brier_skill.to_json(),
            "auc_gain": self.auc_gain.to_json(),
            "verdict": self.verdict,
            "plan": PLAN,
            "plan_id": self.plan_id,
            "provenance": self.provenance.to_json(),
        }


def compare_with_series(
    series: pd.DataFrame,
    *,
    origins: Iterable[int] | None = None,
    panel: Panel | None = None,
    covariates: Covariates | None = None,
    n_resamples: int = 2000,
    rng: RNG = None,
) -> SeriesComparison:
    """Score the best model with and without a series of defections, by the plan fixed in advance.

    Parameters
    ----------
    series : DataFrame
        Columns ``cow``, ``year``, ``value`` (:func:`ostraka.forecast.load.load_data` with ``series``): defections, or
        any measure of them, dated at the end of the year.
    origins : iterable of int, optional
        Years at whose ends one looks ahead; by default those of the plan.
    panel, covariates : optional
        By default the shipped ones.
    n_resamples : int
        Bootstrap samples of countries.
    rng : int, SeedSequence, Generator or None
        Chance of the bootstrap.

    Raises
    ------
    InputError
        If the series covers too little for ten ends and a year to forecast, or is malformed.

    Notes
    -----
    The plan is :data:`PLAN`.
    """
    panel = shipped_panel() if panel is None else panel
    known = shipped_covariates() if covariates is None else covariates
    table = series.rename(columns={"value": _SERIES})
    known = with_series(known, table, (_SERIES,))
    known = _flagged(known)
    years = _origins(panel, known) if origins is None else sorted(set(origins))
    root = root_seed(rng)
    plain = MODELS["openness"]
    record = walk(years, models={"without": plain, "with": (*plain, _SERIES, _FLAG)}, panel=panel, covariates=known)
    without, with_it = record.of("without"), record.of("with")
    outcome = without.outcomes(panel)
    values, _ = known.at(without.cow, without.origin)
    keep = ~np.isnan(outcome) & ~np.isnan(values[:, known.names.index(_SERIES)])
    if not keep.any() or not outcome[keep].any():
        raise InputError("no end of a regime falls in the years and countries for which the series is known")
    y, p, q, cow = outcome[keep], without.probability[keep], with_it.probability[keep], without.cow[keep]
    weights = country_weights(cow, n_resamples, rng=stream(root, "forecast.countries"))
    before, after = score_probabilities(y, p), score_probabilities(y, q)
    gain = interval_of(
        skill(after.brier, before.brier), 1 - weighted_brier(y, q, weights) / weighted_brier(y, p, weights), 0.95
    )
    auc = interval_of(after.auc - before.auc, weighted_auc(y, q, weights) - weighted_auc(y, p, weights), 0.95)
    verdict = "adds" if gain.low > 0 else "harms" if gain.high < 0 else "cannot be told"
    provenance = Provenance("forecast.compare_with_series", {"origins": [years[0], years[-1]]}, seed=root)
    return SeriesComparison(years[0] + 1, years[-1] + 1, before, after, gain, auc, verdict, plan_id(), provenance)


def plan_id() -> str:
    """The content id of the plan: another plan has another id."""
    return content_id("plan", PLAN)


def _flagged(known: Covariates) -> Covariates:
    """The covariates with a column that says where the series is missing."""
    flag = np.isnan(known.values[:, :, [known.names.index(_SERIES)]]).astype(float)
    age = np.zeros(flag.shape, dtype=np.int64)
    values, ages = np.concatenate([known.values, flag], axis=2), np.concatenate([known.age, age], axis=2)
    return Covariates(known.cow, known.first_year, values, ages, (*known.names, _FLAG))


def _origins(panel: Panel, known: Covariates) -> list[int]:
    values, _ = known.at(panel.cow, panel.year - 1)
    counted = ~np.isnan(values[:, known.names.index(_SERIES)])
    ends = np.sort(panel.year[counted & (panel.fail == 1)])
    last = int(panel.year[counted].max()) if counted.any() else 0
    if len(ends) < FEWEST_ENDS or ends[FEWEST_ENDS - 1] >= last:
        raise InputError(
            f"the series is known before {len(ends)} ends of regimes up to {last or 'no year'}; at least {FEWEST_ENDS} "
            f"and a year after them are needed to learn from and to score"
        )
    return list(range(int(ends[FEWEST_ENDS - 1]), last))


@dataclass(frozen=True, slots=True)
class CampaignAssociation:
    """Success of campaigns with and without defections of security forces: an association inside campaigns.

    Parameters
    ----------
    n_with, successes_with, n_without, successes_without : int
        Campaigns and successes.
    odds_ratio : Interval
        With its exact 95 % interval (conditional on the margins).
    n_left_out : int
        Campaigns without a code for outcome or defection. Partial success counts as no success.
    """

    n_with: int
    successes_with: int
    n_without: int
    successes_without: int
    odds_ratio: Interval
    n_left_out: int

    def summary(self) -> str:
        """The table in words."""
        return (
            f"{self.successes_with} of {self.n_with} campaigns with defections of security forces succeeded, "
            f"{self.successes_without} of {self.n_without} without (odds ratio {self.odds_ratio.value:.1f}, "
            f"{self.odds_ratio.low:.1f} to {self.odds_ratio.high:.1f}). This is an association within campaigns that "
            f"had begun, not a forecast: forces also defect from regimes that are already losing."
        )


def campaign_association(campaigns: pd.DataFrame, *, nonviolent: bool | None = True) -> CampaignAssociation:
    """How often campaigns succeeded with and without defections of security forces.

    Parameters
    ----------
    campaigns : DataFrame
        Columns ``outcome`` (1 success), ``nonviolent``, ``defection`` (:func:`ostraka.forecast.load.load_data`,
        ``navco``).
    nonviolent : bool or None
        Only nonviolent campaigns, only violent ones, or all.

    Raises
    ------
    InputError
        If a column is missing or one of the two groups is empty.

    Notes
    -----
    The odds ratio is the sample's; its interval is exact, conditional on the margins of the table.
    """
    from scipy.stats.contingency import odds_ratio  # noqa: PLC0415 - heavy, and only wanted here

    missing = [name for name in ("outcome", "nonviolent", "defection") if name not in campaigns]
    if missing:
        raise InputError(f"the campaigns lack columns {', '.join(missing)}")
    kept = campaigns if nonviolent is None else campaigns[campaigns["nonviolent"] == int(nonviolent)]
    coded = kept.dropna(subset=["outcome", "defection"])
    success, defected = (coded["outcome"] == 1).to_numpy(), (coded["defection"] == 1).to_numpy()
    counts = [int((success & defected).sum()), int((~success & defected).sum())]
    counts += [int((success & ~defected).sum()), int((~success & ~defected).sum())]
    a, b, c, d = counts
    if not a + b or not c + d:
        raise InputError("there are no campaigns with defections, or none without: nothing to compare")
    exact = odds_ratio(np.array([[a, b], [c, d]])).confidence_interval(0.95)
    ratio = a * d / (b * c) if b * c else float("inf")
    interval = Interval(ratio, float(exact.low), float(exact.high))
    return CampaignAssociation(a + b, a, c + d, c, interval, len(kept) - len(coded))
