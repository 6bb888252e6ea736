"""Noun phrases of a sentence: persons, roles, kin, pronouns, bodies and places, each with its own words.

A role phrase is a head ("colonel") with what stands before it ("a former North Korean") and after it ("of the
reconnaissance bureau"). Every step looks at a bounded number of words, so the time is linear in the text.
"""

from __future__ import annotations

from dataclasses import replace

from ostraka.read import lexicon
from ostraka.read.bodies import Body, Ground, body_at, is_inside_body, known_ending, town_at
from ostraka.read.callings import calling_at, people_at
from ostraka.read.lexicon import KinWord, RoleHead
from ostraka.read.noun import (
    ADJECTIVE_ENDINGS,
    ARMED_WORDS,
    DETERMINERS,
    KIN_ADJECTIVES,
    PARTICIPLES,
    PARTS,
    POSSESSIVES,
    POSTED,
    POSTED_AT,
    PRONOUNS,
    STOPPERS,
    TAIL_PREPOSITIONS,
    Noun,
    domain_end,
    join,
    may_describe,
    number_at,
    only_describes,
    together,
)
from ostraka.read.persons import Run
from ostraka.read.places import Place, PlaceKind, is_regime, leaders
from ostraka.read.wordmarks import CALLING, HUMAN, NOUN, PRONOUN, THING

MAX_BEFORE = 8
MAX_PLAIN = 3


_ENDS_PHRASE = STOPPERS | {",", ".", ";"}


