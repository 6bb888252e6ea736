"""The engine: one replicate of an elite under policy, event by event, exactly, in continuous time.

A pure function of arrays. Members leave, are purged, posted, retired and replaced; each departure changes the
hazards of those tied to them; policies act at their dates. Nothing is stepped: between two events every hazard
is constant in the units of its clock.

References
----------
Gibson & Bruck (2000), Efficient exact stochastic simulation of chemical systems with many species and many
channels, J. Phys. Chem. A 104. doi:10.1021/jp993732q
"""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.draw import (
    COUP,
    EXPOSE,
    FORGET,
    LAPSE,
    N_CLOCKED,
    POSTING,
    PURGE,
    RECALL,
    REFILL,
    RETIRE,
    SUCCESSION,
    SUCCESSION_LENGTH,
    compiled,
    exponential,
    uniform,
)
from ostraka.simulate.events import (
    check_collapse,
    end_influence,
    leave_with_kin,
    move,
    refill,
    seat,
    set_coup_rate,
    set_speeds,
    shared_log_speed,
    write_log,
)
from ostraka.simulate.layout import Floats
from ostraka.simulate.rates import exit_cause, refresh_exit, refresh_rest, renew

REAL_TIME, CLASS_CLOCK, POLICY, CRISIS, PLOT = range(5)


@compiled
def read_levers(orders: at.Orders, row: Floats, t: float, lever: Floats) -> None:
    """Combine all policies in force at a time into one number per lever and class of members."""
    lever[:] = 1.0
    lever[at.L_HOLD_KIN, :] = 0.0
    lever[at.L_SCREEN, :] = 0.0
    for p in range(orders.code.shape[0]):
        which = orders.code[p, at.ORDER_LEVER]
        if which >= at.N_LEVERS or t < orders.number[p, at.ORDER_START] or t >= orders.number[p, at.ORDER_END]:
            continue
        value = (
            row[orders.code[p, at.ORDER_COLUMN]]
            if orders.code[p, at.ORDER_COLUMN] >= 0
            else orders.number[p, at.ORDER_VALUE]
        )
        for c in range(lever.shape[1]):
            if not orders.concerns[p, c]:
                continue
            if which == at.L_HOLD_KIN:
                lever[which, c] = max(lever[which, c], orders.number[p, at.ORDER_LEVEL])
            elif which == at.L_SCREEN:
                lever[which, c] += orders.number[p, at.ORDER_LEVEL]
            else:
                lever[which, c] *= math.exp(orders.number[p, at.ORDER_LEVEL] * value)


@compiled
def refresh_everybody(elite: at.Elite, state: at.State, row: Floats, t: float) -> None:
    """Bring all rates up to date after a change that concerns everybody."""
    for i in range(elite.code.shape[0]):
        if state.whole[i, at.STATUS] == at.LOYAL:
            refresh_exit(elite, state, row, i, t)
        refresh_rest(elite, state, row, i, t)


@compiled
def reset(state: at.State, root: int, replicate: int) -> None:
    """Empty the scratch space."""
    state.real[:] = 0.0
    state.real[:, at.KEY : at.KEY + N_CLOCKED] = math.inf
    state.real[:, at.RESISTANCE : at.RESISTANCE + N_CLOCKED] = -1.0
    state.whole[:] = 0
    state.due[:] = math.inf
    state.heap[:, -1] = 0
    state.place[:] = -1
    state.clock[:] = 0.0
    state.clock[:, at.CLOCK_SPEED] = 1.0
    state.scalar[:] = math.inf
    state.scalar[at.NOW] = 0.0
    state.scalar[at.COUP_RATE] = 0.0
    state.tally[:] = 0
    state.tally[at.ROOT], state.tally[at.REPLICATE] = root, replicate


@compiled
def begin(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, root: int, replicate: int) -> None:
    """Put every member in place at time 0."""
    reset(state, root, replicate)
    tally, scalar = state.tally, state.scalar
    read_levers(orders, row, 0.0, state.lever[0])
    for i in range(elite.code.shape[0]):
        state.whole[i, at.POST] = elite.code[i, at.POST_AT_START]
        state.whole[i, at.CLASS] = elite.class_of[i, elite.code[i, at.POST_AT_START]]
        state.real[i, at.ETA] = (
            row[at.P_BASE]
            + elite.number[i, at.OFFSET]
            + row[at.P_RANK] * elite.code[i, at.RANK]
            - row[at.P_PRIVILEGE] * elite.number[i, at.PRIVILEGE]
        )
        tally[at.WEIGHT] += elite.code[i, at.WEIGHT_OF]
        tally[at.SECURITY_WEIGHT] += elite.code[i, at.WEIGHT_OF] if elite.code[i, at.SECURITY] else 0
        tally[at.N_ABROAD] += 1 if elite.code[i, at.POST_AT_START] == at.ABROAD else 0
    tally[at.WEIGHT_AT_START] = tally[at.WEIGHT]
    tally[at.SECURITY_AT_START] = tally[at.SECURITY_WEIGHT]
    set_speeds(elite, state, row, 0.0)
    for i in range(elite.code.shape[0]):
        seat(state, row, i)
        refresh_exit(elite, state, row, i, 0.0)
        refresh_rest(elite, state, row, i, 0.0)
    n = elite.code.shape[0]
    if row[at.P_SUCCESSION] > 0.0:
        scalar[at.SUCCESSION_KEY] = exponential(root, replicate, n, SUCCESSION, 0) / row[at.P_SUCCESSION]
    if row[at.P_COUP] > 0.0:
        scalar[at.COUP_LEFT] = exponential(root, replicate, n, COUP, 0)
    check_collapse(orders, state, row, 0.0)


