"""To whom a Korean sentence says that something happens: head, object, subject, owner, or the one spoken of before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ostraka.read.korean_actors import BARE, GOAL, OBJECT, OWNER, SOURCE, SUBJECT, TOPIC, WITH, Actor, Phrase, may_act
from ostraka.read.korean_beside import kin_words
from ostraka.read.korean_clauses import DOES, DONE, DONE_TO, NOUN, WHO, Stem
from ostraka.read.korean_words import LEADERS, NUMBER, table, word_list

BACK = 24
"""Phrases looked back over for a subject."""
_ONE = frozenset(("그", "그녀", "본인", "자신", "당사자"))
_MANY = frozenset(("이들", "두 사람", "세 사람", "네 사람", "모두", "이들 모두", "둘", "셋"))


@dataclass(slots=True)
class Scene:
    """One sentence: its text, its phrases, who was spoken of before it, and whether somebody is quoted in it."""

    text: str
    phrases: list[Phrase]
    focus: list[Actor]
    closed: set[int] = field(default_factory=set)
    last: list[Actor] = field(default_factory=list)
    quotes: bool = False


def whom(scene: Scene, stem: Stem) -> list[Actor]:
    """Those to whom the event of a stem happens.

    Parameters
    ----------
    scene : Scene
        The sentence.
    stem : Stem
        Its words for the event.

    Returns
    -------
    list of Actor
        Joined actors together; empty where it cannot be told safely.
    """
    found: list[Actor] = []
    if stem.form == WHO:
        if _is_counted(scene, stem):
            return []
        found = _head(scene, stem) or (_object(scene, stem) if stem.kind in DONE_TO else [])
    elif stem.form == NOUN:
        return _owner(scene, stem) or _ordered(scene, stem) or _headline(scene, stem)
    elif stem.form == DOES:
        stripped = scene.text[stem.at : stem.end] in word_list("voice", "stripped")
        return _owner(scene, stem) if stripped else _object(scene, stem) or _sentenced(scene, stem)
    found = found or _somebody(scene, stem) or _subject(scene, stem)
    if stem.form == WHO and stem.kind in DONE_TO:
        found = [actor for actor in found if actor.case != TOPIC or actor.start > stem.at]
    _close(scene, stem, found)
    return found


def _sentenced(scene: Scene, stem: Stem) -> list[Actor]:
    """On whom a sentence is passed: "장관에게 징역 5년을 선고했다"."""
    if _PASSED.search(scene.text, stem.at, stem.stop + 8) is None:
        return []
    before = [k for k, phrase in enumerate(scene.phrases) if stem.clause <= phrase.start < stem.at and phrase.actors]
    groups = [_group(scene, k) for k in reversed(before) if scene.phrases[k].words[-1].particle in _TO_WHOM]
    return groups[0] if groups else []


_PASSED = re.compile(r"명령|집행|선고|언도|내렸|내린|부과")


def _group(scene: Scene, k: int, kind: str = "") -> list[Actor]:
    """The last one of a phrase and those joined to it by "and"."""
    first = last = k
    while first > 0 and scene.phrases[first - 1].joined:
        first -= 1
    while scene.phrases[last].joined and last + 1 < len(scene.phrases):
        last += 1
    joined = scene.phrases[first : last + 1]
    mine = scene.phrases[k].case
    actors = [phrase.actors[-1] for phrase in joined if phrase.actors and phrase.case == mine]
    if (
        len(actors) > 1
        and not any(actor.named for actor in actors)
        and [_counts(actor) for actor in actors[-2:]] == [False, True]
    ):
        actors = [_together(scene.text, actors)]
    return [
        actor
        for actor in actors
        if may_act(actor)
        or (kind == "succession" and actor.label in LEADERS)
        or (actor.named and not scene.quotes and actor.label not in LEADERS)
    ]


def _counts(actor: Actor) -> bool:
    return NUMBER.search(actor.label) is not None


def _together(text: str, actors: list[Actor]) -> Actor:
    """One group of several sorts: "지배인과 종업원 12명"."""
    start, last = actors[0].start, actors[-1]
    label = text[start : last.end]
    return replace(last, label=label, start=start, role=label, role_at=(start, last.end))


_SO_MANY = re.compile(
    r" ?(?:모두|약|최소|적어도|총|지금까지)? ?(?:\d[\d,]{0,8}|[가-힣]{1,3}) ?여?명(?:이|을|에|가량|으로|쯤|안팎|에)?"
    r"| (?:예년|지난해|작년|전년|전년도|한 해 전)[가-힣]{0,3} |[^.]{0,20}(?:배에 이르|늘었|줄었|늘어났|줄어들)"
)


_MEASURED = frozenset(("로는", "으로는", "로서는", "으로서는", "치고는"))
"""Particles after those by whom another is measured: "정권을 떠난 관료로는 가장 높다"."""


def _is_counted(scene: Scene, stem: Stem) -> bool:
    """Whether those who come next are only counted: "한국에 온 외교관은 10명이 넘는다"."""
    for phrase in scene.phrases:
        if phrase.start >= stem.stop and not phrase.joined:
            plain = bool(phrase.actors) and not phrase.actors[-1].named
            if plain and phrase.words[-1].particle in _MEASURED:
                return True
            return plain and phrase.case in {TOPIC, SUBJECT} and _SO_MANY.match(scene.text, phrase.end) is not None
    return False


def _head(scene: Scene, stem: Stem) -> list[Actor]:
    """The one whom a verb describes, next after it: "망명한 태영호 전 공사"."""
    seen = 0
    for k, phrase in enumerate(scene.phrases):
        if phrase.start < stem.stop:
            continue
        if phrase.words[0].stem in {"것", "사실", "바"}:
            continue
        if phrase.words[-1].stem in _ONE and phrase.words[-1].particle:
            return scene.focus[:1]
        if phrase.actors:
            is_said = not phrase.actors[-1].named and _IS.match(scene.text, phrase.end) is not None
            return [] if is_said else _group(scene, k)
        seen += 1
        if phrase.case not in {OWNER, BARE} or seen > 2:
            break
    return []


_IS = re.compile(r" ?(?:됐|되었|되는|이다|였다)")


_SOMEBODY = frozenset(("사람", "인물", "주인공", "장본인"))


def _somebody(scene: Scene, stem: Stem) -> list[Actor]:
    """Who is told after "the one who": "망명을 요청한 사람은 김동수 씨다"."""
    after = [k for k, phrase in enumerate(scene.phrases) if phrase.start >= stem.end]
    if not after or scene.phrases[after[0]].case != TOPIC or _said(scene.phrases[after[0]]) not in _SOMEBODY:
        return []
    return next((_group(scene, k)[:1] for k in after if scene.phrases[k].actors), [])


def _owner(scene: Scene, stem: Stem) -> list[Actor]:
    """Whose event a noun names: "황장엽의 망명", "최룡해 숙청설"."""
    for k, phrase in enumerate(scene.phrases):
        if phrase.start <= stem.at < phrase.end:
            inside = [actor for actor in phrase.actors if actor.named and actor.end <= stem.at]
            if inside:
                return (_group(scene, k) or [inside[-1]]) if may_act(inside[-1]) else []
            before = scene.phrases[k - 1] if k else None
            if before is not None and before.case == OWNER and _said(before) == "그":
                return _meant(scene, k - 1)
            if before is None or before.case not in {OWNER, BARE, OBJECT} or not before.actors:
                return _rumoured(scene, stem, k)
            if scene.text[before.end : phrase.start].strip():
                return []
            actor = before.actors[-1]
            counted = any(char.isdigit() for char in actor.label)
            return _group(scene, k - 1) if actor.named or counted else []
    return []


def _meant(scene: Scene, k: int) -> list[Actor]:
    """Whom "his" means: the one named before it in the sentence, else the one spoken of before."""
    named = [a for phrase in scene.phrases[:k] for a in phrase.actors if a.named and may_act(a)]
    return named[-1:] or scene.focus[:1]


def _ordered(scene: Scene, stem: Stem) -> list[Actor]:
    """Those to whom an order went: "간부들에게 소환령이 내려졌다"."""
    if _GOT.match(scene.text, stem.end) is not None:
        return _subject(scene, stem)
    if _ISSUED.match(scene.text, stem.end) is None:
        return []
    given = [k for k, phrase in enumerate(scene.phrases) if phrase.start < stem.at and phrase.actors]
    groups = [_group(scene, k) for k in reversed(given) if scene.phrases[k].words[-1].particle in _TO_WHOM]
    return groups[0] if groups else []


_GOT = re.compile(r"는 (?:지시|명령|통보|지령|연락)[을를] ?받")
_TO_WHOM = frozenset(("에게", "에게는", "에게도", "씨에게"))
_ISSUED = re.compile(
    r"(?:[령이을를]{1,2}|(?:는|라는) (?:지시|명령|통보)[가이을를]) ?(?:내려|내렸|떨어|날아들|하달|전달|보냈)"
)


def _headline(scene: Scene, stem: Stem) -> list[Actor]:
    """The one of whom a headline tells: "리용국 총참모장, 모든 직위서 해임"."""
    if _ENDS.match(scene.text, stem.end) is None:
        return []
    told = [k for k, phrase in enumerate(scene.phrases) if phrase.start < stem.at and phrase.actors]
    groups = [_group(scene, k) for k in reversed(told) if scene.phrases[k].case in {BARE, TOPIC, SUBJECT}]
    return next((group for group in groups if group), [])


_ENDS = re.compile(r"\s*(?:[….\n·]|\Z)")


def _rumoured(scene: Scene, stem: Stem, k: int) -> list[Actor]:
    """The topic of a rumour: "김경희는 한때 처형설이 돌았다"."""
    if (borne := _BORNE.match(scene.text, stem.end)) is not None:
        return _head(scene, replace(stem, stop=borne.end()))
    if _KNOWN.match(scene.text, stem.end) is None:
        return []
    topics = [n for n in range(max(0, k - 4), k) if scene.phrases[n].actors and scene.phrases[n].actors[-1].acts]
    return _group(scene, topics[-1]) if topics else []


_BORNE = re.compile(r"설(?:이|도|에)? ?(?:나)?(?:돌던|돌았던|있던|제기됐던|제기된|휩싸인|휩싸였던|나온|나왔던|불거진)")
_KNOWN = re.compile(r"설|[이을] ?(?:확인|공식|드러|알려|발표)")


def _object(scene: Scene, stem: Stem) -> list[Actor]:
    """The one marked as object before an active verb: "장성택을 처형했다"."""
    for k in range(len(scene.phrases) - 1, -1, -1):
        phrase = scene.phrases[k]
        if phrase.start >= stem.at:
            continue
        if phrase.start < stem.clause:
            break
        if phrase.case == OBJECT and phrase.actors:
            return [*_paired(scene, k), *_group(scene, k)]
        if phrase.case == OBJECT and phrase.words[-1].stem in _ONE:
            return scene.focus[:1]
        if phrase.case == OBJECT and _said(phrase) in _MANY:
            return scene.focus
    done = [actor for actor in scene.last if actor.case == OBJECT]
    return done if stem.clause > (scene.phrases[0].start if scene.phrases else 0) else []


def _paired(scene: Scene, k: int) -> list[Actor]:
    """Those told before with a post of their own: "김영춘을 부장에, | 리영호를 총참모장에 임명했다"."""
    found: list[Actor] = []
    while k > 1:
        one, post = scene.phrases[k - 2], scene.phrases[k - 1]
        named = one.actors and one.actors[-1].named and may_act(one.actors[-1])
        comma = scene.text[post.end : scene.phrases[k].start].strip() == ","
        if not (
            named and comma and post.case == GOAL and post.actors and _CLOSE[one.case] == _CLOSE[scene.phrases[k].case]
        ):
            break
        found.insert(0, one.actors[-1])
        k -= 2
    return found


_CLOSE = {
    case: SUBJECT if case == TOPIC else case for case in (TOPIC, SUBJECT, OBJECT, OWNER, GOAL, SOURCE, WITH, BARE)
}


def _said(phrase: Phrase) -> str:
    return " ".join(word.stem for word in phrase.words)


def _subject(scene: Scene, stem: Stem) -> list[Actor]:
    """The subject or topic nearest before a verb; else somebody named without a particle; else the one in focus."""
    said = [span for span in _quoted(scene) if span[1] <= stem.at]
    before = [
        k
        for k, phrase in enumerate(scene.phrases)
        if phrase.start < stem.at and not any(low < phrase.start < high for low, high in said)
    ][-BACK:]
    blocked = False
    for k in reversed(before):
        phrase = scene.phrases[k]
        if phrase.case in {SUBJECT, TOPIC}:
            found = _acting(scene, k, stem)
            if found:
                return found
            if phrase.case == SUBJECT and phrase.start >= stem.clause and phrase.words[-1].stem in kin_words():
                return []
            idle = phrase.start >= stem.clause and not phrase.actors
            blocked = blocked or (idle and not _is_source(phrase))
    among = _among(scene, stem)
    if among:
        return among
    bare = [k for k in before if scene.phrases[k].case == BARE and scene.phrases[k].start >= stem.clause]
    named = [group for k in reversed(bare) if not blocked and (group := _group(scene, k))]
    return named[0] if named else [actor for actor in scene.focus[:1] if actor.named and not blocked]


def _among(scene: Scene, stem: Stem) -> list[Actor]:
    """Those named of a number of men: "최선희를 비롯해 9명이 해임됐다"."""
    for k, phrase in enumerate(scene.phrases):
        if stem.clause <= phrase.start < stem.at and phrase.actors and _INCLUDING.match(scene.text, phrase.end):
            return _group(scene, k)
    return []


_INCLUDING = re.compile(r" (?:비롯|포함)[해한하]")
_SPEECH = re.compile(r"[\"“][^\"“”]{8,300}[\"”]")


def _quoted(scene: Scene) -> list[tuple[int, int]]:
    """Where a sentence quotes what somebody said."""
    if not scene.phrases:
        return []
    return [match.span() for match in _SPEECH.finditer(scene.text, scene.phrases[0].start, scene.phrases[-1].end + 2)]


def _acting(scene: Scene, k: int, stem: Stem) -> list[Actor]:
    """Whom a topic or subject means: those it names, or a pronoun the ones spoken of before."""
    phrase = scene.phrases[k]
    if phrase.actors:
        unfit = stem.kind == "appointment" and not phrase.actors[-1].named
        closed = unfit or id(phrase.actors[-1]) in scene.closed
        group = [] if closed else [*_paired(scene, k), *_group(scene, k, stem.kind)]
        return group + _companions(scene, k, stem) if group else []
    if phrase.words[-1].stem in _ONE:
        return scene.focus[:1] + _companions(scene, k, stem)
    return scene.focus if _said(phrase) in _MANY else []


def _is_source(phrase: Phrase) -> bool:
    return phrase.words[-1].stem.endswith(tuple(table()["report"]["sources"]))


def _companions(scene: Scene, k: int, stem: Stem) -> list[Actor]:
    """Those named who go along: "언니 성혜랑과 함께"."""
    for n in range(k + 1, len(scene.phrases)):
        phrase = scene.phrases[n]
        if phrase.start >= stem.at:
            break
        if phrase.case == WITH and phrase.actors and _TOGETHER.match(scene.text, phrase.end):
            return [actor for actor in _group(scene, n) if actor.named]
    return []


_TOGETHER = re.compile(r" (?:함께|같이|나란히)")
_AS_SEEN = re.compile(r" (?:뒤|직후|이후|후|다음|것을 보|모습을 보|것에)")
_ASIDE = re.compile(r"(?:자|뒤|직후|이후|후)?[ ,]{0,2}(?:뒤|직후|이후|후|다음)?")


def _close(scene: Scene, stem: Stem, found: list[Actor]) -> None:
    """A subject whose clause only tells when ("대사가 추방되자") is not the subject of what follows."""
    aside = scene.text[stem.stop - 1 : stem.stop] == "자" or _AS_SEEN.match(scene.text, stem.stop) is not None
    topics = [phrase for phrase in scene.phrases if phrase.case == TOPIC and phrase.start < stem.at]
    spoken = bool(topics) or scene.text.startswith((" 것을", " 모습을", " 것에"), stem.stop)
    if aside and spoken and stem.form == DONE:
        scene.closed.update(id(actor) for actor in found if actor.case == SUBJECT)
