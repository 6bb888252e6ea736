"""Every phrase of a report that names a time, as an interval anchored on the day of publication.

A phrase is an atom ("July", "two years ago") under an operator ("since", "until", "between"). Weekdays and
months are read as news writes them: the last one up to the day of publication, unless the words before
speak of what is to come. Without a day of publication only absolute dates resolve; the others are found and
left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge

from ostraka.dates import When
from ostraka.read import date_spans as spans
from ostraka.read import dates_english as english
from ostraka.read import dates_korean as korean
from ostraka.read.date_spans import Interval, Resolver, Setting
from ostraka.read.date_words import Atom
from ostraka.read.dates_context import is_beside, is_near, speaks_of_future
from ostraka.read.dates_narrative import Story
from ostraka.read.tokens import word_set

OpenInterval = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A phrase of a report that names a time.

    Parameters
    ----------
    start, end : int
        Offsets into the text, in code points, end excluded; operators are inside, plain "in" and "on" are not.
    when : When
        The interval; unknown where the phrase is relative and nothing anchors it.
    kind : str
        ``day``, ``weekday``, ``week``, ``weekend``, ``month``, ``season``, ``quarter``, ``half``, ``part``,
        ``end``, ``year``, ``decade``, ``range``, ``since``, ``until``, ``by``, ``before``, ``after``,
        ``night``, ``ago``, ``offset``, ``apart`` (two days after he did this or that), ``within``, ``feast``, ``past`` or ``recent``.
    core : When
        What stands under the operator: June for "since June". Who is "missing since June" vanished in it.
    ahead : When
        The next such day or month, of something planned: next June for "in June".
    """

    start: int
    end: int
    when: When
    kind: str
    core: When
    ahead: When


def find_dates(text: str, anchor: date | None, *, lang: str = "en") -> list[DateMention]:
    """Every phrase of a report that names a time.

    Parameters
    ----------
    text : str
        The stored text of a report, or one sentence of it.
    anchor : date or None
        When the report was printed; None leaves relative phrases open.
    lang : str
        ``en`` or ``ko``; a Korean text is searched for English dates as well.

    Returns
    -------
    list of DateMention
        In the order of the text, without overlap.

    Examples
    --------
    >>> [found] = find_dates("He vanished in late 2018 with his wife.", date(2019, 1, 4))
    >>> found.when.edtf(), found.kind
    ('2018-09-01/2018-12-31', 'part')
    >>> find_dates("They fled on Monday.", None)[0].when.edtf()
    ''
    """
    return list(dates_at(text, anchor, lang=lang))


def dates_at(
    text: str, anchor: date | None, starts: Iterable[int] | None = None, *, lang: str = "en"
) -> Iterator[DateMention]:
    """As :func:`find_dates`, one at a time.

    Parameters
    ----------
    text : str
    anchor : date or None
    starts : iterable of int, optional
        The offsets at which a time phrase may begin, in order, where they are known.
    lang : str

    Yields
    ------
    DateMention
    """
    if anchor is not None and not 1000 <= anchor.year <= 9000:
        anchor = None  # a slip of the source; the calendar ends too near to count from there
    last: Interval | None = None
    told_of: Interval | None = None
    month: tuple[int, Interval] | None = None
    end = 0
    story = Story(text, anchor)
    for phrase in _phrases(text, _triggers(text, lang) if starts is None else starts, lang):
        near = month[1] if month and is_near(text, month[0], phrase.start) else None
        beside = last if is_beside(text, end, phrase.start) else None
        future = speaks_of_future(text, phrase.start)
        setting = Setting(anchor, last, told_of, future=future, near=near, beside=beside)
        setting = _in_story(story, phrase, setting)
        found = phrase.resolve(setting)
        if found is None and anchor is not None and phrase.kind not in {"offset", "apart"}:
            continue
        yield _mention(text, phrase, setting, found)
        told = phrase.core(setting) if phrase.core else found
        if told and told[0] and told[1] and phrase.kind in _POINTS | {"range"}:
            story.hear(phrase.start, phrase.end, (told[0], told[1]))
        if phrase.kind in _POINTS and found and found[0] and found[1] and (found[1] - found[0]).days <= 366:
            last, end = (found[0], found[1]), phrase.end
            told_of = told_of if phrase.kind == "weekday" else last
        if last is None and phrase.core and told and told[0] and told[1]:
            last = told_of = told[0], told[1]
        if phrase.kind == "day" and told and told[0] and told[0] == told[1]:
            month = phrase.end, (told[0], told[0])


def parse_phrase(phrase: str, anchor: date | None, *, lang: str = "en") -> When:
    """The interval of one phrase.

    Parameters
    ----------
    phrase : str
        A phrase as a report has it, such as "in late 2018" or "three days before".
    anchor : date or None
        When the report was printed.
    lang : str
        ``en`` or ``ko``.

    Returns
    -------
    When
        Unknown if the phrase names no time, or a relative one without an anchor.

    Examples
    --------
    >>> parse_phrase("since February", date(2016, 8, 17)).edtf()
    '2016-02-01/2016-08-17'
    """
    found = find_dates(phrase, anchor, lang=lang) or find_dates(f"in {phrase}", anchor, lang=lang)
    longest = max(found, key=lambda mention: mention.end - mention.start, default=None)
    return When(longest.when.earliest, longest.when.latest, phrase) if longest else When(text=phrase)


