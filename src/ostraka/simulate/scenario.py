"""A scenario: a roster, the parameters, the policies, and how long it is watched; compiled to the kernel's tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ostraka.case.timeline import Step, Timeline
from ostraka.dates import DAYS_PER_YEAR, day_number, from_day_number
from ostraka.errors import InputError
from ostraka.provenance import content_hash
from ostraka.simulate import layout as at
from ostraka.simulate.parameters import Parameters
from ostraka.simulate.policy import Policy
from ostraka.simulate.roster import POSTS, Roster
from ostraka.simulate.rule import Rule, rows_of

COALITION_THRESHOLDS = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
"""Coalition shares whose first crossing every run notes."""


@dataclass(frozen=True, slots=True)
class RecordRate:
    """The rate of departures that a record shows, as a Gamma posterior.

    Parameters
    ----------
    organ : str
        Whose departures were counted.
    n : int
        How many departures.
    years : float
        Over how long.
    dispersion : float
        Variance over mean of the yearly counts, at least 1: by how much the posterior is widened.
    log_quantiles : tuple of float
        If the pace was let change: quantiles of the log of the rate in the time ahead, at equal steps of probability;
        they replace the Gamma posterior.
    """

    organ: str
    n: int
    years: float
    dispersion: float = 1.0
    log_quantiles: tuple[float, ...] = ()

    @property
    def shape(self) -> float:
        """Shape of the posterior of the rate (Jeffreys prior), divided by the dispersion."""
        return (self.n + 0.5) / self.dispersion

    @property
    def mean(self) -> float:
        """Departures per year: the posterior mean, or the median where the pace was let change."""
        if self.log_quantiles:
            return math.exp(float(np.median(self.log_quantiles)))
        return (self.n + 0.5) / self.years

    def between(self, low: float, high: float) -> tuple[float, float]:
        """The rates below which two shares of the posterior lie, departures per year."""
        if self.log_quantiles:
            ends = np.exp(np.quantile(self.log_quantiles, (low, high)))
        else:
            from scipy import stats  # noqa: PLC0415 - slow to import, and only needed here

            ends = np.maximum(stats.gamma.ppf((low, high), self.shape), 1e-20) * self.mean / self.shape
        return float(ends[0]), float(ends[1])

    def to_json(self) -> dict[str, Any]:
        """The rate as plain JSON values."""
        names = ("organ", "n", "years", "dispersion", "mean", "shape")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One world to run: who, under which parameters, under which policies, for how long.

    Parameters
    ----------
    name : str
        In plain words, as it is printed.
    roster : Roster
    parameters : Parameters
    policies : tuple of Policy
        Multipliers combine in any order; actions on one date follow the order of the list.
    rules : tuple of Rule
        What the regime does whenever something happens.
    years : float
        Horizon, in years.
    begin : date or None
        Calendar date of time 0, for printed epochs.
    n_edges : int
        Number of equal reporting intervals.
    thresholds : tuple of float
        Coalition shares in [0, 1] whose first crossing is noted.
    note : str
    record : RecordRate or None
        What the parameters were calibrated to.
    case_digest : str
        The case it was made from.

    Examples
    --------
    >>> base = Scenario("as is", Roster.make(3), years=2)
    >>> base.under(Policy("all called home", "recall")).name
    'as is; all called home'
    """

    name: str
    roster: Roster
    parameters: Parameters = field(default_factory=Parameters)
    policies: tuple[Policy, ...] = ()
    years: float = 10.0
    begin: date | None = None
    n_edges: int = 20
    thresholds: tuple[float, ...] = COALITION_THRESHOLDS
    note: str = ""
    record: RecordRate | None = None
    case_digest: str = ""
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.years) and 0 < self.years <= 10_000):
            raise InputError(f"scenario {self.name!r}: years is above 0 and at most 10000, not {self.years}")
        if not 1 <= self.n_edges <= 100_000:
            raise InputError(f"scenario {self.name!r}: n_edges is between 1 and 100000, not {self.n_edges}")
        if any(not 0 <= share <= 1 for share in self.thresholds):
            raise InputError(f"scenario {self.name!r}: thresholds are shares from 0 to 1, not {self.thresholds}")
        object.__setattr__(self, "years", float(self.years))
        object.__setattr__(self, "policies", tuple(self.policies))
        object.__setattr__(self, "rules", tuple(self.rules))
        object.__setattr__(self, "thresholds", tuple(sorted(set(self.thresholds), reverse=True)))
        for policy in self.policies:
            _check_target(self, policy)
        for rule in self.rules:
            _check_rule(self, rule)

    def under(self, *policies: Policy | Rule, name: str = "") -> Scenario:
        """The same world under further policies and standing rules."""
        label = name or "; ".join([self.name, *(policy.name for policy in policies)])
        dated = tuple(policy for policy in policies if isinstance(policy, Policy))
        standing = tuple(rule for rule in policies if isinstance(rule, Rule))
        return replace(self, name=label, policies=(*self.policies, *dated), rules=(*self.rules, *standing))

    def with_parameters(self, **values: float | tuple[float, float]) -> Scenario:
        """The same world with other parameter values."""
        return replace(self, parameters=self.parameters.set(**values))

    @property
    def edges(self) -> NDArray[np.float64]:
        """Reporting times in years, from 0 to the horizon, shape (n_edges + 1,)."""
        return np.linspace(0.0, self.years, self.n_edges + 1)

    @property
    def digest(self) -> str:
        """SHA-256 of everything in the scenario."""
        return content_hash(self.to_json())

    @property
    def cost(self) -> float:
        """What the dated policies cost within the horizon, in units of the regime's budget; rules cost as they are used."""
        return sum(policy.spent(self.years) for policy in self.policies)

    def timeline(self) -> Timeline:
        """The policies as a timeline of calendar dates that prints its own epochs.

        Raises
        ------
        InputError
            If the scenario has no calendar date of time 0.
        """
        if self.begin is None:
            raise InputError(f"scenario {self.name!r} has no calendar date of time 0; give begin=date(...)")
        first = day_number(self.begin)

        def on(year: float) -> date:
            return from_day_number(round(first + year * DAYS_PER_YEAR))

        steps = [
            Step(policy.name, on(policy.start), on(policy.end) if policy.lasts and math.isfinite(policy.end) else None,
                 kind=policy.channel, instant=not policy.lasts)
            for policy in self.policies
        ]  # fmt: skip
        return Timeline(tuple(steps), self.begin, on(self.years), rules=tuple(rule.words() for rule in self.rules))

    def to_json(self) -> dict[str, Any]:
        """The scenario as plain JSON values."""
        return {
            "name": self.name,
            "note": self.note,
            "years": self.years,
            "begin": self.begin.isoformat() if self.begin else None,
            "roster": self.roster.to_json(),
            "policies": [policy.to_json() for policy in self.policies],
            "rules": [rule.to_json() for rule in self.rules],
            "cost": self.cost,
            "parameters": self.parameters.to_json(),
            "record": self.record.to_json() if self.record else None,
        }


