"""Registers of every version that was ever written are opened by this one, with a copy kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from ostraka.case import Case
from ostraka.errors import RegisterError
from ostraka.read.reading import Reading
from ostraka.register import Register, migrations
from ostraka.register.tables import SCHEMA

Make = Callable[..., Reading]
RELEASED = sorted((Path(__file__).parent / "released").glob("schema_*.sql"))
HEADS = {
    1: "3:73a0bd662d955d7b62492e97a5b07e2a2c3697fb7fbf445ed2af8acf79116681",
    2: "8:4810f538134c63b10160fd981c1430d91b90f29d8a54e361741816a766321660",
    3: "9:d6d86e85284e4e142a23e35e7a0cf49be42bc92e5f74c7e4671c494d38d45ff0",
}
DIGESTS = {
    1: "51954750076215bc0262705b56955b888ec51b9572f2828b35be605127916794",
    2: "6cafc7beec09f79bed5eb378834252fffb0addcdc60f767615c55af28e9195b0",
    3: "6cafc7beec09f79bed5eb378834252fffb0addcdc60f767615c55af28e9195b0",
}
JUDGEMENTS = {1: 1, 2: 3, 3: 3}


def old_file(folder: Path, script: Path) -> Path:
    file = folder / "r.db"
    connection = sqlite3.connect(file)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    return file


def dump(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_every_version_before_this_one_has_a_file_and_a_step() -> None:
    assert sorted(migrations.STEPS) == list(range(1, SCHEMA))
    assert [int(path.stem.rpartition("_")[2]) for path in RELEASED] == sorted(HEADS) == sorted(migrations.STEPS)


@pytest.mark.parametrize("script", RELEASED, ids=lambda path: path.stem)
def test_an_old_register_is_brought_up_to_date_and_its_copy_kept(tmp_path: Path, script: Path) -> None:
    version = int(script.stem.rpartition("_")[2])
    file = old_file(tmp_path, script)
    whole = dump(file)
    with Register(str(file)) as register:
        assert register.freeze("Ruritania")[0].digest == DIGESTS[version]
        assert len(register.judgements()) == JUDGEMENTS[version]
        events = [
            link
            for reading in register.readings()
            for link in register.links(reading.report.id)
            if link.kind == "event"
        ]
        assert {(link.target_id, link.verdict) for link in events} == {("RU-2016-MUN", "same")}
        assert register.verify(HEADS[version]) == ()
        head = register.head()
    (copy,) = [path for path in tmp_path.iterdir() if path != file]
    assert copy.name == f"r.db.schema{version}"
    assert dump(copy) == whole
    with Register(str(file)) as register:
        assert register.head() == head
    assert len(list(tmp_path.iterdir())) == 2


def test_a_migrated_register_has_the_tables_and_indexes_of_a_new_one(tmp_path: Path) -> None:
    file = old_file(tmp_path, RELEASED[-1])
    Register(str(file)).close()
    Register(str(tmp_path / "new.db")).close()
    made = []
    for path in (file, tmp_path / "new.db"):
        connection = sqlite3.connect(path)
        made.append(sorted(connection.execute("SELECT type, name, tbl_name FROM sqlite_master").fetchall()))
        connection.close()
    assert made[0] == made[1]


def test_a_step_that_fails_changes_nothing_and_an_earlier_copy_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("power cut")

    file = old_file(tmp_path, RELEASED[0])
    whole = file.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", {1: fail})
    with pytest.raises(RuntimeError, match="power cut"):
        Register(str(file))
    assert file.read_bytes() == whole
    monkeypatch.undo()
    Register(str(file)).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.db", "r.db.schema1", "r.db.schema1.1"]


def test_an_old_register_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    file = old_file(tmp_path, RELEASED[0])
    whole = file.read_bytes()
    with pytest.raises(RegisterError, match=r"is of version 1 and must be brought to version 4 first.*read-only"):
        Register(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert file.read_bytes() == whole


def test_a_copy_that_cannot_be_kept_stops_the_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = old_file(tmp_path, RELEASED[0])
    whole = file.read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(RegisterError, match=r"cannot be copied.*No space left.*nothing was changed"):
        Register(str(file))
    assert file.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["r.db"]


def _open(file: str) -> str:
    with Register(file) as register:
        return register.head()


def test_two_that_open_an_old_register_at_once_migrate_it_once(tmp_path: Path) -> None:
    file = old_file(tmp_path, RELEASED[0])
    with ThreadPoolExecutor(4) as pool:
        heads = set(pool.map(_open, [str(file)] * 4))
    assert len(heads) == 1
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("value", ["99", "0", "", "one", "-1", "1.5"])
def test_a_register_of_another_version_is_refused_and_left_alone(tmp_path: Path, value: str) -> None:
    file = tmp_path / "r.db"
    Register(str(file)).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [value])
    connection.close()
    whole = file.read_bytes()
    with pytest.raises(RegisterError, match=r"is of version .*install the release that wrote it"):
        Register(str(file))
    assert file.read_bytes() == whole


def test_tables_on_a_server_are_copied_before_they_are_changed(postgres: str, make: Make, record: Case) -> None:
    reading = make("Thae has left.", events=[{"person": "Tae Yong Ho", "when": "2016-07"}])
    with Register(postgres) as register:
        register.add_case(record)
        register.add(reading)
        head = register.head()
    engine = create_engine(postgres)
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = '1'"))
        connection.execute(text("DROP INDEX ix_report_url"))
        connection.execute(text("DROP INDEX ix_log_kind"))
        connection.execute(text("DROP TABLE filed, filed_under"))
    with Register(postgres) as register:
        assert register.head() != head
        assert register.verify(head) == ()
        assert [link.verdict for link in register.links(reading.report.id) if link.kind == "event"] == ["same"]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM ostraka_schema1.meta")).scalar() == "1"
        names = connection.execute(text("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")).scalars()
        assert {"ix_report_url", "ix_log_kind"} <= set(names)
    engine.dispose()
