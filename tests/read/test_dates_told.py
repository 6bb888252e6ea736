"""Times told from the date last mentioned, and days without their month."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.dates import When
from ostraka.read.dates_in_text import find_dates

ANCHOR = date(2016, 8, 17)  # a Wednesday


def _last(text: str) -> str:
    return find_dates(text, ANCHOR)[-1].when.edtf()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("He resigned on July 3. That night his deputy left.", "2016-07-03"),
        ("He resigned on July 3. The same evening his deputy left.", "2016-07-03"),
        ("He resigned on July 3. The next morning his deputy left.", "2016-07-04"),
        ("He resigned in May 2011. His deputy left that July.", "2011-07"),
        ("He resigned in May 2011. His deputy left the following March.", "2012-03"),
        ("He resigned in May 2011. His deputy left the following winter.", "2011-12/2012-02"),
        ("He resigned in February 2011. His deputy left the same winter.", "2010-12/2011-02"),
        ("He resigned on July 3. His deputy left the following Friday.", "2016-07-08"),
        ("He resigned on July 3. His deputy had left the Friday before.", "2016-07-01"),
        ("He resigned on July 3. His deputy left a week later.", "2016-07-10"),
        ("He resigned on July 3. His deputy left in the same week.", "2016-06-27/2016-07-03"),
        # of a month, days and weeks are no more exact than it is
        ("He resigned in July. Two days later his deputy left.", "2016-07"),
        ("He resigned in July. His deputy left the same week.", "2016-07"),
        ("He resigned in July. His deputy left two weeks later.", "2016-07-15/2016-08-14"),
        ("He resigned on July 3. His deputy was shot within a week.", "2016-07-03/2016-07-10"),
        ("He resigned on July 3. His deputy was shot within hours.", "2016-07-03"),
        ("Four men have fled within three days.", "2016-08-14/2016-08-17"),
        ("He held the post until 1977. In that year he fled.", "1977"),
        ("He must leave within a week. He will go within a week.", "2016-08-17/2016-08-24"),
        ("He resigned on the last day of October 1963.", "1963-10-31"),
        ("He resigned in July. His deputy left on the last day of that month.", "2016-07-31"),
        ("He resigned in July 2011. His deputy left on the 7th of that month.", "2011-07-07"),
        ("He resigned in the first fortnight of July.", "2016-07-01/2016-07-15"),
        ("He resigned in the first days of July.", "2016-07-01/2016-07-10"),
        ("He was shot in the night to Tuesday.", "2016-08-15/2016-08-16"),
        # a day without its month: of the day told just before, else the last such day
        ("He was removed on June 1. On the 7th he accused his foe.", "2016-06-07"),
        ("He was removed on August 1. On the 20th accused of theft, he fled.", "2016-07-20"),
        ("He was removed on July 1.\n\nOn the 7th he accused his foe.", "2016-08-07"),
        ("The attache flew home on the 4th without his wife.", "2016-08-04"),
    ],
)
def test_told_from_the_date_before(text: str, when: str) -> None:
    assert _last(text) == When.parse(when).edtf()


@pytest.mark.parametrize(
    "text",
    [
        "He lives on the 7th floor.",
        "It was on the 10th anniversary of the coup.",
        "They met on the 38th parallel.",
        "He said that march was long.",
        "The night is long.",
        "It is within reach, within the law.",
        "He was jailed for two weeks.",
        "He left of his own accord within hours.",
    ],
)
def test_look_alikes_are_no_dates(text: str) -> None:
    assert find_dates(text, ANCHOR) == []


def test_that_may_stand_before_a_day() -> None:
    assert [m.when.edtf() for m in find_dates("He said that July 3 was his last day.", ANCHOR)] == ["2016-07-03"]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("He will go in the week. He left last Tuesday.", "2016-08-09"),  # yesterday is no "last Tuesday"
        ("He left last Monday.", "2016-08-15"),
    ],
)
def test_last_weekday(text: str, when: str) -> None:
    assert _last(text) == when


@pytest.mark.parametrize(
    ("text", "ahead"),
    [("in May", "2017-05"), ("on Monday", "2016-08-22"), ("on the 5th", "2016-09-05"), ("in 2015", "2015")],
)
def test_what_is_planned_lies_ahead(text: str, ahead: str) -> None:
    [found] = find_dates(f"He goes home {text}.", ANCHOR)
    assert found.ahead.edtf() == ahead
