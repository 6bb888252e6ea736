"""Kin over an unnamed one between: the brother of X's wife is X's in-law, the son of his brother a nephew."""

from __future__ import annotations

from collections.abc import Collection, Iterator

Tie = tuple[str, str, str]

_UP = frozenset({"father_of", "mother_of", "parent_of"})
_TABLE = {
    ("sibling_of", "spouse_of"): "in_law_of",
    ("spouse_of", "sibling_of"): "in_law_of",
    ("parent_of", "spouse_of"): "in_law_of",
    ("spouse_of", "child_of"): "in_law_of",
    ("child_of", "sibling_of"): "nephew_of",
    ("sibling_of", "parent_of"): "uncle_of",
    ("parent_of", "parent_of"): "grandparent_of",
    ("nephew_of", "spouse_of"): "in_law_of",
    ("niece_of", "spouse_of"): "in_law_of",
    ("uncle_of", "spouse_of"): "in_law_of",
    ("cousin_of", "spouse_of"): "in_law_of",
    ("spouse_of", "niece_of"): "in_law_of",
    ("spouse_of", "cousin_of"): "in_law_of",
    ("child_of", "cousin_of"): "kin_of",
    ("cousin_of", "parent_of"): "kin_of",
    ("parent_of", "child_of"): "spouse_of",
}
"""What the first is to the third, by what the first is to the second and the second to the third."""
_THROUGH = {("sibling_of", "sibling_of"): "sibling_of"}
"""The same where the one between has a name: "his brother A, a third brother, B"."""
_TURNED = {"father_of": "child_of", "mother_of": "child_of", "parent_of": "child_of", "child_of": "parent_of"}
_EQUAL = frozenset({"spouse_of", "sibling_of", "cousin_of", "in_law_of"})


def bridged(ties: Collection[Tie], named: Collection[str]) -> Iterator[Tie]:
    """Ties between named persons over one unnamed person, and between brothers of one.

    Examples
    --------
    >>> ties = [("Ahmed", "sibling_of", "wife of Omar"), ("wife of Omar", "spouse_of", "Omar")]
    >>> list(bridged(ties, {"Ahmed", "Omar"}))
    [('Ahmed', 'in_law_of', 'Omar')]
    """
    both: dict[str, list[tuple[str, str]]] = {}
    for ego, relation, alter in _both_ways(ties):
        both.setdefault(ego, []).append((relation, alter))
    known = {(ego, alter) for ego, _, alter in ties} | {(alter, ego) for ego, _, alter in ties}
    for ego, rows in both.items():
        for first, middle in rows if ego in named else ():
            for second, alter in both.get(middle, ()):
                bridge = _TABLE.get((first, second)) if middle not in named else _THROUGH.get((first, second))
                if bridge == "spouse_of" and len({(x, "mother_of", middle) for x in (ego, alter)} & set(ties)) != 1:
                    continue
                if bridge and alter in named and alter != ego and (ego, alter) not in known:
                    known |= {(ego, alter), (alter, ego)}
                    yield ego, bridge, alter


def _both_ways(ties: Collection[Tie]) -> Iterator[Tie]:
    for ego, relation, alter in ties:
        plain = "parent_of" if relation in _UP else relation
        yield ego, plain, alter
        turned = plain if plain in _EQUAL else _TURNED.get(plain)
        if turned:
            yield alter, turned, ego
