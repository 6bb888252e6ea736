"""The reader's word lists as look-up tables: roles, titles, kin, bonds, bodies, given names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ostraka.read.places import read_table
from ostraka.read.tokens import Phrases


@dataclass(frozen=True, slots=True)
class RoleHead:
    """A word for people by what they do."""

    word: str
    tier: int
    sector: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class KinWord:
    """A kin word: what the person so called is to the other, and the other to that person."""

    word: str
    relation: str
    inverse: str


@cache
def roles() -> Phrases:
    """Heads of role phrases, with a :class:`RoleHead` each."""
    phrases = Phrases()
    plain = frozenset(read_table("roles.toml")["plain"]["words"])
    for word, (source, tier, sector) in _heads().items():
        phrases.add(word, RoleHead(word, tier, sector, source in plain))
    return phrases


@cache
def _heads() -> dict[str, tuple[str, int, str]]:
    """Every form of a role head with the word of the table it comes from, its tier and sector; the table has the first word."""
    rows = [(word, row["tier"], row["sector"]) for row in read_table("roles.toml")["head"] for word in row["words"]]
    heads = {word: (word, tier, sector) for word, tier, sector in rows}
    plain = frozenset(read_table("roles.toml")["plain"]["words"])
    for word, tier, sector in rows:
        for form in (_hyphened(word), _former(word), several(word) if tier > 1 and word not in plain else ""):
            if form:
                heads.setdefault(form, (word, tier, sector))
    return heads


_MANY = frozenset({"staff", "people", "troops"})


def several(role: str) -> str:
    """The plural of a role; empty if it is one already.

    Examples
    --------
    >>> several("magistrate"), several("head of mission"), several("vice premier"), several("envoys")
    ('magistrates', 'heads of mission', 'vice premiers', '')
    """
    first, link, rest = role.partition(" of ")
    if not link and role.endswith((" general", " d'affaires", " d’affaires", "-in-chief", " in chief", "-in-command")):
        return ""
    head = first
    if head.rpartition(" ")[2] in _MANY or head.endswith(("s", "men", "women")):
        return ""
    if head.endswith("man"):
        plural = f"{head[:-3]}men"
    elif head.endswith("y") and head[-2] not in "aeiou":
        plural = f"{head[:-1]}ies"
    else:
        plural = f"{head}es" if head.endswith(("x", "ch", "sh")) else f"{head}s"
    return plural + link + rest


def _former(word: str) -> str:
    """A role as some papers write that it is over: "ex-governor"."""
    return f"ex-{word}" if " " not in word and "-" not in word else ""


def _hyphened(word: str) -> str:
    """A role as some papers spell it: "vice-premier", "prosecutor-general"; empty for others."""
    first, _, rest = word.partition(" ")
    if first in {"vice", "deputy"} and rest:
        return f"{first}-{rest}"
    return word.replace(" ", "-") if word.count(" ") == 1 and rest == "general" else ""


@cache
def private_words() -> frozenset[str]:
    """Words before a role that put it outside any elite."""
    return frozenset(read_table("roles.toml")["private"]["words"])


@cache
def role_words() -> frozenset[str]:
    """Single words that are role heads."""
    return frozenset(word for word in _heads() if " " not in word)


@cache
def modifiers() -> frozenset[str]:
    """Words that may stand before a role head."""
    table = read_table("roles.toml")["modifier"]
    return frozenset(table["elite"]) | frozenset(table["other"])


@cache
def elite_modifiers() -> frozenset[str]:
    """Modifiers that put a person into the elite."""
    return frozenset(read_table("roles.toml")["modifier"]["elite"])


@cache
def titles() -> Phrases:
    """Ranks and forms of address written before a name."""
    phrases = Phrases()
    phrases.add_all(read_table("roles.toml")["title"]["words"], None)
    return phrases


@cache
def kin() -> Phrases:
    """Kin words, with a :class:`KinWord` each."""
    phrases = Phrases()
    for row in read_table("kin.toml")["word"]:
        for word in row["words"]:
            phrases.add(word, KinWord(word, row["relation"], row["inverse"]))
    return phrases


@cache
def kin_words() -> frozenset[str]:
    """Single kin words."""
    return frozenset(word for row in read_table("kin.toml")["word"] for word in row["words"] if " " not in word)


@cache
def role_or_kin() -> frozenset[str]:
    """Single words that are role heads or kin words."""
    return role_words() | kin_words()


@cache
def role_modifiers() -> frozenset[str]:
    """Words that may stand before a role head, other role heads included."""
    return modifiers() | role_words()


@cache
def human_words() -> frozenset[str]:
    """First words of roles and kin words."""
    return roles().firsts() | kin().firsts()


@cache
def body_words() -> frozenset[str]:
    """Plain words with which the name of a body may begin."""
    return org_inner() | {word.partition(" ")[0] for word in org_heads()}


@cache
def bonds() -> dict[str, str]:
    """Bonds other than kin: noun to relation."""
    return {word: row["relation"] for row in read_table("kin.toml")["bond"] for word in row["words"]}


@cache
def bond_phrases() -> Phrases:
    """The same as a table of phrases."""
    phrases = Phrases()
    for word, relation in bonds().items():
        phrases.add(word, relation)
    return phrases


@cache
def posts_between() -> dict[str, str]:
    """Posts that tie their holder to the one whose deputy, superior or co-pilot he is: post to relation."""
    rows = [(word, row["relation"]) for row in read_table("kin.toml")["post"] for word in row["words"]]
    return dict(rows) | {several(word): relation for word, relation in rows if several(word)}


@cache
def org_heads() -> frozenset[str]:
    """Last words of names of bodies."""
    return frozenset(read_table("orgs.toml")["heads"])


@cache
def last_of_heads() -> frozenset[str]:
    """Second words of those of two words."""
    return frozenset(word.partition(" ")[2] for word in org_heads() if " " in word)


@cache
def org_inner() -> frozenset[str]:
    """Plain words that stand inside names of bodies."""
    return frozenset(read_table("orgs.toml")["inner"])


@cache
def known_bodies() -> Phrases:
    """Bodies known by a short name; the value says whether it is a medium."""
    phrases = Phrases(exact=True)
    table = read_table("orgs.toml")
    phrases.add_all(table["media"], value=True)
    phrases.add_all(table["short"], value=False)
    return phrases


@cache
def body_countries() -> dict[str, str]:
    """Country of each body whose short name tells it."""
    return {name: code for code, names in read_table("orgs.toml")["of"].items() for name in names}


@cache
def _names() -> dict[str, frozenset[str]]:
    table = read_table("given.toml")
    return {key: frozenset(value.split() if isinstance(value, str) else value) for key, value in table.items()}


@cache
def given_names() -> frozenset[str]:
    """Given names common in reports on regimes."""
    return _names()["men"] | _names()["women"] | _names()["either"]


def gender_of_given(name: str) -> str:
    """``m`` or ``f`` for a given name that mostly men or women bear; empty where that is not known."""
    return "f" if name in _names()["women"] else "m" if name in _names()["men"] else ""


def family_names() -> frozenset[str]:
    """Family names other than Korean ones."""
    return _names()["families"]


def name_particles() -> frozenset[str]:
    """Small words inside names."""
    return _names()["particles"]


def never_names() -> frozenset[str]:
    """Capitalised words that are no part of a name."""
    return _names()["stop"]


def personal_verbs() -> frozenset[str]:
    """Verbs whose subject is usually a person."""
    return _names()["verbs"]


@cache
def name_endings() -> tuple[str, ...]:
    """Endings of family names."""
    return tuple(_names()["endings"])