def _check_target(scenario: Scenario, policy: Policy) -> None:
    where = f"scenario {scenario.name!r}, policy {policy.name!r}"
    wrong = set(policy.organs) - set(scenario.roster.organs)
    if wrong:
        raise InputError(f"{where}: no organ {', '.join(sorted(wrong))}; known: {', '.join(scenario.roster.organs)}")
    if policy.member >= scenario.roster.n:
        raise InputError(f"{where}: there is no seat {policy.member}; seats are 0 to {scenario.roster.n - 1}")
    if not _aims_at(scenario.roster, policy).any():
        raise InputError(f"{where}: its organs, posts and ranks match nobody")


def _check_rule(scenario: Scenario, rule: Rule) -> None:
    where, roster = f"scenario {scenario.name!r}, rule {rule.name!r}", scenario.roster
    wrong = (set(rule.organs) | set(rule.from_organs)) - set(roster.organs)
    if wrong:
        raise InputError(f"{where}: no organ {', '.join(sorted(wrong))}; known: {', '.join(roster.organs)}")
    if not _rule_is_for(roster, rule).any():
        raise InputError(f"{where}: its organs, posts and ranks match nobody")
    if not _sets_off(roster, rule).any():
        raise InputError(f"{where}: its from_organs, from_posts and from_rank match nobody")


