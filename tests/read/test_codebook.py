"""The codebook: complete, versioned, and the same on the page of the docs."""

from __future__ import annotations

import csv
from pathlib import Path

from ostraka.model import EventKind, Status, TieKind
from ostraka.read.codebook import codebook, codebook_page
from ostraka.read.motives import motive_codes
from ostraka.read.policies import policy_kinds
from ostraka.read.triggers import event_kinds

ROOT = Path(__file__).resolve().parents[2]


def test_every_kind_status_and_tie_of_the_model_is_defined() -> None:
    book = codebook()
    assert set(book.events) == {str(kind) for kind in EventKind}
    assert set(book.statuses) == {str(status) for status in Status}
    assert set(book.ties) == {str(kind) for kind in TieKind}
    assert set(book.tiers) == {"1", "2", "3", "4"}


def test_the_grammar_uses_only_defined_codes() -> None:
    book = codebook()
    assert motive_codes() <= set(book.motives)
    assert policy_kinds() <= set(book.policies)
    assert {str(kind) for kind in event_kinds()} <= set(book.events)


def test_every_event_kind_has_a_crosswalk_and_every_code_a_definition() -> None:
    book = codebook()
    for code in book.events.values():
        assert set(code.crosswalk) == {"CAMEO", "PLOVER"}
    for section in (book.events, book.statuses, book.motives, book.ties, book.tiers, book.policies):
        assert all(code.definition.endswith(".") for code in section.values())


def test_motives_of_the_shipped_record_are_in_the_codebook(shared: Path) -> None:
    with (shared / "data" / "nk_defections.csv").open(encoding="utf-8") as rows:
        used = {code for row in csv.DictReader(rows) for code in row["stated_motives"].split("|") if code}
    assert used <= set(codebook().motives)


def test_the_page_of_the_docs_is_the_codebook() -> None:
    page = ROOT / "docs" / "codebook.md"
    assert page.read_text(encoding="utf-8") == codebook_page(), (
        "run: python -m ostraka.read.codebook > docs/codebook.md"
    )
