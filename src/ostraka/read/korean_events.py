"""Events of a Korean report: the stem of an event, those it happens to, the end of the sentence for its status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ostraka.dates import When
from ostraka.model import Report, Status
from ostraka.read import korean_fields as fields
from ostraka.read.dates_in_text import DateMention
from ostraka.read.korean_actors import SUBJECT, TOPIC, Actor, Phrase
from ostraka.read.korean_changes import as_heir, changes, left_post, post_of, replaced, successors
from ostraka.read.korean_clauses import DOES, DONE, NOUN, WHO, Stem, day_of, find_stems
from ostraka.read.korean_fields import Field
from ostraka.read.korean_who import Scene, whom
from ostraka.read.korean_words import LEADERS, known_places, table, word_list
from ostraka.read.places import country_name


@dataclass(slots=True)
class Happening:
    """An event as found."""

    kind: str
    actor: Actor
    words: tuple[int, int]
    status: Status
    when: When
    destination: Field | None = None
    family: Field | None = None
    place: Field | None = None
    body: Field | None = None
    listed: bool = False
    affirmed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole report: the report, the code of the regime it is about, the day on which it is told.

    `breaks`: it tells of men who break with a regime, so that a resignation is such a break.
    """

    report: Report
    regime: str
    told: date | None = None
    breaks: bool = False


def _rows(setting: Setting, span: tuple[int, int], scene: Scene) -> list[tuple[int, str, Stem, list[Actor]]]:
    """What each stem of a sentence tells, and of whom."""
    text = setting.report.text
    swaps = list(changes(text, span, scene.phrases, scene.focus))
    swapped = {stem.at for _, _, stem in swaps}
    rows = [(stem.at, stem.kind, stem, [actor]) for _, actor, stem in swaps]
    stems = find_stems(text, span)
    flees = any(stem.kind == "defection" for stem in stems)
    for stem in stems:
        if stem.at in swapped:
            continue
        if not setting.breaks and text[stem.at : stem.end] in _CALLS_TO_GO:
            continue
        actors = (
            [] if setting.regime == "KP" and stem.form == DOES and _by_the_south(scene, stem) else whom(scene, stem)
        )
        breaks = (setting.breaks or flees) and text[stem.at : stem.end] in word_list("voice", "resigns")
        killed = _dies(text, stem) and _KILLED.search(text, max(stem.clause, stem.at - 40), stem.at) is not None
        rows.append((stem.at, "defection" if breaks else "assassination" if killed else stem.kind, stem, actors))
        scene.last = actors or scene.last
        if stem.kind == "appointment" and (gone := replaced(text, scene.phrases, stem)) is not None and actors:
            rows.append((stem.at, "dismissal", replace(stem, kind="dismissal", swap=True), [gone]))
    if not any(row[1] == "appointment" and row[3] for row in rows):
        rows += [(stem.at, kind, stem, [actor]) for kind, actor, stem in successors(text, span, scene.phrases)]
    return rows


def _by_the_south(scene: Scene, stem: Stem) -> bool:
    """Whether an office of the South does it: "국방장관은 사단장을 해임했다"."""
    before = [phrase for phrase in scene.phrases if phrase.start < stem.at and phrase.case in {TOPIC, SUBJECT}]
    doers = [phrase for phrase in before if not any(actor.named for actor in phrase.actors)]
    return bool(doers) and " ".join(word.stem for word in doers[-1].words) in word_list("south", "words")


def find_events(setting: Setting, span: tuple[int, int], scene: Scene, dates: list[DateMention]) -> Iterator[Happening]:
    """Events of one sentence: one for each stem and each one it happens to."""
    text = setting.report.text
    told: set[tuple[str, str, str]] = set()
    rows = _rows(setting, span, scene)
    follows = any(row[1] == "succession" and row[3] and not _dies(text, row[2]) for row in rows)
    for _, kind, stem, actors in sorted(rows, key=lambda row: row[0]):
        if follows and kind == "succession" and _dies(text, stem):
            continue
        for actor in actors:
            if (not actor.named and _FIRST.match(text, stem.end) is not None) or not _fits(
                kind, stem, actor, text, setting.regime
            ):
                continue
            event = _happening(setting, span, (kind, stem, actor), scene.phrases, dates)
            if event.kind == "appointment":
                event.actor = as_heir(text, scene, actor, settled=event.actor.role != actor.role) or event.actor
            event.when = _own_date(actor, actors, dates) or event.when
            key = kind, actor.label, event.actor.role if kind == "appointment" else ""
            seat = "자리에" in text[stem.clause : stem.at]
            needs = (text[stem.at : stem.end].startswith(_NEEDS_POST) and not seat) or actor.tier not in {2, 3, 9}
            if key not in told and (kind != "appointment" or event.actor is not actor or not needs):
                told.add(key)
                yield event
    yield from _since(setting, span, scene.phrases, dates)


