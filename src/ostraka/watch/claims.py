"""Numbers that reports claim, held against the record: under each denominator, then and with hindsight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from ostraka.case import Case
from ostraka.chance import RNG, root_seed, stream
from ostraka.dates import day_number, from_day_number
from ostraka.errors import InputError
from ostraka.model import Claim
from ostraka.provenance import Provenance
from ostraka.watch.asked import Asked, ask_since
from ostraka.watch.changes import pooled_prior
from ostraka.watch.claim_checks import ClaimCheck, ClaimVerdict, Tally, View
from ostraka.watch.departures import Denominator, Departures
from ostraka.watch.inputs import Floats, probability
from ostraka.watch.mixtures import GammaMixture, count_quantile
from ostraka.watch.nowcast import unreported
from ostraka.watch.questions import FAR_BEYOND, Ask, Question, past_end, question_of
from ostraka.watch.rates import JEFFREYS
from ostraka.watch.references import Period, ReferenceRate, reference_periods, reference_rate, spells
from ostraka.watch.seen import SeenCase
from ostraka.watch.sight import Sight

SURE = 0.95
"""A claim is supported where it holds, contradicted where the record is beyond it, with this probability."""

FEWEST = 10

_RECENT_DAYS = 31.0

_YEAR_DRAWS = 4000
_NEGLIGIBLE = 1e-9


def check_claims(
    case: Case,
    claims: Sequence[Claim],
    *,
    hindsight: Case | None = None,
    level: float = 0.90,
    rng: RNG = None,
) -> tuple[ClaimCheck, ...]:
    """Hold each number that a report claims against the record, under every denominator.

    Parameters
    ----------
    case : Case
        The record as known when the claims were made; its as-of day is "now" for them.
    claims : sequence of Claim
        From one report. A rate claimed of "the past" is taken to mean the time before the first period
        that the report's other claims count in.
    hindsight : Case, optional
        The record as known later.
    level : float
        Probability of the intervals of rates.
    rng : int, SeedSequence, Generator or None
        For the dates drawn where years are compared.

    Returns
    -------
    tuple of ClaimCheck
        In the order of the claims.

    Raises
    ------
    InputError
        If the level is no probability or the two records are of different regimes.

    Notes
    -----
    A vague date is equally likely anywhere in its interval. Departures not yet reported are added with
    their law (lognormal delay, right truncated); cases that are never reported are not: a public record is a
    lower bound. So a claim is contradicted only where the record holds more than it allows; where the record
    falls short of the number it cannot tell. A claim about diplomats is held against diplomats alone.

    Examples
    --------
    >>> from ostraka.case import shipped_case
    >>> from ostraka.dates import When
    >>> from ostraka.model import Operator, Span
    >>> claim = Claim(Span("r", 0, 3, "two"), "claim", "text", "number", low=2.0, unit="diplomats",
    ...               operator=Operator.AT_LEAST, period=When.parse("1999"))
    >>> check_claims(shipped_case("DPRK"), [claim], rng=1)[0].verdict.value
    'supported'
    """
    probability("level", level)
    if hindsight is not None and hindsight.regime != case.regime:
        raise InputError(
            f"hindsight is a record of {hindsight.regime}, the case one of {case.regime}; give two of one regime"
        )
    root = root_seed(rng)
    records = [_Record.of(each, root, level) for each in ([case] if hindsight is None else [case, hindsight])]
    past_ends = past_end(claims, case)
    provenance = Provenance("check_claims", {"level": level}, seed=root, case_digest=case.digest)
    checks = []
    for claim in claims:
        question = question_of(claim, case, past_ends=past_ends)
        views = [record.view(question) for record in records]
        later = views[1] if len(views) > 1 else None
        checks.append(ClaimCheck(claim, question.text, question.period, views[0], later, provenance))
    return tuple(checks)


@dataclass(frozen=True, slots=True)
class _Record:
    """One state of the record, with what all claims need of it."""

    case: Case
    root: int
    level: float
    seen: SeenCase

    @classmethod
    def of(cls, case: Case, root: int, level: float) -> _Record:
        return cls(case, root, level, SeenCase.of(case, root=root))

    def view(self, question: Question) -> View:
        if question.ask is Ask.OTHER:
            return View(
                self.case.as_of, ClaimVerdict.CANNOT_TELL, "The record does not count what the claim counts.", ()
            )
        if question.ask is Ask.COUNT and (question.number or 0) > FAR_BEYOND * max(
            len(self.seen.found[Denominator.ALL]), FEWEST
        ):
            reason = "The number is far beyond the whole record, which must count something else."
            return View(self.case.as_of, ClaimVerdict.CANNOT_TELL, reason, ())
        tallies = tuple(self.tally(question, each) for each in question.denominators if each in self.seen.found)
        if not tallies:
            reason = "The record does not say who was a diplomat."
            return View(self.case.as_of, ClaimVerdict.CANNOT_TELL, reason, ())
        verdict = _overall([tally.verdict for tally in tallies])
        return View(self.case.as_of, verdict, _reason(question, tallies), tallies)

    def tally(self, question: Question, denominator: Denominator) -> Tally:
        found, sight, period = self.seen.found[denominator], self.seen.sights[denominator], question.period
        surely, perhaps = found.within(period.start_day, period.end_day)
        hidden = _hidden(found, sight, period)
        weigh = {Ask.COUNT: self.weigh_count, Ask.RATE: self.weigh_rate, Ask.MOST: self.weigh_most}
        p_true, p_beyond = weigh.get(question.ask, self.weigh_first)(question, found, sight)
        return Tally(
            denominator=denominator,
            n_surely=surely,
            n_perhaps=perhaps,
            n_unreported=count_quantile(hidden, 0.95),
            p_true=p_true,
            p_beyond=p_beyond,
            verdict=_verdict(question, found, p_true=p_true, p_beyond=p_beyond),
            references=self.references(question, found),
            asked=self.asked(question, found, sight),
        )

    def asked(self, question: Question, found: Departures, sight: Sight) -> Asked | None:
        """For a number counted from some day to the end of the record."""
        period = question.period
        to_the_end = min(found.end_day, sight.now_day) - period.end_day <= _RECENT_DAYS
        if question.number is None or not to_the_end or period.start_day <= found.start_day:
            return None
        return ask_since(found, period.first_date, sight, rng=self.root, number=question.number)

    def weigh_count(self, question: Question, found: Departures, sight: Sight) -> tuple[float, float]:
        """Probabilities that the count lies within the claim's bounds, and that the record alone is beyond them."""
        known = found.count_pmf(question.period.start_day, question.period.end_day)
        pmf = np.convolve(known, _hidden(found, sight, question.period))
        beyond = np.arange(known.size) > question.high
        return float(pmf @ question.holds_for(np.arange(pmf.size, dtype=np.float64))), float(known[beyond].sum())

    def weigh_rate(self, question: Question, found: Departures, sight: Sight) -> tuple[float, float]:
        """The same for the rate: Jeffreys' prior, vague dates averaged; late reports for the first alone."""
        period, p_true, p_beyond = question.period, 0.0, 0.0
        seen = float(sight.seen(np.array([period.start_day, period.end_day]))[0])
        for n, weight in enumerate(found.count_pmf(period.start_day, period.end_day)):
            if weight > _NEGLIGIBLE:
                law = GammaMixture.single(JEFFREYS + n, max(seen, _NEGLIGIBLE))
                p_true += weight * (law.cdf(question.high) - law.cdf(question.low))
                p_beyond += weight * (1 - GammaMixture.single(JEFFREYS + n, period.years).cdf(question.high))
        return float(p_true), float(p_beyond)

    def weigh_most(self, question: Question, found: Departures, sight: Sight) -> tuple[float, float]:
        """The last calendar year against each year before it, those not yet reported added to each."""
        first, last = question.period.first_date.year, question.period.last_date.year
        if last <= first:
            return 1.0, 0.0
        edges = [float(day_number(date(year, 1, 1))) for year in range(first + 1, last + 2)]
        chance = stream(self.root, "watch.claims.years")
        days = found.low_day + chance.random((_YEAR_DRAWS, len(found))) * (found.high_day - found.low_day)
        years = []
        for a, b in pairwise(edges):
            hidden = _hidden(found, sight, Period("", a, b))
            late = chance.choice(hidden.size, size=_YEAR_DRAWS, p=hidden / hidden.sum())
            years.append(((days >= a) & (days < b)).sum(axis=1) + late)
        before = np.max(years[:-1], axis=0, initial=0)
        p_true = float((years[-1] > before).mean())
        return p_true, 1 - p_true

    def weigh_first(self, question: Question, found: Departures, _sight: Sight) -> tuple[float, float]:
        """Whether the period holds no departure but the one the claim is about."""
        p_true = float(found.count_pmf(question.period.start_day, question.period.end_day)[:2].sum())
        return p_true, 1 - p_true

    def references(self, question: Question, found: Departures) -> tuple[ReferenceRate, ...]:
        """What was usual before the period; for a rate, in the period and in parts of it."""
        period = question.period
        before = period.end_day if question.ask is Ask.RATE else period.start_day
        ends = from_day_number(int(before))
        periods = [*reference_periods(self.case, ends), *spells(found, ends)] if ends > self.case.start else []
        return tuple(
            reference_rate(found, each, number=question.number, span=period.years, level=self.level) for each in periods
        )


