"""SQLite and PostgreSQL give the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from ostraka.case import Case
from ostraka.errors import RegisterError
from ostraka.model import Judgement, Verdict
from ostraka.read.reading import Reading
from ostraka.register import Register

Make = Callable[..., Reading]
SPELLINGS = ("Han Ryong-su", "Han Ryong Su", "Tae Yong-ho", "태영호", "Кim% _\\ 'x\"", "Ri Yong-ho")


def clock() -> Callable[[], str]:
    tick = count()
    return lambda: f"2026-01-01T00:00:{next(tick):02}+00:00"


@pytest.fixture
def both(tmp_path: Path, postgres: str) -> Iterator[tuple[Register, Register]]:
    with Register(str(tmp_path / "r.db"), clock=clock()) as one, Register(postgres, clock=clock()) as other:
        yield one, other


def everything(register: Register) -> list[Any]:
    case, problems = register.freeze("North Korea")
    readings = register.readings()
    return [
        case.digest,
        problems,
        readings,
        [register.links(reading.report.id) for reading in readings],
        register.queue("North Korea"),
        [register.conflicts(event.id) for event in case.events[:20]],
        register.judgements(),
        register.head(),
        register.verify(register.head()),
        register.regimes(),
    ]


def test_the_same_steps_give_the_same_answers(both: tuple[Register, Register], record: Case, make: Make) -> None:
    for register in both:
        register.add_case(record)
        for number, name in enumerate(SPELLINGS):
            event = {"person": name, "role": "consul", "post_place": "Hanoi", "when": "2016-07", "destination": "Japan"}
            reading = make(f"report {number} 한국 é", f"2016-08-1{number}", events=[event], publisher=name)
            assert register.add(reading) == len(reading.statements)
            assert register.add(reading) == 0
        no = Judgement((reading.statements[0].id,), Verdict.REJECT, "ana", "2026-01-02T00:00:00Z", "%_'")
        register.judge(no, saw=register.view(reading.statements[0].id)["sha256"])
        register.correct(reading.statements[1].id, by="ana", reason="é", object="한")
        register.undo(no.id, by="ben", reason="no")
    one, other = map(everything, both)
    assert one == other


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=4), data=st.data())
def test_the_digest_does_not_depend_on_the_order_on_either(
    both: tuple[Register, Register], make: Make, names: list[str], data: st.DataObject
) -> None:
    readings = [
        make(f"{number} {name}", events=[{"person": name, "when": "2016-07"}]) for number, name in enumerate(names)
    ]
    for register, order in zip(both, (readings, data.draw(st.permutations(readings))), strict=True):
        for reading in order:
            register.add(reading)
    one, other = both
    assert one.freeze("North Korea")[0].digest == other.freeze("North Korea")[0].digest


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(11, 20), min_size=2, max_size=4), data=st.data())
def test_nor_on_the_order_in_which_versions_of_a_page_came(
    both: tuple[Register, Register], make: Make, days: list[int], data: st.DataObject
) -> None:
    url = f"https://e.org/{data.draw(st.integers(0, 10**9))}"
    readings = []
    for number, day in enumerate(days):
        event = {"person": SPELLINGS[number], "when": "2016-07", "destination": "Japan"}
        made = make(f"{url} {number}", "2016-08-11", events=[event], url=url)
        readings.append(Reading.of(replace(made.report, retrieved=date(2016, 8, day)), made.statements))
    for register, order in zip(both, (readings, data.draw(st.permutations(readings))), strict=True):
        for reading in order:
            register.add(reading)
    for as_of in (None, date(2016, 8, 15)):
        one, other = (register.freeze("North Korea", as_of=as_of)[0].digest for register in both)
        assert one == other


def test_rows_cannot_be_changed_there_either(postgres: str, make: Make) -> None:
    with Register(postgres) as register:
        register.add(make("x", events=[{"person": "Han Ryong-su"}]))
    engine = create_engine(postgres)
    for change in ("UPDATE statement SET object = 'x'", "DELETE FROM report", "TRUNCATE judgement CASCADE"):
        with pytest.raises(DBAPIError, match="never changed or deleted"), engine.begin() as connection:
            connection.execute(text(change))
    engine.dispose()


def test_two_writers_on_a_server_both_succeed(postgres: str, make: Make) -> None:
    Register(postgres).close()
    readings = [make(f"report {number}", events=[{"person": "Han Ryong-su"}]) for number in range(12)]

    def add(reading: Reading) -> int:
        with Register(postgres) as register:
            return register.add(reading)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(add, readings))
    with Register(postgres) as register:
        assert len(register.readings()) == 12
        assert register.verify() == ()


def test_a_server_that_is_not_there_says_so() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(RegisterError, match="cannot be reached"):
        Register("postgresql+psycopg://nobody@127.0.0.1:1/nothing")


def test_a_lock_held_too_long_says_so(postgres: str, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostraka.register.database._PATIENCE_S", 0.2)
    with Register(postgres) as register:
        engine = create_engine(postgres)
        with engine.begin() as other:
            other.execute(text("SELECT pg_advisory_xact_lock(91302474)"))
            with pytest.raises(RegisterError, match="locked by another writer; nothing was written"):
                register.add(make("x"))
        engine.dispose()
        register.add(make("x"))


def test_reading_needs_no_right_to_write(postgres: str, make: Make, record: Case) -> None:
    with Register(postgres) as register:
        register.add_case(record)
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    name = postgres.rpartition("/")[2]
    with engine.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    engine.dispose()
    with Register(postgres) as register:
        assert register.freeze("North Korea")[0] == record
        with pytest.raises(RegisterError, match="is read-only"):
            register.add(make("x"))
