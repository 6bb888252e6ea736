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
    CALM,
    COUP,
    DETAIN,
    EXIT,
    EXPOSE,
    FORGET,
    LAPSE,
    POSTING,
    PROMOTE,
    PUBLICITY,
    PURGE,
    RECALL,
    REFILL,
    RELEASE,
    RESIST,
    RETIRE,
    SUCCESSION,
    SUCCESSION_LENGTH,
    exponential,
    uniform,
)
from ostraka.simulate.policy import Policy
from ostraka.simulate.twin_rules import Leave, TwinRules
from ostraka.simulate.twin_state import Entry, solve
from ostraka.simulate.vacancy import TRIES

OF_HOLDER = (EXIT, PURGE, POSTING, RETIRE, EXPOSE, FORGET, CALM)
NAMES = {at.DEFECTED: EXIT, at.PURGED: PURGE, at.RETIRED: RETIRE, at.DETAINED: DETAIN, at.OPPOSED: RESIST}


class Twin(TwinRules):
    """One replicate of a scenario, played out slowly. `row` is its row of parameters by name."""

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

    def run(self) -> list[Entry]:
        """Play it out to the horizon; returns (time, member, kind, cause 0 or forced) of every event."""
        dates = sorted(
            {0.0} | {t for p in self.scenario.policies for t in (p.start, p.end) if t <= self.scenario.years}
        )
        while True:
            due, i, kind = self.soonest()
            if dates and dates[0] <= min(due, self.rule_due()[0]):
                self.pass_time(dates[0] - self.now)
                self.now = dates.pop(0)
                self.take_step()
                continue
            by_rule, rule = self.rule_due()
            if min(due, by_rule) > self.scenario.years:
                return self.log
            self.pass_time(min(due, by_rule) - self.now)
            self.now = min(due, by_rule)
            if by_rule < due:
                self.leave_all(self.act_by_rule(rule))
            else:
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
                    wait = self.retires_in(i, left) if kind == RETIRE else left / hazard
                    best = min(best, (self.now + wait, i, kind))
        return best

    def pass_time(self, span: float) -> None:
        """Let every hazard use up its part of the resistance."""
        self.coup_used += self.coup_hazard() * span
        for i, seat in enumerate(self.seats):
            for kind, hazard in self.hazards(i).items():
                if hazard > 0:
                    spent = self.retirement_spent(i, span) if kind == RETIRE else hazard * span
                    seat.used[kind] = seat.used.get(kind, 0.0) + spent

    def retires_in(self, i: int, left: float) -> float:
        """Years until a member retires who has so much of his resistance left."""
        return solve(lambda years: self.retirement_spent(i, years), left)

    def happen(self, i: int, kind: int) -> None:
        """What one event does."""
        if kind == SUCCESSION:
            self.turn_succession()
        elif kind == COUP:
            self.coup_at = self.now
            self.note(-1, COUP)
        elif kind in (EXIT, PURGE, RETIRE):
            how = {EXIT: at.DEFECTED, PURGE: at.PURGED, RETIRE: at.RETIRED}[kind]
            self.leave_all([(i, how, 0, 0)])
        elif not (kind == REFILL and self.fill_from_below(i)):
            self.note(i, RELEASE if self.seats[i].status == at.DETAINED and kind == REFILL else kind)
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
        elif kind == CALM:
            step = min(self.row["calming_step"], abs(seat.raised))
            self.aggrieve(i, -step if seat.raised > 0 else step)
        else:
            self.hold_again(i)

    def hold_again(self, i: int) -> None:
        """A seat has a holder again: a newcomer, or the one who was detained."""
        seat = self.seats[i]
        released = seat.status == at.DETAINED
        seat.status, seat.post, seat.since = at.LOYAL, at.HOME, self.now
        seat.departed.clear()
        seat.purged.clear()
        if released:
            self.aggrieve(i, self.row["detention_grievance"])
            return
        seat.holder += 1
        seat.born = None if seat.born is None else self.now - self.row["newcomer_age"]
        self.take_seat(i)
        self.pass_over(i, chosen=-1)

    def pass_over(self, i: int, *, chosen: int) -> None:
        """Clients of lower rank who did not get a seat resent it."""
        r = self.roster
        for e in range(int(r.start[i]), int(r.start[i + 1])):
            j = int(r.tie[e, 0])
            stands = not len(r.tie_span) or r.tie_span[e, 0] <= self.now < r.tie_span[e, 1]
            below = r.tie[e, 1] == at.PATRON and r.rank[self.seats[j].rung] < r.rank[self.seats[i].rung]
            if below and stands and self.seats[j].status == at.LOYAL and j != chosen:
                self.aggrieve(j, self.row["passed_over"])

    def fill_from_below(self, i: int) -> bool:
        """Let somebody of the next lower rank rise into a vacant seat, if one is to; his own seat is then vacant."""
        j = self.next_in_line(i) if self.seats[i].status != at.DETAINED and self.row["promote"] > 0 else -1
        if j < 0:
            return False
        self.note(j, PROMOTE)
        self.renew(i, REFILL)
        self.pass_over(i, chosen=j)
        self.seats[i].rung, self.seats[j].rung = self.seats[j].rung, self.seats[i].rung
        self.seats[j].post = at.HOME
        return True

    def next_in_line(self, i: int) -> int:
        """Who rises: drawn one after the other from those one rank below in the organ; -1: nobody."""
        r, rung, k = self.roster, self.seats[i].rung, self.seats[i].drawn.get(REFILL, 0) + 1

        def lot(n: int) -> float:
            return uniform(self.root, self.replicate, i, PROMOTE, 2 * TRIES * k + n)

        lower = [int(x) for x in r.rank[(r.organ == r.organ[rung]) & (r.rank < r.rank[rung])]]
        line = [s for s in range(r.n) if r.organ[s] == r.organ[rung] and lower and r.rank[s] == max(lower)]
        if not line or lot(0) >= self.row["promote"]:
            return -1
        holder = {seat.rung: j for j, seat in enumerate(self.seats)}
        for attempt in range(1, TRIES):
            j = holder[line[int(lot(2 * attempt) * len(line))]]
            odds = math.exp(-self.row["promote_loyalty"] * (self.seats[j].theta - self.row["disaffection"]))
            free = self.seats[j].status == at.LOYAL and self.seats[j].post != at.RECALLED
            if free and (odds == 1 or lot(2 * attempt + 1) < odds / (1 + odds)):
                return j
        return -1

    def aggrieve(self, i: int, size: float) -> None:
        """Raise a member's disaffection."""
        seat = self.seats[i]
        seat.theta += size
        seat.raised += size
        if abs(seat.raised) <= 1e-9:
            seat.raised = 0.0

    def spread(self, i: int, how: int, holder: int, sign: float) -> None:
        """Add a departure to those tied to a seat, or take it away again."""
        for j, kind, weight in self.ties(i):
            other = self.seats[j]
            personal = kind in (at.KIN, at.COMRADE)
            if other.status != at.LOYAL or (personal and (holder > 0 or other.holder > 0)):
                continue
            if sign < 0 and other.since > self.seats[i].left_at:
                continue
            left = how in (at.DEFECTED, at.OPPOSED)
            counts = other.departed if left else other.purged
            counts[kind] = max(counts.get(kind, 0.0) + sign * weight, 0.0)
            if not left and sign > 0 and kind in (at.KIN, at.PATRON):
                self.aggrieve(j, self.row["backlash"] * weight)

    def end_influence(self, i: int) -> None:
        """A departure no longer moves others."""
        seat = self.seats[i]
        if seat.influence:
            how, holder = seat.influence
            seat.influence = None
            self.spread(i, how, holder, -1.0)
            seat.public = False

    def leave_all(self, first: list[Leave]) -> None:
        """Departures, and the purges by association that follow at once, in the order they were ordered."""
        waiting = list(first)
        ordered = {leave[0] for leave in waiting}
        while waiting:
            i, ordered_how, cause, depth = waiting.pop(0)
            how = self.turns_out(i, ordered_how, cause)
            self.note(i, NAMES[how], cause)
            for taken in self.leave(i, how, depth, ordered):
                ordered.add(taken)
                waiting.append((taken, at.PURGED, at.BY_ASSOCIATION, depth + 1))
            self.notice(i)

    def turns_out(self, i: int, how: int, cause: int) -> int:
        """A purge may be a detention, a break at home open opposition."""
        seat, row = self.seats[i], self.row
        if how == at.PURGED:
            seat.removals += 1
            held = uniform(self.root, self.replicate, i, DETAIN, seat.removals - 1) < row["detain"]
            return at.DETAINED if held else how
        if how == at.DEFECTED and seat.post != at.ABROAD and cause != at.BY_ORDER:
            stays = uniform(self.root, self.replicate, i, RESIST, seat.drawn.get(EXIT, 0)) < row["resist"]
            return at.OPPOSED if stays else how
        return how

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
            if not (how == at.OPPOSED and kind in (PURGE, RETIRE)):
                self.renew(i, kind)
        if how == at.RETIRED:
            return []
        seat.influence = (how, seat.holder)
        self.spread(i, how, seat.holder, 1.0)
        return [] if how == at.OPPOSED else self.taken_along(i, depth, ordered)

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
        row = self.row
        self.in_succession = not self.in_succession
        if self.in_succession:
            k = self.n_successions
            self.n_successions += 1
            for i, seat in enumerate(self.seats):
                if seat.status == at.LOYAL:
                    self.aggrieve(i, row["succession_grievance"])
            for standing in self.standing.values():
                if standing.rule.on == "succession":
                    self.set_off(standing, 0)
            length = self.stages(SUCCESSION_LENGTH, k, "succession_stages")
            self.succession_until = self.now + row["succession_years"] * length
        else:
            self.succession_until = self.leader_goes()
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
            elif policy.channel == "grievance" and policy.start == self.now:
                for i, seat in enumerate(self.seats):
                    if seat.status == at.LOYAL and self.concerns(policy, i, seat.post):
                        self.aggrieve(i, policy.level)
        for policy in self.scenario.policies:
            if policy.channel == "departure":
                self.depart(policy)

    def depart(self, policy: Policy) -> None:
        """Let the named seat leave on its date."""
        if policy.start == self.now and self.seats[policy.member].status == at.LOYAL:
            self.leave_all([(policy.member, at.DEFECTED, at.BY_ORDER, 0)])

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
