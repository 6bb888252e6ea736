"""Ensembles on a cluster: what has the shape of ``map`` over the workers of Dask. No other file knows a cluster exists.

Every replicate depends on the seed, its number and the scenario alone. So a piece of work that is lost with its worker
is simply done again elsewhere, and the result is the same bit for bit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ostraka.errors import InputError, MissingExtra
from ostraka.simulate.work import Chunk, MapLike, World, run_chunk

_TRIES = 5


def cluster_map(client: Any, *, ahead: int | None = None) -> MapLike:
    """What to give ``simulate(..., map=...)`` to run on the workers of a Dask cluster.

    Parameters
    ----------
    client : distributed.Client
        Connected to a LocalCluster, or to one that dask-jobqueue (SLURM) or dask-kubernetes started.
    ahead : int or None
        Pieces of work handed out at a time; None for four per thread of the cluster.

    Returns
    -------
    callable
        With the shape of ``map``; hands results over in order. The scenario travels to the workers once.

    Raises
    ------
    MissingExtra
        If Dask is not installed.
    InputError
        If the cluster has no workers, or `ahead` is below 1.

    Notes
    -----
    Work lost with a worker is handed out again, up to five times; a piece that raises an error of its own is not.

    Examples
    --------
    ::

        from distributed import Client, LocalCluster
        with LocalCluster(n_workers=4, threads_per_worker=1) as cluster, Client(cluster) as client:
            runs = simulate(scenario, replicates=10_000, rng=7, map=cluster_map(client))
    """
    try:
        from distributed import Client  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise MissingExtra("cluster", "running on a cluster") from error
    known = isinstance(client, Client)
    if not known:
        raise InputError(f"a client of Dask is needed, not {type(client).__name__}; see distributed.Client")
    threads = sum(client.nthreads().values())
    room = 4 * threads if ahead is None else ahead
    if room < 1:
        raise InputError("the cluster has no workers yet; wait for them with client.wait_for_workers(1)")

    def run(function: Callable[[Any], Any], work: Iterable[Any]) -> Iterator[Any]:
        desk = _Desk(client, function)
        waiting: deque[tuple[Any, Any]] = deque()
        try:
            for item in work:
                waiting.append((desk.hand_out(item), item))
                if len(waiting) >= room:
                    yield desk.take_back(*waiting.popleft())
            while waiting:
                yield desk.take_back(*waiting.popleft())
        finally:
            client.cancel([future for future, _ in waiting])

    return run


class _Desk:
    """Hands work out to a cluster and takes results back; sends what all pieces share only once."""

    def __init__(self, client: Any, function: Callable[[Any], Any]) -> None:
        self.client, self.function = client, function
        self.world: World | None = None
        self.sent: Any = None

    def hand_out(self, item: Any) -> Any:
        """Send one piece of work."""
        if self.function is not run_chunk or not isinstance(item, Chunk):
            return self.client.submit(self.function, item, pure=False)
        if item.world is not self.world:
            self.world = item.world
            self.sent = self.client.scatter(item.world, broadcast=True, hash=False)
        return self.client.submit(_run_in, self.sent, item.rows, item.root, item.numbers, pure=False)

    def take_back(self, future: Any, item: Any) -> Any:
        """The result of one piece; handed out whole again if its worker, or the shared part, was lost."""
        from distributed import KilledWorker  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415
        from distributed.client import (  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415
            FutureCancelledError,
        )

        for _ in range(_TRIES):
            try:
                return future.result()
            except (KilledWorker, FutureCancelledError):
                future = self.client.submit(self.function, item, pure=False)
        return future.result()


def _run_in(world: World, rows: Any, root: int, numbers: Any) -> Any:
    return run_chunk(Chunk(world, rows, root, numbers))
