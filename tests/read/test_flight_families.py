"""Whose flight, disappearance or recall a report tells in the turns of phrase that condensed pages use."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read import read_text

Expected = list[tuple[str, str]]

# fmt: off
TOLD: list[tuple[str, Expected]] = [
    # the verb has another subject than the one who did it
    ("Rim Hak Chol, third secretary in Hanoi, is one of at least seven North Korean diplomats who have come to the South.", [("defection", "Rim Hak Chol")]),
    ("Samir Dabbagh, a Syrian colonel, was among 90 soldiers who went over to the Free Syrian Army on Friday.", [("defection", "Samir Dabbagh")]),
    ("An attempt by the Iraqi general Faris Jumaili to defect in Vienna failed in 1991, a magazine reports.", [("defection", "Faris Jumaili")]),
    ("The man who ran North Korea's embassy in Bratislava as chargé d'affaires has lived in South Korea since 2015.", [("defection", "man")]),
    ("Idris Mahamat, an aide of the Chadian president who fled last month, has asked Qatar for asylum.", [("defection", "Idris Mahamat")]),
    ("Spain has granted asylum to the North Korean consul Han Il Song.", [("defection", "Han Il Song")]),
    # names told late, or of one word
    ("The North Korean diplomat came with his wife to Seoul in May and now uses the name Lee Do-yun.", [("defection", "Lee Do-yun")]),
    ("A North Korean army doctor of 40, known as Kim, sought asylum at the South's embassy in 2009. Kim Jong Il did not comment.", [("defection", "Kim")]),
    ("Jang Sun Ho, a brother of the North Korean ambassador, defected in Paris in 1997.", [("defection", "Jang Sun Ho")]),
    # the verb is told once, or of those who come along
    ("Cha Gon Il, North Korea's counsellor in Sofia, fled to Romania in 2012, and Ri Tae Song, a consul, in 2014.", [("defection", "Cha Gon Il"), ("defection", "Ri Tae Song")]),
    ("General Nizar Haddur of Syria fled to Turkey on Monday with his brother, Colonel Yusuf Haddur.", [("defection", "Nizar Haddur"), ("defection", "Yusuf Haddur")]),
    ("Rim Hak Chol, a North Korean consul, defected in July. Mun Kwang Sop, third secretary in Minsk, came in the same month.", [("defection", "Rim Hak Chol"), ("defection", "Mun Kwang Sop")]),
    ("The Syrian colonel Samir Dabbagh broke with Assad; in July the ambassador to Iraq, Nawaf Darwish, had done so.", [("defection", "Samir Dabbagh"), ("defection", "Nawaf Darwish")]),
    # out of sight, or gone
    ("Nothing has been heard of the North Korean vice foreign minister, Choe Sang Gon, for four months.", [("disappearance", "Choe Sang Gon")]),
    ("Nobody at the North Korean mission in Paris has seen Han Tok Su, its second secretary, since September.", [("disappearance", "Han Tok Su")]),
    ("The whereabouts of Kang Myong Chol, the North Korean trade representative in Macau, have been unknown since February.", [("disappearance", "Kang Myong Chol")]),
    ("Paek Nam Chol, a North Korean attaché, left his flat in Vienna on Tuesday and has not come back.", [("disappearance", "Paek Nam Chol")]),
    ("Yun Tae Hyok, an official of North Korea's Daesong Bank, vanished in Nakhodka last week with five million dollars.", [("defection", "Yun Tae Hyok")]),
    ("A chargé d'affaires of North Korea vanished in Switzerland in May and may seek asylum.", [("disappearance", "chargé d'affaires")]),
    ("Kim Kum Ok, wife of a North Korean consul, and her son Pak Ju, 15, who left the consulate on Sunday and have not been heard of since, are sought by the police.", [("disappearance", "Kim Kum Ok")]),
    # home
    ("The ministry in Minsk recalls from Vilnius the second secretary Maksim Drozd of Belarus.", [("recall", "Maksim Drozd")]),
    ("North Korea is calling home diplomats. Hong Yong, deputy head of its mission to UNESCO, went back to Pyongyang on Monday.", [("recall", "Hong Yong")]),
    ("Belarus has called back its consul in Munich, Dzmitry Karpuk, for signing a letter.", [("recall", "Dzmitry Karpuk")]),
    ("The North Korean consul Pak Chun Il had been sent back in 2016 for smuggling ivory.", [("recall", "Pak Chun Il")]),
    # sides
    ("After Andrei Ostapov, a Belarusian diplomat, fled to Latvia, Artyom Proskal, consul in New York, announced that he had broken with Lukashenko.", [("defection", "Andrei Ostapov"), ("defection", "Artyom Proskal")]),
    ("Chaw Su, a secretary of Myanmar's embassy in Berlin, wrote that she would no longer take orders from the generals who seized power.", [("defection", "Chaw Su")]),
    ("General Francisco Yanez of Venezuela has declared himself for the opposition leader.", [("defection", "Francisco Yanez")]),
]
NOT_TOLD = [
    "The U.S. recalled its ambassador from Minsk in 2008, and Belarus was silent.",
    "Sweden withdrew its ambassador from Damascus, and the Syrian press was silent.",
    "A Venezuelan judge granted asylum to nobody last year, the report says.",
    "It is not clear whether the Syrian vice president Adnan Haddur has defected.",
    "Should a member of the politburo ever flee, North Korea would shake, wrote the analyst.",
    "Ri Yong Ho, North Korea's army chief, is no longer vice-chairman of the party's commission: he died.",
    "The general secretary of Vietnam's party, Nguyen Van Trong, has not appeared in public for a week because of a cold.",
    "Since her husband was executed the North Korean leader's aunt had not been seen; the second man of the state fell, a defector said.",
    "North Korea's envoy Kim Yong Chol arrived in Washington on Friday with a letter; a defector called the visit a show.",
    "It was the first desertion of a general of Sudan since the mutiny of 1983.",
    "Boris Bondar, a counsellor of Russia in Geneva, does not plan to leave Geneva.",
]
# fmt: on


def events_of(text: str) -> Expected:
    """Kinds and actors of those events of a report that this page is about."""
    reading, _ = read_text(text, published=date(2019, 6, 12), lang="en")
    kinds = {"defection", "disappearance", "recall"}
    return [(str(event.kind), event.person or event.role) for event in reading.events if str(event.kind) in kinds]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:50] for text, _ in TOLD])
def test_whose_flight_is_told(text: str, expected: Expected) -> None:
    found = events_of(text)
    assert len(found) == len(expected), found
    for (kind, who), (wanted, actor) in zip(sorted(found), sorted(expected), strict=True):
        assert kind == wanted
        assert actor in who


@pytest.mark.parametrize("text", NOT_TOLD, ids=[text[:50] for text in NOT_TOLD])
def test_what_tells_of_no_flight(text: str) -> None:
    assert events_of(text) == []
