"""Ties by the family of their wording: verbs, possessives, relative clauses, kin of kin."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read.extract import extract
from ostraka.read.kin_of_kin import bridged
from ostraka.read.matching import same_tie
from ostraka.read.reading import Reading


def ties(text: str) -> list[tuple[str, str, str]]:
    report = Report(text, published=date(2024, 8, 20), lang="en")
    reading = Reading.of(report, extract(report)[0])
    named = {person.label: person.name for person in reading.persons}
    return [(named.get(t.ego) or t.ego, t.relation, named.get(t.alter) or t.alter) for t in reading.ties]


@pytest.mark.parametrize(
    ("text", "relation", "turned"),
    [
        ("Ahmed Mahdi is married to Rana Omar, a doctor.", "spouse_of", False),
        ("Ahmed Mahdi married Rana Omar in 1998.", "spouse_of", False),
        ("The wife of Ahmed Mahdi, Rana Omar, was arrested.", "spouse_of", False),
        ("Ahmed Mahdi, whose father, Rana Omar, served as consul, left in May.", "father_of", True),
        ("Ahmed Mahdi, whose father was the consul Rana Omar, left in May.", "father_of", True),
        ("Ahmed Mahdi's father, the late Rana Omar, founded the party.", "father_of", True),
        ("Ahmed Mahdi, 68, a general and the father of Colonel Rana Omar, died.", "father_of", False),
        ("Ahmed Mahdi, envoy in Cyprus and a niece of Vice President Rana Omar, left.", "niece_of", False),
        ("Ahmed Mahdi is a grandson of Rana Omar, the founder.", "grandparent_of", True),
        ("Ahmed Mahdi was born to Rana Omar, a consul.", "father_of", True),
        ("Ahmed Mahdi is related by marriage to Rana Omar.", "kin_of", False),
        ("The brothers Ahmed Mahdi and Rana Omar left in May.", "sibling_of", False),
        ("Ahmed Mahdi and Rana Omar are brothers.", "sibling_of", False),
        ("Ahmed Mahdi, the brother of Rana Omar's wife, fled.", "in_law_of", False),
        ("Ahmed Mahdi is the husband of Rana Omar's sister.", "in_law_of", False),
        ("Ahmed Mahdi is married to a daughter of Rana Omar.", "in_law_of", False),
        ("Ahmed Mahdi, who guarded Rana Omar, fled.", "aide_of", False),
        ("Ahmed Mahdi, who served as private secretary to Rana Omar, fled.", "aide_of", False),
        ("Ahmed Mahdi, the right-hand man of Rana Omar, was shot.", "aide_of", False),
        ("Ahmed Mahdi had advised Rana Omar since 1990.", "adviser_of", False),
        ("Ahmed Mahdi, who had promoted Rana Omar, was shot.", "patron_of", False),
        ("Ahmed Mahdi was promoted by Rana Omar.", "patron_of", True),
        ("Ahmed Mahdi owed his rise to Rana Omar.", "patron_of", True),
        ("Ahmed Mahdi served under Rana Omar.", "superior_of", True),
        ("Ahmed Mahdi, a subordinate of Rana Omar, was shot.", "superior_of", True),
        ("Ahmed Mahdi served with Rana Omar in the guard.", "served_with", False),
        ("Ahmed Mahdi and Rana Omar studied together in Moscow.", "comrade_of", False),
        ("Ahmed Mahdi fought beside Rana Omar in the mountains.", "comrade_of", False),
        ("Police look for Rana Omar, 43, and her son Ahmed Mahdi, 15, who left in May.", "mother_of", True),
        ("Ahmed Mahdi, presented as the son-in-law of the prime minister, Rana Omar, spoke.", "child_in_law_of", False),
        ("Ahmed Mahdi is a nephew of Ali Badr's military aide Rana Omar.", "nephew_of", False),
        ("Ahmed Mahdi, one of three sons of Rana Omar, was dismissed.", "father_of", True),
        ("Ahmed Mahdi, a cousin and close aide of Rana Omar, left.", "cousin_of", False),
        ("Ahmed Mahdi, son of Ali Badr and Rana Omar, was shot.", "mother_of", True),
        ("Ahmed Mahdi fled to Jordan with his stepson Rana Omar.", "father_of", False),
        ("Ahmed Mahdi, whose sister is married to Rana Omar, left.", "in_law_of", False),
        ("President Rana Omar's uncle by marriage, Ahmed Mahdi, was shot.", "uncle_of", False),
        ("Ahmed Mahdi is, the paper wrote on Friday, a son of Rana Omar.", "father_of", True),
        ("Ahmed Mahdi, who served in Zambia until May, is a nephew of Rana Omar.", "nephew_of", False),
        ("A nephew of the governor, Ahmed Mahdi, fled. The governor, Rana Omar, was ill.", "nephew_of", False),
        ("Rana Omar was shot. Ahmed Mahdi, a nephew of hers, fled.", "nephew_of", False),
        ("A cousin of President Rana Omar has fled to Spain. Ahmed Mahdi, 40, ran the port.", "cousin_of", False),
        ("Rana Omar, a leader until May, fled. She is the wife of a consul named Ahmed Mahdi.", "spouse_of", False),
        ("Rana Omar was shot. Her Syrian husband, Ahmed Mahdi, fled.", "spouse_of", False),
        ("Rana Omar was shot. Her son and adviser, Ahmed Mahdi, fled.", "mother_of", True),
        ("Ahmed Mahdi, himself the son of a consul, and his half-brother Rana Omar left.", "sibling_of", False),
        ("Ahmed Mahdi and Rana Omar were classmates at the academy.", "comrade_of", False),
        ("Ahmed Mahdi and his old comrade Rana Omar were shot.", "comrade_of", False),
        ("Ahmed Mahdi, chief of staff to Rana Omar, fled.", "aide_of", False),
        ("Ahmed Mahdi, 50, an assistant to the security adviser, Rana Omar, fled.", "aide_of", False),
        ("Ahmed Mahdi, the deputy of Rana Omar, was shot.", "aide_of", False),
        ("Rana Omar was dismissed. Her deputy in Homs, Colonel Ahmed Mahdi, took over.", "aide_of", False),
        ("Rana Omar, whose secretary Ahmed Mahdi was shot, fled.", "aide_of", False),
        ("The consul Rana Omar fled. Her ambassador, Ahmed Mahdi, was called home.", "superior_of", False),
        ("Major Rana Omar fled. An officer said that her superior, Ahmed Mahdi, was held.", "superior_of", False),
        ("President Rana Omar fell. Her minister of defence, Ahmed Mahdi, fled.", "aide_of", False),
        ("Captain Rana Omar and his co-pilot, Ahmed Mahdi, landed in Cyprus.", "served_with", False),
        ("Rana Omar fled in May. A colleague, Ahmed Mahdi, was questioned.", "served_with", False),
        ("Rana Omar's friend, the publisher Ahmed Mahdi, was held.", "comrade_of", False),
        ("Rana Omar fled in May. A cousin in Erbil, Ahmed Mahdi, was questioned.", "cousin_of", False),
        ("Rana Omar fled in May. Her uncle, the imam Ahmed Mahdi, was shot.", "uncle_of", False),
        ("Rana Omar fled in May. A cousin, ambassador Ahmed Mahdi in Paris, stayed.", "cousin_of", False),
        ("Rana Omar was shot in May. The widower, Ahmed Mahdi, lives in Rome.", "spouse_of", False),
        ("A pilot came first. Rana Omar told her husband, Ahmed Mahdi, that she would stay.", "spouse_of", False),
        ("Rana Omar fell in May. Ahmed Mahdi, head of the court and her cousin, was shot.", "cousin_of", False),
        ("Two envoys, Ahmed Mahdi and Rana Omar, who are cousins, fled to Rome.", "cousin_of", False),
        ("President Rana Omar met envoys. The leader's brother, Ahmed Mahdi, stayed away.", "sibling_of", False),
        ("The daughters, Ahmed Mahdi and Rana Omar, were at school.", "sibling_of", False),
        ("Ahmed Mahdi and Rana Omar are brothers-in-law.", "in_law_of", False),
        ("The paper named them as Colonel Ahmed Mahdi and Major Rana Omar, who are cousins.", "cousin_of", False),
        ("Rana Omar fled in May. A half-brother of hers, Ahmed Mahdi, was shot.", "sibling_of", False),
        ("Ahmed Mahdi wrote to Prince Rana Omar, whose cousin he is, in May.", "cousin_of", False),
        ("Rana Omar fell in May. Her brother-in-law and deputy Ahmed Mahdi fled.", "aide_of", False),
        ("Rana Omar fell in May. Her brother and adviser Ahmed Mahdi fled.", "adviser_of", False),
        ("Rana Omar fell in May. An adviser of hers, Ahmed Mahdi, stayed in Paris.", "adviser_of", False),
        ("The minister, Rana Omar, was ill. Ahmed Mahdi, an adviser to the minister, fled.", "adviser_of", False),
        ("Rana Omar was shot. The commander of her guard, Ahmed Mahdi, fled.", "aide_of", False),
        ("Rana Omar was shot. Ahmed Mahdi, who had promoted her, fled.", "patron_of", False),
    ],
)
def test_families_of_ties(text: str, relation: str, *, turned: bool) -> None:
    pair = ("Rana Omar", "Ahmed Mahdi") if turned else ("Ahmed Mahdi", "Rana Omar")
    found = ties(text)
    assert any(same_tie((pair[0], relation, pair[1]), tie) for tie in found), found


def test_a_copula_after_an_aside_speaks_of_the_first_name() -> None:
    text = "Colonel Ahmed Mahdi fled in May. Adil Omar, a general in the retinue of Salim Nasser, is his uncle."
    assert ("Adil Omar", "uncle_of", "Ahmed Mahdi") in ties(text)


def test_father_and_son_of_one_name_are_two() -> None:
    text = "General Mohammed Adil Khalouf was shown beside his son Adil Khalouf, a captain, who defected with him."
    assert ("Mohammed Adil Khalouf", "father_of", "Adil Khalouf") in ties(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ahmed Mahdi served under the flag of Syria.",
        "Ahmed Mahdi fled to Jordan with his wife.",
        "Ahmed Mahdi was shot. His successor, Rana Omar, arrived in May.",
        "Ahmed Mahdi was shot. The minister's guest, Rana Omar, was not.",
        "Ahmed Mahdi heads the court. Two deputies of the governing party, Rana Omar and Ali Badr, joined a march.",
        "Ahmed Mahdi was shot. Rana Omar was shot as well.",
        "Ahmed Mahdi advised the ministry.",
        "Ahmed Mahdi, his guest Rana Omar and a driver were shot.",
        "The president met a consul, a relative of the rebel.",
        "Ahmed Mahdi was seen in Rome. Rana Omar, a widow, was not.",
        "Ahmed Mahdi fled with his girl friend, Rana Omar.",
        "Rana Omar was ill. Ahmed Mahdi, the son of the Security Council's secretary, left.",
        "Ahmed Mahdi was shot. The police chief and his intelligence boss, Rana Omar, were not.",
    ],
)
def test_no_tie_is_made_up(text: str) -> None:
    assert ties(text) == []


def test_sons_told_one_after_the_other_have_one_father() -> None:
    text = "Omar Badr was shot. His son Ali Hassan and his son Ahmed Mahdi fled; another son, Samir Badr, did not."
    assert set(ties(text)) == {("Omar Badr", "father_of", son) for son in ("Ali Hassan", "Ahmed Mahdi", "Samir Badr")}


def test_kin_told_in_a_row_are_of_one_man() -> None:
    text = "Omar Badr was shot. His cousin Ali Hassan fled. His father, the consul Ahmed Mahdi, did not."
    assert set(ties(text)) == {("Ali Hassan", "cousin_of", "Omar Badr"), ("Ahmed Mahdi", "father_of", "Omar Badr")}


def test_sons_after_an_aside_are_of_the_one_it_is_about() -> None:
    text = "Kin of the ruler were shot: Omar Badr, the son-in-law, and his sons Ali Hassan and Ahmed Mahdi."
    assert {("Omar Badr", "father_of", "Ali Hassan"), ("Omar Badr", "father_of", "Ahmed Mahdi")} <= set(ties(text))


def test_the_one_it_is_about_has_the_kin_when_others_came_between() -> None:
    text = "Omar Badr gave up his post. Samir Nasser took over. Portraits came down. Ahmed Mahdi, his son-in-law, left too."
    assert ties(text) == [("Ahmed Mahdi", "child_in_law_of", "Omar Badr")]


def test_a_son_is_not_his_own_father() -> None:
    assert ties("Omar Badr's father was buried on Monday. The party named the son, who is 27.") == []


@pytest.mark.parametrize(
    "text",
    [
        "King Omar Badr died on Monday. The crown prince, his half-brother Ali Hassan, was proclaimed.",
        "Omar Badr was shot on Monday. Officers named Colonel Ali Hassan, his brother and head of the guard, as chief.",
        "Omar Badr was dismissed on Monday. His secretary Samir Nasser and his brother Ali Hassan are held.",
    ],
)
def test_his_brother_is_not_the_one_he_is_called_with(text: str) -> None:
    assert ("Ali Hassan", "sibling_of", "Omar Badr") in ties(text)


def test_his_is_of_neither_of_two() -> None:
    text = "Omar Badr was sentenced to death. Samir Nasser and Adil Omar got ten years. His brother, Ali Hassan, fled."
    assert ties(text) == [("Ali Hassan", "sibling_of", "Omar Badr")]


def test_a_cousin_and_the_father_of_him_who_was_sidelined() -> None:
    text = "The minister met envoys. Omar Badr left. He had been sidelined. A cousin, Ali Hassan, leads rebels. Ahmed Mahdi, his father, is ill."
    assert set(ties(text)) == {("Ali Hassan", "cousin_of", "Omar Badr"), ("Ahmed Mahdi", "father_of", "Omar Badr")}


def test_a_patron_with_an_office_is_a_patron() -> None:
    text = "Omar Badr shot himself in May. His patron, party secretary Ali Hassan, resigned."
    assert ties(text) == [("Ali Hassan", "patron_of", "Omar Badr")]


def test_the_dead_man_is_the_one_whose_death_is_told() -> None:
    text = "Omar Badr was killed by a bomb on Monday. Ali Hassan, a deputy, read a speech. The dead man's son, Ahmed Mahdi, wept."
    assert ("Omar Badr", "father_of", "Ahmed Mahdi") in ties(text)


def test_an_uncle_may_be_that_of_a_ruler_without_a_name() -> None:
    text = "The president dismissed Omar Badr, the police chief. Ali Hassan, a deputy, took over. An uncle, Ahmed Mahdi, is ill."
    assert ties(text) == []


def test_his_kin_are_of_the_one_named_not_of_the_prosecutor() -> None:
    found = ties("General Omar Badr was shot. The prosecutor closed the file. His brother, Ali Hassan, fled.")
    assert found == [("Ali Hassan", "sibling_of", "Omar Badr")]


def test_a_tie_knows_the_name_told_later() -> None:
    text = "A colonel and his brother Ali Hassan fled in May. Omar Badr, the colonel, is in Rome."
    assert ("Ali Hassan", "sibling_of", "Omar Badr") in ties(text)


def test_his_nephew_beside_one_who_is_kin_himself() -> None:
    found = ties("The envoys, Omar Badr's brother-in-law Ali Hassan and his nephew Ahmed Mahdi, left.")
    assert ("Ahmed Mahdi", "nephew_of", "Omar Badr") in found


def test_the_father_just_named_is_of_the_one_named_before_him() -> None:
    found = ties("Omar Badr helped Ahmed Mahdi through the transition after Ali Hassan, his father, died.")
    assert found == [("Ali Hassan", "father_of", "Ahmed Mahdi")]


def test_a_wife_who_is_kin_makes_an_in_law() -> None:
    assert ("Ahmed Mahdi", "in_law_of", "Omar Badr") in ties("Ahmed Mahdi's wife is a niece of the late Omar Badr.")


def test_whose_wife_is_kin_makes_an_in_law_too() -> None:
    found = ties("Ahmed Mahdi, whose wife is a niece of the late Omar Badr, has left.")
    assert found == [("Ahmed Mahdi", "in_law_of", "Omar Badr")]


def test_a_king_is_none_of_those_with_his_name() -> None:
    found = ties("Mohammed bin Salman met Ahmed Badr, younger brother of King Salman, in Riyadh.")
    assert found == [("Ahmed Badr", "sibling_of", "Salman")]


def test_the_first_name_of_a_ruler_means_him() -> None:
    text = "Saddam Hussein and Saddam Kamel of Iraq met. Saddam's daughters Raghad and Rana left."
    assert ("Saddam Hussein", "father_of", "Raghad") in ties(text)


def test_who_has_a_son_called_hers_is_his_mother() -> None:
    found = ties("Police look for Kim Kum Sun, 43, and her son Park Kwon Ju. Her husband, an envoy called Park, left.")
    assert set(found) == {("Kim Kum Sun", "mother_of", "Park Kwon Ju"), ("Park", "spouse_of", "Kim Kum Sun")}


def test_his_regime_is_a_rulers_so_his_father_is_not_an_envoys() -> None:
    lead = "North Korea's envoy Pak Il-su defected to Seoul in May. The elite turns away."
    assert ties(f"{lead} His regime outlived the death of his father Ri Chol.") == []
    told = "Kim Jong-un’s rule is shaky. His regime outlived the death of his father Kim Jong-il."
    assert ties(f"{lead} {told}") == [("Kim Jong-il", "father_of", "Kim Jong-un")]
    assert ties("Syria's president Ahmed Mahdi has died. His rule passes to his son Omar Badr.") == [
        ("Ahmed Mahdi", "father_of", "Omar Badr")
    ]


def test_promoted_kin_are_kin_only() -> None:
    assert [tie[1] for tie in ties("Ahmed Mahdi promoted his sister, Rana Omar, in May.")] == ["sibling_of"]


def test_the_mother_of_his_son_is_his_wife() -> None:
    text = "One of Omar Badr's wives has left him. Rana Nasser, mother of his eldest son, fled."
    assert ("Rana Nasser", "spouse_of", "Omar Badr") in ties(text)
    told = [("Ahmed", "father_of", "son"), ("Omar", "father_of", "son")]
    assert list(bridged(told, {"Ahmed", "Omar"})) == []


def test_their_son_has_two_parents() -> None:
    found = ties("Omar Badr fled with his wife Rana Nasser. Their son, Ahmed Mahdi, was held.")
    assert {("Omar Badr", "father_of", "Ahmed Mahdi"), ("Rana Nasser", "mother_of", "Ahmed Mahdi")} <= set(found)


def test_two_deputies_and_two_aides_of_one_man() -> None:
    found = ties("Omar Badr was shot. His deputies, Ali Hassan and Adil Nasser, fled.")
    assert set(found) == {("Ali Hassan", "aide_of", "Omar Badr"), ("Adil Nasser", "aide_of", "Omar Badr")}
    assert set(ties("Omar Badr was shot. Two aides, Ali Hassan and Adil Nasser, fled.")) == set(found)


def test_his_kin_are_of_the_one_it_is_about_not_of_an_official_without_a_name() -> None:
    found = ties("Omar Badr left his post in May. An official called it a slip. His brother, Ali Hassan, was held.")
    assert found == [("Ali Hassan", "sibling_of", "Omar Badr")]


def test_sons_in_law_of_a_president_are_not_the_president() -> None:
    text = "The king will keep the two sons-in-law of Syria's president, Omar Badr, whom he took in. The president's son, Ali Badr, came."
    assert ("Omar Badr", "father_of", "Ali Badr") in ties(text)


def test_kin_of_kin() -> None:
    told = [("Ahmed", "child_of", "brother of Omar"), ("brother of Omar", "sibling_of", "Omar")]
    assert list(bridged(told, {"Ahmed", "Omar"})) == [("Ahmed", "nephew_of", "Omar")]
    assert list(bridged(told, {"Ahmed"})) == []


def test_unnamed_kin_with_an_office_are_told_by_whose_kin_they_are() -> None:
    found = ties("Omar Badr fled in May. His brother, a judge in Homs, was questioned.")
    assert found == [("brother of Omar Badr", "sibling_of", "Omar Badr")]
    assert ties("Omar Badr fled in May with his brother.") == []


def test_a_third_brother_is_another_one_than_the_second() -> None:
    found = ties("Omar Badr fled in May. His second brother, a judge, stayed. His third brother, a colonel, went too.")
    assert {ego for ego, *_ in found} == {"second brother of Omar Badr", "third brother of Omar Badr"}


def test_whose_kin_is_told_of_the_first_office_of_a_state_alone() -> None:
    assert ties("Omar Badr, a cousin of the late president, fled in May.") == [
        ("Omar Badr", "cousin_of", "late president")
    ]
    assert ties("Omar Badr, a cousin of a dentist, fled in May.") == []


def test_who_went_to_school_together_are_comrades() -> None:
    assert ties("Omar Badr fled in May. Ali Hassan, who was at school with him, stayed.") == [
        ("Ali Hassan", "comrade_of", "Omar Badr")
    ]
    assert ties("Omar Badr fled in May. Ali Hassan shared an office with Adil Nasser.") == [
        ("Ali Hassan", "served_with", "Adil Nasser")
    ]


@pytest.mark.parametrize(
    ("text", "superior"),
    [
        ("A third secretary, Omar Badr, fled in May. The mission's head, Ali Hassan, was recalled.", True),
        ("A third secretary, Omar Badr, fled in May. The head of his department, Ali Hassan, was recalled.", True),
        ("A lieutenant, Omar Badr, fled in May. His colonel, Ali Hassan, was recalled.", True),
        ("A lieutenant, Omar Badr, fled in May. A superior, Ali Hassan, was recalled.", True),
        ("A third secretary, Omar Badr, fled in May. He had served for years in Rome under General Ali Hassan.", True),
        ("A third secretary, Omar Badr, fled in May. Omar Badr's section chief, Ali Hassan, was recalled.", True),
        ("A minister, Omar Badr, fell in May. The mission's head, Ali Hassan, was recalled.", False),
        ("A third secretary, Omar Badr, fled in May. The party's head, Ali Hassan, was recalled.", False),
        ("A third secretary, Omar Badr, fled in May. He had served in Rome, and under the law Ali Hassan fell.", False),
    ],
)
def test_who_heads_the_unit_of_one_man_is_his_superior(text: str, *, superior: bool) -> None:
    assert (("Ali Hassan", "superior_of", "Omar Badr") in ties(text)) is superior


@pytest.mark.parametrize(
    "text",
    [
        "Omar Badr fled in May. Adil Nasser, a consul, took over. He is in Rome. His deputy, Ali Hassan, was held.",
        "Omar Badr's deputy, Ali Hassan, a judge, was held.",
        "An assistant of Omar Badr, Ali Hassan, flew to Rome.",
        "Omar Badr fled in May. A court sentenced his orderly, Ali Hassan, to ten years.",
        "Omar Badr fled in May. Ali Hassan, his second in command, fights on.",
    ],
)
def test_whose_men_are_his_aides(text: str) -> None:
    found = ties(text)
    assert [tie[:2] for tie in found] == [("Ali Hassan", "aide_of")]


def test_his_is_of_the_one_a_report_keeps_to() -> None:
    lead = "Omar Badr fled to Rome in May. Badr told Adil Nasser, a consul there, of a list."
    assert ("Ali Hassan", "sibling_of", "Omar Badr") in ties(f"{lead} His brother, Ali Hassan, was held.")
    other = "Omar Badr fled to Rome in May. In Homs Adil Nasser was held as well."
    assert ("Ali Hassan", "sibling_of", "Adil Nasser") in ties(f"{other} His brother, Ali Hassan, was held.")


def test_a_name_that_misleads_about_who_is_a_man_does_not_leave_her_without_kin() -> None:
    found = ties("An attache in Rome, Peter Reed, fled in May. Her husband, Ali Hassan, a judge, stayed.")
    assert ("Ali Hassan", "spouse_of", "Peter Reed") in found


def test_the_aide_of_one_without_a_name_is_of_him_whom_it_is_about() -> None:
    text = "A colonel was seen in Rome. Omar Badr fled in May. Ali Hassan, an aide of the colonel, was held."
    assert ("Ali Hassan", "aide_of", "Omar Badr") in ties(text)
    assert ("Ali Hassan", "aide_of", "Omar Badr") not in ties(
        f"{text[:-49]}Ali Hassan, an aide of Adil Nasser, was held."
    )


def test_families_are_no_tie() -> None:
    found = ties("Omar Badr fled with his wife Rana Nasser. Both went with their families, a lawmaker said.")
    assert all(relation for _, relation, _ in found)


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "Omar Badr, a general, served Ahmed Mahdi, who became king after the death of his father, Ali Mahdi.",
            ("Ali Mahdi", "father_of", "Ahmed Mahdi"),
        ),
        (
            "Leila Omar raised Colonel Sami Badr in Bern while he studied. She is the sister of his mother, Huda Omar.",
            ("Huda Omar", "mother_of", "Sami Badr"),
        ),
        (
            "Kim Kyong Ae, the aunt of the leader Kim Jong Su, came. She sat beside Kim's wife, Ri Sol Mi.",
            ("Ri Sol Mi", "spouse_of", "Kim Jong Su"),
        ),
        (
            "He wrote to Daniel Rojas and his wife, Vice President Rosa Moreno, on May 3.",
            ("Rosa Moreno", "spouse_of", "Daniel Rojas"),
        ),
        (
            "Troops killed Ali Mahdi, his brother Colonel Omar Mahdi, and a third brother, Hakim Mahdi.",
            ("Hakim Mahdi", "sibling_of", "Omar Mahdi"),
        ),
        (
            "Sami Badr, son of the former minister Fuad Badr, has fled. His father was for decades a confidant of Hafez Omar.",
            ("Fuad Badr", "aide_of", "Hafez Omar"),
        ),
        ("Ali Mahdi was army chief and a confidant of Rana Omar.", ("Ali Mahdi", "aide_of", "Rana Omar")),
        (
            "Ali Mahdi, a general, held a high rank and was thought one of the closest aides of Rana Omar.",
            ("Ali Mahdi", "aide_of", "Rana Omar"),
        ),
        ("Once an aide of Rana Omar, Ali Mahdi fled in May.", ("Ali Mahdi", "aide_of", "Rana Omar")),
    ],
)
def test_both_ends_are_those_meant(text: str, tie: tuple[str, str, str]) -> None:
    found = ties(text)
    assert any(same_tie(tie, other) for other in found)
    assert not any(same_tie((tie[0], tie[1], other), told) for told in found for other in ("Omar Badr", "Leila Omar"))


@pytest.mark.parametrize(
    ("text", "ego", "alter"),
    [
        ("The wives Rana and Huda, daughters of Ali Mahdi, left the two.", "Rana", "Huda"),
        ("In Paris his ambassador, Omar Badr, left President Ali Mahdi in May.", "Omar Badr", "Ali Mahdi"),
        (
            "After the death of Ali Mahdi, uncle of the king Sami Omar, his relatives were shot.",
            "Sami Omar",
            "Ali Mahdi",
        ),
        ("The court named Omar Badr, an ally of Ali Mahdi, in her place.", "Omar Badr", "Ali Mahdi"),
    ],
)
def test_nobody_is_more_than_he_is_said_to_be(text: str, ego: str, alter: str) -> None:
    loose = {"spouse_of", "superior_of", "kin_of", "patron_of"}
    assert [tie for tie in ties(text) if {ego, alter} == {tie[0], tie[2]} and tie[1] in loose] == []


def test_unnamed_kin_with_no_office_but_an_opinion_are_no_tie() -> None:
    assert ties("Sami Badr fled in May. He did not tell his mother, a supporter of the president.") == []
