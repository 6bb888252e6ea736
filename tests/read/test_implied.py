"""Bodies that a role names by itself."""

from __future__ import annotations

import pytest

from ostraka.read.implied import office_of, service_of


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("prime minister", "government"),
        ("vice premier", "cabinet"),
        ("former deputy prime minister", "cabinet"),
        ("provincial party secretary", "party"),
        ("first secretary", ""),
        ("politburo member", "Politburo"),
        ("minister of trade", "trade ministry"),
        ("minister of trade for ten years", "trade ministry"),
        ("new trade minister", "trade ministry"),
        ("vice-premier", "cabinet"),
        ("minister of one month", ""),
        ("eight new ministers", ""),
        ("new minister", ""),
    ],
)
def test_office(role: str, body: str) -> None:
    assert office_of(role) == body


@pytest.mark.parametrize(
    ("role", "body"), [("chief of staff", "army"), ("chief of the general staff", "general staff"), ("staff nurse", "")]
)
def test_service(role: str, body: str) -> None:
    assert service_of(role) == body
