from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.dates import When
from ostraka.read.dates_in_text import find_dates, parse_phrase

ANCHOR = date(2016, 8, 17)

# Sentences of our own: the phrases found in them and their intervals, in order.
SENTENCES: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "The general left on July 3; two days later he was in Paris, and the next month he spoke.",
        [("July 3", "2016-07-03"), ("two days later", "2016-07-05"), ("next month", "2016-08")],
    ),
    (
        "They fled on March 3, 2011, four days after the minister was shot.",
        [("March 3, 2011", "2011-03-03"), ("four days after", "2011-02-27")],
    ),
    (
        "Friday's news said that he had landed a day earlier.",
        [("Friday", "2016-08-12"), ("a day earlier", "2016-08-11")],
    ),
    ("The party seeks votes before Friday's election.", [("Friday", "2016-08-19")]),
    ("He will be tried on Friday.", [("Friday", "2016-08-19")]),
    ("The congress is due to open in October.", [("October", "2016-10")]),
    ("He fled due to a purge in December.", [("December", "2015-12")]),
    ("He was expected to return in December.", [("December", "2015-12")]),
    ("He is expected to return in December.", [("December", "2016-12")]),
    ("Some of 2000 North Koreans left.", []),
    ("In 2000 North Koreans began to leave.", [("2000", "2000")]),
    ("Resolution 2270 (2016) names Office 39 and Unit 1901.", [("2016", "2016")]),
    ("It is open 24/7, as on 9/11.", []),
    ("Five years to the day, nothing is known.", []),
    ("A new year came; H1 and Q1 are rooms.", []),
    ("He may march with the May Day crowd.", []),
    ("April Jones and August Berg met Jan Egeland.", []),
    ("Room 2000 holds 1998 soldiers and 2011 officers.", []),
    ("The summits of 2000 and 2007 were held there.", [("2000", "2000"), ("2007", "2007")]),
    ("He was born in 1962 and joined the party in its 2012 congress.", [("1962", "1962"), ("2012", "2012")]),
    ("The law (No. 112/2013) has 12 articles.", []),
    ("It was the highest since 1997.", [("since 1997", "1997-01-01/2016-08-17")]),
    ("From March to May 2012 ten officers crossed.", [("From March to May 2012", "2012-03-01/2012-05-31")]),
    ("He served between 2002 and 2006 in Rome.", [("between 2002 and 2006", "2002-01-01/2006-12-31")]),
    ("He flew from Rome in March to Seoul.", [("March", "2016-03")]),
    ("On the night of July 4 he drove north.", [("On the night of July 4", "2016-07-04/2016-07-05")]),
    ("The envoy, 48, earned 3,000 dollars a month in 2013.", [("2013", "2013")]),
    ("Before the 2011 uprising he was loyal.", [("Before the 2011", "0001-01-01/2011-12-31")]),
    ("In 2013 he was purged. The following year his aide fled.", [("2013", "2013"), ("following year", "2014")]),
    ("The day before, the embassy had closed.", [("The day before", "2016-08-16")]),
    (
        "It was the third case this week and the tenth this year.",
        [("this week", "2016-08-15/2016-08-21"), ("this year", "2016")],
    ),
    ("Seven diplomats have fled over the past two years.", [("past two years", "2014-08-17/2016-08-17")]),
    ("Overnight he crossed; hours later he spoke.", [("Overnight", "2016-08-16/2016-08-17")]),
    (
        "On July 3 he crossed; three hours later he spoke.",
        [("July 3", "2016-07-03"), ("three hours later", "2016-07-03")],
    ),
    ("He leaves at the end of the month.", [("end of the month", "2016-08-20/2016-08-31")]),
    ("It doubled in the first half of the year.", [("first half of the year", "2016-01-01/2016-06-30")]),
    ("The month of May and the year of the dog.", [("May", "2016-05")]),
    ("At 6 a.m. Tuesday he called.", [("Tuesday", "2016-08-16")]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=lambda value: str(value)[:30])
