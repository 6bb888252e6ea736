from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ostraka.case import Case
from ostraka.errors import InputError, RegisterError
from ostraka.model import Claim, Judgement, Operator, Report, Statement, Verdict
from ostraka.read.reading import Reading
from ostraka.register import Register

Make = Callable[..., Reading]


def test_adding_the_same_reading_again_adds_nothing(make: Make) -> None:
    reading = make("A colonel left.", events=[{"person": "Kim Chol-su", "role": "colonel"}])
    with Register() as register:
        assert register.add(reading) == len(reading.statements) > 0
        assert register.add(reading) == 0
        assert register.readings() == (reading,)


def test_a_reading_comes_back_as_it_went_in_with_claims_and_quotes() -> None:
    report = Report("At least five have left since February. — é한", lang="en", publisher="P", url="https://e.org/1")
    claim = Claim(
        report.quote(0, 13), "claim", "defectors", "number", "At least five", low=5.0, operator=Operator.AT_LEAST
    )
    reading = Reading.of(report, [claim, Statement(report.quote(42, 44), "person", "é한", "name", "é한")])
    with Register() as register:
        register.add(reading)
        (back,) = register.readings()
    assert back == reading
    assert back.claims[0].low == 5.0


def test_a_register_keeps_what_it_holds_when_closed_and_opened(tmp_path: Path, make: Make, record: Case) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        register.add(make("x"))
        register.add_case(record)
    with Register.open(f"sqlite:///{file}") as register:
        assert len(register.readings()) == 1
        assert register.freeze("North Korea")[0] == record


def test_a_record_added_twice_adds_nothing_and_comes_back_whole(record: Case) -> None:
    with Register() as register:
        assert register.add_case(record) > 300
        assert register.add_case(record) == 0
        assert register.freeze("DPRK")[0] == record


def test_create_refuses_what_is_there_and_open_what_is_not(tmp_path: Path) -> None:
    file = str(tmp_path / "r.db")
    with pytest.raises(RegisterError, match="there is no register"):
        Register.open(file)
    Register.create(file).close()
    with pytest.raises(RegisterError, match="is there already"):
        Register.create(file)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    file.write_bytes(b"not a database at all, whatever its name says" * 50)
    with pytest.raises(RegisterError, match="is not a register"):
        Register(str(file))
    assert file.read_bytes().startswith(b"not a database")


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(RegisterError, match="no register"):
        Register(str(file))


def test_a_damaged_file_is_named(tmp_path: Path, make: Make) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        for number in range(50):
            register.add(make(f"report {number} " * 200))
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(RegisterError, match="damaged"), Register(str(file)) as register:
        register.readings()


def test_a_locked_register_says_so_and_writes_nothing(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ostraka.register.database._PATIENCE_S", 0.05)
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterError, match="locked by another writer; nothing was written"):
            register.add(make("x"))
        other.execute("ROLLBACK")
        other.close()
        assert register.add(make("x")) == 0
        assert len(register.readings()) == 1


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(RegisterError, match="SQLite or PostgreSQL"):
        Register("mysql://there/x")


@pytest.mark.parametrize("table", ["report", "statement", "record", "fact", "holding", "judgement", "log"])
@pytest.mark.parametrize("change", ["UPDATE {} SET entry = entry", "DELETE FROM {}"])
def test_rows_cannot_be_changed_or_deleted(tmp_path: Path, make: Make, record: Case, table: str, change: str) -> None:
    file = tmp_path / "r.db"
    reading = make("x", events=[{"person": "Kim Chol-su"}])
    with Register(str(file)) as register:
        register.add(reading)
        register.add_case(record)
        register.judge(Judgement((reading.statements[0].id,), Verdict.ACCEPT, "a", "2026-01-01T00:00:00Z"))
    connection = sqlite3.connect(file)
    with pytest.raises(sqlite3.IntegrityError, match="never changed or deleted"):
        connection.execute(change.format(table))
    connection.close()


def test_a_statement_that_does_not_quote_its_report_is_refused_and_nothing_is_written(make: Make) -> None:
    reading = make("one", events=[{"person": "Kim Chol-su"}])
    other = Report("two", published=reading.report.published)
    bad = Reading(other, reading.statements, (), (), (), ())
    with Register() as register:
        with pytest.raises(InputError, match="does not quote"):
            register.add(bad)
        assert register.readings() == ()


def test_a_statement_under_a_false_id_is_refused(make: Make) -> None:
    reading = make("one", events=[{"person": "Kim Chol-su"}])
    forged = replace(reading.statements[0], object="somebody else", id=reading.statements[0].id)
    with Register() as register, pytest.raises(InputError, match="not what its id says"):
        register.add(Reading(reading.report, (forged,), (), (), (), ()))


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_characters_that_no_database_stores_are_refused(make: Make, character: str) -> None:
    with Register() as register, pytest.raises(InputError, match="is no text"):
        register.add(make(f"a{character}b"))


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_nor_are_those_of_a_record_or_of_a_question(record: Case, character: str) -> None:
    bad = record.remake(people=[replace(record.people[0], aliases=(f"a{character}b",)), *record.people[1:]])
    with Register() as register:
        with pytest.raises(InputError, match="is no text"):
            register.add_case(bad)
        assert register.regimes() == ()
        if character != "\x00":
            with pytest.raises(InputError, match="is no text"):
                register.view(f"a{character}b")
            with pytest.raises(InputError, match="is no text"):
                register.note("export", {"reason": character})
        assert register.verify() == ()


def test_quotes_and_wildcards_are_text(make: Make) -> None:
    name = "Robert'); DROP TABLE statement;-- %_\\"
    with Register() as register:
        register.add(make("x", events=[{"person": name}]))
        assert register.readings()[0].persons[0].name == name


def test_the_newest_codebook_is_what_a_report_says_whatever_was_added_first(make: Make) -> None:
    old = make("x", events=[{"person": "Kim Chol-su"}], codebook="1.9")
    new = make("x", events=[{"person": "Kim Chol-su", "role": "colonel"}], codebook="1.10")
    for order in ((old, new), (new, old)):
        with Register() as register:
            for reading in order:
                register.add(reading)
            assert register.readings() == (new,)
