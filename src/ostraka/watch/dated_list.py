"""Any dated list as a case: a CSV file with a date or an interval in each row, and what else is known of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import InputError, Level, Problem
from ostraka.model import SECTORS, Confidence, Event

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "when", "event_date"),
    "earliest": ("earliest", "from", "start"),
    "latest": ("latest", "to", "end"),
    "reported": ("reported", "reported_on", "report_date", "first_report"),
    "count": ("count", "n", "number"),
    "id": ("id", "name", "label"),
    "sector": ("sector",),
    "confidence": ("confidence",),
}
"""Headers understood for each column; upper and lower case are the same."""

_COUNT = re.compile(r"(≥|>=|=>|at least)?\s*(\d+)\s*(\+)?", re.IGNORECASE)
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class DatedRow:
    """One row of a dated list.

    Attributes
    ----------
    label : str
    when, reported : When
    n_low : int
        Events it stands for, at least.
    exact : bool
        Whether it stands for no more than that.
    sector : str
    confidence : Confidence
    """

    label: str
    when: When
    reported: When
    n_low: int = 1
    exact: bool = True
    sector: str = ""
    confidence: Confidence = Confidence.HIGH


def load_dated_list(path: Path | str) -> tuple[tuple[DatedRow, ...], tuple[Problem, ...]]:
    r"""Read a CSV file of dated events.

    Parameters
    ----------
    path : Path or str
        UTF-8, first row the header. Needed: ``date`` (``2016-07-15``, ``2016-07``, ``2016``,
        ``2016-07-15/2016-07-31``), or ``earliest`` and ``latest``. Understood: ``reported`` (first report),
        ``count`` (``3``, or ``≥5``, ``5+``, ``at least 5``), ``id``, ``sector``, ``confidence``.

    Returns
    -------
    rows : tuple of DatedRow
        In the order of the file.
    problems : tuple of Problem
        Rows left out (error) or read with a doubt, each with row, column and what to do.

    Raises
    ------
    InputError
        If the file cannot be read or has no column of dates.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "list.csv"
    ...     _ = path.write_text("date,count\n2016-02,≥2\nsoon,1\n", encoding="utf-8")
    ...     rows, problems = load_dated_list(path)
    >>> rows[0].n_low, rows[0].exact, problems[0].where
    (2, False, 'list.csv, row 3, column date')
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: not a readable UTF-8 file: {error}") from None
    reader = csv.reader(text.splitlines())
    header = _header(next(reader, []), file)
    rows: list[DatedRow] = []
    problems: list[Problem] = []
    for number, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            row = {name: cells[ix].strip() if ix < len(cells) else "" for name, ix in header.items()}
            read = _Row(row, f"{file.name}, row {number}", problems).read(str(number))
            rows.extend(read)
    return tuple(rows), tuple(problems)


def case_of_dated_list(
    path: Path | str,
    *,
    as_of: date | None = None,
    start: date | None = None,
    end: date | None = None,
    regime: str = "",
) -> tuple[Case, tuple[Problem, ...]]:
    """A case made of a dated list, so that every question can be put to it.

    Parameters
    ----------
    path : Path or str
        See :func:`load_dated_list`.
    as_of : date, optional
        "Now"; rows reported later are left out (rows without a report day: that happened later). The last
        day in the file if not given.
    start, end : date, optional
        Window in which events are counted. Give them: a quiet time before the first or after the last event
        is evidence too. If not given, the first day of the first year, and the as-of day.
    regime : str
        What the list is about; the name of the file if not given.

    Returns
    -------
    case : Case
        Each row becomes as many events as it stands for.
    problems : tuple of Problem

    Raises
    ------
    InputError
        If no row can be used or the window is empty.
    """
    rows, problems = load_dated_list(path)
    days = [day for row in rows for day in (row.when.earliest, row.when.latest, row.reported.latest) if day]
    if not days:
        raise InputError(f"{path}: not enough data: no row with a date that can be used; see the problems listed")
    now = as_of or max(days)
    kept = [row for row in rows if (row.reported.latest or row.when.latest or row.when.earliest or now) <= now]
    first = start or date(min(days).year, 1, 1)
    last = min(end or now, now)
    if last < first:
        raise InputError(
            f"the window of {Path(path).name} is empty: it runs from {first} to {last}; give another start or as-of day"
        )
    events = [event for number, row in enumerate(kept) for event in _events(row, number)]
    notes = list(problems)
    if start is None:
        message = f"the window was taken to begin on {first}; give its true beginning if events were looked for earlier"
        notes.append(Problem(Path(path).name, message, Level.NOTE))
    if len(kept) < len(rows):
        message = f"{len(rows) - len(kept)} rows are left out: reported after {now}, or without a report day and perhaps later"
        notes.append(Problem(Path(path).name, message, Level.NOTE))
    outside = [row.label for row in kept if (row.when.latest or first) < first or (row.when.earliest or last) > last]
    if outside:
        message = f"{len(outside)} rows lie outside the window {first} to {last} and are not counted: {', '.join(outside[:5])}"
        notes.append(Problem(Path(path).name, message, Level.WARN))
    return Case.make(regime or Path(path).stem, start=first, end=last, as_of=now, events=events), tuple(notes)


