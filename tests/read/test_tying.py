"""Ties by a learned judge of pairs of mentions: which pairs are looked at, what it sees of them, and what becomes of its say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest

from ostraka.model import Report
from ostraka.read import likely_ties, read_report
from ostraka.read.coreference import Coreference
from ostraka.read.encoder import Floats
from ostraka.read.events import find_events
from ostraka.read.recogniser import recogniser
from ostraka.read.scene import lay_out
from ostraka.read.second_look import take_a_look
from ostraka.read.tying import N_GAPS, REACH, TIES, by_rules, gap, pairs_of

PUBLISHED = date(2019, 8, 21)
TEXT = (
    "General Pak Myong-il of North Korea fled to Seoul in May. His brother Pak Yong-su was arrested in Pyongyang a week later. "
    "Colonel Ri Chol-ho was executed on Monday."
)


def test_every_gap_has_its_class() -> None:
    """Sentences before and after, and words before, after and around in one sentence, are told apart."""
    here = (5, 10, 12)
    others = [(5 + k, 10, 12) for k in (-2, -1, 1, 2)]
    after = [(5, 12 + n, 14 + n) for n in (0, 3, 7, 30)]
    before = [(5, 8 - n, 10 - n) for n in (0, 3, 6, 30)]
    others += [(5, 11, 12), *after, *before]
    assert sorted(gap(here, other) for other in others) == list(range(N_GAPS))


def test_only_near_mentions_of_two_persons_are_paired() -> None:
    """A person is not paired with himself, nor across more than `REACH` sentences."""
    places = [(0, 0, 2), (0, 5, 6), (REACH, 1, 2), (REACH + 1, 0, 1)]
    pairs = {(int(a), int(b)) for a, b, _ in pairs_of(places, ["A", "B", "A", "C"])}
    assert pairs == {(0, 1), (1, 0), (1, 2), (2, 1), (2, 3), (3, 2)}
    assert pairs_of([], []).shape == (0, 3)


def test_what_rules_tell_is_seen_from_both_sides() -> None:
    """A child of somebody is told as his parent's tie; the other side sees it in the second half."""
    pairs = pairs_of([(0, 0, 1), (0, 3, 4)], ["A", "B"])
    marks = by_rules([("A", "child_of", "B"), ("A", "no tie of ours", "B")], pairs, ["A", "B"])
    parent = TIES.index("parent_of")
    assert [tuple(row.nonzero()[0]) for row in marks] == [(parent + len(TIES),), (parent,)]


@dataclass(frozen=True)
class Judge:
    """Holds one tie of all pairs for as likely as told, the others for no more than possible."""

    relation: str
    share: float

    def __call__(
        self, mentions: Floats, pairs: npt.NDArray[np.int64], marks: npt.NDArray[np.bool_]
    ) -> Iterator[Floats]:
        """As the real one answers."""
        assert mentions.shape[1] == 2 * 384
        assert marks.shape == (len(pairs), 2 * len(TIES))
        for _ in pairs:
            shares = np.full(len(TIES), 0.15, np.float32)
            shares[TIES.index(self.relation)] = self.share
            yield shares


@dataclass(frozen=True)
class Scorer:
    """Nothing but a judge of ties."""

    binder: Judge


BROTHERS = frozenset({"Pak Yong-su", "Pak Myong-il"})


@pytest.mark.parametrize(("share", "number"), [(0.9, 2), (likely_ties.TAKE - 0.01, 0)])
def test_kin_that_no_rule_tells_are_taken_in_once(share: float, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mutual tie is told of one of the two only, of none who are tied already, and quotes words that hold both."""
    monkeypatch.setattr(likely_ties, "recogniser", lambda: Scorer(Judge("cousin_of", share)))
    ties = read_report(Report(TEXT, published=PUBLISHED))[0].ties
    cousins = [tie for tie in ties if tie.relation == "cousin_of"]
    pairs = [frozenset((tie.ego, tie.alter)) for tie in cousins]
    assert len(pairs) == len(set(pairs)) == number
    assert BROTHERS not in pairs
    assert BROTHERS in {frozenset((tie.ego, tie.alter)) for tie in ties}, "what rules tell stands"
    assert all("Ri Chol-ho" in tie.statement.span.quote for tie in cousins)


def test_ties_of_office_are_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """However likely the judge holds them."""
    monkeypatch.setattr(likely_ties, "recogniser", lambda: Scorer(Judge("aide_of", 0.99)))
    assert "aide_of" not in {tie.relation for tie in read_report(Report(TEXT, published=PUBLISHED))[0].ties}


def test_the_shipped_judge_knows_a_sister() -> None:
    """It has learned kin from reports: a tie in words that it has seen often is likely, between strangers it is not."""
    story = Coreference(lay_out(Report(TEXT, published=PUBLISHED, lang="en")))
    look = take_a_look(story, find_events(story))
    rows = [row for row in look.judged if row.noun.label]
    labels = [row.noun.label for row in rows]
    pairs = pairs_of([(row.sentence.ix, row.noun.i, row.noun.j) for row in rows], labels)
    mentions = np.stack([np.concatenate([row.mine, row.told]) for row in rows])
    shares = list(recogniser().binder(mentions, pairs, by_rules([], pairs, labels)))
    sibling = TIES.index("sibling_of")
    best: dict[frozenset[str], float] = {}
    for (a, b, _), own in zip(pairs, shares, strict=True):
        ends = frozenset((labels[a], labels[b]))
        best[ends] = max(best.get(ends, 0.0), float(own[sibling]))
    assert best[BROTHERS] > 0.5 > max(share for ends, share in best.items() if ends != BROTHERS)


def test_the_judge_weds_no_two_men(monkeypatch: pytest.MonkeyPatch) -> None:
    """However likely: a brother is a man."""
    monkeypatch.setattr(likely_ties, "recogniser", lambda: Scorer(Judge("spouse_of", 0.99)))
    men = TEXT + " His brother Pak Chol-ho and a consul, So Kum-hui, were banished."
    couples = [t for t in read_report(Report(men, published=PUBLISHED, lang="en"))[0].ties if t.relation == "spouse_of"]
    assert couples
    assert frozenset(("Pak Yong-su", "Pak Chol-ho")) not in {frozenset((t.ego, t.alter)) for t in couples}
