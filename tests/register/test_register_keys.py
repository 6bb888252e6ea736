"""Names and posts are filed under the keys of the version that a register says; other keys need another version."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import RegisterError
from ostraka.model import EventKind, Status
from ostraka.read.reading import Reading
from ostraka.read.titles import table
from ostraka.register import Register, keys
from ostraka.register.keys import KEYS, asked_keys, hashed, name_keys, open_post_keys, post_keys
from ostraka.register.posts import Post
from ostraka.register.profiles import Telling

Make = Callable[..., Reading]
MADE_WITH = {1: "1918b8d8ff7750435cdd17f93d2e50065b710ca93a5477d19a33f7402db3545e"}
"""For each version of the keys the hash of those of the names and posts below; a version once written is not changed."""

SETS = ("", "_third", "_fourth", "_fifth", "_sixth", "_unseen")


def names() -> Iterator[str]:
    """Every spelling of the sets of mentions, and every form of the tables of given and of known names."""
    for name in SETS:
        with (Path(__file__).parent / f"who_is_who{name}.csv").open(encoding="utf-8", newline="") as rows:
            yield from (row["name"] for row in csv.DictReader(rows) if row["name"])
    for name in ("given_names.csv", "known_names.csv"):
        lines = [line for line in table(name).splitlines() if not line.startswith("#")]
        for row in csv.reader(lines[1:]):
            yield from (form for cell in row[:2] for form in (cell, *(f"{word} Rahimov" for word in cell.split())))


def tellings() -> Iterator[Telling]:
    """Posts in countries, cities and regions, of bodies with a name and without, of one person and of many."""
    for place in ("", "Cuba", "Hanoi", "Southeast Asia", "North Korea", "St Petersburg", "Hong Kong"):
        for role, body in (("third secretary", "Embassy"), ("colonel of signals", "Reconnaissance Bureau")):
            for kind in EventKind:
                post = Post(role, f"North Korean {body}", place, "North Korea")
                when, status = When.on(date(2016, 7, 1)), Status.ASSERTED
                yield Telling("t", "r", "l", kind, "", named=False, post=post, destination="", when=when, status=status)


def digest() -> str:
    """The hash of all keys of names and posts."""
    found = hashlib.sha256()
    for name in sorted(set(names())):
        made = name_keys([name])
        for drawer, own in (("whole", made.whole), ("heads", made.heads)):
            found.update(repr((name, drawer, sorted(own), sorted(hashed("north korea", drawer, own)))).encode())
    for telling in tellings():
        made_of = [sorted(way(telling)) for way in (post_keys, open_post_keys, asked_keys)]
        found.update(repr((telling.post.place, telling.post.role, str(telling.kind), made_of)).encode())
    return found.hexdigest()


def test_other_keys_have_another_version() -> None:
    assert MADE_WITH.get(KEYS) == digest(), (
        "a name or a post gets other keys than version "
        f"{KEYS} of the keys gave: registers filed under the old ones would miss somebody. Raise KEYS in "
        "src/ostraka/register/keys.py by one and write the new hash beside it in MADE_WITH here (the old line stays); "
        "a register is then filed anew when it is opened."
    )


def test_a_key_that_changes_changes_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    monkeypatch.setattr("ostraka.register.keys.combinations", lambda *_: [])
    assert digest() != before


def emptied(file: Path, version: str) -> None:
    """A register of which the file of names is gone and the version of its keys is another."""
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM filed_under")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'keys'", [version])
    connection.close()


@pytest.mark.parametrize("version", ["0", "99", "", "one"])
def test_a_register_filed_with_other_keys_is_filed_anew_when_opened(
    tmp_path: Path, make: Make, record: Case, version: str
) -> None:
    file = tmp_path / "r.db"
    reading = make("Thae has left.", events=[{"person": "Tae Yong Ho", "when": "2016-07"}])
    with Register(str(file)) as register:
        register.add_case(record)
        register.add(reading)
        links, head = register.links(reading.report.id), register.head()
    emptied(file, version)
    with Register(str(file)) as register:
        assert register.links(reading.report.id) == links
        assert any(link.verdict == "same" for link in links)
        assert register.verify() == ()
        assert register.head() == head
    assert [path.name for path in tmp_path.iterdir()] == ["r.db"]


def test_one_filed_with_these_keys_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "r.db"
    Register(str(file)).close()
    whole = file.read_bytes()
    Register(str(file)).close()
    assert file.read_bytes() == whole
    monkeypatch.setattr("ostraka.register.migrations.KEYS", keys.KEYS + 1)
    Register(str(file)).close()
    assert file.read_bytes() != whole


def test_one_that_may_only_be_read_says_that_it_must_be_filed_anew(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    Register(str(file)).close()
    emptied(file, "0")
    with pytest.raises(RegisterError, match=r"filed anew first.*read-only"):
        Register(f"sqlite:///file:{file}?mode=ro&uri=true")
