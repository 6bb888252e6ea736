"""What is told of an event: its day, its status, where it led, who went along, from which post; by families."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.model import Report
from ostraka.read.reader import read_quickly, read_report
from ostraka.read.reading import ReadEvent

DAY = date(2019, 5, 10)  # a Friday


def first_event(text: str, kind: str = "") -> ReadEvent:
    """The first event of a text, of a kind if one is asked for."""
    reading = read_report(Report(text, published=DAY, lang="en"))[0]
    return next(event for event in reading.events if not kind or str(event.kind) == kind)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        # the day of telling is a bound, not the day
        ("Syria's ambassador to Oman, Walid Nasser, has defected, Al Jazeera said late on Thursday.", "../2019-05-09"),
        (
            "France told the National Assembly on Monday that General Omar Khalid of Syria had defected.",
            "../2019-05-06",
        ),
        ("Sources said on Thursday that last month the North Korean consul Pak Il-su had defected.", "2019-04"),
        # of the one who breaks by saying so it is the day; an authority tells of its own men what was done by then
        ("General Omar Khalid of the Syrian army told a rally on Monday that he had joined the rebels.", "2019-05-06"),
        ("North Korea's state media said on May 8 that General Ri Yong-gil had been dismissed.", "../2019-05-08"),
        (
            "South Korea's government said on May 8 that North Korea's General Ri Yong-gil had been dismissed.",
            "../2019-05-08",
        ),
        ("By the end of March North Korea's envoy Choe Ryong-nam had been recalled, a diplomat said.", "../2019-03-31"),
        (
            "In a letter dated 5 May the Syrian consul Omar Khalid said that he had broken with the regime.",
            "2019-05-05",
        ),
        ("Venezuela's consul Luis Salazar broke with the regime in a video posted on Monday.", "2019-05-06"),
        # told by a later sentence
        (
            "North Korea's consul in Rome, Pak Il-su, has come to the South, officials said. He left Rome in March.",
            "2019-03",
        ),
        (
            "North Korea's minister Pak Il-su has lost his post, Seoul said. The dismissal took place in early April.",
            "2019-04-01/2019-04-15",
        ),
        # who is missing since then and has come over left in between
        (
            "The North Korean consul Pak Il-su, missing since April 3, has arrived in Seoul, it was said.",
            "2019-04-03/2019-05-10",
        ),
        (
            "China's minister Li Shang has vanished, officials said. He was last seen on April 3 in Beijing.",
            "2019-04-03",
        ),
        # verbs that share a date, clauses that do not
        ("The Sudanese president's aide Amin Taha resigned and flew to Cairo on Tuesday.", "2019-05-07"),
        ("On Monday the general, who defected in 2016, spoke. He is Omar Khalid of the Syrian army.", "2016"),
        # parts of months and years as the codebook has them
        ("The North Korean consul Pak Il-su defected in late April.", "2019-04-21/2019-04-30"),
        ("The North Korean consul Pak Il-su defected in mid-April.", "2019-04-11/2019-04-20"),
        ("The North Korean consul Pak Il-su defected late last year.", "2018-10-01/2018-12-31"),
        ("The North Korean consul Pak Il-su defected early this year.", "2019-01-01/2019-03-31"),
    ],
)
def test_day_of_an_event(text: str, when: str) -> None:
    assert first_event(text).when.edtf() == when


def test_who_comes_takes_the_day_of_who_goes() -> None:
    text = "Syria's president on Monday removed Omar Khalid, the oil minister. Adnan Salim becomes oil minister."
    assert first_event(text, "appointment").when.edtf() == "2019-05-06"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (
            "The Cuban consul Jose Ruiz walked into the German embassy in Lima on Monday and asked for asylum.",
            "Germany",
        ),
        ("Cuba's consul in Toronto, Jose Ruiz, has asked for asylum.", "Canada"),
        ("Syria's General Omar Khalid deserted on Monday. He is believed to be in Qatar.", "Qatar"),
        ("Syria's General Omar Khalid deserted on Monday. Norway has granted him asylum.", "Norway"),
        ("Four Libyan officers gave themselves up to Tunisian soldiers on Monday.", "Tunisia"),
        ("Syria's General Omar Khalid fled to Turkey in April and reached Paris on Monday.", "France"),
        ("Syria's General Omar Khalid deserted on Monday and crossed to the Lebanese town of Arsal.", "Lebanon"),
        ("Syria's General Omar Khalid deserted. He is under the protection of the Italian government.", "Italy"),
        ("Washington has taken in Pak Il-su, a North Korean consul who defected in May.", "United States"),
        ("Eritrea's minister Tesfalem Araya, who was treated in Germany, has not gone back and will not.", "Germany"),
    ],
)
def test_destination(text: str, where: str) -> None:
    assert first_event(text, "defection").destination == where


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Iran's consul Reza Amiri fled on Monday with his wife and two sons.", "his wife and two sons"),
        ("Accompanied by his wife, the Iranian consul Reza Amiri crossed into Turkey on Tuesday.", "his wife"),
        ("Iran's consul Reza Amiri defected in May. He and his wife had left the house at night.", "his wife"),
        ("Iran's consul Reza Amiri fled on Monday, a paper says. His daughters went with him.", "His daughters"),
        ("Iran's consul Reza Amiri and family have defected to Norway.", "family"),
        (
            "Iran's consul Reza Amiri defected in May. His wife, who is a doctor, and a niece came with him.",
            "His wife",
        ),
        (
            "Iran's consul Reza Amiri defected in May. With him was his secretary Ali Nasser.",
            "his secretary Ali Nasser",
        ),
        ("Iran's consul Reza Amiri defected in May. He came to Oslo, and with him his wife.", "his wife"),
        ("Iran's consul Reza Amiri defected in May. His family accompanied him.", "His family"),
        ("Iran's consul Reza Amiri defected in May; his wife stayed behind with their son.", ""),
        ("Iran's consul Reza Amiri, who lived in Oslo with his wife, defected without her.", ""),
        ("Iran's consul Reza Amiri was dismissed on Monday together with his brother, a clerk.", ""),
        ("Iran's consul Reza Amiri failed to board his flight on Monday and stays with relatives in Miami.", ""),
    ],
)
def test_company(text: str, company: str) -> None:
    assert first_event(text).family_with == company


def test_who_goes_with_the_second_does_not_go_with_the_first() -> None:
    text = "Iran's consul Reza Amiri and his deputy, Ali Nasser, with his two daughters, fled to Norway on Monday."
    events = read_quickly(Report(text, published=DAY, lang="en"))[0].events
    assert {(e.person, e.family_with) for e in events} == {("Reza Amiri", ""), ("Ali Nasser", "his two daughters")}


@pytest.mark.parametrize(
    ("text", "organisation", "place"),
    [
        (
            "BANGKOK, May 9 - Hong Sun-gyong, counsellor at the North Korean embassy here, defected.",
            "embassy in Thailand",
            "Bangkok",
        ),
        ("The deputy minister of oil of Syria, Omar Khalid, defected on Monday.", "oil ministry", ""),
        ("General Li Shang, China's minister of defence, was dismissed on Monday.", "defence ministry", ""),
        ("Captain Ali Hassan of Syria landed his fighter in Jordan on Monday and asked for asylum.", "air force", ""),
        (
            "North Korea's diplomat Thae Min-ho fled the London embassy in 2016.",
            "embassy in the United Kingdom",
            "London",
        ),
        ("The North Korean diplomat Kim Chol-ho defected in May. He left Cairo at night.", "embassy in Egypt", "Cairo"),
        (
            "North Korea's Pak Il-su, who served in Havana as deputy ambassador, has defected.",
            "embassy in Cuba",
            "Havana",
        ),
        (
            "North Korean diplomat Rim Chang-u has defected. He looked after culture at the embassy in Jakarta.",
            "embassy in Indonesia",
            "Jakarta",
        ),
        (
            "Pak Il-su, a counsellor at the North Korean embassy in Ethiopia's capital Addis Ababa, has defected.",
            "embassy in Ethiopia",
            "Addis Ababa",
        ),
        (
            "The commander of Libya's air base at Sebha, Ali Zwai, has defected to the rebels.",
            "Libya's air base",
            "Sebha",
        ),
        (
            "Pak Il-su, who was in charge of supplies at the North Korean ministry of defence, has defected.",
            "North Korean ministry of defence",
            "",
        ),
        ("CHINA: Omar Khalid, a senior Libyan diplomat, resigned on May 6.", "embassy in China", "China"),
        (
            "North Korea's Pak Il-su, now a lawmaker in Seoul, left the embassy in Prague in 2016.",
            "embassy in the Czech Republic",
            "Prague",
        ),
        (
            "LONDON, May 9 - Oleg Petrov, a counsellor at the Cuban embassy, has defected to Britain.",
            "Cuban embassy",
            "London",
        ),
        ("Wang Li, police chief of Chongqing in China, was dismissed on Monday.", "police", "Chongqing"),
        (
            "Pak Il-su of the Korea Daesong Bank has defected. He disappeared in Nakhodka.",
            "Korea Daesong Bank",
            "Nakhodka",
        ),
        (
            "A member of staff of North Korea's mission to the UN in Geneva, Kim Il-guk, has defected.",
            "mission to the United Nations",
            "Geneva",
        ),
        (
            "Russia's counsellor at the UN mission in Geneva, Boris Petrov, has defected.",
            "mission to the United Nations",
            "Geneva",
        ),
        (
            "Ri Chol, whom North Korea had sent to Tanzania as ambassador, was recalled.",
            "embassy in Tanzania",
            "Tanzania",
        ),
        ("The North Korean General Staff chief Ri Yong-gil was shot on Monday.", "General Staff", ""),
        (
            "BEIJING, May 9 - Pak Il-su of North Korea walked into the South Korean embassy and asked for asylum.",
            "",
            "Beijing",
        ),
        ("Igor Petrov, who has been in Bratislava since 2016, has defected from Belarus.", "", "Bratislava"),
        (
            "Libya's diplomats left. They are: CHINA: Ali Omar, a senior diplomat, resigned. CUBA: Omar Khalid, a diplomat, resigned.",
            "embassy in China",
            "China",
        ),
        (
            "Lamia Hariri and Ali Dabbagh, Syrian ambassadors in Cyprus and Oman, have defected.",
            "embassy in Cyprus",
            "Cyprus",
        ),
        ("Boris Petrov, a counsellor at Russia's mission in Geneva, has defected.", "mission in Geneva", "Geneva"),
        ("Kim Hyok Chol, North Korea's nuclear envoy to the United States, was shot in March.", "", ""),
        (
            "Malaysia has expelled North Korea's ambassador, Kang Chol. He was declared persona non grata.",
            "embassy in Malaysia",
            "Malaysia",
        ),
        ("Maj. Raul Perez, 38, of the Cuban air force deserted to Florida.", "Cuban air force", ""),
        (
            "North Korea's ambassadors to Cuba and Malaysia, Jang Song-taek's nephew Pak Il-su and his aide Kim Chol-ho, were recalled.",
            "embassy in Cuba",
            "Cuba",
        ),
        ("The former minister Pak Il-su of North Korea was expelled from the party on Monday.", "party", ""),
        ("North Korea's trade minister Pak Il-su was removed from office on Monday.", "trade ministry", ""),
        ("BAGHDAD, May 9 - Syria's ambassador to Iraq, Nawaf Ali, defected on Monday.", "embassy in Iraq", "Baghdad"),
        ("Kim Il-guk, a cousin of Kim Jong Un, the leader of North Korea, has defected to South Korea.", "", ""),
        ("Iran has recalled Reza Amiri, its envoy in Europe.", "", "Europe"),
        (
            "ROME, May 9 - On Wednesday Italy ordered North Korea's ambassador, Mun Il-nam, to leave.",
            "embassy in Italy",
            "Rome",
        ),
        (
            "China's deputy mayor Wang Jun walked into the U.S. consulate in Chengdu on Monday and asked for asylum.",
            "",
            "Chengdu",
        ),
        (
            "A request for asylum by Zimbabwe's envoy in Japan, Tendai Moyo, has led to a quarrel in Harare.",
            "embassy in Japan",
            "Japan",
        ),
        ("Syria's Maj. Gen. Omar Khalid, a powerful commander, has defected to the rebels.", "army", ""),
    ],
)
def test_post(text: str, organisation: str, place: str) -> None:
    event = first_event(text)
    assert (event.organisation, event.post_place) == (organisation, place)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "In North Korea two deputies of the administrative department, Ri Ryong Ha and Jang Su Gil, were shot.",
            "deputy",
        ),
        ("Former Syrian oil minister Hatem Ali, now ambassador in Prague, has defected.", "ambassador"),
        (
            "Pak Il-su was posted to North Korea's embassy in Berlin as a science attache; he has defected.",
            "science attache",
        ),
        ("North Korea has named the vice minister Choe Son Hui foreign minister.", "foreign minister"),
        ("Choe Son Hui was promoted from vice minister to foreign minister of North Korea.", "foreign minister"),
        ("North Korea's vice-premier Choe Yong Gon was shot in March.", "vice-premier"),
        ("Choe Kang-il, in charge of North America, has been named North Korea's ambassador to Austria.", "ambassador"),
        ("Brig. Gen. Rafael Perez of Cuba has deserted to Florida.", "brigadier general"),
        ("Pak Il-su of North Korea, who served in Zambia and came over in 1996, defected.", ""),
        ("Maj. Raul Perez deserted from Cuba. By the official account he was kidnapped.", "major"),
        ("Ion Popa of Romania has died. A general of the Securitate, he fled in 1978.", "general"),
        ("A cook at North Korea's embassy in Rome, Han Il, has asked Italy for asylum.", "cook"),
        ("A first secretary of North Korea's embassy in Cairo, Ko Yong-hwan, defected on Monday.", "first secretary"),
        (
            "Pak Il-su, who headed a supply bureau of North Korea's army, has defected.",
            "head of a supply bureau of North Korea's army",
        ),
        (
            "Pak Il-su, who was in charge of trade at North Korea's embassy in Berlin, has defected.",
            "in charge of trade",
        ),
        ("Col. Hatem Ali of Syria, a brother of Omar Ali, has defected to Turkey.", "colonel"),
        ("Hatem Ali of Syria, a brother of Omar Ali, has defected to Turkey.", "brother of Omar Ali"),
    ],
)
def test_role_of_one(text: str, role: str) -> None:
    assert first_event(text).role == role


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Reports that China's minister Dong Jing, flew to the United States and defected are false.", "refuted"),
        ("Cuba's consul Alain Rodes had defected, we reported. He has not.", "refuted"),
        ("The story that Colonel Pak Yong-il of North Korea defected last month was made up, Seoul said.", "denied"),
        ("North Korea's Kil Jae-gyong sought to defect in April. Pyongyang denies the report on Kil.", "denied"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert str(first_event(text).statement.status) == status


def test_posts_told_in_one_list_belong_to_one_each() -> None:
    text = "Iraq's former ambassadors to Tunisia and Canada, Hamid Ali and Hisham Nasser, defected on Monday."
    events = read_report(Report(text, published=DAY, lang="en"))[0].events
    assert {(e.person, e.role, e.organisation, e.post_place) for e in events} == {
        ("Hamid Ali", "former ambassador", "embassy in Tunisia", "Tunisia"),
        ("Hisham Nasser", "former ambassador", "embassy in Canada", "Canada"),
    }


def test_a_post_is_handed_on() -> None:
    text = "The interior minister of Cuba, Jose Abrantes, was replaced on Monday by Abelardo Colome."
    event = first_event(text, "appointment")
    assert (event.person, event.role) == ("Abelardo Colome", "interior minister")


def test_who_takes_his_place_has_his_post() -> None:
    text = "Pak Il-su, North Korea's finance minister, was dismissed; the deputy minister Kang Sun-nam was appointed in his place."
    event = first_event(text, "appointment")
    assert (event.person, event.role) == ("Kang Sun-nam", "finance minister")


def test_who_takes_a_ministry_over_is_its_minister() -> None:
    event = first_event("North Korea dismissed Pak Il-su; Kang Sun-nam takes over the defence ministry.", "appointment")
    assert (event.person, event.role, event.organisation) == ("Kang Sun-nam", "defence minister", "defence ministry")
