"""Dates on which something was told: they belong to "said", "announced", "wrote", never to the deed itself."""

from __future__ import annotations

from ostraka.read.arguments import Clause
from ostraka.read.scene import Dated, Sentence
from ostraka.read.subjects import subjects
from ostraka.read.tokens import word_set
from ostraka.read.triggers import find_triggers, firm_triggers

REPORT_VERBS = word_set(
    "said says told reported announced confirmed added wrote quoted disclosed published claimed denied revealed learned"
    " declared stated"
)
_CALLS = REPORT_VERBS | word_set(
    "showed called accused described briefed informed warned insisted listed reports announces writes tells shown posted aired"
    " dated broadcast printed presented spread circulated released"
)
_OTHER_VERBS = word_set(
    "was were is are be been being have has had did does do went came took left flew fled gave got made became ran saw met"
    " held sent put sat stood fell goes comes"
)
_LEAD_IN = word_set("who which whom whose that when after before because if while as than since until ;")
_NO_VERBS = word_set("armed united allied red wounded alleged unnamed retired exiled")
BACK = 16
"""Words before a date in which the verb stands that owns it."""
AHEAD = 18
"""Words after a date that opens its clause in which "said" or "announced" stands."""


def belongs_to_report(sentence: Sentence, row: Dated) -> bool:
    """Whether a date says when it was said ("told the National Assembly on Monday", "On Sunday the ministry announced")."""
    if row.mention.kind in {"weekday", "day"} and _CALLS & set(sentence.lows(row.j, row.j + 1)):
        return True
    if _is_of_source(sentence, row):
        return True
    starts = _starts(sentence)
    if starts & set(range(row.j, row.j + 3)) and not {",", "that", "he", "she", "they"} & set(
        sentence.lows(row.j, row.j + 3)
    ):
        return False
    return _follows_report(sentence, row, starts) or _opens_report(sentence, row, starts)


def _is_of_source(sentence: Sentence, row: Dated) -> bool:
    """Whether a date says of when a source is: "according to the paper of last Friday"."""
    words = sentence.lows(row.i - SOURCE, row.i)
    return words[-1:] == ["of"] and "according" in words and "," not in words[words.index("according") :]


SOURCE = 8
"""Words before a date within which "according to" stands."""


def _starts(sentence: Sentence) -> frozenset[int]:
    """First words of the firm triggers of a sentence, found once."""
    if sentence.starts is None:
        sentence.starts = frozenset(trigger.i for trigger in firm_triggers(sentence))
    return sentence.starts


def _follows_report(sentence: Sentence, row: Dated, starts: frozenset[int]) -> bool:
    """Whether the nearest verb before a date is one of saying."""
    for k in range(row.i - 1, max(row.i - BACK, sentence.body_start - 1), -1):
        low = sentence.tokens[k].low
        if k in starts and low not in REPORT_VERBS:
            return False
        if _tells(sentence, k, _CALLS):
            return low != "reported" or sentence.lows(k - 1, k) not in (["is"], ["was"], ["are"], ["were"], ["been"])
        if k in starts or low in _OTHER_VERBS or low in _LEAD_IN or low in {":", "told"} or _is_past(sentence, k):
            return False
    return False


def _tells(sentence: Sentence, k: int, verbs: frozenset[str]) -> bool:
    """Whether a word tells something: not "declared him unwelcome", which does something to him."""
    low = sentence.tokens[k].low
    if low in {"public", "known"}:
        return bool(_MADE & set(sentence.lows(k - 1, k)))
    if low == "told" and _is_order(sentence, k):
        return False
    return low in verbs and (low != "declared" or _says_what(sentence, k))


def _is_order(sentence: Sentence, k: int) -> bool:
    """Whether "told" gives an order: "had been told in August to be in Moscow", "was told on Monday to go home"."""
    dated = next((row.j for row in sentence.dates if k < row.i <= k + 2), k + 1)
    return bool(_BEEN & set(sentence.lows(k - 2, k))) and sentence.lows(dated, dated + 1) == ["to"]


_BEEN = frozenset({"been", "was", "were", "being", "is", "are"})
_MADE = frozenset({"made", "became", "be"})


def _says_what(sentence: Sentence, k: int) -> bool:
    """Whether "declared" is followed by what was said, not by the one who is declared unwelcome."""
    after = sentence.lows(k + 1, k + 2)
    return bool(_CONTENT & set(after)) or any(row.i <= k + 2 <= row.j for row in sentence.dates)


_CONTENT = word_set("that , . ; : on in at to he she they it there yesterday today last")


