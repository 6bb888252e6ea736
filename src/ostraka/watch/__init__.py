"""Is this more than usual: honest statistics of rare, vaguely dated, late-reported events.

The module can be called: ``ostraka.watch(case)`` is ``ostraka.watch.watch(case)``, the six questions asked of
a case at once. Each question is also a plain function on arrays.
"""

import sys
from types import ModuleType
from typing import Any

from ostraka.watch.alarms import Alarms, RateBand
from ostraka.watch.asked import Asked
from ostraka.watch.backtest import WatchBacktest, backtest
from ostraka.watch.bunching import EndScan, Evenness, any_window, end_scan, evenness
from ostraka.watch.changes import RateChanges, pooled_prior, rate_changes
from ostraka.watch.claim_checks import ClaimCheck, ClaimVerdict
from ostraka.watch.claims import check_claims
from ostraka.watch.comparison import Comparison, Explanation, Why, compare
from ostraka.watch.contagion import HawkesFit, fit_hawkes, hawkes_log_likelihood
from ostraka.watch.dated_list import DatedRow, case_of_dated_list, load_dated_list
from ostraka.watch.delay import DelayLaw, reporting_delay
from ostraka.watch.delay_groups import DelayChange, delay_change, reporting_delay_by_group
from ostraka.watch.departures import Denominator, Departures, departures
from ostraka.watch.effort import Effort, effort_alternatives, effort_of
from ostraka.watch.interval_dates import OneChange, one_change_of_intervals
from ostraka.watch.ladder import ChainLadder, chain_ladder
from ostraka.watch.mixtures import GammaMixture
from ostraka.watch.next_year import Outlook
from ostraka.watch.nowcast import ReverseHazards, nowcast, reverse_hazards, unreported
from ostraka.watch.one_change import (
    ChangeInTime,
    UncertainPriorChange,
    change_in_time,
    change_under_uncertain_prior,
)
from ostraka.watch.online import Cusum, cusum, cusum_arl, run_lengths, tuned_cusum
from ostraka.watch.rate_ratio import RateRatio, rate_ratio
from ostraka.watch.rates import (
    AtLeastRate,
    BaseRate,
    Exceedance,
    base_rate,
    exceedance,
    poisson_tail,
    rate_at_least,
)
from ostraka.watch.reckoning import EndStatus, Reckoning, YearCount
from ostraka.watch.uniformity import Uniformity, uniformity
from ostraka.watch.variants import Variant
from ostraka.watch.watching import watch

__all__ = [
    "Alarms",
    "Asked",
    "AtLeastRate",
    "BaseRate",
    "ChainLadder",
    "ChangeInTime",
    "ClaimCheck",
    "ClaimVerdict",
    "Comparison",
    "Cusum",
    "DatedRow",
    "DelayChange",
    "DelayLaw",
    "Denominator",
    "Departures",
    "Effort",
    "EndScan",
    "EndStatus",
    "Evenness",
    "Exceedance",
    "Explanation",
    "GammaMixture",
    "HawkesFit",
    "OneChange",
    "Outlook",
    "RateBand",
    "RateChanges",
    "RateRatio",
    "Reckoning",
    "ReverseHazards",
    "UncertainPriorChange",
    "Uniformity",
    "Variant",
    "WatchBacktest",
    "Why",
    "YearCount",
    "any_window",
    "backtest",
    "base_rate",
    "case_of_dated_list",
    "chain_ladder",
    "change_in_time",
    "change_under_uncertain_prior",
    "check_claims",
    "compare",
    "cusum",
    "cusum_arl",
    "delay_change",
    "departures",
    "effort_alternatives",
    "effort_of",
    "end_scan",
    "evenness",
    "exceedance",
    "fit_hawkes",
    "hawkes_log_likelihood",
    "load_dated_list",
    "nowcast",
    "one_change_of_intervals",
    "poisson_tail",
    "pooled_prior",
    "rate_at_least",
    "rate_changes",
    "rate_ratio",
    "reporting_delay",
    "reporting_delay_by_group",
    "reverse_hazards",
    "run_lengths",
    "tuned_cusum",
    "uniformity",
    "unreported",
    "watch",
]


class _Callable(ModuleType):
    """A module that can be called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Alarms:
        """Ask a case the six questions; see :func:`ostraka.watch.watch`."""
        return watch(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
