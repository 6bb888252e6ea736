"""What moves a whole elite at once: policies at their dates, a succession, publicity; and settling its consequences."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ostraka.simulate import layout as at
from ostraka.simulate.ageing import length_of_succession, until_succession
from ostraka.simulate.compiling import compiled, inlined, wide
from ostraka.simulate.draw import EXIT, RECALL, SUCCESSION, uniform
from ostraka.simulate.events import aggrieve, move, order_leave, write_log
from ostraka.simulate.layout import Floats
from ostraka.simulate.queue import put
from ostraka.simulate.rates import clock_reads, refresh, seat_of
from ostraka.simulate.standing import set_off


@compiled
def read_levers(orders: at.Orders, state: at.State, row: Floats, step: int, lever: Floats) -> None:
    """Combine all policies in force from a step on, and all rules in force, into one number per lever and class."""
    lever[:] = 1.0
    lever[at.L_HOLD_KIN, :] = 0.0
    lever[at.L_SCREEN, :] = 0.0
    for k in range(orders.bounds[0, step], orders.bounds[0, step + 1]):
        p = orders.listed[k]
        column = orders.code[p, at.ORDER_COLUMN]
        value = row[column] if column >= 0 else orders.number[p, at.ORDER_VALUE]
        pull(lever, orders.code[p, at.ORDER_LEVER], orders.number[p, at.ORDER_LEVEL], value, orders.concerns[p])
    for k in range(orders.rule_code.shape[0]):
        if state.rule[k, at.R_ACTIVE] > 0.0:
            column = orders.rule_code[k, at.RULE_COLUMN]
            value = row[column] if column >= 0 else orders.rule_number[k, at.RULE_VALUE]
            level = orders.rule_number[k, at.RULE_LEVEL]
            pull(lever, orders.rule_code[k, at.RULE_LEVER], level, value, orders.rule_concerns[k])


@compiled
def pull(lever: Floats, which: int, level: float, value: float, concerns: NDArray[np.bool_]) -> None:
    """Pull one lever for the classes concerned."""
    for c in range(lever.shape[1]):
        if not concerns[c]:
            continue
        if which == at.L_HOLD_KIN:
            lever[which, c] = max(lever[which, c], level)
        elif which == at.L_SCREEN:
            lever[which, c] += level
        else:
            lever[which, c] *= math.exp(level * value)


@compiled
def pull_levers(orders: at.Orders, state: at.State, row: Floats) -> None:
    """Read all levers anew, and note whose rates that makes out of date."""
    lever, before = state.lever[0], state.lever[1]
    for which in range(at.N_LEVERS):
        for c in range(lever.shape[1]):
            before[which, c] = lever[which, c]
    read_levers(orders, state, row, max(state.tally[at.STEP] - 1, 0), lever)
    for which in range(at.L_EXIT + 1, at.L_PUBLICITY):
        for c in range(lever.shape[1]):
            if before[which, c] != lever[which, c]:
                state.tally[at.ALL_STALE] = 1
    state.tally[at.SPEEDS_STALE] = state.tally[at.WEIGHT_STALE] = 1


@compiled
def shared_log_speed(elite: at.Elite, state: at.State, row: Floats) -> tuple[float, float]:
    """What publicity and succession add to everybody's log-hazard of leaving."""
    news = row[at.P_PUBLICITY] * min(100.0 * state.tally[at.N_PUBLIC] / elite.code.shape[0], 10.0)
    crisis = row[at.P_SUCCESSION_EXIT] if state.tally[at.IN_SUCCESSION] else 0.0
    return news, crisis


@compiled
def set_speeds(elite: at.Elite, state: at.State, row: Floats, t: float) -> None:
    """Set how fast the clock of each class runs: policy times publicity times succession."""
    news, crisis = shared_log_speed(elite, state, row)
    shared = math.exp(news + crisis)
    for c in range(state.clock.shape[0]):
        speed = state.lever[0, at.L_EXIT, c] * shared
        if not speed < math.inf:
            state.tally[at.FAILED] = 1
            continue
        if speed != state.clock[c, at.CLOCK_SPEED]:
            state.clock[c, at.CLOCK_READS] = clock_reads(state.clock, c, t)
            state.clock[c, at.CLOCK_SET_AT] = t
            state.clock[c, at.CLOCK_SPEED] = speed
        if clock_reads(state.clock, c, elite.scope[0]) > state.clock[c, at.CLOCK_REACH]:
            extend_reach(elite, state, c, t)


