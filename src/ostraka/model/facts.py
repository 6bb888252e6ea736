"""The science side of the spine: the rows of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model.identity import give_id
from ostraka.model.kinds import SECTORS, Confidence, EventKind, Status, TieKind


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
        give_id(self, "so")


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
        give_id(self, "pe")


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
        give_id(self, "bo")


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
        give_id(self, "ti")


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
        give_id(self, "ev")


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
        give_id(self, "me")


def _check_choice(what: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InputError(f"{what} {value!r} is unknown; write one of {', '.join(filter(None, choices))}")


def _check_tier(tier: int | None) -> None:
    if tier is not None and tier not in {1, 2, 3, 4}:
        raise InputError(f"tier is 1, 2, 3, 4 or empty, not {tier}")
