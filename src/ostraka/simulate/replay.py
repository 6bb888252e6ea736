"""Any replicate alone, with everything that happened in it: who, when, what, and what moved it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ostraka.errors import InputError
from ostraka.simulate import draw, kernel
from ostraka.simulate import layout as at
from ostraka.simulate.cascade import Cascades
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import WHOLE, empty_output, empty_state, world_of

if TYPE_CHECKING:
    import pandas as pd

EVENT_NAMES = {
    draw.EXIT: "leaves",
    draw.PURGE: "purged",
    draw.POSTING: "posted",
    draw.RETIRE: "retires",
    draw.EXPOSE: "learns",
    draw.FORGET: "forgets",
    draw.REFILL: "replaced",
    draw.LAPSE: "forgotten",
    draw.RECALL: "called home",
    draw.SUCCESSION: "succession",
    draw.COUP: "coup",
    draw.CALM: "calms down",
    draw.DETAIN: "detained",
    draw.RELEASE: "released",
    draw.RESIST: "turns to opposition",
    draw.RULED: "rule acts",
    draw.PROMOTE: "promoted",
}


def replay(run: Cascades | Scenario, replicate: int, *, root: int | None = None, blocked: int = -1) -> pd.DataFrame:
    """Run one replicate of a scenario again and keep its event log.

    Parameters
    ----------
    run : Cascades or Scenario
        What was run; of a scenario the `root` must be given.
    replicate : int
        Which one, from 0.
    root : int or None
        The seed; None for that of `run`.
    blocked : int
        A seat that never leaves of its own accord, to see what its departure caused; -1 for none.

    Returns
    -------
    DataFrame
        One row per event in order: year, member (-1 for the regime), event, cause, holder (0 the first holder of
        the seat).

    Raises
    ------
    InputError
        If the replicate is negative or the seed is missing.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario
    >>> one = Scenario("one", Roster.make(1, post=1), Parameters().neutral().set(base=5.0), years=5)
    >>> replay(one, 0, root=7)["event"].tolist()
    ['leaves']
    """
    scenario = run.scenario if isinstance(run, Cascades) else run
    seed = run.provenance.seed if isinstance(run, Cascades) and root is None else root
    if seed is None or replicate < 0:
        raise InputError(f"a replay needs a seed and a replicate from 0 on, got {seed} and {replicate}")
    row = scenario.parameters.rows(replicate + 1, seed)[replicate]
    world, room = world_of(scenario, blocked=blocked), 4096
    while True:
        state, out = empty_state(world, log=room), empty_output(world, 1)
        kernel.run(world.elite, world.orders, state, row[None, :], seed, np.array([replicate]), out, WHOLE)
        n = int(state.tally[at.N_EVENTS])
        if n <= room:
            return _frame(state.log[:n])
        room = n


def _frame(log: at.Floats) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

    kinds, causes = log[:, 2].astype(int), log[:, 3].astype(int)
    return pd.DataFrame(
        {
            "year": log[:, 0].copy(),
            "member": log[:, 1].astype(np.int64),
            "event": [EVENT_NAMES[kind] for kind in kinds],
            "cause": [at.CAUSES[cause] for cause in causes],
            "holder": log[:, 4].astype(np.int64),
        }
    )
