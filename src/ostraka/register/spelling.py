"""Whether two sets of spellings name one person: the best answer over all pairs, remembered."""

from __future__ import annotations

from functools import lru_cache

from ostraka.read.names import compare_names

ERASED = "erased-"
"""How the mark begins that stands for an erased name: it equals itself and nothing else."""

_ORDER = {"same": 2, "ambiguous": 1, "different": 0}


@lru_cache(maxsize=262_144)
def _compare(a: str, b: str) -> tuple[str, float, str]:
    if a.startswith(ERASED) or b.startswith(ERASED):
        return ("same", 1.0, "one erased name") if a == b else ("different", 0.0, "an erased name")
    found = compare_names(a, b)
    return str(found.verdict), float(found.score), str(found.why)


@lru_cache(maxsize=65_536)
def compare_spellings(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, str]:
    """The best verdict over all pairs of spellings, and why.

    Examples
    --------
    >>> compare_spellings(("Thae Yong-ho",), ("Kim Jong-un", "Tae Yong Ho"))[0]
    'same'
    >>> compare_spellings((), ("Thae Yong-ho",))[0]
    'different'
    """
    best: tuple[int, float, bool, str, str] = (0, -1.0, False, "different", "no name in common")
    for one in a:
        for other in b:
            verdict, score, why = _compare(min(one, other), max(one, other))
            best = max(best, (_ORDER[verdict], score, one == other, verdict, f"{one} ~ {other}: {why}"))
    return best[3], best[4]
