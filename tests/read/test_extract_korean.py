"""Korean reports: names, events, posts, dates, counts, ties."""

from __future__ import annotations

from datetime import date

from ostraka.model import Operator, Status
from ostraka.read import Reading, read_text

THAE = (
    "태영호 주영 북한대사관 공사가 부인과 두 아들을 데리고 한국에 입국했다고 통일부가 17일 밝혔다. "
    "태 공사는 현학봉 대사에 이어 서열 2위다. 올해 들어 망명한 북한 외교관은 최소 5명으로 알려졌다."
)
JANG = (
    "북한은 김정은의 고모부 장성택을 12일 처형했다고 조선중앙통신이 13일 보도했다. "
    "장성택의 측근 리룡하와 장수길은 지난달 공개 처형된 것으로 알려졌다. 주쿠바 대사 전영진도 본국으로 소환됐다."
)


def read(text: str, published: date) -> Reading:
    return read_text(text, published=published, lang="ko")[0]


def test_a_defection_with_post_destination_and_family() -> None:
    [event] = read(THAE, date(2016, 8, 18)).events
    assert (str(event.kind), event.person, event.role) == ("defection", "태영호", "공사")
    assert (event.post_place, event.destination, event.family_with) == (
        "United Kingdom",
        "South Korea",
        "부인과 두 아들",
    )
    assert event.organisation == "북한대사관"


def test_a_count_with_its_period() -> None:
    [claim] = read(THAE, date(2016, 8, 18)).claims
    assert (claim.operator, claim.low, claim.high, claim.unit) == (Operator.AT_LEAST, 5, None, "외교관")
    assert claim.period.earliest == date(2016, 1, 1)


def test_objects_of_active_verbs_and_joined_subjects() -> None:
    events = {(str(e.kind), e.person): e for e in read(JANG, date(2013, 12, 13)).events}
    assert set(events) == {
        ("execution", "장성택"),
        ("execution", "리룡하"),
        ("execution", "장수길"),
        ("recall", "전영진"),
    }
    assert events["execution", "장성택"].when.edtf() == "2013-12-12"
    assert events["execution", "장수길"].status is Status.HEDGED


def test_ties_of_kin() -> None:
    ties = {(tie.ego, tie.relation, tie.alter) for tie in read(JANG, date(2013, 12, 13)).ties}
    assert ("장성택", "uncle_of", "김정은") in ties


def test_names_carry_their_script_and_common_words_are_no_names() -> None:
    persons = read(THAE, date(2016, 8, 18)).persons
    assert {person.native_name for person in persons} == {"태영호", "현학봉"}


def test_ordinary_refugees_are_no_event() -> None:
    assert not read("북한 주민 3명이 어선을 타고 귀순했다. 올해 탈북민은 1,400명을 넘는다.", date(2017, 1, 5)).events


def test_quotes_point_into_the_text() -> None:
    reading = read(JANG, date(2013, 12, 13))
    assert all(JANG[s.span.start : s.span.end] == s.span.quote for s in reading.statements)


def test_another_language_gives_a_problem() -> None:
    reading, problems = read_text("Le consul est parti avec sa femme et ses enfants.", published=date(2016, 8, 18))
    assert not reading.statements
    assert any("language" in problem.message for problem in problems)