def _aims_at(roster: Roster, policy: Policy) -> NDArray[np.bool_]:
    """Whom a policy is for, by member and post, shape (n, 3)."""
    posts = () if policy.channel == "recall" else policy.posts  # a recall also stops postings from home
    return _group(roster, policy.organs, posts, policy.ranks)


def _rule_is_for(roster: Roster, rule: Rule) -> NDArray[np.bool_]:
    return _group(roster, rule.organs, () if rule.then == "recall" else rule.reaches, rule.ranks)


def _sets_off(roster: Roster, rule: Rule) -> NDArray[np.bool_]:
    ranks = tuple(int(rank) for rank in np.unique(roster.rank) if rank >= rule.from_rank)
    return _group(roster, rule.from_organs, rule.from_posts, ranks or (-1,))


def _group(
    roster: Roster, organs: tuple[str, ...], posts: tuple[str, ...], ranks: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Which members in which posts belong to a group, shape (n, 3); what is empty is not asked."""
    member = np.ones(roster.n, bool)
    if organs:
        member &= np.isin(roster.organ, [roster.organs.index(name) for name in organs])
    if ranks:
        member &= np.isin(roster.rank, ranks)
    post = np.array([not posts or name in posts for name in POSTS])
    group: NDArray[np.bool_] = member[:, None] & post[None, :]
    return group


def compile_elite(scenario: Scenario, *, blocked: int = -1) -> tuple[at.Elite, at.Orders]:
    """The tables the kernel reads. Members whom exactly the same policies concern form one class with one clock."""
    roster, policies = scenario.roster, scenario.policies
    pulls = [(p, policy, pull) for p, policy in enumerate(policies) for pull in policy.pulls()]
    groups = [_aims_at(roster, policy) for policy in policies]
    groups += [group for rule in scenario.rules for group in (_sets_off(roster, rule), _rule_is_for(roster, rule))]
    concerns, class_of = _classes(roster.n, groups)
    number = [[p.start, p.end, p.level, 0.0 if p.level == 0 else pull[2]] for _, p, pull in pulls]
    code = [[pull[0], at.PARAMETER_NAMES.index(pull[1]) if pull[1] else -1, p.member] for _, p, pull in pulls]
    recalls = 0
    for (_, policy, pull), numbers, codes in zip(pulls, number, code, strict=True):
        if pull[1] == "privilege":
            numbers[2] = -policy.level
        if pull[0] == at.A_RECALL:  # the n-th order draws the n-th lot of every member, whatever else is in force
            codes[2], recalls = recalls, recalls + 1
    ladder, below = _ladder(scenario)
    elite = at.Elite(
        number=np.column_stack([roster.offset, roster.privilege, roster.kin_held, roster.children, roster.mobile]),
        code=np.column_stack([roster.rank, roster.weight, _is_security(roster), roster.organ, roster.post]),
        start=roster.start,
        tie=roster.tie,
        tie_weight=roster.tie_weight,
        tie_span=roster.tie_span,
        class_of=class_of,
        scope=np.array([scenario.years]),
        blocked=blocked,
        age=np.where(np.isnan(roster.age), -np.inf, roster.age),
        ladder=ladder,
        below=below,
    )
    total, steps = int(roster.weight.sum()), _steps(policies, scenario.years)
    numbers_of, codes_of = np.array(number, dtype=float).reshape(-1, 4), np.array(code, dtype=np.int64).reshape(-1, 3)
    listed, bounds = _by_step(numbers_of, codes_of, steps)
    orders = at.Orders(
        number=numbers_of,
        code=codes_of,
        concerns=np.ascontiguousarray(concerns[np.array([p for p, _, _ in pulls], dtype=np.int64)]),
        steps=steps,
        listed=listed,
        bounds=bounds,
        edges=scenario.edges,
        cuts=np.array([math.ceil(share * total - 1e-9) for share in scenario.thresholds], dtype=np.int64),
        **_rules(scenario, concerns[len(policies) :]),
    )
    return elite, orders


def _ladder(scenario: Scenario) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Seats by organ and rank, and which of them are one rank below each seat; nothing if nobody can be promoted."""
    chance, roster = scenario.parameters["promote"], scenario.roster
    if not (chance.high > 0 or any(chance.points)):
        return np.zeros(0, np.int32), np.zeros((0, 2), np.int64)
    order = np.lexsort((roster.rank, roster.organ))
    rung = np.stack([roster.organ, roster.rank], axis=1)[order]
    first = np.flatnonzero(np.any(rung != np.roll(rung, 1, axis=0), axis=1) | (np.arange(roster.n) == 0))
    ends = np.append(first, roster.n)
    below = np.zeros((roster.n, 2), np.int64)
    for k in range(1, first.size):
        if rung[first[k], 0] == rung[first[k - 1], 0]:
            below[order[first[k] : ends[k + 1]]] = first[k - 1], first[k]
    return order.astype(np.int32), below


def _is_security(roster: Roster) -> NDArray[np.int64]:
    return np.isin(roster.organ, [roster.organs.index(name) for name in roster.security]).astype(np.int64)


def _rules(scenario: Scenario, concerns: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    """The tables of the standing rules; of `concerns` two rows belong to each rule."""
    number, code, owner = rows_of(scenario.rules)
    of = np.array(owner, dtype=np.int64)
    return {
        "rule_number": np.array(number, dtype=float).reshape(-1, 4),
        "rule_code": np.array(code, dtype=np.int64).reshape(-1, 7),
        "rule_fires": np.ascontiguousarray(concerns[2 * of]),
        "rule_concerns": np.ascontiguousarray(concerns[2 * of + 1]),
    }


def _classes(n: int, groups: Sequence[NDArray[np.bool_]]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which classes each group is made of, and the class of each member in each post."""
    if not groups:
        return np.zeros((0, 1), bool), np.zeros((n, 3), np.int64)
    kinds, member_class = np.unique(np.stack([group.ravel() for group in groups], axis=1), axis=0, return_inverse=True)
    return np.ascontiguousarray(kinds.T), np.ascontiguousarray(member_class.reshape(n, 3).astype(np.int64))


def _by_step(
    number: NDArray[np.float64], code: NDArray[np.int64], steps: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which rows of the policy table hold from each step on, and which act on its date, as lists with their bounds."""
    lasting = code[:, at.ORDER_LEVER] < at.N_LEVERS
    start, end = number[:, at.ORDER_START], number[:, at.ORDER_END]
    holds = [np.flatnonzero(lasting & (start <= t) & (t < end)) for t in steps]
    acts = [np.flatnonzero(~lasting & ((start == t) | (end == t))) for t in steps]
    sizes = [len(rows) for rows in (*holds, *acts)]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    bounds = np.stack([ends[: len(steps) + 1], ends[len(steps) :]])
    return np.concatenate([*holds, *acts]).astype(np.int64), bounds


def _steps(policies: Sequence[Policy], years: float) -> NDArray[np.float64]:
    days = {0.0} | {t for policy in policies for t in (policy.start, policy.end) if t <= years}
    return np.array(sorted(days))
