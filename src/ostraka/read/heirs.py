"""Who takes over where the death or the fall of a ruler is told: a succession is coded of the one who comes."""

from __future__ import annotations

from ostraka.model import EventKind
from ostraka.read.arguments import read_clause
from ostraka.read.coreference import Coreference
from ostraka.read.found import Found
from ostraka.read.noun import Noun
from ostraka.read.places import leaders
from ostraka.read.scene import Sentence
from ostraka.read.tokens import word_set
from ostraka.read.triggers import alternatives

ENDS = "ends"
"""Marks an event that tells the end of a rule, not its beginning."""
ENDING = frozenset({"dies", "done", "noun"})
"""Frames of verbs and nouns that tell such an end."""
NEAR = 2
"""Sentences between the end of one rule and the beginning of the next."""
SINCE = 10
"""Words before the end of a rule within which "since" tells of the next one."""
_HEIR = word_set(
    "successor succeed succeeds succeeded follow heir power helm inherit inherited leader ruled rule ruler"
)
_RULED = word_set("ruled led governed power office charge")


def enthrone(story: Coreference, found: list[Found]) -> list[Found]:
    """Give the end of a rule to the one who takes over, where the report names him.

    Parameters
    ----------
    story : Coreference
    found : list of Found

    Returns
    -------
    list of Found
        Without ends of a rule whose heir has an event of his own.
    """
    ends = [event for event in found if event.needs == ENDS]
    for event in found:
        if event.kind is EventKind.APPOINTMENT and _comes_to_rule(event, ends):
            event.kind = EventKind.SUCCESSION
    begun = [event for event in found if event.kind is EventKind.SUCCESSION and event.needs != ENDS]
    kept: list[Found] = []
    for event in found:
        if event.kind is not EventKind.SUCCESSION or event.needs != ENDS:
            kept.append(event)
            continue
        own = next((other for other in begun if _follows(other, event)), None)
        if own is not None:
            own.when = event.when if own.when.earliest is None or _within(event, own) else own.when
            own.background = own.background or event.background
            continue
        if heir := _heir(story, event):
            event.label, event.needs = heir, ""
        kept.append(event)
    return kept


def _comes_to_rule(event: Found, ends: list[Found]) -> bool:
    """Whether a ruler gets his post where the rule of another ends: "became leader after the death of his father"."""
    return event.label in leaders() and any(
        end.sentence is event.sentence and end.label != event.label and event.order < end.order for end in ends
    )


def _follows(heir: Found, event: Found) -> bool:
    """Whether one comes to power where the rule of another ends: told beside it, at about that time."""
    near = abs(heir.sentence.ix - event.sentence.ix) <= NEAR and heir.label != event.label
    dated = heir.when.earliest is not None and event.when.earliest is not None
    return near and (not dated or heir.when.overlaps(event.when, slack_days=90))


def _within(event: Found, own: Found) -> bool:
    """Whether the end of the old rule is dated more closely than the beginning of the new one."""
    if event.when.earliest is None or event.when.latest is None or own.when.earliest is None or own.when.latest is None:
        return False
    closer = event.when.latest - event.when.earliest < own.when.latest - own.when.earliest
    return closer and own.when.earliest <= event.when.earliest


def _heir(story: Coreference, event: Found) -> str:
    """The one who has "ruled since the death of X", or the kin of X who is named as heir beside it."""
    at = next((k for k, token in enumerate(event.sentence.tokens) if token.start >= event.order), 0)
    before = event.sentence.lows(at - SINCE, at)
    if "since" in before and not _RULED.isdisjoint(before):
        first = _since_whom(event.sentence, at, before[-4:])
        return first.label if first is not None and first.label != event.label else ""
    if comer := _comes_to_power(event):
        return comer
    for sentence in story.scene.sentences[event.sentence.ix : event.sentence.ix + NEAR + 1]:
        label = _kin_named(sentence, event.label)
        if label:
            return label
    return ""


def _comes_to_power(event: Found) -> str:
    """The ruler who took power in the same sentence: Y in "since Y took power after the death of X"."""
    verbs = (trigger for fitting in alternatives(event.sentence) for trigger in fitting)
    begins = (
        trigger for trigger in verbs if trigger.rule.kind is EventKind.SUCCESSION and trigger.rule.frame not in ENDING
    )
    named = (noun.label for trigger in begins for noun in read_clause(event.sentence, trigger).subjects)
    return next((label for label in named if label in leaders() and label != event.label), "")


def _since_whom(sentence: Sentence, at: int, near: list[str]) -> Noun | None:
    """The one who "has ruled since the death of X", or after the word itself: "since Y took power after the death of X"."""
    opened = sentence.body_start if "since" in near else sentence.low.index("since", max(0, at - SINCE))
    return next((noun for noun in sentence.nouns if noun.is_person and noun.label and opened <= noun.i < at), None)


def _kin_named(sentence: Sentence, ruler: str) -> str:
    """A son or brother of a ruler who is named in a sentence that speaks of power and who heads no other regime."""
    if not _HEIR & {token.low for token in sentence.tokens}:
        return ""
    for noun in sentence.nouns:
        if noun.kind != "kin" or noun.plural or noun.kin is None or noun.owner is None or noun.owner.label != ruler:
            continue
        if noun.kin.word.rpartition(" ")[2] in _HEIRS and noun.label and noun.label in leaders():
            return noun.label
    return ""


_HEIRS = word_set("son brother daughter nephew half-brother sister cousin uncle wife widow son-in-law")
