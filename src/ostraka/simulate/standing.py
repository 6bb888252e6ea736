"""Standing rules of a regime: what sets one off, and when it is due. What it does stands in `retaliation`."""

from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.compiling import compiled
from ostraka.simulate.queue import put


@compiled
def set_off(orders: at.Orders, state: at.State, rule: int, i: int, t: float) -> None:
    """An event sets a rule off: it is due after its delay, and one that holds already holds longer."""
    due = t + orders.rule_number[rule, at.RULE_DELAY]
    queue = orders.rule_code[rule, at.RULE_QUEUE]
    if queue >= 0:
        whom = orders.rule_code[rule, at.RULE_WHOM]
        personal = whom in (at.KIN, at.COMRADE)
        if state.rule_place[2 * queue, i] < 0 and not (personal and state.whole[i, at.HOLDER] > 0):
            put(state.rule_heap[2 * queue], state.rule_due[2 * queue], state.rule_place[2 * queue], i, due)
        return
    until = due + orders.rule_number[rule, at.RULE_LENGTH]
    if state.rule[rule, at.R_FROM] < math.inf:
        state.rule[rule, at.R_UNTIL] = max(state.rule[rule, at.R_UNTIL], until)
    else:
        state.rule[rule, at.R_FROM], state.rule[rule, at.R_UNTIL] = due, until


@compiled
def notice(orders: at.Orders, state: at.State, i: int, t: float) -> None:
    """Let the departure of a member set off every rule that waits for such a one."""
    status, c = state.whole[i, at.STATUS], state.whole[i, at.CLASS]
    for rule in range(orders.rule_code.shape[0]):
        waits_for = orders.rule_code[rule, at.RULE_ON]
        if (
            (status == at.DEFECTED and waits_for == at.ON_DEPARTURE)
            or (status == at.DEFECTED and waits_for == at.ON_KNOWN_DEPARTURE and state.whole[i, at.PUBLIC] > 0)
            or (status == at.PURGED and waits_for == at.ON_PURGE)
            or (status == at.DETAINED and waits_for == at.ON_DETENTION)
            or (status == at.OPPOSED and waits_for == at.ON_OPPOSITION)
        ) and orders.rule_fires[rule, c]:
            set_off(orders, state, rule, i, t)


@compiled
def due_of(orders: at.Orders, state: at.State, rule: int) -> float:
    """When a rule next begins, acts, is lifted or ends; inf for not as things stand."""
    queue = orders.rule_code[rule, at.RULE_QUEUE]
    if queue < 0:
        active = state.rule[rule, at.R_ACTIVE] > 0.0
        return float(state.rule[rule, at.R_UNTIL if active else at.R_FROM])
    soonest = math.inf
    for q in (2 * queue, 2 * queue + 1):
        if state.rule_heap[q, -1] > 0 and state.rule_due[q, 0] < soonest:
            soonest = state.rule_due[q, 0]
    return soonest


@compiled
def next_rule(orders: at.Orders, state: at.State) -> tuple[float, int]:
    """Which rule is due next, and when; of two due at once, the first of the list."""
    soonest, first = math.inf, -1
    for rule in range(orders.rule_code.shape[0]):
        due = due_of(orders, state, rule)
        if due < soonest:
            soonest, first = due, rule
    return soonest, first


@compiled
def years_in_force(state: at.State, rule: int, horizon: float) -> float:
    """How long a rule held within the horizon."""
    years = state.rule[rule, at.R_YEARS]
    if state.rule[rule, at.R_ACTIVE] > 0.0:
        years += horizon - state.rule[rule, at.R_FROM]
    return float(years)
