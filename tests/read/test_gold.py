"""The gold set keeps its format and its promises."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

GOLD = Path(__file__).resolve().parents[2] / "gold"
LABELS = sorted(GOLD.glob("[0-9]*.json"), key=lambda path: int(path.stem))
PART = r"^\| (\d{3,4})–(\d{3,4})" + r" \| (\d+)" * 5 + r" \| (\w+) \|$"


def _load(path: Path) -> tuple[dict[str, Any], str]:
    return json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def gold() -> list[tuple[dict[str, Any], str]]:
    return [_load(path) for path in LABELS]


def test_every_report_has_labels_that_fit_the_schema(gold: list[tuple[dict[str, Any], str]]) -> None:
    schema = Draft202012Validator(json.loads((GOLD / "schema.json").read_text(encoding="utf-8")))
    assert {path.stem for path in LABELS} == {path.stem for path in GOLD.glob("[0-9]*.txt")}
    assert [(labels["id"], error.message) for labels, _ in gold for error in schema.iter_errors(labels)] == []
    assert [path.stem for path in LABELS] == [labels["id"] for labels, _ in gold]


def test_named_persons_and_date_words_stand_in_the_text(gold: list[tuple[dict[str, Any], str]]) -> None:
    missing = [(labels["id"], name) for labels, text in gold for name in labels["persons"] if name not in text]
    for labels, text in gold:
        for event in labels["events"]:
            missing += [(labels["id"], event["person"])] if event["person"] not in {"", *labels["persons"]} else []
            missing += [(labels["id"], event["date_text"])] if event["date_text"].lower() not in text.lower() else []
    assert missing == []


def test_dates_parse_and_do_not_run_backwards(gold: list[tuple[dict[str, Any], str]]) -> None:
    for labels, _ in gold:
        assert date(1950, 1, 1) <= date.fromisoformat(labels["published"]) <= date(2026, 11, 28), labels["id"]
        for event in labels["events"]:
            days = [date.fromisoformat(day) for day in (event["date_earliest"], event["date_latest"]) if day]
            assert days == sorted(days), labels["id"]


def test_negatives_have_no_events_and_events_say_who(gold: list[tuple[dict[str, Any], str]]) -> None:
    for labels, _ in gold:
        assert labels["negative"] == (not labels["events"]), labels["id"]
        assert all(event["person"] or event["role"] for event in labels["events"]), labels["id"]


def test_split_follows_the_stated_rule(gold: list[tuple[dict[str, Any], str]]) -> None:
    for labels, _ in gold:
        number = int(labels["id"])
        sealed = 401 <= number <= 499 or 701 <= number <= 799 or 1031 <= number <= 1090
        assert labels["split"] == ("after" if sealed else "before"), labels["id"]


def test_size_and_kinds_are_what_the_readme_says(gold: list[tuple[dict[str, Any], str]]) -> None:
    told = re.findall(PART, (GOLD / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sum(int(row[2]) for row in told) == len(gold)
    for first, last, *numbers, split in told:
        part = [labels for labels, _ in gold if int(first) <= int(labels["id"]) <= int(last)]
        english, korean = (sum(labels["lang"] == lang for labels in part) for lang in ("en", "ko"))
        found = [len(part), english, korean, sum(labels["negative"] for labels in part)]
        assert [int(number) for number in numbers] == [*found, sum(len(labels["events"]) for labels in part)], first
        assert {labels["split"] for labels in part} == {split}, first


def test_no_sentence_of_practice_or_seed_is_repeated(gold: list[tuple[dict[str, Any], str]], shared: Path) -> None:
    others = [*(shared / "practice").glob("*.txt"), shared / "seed" / "editorial.txt"]
    known = set().union(*(_runs(path.read_text(encoding="utf-8")) for path in others))
    assert [(labels["id"], " ".join(run)) for labels, text in gold for run in _runs(text) & known] == []


def _runs(text: str) -> set[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
