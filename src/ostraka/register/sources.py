"""All that is known of one regime before anybody asks who is who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ostraka.case import Case
from ostraka.errors import Level, Problem
from ostraka.model import Statement
from ostraka.read.reading import Reading
from ostraka.register.freeze import known_on
from ostraka.register.judgements import Decisions
from ostraka.register.versions import superseded


@dataclass(frozen=True, slots=True)
class Sources:
    """Records, the preferred first; what reports say of the regime; what people decided, and what they rejected."""

    records: tuple[tuple[str, Case], ...]
    readings: tuple[Reading, ...]
    decisions: Decisions
    rejected: tuple[Statement, ...] = ()

    def last_day(self) -> date:
        """The last day on which anything became known."""
        days = [case.as_of for _, case in self.records]
        days += [day for reading in self.readings if (day := known_on(reading)) is not None]
        return max(days, default=date.today())  # noqa: DTZ011 - reports without any date are known today

    def known(self, as_of: date | None) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
        """Reports that may be used on a day, and those of which nobody knows whether they may."""
        if as_of is None:
            return self._standing(self.readings)
        undated = [reading for reading in self.readings if known_on(reading) is None]
        problems = tuple(
            Problem(
                f"report {reading.report.title or reading.report.path or reading.report.id}",
                f"has no date of publication and is not used in a view as of {as_of}; say when it was printed",
                Level.WARN,
            )
            for reading in undated
            if reading.statements
        )
        used = tuple(reading for reading in self.readings if (day := known_on(reading)) is not None and day <= as_of)
        standing, changed = self._standing(used)
        return standing, (*problems, *changed)

    @staticmethod
    def _standing(readings: tuple[Reading, ...]) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
        """Reports less those whose page was changed since."""
        old = superseded(readings)
        problems = tuple(
            Problem(
                f"report {reading.report.title or reading.report.url}",
                "is an earlier version of a page that was changed since; it is kept and not used",
                Level.NOTE,
            )
            for reading in readings
            if reading.report.id in old
        )
        return tuple(reading for reading in readings if reading.report.id not in old), problems


def empty_case(regime: str, readings: tuple[Reading, ...], day: date) -> Case:
    """A case without rows, for a regime of which only reports are held."""
    told = [event.when.earliest for reading in readings for event in reading.events if event.when.earliest]
    printed = [known for reading in readings if (known := known_on(reading)) is not None]
    start = min([*told, *printed, day])
    note = "No record is held of this regime: the case holds what the given reports say and nothing else."
    return Case.make(regime, start=start, end=day, as_of=day, note=note)


def stretch(case: Case, new: frozenset[str]) -> tuple[Case, tuple[Problem, ...]]:
    """Let the window reach to the day of the view if reports tell of events after its end.

    Parameters
    ----------
    case : Case
    new : frozenset of str
        Ids of events that only reports tell.
    """
    late = [event.id for event in case.events if event.id in new and event.when.latest and event.when.latest > case.end]
    if not late or case.end >= case.as_of:
        return case, ()
    message = (
        f"ended on {case.end} and now ends on {case.as_of}, since reports tell of {len(late)} later events; "
        "between the two only these reports are known, so rates of that stretch are lower bounds"
    )
    return case.remake(end=case.as_of), (Problem("window of the record", message, Level.WARN),)
