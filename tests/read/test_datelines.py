from __future__ import annotations

from datetime import date

import pytest

from ostraka.read.datelines import dateline_date, guess_language


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("TOKYO, Feb. 13, 1996 - One of them left.", date(1996, 2, 13)),
        ("July 2, 2015 - Some left.", date(2015, 7, 2)),
        ("20 Aug 2011 - Omran is in Tunis.", date(2011, 8, 20)),
        ("YAYLADAGI, Turkey, July 4, 2012 - A general crossed.", date(2012, 7, 4)),
        ("Minsk/Bratislava, August 18, 2020 - The ambassador left.", date(2020, 8, 18)),
        ("SEOUL, Aug. 17, 2016 (Yonhap) -- A minister left.", date(2016, 8, 17)),
        ("Envoy gone\nBy A. Writer\nJanuary 4, 2019\n\nThe envoy left.", date(2019, 1, 4)),
        ("Envoy gone\nPublished: 4 January 2019, 10:15\nThe envoy left.", date(2019, 1, 4)),
        ("Envoy gone\nPosted on 2019-01-04\nThe envoy left.", date(2019, 1, 4)),
        ("Envoy gone\nWednesday, January 2, 2019\nThe envoy left.", date(2019, 1, 2)),
        ("2019-01-04\nThe envoy left.", date(2019, 1, 4)),
        ("입력 2016-08-17 10:00\n외교관이 망명했다.", date(2016, 8, 17)),
        ("2016년 8월 17일\n외교관이 망명했다.", date(2016, 8, 17)),
        ("(서울=연합뉴스) 2016년 8월 17일 = 외교관이 망명했다.", date(2016, 8, 17)),
        ("외교관 망명\n2016.08.17\n외교관이 망명했다.", date(2016, 8, 17)),
    ],
)  # fmt: skip
def test_datelines(text: str, day: date) -> None:
    assert dateline_date(text, guess_language(text)) == day


@pytest.mark.parametrize(
    "text",
    [
        "He left on Feb. 13, 1996, with his wife.",
        "On July 3, 2012, Gen. Tlass left Damascus.",
        "In London, 3 May 2012 was the day he left.",
        "SEOUL, Aug. 17 - A minister left.",
        "The envoy was born on 4 January 1962.",
        "2016년 8월 17일 외교관이 망명했다고 밝혔다.",
        "July 2015 - Some left.",
        "",
    ],
)  # fmt: skip
def test_no_dateline(text: str) -> None:
    assert dateline_date(text, guess_language(text)) is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The colonel has left the army, said a spokesman of the ministry on Monday.", "en"),
        ("이탈리아 주재 북한 대사대리가 부인과 함께 잠적했다.", "ko"),
        ("El coronel ha dejado el ejército y se encuentra en la embajada con su familia, dijo el portavoz.", "es"),
        ("Le colonel a quitté l'armée et se trouve à l'ambassade avec sa famille, a dit le porte-parole.", "fr"),
        ("Der Oberst hat die Armee verlassen und ist mit der Familie in der Botschaft, sagte ein Sprecher.", "de"),
        ("Посол подал в отставку и выехал из страны.", "ru"),
        ("أعلن العميد انشقاقه عن الجيش.", "ar"),
        ("外交官带着家人逃到了韩国。", "zh"),
        ("外交官は家族とともに亡命した。", "ja"),
        ("12345 67", ""),
        ("", ""),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert guess_language(text) == lang


def test_a_korean_name_does_not_make_a_report_korean() -> None:
    assert guess_language("Thae Yong-ho (태영호), a minister at the embassy in London, has come to the South.") == "en"
