"""The reference pages leave nothing out and are not stale."""

from __future__ import annotations

import inspect
import re
import runpy
from pathlib import Path

import pytest

import ostraka
import ostraka.watch
from ostraka.case.columns import TABLES, Table
from ostraka.cli import EXIT_CODES
from ostraka.model import SECTORS, Confidence, EventKind, Status, TieKind

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def text(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_cli_page_is_what_the_help_says() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "build_cli_page.py"))["page"]()
    assert text("cli.md") == made, "run: python tools/build_cli_page.py"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_case_folder_page_explains_every_column(table: Table) -> None:
    section = text("case-folder.md").split(f"## {table.name}.csv")[1].split("\n## ")[0]
    assert [column for column in table.columns if f"`{column}`" not in section] == []


@pytest.mark.parametrize("values", [EventKind, Status, TieKind, Confidence, SECTORS])
def test_case_folder_page_lists_every_choice(values: list[str]) -> None:
    assert [str(value) for value in values if f"`{value}`" not in text("case-folder.md")] == []


def test_errors_page_has_every_exit_code() -> None:
    rows = {kind.__name__: code for kind, code in EXIT_CODES.items()}
    lines = text("errors.md").splitlines()
    for name, code in rows.items():
        assert any(line.startswith(f"| `{name}`") and line.endswith(f"| {code} |") for line in lines), name


def test_watch_page_has_every_question_with_its_arguments() -> None:
    page = text("watch.md")
    written = {match[1]: match[2] for match in re.finditer(r"`(\w+)\(([^`]*)\)`", page)}
    for name in ostraka.watch.__all__:
        asked = getattr(ostraka.watch, name)
        if not inspect.isfunction(asked):
            continue
        said = [part.split("=")[0].strip() for part in written[name].split(",")]
        taken = []
        for each in inspect.signature(asked).parameters.values():
            if each.kind is each.KEYWORD_ONLY and "*" not in taken:
                taken.append("*")
            taken.append(each.name)
        assert said == taken, name


def test_python_page_has_every_public_name() -> None:
    assert [name for name in ostraka.__all__ if f"`{name}" not in text("python.md")] == []
