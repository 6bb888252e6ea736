"""The engine: one replicate of an elite under policy, event by event, exactly, in continuous time.

A pure function of arrays. Members leave, are purged, posted, retired and replaced; each departure changes the
hazards of those tied to them; policies act at their dates. Nothing is stepped: between two events every hazard
is constant in the units of its clock. An event changes what is so and marks whose rates that makes out of date;
`settle` then brings them up to date, once each.

References
----------
Gibson & Bruck (2000), Efficient exact stochastic simulation of chemical systems with many species and many
channels, J. Phys. Chem. A 104. doi:10.1021/jp993732q
"""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.ageing import until_succession
from ostraka.simulate.compiling import compiled, entry, inlined, wide
from ostraka.simulate.draw import (
    CALM,
    COUP,
    EXPOSE,
    FORGET,
    LAPSE,
    N_CLOCKED,
    POSTING,
    PURGE,
    REFILL,
    RETIRE,
    exponential,
)
from ostraka.simulate.events import calm_down, end_influence, leave, move, order_leave, seat, write_log
from ostraka.simulate.fetch import fetch
from ostraka.simulate.layout import Floats, Longs
from ostraka.simulate.orders import read_levers, settle, shared_log_speed, take_step, turn_succession
from ostraka.simulate.rates import exit_cause, list_live, mark, renew
from ostraka.simulate.retaliation import act_by_rule
from ostraka.simulate.standing import next_rule, notice, years_in_force
from ostraka.simulate.vacancy import refill, trait_part

REAL_TIME, CLASS_CLOCK, POLICY, CRISIS, PLOT, STANDING = range(6)


@compiled
def reset(state: at.State, root: int, replicate: int) -> None:
    """Empty the scratch space, but for the rows of members."""
    state.heap[:, -1] = 0
    state.place[:] = -1
    state.clock[:] = 0.0
    state.scalar[:] = math.inf
    state.scalar[at.NOW] = 0.0
    state.scalar[at.COUP_RATE] = 0.0
    state.tally[:] = 0
    state.rule[:] = 0.0
    state.rule[:, at.R_FROM : at.R_ACTIVE] = math.inf
    state.rule_heap[:, -1] = 0
    state.rule_place[:] = -1
    state.tally[at.ROOT], state.tally[at.REPLICATE] = root, replicate


@inlined
def empty_row(state: at.State, i: int) -> None:
    """Empty the rows of one member, while they are at hand."""
    for column in range(at.N_REAL):
        state.real[i, column] = 0.0
    for kind in range(N_CLOCKED):
        state.real[i, at.KEY + 2 * kind] = math.inf
    for column in range(at.N_WHOLE):
        state.whole[i, column] = 0


@compiled
def begin(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, root: int, replicate: int) -> None:
    """Put every member in place at time 0."""
    reset(state, root, replicate)
    tally, scalar, n = state.tally, state.scalar, elite.code.shape[0]
    read_levers(orders, state, row, 0, state.lever[0])
    list_live(elite, state, row)
    for k in range(n):
        i = wide(k)
        empty_row(state, i)
        post = elite.code[i, at.POST_AT_START]
        state.whole[i, at.POST] = post
        state.whole[i, at.CLASS] = elite.class_of[i, post]
        if tally[at.CHAINS] > 0:
            state.whole[i, at.SEAT] = state.whole[i, at.OCCUPANT] = i
        if tally[at.AGED] > 0:
            state.real[i, at.BORN] = -elite.age[i]
        state.real[i, at.ETA] = trait_part(elite, row, i, i)
        tally[at.WEIGHT] += elite.code[i, at.WEIGHT_OF]
        tally[at.SECURITY_WEIGHT] += elite.code[i, at.WEIGHT_OF] if elite.code[i, at.SECURITY] else 0
        tally[at.N_ABROAD] += 1 if post == at.ABROAD else 0
        seat(state, row, i)
    tally[at.WEIGHT_AT_START] = tally[at.WEIGHT]
    tally[at.SECURITY_AT_START] = tally[at.SECURITY_WEIGHT]
    if row[at.P_SUCCESSION] > 0.0:
        scalar[at.SUCCESSION_KEY] = until_succession(state, row, n, 0)
    if row[at.P_COUP] > 0.0:
        scalar[at.COUP_LEFT] = exponential(root, replicate, n, COUP, 0)
    tally[at.ALL_STALE] = tally[at.SPEEDS_STALE] = tally[at.WEIGHT_STALE] = 1


