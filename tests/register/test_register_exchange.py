from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ostraka.case import Case, load_case
from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model import Event, Person, Source, Statement, Status, Tie, TieKind
from ostraka.read import read_text
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.exchange import FORMATS, export, own_columns, read_spreadsheet, redact
from ostraka.register.exchange.annotations import annotate
from ostraka.register.exchange.flat import COLUMNS, flat_csv, flat_rows
from ostraka.register.exchange.ftm import STATEMENT_COLUMNS, ftm_entities, ftm_statements
from ostraka.register.exchange.graphml import graphml
from ostraka.register.exchange.package import data_package
from ostraka.register.exchange.prov import prov_json

Make = Callable[..., Reading]
KEY = b"sixteen bytes or more"
DAY = date(2016, 12, 31)


def small(**changes: Any) -> Case:
    rows: dict[str, Any] = {
        "people": [
            Person("minister", "Mun Se-gwang"),
            Person("wife-of-mun", "Sin Ok-ju", aliases=("Shin Ok-joo",)),
            Person("lost", "Han Ryong-su"),
        ],
        "ties": [Tie("t1", "wife-of-mun", "minister", TieKind.KIN, "spouse_of", sources=("s1",))],
        "events": [
            Event(
                "E-MUN",
                person="minister",
                role="minister",
                city="Lima",
                country="Peru",
                destination="12 Hidden Street, Seoul, South Korea",
                when=When.parse("2016-03-07"),
                reported=When.parse("2016-04-01"),
                company="wife Sin Ok-ju and two sons (8, 11)",
                outcome="Sin Ok-ju gave a talk",
                sources=("s1",),
            ),
            Event(
                "E-HANRYONGSU",
                person="lost",
                role="clerk Han Ryong-su",
                city="Quito",
                country="Ecuador",
                when=When.parse("2016-05-02"),
                status=Status.ATTEMPTED,
                outcome="seized",
                sources=("s2",),
            ),
        ],
        "sources": [Source("s1", "https://example.org/mun"), Source("s2", "https://example.org/han-ryong-su")],
        **changes,
    }
    return Case.make("Ruritania", start=date(2016, 1, 1), end=DAY, as_of=DAY, **rows)


def everything(case: Case) -> str:
    files = [str(case), flat_csv(case), ftm_statements(case), graphml(case), json.dumps(prov_json(case))]
    return "\n".join(files)


def test_kin_and_those_in_danger_appear_nowhere_by_name() -> None:
    text = everything(redact(small()).case)
    for hidden in (
        "Sin Ok-ju",
        "Shin Ok-joo",
        "wife-of-mun",
        "Han Ryong-su",
        "HANRYONGSU",
        "han-ryong-su",
        "Quito",
        "Hidden",
    ):
        assert hidden not in text
    assert "Mun Se-gwang" in text


def test_dates_become_months_and_company_becomes_roles() -> None:
    event = next(event for event in redact(small()).case.events if event.id == "E-MUN")
    assert event.when.edtf() == "2016-03"
    assert (event.company, event.destination) == ("wife, two sons", "South Korea")


def test_pseudonyms_stay_with_a_key_and_change_without() -> None:
    assert redact(small(), key=KEY).case == redact(small(), key=KEY).case
    assert redact(small()).case != redact(small()).case
    with pytest.raises(InputError, match="protects nobody"):
        redact(small(), key=b"short")


def test_the_shipped_record_redacted_names_no_private_person(record: Case) -> None:
    redaction = redact(record, key=KEY)
    holders = {event.person for event in record.events} | {tie.ego for tie in record.ties if tie.kind is TieKind.HOLDS}
    private = [person for person in record.people if person.id not in holders]
    assert private
    text = everything(redaction.case)
    assert [person.name for person in private if person.name in text] == []
    assert len(redaction.case.events) == len(record.events)


