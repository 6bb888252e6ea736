from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.dates import When, day_number, from_day_number, month_end
from ostraka.errors import InputError

days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@st.composite
def whens(draw: st.DrawFn) -> When:
    ends = sorted([draw(days), draw(days)])
    earliest, latest = (draw(st.sampled_from([end, None])) for end in ends)
    return When(earliest, latest)


@given(whens())
def test_edtf_is_read_back(when: When) -> None:
    assert When.parse(when.edtf()) == when


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_written_as_a_month(year: int, month: int) -> None:
    when = When(date(year, month, 1), month_end(year, month))
    assert when.precision == "month"
    assert when.edtf() == f"{year:04}-{month:02}"


@given(whens(), whens(), st.integers(0, 400))
def test_overlap_is_symmetric_and_grows_with_slack(a: When, b: When, slack: int) -> None:
    assert a.overlaps(b, slack_days=slack) == b.overlaps(a, slack_days=slack)
    assert not a.overlaps(b) or a.overlaps(b, slack_days=slack)


@given(days)
def test_day_numbers_round_trip(day: date) -> None:
    assert from_day_number(day_number(day)) == day


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2016", "2016-01-01", "2016-12-31", "year"),
        ("201X", "2010-01-01", "2019-12-31", "decade"),
        ("2016-07", "2016-07-01", "2016-07-31", "month"),
        ("2016-02-29", "2016-02-29", "2016-02-29", "day"),
        ("2016-22", "2016-06-01", "2016-08-31", "interval"),
        ("2016-24", "2016-12-01", "2017-02-28", "interval"),
        ("2016-07-15/2016-08", "2016-07-15", "2016-08-31", "interval"),
        ("[2016-07-15..2016-08-02]", "2016-07-15", "2016-08-02", "interval"),
        ("2016-07~", "2016-07-01", "2016-07-31", "month"),
        ("../2013", None, "2013-12-31", "open"),
        ("2016-02/..", "2016-02-01", None, "open"),
        ("", None, None, "unknown"),
    ],
)
def test_edtf_text(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    when = When.parse(text)
    assert when.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert when.latest == (date.fromisoformat(latest) if latest else None)
    assert when.precision == precision


@pytest.mark.parametrize("text", ["July", "2016-13", "2016-02-30", "16-07-01", "2016-07-31/2016-07-01", "2016//2017"])
def test_what_is_no_date_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(InputError, match=r"not a date|cannot end"):
        When.parse(text)


def test_words_do_not_count_in_comparison() -> None:
    day = date(2016, 8, 17)
    assert When.on(day, "on Wednesday") == When.on(day)
    assert len({When.on(day, "on Wednesday"), When.on(day)}) == 1
    assert When.on(day).overlaps(When.on(day + timedelta(3)), slack_days=3)
    assert not When.on(day).overlaps(When.on(day + timedelta(3)), slack_days=2)
    assert not When()
    assert When.on(day)
