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
from ostraka.read.posts import service_by_rank, with_article
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
    told = {name: field for name, field in rules.items() if not _is_doubted(event, name, rules)}
    offered = {name: field for name, field in event.offered.items() if not _is_taken(story, event, name, told)}
    better = {name: field for name, field in offered.items() if name in told and _is_better(story, event, name, told)}
    if "role" in better and "organisation" in told and _lies_in(told["organisation"], told["role"]):
        told.pop("organisation")
    fields = _with_place(story, event, {**offered, **told, **better})
    body = _as_embassy(fields) if "organisation" in fields else _body_of(story, event, fields)
    return fields if body is None else {**fields, "organisation": body}


def _with_place(story: Coreference, event: Found, fields: dict[str, Field]) -> dict[str, Field]:
    """Fields with the land that an envoy's own role names, where no place is told: Cuba, of the ambassador to Cuba."""
    role, words = fields.get("role", ("", (0, 0)))
    if "post_place" in fields or not role or role.lower().startswith("former") or not _is_his(story, event, words):
        return fields
    head = _head_of(role)
    tokens = tokenize(role)
    led = (k + 1 for k, token in enumerate(tokens) if token.low in {"to", "in"})
    named = (gazetteer().longest(tokens, k + (k < len(tokens) and tokens[k].low == "the")) for k in led)
    place = next((row[1] for row in named if row is not None and row[1].country), None)
    sent = head is not None and head.sector == "diplomatic" and not _is_kin(role)
    if not sent or place is None or place.country == home_of(story, event.label):
        return fields
    return {**fields, "post_place": (place.name, words)}


def _is_his(story: Coreference, event: Found, words: tuple[int, int]) -> bool:
    meant = _meant_by(story, words)
    return not meant or event.label in meant


def _is_doubted(event: Found, name: str, rules: Mapping[str, Field]) -> bool:
    """Whether the scorer sees no place of a post in the whole report, where the body that the rules read does not name it."""
    held = _is_of_body(rules) and "role" in rules and not rules["role"][0].lower().startswith("former")
    return name == "post_place" and event.shares.get(name, 1.0) < NOTHING and not held


def _is_of_body(fields: Mapping[str, Field]) -> bool:
    """Whether the place is that of the body: Cuba or Havana, of the embassy in Cuba; New York, of a mission to the United Nations."""
    if not {"post_place", "organisation"} <= fields.keys():
        return False
    name, body = fields["post_place"][0], set(fields["organisation"][0].split())
    place = _place(name)
    land = set(country_name(place.country).split()) if place is not None and place.country else {name}
    return set(name.split()) <= body or land <= body or (name == "New York" and {"United", "Nations"} <= body)


def _is_taken(story: Coreference, event: Found, name: str, told: Mapping[str, Field]) -> bool:
    """Whether a body to which the scorer points is that of somebody else: one who is named, or anybody where the rules know his own, not from a rank alone.

    It is his too where his role stands in the same words, where he is called by the other ("his deputy"), or where the scorer is sure.
    """
    if name != "organisation":
        return False
    body = event.offered[name]
    meant = _meant_by(story, body[1])
    if not meant or event.label in meant:
        return False
    role = told.get("role", event.offered.get("role"))
    owned = {noun.owner.label for _, noun in story.profile(event.label).nouns if noun.owner is not None}
    if (role is not None and _meant_by(story, role[1]) == meant) or not owned.isdisjoint(meant):
        return False
    known = name in told and told[name][0] != service_of(told.get("role", ("",))[0].lower())
    return known or (event.shares.get(name, 0.0) < SURER and any(story.profile(label).named for label in meant))


def _is_better(story: Coreference, event: Found, name: str, told: Mapping[str, Field]) -> bool:
    """Whether the scorer is sure of other words, no office of somebody else; an embassy by its host stands, and a place that the body names."""
    rule, other = told[name][0], event.offered[name][0]
    if event.shares.get(name, 0.0) < SURER or same_words(rule, other):
        return False
    if name == "role":
        own = _head_of(other) is not None or (_is_kin(other) and _head_of(rule) is None)
        return own and not _is_anothers(story, event, event.offered[name][1])
    if name == "post_place" and _is_of_body(told):
        return False
    return name != "organisation" or not _MISSIONS & set(rule.lower().split())


def _is_anothers(story: Coreference, event: Found, words: tuple[int, int]) -> bool:
    """Whether words lie in a phrase for somebody else who is named: "his aide Kim Chol-ho"."""
    meant = _meant_by(story, words)
    return event.label not in meant and any(story.profile(label).named for label in meant)


def _meant_by(story: Coreference, words: tuple[int, int]) -> set[str]:
    """Whoever is called by a phrase that begins before words and holds them: "his aide", "the consul in Lima"."""
    return {
        noun.label
        for sentence in story.scene.sentences
        if sentence.start <= words[0] < sentence.end
        for noun in sentence.nouns
        if noun.is_person and noun.label and sentence.tokens[noun.i].start <= words[0] < sentence.tokens[noun.j - 1].end
    }


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
    if not body and head.sector == "military":
        return service_by_rank(story.profile(event.label))
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
