"""What a register does when the machine fails it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from ostraka.case import Case
from ostraka.errors import OstrakaError, RegisterError
from ostraka.model import Report
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.database import Database

Make = Callable[..., Reading]

WRITER = """
import sys
from ostraka.model import Report, Statement
from ostraka.read.reading import Reading
from ostraka.register import Register
register = Register(sys.argv[1])
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 10_000):
    words = f"report {number} " + "word " * 20
    report = Report(words)
    said = [Statement(report.quote(i, i + 4), "person", f"p{number}-{i}", "described", "x") for i in range(60)]
    register.add(Reading.of(report, said))
    print(number, flush=True)
"""


def start_writer(file: Path, first: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(file), str(first)], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_killed_at_any_moment_it_loses_no_committed_report_and_keeps_no_half_one(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    Register(str(file)).close()
    confirmed: set[str] = set()
    for attempt in range(8):
        writer = start_writer(file, attempt * 10_000)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep((attempt * 37 % 150) / 1000)
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        confirmed |= {f"report {line} " for line in (first + rest).split()}
    with Register(str(file)) as register:
        readings = register.readings()
        assert register.verify() == ()
    assert all(len(reading.statements) == 60 for reading in readings)
    words = [reading.report.text for reading in readings]
    assert all(any(text.startswith(wanted) for text in words) for wanted in confirmed)
    assert len(readings) - len(confirmed) <= 8


@pytest.mark.slow
def test_two_writers_at_once_both_succeed(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    Register(str(file)).close()
    writers = [start_writer(file, 0), start_writer(file, 50_000)]
    lines: list[list[str]] = []
    for writer in writers:
        assert writer.stdout is not None
        lines.append([writer.stdout.readline() for _ in range(15)])
    for writer in writers:
        writer.kill()
        writer.communicate()
    with Register(str(file)) as register:
        texts = {reading.report.text.split(" word")[0] for reading in register.readings()}
        assert register.verify() == ()
    assert {f"report {line.strip()}" for found in lines for line in found} <= texts


def test_threads_that_add_the_same_reading_add_it_once(tmp_path: Path, make: Make) -> None:
    file = tmp_path / "r.db"
    Register(str(file)).close()
    reading = make("one", events=[{"person": "Han Ryong-su"}])

    def add(_: int) -> int:
        with Register(str(file)) as register:
            return register.add(reading)

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(add, range(8)))
    assert sorted(added) == [0] * 7 + [len(reading.statements)]


def test_a_read_only_file_says_so_and_can_still_be_read(tmp_path: Path, make: Make, record: Case) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        register.add_case(record)
    with Register(f"sqlite:///file:{file}?mode=ro&uri=true") as register:
        assert register.freeze("North Korea")[0] == record
        with pytest.raises(RegisterError, match="is read-only; nothing was written"):
            register.add(make("x"))


def test_a_full_disk_says_so_and_writes_nothing(tmp_path: Path, make: Make) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        register.add(make("before"))
        with register._database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(RegisterError, match="disk is full; nothing was written"):
            register.add(make("after " * 50_000))
        assert [reading.report.text for reading in register.readings()] == ["before"]
        assert register.verify() == ()


FILLER = """
import os, resource, sys
from ostraka.errors import RegisterError
from ostraka.model import Report
from ostraka.read.reading import Reading
from ostraka.register import Register
register = Register(sys.argv[1])
limit = os.path.getsize(sys.argv[1]) + 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    for number in range(100):
        register.add(Reading.of(Report(f"report {number} " * 3000), []))
except RegisterError as error:
    print(number, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_file_that_may_not_grow_keeps_what_was_added_before(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    told = subprocess.run([sys.executable, "-c", FILLER, str(file)], capture_output=True, text=True, check=True).stdout
    number, _, message = told.partition(" ")
    assert "nothing was written" in message
    with Register(str(file)) as register:
        assert len(register.readings()) == int(number)
        assert register.verify() == ()
        assert register.add(Reading.of(Report("after"), [])) == 0


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_random_damage_gives_an_answer_or_a_plain_error(
    tmp_path: Path, make: Make, record: Case, seed: int
) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        register.add_case(record)
        register.add(make("report " * 30, events=[{"person": "Han Ryong-su", "when": "2016-08"}]))
    chance = Random(seed)  # noqa: S311 - damage, not secrets
    data = bytearray(file.read_bytes())
    for _ in range(4):
        start = chance.randrange(len(data))
        data[start : start + 2000] = chance.choice([bytes(2000), chance.randbytes(2000)])
    file.write_bytes(data)
    said = 0
    for ask in (Register.readings, Register.verify, lambda register: register.freeze("North Korea")):
        try:
            with Register(str(file)) as register:
                said += bool(ask(register))
        except OstrakaError as error:
            said += bool(str(error))
    assert said


def test_a_damaged_page_that_no_row_is_read_from_is_found(tmp_path: Path, record: Case) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        register.add_case(record)
        with register._database.engine.connect() as connection:
            size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
            first = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_holding_1'"
            start = (connection.exec_driver_sql(first).scalar_one() - 1) * size
        assert register.verify() == ()
    data = bytearray(file.read_bytes())
    data[start + size - 600 : start + size] = b"not a key " * 60
    file.write_bytes(data)
    with Register(str(file)) as register:
        found = register.verify()
    assert found
    assert found[0].where == "file"
    assert "is damaged" in found[0].message


def test_words_that_could_not_be_packed_away_are_named(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register(str(tmp_path / "r.db")) as register:
        register.add(make("Han Ryong-su", events=[{"person": "Han Ryong-su"}]))
        monkeypatch.setattr(register._database.engine, "raw_connection", _full)
        with pytest.raises(RegisterError, match="may still hold the old words"):
            register.erase(words=["Han Ryong-su"], by="ana", reason="asked for")


def _full() -> object:
    raise sqlite3.OperationalError("database or disk is full")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be opened; check that the folder exists"):
        Register(str(tmp_path / "nowhere" / "r.db"))


def test_a_register_half_made_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("power cut")

    file = tmp_path / "r.db"
    monkeypatch.setattr("ostraka.register.database.create_all", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        Register(str(file))
    monkeypatch.undo()
    with Register(str(file)) as register:
        assert register.readings() == ()


def test_a_write_that_fails_in_the_middle_leaves_nothing(
    held: Register, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held.head()
    monkeypatch.setattr("ostraka.register.ingest.audit.append", _append_then_fail)
    with pytest.raises(RuntimeError, match="power cut"):
        held.add(make("x", events=[{"person": "Han Ryong-su"}]))
    monkeypatch.undo()
    assert held.head() == before
    assert held.readings() == ()


def _append_then_fail(*_: object) -> int:
    raise RuntimeError("power cut")


def test_a_name_of_ten_megabytes_is_kept_or_refused_but_does_not_hang(held: Register, make: Make) -> None:
    held.add(make("x", events=[{"person": "Kim " + "x" * 10_000_000, "when": "2016-08"}]))
    started = time.monotonic()
    held.freeze("North Korea")
    assert time.monotonic() - started < 10


def test_the_database_gives_its_connections_back(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    register = Register(str(file))
    database: Database = register._database
    register.readings()
    register.close()
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    file.unlink()
