"""The records that come with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ostraka.case.case import Case
from ostraka.case.folder import load_case
from ostraka.errors import InputError

_RECORDS = {"North Korea": "north-korea", "Syria": "syria"}
_OTHER_NAMES = {
    "dprk": "North Korea",
    "north korea": "North Korea",
    "n. korea": "North Korea",
    "n korea": "North Korea",
    "prk": "North Korea",
    "democratic people's republic of korea": "North Korea",
    "syr": "Syria",
    "syria": "Syria",
    "syria (assad)": "Syria",
}


def shipped_regimes() -> tuple[str, ...]:
    """Names of the regimes whose record comes with the package."""
    return tuple(_RECORDS)


def shipped_folder(regime: str) -> Path:
    """The case folder of a shipped record.

    Raises
    ------
    InputError
        If no record of that regime is shipped.
    """
    name = _OTHER_NAMES.get(" ".join(regime.lower().replace("-", " ").split()), regime)
    if name not in _RECORDS:
        raise InputError(f"no record of {regime!r} is shipped; known are {', '.join(_RECORDS)}; or give a case folder")
    return Path(str(files("ostraka.data") / "records" / _RECORDS[name]))


def shipped_case(regime: str) -> Case:
    """The shipped record of a regime, as compiled.

    Parameters
    ----------
    regime : str
        ``North Korea`` (also DPRK) or ``Syria``.

    Raises
    ------
    InputError
        If no record of that regime is shipped.

    Examples
    --------
    >>> shipped_case("DPRK").regime
    'North Korea'
    """
    return load_case(shipped_folder(regime))[0]
