"""The hazards of the slow twin: worked out anew from the whole state, one readable line per mechanism."""

from __future__ import annotations

import math
from collections.abc import Callable

from ostraka.simulate import layout as at
from ostraka.simulate.draw import (
    CALM,
    DISAFFECTION,
    EXIT,
    EXPOSE,
    EXPOSURE_AT_START,
    FORGET,
    LAPSE,
    POSTING,
    PURGE,
    REFILL,
    RETIRE,
    SUCCESSION,
    SUCCESSION_LENGTH,
    exponential,
    normal,
    poisson,
)
from ostraka.simulate.policy import Policy
from ostraka.simulate.roster import POSTS
from ostraka.simulate.rule import Rule
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.seat import Seat, Standing

Entry = tuple[float, int, int, int]


def grown(rate: float, slope: float, years: float) -> float:
    """What a hazard adds up to over some years in which its log rises by `slope` a year."""
    return rate * years if slope == 0 else rate * (math.exp(slope * years) - 1) / slope


def solve(spent: Callable[[float], float], left: float) -> float:
    """When a resistance is used up, by halving intervals; inf if it is not in ten thousand years."""
    low, high = 0.0, 1.0
    while spent(high) < left:
        low, high = high, 2.0 * high
        if high > 10_000.0:
            return math.inf
    while high - low > 1e-12 * high:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if spent(middle) < left else (low, middle)
    return high


