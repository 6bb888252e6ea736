"""Where a Korean sentence tells of events: each stem with the form of its verb, and the day on which it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from ostraka.dates import When, month_end
from ostraka.model import Report
from ostraka.read.dates_in_text import DateMention
from ostraka.read.korean_words import role_at_end, table, word_list

NEAR = 30
"""Letters beside a date in which the verb of saying stands that owns it."""
_ONLY_NAMED = (
    " 여부",
    " 가능성",
    "조 ",
    "조가",
    "조를",
    " 부대",
    "팀",
    " 조사",
    "제도",
    " 정책",
    "자 ",
    "자가",
    "자는",
    "자의",
    "자를",
    "자들",
    "자도",
    "장 발부",
    "리아",
    "장에서",
    "심사",
)

DONE, DOES, WHO, NOUN = "done", "does", "who", "noun"
"""Forms of a verb: something is done to its subject, somebody does it to an object, the one it happens to comes next, a noun."""


@dataclass(frozen=True, slots=True)
class Stem:
    """Words that tell of an event: its kind and form, where they stand, and where their clause begins."""

    kind: str
    at: int
    end: int
    clause: int
    form: str = DONE
    stop: int = 0
    swap: bool = False


@cache
def _stems() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds: dict[str, str] = {}
    for kind, words in table()["event"].items():
        for word in words:
            kinds.setdefault(word, kind)
    longest = sorted(kinds, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), kinds


@cache
def _own_acts() -> frozenset[str]:
    return frozenset(word_list("voice", "own"))


_MAY = re.compile(r"[가-힣]{0,3} 수도? 있")
_DOUBT = re.compile(r"[가-힣]{0,3}다고 (?:보기|판단하기|단정하기)")
_DEMANDED = re.compile(
    r"[을를] (?:거듭 |강력히 )?(?:요구|촉구|외치|외쳤)|[가-힣]{0,2}[ 가-힣]{0,4} (?:달라고|줄 것을|달라는)"
)
"""What is only demanded: "퇴진을 요구했다", "체포해 넘겨 달라고"."""
_HOLDS = re.compile(
    r"(?<![가-힣\d])([가-힣\d]{2,10}?)(?:(?:이|가) (?:됐|되었|된|돼)|(?:직을|자리를|을|를) 맡(?:았[다고으지는]|은 |게|아 )"
    r"|(?:은|는) (?:[가-힣]{2,4} 대신 )?[가-힣]{2,4}[이가] 맡(?:았[다고으지는]|게|아))"
)
"""A title that somebody gets or holds: "정찰총국장이 됐다", "사령관은 곽창식이 맡았다"."""
DONE_TO = frozenset({"execution", "purge", "dismissal", "recall", "appointment", "assassination"})


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
    for match in _HOLDS.finditer(text, start, end):
        if role_at_end(match[1]) is not None:
            verb = max(text.rfind(letter, match.start(), match.end()) for letter in "맡됐되된돼")
            found.append((verb, match.end(), "appointment"))
    stems: list[Stem] = []
    clause = start
    found.sort()
    begins = {row[0] for row in found}
    for at, stop, kind in found:
        if _DEMANDED.match(text, stop) and kind in DONE_TO:
            continue
        if text.startswith(_ONLY_NAMED, stop) or _MAY.match(text, stop) or _DOUBT.match(text, stop):
            continue
        form, verb_end = _form(text, at, stop, kind)
        if form == NOUN and text[stop : stop + 1] == " " and stop + 1 in begins:
            continue
        stems.append(Stem(stems[-1].kind if _follows(text, at, stems) else kind, at, stop, clause, form, verb_end))
        clause = verb_end
    return stems


_AS_OTHERS = ("뒤를 이었", "같은 길을", "같은 선택을", "전철을 밟", "뒤를 따랐")
"""Words with which somebody does what another did."""


def _follows(text: str, at: int, stems: list[Stem]) -> bool:
    """Whether words say that somebody did as the one before: "뒤를 이었다", but not into the post of one who lost it."""
    if not stems or not text.startswith(_AS_OTHERS, at) or text[at - 2 : at] == "의 ":
        return False
    return not text.startswith("뒤를 이었", at) or stems[-1].kind not in {"dismissal", "appointment", "purge"}


_PASSIVE = re.compile(
    r"(?: ?(?:교육|처벌|조치|처분|선고|판결|명령|지시|통보|령)[을를]? ?)?(?:형)?(?: ?\d{1,2}년(?:형)?)?(?: 혐의로 (?:[가-힣]{2,8} )?(?:조사|심사))?(?:[이가을를] )?(?:형?에 처해|에 목숨을 잃|언도받|형?을 선고받|되|됐|된|될|돼|됨|당하|당했|당한|당해|받|집행되|집행됐|집행된)"
)
_ACTIVE = re.compile(
    r"(?:형)?(?: ?\d{1,2}년(?:형)?)?(?: 혐의로 (?:조사|심사))?(?: (?:조치|처분))?(?:[을를] )?(?:선고(?!받)|언도(?!받)|집행하|집행했|하|했|한|할|해|함|시키|시켰|시킨|단행|결정|지시|명령|선언|표명|발표)"
)
_ASKS = re.compile(
    r"(?:을|를)? ?(?:요청|신청|택|선택|결심|시도|타진|기도|감행|결행|희망|원하|준비|길에 올|의사|청하|청했|호소)"
)
_MERE = frozenset(("신변 보호를", "신변보호를"))
"""Words that tell of a flight only where somebody asks for it."""
_WORD = re.compile(r"[가-힣]{0,12}")


def _form(text: str, at: int, stop: int, kind: str) -> tuple[str, int]:
    """The form of a verb, and where it ends."""
    tail = text[stop : stop + 40]
    if kind == "defection" and (asks := _ASKS.match(tail)) is not None:
        end = _word_end(text, stop + asks.end())
        return (WHO if _is_adnominal(text, end) else DONE), end
    passive, active = _PASSIVE.match(tail), _ACTIVE.match(tail)
    if kind == "disappearance" and passive is None:
        passive = _IS.match(tail)
    if text[stop - 1] == "당":
        passive, active = active, None
    light = passive or active or _SENT.match(tail)
    end = _word_end(text, stop + light.end() if light is not None and " " in light[0] else stop)
    words = text[at:stop]
    if words in _MERE and kind == "defection":
        return NOUN, end
    told_to = words[-1] == "라" and text.startswith("는 ", stop)
    if told_to or (light is None and not _is_verbal(words)):
        return NOUN, end
    if _is_adnominal(text, end) and text[end : end + 1] == " ":
        return WHO, end
    own = words in _own_acts() or kind not in DONE_TO
    done_by = active is not None or (light is not None and light[0].endswith("보냈"))
    does = (done_by and not own) or (light is None and words in word_list("voice", "active"))
    return (DOES if does else DONE), end


def _word_end(text: str, at: int) -> int:
    """Where the word at an offset ends."""
    word = _WORD.match(text, at)
    return word.end() if word is not None else at


_IS = re.compile(r"(?:이다|이라|이며|이었|인 | 상태)")
_SENT = re.compile(r"[가-힣]{0,2}(?:으로|로|에) ?(?:보내|보냈|갔|가게|끌려|잡혀|넘겨|쫓겨|추방|이송|압송|수감|갇|내려)")


def _is_verbal(words: str) -> bool:
    """Whether the words of a stem hold the beginning of a verb already: "사라졌", "한국에 들어"."""
    return (words[-1] in word_list("voice", "verbal") and words != "강등") or " " in words or words[0] in "맡됐되된돼"


def _is_adnominal(text: str, end: int) -> bool:
    """Whether a verb that ends here describes what comes next: "망명한 | 공사", not "망명한 뒤"."""
    ends = text[end - 1 : end] in tuple("한된던온난진할될인는은긴운춘른갔") and text[end - 2 : end] not in {
        "다는",
        "라는",
    }
    known = _KNOWN.match(text, end)
    if known is not None and ends:
        return True
    return ends and _NO_HEAD.match(text, end) is None


_KNOWN = re.compile(r" 것으로 [가-힣 ]{1,8}(?:진|던|는|된) ")
_NO_HEAD = re.compile(
    r" ?(?:것|뒤|후|직후|이후|지(?= |가|만)|바(?= |가|는)|채|데(?= |다|에)|적(?= |이|도)|상태|사실|점|이유|가능성|의혹|혐의|소식|설|때|다음|끝에|이래|만큼|듯|모양|전망|셈|대가|직전|이전|전까지|즉시|순간|날|해(?= |에|는)|경우|정황|일(?=이|은|도|까)|[,.]|만에|게|말이|말도|말은|분석|관측|얘기|이야기|과정|책임|사건|사람[은이의]|첫|최초|최고위|사례|배경|원인|동기|시점|시기)"
)


_GOES_ON = re.compile(r"[가-힣][라해고며자서] ")
"""The end of a clause that goes on: what follows it has another date."""


def day_of(report: Report, dates: list[DateMention], stem: Stem, span: tuple[int, int], told: date | None) -> When:
    """When it happened: the last date before the verb that no report owns, else one after it; else it was told by then."""
    usable = [
        row
        for row in dates
        if row.when and row.kind not in {"until", "recent"} and not is_said_on(report.text, row, span)
    ]
    inside = [row for row in usable if stem.clause <= row.start < stem.at]
    if stem.form == NOUN:
        inside = [
            row
            for row in usable
            if stem.at - NEAR <= row.start < stem.at and not _GOES_ON.search(report.text, row.end, stem.at)
        ]
    before = [
        row
        for row in usable
        if stem.form != NOUN and row.start < stem.at and "만에" not in report.text[row.end : stem.at]
    ]
    after = [row for row in usable if stem.at <= row.start < stem.end + NEAR // 3]
    asked = stem.form == NOUN or report.text.startswith((" 것은", " 것이", "것은"), stem.stop)
    later = [row for row in usable if row.start >= stem.end] if asked else []
    chosen = next((rows[-1] for rows in (inside, before) if rows), next(iter(after or later), None))
    published = report.published
    if chosen is None:
        said = [row.when.latest for row in dates if is_said_on(report.text, row, span) and row.when.latest]
        bound = min(max(said), published) if said and published else told
        return When(None, bound) if bound else When()
    when = chosen.when
    if chosen.kind == "since" and stem.form == WHO and chosen.start - stem.stop < 2:
        when = _beginning(chosen)
    late = published and when.latest and when.latest > published and (not when.earliest or when.earliest <= published)
    return When(when.earliest, published, when.text) if late else when


def _beginning(row: DateMention) -> When:
    """The day, month or year with which a stretch of time begins: "처형한 지난해 12월 이후"."""
    first = row.when.earliest
    if first is None or "일" in row.when.text:
        return When(first, first, row.when.text)
    year = "월" not in row.when.text
    return When(first, date(first.year, 12, 31) if year else month_end(first.year, first.month), row.when.text)


def day_told(report: Report, dates: list[DateMention], spans: list[tuple[int, int]]) -> date | None:
    """The last day within a week of publication on which the report has something told; else that of publication."""
    published = report.published
    if published is None:
        return None
    days = []
    ends = iter(spans)
    span = next(ends, (0, len(report.text)))
    for row in dates:
        while row.start >= span[1] and (after := next(ends, None)) is not None:
            span = after
        latest = row.when.latest
        day = row.kind == "day" and latest is not None and 0 <= (published - latest).days <= WEEK
        if day and latest is not None and is_said_on(report.text, row, span):
            days.append(latest)
    return max(days, default=published)


WEEK = 7


def is_said_on(text: str, row: DateMention, span: tuple[int, int]) -> bool:
    """Whether a date is the day of the report: "26일 발표했다", "국가정보원은 24일 국회에서"."""
    after = text[row.end : min(span[1], row.end + NEAR)]
    if row.kind not in {"day", "weekday", "ago", "offset"}:
        return row.kind == "month" and after.lstrip().startswith(("국회", "정보위", "기자회견", "브리핑"))
    before = text[max(span[0], row.start - NEAR // 2) : row.start].rstrip()
    says = table()["report"]
    told = any(word in after.split(",")[0][:14] for word in says["verbs"])
    source = _source_ends(before)
    return told or source


@cache
def _sources() -> re.Pattern[str]:
    words = (*table()["report"]["sources"], "매체", "BBC")
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?:은|는|이|가|도|에 따르면|등에 따르면)?\Z")


def _source_ends(before: str) -> bool:
    return _sources().search(before) is not None


def bullets(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences that are lines of a list, by the mark with which they begin."""
    marks = tuple(table()["bullet"]["marks"])
    for start, end in spans:
        at = start
        while at and text[at - 1] in " \t":
            at -= 1
        if text[at - 1 : at] == "\n" and text[start:end].lstrip().startswith(marks):
            yield start, end
