"""What happens at an event of one member: leaving, being removed, moving, being replaced, and what spreads from it."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.draw import (
    ASSOCIATION,
    DISAFFECTION,
    EXIT,
    EXPOSURE_AT_START,
    LAPSE,
    N_CLOCKED,
    PUBLICITY,
    PURGE,
    REFILL,
    compiled,
    normal,
    poisson,
    uniform,
)
from ostraka.simulate.layout import Floats
from ostraka.simulate.queue import take_out
from ostraka.simulate.rates import clock_reads, queue_leaving, refresh_exit, refresh_rest, renew


@compiled
def write_log(state: at.State, t: float, i: int, kind: int, cause: int) -> None:
    """Keep an event as (time, member, kind, cause, holder) while the log has room."""
    k = state.tally[at.N_EVENTS]
    if k < state.log.shape[0]:
        state.log[k, 0], state.log[k, 1], state.log[k, 2], state.log[k, 3] = t, i, kind, cause
        state.log[k, 4] = state.whole[i, at.HOLDER] if i >= 0 else 0
    state.tally[at.N_EVENTS] = k + 1


@compiled
def shared_log_speed(elite: at.Elite, state: at.State, row: Floats) -> tuple[float, float]:
    """What publicity and succession add to everybody's log-hazard, and which of them adds more."""
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
        if speed != state.clock[c, at.CLOCK_SPEED]:
            state.clock[c, at.CLOCK_READS] = clock_reads(state.clock, c, t)
            state.clock[c, at.CLOCK_SET_AT] = t
            state.clock[c, at.CLOCK_SPEED] = speed


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
    set_coup_rate(state, row, t)


@compiled
def tie_holds(state: at.State, kind: int, first_holder: int, j: int) -> bool:
    """Kin and comrades are ties of persons; patrons and colleagues are ties of posts and pass to successors."""
    personal = kind in (at.KIN, at.COMRADE)
    return not personal or (first_holder == 1 and state.whole[j, at.HOLDER] == 0)


@compiled
def spread(elite: at.Elite, state: at.State, row: Floats, i: int, t: float, how: int, sign: float) -> None:
    """Let a departure (sign 1) or its lapse (-1) reach everybody tied to the member."""
    real, whole = state.real, state.whole
    left = how in (1, 3)
    first_holder = 1 if how <= 2 else 0
    column = at.DEPARTED if left else at.PURGED_TIES
    touches_purge = row[at.P_PURGE] != 0.0 and (
        (left and row[at.P_PURGE_TIE] != 0.0)
        or (not left and row[at.P_BACKLASH] != 0.0 and row[at.P_PURGE_DISAFFECTION] != 0.0)
    )
    for e in range(elite.start[i], elite.start[i + 1]):
        j = int(elite.tie[e, at.ALTER])
        kind = int(elite.tie[e, at.TIE_KIND])
        if whole[j, at.STATUS] != at.LOYAL or not tie_holds(state, kind, first_holder, j):
            continue
        if sign < 0 and real[j, at.SINCE] > real[i, at.LEFT_AT]:
            continue
        real[j, column + kind] = max(real[j, column + kind] + sign * elite.tie_weight[e], 0.0)
        if not left and sign > 0 and (kind in (at.KIN, at.PATRON)):
            real[j, at.THETA] += row[at.P_BACKLASH] * elite.tie_weight[e]
        refresh_exit(elite, state, row, j, t)
        if touches_purge:
            refresh_rest(elite, state, row, j, t)


@compiled
def matters(row: Floats, how: int) -> bool:
    """Whether a departure of this sort changes anything for those tied to it."""
    left = how == at.DEFECTED
    first = at.P_CONTAGION if left else at.P_FEAR
    for kind in range(at.N_TIE_KINDS):
        if row[first + kind] != 0.0:
            return True
    return (left and row[at.P_PURGE_TIE] != 0.0) or (not left and row[at.P_BACKLASH] != 0.0)


