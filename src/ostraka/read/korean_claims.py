"""Number claims of a Korean report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ostraka.dates import When
from ostraka.model import Claim, Operator, Report
from ostraka.read.dates_in_text import DateMention
from ostraka.read.korean_words import NUMBER, number_of, table


def find_claims(
    report: Report, sentences: list[tuple[int, int]], dates: list[DateMention], writer: Any
) -> Iterator[Claim]:
    """Counts of persons and cases, with their operator and the date nearest before them as period; not by how many more."""
    counts = table()["count"]
    for start, end in sentences:
        sentence = report.text[start:end]
        thing = next((word for word in counts["things"] if word in sentence), "")
        for match in NUMBER.finditer(sentence):
            value = number_of(match[1])
            operator = _operator(sentence, match)
            counted = thing or value >= MANY or match[3] == "번째"
            plain = operator is Operator.EXACTLY and match[3] != "번째"
            more = sentence[: match.start()].rstrip().endswith("보다")
            if not counted or more or (plain and (value < 3 or match[3] in {"곳", "나라", "사람"})):
                continue
            row = _date_of(dates, (start, end), start + match.start())
            low = value if operator is not Operator.AT_MOST else None
            high = value if operator not in {Operator.AT_LEAST, Operator.MORE_THAN} else None
            words = start + _thing_before(sentence, match.start()), start + _rest(sentence, match.end())
            span = report.quote(*words)
            yield Claim(
                span,
                "claim",
                thing,
                "number",
                span.quote,
                low=low,
                high=high,
                operator=Operator.ORDINAL if match[3] == "번째" else operator,
                unit=thing,
                period=row.when if row else When(),
                **writer.signature,
            )


def _date_of(dates: list[DateMention], sentence: tuple[int, int], at: int) -> DateMention | None:
    """The date nearest before a number, else the first of its sentence: "2019년에는 1천47명, 2020년에 229명"."""
    rows = [row for row in dates if sentence[0] <= row.start < sentence[1] and row.when]
    return next((row for row in reversed(rows) if row.start < at), rows[0] if rows else None)


MANY = 10
"""From so many on a count is a claim whatever is counted."""
_COUNTED = re.compile(
    r"(?<!\S)(?:[가-힣]{1,8}[^은는이가을를도에,. ] ){0,3}[가-힣]{2,8} (?:(?:약|최소|적어도|모두|총) ?)?\Z"
)
_OVER = re.compile(r"(?:가량|정도|안팎|남짓|쯤| ?이상| 가까이| 안팎| 남짓| 정도)")


def _thing_before(sentence: str, at: int) -> int:
    """Where the counted words before a number begin: "핵심 간부 | 다섯 명"."""
    found = _COUNTED.search(sentence, max(0, at - NEAR), at)
    return found.start() if found else at


NEAR = 30
"""Letters before a number in which what is counted is told."""


def _rest(sentence: str, at: int) -> int:
    """Where a count ends with what makes it rough: "명 | 이상", "명 | 안팎"."""
    found = _OVER.match(sentence, at)
    return found.end() if found else at


def _operator(sentence: str, match: re.Match[str]) -> Operator:
    counts = table()["count"]
    before, after = sentence[max(0, match.start() - 4) : match.start()], sentence[match.end() : match.end() + 6]
    if any(word in before for word in ("최소", "적어도")) or after.lstrip().startswith("이상"):
        return Operator.AT_LEAST
    if any(after.lstrip().startswith(word) for word in ("을 넘", "이 넘", "넘")):
        return Operator.MORE_THAN
    if (
        match[2]
        or any(word in before for word in ("약 ", "약"))
        or any(after.lstrip().startswith(word) for word in counts["about"][2:])
    ):
        return Operator.ABOUT
    if "최대" in before or after.lstrip().startswith("이하"):
        return Operator.AT_MOST
    return Operator.EXACTLY
