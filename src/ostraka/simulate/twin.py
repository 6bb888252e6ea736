"""The slow twin of the engine: the same model in plain Python, readable, without queues or clocks.

It keeps for every member and kind of event how much hazard has been used up, works out every hazard anew after
every event, and takes the smallest waiting time. It draws the same resistances, so it must take the same paths:
the tests compare the two event by event. A rule changed in one and not in the other is found there.
"""

from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.draw import (
    ASSOCIATION,
    COUP,
    DISAFFECTION,
    EXIT,
    EXPOSE,
    EXPOSURE_AT_START,
    FORGET,
    LAPSE,
    POSTING,
    PUBLICITY,
    PURGE,
    RECALL,
    REFILL,
    RETIRE,
    SUCCESSION,
    SUCCESSION_LENGTH,
    exponential,
    normal,
    poisson,
    uniform,
)
from ostraka.simulate.policy import Policy
from ostraka.simulate.roster import POSTS
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.seat import Seat

Entry = tuple[float, int, int, int]
OF_HOLDER = (EXIT, PURGE, POSTING, RETIRE, EXPOSE, FORGET)


class Twin:
    """One replicate of a scenario, played out slowly. `row` is its row of parameters by name."""

    def __init__(self, scenario: Scenario, row: dict[str, float], *, root: int, replicate: int, blocked: int = -1):
        self.scenario, self.row, self.root, self.replicate, self.blocked = scenario, row, root, replicate, blocked
        self.roster = scenario.roster
        self.now = 0.0
        self.log: list[Entry] = []
        self.succession_until = math.inf if row["succession"] == 0 else exponential(
            root, replicate, self.roster.n, SUCCESSION, 0
        ) / row["succession"]  # fmt: skip
        self.in_succession, self.n_successions = False, 0
        self.coup_used, self.coup_at = 0.0, math.inf
        self.seats = [Seat(post=int(post)) for post in self.roster.post]
        for i in range(self.roster.n):
            self.take_seat(i)
        self.start_weight = self.weight()

    def weight(self) -> int:
        """Weight of the coalition."""
        return sum(int(w) for w, s in zip(self.roster.weight, self.seats, strict=True) if s.status == at.LOYAL)

    def take_seat(self, i: int) -> None:
        """Give a new holder his disaffection and what he knows."""
        seat, row = self.seats[i], self.row
        seat.theta = row["disaffection"]
        if row["disaffection_sd"] > 0:
            seat.theta += row["disaffection_sd"] * normal(self.root, self.replicate, i, DISAFFECTION, seat.holder)
        arrival = row["exposure_abroad" if seat.post == at.ABROAD else "exposure_home"]
        seat.information = 0
        if arrival > 0 and row["forgetting"] > 0:
            mean = arrival / row["forgetting"]
            seat.information = poisson(self.root, self.replicate, i, EXPOSURE_AT_START, seat.holder, mean)

    def concerns(self, policy: Policy, i: int, post: int) -> bool:
        """Whether a policy is for a member in a post."""
        r = self.roster
        organ_fits = not policy.organs or r.organs[r.organ[i]] in policy.organs
        rank_fits = not policy.ranks or int(r.rank[i]) in policy.ranks
        post_fits = not policy.posts or POSTS[post] in policy.posts or policy.channel == "recall"
        return organ_fits and rank_fits and post_fits

    def factor(self, lever: int, i: int, post: int) -> float:
        """What the policies in force make of a lever for a member in a post."""
        additive = lever in (at.L_HOLD_KIN, at.L_SCREEN)
        total = 0.0 if additive else 1.0
        for policy in self.scenario.policies:
            if not (policy.start <= self.now < policy.end and self.concerns(policy, i, post)):
                continue
            for pulled, name, fixed in policy.pulls():
                if pulled != lever:
                    continue
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
        return min(count, self.row["saturation"])

    def exit_hazard(self, i: int) -> float:
        """Hazard of leaving."""
        seat, row, r = self.seats[i], self.row, self.roster
        if seat.status != at.LOYAL or i == self.blocked:
            return 0.0
        x = row["base"] + r.offset[i] + row["rank"] * r.rank[i] - row["privilege"] * r.privilege[i] + seat.theta
        x += row["information"] * seat.information
        if seat.post == at.ABROAD:
            held = max(r.kin_held[i], self.factor(at.L_HOLD_KIN, i, seat.post))
            x += row["children_abroad"] * r.children[i] - row["kin_held"] * held
        for kind, name in enumerate(("kin", "patron", "comrade", "colleague")):
            x += row[f"contagion_{name}"] * self.response(seat.departed.get(kind, 0.0)) * bool(seat.departed.get(kind))
            x += row[f"fear_{name}"] * self.response(seat.purged.get(kind, 0.0)) * bool(seat.purged.get(kind))
        x += row["publicity"] * min(100.0 * sum(s.public for s in self.seats) / r.n, 10.0)
        x += row["succession_exit"] if self.in_succession else 0.0
        access = (row["access_home"], 1.0, row["access_recalled"])[seat.post]
        return float(access * math.exp(x) * self.factor(at.L_EXIT, i, seat.post))

    def purge_hazard(self, i: int) -> float:
        """Hazard of being removed."""
        seat, row, r = self.seats[i], self.row, self.roster
        x = row["purge_rank"] * r.rank[i] + row["purge_disaffection"] * seat.theta
        x += row["purge_tie"] * self.response(seat.departed.get(at.KIN, 0.0) + seat.departed.get(at.PATRON, 0.0))
        if self.in_succession:
            x += row["succession_purge"] + row["succession_patron"] * r.privilege[i]
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
        return float(row["posting_out"] * r.mobile[i] * passes * self.factor(at.L_OUT, i, seat.post))

    def hazards(self, i: int) -> dict[int, float]:
        """All hazards of a seat now, by kind."""
        seat, row = self.seats[i], self.row
        lapse = row["memory"] if seat.influence else 0.0
        if seat.status != at.LOYAL:
            return {REFILL: row["refill"], LAPSE: lapse}
        arrival = row["exposure_abroad" if seat.post == at.ABROAD else "exposure_home"]
        return {
            EXIT: self.exit_hazard(i),
            PURGE: self.purge_hazard(i),
            POSTING: self.posting_rate(i),
            RETIRE: row["retire"],
            EXPOSE: arrival * self.factor(at.L_EXPOSE, i, seat.post),
            FORGET: row["forgetting"] * seat.information,
            LAPSE: lapse,
        }

    def resistance(self, i: int, kind: int) -> float:
        """The resistance of the next event of a kind of a seat."""
        return exponential(self.root, self.replicate, i, kind, self.seats[i].drawn.get(kind, 0))

    def renew(self, i: int, kind: int) -> None:
        """Take the next resistance, if this one was ever looked at."""
        seat = self.seats[i]
        if kind in seat.touched:
            seat.drawn[kind] = seat.drawn.get(kind, 0) + 1
            seat.touched.discard(kind)
        seat.used[kind] = 0.0

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

    def run(self) -> list[Entry]:
        """Play it out to the horizon; returns (time, member, kind, cause 0 or forced) of every event."""
        dates = sorted(
            {0.0} | {t for p in self.scenario.policies for t in (p.start, p.end) if t <= self.scenario.years}
        )
        while True:
            due, i, kind = self.soonest()
            if dates and dates[0] <= due:
                self.pass_time(dates[0] - self.now)
                self.now = dates.pop(0)
                self.take_step()
                continue
            if due > self.scenario.years:
                return self.log
            self.pass_time(due - self.now)
            self.now = due
            self.happen(i, kind)

    def soonest(self) -> tuple[float, int, int]:
        """When the next thing happens, to whom, of what kind."""
        best = (self.succession_until, -1, SUCCESSION)
        coup = self.coup_hazard()
        if coup > 0:
            left = exponential(self.root, self.replicate, self.roster.n, COUP, 0) - self.coup_used
            best = min(best, (self.now + left / coup, -1, COUP))
        for i, seat in enumerate(self.seats):
            for kind, hazard in self.hazards(i).items():
                if hazard > 0:
                    seat.touched.add(kind)
                    left = max(self.resistance(i, kind) - seat.used.get(kind, 0.0), 0.0)
                    best = min(best, (self.now + left / hazard, i, kind))
        return best

    def pass_time(self, span: float) -> None:
        """Let every hazard use up its part of the resistance."""
        self.coup_used += self.coup_hazard() * span
        for i, seat in enumerate(self.seats):
            for kind, hazard in self.hazards(i).items():
                if hazard > 0:
                    seat.used[kind] = seat.used.get(kind, 0.0) + hazard * span

    def note(self, i: int, kind: int, cause: int = 0) -> None:
        """Write an event down."""
        self.log.append((self.now, i, kind, cause))

    def happen(self, i: int, kind: int) -> None:
        """What one event does."""
        if kind == SUCCESSION:
            self.turn_succession()
        elif kind == COUP:
            self.coup_at = self.now
            self.note(-1, COUP)
        elif kind in (EXIT, PURGE, RETIRE):
            how = {EXIT: at.DEFECTED, PURGE: at.PURGED, RETIRE: at.RETIRED}[kind]
            self.leave_with_kin(i, how, 0)
        else:
            self.note(i, kind)
            self.renew(i, kind)
            self.small_event(i, kind)

    def small_event(self, i: int, kind: int) -> None:
        """Moving, learning, forgetting, being replaced, being forgotten."""
        seat = self.seats[i]
        if kind == POSTING:
            seat.post = at.HOME if seat.post == at.ABROAD else at.ABROAD
        elif kind in (EXPOSE, FORGET):
            seat.information += 1 if kind == EXPOSE else -1
        elif kind == LAPSE:
            self.end_influence(i)
        else:
            seat.status, seat.post, seat.since = at.LOYAL, at.HOME, self.now
            seat.holder += 1
            seat.departed.clear()
            seat.purged.clear()
            self.take_seat(i)

    def ties(self, i: int) -> list[tuple[int, int, float]]:
        """Those tied to a seat: (alter, kind, weight)."""
        rows = range(int(self.roster.start[i]), int(self.roster.start[i + 1]))
        return [
            (int(self.roster.tie[e, 0]), int(self.roster.tie[e, 1]), float(self.roster.tie_weight[e])) for e in rows
        ]

    def spread(self, i: int, how: int, holder: int, sign: float) -> None:
        """Add a departure to those tied to a seat, or take it away again."""
        for j, kind, weight in self.ties(i):
            other = self.seats[j]
            personal = kind in (at.KIN, at.COMRADE)
            if other.status != at.LOYAL or (personal and (holder > 0 or other.holder > 0)):
                continue
            if sign < 0 and other.since > self.seats[i].left_at:
                continue
            counts = other.departed if how == at.DEFECTED else other.purged
            counts[kind] = max(counts.get(kind, 0.0) + sign * weight, 0.0)
            if how == at.PURGED and sign > 0 and kind in (at.KIN, at.PATRON):
                other.theta += self.row["backlash"] * weight

    def end_influence(self, i: int) -> None:
        """A departure no longer moves others."""
        seat = self.seats[i]
        if seat.influence:
            how, holder = seat.influence
            seat.influence = None
            self.spread(i, how, holder, -1.0)
            seat.public = False

    def leave_with_kin(self, i: int, how: int, cause: int) -> None:
        """A departure, and the purges by association that follow at once, in the order they were ordered."""
        waiting = [(i, how, cause, 0)]
        ordered = {i}
        while waiting:
            j, how_j, cause_j, depth = waiting.pop(0)
            kind = {at.DEFECTED: EXIT, at.PURGED: PURGE, at.RETIRED: RETIRE}[how_j]
            self.note(j, kind, cause_j)
            for taken in self.leave(j, how_j, depth, ordered):
                ordered.add(taken)
                waiting.append((taken, at.PURGED, at.BY_ASSOCIATION, depth + 1))

    def leave(self, i: int, how: int, depth: int, ordered: set[int]) -> list[int]:
        """One departure; returns the kin who will be taken along."""
        seat, row = self.seats[i], self.row
        if seat.influence:
            self.end_influence(i)
            self.renew(i, LAPSE)
        if how == at.DEFECTED and row["publicity"] != 0:
            share = row["publicity_share"] * self.factor(at.L_PUBLICITY, i, seat.post)
            seat.public = uniform(self.root, self.replicate, i, PUBLICITY, seat.holder) < share
        seat.status, seat.left_at = how, self.now
        for kind in OF_HOLDER:
            self.renew(i, kind)
        if how == at.RETIRED:
            return []
        seat.influence = (how, seat.holder)
        self.spread(i, how, seat.holder, 1.0)
        return self.taken_along(i, depth, ordered)

    def taken_along(self, i: int, depth: int, ordered: set[int]) -> list[int]:
        """Guilt by association: which kin at home are purged too."""
        taken: list[int] = []
        if self.row["association"] <= 0 or self.seats[i].holder > 0 or depth >= self.row["association_depth"]:
            return taken
        for j, kind, _ in self.ties(i):
            other = self.seats[j]
            spared = other.status != at.LOYAL or j in ordered or j in taken or other.holder > 0
            if kind != at.KIN or spared or other.post == at.ABROAD:
                continue
            other.association_draws += 1
            u = uniform(self.root, self.replicate, j, ASSOCIATION, other.association_draws - 1)
            if u < self.row["association"]:
                taken.append(j)
        return taken

    def turn_succession(self) -> None:
        """A succession begins or ends."""
        n, row = self.roster.n, self.row
        self.in_succession = not self.in_succession
        if self.in_succession:
            k = self.n_successions
            halves = sum(exponential(self.root, self.replicate, n, SUCCESSION_LENGTH, 2 * k + h) for h in (0, 1))
            self.n_successions += 1
            self.succession_until = self.now + 0.5 * row["succession_years"] * halves
        elif row["succession"] > 0:
            wait = exponential(self.root, self.replicate, n, SUCCESSION, self.n_successions)
            self.succession_until = self.now + wait / row["succession"]
        else:
            self.succession_until = math.inf
        self.note(-1, SUCCESSION, at.BY_SUCCESSION)

    def take_step(self) -> None:
        """Do what policies order on this date, in the order of the list; ordered departures come last."""
        orders = 0
        for policy in self.scenario.policies:
            if policy.channel == "recall":
                self.recall(policy, orders)
                orders += 1
            elif policy.channel == "succession" and policy.start == self.now and not self.in_succession:
                self.turn_succession()
        for policy in self.scenario.policies:
            if policy.channel == "departure":
                self.depart(policy)

    def depart(self, policy: Policy) -> None:
        """Let the named seat leave on its date."""
        if policy.start == self.now and self.seats[policy.member].status == at.LOYAL:
            self.leave_with_kin(policy.member, at.DEFECTED, at.BY_ORDER)

    def recall(self, policy: Policy, order: int) -> None:
        """Call the ordered share home, or lift the order."""
        for i, seat in enumerate(self.seats):
            concerned = seat.status == at.LOYAL and self.concerns(policy, i, at.ABROAD)
            if policy.start == self.now and concerned and seat.post == at.ABROAD:
                called = uniform(self.root, self.replicate, i, RECALL, order) < policy.level
                if called:
                    self.note(i, RECALL, at.BY_ORDER)
                seat.post = at.RECALLED if called else at.ABROAD
            elif policy.end == self.now and concerned and seat.post == at.RECALLED:
                seat.post = at.HOME
