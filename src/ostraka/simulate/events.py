"""What happens at an event of one member: leaving, being removed, moving, being replaced, and what spreads from it."""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

from ostraka.simulate import layout as at
from ostraka.simulate.compiling import compiled, inlined, wide
from ostraka.simulate.draw import (
    ASSOCIATION,
    DETAIN,
    DISAFFECTION,
    EXIT,
    EXPOSURE_AT_START,
    LAPSE,
    N_CLOCKED,
    PUBLICITY,
    PURGE,
    REFILL,
    RESIST,
    RETIRE,
    normal,
    poisson,
    uniform,
)
from ostraka.simulate.layout import Floats
from ostraka.simulate.queue import take_out
from ostraka.simulate.rates import clock_reads, mark, renew, seat_of


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
def tie_stands(elite: at.Elite, e: int, t: float) -> bool:
    """Whether a tie that has dates stands on a day."""
    return elite.tie_span.shape[0] == 0 or bool(elite.tie_span[e, 0] <= t < elite.tie_span[e, 1])


@compiled
def aggrieve(state: at.State, i: int, size: float) -> None:
    """Raise a member's disaffection by so much, from which it may calm down again."""
    raised = state.real[i, at.RAISED] + size
    state.real[i, at.THETA] += size
    state.real[i, at.RAISED] = raised if abs(raised) > 1e-9 else 0.0
    mark(state, i, at.S_MOOD)


@compiled
def calm_down(state: at.State, row: Floats, i: int) -> None:
    """One step back towards the disaffection the member had of his own."""
    raised = state.real[i, at.RAISED]
    step = min(row[at.P_CALMING_STEP], abs(raised))
    aggrieve(state, i, -step if raised > 0.0 else step)


@compiled
def spread(elite: at.Elite, state: at.State, row: Floats, i: int, how: int, sign: float) -> None:
    """Let a departure (sign 1) or its lapse (-1) reach everybody tied to the member."""
    real, whole = state.real, state.whole
    left = how in (1, 3)
    first_holder = 1 if how <= 2 else 0
    since = real[i, at.LEFT_AT]
    column = at.DEPARTED if left else at.PURGED_TIES
    stale = at.S_EXIT
    if left and row[at.P_PURGE_TIE] != 0.0:
        stale |= at.S_PURGE
    for e in range(elite.start[i], elite.start[i + 1]):
        j = wide(elite.tie[e, at.ALTER])
        kind = wide(elite.tie[e, at.TIE_KIND])
        if whole[j, at.STATUS] != at.LOYAL or not tie_holds(state, kind, first_holder, j):
            continue
        if (sign < 0 and real[j, at.SINCE] > since) or not tie_stands(elite, e, since):
            continue
        real[j, column + kind] = max(real[j, column + kind] + sign * elite.tie_weight[e], 0.0)
        if not left and sign > 0 and row[at.P_BACKLASH] != 0.0 and (kind in (at.KIN, at.PATRON)):
            aggrieve(state, j, row[at.P_BACKLASH] * elite.tie_weight[e])
        mark(state, j, stale)


@compiled
def matters(row: Floats, how: int) -> bool:
    """Whether a departure of this sort changes anything for those tied to it."""
    left = how in (at.DEFECTED, at.OPPOSED)
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
    weight = sign * elite.code[seat_of(state, i), at.WEIGHT_OF]
    state.tally[at.WEIGHT] += weight
    if elite.code[i, at.SECURITY]:
        state.tally[at.SECURITY_WEIGHT] += weight
    state.tally[at.WEIGHT_STALE] = 1


