"""Is this more than usual: honest statistics of rare, vaguely dated, late-reported events."""

from ostraka.watch.bunching import EndScan, Evenness, any_window, end_scan, evenness
from ostraka.watch.changes import RateChanges, pooled_prior, rate_changes
from ostraka.watch.claims import ClaimCheck, ClaimVerdict, check_claims
from ostraka.watch.delay import DelayLaw, reporting_delay, unreported
from ostraka.watch.departures import Denominator, Departures, departures
from ostraka.watch.exposure import Effort
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.rates import (
    AtLeastRate,
    BaseRate,
    Exceedance,
    base_rate,
    exceedance,
    poisson_tail,
    rate_at_least,
)

__all__ = [
    "AtLeastRate",
    "BaseRate",
    "ClaimCheck",
    "ClaimVerdict",
    "DelayLaw",
    "Denominator",
    "Departures",
    "Effort",
    "EndScan",
    "Evenness",
    "Exceedance",
    "GammaMixture",
    "RateChanges",
    "any_window",
    "base_rate",
    "check_claims",
    "departures",
    "end_scan",
    "evenness",
    "exceedance",
    "poisson_tail",
    "pooled_prior",
    "rate_at_least",
    "rate_changes",
    "reporting_delay",
    "unreported",
]
