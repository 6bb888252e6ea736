"""The plain sentence on what a forecast rests on, made from what was found."""

from __future__ import annotations

from collections.abc import Iterable

from ostraka.forecast.comparison import Comparison
from ostraka.forecast.modes import ModeShare
from ostraka.forecast.result import Effect, PastHazard


def what_it_rests_on(
    country: str, comparison: Comparison, *, effects: Iterable[Effect], n_events: int, years: tuple[int, int]
) -> str:
    """Say what the number rests on: like cases or shrinkage, missing economy, old values, hindsight.

    Parameters
    ----------
    country : str
        The regime's country.
    comparison : Comparison
        What became of similar regimes.
    effects : iterable of Effect
        Covariates with their ages.
    n_events : int
        Ends of regimes in the training window.
    years : tuple of (int, int)
        Last year with outcomes, and year of origin.
    """
    listed = tuple(effects)
    parts = [
        _likeness(country, comparison, n_events),
        _assumed(country, *years),
        _economy(listed),
        _unknown(listed),
        _age(listed),
        _hindsight(listed),
    ]
    return " ".join(part for part in parts if part)


def _likeness(country: str, found: Comparison, n_events: int) -> str:
    profile = found.profile
    traits = (
        f"a {profile.kind} regime, {profile.years_in_power[0]} to {profile.years_in_power[1]} years in power, "
        f"{'without' if profile.economy_missing else 'with'} economic data"
    )
    nearest = (
        f"of the {found.n_years} regime-years of other countries nearest to it on all covariates, {found.n_events} "
        f"ended in the year ({found.n_expected:.1f} expected at the base rate)"
    )
    if profile.n_events == 0:
        return (
            f"None of the {n_events} ends of regimes in the training set resembles {country}: none befell {traits} "
            f"({profile.n_years} such regime-years in other countries); {nearest}. The number is the model's "
            f"shrinkage, borrowed from regimes unlike this one, not experience with its like."
        )
    return f"It rests on {profile.n_events} ends in {profile.n_years} years of {traits}; {nearest}."


def _economy(effects: tuple[Effect, ...]) -> str:
    income = next((effect for effect in effects if effect.name == "log_gdp_pc"), None)
    if income is None or income.value is not None:
        return ""
    return "There are no economic data for it; the model only knows that they are missing."


def _assumed(country: str, last_year: int, origin: int) -> str:
    if origin <= last_year:
        return ""
    return f"Outcomes are known to {last_year}: that the regime of {country} still stands in {origin} is assumed."


def _unknown(effects: tuple[Effect, ...]) -> str:
    names = [effect.label for effect in effects if effect.value is None and effect.source != "wdi"]
    if not names:
        return ""
    return f"Not known at all, so that typical values stand in: {', '.join(names)}."


def _age(effects: tuple[Effect, ...]) -> str:
    old = [effect for effect in effects if effect.age_years]
    if not old:
        return ""
    oldest = max(effect.age_years or 0 for effect in old)
    return f"{len(old)} of {len(effects)} values are carried forward, the oldest by {oldest} year{'s' * (oldest > 1)}."


def _hindsight(effects: tuple[Effect, ...]) -> str:
    if not any(effect.hindsight for effect in effects):
        return ""
    return "V-Dem's values were coded years later, which flatters the scores of the past."


def in_peaks(history: Iterable[PastHazard]) -> str:
    """What lifted the regime's hazard in the years far above its usual level; empty where there were none."""
    years: dict[str, list[str]] = {}
    for past in history:
        if past.because:
            years.setdefault(past.because, []).append(str(past.year))
    if not years:
        return ""
    said = "; ".join(f"{', '.join(each)}: {label}" for label, each in years.items())
    return f"What lifts the years more than twice as high as usual: {said}."


def how_it_would_end(shares: Iterable[ModeShare], probability: float) -> str:
    """In which way it would end next year, each way with its own probability; empty where no file tells."""
    said = "; ".join(
        f"{item.kind} {item.share:.0%} ({item.low:.0%} to {item.high:.0%}), which is {probability * item.share:.2%} in all"
        for item in shares
    )
    return f"If it ended within the next year, how, by ends coded in the file you gave: {said}." if said else ""


def what_follows(shares: Iterable[ModeShare]) -> str:
    """What would follow an end, with intervals; empty where too little was seen."""
    said = "; ".join(
        f"{item.kind} {item.share:.0%} ({item.low:.0%} to {item.high:.0%}; {item.base_share:.0%} of all ends)"
        for item in shares
    )
    return f"If it ended within the next year, what would follow: {said}." if said else ""


def years_old(age: int | None) -> str:
    """The age of a value; empty where it has none."""
    return "" if age is None else f"{age} year{'s' * (age != 1)} old"


def number(value: float | None) -> str:
    """A value of a covariate, to three digits.

    Examples
    --------
    >>> number(None), number(0.0841), number(6730000.0)
    ('unknown', '0.0841', '6,730,000')
    """
    if value is None:
        return "unknown"
    short = float(f"{value:.3g}")
    return f"{short:,.0f}" if abs(short) >= 1000 else f"{short:g}"