_CALLS_TO_GO = frozenset(("퇴진을 요구", "퇴진을 촉구", "하야를 요구"))
"""With these a man of the regime breaks with its ruler; others only oppose him."""
_KILLED = re.compile(r"독극물|괴한|피습|흉기|총에 맞|총을 맞|공격을 받|저격|독침|습격")


def _dies(text: str, stem: Stem) -> bool:
    return text[stem.at : stem.end] in word_list("throne", "deaths")


_NEEDS_POST = ("로 ", "에 ", "이 ", "가 ", "자리를 옮", "부임")
_AFTER_WHOM = re.compile(r"[^,.]{0,24}?(?:이후|이래|에 이어|다음으로)")
_FIRST = re.compile(
    r"[가-힣]{0,6} ?(?:[온간] )?(?:하?기는 [^.]{0,40}처음"
    r"|것[은이] (?:[^.]{0,60}?(?:이후|이래|에 이어|뒤|만에)[^.]{0,12}?(?:처음|번째|만이)|[^.]{0,20}?(?:이례적|드문|드물)"
    r"|(?:그[가는]|이번이) (?:처음|[가-힣\d]{1,4} ?번째)))"
)
"""What is only measured by an earlier case: "장관급이 처형된 것은 현영철 이후 처음이다"."""


def _since(
    setting: Setting, span: tuple[int, int], phrases: list[Phrase], dates: list[DateMention]
) -> Iterator[Happening]:
    """The earlier case that another is measured by: "2016년 태영호 공사 이후 망명한 최고위급"."""
    text = setting.report.text
    stems = find_stems(text, span)
    if not stems or stems[0].kind not in {"defection", "execution", "purge"}:
        return
    for phrase in phrases:
        actor = phrase.actors[-1] if phrase.actors else None
        if actor is None or not actor.named or phrase.case != "bare" or actor.label in LEADERS:
            continue
        if _AFTER_WHOM.match(text, actor.end) is None:
            continue
        stem = Stem(stems[0].kind, actor.start, actor.end, max(span[0], actor.start - 14), NOUN, actor.end)
        if not any(row.when and actor.start - 14 <= row.start < actor.start for row in dates):
            continue
        event = _happening(setting, span, (stem.kind, stem, actor), phrases, dates)
        event.status, event.destination, event.family = Status.MENTIONED, None, None
        yield event


def _own_date(actor: Actor, actors: list[Actor], dates: list[DateMention]) -> When | None:
    """The date told before each of several: "1996년 현성일 서기관, 1997년 장승길 대사 등이 망명했다"."""
    own = {
        other.start: row.when
        for other in actors
        for row in dates
        if row.when and other.named and other.phrase[0] <= row.start < other.start
    }
    return own.get(actor.start) if len(own) > 1 else None


def _is_of_another(actor: Actor, regime: str) -> bool:
    """Whether somebody unnamed serves another country: "우크라이나 외교관" in a report on Belarus."""
    first, *rest = actor.label.split(" ")
    place = known_places().get(first)
    return place is not None and place.country not in {regime, ""} and bool(rest) and rest[0].startswith("외교관")


def _fits(kind: str, stem: Stem, actor: Actor, text: str, regime: str) -> bool:
    """Whether an event of this kind is told of somebody who counts."""
    if not actor.named and (kind == "appointment" or actor.tier not in {2, 3, 4}):
        return False
    ruler = actor.label in LEADERS or actor.role.split(" ")[-1] in word_list("throne", "words")
    if kind == "succession" and _dies(text, stem) and not ruler:
        return False
    if actor.tier == 0 or (actor.label in LEADERS and kind != "succession"):
        return False
    if not actor.named and _is_of_another(actor, regime):
        return False
    phrase = text[actor.phrase[0] : actor.phrase[1]]
    if regime == "KP" and any(word in phrase for word in table()["role"]["outside"]):
        return False
    return not (kind == "recall" and "거부" in text[stem.at : stem.at + 14])