def test_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.when.edtf()) for m in find_dates(text, ANCHOR)] == expected


def test_what_stands_under_an_operator() -> None:
    [since, until] = find_dates("Missing since June, he was an envoy until 2013.", ANCHOR)
    assert (since.core.edtf(), until.core.edtf()) == ("2016-06", "2013")
    [plain] = find_dates("He left in May.", ANCHOR)
    assert plain.core == plain.when


def test_without_an_anchor_relative_dates_stay_open() -> None:
    found = {m.when.text: m.when.edtf() for m in find_dates("In May 2011, last week and since 2013; on Monday.", None)}
    assert found == {"May 2011": "2011-05", "last week": "", "since 2013": "2013-01-01/..", "Monday": ""}


def test_impossible_days_are_no_dates() -> None:
    assert find_dates("on June 31, 2015 and on Feb. 30", ANCHOR) == []


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["on Monday", "on Sunday", "last Friday"]))
def test_weekdays_lie_in_the_week_before(anchor: date, phrase: str) -> None:
    when = parse_phrase(phrase, anchor)
    assert when.earliest == when.latest is not None
    assert anchor - timedelta(days=8 if phrase.startswith("last") else 7) <= when.latest <= anchor


@given(
    st.dates(date(1950, 1, 1), date(2090, 12, 31)),
    st.sampled_from(
        ["in July", "Dec. 27", "last month", "earlier this year", "since February", "two years ago", "yesterday"]
    ),
)
def test_what_has_been_told_has_happened(anchor: date, phrase: str) -> None:
    when = parse_phrase(phrase, anchor)
    assert when.earliest is not None
    assert when.earliest <= anchor


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.text(max_size=60))
def test_any_text_and_any_day(anchor: date, text: str) -> None:
    for lang in ("en", "ko"):
        mentions = find_dates(text, anchor, lang=lang)
        edges = [edge for mention in mentions for edge in (mention.start, mention.end)]
        assert edges == sorted(edges)
        assert all(mention.when.text == text[mention.start : mention.end] for mention in mentions)


WORDS = "in since until before after the of last next this past three two a few days weeks months years ago earlier July May 3 4th 2016 2013 and to - , Monday early late mid end half first quarter summer 1990s recent".split()  # noqa: SIM905


@given(
    st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([ANCHOR, date(1, 1, 1), date(9999, 12, 31), None])
)
def test_any_heap_of_time_words(words: list[str], anchor: date | None) -> None:
    for mention in find_dates(" ".join(words), anchor):
        assert isinstance(mention.when, When)


UNITS = [
    *(
        "July ",
        "2016 ",
        "in ",
        "the last ",
        "the end of ",
        "early ",
        "first half of ",
        "3 ",
        "12-",
        "Monday, ",
        "two years ",
    ),
    *(
        "a year ",
        "since ",
        "between 2011 and ",
        "(",
        "the day before ",
        "more than ",
        "1990s",
        "of the year ",
        "week of ",
    ),
]
KOREAN_UNITS = ["4일 ", "2016년 ", "지난 ", "최근 ", "올해 초 ", "3년 ", "약 ", "월요일", "1"]
ATTACKS = [*(("en", unit) for unit in UNITS), *(("ko", unit) for unit in KOREAN_UNITS)]


@pytest.mark.parametrize(("lang", "unit"), ATTACKS)
def test_no_phrase_makes_the_search_slow(lang: str, unit: str) -> None:
    assert _seconds(unit * (50_000 // len(unit)), lang=lang) < 5


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "unit"), ATTACKS[::3])
def test_linear_up_to_a_megabyte(lang: str, unit: str) -> None:
    small, large = (_seconds(unit * (size // len(unit)), lang=lang) for size in (100_000, 1_000_000))
    assert large < max(30 * small, 5.0)


def _seconds(text: str, *, lang: str) -> float:
    started = time.perf_counter()
    find_dates(text, ANCHOR, lang=lang)
    return time.perf_counter() - started
