"""What becomes of a vacant seat: a newcomer, one who was held and comes back, or somebody from below, whose seat then is vacant.

Who rises takes rank, weight, privilege, mobility and classes of the seat, and leaves his own to be filled in turn; his
mind, his ties and his years stay his. So a vacancy wanders down an organ until somebody comes from outside.

References
----------
White (1970), Chains of Opportunity: System Models of Mobility in Organizations, Harvard University Press.
"""

# ruff: noqa: PLR0917 - compiled functions take no keywords at speed
from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.compiling import compiled, inlined, wide
from ostraka.simulate.draw import PROMOTE, REFILL, RELEASE, uniform
from ostraka.simulate.events import aggrieve, move, seat, tie_stands, weigh, write_log
from ostraka.simulate.layout import Floats
from ostraka.simulate.rates import mark, seat_of

TRIES = 32


@inlined
def trait_part(elite: at.Elite, row: Floats, i: int, s: int) -> float:
    """The part of a member's log rate of leaving that no event moves, while he has the rank and privilege of seat s."""
    return float(
        row[at.P_BASE]
        + elite.number[i, at.OFFSET]
        + row[at.P_RANK] * elite.code[s, at.RANK]
        - row[at.P_PRIVILEGE] * elite.number[s, at.PRIVILEGE]
    )


@compiled
def refill(elite: at.Elite, state: at.State, row: Floats, i: int, t: float) -> None:
    """A vacant seat is filled by somebody without the kin and comrades of the one before; who was held comes back."""
    released = state.whole[i, at.STATUS] == at.DETAINED
    if not released and state.tally[at.CHAINS] > 0:
        j = next_in_line(elite, state, row, i)
        if j >= 0:
            promote(elite, state, row, i, j, t)
            return
    write_log(state, t, i, RELEASE if released else REFILL, at.BASELINE)
    take_place(elite, state, i, t)
    if released:
        state.tally[at.N_DETAINED] -= 1
        if row[at.P_DETENTION_GRIEVANCE] != 0.0:
            aggrieve(state, i, row[at.P_DETENTION_GRIEVANCE])
    else:
        state.whole[i, at.HOLDER] += 1
        seat(state, row, i)
        if state.tally[at.AGED] > 0:
            known = elite.age[i] > -math.inf
            state.real[i, at.BORN] = t - row[at.P_NEWCOMER_AGE] if known else math.inf
        if row[at.P_PASSED_OVER] != 0.0:
            pass_over(elite, state, row, i, -1, t)
    mark(state, i, at.S_ALL)


@compiled
def take_place(elite: at.Elite, state: at.State, i: int, t: float) -> None:
    """Somebody holds a seat again, at home; what happened to those tied to it before does not move him."""
    whole = state.whole
    whole[i, at.STATUS] = at.LOYAL
    whole[i, at.POST] = at.HOME
    whole[i, at.CLASS] = elite.class_of[seat_of(state, i), at.HOME]
    state.real[i, at.SINCE] = t
    for kind in range(at.N_TIE_KINDS):
        state.real[i, at.DEPARTED + kind] = state.real[i, at.PURGED_TIES + kind] = 0.0
    weigh(elite, state, i, 1)


@compiled
def pass_over(elite: at.Elite, state: at.State, row: Floats, i: int, chosen: int, t: float) -> None:
    """Clients of lower rank who did not get the seat resent it."""
    rank = elite.code[seat_of(state, i), at.RANK]
    for e in range(elite.start[i], elite.start[i + 1]):
        j = wide(elite.tie[e, at.ALTER])
        if elite.tie[e, at.TIE_KIND] != at.PATRON or state.whole[j, at.STATUS] != at.LOYAL or j == chosen:
            continue
        if elite.code[seat_of(state, j), at.RANK] < rank and tie_stands(elite, e, t):
            aggrieve(state, j, row[at.P_PASSED_OVER])


@compiled
def lot(state: at.State, i: int, k: int) -> float:
    """A lot of those that decide who rises into a vacant seat."""
    return uniform(state.tally[at.ROOT], state.tally[at.REPLICATE], i, PROMOTE, k)


@compiled
def next_in_line(elite: at.Elite, state: at.State, row: Floats, i: int) -> int:
    """Who rises into a vacant seat: drawn from those one rank below in its organ, the contented rather; -1: nobody."""
    whole, s, k = state.whole, seat_of(state, i), 2 * TRIES * state.whole[i, at.DRAWN + REFILL]
    first, last = elite.below[s, 0], elite.below[s, 1]
    if first == last or lot(state, i, k) >= row[at.P_PROMOTE]:
        return -1
    for attempt in range(1, TRIES):
        j = wide(whole[wide(elite.ladder[first + int(lot(state, i, k + 2 * attempt) * (last - first))]), at.OCCUPANT])
        if whole[j, at.STATUS] != at.LOYAL or whole[j, at.POST] == at.RECALLED:
            continue
        strength = row[at.P_PROMOTE_LOYALTY] * (state.real[j, at.THETA] - row[at.P_DISAFFECTION])
        if strength == 0.0 or lot(state, i, k + 2 * attempt + 1) < 1.0 / (1.0 + math.exp(strength)):
            return j
    return -1


@compiled
def promote(elite: at.Elite, state: at.State, row: Floats, i: int, j: int, t: float) -> None:
    """A member rises into the vacant seat of row i, comes home for it, and leaves his own seat vacant there."""
    whole = state.whole
    write_log(state, t, j, PROMOTE, at.BASELINE)
    if row[at.P_PASSED_OVER] != 0.0:
        pass_over(elite, state, row, i, j, t)
    weigh(elite, state, j, -1)
    above, own = seat_of(state, i), seat_of(state, j)
    whole[i, at.SEAT], whole[j, at.SEAT] = own, above
    whole[own, at.OCCUPANT], whole[above, at.OCCUPANT] = i, j
    weigh(elite, state, j, 1)
    state.real[i, at.ETA], state.real[j, at.ETA] = trait_part(elite, row, i, own), trait_part(elite, row, j, above)
    move(elite, state, j, t, at.HOME)
    mark(state, i, at.S_SEAT)
    mark(state, j, at.S_ALL)