@inlined
def look_ahead(elite: at.Elite, state: at.State) -> None:
    """Ask for the rows of the two members of whom one comes next in real time, if nothing else comes before."""
    heap = state.heap[-1]
    for k in range(1, min(heap[-1], 3)):
        j = wide(heap[k])
        fetch(state.whole, j, 0)
        fetch(state.real, j, 0)
        fetch(state.real, j, 8)
        fetch(elite.number, j, 0)
        fetch(elite.class_of, j, 0)
        fetch(state.place, at.LEAVING, j)


@inlined
def happen(elite: at.Elite, state: at.State, row: Floats, t: float, i: int) -> None:
    """What the next event of a member's own clocks in real time does."""
    whole = state.whole
    look_ahead(elite, state)
    kind = wide(whole[i, at.NEXT_KIND])
    if kind in (PURGE, RETIRE):
        order_leave(state, i, at.PURGED if kind == PURGE else at.RETIRED, at.BASELINE, 0)
        return
    renew(state, i, kind)
    if kind == REFILL:
        refill(elite, state, row, i, t)
        return
    write_log(state, t, i, kind, at.BASELINE)
    if kind == POSTING:
        move(elite, state, i, t, at.HOME if whole[i, at.POST] == at.ABROAD else at.ABROAD)
    elif kind in (EXPOSE, FORGET):
        whole[i, at.INFORMATION] += 1 if kind == EXPOSE else -1
        mark(state, i, at.S_EXIT | at.S_NEWS)
    elif kind == CALM:
        calm_down(state, row, i)
    elif kind == LAPSE:
        end_influence(elite, state, row, i)


@inlined
def defect(elite: at.Elite, state: at.State, row: Floats, i: int) -> None:
    """A member leaves of his own accord."""
    news, crisis = shared_log_speed(elite, state, row)
    shared_cause = at.BY_PUBLICITY if news >= crisis else at.BY_SUCCESSION
    order_leave(state, i, at.DEFECTED, exit_cause(state, row, i, max(news, crisis), shared_cause), 0)


@inlined
def next_event(orders: at.Orders, state: at.State) -> tuple[float, int, int]:
    """When the next thing happens, of what sort, and to whom."""
    t, sort, who = math.inf, REAL_TIME, 0
    if state.heap[-1, -1] > 0:
        who = wide(state.heap[-1, 0])
        t = state.due[-1, 0]
    for c in range(state.clock.shape[0]):
        speed = state.clock[c, at.CLOCK_SPEED]
        if state.heap[c, -1] > 0 and speed > 0.0:
            left = state.due[c, 0] - state.clock[c, at.CLOCK_READS]
            due = left / speed + state.clock[c, at.CLOCK_SET_AT]
            if due < t:
                t, sort, who = due, CLASS_CLOCK, wide(state.heap[c, 0])
    if state.scalar[at.SUCCESSION_KEY] < t:
        t, sort = state.scalar[at.SUCCESSION_KEY], CRISIS
    if state.scalar[at.COUP_KEY] < t:
        t, sort = state.scalar[at.COUP_KEY], PLOT
    if orders.rule_code.shape[0] > 0:
        due, rule = next_rule(orders, state)
        if due < t:
            t, sort, who = due, STANDING, rule
    step = state.tally[at.STEP]
    if step < orders.steps.size and orders.steps[step] <= t:
        t, sort = orders.steps[step], POLICY
    return t, sort, who


