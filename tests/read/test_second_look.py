"""The learned scorer: what it sees, that it judges every mention, and what it may add and take."""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ostraka.model import EventKind, Report
from ostraka.read import second_look
from ostraka.read.coreference import Coreference
from ostraka.read.encoder import HEADS, Encoder, Floats, Layer
from ostraka.read.events import find_events
from ostraka.read.look import Look
from ostraka.read.mentions import KINDS, N_TRAITS, told_by_words, traits
from ostraka.read.pieces import STAND_INS, Pieces, numbered
from ostraka.read.recogniser import N_KNOWN, known_of, recogniser
from ostraka.read.scene import lay_out
from ostraka.read.second_look import take_a_look

TRAINING = Path(__file__).parents[2] / "training"
TEXT = (
    "SEOUL - Ri Chol-su, North Korea's consul in Milan, fled to Rome in May, a ministry spokesman, Kim Young-ho, said."
    " He was with his wife. General Pak Myong-il was arrested in July."
)


def story_of(text: str) -> Coreference:
    return Coreference(lay_out(Report(text, published=date(2019, 8, 1), lang="en")))


def _told(story: Coreference) -> dict[int, list[tuple[int, int]]]:
    return {sentence.ix: told_by_words(sentence) for sentence in story.scene.sentences}


def _look(story: Coreference) -> Look:
    return take_a_look(story, find_events(story))


def test_words_of_the_tables_are_known() -> None:
    sentence = story_of(TEXT).scene.sentences[0]
    told = {sentence.low[word] for word, kind in told_by_words(sentence) if KINDS[kind] is EventKind.DEFECTION}
    assert "fled" in told


def test_words_come_apart_into_the_longest_pieces() -> None:
    pieces = Pieces({"[UNK]": 0, "defect": 1, "##ed": 2, "de": 3, "'": 4, "s": 5})
    assert pieces.of_word("defected") == (1, 2)
    assert pieces.of_word("De’s") == (3, 4, 5)
    assert pieces.of_word("디") == (0,)
    assert len(pieces.of_word("de" * 10_000)) <= 12, "a word made up to fill the memory is cut"


def test_persons_have_stand_ins_in_the_order_in_which_they_are_named() -> None:
    story = story_of(TEXT)
    sentences = story.scene.sentences
    persons = numbered(sentences)
    assert list(persons.values()) == [0, 1, 2]
    vocabulary = recogniser().pieces
    rows, starts = vocabulary.of_sentence(sentences[0], persons)
    assert len(starts) == len(sentences[0].tokens) + 1
    assert starts[-1] == len(rows)
    held = {row for word in ("ri", "chol", "kim", "young") for row in vocabulary.of_word(word)}
    assert held.isdisjoint(rows)
    assert {vocabulary.rows[name] for name in STAND_INS[:2]} <= set(rows)


def _plain_layer(layer: Layer, rows: Floats) -> Floats:
    """One layer in 64 bits, piece by piece."""
    wide = rows.shape[1]
    size = wide // HEADS
    asks, offers, gives = np.split(rows @ layer.draw + layer.draw_bias, 3, axis=1)
    mixed = np.zeros_like(rows)
    for head in range(HEADS):
        own = slice(head * size, (head + 1) * size)
        for k in range(len(rows)):
            weights = np.exp(offers[:, own] @ asks[k, own] / np.sqrt(size))
            mixed[k, own] = (weights / weights.sum()) @ gives[:, own]
    rows = _plain_norm(rows + mixed @ layer.give + layer.give_bias, layer.norm)
    inner = rows @ layer.up + layer.up_bias
    inner = inner * 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
    return _plain_norm(rows + inner @ layer.down + layer.down_bias, layer.last_norm)


def _plain_norm(rows: Floats, norm: Floats) -> Floats:
    normed: Floats = (rows - rows.mean(1, keepdims=True)) / rows.std(1, keepdims=True) * norm[0] + norm[1]
    return normed


