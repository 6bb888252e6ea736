"""Any dated list: each example is the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ostraka.errors import InputError, Level
from ostraka.watch import Denominator, case_of_dated_list, departures, load_dated_list, watch


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_dates_intervals_reports_and_counts(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Date,Reported,Count,sector\n2016-07,2016-08-17,1,diplomatic\n2016-02/2016-08,,≥5,\n2015,2015-10-21,20,\n2014-03-02,,3+,\n",
    )
    rows, problems = load_dated_list(path)
    assert not problems
    assert [(row.n_low, row.exact) for row in rows] == [(1, True), (5, False), (20, True), (3, False)]
    assert rows[0].when.latest == date(2016, 7, 31)
    assert rows[0].reported.latest == date(2016, 8, 17)


def test_earliest_and_latest(tmp_path: Path) -> None:
    rows, problems = load_dated_list(written(tmp_path, "earliest,latest\n2016-07-01,2016-07-31\n,2015-01-01\n"))
    assert not problems
    assert rows[1].when.earliest is None


@pytest.mark.parametrize(
    ("row", "column", "remedy"),
    [
        ("soon,,1", "date", "write 2016"),
        ("2016-13,,1", "date", "not a date"),
        ("2016,,-3", "count", "write 3 or ≥3"),
        ("2016,,some", "count", "write 3 or ≥3"),
        (",,1", "date", "no date"),
        ("2016-05-01,2016-01-01,1", "reported", "correct one of the two"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, row: str, column: str, remedy: str) -> None:
    _, problems = load_dated_list(written(tmp_path, f"date,reported,count\n2015,,1\n{row}\n"))
    assert [problem.where for problem in problems] == [f"list.csv, row 3, column {column}"]
    assert remedy in problems[0].message


def test_an_interval_that_ends_before_it_begins(tmp_path: Path) -> None:
    rows, problems = load_dated_list(written(tmp_path, "from,to\n2016-07-31,2016-07-01\n"))
    assert not rows
    assert problems[0].level is Level.ERROR


def test_a_file_without_dates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column 'date'"):
        load_dated_list(written(tmp_path, "name,count\nx,1\n"))
    with pytest.raises(InputError, match="not a readable"):
        load_dated_list(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="not enough data"):
        case_of_dated_list(written(tmp_path, "date\n"))


def test_every_question_can_be_put_to_a_list(tmp_path: Path) -> None:
    rows = "\n".join(f"{year}-06-01" for year in range(2001, 2011))
    path = written(tmp_path, f"date\n{rows}\n")
    case, problems = case_of_dated_list(path, start=date(2000, 1, 1), end=date(2010, 12, 31), as_of=date(2010, 12, 31))
    assert not problems
    alarms = watch(case, rng=1)
    assert alarms.reckoning().n_departures == 10
    assert alarms.reckoning().base_rate.n_events == 10
    assert "Only 0 reporting delays" in alarms.summary()


def test_counts_are_events_and_lower_bounds_are_marked(tmp_path: Path) -> None:
    case, problems = case_of_dated_list(written(tmp_path, "date,count\n2016-02/2016-08,≥5\n"))
    found = departures(case)
    assert len(found) == 5
    assert found.open_ended.sum() == 1
    assert "begin on 2016-01-01" in problems[0].message
    assert "lower bounds" in watch(case, rng=1).summary()


def test_an_earlier_now_leaves_out_what_was_reported_later(tmp_path: Path) -> None:
    path = written(tmp_path, "date,reported\n2010-01-05,2010-02-01\n2010-03-05,2015-01-01\n2011-01-05,\n")
    case, problems = case_of_dated_list(path, as_of=date(2010, 12, 31))
    assert len(case.events) == 1
    assert "2 rows are left out" in problems[-1].message
    assert len(case_of_dated_list(path, as_of=date(2015, 12, 31))[0].events) == 3


def test_rows_outside_the_window_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "id,date\nearly,2005\nkept,2010-03-01\nlate,2012-02-01\n")
    case, problems = case_of_dated_list(path, start=date(2009, 1, 1), end=date(2011, 12, 31), as_of=date(2012, 6, 1))
    assert len(departures(case)) == 1
    assert (
        "2 rows lie outside the window 2009-01-01 to 2011-12-31 and are not counted: early, late" in problems[0].message
    )


def test_an_empty_window_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="window"):
        case_of_dated_list(written(tmp_path, "date\n2010-01-05\n"), start=date(2012, 1, 1))


def test_a_thousand_events_a_day(tmp_path: Path) -> None:
    case, _ = case_of_dated_list(
        written(tmp_path, "date,count\n2010-01-05,1000\n"),
        start=date(2009, 1, 1),
        end=date(2011, 1, 1),
        as_of=date(2011, 1, 1),
    )
    alarms = watch(case, rng=1, n_draws=5)
    assert alarms.reckoning().n_departures == 1000


def test_a_list_without_sectors_has_no_diplomats_to_count(tmp_path: Path) -> None:
    case, _ = case_of_dated_list(written(tmp_path, "date\n2010-01-05\n2011-01-05\n"))
    counted = [each.denominator for each in watch(case, rng=1, n_draws=2).reckonings]
    assert counted == [Denominator.ALL, Denominator.CONFIRMED]
    asked = watch(case, denominator="diplomats", rng=1, n_draws=2)
    assert asked.reckoning().n_departures == 0
    with_sector, _ = case_of_dated_list(written(tmp_path, "date,sector\n2010-01-05,diplomatic\n2011-01-05,\n"))
    assert Denominator.DIPLOMATS in [each.denominator for each in watch(with_sector, rng=1, n_draws=2).reckonings]
