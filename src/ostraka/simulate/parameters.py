"""What the model assumes, parameter by parameter: meaning, unit, value, range, and where the value comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ostraka.chance import stream
from ostraka.errors import InputError
from ostraka.simulate.layout import PARAMETER_NAMES

if TYPE_CHECKING:
    import pandas as pd

BASES = ("estimated", "borrowed", "assumed")
_LIMITS = {"share": (0.0, 1.0)} | dict.fromkeys(("1/year", "ratio", "ties", "steps", "years"), (0.0, math.inf))
_LIMITS["stages"] = (1.0, 200.0)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model with its range and its origin.

    Parameters
    ----------
    name : str
        One of the names of the table.
    meaning, unit : str
        In the field's words.
    value : float
        Default, or centre of the estimate.
    low, high : float
        Range from which each replicate draws its own value, uniformly; equal to `value` where it is held fixed.
    basis : str
        ``estimated`` (from the record), ``borrowed`` (from the literature or another record) or ``assumed``.
    source : str
        Where it comes from.
    shape : float
        Above 0 for an estimated log rate: the replicate draws ``value + log(Gamma(shape) / shape)``, the posterior
        of a rate from counts; `low` and `high` are then its 5 % and 95 % quantiles.
    points : tuple of float
        For any other posterior: its quantiles at equal steps of probability, drawn from with straight lines between.
    """

    name: str
    meaning: str
    unit: str
    value: float
    low: float
    high: float
    basis: str = "assumed"
    source: str = "assumed"
    shape: float = 0.0
    points: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise InputError(f"parameter {self.name}: basis is one of {', '.join(BASES)}, not {self.basis!r}")
        if not all(math.isfinite(x) for x in (self.value, self.low, self.high)) or self.low > self.high:
            raise InputError(f"parameter {self.name}: needs finite low <= high, got {self.low} and {self.high}")
        least, most = (
            _LIMITS.get(self.unit, (-math.inf, math.inf)) if self.name != "disaffection_sd" else (0.0, math.inf)
        )
        if self.low < least or self.high > most:
            raise InputError(
                f"parameter {self.name} ({self.unit}): {self.low} to {self.high} is not within {least} to {most}"
            )

    def draw(self, n: int, chance: np.random.Generator) -> NDArray[np.float64]:
        """One value for each of the next `n` replicates."""
        if self.points:
            return self.at(chance.random(n))
        if self.shape > 0.0:
            return self.value + np.log(np.maximum(chance.gamma(self.shape, size=n), 1e-300) / self.shape)
        if self.low == self.high:
            return np.full(n, self.value)
        return chance.uniform(self.low, self.high, n)

    def at(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values below which given shares of the draws lie."""
        if self.points:
            middles = (np.arange(len(self.points)) + 0.5) / len(self.points)
            return np.interp(share, middles, self.points)
        if self.shape > 0.0:
            from scipy import stats  # noqa: PLC0415 - slow to import, and only needed here

            rate = np.maximum(stats.gamma.ppf(share, self.shape), 1e-300)
            return np.asarray(self.value + np.log(rate / self.shape), dtype=float)
        return self.low + (self.high - self.low) * share


_SIGN = "sign from the literature, size assumed: "
_TABLE: tuple[tuple[str, str, str, float, float, float, str], ...] = (
    ("base", "log rate of leaving of an average member abroad with no ties gone", "log(1/year)", -4.0, -4.0, -4.0, ""),
    ("access_home", "chance to leave from home relative to abroad", "ratio", 0.1, 0.1, 0.1, _SIGN + "Hirschman 1970, exit is cheaper when there is a way out"),
    ("access_recalled", "chance to leave once called home relative to abroad", "ratio", 0.05, 0.05, 0.05, ""),
    ("rank", "change of the log rate of leaving per rank", "log ratio", 0.0, -0.2, 0.2, ""),
    ("privilege", "fall of the log rate of leaving per unit of privilege", "log ratio", 0.3, 0.0, 0.6, _SIGN + "Reuter & Szakonyi 2019; Kim 2013"),
    ("disaffection", "mean private disaffection, on the scale of the log rate", "log ratio", 0.0, 0.0, 0.0, ""),
    ("disaffection_sd", "spread of private disaffection between members", "log ratio", 0.8, 0.8, 0.8, "the spread used in the benchmark model M0"),
    ("information", "rise of the log rate of leaving per piece of outside information in memory", "log ratio", 0.2, 0.0, 0.4, ""),
    ("kin_held", "fall of the log rate of leaving when all close kin are held at home", "log ratio", 1.0, 0.5, 1.5, _SIGN + "hostage rule, see the directives of 2007 and 2012 in the North Korean record"),
    ("children_abroad", "rise of the log rate of leaving with children abroad", "log ratio", 0.3, 0.0, 0.6, ""),
    ("contagion_kin", "rise of the log rate of leaving per kin who left", "log ratio", 0.6, 0.0, 1.2, "assumed; true contagion cannot be told from likeness in this record (Shalizi & Thomas 2011)"),
    ("contagion_patron", "the same per patron or client who left", "log ratio", 0.4, 0.0, 0.8, "assumed, as for kin"),
    ("contagion_comrade", "the same per comrade who left", "log ratio", 0.4, 0.0, 0.8, "assumed, as for kin"),
    ("contagion_colleague", "the same per colleague who left", "log ratio", 0.4, 0.0, 0.8, "assumed, as for kin"),
    ("saturation", "number of departed ties of a kind beyond which more do not count", "ties", 8.0, 8.0, 8.0, ""),
    ("complex_at", "if above 0: ties count only once this many have left (complex contagion)", "ties", 0.0, 0.0, 0.0, "0: simple contagion; Centola & Macy 2007 for the other"),
    ("log_ties", "if above 0: departed ties count as log(1 + number), not up to saturation", "0 or 1", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("fear_kin", "change of the log rate of leaving per purged kin: below 0 fear, above 0 resentment", "log ratio", 0.2, -0.2, 0.6, _SIGN + "Wintrobe 1998, repression can lower loyalty"),
    ("fear_patron", "the same per purged patron or client", "log ratio", 0.1, -0.2, 0.4, "assumed, as for kin"),
    ("fear_comrade", "the same per purged comrade", "log ratio", 0.0, -0.2, 0.2, "assumed, as for kin"),
    ("fear_colleague", "the same per purged colleague", "log ratio", -0.1, -0.3, 0.1, "assumed, as for kin"),
    ("backlash", "lasting rise of disaffection per purged kin, patron or client", "log ratio", 0.1, 0.0, 0.2, _SIGN + "Wintrobe 1998"),
    ("passed_over", "rise of disaffection of clients of lower rank when another fills the seat above them", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("calming", "rate at which disaffection that events raised falls by a step", "1/year", 0.0, 0.0, 0.0, "off unless a scenario sets it: what is raised stays"),
    ("calming_step", "how far disaffection falls at each such step", "log ratio", 0.1, 0.1, 0.1, ""),
    ("memory", "rate at which a departure stops moving others", "1/year", 0.5, 0.5, 0.5, ""),
    ("publicity", "rise of everybody's log rate of leaving per percent of the elite known to have left", "log ratio", 0.1, 0.0, 0.2, _SIGN + "Kuran 1991; Lohmann 1994"),
    ("publicity_share", "share of departures that become known at home", "share", 0.3, 0.1, 0.5, ""),
    ("purge", "rate of being purged at rank 0", "1/year", 0.01, 0.01, 0.01, "the rate of the benchmark model M0"),
    ("purge_rank", "change of the log rate of being purged per rank", "log ratio", 0.2, 0.0, 0.4, ""),
    ("purge_disaffection", "accuracy: rise of the log rate of being purged per unit of disaffection", "log ratio", 0.2, 0.0, 0.4, ""),
    ("purge_tie", "rise of the log rate of being purged per kin, patron or client who left", "log ratio", 0.7, 0.2, 1.2, ""),
    ("association", "chance that kin at home are purged at once when a member leaves or is purged", "share", 0.1, 0.0, 0.2, ""),
    ("association_depth", "how far guilt by association runs along kin", "steps", 2.0, 2.0, 2.0, ""),
    ("detain", "share of purges that are detentions, from which one comes back", "share", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("release", "rate at which a detained member is released to a post at home", "1/year", 1.0, 1.0, 1.0, ""),
    ("detention_grievance", "rise of disaffection of who is released", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("resist", "share of those breaking with the regime at home who turn to opposition there instead of leaving", "share", 0.0, 0.0, 0.0, "off unless a scenario sets it; Albrecht & Ohl 2016: exit, resist or stay loyal"),
    ("purge_opposed", "rise of the log rate of being purged of who is in opposition", "log ratio", 1.6, 1.6, 1.6, ""),
    ("posting_out", "rate of being posted abroad, times how mobile a member is", "1/year", 0.33, 0.33, 0.33, "equal to posting_back; the roster scales it so that the number abroad holds steady"),
    ("posting_back", "rate of coming home from a post abroad", "1/year", 0.33, 0.33, 0.33, "the rate of the benchmark model M0: three years abroad"),
    ("screening", "how strongly postings abroad go to the contented with kin at home", "log ratio", 0.3, 0.0, 0.6, "the editorial the project began with speaks of strict screening; size assumed"),
    ("retire", "rate of death and retirement", "1/year", 0.02, 0.02, 0.02, ""),
    ("retire_ageing", "rise of the log rate of death and retirement per year of age, where the age is known", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it; the form is that of Gompertz 1825, doi:10.1098/rstl.1825.0026"),
    ("retire_reference", "age at which the rate of death and retirement is `retire`", "years", 60.0, 60.0, 60.0, ""),
    ("pension_age", "if above 0: age from which the log rate of death and retirement is higher by pension_rise", "years", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("pension_rise", "rise of the log rate of death and retirement at pension_age", "log ratio", 1.5, 1.5, 1.5, ""),
    ("newcomer_age", "age of who comes to a seat from outside, where ages are known", "years", 35.0, 35.0, 35.0, ""),
    ("refill", "rate at which a vacant seat is filled", "1/year", 1.0, 1.0, 1.0, ""),
    ("refill_rank", "change of the log rate at which a vacant seat is filled per rank", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("promote", "chance that a vacant seat is filled by promotion from one rank below in its organ, which leaves that seat vacant", "share", 0.0, 0.0, 0.0, "off unless a scenario sets it; vacancy chains: White 1970"),
    ("promote_loyalty", "how strongly promotions go to the contented: fall of the log odds of being taken per unit of disaffection", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it; Egorov & Sonin 2011, doi:10.1111/j.1542-4774.2011.01033.x"),
    ("exposure_abroad", "pieces of outside information met abroad", "1/year", 1.0, 1.0, 1.0, ""),
    ("exposure_home", "pieces of outside information met at home", "1/year", 0.1, 0.1, 0.1, ""),
    ("forgetting", "rate at which a piece of information fades", "1/year", 0.5, 0.5, 0.5, ""),
    ("succession", "rate of a change of leader", "1/year", 0.02, 0.02, 0.02, ""),
    ("succession_years", "mean length of a succession", "years", 2.0, 2.0, 2.0, ""),
    ("succession_exit", "rise of everybody's log rate of leaving during a succession", "log ratio", 0.3, 0.0, 0.6, _SIGN + "Byman & Lind 2010, succession is the gap"),
    ("succession_purge", "rise of the log rate of being purged during a succession", "log ratio", 0.7, 0.2, 1.2, ""),
    ("succession_patron", "further rise per unit of privilege, which the old leader gave", "log ratio", 0.3, 0.0, 0.6, ""),
    ("succession_grievance", "rise of everybody's disaffection when a succession begins", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("succession_ties", "by what share a departed patron or client counts more during a succession", "ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("succession_stages", "Gamma shape of the length of a succession, to the nearest whole number: 1 exponential, many: always as long", "stages", 2.0, 2.0, 2.0, ""),
    ("leader_stages", "Gamma shape of a leader's time in office, to the nearest whole number, counted from time 0 or from his coming", "stages", 1.0, 1.0, 1.0, "1: no memory"),
    ("leader_age", "age of the leader at time 0; matters with leader_ageing", "years", 60.0, 60.0, 60.0, ""),
    ("leader_years", "years the leader has been in office at time 0; matter with leader_tenure", "years", 0.0, 0.0, 0.0, ""),
    ("successor_age", "age at which a leader comes to office, and at which `succession` is the rate of his going", "years", 60.0, 60.0, 60.0, ""),
    ("leader_ageing", "rise of the log rate of a change of leader per year of his age", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it; the form is that of Gompertz 1825, doi:10.1098/rstl.1825.0026"),
    ("leader_tenure", "change of the log rate of a change of leader per year in office", "log ratio", 0.0, 0.0, 0.0, "off unless a scenario sets it"),
    ("coup", "hazard of a coup when the coalition stands at its threshold", "1/year", 0.1, 0.1, 0.1, "scenario variable: only comparative data can tell (Svolik 2012; Geddes, Wright & Frantz)"),
    ("coup_slope", "fall of the log hazard of a coup per unit of coalition share above the threshold", "log ratio", 20.0, 20.0, 20.0, "scenario variable"),
    ("coalition_threshold", "share of the coalition's weight below which it breaks", "share", 0.8, 0.8, 0.8, "scenario variable; shown as a surface"),
    ("security_threshold", "the same for the security organ", "share", 0.8, 0.8, 0.8, "scenario variable"),
    ("monitoring", "change of the log rate of leaving per level of monitoring", "log ratio", -0.5, -0.9, -0.1, ""),
    ("terror_exit", "change of the log rate of leaving at once per level of terror", "log ratio", -0.2, -0.4, 0.0, _SIGN + "Haber 2006"),
    ("terror_purge", "change of the log rate of being purged per level of terror", "log ratio", 1.6, 1.2, 2.0, ""),
    ("information_control", "change of the log rate of meeting outside information per level of control", "log ratio", -1.0, -1.5, -0.5, _SIGN + "Byman & Lind 2010"),
    ("outside_option", "change of the log rate of leaving per level of the outside option", "log ratio", 0.3, 0.0, 0.6, _SIGN + "Hirschman 1970"),
    ("coup_proofing", "change of the log hazard of a coup per level of coup-proofing", "log ratio", -0.5, -1.0, 0.0, _SIGN + "Haber 2006; Byman & Lind 2010"),
)  # fmt: skip


def _defaults() -> Mapping[str, Parameter]:
    made = [Parameter(*row[:6], source=row[6] or "assumed") for row in _TABLE]
    return MappingProxyType({parameter.name: parameter for parameter in made})


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameter table of a scenario. Change it with :meth:`set`; draw one row per replicate with :meth:`rows`.

    Examples
    --------
    >>> table = Parameters().set(contagion_kin=0.0, purge=(0.0, 0.02))
    >>> table["contagion_kin"].value, table["purge"].high
    (0.0, 0.02)
    """

    entries: Mapping[str, Parameter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        full = dict(_defaults()) | dict(self.entries)
        for name in full:
            _check_name(name)
        object.__setattr__(self, "entries", MappingProxyType({name: full[name] for name in PARAMETER_NAMES}))

    def __getitem__(self, name: str) -> Parameter:
        _check_name(name)
        return self.entries[name]

    def set(self, **values: float | tuple[float, float]) -> Parameters:
        """The table with other values: a number is held fixed, a pair is a range.

        Raises
        ------
        InputError
            If a name is unknown or a value is not finite.
        """
        changed = dict(self.entries)
        for name, value in values.items():
            low, high = value if isinstance(value, tuple) else (value, value)
            centre = 0.5 * (low + high) if low != high else float(low)
            changed[name] = replace(self[name], value=centre, low=float(low), high=float(high), shape=0.0, points=())
        return Parameters(changed)

    def put(self, entries: Iterable[Parameter]) -> Parameters:
        """The table with other entries, as an estimate gives them."""
        return Parameters(dict(self.entries) | {entry.name: entry for entry in entries})

    def neutral(self) -> Parameters:
        """Every mechanism switched off: what is then set is all there is. For known answers and small models."""
        off = dict.fromkeys(PARAMETER_NAMES, 0.0)
        off |= {"access_home": 1.0, "access_recalled": 1.0, "saturation": 1e9, "association_depth": 1.0}
        off |= {"succession_stages": 2.0, "leader_stages": 1.0}
        return self.set(**off)

    def rows(self, replicates: int, root: int) -> NDArray[np.float64]:
        """One row of values per replicate, shape (replicates, parameters)."""
        return next(self.blocks(replicates, root, size=replicates))

    def blocks(self, replicates: int, root: int, *, size: int) -> Iterator[NDArray[np.float64]]:
        """The same rows, a few at a time, so that memory does not grow with their number."""
        chances = [stream(root, f"simulate.parameter.{name}") for name in self.entries]
        for first in range(0, replicates, size):
            n = min(size, replicates - first)
            entries = self.entries.values()
            yield np.column_stack([entry.draw(n, chance) for entry, chance in zip(entries, chances, strict=True)])

    def frame(self) -> pd.DataFrame:
        """The table as printed: name, meaning, unit, value, range, basis, source."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

        columns = ("name", "meaning", "unit", "value", "low", "high", "basis", "source")
        return pd.DataFrame([[getattr(entry, c) for c in columns] for entry in self.entries.values()], columns=columns)

    def to_json(self) -> list[dict[str, Any]]:
        """The table as plain JSON values."""
        return [
            {c: getattr(entry, c) for c in ("name", "unit", "value", "low", "high", "basis", "source", "meaning")}
            for entry in self.entries.values()
        ]


def _check_name(name: str) -> None:
    if name not in PARAMETER_NAMES:
        raise InputError(f"unknown parameter {name!r}; known are {', '.join(PARAMETER_NAMES)}")
