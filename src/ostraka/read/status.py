"""How a report puts what it says: asserted, denied, hedged, planned, attempted, refuted or only mentioned.

The words that govern the verb decide first ("is believed to have", "did not"), then what stands before it in
the sentence ("Pyongyang denied that"), then what stands after ("but reappeared in May").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ostraka.model import EventKind, Status
from ostraka.read.arguments import Clause
from ostraka.read.grammar import SAYING
from ostraka.read.noun import join
from ostraka.read.places import read_table
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set

HYPOTHETICAL = None
"""What is only imagined ("if he defected") is no statement at all."""

_FINITE_HAVE = frozenset({"have", "has", "had"})


class Words:
    """Words in a row, in which phrases are looked for.

    Examples
    --------
    >>> Words(["he", "did", "not", "leave"]).has(Wordings(["not leave", "never"]))
    True
    """

    def __init__(self, words: Sequence[str], known: frozenset[str] | None = None) -> None:
        self.row = words
        self._all = known or frozenset(words)
        self._text = ""

    def has(self, wordings: Wordings) -> bool:
        """Whether one of the phrases stands in them."""
        firsts = self._all & wordings.by_first.keys()
        if not firsts:
            return False
        self._text = self._text or f" {' '.join(self.row)} "
        return any(phrase in self._text for first in firsts for phrase in wordings.by_first[first])

    def holds(self, *words: str) -> bool:
        """Whether one of the words is among them."""
        return not self._all.isdisjoint(words)


class Wordings:
    """Phrases that say one thing, by their first words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_first: dict[str, list[str]] = {}
        for phrase in phrases:
            self.by_first.setdefault(phrase.partition(" ")[0], []).append(f" {phrase} ")


@cache
def _phrases(group: str, name: str) -> Wordings:
    return Wordings(read_table("status.toml")[group][name])


@cache
def _words(group: str, name: str) -> frozenset[str]:
    return frozenset(read_table("status.toml")[group][name])


_CERTAIN = Wordings(("are right", "is right", "confirmed"))


@dataclass(frozen=True, slots=True)
class Voice:
    """How it is put, and who says so according to the report."""

    status: Status | None
    said_by: str = ""
    reason: str = ""


def status_of(sentence: Sentence, clause: Clause) -> Status | None:
    """The status of what a clause says; None for what is only imagined.

    Parameters
    ----------
    sentence : Sentence
    clause : Clause
    """
    from_chain = _chain_status(clause.chain)
    if from_chain == "hypothetical" and "if" not in sentence.words and _is_announced(sentence, clause):
        from_chain = Status.PLANNED
    before = Words(sentence.lows(sentence.body_start, clause.start))
    reach = _reach(before)
    if from_chain == "hypothetical" and "longer" in clause.chain and _is_told(sentence, clause):
        from_chain = None
    if (
        _is_purpose(sentence, clause)
        or _is_guess(clause)
        or (clause.chain[:1] == ["to"] and _would_be(sentence, clause))
        or from_chain == "hypothetical"
        or clause.subordinate in {"if", "unless"}
    ):
        return HYPOTHETICAL
    if from_chain is not Status.DENIED and _imagined(sentence, clause, reach):
        return HYPOTHETICAL
    after = Words(sentence.lows(clause.trigger.j, len(sentence.tokens)))
    told = Status(from_chain) if from_chain is not None else None
    return told if told is Status.DENIED else _beside(before, reach, after) or told or _doubted(clause, reach, after)


def _beside(before: Words, reach: Words, after: Words) -> Status | None:
    """What the words around a clause make of it: taken back or denied; None if neither."""
    if after.has(_phrases("after", "refuted")) or before.has(_phrases("before", "refuted")):
        return Status.REFUTED
    denied = reach.has(_phrases("before", "denied")) or before.has(_phrases("before", "none"))
    return Status.DENIED if denied or after.has(_phrases("after", "denied")) else None


def _doubted(clause: Clause, reach: Words, after: Words) -> Status:
    """Hedged if words of doubt stand around, else what the rule says, else asserted."""
    if reach.has(_phrases("before", "hedged")) or after.has(_phrases("after", "hedged")):
        return Status.HEDGED
    return Status(clause.trigger.rule.status or Status.ASSERTED)


def _reach(before: Words) -> Words:
    """What stands before the verb, back to the last mark that ends a thought."""
    if not before.holds(*_THOUGHT_ENDS):
        return before
    last = len(before.row) - 1
    end = next((k for k in range(last - 1, 0, -1) if before.row[k] in _THOUGHT_ENDS), -1)
    return Words(before.row[end + 1 :])


_THOUGHT_ENDS = (";", ":", "but")
NEAR = 14


def _imagined(sentence: Sentence, clause: Clause, reach: Words) -> bool:
    near = reach if len(reach.row) <= NEAR else Words(reach.row[-NEAR:])
    first = sentence.tokens[sentence.body_start].low if sentence.body_start < len(sentence.tokens) else ""
    if (
        first in {"when", "whenever"}
        and clause.trigger.rule.form in {"s", "base"}
        and not clause.chain
        and not sentence.dates
    ):
        return True
    if first == "should" or (first == "whether" and sentence.has("or")):
        return True
    opened = first in {"if", "unless"} and not _CONDITIONALS.isdisjoint(
        sentence.lows(clause.trigger.j, len(sentence.low))
    )
    return near.has(_phrases("before", "hypothetical")) or (opened and not reach.has(_CERTAIN))


_CONDITIONALS = frozenset({"would", "could", "might", "will"})


def _would_be(sentence: Sentence, clause: Clause) -> bool:
    """Whether a rank among others is only weighed: "would be among the most senior to come over"."""
    before = sentence.lows(clause.start - 14, clause.start)
    return any(before[k : k + 2] == ["would", "be"] for k in range(len(before)))


