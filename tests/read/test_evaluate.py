from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.dates import When
from ostraka.errors import InputError, Problem
from ostraka.model import Report, Statement, Status
from ostraka.read import read_report, reading_json
from ostraka.read.agreement import krippendorff_alpha
from ostraka.read.coding import coding_from_json, coding_of, load_labelled
from ostraka.read.compare import compare_coders
from ostraka.read.evaluate import Evaluation, evaluate
from ostraka.read.matching import numbers, pairs, same_claim, same_name, same_tie, same_words
from ostraka.read.reading import Reading

FLIGHT = {
    "type": "defection",
    "person": "Aman Berik",
    "role": "colonel",
    "organisation": "border guard",
    "post_place": "",
    "origin_regime": "Kazastan",
    "destination": "Austria",
    "date_earliest": "2015-05-01",
    "date_latest": "2015-05-31",
    "date_text": "in May",
    "family_with": "",
    "status": "confirmed",
    "note": "",
}
TEXT = "Col. Aman Berik of the border guard fled to Austria in May. A consul in Rome was dismissed on 3 June."


def labels(*events: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {
        "persons": [],
        "ties": [],
        "count_claims": [],
        "negative": not events,
        "published": "2015-07-01",
        "lang": "en",
    }
    return {**base, "events": list(events), **more}


def write(folder: Path, name: str, data: dict[str, Any], text: str = TEXT) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")


def reader(*events: tuple[str, str, When, dict[str, str]]) -> Any:
    """A reader that finds the same events in every report."""

    def read(report: Report) -> tuple[Reading, tuple[Problem, ...]]:
        said: list[Statement] = []
        for number, (kind, person, when, fields) in enumerate(events):
            span = report.quote(number, number + 3)
            said.append(Statement(span, "event", f"e{number}", "type", kind, when=when, status=Status.ASSERTED))
            said.append(Statement(span, "event", f"e{number}", "person", person))
            said.append(Statement(span, "person", person, "name", person))
            said += [Statement(span, "event", f"e{number}", name, value) for name, value in fields.items()]
        return Reading.of(report, said), ()

    return read


MAY = When(date(2015, 5, 1), date(2015, 5, 31))
FOUND = ("defection", "Col. Aman Berik", MAY, {"role": "colonel", "destination": "Austria"})


def shares(result: Evaluation, what: str) -> tuple[float | None, float | None]:
    row = result.score(what)
    return row.precision, row.recall


def test_a_perfect_reader_scores_one(tmp_path: Path) -> None:
    write(tmp_path, "001", labels(FLIGHT, persons=["Aman Berik"]))
    result = evaluate(tmp_path, read=reader(FOUND), rng=1)
    assert shares(result, "events") == (1.0, 1.0)
    assert shares(result, "persons") == (1.0, 1.0)
    assert shares(result, "field: date") == shares(result, "field: status") == (1.0, 1.0)
    assert shares(result, "field: organisation") == (None, 0.0)
    assert [miss.what for miss in result.misses] == ["field: organisation", "field: origin_regime"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("purge", "Aman Berik", MAY, {}),
        ("defection", "Timur Salik", MAY, {}),
        ("defection", "Aman Berik", When.parse("2014"), {}),
    ],
)
def test_kind_person_and_days_must_all_agree(tmp_path: Path, wrong: tuple[str, str, When, dict[str, str]]) -> None:
    write(tmp_path, "001", labels(FLIGHT))
    result = evaluate(tmp_path, read=reader(wrong), rng=1)
    assert shares(result, "events") == (0.0, 0.0)
    assert [(miss.what, miss.kind) for miss in result.misses if miss.what == "events"] == [
        ("events", "missed"),
        ("events", "false"),
    ]


def test_an_event_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "001", labels(FLIGHT))
    assert shares(evaluate(tmp_path, read=reader(FOUND, FOUND), rng=1), "events") == (0.5, 1.0)


def test_events_on_negatives_are_false(tmp_path: Path) -> None:
    write(tmp_path, "001", labels())
    result = evaluate(tmp_path, read=reader(FOUND), rng=1)
    assert (result.n_negatives, result.n_false_on_negatives) == (1, 1)


def test_the_interval_holds_the_score_and_is_made_again_by_its_seed(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, f"{number:03}", labels(FLIGHT) if number % 3 else labels())
    first, again = (evaluate(tmp_path, read=reader(FOUND), rng=5) for _ in range(2))
    row = first.score("events")
    assert row.f1_low is not None
    assert row.f1 is not None
    assert row.f1_high is not None
    assert row.f1_low < row.f1 < row.f1_high
    assert first == again
    assert first.provenance.seed == 5


