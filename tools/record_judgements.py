"""What a person decided about rows of the collected tables, with the reason beside each decision.

The tables say what sources say. Which rows enter counts, which may be one case told twice, which are one
departure and how many persons a group row stands for are judgements; they stand here, apart from the facts.
"""

from __future__ import annotations

from dataclasses import dataclass

LEFT_OUT = {
    "NK-1996-SONGHYERIM": "disputed: later accounts have her stay in Moscow until her death in 2002",
    "NK-2003-KILJAEGYONG": "denied by Pyongyang and never confirmed",
    "NK-2015-PARKSEUNGWON": "never confirmed by any government",
    "NK-2016-NINGBO": "not elite: restaurant staff",
    "NK-2016-HKSTUDENT": "not elite: a student without a post",
    "NK-2017-KIMHANSOL": "kin in hiding, not a departure from a post",
    "NK-2021-CHOEKUMCHOL": "attempt that failed",
    "NK-2022-TAEFRIENDS": "rank unknown: officials only presumed",
    "NK-2023-KIMKUMSUN": "outcome not seen",
    "SY-010": "partly the officers of SY-009; counting both would count persons twice",
    "SY-035": "refuted: the vice-president had not left",
    "SY-042": "disputed: denied after the report",
    "NK-2016-02-01-EXECUTION-RIYONGGIL": "false report: he reappeared with new posts in May 2016",
    "NK-2017-09-01-RECALL-MUNJONGNAM": "expelled by the host, not called home by the regime",
    "NK-2017-09-01-RECALL-SOCHANGSIK": "expelled by the host, not called home by the regime",
    "NK-2018-11-14-RECALL-DAUGHTEROFJOSONGGIL": "kin taken home, not an official called home",
}

MAY_BE = (
    ("NK-2014-MSSSENIOR", "NK-2015-MSSDIRECTOR"),
    ("NK-2014-MSSSENIOR", "NK-2014-KIMHYUNWOO"),
    ("NK-2015-CHINESESPEAKING39", "NK-2015-HKROOM39"),
    ("NK-2009-POWERTRADECEO", "NK-2010-EUROPE-MONEY"),
    ("NK-2014-KIMKUKSONG", "NK-2015-RGBCOLONEL"),
    ("SY-009", "SY-010"),
    ("SY-012", "SY-013"),
)

# An episode is the unit of decision: rows that no count of independent events may treat as independent.
EPISODES = {
    "NK-1996-ZAMBIA-COUPLE": ("NK-1996-CHOESUBONG", "NK-1996-HYONSONGIL"),  # he followed because she had left
    "NK-1996-SONG-SISTERS": ("NK-1996-SONGHYERANG", "NK-1996-SONGHYERIM"),  # reported as one flight
    "NK-1997-HWANG-AND-AIDE": ("NK-1997-HWANGJANGYOP", "NK-1997-KIMDOKHONG"),  # walked in together
    # Two posts in two cities, but one weekend, one destination and one announcement: one decision, two persons.
    "NK-1997-JANG-BROTHERS": ("NK-1997-JANGSUNGGIL", "NK-1997-JANGSUNGHO"),
    "NK-1998-BERN-COUPLE": ("NK-1998-KOYONGSUK", "NK-1998-RIGANG"),
    "NK-2016-SLUSH-FUND": ("NK-2016-SLUSHGENERAL", "NK-2016-SLUSHDIPLOMAT"),  # travelled together, then parted
    "SY-DIPLOMAT-COUPLE": ("SY-019", "SY-020"),  # wife and husband, two posts, one day, one destination
    # Five officers of intelligence told of by one report as one crossing to Jordan.
    "SY-INTELLIGENCE-FIVE": ("SY-026", "SY-027", "SY-028", "SY-029", "SY-030"),
    "SY-KHALLOUF": ("SY-039", "SY-040"),  # father and son
}

# Persons a row stands for: at least, at most (None: open). Where soldiers came along, the lower bound is officers.
SIZES: dict[str, tuple[int, int | None]] = {
    "NK-1999-IMKISONG": (3, 3),
    "NK-2016-NINGBO": (13, 13),
    "NK-2022-TAEFRIENDS": (2, 2),
    "NK-2015-01-01-EXECUTION-15SENIOROFFICIALS": (15, 15),
    "SY-001": (2, 2),
    "SY-009": (4, 4),
    "SY-010": (4, 6),
    "SY-012": (6, 39),
    "SY-017": (3, None),
    "SY-024": (12, 12),
    "SY-038": (4, 42),
}

STATUS = {
    "NK-1996-SONGHYERIM": "refuted",
    "NK-2003-KILJAEGYONG": "denied",
    "NK-2013-JANGAIDE": "hedged",
    "NK-2015-PARKSEUNGWON": "hedged",
    "NK-2015-LEESCIENTIST": "hedged",
    "NK-2016-SLUSHGENERAL": "hedged",
    "NK-2016-SLUSHDIPLOMAT": "hedged",
    "NK-2021-CHOEKUMCHOL": "attempted",
    "NK-2023-KIMKUMSUN": "attempted",
    "SY-035": "refuted",
    "SY-036": "hedged",
    "SY-042": "denied",
    "NK-2016-02-01-EXECUTION-RIYONGGIL": "refuted",
    "NK-2019-02-01-EXECUTION-HANSONGRYOL": "hedged",
    "NK-2019-12-01-PURGE-RIYONGHO": "hedged",
}

