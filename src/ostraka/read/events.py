"""Events of a report: a trigger, the one it happened to, and what the words around tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ostraka.dates import When
from ostraka.model import EventKind, Status
from ostraka.read import gate
from ostraka.read.arguments import Clause, read_clause, subjects
from ostraka.read.coreference import Coreference, Profile
from ostraka.read.nouns import Noun, join
from ostraka.read.places import PlaceKind, country_name, is_regime
from ostraka.read.scene import Dated, Sentence
from ostraka.read.status import speaker, status_of
from ostraka.read.tokens import word_set
from ostraka.read.triggers import Trigger, alternatives, find_triggers, nominal_rules, trigger_words

Words = tuple[int, int]
"""Offsets of words in the text."""

_TO_WHERE = frozenset(
    {"to", "into", "in", "for", "toward", "towards", "at", "from", "through", "via", "reached", "reach"}
)


@dataclass(slots=True)
class Found:
    """An event as found in one clause."""

    kind: EventKind
    label: str
    sentence: Sentence
    words: Words
    status: Status
    when: When = field(default_factory=When)
    said_by: str = ""
    destination: tuple[str, Words] | None = None
    family_with: tuple[str, Words] | None = None
    kin_left: tuple[str, Words] | None = None
    number: tuple[str, Words] | None = None
    place: tuple[str, Words] | None = None
    actor: Noun | None = None
    background: bool = False
    needs: str = ""
    order: int = 0


def find_events(story: Coreference) -> list[Found]:
    """All events of a laid-out report, one for each clause that tells of one; not yet merged."""
    found: list[Found] = []
    if not story.regime or gate.is_other_matter(story.scene.report.text):
        return found
    for sentence in story.scene.sentences:
        if trigger_words().isdisjoint(token.low for token in sentence.tokens):
            continue
        last: list[Noun] = []
        for fitting in alternatives(sentence):
            last = _first_that_tells(story, sentence, fitting, last, found)
        found += _nominal(story, sentence)
        found = _with_examples(found, list(_examples(story, sentence)), sentence)
        found += _comparisons(story, sentence)
    return found


def _first_that_tells(
    story: Coreference, sentence: Sentence, fitting: list[Trigger], last: list[Noun], found: list[Found]
) -> list[Noun]:
    """Read the clause under each rule until one gives an event; returns its subjects for the next verb."""
    subjects_read = last
    for trigger in fitting:
        clause = read_clause(sentence, trigger)
        if not clause.subjects and trigger.rule.frame != "done":
            clause.subjects = last
        subjects_read = clause.subjects or subjects_read
        events = list(_of_clause(story, sentence, clause, found))
        if events:
            found += events
            return clause.subjects
    return subjects_read


def _with_examples(found: list[Found], members: list[Found], sentence: Sentence) -> list[Found]:
    """Members told apart take the place of their group."""
    if members:
        kinds = {member.kind for member in members}
        found = [event for event in found if not (event.sentence is sentence and event.kind in kinds and event.number)]
    return found + members


def _of_clause(story: Coreference, sentence: Sentence, clause: Clause, told: list[Found]) -> Iterator[Found]:
    """Events of one clause; `told` are those found so far, for "did the same"."""
    trigger = clause.trigger
    if trigger.rule.frame == "same" and not told:
        return
    if trigger.rule.frame in {"notback", "unseen"}:
        if not {"not", "n't", "never", "nor", "without", "no"} & set(clause.chain):
            return
        clause.chain = [word for word in clause.chain if word not in {"not", "n't", "never", "nor", "no"}]
    if trigger.rule.frame == "lastseen":
        clause.passive = True
    if trigger.rule.frame == "nolonger":
        if not {"longer", "stopped", "ceased"} & set(clause.chain):
            return
        clause.chain = [word for word in clause.chain if word not in {"no", "longer"}]
    if trigger.rule.kind is EventKind.SUCCESSION and not gate.is_succession(story, sentence, clause):
        return
    status = status_of(sentence, clause)
    if status is None:
        return
    company = _company(clause)
    for noun in _expanded(sentence, clause.subjects):
        if noun in company or not noun.label:
            continue
        profile = story.profile(noun.label)
        if not gate.admits(story, sentence, clause, noun, profile):
            continue
        event = _event(story, sentence, clause, noun, status)
        if trigger.rule.frame == "same":
            event.kind, event.destination = told[-1].kind, told[-1].destination
        if event.kind is EventKind.APPOINTMENT and gate.is_top_office(story, sentence, clause):
            event.kind = EventKind.SUCCESSION
        yield event
    yield from _successor(story, sentence, clause, status)


def _successor(story: Coreference, sentence: Sentence, clause: Clause, status: Status) -> Iterator[Found]:
    """The one who comes: "was replaced by X", "X replaced him"."""
    trigger = clause.trigger
    if trigger.rule.verb != "replace":
        return
    if clause.passive:
        by = next(
            (k for k in range(trigger.j, min(trigger.j + 8, len(sentence.tokens))) if sentence.tokens[k].low == "by"),
            None,
        )
        comers = [noun for noun in sentence.nouns if by is not None and by < noun.i <= by + 3 and noun.is_person][:1]
    else:
        comers = subjects(sentence, clause.start)[:1] if trigger.rule.form != "ing" else []
    for noun in comers:
        main = noun.same or noun
        if main.kind != "pron" and story.profile(main.label).named:
            event = _event(story, sentence, clause, main, status)
            event.kind = EventKind.APPOINTMENT
            yield event


def _expanded(sentence: Sentence, nouns: list[Noun]) -> list[Noun]:
    """Those meant by "all four", "both", "they": the subject before and the named ones beside it."""
    if not nouns or nouns[0].text not in {"all of them", "they"}:
        return nouns
    if nouns[0].text == "they" and nouns[0].label:
        return nouns
    before = [
        noun
        for noun in sentence.nouns
        if noun.j <= nouns[0].i and noun.label and noun.kind in {"person", "pron"} and not noun.plural
    ]
    members: dict[str, Noun] = {}
    for noun in before:
        members.setdefault(noun.label, noun)
    return list(members.values()) or nouns


def _event(story: Coreference, sentence: Sentence, clause: Clause, noun: Noun, status: Status) -> Found:
    trigger = clause.trigger
    dated = None if clause.record and not _becomes(sentence, clause) else _date(sentence, clause)
    event = Found(
        trigger.rule.kind,
        noun.label,
        sentence,
        _words(sentence, clause, noun),
        status,
        when=_when(story, dated, status),
        said_by=speaker(sentence, clause),
        actor=noun,
        needs=trigger.rule.needs,
        order=sentence.tokens[trigger.i].start,
    )
    event.background = clause.relative or clause.subordinate in {"since", "like"}
    event.destination = _destination(story, sentence, clause, event)
    event.family_with = _family(sentence, clause, noun)
    event.kin_left = _kin_left(sentence, trigger)
    if noun.plural:
        event.number = _number(sentence, noun)
    return event


def _becomes(sentence: Sentence, clause: Clause) -> bool:
    """Whether "becomes the first to defect" tells the event itself."""
    return bool({"becomes", "became"} & set(sentence.lows(max(0, clause.start - 12), clause.start)))


def _words(sentence: Sentence, clause: Clause, noun: Noun) -> Words:
    """The words that say it: from the subject, if it is near, to the end of the trigger."""
    first = min(noun.i, clause.start) if noun.i <= clause.trigger.i and clause.trigger.i - noun.i < 40 else clause.start
    last = max(clause.trigger.j, noun.j) if noun.i >= clause.trigger.i else clause.trigger.j
    return sentence.tokens[first].start, sentence.tokens[last - 1].end


def _span(sentence: Sentence, i: int, j: int) -> Words:
    return sentence.tokens[i].start, sentence.tokens[j - 1].end


# Dates -------------------------------------------------------------------------------------------

_REPORT_VERBS = word_set(
    "said says told reported announced confirmed added wrote quoted disclosed published claimed denied"
)


def _date(sentence: Sentence, clause: Clause) -> Dated | None:
    """The date that governs a verb: the nearest after it, else the nearest before, that no report verb owns."""
    trigger = clause.trigger
    usable = [
        row
        for row in sentence.dates
        if row.i >= sentence.body_start
        and row.mention.kind not in {"until", "by"}
        and not belongs_to_report(sentence, row)
    ]
    others = [t for t in _trigger_starts(sentence) if t > trigger.i]
    stop = min(others, default=len(sentence.tokens))
    inside = [row for row in usable if clause.start <= row.i < trigger.j]
    after = [row for row in usable if trigger.j <= row.i < stop and not _breaks(sentence, trigger.j, row.i)]
    previous = max((t for t in _trigger_starts(sentence) if t < clause.start), default=-1)
    before = [row for row in usable if previous < row.i < clause.start and not _closed(sentence, row, clause)]
    for rows in (inside, after[:1], before[-1:]):
        if rows:
            return rows[0]
    if sentence.ix == 0 and sentence.body_start:
        return None
    return next(
        (
            row
            for row in sentence.dates
            if row.i <= 1 and row.mention.kind in {"day", "month", "year", "part"} and _heads_line(sentence, row)
        ),
        None,
    )


def _trigger_starts(sentence: Sentence) -> list[int]:
    return [trigger.i for trigger in find_triggers(sentence)]


def _heads_line(sentence: Sentence, row: Dated) -> bool:
    return row.j < len(sentence.tokens) and sentence.tokens[row.j].text in {":", "-", "–", "—", ","}


def belongs_to_report(sentence: Sentence, row: Dated) -> bool:
    """Whether a date says when it was said ("the ministry said at a press conference here on Monday")."""
    for k in range(row.i - 1, max(row.i - 9, -1), -1):
        low = sentence.tokens[k].low
        if low in _REPORT_VERBS:
            return True
        if low not in _BESIDE_REPORT | _PRESS:
            return False
    return False


_BESIDE_REPORT = word_set(
    "on in late early the him her parliament lawmakers reporters it earlier at a here there to and"
)
_PRESS = word_set(
    "press conference news briefing statement interview letter broadcast video television radio told session"
)


def _breaks(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a new thought begins between two words."""
    return any(
        token.low in {";", "said", "says", "who", "where", "whose", "that", "which"} for token in sentence.tokens[i:j]
    )


