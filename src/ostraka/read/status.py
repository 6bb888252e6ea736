"""How a report puts what it says: asserted, denied, hedged, planned, attempted, refuted or only mentioned.

The words that govern the verb decide first ("is believed to have", "did not"), then what stands before it in
the sentence ("Pyongyang denied that"), then what stands after ("but reappeared in May").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ostraka.model import EventKind, Status
from ostraka.read.arguments import Clause
from ostraka.read.denials import is_denied_aside, waved_away
from ostraka.read.grammar import SAYING
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.wordings import Wordings, Words, phrases, without_asides, without_refusals, words_of

HYPOTHETICAL = None
"""What is only imagined ("if he defected") is no statement at all."""

_FINITE_HAVE = frozenset({"have", "has", "had"})


_CERTAIN = Wordings(("are right", "is right", "confirmed"))


def status_of(sentence: Sentence, clause: Clause) -> Status | None:
    """The status of what a clause says; None for what is only imagined.

    Parameters
    ----------
    sentence : Sentence
    clause : Clause
    """
    from_chain = _chain_status(_governing(clause))
    if from_chain == "hypothetical" and "if" not in sentence.words and _is_announced(sentence, clause):
        from_chain = Status.PLANNED
    before = Words(without_asides(sentence.lows(sentence.body_start, clause.start)))
    reach = _reach(_of_main_clause(before, clause))
    stays = "longer" in clause.chain or _says_he_stays(sentence, clause)
    if from_chain == "hypothetical" and stays and _is_told(sentence, clause):
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
    after = Words(without_refusals(sentence.lows(clause.trigger.j, len(sentence.tokens))))
    told = Status(from_chain) if from_chain is not None else None
    if told is Status.DENIED or _shares_a_not(sentence, clause) or _is_in_quotes(sentence, clause):
        return Status.DENIED
    beside = _beside(before, reach, after, clause)
    return beside or told or _in_the_end(sentence, clause, after) or _doubted(sentence, clause, reach, after)


def _beside(before: Words, reach: Words, after: Words, clause: Clause) -> Status | None:
    """What the words around a clause make of it: taken back or denied; None if neither."""
    rule = clause.trigger.rule
    wrong = after.has(phrases("after", "refuted")) and not _is_of_papers(after.row)
    if wrong or before.has(phrases("before", "refuted")):
        return Status.REFUTED
    if rule.kind in _MISSED and after.has(phrases("after", "alive")):
        return Status.REFUTED
    nobody = rule.frame != "unseen" and reach.has(phrases("before", "none"))
    denied = (
        reach.has(phrases("before", "denied")) or nobody or waved_away(reach.row, after) or is_denied_aside(after.row)
    )
    return Status.DENIED if denied or after.has(phrases("after", "denied")) else None


_MISSED = frozenset({EventKind.EXECUTION, EventKind.ASSASSINATION, EventKind.DISAPPEARANCE})
"""What one who is alive has not suffered."""


def _is_of_papers(after: Sequence[str]) -> bool:
    """Whether what was false is a passport or the evidence, no report of it."""
    at = next((k for k, word in enumerate(after) if word in {"false", "wrong", "untrue"}), 0)
    return not _PAPERS.isdisjoint(after[max(0, at - 3) : at])


_PAPERS = word_set("evidence passport passports papers documents name names accounts identity charges testimony")


def _shares_a_not(sentence: Sentence, clause: Clause) -> bool:
    """Whether "not" before another verb reaches over "or" to this one: "has not been charged or arrested"."""
    if clause.chain or sentence.lows(clause.start - 1, clause.start) not in (["or"], ["nor"]):
        return False
    return not _NOT.isdisjoint(sentence.lows(max(sentence.body_start, clause.start - SHARED), clause.start))


def _is_in_quotes(sentence: Sentence, clause: Clause) -> bool:
    """Whether "not" stands before a verb in quotation marks: "has not "fled"" ."""
    marked = bool(_QUOTES & set(sentence.lows(clause.start - 1, clause.start)))
    return marked and not _NOT.isdisjoint(sentence.lows(clause.start - 2, clause.start - 1))


_QUOTES = frozenset({'"', "“", "'", "‘", "``"})


SHARED = 5
"""Words back from "or" within which the "not" stands that two verbs share."""


def _in_the_end(sentence: Sentence, clause: Clause, after: Words) -> Status | None:
    """What came of it: a flight that failed, a post that was declined, what is only asked for or still ahead."""
    kind = clause.trigger.rule.kind
    whole = Words(sentence.lows(clause.start - 1, len(sentence.tokens)))
    if kind is EventKind.DEFECTION and whole.has(phrases("after", "attempted")):
        return Status.ATTEMPTED
    if kind is EventKind.APPOINTMENT and after.has(phrases("after", "refused")):
        return Status.DENIED
    return Status.PLANNED if _is_ahead(sentence, clause, after) or _is_wished(sentence, clause) else None


def _is_ahead(sentence: Sentence, clause: Clause, after: Words) -> bool:
    """Whether "his dismissal will be announced", "they will send X to take charge", "asked that he be removed"."""
    if clause.trigger.rule.frame == "noun" and after.row[:2] in _TO_COME:
        return True
    before = sentence.lows(clause.start - NEAR, clause.start)
    sent = clause.chain[:1] == ["to"] and {"will", "shall"} & set(before) and _NOT.isdisjoint(before)
    return bool(sent) or (clause.chain == ["be"] and clause.trigger.rule.frame != "unseen")


def _is_wished(sentence: Sentence, clause: Clause) -> bool:
    """Whether somebody only wants it: "wants the minister fired", "voted to have him tried"."""
    rule = clause.trigger.rule
    if rule.frame != "done" or clause.chain or rule.form not in {"past", "part"} or not clause.subjects:
        return False
    noun = clause.subjects[0]
    lead = sentence.lead_of(noun)
    before = sentence.lows(lead - WISH, lead) if noun.j <= clause.start <= noun.j + WISH else []
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] in _WISHES), None)
    return at is not None and "," not in before[at:] and (before[at] in _WANTS or before[at - 1 : at] == ["to"])


_WISHES = frozenset({"want", "wants", "wanted", "have", "see"})
_TO_COME = (["would", "be"], ["will", "be"], ["is", "to"], ["was", "to"], ["is", "expected"], ["is", "imminent"])
WISH = 5
"""Words between "to have", "wants" and the one for whom something is wished, and from him to the verb."""


def _doubted(sentence: Sentence, clause: Clause, reach: Words, after: Words) -> Status:
    """Hedged if words of doubt stand around, else what the rule says, else asserted."""
    doubts = reach.has(phrases("before", "hedged")) or after.has(phrases("after", "hedged"))
    heard = _is_claimed(reach.row, after.row) or _is_hearsay(reach.row) or _is_hearsay(after.row)
    if doubts or heard or _is_reported(clause, reach.row) or _is_unexplained(sentence, clause):
        return Status.HEDGED
    return Status(clause.trigger.rule.status or Status.ASSERTED)


def _is_hearsay(words: Sequence[str]) -> bool:
    """Whether nobody of name or office says it: "refugees say that", "..., newcomers say"."""
    return any(word in _NOBODIES and not _SAY.isdisjoint(words[k + 1 : k + 3]) for k, word in enumerate(words))


_NOBODIES = word_set("travellers travelers refugees newcomers traders")
_SAY = word_set("say said says report reported tell told maintain maintained")


def _is_reported(clause: Clause, before: Sequence[str]) -> bool:
    """Whether "was reported on Tuesday to have left", "said by the Americans to have come over"."""
    return clause.chain[:2] == ["to", "have"] and not _HEARD.isdisjoint(before[-HEARD:])


def _is_unexplained(sentence: Sentence, clause: Clause) -> bool:
    """Whether a killing is only suspected: somebody was found dead, or fell, and no weapon is told of."""
    if clause.trigger.rule.kind is not EventKind.ASSASSINATION or clause.trigger.rule.verb not in _DIES:
        return False
    told = sentence.lows(clause.trigger.i, clause.trigger.j)
    return _VIOLENCE.isdisjoint(told) and _WEAPONS.isdisjoint(sentence.words)


_DIES = frozenset({"find", "fall", "jump", "die", "plunge"})
_VIOLENCE = word_set("stabbed shot murdered killed strangled beheaded poisoned beaten hacked slain throat")
_WEAPONS = word_set(
    "attacked attack stormed bomb blast explosion gunmen bullet bullets bulletholes wounds knife axe murdered assassins strangled stabbed gagged bound"
    " riddled exploded rifle polonium novichok ricin"
)
_HEARD = word_set("reported said rumoured rumored believed thought alleged")
HEARD = 6
"""Words before "to have left" within which it stands that so it is said."""


def _of_main_clause(before: Words, clause: Clause) -> Words:
    """No words for what is told as known: "whether he went the way of X, who was removed", "since Y broke with Z"."""
    row = list(before.row)
    if clause.relative and row[-2:-1] == [","] and row[-1] in {"who", "whom"}:
        return Words([])
    if clause.subordinate == "since" and "since" in row:
        return Words(row[len(row) - row[::-1].index("since") :])
    return before


def _reach(before: Words) -> Words:
    """What stands before the verb, back to the last mark that ends a thought."""
    if not before.holds(*_THOUGHT_ENDS):
        return before
    last = len(before.row) - 1
    ends = (k for k in range(last - 1, 0, -1) if before.row[k] in _THOUGHT_ENDS and before.row[k + 1] != "that")
    end = next(ends, -1)
    return Words(before.row[end + 1 :])


def _is_claimed(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether "claimed in turn that" stands before, or "Ukraine claims" at the end."""
    closes = len(after) > 1 and after[-1] == "." and after[-2] in _CLAIMS
    return closes or any(word in _CLAIMS and "that" in before[k + 1 : k + 5] for k, word in enumerate(before))