class NounFinder:
    """Finds the noun phrases of one sentence."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._tokens = ground.tokens
        self._places = ground.places
        self._names = ground.names
        self._dates = ground.dates
        self._marks = ground.marks
        self._taken = frozenset(ground.names) | frozenset(ground.dates)

    def find(self) -> list[Noun]:
        """All noun phrases in order; words of dates belong to none."""
        nouns: list[Noun] = []
        reach = floor = 0
        for at in [k for k, marks in enumerate(self._marks) if marks & NOUN or k in self._names]:
            noun = self._at(at, floor) if at >= reach else None
            if noun is None:
                continue
            while nouns and nouns[-1].i >= noun.i:
                nouns.pop()
            nouns.append(noun)
            reach = noun.j
            floor = reach if noun.is_person else floor
        return nouns

    def _at(self, at: int, floor: int) -> Noun | None:
        """The phrase whose head is at word `at`; it may reach back to `floor`."""
        if at in self._dates:
            return None
        if at in self._names:
            return self._person(*self._names[at])
        marks, placed = self._marks[at], self._places[at] is not None
        found: Noun | None = None
        if marks & HUMAN or placed:
            found = self._human(at, floor)
        if found is None and marks & CALLING and (calling := calling_at(self._ground, at)) is not None:
            found = self._role(at, at + 1, calling, floor)
        if found is None and marks & PRONOUN:
            found = together(self._tokens, at) or self._pronoun(at)
        if found is None and (marks & THING or placed):
            found = self._thing(at)
        return found

    def _human(self, at: int, floor: int) -> Noun | None:
        """Somebody by kin word or role."""
        found = lexicon.roles().longest(self._tokens, at) or people_at(self._ground, at)
        kin = lexicon.kin().longest(self._tokens, at)
        free = found is not None and at > floor and self._ground.known[at - 1] is None
        wider = lexicon.roles().longest(self._tokens, at - 1) if free else None
        if wider and found and wider[0] >= found[0] and not only_describes(self._tokens, at - 1, wider[0]):
            return self._role(at - 1, wider[0], wider[1], floor)
        if kin and (not found or kin[0] >= found[0]):
            return self._kin(at, kin[0], kin[1], floor)
        if found is None or is_inside_body(self._ground, at, found[0]):
            return None
        if self._leads_on(at, found[0]) or self._modifies(at, found[0]):
            return None
        return self._role(at, found[0], found[1], floor)

    def _pronoun(self, at: int) -> Noun | None:
        low = self._tokens[at].low
        is_pronoun = low in PRONOUNS and not (low == "her" and self._owns(at))
        return Noun("pron", at, at + 1, at, text=low) if is_pronoun else None

    def _thing(self, at: int) -> Noun | None:
        """A body or a place."""
        body = body_at(self._ground, at)
        if body is not None:
            return self._body_noun(at, body)
        found = self._places[at]
        if found is None:
            return None
        stop, place = found
        return Noun("place", at, stop, at, text=self._text(at, stop), place=place, country=place.country)

    def _leads_on(self, at: int, stop: int) -> bool:
        """Whether a role word stands before another one ("elite diplomat", "party official", "deputy head")."""
        if stop >= len(self._tokens) or stop in self._names:
            return False
        low = self._tokens[stop].low
        if only_describes(self._tokens, at, stop):
            return True
        second = self._tokens[at].low in {"deputy", "vice", "assistant"}
        return low == "elite" or (low in lexicon.role_words() and (second or low not in {"chief", "head", "boss"}))

    def _modifies(self, at: int, stop: int) -> bool:
        """Whether "deputy", "chief", "elite" stands before the words of another head."""
        if stop >= len(self._tokens) or stop in self._names or self._tokens[at].low not in lexicon.modifiers():
            return False
        low = self._tokens[stop].low
        return low in lexicon.modifiers() or low in lexicon.org_inner() or low in lexicon.org_heads()

    def _owns(self, at: int) -> bool:
        """Whether ``her`` at this word is followed by what it owns."""
        return at + 1 < len(self._tokens) and self._tokens[at + 1].low not in _ENDS_PHRASE

    def _text(self, i: int, j: int) -> str:
        return join(self._tokens[i:j])

    def _person(self, run: Run, name: str) -> Noun:
        i = run.i
        while (
            i > 0
            and lexicon.titles().longest(self._tokens[: run.i], i - 1) is not None
            and self._tokens[i - 1].text[0].isupper()
        ):
            i -= 1
        noun = Noun("person", i, run.j, run.i, text=name, name=name, titles=self._text(i, run.i), name_stop=run.j)
        noun.country = leaders().get(name, "")
        noun.elite = bool(noun.country) or i < run.i
        if noun.j < len(self._tokens) and self._tokens[noun.j].low == "of" and not noun.country:
            noun.j = self._tail(noun, noun.j) or noun.j
        return noun

    # What stands before a head -------------------------------------------------------------------

    def _role(self, at: int, stop: int, head: RoleHead, floor: int) -> Noun:
        noun = Noun("role", at, stop, stop - 1, role=head, elite=head.tier > 0 and not head.plain)
        people = self._places[at]
        if people is not None:
            noun.country = people[1].country
        self._before(noun, floor)
        armed = head.tier and not noun.elite and any(t.low in ARMED_WORDS for t in self._tokens[noun.i : noun.head])
        noun.elite = noun.elite or bool(armed)
        self._after(noun)
        start = noun.i + (1 if noun.det in DETERMINERS else 0)
        noun.text = self._text(start, noun.j)
        if any(token.low in lexicon.private_words() for token in self._tokens[noun.i : at]):
            noun.role, noun.elite = replace(head, tier=0), False
        return noun

    def _before(self, noun: Noun, floor: int) -> None:
        """Go back over what stands before a head: determiner, numbers, adjectives, country, body, owner."""
        k = noun.i
        while k > floor and noun.i - k < MAX_BEFORE and k - 1 not in self._dates and k - 1 not in self._names:
            place = self._place_ending(k)
            low = self._tokens[k - 1].low
            if place is not None:
                self._take_place_before(noun, place, k)
                k = place[0]
                if low == "'s":
                    break
            elif low in DETERMINERS or low == "'s":
                noun.det = low if low != "'s" else noun.det
                k = k - 1 if low != "'s" else self._possessor(noun, k)
                break
            elif self._describes_role(noun, k, floor):
                k -= 1
            else:
                break
        noun.i = k

    def _take_place_before(self, noun: Noun, place: tuple[int, Place], k: int) -> None:
        start, found = place
        governs = found.kind is PlaceKind.CAPITAL and self._tokens[k - 1].low == "'s"
        if found.kind not in {PlaceKind.CITY, PlaceKind.CAPITAL} or is_regime(found.country) or governs:
            noun.country = noun.country or found.country
        if found.kind is not PlaceKind.DEMONYM and self._tokens[k - 1].low != "'s" and noun.body is None:
            noun.place, noun.place_at = noun.place or found, noun.place_at or (start, k)

    def _describes_role(self, noun: Noun, k: int, floor: int) -> bool:
        """Whether the word before `k` belongs to a role: a number, an adjective, part of a body; notes what it tells."""
        token = self._tokens[k - 1]
        value = number_at(self._tokens, k - 1)
        if value is not None:
            noun.low = noun.high = value
            return True
        start = known_ending(self._ground, k)
        if start is not None and start >= floor:
            noun.elite, noun.body = True, (start, noun.body[1] if noun.body is not None else k)
            return True
        inside = k - 1 > floor and self._ground.places[k - 2] is None
        if token.low in PARTICIPLES and inside and not may_describe(self._tokens, k - 1):
            return False
        if token.low in lexicon.role_modifiers() or token.low.endswith(ADJECTIVE_ENDINGS):
            noun.elite = noun.elite or token.low in lexicon.elite_modifiers()
            return True
        named = (
            noun.body is not None and noun.body[0] == k and token.text[0].isupper() and self._determined(k - 1, floor)
        )
        if (
            named
            or token.low in lexicon.org_heads()
            or token.low in lexicon.org_inner()
            or self._ground.known[k - 1] is not None
        ):
            noun.elite = True
            noun.country = noun.country or lexicon.body_countries().get(token.text, "")
            noun.body = (k - 1, noun.body[1] if noun.body is not None else k)
            return True
        plain = token.low.isalpha() and token.low not in STOPPERS and token.low != "of" and not token.low.endswith("ed")
        return plain and noun.head - k < MAX_PLAIN and self._determined(k - 1, floor)

    def _determined(self, k: int, floor: int) -> bool:
        """Whether a determiner stands one or two words before word `k`."""
        return any(m >= floor and self._tokens[m].low in {"a", "an", "the", "his", "her", "'s"} for m in (k - 1, k - 2))

    def _place_ending(self, k: int) -> tuple[int, Place] | None:
        """The place whose name ends just before word `k` (a possessive ending included)."""
        stop = k
        if self._tokens[k - 1].low == "'s" and k > 1:
            stop = k - 1
        for start in range(max(0, stop - 4), stop):
            place = self._places[start]
            if place is not None and place[0] == stop:
                return start, place[1]
        return None

    def _possessor(self, noun: Noun, k: int) -> int:
        """Go over "X's" before a role or kin word; returns where the phrase now begins."""
        for start, (run, name) in self._names.items():
            if run.j == k - 1:
                noun.det = "'s"
                owner = Noun("person", start, run.j, run.i, text=name, name=name, country=leaders().get(name, ""))
                noun.owner = owner
                noun.country = noun.country or owner.country
                return k
        return self._owning_body(noun, k)

    def _owning_body(self, noun: Noun, k: int) -> int:
        """Go over "the army's" before a role."""
        if self._ground.low(k - 2) not in lexicon.org_heads() or k < 2:
            return k
        noun.body, noun.elite = (k - 2, k - 1), True
        if self._ground.low(k - 3) in DETERMINERS:
            noun.det = self._ground.low(k - 3)
            return k - 3
        return k - 2

    # What stands after a head --------------------------------------------------------------------

    def _after(self, noun: Noun) -> None:
        for _ in range(4):
            stop = self._tail(noun, noun.j)
            if stop is None:
                return
            noun.j = stop

    def _tail(self, noun: Noun, at: int) -> int | None:
        """One more "of the bureau", "in London", "posted in Cairo", "in charge of political affairs"."""
        low, following = self._ground.low(at), self._ground.low(at + 1)
        if low in POSTED and following in POSTED_AT:
            return self._tail(noun, at + 1)
        if low == "in" and following == "charge":
            if noun.role is not None and noun.role.word in {"man", "woman", "person", "men", "women"}:
                noun.role, noun.elite = replace(noun.role, tier=3), True
            return domain_end(self._tokens, at + 3, self._taken)
        if low not in TAIL_PREPOSITIONS or not following or at + 1 in self._dates:
            return None
        return self._tail_object(noun, low, at + 1)

    def _tail_object(self, noun: Noun, preposition: str, k: int) -> int | None:
        """What stands after the preposition: a body, a place, or plain words."""
        starts = [k, k + 1] if self._ground.low(k) in DETERMINERS and k + 1 < len(self._tokens) else [k]
        for start in starts:
            body = body_at(self._ground, start)
            if body is not None:
                return self._take_body(noun, start, body)
        for start in starts:
            if self._places[start] is not None:
                return self._take_place(noun, preposition, start)
        if preposition in {"in", "at"} and noun.place is None and (town := town_at(self._ground, k)) is not None:
            noun.place, noun.place_at = town[1], (k, town[0])
            return town[0]
        plain = preposition in {"of", "for"} or (preposition == "to" and len(starts) > 1)
        if plain and noun.role is not None and not set(starts) & set(self._names):
            return domain_end(self._tokens, k, self._taken)
        return None

    def _take_place(self, noun: Noun, preposition: str, at: int) -> int | None:
        found = self._places[at]
        if found is None:
            return None
        stop, place = found
        owned = self._ground.low(stop) == "'s"
        if owned and noun.role is not None and preposition in {"of", "for"}:
            noun.country = noun.country or place.country
            return domain_end(self._tokens, stop + 1, self._taken)
        if owned or place.kind is PlaceKind.DEMONYM:
            return None
        diplomat = noun.role is not None and noun.role.sector == "diplomatic"
        if preposition in {"of", "from"} and not (diplomat and noun.country):
            noun.country = noun.country or place.country
            if preposition == "of" and place.kind in {PlaceKind.CITY, PlaceKind.REGION} and noun.place is None:
                noun.place, noun.place_at = place, (at, stop)
        elif preposition != "for" and (noun.place is None or noun.place.kind is PlaceKind.COUNTRY):
            noun.place, noun.place_at = place, (at, stop)
        return stop

    def _take_body(self, noun: Noun, at: int, body: Body) -> int:
        owned = self._ground.low(body.stop) == "'s"
        if owned:
            starts = (k for k in (body.stop + 1, body.stop + 2) if k < len(self._tokens))
            inner = next((found for k in starts if (found := body_at(self._ground, k)) is not None), None)
            noun.country = noun.country or body.country
            body, owned = inner or body, inner is None
        noun.body = (at, body.name_stop) if noun.body is None else noun.body
        noun.country = noun.country or body.country
        if body.place is not None and noun.place is None:
            noun.place, noun.place_at = body.place, body.place_at
        noun.elite = True
        return body.stop + 2 if owned and self._ground.low(body.stop + 1) in PARTS else body.stop

    # Kin -----------------------------------------------------------------------------------------

    def _kin(self, at: int, stop: int, word: KinWord, floor: int) -> Noun:
        by_marriage = self._ground.low(stop) == "by" and self._ground.low(stop + 1) == "marriage"
        noun = Noun("kin", at, stop + 2 * by_marriage, stop - 1, kin=word)
        k = at
        while k > floor and at - k < 6:
            low = self._tokens[k - 1].low
            if low in POSSESSIVES or low in DETERMINERS or low == "whose":
                noun.det = low
                k -= 1
                break
            if low == "'s":
                noun.det = "'s"
                self._possessor(noun, k)
                break
            if (value := number_at(self._tokens, k - 1)) is not None:
                noun.low = noun.high = value
            elif not (low in KIN_ADJECTIVES or low.endswith("-year-old") or self._describes(k - 1, floor)):
                break
            k -= 1
        noun.i = k
        noun.text = self._text(k + (1 if noun.det and noun.det != "'s" else 0), stop)
        return noun

    def _describes(self, k: int, floor: int) -> bool:
        """Whether word `k` may be an adjective: lower case or of a country, after a determiner."""
        low = self._tokens[k].low
        place = self._places[k]
        return (
            low.isalpha()
            and (low == self._tokens[k].text or (place is not None and place[1].kind is PlaceKind.DEMONYM))
            and low not in STOPPERS
            and k > floor
            and self._tokens[k - 1].low in {"the", "a", "an", "his", "her"}
        )

    def _body_noun(self, at: int, body: Body) -> Noun:
        return Noun(
            "org",
            at,
            body.stop,
            body.name_stop - 1,
            text=self._text(at, body.name_stop),
            country=body.country,
            place=body.place,
            place_at=body.place_at,
            body=(at, body.name_stop),
        )
