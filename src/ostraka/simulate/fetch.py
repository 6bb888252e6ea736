"""Ask for memory before it is needed: the processor fetches a row while the event before it is still at work."""

from __future__ import annotations

from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import config
from numba.core import cgutils
from numba.core import types as nb
from numba.extending import intrinsic

from ostraka.simulate.compiling import F


def _compiled(_typing: Any, table: Any, _row: Any, _column: Any) -> Any:
    """One prefetch instruction for a place of a table; nothing that a program can see changes."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        kind = signature.args[0]
        array = context.make_array(kind)(context, builder, given[0])
        where = cgutils.get_item_pointer(context, builder, kind, array, given[1:])  # type: ignore[no-untyped-call]
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), (byte, word, word, word))
        call = cgutils.get_or_insert_function(builder.module, shape, "llvm.prefetch.p0i8")  # type: ignore[no-untyped-call]
        builder.call(call, (builder.bitcast(where, byte), word(0), word(3), word(1)))
        return context.get_dummy_value()

    return nb.void(table, nb.int64, nb.int64), generate


def _prefetched(plain: F) -> F:
    """Put the instruction in the place of a function that does nothing, but where plain Python runs the kernel."""
    return plain if config.DISABLE_JIT else cast("F", intrinsic(_compiled))  # type: ignore[attr-defined]


@_prefetched
def fetch(table: Any, row: int, column: int) -> None:
    """Ask for the line of memory in which an entry of a table stands."""
