"""A file is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ostraka.errors import InputError


def write_whole(path: str | Path, text: str | bytes) -> Path:
    """Write text or bytes to a temporary file beside its place, then rename it.

    Parameters
    ----------
    path : path
        Missing folders above it are made.
    text : str or bytes

    Raises
    ------
    InputError
        If the place cannot be written; then nothing is left behind.
    """
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        staging = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"))
            staging.chmod(0o644)
            staging.replace(path)
        except BaseException:
            staging.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}; choose another place") from None
    return path
