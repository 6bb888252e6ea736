"""Fields for want of others: taken from where the scorer points, if it is sure, and left alone elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from ostraka.dates import When
from ostraka.errors import Level
from ostraka.model import EventKind, Report, Status
from ostraka.read import pointed, read_quickly, read_report
from ostraka.read.coreference import Coreference
from ostraka.read.encoder import Floats
from ostraka.read.events import find_events
from ostraka.read.extract import CODER, QUICK_CODER
from ostraka.read.found import Found
from ostraka.read.look import Judged, Look
from ostraka.read.mentions import KINDS
from ostraka.read.pointing import FIELDS, STATUSES
from ostraka.read.recogniser import LONGEST, recogniser
from ostraka.read.scene import lay_out
from ostraka.read.second_look import take_a_look
from ostraka.read.standing import stands

TEXT = (
    "General Pak Myong-il of North Korea fled to Seoul. He had run the supply bureau in Nampo last year, praised Pyongyang, and once sold rice to the"
    " South Korean embassy."
)


@dataclass(frozen=True)
class Finger:
    """A pointer that points at given words with a given share, and else at nothing."""

    at: dict[str, str]
    share: float = 1.0
    stands: Status = Status.ASSERTED
    kind: EventKind = EventKind.DEFECTION

    def status(self, row: Judged, kind: int) -> Floats:
        """As the real one answers, of no doubt."""
        assert row.mine.shape == row.told.shape
        assert KINDS[kind] is self.kind
        return np.array([float(status is self.stands) for status in STATUSES], np.float32)

    def __call__(self, look: Look, row: Judged, kind: int) -> Floats:
        """As the real one answers."""
        assert KINDS[kind] is self.kind
        features = look.seen[row.sentence.ix].features
        shares = np.zeros((2, len(FIELDS), len(features)), np.float32)
        for k, name in enumerate(FIELDS):
            shares[:, k, 0] = 1.0 - self.share if name in self.at else 1.0
            if name in self.at:
                shares[0, k, self._piece(look, self.at[name].split()[0])] = self.share
                shares[1, k, self._piece(look, self.at[name].split()[-1])] = self.share
        return shares

    def _piece(self, look: Look, word: str) -> int:
        [(sentence, k)] = [
            (row.sentence, row.sentence.low.index(word))
            for row in {id(row.sentence): row for row in look.judged}.values()
            if word in row.sentence.low
        ]
        return look.seen[sentence.ix].starts[k]


def flight(monkeypatch: pytest.MonkeyPatch, finger: Finger, when: When | None = None, text: str = TEXT) -> Found:
    """The flight of the text, or what else the pointer is for, after pointing."""
    story = Coreference(lay_out(Report(text, published=date(2019, 8, 1), lang="en")))
    found = find_events(story)
    look = take_a_look(story, found)
    [event] = [event for event in found if event.kind is finger.kind]
    event.when = when or event.when

    @dataclass(frozen=True)
    class Stub:
        pointer: Finger

    monkeypatch.setattr(pointed, "recogniser", lambda: Stub(finger))
    pointed.point(story, event, look)
    return event


def test_words_are_taken_without_what_points_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    event = flight(monkeypatch, Finger({"organisation": "the supply bureau", "post_place": "nampo"}))
    told = {name: value for name, (value, _) in event.offered.items()}
    assert told == {"organisation": "supply bureau", "post_place": "Nampo"}
    start, end = event.offered["organisation"][1]
    assert TEXT[start:end] == "supply bureau"


@pytest.mark.parametrize(("share", "taken"), [(0.3, 0), (0.6, 1)])
def test_only_what_is_sure_is_taken(monkeypatch: pytest.MonkeyPatch, share: float, taken: int) -> None:
    event = flight(monkeypatch, Finger({"organisation": "the supply bureau"}, share))
    assert len(event.offered) == taken


def test_what_somebody_is_is_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not flight(monkeypatch, Finger({"organisation": "general"})).offered


def test_a_body_of_another_state_is_no_body_of_his(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not flight(monkeypatch, Finger({"organisation": "embassy"})).offered


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("PYONGYANG, Aug. 1 - General Pak Myong-il of North Korea has fled.", EventKind.DEFECTION, None),
        ("PYONGYANG, Aug. 1 - General Pak Myong-il of North Korea was shot.", EventKind.EXECUTION, "PYONGYANG"),
        ("PYONGYANG, Aug. 1 - North Korea has dismissed its consul Pak Myong-il.", EventKind.DISMISSAL, None),
        ("HANOI, Aug. 1 - North Korea's consul Pak Myong-il has fled.", EventKind.DEFECTION, "HANOI"),
        ("WARSAW, Aug. 1 - General Pak Myong-il of North Korea has fled to Poland.", EventKind.DEFECTION, None),
        ("WARSAW, Aug. 1 - North Korea's consul Pak Myong-il has fled to Poland.", EventKind.DEFECTION, "WARSAW"),
        ("KRAKOW, Aug. 1 - General Pak Myong-il of North Korea has fled to Poland.", EventKind.DEFECTION, "KRAKOW"),
    ],
)
def test_a_dateline_of_the_land_left_or_reached_is_no_post(
    monkeypatch: pytest.MonkeyPatch, text: str, kind: EventKind, place: str | None
) -> None:
    finger = Finger({"post_place": text.partition(",")[0].lower()}, kind=kind)
    assert flight(monkeypatch, finger, text=text).offered.get("post_place", (None,))[0] == place


@pytest.mark.parametrize(("share", "goal"), [(0.75, None), (0.95, "North Korea")])
def test_nobody_flees_to_his_own_land(monkeypatch: pytest.MonkeyPatch, share: float, goal: str | None) -> None:
    offered = flight(monkeypatch, Finger({"destination": "pyongyang"}, share)).offered
    assert offered.get("destination", (None,))[0] == goal


def test_a_day_is_taken_where_none_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    year = flight(monkeypatch, Finger({"date_text": "last year"})).when
    assert (year.earliest, year.latest) == (date(2018, 1, 1), date(2018, 12, 31))


def test_a_day_gives_way_where_the_scorer_points_at_another(monkeypatch: pytest.MonkeyPatch) -> None:
    other = When(date(2019, 5, 1), date(2019, 5, 31), "in May")
    assert flight(monkeypatch, Finger({"date_text": "last year"}), other).when.latest == date(2018, 12, 31)
    assert flight(monkeypatch, Finger({"date_text": "last year"}, 0.6), other).when == other, "not sure enough"
    within = When(date(2018, 5, 1), date(2018, 5, 31), "in May 2018")
    assert flight(monkeypatch, Finger({"date_text": "last year"}), within).when == within, "nothing against it"


def test_by_a_day_of_telling_it_had_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "General Pak Myong-il of North Korea fled to Seoul. The ministry confirmed on Tuesday that he is there."
    when = flight(monkeypatch, Finger({"date_text": "tuesday"}), text=text).when
    assert (when.earliest, when.latest) == (None, date(2019, 7, 30))


def test_no_day_of_a_vote_is_pointed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "General Pak Myong-il of North Korea fled to Seoul. He doubted the election of June 2019 and said so."
    when = flight(monkeypatch, Finger({"date_text": "june 2019"}), text=text).when
    assert (when.earliest, when.latest) == (None, date(2019, 8, 1))


def test_an_event_stands_as_the_scorer_is_sure_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert flight(monkeypatch, Finger({}, stands=Status.REFUTED)).status is Status.REFUTED


@pytest.mark.parametrize(
    ("ruled", "shares", "status"),
    [
        (Status.ASSERTED, (0.3, 0.1, 0.6, 0.0, 0.0, 0.0), Status.DENIED),
        (Status.ASSERTED, (0.45, 0.0, 0.55, 0.0, 0.0, 0.0), Status.ASSERTED),
        (Status.HEDGED, (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), Status.HEDGED),
        (Status.PLANNED, (0.95, 0.0, 0.0, 0.0, 0.05, 0.0), Status.PLANNED),
        (Status.REFUTED, (0.0, 0.0, 1.0, 0.0, 0.0, 0.0), Status.REFUTED),
        (Status.ASSERTED, (0.2, 0.8, 0.0, 0.0, 0.0, 0.0), Status.MENTIONED),
        (Status.DENIED, (0.2, 0.8, 0.0, 0.0, 0.0, 0.0), Status.DENIED),
    ],
)
def test_rules_and_scorer_settle_how_an_event_stands(ruled: Status, shares: tuple[float, ...], status: Status) -> None:
    assert stands(ruled, shares) is status


def test_begins_and_ends_are_shares() -> None:
    story = Coreference(lay_out(Report(TEXT, published=date(2019, 8, 1), lang="en")))
    look = take_a_look(story, find_events(story))
    shares = recogniser().pointer(look, look.judged[0], 0)
    assert shares.shape == (2, len(FIELDS), len(look.seen[0].features))
    np.testing.assert_allclose(shares.sum(axis=2), 1.0, rtol=1e-4)


def test_a_quick_reading_is_the_grammar_alone() -> None:
    report = Report(TEXT, published=date(2019, 8, 1), lang="en")
    story = Coreference(lay_out(report))
    quick, _ = read_quickly(report)
    assert {event.kind for event in quick.events} == {event.kind for event in find_events(story)}
    assert {statement.coder for statement in quick.statements} == {QUICK_CODER}
    assert {statement.coder for statement in read_report(report)[0].statements} == {CODER}


def test_a_quick_reading_of_a_korean_report_is_signed_alike() -> None:
    report = Report("이탈리아 주재 북한 대사대리 조성길이 2018년 11월 잠적했다.", published=date(2019, 1, 3), lang="ko")
    statements = read_quickly(report)[0].statements
    assert {statement.coder for statement in statements} == {QUICK_CODER}


@pytest.mark.parametrize(
    ("text", "year", "regime"),
    [
        ("PRAGUE - The Central Committee has met.", 1952, "CSK"),
        ("PRAGUE - The committee has met.", 2012, ""),
        ("YANGON - The general has met his council.", 2021, "MM"),
        ("TASHKENT - The first secretary of the Uzbek party has met his council.", 1985, "SU"),
        ("Spain, said the Spanish government, has taken in a consul of Cuba. Spain knew him.", 1991, "CU"),
        ("Spain, said the Spanish government, has taken in a consul of Cuba. Spain knew him.", 1961, "ES"),
    ],
)
def test_a_town_tells_the_regime_of_its_day(text: str, year: int, regime: str) -> None:
    assert Coreference(lay_out(Report(text, published=date(year, 5, 9), lang="en"))).regime == regime


def test_a_book_is_looked_at_in_part_and_says_so() -> None:
    filler = "Traders said prices had risen in the town again. "
    report = Report(TEXT + " " + filler * (LONGEST // len(filler) + 1), published=date(2019, 8, 1), lang="en")
    _, problems = read_report(report)
    assert [problem.level for problem in problems if "100,000" in problem.message] == [Level.WARN]
    assert not [problem for problem in read_quickly(report)[1] if "100,000" in problem.message]
