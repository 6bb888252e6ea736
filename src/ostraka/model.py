"""The spine: the frozen values that every room shares.

Text side: a :class:`Report` is the only thing called a source; a :class:`Span` points at the words in it; a
:class:`Statement` is what those words say; a :class:`Claim` is a statement about numbers; a
:class:`Judgement` is what a person decided about any of them.

Science side: :class:`Person`, :class:`Body`, :class:`Tie`, :class:`Event`, :class:`Measure` are the rows of
a case. Their ids are whatever the record calls them; where it gives none, the id is a hash of the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.provenance import content_hash, content_id


def plain(value: Any) -> Any:
    """A spine value as plain JSON values; times become EDTF text, frozen values become dictionaries."""
    if isinstance(value, When):
        return value.edtf()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    return value


def _give_id(value: Any, prefix: str) -> None:
    """Fill an empty id with the hash of everything else."""
    if not value.id:
        content = {name: text for name, text in plain(value).items() if name != "id"}
        object.__setattr__(value, "id", content_id(prefix, content))


class Status(StrEnum):
    """How a source puts what it says."""

    ASSERTED = "asserted"
    DENIED = "denied"
    HEDGED = "hedged"
    PLANNED = "planned"
    ATTEMPTED = "attempted"
    REFUTED = "refuted"
    MENTIONED = "mentioned"


class EventKind(StrEnum):
    """What can happen to a member of an elite (the codebook defines each)."""

    DEFECTION = "defection"
    PURGE = "purge"
    EXECUTION = "execution"
    RECALL = "recall"
    DISMISSAL = "dismissal"
    APPOINTMENT = "appointment"
    SUCCESSION = "succession"
    DISAPPEARANCE = "disappearance"
    ASSASSINATION = "assassination"
    POLICY = "policy"
    OTHER = "other"


class TieKind(StrEnum):
    """What binds two persons, or a person to a body."""

    HOLDS = "holds"
    KIN = "kin"
    PATRON = "patron"
    COMRADE = "comrade"
    SERVED_WITH = "served-with"


RELATIONS: Mapping[str, TieKind] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("father_of", "mother_of", "parent_of", "child_of", "spouse_of", "sibling_of", "grandparent_of"),
                *("uncle_of", "aunt_of", "nephew_of", "niece_of", "cousin_of", "guardian_of"),
                *("in_law_of", "child_in_law_of", "kin_of"),
            ),
            TieKind.KIN,
        ),
        **dict.fromkeys(("patron_of", "superior_of", "adviser_of", "aide_of"), TieKind.PATRON),
        "comrade_of": TieKind.COMRADE,
        "served_with": TieKind.SERVED_WITH,
        "holds": TieKind.HOLDS,
    }
)
"""What ego is to alter, and the kind of tie that makes."""


class Confidence(StrEnum):
    """How well an event is attested."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SECTORS = ("diplomatic", "trade", "military", "security", "party", "family", "other")
"""Walks of life of an elite; empty means unknown."""