# The table of other events has no column of confidence: medium, but low where one voice is all there is.
LOW_CONFIDENCE = frozenset(
    {
        "NK-2013-09-25-POLICY",
        "NK-2014-01-01-POLICY",
        "NK-2016-02-01-EXECUTION-RIYONGGIL",
        "NK-2019-02-01-EXECUTION-HANSONGRYOL",
        "NK-2019-12-01-PURGE-RIYONGHO",
        "NK-2022-01-15-RECALL-CHOEKUMCHOL",
    }
)


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

# Two ambassadors in one row, whose months the description tells apart; a resolution whose day a page gives.
OWN_DATES = {
    "NK-2017-09-01-RECALL-MUNJONGNAM": "2017-10",
    "NK-2017-09-01-RECALL-SOCHANGSIK": "2017-09",
    "NK-2016-02-07-POLICY": "2016-03-02",
}

# Parties of ties and persons of events that no source names; they stay text and become no person.
UNNAMED = frozenset(
    {
        "unnamed fund-managing aide (2013)",
        "father-in-law of Jo Song-gil",
        "former ambassador to Thailand (unnamed)",
        "Pyongyang public-security chief (unnamed)",
        "three officials who left with him (2009)",
        "father of Hyon Song-il",
        "daughter of Jo Song-gil",
        "15 senior officials",
        "13 restaurant workers (manager and 12 women)",
        # A surname alone names nobody and would match everybody.
        "Han (surname only)",
        "Han (2012)",
        "Lee (surname only)",
        "Kang (surname only)",
        "Kang (colonel, 2018)",
    }
)

# What stands in the column of organisations without being one.
NO_BODY = frozenset({"", "kin of Ministry of People's Security official"})


@dataclass(frozen=True)
class Policy:
    """A measure made of one or more rows of policy events: from which row it begins, by which it ends."""

    id: str
    name: str
    kind: str
    begins: str  # id of an event, or EDTF text
    ends: str
    note: str = ""


POLICIES = (
    Policy(
        *("NK-ONE-CHILD-RULE", "Diplomats may take one child abroad", "family", "../2002-12-31"),
        *("NK-2002-01-01-POLICY", "Suspended in 2002; when it began is in no source seen."),
    ),
    Policy(
        *("NK-CHILDREN-2007", "Officials abroad must send their children home, one excepted", "family"),
        *(
            "NK-2007-02-14-POLICY",
            "",
            "The deadline was put off to the end of April 2007; no end of the order was found.",
        ),
    ),
    Policy(
        *("NK-CHILDREN-2013", "Officials abroad must send home all children but one", "family"),
        *(
            "NK-2013-04-01-POLICY",
            "NK-2013-09-25-POLICY",
            "Two newspapers and one professor; the withdrawal one newspaper.",
        ),
    ),
    Policy(
        *("NK-LIST-2014", "List of executed associates of Jang Song-thaek sent to missions abroad", "information"),
        *("NK-2014-01-01-POLICY", "", "One newspaper."),
    ),
    Policy(
        *("NK-RECALL-2015", "Officials of middle rank abroad ordered to return", "recall", "NK-2015-06-01-RECALL", ""),
    ),
    Policy(
        *("NK-SANCTIONS-2016", "Tougher sanctions of the United Nations", "sanction", "NK-2016-02-07-POLICY", ""),
        "Resolution 2270 of the Security Council.",
    ),
    Policy(
        *("NK-INSPECTION-2016", "Some 100 inspectors sent to the missions by way of Dandong and Vladivostok"),
        *("monitoring", "NK-2016-08-01-RECALL", ""),
    ),
    Policy(
        *("NK-MISSIONS-2023", "Missions abroad cut from 53 to 44 or 46", "other", "NK-2023-01-01-POLICY", ""),
        "Fewer posts to leave: the population at risk shrinks.",
    ),
    Policy(
        *("NK-RECALL-2023", "Staff who served long abroad called home as borders reopen", "recall"),
        *("NK-2023-08-01-RECALL", ""),
    ),
)

# Ties of the Syrian table stand in a column of text: ego, relation, alter, row.
SYRIAN_TIES = (
    ("Mustafa Tlass", "father_of", "Manaf Tlass", "SY-015"),
    ("Manaf Tlass", "comrade_of", "Bashar al-Assad", "SY-015"),
    ("Manaf Tlass", "comrade_of", "Nawaf Fares", "SY-015"),
    ("Lamia al-Hariri", "spouse_of", "Abdelatif al-Dabbagh", "SY-019"),
    ("Yarub al-Sharaa", "sibling_of", "Kinan al-Sharaa", "SY-026"),
    ("Mohammed Nour Ezzedeen Khallouf", "father_of", "Ezz al-Din Khalouf", "SY-039"),
)

NORTH_KOREA_NOTE = (
    "Departures of members of the North Korean elite as printed on public pages, 82 rows from 1982 to 2024, with 48 "
    "rows of purges, executions, successions and policies. One row is one person or one unnamed official; group rows "
    "say so. The window begins in 1991, because before it there are single cases, and ends in 2024, because 2025 was "
    "searched only through yearly numbers. A year without a row is a year without reports, not without departures. "
    "The services in Seoul count several times more than is public. First-report days are the earliest page seen, "
    "not proven first. Tiers and some cities are judgements. Names of minors are left out."
)
SYRIA_NOTE = (
    "Departures from the Assad government of Syria as printed on public pages, 42 rows from April 2011 to September "
    "2013, the period searched. Public declarations, hence delays of days: do not carry these delays over to closed "
    "regimes. Group rows give bounds on the number of persons, and some groups overlap. One refuted and one disputed "
    "case are kept and not counted. No list of measures was compiled."
)
