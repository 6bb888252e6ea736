from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ostraka.case import Case
from ostraka.model import Judgement, Verdict
from ostraka.read.reading import Reading
from ostraka.register import Register

Make = Callable[..., Reading]


@pytest.fixture
def file(tmp_path: Path, make: Make, record: Case) -> Path:
    path = tmp_path / "r.db"
    with Register(str(path)) as register:
        register.add_case(record)
        for number in range(4):
            reading = make(f"report {number}", events=[{"person": "Han Ryong-su", "when": "2016-08"}])
            register.add(reading)
        target = reading.statements[0].id
        register.judge(Judgement((target,), Verdict.ACCEPT, "ana", "2026-01-01T00:00:00Z", "seen"))
        register.correct(target, by="ana", reason="wrong", object="another")
    return path


SWAP = """
UPDATE log SET entry = -1 WHERE entry = 3; UPDATE log SET entry = 3 WHERE entry = 4;
UPDATE log SET entry = 4 WHERE entry = -1;
"""
CUT = """
DELETE FROM statement WHERE entry >= 6; DELETE FROM judgement WHERE entry >= 6;
DELETE FROM mention WHERE entry >= 6; DELETE FROM log WHERE entry >= 6;
"""


def tamper(path: Path, sql: str) -> None:
    """Change a register as somebody with a database tool would: triggers first, then the rows."""
    connection = sqlite3.connect(path)
    triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.executescript(sql)
    connection.commit()
    connection.close()


def found(path: Path, head: str = "") -> str:
    with Register(str(path)) as register:
        return "\n".join(problem.line() for problem in register.verify(head))


def test_an_untouched_register_verifies(file: Path) -> None:
    with Register(str(file)) as register:
        head = register.head()
    assert found(file, head) == ""
    assert head.startswith("8:")


def test_a_head_kept_earlier_still_verifies_after_more_was_added(file: Path, make: Make) -> None:
    with Register(str(file)) as register:
        head = register.head()
        register.add(make("one more"))
    assert found(file, head) == ""


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE statement SET object = 'x' WHERE predicate = 'person'", "was changed: it is not what its id says"),
        ("UPDATE statement SET when_text = 'x' WHERE id = (SELECT min(id) FROM statement)", "no part of its id"),
        ("UPDATE report SET text = 'swapped' WHERE id = (SELECT min(id) FROM report)", "report "),
        ("UPDATE report SET publisher = 'x' WHERE id = (SELECT min(id) FROM report)", "not what its id says"),
        ("UPDATE fact SET body = replace(body, '\"high\"', '\"low\"') WHERE kind = 'events'", "fact "),
        ("UPDATE judgement SET reason = 'other' WHERE reason = 'seen'", "judgement ju-"),
        ("UPDATE judgement SET saw = 'other' WHERE reason = 'seen'", "no part of its id"),
        ("UPDATE record SET note = 'other'", "no part of its id"),
        ("UPDATE mention SET label = 'x' WHERE id = (SELECT min(id) FROM mention)", "mention "),
        ("DELETE FROM statement WHERE id = (SELECT min(id) FROM statement)", "was deleted"),
        ("DELETE FROM report WHERE id = (SELECT min(id) FROM report)", "was deleted"),
        ("DELETE FROM holding WHERE id = (SELECT min(id) FROM holding)", "holding "),
        ("DELETE FROM judgement WHERE reason = 'seen'", "judgement ju-"),
        ("UPDATE statement SET entry = 2 WHERE entry = 3", "added or moved without an entry"),
        ("UPDATE log SET at = '1999' WHERE entry = 3", "entry 3: was changed"),
        ("UPDATE log SET body = '{}' WHERE entry = 3", "entry 3: was changed"),
        ("DELETE FROM log WHERE entry = 3", "entry 4: follows entry 2: entries between them were deleted"),
        (SWAP, "does not follow the entry before it"),
    ],
)
def test_what_was_changed_is_found_and_named(file: Path, sql: str, says: str) -> None:
    tamper(file, sql)
    assert says in found(file)


def test_a_row_slipped_in_is_found(file: Path) -> None:
    tamper(
        file,
        "INSERT INTO judgement SELECT 'ju-forged', verdict, about, by, at, reason, saw, entry FROM judgement "
        "WHERE reason = 'seen'",
    )
    assert "judgement ju-forged: was added" in found(file)


def test_a_log_whose_end_was_cut_off_with_its_rows_is_found_by_a_kept_head(file: Path) -> None:
    with Register(str(file)) as register:
        head = register.head()
    tamper(file, CUT)
    assert "file of names of re-" in found(file)
    with Register(str(file)) as register:
        register.refile()
    assert found(file) == ""
    assert "its end was cut off" in found(file, head)


def test_the_log_holds_who_did_what_in_order(file: Path) -> None:
    connection = sqlite3.connect(file)
    kinds = [kind for (kind,) in connection.execute("SELECT kind FROM log ORDER BY entry")]
    connection.close()
    assert kinds == ["record", *["reading"] * 4, "judgement", "correction", "judgement"]
