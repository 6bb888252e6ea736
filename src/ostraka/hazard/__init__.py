"""Hazards estimated from complete records of person-spells."""

from ostraka.hazard.spells import Hazard, fit_spells

__all__ = ["Hazard", "fit_spells"]
