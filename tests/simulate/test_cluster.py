"""Ensembles on a cluster of Dask: the same result bit for bit, whoever does the work and whoever is lost on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from ostraka.errors import InputError
from ostraka.simulate import Parameters, Scenario, elite_roster, simulate
from ostraka.simulate.cluster import cluster_map

distributed = pytest.importorskip("distributed", reason="needs the extra ostraka[cluster]")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # what Dask warns of is Dask's business
ARRAYS = ("exits", "purges", "abroad", "coalition", "causes", "crossed", "collapse", "security", "coup", "events")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as connected:
        yield connected


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario("as is", elite_roster(300, rng=1), Parameters().set(base=-3.0), years=8.0)


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_worker_killed_mid_run_changes_nothing(client: Any, scenario: Scenario, lost: int) -> None:
    here = simulate(scenario, replicates=1500, rng=5, threads=1)
    client.wait_for_workers(2)
    workers = list(client.run(os.getpid).values())
    killed: list[int] = []

    def kill(done: int, _: int) -> None:
        if done > 300 and not killed:
            for pid in workers[:lost]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    there = simulate(scenario, replicates=1500, rng=5, map=cluster_map(client), progress=kill)
    assert killed == workers[:lost]
    assert there.replicates == there.wanted == 1500
    assert all(np.array_equal(getattr(here, name), getattr(there, name)) for name in ARRAYS)


def test_an_error_of_the_work_itself_is_raised(client: Any) -> None:
    client.wait_for_workers(2)
    with pytest.raises(ZeroDivisionError):
        list(cluster_map(client)(_fail, [1, 0]))


def _fail(x: int) -> float:
    return 1 / x


def test_what_is_no_cluster_is_refused(client: Any) -> None:
    with pytest.raises(InputError, match="client of Dask"):
        cluster_map("tcp://nowhere")
    with pytest.raises(InputError, match="no workers"):
        cluster_map(client, ahead=0)