def _closed(sentence: Sentence, row: Dated, clause: Clause) -> bool:
    """Whether a date before the verb belongs to a relative clause of somebody else."""
    words = sentence.lows(row.j, clause.start)
    return "who" in sentence.lows(max(0, row.i - 6), row.i) and not clause.relative and "," in words


def _when(story: Coreference, dated: Dated | None, status: Status) -> When:
    published = story.scene.report.published
    if dated is not None and dated.mention.when:
        when = dated.mention.when
        if status is not Status.PLANNED and published is not None:
            when = _not_after(when, published)
        return When(when.earliest, when.latest, join(dated_tokens(story, dated)))
    if published is not None and status is not Status.PLANNED:
        return When(None, published)
    return When()


def dated_tokens(story: Coreference, dated: Dated) -> list:  # type: ignore[type-arg]
    """The words of a date."""
    mention = dated.mention
    return [t for s in story.scene.sentences if s.start <= mention.start < s.end for t in s.tokens[dated.i : dated.j]]


def _not_after(when: When, published: date) -> When:
    """What has happened by the day of publication did not happen later."""
    if when.latest is not None and when.latest > published and (when.earliest is None or when.earliest <= published):
        return When(when.earliest, published, when.text)
    return when


# Where to, with whom -----------------------------------------------------------------------------


