"""Out and in: one function for each direction, one table of formats."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from ostraka.case import Case
from ostraka.errors import InputError
from ostraka.read.reading import Reading
from ostraka.register.blackout import Blackout
from ostraka.register.exchange.annotations import annotate
from ostraka.register.exchange.flat import flat_csv, save_parquet
from ostraka.register.exchange.ftm import ftm_json, ftm_statements
from ostraka.register.exchange.graphml import graphml
from ostraka.register.exchange.package import save_package
from ostraka.register.exchange.prov import prov_json
from ostraka.register.exchange.redact import Redaction, redact
from ostraka.register.places import fold
from ostraka.register.rename import names_of
from ostraka.register.store import Register

_TEXTS: Mapping[str, Callable[[Case], str]] = {
    "csv": flat_csv,
    "ftm": ftm_json,
    "ftm-statements": ftm_statements,
    "graphml": graphml,
}
FORMATS = ("case", *_TEXTS, "annotations", "parquet", "prov")
"""Formats of :func:`export`."""


def export(
    register: Register,
    form: str,
    path: str | Path,
    *,
    regime: str,
    as_of: date | None = None,
    key: bytes | None = None,
    full: bool = False,
    reason: str = "",
    by: str = "",
) -> Path:
    """Write what is known of a regime in a format of others, without the names that could do harm.

    Parameters
    ----------
    register : Register
    form : str
        One of :data:`FORMATS`.
    path : path
        A folder for ``case``, else a file.
    regime : str
    as_of : date, optional
        As for :meth:`Register.freeze`.
    key : bytes, optional
        Secret for pseudonyms that stay the same from export to export; see :func:`redact`.
    full : bool
        Leave nothing out; needs `reason` and `by`, and is written into the log.
    reason, by : str
        Why everything is exported, and who says so.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If the format is unknown, the file cannot be written, or a full export has no reason.
    """
    if form not in FORMATS:
        raise InputError(f"{form!r} is no format; known are {', '.join(FORMATS)}")
    if full and not (reason.strip() and by.strip()):
        raise InputError("a full export names private persons: give a reason and who asks for it")
    case, _ = register.freeze(regime, as_of=as_of)
    redaction = None if full else redact(case, key=key)
    if full:
        register.note(
            "export", {"form": form, "regime": case.regime, "digest": case.digest, "reason": reason, "by": by}
        )
    _write(register, form, Path(path), case, redaction)
    return Path(path)


def _write(register: Register, form: str, path: Path, case: Case, redaction: Redaction | None) -> None:
    safe = redaction.case if redaction else case
    if form == "case":
        save_package(safe, path)
    elif form == "parquet":
        _atomically(path, lambda place: save_parquet(safe, place))
    else:
        text = _TEXTS[form](safe) if form in _TEXTS else _of_reports(register, form, case, redaction)
        _atomically(path, lambda place: place.write_text(text, encoding="utf-8", newline="\n"))


def _of_reports(register: Register, form: str, case: Case, redaction: Redaction | None) -> str:
    used = {source.id for source in case.sources}
    hidden = redaction.sealed if redaction else ()
    readings = [known for known in register.open_readings(case.regime, hidden=hidden) if known.report.id in used]
    if form == "annotations":
        made = annotate(readings, leave_out=_hides(redaction, readings) if redaction else None)
    elif redaction:
        made = prov_json(redaction.case)
    else:
        made = prov_json(case, readings, register.judgements())
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _hides(redaction: Redaction, readings: Iterable[Reading]) -> Callable[[str], bool]:
    """Whether a text names somebody hidden, or somebody of whom a report speaks and the case does not."""
    public = {fold(name) for row in redaction.case.people for name in names_of(row)}
    told = {name for reading in readings for p in reading.persons for name in (p.name, *p.aliases, p.native_name)}
    others = Blackout(dict.fromkeys((name for name in told if name and fold(name) not in public), ""))
    return cache(lambda text: redaction.tells(text) or others.tells(text))


def _atomically(path: Path, write: Callable[[Path], object]) -> None:
    """A file is there whole or not at all."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        os.close(descriptor)
        try:
            write(Path(name))
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}; choose another place") from None
