"""The same questions put to every version of the record: where sources conflict, the spread is the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ostraka.case import Case
from ostraka.chance import stream
from ostraka.model import Status
from ostraka.watch.answers import Answers
from ostraka.watch.comparison import PRIORS, Explanation, Why
from ostraka.watch.departures import Denominator, Departures, departures
from ostraka.watch.effort import Effort
from ostraka.watch.reckoning import end_of_record
from ostraka.watch.sight import Delays, Sight

DRAWS = 32
"""Sets of dates drawn for each variant."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One version of the record or of what is assumed about it.

    Attributes
    ----------
    name : str
    n_departures : int
    rate : float
        Departures a year of exposure.
    p_end : float
        p of the end-scan.
    p_changed, p_contagion : float
        Probabilities, one half for a constant rate beforehand.
    why : Why
    expected_next_year : float
        Under a changed rate.
    """

    name: str
    n_departures: int
    rate: float
    p_end: float
    p_changed: float
    p_contagion: float
    why: Why
    expected_next_year: float

    def to_json(self) -> dict[str, Any]:
        """The variant as plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "why"} | {"why": str(self.why)}


def versions_of(case: Case, denominator: Denominator) -> dict[str, Departures]:
    """The record as it stands, with possible duplicates counted once, without what is badly attested, with what is disputed.

    Parameters
    ----------
    case : Case
    denominator : Denominator
    """
    confirmed = {Denominator.ALL: Denominator.CONFIRMED, Denominator.DIPLOMATS: Denominator.CONFIRMED_DIPLOMATS}
    stricter = confirmed.get(denominator, denominator)
    candidates = {
        "as it stands": departures(case, denominator),
        "possible duplicates counted once": departures(case, denominator, duplicates=False),
        "without low confidence": departures(case, stricter),
        "without both": departures(case, stricter, duplicates=False),
        "with what was denied or never confirmed": departures(_with_disputed(case), denominator),
    }
    versions: dict[str, Departures] = {}
    for name, found in candidates.items():
        if all(found.ids != other.ids for other in versions.values()):
            versions[name] = found
    return versions


def _with_disputed(case: Case) -> Case:
    """The case with those departures counted that are left out because somebody denied or nobody confirmed them."""
    disputed = {Status.DENIED, Status.HEDGED}
    return case.remake(
        events=[replace(each, counted=True) if each.status in disputed else each for each in case.events]
    )


def variants(
    versions: dict[str, Departures],
    delays: Delays,
    now_day: float,
    *,
    known: Answers,
    efforts: dict[str, Effort],
    root: int,
) -> tuple[Variant, ...]:
    """Every version of the record under the effort assumed, and the first version under every other effort.

    Parameters
    ----------
    versions : dict of str to Departures
        The first is the record as it stands.
    delays : Delays
    now_day : float
    known : Answers
        Those of the first version, not computed again.
    efforts : dict of str to Effort
        The first is the effort assumed.
    root : int
        Root of chance.
    """
    names, assumed = list(versions), next(iter(efforts.values()))
    runs = [(name, versions[name], assumed) for name in names[1:]]
    runs += [(f"effort {name}", versions[names[0]], effort) for name, effort in list(efforts.items())[1:]]
    found = [variant_of(names[0], known)]
    for name, version, effort in runs:
        sight = Sight(delays.law_for(version, now_day), now_day, effort)
        found.append(variant_of(name, Answers.of(version, sight, n_draws=DRAWS, root=root, with_path=False)))
    return tuple(variant for variant in found if variant is not None)


def variant_of(name: str, answers: Answers) -> Variant | None:
    """One version in short; None if nothing is counted in it."""
    comparison = answers.comparison
    if comparison is None:
        return None
    p = comparison.p(PRIORS["half for a constant rate"])
    effort = float(answers.sight.effort.at(np.array([answers.sight.now_day]))[0])
    scan = end_of_record(answers.found, answers.sight, stream(answers.root, "watch.end_scan")).scan
    return Variant(
        name=name,
        n_departures=len(answers.found),
        rate=len(answers.found) / float(comparison.pieces.exposure[0, -1]),
        p_end=scan.p,
        p_changed=p[Explanation.CHANGED],
        p_contagion=p[Explanation.TRIGGERED],
        why=comparison.why,
        expected_next_year=comparison.changed_rate_now().mean * effort,
    )
