"""How near the regime is to breaking: the hazard of breakdown, scored out of sample.

The module is callable: ``ostraka.forecast("North Korea")`` is ``ostraka.forecast.forecast("North Korea")``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from ostraka.forecast.archive import put_away, read_back, resolved, take_out
from ostraka.forecast.coverage import simulated_coverage
from ostraka.forecast.defections import campaign_association, compare_with_series
from ostraka.forecast.design import regime_years
from ostraka.forecast.evaluation import evaluate
from ostraka.forecast.history import potential_defections
from ostraka.forecast.load import gwf_panel, load_data
from ostraka.forecast.modes import fit_modes, ways_to_end
from ostraka.forecast.own_regimes import hrd_panel, panel_from_spells, vdem_panel
from ostraka.forecast.panel import last_year_known, panel_from_frame, shipped_panel
from ostraka.forecast.predict import forecast
from ostraka.forecast.record import shipped_record
from ostraka.forecast.result import Forecast
from ostraka.forecast.rolling import add_average, walk
from ostraka.forecast.score import Scores, score_probabilities, skill
from ostraka.forecast.sources import DataSource, list_data
from ostraka.forecast.spells import spells_of
from ostraka.forecast.split_population import fit_split_population

__all__ = [
    "DataSource",
    "Forecast",
    "Scores",
    "add_average",
    "campaign_association",
    "compare_with_series",
    "evaluate",
    "fit_modes",
    "fit_split_population",
    "forecast",
    "gwf_panel",
    "hrd_panel",
    "last_year_known",
    "list_data",
    "load_data",
    "panel_from_frame",
    "panel_from_spells",
    "potential_defections",
    "put_away",
    "read_back",
    "regime_years",
    "resolved",
    "score_probabilities",
    "shipped_panel",
    "shipped_record",
    "simulated_coverage",
    "skill",
    "spells_of",
    "take_out",
    "vdem_panel",
    "walk",
    "ways_to_end",
]


class _Callable(ModuleType):
    """A module that can be called like its main function."""

    def __call__(self, *args: Any, **kwargs: Any) -> Forecast:
        return forecast(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
