"""Erasure: words go, their hashes stay. The only place where a row of the register is written over.

What is erased is found in every text of every table, also in ids and addresses. Each row that held it keeps
its key and its place; an entry of the log says who erased it and why, and holds the hash of each row before
and after, so that the chain still verifies and nobody can erase in silence.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select, update

from ostraka.errors import InputError, RegisterError
from ostraka.provenance import canonical_json
from ostraka.register import audit, index, tables
from ostraka.register.blackout import BLOCK, Blackout, not_a_date
from ostraka.register.spelling import ERASED
from ostraka.register.tables import key_of

NAMES = frozenset({"name", "alias", "native_name"})
"""Predicates whose object is a name, and whose words are blacked out where they stand."""

_CHUNK = 2000
_LONGEST = 300  # characters of a name that is taken apart
Row = dict[str, Any]


@dataclass(frozen=True)
class Erasure:
    """What is to be erased.

    Parameters
    ----------
    names : frozenset of str
        Wherever they stand.
    labels : frozenset of (str, str)
        What a report calls a person, be it a surname alone, where statements of that report say it.
    statements, reports : frozenset of str
        Ids.
    """

    names: frozenset[str] = frozenset()
    labels: frozenset[tuple[str, str]] = frozenset()
    statements: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()

    def __or__(self, other: Erasure) -> Erasure:
        return Erasure(
            self.names | other.names,
            self.labels | other.labels,
            self.statements | other.statements,
            self.reports | other.reports,
        )


def erase(connection: Connection, wanted: Erasure, *, by: str, reason: str, at: str) -> int:
    """Write over all rows that hold what is to be erased; how many there were.

    Raises
    ------
    InputError
        If the reason names who is erased, or no row holds any of it.
    RegisterError
        If one of the rows is not as the log has it: erasing would cover that up.
    """
    eraser = _Eraser(connection, wanted)
    if eraser.names.tells(f"{reason} {by}"):
        raise InputError("the reason is kept for ever: give it without the names that are erased")
    changed = {table: list(eraser.changed(table)) for table in _TEXTS}
    if not any(changed.values()):
        raise InputError("no row of the register holds what is to be erased")
    before, after = _write_over(connection, changed)
    audit.append(connection, audit.ERASURE, {"by": by, "reason": reason, "erased": before, "after": after}, at)
    index.file_again(connection, *_touched(connection, changed))
    return sum(map(len, changed.values()))


def _write_over(connection: Connection, changed: Mapping[Table, list[tuple[Row, Row]]]) -> tuple[Any, Any]:
    """Hashes of the rows as they were, and of all rows of their entries as they are now."""
    before: dict[str, dict[str, str]] = {}
    after: dict[str, dict[str, dict[str, str]]] = {}
    for table, pairs in changed.items():
        if not pairs:
            continue
        key = key_of(table)
        entries = {int(old["entry"]) for old, _ in pairs}
        problems = [problem for entry in sorted(entries) for problem in audit.check_entry(connection, table, entry)]
        if problems:
            raise RegisterError(f"{problems[0].where} {problems[0].message}; nothing was erased: see `ostraka verify`")
        before[table.name] = {old[key.name]: audit.row_hash(old) for old, _ in pairs}
        with tables.writing_over(connection, table):
            for old, new in pairs:
                connection.execute(update(table).where(key == old[key.name]).values(_difference(old, new)))
        after[table.name] = {str(entry): audit.row_hashes(connection, table, entry) for entry in sorted(entries)}
    return before, after


def _touched(connection: Connection, changed: Mapping[Table, list[tuple[Row, Row]]]) -> tuple[set[str], set[str]]:
    """Reports and records of which rows were written over."""
    reports = {old["id"] for old, _ in changed[tables.report]}
    reports |= {old["report"] for table in (tables.statement, tables.mention) for old, _ in changed[table]}
    facts = {old["hash"] for old, _ in changed[tables.fact]}
    held = connection.execute(select(tables.holding.c.record, tables.holding.c.fact))
    return reports, {row.record for row in held if row.fact in facts} if facts else set()


def _difference(old: Row, new: Row) -> Row:
    return {name: value for name, value in new.items() if value != old[name]}


class _Eraser:
    """Finds rows that hold words to be erased, and makes those that stand in their place."""

    def __init__(self, connection: Connection, wanted: Erasure) -> None:
        self.connection = connection
        self.wanted = wanted
        self.mark = f"{ERASED}{secrets.token_hex(4)}"
        self.names = Blackout(dict.fromkeys(wanted.names, self.mark))
        self.alone = lone_parts(wanted.names)
        self.spans = self._spans()
        self.naming = self._naming()

    def _spans(self) -> Mapping[str, list[tuple[int, int]]]:
        """Places in reports that are blacked out whatever stands there."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in self._rows(tables.statement):
            called = (row["report"], row["subject"]) in self.wanted.labels
            named = row["predicate"] in NAMES and (called or self.names.tells(f"{row['subject']} ; {row['object']}"))
            if named or row["id"] in self.wanted.statements:
                found[row["report"]].append((row["start"], row["end"]))
        return found

    def _naming(self) -> frozenset[str]:
        """Reports that name who is erased: a surname that stands alone there is theirs."""
        told = {row["id"] for row in self._rows(tables.report) if self.names.tells(row["text"])}
        return frozenset(told | {report for report, _ in self.wanted.labels})

    def _rows(self, table: Table) -> Iterator[Row]:
        found = self.connection.execute(select(table).order_by(table.c.entry, key_of(table))).mappings()
        for part in found.partitions(_CHUNK):
            yield from map(dict, part)

    def changed(self, table: Table) -> Iterator[tuple[Row, Row]]:
        """Rows as they are and as they will be, where that differs."""
        make = _TEXTS[table]
        for old in self._rows(table):
            new = make(self, dict(old))
            if new != old:
                yield old, new

    def clean(self, row: Row, *names: str, report: str = "") -> Row:
        """A row without the names in some of its texts, of a report that names them also without their parts."""
        made = row | {name: self.names.clean(row[name]) for name in names if row[name]}
        if report in self.naming:
            made |= {name: self.alone.sub(self.mark, made[name]) for name in names if made[name]}
        return made

    def report(self, row: Row) -> Row:
        if row["id"] in self.wanted.reports:
            return row | {
                "text": BLOCK * len(row["text"]),
                **dict.fromkeys(("title", "publisher", "url", "path"), ""),
            }
        text = self.names.cover(row["text"], self.spans.get(row["id"], ()))
        if row["id"] in self.naming:
            text = self.alone.sub(lambda found: BLOCK * len(found[0]), text)
        made = self.clean(row, "publisher", "url", "path") | {"text": text}
        return self.clean(made, "title", report=row["id"])

    def statement(self, row: Row) -> Row:
        whole = row["report"] in self.wanted.reports
        if whole or row["id"] in self.wanted.statements:
            texts = dict.fromkeys(("object", "attributed_to", "when_text"), "")
            return row | {**texts, "kind": "erased", "numbers": None} | ({"subject": self.mark} if whole else {})
        made = self.clean(row, "subject", "object", "attributed_to", "when_text", report=row["report"])
        for end in ("subject", "object"):
            if (row["report"], row[end]) in self.wanted.labels:
                made[end] = self.mark
        if row["predicate"] in NAMES and made["subject"] == self.mark:
            made["object"] = self.mark
        if row["numbers"]:
            made["numbers"] = canonical_json(self._values(json.loads(row["numbers"])))
        return made

    def mention(self, row: Row) -> Row:
        called = (row["report"], row["label"]) in self.wanted.labels
        return (
            row | {"label": self.mark}
            if called or row["report"] in self.wanted.reports
            else self.clean(row, "label", report=row["report"])
        )

    def fact(self, row: Row) -> Row:
        values = json.loads(row["body"])
        made = self._values(values)
        if made == values:
            return row
        if row["kind"] == "people" and made["id"] != values["id"]:
            made |= {"name": self.mark, "native_name": "", "aliases": [], "note": ""}
        return row | {"body": canonical_json(made), "row_id": self.names.clean(row["row_id"])}

    def judgement(self, row: Row) -> Row:
        about = canonical_json(self._values(json.loads(row["about"])))
        return self.clean(row, "reason", "by") | {"about": about}

    def record(self, row: Row) -> Row:
        return self.clean(row, "note")

    def _values(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.names.clean(value)
        if isinstance(value, list):
            return list(map(self._values, value))
        return {name: self._values(item) for name, item in value.items()} if isinstance(value, dict) else value


_TEXTS: Mapping[Table, Callable[[_Eraser, Row], Row]] = {
    tables.report: _Eraser.report,
    tables.statement: _Eraser.statement,
    tables.mention: _Eraser.mention,
    tables.fact: _Eraser.fact,
    tables.judgement: _Eraser.judgement,
    tables.record: _Eraser.record,
}
"""Tables that hold words, and what becomes of a row of each."""


def lone_parts(names: Iterable[str]) -> re.Pattern[str]:
    """The parts of names where they stand alone, before no other name; particles are no parts.

    Examples
    --------
    >>> lone_parts(["Han Ryong-su"]).findall("Han said so. Han Song-il did not, nor did Ryong-su. The han of han.")
    ['Han', 'Ryong-su']
    """
    short = (name for name in names if len(name) <= _LONGEST)
    parts = {part for name in short for part in name.split() if part != name and not part[:1].islower()}
    own = "|".join(
        map(not_a_date, sorted((part for part in parts if len(part) > 1), key=lambda part: (-len(part), part)))
    )
    return re.compile(rf"(?<![^\W_])(?:{own})(?![^\W_])(?![ -][A-Z])" if own else r"(?!)")


def wanted(ids: Iterable[str], words: Iterable[str], called: Callable[[str], Erasure]) -> Erasure:
    """What ids and words mean; `called` finds what a person is called.

    Raises
    ------
    InputError
        If a word is a single letter.
    """
    found = Erasure(frozenset(word.strip() for word in words))
    if any(len(word) < 2 for word in found.names):
        raise InputError("a single letter stands in every text; give whole names")
    for item in ids:
        if item.startswith("st-"):
            found |= Erasure(statements=frozenset({item}))
        elif item.startswith("re-"):
            found |= Erasure(reports=frozenset({item}))
        else:
            found |= called(item)
    return found
