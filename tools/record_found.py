"""What pages found after the tables were collected add, date or mend, with their addresses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A page found after the tables were made: the earliest seen so far."""

    url: str
    day: str  # printed on it or carried by its address
    says: str


FOUND_REPORTS = {
    "NK-1991-KOYOUNGHWAN": Found(
        "https://www.hankookilbo.com/News/Read/199109140060922663",
        "1991-09-14",
        "left the embassy in early March and reached Seoul in early May 1991",
    ),
    "NK-1993-IMYONGSON": Found(
        "https://hankyung.com/amp/1993081200181", "1993-08-12", "reached Seoul on 11 August 1993"
    ),
    "NK-1996-CHOESUBONG": Found(
        "https://hankyung.com/amp/1996011400791", "1996-01-14", "asked for asylum on 7 January 1996"
    ),
    "NK-1996-CHASONGGUN": Found(
        "https://www.seoul.co.kr/news/1996/01/18/19960118002004", "1996-01-18", "in Zambian care by 14 January 1996"
    ),
    "NK-1996-HYONSONGIL": Found(
        "https://www.seoul.co.kr/news/1996/01/30/19960130001002",
        "1996-01-30",
        "his wife left on 7, Cha Song-gun on 11 and he himself on 23 January 1996",
    ),
    "NK-1997-02-15-ASSASSINATION-RIHANYONG": Found(
        "https://www.donga.com/news/Society/article/all/19970216/7232898/1",
        "1997-02-16",
        "shot at his door on the evening of 15 February 1997",
    ),
    "NK-1999-HONGSUNGYONG": Found(
        "https://www.imaeil.com/page/view/1999022515375368792",
        "1999-02-25",
        "missing since 19 February, made known on 24 February 1999",
    ),
    "NK-1999-03-09-OTHER-HONGSUNGYONG": Found(
        "https://www.seoul.co.kr/news/1999/03/12/19990312001005", "1999-03-12", "escaped on 10 March 1999"
    ),
    "NK-2009-01-01-APPOINTMENT-KIMJONGUN": Found(
        "https://m.mbn.co.kr/news-amp/410219", "2009-02-17", "an order of early January 2009, by a Japanese newspaper"
    ),
    "NK-2010-01-01-EXECUTION-PAKNAMGI": Found(
        "https://www.kmib.co.kr/article/view_amp.asp?arcid=0003517655",
        "2010-03-18",
        "shot in the week before, by unnamed sources; the government could not confirm it",
    ),
    "NK-2010-06-07-APPOINTMENT-JANGSONGTHAEK": Found(
        "https://fnnews.com/news/201006072226489216", "2010-06-07", "announced on the day"
    ),
    "NK-2011-12-17-SUCCESSION-KIMJONGIL": Found(
        "https://etnews.com/201112190072", "2011-12-19", "announced at noon on 19 December, died on 17 December 2011"
    ),
    "NK-2013-11-01-EXECUTION-RIRYONGHA": Found(
        "https://segye.com/view/20131203005336", "2013-12-03", "in mid-November, by the intelligence service"
    ),
    "NK-2013-11-01-EXECUTION-JANGSUGIL": Found(
        "https://segye.com/view/20131203005336", "2013-12-03", "in mid-November, by the intelligence service"
    ),
    "NK-2013-12-08-PURGE-JANGSONGTHAEK": Found(
        "https://zdnet.co.kr/view/?no=20131209162357",
        "2013-12-09",
        "announced on 9 December with pictures of the arrest",
    ),
    "NK-2013-12-12-EXECUTION-JANGSONGTHAEK": Found(
        "https://m.mbn.co.kr/news-amp/1580467", "2013-12-13", "announced on the morning of 13 December"
    ),
    "NK-2016-02-01-EXECUTION-RIYONGGIL": Found(
        "https://www.fnnews.com/ampNews/201602101605275387",
        "2016-02-10",
        "at the beginning of February, it was thought",
    ),
    "NK-2016-02-07-POLICY": Found(
        "https://m.etoday.co.kr/view.php?idxno=1297484", "2016-03-03", "resolution 2270 was adopted on 2 March 2016"
    ),
    "NK-2016-KIMCHOLSONG": Found(
        "https://www.hankookilbo.com/News/Read/201607082126522150",
        "2016-07-08",
        "missing since 1 July, flew to Minsk on 2 July 2016",
    ),
}

# Bounds of the first report that the row states in words.
STATED_BOUNDS = {
    "NK-2015-01-01-EXECUTION-15SENIOROFFICIALS": ("2015-04-29", "the service told parliament on 29 April"),
    "NK-2015-04-30-EXECUTION-HYONYONGCHOL": ("2015-05-13", "the service told parliament on 13 May"),
    "NK-2017-01-01-DISMISSAL-JONILCHUN": ("2018-01-31", "a list of January 2018 has his successor"),
    "NK-2019-02-01-EXECUTION-HANSONGRYOL": ("2024-12-31", "told in 2024"),
    "NK-2019-12-01-PURGE-RIYONGHO": ("2024-12-31", "told in 2024"),
    "NK-2023-FRANCE": ("2024-07-31", "the article seen is of July 2024"),
    "SY-006": ("2012-03-31", "a source of March 2012 speaks of a month ago"),
    "SY-024": ("2012-08-06", "31 generals were counted by then, and this one was the 28th"),
}


@dataclass(frozen=True)
class Correction:
    """A mistake of the collected tables, mended from pages found later: cells, pages, and what was wrong."""

    cells: dict[str, str]
    urls: tuple[str, ...]
    why: str


