"""Whom an event befell, not who stands beside him: whose kin he was, by whose hand it was done, who told of it, who rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ostraka.model import EventKind, Report
from ostraka.read.bystanders import is_bystander, whose
from ostraka.read.coreference import Coreference
from ostraka.read.events import find_events
from ostraka.read.look import Look
from ostraka.read.mentions import KINDS
from ostraka.read.rulers import reigns
from ostraka.read.scene import lay_out
from ostraka.read.second_look import second_look, take_a_look

PUBLISHED = date(2014, 1, 10)


def _story(text: str) -> Coreference:
    return Coreference(lay_out(Report(text, published=PUBLISHED, lang="en")))


@pytest.mark.parametrize(
    ("text", "who", "kind", "word", "beside"),
    [
        (
            "General Ri Chol-su's nephew, Pak Myong-il of North Korea, was purged.",
            "Ri Chol-su",
            "purge",
            "purged",
            True,
        ),
        (
            "General Ri Chol-su's nephew, Pak Myong-il of North Korea, was purged.",
            "Pak Myong-il",
            "purge",
            "purged",
            False,
        ),
        ("In May Ri Chol-su of North Korea dismissed his deputy.", "Ri Chol-su", "dismissal", "dismissed", True),
        ("In May Ri Chol-su of North Korea was dismissed.", "Ri Chol-su", "dismissal", "dismissed", False),
        ("Ri Chol-su of North Korea, dismissed that week, is back.", "Ri Chol-su", "dismissal", "dismissed", False),
        ("Pak Myong-il was arrested by General Ri Chol-su of North Korea.", "Ri Chol-su", "purge", "arrested", True),
        ("Pak Myong-il was arrested by General Ri Chol-su of North Korea.", "Pak Myong-il", "purge", "arrested", False),
        (
            "North Korea's consul fled, it was learned from a former colonel.",
            "former colonel",
            "defection",
            "fled",
            True,
        ),
        (
            "North Korea's consul fled, it learned from a judge and a former colonel.",
            "former colonel",
            "defection",
            "fled",
            True,
        ),
        (
            "North Korea's consul fled, it said, citing a colonel who defected too.",
            "colonel",
            "defection",
            "defected",
            False,
        ),
        ("Ri Chol-su of North Korea came to Seoul posing as a defector.", "Ri Chol-su", "defection", "came", True),
        ("Kim Jong Un of North Korea saw that the general was shot.", "Kim Jong Un", "execution", "shot", True),
        (
            "An analyst, Ri Chol-su, put the number of North Korea's consuls who fled at 13.",
            "analyst",
            "defection",
            "put",
            True,
        ),
        ("Kim Jong Un of North Korea saw that the general was shot.", "Kim Jong Un", "assassination", "shot", False),
    ],
)
def test_who_stands_beside(text: str, who: str, kind: str, word: str, *, beside: bool) -> None:
    story = _story(text)
    sentence = story.scene.sentences[0]
    noun = next(noun for noun in sentence.nouns if noun.text == who)
    assert is_bystander(story, sentence, noun, EventKind(kind), sentence.low.index(word)) is beside


@pytest.mark.parametrize(
    ("text", "who", "rules"),
    [
        ("Robert Mugabe of Zimbabwe recalled the envoy.", "Robert Mugabe", True),
        ("Zimbabwe's former president Robert Mugabe is ill.", "Robert Mugabe", False),
        ("President Farid Nazari of Tajikistan recalled the envoy.", "Farid Nazari", True),
        ("Vice President Farid Nazari of Tajikistan recalled the envoy.", "Farid Nazari", False),
        ("President Farid Nazari of Kenya met the envoys of Tajikistan.", "Farid Nazari", False),
        ("Farid Nazari, a president of a bank in Tajikistan, recalled the envoy.", "Farid Nazari", False),
    ],
)
def test_who_reigns(text: str, who: str, *, rules: bool) -> None:
    story = _story(text)
    assert reigns(story.profile(who), story.regime) is rules


def test_the_surer_of_two_is_meant_by_who() -> None:
    story = _story("North Korea told of Ri Chol-su, the uncle of Pak Myong-il, who was shot.")
    sentence = story.scene.sentences[0]
    pak = next(noun for noun in sentence.nouns if noun.text == "Pak Myong-il")
    uncle = whose(sentence, pak)
    assert uncle is not None
    assert uncle.label == "Ri Chol-su"
    look, at = take_a_look(story, []), KINDS.index(EventKind.EXECUTION)

    def told(**shares: float) -> list[str]:
        own = {"Ri Chol-su": shares["ri"], "Pak Myong-il": shares["pak"]}
        rows = [
            replace(row, shares=tuple(own.get(row.noun.label, 0.0) if k == at else 0.0 for k in range(len(KINDS))))
            for row in look.judged
        ]
        return [event.label for event in second_look(story, [], Look(rows, look.seen))]

    assert told(ri=0.9, pak=0.8) == ["Ri Chol-su"]
    assert told(ri=0.3, pak=0.9) == ["Pak Myong-il"]


def test_the_ruler_is_not_told_to_have_dismissed_himself() -> None:
    text = "Robert Mugabe of Zimbabwe, 65, in power since 1980, dismissed his cabinet after the killings."
    story = _story(text)
    look = take_a_look(story, find_events(story))
    assert [event.label for event in second_look(story, [], look)] == []


def test_of_whom_a_clause_is_said_right_after_the_name_grammar_knows() -> None:
    text = "Oleg Petrov of Russia was arrested. He was close to Igor Sokolov, whom the ministry dismissed in May."
    story = _story(text)
    found, look = find_events(story), take_a_look(story, [])
    never = Look([replace(row, shares=tuple(0.0 for _ in KINDS)) for row in look.judged], look.seen)
    sure = Look(
        [replace(row, shares=(0.9, *row.shares[1:])) if row.noun.kind == "pron" else row for row in never.judged],
        look.seen,
    )
    assert ("dismissal", "Igor Sokolov") in {(str(e.kind), e.label) for e in second_look(story, list(found), sure)}
    assert second_look(story, list(found), never) == []