class TwinState:
    """One replicate of a scenario as it stands, and the hazards that follow. `row` is its row of parameters by name."""

    def __init__(self, scenario: Scenario, row: dict[str, float], *, root: int, replicate: int, blocked: int = -1):
        self.scenario, self.row, self.root, self.replicate, self.blocked = scenario, row, root, replicate, blocked
        self.roster = scenario.roster
        self.now = 0.0
        self.log: list[Entry] = []
        self.in_succession, self.n_successions = False, 0
        self.succession_until = self.leader_goes()
        self.coup_used, self.coup_at = 0.0, math.inf
        self.seats = [Seat(rung=i, post=int(post)) for i, post in enumerate(self.roster.post)]
        for seat, age in zip(self.seats, self.roster.age, strict=False):
            seat.born = None if math.isnan(age) else -float(age)
        for i in range(self.roster.n):
            self.take_seat(i)
        self.start_weight = self.weight()
        self.standing = {k: Standing(rule) for k, rule in enumerate(scenario.rules)}

    def weight(self) -> int:
        """Weight of the coalition."""
        return sum(int(self.roster.weight[s.rung]) for s in self.seats if s.status == at.LOYAL)

    def stages(self, kind: int, k: int, name: str) -> float:
        """The mean of the unit exponentials of a span; a second one of a succession stands beside the first."""
        beside = 2 if kind == SUCCESSION_LENGTH else 1
        count = max(int(self.row[name] + 0.5), 1)
        at_counter = [beside * k + stage % beside + stage // beside * 2**24 for stage in range(count)]
        return sum(exponential(self.root, self.replicate, self.roster.n, kind, c) for c in at_counter) / count

    def leader_goes(self) -> float:
        """When the leader who is in office from now on goes."""
        row, k = self.row, self.n_successions
        if row["succession"] == 0:
            return math.inf
        first = k == 0
        ahead = row["leader_ageing"] * (row["leader_age"] - row["successor_age"]) * first
        ahead += row["leader_tenure"] * row["leader_years"] * first
        rate, slope = row["succession"] * math.exp(ahead), row["leader_ageing"] + row["leader_tenure"]
        return self.now + solve(lambda years: grown(rate, slope, years), self.stages(SUCCESSION, k, "leader_stages"))

    def retirement_spent(self, i: int, years: float) -> float:
        """How much of his resistance to retirement a member uses up in the years to come."""
        row, born = self.row, self.seats[i].born
        if born is None:
            return row["retire"] * years
        age, slope, pension = self.now - born, row["retire_ageing"], row["pension_age"]
        before = min(max(pension - age, 0.0), years) if pension > 0 else years
        rate = row["retire"] * math.exp(slope * (age - row["retire_reference"]))
        later = rate * math.exp(slope * before + row["pension_rise"])
        return grown(rate, slope, before) + grown(later, slope, years - before)

    def take_seat(self, i: int) -> None:
        """Give a new holder his disaffection and what he knows."""
        seat, row = self.seats[i], self.row
        seat.theta, seat.raised = row["disaffection"], 0.0
        if row["disaffection_sd"] > 0:
            seat.theta += row["disaffection_sd"] * normal(self.root, self.replicate, i, DISAFFECTION, seat.holder)
        arrival = row["exposure_abroad" if seat.post == at.ABROAD else "exposure_home"]
        seat.information = 0
        if arrival > 0 and row["forgetting"] > 0:
            mean = arrival / row["forgetting"]
            seat.information = poisson(self.root, self.replicate, i, EXPOSURE_AT_START, seat.holder, mean)

    def concerns(self, policy: Policy | Rule, i: int, post: int) -> bool:
        """Whether a policy or rule is for a member in a post."""
        r = self.roster
        posts = policy.posts if isinstance(policy, Policy) else policy.reaches
        recall = (policy.channel if isinstance(policy, Policy) else policy.then) == "recall"
        organ_fits = not policy.organs or r.organs[r.organ[i]] in policy.organs
        rank_fits = not policy.ranks or int(r.rank[self.seats[i].rung]) in policy.ranks
        return organ_fits and rank_fits and (recall or not posts or POSTS[post] in posts)

    def in_force(self) -> list[Policy | Rule]:
        """The policies and rules that hold now."""
        dated = [policy for policy in self.scenario.policies if policy.start <= self.now < policy.end]
        return [*dated, *(standing.rule for standing in self.standing.values() if standing.active)]

    def factor(self, lever: int, i: int, post: int) -> float:
        """What the policies in force make of a lever for a member in a post."""
        additive = lever in (at.L_HOLD_KIN, at.L_SCREEN)
        total = 0.0 if additive else 1.0
        pulls = [(p, *pull) for p in self.in_force() if self.concerns(p, i, post) for pull in p.pulls()]
        for policy, pulled, name, fixed in pulls:
            if pulled == lever:
                if lever == at.L_HOLD_KIN:
                    total = max(total, policy.level)
                elif lever == at.L_SCREEN:
                    total += policy.level
                elif policy.level != 0:
                    value = self.row[name] if name else fixed
                    total *= math.exp((-policy.level if name == "privilege" else policy.level) * value)
        return total

    def response(self, count: float) -> float:
        """How a number of departed ties counts."""
        if self.row["complex_at"] > 0:
            return float(count >= self.row["complex_at"])
        if self.row["log_ties"] > 0:
            return math.log1p(count)
        return min(count, self.row["saturation"])

    def exit_hazard(self, i: int) -> float:
        """Hazard of leaving."""
        seat, row, r = self.seats[i], self.row, self.roster
        if seat.status != at.LOYAL or i == self.blocked:
            return 0.0
        x = row["base"] + r.offset[i] + row["rank"] * r.rank[seat.rung]
        x += seat.theta - row["privilege"] * r.privilege[seat.rung] + row["information"] * seat.information
        if seat.post == at.ABROAD:
            held = max(r.kin_held[i], self.factor(at.L_HOLD_KIN, i, seat.post))
            x += row["children_abroad"] * r.children[i] - row["kin_held"] * held
        for kind, name in enumerate(("kin", "patron", "comrade", "colleague")):
            more = 1 + row["succession_ties"] if self.in_succession and kind == at.PATRON else 1.0
            x += (
                more
                * row[f"contagion_{name}"]
                * self.response(seat.departed.get(kind, 0.0))
                * bool(seat.departed.get(kind))
            )
            x += row[f"fear_{name}"] * self.response(seat.purged.get(kind, 0.0)) * bool(seat.purged.get(kind))
        x += row["publicity"] * min(100.0 * sum(s.public for s in self.seats) / r.n, 10.0)
        x += row["succession_exit"] if self.in_succession else 0.0
        access = (row["access_home"], 1.0, row["access_recalled"])[seat.post]
        return float(access * math.exp(x) * self.factor(at.L_EXIT, i, seat.post))

    def purge_hazard(self, i: int) -> float:
        """Hazard of being removed."""
        seat, row, r = self.seats[i], self.row, self.roster
        sees = row["purge_disaffection"] * self.factor(at.L_ACCURACY, i, seat.post)
        x = row["purge_rank"] * r.rank[seat.rung] + sees * seat.theta
        x += row["purge_opposed"] if seat.status == at.OPPOSED else 0.0
        x += row["purge_tie"] * self.response(seat.departed.get(at.KIN, 0.0) + seat.departed.get(at.PATRON, 0.0))
        if self.in_succession:
            x += row["succession_purge"] + row["succession_patron"] * r.privilege[seat.rung]
        return float(row["purge"] * math.exp(x) * self.factor(at.L_PURGE, i, seat.post))

    def posting_rate(self, i: int) -> float:
        """Rate of the next move."""
        seat, row, r = self.seats[i], self.row, self.roster
        if seat.post == at.ABROAD:
            return row["posting_back"] * self.factor(at.L_BACK, i, seat.post)
        if seat.post == at.RECALLED:
            return 0.0
        strength = row["screening"] + self.factor(at.L_SCREEN, i, seat.post)
        passes = math.exp(
            strength * (r.kin_held[i] - (seat.theta - row["disaffection"]))
            - 0.5 * strength**2 * row["disaffection_sd"] ** 2
        )
        return float(row["posting_out"] * r.mobile[seat.rung] * passes * self.factor(at.L_OUT, i, seat.post))

    def hazards(self, i: int) -> dict[int, float]:
        """All hazards of a seat now, by kind."""
        seat, row = self.seats[i], self.row
        lapse = row["memory"] if seat.influence else 0.0
        if seat.status == at.OPPOSED:
            return {PURGE: self.purge_hazard(i), RETIRE: row["retire"], LAPSE: lapse}
        if seat.status != at.LOYAL:
            refill = row["refill"] * math.exp(row["refill_rank"] * self.roster.rank[seat.rung])
            return {REFILL: row["release"] if seat.status == at.DETAINED else refill, LAPSE: lapse}
        arrival = row["exposure_abroad" if seat.post == at.ABROAD else "exposure_home"]
        return {
            EXIT: self.exit_hazard(i),
            PURGE: self.purge_hazard(i),
            POSTING: self.posting_rate(i),
            RETIRE: row["retire"],
            EXPOSE: arrival * self.factor(at.L_EXPOSE, i, seat.post),
            FORGET: row["forgetting"] * seat.information,
            CALM: row["calming"] if seat.raised != 0 else 0.0,
            LAPSE: lapse,
        }

    def coup_hazard(self) -> float:
        """Hazard of the first coup."""
        row = self.row
        if row["coup"] == 0 or self.coup_at < math.inf:
            return 0.0
        share = self.weight() / self.start_weight
        # Targets do not matter for a coup: it is read off the first class, so only untargeted policies are tested.
        return (
            row["coup"]
            * math.exp(-row["coup_slope"] * (share - row["coalition_threshold"]))
            * self.factor(at.L_COUP, 0, self.seats[0].post)
        )
