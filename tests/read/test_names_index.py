"""The index never hides a name that a comparison would have called the same or ambiguous."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ostraka.read.names import compare_names
from ostraka.read.names_index import NameIndex
from ostraka.read.names_keys import keys_of

PIECES = [
    "Kim", "Jong-un", "Yong", "Chol", "Ri", "Hassan", "al-Assad", "Ali", "Reza", "Alireza", "Abdul", "Halim", "Yeltsin", "Boris",
    "Nikolayevich", "B.", "Lin", "Piao", "Biao", "Mao", "Tse-tung", "محمد", "رضا", "Ким", "Чен", "Ын", "Gaddafi", "Jalil", "Abu",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)


def _meet(a: str, b: str) -> bool:
    one, other = keys_of(a), keys_of(b)
    return bool(one.whole & other.whole or one.whole & other.heads or one.heads & other.whole)


@given(NAMES, NAMES)
def test_names_that_may_be_one_share_a_key(a: str, b: str) -> None:
    assert _meet(a, b) or compare_names(a, b).score == 0


def test_practice_pairs_share_a_key(shared: Path) -> None:
    with (shared / "data" / "name_pairs.csv").open(encoding="utf-8") as file:
        pairs = [(row["name_a"], row["name_b"]) for row in csv.DictReader(file)]
    names = sorted({name for pair in pairs for name in pair})
    hidden = [(a, b) for a, b in combinations(names, 2) if compare_names(a, b).score > 0 and not _meet(a, b)]
    assert hidden == []


def test_index_finds_before_and_after_it_settles() -> None:
    index = NameIndex()
    for n in range(3000):
        index.add(n, f"Kim Chol-{['su', 'ho', 'il', 'nam', 'min'][n % 5]}")
        if n in {10, 2999}:
            assert index.candidates("김철수") == list(range(0, n + 1, 5))
    index.add("late", "Kim Cheol-su")
    assert index.candidates("김철수")[-1] == "late"
    assert len(index) == 3001


def test_one_person_with_two_names_is_one_candidate() -> None:
    index = NameIndex()
    index.add("thae", "Thae Yong-ho")
    index.add("thae", "태영호")
    assert index.candidates("Tae Yong Ho") == ["thae"]


def test_a_family_name_alone_finds_its_bearers_and_is_found() -> None:
    index = NameIndex()
    index.add("full", "Jang Song-thaek")
    index.add("alone", "Jang")
    assert index.candidates("Jang") == ["full", "alone"]
    assert index.candidates("Jang Song-gil") == ["alone"]


@given(st.text(max_size=50))
def test_any_text_can_be_filed(name: str) -> None:
    index = NameIndex()
    index.add(1, name)
    assert index.candidates(name) == ([1] if keys_of(name).whole else [])
