"""The text side of the spine: reports, the words in them, what they say, and what people decide about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ostraka.dates import When
from ostraka.errors import InputError
from ostraka.model.identity import give_id
from ostraka.model.kinds import Operator, Status, Verdict
from ostraka.provenance import content_hash, content_id


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
        give_id(self, "st")


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, when and why: a new row, never an edit.

    Parameters
    ----------
    about : tuple of str
        Ids of what is judged: one statement, or the two sides of a merge or split. What is sealed is a person
        or an event, or one field of it: ``thae-yong-ho#native_name``.
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
        give_id(self, "ju")
