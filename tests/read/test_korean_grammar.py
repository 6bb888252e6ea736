"""Korean sentences, one turn of phrase each: to whom it happened, which kind, how sure, and what else is told."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read import Reading, read_text

TOLD = date(2021, 6, 15)


def read(text: str) -> Reading:
    return read_text(text, published=TOLD, lang="ko")[0]


def events(text: str) -> set[tuple[str, str, str]]:
    return {(str(e.kind), e.person or e.role, str(e.status)) for e in read(text).events}


FORMS = """
북한 외무성의 김철민 국장이 지난달 한국으로 망명했다. | defection 김철민 asserted
북한 외무성의 김철민 국장이 망명한 것으로 알려졌다. | defection 김철민 hedged
북한 외무성은 김철민 국장의 망명설을 부인했다. | defection 김철민 denied
북한 외무성 김철민 국장은 망명하지 않았다고 국정원이 밝혔다. | defection 김철민 denied
북한 외무성 김철민 국장이 곧 망명할 것으로 보인다. | defection 김철민 planned
북한 외무성 김철민 국장이 망명을 시도하다 붙잡혔다. | defection 김철민 attempted
2019년 탈북한 북한 외무성 출신 김철민 전 국장은 서울에서 회견을 열었다. | defection 김철민 mentioned
김정은은 지난달 고모부 장성택을 처형했다. | execution 장성택 asserted
"북한은 강성호를 반당분자로 몰아 총살했다"고 전직 관리가 증언했다. | execution 강성호 asserted
처형설이 돌던 북한 리철호 부부장이 15일 공개 석상에 다시 나타났다. | execution 리철호 refuted
북한 당 비서 최휘수가 혁명화 교육을 받고 있다고 국정원이 보고했다. | purge 최휘수 asserted
북한 국가보위상 김원수가 실각한 것으로 보인다. | purge 김원수 hedged
북한 차수 현영호가 대장으로 강등된 사실이 확인됐다. | dismissal 현영호 asserted
북한 외무상 리용하는 해임되지 않은 것으로 확인됐다. | dismissal 리용하 denied
중국 공산당은 쑨정차이 전 충칭시 서기의 당적을 박탈했다. | purge 쑨정차이 asserted
평양의 소식통은 "노동당 재정경리부 부부장이 지난달 총살됐다"고 귀띔했다. | execution 노동당~재정경리부~부부장 hedged
지난 4일 해임된 북한 장정남 인민무력부장은 군단장으로 옮겨 간 것으로 보인다. | dismissal 장정남 asserted
북한 국가안전보위부 국장이 중국으로 도주하려다 국경에서 체포됐다. | defection 국가안전보위부~국장 attempted
김정은의 이복형 김정남이 말레이시아 공항에서 독극물 공격을 받아 숨졌다. | assassination 김정남 asserted
오스트리아 주재 북한 대사 김광호가 소환 명령을 받고 잠적했다. | disappearance 김광호 asserted
망명을 요청한 사람은 북한의 3등서기관 김철민 씨다. | defection 김철민 asserted
""".strip().splitlines()


@pytest.mark.parametrize("row", FORMS)
def test_the_form_of_the_verb_says_to_whom_and_how_sure(row: str) -> None:
    text, wanted = row.split(" | ")
    assert tuple(word.replace("~", " ") for word in wanted.split()) in events(text)


CHANGES = """
북한 정찰총국장이 림광호에서 장길수로 바뀌었다. | 림광호 | 장길수
북한은 정찰총국장을 림광호에서 장길수로 교체했다. | 림광호 | 장길수
북한 정찰총국장 림광호가 장길수에게 자리를 내줬다. | 림광호 | 장길수
북한 정찰총국장에 림광호 대신 장길수가 기용됐다. | 림광호 | 장길수
북한의 새 정찰총국장은 장길수다. | | 장길수
북한 정찰총국장은 장길수가 맡게 됐다. | | 장길수
장길수가 북한 정찰총국장에 올랐다. | | 장길수
북한 후임 정찰총국장에는 장길수 대장이 임명됐다. | | 장길수
""".strip().splitlines()


@pytest.mark.parametrize("row", CHANGES)
def test_a_change_of_post_tells_who_lost_it_and_who_got_it(row: str) -> None:
    text, lost, got = (part.strip() for part in row.split("|"))
    found = {(str(e.kind), e.person): e.role for e in read(text).events}
    assert "정찰총국장" in found["appointment", got]
    assert {person for kind, person in found if kind == "dismissal"} == ({lost} if lost else set())


FOREIGN = """
블라디미르 푸틴 러시아 대통령이 세르게이 쇼이구 국방장관을 해임했다. | dismissal | 세르게이 쇼이구 | Russia |
리아드 히자브 시리아 총리가 요르단으로 망명했다고 알자지라가 보도했다. | defection | 리아드 히자브 | Syria | Jordan
쿠바의 라파엘 델 피노 장군이 경비행기를 몰고 미국으로 망명했다. | defection | 라파엘 델 피노 | Cuba | United States
리비아의 무사 쿠사 외무장관이 카다피 정권과 결별하고 영국으로 갔다. | defection | 무사 쿠사 | Libya | United Kingdom
중국은 친강 외교부장을 면직하고 후임에 왕이를 임명했다. | dismissal | 친강 | China |
쿠바 공산당은 미겔 디아스카넬을 총서기로 선출했다. | succession | 미겔 디아스카넬 | Cuba |
바샤르 알아사드 시리아 대통령이 가족과 함께 모스크바로 도피했다. | succession | 바샤르 알아사드 | Syria |
소련의 아르카디 셰브첸코 유엔 사무차장이 미국으로 망명했다. | defection | 아르카디 셰브첸코 | Soviet Union | United States
""".strip().splitlines()


@pytest.mark.parametrize("row", FOREIGN)
def test_foreign_names_and_other_regimes(row: str) -> None:
    text, kind, person, regime, goal = (part.strip() for part in row.split("|"))
    found = {(str(e.kind), e.person): e for e in read(text).events}
    assert found[kind, person].origin_regime == regime
    assert not goal or found[kind, person].destination == goal


NOTHING = """
북한 주민 4명이 목선을 타고 귀순했다.
북한 노동자 20명이 러시아에서 탈출했다.
북한이 유럽에 나가 있는 외교관 자녀들을 불러들이고 있다.
통일부는 북한 인민군 대좌의 망명 사실을 확인해 줄 수 없다고 밝혔다.
2016년 이후 한국에 온 북한 외교관은 10명이 넘는다.
북한 여자 배우 김은희가 주연으로 발탁됐다.
북한 당국은 체포조를 보내 처형 부대를 감시했다.
구단은 성적 부진의 책임을 물어 박성호 감독을 경질하고 이준영 코치를 후임에 임명했다.
여당 의원 두 명이 탈당해 야당에 입당했다.
""".strip().splitlines()


@pytest.mark.parametrize("text", NOTHING)
def test_who_is_of_no_elite_or_only_counted_is_no_event(text: str) -> None:
    assert events(text) == set()


def test_joined_objects_and_companions_share_an_event() -> None:
    found = events(
        "북한은 리용호 외무상과 리수용 당 국제부장을 한꺼번에 해임했다. 마원춘 국장은 변인선 국장과 함께 숙청됐다."
    )
    assert {("dismissal", "리용호", "asserted"), ("dismissal", "리수용", "asserted")} <= found
    assert {("purge", "마원춘", "asserted"), ("purge", "변인선", "asserted")} <= found


def test_each_appointed_has_the_post_beside_the_name() -> None:
    found = read("북한에서 쿠바 대사에 마철호, 라오스 대사에 리태웅이 임명됐다.").events
    assert {(e.person, e.role) for e in found} == {("마철호", "쿠바 대사"), ("리태웅", "라오스 대사")}


def test_a_subject_whose_clause_only_tells_when_is_not_the_one_concerned() -> None:
    text = "북한 대사대리 류현길은 박창식 대사가 추방되자 그해 한국으로 망명했다."
    assert {("dismissal", "박창식"), ("defection", "류현길")} == {row[:2] for row in events(text)}


def test_the_day_of_the_report_is_not_the_day_of_the_event() -> None:
    text = (
        "통일부는 14일 브리핑에서 김원홍 북한 국가보위상이 지난 1월 중순 해임됐다고 밝혔다. 김영철 부위원장도 물러났다."
    )
    when = {e.person: e.when.edtf() for e in read(text).events}
    assert when == {"김원홍": "2021-01-11/2021-01-20", "김영철": "../2021-06-14"}


def test_fields_come_from_the_phrase_of_the_one_concerned() -> None:
    text = "장성택 북한 국방위원회 부위원장의 매형인 전영진 쿠바 주재 대사와 조카인 장용철 말레이시아 주재 대사가 소환됐다."
    reading = read(text)
    posts = {e.person: (e.post_place, e.organisation) for e in reading.events}
    assert posts == {
        "전영진": ("Cuba", "쿠바 주재 북한대사관"),
        "장용철": ("Malaysia", "말레이시아 주재 북한대사관"),
    }
    ties = {(tie.ego, tie.relation, tie.alter) for tie in reading.ties}
    assert ties == {("전영진", "in_law_of", "장성택"), ("장용철", "nephew_of", "장성택")}


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("북한의 장성택은 김정은의 고모부다.", ("장성택", "uncle_of", "김정은")),
        ("전일춘의 사위인 류현우 북한 대사대리가 망명했다.", ("전일춘", "in_law_of", "류현우")),
        ("북한 김정일의 아들 김정은이 권력을 승계했다.", ("김정일", "father_of", "김정은")),
    ],
)
def test_ties_before_and_after_the_name(text: str, tie: tuple[str, str, str]) -> None:
    assert tie in {(t.ego, t.relation, t.alter) for t in read(text).ties}


def test_a_resignation_among_men_who_break_with_a_regime_is_a_break() -> None:
    text = "시리아 총리가 망명한 데 이어 칼리드 아유비 시리아 대사도 사임했다."
    assert ("defection", "칼리드 아유비", "asserted") in events(text)


WHOM = """
북한 대사 서명호에게는 귀국하라는 지시가 내려졌다. | recall 서명호
이란 법원은 핵협상단의 레자 도르리 차관에게 징역 5년을 선고했다. | purge 레자 도르리
북한은 김영준 차수를 인민무력부장에, 리영수 대장을 총참모장에 각각 임명했다. | appointment 김영준
북한은 김영준 차수를 인민무력부장에, 리영수 대장을 총참모장에 각각 임명했다. | appointment 리영수
조선중앙통신은 장정호를 북한 인민무력부장으로 불렀다. | appointment 장정호
북한 부부장 박만수와 국장 최길수도 강제 노역을 하고 있다. | purge 최길수
북한 해주시 당 간부 가운데 2명은 사형당했다. | execution 간부~가운데~2명
북한 정찰총국장 김길수가 물러나고 박만수 부국장이 그 뒤를 이었다. | appointment 박만수
북한 대사 장길수가 미국으로 망명한 데 이어 동생 장만수도 같은 길을 밟았다. | defection 장만수
북한 당 부장 리길수 역시 최만수에게 자리를 내준 것으로 확인됐다. | dismissal 리길수
북한은 처형된 장길수의 재판을 공개했다. | execution 장길수
시리아 법무차관 아흐메드 하셈은 "대통령은 학살을 저지른다"며 대통령의 퇴진을 요구하고 정권과 결별했다. | defection 아흐메드 하셈
북한 참사 홍길수가 추방되자 빈자리는 마동수 전 대사가 채웠다. | appointment 마동수
""".strip().splitlines()


@pytest.mark.parametrize("row", WHOM)
def test_whom_the_words_around_a_verb_mean(row: str) -> None:
    text, wanted = row.split(" | ")
    kind, name = wanted.split(" ", 1)
    assert (kind, name.replace("~", " ")) in {found[:2] for found in events(text)}


@pytest.mark.parametrize(
    "text",
    [
        "북한은 러시아에 대사 윤태수를 체포해 넘겨 달라고 요청했다.",
        "북한 외교관이 서울로 망명해 온 것은 이번이 처음이다.",
        "북한 조직지도부의 책임자가 공개 해임된 것은 이례적이다.",
        "북한 조종사가 전투기를 몰고 귀순하기는 20년 만에 처음이다.",
    ],
)
def test_what_is_demanded_or_only_measured_is_no_event(text: str) -> None:
    assert not events(text)


def test_an_heir_bears_the_post_of_the_one_before() -> None:
    text = "북한은 김길수 국가보위상을 경질하고 후임에 박만수 부상을 앉혔다."
    assert {(str(e.kind), e.person, e.role) for e in read(text).events} == {
        ("dismissal", "김길수", "국가보위상"),
        ("appointment", "박만수", "국가보위상"),
    }


def test_changes_told_of_one_sitting_have_its_day() -> None:
    text = "북한은 11일 최고인민회의에서 박봉수 총리를 해임했다. 총리에는 김영수 육해운상이 임명됐다."
    assert {(e.person, e.when.edtf()) for e in read(text).events} == {
        ("박봉수", "2021-06-11"),
        ("김영수", "2021-06-11"),
    }


def test_a_group_told_again_by_its_names_is_not_another_one() -> None:
    text = "북한이 당 간부 두 명을 내쳤다. 리만수 부장과 박태수 부위원장이 현직에서 해임됐다."
    assert {row[1] for row in events(text)} == {"리만수", "박태수"}


def test_a_list_of_cases_gives_each_one_its_own_year() -> None:
    text = (
        "1991년 고영만 콩고 대사관 1등서기관을 시작으로 1996년 현성수 잠비아 대사관 서기관, "
        "2016년 주영국 북한대사관의 태영수 공사 등이 각각 망명했다."
    )
    assert {(e.person, e.when.edtf()) for e in read(text).events} == {
        ("고영만", "1991"),
        ("현성수", "1996"),
        ("태영수", "2016"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "북한 리병철이 상무위원직에서 해임된 것으로 보인다.",
        "북한 당국의 검열로 염철성 등은 혁명화 조치됐다.",
        "조길수 이탈리아 주재 北대사대리가 지난달 한국으로 망명했다.",
        "북한은 현영수 인민무력부장, 김용진·최영건 부총리 등 고위층을 처형했다.",
    ],
)
def test_names_are_known_at_the_head_before_others_and_beside_the_north(text: str) -> None:
    named = {e.person for e in read(text).events}
    assert named in ({"리병철"}, {"염철성"}, {"조길수"}, {"현영수", "김용진", "최영건"})


def test_a_noun_has_the_date_before_its_owner() -> None:
    text = "북한 보위부는 2013년 12월 장성수 전 국방위원회 부위원장 처형을 주도했다."
    assert [(str(e.kind), e.person, e.when.edtf()) for e in read(text).events] == [("execution", "장성수", "2013-12")]


def test_men_of_another_country_are_not_of_the_regime() -> None:
    assert not events("벨라루스는 15일 우크라이나 외교관을 추방했다고 벨라루스 외무부가 밝혔다.")
