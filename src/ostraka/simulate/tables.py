"""Results as tables in files: one row per replicate, per reporting time, per effect, per event; CSV, Parquet or Arrow."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ostraka.errors import InputError, MissingExtra
from ostraka.simulate.cascade import Cascades
from ostraka.simulate.compare import Effects, outcomes
from ostraka.simulate.replay import replay

if TYPE_CHECKING:
    import pandas as pd

FORMS = ("csv", "parquet", "arrow")


def replicate_frame(run: Cascades) -> pd.DataFrame:
    """One row per replicate: outcomes at the horizon, and years of first exit, collapse (three ways); inf for never.

    Examples
    --------
    >>> from ostraka.simulate import Parameters, Roster, Scenario, simulate
    >>> lone = Scenario("one", Roster.make(5, post=1), Parameters().neutral().set(base=-3.0), years=5)
    >>> len(replicate_frame(simulate(lone, replicates=4, rng=7)))
    4
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

    columns: dict[str, Any] = {"scenario": run.scenario.name, "replicate": np.arange(run.replicates)}
    columns |= {
        name: value for name, value in outcomes(run).items() if name in ("exits", "purges", "abroad", "coalition")
    }
    columns |= {f"{name}_year": getattr(run, name) for name in ("first_exit", "collapse", "security", "coup")}
    return pd.DataFrame(columns | {"events": run.events})


def event_frame(run: Cascades, replicates: Iterable[int]) -> pd.DataFrame:
    """The event logs of some replicates: scenario, replicate, the columns of :func:`replay`, organ and rank of the seat."""
    import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

    roster = run.scenario.roster
    logs = []
    for r in replicates:
        log = replay(run, r).assign(scenario=run.scenario.name, replicate=r)
        seat = log["member"].to_numpy()
        log["organ"] = np.where(seat < 0, "", np.array(roster.organs)[roster.organ[seat]])
        log["rank"] = np.where(seat < 0, -1, roster.rank[seat])
        logs.append(log)
    if not logs:
        raise InputError("an event log needs at least one replicate")
    table = pd.concat(logs, ignore_index=True)
    return table[["scenario", "replicate", *(c for c in table.columns if c not in ("scenario", "replicate"))]]


def save_frame(frame: pd.DataFrame, path: Path | str) -> Path:
    """Write a table; the form follows the end of the name: ``.csv``, ``.parquet`` or ``.arrow`` (Feather).

    Raises
    ------
    InputError
        If the end is none of these.
    MissingExtra
        If Parquet or Arrow is asked for and the optional part ``arrow`` is not installed.
    """
    file = Path(path)
    form = file.suffix.lstrip(".")
    if form not in FORMS:
        raise InputError(f"{file.name}: a table ends in {', '.join('.' + f for f in FORMS)}")
    if form == "csv":
        frame.to_csv(file, index=False, lineterminator="\n")
        return file
    try:
        import_module("pyarrow")
    except ModuleNotFoundError:
        raise MissingExtra("arrow", f"writing {file.name}") from None
    if form == "parquet":
        frame.to_parquet(file, index=False)
    else:
        frame.to_feather(file)
    return file


def save_effects(effects: Effects, folder: Path | str, *, form: str = "csv", events: int = 1) -> tuple[Path, ...]:
    """Write a comparison as tables: ``effects``, ``replicates``, ``course`` (by reporting time), ``parameters``, ``events``.

    Parameters
    ----------
    effects : Effects
    folder : path
        Made if it is not there.
    form : str
        ``csv``, ``parquet`` or ``arrow``.
    events : int
        Of how many replicates, from the first, the event logs are written; 0 for none.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    InputError
        If the form is unknown.
    MissingExtra
        As for :func:`save_frame`.
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and only needed here

    if form not in FORMS or events < 0:
        raise InputError(f"form is one of {', '.join(FORMS)} and events at least 0, not {form!r} and {events}")
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    runs = (effects.baseline, *effects.scenarios)
    tables = {
        "effects": effects.frame(),
        "replicates": pd.concat([replicate_frame(run) for run in runs], ignore_index=True),
        "course": pd.concat([run.frame().assign(scenario=run.scenario.name) for run in runs], ignore_index=True),
        "parameters": effects.baseline.scenario.parameters.frame(),
    }
    if events:
        kept = range(min(events, effects.baseline.replicates))
        tables["events"] = pd.concat([event_frame(run, kept) for run in runs], ignore_index=True)
    return tuple(save_frame(table, place / f"{name}.{form}") for name, table in tables.items())
