"""Changes of post in a Korean report: "A에서 B로 바뀌었다", "A를 B로 교체", "A 대신 B가", "A가 B에게 자리를 물려줬다"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ostraka.read.korean_actors import GOAL, OBJECT, OWNER, SOURCE, SUBJECT, TOPIC, Actor, Phrase, may_act
from ostraka.read.korean_clauses import Stem
from ostraka.read.korean_who import Scene
from ostraka.read.korean_words import is_verb, role_at_end

_CHANGE = re.compile(r"교체|바뀌|바뀐|바꿨|바꾼|바꾸|갈아치|갈렸|대체|물갈이")
_HANDS = re.compile(
    r"(?:자리|직|직책|바통|권한|직위|권력|지휘권)(?:[는가이은] [^.]{2,20}에게 돌아갔|(?:를|을) (?:물려|넘겨|넘기|내줬|내주|내준|넘겼|이양))"
)
Change = tuple[str, Actor, Stem]


def changes(text: str, span: tuple[int, int], phrases: list[Phrase], focus: list[Actor]) -> Iterator[Change]:
    """Who lost a post and who got it, where one verb tells both.

    Parameters
    ----------
    text : str
        The stored text.
    span : tuple of int
        The sentence, as offsets.
    phrases : list of Phrase
        Its noun phrases.
    focus : list of Actor
        Who was spoken of before.
    """
    clause = span[0]
    for match in _CHANGE.finditer(text, *span):
        near = [p for p in phrases if clause <= p.start < match.start() and p.actors and p.actors[-1].named]
        goal = next((p for p in reversed(near) if p.case == GOAL), None)
        source = next((p for p in reversed(near) if p.case in {SOURCE, OBJECT}), None)
        if goal is None or (source is None and match[0] == "교체"):
            source = None if goal is None else source
        if goal is not None:
            stem = Stem("appointment", match.start(), match.end(), clause, stop=match.end())
            if source is None:
                source = next((p for p in near if p.case in {SUBJECT, TOPIC}), None)
            yield from _both(source.actors[-1] if source else None, goal.actors[-1], stem)
        clause = match.end()
    for match in _HANDS.finditer(text, *span):
        near = [p for p in phrases if p.start < match.end() and p.actors and p.actors[-1].named]
        goal = next((p for p in reversed(near) if p.case == GOAL), None)
        giver = next((p for p in reversed(near) if p.case in {SUBJECT, TOPIC}), None)
        if goal is not None:
            lost = giver.actors[-1] if giver else next(iter(focus), None)
            stem = Stem("appointment", match.start(), match.end(), span[0], stop=match.end())
            for one in phrases[max(0, phrases.index(goal) - 2) : phrases.index(goal)]:
                if one.joined and one.case == GOAL and one.actors and one.actors[-1].named:
                    yield from _both(None, one.actors[-1], stem, hands=True)
            yield from _both(lost, goal.actors[-1], stem, hands=True)


_SUCCESSOR = re.compile(
    r"후임(?: [가-힣\d]{2,10})?(?:으로는|으로|에는|에|은|는|엔) |(?:새|신임) ([가-힣\d]{2,12}?)(?:으로는|에는|은|는|엔) "
)


def successors(text: str, span: tuple[int, int], phrases: list[Phrase]) -> Iterator[Change]:
    """Who is told to be the new one without a verb of appointment: "새 총정치국장은 김정각이다", "후임으로는 지재룡이 온다"."""
    for match in _SUCCESSOR.finditer(text, *span):
        if (match[1] and role_at_end(match[1]) is None) or _TALKED_OF.search(text, match.end(), span[1]):
            continue
        for phrase in phrases:
            if phrase.start >= match.end() - 1 and phrase.actors and phrase.actors[-1].named:
                actor = phrase.actors[-1]
                if may_act(actor) and phrase.start - match.end() < REACH:
                    yield "appointment", actor, Stem("appointment", phrase.end, phrase.end, span[0], stop=phrase.end)
                break


_TALKED_OF = re.compile(r"거론|물망|유력|꼽힌|하마평")
REACH = 30
"""Letters after "the new one" in which the name stands."""


def _both(source: Actor | None, goal: Actor, stem: Stem, *, hands: bool = False) -> Iterator[Change]:
    if source is not None and may_act(source):
        yield "dismissal", source, Stem("dismissal", stem.at, stem.end, stem.clause, stop=stem.stop, swap=True)
    if may_act(goal):
        heir = source is not None and bool(source.role) and (hands or not goal.role)
        if heir and source is not None:
            goal = replace(goal, role=source.role, role_at=source.role_at, tier=source.tier)
        yield "appointment", goal, stem


_INSTEAD = re.compile(r" ?(?:[을를]? ?대신|의 뒤를 이|[을를] 밀어내)")


def replaced(text: str, phrases: list[Phrase], stem: Stem) -> Actor | None:
    """The one in whose stead somebody is appointed: "리명수 대신 리영길이 기용됐다"."""
    for phrase in phrases:
        if phrase.start >= stem.at:
            break
        for actor in phrase.actors:
            if actor.named and may_act(actor) and phrase.words[-1].stem == "후임":
                return actor
            if actor.named and may_act(actor) and _INSTEAD.match(text, actor.end, phrase.end + 8):
                return actor
    return None


_RANK = re.compile(r"([가-힣]{2,4}) (?:계급장을 달|칭호를)")


def post_of(text: str, phrases: list[Phrase], stem: Stem, actor: Actor) -> tuple[str, tuple[int, int], int] | None:
    """The post an appointment names: "외교부장에", "총서기로", "총참모장을 맡", "후임 총리는"; else its topic."""
    if (rank := _RANK.search(text, max(0, stem.at - 8), stem.end)) is not None:
        return rank[1], rank.span(1), 2
    for owner, phrase in pairwise(phrases):
        heir = owner.case == OWNER and owner.actors and phrase.words[-1].stem in {"후임", "뒤", "자리"}
        if heir and phrase.start < stem.at + 2 and (told := owner.actors[-1]).role_at is not None:
            return told.role, told.role_at, told.tier
    before = [p for p in phrases if stem.clause <= p.start < stem.at + 2 and not any(a.named for a in p.actors)]
    rows = [(p, role_at_end(p.words[-1 - _is_seat(p)].stem)) for p in before]
    posts = [(p, role) for p, role in rows if role is not None]
    mine = [(p, role) for p, role in posts if p.case == GOAL and 0 <= p.start - actor.phrase[1] < 2]
    posts = mine or [(p, role) for p, role in posts if p.case == GOAL and 0 <= actor.start - p.end < 4] or posts
    for cases in ({GOAL}, {OBJECT}, {SUBJECT, TOPIC}):
        chosen = next(((p, role) for p, role in reversed(posts) if p.case in cases), None)
        if chosen is not None:
            phrase, role = chosen
            seat = _is_seat(phrase)
            words = phrase.words[-3 - seat : len(phrase.words) - seat]
            while len(words) > 1 and (
                words[0].stem in _NEW or is_verb(words[0]) or any(char.isdigit() for char in words[0].stem[:1])
            ):
                words = words[1:]
            start, end = words[0].start, words[-1].start + len(words[-1].stem)
            return " ".join(word.stem for word in words), (start, end), role[1]
    return None


def _is_seat(phrase: Phrase) -> bool:
    """Whether a phrase ends in "seat": 부위원장 | 자리를."""
    return len(phrase.words) > 1 and phrase.words[-1].stem in {"자리", "직", "직책", "직위", "직함", "명단"}


def left_post(phrases: list[Phrase], stem: Stem) -> tuple[str, tuple[int, int], int] | None:
    """The post a loss names: "조직지도부장에서 해임", "통일전선부장이 김영철에서 장금철로"."""
    before = [p for p in phrases if stem.clause <= p.start < stem.at and not any(a.named for a in p.actors)]
    changed = any(p.case in {SOURCE, OBJECT} and p.actors and p.actors[-1].named for p in phrases)
    for phrase in reversed(before):
        seat = _is_seat(phrase)
        role = role_at_end(phrase.words[-1 - seat].stem.removesuffix("직"))
        fits = phrase.case == SOURCE or (changed and stem.kind == "dismissal" and stem.swap and phrase.case != GOAL)
        if role is not None and fits:
            words = [word for word in phrase.words[-2 - seat : len(phrase.words) - seat] if word.stem not in _NEW]
            start, end = words[0].start, words[-1].start + len(words[-1].stem)
            return " ".join(word.stem for word in words).removesuffix("직"), (start, end), role[1]
    return None


_HEIR = frozenset(("후임", "후임자", "뒤", "빈자리", "공석"))


_HANDED = re.compile(r" (?:물려|이어|넘겨)받")


def _of_other(text: str, phrase: Phrase) -> bool:
    """Whether a phrase says that somebody comes after one told before: "후임에", "그를 대신해"."""
    last = phrase.words[-1]
    seat = [word.stem for word in phrase.words] == ["그", "자리"]
    handed = last.stem == "자리" and _HANDED.match(text, phrase.end) is not None
    instead = last.stem == "그" and text.startswith((" 대신", " 뒤를 이"), phrase.end)
    return last.stem in _HEIR or seat or handed or instead


def as_heir(text: str, scene: Scene, actor: Actor, *, settled: bool = False) -> Actor | None:
    """Who is only told to come after another bears that one's post: "후임에 김철수가 임명됐다"."""
    heir = next((p for p in scene.phrases if (len(p.words) <= 2 or p.actors) and _of_other(text, p)), None)
    if heir is None or (settled and not 0 <= actor.phrase[0] - heir.end <= len(" 전 ")):
        return None
    before = [a for p in scene.phrases if p.start <= heir.start for a in p.actors if a.named]
    told = [a for a in (*reversed(before), *scene.focus) if a.label != actor.label and a.role and a.role_at]
    if not told:
        return None
    return replace(actor, role=told[0].role, role_at=told[0].role_at, tier=told[0].tier)


_NEW = frozenset(
    (
        "새",
        "신임",
        "후임",
        "다시",
        "북한",
        "북한의",
        "한",
        "전",
        "각각",
        "함께",
        "나란히",
        "동시에",
        "전격",
        "공식",
        "이미",
        "주재",
        "초",
        "말",
        "들어",
        "올해",
        "이달",
        "지난달",
        "지난해",
        "최근",
    )
)
