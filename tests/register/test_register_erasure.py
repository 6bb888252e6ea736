"""What a person may have taken out, or kept in: erasures and seals."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from ostraka.case import Case
from ostraka.dates import When
from ostraka.errors import InputError, RegisterError
from ostraka.model import Judgement, Report, Statement, Verdict
from ostraka.read import read_text
from ostraka.read.reading import Reading
from ostraka.register import Register
from ostraka.register.blackout import Blackout
from ostraka.register.erasure import lone_parts
from ostraka.register.exchange import export
from ostraka.register.profiles import event_mention

Make = Callable[..., Reading]
TEXT = "Han Ryong-su, a counsellor in Hanoi, left with his wife. HAN RYONG SU was seen in Seoul, Mr. Han's aide said."
HAN = {"person": "Han Ryong-su", "role": "counsellor", "post_place": "Hanoi", "when": "2016-08-10"}


def quoted(text: str = TEXT, url: str = "https://example.org/han-ryongsu-2016") -> Reading:
    """A report whose statements quote the words that say it."""
    report = Report(text, title="Han Ryong-su leaves", url=url, published=date(2016, 8, 17), publisher="A")
    said = []
    for kind, predicate, value, words in (
        ("person", "name", "Han Ryong-su", "Han Ryong-su"),
        ("person", "alias", "Mr. Han", "Mr. Han"),
        ("event", "person", "Han Ryong-su", "Han Ryong-su"),
        ("event", "type", "defection", "left"),
        ("event", "origin_regime", "North Korea", "left"),
        ("event", "role", "counsellor", "counsellor"),
    ):
        start = text.index(words)
        subject = "Han Ryong-su" if kind == "person" else "defection of Han Ryong-su"
        when = When.parse("2016-08-10") if predicate == "type" else When()
        span = report.quote(start, start + len(words))
        said.append(Statement(span, kind, subject, predicate, value, when, coder="rules"))
    return Reading.of(report, said)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "r.db") if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def filled(address: str, record: Case) -> Iterator[Register]:
    tick = count()
    with Register(address, clock=lambda: f"2026-01-01T00:{next(tick):02}:00+00:00") as register:
        register.add_case(record)
        register.add_many([quoted(), quoted("Kim Chol-su stays.  Han Ryong-su, left; counsellor. Mr. Han", "")])
        said = register.readings()[0].statements[0].id
        register.judge(Judgement((said,), Verdict.ACCEPT, "ana", "2026-01-02T00:00:00Z", "Han Ryong-su it is"))
        yield register


def everything_in(register: Register) -> str:
    with register._database.reading() as connection:
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608 - names of our own
            for table in ("report", "statement", "mention", "fact", "judgement", "record", "log")
        ]
    return json.dumps(rows, ensure_ascii=False, default=list)


def mention_of(register: Register, label: str = "Han Ryong-su") -> str:
    links = [link for reading in register.readings() for link in register.links(reading.report.id)]
    return next(link.mention for link in links if link.kind == "person" and link.label == label)


def test_an_erased_person_is_in_no_row_and_the_chain_still_verifies(filled: Register) -> None:
    head = filled.head()
    before, _ = filled.freeze("North Korea")
    assert filled.erase(mention_of(filled), by="ana", reason="asked for by the family", words=["Mr. Han"]) > 10
    held = everything_in(filled)
    for trace in ("Han Ryong", "HAN RYONG", "ryongsu", "Mr. Han"):
        assert trace not in held
    assert filled.verify(head) == ()
    after, _ = filled.freeze("North Korea")
    assert len(after.events) == len(before.events)
    assert all(reading.report.text[s.span.start : s.span.end] == s.span.quote for reading in filled.readings() for s in reading.statements)  # fmt: skip


def test_what_was_erased_does_not_come_back_with_the_same_report(filled: Register) -> None:
    filled.erase(mention_of(filled), by="ana", reason="asked for", words=["Mr. Han"])
    assert filled.add(quoted()) == 0
    assert "Han Ryong" not in everything_in(filled)


def test_a_person_of_the_record_is_erased_with_the_ids_that_name_them(filled: Register, record: Case) -> None:
    filled.erase("thae-yong-ho", by="ana", reason="asked for")
    held = everything_in(filled)
    for trace in ("thae-yong-ho", "Thae Yong-ho", "태영호", "THAEYONGHO"):
        assert trace not in held
    case, _ = filled.freeze("North Korea")
    assert len(case.events) == len(record.events) + 1
    assert len(case.ties) == len(record.ties)
    assert filled.verify() == ()


def test_the_file_keeps_no_page_with_the_words(tmp_path: Path, record: Case) -> None:
    file = tmp_path / "r.db"
    with Register(str(file)) as register:
        register.add_case(record)
        register.add(quoted())
        assert b"Han Ryong-su" in file.read_bytes()
        register.erase(mention_of(register), by="ana", reason="asked for", words=["Mr. Han"])
    assert b"Han Ryong" not in file.read_bytes()


def test_a_statement_and_a_report_can_be_erased(filled: Register) -> None:
    first, second = filled.readings()
    role = next(said for said in first.statements if said.predicate == "role")
    filled.erase(role.id, by="ana", reason="asked for")
    filled.erase(second.report.id, by="ana", reason="asked for")
    one, other = filled.readings()
    assert one.events[0].role == ""
    assert "counsellor" not in one.report.text
    assert "Han Ryong-su" in one.report.text
    assert (other.events, other.persons, other.report.title) == ((), (), "")
    assert len(other.report.text) == len(second.report.text)
    assert filled.verify() == ()


def test_a_row_changed_after_an_erasure_is_found(filled: Register) -> None:
    if not filled._database.sqlite:
        pytest.skip("tampering is shown on a file")
    filled.erase(mention_of(filled), by="ana", reason="asked for")
    name = filled._database.name
    filled.close()
    connection = sqlite3.connect(name)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("UPDATE statement SET object = 'x' WHERE predicate = 'role'")
    connection.execute("DELETE FROM statement WHERE predicate = 'type'")
    connection.commit()
    connection.close()
    with Register(name) as register:
        lines = [problem.message for problem in register.verify()]
    assert any("changed after words of its entry were erased" in line for line in lines)
    assert any("was deleted" in line for line in lines)


def test_a_row_that_was_tampered_with_cannot_be_covered_up_by_an_erasure(filled: Register) -> None:
    if not filled._database.sqlite:
        pytest.skip("tampering is shown on a file")
    name, mention = filled._database.name, mention_of(filled)
    connection = sqlite3.connect(name)
    connection.execute("DROP TRIGGER statement_no_UPDATE")
    connection.execute("UPDATE statement SET object = 'forged' WHERE predicate = 'role'")
    connection.commit()
    connection.close()
    with pytest.raises((RegisterError), match="nothing was erased"):
        filled.erase(mention, by="ana", reason="asked for")


def test_rows_are_guarded_again_after_an_erasure(filled: Register) -> None:
    filled.erase(mention_of(filled), by="ana", reason="asked for")
    for change in ("UPDATE statement SET object = 'x'", "DELETE FROM report"):
        with pytest.raises(RegisterError, match="never changed"), filled._database.writing() as connection:
            connection.exec_driver_sql(change)


@pytest.mark.parametrize(
    ("ids", "reason", "words", "message"),
    [
        (("nobody",), "asked for", (), "no event or person"),
        (("thae-yong-ho",), "", (), "needs a reason"),
        (("thae-yong-ho",), "Thae Yong Ho asked", (), "without the names"),
        ((), "asked for", ("x",), "single letter"),
        ((), "asked for", ("Nobody Whatever",), "no row"),
    ],
)
def test_an_erasure_that_makes_no_sense_is_refused(
    held: Register, ids: tuple[str, ...], reason: str, words: tuple[str, ...], message: str
) -> None:
    head = held.head()
    with pytest.raises(InputError, match=message):
        held.erase(*ids, by="ana", reason=reason, words=words)
    assert held.head() == head


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Ri Gang left; Rigangsan is a hill", "X left; Rigangsan is a hill"),
        ("태영호는 왔다", "X는 왔다"),
        ("https://e.org/Thae_Yong.ho/", "https://e.org/X/"),
        ("thaeyongho", "X"),
        ("Thae Yong-hoon", "X"),
        ("Thae Yong", "Thae Yong"),
        ("", ""),
    ],
)
def test_names_are_taken_out_however_they_are_written(text: str, clean: str) -> None:
    names = Blackout({"Ri Gang": "X", "태영호": "X", "Thae Yong-ho": "X", "?": "Y", "": "Z"})
    found = names.clean(text)
    assert found == (clean if text != "Thae Yong-hoon" else "Xon")
    assert len(names.cover(text)) == len(text)


def test_a_name_that_is_an_ordinary_word_leaves_dates_and_verbs_alone() -> None:
    text = "Theresa May said on 3 May that they may leave by May 2016. Mrs May left in March 2016."
    names = Blackout({"Theresa May": "X", "May": "X"})
    assert names.clean(text) == "X said on 3 May that they may leave by May 2016. Mrs X left in March 2016."
    assert lone_parts(["Theresa May"]).findall(text) == ["May", "May"]
    assert names.tells("https://example.org/may-out")
    assert names.tells("MAY LEAVES")


def seal(register: Register, *about: str) -> str:
    return register.judge(Judgement(about, Verdict.SEAL, "ana", "2026-02-01T00:00:00Z", "still at risk"))


def test_a_sealed_field_leaves_neither_in_a_case_nor_in_an_export(filled: Register, tmp_path: Path) -> None:
    case, _ = filled.freeze("North Korea")
    event = next(event for event in case.events if event.role == "counsellor" and event.id.startswith("ev-"))
    made = seal(filled, f"{event.id}#city", f"{event.id}#country", f"{event.id}#when")
    sealed, _ = filled.freeze("North Korea")
    now = next(row for row in sealed.events if row.id == event.id)
    assert (now.city, now.country, now.when.edtf(), now.note) == ("", "", "2016-08", "sealed: city, country, when")
    assert not [claim for claim in filled.conflicts(event.id) if claim.field in {"post_place", "when"}]
    path = export(filled, "annotations", tmp_path / "a.json", regime="North Korea", full=True, reason="r", by="ana")
    assert '"post_place"' not in path.read_text(encoding="utf-8")
    filled.undo(made, by="ana", reason="no longer at risk")
    assert filled.freeze("North Korea")[0] == case


def test_what_is_sealed_is_in_no_quote_and_in_no_other_field(filled: Register, tmp_path: Path) -> None:
    text = "Ri Chol-nam, a counsellor at the North Korean embassy in Hanoi, has defected to South Korea. Hanoi said nothing."
    reading, _ = read_text(text, published=date(2016, 8, 20))
    filled.add(reading)
    mention = event_mention(reading.report.id, reading.events[0].label)
    row = next(row for row in filled.freeze("North Korea")[0].events if row.id == f"ev-{mention[3:]}")
    assert (row.city, bool(row.body)) == ("Hanoi", True)
    seal(filled, f"{mention}#city", f"{mention}#country")
    assert next(event for event in filled.freeze("North Korea")[0].events if event.id == row.id).body == ""
    page = json.dumps([claim.to_json() for claim in filled.conflicts(row.id)])
    path = export(filled, "annotations", tmp_path / "a.json", regime="North Korea", full=True, reason="r", by="ana")
    made = json.loads(path.read_text(encoding="utf-8"))["first"]["items"]
    own = json.dumps([item for item in made if item["target"]["source"].endswith(reading.report.id)])
    assert "Ri Chol-nam" in own
    for trace in ("Hanoi", "Vietnam"):
        assert trace not in page
        assert trace not in own


def test_a_sealed_name_is_in_no_text_of_a_case(filled: Register, record: Case) -> None:
    seal(filled, "thae-yong-ho")
    case, _ = filled.freeze("North Korea")
    text = str(case)
    for trace in ("Thae Yong", "thae-yong-ho", "THAEYONGHO", "태영호"):
        assert trace not in text
    assert len(case.events) == len(record.events) + 1
    with pytest.raises(InputError, match="sealed"):
        filled.conflicts("thae-yong-ho")


def test_who_opens_a_seal_is_written_into_the_log(filled: Register) -> None:
    seal(filled, "thae-yong-ho#native_name")
    assert not [claim for claim in filled.conflicts("thae-yong-ho") if claim.field == "native_name"]
    with pytest.raises(InputError, match="who they are and why"):
        filled.open_seal("thae-yong-ho", by="ana", reason=" ")
    head = filled.head()
    assert [claim.value for claim in filled.open_seal("thae-yong-ho", by="ana", reason="to check") if claim.field == "native_name"]  # fmt: skip
    assert filled.head() != head
    assert "to check" in everything_in(filled)


@pytest.mark.parametrize(
    ("about", "message"),
    [("thae-yong-ho#beauty", "no field 'beauty'"), ("nobody", "neither"), ("NK-2016-BULGARIA#name", "no field 'name'")],
)
def test_what_is_no_field_cannot_be_sealed(held: Register, about: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        seal(held, about)
    assert held.judgements() == ()


def test_a_surname_that_stands_alone_goes_where_the_whole_name_is_told(held: Register) -> None:
    words = "Han Ryong-su has left. Han took his sister, Ryong-su's friend says. Han Song-il stayed. In Han style."
    report = Report(words, title="Han leaves", published=date(2016, 8, 20))
    name = Statement(report.quote(0, 12), "person", "Han Ryong-su", "name", "Han Ryong-su")
    kin = Statement(report.quote(28, 43), "person", "sister", "described", "sister of Han")
    held.add(Reading.of(report, [name, kin]))
    held.add(Reading.of(Report("Han is a river."), []))
    held.erase(words=["Han Ryong-su"], by="ana", reason="asked for")
    told, other = sorted((reading.report for reading in held.readings()), key=lambda made: -len(made.text))
    assert "Ryong" not in told.text
    assert [word for word in told.text.split() if "Han" in word] == ["Han"]
    assert "Han Song-il stayed" in told.text
    assert len(told.text) == len(words)
    assert "Han" not in told.title
    assert other.text == "Han is a river."
    assert not any("Han" in said.object for reading in held.readings() for said in reading.statements)
    assert held.verify() == ()
