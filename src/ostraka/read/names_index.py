"""A register of names that a new name meets in milliseconds."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from ostraka.read.names_keys import keys_of

_SHORT_TAIL = 4096
_LONG_TAIL = 2_000_000


class _Postings:
    """Which names have which keys: sorted arrays of 8 bytes a posting, and a short unsorted tail."""

    def __init__(self) -> None:
        self._hashes = np.empty(0, dtype=np.uint32)
        self._places = np.empty(0, dtype=np.uint32)
        self._new_hashes = array("I")
        self._new_places = array("I")

    def add(self, keys: Iterable[str], place: int) -> None:
        for key in keys:
            self._new_hashes.append(_hash(key))
            self._new_places.append(place)
        if len(self._new_hashes) > _LONG_TAIL:  # sorting by portions halves the peak of memory
            self._settle()

    def find(self, keys: Iterable[str]) -> list[npt.NDArray[np.uint32]]:
        """Places of the names that have one of the keys, in several arrays; a name may come more than once."""
        if len(self._new_hashes) > _SHORT_TAIL:
            self._settle()
        wanted = np.array(sorted(map(_hash, keys)), dtype=np.uint32)
        starts = np.searchsorted(self._hashes, wanted, side="left")
        ends = np.searchsorted(self._hashes, wanted, side="right")
        tail = np.isin(np.array(self._new_hashes, dtype=np.uint32), wanted)
        found = [self._places[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
        return [*found, np.array(self._new_places, dtype=np.uint32)[tail]]

    def _settle(self) -> None:
        hashes, places = np.array(self._new_hashes, dtype=np.uint32), np.array(self._new_places, dtype=np.uint32)
        self._new_hashes, self._new_places = array("I"), array("I")
        order = np.argsort(hashes, kind="stable")
        hashes, places = hashes[order], places[order]
        at = np.searchsorted(self._hashes, hashes, side="right")
        self._hashes, self._places = np.insert(self._hashes, at, hashes), np.insert(self._places, at, places)


def _hash(key: str) -> int:
    """32 bits: two keys that share them only add a candidate, which a comparison then rejects."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


class NameIndex:
    """Names of a register, filed so that every name a new one may equal is found.

    Notes
    -----
    Whatever :func:`~ostraka.read.names.compare_names` calls *same*, or *ambiguous* with a score above 0, is
    among the candidates; candidates are proposals, to be compared one by one.

    Examples
    --------
    >>> index = NameIndex()
    >>> index.add("p1", "Thae Yong-ho")
    >>> index.add("p2", "Manaf Tlass")
    >>> index.candidates("태영호")
    ['p1']
    """

    def __init__(self) -> None:
        self._keys: list[Hashable] = []
        self._whole = _Postings()
        self._heads = _Postings()

    def __len__(self) -> int:
        """How many names are filed."""
        return len(self._keys)

    def add(self, key: Hashable, name: str) -> None:
        """File a name.

        Parameters
        ----------
        key : hashable
            What :meth:`candidates` gives back, for instance the id of a person; it may have several names.
        name : str
            In any script, with or without titles.
        """
        found = keys_of(name)
        place = len(self._keys)
        self._keys.append(key)
        self._whole.add(found.whole, place)
        self._heads.add(found.heads, place)

    def candidates(self, name: str) -> list[Hashable]:
        """Keys of the names that a name may equal.

        Parameters
        ----------
        name : str
            In any script, with or without titles.

        Returns
        -------
        list
            Each key once, in the order of filing.
        """
        asked = keys_of(name)
        places = np.unique(np.concatenate(self._whole.find(asked.whole | asked.heads) + self._heads.find(asked.whole)))
        return list(dict.fromkeys(map(self._keys.__getitem__, places.tolist())))