@dataclass(frozen=True, slots=True)
class Report:
    """A source as it was read.

    Parameters
    ----------
    text : str
        The extracted text; every span points into exactly this string.
    title, publisher, url, lang, path : str
        What is known of it; empty where unknown. `lang` is an ISO 639-1 code.
    published, retrieved : date or None
        When it was printed; when it was fetched.
    sha256 : str
        Hash of the bytes it came in; of the text where there were none.
    id : str
        Hash of the text and its publication; made here if empty.

    Examples
    --------
    >>> Report("A colonel has left.").id == Report("A colonel has left.").id
    True
    """

    text: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    retrieved: date | None = None
    lang: str = ""
    path: str = ""
    sha256: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", content_hash(self.text))
        if not self.id:
            published = self.published.isoformat() if self.published else ""
            object.__setattr__(self, "id", content_id("re", [self.text, published, self.url]))

    def quote(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``."""
        return Span(self.id, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The words that say it.

    Parameters
    ----------
    report : str
        Id of the report.
    start, end : int
        Offsets into its text in code points, end excluded.
    quote : str
        The words themselves.

    Raises
    ------
    InputError
        If the offsets and the length of the quote disagree.
    """

    report: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.quote):
            raise InputError(
                f"span {self.start}:{self.end} of {self.report} does not fit its quote of {len(self.quote)} characters"
            )


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says: subject, predicate, object, with its quote.

    Parameters
    ----------
    span : Span
        The words that say it.
    kind : str
        ``person``, ``tie``, ``event``, ``claim``, ``motive`` or ``policy``.
    subject, predicate, object : str
        Labels local to the report, such as ``Thae Yong-ho``, ``father_of``, ``first son of Thae Yong-ho``.
    when : When
        When what is said was so.
    status : Status
        How it is said.
    attributed_to : str
        Who says so according to the report; empty for the report itself.
    coder, codebook : str
        Who or what coded it, and by which version of the codebook.
    id : str
        Hash of all the above; made here if empty, so that reading again gives the same id.
    """

    span: Span
    kind: str
    subject: str
    predicate: str
    object: str = ""
    when: When = field(default_factory=When)
    status: Status = Status.ASSERTED
    attributed_to: str = ""
    coder: str = ""
    codebook: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        _give_id(self, "st")


class Operator(StrEnum):
    """How a number is claimed."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    ABOUT = "about"
    BETWEEN = "between"
    HIGHEST_SINCE = "highest since"
    FIRST_SINCE = "first since"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Claim(Statement):
    """A statement about numbers.

    Parameters
    ----------
    low, high : float or None
        Bounds of the number claimed; None where it has none ("at least five": 5, None).
    operator : Operator
        How it is claimed.
    unit : str
        What is counted: ``diplomats``, ``officials``, ``defections``...
    period : When
        The time it is about; unknown where the report gives none.
    per : str
        ``year`` or ``month`` for a rate ("less than once a year"), else empty.
    of : float or None
        The whole it is a part of ("10 of 196").
    """

    low: float | None = None
    high: float | None = None
    operator: Operator = Operator.EXACTLY
    unit: str = ""
    period: When = field(default_factory=When)
    per: str = ""
    of: float | None = None


class Verdict(StrEnum):
    """What a person can decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, when and why: a new row, never an edit.

    Parameters
    ----------
    about : tuple of str
        Ids of what is judged: one statement, or the two sides of a merge or split.
    verdict : Verdict
    by : str
        Who decided.
    at : str
        When, ISO 8601 with time zone.
    reason : str
    """

    about: tuple[str, ...]
    verdict: Verdict
    by: str
    at: str
    reason: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.about or not self.by:
            raise InputError("a judgement needs what it is about and who made it")
        _give_id(self, "ju")


