from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ostraka.dates import When
from ostraka.model import Claim, Operator, Report, Span, Statement, Status
from ostraka.read.exchange import reading_json
from ostraka.read.reading import Reading

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "reading.schema.json").read_text("utf-8"))
TEXT = (
    "Col. Aman Berik fled to Vienna in May, the ministry admits. His father, Gen. Berik, stayed. It is the third case."
)


def span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return report.quote(start, start + len(words))


@pytest.fixture
def reading() -> Reading:
    report = Report(TEXT, title="A colonel flees", published=date(2015, 6, 1), lang="en", path="a.txt")
    flight = Statement(
        span(report, "Aman Berik fled"),
        "event",
        "e1",
        "type",
        "defection",
        when=When(date(2015, 5, 1), date(2015, 5, 31), "in May"),
        attributed_to="the ministry",
    )
    return Reading.of(
        report,
        [
            flight,
            replace(flight, id="", predicate="person", object="Aman Berik"),
            replace(flight, id="", predicate="destination", object="Vienna", span=span(report, "Vienna")),
            Statement(span(report, "Aman Berik"), "person", "Aman Berik", "name", "Aman Berik"),
            Statement(span(report, "Col."), "person", "Aman Berik", "title", "Col."),
            Statement(span(report, "Gen. Berik"), "person", "Gen. Berik", "described", "Gen. Berik"),
            Statement(span(report, "His father, Gen. Berik"), "tie", "Gen. Berik", "father_of", "Aman Berik"),
            Claim(
                span(report, "third case"),
                "claim",
                "c1",
                "number",
                "third",
                low=3.0,
                high=3.0,
                operator=Operator.ORDINAL,
                unit="cases",
                status=Status.ASSERTED,
            ),
        ],
    )


def test_shape_that_others_score(reading: Reading) -> None:
    data = reading_json(reading)
    jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert list(data) == ["report", "persons", "events", "ties", "claims", "statements"]
    event = data["events"][0]
    assert {name: event[name] for name in ("type", "person", "destination", "status", "attributed_to")} == {
        "type": "defection",
        "person": "Aman Berik",
        "destination": "Vienna",
        "status": "asserted",
        "attributed_to": "the ministry",
    }
    assert (event["date_earliest"], event["date_latest"], event["date_text"]) == ("2015-05-01", "2015-05-31", "in May")
    assert (data["report"]["path"], data["report"]["published"]) == ("a.txt", "2015-06-01")


def test_every_quote_is_found_at_its_offsets(reading: Reading) -> None:
    quotes = list(_quotes(reading_json(reading)))
    assert len(quotes) > 12
    assert [TEXT[start:end] for _, start, end in quotes] == [quote for quote, _, _ in quotes]


def test_plain_json_there_and_back(reading: Reading) -> None:
    data = reading_json(reading)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_empty_reading_has_the_same_shape() -> None:
    jsonschema.validate(reading_json(Reading.of(Report("Nothing."), [])), SCHEMA)


@pytest.mark.parametrize(
    ("where", "wrong"), [("events", {"status": "sure"}), ("events", {"type": "coup"}), ("ties", {"start": -1})]
)
def test_the_schema_refuses(reading: Reading, where: str, wrong: dict[str, Any]) -> None:
    data = reading_json(reading)
    data[where][0].update(wrong)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_the_schema_names_every_key(reading: Reading) -> None:
    data = reading_json(reading)
    for kind, name in (("report", "report"), ("event", "events"), ("person", "persons"), ("tie", "ties")):
        row = data[name] if kind == "report" else data[name][0]
        assert set(row) == set(SCHEMA["$defs"][kind]["properties"])


def _quotes(value: Any) -> Any:
    if isinstance(value, dict):
        if "quote" in value:
            yield value["quote"], value["start"], value["end"]
        for part in value.values():
            yield from _quotes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _quotes(part)
