"""What a Korean report tells of an event besides: body, post, goal, company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ostraka.read.korean_actors import Actor
from ostraka.read.korean_words import known_places, table, word_list
from ostraka.read.places import Place, PlaceKind, country_name

Field = tuple[str, tuple[int, int]]
"""What is told, and where its words stand."""
Span = tuple[int, int]


@cache
def _place_pattern() -> re.Pattern[str]:
    longest = sorted(known_places(), key=len, reverse=True)
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(map(re.escape, longest))})")


def places(text: str, span: Span) -> Iterator[tuple[int, int, Place]]:
    """Places named in a stretch of text, in order."""
    for match in _place_pattern().finditer(text, *span):
        yield match.start(), match.end(), known_places()[match[0]]


_TO = re.compile(
    r"(?:(?: [가-힣]{1,5})? 공항에 (?:도착|내)| ?(?:총영사관|대사관)(?:에|을|으로) (?:들어|찾|피신|진입|망명)|정부[는은이가] |으로|로|에 |에$|에게|행|대사관|땅|정부에|을 향|를 향|을 택|를 택|에서 (?:망명|귀순)|편으로)"
)
_NOT_TO = (
    "에서",
    "에 주재",
    "에 있",
    "에 나와",
    "에 머물",
    "에 파견",
    "에 부임",
    "로 파견",
    "로 부임",
    "대사관에서 근무",
    "대사관의",
)


def destination(text: str, clause: Span, regime: str) -> Field | None:
    """Where a flight led: "카타르로 망명했다", "미국에 망명을 신청", "서울에 도착했다"."""
    best: Field | None = None
    for start, end, place in places(text, clause):
        if place.country in {regime, ""}:
            continue
        tail = text[end : end + 12].lstrip() if text[end : end + 3] == " 정부" else text[end : end + 12]
        if _TO.match(tail) and not tail.startswith(_NOT_TO):
            name = country_name(place.country)
            if best is None or place.country == "KR" or best[0] != country_name("KR"):
                best = (name, (start, end))
    if best is None and regime == "KP":
        south = _SOUTH.search(text, *clause)
        best = (country_name("KR"), south.span()) if south is not None else None
    return best


_SOUTH = re.compile(
    r"귀순|입국|들어온 것|국내에? (?:들어|입국)|서울에 (?:있는 것|살)|국내 입국|월남|휴전선을 넘|남하|넘어왔|넘어온"
)


@cache
def _kin_unit() -> re.Pattern[str]:
    kin = "|".join(sorted(table()["family"]["kin"], key=len, reverse=True))
    unit = rf"(?:두 |세 |한 |어린 |세살 )?(?:{kin})(?:\(\d{{1,3}}세?\))?(?: (?:한|두|세|네) 명|씨)?"
    return re.compile(rf"(?<![가-힣]){unit}(?:(?:과|와|,| 및|·)\s?{unit}){{0,3}}(?![가-힣]?[이가] )")


def family(text: str, clause: Span) -> Field | None:
    """Kin words before "데리고", "함께"; "일가족"."""
    words = text[clause[0] : clause[1]]
    rows = table()["family"]
    if any(word in words for word in rows["left"]):
        return None
    for match in _kin_unit().finditer(text, *clause):
        after = text[match.end() : match.end() + 14]
        if any(word in after for word in rows["with"]) or match[0].startswith(("일가", "온 가족")):
            return match[0], match.span()
    return None


_POST = re.compile(
    r"(?:의 (?!한국)|의$| 주재|주재|에 (?:있|나와|머물|파견|근무|주재)| 북한|북한|(?: [가-힣]{2,4})? ?(?:대사|공사|영사|총영사|대표부|공관|무역대표)|에서 (?:근무|일하|활동|외화|무역|경제|생활|식당))"
)


def post_place(text: str, zone: Span, regime: str) -> Field | None:
    """Where somebody was posted: "주영", "로마의", "런던 주재"."""
    for code, word in _posted():
        at = text.find(word, *zone)
        if at >= 0 and code != regime:
            return country_name(code), (at, at + len(word))
    for low, high, found in places(text, zone):
        tail = text[high : high + 12]
        abroad = found.country not in {regime, "KR"}
        if abroad and _POST.match(tail) and not tail.startswith((" 대사관에 들", "대사관을")):
            name = found.name if found.kind is not PlaceKind.COUNTRY else country_name(found.country)
            return name, (low, high)
    return None


@cache
def _posted() -> tuple[tuple[str, str], ...]:
    rows = [(code, word) for code, words in table()["posted"].items() for word in words]
    return tuple(sorted(rows, key=lambda row: -len(row[1])))


_DIPLOMAT = re.compile(r"(?:대사|대사대리|공사|참사|참사관|서기관|영사|총영사|무관|외교관|대리대사|부대사)\Z")


def body(text: str, zone: Span, actor: Actor, post: Field | None, regime: str) -> Field | None:
    """The body somebody served: named before the title, an embassy by its post, or the one the title implies."""
    named = _named_body(text, zone)
    role = actor.role
    implied = body_of(role, regime) if actor.role_at is not None else ""
    if named is not None and (_DIPLOMAT.search(role) or not implied):
        return named
    if _DIPLOMAT.search(role) and post is not None and actor.role_at is not None:
        land = _home(regime)
        place = text[post[1][0] : post[1][1]]
        gap = "" if regime == "KP" else " "
        if place in word_list("region", "names"):
            return f"{place} 주재 {land}{gap} 공관".replace("  ", " "), post[1]
        if place.startswith("주"):
            place = _korean_name(post[0]) or place
        return f"{place} 주재 {land}{gap}대사관", post[1]
    return (implied, actor.role_at) if implied and actor.role_at is not None else None


def _korean_name(country: str) -> str:
    """The Korean name of a country that we name in English."""
    return next((name for name, place in known_places().items() if place.name == country), "")


def _home(regime: str) -> str:
    return next((name for name, place in known_places().items() if place.country == regime), "")


def _named_body(text: str, zone: Span) -> Field | None:
    for match in _body_pattern().finditer(text, *zone):
        if match[0].startswith(("한국", "미국", "영국", "일본", "중국대", "서방")) or not match[1]:
            continue
        lead = re.search(r"(?:[가-힣]{2,8} 주재 |FAO |UN |유엔 |\(([A-Z]{2,6})\) ?)\Z", text[zone[0] : match.start()])
        if lead is not None:
            start = zone[0] + lead.start()
            return text[start : match.end()].replace(")", "").replace("(", ""), (start, match.end())
        return match[0], match.span()
    return None


@cache
def _body_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(table()["body"]["words"], key=len, reverse=True))
    return re.compile(rf"(?<![가-힣])[가-힣]{{0,6}}?({words})(?![가-힣]{{0,2}}장)(?!의 [가-힣]+대사관)")


_PARTS = ("부부장", "부국장", "부위원장", "부사장", "부총리", "부의장", "부총장", "부대표", "부사령관")
_IMPLIED = (
    ("총참모장", "총참모부"),
    ("사령관", "사령부"),
    ("참모장", "참모부"),
    ("위원장", "위원회"),
    ("장관", "부"),
    ("차관", "부"),
    ("외무상", "외무성"),
    ("은행장", "은행"),
    ("국장", "국"),
    ("부장", "부"),
    ("실장", "실"),
    ("청장", "청"),
    ("상", "성"),
    ("총장", "청"),
    ("군단장", "군단"),
    ("여단장", "여단"),
    ("사단장", "사단"),
    ("의장", ""),
)
_BODY_ENDS = (
    "부대",
    "신문",
    "군단",
    "부",
    "국",
    "성",
    "위원회",
    "당",
    "군",
    "은행",
    "회사",
    "대사관",
    "대표부",
    "회의",
    "실",
    "총국",
    "사령부",
    "동맹",
    "비대",
)


def body_of(role: str, regime: str = "KP") -> str:
    """The body that a title implies.

    Examples
    --------
    >>> body_of("외무상"), body_of("국방장관"), body_of("당 행정부 제1부부장"), body_of("통일전선부장")
    ('외무성', '국방부', '노동당 행정부', '통일전선부')
    """
    words = role.split()
    while words and re.search(r"^\d|^(?:여러|한|두|세|네|명|일가|부부|간부|고위|전|출신|몇)$", words[-1]):
        words.pop()
    if not words:
        return ""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    over = _party(before, regime) if before.endswith(_BODY_ENDS) and before not in _NO_BODIES else ""
    if over in {"행정부", "조직지도부", "선전선동부", "통일전선부", "국제부"} and len(words) > 2 and words[-3] == "당":
        over = f"노동당 {over}"
    implied = _implied(last)
    if over:
        return f"{over} {implied}" if implied and last != "부장" else over
    if last in {"비서", "제1비서", "책임비서", "조직비서"} or last.startswith("당"):
        return "노동당" if regime == "KP" else ""
    if last in {"총리", "부총리"}:
        return "내각" if regime == "KP" else ""
    return implied


def _implied(last: str) -> str:
    """The body in the last word of a title: 국방장관, 통일전선부장, 총참모장."""
    for end, body_end in _IMPLIED:
        if last.endswith(end) and not last.endswith((*_PARTS, "부상")) and (len(last) > len(end) or end == "총참모장"):
            return last.removesuffix(end) + body_end if end != "총참모장" else body_end
    return ""


_NO_BODIES = frozenset(("담당", "간부", "정부", "일부", "전부", "내부", "외부", "본부", "대부"))


def _party(word: str, regime: str) -> str:
    return "노동당" if word in {"당", "중앙당"} and regime == "KP" else word