@inlined
def write_edges(orders: at.Orders, state: at.State, until: float, out: at.Output, r: int) -> None:
    """Write the counts at every reporting time passed before `until`."""
    tally = state.tally
    while tally[at.BIN] < orders.edges.size and orders.edges[tally[at.BIN]] < until:
        b = tally[at.BIN]
        for g in range(out.exits.shape[2]):
            out.exits[r, b, g] = tally[at.BY_GROUP + g]
        out.course[r, b, at.C_PURGES] = tally[at.N_PURGES]
        out.course[r, b, at.C_WEIGHT] = tally[at.WEIGHT]
        out.course[r, b, at.C_ABROAD] = tally[at.N_ABROAD]
        out.course[r, b, at.C_DETAINED] = tally[at.N_DETAINED]
        out.course[r, b, at.C_OPPOSED] = tally[at.N_OPPOSED]
        tally[at.BIN] = b + 1


@compiled
def advance(
    elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, until: float, out: at.Output, r: int
) -> None:
    """Let everything happen that happens up to a time, which may be short of the horizon; it can go on from there."""
    t = state.scalar[at.NOW]
    while True:
        done = 0
        while done < state.tally[at.N_TO_LEAVE]:
            i = wide(state.place[at.TO_LEAVE, done])
            leave(elite, state, row, i, t)
            if orders.rule_code.shape[0] > 0:
                notice(orders, state, i, t)
            done += 1
        state.tally[at.N_TO_LEAVE] = 0
        settle(elite, orders, state, row, t)
        due, sort, who = next_event(orders, state)
        if due > until:
            break
        t = max(due, t)
        write_edges(orders, state, t, out, r)
        state.scalar[at.NOW] = t
        if sort == CLASS_CLOCK:
            defect(elite, state, row, who)
        elif sort == REAL_TIME:
            happen(elite, state, row, t, who)
        elif sort == POLICY:
            take_step(elite, orders, state, row, t)
        elif sort == CRISIS:
            turn_succession(elite, orders, state, row, t)
        elif sort == STANDING:
            act_by_rule(elite, orders, state, row, who, t)
        else:
            state.scalar[at.COUP_TIME] = t
            state.scalar[at.COUP_KEY] = math.inf
            write_log(state, t, -1, COUP, at.BASELINE)


@compiled
def finish(orders: at.Orders, state: at.State, out: at.Output, r: int) -> None:
    """Write what is known only at the horizon."""
    write_edges(orders, state, math.inf, out, r)
    scalar, tally = state.scalar, state.tally
    out.times[r, at.T_COLLAPSE] = scalar[at.COLLAPSE_TIME]
    out.times[r, at.T_SECURITY] = scalar[at.SECURITY_TIME]
    out.times[r, at.T_COUP] = scalar[at.COUP_TIME]
    out.times[r, at.T_FIRST_EXIT] = scalar[at.FIRST_EXIT]
    out.times[r, at.T_EVENTS] = tally[at.N_EVENTS]
    out.times[r, at.T_FAILED] = tally[at.FAILED]
    for cut in range(orders.cuts.size):
        out.times[r, at.N_TIMES + cut] = scalar[at.N_SCALAR + cut]
    for cause in range(out.causes.shape[1]):
        out.causes[r, cause] = tally[at.BY_CAUSE + cause]
    for k in range(orders.rule_code.shape[0]):
        if orders.rule_code[k, at.RULE_FIRST]:
            number = orders.rule_code[k, at.RULE_NUMBER]
            out.ruled[r, number, 0] = state.rule[k, at.R_TIMES]
            out.ruled[r, number, 1] = years_in_force(state, k, orders.edges[-1])
    if out.left.shape[0] > 0:
        for i in range(out.left.shape[1]):
            out.left[r, i] = state.whole[i, at.EVER_LEFT]


@entry
def run(
    elite: at.Elite,
    orders: at.Orders,
    state: at.State,
    rows: Floats,
    root: int,
    numbers: Longs,
    out: at.Output,
    span: Floats,
) -> None:
    """Run one replicate per row of parameters, under the numbers given, over the span (from, to).

    From 0 a replicate begins anew; from later it goes on where the state stands, bit for bit as if it had never
    stopped. It is finished if the span reaches the horizon.
    """
    for r in range(rows.shape[0]):
        if span[0] == 0.0:
            begin(elite, orders, state, rows[r], root, numbers[r])
        advance(elite, orders, state, rows[r], min(span[1], elite.scope[0]), out, r)
        if span[1] >= elite.scope[0]:
            finish(orders, state, out, r)