@compiled
def end_influence(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """A departure is forgotten: its effect on ties and on publicity ends."""
    how = state.whole[i, at.INFLUENCE]
    state.whole[i, at.INFLUENCE] = 0
    spread(elite, state, row, i, t, how, -1.0)
    if state.whole[i, at.PUBLIC]:
        state.whole[i, at.PUBLIC] = 0
        state.tally[at.N_PUBLIC] -= 1
        set_speeds(elite, state, row, t)


@compiled
def vacate(elite: at.Elite, state: at.State, i: int, how: int, t: float) -> None:
    """Take a member out of post, coalition and every queue."""
    real, whole, tally = state.real, state.whole, state.tally
    c = whole[i, at.CLASS]
    take_out(state.heap[c], state.place[at.LEAVING], state.due[at.LEAVING], i)
    whole[i, at.STATUS] = how
    if whole[i, at.POST] == at.ABROAD:
        tally[at.N_ABROAD] -= 1
    tally[at.WEIGHT] -= elite.code[i, at.WEIGHT_OF]
    if elite.code[i, at.SECURITY]:
        tally[at.SECURITY_WEIGHT] -= elite.code[i, at.WEIGHT_OF]
    real[i, at.LEFT_AT] = t
    for kind in range(N_CLOCKED):
        if kind not in (REFILL, LAPSE):
            renew(state, i, kind)


@compiled
def publicise(state: at.State, row: Floats, i: int) -> None:
    """Decide whether a defection becomes public knowledge at home."""
    if row[at.P_PUBLICITY] == 0.0 or state.whole[i, at.PUBLIC]:
        return
    share = row[at.P_PUBLICITY_SHARE] * state.lever[0, at.L_PUBLICITY, state.whole[i, at.CLASS]]
    if uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], i, PUBLICITY, state.whole[i, at.HOLDER]) < share:
        state.whole[i, at.PUBLIC] = 1
        state.tally[at.N_PUBLIC] += 1


@compiled
def associate(elite: at.Elite, state: at.State, row: Floats, i: int, depth: int) -> None:
    """Guilt by association: each kin at home may be taken along; returns how many wait for it."""
    whole = state.whole
    waiting = state.tally[at.N_WAITING]
    if whole[i, at.HOLDER] != 0 or depth >= row[at.P_ASSOCIATION_DEPTH]:
        return
    for e in range(elite.start[i], elite.start[i + 1]):
        j = int(elite.tie[e, at.ALTER])
        if elite.tie[e, at.TIE_KIND] != at.KIN or whole[j, at.STATUS] != at.LOYAL or whole[j, at.PENDING]:
            continue
        if whole[j, at.POST] == at.ABROAD or whole[j, at.HOLDER] != 0:
            continue
        k = whole[j, at.ASSOCIATED]
        whole[j, at.ASSOCIATED] = k + 1
        if uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], j, ASSOCIATION, k) < row[at.P_ASSOCIATION]:
            whole[j, at.PENDING] = depth + 1
            state.place[at.WAITING, waiting] = j
            waiting += 1
    state.tally[at.N_WAITING] = waiting


@compiled
def leave(
    elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, i: int, t: float, how: int, cause: int
) -> None:
    """One member defects, is purged or retires; what follows at once for ties, publicity and the coalition."""
    whole, tally = state.whole, state.tally
    if whole[i, at.INFLUENCE] > 0:
        end_influence(elite, state, row, i, t)
        renew(state, i, LAPSE)
    if how == at.DEFECTED:
        publicise(state, row, i)
    vacate(elite, state, i, how, t)
    holder = whole[i, at.HOLDER]
    if how == at.DEFECTED:
        tally[at.BY_GROUP + elite.code[i, at.GROUP]] += 1
        tally[at.BY_CAUSE + cause] += 1
        whole[i, at.EVER_LEFT] = 1
        state.scalar[at.FIRST_EXIT] = min(state.scalar[at.FIRST_EXIT], t)
    elif how == at.PURGED:
        tally[at.N_PURGES] += 1
    if how != at.RETIRED:
        whole[i, at.INFLUENCE] = (1 if how == at.DEFECTED else 2) + (2 if holder > 0 else 0)
        if matters(row, how):
            spread(elite, state, row, i, t, whole[i, at.INFLUENCE], 1.0)
        if row[at.P_ASSOCIATION] > 0.0:
            associate(elite, state, row, i, whole[i, at.PENDING])
        if whole[i, at.PUBLIC]:
            set_speeds(elite, state, row, t)
    whole[i, at.PENDING] = 0
    refresh_rest(elite, state, row, i, t)
    check_collapse(orders, state, row, t)


