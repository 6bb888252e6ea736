"""Settings: one frozen value, made on the roof from flags, environment, file and defaults, in this order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ostraka.errors import InputError

FILE_NAME = "ostraka.toml"
PREFIX = "OSTRAKA_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set once for all commands.

    Parameters
    ----------
    register : str
        Address of the register: ``sqlite:///file.db`` or ``postgresql+psycopg://...``; empty for a
        temporary one.
    regime : str
        The regime meant when a command does not say.
    seed : int or None
        Root of chance; None makes a fresh one for each command.
    level : float
        Probability that printed intervals hold, in (0, 1).
    """

    register: str = ""
    regime: str = "North Korea"
    seed: int | None = None
    level: float = 0.90

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise InputError(f"level is a probability between 0 and 1 (0.90, say), not {self.level}")


def load_settings(
    flags: Mapping[str, Any], environ: Mapping[str, str], folder: Path
) -> tuple[Settings, dict[str, str]]:
    """Merge the sources of settings.

    Parameters
    ----------
    flags : mapping
        From the command line; None means not given.
    environ : mapping
        Environment; names begin with ``OSTRAKA_``.
    folder : Path
        Where ``ostraka.toml`` may lie.

    Returns
    -------
    settings : Settings
    origin : dict
        For each setting where its value comes from.

    Raises
    ------
    InputError
        For an unreadable file, an unknown key or a value of the wrong kind.
    """
    values: dict[str, Any] = {}
    origin = {field.name: "default" for field in fields(Settings)}
    path = folder / FILE_NAME
    in_environment = {
        name.removeprefix(PREFIX).lower(): text for name, text in environ.items() if name.startswith(PREFIX)
    }
    layers: list[tuple[str, Mapping[str, Any]]] = [
        (str(path), _read_file(path)),
        ("environment", {name: text for name, text in in_environment.items() if name in origin}),
        ("command line", {name: value for name, value in flags.items() if value is not None and name in origin}),
    ]
    for source, layer in layers:
        for name, value in layer.items():
            if name not in origin:
                raise InputError(f"{source}: unknown setting {name!r}; known are {', '.join(origin)}")
            values[name] = _convert(name, value, source)
            origin[name] = source
    return Settings(**values), origin


def _read_file(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a readable settings file: {error}") from None


def _convert(name: str, value: Any, source: str) -> Any:
    try:
        if name == "seed":
            return None if value == "" else int(value)
        if name == "level":
            return float(value)
    except (TypeError, ValueError):
        raise InputError(f"{source}: {name} must be a number, not {value!r}") from None
    if not isinstance(value, str):
        raise InputError(f"{source}: {name} must be text, not {value!r}")
    return value
