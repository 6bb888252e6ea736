"""What a post is: the walk of life and the tier that the words of a role point to, and whether two posts can be one.

The words are those of press English; the tiers follow the shipped record: 1 the ruling family and the
summit of party and state, 2 ambassadors, deputy heads of a mission, ministers and generals, 3 counsellors,
consuls, colonels and heads of branches, 4 secretaries, attachés and staff. They are inferences, and every
row that rests on them says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from ostraka.register.places import Place, find_place, fold, regime_country

_MOST_WORDS = 60  # of one role; an event is filed under each two of them
_SECTORS = (
    ("family", r"\b(wife|husband|son|daughter|nephew|niece|sister|brother|aunt|uncle|cousin|consort|in law)\b"),
    (
        "trade",
        r"\b(trade|trading|bank\w*|financ\w*|insurance|office 39|room 39|slush fund|funds?|company|restaurant|foreign currency)\b",
    ),
    (
        "diplomatic",
        (
            r"\b(ambassador|diplomat\w*|embassy|consul\w*|consulate|charge d'affaires|mission|envoy|attache|counsellor|counselor|"
            r"legation|(first|second|third) secretary|foreign minist\w*)\b"
        ),
    ),
    ("security", r"\b(security|intelligence|reconnaissance|spy|espionage|police|secret service|mukhabarat|bowibu)\b"),
    (
        "military",
        (
            r"\b(general|colonel|major|captain|lieutenant|officer|soldier|army|navy|air force|pilot|military|"
            r"marshal|admiral|brigadier|troops|commander)\b"
        ),
    ),
    ("party", r"\b(party|politburo|central committee|central committee|secretariat|youth league|baath|front)\b"),
)
_TIERS = (
    (4, r"\b(second|third|2nd|3rd) secretary\b|\battache\b|\bstaff\b|\btranslator\b|\binstructor\b"),
    (2, r"\b(vice|deputy|acting) (foreign |prime |defence |defense |oil )?(minister|ambassador|head of mission)\b"),
    (1, r"\b(politburo|vice president|prime minister|premier|president of|party secretary|crown prince)\b"),
    (2, r"\b(ambassador|charge d'affaires|minister|general|admiral|marshal|deputy head of mission)\b"),
    (
        3,
        r"\b(counsell?or|consul|first secretary|1st secretary|colonel|director|head of|chief of|member of parliament)\b",
    ),
    (4, r"\b(diplomat|secretary|major|captain|lieutenant|officer|official|manager|trade representative)\b"),
)


@lru_cache(maxsize=4096)
def sectors_of(*words: str) -> frozenset[str]:
    """All walks of life that a role and its organisation point to."""
    text = fold(" ; ".join(words))
    return frozenset(sector for sector, pattern in _SECTORS if re.search(pattern, text))


@lru_cache(maxsize=4096)
def sector_of(*words: str) -> str:
    """The walk of life that a role and its organisation point to; empty if none.

    Examples
    --------
    >>> sector_of("colonel", "reconnaissance bureau"), sector_of("third secretary, trade"), sector_of("poet")
    ('security', 'trade', '')
    """
    text = fold(" ; ".join(words))
    return next((sector for sector, pattern in _SECTORS if re.search(pattern, text)), "")


@lru_cache(maxsize=4096)
def tier_of(role: str) -> int | None:
    """The tier that the words of a role point to; None if they point to none.

    Examples
    --------
    >>> tier_of("deputy ambassador"), tier_of("third secretary"), tier_of("poet")
    (2, 4, None)
    """
    text = fold(role)
    return next((tier for tier, pattern in _TIERS if re.search(pattern, text)), None)


@dataclass(frozen=True)
class Post:
    """One post of one person, as one record or report tells it.

    Parameters
    ----------
    role, organisation : str
    place : str
        City, country or region in the words of the source.
    regime : str
        The regime served; its own country is not where a mission stands.
    """

    role: str = ""
    organisation: str = ""
    place: str = ""
    regime: str = ""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.role, self.organisation, self.place, self.regime))

    def __bool__(self) -> bool:
        return bool(self.role or self.organisation or self.place)

    @cached_property
    def where(self) -> Place:
        """Where it stands; that somebody serves in the country itself says nothing about where."""
        home = regime_country(self.regime)
        found = _abroad(find_place(self.place), home) or _abroad(find_place(self.organisation, self.role), home)
        return found or Place()

    @cached_property
    def sectors(self) -> frozenset[str]:
        """The walks of life that its words point to."""
        return sectors_of(self.role, self.organisation)

    @cached_property
    def tier(self) -> int | None:
        """Its tier."""
        return tier_of(self.role)

    @cached_property
    def body(self) -> str:
        """Its organisation if that has a name of its own; an embassy is known by where it stands."""
        name = " ".join(
            word for word in fold(self.organisation).split() if word not in {"the", "dprk", "north", "korean"}
        )
        return (
            "" if re.search(r"\b(embassy|mission|consulate|delegation|army|party)\b", name) or " " not in name else name
        )

    def same_body(self, other: Post) -> bool:
        """Whether both belong to one organisation with a name of its own."""
        return bool(self.body) and self.body == other.body

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of role and organisation; where it stands is not among them."""
        return self._telling(
            word for name in (*self.where.countries, *self.where.cities) for word in fold(name).split()
        )

    @cached_property
    def all_words(self) -> frozenset[str]:
        """The telling words of role and organisation, those of places too."""
        return self._telling(())

    def _telling(self, left_out: Iterable[str]) -> frozenset[str]:
        found = re.findall(r"\w{3,}", fold(f"{self.role} {self.organisation}"))
        some = islice(dict.fromkeys(found), _MOST_WORDS)
        return frozenset(word.rstrip("s") for word in set(some) - _COMMON - set(left_out))


@lru_cache(maxsize=65_536)
def post(role: str, organisation: str, place: str, regime: str) -> Post:
    """A post, made once: what its words point to is worked out once for all who held it."""
    return Post(role, organisation, place, regime)


def _abroad(found: Place, home: str) -> Place | None:
    """A place without the regime's own country, unless a city of it is named."""
    countries = frozenset(country for country in found.countries if fold(country) != home)
    if not countries and found.cities:
        return found
    return Place(countries, found.cities, found.regions) if countries or found.regions else None


_COMMON = frozenset(
    fold(
        "the and for its his her former earlier then later dprk north korea korean south office official senior member "
        "head deputy chief country foreign regime state with from ministry embassy people department bureau national"
    ).split()
)
