"""Which authoritarian regime a report is about."""

from __future__ import annotations

from ostraka.read.noun import Noun
from ostraka.read.places import PlaceKind, gazetteer, is_free, is_regime, leaders
from ostraka.read.scene import Scene, Sentence
from ostraka.read.titles import is_korean_family
from ostraka.read.wordmarks import PLACE

_WEIGHTS = {"place": 1.0, "org": 2.0, "role": 3.0, "kin": 1.0, "person": 2.5}
_PASSED = frozenset({"in", "to", "into", "from", "at", "through", "via", "near"})


def main_regime(scene: Scene) -> str:
    """Code of the authoritarian regime that the report is about; empty if none is named."""
    counts: dict[str, float] = {}
    for sentence in scene.sentences:
        here: dict[str, float] = {}
        for noun in sentence.nouns:
            code = noun.country or _seat(noun)
            if is_regime(code) and _weight(sentence, noun):
                here[code] = max(here.get(code, 0.0), _weight(sentence, noun)) + 0.1
        for code, weight in here.items():
            counts[code] = counts.get(code, 0.0) + weight
    if len(koreans := _koreans(scene)) > 1 and (counts or koreans >= _everybody(scene)):
        counts["KP"] = counts.get("KP", 0.0) + OF_KOREANS * len(koreans)
    counts = counts or _named_anywhere(scene, _LANDS) or _named_anywhere(scene, _TOWNS)
    if not counts:
        return ""
    published = scene.report.published

    def told(code: str) -> float:
        return counts[code] * (FREE if published is not None and is_free(code, published.year) else 1.0)

    return _as_it_was(max(counts, key=told), scene)


FREE = 0.1
"""How much a country counts that was free when the report was printed: a consul who fled to Madrid in 1991 is no Spaniard."""


_BEFORE = {
    **dict.fromkeys(("RU", "BY", "KZ", "UZ", "TM", "TJ", "KG", "AZ"), ("SU", 1992)),
    "CZ": ("CSK", 1990),
    "RS": ("YU", 1992),
}
"""What stood in the place of a state of today, and until when."""


def _as_it_was(code: str, scene: Scene) -> str:
    """The state that stood there when the report was printed."""
    earlier, until = _BEFORE.get(code, ("", 0))
    published = scene.report.published
    return earlier if earlier and published is not None and published.year < until else code


OF_KOREANS = 0.7
"""Weight of each Korean name for the North, where a report names several; the South is no authoritarian regime here."""


def _everybody(scene: Scene) -> set[str]:
    return {noun.name for sentence in scene.sentences for noun in sentence.nouns if noun.kind == "person"}


def _koreans(scene: Scene) -> set[str]:
    """Names that have the form of Korean ones: "Jang Yong-chol", "Ri Ryong Ha"."""
    rows = ((name, name.split()) for name in _everybody(scene))
    return {
        name
        for name, words in rows
        if is_korean_family(words[0]) and (len(words) == 3 or (len(words) == 2 and "-" in words[1]))
    }


_LANDS = frozenset({PlaceKind.COUNTRY, PlaceKind.DEMONYM})
_TOWNS = frozenset({PlaceKind.CAPITAL, PlaceKind.CITY})


def _named_anywhere(scene: Scene, kinds: frozenset[PlaceKind]) -> dict[str, float]:
    """Regimes by how often words for them stand in the text, in phrases of any kind, the dateline too."""
    counts: dict[str, float] = {}
    for sentence in scene.sentences:
        for at in sentence.marked(PLACE):
            found = gazetteer().longest(sentence.tokens, at)
            code = found[1].country if found is not None and found[1].kind in kinds else ""
            if code and is_regime(_as_it_was(code, scene)):
                counts[code] = counts.get(code, 0.0) + 1.0
    return counts


def _seat(noun: Noun) -> str:
    """The country of "the government in Khartoum"."""
    serves = noun.role is not None and noun.role.tier > 0 and noun.role.sector not in {"diplomatic", "trade"}
    capital = (noun.kind == "org" or serves) and noun.place is not None and noun.place.kind is PlaceKind.CAPITAL
    return noun.place.country if capital and noun.place is not None else ""


def _weight(sentence: Sentence, noun: Noun) -> float:
    """How much one phrase says that the report is about its country."""
    place = noun.place
    if noun.i < sentence.body_start:
        return 1.5 if place is not None and place.kind is PlaceKind.CAPITAL and sentence.ix == 0 else 0.0
    if noun.kind == "person" and noun.name not in leaders():
        return 0.0
    weight = _WEIGHTS.get(noun.kind, 0.0)
    if noun.kind == "place" and noun.i and sentence.tokens[noun.i - 1].low in {"to", "into"}:
        return 0.0
    if noun.kind == "place" and noun.i and sentence.tokens[noun.i - 1].low in _PASSED:
        weight = 0.3
    if noun.kind == "role" and noun.role is not None and noun.role.tier == 0:
        weight = 1.5
    return weight * 0.4 if place is not None and place.kind in {PlaceKind.CITY, PlaceKind.REGION} else weight