@compiled
def extend_reach(elite: at.Elite, state: at.State, c: int, t: float) -> None:
    """Let those stand in the queue of a class whom its faster clock may reach; twice as far, so that it is rare."""
    reads = clock_reads(state.clock, c, t)
    state.clock[c, at.CLOCK_REACH] = reads + 2.0 * (elite.scope[0] - t) * state.clock[c, at.CLOCK_SPEED]
    if state.tally[at.ALL_STALE]:
        return  # everybody finds his place in the queues next
    for i in range(elite.code.shape[0]):
        if (
            state.whole[i, at.CLASS] == c
            and state.whole[i, at.STATUS] == at.LOYAL
            and state.place[at.LEAVING, i] < 0
            and state.real[i, at.KEY + 2 * EXIT] <= state.clock[c, at.CLOCK_REACH]
        ):
            put(state.heap[c], state.due[c], state.place[at.LEAVING], i, state.real[i, at.KEY + 2 * EXIT])


@compiled
def set_coup_rate(state: at.State, row: Floats, t: float) -> None:
    """The hazard of a coup rises as the coalition shrinks."""
    if row[at.P_COUP] == 0.0:
        return
    scalar = state.scalar
    share = state.tally[at.WEIGHT] / state.tally[at.WEIGHT_AT_START]
    rate = row[at.P_COUP] * math.exp(-row[at.P_COUP_SLOPE] * (share - row[at.P_COALITION_THRESHOLD]))
    rate *= state.lever[0, at.L_COUP, 0]
    old = scalar[at.COUP_RATE]
    if rate == old:
        return
    if old > 0.0:
        scalar[at.COUP_LEFT] = max((scalar[at.COUP_KEY] - t) * old, 0.0)
    scalar[at.COUP_RATE] = rate
    scalar[at.COUP_KEY] = t + scalar[at.COUP_LEFT] / rate if rate > 0.0 else math.inf


@compiled
def falls_below(share: float, weight: int, at_start: int) -> bool:
    """Whether a whole-number weight is less than a share of what it was; exact where share times weight is whole."""
    return weight < math.ceil(share * at_start - 1e-9)


@compiled
def check_collapse(orders: at.Orders, state: at.State, row: Floats, t: float) -> None:
    """Note the first time the coalition or the security organ falls below each of its thresholds."""
    tally, scalar = state.tally, state.scalar
    weight = tally[at.WEIGHT]
    while tally[at.CUT] < orders.cuts.size and weight < orders.cuts[tally[at.CUT]]:
        scalar[at.N_SCALAR + tally[at.CUT]] = t
        tally[at.CUT] += 1
    if falls_below(row[at.P_COALITION_THRESHOLD], weight, tally[at.WEIGHT_AT_START]):
        scalar[at.COLLAPSE_TIME] = min(scalar[at.COLLAPSE_TIME], t)
    if falls_below(row[at.P_SECURITY_THRESHOLD], tally[at.SECURITY_WEIGHT], tally[at.SECURITY_AT_START]):
        scalar[at.SECURITY_TIME] = min(scalar[at.SECURITY_TIME], t)


@inlined
def settle(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, t: float) -> None:
    """Bring everything up to date that the last event made out of date."""
    tally = state.tally
    if tally[at.WEIGHT_STALE]:
        check_collapse(orders, state, row, t)
        set_coup_rate(state, row, t)
        tally[at.WEIGHT_STALE] = 0
    if tally[at.SPEEDS_STALE]:
        set_speeds(elite, state, row, t)
        tally[at.SPEEDS_STALE] = 0
    many = tally[at.ALL_STALE]
    for k in range(elite.code.shape[0] if many else tally[at.N_TO_REFRESH]):
        i = wide(k if many else state.place[at.TO_REFRESH, k])
        if many:
            state.whole[i, at.STALE] = at.S_ALL
        refresh(elite, state, row, i, t)
    tally[at.N_TO_REFRESH] = tally[at.ALL_STALE] = 0


