"""What a word may begin by itself: a place, a body, a name, a role, a date.

Each word is judged once, and every pass over a sentence then looks only at the words that may begin what it looks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ostraka.read import lexicon
from ostraka.read.callings import is_calling_word
from ostraka.read.dates_english import may_begin_date
from ostraka.read.noun import PRONOUN_WORDS
from ostraka.read.places import gazetteer
from ostraka.read.tokens import Seen, plain

PLACE = 1
BODY = 2
"""A body known by a short name."""
TITLE = 4
"""A rank or form of address with a capital."""
CAPITAL = 8
"""A word that belongs to a name unless it means a place, a body or a title here."""
ARTICLE = 16
"""A name with an article: "al-Assad"."""
COMMON = 32
"""A word that is common, and a name only in few places."""
HUMAN = 64
"""A role or a kin word."""
CALLING = 128
"""A word outside the tables that may be a role by its ending."""
PRONOUN = 256
THING = 512
"""A capital, a figure or a plain word with which the name of a body may begin."""
DATE = 1024
FIGURE = 2048
"""A number in figures, or an ordinal."""
HEAD = 4096
"""A word with which the name of a body may end."""

NOUN = PLACE | ARTICLE | HUMAN | CALLING | PRONOUN | THING
"""What a noun phrase may be found by."""
NAME = CAPITAL | ARTICLE | COMMON

_ARTICLE_NAME = re.compile(r"(?:al|el|as|ash|at|an|ar|az|ad|ul|od|ud)-[A-Z]")


@cache
def wordmarks() -> Mapping[str, int]:
    """What each word may begin, as a sum of the marks of this module; a word is judged when it is looked up.

    Examples
    --------
    >>> wordmarks()["Vienna"] & PLACE > 0, wordmarks()["prices"] & NOUN > 0
    (True, False)
    """
    return Seen(_judge)


@cache
def _firsts() -> tuple[frozenset[str], ...]:
    """First words of places and bodies as written, and of titles in lower case."""
    return gazetteer().firsts(), lexicon.known_bodies().firsts(), lexicon.titles().firsts()


def _judge(text: str) -> int:
    places, bodies, titles = _firsts()
    low, first = plain(text), text[0]
    capital = first.isupper()
    fits = {
        PLACE: text in places,
        BODY: text in bodies,
        TITLE: capital and low in titles,
        CAPITAL: capital and _is_name(text, low),
        ARTICLE: first.islower() and _ARTICLE_NAME.match(text) is not None,
        COMMON: text in lexicon.never_names(),
        HUMAN: low in lexicon.human_words(),
        CALLING: is_calling_word(text, low),
        PRONOUN: low in PRONOUN_WORDS,
        THING: capital or first.isdigit() or low in lexicon.body_words(),
        DATE: may_begin_date(text),
        FIGURE: "0" <= first <= "9",
        HEAD: low in lexicon.org_heads() or low in lexicon.last_of_heads(),
    }
    return sum(mark for mark, fit in fits.items() if fit)


def _is_name(text: str, low: str) -> bool:
    """Whether a word with a capital may belong to a name."""
    if text in lexicon.never_names() or (len(text) > 1 and text.isupper()):
        return False
    return low not in lexicon.role_words() or text in lexicon.given_names()
