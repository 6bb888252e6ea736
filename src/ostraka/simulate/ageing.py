"""How long until somebody goes whose hazard rises with age or time in office: members who retire, and the leader.

The hazard is h·exp(g·x) after x years (Gompertz), so the wait for a resistance has a closed form and nothing is stepped.

References
----------
Gompertz (1825), On the nature of the function expressive of the law of human mortality, Philosophical Transactions of
the Royal Society 115. doi:10.1098/rstl.1825.0026
"""

from __future__ import annotations

import math

from ostraka.simulate import layout as at
from ostraka.simulate.compiling import compiled
from ostraka.simulate.draw import SUCCESSION, SUCCESSION_LENGTH, erlang
from ostraka.simulate.layout import Floats


@compiled
def wait_for(left: float, hazard: float, slope: float) -> float:
    """When a hazard that rises by `slope` on its log a year has used up a resistance; inf if it never does."""
    if slope == 0.0:
        return left / hazard
    grown = slope * left / hazard
    return math.log1p(grown) / slope if grown > -1.0 else math.inf


@compiled
def until_retirement(row: Floats, age: float, left: float) -> float:
    """Years until a member of an age retires who has so much of his resistance left."""
    slope, pension = row[at.P_RETIRE_AGEING], row[at.P_PENSION_AGE]
    hazard = row[at.P_RETIRE] * math.exp(slope * (age - row[at.P_RETIRE_REFERENCE]))
    if pension <= 0.0:
        return wait_for(left, hazard, slope)
    later = math.exp(row[at.P_PENSION_RISE])
    years = pension - age
    if years <= 0.0:
        return wait_for(left, hazard * later, slope)
    spent = hazard * years if slope == 0.0 else hazard * math.expm1(slope * years) / slope
    if left < spent:
        return wait_for(left, hazard, slope)
    return float(years + wait_for(left - spent, hazard * math.exp(slope * years) * later, slope))


@compiled
def until_succession(state: at.State, row: Floats, n: int, k: int) -> float:
    """Years a leader stays, the k-th one from time 0 on; `k` counts from 0."""
    left = erlang(state.tally[at.ROOT], state.tally[at.REPLICATE], n, SUCCESSION, k, 1, row[at.P_LEADER_STAGES])
    older = row[at.P_LEADER_AGE] - row[at.P_SUCCESSOR_AGE] if k == 0 else 0.0
    longer = row[at.P_LEADER_YEARS] if k == 0 else 0.0
    ahead = row[at.P_LEADER_AGEING] * older + row[at.P_LEADER_TENURE] * longer
    wait = wait_for(left, row[at.P_SUCCESSION] * math.exp(ahead), row[at.P_LEADER_AGEING] + row[at.P_LEADER_TENURE])
    if not wait >= 0.0:
        state.tally[at.FAILED] = 1
    return float(wait)


@compiled
def length_of_succession(state: at.State, row: Floats, n: int, k: int) -> float:
    """Years the k-th succession lasts."""
    stages = row[at.P_SUCCESSION_STAGES]
    tally = state.tally
    return float(
        row[at.P_SUCCESSION_YEARS] * erlang(tally[at.ROOT], tally[at.REPLICATE], n, SUCCESSION_LENGTH, 2 * k, 2, stages)
    )
