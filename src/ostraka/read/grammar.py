"""Small words that bind a clause together: auxiliaries, governing verbs, prepositions, verbs of saying."""

from __future__ import annotations

from ostraka.read.tokens import word_set

AUXILIARIES = word_set(
    "has have had is are was were be been being will would may might can could should must did does do having get got gets am 's"
    " shall cannot"
)
CONTROL = word_set(
    "decided decide chose choose choosing deciding planned plans plan planning tried tries try trying attempted attempts attempt attempting sought seeks seek"
    " seeking wanted wants want hoped hopes hope refused refuses refuse failed fails fail about ready prepared preparing prepares believed thought"
    " said reported feared rumoured rumored understood known expected due set likely ordered forced threatened threatens agreed managed began"
    " begun preparing alleged presumed assumed suspected claimed intended intends intend intending wishes wished unable able poised supposed"
    " unlikely certain appears appeared seems seemed continued vowed pledged offered offers asked going told way bid attempt plot"
    " decision choice wish intention urged begged persuaded convinced helped allowed called failing"
)
ADVERBS = word_set(
    "also already then since later now recently ever never not n't earlier just still both all soon once again subsequently first long only even"
    " together actually indeed perhaps probably possibly maybe instead himself herself themselves back too allegedly in order on the n't either"
    " no longer yet"
)
PREPOSITIONS = word_set(
    "of with to from by for in at against under about between among like than as including on over into despite toward towards via near through"
    " alongside besides behind without unlike beside around following per within onto upon except"
)
REPORTING = word_set(
    "said says say saying told tells reported reports report confirmed confirms announced announces claimed claims believe believes believed denied"
    " denies added adds insisted alleged alleges acknowledged disclosed revealed stated quoted quoting wrote writes argued suggested suggests that"
    " think thinks thought learned knew"
)
SAYING = REPORTING - {"that"}
"""The verbs of these alone."""
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "got", "gets", "'s"})
