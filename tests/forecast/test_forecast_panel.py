"""The panel, the codes and the shipped files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ostraka.errors import InputError, Level
from ostraka.forecast import list_data
from ostraka.forecast.codes import cow_code
from ostraka.forecast.covariates import in_office, known_at, shipped_covariates, with_series
from ostraka.forecast.panel import FAMILIES, panel_from_frame, shipped_panel
from ostraka.forecast.sources import read_source


def spell(**changes: object) -> pd.DataFrame:
    rows = {
        "cow": 731,
        "country": "Korea North",
        "case": "one",
        "year": [1990, 1991, 1992],
        "duration": [1, 2, 3],
        "fail": [0, 0, 1],
        "type": "personal",
    }
    return pd.DataFrame(rows | changes)


def test_shipped_panel_holds_what_its_source_says() -> None:
    panel = shipped_panel()
    assert (len(panel), int(panel.fail.sum())) == (5805, 258)
    assert (int(panel.year.min()), int(panel.year.max())) == (1946, 2020)
    assert int(panel.fail[panel.year >= 2011].sum()) == 17


def test_every_shipped_file_is_intact_and_named_in_the_licence_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "data-licences.md").read_text("utf-8")
    for source in list_data():
        assert source.intact(), source.name
        assert source.sha256 in page
        assert source.licence
        assert source.citation
        assert len(read_source(source.name)) == source.rows
        assert tuple(read_source(source.name).columns) == source.columns


def test_unknown_data_are_refused_with_what_there_is() -> None:
    with pytest.raises(InputError, match="reign_panel"):
        read_source("no such thing")


def test_a_clean_spell_has_no_problem() -> None:
    panel, problems = panel_from_frame(spell())
    assert (len(panel), problems) == (3, ())


@pytest.mark.parametrize(
    ("changes", "where", "said", "level", "n_left"),
    [
        ({"year": [1990, 1991, 1991]}, "row 4, column year", "already in row 3", Level.ERROR, 2),
        ({"year": [1990, 1991, 1993], "duration": [1, 2, 4]}, "row 4, column year", "no row between", Level.WARN, 3),
        ({"fail": [0, 1, 0]}, "row 4, column fail", "after its end in 1991", Level.ERROR, 2),
        ({"fail": [0, 0, 2]}, "row 4, column fail", "neither 0 nor 1", Level.ERROR, 2),
        ({"duration": [0, 1, 2]}, "row 2, column duration", "ends before it enters", Level.ERROR, 2),
        ({"duration": [1, 2, 9]}, "row 4, column duration", "after 2 the year before", Level.WARN, 3),
        ({"type": ["personal", "junta", "personal"]}, "row 3, column type", "unknown regime type", Level.ERROR, 2),
        ({"cow": 99999}, "row 2, column cow", "unknown country code", Level.WARN, 3),
        ({"year": [1990, np.nan, 1992]}, "row 3, column year", "not a whole number", Level.ERROR, 2),
    ],
)
def test_faults_name_row_column_and_remedy(
    changes: dict[str, object], where: str, said: str, level: Level, n_left: int
) -> None:
    panel, problems = panel_from_frame(spell(**changes), name="mine.csv")
    first = next(problem for problem in problems if problem.where == f"mine.csv, {where}")
    assert said in first.message
    assert first.level is level
    assert len(panel) == n_left


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(InputError, match="columns fail are missing"):
        panel_from_frame(spell().drop(columns="fail"))


def test_every_type_of_the_panel_has_a_family() -> None:
    assert set(shipped_panel().kind) <= set(FAMILIES)
    assert set(shipped_panel().family) == {"party", "personal", "military", "monarchy"}


@pytest.mark.parametrize(
    ("system", "code", "year", "cow"),
    [
        ("gw", 678, 1985, 678),
        ("gw", 678, 1991, 679),
        ("gw", 260, 1980, 260),
        ("gw", 260, 1995, 255),
        ("gw", 340, 2010, 345),
        ("vdem", "CZE", 1980, 315),
        ("vdem", "CZE", 2000, 316),
        ("iso3", "RUS", 1985, None),
        ("iso3", "RUS", 2000, 365),
        ("iso3", "WLD", 2000, None),
        ("cow", 731, 2000, 731),
        ("cow", 99999, 2000, None),
    ],
)
def test_codes_follow_splits_and_successions(system: str, code: str | int, year: int, cow: int | None) -> None:
    assert cow_code(system, code, year) == cow


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(InputError, match="expected a code system"):
        cow_code("fips", "KN", 2000)


def test_yemen_keeps_its_covariates_through_unification() -> None:
    values, _ = shipped_covariates().at(np.array([678, 679]), np.array([1988, 1995]))
    assert not np.isnan(values[:, shipped_covariates().names.index("polyarchy")]).any()
    assert not np.isnan(values[:, shipped_covariates().names.index("leader_age")]).any()


def test_old_values_are_carried_a_few_years_and_say_so() -> None:
    known = shipped_covariates()
    age = known.names.index("leader_age")
    values, years = known.at(np.array([731] * 3), np.array([2019, 2021, 2024]))
    assert values[:, age].tolist() == [36.0, 37.0, 37.0]
    assert years[:, age].tolist() == [0, 1, 4]


def test_leaders_in_office_agree_with_reigns_own_yearly_table() -> None:
    leaders, table = read_source("reign_leaders"), read_source("reign_years")
    for year in (2005, 2019):
        both = table[table["year"] == year].merge(in_office(leaders, year), on="cow", suffixes=("", "_list"))
        assert len(both) > 180
        assert (both["age"] == both["age_list"]).mean() > 0.97
        assert ((both["tenure_months"] - both["tenure_months_list"]).abs() <= 1).mean() > 0.97


def test_north_korea_has_no_income_and_a_third_of_autocracies_lacks_it() -> None:
    panel, known = shipped_panel(), shipped_covariates()
    values, _ = known.at(panel.cow, panel.year - 1)
    missing = values[:, known.names.index("no_economy")] == 1
    assert missing[panel.cow == 731].all()
    assert 0.28 < missing[panel.year > 1950].mean() < 0.34


def test_a_covariate_from_after_the_origin_is_refused() -> None:
    with pytest.raises(
        InputError, match="row 4: a covariate of 2016 cannot be used in a forecast made at the end of 2015"
    ):
        known_at(pd.DataFrame({"year": [2014, 2015, 2016]}), origin=2015)
    late = pd.DataFrame({"cow": [2, 2], "year": [2014, 2016], "mine": [1.0, 2.0]})
    with pytest.raises(InputError, match="a covariate of 2016"):
        with_series(shipped_covariates(), late, ["mine"], origin=2015)