def _is_past(sentence: Sentence, k: int) -> bool:
    token = sentence.tokens[k]
    return token.low.endswith("ed") and token.text[0].islower() and token.low.isalpha() and token.low not in _NO_VERBS


def _opens_report(sentence: Sentence, row: Dated, starts: frozenset[int]) -> bool:
    """Whether a date opens a clause whose verb is one of saying."""
    month = row.mention.kind in _MONTHS
    if (row.mention.kind not in _DAYS and not month) or not opens_clause(sentence, row.i):
        return False
    aside = sentence.lows(row.i - 2, row.i - 1) == [","] or sentence.lows(row.i - 1, row.i) == [","]
    for k in range(row.j, min(row.j + AHEAD, len(sentence.tokens))):
        low = sentence.tokens[k].low
        if _tells(sentence, k, REPORT_VERBS):
            told = sentence.lows(k + 1, k + AHEAD)
            return not (month and not {"that", "had"} <= set(told)) and not (aside and "," in sentence.lows(row.j, k))
        if k in starts or low in _OTHER_VERBS or low in _LEAD_IN or _is_past(sentence, k):
            return False
    return False


_DAYS = frozenset({"day", "weekday", "offset", "ago"})
_MONTHS = frozenset({"month", "part"})


def opens_clause(sentence: Sentence, at: int) -> bool:
    """Whether a clause opens at a word, "on" left out."""
    before = at - 1 if sentence.lows(at - 1, at) in (["on"], ["in"], ["late"]) else at
    return before <= sentence.body_start or sentence.tokens[before - 1].low in {";", ":", ",", "but", "and"}


def report_date(sentence: Sentence, clause: Clause) -> Dated | None:
    """The day on which a sentence says that its news was told; of several that of the saying last before the verb, or first after it."""
    rows = [row for row in telling_dates(sentence) if row.mention.kind in _TELLING]
    if len(rows) > 1:
        before = [
            row
            for row in rows
            if row.j <= clause.start and not REPORT_VERBS.isdisjoint(sentence.lows(row.j, clause.start))
        ]
        rows = before[-1:] or [row for row in rows if row.i >= clause.trigger.j][:1]
    return rows[0] if rows else None


def telling_dates(sentence: Sentence) -> list[Dated]:
    """The dates of a sentence that say when something was told."""
    return [row for row in sentence.dates if row.i >= sentence.body_start and belongs_to_report(sentence, row)]


def speech_date(sentence: Sentence, clause: Clause) -> Dated | None:
    """The day of the verb joined to one of saying, of the one concerned: "flew out on Wednesday and told officials that he"."""
    stop = clause.start
    verb = next((k for k in range(stop - 1, sentence.body_start, -1) if sentence.tokens[k].low in REPORT_VERBS), None)
    if verb is None or sentence.lows(verb - 1, verb) != ["and"]:
        return None
    own = {noun.label for noun in clause.subjects if noun.label}
    rows = [row for row in sentence.dates if sentence.body_start <= row.i and row.j <= verb]
    own &= {noun.label for noun in sentence.nouns if noun.j <= verb and noun.kind != "pron"}
    return rows[0] if own and len(rows) == 1 and rows[0].mention.kind in _DAYS else None


_TELLING = frozenset({"weekday", "day", "offset", "apart", "ago", "week", "month", "part"})


def tells_himself(sentence: Sentence, label: str) -> bool:
    """Whether the one concerned says so himself ("he told a rally on Saturday that ...")."""
    starts = {trigger.i for trigger in find_triggers(sentence)}
    return any(
        (noun.label == label or noun.text == "they")
        and not starts & set(range(noun.j, verb))
        and not _PERFECT & set(sentence.lows(noun.j, verb - 1))
        and not _other_speaker(sentence, noun.j, verb)
        for verb, token in enumerate(sentence.tokens)
        if token.low in REPORT_VERBS and verb >= sentence.body_start
        for noun in subjects(sentence, verb)
    )


def _other_speaker(sentence: Sentence, i: int, j: int) -> bool:
    """Whether somebody or something else stands between somebody and the verb of saying: then that says so."""
    words = sentence.lows(i, j)
    if "," in words:
        last = words[len(words) - words[::-1].index(",") :]
        if last and last[0] not in _GOES_ON:
            return True
    bodies = ((noun.i, noun.j) for noun in sentence.nouns if noun.kind in {"org", "place"})
    return any(i <= start and stop in {j, j - 1} for start, stop in (*sentence.media, *bodies))


_GOES_ON = word_set("who and but he she they then has had have also later now since")
_PERFECT = frozenset({"has", "have", "had", "was", "were", "is", "are"})