_LUSAKA = "https://www.seoul.co.kr/news/1996/01/30/19960130001002"
_AGREED = "https://www.hankookilbo.com/News/Read/199601310095479969"
_TOGETHER = "Choe, Cha and Hyon left on 7, 11 and 23 January 1996; they had agreed beforehand to leave together."

# By id of a departure, or by first day and kind of another event.
CORRECTIONS = {
    "NK-2012-HANDAUGHTER": Correction(
        {
            "left_post_earliest": "2013-05-01",
            "left_post_latest": "2013-05-31",
            "reported_on": "2013-09-15",
            "disagreement": "Aged 18 or 19.",
            "outcome": "in South Korea, under questioning in September 2013; order to send children home followed",
        },
        ("https://donga.com/news/Politics/article/all/20130915/57676804/1",),
        "The collected table has 2012; newspapers of September 2013 have her leave in May 2013.",
    ),
    "NK-2016-THAEYONGHO": Correction(
        {},
        ("https://www5.seoul.co.kr/news/politics/north/2016/08/18/20160818500231",),
        "Newspapers of 18 August 2016 took him for a son of the guerrilla general Thae Pyong-ryol; the ministry said on "
        "that day that nothing confirmed it, and an official that the weight lay against it.",
    ),
    # The tables give these rows a month, or the month of arrival; pages of the time give the day of leaving.
    "NK-1991-KOYOUNGHWAN": Correction(
        {"left_post_earliest": "1991-03-01", "left_post_latest": "1991-03-10"},
        (),
        "May and June are his arrival; as announced in September 1991 he left the embassy in early March.",
    ),
    "NK-1993-IMYONGSON": Correction(
        {"left_post_earliest": "1993-07-23", "left_post_latest": "1993-07-23"},
        ("https://www.hankyung.com/article/1993082402221",),
        "August is his arrival; at his press conference he said that he left on 23 July 1993.",
    ),
    "NK-1996-CHOESUBONG": Correction(
        {"left_post_earliest": "1996-01-07", "left_post_latest": "1996-01-07"}, (_AGREED,), _TOGETHER
    ),
    "NK-1996-CHASONGGUN": Correction(
        {"left_post_earliest": "1996-01-11", "left_post_latest": "1996-01-11"}, (_LUSAKA, _AGREED), _TOGETHER
    ),
    "NK-1996-HYONSONGIL": Correction(
        {"left_post_earliest": "1996-01-23", "left_post_latest": "1996-01-23"}, (_AGREED,), _TOGETHER
    ),
    "NK-2016-KIMCHOLSONG": Correction(
        {"left_post_earliest": "2016-07-01", "left_post_latest": "2016-07-02"},
        (),
        "Missing since 1 July, seen at the airport on 2 July 2016.",
    ),
    "1996-02-01 dismissal": Correction(
        {"person": "Hyon Chol-gyu"}, (_LUSAKA,), "Named by a newspaper of 30 January 1996."
    ),
    "2012-09-01 policy": Correction(
        {"date_earliest": "2013-04-01", "date_latest": "2013-09-20"},
        (
            "http://rfa.org/korean/in_focus/orderedhome-09202013095943.html",
            "https://www.donga.com/jp/List/article/all/20130922/422644/1?m=kor",
        ),
        "The collected table has 2012; the pages are of September 2013, and one dates the order to April 2013.",
    ),
    "2012-09-25 policy": Correction(
        {"date_earliest": "2013-09-25", "date_latest": "2013-10-15"},
        ("http://rfa.org/korean/in_focus/orderedhome-09202013095943.html",),
        "The collected table has 2012; the order withdrawn is of 2013.",
    ),
}


@dataclass(frozen=True)
class FoundTie:
    """A tie told by a page found later, or a tie of the table that the page dates."""

    ego: str
    role: str
    alter: str
    url: str
    day: str
    note: str = ""


_DONGA = "https://sports.donga.com/article/all/20160818/79837046/1"
_SEOUL = "http://mnm5.seoul.co.kr/news/politics/north/2017/01/01/20170101500070"
FOUND_TIES = (
    FoundTie("Thae Yong-ho", "spouse_of", "O Hye-son", _DONGA, "2016-08-18"),
    FoundTie(
        "O Hye-son", "kin_of", "O Paek-ryong", _DONGA, "2016-08-18", "Her great-uncle, by a page of January 2017."
    ),
    FoundTie(
        "O Hye-son", "kin_of", "O Paek-ryong", _SEOUL, "2016-08-18", "Her great-uncle, by a page of January 2017."
    ),
    FoundTie("O Paek-ryong", "father_of", "O Kum-chol", _DONGA, "2016-08-18"),
    FoundTie("O Paek-ryong", "comrade_of", "Kim Il-sung", _DONGA, "2016-08-18"),
    FoundTie("Hyon Chol-gyu", "father_of", "Hyon Song-il", _LUSAKA, "1996-01-30"),
    FoundTie("Hyon Chol-hae", "uncle_of", "Hyon Song-il", _LUSAKA, "1996-01-30"),
    FoundTie(
        "Hyon Hak-bong",
        "superior_of",
        "Thae Yong-ho",
        "http://english.hani.co.kr/arti/english_edition/e_northkorea/757314.html",
        "2016-08-18",
    ),
)
SPELLINGS = {
    "O Hye-son": ("Oh Hye-son; O Hye Son", "오혜선"),
    "O Paek-ryong": ("O Baek-ryong; Oh Paek-ryong; O Paek Ryong", "오백룡"),
    "O Kum-chol": ("Oh Kum-chol; O Kum Chol", "오금철"),
    "Hyon Chol-gyu": ("", "현철규"),
    "Hyon Chol-hae": ("", "현철해"),
    "Hyon Hak-bong": ("Hyun Hak-bong", "현학봉"),
}