def _destination(story: Coreference, sentence: Sentence, clause: Clause, event: Found) -> tuple[str, Words] | None:
    if event.kind is EventKind.RECALL:
        home = story.profile(event.label).country or story.regime
        return (country_name(home), event.words)
    if event.kind is not EventKind.DEFECTION:
        return None
    origin = story.profile(event.label).country or story.regime
    tokens, trigger = sentence.tokens, clause.trigger
    stop = min(
        (k for k in range(trigger.j, len(tokens)) if tokens[k].low in {";", "said", "says", "who", "according"}),
        default=len(tokens),
    )
    first = trigger.i
    if (
        "way" in clause.chain
        or "for" in sentence.lows(trigger.i, trigger.j)
        or "to" in sentence.lows(max(0, trigger.i - 1), trigger.i)
    ):
        first = max(0, clause.start - 4)
    best: tuple[str, Words] | None = None
    for noun in sentence.nouns:
        if noun.j <= first or noun.i >= stop:
            continue
        place = noun.place if noun.kind in {"place", "org"} else None
        if place is None or place.country == origin or place.kind is PlaceKind.DEMONYM:
            if noun.kind == "org" and noun.country and noun.country != origin and "embassy" in noun.text.lower():
                best = best or (country_name(noun.country), _span(sentence, noun.i, noun.j))
            continue
        before = tokens[noun.i - 1].low if noun.i else ""
        if tokens[noun.i].low in {"the", "a"} and before not in _TO_WHERE:
            before = tokens[noun.i - 1].low
        direct = trigger.i <= noun.i < trigger.j or noun.i == trigger.j
        if before in {"the", "a", "neighbouring", "neighboring", "nearby"} and noun.i > 1:
            before = tokens[noun.i - 2].low
        asylum = "asylum" in sentence.lows(trigger.i, trigger.j) or "refuge" in sentence.lows(trigger.i, trigger.j)
        if (
            before in {"to", "into", "toward", "for", "reached"}
            or (asylum and (before in {"in", "at", "from"} or direct))
            or (before == "in" and trigger.rule.needs == "south")
        ):
            if before == "from" and not asylum:
                continue
            if noun.i and tokens[noun.i - 1].low == "from":
                continue
            name = (
                country_name(place.country)
                if place.kind in {PlaceKind.CAPITAL} and place.country == "KR"
                else (
                    place.name if place.kind in {PlaceKind.COUNTRY, PlaceKind.REGION} else country_name(place.country)
                )
            )
            best = (name, _span(sentence, noun.i, noun.j))
            break
    return best


