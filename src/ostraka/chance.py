"""Chance enters here: one root integer per call, and one named stream for each use of it.

Public functions take ``rng`` in the sense of SPEC 7 (an integer, a ``SeedSequence``, a ``Generator`` or
None). At the door it becomes one root integer, which the result records, so that ``rng=root`` gives the
same result again. Each use of chance draws from a stream of its own, named by a word: a new use never
shifts the numbers of an old one.
"""

from __future__ import annotations

import secrets
import zlib

import numpy as np

from ostraka.errors import InputError

RNG = int | np.integer | np.random.SeedSequence | np.random.Generator | None
"""What a public function accepts as ``rng`` (Scientific Python SPEC 7)."""

_ROOT_BITS = 63


def root_seed(rng: RNG = None) -> int:
    """The root integer in [0, 2**63) that stands for `rng`.

    Parameters
    ----------
    rng : int, SeedSequence, Generator or None
        None makes a fresh root; a Generator gives its next 63 bits.

    Raises
    ------
    InputError
        If an integer is negative or too large, or `rng` is something else.

    Examples
    --------
    >>> root_seed(7)
    7
    """
    if rng is None:
        return secrets.randbits(_ROOT_BITS)
    if isinstance(rng, np.random.Generator):
        return int(rng.integers(1 << _ROOT_BITS))
    if isinstance(rng, np.random.SeedSequence):
        return int(rng.generate_state(1, np.uint64)[0]) >> 1
    if isinstance(rng, int | np.integer) and not isinstance(rng, bool) and 0 <= rng < 1 << _ROOT_BITS:
        return int(rng)
    raise InputError(f"a seed is a whole number from 0 to 2**63 - 1, a SeedSequence or a Generator, not {rng!r}")


def stream(root: int, name: str) -> np.random.Generator:
    """The generator for one named use of chance.

    Parameters
    ----------
    root : int
        From :func:`root_seed`.
    name : str
        The use, such as ``"watch.impute_dates"``; different names are independent streams.

    Examples
    --------
    >>> float(stream(7, "a").random()) == float(stream(7, "a").random()) != float(stream(7, "b").random())
    True
    """
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([root, zlib.crc32(name.encode())])))
