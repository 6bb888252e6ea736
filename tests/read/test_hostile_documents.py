"""Documents built to deceive, by the rows of the list of attacks: each is read as data, and every quote is what is stored."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from ostraka.read import Reading, read_file, read_paths, read_text, reading_json

SAID = "SEOUL, July 16, 2024 - Ri Sang-ok, a North Korean consul in Havana, defected to South Korea in May."


def told(reading: Reading) -> set[tuple[str, str]]:
    return {(str(event.kind), event.person) for event in reading.events}


def is_exact(reading: Reading) -> bool:
    text = reading.report.text
    return all(text[s.span.start : s.span.end] == s.span.quote for s in reading.statements)


def test_a_billion_laughs_stay_untold(tmp_path: Path) -> None:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY l0 "lol">{rows}]><html><body><p>{SAID}</p><p>&l9;</p></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    reading, _ = read_file(tmp_path / "a.html")
    assert reading is not None
    assert len(reading.report.text) < len(page)
    assert told(reading) == {("defection", "Ri Sang-ok")}


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    page = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "secret.txt">]><html><body><p>{SAID} &x;</p></body></html>'
    (tmp_path / "a.xhtml").write_text(page, encoding="utf-8")
    reading, _ = read_file(tmp_path / "a.xhtml")
    assert reading is not None
    assert "secret" not in reading.report.text.replace("secret.txt", "")
    assert told(reading) == {("defection", "Ri Sang-ok")}


@pytest.mark.parametrize(
    ("trick", "warning"),
    [
        (SAID.replace("Ri Sang-ok", "R\u0456 Sang-ok"), "alphabets that look alike"),
        (SAID.replace("Havana", "Hav\u200bana"), "without width"),
        (SAID.replace("a North", "\u202ea North\u202c"), "direction"),
        (SAID.replace("Havana", "Hav\u00adana"), "without width"),
        (SAID.replace("in May", "in\x00 May"), "control"),
    ],
)
def test_what_deceives_the_eye_is_named_and_stored_as_it_is(trick: str, warning: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(trick, encoding="utf-8")
    reading, problems = read_file(tmp_path / "a.txt")
    assert reading is not None
    assert reading.report.text == trick
    assert is_exact(reading)
    assert any(warning in problem.message for problem in problems), [problem.message for problem in problems]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_offsets_count_the_characters_that_are_stored(form: Literal["NFC", "NFD", "NFKD"]) -> None:
    text = unicodedata.normalize(form, "SÉOUL, July 16, 2024 - Café owners wept. " + SAID.partition(" - ")[2])
    reading, _ = read_text(text)
    assert reading.report.text == text
    assert told(reading) == {("defection", "Ri Sang-ok")}
    assert is_exact(reading)


def test_half_a_character_does_not_stop_the_reader() -> None:
    reading, _ = read_text(f"\ud800 {SAID}")
    assert told(reading) == {("defection", "Ri Sang-ok")}
    assert is_exact(reading)
    assert json.loads(json.dumps(reading_json(reading)))["events"]


def test_words_hidden_on_a_page_are_not_read(tmp_path: Path) -> None:
    hidden = "Gen. Pak Song-il, the defence minister, was executed in June."
    page = f'<html><body><p>{SAID}</p><p style="display:none">{hidden}</p><div hidden>{hidden}</div></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    reading, problems = read_file(tmp_path / "a.html")
    assert reading is not None
    assert told(reading) == {("defection", "Ri Sang-ok")}
    assert any("hidden on this page" in problem.message for problem in problems)


def test_names_of_files_are_only_names(tmp_path: Path) -> None:
    for name in (
        "--json.txt",
        "$(touch pwned).txt",
        "a;b|c.txt",
        "\u202etxt.exe.txt",
        "n" * 200 + ".txt",
        "line\nbreak.txt",
    ):
        (tmp_path / name).write_text(SAID, encoding="utf-8")
    found = list(read_paths([tmp_path]))
    assert len(found) == 6
    assert all(reading is not None and told(reading) == {("defection", "Ri Sang-ok")} for _, reading, _ in found)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("shell", ["<div>", "<b><i>", "<table><tr><td>", "<ul><li>"])
def test_a_page_nested_without_end_is_read(shell: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{shell * 20_000}<p>{SAID}</p></body></html>", encoding="utf-8")
    started = time.process_time()
    reading, _ = read_file(tmp_path / "a.html")
    assert time.process_time() - started < 10
    assert reading is not None
    assert told(reading) == {("defection", "Ri Sang-ok")}
