"""The hazards of one member, and how a changed hazard moves the time of its next event. Rates per year.

A member's k-th event of a kind comes when the hazard, integrated since the kind was last reset, reaches the
resistance of that event. So a change of hazard only rescales what is left: no new chance is drawn.
"""

from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.ageing import until_retirement
from ostraka.simulate.compiling import compiled, inlined, wide
from ostraka.simulate.draw import (
    CALM,
    EXIT,
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
from ostraka.simulate.layout import Floats
from ostraka.simulate.queue import put, take_out

_LEAST = 1e-300  # what is left of a resistance is never 0, which would mean that none was drawn


@inlined
def set_rate(state: at.State, i: int, kind: int, now: float, rate: float) -> bool:
    """Give a member's next event of a kind another rate from `now` on; says whether anything changed."""
    real = state.real
    old = real[i, at.RATE + 2 * kind]
    if rate == old or (rate == 0.0 and old < 0.0):
        return False
    if not rate < math.inf:
        state.tally[at.FAILED] = 1
        return False
    if old == 0.0:
        root, replicate = state.tally[at.ROOT], state.tally[at.REPLICATE]
        left = exponential(root, replicate, i, kind, state.whole[i, at.DRAWN + kind])
    elif old > 0.0:
        left = max((real[i, at.KEY + 2 * kind] - now) * old, _LEAST)
    else:
        left = -old
    real[i, at.RATE + 2 * kind] = rate if rate > 0.0 else -left
    real[i, at.KEY + 2 * kind] = now + left / rate if rate > 0.0 else math.inf
    return True


@inlined
def renew(state: at.State, i: int, kind: int) -> None:
    """Forget a resistance that was used up: the next one is drawn when the rate is next set."""
    real = state.real
    if real[i, at.RATE + 2 * kind] != 0.0:
        state.whole[i, at.DRAWN + kind] += 1
        real[i, at.RATE + 2 * kind] = 0.0
        real[i, at.KEY + 2 * kind] = math.inf


@inlined
def seat_of(state: at.State, i: int) -> int:
    """Whose rank, weight, privilege and classes a member has: his own, unless seats pass on by promotion."""
    return wide(state.whole[i, at.SEAT]) if state.tally[at.CHAINS] > 0 else i


@inlined
def tie_response(row: Floats, count: float) -> float:
    """How a (weighted) number of departed ties counts: min(m, m*), log(1 + m), or a step at a for complex contagion."""
    if row[at.P_COMPLEX_AT] > 0.0:
        return 1.0 if count >= row[at.P_COMPLEX_AT] else 0.0
    if row[at.P_LOG_TIES] > 0.0:
        return math.log1p(count)
    return float(min(count, row[at.P_SATURATION]))


@inlined
def exit_rate(elite: at.Elite, state: at.State, row: Floats, i: int) -> float:
    """Hazard of leaving in units of the class clock, which carries policy, publicity and succession."""
    real, whole = state.real, state.whole
    post = whole[i, at.POST]
    log_rate = real[i, at.ETA] + real[i, at.THETA] + row[at.P_INFORMATION] * whole[i, at.INFORMATION]
    access = 1.0
    if post == at.ABROAD:
        held = max(elite.number[i, at.KIN_HELD], state.lever[0, at.L_HOLD_KIN, wide(whole[i, at.CLASS])])
        log_rate += row[at.P_CHILDREN] * elite.number[i, at.CHILDREN] - row[at.P_KIN_HELD] * held
    elif post == at.HOME:
        access = row[at.P_ACCESS_HOME]
    else:
        access = row[at.P_ACCESS_RECALLED]
    if access == 0.0:
        return 0.0
    for kind in range(at.N_TIE_KINDS):
        if real[i, at.DEPARTED + kind] > 0.0:
            log_rate += row[at.P_CONTAGION + kind] * tie_response(row, real[i, at.DEPARTED + kind])
        if row[at.P_FEAR + kind] != 0.0 and real[i, at.PURGED_TIES + kind] > 0.0:
            log_rate += row[at.P_FEAR + kind] * tie_response(row, real[i, at.PURGED_TIES + kind])
    if state.tally[at.IN_SUCCESSION] and real[i, at.DEPARTED + at.PATRON] > 0.0:
        more = row[at.P_SUCCESSION_TIES] * row[at.P_CONTAGION + at.PATRON]
        log_rate += more * tie_response(row, real[i, at.DEPARTED + at.PATRON])
    return access * math.exp(log_rate)


@compiled
def exit_cause(state: at.State, row: Floats, i: int, shared: float, shared_cause: int) -> int:
    """What held the largest share of the log-hazard above what is usual in the post: a kind of tie, news, or none."""
    arrival = row[at.P_EXPOSURE_ABROAD if state.whole[i, at.POST] == at.ABROAD else at.P_EXPOSURE_HOME]
    usual = arrival / row[at.P_FORGETTING] if row[at.P_FORGETTING] > 0.0 else 0.0
    best, cause = 0.0, 0
    for kind in range(at.N_TIE_KINDS):
        part = row[at.P_CONTAGION + kind] * tie_response(row, state.real[i, at.DEPARTED + kind])
        if kind == at.PATRON and state.tally[at.IN_SUCCESSION]:
            part *= 1.0 + row[at.P_SUCCESSION_TIES]
        part = max(part, 0.0) + max(
            row[at.P_FEAR + kind] * tie_response(row, state.real[i, at.PURGED_TIES + kind]), 0.0
        )
        if part > best:
            best, cause = part, at.BY_TIE + kind
    part = row[at.P_INFORMATION] * (state.whole[i, at.INFORMATION] - usual)
    if part > best:
        best, cause = part, at.BY_INFORMATION
    return shared_cause if shared > best else cause


@inlined
def purge_rate(elite: at.Elite, state: at.State, row: Floats, i: int) -> float:
    """Hazard of being removed."""
    if row[at.P_PURGE] == 0.0:
        return 0.0
    real, s = state.real, seat_of(state, i)
    sees = row[at.P_PURGE_DISAFFECTION] * state.lever[0, at.L_ACCURACY, wide(state.whole[i, at.CLASS])]
    log_rate = row[at.P_PURGE_RANK] * elite.code[s, at.RANK] + sees * real[i, at.THETA]
    if state.whole[i, at.STATUS] == at.OPPOSED:
        log_rate += row[at.P_PURGE_OPPOSED]
    log_rate += row[at.P_PURGE_TIE] * tie_response(
        row, real[i, at.DEPARTED + at.KIN] + real[i, at.DEPARTED + at.PATRON]
    )
    if state.tally[at.IN_SUCCESSION]:
        log_rate += row[at.P_SUCCESSION_PURGE]
        log_rate += row[at.P_SUCCESSION_PATRON] * elite.number[s, at.PRIVILEGE]
    return float(row[at.P_PURGE] * math.exp(log_rate) * state.lever[0, at.L_PURGE, wide(state.whole[i, at.CLASS])])


@inlined
def posting_rate(elite: at.Elite, state: at.State, row: Floats, i: int) -> float:
    """Rate of the next move: abroad for those at home who pass the screening, home for those abroad."""
    whole = state.whole
    if whole[i, at.POST] == at.ABROAD:
        return float(row[at.P_BACK] * state.lever[0, at.L_BACK, wide(whole[i, at.CLASS])])
    mobile = elite.number[seat_of(state, i), at.MOBILE]
    if whole[i, at.POST] != at.HOME or mobile == 0.0:
        return 0.0
    screening = row[at.P_SCREENING] + state.lever[0, at.L_SCREEN, wide(whole[i, at.CLASS])]
    passes = 1.0
    if screening != 0.0:
        sd = row[at.P_DISAFFECTION_SD]
        passes = math.exp(
            screening * (elite.number[i, at.KIN_HELD] - (state.real[i, at.THETA] - row[at.P_DISAFFECTION]))
            - 0.5 * screening * screening * sd * sd
        )
    return float(row[at.P_OUT] * mobile * passes * state.lever[0, at.L_OUT, wide(whole[i, at.CLASS])])


@inlined
def clock_reads(clock: Floats, c: int, t: float) -> float:
    """What the clock of a class reads at a time: the integral of its speed."""
    return float(clock[c, at.CLOCK_READS] + (t - clock[c, at.CLOCK_SET_AT]) * clock[c, at.CLOCK_SPEED])


@inlined
def queue_leaving(state: at.State, i: int) -> None:
    """Let a member stand in the queue of its class by its key for leaving, if the clock can reach it."""
    c = wide(state.whole[i, at.CLASS])
    key = state.real[i, at.KEY + 2 * EXIT]
    if key <= state.clock[c, at.CLOCK_REACH]:
        put(state.heap[c], state.due[c], state.place[at.LEAVING], i, key)
    else:
        take_out(state.heap[c], state.due[c], state.place[at.LEAVING], i)


@inlined
def queue_otherwise(elite: at.Elite, state: at.State, i: int) -> None:
    """Let a member stand in the queue of real time by its soonest other event, if that is before the horizon."""
    first, best = 1, math.inf
    for k in range(state.tally[at.N_LIVE]):
        kind = wide(state.tally[at.LIVE + k])
        if state.real[i, at.KEY + 2 * kind] < best:
            first, best = kind, state.real[i, at.KEY + 2 * kind]
    state.whole[i, at.NEXT_KIND] = first
    if best <= elite.scope[0]:
        stands = state.place[at.OTHERWISE, i]
        if stands < 0 or state.due[-1, stands] != best:
            put(state.heap[-1], state.due[-1], state.place[at.OTHERWISE], i, best)
    else:
        take_out(state.heap[-1], state.due[-1], state.place[at.OTHERWISE], i)


@inlined
def mark(state: at.State, i: int, stale: int) -> None:
    """Note that rates of a member are out of date."""
    if state.whole[i, at.STALE] == 0:
        state.place[at.TO_REFRESH, state.tally[at.N_TO_REFRESH]] = i
        state.tally[at.N_TO_REFRESH] += 1
    state.whole[i, at.STALE] |= stale


@inlined
def return_rate(elite: at.Elite, state: at.State, row: Floats, i: int, status: int) -> float:
    """The rate at which a seat nobody holds is held again."""
    if status in (at.LOYAL, at.OPPOSED):
        return 0.0
    if status == at.DETAINED:
        return float(row[at.P_RELEASE])
    if row[at.P_REFILL_RANK] == 0.0:
        return float(row[at.P_REFILL])
    return float(row[at.P_REFILL] * math.exp(row[at.P_REFILL_RANK] * elite.code[seat_of(state, i), at.RANK]))


_COMES_BY = (
    (at.P_BASE, at.P_BASE),
    (at.P_PURGE, at.P_PURGE),
    (at.P_OUT, at.P_BACK),
    (at.P_RETIRE, at.P_RETIRE),
    (at.P_EXPOSURE_ABROAD, at.P_EXPOSURE_HOME),
    (at.P_FORGETTING, at.P_FORGETTING),
    (at.P_REFILL, at.P_RELEASE),
    (at.P_MEMORY, at.P_MEMORY),
    (at.P_CALMING, at.P_CALMING),
)
"""The parameters that must both be 0 for a kind of clocked event never to come."""


@compiled
def may_come(row: Floats, kind: int) -> bool:
    """Whether a kind of event of a seat other than leaving can come at all: policies only multiply these rates."""
    one, other = _COMES_BY[kind]
    return bool(row[one] != 0.0 or row[other] != 0.0)


@compiled
def list_live(elite: at.Elite, state: at.State, row: Floats) -> None:
    """List the kinds of event that can come at all, so that nobody is asked for the others; ages and promotions too."""
    tally = state.tally
    for kind in range(1, N_CLOCKED):
        if may_come(row, kind):
            tally[at.LIVE + tally[at.N_LIVE]] = kind
            tally[at.N_LIVE] += 1
    by_age = row[at.P_RETIRE_AGEING] != 0.0 or (row[at.P_PENSION_AGE] > 0.0 and row[at.P_PENSION_RISE] != 0.0)
    tally[at.AGED] = 1 if by_age and elite.age.size > 0 else 0
    tally[at.CHAINS] = 1 if row[at.P_PROMOTE] > 0.0 and elite.ladder.size > 0 else 0


@inlined
def rate_of(elite: at.Elite, state: at.State, row: Floats, i: int, kind: int) -> float:
    """The rate of one kind of event of a seat other than leaving, as things stand."""
    status = state.whole[i, at.STATUS]
    if kind == LAPSE:
        return float(row[at.P_MEMORY]) if state.whole[i, at.INFLUENCE] > 0 else 0.0
    if kind == REFILL:
        return return_rate(elite, state, row, i, status)
    if status not in (at.LOYAL, at.OPPOSED):
        return 0.0
    if kind == PURGE:
        return purge_rate(elite, state, row, i)
    if kind == RETIRE:
        return float(row[at.P_RETIRE])
    return 0.0 if status == at.OPPOSED else rate_of_mind(elite, state, row, i, kind)


@inlined
def rate_of_mind(elite: at.Elite, state: at.State, row: Floats, i: int, kind: int) -> float:
    """The rate at which a loyal member moves, calms down, learns or forgets."""
    whole = state.whole
    if kind == POSTING:
        return posting_rate(elite, state, row, i)
    if kind == CALM:
        return float(row[at.P_CALMING]) if state.real[i, at.RAISED] != 0.0 else 0.0
    if kind == EXPOSE:
        arrival = row[at.P_EXPOSURE_ABROAD if whole[i, at.POST] == at.ABROAD else at.P_EXPOSURE_HOME]
        return float(arrival * state.lever[0, at.L_EXPOSE, wide(whole[i, at.CLASS])])
    return float(row[at.P_FORGETTING] * whole[i, at.INFORMATION]) if kind == FORGET else 0.0


@compiled
def set_retirement(state: at.State, row: Floats, i: int, t: float) -> None:
    """Set when a member of known age retires: nothing but his age moves that hazard, so it is set once for all."""
    born = state.real[i, at.BORN]
    if born < math.inf:
        left = (state.real[i, at.KEY + 2 * RETIRE] - t) * state.real[i, at.RATE + 2 * RETIRE]
        wait = until_retirement(row, t - born, left)
        state.real[i, at.KEY + 2 * RETIRE] = t + wait
        if not wait >= 0.0:
            state.tally[at.FAILED] = 1


@inlined
def refresh(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """Bring the rates of a member that are out of date up to date, and its places in the queues."""
    whole = state.whole
    stale = whole[i, at.STALE]
    whole[i, at.STALE] = 0
    if stale & at.S_EXIT:
        stays = whole[i, at.STATUS] != at.LOYAL or i == elite.blocked
        rate = 0.0 if stays else exit_rate(elite, state, row, i)
        reads = clock_reads(state.clock, wide(whole[i, at.CLASS]), t)
        if set_rate(state, i, EXIT, reads, rate) or stale == at.S_ALL:
            queue_leaving(state, i)
    if stale == at.S_EXIT:
        return
    for k in range(state.tally[at.N_LIVE]):
        kind = wide(state.tally[at.LIVE + k])
        if stale & (1 << kind):
            new = state.real[i, at.RATE + 2 * kind] == 0.0
            changed = set_rate(state, i, kind, t, rate_of(elite, state, row, i, kind))
            if kind == RETIRE and new and changed and state.tally[at.AGED] > 0:
                set_retirement(state, row, i, t)
    queue_otherwise(elite, state, i)