@dataclass(frozen=True, slots=True)
class Source:
    """A page or paper that facts of a case rest on, as far as the record knows it.

    Parameters
    ----------
    id, url, publisher, title, lang : str
    published, retrieved : date or None
    """

    id: str = ""
    url: str = ""
    publisher: str = ""
    title: str = ""
    published: date | None = None
    retrieved: date | None = None
    lang: str = ""

    def __post_init__(self) -> None:
        _give_id(self, "so")


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the elite, or kin publicly named in a source.

    Parameters
    ----------
    name : str
        Preferred spelling; empty for an unnamed person whom `note` describes.
    aliases : tuple of str
        Other spellings and names.
    native_name : str
        In the native script.
    sources : tuple of str
        Ids of sources.
    """

    id: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    native_name: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _give_id(self, "pe")


@dataclass(frozen=True, slots=True)
class Body:
    """A ministry, an army, a party, an embassy.

    Parameters
    ----------
    kind : str
        Its sector, one of :data:`SECTORS`; empty if unknown.
    city, country : str
        Where it stands.
    """

    id: str = ""
    name: str = ""
    kind: str = ""
    city: str = ""
    country: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_choice("kind of a body", self.kind, ("", *SECTORS))
        _give_id(self, "bo")


@dataclass(frozen=True, slots=True)
class Tie:
    """What binds a person to a person, or to a body.

    Parameters
    ----------
    ego : str
        Id of the person.
    alter : str
        Id of the other person; of the body for ``holds``.
    kind : TieKind
    role : str
        What ego is to alter: ``father_of``, ``spouse_of``, ``minister``...
    tier : int or None
        For ``holds``: 1 (ruling family, politburo) to 4 (staff); None if unknown.
    start, end : When
        When it began and ended.
    weight : float
        Strength, 1 unless the record says otherwise; positive.
    reported : When
        When it was first printed.
    """

    id: str = ""
    ego: str = ""
    alter: str = ""
    kind: TieKind = TieKind.KIN
    role: str = ""
    tier: int | None = None
    start: When = field(default_factory=When)
    end: When = field(default_factory=When)
    weight: float = 1.0
    reported: When = field(default_factory=When)
    note: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.ego or not self.alter or self.ego == self.alter:
            raise InputError(f"a tie joins two different ids, not {self.ego!r} and {self.alter!r}")
        if not self.weight > 0:
            raise InputError(f"weight must be positive, not {self.weight}")
        _check_tier(self.tier)
        _give_id(self, "ti")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a person or a group.

    Parameters
    ----------
    kind : EventKind
    person : str
        Id of the person; empty for an unnamed one, whom `role` describes.
    role : str
        Post or description at the time.
    body : str
        Id of the body the person served.
    city, country : str
        Where the person was posted.
    destination : str
        Where to.
    sector : str
        One of :data:`SECTORS`; empty if unknown.
    tier : int or None
        1 to 4; None for persons outside the elite or of unknown rank.
    when : When
        When it happened.
    reported : When
        When it was first printed; unknown where no first report was found.
    n_low, n_high : int, int or None
        How many persons the row stands for; `n_high` None for "at least".
    company, kin_left : str
        Who went along; who stayed.
    motives : tuple of str
        Codes of the codebook.
    status : Status
    confidence : Confidence
    counted : bool
        Whether the event enters counts; if not, `reason` says why.
    episode : str
        Rows with one episode are one departure told of several persons; empty for an episode of its own.
    may_be : tuple of str
        Ids of events that may be this one.
    conflict : str
        Where sources disagree.
    outcome : str
        What became of it.
    """

    id: str = ""
    kind: EventKind = EventKind.DEFECTION
    person: str = ""
    role: str = ""
    body: str = ""
    city: str = ""
    country: str = ""
    destination: str = ""
    sector: str = ""
    tier: int | None = None
    when: When = field(default_factory=When)
    reported: When = field(default_factory=When)
    n_low: int = 1
    n_high: int | None = 1
    company: str = ""
    kin_left: str = ""
    motives: tuple[str, ...] = ()
    status: Status = Status.ASSERTED
    confidence: Confidence = Confidence.MEDIUM
    counted: bool = True
    reason: str = ""
    episode: str = ""
    may_be: tuple[str, ...] = ()
    conflict: str = ""
    outcome: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_tier(self.tier)
        _check_choice("sector", self.sector, ("", *SECTORS))
        if self.n_low < 1 or (self.n_high is not None and self.n_high < self.n_low):
            raise InputError(f"a count goes from at least 1 upwards, not from {self.n_low} to {self.n_high}")
        if not self.counted and not self.reason:
            raise InputError("an event left out of counts needs a reason")
        _give_id(self, "ev")


@dataclass(frozen=True, slots=True)
class Measure:
    """A policy with dates: screening, monitoring, a recall order, a rule on families, a sanction.

    Parameters
    ----------
    kind : str
        ``screening``, ``monitoring``, ``recall``, ``family``, ``sanction``, ``information``, ``other``.
    start, end : When
        When it began and ended; an unknown end means it may still hold.
    level : float
        Strength, 1 unless the record says otherwise; not negative.
    """

    id: str = ""
    name: str = ""
    kind: str = "other"
    start: When = field(default_factory=When)
    end: When = field(default_factory=When)
    level: float = 1.0
    reported: When = field(default_factory=When)
    note: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.level >= 0:
            raise InputError(f"level must not be negative, not {self.level}")
        _give_id(self, "me")


def _check_choice(what: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InputError(f"{what} {value!r} is unknown; write one of {', '.join(filter(None, choices))}")


def _check_tier(tier: int | None) -> None:
    if tier is not None and tier not in {1, 2, 3, 4}:
        raise InputError(f"tier is 1, 2, 3, 4 or empty, not {tier}")
