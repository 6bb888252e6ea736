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
