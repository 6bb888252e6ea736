"""What happens at an event of one member: leaving, being removed, moving, being replaced, and what spreads from it."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

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
    RETIRE,
    compiled,
    inlined,
    normal,
    poisson,
    uniform,
)
from ostraka.simulate.layout import Floats
from ostraka.simulate.queue import take_out
from ostraka.simulate.rates import clock_reads, mark, renew


@inlined
def write_log(state: at.State, t: float, i: int, kind: int, cause: int) -> None:
    """Keep an event as (time, member, kind, cause, holder) while the log has room."""
    k = state.tally[at.N_EVENTS]
    if k < state.log.shape[0]:
        state.log[k, 0], state.log[k, 1], state.log[k, 2], state.log[k, 3] = t, i, kind, cause
        state.log[k, 4] = state.whole[i, at.HOLDER] if i >= 0 else 0
    state.tally[at.N_EVENTS] = k + 1


@compiled
def tie_holds(state: at.State, kind: int, first_holder: int, j: int) -> bool:
    """Kin and comrades are ties of persons; patrons and colleagues are ties of posts and pass to successors."""
    personal = kind in (at.KIN, at.COMRADE)
    return not personal or (first_holder == 1 and state.whole[j, at.HOLDER] == 0)


@inlined
def spread(elite: at.Elite, state: at.State, row: Floats, i: int, how: int, sign: float) -> None:
    """Let a departure (sign 1) or its lapse (-1) reach everybody tied to the member."""
    real, whole = state.real, state.whole
    left = how in (1, 3)
    first_holder = 1 if how <= 2 else 0
    column = at.DEPARTED if left else at.PURGED_TIES
    stale = at.S_EXIT
    if left and row[at.P_PURGE_TIE] != 0.0:
        stale |= at.S_PURGE
    if not left and row[at.P_BACKLASH] != 0.0:
        stale |= at.S_PURGE | at.S_POSTING
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
        mark(state, j, stale)


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
def end_influence(elite: at.Elite, state: at.State, row: Floats, i: int) -> None:
    """A departure is forgotten: its effect on ties and on publicity ends."""
    spread(elite, state, row, i, state.whole[i, at.INFLUENCE], -1.0)
    state.whole[i, at.INFLUENCE] = 0
    if state.whole[i, at.PUBLIC]:
        state.whole[i, at.PUBLIC] = 0
        state.tally[at.N_PUBLIC] -= 1
        state.tally[at.SPEEDS_STALE] = 1
    mark(state, i, at.S_SEAT)


@compiled
def weigh(elite: at.Elite, state: at.State, i: int, sign: int) -> None:
    """Add a member to the coalition (1) or take him out of it (-1)."""
    state.tally[at.WEIGHT] += sign * elite.code[i, at.WEIGHT_OF]
    if elite.code[i, at.SECURITY]:
        state.tally[at.SECURITY_WEIGHT] += sign * elite.code[i, at.WEIGHT_OF]
    state.tally[at.WEIGHT_STALE] = 1


@compiled
def vacate(elite: at.Elite, state: at.State, i: int, how: int, t: float) -> None:
    """Take a member out of post, coalition and the queue of those who may leave."""
    whole = state.whole
    c = whole[i, at.CLASS]
    take_out(state.heap[c], state.due[c], state.place[at.LEAVING], i)
    whole[i, at.STATUS] = how
    state.tally[at.N_ABROAD] -= 1 if whole[i, at.POST] == at.ABROAD else 0
    state.real[i, at.LEFT_AT] = t
    weigh(elite, state, i, -1)
    for kind in range(N_CLOCKED):
        if kind not in (REFILL, LAPSE):
            renew(state, i, kind)
    mark(state, i, at.S_SEAT)


@compiled
def publicise(state: at.State, row: Floats, i: int) -> None:
    """Decide whether a defection becomes public knowledge at home."""
    if row[at.P_PUBLICITY] == 0.0 or state.whole[i, at.PUBLIC]:
        return
    share = row[at.P_PUBLICITY_SHARE] * state.lever[0, at.L_PUBLICITY, state.whole[i, at.CLASS]]
    holder = state.whole[i, at.HOLDER]
    if uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], i, PUBLICITY, holder) < share:
        state.whole[i, at.PUBLIC] = 1
        state.tally[at.N_PUBLIC] += 1
        state.tally[at.SPEEDS_STALE] = 1


@compiled
def order_leave(state: at.State, i: int, how: int, cause: int, depth: int) -> None:
    """Let a member leave within this event, after those ordered before."""
    whole = state.whole
    whole[i, at.ORDERED], whole[i, at.ORDERED_CAUSE], whole[i, at.ORDERED_DEPTH] = how, cause, depth
    state.place[at.TO_LEAVE, state.tally[at.N_TO_LEAVE]] = i
    state.tally[at.N_TO_LEAVE] += 1


@compiled
def associate(elite: at.Elite, state: at.State, row: Floats, i: int, depth: int) -> None:
    """Guilt by association: each kin at home may be taken along at once."""
    whole = state.whole
    if whole[i, at.HOLDER] != 0 or depth >= row[at.P_ASSOCIATION_DEPTH]:
        return
    for e in range(elite.start[i], elite.start[i + 1]):
        j = int(elite.tie[e, at.ALTER])
        if elite.tie[e, at.TIE_KIND] != at.KIN or whole[j, at.STATUS] != at.LOYAL or whole[j, at.ORDERED]:
            continue
        if whole[j, at.POST] == at.ABROAD or whole[j, at.HOLDER] != 0:
            continue
        k = whole[j, at.ASSOCIATED]
        whole[j, at.ASSOCIATED] = k + 1
        drawn = uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], j, ASSOCIATION, k)
        if drawn < row[at.P_ASSOCIATION]:
            order_leave(state, j, at.PURGED, at.BY_ASSOCIATION, depth + 1)


@compiled
def count_exit(elite: at.Elite, state: at.State, i: int, cause: int, t: float) -> None:
    """Count a defection."""
    state.tally[at.BY_CAUSE + cause] += 1
    state.tally[at.BY_GROUP + elite.code[i, at.GROUP]] += 1
    state.whole[i, at.EVER_LEFT] = 1
    state.scalar[at.FIRST_EXIT] = min(state.scalar[at.FIRST_EXIT], t)


@compiled
def leave(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """A member defects, is purged or retires, as ordered; what follows at once for ties, kin and publicity."""
    whole = state.whole
    how, cause = whole[i, at.ORDERED], whole[i, at.ORDERED_CAUSE]
    write_log(state, t, i, EXIT if how == at.DEFECTED else PURGE if how == at.PURGED else RETIRE, cause)
    if whole[i, at.INFLUENCE] > 0:
        end_influence(elite, state, row, i)
        renew(state, i, LAPSE)
    if how == at.DEFECTED:
        publicise(state, row, i)
        count_exit(elite, state, i, cause, t)
    state.tally[at.N_PURGES] += 1 if how == at.PURGED else 0
    vacate(elite, state, i, how, t)
    if how != at.RETIRED:
        whole[i, at.INFLUENCE] = (1 if how == at.DEFECTED else 2) + (2 if whole[i, at.HOLDER] > 0 else 0)
        if matters(row, how):
            spread(elite, state, row, i, whole[i, at.INFLUENCE], 1.0)
        if row[at.P_ASSOCIATION] > 0.0:
            associate(elite, state, row, i, whole[i, at.ORDERED_DEPTH])
    whole[i, at.ORDERED] = 0


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
    arrival = row[at.P_EXPOSURE_ABROAD if whole[i, at.POST] == at.ABROAD else at.P_EXPOSURE_HOME]
    if arrival > 0.0 and row[at.P_FORGETTING] > 0.0:
        known = poisson(root, replicate, i, EXPOSURE_AT_START, holder, arrival / row[at.P_FORGETTING])
    whole[i, at.INFORMATION] = known


@compiled
def refill(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """A vacant seat is filled by a newcomer, at home, without the kin and comrades of the one before."""
    whole = state.whole
    whole[i, at.STATUS] = at.LOYAL
    whole[i, at.HOLDER] += 1
    whole[i, at.POST] = at.HOME
    whole[i, at.CLASS] = elite.class_of[i, at.HOME]
    state.real[i, at.SINCE] = t
    for kind in range(at.N_TIE_KINDS):
        state.real[i, at.DEPARTED + kind] = state.real[i, at.PURGED_TIES + kind] = 0.0
    weigh(elite, state, i, 1)
    seat(state, row, i)
    mark(state, i, at.S_ALL)


@inlined
def move(elite: at.Elite, state: at.State, i: int, t: float, post: int) -> None:
    """Post a loyal member elsewhere; what is left of the resistance to leaving comes along."""
    real, whole = state.real, state.whole
    old, new = whole[i, at.CLASS], elite.class_of[i, post]
    state.tally[at.N_ABROAD] += (1 if post == at.ABROAD else 0) - (1 if whole[i, at.POST] == at.ABROAD else 0)
    whole[i, at.POST] = post
    if old == new:
        mark(state, i, at.S_EXIT | at.S_POSTING | at.S_NEWS)
        return
    take_out(state.heap[old], state.due[old], state.place[at.LEAVING], i)
    before, after = clock_reads(state.clock, old, t), clock_reads(state.clock, new, t)
    if before != after:
        real[i, at.KEY + 2 * EXIT] = after + (real[i, at.KEY + 2 * EXIT] - before)
    whole[i, at.CLASS] = new
    mark(state, i, at.S_ALL)
