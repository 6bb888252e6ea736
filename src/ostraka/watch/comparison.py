"""Contagion, or merely a changed rate, or neither: the three explanations weighed on the same dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.special import gammainc

from ostraka.dates import DAYS_PER_YEAR
from ostraka.watch.changes import pooled_prior
from ostraka.watch.departures import Departures
from ostraka.watch.imputation import average, draw_times
from ostraka.watch.inputs import Floats, probability
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.pieces import Pieces, recent_places
from ostraka.watch.ratepath import RatePath, last_law
from ostraka.watch.rates import JEFFREYS
from ostraka.watch.triggering import LAGS, Triggering, triggering

MAX_CHANGES = 4
DRAWS = 200
"""Sets of dates drawn."""

ODDS_FOR_A_WORD = 20.0
"""Contagion is named only above these odds over the best explanation by rate changes."""

PRIORS = {"half for a constant rate": (0.5, 0.25, 0.25), "equal thirds": (1 / 3, 1 / 3, 1 / 3)}
"""Prior probabilities of constant rate, rate changes (shared equally by their numbers) and contagion."""

FEWEST = 5
"""Fewer events cannot tell these explanations apart."""

FEWEST_EFFECTIVE = 20.0

_DATES = 16000
_MORE = 2


class Explanation(StrEnum):
    """What could have made the record."""

    CONSTANT = "constant rate"
    CHANGED = "changed rate"
    TRIGGERED = "triggered by one another"


class Why(StrEnum):
    """What the comparison allows one to say; each member carries its sentence."""

    CONSTANT = "nothing but chance is needed"
    CHANGED = "the rate changed"
    BUNCHED = "bunched, cannot tell why"
    CONTAGION = "contagion"
    TOO_FEW = "not enough data"

    @property
    def sentence(self) -> str:
        """The finding in plain words."""
        return _SENTENCES[self]


_SENTENCES = {
    Why.CONSTANT: "A constant rate explains the record well enough; neither a change nor one departure bringing on the next is shown.",
    Why.CHANGED: "The rate changed at least once; that explains the record better than one departure bringing on the next.",
    Why.BUNCHED: "Departures are bunched, but whether the rate changed or one departure brought on the next cannot be told.",
    Why.CONTAGION: "One departure bringing on the next explains the record more than 20 times better than up to four changes of the rate: contagion. Many short waves of another cause would look the same.",
    Why.TOO_FEW: f"Not enough data: fewer than {FEWEST} departures cannot tell a change from chance.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A constant rate, rate changes and contagion weighed against each other.

    Attributes
    ----------
    log_evidence : ndarray of float64, shape (6,)
        Natural log of the evidence for 0, 1, 2, 3, 4 changes and contagion, averaged over the dates drawn.
    n_effective : ndarray of float64, shape (6,)
        Effective number of dates drawn for each.
    n_draws : int
    why : Why
        What may be said.
    branching : float
        Under contagion, the expected number of departures that one brings on.
    branching_interval : tuple of float
        90 per cent.
    """

    log_evidence: Floats
    n_effective: Floats
    n_draws: int
    why: Why
    branching: float
    branching_interval: tuple[float, float]
    pieces: Pieces = field(repr=False)
    trigger: Triggering = field(repr=False)
    shape: float = 0.5
    rate: float = 1.0

    def p(self, prior: tuple[float, float, float]) -> dict[Explanation, float]:
        """Probability of each explanation under a prior for (constant, changed, contagion)."""
        parts = dict(zip(Explanation, np.exp(self._log_parts(prior)), strict=True))
        total = sum(parts.values())
        return {explanation: float(part / total) for explanation, part in parts.items()}

    def p_by_prior(self) -> dict[str, dict[Explanation, float]]:
        """The same under each of the two named priors."""
        return {name: self.p(prior) for name, prior in PRIORS.items()}

    @property
    def odds_of_contagion(self) -> float:
        """Evidence for contagion over the best number of rate changes, none included."""
        return float(np.exp(self.log_evidence[-1] - self.log_evidence[:-1].max()))

    def _log_parts(self, prior: tuple[float, float, float]) -> Floats:
        changes = self.log_evidence[1:-1]
        best = self.log_evidence.max()
        shared = np.exp(changes - best).mean()
        with np.errstate(divide="ignore"):
            likelihood = np.array([self.log_evidence[0] - best, np.log(shared), self.log_evidence[-1] - best])
            parts: Floats = likelihood + np.log(np.asarray(prior))
        return parts

    def log_weights(self, prior: tuple[float, float, float] = PRIORS["half for a constant rate"]) -> Floats:
        """Log weight of 0 to 4 changes for each set of dates drawn, shape (5, d), contagion left out.

        A record of a single bin cannot have changed, whatever the prior says.
        """
        totals = self.pieces.log_totals
        if not np.isfinite(totals[1:]).any():
            prior = (1.0, 0.0, 0.0)
        n = totals.shape[0] - 1
        weight = np.array([prior[0], *[prior[1] / n] * n])
        with np.errstate(divide="ignore"):
            log_weight = totals + np.log(weight)[:, None]
        total = np.logaddexp.reduce(log_weight.ravel())
        scaled: Floats = log_weight - total
        return scaled

    def rate_through_time(self) -> RatePath:
        """Law of the rate in each bin, averaged over number and place of changes and over the dates drawn."""
        weight = self.pieces.averaged(self.log_weights())
        return RatePath.of(self.pieces, weight, shape=self.shape, rate=self.rate)

    def changed_rate_now(self) -> GammaMixture:
        """Law of the rate in the last bin if the rate did change."""
        weight = self.pieces.averaged_last(self.log_weights((0.0, 1.0, 0.0)))
        return last_law(self.pieces, weight, shape=self.shape, rate=self.rate)

    def base_rate_interval(self, level: float = 0.90) -> tuple[float, float]:
        """Interval of the long-run rate, averaged over a rate without contagion and one with it.

        Where departures bring on others, their number says less about the rate than it seems to: the plain
        interval of the base rate is then much too narrow.

        Parameters
        ----------
        level : float
        """
        total = self.pieces.events.reshape(-1, *self.pieces.exposure.shape)[0, 0, -1]
        shape, exposure = float(total) + JEFFREYS, float(self.pieces.exposure[0, -1])
        p = self.p(PRIORS["half for a constant rate"])[Explanation.TRIGGERED]
        weight = np.exp(self.trigger.log_evidence - self.trigger.log_evidence.max())
        by_rate = np.tensordot(weight / weight.sum(), self.trigger.weight.sum(axis=(1, 2)), axes=1).cumsum()
        rates = np.geomspace(1e-4, max(1.0, 3 * shape), 4000) / exposure
        below = (1 - p) * gammainc(shape, exposure * rates) + p * np.interp(rates, self.trigger.rate, by_rate, left=0.0)
        tail = (1 - probability("level", level)) / 2
        return float(np.interp(tail, below, rates)), float(np.interp(1 - tail, below, rates))

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        names = [*(f"{k} changes" for k in range(self.log_evidence.size - 1)), str(Explanation.TRIGGERED)]
        return {
            "why": str(self.why),
            "sentence": self.why.sentence,
            "log10_bayes_factor_over_constant": {
                name: _finite((x - self.log_evidence[0]) / np.log(10))
                for name, x in zip(names, self.log_evidence, strict=True)
            },
            "odds_of_contagion": self.odds_of_contagion,
            "probability": {name: {str(k): v for k, v in p.items()} for name, p in self.p_by_prior().items()},
            "base_rate_interval_90": list(self.base_rate_interval(0.90)),
            "branching": self.branching,
            "branching_interval": list(self.branching_interval),
            "n_draws": self.n_draws,
            "n_effective": {name: float(n) for name, n in zip(names, self.n_effective, strict=True)},
        }


