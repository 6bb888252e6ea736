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
"""A claim is supported above this probability and contradicted below its complement."""

FEWEST = 10

_RECENT_DAYS = 31.0

_YEAR_DRAWS = 4000


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
    their law (lognormal delay, right truncated); cases that are never reported are not, so a public record
    bounds a claim from below only as far as it goes.

    Examples
    --------
    >>> from ostraka.case import shipped_case
    >>> from ostraka.dates import When
    >>> from ostraka.model import Operator, Span
    >>> claim = Claim(Span("r", 0, 3, "two"), "claim", "text", "number", low=2.0, unit="diplomats",
    ...               operator=Operator.AT_LEAST, period=When.parse("1999"))
    >>> check_claims(shipped_case("DPRK"), [claim], rng=1)[0].verdict.value
    'depends on the denominator'
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
        tallies = tuple(self.tally(question, each) for each in Denominator)
        verdict = _overall([tally.verdict for tally in tallies])
        return View(self.case.as_of, verdict, _reason(question, tallies), tallies)

    def tally(self, question: Question, denominator: Denominator) -> Tally:
        found, sight, period = self.seen.found[denominator], self.seen.sights[denominator], question.period
        surely, perhaps = found.within(period.start_day, period.end_day)
        hidden = _hidden(found, sight, period)
        p_true = {Ask.COUNT: self.p_count, Ask.RATE: self.p_rate, Ask.MOST: self.p_most, Ask.FIRST: self.p_first}[
            question.ask
        ](question, found, hidden)
        return Tally(
            denominator=denominator,
            n_surely=surely,
            n_perhaps=perhaps,
            n_unreported=count_quantile(hidden, 0.95),
            p_true=p_true,
            verdict=_verdict(p_true),
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

    def p_count(self, question: Question, found: Departures, hidden: Floats) -> float:
        pmf = np.convolve(found.count_pmf(question.period.start_day, question.period.end_day), hidden)
        return float(pmf @ question.holds_for(np.arange(pmf.size, dtype=np.float64)))

    def p_rate(self, question: Question, found: Departures, _hidden: Floats) -> float:
        """Probability that the rate lies within the claim's bounds, Jeffreys' prior, vague dates averaged."""
        period, p = question.period, 0.0
        for n, weight in enumerate(found.count_pmf(period.start_day, period.end_day)):
            if weight > 1e-9:
                law = GammaMixture.single(JEFFREYS + n, period.years)
                p += weight * (law.cdf(question.high) - law.cdf(question.low))
        return float(p)

    def p_most(self, question: Question, found: Departures, _hidden: Floats) -> float:
        """Probability that the last calendar year of the period holds more than each year before it."""
        first, last = question.period.first_date.year, question.period.last_date.year
        if last <= first:
            return 1.0
        edges = [float(day_number(date(year, 1, 1))) for year in range(first + 1, last + 2)]
        draw = stream(self.root, "watch.claims.years").random((_YEAR_DRAWS, len(found)))
        days = found.low_day + draw * (found.high_day - found.low_day)
        years = np.stack([((days >= a) & (days < b)).sum(axis=1) for a, b in pairwise(edges)])
        return float((years[-1] > years[:-1].max(axis=0, initial=0)).mean())

    def p_first(self, question: Question, found: Departures, _hidden: Floats) -> float:
        """Probability that the period holds no departure but the one the claim is about."""
        pmf = found.count_pmf(question.period.start_day, question.period.end_day)
        return float(pmf[:2].sum())

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


def _verdict(p_true: float) -> ClaimVerdict:
    if p_true >= SURE:
        return ClaimVerdict.SUPPORTED
    return ClaimVerdict.CONTRADICTED if p_true <= 1 - SURE else ClaimVerdict.CANNOT_TELL


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
    short = [t for t in tallies if t.verdict is ClaimVerdict.CONTRADICTED and t.n_perhaps < question.low]
    if short and question.ask is Ask.COUNT:
        text += " Where the record falls short of the number, cases that were never published could still make it true."
    return text
