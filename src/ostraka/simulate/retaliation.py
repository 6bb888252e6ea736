"""What a standing rule of the regime does once it is due: it tightens, calls home, purges or detains."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.compiling import compiled, wide
from ostraka.simulate.draw import RECALL, RULED, rule_lot
from ostraka.simulate.events import move, order_leave, tie_holds, tie_stands, write_log
from ostraka.simulate.layout import Floats
from ostraka.simulate.orders import pull_levers
from ostraka.simulate.queue import put, take_out
from ostraka.simulate.rates import seat_of


@compiled
def act_by_rule(elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, rule: int, t: float) -> None:
    """Let a rule do what it is due to do."""
    queue = orders.rule_code[rule, at.RULE_QUEUE]
    if queue < 0:
        turn(orders, state, row, rule, t)
        return
    act, lift = 2 * queue, 2 * queue + 1
    acts = state.rule_heap[act, -1] > 0
    lifted = state.rule_heap[lift, -1] > 0 and not (acts and state.rule_due[act, 0] <= state.rule_due[lift, 0])
    q = lift if lifted else act
    i = wide(state.rule_heap[q, 0])
    take_out(state.rule_heap[q], state.rule_due[q], state.rule_place[q], i)
    if not lifted:
        state.rule[rule, at.R_TIMES] += 1.0
        write_log(state, t, i, RULED, at.BY_RULE)
    for_those(elite, orders, state, rule, i, t, lifted)
    if lifted:
        return
    ends = t + orders.rule_number[rule, at.RULE_LENGTH]
    if orders.rule_code[rule, at.RULE_LEVER] == at.A_RECALL and ends < math.inf:
        put(state.rule_heap[lift], state.rule_due[lift], state.rule_place[lift], i, ends)


@compiled
def turn(orders: at.Orders, state: at.State, row: Floats, rule: int, t: float) -> None:
    """A rule that pulls a lever begins or ends."""
    mine = state.rule[rule]
    if mine[at.R_ACTIVE] > 0.0:
        mine[at.R_YEARS] += t - mine[at.R_FROM]
        mine[at.R_ACTIVE], mine[at.R_FROM], mine[at.R_UNTIL] = 0.0, math.inf, math.inf
    else:
        mine[at.R_ACTIVE] = 1.0
        mine[at.R_TIMES] += 1.0
    if orders.rule_code[rule, at.RULE_FIRST]:
        write_log(state, t, -1, RULED, at.BY_RULE)
    pull_levers(orders, state, row)


@compiled
def for_those(elite: at.Elite, orders: at.Orders, state: at.State, rule: int, i: int, t: float, lifted: int) -> None:
    """Do or lift what a rule orders for those it is for: tied to the member who set it off, of his organ, or all."""
    whom = orders.rule_code[rule, at.RULE_WHOM]
    if whom in (at.OWN_ORGAN, at.EVERYBODY):
        for one in range(elite.code.shape[0]):
            if whom == at.EVERYBODY or elite.code[one, at.GROUP] == elite.code[i, at.GROUP]:
                sanction(elite, orders, state, rule, i, one, t, lifted)
        return
    for e in range(elite.start[i], elite.start[i + 1]):
        kind, j = wide(elite.tie[e, at.TIE_KIND]), wide(elite.tie[e, at.ALTER])
        if whom == kind and tie_holds(state, kind, 1, j) and tie_stands(elite, e, state.real[i, at.LEFT_AT]):
            sanction(elite, orders, state, rule, i, j, t, lifted)


@compiled
def sanction(
    elite: at.Elite, orders: at.Orders, state: at.State, rule: int, i: int, j: int, t: float, lifted: int
) -> None:
    """Do or lift what a rule orders for one member; who is hit is drawn once per (member, trigger, rule)."""
    whole = state.whole
    action = orders.rule_code[rule, at.RULE_LEVER]
    if whole[j, at.STATUS] != at.LOYAL or whole[j, at.ORDERED] or i == j:
        return
    if action == at.A_RECALL:
        concerned = orders.rule_concerns[rule, elite.class_of[seat_of(state, j), at.ABROAD]]
        if lifted and concerned and whole[j, at.POST] == at.RECALLED:
            move(elite, state, j, t, at.HOME)
        if lifted or not concerned or whole[j, at.POST] != at.ABROAD:
            return
    elif not orders.rule_concerns[rule, whole[j, at.CLASS]]:
        return
    number = orders.rule_code[rule, at.RULE_NUMBER]
    lot = rule_lot(state.tally[at.ROOT], state.tally[at.REPLICATE], j, i, whole[i, at.HOLDER], number)
    if lot >= orders.rule_number[rule, at.RULE_LEVEL]:
        return
    if action == at.A_RECALL:
        write_log(state, t, j, RECALL, at.BY_RULE)
        move(elite, state, j, t, at.RECALLED)
    else:
        order_leave(state, j, at.PURGED if action == at.A_PURGE else at.DETAINED, at.BY_RULE, 0)
