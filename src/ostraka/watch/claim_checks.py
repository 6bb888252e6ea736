"""What came of holding a claim against the record: the verdict, and the numbers under each denominator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ostraka.model import Claim, plain
from ostraka.provenance import Provenance
from ostraka.watch.asked import Asked
from ostraka.watch.departures import Denominator
from ostraka.watch.references import Period, ReferenceRate


class ClaimVerdict(StrEnum):
    """What the record says of a claim; each member carries its sentence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DEPENDS = "depends on the denominator"
    CANNOT_TELL = "cannot tell"

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        return _SENTENCES[self]


_SENTENCES = {
    ClaimVerdict.SUPPORTED: "The record supports it, whatever is counted.",
    ClaimVerdict.CONTRADICTED: "The record contradicts it, whatever is counted.",
    ClaimVerdict.DEPENDS: "The answer differs with what is counted.",
    ClaimVerdict.CANNOT_TELL: "The record cannot tell.",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """One claim under one denominator.

    Attributes
    ----------
    denominator : Denominator
    n_surely, n_perhaps : int
        Departures in the period for certain, and those that may lie in it.
    n_unreported : int
        So many more, at most, may have happened and not been reported by then (95 %).
    p_true : float
        Probability that the claim holds for the departures that are ever reported.
    p_beyond : float
        Probability that the record as it stands already holds more than the claim allows.
    verdict : ClaimVerdict
        Under this denominator alone.
    references : tuple of ReferenceRate
        What was usual in each period the number can be compared with.
    asked : Asked or None
        For a number counted up to now: how surprising it is, and the rate since, exactly or at least so many.
    """

    denominator: Denominator
    n_surely: int
    n_perhaps: int
    n_unreported: int
    p_true: float
    p_beyond: float
    verdict: ClaimVerdict
    references: tuple[ReferenceRate, ...] = ()
    asked: Asked | None = None

    def to_json(self) -> dict[str, Any]:
        """The tally as plain JSON values."""
        return {
            "denominator": str(self.denominator),
            "n_surely": self.n_surely,
            "n_perhaps": self.n_perhaps,
            "n_unreported": self.n_unreported,
            "p_true": self.p_true,
            "p_beyond": self.p_beyond,
            "verdict": str(self.verdict),
            "references": [reference.to_json() for reference in self.references],
            "asked": None if self.asked is None else self.asked.to_json(),
        }


@dataclass(frozen=True, slots=True)
class View:
    """One claim against one state of the record.

    Attributes
    ----------
    as_of : date
        The record is as it was known on this day.
    verdict : ClaimVerdict
    reason : str
        Why, in a sentence.
    tallies : tuple of Tally
        One per denominator.
    """

    as_of: date
    verdict: ClaimVerdict
    reason: str
    tallies: tuple[Tally, ...]

    def to_json(self) -> dict[str, Any]:
        """The view as plain JSON values."""
        return {
            "as_of": self.as_of.isoformat(),
            "verdict": str(self.verdict),
            "sentence": self.verdict.sentence,
            "reason": self.reason,
            "tallies": [tally.to_json() for tally in self.tallies],
        }


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A number a report claims, and what the record says of it.

    Attributes
    ----------
    claim : Claim
    question : str
        The claim as a question to the record.
    period : Period
        The time it is about.
    then : View
        The record as known when it was claimed.
    hindsight : View or None
        The record as known later.
    provenance : Provenance
    """

    claim: Claim
    question: str
    period: Period
    then: View
    hindsight: View | None
    provenance: Provenance

    @property
    def verdict(self) -> ClaimVerdict:
        """The verdict of the fullest record there is: with hindsight where that was given."""
        return (self.hindsight or self.then).verdict

    @property
    def words(self) -> str:
        """The verdict, and that of the record as known when it was claimed where it differs."""
        then = "" if self.then.verdict is self.verdict else f" (as known then: {self.then.verdict})"
        return f"{self.verdict}{then}"

    def views(self) -> tuple[View, ...]:
        """Then, and with hindsight where there is any."""
        return (self.then,) if self.hindsight is None else (self.then, self.hindsight)

    def summary(self) -> str:
        """The answer in plain words, one paragraph."""
        views = (f"As known on {view.as_of:%-d %B %Y}: {view.verdict}. {view.reason}" for view in self.views())
        return " ".join([self.question, *views])

    def frame(self) -> Any:
        """One row per state of the record and denominator (pandas DataFrame)."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

        rows = [
            {"as_of": view.as_of, **{k: v for k, v in tally.to_json().items() if k not in {"references", "asked"}}}
            for view in self.views()
            for tally in view.tallies
        ]
        return pd.DataFrame(rows)

    def to_json(self) -> dict[str, Any]:
        """The check as plain JSON values."""
        return {
            "claim": plain(self.claim),
            "question": self.question,
            "period": self.period.to_json(),
            "verdict": str(self.verdict),
            "then": self.then.to_json(),
            "hindsight": None if self.hindsight is None else self.hindsight.to_json(),
            "provenance": self.provenance.to_json(),
        }
