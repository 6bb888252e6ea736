"""Names: the practice pairs, laws, and families that must never merge."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.read.names import Verdict, compare_names

GROUPS = {
    "ko:latin": 0.99,
    "ko:cross": 0.97,
    "ko:native": 0.97,
    "ar:latin": 0.96,
    "ar:cross": 0.95,
    "ru": 0.97,
    "zh": 0.97,
    "fa_other": 0.95,
}


@pytest.fixture(scope="module")
def pairs(shared: Path) -> list[dict[str, str]]:
    with (shared / "data" / "name_pairs.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["same"] in {"0", "1"}]


def _f1(rows: list[dict[str, str]]) -> float:
    hits = false = missed = 0
    for row in rows:
        said = compare_names(row["name_a"], row["name_b"]).verdict is Verdict.SAME
        hits += said and row["same"] == "1"
        false += said and row["same"] == "0"
        missed += not said and row["same"] == "1"
    return 2 * hits / (2 * hits + false + missed)


def test_practice_pairs_by_tradition(pairs: list[dict[str, str]]) -> None:
    groups = defaultdict(list)
    for row in pairs:
        groups[
            next(g for g in (*GROUPS, row["script/romanisation"]) if row["script/romanisation"].startswith(g))
        ].append(row)
    assert {group: round(_f1(groups[group]), 3) for group in GROUPS if _f1(groups[group]) < GROUPS[group]} == {}


def test_no_two_of_the_practice_negatives_merge(pairs: list[dict[str, str]]) -> None:
    assert [
        (row["name_a"], row["name_b"])
        for row in pairs
        if row["same"] == "0" and compare_names(row["name_a"], row["name_b"]).verdict is Verdict.SAME
    ] == []


TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "Kim",
                "Jong-un",
                "태영호",
                "al",
                "Assad",
                "Tlass",
                "金",
                "正恩",
                "-",
                ",",
                "Gen.",
                "Ли",
                "محمد",
                "Hsiao-p'ing",
                "😀",
            ]
        ),
        max_size=5,
    ).map(" ".join),
)


@given(TEXTS, TEXTS)
def test_comparison_is_symmetric_total_and_bounded(a: str, b: str) -> None:
    found = compare_names(a, b)
    assert found == compare_names(b, a)
    assert 0 <= found.score <= 1
    assert (found.score >= 0.5) == (found.verdict is Verdict.SAME)
    assert found.why


@given(TEXTS)
def test_a_spelling_is_never_different_from_itself(a: str) -> None:
    assert compare_names(a, a).verdict is not Verdict.DIFFERENT
