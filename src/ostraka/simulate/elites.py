"""The elites that are assumed by regime: each number with its range and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_SIZE = "assumed; counts of departures hardly depend on it, shares of the coalition do"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about an elite: value used, range, and where both come from (``published``, ``record`` or ``assumed``)."""

    what: str
    value: str
    range: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class KnownElite:
    """The outline of an elite: share of each organ, share of each that is abroad, a note, and its figures."""

    organs: Mapping[str, float]
    abroad: Mapping[str, float] | None
    note: str
    figures: tuple[Figure, ...] = field(default=())


GENERIC = (
    "A generic elite; its size, organs and ties are assumed, not taken from any source on this regime. "
    "Counts of departures do not depend on its size, shares of the coalition do."
)
_KOREA = (
    Figure("missions abroad", "49", "44 to 53", "published", "53 before October 2023: Ministry of Unification of South Korea, quoted by Big News Network, 4 November 2023; 44 in December 2023: Ministry of Foreign Affairs of South Korea, quoted by AzerNews, 31 January 2024"),
    Figure("of the elite per mission", "5", "4 to 9", "published", "diplomats accredited: 6 in London in 2016 (diplomatic list of the British government, quoted by Independent.ie, 17 August 2016); 9, then 4 in Kuwait in 2017 (its report to the UN Security Council, quoted by Voice of America and Yonhap, September 2017); 9 in South Africa in 2017 (Voice of America, quoted by Daily NK Japan). Four counts are no sample of the 49"),
    Figure("diplomats abroad", "244", "176 to 477", "published", "missions times diplomats per mission, least with least and most with most"),
    Figure("all North Koreans working abroad", "not used", "50,000 to 100,000", "published", "workers, not elite: UN Special Rapporteur 2015, quoted by northkoreaintheworld.org; Panel of Experts of the UN, 7 March 2024, quoted by Radio Free Asia, 21 March 2024"),
    Figure("members of the elite", "1,200", "600 to 2,400", "assumed", _SIZE),
    Figure("foreign service, share of members", "35 %", "not tried", "assumed", "so that those abroad at the start are about missions times five"),
    Figure("of the foreign service abroad", "58 %", "not tried", "assumed", "as above"),
    Figure("of trade abroad", "40 %", "not tried", "assumed", "assumed; companies abroad are many, published counts of their elite were not found"),
    Figure("ranks, from the lowest", "73, 23, 4 % with weights 1, 2, 4", "not tried", "assumed", "the weights of the benchmark model M0"),
    Figure("ages", "35 to 70, evenly", "not tried", "assumed", "used only if a scenario lets retirement depend on age"),
    Figure("kin in the elite", "60 % of members, in families of 3", "not tried", "assumed", "assumed"),
    Figure("children of diplomats and trade officials abroad", "30 % of members have some", "about 3,000 children in 2007", "assumed", "the order of February 2007 was said to concern some 3,000 children in about 50 countries (JoongAng Daily, 4 April 2007), or some 300 (World Tribune, 15 March 2007); the share of members is assumed"),
)  # fmt: skip
ELITES: Mapping[str, KnownElite] = MappingProxyType(
    {
        "PRK": KnownElite(
            {"foreign service": 0.35, "trade": 0.12, "party": 0.2, "army": 0.2, "security": 0.13},
            {"foreign service": 0.58, "trade": 0.4},
            (
                "North Korea: 53 missions abroad in 2022, 44 or 46 by early 2024 (event of 2023 in the record); published "
                "counts of diplomats are 4 to 9 a mission, of which five are used; the size of the elite, its organs, "
                "ranks and ties are assumed."
            ),
            _KOREA,
        )
    }
)