def compare(
    found: Departures,
    edges_day: Floats,
    exposure: Floats,
    *,
    rng: np.random.Generator,
    n_draws: int = DRAWS,
    shape: float = 0.5,
    lags: tuple[float, float] = LAGS,
) -> Comparison:
    """Weigh constant rate, rate changes and contagion on dates drawn within their intervals.

    Parameters
    ----------
    found : Departures
    edges_day : ndarray of float64, shape (m + 1,)
        Ends of the bins between which the rate may change, in days since 1970-01-01.
    exposure : ndarray of float64, shape (m,)
        Exposure of each bin in years.
    rng : Generator
    n_draws : int
        Sets of dates drawn for contagion, at most, and twice as many for the rate changes, which cost less;
        one if all days are known, and fewer for more than 80 events.
    shape : float
        Prior shape of the rate of each piece; its mean is the pooled rate.
    lags : tuple of float
        Range of the mean lag of contagion, in years.

    Notes
    -----
    All evidences are densities of the same times, so they can be compared. Each is averaged over the dates
    drawn; `n_effective` says how many of them carry the average. A change is weighed half evenly over the
    record, half the more the nearer to its end (:func:`recent_places`).
    """
    known = bool((found.high_day - found.low_day <= 1.0).all())
    n_draws = 1 if known else max(1, min(n_draws, _DATES // max(len(found), 1)))
    shape, rate = pooled_prior(len(found), float(exposure.sum()), shape=shape)
    many = draw_times(found, n_draws if known else _MORE * n_draws, rng)
    counts = np.stack([np.histogram(row, edges_day)[0] for row in many])
    place = recent_places(exposure)
    pieces = Pieces.of(counts, exposure, max_changes=MAX_CHANGES, shape=shape, rate=rate, place=place)
    years = (many[:: 1 if known else _MORE] - edges_day[0]) / DAYS_PER_YEAR
    edges = (edges_day - edges_day[0]) / DAYS_PER_YEAR
    trigger = triggering(years, edges, share=exposure / np.diff(edges), shape=shape, rate=rate, lags=lags)
    changed, contagion = average(pieces.log_totals), average(trigger.log_evidence)
    log_evidence = np.append(changed[0], contagion[0])
    p_branching = (
        trigger.weight.sum(axis=(1, 3)) * np.exp(trigger.log_evidence - trigger.log_evidence.max())[:, None]
    ).sum(axis=0)
    p_branching /= p_branching.sum()
    cumulative = p_branching.cumsum()
    return Comparison(
        log_evidence=log_evidence,
        n_effective=np.append(changed[1], contagion[1]),
        n_draws=years.shape[0],
        why=_why(len(found), log_evidence),
        branching=float(p_branching @ trigger.branching),
        branching_interval=(
            float(np.interp(0.05, cumulative, trigger.branching)),
            float(np.interp(0.95, cumulative, trigger.branching)),
        ),
        pieces=pieces,
        trigger=trigger,
        shape=shape,
        rate=rate,
    )


def _why(n_events: int, log_evidence: Floats) -> Why:
    if n_events < FEWEST:
        return Why.TOO_FEW
    constant, changed, contagion = log_evidence[0], log_evidence[1:-1].max(), log_evidence[-1]
    threshold = np.log(ODDS_FOR_A_WORD)
    if contagion - max(changed, constant) > threshold:
        return Why.CONTAGION
    if changed - max(contagion, constant) > threshold:
        return Why.CHANGED
    return Why.BUNCHED if max(changed, contagion) - constant > threshold else Why.CONSTANT


def _finite(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None
