"""Korean names in Japanese papers: kana, and characters as Japan prints them; words run together."""

from __future__ import annotations

import pytest

from ostraka import compare_names

SAME = [
    ("キム・ジョンウン", "Kim Jong-un"),
    ("キム・ジョンウン", "金正恩"),
    ("ｷﾑ ｼﾞｮﾝｳﾝ", "김정은"),
    ("チャン・ソンテク", "Jang Song-thaek"),
    ("ファン・ジャンヨプ", "황장엽"),
    ("チェ・リョンヘ", "최룡해"),
    ("ヒョン・ハクポン", "현학봉"),
    ("クォン・ジョングン", "권정근"),
    ("リ・イルギュ", "리일규"),
    ("崔竜海", "최룡해"),
    ("呉克烈", "O Kuk-ryol"),
    ("金敬姫", "金敬姬"),
    ("RamiMakhlouf", "Rami Makhlouf"),
    ("JangSongThaek", "장성택"),
]
DIFFERENT = [
    ("キム・ジョンウン", "キム・ジョンイル"),
    ("キム・ジョンチョル", "Kim Yong-chol"),
    ("キム・ヨジョン", "Kim Yong-jong"),
    ("リ・ヨンホ", "Ri Yong-gil"),
    ("RamiMakhlouf", "Ihab Makhlouf"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert compare_names(a, b).verdict == "same"
    assert compare_names(a, b) == compare_names(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_names_of_two(a: str, b: str) -> None:
    assert compare_names(a, b).verdict == "different"


def test_what_kana_does_not_decide() -> None:
    assert compare_names("キム", "Kim Jong-un").verdict == "ambiguous"
    assert compare_names("バッシャール・アル＝アサド", "Bashar al-Assad").verdict == "ambiguous"
