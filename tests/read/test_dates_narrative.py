"""A month without a year belongs to the year of the story that is told."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read.dates_in_text import find_dates

ANCHOR = date(2018, 6, 12)


def _all(text: str, anchor: date = ANCHOR) -> list[str]:
    return [mention.when.edtf() for mention in find_dates(text, anchor)]


def test_under_a_line_that_is_a_year() -> None:
    text = "2011\nApril: two deputies resign.\n30 July: a colonel goes over.\n2012\n8 March: a minister joins."
    assert _all(text)[1:3] == ["2011-04", "2011-07-30"]
    assert _all(text)[-1] == "2012-03-08"


def test_after_a_sentence_that_opens_with_a_year() -> None:
    assert _all("In March 2009 an auditor found a hole. The colonel was recalled in April and died in 2011.")[:2] == [
        "2009-03",
        "2009-04",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He is the most senior to leave since Hwang in 1997. He had left the embassy in April.",
        "In 2009 he came to Rome.\n\nHe was recalled in April.",
        "In March 2009 he came to Rome. He has been missing since April. It is unclear why. None of it. He left. In April he spoke.",
    ],
)
def test_the_news_itself_is_read_as_news_has_it(text: str) -> None:
    assert "2018-04" in _all(text)


def test_an_earlier_month_is_no_part_of_the_story() -> None:
    assert _all("In November 2009 he came to Rome. He left in May.")[-1] == "2018-05"


def test_time_is_linear_in_the_number_of_lines() -> None:
    text = "2011\n" + "April: a deputy resigns, he says.\n" * 20_000
    assert len(find_dates(text, ANCHOR)) == 20_001


def test_the_same_month_is_the_one_told_of_not_that_of_the_telling() -> None:
    text = "A consul left in July, media reported on Friday. An attache left the same month."
    found = {mention.kind: str(mention.when) for mention in find_dates(text, date(2016, 8, 26))}
    assert found["offset"] == "2016-07"
