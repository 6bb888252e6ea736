"""Korean phrases of our own, labelled from the conventions of the room."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.dates import When
from ostraka.read.dates_in_text import find_dates, parse_phrase

WEDNESDAY = date(2016, 8, 17)
JANUARY = date(2014, 1, 6)

PHRASES: dict[date, str] = {
    WEDNESDAY: """
        4일 | 2016-08-04
        20일 | 2016-07-20
        15일(월) | 2016-08-15
        현지시간 4일 오후 | 2016-08-04
        지난 15일 | 2016-08-15
        지난달 | 2016-07
        지난달 15일 | 2016-07-15
        지난달 말 | 2016-07-20/2016-07-31
        이달 초 | 2016-08-01/2016-08-10
        지난 7월 | 2016-07
        7월 15일 | 2016-07-15
        9월 9일 | 2015-09-09
        7월 중순 | 2016-07-11/2016-07-20
        지난해 10월 하순 | 2015-10-21/2015-10-31
        2016년 7월 | 2016-07
        2013년 12월 12일 | 2013-12-12
        2013년 12월 8∼12일 | 2013-12-08/2013-12-12
        올해 | 2016
        올해 초 | 2016-01-01/2016-03-31
        올해 3월 | 2016-03
        올 상반기 | 2016-01-01/2016-06-30
        작년 | 2015
        작년 말 | 2015-12
        지난해 7월 | 2015-07
        지난해 7월 27일 | 2015-07-27
        재작년 여름 | 2014-06-01/2014-08-31
        내년 | 2017
        어제 | 2016-08-16
        그저께 | 2016-08-15
        지난주 | 2016-08-08/2016-08-14
        지난주 금요일 | 2016-08-12
        지난 주말 | 2016-08-13/2016-08-14
        이번 주 | 2016-08-15/2016-08-21
        월요일 | 2016-08-15
        3년 전 | 2013-08
        두 달 전 | 2016-06
        석 달 전 | 2016-05
        이틀 전 | 2016-08-15
        열흘 전 | 2016-08-07
        보름 전 | 2016-08-02
        일주일 전 | 2016-08-10
        며칠 전 | 2016-08-10/2016-08-16
        10년 전 | 2006
        최근 | ../2016-08-17
        최근 5년간 | 2011-08-17/2016-08-17
        지난 3개월 동안 | 2016-05-17/2016-08-17
        올해 들어 | 2016-01-01/2016-08-17
        2월부터 | 2016-02-01/2016-08-17
        2013년 이후 | 2013-01-01/2016-08-17
        1997년 이래 | 1997-01-01/2016-08-17
        2011년 이전 | 0001-01-01/2010-12-31
        7월까지 | 2016-01-01/2016-07-31
        2011년부터 2013년까지 | 2011-01-01/2013-12-31
        2011~2013년 | 2011-01-01/2013-12-31
        1990년대 | 199X
        1990년대 중반 | 1994-01-01/1996-12-31
        80년대 초반 | 1980-01-01/1983-12-31
        2015년 3분기 | 2015-07-01/2015-09-30
        지난 여름 | 2015-06-01/2015-08-31
        주체105년 | 2016
        주체 83(1994)년 7월 | 1994-07
        2016. 7. 15. | 2016-07-15
        2016-07-15 | 2016-07-15
        """,
    JANUARY: """
        6일 | 2014-01-06
        31일 | 2013-12-31
        지난달 12일 | 2013-12-12
        12월 12일 | 2013-12-12
        작년 12월 | 2013-12
        연말 | 2013-12
        연초 | 2014-01-01/2014-01-06
        사흘 전 | 2014-01-03
        지난주 월요일 | 2013-12-30
        """,
}
CASES = [
    (phrase.strip(), anchor, edtf.strip())
    for anchor, block in PHRASES.items()
    for phrase, edtf in (line.split(" | ") for line in block.strip().splitlines())
]
NO_DATES = [
    *(
        "3등서기관",
        "김동수(38)씨",
        "아들(8)",
        "10일간 머물렀다",
        "5일 동안",
        "30일 만에",
        "2천만원",
        "1인자",
        "제1비서",
    ),
    *("2016년생", "3개월 일정", "일본 대사관", "한국 정부", "두 사람", "이 해역", "전임 대사", "수석대표"),
]


@pytest.mark.parametrize(("phrase", "anchor", "edtf"), CASES, ids=str)
def test_phrase(phrase: str, anchor: date, edtf: str) -> None:
    assert parse_phrase(phrase, anchor, lang="ko") == When.parse(edtf)


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert find_dates(text, WEDNESDAY, lang="ko") == []


def test_story_days_follow_the_date_last_mentioned() -> None:
    text = "7월 3일 대사관을 떠났다. 이튿날 서울에 왔고 사흘 뒤 기자들을 만났다."
    found = [(text[m.start : m.end], m.when.edtf()) for m in find_dates(text, WEDNESDAY, lang="ko")]
    assert found == [("7월 3일", "2016-07-03"), ("이튿날", "2016-07-04"), ("사흘 뒤", "2016-07-07")]


def test_without_an_anchor_only_absolute_dates_resolve() -> None:
    text = "2013년 12월 숙청됐고 지난달 처형됐다."
    assert [m.when.edtf() for m in find_dates(text, None, lang="ko")] == ["2013-12", ""]


def test_a_day_before_a_verb_of_telling_is_a_day_and_no_distance() -> None:
    text = "통신은 8일 전했다. 지난해 11월 공관을 비웠고 같은 달 10일 떠났다."
    rows = find_dates(text, date(2016, 8, 16), lang="ko")
    assert [str(row.when) for row in rows] == ["2016-08-08", "2015-11", "2015-11-10"]
