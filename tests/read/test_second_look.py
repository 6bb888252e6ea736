"""The learned scorer: what it sees, that it judges every mention, and what it may add and take."""

from __future__ import annotations

import importlib
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ostraka.model import EventKind, Report
from ostraka.read import second_look
from ostraka.read.coreference import Coreference
from ostraka.read.events import find_events
from ostraka.read.mentions import KINDS, N_TRAITS, N_VIEWS, told_by_words, traits, views, word_types
from ostraka.read.recogniser import N_KNOWN, known_of, recogniser
from ostraka.read.scene import lay_out

TRAINING = Path(__file__).parents[2] / "training"
TEXT = (
    "SEOUL - Ri Chol-su, North Korea's consul in Milan, fled to Rome in May, a ministry spokesman, Kim Young-ho, said."
    " He was with his wife. General Pak Myong-il was arrested in July."
)


def story_of(text: str) -> Coreference:
    return Coreference(lay_out(Report(text, published=date(2019, 8, 1), lang="en")))


def _told(story: Coreference) -> dict[int, list[tuple[int, int]]]:
    return {sentence.ix: told_by_words(sentence) for sentence in story.scene.sentences}


def test_each_word_is_seen_from_where_the_mention_stands() -> None:
    sentence = story_of("General Pak of North Korea, who met Kim Tong-ho, fled.").scene.sentences[0]
    noun = next(noun for noun in sentence.nouns if noun.kind == "person" and "Kim" in noun.name)
    seen = dict(zip(sentence.low, views(sentence, noun), strict=True))
    assert seen["kim"] == seen["tong-ho"] == 1, "its own words"
    right, left = seen["fled"], seen["met"]
    assert right == 2 + ((0 * 4 + 0) * 3 + 0) * 3 + 1, "to the right, near, nobody between, behind a comma"
    assert left == 2 + ((1 * 4 + 0) * 3 + 0) * 3 + 0, "to the left, near, nothing between"
    assert seen["general"] > left, "further on, behind 'who' and another person"
    assert max(seen.values()) < N_VIEWS


def test_words_have_types_and_kinds() -> None:
    sentence = story_of(TEXT).scene.sentences[0]
    types = dict(zip(sentence.low, word_types(sentence), strict=True))
    assert (types["ri"], types["consul"], types["fled"], types["may"]) == (1, 2, 0, 7)
    told = {sentence.low[word] for word, kind in told_by_words(sentence) if KINDS[kind] is EventKind.DEFECTION}
    assert "fled" in told


def test_every_mention_is_judged_once() -> None:
    story = story_of(TEXT)
    found = find_events(story)
    judged = list(recogniser().judge(story, found))
    people = [noun for sentence in story.scene.sentences for noun in sentence.nouns if noun.is_person]
    assert [row.noun for row in judged] == people
    for row in judged:
        assert len(row.shares) == len(row.words) == len(KINDS)
        assert all(0.0 < share < 1.0 for share in row.shares)
        assert all(0 <= word < len(row.sentence.tokens) for word in row.words)


def test_what_is_known_has_the_shape_the_weights_want() -> None:
    story = story_of(TEXT)
    rows = [known for _, _, _, known in known_of(story, find_events(story), _told(story))]
    assert {row.shape for row in rows} == {(N_KNOWN,)} == {(recogniser().known.shape[0],)}
    sentence = story.scene.sentences[0]
    assert len(traits(story, sentence, sentence.nouns[0])) == N_TRAITS


def test_a_report_is_judged_as_its_sentences_are() -> None:
    """Sentences laid side by side do not see each other's words."""
    story = story_of(TEXT)
    scorer = recogniser()
    types = {s.ix: word_types(s) for s in story.scene.sentences}
    rows = {s.ix: scorer.rows(s, types[s.ix]) for s in story.scene.sentences}
    told = _told(story)
    whole = scorer._features(types, rows, told)
    for sentence in story.scene.sentences:
        alone = scorer._features(types, rows, {sentence.ix: told[sentence.ix]})[sentence.ix]
        np.testing.assert_allclose(whole[sentence.ix], alone, rtol=1e-4, atol=1e-4)


def test_names_do_not_matter_to_the_scorer() -> None:
    shares = []
    for name in ("Ri Chol-su", "Jo Song-gil"):
        story = story_of(TEXT.replace("Ri Chol-su", name))
        shares.append([row.shares for row in recogniser().judge(story, find_events(story))])
    np.testing.assert_allclose(shares[0], shares[1], rtol=1e-4)


def test_limits_decide_what_is_added_and_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    story = story_of(TEXT)
    found = find_events(story)
    monkeypatch.setattr(second_look, "SURE", 2.0)
    monkeypatch.setattr(second_look, "UNLIKELY", 0.0)
    assert second_look.second_look(story, list(found)) == found, "nothing is so sure, nothing so unlikely"
    monkeypatch.setattr(second_look, "UNLIKELY", 2.0)
    assert not [event for event in second_look.second_look(story, list(found)) if event.kind in KINDS]


@pytest.fixture(scope="module")
def press() -> list[Any]:
    """The press reports, names put in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TRAINING))
        module = importlib.import_module("press")
    table = tomllib.loads((TRAINING / "names.toml").read_text(encoding="utf-8"))
    names = {key: (row["first"], row["family"], row["order"]) for key, row in table.items()}
    return [report for path in sorted((TRAINING / "press").glob("*.txt")) for report in module.read_press(path, names)]


def test_more_is_read_of_reports_that_were_not_learned_from(press: list[Any]) -> None:
    """Whom which event befell, by the rules alone and after the second look, in reports left out of the training."""
    unseen = press[::10][:120]
    score = {"rules": [0, 0], "both": [0, 0]}
    wanted = 0
    for report in unseen:
        story = story_of(report.text)
        found = find_events(story)
        told = {(event.kind, event.name) for event in report.events.values() if event.name}
        wanted += len(told)
        for name, events in (("rules", found), ("both", second_look.second_look(story, list(found)))):
            own = {(str(event.kind), event.label) for event in events if story.profile(event.label).named}
            score[name][0] += len(own & told)
            score[name][1] += len(own)
    f1 = {name: 2 * right / (told_of + wanted) for name, (right, told_of) in score.items()}
    assert f1["both"] > f1["rules"] + 0.05, f1


def test_the_press_reports_are_well_formed(press: list[Any]) -> None:
    assert len(press) > 10_000
    assert {event.kind for report in press for event in report.events.values()} == {str(kind) for kind in KINDS}
    for report in press:
        assert not re.search(r"\[\[|\]\]|\{[NS]\d", report.text), report.id
        for event in report.events.values():
            assert all(report.text[start:end].strip() for start, end in event.mentions), report.id