def _in_story(story: Story, phrase: _Phrase, setting: Setting) -> Setting:
    """The setting of a phrase without a year, with the year of the story that it belongs to."""
    year = story.year_at(phrase.start, phrase.kind) if phrase.lacks_year and not setting.future else None
    if year is None:
        return setting
    lent = setting.lend(year)
    span = phrase.core(lent) if phrase.core else phrase.resolve(lent)
    return lent if span and span[0] and span[1] and story.fits((span[0], span[1])) else setting


_POINTS = frozenset(
    (
        "day",
        "weekday",
        "week",
        "weekend",
        "month",
        "year",
        "offset",
        "night",
        "part",
        "ago",
        "season",
        "half",
        "quarter",
    )
)


@dataclass(slots=True)
class _Phrase:
    """An atom under its operator; `resolve` may leave an end open."""

    start: int
    end: int
    kind: str
    resolve: Callable[[Setting], OpenInterval | None]
    core: Resolver | None = None
    lacks_year: bool = False


def _mention(text: str, phrase: _Phrase, setting: Setting, found: OpenInterval | None) -> DateMention:
    words = text[phrase.start : phrase.end]
    when = When(*(found or (None, None)), words)
    core = phrase.core(setting) if phrase.core else None
    own = When(*core, words) if core else when
    lies_back = setting.anchor is not None and own.latest is not None and own.latest < setting.anchor
    ahead = own
    if phrase.kind == "within" or (
        lies_back and ((phrase.lacks_year and phrase.kind != "night") or phrase.kind == "weekday")
    ):
        use = phrase.core or phrase.resolve
        ahead = When(*(use(setting._replace(future=True, year=None, near=None)) or (None, None)), words)
    return DateMention(phrase.start, phrase.end, when, phrase.kind, own, ahead)


def _phrases(text: str, starts: Iterable[int], lang: str) -> Iterator[_Phrase]:
    """Phrases in order; an operator belongs to the first atom after it."""
    end = 0
    for at in starts:
        if at < end:
            continue
        native = korean.atom_at(text, at) if lang == "ko" else None
        atom = native or english.atom_at(text, at)
        if atom is None or atom.start < end:
            continue
        phrase = _before_particle(text, atom) if native else _under_operator(text, atom, floor=end)
        phrase.lacks_year = atom.lacks_year
        end = phrase.end
        yield phrase


def _triggers(text: str, lang: str) -> Iterator[int]:
    found = (match.start() for match in english.TRIGGER.finditer(text))
    if lang != "ko":
        return found
    return merge(found, (match.start() for match in korean.TRIGGER.finditer(text)))


# --- operators ---------------------------------------------------------------------------------------------

_OPERATOR = re.compile(
    r"\b(?P<op>(?:ever\s)?since|until|till|up\s(?:to|until)|before|prior\sto|ahead\sof|after|by|no\slater\sthan|from|"
    r"between|(?:the|on\sthe|in\sthe)\snight\sof|overnight\son|(?:in|on|during)\sthe\snight\s(?:to|before))"
    r"(?:\s(?:at\sleast|about|around|as\searly\sas|on|in))?(?P<the>\sthe)?[\s\u00a0]{1,3}\Z",
    re.IGNORECASE,
)
_NAMES = {
    **dict.fromkeys(("since", "ever since"), "since"),
    **dict.fromkeys(("until", "till", "up to", "up until"), "until"),
    **dict.fromkeys(("before", "prior to", "ahead of"), "before"),
    **dict.fromkeys(("by", "no later than"), "by"),
}
_JOIN = re.compile(
    r"\s?[-–—]\s?|[\s\u00a0]{1,3}(?P<word>to|until|till|through|and)[\s\u00a0]{1,3}(?:the\s)?", re.IGNORECASE
)
_ENDS_OF_RANGES = frozenset(("day", "weekday", "month", "year", "part", "season", "decade", "week", "quarter"))


_LAST_WORDS = word_set("since until till to before of after by than from between on least about around as in the")
"""Words with which an operator may end."""


def _operator_before(text: str, floor: int, start: int) -> re.Match[str] | None:
    """The operator that ends just before an offset."""
    last = text[floor:start].rsplit(None, 1)[-1:]
    return _OPERATOR.search(text, floor, start) if last and last[0].strip().lower() in _LAST_WORDS else None