@compiled
def vacate(elite: at.Elite, state: at.State, i: int, how: int, t: float) -> None:
    """Take a member out of post, coalition and the queue of those who may leave."""
    whole, tally = state.whole, state.tally
    if whole[i, at.STATUS] == at.OPPOSED:
        tally[at.N_OPPOSED] -= 1
    else:
        c = whole[i, at.CLASS]
        take_out(state.heap[c], state.due[c], state.place[at.LEAVING], i)
        tally[at.N_ABROAD] -= 1 if whole[i, at.POST] == at.ABROAD else 0
        weigh(elite, state, i, -1)
    whole[i, at.STATUS] = how
    state.real[i, at.LEFT_AT] = t
    for kind in range(N_CLOCKED):
        watched = how == at.OPPOSED and kind in (PURGE, RETIRE)
        if kind not in (REFILL, LAPSE) and not watched:
            renew(state, i, kind)
    tally[at.N_DETAINED] += 1 if how == at.DETAINED else 0
    tally[at.N_OPPOSED] += 1 if how == at.OPPOSED else 0
    mark(state, i, at.S_SEAT | at.S_PURGE if how == at.OPPOSED else at.S_SEAT)


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
        j = wide(elite.tie[e, at.ALTER])
        if elite.tie[e, at.TIE_KIND] != at.KIN or whole[j, at.STATUS] != at.LOYAL or whole[j, at.ORDERED]:
            continue
        if not tie_stands(elite, e, state.real[i, at.LEFT_AT]):
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
def settle_how(state: at.State, row: Floats, i: int) -> int:
    """How an ordered departure turns out: a purge may be a detention, a break at home open opposition."""
    whole = state.whole
    how, root, replicate = whole[i, at.ORDERED], state.tally[at.ROOT], state.tally[at.REPLICATE]
    if how == at.PURGED:
        k = whole[i, at.REMOVALS]
        whole[i, at.REMOVALS] = k + 1
        if row[at.P_DETAIN] > 0.0 and uniform(root, replicate, i, DETAIN, k) < row[at.P_DETAIN]:
            return at.DETAINED
    may_resist = how == at.DEFECTED and row[at.P_RESIST] > 0.0 and whole[i, at.POST] != at.ABROAD
    if may_resist and whole[i, at.ORDERED_CAUSE] != at.BY_ORDER:
        stays = uniform(root, replicate, i, RESIST, whole[i, at.DRAWN + EXIT]) < row[at.P_RESIST]
        return at.OPPOSED if stays else at.DEFECTED
    return int(how)


@compiled
def name_of(how: int) -> int:
    """The kind of event under which a departure stands in the log."""
    if how == at.DEFECTED:
        return EXIT
    if how == at.PURGED:
        return PURGE
    if how == at.DETAINED:
        return DETAIN
    return RESIST if how == at.OPPOSED else RETIRE


@compiled
def leave(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """A member defects, is purged or retires, as ordered; what follows at once for ties, kin and publicity."""
    whole = state.whole
    cause, how = whole[i, at.ORDERED_CAUSE], settle_how(state, row, i)
    write_log(state, t, i, name_of(how), cause)
    if whole[i, at.INFLUENCE] > 0:
        end_influence(elite, state, row, i)
        renew(state, i, LAPSE)
    if how == at.DEFECTED:
        publicise(state, row, i)
        count_exit(elite, state, i, cause, t)
    state.tally[at.N_PURGES] += 1 if how == at.PURGED else 0
    vacate(elite, state, i, how, t)
    if how != at.RETIRED:
        left = how in (at.DEFECTED, at.OPPOSED)
        whole[i, at.INFLUENCE] = (1 if left else 2) + (2 if whole[i, at.HOLDER] > 0 else 0)
        if matters(row, how):
            spread(elite, state, row, i, whole[i, at.INFLUENCE], 1.0)
        if row[at.P_ASSOCIATION] > 0.0 and how != at.OPPOSED:
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
    state.real[i, at.RAISED] = 0.0
    known = 0
    arrival = row[at.P_EXPOSURE_ABROAD if whole[i, at.POST] == at.ABROAD else at.P_EXPOSURE_HOME]
    if arrival > 0.0 and row[at.P_FORGETTING] > 0.0:
        known = poisson(root, replicate, i, EXPOSURE_AT_START, holder, arrival / row[at.P_FORGETTING])
    whole[i, at.INFORMATION] = known


@compiled
def move(elite: at.Elite, state: at.State, i: int, t: float, post: int) -> None:
    """Post a loyal member elsewhere; what is left of the resistance to leaving comes along."""
    real, whole = state.real, state.whole
    old, new = wide(whole[i, at.CLASS]), wide(elite.class_of[seat_of(state, i), post])
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
