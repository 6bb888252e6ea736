"""How near the regime is to breaking: the hazard of breakdown, scored out of sample.

The module is callable: ``ostraka.forecast("North Korea")`` is ``ostraka.forecast.forecast("North Korea")``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from ostraka.forecast.predict import forecast
from ostraka.forecast.result import Forecast
from ostraka.forecast.score import Scores, score_probabilities, skill
from ostraka.forecast.sources import DataSource, list_data

__all__ = ["DataSource", "Forecast", "Scores", "forecast", "list_data", "score_probabilities", "skill"]


class _Callable(ModuleType):
    """A module that can be called like its main function."""

    def __call__(self, *args: Any, **kwargs: Any) -> Forecast:
        return forecast(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
