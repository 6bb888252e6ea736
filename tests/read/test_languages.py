from __future__ import annotations

import pytest

from ostraka.errors import Level
from ostraka.read import read_text
from ostraka.read.languages import foreign_language, is_english

ENGLISH = (
    "SEOUL, July 16, 2024 - Ri Sang-ok, a North Korean consul in Havana, defected to South Korea in May, the"
    " intelligence service said. Nobody at the embassy would speak with reporters."
)
OTHERS = {
    "Cyrillic script": "Северокорейский консул в Гаване Ли Сан Ок бежал в Южную Корею. Его жена уехала вместе с ним.",
    "French": "Le consul de Corée du Nord à La Havane a fait défection en mai, selon les services de la sécurité.",
    "Spanish": "El cónsul de Corea del Norte en La Habana desertó en mayo, según el jefe de los servicios.",
    "Chinese": "朝鲜驻哈瓦那领事李尚玉五月叛逃到韩国，情报部门说。他的妻子也跟他一起走了。",
    "Arabic or Persian script": "انشق القنصل الكوري الشمالي في هافانا في مايو، كما قال جهاز المخابرات.",
    "Korean": "쿠바 주재 북한 영사 리상옥이 5월 한국으로 망명했다.",
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("form", ["{en}\n\n{other}", "{other}\n\n{en}", "{en} {other}", "{en}\n{en}\n{en}\n{other}"])
def test_the_english_part_is_read_and_the_other_named(name: str, form: str) -> None:
    text = form.format(en=ENGLISH, other=OTHERS[name])
    reading, problems = read_text(text)
    assert {(str(event.kind), event.person) for event in reading.events} == {("defection", "Ri Sang-ok")}
    assert [person.name for person in reading.persons if person.name] == ["Ri Sang-ok"]
    [unread] = [problem.message for problem in problems if "not read;" in problem.message]
    assert name in unread
    assert unread.endswith(f"character {text.index(OTHERS[name])}")
    assert all(text[s.span.start : s.span.end] == s.span.quote for s in reading.statements)


def test_the_english_part_of_a_korean_report_is_named() -> None:
    reading, problems = read_text(f"{OTHERS['Korean']} {OTHERS['Korean']} {OTHERS['Korean']}\n{ENGLISH}")
    assert [event.person for event in reading.events] == ["리상옥"]
    assert any("English and not read" in problem.message for problem in problems)


@pytest.mark.parametrize("name", [name for name in OTHERS if name != "Korean"])
def test_a_report_without_english_says_so_and_gives_nothing(name: str) -> None:
    reading, problems = read_text(OTHERS[name])
    assert reading.statements == ()
    assert any("no grammar for language" in p.message and p.level is Level.WARN for p in problems)


@pytest.mark.parametrize(
    "text",
    [
        "Thae Yong-ho (태영호), the deputy ambassador, has left.",
        "The junta of Juan de la Cruz y Los Santos de la Sierra was named by the general.",
        "Le Duc Tho, Un Kwang and El Mahdi met in La Paz.",
        "“Nobody knows,” said Владимир, a guard of the embassy.",
    ],
)
def test_foreign_names_make_no_foreign_sentence(text: str) -> None:
    words = frozenset(text.lower().replace(",", " ").split())
    assert foreign_language(text, words) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Hij was in de stad en had een auto, maar of hij is gegaan weet men niet.",
        "To on was widział, a nie my.",
        "Der Konsul war in der Stadt, als er die Nachricht hörte.",
    ],
)
def test_other_latin_sentences_are_not_taken_for_english(text: str) -> None:
    assert not is_english(text)