def _is_told(sentence: Sentence, clause: Clause) -> bool:
    """Whether "she wrote that she would no longer serve": said by the one concerned, and so done."""
    return "have" not in clause.chain and not SAYING.isdisjoint(sentence.lows(clause.start - 12, clause.start))


def _is_announced(sentence: Sentence, clause: Clause) -> bool:
    """Whether "he announced that he would follow": said by the one concerned of what is to come."""
    before = sentence.lows(clause.start - 6, clause.start)
    return (
        "would" in clause.chain
        and "have" not in clause.chain
        and bool({"announced", "declared", "vowed", "promised"} & set(before))
    )


_MAYBE = frozenset({"may", "might", "could", "can", "cannot"})


_CANDIDATES = word_set("favourite favorite candidate tipped groomed contender hopeful")
_BEFORE_PURPOSE = word_set(
    "come came went go going sent need power chance demand demands call calls hopes hope right wish reason"
    " men troops police soldiers agents request requests enough"
)


def _is_purpose(sentence: Sentence, clause: Clause) -> bool:
    """Whether "to arrest him" tells only what somebody came for, or was asked for."""
    if clause.chain[:1] == ["to"] and not _CANDIDATES.isdisjoint(sentence.lows(clause.start - 2, clause.start)):
        return True
    done = clause.trigger.rule.frame == "done"
    return (
        done
        and clause.chain[:1] == ["to"]
        and not _BEFORE_PURPOSE.isdisjoint(sentence.lows(clause.start - 1, clause.start))
    )


def _is_guess(clause: Clause) -> bool:
    """Whether something is only feared for the future: "may be punished", not "may have been punished"."""
    chain = set(clause.chain)
    to_come = clause.passive and "be" in chain
    to_come = to_come or clause.trigger.rule.kind is EventKind.APPOINTMENT
    return to_come and bool(chain & _MAYBE) and not chain & _FINITE_HAVE


_NOT = frozenset({"not", "n't", "never"})
_WANTS = frozenset({"plan", "plans", "want", "wants", "intend", "intends", "planning"})
"""What somebody does not want has not been denied: nobody said it."""


_ALMOST = frozenset({"nearly", "almost", "narrowly"})
_WRONGLY = frozenset({"wrongly", "falsely", "mistakenly", "erroneously", "incorrectly"})


def _chain_status(chain: list[str]) -> Status | str | None:
    """What the governing words of a verb say of it; None if nothing."""
    words = set(chain)
    if (words & {"would"} and words & _FINITE_HAVE) or (words & _NOT and words & _WANTS):
        return "hypothetical"
    if "no" in words and "longer" in words:
        words -= {"no", "longer"}
    if words & _ALMOST or ("would" in words and words & _words("chain", "negated")):
        return "hypothetical"
    if words & _WRONGLY:
        return Status.REFUTED
    ahead = _IS if words & _FINITE_HAVE else _IS | {"likely"}
    if any(first in ahead and second == "to" for first, second in pairwise(chain)):
        return Status.PLANNED
    for name, status in (
        ("negated", Status.DENIED),
        ("attempted", Status.ATTEMPTED),
        ("planned", Status.PLANNED),
        ("hedged", Status.HEDGED),
    ):
        if words & _words("chain", name):
            return _refine(chain, name, status)
    return "hypothetical" if "would" in words else None


_IS = frozenset({"was", "were", "is", "are"})


def _refine(chain: list[str], name: str, status: Status) -> Status | None:
    if name == "planned" and "way" in chain:
        return None
    if name == "hedged" and "said" in chain and not ({"is", "was", "are", "were"} & set(chain)):
        return None
    return status


_SPEAKS = SAYING - {"believe", "believes", "believed", "think", "thinks", "thought", "knew", "learned"}


def speaker(sentence: Sentence, clause: Clause) -> str:
    """Who says so in this sentence: the subject of "said", the one after "according to"; empty if nobody."""
    tokens = sentence.tokens
    for k in sentence.where(("according",)):
        if k + 1 < len(tokens) and tokens[k + 1].low == "to":
            return _named_at(sentence, k + 2)
    for k in sentence.where(_SPEAKS):
        if clause.start <= k < clause.trigger.j:
            continue
        noun = sentence.noun_before(k)
        if noun is not None and k - noun.j <= 1 and noun.kind != "place" and noun not in clause.subjects:
            return noun.label or noun.text
        medium = _medium(sentence, k)
        if medium:
            return medium
    return ""


def _medium(sentence: Sentence, k: int) -> str:
    """The newspaper or agency whose name ends just before word `k`."""
    tokens = sentence.tokens
    for i, j in sentence.media:
        if j == k or (j == k - 1 and tokens[j].low == ","):
            return join(tokens[i:j])
    return tokens[k - 1].text if k and tokens[k - 1].text[0].isupper() else ""


def _named_at(sentence: Sentence, at: int) -> str:
    """The phrase or medium that begins at word `at` or just after."""
    medium = next((join(sentence.tokens[i:j]) for i, j in sentence.media if at <= i <= at + 1), "")
    if medium:
        return medium
    noun = next((noun for noun in sentence.nouns if at <= noun.i <= at + 2), None)
    if noun is not None:
        return noun.label or noun.text
    return sentence.tokens[at].text if at < len(sentence.tokens) and sentence.tokens[at].text[0].isupper() else ""


def takes_back(sentence: Sentence) -> Status | None:
    """Whether a sentence denies or refutes what another one told."""
    words = Words(sentence.low, sentence.words)
    for name, status in (("refuted", Status.REFUTED), ("denied", Status.DENIED)):
        if words.has(_phrases("denial", name)):
            return status
    return None
