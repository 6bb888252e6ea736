"""Ostraka: from reports of elite defection to a defended answer.

Who left, is it more than usual, what follows under which policy, how near is the regime to breaking: every
figure leads back to a sentence or a seed. ``watch``, ``simulate`` and ``forecast`` are rooms that can also be
called: ``ostraka.watch(case)`` is ``ostraka.watch.watch(case)``. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ostraka import forecast as forecast
    from ostraka import simulate as simulate
    from ostraka import watch as watch
    from ostraka.brief import Brief, make_brief
    from ostraka.case import Case, case_as_of, load_case, save_case, shipped_case, shipped_regimes
    from ostraka.dates import When
    from ostraka.errors import FitError, InputError, OstrakaError, Problem
    from ostraka.model import Claim, Event, Report, Statement
    from ostraka.read import Reading, compare_names, read_file, read_text
    from ostraka.register import Register

_HOMES = {
    "Brief": "brief",
    "Case": "case",
    "Claim": "model",
    "Event": "model",
    "FitError": "errors",
    "InputError": "errors",
    "OstrakaError": "errors",
    "Problem": "errors",
    "Reading": "read",
    "Register": "register",
    "Report": "model",
    "Statement": "model",
    "When": "dates",
    "case_as_of": "case",
    "compare_names": "read",
    "forecast": "",
    "load_case": "case",
    "make_brief": "brief",
    "read_file": "read",
    "read_text": "read",
    "save_case": "case",
    "shipped_case": "case",
    "shipped_regimes": "case",
    "simulate": "",
    "watch": "",
}

__all__ = [
    "Brief",
    "Case",
    "Claim",
    "Event",
    "FitError",
    "InputError",
    "OstrakaError",
    "Problem",
    "Reading",
    "Register",
    "Report",
    "Statement",
    "When",
    "case_as_of",
    "compare_names",
    "forecast",
    "load_case",
    "make_brief",
    "read_file",
    "read_text",
    "save_case",
    "shipped_case",
    "shipped_regimes",
    "simulate",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ostraka' has no attribute {name!r}")
    home = _HOMES[name]
    return getattr(import_module(f"ostraka.{home}"), name) if home else import_module(f"ostraka.{name}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
