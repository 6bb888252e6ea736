"""The shipped records hold what the collected tables say, and their counts are the published ones."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import quantiles

import pytest

from ostraka.case import Case, case_as_of, load_case, shipped_case, shipped_folder, shipped_regimes
from ostraka.errors import Level
from ostraka.model import Confidence, Event, EventKind, Status

ROOT = Path(__file__).resolve().parents[2]
FOUND_LATER = "found after the table was collected"

# year of the latest possible day: rows with a tier / high and medium in counts / diplomats. As published, but for the
# row of 2012, which the pages date to 2013, and for a row of 2022 that has no tier.
YEARLY = """
1982 1/1/0, 1983 1/1/0, 1991 1/1/1, 1992 1/1/0, 1993 1/1/0, 1994 3/3/0, 1995 2/2/0, 1996 8/7/1, 1997 4/4/1, 1998 3/3/1,
1999 3/2/2, 2003 3/1/0, 2004 1/1/0, 2009 1/1/0, 2010 3/3/1, 2013 2/1/0, 2014 6/6/1, 2015 11/6/2,
2016 14/7/6, 2017 1/0/0, 2018 2/1/1, 2019 1/1/1, 2021 1/0/0, 2023 4/2/3, 2024 1/0/1
"""

# first year, last year: high and medium, with low, tiers 1-2, tiers 1-3, diplomats (None: not published)
BASE_RATES = [
    (1991, 1999, (24, None, 7, 15, 6)),
    (2000, 2008, (2, None, 0, 0, 0)),
    (2009, 2013, (5, None, 1, 4, 1)),
    (2014, 2015, (12, None, 0, 7, 3)),
    (1991, 2015, (43, None, 8, 26, 10)),
    (2000, 2013, (7, None, 1, 4, 1)),
    (2016, 2016, (7, 14, 1, 3, 2)),
    (2017, 2024, (4, 7, 2, 3, 4)),
]


@pytest.fixture(scope="module")
def korea() -> Case:
    return shipped_case("North Korea")


@pytest.fixture(scope="module")
def syria() -> Case:
    return shipped_case("Syria")


@pytest.fixture(scope="module", params=shipped_regimes())
def record(request: pytest.FixtureRequest) -> Case:
    return shipped_case(request.param)


def departures(case: Case) -> list[Event]:
    return [event for event in case.events if event.kind is EventKind.DEFECTION]


def last_day(event: Event) -> date:
    assert event.when.latest is not None
    return event.when.latest


def attested(event: Event) -> bool:
    return event.counted and event.confidence is not Confidence.LOW


def by_id(case: Case) -> dict[str, Event]:
    return {event.id: event for event in case.events}


@pytest.mark.parametrize("regime", shipped_regimes())
def test_loads_without_a_doubt_and_matches_its_digest(regime: str) -> None:
    folder = shipped_folder(regime)
    case, problems = load_case(folder)
    assert {problem.level for problem in problems} <= {Level.NOTE}
    assert tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))["digest"] == case.digest


def test_committed_folders_are_what_the_tool_makes(shared: Path, tmp_path: Path) -> None:
    tool = [sys.executable, "tools/build_records.py", str(shared / "data"), str(tmp_path)]
    subprocess.run(tool, cwd=ROOT, check=True, capture_output=True)
    for regime in shipped_regimes():
        committed = shipped_folder(regime)
        made = {path.name: path.read_bytes() for path in (tmp_path / committed.name).iterdir()}
        assert made == {path.name: path.read_bytes() for path in committed.iterdir()}


def test_every_fact_has_a_source_with_an_address(record: Case) -> None:
    for rows in (record.events, record.people, record.bodies, record.ties, record.measures):
        assert all(row.sources for row in rows)
    assert all(source.url.startswith(("http://", "https://")) and source.publisher for source in record.sources)


def test_north_korea_holds_every_row(korea: Case) -> None:
    rows = departures(korea)
    assert len(rows) == 82
    assert Counter(event.confidence for event in rows) == {"high": 42, "medium": 19, "low": 21}
    assert Counter(event.tier for event in rows) == {1: 7, 2: 10, 3: 25, 4: 37, None: 3}
    sectors = {
        "diplomatic": 22,
        "trade": 17,
        "family": 12,
        "security": 10,
        "military": 9,
        "party": 5,
        "other": 6,
        "": 1,
    }
    assert Counter(event.sector for event in rows) == sectors
    # 52 named rows of the table, less the surnames Han, Lee and Kang and the group of restaurant workers
    assert sum(bool(event.person) for event in rows) == 48
    # 48 rows of other events, three of which name two persons each
    assert len(korea.events) - len(rows) == 51


def test_north_korea_by_year(korea: Case) -> None:
    tiered = [event for event in departures(korea) if event.tier]
    found = {}
    for year in sorted({last_day(event).year for event in tiered}):
        rows = [event for event in tiered if last_day(event).year == year]
        diplomats = sum(event.sector == "diplomatic" for event in rows)
        found[year] = f"{len(rows)}/{sum(map(attested, rows))}/{diplomats}"
    expected = dict(item.split() for item in YEARLY.replace("\n", " ").strip().split(", "))
    assert {str(year): counts for year, counts in found.items()} == expected


@pytest.mark.parametrize(("first", "last", "expected"), BASE_RATES)
def test_north_korea_base_rates(korea: Case, first: int, last: int, expected: tuple[int | None, ...]) -> None:
    rows = [event for event in departures(korea) if event.counted and first <= last_day(event).year <= last]
    sure = [event for event in rows if attested(event)]
    found = (
        len(sure),
        len(rows) if expected[1] is not None else None,
        sum(event.tier in {1, 2} for event in sure),
        sum(event.tier in {1, 2, 3} for event in sure),
        sum(event.sector == "diplomatic" for event in sure),
    )
    assert found == expected


def test_north_korea_february_to_august_2016(korea: Case) -> None:
    window = (date(2016, 2, 1), date(2016, 8, 31))
    could = [
        event
        for event in departures(korea)
        if event.tier and last_day(event) >= window[0] and event.when.earliest and event.when.earliest <= window[1]
    ]
    assert Counter(event.confidence for event in could) == {"high": 2, "medium": 3, "low": 5}


def test_north_korea_delays(korea: Case) -> None:
    delays = {
        event.id: delay for event in departures(korea) if event.counted and (delay := delay_days(event)) is not None
    }
    assert len(delays) == 52
    assert quantiles(delays.values()) == pytest.approx([22, 79, 282], abs=0.5)
    sure = [delay for row, delay in delays.items() if attested(by_id(korea)[row])]
    # published with a median of 130, before a row of the table was mended
    assert quantiles(sure) == pytest.approx([8, 129, 476], abs=0.5)


def delay_days(event: Event) -> float | None:
    """From the middle of the interval of leaving to the first report, where the collected table knows its day."""
    low, high, report = event.when.earliest, event.when.latest, event.reported
    if not (low and high and report.latest and report.precision == "day") or FOUND_LATER in event.note:
        return None
    return report.latest.toordinal() - (low.toordinal() + high.toordinal()) / 2


def test_rows_left_out_say_why(korea: Case, syria: Case) -> None:
    left_out = {event.id for event in departures(korea) if not event.counted}
    assert left_out == {
        *("NK-1996-SONGHYERIM", "NK-2003-KILJAEGYONG", "NK-2015-PARKSEUNGWON", "NK-2021-CHOEKUMCHOL"),
        *("NK-2023-KIMKUMSUN", "NK-2017-KIMHANSOL", "NK-2016-NINGBO", "NK-2016-HKSTUDENT", "NK-2022-TAEFRIENDS"),
    }
    assert {event.id for event in syria.events if not event.counted} == {"SY-010", "SY-035", "SY-042"}
    false_report = by_id(korea)["NK-2016-02-01-EXECUTION-RIYONGGIL"]
    assert (false_report.counted, false_report.status) == (False, Status.REFUTED)
    assert by_id(syria)["SY-035"].status is Status.REFUTED


def test_a_corrected_row_says_what_stood_there(korea: Case) -> None:
    row = by_id(korea)["NK-2012-HANDAUGHTER"]
    assert row.when.edtf() == "2013-05"
    assert "The collected table has 2012" in row.conflict


def test_possible_duplicates_point_at_each_other(record: Case) -> None:
    events = by_id(record)
    pairs = {(event.id, other) for event in record.events for other in event.may_be}
    assert pairs
    assert pairs == {(other, one) for one, other in pairs}
    assert all(other in events for _, other in pairs)


def test_episodes_join_at_least_two_rows(record: Case) -> None:
    sizes = Counter(event.episode for event in record.events if event.episode)
    assert sizes
    assert min(sizes.values()) >= 2


def test_groups_stand_for_several_persons(korea: Case, syria: Case) -> None:
    sizes = {event.id: (event.n_low, event.n_high) for case in (korea, syria) for event in case.events}
    assert sizes["NK-2016-NINGBO"] == (13, 13)
    assert sizes["NK-2022-TAEFRIENDS"] == (2, 2)
    assert sizes["NK-2016-THAEYONGHO"] == (1, 1)
    assert sizes["SY-017"] == (3, None)


def test_a_first_report_known_only_from_an_address_is_a_bound_and_says_so(record: Case) -> None:
    bounded = [event for event in record.events if event.reported.earliest is None and event.reported.latest]
    assert bounded
    assert all(f"printed by {event.reported.latest}" in event.note for event in bounded)


def test_a_first_report_found_later_is_a_source_and_says_so(korea: Case) -> None:
    found = {event.id: event for event in korea.events if FOUND_LATER in event.note}
    assert {"NK-1991-KOYOUNGHWAN", "NK-1996-HYONSONGIL", "NK-2016-KIMCHOLSONG"} <= set(found)
    published = {source.id: source.published for source in korea.sources}
    for event in found.values():
        assert event.reported.latest in {published[source] for source in event.sources}


def test_no_report_comes_before_its_event(record: Case) -> None:
    for event in record.events:
        if event.reported.latest and event.when.earliest:
            assert event.reported.latest >= event.when.earliest


def test_no_child_is_named() -> None:
    child = re.compile(r"\b(?:son|daughter) [A-Z][\w-]+[^(,;|]*(?: \(|, )(\d+)\b")
    for regime in shipped_regimes():
        for path in shipped_folder(regime).glob("*.csv"):
            ages = [int(match[1]) for match in child.finditer(path.read_text(encoding="utf-8"))]
            assert all(age >= 18 for age in ages), path.name


def test_people_are_named_and_posts_have_tiers(record: Case) -> None:
    assert all(person.name for person in record.people)
    tiers = {(tie.ego, tie.alter): tie.tier for tie in record.ties if tie.kind == "holds"}
    for event in record.events:
        if event.kind is EventKind.DEFECTION and event.person and event.body:
            assert tiers[event.person, event.body] == event.tier


def test_measures_have_dates_kinds_and_ends(korea: Case) -> None:
    measures = {measure.id: measure for measure in korea.measures}
    order = measures["NK-CHILDREN-2013"]
    assert order.kind == "family"
    assert (order.start.edtf(), order.end.edtf()) == ("2013-04-01/2013-09-20", "2013-09-25/2013-10-15")
    assert (measures["NK-SANCTIONS-2016"].kind, measures["NK-SANCTIONS-2016"].start.edtf()) == (
        "sanction",
        "2016-03-02",
    )
    assert measures["NK-CHILDREN-2007"].start.edtf() == "2007-02-14"


def test_the_family_of_the_minister_is_told_with_its_doubts(korea: Case) -> None:
    ties = {(tie.ego, tie.role, tie.alter): tie for tie in korea.ties}
    assert ties["o-hye-son", "kin_of", "o-paek-ryong"].reported.edtf() == "2016-08-18"
    assert ("thae-pyong-ryol", "father_of", "thae-yong-ho") not in ties
    assert "nothing confirmed it" in by_id(korea)["NK-2016-THAEYONGHO"].conflict
    assert "Oh Kum-chol" in next(person for person in korea.people if person.id == "o-kum-chol").aliases


def test_a_view_knows_only_what_was_printed(korea: Case) -> None:
    view, problems = case_as_of(korea, date(2016, 8, 19))
    ids = by_id(view)
    assert {"NK-2016-THAEYONGHO", "NK-2016-BULGARIA"} <= set(ids)
    assert not {"NK-2019-RYUHYUNWOO", "NK-2014-RIJONGHO", "NK-2014-KIMHYUNWOO"} & set(ids)
    assert problems
