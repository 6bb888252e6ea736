"""What a case can tell about the model: every parameter as estimated, borrowed or assumed, and how far it was narrowed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ostraka.case import Case
from ostraka.chance import RNG, root_seed
from ostraka.errors import InputError
from ostraka.model import SECTORS
from ostraka.provenance import Provenance
from ostraka.simulate.fit import TieEffect
from ostraka.simulate.roster import Roster
from ostraka.simulate.scenario import RecordRate, Scenario
from ostraka.simulate.scenarios import default_scenarios, record_rate

if TYPE_CHECKING:
    import pandas as pd

PRIOR_RATE = (-9.0, 0.0)
"""Range of the log rate of leaving before the record is seen: from one departure in 8,000 member-years to one a year."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A case fitted: the scenario "as is" with its parameters, and where each comes from.

    Parameters
    ----------
    scenario : Scenario
        "As is"; one draw of the posterior per replicate flows into every ensemble made of it.
    rates : tuple of RecordRate
        Departures a year by sector; the organ of each is the sector.
    ties : TieEffect or None
        The effect of departed ties, where a complete record was given.
    provenance : Provenance
    """

    scenario: Scenario
    rates: tuple[RecordRate, ...]
    ties: TieEffect | None
    provenance: Provenance

    def contraction(self, name: str) -> float:
        """By what share of its prior variance the record narrows a parameter; 0 for what is assumed or borrowed."""
        entry = self.scenario.parameters[name]
        if entry.basis != "estimated":
            return 0.0
        low, high = PRIOR_RATE if name == "base" else (-1.0, 2.0)
        draws = entry.at(np.linspace(0.0005, 0.9995, 1000))
        return float(max(1.0 - draws.var() / ((high - low) ** 2 / 12.0), 0.0))

    def frame(self) -> pd.DataFrame:
        """One row per parameter: name, value, range, basis, source, contraction."""
        table = self.scenario.parameters.frame()
        table["contraction"] = [self.contraction(name) for name in table["name"]]
        return table

    def rate_frame(self) -> pd.DataFrame:
        """One row per sector: departures, years, departures a year with 90 % interval, members, rate per 1,000 of them."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here
        from scipy import stats  # noqa: PLC0415 - slow to import, and only needed here

        rows = []
        for rate in self.rates:
            low, high = (float(stats.gamma.ppf(q, rate.shape)) * rate.mean / rate.shape for q in (0.05, 0.95))
            members = self._members(rate.organ)
            rows.append(
                {
                    "sector": rate.organ, "departures": rate.n, "years": rate.years, "per_year": rate.mean, "low": low,
                    "high": high, "members_assumed": members,
                    "per_1000_members": 1000 * rate.mean / members if members else math.nan,
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    def _members(self, sector: str) -> int:
        roster = self.scenario.roster
        organ = {"diplomatic": "foreign service", "military": "army"}.get(sector, sector)
        return int((roster.organ == roster.organs.index(organ)).sum()) if organ in roster.organs else 0

    def summary(self) -> str:
        """What the record tells and what it does not, in plain words."""
        counts = dict.fromkeys(("estimated", "borrowed", "assumed"), 0)
        for entry in self.scenario.parameters.entries.values():
            counts[entry.basis] += 1
        told = [
            f"{name} ({entry.source}; prior variance narrowed by {self.contraction(name):.0%})"
            for name, entry in self.scenario.parameters.entries.items()
            if entry.basis == "estimated"
        ]
        if self.ties is None:
            tied = (
                "Whether departures draw others along cannot be told from a list of those who left: it needs a roster with "
                "ties and blocks for the check of likeness. The effects of ties stay assumed and are not called contagion."
            )
        else:
            tied = self.ties.summary()
        return (
            f"{counts['estimated']} estimated, {counts['borrowed']} borrowed, {counts['assumed']} assumed. "
            f"Estimated: {'; '.join(told)}. {tied}"
        )

    def to_json(self) -> dict[str, Any]:
        """The fit as plain JSON values."""
        rows = [
            entry | {"contraction": self.contraction(entry["name"])} for entry in self.scenario.parameters.to_json()
        ]
        rates = self.rate_frame().astype(object)
        return {
            "parameters": rows,
            "rates": rates.where(rates.notna(), None).to_dict("records"),
            "ties": self.ties.to_json() if self.ties else None,
            "provenance": self.provenance.to_json(),
        }


def fit_case(
    case: Case, *, years: float = 5.0, roster: Roster | None = None, ties: TieEffect | None = None, rng: RNG = None
) -> Fitted:
    """Fit a case: class rates with denominators, the base hazard, and the effect of ties if a complete record gave one.

    Parameters
    ----------
    case : Case
    years : float
        Horizon of the scenario.
    roster : Roster or None
        The elite, if known; else the population assumed for the regime.
    ties : TieEffect or None
        Of :func:`fit_tie_effect` on a complete record. It becomes the effect of colleagues and the other ties only if
        it passed the check of likeness; else the effects stay assumed.
    rng : int, SeedSequence, Generator or None
        Root of chance.

    Returns
    -------
    Fitted

    Raises
    ------
    InputError
        If the effect of ties did not pass the check: it must not be called contagion, so it is not used.

    Examples
    --------
    >>> from datetime import date
    >>> quiet = Case.make("Ruritania", start=date(2000, 1, 1), end=date(2009, 12, 31), as_of=date(2010, 1, 1))
    >>> fitted = fit_case(quiet, roster=None, rng=7)
    >>> fitted.frame().query("basis == 'estimated'")["name"].tolist()
    ['base']
    """
    root = root_seed(rng)
    if ties is not None and not ties.may_be_called_contagion:
        raise InputError(f"the effect of ties did not pass the check of likeness and is not used. {ties.summary()}")
    scenario = default_scenarios(case, years=years, roster=roster, rng=root)[0]
    if ties is not None:
        scenario = _with_ties(scenario, ties)
    rates = tuple(rate for sector in SECTORS if (rate := record_rate(case, sector=sector, organ=sector)).n > 0)
    facts = {"digest": scenario.digest, "years": years, "ties": ties is not None}
    return Fitted(scenario, rates, ties, Provenance("fit_case", facts, seed=root, case_digest=case.digest))


def _with_ties(scenario: Scenario, ties: TieEffect) -> Scenario:
    value, low, high = ties.blocked.of("departed ties")
    source = f"complete record, with shared effects of blocks: {value:.2f} (95 % {low:.2f} to {high:.2f})"
    entries = [
        replace(
            scenario.parameters[f"contagion_{kind}"], value=value, low=low, high=high, basis="estimated", source=source
        )
        for kind in ("kin", "patron", "comrade", "colleague")
    ]
    return replace(scenario, parameters=scenario.parameters.put(entries))
