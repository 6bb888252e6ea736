"""Bodies that a role names by itself: a foreign minister serves in the foreign ministry, a pilot in the air force."""

from __future__ import annotations

import re
from functools import cache

from ostraka.read.date_words import NUMBERS
from ostraka.read.places import countries
from ostraka.read.tokens import word_set

_SERVICES = (
    ("central bank", "central bank"),
    ("state security", "state security"),
    ("secret police", "secret police"),
    ("coast guard", "coast guard"),
    ("air force", "air force"),
    ("pilot", "air force"),
    ("airman", "air force"),
    ("naval", "navy"),
    ("navy", "navy"),
    ("military intelligence", "military intelligence"),
    ("intelligence", "intelligence service"),
    ("police", "police"),
    ("general staff", "general staff"),
    ("chief of staff", "army"),
    ("army", "army"),
    ("brigadier", "army"),
    ("general", "army"),
    ("colonel", "army"),
    ("major", "army"),
    ("captain", "army"),
    ("lieutenant", "army"),
)
_OFFICES = (
    (
        tuple(
            f"{rank} {of}{many}"
            for rank in ("vice", "deputy")
            for of in ("premier", "prime minister")
            for many in ("", "s")
        ),
        "cabinet",
    ),
    (("prime minister", "premier", "prime ministers", "premiers"), "government"),
    (("party secretary", "party chief", "party boss", "party leader", "general secretary"), "party"),
    (("member of the politburo", "politburo member"), "Politburo"),
    (("vice president", "president"), "presidency"),
    (("attorney general",), "attorney general's office"),
    (("prosecutor general", "chief prosecutor"), "prosecutor's office"),
    (
        ("member of parliament", "members of parliament", "lawmaker", "lawmakers", "mp", "mps", "parliamentarian"),
        "parliament",
    ),
)
_OF = re.compile(r"ministers? (?:of|for) (?:the )?([a-z'’ ]+?)(?: of [a-z ]+| until .*| and .*| for .*| since .*)?$")
_RANKS = word_set("former deputy vice long-time then acting first second caretaker late new last old")


@cache
def _countries() -> frozenset[str]:
    return frozenset(name.lower() for row in countries().values() for name in row["names"])


def office_of(role: str) -> str:
    """The ministry or high office that a role in small letters names; empty for none.

    Examples
    --------
    >>> office_of("deputy minister of oil"), office_of("former foreign minister"), office_of("vice premier")
    ('oil ministry', 'foreign ministry', 'cabinet')
    """
    whole = role.replace("-", " ")
    for words, body in _OFFICES:
        if whole.endswith(words):
            return body
    of = _OF.search(role)
    domain = of[1].strip() if of else ""
    if domain and not _counts(domain) and domain not in _countries():
        return f"{domain} ministry"
    words_left = [word for word in role.partition(" of ")[0].partition(" for ")[0].split() if word not in _RANKS]
    named = len(words_left) > 1 and words_left[-1] in {"minister", "ministers"} and words_left[-2].isalpha()
    named = named and not _counts(words_left[-2])
    return f"{words_left[-2]} ministry" if named else ""


def _counts(words: str) -> bool:
    """Whether words begin with an article or a number: "a large country", "one month"."""
    first = words.partition(" ")[0]
    return first in {"a", "an"} or first in NUMBERS


def service_of(role: str) -> str:
    """The armed or secret service that a rank in small letters belongs to; empty for none.

    Examples
    --------
    >>> service_of("fighter pilot"), service_of("brigadier general"), service_of("clerk")
    ('air force', 'army', '')
    """
    return next((body for cue, body in _SERVICES if re.search(rf"\b{cue}s?\b", role)), "")
