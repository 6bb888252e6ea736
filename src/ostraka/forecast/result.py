"""What a forecast of one regime holds, and how it is said."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ostraka.forecast.comparison import Comparison
from ostraka.forecast.modes import ModeShare
from ostraka.forecast.score import Scores
from ostraka.provenance import Provenance

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class HorizonForecast:
    """Probability that the regime ends within some years, with its interval and its base rate.

    Parameters
    ----------
    years : int
        Horizon: from the end of the year of origin.
    until : int
        Last calendar year of it.
    probability : float
        Mean of the mixture of models.
    low, high : float
        Interval at the forecast's level, from doubt about parameters and about models.
    base_rate : float
        The same probability for an average autocracy of the training window.
    recent_rate : float
        The same at the rate of the last twenty years of the window.
    by_model : dict of str to float
        What each model alone would say.
    """

    years: int
    until: int
    probability: float
    low: float
    high: float
    base_rate: float
    recent_rate: float
    by_model: dict[str, float]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one covariate does to the one-year probability of this regime.

    Parameters
    ----------
    name, label, unit : str
        Covariate; the unit is that of one step of the odds ratio.
    value : float or None
        Its value here in its own unit (years, months, dollars, per cent); None if unknown (then the training median
        stands in).
    typical : float
        Mean of the training window in the same unit, a geometric mean for what the model takes in logs.
    odds_ratio, low, high : float
        Factor on the odds of an end per step, with its interval, in the richest model that holds it.
    moves : float
        Probability now minus the probability if this value were typical, averaged over models.
    age_years : int or None
        Age of the value at the year of origin; None if unknown.
    hindsight : bool
        Whether the value was coded years later.
    source : str
        Shipped file it comes from.
    """

    name: str
    label: str
    unit: str
    value: float | None
    typical: float
    odds_ratio: float
    low: float
    high: float
    moves: float
    age_years: int | None
    hindsight: bool
    source: str


@dataclass(frozen=True, slots=True)
class PastHazard:
    """The one-year hazard as the fitted models see one past year, for a picture.

    Parameters
    ----------
    year : int
        Year at risk.
    probability, low, high : float
        Mean and interval of the mixture.
    because : str
        In a year far above the regime's median, the covariate that lifts it most; else empty.
    """

    year: int
    probability: float
    low: float
    high: float
    because: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class TrackRecord:
    """How earlier forecasts of the same kind had fared by the year of origin.

    Parameters
    ----------
    horizon : int
        Years ahead.
    first_year, last_year : int
        Years in which the horizon ended.
    scores : Scores
        With the reliability diagram.
    constant_auc : float
        AUC of the rolling constant on the same forecasts: it moves with the base rate and is not 0.5.
    """

    horizon: int
    first_year: int
    last_year: int
    scores: Scores
    constant_auc: float

    def sentence(self) -> str:
        """The record in words, calibration first, no AUC without that of the rolling constant."""
        what = "One-year forecasts" if self.horizon == 1 else f"Forecasts over {self.horizon} years"
        return (
            f"{what} of this kind for {self.first_year} to {self.last_year} said "
            f"{self.scores.mean_forecast:.1%} on average and {self.scores.observed_rate:.1%} came true "
            f"({self.scores.n_events} of {self.scores.n}; AUC {self.scores.auc:.2f}, that of a rolling constant "
            f"{self.constant_auc:.2f})."
        )

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        plain = {name: getattr(self, name) for name in ("horizon", "first_year", "last_year", "constant_auc")}
        return plain | {"scores": self.scores.to_json()}


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """The probability that an autocratic regime ends within a horizon, and what it rests on.

    Parameters
    ----------
    country, case, kind : str
        Country, regime and regime type as the panel names them.
    origin : int
        Year at whose end the forecast is made.
    years_in_power : int
        Of the regime, at the end of the year of origin.
    level : float
        Coverage of the intervals.
    horizons : tuple of HorizonForecast
        One per horizon asked for.
    next_year : float
        Probability of an end in the year after the origin, whatever horizons were asked for.
    rank : tuple of (int, int)
        Place among all autocracies of the origin by one-year probability, 1 the most at risk; and their number.
    aftermath : tuple of ModeShare
        What would follow, given that the regime ends next year: REIGN codes no mode of end, but what came next.
    comparison : Comparison
        Similar regimes and how they ended.
    effects : tuple of Effect
        What moves the number, largest first.
    history : tuple of PastHazard
        One-year hazards of the same country's autocratic years up to the origin, as fitted today.
    rests_on : str
        The plain sentence on what the number rests on.
    tracks : tuple of TrackRecord
        How earlier forecasts of this kind fared, one year ahead and over the horizons asked for, where there are any.
    weights : dict of str to float
        Weight of each model in the mixture.
    n_rows, n_events : int
        Size of the training window.
    provenance : Provenance
        Data version, parameters.
    """

    country: str
    case: str
    kind: str
    origin: int
    years_in_power: int
    level: float
    horizons: tuple[HorizonForecast, ...]
    next_year: float
    rank: tuple[int, int]
    aftermath: tuple[ModeShare, ...]
    comparison: Comparison
    effects: tuple[Effect, ...]
    history: tuple[PastHazard, ...]
    rests_on: str
    tracks: tuple[TrackRecord, ...]
    weights: dict[str, float]
    n_rows: int
    n_events: int
    provenance: Provenance

    @property
    def track(self) -> TrackRecord | None:
        """How earlier one-year forecasts fared; None where there are none."""
        return next((each for each in self.tracks if each.horizon == 1), None)

    def frame(self) -> pd.DataFrame:
        """One row per horizon."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        rows = [asdict(horizon) for horizon in self.horizons]
        return pd.DataFrame([{k: v for k, v in row.items() if k != "by_model"} for row in rows])

    def summary(self) -> str:
        """The answer in plain words."""
        said = "; ".join(
            f"within {item.years} year{'s' * (item.years > 1)} (to the end of {item.until}) {item.probability:.1%} "
            f"({self.level:.0%} interval {item.low:.1%} to {item.high:.1%}; an average autocracy {item.base_rate:.1%})"
            for item in self.horizons
        )
        place = f"{self.rank[0]} of {self.rank[1]}"
        return (
            f"{self.country} ({self.kind}, {self.years_in_power} years in power), as known at the end of {self.origin}: "
            f"probability that the regime ends {said}. Place {place} by risk among the autocracies of that year. "
            + " ".join([self.rests_on, *(each.sentence() for each in self.tracks)])
        )

    def to_json(self) -> dict[str, Any]:
        """The forecast as plain JSON values."""
        return {
            "country": self.country,
            "case": self.case,
            "kind": self.kind,
            "origin": self.origin,
            "years_in_power": self.years_in_power,
            "level": self.level,
            "horizons": [asdict(item) for item in self.horizons],
            "next_year": self.next_year,
            "rank": list(self.rank),
            "aftermath": [asdict(item) for item in self.aftermath],
            "comparison": self.comparison.to_json(),
            "effects": [asdict(item) for item in self.effects],
            "history": [asdict(item) for item in self.history],
            "rests_on": self.rests_on,
            "tracks": [each.to_json() for each in self.tracks],
            "weights": dict(self.weights),
            "n_rows": self.n_rows,
            "n_events": self.n_events,
            "provenance": self.provenance.to_json(),
        }
