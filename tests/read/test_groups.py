"""Groups: who belongs to them, which are counted, which posts are several persons, who shares what befell another."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read.coreference import Coreference
from ostraka.read.noun import Noun, loose_start
from ostraka.read.reader import read_quickly, read_report
from ostraka.read.scene import lay_out

PUBLISHED = date(2012, 3, 5)


def _nouns(text: str) -> dict[str, Noun]:
    story = Coreference(lay_out(Report(text, published=PUBLISHED, lang="en")))
    return {noun.text: noun for sentence in story.scene.sentences for noun in sentence.nouns if noun.is_person}


def _told(text: str, *, quick: bool = False) -> list[tuple[str, str]]:
    reading, _ = (read_quickly if quick else read_report)(Report(text, published=PUBLISHED, lang="en"))
    return sorted((str(event.kind), event.person) for event in reading.events)


@pytest.mark.parametrize(
    ("text", "group", "number"),
    [
        ("Syria has arrested two mechanics of the air base.", "two mechanics of the air base", 2),
        ("Nine veteran choreographers fled Syria.", "Nine veteran choreographers", 9),
        ("Syria arrested six of Haddad's sergeants.", "sergeants", None),
        ("Syria arrested two of his colleagues.", "colleagues", 2),
        ("Syria arrested six of the colonels.", "colonels", 6),
        ("Syria arrested one of the colonels.", "colonels", None),
    ],
)
def test_a_number_makes_a_group(text: str, group: str, number: int | None) -> None:
    assert (_nouns(text).get(group) or Noun("", 0, 0, 0)).low == number


@pytest.mark.parametrize("text", ["In 2009 he went missing.", "Three of them saw engineers.", "Two mirrors were sold."])
def test_what_no_number_counts_is_no_group(text: str) -> None:
    assert all(noun.kind == "pron" or noun.text == "engineers" for noun in _nouns(f"Syria. {text}").values())


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("he and more than 20 officers", 2),
        ("he and a score of officers", 2),
        ("he and at least 20 officers", 2),
        ("the deputy of officers", 3),
        ("he and 20 officers", 2),
    ],
)
def test_a_loose_number_belongs_to_its_group(words: str, start: int) -> None:
    low = words.split()
    at = next(k for k, word in enumerate(low) if word in {"20", "officers"})
    assert loose_start(low, at) == start


def test_each_post_is_one_person() -> None:
    text = "Syria's ambassadors to Brazil, Kenya and Norway resigned on Monday in protest at the shelling of Homs."
    posts = ["Syria's ambassador to Brazil", "ambassador to Kenya", "ambassador to Norway"]
    assert _told(text, quick=True) == sorted(("defection", post) for post in posts)
    assert [noun.place.name for noun in _nouns(text).values() if noun.place] == ["Brazil", "Kenya", "Norway"]


def test_posts_are_of_those_named_after_them() -> None:
    text = (
        "Syria's ambassadors to Chad and Mali, Adnan Habib and Fares Matar, and Ali Nasser, head of a bank, defected."
        " The deputy speaker of parliament is said to have left."
    )
    nouns = _nouns(text)
    assert nouns["Syria's ambassador to Chad"].label == "Adnan Habib"
    assert nouns["ambassador to Mali"].label == "Fares Matar"
    assert nouns["deputy speaker of parliament"].label not in {"Adnan Habib", "Fares Matar"}


@pytest.mark.parametrize(
    "text",
    [
        "Syria's ambassadors to Brazil, the consul in Kenya and two clerks resigned.",
        "Three ambassadors to Brazil and Kenya resigned.",
        "Officers from Brazil and Kenya resigned.",
    ],
)
def test_a_group_at_several_places_stays_a_group(text: str) -> None:
    assert any(noun.plural for noun in _nouns(text).values())


def test_a_list_of_names_ends_with_and() -> None:
    text = (
        "Two aides of the president, Adnan Habib in Chad and Fares Matar in Mali, and Ali Nasser, a judge, left Syria."
    )
    group = _nouns(text)["Two aides"]
    assert [member.name for member in group.members] == ["Adnan Habib", "Fares Matar"]


def test_ranks_of_several_stand_before_names() -> None:
    text = "Syria is shaken. Brig. Gens. Walid Kassem and Omar Nasri joined the rebels."
    assert _told(text, quick=True) == [("defection", "Omar Nasri"), ("defection", "Walid Kassem")]


def test_a_family_name_that_is_a_word_stands_behind_an_office() -> None:
    assert "So Chang Sik" in _nouns("Kuwait expelled the ambassador So Chang Sik of North Korea.")


def test_those_recalled_together_are_told_apart() -> None:
    text = "Belarus recalled its consul in Bonn, Pavel Sidorov, last week together with two attaches of the embassy."
    assert _told(text, quick=True) == [("recall", "Pavel Sidorov"), ("recall", "two attaches of the embassy")]


def test_a_group_is_as_likely_as_those_it_is_joined_to() -> None:
    text = (
        "Syria is shaken. The consul in Lyon, Samir Haddad, and a score of senior officers joined the opposition on Monday."
        " The ministry said that some 110,000 people had fled since the uprising began."
    )
    assert _told(text) == [("defection", "Samir Haddad"), ("defection", "senior officers")]


def test_who_stands_before_a_verb_that_looks_like_a_group_shares_nothing() -> None:
    text = "Syria is shaken. The consul in Lyon, Samir Haddad, heads abroad and has joined the opposition."
    assert ("defection", "heads") not in _told(text)


def test_most_of_them_are_the_group() -> None:
    nouns = _nouns("Syria is shaken. Ten men, most of them officers of the guard, fled to Turkey on Monday.")
    assert nouns["officers of the guard"].label == nouns["Ten men"].label == "Ten men"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The president of Yemen dismissed his cabinet on Friday.", [("dismissal", "cabinet")]),
        ("The president of Yemen dismissed his cabinet secretary on Friday.", [("dismissal", "cabinet secretary")]),
        ("The president of Yemen dismissed the cabinet of lies on Friday.", []),
    ],
)
def test_a_cabinet_is_dismissed_as_a_whole(text: str, told: list[tuple[str, str]]) -> None:
    assert _told(text, quick=True) == told


def test_who_dismisses_others_is_not_dismissed() -> None:
    text = (
        "SANAA, March 3, 2012 - The ministers in Yemen quarrel. Ali Saleh, 65, in power since 1978, dismissed the oil minister"
        " after the killings. The general Omar Nasri was dismissed too."
    )
    assert "Ali Saleh" not in [person for _, person in _told(text)]


def test_vague_company_is_nobodys_event() -> None:
    text = "Kuwait expelled Ambassador So Chang Sik of North Korea on Monday, who was told together with {} to go within a month."
    assert _told(text.format("other diplomats")) == [("dismissal", "So Chang Sik")]
    assert ("dismissal", "two other diplomats") in _told(text.format("two other diplomats"))
