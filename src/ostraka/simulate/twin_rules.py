"""Standing rules in the slow twin: what sets them off, when they are due, and what they do."""

from __future__ import annotations

from ostraka.dates import DAYS_PER_YEAR
from ostraka.simulate import layout as at
from ostraka.simulate.draw import RECALL, RULED, rule_lot
from ostraka.simulate.roster import TIE_KINDS
from ostraka.simulate.rule import Rule
from ostraka.simulate.seat import Standing
from ostraka.simulate.twin_state import TwinState

Leave = tuple[int, int, int, int]
"""Who leaves, how, by what cause, how far along kin."""
_EVENTS = {at.PURGED: ("purge",), at.DETAINED: ("detention",), at.OPPOSED: ("opposition",)}


class TwinRules(TwinState):
    """The rules of the regime at work."""

    def note(self, i: int, kind: int, cause: int = 0) -> None:
        """Write an event down."""
        self.log.append((self.now, i, kind, cause))

    def ties(self, i: int) -> list[tuple[int, int, float]]:
        """Those tied to a seat on the day it was last left: (alter, kind, weight)."""
        r, found = self.roster, []
        for e in range(int(r.start[i]), int(r.start[i + 1])):
            stands = not len(r.tie_span) or r.tie_span[e, 0] <= self.seats[i].left_at < r.tie_span[e, 1]
            if stands:
                found.append((int(r.tie[e, 0]), int(r.tie[e, 1]), float(r.tie_weight[e])))
        return found

    def notice(self, i: int) -> None:
        """Set off the rules that wait for a departure like this one."""
        seat, r = self.seats[i], self.roster
        events: tuple[str, ...] = _EVENTS.get(seat.status, ())
        if seat.status == at.DEFECTED:
            events = ("departure", "known departure") if seat.public else ("departure",)
        for standing in self.standing.values():
            rule = standing.rule
            from_there = not rule.from_organs or r.organs[r.organ[i]] in rule.from_organs
            from_post = not rule.from_posts or ("home", "abroad", "recalled")[seat.post] in rule.from_posts
            if rule.on in events and from_there and from_post and r.rank[seat.rung] >= rule.from_rank:
                self.set_off(standing, i)

    def set_off(self, standing: Standing, i: int) -> None:
        """Note when a rule is due; one that holds already holds longer."""
        rule = standing.rule
        due = self.now + rule.delay_days / DAYS_PER_YEAR
        until = due + rule.days / DAYS_PER_YEAR
        if rule.acts:
            if not (rule.whom in ("kin", "comrade") and self.seats[i].holder > 0):
                standing.acts.setdefault(i, due)
        elif standing.begins < float("inf"):
            standing.ends = max(standing.ends, until)
        else:
            standing.begins, standing.ends = due, until

    def rule_due(self) -> tuple[float, int]:
        """Which rule is due next: (time, which)."""
        return min(((s.due, k) for k, s in self.standing.items()), default=(float("inf"), -1))

    def act_by_rule(self, k: int) -> list[Leave]:
        """Let a rule do what it is due to do; returns those it orders to leave."""
        standing = self.standing[k]
        if not standing.rule.acts:
            standing.active = not standing.active
            if not standing.active:
                standing.begins = standing.ends = float("inf")
            self.note(-1, RULED, at.BY_RULE)
            return []
        now = [i for i, due in standing.acts.items() if due == standing.due]
        lifted = not now
        i = now[0] if now else min(standing.lifts, key=lambda j: standing.lifts[j])
        (standing.lifts if lifted else standing.acts).pop(i)
        if not lifted:
            self.note(i, RULED, at.BY_RULE)
        leave = [order for j in self.meant(standing.rule, i) for order in self.sanction(k, i, j, lifted=lifted)]
        if not lifted and standing.rule.then == "recall" and standing.rule.days < float("inf"):
            standing.lifts[i] = self.now + standing.rule.days / DAYS_PER_YEAR
        return leave

    def meant(self, rule: Rule, i: int) -> list[int]:
        """Whom a rule that a member set off is for, each once."""
        if rule.whom == "everybody":
            everybody = list(range(len(self.seats)))
        elif rule.whom == "organ":
            everybody = [j for j in range(len(self.seats)) if self.roster.organ[j] == self.roster.organ[i]]
        else:
            personal = rule.whom in ("kin", "comrade")
            tied = [j for j, kind, _ in self.ties(i) if TIE_KINDS[kind] == rule.whom]
            everybody = [j for j in dict.fromkeys(tied) if not (personal and self.seats[j].holder > 0)]
        return [j for j in everybody if j != i and self.seats[j].status == at.LOYAL]

    def sanction(self, k: int, i: int, j: int, *, lifted: bool) -> list[Leave]:
        """Do or lift what a rule orders for one member."""
        rule, seat = self.standing[k].rule, self.seats[j]
        if not self.concerns(rule, j, at.ABROAD if rule.then == "recall" else seat.post):
            return []
        if lifted:
            seat.post = at.HOME if seat.post == at.RECALLED else seat.post
            return []
        if rule.then == "recall" and seat.post != at.ABROAD:
            return []
        if rule_lot(self.root, self.replicate, j, i, self.seats[i].holder, k) >= rule.level:
            return []
        if rule.then == "recall":
            self.note(j, RECALL, at.BY_RULE)
            seat.post = at.RECALLED
            return []
        return [(j, at.PURGED if rule.then == "purge" else at.DETAINED, at.BY_RULE, 0)]