def test_a_split_is_scored_alone(tmp_path: Path) -> None:
    write(tmp_path, "001", labels(FLIGHT, split="before"))
    write(tmp_path, "002", labels(split="after"))
    assert evaluate(tmp_path, split="after", rng=1).n_reports == 1
    with pytest.raises(InputError, match="split"):
        evaluate(tmp_path, split="never")


def test_results_say_what_they_are(tmp_path: Path) -> None:
    write(tmp_path, "001", labels(FLIGHT))
    result = evaluate(tmp_path, read=reader(FOUND), rng=1)
    assert json.loads(json.dumps(result.to_json(), allow_nan=False))["n_reports"] == 1
    assert list(result.frame()["what"]) == [row.what for row in result.scores]
    assert "events: defection" in result.summary()


def test_bad_labels_are_problems_and_an_empty_folder_a_wrong_call(tmp_path: Path) -> None:
    write(tmp_path, "001", labels(FLIGHT))
    write(tmp_path, "002", {"events": [{"person": "X"}]})
    (tmp_path / "003.txt").write_text("No labels.", "utf-8")
    labelled, problems = load_labelled(tmp_path)
    assert [item.gold.id for item in labelled] == ["001"]
    assert [problem.where for problem in problems] == ["002.txt", "003.txt"]
    with pytest.raises(InputError, match="no labelled reports"):
        evaluate(tmp_path / "..")
    with pytest.raises(InputError, match="no such folder"):
        evaluate(tmp_path / "none")


def test_practice_format_is_read(shared: Path) -> None:
    labelled, problems = load_labelled(shared / "practice")
    assert (len(labelled), problems) == (16, [])
    assert sum(item.negative for item in labelled) == 3


def test_a_reading_and_its_json_are_one_coding() -> None:
    text = (
        "Ri Sang-ok, a North Korean consul in Havana, defected to South Korea in May. His wife Kim Ok-ju went with him."
    )
    reading, _ = read_report(Report(text, published=date(2015, 7, 1), lang="en"))
    assert reading.events != ()
    assert coding_from_json(reading_json(reading), "a") == coding_of(reading, "a")


# --- matching --------------------------------------------------------------------------------------------------


def test_matching_finds_the_most_pairs() -> None:
    scores = {("a", "x"): 2.0, ("b", "x"): 1.0, ("a", "y"): 1.0}
    assert pairs(["a", "b"], ["x", "y"], lambda i, j: scores.get((i, j), 0.0)) == [(0, 1), (1, 0)]


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_matching_is_one_to_one_and_symmetric_in_size(gold: list[int], found: list[int]) -> None:
    def near(x: int, y: int) -> float:
        return float(abs(x - y) <= 1)

    matched = pairs(gold, found, near)
    assert len({i for i, _ in matched}) == len({j for _, j in matched}) == len(matched)
    assert len(pairs(found, gold, near)) == len(matched)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("embassy in Egypt", "the embassy in Egypt", True),
        ("wife", "his wife and two sons", True),
        ("Cairo", "Rome", False),
        ("São Paulo", "Sao Paulo", True),
        ("", "", False),
        ("로마", "로마", True),
    ],
)
def test_words_that_say_the_same(a: str, b: str, *, same: bool) -> None:
    assert same_words(a, b) is same_words(b, a) is same


def test_names_ties_and_claims() -> None:
    assert same_name("Jang", "Jang Song-thaek")
    assert not same_name("Kim Jong-un", "Kim Jong-nam")
    assert same_tie(("A B", "spouse_of", "C D"), ("C D", "spouse_of", "A B"))
    assert not same_tie(("A B", "father_of", "C D"), ("C D", "father_of", "A B"))
    assert same_tie(("A B", "uncle_of", "C D"), ("C D", "nephew_of", "A B"))
    assert same_claim("over 70 executed since he took power", "more than seventy officials") > 0
    assert same_claim("forty-four officers", "44 of them left") > 0
    assert not same_claim("forty-four officers", "forty officers left")
    assert same_claim("about 100 officers", "about a hundred of the 800") > 0
    assert same_claim("first pilot since 1983", "No pilot had come over since 1983") > 0
    assert same_claim("highest to desert so far", "Nobody so high has yet deserted") > 0
    assert not same_claim("229 in 2020", "48 this year, of 300 in 2020")
    assert same_claim("about a dozen officials", "some twelve senior officials") > 0
    assert not same_claim("16 generals", "some 250 officers")
    assert numbers("some 23,000 of 1.1 million, five times") == {23_000.0, 1_100_000.0, 5.0}


# --- agreement -------------------------------------------------------------------------------------------------

# The worked nominal example of Krippendorff (2004), four observers and twelve units.
OBSERVERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def units_of(rows: Sequence[str]) -> list[list[int | None]]:
    table = [[None if cell == "." else int(cell) for cell in row.split()] for row in rows]
    return [list(unit) for unit in zip(*table, strict=True)]