def test_counts_survive_redaction(record: Case) -> None:
    safe = redact(record, key=KEY).case
    for name in ("kind", "sector", "tier", "counted", "confidence", "n_low"):
        before = sorted(str(getattr(event, name)) for event in record.events)
        assert sorted(str(getattr(event, name)) for event in safe.events) == before


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "case"])
def test_every_format_writes_one_whole_file(held: Register, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    path = export(held, form, tmp_path / "out", regime="North Korea")
    assert path.stat().st_size > 100
    assert list(tmp_path.iterdir()) == [path]


def test_a_case_package_comes_back_as_the_case_it_was(held: Register, tmp_path: Path, record: Case) -> None:
    folder = export(held, "case", tmp_path / "out", regime="DPRK", full=True, reason="test", by="ana")
    back, problems = load_case(folder)
    assert back == record
    assert [problem for problem in problems if problem.level == "error"] == []
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        header = next(csv.reader(io.StringIO((folder / resource["path"]).read_text(encoding="utf-8"))))
        assert [item["name"] for item in resource["schema"]["fields"]] == header
        assert (folder / resource["path"]).stat().st_size == resource["bytes"]


def test_a_redacted_package_is_a_case_folder_too(held: Register, tmp_path: Path) -> None:
    folder = export(held, "case", tmp_path / "out", regime="DPRK", key=KEY)
    back, problems = load_case(folder)
    assert back == redact(held.freeze("DPRK")[0], key=KEY).case
    assert [problem.line() for problem in problems if problem.level == "error"] == []


def test_a_full_export_needs_a_reason_and_is_logged(held: Register, tmp_path: Path) -> None:
    before = held.head()
    with pytest.raises(InputError, match="give a reason"):
        export(held, "csv", tmp_path / "out.csv", regime="DPRK", full=True)
    assert held.head() == before
    export(held, "csv", tmp_path / "out.csv", regime="DPRK", full=True, reason="replication", by="ana")
    assert held.head() != before
    assert held.verify() == ()


def test_an_unknown_format_and_an_unwritable_place_are_named(held: Register, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="known are case, csv"):
        export(held, "docx", tmp_path / "x", regime="DPRK")
    with pytest.raises(InputError, match="cannot be written"):
        export(held, "csv", tmp_path / "nowhere" / "x", regime="DPRK")


def test_ftm_entities_point_only_at_entities_that_are_there(record: Case) -> None:
    entities = ftm_entities(record)
    ids = {entity["id"] for entity in entities}
    assert len(ids) >= len(record.events) + len(record.people)
    for entity in entities:
        for prop in ("involved", "proof", "holder", "post", "person", "relative", "associate", "organization"):
            assert set(entity["properties"].get(prop, ())) <= ids
        assert all(isinstance(value, str) and value for found in entity["properties"].values() for value in found)


def test_ftm_statements_have_the_hash_that_ftm_gives_them() -> None:
    rows = list(csv.DictReader(io.StringIO(ftm_statements(small()))))
    assert tuple(rows[0]) == STATEMENT_COLUMNS
    assert len({row["id"] for row in rows}) == len(rows)
    name = next(row for row in rows if row["value"] == "Mun Se-gwang")
    assert (name["schema"], name["prop"], name["prop_type"], name["dataset"]) == ("Person", "name", "name", "ruritania")


def test_ftm_entities_are_valid_where_followthemoney_is_installed(record: Case) -> None:
    ftm = pytest.importorskip("followthemoney", reason="needs the followthemoney package")
    for entity in ftm_entities(record):
        proxy = ftm.model.get_proxy({**entity, "id": entity["id"]}, cleaned=False)
        for prop, values in entity["properties"].items():
            assert prop in proxy.schema.properties, (entity["schema"], prop)
            kind = proxy.schema.properties[prop].type
            assert all(kind.clean(value) is not None for value in values), (entity["schema"], prop, values)


def test_ftm_statements_are_read_back_where_followthemoney_is_installed(record: Case) -> None:
    pytest.importorskip("followthemoney", reason="needs the followthemoney package")
    statement, serialize = (import_module(f"followthemoney.statement{part}") for part in ("", ".serialize"))
    found = list(serialize.read_csv_statements(io.BytesIO(ftm_statements(record).encode())))
    assert len(found) > 1000
    for row in found:
        made = statement.Statement.make_key(row.dataset, row.entity_id, row.prop, row.value, row.external)
        assert row.id == made


def test_annotations_quote_exactly_what_stands_at_their_place(make: Make) -> None:
    reading = make("Some say that a colonel of the guard has left his post.", events=[{"person": "Mun Se-gwang"}])
    made = annotate([reading])
    assert made["total"] == len(reading.statements) == len(made["first"]["items"])
    for item in made["first"]["items"]:
        quote, position = item["target"]["selector"]
        assert reading.report.text[position["start"] : position["end"]] == quote["exact"]
        assert reading.report.text.endswith(quote["exact"] + quote["suffix"])


def test_annotations_of_hidden_persons_are_left_out(make: Make) -> None:
    reading = make("Sin Ok-ju, wife of the minister, came along.", persons=[{"name": "Sin Ok-ju"}])
    assert annotate([reading], leave_out=redact(small()).tells)["total"] == 0


def test_a_bystander_of_a_report_is_in_no_annotation(held: Register, make: Make, tmp_path: Path) -> None:
    event = {"person": "Mun Se-gwang", "when": "2016-08", "role": "consul"}
    text = "Mun Se-gwang left. " + "x " * 40 + "A neighbour, O Ok-nyo, wept." + " x" * 40
    report = make(text, events=[event], persons=[{"name": "O Ok-nyo"}]).report
    said = []
    for name in ("Mun Se-gwang", "O Ok-nyo"):
        span = report.quote(text.index(name), text.index(name) + len(name))
        said.append(Statement(span, "person", name, "name", name))
    span = report.quote(0, 18)
    for predicate, value in (("type", "defection"), ("person", "Mun Se-gwang"), ("origin_regime", "North Korea")):
        said.append(Statement(span, "event", "it", predicate, value, When.parse("2016-08")))
    held.add(Reading.of(report, said))
    safe = export(held, "annotations", tmp_path / "safe.json", regime="North Korea").read_text(encoding="utf-8")
    assert "Mun Se-gwang" in safe
    assert "O Ok-nyo" not in safe
    whole = export(held, "annotations", tmp_path / "all.json", regime="DPRK", full=True, reason="r", by="ana")
    assert "O Ok-nyo" in whole.read_text(encoding="utf-8")


ANKARA = (
    "SEOUL, Sept. 20, 2016 - A third secretary at the North Korean embassy in Ankara tried to defect last week "
    "and failed, a lawmaker said on Tuesday. The man from Ankara was not named. Separately, the paper said that "
    "Mun Se-gwang, a counsellor at the North Korean embassy in Lima, has defected to South Korea."
)


def test_one_in_danger_whom_nobody_names_is_in_no_annotation(held: Register, tmp_path: Path) -> None:
    held.add(read_text(ANKARA)[0])
    safe = export(held, "annotations", tmp_path / "safe.json", regime="North Korea").read_text(encoding="utf-8")
    assert "Mun Se-gwang" in safe
    for trace in ("Ankara", "third secretary", "Turkey"):
        assert trace not in safe
    whole = export(held, "annotations", tmp_path / "all.json", regime="DPRK", full=True, reason="r", by="ana")
    assert "Ankara" in whole.read_text(encoding="utf-8")


def test_who_is_quoted_and_the_address_tell_nobody_either(make: Make) -> None:
    told = make("He said so.", events=[{"person": "Mun Se-gwang", "by": "Sin Ok-ju"}])
    hides = redact(small()).tells
    assert all(
        said["body"]["value"]["predicate"] != "type" for said in annotate([told], leave_out=hides)["first"]["items"]
    )
    page = make("He said so.", events=[{"person": "Mun Se-gwang"}], url="https://example.org/sin-ok-ju")
    assert annotate([page], leave_out=hides)["total"] == 0


def test_prov_relations_point_at_what_is_there(held: Register, make: Make) -> None:
    held.add(make("x", events=[{"person": "Tae Yong Ho", "when": "2016-08"}]))
    case, _ = held.freeze("North Korea")
    made = prov_json(case, held.readings(), held.judgements())
    known = {name for part in ("entity", "activity", "agent") for name in made[part]}
    for relation in ("wasGeneratedBy", "wasDerivedFrom", "used", "wasAssociatedWith", "wasInformedBy"):
        for ends in made[relation].values():
            assert set(ends.values()) <= known


def test_graphml_has_a_node_for_each_end_of_each_tie(record: Case) -> None:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.fromstring(graphml(record))  # noqa: S314 - our own text
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = list(root.iter(f"{space}edge"))
    assert len(edges) == len(record.ties)
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)


