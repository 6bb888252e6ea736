"""How the functions of the kernel are compiled: each once, and made ready for the machine only within what is called.

Left alone, Numba optimises every function with all it calls, and so the deepest ones a dozen times, and compiles each
anew for every constant it is called with: a first run would take more than twice as long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba import njit
from numba.core import types as nb
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

F = TypeVar("F", bound=Callable[..., Any])


class _Part(JITCodeLibrary):
    """The code of a function that only compiled ones call; an entry optimises it together with everything else."""

    def finalize(self) -> None:
        """Take in the code of what it calls, as it is."""
        for part in dict.fromkeys(self._linking_libraries):
            self._final_module.link_in(part._get_module_for_linking(), preserve=True)
        self._finalized = True

    def get_pointer_to_function(self, _name: str) -> int:
        """No machine code: nobody calls it from outside."""
        return 0

    @property
    def codegen(self) -> _Part:
        """Whoever keeps the environment of the function; it needs none, as it raises nothing and calls no Python."""
        return self

    def set_env(self, _name: str, _environment: Any) -> None:
        """Keep none."""


class _PartCompiler(Compiler):
    """Numba's compiler, but for where it puts the code."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        part = library or _Part(target.codegen(), "part")  # type: ignore[no-untyped-call]
        super().__init__(typing, target, part, *rest)  # type: ignore[no-untyped-call]


# Kernels own no memory: without Numba's reference counts (_nrt) their tables pass between functions for free.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
# Doors for callers from outside cost much of the time of compiling: only those who are called so have them.
_INNER: dict[str, Any] = _OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
if numba.version_info.short < (0, 69):  # a part relies on what Numba keeps to itself: only where that has been tried
    _INNER["pipeline_class"] = _PartCompiler


def _once(done: Any) -> Any:
    """Compile a function once, for whole numbers of one width; Numba would do so anew for each constant it is called with."""
    template = getattr(done, "get_call_template", None)
    if template is not None:
        done.get_call_template = lambda args, kws: template(tuple(map(_plain, args)), kws)
    return done


def _plain(kind: Any) -> Any:
    """The type under which an argument of this type is passed."""
    kind = nb.unliteral(kind)  # type: ignore[no-untyped-call]
    return nb.int64 if kind == nb.int32 else kind


def compiled(function: F) -> F:
    """Compile a kernel function with Numba, free of the interpreter's lock."""
    return cast("F", _once(njit(**_INNER)(function)))


def open_door(function: F) -> F:
    """The same for a small function that plain Python calls too."""
    return cast("F", _once(njit(**_OPTIONS)(function)))


def inlined(function: F) -> F:
    """The same for a small function on the hot path, which the compiler copies into its callers."""
    return cast("F", _once(njit(forceinline=True, **_INNER)(function)))


def entry(function: F) -> F:
    """The same for a function called from outside, with everything it calls kept on disk for the next process."""
    done = njit(cache=True, **_OPTIONS)(function)
    file = getattr(getattr(done, "_cache", None), "_cache_file", None)
    if file is not None and hasattr(file, "_source_stamp"):
        file._source_stamp = _sources()
    return cast("F", done)


@inlined
def wide(number: int) -> int:
    """A whole number from 0 on in the one width for which every function is compiled.

    It passes through an unsigned one, so that the compiler knows that no place counts from the end of a table.
    """
    return np.int64(np.uint32(number))  # type: ignore[return-value]


@cache
def _sources() -> str:
    """A stamp of every source file a compiled function may call, so that none is used after a change."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
