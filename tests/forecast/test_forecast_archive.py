"""The archive of forecasts, and the joined table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ostraka.errors import InputError
from ostraka.forecast import evaluate, put_away, read_back, regime_years, resolved, shipped_panel, take_out, walk
from ostraka.forecast.archive import years_put_away
from ostraka.forecast.catalogue import COUNTRY
from ostraka.forecast.design import MODELS, described
from ostraka.forecast.record import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return walk([1999, 2019, 2020], models=("base", "type"), horizons=(1, 5))


def test_an_archive_comes_back_as_it_was_put_away(record: Record, tmp_path: Path) -> None:
    paths = put_away(record, tmp_path / "archive")
    assert [path.relative_to(tmp_path / "archive").as_posix() for path in paths] == [
        f"ostraka-{model}/{year}-12-31-ostraka-{model}.csv" for model in ("base", "type") for year in (1999, 2019, 2020)
    ]
    again, problems = take_out(tmp_path / "archive")
    assert problems == ()
    assert len(again) == len(record)
    for model in ("base", "type"):
        for horizon in (1, 5):
            assert again.of(model, horizon).case.tolist() == record.of(model, horizon).case.tolist()
            assert again.of(model, horizon).probability == pytest.approx(
                record.of(model, horizon).probability, rel=1e-5
            )
    assert again.version == record.version
    assert years_put_away(tmp_path / "archive") == [1999, 2019, 2020]


def test_what_was_said_is_never_rewritten(record: Record, tmp_path: Path) -> None:
    put_away(record, tmp_path)
    put_away(record, tmp_path)
    with pytest.raises(InputError, match="never rewritten"):
        put_away(record.renamed("type", record.probability * 0.9), tmp_path)
    assert not list(tmp_path.rglob("*.part"))


def test_an_archive_takes_more_models_and_gives_back_what_is_asked(record: Record, tmp_path: Path) -> None:
    put_away(record, tmp_path)
    put_away(walk([2019], models=("duration",)), tmp_path)
    wanted = record.where((record.model == "type") & (record.origin > 2000))
    kept, problems = read_back(wanted, tmp_path)
    assert problems == ()
    assert kept.models() == ("type",)
    assert set(kept.origin.tolist()) == {2019, 2020}


def test_only_a_model_of_chance_names_a_seed(record: Record) -> None:
    assert "seed" not in record.version


def test_only_resolved_forecasts_are_scored(record: Record, tmp_path: Path) -> None:
    put_away(record, tmp_path)
    again, _ = take_out(tmp_path)
    known = resolved(again)
    assert (known.origin + known.horizon).max() == 2020
    found = evaluate(known, shipped_panel(), first_year=2020, last_year=2020, n_resamples=20, rng=1)
    assert found.of("type").scores.n == int((shipped_panel().year == 2020).sum())


def test_a_damaged_file_is_a_problem_and_the_rest_is_read(record: Record, tmp_path: Path) -> None:
    paths = put_away(record, tmp_path)
    text = paths[0].read_text("utf-8").splitlines()
    cells = text[3].split(",")
    column = text[0].split(",").index("value")
    cells[column] = "7.5"
    paths[0].write_text("\n".join([*text[:3], ",".join(cells), *text[4:]]), "utf-8")
    again, problems = take_out(tmp_path)
    assert set(again.of("base").origin.tolist()) == {2019, 2020}
    assert len(again.of("type")) == len(record.of("type"))
    assert problems[0].where == "1999-12-31-ostraka-base.csv"
    assert "row 4: the probability is not between 0 and 1" in problems[0].message
    paths[1].write_text("a,b\n1,2\n", "utf-8")
    assert len(take_out(tmp_path)[1]) == 2


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no archived forecast"):
        take_out(tmp_path)


def test_the_joined_table_holds_every_covariate_as_known_before() -> None:
    table = regime_years()
    assert len(table) == 5805
    assert {covariate.name for covariate in COUNTRY} <= set(table)
    korea = table[(table["cow"] == 731) & (table["year"] == 2015)].iloc[0]
    assert korea["leader_age"] == 31
    assert korea["lexical_index"] == 1
    assert np.isnan(korea["log_gdp_pc"])


def test_second_opinions_are_in_no_model_and_every_column_is_described() -> None:
    names = {name for columns in MODELS.values() for name in columns}
    assert not names & {"lexical_index", "opposition", "military_rule", "single_party"}
    for name in names:
        about = described(name)
        assert about.label
        assert about.unit
        assert about.step > 0
