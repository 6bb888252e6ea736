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
    # Wife, colleague and husband of one embassy left within sixteen days, as they had agreed beforehand.
    "NK-1996-ZAMBIA": ("NK-1996-CHOESUBONG", "NK-1996-CHASONGGUN", "NK-1996-HYONSONGIL"),
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
