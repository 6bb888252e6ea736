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


_V = "per point of V-Dem's scale, about one standard deviation between countries; higher is more"
_DOUBLING = math.log(2)
ECONOMY = (
    Covariate("log_gdp_pc", "income per head", "per doubling, constant US dollars", "wdi", step=_DOUBLING),
    Covariate("growth", "growth of income per head", "per percentage point", "wdi", step=0.01),
    Covariate("slump", "growth of income per head below zero", "per percentage point", "wdi", step=0.01),
    Covariate("log_population", "population", "per doubling", "wdi", step=_DOUBLING),
    Covariate(
        "log_infant_mortality", "infant mortality", "per factor e of deaths per 1,000 births", "infant_mortality"
    ),
    Covariate("no_economy", "no economic data", "1 if the World Bank has no income for it", "wdi"),
)
LEADER = (
    Covariate("leader_age", "age of the leader", "per ten years", "reign_years", step=10.0),
    Covariate("log_tenure", "leader's months in power", "per doubling", "reign_years", step=_DOUBLING),
    Covariate("military_career", "leader from the military", "1 if so", "reign_years"),
    Covariate("election_expected", "election expected within six months", "1 if so", "reign_years"),
    Covariate("irregular_expected", "irregular election for the leadership expected", "1 if so", "reign_years"),
    Covariate("election_recent", "election within the last six months", "1 if so", "reign_years"),
    Covariate("victory_recent", "recent election won by the incumbent", "1 if so", "reign_years"),
    Covariate("change_recent", "recent election changed the leader", "1 if so", "reign_years"),
    Covariate("log_since_election", "months since the last election", "per doubling", "reign_years", step=_DOUBLING),
    Covariate("log_since_loss", "months since an incumbent last lost", "per doubling", "reign_years", step=_DOUBLING),
    Covariate(
        "log_since_irregular", "months since the last irregular election", "per doubling", "reign_years", step=_DOUBLING
    ),
    Covariate(
        "log_conflict", "armed conflict in the months before", "per factor e of one plus REIGN's count", "reign_years"
    ),
)
OPENNESS = (
    Covariate(
        "polyarchy",
        "electoral democracy (V-Dem)",
        "per tenth of the scale from 0 to 1",
        "vdem_indices",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "polyarchy_change",
        "its change over one year",
        "per tenth of the scale from 0 to 1",
        "vdem_indices",
        hindsight=True,
        step=0.1,
    ),
)
ITEMS = (
    Covariate(
        "v2x_clphy",
        "freedom from killing and torture",
        "per tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_neopat",
        "rule through personal favours",
        "per tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_ex_military",
        "power rests on the military",
        "per tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_ex_party",
        "power rests on a ruling party",
        "per tenth of the scale from 0 to 1",
        "vdem_items",
        hindsight=True,
        step=0.1,
    ),
    Covariate(
        "v2x_ex_hereditary",
        "power rests on heredity",
        "per tenth of the scale from 0 to 1",
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
        "per ten points of per cent",
        "vdem_items",
        hindsight=True,
        step=10.0,
    ),
)
SECOND_OPINIONS = (
    Covariate("lexical_index", "electoral democracy (LIED)", "per step from 0 to 6", "lied", hindsight=True),
    Covariate("opposition", "opposition may compete (LIED)", "1 if so", "lied", hindsight=True),
    Covariate("military_rule", "military rule (Anckar and Fredriksson)", "1 if so", "anckar", hindsight=True),
    Covariate("single_party", "single-party rule (Anckar and Fredriksson)", "1 if so", "anckar", hindsight=True),
)
"""What other data sets say of the same country-years: joined for comparison, in no model of ours."""
COUNTRY = (*ECONOMY, *LEADER, *OPENNESS, *ITEMS, *SECOND_OPINIONS)
"""Covariates of the country (those of the regime - duration, type, period - come from the panel)."""