@compiled
def leave_with_kin(
    elite: at.Elite, orders: at.Orders, state: at.State, row: Floats, i: int, t: float, how: int, cause: int
) -> None:
    """A departure and the purges that follow it at once by association."""
    kind = EXIT if how == at.DEFECTED else PURGE if how == at.PURGED else 3
    write_log(state, t, i, kind, cause)
    leave(elite, orders, state, row, i, t, how, cause)
    done = 0
    while done < state.tally[at.N_WAITING]:
        j = state.place[at.WAITING, done]
        done += 1
        write_log(state, t, j, PURGE, at.BY_ASSOCIATION)
        leave(elite, orders, state, row, j, t, at.PURGED, at.BY_ASSOCIATION)
    state.tally[at.N_WAITING] = 0


@compiled
def seat(state: at.State, row: Floats, i: int) -> None:
    """Give a holder of a seat private disaffection and what he knows from outside."""
    whole = state.whole
    root, replicate = state.tally[at.ROOT], state.tally[at.REPLICATE]
    holder = whole[i, at.HOLDER]
    theta = row[at.P_DISAFFECTION]
    if row[at.P_DISAFFECTION_SD] > 0.0:
        theta += row[at.P_DISAFFECTION_SD] * normal(root, replicate, i, DISAFFECTION, holder)
    state.real[i, at.THETA] = theta
    known = 0
    arrival = row[at.P_EXPOSURE_ABROAD] if whole[i, at.POST] == at.ABROAD else row[at.P_EXPOSURE_HOME]
    if arrival > 0.0 and row[at.P_FORGETTING] > 0.0:
        known = poisson(root, replicate, i, EXPOSURE_AT_START, holder, arrival / row[at.P_FORGETTING])
    whole[i, at.INFORMATION] = known


@compiled
def refill(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """A vacant seat is filled by a newcomer, at home, without the kin and comrades of the one before."""
    real, whole, tally = state.real, state.whole, state.tally
    renew(state, i, REFILL)
    whole[i, at.STATUS] = at.LOYAL
    whole[i, at.HOLDER] += 1
    whole[i, at.POST] = at.HOME
    whole[i, at.CLASS] = elite.class_of[i, at.HOME]
    real[i, at.SINCE] = t
    for column in range(at.DEPARTED, at.KEY):
        real[i, column] = 0.0
    tally[at.WEIGHT] += elite.code[i, at.WEIGHT_OF]
    if elite.code[i, at.SECURITY]:
        tally[at.SECURITY_WEIGHT] += elite.code[i, at.WEIGHT_OF]
    seat(state, row, i)
    refresh_exit(elite, state, row, i, t)
    refresh_rest(elite, state, row, i, t)
    set_coup_rate(state, row, t)


@compiled
def move(elite: at.Elite, state: at.State, row: Floats, i: int, t: float, post: int) -> None:
    """Post a loyal member elsewhere; what is left of the resistance to leaving comes along."""
    real, whole = state.real, state.whole
    old, new = whole[i, at.CLASS], elite.class_of[i, post]
    state.tally[at.N_ABROAD] += (1 if post == at.ABROAD else 0) - (1 if whole[i, at.POST] == at.ABROAD else 0)
    whole[i, at.POST] = post
    if old != new:
        take_out(state.heap[old], state.place[at.LEAVING], state.due[at.LEAVING], i)
        before, after = clock_reads(state.clock, old, t), clock_reads(state.clock, new, t)
        if before != after:
            real[i, at.KEY] = after + (real[i, at.KEY] - before)
        whole[i, at.CLASS] = new
        queue_leaving(state, i)
    refresh_exit(elite, state, row, i, t)
    refresh_rest(elite, state, row, i, t)
