"""Where a Korean sentence tells of events: each stem with its clause, and the day on which it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ostraka.dates import When
from ostraka.model import Report
from ostraka.read.dates_in_text import DateMention
from ostraka.read.korean_words import table

NEAR = 30
"""Letters beside a date in which the verb of saying stands that owns it."""
_ONLY_NAMED = (" 여부", "설을 부인", " 가능성")


@dataclass(frozen=True, slots=True)
class Stem:
    """Words that tell of an event: its kind, where they stand, and where their clause begins."""

    kind: str
    at: int
    end: int
    clause: int


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for kind, words in table()["event"].items():
        for word in words:
            kinds.setdefault(word, kind)
    longest = sorted(kinds, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), kinds


_MAY = re.compile(r"[가-힣]{0,3} 수도? 있")
_HOLDS = re.compile(r"[가-힣](?:이|가) (?:됐|되었|된|돼)")


def find_stems(text: str, span: tuple[int, int]) -> list[Stem]:
    """Events that the words of a sentence may tell of, in order; each clause begins where the one before ended.

    Parameters
    ----------
    text : str
        The stored text.
    span : tuple of int
        The sentence, as offsets.
    """
    start, end = span
    pattern, kinds = _stems()
    found = [(match.start(), match.end(), kinds[match[0]]) for match in pattern.finditer(text, start, end)]
    found += [(match.start() + 1, match.end(), "appointment") for match in _HOLDS.finditer(text, start, end)]
    stems: list[Stem] = []
    clause = start
    for at, stop, kind in sorted(found):
        if text.startswith(_ONLY_NAMED, stop) or _MAY.match(text, stop):
            continue
        follows = text.startswith("뒤를 이었", at) and text[at - 2 : at] != "의 " and bool(stems)
        stems.append(Stem(stems[-1].kind if follows else kind, at, stop, clause))
        clause = stop
    return stems


def day_of(report: Report, dates: list[DateMention], stem: Stem, span: tuple[int, int]) -> When:
    """When it happened: the last date before the verb that no report owns, else one after it in the sentence."""
    usable = [row for row in dates if row.when and row.kind != "until" and not is_said_on(report.text, row, span)]
    inside = [row for row in usable if stem.clause <= row.start < stem.at]
    before = [row for row in usable if row.start < stem.at]
    after = [row for row in usable if stem.at <= row.start < stem.end + NEAR]
    chosen = next((rows[-1] for rows in (inside, before) if rows), after[0] if after else None)
    published = report.published
    if chosen is None:
        return When(None, published) if published else When()
    when = chosen.when
    late = published and when.latest and when.latest > published and (not when.earliest or when.earliest <= published)
    return When(when.earliest, published, when.text) if late else when


def is_said_on(text: str, row: DateMention, span: tuple[int, int]) -> bool:
    """Whether a date is the day of the report: "26일 발표했다", "국가정보원은 24일 국회에서"."""
    if row.kind not in {"day", "weekday", "ago", "offset"}:
        return False
    after = text[row.end : min(span[1], row.end + NEAR)]
    before = text[max(span[0], row.start - NEAR // 2) : row.start].rstrip()
    says = table()["report"]
    told = any(word in after.split(",")[0][:14] for word in says["verbs"])
    source = any(
        re.search(rf"{word}(?:은|는|이|가|도)?$", before) is not None for word in (*says["sources"], "매체", "BBC")
    )
    return told or source


def bullets(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences that are lines of a list, by the mark with which they begin."""
    marks = tuple(table()["bullet"]["marks"])
    for start, end in spans:
        if text[start:end].lstrip().startswith(marks) and text[:start].rstrip(" \t").endswith("\n"):
            yield start, end
