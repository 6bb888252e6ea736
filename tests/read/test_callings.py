"""Actors without a name, by role words in and outside the tables."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import EventKind, Report
from ostraka.read.extract import extract
from ostraka.read.reading import Reading


def actors(text: str) -> list[str]:
    report = Report(f"SEOUL, Aug. 20, 2024 - {text}", published=date(2024, 8, 20), lang="en")
    events = Reading.of(report, extract(report)[0]).events
    return [event.person for event in events if event.kind is EventKind.DEFECTION]


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("colonel of the reconnaissance bureau", "colonel"),
        ("man in charge of funds", "man"),
        ("man in his fifties who worked for Office 39", "man"),
        ("computer programmer working for the army", "programmer"),
        ("supervisor at the foreign ministry", "supervisor"),
        ("technician of the air force", "technician"),
        ("military doctor", "doctor"),
        ("company commander", "commander"),
        ("political commissar", "commissar"),
        ("camp commandant", "commandant"),
        ("employee of the embassy", "employee"),
        ("official of the ruling party's international department", "official"),
        ("high-ranking member of the party", "member"),
    ],
)
def test_who_has_no_name_is_found_by_what_he_does(phrase: str, word: str) -> None:
    [actor] = actors(
        f"A North Korean {phrase} has defected to South Korea, the newspaper Chosun Ilbo reported on Monday."
    )
    assert word in actor


@pytest.mark.parametrize("phrase", ["logger in Siberia", "letter", "woman", "film director", "waiter", "fisherman"])
def test_ordinary_people_and_things_stay_outside(phrase: str) -> None:
    assert actors(f"A North Korean {phrase} has defected to South Korea, a newspaper said.") == []
