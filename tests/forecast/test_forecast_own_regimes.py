"""Regimes of other sources as an outcome. The headers are those of published files; the rows are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ostraka.errors import InputError
from ostraka.forecast import hrd_panel, load_data, panel_from_spells, shipped_panel, vdem_panel, walk
from ostraka.forecast.panel import FAMILIES
from ostraka.forecast.sources import read_source

HRD = """country_name;v_dem_code;year;regime_name_;startyear;v3regstartdate;v3regenddate;v3regendtype
North Korea;41;1949;Kim;1948;09/09/1948;20/10/1950;6
North Korea;41;1950;Kim;1948;09/09/1948;20/10/1950;6
North Korea;41;1952;Kim;1950;05/12/1950;;13
Syria;97;1955;Colonels;1949;30/03/1949;01/03/1954;0.8
Syria;97;1956;Late;1954;01/03/1954;1956-12-31;7
Nowhere;9999;1956;Late;1954;01/03/1954;1956-12-31;7
Syria;97;1957;Odd;1957;soon;1956-12-31;7
"""


def test_the_shipped_panel_is_what_its_spells_make() -> None:
    spells = read_source("reign_spells").rename(
        columns={"gwf_country": "country", "gwf_casename": "case", "gwf_regimetype": "type"}
    )
    dates = {name: pd.to_datetime(spells[name]) for name in ("start", "end")}
    spells = spells.assign(start=dates["start"], end=dates["end"].mask(spells["ongoing_at_release"] == 1))
    panel, problems = panel_from_spells(spells[spells["type"].isin(list(FAMILIES))], last_year=2020)
    assert problems == ()
    made, shipped = (
        panel.frame().sort_values(["cow", "year"]).reset_index(drop=True) for panel in (panel, shipped_panel())
    )
    pd.testing.assert_frame_equal(made, shipped)


def test_hrd_with_the_columns_of_its_published_files(tmp_path: Path) -> None:
    (tmp_path / "hrd.csv").write_text(HRD, encoding="utf-8")
    panel, modes, problems = hrd_panel(tmp_path / "hrd.csv", last_year=1960)
    korea = panel.where(panel.cow == 731)
    assert korea.year.tolist() == [1949, 1950, *range(1951, 1961)]
    assert korea.duration.tolist() == [1, 2, *range(1, 11)]
    assert korea.year[korea.fail == 1].tolist() == [1950]
    assert sorted(modes.values()) == ["coup", "war", "war", "war"]
    assert modes["Syria: Colonels 1949-03-30"] == "coup"
    assert set(panel.family) == {"untyped"}
    said = [problem.line() for problem in problems]
    assert "error: hrd.csv, row 8, column start: 'soon' is no date like 2011-03-21" in said
    assert any("9999 is no state of the vdem_id list" in line for line in said)
    assert hrd_panel(tmp_path / "hrd.csv")[0].year.max() == 1956


def test_v_dem_regimes_count_where_the_country_was_an_autocracy_the_year_before(tmp_path: Path) -> None:
    rows = ["country_name,country_text_id,year,v2reginfo,v2x_regime,v2regendtype"]
    rows += [
        f"Syria,SYR,{year},Colonels (30/03/1949 - 01/03/1954),{kind},0"
        for year, kind in ((1950, 0), (1951, 2), (1952, 0))
    ]
    rows += [f"Syria,SYR,{year},Late (02/03/1954 - E),0," for year in (1953, 1954, 1955, 1956)]
    rows += ["Syria,SYR,1957,a regime without dates,0,"]
    (tmp_path / "vdem.csv").write_text("\n".join(rows), encoding="utf-8")
    panel, modes, problems = vdem_panel(tmp_path / "vdem.csv")
    assert panel.year.tolist() == [1951, 1953, 1954, 1955, 1956, 1957]
    assert panel.year[panel.fail == 1].tolist() == [1954]
    assert panel.duration.tolist() == [2, 4, 5, 1, 2, 3]
    assert list(modes.values()) == ["coup"]
    assert [problem.where for problem in problems] == ["vdem.csv, regime 'a regime without dates'"]
    (tmp_path / "core.csv").write_text("country_text_id,year\nSYR,1950\n", encoding="utf-8")
    with pytest.raises(InputError, match="full country-year file"):
        vdem_panel(tmp_path / "core.csv")


def test_untyped_regimes_can_be_forecast() -> None:
    panel = shipped_panel()
    spells = pd.DataFrame(
        {
            "cow": panel.cow,
            "case": panel.case,
            "start": [pd.Timestamp(int(y - d), 6, 1) for y, d in zip(panel.year, panel.duration, strict=True)],
        }
    ).drop_duplicates("case")
    ends = {
        case: pd.Timestamp(int(year), 6, 1)
        for case, year in zip(panel.case[panel.fail == 1], panel.year[panel.fail == 1], strict=True)
    }
    untyped, _ = panel_from_spells(spells.assign(end=pd.to_datetime(spells["case"].map(ends))), last_year=2020)
    said = walk([2000], models=("type", "economy"), panel=untyped)
    assert len(said) == 2 * int((untyped.year == 2001).sum())
    assert ((said.probability > 0) & (said.probability < 1)).all()


def test_spells_that_cannot_be_cut_are_refused() -> None:
    spells = pd.DataFrame(
        {"cow": [2.0], "case": ["A"], "start": pd.to_datetime(["1930-05-01"]), "end": pd.to_datetime(["1940-02-03"])}
    )
    with pytest.raises(InputError, match="no regime was in power"):
        panel_from_spells(spells, last_year=2020)
    with pytest.raises(InputError, match="columns end are missing"):
        panel_from_spells(spells.drop(columns="end"), last_year=2020)
    twice = pd.concat([spells, spells]).assign(case=["A", "B"], end=pd.to_datetime(["", ""]))
    panel, problems = panel_from_spells(twice, last_year=1950)
    assert len(panel) == 5
    assert "country 2 has 1946 already" in problems[0].message


def test_files_may_be_separated_by_tabs(tmp_path: Path) -> None:
    (tmp_path / "coups.txt").write_text(
        "country\tccode\tyear\tmonth\tday\tcoup\nA, B\t40\t1952\t3\t10\t2\n", encoding="utf-8"
    )
    table, problems = load_data(tmp_path / "coups.txt", "powell_thyne")
    assert problems == ()
    assert table[["cow", "year", "coup"]].to_numpy().tolist() == [[40, 1952, 2]]
    (tmp_path / "navco.tab").write_text(
        "LOCATION\tCAMPAIGN\tEYEAR\tSUCCESS\tNONVIOL\nA\tone\t1990\t1\t1\n", encoding="utf-8"
    )
    assert load_data(tmp_path / "navco.tab", "navco")[0]["outcome"].tolist() == [1]
