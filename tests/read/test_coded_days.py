"""Intervals of events as the codebook counts them."""

from __future__ import annotations

import pytest

from ostraka.dates import When
from ostraka.read.coded_days import coded_days


@pytest.mark.parametrize(
    ("words", "kind", "read", "coded"),
    [
        ("on the night of July 4", "night", "2016-07-04/2016-07-05", "2016-07-04"),
        ("last night", "day", "2016-08-16/2016-08-17", "2016-08-16"),
        ("two years ago", "ago", "2014-08", "2014"),
        ("in the night of July 4", "night", "2016-07-04/2016-07-05", "2016-07-04/2016-07-05"),
        ("a year ago", "ago", "2015-08", "2015-08"),
        ("two months ago", "ago", "2016-06", "2016-06"),
        ("early july", "part", "2016-07-01/2016-07-10", "2016-07-01/2016-07-15"),
    ],
)
def test_interval(words: str, kind: str, read: str, coded: str) -> None:
    assert coded_days(When.parse(read), kind, words).edtf() == When.parse(coded).edtf()