def _company(clause: Clause) -> list[Noun]:
    """Kin among the subjects, who go along with the first."""
    if len(clause.subjects) < 2:
        return []
    first = clause.subjects[0]
    return [
        noun
        for noun in clause.subjects[1:]
        if noun.kind == "kin" and noun.det in {"his", "her", "their"} and first.kind != "kin"
    ]


def _family(sentence: Sentence, clause: Clause, noun: Noun) -> tuple[str, Words] | None:
    """Such as "with his wife and two sons", or kin among the subjects."""
    tokens, trigger = sentence.tokens, clause.trigger
    company = _company(clause)
    if company:
        return join(tokens[company[0].i : company[-1].j]), _span(sentence, company[0].i, company[-1].j)
    for start in range(noun.i, len(tokens) - 1):
        low = tokens[start].low
        if low not in {"with", "alongside", "accompanied", "by", "and"} or start < clause.start - 12:
            continue
        if low == "by" and tokens[start - 1].low != "accompanied":
            continue
        first = next((other for other in sentence.nouns if other.i == start + 1), None)
        if (
            first is None
            or not (
                first.kind == "kin"
                or (
                    low != "and"
                    and first.plural
                    and first.low is not None
                    and start > trigger.i
                    and trigger.rule.kind is EventKind.DEFECTION
                )
            )
            or (low == "and" and start < trigger.i and first.det not in {"his", "her", "their"})
        ):
            continue
        if low == "and" and first.det not in {"his", "her", "their"}:
            continue
        stop = _past_name(sentence, first.j)
        for other in sentence.nouns:
            gap = sentence.lows(stop, other.i) if other.i >= stop else ["-"]
            if (other.kind == "kin" and gap in ([], ["and"], [","], [",", "and"], ["and", "a"])) or (
                other.kind in {"role", "person"} and gap in ([], ["and"])
            ):
                stop = _past_name(sentence, other.j)
        return join(tokens[start + 1 : stop]), _span(sentence, start + 1, stop)
    return None


