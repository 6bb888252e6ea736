"""Who is named in a report: runs of capitalised words judged by what they look like and what stands around them.

Every run is judged once for the whole report, so that evidence found beside one mention (a rank, an age, a
kin word, "said") holds for all. Single words are read as the family or given name of somebody already
accepted, as a known head of a regime, or after a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ostraka.read import lexicon
from ostraka.read.names_chinese import syllables_of
from ostraka.read.places import Place, leaders
from ostraka.read.titles import fold, is_korean_family
from ostraka.read.tokens import Token, word_set
from ostraka.read.wordmarks import ARTICLE, CAPITAL, wordmarks

MAX_NAME_WORDS = 6
ACCEPT = 1.0
NO_NAME = -3.0
"""Evidence of a run that ends in a word for a body."""
_SYLLABLES = word_set("Sun Man In An So No Do Song Min Jun May Young")
_HYPHENATED = re.compile(r"[A-Z][a-z]+-[A-Za-z][a-z]+")
_AGE = re.compile(r"[1-9]\d")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that may be a name: words `i` to `j` of one sentence."""

    i: int
    j: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Person:
    """Somebody named in the report."""

    name: str
    words: tuple[str, ...]
    aliases: dict[str, None] = field(default_factory=dict)
    last_seen: int = -1
    first_seen: int = 1 << 60

    @property
    def family_first(self) -> bool:
        """Whether the family name comes first, as in Korean and Chinese names."""
        return is_family_first(self.words)


def is_family_first(words: Sequence[str]) -> bool:
    """Whether a name has the form of a Korean or Chinese name with the family name first."""
    if len(words) not in {2, 3} or words[0] in lexicon.given_names():
        return False
    if is_korean_family(words[0]) and not words[-1].endswith(lexicon.name_endings()):
        return len(words) == 3 or "-" in words[1] or words[1] not in lexicon.family_names()
    return words[0] in lexicon.family_names() and len(words[0]) <= 5 and len(words) == 2


def find_runs(tokens: Sequence[Token], taken: Sequence[object], starts: Sequence[int]) -> list[Run]:
    """Runs of capitalised words of a sentence that may be names.

    Parameters
    ----------
    tokens : sequence of Token
    taken : sequence
        What else each word means, or None.
    starts : sequence of int
        Words with a mark of :data:`~ostraka.read.wordmarks.NAME`.
    """
    runs: list[Run] = []
    n, j = len(tokens), 0
    for i in starts:
        if i < j or not (_is_name_word(tokens[i], taken[i]) or _is_hidden(tokens, i, taken)):
            continue
        j = i + 1
        while j < n and j - i < MAX_NAME_WORDS:
            if (
                _is_name_word(tokens[j], taken[j])
                or _is_initial(tokens, j)
                or (j - i < 3 and tokens[j].text in _SYLLABLES and _is_syllable_of_name(tokens, i, j))
            ):
                j += 1
            elif past := _past_particles(tokens, j, taken):
                j = past
            else:
                break
        runs.append(Run(i, j, tuple([token.text for token in tokens[i:j]])))
    return runs


