"""The day of an event: of its own verb, not of the one that tells it, nor of somebody else's."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read import read_text
from ostraka.read.dates_in_text import find_dates

PUBLISHED = date(2016, 8, 18)  # a Thursday
CASES = [
    # a date before the words that tell who says so
    (
        "North Korea's leader dismissed his envoy, Ri Yong-ho, on Monday for disloyalty, the minister told reporters.",
        "2016-08-15",
    ),
    # a verb of saying that here does something
    ("North Korea's envoy, Ri Yong-ho, was called home late last year.", "2015-10-01/2015-12-31"),
    ("On Monday Kuwait declared North Korea's envoy, Ri Yong-ho, persona non grata.", "2016-08-15"),
    # two verbs and one date
    ("North Korea's envoy, Ri Yong-ho, flew to Geneva in May, then declined to go home.", "2016-05"),
    (
        "North Korea's envoy, Ri Yong-ho, flew out on Monday and told Britain that he had broken with the regime.",
        "2016-08-15",
    ),
    # what is told on a day or in a month had happened by then
    ("In May it announced that North Korea's envoy, Ri Yong-ho, had been executed.", "../2016-05-31"),
    ("North Korea's envoy, Ri Yong-ho, is under arrest, the intelligence agency said on Monday.", "../2016-08-15"),
    # the date of another man's verb
    ("North Korea's consul was shot in 2010, and its envoy, Ri Yong-ho, is serving ten years.", "../2016-08-18"),
    # the date of an office told in an aside
    ("Ri Yong-ho, 61, head of North Korea's mission since 2012, was arrested after a trip to Rome.", "../2016-08-18"),
    ("On Monday Ri Yong-ho, North Korea's deputy minister of trade since 2009, fled to Seoul.", "2016-08-15"),
    # what he says he will no longer do is done by saying it
    ("North Korea's envoy, Ri Yong-ho, wrote to the minister on Tuesday that he no longer served him.", "2016-08-16"),
    # an order is no report
    ("North Korea's envoy, Ri Yong-ho, had been told in May to go home.", "2016-05"),
    # the end of a post
    ("Ri Yong-ho, until July North Korea's envoy in London, told reporters that he had defected.", "2016-07"),
    ("Ri Yong-ho, until July North Korea's envoy in London, defected on Monday.", "2016-08-15"),
    ("North Korea's envoy, Ri Yong-ho, has defected. The consul, Pak Il-su, worked here until July.", "../2016-08-18"),
    # when it was done
    (
        "North Korea's envoy, Ri Yong-ho, has been expelled from the party, it said. He was taken on May 30 after dinner.",
        "2016-05-30",
    ),
    (
        "North Korea's envoy, Ri Yong-ho, has defected to the South, it said. It happened near Chorwon on April 24.",
        "2016-04-24",
    ),
    # how long before it was that he did this
    ("The consul was removed on Monday, two weeks after North Korea's envoy, Ri Yong-ho, fled to Seoul.", "2016-08-01"),
    ("LONDON - Nine days after North Korea's envoy, Ri Yong-ho, fled to Seoul, a flat stands empty.", "2016-08-09"),
    ("North Korea's envoy, Ri Yong-ho, has been missing for nine days.", "2016-08-09"),
    # a plan lies ahead, the nearer of two such months
    ("North Korea's envoy, Ri Yong-ho, is to be recalled in September.", "2016-09"),
    # no day of what has happened lies ahead
    ("North Korea's envoy, Ri Yong-ho, offered on Monday to step down.", "2016-08-15"),
]


@pytest.mark.parametrize(("text", "when"), CASES, ids=[case[0][-45:] for case in CASES])
def test_day_of_an_event(text: str, when: str) -> None:
    reading, _ = read_text(text, published=PUBLISHED, lang="en")
    assert [event.when.edtf() for event in reading.events if event.person == "Ri Yong-ho"] == [when]


def test_one_of_a_group_has_the_day_of_the_group() -> None:
    text = "Two North Korean generals were executed on Monday, the ministry said. General Ri Yong-ho was shot at an academy."
    reading, _ = read_text(text, published=PUBLISHED, lang="en")
    assert [e.when.edtf() for e in reading.events if e.person == "Ri Yong-ho"] == ["2016-08-15"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On the 5th he boarded a bus.", ["2016-08-05"]),
        ("On the 27th he boarded a bus.", ["2016-07-27"]),
        ("In March 2009 he came. On the 27th he boarded a bus.", ["2009-03", "2009-03-27"]),
        ("On Friday the 12th he boarded a bus.", ["2016-08-12"]),
        ("He spoke at the 7th congress.", []),
    ],
)
def test_a_day_without_its_month(text: str, days: list[str]) -> None:
    assert [found.when.edtf() for found in find_dates(text, PUBLISHED)] == days
