"""The day of an event: of its own verb, not of the one that tells it, nor of somebody else's."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import EventKind, Report
from ostraka.read import read_quickly, read_text
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
    # a date that only tells which vote is meant
    (
        "North Korea's envoy, Ri Yong-ho, has defected over the disputed vote of June 2015, the minister said on Monday.",
        "../2016-08-15",
    ),
    # since something else was done
    (
        "North Korea's envoy, Ri Yong-ho, has defected to Seoul since the coup of May 3.",
        "2016-05-03/2016-08-18",
    ),
    (
        "North Korea's envoy, Ri Yong-ho, has defected to Seoul since tanks rolled into the capital on May 3.",
        "2016-05-03/2016-08-18",
    ),
    # the source, not the deed, is of that day
    (
        "North Korea's envoy, Ri Yong-ho, had been executed, according to the Seoul daily of last Friday.",
        "../2016-08-12",
    ),
    # of two tellings each has its own day
    (
        "North Korea promoted Pak Il-su, the agency said on Tuesday, a day after it said that its envoy, Ri Yong-ho, had been executed.",
        "../2016-08-15",
    ),
    # who makes his own deed known does it
    ("North Korea's envoy, Ri Yong-ho, publicly announced his defection in May.", "2016-05"),
    (
        "North Korea's envoy, Ri Yong-ho, has fled to Seoul. The ministry announced his defection on Monday.",
        "../2016-08-15",
    ),
    # how it became known
    (
        "North Korea's envoy, Ri Yong-ho, has fled to Seoul. A channel first reported it late on Tuesday and a friend confirmed it.",
        "../2016-08-16",
    ),
    # a body that was found
    (
        "North Korea's envoy, Ri Yong-ho, has been murdered in Spain. A body was found last Friday in a garage.",
        "../2016-08-12",
    ),
    # the days of the meeting that decided on it
    (
        "North Korea's new minister is Ri Yong-ho. The agency announced it after a plenum that the leader led from Friday to Sunday.",
        "2016-08-12/2016-08-14",
    ),
    # told as a plan of a time that is past
    ("North Korea's assembly was to dismiss its envoy, Ri Yong-ho, in early August.", "2016-08-01/2016-08-15"),
    # since when those did it of whom he is one
    (
        "North Korea's envoy, Ri Yong-ho, has defected to Seoul. He is one of twenty who have left since the coup of May 3.",
        "2016-05-03/2016-08-18",
    ),
    # the end of a post, not after the report
    (
        "Ri Yong-ho, until this week North Korea's envoy in London, told reporters that he had defected.",
        "2016-08-15/2016-08-18",
    ),
    (
        "Ri Yong-ho, until the end of May North Korea's envoy in London, told reporters that he had defected.",
        "2016-05-21/2016-05-31",
    ),
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


TOGETHER = [
    # a group without a number
    (
        "North Korean generals and envoys broke with the regime on Monday. General Pak Il-su defected. The ambassador, Ri Yong-ho, defected too.",
        "2016-08-15",
    ),
    ("North Korea's envoy, Pak Il-su, fled on Monday. Pak's successor, Ri Yong-ho, has defected.", "../2016-08-18"),
    # what a source tells of one and then of another
    (
        "North Korea's envoy, Pak Il-su, has defected, Yonhap reported on Saturday. Yonhap also said Ri Yong-ho, a diplomat, defected.",
        "../2016-08-13",
    ),
    (
        "North Korea's envoy, Pak Il-su, has defected, a paper reported on Saturday. It said that Ri Yong-ho, a diplomat, defected too.",
        "../2016-08-13",
    ),
    (
        "North Korea's envoy, Pak Il-su, has defected, Yonhap reported on Saturday. The ministry said that Ri Yong-ho, a diplomat, defected.",
        "../2016-08-18",
    ),
]


@pytest.mark.parametrize(("text", "when"), TOGETHER, ids=[case[0][-45:] for case in TOGETHER])
def test_day_lent_by_another(text: str, when: str) -> None:
    reading, _ = read_text(text, published=PUBLISHED, lang="en")
    assert [event.when.edtf() for event in reading.events if event.person == "Ri Yong-ho"] == [when]


def test_one_told_of_beside_another_has_his_day() -> None:
    text = "North Korea's minister, Pak Il-su, was murdered on Monday, it said. Assassins murdered him, his deputy, General Ri Yong-ho, and a guard."
    reading, _ = read_quickly(Report(text, published=PUBLISHED, lang="en"))
    assert [event.when.edtf() for event in reading.events if event.person == "Ri Yong-ho"] == ["2016-08-15"]


def test_a_date_before_another_name_is_of_that_one() -> None:
    text = "The leader had officials shot, among them North Korea's envoy, Ri Yong-ho, and, in May last year, General Pak Il-su."
    reading, _ = read_quickly(Report(text, published=PUBLISHED, lang="en"))
    assert [event.when.edtf() for event in reading.events if event.person == "Ri Yong-ho"] == ["../2016-08-18"]


def test_what_somebody_did_before_a_day() -> None:
    text = "North Korea's envoy, Ri Yong-ho, was dismissed for criticising the war, fled to Jordan in 2009 and stayed."
    reading, _ = read_text(text, published=PUBLISHED, lang="en")
    whens = {event.kind: event.when.edtf() for event in reading.events if event.person == "Ri Yong-ho"}
    assert whens == {EventKind.DISMISSAL: "../2009-12-31", EventKind.DEFECTION: "2009"}


def test_two_tellings_bound_one_event() -> None:
    text = "North Korea's envoy, Ri Yong-ho, was executed this month, a source said. The envoy was executed for treason, Yonhap said last week."
    reading, _ = read_text(text, published=PUBLISHED, lang="en")
    assert [event.when.edtf() for event in reading.events if event.person == "Ri Yong-ho"] == ["2016-08-01/2016-08-14"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On the 5th he boarded a bus.", ["2016-08-05"]),
        ("On the 27th he boarded a bus.", ["2016-07-27"]),
        ("In March 2009 he came. On the 27th he boarded a bus.", ["2009-03", "2009-03-27"]),
        ("On Friday the 12th he boarded a bus.", ["2016-08-12"]),
        ("He spoke at the 7th congress.", []),
        ("He was shot between summer and autumn of last year.", ["2015-06-01/2015-11-30"]),
    ],
)
def test_a_day_without_its_month(text: str, days: list[str]) -> None:
    assert [found.when.edtf() for found in find_dates(text, PUBLISHED)] == days