def _happening(
    setting: Setting,
    span: tuple[int, int],
    found: tuple[str, Stem, Actor],
    phrases: list[Phrase],
    dates: list[DateMention],
) -> Happening:
    kind, stem, actor = found
    text, regime = setting.report.text, setting.regime
    here = span[0] <= actor.start < span[1]
    words = min(actor.start, stem.at) if here else stem.at, _verb_end(text, stem.at, span[1])
    when = day_of(setting.report, dates, stem, span, setting.told)
    event = Happening(kind, actor, words, _status(text, span, stem), when)
    old = stem.form == WHO and event.status is Status.ASSERTED and _is_old(when, setting.report)
    if old or (stem.form == NOUN and _IN_PASSING.match(text, stem.end) is not None):
        event.status = Status.MENTIONED
    event.affirmed = stem.form == DONE and _AFFIRMED.search(text, stem.stop, span[1]) is not None
    zone = _zone(span, actor, phrases) if here else (actor.start, actor.end)
    event.place = fields.post_place(text, zone, regime)
    event.body = fields.body(text, zone, actor, event.place, regime)
    event.kind = _kind(text, span, event)
    clause = max(span[0], stem.clause), min(span[1], max(stem.stop, stem.end) + 12)
    if kind == "defection":
        event.destination = fields.destination(text, clause, regime) or fields.destination(text, span, regime)
    if event.kind == "recall":
        event.destination = country_name(regime), (stem.at, stem.end)
    if kind in {"defection", "recall", "disappearance", "purge"}:
        event.family = fields.family(text, clause)
    if event.kind in {"dismissal", "appointment"}:
        _settle_post(setting, span, event, stem, phrases)
    return event


_IN_PASSING = re.compile(r"[가-힣]{0,2} ?(?:이후|뒤|직후|이래|당시|을 주도|를 주도|을 지휘|에 이어|처럼)")


_OUT_OF_OFFICE = re.compile(r"(?:자리|직|직책|직위|직무|보직)에서 ?쫓겨")
_BANISHED = re.compile(r"(?:지방|농장|농촌|산간|오지|탄광|광산|산골|[도군])(?:으로|로|에) ?(?:강제 ?)?추방")


def _kind(text: str, span: tuple[int, int], event: Happening) -> str:
    """A ruler who flees falls; a body at home that calls its own members back dismisses them."""
    actor = event.actor
    rules = actor.role.split(" ")[-1] in word_list("throne", "words")
    if event.kind == "defection" and rules and "전" not in text[actor.start : actor.end].split(" "):
        return "succession"
    if event.kind == "purge" and _OUT_OF_OFFICE.search(text, max(span[0], event.words[1] - 24), event.words[1]):
        return "dismissal"
    if event.kind == "dismissal" and _BANISHED.search(text, max(span[0], event.words[1] - 24), event.words[1]):
        return "purge"
    if event.kind == "appointment" and "후계자" in text[max(span[0], event.words[1] - 40) : event.words[1]]:
        return "succession"
    if event.kind == "recall" and event.place is None and _AT_HOME.search(text, *span) is not None:
        return "dismissal"
    return event.kind


def _settle_post(setting: Setting, span: tuple[int, int], event: Happening, stem: Stem, phrases: list[Phrase]) -> None:
    """The post that was got or lost, where the sentence names it, and its body and place."""
    text, regime, actor = setting.report.text, setting.regime, event.actor
    gained = event.kind == "appointment"
    if actor.role and text[stem.at : stem.end] in _OF_RANK:
        return
    post = post_of(text, phrases, stem, actor) if gained else left_post(phrases, stem)
    if post is None and stem.swap and not actor.role:
        post = post_of(text, phrases, stem, actor)
    if post is None:
        return
    role, at, tier = post
    event.actor = replace(actor, role=role, role_at=at, tier=tier)
    if gained:
        wide = _zone(span, replace(actor, start=at[0], phrase=at), phrases)
        event.place = fields.post_place(text, wide, regime) or event.place
        event.kind = "succession" if role.rsplit(maxsplit=1)[-1] in word_list("throne", "words") else event.kind
    event.body = fields.body(text, (at[0], at[1] + 1), event.actor, event.place, regime)


