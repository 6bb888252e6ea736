"""Documents are data: nothing in a report makes the reader fail, stall or point beside its words."""

from __future__ import annotations

import sys
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostraka.model import Report
from ostraka.read.extract import extract
from ostraka.read.tokens import word_set

PUBLISHED = date(2016, 8, 18)
WORDS = [
    "\n",
    *sorted(
        word_set(
            "Thae Yong-ho Gen. Kim Jong-un 's the a his her wife sons of embassy North Korea Korean London consul general"
            ' defected was executed not reportedly to in from with and who , . : ; - ( ) " five 5 1,276 at least since'
            " February 2016 on Monday said that he they both all four Ministry Bulgaria Syria Syrian rebels joined asylum"
            " denied if may have been removed as minister by President father son-in-law One The other most senior first"
            " July 5 including defections purge death no longer recalled home missing"
        )
    ),
]
KOREAN = sorted(
    word_set(
        "태영호 북한 외교관이 공사가 망명했다 처형됐다고 부인과 한국에 5명 지난해 장성택을 은 는 이 가 . ( 38 ) 씨"
    )
)


@given(st.lists(st.sampled_from(WORDS), max_size=80))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_of_our_words_is_read_and_every_quote_is_exact(words: list[str]) -> None:
    text = " ".join(words)
    statements, _ = extract(Report(text, published=PUBLISHED, lang="en"))
    assert all(text[said.span.start : said.span.end] == said.span.quote for said in statements)


@given(st.lists(st.sampled_from(KOREAN), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_order_of_korean_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    statements, _ = extract(Report(text, published=PUBLISHED, lang="ko"))
    assert all(text[said.span.start : said.span.end] == said.span.quote for said in statements)


@given(st.text(max_size=300), st.sampled_from(["en", "ko"]))
@settings(max_examples=120, deadline=None)
def test_any_text_at_all_is_read(text: str, lang: str) -> None:
    extract(Report(text, published=None, lang=lang))


def test_reading_again_gives_the_same_statements() -> None:
    text = "The North Korean consul in Kuwait, Ri Chol, fled to Seoul with his wife in May. He denied having been recalled."
    first, _ = extract(Report(text, published=PUBLISHED, lang="en"))
    again, _ = extract(Report(text, published=PUBLISHED, lang="en"))
    assert [said.id for said in first] == [said.id for said in again]


ADVERSARIAL = {
    "offices": "office of ",
    "relatives": "the general, who ",
    "marks": ", ",
    "kin": "his wife and ",
    "sons": "son of the son of ",
    "numbers": "5 ",
    "capitals": "Aaaa Bbbb ",
    "events": "Gen. Kim was executed. ",
    "gaps": "asked the a b c d ",
    "brackets": "(",
    "one word": "a",
    "quotes": "\"'",
}


def _seconds(piece: str, size: int) -> float:
    report = Report((piece * (size // len(piece) + 1))[:size], published=PUBLISHED, lang="en")
    start = time.process_time()
    extract(report)
    return time.process_time() - start


def _calls(piece: str, size: int) -> int:
    """Function calls that reading takes: work counted without a clock."""
    report = Report((piece * (size // len(piece) + 1))[:size], published=PUBLISHED, lang="en")
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        extract(report)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=list(ADVERSARIAL))
def test_work_grows_less_than_with_the_square_of_a_hostile_text(piece: str) -> None:
    _calls(piece, 1_000)
    assert _calls(piece, 40_000) < 12 * _calls(piece, 10_000)


LONG = {
    "Korean": (
        "ko",
        "쿠바 주재 북한 영사 리상옥이 5월 한국으로 망명했다고 국가정보원이 밝혔다. 그의 아내도 함께 갔다.\n",
    ),
    "Korean list": ("ko", "- 리상옥 영사, 5월 망명\n"),
    "seasons": ("en", "It was in spring 2011. "),
    "lines": ("en", "- Kim Yong-su, a consul, fled in May.\n"),
}


@pytest.mark.parametrize(("lang", "piece"), LONG.values(), ids=list(LONG))
def test_a_report_eight_times_as_long_takes_about_eight_times_the_time(lang: str, piece: str) -> None:
    """Copies and scans inside one call, which no count of calls shows; with the square it would be 64 times."""

    def took(size: int) -> float:
        report = Report(piece * (size // len(piece)), published=PUBLISHED, lang=lang)
        start = time.process_time()
        extract(report)
        return time.process_time() - start

    took(1_000)
    assert took(120_000) < 24 * min(took(15_000) for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=list(ADVERSARIAL))
def test_a_megabyte_of_a_hostile_text_is_read_in_seconds(piece: str) -> None:
    assert _seconds(piece, 1_000_000) < 60
