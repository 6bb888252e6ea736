from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.read.titles import is_korean_family, korean_families, lexicon, particles, strip_titles


@pytest.mark.parametrize(
    ("name", "bare", "titles"),
    [
        ("Brig. Gen. Manaf Tlass", "Manaf Tlass", ("Brig. Gen.",)),
        ("Deputy Ambassador Thae Yong Ho", "Thae Yong Ho", ("Deputy Ambassador",)),
        ("Comrade Marshal Kim Jong Un", "Kim Jong Un", ("Comrade", "Marshal")),
        ("Thae Yong-ho, deputy ambassador", "Thae Yong-ho", ("deputy ambassador",)),
        ("Chargé d'affaires Jo Song Gil", "Jo Song Gil", ("Chargé d'affaires",)),
        ("Mr Ri", "Ri", ("Mr",)),
        ("김동수씨", "김동수", ("씨",)),
        ("조성길 대사대리", "조성길", ("대사대리",)),
        ("태영호공사", "태영호", ("공사",)),
        ("총리 김덕훈", "김덕훈", ("총리",)),
        ("林彪 同志", "林彪", ("同志",)),
        ("習近平主席", "習近平", ("主席",)),
        ("الرئيس بشار الأسد", "بشار الأسد", ("الرئيس",)),
        ("Генерал-лейтенант Ион Пачепа", "Ион Пачепа", ("Генерал-лейтенант",)),
        ("العميد مناف طلاس", "مناف طلاس", ("العميد",)),
        ("General", "", ("General",)),
        ("", "", ()),
    ],
)
def test_titles_come_off_and_are_kept(name: str, bare: str, titles: tuple[str, ...]) -> None:
    assert strip_titles(name) == (bare, titles)


@pytest.mark.parametrize(
    "name", ["U Tong-chuk", "Son Sen", "Kim Jong Un", "양 형섭", "Sultan Hashim", "Hun Sen", "Major Hoople"]
)
def test_a_name_that_looks_like_a_title_stays(name: str) -> None:
    assert strip_titles(name) == (name, ())


def test_korean_families_in_every_romanisation() -> None:
    assert all(
        map(is_korean_family, ("Thae", "Tae", "T'ae", "태", "Ri", "Lee", "Rhee", "CH'OE", "Choi", "최", "Pak", "Park"))
    )
    assert not any(map(is_korean_family, ("Tlass", "Putin", "Castro", "Yong-ho", "")))


def test_every_family_form_leads_back_to_hangul() -> None:
    assert all(
        hangul and all("가" <= c <= "힣" for word in hangul for c in word) for hangul in korean_families().values()
    )


def test_lexicons_are_clean() -> None:
    kinds = ("honorific", "comrade", "rank", "diplomatic", "state", "party", "security", "kin")
    for kind in kinds:
        words = lexicon(kind)
        assert words, kind
        assert all(word == word.casefold().strip() and "." not in word for word in words), kind
        assert len(set(words)) == len(words), kind
    assert lexicon("diplomatic", "xx") == ()
    assert "bin" in particles("filiation")


PIECES = [
    "General",
    "Lt.",
    "Gen.",
    "Thae",
    "Yong-ho",
    "Mr",
    "Sultan",
    "전",
    "대사",
    "김동수씨",
    "Ri",
    ",",
    "동지",
    "of",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)))
def test_stripping_is_total_and_finds_nothing_more_the_second_time(name: str) -> None:
    bare, _ = strip_titles(name)
    assert strip_titles(bare)[0] == bare