@compiled
def turn_succession(elite: at.Elite, state: at.State, row: Floats, t: float) -> None:
    """A succession begins, or the new leader is settled; its length is Erlang(2)."""
    tally, scalar = state.tally, state.scalar
    root, replicate, n = tally[at.ROOT], tally[at.REPLICATE], elite.code.shape[0]
    k = tally[at.N_SUCCESSIONS]
    tally[at.IN_SUCCESSION] = 1 - tally[at.IN_SUCCESSION]
    if tally[at.IN_SUCCESSION]:
        half = exponential(root, replicate, n, SUCCESSION_LENGTH, 2 * k)
        half += exponential(root, replicate, n, SUCCESSION_LENGTH, 2 * k + 1)
        tally[at.N_SUCCESSIONS] = k + 1
        scalar[at.SUCCESSION_KEY] = t + 0.5 * row[at.P_SUCCESSION_YEARS] * half
    elif row[at.P_SUCCESSION] > 0.0:
        scalar[at.SUCCESSION_KEY] = t + exponential(root, replicate, n, SUCCESSION, k) / row[at.P_SUCCESSION]
    else:
        scalar[at.SUCCESSION_KEY] = math.inf
    write_log(state, t, -1, SUCCESSION, at.BY_SUCCESSION)
    set_speeds(elite, state, row, t)
    if row[at.P_PURGE] > 0.0 and (row[at.P_SUCCESSION_PURGE] != 0.0 or row[at.P_SUCCESSION_PATRON] != 0.0):
        refresh_everybody(elite, state, row, t)


@compiled
def call_home(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, p: int, t: float) -> None:
    """Recall the ordered share of those abroad; the same members at every smaller share are among them."""
    for i in range(elite.code.shape[0]):
        if state.whole[i, at.STATUS] != at.LOYAL or state.whole[i, at.POST] != at.ABROAD:
            continue
        if not orders.concerns[p, elite.class_of[i, at.ABROAD]]:
            continue
        if (
            uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], i, RECALL, orders.code[p, at.ORDER_MEMBER])
            < orders.number[p, at.ORDER_LEVEL]
        ):
            write_log(state, t, i, RECALL, at.BY_ORDER)
            move(elite, state, row, i, t, at.RECALLED)


@compiled
def end_recall(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, p: int, t: float) -> None:
    """When the order is lifted, those called home may be posted again."""
    for i in range(elite.code.shape[0]):
        waits = state.whole[i, at.STATUS] == at.LOYAL and state.whole[i, at.POST] == at.RECALLED
        if waits and orders.concerns[p, elite.class_of[i, at.ABROAD]]:
            move(elite, state, row, i, t, at.HOME)


@compiled
def act(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, p: int, t: float) -> None:
    """Do what one policy orders at its date."""
    action = orders.code[p, at.ORDER_LEVER]
    if action == at.A_RECALL and orders.number[p, at.ORDER_END] == t:
        end_recall(elite, orders, state, row, p, t)
    elif action == at.A_RECALL:
        call_home(elite, orders, state, row, p, t)
    elif action == at.A_SUCCESSION:
        if not state.tally[at.IN_SUCCESSION]:
            turn_succession(elite, state, row, t)
    elif action == at.A_DEFECT:
        i = orders.code[p, at.ORDER_MEMBER]
        if state.whole[i, at.STATUS] == at.LOYAL:
            leave_with_kin(elite, orders, state, row, i, t, at.DEFECTED, at.BY_ORDER)


@compiled
def take_step(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, t: float) -> None:
    """A date on which a policy begins or ends: pull the levers, then act in the order of the list."""
    state.tally[at.STEP] += 1
    lever, before = state.lever[0], state.lever[1]
    for which in range(at.N_LEVERS):
        for c in range(lever.shape[1]):
            before[which, c] = lever[which, c]
    read_levers(orders, row, t, lever)
    set_speeds(elite, state, row, t)
    set_coup_rate(state, row, t)
    changed = False
    for which in range(at.L_EXIT + 1, at.L_PUBLICITY):
        for c in range(lever.shape[1]):
            changed = changed or before[which, c] != lever[which, c]
    if changed:
        refresh_everybody(elite, state, row, t)
    for p in range(orders.code.shape[0]):
        ends = orders.code[p, at.ORDER_LEVER] == at.A_RECALL and orders.number[p, at.ORDER_END] == t
        if orders.code[p, at.ORDER_LEVER] >= at.N_LEVERS and (orders.number[p, at.ORDER_START] == t or ends):
            act(elite, orders, state, row, p, t)


