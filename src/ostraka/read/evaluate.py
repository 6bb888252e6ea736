"""How well a reader reads: scores against labels, and the agreement of two coders, with intervals."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ostraka.chance import RNG, root_seed, stream
from ostraka.errors import InputError, Problem
from ostraka.model import Report, plain
from ostraka.provenance import Provenance
from ostraka.read.coding import TEXT_FIELDS, CodedEvent, Coding, coding_of, load_labelled
from ostraka.read.matching import pairs, same_claim, same_event, same_name, same_tie, same_words
from ostraka.read.reader import read_report
from ostraka.read.reading import Reading

if TYPE_CHECKING:
    import pandas as pd

Reader = Callable[[Report], tuple[Reading, tuple[Problem, ...]]]

STATUS_OF_LABEL: Mapping[str, frozenset[str]] = {
    "confirmed": frozenset(("asserted",)),
    "reported": frozenset(("asserted", "hedged")),
}
"""Which status of the codebook agrees with a label of the practice format; the others have the same names."""

N_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Score:
    """One row of an evaluation: how much of what is there was found, and how much of what was found is there.

    Parameters
    ----------
    what : str
        ``events``, ``events: defection``, ``field: destination``, ``persons``, ``ties``, ``claims``...
    n_gold, n_found, n_right : int
        How many there are, were found, and are both.
    precision, recall, f1 : float or None
        Shares in 0 to 1; None where nothing was found, or nothing is there.
    f1_low, f1_high : float or None
        95% percentile bootstrap interval over reports.
    """

    what: str
    n_gold: int
    n_found: int
    n_right: int
    precision: float | None
    recall: float | None
    f1: float | None
    f1_low: float | None
    f1_high: float | None


@dataclass(frozen=True, slots=True)
class Miss:
    """Something missed, or found and not there."""

    report: str
    what: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of a reader on a folder of labelled reports.

    Parameters
    ----------
    scores : tuple of Score
    misses : tuple of Miss
        `kind` is ``missed`` or ``false``, or ``wrong`` for a field.
    n_reports, n_negatives : int
        How many reports were scored; how many of them hold no event.
    n_false_on_negatives : int
        Events found in those.
    problems : tuple of Problem
    """

    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]
    n_reports: int
    n_negatives: int
    n_false_on_negatives: int
    problems: tuple[Problem, ...]
    provenance: Provenance

    def score(self, what: str) -> Score:
        """One row by its name.

        Raises
        ------
        InputError
            If there is no such row.
        """
        for row in self.scores:
            if row.what == what:
                return row
        raise InputError(f"no score {what!r}; there are {', '.join(row.what for row in self.scores)}")

    def frame(self) -> pd.DataFrame:
        """The scores as a table, one row each, columns as in :class:`Score`."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only for who asks

        return pd.DataFrame([plain(row) for row in self.scores])

    def summary(self) -> str:
        """Plain words: the scores with their intervals, and what was read."""
        head = f"{self.n_reports} reports, {self.n_negatives} of them without events"
        lines = [f"{head}; {self.n_false_on_negatives} false events were found on those."]
        lines.append(f"{'':32}{'there':>7}{'found':>7}{'right':>7}  precision  recall  F1 (95% interval)")
        lines += [_line(row) for row in self.scores]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return {
            "scores": [plain(row) for row in self.scores],
            "misses": [plain(miss) for miss in self.misses],
            "n_reports": self.n_reports,
            "n_negatives": self.n_negatives,
            "n_false_on_negatives": self.n_false_on_negatives,
            "problems": [problem.to_json() for problem in self.problems],
            "provenance": self.provenance.to_json(),
        }


def _line(row: Score) -> str:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    interval = f" ({share(row.f1_low)}–{share(row.f1_high)})" if row.f1_low is not None else ""
    counts = f"{row.n_gold:>7}{row.n_found:>7}{row.n_right:>7}"
    return f"{row.what:<32}{counts}  {share(row.precision):>9}  {share(row.recall):>6}  {share(row.f1)}{interval}"


Tally = Counter[tuple[str, str]]
"""Counts of one report, by row and by ``gold``, ``found`` or ``right``."""


def evaluate(
    folder: str | os.PathLike[str], *, split: str = "", read: Reader | None = None, rng: RNG = None
) -> Evaluation:
    """Scores of a reader on a folder of labelled reports.

    Parameters
    ----------
    folder : path
        ``NNN.txt`` and ``NNN.json`` side by side, in the practice format.
    split : str, optional
        Only the reports whose labels name this split (``before`` or ``after``).
    read : callable, optional
        The reader to score; ours if not given.
    rng : int, Generator or None
        The chance of the bootstrap.

    Returns
    -------
    Evaluation
        Precision, recall and F1 of events (also by kind), of the fields of matched events, of persons, ties
        and claims, with 95% intervals; every miss by name.

    Raises
    ------
    InputError
        If there is no such folder, or nothing labelled in it or in the split.

    Notes
    -----
    An event is right if kind, person (or role, where one is unnamed) and days agree, each at most once. A
    field is scored on the events that are right; a status of ``reported`` agrees with ``asserted`` and
    ``hedged``. Intervals resample whole reports, since what is in one report is not independent.
    """
    labelled, problems = load_labelled(folder)
    labelled = [item for item in labelled if not split or item.split == split]
    if not labelled:
        raise InputError(f"no report of {folder} is in the split {split!r}; leave it out to score all")
    reader = read or read_report
    tallies: list[Tally] = []
    misses: list[Miss] = []
    n_false = 0
    for item in labelled:
        found = coding_of(reader(item.report)[0], item.gold.id)
        n_false += len(found.events) if item.negative else 0
        tallies.append(_tally(item.gold, found, misses))
    root = root_seed(rng)
    return Evaluation(
        scores=_scores(tallies, root),
        misses=tuple(misses),
        n_reports=len(labelled),
        n_negatives=sum(item.negative for item in labelled),
        n_false_on_negatives=n_false,
        problems=tuple(problems),
        provenance=Provenance("evaluate", {"folder": os.fspath(folder), "split": split}, seed=root),
    )


# --- one report ------------------------------------------------------------------------------------------------


def _tally(gold: Coding, found: Coding, misses: list[Miss]) -> Tally:
    tally: Tally = Counter()
    matched = pairs(gold.events, found.events, same_event)
    _count(tally, "events", gold.events, found.events, len(matched))
    for kind in {event.kind for event in (*gold.events, *found.events)}:
        tally[f"events: {kind}", "gold"] += sum(event.kind == kind for event in gold.events)
        tally[f"events: {kind}", "found"] += sum(event.kind == kind for event in found.events)
        tally[f"events: {kind}", "right"] += sum(gold.events[i].kind == kind for i, _ in matched)
    _note(misses, gold.id, "events", [event.line() for event in _left(gold.events, {i for i, _ in matched})], "missed")
    _note(misses, gold.id, "events", [event.line() for event in _left(found.events, {j for _, j in matched})], "false")
    for i, j in matched:
        _fields(tally, gold.events[i], found.events[j], gold.id, misses)
    sides = gold, found
    _list(tally, misses, lambda a, b: float(same_name(a, b)), what="persons", sides=sides)
    _list(tally, misses, same_tie, what="ties", sides=sides)
    _list(tally, misses, same_claim, what="claims", sides=sides)
    return tally


def _count(tally: Tally, what: str, gold: Iterable[Any], found: Iterable[Any], n_right: int) -> None:
    tally[what, "gold"] += sum(1 for _ in gold)
    tally[what, "found"] += sum(1 for _ in found)
    tally[what, "right"] += n_right


def _left(items: Iterable[Any], taken: set[int]) -> list[Any]:
    return [item for index, item in enumerate(items) if index not in taken]


def _note(misses: list[Miss], report: str, what: str, texts: Iterable[str], kind: str) -> None:
    misses.extend(Miss(report, what, kind, text) for text in texts)


def _list(
    tally: Tally,
    misses: list[Miss],
    score: Callable[[Any, Any], float],
    *,
    what: str,
    sides: tuple[Coding, Coding],
) -> None:
    """Persons, ties or claims of one report."""
    gold, found = (getattr(side, what) for side in sides)
    matched = pairs(gold, found, score)
    _count(tally, what, gold, found, len(matched))
    _note(misses, sides[0].id, what, map(_words, _left(gold, {i for i, _ in matched})), "missed")
    _note(misses, sides[0].id, what, map(_words, _left(found, {j for _, j in matched})), "false")


def _words(item: str | tuple[str, ...]) -> str:
    return item if isinstance(item, str) else " ".join(item)


def _fields(tally: Tally, gold: CodedEvent, found: CodedEvent, report: str, misses: list[Miss]) -> None:
    """Fields of one matched event; a date is right if both ends are, a status if the label allows it."""
    sides: dict[str, tuple[str, str, bool]] = {
        name: (gold.fields[name], found.fields[name], same_words(gold.fields[name], found.fields[name]))
        for name in TEXT_FIELDS
    }
    sides["date"] = (str(gold.when or ""), str(found.when or ""), gold.when == found.when)
    allowed = STATUS_OF_LABEL.get(gold.status, frozenset((gold.status,)))
    sides["status"] = (gold.status, found.status, found.status in allowed)
    for name, (wanted, given, same) in sides.items():
        right = bool(wanted and given and same)
        tally[f"field: {name}", "gold"] += bool(wanted)
        tally[f"field: {name}", "found"] += bool(given)
        tally[f"field: {name}", "right"] += right
        if (wanted or given) and not right:
            misses.append(Miss(report, f"field: {name}", "wrong", f"{gold.line()}: {given!r} for {wanted!r}"))


# --- all reports -----------------------------------------------------------------------------------------------


def _scores(tallies: list[Tally], root: int) -> tuple[Score, ...]:
    names = sorted({what for tally in tallies for what, _ in tally}, key=_order)
    draws = stream(root, "read.evaluate").integers(len(tallies), size=(N_RESAMPLES, len(tallies)))
    return tuple(_score(what, tallies, draws) for what in names)


def _order(what: str) -> tuple[int, str]:
    """Events first, then kinds, fields (date and status before the rest), persons, ties, claims."""
    heads = ("events", "events:", "field: date", "field: status", "field:", "persons", "ties", "claims")
    return heads.index(what if what in heads else what.partition(" ")[0]), what


def _score(what: str, tallies: list[Tally], draws: np.ndarray[Any, np.dtype[np.int64]]) -> Score:
    counts = np.array([[tally[what, side] for side in ("gold", "found", "right")] for tally in tallies], dtype=float)
    n_gold, n_found, n_right = (int(total) for total in counts.sum(axis=0))
    samples = counts[draws].sum(axis=1)
    sizes = samples[:, 0] + samples[:, 1]
    f1 = 2 * samples[sizes > 0, 2] / sizes[sizes > 0]
    low, high = np.quantile(f1, [0.025, 0.975]) if len(f1) and len(tallies) > 1 else (None, None)
    return Score(
        what,
        n_gold,
        n_found,
        n_right,
        precision=n_right / n_found if n_found else None,
        recall=n_right / n_gold if n_gold else None,
        f1=2 * n_right / (n_gold + n_found) if n_gold + n_found else None,
        f1_low=None if low is None else float(low),
        f1_high=None if high is None else float(high),
    )
