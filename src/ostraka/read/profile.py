"""What a report tells of one person: roles, bodies, places, regime, kin, gender."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ostraka.read.lexicon import gender_of_given
from ostraka.read.noun import Noun, is_plural
from ostraka.read.offices import Office
from ostraka.read.places import is_regime, leaders
from ostraka.read.scene import Sentence
from ostraka.read.titles import is_korean_family
from ostraka.read.tokens import word_set

_SECOND = frozenset({"vice", "deputy", "under", "assistant"})
"""First words of offices that are not those of the word after them: the vice president is no president."""

_LOOSE = word_set("figure official aide member leader cadre elite person defector insider associate")
"""Words for people that say little of their walk of life; a rank or a post says more."""


_OF_RANK = word_set("major lieutenant brigadier colonel captain adjutant")


def calling(word: str) -> str:
    """The word by which a report goes on to call somebody.

    Examples
    --------
    >>> calling("consul general"), calling("major general"), calling("ex-minister"), calling("defence minister")
    ('consul', 'general', 'minister', 'minister')
    """
    before, _, last = word.removeprefix("ex-").rpartition(" ")
    office = before.rpartition(" ")[2]
    return office if last == "general" and office and office not in _OF_RANK else last


def is_second(noun: Noun) -> bool:
    """Whether a phrase tells of the second in an office: "Syria's deputy oil minister"."""
    return not _SECOND.isdisjoint(noun.text.lower().split())


@dataclass(slots=True)
class Profile:
    """What the report tells of one person."""

    label: str
    named: bool = False
    nouns: list[tuple[Sentence, Noun]] = field(default_factory=list)
    country: str = ""
    tier: int = 9
    sector: str = ""
    elite: bool = False
    plural: bool = False
    gender: str = ""
    """``m``, ``f``, ``n`` of several at once, or empty."""
    called: set[str] = field(default_factory=set)
    last: int = -1
    offices: list[Office] = field(default_factory=list)
    _loosely: bool = False

    def add(self, sentence: Sentence, noun: Noun) -> None:
        """Take in one more phrase about the person."""
        self.nouns.append((sentence, noun))
        self.last = max(self.last, sentence.ix)
        if noun.country and (not self.country or is_regime(noun.country) > is_regime(self.country)):
            self.country = noun.country
        if noun.role is not None and noun.role.tier:
            self.tier = min(self.tier, noun.role.tier)
            loose = noun.role.word.rpartition(" ")[2] in _LOOSE
            if not self.sector or (self._loosely and not loose):
                self.sector, self._loosely = noun.role.sector, loose
        self.elite = self.elite or noun.elite
        self.gender = self.gender or _gender(noun)
        self.plural = self.plural or noun.plural
        if noun.kind == "person" and noun.titles and " " not in noun.titles:
            self.called.add(noun.titles.lower())
        if noun.role is not None and not is_plural(noun.role.word):
            self.called.add(noun.role.word)
            if noun.role.word.partition(" ")[0] not in _SECOND:
                self.called.add(calling(noun.role.word))

    def hold(self, office: Office) -> None:
        """Take in an office told by a verb: it makes a member of the elite if it names a body or a leader."""
        self.offices.append(office)
        if office.noun is not None:
            self.elite = self.elite or office.noun.kind == "org"
            if not self.sector and not _MISSIONS.isdisjoint(office.noun.text.lower().split()):
                self.sector = "diplomatic"
            if is_regime(office.noun.country) and office.noun.kind == "org":
                self.country = self.country or office.noun.country
        words = {noun.name for noun in office.sentence.nouns if office.i < noun.i < office.j}
        self.elite = self.elite or any(name in leaders() for name in words) or bool(words - {""})

    def roles(self) -> Iterable[tuple[Sentence, Noun]]:
        """Role phrases in order of the text."""
        return ((sentence, noun) for sentence, noun in self.nouns if noun.kind == "role")


_MISSIONS = word_set("embassy consulate mission legation embassies missions")
_WOMEN = word_set(
    "wife mother daughter sister aunt niece widow actress consort queen princess waitress spokeswoman first-lady mrs. ms. mrs ms grandmother half-sister sister-in-law daughter-in-law mother-in-law stepmother stepdaughter stepsister granddaughter ex-wife woman girl"
) | {"first lady"}
_MEN = word_set(
    "husband father son brother uncle nephew king prince mr. mr grandfather half-brother brother-in-law son-in-law father-in-law stepfather stepson stepbrother grandson spokesman man boy widower"
)
_OF_SPOUSE = {
    "wife": "m",
    "wives": "m",
    "widow": "m",
    "ex-wife": "m",
    "husband": "f",
    "widower": "f",
    "ex-husband": "f",
}


def gender_by_spouse(word: str) -> str:
    """``m`` for one who has a wife, ``f`` for one who has a husband; empty for other kin."""
    return _OF_SPOUSE.get(word, "")


def is_household(noun: Noun) -> bool:
    """Whether kin are told of all at once, whom neither "he" nor "she" means: "the family of X"."""
    return noun.kind == "kin" and noun.kin is not None and noun.kin.word in _HOUSEHOLD and noun.same is None


_HOUSEHOLD = word_set("family families relatives kin")


def _gender(noun: Noun) -> str:
    if is_household(noun):
        return "n"
    words = {noun.kin.word.rpartition(" ")[2]} if noun.kin else set()
    words |= {noun.role.word} if noun.role else set()
    words |= {noun.titles.lower()}
    told = "f" if words & _WOMEN else "m" if words & _MEN else ""
    first, _, rest = noun.name.partition(" ")
    given = noun.kind == "person" and not (is_korean_family(first) and ("-" in rest or " " in rest))
    known = gender_of_given(first) if given else ""
    return told or known or ("m" if noun.name in leaders() else "")
