"""One event told twice in a news report: by a group and by its names, without a name and with it, by two posts of one man."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read.reader import read_quickly, read_text

PUBLISHED = date(2024, 7, 16)


def _told(text: str) -> list[tuple[str, str]]:
    reading, _ = read_quickly(Report(text, published=PUBLISHED, lang="en"))
    return [(str(event.kind), event.person) for event in reading.events]


def test_a_group_gives_way_to_all_its_names() -> None:
    lead = "China has expelled two generals from the Communist Party."
    names = "General Fang Guowei was expelled on Monday. General Ma Liqun was expelled as well."
    assert _told(f"{lead} {names}") == [("purge", "Fang Guowei"), ("purge", "Ma Liqun")]
    assert "purge" in [
        kind for kind, person in _told(f"{lead} General Fang Guowei was expelled.") if person != "Fang Guowei"
    ]


@pytest.mark.parametrize(
    ("second", "persons"),
    [
        ("A newspaper wrote that diplomat Ri Chol-su fled to South Korea with his wife last November.", ["Ri Chol-su"]),
        ("A newspaper wrote that colonel Ri Chol-su fled to South Korea with his wife last November.", 2),
        ("A newspaper wrote that diplomat Ri Chol-su fled to Italy with his wife last November.", 2),
    ],
)
def test_who_is_named_next_is_the_one_of_the_lead(second: str, persons: list[str] | int) -> None:
    found = [
        person for _, person in _told(f"A North Korean diplomat in Cuba has fled to South Korea, Seoul said. {second}")
    ]
    assert found == persons if isinstance(persons, list) else len(found) == persons


def test_a_post_with_its_letters_and_another_are_of_one_man() -> None:
    text = (
        "Fang Guowei, former member of China's Central Military Commission (CMC) and former chief of staff of the army, has been"
        " expelled from the party."
    )
    assert _told(text) == [("purge", "Fang Guowei")]


def test_recent_years_are_of_several() -> None:
    one, _ = read_text(
        "A North Korean envoy has fled to Seoul, the latest of many in recent years.", published=PUBLISHED, lang="en"
    )
    many, _ = read_text("Three North Korean envoys have fled to Seoul in recent years.", published=PUBLISHED, lang="en")
    assert [event.when.earliest for event in one.events] == [None]
    assert all(event.when.earliest is not None for event in many.events)


OFFICER = "A Syrian air force officer has defected to Jordan, a source in Amman said."
JUDGE = "A former vice president of China's Supreme Court was arrested on Tuesday."


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        (f"{OFFICER} The source identified him as Brigadier General Faris Saleh.", ["Faris Saleh"]),
        (f"{OFFICER} Faris Saleh, 41, head of a workshop, fled on Monday.", ["Faris Saleh"]),
        (f"{OFFICER} Another officer, Faris Saleh, fled on Monday.", 2),
        (f"{OFFICER} Faris Saleh fled on Monday, too.", 2),
        (f"{OFFICER} A second secretary in Rome, Faris Saleh, fled on Monday.", 2),
        (f"{OFFICER} His wife, Huda Saleh, fled on Monday.", 2),
        (f"{JUDGE} Zhang Wei, 52, once an expert on patents, had served since 1990.", ["Zhang Wei"]),
        (f"{JUDGE} Zhang Wei, 52, head of a Beijing institute, said that nobody was surprised.", [""]),
        ("A North Korean colonel has fled to Seoul. Captain Ri Chol-su fled on Monday.", 2),
        ("Syria's deputy oil minister has defected. The oil minister, Khaled Shami, has fled.", 2),
        ("A pilot and a consul have defected from Cuba. The consul is Pedro Rojas, 45.", ["Pedro Rojas"]),
        (
            "Police gave up the search for a Soviet third secretary who defected in May. Yuri Penkin, 36, was a spy.",
            ["Yuri Penkin"],
        ),
        (
            "Seoul denied that a North Korean vice minister has defected. A paper wrote that Kim Chol-su, 58, came in May.",
            ["Kim Chol-su"],
        ),
        (
            "The North Korean consul general in Milan, Ri Chol-su, fled on Monday. The consul fled alone.",
            ["Ri Chol-su"],
        ),
    ],
)
def test_who_is_told_of_without_a_name_first(text: str, persons: list[str] | int) -> None:
    found, _ = read_quickly(Report(text, published=PUBLISHED, lang="en"))
    named = [event.person if event.named else "" for event in found.events]
    assert named == persons if isinstance(persons, list) else len(named) == persons


def test_members_named_after_one_of_them_and_the_others() -> None:
    lead = "Wang Li, widow of China's late chairman, and three other members of the Politburo were arrested on Monday."
    names = "Liu Wei was arrested at home. Chen Gang was arrested at the airport. Fang Min was arrested in Shanghai."
    assert {"Liu Wei", "Chen Gang", "Fang Min"} >= {person for _, person in _told(f"{lead} {names}")}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The third secretary of the North Korean embassy here, Ri Chol-su, has defected.", "Ri Chol-su"),
        (
            "The first secretary of the Tashkent region's party committee, Boris Azimov, was dismissed on Saturday.",
            "Boris Azimov",
        ),
        (
            "The commander of North Korea's border troops, Colonel General Ri Chol-su, was arrested.",
            "Ri Chol-su",
        ),
        ("The minister's secretary, a colonel, Ryang Tong-il, was shot in North Korea in March.", "Ryang Tong-il"),
    ],
)
def test_a_name_told_after_more_than_a_comma(text: str, person: str) -> None:
    assert [who for _, who in _told(text)] == [person]


def test_kin_and_calling_are_one_but_kin_and_rank_are_two() -> None:
    found = _told(
        "President Pham Van Minh of Vietnam and his brother and adviser Hoang Nhu Tang were executed on Monday."
    )
    assert {person for _, person in found} == {"Pham Van Minh", "Hoang Nhu Tang"}


@pytest.mark.parametrize(
    ("second", "persons"),
    [
        ("망명을 요청한 사람은 3등서기관 리철수(38)씨와 부인, 아들 세 식구다.", 1),
        ("외교관 리철수씨도 망명했다.", 2),
        ("외교관 리철수(38)씨는 5월에 탈북했다.", 2),
    ],
)
def test_a_single_diplomat_is_named_in_korean(second: str, persons: int) -> None:
    text = f"로마의 북한대표부에 있던 외교관 한 명이 4일 한국대사관을 찾아 망명을 요청했다. {second}"
    found, _ = read_quickly(Report(text, published=date(1998, 2, 6), lang="ko"))
    assert len({event.person for event in found.events}) == persons


def test_who_is_only_confirmed_to_have_fled_was_told_of_before() -> None:
    lead = "Rami Haddad, Syria's consul in Oslo, has asked for asylum in Norway."
    assert _told(f"{lead} A spokesman confirmed that a diplomat had applied for asylum.") == [
        ("defection", "Rami Haddad")
    ]
    assert len(_told(f"{lead} A spokesman said that a colonel had applied for asylum.")) == 2
    assert len(_told(f"{lead} A spokesman confirmed that a colonel had applied for asylum.")) == 2
