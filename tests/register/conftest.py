"""Readings and registers for the tests of the register."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from ostraka.case import Case, shipped_case
from ostraka.dates import When
from ostraka.model import Report, Statement, Status
from ostraka.read.reading import Reading
from ostraka.register import Register

Fields = Mapping[str, Any]


def read(
    words: str,
    published: str | None = "2016-08-17",
    *,
    events: Sequence[Fields] = (),
    persons: Sequence[Fields] = (),
    ties: Sequence[tuple[str, str, str]] = (),
    publisher: str = "",
    url: str = "",
    codebook: str = "1",
) -> Reading:
    """A reading that says what the fields say, each statement quoting the whole report."""
    report = Report(words, publisher=publisher, url=url, published=date.fromisoformat(published) if published else None)
    span = report.quote(0, len(words))
    said: list[Statement] = []

    def say(kind: str, subject: str, predicate: str, value: str, **more: Any) -> None:
        said.append(Statement(span, kind, subject, predicate, value, coder="rules", codebook=codebook, **more))

    for person in persons:
        for predicate, value in person.items():
            say("person", person.get("label", person.get("name", "")), predicate, value)
    for event in events:
        label = event.get("label", f"{event.get('kind', 'defection')} of {event.get('person', 'somebody')}")
        more: dict[str, Any] = {
            "when": When.parse(event.get("when", "")),
            "status": Status(event.get("status", "asserted")),
        }
        say("event", label, "type", event.get("kind", "defection"), attributed_to=event.get("by", ""), **more)
        say("event", label, "origin_regime", event.get("regime", "North Korea"))
        for predicate in ("person", "role", "organisation", "post_place", "destination", "family_with", "number"):
            if predicate in event:
                say("event", label, predicate, event[predicate])
        if event.get("person") and event.get("named", True):
            say("person", event["person"], "name", event["person"])
    for ego, relation, alter in ties:
        say("tie", ego, relation, alter)
    return Reading.of(report, said)


@pytest.fixture(scope="session")
def make() -> Callable[..., Reading]:
    return read


@pytest.fixture(scope="session")
def record() -> Case:
    return shipped_case("North Korea")


@pytest.fixture(scope="session")
def shipped(record: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register that holds the shipped record; to be copied, not written."""
    file = tmp_path_factory.mktemp("shipped") / "r.db"
    with Register(str(file)) as register:
        register.add_case(record)
    return file


@pytest.fixture
def held(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register that holds the shipped record."""
    with Register(str(shutil.copyfile(shipped, tmp_path_factory.mktemp("held") / "r.db"))) as register:
        yield register


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    address = os.environ.get("OSTRAKA_TEST_POSTGRES", "")
    if not address:
        pytest.skip(
            "needs PostgreSQL: set OSTRAKA_TEST_POSTGRES to the address of a server where databases may be made"
        )
    pytest.importorskip("psycopg")
    name = f"ostraka_{uuid.uuid4().hex[:12]}"
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(address).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        server.dispose()
