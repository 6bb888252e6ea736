"""Judging: what a judge sees, what may be judged, and correcting a statement without losing the old one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from ostraka.errors import InputError, RegisterError
from ostraka.model import EventKind, Judgement, Statement, Verdict, plain
from ostraka.provenance import content_hash
from ostraka.register import fetch
from ostraka.register.judgements import is_pairwise, moment
from ostraka.register.places import regime_country
from ostraka.register.profiles import mention_id
from ostraka.register.rows import to_fact, to_statement
from ostraka.register.sealing import SEALABLE, split_field
from ostraka.register.tables import fact, holding, judgement, mention, record, statement

_KINDS = {"statement": "a statement", "judgement": "a judgement", "person": "a person", "event": "an event"}


def check_judgement(connection: Connection, made: Judgement) -> None:
    """Refuse a judgement about what is not here, or one that makes no sense.

    Raises
    ------
    InputError
        If nobody knows when it was made, an id is unknown, a pair is not a pair, or its two sides are of different
        kinds or regimes.
    """
    if moment(made.at) is None:
        raise InputError(f"{made.at!r} is no moment; write it as 2026-11-23T10:00:00Z")
    if made.verdict is Verdict.SEAL:
        for item in made.about:
            kind = _describe(connection, item.partition("#")[0])["kind"]
            if kind not in SEALABLE:
                raise InputError(
                    f"{item} is {_KINDS[kind]}; what can be sealed is a person, an event or a field of one"
                )
            split_field(item, kind)
        return
    if not is_pairwise(made):
        for item in made.about:
            if not (_has(connection, statement, item) or _has(connection, judgement, item)):
                raise InputError(f"{item}: no such statement or judgement; `ostraka show` lists their ids")
        return
    _check_pair(connection, made)


def _check_pair(connection: Connection, made: Judgement) -> None:
    """Refuse what is no pair of persons or of events of one regime."""
    if len(set(made.about)) != 2 or len(made.about) != 2:
        raise InputError(f"a {made.verdict} names two different ids, not {', '.join(made.about)}")
    sides = [_describe(connection, item) for item in made.about]
    if sides[0]["kind"] != sides[1]["kind"]:
        raise InputError("; ".join(f"{i} is {_KINDS[s['kind']]}" for i, s in zip(made.about, sides, strict=True)))
    if sides[0]["kind"] not in SEALABLE:
        raise InputError(f"a {made.verdict} is of two persons or two events, not of {sides[0]['kind']}s")
    regimes = [set(side["regimes"]) for side in sides]
    if all(regimes) and not regimes[0] & regimes[1]:
        names = " and ".join("/".join(sorted(found)) for found in regimes)
        raise InputError(f"{' and '.join(made.about)} are of two regimes ({names}) and cannot be one")


def about_known(connection: Connection, made: Judgement) -> Judgement:
    """The judgement under the ids that the register knows: of the mention for what only a case calls so."""
    about = tuple(_known(connection, item) for item in made.about)
    return made if about == made.about else replace(made, about=about, id="")


def _known(connection: Connection, item: str) -> str:
    mentioned = mention_id(item)
    return mentioned if _has(connection, mention, mentioned.partition("#")[0]) else item


def view(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """What a judge of these ids sees: their content, and what was decided on them so far.

    Returns
    -------
    dict
        ``about``, ``judgements`` and ``sha256``, the hash of both: give it with the judgement, and it is
        refused if anything has changed in between.
    """
    wanted = list(dict.fromkeys(_known(connection, item) for item in ids))
    about = {item: _describe(connection, item.partition("#")[0]) for item in wanted}
    on_these = (item for item in fetch.judgements(connection) if set(item.about) & set(wanted))
    made = [plain(item) for item in sorted(on_these, key=lambda item: (item.at, item.id))]
    return {"about": about, "judgements": made, "sha256": content_hash([about, made])}


def check_view(connection: Connection, made: Judgement, saw: str) -> None:
    """Refuse a judgement on something that has changed since the judge looked.

    Raises
    ------
    RegisterError
    """
    if saw and view(connection, made.about)["sha256"] != saw:
        raise RegisterError(f"{', '.join(made.about)} changed after it was looked at; look again, then judge")


def corrected(old: Statement, by: str, **changes: Any) -> Statement:
    """The statement that a person puts beside one they correct: the same words, read rightly.

    Parameters
    ----------
    old : Statement
    by : str
        Who corrects.
    **changes
        Fields of the statement: ``object``, ``predicate``, ``when``, ``status``...

    Raises
    ------
    InputError
        If an event would be of a kind that there is not, or the statement would say nothing.
    """
    kind = changes.get("object", old.object)
    if (old.kind, changes.get("predicate", old.predicate)) == ("event", "type") and kind not in set(EventKind):
        raise InputError(f"the type of an event is one of {', '.join(EventKind)}, not {kind!r}")
    made = replace(old, id="", coder=f"{fetch.HUMAN}: {by}", **changes)
    if not (made.subject.strip() and made.predicate.strip() and made.object.strip()):
        raise InputError("a statement says something of something: what is wrong and has no right is rejected")
    return made


def statement_of(connection: Connection, statement_id: str) -> Statement:
    """One statement.

    Raises
    ------
    InputError
        If there is none of this id.
    """
    row = connection.execute(select(statement).where(statement.c.id == statement_id)).mappings().first()
    if row is None:
        raise InputError(f"there is no statement {statement_id!r} in the register")
    return to_statement(dict(row), fetch.reports(connection, [row["report"]])[row["report"]].text)


def _has(connection: Connection, table: Any, item: str) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == item)).first() is not None


def _describe(connection: Connection, item: str) -> dict[str, Any]:
    """What an id stands for, as plain values."""
    if _has(connection, statement, item):
        return {"kind": "statement", "regimes": [], "content": plain(statement_of(connection, item))}
    made = connection.execute(select(mention).where(mention.c.id == item)).mappings().first()
    if made is not None:
        said = _said(connection, made["report"], made["label"])
        return {"kind": made["kind"], "regimes": _named_regimes(said), "content": [row["id"] for row in said]}
    rows = connection.execute(
        select(fact.c.kind, fact.c.body, fact.c.hash).where(
            fact.c.row_id == item, fact.c.kind.in_(("people", "events"))
        )
    ).all()
    if rows:
        holds = select(record.c.regime).join(holding, holding.c.record == record.c.id)
        regimes = connection.execute(holds.where(holding.c.fact.in_([row.hash for row in rows]))).scalars()
        content = sorted((plain(to_fact(row.kind, row.body)) for row in rows), key=content_hash)
        kind = "person" if rows[0].kind == "people" else "event"
        return {"kind": kind, "regimes": sorted({regime_country(name) for name in regimes}), "content": content}
    if _has(connection, judgement, item):
        (own,) = (made for made in fetch.judgements(connection) if made.id == item)
        return {"kind": "judgement", "regimes": [], "content": plain(own)}
    raise InputError(f"{item}: neither a statement, a judgement, a person nor an event of this register")


def _said(connection: Connection, report: str, label: str) -> list[Any]:
    """Statements of a report that speak of a label, and those on the events of that person."""
    rows = connection.execute(select(statement).where(statement.c.report == report)).mappings().all()
    events = {row["subject"] for row in rows if row["predicate"] == "person" and row["object"] == label}
    return sorted(
        (row for row in rows if row["subject"] == label or row["object"] == label or row["subject"] in events),
        key=lambda row: str(row["id"]),
    )


def _named_regimes(said: list[Any]) -> list[str]:
    return sorted({regime_country(row["object"]) for row in said if row["predicate"] == "origin_regime"})
