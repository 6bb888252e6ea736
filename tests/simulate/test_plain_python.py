"""The compiled kernels also run as plain Python, with the same results, so that coverage and debuggers see them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

PROGRAM = """
import json, warnings
warnings.simplefilter("error")
from ostraka.simulate import Parameters, Policy, Scenario, civil_violence, contagion, elite_roster, replay
from ostraka.simulate import simulate, summaries_of, threshold_cascade
table = Parameters().set(base=-2.0, association=0.4, succession=0.3, coup=0.1, purge=0.05)
policies = (Policy("home", "recall", 0.5, 1.0, 0.5), Policy("terror", "terror", 1.0), Policy("gone", "departure", member=2))
runs = simulate(Scenario("small", elite_roster(40, rng=3), table, policies, years=2.0), replicates=3, rng=5, threads=1)
ring = [2 * k for k in range(13)], [x for k in range(12) for x in ((k - 1) % 12, (k + 1) % 12)]
print(json.dumps({
    "exits": runs.exits.tolist(),
    "first": runs.first_exit.tolist(),
    "coup": [str(t) for t in runs.coup],
    "civil": civil_violence(6, legitimacy=0.5, side=10, vision=2, rng=3).active.tolist(),
    "summaries": summaries_of(replay(runs, 0), runs.scenario.roster, years=2.0).round(12).tolist(),
    "cascade": threshold_cascade(*ring, 0.5, [0]).tolist(),
    "contagion": [str(t) for t in contagion(*ring, rate=1.0, recovery=0.5, seeds=[0], until=3.0, rng=7)],
}))
"""


def answers(**environment: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_compiled_and_plain_give_the_same() -> None:
    assert answers() == answers(NUMBA_DISABLE_JIT="1")
