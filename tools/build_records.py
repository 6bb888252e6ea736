"""Make the shipped records from the collected tables.

    python tools/build_records.py SOURCE_FOLDER [OUT]

SOURCE_FOLDER holds ``nk_defections.csv``, ``nk_events.csv``, ``nk_ties.csv`` and ``syria_defections.csv``;
OUT (the package's own records if not given) receives one case folder for each regime. The same tables give
the same bytes. Decisions about rows stand in ``record_judgements.py``, what later pages
add or mend in ``record_found.py``.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from record_found import FOUND_TIES, SPELLINGS
from record_judgements import (
    LOW_CONFIDENCE,
    NORTH_KOREA_NOTE,
    OWN_DATES,
    POLICIES,
    SYRIA_NOTE,
    SYRIAN_TIES,
)
from record_rows import Roster, Row, addresses, corrected, defection, first_report, judged, minors, slug

from ostraka.case import Case, save_case
from ostraka.dates import When
from ostraka.model import Confidence, Event, EventKind, Measure

COMPILED = date(2026, 11, 1)
RECORDS = Path(__file__).resolve().parents[1] / "src" / "ostraka" / "data" / "records"


def read_table(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def north_korea(tables: Path) -> Case:
    """The record of North Korea."""
    rows = read_table(tables / "nk_defections.csv")
    roster = Roster("North Korean")
    events = [defection(row, roster) for row in rows]
    others = [event for row in read_table(tables / "nk_events.csv") for event in other_events(row, roster)]
    add_ties(read_table(tables / "nk_ties.csv"), roster, minors(rows))
    add_found_ties(roster)
    return freeze(
        roster,
        events + others,
        regime="North Korea",
        code="PRK",
        start=date(1991, 1, 1),
        end=date(2024, 12, 31),
        note=NORTH_KOREA_NOTE,
        measures=measures(others),
    )


def syria(tables: Path) -> Case:
    """The record of Syria from the first protests to the end of 2013."""
    rows = {row["id"]: row for row in read_table(tables / "syria_defections.csv")}
    roster = Roster("Syrian")
    events = {row_id: defection(row, roster) for row_id, row in rows.items()}
    for ego, role, alter, row_id in SYRIAN_TIES:
        urls = addresses(rows[row_id])
        ids = roster.person(ego, urls), roster.person(alter, urls)
        roster.tie(ids[0], role, ids[1], reported=events[row_id].reported, sources=roster.cite(urls))
    return freeze(
        roster,
        events.values(),
        regime="Syria",
        code="SYR",
        start=date(2011, 3, 15),
        end=date(2013, 12, 31),
        note=SYRIA_NOTE,
    )


def other_events(row: Row, roster: Roster) -> list[Event]:
    """The purges, executions, successions, policies of a row: one event for each person it names."""
    row = corrected(row, f"{row['date_earliest']} {row['event_type']}")
    names = row["person"].split("; ")
    kind = EventKind(row["event_type"])
    events = []
    for name in names:
        short = slug(name.partition(" (")[0]).replace("-", "")
        event_id = f"NK-{row['date_earliest']}-{kind}-{short}".rstrip("-").upper()
        urls = addresses(row, event_id)
        reported, bound = first_report(event_id, "", urls, row["date_earliest"])
        person = roster.person(name, urls)
        event = Event(
            event_id,
            kind,
            person=person,
            role="" if person else (name or row["description"]),
            when=When.parse(OWN_DATES.get(event_id, f"{row['date_earliest']}/{row['date_latest']}")),
            reported=reported,
            confidence=Confidence.LOW if event_id in LOW_CONFIDENCE else Confidence.MEDIUM,
            note=" ".join(filter(None, (row["description"] if name else "", bound))),
            sources=roster.cite(urls),
        )
        shared_row = f"NK-{row['date_earliest']}-{kind}".upper() if len(names) > 1 else ""
        events.append(replace(judged(event), episode=shared_row))
    return events


def add_ties(rows: Iterable[Row], roster: Roster, children: frozenset[str]) -> None:
    """The ties between named persons; minors and unnamed parties stay out."""
    for row in rows:
        if children & {row["person_a"], row["person_b"]}:
            continue
        urls = addresses(row)
        reported, bound = first_report("", "", urls, "")
        ego, alter = roster.person(row["person_a"], urls), roster.person(row["person_b"], urls)
        roster.tie(ego, row["relation"], alter, reported=reported, note=bound, sources=roster.cite(urls))


def add_found_ties(roster: Roster) -> None:
    """The ties that pages found later tell of or date."""
    for tie in FOUND_TIES:
        ids = []
        for name in (tie.ego, tie.alter):
            variants, native = SPELLINGS.get(name, ("", ""))
            ids.append(roster.person(name, [tie.url], variants=variants, native=native))
        reported = When.parse(tie.day)
        roster.tie(ids[0], tie.role, ids[1], reported=reported, note=tie.note, sources=roster.cite([tie.url]))


def measures(events: Iterable[Event]) -> list[Measure]:
    """The policies with dates, made of events that begin or end them."""
    by_id = {event.id: event for event in events}
    made = []
    for policy in POLICIES:
        begins, ends = by_id.get(policy.begins), by_id.get(policy.ends)
        known = [event for event in (begins, ends) if event]
        made.append(
            Measure(
                policy.id,
                policy.name,
                policy.kind,
                start=begins.when if begins else When.parse(policy.begins),
                end=ends.when if ends else When.parse(policy.ends),
                reported=known[0].reported,
                note=policy.note,
                sources=tuple(dict.fromkeys(source for event in known for source in event.sources)),
            )
        )
    return made


def freeze(
    roster: Roster,
    events: Iterable[Event],
    *,
    regime: str,
    code: str,
    start: date,
    end: date,
    note: str,
    measures: Iterable[Measure] = (),
) -> Case:
    """The case of a roster and its events."""
    return Case.make(
        regime,
        code=code,
        start=start,
        end=end,
        as_of=COMPILED,
        note=note,
        sources=roster.sources.values(),
        people=roster.people.values(),
        bodies=roster.bodies.values(),
        ties=roster.ties.values(),
        events=events,
        measures=measures,
    )


def main(arguments: list[str]) -> None:
    """Write both records."""
    if len(arguments) not in {1, 2}:
        raise SystemExit(__doc__)
    tables, out = Path(arguments[0]), Path(arguments[1]) if len(arguments) == 2 else RECORDS
    for name, make in (("north-korea", north_korea), ("syria", syria)):
        case = make(tables)
        save_case(case, out / name)
        print(f"{out / name}: {len(case.events)} events, {len(case.people)} people, {case.digest[:12]}")


if __name__ == "__main__":
    main(sys.argv[1:])
