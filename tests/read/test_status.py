"""How a report puts what it says, clause by clause."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ostraka.model import Status
from ostraka.read import read_text

CASES = [
    ("Ri Yong-ho, North Korea's envoy, defected in July.", Status.ASSERTED),
    ("North Korea's envoy, Ri Yong-ho, did not defect.", Status.DENIED),
    ("North Korea's envoy, Ri Yong-ho, has never defected.", Status.DENIED),
    ("Pyongyang dismissed reports that its envoy Ri Yong-ho had defected.", Status.DENIED),
    ("There is no evidence that North Korea's envoy, Ri Yong-ho, defected.", Status.DENIED),
    ("North Korea's envoy, Ri Yong-ho, reportedly defected with his wife.", Status.HEDGED),
    ("North Korea's envoy, Ri Yong-ho, may have defected.", Status.HEDGED),
    ("North Korea's envoy, Ri Yong-ho, is believed to have been purged.", Status.HEDGED),
    ("Unnamed sources claim North Korea's envoy, Ri Yong-ho, was purged.", Status.HEDGED),
    ("North Korea's envoy, Ri Yong-ho, planned to defect in May.", Status.PLANNED),
    ("North Korea's envoy, Ri Yong-ho, was about to defect.", Status.PLANNED),
    ("North Korea's envoy, Ri Yong-ho, attempted to defect.", Status.ATTEMPTED),
    ("North Korea's envoy, Ri Yong-ho, failed to defect.", Status.ATTEMPTED),
    ("North Korea's envoy, Ri Yong-ho, refused to defect.", Status.DENIED),
    ("Rumours that North Korea's envoy Ri Yong-ho was executed proved false.", Status.REFUTED),
    ("North Korea's envoy, Ri Yong-ho, was reported executed but reappeared in May.", Status.REFUTED),
    ("North Korea's envoy, Ri Yong-ho, has not been charged or arrested.", Status.DENIED),
    ('North Korea\'s envoy, Ri Yong-ho, has not "defected".', Status.DENIED),
    ("The embassy dismissed as fantasy a report that North Korea's envoy, Ri Yong-ho, had defected.", Status.DENIED),
    ("Exiles said North Korea's envoy, Ri Yong-ho, had defected, which his family denies.", Status.DENIED),
    ("Critics want North Korea's envoy, Ri Yong-ho, sacked.", Status.PLANNED),
    ("The court moved to have North Korea's envoy, Ri Yong-ho, arrested.", Status.PLANNED),
    ("The prosecutor asked that North Korea's envoy, Ri Yong-ho, be arrested.", Status.PLANNED),
    ("North Korea's envoy, Ri Yong-ho, may have to step down.", Status.PLANNED),
    ("North Korea's envoy, Ri Yong-ho, asked for asylum but was turned away.", Status.ATTEMPTED),
    ("North Korea's envoy, Ri Yong-ho, will not go back to Pyongyang.", Status.ASSERTED),
    ("North Korea's envoy, Ri Yong-ho, suspected of theft, was arrested.", Status.ASSERTED),
    ("North Korea's envoy, Ri Yong-ho, long thought a rival, was arrested.", Status.ASSERTED),
    ("North Korea's envoy, Ri Yong-ho, was denied a visa and was arrested.", Status.ASSERTED),
    ("The ministry said North Korea's envoy, Ri Yong-ho, would be arrested.", Status.PLANNED),
    ("North Korea's envoy, Ri Yong-ho, told a radio that he would not go back to Pyongyang.", Status.ASSERTED),
    ("North Korea's envoy, Ri Yong-ho, was reported on Monday to have defected.", Status.HEDGED),
    ("North Korea's envoy, Ri Yong-ho, was found dead below his window.", Status.HEDGED),
    ("North Korea's envoy, Ri Yong-ho, was found stabbed to death.", Status.ASSERTED),
    ("Reports that North Korea's envoy, Ri Yong-ho, had defected are devoid of truth.", Status.DENIED),
    ("These are false: that North Korea's envoy, Ri Yong-ho, defected; that the consul was shot.", Status.REFUTED),
    ("North Korea's envoy, Ri Yong-ho, fled and was denied a landing in Seoul.", Status.ASSERTED),
    ("North Korea dismissed its envoy, Ri Yong-ho, who is alive and in prison.", Status.ASSERTED),
    ("He is the first to leave since North Korea's envoy Ri Yong-ho, who defected in 1997.", Status.MENTIONED),
]


@pytest.mark.parametrize(("text", "status"), CASES, ids=[case[0][:60] for case in CASES])
def test_status_of_a_sentence(text: str, status: Status) -> None:
    reading, _ = read_text(text, published=date(2016, 8, 18), lang="en")
    assert [event.status for event in reading.events if event.person == "Ri Yong-ho"] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "If North Korea's envoy, Ri Yong-ho, defected, his family would be punished.",
        "North Korea's envoy, Ri Yong-ho, would have defected.",
        "If found guilty, North Korea's envoy, Ri Yong-ho, may spend years in prison.",
        "North Korea's envoy, Ri Yong-ho, said he feared that he would be arrested.",
        "The visa came on Monday so that North Korea's envoy, Ri Yong-ho, could defect.",
        "Calls for North Korea's envoy, Ri Yong-ho, to be dismissed grew.",
    ],
)
def test_what_is_only_imagined_is_no_event(text: str) -> None:
    reading, _ = read_text(text, published=date(2016, 8, 18), lang="en")
    assert not reading.events


def test_an_official_confirmation_outweighs_a_denial_and_a_rumour_does_not() -> None:
    confirmed = (
        "The ministry said North Korea's envoy in Cairo, Ri Yong-ho, had defected. North Korea denied the report on Ri."
    )
    rumour = (
        "A newspaper says North Korea's envoy in Cairo, Ri Yong-ho, has defected. North Korea denies the report on Ri."
    )
    read = [read_text(text, published=date(2016, 8, 18), lang="en")[0].events[0].status for text in (confirmed, rumour)]
    assert read == [Status.ASSERTED, Status.DENIED]


def test_who_says_so_is_kept() -> None:
    text = "The unification ministry said North Korea's consul in Kuwait, Ri Chol-su, had defected."
    reading, _ = read_text(text, published=date(2016, 8, 18), lang="en")
    assert "ministry" in reading.events[0].statement.attributed_to


AS_OURS = {
    "affirmed": {Status.ASSERTED},
    "denied": {Status.DENIED},
    "negated": {Status.DENIED, Status.REFUTED, Status.ATTEMPTED, Status.PLANNED},
    "hedged": {Status.HEDGED},
    "hypothetical": set(),
}


def test_practice_sentences(shared: Path) -> None:
    lead = "North Korea's envoy Thae Yong-ho and generals Ri Yong-gil and Jo Song-gil are in the news."
    rows = json.loads((shared / "data" / "status_sentences.json").read_text(encoding="utf-8"))
    right = 0
    for row in rows:
        reading, _ = read_text(f"{lead} {row['sentence']}", published=date(2016, 8, 18), lang="en")
        found = {event.status for event in reading.events}
        right += found <= AS_OURS[row["status"]] if found else row["status"] in {"hypothetical", "negated"}
    assert right >= 18, f"{right} of {len(rows)}"


AFTERWARDS = [
    (
        "A newspaper wrote that North Korea's envoy in Cairo, Ri Yong-ho, had defected. Ri was at his desk on Friday.",
        Status.REFUTED,
    ),
    (
        "Exiles claimed that North Korea's envoy, Ri Yong-ho, was arrested. Ri received a delegation on Friday.",
        Status.REFUTED,
    ),
    (
        "Correction. On Monday we wrote that North Korea's envoy, Ri Yong-ho, had been arrested. It was a namesake.",
        Status.REFUTED,
    ),
    (
        "North Korea's envoy, Ri Yong-ho, was arrested, travellers say. The ministry in Seoul could not confirm this.",
        Status.HEDGED,
    ),
    (
        "The embassy denied that North Korea's envoy, Ri Yong-ho, was being held. Exiles had said that he was arrested.",
        Status.DENIED,
    ),
    ("North Korea's envoy, Ri Yong-ho, was arrested. Iran denied that it had known of the plan.", Status.ASSERTED),
    ("North Korea's envoy, Ri Yong-ho, was arrested for theft. He denies it.", Status.ASSERTED),
    (
        "North Korea's envoy, Ri Yong-ho, has arrived in Seoul, rebels said. Ri had received a medal in May.",
        Status.ASSERTED,
    ),
]


@pytest.mark.parametrize(("text", "status"), AFTERWARDS, ids=[case[0][-50:] for case in AFTERWARDS])
def test_what_later_sentences_make_of_it(text: str, status: Status) -> None:
    reading, _ = read_text(text, published=date(2016, 8, 18), lang="en")
    assert [event.status for event in reading.events if event.person == "Ri Yong-ho"] == [status]
