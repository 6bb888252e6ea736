"""Labels of the persons of a report, and what the report tells of each: roles, bodies, places, regime, kin."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ostraka.read.grammar import PREPOSITIONS, SAYING
from ostraka.read.lexicon import bonds
from ostraka.read.meant import (
    RANKS,
    SPEAKERS,
    is_anybody,
    is_brought_in,
    is_of_sector,
    is_sole,
    is_the_highest,
    leads_after,
    may_be_meant,
    opens_for,
    says_after,
    says_of_himself,
    tells,
    tells_of_another,
)
from ostraka.read.new_names import new_names
from ostraka.read.noun import Noun
from ostraka.read.offices import find_offices
from ostraka.read.owners import owner_label
from ostraka.read.places import is_regime, leaders
from ostraka.read.profile import Profile, calling, gender_by_spouse, is_household, is_second
from ostraka.read.regime import main_regime
from ostraka.read.rulers import is_ruler, named_rulers, opens_with_rule, ruler_before, ruler_meant
from ostraka.read.scene import Scene, Sentence
from ostraka.read.singles import singles
from ostraka.read.together import REACH as TOGETHER
from ostraka.read.together import is_of_many, stand_ins, told_together
from ostraka.read.unnamed_kin import kin_label
from ostraka.read.unveiling import only_one, unveiled

MANY_ENTRIES = 4
"""So many sentences that begin with a date make a timeline, in which nothing is background."""
REACH = 12
"""Sentences within which "the consul" finds its consul."""
MAX_IN_VIEW = 120
"""So many phrases about persons are kept in view at most."""


class Coreference:
    """Gives every noun phrase of a scene the label of the one it means."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.profiles: dict[str, Profile] = {}
        self._focus = ""
        self._group: tuple[str, int] = ("", -1)
        self._together: tuple[list[str], int] = ([], -1)
        self._speaker = self._teller = ""
        self._introduced: tuple[str, int, bool] = ("", -1, False)
        self._seen: list[str] = []
        self._used: dict[str, int] = {}
        self._window: deque[tuple[int, str]] = deque(maxlen=MAX_IN_VIEW)
        self._at = 0
        self.regime = main_regime(scene)
        self.rulers = named_rulers(scene.sentences)
        for sentence in scene.sentences:
            self._name_all(sentence)
            self._single_out(sentence)
            self._teller = ""
            if sentence.has_people:
                self._assign(sentence)
            for holder, office in find_offices(sentence):
                if holder.label:
                    self.profile(holder.label).hold(office)

    @property
    def is_timeline(self) -> bool:
        """Whether many sentences begin with a date of their own."""
        dated = sum(1 for s in self.scene.sentences if s.dates and s.dates[0].i <= 1 and not s.body_start)
        return dated >= MANY_ENTRIES

    def profile(self, label: str) -> Profile:
        """The profile of a label, made if new."""
        return self.profiles.get(label) or self.profiles.setdefault(label, Profile(label))

    def _name_all(self, sentence: Sentence) -> None:
        for noun in (*(noun for noun in sentence.nouns if noun.kind == "person"), *sentence.mentions):
            noun.label = noun.name
            self.profile(noun.name).named = True
        for noun in sentence.mentions:
            self.profile(noun.name).nouns.append((sentence, noun))

    def _unveil(self, sentence: Sentence) -> None:
        """The one told of before without a name is named at the head of a sentence: "A colonel fled. Igor Gromov, 47, ..."."""
        label, ix, firm = self._introduced
        noun = unveiled(sentence, self.profiles[label], ix, firm=firm) if label in self.profiles else None
        if noun is not None and not (noun.name in self.profiles and self.profiles[noun.name].nouns):
            near = (one for before in self.scene.sentences[ix : sentence.ix] for one in before.nouns)
            for pronoun in (one for one in near if one.label == label):
                pronoun.label = noun.name
            self._name(label, noun.name)
            self._introduced = ("", -1, False)

    def _single_out(self, sentence: Sentence) -> None:
        """Give "one", "two others" after a group phrases of their own."""
        label, ix = self._group
        group = self.profiles.get(label)
        if group is None or not group.nouns or not 0 < sentence.ix - ix <= 2:
            return
        found = singles(sentence, group.nouns[-1][1])
        taken = {k for noun in found for k in range(noun.i, noun.j)}
        if found:
            kept = [noun for noun in sentence.nouns if taken.isdisjoint(range(noun.i, noun.j))]
            sentence.nouns = sorted([*kept, *found], key=lambda noun: noun.i)

    def _country(self, noun: Noun) -> str:
        return noun.country or self.profile(noun.label).country or self.regime

    def _assign(self, sentence: Sentence) -> None:
        self._unveil(sentence)
        local = ""
        for noun in sentence.nouns:
            if not noun.is_person:
                continue
            self._meet(sentence, noun)
            if noun.kind == "kin" or (noun.kind == "role" and noun.det in {"his", "her"} and noun.owner is None):
                self._own(sentence, noun, local)
            if not noun.label:
                noun.label = self._label(sentence, noun, local)
            if noun.label and noun.kind != "pron":
                self.profile(noun.label).add(sentence, noun)
                self._wed(noun)
                self._window.append((sentence.ix, noun.label))
            if noun.kind in {"person", "role"} and noun.label and not noun.plural and is_regime(self._country(noun)):
                self._speaker = noun.label
                if noun.kind == "person" and tells(sentence, noun) and not self.profile(noun.label).called & SPEAKERS:
                    self._teller = noun.label
            if (
                noun.label
                and not noun.plural
                and noun.kind in {"person", "role", "kin"}
                and may_be_meant(sentence, noun)
            ):
                local = noun.label if not local or leads_after(sentence, noun) else local
        for label, name in new_names(sentence):
            self._name(label, name)
        labels = told_together(sentence)
        self._together = (labels, sentence.ix) if labels else self._together
        self._refocus(sentence)

    def _meet(self, sentence: Sentence, noun: Noun) -> None:
        """Give "they", "the brothers" as members those told of side by side just before."""
        labels, ix = self._together
        near = 0 < sentence.ix - ix <= TOGETHER and ix >= self._group[1]
        if near and not noun.members and is_of_many(noun, len(labels)):
            named = [label for label in labels if self.profile(label).named]
            noun.members = stand_ins(noun, named if len(named) > 1 else labels)

    def _wed(self, noun: Noun) -> None:
        """One who has a wife is a man, one who has a husband a woman."""
        if noun.kind == "kin" and noun.kin is not None and noun.owner is not None and noun.owner.label:
            owner = self.profile(noun.owner.label)
            owner.gender = owner.gender or gender_by_spouse(noun.kin.word)

    def _label(self, sentence: Sentence, noun: Noun, local: str) -> str:
        if noun.same is not None:
            if not noun.same.label:
                noun.same.label = kin_label(noun) or self._label(sentence, noun.same, local)
            if noun.kind == "role" and noun.det == "the" and noun.same.kind == "person":
                self._name_office(self._known_as(noun, sentence.ix), noun)
            return noun.same.label
        if noun.kind == "pron":
            return "" if is_anybody(sentence, noun) else self._pronoun_label(sentence, noun, local)
        if noun.kind == "kin":
            owner = noun.owner.label if noun.owner is not None else ""
            if (
                owner
                and noun.det == ""
                and noun.i == sentence.body_start
                and (head := self._heading(sentence)) != owner
            ):
                return head or f"{noun.kin.word if noun.kin else noun.text} of {owner}"
            return kin_label(noun) or self._fresh(noun)
        return self._role_label(sentence, noun, local)

    def _pronoun_label(self, sentence: Sentence, noun: Noun, local: str) -> str:
        if noun.text in {"they", "them", "themselves"}:
            return self._group_before(sentence, noun)
        found = says_of_himself(sentence, noun) or self._object_before(sentence, noun, local)
        told = local if tells_of_another(sentence, noun, self.profile(local)) else ""
        return found or self._fitting(noun.text, local, but=says_after(sentence, noun) or told)

    def _group_before(self, sentence: Sentence, noun: Noun) -> str:
        """The group told of before in the same sentence, else the last one."""
        before = (other for other in reversed(sentence.nouns) if other.j <= noun.i and other.plural and other.label)
        free = (o for o in before if not PREPOSITIONS & set(sentence.lows(o.i - 1, o.i)) or (o.low or 0) > 1)
        groups = [other for other in free if other.det != "no"]
        counted = next((other.label for other in groups if other.low), "")
        return counted or next((other.label for other in groups), self._group[0])

    def _object_before(self, sentence: Sentence, noun: Noun, local: str) -> str:
        """The one to whom the same subject did something just before: "fired X and named him"."""
        if noun.text != "him":
            return ""
        if sentence.lows(noun.i - 2, noun.i - 1) != ["and"]:
            return self._object_of_others(sentence, noun, local)
        before = (other for other in reversed(sentence.nouns) if other.j < noun.i and other.kind == "person")
        named = (other for other in before if other.label not in {"", local})
        return next((other.label for other in named if self.profile(other.label).gender in {"", "m"}), "")

    def _object_of_others(self, sentence: Sentence, noun: Noun, local: str) -> str:
        """The subject so far, if a body does something to him in a clause of its own: "X was held, and the party expelled him"."""
        first = next((other for other in sentence.nouns if other.label == local and other.is_person), None)
        body = next((n for n in reversed(sentence.nouns) if n.kind in {"org", "place"} and n.j <= noun.i), None)
        if first is None or body is None or not 1 <= noun.i - body.j <= 2 or self.profile(local).gender == "f":
            return ""
        return local if {";", "and", "but"} & set(sentence.lows(first.j, body.i + 1)) else ""

    def _heading(self, sentence: Sentence) -> str:
        """The one whose name alone is the sentence before: "Jang Song-thaek. Uncle of the leader ..."."""
        before = self.scene.sentences[sentence.ix - 1] if sentence.ix else None
        name = next((noun for noun in before.nouns if noun.kind == "person"), None) if before is not None else None
        alone = before is not None and name is not None and len(before.tokens) - (name.j - name.i) <= 1
        return name.label if alone and name is not None else ""

    def _fitting(self, pronoun: str, local: str, *, but: str = "") -> str:
        """The one in view whom "he" or "she" may mean, `but` not the one who says so of another."""
        wanted = {"he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}.get(pronoun, "")
        as_object = pronoun in {"him"}
        for label in (local, self._teller, self._focus, *reversed(self._seen), "" if as_object else self._speaker):
            if as_object and label == local and (self._focus or self._seen):
                continue
            if label and label != but and (not wanted or self.profile(label).gender in {"", wanted}):
                return label
        return ""

    def _set_before(self, sentence: Sentence, noun: Noun) -> str:
        """The one of whom an office at the head of a sentence is said: "A minister since 1947, she was dropped"."""
        if noun.i > sentence.body_start + 1 or noun.plural:
            return ""
        pron = next((n for n in sentence.nouns if n.i >= noun.j and n.kind == "pron"), None)
        plain = pron is not None and not any(n.is_person for n in sentence.nouns if noun.j <= n.i < pron.i)
        if pron is None or not plain or pron.text not in {"he", "she"} or sentence.lows(pron.i - 1, pron.i) != [","]:
            return ""
        words = set(sentence.lows(noun.j, pron.i))
        return self._fitting(pron.text, "") if not words & (SAYING | {"was", "is", "has", "had"}) else ""

    def _role_label(self, sentence: Sentence, noun: Noun, local: str) -> str:
        if (pronoun := opens_for(sentence, noun)) and (label := self._fitting(pronoun, "")):
            return label
        if before := self._set_before(sentence, noun) or (local if is_the_highest(sentence, noun) else ""):
            return before
        if noun.det in {"the", "his", "this", "that"} or (noun.det == "" and noun.i == sentence.body_start):
            known = self._known_as(noun, sentence.ix)
            if known:
                return known
        ruler = ruler_meant(noun, sentence.tokens[noun.i].start, self.regime, self.rulers)
        return ruler or self._adopted(sentence, noun, local) or self._fellow(noun, sentence.ix) or self._fresh(noun)

    def _fellow(self, noun: Noun, at: int) -> str:
        """The only soldier in view whom "the brigadier of the guard" may mean when he was called a general."""
        if noun.det != "the" or noun.plural or noun.role is None or noun.role.sector != "military":
            return ""
        near = [self.profiles[label] for label in self._recent(at) if at - self.profiles[label].last <= 2]
        fits = [p for p in near if p.sector == "military" and not p.plural and p.label not in leaders()]
        same = len(fits) == 1 and fits[0].named and noun.country in {"", fits[0].country}
        return fits[0].label if same else ""

    def _adopted(self, sentence: Sentence, noun: Noun, local: str) -> str:
        """The one named before without any office whom "the deputy premier" may mean."""
        before = sentence.lows(noun.i - 1, noun.i)
        owns = sentence.lows(noun.j, noun.j + 1) == ["'s"]
        if owns or PREPOSITIONS & set(before) or any(low.endswith("ed") for low in before):
            return ""
        profile = self.profiles.get(local or self._focus)
        fits = noun.det == "the" and not noun.plural and noun.role is not None and 0 < noun.role.tier < 4
        fits = fits and not is_ruler(noun) and noun.role is not None and noun.role.word not in bonds()
        if (
            profile is None
            or profile.offices
            or not fits
            or not profile.named
            or profile.called - RANKS
            or profile.label in leaders()
        ):
            return ""
        known = noun.body is None or not (profile.country or any(other.body for _, other in profile.nouns))
        return profile.label if known and noun.country in {"", profile.country or noun.country} else ""

    def _known_as(self, noun: Noun, at: int) -> str:
        """Somebody met not long before whom "the consul" may mean."""
        self._at = at
        if noun.role is None or noun.plural or noun.det == "":
            return ""
        bare = noun.j - noun.head == 1 and noun.head - noun.i <= 2
        best, when = "", -1
        for label in self._recent(at):
            profile = self.profiles[label]
            if profile.plural or profile.last < when or (noun.owner is not None and label == noun.owner.label):
                continue
            if noun.country and profile.country and noun.country != profile.country:
                continue
            if bare and (calling(noun.role.word) in profile.called or self._is_focus(noun.role.word, profile)):
                best, when = label, profile.last
        return best

    def _is_focus(self, word: str, profile: Profile) -> bool:
        """Whether "the diplomat" may mean the one the story is about, or the only one of that walk of life in view."""
        near = (self.profiles[label] for label in self._recent(self._at))
        return is_of_sector(word, profile) and (profile.label == self._focus or is_sole(word, profile, near))

    def _recent(self, at: int) -> list[str]:
        """Labels met in the last sentences, the order of the text kept."""
        while self._window and at - self._window[0][0] > REACH:
            self._window.popleft()
        return [label for label in dict.fromkeys(label for _, label in self._window) if label in self.profiles]

    def _name_office(self, unnamed: str, noun: Noun) -> None:
        """Who was told of by an office is the one named by it, a deputy by that of a deputy: "The colonel, Igor Gromov, ..."."""
        nouns = self.profiles[unnamed].nouns if unnamed in self.profiles else []
        if noun.same is not None and nouns and is_second(nouns[0][1]) == is_second(noun):
            self._name(unnamed, noun.same.label)

    def _name(self, unnamed: str, name: str) -> None:
        """Somebody told of before without a name has one."""
        old = self.profiles.get(unnamed)
        if old is None or old.named or unnamed == name:
            return
        for sentence, noun in old.nouns:
            noun.label = name
            self.profile(name).add(sentence, noun)
        del self.profiles[unnamed]
        self._focus, self._speaker, self._teller = (
            name if label == unnamed else label for label in (self._focus, self._speaker, self._teller)
        )
        self._seen = [name if label == unnamed else label for label in self._seen]

    def _fresh(self, noun: Noun) -> str:
        n = self._used.get(noun.text, 0) + 1
        self._used[noun.text] = n
        return noun.text if n == 1 else f"{noun.text} ({n})"

    def _own(self, sentence: Sentence, noun: Noun, local: str) -> None:
        """Whose kin: "his" is the subject so far, or the one the story is about."""
        if noun.members and noun.det == "the":
            return
        if noun.owner is not None:
            if not noun.owner.label:
                noun.owner.label = noun.owner.name or self._label(sentence, noun.owner, local)
            for other in noun.owners:
                if other.kind == "kin":
                    self._own(sentence, other, noun.owner.label)
                other.label = other.label or self._label(sentence, other, local)
            return
        bound = noun.kin is not None and bool(noun.kin.relation)
        if noun.det in {"his", "her", "their", "its", "a", "an", "another"} or (noun.det == "the" and bound):
            label = owner_label(sentence, noun, self._owners_in_view(sentence, noun, local), self._gender_of)
            if label:
                noun.owner = Noun("person", noun.i, noun.i, noun.i, text=label, label=label)
                self.profile(label).gender = self.profile(label).gender or {"his": "m", "her": "f"}.get(noun.det, "")

    def _owners_in_view(self, sentence: Sentence, noun: Noun, local: str) -> Iterator[str]:
        """Whom "his" may mean, the likeliest first; of those met in passing only men and women known as such."""
        ruler = ruler_before(sentence, self.regime, self.rulers) if opens_with_rule(sentence) else ""
        for label in (ruler, local, self._focus, *reversed(self._seen)):
            if label and (noun.det == "their" or not self.profile(label).plural):
                yield label
        if noun.det in {"his", "her"}:
            known = (self.profiles[label] for label in reversed(self._recent(sentence.ix)))
            yield from (profile.label for profile in known if profile.gender and not profile.plural)

    def _is_new(self, noun: Noun) -> bool:
        """Whether somebody without a name is told of for the first time."""
        profile = self.profile(noun.label)
        return not profile.named and len(profile.nouns) == 1

    def _gender_of(self, label: str) -> str:
        return self.profile(label).gender

    def _refocus(self, sentence: Sentence) -> None:
        for noun in sentence.nouns:
            if noun.is_person and noun.label and may_be_meant(sentence, noun) and not noun.plural:
                if noun.label in self.profiles and self.profiles[noun.label].plural:
                    continue
                unnamed = noun.same is None or noun.same.label == kin_label(noun)
                if noun.kind == "kin" and unnamed and noun.owner and self._focus == noun.owner.label:
                    break
                new = noun.det in {"a", "an"} or is_brought_in(sentence, noun, self.profile(noun.label))
                if noun.kind == "role" and noun.same is None and noun.role is not None and (new or self._is_new(noun)):
                    self._introduced = (noun.label, sentence.ix, new) if noun.role.tier else ("", -1, False)
                if self._focus and self._focus != noun.label:
                    self._seen = [*self._seen[-5:], self._focus]
                self._focus = noun.owner.label if noun.owner is not None and is_household(noun) else noun.label
                break
        if not self._introduced[0]:
            self._introduced = only_one(sentence, self.profiles) or self._introduced
        for noun in sentence.nouns:
            if noun.is_person and noun.plural and noun.label and may_be_meant(sentence, noun):
                self._group = (noun.label, sentence.ix)
                break
