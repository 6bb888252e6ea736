"""Ways in which reports tell of events: for each text, exactly these events and no others."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read import read_text
from ostraka.read.reader import read_quickly

CASES = [
    # voice and clause
    ("2012-07-05", "Syria's ambassador to Iraq, Nawaf Fares, has defected to Qatar.", [("defection", "Nawaf Fares", "asserted", "")]),
    ("2012-07-05", "Gen. Manaf Tlass, a commander of the Syrian Republican Guard, fled to Turkey on July 3.", [("defection", "Manaf Tlass", "asserted", "2012-07-03")]),
    ("2013-12-20", "Jang Song-thaek was executed on Dec. 12 after a military tribunal, North Korea's state media said.", [("execution", "Jang Song-thaek", "asserted", "2013-12-12")]),
    ("2013-12-20", "North Korea executed Jang Song-thaek, the leader's uncle, last week.", [("execution", "Jang Song-thaek", "asserted", "2013-12-09/2013-12-15")]),
    ("2012-07-17", "Ri Yong-ho was relieved of all his posts by the politburo of North Korea's ruling party on Sunday.", [("dismissal", "Ri Yong-ho", "asserted", "2012-07-15")]),
    ("2013-12-06", "Pyongyang has called home its ambassador to Cuba, Jon Yong-jin.", [("recall", "Jon Yong-jin", "asserted", "")]),
    ("2011-03-01", "Libya's justice minister, Mustafa Abdel Jalil, resigned in protest at the use of force against protesters last week.", [("defection", "Mustafa Abdel Jalil", "asserted", "2011-02-21/2011-02-27")]),
    ("2019-01-27", "Colonel Jose Luis Silva, Venezuela's military attache in Washington, broke with President Nicolas Maduro on Saturday.", [("defection", "Jose Luis Silva", "asserted", "2019-01-26")]),
    ("2022-05-24", "Boris Bondarev, a counsellor at Russia's mission to the United Nations in Geneva, resigned in protest against the war on Monday.", [("defection", "Boris Bondarev", "asserted", "2022-05-23")]),
    ("1985-08-10", "Vitaly Yurchenko, a senior KGB officer, walked into the American embassy in Rome on Aug. 1 and asked for asylum.", [("defection", "Vitaly Yurchenko", "asserted", "1985-08-01")]),
    ("2014-11-01", "A former Cuban interior ministry official who fled to Miami in 2013 told the story.", [("defection", "official", "asserted mentioned", "2013")]),
    ("2016-09-01", "Eight officers of the Turkish army flew to Greece by helicopter and asked for asylum.", [("defection", "officers", "asserted", "")]),
    ("2021-02-25", "Ryu Hyun-woo, North Korea's acting ambassador to Kuwait, left his post with his wife and daughter in September 2019 and reached South Korea.", [("defection", "Ryu Hyun-woo", "asserted", "2019-09")]),
    ("1995-08-12", "Hussein Kamel, a son-in-law of Saddam Hussein who ran Iraq's weapons programme, drove to Amman with his brother and their families on Aug. 7 and was granted asylum.", [("defection", "Hussein Kamel", "asserted", "1995-08-07")]),
    ("2017-02-15", "Kim Jong-nam, the half-brother of Kim Jong-un, was poisoned at Kuala Lumpur airport on Monday.", [("assassination", "Kim Jong-nam", "asserted", "2017-02-13")]),
    ("2023-08-01", "China's foreign minister, Qin Gang, was removed from office on July 25. He has not been seen in public since June 25.", [("dismissal", "Qin Gang", "asserted", "2023-07-25"), ("disappearance", "Qin Gang", "asserted", "")]),
    ("2020-01-25", "Ri Son-gwon has been appointed foreign minister of North Korea, replacing Ri Yong-ho.", [("appointment", "Ri Son-gwon", "asserted", ""), ("dismissal", "Ri Yong-ho", "asserted", "")]),
    # one kind beside another
    ("2012-07-18", "Ri Pyong-chol served North Korea's Kim Jong-un, who became leader after the death of his father, Kim Jong-il, in December.", [("succession", "Kim Jong-un", "asserted mentioned", "2011-12")]),
    ("2012-07-18", "Many North Korean generals came and went since Kim Jong-un took power after the death of his father Kim Jong-il in December 2011.", [("succession", "Kim Jong-un", "asserted mentioned", "2011-12")]),
    ("2024-06-21", "Russia's deputy minister of transport, Ilya Orlov, who is in jail for bribery, has been formally dismissed. Orlov was arrested in April.", [("purge", "Ilya Orlov", "asserted", "2024-04"), ("dismissal", "Ilya Orlov", "asserted", "../2024-06-21")]),
    ("2024-06-21", "Russia's deputy minister of transport, Ilya Orlov, arrested in April, has been dismissed.", [("purge", "Ilya Orlov", "asserted", "2024-04"), ("dismissal", "Ilya Orlov", "asserted", "../2024-06-21")]),
    ("2012-04-17", "The affair brought down his patron, China's minister Wu Ming, last month.", [("dismissal", "Wu Ming", "asserted", "2012-03")]),
    ("2024-06-21", "General Ilya Orlov was close to Russia's minister Pavel Serov, whom President Vladimir Putin replaced last month.", [("dismissal", "Pavel Serov", "asserted", "2024-05")]),
    ("2003-05-19", "North Korea's envoy Ri Chol-su was expelled from Norway in 1976 over cigarettes, and from Peru in 1998 over forged notes.", [("dismissal", "Ri Chol-su", "asserted mentioned", "1976"), ("dismissal", "Ri Chol-su", "asserted mentioned", "1998")]),
    ("2017-09-19", "Spain declared North Korea's ambassador, Ri Chol-su, persona non grata on Monday. He was summoned that day.", [("dismissal", "Ri Chol-su", "asserted", "2017-09-18")]),
    ("2003-03-17", "The Iraqi general Omar Jabbar was fired for his doubts about the war, fled to Jordan in 1995 and teaches there.", [("dismissal", "Omar Jabbar", "asserted", "../1995-12-31"), ("defection", "Omar Jabbar", "asserted mentioned", "1995")]),
    # status
    ("2016-02-12", "Ri Yong-gil, chief of North Korea's general staff, was reportedly executed this month.", [("execution", "Ri Yong-gil", "hedged", "")]),
    ("2016-05-11", "Ri Yong-gil, the former chief of staff of North Korea who was reported executed in February, reappeared at the party congress.", [("execution", "Ri Yong-gil", "refuted", "2016-02")]),
    ("2012-07-06", "Damascus denied that General Manaf Tlass had defected.", [("defection", "Manaf Tlass", "denied", "")]),
    ("2012-07-06", "No senior officer of the Syrian army has defected, the ministry said.", []),
    ("2016-08-20", "The North Korean consul planned to defect in October but was recalled.", [("defection", "consul", "planned", ""), ("recall", "consul", "asserted", "")]),
    ("2016-08-20", "A North Korean colonel tried to defect last month and was shot.", [("defection", "colonel", "attempted", "2016-07"), ("execution", "colonel", "asserted", "")]),
    ("2016-08-20", "If the North Korean consul defected, his family would be punished.", []),
    ("2019-05-31", "Rumours that the North Korean envoy Kim Hyok-chol had been executed proved false.", [("execution", "Kim Hyok-chol", "refuted", "")]),
    ("2019-05-31", "South Korean officials could not confirm whether Kim Hyok-chol, North Korea's envoy, had been executed.", [("execution", "Kim Hyok-chol", "hedged", "")]),
    ("2007-03-01", "Ali Reza Asgari, a former deputy defence minister of Iran, is believed to have defected in Istanbul in February.", [("defection", "Ali Reza Asgari", "hedged", "2007-02")]),
    # others use the same words
    ("2016-06-01", "More than 1,400 North Koreans fled to the South last year, most of them women from the border provinces.", []),
    ("2022-07-01", "The senator defected from the Liberal Party to the Greens, costing the Australian government its majority.", []),
    ("2016-08-20", "The club's striker defected to its rival in the league after a season on the bench, and fans booed him.", []),
    ("2014-02-01", "The carmaker recalled two million vehicles after the ministry found a defect in the brakes of older cars.", []),
    ("2016-08-20", "In the novel, a North Korean general defects to Seoul with a secret; the plot of this thriller keeps readers awake, and its hero is a tired spy.", []),
]  # fmt: skip


@pytest.mark.parametrize(("published", "text", "expected"), CASES, ids=[case[1][:50] for case in CASES])
def test_events_of_a_text(published: str, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    reading, _ = read_text(text, published=date.fromisoformat(published), lang="en")
    found = [(str(e.kind), e.person or e.role, str(e.status), e.when.edtf()) for e in reading.events]
    assert len(found) == len(expected), found
    for kind, actor, status, when in expected:
        assert any(
            kind == event[0] and actor in event[1] and event[2] in status.split() and (not when or when == event[3])
            for event in found
        ), (kind, actor, status, when, found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Belarus's former envoy to Latvia, Anton Zuev, lost his diplomatic rank on August 24.",
            [("purge", "2020-08-24")],
        ),
        (
            "Syria's envoy in Oslo, Omar Jabbar, has defected. Its envoy in Rome, Nabil Haddad, resigned in June because of ill health.",
            [("defection", "../2020-09-20"), ("dismissal", "2020-06")],
        ),
    ],
)
def test_kinds_by_the_grammar_alone(text: str, told: list[tuple[str, str]]) -> None:
    reading, _ = read_quickly(Report(text, published=date(2020, 9, 20), lang="en"))
    assert [(str(event.kind), event.when.edtf()) for event in reading.events] == told
