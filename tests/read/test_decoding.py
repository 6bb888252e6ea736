from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.errors import Level
from ostraka.read.decoding import binary_kind, declared_charset, decode, odd_characters

KOREAN = "조선민주주의인민공화국 외교관이 가족과 함께 망명했다. 그는 로마에서 일했다."
RUSSIAN = "Посол подал в отставку и выехал из страны вместе с семьёй, сообщает министерство."
ARABIC = "أعلن العميد انشقاقه عن الجيش وانضم إلى المعارضة مع عدد من الضباط"
FRENCH = "L’ambassadeur a été rappelé après la défection d’un général « très proche » du régime."


@pytest.mark.parametrize(
    ("text", "encoding", "assumed"),
    [
        (KOREAN, "utf-8", ""),
        (KOREAN, "utf-8-sig", ""),
        (KOREAN, "utf-16", ""),
        (KOREAN, "utf-32", ""),
        (KOREAN, "cp949", "cp949"),
        (RUSSIAN, "cp1251", "cp1251"),
        (ARABIC, "cp1256", "cp1256"),
        (FRENCH, "cp1252", "cp1252"),
        ("He said “no”.", "cp1252", "cp1252"),
        ("An envoy has left.", "utf-16-le", "utf-16-le"),
        ("An envoy has left.", "utf-16-be", "utf-16-be"),
        ("An envoy has left.", "ascii", ""),
    ],
)
def test_encodings(text: str, encoding: str, assumed: str) -> None:
    found, problems = decode(text.encode(encoding), "a.txt")
    assert found == text
    assert [assumed in problem.message for problem in problems] == ([True] if assumed else [])


def test_what_a_page_declares_goes_first() -> None:
    page = f'<meta charset="euc-kr"><p>{KOREAN}</p>'.encode("cp949")
    assert declared_charset(page) == "cp949"
    assert decode(page, "a.html", declared="cp949") == (page.decode("cp949"), ())


@pytest.mark.parametrize("name", ["no-such", "base64", "rot13", "zlib", "idna" * 20, "undefined"])
def test_a_false_declaration_does_no_harm(name: str) -> None:
    data = f'<meta charset="{name}"><p>{KOREAN}</p>'.encode()
    text, _ = decode(data, "a.html", declared=declared_charset(data))
    assert text is not None
    assert KOREAN in text


def test_a_few_broken_bytes_are_shown() -> None:
    text, problems = decode(KOREAN.encode() + b"\xff", "a.txt")
    assert text == KOREAN + "\ufffd"
    assert [problem.level for problem in problems] == [Level.WARN]


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 8, b"\x00" * 500, b"abc\x01\x02\x03" * 50, b"\xff\xfe\x00\xd8\x00\xd8"]
)
def test_what_is_no_text(data: bytes) -> None:
    text, problems = decode(data, "a.txt")
    assert text is None
    assert [problem.level for problem in problems] == [Level.ERROR]


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\x89PNG\r\n", b"\x1f\x8b\x08", b"{\\rtf1", b"\x7fELF"])
def test_known_kinds_of_files_are_named(head: bytes) -> None:
    assert binary_kind(head + b" rest") != ""
    assert binary_kind(b"An envoy") == ""


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    text, problems = decode(data, "a.txt")
    assert (text is None) <= any(problem.level is Level.ERROR for problem in problems)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_utf8_is_kept_to_the_letter(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), "a.txt")[0] == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The \u202egeneral\u202c left.", "direction of writing"),
        ("The gen\u200beral left.", "without width"),
        ("The gen\u00aderal left.", "without width"),
        ("The \ud800 general left.", "lone surrogates"),
        ("The general\x00 left.", "control characters"),
        ("The general\U000e0041 left.", "invisible tag"),
        ("\u041aim Jong-un left.", "alphabets that look alike"),
        ("Kim J\u03bfng-un left.", "alphabets that look alike"),
    ],
)
def test_deceptive_characters_are_named(text: str, words: str) -> None:
    problems = list(odd_characters(text, "a.txt"))
    assert [words in problem.message for problem in problems] == [True]


@pytest.mark.parametrize(
    "text", [KOREAN, RUSSIAN, ARABIC, FRENCH, "می‌رود به سفارت", "Kim 김정은 Ким", "T'ae Yŏng-ho", "ok\r\n\ttab\f"]
)
def test_honest_text_gives_no_warning(text: str) -> None:
    assert list(odd_characters(text, "a.txt")) == []


@pytest.mark.parametrize("unit", ["a", "К", "aК", "\u202e", "\x00", "é", "가"])
def test_checks_are_linear(unit: str) -> None:
    started = time.perf_counter()
    list(odd_characters(unit * 500_000, "a.txt"))
    assert time.perf_counter() - started < 5
