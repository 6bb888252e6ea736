"""Dated steps: which policies hold from when to when, printed as epochs in text and HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from ostraka.errors import InputError


@dataclass(frozen=True, slots=True)
class Step:
    """One policy or event with its dates.

    Parameters
    ----------
    name : str
        In plain words, as it is printed.
    start : date
        First day it holds.
    end : date or None
        First day it no longer holds; None while it goes on.
    kind : str
        What sort of policy it is.
    instant : bool
        Whether it happens on its day only, such as a succession.

    Raises
    ------
    InputError
        If it has no name or ends before it begins.
    """

    name: str
    start: date
    end: date | None = None
    kind: str = ""
    instant: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError(f"a step of {self.start} needs a name")
        if self.end is not None and self.end <= self.start:
            raise InputError(
                f"step {self.name!r} ends ({self.end}) before it begins ({self.start}); swap the two dates"
            )

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return not self.instant and self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Epoch:
    """A stretch of time over which nothing changes.

    Parameters
    ----------
    start, end : date
        First day, and first day of the next epoch (for the last: last day of the timeline).
    begins : tuple of str
        Names of the steps that begin with it.
    in_force : tuple of str
        Names of all steps that hold during it.
    """

    start: date
    end: date
    begins: tuple[str, ...]
    in_force: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated steps over a window; prints its own epochs.

    Parameters
    ----------
    steps : tuple of Step
        In any order.
    start, end : date
        First and last day of the window.
    rules : tuple of str
        What holds without dates, one sentence each: what is done whenever something happens.

    Raises
    ------
    InputError
        If the window ends before it begins.

    Examples
    --------
    >>> from datetime import date
    >>> line = Timeline((Step("embassies watched", date(2017, 1, 1)),), date(2016, 1, 1), date(2018, 1, 1))
    >>> print(line.text())
    2016-01-01 to 2017-01-01  nothing in force
    2017-01-01 to 2018-01-01  embassies watched (new)
    """

    steps: tuple[Step, ...]
    start: date
    end: date
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InputError(f"the timeline ends ({self.end}) before it begins ({self.start}); swap the two dates")
        object.__setattr__(self, "steps", tuple(sorted(self.steps, key=lambda s: (s.start, s.end or date.max, s.name))))

    def epochs(self) -> tuple[Epoch, ...]:
        """The stretches between two dates on which anything begins or ends, in order; they fill the window."""
        inside = {day for step in self.steps for day in (step.start, step.end) if day and self.start < day < self.end}
        days = [self.start, *sorted(inside)]
        return tuple(
            Epoch(
                start=day,
                end=until,
                begins=tuple(step.name for step in self.steps if step.start == day),
                in_force=tuple(step.name for step in self.steps if step.holds(day)),
            )
            for day, until in zip(days, [*days[1:], self.end], strict=True)
        )

    def text(self) -> str:
        """One line per epoch: from, to, what is in force, and what is new; then one per rule."""
        lines = [f"{epoch.start} to {epoch.end}  {_words(epoch)}" for epoch in self.epochs()]
        return "\n".join([*lines, *self.rules])

    def html(self) -> str:
        """The epochs as an HTML table, then the rules as a list; escaped, without style."""
        rows = "".join(
            f'<tr><td><time datetime="{epoch.start}">{epoch.start}</time></td>'
            f'<td><time datetime="{epoch.end}">{epoch.end}</time></td><td>{escape(_words(epoch))}</td></tr>'
            for epoch in self.epochs()
        )
        head = '<thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">In force</th></tr></thead>'
        table = f'<table class="epochs">{head}<tbody>{rows}</tbody></table>'
        standing = "".join(f"<li>{escape(rule)}</li>" for rule in self.rules)
        return f'{table}<ul class="rules">{standing}</ul>' if standing else table

    def to_json(self) -> list[dict[str, Any]]:
        """The epochs as plain JSON values."""
        return [
            {
                "start": epoch.start.isoformat(),
                "end": epoch.end.isoformat(),
                "begins": list(epoch.begins),
                "in_force": list(epoch.in_force),
            }
            for epoch in self.epochs()
        ]


def _words(epoch: Epoch) -> str:
    names = [f"{name} (new)" if name in epoch.begins else name for name in epoch.in_force]
    names += [f"{name} (that day)" for name in epoch.begins if name not in epoch.in_force]
    return "; ".join(names) or "nothing in force"
