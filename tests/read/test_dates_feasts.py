"""Feasts as dates."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read.dates_feasts import easter_sunday
from ostraka.read.dates_in_text import find_dates

ANCHOR = date(2016, 8, 17)


@pytest.mark.parametrize(
    "day", [date(1961, 4, 2), date(1976, 4, 18), date(1990, 4, 15), date(2008, 3, 23), date(2038, 4, 25)]
)
def test_easter(day: date) -> None:
    assert easter_sunday(day.year) == day


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("He vanished at Easter.", "2016-03-25/2016-03-28"),
        ("On Good Friday 2002 he drove off.", "2002-03-29"),
        ("She telephoned on Whit Monday.", "2016-05-16"),
        ("They left at Christmas.", "2015-12-24/2015-12-26"),
        ("He left on Christmas Day.", "2015-12-25"),
        ("They swam to a yacht on New Year's night.", "2016-01-01"),
        ("He arrived at the New Year.", "2016-01-01"),
        ("He will be recalled at Easter.", "2017-04-14/2017-04-17"),
        ("He has not been seen since Christmas.", "2015-12-24/2016-08-17"),
    ],
)
def test_feast(text: str, when: str) -> None:
    assert [found.when.edtf() for found in find_dates(text, ANCHOR)] == [when]


@pytest.mark.parametrize(
    "text",
    [
        "The Christmas card was late.",
        "An Easter egg and a good Friday meal.",
        "A new year came.",
        "The New Year's speech was short.",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text.replace("Friday", "fish"), ANCHOR) == []