_OF_RANK = frozenset(("강등", "내려앉", "계급이 깎"))
"""Losses of rank, not of post."""
_AFFIRMED = re.compile(
    r"확인됐|확인했|(?:국정원|국가정보원|통일부|외교부|정부|당국)[이가은는] ?[^.]{0,20}(?:밝혔|전했|보고|발표|설명|말했)"
)
_AT_HOME = re.compile(r"정치국|상무위원|전원회의|대의원|보선|최고인민회의")
LONG_AGO = 150
"""Days after which what a verb says beside a name is background."""


def _is_old(when: When, report: Report) -> bool:
    return when.latest is not None and report.published is not None and (report.published - when.latest).days > LONG_AGO


def _zone(span: tuple[int, int], actor: Actor, phrases: list[Phrase]) -> tuple[int, int]:
    """The words that describe somebody: back to the one spoken of before, or to the last topic or subject."""
    start = span[0]
    for phrase in phrases:
        if phrase.end > actor.start:
            break
        if phrase.actors or phrase.case in {"topic", "subject"}:
            start = phrase.end
    return min(start, actor.phrase[0] or actor.start), max(actor.end, actor.phrase[1])


def listed(
    setting: Setting, span: tuple[int, int], phrases: list[Phrase], kind: str, dates: list[DateMention]
) -> Happening | None:
    """The event that the heading of a list tells of the first one named in a line."""
    report = setting.report
    actor = next((a for p in phrases for a in p.actors if a.named and a.label not in LEADERS), None)
    if actor is None:
        return None
    row = next((row for row in dates if row.when), None)
    published = When(None, report.published) if report.published else When()
    when = row.when if row is not None else published
    found = Happening(kind, actor, (span[0], actor.end), Status.ASSERTED, when, listed=True)
    found.destination = fields.destination(report.text, span, setting.regime) if kind == "defection" else None
    found.place = fields.post_place(report.text, span, setting.regime)
    found.body = fields.body(report.text, span, actor, found.place, setting.regime)
    return found


def _verb_end(text: str, at: int, end: int) -> int:
    match = _LETTERS.match(text, at)
    return min(end, match.end()) if match else at


_LETTERS = re.compile(r"[가-힣]{0,20}")
_UNSURE = re.compile(
    r"확인(?:되지|하지|된 바|할 수|해 ?줄 수|은 되지|해 드리) ?(?:않|못|없)[가-힣]{0,4}|알 수 없[가-힣]{0,3}"
)
_RUMOUR = re.compile(r"설(?:이|도|은|에|을|과|까지|로)? ?|소문|첩보")
BESIDE = 16
"""Letters after a verb that describes a name in which a doubt belongs to it."""
REACH = 28
"""Letters after a verb in which a negation or a plan belongs to it."""


def _status(text: str, span: tuple[int, int], stem: Stem) -> Status:
    """What the end of the sentence makes of the event."""
    rows = table()["status"]
    rest = _UNSURE.sub("소문", text[stem.at : span[1]])
    near = rest[:REACH]
    own = stem.stop - stem.at + BESIDE if stem.form == WHO else len(rest)
    rest, whole = rest[:own], rest
    near = rest[:REACH]
    unseen = text[stem.at : stem.end].endswith("않")
    for name, words in (("refuted", whole), ("denied", "" if unseen else near), ("attempted", near), ("planned", near)):
        if any(word in words for word in rows[name]):
            return Status(name)
    if any(word in rest for word in rows["denied_anywhere"]):
        return Status.DENIED
    sentence = text[span[0] : span[1]]
    rumour = _RUMOUR.match(text, stem.end) is not None and stem.form == NOUN
    press = table()["press"]
    printed = any(word in sentence for word in press["free"]) and not any(word in sentence for word in press["own"])
    hedged = (
        rumour
        or (printed and "보도" in rest)
        or any(word in rest for word in rows["hedged"])
        or any(w in sentence for w in rows["unnamed"])
    )
    return Status.HEDGED if hedged else Status.ASSERTED