def test_the_flat_table_has_the_codes_of_other_schemes(record: Case) -> None:
    rows = flat_rows(record)
    assert len(rows) == len(record.events)
    assert all(tuple(row) == COLUMNS for row in rows)
    recall = next(row for row in rows if row["kind"] == "recall")
    assert recall["plover"].startswith("SANCTION")


@given(text=st.text(min_size=1, max_size=20))
@example("\r@")
def test_no_cell_of_the_flat_table_runs_as_a_formula(text: str) -> None:
    for bad in (text, "=" + text, "+" + text, "-" + text, "@" + text, "\t=" + text, " =" + text):
        case = small(events=[Event("e", role=bad, note=bad, destination=bad)])
        for row in csv.reader(io.StringIO(flat_csv(case), newline="")):
            assert not any(cell.lstrip(" \ufeff").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        for row in csv.reader(io.StringIO(ftm_statements(case), newline="")):
            assert not any(cell.lstrip(" \ufeff").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


SHEET = """Who;Date;Post;Town;Link;Sure
Mun Se-gwang;2016-03;minister;Lima;https://example.org/1;high
Sin Sang-ok;yesterday;clerk;;https://example.org/1;high
Han Ryong-su;2016-05-02;clerk;Quito;;very
;2016-06;a colonel;;https://example.org/2;low
"""
MAP = {"name": "Who", "when": "Date", "role": "Post", "city": "Town", "url": "Link", "confidence": "Sure"}


def test_a_plain_spreadsheet_becomes_a_case_and_its_bad_rows_problems(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8-sig")
    case, problems = read_spreadsheet(path, MAP, regime="Ruritania", as_of=DAY)
    assert [event.role for event in case.events if event.person] == ["minister"]
    assert {event.when.edtf() for event in case.events} == {"2016-03", "2016-06"}
    assert [problem.where for problem in problems] == ["sheet.csv, row 3, column Date", "sheet.csv, row 4, column Sure"]
    with Register() as register:
        assert register.add_case(case) > 0
        assert register.freeze("Ruritania")[0] == case


def test_an_exported_table_comes_in_again(held: Register, record: Case, tmp_path: Path) -> None:
    path = export(held, "csv", tmp_path / "events.csv", regime="DPRK", full=True, reason="r", by="ana")
    case, problems = read_spreadsheet(path, own_columns(path), regime="DPRK", as_of=record.as_of)
    assert [problem.line() for problem in problems if problem.level == "error"] == []
    kept = ("id", "kind", "role", "when", "reported", "tier", "sector", "n_low", "n_high", "counted", "motives")
    for before, after in zip(record.events, case.events, strict=True):
        assert [getattr(before, name) for name in kept] == [getattr(after, name) for name in kept]
        assert len(after.sources) == len(before.sources)


def test_a_name_of_ten_megabytes_in_a_sheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("Who,Date\n" + "x" * 10_000_000 + ",2016-03\n", encoding="utf-8")
    case, problems = read_spreadsheet(path, {"name": "Who", "when": "Date"}, regime="Ruritania", as_of=DAY)
    assert (len(case.people[0].name), problems) == (10_000_000, ())


def test_a_source_without_an_address_keeps_its_id_through_a_table(tmp_path: Path) -> None:
    known = Source(publisher="Evening News", title="A minister leaves")
    case = small(
        events=[Event("e", person="minister", when=When.parse("2016-03"), sources=(known.id,))],
        people=[Person("minister", '=HYPERLINK("x")')],
        ties=[],
        sources=[known],
    )
    path = tmp_path / "flat.csv"
    path.write_text(flat_csv(case), encoding="utf-8")
    back, problems = read_spreadsheet(path, own_columns(path), regime="Ruritania", as_of=DAY)
    assert problems == ()
    assert [(source.id, source.url) for source in back.sources] == [(known.id, "")]
    assert back.people[0].name == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"name": "Who", "when": "Nothing"}, "has no column Nothing; it has Who, Date"),
        ({"beauty": "Who", "when": "Date"}, "no such field"),
        ({"name": "Who"}, "which column holds the date"),
    ],
)
def test_a_wrong_column_map_is_refused(tmp_path: Path, columns: dict[str, str], message: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_spreadsheet(path, columns, regime="Ruritania", as_of=DAY)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b""])
def test_a_sheet_that_is_no_text_or_empty_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_spreadsheet(path, MAP, regime="Ruritania", as_of=DAY)


def test_the_descriptor_is_plain_json(record: Case) -> None:
    assert json.loads(json.dumps(data_package(record)))["resources"][0]["name"] == "sources"