def _small_encoder(rng: np.random.Generator) -> Encoder:
    wide, inner = 2 * HEADS, 40

    def drawn(*shape: int) -> Floats:
        return (0.3 * rng.standard_normal(shape)).astype(np.float32)

    layers = [
        Layer(
            *(drawn(wide, 3 * wide), drawn(3 * wide), drawn(wide, wide), drawn(wide), 1 + drawn(2, wide)),
            *(drawn(wide, inner), drawn(inner), drawn(inner, wide), drawn(wide), 1 + drawn(2, wide)),
        )
        for _ in range(2)
    ]
    words = rng.integers(-127, 128, (50, wide), np.int8)
    return Encoder(words, np.full(50, 0.01, np.float32), drawn(9, wide), 1 + drawn(2, wide), layers)


def test_the_encoder_does_what_its_layers_say() -> None:
    rng = np.random.default_rng(1)
    encoder = _small_encoder(rng)
    run = rng.integers(0, 50, 9).tolist()
    rows = (encoder.words[run] * encoder.scale[run, None]).astype(float) + encoder.places
    rows = _plain_norm(rows, encoder.norm)
    for layer in encoder.layers:
        rows = _plain_layer(layer, rows)
    np.testing.assert_allclose(encoder([run]), rows, rtol=2e-4, atol=2e-4)


def test_runs_do_not_see_each_other() -> None:
    rng = np.random.default_rng(2)
    encoder = _small_encoder(rng)
    runs = [rng.integers(0, 50, n).tolist() for n in (4, 9, 1)]
    alone = np.concatenate([encoder([run]) for run in runs])
    np.testing.assert_allclose(encoder(runs), alone, rtol=1e-5, atol=1e-5)


def test_a_long_report_is_read_in_runs_that_hold_all_its_words() -> None:
    story = story_of(" ".join([TEXT] * 20))
    sentences = story.scene.sentences
    every = {sentence.ix for sentence in sentences}
    seen = recogniser().see(sentences, every, every)
    assert not recogniser().see(sentences, every, set())
    assert len({id(row.features) for row in seen.values()}) > 1
    for sentence in sentences:
        own = seen[sentence.ix]
        assert len(own.starts) == len(sentence.tokens) + 1
        assert own.starts[-1] < len(own.features) <= recogniser().encoder.longest


def test_every_mention_is_judged_once() -> None:
    story = story_of(TEXT)
    judged = _look(story).judged
    people = [noun for sentence in story.scene.sentences for noun in sentence.nouns if noun.is_person]
    assert [row.noun for row in judged] == people
    for row in judged:
        assert len(row.shares) == len(row.words) == len(KINDS)
        assert all(0.0 < share < 1.0 for share in row.shares)
        assert all(0 <= word < len(row.sentence.tokens) for word in row.words)


def test_what_is_known_has_the_shape_the_weights_want() -> None:
    story = story_of(TEXT)
    rows = [known for _, _, _, known in known_of(story, story.scene.sentences, find_events(story), _told(story))]
    assert {row.shape for row in rows} == {(N_KNOWN,)}
    sentence = story.scene.sentences[0]
    assert len(traits(story, sentence, sentence.nouns[0])) == N_TRAITS


def test_names_do_not_matter_to_the_scorer() -> None:
    shares = []
    for name in ("Ri Chol-su", "Jo Song-gil"):
        story = story_of(TEXT.replace("Ri Chol-su", name))
        shares.append([row.shares for row in _look(story).judged])
    assert shares[0] == shares[1]


def test_limits_decide_what_is_added_and_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    story = story_of(TEXT)
    found = find_events(story)
    look = _look(story)
    monkeypatch.setattr(second_look, "TAKE", 2.0)
    monkeypatch.setattr(second_look, "KEEP", 0.0)
    assert second_look.second_look(story, list(found), look) == found, "nothing is so sure, nothing so unlikely"
    monkeypatch.setattr(second_look, "KEEP", 2.0)
    assert not [event for event in second_look.second_look(story, list(found), look) if event.kind in KINDS]


def _judged(look: Look, **shares: float) -> Look:
    """A look with shares of a defection by the first word of each mention, and none of anything else."""
    rows = [
        replace(row, shares=(shares.get(row.sentence.low[row.noun.i], 0.0), *[0.0] * (len(KINDS) - 1)))
        for row in look.judged
    ]
    return Look(rows, look.seen)