@compiled
def turn_succession(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, t: float) -> None:
    """A succession begins, or the new leader is settled."""
    tally, scalar, n = state.tally, state.scalar, elite.code.shape[0]
    k = tally[at.N_SUCCESSIONS]
    tally[at.IN_SUCCESSION] = 1 - tally[at.IN_SUCCESSION]
    if tally[at.IN_SUCCESSION]:
        tally[at.N_SUCCESSIONS] = k + 1
        scalar[at.SUCCESSION_KEY] = t + length_of_succession(state, row, n, k)
        if row[at.P_SUCCESSION_GRIEVANCE] != 0.0:
            for i in range(n):
                if state.whole[i, at.STATUS] == at.LOYAL:
                    aggrieve(state, i, row[at.P_SUCCESSION_GRIEVANCE])
        for rule in range(orders.rule_code.shape[0]):
            if orders.rule_code[rule, at.RULE_ON] == at.ON_SUCCESSION:
                set_off(orders, state, rule, 0, t)
    elif row[at.P_SUCCESSION] > 0.0:
        scalar[at.SUCCESSION_KEY] = t + until_succession(state, row, n, k)
    else:
        scalar[at.SUCCESSION_KEY] = math.inf
    write_log(state, t, -1, SUCCESSION, at.BY_SUCCESSION)
    tally[at.SPEEDS_STALE] = 1
    if row[at.P_PURGE] > 0.0 and (row[at.P_SUCCESSION_PURGE] != 0.0 or row[at.P_SUCCESSION_PATRON] != 0.0):
        tally[at.ALL_STALE] = 1
    if row[at.P_SUCCESSION_TIES] > 0.0:
        tally[at.ALL_STALE] = 1


@compiled
def recall(elite: at.Elite, orders: at.Orders, state: at.State, p: int, t: float) -> None:
    """Call the ordered share of those abroad home, or lift the order so that they may be posted again.

    Who is called home by the n-th order is drawn once per member: a smaller share is a part of a larger one.
    """
    begins = orders.number[p, at.ORDER_START] == t
    order = orders.code[p, at.ORDER_MEMBER]
    for i in range(elite.code.shape[0]):
        post = state.whole[i, at.POST]
        if (
            state.whole[i, at.STATUS] != at.LOYAL
            or not orders.concerns[p, elite.class_of[seat_of(state, i), at.ABROAD]]
        ):
            continue
        if begins and post == at.ABROAD:
            lot = uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], i, RECALL, order)
            if lot < orders.number[p, at.ORDER_LEVEL]:
                write_log(state, t, i, RECALL, at.BY_ORDER)
                move(elite, state, i, t, at.RECALLED)
        elif not begins and post == at.RECALLED:
            move(elite, state, i, t, at.HOME)


@compiled
def act(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, p: int, t: float) -> None:
    """Do what one policy orders on this date, if anything."""
    action = orders.code[p, at.ORDER_LEVER]
    begins = orders.number[p, at.ORDER_START] == t
    if action == at.A_RECALL and (begins or orders.number[p, at.ORDER_END] == t):
        recall(elite, orders, state, p, t)
    elif action == at.A_SUCCESSION and begins and not state.tally[at.IN_SUCCESSION]:
        turn_succession(elite, orders, state, row, t)
    elif action == at.A_AGGRIEVE and begins:
        for i in range(elite.code.shape[0]):
            if state.whole[i, at.STATUS] == at.LOYAL and orders.concerns[p, state.whole[i, at.CLASS]]:
                aggrieve(state, i, orders.number[p, at.ORDER_LEVEL])
    elif action == at.A_DEFECT and begins:
        i = orders.code[p, at.ORDER_MEMBER]
        if state.whole[i, at.STATUS] == at.LOYAL and not state.whole[i, at.ORDERED]:
            order_leave(state, i, at.DEFECTED, at.BY_ORDER, 0)


@compiled
def take_step(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, t: float) -> None:
    """A date on which a policy begins or ends: pull the levers, then act in the order of the list."""
    step = state.tally[at.STEP]
    state.tally[at.STEP] = step + 1
    pull_levers(orders, state, row)
    for k in range(orders.bounds[1, step], orders.bounds[1, step + 1]):
        act(elite, orders, state, row, orders.listed[k], t)
