"""The elite under policy: an exact simulator of departures, purges and postings in continuous time.

The module itself can be called: ``ostraka.simulate(scenario, ...)`` is ``ostraka.simulate.simulate(scenario, ...)``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from ostraka.simulate.calibration import Calibrator, Posterior, learn, summaries_of
from ostraka.simulate.cascade import Cascades, simulate
from ostraka.simulate.checkpoint import Checkpoint, resume, run_until
from ostraka.simulate.civil import Violence, civil_violence
from ostraka.simulate.compare import Effect, Effects, compare
from ostraka.simulate.ensemble import Ensemble, ensemble
from ostraka.simulate.fit import Spells, TieEffect, fit_tie_effect, spells_of
from ostraka.simulate.fit_case import Fitted, fit_case
from ostraka.simulate.followers import Followers, followers
from ostraka.simulate.hindcast import Hindcast, hindcast
from ostraka.simulate.infection import contagion
from ostraka.simulate.parameters import Parameter, Parameters
from ostraka.simulate.policy import CHANNELS, Policy
from ostraka.simulate.population import elite_roster
from ostraka.simulate.predictive import HeldOut, held_out
from ostraka.simulate.replay import replay
from ostraka.simulate.roster import Roster
from ostraka.simulate.roster_from import roster_from_case, roster_from_graph, roster_from_graphml
from ostraka.simulate.rule import Rule
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.scenario_file import load_scenario, scenario_from_toml, scenario_to_toml
from ostraka.simulate.scenarios import default_scenarios
from ostraka.simulate.sensitivity import Sensitivity, sensitivity
from ostraka.simulate.surface import CollapseSurface, collapse_surface
from ostraka.simulate.tables import event_frame, replicate_frame, save_effects, save_frame
from ostraka.simulate.threshold import threshold_cascade
from ostraka.simulate.trail import Leaver, Trail
from ostraka.simulate.warning import early_warning

__all__ = [
    "CHANNELS",
    "Calibrator",
    "Cascades",
    "Checkpoint",
    "CollapseSurface",
    "Effect",
    "Effects",
    "Ensemble",
    "Fitted",
    "Followers",
    "HeldOut",
    "Hindcast",
    "Leaver",
    "Parameter",
    "Parameters",
    "Policy",
    "Posterior",
    "Roster",
    "Rule",
    "Scenario",
    "Sensitivity",
    "Spells",
    "TieEffect",
    "Trail",
    "Violence",
    "civil_violence",
    "collapse_surface",
    "compare",
    "contagion",
    "default_scenarios",
    "early_warning",
    "elite_roster",
    "ensemble",
    "event_frame",
    "fit_case",
    "fit_tie_effect",
    "followers",
    "held_out",
    "hindcast",
    "learn",
    "load_scenario",
    "replay",
    "replicate_frame",
    "resume",
    "roster_from_case",
    "roster_from_graph",
    "roster_from_graphml",
    "run_until",
    "save_effects",
    "save_frame",
    "scenario_from_toml",
    "scenario_to_toml",
    "sensitivity",
    "simulate",
    "spells_of",
    "summaries_of",
    "threshold_cascade",
]


class _Callable(ModuleType):
    """A module that runs a scenario when it is called."""

    def __call__(self, scenario: Scenario, **options: Any) -> Cascades:
        return simulate(scenario, **options)


sys.modules[__name__].__class__ = _Callable
