"""Who says so: the subject of "said", the newspaper, the one after "according to"."""

from __future__ import annotations

from ostraka.read.arguments import Clause
from ostraka.read.grammar import SAYING
from ostraka.read.noun import join
from ostraka.read.scene import Sentence

_SPEAKS = SAYING - {"believe", "believes", "believed", "think", "thinks", "thought", "knew", "learned"}


def speaker(sentence: Sentence, clause: Clause) -> str:
    """Who says so in this sentence: the subject of "said", the one after "according to"; empty if nobody."""
    tokens = sentence.tokens
    for k in sentence.where({"according"}):
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
