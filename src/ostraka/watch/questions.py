"""What a claimed number asks of the record: a count in a period, a rate, the most of many years, the first since."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from ostraka.case import Case
from ostraka.dates import When, day_number
from ostraka.model import Claim, Operator
from ostraka.watch.departures import Denominator
from ostraka.watch.inputs import Floats
from ostraka.watch.references import Period

ABOUT = 0.2
"""'About ten' allows so large a share more or less, and one at least."""

FAR_BEYOND = 3.0
"""A number so many times the whole record counts something else than the record does."""

_PER_YEAR = {"year": 1.0, "month": 12.0, "week": 365.25 / 7, "day": 365.25, "decade": 0.1}
_DEPARTURES = (
    "defect",
    "diplomat",
    "official",
    "elite",
    "departure",
    "envoy",
    "ambassador",
    "consul",
    "case",
    "cadre",
    "nomenklatura",
)
_DIPLOMATS = ("diplomat", "envoy", "ambassador", "consul")
_OTHERS = ("ordinary", "refugee", "restaurant", "worker", "execut", "purg", "kill", "arriv")
_RANKS = ("rank", "senior")
_NEW_YEAR = (3, 31)  # said so early, "the most since" is about the year before


class Ask(StrEnum):
    """The kinds of question a claim can put."""

    COUNT = "count"
    RATE = "rate"
    MOST = "most of the years"
    FIRST = "first since"
    OTHER = "not in the record"


@dataclass(frozen=True, slots=True)
class Question:
    """A claim as a question to the record.

    Attributes
    ----------
    ask : Ask
    low, high : float
        Bounds, both included, of the counts or (a year) of the rates for which the claim holds.
    period : Period
        The time it is about.
    number : int or None
        The number to be found surprising or not.
    text : str
        In plain words.
    denominators : tuple of Denominator
        What the claim may count: diplomats if it says so, otherwise any of them.
    """

    ask: Ask
    low: float
    high: float
    period: Period
    number: int | None
    text: str
    denominators: tuple[Denominator, ...] = tuple(Denominator)

    def holds_for(self, counts: Floats) -> Floats:
        """1 where the claim holds for a count, else 0."""
        holds: Floats = ((counts >= self.low) & (counts <= self.high)).astype(np.float64)
        return holds


def past_end(claims: Sequence[Claim], case: Case) -> date:
    """Where "the past" ends for a report: at the first period in which its other claims count."""
    starts = [c.period.earliest for c in claims if not c.per and c.operator not in _SINCE and c.period.earliest]
    inside = [day for day in starts if case.start < day <= case.as_of]
    return min(inside, default=case.as_of + timedelta(days=1))


def question_of(claim: Claim, case: Case, *, past_ends: date) -> Question:
    """The question that a claim puts to a case.

    Parameters
    ----------
    claim : Claim
    case : Case
    past_ends : date
        First day after "the past", for rates of no stated period.
    """
    ask = _ask(claim)
    low, high = (0.0, 1.0) if ask is Ask.FIRST else _bounds(claim)
    if ask is Ask.RATE:
        low, high = low * _PER_YEAR[claim.per], high * _PER_YEAR[claim.per]
    period = _period(claim, case, past_ends, ask)
    number = math.ceil(claim.low) if ask is Ask.COUNT and claim.low is not None else None
    return Question(ask, low, high, period, number, _words(claim, period, case, ask), _denominators(claim))


def _denominators(claim: Claim) -> tuple[Denominator, ...]:
    """Diplomats are not held against the departures of everybody."""
    if any(word in claim.unit.lower() for word in _DIPLOMATS):
        return (Denominator.DIPLOMATS, Denominator.CONFIRMED_DIPLOMATS)
    return tuple(Denominator)


_SINCE = frozenset({Operator.HIGHEST_SINCE, Operator.FIRST_SINCE})


def _ask(claim: Claim) -> Ask:
    unit, words = claim.unit.lower(), f"{claim.unit} {claim.span.quote}".lower()
    foreign = any(word in words for word in _OTHERS)
    if foreign or (unit and not any(word in unit for word in _DEPARTURES)) or claim.of is not None:
        return Ask.OTHER
    if claim.operator is Operator.HIGHEST_SINCE:
        return Ask.OTHER if any(word in words for word in _RANKS) else Ask.MOST
    if claim.operator is Operator.FIRST_SINCE:
        return Ask.FIRST
    if claim.low is None and claim.high is None:
        return Ask.OTHER
    if claim.per:
        return Ask.RATE if claim.per in _PER_YEAR else Ask.OTHER
    return Ask.COUNT


def _bounds(claim: Claim) -> tuple[float, float]:
    """Counts or rates for which the claim holds, from the least to the most."""
    low = claim.low if claim.low is not None else claim.high
    high = claim.high if claim.high is not None else claim.low
    if low is None or high is None:
        return 0.0, math.inf
    step = 0.0 if claim.per else 1.0
    slack = max(step, ABOUT * low)
    return {
        Operator.AT_LEAST: (low, math.inf),
        Operator.ORDINAL: (low, math.inf),
        Operator.MORE_THAN: (low + step, math.inf),
        Operator.AT_MOST: (0.0, high),
        Operator.LESS_THAN: (0.0, high - step),
        Operator.ABOUT: (low - slack, high + slack),
    }.get(claim.operator, (low, high) if low < high or not claim.per else (low - slack, high + slack))


def _period(claim: Claim, case: Case, past_ends: date, ask: Ask) -> Period:
    """The claimed period within the window of the case; "now" where it has no end."""
    said = claim.period if claim.period else When()
    first = max(said.earliest or case.start, case.start)
    last = min(said.latest or case.as_of, case.as_of)
    if ask is Ask.RATE and not said:
        last = past_ends - timedelta(days=1)
    if ask in {Ask.MOST, Ask.FIRST} and last <= _unit_end(first):
        last = case.as_of
    if ask is Ask.MOST and (last.month, last.day) <= _NEW_YEAR:
        last = date(last.year - 1, 12, 31)
    if ask is Ask.FIRST:
        first = min(_unit_end(first) + timedelta(days=1), last)
    last = max(last, first)
    return Period(_span_words(said), float(day_number(first)), float(day_number(last) + 1))


def _unit_end(since: date) -> date:
    """The last day of the year, the month or the day that "since" names: what it names is no longer meant."""
    if (since.month, since.day) == (1, 1):
        return date(since.year, 12, 31)
    return (since.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1) if since.day == 1 else since


def _span_words(said: When) -> str:
    return str(said) if said else "the record"


def _words(claim: Claim, period: Period, case: Case, ask: Ask) -> str:
    unit = claim.unit or "departures"
    amount = claim.low if claim.low is not None else claim.high
    number = "" if amount is None else f" {amount:g}"
    span = f"from {period.first_date:%-d %B %Y} to {period.last_date:%-d %B %Y}"
    if ask is Ask.RATE:
        return f"Was the rate of {unit} in {case.regime} {claim.operator}{number} a {claim.per} {span}?"
    if ask is Ask.MOST:
        return f"Is the number of {unit} in {period.last_date:%Y} the highest since {period.first_date:%Y}?"
    if ask is Ask.FIRST:
        return f"Was there no departure ({unit}) {span} but the one reported?"
    if ask is Ask.OTHER:
        return f"The report says: {claim.object or claim.span.quote} ({unit})."
    return f"Were there {claim.operator}{number} {unit} {span}?"