def _hidden(found: Departures, sight: Sight, period: Period) -> Floats:
    """Law of the number of departures in the period that have not been reported by now."""
    shape, rate = pooled_prior(len(found), found.years)
    seen = float(sight.seen(np.array([period.start_day, period.end_day]))[0])
    expected = float(found.p_within(period.start_day, period.end_day).sum())
    law = GammaMixture.single(shape + expected, rate + seen)
    return unreported(law, sight.unseen(period.start_day, period.end_day), sight.delay.weight)


def _verdict(question: Question, found: Departures, *, p_true: float, p_beyond: float) -> ClaimVerdict:
    """A public record bounds reality from below: that it holds fewer than claimed contradicts nothing."""
    if p_beyond >= SURE:
        return ClaimVerdict.CONTRADICTED
    within = found.p_within(question.period.start_day, question.period.end_day) > 0
    at_least_so_many = bool(found.open_ended[within].any()) and np.isfinite(question.high)
    return ClaimVerdict.SUPPORTED if p_true >= SURE and not at_least_so_many else ClaimVerdict.CANNOT_TELL


def _overall(verdicts: Sequence[ClaimVerdict]) -> ClaimVerdict:
    """One verdict if all denominators agree; otherwise it depends on them."""
    return verdicts[0] if len(set(verdicts)) == 1 else ClaimVerdict.DEPENDS


def _reason(question: Question, tallies: Sequence[Tally]) -> str:
    parts = []
    for tally in tallies:
        count = f"{tally.n_surely}" if tally.n_surely == tally.n_perhaps else f"{tally.n_surely} to {tally.n_perhaps}"
        if question.ask is Ask.RATE:
            count = f"{(tally.n_surely + tally.n_perhaps) / 2 / question.period.years:.2f} a year"
        parts.append(f"{tally.denominator}: {count} ({tally.verdict})")
    text = "The record has " + "; ".join(parts) + "."
    late = max(tally.n_unreported for tally in tallies)
    if late and question.ask is Ask.COUNT:
        text += f" Up to {late} more may have left in that time and not been reported yet."
    if any(t.verdict is ClaimVerdict.CANNOT_TELL and t.p_true + t.p_beyond <= 1 - SURE for t in tallies):
        text += (
            " The record is a lower bound: where it falls short, cases that were never published could make it true."
        )
    elif np.isfinite(question.high) and any(t.verdict is ClaimVerdict.SUPPORTED for t in tallies):
        text += " That holds as far as the public record goes; what was never published is in no count."
    return text