def _past_name(sentence: Sentence, at: int) -> int:
    """Over one capitalised word after a kin word: "his wife Rula"."""
    named = at < len(sentence.tokens) and sentence.tokens[at].text[0].isupper()
    return at + 1 if named and not any(noun.i == at for noun in sentence.nouns) else at


def _kin_left(sentence: Sentence, trigger: Trigger) -> tuple[str, Words] | None:
    """Such as "leaving behind his children", "his parents stayed in Pyongyang"."""
    for noun in sentence.nouns:
        if noun.kind != "kin":
            continue
        before = sentence.lows(max(0, noun.i - 3), noun.i)
        after = sentence.lows(noun.j, noun.j + 2)
        if ({"leaving", "left"} & set(before) and noun.i > trigger.i) or {
            "remain",
            "remained",
            "stayed",
            "behind",
        } & set(after):
            return join(sentence.tokens[noun.i : noun.j]), _span(sentence, noun.i, noun.j)
    return None


def _number(sentence: Sentence, noun: Noun) -> tuple[str, Words]:
    low = noun.low
    text = f"{int(low)}" if low is not None else "2+"
    return text, _span(sentence, noun.i, noun.j)


# Nouns that tell of an event -----------------------------------------------------------------------


def _nominal(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "The defection of the consul", "his execution in 2013"."""
    table, tokens = nominal_rules(), sentence.tokens
    for at in range(sentence.body_start, len(tokens)):
        row = table.get(tokens[at].low)
        if row is None or tuple(sentence.lows(at + 1, at + 1 + len(row[1]))) != row[1]:
            continue
        kind = row[0]
        owner = _owner_of_noun(story, sentence, at, at + 1 + len(row[1]))
        if owner is None:
            continue
        clause = Clause(Trigger(gate.nominal_rule(kind), at, at + 1), at, subjects=[owner])
        if kind is EventKind.SUCCESSION and not gate.is_succession(story, sentence, clause):
            continue
        profile = story.profile(owner.label)
        if not gate.admits(story, sentence, clause, owner, profile) or not (
            profile.named or owner.det in {"a", "an"} or len(profile.nouns) > 1
        ):
            continue
        status = status_of(sentence, clause)
        if status is None:
            continue
        event = _event(story, sentence, clause, owner, status)
        event.background = kind is not EventKind.SUCCESSION
        yield event


_EXAMPLES = frozenset({"including", "among", ":", "notably", "like"})
_NOUN_KINDS = {
    "defections": EventKind.DEFECTION,
    "defectors": EventKind.DEFECTION,
    "purges": EventKind.PURGE,
    "executions": EventKind.EXECUTION,
    "recalls": EventKind.RECALL,
    "dismissals": EventKind.DISMISSAL,
    "disappearances": EventKind.DISAPPEARANCE,
    "desertions": EventKind.DEFECTION,
}


def _examples(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "five defections, including a diplomat of the embassy": the members of a group that are told apart."""
    tokens = sentence.tokens
    at = next(
        (k for k, t in enumerate(tokens) if t.low in {"including", ":", "notably"} and k > sentence.body_start), None
    )
    if at is None:
        return
    clause = _group_clause(sentence, at)
    if clause is None:
        return
    status = status_of(sentence, clause)
    if status is None:
        return
    expected = at + 1
    for noun in sentence.nouns:
        if noun.i < expected or not noun.is_person or noun.same is not None:
            continue
        if noun.i - expected > 3 and not set(sentence.lows(expected, noun.i)) <= {
            ",",
            "and",
            "a",
            "an",
            "the",
            "one",
            "as",
            "well",
        }:
            break
        if noun.kind == "pron" or noun.plural or not noun.label:
            break
        if gate.admits(story, sentence, clause, noun, story.profile(noun.label)):
            yield _event(story, sentence, clause, noun, status)
        expected = noun.j


def _group_clause(sentence: Sentence, at: int) -> Clause | None:
    """The verb or noun before "including" whose actors are a group."""
    for trigger in reversed(find_triggers(sentence)):
        if trigger.i < at:
            clause = read_clause(sentence, trigger)
            if any(noun.plural for noun in clause.subjects):
                return clause
    for k in range(at - 1, sentence.body_start - 1, -1):
        kind = _NOUN_KINDS.get(sentence.tokens[k].low)
        if kind is not None:
            return Clause(Trigger(gate.nominal_rule(kind), k, k + 1), k)
    return None


def _owner_of_noun(story: Coreference, sentence: Sentence, at: int, stop: int) -> Noun | None:
    tokens = sentence.tokens
    if at >= 1 and tokens[at - 1].low in {"his", "her", "their"}:
        label = next(
            (
                noun.label
                for noun in reversed(sentence.nouns)
                if noun.j <= at and noun.is_person and noun.label and not noun.plural
            ),
            "",
        ) or story_focus(story, sentence)
        return Noun("pron", at - 1, at, at - 1, text=tokens[at - 1].low, label=label) if label else None
    if at >= 2 and tokens[at - 1].low == "'s":
        return next((noun for noun in sentence.nouns if noun.j == at - 1 and noun.is_person), None)
    k = stop
    if k < len(tokens) and tokens[k].low in {"last", "in", "this", "on"}:
        dated = next((row for row in sentence.dates if row.i in {k, k + 1}), None)
        k = dated.j if dated is not None else k
    if k < len(tokens) and tokens[k].low in {"of", "by"}:
        pool = [noun for noun in sentence.nouns if k + 1 <= noun.i <= k + 2 and noun.is_person]
        if pool:
            main = pool[0]
            if main.det == "'s" and main.owner is not None:
                return main.same or main
            return main.same or main
        owned = next((noun for noun in sentence.nouns if noun.i <= k + 4 and noun.i > k and noun.kind == "role"), None)
        return (owned.same or owned) if owned is not None else None
    return None


def story_focus(story: Coreference, sentence: Sentence) -> str:
    """The one the sentence before was about."""
    for earlier in reversed(story.scene.sentences[: sentence.ix]):
        for noun in earlier.nouns:
            if noun.is_person and noun.label and not noun.plural:
                return noun.label
    return ""


def _comparisons(story: Coreference, sentence: Sentence) -> Iterator[Found]:
    """Such as "the most senior to leave since X in 1997": X left in 1997."""
    tokens = sentence.tokens
    words = {token.low for token in tokens}
    if "since" not in words or not words & {
        "defect",
        "defected",
        "leave",
        "flee",
        "left",
        "defector",
        "defection",
        "fled",
    }:
        return
    for noun in sentence.nouns:
        if noun.kind != "person" or noun.i == 0:
            continue
        before = tokens[noun.i - 1].low
        if before != "since":
            prior = next((o for o in sentence.nouns if o.j == noun.i and o.same is noun), None)
            before = tokens[prior.i - 1].low if prior is not None and prior.i else before
        if before != "since" or not gate.is_named_elite(story, story.profile(noun.label)):
            continue
        dated = next((row for row in sentence.dates if row.i > noun.j), None)
        yield Found(
            EventKind.DEFECTION,
            noun.label,
            sentence,
            _span(sentence, noun.i - 1, dated.j if dated else noun.j),
            Status.MENTIONED,
            when=_when(story, dated, Status.MENTIONED),
            actor=noun,
            background=True,
            order=tokens[noun.i].start,
        )


def origin(story: Coreference, profile: Profile) -> str:
    """Code of the regime a person belongs to."""
    return profile.country if is_regime(profile.country) else story.regime
