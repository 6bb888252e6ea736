"""The fields of an event, of what the rules read and where the scorer points, and what an envoy's role and place add.

The rules have the first word, as they give lands, ministries and embassies by one name. They give way where the scorer is sure of other
words, and where it sees nothing of the kind in the whole report: a place in the same sentence need not be that of a post.
"""

from __future__ import annotations

from collections.abc import Mapping

from ostraka.read import lexicon
from ostraka.read.coreference import Coreference
from ostraka.read.destination import home_of
from ostraka.read.found import Field, Found
from ostraka.read.implied import office_of, service_of
from ostraka.read.matching import same_words
from ostraka.read.places import Place, PlaceKind, country_name, gazetteer
from ostraka.read.pointed import SURER
from ostraka.read.posts import with_article
from ostraka.read.tokens import tokenize

NOTHING = 0.1
"""Share under which the scorer sees no place of a post in a whole report."""
_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation", "delegation"})


def settle(story: Coreference, event: Found, rules: Mapping[str, Field]) -> dict[str, Field]:
    """What is said of an event, by field.

    Parameters
    ----------
    story : Coreference
    event : Found
        After pointing.
    rules : mapping of str to Field
        What the rules read of it.
    """
    told = {name: field for name, field in rules.items() if not _is_doubted(event, name)}
    better = {
        name: field for name, field in event.offered.items() if name in told and _is_better(story, event, name, told)
    }
    if "role" in better and "organisation" in told and _lies_in(told["organisation"], told["role"]):
        told.pop("organisation")
    fields = {**event.offered, **told, **better}
    body = _as_embassy(fields) if "organisation" in fields else _body_of(story, event, fields)
    return fields if body is None else {**fields, "organisation": body}


def _is_doubted(event: Found, name: str) -> bool:
    """Whether the scorer sees no place of a post in the whole report."""
    return name == "post_place" and event.shares.get(name, 1.0) < NOTHING


def _is_better(story: Coreference, event: Found, name: str, told: Mapping[str, Field]) -> bool:
    """Whether the scorer is sure of other words, no office of somebody else; an embassy by its host stands, and a place that the body names."""
    rule, other = told[name][0], event.offered[name][0]
    if event.shares.get(name, 0.0) < SURER or same_words(rule, other):
        return False
    if name == "role":
        own = _head_of(other) is not None or (_is_kin(other) and _head_of(rule) is None)
        return own and not _is_anothers(story, event, event.offered[name][1])
    if name == "post_place" and "organisation" in told and set(rule.split()) <= set(told["organisation"][0].split()):
        return False
    return name != "organisation" or not _MISSIONS & set(rule.lower().split())


def _is_anothers(story: Coreference, event: Found, words: tuple[int, int]) -> bool:
    """Whether words lie in a phrase for somebody else who is named: "his aide Kim Chol-ho"."""
    meant = {
        noun.label
        for sentence in story.scene.sentences
        if sentence.start <= words[0] < sentence.end
        for noun in sentence.nouns
        if noun.is_person and sentence.tokens[noun.i].start <= words[0] < sentence.tokens[noun.j - 1].end
    }
    return event.label not in meant and any(story.profile(label).named for label in meant if label)


def _is_kin(role: str) -> bool:
    return not lexicon.kin_words().isdisjoint(role.lower().split())


def _lies_in(inner: Field, outer: Field) -> bool:
    return outer[1][0] <= inner[1][0] and inner[1][1] <= outer[1][1]


_SENT = frozenset({"ambassador", "attaché", "attache", "secretary", "counsellor", "counselor"})
_OF_NATIONS = frozenset({"New York", "Geneva", "Vienna"})


def _as_embassy(fields: Mapping[str, Field]) -> Field | None:
    """The embassy of an ambassador or secretary whose report calls it "the mission"; the towns of the United Nations have others."""
    body, words = fields["organisation"]
    role, place = (fields[name][0] if name in fields else "" for name in ("role", "post_place"))
    sent = not _SENT.isdisjoint(role.lower().split()) and place not in _OF_NATIONS | {""}
    return ("embassy", words) if sent and body.lower() == "mission" else None


def _body_of(story: Coreference, event: Found, fields: Mapping[str, Field]) -> Field | None:
    """The body that a role names by itself, where none is told: an envoy's mission, a minister's ministry."""
    if "role" not in fields:
        return None
    role, words = fields["role"]
    head = _head_of(role)
    if head is None or _is_kin(role):
        return None
    if head.sector == "diplomatic" or role.lower() == "minister":
        return _mission(story, event, role, fields)
    armed = service_of(role.lower()) if head.sector in {"military", "security"} else ""
    body = office_of(role.lower()) or armed
    return (body, words) if body else None


def _head_of(role: str) -> lexicon.RoleHead | None:
    """What somebody is by the first word that tells it: a counsellor for trade, a deputy consul, who is no deputy."""
    tokens = tokenize(role)
    found = [lexicon.roles().longest(tokens, k) for k in range(len(tokens))]
    last = (row[1] for row in found if row is not None and (row[0] == len(tokens) or found[row[0]] is None))
    return next(last, None)


def _mission(story: Coreference, event: Found, role: str, fields: Mapping[str, Field]) -> Field | None:
    """The embassy or consulate of an envoy whose place abroad is known: "the ambassador", in Vienna."""
    name, words = fields.get("post_place", ("", (0, 0)))
    place = _place(name)
    if place is None or place.country in {"", home_of(story, event.label)}:
        return None
    town = place.kind in {PlaceKind.CITY, PlaceKind.CAPITAL}
    if place.name == "New York" and "consul" not in role.lower():
        return "mission to the United Nations", words
    if town and "consul" in role.lower():
        return f"consulate in {place.name}", words
    if "high commissioner" in role.lower():
        return f"high commission in {place.name}", words
    return f"embassy in {with_article(country_name(place.country))}", words


def _place(name: str) -> Place | None:
    """A place by its name, without what a sentence tells of it."""
    tokens = tokenize(name)
    found = gazetteer().longest(tokens, 0) if tokens else None
    return found[1] if found is not None and found[0] == len(tokens) else None
