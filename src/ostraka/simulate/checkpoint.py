"""Stop a replicate, keep it, and go on later bit for bit as if it had never stopped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ostraka.errors import InputError
from ostraka.simulate import kernel
from ostraka.simulate import layout as at
from ostraka.simulate.cascade import Cascades, assemble
from ostraka.simulate.scenario import Scenario
from ostraka.simulate.work import empty_output, empty_state, world_of


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """Where one replicate stands at a time.

    Parameters
    ----------
    year : float
        Up to when it has run.
    root, replicate : int
        Which one it is.
    digest : str
        Of the scenario it belongs to.
    state : State
        Everything that changes within a replicate.
    output : Output
        What it has reported so far.
    """

    year: float
    root: int
    replicate: int
    digest: str
    state: at.State
    output: at.Output

    def save(self, path: Path | str) -> None:
        """Write it to a file of NumPy's npz form."""
        arrays: dict[str, Any] = {f"state_{k}": table for k, table in enumerate(self.state)}
        arrays |= {f"output_{k}": table for k, table in enumerate(self.output)}
        head = np.array([str(self.year.hex()), str(self.root), str(self.replicate), self.digest])
        with Path(path).open("wb") as file:
            np.savez_compressed(file, head=head, **arrays)

    @classmethod
    def load(cls, path: Path | str) -> Checkpoint:
        """Read it back.

        Raises
        ------
        InputError
            If the file is missing or is no checkpoint.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                year, root, replicate, digest = (str(word) for word in file["head"])
                state = at.State(*(file[f"state_{k}"] for k in range(len(at.State._fields))))
                output = at.Output(*(file[f"output_{k}"] for k in range(len(at.Output._fields))))
        except (OSError, KeyError, ValueError) as error:
            raise InputError(f"{path} cannot be read as a checkpoint: {error}") from error
        return cls(float.fromhex(year), int(root), int(replicate), digest, state, output)


def run_until(scenario: Scenario, year: float, *, root: int, replicate: int = 0) -> Checkpoint:
    """Run one replicate of a scenario up to a time.

    Parameters
    ----------
    scenario : Scenario
    year : float
        Up to when, above 0 and before the horizon.
    root, replicate : int
        Seed and number of the replicate.

    Raises
    ------
    InputError
        If the time is not between 0 and the horizon.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario, simulate
    >>> scenario = Scenario("ten", Roster.make(10, post=1), Parameters().neutral().set(base=-1.0), years=4)
    >>> half_way = run_until(scenario, 2.0, root=7)
    >>> whole = resume(scenario, half_way)
    >>> bool((whole.exits == simulate(scenario, replicates=1, rng=7).exits).all())
    True
    """
    if not 0 < year < scenario.years:
        raise InputError(f"a checkpoint lies between 0 and the horizon ({scenario.years}), not at {year}")
    world = world_of(scenario, keep_left=True)
    row = scenario.parameters.rows(replicate + 1, root)[replicate : replicate + 1]
    state, output = empty_state(world), empty_output(world, 1)
    number, span = np.array([replicate]), np.array([0.0, year])
    kernel.run(world.elite, world.orders, state, row, root, number, output, span)
    return Checkpoint(year, root, replicate, scenario.digest, state, output)


def resume(scenario: Scenario, checkpoint: Checkpoint) -> Cascades:
    """Run a replicate on from a checkpoint to the horizon.

    Parameters
    ----------
    scenario : Scenario
        The one the checkpoint was made of.
    checkpoint : Checkpoint
        Left as it is, so that it can be resumed again.

    Returns
    -------
    Cascades
        Of one replicate, equal bit for bit to the uninterrupted run.

    Raises
    ------
    InputError
        If the checkpoint is of another scenario.
    """
    if checkpoint.digest != scenario.digest:
        raise InputError(f"the checkpoint is of another scenario than {scenario.name!r}; resume the one it was made of")
    world = world_of(scenario, keep_left=True)
    root, replicate = checkpoint.root, checkpoint.replicate
    row = scenario.parameters.rows(replicate + 1, root)[replicate : replicate + 1]
    state, output = at.State(*_copies(checkpoint.state)), at.Output(*_copies(checkpoint.output))
    number, span = np.array([replicate]), np.array([checkpoint.year, np.inf])
    kernel.run(world.elite, world.orders, state, row, root, number, output, span)
    return assemble(scenario, row, output, root)


def _copies(tables: tuple[Any, ...]) -> list[Any]:
    return [table.copy() for table in tables]
