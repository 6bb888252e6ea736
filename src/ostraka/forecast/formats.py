"""The files of other data sets that a user may point at: which columns they have and what may stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from ostraka.errors import InputError


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a format.

    Parameters
    ----------
    name : str
        What it is called here.
    theirs : tuple of str
        What it is called in files seen; the first that is there is taken.
    kind : str
        ``whole``, ``number``, ``date`` (2011-03-21, or 21/03/2011) or ``word``.
    allowed : tuple of float
        Values that may stand in it; empty for any.
    low, high : float
        Smallest and largest value.
    required : bool
        Whether an empty cell is an error.
    """

    name: str
    theirs: tuple[str, ...]
    kind: str = "number"
    allowed: tuple[float, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")
    required: bool = True


@dataclass(frozen=True, slots=True)
class Format:
    """A data set's file.

    Parameters
    ----------
    name, title : str
        Short name; data set and citation.
    system : str
        System of its country codes (see :mod:`ostraka.forecast.codes`); empty where it has none.
    columns : tuple of Column
        Columns that are read.
    key : tuple of str
        Columns that together may occur only once; empty for events.
    """

    name: str
    title: str
    system: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


_YEAR = Column("year", ("year",), "whole", low=1700, high=2100)
ELITE_GROUPS = {2: "party elites", 3: "business elites", 4: "bureaucracy", 5: "military"}
"""V-Dem's numbers of the elite groups that can support a regime or oppose it."""
_ENDS = tuple(float(code) for code in range(10))

FORMATS = {
    "gwf": Format(
        "gwf",
        "Autocratic Regimes: Geddes, Wright & Frantz (2014), Perspectives on Politics 12(2): 313-331",
        "cow",
        (
            Column("code", ("gwf_cowcode", "cowcode"), "whole"),
            _YEAR,
            Column("country", ("gwf_country",), "word"),
            Column("case", ("gwf_casename",), "word"),
            Column("duration", ("gwf_duration", "gwf_case_duration"), "whole", low=1),
            Column("fail", ("gwf_fail", "gwf_case_fail"), "whole", allowed=(0, 1)),
            Column("fail_type", ("gwf_fail_type",), "whole", allowed=_ENDS),
            Column("next_regime", ("gwf_fail_subsregime",), "whole", allowed=(0, 1, 2, 3), required=False),
            Column("type", ("gwf_regimetype",), "word", required=False),
            *(
                Column(family, (theirs,), "whole", allowed=(0, 1), required=False)
                for family, theirs in (
                    ("party", "gwf_party"),
                    ("personal", "gwf_personal"),
                    ("military", "gwf_military"),
                    ("monarchy", "gwf_monarch"),
                )
            ),
        ),
        ("code", "year"),
    ),
    "powell_thyne": Format(
        "powell_thyne",
        "Global Instances of Coups: Powell & Thyne (2011), Journal of Peace Research 48(2): 249-259",
        "cow",
        (
            Column("code", ("ccode",), "whole"),
            _YEAR,
            Column("month", ("month",), "whole", low=1, high=12, required=False),
            Column("day", ("day",), "whole", low=1, high=31, required=False),
            Column("coup", ("coup",), "whole", allowed=(1, 2)),
        ),
    ),
    "archigos": Format(
        "archigos",
        "Archigos: Goemans, Gleditsch & Chiozza (2009), Journal of Peace Research 46(2): 269-283",
        "gw",
        (
            Column("code", ("gwcode", "ccode"), "whole"),
            Column("leader", ("leader",), "word"),
            Column("start", ("startdate",), "date"),
            Column("end", ("enddate",), "date"),
            Column("entry", ("entry",), "word", required=False),
            Column("exit", ("exit",), "word"),
        ),
    ),
    "navco": Format(
        "navco",
        "NAVCO 1: Chenoweth & Stephan (2011), Why Civil Resistance Works",
        "",
        (
            Column("campaign", ("campaign", "CAMPAIGN"), "word", required=False),
            Column("country", ("country", "LOCATION"), "word", required=False),
            Column("year", ("year", "EYEAR"), "whole", low=1800, high=2100),
            Column("outcome", ("outcome", "SUCCESS"), "number", allowed=(0, 0.5, 1)),
            Column("nonviolent", ("nonviol", "NONVIOL"), "whole", allowed=(0, 1)),
            Column("defection", ("defect", "DEFECT"), "whole", allowed=(0, 1), required=False),
        ),
    ),
    "vdem": Format(
        "vdem",
        "V-Dem Country-Year (Core or Full): Coppedge et al., Varieties of Democracy Project",
        "vdem",
        (
            Column("code", ("country_text_id",), "word"),
            _YEAR,
            Column("country", ("country_name",), "word", required=False),
            Column("info", ("v2reginfo",), "word", required=False),
            Column("polyarchy", ("v2x_polyarchy",), "number", low=0, high=1, required=False),
            Column("regime", ("v2x_regime",), "whole", allowed=(0, 1, 2, 3), required=False),
            Column("regime_years", ("v2regdur",), "number", low=0, required=False),
            Column("end_type", ("v2regendtype",), "number", low=0, high=13, required=False),
            *(
                Column(f"{what}_{group}", (f"{theirs}_{group}",), "number", low=0, high=1, required=False)
                for what, theirs in (("support", "v2regsupgroups"), ("opposition", "v2regoppgroupsact"))
                for group in ELITE_GROUPS
            ),
        ),
        ("code", "year"),
    ),
    "hrd": Format(
        "hrd",
        "Historical Regimes Data (regime spells or country-years; Djuve, Knutsen & Wig), saved as CSV",
        "vdem_id",
        (
            Column("code", ("v_dem_code", "country_id"), "whole"),
            Column("country", ("country_name", "country.name"), "word", required=False),
            Column("case", ("regime_name_", "regime_name", "regime name"), "word"),
            Column("start", ("v3regstartdate", "start_date"), "date"),
            Column("end", ("v3regenddate", "end_date"), "date", required=False),
            # 0.8 and 10.7 stand in published files: a coder's doubt, of which the first code is taken.
            Column("end_type", ("v3regendtype",), "number", low=0, high=14, required=False),
        ),
    ),
    "series": Format(
        "series",
        "A series of one's own by country and year",
        "cow",
        (Column("code", ("cow", "cowcode", "ccode"), "whole"), _YEAR, Column("value", ("value",), "number")),
        ("code", "year"),
    ),
}


def format_called(name: str) -> Format:
    """The format of a name.

    Raises
    ------
    InputError
        If there is none; those there are, are listed.
    """
    if name not in FORMATS:
        raise InputError(f"no format called {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]
