"""Many ways of telling each kind of event, in one sentence each; and near ones that are no event of an elite."""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read import read_text

SENTENCES = [
    ('defection', 'A senior Iranian judge, Hassan Moradi, slipped out of the country through Turkey and has applied for asylum in Sweden.'),
    ('defection', "Cuba's deputy consul in Toronto, Luis Perez, has decided to stay in Canada, friends said."),
    ('defection', "The commander of Libya's special forces, Abdul Karim Salem, is now fighting on the side of the rebels."),
    ('defection', 'Two Syrian brigadier generals turned up in Amman on Sunday with their families.'),
    ('defection', "Colonel Pedro Rojas of Venezuela's National Guard crossed the bridge into Colombia in uniform and asked for protection."),
    ('defection', 'Sergei Antonov, a Soviet trade official in Tokyo, disappeared from his flat and later surfaced in Washington.'),
    ('defection', 'The North Korean vice consul in Shenyang, Han Chol-min, has sought protection from the South Korean mission.'),
    ('defection', "Mariam Yusuf, Sudan's ambassador in Geneva, announced that she no longer recognises the government in Khartoum."),
    ('defection', 'An Eritrean air force captain, Yonas Berhane, flew his plane to Saudi Arabia last month.'),
    ('defection', "Belarus's consul in Munich, Pavel Kozlov, stepped down and declared his support for the opposition."),
    ('defection', "The pilot of Idi Amin's jet, Captain Moses Okello, deserted in Nairobi in 1977."),
    ('defection', "Kim Chol-su, first secretary at North Korea's mission in Beijing, went over to the South in 1996."),
    ('defection', "General Wei Liming, a deputy chief of China's military intelligence, is reported to have fled to the United States."),
    ('defection', "Jan Novak, Czechoslovakia's cultural attaché in Vienna, failed to return after a holiday in 1982."),
    ('purge', "Kim Won-hong, North Korea's minister of state security, was demoted and placed under investigation in January."),
    ('purge', "The head of Turkmenistan's central bank, Orazmurat Begmuradov, was sentenced to 15 years in prison on Monday."),
    ('purge', 'Zhang Wei, deputy head of the navy, has been expelled from the Chinese Communist Party.'),
    ('purge', 'Police in Harare took the former finance minister, Ignatius Chombo, into custody on Wednesday.'),
    ('execution', "Hyon Yong-chol, North Korea's defence minister, was killed by anti-aircraft fire, South Korea's spy agency said."),
    ('execution', 'Iraq hanged General Barzan Ibrahim at dawn on Monday.'),
    ('execution', 'Firing squads in Addis Ababa shot sixty former officials of the emperor, among them General Abiye Abebe.'),
    ('dismissal', 'President Lukashenko fired his interior minister, Igor Shunevich, on Tuesday.'),
    ('dismissal', 'North Korea has replaced its army chief, Ri Myong-su.'),
    ('dismissal', "Eritrea's finance minister, Berhane Abrehe, lost his job after publishing a book."),
    ('appointment', "Ri Pyong-chol was promoted to marshal of the Korean People's Army."),
    ('appointment', 'Kim Jong-un has named his sister, Kim Yo-jong, to the State Affairs Commission of North Korea.'),
    ('appointment', "Gulmurod Rahimov became Tajikistan's new defence minister on Friday."),
    ('recall', 'Pyongyang ordered its ambassador in Kuala Lumpur, Kang Chol, back home.'),
    ('recall', 'The Syrian ambassador in Paris, Omar Haddad, has been summoned to Damascus.'),
    ('disappearance', 'Ri Sol-ju, the wife of Kim Jong-un, has not appeared in public for nine months.'),
    ('disappearance', "China's defence minister, Li Shangfu, has dropped out of sight."),
    ('assassination', 'A bodyguard shot dead the former Chechen vice premier of Russia, Ruslan Yamadayev, in Moscow.'),
    ('assassination', 'Former Rwandan spy chief Patrick Karegeya was found strangled in a hotel in Johannesburg.'),
    ('succession', "Kim Jong-un took power in North Korea in December 2011 after his father's death."),
    ('succession', "Uzbekistan's president, Islam Karimov, died on Sept. 2, 2016."),
    ('succession', 'Emmerson Mnangagwa was sworn in as president of Zimbabwe on Friday.'),
    ('', 'A Syrian doctor who fled to Germany in 2015 now runs a clinic in Hamburg.'),
    ('', 'Three Philippine senators left the ruling party for the opposition before the election.'),
    ('', 'A Cuban baseball player defected in Miami and hopes for a contract.'),
    ('', 'Eight Eritrean footballers sought asylum in Uganda after a match.'),
    ('', 'A North Korean soldier ran across the border on Monday.'),
    ('', 'The Iranian film director fled to Germany after his sentence was confirmed.'),
    ('', 'Nigerian governor Ali Musa defected from the PDP to the ruling party on Monday.'),
    ('', 'A North Korean teacher and her husband, an engineer, reached Seoul through Laos.'),
    ('', 'Turkey recalled its ambassador to Israel for consultations.'),
    ('', 'Russia expelled two British diplomats on Monday.'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), SENTENCES, ids=[text[:60] for _, text in SENTENCES])
def test_kind_of_event(kind: str, text: str) -> None:
    reading, _ = read_text(text, published=date(2019, 8, 18), lang="en")
    kinds = {str(event.kind) for event in reading.events}
    assert kinds == ({kind} if kind else set())