def _is_syllable_of_name(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Whether a word like "Sun" is the second or third syllable of a Korean name: "Jang Sun Ho"."""
    if j - i == 1 and not (j + 1 < len(tokens) and tokens[j + 1].text[0].isupper()):
        return False
    return is_korean_family(tokens[i].text)


def _past_particles(tokens: Sequence[Token], j: int, taken: Sequence[object]) -> int:
    """After the name word that follows up to three particles ("de la Guardia"); 0 if there is none."""
    k = j
    while k < len(tokens) and k - j < 3 and tokens[k].low in lexicon.name_particles():
        k += 1
    return k + 1 if j < k < len(tokens) and _is_name_word(tokens[k], taken[k]) else 0


def _is_initial(tokens: Sequence[Token], j: int) -> bool:
    return _INITIALS.fullmatch(tokens[j].text) is not None and j + 1 < len(tokens)


def _is_hidden(tokens: Sequence[Token], i: int, taken: Sequence[object]) -> bool:
    """Whether a common word begins a name all the same: "So Kwang-il", "Jan Sejna", "Bill Tate"."""
    text = tokens[i].text
    if taken[i] is not None or i + 1 >= len(tokens) or text not in lexicon.never_names():
        return False
    following = tokens[i + 1].text
    if not _is_name_word(tokens[i + 1], taken[i + 1]) or tokens[i + 1].start - tokens[i].end != 1:
        return False
    after = "".join(token.text for token in tokens[i + 2 : i + 3])
    chinese = len(syllables_of(tokens[i + 1].low)) == 2 and not after[:1].isupper()  # no headline: "He Came Home"
    ranked = i > 0 and tokens[i - 1].low in lexicon.role_words()
    inside = i > 0 and (ranked or tokens[i - 1].text.islower() or tokens[i - 1].text == ",")
    titled = (text == "He" and (chinese or ranked)) or (text == "So" and inside)
    titled = titled or (text == "Sun" and (i == 0 or not tokens[i - 1].text[0].isupper()))
    given = lexicon.given_names()
    return titled or begins_korean(tokens, i) or (text in given and following not in given)


def begins_korean(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word that means something else is a Korean family name here: "So Kwang-il", "U Tong-chuk"."""
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return is_korean_family(tokens[i].text) and _HYPHENATED.fullmatch(following) is not None


def _is_name_word(token: Token, taken: object) -> bool:
    marks = wordmarks()[token.text]
    return marks & ARTICLE > 0 or (taken is None and marks & CAPITAL > 0)


_OPENERS = word_set(
    "whether except besides beside behind beyond throughout upon amid amidst till whatever whoever whichever unable born dressed"
    " accompanied appointed dismissed told given seen known called named sent posted raised trained rather nearly almost though"
    " ever always often soon elsewhere rumours rumors word next added says said neither nor only"
)
"""Words with which a sentence opens before a name, and which are no names themselves."""


class Cast:
    """The persons named in one report.

    Parameters
    ----------
    lower_words : set of str
        Words the report also writes in lower case; a single such word is no name.
    """

    def __init__(self, lower_words: frozenset[str]) -> None:
        self._lower = lower_words
        self._score: dict[tuple[str, ...], float] = {}
        self._count: dict[tuple[str, ...], int] = {}
        self._apart: set[tuple[str, ...]] = set()
        self._persons: dict[str, Person] = {}
        self._by_fold: dict[str, Person] = {}
        self._by_word: dict[str, list[Person]] = {}

    def weigh(self, tokens: Sequence[Token], runs: Sequence[Run], places: Sequence[Place | None]) -> None:
        """Add the evidence that one sentence gives for its runs."""
        listed = _listed(tokens, list(runs))
        for run in runs:
            score = _around(tokens, run, places) + (0.6 if run in listed else 0.0)
            if run.i and tokens[run.i - 1].low in lexicon.kin_words():
                self._apart.add(run.words)
            if run.words not in self._score:
                self._score[run.words] = shape(run.words)
                self._count[run.words] = 0
            if run.i == 0 and run.words[0].lower() in self._lower:
                score -= 1
            self._count[run.words] += 1
            self._score[run.words] += score if score < 0 or self._count[run.words] < 4 else 0

    def settle(self) -> None:
        """Accept the runs whose evidence suffices; longer spellings first, so that they give the label."""
        rows = [words for words, score in self._score.items() if len(words) > 1 and score >= ACCEPT]
        for words in rows:
            name = " ".join(words)
            key = fold(name.replace(" ", ""))
            person = self._by_fold.get(key) or self._longer(words)
            if person is None:
                person = Person(name, words)
                self._persons[name] = person
                for word in {fold(words[0]), fold(words[-1]), fold(words[-1]).removeprefix("al")}:
                    self._by_word.setdefault(word, []).append(person)
            elif name != person.name:
                person.aliases[name] = None
            self._by_fold[key] = person

    def _longer(self, words: tuple[str, ...]) -> Person | None:
        """Somebody accepted whose name has all these words and at least one more."""
        if len(words) < 2 or words in self._apart:
            return None
        pool = self._by_word.get(fold(words[-1]), [])
        if is_family_first(words):
            pool = [person for person in pool if len(person.words) > 2 and person.words[-len(words) :] == words]
        fits = [
            p
            for p in pool
            if set(map(fold, words)) < set(map(fold, p.words)) or set(map(fold, p.words)) < set(map(fold, words))
        ]
        return fits[0] if len(fits) == 1 else None

    def who(self, words: tuple[str, ...], *, at: int, titled: bool = False, alone: bool = False) -> Person | None:
        """The person that a run means at a place of the text, or None if it is no person; `alone` if he has no other name."""
        if len(words) > 1:
            person = self._by_fold.get(fold("".join(words)))
        else:
            person = self._alone(words[0]) if alone else self._single(words[0], titled=titled)
        if person is not None:
            person.last_seen = at
            person.first_seen = min(person.first_seen, at)
        return person

    def _alone(self, word: str) -> Person:
        """Somebody of whom the report gives one word only: "known as Kim"."""
        if word not in self._persons:
            self._persons[word] = Person(word, (word,))
            self._by_word.setdefault(fold(word), []).append(self._persons[word])
        return self._persons[word]

    def _single(self, word: str, *, titled: bool) -> Person | None:
        key = fold(word)
        pool = self._by_word.get(key) or self._by_word.get(key.removeprefix("al"), [])
        pool = [person for person in pool if _may_stand_for(person, word)]
        if pool:
            return _meant(pool, word)
        known = word in leaders()
        if known or (
            titled
            and word[0].isupper()
            and word not in lexicon.never_names()
            and word.lower() not in self._lower
            and word.lower() not in lexicon.org_inner()
        ):
            person = self._persons.setdefault(word, Person(word, (word,)))
            self._by_word.setdefault(key, []).append(person)
            return person
        return None

    def trimmed(self, run: Run) -> Run:
        """A run at the head of a sentence without a first word that is none of a name: "Whether Min" is "Min"."""
        first = run.words[0]
        opens = first.lower() in _OPENERS
        if run.i or len(run.words) < 2 or not (opens or first.lower() in self._lower):
            return run
        known = first in lexicon.given_names() or first in lexicon.family_names() or is_korean_family(first)
        return run if known and not opens else Run(run.i + 1, run.j, run.words[1:])

    @property
    def persons(self) -> tuple[Person, ...]:
        """Everybody accepted."""
        return tuple(self._persons.values())


def _meant(pool: Sequence[Person], word: str) -> Person:
    """Of several with one family name: reports call the first by it, and repeat the full name of kin and leaders."""
    others = [person for person in pool if person.name not in leaders()]
    heads = [person for person in pool if person.name in leaders()]
    if word in leaders() and heads:
        others = [person for person in others if fold(person.words[-1]).removeprefix("al") == fold(word)]
    if not others:
        return max(heads or pool, key=lambda person: person.last_seen)
    seen = [person for person in others if person.last_seen >= 0] or others
    return min(seen, key=lambda person: person.first_seen)


def _may_stand_for(person: Person, word: str) -> bool:
    """Whether one word is what reports call this person by: the family name, or a first name that is one."""
    if len(person.words) == 1:
        return True
    if person.family_first:
        return fold(word) == fold(person.words[0])
    return True


def shape(words: tuple[str, ...]) -> float:
    """How much a run looks like a name of a person by itself."""
    if len(words) < 2:
        return 0.0
    known = " ".join(words) in leaders()
    if words[-1].lower() in lexicon.org_heads() and words[-1] not in lexicon.family_names() and not known:
        return NO_NAME
    score = 2.0 if known else 0.5 if len(words) <= 4 and all(len(word) > 1 for word in words) else 0.0
    if is_korean_family(words[0]) and (len(words) == 3 or "-" in words[1]) and len(words) <= 3:
        score += 1
    elif is_korean_family(words[0]) and len(words) == 2 and len(words[1]) <= 7:
        score += 0.5
    if any(word in lexicon.given_names() for word in words):
        score += 1
    if words[-1].lower().endswith(lexicon.name_endings()) and len(words[-1]) > 4:
        score += 0.7
    if words[-1] in lexicon.family_names() or words[0] in lexicon.family_names():
        score += 0.6
    if any(
        wordmarks()[word] & ARTICLE or word.lower() in {"al", "el", "bin", "ben", "ibn", "abu", "ould"}
        for word in words
    ):
        score += 1
    return score


def _listed(tokens: Sequence[Token], runs: Sequence[Run]) -> set[Run]:
    """Runs that stand in a list with others: "A, B and C"."""
    found: set[Run] = set()
    for first, second in pairwise(runs):
        gap = [token.low for token in tokens[first.j : second.i]]
        if gap in (["and"], ["or"], [","], [",", "and"]) and len(first.words) > 1 and len(second.words) > 1:
            found |= {first, second}
    return found


def _around(tokens: Sequence[Token], run: Run, places: Sequence[Place | None]) -> float:
    """Evidence from the words beside a run."""
    before = tokens[run.i - 1].low if run.i else ""
    score = 0.0
    if before.rstrip(".") in _TITLE_WORDS or before in lexicon.role_words() or before in lexicon.kin_words():
        score += 1
    elif before in {"the", "a", "an"}:
        score -= 1.5
    elif before == "from" and run.i > 1 and tokens[run.i - 2].low == "over":
        score += 0.6
    elif before in {"in", "at", "near", "outside", "from", "into", "towards", "for"}:
        score -= 0.6
    elif before in {"by", "and", "replaced", "removed", "dismissed", "appointed", "executed", "named", "of", "with"}:
        score += 0.3
    elif before in {"named", "called"}:
        score += 1
    elif before == "," and run.i > 1 and tokens[run.i - 2].low in lexicon.role_or_kin():
        score += 0.6
    elif before == "," and run.j < len(tokens) and tokens[run.j].low == ",":
        score += 0.6 if _closes_office(tokens, run.i - 1) else 0.4
    return score + _after(tokens, run.j, places)


def _closes_office(tokens: Sequence[Token], at: int) -> bool:
    """Whether the comma at a word ends a phrase with an office in it: "deputy minister of culture, X"."""
    for k in range(at - 1, max(at - 8, -1), -1):
        if not tokens[k].text[0].isalnum() and tokens[k].low != "'s":
            return False
        if tokens[k].low in lexicon.role_words():
            return True
    return False


_TITLE_WORDS = word_set("gen lt maj brig col capt adm mr mrs ms dr prof sheikh comrade")


_APPOSED = word_set("its their a an the who his her whose former then once one for until formerly head now")


def _after(tokens: Sequence[Token], at: int, places: Sequence[Place | None]) -> float:
    """Evidence from the words after a run: a verb of persons, an apposition, an age, kin."""
    if at >= len(tokens):
        return 0.0
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low in {",", "("}:
        place = places[at + 1] if at + 1 < len(places) else None
        owned = place is not None and _owns_office(tokens, at + 1)
        return 0.9 if owned else _apposed(following, place)
    if low in lexicon.personal_verbs() or (low.endswith("ed") and low.isalpha() and len(low) > 4):
        return 0.6
    if low == "of" and any(t.low in lexicon.personal_verbs() or t.low == "who" for t in tokens[at + 1 : at + 9]):
        return 0.6
    if low == "'s":
        return 0.7 if following in lexicon.role_or_kin() else 0.2
    return -2.0 if tokens[at].text[0].isupper() and low in lexicon.org_heads() else 0.0


def _owns_office(tokens: Sequence[Token], at: int) -> bool:
    """Whether a state told after a name has an office: ", Afghanistan's deputy minister of mines"."""
    near = [token.low for token in tokens[at : at + 7]]
    return "'s" in near and not lexicon.role_words().isdisjoint(near[near.index("'s") :])


def _apposed(following: str, place: Place | None) -> float:
    """Evidence from the first word after a comma or bracket."""
    if _AGE.fullmatch(following):
        return 1.0
    if following in _APPOSED or following in lexicon.role_words() or following in lexicon.personal_verbs():
        return 0.5
    if following in lexicon.modifiers() or following in lexicon.kin_words():
        return 0.6
    if following.endswith("ed") and following.isalpha():
        return 0.5
    return 0.4 if place is not None else 0.0