def _header(cells: list[str], file: Path) -> dict[str, int]:
    names = [cell.strip().lower() for cell in cells]
    found = {
        column: next((names.index(name) for name in known if name in names), -1) for column, known in COLUMNS.items()
    }
    header = {column: ix for column, ix in found.items() if ix >= 0}
    if "date" not in header and not {"earliest", "latest"} <= header.keys():
        raise InputError(
            f"{file}: the first row must name a column 'date', or 'earliest' and 'latest'; it says {cells}"
        )
    return header


@dataclass(slots=True)
class _Row:
    """One row being read; what is wrong with it goes to `problems`."""

    cells: Mapping[str, str]
    where: str
    problems: list[Problem]

    def read(self, number: str) -> Iterator[DatedRow]:
        when, reported, count = self.when(), self.reported(), self.count()
        if when is None or count is None:
            return
        if reported.latest and when.earliest and reported.latest < when.earliest:
            self.say("reported", "the first report is earlier than the event; correct one of the two", Level.WARN)
        n_low, exact = count
        if n_low or not exact:
            yield DatedRow(
                self.cells.get("id") or number, when, reported, n_low, exact, self.sector(), self.confidence()
            )

    def say(self, column: str, message: str, level: Level = Level.ERROR) -> None:
        self.problems.append(Problem(f"{self.where}, column {column}", message, level))

    def parse(self, column: str) -> When | None:
        try:
            return When.parse(self.cells.get(column, ""))
        except InputError as error:
            self.say(column, f"{error}; the row is left out")
            return None

    def when(self) -> When | None:
        if self.cells.get("date"):
            return self.parse("date")
        low, high = self.parse("earliest"), self.parse("latest")
        if low is None or high is None:
            return None
        if not low and not high:
            self.say("date" if "date" in self.cells else "earliest", "no date; the row is left out")
            return None
        try:
            return When(low.earliest, high.latest)
        except InputError as error:
            self.say("latest", f"{error}; the row is left out")
            return None

    def reported(self) -> When:
        return self.parse("reported") or When()

    def count(self) -> tuple[int, bool] | None:
        text = self.cells.get("count", "")
        if not text:
            return 1, True
        match = _COUNT.fullmatch(text)
        if match is None or int(match[2]) > _MOST:
            self.say("count", f"{text!r} is not a count up to {_MOST}; write 3 or ≥3; the row is left out")
            return None
        return int(match[2]), not (match[1] or match[3])

    def sector(self) -> str:
        text = self.cells.get("sector", "").lower()
        if text and text not in SECTORS:
            self.say("sector", f"{text!r} is unknown and not used; write one of {', '.join(SECTORS)}", Level.WARN)
        return text if text in SECTORS else ""

    def confidence(self) -> Confidence:
        text = self.cells.get("confidence", "").lower() or "high"
        if text in set(Confidence):
            return Confidence(text)
        self.say("confidence", f"{text!r} is unknown, taken as low; write high, medium or low", Level.WARN)
        return Confidence.LOW


def _events(row: DatedRow, number: int) -> Iterator[Event]:
    """As many events as the row stands for; the last one is open-ended if there may be more."""
    for i in range(max(row.n_low, 1)):
        last = i == max(row.n_low, 1) - 1
        yield Event(
            id=f"{number:06}-{i:05} {row.label}",
            when=row.when,
            reported=row.reported,
            n_high=1 if row.exact or not last else None,
            sector=row.sector,
            confidence=row.confidence,
        )
