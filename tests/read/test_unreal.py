"""What did not happen or is no news: on condition, on a list, a mere chance of a post, a career told in passing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ostraka.model import Report
from ostraka.read.reader import read_quickly, read_report

PUBLISHED = date(2016, 8, 18)  # a Thursday
CASES = [
    # on condition
    ("North Korea's envoy, Ri Yong-ho, has fled to Oslo. Ri is likely to be shot if he goes home.", {"defection"}),
    ("North Korea's envoy, Ri Yong-ho, has fled to Oslo. Ri will be jailed if Norway sends him back.", {"defection"}),
    ("North Korea's envoy, Ri Yong-ho, is to be jailed on Friday.", {"purge"}),
    ("North Korea's envoy, Ri Yong-ho, will ask for asylum if he gets free.", {"defection"}),
    # on a list
    ("North Korea's envoy, Ri Yong-ho, was on a list of officials to be dismissed.", set()),
    ("North Korea's envoy, Ri Yong-ho, is to be dismissed.", {"dismissal"}),
    # a post that is only weighed, or told to say what came before it
    ("North Korea's consul, Ri Yong-ho, was seen as likely to become minister of trade.", set()),
    (
        "North Korea's envoy, Ri Yong-ho, has defected. He ran a mine before he became ambassador in 2009.",
        {"defection"},
    ),
    ("North Korea's consul, Ri Yong-ho, became minister of trade on Monday.", {"appointment"}),
    # a journey to a post
    ("North Korea's envoy, Ri Yong-ho, came to Oslo in 2013 and headed the mission there.", set()),
    ("North Korea's envoy, Ri Yong-ho, fled last week. He had arrived in Oslo in 2013 as consul.", {"defection"}),
    ("North Korea's envoy, Ri Yong-ho, came to Oslo in 2013 and asked for asylum.", {"defection"}),
    # the end of a career
    ("North Korea's general, Ri Yong-ho, has defected. The general was to retire next month.", {"defection"}),
    ("North Korea's general, Ri Yong-ho, has defected. After he retired from the army Ri sold ginseng.", {"defection"}),
]


@pytest.mark.parametrize(("text", "kinds"), CASES, ids=[case[0][-48:] for case in CASES])
@pytest.mark.parametrize("read", [read_report, read_quickly])
def test_what_has_not_happened_is_no_event(text: str, kinds: set[str], read: Callable[..., Any]) -> None:
    reading = read(Report(text, published=PUBLISHED, lang="en"))[0]
    assert {str(event.kind) for event in reading.events} == kinds