def _under_operator(text: str, atom: Atom, *, floor: int) -> _Phrase:
    """An atom with the words before it that change what it means, and the other end of its range."""
    found = _operator_before(text, max(floor, atom.start - 44), atom.start)
    words = " ".join(found["op"].lower().split()) if found else ""
    name = _NAMES.get(words, "night" if "night" in words else words)
    name = "night to" if name == "night" and words.endswith((" to", " before")) else name
    if second := _other_end(text, atom, name):
        start = found.start() if found and name in {"from", "between"} else atom.start
        return _Phrase(start, second.end, "range", lambda setting: _range(atom, second, setting))
    if found is None or name in {"from", "between"} or atom.kind in {"past", "recent", "range"}:
        return _Phrase(atom.start, atom.end, atom.kind, _open_recent(atom))
    if name in {"before", "after"} and text[atom.end : atom.end + 2] in {"'s", "’s"}:
        return _Phrase(atom.start, atom.end, atom.kind, lambda s: atom.resolve(s._replace(future=name == "before")))
    loose = bool(found["the"]) and atom.kind == "year" and bool(re.match(r"\s[a-z]", text[atom.end : atom.end + 2]))
    kind = "night" if name in _NIGHTS else name
    return _Phrase(
        found.start(), atom.end, kind, lambda setting: _apply(name, atom, setting, loose=loose), atom.resolve
    )


def _before_particle(text: str, atom: Atom) -> _Phrase:
    """A Korean atom with the particle behind it, and the other end of its range."""
    found = korean.SUFFIX.match(text, atom.end)
    if found is None or atom.kind in {"past", "recent", "ago", "range"}:
        return _Phrase(atom.start, atom.end, atom.kind, _open_recent(atom))
    name = korean.OPERATORS[found["op"]]
    gap = _GAP.match(text, found.end())
    second = korean.atom_at(text, gap.end()) if gap and found["op"] == "부터" else None
    if second and (until := korean.SUFFIX.match(text, second.end)) and until["op"] == "까지":
        return _Phrase(atom.start, until.end(), "range", lambda setting: _range(atom, second, setting))
    return _Phrase(
        atom.start, found.end(), name, lambda setting: _apply(name, atom, setting, loose=False), atom.resolve
    )


_GAP = re.compile(r"\s{0,3}")


def _open_recent(atom: Atom) -> Callable[[Setting], OpenInterval | None]:
    """A span from the first of all days has no beginning, as in "recently"."""

    def use(setting: Setting) -> OpenInterval | None:
        span = atom.resolve(setting)
        return (None, span[1]) if span and span[0] == spans.FIRST_DAY else span

    return use


_NIGHTS = frozenset({"night", "night to"})


def _apply(name: str, atom: Atom, setting: Setting, *, loose: bool) -> OpenInterval | None:
    """What an operator makes of the interval under it; `loose`: it names an event of a year, not the year."""
    whole = atom.whole if atom.kind == "end" and name in {"by", "until"} else None
    span = (whole or atom.resolve)(setting)
    if span is None:
        return None
    if name == "since":
        return span[0], _not_before(setting.anchor, span[0])
    if name in _NIGHTS:
        return spans.one_day_more(span) if name == "night" else (spans.add_days(span[0], -1), span[1])
    if name in {"before", "after"}:
        return _beside(name, span, setting, loose=loose)
    if atom.kind == "end":
        return span
    return (spans.FIRST_DAY if atom.kind == "year" else span[0].replace(month=1, day=1)), span[1]


def _beside(name: str, span: Interval, setting: Setting, *, loose: bool) -> OpenInterval:
    """Before or after an interval; loosely, some time in it counts too."""
    low, high = span
    if name == "before":
        return spans.FIRST_DAY, high if loose else spans.add_days(low, -1)
    inside = loose or (setting.anchor is not None and high >= setting.anchor)
    begin = low if inside else spans.add_days(high, 1)
    return begin, _not_before(setting.anchor, begin)


def _not_before(anchor: date | None, low: date) -> date | None:
    return anchor if anchor and anchor >= low else None


# --- ranges ------------------------------------------------------------------------------------------------


def _other_end(text: str, atom: Atom, name: str) -> Atom | None:
    """The atom that ends a range begun by `atom`, if there is one."""
    if atom.kind not in _ENDS_OF_RANGES:
        return None
    joined = _JOIN.match(text, atom.end)
    if joined is None:
        return None
    word = (joined["word"] or "-").lower()
    if word == "and" and name != "between":
        return None
    second = english.atom_at(text, joined.end())
    if second is None or second.kind not in _ENDS_OF_RANGES or second.start != joined.end():
        return None
    same = {atom.kind, second.kind} <= {"day", "month"} or atom.kind == second.kind
    return second if same or name in {"from", "between"} else None


def _range(first: Atom, second: Atom, setting: Setting) -> Interval | None:
    """From the beginning of one to the end of the other; a year told once is lent."""
    low, high = first.resolve(setting), second.resolve(setting)
    if low and second.lacks_year and not first.lacks_year:
        high = second.resolve(setting.lend(low[0].year))
        high = second.resolve(setting.lend(low[0].year + 1)) if high and high[1] < low[0] else high
    elif high and first.lacks_year:
        low = first.resolve(setting.lend(high[1].year))
        low = first.resolve(setting.lend(high[1].year - 1)) if low and low[0] > high[1] else low
    if low and high and low[0] > high[1] and first.kind == "weekday":
        low = spans.add_days(low[0], -7), low[1]
    return (low[0], high[1]) if low and high and low[0] <= high[1] else None
