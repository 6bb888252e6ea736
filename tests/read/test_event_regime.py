"""What a regime does to its own: who it is told of where several persons stand in one sentence, and how it is put.

Persons and events are invented; each line stands for a way of telling that reports use.
"""

from __future__ import annotations

from datetime import date

import pytest

from ostraka.read import read_text

Expected = list[tuple[str, str]]
CASES: list[tuple[str, Expected]] = [
    # had it done
    ("Kim Jong Un had his vice premier Kim Yong Chan shot, Seoul's ministry said.", [("execution", "Kim Yong Chan")]),
    ("Saddam Hussein had the governor of Basra thrown into prison.", [("purge", "governor of Basra")]),
    # beside, in lists, in groups
    ("Kim Jong Un ordered the death of his half-brother Kim Jong Ryul, murdered at an airport in May.", [("assassination", "Kim Jong Ryul")]),
    ("The party in Pyongyang held Pak Chol Min, the security chief, whom the North dismissed in January.", [("dismissal", "Pak Chol Min")]),
    (
        "In North Korea the minister of labour, Pak Chol Min, the head of the bureau, Han Il Su, and the navy's commander, Ro Tae Sik, were arrested.",
        [("purge", "Pak Chol Min"), ("purge", "Han Il Su"), ("purge", "Ro Tae Sik")],
    ),
    ("Hundreds of officials of North Korea were arrested in May, among them General Ro Tae Sik.", [("purge", "Ro Tae Sik")]),
    ("Han Il Su, a vice minister of North Korea, was shot in May and Pak Chol Min with him.", [("execution", "Han Il Su"), ("execution", "Pak Chol Min")]),
    (
        "General Salim Duri of Iraq was killed in Baghdad on Friday with his brother, Colonel Hatem Duri.",
        [("assassination", "Salim Duri"), ("assassination", "Hatem Duri")],
    ),
    (
        "Vietnam's parliament dismissed two deputy prime ministers, Pham Binh Duc and Vu Van Dam, on January 5.",
        [("dismissal", "Pham Binh Duc"), ("dismissal", "Vu Van Dam")],
    ),
    (
        "North Korea has shot its envoy Kim Hyok Sun and four officials of the foreign ministry, a paper said. They were put to death in March.",
        [("execution", "Kim Hyok Sun"), ("execution", "four officials")],
    ),
    ("A court in Baghdad sentenced Barzan Hamid, Saddam Hussein's cousin and former spy chief, to death in May 2006.", [("execution", "Barzan Hamid")]),
    ("North Korea announced the execution of Kim Jong Un's uncle, Jang Song Ho.", [("execution", "Jang Song Ho")]),
    # whose hand it is
    ("Unknown gunmen killed Brigadier Adnan Haddad, an aide of Syria's President Assad, on Monday.", [("assassination", "Adnan Haddad")]),
    ("Adnan Haddad, a general of Syria, was shot in Beirut by masked gunmen.", [("assassination", "Adnan Haddad")]),
    ("Kuwait is sending home North Korea's ambassador, Han Chang Sik.", [("dismissal", "Han Chang Sik")]),
    ("Chinese police arrested General Ro Tae Sik of North Korea.", []),
    ("Seoul's foreign minister was dismissed on Friday after North Korea's test.", []),
    # murder without a word of how, and chance
    ("Ri Han Gil, nephew of a former wife of Kim Jong Il, was killed on February 15.", [("assassination", "Ri Han Gil")]),
    ("Ri Han Gil, a secretary of North Korea's party, was killed in a car crash.", []),
    ("Walter Brandt, a colonel of East Germany, was found shot in a hotel.", [("assassination", "Walter Brandt")]),
    # posts
    ("Kim Jong Il made his son Kim Jong Un a four-star general of North Korea.", [("appointment", "Kim Jong Un")]),
    ("Kim Yo Rim joined North Korea's politburo as an alternate member.", [("appointment", "Kim Yo Rim")]),
    ("The foreign ministry of North Korea goes to Pak Chol Min.", [("appointment", "Pak Chol Min")]),
    ("The assembly of North Korea gave the office of premier to Pak Chol Min.", [("appointment", "Pak Chol Min")]),
    ("Pak Pong Su, premier of North Korea, gave way to Kim Jae Il.", [("dismissal", "Pak Pong Su"), ("appointment", "Kim Jae Il")]),
    ("Pak Chol Min replaced Han Il Su as North Korea's defence minister.", [("appointment", "Pak Chol Min")]),
    ("Rustam Karimov, security chief of Uzbekistan, was relieved on Wednesday and made an adviser to the president.", [("dismissal", "Rustam"), ("appointment", "Rustam")]),
    ("Vladimir Putin dismissed his minister Sergei Orlov and made him secretary of the Security Council.", [("dismissal", "Orlov"), ("appointment", "Orlov")]),
    ("The party in Pyongyang lost Han Il Su, whom state media last named on April 29.", []),
    # falls
    ("Han Il Su, a minister of North Korea, was expelled in May, and in June the party stripped him of all posts.", [("purge", "Han Il Su")]),
    ("Two former ministers of China, Li Shan and Wei Feng, were thrown out of the Communist Party.", [("purge", "Li Shan"), ("purge", "Wei Feng")]),
    ("Guards of North Korea's General Ro Tae Sik stood in the way of men who had come to arrest Han Il Su.", []),
    # successions
    ("North Korea's leader Kim Jong Il died in December 2011 and his son Kim Jong Un took over.", [("succession", "Kim Jong Un")]),
    ("Kim Jong Il had ruled North Korea since the death of his father, Kim Il Sung, in July 1994.", [("succession", "Kim Jong Il")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_whose_event_it_is(text: str, expected: Expected) -> None:
    reading, _ = read_text(text, published=date(2017, 6, 1), lang="en")
    found = [(str(event.kind), event.person or event.role) for event in reading.events]
    assert len(found) == len(expected), found
    for kind, actor in expected:
        assert any(kind == told and actor in who for told, who in found), (kind, actor, found)


STATUSES = [
    ("General Ro Tae Sik of North Korea, who by one paper was shot in May, sat beside Kim Jong Un, a photograph shows.", "refuted"),
    ("General Ro Tae Sik of North Korea was shot in May, a paper said. On Sunday pictures showed Ro Tae Sik at a concert.", "refuted"),
    ("General Ro Tae Sik of North Korea was shot in May, a paper said. He was often seen with Kim Jong Un.", "asserted"),
    ("Han Il Su of North Korea, said a source, would not be shot so soon.", None),
    ("General Han Il Su of North Korea was wrongly reported shot.", "refuted"),
    ("General Han Il Su of North Korea was nearly shot.", None),
    ("General Han Il Su of North Korea was shot, if the paper is right.", "hedged"),
    ("General Han Il Su of North Korea is likely to be shot.", "planned"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_how_a_fall_is_put(text: str, status: str | None) -> None:
    reading, _ = read_text(text, published=date(2017, 6, 1), lang="en")
    assert [str(event.status) for event in reading.events if event.kind == "execution"] == ([status] if status else [])


def test_what_a_date_belongs_to() -> None:
    text = "Last month North Korea removed Han Il Su as minister of labour, and on Monday Pak Chol Min was shot."
    reading, _ = read_text(text, published=date(2017, 6, 7), lang="en")
    days = {event.person: (event.when.earliest, event.when.latest) for event in reading.events}
    assert days == {
        "Han Il Su": (date(2017, 5, 1), date(2017, 5, 31)),
        "Pak Chol Min": (date(2017, 6, 5), date(2017, 6, 5)),
    }


def test_a_reform_of_last_year_dates_no_deed() -> None:
    text = "Pak Nam Il, finance chief of North Korea, was put before a firing squad over last year's reform."
    reading, _ = read_text(text, published=date(2010, 3, 19), lang="en")
    assert [(event.when.earliest, event.when.latest) for event in reading.events] == [(None, date(2010, 3, 19))]