def test_a_report_tells_of_an_event_if_one_is_sure() -> None:
    story = story_of(
        "Ri Chol-su, North Korea's consul in Milan, saw who had fled with Pak Myong-il. He paid for the meal."
    )
    look = _look(story)

    def told(**shares: float) -> list[str]:
        return [event.label for event in second_look.second_look(story, [], _judged(look, **shares))]

    assert told(ri=0.6, pak=0.7) == []
    assert told(ri=0.6, pak=0.8) == ["Pak Myong-il", "Ri Chol-su"]
    assert told(ri=0.4, pak=0.8) == ["Pak Myong-il"]
    assert "Ri Chol-su" not in told(he=0.84, pak=0.8)
    assert "Ri Chol-su" in told(he=0.86, pak=0.8)


def test_beside_a_surer_one_no_word_may_be_missing() -> None:
    story = story_of(
        "Ri Chol-su and Pak Myong-il of North Korea like tea. Kim Yong-ho fled. Jo Song-gil likes tea too."
    )
    look = _look(story)

    def told(**shares: float) -> set[str]:
        return {event.label for event in second_look.second_look(story, [], _judged(look, **shares))}

    assert told(ri=0.55, kim=0.9) == {"Kim Yong-ho"}
    assert told(ri=0.65, kim=0.9) == {"Ri Chol-su", "Kim Yong-ho"}


def test_a_word_tells_of_a_break_or_of_the_loss_of_a_post() -> None:
    story = story_of("Ri Chol-su, North Korea's consul in Milan, resigned in protest on Monday. It rained. It is shut.")
    found, look = find_events(story), _look(story)
    word = story.scene.sentences[0].low.index("resigned")

    def told(**shares: float) -> list[EventKind]:
        own = tuple(shares.get(kind.value, 0.0) for kind in KINDS)
        rows = [replace(row, shares=own, words=(word,) * len(KINDS)) for row in look.judged if row.noun.j <= word]
        return [event.kind for event in second_look.second_look(story, found, Look(rows[:1], look.seen))]

    assert told(defection=0.6, dismissal=0.75) == [EventKind.DEFECTION], (
        "sure of one of the two, and the grammar says which"
    )
    assert told(defection=0.1, dismissal=0.9) == [EventKind.DISMISSAL], "the grammar is wrong"
    assert told(dismissal=0.75) == [], "nothing is sure"


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
        both = second_look.second_look(story, list(found), take_a_look(story, found))
        for name, events in (("rules", found), ("both", both)):
            own = {(str(event.kind), event.label) for event in events if story.profile(event.label).named}
            score[name][0] += len(own & told)
            score[name][1] += len(own)
    f1 = {name: 2 * right / (told_of + wanted) for name, (right, told_of) in score.items()}
    assert f1["both"] > f1["rules"] + 0.15, f1


def test_the_press_reports_are_well_formed(press: list[Any]) -> None:
    assert len(press) > 10_000
    assert {event.kind for report in press for event in report.events.values()} == {str(kind) for kind in KINDS}
    for report in press:
        assert not re.search(r"\[\[|\]\]|\{[NS]\d", report.text), report.id
        for event in report.events.values():
            assert all(report.text[start:end].strip() for start, end in event.mentions), report.id


def test_the_full_reports_are_well_formed() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TRAINING))
        module = importlib.import_module("full")
    table = tomllib.loads((TRAINING / "names.toml").read_text(encoding="utf-8"))
    names = {key: (row["first"], row["family"], row["order"]) for key, row in table.items()}
    reports = [row for path in sorted((TRAINING / "full").glob("*.jsonl")) for row in module.read_full(path, names)]
    assert len(reports) > 3_000
    for name, told in reports:
        assert not re.search(r"\{[NS]\d", str(told)), name
        date.fromisoformat(told["published"])
        for event in told["events"]:
            assert event["type"] in set(map(str, KINDS)), name
            assert event["person"] in {"", *told["persons"]}, name
        assert all(person in told["text"] for person in told["persons"]), name
