"""A noun phrase of a sentence: a person, a role, kin, a pronoun, a body, a place, with what belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ostraka.read import lexicon
from ostraka.read.lexicon import KinWord, RoleHead
from ostraka.read.places import Place
from ostraka.read.tokens import Token, number_words, word_set

MAX_TAIL = 5
DETERMINERS = word_set("a an the his her its their this that these those another one some several many two- no")
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our"})
PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "himself", "herself"})
STOPPERS = word_set(
    "who whom whose which that and or but was is are were has have had said says say to in on at from for with by as after before since"
    " when while because than then not be been being will would could may might can did does do into over under against about"
    " during until where if though although"
)
TAIL_PREPOSITIONS = frozenset({"of", "at", "in", "to", "from", "for", "inside", "with", "on"})
POSTED = word_set("posted based stationed serving working assigned attached accredited employed who served")
PARTS = word_set("branch branches section wing desk unit team operations accounts finances affairs")
"""Parts of a body that add nothing to it: "the bank's branch in Zhuhai"."""
MATTERS_OF_STATE = word_set(
    "account version statement media news agency paper papers newspaper results announcement line reason explanation"
    " figures visit trip list portrait cause title residence confirmation response data version channel broadcaster"
)
"""What "official" describes: no one who holds an office."""
ROOMS = word_set("office offices bureau residence compound mission building headquarters post")
"""What a role before it only describes: "the trade representative office", "the ambassador post"."""
ARMED_WORDS = word_set("military army naval navy reconnaissance air-force armed")
PRONOUN_WORDS = PRONOUNS | {"all", "both", "two", "three", "four", "five"}
VERBAL = word_set(
    "have had were are refused fled asked did said went came left told flew applied returned defected met sought vanished who"
)
ADJECTIVE_ENDINGS = ("-ranking", "-level", "-star", "-year-old", "-born", "-based", "-trained", "-turned")
POSTED_AT = frozenset({"in", "to", "at", "with", "for", "as"})
PARTICIPLES = word_set(
    "dismissed executed purged ousted sacked deposed appointed elected promoted named expelled recalled replaced removed fired retired"
)
"""What was done to somebody, told before a role ("the ousted minister") or as a verb ("parliament ousted deputy ministers")."""
KIN_ADJECTIVES = word_set(
    "late eldest oldest youngest elder younger older only own other teenage teenaged young newborn infant adult grown ex former first"
    " second third estranged pregnant own little small minor dead beloved"
)


_ACTING = frozenset({"person", "role", "kin", "pron"})


@dataclass(slots=True)
class Noun:
    """One noun phrase: words `i` to `j` of its sentence, the head at `head`."""

    kind: str
    i: int
    j: int
    head: int
    text: str = ""
    name: str = ""
    det: str = ""
    low: float | None = None
    high: float | None = None
    counted: str = ""
    role: RoleHead | None = None
    elite: bool = False
    kin: KinWord | None = None
    owner: Noun | None = None
    country: str = ""
    body: tuple[int, int] | None = None
    place: Place | None = None
    place_at: tuple[int, int] | None = None
    titles: str = ""
    name_stop: int = 0
    label: str = ""
    same: Noun | None = None
    title: Noun | None = None
    owners: list[Noun] = field(default_factory=list)
    members: list[Noun] = field(default_factory=list)
    is_person: bool = field(init=False)
    """Whether it can act: a person, a role, kin or a pronoun."""

    def __post_init__(self) -> None:
        self.is_person = self.kind in _ACTING

    @property
    def lead(self) -> int:
        """First word with the one it belongs to ("Gaddafi's deputy")."""
        return self.owner.i if self.det == "'s" and self.owner is not None and self.owner.j > self.owner.i else self.i

    @property
    def plural(self) -> bool:
        """Whether it is a group."""
        return (self.low or 1) > 1 or (self.role is not None and is_plural(self.role.word) and self.low is None)


@lru_cache(maxsize=4_096)
def is_plural(word: str) -> bool:
    """Whether a role word is in the plural."""
    last = word.partition(" of ")[0].rpartition(" ")[2]
    return (
        last in {"staff", "troops", "people", "elite", "men", "women"}
        or last.endswith("smen")
        or (last.endswith("s") and last not in {"boss", "mistress", "affairs", "forces", "d'affaires"})
    )


def number_at(tokens: Sequence[Token], at: int) -> float | None:
    """The number a word means, or None."""
    low = tokens[at].low
    if not ("0" <= low[0] <= "9"):
        value = number_words().get(low)
        return None if value is None else float(value)
    bare = low.replace(",", "")
    return float(bare) if bare.isascii() and bare.replace(".", "", 1).isdigit() and len(bare) < 12 else None


def may_describe(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle at word `at` belongs to the role after it, and is no verb with a subject before it."""
    before = tokens[at - 1].low
    if before in {"has", "have", "had"} or (at + 1 < len(tokens) and number_at(tokens, at + 1) is not None):
        return False
    led = before in DETERMINERS or before in STOPPERS or before in lexicon.modifiers() or not before[0].isalpha()
    return led or before == "of" or number_at(tokens, at - 1) is not None


def only_describes(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a role in words `at` to `stop` describes the thing after it: "official statement", "consul general post"."""
    low = tokens[stop].low if stop < len(tokens) else ""
    return low in ROOMS or (tokens[at].low == "official" and low in MATTERS_OF_STATE)


def join(tokens: Sequence[Token]) -> str:
    """The words of a phrase with the spaces they have in the text, line breaks made spaces."""
    parts: list[str] = []
    for k, token in enumerate(tokens):
        if k and token.start > tokens[k - 1].end:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def domain_end(tokens: Sequence[Token], at: int, taken: Collection[int]) -> int | None:
    """End of the plain words that say what somebody is in charge of: "state security", "an engineering division"."""
    k = at
    while k < len(tokens) and k - at < MAX_TAIL:
        low = tokens[k].low
        if (low in STOPPERS and k > at) or not tokens[k].text[0].isalnum() or k in taken:
            break
        if low not in DETERMINERS and (lexicon.roles().longest(tokens, k) or low in lexicon.kin_words()):
            return None
        k += 1
    return k if k > at and tokens[k - 1].low not in DETERMINERS else None


def together(tokens: Sequence[Token], at: int) -> Noun | None:
    """Such as "all four", "both have", "the two refused": those spoken of so far."""
    low, following = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low == "all" and following in {"three", "four", "five", "six"}:
        return Noun("pron", at, at + 2, at, text="all of them")
    if at and low in {"two", "three", "four", "five"} and tokens[at - 1].low == "the" and following in VERBAL:
        return Noun("pron", at - 1, at + 1, at, text="they")
    if low == "both" and (following in {"have", "had", "were", "are"} or following.endswith("ed")):
        return Noun("pron", at, at + 1, at, text="all of them")
    return None
