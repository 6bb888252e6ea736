"""The list of covariates: what each is, in which unit, from which file, and whether it was coded in hindsight."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Covariate:
    """One thing known about a country, as the model sees it.

    Parameters
    ----------
    name : str
        Column of a design.
    label : str
        What it is, for people.
    unit : str
        What one step of it means.
    step : float
        Size of that step on the model's scale.
    source : str
        Name of the shipped file; empty where it comes from the panel itself.
    hindsight : bool
        Whether coders filled it in years later, knowing what came.
    """

    name: str
    label: str
    unit: str
    source: str
    hindsight: bool = False
    step: float = 1.0

    def natural(self, value: float) -> float:
        """A value of the model's scale in its own unit: years, months, dollars, per cent.

        Examples
        --------
        >>> Covariate("log_tenure", "months in power", "doubling", "reign_years").natural(math.log(24))
        24.0
        """
        if self.name == "log_conflict":
            return math.expm1(value)
        if self.name.startswith("log_"):
            return round(math.exp(value), 6)
        return 100 * value if self.name in ("growth", "slump") else value


_V = "point of V-Dem's scale, about one standard deviation between countries; higher is more"
_DOUBLING = math.log(2)
ECONOMY = (
    Covariate("log_gdp_pc", "income per head", "doubling (constant US dollars a year)", "wdi", step=_DOUBLING),
    Covariate("growth", "growth of income per head", "percentage point", "wdi", step=0.01),
    Covariate("slump", "growth of income per head below zero", "percentage point", "wdi", step=0.01),
    Covariate("log_population", "population", "doubling", "wdi", step=_DOUBLING),
    Covariate(
        "log_infant_mortality",
        "infant mortality",
        "doubling of deaths per 1,000 births",
        "infant_mortality",
        step=_DOUBLING,
    ),
    Covariate("no_economy", "no economic data", "step from no to yes", "wdi"),
)
LEADER = (
    Covariate("leader_age", "age of the leader", "ten years", "reign_years", step=10.0),
    Covariate("log_tenure", "leader's months in power", "doubling", "reign_years", step=_DOUBLING),
    Covariate("military_career", "leader from the military", "step from no to yes", "reign_years"),
    Covariate("election_expected", "election expected within six months", "step from no to yes", "reign_years"),
    Covariate(
        "irregular_expected", "irregular election for the leadership expected", "step from no to yes", "reign_years"
    ),
    Covariate("election_recent", "election within the last six months", "step from no to yes", "reign_years"),
    Covariate("victory_recent", "recent election won by the incumbent", "step from no to yes", "reign_years"),
    Covariate("change_recent", "recent election changed the leader", "step from no to yes", "reign_years"),
    Covariate("log_since_election", "months since the last election", "doubling", "reign_years", step=_DOUBLING),
    Covariate("log_since_loss", "months since an incumbent last lost", "doubling", "reign_years", step=_DOUBLING),
    Covariate(
        "log_since_irregular", "months since the last irregular election", "doubling", "reign_years", step=_DOUBLING
    ),
    Covariate(
        "log_conflict",
        "armed conflict in the months before",
        "doubling of one plus REIGN's count",
        "reign_years",
        step=_DOUBLING,
    ),
)
OPENNESS = (
    Covariate(
        "polyarchy",
        "electoral democracy (V-Dem)",
        "tenth of the scale from 0 to 1",
        "vdem_indices",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "polyarchy_change",
        "change of electoral democracy over one year",
        "tenth of the scale from 0 to 1",
        "vdem_indices",
        hindsight=True,
        step=0.1,
    ),
)
ITEMS = (
    Covariate(
        "v2x_clphy",
        "freedom from killing and torture",
        "tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_neopat",
        "rule through personal favours",
        "tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_ex_military",
        "power rests on the military",
        "tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_ex_party",
        "power rests on a ruling party",
        "tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_ex_hereditary",
        "power rests on heredity",
        "tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate("v2csreprss", "civil society left alone", _V, "vdem_items", hindsight=True),
    Covariate("v2pscohesv", "cohesion of parties in the legislature", _V, "vdem_items", hindsight=True),
    Covariate("v2jupurge", "judges left alone", _V, "vdem_items", hindsight=True),
    Covariate("v2jupoatck", "judges not attacked by the government", _V, "vdem_items", hindsight=True),
    Covariate("v2csantimv", "movements against the system", _V, "vdem_items", hindsight=True),
    Covariate("v2mecrit", "media that criticise the government", _V, "vdem_items", hindsight=True),
    Covariate("v2psoppaut", "autonomy of opposition parties", _V, "vdem_items", hindsight=True),
    Covariate(
        "v2svstterr",
        "territory under the state's control",
        "ten percentage points",
        "vdem_items",
        hindsight=True,
        step=10.0,
    ),
)
SECOND_OPINIONS = (
    Covariate("lexical_index", "electoral democracy (LIED)", "step from 0 to 6", "lied", hindsight=True),
    Covariate("opposition", "opposition may compete (LIED)", "step from no to yes", "lied", hindsight=True),
    Covariate(
        "military_rule", "military rule (Anckar and Fredriksson)", "step from no to yes", "anckar", hindsight=True
    ),
    Covariate(
        "single_party", "single-party rule (Anckar and Fredriksson)", "step from no to yes", "anckar", hindsight=True
    ),
)
"""What other data sets say of the same country-years: joined for comparison, in no model of ours."""
COUNTRY = (*ECONOMY, *LEADER, *OPENNESS, *ITEMS, *SECOND_OPINIONS)
"""Covariates of the country (those of the regime - duration, type, period - come from the panel)."""