_CLAIMS = frozenset({"claim", "claims", "claimed", "alleged", "alleges", "allege"})
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
        [*clause.chain, *sentence.lows(clause.trigger.j, len(sentence.low))]
    )
    if _is_only_possible(clause, near) and first != "before":
        return True
    return near.has(phrases("before", "hypothetical")) or (opened and not reach.has(_CERTAIN))


def _is_only_possible(clause: Clause, near: Words) -> bool:
    """Whether "before a court could call him back", "so that he could leave", "he might not see him"."""
    able = not _ABLE.isdisjoint(clause.chain) and "have" not in clause.chain
    unseen = clause.trigger.rule.frame == "unseen" and not clause.passive
    return able and (unseen or clause.subordinate == "before" or near.has(_SO_THAT))


_ABLE = frozenset({"could", "might", "can"})
_SO_THAT = Wordings(("so that", "in order that"))
_CONDITIONALS = frozenset({"would", "could", "might", "will", "may"})


def _would_be(sentence: Sentence, clause: Clause) -> bool:
    """Whether a rank among others is only weighed: "would be among the most senior to come over"."""
    before = sentence.lows(clause.start - 14, clause.start)
    return any(before[k : k + 2] == ["would", "be"] for k in range(len(before)))


def _is_told(sentence: Sentence, clause: Clause) -> bool:
    """Whether "she wrote that she would no longer serve": said by the one concerned, and so done."""
    return "have" not in clause.chain and not SAYING.isdisjoint(sentence.lows(clause.start - 12, clause.start))