def test_alpha_of_the_worked_example() -> None:
    assert krippendorff_alpha(units_of(OBSERVERS)) == pytest.approx(0.743, abs=0.0005)
    assert krippendorff_alpha(units_of(OBSERVERS), metric="interval") == pytest.approx(0.849, abs=0.0005)


def test_alpha_at_its_ends() -> None:
    assert krippendorff_alpha([("a", "a"), ("b", "b")]) == 1.0
    assert krippendorff_alpha([("a", "a"), ("a", "a")]) is None
    assert krippendorff_alpha([("a", None), (None, None)]) is None
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([("a", "b"), ("b", "a")]) == pytest.approx(-0.5)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_alpha_does_not_mind_who_is_who(units: list[tuple[int, int]]) -> None:
    turned = [(b, a) for a, b in units]
    alpha = krippendorff_alpha(units)
    assert alpha == krippendorff_alpha(turned)
    assert alpha is None or alpha <= 1.0


def test_coders_who_agree_and_who_do_not(tmp_path: Path) -> None:
    for number in range(6):
        kind = "defection" if number % 2 else "purge"
        write(tmp_path / "a", f"{number}", labels({**FLIGHT, "type": kind}))
        write(tmp_path / "b", f"{number}", labels({**FLIGHT, "type": kind, "destination": "the Austria"}))
        write(tmp_path / "c", f"{number}", labels({**FLIGHT, "type": "defection", "status": "denied"}))
    same = {row.what: row for row in compare_coders(tmp_path / "a", tmp_path / "b", rng=1).alphas}
    other = {row.what: row for row in compare_coders(tmp_path / "a", tmp_path / "c", rng=1).alphas}
    assert same["event kind"].alpha == 1.0
    assert same["destination"].alpha is None
    assert other["event kind"].alpha is not None
    assert other["event kind"].alpha < 0.2
    assert other["status"].alpha is not None
    assert other["status"].alpha < 0


def test_an_event_of_one_coder_counts_against_them(tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path / "a", f"{number}", labels(FLIGHT))
        write(tmp_path / "b", f"{number}", labels(*([FLIGHT] if number else [])))
    write(tmp_path / "b", "9", labels(FLIGHT))
    result = compare_coders(tmp_path / "a", tmp_path / "b", rng=1)
    alphas = {row.what: row.alpha for row in result.alphas}
    assert alphas["event kind"] is not None
    assert alphas["event kind"] < 1
    assert [problem.where for problem in result.problems] == ["9"]
    assert "event kind" in result.summary()
    assert json.dumps(result.to_json(), allow_nan=False)
    assert len(result.frame()) == len(result.alphas)


def test_alphas_of_persons_ties_and_claims_worked_by_hand(tmp_path: Path) -> None:
    one, two = "Omar Haddad", "Ivan Petrov"
    alike = {
        "persons": ["Kim Chol", "Luis Vega"],
        "ties": [[one, "aide_of", "Luis Vega"]],
        "count_claims": ["the third this week"],
    }
    first = {
        "persons": [one, two],
        "ties": [[one, "father_of", two], ["Luis Vega", "aide_of", one]],
        "count_claims": ["at least five since February", "ten officers"],
    }
    second = {
        "persons": [one],
        "ties": [[two, "child_of", one], ["Luis Vega", "spouse_of", one]],
        "count_claims": ["five defections since February"],
    }
    for folder, own in (("a", first), ("b", second)):
        write(tmp_path / folder, "1", labels(**own))
        write(tmp_path / folder, "2", labels(**alike))
    alphas = {row.what: row for row in compare_coders(tmp_path / "a", tmp_path / "b", rng=1).alphas}
    # 1 - (n - 1) * observed / expected, where expected is n squared less the squares of how often each value was given
    assert alphas["person"].alpha == pytest.approx(1 - 7 * 2 / (64 - 14))
    assert alphas["tie"].alpha == pytest.approx(1 - 5 * 2 / (36 - 14))
    assert alphas["claim"].alpha == pytest.approx(1 - 5 * 2 / (36 - 10))
    assert [alphas[what].n_units for what in ("person", "tie", "claim")] == [4, 3, 3]
    assert alphas["number of claims"].alpha == pytest.approx(1 - 3 * 2 / 6)
    assert alphas["number of ties"].alpha == 1.0


def test_coders_without_a_common_report_are_a_wrong_call(tmp_path: Path) -> None:
    write(tmp_path / "a", "1", labels(FLIGHT))
    write(tmp_path / "b", "2", labels(FLIGHT))
    with pytest.raises(InputError, match="in common"):
        compare_coders(tmp_path / "a", tmp_path / "b")
    with pytest.raises(InputError, match="no such folder"):
        compare_coders(tmp_path / "a", tmp_path / "none")