@compiled
def happen(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, t: float, i: int, kind: int) -> None:
    """The next event of a member's own clocks."""
    whole = state.whole
    if kind == PURGE:
        leave_with_kin(elite, orders, state, row, i, t, at.PURGED, at.BASELINE)
        return
    if kind == RETIRE:
        leave_with_kin(elite, orders, state, row, i, t, at.RETIRED, at.BASELINE)
        return
    write_log(state, t, i, kind, at.BASELINE)
    renew(state, i, kind)
    if kind == POSTING:
        move(elite, state, row, i, t, at.HOME if whole[i, at.POST] == at.ABROAD else at.ABROAD)
    elif kind in (EXPOSE, FORGET):
        whole[i, at.INFORMATION] += 1 if kind == EXPOSE else -1
        refresh_exit(elite, state, row, i, t)
        refresh_rest(elite, state, row, i, t)
    elif kind == REFILL:
        refill(elite, state, row, i, t)
    elif kind == LAPSE:
        end_influence(elite, state, row, i, t)
        refresh_rest(elite, state, row, i, t)


@compiled
def defect(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, t: float, i: int) -> None:
    """A member leaves of his own accord."""
    news, crisis = shared_log_speed(elite, state, row)
    shared = max(news, crisis)
    shared_cause = at.BY_PUBLICITY if news >= crisis else at.BY_SUCCESSION
    cause = exit_cause(state, row, i, shared, shared_cause)
    leave_with_kin(elite, orders, state, row, i, t, at.DEFECTED, cause)


@compiled
def next_event(orders: at.Orders, state: at.State) -> tuple[float, int, int]:
    """When the next thing happens, of what sort, and to whom."""
    t, sort, who = math.inf, REAL_TIME, -1
    if state.heap[-1, -1] > 0:
        who = state.heap[-1, 0]
        t = state.due[at.OTHERWISE, who]
    for c in range(state.clock.shape[0]):
        speed = state.clock[c, at.CLOCK_SPEED]
        if state.heap[c, -1] > 0 and speed > 0.0:
            i = state.heap[c, 0]
            left = state.due[at.LEAVING, i] - state.clock[c, at.CLOCK_READS]
            due = left / speed + state.clock[c, at.CLOCK_SET_AT]
            if due < t:
                t, sort, who = due, CLASS_CLOCK, i
    if state.scalar[at.SUCCESSION_KEY] < t:
        t, sort = state.scalar[at.SUCCESSION_KEY], CRISIS
    if state.scalar[at.COUP_KEY] < t:
        t, sort = state.scalar[at.COUP_KEY], PLOT
    step = state.tally[at.STEP]
    if step < orders.steps.size and orders.steps[step] <= t:
        t, sort = orders.steps[step], POLICY
    return t, sort, who


@compiled
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
        tally[at.BIN] = b + 1


@compiled
def first_due(state: at.State, i: int) -> int:
    """Which of a member's own clocks is due."""
    kind = 1
    for other in range(2, N_CLOCKED):
        if state.real[i, at.KEY + other] < state.real[i, at.KEY + kind]:
            kind = other
    return kind


@compiled
def advance(
    elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, until: float, out: at.Output, r: int
) -> None:
    """Let everything happen that happens up to a time, which may be short of the horizon; it can go on from there."""
    while True:
        t, sort, who = next_event(orders, state)
        if t > until:
            break
        t = max(t, state.scalar[at.NOW])
        write_edges(orders, state, t, out, r)
        state.scalar[at.NOW] = t
        if sort == CLASS_CLOCK:
            defect(elite, orders, state, row, t, who)
        elif sort == REAL_TIME:
            happen(elite, orders, state, row, t, who, first_due(state, who))
        elif sort == POLICY:
            take_step(elite, orders, state, row, t)
        elif sort == CRISIS:
            turn_succession(elite, state, row, t)
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
    for cut in range(orders.cuts.size):
        out.times[r, at.N_TIMES + cut] = scalar[at.N_SCALAR + cut]
    for cause in range(out.causes.shape[1]):
        out.causes[r, cause] = tally[at.BY_CAUSE + cause]
    if out.left.shape[0] > 0:
        for i in range(out.left.shape[1]):
            out.left[r, i] = state.whole[i, at.EVER_LEFT]


@compiled
def run(
    elite: at.Elite, orders: at.Orders, state: at.State, rows: Floats, root: int, first: int, out: at.Output
) -> None:
    """Run one replicate per row of parameters, numbered from `first`."""
    for r in range(rows.shape[0]):
        begin(elite, orders, state, rows[r], root, first + r)
        advance(elite, orders, state, rows[r], elite.scope[0], out, r)
        finish(orders, state, out, r)
