from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.read.sentences import MAX_SENTENCE, split_sentences

# Each passage was cut by hand before the splitter saw it; sentences are joined by one space.
PASSAGES: list[list[str]] = [
    ["Maj. Gen. Abdul-Rahman crossed at dawn.", "Two Lt. Cols. followed him on Sept. 4."],
    ["The envoy, J. R. Okoye, was called home.", "He did not go."],
    ["It was reported by the N.I.S. last week.", "The U.S. Embassy had no comment."],
    ["He lives in the U.K.", "His wife does not."],
    ["The Hon. Sec. of the club met Sen. Paul D. Ames at 4 p.m. Monday.", "They spoke for 2.5 hours."],
    ["“They will shoot us,” she said.", "“All of us.”", "Then the line went dead."],
    ["“Where is he?” asked the guard.", "Nobody answered."],
    ["He fled (his family had left in Jan.) through Laos.", "(The route is well known.)", "Others took it too."],
    ["Mr. An of the trade mission disappeared.", "Mr. O stayed."],
    ["The firm, Daesong Trading Co. Ltd., was closed.", "Its manager was shot."],
    ["The agency cited Art. 63 of the code.", "See p. 12 and Fig. 3.", "No. 4 is missing."],
    ["Was he purged?", "No.", "He was ill."],
    ["The first, i.e. the oldest, son left.", "The second (cf. Lee et al. 2014) stayed."],
    ["Officers, ministers, envoys, etc. were sacked.", "The army kept silent."],
    ["They came from Iraq, Iran, etc.", "The count rose."],
    ["It grew to 1,200 men vs. 300 in March.", "That was new!"],
    ["He waited … and left.", "She waited ...", "Nobody came."],
    ["Gen. Kim Jr. was named.", "He is 44."],
    ["Ri (b. 1956) served in St. Petersburg.", "Choe (d. 2003) served in Ft. Worth."],
    ["The Rev. Tim Peters helped them.", "So did Msgr. Lee."],
    ["“I left.”", "“Why?”", "“They killed my brother.”"],
    ["He wrote 'never again.'", "He meant it."],
    ["The report[1] named him.[2]", "It was withdrawn.[3][4]", "No reason was given."],
    ["Brig.-Gen. Munaf led Vice-Adm. Hosni's convoy.", "It reached the border."],
    ["About 70 officials were shot, says the N.I.S.", "The ministry disputes it."],
    ["Washington D.C. was told first.", "Seoul was told at 9 a.m.", "The embassy was closed."],
    ["He spoke to Lt. Col. (ret.) Haddad.", "Haddad denied it."],
    ["망명을 요청한 사람은 세 식구다.", "이들은 4일 오후 대사관으로 갔다.", "2016. 7. 15. 서울에 왔다."],
    ["“돌아갈 수 없다”고 그는 말했다.", "가족도 함께였다."],
    ["그는 떠났을까?", "아무도 모른다."],
    ["انشق العقيد أمس.", "هل عاد؟", "لم يعد."],
    ["Jan. 3 was cold.", "Feb. was worse.", "In Mar. 2014 they left."],
    ["She joined in 2016.", "12 others had come before.", "The 13th came later."],
]

JOINED_WITHOUT_SPACE: list[list[str]] = [
    ["他逃走了。", "没有人知道原因。", "“为什么？”她问。"],
    ["彼は亡命した。", "家族も一緒だった。"],
    ["그는 망명했다.", "가족도 함께였다."],
]

WRAPPED = """The colonel of the third division who had
served for thirty years in the capital has
crossed the river with his two sons and
Lt. Ahmad Said."""

BLOCKS: list[tuple[str, list[str]]] = [
    (
        "ENVOY FLEES ROME POST\n\nThe acting envoy is missing.\nHis wife is too.",
        ["ENVOY FLEES ROME POST", "The acting envoy is missing.", "His wife is too."],
    ),
    (
        "Two more generals leave\nBy a correspondent\nThe men crossed at night.",
        [
            "Two more generals leave",
            "By a correspondent",
            "The men crossed at night.",
        ],
    ),
    (
        WRAPPED + " They were met by an\nofficer of the other side.",
        [
            WRAPPED,
            "They were met by an\nofficer of the other side.",
        ],
    ),
    (
        "Those who left:\n- Col. Riad, March 3\n- Gen. Aqil, July 5\n- a consul, in autumn",
        ["Those who left:", "- Col. Riad, March 3", "- Gen. Aqil, July 5", "- a consul, in autumn"],
    ),
    ("1. Kim fled.\n2. Ri was shot.", ["1. Kim fled.", "2. Ri was shot."]),
    ("He arrived in the U.S.\r\nYonhap said so.", ["He arrived in the U.S.", "Yonhap said so."]),
    ("The envoy was seen in\nRome, where he had\nlived.", ["The envoy was seen in", "Rome, where he had\nlived."]),
]


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage[0][:30])
def test_passages(passage: list[str]) -> None:
    assert cut(" ".join(passage)) == passage


@pytest.mark.parametrize("passage", JOINED_WITHOUT_SPACE, ids=lambda passage: passage[0])
def test_passages_without_spaces(passage: list[str]) -> None:
    assert cut("".join(passage)) == passage


@pytest.mark.parametrize(("text", "expected"), BLOCKS, ids=lambda value: str(value)[:20])
def test_line_breaks(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_shared_passages(shared: Path) -> None:
    passages = json.loads((shared / "data" / "sentence_passages.json").read_text("utf-8"))
    missed = [p for p in passages if cut(" ".join(p["sentences"])) != p["sentences"]]
    assert missed == []


@given(st.text(alphabet=st.sampled_from('aB가다.?!…。"”’)([ \n\r\t-1U.S')))
def test_every_character_is_kept(text: str) -> None:
    spans = split_sentences(text)
    flat = [edge for span in spans for edge in span]
    assert flat == sorted(flat)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@given(st.text())
def test_any_text(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize("unit", ["a", ". ", " \n", "\n ", "A. ", "1.\n", '."', "U.S. ", "- \n", "a\nb"])
def test_linear_on_a_megabyte(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.perf_counter()
    spans = split_sentences(text)
    assert time.perf_counter() - started < 15
    assert all(b - a <= MAX_SENTENCE for a, b in spans)
