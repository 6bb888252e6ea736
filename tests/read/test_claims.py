"""Number claims by the family of their wording, and numbers that claim nothing."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Claim, Operator, Report
from ostraka.read.extract import extract
from ostraka.read.reading import Reading


def claims(sentence: str) -> tuple[Claim, ...]:
    report = Report(f"SEOUL, Aug. 20, 2024 - {sentence}", published=date(2024, 8, 20), lang="en")
    return Reading.of(report, extract(report)[0]).claims


@pytest.mark.parametrize(
    ("sentence", "operator", "low", "high", "of"),
    [
        ("At least five have defected since February.", Operator.AT_LEAST, 5, None, None),
        ("Over 70 have been executed since he took power.", Operator.MORE_THAN, 70, None, None),
        ("Some twelve senior officials have fled in recent years.", Operator.ABOUT, 12, 12, None),
        ("A dozen or so officers crossed the border.", Operator.ABOUT, 12, 12, None),
        ("Between 15 and 20 officials have defected.", Operator.BETWEEN, 15, 20, None),
        ("Four or five officials died with him.", Operator.BETWEEN, 4, 5, None),
        ("Dozens of officers have deserted.", Operator.AT_LEAST, 24, None, None),
        ("Tens of thousands of soldiers fled.", Operator.AT_LEAST, 20_000, None, None),
        ("A handful of diplomats have left in recent years.", Operator.BETWEEN, 3, 6, None),
        ("One in ten of the arrivals was an official.", Operator.EXACTLY, 1, 1, 10),
        ("10 of 196 belonged to the elite.", Operator.EXACTLY, 10, 10, 196),
        ("Only two of the 840 defectors were diplomats.", Operator.EXACTLY, 2, 2, 840),
        ("Of the eleven officials there, seven have resigned.", Operator.EXACTLY, 7, 7, 11),
        ("More than half of the ambassadors have been replaced.", Operator.MORE_THAN, 1, None, 2),
        ("Two thirds of the generals were dismissed.", Operator.EXACTLY, 2, 2, 3),
        ("A quarter of Syria's generals have left.", Operator.EXACTLY, 1, 1, 4),
        ("Five officials of the ministry were shot.", Operator.EXACTLY, 5, 5, None),
        ("He is the fourth Iranian diplomat to seek asylum this year.", Operator.ORDINAL, 4, 4, None),
        ("Ninety percent of the diplomats have been replaced.", Operator.EXACTLY, 90, 90, 100),
        ("That brings to seven the number of officials shot.", Operator.EXACTLY, 7, 7, None),
        ("The number of soldiers who have deserted rose to 210.", Operator.EXACTLY, 210, 210, None),
        ("The number of defectors has doubled.", Operator.EXACTLY, 2, 2, None),
        ("It was the third such defection this week.", Operator.ORDINAL, 3, 3, None),
        ("It is the second in a month.", Operator.ORDINAL, 2, 2, None),
        ("He was the 14th officer to flee.", Operator.ORDINAL, 14, 14, None),
        ("He is the third to do so since the election.", Operator.ORDINAL, 3, 3, None),
        ("She is the most senior diplomat ever to flee.", Operator.HIGHEST_SINCE, None, None, None),
        ("Elite defections are at their highest since 2017.", Operator.HIGHEST_SINCE, None, None, None),
        ("It was the first such escape in nine years.", Operator.FIRST_SINCE, None, None, None),
        ("He is the only ambassador to have defected since the war.", Operator.FIRST_SINCE, None, None, None),
        ("No diplomat has defected since 2016.", Operator.FIRST_SINCE, None, None, None),
        ("Until now no ambassador had ever defected.", Operator.FIRST_SINCE, None, None, None),
        ("Nobody so high has yet deserted.", Operator.HIGHEST_SINCE, None, None, None),
        ("An envoy left, the second of them in under two weeks.", Operator.ORDINAL, 2, 2, None),
        ("Three colonels fled within five days.", Operator.EXACTLY, 3, 3, None),
        ("Not one ambassador has returned.", Operator.EXACTLY, 0, 0, None),
        ("Two hundred and eleven officials were moved.", Operator.EXACTLY, 211, 211, None),
        ("Half a million whites left.", Operator.EXACTLY, 500_000, 500_000, None),
        ("Six Libyans were handed back.", Operator.EXACTLY, 6, 6, None),
        ("Eighty inmates were listed.", Operator.EXACTLY, 80, 80, None),
        ("Five former technicians of the plant confessed.", Operator.EXACTLY, 5, 5, None),
        ("He left with a household of 14.", Operator.EXACTLY, 14, 14, None),
        ("Out of about 33,800 refugees 30 are known to have gone back.", Operator.EXACTLY, 30, 30, 33_800),
        ("Of 47 envoys in the first column, four are in the last.", Operator.EXACTLY, 4, 4, 47),
        ("One defector in five was an official.", Operator.EXACTLY, 1, 1, 5),
        ("Every third officer has gone.", Operator.EXACTLY, 1, 1, 3),
        ("Nine in ten of the armed forces think alike.", Operator.EXACTLY, 9, 9, 10),
        ("Three managers in Europe lost their jobs this month.", Operator.EXACTLY, 3, 3, None),
        ("In the past three years four officials of missions there have stayed.", Operator.EXACTLY, 4, 4, None),
        ("It puts the dead at some 4,000.", Operator.ABOUT, 4_000, 4_000, None),
        ("Only one in twenty returned.", Operator.EXACTLY, 1, 1, 20),
        ("He is the fourth of his rank.", Operator.ORDINAL, 4, 4, None),
        ("He is the eighth of the North's envoys to take that step.", Operator.ORDINAL, 8, 8, None),
        ("It was his sixth predecessor in four years.", Operator.ORDINAL, 6, 6, None),
        ("It is the third time this year that a pilot has fled.", Operator.ORDINAL, 3, 3, None),
        ("It was the sixth change at the top since July.", Operator.ORDINAL, 6, 6, None),
        ("It was the fourth incident of its kind.", Operator.ORDINAL, 4, 4, None),
        ("The departure is the third in a row.", Operator.ORDINAL, 3, 3, None),
        ("It was the sharpest break since 1991.", Operator.HIGHEST_SINCE, None, None, None),
        ("The exodus is unmatched since 1989.", Operator.HIGHEST_SINCE, None, None, None),
        ("Not since 1997 has anyone so senior fled.", Operator.HIGHEST_SINCE, None, None, None),
        ("The purge has no parallel since 1994.", Operator.FIRST_SINCE, None, None, None),
        ("They are the first to be admitted as refugees.", Operator.FIRST_SINCE, None, None, None),
        ("It is the first arrest of a former president.", Operator.FIRST_SINCE, None, None, None),
        ("He is the third gunner from the island to row over since 1983.", Operator.ORDINAL, 3, 3, None),
        ("It was the fifth collapse in the port this autumn.", Operator.ORDINAL, 5, 5, None),
        ("It is the second change of trainer in 14 months.", Operator.ORDINAL, 2, 2, None),
        ("He is the fourth minister since the marshal took over.", Operator.ORDINAL, 4, 4, None),
        ("The third Cuban in Lisbon to do so is a nurse.", Operator.ORDINAL, 3, 3, None),
        ("She is the twelfth of the 40 to be in custody.", Operator.ORDINAL, 12, 12, None),
        ("He was the 23rd man in uniform to come over that month.", Operator.ORDINAL, 23, 23, None),
        ("For the second time in a fortnight the station has lost its head.", Operator.ORDINAL, 2, 2, None),
        ("It is the second glider of the year to land there.", Operator.ORDINAL, 2, 2, None),
        ("It is the first time that a whole orchestra stays.", Operator.FIRST_SINCE, None, None, None),
        ("It was the first such return.", Operator.FIRST_SINCE, None, None, None),
        ("She is the minister, the first woman in that office.", Operator.FIRST_SINCE, None, None, None),
        ("He became the first Malagasy to do so.", Operator.FIRST_SINCE, None, None, None),
        ("It was his first appearance in over a month.", Operator.FIRST_SINCE, None, None, None),
        ("He was the first Druze of his rank.", Operator.FIRST_SINCE, None, None, None),
        ("She is the first person known to have used the games for it.", Operator.FIRST_SINCE, None, None, None),
        ("It was the first glider to be brought here.", Operator.FIRST_SINCE, None, None, None),
        ("He is the highest officer abroad to take the step.", Operator.HIGHEST_SINCE, None, None, None),
        ("It is the deadliest fire in the country's history.", Operator.HIGHEST_SINCE, None, None, None),
        ("Fewer than one in ten brought kin.", Operator.LESS_THAN, None, 1, 10),
        ("One in four had been in hiding.", Operator.EXACTLY, 1, 1, 4),
        ("Nearly nine in ten are under thirty.", Operator.ABOUT, 9, 9, 10),
        ("One Afghan soldier in four deserts.", Operator.EXACTLY, 1, 1, 4),
        ("Two thirds of those held were let go.", Operator.EXACTLY, 2, 2, 3),
        ("Four trainers have now lost their posts in the league since May.", Operator.EXACTLY, 4, 4, None),
        ("They know of seven such rafts in three years.", Operator.EXACTLY, 7, 7, None),
        ("Three barges have come down the river since the ice went out.", Operator.EXACTLY, 3, 3, None),
        ("About forty of the 310 held commissions.", Operator.ABOUT, 40, 40, 310),
        ("Half of the central committee has left.", Operator.EXACTLY, 1, 1, 2),
        ("She is one of 14 envoys who were called home.", Operator.EXACTLY, 1, 1, 14),
        ("Refugees at the lake number 12,600.", Operator.EXACTLY, 12_600, 12_600, None),
        ("No Albanian had sought asylum in the town before.", Operator.FIRST_SINCE, None, None, None),
        ("No envoy has come south in two decades.", Operator.FIRST_SINCE, None, None, None),
        ("In five years 73 barges have grounded there.", Operator.EXACTLY, 73, 73, None),
        ("He said 36 more had written to him.", Operator.EXACTLY, 36, 36, None),
        ("At least six others have followed.", Operator.AT_LEAST, 6, None, None),
        ("The fund counts 85 trainers and officials who have had to go since 2020.", Operator.EXACTLY, 85, 85, None),
        ("The spokesman says only “three or four” diplomats went.", Operator.BETWEEN, 3, 4, None),
        ("Sixty per cent never had rations.", Operator.EXACTLY, 60, 60, 100),
        ("The guards sent back 5,300 on Tuesday alone.", Operator.EXACTLY, 5_300, 5_300, None),
        ("The office counts 34.", Operator.EXACTLY, 34, 34, None),
        ("Deserters in the camp now total 2,600.", Operator.EXACTLY, 2_600, 2_600, None),
        ("With her that makes 17.", Operator.EXACTLY, 17, 17, None),
        ("There were thirteen.", Operator.EXACTLY, 13, 13, None),
        ("By that time 41 were in foreign camps.", Operator.EXACTLY, 41, 41, None),
        ("Others returned; 230 have diplomas.", Operator.EXACTLY, 230, 230, None),
        ("Last year 612 passed through here.", Operator.EXACTLY, 612, 612, None),
        ("Fewer than twenty were of field rank.", Operator.LESS_THAN, None, 20, None),
        ("A lawyer says seven were being questioned.", Operator.EXACTLY, 7, 7, None),
        ("The ministry puts those at large at 480.", Operator.EXACTLY, 480, 480, None),
        ("Deserters were three times as many as a year ago.", Operator.EXACTLY, 3, 3, None),
        ("The fair expects guests, more than at any time before.", Operator.HIGHEST_SINCE, None, None, None),
        ("The council is a third empty, a record.", Operator.HIGHEST_SINCE, None, None, None),
        ("The maker called them back with 138 cases of fire.", Operator.EXACTLY, 138, 138, None),
        ("He lost his post in May, and 25 diplomats were sent home.", Operator.EXACTLY, 25, 25, None),
        ("Six attachés who, their terms over, failed to come home are named.", Operator.EXACTLY, 6, 6, None),
        ("Six officials of the mission were recalled.", Operator.EXACTLY, 6, 6, None),
        ("Dozens of officials have come from posts abroad.", Operator.AT_LEAST, 24, None, None),
        ("The bridge was bombed for the third time.", Operator.ORDINAL, 3, 3, None),
        ("It is the seventy-first of the year.", Operator.ORDINAL, 71, 71, None),
        ("He is the fourth attorney general of his term.", Operator.ORDINAL, 4, 4, None),
        ("The walk-out was the largest in the party's history.", Operator.HIGHEST_SINCE, None, None, None),
        ("He is one of the most senior judges to desert the party.", Operator.HIGHEST_SINCE, None, None, None),
        ("His defection is one of the most damaging.", Operator.HIGHEST_SINCE, None, None, None),
        ("He is the best known of several governors who have left.", Operator.HIGHEST_SINCE, None, None, None),
        ("She is the best-connected official to quit since May 3.", Operator.HIGHEST_SINCE, None, None, None),
        ("She is the only one of her rank to do so.", Operator.FIRST_SINCE, None, None, None),
        ("It may be the first purge under the young king.", Operator.FIRST_SINCE, None, None, None),
        ("He was not the first of his clan to do so.", Operator.AT_LEAST, 2, None, None),
        ("It is the fourth within a month.", Operator.ORDINAL, 4, 4, None),
        ("It was the fifth round of talks.", Operator.ORDINAL, 5, 5, None),
        ("Two more bring to six the number of consuls who have left.", Operator.EXACTLY, 6, 6, None),
        ("She said consuls in four African countries had gone over.", Operator.AT_LEAST, 4, None, None),
        ("Some 30 attachés in nine countries have stayed abroad.", Operator.ABOUT, 30, 30, None),
        ("Forty of Bolivia's envoys have resigned.", Operator.EXACTLY, 40, 40, None),
        ("The paper says that 70 demonstrators were killed.", Operator.EXACTLY, 70, 70, None),
        ("In the purge 40 generals were killed.", Operator.EXACTLY, 40, 40, None),
    ],
)
def test_families_of_claims(
    sentence: str, operator: Operator, low: float | None, high: float | None, of: float | None
) -> None:
    [claim] = claims(sentence)
    assert (claim.operator, claim.low, claim.high, claim.of) == (operator, low, high, of)


@pytest.mark.parametrize(
    ("sentence", "low", "per"),
    [
        ("On average two officials a year defect.", 2, "year"),
        ("About one envoy every nine months left.", 1 / 9, "month"),
        ("They arrive at the rate of 140 a day.", 140, "day"),
    ],
)
def test_rates(sentence: str, low: float, per: str) -> None:
    [claim] = claims(sentence)
    assert claim.low == pytest.approx(low)
    assert claim.per == per


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Between 2000 and 2013 less than one official a year is known to have left.", (2000, 2013)),
        ("In the 1990s, fewer than two diplomats a year defected.", (1990, 1999)),
        ("Less than one official a year has defected since 2001.", (2001, 2024)),
    ],
)
def test_a_rate_is_of_the_years_told_beside_it(sentence: str, years: tuple[int, int]) -> None:
    (claim,) = claims(sentence)
    assert claim.period.earliest is not None
    assert claim.period.latest is not None
    assert (claim.period.earliest.year, claim.period.latest.year) == years


@pytest.mark.parametrize("sentence", ["Three embassies have changed sides in a year.", "He lost six aides in a week."])
def test_a_stretch_is_no_rate(sentence: str) -> None:
    [claim] = claims(sentence)
    assert (claim.per, claim.period.latest) == ("", date(2024, 8, 20))


def test_a_rate_of_no_years_has_no_period() -> None:
    (claim,) = claims("Less than one official a year defects, the ministry said on Monday.")
    assert not claim.period


def test_what_a_number_was_before_is_a_claim_of_its_own() -> None:
    now, before = claims("The South counted 132 arrivals in the first half of the year, up from 99 a year before.")
    assert (now.low, before.low, before.unit) == (132, 99, "arrivals")


@pytest.mark.parametrize(
    "sentence", ["It was the biggest purge in five years.", "He is the third minister to resign in five years."]
)
def test_a_record_or_an_ordinal_in_a_stretch_of_time_has_that_period(sentence: str) -> None:
    [claim] = claims(sentence)
    assert (claim.period.earliest, claim.period.latest) == (date(2019, 8, 22), date(2024, 8, 20))


def test_a_part_is_quoted_with_its_whole() -> None:
    [claim] = claims("Of the seven members named in 2022 four remain.")
    assert (claim.low, claim.of) == (4, 7)
    assert "seven members" in claim.span.quote


def test_a_stretch_of_time_is_the_period() -> None:
    [claim] = claims("As many as 340 people were executed in five years.")
    assert claim.period.latest == date(2024, 8, 20)
    assert claim.period.earliest is not None
    assert claim.period.earliest.year == 2019


@pytest.mark.parametrize(
    "sentence",
    [
        "Ri, 52, headed Office 39.",
        "Flight 207 left at 7 o'clock.",
        "The faction known as G40 wanted Grace Mugabe.",
        "He served in the 4th Corps for 12 years.",
        "He was born the second son of a general.",
        "The first secretary of the embassy defected.",
        "He was the second man of the state.",
        "A third country took him in.",
        "He has two sons and a daughter.",
        "Two men were seen.",
        "A boy of 15 was with her.",
        "He embezzled five million dollars.",
        "In 1985 India passed the 52nd Amendment against defection.",
        "Both had been ordered home in the first days of December.",
        "The five men are safe.",
        "All six agreed.",
        "A row over two envoys went on.",
        "Four leaders were under house arrest for two weeks.",
        "Thirty other countries recognised the rebels.",
        "Police issued 900 arrest warrants.",
        "He drew 800 cordobas.",
        "The first, Ri, has lived abroad since June.",
        "First Secretary Belsky summed up in an hour.",
        "A second law forbade judges to argue.",
        "The eldest son has been out of favour since May.",
        "He visits his mother once a year.",
        "Most people who stayed were old.",
        "He got away on the 22nd as men came to fetch him.",
        "She did not board the second flight.",
        "A third more than in spring applied.",
        "He has been the second man of the ministry since May.",
        "The third of that month was a Sunday.",
        "The first secretary said it was the only way to stay alive.",
        "He has been in hiding since the first of the month.",
        "No officer of that rank is missing.",
        "She told no one until her brother came.",
        "The highest in rank was a captain.",
        "He has served there for years, most recently as a clerk.",
        "Six riflemen fled on Monday.",
        "He came with seven other sailors.",
        "All eleven were at their posts.",
        "A consul, one of the four, signed the letter.",
        "He is one of three judges there.",
        "Thirty clerks will be sent home.",
        "He sold half of the sugar.",
        "Prams were sold for up to $450 from March 2020 to this month.",
        "She lost by 611 votes to 580 on Wednesday.",
        "He drove over the pass with forty riflemen.",
        "The losses are put at 90 million francs.",
        "She was put to the wall at six on Saturday evening.",
        "The court hears from defectors twice a year.",
        "He took 3,400 men over the pass.",
        "He and fourteen ministers were flown to Rome.",
        "The colonel came in with some sixty gunners.",
        "He sat on a council of eleven.",
        "Six officials work at the mission.",
        "Seven policemen in plain clothes watched the gate.",
        "The rebels boast of thousands of soldiers.",
        "Hundreds looked on at the school.",
        "It is one of the biggest losses of the team.",
        "He stood trial for the second time.",
        "She has studied the history of the house.",
        "They left on the third of this month.",
        "His name no longer opens a door since June.",
        "Two pilots were fined a month's pay.",
        "He left after troops had killed more than 60 demonstrators in the square.",
        "The fire left 90 South Koreans dead.",
        "The junta is to free 70 prisoners.",
        "Half of the lawmakers are expected to join new parties.",
        "None of the three has a right to it.",
        "Arrivals were fewer than a year before.",
        "He has been away for more than six years since the coup.",
        "He lives in a third country such as Laos.",
        "It came from third countries such as Laos.",
    ],
)
def test_numbers_that_claim_nothing(sentence: str) -> None:
    assert claims(sentence) == ()


def test_large_numbers_of_things_are_told_only_of_what_a_report_opens_with() -> None:
    assert [claim.unit for claim in claims("The maker called back 31,000 kettles.")] == ["kettles"]
    assert claims("A ministry has called for help. The flood took 31,000 houses.") == ()


def test_what_only_adds_to_a_number_is_no_claim_of_its_own() -> None:
    [claim] = claims("Some 9,300 soldiers deserted last year, more than ever before.")
    assert (claim.low, claim.operator) == (9_300, Operator.ABOUT)


def test_a_count_is_of_the_time_told_later_in_its_clause() -> None:
    [claim] = claims("Four trainers have lost their posts in the league since May 2021.")
    assert claim.period.earliest == date(2021, 5, 1)
    assert claim.span.quote.endswith("since May 2021")


def test_a_time_told_in_words_keeps_a_count_from_the_date_of_something_else() -> None:
    [claim] = claims(
        "At least 70 men have gone since the generals took over, says a captain who stayed until March 2021."
    )
    assert not claim.period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("He was tried for a murder in 1998, for fraud and for hiding some 3,000 rifles.", ""),
        ("The order came in May; about twelve officers have left.", ""),
        ("Ten officers were shot, among them a colonel recalled in March.", ""),
        ("In May, about twelve officers left.", "May"),
        ("About twelve officers left in May.", "May"),
        ("Of the 19 envoys dismissed in May four went home.", ""),
        ("Of the 71 arrivals this year five are officials.", "this year"),
    ],
)
def test_the_time_of_a_count_is_told_in_its_own_clause(text: str, period: str) -> None:
    [claim] = claims(text)
    assert (claim.period.text or "").endswith(period)
    assert bool(claim.period) is bool(period)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Last year 196 defectors came. About ten of them held a rank.", "defectors"),
        ("Of the 41 officials, a Senate staff study finds, 27 had served abroad.", "officials"),
        ("Fourteen of the militia's border guards have deserted.", "border guards"),
        ("An official put the dead at 4,000.", "dead"),
        ("The new chief of staff, Ri, is the fourth since May.", "chief of staff"),
        ("The fourth chief of the general staff in four years is gone.", "chief of the general staff"),
        ("It was the first such marriage since 1945.", "marriage"),
    ],
)
def test_what_is_counted(text: str, unit: str) -> None:
    assert claims(text)[-1].unit == unit


def test_the_unit_of_another_paragraph_is_not_carried_over() -> None:
    last = claims("Last year 196 defectors came. The weather was mild. In the end it counts at least three in a year.")[
        -1
    ]
    assert last.unit == ""


def test_korean_counts_have_the_year_told_before_them() -> None:
    text = "2019년에는 탈북민 1천47명이 왔으나 2020년에 229명으로 줄었다. 탈북민은 한 해 전보다 40명 많았다."
    report = Report(text, published=date(2024, 1, 20), lang="ko")
    found = Reading.of(report, extract(report)[0]).claims
    assert [(claim.low, claim.period.text) for claim in found] == [(1_047, "2019년"), (229, "2020년")]
