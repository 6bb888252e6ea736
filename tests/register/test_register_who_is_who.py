"""Who is who, measured: 168 mentions of 118 reports, labelled before the answers were looked at, against the record.

The reports are written for this test from the facts that the record rests on; spellings, posts, dates and
destinations differ between them as they did in print. Labels that begin with ``x-`` are persons of whom the
record knows nothing, most of them namesakes of somebody in it.

Five more sets were labelled before anybody looked at the answers: Syria, and four of made countries whose people
bear Persian, Slavic, Spanish, Chinese, Arabic, Vietnamese, Burmese and other names, most of them with a namesake.
Pairwise precision and recall at first sight were .955 and .941, then .778 and .903, then .971 and .895, then 1 and 1, then 1 and
.861. After each but the fifth a rule changed: a role is something that is told; that something happened to both at one time says little;
two of whom nothing agrees but the name are for a person to decide; words in other letters say nothing against it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from ostraka.case import Case, shipped_case
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.profiles import event_mention, person_mention
from ostraka.register.resolve import Resolution, resolve

SET = Path(__file__).with_name("who_is_who.csv")
OTHERS = {
    "who_is_who_unseen.csv": "Syria",
    "who_is_who_third.csv": "Ruritania",
    "who_is_who_fourth.csv": "Ruritania",
    "who_is_who_fifth.csv": "Ruritania",
    "who_is_who_sixth.csv": "Freedonia",
}
Make = Callable[..., Reading]


def rows(path: Path = SET) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def label_of(row: Mapping[str, str]) -> str:
    return row["name"] or row["label"]


def read_set(make: Make, path: Path = SET, regime: str = "North Korea") -> list[Reading]:
    reports: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(path):
        reports[row["report"]].append(row)
    return [_reading(name, found, make, regime) for name, found in reports.items()]


def _reading(name: str, found: list[dict[str, str]], make: Make, regime: str) -> Reading:
    persons: list[dict[str, str]] = []
    events: list[dict[str, Any]] = []
    ties: list[tuple[str, str, str]] = []
    for row in found:
        label = label_of(row)
        person = {"label": label, ("name" if row["name"] else "described"): label, "role": row["role"]}
        person |= {"organisation": row["organisation"], "place": row["place"]}
        persons.append({key: value for key, value in person.items() if value})
        if row["kind"]:
            event: dict[str, Any] = {
                key: row[key] for key in ("role", "organisation", "destination", "when", "number") if row[key]
            }
            named = bool(row["name"])
            events.append(
                event
                | {"kind": row["kind"], "person": label, "post_place": row["place"], "named": named, "regime": regime}
            )
        for tie in filter(None, row["kin"].split(";")):
            relation, _, other = tie.partition(":")
            ties.append((label, relation, other))
    return make(f"report {name}", found[0]["published"], persons=persons, events=events, ties=ties, publisher=name)


def answers(
    readings: Iterable[Reading], record: Case | None, resolution: Resolution, path: Path = SET
) -> tuple[dict[str, str], dict[str, str]]:
    """For each mention and each row of the record: the true entity, and the group it was put into."""
    truth: dict[str, str] = {}
    found: dict[str, str] = {}
    reports = {reading.report.publisher: reading.report.id for reading in readings}
    for number, row in enumerate(rows(path)):
        key = f"{row['report']}/{number}"
        truth[key] = row["gold"]
        person = person_mention(reports[row["report"]], label_of(row))
        event = event_mention(reports[row["report"]], f"{row['kind']} of {label_of(row)}")
        found[key] = resolution.person_of[person] if row["name"] else resolution.event_of[event]
    for person_row in record.people if record else ():
        truth[person_row.id], found[person_row.id] = person_row.id, resolution.person_of[person_row.id]
    for event_row in record.events if record else ():
        if not event_row.person:
            truth[event_row.id], found[event_row.id] = event_row.id, resolution.event_of[event_row.id]
    return truth, found


def pairwise(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    same_true = {pair for pair in combinations(sorted(truth), 2) if truth[pair[0]] == truth[pair[1]]}
    same_found = {pair for pair in combinations(sorted(truth), 2) if found[pair[0]] == found[pair[1]]}
    both = len(same_true & same_found)
    return both / len(same_found), both / len(same_true)


def b_cubed(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    """Bagga and Baldwin (1998): precision and recall of the group of each mention, averaged over mentions."""
    true_size, found_size = Counter(truth.values()), Counter(found.values())
    shared = Counter((truth[key], found[key]) for key in truth)
    precision = sum(shared[truth[key], found[key]] / found_size[found[key]] for key in truth) / len(truth)
    recall = sum(shared[truth[key], found[key]] / true_size[truth[key]] for key in truth) / len(truth)
    return precision, recall


@pytest.fixture(scope="module")
def solved(make: Make, record: Case) -> tuple[dict[str, str], dict[str, str]]:
    readings = read_set(make)
    return answers(readings, record, resolve("North Korea", [("record", record)], readings))


def test_the_measures_are_right_on_a_case_worked_by_hand() -> None:
    truth, found = dict(zip("abcd", "1112", strict=True)), dict(zip("abcd", "xxyy", strict=True))
    assert pairwise(truth, found) == (0.5, 1 / 3)
    assert b_cubed(truth, found)[0] == 0.75
    assert b_cubed(truth, found)[1] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_mentions_meet_whom_they_should(solved: tuple[dict[str, str], dict[str, str]]) -> None:
    truth, found = solved
    mentions = {key for key in truth if "/" in key}
    assert len(mentions) >= 150
    wrong = [f"{key} {truth[key]} ~ {other}" for key, other in _wrong_pairs(truth, found)]
    missed = sorted(key for key in mentions if truth[key] in truth and found[key] != found[truth[key]])
    precision, recall = pairwise(truth, found)
    b_precision, b_recall = b_cubed({k: truth[k] for k in mentions}, {k: found[k] for k in mentions})
    figures = (
        f"pairwise {precision:.3f} {recall:.3f}, B3 {b_precision:.3f} {b_recall:.3f}; wrong {wrong}; missed {missed}"
    )
    assert precision >= 0.98, figures
    assert recall >= 0.92, figures
    assert b_precision >= 0.98, figures
    assert b_recall >= 0.92, figures


def test_mentions_of_other_regimes_meet_whom_they_should(make: Make) -> None:
    truth: dict[str, str] = {}
    found: dict[str, str] = {}
    for name, regime in OTHERS.items():
        path = SET.with_name(name)
        record = shipped_case(regime) if regime == "Syria" else None
        readings = read_set(make, path, regime)
        records = [("record", record)] if record else []
        for whole, part in zip((truth, found), answers(readings, record, resolve(regime, records, readings), path), strict=True):  # fmt: skip
            whole.update({f"{name} {key}": f"{name} {value}" for key, value in part.items()})
    mentions = {key for key in truth if "/" in key}
    precision, recall = pairwise(truth, found)
    b_precision, b_recall = b_cubed({k: truth[k] for k in mentions}, {k: found[k] for k in mentions})
    assert len(mentions) >= 150
    assert min(precision, b_precision) >= 0.98, _wrong_pairs(truth, found)
    assert min(recall, b_recall) >= 0.92, (recall, b_recall)


def _wrong_pairs(truth: Mapping[str, str], found: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        pair
        for pair in combinations(sorted(truth), 2)
        if truth[pair[0]] != truth[pair[1]] and found[pair[0]] == found[pair[1]]
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ri-yong-ho-chief-of-staff", "ri-yong-ho-foreign-minister"),
        ("kim-kum-sun", "kim-kum-sun-berlin"),
        ("kim-kwang-jin", "x-kim-kwang-jin-navy"),
        ("ri-chol-su", "x-ri-chol-su-cook"),
        ("kim-song-su", "x-kim-song-su-timber"),
        ("jang-sung-gil", "jang-sung-ho"),
        ("NK-2015-HKROOM39", "NK-2015-CHINESESPEAKING39"),
        ("NK-2014-MSSSENIOR", "NK-2015-MSSDIRECTOR"),
    ],
)
def test_namesakes_and_look_alikes_stay_two(
    solved: tuple[dict[str, str], dict[str, str]], one: str, other: str
) -> None:
    truth, found = solved
    groups = [{found[key] for key, entity in truth.items() if entity == wanted} for wanted in (one, other)]
    assert groups[0]
    assert groups[1]
    assert groups[0].isdisjoint(groups[1])


def test_every_automatic_answer_says_why(make: Make, record: Case) -> None:
    readings = read_set(make)[:6]
    with Register() as register:
        register.add_case(record)
        for reading in readings:
            register.add(reading)
        links = [link for reading in readings for link in register.links(reading.report.id)]
    assert links
    assert all(link.why and all(link.why) for link in links)


def test_a_report_meets_in_its_neighbourhood_whom_it_meets_in_the_whole(make: Make, record: Case) -> None:
    readings = read_set(make)
    whole = resolve("North Korea", [("record", record)], readings)
    with Register() as register:
        register.add_case(record)
        register.add_many(readings)
        for reading in readings:
            for found in register.links(reading.report.id):
                if found.verdict == "same":
                    groups = whole.person_of if found.target_id in whole.person_of else whole.event_of
                    mention = found.mention if found.mention in groups else None
                    assert mention is None or groups[mention] == groups[found.target_id], found


def test_links_are_the_same_whether_filed_at_once_or_as_reports_came(make: Make, record: Case) -> None:
    readings = read_set(make)[:40]
    with Register() as grown, Register() as fresh:
        for register in (grown, fresh):
            register.add_case(record)
        for reading in readings:
            grown.add(reading)
            grown.links(reading.report.id)
        fresh.add_many(readings)
        for reading in readings:
            assert grown.links(reading.report.id) == fresh.links(reading.report.id)
