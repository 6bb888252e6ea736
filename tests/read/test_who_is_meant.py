"""Whom "the leader", "his", "they" mean; which numbers are claims; which words begin a name."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read.coreference import Coreference
from ostraka.read.noun import Noun
from ostraka.read.reader import read_quickly, read_report, read_text
from ostraka.read.scene import lay_out

PUBLISHED = date(2016, 8, 20)


def _ties(text: str) -> set[tuple[str, str, str]]:
    reading, _ = read_report(Report(text, published=PUBLISHED))
    return {(tie.ego, tie.relation, tie.alter) for tie in reading.ties}


def _claims(text: str) -> list[str]:
    reading, _ = read_report(Report(text, published=PUBLISHED))
    return [claim.span.quote for claim in reading.claims]


def _nouns(text: str, ix: int) -> list[Noun]:
    """The phrases about persons in one sentence of a text."""
    sentence = Coreference(lay_out(Report(text, published=PUBLISHED, lang="en"))).scene.sentences[ix]
    return [noun for noun in sentence.nouns if noun.is_person]


def _told(text: str) -> list[tuple[str, str]]:
    """What the grammar alone tells of whom."""
    reading, _ = read_quickly(Report(text, published=PUBLISHED, lang="en"))
    return [(str(event.kind), event.person or event.role) for event in reading.events]


def _names(text: str) -> set[str]:
    reading, _ = read_report(Report(text, published=PUBLISHED))
    return {person.name for person in reading.persons if person.name}


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "Kim Jong Un spoke in Pyongyang. Jang Song Thaek, the leader's uncle, was absent.",
            ("Jang Song Thaek", "uncle_of", "Kim Jong Un"),
        ),
        (
            (
                "Zimbabwe's president Robert Mugabe dismissed his vice president, Emmerson Mnangagwa."
                " Grace Mugabe, the president's wife, smiled."
            ),
            ("Grace Mugabe", "spouse_of", "Robert Mugabe"),
        ),
        (
            "North Korea shot the relatives of Jang Song-thaek: Jang Kye-sun, his sister; her husband Jon Yong-jin.",
            ("Jang Kye-sun", "sibling_of", "Jang Song-thaek"),
        ),
        (
            "North Korea shot the relatives of Jang Song-thaek: Jang Kye-sun, his sister; her husband Jon Yong-jin.",
            ("Jon Yong-jin", "spouse_of", "Jang Kye-sun"),
        ),
        (
            "Hussein Kamel and Saddam Kamel came back to Baghdad. The brothers had fled to Jordan in August.",
            ("Hussein Kamel", "sibling_of", "Saddam Kamel"),
        ),
        (
            "General Manaf Tlass left Syria. The brigadier of the guard, a boyhood friend of Bashar al-Assad, is in Paris.",
            ("Manaf Tlass", "comrade_of", "Bashar al-Assad"),
        ),
    ],
)
def test_kin_and_friends_go_to_whom_the_words_mean(text: str, tie: tuple[str, str, str]) -> None:
    assert tie in _ties(text)


def test_his_is_no_woman_and_her_no_man() -> None:
    ties = _ties("Irina Belova, a consul of Russia in Oslo, met Colonel Pyotr Gusev. Her brother Igor left in May.")
    assert ("Igor", "sibling_of", "Irina Belova") in ties
    assert not any(alter == "Pyotr Gusev" for _, relation, alter in ties if relation == "sibling_of")


def test_a_list_of_kin_is_no_apposition() -> None:
    ties = _ties("Sung Hye Rim of North Korea lived in Geneva with her sister Sung Hye Rang, a niece and a guard.")
    assert ("Sung Hye Rang", "sibling_of", "Sung Hye Rim") in ties
    assert not any(relation == "niece_of" for _, relation, _ in ties)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("He is the third diplomat of the North to change sides in two years.", "third diplomat"),
        ("It is the second such case in less than a week in North Korea.", "second such case"),
        ("She is the highest officer to turn against the government of Syria.", "highest officer to turn"),
        ("About one every nine months has left North Korea.", "About one every nine months"),
        ("One in ten diplomats of North Korea is said to waver.", "One in ten"),
        ("The study counts 280 regimes since 1946.", "280 regimes"),
        ("At least five officials of North Korea have fled since February.", "At least five officials"),
    ],
)
def test_numbers_that_claim_something(text: str, claim: str) -> None:
    assert any(claim in quote for quote in _claims(text)), _claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two senior North Koreans came to the South last year.",
        "They left for a third country from the embassy of North Korea in Rome.",
        "Three commanders of North Korea stood beside him.",
    ],
)
def test_a_handful_told_of_is_no_claim(text: str) -> None:
    assert _claims(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Whether Min Sok-ju of North Korea's trade bank lives, nobody knows.", "Min Sok-ju"),
        ("A counsellor of North Korea in Vienna called So Kwang-il has been recalled.", "So Kwang-il"),
        ("Major General Jan Sejna of Czechoslovakia fled to the United States.", "Jan Sejna"),
        ("Ahmed A.H. Elimam, a diplomat of Libya, resigned in Washington.", "Ahmed A.H. Elimam"),
        ("He Guorong, who had served China in Sydney, asked for asylum.", "He Guorong"),
    ],
)
def test_names_begin_where_they_begin(text: str, name: str) -> None:
    assert name in _names(text)


@pytest.mark.parametrize("text", ["He Came Over: China Loses a Consul.", "He Korean diplomats called a friend."])
def test_he_is_rarely_a_name(text: str) -> None:
    assert not any(name.startswith("He ") for name in _names(text))


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (  # after "and" a row ends: who stands behind the next comma says it
            "Norway has given asylum to the former Iranian diplomat Reza Karimi and his family, Anne Lund of the directorate said.",
            {"Reza Karimi"},
        ),
        (  # who hears it is not who has done it
            "Reza Karimi, a former Iranian consul, told the broadcaster Radio One on Friday that he had left his post in protest.",
            {"Reza Karimi"},
        ),
        (  # named after being told of without a name, by another office
            (
                "A North Korean banker has defected in Russia, a newspaper reported. Yun Song Il, a senior man of the Taedong"
                " Bank, disappeared in Nakhodka last week and wants asylum."
            ),
            {"Yun Song Il"},
        ),
    ],
)
def test_who_has_gone(text: str, actors: set[str]) -> None:
    reading, _ = read_report(Report(text, published=PUBLISHED))
    assert {event.person or event.role for event in reading.events} == actors


def test_one_named_by_a_single_word_is_none_of_the_others_of_that_name() -> None:
    text = "Kim Jong Il rules North Korea. A doctor named only as Kim defected in May. Kim lives in Seoul."
    reading = read_report(Report(text, published=date(2009, 8, 17), lang="en"))[0]
    assert [person.name for person in reading.persons] == ["Kim Jong Il", "Kim"]
    assert [event.person for event in reading.events] == ["Kim"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Felipe Perez Roque of Cuba resigned. Perez Roque leaves the assembly.", ["Felipe Perez Roque"]),
        ("Kemi Badenoch, its leader for 11 months, spoke of Cuba.", ["Kemi Badenoch"]),
        ("Verne Jervis of the immigration service said that a Cuban general is there.", ["Verne Jervis"]),
        ("North Korea's Ri Yong-ho was purged. State media last named Ri in April.", ["Ri Yong-ho"]),
        ("The colonel's wife, Hana, and her husband left Cuba.", ["Hana"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    reading = read_report(Report(text, published=date(2019, 5, 10), lang="en"))[0]
    assert [person.name for person in reading.persons] == names


def test_the_one_named_in_the_second_sentence_is_the_one_the_first_told_of() -> None:
    reading, _ = read_text(
        "A retired general of the Revolutionary Guards has been missing since December, newspapers reported. Reza"
        " Karimi, who was deputy defence minister, did not collect his luggage. A spokesman, Ali Rahimi, confirmed only"
        " that he had been on leave.",
        published=date(2007, 2, 12),
    )
    assert [(str(event.kind), event.person) for event in reading.events] == [("disappearance", "Reza Karimi")]


def test_years_of_a_thing_date_no_flight() -> None:
    reading, _ = read_text(
        "Syria's ambassador in Baghdad, one of the architects of the reforms of the 1990s, has gone over to the"
        " opposition, the most senior envoy to do so.",
        published=date(2012, 7, 11),
    )
    assert [(str(event.kind), event.when.latest) for event in reading.events] == [("defection", date(2012, 7, 11))]


@pytest.mark.parametrize("words", ["executed in the purge", "shot during the great unrest", "arrested in the coup"])
def test_a_year_of_upheaval_dates_what_happened_in_it(words: str) -> None:
    reading, _ = read_text(f"The Syrian general Adnan Haddad was {words} of 1966.", published=date(2012, 7, 11))
    assert [event.when.edtf() for event in reading.events] == ["1966"]


def test_nobody_is_unveiled_of_whom_no_phrase_is_left() -> None:
    """Somebody brought in of whom no phrase is left when the next sentence opens with a name; it was an IndexError."""
    text = (
        "AMMAN - Jordan has denied asylum to a Syrian intelligence general and passed him on, sources said. "
        "Samir Haddad, deputy to the head of a branch in Homs, crossed on April 11 with two suitcases."
    )
    assert "Samir Haddad" in _names(text)


def test_a_row_of_callings_is_a_row_of_people() -> None:
    text = "A pilot, a consul and a banker of North Korea have fled. Ri Chol-su, a diplomat and a colonel of the guard, stays."
    story = Coreference(lay_out(Report(text, published=date(2019, 8, 1), lang="en")))
    first, second = ([noun for noun in s.nouns if noun.is_person] for s in story.scene.sentences)
    assert len({noun.label for noun in first}) == 3
    assert {noun.label for noun in second} == {"Ri Chol-su"}


@pytest.mark.parametrize(
    "text",
    [
        "North Korea's consul at the trade representative office in Lima has defected.",
        "North Korea's consul, who held the military attaché post in Lima, has defected.",
    ],
)
def test_an_office_is_nobody(text: str) -> None:
    nouns = [noun.text for noun in _nouns(text, 0)]
    assert not any("trade" in noun or "military" in noun for noun in nouns)


def test_ranks_of_several_are_no_name() -> None:
    text = (
        "Maj. Gen. Ali Haddad of Syria broke with the president, as did Brig. Gens. Omar Shami and Sami Nasr on Monday."
    )
    reading, _ = read_text(text, published=PUBLISHED)
    assert {person.name for person in reading.persons} == {"Ali Haddad", "Omar Shami", "Sami Nasr"}


def test_so_inside_a_sentence_is_a_family() -> None:
    text = "Kuwait has expelled North Korea's ambassador, So Chang Sik. So Far Away is a song."
    reading, _ = read_text(text, published=PUBLISHED)
    assert [person.name for person in reading.persons] == ["So Chang Sik"]


def test_neither_before_he_fled_is_nobody() -> None:
    text = "The minister of justice of Syria wants two consuls back; neither was charged before he fled to Italy."
    assert [noun.label for noun in _nouns(text, 0) if noun.kind == "pron"] == [""]


def test_he_is_no_family() -> None:
    text = (
        "The family of Samir Haddad, Syria's deputy oil minister, asked for news. On Monday he had defected to Jordan."
    )
    assert _told(text) == [("defection", "Samir Haddad")]


def test_she_is_not_who_is_quoted() -> None:
    text = "Kim Kyong Hui of North Korea is alive. A paper, quoting a defector, said that she had been ill."
    assert [noun.label for noun in _nouns(text, 1) if noun.kind == "pron"] == ["Kim Kyong Hui"]


def test_of_whom_his_men_say_it() -> None:
    text = "Robert Mugabe of Zimbabwe dismissed Simon Moyo, his minister of mines. Moyo's friends said he may leave."
    assert [noun.label for noun in _nouns(text, 1) if noun.kind == "pron"] == ["Simon Moyo"]


def test_the_man_is_no_ruler() -> None:
    text = "Yahya Jammeh of Gambia recalled an envoy. The man who ran the election has fled to Senegal after threats."
    assert {noun.label for noun in _nouns(text, 1)}.isdisjoint({"Yahya Jammeh"})


def test_an_office_of_old_that_opens_a_sentence_is_his() -> None:
    text = "Le Van Tam fled Vietnam. Once a close associate of Ho Chi Minh, he lost influence in May."
    assert {noun.label for noun in _nouns(text, 1)} == {"Le Van Tam", "Ho Chi Minh"}


def test_her_own_defection_is_hers() -> None:
    text = "Rami Haddad, Syria's consul, is in Oslo with his wife, Lina Shami, since she declared her own defection."
    assert ("defection", "Lina Shami") in _told(text)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Li Gang, a protege of President Xi Jinping, who was dismissed as foreign minister of China in July, is ill.",
            [("dismissal", "Li Gang")],
        ),
        (
            "Li Mei of China is ill. She is a sister of Wang Tao and the widow of Chen Bo, once second in the state, who was executed in May.",
            [("execution", "Chen Bo")],
        ),
        (
            "Russia's Oleg Petrov is ill. He was an ally of Igor Sokolov, whom President Vladimir Putin replaced last month.",
            [("dismissal", "Igor Sokolov")],
        ),
        (
            "North Korea has changed since Kim Jong Un took power after the death of his father Kim Jong Il.",
            [("succession", "Kim Jong Un")],
        ),
        (
            "Ri Chol is an aide of Kim Jong Un, who became leader of North Korea after the death of his father, Kim Jong Il.",
            [("succession", "Kim Jong Un")],
        ),
    ],
)
def test_who_means_the_one_it_can_be_said_of(text: str, events: list[tuple[str, str]]) -> None:
    assert _told(text) == events