def _says_he_stays(sentence: Sentence, clause: Clause) -> bool:
    """Whether "he would not go back" can be what somebody says of himself."""
    own = not clause.subjects or clause.subjects[0].kind == "pron"
    words = sentence.lows(clause.start, clause.trigger.i)
    return clause.trigger.rule.frame == "notback" and own and "allowed" not in words and not _NOT.isdisjoint(words)


def _is_announced(sentence: Sentence, clause: Clause) -> bool:
    """Whether it is said of what is to come: "he announced that he would follow", "the ministry said X would be tried"."""
    if "would" not in clause.chain or "have" in clause.chain:
        return False
    vows = not _VOWS.isdisjoint(sentence.lows(clause.start - 6, clause.start))
    before = sentence.lows(max(sentence.body_start, clause.start - NEAR), clause.start)
    announced = (
        clause.passive
        and _NOT.isdisjoint(clause.chain)
        and not _ANNOUNCES.isdisjoint(before)
        and _FEARS.isdisjoint(before)
    )
    return vows or announced


_VOWS = frozenset({"announced", "declared", "vowed", "promised"})
_ANNOUNCES = _VOWS | {"said", "decided", "ordered", "ruled", "warned"}
_FEARS = word_set(
    "nobody none fear fears feared afraid thought believed expected hoped asked whether doubted knew wondered"
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
_WANTS = frozenset({"plan", "plans", "want", "wants", "intend", "intends", "planning", "wanted"})
"""What somebody does not want has not been denied: nobody said it."""


_ALMOST = frozenset({"nearly", "almost", "narrowly"})
_WRONGLY = frozenset({"wrongly", "falsely", "mistakenly", "erroneously", "incorrectly"})


def _governing(clause: Clause) -> list[str]:
    """The words that govern a verb, without those that "will not go back" needs to say that somebody stays."""
    if clause.trigger.rule.frame not in {"notback", "unseen"} or "would" in clause.chain:
        return clause.chain
    return [word for word in clause.chain if word not in _WILL]


_WILL = word_set("will shall intend intends intended intending going plan plans planned planning to expected ready")


def _chain_status(chain: list[str]) -> Status | str | None:
    """What the governing words of a verb say of it; None if nothing."""
    words = set(chain)
    if (words & {"would"} and words & _FINITE_HAVE) or (words & _NOT and words & _WANTS):
        return "hypothetical"
    if "no" in words and "longer" in words:
        words -= {"no", "longer"}
    if words & _ALMOST or ("would" in words and words & words_of("chain", "negated")):
        return "hypothetical"
    if words & _WRONGLY:
        return Status.REFUTED
    ahead = _IS if words & _FINITE_HAVE else _IS | {"likely"}
    ahead |= {"have"} if words & _MAYBE else set()
    if any(first in ahead and second == "to" for first, second in pairwise(chain)):
        return Status.PLANNED
    if words & _TRIES and not any(first in _TRIES and second == "to" for first, second in pairwise(chain)):
        words -= _TRIES
    for name, status in (
        ("negated", Status.DENIED),
        ("attempted", Status.ATTEMPTED),
        ("planned", Status.PLANNED),
        ("hedged", Status.HEDGED),
    ):
        if words & words_of("chain", name):
            return _refine(chain, name, status)
    return "hypothetical" if "would" in words else None


_TRIES = frozenset({"attempt", "bid", "plot"})
_IS = frozenset({"was", "were", "is", "are"})


def _refine(chain: list[str], name: str, status: Status) -> Status | None:
    if name == "planned" and "way" in chain:
        return None
    if name == "hedged" and "said" in chain and not ({"is", "was", "are", "were"} & set(chain)):
        return None
    return status
