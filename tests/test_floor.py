"""Chance, settings, provenance, errors and the spine types."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.chance import root_seed, stream
from ostraka.config import Settings, load_settings
from ostraka.dates import When
from ostraka.errors import FitError, InputError, Level, MissingExtra, OstrakaError, Problem, RegisterError
from ostraka.model import Body, Claim, Event, Judgement, Measure, Person, Report, Span, Statement, Tie, Verdict
from ostraka.provenance import Provenance, canonical_json, content_id


def test_a_root_is_recorded_even_when_made_here() -> None:
    roots = {root_seed(None) for _ in range(20)}
    assert len(roots) == 20
    assert all(root_seed(root) == root for root in roots)


def test_every_kind_of_rng_gives_one_root() -> None:
    assert root_seed(np.random.default_rng(3)) == root_seed(np.random.default_rng(3))
    assert root_seed(np.random.SeedSequence(3)) == root_seed(np.random.SeedSequence(3))
    assert root_seed(np.int64(3)) == 3


@pytest.mark.parametrize("bad", [-1, 2**63, 1.5, "7", True])
def test_what_is_no_seed_is_refused(bad: Any) -> None:
    with pytest.raises(InputError, match="a seed is"):
        root_seed(bad)


def test_streams_are_named_and_independent() -> None:
    one, same, other = (stream(7, name).random(1000) for name in ("a", "a", "b"))
    assert np.array_equal(one, same)
    assert abs(float(np.corrcoef(one, other)[0, 1])) < 0.1


def test_settings_come_from_flags_then_environment_then_file(tmp_path: Path) -> None:
    (tmp_path / "ostraka.toml").write_text('regime = "Syria"\nseed = 1\nlevel = 0.8\n')
    settings, origin = load_settings(
        {"seed": 3, "level": None}, {"OSTRAKA_SEED": "2", "OSTRAKA_LEVEL": "0.5"}, tmp_path
    )
    assert settings == Settings(regime="Syria", seed=3, level=0.5)
    assert origin == {
        "register": "default",
        "regime": str(tmp_path / "ostraka.toml"),
        "seed": "command line",
        "level": "environment",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1", "unknown setting"),
        ("seed = 'x'", "must be a number"),
        ("regime = 3", "must be text"),
        ("= 1", "not a readable"),
    ],
)
def test_wrong_settings_name_the_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "ostraka.toml").write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        load_settings({}, {}, tmp_path)
    assert "ostraka.toml" in str(caught.value)


def test_a_level_is_a_probability() -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        Settings(level=90)


def test_every_error_of_ours_is_one_family() -> None:
    assert all(issubclass(kind, OstrakaError) for kind in (InputError, RegisterError, FitError, MissingExtra))
    assert FitError("no", found=3).found == 3
    assert "pip install 'ostraka[arrow]'" in str(MissingExtra("arrow", "Parquet"))
    assert Problem("a.csv, row 2", "wrong", Level.ERROR).to_json()["level"] == "error"


def test_provenance_is_plain_and_frozen() -> None:
    source = {"level": 0.9}
    provenance = Provenance("watch", source, seed=7)
    source["level"] = 0.1
    assert provenance.to_json()["parameters"] == {"level": 0.9}
    assert provenance.software.startswith("ostraka ")


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.booleans()), max_size=4))
def test_an_id_depends_on_the_content_alone(value: dict[str, Any]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical_json(value) == canonical_json(backwards)
    assert content_id("x", value) == content_id("x", backwards)


REPORT = Report("A colonel left in July.", published=date(2016, 8, 17))


def test_reading_again_gives_the_same_ids() -> None:
    again = Report("A colonel left in July.", published=date(2016, 8, 17))
    assert again.id == REPORT.id != Report("A colonel left in July.").id
    said = [Statement(r.quote(2, 9), "person", "colonel", "described") for r in (REPORT, again)]
    assert said[0].id == said[1].id != Statement(REPORT.quote(2, 9), "person", "colonel", "role").id


def test_a_claim_is_a_statement_whose_numbers_count() -> None:
    claims = [Claim(REPORT.quote(0, 9), "claim", "x", "number", low=low) for low in (5, 6)]
    assert claims[0].id != claims[1].id
    assert isinstance(claims[0], Statement)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Span("re-1", 3, 9, "abc"), "does not fit"),
        (lambda: When(date(2016, 2, 1), date(2016, 1, 1)), "cannot end"),
        (lambda: Tie(ego="a", alter="a"), "two different"),
        (lambda: Tie(ego="a", alter="b", weight=float("nan")), "weight"),
        (lambda: Tie(ego="a", alter="b", tier=5), "tier is"),
        (lambda: Body(kind="navy"), "kind of a body"),
        (lambda: Event(sector="navy"), "sector"),
        (lambda: Event(n_low=0), "count"),
        (lambda: Event(n_low=3, n_high=2), "count"),
        (lambda: Event(counted=False), "needs a reason"),
        (lambda: Measure(level=-1), "level"),
        (lambda: Judgement((), Verdict.ACCEPT, "me", "2016-08-17T00:00Z"), "needs what"),
    ],
)
def test_a_value_that_contradicts_itself_is_never_made(make: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        make()


def test_rows_without_an_id_are_named_by_their_content() -> None:
    assert Person(name="A").id == Person(name="A").id != Person(name="B").id
    assert Person(id="p1", name="A").id == "p1"
