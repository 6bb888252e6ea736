"""The numbers that reports claim, beside the record's: each claim as a table that a reader can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ostraka.brief.figures.svg import percent_text
from ostraka.brief.happenings import in_words
from ostraka.brief.notes import Notes
from ostraka.dates import When
from ostraka.watch import ClaimCheck, ClaimVerdict, Denominator
from ostraka.watch.claim_checks import Tally, View
from ostraka.watch.references import ReferenceRate

_TONES = {
    ClaimVerdict.SUPPORTED: "supported",
    ClaimVerdict.CONTRADICTED: "contradicted",
    ClaimVerdict.DEPENDS: "depends",
    ClaimVerdict.CANNOT_TELL: "unknown",
}


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One denominator in the table of a claim."""

    name: str
    cells: tuple[Markup, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim as the page shows it."""

    question: str
    verdict: str
    tone: str
    quote: str
    where: str
    answers: tuple[str, ...]
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[TallyLine, ...]
    compared: tuple[str, ...]
    chances: tuple[TallyLine, ...]


def claim_cards(checks: Sequence[ClaimCheck], notes: Notes) -> list[ClaimCard]:
    """The claims of the reports with the record's answer, in the order of the text."""
    return [_card(check, notes) for check in checks]


def _card(check: ClaimCheck, notes: Notes) -> ClaimCard:
    span = check.claim.span
    views = [view for view in check.views() if view.tallies]
    compared = _compared(check.then)
    kinds = [each.denominator for each in views[-1].tallies] if views else []
    return ClaimCard(
        question=check.question,
        verdict=check.words,
        tone=_TONES[check.verdict],
        quote=" ".join(span.quote.split()),
        where=f"{notes.name_of(span)}, characters {span.start}–{span.end}",
        answers=tuple(f"{_stand(view)}: {view.verdict}. {view.reason}" for view in check.views()),
        groups=tuple(f"record of {in_words(When.on(view.as_of))}" for view in views),
        columns=("departures", "chance that it holds"),
        rows=tuple(_line(check, views, kind, notes) for kind in kinds),
        compared=tuple(compared),
        chances=tuple(_chances(check, tally, compared, notes) for tally in check.then.tallies) if compared else (),
    )


def _stand(view: View) -> str:
    return f"As known on {in_words(When.on(view.as_of))}"


def _line(check: ClaimCheck, views: Sequence[View], kind: Denominator, notes: Notes) -> TallyLine:
    cells: list[Markup] = []
    for view in views:
        tally = next((each for each in view.tallies if each.denominator is kind), None)
        cells += [Markup("–"), Markup("–")] if tally is None else _counted(check, view, tally, notes)
    verdict = next(each.verdict for each in views[-1].tallies if each.denominator is kind)
    return TallyLine(str(kind), tuple(cells), str(verdict))


def _chances(check: ClaimCheck, tally: Tally, compared: Sequence[str], notes: Notes) -> TallyLine:
    references = {reference.period.name: reference for reference in tally.references}
    cells = tuple(_chance(references.get(name), check, tally, notes) for name in compared)
    return TallyLine(str(tally.denominator), cells, "")


def _counted(check: ClaimCheck, view: View, tally: Tally, notes: Notes) -> list[Markup]:
    low, high = tally.n_surely, tally.n_perhaps
    period = f"{check.period.first_date} to {check.period.last_date}"
    how = (
        f"{tally.denominator.sentence[0].upper()}{tally.denominator.sentence[1:]}, {period}, in the record as known on "
        f"{view.as_of}: {low} lie in that time for certain, {high} may (their dates are intervals); "
        f"up to {tally.n_unreported} more may have happened there unreported (95%)."
    )
    count = notes.figure(low if low == high else f"{low} to {high}", how, quotes=[check.claim.span])
    why = f"Probability that the claim holds for {tally.denominator.sentence}: dates uniform in their intervals, unreported cases added with their delay law. {how}"
    return [count, notes.figure(percent_text(tally.p_true), why, quotes=[check.claim.span])]


def _compared(view: View) -> list[str]:
    """The reference periods worth a column: the whole record, the longest quiet and the busiest stretch."""
    rates: dict[str, float] = {}
    for tally in view.tallies[:1]:
        for reference in tally.references:
            if reference.p_number is not None:
                rates.setdefault(reference.period.name, reference.rate.rate)
    if len(rates) <= 3:
        return list(rates)
    whole = next(iter(rates))
    rest = [name for name in rates if name != whole]
    return list(dict.fromkeys([whole, min(rest, key=rates.__getitem__), max(rest, key=rates.__getitem__)]))


def _chance(reference: ReferenceRate | None, check: ClaimCheck, tally: Tally, notes: Notes) -> Markup:
    if reference is None or reference.p_number is None:
        return Markup("–")
    low, high = reference.rate.jeffreys
    how = (
        f"Poisson probability of at least so many {tally.denominator} in {check.period.years:.2f} years at the rate of "
        f"{reference.period.name} ({reference.period.first_date} to {reference.period.last_date}): "
        f"{reference.rate.rate:.2g} a year, 90% interval {low:.2g} to {high:.2g}."
    )
    return notes.figure(percent_text(reference.p_number), how, quotes=[check.claim.span])
