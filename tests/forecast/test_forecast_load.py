"""Data sets that a user points at: faults named, published tables reproduced where the files lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ostraka.errors import FitError, InputError, Level
from ostraka.forecast.codes import cow_code
from ostraka.forecast.covariates import shipped_covariates, with_series
from ostraka.forecast.design import MODELS, rows_of
from ostraka.forecast.evaluation import evaluate
from ostraka.forecast.formats import FORMATS, format_called
from ostraka.forecast.history import recent_coups, region_of, regional_ends
from ostraka.forecast.load import GWF_MODES, gwf_panel, load_data
from ostraka.forecast.logit import fit_logit
from ostraka.forecast.modes import aftermath, fit_modes
from ostraka.forecast.panel import Panel, shipped_panel
from ostraka.forecast.record import join_records
from ostraka.forecast.rolling import walk


def unlicensed(shared: Path, name: str) -> Path:
    path = shared / "data" / "regimes-unlicensed" / name
    if not path.exists():
        pytest.skip(f"needs {name}, which may not be shipped, beside the checkout")
    return path


@pytest.fixture
def gwf(shared: Path) -> tuple[Panel, dict[str, str]]:
    panel, modes, problems = gwf_panel(unlicensed(shared, "gwf_autocratic_2014.csv"))
    assert problems == ()
    return panel, modes


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_good_rows_survive_and_bad_ones_are_named(tmp_path: Path) -> None:
    path = write(
        tmp_path / "coups.csv",
        "ccode,year,month,day,coup\n40,1952,3,10,2\n40,nineteen,3,10,2\n41,1958,13,1,1\n99999,1960,1,1,1\n42,1961,5,30,3\n",
    )
    table, problems = load_data(path, "powell_thyne")
    assert table["cow"].tolist()[:1] == [40.0]
    assert len(table) == 2
    lines = [problem.line() for problem in problems]
    assert "error: coups.csv, row 3, column year: 'nineteen' is not a whole number from 1700 to 2100" in lines
    assert "error: coups.csv, row 4, column month: '13' is not a whole number from 1 to 12" in lines
    assert "error: coups.csv, row 6, column coup: '3' is none of 1, 2" in lines
    assert any(line.startswith("warn: coups.csv, row 5, column code: 99999 is no state") for line in lines)


def test_dates_that_end_before_they_begin_and_old_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "leaders.csv",
        "gwcode,leader,startdate,enddate,exit\n2,A,1901-01-01,1905-01-01,Regular\n2,B,1960-01-01,1959-01-01,Regular\n"
        "678,C,1990-06-01,1994-01-01,Irregular\n2,D,soon,1999-01-01,Regular\n",
    )
    table, problems = load_data(path, "archigos")
    assert table["leader"].tolist() == ["A", "C"]
    assert table["cow"].iloc[1] == 679
    assert {problem.level for problem in problems} == {Level.ERROR, Level.NOTE}
    assert any("before it starts on 1960-01-01; swap them" in problem.message for problem in problems)
    assert any("1 rows before 1945" in problem.message for problem in problems)


def test_a_key_given_twice_is_named_and_ones_own_column_names_are_taken(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", "land,jahr,wert\n731,1990,1\n731,1990,2\n731,1991,\n")
    table, problems = load_data(path, "series", columns={"code": "land", "year": "jahr", "value": "wert"})
    assert table[["cow", "year", "value"]].to_numpy().tolist() == [[731, 1990, 1]]
    assert [problem.where for problem in problems] == ["mine.csv, row 3, column year", "mine.csv, row 4, column value"]


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("", "gwf", "cannot be read"),
        ("a,b\n1,2\n", "gwf", r"lacks columns .*code \(gwf_cowcode or cowcode\)"),
        ("ccode,year,coup\n", "powell_thyne", "has no rows"),
        ("ccode\n1\n", "oracle", "no format called 'oracle'; there are gwf"),
    ],
)
def test_files_that_are_no_such_table_are_refused(tmp_path: Path, content: str, kind: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_data(write(tmp_path / "file.csv", content), kind)


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the path of your own copy"):
        load_data(tmp_path / "none.csv", "gwf")
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 20)
    with pytest.raises(InputError, match="cannot be read"):
        load_data(tmp_path / "noise.csv", "gwf")


def test_every_format_names_its_data_set_and_needs_something() -> None:
    for name, found in FORMATS.items():
        assert format_called(name) is found
        assert any(column.required for column in found.columns)
        assert set(found.key) <= {column.name for column in found.columns}


def test_v_dem_rows_get_the_code_of_their_year(tmp_path: Path) -> None:
    path = write(
        tmp_path / "vdem.csv",
        "country_text_id,year,v2x_polyarchy,v2regendtype\nYEM,1985,0.1,\nYEM,1995,0.2,8\nCZE,1980,0.2,\nXXX,2000,0.5,\n",
    )
    table, problems = load_data(path, "vdem")
    assert table["cow"].tolist()[:3] == [678, 679, 315]
    assert np.isnan(table["cow"].iloc[3])
    assert len(problems) == 1


def test_regional_ends_and_recent_coups_look_only_back() -> None:
    panel = shipped_panel()
    table = regional_ends(panel).set_index(["cow", "year"])["regional_ends"]
    europe_1990 = [int(cow) for cow in np.unique(panel.cow) if region_of(int(cow)) == "Europe"]
    here = (panel.year == 1990) & np.isin(panel.cow, europe_1990)
    assert table[355, 1990] == pytest.approx(panel.fail[here].mean())
    events = pd.DataFrame({"cow": [731.0, 40.0], "year": [1990, 1952]})
    coups = recent_coups(events, panel, years=3).set_index(["cow", "year"])["recent_coup"]
    assert [coups[731, year] for year in (1989, 1990, 1992, 1993)] == [0, 1, 1, 0]
    with pytest.raises(InputError, match="at least one year"):
        recent_coups(events, panel, years=0)


def test_a_series_joins_by_country_and_year_and_is_refused_when_twice() -> None:
    series = pd.DataFrame({"cow": [731, 731], "year": [2000, 2001], "mine": [1.0, 2.0]})
    known = with_series(shipped_covariates(), series, ["mine"])
    values, age = known.at(np.array([731, 731, 40]), np.array([2001, 2003, 2001]))
    assert values[:2, -1].tolist() == [2.0, 2.0]
    assert age[:2, -1].tolist() == [0, 2]
    assert np.isnan(values[2, -1])
    with pytest.raises(InputError, match="country 731 has the year 2000 twice"):
        with_series(shipped_covariates(), series.assign(year=2000), ["mine"])
    with pytest.raises(InputError, match="already"):
        with_series(shipped_covariates(), series.rename(columns={"mine": "growth"}), ["growth"])
    with pytest.raises(InputError, match="lacks columns mine"):
        with_series(shipped_covariates(), series.drop(columns="mine"), ["mine"])


@pytest.mark.parametrize(
    ("family", "n_years", "n_failures", "n_regimes"),
    [("party", 2265, 58, 83), ("personal", 1152, 77, 100), ("military", 579, 76, 78), ("monarchy", 595, 12, 19)],
)
def test_gwf_table_by_type(
    gwf: tuple[Panel, dict[str, str]], family: str, n_years: int, n_failures: int, n_regimes: int
) -> None:
    part = gwf[0].where(gwf[0].family == family)
    assert (len(part), int(part.fail.sum()), len(set(part.case))) == (n_years, n_failures, n_regimes)


def test_gwfs_file_without_types_has_the_same_ends(shared: Path, gwf: tuple[Panel, dict[str, str]]) -> None:
    panel, modes, problems = gwf_panel(unlicensed(shared, "gwf_how_dictatorships_work.csv"))
    assert problems == ()
    assert (len(panel), int(panel.fail.sum()), set(panel.kind)) == (4591, 223, {"untyped"})
    assert sorted(modes.values()) == sorted(gwf[1].values())


def test_gwf_modes_and_how_they_changed(gwf: tuple[Panel, dict[str, str]]) -> None:
    panel, modes = gwf
    assert set(modes.values()) <= set(GWF_MODES.values())
    counts = pd.Series(list(modes.values())).value_counts().to_dict()
    assert counts == {
        "coup": 77,
        "elections": 59,
        "uprising": 38,
        "war": 27,
        "insiders change the rules": 17,
        "state ends": 5,
    }
    ends = panel.where(panel.fail == 1)
    coup = np.array([modes[case] == "coup" for case in ends.case])
    assert (int(coup[ends.year <= 1990].sum()), int(coup[ends.year > 1990].sum())) == (69, 8)


def test_gwf_full_sample_logit_to_six_digits(gwf: tuple[Panel, dict[str, str]]) -> None:
    panel, _ = gwf
    columns = [panel.family == family for family in ("personal", "military", "monarchy")]
    design = np.column_stack([np.ones(len(panel)), np.log(panel.duration), *columns]).astype(float)
    fit = fit_logit(design, panel.fail.astype(float), penalty="none")
    assert fit.coef.round(6).tolist() == [-3.484253, -0.057236, 0.965047, 1.684279, -0.206683]
    assert round(fit.log_likelihood, 6) == -835.994807


def test_gwf_rolling_with_economy_coups_conflict_and_neighbours(
    gwf: tuple[Panel, dict[str, str]], shared: Path
) -> None:
    panel, _ = gwf
    wealth = pd.read_csv(unlicensed(shared, "gdp_mixed_sources.csv"))
    wealth["cow"] = [cow_code("gw", code, year) for code, year in zip(wealth["gwcode"], wealth["year"], strict=True)]
    wealth = wealth.dropna(subset=["cow"]).drop_duplicates(["cow", "year"])
    wealth["gdp_pc"] = np.log(wealth["NY.GDP.PCAP.KD"])
    wealth["gdp_growth"] = wealth["NY.GDP.PCAP.KD.ZG"].clip(-30, 30)
    wealth["people"] = np.log(wealth["NY.GDP.MKTP.KD"] / wealth["NY.GDP.PCAP.KD"])
    coups, _problems = load_data(unlicensed(shared, "powell_thyne_coups.csv"), "powell_thyne")
    known = with_series(shipped_covariates(), wealth, ["gdp_pc", "gdp_growth", "people"])
    known = with_series(known, recent_coups(coups, panel), ["recent_coup"])
    known = with_series(known, regional_ends(panel), ["regional_ends"])
    s4 = (*MODELS["type"], "gdp_pc", "gdp_growth", "people", "recent_coup", "regional_ends", "log_conflict")
    origins = range(1990, 2010)
    base = walk(origins, models=("base",), panel=panel, covariates=known)
    record = join_records([base, walk(origins, models={"s4": s4}, panel=panel, covariates=known)])
    found = evaluate(record, panel, first_year=1991, last_year=2010, n_resamples=100, rng=1)
    assert (found.of("s4").scores.n, found.of("s4").scores.n_events) == (1305, 65)
    assert round(found.of("base").scores.auc, 3) == 0.433
    assert 0.71 <= found.of("s4").scores.auc < 0.85
    assert found.of("s4").brier_skill["base"].value >= 0.04


def test_shares_of_modes_add_up_and_coups_fade_after_the_cold_war(gwf: tuple[Panel, dict[str, str]]) -> None:
    panel, modes = gwf
    columns = (*MODELS["type"], "cold_war")
    model = fit_modes(panel, shipped_covariates(), modes, last_year=2010, columns=columns)
    military = panel.where((panel.family == "military") & np.isin(panel.year, [1975, 2005]))
    shares = model.shares(rows_of(military, shipped_covariates()))
    coup = {
        int(year): next(s.share for s in row if s.kind == "coup")
        for year, row in zip(military.year, shares, strict=True)
    }
    assert coup[1975] > coup[2005]
    for row in shares:
        assert sum(item.share for item in row) == pytest.approx(1)
        assert all(item.low < item.share < item.high for item in row)


def test_what_follows_beats_the_shares_of_the_past_out_of_sample() -> None:
    panel, known = shipped_panel(), shipped_covariates()
    kinds = aftermath(panel)
    gained = []
    for origin in range(1990, 2016, 5):
        model = fit_modes(panel, known, kinds, last_year=origin)
        ends = panel.where((panel.fail == 1) & (panel.year > origin) & (panel.year <= origin + 5))
        for case, row in zip(ends.case, model.shares(rows_of(ends, known)), strict=True):
            item = next(item for item in row if item.kind == kinds[case])
            gained.append(np.log(item.share / item.base_share))
    assert np.mean(gained) > 0.05


def test_modes_must_be_known_for_every_end_and_compete() -> None:
    panel, known = shipped_panel(), shipped_covariates()
    kinds = aftermath(panel)
    some = {case: kind for case, kind in kinds.items() if not case.startswith("Cuba")}
    with pytest.raises(InputError, match="no kind of end is given for Cuba"):
        fit_modes(panel, known, some, last_year=2000)
    with pytest.raises(FitError, match="nothing competes"):
        fit_modes(panel, known, dict.fromkeys(kinds, "one"), last_year=2000)
