"""Claims against the record: the seed text's two numbers, then small records with a known answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ostraka.case import Case, case_as_of, shipped_case
from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import Claim, Confidence, Event, Operator, Span
from ostraka.watch import ClaimVerdict, Denominator, check_claims

WORDS = Span("report", 0, 1, "x")


def claim(
    operator: Any, low: Any = None, high: Any = None, *, unit: Any = "defections", period: Any = "", per: Any = ""
) -> Any:
    return Claim(
        WORDS, "claim", "text", "number", low=low, high=high, operator=operator, unit=unit,
        period=When.parse(period), per=per,
    )  # fmt: skip


def left(day: Any, **fields: Any) -> Any:
    fields.setdefault("reported", When.parse(day))
    return Event(id=fields.pop("id", f"EV-{day}"), when=When.parse(day), sector="diplomatic", **fields)


def record(*events: Any, end: Any = date(2016, 8, 17)) -> Any:
    return Case.make("Ruritania", start=date(1991, 1, 1), end=end, as_of=end, events=events)


@pytest.fixture(scope="module")
def north_korea() -> Any:
    full = shipped_case("North Korea")
    return case_as_of(full, date(2016, 8, 17))[0], full


SEED_CLAIMS = (
    claim(Operator.LESS_THAN, None, 1.0, per="year"),
    claim(Operator.AT_LEAST, 5.0, period="2016-02-01/2016-08-17"),
)


def tallies(view: Any) -> Any:
    return {tally.denominator: tally for tally in view.tallies}


def test_the_rate_claim_depends_on_the_denominator(north_korea: Any) -> None:
    then, full = north_korea
    check = check_claims(then, SEED_CLAIMS, hindsight=full, rng=1)[0]
    assert check.verdict is ClaimVerdict.DEPENDS
    known = tallies(check.hindsight)
    assert known[Denominator.DIPLOMATS].verdict is ClaimVerdict.SUPPORTED
    assert known[Denominator.ALL].verdict is ClaimVerdict.CONTRADICTED
    assert check.period.last_date == date(2016, 1, 31)


def test_the_count_claim_with_hindsight(north_korea: Any) -> None:
    then, full = north_korea
    check = check_claims(then, SEED_CLAIMS, hindsight=full, rng=1)[1]
    assert check.verdict is ClaimVerdict.DEPENDS
    late = tallies(check.hindsight)
    assert late[Denominator.ALL].verdict is ClaimVerdict.SUPPORTED
    assert late[Denominator.ALL].n_perhaps >= 9
    assert late[Denominator.CONFIRMED_DIPLOMATS].verdict is ClaimVerdict.CANNOT_TELL
    assert "lower bound" in check.views()[-1].reason
    then_known = tallies(check.then)
    assert then_known[Denominator.ALL].n_perhaps < 5
    assert then_known[Denominator.CONFIRMED_DIPLOMATS].n_surely == 1


def test_the_surprise_is_a_matter_of_the_period_compared_with(north_korea: Any) -> None:
    then, full = north_korea
    check = check_claims(then, SEED_CLAIMS, hindsight=full, rng=1)[1]
    p = [ref.p_number for ref in tallies(check.hindsight)[Denominator.ALL].references if ref.p_number is not None]
    assert min(p) < 1e-4
    assert max(p) > 0.25


def test_a_check_speaks_and_serialises(north_korea: Any) -> None:
    check = check_claims(north_korea[0], [SEED_CLAIMS[1]], rng=1)[0]
    assert "from 1 February 2016 to 17 August 2016" in check.question
    assert "all counted departures" in check.summary()
    assert set(check.frame()["verdict"]) <= {str(v) for v in ClaimVerdict}
    assert check.to_json()["then"]["verdict"] == str(check.verdict)


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (claim(Operator.EXACTLY, 3.0, 3.0, period="2001"), ClaimVerdict.SUPPORTED),
        (claim(Operator.EXACTLY, 2.0, 2.0, period="2001"), ClaimVerdict.CONTRADICTED),
        (claim(Operator.MORE_THAN, 3.0, period="2001"), ClaimVerdict.CANNOT_TELL),
        (claim(Operator.EXACTLY, 20.0, 20.0, unit="officials", period="2001"), ClaimVerdict.CANNOT_TELL),
        (claim(Operator.MORE_THAN, 2.0, per="year"), ClaimVerdict.CANNOT_TELL),
        (claim(Operator.LESS_THAN, None, 0.4, per="decade"), ClaimVerdict.CONTRADICTED),
        (claim(Operator.AT_MOST, None, 3.0, period="2001"), ClaimVerdict.SUPPORTED),
        (claim(Operator.LESS_THAN, None, 3.0, period="2001"), ClaimVerdict.CONTRADICTED),
        (claim(Operator.BETWEEN, 2.0, 4.0, period="2001"), ClaimVerdict.SUPPORTED),
        (claim(Operator.ABOUT, 4.0, 4.0, period="2001"), ClaimVerdict.SUPPORTED),
        (claim(Operator.AT_LEAST, 3.0, period="2002"), ClaimVerdict.CANNOT_TELL),
        (claim(Operator.AT_LEAST, 1.0, unit="restaurant workers"), ClaimVerdict.CANNOT_TELL),
        (claim(Operator.LESS_THAN, None, 1.0, per="month"), ClaimVerdict.SUPPORTED),
        (claim(Operator.FIRST_SINCE, period="2000/2016"), ClaimVerdict.CONTRADICTED),
        (claim(Operator.FIRST_SINCE, period="2001/2016"), ClaimVerdict.SUPPORTED),
        (claim(Operator.FIRST_SINCE, period="2001-02-01/2016"), ClaimVerdict.CONTRADICTED),
        (claim(Operator.FIRST_SINCE, period="2001-03-01/2016"), ClaimVerdict.SUPPORTED),
        (claim(Operator.FIRST_SINCE, period="2001"), ClaimVerdict.SUPPORTED),
    ],
)
def test_operators_on_a_record_known_exactly(made: Any, verdict: Any) -> None:
    case = record(*(left(f"2001-0{month}-10", tier=2) for month in (2, 3, 4)))
    assert check_claims(case, [made], rng=1)[0].verdict is verdict


def test_highest_since() -> None:
    events = [left("1997-03-01", tier=1), *(left(f"2016-0{month}-10", tier=1) for month in (2, 3, 4))]
    most = claim(Operator.HIGHEST_SINCE, period="1997/..")
    assert check_claims(record(*events), [most], rng=1)[0].verdict is ClaimVerdict.SUPPORTED
    busy = [left(f"2005-0{month}-10", tier=1) for month in (1, 2, 3, 4)]
    assert check_claims(record(*events, *busy), [most], rng=1)[0].verdict is ClaimVerdict.CONTRADICTED


def test_the_most_since_is_asked_of_the_year_it_was_said_of() -> None:
    busy = [left(f"2012-0{month}-10", tier=1) for month in (1, 2, 3, 4)]
    case = record(left("1997-03-01", tier=1), left("2001-05-01", tier=1), *busy, end=date(2016, 8, 17))
    then, january, now = (
        claim(Operator.HIGHEST_SINCE, period=period) for period in ("1997/2012-08-01", "1997/2013-01-10", "1997/..")
    )
    verdicts = [check.verdict for check in check_claims(case, [then, january, now], rng=1)]
    assert verdicts == [ClaimVerdict.SUPPORTED, ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED]
    assert "in 2012 the highest since 1997" in check_claims(case, [january], rng=1)[0].question


def test_low_confidence_makes_it_depend() -> None:
    events = [left("2001-02-10", tier=1), left("2001-03-10", tier=1, confidence=Confidence.LOW)]
    check = check_claims(record(*events), [claim(Operator.AT_LEAST, 2.0, period="2001")], rng=1)[0]
    assert check.verdict is ClaimVerdict.DEPENDS


def test_vague_dates_cannot_tell() -> None:
    events = [left("2001", id=f"E{i}", tier=1, reported=When.parse("2002-01-05")) for i in range(2)]
    check = check_claims(record(*events), [claim(Operator.AT_LEAST, 1.0, period="2001-01-01/2001-03-31")], rng=1)[0]
    assert check.verdict is ClaimVerdict.CANNOT_TELL


def test_an_empty_record_cannot_tell() -> None:
    check = check_claims(record(), [claim(Operator.AT_LEAST, 2.0, period="2001")], rng=1)[0]
    assert check.verdict is ClaimVerdict.CANNOT_TELL


def test_more_than_a_public_record_holds_is_no_contradiction(north_korea: Any) -> None:
    officials = claim(Operator.EXACTLY, 20.0, 20.0, unit="officials", period="2015-01-01/2015-10-20")
    fewer = claim(Operator.AT_MOST, None, 3.0, unit="officials", period="2015")
    short, beyond = check_claims(north_korea[1], [officials, fewer], rng=1)
    assert short.verdict is ClaimVerdict.CANNOT_TELL
    assert "lower bound" in short.then.reason
    assert tallies(beyond.then)[Denominator.ALL].verdict is ClaimVerdict.CONTRADICTED


def test_a_claim_about_diplomats_is_put_to_diplomats(north_korea: Any) -> None:
    rare = claim(Operator.LESS_THAN, None, 1.0, unit="diplomats", per="year", period="1991/2015")
    check = check_claims(north_korea[1], [rare], rng=1)[0]
    assert set(tallies(check.then)) == {Denominator.DIPLOMATS, Denominator.CONFIRMED_DIPLOMATS}
    assert check.verdict is ClaimVerdict.SUPPORTED


def test_a_lower_bound_in_the_record_supports_no_upper_bound() -> None:
    case = record(left("2001-02-10", tier=1), left("2001-03-10", tier=1, n_high=None))
    most, least = (
        claim(operator, 2.0, 2.0, period="2001", unit="diplomats") for operator in (Operator.EXACTLY, Operator.AT_LEAST)
    )
    checks = check_claims(case, [most, least], rng=1)
    assert [check.verdict for check in checks] == [ClaimVerdict.CANNOT_TELL, ClaimVerdict.SUPPORTED]


def test_a_year_whose_reports_are_still_to_come_is_not_yet_beaten() -> None:
    slow = [left(f"{year}-03-01", reported=When.parse(f"{year + 3}-03-01"), tier=1) for year in range(1996, 2013)]
    pair = [left(f"2005-0{month}-10", tier=1, reported=When.parse("2006-01-01")) for month in (1, 2)]
    most = claim(Operator.HIGHEST_SINCE, period="1998/..")
    check = check_claims(record(*slow, *pair, left("2016-02-01", tier=1)), [most], rng=1)[0]
    assert check.verdict is ClaimVerdict.CANNOT_TELL


def test_two_regimes_cannot_be_mixed(north_korea: Any) -> None:
    with pytest.raises(InputError, match="hindsight is a record of"):
        check_claims(record(), [], hindsight=north_korea[1])
