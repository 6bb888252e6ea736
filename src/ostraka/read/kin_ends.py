"""Both ends of kin, read once the whole report is known: whose kin somebody is, and who the kin is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from ostraka.read.coreference import Coreference
from ostraka.read.grammar import REPORTING
from ostraka.read.kept_to import is_kept_to
from ostraka.read.kinsfolk import PARENTS, known_parent
from ostraka.read.meant import may_be_meant
from ostraka.read.noun import Noun
from ostraka.read.owners import is_turned, namesake, relative_owner, tells_of_dead
from ostraka.read.places import leaders
from ostraka.read.profile import Profile, gender_by_spouse
from ostraka.read.rulers import is_ruler, is_same_office, opens_with_rule, ruler_before
from ostraka.read.scene import Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set

REACH = 4
"""Sentences looked back at for the one whom "his" before a kin word means, and for the kin told of before."""
IN_VIEW = 100
"""So many phrases of a sentence, and so many kin, are looked back at, at most: no report of people has more."""
ASIDE = 16
"""Longest aside in words between "is" and what somebody is: "He is, the paper wrote on Friday, a son of X"."""
_WANTED = {"his": "m", "her": "f"}
_OF_WHOM = {"his": "m", "hers": "f"}
_PRONOUN = {"he": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_ONE_MORE = frozenset({"a", "an", "another", "one", ""})
_NEW = frozenset({"a", "an", "another", "one"})
_DEAD_ONES = frozenset({"dead man", "dead woman", "deceased", "victim", "murdered man", "murdered woman", "slain man"})
_DEATHS = tuple(word_set("died death buried funeral killed shot murder murdered executed assassinated slain hanged"))
_QUOTING = frozenset({"quoted", "quoting", "cited", "citing"})
_BESIDES = frozenset({"also", "too", "another", "second"})
_STATES = frozenset({"spouse_of", "father_of", "mother_of", "parent_of"})
"""What somebody may be without a word of whose: "a widow", "a mother"."""
_IS = frozenset({"is", "was"})
_TOPS = word_set("president leader king ruler dictator emir sultan shah premier chancellor") | {"prime minister"}
_OVER = word_set("late former ex dead deceased ousted deposed fallen toppled old previous exiled")


class KinEnds:
    """The owners of the kin of a report, and the kin themselves.

    Parameters
    ----------
    story : Coreference
        A report whose phrases all have their labels.
    """

    def __init__(self, story: Coreference) -> None:
        self._story = story
        self._kin: list[tuple[Sentence, Noun]] = []
        self._at: list[tuple[int, int]] = []
        self._owners: dict[int, str] = {}
        for sentence in story.scene.sentences:
            for noun in sentence.nouns if sentence.has_people else ():
                if noun.kind == "kin" and noun.kin is not None:
                    self._owners[id(noun)] = self._owner(sentence, noun)
                    self._kin.append((sentence, noun))
                    self._at.append((sentence.ix, noun.i))

    def owner(self, sentence: Sentence, noun: Noun) -> str:
        """The label of the one whose kin, aide or friend a phrase says somebody to be; empty if none is found."""
        found = self._owners.get(id(noun))
        label = self._owner(sentence, noun) if found is None else found
        if label and (who := relative_owner(sentence, noun)) is not None and self.now(who.label) == label:
            return label
        if self._first and is_kept_to(
            sentence, noun, self._story.profile(self._first), self._story.profiles.get(label)
        ):
            label = self._first
        if (
            noun.det in {"his", "her"}
            and opens_with_rule(sentence)
            and label not in leaders()
            and not self.rules(label)
        ):
            return ruler_before(sentence, self._story.regime, self._story.rulers)
        return label

    @property
    def lead(self) -> str:
        """The label of the one whom a report is about."""
        return self._first

    def kin(self, sentence: Sentence, noun: Noun) -> str:
        """The label of the one a kin phrase is about."""
        aside = self._after_aside(sentence, noun)
        if aside is None and noun.same is not None and noun.same.kind != "pron":
            return self.now(noun.label)
        if aside is not None or sentence.lows(noun.i - 1, noun.i) in (["is"], ["was"]):
            told = subjects(sentence, noun.i - 1 if aside is None else aside)
            if len(told) == 1:
                return self.now(told[0].label) or self._named_before(sentence, told[0], _PRONOUN.get(told[0].text, ""))
        if noun.det == "whose" and sentence.lows(noun.j + 1, noun.j + 2) in (["is"], ["was"]):
            turned = next((n for n in sentence.nouns if n.i == noun.j and n.kind == "pron"), None)
            owner = self.owner(sentence, noun)
            if turned is not None:
                label = self.now(turned.label)
                here = (n.label for n in self._named(sentence, sentence, noun) if n.label != owner)
                return label if self.is_named(label) and label != owner else next(here, self._first)
        office = next((n for n in sentence.nouns if n.i >= noun.j and n.is_person), None)
        if office is not None and office.kind == "role" and not office.plural and not noun.plural:
            between = sentence.lows(noun.j, office.lead)
            if (between == ["and"] and office.same is not None and not office.det) or between in (["is"], ["was"]):
                return self.now((office.same or office).label)
        return self._named_next(sentence, noun) or self.now(noun.label)

    def _named_next(self, sentence: Sentence, noun: Noun) -> str:
        """The name by which a report that opens with "A cousin of X" goes on about him in its next sentence."""
        opens = sentence.ix <= 1 and noun.i <= sentence.body_start and noun.same is None and not noun.plural
        if not opens or sentence.ix + 1 >= len(self._story.scene.sentences):
            return ""
        after = self._story.scene.sentences[sentence.ix + 1]
        name = next((n for n in after.nouns if n.is_person), None)
        if name is None or name.kind != "person" or name.i > after.body_start or not after.has_people:
            return ""
        first = self._story.profiles[name.label].nouns[0][1] is name
        fits = first and may_be_meant(after, name) and _BESIDES.isdisjoint(after.lows(name.j, name.j + 4))
        one = {self._gender(name.label), self._gender(noun.label)} - {""}
        return name.label if fits and len(one) < 2 else ""

    def now(self, label: str) -> str:
        """The name that somebody first told of without one has got since."""
        if not label or self.is_named(label):
            return label
        known = self._renamed.get(label) if label not in self._story.profiles else None
        return known or self._in_office(label) or self._parent(label) or label

    def _parent(self, label: str) -> str:
        """The one named elsewhere as the parent of somebody: "X, son of Y. His father was a general"."""
        profile = self._story.profiles.get(label)
        first = profile.nouns[0][1] if profile is not None and profile.nouns else None
        if first is None or first.kin is None or first.kin.relation not in PARENTS or first.owner is None:
            return ""
        known = known_parent(self._story, first.owner.label, first.kin.relation)
        return known if self.is_named(known) else ""

    def _in_office(self, label: str) -> str:
        """The only one named who is called by the office of an unnamed one: "the president's son" of President X."""
        profile = self._story.profiles.get(label)
        _, own = next(iter(profile.roles()), (None, None)) if profile is not None else (None, None)
        if own is None or own.role is None or own.plural or own.det in _NEW or self._is_past(profile):
            return ""
        fits = [row for row in self._officers if is_same_office(own, row[1])]
        return fits[0][0] if len({row[0] for row in fits}) == 1 else ""

    @staticmethod
    def _is_past(profile: Profile | None) -> bool:
        """Whether an office is told to be over: "the late ruler", "the deposed president"."""
        rows = profile.roles() if profile is not None else ()
        return any(not _OVER.isdisjoint(sentence.lows(noun.i, noun.j)) for sentence, noun in rows)

    @cached_property
    def _officers(self) -> list[tuple[str, Noun]]:
        """Offices of those named, with their names."""
        named = (profile for profile in self._story.profiles.values() if profile.named and not self._is_past(profile))
        return [(profile.label, noun) for profile in named for _, noun in profile.roles() if not noun.plural]

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """Names by the words by which their bearers were first called."""
        nouns = [n for s in self._story.scene.sentences if s.has_people for n in s.nouns if n.kind == "role"]
        return {n.text: n.label for n in reversed(nouns) if n.label != n.text}

    def is_named(self, label: str) -> bool:
        """Whether the report names somebody."""
        profile = self._story.profiles.get(label)
        return profile is not None and profile.named

    def rules(self, label: str) -> bool:
        """Whether somebody is called the head of a regime or of a government."""
        profile = self._story.profiles.get(label)
        return profile is not None and not profile.called.isdisjoint(_TOPS)

    def _owner(self, sentence: Sentence, noun: Noun) -> str:
        owner = noun.owner
        if owner is not None and owner.j > owner.i:
            found = (
                self._kin_meant(sentence, owner) or (owner.text in _DEAD_ONES and self._dead) or self.now(owner.label)
            )
            wanted = gender_by_spouse(noun.kin.word) if noun.kin is not None else ""
            found = namesake(found, sentence.tokens[owner.j - 1].text, wanted, self._story.profiles)
            return found if found not in {noun.label, *(member.label for member in noun.members)} else ""
        if noun.det == "'s" and owner is None:
            latter = sentence.lows(noun.i - 2, noun.i) == ["latter", "'s"]
            return self._last_named(sentence, noun.i - 2) if latter else ""
        told = self.now(owner.label) if owner is not None else ""
        if sentence.lows(noun.j, noun.j + 1) == ["of"]:
            wanted = _OF_WHOM.get("".join(sentence.lows(noun.j + 1, noun.j + 2)), "")
            own = noun.label if noun.same is not None and noun.same.i > noun.j else ""
            return self._meant(sentence, noun, "" if told == own else told, wanted) if wanted else ""
        if noun.kind == "kin" and noun.det not in _WANTED:
            return self._unsaid(sentence, noun, told)
        return self._meant(sentence, noun, told, _WANTED.get(noun.det, ""))

    def _meant(self, sentence: Sentence, noun: Noun, told: str, wanted: str) -> str:
        """Whom "his" means, told to be the one with a label: nobody's own kin, and rather somebody with a name."""
        other, before = next(((s, n) for s, n in self._near(sentence, noun) if n.label == told), (sentence, None))
        if before is not None:
            first = min(noun.i, noun.same.i if noun.same is not None else noun.i)
            heads = first <= sentence.body_start and before.i <= other.body_start and sentence.ix - other.ix == 1
            if heads or (other is sentence and before.det == noun.det):
                return self._owners[id(before)]
        aide = next((n for n in _before(sentence, noun.i) if n.kind == "role" and n.det == noun.det), None)
        if aide is not None and aide.same is not None and aide.same.label == told and noun.kind == "kin":
            return self.owner(sentence, aide)
        return self._rather_named(sentence, noun, told, wanted)

    def _unsaid(self, sentence: Sentence, noun: Noun, told: str) -> str:
        """Whose kin "another son", "a third brother", "the widow" is: his whose kin were told of before."""
        state = noun.det in {"a", "an"} and noun.kin is not None and noun.kin.relation in _STATES
        if state or (noun.det not in _ONE_MORE and noun.det != "the"):
            return ""
        own = {noun.label, noun.same.label if noun.same is not None else ""}
        wanted = gender_by_spouse(noun.kin.word) if noun.kin is not None else ""
        last = next(self._near(sentence, noun), None)
        if last is not None and noun.det == "the" and is_turned(last[1], noun):
            return ""
        chain = ((s, self._owners[id(n)]) for s, n in self._near(sentence, noun, 2 * REACH))
        other, found = next(((s, owner) for s, owner in chain if owner not in own), (sentence, ""))
        if found:
            if not self.is_named(found) and other is not sentence:
                here = (n.label for n in self._named(sentence, sentence, noun) if n.label not in own)
                found = next(here, found)
        else:
            kin = {n.label for n in sentence.nouns if n.kind == "kin"}
            near = (n for n in self._named(sentence, sentence, noun) if n.label == told and told not in kin)
            safe = told == self._lead or any(may_be_meant(sentence, n) for n in near)
            subject = self._subject_before(sentence, noun)
            found = told if safe or (subject is not None and subject.kind == "pron" and subject.label == told) else ""
        one = noun.same is not None and noun.det and not noun.plural and noun.kin is not None
        if one and not noun.text.endswith("s") and not self.is_named(found) and self._lead not in own:
            found = self._lead or found
        profile = self._story.profiles.get(found)
        return found if profile is None or not wanted or profile.gender in {"", wanted} else ""

    @cached_property
    def _lead(self) -> str:
        """The one whom a report is about; nobody where it also tells of a ruler without his name."""
        rulers = (p for p in self._story.profiles.values() if not p.named and p.nouns and is_ruler(p.nouns[0][1]))
        return "" if next(rulers, None) is not None else self._first

    @cached_property
    def _first(self) -> str:
        """The first one named who neither tells it nor rules: the one whom most reports are about."""
        people = ((s, n) for s in self._story.scene.sentences if s.has_people for n in s.nouns if n.is_person)
        named = ((s, n) for s, n in people if self.is_named(n.label))
        return next((n.label for s, n in named if may_be_meant(s, n) or self._is_told_of(s, n)), "")

    @staticmethod
    def _is_told_of(sentence: Sentence, noun: Noun) -> bool:
        """Whether somebody after a preposition may be the one a report is about: "a case against X", not "said by X"."""
        after = sentence.lows(noun.j, noun.j + 1)
        by = sentence.lows(min(noun.i, noun.lead) - 1, noun.i)[:1] == ["by"]
        return noun.label not in leaders() and not by and after != ["'s"] and REPORTING.isdisjoint(after)

    @cached_property
    def _dead(self) -> str:
        """Whom "the dead man" means: the first one named where a report tells of a death."""
        dead = next((s.ix for s in self._story.scene.sentences if s.has(*_DEATHS) or tells_of_dead(s)), None)
        after = self._story.scene.sentences[dead:] if dead is not None else []
        return next((n.label for s in after if s.has_people for n in s.nouns if n.kind == "person"), self._first)

    def _rather_named(self, sentence: Sentence, noun: Noun, told: str, wanted: str) -> str:
        """The label told, or in place of one never brought in the last one named, unless he stands in the sentence."""
        if noun.det in _WANTED and self._gives_way(sentence, noun, told):
            lead = self._story.profiles[self._first] if self._first else None
            own = {noun.label, noun.same.label if noun.same is not None else ""}
            if lead is not None and lead.label not in own and lead.gender in {"", wanted}:
                return lead.label
        if told and not self._is_stand_in(told):
            return told
        near = [n for n in _before(sentence, noun.i) if n.label == told and n.kind == "role"]
        if near and near[-1].det == "'s" and near[-1].owner is not None and self.is_named(near[-1].owner.label):
            return near[-1].owner.label
        if near and noun.same is not None and sentence.lows(near[-1].j, noun.i) == [","]:
            return self._named_before(sentence, noun, wanted)
        since = [n for n in self._named(sentence, sentence, noun) if near and n.i > near[-1].i]
        if near and not since and may_be_meant(sentence, near[-1]):
            return told
        return self._named_before(sentence, noun, wanted) or told

    def _gives_way(self, sentence: Sentence, noun: Noun, told: str) -> bool:
        """Whether somebody else than the one told may be meant by "his": one out of sight, or one without a name."""
        if self.is_named(told):
            return not self._is_at_hand(sentence, noun, told) and not self._speaks_of_other(sentence, noun)
        profile = self._story.profiles.get(told)
        if profile is None or not profile.nouns or noun.same is None:
            return False
        where, first = profile.nouns[0]
        return where is not sentence or (first.det not in _NEW and first.j != noun.i - 1)

    @staticmethod
    def _speaks_of_other(sentence: Sentence, noun: Noun) -> bool:
        """Whether a sentence speaks of a woman before "his", or of a man before "her": "She is the sister of his mother"."""
        told = {_PRONOUN.get(n.text, "") for n in _before(sentence, noun.i) if n.kind == "pron"}
        return bool(told - {_WANTED[noun.det], ""})

    def _is_at_hand(self, sentence: Sentence, noun: Noun, label: str) -> bool:
        """Whether somebody is told of in the sentence of a phrase before it, or is the subject of the one before."""
        if any(n.label == label for n in self._named(sentence, sentence, noun)):
            return True
        if min(noun.i, noun.same.i if noun.same is not None else noun.i) > sentence.body_start + 1:
            return False
        subject = self._subject_before(sentence, noun)
        return subject is not None and subject.label == label

    def _subject_before(self, sentence: Sentence, noun: Noun) -> Noun | None:
        """The one of whom the sentence before speaks; nobody where it speaks of two."""
        before = self._story.scene.sentences[sentence.ix - 1] if sentence.ix else None
        told = self._named(before, sentence, noun) if before is not None else []
        subject = next((n for n in told if before is not None and may_be_meant(before, n)), None)
        if subject is None or before is None or before.lows(subject.j, subject.j + 1) != ["and"]:
            return subject
        return None if any(n.i == subject.j + 1 and n.kind == "person" for n in told) else subject

    def _near(self, sentence: Sentence, noun: Noun, reach: int = REACH) -> Iterator[tuple[Sentence, Noun]]:
        """Kin told of not long before, the last first."""
        first = bisect_left(self._at, (sentence.ix - reach, -1))
        stop = bisect_right(self._at, (sentence.ix, noun.i))
        for other, kin in reversed(self._kin[max(first, stop - IN_VIEW) : stop]):
            if self._owners.get(id(kin)) and (other is not sentence or kin.j <= noun.i):
                yield other, kin

    def _kin_meant(self, sentence: Sentence, noun: Noun) -> str:
        """The one named before whom "the brother" in "the brother's wife" means."""
        if noun.kind != "kin" or noun.det != "the" or noun.kin is None or noun.owner is not None:
            return ""
        same = (kin for _, kin in self._near(sentence, noun) if kin.kin is not None and kin.kin.word == noun.kin.word)
        return next((kin.label for kin in same if self.is_named(kin.label)), "")

    def _is_stand_in(self, label: str) -> bool:
        """Whether a label is that of an unnamed one who was never brought in: "the prosecutor", "the general"."""
        profile = self._story.profiles.get(label)
        if profile is None or profile.named:
            return profile is None
        if not profile.nouns or profile.plural:
            return True
        sentence, first = profile.nouns[0]
        if first.kin is not None:
            return not first.kin.relation or first.kin.word.endswith(("s", "children"))
        if is_ruler(first):
            return not may_be_meant(sentence, first)
        quoted = not _QUOTING.isdisjoint(sentence.lows(first.i - 1, first.i))
        return quoted or first.det not in _NEW or not may_be_meant(sentence, first)

    def _named_before(self, sentence: Sentence, noun: Noun, wanted: str) -> str:
        """The last one named of whom something is told and whom a pronoun may mean; by gender, or the only one at hand."""
        own = {noun.label, noun.same.label if noun.same is not None else ""}
        sentences = self._story.scene.sentences
        told = [
            (s, n)
            for s in reversed(sentences[max(0, sentence.ix - 1) : sentence.ix + 1])
            for n in self._named(s, sentence, noun)
        ]
        free = [(s, n) for s, n in told if n.label not in own]
        fits = (n.label for s, n in free if self._gender(n.label) in {"", wanted or "m"} and may_be_meant(s, n))
        sure = (n.label for _, n in free if wanted and self._gender(n.label) == wanted)
        near = {n.label for s, n in free if s is sentence}
        lead = self._first if self._first not in own and self._gender(self._first) in {"", wanted or "m"} else ""
        return next(fits, "") or lead or next(sure, "") or (near.pop() if len(near) == 1 else "")

    def _named(self, other: Sentence, sentence: Sentence, noun: Noun) -> list[Noun]:
        """Those named in a sentence, in the one of a phrase only before it."""
        if not other.has_people:
            return []
        people = _before(other, noun.i if other is sentence else len(other.tokens))
        return [n for n in people if n.is_person and self.is_named(n.label)]

    def _gender(self, label: str) -> str:
        profile = self._story.profiles.get(label)
        return profile.gender if profile is not None else ""

    def _last_named(self, sentence: Sentence, at: int) -> str:
        named = (n.label for n in reversed(sentence.nouns) if n.j <= at and n.is_person and self.is_named(n.label))
        return next(named, "")

    @staticmethod
    def _after_aside(sentence: Sentence, noun: Noun) -> int | None:
        """Where "is" stands in "He is, the paper wrote, a son of X"."""
        if sentence.lows(noun.i - 1, noun.i) != [","] or noun.det not in {"a", "an", "the"}:
            return None
        back = range(noun.i - 2, max(sentence.body_start, noun.i - ASIDE), -1)
        comma = next((k for k in back if sentence.low[k] == ","), None)
        return comma - 1 if comma and sentence.low[comma - 1] in _IS else None


def _before(sentence: Sentence, at: int) -> list[Noun]:
    """The last phrases of a sentence that end before word `at`."""
    stop = bisect_left(sentence.nouns, at, key=lambda noun: noun.i)
    return [noun for noun in sentence.nouns[max(0, stop - IN_VIEW) : stop] if noun.j <= at]
